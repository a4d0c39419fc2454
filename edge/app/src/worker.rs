//! Work that is due: which function runs each kind of job, and the sweeps that run by themselves.

use crate::house::House;
use crate::{mail, tidy};
use base::{Error, Id, Result};
use logistics::booking::{BOOK_JOB, TRACK_JOB};
use std::time::Duration;
use store::{JobRow, Kinds, Tx};
use tokio::task::JoinSet;

/// Jobs of a kind claimed at once.
const BATCH: i64 = 20;
/// A job that takes longer is given to another worker.
const LEASE_SECONDS: i64 = 120;
/// Rows a sweep takes at once,
const SWEEP: i64 = 200;
/// and imports, each of which has many.
const IMPORTS_SWEPT: i64 = 2;

/// Kinds of jobs with a worker of their own, because they wait for the world outside or take minutes: nothing else waits
/// behind them.
struct Lane {
    kind: &'static str,
    /// Jobs claimed at once: so many that even if each waits as long as it may, all end within the lease.
    claimed: i64,
    /// Jobs worked on at once.
    hands: usize,
    lease_seconds: i64,
}

const LANES: [Lane; 5] = [
    Lane { kind: IMPORT, claimed: 1, hands: 1, lease_seconds: offers::import::LEASE_SECONDS },
    Lane { kind: notify::SEND_JOB, claimed: 32, hands: 8, lease_seconds: LEASE_SECONDS },
    Lane { kind: tidy::JOB, claimed: 1, hands: 1, lease_seconds: tidy::LEASE_SECONDS },
    // A booking asks up to six times, a look three times, each for a minute at most.
    Lane { kind: BOOK_JOB, claimed: 8, hands: 8, lease_seconds: 480 },
    Lane { kind: TRACK_JOB, claimed: 8, hands: 8, lease_seconds: 300 },
];
const IN_LANES: [&str; 5] = [LANES[0].kind, LANES[1].kind, LANES[2].kind, LANES[3].kind, LANES[4].kind];
const IMPORT: &str = offers::import::JOB;

/// Runs everything that is due, of every kind, until nothing is; how many jobs that were. A failed job stays on the list for
/// later.
pub async fn run_due(house: &House) -> Result<usize> {
    run_kinds(house, Kinds::All).await
}

async fn run_kinds(house: &House, kinds: Kinds) -> Result<usize> {
    let mut ran = 0;
    loop {
        let claim = move |tx: &mut Tx| store::claim_kinds(tx, kinds, tx.now(), BATCH, LEASE_SECONDS);
        let mut jobs = house.store.write(claim).await?;
        if jobs.is_empty() {
            return Ok(ran);
        }
        while let Some(job) = jobs.first() {
            if house.is_stopping() {
                hand_back(house, jobs).await?;
                return Ok(ran);
            }
            run(house, job).await?;
            jobs.remove(0);
            ran += 1;
        }
    }
}

/// Works off what is due in a lane.
async fn run_lane(house: &House, lane: &'static Lane) -> Result<()> {
    let mut under_way = JoinSet::new();
    while !house.is_stopping() {
        let claim = move |tx: &mut Tx| {
            store::claim_kinds(tx, Kinds::Only(lane.kind), tx.now(), lane.claimed, lane.lease_seconds)
        };
        let mut waiting = house.store.write(claim).await?;
        if waiting.is_empty() {
            break;
        }
        while !waiting.is_empty() && !house.is_stopping() {
            if under_way.len() < lane.hands {
                let (house, job) = (house.clone(), waiting.remove(0));
                under_way.spawn(async move { run(&house, &job).await });
            } else if let Some(done) = under_way.join_next().await {
                done.map_err(Error::internal)??;
            }
        }
        while let Some(done) = under_way.join_next().await {
            done.map_err(Error::internal)??;
        }
        hand_back(house, waiting).await?;
    }
    Ok(())
}

async fn hand_back(house: &House, jobs: Vec<JobRow>) -> Result<()> {
    if jobs.is_empty() {
        return Ok(());
    }
    house.store.write(move |tx| jobs.iter().try_for_each(|job| store::hand_back(tx, job))).await
}

