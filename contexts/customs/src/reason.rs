//! Why a line is what it is: a stable code with arguments, so that pages can say it in any language.

use crate::shipment::{TaxClass, named};
use crate::wire;
use base::{Country, Error, Money, Rate, Result};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// The value a limit is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The goods of the consignment, without delivery (intrinsic value, FOB).
    Goods,
    /// Goods, delivery and insurance of the consignment.
    Cif,
    /// The price of one piece.
    Piece,
    /// The price of one piece with its share of delivery and insurance.
    PieceCif,
    /// The tax that would be due.
    TaxDue,
}
named!(Basis, "basis", Goods => "goods", Cif => "cif", Piece => "piece", PieceCif => "piece_cif", TaxDue => "tax_due");

/// What a specific duty or a fee counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Kilogram of net weight.
    Kg,
    /// A hundred kilograms of net weight.
    #[serde(rename = "100kg")]
    HundredKg,
    /// Piece (or pair).
    Piece,
    /// Distinct six-digit tariff subheading with the same origin.
    Line,
    /// The whole consignment.
    Parcel,
}
named!(Unit, "unit", Kg => "kg", HundredKg => "100kg", Piece => "piece", Line => "line", Parcel => "parcel");

/// What a base consists of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Parts {
    /// Delivery to the destination.
    pub shipping: bool,
    /// Insurance.
    pub insurance: bool,
    /// Duty.
    pub duty: bool,
    /// Ten percent on top of the goods (South Africa's added tax value).
    pub uplift: bool,
    /// What clearing costs by the destination's own reckoning (the Philippines).
    pub brokerage: bool,
}

/// Why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Reason {
    /// No customs border between dispatch and destination.
    SameTerritory {
        /// Dispatched from.
        #[serde(with = "wire::text")]
        from: Country,
        /// Delivered to.
        #[serde(with = "wire::text")]
        to: Country,
    },
    /// The destination has no tax on this import.
    NoTax {
        /// Destination.
        #[serde(with = "wire::text")]
        country: Country,
    },
    /// A limit is kept: nothing is due.
    BelowLimit {
        /// What was compared.
        basis: Basis,
        /// Its value.
        #[serde(with = "wire::money")]
        value: Money,
        /// The limit, in its own currency.
        #[serde(with = "wire::money")]
        limit: Money,
    },
    /// Nothing is due by a rule that has no limit.
    Exempt,
    /// Contained in the single rate that was charged as duty.
    Included,
    /// The tax would be too small to collect.
    TooSmall {
        /// What it would be.
        #[serde(with = "wire::money")]
        tax: Money,
        /// Up to this it is not collected.
        #[serde(with = "wire::money")]
        limit: Money,
    },
    /// A percentage of a base.
    Percent {
        /// The rate.
        #[serde(with = "wire::text")]
        rate: Rate,
        /// The base.
        #[serde(with = "wire::money")]
        base: Money,
        /// What the base consists of.
        parts: Parts,
    },
    /// A reduced rate for a class of goods.
    Reduced {
        /// The class.
        class: TaxClass,
        /// The rate.
        #[serde(with = "wire::text")]
        rate: Rate,
        /// The base.
        #[serde(with = "wire::money")]
        base: Money,
        /// What the base consists of.
        parts: Parts,
    },
    /// A tax that is part of its own base: base ÷ (1 − rate) × rate.
    Inside {
        /// The rate.
        #[serde(with = "wire::text")]
        rate: Rate,
        /// The base without the tax.
        #[serde(with = "wire::money")]
        base: Money,
    },
    /// An amount for each unit.
    Specific {
        /// For one unit, in its own currency.
        #[serde(with = "wire::money")]
        amount: Money,
        /// How many units, exact (`0.4` kg).
        #[serde(with = "wire::text")]
        units: Rate,
        /// Of what.
        unit: Unit,
    },
    /// A percentage, plus an amount for each unit.
    Compound {
        /// The rate.
        #[serde(with = "wire::text")]
        rate: Rate,
        /// The base.
        #[serde(with = "wire::money")]
        base: Money,
        /// For one unit.
        #[serde(with = "wire::money")]
        amount: Money,
        /// Of what.
        unit: Unit,
    },
    /// A percentage would be less than this minimum.
    AtLeast {
        /// The rate.
        #[serde(with = "wire::text")]
        rate: Rate,
        /// Minimum for one unit.
        #[serde(with = "wire::money")]
        amount: Money,
        /// Of what.
        unit: Unit,
    },
    /// A percentage would be more than this maximum.
    AtMost {
        /// The rate.
        #[serde(with = "wire::text")]
        rate: Rate,
        /// Maximum for one unit.
        #[serde(with = "wire::money")]
        amount: Money,
        /// Of what.
        unit: Unit,
    },
    /// A flat amount for each distinct tariff line, whatever the quantity.
    Flat {
        /// The amount, in its own currency.
        #[serde(with = "wire::money")]
        amount: Money,
        /// For each of what.
        unit: Unit,
    },
    /// A percentage less a fixed deduction.
    PercentLess {
        /// The rate.
        #[serde(with = "wire::text")]
        rate: Rate,
        /// The base.
        #[serde(with = "wire::money")]
        base: Money,
        /// Taken off the result, in its own currency.
        #[serde(with = "wire::money")]
        less: Money,
    },
    /// A percentage of what exceeds a limit.
    OfExcess {
        /// The rate.
        #[serde(with = "wire::text")]
        rate: Rate,
        /// The limit, in its own currency.
        #[serde(with = "wire::money")]
        limit: Money,
    },
    /// An additional duty on top of the tariff.
    Additional {
        /// Legal basis (`Section 301`).
        authority: Arc<str>,
        /// The rate.
        #[serde(with = "wire::text")]
        rate: Rate,
        /// Goods of this origin.
        #[serde(with = "wire::text")]
        origin: Country,
    },
    /// An additional duty that lifts the tariff rate to a floor.
    Floor {
        /// Legal basis.
        authority: Arc<str>,
        /// The floor.
        #[serde(with = "wire::text")]
        floor: Rate,
        /// What is missing to the floor.
        #[serde(with = "wire::text")]
        lifted: Rate,
    },
    /// A handling fee.
    Handling {
        /// Who takes it.
        collector: Arc<str>,
        /// The fee, in its own currency.
        #[serde(with = "wire::money")]
        amount: Money,
        /// For each of what.
        unit: Unit,
    },
}

