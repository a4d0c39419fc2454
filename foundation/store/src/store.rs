//! `Store`: opens a database, owns its threads, and runs closures as transactions.

use crate::queue::Queue;
use crate::read::Link;
use crate::source::Source;
use crate::task::{Call, Task};
use crate::{Clock, Engine, Options, Read, Schema, Tx, Url, dialect, migrate, scratch, sqlite};
use base::{Actor, Error, Result};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::{self, JoinHandle};
use tokio::sync::oneshot;

/// A database with the house's tables. Clones share its threads; the last one to go drains the queues and closes.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

/// What connections share.
pub(crate) struct Shared {
    pub(crate) engine: Engine,
    pub(crate) clock: Clock,
    pub(crate) source: Source,
}

struct Inner {
    shared: Arc<Shared>,
    writes: Arc<Queue<Task>>,
    reads: Arc<Queue<Task>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
    /// The database file, on SQLite.
    file: Option<PathBuf>,
    /// Removes what must not outlive the store.
    last: Mutex<Option<Box<dyn FnOnce() + Send>>>,
}

impl Store {
    /// Opens the database, brings its tables up to date and starts the threads. Errors: it cannot be opened
    /// (unavailable), a migration was edited, it is newer than this program (conflict), a migration is wrong (internal).
    pub fn open(options: Options) -> Result<Store> {
        match &options.url {
            Url::Memory => {
                let file = scratch::fresh(options.schemas)?;
                let folder = file.parent().map(Path::to_path_buf);
                let last = move || {
                    if let Some(folder) = folder {
                        let _ = std::fs::remove_dir_all(folder);
                    }
                };
                Store::open_sqlite(&options, file, false, Some(Box::new(last)))
            }
            Url::Folder(folder) => {
                std::fs::create_dir_all(folder)
                    .map_err(|error| unavailable(format!("cannot make the folder {}: {error}", folder.display())))?;
                Store::open_sqlite(&options, folder.join("entrepot.db"), true, None)
            }
            Url::Postgres(_) => Err(unavailable("PostgreSQL is not available".into())),
        }
    }

    fn open_sqlite(
        options: &Options,
        file: PathBuf,
        durable: bool,
        last: Option<Box<dyn FnOnce() + Send>>,
    ) -> Result<Store> {
        let shared = Arc::new(Shared::new(Engine::Sqlite, options.clock.clone()));
        let mut link = sqlite::Link::open(&file, durable).map_err(unavailable)?;
        if durable {
            link = prepare_sqlite(link, &shared, options.schemas)?;
        }
        let inner = Arc::new(Inner::new(shared.clone(), Some(file.clone()), last));
        let queue = inner.writes.clone();
        let writer_shared = shared.clone();
        inner.start("store-writer", move || sqlite::write_loop(link, writer_shared, &queue))?;
        for _ in 0..options.readers.max(1) {
            let (file, shared, queue) = (file.clone(), shared.clone(), inner.reads.clone());
            inner.start("store-reader", move || sqlite::read_loop(&file, durable, &shared, &queue))?;
        }
        Ok(Store { inner })
    }

    /// Runs `closure` as one transaction of the house itself. It may be run again: nothing may escape it but its
    /// value, which is given out after the commit. Errors: the closure's; unavailable when the database is.
    pub async fn write<T, F>(&self, closure: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx) -> Result<T> + Send + 'static,
    {
        self.write_as(Actor::System, closure).await
    }

