//! Jobs: which function does which kind of work, and the hands that do it. Every kind has hands of its own for each party it
//! waits for, so that a provider that does not answer holds up what waits for it and nothing else.

use crate::crew::{Crew, Starts};
use crate::house::House;
use crate::{mail, tidy};
use base::{Error, Id, Kind, Result};
use orders::By;
use payments::BoxFuture;
use std::time::Duration;
use store::{JobRow, Lane, Tx, Work};

/// Does one claimed job. Says whether the job was ended with it.
type Deed = for<'a> fn(&'a House, &'a JobRow) -> BoxFuture<'a, Result<bool>>;

/// Every kind of work, and who does it.
const DEEDS: [(Work, Deed); 18] = [
    (orders::UNPAID, |house, job| {
        later(async { checkout::lapse(&house.store, &house.providers(), Id::from_raw(job.subject)).await.map(drop) })
    }),
    (orders::DUE, |house, job| at_once(house, job, |tx, order| amendments::go_on(tx, Id::from_raw(order)))),
    (checkout::CHECK, |house, job| {
        later(async { checkout::check(&house.store, &house.providers(), Id::from_raw(job.subject)).await.map(drop) })
    }),
    (payments::SEND_REFUND, |house, job| {
        let refund = Id::from_raw(job.subject);
        later(async move { settlement::send_refund(&house.providers(), &house.store, refund).await.map(drop) })
    }),
    (settlement::SETTLE, |house, job| {
        later(async {
            let providers = house.providers();
            settlement::settle_provider(providers.named(&job.party)?, &house.store).await.map(drop)
        })
    }),
    (payments::sandbox::WEBHOOK, |house, job| later(tell_of_sandbox(house, job.subject))),
    (logistics::booking::BOOK, |house, job| {
        later(async { orders::book(&house.store, &house.carriers(), Id::from_raw(job.subject)).await })
    }),
    (logistics::booking::TRACK, |house, job| {
        later(async { orders::track(&house.store, &house.carriers(), Id::from_raw(job.subject)).await })
    }),
    (notify::SEND, |house, job| Box::pin(async { mail::send(house, job).await.map(|()| true) })),
    (offers::SHIPS, |house, job| at_once(house, job, |tx, offer| offers::ships_now(tx, Id::from_raw(offer)))),
    (offers::import::RUN, |house, job| Box::pin(take_in(house, job))),
    (tidy::TIDY, |house, job| Box::pin(async { tidy::run(house, job).await.map(|()| true) })),
    (orders::ACCEPT, |house, job| {
        at_once(house, job, |tx, one| settlement::complete(tx, Id::from_raw(one), By::Window).map(drop))
    }),
    (settlement::WRITE_OFF, |house, job| at_once(house, job, write_off)),
    (settlement::PAY_OUT, |house, job| {
        at_once(house, job, |tx, seller| settlement::pay_out_due(tx, Id::from_raw(seller)).map(drop))
    }),
    (logistics::carrier::MOVE, |house, job| at_once(house, job, move_parcel)),
    (aftersales::CLOCK, |house, job| at_once(house, job, |tx, claim| aftersales::tick(tx, Id::from_raw(claim)))),
    (aftersales::SETTLE, |house, job| {
        later(async { aftersales::settle(&house.store, Id::from_raw(job.subject)).await })
    }),
];

/// Does the work of many jobs in the transaction that takes them off the list.
type InBulk = fn(&House, &mut Tx, &[i64]) -> Result<()>;

/// Small work that waits for nobody, of which every order leaves some: a server does it by the hundred. It stands in [`DEEDS`], too,
/// and is done that way where one of a hundred cannot be done.
const IN_BULK: [(&str, InBulk); 1] =
    [(payments::sandbox::WEBHOOK.kind, |house, tx, subjects| checkout::sandbox_news(tx, &house.sandbox, subjects))];

/// Jobs done in one transaction: it holds the writer for a few milliseconds.
const BULK: i64 = 100;

/// Every kind of work that a process of this house does.
pub fn works() -> impl Iterator<Item = Work> {
    DEEDS.iter().map(|(work, _)| *work)
}

fn deed(kind: &str) -> Option<&'static (Work, Deed)> {
    DEEDS.iter().find(|(work, _)| work.kind == kind)
}

