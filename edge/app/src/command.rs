//! The command line: every command with its help, and what runs it.

use crate::config::{DataArgs, MediaArgs, S3Args, ServeArgs};
use crate::{data, import, note, quote, rates, say, serve, simulate};
use base::Result;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Cross-border trade in one program: storefront, seller centre, console and API.
///
/// Without a command it loads the demonstration world into ./data and serves it on http://127.0.0.1:8080.
#[derive(Parser, Debug)]
#[command(name = "entrepot", version, propagate_version = true)]
pub struct Cli {
    /// Write the log as JSON, one object a line
    #[arg(long, global = true, env = "ENTREPOT_LOG_JSON")]
    pub log_json: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Every command.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Serve the storefront, the seller centre, the console and the API
    Serve(ServeArgs),
    /// Bring a catalogue in
    #[command(subcommand)]
    Import(ImportCommand),
    /// Work out the landed cost of a consignment, without a database
    Quote(quote::QuoteArgs),
    /// Write the books out
    #[command(subcommand)]
    Ledger(LedgerCommand),
    /// Prove that everything which must always hold does hold, on the installation's own data
    Check(CheckArgs),
    /// Run a made-up world on fast-forward, with faults, and prove after every step that all is well
    Simulate(simulate::SimulateArgs),
    /// Write a consistent copy of the data and the pictures while the server goes on serving (SQLite)
    Backup(BackupArgs),
    /// Move a whole installation to another database, in either direction
    Copy(CopyArgs),
    /// Make an API key; its secret is printed once
    ApiKey(data::ApiKeyArgs),
    /// Measure how fast this program is on this machine
    #[command(subcommand)]
    Bench(bench::BenchCommand),
}

/// What can be imported.
#[derive(Subcommand, Debug)]
pub enum ImportCommand {
    /// Read a product CSV as Shopify writes it; again updates, never doubles
    Products(import::ProductsArgs),
    /// Read exchange rates as the European Central Bank publishes them (eurofxref-hist.csv); again replaces, never doubles
    Rates(rates::RatesArgs),
}

/// What can be written out of the ledger.
#[derive(Subcommand, Debug)]
pub enum LedgerCommand {
    /// The whole journal as plain text, to standard output or a file
    Export(ExportArgs),
}

/// What is checked, and what is known of it from elsewhere.
#[derive(Args, Debug)]
pub struct CheckArgs {
    /// Where the data are.
    #[command(flatten)]
    pub data: DataArgs,
    /// A head of the seals that was written down before, as an earlier check printed it: it must be in the chain still
    #[arg(long, value_name = "NUMBER:HASH")]
    pub expect_head: Option<String>,
}

/// How the journal is written.
#[derive(Args, Debug)]
pub struct ExportArgs {
    /// Where the data are.
    #[command(flatten)]
    pub data: DataArgs,
    /// hledger: a journal that `hledger check` accepts
    #[arg(long, default_value = "hledger", value_parser = ["hledger"])]
    pub format: String,
    /// File to write; standard output when not given
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Where the copy goes.
#[derive(Args, Debug)]
pub struct BackupArgs {
    /// Where the data are.
    #[command(flatten)]
    pub data: DataArgs,
    /// Where files of pictures are kept.
    #[command(flatten)]
    pub media: MediaArgs,
    /// Folder for the copy; must not hold data yet
    #[arg(value_name = "DIR")]
    pub to: PathBuf,
}

/// From where to where.
#[derive(Args, Debug)]
pub struct CopyArgs {
    /// Data folder or postgres://… URL to read
    #[arg(long, value_name = "DIR|URL")]
    pub from: String,
    /// Data folder or postgres://… URL to fill; must be empty
    #[arg(long, value_name = "DIR|URL")]
    pub to: String,
    /// Where the pictures are; the folder media of a data folder when not given
    #[arg(long, value_name = "DIR|s3://…")]
    pub from_media: Option<String>,
    /// Where the pictures go; the folder media of a data folder when not given
    #[arg(long, value_name = "DIR|s3://…")]
    pub to_media: Option<String>,
    /// The settings of storage that speaks S3.
    #[command(flatten)]
    pub s3: S3Args,
}

/// Runs a command to its end.
pub fn run(cli: Cli) -> Result<()> {
    match cli.command.unwrap_or_else(|| Command::Serve(ServeArgs::demonstration())) {
        Command::Serve(args) => serve::run(args),
        Command::Import(ImportCommand::Products(args)) => import::run(args),
        Command::Import(ImportCommand::Rates(args)) => rates::run(args),
        Command::Quote(args) => quote::run(args),
        Command::Ledger(LedgerCommand::Export(args)) => data::export(args),
        Command::Check(args) => data::check(args),
        Command::Simulate(args) => simulate::run(args),
        Command::Backup(args) => data::backup(args),
        Command::Copy(args) => data::copy(args),
        Command::ApiKey(args) => data::api_key(args),
        Command::Bench(command) => bench::run(command).map(|report| {
            say!("{}", report.figures);
            if let Some(words) = report.note {
                note!("{words}");
            }
        }),
    }
}
