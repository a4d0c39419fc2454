//! Where a page of a desk stands: at which of the two, below which others, for which organisation.

use base::{Error, Id};
use frame::{Form, Visitor};
use parties::Organisation;
use serde::Serialize;

/// Rows on a page of a list.
pub const PAGE: i64 = 25;

/// Which of the two desks a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Desk {
    /// The seller centre.
    Seller,
    /// The operator's console.
    Console,
}

/// One step of the way to a page: where it leads and what it is called.
#[derive(Clone, Debug, Serialize)]
pub struct Crumb {
    href: String,
    name: String,
}

impl Crumb {
    /// A step above the page.
    pub fn new(href: impl Into<String>, name: impl Into<String>) -> Crumb {
        Crumb { href: href.into(), name: name.into() }
    }
}

/// The seller behind a session. Errors: denied for everybody else.
pub fn own(visitor: &Visitor) -> base::Result<Id<Organisation>> {
    let session = visitor.signed_in()?;
    session.organisation.ok_or_else(|| Error::denied("denied", "This page belongs to a seller."))
}

/// An id in an address. Errors: not found, when it is none.
pub fn id<T: base::Tag>(text: &str) -> base::Result<Id<T>> {
    text.parse()
}

/// An id as a cursor in a query string; nothing when it is absent or none.
pub fn cursor<T>(form: &Form, name: &str) -> Option<Id<T>> {
    form.maybe::<i64>(name).map(Id::from_raw)
}
