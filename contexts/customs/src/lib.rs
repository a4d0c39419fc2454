//! customs
