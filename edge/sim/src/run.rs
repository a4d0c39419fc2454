//! The simulation itself: steps drawn from a seed until so many orders were placed, then quiet until everything has ended.

use crate::audit::audit;
use crate::callers::{Caller, together};
use crate::chance::Chance;
use crate::faulty::Line;
use crate::hands::Hands;
use crate::outside::{self, Outside};
use crate::population::{Buyer, Population, settle};
use crate::process::Process;
use crate::steps::{ONBOARD_EVERY, Step, WEIGHTS};
use crate::watch;
use base::{Address, Currency, Date, Error, Id, Kind, Moment, Money, Result};
use checkout::Quote;
use orders::Order;
use payments::{Intent, sandbox::Delivery};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use store::{Clock, Store};

/// When every simulation begins: 2026-11-20T09:00:00Z.
pub const START: Moment = Moment(1_795_165_200_000_000);

/// Days that the world is given to come to rest.
const REST_DAYS: i64 = 400;
/// One step in so many is made where parcels go through the carrier outside.
const OUTSIDE_ONE_IN: usize = 5;
/// Steps that are told when something breaks.
const MEMORY: usize = 40;

/// What to simulate.
pub struct Plan<'a> {
    /// Another seed is another world.
    pub seed: u64,
    /// Orders to be placed.
    pub orders: usize,
    /// Opens the database, again after every death of the process; with one manual clock.
    pub open: &'a dyn Fn() -> Result<Store>,
    /// Hears of every step.
    pub log: &'a mut dyn FnMut(&str),
}

/// What happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Steps taken.
    pub steps: u64,
    /// Orders placed.
    pub orders: usize,
    /// Times the process died.
    pub deaths: u64,
    /// Calls to the provider that went wrong.
    pub faults: u64,
    /// Whole audits.
    pub audits: u64,
    /// Days that went by.
    pub days: i64,
    /// How often each step was taken, and each refusal given.
    pub counts: BTreeMap<String, u64>,
    /// Of everything that was bought, moved and paid: the same seed gives the same.
    pub fingerprint: String,
}

/// A cart somebody is filling.
#[derive(Clone)]
pub(crate) struct Basket {
    pub(crate) token: String,
    pub(crate) buyer: Buyer,
    pub(crate) address: Address,
    pub(crate) currency: Currency,
    /// Every quote it was given, with what it said; the last one is the newest.
    pub(crate) quotes: Vec<(Id<Quote>, Money)>,
    /// The order it became.
    pub(crate) order: Option<Id<Order>>,
}

/// An order, as its buyer remembers it.
#[derive(Clone)]
pub(crate) struct Known {
    pub(crate) id: Id<Order>,
    pub(crate) buyer: Buyer,
    /// What was quoted.
    pub(crate) total: Money,
    pub(crate) intents: Vec<Id<Intent>>,
}

/// What came of callers who met.
pub(crate) enum Met {
    /// What they said, one after the other.
    Said(String),
    /// The process died; how that was told.
    Died(String),
}

impl Met {
    /// In words.
    pub(crate) fn told(self) -> String {
        match self {
            Met::Said(told) | Met::Died(told) => told,
        }
    }
}

/// The world while it runs.
pub(crate) struct Sim<'a, H> {
    pub(crate) chance: Chance,
    /// What newcomers do is drawn apart: it changes nothing of who trades when.
    pub(crate) newcomers: Chance,
    pub(crate) clock: Clock,
    pub(crate) line: Arc<Line>,
    pub(crate) carrier: Arc<Outside>,
    pub(crate) process: Process<H>,
    pub(crate) people: Population,
    /// What this step's buyer is offered: one of `worlds`.
    pub(crate) rules: Arc<door::World>,
    /// The day's rules, with parcels through the built-in carrier and through the one outside.
    pub(crate) worlds: [Arc<door::World>; 2],
    pub(crate) rules_of: Date,
    pub(crate) baskets: Vec<Basket>,
    pub(crate) orders: Vec<Known>,
    pub(crate) finished: Vec<Known>,
    /// Webhooks that are on their way.
    pub(crate) post: Vec<Delivery>,
    pub(crate) summary: Summary,
    /// Nothing goes wrong any more.
    pub(crate) calm: bool,
    /// The order that this step touched.
    pub(crate) touched: Option<Id<Order>>,
    keys: u64,
    story: VecDeque<String>,
    next_audit: u64,
    /// Callers who meet do not take turns.
    at_once: bool,
    plan: Plan<'a>,
}

