//! Short ways to ask for a landed cost.
#![allow(dead_code, clippy::unwrap_used, reason = "test helpers; each test file uses some of these")]

use base::{Country, Currency, Date, Money, Rate, Weight};
use customs::{Item, LandedCost, NoRates, Service, Shipment, Tables, TaxClass, TaxRoute, Typical, landed_cost};

pub type Fx = Vec<(Currency, Currency, Rate)>;

pub fn fx(pairs: &[(&str, &str, &str)]) -> Fx {
    pairs.iter().map(|(from, to, rate)| (from.parse().unwrap(), to.parse().unwrap(), rate.parse().unwrap())).collect()
}

pub fn country(code: &str) -> Country {
    code.parse().unwrap()
}

pub fn date(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn money(text: &str) -> Money {
    text.parse().unwrap()
}

pub fn item(hs: &str, origin: &str, quantity: i64, unit_price: Money) -> Item {
    Item {
        hs: hs.parse().unwrap(),
        origin: country(origin),
        quantity,
        unit_price,
        unit_weight: Weight::grams(400),
        tax_class: TaxClass::Standard,
    }
}

/// Express, not registered, no delivery; in the currency of the first item.
pub fn ask<'a>(from: &str, to: &str, day: &str, items: &'a [Item], rates: &'a dyn customs::Rates) -> Shipment<'a> {
    let currency = items[0].unit_price.currency;
    Shipment {
        dispatch: country(from),
        destination: country(to),
        region: "",
        date: date(day),
        service: Service::Express,
        tax_route: TaxRoute::Border,
        typical: Typical::Accept,
        currency,
        items,
        shipping: Money::zero(currency),
        insurance: Money::zero(currency),
        rates,
    }
}

pub const NO_RATES: NoRates = NoRates;

pub fn cost(shipment: &Shipment<'_>) -> LandedCost {
    landed_cost(Tables::builtin(), shipment).unwrap()
}
