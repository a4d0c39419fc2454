//! Recording what became of a payment: the one function that reply, webhook, status check and retry come to.

use crate::event::AmountDiffers;
use crate::intent::intents;
use crate::{Intent, Notice, Outcome, State, Told, UNKNOWN, intent};
use base::{Id, Money, Result};
use ledger::{Account, Leg, Posting};
use store::{Tx, params};

/// News of a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Which.
    pub intent: Id<Intent>,
    /// What the provider says.
    pub outcome: Outcome,
    /// Its id of the news, if it came as a webhook.
    pub notice: Option<String>,
}

/// What the news came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The intent's state before.
    pub before: State,
    /// And now.
    pub after: State,
    /// Whether this news was what changed it. Only then is there something to do.
    pub changed: bool,
    /// Raw id of the order.
    pub subject: i64,
    /// Which of what it owes.
    pub due: i64,
    /// How much it is about: what was asked for, or what was captured instead.
    pub amount: Money,
}

/// Takes the intent on, if the news is news; a capture books provider → escrow. At most four statements without a notice.
/// Duplicates and stragglers (a decline after the capture) change nothing. A capture of another amount or currency than was
/// asked for is none: it becomes [`State::Differs`], booked provider → suspense, and emits `payment.amount_differs`.
/// Errors: unknown intent.
pub fn record(tx: &mut Tx, record: &Record) -> Result<Recorded> {
    let known = intent(tx, record.intent)?;
    let (after, amount) = after(&known, &record.outcome);
    if let Some(notice) = &record.notice {
        note(tx, &known, notice, after)?;
    }
    let (mut reference, mut code, mut url) = ("", "", "");
    match &record.outcome {
        Outcome::Captured { reference: given, .. } | Outcome::Authorised { reference: given } => reference = given,
        Outcome::Declined { code: given } => code = given,
        Outcome::ActionRequired { url: given, reference: known } => (url, reference) = (given, known),
        Outcome::Voided | Outcome::Pending => {}
    }
    let Money { minor, currency } = amount;
    let row = params![known.id, after.name(), after.progress(), reference, code, url, tx.now(), minor, currency];
    let changed = after.progress() > known.state.progress() && tx.run(ADVANCE, row)? == 1;
    if changed && after.has_money() {
        book_capture(tx, &known, after, amount)?;
    }
    // Someone else's news may have come in between: then the state to report is theirs.
    let now = match changed {
        true => after,
        false if after > known.state => intent(tx, known.id)?.state,
        false => known.state,
    };
    let amount = if changed { amount } else { known.amount };
    Ok(Recorded { before: known.state, after: now, changed, subject: known.subject, due: known.due, amount })
}

/// Notes what only says of a payment what is known of it already, all asked for at once; gives the other news, which [`record`] takes.
pub fn note_known(tx: &mut Tx, news: Vec<Notice>) -> Result<Vec<Notice>> {
    let of_payment = |notice: &Notice| match &notice.told {
        Told::Payment(intent, _) => Some(intent.raw()),
        Told::Refund(..) => None,
    };
    let asked: Vec<i64> = news.iter().filter_map(of_payment).collect();
    let known = intents(tx, &asked)?;
    let mut others = Vec::new();
    for notice in news {
        let Told::Payment(id, outcome) = &notice.told else {
            others.push(notice);
            continue;
        };
        match known.get(&id.raw()).map(|intent| (intent, after(intent, outcome).0)) {
            Some((intent, state)) if state.progress() <= intent.state.progress() => {
                note(tx, intent, &notice.id, state)?
            }
            _ => others.push(notice),
        }
    }
    Ok(others)
}

fn note(tx: &mut Tx, intent: &Intent, notice: &str, state: State) -> Result<()> {
    tx.send(INSERT_NOTICE, params![intent.provider, notice, intent.id, state.name(), tx.now()])
}

/// What the news makes of the intent, and its amount then. Nothing was captured that is not above zero.
fn after(known: &Intent, outcome: &Outcome) -> (State, Money) {
    let state = match outcome {
        Outcome::Captured { amount, .. } if *amount == known.amount => State::Captured,
        Outcome::Captured { amount, .. } if amount.minor > 0 => return (State::Differs, *amount),
        Outcome::Captured { .. } => State::Declined,
        // Asked before the provider had heard of it, and answered after: that it did not know it then says nothing now.
        Outcome::Declined { code } if code == UNKNOWN && !known.reference.is_empty() => known.state,
        Outcome::Authorised { .. } => State::Authorised,
        Outcome::ActionRequired { .. } => State::ActionRequired,
        Outcome::Declined { .. } => State::Declined,
        Outcome::Voided => State::Voided,
        Outcome::Pending => State::Pending,
    };
    (state, known.amount)
}

fn book_capture(tx: &mut Tx, intent: &Intent, state: State, amount: Money) -> Result<()> {
    let currency = amount.currency;
    let (kind, to) = match state {
        State::Differs => ("payment.captured_other", Account::suspense(currency)),
        _ => ("payment.captured", Account::escrow(currency)),
    };
    let from = Account::provider(&intent.provider, currency);
    let key = format!("capture:{}", intent.id);
    let posting = Posting { key, kind, subject: intent.subject, legs: vec![Leg::new(from, to, amount.minor)] };
    ledger::post(tx, &posting)?;
    if state == State::Differs {
        let differs = AmountDiffers {
            intent: intent.id,
            provider: intent.provider.clone(),
            asked: intent.amount.minor,
            asked_currency: intent.amount.currency,
            minor: amount.minor,
            currency,
        };
        tx.emit(intent.subject, &differs)?;
    }
    Ok(())
}

const INSERT_NOTICE: &str = "INSERT INTO payment_notice (provider, notice, about, outcome, at)
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
const ADVANCE: &str = "UPDATE payment_intent SET state = $2, progress = $3, updated_at = $7, decline_code = $5,
        action_url = $6, reference = CASE WHEN $4 = '' THEN reference ELSE $4 END, amount = $8, currency = $9
    WHERE id = $1 AND progress < $3";
