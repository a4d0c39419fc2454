//! How the house stands, money first: sales, escrow, what is late, held or failing.

use crate::go_live::{self, ListView};
use crate::orders::{RowView, row_view};
use crate::page::show;
use crate::places::{self, PlaceView, Places};
use axum::extract::State;
use base::{Money, Permission, Result};
use checkout::{Connected, Opening};
use desk::sales::{self, Sales, SalesView};
use desk::time::{Clock, clock};
use desk::words;
use frame::parts::titles::retitle;
use frame::{Answer, App, Visitor};
use orders::{Counts, Customs, Filter, SellerRow, Summary};
use serde::Serialize;
use store::Read;

#[derive(Serialize)]
struct View {
    name: String,
    /// What there still is to do before the shop opens, in place of its figures.
    live: Option<ListView>,
    sales: SalesView,
    places: Vec<PlaceView>,
    counts: Vec<CountView>,
    escrow: Option<EscrowView>,
    late: Vec<LateView>,
    held: Vec<RowView>,
    newest: Vec<RowView>,
    failing: usize,
    due: i64,
    clock: bool,
    date: String,
    rates_of: String,
}

#[derive(Serialize)]
struct CountView {
    href: &'static str,
    name: String,
    count: i64,
    bad: bool,
}

/// Buyers' money that is kept until their orders complete, in the platform's currency.
#[derive(Serialize)]
struct EscrowView {
    total: String,
    currencies: usize,
    unrated: Option<String>,
}

#[derive(Serialize)]
struct LateView {
    order: String,
    number: String,
    item: String,
    image: String,
    clock: Option<Clock>,
    badge: words::Badge,
}

struct Seen {
    opening: Opening,
    platform: Option<parties::Organisation>,
    sales: Sales,
    places: Places,
    counts: Counts,
    late: Vec<SellerRow>,
    held: Vec<Summary>,
    newest: Vec<Summary>,
    escrow: Option<Vec<(String, i64)>>,
    failing: usize,
    due: i64,
}

const FEW: i64 = 6;

fn see(db: &mut Read, tag: &str, ledger: bool, connected: &Connected) -> Result<Seen> {
    let escrow = match ledger {
        true => Some(ledger::accounts(db, "escrow", "", 40)?),
        false => None,
    };
    let late = orders::late(db, FEW)?;
    let held = orders::list(db, Filter::Customs(Customs::Held), None, FEW)?.rows;
    let newest = orders::list(db, Filter::All, None, FEW)?.rows;
    let (late, held, newest) = (retitle(db, tag, late)?, retitle(db, tag, held)?, retitle(db, tag, newest)?);
    Ok(Seen {
        opening: checkout::opening(db, connected)?,
        platform: parties::platform(db)?,
        sales: sales::of_house(db)?,
        places: places::read(db)?,
        counts: orders::counts(db)?,
        late,
        held,
        newest,
        escrow: escrow.map(|rows| rows.into_iter().map(|row| (row.account.unit, row.balance)).collect()),
        failing: store::failing(db, 50)?.len(),
        due: store::due_count(db)?,
    })
}

/// GET /console
pub async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let (ledger, tag) = (visitor.may(Permission::LedgerRead), visitor.locale.tag);
    let connected = app.connected();
    let seen = app.store.read_as(visitor.actor, move |db| see(db, tag, ledger, &connected)).await?;
    let locale = &visitor.locale;
    let currency = seen.platform.as_ref().map_or(base::Currency::EUR, |platform| platform.currency);
    let escrow = seen.escrow.as_ref().map(|list| {
        let held: Vec<Money> = list
            .iter()
            .filter(|(_, minor)| *minor != 0)
            .filter_map(|(unit, minor)| Some(Money::new(*minor, unit.parse().ok()?)))
            .collect();
        let (total, unrated) = sales::together(&app, held.iter().copied(), currency);
        let unrated = sales::left_out(locale, &unrated);
        EscrowView { total: locale.money(total), currencies: held.len(), unrated }
    });
    let view = View {
        name: seen.platform.as_ref().map(|platform| platform.name.clone()).unwrap_or_default(),
        live: go_live::list(&app, &visitor, &seen.opening),
        sales: sales::view(&visitor, &seen.sales, currency),
        places: places::view(&visitor, &seen.places, seen.sales.rates(), currency),
        counts: counts(&visitor, &seen.counts),
        escrow,
        late: seen.late.iter().map(|row| late_view(&visitor, row)).collect(),
        held: seen.held.iter().map(|row| row_view(&visitor, row)).collect(),
        newest: seen.newest.iter().map(|row| row_view(&visitor, row)).collect(),
        failing: seen.failing,
        due: seen.due,
        clock: app.config.demo && app.store.clock().is_movable() && visitor.may(Permission::OrdersWrite),
        date: desk::time::moment(&visitor, visitor.now),
        rates_of: locale.date(app.world().rates_day()),
    };
    let title = locale.t("d-menu-overview");
    show(&app, &visitor, "console/overview.html", &title, &view).await
}

fn counts(visitor: &Visitor, counts: &Counts) -> Vec<CountView> {
    let one = |href, key: &str, count, bad| CountView { href, name: visitor.locale.t(key).to_string(), count, bad };
    vec![
        one("/console/orders?state=fulfilment.to_pack", "d-fulfilment-to-pack", counts.to_pack, false),
        one("/console/orders?state=fulfilment.packed", "d-fulfilment-packed", counts.packed, false),
        one("/console/orders?state=fulfilment.underway", "d-fulfilment-underway", counts.underway, false),
        one("/console/orders?state=fulfilment.delivered", "d-fulfilment-delivered", counts.delivered, false),
        one("/console/orders?state=customs.held", "d-customs-held", counts.held, counts.held > 0),
        one(
            "/console/orders?state=fulfilment.exception",
            "d-fulfilment-exception",
            counts.exception,
            counts.exception > 0,
        ),
        one("/console/orders?state=dispute.open", "d-dispute-open", counts.disputed, counts.disputed > 0),
    ]
}

fn late_view(visitor: &Visitor, row: &SellerRow) -> LateView {
    LateView {
        order: row.order.to_string(),
        number: row.number.clone(),
        item: row.title.clone(),
        image: row.image.clone(),
        clock: row.ship_by.map(|until| clock(visitor, until, 40)),
        badge: words::state(&visitor.locale, row.state, row.customs),
    }
}

/// POST /console/clock: the demonstration's clock goes a day further; workers do what has become due.
pub async fn next_day(State(app): State<App>, visitor: Visitor) -> Answer {
    visitor.actor.may(Permission::OrdersWrite)?;
    let clock = app.store.clock();
    if !app.config.demo || !clock.is_movable() {
        let why = "The clock can be moved in the demonstration and in test mode only.";
        return Err(base::Error::denied("clock_fixed", why).into());
    }
    clock.advance_seconds(86_400);
    app.store.write(|tx| parties::session::carry_over(tx, 86_400)).await?;
    Ok(desk::done(&visitor, "/console", "c-said-next-day"))
}
