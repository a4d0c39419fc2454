//! Labels asked of a carrier outside: requested in one transaction, booked by a job, and what came of it recorded in another.

use crate::carrier::Bought;
use crate::event::{Asked, Booked, Kept, Refused, Requested, Voided};
use crate::event_kind::EventKind;
use crate::parcel::{Label, NewParcel, Parcel, check, insert, parcel};
use crate::service::service;
use base::{Country, Error, Id, Moment, Permission, Result, Tag};
use store::{Read, Row, Tx, Work, params};

/// The job that books or voids at the carrier, the party it waits for; its subject is the booking. It asks up to six times, each
/// for a minute at most.
pub const BOOK: Work = Work { kind: "carrier.book", hands: 8, lease_seconds: 480, renews: false };
/// The job that asks the carrier, the party it waits for, where a parcel is; its subject is the parcel. Up to three questions.
pub const TRACK: Work = Work { kind: "carrier.track", hands: 8, lease_seconds: 300, renews: false };

/// How long after a label was made, and then after each look, a parcel is asked for.
const LOOK_AGAIN_SECONDS: i64 = 2 * 3600;
/// A parcel of which nothing was heard for so many days is asked for once a day.
const SILENT_DAYS: i64 = 30;
/// A parcel that has been lost for so many days is not asked for any more.
const LOST_DAYS: i64 = 90;

/// How far a booking is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BookingState {
    /// The carrier is asked, again and again until it answers.
    Requested,
    /// There is a parcel with a label.
    Booked,
    /// The carrier said no; `problem` holds its words. May be asked anew.
    Refused,
    /// Called off; the carrier is told.
    Void,
    /// Called off, and the carrier took back whatever there was.
    Voided,
    /// Called off too late: the carrier does not take the label back; `problem` says why.
    Kept,
}

impl BookingState {
    /// Every state.
    pub const ALL: [BookingState; 6] = [
        BookingState::Requested,
        BookingState::Booked,
        BookingState::Refused,
        BookingState::Void,
        BookingState::Voided,
        BookingState::Kept,
    ];

    /// Stable name, as stored and translated.
    pub fn name(self) -> &'static str {
        match self {
            BookingState::Requested => "requested",
            BookingState::Booked => "booked",
            BookingState::Refused => "refused",
            BookingState::Void => "void",
            BookingState::Voided => "voided",
            BookingState::Kept => "kept",
        }
    }

    /// The state with this stored name.
    pub fn named(name: &str) -> Option<BookingState> {
        BookingState::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// A label asked of a carrier outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    /// Its id: the reference under which the carrier knows it.
    pub id: Id<Booking>,
    /// Name of the carrier that is asked.
    pub carrier: String,
    /// What it is asked for.
    pub label: Label,
    /// How far it is.
    pub state: BookingState,
    /// The carrier's id of the shipment, once it has one.
    pub shipment: String,
    /// Why it is not booked (yet), in the carrier's words; may be empty.
    pub problem: String,
    /// When it was asked for.
    pub requested_at: Moment,
}

impl Tag for Booking {
    const PREFIX: &'static str = "bkg";
}

impl Booking {
    /// The code by which the carrier knows the service. Errors: the service is unknown.
    pub fn carrier_code(&self) -> Result<&'static str> {
        Ok(&service(&self.label.service)?.carrier_code)
    }

    /// Whether a border is crossed. Errors: a country is none.
    pub fn crosses_border(&self) -> Result<bool> {
        let (from, to) = self.label.countries()?;
        Ok(!from.same_customs_territory(to))
    }
}

