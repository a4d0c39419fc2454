//! Packing and handing over, parcel by parcel: the label is made, the goods leave the shelf, the carrier's way begins.

use crate::event;
use crate::order::{Consignment, Line, Order, consignment, lines, lock};
use crate::parcel::{Inside, Parcel, follow, lock_all, parcel, parcels, to_pack};
use crate::state::{Customs, Deed, ParcelState, State};
use base::{Address, Error, Id, Permission, Result};
use logistics::{BUILT_IN, Booking, Content, Label, OWN, Size};
use stock::Want;
use store::{Tx, params};

/// What packing led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Packing {
    /// The parcel has its label.
    Packed(Packed),
    /// A carrier outside is asked for the label; the parcel is packed when it comes. See [`crate::book`].
    Requested(Id<Booking>),
}

impl Packing {
    /// The parcel, if it has its label already.
    pub fn packed(self) -> Option<Packed> {
        match self {
            Packing::Packed(packed) => Some(packed),
            Packing::Requested(_) => None,
        }
    }
}

/// What packing made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// What was packed.
    pub id: Id<Parcel>,
    /// The carrier's parcel, with its label.
    pub parcel: Id<logistics::Parcel>,
    /// Its tracking number.
    pub tracking: String,
    /// It had been packed before.
    pub again: bool,
}

/// What goes into one parcel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    /// Line and pieces, above zero; each line once.
    pub lines: Vec<(Id<Line>, i64)>,
    /// How many parcels the consignment had when this was chosen, if that is known: the same choice again then makes no other
    /// parcel.
    pub parcels: Option<i64>,
}

/// What whoever packs tells of a parcel besides what is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What the whole parcel weighs; the weight of its goods where nobody weighed it.
    pub grams: Option<i64>,
    /// How big it is; zeros where nobody measured.
    pub size: Size,
    /// Of own shipping: who carries; the service's usual carrier when empty.
    pub carrier: String,
    /// Of own shipping: the carrier's number; empty while it is not known.
    pub number: String,
}

/// Takes the locks in the one order that every deed takes them in: the order, then its consignment.
pub(crate) fn lock_both(tx: &mut Tx, id: Id<Consignment>) -> Result<(Order, Consignment)> {
    let order = consignment(tx, id)?.order;
    let order = lock(tx, order)?;
    let fresh = consignment(tx, id)?;
    Ok((order, fresh))
}

/// Everything of a consignment that waits is packed into one parcel: it gets its label at once from the built-in carrier, or that
/// is asked for outside. What a carrier was asked for before it is asked for again. Again, with nothing left to pack: the newest
/// parcel. Emits `consignment.packed` when there is a parcel.
/// Errors: denied, `consignment_unknown`, `wrong_state`, `recalled` (conflict), and those of `logistics::label`.
pub fn pack(tx: &mut Tx, id: Id<Consignment>) -> Result<Packing> {
    pack_told(tx, id, &Told::default())
}

/// The same, told what the parcel weighs, how big it is and, of own shipping, by whom it goes under which number.
/// Errors: those of [`pack`] and of `logistics::label`, by field.
pub fn pack_told(tx: &mut Tx, id: Id<Consignment>, told: &Told) -> Result<Packing> {
    let (order, known, all) = may_ship(tx, id)?;
    let mut asked = None;
    for one in all.iter().filter(|one| one.state == ParcelState::Asked) {
        asked = Some(ask(tx, &order, &known, one, told)?);
    }
    let own = lines(tx, order.id)?.into_iter().filter(|line| line.consignment == id && line.to_pack() > 0);
    let rest: Vec<_> = own.map(|line| (line.id, line.to_pack())).collect();
    match (asked, rest.is_empty()) {
        (Some(asked), true) => Ok(asked),
        (None, true) => again(tx, &known, &all),
        (_, false) => make(tx, &order, &known, &rest, all.len() as i64, told),
    }
}

/// Chosen pieces of a consignment are packed into one parcel; the rest waits. Emits `consignment.packed` when there is a parcel.
/// Errors: those of [`pack`]; `pieces` and `lines` (fields); `too_many_pieces`, `packed_meanwhile` (conflicts).
pub fn pack_some(tx: &mut Tx, id: Id<Consignment>, pick: &Pick) -> Result<Packing> {
    pack_some_told(tx, id, pick, &Told::default())
}

