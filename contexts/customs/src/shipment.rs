//! What is asked: one consignment on its way to one buyer.

use base::{Country, Currency, Date, Error, HsCode, Money, Rate, Result, Weight};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// How the consignment travels and is cleared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// Express courier: cleared by the courier.
    Express,
    /// Post: cleared by the postal operator.
    Postal,
    /// Dedicated line: cleared like a courier consignment.
    Line,
    /// Delivery within the customs territory of the destination.
    Domestic,
}

/// Whether the seller or the platform is registered in the destination's collection scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaxRoute {
    /// Registered (IOSS, UK VAT, VOEC, Remessa Conforme …): tax is taken at checkout where the scheme allows.
    Checkout,
    /// Not registered: everything is collected when the parcel is imported.
    Border,
}

/// What is done where the row that applies is of low confidence: a typical rate of a chapter, a list that was not looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Typical {
    /// There is no landed cost: [`crate::Refusal::Unconfirmed`] names the row. A row of higher confidence for a wider class of
    /// goods does not stand in for it, since in a tariff the narrowest heading decides.
    Refuse,
    /// It applies, and the cost is an estimate.
    Accept,
}

impl Typical {
    /// Accepted or not.
    pub fn accepted(yes: bool) -> Typical {
        if yes { Typical::Accept } else { Typical::Refuse }
    }
}

/// What kind of goods, where tax law has reduced rates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaxClass {
    /// Everything that no other class names.
    #[default]
    Standard,
    /// Printed books.
    Book,
    /// Food for people, without alcohol.
    Food,
    /// Clothing and footwear for children.
    ChildrensClothing,
    /// Medicines for people.
    Medicine,
}

macro_rules! named {
    ($type:ident, $field:literal, $($variant:ident => $name:literal),+) => {
        impl $type {
            /// Every value, in declaration order.
            pub const ALL: &'static [$type] = &[$($type::$variant),+];

            /// The stable name, as in tables, JSON and on the command line.
            pub fn name(self) -> &'static str {
                match self { $($type::$variant => $name),+ }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }

        impl FromStr for $type {
            type Err = Error;
            fn from_str(text: &str) -> Result<$type> {
                $type::ALL.iter().copied().find(|value| value.name() == text.trim()).ok_or_else(|| {
                    let known: Vec<&str> = $type::ALL.iter().map(|value| value.name()).collect();
                    let message = format!("“{text}” is unknown; choose one of {}.", known.join(", "));
                    Error::field($field, "unknown_choice", message)
                })
            }
        }
    };
}
pub(crate) use named;

named!(Service, "service", Express => "express", Postal => "postal", Line => "line", Domestic => "domestic");
named!(Typical, "typical", Refuse => "refuse", Accept => "accept");
named!(TaxRoute, "tax", Checkout => "checkout", Border => "border");
named!(TaxClass, "tax_class", Standard => "standard", Book => "book", Food => "food",
    ChildrensClothing => "childrens_clothing", Medicine => "medicine");

/// One kind of goods in the consignment.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// Tariff code, at least six digits.
    pub hs: HsCode,
    /// Country of origin (where it was made), which may differ from where it is sent from.
    pub origin: Country,
    /// Pieces, at least one.
    pub quantity: i64,
    /// Price of one piece without destination tax, in the shipment's currency.
    pub unit_price: Money,
    /// Weight of one piece.
    pub unit_weight: Weight,
    /// For reduced tax rates.
    pub tax_class: TaxClass,
}

/// One consignment: everything the rules ask about.
#[derive(Clone, Copy)]
pub struct Shipment<'a> {
    /// Country the goods are sent from.
    pub dispatch: Country,
    /// Country of the buyer.
    pub destination: Country,
    /// State or province of the buyer as ISO 3166-2 without the country (`SP`, `ON`); may be empty.
    pub region: &'a str,
    /// Day of the order: rules are taken as of this day.
    pub date: Date,
    /// How it travels.
    pub service: Service,
    /// Registered in the destination's scheme or not.
    pub tax_route: TaxRoute,
    /// Whether typical rates will do.
    pub typical: Typical,
    /// Currency of every amount here and in the answer.
    pub currency: Currency,
    /// The goods, at least one.
    pub items: &'a [Item],
    /// International delivery, paid by the buyer.
    pub shipping: Money,
    /// Insurance, paid by the buyer.
    pub insurance: Money,
    /// Exchange rates of the day.
    pub rates: &'a dyn Rates,
}

/// Exchange rates of one day, supplied by the caller.
pub trait Rates {
    /// Units of `to` for one unit of `from`, both in major units. `None` if unknown; equal currencies are never asked for.
    fn rate(&self, from: Currency, to: Currency) -> Option<Rate>;
}

/// No exchange rates: enough where every limit is in the shipment's own currency.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoRates;

impl Rates for NoRates {
    fn rate(&self, _from: Currency, _to: Currency) -> Option<Rate> {
        None
    }
}

/// A handful of given pairs: `(from, to, rate)`.
impl Rates for Vec<(Currency, Currency, Rate)> {
    fn rate(&self, from: Currency, to: Currency) -> Option<Rate> {
        self.iter().find(|pair| pair.0 == from && pair.1 == to).map(|pair| pair.2)
    }
}
