//! The sandbox's books: one charge an intent, one row a refund. Every call may come twice and answers the same.

use super::{Behaviour, WEBHOOK_AFTER_SECONDS, behaviour};
use crate::{Authorise, Intent, Outcome, RefundOutcome, Refunding};
use base::{Error, Id, Moment, Money, Result};
use std::collections::BTreeMap;
use store::{Read, Row, Tx, Work, params};

/// The job that brings the sandbox's news of a payment or refund; in the house itself, so it waits for nobody.
pub const WEBHOOK: Work = Work { kind: "sandbox.webhook", hands: 16, lease_seconds: 120, renews: false };

/// How long the late card says nothing.
const LATE_SECONDS: i64 = 30;

/// A charge as the sandbox knows it.
pub(super) struct Charge {
    pub(super) intent: Id<Intent>,
    amount: Money,
    state: String,
    code: String,
    settles_at: Option<Moment>,
}

impl Charge {
    /// What the sandbox says of it.
    pub(super) fn outcome(&self) -> Result<Outcome> {
        let reference = format!("sbx_{}", self.intent);
        Ok(match self.state.as_str() {
            "captured" => Outcome::Captured { reference, amount: self.amount },
            "authorised" => Outcome::Authorised { reference },
            "asking" => Outcome::ActionRequired { url: format!("/pay/sandbox/{}", self.intent), reference },
            "declined" => Outcome::Declined { code: self.code.clone() },
            "voided" => Outcome::Voided,
            "pending" => Outcome::Pending,
            other => return Err(Error::internal(format!("the sandbox knows no state {other}"))),
        })
    }
}

/// Takes, refuses, asks or thinks about it, as the token has it.
pub(super) fn authorise(tx: &mut Tx, ask: &Authorise, supported: bool) -> Result<Outcome> {
    let now = tx.now();
    let taken = if ask.capture { "captured" } else { "authorised" };
    let mut settles_at = None;
    let (state, code) = match (refusal(ask, supported), behaviour(&ask.method)) {
        (Some(code), _) | (None, Some(Behaviour::Declines(code))) => ("declined", code),
        (None, None) => ("declined", "unknown_method"),
        (None, Some(Behaviour::Succeeds)) => (taken, ""),
        (None, Some(Behaviour::Asks3ds)) => ("asking", ""),
        (None, Some(Behaviour::AnswersLate)) => {
            settles_at = Some(now.plus_seconds(LATE_SECONDS));
            ("pending", "")
        }
    };
    let Money { minor, currency } = ask.amount;
    let captured_at = (state == "captured").then_some(now);
    let row = params![ask.intent, currency, minor, ask.method, state, code, settles_at, captured_at, now];
    if tx.run(INSERT, row)? == 0 {
        return same_ask(tx, ask)?.outcome();
    }
    if state != "asking" {
        tell(tx, ask.intent.raw(), settles_at)?;
    }
    Charge { intent: ask.intent, amount: ask.amount, state: state.into(), code: code.into(), settles_at }.outcome()
}

/// Why this cannot be charged at all, if so.
fn refusal(ask: &Authorise, supported: bool) -> Option<&'static str> {
    if !supported {
        return Some("currency_not_supported");
    }
    // The least amounts of real providers: half a major unit, or 50 where there are no smaller ones.
    let least = if ask.amount.currency.exponent() == 3 { 500 } else { 50 };
    if ask.amount.within_reason("amount").is_err() {
        return Some("amount_too_large");
    }
    (ask.amount.minor < least).then_some("amount_too_small")
}

fn same_ask(tx: &mut Tx, ask: &Authorise) -> Result<Charge> {
    let known = read(&tx.one(SELECT, params![ask.intent])?)?;
    if known.amount != ask.amount {
        return Err(Error::conflict("idempotency_key_reused", "The sandbox knows this intent with another amount."));
    }
    Ok(known)
}

/// Schedules the webhook, unless one about the same is on its way.
fn tell(tx: &mut Tx, subject: i64, at: Option<Moment>) -> Result<()> {
    let run_at = at.unwrap_or(tx.now().plus_seconds(WEBHOOK_AFTER_SECONDS));
    tx.schedule(&WEBHOOK.job(subject, run_at))
}

/// The charge of an intent, brought up to date: a late one may have made up its mind.
pub(super) fn current(tx: &mut Tx, intent: Id<Intent>) -> Result<Option<Charge>> {
    let Some(charge) = find(tx, intent)? else { return Ok(None) };
    let due = charge.settles_at.is_some_and(|at| at <= tx.now());
    if charge.state == "pending" && due {
        mark(tx, intent, ["pending", "captured", ""])?;
        return find(tx, intent);
    }
    Ok(Some(charge))
}

/// The charges of those of these intents (raw ids) that have one, each as [`current`] has it.
pub(super) fn current_of(tx: &mut Tx, intents: &[i64]) -> Result<BTreeMap<i64, Charge>> {
    let mut found = BTreeMap::new();
    for row in tx.query_in(SELECT_SOME, intents)? {
        let mut charge = read(&row)?;
        if charge.state == "pending" {
            charge = current(tx, charge.intent)?.unwrap_or(charge);
        }
        found.insert(charge.intent.raw(), charge);
    }
    Ok(found)
}

