//! Time, the worker and the post: jobs that run, run twice or die half way; webhooks doubled, late, reordered and lost.

use super::nobody;
use crate::hands::Hands;
use crate::run::Sim;
use base::{Kind, Result};
use payments::sandbox::Delivery;
use store::JobRow;

/// Jobs claimed at once, and for how long.
const BATCH: i64 = 20;
const LEASE_SECONDS: i64 = 120;

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
                if let Some(how) = self.run_job(&job).await? {
                    let told = self.restart(how)?;
                    return Ok(format!("{ran} jobs, then at {} of {} {told}", job.kind, job.subject));
                }
            }
        }
        Ok(format!("{ran} jobs"))
    }

    /// Runs one job; says how the process died, if it did.
    async fn run_job(&mut self, job: &JobRow) -> Result<Option<&'static str>> {
        *self.summary.counts.entry(format!("job: {}", job.kind)).or_default() += 1;
        if !self.calm && self.chance.one_in(600) {
            return Ok(Some("before a job"));
        }
        let held = job.clone();
        if job.kind == payments::sandbox::WEBHOOK.kind {
            self.send_post(job).await?;
            self.process.store.write(move |tx| store::done(tx, &held)).await?;
            return Ok(None);
        }
        match self.process.live(self.process.hands.act(job)).await {
            None => Ok(Some("in a job")),
            Some(Ok(true)) => Ok(None),
            Some(Ok(false)) if !self.calm && self.chance.one_in(30) => Ok(Some("before a job was ended")),
            Some(Ok(false)) => {
                self.process.store.write(move |tx| store::done(tx, &held)).await?;
                Ok(None)
            }
            Some(Err(error)) if error.kind == Kind::Unavailable => {
                let say = self.refused(error)?;
                self.process.store.write(move |tx| store::failed(tx, &held, &say)).await?;
                Ok(None)
            }
            Some(Err(error)) => {
                Err(base::Error::internal(format!("job {} of {}: {error} ({})", job.kind, job.subject, error.place)))
            }
        }
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
            Ok(foreign) if !foreign.is_empty() => Err(base::Error::internal(format!("news of nothing: {foreign:?}"))),
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
