//! What follows by itself: from events, from time, and in the worlds outside; and the house in which it runs, put together once.
//!
//! Owns: when a thing is done that nobody asks for. Promises: every kind of job has its line in [`jobs`], every event in
//! [`reactions`]; whoever outside never answers holds up what waits for them, and nothing else. Never: holds a business rule or a
//! statement.

mod crew;
pub mod house;
pub mod jobs;
pub mod mail;
mod open;
pub mod pictures;
pub mod post;
pub mod reactions;
pub mod tidy;
pub mod worker;

pub use house::House;
pub use open::{open, schemas, url};