async fn run(house: &House, job: &JobRow) -> Result<()> {
    match perform(house, job).await {
        Ok(()) => Ok(()),
        // It is another worker's now, and so is what becomes of it.
        Err(problem) if problem.code == store::JOB_LOST => Ok(()),
        Err(problem) => {
            tracing::warn!(job = %job.kind, subject = job.subject, attempt = job.attempts, %problem, "job failed");
            let job = job.clone();
            house.store.write(move |tx| store::failed(tx, &job, &problem.to_string())).await
        }
    }
}

async fn perform(house: &House, job: &JobRow) -> Result<()> {
    if act(house, job).await? { Ok(()) } else { end(house, job).await }
}

/// The work of one claimed job. Says whether the job was ended with it: work that is a transaction is done, and its job
/// ended, in that one transaction; other work may be done twice. Errors: those of the work; nobody runs such jobs.
pub async fn act(house: &House, job: &JobRow) -> Result<bool> {
    let subject = job.subject;
    match job.kind.as_str() {
        "order.unpaid" => {
            checkout::lapse(&house.store, &house.providers, Id::from_raw(subject)).await?;
            Ok(false)
        }
        "order.accept" => {
            let by = orders::By::Window;
            in_one(house, job, move |tx| settlement::complete(tx, Id::from_raw(subject), by).map(drop)).await
        }
        "consignment.write_off" => in_one(house, job, move |tx| write_off(tx, subject)).await,
        "payout.due" => {
            in_one(house, job, move |tx| settlement::pay_out_due(tx, Id::from_raw(subject)).map(drop)).await
        }
        logistics::carrier::MOVE_JOB => in_one(house, job, move |tx| move_parcel(tx, subject)).await,
        "payment.check" => {
            checkout::check(&house.store, &house.providers, Id::from_raw(subject)).await?;
            Ok(false)
        }
        settlement::SETTLE_JOB => {
            for provider in house.providers.all() {
                settlement::settle_provider(provider, &house.store).await?;
            }
            Ok(false)
        }
        "refund.send" => {
            settlement::send_refund(&house.providers, &house.store, Id::from_raw(subject)).await?;
            Ok(false)
        }
        "sandbox.webhook" => {
            let provider = house.providers.named(payments::sandbox::NAME)?;
            for delivery in house.sandbox.deliver(subject).await? {
                checkout::notice(&house.store, provider, &delivery.headers, &delivery.body).await?;
            }
            Ok(false)
        }
        BOOK_JOB => orders::book(&house.store, &house.carriers, Id::from_raw(subject)).await.map(|()| false),
        TRACK_JOB => orders::track(&house.store, &house.carriers, Id::from_raw(subject)).await.map(|()| false),
        notify::SEND_JOB => mail::send(house, job).await.map(|()| true),
        tidy::JOB => tidy::run(house, job).await.map(|()| true),
        IMPORT => {
            let (store, job, house) = (house.store.clone(), job.clone(), house.clone());
            let work = move || offers::import::run(&store, &job, || house.is_stopping());
            tokio::task::spawn_blocking(work).await.map_err(Error::internal)?.map(|()| true)
        }
        other => Err(Error::internal(format!("nobody runs jobs of kind {other}"))),
    }
}

async fn in_one(
    house: &House,
    job: &JobRow,
    mut work: impl FnMut(&mut Tx) -> Result<()> + Send + 'static,
) -> Result<bool> {
    let job = job.clone();
    house
        .store
        .write(move |tx| {
            work(tx)?;
            store::done(tx, &job).map(|()| true)
        })
        .await
}

async fn end(house: &House, job: &JobRow) -> Result<()> {
    let job = job.clone();
    house.store.write(move |tx| store::done(tx, &job)).await
}

/// Someone may have written it off by hand, or found it, in the meantime: then nothing is left to do.
fn write_off(tx: &mut Tx, consignment: i64) -> Result<()> {
    match settlement::write_off(tx, Id::from_raw(consignment)) {
        Err(error) if error.kind == base::Kind::Conflict => Ok(()),
        outcome => outcome.map(drop),
    }
}