/// Runs the whole simulation; callers who meet take turns, as the seed draws them, so that it replays exactly.
/// Errors: `simulation_failed` (conflict) with seed, step and what led to it; `not_empty`.
pub async fn simulate<H: Hands>(plan: Plan<'_>) -> Result<Summary> {
    run::<H>(plan, false).await
}

/// The same, but callers who meet truly run beside each other. Who is first is the database's affair: a seed gives the same people,
/// goods, meetings and chances of faults, not the same end.
pub async fn simulate_at_once<H: Hands>(plan: Plan<'_>) -> Result<Summary> {
    run::<H>(plan, true).await
}

async fn run<H: Hands>(plan: Plan<'_>, at_once: bool) -> Result<Summary> {
    let (seed, began) = (plan.seed, START);
    let mut sim: Sim<'_, H> = Sim::begin(plan, at_once).await?;
    if let Err(problem) = sim.run().await {
        let story: Vec<String> = sim.story.into();
        let say = format!(
            "seed {seed}, step {}: {problem} ({})\nbefore it:\n  {}",
            sim.summary.steps,
            problem.place,
            story.join("\n  ")
        );
        return Err(Error::conflict("simulation_failed", say));
    }
    let mut summary = sim.summary;
    summary.faults = sim.line.faults.load(std::sync::atomic::Ordering::SeqCst);
    summary.days = sim.clock.now().seconds_since(began) / 86_400;
    summary.fingerprint = sim.process.store.read(watch::fingerprint).await?;
    sim.process.store.close();
    Ok(summary)
}

