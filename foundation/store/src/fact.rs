//! What an event tells: a struct of its context's `event.rs`. Its kind, and what it is about, stand in the one list of that file.

use base::{Error, Id, Result, Tag};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Something that happened: the body of an event. Its stored form is a promise to whoever follows: it only grows, and a field that came
/// later is `#[serde(default)]`, since older events lack it. Implemented by [`events!`](crate::events).
pub trait Fact: Serialize + DeserializeOwned {
    /// What happened: `order.placed`.
    const KIND: &'static str;
    /// What it happened to.
    type Subject: Subject;
}

/// What an event can be about: a row with an id; a raw id where its context does not know of what; `()` is the whole house.
pub trait Subject: Copy {
    /// The letters of such ids, where it is known of what they are.
    const PREFIX: Option<&'static str>;
    /// The stored form.
    fn raw(self) -> i64;
    /// From the stored form.
    fn from_raw(raw: i64) -> Self;
}

impl<T: Tag> Subject for Id<T> {
    const PREFIX: Option<&'static str> = Some(T::PREFIX);
    fn raw(self) -> i64 {
        Id::raw(self)
    }
    fn from_raw(raw: i64) -> Self {
        Id::from_raw(raw)
    }
}

impl Subject for i64 {
    const PREFIX: Option<&'static str> = None;
    fn raw(self) -> i64 {
        self
    }
    fn from_raw(raw: i64) -> Self {
        raw
    }
}

impl Subject for () {
    const PREFIX: Option<&'static str> = None;
    fn raw(self) -> i64 {
        0
    }
    fn from_raw(_: i64) -> Self {}
}

/// Who may hear of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Developers, too: it is told by webhooks and stands in `docs/webhooks.md`.
    Public,
    /// The house itself: its trail, and what follows by itself.
    Private,
}

/// A kind of event in the list of its context.
#[derive(Clone, Copy, Debug)]
pub struct Listed {
    /// What happened: `order.placed`.
    pub kind: &'static str,
    /// Who may hear of it.
    pub reach: Reach,
    /// The letters of the ids of what it happens to: `ord`; none where its context does not know.
    pub about: Option<&'static str>,
    again: fn(&str) -> Result<String>,
}

impl Listed {
    /// `F` with its reach.
    pub const fn of<F: Fact>(reach: Reach) -> Listed {
        Listed { kind: F::KIND, reach, about: F::Subject::PREFIX, again: |body| written(&read::<F>(body)?) }
    }

    /// Reads a body and writes it anew: the same, when it is one of this kind with all its fields. Errors (internal): it is none.
    pub fn again(&self, body: &str) -> Result<String> {
        (self.again)(body)
    }
}

/// Fields in the order of their names, whatever order the struct has: auditors look for some of them as text.
pub(crate) fn written<F: Fact>(fact: &F) -> Result<String> {
    serde_json::to_value(fact).map(|body| body.to_string()).map_err(Error::internal)
}

pub(crate) fn read<F: Fact>(body: &str) -> Result<F> {
    serde_json::from_str(body).map_err(|error| Error::internal(format!("no body of {}: {error}", F::KIND)))
}

/// The list of a context's events, at the head of its `event.rs`: `Public "order.paid" Paid: Id<Order>;` says who may hear of it, its
/// kind, the struct that is its body, and what it is about. No other struct can be emitted. Makes `EVENTS`, and the enum `Event`, which
/// a follower matches.
#[macro_export]
macro_rules! events {
    ($($reach:ident $kind:literal $fact:ident: $subject:ty;)+) => {
        $(impl $crate::Fact for $fact {
            const KIND: &'static str = $kind;
            type Subject = $subject;
        })+

        /// Every event of this context.
        pub const EVENTS: &[$crate::Listed] = &[$($crate::Listed::of::<$fact>($crate::Reach::$reach)),+];

        /// An event of this context: what it happened to, and what happened.
        #[allow(clippy::large_enum_variant, reason = "it is matched where it is read, and kept nowhere")]
        #[derive(Clone, Debug, PartialEq)]
        pub enum Event {
            $(#[doc = concat!("`", $kind, "`")] $fact($subject, $fact),)+
        }

        impl Event {
            /// Reads an event; none when it is not of this context. Errors (internal): it was written with other fields.
            pub fn of(row: &$crate::EventRow) -> ::base::Result<Option<Event>> {
                Ok(Some(match row.kind.as_str() {
                    $($kind => Event::$fact(row.about::<$fact>(), row.read()?),)+
                    _ => return Ok(None),
                }))
            }
        }
    };
}
