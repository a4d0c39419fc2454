//! Every consequence of every event, in one place. What must happen together with an event is done in its transaction by
//! the context itself; what stands here follows it: jobs for the house and messages to people, once; and every process's own
//! memory of what is on sale and of the day's rates.

use crate::house::House;
use crate::mail::Teller;
use base::{Id, Moment, Result};
use notify::Kind;
use std::collections::BTreeSet;
use std::sync::atomic::Ordering;
use store::{EventRow, Tx, Work};

/// Events read at once.
const BATCH: i64 = 500;

/// The job that follows from an event, if one does, and what it is about. Done by one process, once, however many there are.
fn job(event: &EventRow) -> Result<Option<(Work, i64)>> {
    Ok(match event.kind.as_str() {
        // Nobody has the goods: the buyer gets the money back.
        "consignment.lost" | "consignment.returned" => {
            event.json()?["parcel"].as_i64().map(|parcel| (settlement::WRITE_OFF, parcel))
        }
        _ => None,
    })
}

/// What the holder of an account is told of, without `party.`: it is opened in another way from now on.
const SECURITY: [&str; 9] = [
    "password_changed",
    "email_changed",
    "totp_added",
    "totp_removed",
    "passkey_added",
    "passkey_removed",
    "recovery_renewed",
    "recovery_used",
    "factors_reset",
];

/// Who hears of an event by mail, if somebody does.
fn tell_people(tx: &mut Tx, teller: &mut Teller, event: &EventRow) -> Result<()> {
    let order = event.subject;
    match event.kind.as_str() {
        "order.paid" => teller.about_paid(tx, event),
        "order.cancelled" => {
            teller.buyer(tx, Kind::OrderCancelled, order, order, &event.body)?;
            teller.about_unsent(tx, event)
        }
        "consignment.pieces_called_off" => teller.about_pieces(tx, event),
        "order.readdressed" => teller.about_address(tx, event),
        "order.amended" => teller.about_change(tx, event),
        "amendment.offered" | "amendment.over" => teller.about_proposal(tx, event),
        "consignment.replaced" => teller.about_replaced(tx, event),
        "consignment.added" => teller.about_added(tx, event),
        "order.completed" => teller.buyer(tx, Kind::OrderCompleted, order, order, &event.body),
        "payment.refunded" => teller.about_refund(tx, event),
        "consignment.handed_over" => teller.about_consignment(tx, Kind::HandedOver, event),
        "consignment.held" => teller.about_consignment(tx, Kind::Held, event),
        "consignment.delivered" => teller.about_consignment(tx, Kind::Delivered, event),
        "settlement.paid_out" => teller.about_payout(tx, event),
        "onboarding.bank_changed" => teller.about_bank(tx, event),
        kind if kind.starts_with("claim.") => teller.about_claim(tx, event),
        kind => match kind.strip_prefix("party.").filter(|what| SECURITY.contains(what)) {
            Some(what) => teller.holder(tx, what, event),
            None => Ok(()),
        },
    }
}

/// Money that should never have come goes back by itself, and whoever runs the house must hear of it.
fn cry_out(event: &EventRow) {
    if matches!(event.kind.as_str(), "order.paid_extra" | "payment.amount_differs") {
        tracing::error!(order = event.subject, kind = %event.kind, body = %event.body, "money came that was not owed; it goes back");
    }
}

/// Money came to the provider or left it: on the next days it will settle that.
fn moves_the_receivable(event: &EventRow) -> bool {
    let moving = ["order.paid", "order.due_paid", "order.paid_extra", "payment.amount_differs", "payment.refunded"];
    moving.contains(&event.kind.as_str())
}

/// Follows the events: adds up the day's sales, tells people, schedules jobs. Errors: the database's.
pub async fn follow(house: &House) -> Result<()> {
    let send = house.mailer.is_some();
    let providers: Vec<&'static str> = house.providers.all().map(|provider| provider.name()).collect();
    let handle = move |tx: &mut Tx, events: &[EventRow]| {
        orders::tally(tx, events)?;
        settlement::tally(tx, events)?;
        let mut teller = Teller::new(tx, send, events)?;
        for event in events {
            cry_out(event);
            tell_people(tx, &mut teller, event)?;
            if let Some((work, subject)) = job(event)? {
                tx.schedule(&work.job(subject, tx.now()))?;
            }
        }
        if events.iter().any(moves_the_receivable) {
            providers.iter().try_for_each(|name| settlement::schedule_settling(tx, name))?;
        }
        Ok(())
    };
    while house.store.follow("reactions", BATCH, handle.clone()).await? > 0 {}
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
    /// Other words about the shop: its name, contact, markets.
    shop: bool,
    /// New terms, another tariff code of a category: many offers show something else.
    shelf: bool,
    /// Another category, or another name of one.
    categories: bool,
    /// When the last event happened.
    at: Option<Moment>,
}

impl Consequences {
    fn add(&mut self, event: &EventRow) {
        self.at = self.at.max(Some(event.at));
        match event.kind.as_str() {
            "catalog.product_changed" | "offer.changed" => drop(self.products.insert(event.subject)),
            "stock.changed" => drop(self.variants.insert(event.subject)),
            "offer.rates_put" => self.world = true,
            "catalog.category_changed" => {
                self.categories = true;
                self.shelf |= event.json().is_ok_and(|body| body["tariff"] == true);
            }
            "party.setting_changed" => self.shop = true,
            // A seller's name stands beside its offers; a warehouse's place decides their way.
            "party.organisation_changed" => (self.shop, self.shelf) = (true, true),
            "terms.agreed" | "terms.ended" | "party.standing_changed" | "stock.warehouse_put" => self.shelf = true,
            _ => {}
        }
    }
}

/// Everything that follows from the events since the last time, one after the other. A server does each in a loop of its own.
/// Errors: the database's.
pub async fn react(house: &House) -> Result<()> {
    follow(house).await?;
    tell(house).await?;
    remember(house).await
}

/// Follows the events: writes down which developers are to be told. Errors: the database's.
pub async fn tell(house: &House) -> Result<()> {
    while house.store.follow("hooks", BATCH, hooks::take).await? > 0 {}
    Ok(())
}

/// Follows the events: refreshes the shelf, and what else this process keeps in memory. Errors: the database's.
pub async fn remember(house: &House) -> Result<()> {
    let Some(app) = house.app() else { return Ok(()) };
    loop {
        let seen = house.seen.load(Ordering::SeqCst);
        let events = house.store.read(move |db| store::events_after(db, seen, BATCH)).await?;
        let Some(last) = events.last().map(|event| event.seq) else { break };
        let is_last = events.len() < BATCH as usize;
        let mut consequences = Consequences::default();
        events.iter().for_each(|event| consequences.add(event));
        refresh(house, app, consequences).await?;
        house.seen.store(last, Ordering::SeqCst);
        if is_last {
            break;
        }
    }
    // Rules and rates are dated: at midnight another row may be in force.
    if app.world().date != house.now().date() {
        app.set_world(house.world().await?);
    }
    Ok(())
}

async fn refresh(house: &House, app: &frame::App, what: Consequences) -> Result<()> {
    let clock = house.store.clock();
    // The demonstration's clock was moved ahead on another node.
    if let Some(at) = what.at.filter(|at| clock.is_movable() && *at > clock.now()) {
        clock.set(at);
    }
    if what.categories {
        app.refresh_categories().await?;
    }
    if what.world {
        app.set_world(house.world().await?);
    }
    if what.shop {
        app.refresh_shop().await?;
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
