//! Which products a text finds, and how well each fits.

use crate::segment::{Place, Segment};
use crate::words::words;
use std::collections::HashMap;

/// Words of the dictionary that the beginning of a word may stand for.
const COMPLETIONS_MAX: usize = 300;

/// What a text asks for: words, of which the last may be only begun.
pub(crate) struct Wanted {
    words: Vec<String>,
    begun: bool,
}

/// What a piece of the shelf finds: slots with their score, by slot.
pub(crate) type Found = Vec<(u32, u32)>;

impl Wanted {
    /// Reads a text; none when it has no words.
    pub fn of(text: &str) -> Option<Wanted> {
        let mut all = words(text);
        let begun = text.chars().last().is_some_and(char::is_alphanumeric);
        let last = all.last().cloned();
        let mut seen = std::collections::HashSet::new();
        all.retain(|word| Some(word) == last.as_ref() || seen.insert(word.clone()));
        // Nobody types more words than this; a pasted page should not cost more.
        all.truncate(16);
        if all.is_empty() { None } else { Some(Wanted { words: all, begun }) }
    }

    /// What both pieces find: products with all words, or if there are none, with any of them.
    pub fn find(&self, pieces: [&Segment; 2]) -> [Found; 2] {
        let all = pieces.map(|piece| self.places(piece));
        let weights: Vec<u32> = (0..self.words.len())
            .map(|word| {
                let known: usize = all.iter().map(|places| places[word].len()).sum();
                let products: usize = pieces.iter().map(|piece| piece.slots.len()).sum();
                // Rare words tell more: one more for each halving.
                1 + (products.max(1) / known.max(1)).max(1).ilog2()
            })
            .collect();
        let strict = [&all[0], &all[1]].map(|places| meet(places, &weights, places.len()));
        if self.words.len() == 1 || strict.iter().any(|found| !found.is_empty()) {
            return strict;
        }
        [&all[0], &all[1]].map(|places| meet(places, &weights, 1))
    }

    /// For each word: slots and how well it fits there.
    fn places(&self, piece: &Segment) -> Vec<Vec<(u32, u32)>> {
        let last = self.words.len() - 1;
        let words = self.words.iter().enumerate();
        words.map(|(at, word)| if at == last && self.begun { begun(piece, word) } else { whole(piece, word) }).collect()
    }
}

fn whole(piece: &Segment, word: &str) -> Vec<(u32, u32)> {
    let places = piece.words.get(word).map_or(&[][..], Vec::as_slice);
    places.iter().map(|place| (place >> 2, 2 * (place & 3))).collect()
}

/// A word that may go on: the word itself counts double.
fn begun(piece: &Segment, start: &str) -> Vec<(u32, u32)> {
    let from = std::ops::Bound::Included(start);
    let range = piece.words.range::<str, _>((from, std::ops::Bound::Unbounded));
    let mut found: HashMap<u32, u32> = HashMap::new();
    for (word, places) in range.take_while(|(word, _)| word.starts_with(start)).take(COMPLETIONS_MAX) {
        let factor = if **word == *start { 2 } else { 1 };
        for place in places {
            let score = found.entry(place >> 2).or_default();
            *score = (*score).max(factor * (place & 3));
        }
    }
    let mut found: Vec<(u32, u32)> = found.into_iter().collect();
    found.sort_unstable();
    found
}

/// Slots in at least `least` of the lists, with the sum of their weighted scores.
fn meet(lists: &[Vec<(u32, u32)>], weights: &[u32], least: usize) -> Found {
    let mut sums: HashMap<u32, (usize, u32)> = HashMap::new();
    let mut order: Vec<usize> = (0..lists.len()).collect();
    order.sort_by_key(|list| lists[*list].len());
    for (round, list) in order.into_iter().enumerate() {
        for (slot, score) in &lists[list] {
            // A slot that was not in every list so far can no longer be in all.
            if least == lists.len() && round > 0 {
                if let Some(sum) = sums.get_mut(slot).filter(|sum| sum.0 == round) {
                    *sum = (round + 1, sum.1 + score * weights[list]);
                }
            } else {
                let sum = sums.entry(*slot).or_default();
                *sum = (sum.0 + 1, sum.1 + score * weights[list]);
            }
        }
    }
    let found = sums.into_iter().filter(|(_, (lists, _))| *lists >= least);
    let mut found: Found = found.map(|(slot, (lists, score))| (slot, score * lists as u32)).collect();
    found.sort_unstable();
    found
}

/// A word in a title counts this much at least.
pub(crate) const TITLE_SCORE: u32 = Place::Title as u32;
