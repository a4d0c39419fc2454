//! The database: transactions as closures, events, jobs, idempotency, migrations, time and ids.
//!
//! Owns: the tables `store_*`, `event`, `follower`, `job`, `idempotency`, `request`, `seal`, `vault`; every connection and every thread that blocks.
//! Promises: a closure happens wholly or not at all, and its value is given out only after the commit; the same SQL
//! means the same on SQLite and PostgreSQL; events reach followers in order, none skipped; ids grow; secrets that have to be read again lie in
//! the database encrypted.
//! Never: knows a business rule; lets a database driver's type out.

mod clock;
mod condition;
mod dialect;
mod event;
mod fact;
mod follow;
mod job;
mod migrate;
mod names;
mod once;
mod options;
mod pool;
mod postgres;
mod queue;
mod read;
pub mod request;
mod rows;
mod scratch;
mod seal;
mod server;
mod source;
mod sqlite;
mod store;
mod task;
pub mod testing;
mod transfer;
mod trust;
mod tx;
mod value;
mod vault;

pub use clock::Clock;
pub use condition::{Ailment, Integrity, LEAST_FREE_BYTES};
pub use event::{
    EventRow, Trail, cursor, events_after, events_behind, events_of, newest_event, newest_moment, size, trail,
};
pub use fact::{Fact, Listed, Reach, Subject};
pub use job::{
    FailingJob, JOB_LOST, Job, JobRow, Lane, Work, claim, claim_lane, done, due_count, due_lanes, failed, failing,
    hand_back, has_jobs, jobs_behind, lost_job, renew, retry, take_untried,
};
pub use options::{Engine, Options, Schema, Sealed, Url};
pub use read::Read;
pub use seal::{SEAL_BATCH, SealHead, seal, seal_hash, seal_head, verify_seals, verify_seals_of};
pub use source::{first_id_at, moment_of};
pub use store::Store;
pub use transfer::Table;
pub use tx::Tx;
pub use value::{FromValue, Row, ToValue, Value};
pub use vault::{Vault, forget_secret_key, has_secret_key};

pub(crate) use store::Shared;
