//! The daily job that removes files of pictures which no product names any more. What else time makes superfluous goes with the
//! worker's sweeps.

use crate::house::House;
use base::Result;
use store::{JobRow, Tx, Work};

/// The job; there is one of it, for subject 0. A batch renews its lease, and takes a second or two.
pub const TIDY: Work = Work { kind: "pictures.tidy", hands: 1, lease_seconds: 300, renews: true };

/// Pictures whose files are removed between two renewals,
const BATCH: i64 = 50;
/// and pictures forgotten in one transaction.
const FORGOTTEN: u64 = 1000;
const DAY_HOURS: i64 = 24;

/// Puts the job on the list unless it is there; a start looks at once what there is to do.
pub async fn schedule(house: &House) -> Result<()> {
    house.store.write(|tx| at(tx, 0)).await
}

fn at(tx: &mut Tx, hours: i64) -> Result<()> {
    let run_at = tx.now().plus_hours(hours);
    tx.schedule(&TIDY.job(0, run_at))
}

/// Removes what is to be removed, a batch at a time, and comes back a day later. A node that stops gives the job back; one that
/// dies leaves pictures that are given out again. Errors: the storage; the job went to another node.
pub async fn run(house: &House, job: &JobRow) -> Result<()> {
    while house.store.write(|tx| catalog::forget_gone(tx, FORGOTTEN as i64)).await? == FORGOTTEN {}
    while !house.is_stopping() {
        let claimed = job.clone();
        let unused = house.store.write(move |tx| {
            if !store::renew(tx, &claimed, TIDY.lease_seconds)? {
                return Err(store::lost_job());
            }
            catalog::claim_unused(tx, BATCH)
        });
        let unused = unused.await?;
        if unused.is_empty() {
            let held = job.clone();
            let end = move |tx: &mut Tx| {
                at(tx, DAY_HOURS)?;
                store::done(tx, &held)
            };
            return house.store.write(end).await;
        }
        for hash in &unused {
            house.media.remove(hash).await?;
        }
        tracing::info!(pictures = unused.len(), "files of pictures that nothing names were removed");
        house.store.write(move |tx| catalog::record_gone(tx, &unused)).await?;
    }
    let claimed = job.clone();
    house.store.write(move |tx| store::hand_back(tx, &claimed)).await
}
