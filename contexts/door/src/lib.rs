//! The door price: what a buyer pays at the door, goods, delivery, duty and tax, and the day it arrives.
//!
//! Owns: nothing that is stored; the defaults of the world's markets (`tables/markets.csv`). Promises: pure and deterministic over
//! one immutable snapshot; a total is the sum of its parts; the price in a list, on the page and in the cart comes from the
//! same lines of code. Never: reads a database or a clock; guesses a rule that it does not have.

pub mod consignment;
pub mod market;
pub mod price;
mod route;
pub mod unsold;
pub mod world;

pub use consignment::{ConsignmentOption, ConsignmentPrice, Line, LineShare, UnsoldLine, consignments};
pub use market::{Guess, Market, guess, market, markets};
pub use price::{Choice, Desk, DoorPrice, choices, explain, price, prices};
pub use route::unit_price;
pub use unsold::{Unsold, Why};
pub use world::{Ask, World};

#[cfg(test)]
mod tests;
