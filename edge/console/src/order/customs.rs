//! What each parcel's duty, tax and fees were, by which dated rule, from which source.

use base::Result;
use desk::words::Badge;
use frame::Visitor;
use frame::parts::cost;
use orders::{Anatomy, Customs};
use serde::Serialize;

/// One consignment.
#[derive(Serialize)]
pub struct CustomsView {
    title: String,
    crosses: bool,
    state: Badge,
    date: String,
    certainty: Badge,
    goods: Vec<GoodsView>,
    charges: Vec<ChargeView>,
    total: String,
}

#[derive(Serialize)]
struct GoodsView {
    described: String,
    pieces: i64,
    hs: String,
    origin: String,
    value: String,
    duty: String,
    tax: String,
}

/// A charge with the rule behind it.
#[derive(Serialize)]
pub struct ChargeView {
    kind: String,
    amount: String,
    base: String,
    rate: String,
    why: String,
    rule: String,
    id: String,
    since: String,
    until: String,
    source: String,
    link: bool,
    confidence: String,
    scheme: String,
}

/// Builds the card's tables, one a consignment.
pub fn view(visitor: &Visitor, anatomy: &Anatomy) -> Result<Vec<CustomsView>> {
    let locale = &visitor.locale;
    let whole = &anatomy.whole;
    let count = whole.consignments.len();
    let mut views = Vec::with_capacity(count);
    for (index, (consignment, landed)) in whole.consignments.iter().zip(&anatomy.landed).enumerate() {
        let sure = landed.certainty == customs::Certainty::Guaranteed;
        let (tone, key) = if sure { ("ok", "d-guaranteed") } else { ("warn", "d-estimate") };
        views.push(CustomsView {
            title: locale.fill("c-consignment-of", &[("n", (index + 1).into()), ("of", count.into())]),
            crosses: consignment.customs != Customs::None,
            state: desk::words::customs(locale, consignment.customs),
            date: locale.date(landed.date),
            certainty: Badge { tone, text: locale.t(key).to_string() },
            goods: whole.lines_of(consignment.id).map(|line| goods_view(visitor, line)).collect(),
            charges: landed.lines.iter().map(|charge| charge_view(visitor, charge)).collect(),
            total: locale.money(landed.total),
        });
    }
    Ok(views)
}

fn goods_view(visitor: &Visitor, line: &orders::Line) -> GoodsView {
    let locale = &visitor.locale;
    let described = if line.customs_description.is_empty() { &line.title } else { &line.customs_description };
    GoodsView {
        described: described.clone(),
        pieces: line.quantity,
        hs: line.hs.map(|hs| hs.digits().to_owned()).unwrap_or_default(),
        origin: line.origin.map(|origin| locale.country(origin)).unwrap_or_default(),
        value: locale.money(line.sums.goods),
        duty: locale.money(line.sums.duty),
        tax: locale.money(line.sums.tax),
    }
}

/// A charge as tables show it.
pub fn charge_view(visitor: &Visitor, charge: &customs::Charge) -> ChargeView {
    let locale = &visitor.locale;
    let kind = match charge.kind {
        customs::ChargeKind::Duty => "d-duty",
        customs::ChargeKind::Tax => "d-tax",
        customs::ChargeKind::Fee => "d-fee",
    };
    let confidence = match charge.rule.confidence {
        customs::Confidence::High => "d-confidence-high",
        customs::Confidence::Medium => "d-confidence-medium",
        customs::Confidence::Low => "d-confidence-low",
    };
    let day = |date: Option<base::Date>| date.map(|date| locale.date(date)).unwrap_or_default();
    ChargeView {
        kind: format!("{}, {}", locale.t(kind), charge.jurisdiction),
        amount: locale.money(charge.amount),
        base: locale.money(charge.base),
        rate: charge.rate.map(|rate| locale.percent(rate)).unwrap_or_default(),
        why: cost::sentence(locale, &charge.reason),
        rule: locale.rules.translate(&charge.rule.name),
        id: charge.rule.id.to_string(),
        since: day(charge.rule.effective_from),
        until: day(charge.rule.effective_to),
        link: charge.rule.source.starts_with("https://"),
        source: charge.rule.source.to_string(),
        confidence: locale.t(confidence).to_string(),
        scheme: charge.scheme.as_deref().unwrap_or_default().to_owned(),
    }
}
