//! Exchange rates: dated, with a source; and the cross rates of one day, held in memory.

use crate::event::{OneRate, RatesPut};
use base::time::parse_date;
use base::{Currency, DOLLAR_PEGS, Date, EURO_RATES_SOURCE, Error, EuroRates, Permission, Rate, Result};
use store::{Read, Row, Tx, params};

/// A published rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateRow {
    /// One unit of this …
    pub base: Currency,
    /// … is so many units of this, both in major units.
    pub quote: Currency,
    /// The day it was published for.
    pub date: Date,
    /// More than 0.
    pub rate: Rate,
    /// Who published it.
    pub source: String,
}

/// The rates in force on a day. Every pair goes through the euro.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rates {
    /// The day asked for.
    pub date: Date,
    /// Currency, units per euro, and the day that rate was published; sorted by currency.
    per_euro: Vec<(Currency, Rate, Date)>,
}

impl Rates {
    /// The latest rates published on or before `date`.
    pub fn load(db: &mut Read, date: Date) -> Result<Rates> {
        let rows: Vec<RateRow> = db.query(SELECT_LATEST, params![date])?.iter().map(read).collect::<Result<_>>()?;
        Rates::of(date, &rows)
    }

    /// Rates from rows, one for each pair. A row whose base is not the euro is reached through the rate of its base, or of its quote
    /// the other way round; of two ways to a currency the newer row counts, and the direct one of two of a day.
    pub fn of(date: Date, rows: &[RateRow]) -> Result<Rates> {
        let mut per_euro = vec![(Currency::EUR, Rate::ONE, date)];
        let direct = rows.iter().filter(|row| row.base == Currency::EUR && row.quote != Currency::EUR);
        per_euro.extend(direct.map(|row| (row.quote, row.rate, row.date)));
        for row in rows.iter().filter(|row| row.base != Currency::EUR) {
            if let Some((currency, rate, published)) = through(&per_euro, row)? {
                match per_euro.iter_mut().find(|known| known.0 == currency) {
                    Some(known) if row.date > known.2 => *known = (currency, rate, published),
                    Some(_) => {}
                    None => per_euro.push((currency, rate, published)),
                }
            }
        }
        per_euro.sort_by_key(|known| known.0);
        Ok(Rates { date, per_euro })
    }

    /// The day for which the newest rates were published; none when there are none.
    pub fn newest(&self) -> Option<Date> {
        self.per_euro.iter().filter(|known| known.0 != Currency::EUR).map(|known| known.2).max()
    }

    /// Units of `to` for one `from`, in major units; none when either was never published.
    pub fn rate(&self, from: Currency, to: Currency) -> Option<Rate> {
        if from == to {
            return Some(Rate::ONE);
        }
        self.per_euro(to)?.1.over(self.per_euro(from)?.1).ok()
    }

    /// The day the older of the two rates behind this pair was published.
    pub fn published(&self, from: Currency, to: Currency) -> Option<Date> {
        let (one, other) = (self.per_euro(from)?, self.per_euro(to)?);
        // The euro itself has no publication of its own.
        match (from == Currency::EUR, to == Currency::EUR) {
            (true, _) => Some(other.2),
            (_, true) => Some(one.2),
            _ => Some(one.2.min(other.2)),
        }
    }

    /// Every currency that can be converted.
    pub fn currencies(&self) -> impl Iterator<Item = Currency> + '_ {
        self.per_euro.iter().map(|known| known.0)
    }

    fn per_euro(&self, currency: Currency) -> Option<&(Currency, Rate, Date)> {
        let at = self.per_euro.binary_search_by_key(&currency, |known| known.0).ok()?;
        self.per_euro.get(at)
    }
}

/// The currency that a row between two others leads to, its units for a euro, and the day the older of the two was published.
fn through(per_euro: &[(Currency, Rate, Date)], row: &RateRow) -> Result<Option<(Currency, Rate, Date)>> {
    let known = |currency: Currency| per_euro.iter().find(|known| known.0 == currency).copied();
    // The euro's own day is the one asked for, and no publication.
    let day = |known: (Currency, Rate, Date)| match () {
        () if known.0 == Currency::EUR => row.date,
        // A peg holds until it is given up: it is as old as what it is pegged to.
        () if row.date == parse_date(PEGS_SINCE).unwrap_or(row.date) => known.2,
        () => known.2.min(row.date),
    };
    let pegged_first = known(row.base).filter(|_| row.base != row.quote && row.quote != Currency::EUR);
    if let Some(base) = pegged_first {
        return Ok(Some((row.quote, base.1.times(row.rate)?, day(base))));
    }
    match known(row.quote) {
        Some(quote) => Ok(Some((row.base, quote.1.over(row.rate)?, day(quote)))),
        None => Ok(None),
    }
}

/// The day that pegs carry: older than every other rate, so that a rate of the day wins.
const PEGS_SINCE: &str = "2003-01-01";

