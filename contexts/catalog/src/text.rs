//! Finding products by text, drafts too: the words that lead to a product, kept beside it, and what a text asks for.

use crate::product::Product;
use crate::words::{each_word, words};
use base::{Id, Result};
use std::collections::BTreeSet;
use store::{Tx, params};

/// Words kept of one product; a product with more says nothing new with them.
const WORDS_MAX: usize = 400;
/// Letters of a word that count.
const LETTERS_MAX: usize = 40;

/// What a text asks for: up to three words, each of which may be only begun. A product fits when it has them all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// From this word, before that one; the last is repeated where there are fewer words.
    ranges: [(String, String); 3],
}

impl Terms {
    /// Reads a text; none when it has no words. Longer words say more: of many the three longest count.
    pub fn of(text: &str) -> Option<Terms> {
        let mut all: Vec<String> = words(text).into_iter().map(|word| cut(&word)).collect();
        all.sort_by_key(|word| (std::cmp::Reverse(word.chars().count()), word.clone()));
        all.dedup();
        let last = all.get(2).or(all.last())?.clone();
        let range = |at: usize| {
            let from = all.get(at).unwrap_or(&last).clone();
            let before = format!("{from}{}", char::MAX);
            (from, before)
        };
        Some(Terms { ranges: [range(0), range(1), range(2)] })
    }

    /// The bounds of word `at` (0 to 2), for a statement.
    pub fn range(&self, at: usize) -> (&str, &str) {
        let (from, before) = &self.ranges[at.min(2)];
        (from, before)
    }
}

fn cut(word: &str) -> String {
    word.chars().take(LETTERS_MAX).collect()
}

/// Brings the words of a product up to date with its rows.
pub(crate) fn refresh_words(tx: &mut Tx, product: Id<Product>) -> Result<()> {
    let mut now: BTreeSet<String> = BTreeSet::new();
    for statement in [OF_PRODUCT, OF_TEXTS, OF_VARIANTS] {
        for row in tx.query(statement, params![product])? {
            for at in 0..2 {
                each_word(&row.get::<String>(at)?, |word| {
                    now.insert(cut(word));
                });
            }
        }
    }
    let kept: BTreeSet<String> = now.into_iter().take(WORDS_MAX).collect();
    let mut known: BTreeSet<String> = BTreeSet::new();
    for row in tx.query(KNOWN, params![product])? {
        known.insert(row.get(0)?);
    }
    for word in known.difference(&kept) {
        tx.send(FORGET, params![product, word])?;
    }
    let new: Vec<&String> = kept.difference(&known).collect();
    for chunk in new.chunks(8) {
        // A statement has a fixed number of parameters: the last word fills the places that are left.
        let at = |index: usize| chunk[index.min(chunk.len() - 1)];
        tx.send(ADD, params![product, at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7)])?;
    }
    Ok(())
}

const OF_PRODUCT: &str = "SELECT title, vendor || ' ' || handle FROM catalog_product WHERE id = $1";
const OF_TEXTS: &str = "SELECT title, '' FROM catalog_text WHERE product = $1";
const OF_VARIANTS: &str = "SELECT sku, barcode FROM catalog_variant WHERE product = $1";
const KNOWN: &str = "SELECT word FROM catalog_word WHERE product = $1";
const FORGET: &str = "DELETE FROM catalog_word WHERE word = $2 AND product = $1";
const ADD: &str =
    "INSERT INTO catalog_word (product, word) VALUES ($1, $2), ($1, $3), ($1, $4), ($1, $5), ($1, $6), ($1, $7),
    ($1, $8), ($1, $9) ON CONFLICT DO NOTHING";
