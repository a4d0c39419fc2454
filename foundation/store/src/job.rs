//! Jobs: work that is due at a time. Claimed with a lease, tried again with growing pauses, never lost.

use crate::{Read, Row, Tx, dialect, params};
use base::{Error, Moment, Result};

/// A kind of work, declared as a constant beside the function that does it. Each kind has hands of its own, and so has each
/// party it waits for: whoever does not answer holds up what waits for it, and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// Stable name: `order.unpaid`.
    pub kind: &'static str,
    /// Jobs of this kind and one party that a process works on at once.
    pub hands: usize,
    /// Seconds for which a claimed job is nobody else's; longer than all its calls may take together.
    pub lease_seconds: i64,
    /// The work renews its lease as it goes, and may take hours. Other work is broken off when its lease is over.
    pub renews: bool,
}

impl Work {
    /// A job of this kind: not before `run_at`, for the raw id `subject`, waiting for no party.
    pub const fn job(self, subject: i64, run_at: Moment) -> Job<'static> {
        Job { work: self, subject, run_at, party: "" }
    }
}

/// Work to be done later. There is at most one of a kind, subject and party on the list: of two times the earlier stays. If it is
/// being worked on just now, it runs once more afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Job<'a> {
    /// What to do.
    pub work: Work,
    /// Raw id of what to do it to.
    pub subject: i64,
    /// Not before.
    pub run_at: Moment,
    /// Whom it waits for, such as the name of a payment provider; empty where it waits for nobody outside.
    pub party: &'a str,
}

impl Job<'_> {
    /// The same, waiting for `party`.
    pub const fn with(self, party: &str) -> Job<'_> {
        Job { work: self.work, subject: self.subject, run_at: self.run_at, party }
    }
}

/// A claimed job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobRow {
    /// For [`done`] and [`failed`].
    pub id: i64,
    /// What to do.
    pub kind: String,
    /// Raw id of what to do it to.
    pub subject: i64,
    /// Whom it waits for; may be empty.
    pub party: String,
    /// Which attempt this is, from 1.
    pub attempts: i64,
}

/// Jobs that wait for the same hands: those of one kind and one party.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lane {
    /// What to do.
    pub kind: String,
    /// Whom it waits for; may be empty.
    pub party: String,
}

/// The pause after the first failure, doubled with each further one,
const PAUSE_SECONDS: i64 = 10;
/// up to this.
const LONGEST_PAUSE_SECONDS: i64 = 3600;

impl Tx {
    /// Puts a job on the list.
    pub fn schedule(&mut self, job: &Job) -> Result<()> {
        let id = self.new_id();
        self.send(SCHEDULE, params![id, job.work.kind, job.subject, job.party, job.run_at])
    }

    /// Takes every job of this kind and subject off the list, whoever it waits for.
    pub fn unschedule(&mut self, work: Work, subject: i64) -> Result<()> {
        self.send(UNSCHEDULE, params![work.kind, subject])
    }
}

/// The lanes in which a job is due; found by one step in the index for each lane, however many jobs wait in it.
pub fn due_lanes(db: &mut Read) -> Result<Vec<Lane>> {
    let now = db.now();
    lanes_due(db, now)
}

fn lanes_due(db: &mut Read, now: Moment) -> Result<Vec<Lane>> {
    let mut due = Vec::new();
    let mut last = Lane { kind: String::new(), party: String::new() };
    while let Some(row) = db.maybe(NEXT_LANE, params![last.kind, last.party])? {
        last = Lane { kind: row.get(0)?, party: row.get(1)? };
        if row.get::<Moment>(2)? <= now {
            due.push(last.clone());
        }
    }
    Ok(due)
}

/// Takes up to `limit` jobs of a lane that are due at `now`, earliest first. Whoever claims a job must call [`done`] or
/// [`failed`] within `lease_seconds`, or [`renew`] it; otherwise it is given out again.
pub fn claim_lane(tx: &mut Tx, lane: &Lane, now: Moment, limit: i64, lease_seconds: i64) -> Result<Vec<JobRow>> {
    let due = dialect::due_jobs(tx, params![now, limit, lane.kind, lane.party])?;
    let until = now.plus_seconds(lease_seconds);
    due.iter().map(|row| take(tx, row, until)).collect()
}

