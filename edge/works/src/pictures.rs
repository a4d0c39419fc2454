//! Fetching pictures that lie on other machines. Beside the other work, and a few products of any one organisation at once: a slow
//! stranger keeps nobody waiting but who named it.

use crate::crew::{Crew, Starts};
use crate::house::House;
use base::Result;
use catalog::picture::FILE_BYTES;
use catalog::{Fetch, Fetched, PutMedium};
use connect::Fetcher;
use store::Tx;

/// Products whose pictures are fetched at the same time; those of one product come one after the other,
const AT_ONCE: usize = 12;
/// and those of one organisation.
const SHARE: usize = 3;

/// The pictures that are due, organisation by organisation.
struct Pictures(Fetcher);

impl Starts<i64> for Pictures {
    fn name(&self) -> &'static str {
        "fetching pictures"
    }

    async fn start(&self, house: &House, crew: &mut Crew<i64>) -> Result<usize> {
        let mut room = AT_ONCE.saturating_sub(crew.len());
        let mut shares = Vec::new();
        for organisation in house.store.read(catalog::due_fetches).await? {
            let free = SHARE.saturating_sub(crew.busy(&organisation)).min(room);
            if free > 0 {
                shares.push((organisation, free as i64));
                room -= free;
            }
        }
        // Most of the time there is nothing, and nothing is to be written then.
        if shares.is_empty() {
            return Ok(0);
        }
        let claim = move |tx: &mut Tx| {
            let mut claimed = Vec::new();
            for (organisation, free) in &shares {
                claimed.extend(catalog::claim_fetches(tx, *organisation, *free)?);
            }
            Ok(claimed)
        };
        let claimed = house.store.write(claim).await?;
        let begun = claimed.len();
        for fetch in claimed {
            let (house, fetcher) = (house.clone(), self.0.clone());
            crew.begin(fetch.organisation, async move {
                if let Err(problem) = fetch_one(&house, &fetcher, fetch).await {
                    tracing::error!(%problem, place = %problem.place, "what came of pictures is not recorded");
                }
            });
        }
        Ok(begun)
    }
}

/// Fetches what is due until nothing is; how many products that were.
pub async fn fetch_due(house: &House, fetcher: &Fetcher) -> Result<usize> {
    Crew::new().work_off(&Pictures(fetcher.clone()), house).await
}

/// Fetches until the house stops.
pub async fn work(house: House, fetcher: Fetcher) {
    Crew::new().work(Pictures(fetcher), house).await;
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