    /// [`Store::write`] on behalf of `actor`.
    pub async fn write_as<T, F>(&self, actor: Actor, closure: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx) -> Result<T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        self.send_write(actor, closure, move |outcome| drop(reply.send(outcome)))?;
        answer.await.unwrap_or_else(|_| Err(gone()))
    }

    /// Runs `closure` over a consistent snapshot, for the house itself. It may be run again.
    pub async fn read<T, F>(&self, closure: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Read) -> Result<T> + Send + 'static,
    {
        self.read_as(Actor::System, closure).await
    }

    /// [`Store::read`] on behalf of `actor`.
    pub async fn read_as<T, F>(&self, actor: Actor, closure: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Read) -> Result<T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        self.send_read(actor, closure, move |outcome| drop(reply.send(outcome)))?;
        answer.await.unwrap_or_else(|_| Err(gone()))
    }

    /// [`Store::write`] for callers outside of an async runtime: it blocks the calling thread.
    pub fn write_blocking<T, F>(&self, closure: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx) -> Result<T> + Send + 'static,
    {
        self.write_as_blocking(Actor::System, closure)
    }

    /// [`Store::write_as`] for callers outside of an async runtime.
    pub fn write_as_blocking<T, F>(&self, actor: Actor, closure: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx) -> Result<T> + Send + 'static,
    {
        let (reply, answer) = mpsc::sync_channel(1);
        self.send_write(actor, closure, move |outcome| drop(reply.send(outcome)))?;
        answer.recv().unwrap_or_else(|_| Err(gone()))
    }

    /// [`Store::read`] for callers outside of an async runtime: it blocks the calling thread.
    pub fn read_blocking<T, F>(&self, closure: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Read) -> Result<T> + Send + 'static,
    {
        self.read_as_blocking(Actor::System, closure)
    }

    /// [`Store::read_as`] for callers outside of an async runtime.
    pub fn read_as_blocking<T, F>(&self, actor: Actor, closure: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Read) -> Result<T> + Send + 'static,
    {
        let (reply, answer) = mpsc::sync_channel(1);
        self.send_read(actor, closure, move |outcome| drop(reply.send(outcome)))?;
        answer.recv().unwrap_or_else(|_| Err(gone()))
    }

    /// The clock transactions take their time from.
    pub fn clock(&self) -> &Clock {
        &self.inner.shared.clock
    }

    /// Which database stands behind.
    pub fn engine(&self) -> Engine {
        self.inner.shared.engine
    }

    /// Takes nothing new, finishes what waits, gives the node number back and stops the threads. Further calls of any
    /// clone answer unavailable. Blocks until done; the last clone does the same when dropped.
    pub fn close(&self) {
        self.inner.close();
    }

    fn send_write<T, F, R>(&self, actor: Actor, closure: F, reply: R) -> Result<()>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx) -> Result<T> + Send + 'static,
        R: FnOnce(Result<T>) + Send + 'static,
    {
        self.inner.writes.push(Task::Write(Box::new(Call { actor, closure, answer: None, reply })))
    }

    fn send_read<T, F, R>(&self, actor: Actor, closure: F, reply: R) -> Result<()>
    where
        T: Send + 'static,
        F: FnMut(&mut Read) -> Result<T> + Send + 'static,
        R: FnOnce(Result<T>) + Send + 'static,
    {
        self.inner.reads.push(Task::Read(Box::new(Call { actor, closure, answer: None, reply })))
    }
}

impl Shared {
    pub(crate) fn new(engine: Engine, clock: Clock) -> Shared {
        Shared { engine, source: Source::new(&clock), clock }
    }
}

impl Inner {
    fn new(shared: Arc<Shared>, file: Option<PathBuf>, last: Option<Box<dyn FnOnce() + Send>>) -> Inner {
        let (writes, reads) = (Arc::new(Queue::new()), Arc::new(Queue::new()));
        Inner { shared, writes, reads, threads: Mutex::default(), file, last: Mutex::new(last) }
    }

    fn start(&self, name: &str, life: impl FnOnce() + Send + 'static) -> Result<()> {
        let thread = thread::Builder::new().name(name.into()).spawn(life);
        let thread = thread.map_err(|error| unavailable(format!("cannot start a thread: {error}")))?;
        self.threads.lock().unwrap_or_else(PoisonError::into_inner).push(thread);
        Ok(())
    }

    fn close(&self) {
        self.writes.close();
        self.reads.close();
        let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            // A closure may own the last clone; its thread cannot wait for itself.
            if thread.thread().id() != thread::current().id() {
                let _ = thread.join();
            }
        }
        if let Some(last) = self.last.lock().unwrap_or_else(PoisonError::into_inner).take() {
            last();
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.close();
    }
}

/// Migrates and claims a node number, in one transaction.
fn prepare_sqlite(link: sqlite::Link, shared: &Arc<Shared>, schemas: &[Schema]) -> Result<sqlite::Link> {
    let mut tx = Tx::new(Read::new(Link::Sqlite(link), shared.clone()));
    tx.read.batch("PRAGMA journal_mode = WAL")?;
    tx.read.batch("BEGIN IMMEDIATE")?;
    migrate::migrate(&mut tx, &[Schema { name: "store", migrations: dialect::SQLITE_SCHEMA }])?;
    migrate::migrate(&mut tx, schemas)?;
    shared.source.set_node(migrate::claim_node(&mut tx)?);
    tx.read.batch("COMMIT")?;
    match tx.read.link {
        Link::Sqlite(link) => Ok(link),
        Link::Postgres(_) => Err(Error::internal("not a SQLite connection")),
    }
}

pub(crate) fn prepare_template(file: &Path, schemas: &[Schema]) -> Result<()> {
    let shared = Arc::new(Shared::new(Engine::Sqlite, Clock::manual(base::Moment(0))));
    let link = sqlite::Link::open(file, false).map_err(unavailable)?;
    let mut link = prepare_sqlite(link, &shared, schemas)?;
    link.batch("PRAGMA wal_checkpoint(TRUNCATE)").map_err(unavailable)
}

pub(crate) fn unavailable(problem: String) -> Error {
    Error::unavailable("database_unavailable", problem)
}

fn gone() -> Error {
    unavailable("The database thread ended before it answered.".into())
}
