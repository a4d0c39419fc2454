//! A landed cost as people read it: parts that sum to the door price, each with the rule behind it, in their language.

use crate::language::{Arg, Locale};
use base::{Country, Currency, Date, Money, Rate};
use customs::{Certainty, Charge, ChargeKind, Collected, LandedCost, Parts, Reason};
use door::World;
use serde::Serialize;

/// The breakdown of a door price.
#[derive(Clone, Debug, Serialize)]
pub struct CostView {
    /// Widths of the bar's colours.
    pub strata: Vec<Stratum>,
    /// One line a charge.
    pub lines: Vec<LineView>,
    /// Their sum.
    pub total: String,
    /// A typical rate is behind it.
    pub estimate: bool,
    /// Something is collected at the door.
    pub at_border: bool,
}

/// One part of the bar.
#[derive(Clone, Debug, Serialize)]
pub struct Stratum {
    colour: &'static str,
    weight: i64,
}

/// One line of the breakdown.
#[derive(Clone, Debug, Serialize)]
pub struct LineView {
    /// What it is.
    pub label: String,
    /// How much.
    pub amount: String,
    /// The colour of its part of the bar, or empty.
    pub colour: &'static str,
    /// Why, sentence by sentence.
    pub why: Vec<String>,
}

/// What the goods and the delivery lines say.
pub struct Words {
    /// Label of the goods.
    pub goods: String,
    /// Why they cost that.
    pub goods_why: Vec<String>,
    /// Label of the delivery.
    pub delivery: String,
    /// Why it costs that.
    pub delivery_why: Vec<String>,
}

/// The breakdown of one or more consignments, all in one currency.
pub fn breakdown(locale: &Locale, costs: &[&LandedCost], currency: Currency, words: Words) -> CostView {
    let sum = |part: fn(&LandedCost) -> Money| costs.iter().map(|cost| part(cost).minor).sum::<i64>();
    let money = |minor| locale.money(Money::new(minor, currency));
    let (goods, shipping) = (sum(|cost| cost.goods), sum(|cost| cost.shipping));
    let mut strata = vec![Stratum { colour: "c1", weight: goods }, Stratum { colour: "c5", weight: shipping }];
    let mut lines = vec![
        LineView { label: words.goods, amount: money(goods), colour: "c1", why: words.goods_why },
        LineView { label: words.delivery, amount: money(shipping), colour: "c5", why: words.delivery_why },
    ];
    for (kind, colour) in [(ChargeKind::Duty, "c3"), (ChargeKind::Tax, "c2"), (ChargeKind::Fee, "c6")] {
        let charges: Vec<&Charge> =
            costs.iter().flat_map(|cost| &cost.lines).filter(|charge| charge.kind == kind).collect();
        let total: i64 = charges.iter().map(|charge| charge.amount.minor).sum();
        strata.push(Stratum { colour, weight: total });
        lines.extend(charge_lines(locale, &charges, currency, colour));
    }
    strata.retain(|stratum| stratum.weight > 0);
    CostView {
        strata,
        lines,
        total: money(sum(|cost| cost.total)),
        estimate: costs.iter().any(|cost| cost.certainty == Certainty::Estimate),
        at_border: costs.iter().any(|cost| cost.collected != Collected::AtCheckout),
    }
}

/// The lines of one kind of charge: those of the same rule together; if nothing is due at all, the first says why.
pub fn charge_lines(locale: &Locale, charges: &[&Charge], currency: Currency, colour: &'static str) -> Vec<LineView> {
    let due: Vec<&&Charge> = charges.iter().filter(|charge| charge.amount.minor > 0).collect();
    if due.is_empty() {
        return charges.first().map(|charge| line(locale, &[charge], currency, colour)).into_iter().collect();
    }
    let mut groups: Vec<Vec<&Charge>> = Vec::new();
    for charge in due {
        match groups.iter_mut().find(|group| group[0].rule.id == charge.rule.id) {
            Some(group) => group.push(charge),
            None => groups.push(vec![charge]),
        }
    }
    groups.iter().map(|group| line(locale, group, currency, colour)).collect()
}