/// Takes up to `limit` jobs of a lane off the list that are due and that nobody has tried yet, earliest first; gives their subjects.
/// For small work inside of the house that is done in this very transaction: if that fails they are on the list again, and whoever
/// took them does them one by one, by [`claim_lane`].
pub fn take_untried(tx: &mut Tx, lane: &Lane, limit: i64) -> Result<Vec<i64>> {
    let now = tx.now();
    let mut taken = Vec::new();
    for row in dialect::untried_jobs(tx, params![now, limit, lane.kind, lane.party])? {
        let id: i64 = row.get(0)?;
        tx.send(TAKE, params![id])?;
        taken.push(row.get(1)?);
    }
    Ok(taken)
}

/// [`claim_lane`] of every lane: up to `limit` of each, so that a hundred thousand of one kind keep no other waiting; the earliest
/// comes first.
pub fn claim(tx: &mut Tx, now: Moment, limit: i64, lease_seconds: i64) -> Result<Vec<JobRow>> {
    let mut due = Vec::new();
    for lane in lanes_due(tx, now)? {
        for row in dialect::due_jobs(tx, params![now, limit, lane.kind, lane.party])? {
            due.push((row.get::<Moment>(5)?, row.get::<i64>(0)?, row));
        }
    }
    due.sort_by_key(|(run_at, id, _)| (*run_at, *id));
    let until = now.plus_seconds(lease_seconds);
    due.iter().map(|(_, _, row)| take(tx, row, until)).collect()
}

// What is read of a job, in this order; more may follow.
macro_rules! select_job {
    ($from:literal) => {
        concat!("SELECT id, kind, subject, party, attempts, run_at ", $from)
    };
}
pub(crate) use select_job;

fn take(tx: &mut Tx, row: &Row, until: Moment) -> Result<JobRow> {
    let attempts = row.get::<i64>(4)? + 1;
    let job = JobRow { id: row.get(0)?, kind: row.get(1)?, subject: row.get(2)?, party: row.get(3)?, attempts };
    tx.send(CLAIM, params![job.id, until, attempts])?;
    Ok(job)
}

/// The job's work has been done; call it in the transaction that did it. A job that the work itself took off the list is
/// done, too. Errors: `job_lost` (conflict) when it was given to another worker meanwhile: then this transaction must not
/// commit what the job does.
pub fn done(tx: &mut Tx, job: &JobRow) -> Result<()> {
    let held = params![job.id, job.attempts];
    let anew = tx.new_id();
    if tx.run(DONE, held)? > 0
        || tx.run(AGAIN, params![job.id, job.attempts, anew])? > 0
        || tx.maybe(ATTEMPTS, params![job.id])?.is_none()
    {
        return Ok(());
    }
    Err(lost_job())
}

/// What a worker hears that took longer than its lease: the job is another's now, and so is what becomes of it.
pub fn lost_job() -> Error {
    Error::conflict(JOB_LOST, "The job took longer than its lease; another worker has it now.")
}

/// The code of [`lost_job`].
pub const JOB_LOST: &str = "job_lost";

/// Keeps a claimed job for another `lease_seconds`. Says `false` when it was given to another worker meanwhile: then this
/// transaction must not commit what the job does.
pub fn renew(tx: &mut Tx, job: &JobRow, lease_seconds: i64) -> Result<bool> {
    let until = tx.now().plus_seconds(lease_seconds);
    Ok(tx.run(RENEW, params![job.id, until, job.attempts])? == 1)
}

/// Gives a claimed job back unfinished, to be taken on at once by whoever comes first: this process stops.
pub fn hand_back(tx: &mut Tx, job: &JobRow) -> Result<()> {
    let now = tx.now();
    tx.send(HAND_BACK, params![job.id, now, job.attempts])
}

/// The job could not be done: it stays on the list with `error`, for later (10 s, 20 s, 40 s … 1 h after `tx.now()`). What
/// was given to another worker meanwhile stays as it is.
pub fn failed(tx: &mut Tx, job: &JobRow, error: &str) -> Result<()> {
    let doublings = (job.attempts - 1).clamp(0, 20);
    let pause = (PAUSE_SECONDS << doublings).min(LONGEST_PAUSE_SECONDS);
    let run_at = tx.now().plus_seconds(pause);
    tx.send(FAILED, params![job.id, run_at, error, job.attempts])
}

/// Whether there is anything left to do of this kind that waits for this party.
pub fn has_jobs(db: &mut Read, work: Work, party: &str) -> Result<bool> {
    Ok(db.maybe(ANY, params![work.kind, party])?.is_some())
}

/// How many jobs are due and wait.
pub fn due_count(db: &mut Read) -> Result<i64> {
    let now = db.now();
    let mut count = 0;
    for lane in lanes_due(db, now)? {
        count += db.one(DUE_COUNT, params![lane.kind, lane.party, now])?.get::<i64>(0)?;
    }
    Ok(count)
}