/// Takes the charge from one state to another, if that is where it is; says whether it was.
fn mark(tx: &mut Tx, intent: Id<Intent>, [from, to, code]: [&str; 3]) -> Result<bool> {
    let captured_at = (to == "captured").then_some(tx.now());
    Ok(tx.run(MOVE, params![intent, from, to, code, captured_at])? == 1)
}

pub(super) fn status(tx: &mut Tx, intent: Id<Intent>) -> Result<Outcome> {
    match current(tx, intent)? {
        Some(charge) => charge.outcome(),
        None => Ok(Outcome::Declined { code: crate::UNKNOWN.into() }),
    }
}

pub(super) fn authenticate(tx: &mut Tx, intent: Id<Intent>, approve: bool) -> Result<Outcome> {
    let (state, code) = if approve { ("captured", "") } else { ("declined", "authentication_failed") };
    if mark(tx, intent, ["asking", state, code])? {
        tell(tx, intent.raw(), None)?;
    }
    known(tx, intent)?.outcome()
}

pub(super) fn capture(tx: &mut Tx, intent: Id<Intent>) -> Result<Outcome> {
    if mark(tx, intent, ["authorised", "captured", ""])? {
        tell(tx, intent.raw(), None)?;
    }
    known(tx, intent)?.outcome()
}

/// What was not heard of yet is refused from now on: the question may still be on its way.
pub(super) fn void(tx: &mut Tx, intent: &Intent) -> Result<Outcome> {
    let Intent { id, amount, method, .. } = intent;
    let row =
        params![id, amount.currency, amount.minor, method, "voided", "", None::<Moment>, None::<Moment>, tx.now()];
    tx.send(INSERT, row)?;
    for state in ["authorised", "asking"] {
        if mark(tx, *id, [state, "voided", ""])? {
            tell(tx, id.raw(), None)?;
        }
    }
    known(tx, *id)?.outcome()
}

pub(super) fn refund(tx: &mut Tx, ask: &Refunding) -> Result<RefundOutcome> {
    if let Some(outcome) = refund_outcome(tx, ask.refund.raw())? {
        return Ok(outcome);
    }
    let given = tx.run(ADD_REFUNDED, params![ask.intent, ask.amount.minor, ask.amount.currency])? == 1;
    let state = if given { "succeeded" } else { "failed" };
    tx.send(INSERT_REFUND, params![ask.refund, ask.intent, ask.amount.currency, ask.amount.minor, state, tx.now()])?;
    tell(tx, ask.refund.raw(), None)?;
    refund_outcome(tx, ask.refund.raw())?.ok_or_else(|| Error::internal("the sandbox lost a refund"))
}

/// How a refund (raw id) stands, if there is one.
pub(super) fn refund_outcome(db: &mut Read, refund: i64) -> Result<Option<RefundOutcome>> {
    let Some(row) = db.maybe(SELECT_REFUND, params![refund])? else { return Ok(None) };
    let outcome = match row.get::<String>(0)?.as_str() {
        "succeeded" => {
            let id: Id<crate::Refund> = Id::from_raw(refund);
            RefundOutcome::Succeeded { reference: format!("sbx_{id}") }
        }
        _ => RefundOutcome::Failed { code: "refund_exceeds_charge".into() },
    };
    Ok(Some(outcome))
}

fn known(tx: &mut Tx, intent: Id<Intent>) -> Result<Charge> {
    current(tx, intent)?
        .ok_or_else(|| Error::not_found("unknown_payment", format!("The sandbox knows no payment {intent}.")))
}

fn find(db: &mut Read, intent: Id<Intent>) -> Result<Option<Charge>> {
    db.maybe(SELECT, params![intent])?.as_ref().map(read).transpose()
}

// What `read` reads, in its order.
macro_rules! select {
    ($from:literal) => {
        concat!("SELECT intent, state, code, settles_at, amount, currency ", $from)
    };
}

fn read(row: &Row) -> Result<Charge> {
    let amount = Money::new(row.get(4)?, row.get(5)?);
    Ok(Charge { intent: row.get(0)?, amount, state: row.get(1)?, code: row.get(2)?, settles_at: row.get(3)? })
}

const INSERT: &str =
    "INSERT INTO payment_sandbox_charge (intent, currency, amount, token, state, code, settles_at, captured_at, refunded,
        created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9) ON CONFLICT (intent) DO NOTHING";
const SELECT: &str = select!("FROM payment_sandbox_charge WHERE intent = $1");
const SELECT_SOME: &str = select!("FROM payment_sandbox_charge WHERE intent IN ($1, $2, $3, $4, $5, $6, $7, $8)");
const MOVE: &str = "UPDATE payment_sandbox_charge SET state = $3, code = $4, captured_at = COALESCE($5, captured_at)
    WHERE intent = $1 AND state = $2";
const ADD_REFUNDED: &str = "UPDATE payment_sandbox_charge SET refunded = refunded + $2
    WHERE intent = $1 AND state = 'captured' AND currency = $3 AND amount - refunded >= $2";
const INSERT_REFUND: &str = "INSERT INTO payment_sandbox_refund (refund, intent, currency, amount, state, created_at)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (refund) DO NOTHING";
const SELECT_REFUND: &str = "SELECT state FROM payment_sandbox_refund WHERE refund = $1";