impl Reason {
    /// The stable code, as in JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Reason::SameTerritory { .. } => "same_territory",
            Reason::NoTax { .. } => "no_tax",
            Reason::BelowLimit { .. } => "below_limit",
            Reason::Exempt => "exempt",
            Reason::Included => "included",
            Reason::TooSmall { .. } => "too_small",
            Reason::Percent { .. } => "percent",
            Reason::Reduced { .. } => "reduced",
            Reason::Inside { .. } => "inside",
            Reason::Specific { .. } => "specific",
            Reason::Compound { .. } => "compound",
            Reason::AtLeast { .. } => "at_least",
            Reason::AtMost { .. } => "at_most",
            Reason::Flat { .. } => "flat",
            Reason::PercentLess { .. } => "percent_less",
            Reason::OfExcess { .. } => "of_excess",
            Reason::Additional { .. } => "additional",
            Reason::Floor { .. } => "floor",
            Reason::Handling { .. } => "handling",
        }
    }

    /// The arguments by name, as plain text: money as `3.00 EUR`, rates as `0.19`.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        macro_rules! list {
            ($($name:ident),*) => { vec![$((stringify!($name), $name.to_string())),*] };
        }
        match self {
            Reason::SameTerritory { from, to } => list![from, to],
            Reason::NoTax { country } => list![country],
            Reason::BelowLimit { basis, value, limit } => list![basis, value, limit],
            Reason::Exempt | Reason::Included => Vec::new(),
            Reason::TooSmall { tax, limit } => list![tax, limit],
            Reason::Percent { rate, base, parts } => list![rate, base, parts],
            Reason::Reduced { class, rate, base, parts } => list![class, rate, base, parts],
            Reason::Inside { rate, base } => list![rate, base],
            Reason::Specific { amount, units, unit } => list![amount, units, unit],
            Reason::Compound { rate, base, amount, unit } => list![rate, base, amount, unit],
            Reason::AtLeast { rate, amount, unit } | Reason::AtMost { rate, amount, unit } => list![rate, amount, unit],
            Reason::Flat { amount, unit } => list![amount, unit],
            Reason::PercentLess { rate, base, less } => list![rate, base, less],
            Reason::OfExcess { rate, limit } => list![rate, limit],
            Reason::Additional { authority, rate, origin } => list![authority, rate, origin],
            Reason::Floor { authority, floor, lifted } => list![authority, floor, lifted],
            Reason::Handling { collector, amount, unit } => list![collector, amount, unit],
        }
    }

    /// One plain English sentence.
    pub fn english(&self) -> String {
        match self {
            Reason::SameTerritory { from, to } if from == to => format!("The goods do not leave {to}: no duty."),
            Reason::SameTerritory { from, to } => {
                format!("There is no customs border between {from} and {to}: no duty.")
            }
            Reason::NoTax { country } => {
                format!("No national tax is due in {country}; local sales tax is not included.")
            }
            Reason::BelowLimit { basis, value, limit } => {
                format!("Nothing is due: {} is {value}, within the limit of {limit}.", basis.english())
            }
            Reason::Exempt => "Nothing is due under this rule.".into(),
            Reason::Included => "Already contained in the single rate charged as duty.".into(),
            Reason::TooSmall { tax, limit } => format!("The tax would be {tax}; up to {limit} it is not collected."),
            Reason::Percent { rate, base, parts } => format!("{} of {base} ({parts}).", percent(*rate)),
            Reason::Reduced { class, rate, base, parts } => {
                format!("Reduced rate for {}: {} of {base} ({parts}).", class.english(), percent(*rate))
            }
            Reason::Inside { rate, base } => {
                format!("{} inside the price: {base} ÷ (1 − {}) × {}.", percent(*rate), percent(*rate), percent(*rate))
            }
            Reason::Specific { amount, units, unit } => format!("{amount} for each {unit}: {units} × {amount}."),
            Reason::Compound { rate, base, amount, unit } => {
                format!("{} of {base}, plus {amount} for each {unit}.", percent(*rate))
            }
            Reason::AtLeast { rate, amount, unit } => {
                format!("{} would be less than the minimum of {amount} for each {unit}.", percent(*rate))
            }
            Reason::AtMost { rate, amount, unit } => {
                format!("{} would be more than the maximum of {amount} for each {unit}.", percent(*rate))
            }
            Reason::Flat { amount, unit: Unit::Line } => {
                format!("Flat {amount} for each tariff line (six digits and origin), whatever the quantity.")
            }
            Reason::Flat { amount, unit } => format!("Flat {amount} for each {unit}."),
            Reason::PercentLess { rate, base, less } => format!("{} of {base}, less {less}.", percent(*rate)),
            Reason::OfExcess { rate, limit } => format!("{} of what exceeds {limit}.", percent(*rate)),
            Reason::Additional { authority, rate, origin } => {
                format!("{authority}: {} on goods made in {origin}, on top of the tariff.", percent(*rate))
            }
            Reason::Floor { authority, floor, lifted } => {
                format!("{authority}: {} more, which lifts the tariff rate to {}.", percent(*lifted), percent(*floor))
            }
            Reason::Handling { collector, amount, unit } => format!("{collector}: {amount} for each {unit}."),
        }
    }
}

