//! One life of the process: a store, the provider's line, the application's hands; it dies, and another begins on the
//! same data.

use crate::faulty::{Faulty, Line};
use crate::hands::Hands;
use base::Result;
use payments::Providers;
use payments::sandbox::Sandbox;
use std::future::Future;
use std::sync::Arc;
use store::Store;

/// What a process holds in memory.
pub(crate) struct Process<H> {
    pub(crate) store: Store,
    pub(crate) sandbox: Arc<Sandbox>,
    pub(crate) providers: Providers,
    pub(crate) hands: H,
    line: Arc<Line>,
}

impl<H: Hands> Process<H> {
    /// Starts over the data in `store`.
    pub(crate) fn start(store: Store, line: &Arc<Line>) -> Result<Process<H>> {
        let sandbox = Arc::new(Sandbox::new(&store)?);
        let providers = Providers::new(Arc::new(Faulty::new(sandbox.clone(), line.clone())));
        let hands = H::over(store.clone(), providers.clone(), sandbox.clone())?;
        Ok(Process { store, sandbox, providers, hands, line: line.clone() })
    }

    /// What the work comes to, or nothing when the process died in the middle of it.
    pub(crate) async fn live<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            value = work => Some(value),
            () = self.line.death() => None,
        }
    }
}
