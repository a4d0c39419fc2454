//! A file as a table: its column names, then its rows with the lines they begin on. What the columns mean is asked elsewhere.

use super::decode::{Kind, LOOK_BYTES, kind_of};
use super::header::Column;
use super::input::{Counted, END, Lines, Watch};
use super::system::{Maker, System};
use super::{Mapping, Opening, header, workbook};
use base::{Error, Result};
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1251,
    WINDOWS_1252,
};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};
use std::cell::Cell;
use std::collections::{BTreeSet, VecDeque};
use std::io::{self, Cursor, Read};
use std::rc::Rc;

/// The column names stand in one of the first rows: some systems write titles above them.
pub(crate) const NAMES_WITHIN: usize = 12;
/// Letters of a cell that are kept of a row that swallowed the rest of its file.
const SWALLOWED_KEPT: usize = 200;

/// Why a row cannot be taken, whatever its columns mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowFault {
    /// Some of it is not in the file's encoding.
    Undecodable,
    /// It holds a byte of nought, which no text has.
    Nought,
    /// A quote was opened in it and never closed: everything behind it is lost.
    OpenQuote,
    /// It is longer than any product's: everything behind it is not looked at.
    Endless,
    /// The system that wrote the file means something else than goods by it.
    NoGoods,
}

/// A row as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableRow {
    /// Line of the file on which it begins, from 1 (the column names).
    pub line: u64,
    /// Its cells, without blanks around them; there may be fewer or more than columns.
    pub cells: Vec<String>,
    /// Cells that were made of several others, because the file says it in its own way.
    pub made: Vec<(Column, String)>,
    /// Which cells hold numbers, as spreadsheets keep them: written with a point, and nothing between thousands.
    pub exact: Vec<bool>,
    /// Why it cannot be taken.
    pub fault: Option<RowFault>,
}

impl TableRow {
    /// A row, looked through for what no text holds.
    pub(crate) fn new(line: u64, cells: Vec<String>, whole: bool) -> TableRow {
        let nought = cells.iter().any(|cell| cell.contains('\0')).then_some(RowFault::Nought);
        let fault = nought.or((!whole).then_some(RowFault::Undecodable));
        TableRow { line, cells, fault, ..TableRow::default() }
    }

    /// What stands in a column; empty where the row is shorter.
    pub(crate) fn cell(&self, index: usize) -> &str {
        self.cells.get(index).map_or("", String::as_str)
    }

    /// Whether a cell of it, or one made of it, is a number as spreadsheets keep them.
    pub(crate) fn is_exact(&self, cell: &str) -> bool {
        self.exact.iter().zip(&self.cells).any(|(exact, own)| *exact && own == cell)
    }
}

/// A table being read, a row at a time.
pub struct Table<R: Read> {
    names: Vec<String>,
    rows: Rows<R>,
    /// Rows behind the names that were read while these were looked for.
    ahead: VecDeque<TableRow>,
    bytes: Rc<Cell<u64>>,
    encoding: &'static str,
    system: Option<&'static System>,
    maker: Option<Maker>,
}

enum Rows<R: Read> {
    Text(Box<Text<R>>),
    Book(std::vec::IntoIter<TableRow>),
}

impl<R: Read> Table<R> {
    /// Reads the column names. Encoding, separator and the system that wrote the file are told from it.
    /// Errors: an empty file; no table; unreadable.
    pub fn open(mut input: R, opening: &Opening) -> Result<Table<R>> {
        let mut start = Vec::new();
        (&mut input).take(LOOK_BYTES as u64).read_to_end(&mut start).map_err(io_error)?;
        let kind = kind_of(&start, opening.encoding, opening.place.as_ref().map(|place| &place[..]))?;
        let bytes = Rc::new(Cell::new(0));
        let (mut rows, encoding) = match kind {
            Kind::Workbook => {
                let whole = Counted::new(Cursor::new(start).chain(input), bytes.clone());
                (Rows::Book(workbook::rows(whole, &opening.columns)?.into_iter()), "workbook")
            }
            Kind::Text(guess) => {
                let is_guessed = opening.encoding.is_none() && ![UTF_8, UTF_16LE, UTF_16BE].contains(&guess);
                let encoding = if is_guessed { encoding_of_names(guess, &start, &opening.columns) } else { guess };
                let (text, ..) = encoding.decode(&start);
                let text = text.into_owned();
                let whole = Counted::new(Cursor::new(start).chain(input), bytes.clone());
                let mut decoder = DecodeReaderBytesBuilder::new();
                // What is UTF-8 already goes through as it is, so that what is broken in it is seen.
                let decoded = decoder
                    .encoding(Some(encoding).filter(|encoding| *encoding != UTF_8))
                    .bom_override(true)
                    .strip_bom(true)
                    .utf8_passthru(true)
                    .build(whole);
                (
                    Rows::Text(Box::new(Text::new(decoded, separator(&text, &opening.columns), encoding != UTF_8))),
                    encoding.name(),
                )
            }
        };
        let mut ahead = VecDeque::new();
        while ahead.len() < NAMES_WITHIN {
            let Some(row) = rows.next()? else { break };
            ahead.push_back(row);
        }
        let (names, system) = names_of(&mut ahead, &opening.columns)?;
        let maker = system.map(|system| Maker::new(system, &names, opening.currency));
        Ok(Table { names, rows, ahead, bytes, encoding, system, maker })
    }

