//! The operator decides, and sees before what that would do.

use crate::answer::carry_out;
use crate::claim::{Claim, claim, lock, say, within};
use crate::clock::{due, finish, wrong_step};
use crate::event;
use crate::kind::{Outcome, Remedy, State, Wish};
use crate::open::WORDS;
use crate::settle::wanted;
use base::{Error, Id, Money, Permission, Result};
use settlement::Foreseen;
use store::{Read, Tx};

/// What the operator decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The pieces' price goes back; with `send_back` when they have come back.
    MoneyBack {
        /// Whether they are sent back first.
        send_back: bool,
    },
    /// So much goes back; the pieces stay with the buyer.
    LowerPrice(Money),
    /// Nothing goes back.
    Nothing,
}

/// The operator decides, at any step, and says why; it is carried out at once. Emits `claim.decided`, or `claim.closed` when nothing
/// goes back. Errors: denied, `claim_unknown`; `required`, `too_long`, `amount_format` (fields); `wrong_step`,
/// `nothing_to_send_back` (conflicts).
pub fn decide(tx: &mut Tx, id: Id<Claim>, decision: Decision, words: &str) -> Result<()> {
    let (_, known) = lock(tx, id)?;
    may(tx)?;
    within("words", words, WORDS)?;
    if words.trim().is_empty() {
        return Err(Error::field("words", "required", "Write why."));
    }
    if matches!(known.state, State::Closed | State::Settling) {
        return Err(wrong_step());
    }
    say(tx, id, "operator", "decided", words)?;
    match decision {
        Decision::Nothing => finish(tx, &known, Outcome::Dismissed, 0),
        Decision::MoneyBack { send_back: true } if matches!(known.state, State::Returning | State::Sent) => {
            Err(wrong_step())
        }
        Decision::MoneyBack { send_back } => {
            let asked = Claim { wish: Wish::MoneyBack, ..known };
            carry_out(tx, &asked, send_back, event::Decided)
        }
        Decision::LowerPrice(amount) => {
            check_amount(tx, &known, amount)?;
            due::to_settling(tx, &known, Remedy::LowerPrice, amount.minor, event::Decided)
        }
    }
}

/// Those who move orders or money at the operator's.
fn may(db: &mut Read) -> Result<()> {
    let actor = db.actor();
    actor.may(Permission::OrdersWrite).or_else(|_| actor.may(Permission::MoneyWrite))
}

fn check_amount(db: &mut Read, known: &Claim, amount: Money) -> Result<()> {
    if amount.currency != known.amount.currency || amount.minor < 1 {
        let say = format!("Write an amount above zero in {}.", known.amount.currency);
        return Err(Error::field("amount", "amount_format", say));
    }
    match crate::claim::lines(db, known.id)?.len() {
        1 => Ok(()),
        _ => Err(Error::field("amount", "one_line", "A lower price can be decided for one line at a time.")),
    }
}

/// What a decision would do, one part after the other, and who gives it; nothing is done. Errors: denied to all but those who move money;
/// those of `settlement::foresee`.
pub fn foresee(db: &mut Read, id: Id<Claim>, decision: Decision) -> Result<Vec<Foreseen>> {
    let known = claim(db, id)?;
    let asked = match decision {
        Decision::Nothing => return Ok(Vec::new()),
        Decision::MoneyBack { .. } => Claim { remedy: Remedy::MoneyBack, ..known },
        Decision::LowerPrice(amount) => {
            check_amount(db, &known, amount)?;
            Claim { remedy: Remedy::LowerPrice, remedy_amount: amount, ..known }
        }
    };
    let wanted = wanted(db, &asked)?;
    wanted.iter().map(|(_, what)| settlement::foresee(db, asked.order, what)).collect()
}
