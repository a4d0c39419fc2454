//! The parcels of a consignment: which pieces travel under which label, and how far each is. A consignment's state follows from
//! them, and an order's from its consignments'.

use crate::event::{OfParcel, OneParcel, Pieces};
use crate::journey::await_acceptance;
use crate::order::{Consignment, Line, Order, consignment, lock};
use crate::state::{Customs, Fulfilment, ParcelState, State};
use crate::whole::Whole;
use base::{Error, Id, Moment, Result, Tag};
use store::{Read, Row, Tx, params};

/// What of a consignment travels under one label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// Its id.
    pub id: Id<Parcel>,
    /// The carrier's parcel, once it has its label.
    pub label: Option<Id<logistics::Parcel>>,
    /// The consignment that it is of.
    pub consignment: Id<Consignment>,
    /// Its place in the consignment, from 0.
    pub position: i64,
    /// How far it is.
    pub state: ParcelState,
    /// Where it stands with customs.
    pub customs: Customs,
    /// When it had its label.
    pub packed_at: Option<Moment>,
    /// When the carrier took it.
    pub handed_over_at: Option<Moment>,
    /// When it reached the buyer.
    pub delivered_at: Option<Moment>,
    /// When the carrier had it back at its sender's.
    pub returned_at: Option<Moment>,
    /// When it was given up, and paid back.
    pub written_off_at: Option<Moment>,
    /// When it was unpacked before it left.
    pub recalled_at: Option<Moment>,
    /// When its sender looked through what came back.
    pub received_at: Option<Moment>,
    /// What is in it.
    pub lines: Vec<Inside>,
}

/// Pieces of a line in a parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inside {
    /// The line.
    pub line: Id<Line>,
    /// Pieces, above zero.
    pub pieces: i64,
    /// Of them: those that came back with it and lie on the shelf again.
    pub received: i64,
}

impl Tag for Inside {
    const PREFIX: &'static str = "opl";
}

impl Tag for Parcel {
    const PREFIX: &'static str = "opc";
}

impl Parcel {
    /// Whether the carrier has, or had, it.
    pub fn has_left(&self) -> bool {
        self.handed_over_at.is_some()
    }

    /// Whether it has a label that is good.
    pub fn has_label(&self) -> bool {
        self.packed_at.is_some() && self.recalled_at.is_none()
    }

    /// Whether what came back with it waits to be looked through.
    pub fn is_to_be_received(&self) -> bool {
        self.returned_at.is_some() && self.received_at.is_none()
    }

    /// Pieces of a line in it.
    pub fn pieces_of(&self, line: Id<Line>) -> i64 {
        self.lines.iter().filter(|inside| inside.line == line).map(|inside| inside.pieces).sum()
    }

    /// All pieces in it.
    pub fn pieces(&self) -> i64 {
        self.lines.iter().map(|inside| inside.pieces).sum()
    }

    /// What every event tells of it.
    pub(crate) fn told(&self, known: &Consignment) -> OfParcel {
        let lines = self.lines.iter().map(|inside| Pieces { line: inside.line, pieces: inside.pieces }).collect();
        let one = OneParcel { shipped_by: known.shipped_by, parcel: self.id, lines };
        OfParcel { order: known.order, organisation: known.organisation, one }
    }
}

impl Whole {
    /// The parcels of one consignment.
    pub fn parcels_of(&self, consignment: Id<Consignment>) -> impl Iterator<Item = &Parcel> {
        self.parcels.iter().filter(move |parcel| parcel.consignment == consignment)
    }

    /// Pieces of a line that have left: they are with the carrier, with the buyer, lost or came back.
    pub fn has_left(&self, line: &Line) -> i64 {
        let left = self.parcels_of(line.consignment).filter(|parcel| parcel.has_left());
        left.map(|parcel| parcel.pieces_of(line.id)).sum()
    }

    /// Pieces of a line that have not left, packed or not.
    pub fn is_here(&self, line: &Line) -> i64 {
        line.to_send() - self.has_left(line)
    }

    /// Pieces of a line that have no label yet: not packed, or a carrier is only asked for it.
    pub fn unlabelled(&self, line: &Line) -> i64 {
        let asked = self.parcels_of(line.consignment).filter(|parcel| parcel.state == ParcelState::Asked);
        line.to_pack() + asked.map(|parcel| parcel.pieces_of(line.id)).sum::<i64>()
    }

