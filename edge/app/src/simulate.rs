//! `entrepot simulate`: the simulated world run by this application's own workers.

use crate::say;
use base::{Error, Result};
use clap::Args;
use sim::{Plan, START, Summary};
use std::path::{Path, PathBuf};
use std::time::Instant;
use store::{Clock, Options, Store, Url};
use works::House;

/// What to simulate.
#[derive(Args, Debug)]
pub struct SimulateArgs {
    /// Another seed is another world; the same seed replays exactly, unless --at-once
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// Orders to be placed
    #[arg(long, default_value_t = 5000, value_name = "N")]
    pub orders: usize,
    /// An empty postgres://… database instead of SQLite
    #[arg(long, value_name = "URL")]
    pub db: Option<String>,
    /// Empty folder to keep the simulated data in; a scratch folder, removed afterwards, when not given
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Callers who meet truly run beside each other, instead of in an order that the seed draws: the same seed may then end
    /// otherwise
    #[arg(long)]
    pub at_once: bool,
    /// Print every step
    #[arg(long)]
    pub steps_log: bool,
}

/// Runs the simulation. Errors: `simulation_failed` with what broke and the steps before; the database is not empty.
pub fn run(args: SimulateArgs) -> Result<()> {
    let began = Instant::now();
    let scratch = match (&args.db, &args.data) {
        (None, None) => Some(Scratch::new(args.seed)?),
        _ => None,
    };
    let url = match (&args.db, &args.data, &scratch) {
        (Some(url), _, _) => works::url(url),
        (None, Some(folder), _) => Url::Folder(folder.clone()),
        (None, None, Some(scratch)) => Url::Folder(scratch.0.clone()),
        (None, None, None) => Url::Memory,
    };
    let clock = Clock::manual(START);
    let open =
        || Store::open(Options { clock: clock.clone(), connections: 2, ..Options::new(url.clone(), works::schemas()) });
    let mut log = |step: &str| {
        if args.steps_log {
            say!("{step}");
        }
    };
    let how = if args.at_once { ", callers at once" } else { "" };
    say!("seed {}, {} orders{how}", args.seed, args.orders);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Error::internal)?;
    let plan = Plan { seed: args.seed, orders: args.orders, open: &open, log: &mut log };
    let summary = match args.at_once {
        true => runtime.block_on(sim::simulate_at_once::<House>(plan))?,
        false => runtime.block_on(sim::simulate::<House>(plan))?,
    };
    tell(&summary, began.elapsed().as_secs_f64());
    Ok(())
}

fn tell(summary: &Summary, seconds: f64) {
    for (what, times) in &summary.counts {
        say!("  {times:>8}  {what}");
    }
    say!(
        "{} orders in {} days: {} steps, {} deaths of the process, {} faults of provider and carrier, {} audits, {seconds:.1} s",
        summary.orders,
        summary.days,
        summary.steps,
        summary.deaths,
        summary.faults,
        summary.audits
    );
    say!("Everything that must always hold did hold. Fingerprint {}.", summary.fingerprint);
}

/// A folder that goes with the command; in memory where the system has such a place.
struct Scratch(PathBuf);

impl Scratch {
    fn new(seed: u64) -> Result<Scratch> {
        let memory = Path::new("/dev/shm");
        let root = if memory.is_dir() { memory.to_path_buf() } else { std::env::temp_dir() };
        let folder = root.join(format!("entrepot-simulate-{}-{seed}", std::process::id()));
        std::fs::create_dir_all(&folder)
            .map_err(|problem| Error::unavailable("disk", format!("{}: {problem}.", folder.display())))?;
        Ok(Scratch(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
