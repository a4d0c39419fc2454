//! `Store`: opens a database, owns its threads, and runs closures as transactions.

use crate::condition::Noticed;
use crate::queue::Queue;
use crate::read::Link;
use crate::server::Server;
use crate::source::Source;
use crate::sqlite::Access;
use crate::task::{Call, Task};
use crate::{Clock, Engine, Options, Read, Schema, Tx, Url, Vault, migrate, pool, postgres, scratch, sqlite};
use base::{Actor, Error, Result};
use std::future::{Future, poll_fn};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, mpsc};
use std::task::Poll;
use std::thread::{self, JoinHandle};
use std::time::Duration;
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
    /// PostgreSQL: what transaction numbers are raised by to make places of events.
    event_base: AtomicI64,
    /// PostgreSQL: a write transaction older than this many milliseconds is never committed.
    patience: AtomicU64,
    /// The tables it was opened with.
    pub(crate) schemas: &'static [Schema],
    pub(crate) noticed: Noticed,
    /// The key of the secrets, once it is given.
    pub(crate) vault: OnceLock<Vault>,
}

struct Inner {
    shared: Arc<Shared>,
    writes: Arc<Queue<Task>>,
    reads: Arc<Queue<Task>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
    place: Place,
    /// Nothing is written: there is nobody who would.
    only_read: bool,
    last: Mutex<Last>,
}

/// The name of the SQLite file in its folder.
const FILE: &str = "entrepot.db";

/// Where further connections are to be made.
#[derive(Clone)]
pub(crate) enum Place {
    File(PathBuf),
    Server(Box<Server>),
}