/// Asks the carrier of the label's service for it. Again while it waits: the same booking, and the carrier is asked at once;
/// after a refusal: a new booking with what the label says now. Emits `parcel.requested` for a new one.
/// Errors: denied, and those of a label that no carrier would take (see [`crate::label`]).
pub fn request(tx: &mut Tx, new: &Label) -> Result<Booking> {
    tx.actor().may_for(new.organisation, Permission::SellerWrite, Permission::OrdersWrite)?;
    let now = tx.now();
    if let Some(known) = booking_of(tx, new.subject)? {
        if known.state == BookingState::Requested {
            schedule(tx, known.id, &known.carrier, now)?;
        }
        if matches!(known.state, BookingState::Requested | BookingState::Booked) {
            return Ok(known);
        }
    }
    let service = service(&new.service)?;
    let (from, to) = new.countries()?;
    check(new, service, from, to)?;
    let id = tx.id::<Booking>();
    let label = serde_json::to_string(new).map_err(Error::internal)?;
    tx.send(
        INSERT,
        params![id, service.booked_through, new.order, new.consignment, new.organisation, label, now, new.subject],
    )?;
    schedule(tx, id, &service.booked_through, now)?;
    tx.emit(id, &Requested(told(new, "")))?;
    booking(tx, id)
}

fn schedule(tx: &mut Tx, id: Id<Booking>, carrier: &str, run_at: Moment) -> Result<()> {
    tx.schedule(&BOOK.job(id.raw(), run_at).with(carrier))
}

/// Takes the receiver's telephone out of what was asked for an order.
pub(crate) fn forget_phone(tx: &mut Tx, order: i64) -> Result<()> {
    for row in tx.query(ALL_OF_ORDER, params![order])? {
        let mut label: Label = serde_json::from_str(&row.get::<String>(1)?).map_err(Error::internal)?;
        label.to.phone.clear();
        let text = serde_json::to_string(&label).map_err(Error::internal)?;
        tx.send(READDRESS, params![row.get::<i64>(0)?, text])?;
    }
    Ok(())
}

fn told(label: &Label, problem: &str) -> Asked {
    Asked { order: label.order, consignment: label.consignment, parcel: label.subject, problem: problem.into() }
}

/// The carrier has given the shipment an id; nothing is bought yet. Of two ids the first stays. Errors: not found.
pub fn prepared(tx: &mut Tx, id: Id<Booking>, shipment: &str) -> Result<Booking> {
    tx.send(PREPARED, params![id, shipment])?;
    booking(tx, id)
}

/// The carrier gave no answer that counts: for the seller to see while it is asked again.
pub fn stumbled(tx: &mut Tx, id: Id<Booking>, problem: &str) -> Result<()> {
    tx.send(STUMBLED, params![id, problem])?;
    Ok(())
}

/// The carrier made the label: the booking gets its parcel. Again: the same parcel. None when it was called off meanwhile: the
/// job then takes it back. Emits `parcel.booked`. Errors: denied, not found; `tracking_used` when another parcel has the number.
pub fn booked(tx: &mut Tx, id: Id<Booking>, bought: &Bought) -> Result<Option<Parcel>> {
    tx.actor().may(Permission::OrdersWrite)?;
    let known = booking(tx, id)?;
    if tx.run(BOOKED, params![id])? == 0 {
        let again = known.state == BookingState::Booked;
        return if again { crate::parcel::of_subject(tx, known.label.subject) } else { Ok(None) };
    }
    let tracking: String =
        bought.tracking.chars().filter(|letter| !letter.is_whitespace() && !letter.is_control()).collect();
    let tracking = tracking.to_ascii_uppercase();
    if crate::parcel::by_tracking(tx, &tracking)?.is_some() {
        let say = format!("The carrier gave the number {tracking}, which another parcel has; ask the carrier.");
        return Err(Error::conflict("tracking_used", say));
    }
    let made = tx.id::<Parcel>();
    let new = NewParcel { id: made, tracking: &tracking, carrier: &known.carrier, shipment: &known.shipment };
    insert(tx, &known.label, &new)?;
    for paper in &bought.documents {
        tx.send(INSERT_DOCUMENT, params![made, paper.category, paper.format, paper.base64])?;
    }
    let run_at = tx.now().plus_seconds(LOOK_AGAIN_SECONDS);
    tx.schedule(&TRACK.job(made.raw(), run_at).with(&known.carrier))?;
    tx.emit(id, &Booked(told(&known.label, "")))?;
    parcel(tx, made).map(Some)
}

