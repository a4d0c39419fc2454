//! Which products a text finds, and how well each fits.

use crate::dictionary::Place;
use crate::segment::Segment;
use catalog::words::words;

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
        let strict = [&all[0], &all[1]].map(|places| meet(places, &weights));
        if self.words.len() == 1 || strict.iter().any(|found| !found.is_empty()) {
            return strict;
        }
        [&all[0], &all[1]].map(|places| join(places, &weights))
    }

    /// For each word: slots and how well it fits there.
    fn places(&self, piece: &Segment) -> Vec<Found> {
        let last = self.words.len() - 1;
        let words = self.words.iter().enumerate();
        words.map(|(at, word)| if at == last && self.begun { begun(piece, word) } else { whole(piece, word) }).collect()
    }
}

fn whole(piece: &Segment, word: &str) -> Found {
    let places = piece.words.find(word).map_or(&[][..], |at| piece.words.places(at));
    places.iter().map(|place| (place >> 2, 2 * (place & 3))).collect()
}

/// A word that may go on: the word itself counts double.
fn begun(piece: &Segment, start: &str) -> Found {
    let range = piece.words.beginning(start, COMPLETIONS_MAX);
    let mut found = Found::new();
    for at in range.clone() {
        let factor = if piece.words.word(at) == start { 2 } else { 1 };
        found.extend(piece.words.places(at).iter().map(|place| (place >> 2, factor * (place & 3))));
    }
    if range.len() > 1 {
        // Of several words in one product the one that fits best counts: it sorts last.
        found.sort_unstable();
        found.reverse();
        found.dedup_by_key(|(slot, _)| *slot);
        found.reverse();
    }
    found
}

/// Slots in all of the lists, with the sum of their weighted scores.
fn meet(lists: &[Found], weights: &[u32]) -> Found {
    let mut order: Vec<usize> = (0..lists.len()).collect();
    order.sort_by_key(|list| lists[*list].len());
    let Some((first, others)) = order.split_first() else { return Found::new() };
    let weigh = |list: usize, score: u32| score * weights[list];
    let mut found: Found = lists[*first].iter().map(|(slot, score)| (*slot, weigh(*first, *score))).collect();
    for other in others {
        let mut rest = &lists[*other][..];
        found.retain_mut(|(slot, score)| {
            rest = &rest[ahead(rest, *slot)..];
            match rest.first() {
                Some((here, more)) if here == slot => {
                    *score += weigh(*other, *more);
                    true
                }
                _ => false,
            }
        });
    }
    found
}

/// How many entries of a list come before a slot: looked for in leaps that double, since it is mostly near.
fn ahead(list: &[(u32, u32)], slot: u32) -> usize {
    let mut leap = 1;
    while leap < list.len() && list[leap].0 < slot {
        leap *= 2;
    }
    let from = leap / 2;
    let until = list.len().min(leap + 1);
    from + list[from..until].partition_point(|(here, _)| *here < slot)
}

/// Slots in any of the lists; those in more of them count the more.
fn join(lists: &[Found], weights: &[u32]) -> Found {
    let mut all: Vec<(u32, u32, u32)> = Vec::new();
    for (list, weight) in lists.iter().zip(weights) {
        all.extend(list.iter().map(|(slot, score)| (*slot, score * weight, 1)));
    }
    all.sort_unstable();
    all.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            (kept.1, kept.2) = (kept.1 + next.1, kept.2 + next.2);
        }
        same
    });
    all.into_iter().map(|(slot, score, words)| (slot, score * words)).collect()
}

/// A word in a title counts this much at least.
pub(crate) const TITLE_SCORE: u32 = Place::Title as u32;