/// The work of one claimed job. Says whether the job was ended with it: work that is a transaction is done, and its job
/// ended, in that one transaction; other work may be done twice. Errors: those of the work; nobody does such work.
pub async fn act(house: &House, job: &JobRow) -> Result<bool> {
    match deed(&job.kind) {
        Some((_, deed)) => deed(house, job).await,
        None => Err(Error::internal(format!("nobody runs jobs of kind {}", job.kind))),
    }
}

/// Work that waits for somebody: its job is ended afterwards.
fn later<'a>(work: impl Future<Output = Result<()>> + Send + 'a) -> BoxFuture<'a, Result<bool>> {
    Box::pin(async { work.await.map(|()| false) })
}

/// Work that is one transaction: its job is ended with it.
fn at_once<'a>(house: &'a House, job: &JobRow, work: fn(&mut Tx, i64) -> Result<()>) -> BoxFuture<'a, Result<bool>> {
    let job = job.clone();
    Box::pin(house.store.write(move |tx| {
        work(tx, job.subject)?;
        store::done(tx, &job).map(|()| true)
    }))
}

async fn tell_of_sandbox(house: &House, subject: i64) -> Result<()> {
    let providers = house.providers();
    let provider = providers.named(payments::sandbox::NAME)?;
    for delivery in house.sandbox.deliver(subject).await? {
        checkout::notice(&house.store, provider, &delivery.headers, &delivery.body).await?;
    }
    Ok(())
}

async fn take_in(house: &House, job: &JobRow) -> Result<bool> {
    let (store, job, house) = (house.store.clone(), job.clone(), house.clone());
    let work = move || offers::import::run(&store, &job, || house.is_stopping());
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?.map(|()| true)
}

/// Someone may have written it off by hand, or found it, in the meantime: then nothing is left to do.
fn write_off(tx: &mut Tx, parcel: i64) -> Result<()> {
    match settlement::write_off(tx, Id::from_raw(parcel)) {
        Err(error) if error.kind == Kind::Conflict => Ok(()),
        outcome => outcome.map(drop),
    }
}

fn move_parcel(tx: &mut Tx, parcel: i64) -> Result<()> {
    logistics::move_on(tx, Id::from_raw(parcel), |tx, event| orders::journey(tx, event).map(drop))?;
    Ok(())
}

/// Jobs of one lane claimed at once by [`run_due`].
const BATCH: i64 = 20;
/// Hands and lease of a kind that nobody here knows, such as a newer node's: it fails, and is told among the failing jobs.
const UNKNOWN: Work = Work { kind: "", hands: 1, lease_seconds: 120, renews: false };

fn work_of(kind: &str) -> Work {
    deed(kind).map_or(UNKNOWN, |(work, _)| *work)
}

/// The jobs that are due, lane by lane.
pub(crate) struct Jobs;

impl Starts<Lane> for Jobs {
    fn name(&self) -> &'static str {
        "jobs"
    }

    async fn start(&self, house: &House, crew: &mut Crew<Lane>) -> Result<usize> {
        let (mut free, mut bulks) = (Vec::new(), 0);
        for lane in house.store.read(store::due_lanes).await? {
            let work = work_of(&lane.kind);
            if let Some(deed) = in_bulk(&lane.kind) {
                if crew.busy(&lane) == 0 {
                    crew.begin(lane.clone(), bulk(house.clone(), lane, deed));
                    bulks += 1;
                }
                continue;
            }
            let hands = work.hands.saturating_sub(crew.busy(&lane));
            if hands > 0 {
                free.push((lane, hands as i64, work.lease_seconds));
            }
        }
        // Most of the time there is nothing, and nothing is to be written then.
        if free.is_empty() {
            return Ok(bulks);
        }
        let claim = move |tx: &mut Tx| {
            let mut claimed = Vec::new();
            for (lane, hands, lease) in &free {
                claimed.extend(store::claim_lane(tx, lane, tx.now(), *hands, *lease)?);
            }
            Ok(claimed)
        };
        let claimed = house.store.write(claim).await?;
        let begun = bulks + claimed.len();
        for job in claimed {
            let (house, lane) = (house.clone(), Lane { kind: job.kind.clone(), party: job.party.clone() });
            crew.begin(lane, async move {
                if let Err(problem) = run(&house, &job).await {
                    tracing::error!(job = %job.kind, %problem, place = %problem.place, "what came of a job is not recorded");
                }
            });
        }
        Ok(begun)
    }
}

