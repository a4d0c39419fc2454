//! How long a connection is waited for, and how many there may be.

use std::time::Duration;

/// How long what is waited for, and how many at once.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// From the first byte of a request's head to its last.
    pub head: Duration,
    /// Between an answer and the next request, and before the first: longer than proxies keep theirs, so that they close first.
    pub idle: Duration,
    /// A client that takes nothing of its answer.
    pub stalled: Duration,
    /// After the last answer, for the client to close.
    pub parting: Duration,
    /// Open requests when the process is told to stop.
    pub finish: Duration,
    /// Connections of one address (IPv6: of its /64 network); 0: no limit.
    pub per_address: usize,
    /// Connections in all; 0: no limit.
    pub connections: usize,
}

/// So many connections of one address.
pub const PER_ADDRESS: usize = 1024;

/// So many connections in all.
pub const CONNECTIONS: usize = 8192;

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            head: Duration::from_secs(15),
            idle: Duration::from_secs(75),
            stalled: Duration::from_secs(30),
            parting: Duration::from_secs(1),
            finish: Duration::from_secs(15),
            per_address: PER_ADDRESS,
            connections: CONNECTIONS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A proxy gives up on a server after a minute or so, and nobody sends half a head for longer than a slow line needs.
    #[test]
    fn every_wait_has_an_end_and_everybody_a_share() {
        let Limits { head, idle, stalled, parting, finish, per_address, connections } = Limits::default();
        assert!([head, stalled, parting, finish].into_iter().all(|wait| wait <= Duration::from_secs(30)));
        assert!(idle > Duration::from_secs(60) && idle < Duration::from_secs(120));
        assert!(per_address > 0 && per_address * 2 < connections);
    }
}
