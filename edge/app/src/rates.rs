//! `entrepot import rates`: the European Central Bank's file of euro reference rates.

use crate::config::DataArgs;
use base::{Actor, Date, EURO_RATES_SOURCE, Error, Result, time::parse_date};
use clap::Args;
use std::path::PathBuf;

/// Which file, of whom, from which day on.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  entrepot import rates eurofxref-hist.csv --since 2026-01-01\n\n\
    The newest rate of every pair on or before a day is used; quotes and orders keep the rates they were made with.")]
pub struct RatesArgs {
    /// The CSV: a heading Date,USD,JPY,… and a day a line
    #[arg(value_name = "FILE.csv")]
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
}

fn day(text: &str) -> std::result::Result<Date, String> {
    parse_date(text).map_err(|error| error.message)
}

/// Runs the import. Errors: the file is not there or not in this form.
pub fn run(args: RatesArgs) -> Result<()> {
    let text = std::fs::read_to_string(&args.file)
        .map_err(|problem| Error::invalid("file", format!("Cannot read {}: {problem}.", args.file.display())))?;
    let store = args.data.open_existing()?;
    let report = offers::import_rates(&store, Actor::System, &text, &args.source, args.since)?;
    store.close();
    match report.span {
        Some((first, last)) => println!("{} rates of {} days recorded, {first} to {last}.", report.rates, report.days),
        None => println!("The file has no day to record."),
    }
    Ok(())
}
