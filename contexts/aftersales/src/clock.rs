//! The clocks: what happens when whoever has the next step does not take it, and how a claim ends.

use crate::claim::{Claim, lock, say, tell};
use crate::event::{self, Told};
use crate::kind::{Kind, Outcome, Remedy, State};
use crate::rights::{Refund, by_id};
use crate::settle::SETTLE;
use base::{Error, Id, Moment, Result};
use store::{Fact, Tx, Work, params};

/// The seller answers within so many days; then the operator has it.
pub(crate) const ANSWER_DAYS: i64 = 3;
/// After a no the buyer may ask the operator for so many days; then the claim is over.
const ASK_DAYS: i64 = 7;
/// The operator decides within so many days; afterwards the claim stands as late, first in its list.
const DECIDE_DAYS: i64 = 3;
/// So many days before the pieces must be on their way back the buyer is reminded.
const WARN_DAYS: i64 = 3;

/// The job that acts when a claim's time is up ([`tick`]).
pub const CLOCK: Work = Work { kind: "claim.clock", hands: 4, lease_seconds: 120, renews: false };

/// Puts [`CLOCK`] on the list.
pub(crate) fn schedule(tx: &mut Tx, id: Id<Claim>, run_at: Moment) -> Result<()> {
    tx.schedule(&CLOCK.job(id.raw(), run_at))
}

/// The job [`CLOCK`]: does what follows when the time of the present step is up, or asks to be called again when it is not.
/// An unanswered claim goes to the operator; one that was refused and not brought before the operator is over; pieces that were not
/// sent back in time end it, after a reminder; pieces that were sent and never confirmed are paid back; a late decision stays
/// late. Errors: the database's.
pub fn tick(tx: &mut Tx, id: Id<Claim>) -> Result<()> {
    let (_, known) = lock(tx, id)?;
    let (Some(due_at), now) = (known.due_at, tx.now()) else { return Ok(()) };
    if known.state == State::Returning && now < due_at {
        return remind(tx, &known, due_at);
    }
    if now < due_at {
        return schedule(tx, id, due_at);
    }
    match known.state {
        State::Open => due::to_operator(tx, &known, "house", "unanswered", ""),
        State::Refused => over(tx, &known, "not_asked", Outcome::Refused),
        State::Returning => over(tx, &known, "not_returned", Outcome::NotReturned),
        State::Sent => {
            say(tx, id, "house", "receipt_by_clock", "")?;
            due::to_settling(tx, &known, Remedy::Return, 0, event::Agreed)
        }
        State::Settling => tx.schedule(&SETTLE.job(id.raw(), now)),
        State::Escalated | State::Closed => Ok(()),
    }
}

fn over(tx: &mut Tx, known: &Claim, deed: &'static str, outcome: Outcome) -> Result<()> {
    say(tx, known.id, "house", deed, "")?;
    finish(tx, known, outcome, 0)
}

/// Tells the buyer, once, that the pieces have to be on their way soon. Emits `claim.return_due`.
fn remind(tx: &mut Tx, known: &Claim, due_at: Moment) -> Result<()> {
    let (now, warn_at) = (tx.now(), due_at.plus_days(-WARN_DAYS));
    if now < warn_at {
        return schedule(tx, known.id, warn_at);
    }
    if tx.run(WARN, params![known.id, now])? == 1 {
        tell(tx, known.id, event::ReturnDue)?;
    }
    schedule(tx, known.id, due_at)
}

/// The claim is over: the objection to the consignment too, unless another claim about it is open. Emits `claim.closed`.
pub(crate) fn finish(tx: &mut Tx, known: &Claim, outcome: Outcome, refunded: i64) -> Result<()> {
    let now = tx.now();
    if tx.run(CLOSE, params![known.id, outcome, refunded, now])? != 1 {
        return Err(wrong_step());
    }
    tx.unschedule(CLOCK, known.id.raw())?;
    if tx.maybe(ANY_OPEN, params![known.consignment])?.is_none() {
        orders::close_dispute(tx, known.consignment, outcome.name())?;
    }
    tell(tx, known.id, event::Closed)
}

pub(crate) fn wrong_step() -> Error {
    Error::conflict("wrong_step", "This claim is at another step by now; look at it again.")
}

/// From one step to the next.
pub(crate) mod due {
    use super::*;

