//! Sales of thirty days beside the thirty before, as a chart and three figures, in one currency.

use base::{Currency, Date, Id, Money, Result};
use frame::charts::{Bars, bars};
use frame::{App, Visitor};
use offers::RateHistory;
use orders::DaySales;
use parties::Organisation;
use serde::Serialize;
use std::collections::BTreeSet;
use store::Read;

/// Sixty days of sales, of all currencies, and what these were worth.
pub struct Sales {
    days: Vec<DaySales>,
    rates: RateHistory,
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
    unrated: Option<String>,
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

impl Sales {
    /// What currencies were worth on each of these days.
    pub fn rates(&self) -> &RateHistory {
        &self.rates
    }
}

/// Of the whole house. Errors: denied.
pub fn of_house(db: &mut Read) -> Result<Sales> {
    let (from, today) = (begin(db), db.now().date());
    Ok(Sales { days: orders::sales(db, from)?, rates: RateHistory::load(db, from, today)? })
}

/// Of one seller: its goods. Errors: denied for others.
pub fn of_seller(db: &mut Read, organisation: Id<Organisation>) -> Result<Sales> {
    let (from, today) = (begin(db), db.now().date());
    Ok(Sales { days: orders::seller_sales(db, organisation, from)?, rates: RateHistory::load(db, from, today)? })
}

/// The card in `currency`, each day at its own rate. What has no rate is told.
pub fn view(visitor: &Visitor, sales: &Sales, currency: Currency) -> SalesView {
    let locale = &visitor.locale;
    let mut unrated = BTreeSet::new();
    let mut amounts = vec![0_i64; 2 * DAYS as usize];
    let mut orders = vec![0_i64; 2 * DAYS as usize];
    for day in &sales.days {
        let age = i64::from((visitor.today() - day.day).get_days());
        let at = usize::try_from(2 * DAYS - 1 - age).ok().filter(|at| *at < amounts.len());
        let Some(at) = at else { continue };
        orders[at] += day.orders;
        match sales.rates.convert(day.amount, currency, day.day) {
            Some(amount) => amounts[at] += amount.minor,
            None => drop(unrated.insert(day.amount.currency)),
        }
    }
    let (previous, current) = amounts.split_at(DAYS as usize);
    // A comparison with a period that is mostly empty would say nothing.
    let known = previous.iter().filter(|amount| **amount > 0).count() * 2 > previous.len();
    let previous = if known { previous } else { &[] };
    let money = |minor| locale.money(Money::new(minor, currency));
    let dates: Vec<Date> = (0..DAYS).rev().map(|age| visitor.now.plus_days(-age).date()).collect();
    let labels: Vec<String> = dates.iter().map(|date| locale.day_and_month(*date)).collect();
    let title = locale.t("d-sales-chart");
    let scale = |minor: i64| locale.money_in_units(Money::new(minor, currency));
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
            let sign = if change < 0 { "" } else { "+" };
            format!("{sign}{}", locale.percent(base::Rate::basis_points(change * 10)))
        }),
        up: permille.is_none_or(|change| change >= 0),
        unrated: left_out(locale, &unrated),
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

/// What amounts in many currencies come to in one, at today's rates; and the currencies that have none and are not in it.
pub fn together(
    app: &App,
    amounts: impl IntoIterator<Item = Money>,
    currency: Currency,
) -> (Money, BTreeSet<Currency>) {
    let world = app.world();
    let (mut sum, mut unrated) = (Money::zero(currency), BTreeSet::new());
    for amount in amounts.into_iter().filter(|amount| amount.minor != 0) {
        match world.convert(amount, currency) {
            Some(amount) => sum.minor += amount.minor,
            None => drop(unrated.insert(amount.currency)),
        }
    }
    (sum, unrated)
}

/// The sentence that says which currencies a sum leaves out; none when it has them all.
pub fn left_out(locale: &frame::Locale, unrated: &BTreeSet<Currency>) -> Option<String> {
    let codes: Vec<&str> = unrated.iter().map(|currency| currency.code()).collect();
    (!codes.is_empty()).then(|| locale.fill("d-no-rate", &[("currencies", codes.join(", ").into())]))
}
