//! What the server's start says of those whom the house works with.

use connect::Peers;
use logistics::Carrier;
use notify::Mailer;
use payments::Providers;
use payments::sandbox::Sandbox;
use std::sync::Arc;

/// What the server's start says, which nobody changes in the console.
#[derive(Clone)]
pub struct Given {
    /// Who takes the money, if it was said.
    pub providers: Option<Providers>,
    /// Who carries parcels, if it was said.
    pub carrier: Option<Arc<dyn Carrier>>,
    /// Who takes letters to mailboxes, if it was said.
    pub mailer: Option<Arc<dyn Mailer>>,
    /// The built-in provider, which takes the money where nobody else does.
    pub sandbox: Arc<Sandbox>,
    /// Whom the house speaks to.
    pub peers: Peers,
    /// Where Stripe is.
    pub stripe: String,
}
