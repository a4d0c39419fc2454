//! What a seller has to do today, nearest deadline first; how sales go; what money and stock look like.

use crate::orders as order_list;
use crate::page::show;
use axum::extract::State;
use base::{Currency, Id, Money, Permission, Result};
use desk::sales::{Sales, SalesView};
use desk::time::{Clock, clock};
use desk::{sales, words};
use frame::parts::titles::retitle;
use frame::{Answer, App, Visitor};
use orders::{Page, SellerCounts, SellerRow};
use parties::Organisation;
use serde::Serialize;
use settlement::Balance;
use std::collections::BTreeSet;
use stock::StockRow;
use store::Read;

#[derive(Serialize)]
struct View {
    name: String,
    date: String,
    tasks: Vec<Task>,
    next: Vec<order_list::RowView>,
    can_write: bool,
    sales: SalesView,
    balance: Option<TotalView>,
    stock: Vec<StockView>,
    underway: i64,
    delivered: i64,
}

#[derive(Serialize)]
struct Task {
    href: &'static str,
    icon: &'static str,
    title: String,
    text: String,
    clock: Option<Clock>,
}

/// A seller's money of all currencies, in its own.
#[derive(Serialize)]
pub(super) struct TotalView {
    pub(super) one: BalanceView,
    pub(super) currencies: usize,
    pub(super) date: String,
    pub(super) unrated: Option<String>,
}

/// A seller's money in one currency.
#[derive(Serialize)]
pub(super) struct BalanceView {
    pub(super) currency: String,
    pub(super) escrow: String,
    pub(super) available: String,
    pub(super) owed: Option<String>,
    pub(super) paid_out: String,
    pub(super) weights: [i64; 3],
}

#[derive(Serialize)]
struct StockView {
    image: String,
    title: String,
    under: String,
    available: i64,
    tone: &'static str,
    share: String,
}

struct Seen {
    organisation: parties::Organisation,
    counts: SellerCounts,
    first: Vec<SellerRow>,
    warehouses: std::collections::BTreeMap<Id<stock::Warehouse>, (String, base::Country)>,
    unready: i64,
    balance: Option<Vec<Balance>>,
    stock: Vec<StockRow>,
    sales: Sales,
}

/// Fewer pieces than this are called low.
const LOW: i64 = 20;
/// Stock rows looked through for low ones.
const LOOKED_AT: i64 = 200;

fn see(db: &mut Read, tag: &str, own: Id<Organisation>, money: bool) -> Result<Seen> {
    let Page { rows: first, .. } = orders::to_ship(db, own, None, 5)?;
    let first = retitle(db, tag, first)?;
    let first = settlement::after_refunds(db, first)?;
    Ok(Seen {
        organisation: parties::organisation(db, own)?,
        counts: orders::seller_counts(db, own)?,
        warehouses: order_list::warehouses_of(db, &first)?,
        first,
        unready: catalog::unready_count(db, own.raw())?,
        balance: if money { Some(settlement::balance(db, own)?) } else { None },
        stock: stock::list(db, stock::Shelf::Organisation(own.raw()), None, LOOKED_AT)?,
        sales: sales::of_seller(db, own)?,
    })
}

/// GET /seller
pub async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let (own, money) = (desk::own(&visitor)?, visitor.may(Permission::SellerMoney));
    let tag = visitor.locale.tag;
    let seen = app.store.read_as(visitor.actor, move |db| see(db, tag, own, money)).await?;
    let title = visitor.locale.t("d-menu-today");
    let currency = seen.organisation.currency;
    let mut low: Vec<&StockRow> =
        seen.stock.iter().filter(|row| row.level.available < LOW && row.level.promised == 0).collect();
    low.sort_by_key(|row| row.level.available);
    let view = View {
        name: seen.organisation.name.clone(),
        date: visitor.locale.day(visitor.today(), visitor.today()),
        tasks: tasks(&visitor, &seen, low.len()),
        next: seen.first.iter().map(|row| order_list::row_view(&visitor, row, &seen.warehouses)).collect(),
        can_write: false,
        sales: sales::view(&visitor, &seen.sales, currency),
        balance: seen.balance.as_ref().map(|list| total_view(&app, &visitor, list, currency)),
        stock: low.iter().take(6).map(|row| stock_view(row)).collect(),
        underway: seen.counts.underway,
        delivered: seen.counts.delivered,
    };
    show(&app, &visitor, "seller/today.html", &title, &view).await
}