/// Records rates as they are, without asking whether they are plausible ([`crate::take_rates`] does); the same pair and day again
/// replaces the rate. Emits `offer.rates_put`.
/// Errors: denied; a rate that is not above zero; a pair of one currency.
pub fn put_rates(tx: &mut Tx, rows: &[RateRow]) -> Result<()> {
    tx.actor().may(Permission::SettingsWrite)?;
    check(rows)?;
    for row in rows {
        tx.send(PUT, params![row.base, row.quote, row.date, row.rate, &row.source])?;
    }
    // The trail tells every rate, so that the auditor can compare what is stored; those of a file in events of many.
    for part in rows.chunks(TOLD_TOGETHER) {
        let told = |row: &RateRow| {
            (format!("{}/{} {}", row.base, row.quote, row.date), format!("{} {}", row.rate, row.source))
        };
        let one = match part {
            [one] => Some(OneRate {
                pair: format!("{}/{}", one.base, one.quote),
                rate: one.rate.to_string(),
                date: one.date.to_string(),
            }),
            _ => None,
        };
        let (source, rates) = (part.first().map(|row| row.source.clone()), part.iter().map(told).collect());
        tx.emit((), &RatesPut { rows: part.len(), source, rates, one })?;
    }
    Ok(())
}

/// Errors: as [`check_rate`].
pub(crate) fn check(rows: &[RateRow]) -> Result<()> {
    rows.iter().try_for_each(check_rate)
}

/// Errors: a rate that is not above zero; a pair of one currency.
pub fn check_rate(row: &RateRow) -> Result<()> {
    if row.rate <= Rate::ZERO || row.base == row.quote {
        return Err(Error::field("rate", "rate_positive", "Write a rate above zero between two currencies."));
    }
    Ok(())
}

/// Rates in one event at most.
const TOLD_TOGETHER: usize = 500;

/// Puts the built-in reference rates into an installation that has none.
pub fn install_rates(tx: &mut Tx) -> Result<()> {
    if tx.maybe(ANY, params![])?.is_some() {
        return Ok(());
    }
    put_rates(tx, &built_in()?)
}

/// The newest rate of every pair published on or before a day, for a page.
pub fn rate_rows(db: &mut Read, on: Date) -> Result<Vec<RateRow>> {
    db.query(SELECT_LATEST, params![on])?.iter().map(read).collect()
}

/// Every rate published after one day and up to another, by day.
pub(crate) fn rates_between(db: &mut Read, after: Date, until: Date) -> Result<Vec<RateRow>> {
    db.query(SELECT_BETWEEN, params![after, until])?.iter().map(read).collect()
}

/// A rate between two currencies, with the day and the sources it rests on: what a record of an exchange keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// Units of the second currency for one of the first, in major units.
    pub rate: Rate,
    /// The day the older of the rates behind it was published.
    pub date: Date,
    /// Who published them.
    pub source: String,
}

/// The newest rate between two currencies on a day; none when either was never published by then.
pub fn quoted(db: &mut Read, from: Currency, to: Currency, on: Date) -> Result<Option<Quoted>> {
    let rows = rate_rows(db, on)?;
    let rates = Rates::of(on, &rows)?;
    let (Some(rate), Some(date)) = (rates.rate(from, to), rates.published(from, to)) else { return Ok(None) };
    let mut sources: Vec<&str> = Vec::new();
    for currency in [from, to] {
        sources_of(&rows, currency, &mut sources);
    }
    sources.dedup();
    Ok(Some(Quoted { rate, date, source: sources.join("; ") }))
}

/// Who published a currency's rate to the euro: its own row, or the newest one to or from a currency that has one.
fn sources_of<'a>(rows: &'a [RateRow], currency: Currency, sources: &mut Vec<&'a str>) {
    let concerns = |row: &&RateRow| row.quote == currency || row.base == currency;
    let direct = rows.iter().find(|row| row.base == Currency::EUR && row.quote == currency);
    let through = rows.iter().filter(concerns).filter(|row| row.base != Currency::EUR).max_by_key(|row| row.date);
    match (direct, through.filter(|row| direct.is_none_or(|direct| row.date > direct.date))) {
        (Some(direct), None) => sources.push(&direct.source),
        (_, Some(through)) => {
            let other = if through.quote == currency { through.base } else { through.quote };
            let step = rows.iter().find(|row| row.base == Currency::EUR && row.quote == other);
            sources.extend(step.map(|row| row.source.as_str()));
            sources.push(&through.source);
        }
        (None, None) => {}
    }
}

/// The first rate of a currency to the euro that was published on or after a day.
pub fn published_from(db: &mut Read, quote: Currency, day: Date) -> Result<Option<RateRow>> {
    db.maybe(SELECT_FROM, params![Currency::EUR, quote, day])?.as_ref().map(read).transpose()
}

