//! Whether the shop sells: it is opened by an admin once it can be paid and can ship, and until then takes orders of nobody but the
//! operator's own people, to try it out. Nothing that a rehearsal (demonstration, test mode) takes is real, so it is open by itself.

use crate::cart::Cart;
use base::{Actor, Country, Currency, Error, Id, Permission, Result};
use offers::{OLD_BANKING_DAYS, Rates, banking_days};
use orders::{Order, Source, TestOrders};
use payments::sandbox;
use std::collections::BTreeSet;
use store::{Read, Tx};

/// What the server that is asked is connected to, and what it offers.
#[derive(Clone, Debug, Default)]
pub struct Connected {
    /// A payment provider that moves money takes new payments.
    pub payments: bool,
    /// Somebody fetches parcels: a carrier that is connected, or one whose numbers are put in by hand.
    pub shipping: bool,
    /// Mail is sent.
    pub mail: bool,
    /// Countries that can be sold to at all.
    pub destinations: Vec<Country>,
}

/// What a shop needs before it opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// A payment provider that moves money.
    Payments,
    /// Somebody who fetches parcels.
    Shipping,
    /// A mail server.
    Mail,
    /// Who answers for the shop in law.
    Imprint,
    /// Where buyers write to.
    Contact,
    /// Rates of these days for every currency that is priced in or shown.
    Rates,
    /// An order of the operator's own people, paid and given back.
    TestOrder,
}

impl Need {
    /// All of them, in the order in which they are done.
    pub const ALL: [Need; 7] =
        [Need::Payments, Need::Shipping, Need::Mail, Need::Imprint, Need::Contact, Need::Rates, Need::TestOrder];

    /// Stable name.
    pub fn name(self) -> &'static str {
        match self {
            Need::Payments => "payments",
            Need::Shipping => "shipping",
            Need::Mail => "mail",
            Need::Imprint => "imprint",
            Need::Contact => "contact",
            Need::Rates => "rates",
            Need::TestOrder => "test_order",
        }
    }
}

/// How far a shop is from opening, or what it has come to lack since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// It sells: somebody opened it, or nothing here is real.
    pub is_open: bool,
    /// What is missing. Of a shop that is open no test order is asked for.
    pub missing: Vec<Need>,
    /// Currencies without a rate of these days.
    pub old_rates: Vec<Currency>,
    /// The operator's test orders.
    pub tests: TestOrders,
}

/// Whether whoever asks could order now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selling {
    /// Yes.
    Open,
    /// Yes, as a test: the shop is not open, and this is one of the operator's own people.
    Test,
    /// Not yet, or not for now.
    Soon,
    /// The shop is open and nobody is there to take its money.
    Unpaid,
}

/// Whether the actor could order now, paid through `provider`.
pub fn selling(db: &mut Read, provider: &str) -> Result<Selling> {
    if db.is_rehearsal() {
        return Ok(Selling::Open);
    }
    Ok(match (parties::is_open(db)?, provider == sandbox::NAME) {
        (true, false) => Selling::Open,
        (true, true) => Selling::Unpaid,
        (false, _) if is_own(db.actor()) => Selling::Test,
        (false, _) => Selling::Soon,
    })
}

fn is_own(actor: Actor) -> bool {
    actor.may(Permission::OrdersWrite).is_ok()
}

/// As what a cart is ordered. Whoever tries an unopened shop out makes those wait who open it, so that no test is overlooked.
/// Errors: `opening_soon`, `payments_missing` (conflict).
pub(crate) fn admit(tx: &mut Tx, cart: Id<Cart>, provider: &str) -> Result<Source> {
    match selling(tx, provider)? {
        Selling::Open => Ok(Source::cart(cart.raw())),
        Selling::Test if parties::stays_closed(tx)? => Ok(Source::test(cart.raw())),
        Selling::Test if provider != sandbox::NAME => Ok(Source::cart(cart.raw())),
        Selling::Soon => Err(Error::conflict("opening_soon", "The shop opens soon; it takes no orders yet.")),
        Selling::Test | Selling::Unpaid => Err(payments_missing()),
    }
}