/// For how long the job waits that has been due for longest, in microseconds; 0 when none is due.
pub fn jobs_behind(db: &mut Read) -> Result<i64> {
    let (now, mut behind) = (db.now(), 0);
    let mut last = Lane { kind: String::new(), party: String::new() };
    while let Some(row) = db.maybe(NEXT_LANE, params![last.kind, last.party])? {
        last = Lane { kind: row.get(0)?, party: row.get(1)? };
        behind = behind.max(now.micros() - row.get::<Moment>(2)?.micros());
    }
    Ok(behind)
}

/// A job that failed and waits for its next attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailingJob {
    /// For [`retry`].
    pub id: i64,
    /// What to do.
    pub kind: String,
    /// Raw id of what to do it to.
    pub subject: i64,
    /// Whom it waits for; may be empty.
    pub party: String,
    /// Attempts so far.
    pub attempts: i64,
    /// When it is tried again.
    pub run_at: Moment,
    /// Why the last attempt failed.
    pub error: String,
}

/// Up to `limit` jobs whose last attempt failed, the next to be tried first.
pub fn failing(db: &mut Read, limit: i64) -> Result<Vec<FailingJob>> {
    let rows = db.query(FAILING, params![limit])?;
    rows.iter()
        .map(|row| {
            Ok(FailingJob {
                id: row.get(0)?,
                kind: row.get(1)?,
                subject: row.get(2)?,
                party: row.get(3)?,
                attempts: row.get(4)?,
                run_at: row.get(5)?,
                error: row.get(6)?,
            })
        })
        .collect()
}

/// Tries a failed job again at once. A job that is being worked on, or done, stays as it is; says whether it was one.
pub fn retry(tx: &mut Tx, id: i64) -> Result<bool> {
    let now = tx.now();
    Ok(tx.run(RETRY, params![id, now])? == 1)
}

const FAILING: &str = select_job!(", last_error FROM job WHERE last_error IS NOT NULL ORDER BY run_at, id LIMIT $1");
const RETRY: &str = "UPDATE job SET run_at = $2 WHERE id = $1 AND locked_until IS NULL AND last_error IS NOT NULL";
const SCHEDULE: &str = "INSERT INTO job (id, kind, subject, party, run_at, attempts) VALUES ($1, $2, $3, $4, $5, 0)
     ON CONFLICT (kind, subject, party) DO UPDATE SET
       run_at = CASE WHEN job.locked_until IS NULL AND excluded.run_at < job.run_at
                THEN excluded.run_at ELSE job.run_at END,
       again_at = CASE WHEN job.locked_until IS NOT NULL AND (job.again_at IS NULL OR excluded.run_at < job.again_at)
                  THEN excluded.run_at ELSE job.again_at END";
const UNSCHEDULE: &str = "DELETE FROM job WHERE kind = $1 AND subject = $2";
const CLAIM: &str = "UPDATE job SET run_at = $2, locked_until = $2, attempts = $3 WHERE id = $1";
const TAKE: &str = "DELETE FROM job WHERE id = $1";
const RENEW: &str = "UPDATE job SET run_at = $2, locked_until = $2 WHERE id = $1 AND attempts = $3
     AND locked_until IS NOT NULL";
const HAND_BACK: &str = "UPDATE job SET run_at = $2, locked_until = NULL
     WHERE id = $1 AND attempts = $3 AND locked_until IS NOT NULL";
const NEXT_LANE: &str =
    "SELECT kind, party, run_at FROM job WHERE (kind, party) > ($1, $2) ORDER BY kind, party, run_at LIMIT 1";
const DONE: &str = "DELETE FROM job WHERE id = $1 AND attempts = $2 AND again_at IS NULL";
// Under another id: whoever had it before and answers late must not end it when its attempts are counted to the same number.
const AGAIN: &str = "UPDATE job SET id = $3, run_at = again_at, again_at = NULL, locked_until = NULL, attempts = 0, \
     last_error = NULL WHERE id = $1 AND attempts = $2 AND again_at IS NOT NULL";
const ATTEMPTS: &str = "SELECT attempts FROM job WHERE id = $1";
const FAILED: &str = "UPDATE job SET run_at = $2, locked_until = NULL, again_at = NULL, last_error = $3
     WHERE id = $1 AND attempts = $4";
const ANY: &str = "SELECT id FROM job WHERE kind = $1 AND party = $2 ORDER BY run_at LIMIT 1";
const DUE_COUNT: &str = "SELECT COUNT(*) FROM job WHERE kind = $1 AND party = $2 AND run_at <= $3";