/// The carrier refused. Says whether that is news. Emits `parcel.refused`. Errors: denied, not found.
pub fn refused(tx: &mut Tx, id: Id<Booking>, problem: &str) -> Result<bool> {
    tx.actor().may(Permission::OrdersWrite)?;
    let known = booking(tx, id)?;
    if tx.run(REFUSED, params![id, problem])? == 0 {
        return Ok(false);
    }
    tx.emit(id, &Refused(told(&known.label, problem)))?;
    Ok(true)
}

/// What was packed is not sent: what was asked of a carrier for it is taken back, also the label when there is one: the carrier takes that
/// back, or says why not. What the carrier has refused is over. Whoever may call it off was asked before.
pub fn call_off(tx: &mut Tx, subject: i64) -> Result<()> {
    let now = tx.now();
    let Some(known) = booking_of(tx, subject)? else { return Ok(()) };
    if tx.run(CALL_BACK, params![known.id])? == 1 {
        return schedule(tx, known.id, &known.carrier, now);
    }
    tx.send(LET_GO, params![known.id])
}

/// What the carrier said to a booking that was called off: taken back, or why not. Emits `parcel.voided` or `parcel.kept`.
pub fn voided(tx: &mut Tx, id: Id<Booking>, problem: Option<&str>) -> Result<()> {
    tx.actor().may(Permission::OrdersWrite)?;
    let known = booking(tx, id)?;
    let state = if problem.is_some() { BookingState::Kept } else { BookingState::Voided };
    let problem = problem.unwrap_or_default();
    if tx.run(VOIDED, params![id, state.name(), problem])? == 1 {
        let told = told(&known.label, problem);
        return if state == BookingState::Kept { tx.emit(id, &Kept(told)) } else { tx.emit(id, &Voided(told)) };
    }
    Ok(())
}

/// When the carrier is asked again where a parcel is; none when that is known for good, or it has been lost for so long that nobody
/// will find it: then only the carrier's own word changes anything.
pub fn next_look(parcel: &Parcel, now: Moment) -> Option<Moment> {
    let given_up = parcel.state == EventKind::Lost && now > parcel.state_at.plus_days(LOST_DAYS);
    let silent = now > parcel.state_at.plus_days(SILENT_DAYS);
    let next = if silent { now.plus_days(1) } else { now.plus_seconds(LOOK_AGAIN_SECONDS) };
    (!parcel.state.is_final() && !given_up).then_some(next)
}

/// One booking. Errors: not found.
pub fn booking(db: &mut Read, id: Id<Booking>) -> Result<Booking> {
    let row = db.maybe(ONE, params![id])?;
    read(&row.ok_or_else(|| Error::not_found("unknown_booking", "There is no such booking."))?)
}

/// The newest booking of what was packed (raw id), if a carrier outside was ever asked for its label.
pub fn booking_of(db: &mut Read, subject: i64) -> Result<Option<Booking>> {
    db.maybe(OF_SUBJECT, params![subject])?.map(|row| read(&row)).transpose()
}

/// How many bookings wait for a carrier, and how many parcels stand refused: for those who watch.
pub fn booking_counts(db: &mut Read) -> Result<(i64, i64)> {
    let row = db.one(COUNTS, &[])?;
    Ok((row.get::<Option<i64>>(0)?.unwrap_or(0), row.get::<Option<i64>>(1)?.unwrap_or(0)))
}

/// Whether a carrier has labels to make or parcels to follow.
pub fn under_way(db: &mut Read, carrier: &str) -> Result<bool> {
    Ok(store::has_jobs(db, BOOK, carrier)? || store::has_jobs(db, TRACK, carrier)?)
}

/// A paper that the carrier made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// `label` or `invoice`.
    pub category: String,
    /// `PDF`, `PNG` or `ZPL`.
    pub format: String,
    /// The file, in base64.
    pub base64: String,
}

