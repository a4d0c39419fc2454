//! Why an offer is not sold to a destination.

use customs::{Missing, Refusal, Restriction, Unconfirmed};

/// An offer that is not sold there, with every reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsold {
    /// At least one.
    pub reasons: Vec<Why>,
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Customs facts are missing; the seller is asked for them.
    NotReady(Missing),
    /// The goods may not go there that way.
    Restricted(Restriction),
    /// No service goes there, or not the one asked for.
    NoService,
    /// Every service that goes there refuses the weight.
    TooHeavy,
    /// The exchange rate to the buyer's currency is not known.
    RateMissing,
    /// There are no customs rules for the destination.
    NoRules,
    /// Each line could go, but no one service takes all of them together.
    NoCommonService,
    /// Only a typical rate of duty or tax is known, and the shop does not sell by such.
    Unconfirmed(Unconfirmed),
    /// The price could not be computed; the sentence says why.
    Failed(String),
}

impl Why {
    /// Stable and translatable.
    pub fn code(&self) -> &str {
        match self {
            Why::NotReady(_) => "not_customs_ready",
            Why::Restricted(_) => "restricted",
            Why::NoService => "no_service",
            Why::TooHeavy => "too_heavy",
            Why::RateMissing => "rate_missing",
            Why::NoRules => "no_rules",
            Why::NoCommonService => "no_common_service",
            Why::Unconfirmed(_) => "rate_unconfirmed",
            Why::Failed(_) => "not_priced",
        }
    }

    /// One English sentence.
    pub fn english(&self) -> String {
        match self {
            Why::NotReady(missing) => missing.message.clone(),
            Why::Restricted(restriction) => restriction.sentence.clone(),
            Why::NoService => "No delivery service goes there.".into(),
            Why::TooHeavy => "This is too heavy for every delivery service that goes there.".into(),
            Why::RateMissing => "The exchange rate to this currency is not known today.".into(),
            Why::NoRules => "The customs rules of this destination are not known yet.".into(),
            Why::NoCommonService => "No delivery service takes all of these together; order them apart.".into(),
            Why::Unconfirmed(unconfirmed) => unconfirmed.english(),
            Why::Failed(sentence) => sentence.clone(),
        }
    }
}

impl From<Why> for Unsold {
    fn from(why: Why) -> Unsold {
        Unsold { reasons: vec![why] }
    }
}

impl From<base::Error> for Unsold {
    fn from(error: base::Error) -> Unsold {
        match error.code {
            "destination_unknown" => Why::NoRules.into(),
            "exchange_rate_missing" => Why::RateMissing.into(),
            _ => Why::Failed(error.message).into(),
        }
    }
}

impl From<Refusal> for Unsold {
    fn from(refusal: Refusal) -> Unsold {
        match refusal {
            Refusal::Unconfirmed(unconfirmed) => Why::Unconfirmed(unconfirmed).into(),
            Refusal::Other(error) => error.into(),
        }
    }
}
