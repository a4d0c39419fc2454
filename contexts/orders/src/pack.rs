//! Packing and handing over: the label is made, the goods leave the shelf, the carrier's way begins.

use crate::order::{Consignment, Line, Order, consignment, lines, lock};
use crate::state::{Customs, Deed, Fulfilment, State};
use base::{Error, Id, Permission, Result};
use logistics::{Content, Label, Parcel};
use stock::Want;
use store::{Event, Tx, params};

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

/// The consignment is packed and gets its parcel and label. Asked again, gives the same parcel.
/// Emits `consignment.packed`. Errors: denied, `consignment_unknown`, `wrong_state`, and those of `logistics::label`.
pub fn pack(tx: &mut Tx, id: Id<Consignment>) -> Result<Packed> {
    let (order, known) = lock_both(tx, id)?;
    tx.actor().may_for(known.organisation.raw(), Permission::SellerWrite, Permission::OrdersWrite)?;
    if let Some(parcel) = known.parcel {
        let tracking = logistics::parcel(tx, parcel)?.tracking;
        return Ok(Packed { parcel, tracking, again: true });
    }
    let state = known.state.moved(Deed::Pack)?;
    let lines: Vec<Line> = lines(tx, order.id)?.into_iter().filter(|line| line.consignment == id).collect();
    let from = stock::warehouse(tx, known.warehouse)?.address;
    let label = Label {
        order: order.id.raw(),
        consignment: id.raw(),
        organisation: known.organisation.raw(),
        service: known.service.clone(),
        from,
        to: order.address.clone(),
        grams: known.grams,
        contents: lines.iter().map(content).collect(),
    };
    let parcel = logistics::label(tx, &label)?;
    let now = tx.now();
    tx.run(PACK, params![id, state, parcel.id, now])?;
    let body = serde_json::json!({
        "order": order.id.raw(), "organisation": known.organisation.raw(), "tracking": parcel.tracking,
    });
    tx.emit(&Event { kind: "consignment.packed", subject: id.raw(), body })?;
    refresh(tx, &order)?;
    Ok(Packed { parcel: parcel.id, tracking: parcel.tracking, again: false })
}

fn content(line: &Line) -> Content {
    Content {
        description: line.customs_description.clone(),
        hs: line.hs.map(|hs| hs.digits().to_owned()).unwrap_or_default(),
        origin: line.origin.map(|origin| origin.code().to_owned()).unwrap_or_default(),
        quantity: line.quantity,
        value_minor: line.sums.goods.minor,
        currency: line.sums.goods.currency.code().into(),
        grams: line.grams * line.quantity,
    }
}

/// The carrier has taken the parcel: goods leave the stock accounts, the journey begins. Again: nothing.
/// Emits `consignment.handed_over`. Says whether anything changed. Errors: denied, `consignment_unknown`, `wrong_state`.
pub fn hand_over(tx: &mut Tx, id: Id<Consignment>) -> Result<bool> {
    let (order, known) = lock_both(tx, id)?;
    tx.actor().may_for(known.organisation.raw(), Permission::SellerWrite, Permission::OrdersWrite)?;
    if known.handed_over_at.is_some() {
        return Ok(false);
    }
    leave(tx, &order, &known)?;
    refresh(tx, &order)?;
    Ok(true)
}

/// The goods leave. Also when the carrier reports the parcel before anybody has said so here.
pub(crate) fn leave(tx: &mut Tx, order: &Order, known: &Consignment) -> Result<()> {
    let state = known.state.moved(Deed::HandOver)?;
    let parcel = known.parcel.ok_or_else(|| Error::internal(format!("{} is packed without a parcel", known.id)))?;
    let wants: Vec<Want> = lines(tx, order.id)?
        .into_iter()
        .filter(|line| line.consignment == known.id)
        .map(|line| Want { warehouse: known.warehouse, variant: line.variant, quantity: line.quantity })
        .collect();
    stock::ship(tx, order.id.raw(), &wants, &known.id.to_string())?;
    logistics::begin(tx, parcel)?;
    let now = tx.now();
    tx.run(HAND_OVER, params![known.id, state, now])?;
    let body = serde_json::json!({
        "order": order.id.raw(), "organisation": known.organisation.raw(),
        "late": known.ship_by.is_some_and(|ship_by| ship_by < now),
    });
    tx.emit(&Event { kind: "consignment.handed_over", subject: known.id.raw(), body })
}

/// Derives the order's states from its consignments'. The order must be locked. Gives the new ones.
pub(crate) fn refresh(tx: &mut Tx, order: &Order) -> Result<(Fulfilment, Customs)> {
    let rows = tx.query(STATES, params![order.id])?;
    let states: Vec<State> = rows.iter().map(|row| row.get(0)).collect::<Result<_>>()?;
    let customs: Vec<Customs> = rows.iter().map(|row| row.get(1)).collect::<Result<_>>()?;
    let (fulfilment, customs) = (Fulfilment::of(&states), Customs::of(&customs));
    if (fulfilment, customs) != (order.fulfilment, order.customs) {
        tx.run(REFRESH, params![order.id, fulfilment, customs])?;
    }
    Ok((fulfilment, customs))
}

const PACK: &str = "UPDATE order_consignment SET state = $2, parcel = $3, packed_at = $4 WHERE id = $1";
const HAND_OVER: &str = "UPDATE order_consignment SET state = $2, handed_over_at = $3 WHERE id = $1";
const STATES: &str = "SELECT state, customs FROM order_consignment WHERE order_id = $1";
const REFRESH: &str = "UPDATE order_head SET fulfilment = $2, customs = $3 WHERE id = $1";
