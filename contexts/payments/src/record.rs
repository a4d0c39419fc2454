//! Recording what became of a payment: the one function that reply, webhook, status check and retry come to.

use crate::{Intent, Outcome, State, intent};
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
    /// How much it is about.
    pub amount: Money,
}

/// Takes the intent on, if the news is news; a capture books provider → escrow. At most four statements without a notice.
/// Duplicates and stragglers (a decline after the capture) change nothing. Errors: unknown intent.
pub fn record(tx: &mut Tx, record: &Record) -> Result<Recorded> {
    let known = intent(tx, record.intent)?;
    if let Some(notice) = &record.notice {
        let outcome = after(&record.outcome).name();
        tx.send(INSERT_NOTICE, params![known.provider, notice, record.intent, outcome, tx.now()])?;
    }
    let after = after(&record.outcome);
    let (mut reference, mut code, mut url) = ("", "", "");
    match &record.outcome {
        Outcome::Captured { reference: given } | Outcome::Authorised { reference: given } => reference = given,
        Outcome::Declined { code: given } => code = given,
        Outcome::ActionRequired { url: given, reference: known } => (url, reference) = (given, known),
        Outcome::Voided | Outcome::Pending => {}
    }
    let row = params![known.id, after.name(), after.progress(), reference, code, url, tx.now()];
    let changed = after > known.state && tx.run(ADVANCE, row)? == 1;
    if changed && after == State::Captured {
        book_capture(tx, &known)?;
    }
    // Someone else's news may have come in between: then the state to report is theirs.
    let now = match changed {
        true => after,
        false if after > known.state => intent(tx, known.id)?.state,
        false => known.state,
    };
    Ok(Recorded { before: known.state, after: now, changed, subject: known.subject, amount: known.amount })
}

fn after(outcome: &Outcome) -> State {
    match outcome {
        Outcome::Captured { .. } => State::Captured,
        Outcome::Authorised { .. } => State::Authorised,
        Outcome::ActionRequired { .. } => State::ActionRequired,
        Outcome::Declined { .. } => State::Declined,
        Outcome::Voided => State::Voided,
        Outcome::Pending => State::Pending,
    }
}

fn book_capture(tx: &mut Tx, intent: &Intent) -> Result<()> {
    let currency = intent.amount.currency;
    let from = Account::provider(&intent.provider, currency);
    let posting = Posting {
        key: format!("capture:{}", intent.id),
        kind: "payment.captured",
        subject: intent.subject,
        legs: vec![Leg::new(from, Account::escrow(currency), intent.amount.minor)],
    };
    ledger::post(tx, &posting)?;
    Ok(())
}

const INSERT_NOTICE: &str = "INSERT INTO payment_notice (provider, notice, about, outcome, at)
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
const ADVANCE: &str = "UPDATE payment_intent SET state = $2, progress = $3, updated_at = $7, decline_code = $5,
        action_url = $6, reference = CASE WHEN $4 = '' THEN reference ELSE $4 END
    WHERE id = $1 AND progress < $3";
