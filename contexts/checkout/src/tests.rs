//! Through the public functions, on a fresh store, on every engine.
