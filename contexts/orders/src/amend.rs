//! An amendment of an order: consignments that are not packed yet make way for others, which were quoted anew. What was sold before
//! stays as it was sold; its pieces are called off, and the new consignments are sold today. Money is `settlement`'s.

use crate::clock;
use crate::order::{Consignment, Exchange, Line, Order, lock};
use crate::parcel::refresh;
use crate::place::{PlaceConsignment, Written, key_of, write_parts};
use crate::state::{Fulfilment, ParcelState, State};
use crate::take_out::undo;
use crate::whole::{Whole, whole};
use base::{Address, Error, Id, Money, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use stock::Want;
use store::{Event, Tx, params};

/// What an amendment makes of an order. Stored as JSON while it waits: field names are a promise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Amended {
    /// Where the parcels go then: in the order's country.
    pub address: Address,
    /// Rates that prices were converted with.
    pub exchange: Vec<Exchange>,
    /// What is put in the place of others, or beside them; none where something is only left out.
    pub consignments: Vec<PlaceConsignment>,
}

/// An amendment to carry out.
#[derive(Clone, Debug)]
pub struct Amend<'a> {
    /// Raw id of the amendment; it holds the stock of what it adds.
    pub amendment: i64,
    /// The order.
    pub order: Id<Order>,
    /// The consignments that make way, each not packed.
    pub replaces: &'a [Id<Consignment>],
    /// What it makes of the order.
    pub amended: &'a Amended,
    /// What of the old consignments counts as paid for the new ones.
    pub credited: Money,
    /// Whether stock is held for it.
    pub holds: bool,
}

/// Puts new consignments in the place of old ones: the old ones are called off, their pieces free but for those that the new ones
/// have; what a carrier was asked for is taken back; the new ones are to be packed from now on. Called by `settlement` in the
/// transaction that takes the old ones' money back. Emits `consignment.replaced`, `consignment.added`, `order.amended`.
/// Errors: `order_unknown`, `already_packed` (conflict) when one of them is packed or called off, `hold_expired` (gone).
pub fn amend(tx: &mut Tx, wish: &Amend) -> Result<()> {
    let order = lock(tx, wish.order)?;
    let before = whole(tx, order.id)?;
    if order.paid_at.is_none() || order.fulfilment == Fulfilment::Cancelled {
        return Err(Error::conflict("already_packed", "This order is not paid, or it is over."));
    }
    if wish.holds {
        stock::confirm(tx, wish.amendment, order.id.raw())?;
    }
    let mut spare: BTreeMap<(i64, i64), i64> = BTreeMap::new();
    for id in wish.replaces {
        let known = before.consignment(*id).ok_or_else(|| Error::internal(format!("{id} is not in {}", order.id)))?;
        for line in before.lines_of(*id) {
            *spare.entry((known.warehouse.raw(), line.variant.raw())).or_default() += line.to_send();
        }
        for asked in before.parcels_of(*id).filter(|one| one.state == ParcelState::Asked) {
            undo(tx, asked)?;
        }
        replace(tx, known, wish.amendment)?;
    }
    for consignment in &wish.amended.consignments {
        for line in &consignment.lines {
            *spare.entry((consignment.warehouse.raw(), line.variant.raw())).or_default() -= line.quantity;
        }
    }
    add(tx, &order, &before.lines, before.consignments.len(), wish)?;
    free(tx, &order, spare)?;
    refresh(tx, &order)?;
    let body = serde_json::json!({
        "number": order.number, "amendment": wish.amendment, "credited": wish.credited.minor,
        "currency": order.currency.code(),
    });
    tx.emit(&Event { kind: "order.amended", subject: order.id.raw(), body })
}

/// A consignment makes way. The statement asks that it is not packed, and was not called off.
fn replace(tx: &mut Tx, known: &Consignment, amendment: i64) -> Result<()> {
    let now = tx.now();
    if tx.run(REPLACE, params![known.id, amendment, now])? != 1 {
        return Err(packed());
    }
    tx.send(CALL_OFF, params![known.id])?;
    let body = serde_json::json!({
        "order": known.order.raw(), "organisation": known.organisation.raw(), "shipped_by": known.shipped_by.raw(),
        "amendment": amendment,
    });
    tx.emit(&Event { kind: "consignment.replaced", subject: known.id.raw(), body })
}

