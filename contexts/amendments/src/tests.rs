//! Orders that are changed before they are packed: what is paid, what goes back, what the ledger and the shelves say.

mod difference;
mod fixture;
mod offered;
mod random;
mod refusals;
mod waiting;
