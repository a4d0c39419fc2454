//! An order made smaller: pieces that wait to be packed are taken out, and a parcel that is packed is called back before the carrier
//! has it. What is taken out is not sent, and free again. Money is `settlement`'s.

use crate::cancel::{close_cancelled, is_own, may_decide};
use crate::event;
use crate::journey::tell_all_there;
use crate::order::{Consignment, Line, Order};
use crate::pack::lock_both;
use crate::parcel::{Parcel, follow, lock_all};
use crate::state::{Deed, Fulfilment, ParcelState, State};
use crate::whole::{Whole, whole};
use base::{Actor, Error, Id, Permission, Result};
use parties::Organisation;
use stock::Want;
use store::{Tx, params};
use terms::Party;

store::names!(
    /// On whose side of an order somebody acts.
    Side {
        /// Who bought it.
        Buyer => "buyer",
        /// Who packs it, or sold it.
        Seller => "seller",
        /// The operator and the house.
        Operator => "operator",
    }
);

impl Side {
    /// The side of whoever acts. Whether they may is another question.
    fn of(actor: Actor, order: &Order) -> Side {
        let decides = |permission| actor.may(permission).is_ok();
        match is_own(actor, order) {
            true => Side::Buyer,
            false if decides(Permission::OrdersWrite) || decides(Permission::MoneyWrite) => Side::Operator,
            false => Side::Seller,
        }
    }
}

/// Who may take pieces out of a consignment: its buyer, who packs it, and the operator. Says on whose side that is. Errors: denied.
pub fn may_take_out(actor: Actor, order: &Order, known: &Consignment) -> Result<Side> {
    match Side::of(actor, order) {
        Side::Seller => {
            actor.may_for(known.shipped_by.raw(), Permission::SellerWrite, Permission::OrdersWrite)?;
            Ok(Side::Seller)
        }
        side => Ok(side),
    }
}

/// The lines of a paid order of which `actor` may still take pieces out, and how many: those that have no label yet.
pub fn may_be_taken_out(actor: Actor, whole: &Whole) -> Vec<(&Line, i64)> {
    let open = |known: &&Consignment| known.state == State::ToPack && may_take_out(actor, &whole.order, known).is_ok();
    let lines = whole.consignments.iter().filter(open).flat_map(|known| whole.lines_of(known.id));
    lines.map(|line| (line, whole.unlabelled(line))).filter(|(_, left)| *left > 0).collect()
}

/// Takes pieces out of a consignment that have no label yet: they are not sent, and free again. When nothing is left to send, and
/// nothing has left, the consignment is called off. `reason` is a code. Called by `settlement`, which gives their money back. Emits
/// `consignment.pieces_called_off`, and what [`cancel_consignment`] emits when nothing is left.
/// Errors: denied (its buyer, who ships it, operator and house may), `consignment_unknown`, `wrong_state`, `too_many_pieces` (conflict).
pub fn call_off_pieces(tx: &mut Tx, id: Id<Consignment>, pieces: &[(Id<Line>, i64)], reason: &str) -> Result<()> {
    let (order, known) = lock_both(tx, id)?;
    may_take_out(tx.actor(), &order, &known)?;
    take_out(tx, &order, &known, Reach::Unlabelled, pieces, reason)
}

/// Calls off what of a consignment of a paid order has no label yet; frees its stock. `reason` is a code. Emits
/// `consignment.pieces_called_off`, and when nothing else of it was sent `consignment.cancelled`, and `order.cancelled` when it was
/// the last one. Errors: denied (its buyer, its seller, who ships it, the operator and the house may), `consignment_unknown`,
/// `wrong_state`.
pub fn cancel_consignment(tx: &mut Tx, id: Id<Consignment>, reason: &str) -> Result<()> {
    let (order, known) = lock_both(tx, id)?;
    let whole = whole(tx, order.id)?;
    let own: Vec<&Line> = whole.lines_of(id).collect();
    may_call_off(tx.actor(), &order, &known, &own)?;
    let rest: Vec<_> = own.iter().map(|line| (line.id, whole.unlabelled(line))).filter(|(_, left)| *left > 0).collect();
    take_out(tx, &order, &known, Reach::Unlabelled, &rest, reason)
}

