//! Webhooks: news from a payment provider, about payments and refunds, each recorded by the same function as a reply.

use crate::pay::{Settle, settle};
use base::Result;
use payments::sandbox::Sandbox;
use payments::{Notice, Provider, RecordRefund, Told};
use store::{Store, Tx};

/// Takes in a webhook. Header names are in lower case. News that is known already changes nothing; a webhook that failed half
/// way is sent again by the provider and goes on where it stopped. News of a payment or refund that this shop does not have
/// (another shop's on the same account, or one that a restored backup has lost) is left aside: the provider is told that it
/// arrived, since telling it again would change nothing. Gives the ids of such news, to be logged.
/// Errors: unauthenticated when signature or time is wrong; invalid when the body is not understood.
pub async fn notice(
    store: &Store,
    provider: &dyn Provider,
    headers: &[(String, String)],
    body: &[u8],
) -> Result<Vec<String>> {
    let now = store.clock().now();
    let mut foreign = Vec::new();
    for notice in provider.webhook(headers, body, now)? {
        let id = notice.id.clone();
        match store.write(move |tx| take(tx, &notice)).await {
            Err(error) if matches!(error.code, "unknown_payment" | "unknown_refund") => foreign.push(id),
            taken => taken?,
        }
    }
    Ok(foreign)
}

/// Takes in the news of the built-in provider about payments and refunds (raw ids), in one transaction with whatever else there is to
/// do: it has proved itself like that of any other. Errors: unknown payment or refund; it did not prove itself.
pub fn sandbox_news(tx: &mut Tx, sandbox: &Sandbox, subjects: &[i64]) -> Result<()> {
    let now = tx.now();
    let mut news = Vec::with_capacity(subjects.len());
    for delivery in sandbox.news(tx, subjects)? {
        news.extend(sandbox.webhook(&delivery.headers, &delivery.body, now)?);
    }
    payments::note_known(tx, news)?.iter().try_for_each(|notice| take(tx, notice))
}

fn take(tx: &mut Tx, notice: &Notice) -> Result<()> {
    let id = Some(notice.id.clone());
    match &notice.told {
        Told::Payment(intent, outcome) => {
            settle(tx, &Settle { intent: *intent, outcome: outcome.clone(), notice: id }).map(drop)
        }
        Told::Refund(refund, outcome) => {
            let news = RecordRefund { refund: *refund, outcome: outcome.clone(), notice: id };
            orders::money::record_refund(tx, &news).map(drop)
        }
    }
}
