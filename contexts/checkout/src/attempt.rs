//! Another attempt to pay an order that is still open: one at a time. Asking again goes on with the attempt that can be paid;
//! another method ends it at the provider first (outside any transaction), records what became of it, and only then opens the
//! next. Each step can be the last one before a crash: the next request finds the attempt where it stands.

use crate::opening;
use crate::pay::{Visit, already, pay, take};
use base::{Actor, Id, Kind, Moment, Result};
use orders::Order;
use payments::{Intent, Open, Outcome, Providers, State};
use store::{Store, Tx};

/// For so long after an attempt was opened its provider may just be being asked: nobody ends it meanwhile. Longer than a call
/// to a provider may take.
const CALL_SECONDS: i64 = 60;

/// How often an attempt in the way is ended before the buyer is told to wait: others may open one in between.
const ROUNDS: usize = 3;

/// Another attempt to pay an order that is still open.
#[derive(Clone, Debug)]
pub struct Retry {
    /// The order.
    pub order: Id<Order>,
    /// Name of the provider.
    pub provider: String,
    /// What `Provider::tokenise` made of the buyer's input.
    pub method: String,
    /// Unique for the attempt: a double click is one attempt.
    pub key: String,
}

/// What an attempt begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Ask the provider for the money of this one: a new one, or the one that can be paid already.
    Attempt(Id<Intent>),
    /// This one, of another method, can still be paid: it must be ended first.
    Before(Id<Intent>),
}

/// Opens a new intent for what the order owes, or finds the attempt that can still be paid. The order's row is locked first, so
/// that of many at once each sees what the one before has done.
/// Errors: denied, `not_payable`, `payments_missing` (conflict), `payment_pending` (conflict) while the provider may just be being asked about
/// an attempt of another method, `idempotency_key_reused` (conflict).
pub fn retry(tx: &mut Tx, retry: &Retry) -> Result<Begun> {
    let due = orders::may_be_paid(tx, retry.order)?;
    let before = payments::by_subject(tx, retry.order.raw())?;
    if let Some(live) = before.iter().find(|intent| !intent.state.is_final()) {
        let same = live.provider == retry.provider && live.method == retry.method;
        return match (same, is_being_asked(live, tx.now())) {
            (true, _) => Ok(Begun::Attempt(live.id)),
            (false, true) => Err(payments::pending()),
            (false, false) => Ok(Begun::Before(live.id)),
        };
    }
    opening::may_take(tx, retry.order, &retry.provider)?;
    let open = Open {
        subject: retry.order.raw(),
        due: due.position,
        amount: due.amount,
        provider: retry.provider.clone(),
        method: retry.method.clone(),
        key: format!("retry:{}:{}", retry.order, retry.key),
    };
    let intent = payments::open(tx, &open)?.id;
    // An old key's attempt has come to its end: its answer is given again, and nothing is open to be paid.
    if before.iter().all(|known| known.id != intent) {
        orders::payment_reopened(tx, &due)?;
    }
    Ok(Begun::Attempt(intent))
}

/// The provider may just be being asked about it.
fn is_being_asked(intent: &Intent, now: Moment) -> bool {
    intent.state == State::Created && intent.created_at.plus_seconds(CALL_SECONDS) > now
}

/// Whether it makes sense to offer a buyer another attempt at `now`: none is in the provider's hands.
pub fn may_begin(attempts: &[Intent], now: Moment) -> bool {
    let in_hands = |one: &Intent| matches!(one.state, State::Pending | State::Authorised) || is_being_asked(one, now);
    !attempts.iter().any(in_hands)
}

/// Pays an order that is still open, as `actor`: [`retry`], then [`pay`]. An attempt of another method that can still be paid is
/// ended at its provider before; if that has the money already, the order is paid by it.
/// Errors: those of [`retry`]; `payment_pending` (conflict) when what is in the way cannot be ended, or its provider does not
/// answer.
pub async fn pay_again(
    store: &Store,
    providers: &Providers,
    actor: Actor,
    command: &Retry,
    visit: &Visit,
) -> Result<Outcome> {
    for _ in 0..ROUNDS {
        let command = command.clone();
        let before = match store.write_as(actor, move |tx| retry(tx, &command)).await? {
            Begun::Attempt(intent) => return pay(store, providers, intent, visit).await,
            Begun::Before(intent) => intent,
        };
        match let_go(store, providers, before).await {
            Ok(Outcome::Captured { reference, amount }) => return Ok(Outcome::Captured { reference, amount }),
            Ok(Outcome::Declined { .. } | Outcome::Voided) => {}
            Ok(_) => return Err(payments::pending()),
            Err(error) if error.kind == Kind::Unavailable => return Err(payments::pending()),
            Err(error) => return Err(error),
        }
    }
    Err(payments::pending())
}

/// Ends an attempt at its provider if that is possible, and records what became of it: what waits for the buyer, or was never
/// heard of there, is let go; what was paid meanwhile is paid. Errors: unavailable when no answer came.
pub(crate) async fn let_go(store: &Store, providers: &Providers, id: Id<Intent>) -> Result<Outcome> {
    let known = store.read(move |db| payments::intent(db, id)).await?;
    if let Some(outcome) = already(&known).filter(|_| known.state.is_final()) {
        return Ok(outcome);
    }
    let provider = providers.named(&known.provider)?;
    let outcome = match provider.status(&known).await? {
        Outcome::ActionRequired { reference, .. } => provider.void(&Intent { reference, ..known }).await?,
        Outcome::Declined { code } if code == payments::UNKNOWN => provider.void(&known).await?,
        outcome => outcome,
    };
    take(store, providers, id, outcome).await
}
