//! What is answered: the landed cost, frozen in quotes and orders. Field names are a promise.

use crate::reason::Reason;
use crate::shipment::named;
use crate::wire;
use base::{Currency, Date, Error, Money, Rate, Result};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// How well a row of the tables is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Unconfirmed, or a typical rate instead of the tariff line's own: the result becomes an estimate.
    Low,
    /// One source, or dated.
    Medium,
    /// Official, or two or more sources.
    High,
}
named!(Confidence, "confidence", Low => "low", Medium => "medium", High => "high");

/// A dated row of the tables which was applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Stable id, unique over all tables.
    pub id: Arc<str>,
    /// What it is called.
    pub name: Arc<str>,
    /// First day it is in force; `None`: since before the tables begin.
    #[serde(with = "wire::text_option")]
    pub effective_from: Option<Date>,
    /// Last day it is in force; `None`: no end known.
    #[serde(with = "wire::text_option")]
    pub effective_to: Option<Date>,
    /// Where it stands.
    pub source: Arc<str>,
    /// How well it is known.
    pub confidence: Confidence,
}

impl Rule {
    /// In force on `date`.
    pub fn in_force(&self, date: Date) -> bool {
        self.effective_from.is_none_or(|from| from <= date) && self.effective_to.is_none_or(|to| date <= to)
    }
}

/// A rule, shared with the tables it came from.
pub type RuleRef = Arc<Rule>;

/// Whether the buyer can be promised this amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Every rule applied is of high or medium confidence.
    Guaranteed,
    /// At least one rule applied is of low confidence, such as a typical rate of a chapter.
    Estimate,
}
named!(Certainty, "certainty", Guaranteed => "guaranteed", Estimate => "estimate");

/// Who takes what is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Collected {
    /// Everything at checkout (or nothing is due).
    AtCheckout,
    /// Everything when the parcel is imported.
    AtBorder,
    /// Some here, some there.
    Mixed,
}
named!(Collected, "collected", AtCheckout => "at_checkout", AtBorder => "at_border", Mixed => "mixed");

/// What kind of charge. A duty is never a tax line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChargeKind {
    /// Customs duty of any sort.
    Duty,
    /// VAT, GST, sales tax on import.
    Tax,
    /// What an authority or a carrier takes for handling.
    Fee,
}
named!(ChargeKind, "kind", Duty => "duty", Tax => "tax", Fee => "fee");

/// One line of the breakdown. Lines of zero explain why nothing is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// Duty, tax or fee.
    pub kind: ChargeKind,
    /// The item it concerns, if it is exactly one (index into the shipment's items).
    pub item: Option<usize>,
    /// The items it concerns, if they are several but not all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<usize>,
    /// What is due, never negative.
    #[serde(with = "wire::money")]
    pub amount: Money,
    /// What it was computed on.
    #[serde(with = "wire::money")]
    pub base: Money,
    /// The rate applied to the base, if there is one (`0.19`).
    #[serde(with = "wire::text_option")]
    pub rate: Option<Rate>,
    /// The row of the tables behind it.
    pub rule: RuleRef,
    /// The low-value rule that decided how it is collected, if that is another row (IOSS for a VAT rate).
    #[serde(default)]
    pub under: Option<RuleRef>,
    /// The collection scheme, if one applies (`IOSS`, `VOEC`, `Remessa Conforme` …).
    pub scheme: Option<Arc<str>>,
    /// Whose money it is: `DE`, `BR-SP`, `EU`, `US`.
    pub jurisdiction: Arc<str>,
    /// Why, as a code with arguments.
    pub reason: Reason,
    /// Who takes it: never `Mixed` on one line.
    pub collected_at: Collected,
}

impl Charge {
    /// Whether it is due on this item (index into the shipment's items).
    pub fn concerns(&self, item: usize) -> bool {
        match self.item {
            Some(only) => only == item,
            None => self.members.is_empty() || self.members.contains(&item),
        }
    }

    /// Whether delivery is part of what it was computed on.
    pub fn on_delivery(&self) -> bool {
        match &self.reason {
            Reason::Percent { parts, .. } | Reason::Reduced { parts, .. } => parts.shipping,
            Reason::Specific { .. } => false,
            _ => true,
        }
    }
}

/// What of the charges belongs to one item; sums over items equal the totals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemShare {
    /// Duty.
    #[serde(with = "wire::money")]
    pub duty: Money,
    /// Tax.
    #[serde(with = "wire::money")]
    pub tax: Money,
    /// Fees.
    #[serde(with = "wire::money")]
    pub fees: Money,
}

/// The landed cost of a consignment: made once, then frozen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LandedCost {
    /// Currency of every amount.
    #[serde(with = "wire::text")]
    pub currency: Currency,
    /// Day whose rules were applied.
    #[serde(with = "wire::text")]
    pub date: Date,
    /// Price of the goods.
    #[serde(with = "wire::money")]
    pub goods: Money,
    /// Delivery and insurance.
    #[serde(with = "wire::money")]
    pub shipping: Money,
    /// Sum of the duty lines.
    #[serde(with = "wire::money")]
    pub duty: Money,
    /// Sum of the tax lines.
    #[serde(with = "wire::money")]
    pub tax: Money,
    /// Sum of the fee lines.
    #[serde(with = "wire::money")]
    pub fees: Money,
    /// goods + shipping + duty + tax + fees.
    #[serde(with = "wire::money")]
    pub total: Money,
    /// Promise or estimate.
    pub certainty: Certainty,
    /// Who takes what is due.
    pub collected: Collected,
    /// The breakdown: duty lines, tax lines, fee lines.
    pub lines: Vec<Charge>,
    /// Shares of the items, in the shipment's order.
    pub per_item: Vec<ItemShare>,
}

/// The sums of a landed cost, without the explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Price of the goods.
    pub goods: Money,
    /// Delivery and insurance.
    pub shipping: Money,
    /// Sum of duty.
    pub duty: Money,
    /// Sum of tax.
    pub tax: Money,
    /// Sum of fees.
    pub fees: Money,
    /// What the buyer pays in all.
    pub total: Money,
    /// Promise or estimate.
    pub certainty: Certainty,
    /// Who takes what is due.
    pub collected: Collected,
}
