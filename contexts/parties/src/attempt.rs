//! Rate limits (sign-in, checkout, registration), and sweeping up what is over.

use base::{Error, Result};
use store::{Tx, params};

/// Counts one attempt under `key` (such as `sign_in:mei@example.com`) and fails with `too_many` when it is more than `limit` in a
/// window of `window_seconds`, which begins with the first attempt. A refused attempt is not counted.
pub fn attempt(tx: &mut Tx, key: &str, limit: i64, window_seconds: i64) -> Result<()> {
    let now = tx.now();
    let ends_at = now.plus_seconds(window_seconds);
    // The statement guards the limit itself: at the limit, inside the window, no row changes.
    if tx.run(COUNT, params![crate::secret::digest(key), now, ends_at, limit])? == 1 && limit > 0 {
        return Ok(());
    }
    Err(Error::too_many("too_many_attempts", "Too many attempts; wait a little and try again."))
}

/// Removes up to `limit` each of sessions, counters, links and invitations that are over; run now and then. Returns how many went.
pub fn sweep(tx: &mut Tx, limit: i64) -> Result<u64> {
    let now = tx.now();
    let sessions = tx.run(SWEEP_SESSIONS, params![now, limit])?;
    let links = tx.run(SWEEP_RESETS, params![now, limit])?;
    let wishes = tx.run(SWEEP_REGISTRATIONS, params![now, limit])? + tx.run(SWEEP_INVITATIONS, params![now, limit])?;
    Ok(sessions + links + wishes + tx.run(SWEEP_ATTEMPTS, params![now, limit])?)
}

const COUNT: &str = "INSERT INTO party_attempt (key, begun_at, ends_at, count) VALUES ($1, $2, $3, 1)
    ON CONFLICT (key) DO UPDATE SET
        begun_at = CASE WHEN party_attempt.ends_at <= $2 THEN $2 ELSE party_attempt.begun_at END,
        count = CASE WHEN party_attempt.ends_at <= $2 THEN 1 ELSE party_attempt.count + 1 END,
        ends_at = CASE WHEN party_attempt.ends_at <= $2 THEN $3 ELSE party_attempt.ends_at END
    WHERE party_attempt.ends_at <= $2 OR party_attempt.count < $4";
const SWEEP_SESSIONS: &str = "DELETE FROM party_session WHERE token_hash IN
    (SELECT token_hash FROM party_session WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)";
const SWEEP_ATTEMPTS: &str = "DELETE FROM party_attempt WHERE key IN
    (SELECT key FROM party_attempt WHERE ends_at <= $1 ORDER BY ends_at LIMIT $2)";
const SWEEP_RESETS: &str = "DELETE FROM party_reset WHERE id IN
    (SELECT id FROM party_reset WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)";
const SWEEP_REGISTRATIONS: &str = "DELETE FROM party_registration WHERE id IN
    (SELECT id FROM party_registration WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)";
const SWEEP_INVITATIONS: &str = "DELETE FROM party_invitation WHERE id IN
    (SELECT id FROM party_invitation WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)";
