//! How a file writes its numbers, told from all of them: once for each group of columns, from the numbers that can be read in one
//! way only, else from what the other groups say. Where nothing tells it, nobody guesses.

use crate::number::{Mark, Numeral, Sense};

/// A number of a file that told something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Line of the file, from 1.
    pub line: u64,
    /// As it stands there.
    pub text: String,
}

/// What a group's numbers count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// Money in a currency of so many decimals.
    Money(u32),
    /// Pieces: whole numbers, though some systems fill them up with decimals (`3.000`).
    Pieces,
    /// Anything that can be parted.
    Measure,
}

/// What the numbers of one group of columns (prices, weights, pieces) say.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// For each mark: how many numbers can only be meant with it, and the first of them.
    clear: [(u64, Option<Seen>); 2],
    /// For each mark: the first number for which it is the likelier one.
    likely: [Option<Seen>; 2],
    /// The same, if whole numbers stand there bare too: then nobody fills up with decimals.
    unfilled: [Option<Seen>; 2],
    bare: bool,
    /// The first number that can be read two ways.
    open: Option<(Seen, Numeral)>,
}

/// What a group came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// No number of it needs telling: all read the same in every style.
    Nothing,
    /// This mark, as that number tells; none when it was said by hand.
    One(Mark, Option<Seen>),
    /// Both are written: mostly the first, as its number tells, but here and there as the second has it. Numbers of two senses are
    /// not read.
    Both(Mark, Seen, Seen),
    /// That number can be read two ways, and nothing says how.
    Open(Seen, Numeral),
}

impl Told {
    /// What the group's numbers have before their decimals; none where both are written.
    pub fn mark(&self) -> Option<Mark> {
        match self {
            Told::Nothing => Some(Mark::Point),
            Told::One(mark, _) => Some(*mark),
            Told::Both(..) | Told::Open(..) => None,
        }
    }
}

impl Evidence {
    /// Takes a number into account.
    pub fn note(&mut self, number: &Numeral, counts: Counts, line: u64, text: &str) {
        let seen = || Seen { line, text: text.to_owned() };
        let mut clear = |mark: Mark| {
            let (count, first) = &mut self.clear[mark as usize];
            *count += 1;
            first.get_or_insert_with(seen);
        };
        let (point, comma, grouping) = match (number.sense(), number.grouping()) {
            (Some(Sense::Only(mark, _)), _) => return clear(mark),
            (Some(Sense::Either { point, comma }), Some(grouping)) => (point, comma, grouping),
            _ => {
                self.bare |= number.is_bare();
                return;
            }
        };
        let parted = if grouping == Mark::Comma { point } else { comma };
        match counts {
            Counts::Money(0) => return clear(grouping),
            Counts::Pieces if parted.whole().is_none() => return clear(grouping),
            Counts::Pieces => _ = self.unfilled[grouping as usize].get_or_insert_with(seen),
            Counts::Money(3) if grouping == Mark::Comma => {
                self.likely[Mark::Point as usize].get_or_insert_with(seen);
            }
            Counts::Money(_) | Counts::Measure => {}
        }
        self.open.get_or_insert_with(|| (seen(), number.clone()));
    }

    /// What the group says by itself.
    fn alone(&self) -> Told {
        let [point, comma] = &self.clear;
        match (&point.1, &comma.1) {
            (Some(one), Some(other)) if point.0 >= comma.0 => Told::Both(Mark::Point, one.clone(), other.clone()),
            (Some(one), Some(other)) => Told::Both(Mark::Comma, other.clone(), one.clone()),
            (Some(one), None) => Told::One(Mark::Point, Some(one.clone())),
            (None, Some(other)) => Told::One(Mark::Comma, Some(other.clone())),
            (None, None) => match &self.open {
                Some((seen, number)) => Told::Open(seen.clone(), number.clone()),
                None => Told::Nothing,
            },
        }
    }

    /// The mark that is likelier, where only one is.
    fn likely(&self) -> Option<(Mark, &Seen)> {
        let of = |mark: Mark| {
            let unfilled = self.unfilled[mark as usize].as_ref().filter(|_| self.bare);
            self.likely[mark as usize].as_ref().or(unfilled).map(|seen| (mark, seen))
        };
        match (of(Mark::Point), of(Mark::Comma)) {
            (one, None) => one,
            (None, other) => other,
            _ => None,
        }
    }
}

