//! Sales of thirty days beside the thirty before, as a chart and three figures, in one currency.

use base::{Currency, Date, Id, Money, Result};
use frame::charts::{Bars, bars};
use frame::{App, Visitor};
use orders::DaySales;
use parties::Organisation;
use serde::Serialize;
use store::Read;

/// Sixty days of sales, of all currencies.
pub struct Sales {
    days: Vec<DaySales>,
}

/// The card.
#[derive(Serialize)]
pub struct SalesView {
    chart: String,
    total: String,
    orders: i64,
    average: String,
    compared: bool,
    change: Option<String>,
    up: bool,
    days: Vec<DayView>,
}

#[derive(Serialize)]
struct DayView {
    day: String,
    amount: String,
    orders: i64,
}

const DAYS: i64 = 30;

fn begin(db: &Read) -> Date {
    db.now().plus_days(1 - 2 * DAYS).date()
}

/// Of the whole house. Errors: denied.
pub fn of_house(db: &mut Read) -> Result<Sales> {
    let from = begin(db);
    Ok(Sales { days: orders::sales(db, from)? })
}

/// Of one seller: its goods. Errors: denied for others.
pub fn of_seller(db: &mut Read, organisation: Id<Organisation>) -> Result<Sales> {
    let from = begin(db);
    Ok(Sales { days: orders::seller_sales(db, organisation, from)? })
}

/// The card in `currency`, converted at the day's rates. What has no rate is left out.
pub fn view(app: &App, visitor: &Visitor, sales: &Sales, currency: Currency) -> SalesView {
    let (locale, world) = (&visitor.locale, app.world());
    let mut amounts = vec![0_i64; 2 * DAYS as usize];
    let mut orders = vec![0_i64; 2 * DAYS as usize];
    for day in &sales.days {
        let age = i64::from((visitor.today() - day.day).get_days());
        let at = usize::try_from(2 * DAYS - 1 - age).ok().filter(|at| *at < amounts.len());
        if let (Some(at), Some(amount)) = (at, world.convert(day.amount, currency)) {
            amounts[at] += amount.minor;
            orders[at] += day.orders;
        }
    }
    let (previous, current) = amounts.split_at(DAYS as usize);
    // A comparison with a period that is mostly empty would say nothing.
    let known = previous.iter().filter(|amount| **amount > 0).count() * 2 > previous.len();
    let previous = if known { previous } else { &[] };
    let money = |minor| locale.money(Money::new(minor, currency));
    let dates: Vec<Date> = (0..DAYS).rev().map(|age| visitor.now.plus_days(-age).date()).collect();
    let labels: Vec<String> = dates.iter().map(|date| short(locale, *date)).collect();
    let title = locale.t("d-sales-chart");
    let scale = |minor: i64| rounded(locale, minor, currency);
    let chart =
        bars(&Bars { title: &title, labels: &labels, values: current, previous, last_is_open: true, format: &scale });
    let (total, before): (i64, i64) = (current.iter().sum(), previous.iter().sum());
    let count: i64 = orders[DAYS as usize..].iter().sum();
    let permille = if before > 0 { Some((total - before) * 1000 / before) } else { None };
    SalesView {
        chart,
        total: money(total),
        orders: count,
        average: money(if count > 0 { total / count } else { 0 }),
        compared: known,
        change: permille.map(|change| {
            let sign = if change < 0 { "\u{2212}" } else { "+" };
            format!("{sign}{}.{}\u{a0}%", change.abs() / 10, change.abs() % 10)
        }),
        up: permille.is_none_or(|change| change >= 0),
        days: dates
            .iter()
            .enumerate()
            .rev()
            .map(|(at, date)| DayView {
                day: locale.day(*date, visitor.today()),
                amount: money(current[at]),
                orders: orders[DAYS as usize + at],
            })
            .collect(),
    }
}

/// `24 Oct`
fn short(locale: &frame::Locale, date: Date) -> String {
    let full = locale.date(date);
    match full.split_once('年') {
        Some((_, rest)) => rest.to_owned(),
        None => full.rsplit_once(' ').map_or(full.clone(), |(day, _)| day.to_owned()),
    }
}

/// An amount on a scale: whole units only.
pub fn rounded(locale: &frame::Locale, minor: i64, currency: Currency) -> String {
    let whole = minor / currency.scale();
    format!("{}{}", locale.symbol(currency), locale.count(whole))
}

/// What amounts in many currencies come to in one, at today's rates. What has no rate is left out.
pub fn together(app: &App, amounts: impl IntoIterator<Item = Money>, currency: Currency) -> Money {
    let world = app.world();
    let minor =
        amounts.into_iter().filter_map(|amount| world.convert(amount, currency)).map(|amount| amount.minor).sum();
    Money::new(minor, currency)
}
