//! One life of the process: a store, the lines to the provider and the carrier, the application's hands, and the calls that wait for
//! an answer; it dies, and another begins on the same data.

use crate::callers::Caller;
use crate::faulty::{Faulty, Line};
use crate::hands::Hands;
use crate::outside::Outside;
use base::Result;
use payments::Providers;
use payments::sandbox::Sandbox;
use std::sync::Arc;
use store::{Store, Vault};

/// The key of the secrets of simulated worlds, which are none.
const KEY: &str = "5e1f000000000000000000000000000000000000000000000000000000000000";

/// What a process holds in memory.
pub(crate) struct Process<H> {
    pub(crate) store: Store,
    pub(crate) sandbox: Arc<Sandbox>,
    pub(crate) providers: Providers,
    pub(crate) hands: H,
    /// Those who wait for an answer; they die with it.
    pub(crate) hanging: Vec<Caller>,
}

impl<H: Hands> Process<H> {
    /// Starts over the data in `store`.
    pub(crate) fn start(store: Store, line: &Arc<Line>, carrier: &Arc<Outside>) -> Result<Process<H>> {
        if store.is_locked() {
            store.unlock(Vault::of(KEY)?)?;
        }
        let sandbox = Arc::new(Sandbox::new(&store)?);
        let providers = Providers::new(Arc::new(Faulty::new(sandbox.clone(), line.clone())));
        let hands = H::over(store.clone(), providers.clone(), sandbox.clone(), carrier.clone())?;
        Ok(Process { store, sandbox, providers, hands, hanging: Vec::new() })
    }
}
