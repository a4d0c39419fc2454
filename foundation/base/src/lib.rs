//! The words every context shares: money, rates, countries, codes, ids, time, errors, actors. Pure; no I/O.
//!
//! Owns: nothing that is stored. Promises: no floats, no silent overflow, one meaning per type.
//! Never: knows a business rule, a database, a clock or a source of randomness.

pub mod actor;
pub mod address;
pub mod amount;
pub mod country;
pub mod csv;
pub mod currency;
pub mod error;
pub mod euro_rates;
pub mod evidence;
pub mod goods;
pub mod hex;
pub mod id;
pub mod language;
pub mod money;
pub mod number;
pub mod rate;
pub mod time;
pub mod weight;
pub mod written;

pub use actor::{Actor, Permission, Role};
pub use address::Address;
pub use country::Country;
pub use currency::Currency;
pub use error::{Error, Field, Kind, Result, Unproven};
pub use euro_rates::{DOLLAR_PEGS, EURO_RATES_SOURCE, EuroRates};
pub use goods::HsCode;
pub use id::{Id, Tag};
pub use language::Language;
pub use money::Money;
pub use number::Mark;
pub use rate::{Rate, Rounding};
pub use time::{Date, Moment};
pub use weight::Weight;
