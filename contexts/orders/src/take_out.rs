//! An order made smaller: pieces or a consignment that wait to be packed are taken out, and one that is packed is called back before
//! the carrier has it. What is taken out is not sent, and free again. Money is `settlement`'s.

use crate::cancel::{close_cancelled, is_own, may_decide};
use crate::order::{Consignment, Line, Order, lines};
use crate::pack::{lock_both, refresh};
use crate::state::{Deed, Fulfilment, State};
use crate::whole::Whole;
use base::{Actor, Error, Id, Permission, Result};
use parties::Organisation;
use stock::Want;
use store::{Event, Tx, params};
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

/// The lines of a paid order of which `actor` may still take pieces out, and how many.
pub fn may_be_taken_out(actor: Actor, whole: &Whole) -> Vec<(&Line, i64)> {
    let open = |known: &&Consignment| known.state == State::ToPack && may_take_out(actor, &whole.order, known).is_ok();
    let lines = whole.consignments.iter().filter(open).flat_map(|known| whole.lines_of(known.id));
    lines.map(|line| (line, line.to_send())).filter(|(_, left)| *left > 0).collect()
}

/// Takes pieces out of a consignment that is not packed: they are not sent, and free again. When nothing is left to send, the
/// consignment is called off. `reason` is a code. Called by `settlement`, which gives their money back. Emits
/// `consignment.pieces_called_off`, and what [`cancel_consignment`] emits when nothing is left.
/// Errors: denied (its buyer, who ships it, operator and house may), `consignment_unknown`, `wrong_state`, `too_many_pieces` (conflict).
pub fn call_off_pieces(tx: &mut Tx, id: Id<Consignment>, pieces: &[(Id<Line>, i64)], reason: &str) -> Result<()> {
    let (order, known) = lock_both(tx, id)?;
    may_take_out(tx.actor(), &order, &known)?;
    take_out(tx, &order, &known, Deed::Cancel, pieces, reason)
}

/// Calls off one consignment of a paid order before it is packed; frees its stock. `reason` is a code. Emits
/// `consignment.pieces_called_off` and `consignment.cancelled`, and `order.cancelled` when it was the last one.
/// Errors: denied (its buyer, its seller, who ships it, the operator and the house may), `consignment_unknown`, `wrong_state`.
pub fn cancel_consignment(tx: &mut Tx, id: Id<Consignment>, reason: &str) -> Result<()> {
    let (order, known) = lock_both(tx, id)?;
    let own = of(tx, &known)?;
    may_call_off(tx.actor(), &order, &known, &own)?;
    take_out(tx, &order, &known, Deed::Cancel, &rest(&own), reason)
}

/// Keeps a consignment that nobody pays for any more: one that waits to be packed is called off; one that is packed and not with the
/// carrier is called back, so that it is not handed over and its label is taken back. Its goods are free again. `reason` is a code.
/// Called by `settlement` as what follows of a refund: who may refund was asked there. Emits what [`cancel_consignment`] emits, and
/// `consignment.recalled` of one that is packed. Errors: `consignment_unknown`, `wrong_state`.
pub fn keep(tx: &mut Tx, id: Id<Consignment>, reason: &str) -> Result<()> {
    let (order, known) = lock_both(tx, id)?;
    let deed = if known.state == State::Packed { Deed::Recall } else { Deed::Cancel };
    let rest = rest(&of(tx, &known)?);
    take_out(tx, &order, &known, deed, &rest, reason)
}

/// A seller calls off its own consignment, who ships it what cannot be sent, whoever decides about the order or its money any of it.
fn may_call_off(actor: Actor, order: &Order, known: &Consignment, own: &[Line]) -> Result<()> {
    let may = |of: Id<Organisation>| actor.may_for(of.raw(), Permission::SellerWrite, Permission::OrdersWrite);
    let sold = own.iter().all(|line| line.terms.merchant_of_record == Party::Seller);
    let seller = may(known.shipped_by).or_else(|no| if sold { may(known.organisation) } else { Err(no) });
    seller.or_else(|_| may_decide(actor, order)).or_else(|_| actor.may(Permission::MoneyWrite))
}