fn line(locale: &Locale, group: &[&Charge], currency: Currency, colour: &'static str) -> LineView {
    let first = group[0];
    let amount = Money::new(group.iter().map(|charge| charge.amount.minor).sum(), currency);
    let mut why: Vec<String> = Vec::new();
    for charge in group {
        let said = sentence(locale, &charge.reason);
        if !why.contains(&said) {
            why.push(said);
        }
    }
    why.push(rule(locale, first));
    why.extend(collected(locale, first));
    LineView { label: label(locale, first), amount: locale.money(amount), colour, why: vec![why.join(" ")] }
}

fn label(locale: &Locale, charge: &Charge) -> String {
    let rate = charge.rate.filter(|rate| *rate != Rate::ZERO).map(|rate| locale.percent(rate));
    let due = charge.amount.minor > 0;
    match (charge.kind, rate) {
        (ChargeKind::Duty, Some(rate)) if due => locale.fill("cost-duty-rate", &[("rate", rate.into())]),
        (ChargeKind::Duty, _) => locale.t("cost-duty").to_string(),
        (ChargeKind::Tax, rate) => {
            let (name, place) = (tax_name(locale, charge), place(locale, &charge.jurisdiction));
            match rate.filter(|_| due) {
                Some(rate) => locale
                    .fill("cost-tax-rate", &[("name", name.into()), ("place", place.into()), ("rate", rate.into())]),
                None => locale.fill("cost-tax", &[("name", name.into()), ("place", place.into())]),
            }
        }
        (ChargeKind::Fee, _) => locale.t("cost-fee").to_string(),
    }
}

/// What the country calls its tax.
fn tax_name(locale: &Locale, charge: &Charge) -> String {
    let country = charge.jurisdiction.split('-').next().unwrap_or_default();
    let key = match country {
        "AU" | "NZ" | "SG" | "IN" => "tax-gst",
        "CA" => "tax-gst-hst",
        "JP" => "tax-consumption",
        "US" => "tax-sales",
        "BR" => "tax-icms",
        "MY" => "tax-lvg",
        "CN" => "tax-import-vat",
        _ => "tax-vat",
    };
    locale.t(key).to_string()
}

/// The name of a jurisdiction: `DE`, `BR-SP`, `EU`.
fn place(locale: &Locale, jurisdiction: &str) -> String {
    let (country, region) = jurisdiction.split_once('-').unwrap_or((jurisdiction, ""));
    let name = match country.parse::<Country>() {
        Ok(country) => locale.country(country),
        Err(_) => locale.maybe("way-union-eu", &[]).filter(|_| country == "EU").unwrap_or_else(|| country.to_owned()),
    };
    if region.is_empty() { name } else { format!("{name} ({region})") }
}

/// The dated row behind a charge.
fn rule(locale: &Locale, charge: &Charge) -> String {
    let name = locale.rules.translate(&charge.rule.name);
    match charge.rule.effective_from {
        Some(date) => locale.fill("rule-since", &[("rule", name.into()), ("date", locale.date(date).into())]),
        None => locale.fill("rule-named", &[("rule", name.into())]),
    }
}

fn collected(locale: &Locale, charge: &Charge) -> Option<String> {
    if charge.amount.minor == 0 {
        return None;
    }
    match (charge.collected_at, &charge.scheme) {
        (Collected::AtCheckout, Some(scheme)) => {
            Some(locale.fill("collected-checkout", &[("scheme", scheme.to_string().into())]))
        }
        (Collected::AtBorder | Collected::Mixed, _) => Some(locale.t("collected-border").to_string()),
        _ => None,
    }
}

