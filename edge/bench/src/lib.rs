//! `entrepot bench`: how fast this machine does what the platform is for. Figures are printed, never asserted.

mod args;
pub mod client;
mod landed;
mod load;
mod orders;
mod pages;
mod raw;
mod report;
mod server;
pub mod world;

pub use args::{BenchCommand, LoadArgs, OrdersArgs, PagesArgs, QuoteArgs};
use base::{Error, Result};
pub use report::Report;

/// Runs a measurement. Errors: the server does not start, or answers otherwise than it should.
pub fn run(command: BenchCommand) -> Result<Report> {
    match command {
        BenchCommand::Quote(args) => landed::run(&args),
        BenchCommand::Orders(args) => in_runtime(orders::run(args)),
        BenchCommand::Raw(args) => in_runtime(raw::run(args)),
        BenchCommand::Browse(args) => in_runtime(pages::run(args, pages::Kind::Product)),
        BenchCommand::Search(args) => in_runtime(pages::run(args, pages::Kind::List)),
    }
}

fn in_runtime(measure: impl Future<Output = Result<Report>>) -> Result<Report> {
    // The load shares the machine with the server it measures: one thread makes it.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Error::internal)?;
    runtime.block_on(measure)
}