/// The same, told as in [`pack_told`].
pub fn pack_some_told(tx: &mut Tx, id: Id<Consignment>, pick: &Pick, told: &Told) -> Result<Packing> {
    let (order, known, all) = may_ship(tx, id)?;
    let count = all.len() as i64;
    let mut chosen = pick.lines.clone();
    chosen.sort_unstable();
    if pick.parcels.is_some_and(|seen| seen != count) {
        let newest = all.last().filter(|newest| pick.parcels == Some(count - 1) && holds(newest, &chosen));
        let say = "Something of this consignment was packed or unpacked meanwhile: look at what is left.";
        let newest = newest.ok_or_else(|| Error::conflict("packed_meanwhile", say))?;
        return match newest.state {
            ParcelState::Asked => ask(tx, &order, &known, newest, told),
            _ => again(tx, &known, std::slice::from_ref(newest)),
        };
    }
    checked(&chosen)?;
    make(tx, &order, &known, &chosen, count, told)
}

fn holds(parcel: &Parcel, chosen: &[(Id<Line>, i64)]) -> bool {
    parcel.lines.iter().map(|inside| (inside.line, inside.pieces)).eq(chosen.iter().copied())
}

fn checked(chosen: &[(Id<Line>, i64)]) -> Result<()> {
    if chosen.is_empty() {
        return Err(Error::field("pieces", "required", "Write of which line how many pieces are in this parcel."));
    }
    if chosen.iter().any(|(_, pieces)| *pieces < 1) {
        return Err(Error::field("pieces", "out_of_range", "Write a whole number of pieces, at least 1."));
    }
    if chosen.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return Err(Error::field("lines", "twice", "Name each line once."));
    }
    Ok(())
}

/// Order, consignment and its parcels, for who ships it. Errors: denied.
fn may_ship(tx: &mut Tx, id: Id<Consignment>) -> Result<(Order, Consignment, Vec<Parcel>)> {
    let (order, known) = lock_both(tx, id)?;
    tx.actor().may_for(known.shipped_by.raw(), Permission::SellerWrite, Permission::OrdersWrite)?;
    let all = parcels(tx, order.id)?.into_iter().filter(|one| one.consignment == id).collect();
    Ok((order, known, all))
}

/// Nothing is left to pack: the newest parcel that has its label. Errors: `recalled`, `wrong_state`.
fn again(tx: &mut Tx, known: &Consignment, all: &[Parcel]) -> Result<Packing> {
    let newest = all.iter().rev().filter(|one| one.has_label());
    let Some((id, parcel)) = newest.filter_map(|one| Some((one.id, one.label?))).next() else {
        return Err(unpackable(known, all));
    };
    let tracking = logistics::parcel(tx, parcel)?.tracking;
    Ok(Packing::Packed(Packed { id, parcel, tracking, again: true }))
}

fn unpackable(known: &Consignment, all: &[Parcel]) -> Error {
    if all.iter().any(|one| one.packed_at.is_some() && one.recalled_at.is_some()) && known.state == State::Cancelled {
        let say = "This parcel was refunded and called back: void its label and put its goods back on the shelf.";
        return Error::conflict("recalled", say);
    }
    known.state.refused()
}

/// Makes a parcel and asks for its label. The statement that counts its pieces asks that so many are left to pack.
fn make(
    tx: &mut Tx,
    order: &Order,
    known: &Consignment,
    chosen: &[(Id<Line>, i64)],
    position: i64,
    told: &Told,
) -> Result<Packing> {
    if known.state != State::ToPack {
        return Err(known.state.refused());
    }
    let all = lines(tx, order.id)?;
    let (id, now) = (tx.id::<Parcel>(), tx.now());
    let customs = if known.customs == Customs::None { Customs::None } else { Customs::Pending };
    tx.send(INSERT, params![id, order.id, known.id, position, ParcelState::Asked, customs, now])?;
    for (line, pieces) in chosen {
        let unknown = || Error::field("lines", "not_in_order", "This line is not in this consignment.");
        let of = all.iter().find(|one| one.id == *line && one.consignment == known.id).ok_or_else(unknown)?;
        if tx.run(TAKE, params![line, *pieces])? != 1 {
            let say = format!("Of “{}” {} are left to pack.", of.title, of.to_pack());
            return Err(Error::conflict("too_many_pieces", say));
        }
        let row = tx.id::<Inside>();
        tx.send(PUT_IN, params![row, id, line, *pieces])?;
    }
    let made = parcel(tx, id)?;
    ask(tx, order, known, &made, told)
}