    /// The column names as the file spells them.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The system that wrote the file, where its column names tell.
    pub(crate) fn system(&self) -> Option<&'static System> {
        self.system
    }

    /// Name of the encoding, or `workbook`.
    pub(crate) fn encoding(&self) -> &'static str {
        self.encoding
    }

    /// Columns from which others were made so far, as the system that wrote the file says things.
    pub(crate) fn asked(&self) -> BTreeSet<usize> {
        self.maker.as_ref().map(Maker::asked).unwrap_or_default()
    }

    /// Bytes read so far.
    pub fn bytes(&self) -> u64 {
        self.bytes.get()
    }

    /// The next row with anything in it; none at the end. Errors: the file cannot be read on.
    pub fn next_row(&mut self) -> Result<Option<TableRow>> {
        let next = match self.ahead.pop_front() {
            Some(row) => Some(row),
            None => self.rows.next()?,
        };
        Ok(next.map(|mut row| {
            if let Some(maker) = &mut self.maker {
                maker.make(&mut row);
            }
            row
        }))
    }
}

/// Takes the column names out of the first rows, and what stands above them: those of a known system, else those that we know,
/// else the first that are several.
fn names_of(ahead: &mut VecDeque<TableRow>, said: &Mapping) -> Result<(Vec<String>, Option<&'static System>)> {
    if ahead.front().is_some_and(|row| says_separator(&row.cells)) {
        ahead.pop_front();
    }
    let place = |fits: &dyn Fn(&[String]) -> bool| ahead.iter().position(|row| fits(&row.cells));
    let at = place(&|cells| System::of(cells).is_some())
        .or_else(|| place(&|cells| header::is_header(cells, said)))
        .or_else(|| place(&|cells| cells.iter().filter(|cell| !cell.is_empty()).count() > 1))
        .unwrap_or(0);
    let Some(row) = ahead.drain(..(at + 1).min(ahead.len())).next_back() else {
        return Err(Error::invalid("file_empty", "The file is empty. Choose a file of products."));
    };
    let system = System::of(&row.cells);
    Ok((row.cells, system))
}

/// `sep=;`, which spreadsheets write above the column names.
fn says_separator(cells: &[String]) -> bool {
    let [first, rest @ ..] = cells else { return false };
    first.to_ascii_lowercase().starts_with("sep=") && rest.iter().all(String::is_empty)
}

/// A file as UTF-8: what was looked at, then the rest.
type Decoded<R> = DecodeReaderBytes<Counted<io::Chain<Cursor<Vec<u8>>, R>>, Vec<u8>>;

/// The rows of a text.
struct Text<R: Read> {
    csv: csv::Reader<Lines<Decoded<R>>>,
    record: csv::ByteRecord,
    watch: Watch,
    over: bool,
    /// It came in another encoding: what could not be decoded stands as a sign of its own.
    decoded: bool,
}

impl<R: Read> Text<R> {
    fn new(text: Decoded<R>, separator: u8, decoded: bool) -> Text<R> {
        let watch = Watch::default();
        let lines = Lines::new(text, &watch);
        let mut csv = csv::ReaderBuilder::new();
        let csv = csv.flexible(true).has_headers(false).delimiter(separator).from_reader(lines);
        Text { csv, record: csv::ByteRecord::new(), watch, over: false, decoded }
    }

    /// The next row with anything in it.
    fn next(&mut self) -> Result<Option<TableRow>> {
        while !self.over {
            self.watch.begin_row(self.csv.position().byte());
            if !self.csv.read_byte_record(&mut self.record).map_err(unreadable)? {
                self.over = true;
                break;
            }
            let line = self.line();
            if self.record.len() == 1 && &self.record[0] == END.as_bytes() {
                self.over = true;
                return Ok(None);
            }
            let swallowed =
                self.record.iter().next_back().is_some_and(|cell| cell.trim_ascii_end().ends_with(END.as_bytes()));
            if swallowed || self.watch.is_cut() {
                self.over = true;
                return Ok(Some(self.swallowed()));
            }
            if self.record.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                // Our own files guard cells that a spreadsheet would compute.
                let text = |cell: &[u8]| base::csv::unguarded(String::from_utf8_lossy(cell).trim()).to_owned();
                let cells: Vec<String> = self.record.iter().map(text).collect();
                let lost = || cells.iter().any(|cell| cell.contains(is_lost));
                let whole = match self.decoded {
                    true => !lost(),
                    false => self.record.iter().all(|cell| std::str::from_utf8(cell).is_ok()),
                };
                return Ok(Some(TableRow::new(line, cells, whole)));
            }
        }
        Ok(None)
    }

    /// The line on which the present row begins: the reader counts empty lines before a row to it, so we count back from where
    /// the row ends.
    fn line(&self) -> u64 {
        let began = self.record.position().map_or(0, csv::Position::line);
        let breaks = self.record.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
        began.max(self.csv.position().line().saturating_sub(breaks + 1))
    }

    /// The row that does not end: in its last cell a quote was opened that nothing closes, or it was cut; told with the line of that
    /// cell.
    fn swallowed(&self) -> TableRow {
        let breaks = |cell: &[u8]| cell.iter().filter(|byte| **byte == b'\n').count() as u64;
        let cells = self.record.len();
        let before: u64 = self.record.iter().take(cells.saturating_sub(1)).map(breaks).sum();
        let short = |cell: &[u8]| {
            let cell = String::from_utf8_lossy(&cell[..cell.len().min(4 * SWALLOWED_KEPT)]);
            cell.trim().chars().filter(|letter| *letter != '\0').take(SWALLOWED_KEPT).collect::<String>()
        };
        TableRow {
            line: self.line() + before,
            cells: self.record.iter().map(short).collect(),
            fault: Some(if self.watch.is_cut() { RowFault::Endless } else { RowFault::OpenQuote }),
            ..TableRow::default()
        }
    }
}