/// What each group of a file came to: by its own numbers that can be read in one way only; else by what the other groups say, if
/// they agree with each other and with what is likelier here; else by what is likelier.
pub fn decide<const N: usize>(groups: &[Evidence; N]) -> [Told; N] {
    let alone = groups.each_ref().map(Evidence::alone);
    let clear = |mark: Mark| {
        alone.iter().find_map(|told| match told {
            Told::One(said, Some(seen)) if *said == mark => Some((mark, seen)),
            _ => None,
        })
    };
    let others = match (clear(Mark::Point), clear(Mark::Comma)) {
        (one, None) => one,
        (None, other) => other,
        _ => None,
    };
    std::array::from_fn(|index| {
        let Told::Open(..) = &alone[index] else { return alone[index].clone() };
        match (groups[index].likely(), others) {
            (Some((mark, _)), Some((other, _))) if mark != other => alone[index].clone(),
            (Some((mark, seen)), _) | (None, Some((mark, seen))) => Told::One(mark, Some(seen.clone())),
            (None, None) => alone[index].clone(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(counts: Counts, texts: &[&str]) -> Evidence {
        let mut evidence = Evidence::default();
        for (line, text) in (2..).zip(texts) {
            evidence.note(&Numeral::read(text).unwrap(), counts, line, text);
        }
        evidence
    }

    fn told(told: &Told) -> String {
        match told {
            Told::Nothing => "nothing".into(),
            Told::One(mark, seen) => format!("{} by {}", mark.name(), seen.as_ref().map_or("hand", |seen| &seen.text)),
            Told::Both(mark, one, other) => format!("both, {}: {} {}", mark.name(), one.text, other.text),
            Told::Open(seen, _) => format!("open: {} in line {}", seen.text, seen.line),
        }
    }

    #[test]
    fn one_clear_number_tells_the_whole_group() {
        let euro = |texts: &[&str]| told(&decide(&[of(Counts::Money(2), texts)])[0]);
        assert_eq!(euro(&["1.500", "12.000", "19,99"]), "comma by 19,99");
        assert_eq!(euro(&["1.500", "2.000"]), "open: 1.500 in line 2");
        assert_eq!(euro(&["1.505"]), "open: 1.505 in line 2", "a price per thousand has three decimals");
        assert_eq!(euro(&["1.500", "0.500"]), "point by 0.500");
        assert_eq!(euro(&["19.99", "20,5", "3.10"]), "both, point: 19.99 20,5");
        assert_eq!(euro(&["5", "1'200"]), "nothing");
        assert_eq!(told(&decide(&[of(Counts::Money(0), &["1.500"])])[0]), "comma by 1.500", "yen have no decimals");
        assert_eq!(told(&decide(&[of(Counts::Money(3), &["1.500"])])[0]), "point by 1.500", "dinars have three");
        assert_eq!(told(&decide(&[of(Counts::Money(3), &["1,500"])])[0]), "open: 1,500 in line 2");
    }

    #[test]
    fn groups_help_each_other_unless_they_quarrel() {
        let three = |price: &[&str], weight: &[&str], pieces: &[&str]| {
            let groups = [of(Counts::Money(2), price), of(Counts::Measure, weight), of(Counts::Pieces, pieces)];
            decide(&groups).each_ref().map(told)
        };
        assert_eq!(three(&["1.500"], &["20,5"], &[]), ["comma by 20,5", "comma by 20,5", "nothing"]);
        assert_eq!(three(&["19.99"], &["0,5"], &["3", "1.000"]), ["point by 19.99", "comma by 0,5", "comma by 1.000"]);
        assert_eq!(three(&["19.99"], &["0,5"], &["3.000", "1.000"])[2], "open: 3.000 in line 2");
        assert_eq!(three(&["19.99"], &[], &["3.000", "1.000"])[2], "point by 19.99", "filled up with decimals");
        assert_eq!(three(&["19.99"], &[], &["3", "1.000"])[2], "open: 1.000 in line 3");
        assert_eq!(three(&["19.99"], &[], &["1.250"])[2], "comma by 1.250", "there are no quarters of pieces");
    }
}
