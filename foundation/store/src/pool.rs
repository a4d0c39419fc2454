//! PostgreSQL threads: each owns one connection and runs closures on it, again if they collide.

use crate::postgres::{Link, Trouble};
use crate::queue::Queue;
use crate::read::Link as AnyLink;
use crate::server::Server;
use crate::store::unavailable;
use crate::task::{Task, Work, note_long};
use crate::{Read, Shared, Tx};
use base::{Error, Result};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// A closure is run this often before its collisions become an error.
const ATTEMPTS: u32 = 10;

/// How one attempt ended.
enum End {
    Answer(Result<()>),
    /// Nothing has happened; run it again.
    Collision,
    /// Nothing has happened; the connection is gone.
    Lost,
    /// The connection went while committing: it may have happened.
    Unknown,
}

/// A thread's life: one task after the other. Connects when first needed, and again when the connection is lost.
pub(crate) fn work_loop(server: &Server, shared: &Arc<Shared>, queue: &Queue<Task>) {
    let mut opened: Option<Tx> = None;
    while let Some(task) = next(queue, &mut opened) {
        match task {
            Task::Write(mut work) => {
                let outcome = attempts(&mut opened, server, shared, |tx| write(tx, work.as_mut()));
                work.finish(outcome);
            }
            Task::Read(mut work) => {
                let outcome = attempts(&mut opened, server, shared, |tx| read(&mut tx.read, work.as_mut()));
                work.finish(outcome);
            }
        }
    }
}

/// The next task. The end of a read travels with it; if none waits it is sent now, so that no snapshot stays open.
fn next(queue: &Queue<Task>, opened: &mut Option<Tx>) -> Option<Task> {
    if let Some(task) = queue.take_waiting() {
        return Some(task);
    }
    if opened.as_mut().is_some_and(|tx| tx.read.flush().is_err()) {
        *opened = None;
    }
    queue.take(1).pop()
}

fn attempts(
    opened: &mut Option<Tx>,
    server: &Server,
    shared: &Arc<Shared>,
    mut attempt: impl FnMut(&mut Tx) -> End,
) -> Result<()> {
    for number in 1..=ATTEMPTS {
        let mut tx = match opened.take() {
            Some(tx) => tx,
            None => {
                let link = Link::open(server).map_err(|problem| unavailable(format!("cannot connect: {problem}")))?;
                Tx::new(Read::new(AnyLink::Postgres(Box::new(link)), shared.clone()))
            }
        };
        match attempt(&mut tx) {
            End::Answer(outcome) => {
                *opened = Some(tx);
                return outcome;
            }
            End::Collision => {
                *opened = Some(tx);
                pause(number);
            }
            End::Lost => {}
            End::Unknown => {
                let words = "The connection to the database was lost at the very end; look whether it happened.";
                return Err(Error::unavailable("outcome_unknown", words));
            }
        }
    }
    Err(Error::unavailable("collisions", "Too much happened to the same thing at once; try again in a moment."))
}

/// Waits a random part of a time that doubles with each attempt, so that colliding transactions part.
fn pause(attempt: u32) {
    let longest = 1_000_u64 << attempt.min(8);
    // It may wake early; nothing depends on the length.
    thread::park_timeout(Duration::from_micros(rand::random_range(0..longest)));
}

fn write(tx: &mut Tx, work: &mut dyn Work<Tx>) -> End {
    tx.read.begin(work.actor());
    tx.emitted = 0;
    let began = Instant::now();
    tx.read.send_batch("BEGIN");
    let outcome = work.run(tx);
    note_long(work.name(), began.elapsed());
    let outcome = match tx.read.trouble() {
        Some(Trouble::Lost) => return End::Lost,
        Some(Trouble::Collision) => return roll_back(&mut tx.read, End::Collision),
        None => tx.read.verdict(outcome),
    };
    if let Err(error) = outcome {
        return roll_back(&mut tx.read, End::Answer(Err(error)));
    }
    // Whoever sums up what is older than a minute relies on nothing older being committed later.
    if began.elapsed() > tx.read.shared.patience() {
        let words = format!("A transaction lasted {} s and was rolled back.", began.elapsed().as_secs());
        return roll_back(&mut tx.read, End::Answer(Err(Error::unavailable("too_slow", words))));
    }
    match tx.read.batch("COMMIT") {
        Ok(()) => {
            tx.read.shared.noticed.wrote();
            End::Answer(Ok(()))
        }
        Err(error) => match tx.read.trouble() {
            Some(Trouble::Lost) => End::Unknown,
            trouble => failed(trouble, error),
        },
    }
}

fn read(read: &mut Read, work: &mut dyn Work<Read>) -> End {
    read.begin(work.actor());
    read.send_batch("START TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    let outcome = work.run(read);
    match read.trouble() {
        Some(Trouble::Lost) => End::Lost,
        Some(Trouble::Collision) => roll_back(read, End::Collision),
        None => {
            let outcome = read.verdict(outcome);
            read.forget();
            read.send_batch("ROLLBACK");
            End::Answer(outcome)
        }
    }
}

/// Ends the transaction without its changes. If that fails the connection is gone, and with it the transaction: the
/// next one finds out and connects anew.
fn roll_back(read: &mut Read, end: End) -> End {
    read.forget();
    match read.batch("ROLLBACK") {
        Err(_) if matches!(end, End::Collision) => End::Lost,
        _ => end,
    }
}

fn failed(trouble: Option<Trouble>, error: Error) -> End {
    match trouble {
        Some(Trouble::Lost) => End::Lost,
        Some(Trouble::Collision) => End::Collision,
        None => End::Answer(Err(error)),
    }
}
