//! An order opened up for the console: who does what by the frozen terms, where the money goes, everything that happened.

use crate::due::{Due, DueState, dues};
use crate::journey::{Stop, stops};
use crate::order::Line;
use crate::split::{Share, split};
use crate::state::State;
use crate::whole::{Whole, whole};
use base::{Id, Permission, Result};
use customs::LandedCost;
use ledger::TransferRow;
use payments::{Intent, Refund};
use store::{EventRow, Read, events_of};
use terms::Party;

/// Everything there is to know of an order.
#[derive(Clone, Debug)]
pub struct Anatomy {
    /// Order, lines, consignments.
    pub whole: Whole,
    /// Who does what, by line.
    pub roles: Vec<Roles>,
    /// The landed cost of each consignment, with the rules applied.
    pub landed: Vec<LandedCost>,
    /// Where the money goes (or went) by the terms.
    pub split: Vec<Share>,
    /// Not all of the split is posted yet: see [`Consignment::completed_at`](crate::Consignment::completed_at).
    pub forecast: bool,
    /// What the ledger has about the order, newest first: money and goods.
    pub transfers: Vec<TransferRow>,
    /// Attempts to pay.
    pub intents: Vec<Intent>,
    /// What the buyer has to pay, and paid.
    pub dues: Vec<Due>,
    /// Refunds of each attempt.
    pub refunds: Vec<Refund>,
    /// Those of them that have failed and were not sent again.
    pub stranded: Vec<Refund>,
    /// Consignments with their parcels' journeys.
    pub stops: Vec<Stop>,
    /// The audit trail, oldest first.
    pub events: Vec<EventRow>,
}

impl Anatomy {
    /// What is to be paid now, if anything is.
    pub fn open_due(&self) -> Option<Due> {
        self.dues.iter().find(|due| due.state == DueState::Open).copied()
    }
}

/// Who does what for one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Roles {
    /// The line.
    pub line: Id<Line>,
    /// Sets the price.
    pub price_set_by: Party,
    /// Owned the stock.
    pub stock_owned_by: Party,
    /// Packs and hands over.
    pub ships: Party,
    /// Sells in law.
    pub merchant_of_record: Party,
    /// Who declares the import: the platform where it sells, collects or prepays; none where no border is crossed.
    pub importer_of_record: Option<Party>,
    /// Takes returns.
    pub returns_to: Party,
}

/// At most so many of each kind of history are shown.
const HISTORY: i64 = 500;

/// Opens an order up. Errors: denied, `order_unknown`.
pub fn anatomy(db: &mut Read, id: Id<crate::Order>) -> Result<Anatomy> {
    db.actor().may(Permission::ConsoleRead)?;
    let whole = whole(db, id)?;
    let stops = stops(db, id)?;
    let mut events = events_of(db, id.raw(), 0, HISTORY)?;
    for stop in &stops {
        events.extend(events_of(db, stop.consignment.id.raw(), 0, HISTORY)?);
        for sent in &stop.parcels {
            let Some(label) = sent.parcel.label else { continue };
            events.extend(events_of(db, label.raw(), 0, HISTORY)?);
        }
    }
    let intents = payments::by_subject(db, id.raw())?;
    for intent in &intents {
        events.extend(events_of(db, intent.id.raw(), 0, HISTORY)?);
    }
    events.sort_by_key(|event| event.seq);
    Ok(Anatomy {
        roles: whole.lines.iter().map(|line| roles(&whole, line)).collect(),
        landed: whole.consignments.iter().map(|one| one.landed_cost()).collect::<Result<_>>()?,
        split: split(&whole)?,
        forecast: whole.order.completed_at.is_none(),
        transfers: ledger::transfers(db, ledger::Of::Subject(id.raw()), None, HISTORY)?,
        intents,
        dues: dues(db, id)?,
        refunds: payments::refunds(db, id.raw())?,
        stranded: payments::stranded(db, id.raw())?,
        stops,
        events,
        whole,
    })
}

fn roles(whole: &Whole, line: &Line) -> Roles {
    let consignment = whole.consignment(line.consignment);
    let crosses = consignment.is_some_and(|one| {
        one.state != State::Cancelled && !one.dispatch.same_customs_territory(whole.order.destination)
    });
    Roles {
        line: line.id,
        price_set_by: line.terms.price_set_by,
        stock_owned_by: line.terms.stock_owned_by,
        ships: line.terms.ships,
        merchant_of_record: line.terms.merchant_of_record,
        // Every door price is delivered duty paid: whoever collects it, the platform stands behind the declaration.
        importer_of_record: crosses.then_some(Party::Platform),
        returns_to: line.terms.returns_to,
    }
}
