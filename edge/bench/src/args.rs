//! What is measured, and how the load is made.

use clap::{Args, Subcommand};
use std::path::PathBuf;

/// What is measured.
#[derive(Subcommand, Debug)]
pub enum BenchCommand {
    /// Complete guest checkouts through the HTTP API: cart, quote to an address abroad, order, payment, all durable
    Orders(OrdersArgs),
    /// The rows of such checkouts written by the database alone, each order in a transaction: what is possible at most
    Raw(LoadArgs),
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
