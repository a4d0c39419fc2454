//! Every consequence of every event, in one place. What must happen together with an event is done in its transaction by
//! the context itself; what stands here follows it: jobs for the house and messages to people, once; and every process's own
//! memory of what is on sale and of the day's rates.

use crate::house::House;
use crate::mail::Teller;
use base::{Id, Moment, Result};
use catalog::{Product, Variant};
use hooks::Happened;
use notify::Kind;
use orders::event;
use std::collections::BTreeSet;
use std::sync::atomic::Ordering;
use store::{EventRow, Tx};

/// Events read at once.
const BATCH: i64 = 500;

/// What follows from one event: who hears of it by mail, and the job that does the rest. Every kind has an arm, also where nothing
/// follows; what changes the goods on sale is followed by [`Consequences`].
fn react_to(tx: &mut Tx, teller: &mut Teller, row: &EventRow) -> Result<()> {
    match Happened::of(row)? {
        Some(Happened::Order(event)) => of_order(tx, teller, row, event),
        Some(Happened::Claim(event)) => teller.about_claim(tx, row, &event),
        Some(Happened::Amendment(event)) => teller.about_proposal(tx, row, event.told()),
        Some(Happened::Payment(event)) => of_payment(tx, teller, row, event),
        Some(Happened::Settlement(event)) => of_settlement(tx, teller, row, event),
        Some(Happened::Party(event)) => of_party(tx, teller, row, event),
        Some(Happened::Onboarding(event)) => of_onboarding(tx, teller, row, event),
        Some(Happened::Parcel(event)) => of_parcel(event),
        Some(Happened::Catalog(_) | Happened::Offer(_) | Happened::Stock(_) | Happened::Terms(_)) => Ok(()),
        // A newer node's: it follows it.
        None => Ok(()),
    }
}

fn of_order(tx: &mut Tx, teller: &mut Teller, row: &EventRow, event: orders::Event) -> Result<()> {
    use orders::Event::*;
    match event {
        Paid(order, _) => teller.about_paid(tx, row, order),
        Cancelled(order, cancelled) => {
            teller.buyer(tx, Kind::OrderCancelled, order, order.raw(), &row.body)?;
            teller.about_unsent(tx, order, &cancelled)
        }
        Readdressed(order, _) => teller.about_change(tx, Kind::OrderReaddressed, row, order),
        Amended(order, _) => teller.about_change(tx, Kind::OrderAmended, row, order),
        Completed(order, _) => teller.buyer(tx, Kind::OrderCompleted, order, order.raw(), &row.body),
        PiecesCalledOff(_, told) => teller.about_pieces(tx, row, &told),
        Replaced(consignment, replaced) => teller.about_replaced(tx, row, consignment, &replaced),
        Added(consignment, _) => teller.about_added(tx, consignment),
        HandedOver(_, told) => teller.about_parcel(tx, Kind::HandedOver, row, &told.of),
        Held(_, event::Held(news)) => teller.about_parcel(tx, Kind::Held, row, &news.of),
        Delivered(consignment, told) => teller.about_delivered(tx, row, consignment, &told),
        // Nobody has the goods: the buyer gets the money back.
        Lost(_, event::Lost(news)) | Returned(_, event::Returned(news)) => {
            let now = tx.now();
            tx.schedule(&settlement::WRITE_OFF.job(news.of.one.parcel.raw(), now))
        }
        PaidExtra(..) => {
            cry_out(row);
            Ok(())
        }
        FieldsChanged(..) | FieldChanged(..) => Ok(()),
        Placed(..) | DuePaid(..) | PaymentFailed(..) | Refunded(..) | Settled(..) => Ok(()),
        Packed(..) | Moved(..) | ReceivedBack(..) | WrittenOff(..) | Recalled(..) => Ok(()),
        ConsignmentCancelled(..) | ConsignmentCompleted(..) | Disputed(..) | DisputeClosed(..) => Ok(()),
    }
}

fn of_payment(tx: &mut Tx, teller: &mut Teller, row: &EventRow, event: payments::Event) -> Result<()> {
    use payments::Event::*;
    match event {
        Refunded(order, payments::event::Refunded(back)) => teller.about_refund(tx, row, Id::from_raw(order), &back),
        AmountDiffers(..) => {
            cry_out(row);
            Ok(())
        }
        RefundFailed(..) | RefundReturned(..) => Ok(()),
    }
}

fn of_settlement(tx: &mut Tx, teller: &mut Teller, row: &EventRow, event: settlement::Event) -> Result<()> {
    use settlement::Event::*;
    match event {
        PaidOut(seller, paid) => teller.about_seller(tx, Kind::PaidOut, row, seller, paid.payout.raw()),
        Split(..) | Refunded(..) | ProviderSettled(..) | Remitted(..) => Ok(()),
    }
}

/// Whoever holds an account hears that it is opened in another way from now on.
fn of_party(tx: &mut Tx, teller: &mut Teller, row: &EventRow, event: parties::Event) -> Result<()> {
    use parties::Event::*;
    match event {
        PasswordChanged(person, _) => teller.holder(tx, row, person),
        EmailChanged(person, _) => teller.holder(tx, row, person),
        TotpAdded(person, _) => teller.holder(tx, row, person),
        TotpRemoved(person, _) => teller.holder(tx, row, person),
        PasskeyAdded(person, _) => teller.holder(tx, row, person),
        PasskeyRemoved(person, _) => teller.holder(tx, row, person),
        RecoveryRenewed(person, _) => teller.holder(tx, row, person),
        RecoveryUsed(person, _) => teller.holder(tx, row, person),
        FactorsReset(person, _) => teller.holder(tx, row, person),
        ConnectionChanged(_, changed) => teller.about_connection(tx, row, &changed),
        Registered(..) | SignedIn(..) | Switched(..) | SessionEnded(..) | Exported(..) | Erased(..) => Ok(()),
        // The mail of an invitation is asked for with it.
        Invited(..) | InvitationDeclined(..) | InvitationWithdrawn(..) | LinkHandedOver(..) => Ok(()),
        MemberAdded(..) | MemberRemoved(..) | KeyCreated(..) | KeyRevoked(..) => Ok(()),
        OrganisationCreated(..) | OrganisationChanged(..) | StandingChanged(..) | SettingChanged(..) => Ok(()),
    }
}

