//! Intents: one attempt to be paid, from the wish to the money. A new attempt is a new intent.

use crate::{Outcome, Providers};
use base::{Error, Id, Moment, Money, Result, Tag};
use std::collections::BTreeMap;
use store::{Read, Row, Store, Tx, params};

/// An attempt to be paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    /// Its id, and the idempotency key towards the provider.
    pub id: Id<Intent>,
    /// Raw id of the order.
    pub subject: i64,
    /// Which of what the order owes, from 0.
    pub due: i64,
    /// Name of the provider.
    pub provider: String,
    /// How much was asked for; of [`State::Differs`] what was captured instead.
    pub amount: Money,
    /// The provider's token of the buyer's method; never a card number.
    pub method: String,
    /// How far it is.
    pub state: State,
    /// The provider's reference, once it gave one.
    pub reference: String,
    /// Why it was refused, if it was.
    pub decline_code: String,
    /// Where the buyer must go, if they must.
    pub action_url: String,
    /// Asked back, refunded or still under way, in minor units.
    pub refunding_minor: i64,
    /// Refunded, in minor units.
    pub refunded_minor: i64,
    /// When it was opened.
    pub created_at: Moment,
}

impl Tag for Intent {
    const PREFIX: &'static str = "pay";
}

/// How far a payment is. It only ever goes on to a state further down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Recorded; the provider may not know yet.
    Created,
    /// The provider will tell.
    Pending,
    /// The buyer must act.
    ActionRequired,
    /// Set aside.
    Authorised,
    /// Refused. Final for the attempt, unless the provider turns out to have the money.
    Declined,
    /// Let go.
    Voided,
    /// Another amount was captured than was asked for: it pays nothing, and all of it goes back.
    Differs,
    /// The money is there. Nothing that comes later takes it away; giving it back is a refund.
    Captured,
}

impl State {
    /// Every state, in order of progress.
    pub const ALL: [State; 8] = [
        State::Created,
        State::Pending,
        State::ActionRequired,
        State::Authorised,
        State::Declined,
        State::Voided,
        State::Differs,
        State::Captured,
    ];

    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            State::Created => "created",
            State::Pending => "pending",
            State::ActionRequired => "action_required",
            State::Authorised => "authorised",
            State::Declined => "declined",
            State::Voided => "voided",
            State::Differs => "differs",
            State::Captured => "captured",
        }
    }

    /// The state with this stored name.
    pub fn named(name: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether the attempt has come to its end.
    pub fn is_final(self) -> bool {
        self >= State::Declined
    }

    /// Whether the provider has money of it.
    pub fn has_money(self) -> bool {
        self >= State::Differs
    }

    /// Its place in the order of progress. The two that have the money share the last: neither becomes the other.
    pub(crate) fn progress(self) -> i64 {
        if self.has_money() { State::Differs as i64 } else { self as i64 }
    }
}

/// A wish to be paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Raw id of the order.
    pub subject: i64,
    /// Which of what the order owes, from 0.
    pub due: i64,
    /// How much, above zero.
    pub amount: Money,
    /// Name of the provider.
    pub provider: String,
    /// What [`crate::Provider::tokenise`] made of the buyer's input.
    pub method: String,
    /// Unique for the attempt; the same key gives the same intent.
    pub key: String,
}

/// Records the wish, before the provider is called with the intent's id. One statement, which also holds that an order has at
/// most one attempt that can be paid, and none beside one that has paid the same due.
/// Errors: `payment_pending` (conflict) while another attempt can still be paid, or was; `idempotency_key_reused` (conflict)
/// for another wish under an old key; `card_number` (invalid) for a method that is no token.
pub fn open(tx: &mut Tx, open: &Open) -> Result<Intent> {
    if open.method.bytes().filter(u8::is_ascii_digit).count() > 8 {
        return Err(Error::field("method", "card_number", "A card number is never stored: pass the provider's token."));
    }
    let (id, now) = (tx.id::<Intent>(), tx.now());
    let Open { subject, due, amount, provider, method, key } = open;
    if tx.run(INSERT, params![id, key, subject, provider, amount.currency, amount.minor, method, now, due])? == 1 {
        return Ok(opened(id, open, now));
    }
    let Some(known) = tx.maybe(SELECT_BY_KEY, params![key])? else { return Err(pending()) };
    let known = read(&known)?;
    let same_wish = (known.subject, known.due, known.amount) == (*subject, *due, *amount);
    if same_wish && known.provider == *provider && known.method == *method {
        return Ok(known);
    }
    Err(Error::conflict("idempotency_key_reused", format!("“{key}” was used for another payment.")))
}

