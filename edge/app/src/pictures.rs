//! Fetching pictures that lie on other machines. Beside the other work: a slow stranger keeps nobody waiting.

use crate::house::House;
use base::Result;
use catalog::picture::FILE_BYTES;
use catalog::{Fetch, Fetched, PutMedium};
use connect::Fetcher;
use futures::StreamExt;
use std::time::Duration;

/// Products claimed at once.
const BATCH: i64 = 20;
/// Products whose pictures are fetched at the same time; those of one product come one after the other.
const AT_ONCE: usize = 4;

/// Fetches what is due until nothing is, or the house stops; how many products that were.
pub async fn fetch_due(house: &House, fetcher: &Fetcher) -> Result<usize> {
    let mut products = 0;
    while !house.is_stopping() {
        let due = house.store.write(|tx| catalog::claim_fetches(tx, BATCH)).await?;
        if due.is_empty() {
            break;
        }
        products += due.len();
        let work = due.into_iter().map(|fetch| fetch_one(house, fetcher, fetch));
        let outcomes: Vec<Result<()>> = futures::stream::iter(work).buffer_unordered(AT_ONCE).collect().await;
        outcomes.into_iter().collect::<Result<()>>()?;
    }
    Ok(products)
}

async fn fetch_one(house: &House, fetcher: &Fetcher, fetch: Fetch) -> Result<()> {
    let mut came: Vec<Fetched> = Vec::with_capacity(fetch.sources.len());
    for source in &fetch.sources {
        // What is claimed and not recorded is due again by itself.
        if house.is_stopping() {
            return Ok(());
        }
        let outcome = keep(house, fetcher, fetch.organisation, source).await;
        if let Err(problem) = &outcome {
            tracing::info!(product = %fetch.product, %problem, "a picture was not fetched");
        }
        came.push((source.clone(), outcome));
    }
    house.store.write(move |tx| catalog::record_fetches(tx, &fetch, &came)).await
}

async fn keep(house: &House, fetcher: &Fetcher, organisation: i64, source: &str) -> Result<PutMedium> {
    let file = fetcher.fetch(source, FILE_BYTES).await?;
    house.media.take(organisation, file, source).await
}

/// Fetches until the house stops.
pub async fn work(house: House, fetcher: Fetcher) {
    let mut pause = tokio::time::interval(Duration::from_secs(1));
    pause.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    while !house.is_stopping() {
        pause.tick().await;
        if let Err(problem) = fetch_due(&house, &fetcher).await {
            tracing::error!(%problem, place = %problem.place, "fetching pictures stumbled; it goes on");
        }
    }
}