/// A carrier's paper of a parcel; none for one that the house draws itself.
pub fn document(db: &mut Read, parcel: Id<Parcel>, category: &str) -> Result<Option<Document>> {
    let Some(row) = db.maybe(DOCUMENT, params![parcel, category])? else { return Ok(None) };
    Ok(Some(Document { category: category.to_owned(), format: row.get(0)?, base64: row.get(1)? }))
}

/// Which papers the carrier made for a parcel.
pub fn documents(db: &mut Read, parcel: Id<Parcel>) -> Result<Vec<String>> {
    db.query(DOCUMENTS, params![parcel])?.iter().map(|row| row.get(0)).collect()
}

// What `read` reads, in its order.
macro_rules! select {
    ($from:literal) => {
        concat!("SELECT id, carrier, label, state, shipment, problem, requested_at ", $from)
    };
}

fn read(row: &Row) -> Result<Booking> {
    let (label, state): (String, String) = (row.get(2)?, row.get(3)?);
    Ok(Booking {
        id: row.get(0)?,
        carrier: row.get(1)?,
        label: serde_json::from_str(&label).map_err(Error::internal)?,
        state: BookingState::named(&state).ok_or_else(|| Error::internal(format!("unknown booking state {state}")))?,
        shipment: row.get(4)?,
        problem: row.get(5)?,
        requested_at: row.get(6)?,
    })
}

impl Label {
    pub(crate) fn countries(&self) -> Result<(Country, Country)> {
        Ok((self.from.country.parse()?, self.to.country.parse()?))
    }
}

const INSERT: &str =
    "INSERT INTO logistics_booking (id, carrier, order_subject, consignment, organisation, label, state, shipment,
    problem, requested_at, subject) VALUES ($1, $2, $3, $4, $5, $6, 'requested', '', '', $7, $8)";
const INSERT_DOCUMENT: &str = "INSERT INTO logistics_document (parcel, category, format, body) VALUES ($1, $2, $3, $4)
    ON CONFLICT (parcel, category) DO NOTHING";
const READDRESS: &str = "UPDATE logistics_booking SET label = $2 WHERE id = $1";
const ALL_OF_ORDER: &str = "SELECT id, label FROM logistics_booking WHERE order_subject = $1 ORDER BY id";
const PREPARED: &str = "UPDATE logistics_booking SET shipment = $2 WHERE id = $1 AND shipment = ''";
const STUMBLED: &str = "UPDATE logistics_booking SET problem = $2 WHERE id = $1 AND state = 'requested'";
const BOOKED: &str =
    "UPDATE logistics_booking SET state = 'booked', problem = '' WHERE id = $1 AND state = 'requested'";
const REFUSED: &str =
    "UPDATE logistics_booking SET state = 'refused', problem = $2 WHERE id = $1 AND state = 'requested'";
const CALL_BACK: &str =
    "UPDATE logistics_booking SET state = 'void' WHERE id = $1 AND state IN ('requested', 'booked')";
const LET_GO: &str = "UPDATE logistics_booking SET state = 'voided' WHERE id = $1 AND state = 'refused'";
const VOIDED: &str = "UPDATE logistics_booking SET state = $2, problem = $3 WHERE id = $1 AND state = 'void'";
const ONE: &str = select!("FROM logistics_booking WHERE id = $1");
const OF_SUBJECT: &str = select!("FROM logistics_booking WHERE subject = $1 ORDER BY id DESC LIMIT 1");
const COUNTS: &str = "SELECT (SELECT COUNT(*) FROM logistics_booking WHERE state IN ('requested', 'void')),
    (SELECT COUNT(*) FROM logistics_booking b WHERE b.state = 'refused'
      AND NOT EXISTS (SELECT 1 FROM logistics_booking n WHERE n.subject = b.subject AND n.id > b.id))";
const DOCUMENT: &str = "SELECT format, body FROM logistics_document WHERE parcel = $1 AND category = $2";
const DOCUMENTS: &str = "SELECT category FROM logistics_document WHERE parcel = $1 ORDER BY category DESC";
