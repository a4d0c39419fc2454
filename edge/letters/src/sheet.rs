//! What a letter is written from, and what it says.

use base::{Currency, Error, Id, Money, Result};
use frame::language::Locale;
use notify::Message;
use orders::Order;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The facts of a message, as `works::reactions` keeps them: mostly the event's own body.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Facts {
    /// Raw id.
    pub(crate) order: i64,
    /// Raw id.
    pub(crate) organisation: i64,
    pub(crate) minor: i64,
    pub(crate) currency: String,
    /// What changed in how an account is opened, as a code.
    pub(crate) what: String,
    /// What an applicant wants to be called.
    pub(crate) name: String,
    /// Raw id of the application that an invitation answers, or 0.
    pub(crate) application: i64,
    /// Whether a connection serves what is new from now on.
    pub(crate) active: bool,
    /// The last characters of an account's number.
    pub(crate) hint: String,
    /// Why an order was called off, as a code; why an application was declined, in words.
    pub(crate) reason: String,
    /// What lay in escrow then, in minor units.
    pub(crate) escrow: i64,
    /// The consignment that it is about, raw id.
    pub(crate) consignment: i64,
    /// The parcel that it is about, raw id, or 0.
    pub(crate) parcel: i64,
    /// The parcels that were called back, raw ids.
    pub(crate) parcels: Vec<i64>,
    /// Which pieces; none: all of it.
    pub(crate) lines: Vec<Pieces>,
    /// How many are still to be sent.
    pub(crate) left: i64,
    /// Why what was proposed came to nothing, as a code; empty while it waits.
    pub(crate) why: String,
    /// Until when it waits for an answer.
    pub(crate) expires_at: Option<String>,
    /// On whose side that was done: `buyer`, `seller` or `operator`.
    pub(crate) by: String,
    /// It was packed already.
    pub(crate) packed: bool,
    /// What a claim is about, how far it is and what became of it, as codes.
    pub(crate) kind: String,
    pub(crate) state: String,
    pub(crate) outcome: String,
    /// Until when its next step is due.
    pub(crate) due_at: Option<String>,
    /// Which role is offered.
    pub(crate) role: String,
    /// The person who offers it, raw id, or 0.
    pub(crate) inviter: i64,
    /// Where somebody was going who wants an account.
    pub(crate) back: String,
}

/// Pieces of a line.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Pieces {
    /// Raw id.
    pub(crate) line: i64,
    pub(crate) pieces: i64,
}

impl Facts {
    pub(crate) fn of(message: &Message) -> Result<Facts> {
        serde_json::from_str(&message.facts)
            .map_err(|error| Error::internal(format!("facts of {} cannot be read: {error}", message.id)))
    }

    pub(crate) fn amount(&self) -> Result<Money> {
        Ok(Money::new(self.minor, self.currency.parse::<Currency>()?))
    }

    /// The order that a message to its buyer is about.
    pub(crate) fn order(&self, message: &Message) -> Id<Order> {
        Id::from_raw(if self.order == 0 { message.subject } else { self.order })
    }
}

/// Everything a letter says. The templates only lay it out.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Sheet {
    pub(crate) subject: String,
    pub(crate) title: String,
    pub(crate) paragraphs: Vec<String>,
    /// What was bought or is to be shipped.
    pub(crate) lines: Vec<Line>,
    /// Labels and values.
    pub(crate) rows: Vec<Row>,
    /// The parts of a price, and their sum.
    pub(crate) costs: Vec<Row>,
    pub(crate) total: Option<Row>,
    pub(crate) button: String,
    /// Something to know about the link.
    pub(crate) hint: String,
    /// Why the reader gets this.
    pub(crate) why: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) title: String,
    pub(crate) detail: String,
    pub(crate) amount: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) label: String,
    pub(crate) value: String,
}

impl Row {
    pub(crate) fn new(label: impl Into<String>, value: impl Into<String>) -> Row {
        Row { label: label.into(), value: value.into() }
    }
}

/// What every letter is written with.
pub(crate) struct Desk<'a> {
    pub(crate) locale: &'a Arc<Locale>,
    pub(crate) shop: &'a str,
    pub(crate) message: &'a Message,
    pub(crate) facts: Facts,
    /// Where the button leads.
    pub(crate) path: &'a str,
}
