//! An amendment of an order: consignments that are not packed yet make way for others, which were quoted anew. What was sold before
//! stays as it was sold; its pieces are called off, and the new consignments are sold today. Money is `settlement`'s.

use crate::clock;
use crate::event;
use crate::order::{Consignment, Exchange, Order, lock};
use crate::parcel::refresh;
use crate::place::{PlaceConsignment, Written, key_of, write_parts};
use crate::state::{Fulfilment, ParcelState, State};
use crate::take_out::undo;
use crate::whole::{Whole, whole};
use base::{Address, Currency, Error, Id, Money, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use stock::Want;
use store::{Tx, params};

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

/// What an amendment moves on the shelves, by warehouse and variant.
pub struct Shelves {
    /// Pieces it wants beyond those that the consignments which make way have.
    pub more: Vec<Want>,
    /// Pieces of those that it has no more.
    pub spare: Vec<Want>,
}

impl Amended {
    /// What it costs. Errors: overflow.
    pub fn total(&self, currency: Currency) -> Result<Money> {
        let totals = self.consignments.iter().map(|one| one.sums(currency)?.total());
        Money::sum(currency, totals.collect::<Result<Vec<_>>>()?)
    }

    /// What it wants of each shelf beside what the consignments of `before` that make way have there.
    pub fn shelves(&self, before: &Whole, replaces: &[Id<Consignment>]) -> Shelves {
        let mut demand: BTreeMap<(i64, i64), i64> = BTreeMap::new();
        for new in &self.consignments {
            for line in &new.lines {
                *demand.entry((new.warehouse.raw(), line.variant.raw())).or_default() += line.quantity;
            }
        }
        for old in before.consignments.iter().filter(|one| replaces.contains(&one.id)) {
            for line in before.lines_of(old.id) {
                *demand.entry((old.warehouse.raw(), line.variant.raw())).or_default() -= line.to_send();
            }
        }
        let pieces = |sign: i64| {
            let wants = demand.iter().map(|((warehouse, variant), pieces)| Want {
                warehouse: Id::from_raw(*warehouse),
                variant: Id::from_raw(*variant),
                quantity: sign * pieces,
            });
            wants.filter(|want| want.quantity > 0).collect()
        };
        Shelves { more: pieces(1), spare: pieces(-1) }
    }
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
    /// Whether stock is held for it.
    pub holds: bool,
}

/// Puts new consignments in the place of old ones: the old ones are called off, their pieces free but for those that the new ones
/// have; what a carrier was asked for is taken back; the new ones are to be packed from now on. Called by `settlement` in the
/// transaction that takes the old ones' money back. Emits `consignment.replaced`, `consignment.added`, `order.amended`.
/// Errors: `order_unknown`, `already_packed` (conflict) when one of them is packed or called off, `hold_expired` (gone).
pub fn amend(tx: &mut Tx, wish: &Amend, credited: Money) -> Result<()> {
    let order = lock(tx, wish.order)?;
    let before = whole(tx, order.id)?;
    if order.paid_at.is_none() || order.fulfilment == Fulfilment::Cancelled {
        return Err(Error::conflict("already_packed", "This order is not paid, or it is over."));
    }
    if wish.holds {
        stock::confirm(tx, wish.amendment, order.id.raw())?;
    }
    for id in wish.replaces {
        let known = before.consignment(*id).ok_or_else(|| Error::internal(format!("{id} is not in {}", order.id)))?;
        for asked in before.parcels_of(*id).filter(|one| one.state == ParcelState::Asked) {
            undo(tx, asked)?;
        }
        replace(tx, known, wish.amendment)?;
    }
    add(tx, &order, &before, wish, credited)?;
    let spare = wish.amended.shelves(&before, wish.replaces).spare;
    if !spare.is_empty() {
        stock::release_part(tx, order.id.raw(), &spare)?;
    }
    refresh(tx, &order)?;
    let (number, amendment, currency) = (order.number.clone(), wish.amendment, order.currency);
    tx.emit(order.id, &event::Amended { number, amendment, credited: credited.minor, currency })
}

/// A consignment makes way. The statement asks that it is not packed, and was not called off.
fn replace(tx: &mut Tx, known: &Consignment, amendment: i64) -> Result<()> {
    let now = tx.now();
    if tx.run(REPLACE, params![known.id, amendment, now])? != 1 {
        return Err(packed());
    }
    tx.send(CALL_OFF, params![known.id])?;
    let Consignment { order, organisation, shipped_by, .. } = *known;
    tx.emit(known.id, &event::Replaced { order, organisation, shipped_by, amendment })
}

pub(crate) fn packed() -> Error {
    let say = "Some of this is packed or called off meanwhile: it can stay as it is only.";
    Error::conflict("already_packed", say)
}

/// The new consignments, behind those that there are; their clocks run from now.
fn add(tx: &mut Tx, order: &Order, before: &Whole, wish: &Amend, credited: Money) -> Result<()> {
    let amended = wish.amended;
    let written = Written {
        order: order.id,
        currency: order.currency,
        destination: order.destination,
        amendment: wish.amendment,
        first: before.consignments.len() as i64,
        first_line: before.lines.len() as i64,
    };
    let added = write_parts(tx, &written, &amended.consignments)?;
    let total = amended.total(order.currency)?;
    let address = serde_json::to_string(&Address { email: order.address.email.clone(), ..amended.address.clone() });
    let address = address.map_err(Error::internal)?;
    let name = key_of(&amended.address.name);
    tx.send(ADD, params![order.id, total.minor, credited.minor, address, name])?;
    clock::start(tx, order.id)?;
    clock::put_off(tx, order.id, wish.amendment)?;
    for (id, of) in added {
        let total = of.sums(order.currency)?.total()?.minor;
        let (order, organisation, amendment) = (order.id, of.organisation, wish.amendment);
        tx.emit(id, &event::Added { order, organisation, amendment, total })?;
    }
    Ok(())
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
