//! Why there is no landed cost: the question is wrong, or only a typical rate is known and the asker wants none.

use crate::cost::{ChargeKind, RuleRef};
use base::{Country, Error, HsCode};
use std::fmt;

/// The error of a landed cost.
#[derive(Clone, Debug)]
pub enum Refusal {
    /// A row of low confidence would have to be applied, and [`crate::Typical::Refuse`] was asked for.
    Unconfirmed(Unconfirmed),
    /// Anything else.
    Other(Error),
}

/// Goods whose charge rests on a row of low confidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unconfirmed {
    /// The items that are charged by it together (indices into the shipment's items); at least one.
    pub items: Vec<usize>,
    /// Tariff code of the first of them.
    pub hs: HsCode,
    /// Country of origin of the first of them.
    pub origin: Country,
    /// Where they go.
    pub destination: Country,
    /// Duty or tax.
    pub kind: ChargeKind,
    /// The row.
    pub rule: RuleRef,
}

impl Unconfirmed {
    /// One English sentence.
    pub fn english(&self) -> String {
        let Unconfirmed { hs, origin, destination, kind, rule, .. } = self;
        format!(
            "There is no confirmed {kind} rate for HS {hs} of origin {origin} in {destination}, only the typical one of row {} ({}).",
            rule.id, rule.name
        )
    }
}

impl From<Unconfirmed> for Refusal {
    fn from(unconfirmed: Unconfirmed) -> Refusal {
        Refusal::Unconfirmed(unconfirmed)
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        Refusal::Other(error)
    }
}

/// `rate_unconfirmed` (invalid), with a field for each item concerned.
impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        match refusal {
            Refusal::Other(error) => error,
            Refusal::Unconfirmed(unconfirmed) => {
                let error = Error::invalid("rate_unconfirmed", unconfirmed.english());
                unconfirmed.items.iter().fold(error, |error, at| {
                    let message = "Only a typical rate is known: look the tariff line up, or accept an estimate.";
                    error.and_field(format!("items[{at}].hs"), "rate_unconfirmed", message)
                })
            }
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Unconfirmed(unconfirmed) => f.write_str(&unconfirmed.english()),
            Refusal::Other(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Refusal {}