    /// Errors: `wrong_step` (conflict) when the claim is at none of these.
    pub(crate) fn step(known: &Claim, at: &[State]) -> Result<()> {
        if at.contains(&known.state) { Ok(()) } else { Err(wrong_step()) }
    }

    /// To a step, due at a time; whoever was first has it.
    pub(crate) fn to(tx: &mut Tx, known: &Claim, state: State, due_at: Moment) -> Result<()> {
        if tx.run(STEP, params![known.id, known.state, state, due_at])? != 1 {
            return Err(wrong_step());
        }
        schedule(tx, known.id, due_at)
    }

    /// The operator has to decide. Emits `claim.escalated`.
    pub(crate) fn to_operator(tx: &mut Tx, known: &Claim, who: &str, deed: &'static str, words: &str) -> Result<()> {
        let due_at = tx.now().plus_days(DECIDE_DAYS);
        say(tx, known.id, who, deed, words)?;
        to(tx, known, State::Escalated, due_at)?;
        tell(tx, known.id, event::Escalated)
    }

    /// The seller said no. Emits `claim.refused`.
    pub(crate) fn to_refused(tx: &mut Tx, known: &Claim) -> Result<()> {
        let due_at = tx.now().plus_days(ASK_DAYS);
        to(tx, known, State::Refused, due_at)?;
        tell(tx, known.id, event::Refused)
    }

    /// What was agreed or decided is paid by the job [`SETTLE`]. Emits `happened`.
    pub(crate) fn to_settling<F: Fact<Subject = Id<Claim>>>(
        tx: &mut Tx,
        known: &Claim,
        remedy: Remedy,
        amount: i64,
        happened: fn(Told) -> F,
    ) -> Result<()> {
        let now = tx.now();
        tx.send(REMEDY, params![known.id, remedy, amount])?;
        to(tx, known, State::Settling, now)?;
        tx.schedule(&SETTLE.job(known.id.raw(), now))?;
        tell(tx, known.id, happened)
    }

    /// The buyer sends the pieces back to `address`. Emits `happened`.
    pub(crate) fn to_returning<F: Fact<Subject = Id<Claim>>>(
        tx: &mut Tx,
        known: &Claim,
        address: &str,
        happened: fn(Told) -> F,
    ) -> Result<()> {
        let due_at = tx.now().plus_days(crate::RETURN_DAYS);
        tx.send(SEND_TO, params![known.id, address])?;
        to(tx, known, State::Returning, due_at)?;
        tell(tx, known.id, happened)
    }
}

/// How a claim ends that was paid: by what was agreed.
pub(crate) fn outcome_of(remedy: Remedy) -> Outcome {
    if remedy == Remedy::LowerPrice { Outcome::Reduced } else { Outcome::Refunded }
}

/// When money for pieces that were sent back is due, by the right that was used.
pub(crate) fn refund_by(known: &Claim, now: Moment) -> Moment {
    let usual = now.plus_days(RECEIPT_DAYS);
    if known.kind != Kind::Withdrawal {
        return usual;
    }
    let right = by_id(&known.rule).and_then(|right| Some((right.refund_from, right.refund_days?)));
    match right {
        // The law counts from the buyer's word, and lets the trader wait for the proof that the goods were sent.
        Some((Refund::Notice, days)) => known.opened_at.plus_days(days).max(now.plus_days(1)),
        Some((Refund::Evidence, days)) => now.plus_days(days),
        Some((Refund::Receipt, _)) | None => usual,
    }
}

/// Pieces that were sent are taken for received after so many days.
const RECEIPT_DAYS: i64 = 14;

const WARN: &str = "UPDATE claim SET warned_at = $2 WHERE id = $1 AND warned_at IS NULL AND state = 'returning'";
const STEP: &str = "UPDATE claim SET state = $3, due_at = $4 WHERE id = $1 AND state = $2";
const REMEDY: &str = "UPDATE claim SET remedy = $2, remedy_amount = $3 WHERE id = $1 AND state <> 'closed'";
const SEND_TO: &str =
    "UPDATE claim SET remedy = 'return', remedy_amount = 0, return_to = $2 WHERE id = $1 AND state <> 'closed'";
const CLOSE: &str = "UPDATE claim SET state = 'closed', outcome = $2, refunded = $3, closed_at = $4, due_at = NULL
    WHERE id = $1 AND state <> 'closed'";
const ANY_OPEN: &str = "SELECT id FROM claim WHERE consignment = $1 AND state <> 'closed' LIMIT 1";