/// `0.169` as `16.9 %`.
pub fn percent(rate: Rate) -> String {
    rate.shifted(2).map_or_else(|_| rate.to_string(), |hundredths| format!("{hundredths} %"))
}

impl Basis {
    fn english(self) -> &'static str {
        match self {
            Basis::Goods => "the value of the goods",
            Basis::Cif => "the value with delivery and insurance",
            Basis::Piece => "the price of one piece",
            Basis::PieceCif => "the price of one piece with its delivery",
            Basis::TaxDue => "the tax",
        }
    }
}

impl TaxClass {
    fn english(self) -> &'static str {
        match self {
            TaxClass::Standard => "goods in general",
            TaxClass::Book => "books",
            TaxClass::Food => "food",
            TaxClass::ChildrensClothing => "children’s clothing",
            TaxClass::Medicine => "medicines",
        }
    }
}

impl fmt::Display for Parts {
    /// `goods + delivery + insurance + duty`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.uplift { "goods + 10 %" } else { "goods" })?;
        let parts = [
            (self.shipping, "delivery"),
            (self.insurance, "insurance"),
            (self.duty, "duty"),
            (self.brokerage, "brokerage"),
        ];
        for (is_part, name) in parts {
            if is_part {
                write!(f, " + {name}")?;
            }
        }
        Ok(())
    }
}
