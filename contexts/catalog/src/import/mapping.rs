//! What an owner says the columns of a file mean.

use super::header::{Column, letters};
use base::{Error, Result};
use std::collections::HashMap;

/// What the owner says of a file's columns: a name as the file spells it, and its meaning, or none to leave the column out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping(HashMap<String, Option<Column>>);

impl Mapping {
    /// Says what a column means. A later word on the same column counts.
    pub fn say(&mut self, name: &str, meaning: Option<Column>) {
        self.0.insert(letters(name), meaning);
    }

    /// Reads a word on a column, `Artikelname=Title`; an empty meaning leaves the column out.
    /// Errors: `mapping_format`, `mapping_unknown` with the meanings there are.
    pub fn read(&mut self, word: &str) -> Result<()> {
        let wrong = |code, say: String| Err(Error::field("map", code, say));
        let Some((name, meaning)) = word.rsplit_once('=').filter(|(name, _)| !letters(name).is_empty()) else {
            return wrong(
                "mapping_format",
                "Write a column of the file, “=” and what it means: Artikelname=Title.".into(),
            );
        };
        if meaning.trim().is_empty() {
            self.say(name, None);
            return Ok(());
        }
        let Some(column) = Column::named(meaning) else {
            let known: Vec<&str> = Column::NAMED.iter().map(|(name, _)| *name).collect();
            return wrong(
                "mapping_unknown",
                format!("“{}” means nothing here. Choose one of {}.", meaning.trim(), known.join(", ")),
            );
        };
        self.say(name, Some(column));
        Ok(())
    }

    /// What is said here, and beneath it what `other` says.
    pub fn over(mut self, other: Mapping) -> Mapping {
        for (name, meaning) in other.0 {
            self.0.entry(name).or_insert(meaning);
        }
        self
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn of(&self, name: &str) -> Option<Option<Column>> {
        self.0.get(&letters(name)).copied()
    }
}
