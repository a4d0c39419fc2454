//! What runs by itself beside the pages. Three kinds of loops, none of which waits for another: reactions to events, sweeps, and
//! jobs; the post is a fourth. Within a loop, whatever waits for the world outside has hands of its own.

pub use crate::jobs::{act, run_due};
pub use crate::post::post_due;

use crate::crew::{Crew, TICK, pause};
use crate::house::House;
use crate::jobs::Jobs;
use crate::post::Post;
use crate::{reactions, tidy};
use base::Result;
use std::time::Duration;
use store::Tx;
use tokio::task::JoinSet;

/// Rows a sweep takes at once,
const SWEEP: i64 = 200;
/// and imports, each of which has many.
const IMPORTS_SWEPT: i64 = 2;
/// Times in a row that one sweep is done while it leaves something: what is left is the next round's, so that no sweep waits for
/// another's hundred thousand rows.
const ROUNDS: usize = 50;
/// Sweeps begin so often.
const SWEEP_EVERY: Duration = Duration::from_secs(5);

/// Takes a batch of rows that time has made superfluous, in one transaction. Says whether more may be left.
type Sweep = fn(&mut Tx) -> Result<bool>;

/// What time alone brings about, each by itself: one that fails keeps no other waiting.
const SWEEPS: [(&str, Sweep); 13] = [
    ("quotes and holds that are over", |tx| Ok(checkout::expire(tx, tx.now(), SWEEP)? as i64 == SWEEP)),
    ("proposed changes that are over", |tx| Ok(amendments::expire(tx, tx.now(), SWEEP)? as i64 == SWEEP)),
    ("carts and quotes left behind", |tx| Ok(checkout::forget(tx, SWEEP)? >= SWEEP as u64)),
    ("balances to fold", |tx| Ok(ledger::fold(tx)? >= ledger::FOLD_BATCH)),
    ("what has settled, to be sealed", |tx| Ok(store::seal(tx)? >= store::SEAL_BATCH)),
    ("old deliveries", |tx| Ok(hooks::sweep(tx, SWEEP)? == SWEEP as u64)),
    ("old messages", |tx| Ok(notify::sweep(tx, SWEEP)? == SWEEP as u64)),
    ("sessions and links that are over", |tx| Ok(parties::sweep(tx, SWEEP)? >= SWEEP as u64)),
    ("old applications", |tx| Ok(onboarding::sweep(tx, SWEEP)? == SWEEP as u64)),
    ("old imports", |tx| Ok(offers::import::sweep(tx, IMPORTS_SWEPT)? as i64 >= IMPORTS_SWEPT)),
    ("unpaid holds that count no more", |tx| Ok(checkout::claim::forget(tx, SWEEP)? == SWEEP as u64)),
    ("answers kept for a key", |tx| Ok(store::request::forget(tx, SWEEP)? == SWEEP as u64)),
    ("old keys of forms", |tx| {
        let before = tx.now().plus_days(-30);
        Ok(tx.forget_keys(before, SWEEP)? == SWEEP as u64)
    }),
];

/// Does every sweep until it leaves nothing, or has had its rounds. Errors: the first one's that failed; the others were done all
/// the same.
pub async fn sweep(house: &House) -> Result<()> {
    let mut outcome = Ok(());
    for (what, sweep) in SWEEPS {
        if let Err(problem) = sweep_one(house, sweep).await {
            tracing::error!(what, %problem, place = %problem.place, "a sweep stumbled; the others go on");
            outcome = outcome.and(Err(problem));
        }
    }
    outcome
}

async fn sweep_one(house: &House, sweep: Sweep) -> Result<()> {
    for _ in 0..ROUNDS {
        if house.is_stopping() || !house.store.write(sweep).await? {
            break;
        }
    }
    Ok(())
}

/// Works until the house stops; then until what is in hand is done.
pub async fn work(house: House) {
    if let Err(problem) = tidy::schedule(&house).await {
        tracing::error!(%problem, "pictures that nothing names stay until the next start");
    }
    let mut loops = JoinSet::new();
    loops.spawn(repeat(
        house.clone(),
        TICK,
        "following events",
        |house| async move { reactions::follow(&house).await },
    ));
    loops.spawn(repeat(
        house.clone(),
        TICK,
        "telling developers",
        |house| async move { reactions::tell(&house).await },
    ));
    loops.spawn(repeat(house.clone(), TICK, "the shelf", |house| async move { reactions::remember(&house).await }));
    loops.spawn(repeat(house.clone(), SWEEP_EVERY, "sweeping", |house| async move { sweep(&house).await }));
    loops.spawn(Crew::new().work(Jobs, house.clone()));
    loops.spawn(Crew::new().work(Post, house));
    loops.join_all().await;
}

/// Does something again and again until the house stops.
pub(crate) async fn repeat<F>(house: House, every: Duration, what: &'static str, deed: impl Fn(House) -> F)
where
    F: Future<Output = Result<()>>,
{
    let mut beat = pause(TICK.min(every));
    let mut due = 0;
    while !house.is_stopping() {
        beat.tick().await;
        // Short beats, so that a house that stops is heard at once.
        if due == 0 {
            if let Err(problem) = deed(house.clone()).await {
                tracing::error!(%problem, place = %problem.place, "{what} stumbled; it goes on");
            }
            due = every.as_millis().div_ceil(TICK.as_millis());
        }
        due -= 1;
    }
}
