//! The post: webhooks are sent as they fall due, many at once, a few to any one endpoint; beside all jobs.

use crate::crew::{Crew, Starts};
use crate::house::House;
use base::{Id, Result};
use hooks::{Endpoint, Outgoing, Sent};
use store::Tx;

/// Webhooks under way at once,
const AT_ONCE: usize = 64;
/// those to one endpoint,
const SHARE: usize = 4;
/// and to one that failed the last time: it is asked whether it answers again, while others get their news.
const SHARE_OF_UNWELL: usize = 1;
/// The answer takes fifteen seconds at most.
const LEASE_SECONDS: i64 = 120;

/// The webhooks that are due, endpoint by endpoint.
pub(crate) struct Post;

impl Starts<Id<Endpoint>> for Post {
    fn name(&self) -> &'static str {
        "the post"
    }

    async fn start(&self, house: &House, crew: &mut Crew<Id<Endpoint>>) -> Result<usize> {
        let mut room = AT_ONCE.saturating_sub(crew.len());
        // Without the key of their secrets nothing can be signed: a node that has it sends.
        if room == 0 || house.store.is_locked() {
            return Ok(0);
        }
        let mut shares = Vec::new();
        for (endpoint, is_well) in house.store.read(hooks::due).await? {
            let share = if is_well { SHARE } else { SHARE_OF_UNWELL };
            let free = share.saturating_sub(crew.busy(&endpoint)).min(room);
            if free > 0 {
                shares.push((endpoint, free as i64));
                room -= free;
            }
        }
        // Most of the time there is nothing, and nothing is to be written then.
        if shares.is_empty() {
            return Ok(0);
        }
        let claim = move |tx: &mut Tx| {
            let mut claimed = Vec::new();
            for (endpoint, free) in &shares {
                claimed.extend(hooks::claim(tx, *endpoint, *free, LEASE_SECONDS)?);
            }
            Ok(claimed)
        };
        let claimed = house.store.write(claim).await?;
        let begun = claimed.len();
        for message in claimed {
            crew.begin(message.endpoint, send(house.clone(), message));
        }
        Ok(begun)
    }
}

async fn send(house: House, message: Outgoing) {
    let headers = message.headers.each_ref().map(|(name, value)| (*name, value.as_str()));
    let answer = house.courier.post(&message.url, &headers, message.body).await;
    let told = Sent { status: answer.status, answer: answer.text, retry_after: answer.retry_after };
    if let Err(problem) = house.store.write(move |tx| hooks::record(tx, message.delivery, &told)).await {
        tracing::error!(%problem, place = %problem.place, "what came of a webhook is not recorded; it is sent again");
    }
}

/// Sends every webhook that is due until none is; how many that were.
pub async fn post_due(house: &House) -> Result<usize> {
    Crew::new().work_off(&Post, house).await
}
