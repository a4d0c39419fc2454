//! Refunds: asked for (which reserves the amount on the payment), sent to the provider, recorded once.

use crate::event::{Back, RefundFailed, RefundReturned, Refunded};
use crate::{Intent, Providers, RefundOutcome, Refunding, State, intent};
use base::{Currency, Error, Id, Moment, Money, Result, Tag};
use ledger::{Account, Leg, Posting};
use store::{Read, Row, Store, Tx, Work, params};

/// The job that sends a refund to its provider, the party it waits for: at most two questions.
pub const SEND_REFUND: Work = Work { kind: "refund.send", hands: 8, lease_seconds: 120, renews: false };

/// Money on its way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    /// Its id, and the idempotency key towards the provider.
    pub id: Id<Refund>,
    /// The payment it goes back on.
    pub intent: Id<Intent>,
    /// Raw id of the order.
    pub subject: i64,
    /// How much.
    pub amount: Money,
    /// Why.
    pub reason: String,
    /// How far it is.
    pub state: RefundState,
    /// When it was asked for.
    pub created_at: Moment,
}

impl Tag for Refund {
    const PREFIX: &'static str = "rfd";
}

/// How far a refund is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundState {
    /// Asked for; the provider may not know yet.
    Requested,
    /// Paid back.
    Succeeded,
    /// Not paid back, or sent and come back; what was reserved is free again.
    Failed,
}

impl RefundState {
    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            RefundState::Requested => "requested",
            RefundState::Succeeded => "succeeded",
            RefundState::Failed => "failed",
        }
    }

    /// The state with this stored name.
    pub fn named(name: &str) -> Option<RefundState> {
        [RefundState::Requested, RefundState::Succeeded, RefundState::Failed]
            .into_iter()
            .find(|state| state.name() == name)
    }
}

/// A wish to give back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestRefund {
    /// The payment it goes back on.
    pub intent: Id<Intent>,
    /// How much; the payment's currency.
    pub amount: Money,
    /// Why, for the history.
    pub reason: String,
    /// Unique; the same key gives the same refund.
    pub key: String,
}

/// News of a refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordRefund {
    /// Which.
    pub refund: Id<Refund>,
    /// What the provider says.
    pub outcome: RefundOutcome,
    /// Its id of the news, if it came as a webhook.
    pub notice: Option<String>,
}

/// What the news of a refund came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordedRefund {
    /// How far it is now.
    pub state: RefundState,
    /// Whether this news was what changed it. Only then is there something to do.
    pub changed: bool,
    /// Whether it had been paid back, and came back by this news.
    pub came_back: bool,
    /// Raw id of the order.
    pub subject: i64,
    /// How much it is about.
    pub amount: Money,
    /// Whether it is of the order's own payment; what was captured in another amount never was the order's.
    pub of_order: bool,
}

/// Asks for a refund: reserves the amount on the payment and schedules the job `refund.send`.
/// Errors: `not_captured` (conflict), `refund_exceeds_payment` (conflict), another currency,
/// `idempotency_key_reused` (conflict).
pub fn request_refund(tx: &mut Tx, request: &RequestRefund) -> Result<Id<Refund>> {
    let RequestRefund { intent: id, amount, reason, key } = request;
    let paid = intent(tx, *id)?;
    if !paid.state.has_money() {
        return Err(Error::conflict("not_captured", "There is nothing to give back: this payment was not captured."));
    }
    if amount.currency != paid.amount.currency || amount.minor <= 0 {
        let say = format!("Write an amount above zero in {}.", paid.amount.currency);
        return Err(Error::field("amount", "amount_format", say));
    }
    let (refund, now) = (tx.id::<Refund>(), tx.now());
    if tx.run(INSERT, params![refund, key, id, paid.subject, amount.minor, reason, now])? == 0 {
        let known = read(&tx.one(SELECT_BY_KEY, params![key])?)?;
        return match known.intent == *id && known.amount == *amount {
            true => Ok(known.id),
            false => Err(Error::conflict("idempotency_key_reused", format!("“{key}” was used for another refund."))),
        };
    }
    if tx.run(RESERVE, params![id, amount.minor, now])? == 0 {
        let left = Money::new(paid.amount.minor - paid.refunding_minor, paid.amount.currency);
        return Err(Error::conflict("refund_exceeds_payment", format!("At most {left} can still be given back.")));
    }
    tx.schedule(&SEND_REFUND.job(refund.raw(), now).with(&paid.provider))?;
    Ok(refund)
}

/// Asks for a failed refund once more, as a new one; the same one again gives the same. Errors: `refund_not_failed` and those of
/// [`request_refund`].
pub fn request_again(tx: &mut Tx, failed: &Refund) -> Result<Id<Refund>> {
    if failed.state != RefundState::Failed {
        return Err(Error::conflict("refund_not_failed", "Only a refund that has failed can be sent again."));
    }
    let (amount, reason, key) = (failed.amount, failed.reason.clone(), again(failed.id));
    request_refund(tx, &RequestRefund { intent: failed.intent, amount, reason, key })
}

