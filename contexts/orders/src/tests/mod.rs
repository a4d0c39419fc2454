//! Through the public functions, on a fresh store, on every engine.

mod fixture;
mod life;
mod lists;
mod random;
mod refusals;
