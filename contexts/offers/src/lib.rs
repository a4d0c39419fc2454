//! Offers: who sells which variant, from which warehouse, under which terms, at which price; and the exchange rates.
//!
//! Owns: tables `offer`, `offer_price`, `offer_supply`, `offer_rate*`, `offer_import*`. Promises: one offer for a variant, a seller
//! and a warehouse; nothing is on sale whose supplier would be owed nothing; a price is net of the destination's tax, in a currency of its own choice, independent of any market; a rate has a
//! date and a source; an uploaded file is taken in to its end, whichever node begins. Never: knows a destination, a duty or a delivery: that is the door's.

pub mod event;
mod export;
mod facts;
mod goods;
pub mod import;
mod offer;
mod put;
mod rate;
pub mod rate_file;
mod rate_history;
mod rate_take;
mod supplied;
mod supply;

pub use event::{EVENTS, Event};
pub use export::{Catalogue, catalogue};
pub use facts::{Described, OfferFacts, Sellers, facts, facts_of_organisation, facts_of_product, facts_page};
pub use goods::{Commerce, Pricing, PutGoods, pricing, put_goods};
pub use import::{ImportOptions, Progress, Report, import};
pub use offer::{Offer, OfferFilter, OfferRow, Status, offer, offers_of_organisation, offers_of_product};
pub use put::{PutOffer, SetPrice, put_offer, set_price, set_price_in, set_status};
pub use rate::{
    OLD_BANKING_DAYS, Quoted, RateRow, Rates, banking_days, check_rate, currencies_without_rate, install_rates,
    priced_currencies, published_from, put_rates, quoted, rate_rows,
};
pub use rate_history::RateHistory;
pub use rate_take::{
    Doubt, HeldRate, MOST_CHANGE_PERCENT, RatesFile, RatesReport, Taken, confirm_rate, drop_rate, held_rates,
    import_rates, take_rates,
};

pub use supplied::{
    LEAD_DAYS_MOST, MADE_AT_ONCE, PREORDER_DAYS_MOST, SHIPS, SetSupply, Supply, set_supply, ships_now, supply_of,
};
pub use supply::{AgreeSupply, SupplyPrice, SupplyRow, agree_supply, supply_history, supply_price, supply_prices};

/// What nothing changes once it is written.
const SEALED: &[store::Sealed] = &[
    store::Sealed {
        table: "offer",
        rows: "SELECT id, variant, product, organisation, warehouse, created_at FROM offer WHERE id > $1 AND id <= \
            $2 ORDER BY id LIMIT $3",
    },
    store::Sealed {
        table: "offer_supply",
        rows: "SELECT id, agreement, variant, currency, price_minor, valid_from, agreed_by, at FROM offer_supply WHERE \
            id > $1 AND id <= $2 ORDER BY id LIMIT $3",
    },
];

/// The tables of this context.
pub const SCHEMA: store::Schema = store::Schema {
    name: "offers",
    sealed: SEALED,
    migrations: &[include_str!("../schema.sql"), include_str!("../schema_rates.sql")],
};

#[cfg(test)]
mod tests;