impl<R: Read> Rows<R> {
    fn next(&mut self) -> Result<Option<TableRow>> {
        match self {
            Rows::Text(text) => text.next(),
            Rows::Book(rows) => Ok(rows.next()),
        }
    }
}

/// What stands between cells, where nothing is said.
const SEPARATORS: [u8; 4] = *b"|,;\t";

/// What stands between the cells: what the file says; else what makes column names that we know of one of its first lines; else what
/// stands most often in the first line that has any, quoted text aside.
fn separator(beginning: &str, said: &Mapping) -> u8 {
    let first = beginning.trim_start().get(..4).map(str::to_ascii_lowercase);
    if first.as_deref() == Some("sep=") {
        let own = beginning.trim_start()[4..].bytes().next().filter(|byte| !byte.is_ascii_alphanumeric());
        return own.filter(|byte| !matches!(byte, b'\n' | b'\r')).unwrap_or(b',');
    }
    if let Some(separator) = separator_of_names(beginning, said) {
        return separator;
    }
    for line in first_lines(beginning) {
        let bare: Vec<&str> = line.split('"').step_by(2).collect();
        let count = |separator: u8| bare.iter().flat_map(|part| part.bytes()).filter(|byte| *byte == separator).count();
        let most = SEPARATORS.into_iter().max_by_key(|separator| count(*separator));
        if let Some(separator) = most.filter(|separator| count(*separator) > 0) {
            return separator;
        }
    }
    b','
}

fn first_lines(beginning: &str) -> impl Iterator<Item = &str> {
    beginning.split(['\n', '\r']).take(NAMES_WITHIN)
}

/// What makes column names that we know of one of the first lines.
fn separator_of_names(beginning: &str, said: &Mapping) -> Option<u8> {
    SEPARATORS.into_iter().find(|separator| names_known(beginning, *separator, said) > 0)
}

/// How many column names that we know the separator makes of one of the first lines.
fn names_known(beginning: &str, separator: u8, said: &Mapping) -> usize {
    let of_line = |line: &str| {
        let cells = line.split(char::from(separator)).map(|cell| cell.trim().trim_matches('"').to_owned());
        let cells: Vec<String> = cells.collect();
        let of_system = if System::of(&cells).is_some() { cells.len() } else { 0 };
        of_system.max(header::known_names(&cells, said))
    };
    first_lines(beginning).map(of_line).max().unwrap_or_default()
}

/// What files come in that say nothing of their encoding.
const ENCODINGS: [&Encoding; 8] = [SHIFT_JIS, GB18030, BIG5, EUC_KR, EUC_JP, WINDOWS_1252, WINDOWS_1250, WINDOWS_1251];

/// The encoding in which the first lines can all be read and name most columns that we know, the guess before others: a few bytes can be
/// letters of several encodings, and are words in one.
fn encoding_of_names(guess: &'static Encoding, start: &[u8], said: &Mapping) -> &'static Encoding {
    let end = start.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(NAMES_WITHIN - 1);
    let first = &start[..end.map_or(start.len(), |(at, _)| at)];
    let names = |encoding: &'static Encoding| {
        let (text, _, is_broken) = encoding.decode(first);
        let known = SEPARATORS.into_iter().map(|separator| names_known(&text, separator, said)).max();
        known.filter(|_| !is_broken).unwrap_or_default()
    };
    let mut best = (names(guess), guess);
    for encoding in ENCODINGS {
        let known = names(encoding);
        if known > best.0 {
            best = (known, encoding);
        }
    }
    best.1
}

/// What no letter becomes that is read in its own encoding: the sign of what could not be read, and control letters that no text has.
fn is_lost(letter: char) -> bool {
    letter == char::REPLACEMENT_CHARACTER || matches!(letter, '\u{80}'..='\u{9f}')
}

fn io_error(error: io::Error) -> Error {
    Error::unavailable("file_unreadable", format!("The file cannot be read: {error}"))
}

fn unreadable(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => io_error(error),
        other => Error::invalid("file_format", format!("This is no CSV file: {other:?}")),
    }
}
