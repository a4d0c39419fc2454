//! Every consequence of every event, in one place. What must happen together with an event is done in its transaction by
//! the context itself; what stands here follows it: jobs for the house, once; and every process's own memory of what is on
//! sale and of the day's rates.

use crate::house::House;
use base::{Id, Result};
use std::collections::BTreeSet;
use std::sync::atomic::Ordering;
use store::{EventRow, Job, Tx};

/// Events read at once.
const BATCH: i64 = 500;

/// The job that follows from an event, if one does. Done by one process, once, however many there are.
fn job(event: &EventRow) -> Option<&'static str> {
    match event.kind.as_str() {
        // Nobody has the goods: the buyer gets the money back.
        "consignment.lost" | "consignment.returned" => Some("consignment.write_off"),
        _ => None,
    }
}

async fn schedule(house: &House) -> Result<()> {
    let handle = |tx: &mut Tx, events: &[EventRow]| {
        for event in events {
            if let Some(kind) = job(event) {
                let run_at = tx.now();
                tx.schedule(&Job { kind, subject: event.subject, run_at, unique: true })?;
            }
        }
        Ok(())
    };
    while house.store.follow("reactions", BATCH, handle).await? > 0 {}
    Ok(())
}

/// What follows from a batch of events.
#[derive(Default)]
struct Consequences {
    /// Products of which the shelf shows something else now.
    products: BTreeSet<i64>,
    /// Variants whose stock was counted or changed.
    variants: BTreeSet<i64>,
    /// New rates.
    world: bool,
    /// New terms: every offer of a seller shows something else.
    shelf: bool,
}

impl Consequences {
    fn add(&mut self, event: &EventRow) {
        match event.kind.as_str() {
            "catalog.product_changed" | "offer.changed" => drop(self.products.insert(event.subject)),
            "stock.changed" => drop(self.variants.insert(event.subject)),
            "offer.rates_put" => self.world = true,
            "terms.agreed" | "party.standing_changed" => self.shelf = true,
            _ => {}
        }
    }
}

/// Follows the events since the last time: schedules jobs, writes down which developers are to be told, refreshes the shelf and
/// the world of this process's pages.
pub async fn react(house: &House) -> Result<()> {
    schedule(house).await?;
    while house.store.follow("hooks", BATCH, hooks::take).await? > 0 {}
    remember(house).await
}

/// Refreshes what this process keeps in memory.
async fn remember(house: &House) -> Result<()> {
    let Some(app) = house.app() else { return Ok(()) };
    loop {
        let seen = house.seen.load(Ordering::SeqCst);
        let events = house.store.read(move |db| store::events_after(db, seen, BATCH)).await?;
        let Some(last) = events.last().map(|event| event.seq) else { break };
        let mut consequences = Consequences::default();
        events.iter().for_each(|event| consequences.add(event));
        refresh(house, app, consequences).await?;
        house.seen.store(last, Ordering::SeqCst);
    }
    // Rules and rates are dated: at midnight another row may be in force.
    if app.world().date != house.now().date() {
        app.set_world(house.world().await?);
    }
    Ok(())
}

async fn refresh(house: &House, app: &web::App, what: Consequences) -> Result<()> {
    if what.world {
        app.set_world(house.world().await?);
    }
    let shelf = app.shelf.clone();
    if what.shelf {
        return house.store.read(move |db| shelf.reload(db)).await;
    }
    if what.products.is_empty() && what.variants.is_empty() {
        return Ok(());
    }
    let products: Vec<_> = what.products.into_iter().map(Id::from_raw).collect();
    let variants: Vec<_> = what.variants.into_iter().map(Id::from_raw).collect();
    house
        .store
        .read(move |db| {
            shelf.apply_variants(db, &variants)?;
            shelf.apply(db, &products)
        })
        .await
}