/// The key of the refund that is sent in the place of a failed one.
fn again(failed: Id<Refund>) -> String {
    format!("again:{failed}")
}

/// Sends a refund to its provider; gives the news to record, or nothing when it has come to its end before. Safe to repeat.
/// Errors: unavailable when the provider gave no answer; run it again then.
pub async fn ask_refund(providers: &Providers, store: &Store, id: Id<Refund>) -> Result<Option<RecordRefund>> {
    let (known, paid) = store
        .read(move |db| {
            let known = refund(db, id)?;
            let paid = intent(db, known.intent)?;
            Ok((known, paid))
        })
        .await?;
    if known.state != RefundState::Requested {
        return Ok(None);
    }
    let provider = providers.named(&paid.provider)?;
    let ask = Refunding { refund: id, intent: paid.id, reference: paid.reference, amount: known.amount };
    let outcome = provider.refund(&ask).await?;
    Ok(Some(RecordRefund { refund: id, outcome, notice: None }))
}

/// Takes a refund to its end, once (call `orders::record_refund`, which also tells the order); success books escrow → provider. Emits `payment.refunded` or `payment.refund_failed`
/// (subject: the order). Duplicates and stragglers change nothing. A webhook may tell that a refund which had succeeded has failed
/// after all (the buyer's bank sent it back): then a posting of its own takes it back into escrow, and `payment.refund_returned`
/// is emitted. Errors: unknown refund.
pub fn record_refund(tx: &mut Tx, record: &RecordRefund) -> Result<RecordedRefund> {
    let known = refund(tx, record.refund)?;
    let paid = intent(tx, known.intent)?;
    let recorded = |state, changed| RecordedRefund {
        state,
        changed,
        came_back: false,
        subject: known.subject,
        amount: known.amount,
        of_order: paid.state == State::Captured,
    };
    let (state, reference) = match &record.outcome {
        RefundOutcome::Succeeded { reference } => (RefundState::Succeeded, reference.as_str()),
        RefundOutcome::Failed { code } => (RefundState::Failed, code.as_str()),
        RefundOutcome::Pending => return Ok(recorded(known.state, false)),
    };
    if let Some(notice) = &record.notice {
        tx.send(INSERT_NOTICE, params![paid.provider, notice, known.id, state.name(), tx.now()])?;
    }
    if state == RefundState::Failed && record.notice.is_some() && take_back(tx, &known, &paid, reference)? {
        return Ok(RecordedRefund { came_back: true, ..recorded(state, true) });
    }
    if tx.run(FINISH, params![known.id, state.name(), reference, tx.now()])? == 0 {
        return Ok(recorded(refund(tx, known.id)?.state, false));
    }
    if state == RefundState::Succeeded {
        tx.send(ADD_REFUNDED, params![paid.id, known.amount.minor, tx.now()])?;
        book_refund(tx, &known, &paid)?;
        tx.emit(known.subject, &Refunded(told(&known)))?;
    } else {
        tx.send(UNRESERVE, params![paid.id, known.amount.minor, tx.now()])?;
        tx.emit(known.subject, &RefundFailed(told(&known)))?;
    }
    Ok(recorded(state, true))
}

fn told(known: &Refund) -> Back {
    let (minor, currency, reason) = (known.amount.minor, known.amount.currency, known.reason.clone());
    Back { refund: known.id, intent: known.intent, minor, currency, reason }
}

/// A refund that had succeeded and failed after all: provider → escrow again, by a new posting. Says whether this was so.
fn take_back(tx: &mut Tx, known: &Refund, paid: &Intent, code: &str) -> Result<bool> {
    let now = tx.now();
    if tx.run(TAKE_BACK, params![known.id, code, now])? == 0 {
        return Ok(false);
    }
    tx.run(SUB_REFUNDED, params![paid.id, known.amount.minor, now])?;
    let currency = known.amount.currency;
    let posting = Posting {
        key: format!("refund_returned:{}", known.id),
        kind: "payment.refund_returned",
        subject: known.subject,
        legs: vec![Leg::new(Account::provider(&paid.provider, currency), kept_in(paid, currency), known.amount.minor)],
    };
    ledger::post(tx, &posting)?;
    tx.emit(known.subject, &RefundReturned { back: told(known), code: code.into() })?;
    Ok(true)
}

/// Where the money of a payment lies.
fn kept_in(paid: &Intent, currency: Currency) -> Account {
    if paid.state == State::Differs { Account::suspense(currency) } else { Account::escrow(currency) }
}