fn move_parcel(tx: &mut Tx, parcel: i64) -> Result<()> {
    logistics::move_on(tx, Id::from_raw(parcel), |tx, event| orders::journey(tx, event).map(drop))?;
    Ok(())
}

/// Webhooks sent at once: a slow receiver holds up one of them, and no job.
const POST: i64 = 20;

/// Sends every webhook that is due until none is; how many that were.
pub async fn post_due(house: &House) -> Result<usize> {
    let mut sent = 0;
    loop {
        // Most of the time there is nothing, and nothing is to be written then.
        if !house.store.read(hooks::is_due).await? {
            return Ok(sent);
        }
        let due = house.store.write(|tx| hooks::claim(tx, POST, LEASE_SECONDS)).await?;
        if due.is_empty() {
            return Ok(sent);
        }
        sent += due.len();
        let posts = due.into_iter().map(|message| async move {
            let headers = message.headers.each_ref().map(|(name, value)| (*name, value.as_str()));
            let answer = house.courier.post(&message.url, &headers, message.body).await;
            let told = hooks::Sent { status: answer.status, answer: answer.text, retry_after: answer.retry_after };
            house.store.write(move |tx| hooks::record(tx, message.delivery, &told)).await
        });
        futures::future::try_join_all(posts).await?;
    }
}

/// Sends webhooks until the house stops.
async fn work_post(house: House) {
    let mut pause = pause();
    while !house.is_stopping() {
        pause.tick().await;
        if let Err(problem) = post_due(&house).await {
            tracing::error!(%problem, place = %problem.place, "the post stumbled; it goes on");
        }
    }
}

/// What time alone brings about: quotes and holds that are over, balances to fold, old keys to forget.
pub async fn sweep(house: &House) -> Result<()> {
    house.store.write(|tx| checkout::expire(tx, tx.now(), SWEEP).map(drop)).await?;
    house.store.write(|tx| checkout::forget(tx, SWEEP).map(drop)).await?;
    house.store.write(|tx| ledger::fold(tx).map(drop)).await?;
    house.store.write(|tx| hooks::sweep(tx, SWEEP).map(drop)).await?;
    house.store.write(|tx| notify::sweep(tx, SWEEP).map(drop)).await?;
    house
        .store
        .write(|tx| {
            parties::sweep(tx, SWEEP)?;
            offers::import::sweep(tx, IMPORTS_SWEPT)?;
            let before = tx.now().plus_days(-30);
            tx.forget_keys(before, SWEEP).map(drop)
        })
        .await
}

/// Works until the house stops.
pub async fn work(house: House) {
    if let Err(problem) = tidy::schedule(&house).await {
        tracing::error!(%problem, "pictures that nothing names stay until the next start");
    }
    let mut lanes = JoinSet::new();
    for lane in &LANES {
        lanes.spawn(work_lane(house.clone(), lane));
    }
    lanes.spawn(work_post(house.clone()));
    work_here(house).await;
    lanes.join_all().await;
}

/// Due jobs several times a second, reactions to events, sweeps every few seconds.
async fn work_here(house: House) {
    let mut tick: u64 = 0;
    let mut pause = pause();
    while !house.is_stopping() {
        pause.tick().await;
        let outcome = async {
            run_kinds(&house, Kinds::But(&IN_LANES)).await?;
            crate::reactions::react(&house).await?;
            if tick.is_multiple_of(20) {
                sweep(&house).await?;
            }
            Ok::<(), Error>(())
        };
        if let Err(problem) = outcome.await {
            tracing::error!(%problem, place = %problem.place, "the worker stumbled; it goes on");
        }
        tick += 1;
    }
}

async fn work_lane(house: House, lane: &'static Lane) {
    let mut pause = pause();
    while !house.is_stopping() {
        pause.tick().await;
        if let Err(problem) = run_lane(&house, lane).await {
            tracing::error!(kind = lane.kind, %problem, place = %problem.place, "a lane stumbled; it goes on");
        }
    }
}

fn pause() -> tokio::time::Interval {
    let mut pause = tokio::time::interval(Duration::from_millis(250));
    pause.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    pause
}
