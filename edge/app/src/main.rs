//! `entrepot`: reads the command line, runs one command, says what went wrong in one sentence.

use app::{command, config, note, out};
use clap::Parser;
use std::process::ExitCode;

/// Threads hand each other what they have allocated, closures and their answers; the system's allocator has them wait for it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = command::Cli::parse();
    config::start_log(cli.log_json);
    match command::run(cli) {
        Ok(()) if out::lost() => {
            note!("entrepot: what there was to say could not be written: is the disk full?");
            ExitCode::FAILURE
        }
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            note!("entrepot: {}", error.message);
            for field in &error.fields {
                note!("  {}: {}", field.name, field.message);
            }
            // 2: the command line or the input is wrong; 1: it could not be done.
            ExitCode::from(if error.kind == base::Kind::Invalid { 2 } else { 1 })
        }
    }
}
