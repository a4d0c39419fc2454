//! Rates on their way in: what is plausible is recorded, the rest is held until somebody confirms it.

use crate::event::{RateDropped, RatesHeld};
use crate::rate::{self, RateRow, Rates, select_rate};
use base::{Actor, Currency, Date, Error, Permission, Rate, Result};
use std::collections::HashMap;
use store::{Read, Row, Store, Tx, params};

/// A change of more than this against the last known rate is held.
pub const MOST_CHANGE_PERCENT: i64 = 25;
/// More than this, and near the last rate turned upside down, too.
const UPSIDE_DOWN_FROM_PERCENT: i64 = 10;
/// How near.
const UPSIDE_DOWN_WITHIN_PERCENT: i64 = 2;

/// Why a rate is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It differs from the last known rate by more than [`MOST_CHANGE_PERCENT`].
    Change,
    /// It is the last known rate the other way round.
    UpsideDown,
    /// Its day is to come.
    Future,
}

impl Doubt {
    /// As stored and told: `change`, `upside_down`, `future`.
    pub fn name(self) -> &'static str {
        match self {
            Doubt::Change => "change",
            Doubt::UpsideDown => "upside_down",
            Doubt::Future => "future",
        }
    }

    fn named(name: &str) -> Option<Doubt> {
        [Doubt::Change, Doubt::UpsideDown, Doubt::Future].into_iter().find(|doubt| doubt.name() == name)
    }
}

/// A rate that waits for a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRate {
    /// The rate.
    pub row: RateRow,
    /// Why it waits.
    pub why: Doubt,
    /// The rate known before; none where that was not the reason.
    pub known: Option<Rate>,
}

/// What became of rates that came in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// How many were recorded.
    pub recorded: usize,
    /// Those that wait.
    pub held: Vec<HeldRate>,
}

/// Takes rates in: records what is plausible, and all of it if somebody has `confirmed` them; holds the rest. Emits `offer.rates_put`
/// for what is recorded, `offer.rates_held` for what is not. Errors: as [`crate::put_rates`].
pub fn take_rates(tx: &mut Tx, rows: &[RateRow], confirmed: bool) -> Result<Taken> {
    tx.actor().may(Permission::SettingsWrite)?;
    rate::check(rows)?;
    if confirmed {
        rate::put_rates(tx, rows)?;
        let_go(tx, rows)?;
        return Ok(Taken { recorded: rows.len(), held: Vec::new() });
    }
    let (mut plausible, mut held) = (Vec::new(), Vec::new());
    let mut last = Last::of(tx, rows)?;
    let today = tx.now().date();
    for row in rows {
        match last.doubt(row, today) {
            None => plausible.push(row.clone()),
            Some((why, known)) => held.push(HeldRate { row: row.clone(), why, known }),
        }
    }
    if !plausible.is_empty() {
        rate::put_rates(tx, &plausible)?;
        let_go(tx, &plausible)?;
    }
    for one in &held {
        let (row, known) = (&one.row, one.known.map(|rate| rate.to_string()).unwrap_or_default());
        let values = params![row.base, row.quote, row.date, row.rate, &row.source, one.why.name(), known, tx.now()];
        tx.send(HOLD, values)?;
    }
    if !held.is_empty() {
        tx.emit((), &RatesHeld { rows: held.len(), source: held[0].row.source.clone() })?;
    }
    Ok(Taken { recorded: plausible.len(), held })
}

/// What is known of a pair and day now needs no word any more.
fn let_go(tx: &mut Tx, rows: &[RateRow]) -> Result<()> {
    for held in held_rates(tx)? {
        let known = |row: &&RateRow| (row.base, row.quote, row.date) == (held.row.base, held.row.quote, held.row.date);
        if let Some(row) = rows.iter().find(known) {
            tx.send(DROP, params![row.base, row.quote, row.date])?;
        }
    }
    Ok(())
}

/// The last rate of each pair: what was known before the first day of the rows, then the rows themselves.
struct Last {
    known: Rates,
    seen: HashMap<(Currency, Currency), Rate>,
}

impl Last {
    fn of(tx: &mut Tx, rows: &[RateRow]) -> Result<Last> {
        let first = rows.iter().map(|row| row.date).min().unwrap_or_else(|| tx.now().date());
        Ok(Last { known: Rates::load(tx, first)?, seen: HashMap::new() })
    }

    fn doubt(&mut self, row: &RateRow, today: Date) -> Option<(Doubt, Option<Rate>)> {
        if row.date > today {
            return Some((Doubt::Future, None));
        }
        let pair = (row.base, row.quote);
        let known = self.seen.get(&pair).copied().or_else(|| self.known.rate(row.base, row.quote));
        match known.and_then(|known| implausible(known, row.rate).map(|why| (why, Some(known)))) {
            Some(doubt) => Some(doubt),
            None => {
                self.seen.insert(pair, row.rate);
                None
            }
        }
    }
}

/// Whether the second of two rates cannot follow the first without a word.
fn implausible(known: Rate, next: Rate) -> Option<Doubt> {
    let away = |one: Rate, other: Rate| {
        let (large, small) = if one > other { (one, other) } else { (other, one) };
        large.over(small).and_then(|ratio| ratio.minus(Rate::ONE)).ok()
    };
    let percent = |percent: i64| Rate::basis_points(percent * 100);
    // A quotient that cannot be computed is implausible enough.
    let Some(change) = away(known, next) else { return Some(Doubt::Change) };
    let turned = Rate::ONE.over(known).ok().and_then(|turned| away(turned, next));
    if change > percent(UPSIDE_DOWN_FROM_PERCENT)
        && turned.is_some_and(|away| away < percent(UPSIDE_DOWN_WITHIN_PERCENT))
    {
        return Some(Doubt::UpsideDown);
    }
    (change > percent(MOST_CHANGE_PERCENT)).then_some(Doubt::Change)
}