/// Keeps pieces here that nobody pays for any more: what waits is called off, and a parcel that has them and is not with the carrier is
/// unpacked, so that it is not handed over and its label is taken back; what else is in it waits to be packed again. `reason` is a
/// code. Called by `settlement` as what follows of a refund: who may refund was asked there. Emits what [`call_off_pieces`] emits, and
/// `consignment.recalled` of each parcel. Errors: `consignment_unknown`, `wrong_state`, `too_many_pieces` (conflict).
pub fn keep(tx: &mut Tx, id: Id<Consignment>, pieces: &[(Id<Line>, i64)], reason: &str) -> Result<()> {
    let (order, known) = lock_both(tx, id)?;
    take_out(tx, &order, &known, Reach::Here, pieces, reason)
}

/// How far a hand reaches.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// To what has no label yet.
    Unlabelled,
    /// To all that is not with the carrier.
    Here,
}

/// A seller calls off its own consignment, who ships it what cannot be sent, whoever decides about the order or its money any of it.
fn may_call_off(actor: Actor, order: &Order, known: &Consignment, own: &[&Line]) -> Result<()> {
    let may = |of: Id<Organisation>| actor.may_for(of.raw(), Permission::SellerWrite, Permission::OrdersWrite);
    let sold = own.iter().all(|line| line.terms.merchant_of_record == Party::Seller);
    let seller = may(known.shipped_by).or_else(|no| if sold { may(known.organisation) } else { Err(no) });
    seller.or_else(|_| may_decide(actor, order)).or_else(|_| actor.may(Permission::MoneyWrite))
}

/// Frees pieces, tells of it, and ends the consignment when nothing of it is left to send and nothing has left. Waiting for money is
/// calling off the order, not a part of it.
fn take_out(
    tx: &mut Tx,
    order: &Order,
    known: &Consignment,
    reach: Reach,
    pieces: &[(Id<Line>, i64)],
    reason: &str,
) -> Result<()> {
    let reachable = known.state == State::ToPack || (reach == Reach::Here && known.state == State::Packed);
    if !reachable {
        return Err(known.state.refused());
    }
    let before = whole(tx, order.id)?;
    let unpacked = unpack_for(tx, known, &before, reach, pieces)?;
    let whole = if unpacked.is_empty() { before } else { whole(tx, order.id)? };
    free(tx, &whole, known, pieces)?;
    let taken: i64 = pieces.iter().map(|(_, pieces)| pieces).sum();
    let left: i64 = whole.lines_of(known.id).map(Line::to_send).sum::<i64>() - taken;
    let labelled: Vec<&Parcel> = unpacked.iter().filter(|one| one.packed_at.is_some()).collect();
    let called_off = event::PiecesCalledOff {
        order: order.id,
        organisation: known.organisation,
        shipped_by: known.shipped_by,
        lines: event::Pieces::all(pieces),
        left,
        reason: reason.into(),
        by: Side::of(tx.actor(), order).name().into(),
        packed: !labelled.is_empty(),
        parcels: labelled.iter().map(|one| one.id.raw()).collect(),
    };
    tx.emit(known.id, &called_off)?;
    for one in labelled {
        tx.emit(known.id, &event::Recalled { of: one.told(known), reason: reason.into() })?;
    }
    close(tx, order, known, reason)
}

/// Unpacks the parcels that hold pieces which are wanted and do not wait: first what a carrier is only asked for, then the newest.
/// Gives them as they were.
fn unpack_for(
    tx: &mut Tx,
    known: &Consignment,
    whole: &Whole,
    reach: Reach,
    pieces: &[(Id<Line>, i64)],
) -> Result<Vec<Parcel>> {
    let open = |one: &&Parcel| match one.state {
        ParcelState::Asked => true,
        ParcelState::Packed => reach == Reach::Here,
        _ => false,
    };
    let mut open: Vec<&Parcel> = whole.parcels_of(known.id).filter(open).collect();
    open.sort_by_key(|one| (one.state == ParcelState::Packed, -one.position));
    let mut unpacked: Vec<Parcel> = Vec::new();
    for line in whole.lines_of(known.id) {
        let wanted: i64 = pieces.iter().filter(|(id, _)| *id == line.id).map(|(_, pieces)| pieces).sum();
        for one in open.iter().filter(|one| one.pieces_of(line.id) > 0) {
            let waiting = line.to_pack() + unpacked.iter().map(|one| one.pieces_of(line.id)).sum::<i64>();
            if wanted > waiting && unpacked.iter().all(|other| other.id != one.id) {
                undo(tx, one)?;
                unpacked.push((*one).clone());
            }
        }
    }
    Ok(unpacked)
}

