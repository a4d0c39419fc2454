//! Search: what is on sale, by words, shelf and seller, with the door price at one buyer's door.
//!
//! Owns: the shelf, an index in memory that can be rebuilt from the tables at any time; nothing that is stored. Promises: what
//! a list shows can be sent to the buyer and is in stock; the door price of a hit is the door's own; a page never scans a
//! table. Never: writes; keeps a price that the door did not make.

mod dictionary;
mod load;
mod page;
mod pick;
mod price;
mod segment;
mod shelf;
mod suggest;
pub use page::{Facets, Hit, Page, Query, Sort, search, warm};
pub use shelf::Shelf;
pub use suggest::{Suggestion, suggest};

#[cfg(test)]
mod tests;