fn of(tx: &mut Tx, known: &Consignment) -> Result<Vec<Line>> {
    Ok(lines(tx, known.order)?.into_iter().filter(|line| line.consignment == known.id).collect())
}

fn rest(own: &[Line]) -> Vec<(Id<Line>, i64)> {
    own.iter().map(|line| (line.id, line.to_send())).filter(|(_, pieces)| *pieces > 0).collect()
}

/// Frees pieces, tells of it, and ends the consignment by `deed` when nothing of it is left to send. Waiting for money is calling
/// off the order, not a part of it.
fn take_out(
    tx: &mut Tx,
    order: &Order,
    known: &Consignment,
    deed: Deed,
    pieces: &[(Id<Line>, i64)],
    reason: &str,
) -> Result<()> {
    let packed = deed == Deed::Recall;
    known.state.moved(if packed { Deed::Recall } else { Deed::Pack })?;
    free(tx, order, known, pieces)?;
    // What a carrier was asked to carry, or has made a label for, is another parcel now, or none.
    logistics::booking::call_off_one(tx, known.id.raw())?;
    let left: i64 = of(tx, known)?.iter().map(Line::to_send).sum();
    let told: Vec<_> =
        pieces.iter().map(|(line, pieces)| serde_json::json!({ "line": line.raw(), "pieces": pieces })).collect();
    let by = Side::of(tx.actor(), order);
    let body = serde_json::json!({
        "order": order.id.raw(), "organisation": known.organisation.raw(), "shipped_by": known.shipped_by.raw(),
        "lines": told, "left": left, "reason": reason, "by": by.name(), "packed": packed,
    });
    tx.emit(&Event { kind: "consignment.pieces_called_off", subject: known.id.raw(), body })?;
    if packed {
        let body = serde_json::json!({
            "order": order.id.raw(), "organisation": known.organisation.raw(), "reason": reason,
        });
        tx.emit(&Event { kind: "consignment.recalled", subject: known.id.raw(), body })?;
    }
    if left == 0 { end(tx, order, known, deed, reason) } else { Ok(()) }
}

/// The statement that counts pieces out asks that so many are left, and that nobody has packed, or handed over, meanwhile.
fn free(tx: &mut Tx, order: &Order, known: &Consignment, pieces: &[(Id<Line>, i64)]) -> Result<()> {
    let mut wants = Vec::new();
    for line in of(tx, known)? {
        let pieces: i64 = pieces.iter().filter(|(id, _)| *id == line.id).map(|(_, pieces)| pieces).sum();
        if pieces == 0 {
            continue;
        }
        if pieces < 0 || tx.run(TAKE_OUT, params![line.id, pieces, known.state])? != 1 {
            let say = format!("Of “{}” at most {} can be taken out.", line.title, line.to_send());
            return Err(Error::conflict("too_many_pieces", say));
        }
        wants.push(Want { warehouse: known.warehouse, variant: line.variant, quantity: pieces });
    }
    if wants.is_empty() { Ok(()) } else { stock::release_part(tx, order.id.raw(), &wants) }
}

fn end(tx: &mut Tx, order: &Order, known: &Consignment, deed: Deed, reason: &str) -> Result<()> {
    let (state, now) = (known.state.moved(deed)?, tx.now());
    tx.send(END_CONSIGNMENT, params![known.id, state, now])?;
    let body = serde_json::json!({
        "order": order.id.raw(), "organisation": known.organisation.raw(), "reason": reason, "total": known.total.minor,
    });
    tx.emit(&Event { kind: "consignment.cancelled", subject: known.id.raw(), body })?;
    match refresh(tx, order)?.0 {
        Fulfilment::Cancelled => close_cancelled(tx, order, reason),
        _ => Ok(()),
    }
}

const TAKE_OUT: &str =
    "UPDATE order_line SET called_off = called_off + $2 WHERE id = $1 AND called_off + $2 <= quantity AND EXISTS
    (SELECT 1 FROM order_consignment c WHERE c.id = order_line.consignment AND c.state = $3)";
const END_CONSIGNMENT: &str = "UPDATE order_consignment SET state = $2, cancelled_at = $3 WHERE id = $1";
