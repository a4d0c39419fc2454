//! `entrepot bench`: how fast this machine does what the platform is for. Figures are printed, never asserted.

pub mod client;
mod landed;
mod load;
mod orders;
mod pages;
mod server;
pub mod world;

use base::{Error, Result};
use clap::{Args, Subcommand};
use load::Figures;
use serde_json::{Value, json};
use std::path::PathBuf;

/// What is measured.
#[derive(Subcommand, Debug)]
pub enum BenchCommand {
    /// Complete guest checkouts through the HTTP API: cart, quote to an address abroad, order, payment, all durable
    Orders(OrdersArgs),
    /// Product pages with their door price, as HTML
    Browse(PagesArgs),
    /// List pages of 24 products with door prices, as HTML: searches, shelves, sorted and filtered
    Search(PagesArgs),
    /// The landed-cost engine alone, on one core
    Quote(QuoteArgs),
}

/// How the load is made.
#[derive(Args, Debug, Clone)]
pub struct LoadArgs {
    /// How long to measure
    #[arg(long, default_value_t = 20, value_name = "SECONDS")]
    pub seconds: u64,
    /// Buyers at once, each with a connection of its own
    #[arg(long, default_value_t = 32, value_name = "N")]
    pub concurrency: usize,
    /// postgres://… of an empty database; a temporary SQLite folder when not given
    #[arg(long, env = "ENTREPOT_DB", value_name = "URL", hide_env_values = true)]
    pub db: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
}

/// Options of `bench orders`.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  entrepot bench orders --seconds 20 --concurrency 32 --json")]
pub struct OrdersArgs {
    /// How the load is made.
    #[command(flatten)]
    pub load: LoadArgs,
    /// Lines in every cart
    #[arg(long, default_value_t = 2, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=200))]
    pub lines: u16,
    /// Orders that the shop has behind it before measuring starts
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub orders_before: u64,
    /// Folder that keeps the shop (SQLite): made when missing, gone on with when it is there
    #[arg(long, value_name = "DIR", conflicts_with = "db")]
    pub keep: Option<PathBuf>,
}

/// Options of `bench browse` and `bench search`.
#[derive(Args, Debug)]
pub struct PagesArgs {
    /// How the load is made.
    #[command(flatten)]
    pub load: LoadArgs,
    /// Products in the catalogue
    #[arg(long, default_value_t = 10_000, value_name = "N")]
    pub products: u64,
}

/// Options of `bench quote`.
#[derive(Args, Debug)]
pub struct QuoteArgs {
    /// How long to measure
    #[arg(long, default_value_t = 5, value_name = "SECONDS")]
    pub seconds: u64,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
}

/// What was measured, to be printed.
#[derive(Debug)]
pub struct Report {
    /// The figures: one JSON object, or a line each.
    pub figures: String,
    /// What a reader must know besides.
    pub note: Option<String>,
}

/// Runs a measurement. Errors: the server does not start, or answers otherwise than it should.
pub fn run(command: BenchCommand) -> Result<Report> {
    match command {
        BenchCommand::Quote(args) => landed::run(&args),
        BenchCommand::Orders(args) => in_runtime(orders::run(args)),
        BenchCommand::Browse(args) => in_runtime(pages::run(args, pages::Kind::Product)),
        BenchCommand::Search(args) => in_runtime(pages::run(args, pages::Kind::List)),
    }
}

fn in_runtime(measure: impl Future<Output = Result<Report>>) -> Result<Report> {
    // The load shares the machine with the server it measures: one thread makes it.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Error::internal)?;
    runtime.block_on(measure)
}

/// What was measured: `rate` names the figure per second. Errors: `bench_failed` when nothing succeeded.
fn report(json: bool, rate: &str, figures: &Figures, extra: Value) -> Result<Report> {
    let rounded = |value: f64| (value * 100.0).round() / 100.0;
    let mut all = json!({
        rate: rounded(figures.per_second()),
        "p50_ms": rounded(figures.percentile_ms(0.50)),
        "p99_ms": rounded(figures.percentile_ms(0.99)),
        "rounds": figures.rounds,
        "failed": figures.failed,
        "seconds": rounded(figures.seconds),
    });
    if let (Value::Object(all), Value::Object(extra)) = (&mut all, extra) {
        all.extend(extra);
    }
    let text = match &all {
        Value::Object(all) if !json => {
            all.iter().map(|(name, value)| format!("{name:<20} {value}")).collect::<Vec<_>>().join("\n")
        }
        whole => whole.to_string(),
    };
    match &figures.first_failure {
        Some(problem) if figures.rounds == 0 => Err(Error::unavailable("bench_failed", problem.clone())),
        Some(problem) => {
            let note = format!("{} rounds failed, the first with: {problem}", figures.failed);
            Ok(Report { figures: text, note: Some(note) })
        }
        None => Ok(Report { figures: text, note: None }),
    }
}