    /// Whether something of a consignment has left and is not given up: it arrives, or somebody has to decide.
    pub fn is_away(&self, consignment: Id<Consignment>) -> bool {
        let given_up = |parcel: &Parcel| parcel.state == ParcelState::WrittenOff;
        self.parcels_of(consignment).any(|parcel| parcel.has_left() && !given_up(parcel))
    }

    /// Whether the order can still be called off: nothing of it has a label.
    pub fn may_cancel(&self) -> bool {
        self.order.may_cancel() && self.parcels.iter().all(|parcel| !parcel.has_label())
    }
}

/// One parcel, wherever it is. Errors: `unknown_parcel`.
pub fn parcel(db: &mut Read, id: Id<Parcel>) -> Result<Parcel> {
    let row = db.maybe(ONE, params![id])?;
    let row = row.ok_or_else(unknown)?;
    let inside = db.query(INSIDE_ONE, params![id])?;
    read(&row, inside.iter())
}

/// One parcel of this consignment. Errors: `unknown_parcel`.
pub fn parcel_of(db: &mut Read, consignment: Id<Consignment>, id: Id<Parcel>) -> Result<Parcel> {
    let found = parcel(db, id)?;
    if found.consignment == consignment { Ok(found) } else { Err(unknown()) }
}

fn unknown() -> Error {
    Error::not_found("unknown_parcel", "There is no such parcel.")
}

/// The parcel that has this label. Errors: `unknown_parcel`.
pub(crate) fn of_label(db: &mut Read, label: Id<logistics::Parcel>) -> Result<Id<Parcel>> {
    let row = db.maybe(OF_LABEL, params![label])?;
    row.ok_or_else(unknown)?.get(0)
}

/// The parcels of an order, by consignment and position.
pub fn parcels(db: &mut Read, order: Id<Order>) -> Result<Vec<Parcel>> {
    let rows = db.query(OF_ORDER, params![order])?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let inside = db.query(INSIDE, params![order])?;
    rows.iter().map(|row| read(row, inside.iter())).collect()
}

// What `read` reads of the parcel, in its order.
macro_rules! select {
    ($from:literal) => {
        concat!(
            "SELECT id, consignment, position, state, customs, packed_at, handed_over_at, delivered_at, returned_at,
                written_off_at, recalled_at, received_at, label ",
            $from
        )
    };
}

// What `read` reads of each line inside, in its order.
macro_rules! select_inside {
    ($from:literal) => {
        concat!("SELECT l.parcel, l.line, l.pieces, l.received ", $from)
    };
}

/// A parcel out of its row and those of what is inside; rows of other parcels are left out.
fn read<'a>(row: &Row, inside: impl Iterator<Item = &'a Row>) -> Result<Parcel> {
    let id: Id<Parcel> = row.get(0)?;
    let mut lines = Vec::new();
    for row in inside {
        if row.get::<Id<Parcel>>(0)? == id {
            lines.push(Inside { line: row.get(1)?, pieces: row.get(2)?, received: row.get(3)? });
        }
    }
    Ok(Parcel {
        id,
        consignment: row.get(1)?,
        position: row.get(2)?,
        state: row.get(3)?,
        customs: row.get(4)?,
        packed_at: row.get(5)?,
        handed_over_at: row.get(6)?,
        delivered_at: row.get(7)?,
        returned_at: row.get(8)?,
        written_off_at: row.get(9)?,
        recalled_at: row.get(10)?,
        received_at: row.get(11)?,
        label: row.get(12)?,
        lines,
    })
}

/// Takes the locks in the one order that every deed takes them in: the order, then its consignment, then the parcel.
pub(crate) fn lock_all(tx: &mut Tx, id: Id<Parcel>) -> Result<(Order, Consignment, Parcel)> {
    let of = parcel(tx, id)?.consignment;
    let order = consignment(tx, of)?.order;
    let order = lock(tx, order)?;
    Ok((order, consignment(tx, of)?, parcel(tx, id)?))
}

/// What followed from a change of parcels.
pub(crate) struct Followed {
    /// The consignment's state now.
    pub(crate) state: State,
    /// It is another than before.
    pub(crate) changed: bool,
    /// The order's.
    pub(crate) fulfilment: Fulfilment,
}