/// Asks for the label of a parcel that has none, where its service is booked.
fn ask(tx: &mut Tx, order: &Order, known: &Consignment, made: &Parcel, told: &Told) -> Result<Packing> {
    let service = logistics::service(tx, &known.service)?;
    let label = label_of(tx, order, known, made)?;
    let label = match service.booked_through.as_str() {
        OWN => by_hand(label, &service.carrier, told)?,
        _ => measured(tx, label, told)?,
    };
    if ![BUILT_IN, OWN].contains(&service.booked_through.as_str()) {
        return Ok(Packing::Requested(logistics::request(tx, &label)?.id));
    }
    let carried = logistics::label(tx, &label)?;
    labelled(tx, order, known, made, &carried)?;
    Ok(Packing::Packed(Packed { id: made.id, parcel: carried.id, tracking: carried.tracking, again: false }))
}

fn label_of(tx: &mut Tx, order: &Order, known: &Consignment, made: &Parcel) -> Result<Label> {
    let all = lines(tx, order.id)?;
    let inside = |one: &Inside| all.iter().find(|line| line.id == one.line).map(|line| content(line, one.pieces));
    let contents: Vec<Content> = made.lines.iter().filter_map(inside).collect();
    let mut own = all.iter().filter(|line| line.consignment == known.id);
    Ok(Label {
        reference: order.number.clone(),
        order: order.id.raw(),
        consignment: known.id.raw(),
        subject: made.id.raw(),
        organisation: known.shipped_by.raw(),
        service: known.service.clone(),
        from: stock::warehouse(tx, known.warehouse)?.address,
        to: Address { email: order.email.clone(), ..order.address.clone() },
        grams: contents.iter().map(|content| content.grams).sum::<i64>().max(1),
        contents,
        prepaid: own.any(|line| line.sums.duty.minor > 0 || line.sums.tax.minor > 0),
        size: Size::default(),
        told_carrier: String::new(),
        told_number: String::new(),
    })
}

/// The label of own shipping, as it was told.
fn by_hand(label: Label, usual: &str, told: &Told) -> Result<Label> {
    let told_carrier = match told.carrier.trim() {
        "" => logistics::carrier_of(&told.number, usual)?,
        said => said.to_owned(),
    };
    Ok(Label {
        grams: told.grams.unwrap_or(label.grams),
        size: told.size,
        told_carrier,
        told_number: logistics::compact(&told.number),
        ..label
    })
}

/// The label with weight and size as they were told, now or when a carrier was asked for it before.
fn measured(tx: &mut Tx, label: Label, told: &Told) -> Result<Label> {
    let before = logistics::booking_of(tx, label.subject)?.map(|booking| booking.label);
    let (grams, size) = before.map_or((label.grams, Size::default()), |before| (before.grams, before.size));
    let size = if told.size.is_known() { told.size } else { size };
    Ok(Label { grams: told.grams.unwrap_or(grams), size, ..label })
}

fn content(line: &Line, pieces: i64) -> Content {
    Content {
        description: line.customs_description.clone(),
        hs: line.hs.map(|hs| hs.digits().to_owned()).unwrap_or_default(),
        origin: line.origin.map(|origin| origin.code().to_owned()).unwrap_or_default(),
        quantity: pieces,
        value_minor: line.unit_price.minor * pieces,
        currency: line.sums.goods.currency.code().into(),
        grams: line.grams * pieces,
    }
}

/// The parcel has its label. Order and consignment are locked.
pub(crate) fn labelled(
    tx: &mut Tx,
    order: &Order,
    known: &Consignment,
    made: &Parcel,
    carried: &logistics::Parcel,
) -> Result<()> {
    let (state, now) = (made.state.moved(Deed::Pack)?, tx.now());
    tx.send(PACK, params![made.id, state, now, carried.id])?;
    follow(tx, order, known.id, now)?;
    let left = to_pack(tx, known)?;
    let measured = Some(event::Measured { grams: carried.grams, size: carried.size });
    tx.emit(known.id, &event::Packed { of: made.told(known), tracking: carried.tracking.clone(), left, measured })
}

