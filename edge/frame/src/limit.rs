//! How often one address may call what makes carts and orders or hashes a password: by the API without a key, and by the forms
//! of the storefront. Kept in this process: a check costs no write, and with several
//! nodes each grants its own share.

use base::{Error, Moment};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Calls may come in a burst of as many as a minute allows.
const MINUTE_MICROS: i64 = 60_000_000;
/// Addresses are looked through when so many are kept, and those that may call freely again are let go.
const TIDY_AT: usize = 20_000;

/// The limit, and where each address stands.
pub struct Limits {
    per_minute: i64,
    /// When an address would have earned all it has used: now or earlier is a clean sheet.
    earned_at: Mutex<HashMap<String, i64>>,
}

impl Limits {
    /// So many calls a minute from one address; 0: as many as come.
    pub fn new(per_minute: u32) -> Limits {
        Limits { per_minute: i64::from(per_minute), earned_at: Mutex::default() }
    }

    /// Counts a call of `address` at `now`. Errors: `rate_limited`, with the seconds after which the next is taken.
    pub fn take(&self, address: &str, now: Moment) -> Result<(), (Error, i64)> {
        if self.per_minute == 0 {
            return Ok(());
        }
        let now = now.micros();
        let mut all = self.earned_at.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= TIDY_AT {
            all.retain(|_, earned_at| *earned_at > now);
        }
        let earned_at = all.entry(neighbourhood(address)).or_insert(now);
        let next = (*earned_at).max(now) + MINUTE_MICROS / self.per_minute;
        let over = next - now - MINUTE_MICROS;
        if over > 0 {
            let seconds = (over + 999_999) / 1_000_000;
            let say = format!("Too many calls from this address; try again in {seconds} s.");
            return Err((Error::too_many("rate_limited", say), seconds));
        }
        *earned_at = next;
        Ok(())
    }
}

/// So long at least takes an answer that must not tell, by when it comes, whether an address or a number is known: longer than the
/// work that is done for the one and not for the other.
const ALIKE: Duration = Duration::from_millis(60);

/// The answer, not before [`ALIKE`] is over.
pub async fn alike<T>(answer: impl Future<Output = T>) -> T {
    futures::future::join(answer, tokio::time::sleep(ALIKE)).await.0
}

/// What one address counts as: whoever has one IPv6 address has the 2^64 around it.
pub fn neighbourhood(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(six)) if six.to_ipv4_mapped().is_none() => {
            let [a, b, c, d, ..] = six.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(limits: &Limits, address: &str, now: Moment) -> usize {
        (0..1000).take_while(|_| limits.take(address, now).is_ok()).count()
    }

    #[test]
    fn a_minutes_worth_at_once_then_as_they_are_earned() {
        let (limits, start) = (Limits::new(60), store::testing::START);
        assert_eq!(taken(&limits, "192.0.2.1", start), 60);
        let (error, wait) = limits.take("192.0.2.1", start).unwrap_err();
        assert_eq!((error.code, wait), ("rate_limited", 1));
        assert_eq!(taken(&limits, "192.0.2.1", start.plus_seconds(wait)), 1, "after the told wait one is taken");
        assert_eq!(taken(&limits, "192.0.2.1", start.plus_seconds(11)), 10);
        assert_eq!(
            taken(&limits, "192.0.2.1", start.plus_seconds(600)),
            60,
            "no more than a minute's worth is saved up"
        );
    }

    #[test]
    fn addresses_are_counted_apart_and_networks_together() {
        let (limits, start) = (Limits::new(10), store::testing::START);
        assert_eq!(taken(&limits, "192.0.2.1", start), 10);
        assert_eq!(taken(&limits, "192.0.2.2", start), 10);
        assert_eq!(taken(&limits, "2001:db8:1:2::1", start), 10);
        assert_eq!(taken(&limits, "2001:db8:1:2:ffff::9", start), 0);
        assert_eq!(taken(&limits, "2001:db8:1:3::1", start), 10);
        assert_eq!(taken(&Limits::new(0), "192.0.2.1", start), 1000, "0 is no limit");
    }

    #[test]
    fn addresses_that_may_call_again_are_forgotten() {
        let (limits, start) = (Limits::new(60), store::testing::START);
        for number in 0..TIDY_AT {
            limits.take(&format!("host-{number}"), start).unwrap();
        }
        limits.take("late", start.plus_seconds(5)).unwrap();
        assert_eq!(limits.earned_at.lock().unwrap().len(), 1);
    }
}
