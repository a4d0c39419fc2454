//! Work under way, counted by whom it waits for: whoever does not answer has a share of the hands, and no more.

use crate::house::House;
use base::Result;
use std::collections::HashMap;
use std::future::{Future, pending};
use std::time::Duration;
use tokio::task::{Id, JoinSet};

/// Tasks under way, each for a key: a lane of jobs, an endpoint.
pub(crate) struct Crew<K> {
    tasks: JoinSet<()>,
    keys: HashMap<Id, K>,
}

/// Starts what is due and has a hand free. Says how much that was.
pub(crate) trait Starts<K>: Send + Sync {
    /// What it is, for the log.
    fn name(&self) -> &'static str;

    /// Claims and starts. Errors: the database's.
    fn start(&self, house: &House, crew: &mut Crew<K>) -> impl Future<Output = Result<usize>> + Send;
}

impl<K: Eq + Send> Crew<K> {
    /// Nobody.
    pub(crate) fn new() -> Crew<K> {
        Crew { tasks: JoinSet::new(), keys: HashMap::new() }
    }

    /// How many are at work.
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    /// How many are at work for `key`.
    pub(crate) fn busy(&self, key: &K) -> usize {
        self.keys.values().filter(|other| *other == key).count()
    }

    /// Begins `work` for `key`, beside everything else.
    pub(crate) fn begin(&mut self, key: K, work: impl Future<Output = ()> + Send + 'static) {
        let task = self.tasks.spawn(work);
        self.keys.insert(task.id(), key);
    }

    /// Waits until somebody is done; for ever when nobody is at work.
    async fn one_ends(&mut self) {
        let ended = match self.tasks.join_next_with_id().await {
            Some(ended) => ended.map(|(id, ())| id),
            None => pending().await,
        };
        self.note(ended);
        // Those that ended with it, such as in the same commit.
        while let Some(ended) = self.tasks.try_join_next_with_id() {
            self.note(ended.map(|(id, ())| id));
        }
    }

    fn note(&mut self, ended: std::result::Result<Id, tokio::task::JoinError>) {
        let id = ended.unwrap_or_else(|problem| {
            tracing::error!(%problem, "work broke off; its lease gives it out again");
            problem.id()
        });
        self.keys.remove(&id);
    }

    /// Starts what is due, and more whenever a hand is free, until the house stops; then waits for what is in hand.
    pub(crate) async fn work(mut self, what: impl Starts<K>, house: House) {
        let mut pause = pause(TICK);
        while !house.is_stopping() {
            tokio::select! {
                _ = pause.tick() => {}
                () = self.one_ends() => {}
            }
            if house.is_stopping() {
                break;
            }
            if let Err(problem) = what.start(&house, &mut self).await {
                tracing::error!(what = what.name(), %problem, place = %problem.place, "work stumbled; it goes on");
            }
        }
        while self.len() > 0 {
            self.one_ends().await;
        }
    }

    /// Starts what is due until nothing is, and waits for all of it; how much that was.
    pub(crate) async fn work_off(mut self, what: &impl Starts<K>, house: &House) -> Result<usize> {
        let mut begun = 0;
        loop {
            begun += what.start(house, &mut self).await?;
            if self.len() == 0 {
                return Ok(begun);
            }
            self.one_ends().await;
        }
    }
}

/// How often is looked whether something is due.
pub(crate) const TICK: Duration = Duration::from_millis(250);

/// Beats that wait for whoever is late.
pub(crate) fn pause(every: Duration) -> tokio::time::Interval {
    let mut pause = tokio::time::interval(every);
    pause.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    pause
}