/// Removes what must not outlive the store.
pub(crate) type Last = Option<Box<dyn FnOnce() + Send>>;

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
                let store = Store::open_sqlite(&options, file, Access::Passing, Some(Box::new(last)))?;
                // What ends with the process needs no key that outlives it.
                store.with_vault(Vault::of(&Vault::new_key())?)
            }
            Url::Folder(folder) => {
                std::fs::create_dir_all(folder)
                    .map_err(|error| unavailable(format!("cannot make the folder {}: {error}", folder.display())))?;
                Store::open_sqlite(&options, folder.join(FILE), Access::Durable, None)
            }
            Url::Postgres(url) => {
                let server = Server::read(url)?;
                Store::open_postgres(&options, &server, None)
            }
        }
    }

    /// Opens data that are to be looked at only: nothing is changed, not even by SQLite in its folder. Errors: unavailable;
    /// (conflict) the tables are not exactly those of this program.
    pub fn open_to_read(options: Options) -> Result<Store> {
        match &options.url {
            Url::Memory => Err(Error::internal("a store in memory is empty")),
            Url::Folder(folder) => Store::open_sqlite(&options, folder.join(FILE), Access::Look, None),
            Url::Postgres(url) => {
                let server = Server::read(url)?;
                Store::connect_postgres(&options, &server, true, None)
            }
        }
    }

    /// The same with a key of which nothing is written down yet.
    pub(crate) fn with_vault(self, vault: Vault) -> Result<Store> {
        self.shared().vault.set(vault).map_err(|_| Error::internal("a store is unlocked once"))?;
        Ok(self)
    }

    fn open_sqlite(options: &Options, file: PathBuf, access: Access, last: Last) -> Result<Store> {
        let shared = Arc::new(Shared::new(Engine::Sqlite, options.clock.clone(), options.schemas));
        let mut link = sqlite::Link::open(&file, access).map_err(unavailable)?;
        if access != Access::Passing {
            link = prepare_sqlite(link, &shared, access)?;
        }
        let inner = Inner::new(shared.clone(), Place::File(file.clone()), access == Access::Look, last);
        let (queue, for_writer) = (inner.writes.clone(), shared.clone());
        if !inner.only_read {
            inner.start("store-writer", move || sqlite::write_loop(link, for_writer, &queue))?;
        }
        for _ in 0..options.readers.max(1) {
            let (file, shared, queue) = (file.clone(), shared.clone(), inner.reads.clone());
            inner.start("store-reader", move || sqlite::read_loop(&file, access, &shared, &queue))?;
        }
        Ok(Store { inner: Arc::new(inner) })
    }

    pub(crate) fn open_postgres(options: &Options, server: &Server, last: Last) -> Result<Store> {
        Store::connect_postgres(options, server, false, last)
    }

    fn connect_postgres(options: &Options, server: &Server, only_read: bool, last: Last) -> Result<Store> {
        let shared = Arc::new(Shared::new(Engine::Postgres, options.clock.clone(), options.schemas));
        let server = if only_read { server.only_reading() } else { server.clone() };
        on_own_thread(|| {
            let link = postgres::Link::open(&server).map_err(unavailable)?;
            let mut tx = Tx::new(Read::new(Link::Postgres(Box::new(link)), shared.clone()));
            if only_read { migrate::look(&mut tx) } else { migrate::prepare(&mut tx) }
        })?;
        let mut inner = Inner::new(shared.clone(), Place::Server(Box::new(server.clone())), only_read, last);
        inner.reads = inner.writes.clone();
        for _ in 0..options.connections.max(1) {
            let (server, shared, queue) = (server.clone(), shared.clone(), inner.writes.clone());
            inner.start("store-postgres", move || pool::work_loop(&server, &shared, &queue))?;
        }
        Ok(Store { inner: Arc::new(inner) })
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
        in_its_turn(answer).await.unwrap_or_else(|_| Err(gone()))
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
        in_its_turn(answer).await.unwrap_or_else(|_| Err(gone()))
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

    pub(crate) fn set_patience(&self, patience: Duration) {
        let millis = u64::try_from(patience.as_millis()).unwrap_or(u64::MAX);
        self.inner.shared.patience.store(millis, Ordering::Relaxed);
    }

    /// Another store on the same database.
    pub(crate) fn again(&self, options: &Options) -> Result<Store> {
        match self.place() {
            Place::File(file) => Store::open_sqlite(options, file.clone(), Access::Durable, None),
            Place::Server(server) => Store::open_postgres(options, server, None),
        }
    }

    /// [`Store::again`], to be read only.
    pub(crate) fn again_to_read(&self, options: &Options) -> Result<Store> {
        match self.place() {
            Place::File(file) => Store::open_sqlite(options, file.clone(), Access::Look, None),
            Place::Server(server) => Store::connect_postgres(options, server, true, None),
        }
    }

    pub(crate) fn place(&self) -> &Place {
        &self.inner.place
    }

    pub(crate) fn shared(&self) -> Arc<Shared> {
        self.inner.shared.clone()
    }

    pub(crate) fn noticed(&self) -> &Noticed {
        &self.inner.shared.noticed
    }

    /// How further connections to the file are to be opened.
    pub(crate) fn access(&self) -> Access {
        if self.inner.only_read { Access::Look } else { Access::Durable }
    }

    fn send_write<T, F, R>(&self, actor: Actor, closure: F, reply: R) -> Result<()>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx) -> Result<T> + Send + 'static,
        R: FnOnce(Result<T>) + Send + 'static,
    {
        if self.inner.only_read {
            return Err(Error::internal("something was to be written to data that were opened to be read"));
        }
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

/// An answer, never in the same breath as the question, however fast the database was: whoever asks waits exactly once. So the turns
/// that callers take do not hang on time, and a simulation of several callers replays exactly.
async fn in_its_turn<T>(mut answer: oneshot::Receiver<T>) -> std::result::Result<T, oneshot::error::RecvError> {
    let (mut asked, mut early) = (false, None);
    poll_fn(move |context| {
        if let Some(answer) = early.take() {
            return Poll::Ready(answer);
        }
        let polled = Pin::new(&mut answer).poll(context);
        if asked {
            return polled;
        }
        asked = true;
        if let Poll::Ready(answer) = polled {
            early = Some(answer);
            context.waker().wake_by_ref();
        }
        Poll::Pending
    })
    .await
}

impl Shared {
    pub(crate) fn new(engine: Engine, clock: Clock, schemas: &'static [Schema]) -> Shared {
        Shared {
            engine,
            source: Source::new(&clock),
            clock,
            event_base: AtomicI64::new(0),
            patience: AtomicU64::new(20_000),
            schemas,
            noticed: Noticed::default(),
            vault: OnceLock::new(),
        }
    }

    pub(crate) fn event_base(&self) -> i64 {
        self.event_base.load(Ordering::Relaxed)
    }

    pub(crate) fn patience(&self) -> Duration {
        Duration::from_millis(self.patience.load(Ordering::Relaxed))
    }

    pub(crate) fn set_event_base(&self, base: i64) {
        self.event_base.store(base, Ordering::Relaxed);
    }
}

impl Inner {
    fn new(shared: Arc<Shared>, place: Place, only_read: bool, last: Last) -> Inner {
        let (writes, reads) = (Arc::new(Queue::new()), Arc::new(Queue::new()));
        Inner { shared, writes, reads, threads: Mutex::default(), place, only_read, last: Mutex::new(last) }
    }

    fn start(&self, name: &str, life: impl FnOnce() + Send + 'static) -> Result<()> {
        let thread = thread::Builder::new().name(name.into()).spawn(life);
        let thread = thread.map_err(|error| unavailable(format!("cannot start a thread: {error}")))?;
        self.threads.lock().unwrap_or_else(PoisonError::into_inner).push(thread);
        Ok(())
    }

    /// The last thing a store writes: it gives its node number back.
    fn farewell(&self) -> Task {
        let node = self.shared.source.node();
        let closure = move |tx: &mut Tx| migrate::release_node(tx, node);
        Task::Write(Box::new(Call { actor: Actor::System, closure, answer: None, reply: drop::<Result<()>> }))
    }

    fn close(&self) {
        if self.only_read {
            self.writes.close();
        } else {
            self.writes.close_with(self.farewell());
        }
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

fn prepare_sqlite(link: sqlite::Link, shared: &Arc<Shared>, access: Access) -> Result<sqlite::Link> {
    let mut tx = Tx::new(Read::new(Link::Sqlite(link), shared.clone()));
    if access == Access::Look {
        migrate::look(&mut tx)?
    } else {
        migrate::prepare(&mut tx)?
    }
    match tx.read.link {
        Link::Sqlite(link) => Ok(link),
        Link::Postgres(_) => Err(Error::internal("not a SQLite connection")),
    }
}

/// A PostgreSQL connection blocks, so it must not live on a thread that runs async code.
pub(crate) fn on_own_thread<T: Send>(work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
    thread::scope(|scope| scope.spawn(work).join())
        .unwrap_or_else(|_| Err(Error::internal("panic on a database thread")))
}

pub(crate) fn prepare_template(file: &Path, schemas: &'static [Schema]) -> Result<()> {
    let shared = Arc::new(Shared::new(Engine::Sqlite, Clock::manual(base::Moment(0)), schemas));
    let link = sqlite::Link::open(file, Access::Passing).map_err(unavailable)?;
    let mut link = prepare_sqlite(link, &shared, Access::Passing)?;
    link.batch("PRAGMA wal_checkpoint(TRUNCATE)").map_err(unavailable)
}

pub(crate) fn unavailable(problem: String) -> Error {
    Error::unavailable("database_unavailable", problem)
}

fn gone() -> Error {
    unavailable("The database thread ended before it answered.".into())
}
