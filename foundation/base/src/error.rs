//! One error for the whole house: a kind (maps to one HTTP status), a stable code, a sentence, and fields.

use std::fmt;
use std::panic::Location;

/// `Result` with the house's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What kind of failure; each maps to exactly one HTTP status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 422: the input is wrong and says which field.
    Invalid,
    /// 401: nobody is signed in.
    Unauthenticated,
    /// 403: signed in, but not allowed.
    Denied,
    /// 404
    NotFound,
    /// 409: the state of the world does not allow it (now).
    Conflict,
    /// 405: what is there does not answer to this method.
    WrongMethod,
    /// 408: the sender stopped in the middle.
    Slow,
    /// 413: more than is taken here.
    TooLarge,
    /// 415: another media type than is taken here.
    MediaType,
    /// 410: it existed, and is over (an expired quote).
    Gone,
    /// 429
    TooMany,
    /// 503: something outside does not answer; try again.
    Unavailable,
    /// 500: our fault; logged at the edge, never shown.
    Internal,
}

impl Kind {
    /// The HTTP status of this kind.
    pub fn status(self) -> u16 {
        match self {
            Kind::Invalid => 422,
            Kind::Unauthenticated => 401,
            Kind::Denied => 403,
            Kind::NotFound => 404,
            Kind::Conflict => 409,
            Kind::WrongMethod => 405,
            Kind::Slow => 408,
            Kind::TooLarge => 413,
            Kind::MediaType => 415,
            Kind::Gone => 410,
            Kind::TooMany => 429,
            Kind::Unavailable => 503,
            Kind::Internal => 500,
        }
    }
}

/// One wrong field of an input: where, a stable code, and what to type instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The field's name as the sender knows it (`postcode`, `lines[2].quantity`).
    pub name: String,
    /// Stable and translatable: `required`, `too_long`, `postcode_format` …
    pub code: &'static str,
    /// English sentence that says what to do.
    pub message: String,
}

/// The error of every fallible function.
#[derive(Clone, Debug)]
pub struct Error {
    /// Which status it becomes.
    pub kind: Kind,
    /// Stable, documented, translatable: `out_of_stock`.
    pub code: &'static str,
    /// English sentence: what happened and what to do.
    pub message: String,
    /// Wrong fields, if the input was wrong.
    pub fields: Vec<Field>,
    /// After how many seconds it is worth trying again, if that is known.
    pub retry_seconds: Option<i64>,
    /// Where an internal error arose; for the log only.
    pub place: &'static Location<'static>,
}

/// How a message fails to prove itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unproven {
    /// It carries no proof, or one that cannot be read.
    HeaderMissing,
    /// It was signed too long ago, or in the future.
    TimestampTooOld,
    /// The proof is not made with the secret known here.
    SignatureMismatch,
}

macro_rules! constructor {
    ($(#[$doc:meta])* $name:ident, $kind:ident) => {
        $(#[$doc])*
        #[track_caller]
        pub fn $name(code: &'static str, message: impl Into<String>) -> Error {
            Error::new(Kind::$kind, code, message)
        }
    };
}

impl Error {
    /// An error of any kind.
    #[track_caller]
    pub fn new(kind: Kind, code: &'static str, message: impl Into<String>) -> Error {
        let (fields, place) = (Vec::new(), Location::caller());
        Error { kind, code, message: message.into(), fields, retry_seconds: None, place }
    }
    constructor!(
        /// The input is wrong (422).
        invalid, Invalid);
    constructor!(
        /// Signed in, but not allowed (403).
        denied, Denied);
    constructor!(
        /// No such thing (404).
        not_found, NotFound);
    constructor!(
        /// The state of the world does not allow it (409).
        conflict, Conflict);
    constructor!(
        /// It is over (410).
        gone, Gone);
    constructor!(
        /// Larger than is taken (413).
        too_large, TooLarge);
    constructor!(
        /// Too often (429).
        too_many, TooMany);
    constructor!(
        /// Something outside does not answer (503).
        unavailable, Unavailable);

    /// Nobody is signed in (401).
    #[track_caller]
    pub fn unauthenticated() -> Error {
        Error::new(Kind::Unauthenticated, "unauthenticated", "Sign in first.")
    }

    /// A message from another machine that does not prove itself (401): `header_missing`, `timestamp_too_old` or
    /// `signature_mismatch`, with what to put right.
    #[track_caller]
    pub fn unproven(why: Unproven) -> Error {
        let (code, say) = match why {
            Unproven::HeaderMissing => (
                "header_missing",
                "The header that proves who sent this is missing or cannot be read: sign the message.",
            ),
            Unproven::TimestampTooOld => (
                "timestamp_too_old",
                "The message is older than five minutes, or dated ahead: set both clocks, and send it again with its time of sending.",
            ),
            Unproven::SignatureMismatch => (
                "signature_mismatch",
                "The signature is not made with the secret known here: put the same secret in both places and send it again.",
            ),
        };
        Error::new(Kind::Unauthenticated, code, say)
    }

    /// Our own fault (500); the message goes to the log only.
    #[track_caller]
    pub fn internal(message: impl fmt::Display) -> Error {
        Error::new(Kind::Internal, "internal", message.to_string())
    }

    /// One wrong field (422).
    #[track_caller]
    pub fn field(name: impl Into<String>, code: &'static str, message: impl Into<String>) -> Error {
        Error::invalid("invalid", "Some fields need another look.").and_field(name, code, message)
    }

    /// The same error, and when it is worth trying again.
    pub fn retry_after(mut self, seconds: i64) -> Error {
        self.retry_seconds = Some(seconds);
        self
    }

    /// The same error of what stands at `place` in something larger: its fields are named from there.
    pub fn at(mut self, place: &str) -> Error {
        for field in &mut self.fields {
            field.name = format!("{place}.{}", field.name);
        }
        self
    }

    /// The same error with one more wrong field.
    pub fn and_field(mut self, name: impl Into<String>, code: &'static str, message: impl Into<String>) -> Error {
        self.fields.push(Field { name: name.into(), code, message: message.into() });
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)?;
        for field in &self.fields {
            write!(f, " [{}: {}]", field.name, field.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
