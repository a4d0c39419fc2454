//! Through the public functions, on a fresh store, on every engine.

mod beside;
mod carts;
mod confirmed;
mod exclusion;
mod fixture;
mod flash;
mod holding;
mod late;
mod paying;
mod placing;
mod quotes;
mod random;
mod supplied;
