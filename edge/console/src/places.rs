//! Where it goes: sales of thirty days by destination as a treemap, beside the thirty days before.

use base::{Country, Currency, Money, Rate, Result};
use frame::charts::tree;
use frame::{Locale, Visitor};
use offers::RateHistory;
use orders::DestinationSales;
use serde::Serialize;
use std::collections::BTreeMap;
use store::Read;

/// Sales by destination of the last thirty days, and of the thirty before.
pub struct Places {
    now: Vec<DestinationSales>,
    before: Vec<DestinationSales>,
}

/// A tile: a destination, or all the others together.
#[derive(Serialize)]
pub struct PlaceView {
    name: String,
    amount: String,
    share: String,
    change: Option<String>,
    x: String,
    y: String,
    w: String,
    h: String,
    /// Length of its bar on a phone: the longest has 24.
    value: i64,
    tone: i64,
    light: bool,
}

const DAYS: i64 = 30;
/// Tiles that have a name of their own.
const NAMED: usize = 9;
/// Depths on which text keeps its contrast; from 88 on it is written light.
const TONES: [i64; NAMED] = [100, 88, 48, 48, 36, 36, 24, 24, 12];

/// Errors: denied.
pub fn read(db: &mut Read) -> Result<Places> {
    let day = |age: i64| db.now().plus_days(-age).date();
    let (tomorrow, begin, earlier) = (day(-1), day(DAYS - 1), day(2 * DAYS - 1));
    Ok(Places {
        now: orders::sales_by_destination(db, begin, tomorrow)?,
        before: orders::sales_by_destination(db, earlier, begin)?,
    })
}

/// Largest first, in `currency`, each day at its own rate. What has no rate is left out; the sales card beside it says which.
pub fn view(visitor: &Visitor, places: &Places, rates: &RateHistory, currency: Currency) -> Vec<PlaceView> {
    let locale = &visitor.locale;
    let (now, before) = (sums(rates, &places.now, currency), sums(rates, &places.before, currency));
    let total: i64 = now.values().sum();
    // A comparison with days that hardly sold anything would say nothing.
    let compared = before.values().sum::<i64>() * 4 > total;
    let mut rows: Vec<(String, i64, Option<i64>)> = now
        .iter()
        .map(|(place, minor)| {
            (locale.country(*place), *minor, compared.then(|| before.get(place).copied().unwrap_or(0)))
        })
        .collect();
    rows.sort_by_key(|(_, minor, _)| std::cmp::Reverse(*minor));
    if rows.len() > NAMED + 1 {
        let others: i64 = rows.drain(NAMED..).map(|(_, minor, _)| minor).sum();
        rows.push((locale.t("c-other-places").to_string(), others, None));
    }
    let most = rows.iter().map(|(_, minor, _)| *minor).max().unwrap_or(0);
    let tiles = tree(&rows.iter().map(|(_, minor, _)| *minor).collect::<Vec<_>>());
    let percent = |part: f64| format!("{part:.2}");
    let tile = |(at, (name, minor, earlier)): (usize, (String, i64, Option<i64>))| {
        let tone = TONES.get(at).copied().unwrap_or(0);
        PlaceView {
            name,
            amount: locale.money(Money::new(minor, currency)),
            share: locale.percent(Rate::basis_points(minor * 100 / total.max(1) * 100)),
            change: earlier.filter(|earlier| *earlier > 0).map(|earlier| change(locale, minor, earlier)),
            x: percent(tiles[at].x),
            y: percent(tiles[at].y),
            w: percent(tiles[at].w),
            h: percent(tiles[at].h),
            value: minor * 24 / most.max(1),
            tone,
            light: tone >= 88,
        }
    };
    rows.into_iter().filter(|(_, minor, _)| *minor > 0).enumerate().map(tile).collect()
}

fn sums(rates: &RateHistory, rows: &[DestinationSales], currency: Currency) -> BTreeMap<Country, i64> {
    let mut sums = BTreeMap::new();
    for row in rows {
        if let Some(amount) = rates.convert(row.amount, currency, row.day) {
            *sums.entry(row.destination).or_default() += amount.minor;
        }
    }
    sums
}

/// `+12%`
fn change(locale: &Locale, now: i64, before: i64) -> String {
    let percent = (now - before) * 100 / before;
    let sign = if percent < 0 { "" } else { "+" };
    format!("{sign}{}", locale.percent(Rate::basis_points(percent * 100)))
}