/// Why a charge is what it is, as one sentence.
pub fn sentence(locale: &Locale, reason: &Reason) -> String {
    let money = |amount: &Money| Arg::from(locale.money(*amount));
    let percent = |rate: &Rate| Arg::from(locale.percent(*rate));
    let country = |country: &Country| Arg::from(locale.country(*country));
    let word =
        |prefix: &str, name: &str| Arg::from(locale.t(&format!("{prefix}-{}", name.replace('_', "-"))).to_string());
    let made_of = |parts: &Parts| word("parts", parts_name(parts));
    let args: Vec<(&str, Arg<'_>)> = match reason {
        Reason::SameTerritory { from, to } => vec![("from", country(from)), ("to", country(to))],
        Reason::NoTax { country: at } => vec![("country", country(at))],
        Reason::BelowLimit { value, limit, .. } => vec![("value", money(value)), ("limit", money(limit))],
        Reason::Exempt | Reason::Included => Vec::new(),
        Reason::TooSmall { tax, limit } => vec![("tax", money(tax)), ("limit", money(limit))],
        Reason::Percent { rate, base, parts } => {
            vec![("rate", percent(rate)), ("base", money(base)), ("parts", made_of(parts))]
        }
        Reason::Reduced { class, rate, base, parts } => vec![
            ("class", word("class", class.name())),
            ("rate", percent(rate)),
            ("base", money(base)),
            ("parts", made_of(parts)),
        ],
        Reason::Inside { rate, base } => vec![("rate", percent(rate)), ("base", money(base))],
        Reason::Specific { amount, units, unit } => {
            vec![("amount", money(amount)), ("units", units.to_string().into()), ("unit", word("unit", unit.name()))]
        }
        Reason::Compound { rate, base, amount, unit } => vec![
            ("rate", percent(rate)),
            ("base", money(base)),
            ("amount", money(amount)),
            ("unit", word("unit", unit.name())),
        ],
        Reason::AtLeast { rate, amount, unit } | Reason::AtMost { rate, amount, unit } => {
            vec![("rate", percent(rate)), ("amount", money(amount)), ("unit", word("unit", unit.name()))]
        }
        Reason::Flat { amount, unit } => vec![("amount", money(amount)), ("unit", word("unit", unit.name()))],
        Reason::PercentLess { rate, base, less } => {
            vec![("rate", percent(rate)), ("base", money(base)), ("less", money(less))]
        }
        Reason::OfExcess { rate, limit } => vec![("rate", percent(rate)), ("limit", money(limit))],
        Reason::Additional { authority, rate, origin } => {
            vec![("authority", authority.to_string().into()), ("rate", percent(rate)), ("origin", country(origin))]
        }
        Reason::Floor { authority, floor, lifted } => {
            vec![("authority", authority.to_string().into()), ("floor", percent(floor)), ("lifted", percent(lifted))]
        }
        Reason::Handling { collector, amount, unit } => vec![
            ("collector", collector.to_string().into()),
            ("amount", money(amount)),
            ("unit", word("unit", unit.name())),
        ],
    };
    if let Reason::SameTerritory { from, to } = reason
        && from == to
    {
        return locale.fill("why-same-country", &[("country", country(to))]);
    }
    locale.fill(&format!("why-{}", reason.code().replace('_', "-")), &args)
}

fn parts_name(parts: &Parts) -> &'static str {
    if parts.uplift {
        return "goods-uplift-duty";
    }
    if parts.brokerage {
        return "goods-shipping-duty-brokerage";
    }
    match (parts.shipping, parts.duty) {
        (false, false) => "goods",
        (true, false) => "goods-shipping",
        (false, true) => "goods-duty",
        (true, true) => "goods-shipping-duty",
    }
}

/// That the rates are old, where they are.
pub fn rates_old(locale: &Locale, world: &World) -> Option<String> {
    let days = i64::try_from(world.rates_old()?).unwrap_or(i64::MAX);
    Some(locale.fill("why-rates-old", &[("days", days.into())]))
}

/// The day of the oldest rate between what goods are priced in and what is shown; none where nothing is converted.
pub fn oldest_rate(world: &World, priced: impl Iterator<Item = Currency>, shown: Currency) -> Option<Date> {
    priced.filter(|currency| *currency != shown).filter_map(|currency| world.published(currency, shown)).min()
}

/// Why the goods cost what they cost: whose price, in which currency, at which rate, and how old that is.
pub fn goods_why(locale: &Locale, seller: &str, own: Money, shown: Currency, world: &World) -> String {
    let seller = || ("seller", Arg::from(seller.to_owned()));
    if own.currency == shown {
        return locale.fill("why-goods-own", &[seller(), ("currency", own.currency.code().to_owned().into())]);
    }
    let date = world.published(own.currency, shown).unwrap_or(world.date);
    let said = locale.fill(
        "why-goods-converted",
        &[
            seller(),
            ("currency", own.currency.code().to_owned().into()),
            ("price", locale.money(own).into()),
            ("date", locale.date(date).into()),
        ],
    );
    match rates_old(locale, world) {
        Some(old) => format!("{said} {old}"),
        None => said,
    }
}
