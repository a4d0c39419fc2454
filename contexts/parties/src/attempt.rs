//! How often something may be tried (signing in, a code, checkout, registration), and sweeping up what is over.

use base::{Error, Result};
use store::{Tx, params};

const SECOND_MICROS: i64 = 1_000_000;

/// How often something may be tried under one key: `burst` times at once, and as many again in each `window_seconds`, one by one as
/// they are earned. Whoever waits is let in again soon; whoever goes on trying never gets more than that rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// At once; 0 refuses everything.
    pub burst: i64,
    /// In how long the whole burst is earned again.
    pub window_seconds: i64,
}

impl Limit {
    /// `burst` in `window_seconds`.
    pub const fn new(burst: i64, window_seconds: i64) -> Limit {
        Limit { burst, window_seconds }
    }

    /// What one attempt costs, in microseconds.
    fn interval(self) -> i64 {
        self.window_seconds.saturating_mul(SECOND_MICROS) / self.burst.max(1)
    }
}

/// Counts one attempt under `key` (such as `checkout:203.0.113.7`). A refused attempt is not counted.
/// Errors: `too_many_attempts`, with the seconds after which one is taken again.
pub fn attempt(tx: &mut Tx, key: &str, limit: i64, window_seconds: i64) -> Result<()> {
    take(tx, key, Limit::new(limit, window_seconds))
}

/// The same, of a limit that has a name.
pub fn take(tx: &mut Tx, key: &str, limit: Limit) -> Result<()> {
    let (now, interval) = (tx.now().micros(), limit.interval());
    let (key, latest) = (crate::secret::digest(key), now + interval * (limit.burst - 1));
    // The statement guards the limit itself: while more than the burst is owed, no row changes.
    if limit.burst > 0 && tx.run(TAKE, params![key, now, now + interval, interval, latest])? == 1 {
        return Ok(());
    }
    let owed = tx.maybe(OWED, params![key])?.map(|row| row.get::<i64>(0)).transpose()?;
    let wait = owed.map_or(limit.window_seconds * SECOND_MICROS, |earned_at| earned_at - latest);
    let seconds = (wait + SECOND_MICROS - 1).div_euclid(SECOND_MICROS).max(1);
    let say = format!("Too many attempts; try again in {seconds} s.");
    Err(Error::too_many("too_many_attempts", say).retry_after(seconds))
}

/// Gives one attempt under `key` back: it was no guess.
pub(crate) fn give_back(tx: &mut Tx, key: &str, limit: Limit) -> Result<()> {
    tx.send(GIVE_BACK, params![crate::secret::digest(key), limit.interval()])
}

/// Removes up to `limit` each of sessions, counters, links, invitations, known devices and half-done sign-ins that are over; run now and then.
/// Returns how many went.
pub fn sweep(tx: &mut Tx, limit: i64) -> Result<u64> {
    let now = tx.now();
    let mut gone = 0;
    for statement in SWEEPS {
        gone += tx.run(statement, params![now, limit])?;
    }
    Ok(gone)
}

const TAKE: &str = "INSERT INTO party_attempt (key, earned_at) VALUES ($1, $3)
    ON CONFLICT (key) DO UPDATE SET
        earned_at = CASE WHEN party_attempt.earned_at > $2 THEN party_attempt.earned_at + $4 ELSE $3 END
    WHERE party_attempt.earned_at <= $5";
const OWED: &str = "SELECT earned_at FROM party_attempt WHERE key = $1";
const GIVE_BACK: &str = "UPDATE party_attempt SET earned_at = earned_at - $2 WHERE key = $1";
const SWEEPS: [&str; 8] = [
    "DELETE FROM party_session WHERE token_hash IN
        (SELECT token_hash FROM party_session WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)",
    "DELETE FROM party_reset WHERE id IN
        (SELECT id FROM party_reset WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)",
    "DELETE FROM party_attempt WHERE key IN
        (SELECT key FROM party_attempt WHERE earned_at <= $1 ORDER BY earned_at LIMIT $2)",
    "DELETE FROM party_device WHERE id IN
        (SELECT id FROM party_device WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)",
    "DELETE FROM party_ceremony WHERE token_hash IN
        (SELECT token_hash FROM party_ceremony WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)",
    "DELETE FROM party_email_change WHERE id IN
        (SELECT id FROM party_email_change WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)",
    "DELETE FROM party_registration WHERE id IN
        (SELECT id FROM party_registration WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)",
    "DELETE FROM party_invitation WHERE id IN
        (SELECT id FROM party_invitation WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)",
];