/// What all balances come to in the seller's own currency, at today's rates.
pub(super) fn total_view(app: &App, visitor: &Visitor, list: &[Balance], currency: Currency) -> TotalView {
    let mut unrated = BTreeSet::new();
    let mut sum = |part: fn(&Balance) -> Money| {
        let (sum, more) = sales::together(app, list.iter().map(part), currency);
        unrated.extend(more);
        sum
    };
    let total = Balance {
        escrow: sum(|one| one.escrow),
        available: sum(|one| one.available),
        owed: sum(|one| one.owed),
        paid_out: sum(|one| one.paid_out),
    };
    let date = visitor.locale.day(app.world().rates_day(), visitor.today());
    let unrated = sales::left_out(&visitor.locale, &unrated);
    TotalView { one: balance_view(visitor, &total), currencies: list.len(), date, unrated }
}

/// A balance as cards show it.
pub(super) fn balance_view(visitor: &Visitor, one: &Balance) -> BalanceView {
    let locale = &visitor.locale;
    let currency: Currency = one.available.currency;
    BalanceView {
        currency: currency.code().to_owned(),
        escrow: locale.money(one.escrow),
        available: locale.money(one.available),
        owed: (one.owed.minor > 0).then(|| locale.money(Money::new(-one.owed.minor, currency))),
        paid_out: locale.money(one.paid_out),
        weights: [one.available.minor.max(0), one.escrow.minor.max(0), one.paid_out.minor.max(0)],
    }
}

fn tasks(visitor: &Visitor, seen: &Seen, low: usize) -> Vec<Task> {
    let locale = &visitor.locale;
    let mut tasks = Vec::new();
    let to_ship = seen.counts.to_pack + seen.counts.packed;
    if to_ship > 0 {
        tasks.push(Task {
            href: "/seller/orders",
            icon: "parcel",
            title: locale.fill("s-task-ship", &[("n", to_ship.into())]),
            text: locale.fill(
                "s-task-ship-text",
                &[("pack", seen.counts.to_pack.into()), ("packed", seen.counts.packed.into())],
            ),
            clock: seen.first.first().and_then(|row| row.ship_by).map(|until| clock(visitor, until, 40)),
        });
    }
    if seen.counts.exception > 0 {
        let title = locale.fill("s-task-exception", &[("n", seen.counts.exception.into())]);
        let text = locale.t("s-task-exception-text").to_string();
        tasks.push(Task { href: "/seller/orders?state=all", icon: "warning", title, text, clock: None });
    }
    if seen.unready > 0 {
        let title = locale.fill("s-task-unready", &[("n", seen.unready.into())]);
        let text = locale.t("s-task-unready-text").to_string();
        tasks.push(Task { href: "/seller/readiness", icon: "customs", title, text, clock: None });
    }
    if low > 0 {
        let title = locale.fill("s-task-low", &[("n", low.into())]);
        let text = locale.fill("s-task-low-text", &[("n", LOW.into())]);
        tasks.push(Task { href: "/seller/stock", icon: "warehouse", title, text, clock: None });
    }
    tasks
}

fn stock_view(row: &StockRow) -> StockView {
    let available = row.level.available;
    let permille = available.clamp(0, LOW) * 1000 / LOW;
    StockView {
        image: row.image.clone(),
        title: row.title.clone(),
        under: words::joined(&[row.options.as_str(), row.warehouse_code.as_str()], ", "),
        available,
        tone: if available * 3 < LOW { "bad" } else { "warn" },
        share: format!("{}.{:03}", permille / 1000, permille % 1000),
    }
}