/// Derives a consignment's state from its parcels and what waits to be packed, then its order's. `at` is when what changed it
/// happened: since then all is there, if it is. What is not paid, accepted or over stays so. The order is locked.
pub(crate) fn follow(tx: &mut Tx, order: &Order, id: Id<Consignment>, at: Moment) -> Result<Followed> {
    let known = consignment(tx, id)?;
    let mut state = known.state;
    if !matches!(state, State::Waiting | State::Completed | State::Cancelled) {
        state = derive(tx, &known, at)?;
    }
    let (fulfilment, _) = refresh(tx, order)?;
    Ok(Followed { state, changed: state != known.state, fulfilment })
}

fn derive(tx: &mut Tx, known: &Consignment, at: Moment) -> Result<State> {
    let mut parcels: Vec<(ParcelState, Customs)> = Vec::new();
    let mut latest = at;
    for row in tx.query(STATES_OF_PARCELS, params![known.id])? {
        parcels.push((row.get(0)?, row.get(1)?));
        latest = latest.max(row.get::<Option<Moment>>(2)?.unwrap_or(at));
    }
    let waiting = to_pack(tx, known)?;
    let states: Vec<ParcelState> = parcels.iter().map(|(state, _)| *state).collect();
    let state = State::of(&states, waiting);
    let customs = Customs::of_parcels(known.customs, &parcels, waiting);
    if (state, customs) == (known.state, known.customs) {
        return Ok(state);
    }
    let news = |of: State| state == of && known.state != of;
    let delivered = news(State::Delivered).then_some(latest);
    let until = delivered.map(|at| at.plus_days(known.acceptance_days));
    let now = tx.now();
    let given_up = states.contains(&ParcelState::WrittenOff);
    let ended = |so: bool| (news(State::Cancelled) && so).then_some(now);
    let moved = params![known.id, state, customs, delivered, until, ended(given_up), ended(!given_up),];
    tx.send(FOLLOW, moved)?;
    if until.is_some() {
        await_acceptance(tx, &Consignment { accept_until: until, ..known.clone() })?;
    }
    Ok(state)
}

/// Pieces of a consignment that wait to be packed.
pub(crate) fn to_pack(db: &mut Read, of: &Consignment) -> Result<i64> {
    db.one(TO_PACK, params![of.order, of.id])?.get(0)
}

/// Derives the order's states from its consignments'; with its last consignment it is complete. The order must be locked. Gives
/// the new ones.
pub(crate) fn refresh(tx: &mut Tx, order: &Order) -> Result<(Fulfilment, Customs)> {
    let rows = tx.query(STATES, params![order.id])?;
    let states: Vec<State> = rows.iter().map(|row| row.get(0)).collect::<Result<_>>()?;
    let customs: Vec<Customs> = rows.iter().map(|row| row.get(1)).collect::<Result<_>>()?;
    let (fulfilment, customs) = (Fulfilment::of(&states), Customs::of(&customs));
    if (fulfilment, customs) != (order.fulfilment, order.customs) {
        tx.send(REFRESH, params![order.id, fulfilment, customs])?;
    }
    if fulfilment == Fulfilment::Completed && order.fulfilment != fulfilment {
        crate::complete::finish(tx, order)?;
    }
    Ok((fulfilment, customs))
}

const ONE: &str = select!("FROM order_parcel WHERE id = $1");
const OF_LABEL: &str = "SELECT id FROM order_parcel WHERE label = $1";
const INSIDE_ONE: &str = select_inside!("FROM order_parcel_line l WHERE l.parcel = $1 ORDER BY l.line");
const OF_ORDER: &str = select!("FROM order_parcel WHERE order_id = $1 ORDER BY consignment, position");
const INSIDE: &str = select_inside!(
    "FROM order_parcel p JOIN order_parcel_line l ON l.parcel = p.id
    WHERE p.order_id = $1 ORDER BY l.parcel, l.line"
);
const STATES_OF_PARCELS: &str =
    "SELECT state, customs, delivered_at FROM order_parcel WHERE consignment = $1 ORDER BY position";
const TO_PACK: &str = "SELECT COALESCE(CAST(SUM(quantity - called_off - packed) AS BIGINT), 0) FROM order_line
    WHERE order_id = $1 AND consignment = $2";
const FOLLOW: &str = "UPDATE order_consignment SET state = $2, customs = $3, delivered_at = COALESCE($4, delivered_at),
    accept_until = COALESCE($5, accept_until), written_off_at = COALESCE($6, written_off_at),
    cancelled_at = COALESCE($7, cancelled_at) WHERE id = $1";
const STATES: &str = "SELECT state, customs FROM order_consignment WHERE order_id = $1";
const REFRESH: &str = "UPDATE order_head SET fulfilment = $2, customs = $3 WHERE id = $1";
