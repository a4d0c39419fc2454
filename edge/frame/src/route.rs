//! What a row of the table of routes says, and a surface, which brings some of them. The router is built from them, so that nothing
//! exists outside the table.

use crate::app::App;
use crate::brought::Brought;
use axum::routing::MethodRouter;
use base::Permission;

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Reads; also answers HEAD.
    Get,
    /// Changes.
    Post,
    /// Sets.
    Put,
    /// Changes in part.
    Patch,
    /// Removes.
    Delete,
}

impl Verb {
    /// `GET` …
    pub fn name(self) -> &'static str {
        match self {
            Verb::Get => "GET",
            Verb::Post => "POST",
            Verb::Put => "PUT",
            Verb::Patch => "PATCH",
            Verb::Delete => "DELETE",
        }
    }
}

/// Who may use a route. Checked in one place, [`crate::gate`], before the handler runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Everybody; no cookie is read (static files, health).
    Bare,
    /// Everybody; a page.
    Public,
    /// Whoever is signed in.
    Buyer,
    /// A seller's people with this permission.
    Seller(Permission),
    /// The operator's people with this permission.
    Console(Permission),
    /// The API without a key: what a guest may do.
    Api,
    /// The API with a key that has this permission.
    ApiKey(Permission),
    /// Another machine that proves itself by a signature which the handler checks (payment webhooks).
    Signed,
}

impl Who {
    /// A page of the seller centre or the console.
    pub fn is_desk(self) -> bool {
        matches!(self, Who::Seller(_) | Who::Console(_))
    }

    /// Errors are problem+json, cookies and CSRF play no part.
    pub fn is_api(self) -> bool {
        matches!(self, Who::Api | Who::ApiKey(_) | Who::Signed)
    }
}

/// Whether a call with an `Idempotency-Key` happens once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Once {
    /// The header is not looked at: the deed is the same the second time, or moves neither money nor goods.
    Never,
    /// It may be sent.
    May,
    /// It must be sent.
    Must,
}

/// What browsers and caches may keep of a route's answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Nothing (`no-store`): what is not said to be something else.
    Nothing,
    /// A page that says the same to every guest may be kept by the guest's own browser, and is asked for again; nothing of it when
    /// somebody is signed in.
    Guests,
    /// As the handler says: the same for everybody.
    Public,
}

/// One row of the table.
#[derive(Clone, Copy)]
pub struct Route {
    /// Method.
    pub verb: Verb,
    /// Path with `{parameters}`.
    pub path: &'static str,
    /// Who may.
    pub who: Who,
    /// Largest body in bytes.
    pub body_bytes: usize,
    /// Callers without an API key are counted by their address: see [`crate::limit`].
    pub limited: bool,
    /// Whether a key makes it happen once: see [`crate::once`].
    pub once: Once,
    /// What may be kept of its answers.
    pub keep: Keep,
    /// Makes the handler.
    pub build: fn() -> MethodRouter<App>,
}

/// Largest form: a checkout with two hundred lines is far below.
pub const FORM_BYTES: usize = 256 * 1024;

impl Route {
    /// A route with the default body limit.
    pub const fn new(verb: Verb, path: &'static str, who: Who, build: fn() -> MethodRouter<App>) -> Route {
        Route { verb, path, who, body_bytes: FORM_BYTES, limited: false, once: Once::Never, keep: Keep::Nothing, build }
    }

    /// GET
    pub const fn get(path: &'static str, who: Who, build: fn() -> MethodRouter<App>) -> Route {
        Route::new(Verb::Get, path, who, build)
    }

    /// POST
    pub const fn post(path: &'static str, who: Who, build: fn() -> MethodRouter<App>) -> Route {
        Route::new(Verb::Post, path, who, build)
    }

    /// The same route, counted by address.
    pub const fn limited(mut self) -> Route {
        self.limited = true;
        self
    }

    /// The same route, where a call may be given a key and then happens once.
    pub const fn once(mut self) -> Route {
        self.once = Once::May;
        self
    }

    /// The same route, where every call must be given a key and happens once.
    pub const fn keyed(mut self) -> Route {
        self.once = Once::Must;
        self
    }

    /// The same route, whose answers may be kept so far.
    pub const fn keep(mut self, keep: Keep) -> Route {
        self.keep = keep;
        self
    }

    /// The same route with another body limit, for uploads.
    pub const fn up_to(mut self, bytes: usize) -> Route {
        self.body_bytes = bytes;
        self
    }
}

/// What one audience sees: its rows of the table, with their templates and texts.
#[derive(Clone, Copy)]
pub struct Surface {
    /// Its addresses.
    pub routes: &'static [Route],
    /// Its templates and texts.
    pub brings: Brought,
}
