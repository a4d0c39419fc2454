//! `entrepot import rates`: a file of exchange rates, in any form of the European Central Bank or as a plain table.

use crate::config::DataArgs;
use crate::say;
use base::{Actor, Date, EURO_RATES_SOURCE, Error, Result, time::parse_date};
use clap::Args;
use offers::RatesFile;
use std::path::PathBuf;

/// Which file, of whom, from which day on.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  entrepot import rates eurofxref-hist.csv --since 2026-01-01\n\n\
    A rate more than 25 per cent from the last known one, or of a day to come, is held until somebody confirms it.\n\
    The newest rate of every pair on or before a day is used; quotes and orders keep the rates they were made with.")]
pub struct RatesArgs {
    /// The bank's CSV, XML or SDMX (a day, ninety days, all days), or a table with the columns date, from, to, rate
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Where the data are.
    #[command(flatten)]
    pub data: DataArgs,
    /// Who published the rates
    #[arg(long, value_name = "NAME", default_value = EURO_RATES_SOURCE)]
    pub source: String,
    /// Only from this day on, such as 2026-01-01
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub since: Option<Date>,
    /// Record also rates that are far from the last known one or of a day to come, which are held otherwise
    #[arg(long)]
    pub confirm: bool,
}

fn held(one: &offers::HeldRate) {
    let known = one.known.map(|known| format!(", known {known}")).unwrap_or_default();
    say!("  {} {}/{} {} ({}{known})", one.row.date, one.row.base, one.row.quote, one.row.rate, one.why.name());
}

fn day(text: &str) -> std::result::Result<Date, String> {
    parse_date(text).map_err(|error| error.message)
}

/// Runs the import. Errors: the file is not there or not in this form.
pub fn run(args: RatesArgs) -> Result<()> {
    let file = std::fs::read(&args.file)
        .map_err(|problem| Error::invalid("file", format!("Cannot read {}: {problem}.", args.file.display())))?;
    let store = args.data.open_existing()?;
    let ask = RatesFile { file: &file, source: &args.source, since: args.since, confirmed: args.confirm };
    let report = offers::import_rates(&store, Actor::System, &ask)?;
    store.close();
    match report.span {
        Some((first, last)) => say!("{} rates of {} days recorded, {first} to {last}.", report.rates, report.days),
        None => say!("The file has no day to record."),
    }
    if !report.passed.is_empty() {
        say!("Passed over, as they are no more or not known here: {}.", report.passed.join(", "));
    }
    if !report.held.is_empty() {
        say!(
            "{} rates are held; record them with --confirm, or confirm or drop them in the console:",
            report.held.len()
        );
        report.held.iter().for_each(held);
    }
    Ok(())
}
