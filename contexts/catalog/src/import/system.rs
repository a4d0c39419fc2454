//! The shop systems and marketplaces whose files are known by their column names, and what those mean here. Column names are
//! facts of these systems' own export formats; where a file says a thing in a way of its own, cells are made of several.

use super::header::{Column, letters};
use super::systems;
use super::table::{RowFault, TableRow};
use base::Currency;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

/// A system whose files are recognised.
pub(crate) struct System {
    /// As people call it.
    pub name: &'static str,
    /// Column names, small letters and digits alone, that all stand in a file of it; any of the lists will do. A star at the end
    /// is for whatever follows.
    pub marks: &'static [&'static [&'static str]],
    /// Columns that say just what one of ours says.
    pub columns: &'static [(Column, &'static [&'static str])],
    /// Columns that are made, each with the file's column that it is mostly told from.
    pub makes: &'static [(Column, &'static str)],
    /// Makes them.
    pub make: fn(&mut Maker, &Cells) -> Made,
}

/// What a system's column is known by: small letters and digits, in English where the system writes names in its owner's language.
pub(crate) fn key(name: &str) -> String {
    let own = letters(name);
    let number: String = own.chars().filter(char::is_ascii_digit).collect();
    let pattern = if number.is_empty() { own.clone() } else { own.replace(&number, "#") };
    systems::ABROAD.get(&pattern).map_or(own, |english| english.replace('#', &number))
}

/// The cells that were made of a row, or that it is not of goods.
pub(crate) type Made = Result<Vec<(Column, String)>, RowFault>;

impl System {
    /// The system whose column names these are.
    pub(crate) fn of(names: &[String]) -> Option<&'static System> {
        let names: Vec<String> = names.iter().map(|name| key(name)).collect();
        let has = |mark: &&str| match mark.strip_suffix('*') {
            Some(begins) => names.iter().any(|name| name.starts_with(begins)),
            None => names.iter().any(|name| name == mark),
        };
        systems::ALL.iter().copied().find(|system| system.marks.iter().any(|marks| marks.iter().all(has)))
    }

    /// What a column of its files means, where it says just what one of ours says.
    pub(crate) fn meaning(&self, name: &str) -> Option<Column> {
        let name = key(name);
        let named = |(_, spellings): &&(Column, &[&str])| spellings.contains(&name.as_str());
        self.columns.iter().find(named).map(|(column, _)| *column)
    }
}

/// Makes cells row by row, and remembers what rows before have said.
pub(crate) struct Maker {
    system: &'static System,
    at: HashMap<String, usize>,
    /// The column names as they stand in the file.
    pub names: Vec<String>,
    /// Currency of prices without one.
    pub currency: Currency,
    /// Names of the options of a product, by its handle.
    pub options: HashMap<String, Vec<String>>,
    /// Handles of products, by the number that the system gave them.
    pub handles: HashMap<String, String>,
    /// The product of the rows before.
    pub parent: String,
    /// Columns from which cells were made.
    asked: RefCell<BTreeSet<usize>>,
}

/// A row by its column names.
pub(crate) struct Cells<'a> {
    at: &'a HashMap<String, usize>,
    row: &'a TableRow,
    asked: &'a RefCell<BTreeSet<usize>>,
}

impl Cells<'_> {
    /// The first of these columns that holds anything; empty when none does.
    pub(crate) fn first(&self, names: &[&str]) -> &str {
        // All of them are asked for, also those behind the first.
        let cells: Vec<&str> = names.iter().map(|name| self.get(name)).collect();
        cells.into_iter().find(|cell| !cell.is_empty()).unwrap_or_default()
    }

    /// What stands in a column; empty when the file has none of this name.
    pub(crate) fn get(&self, name: &str) -> &str {
        let Some(index) = self.at.get(name) else { return "" };
        self.asked.borrow_mut().insert(*index);
        self.row.cells.get(*index).map_or("", String::as_str)
    }

    /// Whether the file has a column of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.at.contains_key(name)
    }
}

impl Maker {
    /// For a file of these columns.
    pub(crate) fn new(system: &'static System, names: &[String], currency: Currency) -> Maker {
        let mut at = HashMap::new();
        for (index, name) in names.iter().enumerate() {
            at.entry(key(name)).or_insert(index);
        }
        let (options, handles) = (HashMap::new(), HashMap::new());
        let asked = RefCell::default();
        Maker { system, at, names: names.to_vec(), currency, options, handles, parent: String::new(), asked }
    }

    /// The columns from which cells were made so far.
    pub(crate) fn asked(&self) -> BTreeSet<usize> {
        self.asked.borrow().clone()
    }

    /// Makes the cells of a row.
    pub(crate) fn make(&mut self, row: &mut TableRow) {
        if row.fault.is_some() {
            return;
        }
        let (at, asked) = (std::mem::take(&mut self.at), self.asked.take());
        let asked = RefCell::new(asked);
        let made = (self.system.make)(self, &Cells { at: &at, row, asked: &asked });
        (self.at, self.asked) = (at, asked);
        match made {
            Ok(made) => row.made = made,
            Err(fault) => row.fault = Some(fault),
        }
    }
}
