//! How a file was understood: its columns, and how its numbers are written. Kept with the import, told with its report.

use base::Mark;
use base::evidence::Told;
use catalog::import::{Column, Group, Look, Question, Seen, Survey};
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
    /// Name of the encoding, or `workbook`.
    pub encoding: String,
    /// The shop system or marketplace that wrote the file, where its columns tell.
    pub system: Option<String>,
    /// Its columns one by one, for whoever says what they mean.
    pub columns: Vec<ColumnSeen>,
    /// No column says which goods a row is of: what the columns mean has to be said before anything can be done.
    pub asks_columns: bool,
}

/// A column of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnSeen {
    /// As the file spells it.
    pub name: String,
    /// The first thing that stands in it.
    pub sample: String,
    /// What it means, as [`catalog::import::Column::NAMED`] calls it; empty when nothing, or nothing that can be chosen.
    pub meaning: String,
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
    /// What the first look at a file found.
    pub(super) fn seen(look: &Look) -> Understood {
        let column = |seen: &Seen| ColumnSeen {
            name: seen.name.clone(),
            sample: seen.sample.clone(),
            meaning: seen.meaning.and_then(Column::name).unwrap_or_default().to_owned(),
        };
        Understood {
            encoding: look.encoding.to_owned(),
            system: look.system.map(str::to_owned),
            columns: look.columns.iter().map(column).collect(),
            asks_columns: !look.usable,
            ..Understood::default()
        }
    }

    /// Whether somebody has to say something before anything can be done.
    pub fn asks(&self) -> bool {
        self.question.is_some() || self.asks_columns
    }

    /// What a survey found besides.
    pub(super) fn and(self, survey: &Survey) -> Understood {
        let groups = Group::ALL.into_iter().zip(&survey.told);
        Understood {
            numbers: groups.filter_map(|(group, told)| numbers(group, told)).collect(),
            taken: survey.taken.clone(),
            unknown: survey.unknown.clone(),
            question: survey.question().map(|question| two_ways(&question)),
            ..self
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
