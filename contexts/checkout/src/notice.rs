//! Webhooks: news from a payment provider, about payments and refunds, each recorded by the same function as a reply.

use crate::pay::{Settle, settle};
use base::Result;
use payments::{Provider, RecordRefund, Told};
use store::Store;

/// Takes in a webhook. Header names are in lower case. News that is known already changes nothing; a webhook that failed half
/// way is sent again by the provider and goes on where it stopped.
/// Errors: unauthenticated when signature or time is wrong; invalid when the body is not understood; unknown payment or refund.
pub async fn notice(store: &Store, provider: &dyn Provider, headers: &[(String, String)], body: &[u8]) -> Result<()> {
    let now = store.clock().now();
    for notice in provider.webhook(headers, body, now)? {
        match notice.told {
            Told::Payment(intent, outcome) => {
                let news = Settle { intent, outcome, notice: Some(notice.id) };
                store.write(move |tx| settle(tx, &news).map(drop)).await?;
            }
            Told::Refund(refund, outcome) => {
                let news = RecordRefund { refund, outcome, notice: Some(notice.id) };
                store.write(move |tx| orders::money::record_refund(tx, &news).map(drop)).await?;
            }
        }
    }
    Ok(())
}
