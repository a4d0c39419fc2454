//! What the application does by itself: the simulation decides when, and when it breaks off.

use base::Result;
use logistics::Carrier;
use payments::{Providers, sandbox::Sandbox};
use std::future::Future;
use std::sync::Arc;
use store::{JobRow, Store};
use works::{House, reactions, worker};

/// The application's own wiring of jobs and sweeps, as its workers run them.
pub trait Hands: Clone + Send + Sync + 'static {
    /// Puts the application together over an open store. Errors: the database's.
    fn over(store: Store, providers: Providers, sandbox: Arc<Sandbox>, carrier: Arc<dyn Carrier>) -> Result<Self>;

    /// Does one job that was claimed. Says whether the job was ended in the transaction that did its work; otherwise
    /// it has still to be. Errors: those of the job.
    fn act(&self, job: &JobRow) -> impl Future<Output = Result<bool>> + Send;

    /// What follows from the events since the last time. Errors: the database's.
    fn react(&self) -> impl Future<Output = Result<()>> + Send;

    /// What time alone brings about. Errors: the database's.
    fn sweep(&self) -> impl Future<Output = Result<()>> + Send;
}

/// The hands of the simulated process are those of the real one.
impl Hands for House {
    fn over(store: Store, providers: Providers, sandbox: Arc<Sandbox>, carrier: Arc<dyn Carrier>) -> Result<House> {
        Ok(House::with_providers(store, providers, sandbox)?.booking_through(Some(carrier)))
    }

    async fn act(&self, job: &JobRow) -> Result<bool> {
        worker::act(self, job).await
    }

    async fn react(&self) -> Result<()> {
        reactions::react(self).await
    }

    async fn sweep(&self) -> Result<()> {
        worker::sweep(self).await
    }
}
