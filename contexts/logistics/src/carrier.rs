//! Carriers: the contract with one outside, and the built-in one, which moves parcels on the store's clock.

use crate::booking::{Booking, Document};
use crate::event_kind::EventKind;
use crate::journey::{NewEvent, events, source_ids};
use crate::parcel::{Parcel, parcel};
use crate::plan::{Step, plan};
use crate::service::BUILT_IN;
use base::{Error, Id, Moment, Permission, Result};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use store::{Read, Tx, Work, params};

/// The job that moves a parcel of the built-in carrier one step; its subject is the parcel.
pub const MOVE: Work = Work { kind: "carrier.move", hands: 16, lease_seconds: 120, renews: false };

/// A future a carrier answers with.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// A carrier outside the process. Nothing here is called from inside a transaction, and every call may be made again. An error
/// means that no answer came: what was asked may or may not have happened.
pub trait Carrier: Send + Sync {
    /// Its name, as in the table of services.
    fn name(&self) -> &'static str;
    /// Where it is reached, for those who watch.
    fn place(&self) -> String;
    /// Prepares a shipment and gives the carrier's id of it; nothing is bought yet. Finds the one that is prepared already.
    fn prepare<'a>(&'a self, booking: &'a Booking) -> Answer<'a, Said<String>>;
    /// Buys the label of the prepared shipment; bought before, gives the same.
    fn buy<'a>(&'a self, booking: &'a Booking) -> Answer<'a, Said<Bought>>;
    /// Takes back what there is for a booking, prepared or bought; nothing there is as good.
    fn void<'a>(&'a self, booking: &'a Booking) -> Answer<'a, Said<()>>;
    /// Everything known of a parcel by `now`. Its events may be told again and again.
    fn track<'a>(&'a self, parcel: &'a Parcel, now: Moment) -> Answer<'a, Vec<Report>>;
    /// Reads a webhook that came in at `now`. Header names are in lower case.
    /// Errors: unauthenticated when it does not prove itself; invalid when the body is not understood.
    fn webhook(&self, headers: &[(String, String)], body: &[u8], now: Moment) -> Result<Vec<News>>;
}

/// A definite answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said<T> {
    /// It is done.
    Done(T),
    /// It will not be done; why, in the carrier's words.
    Refused(String),
}

/// What a carrier gives for a booking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bought {
    /// The number that the parcel is tracked by.
    pub tracking: String,
    /// Its label, and what else customs wants on paper.
    pub documents: Vec<Document>,
}

/// Something that a carrier reports of a parcel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What happened.
    pub kind: EventKind,
    /// When it happened there.
    pub at: Moment,
    /// Where.
    pub place: String,
    /// The same each time it is told.
    pub source_id: String,
    /// The carrier's own words; may be empty.
    pub detail: String,
}

impl Report {
    /// The same as an event of this parcel.
    pub fn of(self, parcel: Id<Parcel>) -> NewEvent {
        let Report { kind, at, place, source_id, detail } = self;
        NewEvent { parcel, kind, at, place, source_id, detail }
    }
}

/// What a webhook tells of one parcel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// Its tracking number; may be none of ours.
    pub tracking: String,
    /// Everything that happened to it.
    pub reports: Vec<Report>,
}

/// The carriers of an installation besides the built-in one.
#[derive(Clone, Default)]
pub struct Carriers {
    outside: Option<Arc<dyn Carrier>>,
    ending: Option<Arc<dyn Carrier>>,
}

impl Carriers {
    /// This one books in place of the built-in carrier, which brings to its door what it has under way.
    pub fn through(carrier: Arc<dyn Carrier>) -> Carriers {
        Carriers { outside: Some(carrier), ending: None }
    }

    /// And this one books no more, but brings to its door what it has under way.
    pub fn ending(self, carrier: Arc<dyn Carrier>) -> Carriers {
        Carriers { ending: Some(carrier), ..self }
    }

    /// Name of the carrier whose services are offered.
    pub fn booking(&self) -> &'static str {
        self.outside.as_ref().map_or(BUILT_IN, |carrier| carrier.name())
    }

    /// The one outside, if there is one.
    pub fn outside(&self) -> Option<&dyn Carrier> {
        self.outside.as_deref()
    }

    /// The one outside with this name. Errors: not found, such as after its address was taken away.
    pub fn named(&self, name: &str) -> Result<&dyn Carrier> {
        self.outside.iter().chain(&self.ending).map(|known| &**known).find(|known| known.name() == name).ok_or_else(
            || Error::not_found("unknown_carrier", format!("There is no carrier “{name}” here; set it up again.")),
        )
    }
}

/// The parcel was handed over: its way begins. Again: nothing. Errors: denied, not found.
pub fn begin(tx: &mut Tx, id: Id<Parcel>) -> Result<()> {
    let parcel = parcel(tx, id)?;
    tx.actor().may_for(parcel.organisation, Permission::SellerWrite, Permission::OrdersWrite)?;
    let now = tx.now();
    if tx.run(HAND_OVER, params![now, id])? == 1 && parcel.carrier == BUILT_IN {
        let first = plan(&crate::parcel::parcel(tx, id)?, None)?;
        let run_at = first.first().map_or(now, |step| step.at);
        tx.schedule(&MOVE.job(id.raw(), run_at))?;
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
    if parcel.carrier != BUILT_IN {
        return Ok(None);
    }
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
    tx.schedule(&MOVE.job(id.raw(), run_at))
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