fn book_refund(tx: &mut Tx, refund: &Refund, paid: &Intent) -> Result<()> {
    let currency = refund.amount.currency;
    let to = Account::provider(&paid.provider, currency);
    let posting = Posting {
        key: format!("refund:{}", refund.id),
        kind: "payment.refunded",
        subject: refund.subject,
        legs: vec![Leg::new(kept_in(paid, currency), to, refund.amount.minor)],
    };
    ledger::post(tx, &posting)?;
    Ok(())
}

/// One refund. Errors: not found.
pub fn refund(db: &mut Read, id: Id<Refund>) -> Result<Refund> {
    match db.maybe(SELECT, params![id])? {
        Some(row) => read(&row),
        None => Err(Error::not_found("unknown_refund", format!("There is no refund {id}."))),
    }
}

/// The refunds of an order, oldest first.
pub fn refunds(db: &mut Read, subject: i64) -> Result<Vec<Refund>> {
    db.query(SELECT_BY_SUBJECT, params![subject])?.iter().map(read).collect()
}

/// Why a refund was asked for that gives back money which should never have come: the net behind the exclusion has caught it.
pub const NOT_OWED: &str = "not_owed";
/// Why all of a capture goes back that is not what was asked for.
pub const AMOUNT_DIFFERS: &str = "amount_differs";

/// How many captures since a moment were beside what was owed, and how many of another amount than was asked for.
pub fn unowed(db: &mut Read, since: Moment) -> Result<(i64, i64)> {
    let row = db.one(UNOWED, params![since])?;
    Ok((row.get(0)?, row.get(1)?))
}

/// The refunds of an order that have failed and were not sent again: their money lies in escrow.
pub fn stranded(db: &mut Read, subject: i64) -> Result<Vec<Refund>> {
    let mut stranded = Vec::new();
    for refund in refunds(db, subject)?.into_iter().filter(|refund| refund.state == RefundState::Failed) {
        if db.maybe(SELECT_BY_KEY, params![again(refund.id)])?.is_none() {
            stranded.push(refund);
        }
    }
    Ok(stranded)
}

// What `read` reads, in its order.
macro_rules! select {
    ($from:literal) => {
        concat!("SELECT r.id, r.intent, r.subject, i.currency, r.amount, r.reason, r.state, r.created_at ", $from)
    };
}

fn read(row: &Row) -> Result<Refund> {
    let state: String = row.get(6)?;
    Ok(Refund {
        id: row.get(0)?,
        intent: row.get(1)?,
        subject: row.get(2)?,
        amount: Money::new(row.get(4)?, row.get(3)?),
        reason: row.get(5)?,
        state: RefundState::named(&state).ok_or_else(|| Error::internal(format!("no refund state {state}")))?,
        created_at: row.get(7)?,
    })
}

const UNOWED: &str =
    "SELECT COUNT(CASE WHEN reason = 'not_owed' THEN 1 END), COUNT(CASE WHEN reason = 'amount_differs' THEN 1 END)
    FROM payment_refund WHERE reason IN ('not_owed', 'amount_differs') AND created_at >= $1";
const RESERVE: &str = "UPDATE payment_intent SET refunding = refunding + $2, updated_at = $3
    WHERE id = $1 AND state IN ('captured', 'differs') AND amount - refunding >= $2";
const UNRESERVE: &str = "UPDATE payment_intent SET refunding = refunding - $2, updated_at = $3 WHERE id = $1";
const ADD_REFUNDED: &str = "UPDATE payment_intent SET refunded = refunded + $2, updated_at = $3 WHERE id = $1";
const SUB_REFUNDED: &str =
    "UPDATE payment_intent SET refunded = refunded - $2, refunding = refunding - $2, updated_at = $3
    WHERE id = $1";
const TAKE_BACK: &str = "UPDATE payment_refund SET state = 'failed', reference = $2, updated_at = $3
    WHERE id = $1 AND state = 'succeeded'";
const INSERT: &str =
    "INSERT INTO payment_refund (id, key, intent, subject, amount, reason, state, reference, created_at,
        updated_at) VALUES ($1, $2, $3, $4, $5, $6, 'requested', '', $7, $7) ON CONFLICT (key) DO NOTHING";
const FINISH: &str = "UPDATE payment_refund SET state = $2, reference = $3, updated_at = $4
    WHERE id = $1 AND state = 'requested'";
const INSERT_NOTICE: &str = "INSERT INTO payment_notice (provider, notice, about, outcome, at)
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
const SELECT: &str = select!("FROM payment_refund r JOIN payment_intent i ON i.id = r.intent WHERE r.id = $1");
const SELECT_BY_KEY: &str = select!("FROM payment_refund r JOIN payment_intent i ON i.id = r.intent WHERE r.key = $1");
const SELECT_BY_SUBJECT: &str =
    select!("FROM payment_refund r JOIN payment_intent i ON i.id = r.intent WHERE r.subject = $1 ORDER BY r.id");