fn of_onboarding(tx: &mut Tx, teller: &mut Teller, row: &EventRow, event: onboarding::Event) -> Result<()> {
    use onboarding::Event::*;
    match event {
        BankChanged(seller, told) => teller.about_seller(tx, Kind::BankChanged, row, seller, told.account.raw()),
        // Who applied is told with the deed itself.
        Applied(..) | Accepted(..) | Declined(..) => Ok(()),
        ProfileChanged(..) | BankEnded(..) | BankRevealed(..) => Ok(()),
    }
}

/// What a carrier says follows in the transaction that hears it (`orders::journey`).
fn of_parcel(event: logistics::Event) -> Result<()> {
    use logistics::Event::*;
    match event {
        Requested(..) | Booked(..) | Refused(..) | Voided(..) | Kept(..) | Moved(..) => Ok(()),
    }
}

/// Money that should never have come goes back by itself, and whoever runs the house must hear of it.
fn cry_out(row: &EventRow) {
    tracing::error!(order = row.subject, kind = %row.kind, body = %row.body, "money came that was not owed; it goes back");
}

/// Money came to the provider or left it: on the next days it will settle that.
fn moves_the_receivable(row: &EventRow) -> bool {
    let came = row.is::<event::Paid>() || row.is::<event::DuePaid>() || row.is::<event::PaidExtra>();
    came || row.is::<payments::event::AmountDiffers>() || row.is::<payments::event::Refunded>()
}

/// Follows the events: adds up the day's sales, tells people, schedules jobs. Errors: the database's.
pub async fn follow(house: &House) -> Result<()> {
    let send = house.mailer().is_some();
    let providers: Vec<&'static str> = house.providers().all().map(|provider| provider.name()).collect();
    let handle = move |tx: &mut Tx, events: &[EventRow]| {
        orders::tally(tx, events)?;
        settlement::tally(tx, events)?;
        let mut teller = Teller::new(tx, send, events)?;
        events.iter().try_for_each(|row| react_to(tx, &mut teller, row))?;
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
    products: BTreeSet<Id<Product>>,
    /// Variants whose stock was counted or changed.
    variants: BTreeSet<Id<Variant>>,
    /// New rates.
    world: bool,
    /// Other words about the shop: its name, contact, markets.
    shop: bool,
    /// New terms, another tariff code of a category: many offers show something else.
    shelf: bool,
    /// Whom the shop works with outside.
    connections: bool,
    /// Another category, or another name of one.
    categories: bool,
    /// When the last event happened.
    at: Option<Moment>,
}

impl Consequences {
    /// Every kind that changes what is on sale, or how it is shown, has an arm.
    fn add(&mut self, row: &EventRow) -> Result<()> {
        use {catalog::Event as Catalog, offers::Event as Offer, parties::Event as Party, stock::Event as Stock};
        self.at = self.at.max(Some(row.at));
        match Happened::of(row)? {
            Some(Happened::Catalog(Catalog::ProductChanged(product, _))) => drop(self.products.insert(product)),
            Some(Happened::Catalog(Catalog::CategoryChanged(_, changed))) => {
                self.categories = true;
                self.shelf |= changed.tariff;
            }
            Some(Happened::Offer(Offer::Changed(product, _))) => drop(self.products.insert(product)),
            Some(Happened::Offer(Offer::RatesPut(..))) => self.world = true,
            // They say nothing to buyers: what a piece costs the operator, and rates that nobody uses.
            Some(Happened::Offer(Offer::SupplyAgreed(..) | Offer::RatesHeld(..) | Offer::RateDropped(..))) => {}
            Some(Happened::Stock(Stock::Changed(variant, _))) => drop(self.variants.insert(variant)),
            Some(Happened::Stock(Stock::WarehousePut(..))) => self.shelf = true,
            Some(Happened::Terms(terms::Event::Agreed(..) | terms::Event::Ended(..))) => self.shelf = true,
            Some(Happened::Party(Party::SettingChanged(..))) => self.shop = true,
            Some(Happened::Party(Party::ConnectionChanged(..))) => self.connections = true,
            // A seller's name stands beside its offers; a warehouse's place decides their way.
            Some(Happened::Party(Party::OrganisationChanged(..))) => (self.shop, self.shelf) = (true, true),
            Some(Happened::Party(Party::StandingChanged(..))) => self.shelf = true,
            Some(Happened::Party(_) | Happened::Onboarding(_)) => {}
            Some(Happened::Order(_) | Happened::Payment(_) | Happened::Settlement(_)) => {}
            Some(Happened::Claim(_) | Happened::Amendment(_)) => {}
            Some(Happened::Parcel(_)) | None => {}
        }
        Ok(())
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
        events.iter().try_for_each(|row| consequences.add(row))?;
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
    if what.connections {
        app.reconnect().await?;
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
    let products: Vec<_> = what.products.into_iter().collect();
    let variants: Vec<_> = what.variants.into_iter().collect();
    house
        .store
        .read(move |db| {
            shelf.apply_variants(db, &variants)?;
            shelf.apply(db, &products)
        })
        .await
}
