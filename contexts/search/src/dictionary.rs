//! Words and where they stand, packed: a quarter of a million words of a shop in a few megabytes.

use std::collections::HashMap;
use std::ops::Range;

/// How much a word counts where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Aside = 1,
    Title = 3,
}

/// Words in order of their letters. A place is a slot in the high bits and a [`Place`] in the low two; a word's places stand
/// in order of their slots, one for each.
#[derive(Default)]
pub(crate) struct Dictionary {
    letters: String,
    /// Where each word's letters end.
    letters_end: Vec<u32>,
    places: Vec<u32>,
    /// Where each word's places end.
    places_end: Vec<u32>,
}

/// Collects words for a dictionary.
#[derive(Default)]
pub(crate) struct Collector {
    known: HashMap<Box<str>, u32>,
    /// Word by the order in which it became known, and place.
    seen: Vec<(u32, u32)>,
}

impl Collector {
    /// Notes that a word stands somewhere.
    pub fn note(&mut self, word: &str, slot: u32, place: u32) {
        let number = match self.known.get(word) {
            Some(number) => *number,
            None => {
                let number = self.known.len() as u32;
                self.known.insert(word.into(), number);
                number
            }
        };
        self.seen.push((number, slot << 2 | place));
    }

    /// The dictionary.
    pub fn finish(self) -> Dictionary {
        let Collector { known, mut seen } = self;
        let mut words: Vec<(Box<str>, u32)> = known.into_iter().collect();
        words.sort_unstable();
        let mut rank = vec![0_u32; words.len()];
        for (place, (_, number)) in words.iter().enumerate() {
            rank[*number as usize] = place as u32;
        }
        for (word, _) in &mut seen {
            *word = rank[*word as usize];
        }
        seen.sort_unstable();
        let mut dictionary = Dictionary::default();
        let mut next = seen.into_iter().peekable();
        for (place, (word, _)) in words.iter().enumerate() {
            dictionary.letters.push_str(word);
            dictionary.letters_end.push(dictionary.letters.len() as u32);
            while let Some((_, at)) = next.next_if(|(of, _)| *of == place as u32) {
                // In the title and beside it: the title counts, and sorts last.
                let first = dictionary.places_end.last().map_or(0, |end| *end as usize);
                match dictionary.places[first..].last_mut() {
                    Some(last) if *last >> 2 == at >> 2 => *last = at,
                    _ => dictionary.places.push(at),
                }
            }
            dictionary.places_end.push(dictionary.places.len() as u32);
        }
        dictionary.letters.shrink_to_fit();
        dictionary.letters_end.shrink_to_fit();
        dictionary.places.shrink_to_fit();
        dictionary.places_end.shrink_to_fit();
        dictionary
    }
}

impl Dictionary {
    /// How many words.
    pub fn len(&self) -> usize {
        self.letters_end.len()
    }

    /// The word at a position.
    pub fn word(&self, at: usize) -> &str {
        &self.letters[span(&self.letters_end, at)]
    }

    /// Where the word at a position stands.
    pub fn places(&self, at: usize) -> &[u32] {
        &self.places[span(&self.places_end, at)]
    }

    /// Positions of the words that begin so, up to `most`.
    pub fn beginning(&self, start: &str, most: usize) -> Range<usize> {
        let from = self.lower_bound(start);
        let until = (from..self.len().min(from + most)).find(|at| !self.word(*at).starts_with(start));
        from..until.unwrap_or(self.len().min(from + most))
    }

    /// Position of a word.
    pub fn find(&self, word: &str) -> Option<usize> {
        let at = self.lower_bound(word);
        (at < self.len() && self.word(at) == word).then_some(at)
    }

    fn lower_bound(&self, word: &str) -> usize {
        let (mut from, mut until) = (0, self.len());
        while from < until {
            let middle = (from + until) / 2;
            if self.word(middle) < word { from = middle + 1 } else { until = middle }
        }
        from
    }
}

fn span(ends: &[u32], at: usize) -> Range<usize> {
    let from = if at == 0 { 0 } else { ends[at - 1] as usize };
    from..ends[at] as usize
}
