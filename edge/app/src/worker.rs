//! Work that is due: which function runs each kind of job, and the sweeps that run by themselves.

use crate::house::House;
use base::{Error, Id, Result};
use std::time::Duration;
use store::{JobRow, Tx};

/// Jobs claimed at once.
const BATCH: i64 = 50;
/// A job that takes longer is given to another worker.
const LEASE_SECONDS: i64 = 120;
/// Rows a sweep takes at once.
const SWEEP: i64 = 200;

/// Runs everything that is due until nothing is; how many jobs that were. A failed job stays on the list for later.
pub async fn run_due(house: &House) -> Result<usize> {
    let mut ran = 0;
    loop {
        let jobs = house.store.write(|tx| store::claim(tx, tx.now(), BATCH, LEASE_SECONDS)).await?;
        if jobs.is_empty() {
            return Ok(ran);
        }
        for job in jobs {
            run(house, &job).await?;
            ran += 1;
        }
    }
}

async fn run(house: &House, job: &JobRow) -> Result<()> {
    let id = job.id;
    match perform(house, job).await {
        Ok(()) => Ok(()),
        Err(problem) => {
            tracing::warn!(job = %job.kind, subject = job.subject, attempt = job.attempts, %problem, "job failed");
            house.store.write(move |tx| store::failed(tx, id, &problem.to_string())).await
        }
    }
}

async fn perform(house: &House, job: &JobRow) -> Result<()> {
    if act(house, job).await? { Ok(()) } else { end(house, job.id).await }
}

/// The work of one claimed job. Says whether the job was ended with it: work that is a transaction is done, and its job
/// ended, in that one transaction; other work may be done twice. Errors: those of the work; nobody runs such jobs.
pub async fn act(house: &House, job: &JobRow) -> Result<bool> {
    let (id, subject) = (job.id, job.subject);
    match job.kind.as_str() {
        "order.unpaid" => {
            checkout::lapse(&house.store, &house.providers, Id::from_raw(subject)).await?;
            Ok(false)
        }
        "order.accept" => {
            let by = orders::By::Window;
            in_one(house, id, move |tx| settlement::complete(tx, Id::from_raw(subject), by).map(drop)).await
        }
        "consignment.write_off" => in_one(house, id, move |tx| write_off(tx, subject)).await,
        "payout.due" => in_one(house, id, move |tx| settlement::pay_out_due(tx, Id::from_raw(subject)).map(drop)).await,
        logistics::carrier::MOVE_JOB => in_one(house, id, move |tx| move_parcel(tx, subject)).await,
        "payment.check" => {
            checkout::check(&house.store, &house.providers, Id::from_raw(subject)).await?;
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
        other => Err(Error::internal(format!("nobody runs jobs of kind {other}"))),
    }
}

async fn in_one(house: &House, id: i64, mut work: impl FnMut(&mut Tx) -> Result<()> + Send + 'static) -> Result<bool> {
    house
        .store
        .write(move |tx| {
            work(tx)?;
            store::done(tx, id).map(|()| true)
        })
        .await
}

async fn end(house: &House, id: i64) -> Result<()> {
    house.store.write(move |tx| store::done(tx, id)).await
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

/// Sends webhooks for ever, beside [`work`].
pub async fn post(house: House) {
    let mut pause = tokio::time::interval(Duration::from_millis(500));
    pause.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
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
    house
        .store
        .write(|tx| {
            parties::sweep(tx, SWEEP)?;
            let before = tx.now().plus_days(-30);
            tx.forget_keys(before, SWEEP).map(drop)
        })
        .await
}

/// Works for ever: due jobs several times a second, reactions to events, sweeps every few seconds.
pub async fn work(house: House) {
    let mut tick: u64 = 0;
    let mut pause = tokio::time::interval(Duration::from_millis(250));
    pause.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        pause.tick().await;
        let outcome = async {
            run_due(&house).await?;
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
