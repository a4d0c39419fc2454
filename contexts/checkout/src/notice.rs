//! Webhooks: news from a payment provider, about payments and refunds, each recorded by the same function as a reply.

use crate::pay::{Settle, settle};
use base::Result;
use payments::{Provider, RecordRefund, Told};
use store::Store;

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
        let taken = match notice.told {
            Told::Payment(intent, outcome) => {
                let news = Settle { intent, outcome, notice: Some(notice.id) };
                store.write(move |tx| settle(tx, &news).map(drop)).await
            }
            Told::Refund(refund, outcome) => {
                let news = RecordRefund { refund, outcome, notice: Some(notice.id) };
                store.write(move |tx| orders::money::record_refund(tx, &news).map(drop)).await
            }
        };
        match taken {
            Err(error) if matches!(error.code, "unknown_payment" | "unknown_refund") => foreign.push(id),
            taken => taken?,
        }
    }
    Ok(foreign)
}
