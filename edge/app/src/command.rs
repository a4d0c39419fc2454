//! The command line: every command with its help, and what runs it.

use crate::config::ServeArgs;
use crate::{data, export, import, note, quote, rates, say, serve, simulate};
use base::Result;
use clap::{Parser, Subcommand};

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
    Serve(Box<ServeArgs>),
    /// Bring a catalogue in
    #[command(subcommand)]
    Import(ImportCommand),
    /// Take a catalogue out
    #[command(subcommand)]
    Export(ExportCommand),
    /// Work out the landed cost of a consignment, without a database
    Quote(quote::QuoteArgs),
    /// Write the books out
    #[command(subcommand)]
    Ledger(LedgerCommand),
    /// Prove that everything which must always hold does hold, on the installation's own data
    Check(data::CheckArgs),
    /// Run a made-up world on fast-forward, with faults, and prove after every step that all is well
    Simulate(simulate::SimulateArgs),
    /// Write a consistent copy of the data and the pictures while the server goes on serving (SQLite)
    Backup(data::BackupArgs),
    /// Move a whole installation to another database, in either direction
    Copy(data::CopyArgs),
    /// Make an API key; its secret is printed once
    ApiKey(data::ApiKeyArgs),
    /// Make a new key of the secrets in the database when the old one is lost, and with it all of them
    NewSecretKey(data::NewKeyArgs),
    /// Measure how fast this program is on this machine
    #[command(subcommand)]
    Bench(bench::BenchCommand),
}

/// What can be imported.
#[derive(Subcommand, Debug)]
pub enum ImportCommand {
    /// Read a product file of a shop system or marketplace, or any table; again updates, never doubles
    Products(import::ProductsArgs),
    /// Read exchange rates as the European Central Bank publishes them (eurofxref-hist.csv); again replaces, never doubles
    Rates(rates::RatesArgs),
}

/// What can be exported.
#[derive(Subcommand, Debug)]
pub enum ExportCommand {
    /// Write a seller's whole catalogue as the product file that the import reads
    Products(export::ProductsArgs),
}

/// What can be written out of the ledger.
#[derive(Subcommand, Debug)]
pub enum LedgerCommand {
    /// The whole journal as plain text, to standard output or a file
    Export(data::ExportArgs),
}

/// Runs a command to its end.
pub fn run(cli: Cli) -> Result<()> {
    match cli.command.unwrap_or_else(|| Command::Serve(Box::new(ServeArgs::demonstration()))) {
        Command::Serve(args) => serve::run(*args),
        Command::Import(ImportCommand::Products(args)) => import::run(args),
        Command::Import(ImportCommand::Rates(args)) => rates::run(args),
        Command::Export(ExportCommand::Products(args)) => export::run(args),
        Command::Quote(args) => quote::run(args),
        Command::Ledger(LedgerCommand::Export(args)) => data::export(args),
        Command::Check(args) => data::check(args),
        Command::Simulate(args) => simulate::run(args),
        Command::Backup(args) => data::backup(args),
        Command::Copy(args) => data::copy(args),
        Command::ApiKey(args) => data::api_key(args),
        Command::NewSecretKey(args) => data::new_secret_key(args),
        Command::Bench(command) => bench::run(command).map(|report| {
            say!("{}", report.figures);
            if let Some(words) = report.note {
                note!("{words}");
            }
        }),
    }
}
