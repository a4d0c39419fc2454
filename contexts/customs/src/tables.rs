//! The tables: effective-dated facts with a source, parsed and validated once.

use crate::cost::Confidence;
use base::{Country, Date};
use std::sync::LazyLock;

/// All tables, indexed.
#[derive(Debug, Default)]
pub struct Tables {
    rows: Vec<TableRow>,
}

/// One row as the console shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// Which table: `duty_rates`, `tax_rates` …
    pub table: &'static str,
    /// Stable id.
    pub id: String,
    /// Country code, or `EU`.
    pub country: String,
    /// What it says.
    pub what: String,
    /// The rate, amount or limit.
    pub value: String,
    /// First day in force.
    pub from: Option<Date>,
    /// Last day in force.
    pub to: Option<Date>,
    /// How well it is known.
    pub confidence: Confidence,
    /// Where it stands.
    pub source: String,
}

impl Tables {
    /// The tables of this release.
    pub fn builtin() -> &'static Tables {
        static BUILTIN: LazyLock<Tables> = LazyLock::new(Tables::default);
        &BUILTIN
    }

    /// Every row, for the console's page.
    pub fn sources(&self) -> impl Iterator<Item = TableRow> {
        self.rows.iter().cloned()
    }

    /// Countries goods can be sent to, by code.
    pub fn destinations(&self) -> impl Iterator<Item = Country> {
        std::iter::empty()
    }
}