/// A parcel that was packed wrongly, or that its carrier does not take, is unpacked by who ships it: what is in it waits to be packed
/// again, its label is taken back. Again: nothing. Says whether anything changed. Emits `consignment.recalled`.
/// Errors: denied, `unknown_parcel`, `wrong_state` (conflict) when it has left.
pub fn unpack(tx: &mut Tx, id: Id<Parcel>) -> Result<bool> {
    let (order, known, one) = lock_all(tx, id)?;
    tx.actor().may_for(known.shipped_by.raw(), Permission::SellerWrite, Permission::OrdersWrite)?;
    if one.state == ParcelState::Recalled {
        return Ok(false);
    }
    undo(tx, &one)?;
    let now = tx.now();
    follow(tx, &order, known.id, now)?;
    tx.emit(known.id, &event::Recalled { of: one.told(&known), reason: "unpacked".into() })?;
    Ok(true)
}

/// A parcel that has not left is none any more: what is in it waits, what a carrier was asked for is taken back.
pub(crate) fn undo(tx: &mut Tx, one: &Parcel) -> Result<()> {
    let (state, now) = (one.state.moved(Deed::Recall)?, tx.now());
    tx.send(RECALL, params![one.id, state, now])?;
    for inside in &one.lines {
        tx.send(TAKE_OUT_OF_PARCEL, params![inside.line, inside.pieces])?;
    }
    logistics::booking::call_off(tx, one.id.raw())
}

/// The statement that counts pieces out asks that so many wait.
fn free(tx: &mut Tx, whole: &Whole, known: &Consignment, pieces: &[(Id<Line>, i64)]) -> Result<()> {
    let mut wants = Vec::new();
    for line in whole.lines_of(known.id) {
        let pieces: i64 = pieces.iter().filter(|(id, _)| *id == line.id).map(|(_, pieces)| pieces).sum();
        if pieces == 0 {
            continue;
        }
        if pieces < 0 || tx.run(TAKE_OUT, params![line.id, pieces])? != 1 {
            let say = format!("Of “{}” at most {} can be taken out.", line.title, line.to_pack());
            return Err(Error::conflict("too_many_pieces", say));
        }
        wants.push(Want { warehouse: known.warehouse, variant: line.variant, quantity: pieces });
    }
    if wants.is_empty() { Ok(()) } else { stock::release_part(tx, whole.order.id.raw(), &wants) }
}

/// What became of the consignment, and of its order.
fn close(tx: &mut Tx, order: &Order, known: &Consignment, reason: &str) -> Result<()> {
    let now = tx.now();
    let followed = follow(tx, order, known.id, now)?;
    tell_all_there(tx, known, &followed)?;
    if followed.state == State::Cancelled && known.handed_over_at.is_none() {
        let (organisation, reason, total) = (known.organisation, reason.into(), known.total.minor);
        tx.emit(known.id, &event::ConsignmentCancelled { order: order.id, organisation, reason, total })?;
    }
    match followed.fulfilment {
        Fulfilment::Cancelled => close_cancelled(tx, order, reason),
        _ => Ok(()),
    }
}

const TAKE_OUT: &str =
    "UPDATE order_line SET called_off = called_off + $2 WHERE id = $1 AND called_off + packed + $2 <= quantity";
const TAKE_OUT_OF_PARCEL: &str = "UPDATE order_line SET packed = packed - $2 WHERE id = $1";
const RECALL: &str = "UPDATE order_parcel SET state = $2, recalled_at = $3 WHERE id = $1";
