//! Sending: the job that does it asks what to send, calls the mailer outside of any transaction, and records the outcome.

use crate::kind::State;
use crate::log::{Message, message_from, select_message, unknown};
use crate::mailer::Outcome;
use base::{Error, Id, Result};
use store::{Tx, Work, params};

/// The job that sends the message whose raw id is its subject. A mail server gets half a minute at most.
pub const SEND: Work = Work { kind: "mail.send", hands: 8, lease_seconds: 120, renews: false };

/// What is kept of a mail server's answer, in characters.
const ERROR_LENGTH: usize = 500;

/// The message, if it still waits to be sent.
pub fn begin(tx: &mut Tx, id: Id<Message>) -> Result<Option<Message>> {
    tx.maybe(WAITING, params![id])?.as_ref().map(message_from).transpose()
}

/// What the mailer said: taken, refused for good, or (an error) to be tried again, for as long as the kind is worth it. Gives
/// what the message has become; nothing happens to one that was not waiting any more. Errors: `message_unknown`.
pub fn record(tx: &mut Tx, id: Id<Message>, said: &Result<Outcome>) -> Result<State> {
    let now = tx.now();
    let Some(known) = begin(tx, id)? else { return tx.maybe(STATE, params![id])?.ok_or_else(unknown)?.get(0) };
    let (state, error) = match said {
        Ok(Outcome::Accepted) => (State::Sent, String::new()),
        Ok(Outcome::Refused(answer)) => (State::Failed, answer.clone()),
        Err(problem) if now >= known.queued_at.plus_hours(known.kind.patience_hours()) => {
            (State::Failed, told(problem))
        }
        Err(problem) => (State::Queued, told(problem)),
    };
    let error: String = error.chars().take(ERROR_LENGTH).collect();
    let ended = (state != State::Queued).then_some(now);
    tx.send(RECORD, params![id, state, error, ended])?;
    Ok(state)
}

fn told(problem: &Error) -> String {
    problem.message.clone()
}

const WAITING: &str = select_message!("FROM notify_message WHERE id = $1 AND state = 'queued'");
const RECORD: &str = "UPDATE notify_message SET state = $2, error = $3, ended_at = $4, attempts = attempts + 1
    WHERE id = $1 AND state = 'queued'";
const STATE: &str = "SELECT state FROM notify_message WHERE id = $1";
