//! Packing and handing over: the label is made, the goods leave the shelf, the carrier's way begins.

use crate::order::{Consignment, Line, Order, consignment, lines, lock};
use crate::state::{Customs, Deed, Fulfilment, State};
use base::{Address, Error, Id, Permission, Result};
use logistics::{BUILT_IN, Booking, Content, Label, Parcel};
use stock::Want;
use store::{Event, Tx, params};

/// What packing led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Packing {
    /// The parcel has its label.
    Packed(Packed),
    /// A carrier outside is asked for the label; the consignment is packed when it comes. See [`crate::book`].
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
    /// The parcel with its label.
    pub parcel: Id<Parcel>,
    /// Its tracking number.
    pub tracking: String,
    /// It had been packed before.
    pub again: bool,
}

/// Takes the locks in the one order that every deed takes them in: the order, then its consignment.
pub(crate) fn lock_both(tx: &mut Tx, id: Id<Consignment>) -> Result<(Order, Consignment)> {
    let order = consignment(tx, id)?.order;
    let order = lock(tx, order)?;
    let fresh = consignment(tx, id)?;
    Ok((order, fresh))
}

/// The consignment is packed: it gets its parcel and label at once from the built-in carrier, or they are asked for outside.
/// Asked again, gives the same parcel, or asks again. Emits `consignment.packed` when there is a parcel.
/// Errors: denied, `consignment_unknown`, `wrong_state`, `recalled` (conflict), and those of `logistics::label`.
pub fn pack(tx: &mut Tx, id: Id<Consignment>) -> Result<Packing> {
    let (order, known) = lock_both(tx, id)?;
    tx.actor().may_for(known.shipped_by.raw(), Permission::SellerWrite, Permission::OrdersWrite)?;
    known.must_leave()?;
    if let Some(parcel) = known.parcel {
        let tracking = logistics::parcel(tx, parcel)?.tracking;
        return Ok(Packing::Packed(Packed { parcel, tracking, again: true }));
    }
    known.state.moved(Deed::Pack)?;
    let label = label_of(tx, &order, &known)?;
    if logistics::service(&label.service)?.booked_through != BUILT_IN {
        return Ok(Packing::Requested(logistics::request(tx, &label)?.id));
    }
    let parcel = logistics::label(tx, &label)?;
    labelled(tx, &order, &known, &parcel)?;
    Ok(Packing::Packed(Packed { parcel: parcel.id, tracking: parcel.tracking, again: false }))
}

fn label_of(tx: &mut Tx, order: &Order, known: &Consignment) -> Result<Label> {
    let lines: Vec<Line> = lines(tx, order.id)?.into_iter().filter(|line| line.consignment == known.id).collect();
    let called_off: i64 = lines.iter().map(|line| line.grams * line.called_off).sum();
    Ok(Label {
        reference: order.number.clone(),
        order: order.id.raw(),
        consignment: known.id.raw(),
        organisation: known.shipped_by.raw(),
        service: known.service.clone(),
        from: stock::warehouse(tx, known.warehouse)?.address,
        to: Address { email: order.email.clone(), ..order.address.clone() },
        grams: (known.grams - called_off).max(1),
        contents: lines.iter().filter(|line| line.to_send() > 0).map(content).collect(),
        prepaid: lines.iter().any(|line| line.sums.duty.minor > 0 || line.sums.tax.minor > 0),
    })
}

/// The consignment has its parcel. Order and consignment are locked.
pub(crate) fn labelled(tx: &mut Tx, order: &Order, known: &Consignment, parcel: &Parcel) -> Result<()> {
    let state = known.state.moved(Deed::Pack)?;
    let now = tx.now();
    tx.send(PACK, params![known.id, state, parcel.id, now])?;
    let body = serde_json::json!({
        "order": order.id.raw(), "organisation": known.organisation.raw(), "tracking": parcel.tracking,
    });
    tx.emit(&Event { kind: "consignment.packed", subject: known.id.raw(), body })?;
    refresh(tx, order).map(drop)
}

fn content(line: &Line) -> Content {
    Content {
        description: line.customs_description.clone(),
        hs: line.hs.map(|hs| hs.digits().to_owned()).unwrap_or_default(),
        origin: line.origin.map(|origin| origin.code().to_owned()).unwrap_or_default(),
        quantity: line.to_send(),
        value_minor: line.unit_price.minor * line.to_send(),
        currency: line.sums.goods.currency.code().into(),
        grams: line.grams * line.to_send(),
    }
}

/// The carrier has taken the parcel: goods leave the stock accounts, the journey begins. Again: nothing.
/// Emits `consignment.handed_over`. Says whether anything changed. Errors: denied, `consignment_unknown`, `wrong_state`,
/// `recalled` (conflict) when all of it was refunded, `not_arrived` (conflict) when its goods have not come yet.
pub fn hand_over(tx: &mut Tx, id: Id<Consignment>) -> Result<bool> {
    let (order, known) = lock_both(tx, id)?;
    tx.actor().may_for(known.shipped_by.raw(), Permission::SellerWrite, Permission::OrdersWrite)?;
    if known.handed_over_at.is_some() {
        return Ok(false);
    }
    known.must_leave()?;
    leave(tx, &order, &known, false)?;
    refresh(tx, &order)?;
    Ok(true)
}

/// The goods leave. Also when the carrier reports the parcel (`seen`) before anybody has said so here.
pub(crate) fn leave(tx: &mut Tx, order: &Order, known: &Consignment, seen: bool) -> Result<()> {
    let state = known.state.moved(Deed::HandOver)?;
    let parcel = known.parcel.ok_or_else(|| Error::internal(format!("{} is packed without a parcel", known.id)))?;
    let wants: Vec<Want> = lines(tx, order.id)?
        .into_iter()
        .filter(|line| line.consignment == known.id && line.to_send() > 0)
        .map(|line| Want { warehouse: known.warehouse, variant: line.variant, quantity: line.to_send() })
        .collect();
    let ship = if seen { stock::ship_seen } else { stock::ship };
    ship(tx, order.id.raw(), &wants, &known.id.to_string())?;
    logistics::begin(tx, parcel)?;
    let now = tx.now();
    tx.send(HAND_OVER, params![known.id, state, now])?;
    let body = serde_json::json!({
        "order": order.id.raw(), "organisation": known.organisation.raw(),
        "late": known.ship_by.is_some_and(|ship_by| ship_by < now),
    });
    tx.emit(&Event { kind: "consignment.handed_over", subject: known.id.raw(), body })
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

const PACK: &str = "UPDATE order_consignment SET state = $2, parcel = $3, packed_at = $4 WHERE id = $1";
const HAND_OVER: &str = "UPDATE order_consignment SET state = $2, handed_over_at = $3 WHERE id = $1";
const STATES: &str = "SELECT state, customs FROM order_consignment WHERE order_id = $1";
const REFRESH: &str = "UPDATE order_head SET fulfilment = $2, customs = $3 WHERE id = $1";
