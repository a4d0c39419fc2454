//! logistics
