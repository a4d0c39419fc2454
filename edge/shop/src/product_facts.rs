//! Parts of the product page: facts, ways of delivery with their door price, likelihood by day, who does what.

use base::Date;
use catalog::{ProductPage, Variant};
use door::{Ask, Choice, DoorPrice, World};
use frame::language::Locale;
use frame::parts::words;
use frame::visitor::Visitor;
use offers::OfferFacts;
use serde::Serialize;
use terms::Party;

/// One fact of the thing.
#[derive(Serialize)]
pub struct Fact {
    label: String,
    value: String,
    /// A code, set in its own face.
    code: bool,
}

/// One way of delivery.
#[derive(Serialize)]
pub struct Delivery {
    code: String,
    name: String,
    detail: String,
    price: String,
    arrives: String,
    on: bool,
    possible: bool,
}

/// One bar of the likelihood.
#[derive(Serialize)]
pub struct Day {
    label: String,
    /// 0 to 1, for the style sheet.
    height: String,
    /// Of a hundred parcels.
    share: i64,
    within: bool,
}

/// What the makers and customs know of it.
pub fn facts(locale: &Locale, product: &ProductPage, variant: &Variant) -> Vec<Fact> {
    let fact = |key: &str, value: String, code: bool| Fact { label: locale.t(key).to_string(), value, code };
    let mut facts = Vec::new();
    if !product.vendor.is_empty() {
        facts.push(fact("fact-brand", product.vendor.clone(), false));
    }
    if let Some(weight) = variant.weight {
        facts.push(fact("fact-weight", locale.weight(weight.grams), false));
    }
    if let Some(origin) = variant.origin {
        facts.push(fact("fact-origin", locale.country(origin), false));
    }
    if let Some(hs) = variant.hs {
        let digits = hs.digits();
        facts.push(fact("fact-tariff", format!("{} {}", &digits[..4], &digits[4..]), true));
    }
    if !variant.customs_description.is_empty() {
        facts.push(fact("fact-customs", variant.customs_description.clone(), false));
    }
    if !variant.barcode.is_empty() {
        facts.push(fact("fact-barcode", variant.barcode.clone(), true));
    }
    facts
}

/// Every service that goes there with its door price, and those that cannot be chosen with the reason.
pub fn deliveries(
    visitor: &Visitor,
    world: &World,
    ask: &Ask,
    facts: &OfferFacts,
    chosen: &DoorPrice,
) -> Vec<Delivery> {
    let locale = &visitor.locale;
    let view = |choice: &Choice| {
        let service = choice.service;
        let (detail, price, arrives) = match &choice.door {
            Ok(door) => (
                locale.fill(
                    "delivery-points",
                    &[("carrier", service.carrier.as_str().into()), ("n", service.tracking_points.into())],
                ),
                locale.money(door.total),
                locale.window(door.arrives.0, door.arrives.1, visitor.today()),
            ),
            Err(unsold) => {
                let why = unsold.reasons.first().map(|why| words::unsold(locale, why)).unwrap_or_default();
                (locale.fill("delivery-not-possible", &[("reason", why.into())]), "–".into(), String::new())
            }
        };
        Delivery {
            code: service.code.clone(),
            name: words::service_kind(locale, service),
            detail,
            price,
            arrives,
            on: service.code == chosen.service.code,
            possible: choice.door.is_ok(),
        }
    };
    door::choices(world, facts, ask, 1).map(|all| all.iter().map(view).collect()).unwrap_or_default()
}

/// Days of a window that get a bar of their own, so that all stand side by side on a phone.
const MOST_DAYS: i64 = 7;

/// How a hundred parcels spread over the promised window and a day around it: most in its middle, a few outside.
/// The window is meant to hold for nine of ten, so ten of a hundred fall outside.
pub fn likely(visitor: &Visitor, door: &DoorPrice) -> Vec<Day> {
    let (from, to) = door.arrives;
    let day_after = |date: Date, days: i64| base::Moment::at_midnight(date).plus_days(days).date();
    let span = (1..60).take_while(|days| day_after(from, *days) <= to).count() as i64;
    let step = span / MOST_DAYS + 1;
    let inside: Vec<i64> = (0..=span).step_by(step as usize).collect();
    // A triangle over the window: weights rise to the middle and fall again.
    let weight = |at: usize| (at + 1).min(inside.len() - at) as i64;
    let all: i64 = (0..inside.len()).map(weight).sum();
    let share = |at: usize| 90 * weight(at) / all.max(1);
    let tallest = (0..inside.len()).map(share).max().unwrap_or(1).max(10);
    let bar = |date: Date, share: i64, within: bool| Day {
        label: short(visitor, date),
        height: format!("0.{:02}", (share * 99 / tallest).min(99)),
        share,
        within,
    };
    let mut days = Vec::new();
    if from > visitor.today() {
        days.push(bar(day_after(from, -1), 4, false));
    }
    days.extend(inside.iter().enumerate().map(|(at, offset)| bar(day_after(from, *offset), share(at), true)));
    days.push(bar(day_after(to, 1), 6, false));
    days
}

/// A day without its month: `Thu 26`.
fn short(visitor: &Visitor, date: Date) -> String {
    visitor.locale.weekday_and_day(date)
}

/// Who owns the stock, who sells, who ships.
pub fn who(locale: &Locale, facts: &OfferFacts, platform: &str, from: &str) -> String {
    let terms = &facts.terms;
    let key = match (terms.merchant_of_record, terms.ships) {
        (Party::Seller, Party::Platform) => "who-fulfilled",
        (Party::Platform, _) => "who-platform",
        _ => "who-marketplace",
    };
    let seller = facts.seller_name.to_string();
    locale.fill(key, &[("seller", seller.into()), ("country", from.into()), ("platform", platform.into())])
}