/// The rates that wait, by pair and day.
pub fn held_rates(db: &mut Read) -> Result<Vec<HeldRate>> {
    db.query(ALL, params![])?.iter().map(read).collect()
}

/// Believes one rate that waits: it is recorded. Errors: denied; not found.
pub fn confirm_rate(tx: &mut Tx, base: Currency, quote: Currency, date: Date) -> Result<()> {
    tx.actor().may(Permission::SettingsWrite)?;
    let row = tx.maybe(ONE, params![base, quote, date])?.ok_or_else(gone)?;
    let held = read(&row)?;
    take_rates(tx, &[held.row], true).map(drop)
}

/// Drops one rate that waits. Errors: denied; not found.
pub fn drop_rate(tx: &mut Tx, base: Currency, quote: Currency, date: Date) -> Result<()> {
    tx.actor().may(Permission::SettingsWrite)?;
    if tx.run(DROP, params![base, quote, date])? == 0 {
        return Err(gone());
    }
    tx.emit((), &RateDropped { pair: format!("{base}/{quote}"), date: date.to_string() })
}

fn gone() -> Error {
    Error::not_found("unknown_rate", "This rate does not wait any more.")
}

// What `read` reads, in its order.
macro_rules! select {
    ($from:literal) => {
        select_rate!(", why, known ", $from)
    };
}

fn read(row: &Row) -> Result<HeldRate> {
    let (why, known): (String, String) = (row.get(5)?, row.get(6)?);
    Ok(HeldRate {
        row: rate::read(row)?,
        why: Doubt::named(&why).ok_or_else(|| Error::internal(format!("no doubt is called {why}")))?,
        known: if known.is_empty() { None } else { Some(known.parse()?) },
    })
}

/// What an import of rates did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RatesReport {
    /// Days read.
    pub days: usize,
    /// Rates recorded.
    pub rates: usize,
    /// The first and the last day read; none when there were none.
    pub span: Option<(Date, Date)>,
    /// Rates that wait to be confirmed.
    pub held: Vec<HeldRate>,
    /// Codes of currencies that were passed over: they are no more, or not known here.
    pub passed: Vec<String>,
}

/// Rates recorded in one transaction.
const ROWS_AT_ONCE: usize = 3_500;

/// Which rates of a file, and how.
#[derive(Clone, Debug)]
pub struct RatesFile<'a> {
    /// The file, in any of the forms of [`crate::rate_file`].
    pub file: &'a [u8],
    /// Who published them.
    pub source: &'a str,
    /// Only from this day on.
    pub since: Option<Date>,
    /// Records what would be held, too.
    pub confirmed: bool,
}

/// Takes the rates of a file in as [`take_rates`] does; the same pair and day again replaces the rate. Nothing is taken of a file with
/// a wrong line. Blocks. Errors: denied; `rates_heading`, `rates_line` with the line; a source that is empty or longer than 80
/// characters.
pub fn import_rates(store: &Store, actor: Actor, ask: &RatesFile<'_>) -> Result<RatesReport> {
    actor.may(Permission::SettingsWrite)?;
    let source = ask.source.trim().to_owned();
    if source.is_empty() || source.chars().count() > 80 {
        return Err(Error::field("source", "required", "Say who published them, in 80 characters or less."));
    }
    let crate::rate_file::RateFile { rates: mut read, passed } =
        crate::rate_file::read(ask.file, store.clock().now().date())?;
    read.retain(|one| ask.since.is_none_or(|since| one.date >= since));
    let mut dates: Vec<Date> = read.iter().map(|one| one.date).collect();
    dates.dedup();
    let span = dates.first().copied().zip(dates.last().copied());
    let mut report =
        RatesReport { days: dates.len(), span, passed: passed.into_iter().collect(), ..RatesReport::default() };
    let confirmed = ask.confirmed;
    for chunk in read.chunks(ROWS_AT_ONCE) {
        let row = |one: &crate::rate_file::ReadRate| RateRow {
            base: one.base,
            quote: one.quote,
            date: one.date,
            rate: one.rate,
            source: source.clone(),
        };
        let rows: Vec<RateRow> = chunk.iter().map(row).collect();
        let taken = store.write_as_blocking(actor, move |tx| take_rates(tx, &rows, confirmed))?;
        report.rates += taken.recorded;
        report.held.extend(taken.held);
    }
    Ok(report)
}

const ALL: &str = select!("FROM offer_rate_held ORDER BY base, quote, date LIMIT 500");
const ONE: &str = select!("FROM offer_rate_held WHERE base = $1 AND quote = $2 AND date = $3");
const HOLD: &str = "INSERT INTO offer_rate_held (base, quote, date, rate, source, why, known, held_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (base, quote, date) DO UPDATE SET rate = excluded.rate, source = excluded.source, why = excluded.why,
      known = excluded.known, held_at = excluded.held_at";
const DROP: &str = "DELETE FROM offer_rate_held WHERE base = $1 AND quote = $2 AND date = $3";