/// The intent as it was just written.
fn opened(id: Id<Intent>, open: &Open, now: Moment) -> Intent {
    Intent {
        id,
        subject: open.subject,
        due: open.due,
        provider: open.provider.clone(),
        amount: open.amount,
        method: open.method.clone(),
        state: State::Created,
        reference: String::new(),
        decline_code: String::new(),
        action_url: String::new(),
        refunding_minor: 0,
        refunded_minor: 0,
        created_at: now,
    }
}

/// Another attempt stands in the way.
pub fn pending() -> Error {
    Error::conflict(
        "payment_pending",
        "An attempt to pay this order is still being worked on; wait a moment and look again.",
    )
}

/// One intent. Errors: not found.
pub fn intent(db: &mut Read, id: Id<Intent>) -> Result<Intent> {
    match db.maybe(SELECT, params![id])? {
        Some(row) => read(&row),
        None => Err(Error::not_found("unknown_payment", format!("There is no payment {id}."))),
    }
}

/// Those of these intents (raw ids) that there are.
pub(crate) fn intents(db: &mut Read, ids: &[i64]) -> Result<BTreeMap<i64, Intent>> {
    let rows = db.query_in(SELECT_SOME, ids)?;
    rows.iter().map(|row| read(row).map(|intent| (intent.id.raw(), intent))).collect()
}

/// The attempts to pay an order, oldest first.
pub fn by_subject(db: &mut Read, subject: i64) -> Result<Vec<Intent>> {
    db.query(SELECT_BY_SUBJECT, params![subject])?.iter().map(read).collect()
}

/// Says that [`by_subject`] will be asked soon.
pub fn by_subject_ahead(db: &mut Read, subject: i64) -> Result<()> {
    db.ahead(SELECT_BY_SUBJECT, params![subject])
}

/// The newest attempt that a provider other than the built-in one knows: one that has a reference.
pub fn newest_of(db: &mut Read, provider: &str) -> Result<Option<Intent>> {
    db.maybe(NEWEST_OF, params![provider])?.map(|row| read(&row)).transpose()
}

/// Asks the provider how an intent stands whose answer was lost or is late. Record what it says.
/// Errors: unavailable when no answer came; a provider that is not here any more.
pub async fn check(providers: &Providers, store: &Store, id: Id<Intent>) -> Result<Outcome> {
    let known = store.read(move |db| intent(db, id)).await?;
    providers.named(&known.provider)?.status(&known).await
}

// What `read` reads, in its order.
macro_rules! select {
    ($from:literal) => {
        concat!(
            "SELECT id, subject, provider, currency, amount, method, state, reference, decline_code, action_url,
                refunding, refunded, created_at, due ",
            $from
        )
    };
}

fn read(row: &Row) -> Result<Intent> {
    let state: String = row.get(6)?;
    Ok(Intent {
        id: row.get(0)?,
        subject: row.get(1)?,
        provider: row.get(2)?,
        amount: Money::new(row.get(4)?, row.get(3)?),
        method: row.get(5)?,
        state: State::named(&state).ok_or_else(|| Error::internal(format!("no payment state {state}")))?,
        reference: row.get(7)?,
        decline_code: row.get(8)?,
        action_url: row.get(9)?,
        refunding_minor: row.get(10)?,
        refunded_minor: row.get(11)?,
        created_at: row.get(12)?,
        due: row.get(13)?,
    })
}

const INSERT: &str =
    "INSERT INTO payment_intent (id, key, subject, provider, currency, amount, method, state, progress,
        reference, decline_code, action_url, refunding, refunded, created_at, updated_at, due)
    SELECT CAST($1 AS BIGINT), $2, CAST($3 AS BIGINT), $4, $5, CAST($6 AS BIGINT), $7, 'created', 0, '', '', '', 0, 0,
        CAST($8 AS BIGINT), CAST($8 AS BIGINT), CAST($9 AS BIGINT)
    WHERE NOT EXISTS (SELECT 1 FROM payment_intent WHERE subject = $3
        AND (state IN ('created', 'pending', 'action_required', 'authorised') OR state = 'captured' AND due = $9))
    ON CONFLICT DO NOTHING";
const SELECT: &str = select!("FROM payment_intent WHERE id = $1");
const SELECT_SOME: &str = select!("FROM payment_intent WHERE id IN ($1, $2, $3, $4, $5, $6, $7, $8)");
const SELECT_BY_KEY: &str = select!("FROM payment_intent WHERE key = $1");
const NEWEST_OF: &str = select!(
    "FROM payment_intent WHERE provider = $1 AND provider <> 'sandbox' AND reference <> '' ORDER BY id DESC LIMIT 1"
);
const SELECT_BY_SUBJECT: &str = select!("FROM payment_intent WHERE subject = $1 ORDER BY id");