impl<'a, H: Hands> Sim<'a, H> {
    async fn begin(plan: Plan<'a>, at_once: bool) -> Result<Sim<'a, H>> {
        let line = Line::new(plan.seed);
        let carrier = Outside::new(&line);
        let store = (plan.open)()?;
        let clock = store.clock().clone();
        if !clock.is_manual() {
            return Err(Error::internal("a simulation runs on a manual clock"));
        }
        let process: Process<H> = Process::start(store, &line, &carrier)?;
        let first = Chance::new(plan.seed ^ 0x5e771e);
        let people = process.store.write(move |tx| settle(tx, &mut first.clone())).await?;
        let worlds = process.store.read(rules).await?;
        Ok(Sim {
            chance: Chance::new(plan.seed),
            newcomers: Chance::new(plan.seed.wrapping_add(1 << 32)),
            rules_of: clock.now().date(),
            clock,
            line,
            carrier,
            process,
            people,
            rules: worlds[0].clone(),
            worlds,
            baskets: Vec::new(),
            orders: Vec::new(),
            finished: Vec::new(),
            post: Vec::new(),
            summary: Summary::default(),
            calm: false,
            touched: None,
            keys: 0,
            story: VecDeque::new(),
            next_audit: 100,
            at_once,
            plan,
        })
    }

    async fn run(&mut self) -> Result<()> {
        while self.summary.orders < self.plan.orders {
            let step = self.chance.weighted(&WEIGHTS, Step::Wait);
            self.take(step).await?;
            if self.summary.steps.is_multiple_of(ONBOARD_EVERY) {
                let what = self.onboard().await?;
                self.remember(format!("meanwhile: {what}"));
            }
            if self.summary.steps >= self.next_audit {
                self.audit().await?;
                self.next_audit += 100 + self.next_audit / 4;
            }
        }
        self.rest().await?;
        self.audit().await?;
        let mut left = self.process.store.read(watch::at_rest).await?;
        let sold = self.carrier.sold();
        left.extend(self.process.store.read(move |db| watch::labels(db, &sold)).await?);
        if left.is_empty() { Ok(()) } else { Err(broken(&left)) }
    }

    async fn take(&mut self, step: Step) -> Result<()> {
        self.summary.steps += 1;
        self.touched = None;
        self.rules = self.worlds[usize::from(self.chance.one_in(OUTSIDE_ONE_IN))].clone();
        let mark = format!("{} {} {step:?}", self.summary.steps, self.clock.now());
        self.remember(mark.clone());
        *self.summary.counts.entry(format!("{step:?}")).or_default() += 1;
        let what = self.perform(step).await?;
        self.story.pop_back();
        let told = format!("{mark}: {what}");
        (self.plan.log)(&told);
        self.remember(told);
        self.watch().await
    }

    fn remember(&mut self, told: String) {
        self.story.push_back(told);
        if self.story.len() > MEMORY {
            self.story.pop_front();
        }
    }

    /// What must always hold of the order that was touched.
    async fn watch(&mut self) -> Result<()> {
        let Some(order) = self.touched else { return Ok(()) };
        let promised = self.orders.iter().find(|known| known.id == order).map(|known| known.total);
        let found = self.process.store.read(move |db| watch::order(db, order, promised)).await?;
        if found.is_empty() { Ok(()) } else { Err(broken(&found)) }
    }

    async fn audit(&mut self) -> Result<()> {
        self.process.hands.sweep().await?;
        self.process.hands.sweep().await?;
        let report = self.process.store.read(audit).await?;
        self.summary.audits += 1;
        if report.findings.is_empty() { Ok(()) } else { Err(broken(&report.findings)) }
    }

    /// Nothing goes wrong any more and the clock runs: everybody does what is left for them to do.
    async fn rest(&mut self) -> Result<()> {
        self.calm = true;
        self.line.calm();
        self.restart("the last one")?;
        let end = self.clock.now().plus_days(REST_DAYS);
        while self.clock.now() < end {
            self.take(Step::Tidy).await?;
            if self.orders.is_empty() && self.process.store.read(watch::is_quiet).await? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// The process is gone; another begins on the same data.
    pub(crate) fn restart(&mut self, why: &str) -> Result<String> {
        self.summary.deaths += 1;
        self.process.store.close();
        self.clock.advance_seconds(3);
        self.process = Process::start((self.plan.open)()?, &self.line, &self.carrier)?;
        Ok(format!("the process died ({why}) and began again"))
    }

    /// Lets these call, all of them at once, until they are done or wait for an answer. What each said; none of those who wait.
    /// Refusals that belong to trade are told; the process may die on the way.
    pub(crate) async fn meet(&mut self, callers: Vec<Caller>) -> Result<Met> {
        let dies_after = (!self.calm && callers.len() > 1 && self.chance.one_in(40)).then(|| self.chance.below(12));
        let draws = if self.at_once { None } else { Some(&mut self.chance) };
        let ended = together(&self.line, draws, dies_after, callers).await;
        if ended.died {
            return self.restart("in the middle of a call").map(Met::Died);
        }
        self.process.hanging.extend(ended.hanging);
        let mut said = Vec::new();
        for outcome in ended.said {
            said.push(match outcome {
                None => {
                    *self.summary.counts.entry("a call hangs".into()).or_default() += 1;
                    "hangs".into()
                }
                Some(Ok(said)) => said,
                Some(Err(error)) => self.refused(error)?,
            });
        }
        Ok(Met::Said(said.join("; ")))
    }

    /// The day's rules and rates.
    pub(crate) async fn new_day(&mut self) -> Result<()> {
        let today = self.clock.now().date();
        if today != self.rules_of {
            self.rules_of = today;
            self.worlds = self.process.store.read(rules).await?;
        }
        Ok(())
    }

    /// A key that was never used.
    pub(crate) fn key(&mut self, what: &str) -> String {
        self.keys += 1;
        format!("sim:{what}:{}", self.keys)
    }

    /// Refusals that belong to trade are told; everything else is a failure.
    pub(crate) fn refused(&mut self, error: Error) -> Result<String> {
        // Carts and quotes that nobody came back to are forgotten one day.
        let forgotten = ["cart_unknown", "quote_unknown"].contains(&error.code);
        match error.kind {
            Kind::NotFound if !forgotten => Err(error),
            // A buyer may have taken everything out again.
            Kind::Invalid if error.code == "cart_empty" => Ok("refused, cart_empty".into()),
            Kind::Conflict | Kind::Gone | Kind::Unavailable | Kind::NotFound => {
                *self.summary.counts.entry(format!("refused: {}", error.code)).or_default() += 1;
                Ok(format!("refused, {}", error.code))
            }
            _ => Err(error),
        }
    }
}

fn broken(findings: &[String]) -> Error {
    Error::conflict("broken", findings.join("; "))
}

/// The rules and rates of the store's day, for the built-in carrier and for the one outside.
pub(crate) fn rules(db: &mut store::Read) -> Result<[Arc<door::World>; 2]> {
    let now = db.now();
    let rates = offers::Rates::load(db, now.date())?;
    let typical = customs::Typical::accepted(parties::typical_rates(db)?);
    let world = door::World::new(customs::Tables::builtin(), &rates, typical, now)?;
    let outside = world.clone().offering(logistics::Offered::by(outside::NAME));
    Ok([Arc::new(world), Arc::new(outside)])
}