fn in_bulk(kind: &str) -> Option<InBulk> {
    IN_BULK.iter().find(|(name, _)| *name == kind).map(|(_, deed)| *deed)
}

/// Does what is due in a lane, many at once; what was tried before, or one of which could not be done, by itself.
async fn bulk(house: House, lane: Lane, deed: InBulk) {
    while !house.is_stopping() {
        match bulk_once(&house, &lane, deed).await {
            Ok(0) => break,
            Ok(_) => {}
            Err(problem) => {
                tracing::error!(job = %lane.kind, %problem, place = %problem.place, "what came of a job is not recorded");
                break;
            }
        }
    }
}

/// How many jobs that were. Errors: the database's.
async fn bulk_once(house: &House, lane: &Lane, deed: InBulk) -> Result<usize> {
    let (for_all, all) = (house.clone(), lane.clone());
    let done = house.store.write(move |tx| {
        let subjects = store::take_untried(tx, &all, BULK)?;
        deed(&for_all, tx, &subjects)?;
        Ok(subjects.len())
    });
    match done.await {
        Ok(0) => {}
        Ok(done) => return Ok(done),
        Err(problem) => tracing::warn!(job = %lane.kind, %problem, "one of many jobs failed; each is done by itself"),
    }
    let (claimed, lease) = (lane.clone(), work_of(&lane.kind).lease_seconds);
    let jobs = house.store.write(move |tx| store::claim_lane(tx, &claimed, tx.now(), BULK, lease)).await?;
    for job in &jobs {
        run(house, job).await?;
    }
    Ok(jobs.len())
}

/// Does everything that is due, of every kind, one after the other, until nothing is; how many jobs that were. A failed job stays
/// on the list for later. For tests and made-up worlds: a server's jobs have hands of their own.
pub async fn run_due(house: &House) -> Result<usize> {
    let mut ran = 0;
    loop {
        let lease = UNKNOWN.lease_seconds;
        let jobs = house.store.write(move |tx| store::claim(tx, tx.now(), BATCH, lease)).await?;
        if jobs.is_empty() {
            return Ok(ran);
        }
        for job in &jobs {
            run(house, job).await?;
            ran += 1;
        }
    }
}

