//! What a mail server is to the house. Called outside of transactions only.

use base::Result;
use std::future::Future;
use std::pin::Pin;

/// A boxed future, so that mailers can stand behind `dyn`.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Whoever takes letters to people's mailboxes.
pub trait Mailer: Send + Sync {
    /// Hands one letter over. Errors: unavailable when it should be tried again later; it may have been taken then.
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<Outcome>>;
}

/// A message, written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Same for every attempt of one sending, so that a mailbox that is given it twice can tell.
    pub id: String,
    /// E-mail address.
    pub to: String,
    /// What the list of a mailbox shows.
    pub subject: String,
    /// For readers that show plain text.
    pub text: String,
    /// For the others; needs nothing from outside.
    pub html: String,
}

/// What became of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The mail server answers for it now.
    Accepted,
    /// It will never take this letter: its answer.
    Refused(String),
}
