//! parties