/// Currencies that goods are priced in.
pub fn priced_currencies(db: &mut Read) -> Result<Vec<Currency>> {
    db.query(CURRENCIES, params![])?.iter().map(|row| row.get(0)).collect()
}

/// Currencies that sellers price in and that no rate is known of on a day: their goods cannot be sold in another one.
pub fn currencies_without_rate(db: &mut Read, on: Date) -> Result<Vec<Currency>> {
    let rates = Rates::load(db, on)?;
    Ok(priced_currencies(db)?.into_iter().filter(|currency| rates.rate(*currency, Currency::EUR).is_none()).collect())
}

/// Banking days from the day a rate is for to `today`, as the week counts them: holidays are not known here. No more than 1,000.
pub fn banking_days(from: Date, today: Date) -> usize {
    let days = std::iter::successors(from.tomorrow().ok(), |day| day.tomorrow().ok());
    let banks_open = |day: &Date| day.weekday().to_monday_zero_offset() < 5;
    days.take_while(|day| *day <= today).filter(banks_open).take(1_000).count()
}

/// Rates older than so many banking days are told to be old.
pub const OLD_BANKING_DAYS: usize = 3;

/// Built-in days that a new installation gets.
const FIRST_DAYS: usize = 3;

/// The newest built-in days and the pegs, so that a new installation can convert before it loads rates of its own.
fn built_in() -> Result<Vec<RateRow>> {
    let mut rows: Vec<RateRow> =
        EuroRates::built_in().iter().rev().take(FIRST_DAYS).flat_map(|day| of_day(day, EURO_RATES_SOURCE)).collect();
    for (code, peg, source) in DOLLAR_PEGS {
        let (quote, date) = (code.parse()?, parse_date(PEGS_SINCE)?);
        rows.push(RateRow { base: Currency::USD, quote, date, rate: peg.parse()?, source: source.to_owned() });
    }
    Ok(rows)
}

fn of_day<'a>(day: &'a EuroRates, source: &'a str) -> impl Iterator<Item = RateRow> + 'a {
    day.rates.iter().map(move |(quote, rate)| RateRow {
        base: Currency::EUR,
        quote: *quote,
        date: day.date,
        rate: *rate,
        source: source.to_owned(),
    })
}

// What `read` reads, in its order; more may follow.
macro_rules! select_rate {
    ($($rest:literal),+) => {
        concat!(
            "SELECT base, quote, date, rate, source ",
            $($rest),+
        )
    };
}
pub(crate) use select_rate;

pub(crate) fn read(row: &Row) -> Result<RateRow> {
    Ok(RateRow { base: row.get(0)?, quote: row.get(1)?, date: row.get(2)?, rate: row.get(3)?, source: row.get(4)? })
}

/// The currencies are found by jumping from one to the next in the index.
const CURRENCIES: &str = "WITH RECURSIVE one (currency) AS (
      SELECT MIN(currency) FROM offer
      UNION ALL
      SELECT (SELECT MIN(n.currency) FROM offer n WHERE n.currency > o.currency) FROM one o WHERE o.currency IS NOT NULL)
    SELECT currency FROM one WHERE currency IS NOT NULL";
const SELECT_BETWEEN: &str = select_rate!("FROM offer_rate WHERE date > $1 AND date <= $2 ORDER BY date, base, quote");
const ANY: &str = "SELECT base FROM offer_rate LIMIT 1";
const SELECT_FROM: &str =
    select_rate!("FROM offer_rate WHERE base = $1 AND quote = $2 AND date >= $3 ORDER BY date LIMIT 1");
const PUT: &str = "INSERT INTO offer_rate (base, quote, date, rate, source) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (base, quote, date) DO UPDATE SET rate = excluded.rate, source = excluded.source";
/// The newest row of each pair on or before a day. The pairs are found by jumping from one to the next in the index, so that
/// years of daily rates cost no more than one day's.
const SELECT_LATEST: &str = "WITH RECURSIVE pair (base, quote) AS (
      SELECT first.base, first.quote FROM (SELECT base, quote FROM offer_rate ORDER BY base, quote LIMIT 1) AS first
      UNION ALL
      SELECT (SELECT n.base FROM offer_rate n WHERE (n.base, n.quote) > (p.base, p.quote) ORDER BY n.base, n.quote LIMIT 1),
             (SELECT n.quote FROM offer_rate n WHERE (n.base, n.quote) > (p.base, p.quote) ORDER BY n.base, n.quote LIMIT 1)
      FROM pair p WHERE p.base IS NOT NULL)
    SELECT r.base, r.quote, r.date, r.rate, r.source FROM pair p JOIN offer_rate r ON r.base = p.base AND r.quote = p.quote
      AND r.date = (SELECT MAX(x.date) FROM offer_rate x WHERE x.base = p.base AND x.quote = p.quote AND x.date <= $1)
    ORDER BY r.base, r.quote";