/// The carrier has taken every parcel of a consignment that is packed: goods leave the stock accounts, the journey begins. Again:
/// nothing. Emits `consignment.handed_over` for each. Says whether anything changed. Errors: denied, `consignment_unknown`,
/// `wrong_state`, `recalled` (conflict) when all of it was refunded, `not_arrived` (conflict) when its goods have not come yet.
pub fn hand_over(tx: &mut Tx, id: Id<Consignment>) -> Result<bool> {
    let (order, known, all) = may_ship(tx, id)?;
    let packed: Vec<&Parcel> = all.iter().filter(|one| one.state == ParcelState::Packed).collect();
    if packed.is_empty() {
        let gone = known.handed_over_at.is_some();
        return if gone { Ok(false) } else { Err(unpackable(&known, &all)) };
    }
    for one in packed {
        leave(tx, &order, &known, one, false)?;
    }
    let now = tx.now();
    follow(tx, &order, id, now)?;
    Ok(true)
}

/// The same of one parcel. Errors: denied, `unknown_parcel`, `wrong_state`, `recalled` (conflict) when it was unpacked again.
pub fn hand_over_parcel(tx: &mut Tx, id: Id<Parcel>) -> Result<bool> {
    let (order, known, one) = lock_all(tx, id)?;
    tx.actor().may_for(known.shipped_by.raw(), Permission::SellerWrite, Permission::OrdersWrite)?;
    if one.has_left() {
        return Ok(false);
    }
    if one.state == ParcelState::Recalled {
        let say = "This parcel was called back: void its label and put its goods back on the shelf.";
        return Err(Error::conflict("recalled", say));
    }
    leave(tx, &order, &known, &one, false)?;
    let now = tx.now();
    follow(tx, &order, known.id, now)?;
    Ok(true)
}

/// The goods leave. Also when the carrier reports the parcel (`seen`) before anybody has said so here.
pub(crate) fn leave(tx: &mut Tx, order: &Order, known: &Consignment, one: &Parcel, seen: bool) -> Result<()> {
    let (state, now) = (one.state.moved(Deed::HandOver)?, tx.now());
    let all = lines(tx, order.id)?;
    let wants = all.iter().map(|line| (line, one.pieces_of(line.id))).filter(|(_, pieces)| *pieces > 0);
    let wants: Vec<Want> =
        wants.map(|(line, quantity)| Want { warehouse: known.warehouse, variant: line.variant, quantity }).collect();
    let ship = if seen { stock::ship_seen } else { stock::ship };
    ship(tx, order.id.raw(), &wants, &one.id.to_string())?;
    let parcel = one.label.ok_or_else(|| Error::internal(format!("{} is packed without a label", one.id)))?;
    logistics::begin(tx, parcel)?;
    tx.send(HAND_OVER, params![one.id, state, now])?;
    tx.send(FIRST_LEFT, params![known.id, now])?;
    let late = known.ship_by.is_some_and(|ship_by| ship_by < now);
    let left: i64 = tx.one(HERE, params![order.id, known.id])?.get(0)?;
    tx.emit(known.id, &event::HandedOver { of: one.told(known), late, left })
}

const INSERT: &str = "INSERT INTO order_parcel (id, order_id, consignment, position, state, customs, asked_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const TAKE: &str = "UPDATE order_line SET packed = packed + $2 WHERE id = $1 AND called_off + packed + $2 <= quantity";
const PUT_IN: &str = "INSERT INTO order_parcel_line (id, parcel, line, pieces) VALUES ($1, $2, $3, $4)";
const PACK: &str = "UPDATE order_parcel SET state = $2, packed_at = $3, label = $4 WHERE id = $1";
const HAND_OVER: &str = "UPDATE order_parcel SET state = $2, handed_over_at = $3 WHERE id = $1";
const FIRST_LEFT: &str = "UPDATE order_consignment SET handed_over_at = $2 WHERE id = $1 AND handed_over_at IS NULL";
const HERE: &str =
    "SELECT CAST(COALESCE(SUM(quantity - called_off), 0) - (SELECT COALESCE(SUM(i.pieces), 0) FROM order_parcel p
    JOIN order_parcel_line i ON i.parcel = p.id WHERE p.consignment = $2 AND p.handed_over_at IS NOT NULL) AS BIGINT)
    FROM order_line WHERE order_id = $1 AND consignment = $2";
