//! Time, the worker and the post: jobs that run, run twice or die half way; webhooks doubled, late, reordered and lost.

use super::nobody;
use crate::callers::Caller;
use crate::faulty::Line;
use crate::hands::Hands;
use crate::run::{Met, Sim};
use base::{Error, Kind, Result};
use payments::sandbox::Delivery;
use store::{JobRow, Store};

/// Jobs claimed at once, and for how long.
const BATCH: i64 = 20;
const LEASE_SECONDS: i64 = 120;
/// Jobs of a lane that a node claims at once when two of them meet, and how often.
const NODE_BATCH: i64 = 3;
const NODE_ROUNDS: usize = 3;

impl<H: Hands> Sim<'_, H> {
    pub(crate) async fn wait(&mut self) -> Result<String> {
        let seconds = match self.chance.below(100) {
            0..70 => self.chance.between(20, 600),
            70..94 => self.chance.between(3_600, 8 * 3_600),
            _ => self.chance.between(86_400, 3 * 86_400),
        };
        self.clock.advance_seconds(seconds);
        self.new_day().await?;
        Ok(format!("{seconds} seconds"))
    }

    /// Runs what is due: a part of it, all of it, or until the process dies.
    pub(crate) async fn work(&mut self) -> Result<String> {
        let mut rounds = if self.calm { usize::MAX } else { 1 + self.chance.below(6) };
        let mut ran = 0;
        if self.calm || self.chance.one_in(2) {
            self.process.hands.react().await?;
        }
        while rounds > 0 {
            rounds -= 1;
            let jobs = self.process.store.write(|tx| store::claim(tx, tx.now(), BATCH, LEASE_SECONDS)).await?;
            if jobs.is_empty() {
                break;
            }
            for job in jobs {
                ran += 1;
                let about = format!("{} of {}", job.kind, job.subject);
                if let Some(told) = self.run_job(job).await? {
                    return Ok(format!("{ran} jobs, then at {about} {told}"));
                }
            }
        }
        Ok(format!("{ran} jobs"))
    }

    /// Runs one job; says how the process died, if it did.
    async fn run_job(&mut self, job: JobRow) -> Result<Option<String>> {
        *self.summary.counts.entry(format!("job: {}", job.kind)).or_default() += 1;
        if !self.calm && self.chance.one_in(600) {
            return self.restart("before a job").map(Some);
        }
        if job.kind == payments::sandbox::WEBHOOK.kind {
            self.send_post(&job).await?;
            self.process.store.write(move |tx| store::done(tx, &job)).await?;
            return Ok(None);
        }
        let dies = !self.calm && self.chance.one_in(30);
        let worker = self.worker(job, dies);
        match self.meet(vec![worker]).await? {
            Met::Died(told) => Ok(Some(told)),
            Met::Said(_) => Ok(None),
        }
    }

    /// Somebody who does a claimed job and ends it, or puts it off; and may die between the two.
    fn worker(&self, job: JobRow, dies: bool) -> Caller {
        let (store, hands, line) = (self.process.store.clone(), self.process.hands.clone(), self.line.clone());
        Box::pin(async move { do_job(&store, &hands, &line, job, dies).await })
    }

    /// Somebody who claims what is due and does it, as a node's worker: two of them share the jobs, and never do one twice.
    pub(crate) fn working_node(&self) -> Caller {
        let (store, hands, line) = (self.process.store.clone(), self.process.hands.clone(), self.line.clone());
        Box::pin(async move {
            let mut done = 0;
            for _ in 0..NODE_ROUNDS {
                let claim = |tx: &mut store::Tx| store::claim(tx, tx.now(), NODE_BATCH, LEASE_SECONDS);
                for job in store.write(claim).await? {
                    do_job(&store, &hands, &line, job, false).await?;
                    done += 1;
                }
            }
            Ok(format!("{done} jobs"))
        })
    }

    /// Hours or days go by, and whoever waits for an answer gets it, or gives up.
    pub(crate) async fn answer(&mut self) -> Result<String> {
        if self.process.hanging.is_empty() {
            return nobody();
        }
        let seconds = match self.chance.below(4) {
            0 => self.chance.between(86_400, 4 * 86_400),
            1 => self.chance.between(600, 6 * 3_600),
            _ => self.chance.between(20, 60),
        };
        self.clock.advance_seconds(seconds);
        self.new_day().await?;
        self.line.answer();
        let waiting = std::mem::take(&mut self.process.hanging);
        let said = format!("{} waited for {seconds} seconds", waiting.len());
        *self.summary.counts.entry("a late answer".into()).or_default() += waiting.len() as u64;
        Ok(format!("{said}: {}", self.meet(waiting).await?.told()))
    }

    /// What the provider sends: arrives, arrives twice, is late, or is lost.
    async fn send_post(&mut self, job: &JobRow) -> Result<()> {
        for delivery in self.process.sandbox.deliver(job.subject).await? {
            match self.chance.below(if self.calm { 1 } else { 100 }) {
                0..62 => self.receive_post(&delivery).await?,
                62..76 => {
                    self.receive_post(&delivery).await?;
                    self.receive_post(&delivery).await?;
                }
                76..90 => self.post.push(delivery),
                _ => *self.summary.counts.entry("lost webhook".into()).or_default() += 1,
            }
        }
        Ok(())
    }

    async fn receive_post(&mut self, delivery: &Delivery) -> Result<()> {
        let (store, providers) = (self.process.store.clone(), self.process.providers.clone());
        let taken = checkout::notice(&store, providers.taking(), &delivery.headers, &delivery.body).await;
        match taken {
            // Too old to be believed: it counts as lost.
            Err(error) if error.kind == Kind::Unauthenticated => {
                *self.summary.counts.entry("stale webhook".into()).or_default() += 1;
                Ok(())
            }
            // The world has one shop: news of nothing it has would be a mistake.
            Ok(foreign) if !foreign.is_empty() => Err(Error::internal(format!("news of nothing: {foreign:?}"))),
            other => other.map(drop),
        }
    }

    pub(crate) async fn late_post(&mut self) -> Result<String> {
        if self.post.is_empty() {
            return nobody();
        }
        let delivery = self.post.swap_remove(self.chance.below(self.post.len()));
        self.receive_post(&delivery).await?;
        let about = delivery.headers.iter().find(|(name, _)| name == "webhook-id").map(|(_, id)| id.clone());
        Ok(about.unwrap_or_default())
    }
}

/// Does a claimed job and ends it, or puts it off. Errors: those that are no lack of an answer.
async fn do_job<H: Hands>(store: &Store, hands: &H, line: &Line, job: JobRow, dies: bool) -> Result<String> {
    let about = format!("{} of {}", job.kind, job.subject);
    let acted = hands.act(&job).await;
    let ended = match acted {
        Ok(true) => Ok(()),
        Ok(false) if dies => line.die().await,
        Ok(false) => store.write(move |tx| store::done(tx, &job)).await,
        Err(error) if error.kind == Kind::Unavailable => {
            let say = error.to_string();
            store.write(move |tx| store::failed(tx, &job, &say)).await
        }
        Err(error) => Err(error),
    };
    match ended {
        Ok(()) => Ok(about),
        // It took so long that somebody else has it.
        Err(error) if error.code == store::JOB_LOST => Ok(format!("{about} is another's")),
        Err(error) => Err(Error::internal(format!("job {about}: {error} ({})", error.place))),
    }
}
