//! The seller answers: agrees, refuses, confirms what came back, or says why not.

use crate::claim::{Claim, author, lines, lock, say, within};
use crate::clock::due;
use crate::event::{self, Told};
use crate::kind::{Remedy, State, Wish};
use crate::open::WORDS;
use crate::way_back::return_address;
use base::{Error, Id, Permission, Result};
use orders::Line;
use store::{Fact, Tx, params};

/// Locks a claim for its seller, or the operator.
fn own(tx: &mut Tx, id: Id<Claim>, words: &str) -> Result<Claim> {
    let (_, known) = lock(tx, id)?;
    tx.actor().may_for(known.organisation.raw(), Permission::SellerWrite, Permission::OrdersWrite)?;
    within("words", words, WORDS)?;
    Ok(known)
}

/// The seller agrees to what the buyer asks for; `send_back`: when the pieces have come back. Emits `claim.agreed`.
/// Errors: denied, `claim_unknown`, `too_long`; `wrong_step`, `nothing_to_send_back` (conflicts).
pub fn agree(tx: &mut Tx, id: Id<Claim>, send_back: bool, words: &str) -> Result<()> {
    let known = own(tx, id, words)?;
    due::step(&known, &[State::Open, State::Refused, State::Escalated])?;
    let who = author(tx.actor(), "seller");
    say(tx, id, who, "agreed", words)?;
    carry_out(tx, &known, send_back, event::Agreed)
}

/// What the buyer asks for is carried out: at once, or when the pieces have come back.
pub(crate) fn carry_out<F: Fact<Subject = Id<Claim>>>(
    tx: &mut Tx,
    known: &Claim,
    send_back: bool,
    happened: fn(Told) -> F,
) -> Result<()> {
    if !send_back {
        let (remedy, amount) = match known.wish {
            Wish::MoneyBack => (Remedy::MoneyBack, 0),
            Wish::LowerPrice => (Remedy::LowerPrice, known.amount.minor),
        };
        return due::to_settling(tx, known, remedy, amount, happened);
    }
    if !known.kind.has_goods() || known.wish == Wish::LowerPrice {
        return Err(Error::conflict("nothing_to_send_back", "Of such a claim nothing is sent back."));
    }
    let consignment = orders::consignment(tx, known.consignment)?;
    let address = return_address(tx, &consignment)?;
    due::to_returning(tx, known, &address, happened)
}

/// The seller says no, and why. The buyer may ask the operator. Emits `claim.refused`; refused again: nothing.
/// Errors: denied, `claim_unknown`; `required`, `too_long` (fields); `wrong_step` (conflict).
pub fn refuse(tx: &mut Tx, id: Id<Claim>, words: &str) -> Result<()> {
    let known = own(tx, id, words)?;
    if known.state == State::Refused {
        return Ok(());
    }
    due::step(&known, &[State::Open])?;
    has_reason(words)?;
    let who = author(tx.actor(), "seller");
    say(tx, id, who, "refused", words)?;
    due::to_refused(tx, &known)
}

fn has_reason(words: &str) -> Result<()> {
    match words.trim().is_empty() {
        true => Err(Error::field("words", "required", "Write why.")),
        false => Ok(()),
    }
}

/// Everything came back: the money goes back now. `restock` of the pieces, by line, lie on the shelf again. Received already:
/// nothing. Emits `claim.received`. Errors: denied, `claim_unknown`, `too_long`; `too_many_pieces`, `wrong_step` (conflicts).
pub fn receive(tx: &mut Tx, id: Id<Claim>, restock: &[(Id<Line>, i64)], words: &str) -> Result<()> {
    let known = own(tx, id, words)?;
    if known.received_at.is_some() {
        return Ok(());
    }
    due::step(&known, &[State::Returning, State::Sent])?;
    for (line, pieces) in restock.iter().filter(|(_, pieces)| *pieces != 0) {
        if !lines(tx, id)?.iter().any(|one| one.line == *line && (1..=one.pieces).contains(pieces)) {
            return Err(Error::conflict("too_many_pieces", "No more pieces can lie on the shelf than came back."));
        }
        tx.run(RESTOCK, params![id, *line, *pieces])?;
    }
    let now = tx.now();
    tx.send(RECEIVED, params![id, now])?;
    let who = author(tx.actor(), "seller");
    say(tx, id, who, "received", words)?;
    due::to_settling(tx, &known, Remedy::Return, 0, event::Received)
}

/// The seller objects to giving money back for what comes, came or should have come back, and says why: the operator decides.
/// Emits `claim.escalated`. Errors: denied, `claim_unknown`; `required`, `too_long` (fields); `wrong_step` (conflict).
pub fn contest(tx: &mut Tx, id: Id<Claim>, words: &str) -> Result<()> {
    let known = own(tx, id, words)?;
    due::step(&known, &[State::Returning, State::Sent])?;
    has_reason(words)?;
    let who = author(tx.actor(), "seller");
    due::to_operator(tx, &known, who, "contested", words)
}

const RESTOCK: &str = "UPDATE claim_line SET restock = $3 WHERE claim = $1 AND line = $2 AND $3 <= pieces";
const RECEIVED: &str = "UPDATE claim SET received_at = $2 WHERE id = $1 AND received_at IS NULL";