/// Asks that what is ordered can be sent: by a carrier that plays one nobody's parcel travels. Errors: `carrier_missing` (conflict).
pub(crate) fn may_send<'a>(tx: &Tx, source: Source, services: impl Iterator<Item = &'a str>) -> Result<()> {
    if tx.is_rehearsal() || source.kind == orders::SourceKind::Test {
        return Ok(());
    }
    for code in services {
        if logistics::service(code)?.booked_through == logistics::BUILT_IN {
            let say = "The shop has no carrier at the moment that would fetch this order.";
            return Err(Error::conflict("carrier_missing", say));
        }
    }
    Ok(())
}

/// Asks that the money of an order can be taken through `provider`: the sandbox takes that of tests alone. Errors: `payments_missing`
/// (conflict).
pub(crate) fn may_take(tx: &mut Tx, order: Id<Order>, provider: &str) -> Result<()> {
    if provider != sandbox::NAME || tx.is_rehearsal() || orders::find(tx, order)?.is_test() {
        return Ok(());
    }
    Err(payments_missing())
}

fn payments_missing() -> Error {
    Error::conflict("payments_missing", "The shop cannot take payments at the moment.")
}

/// How far the shop is from opening. Errors: denied, but to the operator's people.
pub fn opening(db: &mut Read, connected: &Connected) -> Result<Opening> {
    db.actor().may(Permission::ConsoleRead)?;
    let is_open = db.is_rehearsal() || parties::is_open(db)?;
    stand(db, connected, is_open)
}

fn stand(db: &mut Read, connected: &Connected, is_open: bool) -> Result<Opening> {
    let old_rates = old_rates(db, connected)?;
    let tests = orders::test_orders(db)?;
    let (shop, sends_itself) = (parties::shop(db)?, logistics::sends_itself(db)?);
    let said = |text: fn(&parties::Shop) -> &str| shop.as_ref().is_some_and(|shop| !text(shop).trim().is_empty());
    let is_met = |need: Need| match need {
        Need::Payments => connected.payments,
        Need::Shipping => connected.shipping || sends_itself,
        Need::Mail => connected.mail,
        Need::Imprint => said(|shop| &shop.legal),
        Need::Contact => said(|shop| &shop.email),
        Need::Rates => old_rates.is_empty(),
        Need::TestOrder => is_open || tests.given_back && tests.unended.is_none(),
    };
    let missing = Need::ALL.into_iter().filter(|need| !is_met(*need)).collect();
    Ok(Opening { is_open, missing, old_rates, tests })
}

/// Currencies that goods are priced in, or that buyers of the shop's markets pay in, and that have no rate of these days. Where all
/// is in one currency nothing is converted.
fn old_rates(db: &mut Read, connected: &Connected) -> Result<Vec<Currency>> {
    let today = db.now().date();
    let mut used: BTreeSet<Currency> = offers::priced_currencies(db)?.into_iter().collect();
    if let Some(shop) = parties::shop(db)? {
        let markets = connected.destinations.iter().filter(|country| shop.sells_to(**country));
        used.extend(markets.map(|country| door::market(*country).currency));
        used.insert(shop.currency);
    }
    if used.len() < 2 {
        return Ok(Vec::new());
    }
    let rates = Rates::load(db, today)?;
    let is_fresh = |currency: &Currency| {
        let day = rates.published(Currency::EUR, *currency);
        *currency == Currency::EUR || day.is_some_and(|day| banking_days(day, today) <= OLD_BANKING_DAYS)
    };
    Ok(used.into_iter().filter(|currency| !is_fresh(currency)).collect())
}

/// Opens the shop. Whoever places a test order meanwhile has placed it before, or finds the shop open. Again: nothing. Emits
/// `party.setting_changed`. Errors: denied, but to admins; `not_ready` (conflict), which names what is missing.
pub fn open(tx: &mut Tx, connected: &Connected) -> Result<()> {
    tx.actor().may(Permission::SettingsWrite)?;
    if !parties::stays_closed(tx)? {
        return Ok(());
    }
    let missing = stand(tx, connected, false)?.missing;
    if missing.is_empty() {
        return parties::set_open(tx, true);
    }
    let names: Vec<&str> = missing.into_iter().map(Need::name).collect();
    let say = format!("The shop cannot open yet. Still missing: {}.", names.join(", "));
    Err(Error::conflict("not_ready", say))
}

/// Takes no orders for now; what was ordered goes on. Again: nothing. Emits `party.setting_changed`. Errors: denied, but to admins.
pub fn close(tx: &mut Tx) -> Result<()> {
    parties::set_open(tx, false)
}
