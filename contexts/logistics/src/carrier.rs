//! Carriers: the contract with one outside, and the built-in one, which moves parcels on the store's clock.

use crate::event::EventKind;
use crate::journey::{NewEvent, events, source_ids};
use crate::parcel::{Label, Parcel, label, parcel};
use crate::plan::{Step, plan};
use base::{Error, Id, Moment, Permission, Result};
use std::future::Future;
use std::pin::Pin;
use store::{Job, Read, Store, Tx, params};

/// The job that moves a parcel of the built-in carrier one step; its subject is the parcel.
pub const MOVE_JOB: &str = "carrier.move";

/// A future a carrier answers with.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// A carrier outside the process. Nothing here is called from inside a transaction.
pub trait Carrier: Send + Sync {
    /// Its name, as in the table of services.
    fn name(&self) -> &str;
    /// Books a parcel; booking a consignment twice gives the same parcel.
    fn book<'a>(&'a self, booking: &'a Label) -> Answer<'a, Booked>;
    /// Everything known of a parcel by now. Its events may be told again and again.
    fn track<'a>(&'a self, tracking: &'a str) -> Answer<'a, Vec<NewEvent>>;
}

/// What a carrier gives for a booking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booked {
    /// The parcel it is with us.
    pub parcel: Id<Parcel>,
    /// The number it is tracked by.
    pub tracking: String,
}

/// The carrier that needs nothing: it lives in this database.
pub struct BuiltIn {
    store: Store,
}

impl BuiltIn {
    /// The built-in carrier over a store.
    pub fn new(store: Store) -> BuiltIn {
        BuiltIn { store }
    }
}

impl Carrier for BuiltIn {
    fn name(&self) -> &str {
        "built-in"
    }

    fn book<'a>(&'a self, booking: &'a Label) -> Answer<'a, Booked> {
        let booking = booking.clone();
        Box::pin(async move {
            let parcel = self.store.write(move |tx| label(tx, &booking)).await?;
            Ok(Booked { parcel: parcel.id, tracking: parcel.tracking })
        })
    }

    fn track<'a>(&'a self, tracking: &'a str) -> Answer<'a, Vec<NewEvent>> {
        let tracking = tracking.to_string();
        Box::pin(async move {
            let read = move |db: &mut Read| {
                let parcel = crate::parcel::by_tracking(db, &tracking)?;
                let parcel = parcel.ok_or_else(|| Error::not_found("unknown_parcel", "There is no such parcel."))?;
                let now = db.now();
                let steps = steps(db, &parcel)?;
                Ok(steps.iter().filter(|step| step.at <= now).map(|step| event(parcel.id, step)).collect())
            };
            self.store.read(read).await
        })
    }
}

/// The parcel was handed over: its way begins. Again: nothing. Errors: denied, not found.
pub fn begin(tx: &mut Tx, id: Id<Parcel>) -> Result<()> {
    let parcel = parcel(tx, id)?;
    tx.actor().may_for(parcel.organisation, Permission::SellerWrite, Permission::OrdersWrite)?;
    let now = tx.now();
    if tx.run(HAND_OVER, params![now, id])? == 1 {
        let first = plan(&crate::parcel::parcel(tx, id)?, None)?;
        let run_at = first.first().map_or(now, |step| step.at);
        tx.schedule(&Job { kind: MOVE_JOB, subject: id.raw(), run_at, unique: true })?;
    }
    Ok(())
}

/// Moves a parcel one step: `tell` is given the first planned event that is due and not yet known (the order's journey hears of
/// it and records it), and the job of the step after is scheduled. Errors: not found, and those of `tell`.
pub fn move_on(
    tx: &mut Tx,
    id: Id<Parcel>,
    tell: impl FnOnce(&mut Tx, &NewEvent) -> Result<()>,
) -> Result<Option<NewEvent>> {
    let parcel = parcel(tx, id)?;
    let now = tx.now();
    let known = source_ids(tx, id)?;
    let mut rest = steps(tx, &parcel)?.into_iter().filter(|step| !known.contains(&step.source_id));
    let told = match rest.next() {
        Some(step) if step.at <= now => {
            let event = event(id, &step);
            tell(tx, &event)?;
            Some(event)
        }
        Some(step) => return schedule(tx, id, step.at).map(|()| None),
        None => return Ok(None),
    };
    if let Some(step) = rest.next() {
        schedule(tx, id, step.at)?;
    }
    Ok(told)
}

fn schedule(tx: &mut Tx, id: Id<Parcel>, run_at: Moment) -> Result<()> {
    tx.schedule(&Job { kind: MOVE_JOB, subject: id.raw(), run_at, unique: true })
}

fn steps(db: &mut Read, parcel: &Parcel) -> Result<Vec<Step>> {
    let released = events(db, parcel.id)?.into_iter().find(|event| event.kind == EventKind::ImportReleased);
    plan(parcel, released.map(|event| event.at))
}

fn event(parcel: Id<Parcel>, step: &Step) -> NewEvent {
    NewEvent {
        parcel,
        kind: step.kind,
        at: step.at,
        place: step.place.clone(),
        source_id: step.source_id.clone(),
        detail: step.detail.into(),
    }
}

const HAND_OVER: &str = "UPDATE logistics_parcel SET handed_over_at = $1 WHERE id = $2 AND handed_over_at IS NULL";
