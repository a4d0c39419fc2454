//! The arithmetic of giving back, of the split and of an exchange, without a database. Whole orders are settled in `tests/it`.

mod exchange;
mod left;
mod made_up;