/// Does a claimed job and records what came of it. Errors: the database's; then the lease gives it out again.
async fn run(house: &House, job: &JobRow) -> Result<()> {
    let work = work_of(&job.kind);
    let done = match work.renews {
        true => perform(house, job).await,
        false => within(Duration::from_secs(work.lease_seconds.unsigned_abs()), perform(house, job)).await,
    };
    match done {
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

/// The last of the clocks: a call that has none of its own, or many calls in a row, end with the lease.
async fn within(lease: Duration, work: impl Future<Output = Result<()>>) -> Result<()> {
    tokio::time::timeout(lease, work).await.unwrap_or_else(|_| {
        let say = format!("It was broken off after {} s without an answer; it is tried again.", lease.as_secs());
        Err(Error::unavailable("job_too_long", say))
    })
}

async fn perform(house: &House, job: &JobRow) -> Result<()> {
    if act(house, job).await? {
        return Ok(());
    }
    let job = job.clone();
    house.store.write(move |tx| store::done(tx, &job)).await
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a helper of a test may fail it")]
mod tests {
    use super::*;
    use payments::sandbox::WEBHOOK;

    #[test]
    fn every_kind_has_one_deed_hands_and_a_lease() {
        let mut kinds: Vec<&str> = works().map(|work| work.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        assert_eq!(kinds.len(), DEEDS.len(), "two deeds for one kind");
        assert!(works().all(|work| work.hands > 0 && work.lease_seconds >= 60));
    }

    /// Runs `test` over an empty house on every engine.
    fn each(test: impl AsyncFn(House)) {
        for (engine, store) in store::testing::stores(crate::schemas()) {
            println!("on {engine}");
            let house = House::new(store).unwrap();
            tokio::runtime::Runtime::new().unwrap().block_on(test(house));
        }
    }

    mod noted {
        use serde::{Deserialize, Serialize};

        store::events! {
            Private "test.noted" Noted: i64;
        }

        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub struct Noted {}
    }

    use noted::Noted;

    fn lane() -> Lane {
        Lane { kind: WEBHOOK.kind.into(), party: String::new() }
    }

    async fn schedule(house: &House, subjects: std::ops::Range<i64>) {
        let put = move |tx: &mut Tx| {
            let now = tx.now();
            subjects.clone().try_for_each(|subject| tx.schedule(&WEBHOOK.job(subject, now)))
        };
        house.store.write(put).await.unwrap();
    }

    async fn count(house: &House, sql: &'static str) -> i64 {
        house.store.read(move |db| db.raw(sql, &[])?[0].get(0)).await.unwrap()
    }

    /// Notes each subject, and cannot do the seventh.
    fn stumble(_: &House, tx: &mut Tx, subjects: &[i64]) -> Result<()> {
        for subject in subjects {
            tx.emit(*subject, &Noted {})?;
        }
        if subjects.contains(&7) { Err(Error::conflict("seven", "Not this one.")) } else { Ok(()) }
    }

    #[test]
    fn many_jobs_are_done_in_one_transaction_and_none_of_them_when_one_fails() {
        each(async |house| {
            let deed = in_bulk(WEBHOOK.kind).unwrap();
            schedule(&house, 1000..1150).await;
            assert_eq!(bulk_once(&house, &lane(), deed).await.unwrap(), 100);
            assert_eq!(bulk_once(&house, &lane(), deed).await.unwrap(), 50);
            assert_eq!(bulk_once(&house, &lane(), deed).await.unwrap(), 0);
            schedule(&house, 1..21).await;
            let noted = "SELECT COUNT(*) FROM event WHERE kind = 'test.noted'";
            assert_eq!(bulk_once(&house, &lane(), stumble).await.unwrap(), 20, "each by itself then");
            assert_eq!(count(&house, noted).await, 0, "nothing is left of the transaction that failed");
            assert_eq!(count(&house, "SELECT COUNT(*) FROM job").await, 0);
        });
    }

    #[test]
    fn news_of_the_sandbox_are_taken_in_by_the_hundred_and_once() {
        each(async |house| {
            let open = |tx: &mut Tx| {
                let (amount, now) = (base::Money::new(1500, base::Currency::EUR), tx.now().micros());
                let (provider, method) = (payments::sandbox::NAME.to_owned(), "sandbox:decline".to_owned());
                let open = payments::Open { subject: now, due: 0, amount, provider, method, key: "test".into() };
                Ok(payments::open(tx, &open)?.id)
            };
            let intent = house.store.write(open).await.unwrap();
            let ask = payments::Authorise {
                intent,
                amount: base::Money::new(1500, base::Currency::EUR),
                method: "sandbox:decline".into(),
                capture: true,
                label: "Test".into(),
                return_url: String::new(),
            };
            payments::Provider::authorise(&*house.sandbox, &ask).await.unwrap();
            let deed = in_bulk(WEBHOOK.kind).unwrap();
            assert_eq!(bulk_once(&house, &lane(), deed).await.unwrap(), 0, "not due yet");
            house.store.clock().advance_seconds(3);
            assert_eq!(bulk_once(&house, &lane(), deed).await.unwrap(), 1);
            let known = house.store.read(move |db| payments::intent(db, intent)).await.unwrap();
            assert_eq!(known.state, payments::State::Declined);
            schedule(&house, intent.raw()..intent.raw() + 1).await;
            assert_eq!(bulk_once(&house, &lane(), deed).await.unwrap(), 1);
            assert_eq!(count(&house, "SELECT COUNT(*) FROM payment_notice").await, 1, "told twice, written once");
        });
    }

    #[tokio::test]
    async fn work_that_outlasts_its_lease_is_broken_off() {
        let lease = Duration::ZERO;
        assert_eq!(within(lease, std::future::pending()).await.unwrap_err().code, "job_too_long");
        assert!(within(lease, async { Ok(()) }).await.is_ok());
        let failed = || Err(Error::invalid("wrong", "No."));
        assert_eq!(within(lease, async { failed() }).await.unwrap_err().code, "wrong");
    }
}
