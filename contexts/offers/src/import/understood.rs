//! How a file was understood: its columns, and how its numbers are written. Kept with the import, told with its report.

use base::Mark;
use base::evidence::Told;
use catalog::import::{Group, Question, Survey};
use serde::{Deserialize, Serialize};

/// How a file was understood. Stored as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Understood {
    /// For each group of columns whose numbers needed telling.
    pub numbers: Vec<Numbers>,
    /// Columns that are taken, as the file spells them.
    pub taken: Vec<String>,
    /// Columns that mean nothing here.
    pub unknown: Vec<String>,
    /// The number that has to be explained before anything can be done.
    pub question: Option<TwoWays>,
}

/// How the numbers of a group of columns are written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbers {
    /// `prices`, `weights` or `pieces`.
    pub group: String,
    /// `point` or `comma`: what stands before the decimals.
    pub decimal: String,
    /// Line of the number that told it; 0 when it was said by hand.
    pub line: u64,
    /// That number as it stands there.
    pub text: String,
    /// Line of the first number that is written the other way; 0 when there is none.
    pub other_line: u64,
    /// That number as it stands there.
    pub other: String,
}

/// A number that can be read two ways.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TwoWays {
    /// Line of the file.
    pub line: u64,
    /// As it stands there.
    pub text: String,
    /// What it is with a point before the decimals.
    pub point: String,
    /// What it is with a comma there.
    pub comma: String,
}

impl Understood {
    /// What a survey found.
    pub(super) fn of(survey: &Survey) -> Understood {
        let groups = Group::ALL.into_iter().zip(&survey.told);
        Understood {
            numbers: groups.filter_map(|(group, told)| numbers(group, told)).collect(),
            taken: survey.taken.clone(),
            unknown: survey.unknown.clone(),
            question: survey.question().map(|question| two_ways(&question)),
        }
    }
}

fn two_ways(question: &Question) -> TwoWays {
    let Question { seen, point, comma } = question.clone();
    TwoWays { line: seen.line, text: seen.text, point, comma }
}

fn numbers(group: Group, told: &Told) -> Option<Numbers> {
    let of = |mark: &Mark| Numbers {
        group: group.name().to_owned(),
        decimal: mark.name().to_owned(),
        line: 0,
        text: String::new(),
        other_line: 0,
        other: String::new(),
    };
    match told {
        Told::Nothing | Told::Open(..) => None,
        Told::One(mark, None) => Some(of(mark)),
        Told::One(mark, Some(seen)) => Some(Numbers { line: seen.line, text: seen.text.clone(), ..of(mark) }),
        Told::Both(mark, seen, other) => Some(Numbers {
            line: seen.line,
            text: seen.text.clone(),
            other_line: other.line,
            other: other.text.clone(),
            ..of(mark)
        }),
    }
}
