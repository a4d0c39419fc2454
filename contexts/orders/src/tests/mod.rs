//! Through the public functions, on a fresh store, on every engine.

mod address;
mod fixture;
mod life;
mod lists;
mod parcels;
mod races;
mod random;
mod refusals;
mod smaller;
mod sold;
mod supplied;