pub(crate) fn packed() -> Error {
    let say = "Some of this is packed or called off meanwhile: it can stay as it is only.";
    Error::conflict("already_packed", say)
}

/// The new consignments, behind those that there are; their clocks run from now.
fn add(tx: &mut Tx, order: &Order, lines: &[Line], consignments: usize, wish: &Amend) -> Result<()> {
    let amended = wish.amended;
    let written = Written {
        order: order.id,
        currency: order.currency,
        destination: order.destination,
        amendment: wish.amendment,
        first: consignments as i64,
        first_line: lines.len() as i64,
    };
    let added = write_parts(tx, &written, &amended.consignments)?;
    let now = tx.now();
    let mut total = Money::zero(order.currency);
    for consignment in &amended.consignments {
        total = total.plus(consignment.sums(order.currency)?.total()?)?;
    }
    let address = serde_json::to_string(&Address { email: order.address.email.clone(), ..amended.address.clone() });
    let address = address.map_err(Error::internal)?;
    let name = key_of(&amended.address.name);
    tx.send(ADD, params![order.id, total.minor, wish.credited.minor, address, name])?;
    tx.send(START_CLOCKS, params![order.id, now])?;
    clock::put_off(tx, order.id, wish.amendment)?;
    for (id, of) in added {
        let body = serde_json::json!({
            "order": order.id.raw(), "organisation": of.organisation.raw(), "amendment": wish.amendment,
            "total": of.sums(order.currency)?.total()?.minor,
        });
        tx.emit(&Event { kind: "consignment.added", subject: id.raw(), body })?;
    }
    Ok(())
}

/// What the new consignments do not have any more is free.
fn free(tx: &mut Tx, order: &Order, spare: BTreeMap<(i64, i64), i64>) -> Result<()> {
    let want = |((warehouse, variant), quantity)| Want {
        warehouse: Id::from_raw(warehouse),
        variant: Id::from_raw(variant),
        quantity,
    };
    let wants: Vec<Want> = spare.into_iter().filter(|(_, pieces)| *pieces > 0).map(want).collect();
    if wants.is_empty() { Ok(()) } else { stock::release_part(tx, order.id.raw(), &wants) }
}

/// Consignments of a paid order that can make way for others: those of which nothing has a label yet.
pub fn amendable(whole: &Whole) -> Vec<&Consignment> {
    let open = whole.order.paid_at.is_some() && whole.order.fulfilment != Fulfilment::Cancelled;
    let waits = |one: &&Consignment| open && one.state == State::ToPack;
    let is_whole = |one: &&Consignment| whole.parcels_of(one.id).all(|parcel| !parcel.has_label());
    whole.consignments.iter().filter(waits).filter(is_whole).collect()
}

const REPLACE: &str = "UPDATE order_consignment SET state = 'cancelled', cancelled_at = $3, replaced_by = $2
    WHERE id = $1 AND state = 'to_pack' AND NOT EXISTS (SELECT 1 FROM order_parcel p
        WHERE p.consignment = order_consignment.id AND p.state <> 'recalled')";
const CALL_OFF: &str = "UPDATE order_line SET called_off = quantity WHERE consignment = $1
    AND order_id = (SELECT order_id FROM order_consignment WHERE id = $1)";
const ADD: &str = "UPDATE order_head SET added = added + $2, credited = credited + $3, address = $4, name_key = $5,
    payment = CASE WHEN payment NOT IN ('paid', 'partly_refunded') THEN payment
        WHEN captured - refunded >= total + added + $2 - credited - $3 THEN 'paid' ELSE 'partly_refunded' END
    WHERE id = $1";
const START_CLOCKS: &str = "UPDATE order_consignment SET state = 'to_pack', ship_by = $2 + handling_hours * 3600000000
    WHERE order_id = $1 AND state = 'waiting'";
