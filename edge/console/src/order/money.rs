//! Where an order's money goes: a picture from lines to parties, a table that sums to the charge, and what the ledger has.

use super::names::Names;
use base::{Currency, Id, Money, Result};
use desk::time::moment;
use desk::words::{self, Badge};
use frame::Visitor;
use frame::charts::{End, Flow, Sankey, sankey};
use orders::{Anatomy, Consignment, Line, Payee, Payment, Settlement, Share};
use serde::Serialize;
use settlement::Supplied;
use std::collections::BTreeMap;

/// The card.
#[derive(Serialize)]
pub struct MoneyView {
    chart: String,
    rows: Vec<PartyRow>,
    /// What of the operator's part goes to suppliers.
    supplies: Vec<SupplyRow>,
    total: String,
    agrees: bool,
    forecast: bool,
    captured: String,
    escrow: String,
    released: String,
    refunded: String,
    intents: Vec<IntentView>,
    refunds: Vec<RefundView>,
    postings: Vec<PostingView>,
}

#[derive(Serialize)]
struct PartyRow {
    kind: &'static str,
    name: String,
    parts: Vec<String>,
    amount: String,
    state: Badge,
    freed: String,
}

#[derive(Serialize)]
struct SupplyRow {
    name: String,
    what: String,
    amount: String,
    state: Badge,
}

#[derive(Serialize)]
struct IntentView {
    provider: String,
    method: String,
    amount: String,
    state: String,
    at: String,
}

#[derive(Serialize)]
struct RefundView {
    id: String,
    /// It has not reached the buyer, and was not sent again.
    stranded: bool,
    amount: String,
    reason: String,
    state: String,
    at: String,
}

#[derive(Serialize)]
struct PostingView {
    at: String,
    kind: String,
    from: String,
    to: String,
    amount: String,
    posting: String,
}

/// Who receives, as the picture groups it: all carriers are one end, all authorities another.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Party {
    Platform,
    Seller(String),
    Carriers,
    State,
}

impl Party {
    fn of(payee: &Payee, names: &Names) -> Party {
        match payee {
            Payee::Platform => Party::Platform,
            Payee::Seller(id) => Party::Seller(names.organisations.get(id).cloned().unwrap_or_default()),
            Payee::Carrier(_) => Party::Carriers,
            Payee::Authority(_) => Party::State,
        }
    }

    /// The class of its square, and the series of its band.
    fn looks(&self) -> (&'static str, u8) {
        match self {
            Party::Platform => ("platform", 1),
            Party::Seller(_) => ("seller", 2),
            Party::Carriers => ("carrier", 5),
            Party::State => ("state", 3),
        }
    }

    fn name(&self, visitor: &Visitor, names: &Names) -> String {
        match self {
            Party::Platform => names.platform.clone(),
            Party::Seller(name) => name.clone(),
            Party::Carriers => visitor.locale.t("c-carriers").to_string(),
            Party::State => visitor.locale.t("c-tax-and-customs").to_string(),
        }
    }
}

/// Builds the card. Errors: amounts that cannot be split or added.
pub fn view(visitor: &Visitor, anatomy: &Anatomy, names: &Names) -> Result<MoneyView> {
    let locale = &visitor.locale;
    let order = &anatomy.whole.order;
    let mut parties: BTreeMap<Party, Vec<&Share>> = BTreeMap::new();
    for share in &anatomy.split {
        parties.entry(Party::of(&share.payee, names)).or_default().push(share);
    }
    let shared = Money::sum(order.currency, anatomy.split.iter().map(|share| share.amount))?;
    let rows = parties.iter().map(|(party, shares)| row(visitor, anatomy, names, party, shares));
    Ok(MoneyView {
        chart: chart(visitor, anatomy, names, &parties)?,
        rows: rows.collect::<Result<_>>()?,
        supplies: names.supplied.iter().map(|one| supply_row(visitor, anatomy, names, one)).collect(),
        total: locale.money(shared),
        agrees: shared == order.sums.total()?,
        forecast: anatomy.forecast,
        captured: locale.money(order.captured),
        escrow: locale.money(order.escrow()),
        released: locale.money(order.released),
        refunded: locale.money(order.refunded),
        intents: anatomy.intents.iter().map(|intent| intent_view(visitor, intent)).collect(),
        refunds: anatomy.refunds.iter().map(|refund| refund_view(visitor, anatomy, refund)).collect(),
        postings: postings(visitor, anatomy),
    })
}

fn supply_row(visitor: &Visitor, anatomy: &Anatomy, names: &Names, one: &Supplied) -> SupplyRow {
    let locale = &visitor.locale;
    let line = anatomy.whole.lines.iter().find(|line| line.id == one.line);
    let (tone, key) = if one.booked { ("ok", "c-money-posted") } else { ("warn", "c-money-expected") };
    SupplyRow {
        name: names.organisations.get(&one.organisation).cloned().unwrap_or_default(),
        what: format!("{} × {}", line.map_or("", |line| &line.title), one.pieces),
        amount: locale.money(one.amount),
        state: Badge { tone, text: locale.t(key).to_string() },
    }
}

fn row(visitor: &Visitor, anatomy: &Anatomy, names: &Names, party: &Party, shares: &[&Share]) -> Result<PartyRow> {
    let (locale, order) = (&visitor.locale, &anatomy.whole.order);
    let mut parts: BTreeMap<String, Money> = BTreeMap::new();
    for share in shares {
        let what = words::word(locale, "c-share", share.what);
        let label = match &share.payee {
            Payee::Authority(jurisdiction) => format!("{what} {jurisdiction} {}", share.scheme).trim_end().to_owned(),
            Payee::Carrier(carrier) => format!("{what}, {carrier}"),
            _ => what,
        };
        let sum = parts.entry(label).or_insert(Money::zero(order.currency));
        *sum = sum.plus(share.amount)?;
    }
    let amount = Money::sum(order.currency, shares.iter().map(|share| share.amount))?;
    let (tone, key) = match (order.payment, order.settlement) {
        (Payment::Pending | Payment::Failed | Payment::Void, _) => ("hollow", "c-money-expected"),
        (_, Settlement::PaidOut) => ("ok", "c-money-paid-out"),
        (_, Settlement::Returned) => ("hollow", "c-money-returned"),
        _ if shares.iter().all(|share| complete(anatomy, share.consignment)) => ("ok", "c-money-posted"),
        _ => ("warn", "c-money-in-escrow"),
    };
    Ok(PartyRow {
        kind: party.looks().0,
        name: party.name(visitor, names),
        parts: parts.into_iter().map(|(label, amount)| format!("{label} {}", locale.money(amount))).collect(),
        amount: locale.money(amount),
        state: Badge { tone, text: locale.t(key).to_string() },
        freed: freed(visitor, anatomy, names, party),
    })
}

/// Whether what a consignment brought is split.
fn complete(anatomy: &Anatomy, id: Id<Consignment>) -> bool {
    anatomy.whole.consignment(id).is_some_and(|one| one.completed_at.is_some())
}

/// When a party gets at its share: sellers when the acceptance window is over and their payout days have gone by.
fn freed(visitor: &Visitor, anatomy: &Anatomy, names: &Names, party: &Party) -> String {
    let locale = &visitor.locale;
    let line = anatomy.whole.lines.iter().find(|line| match party {
        Party::Seller(name) => names.organisations.get(&line.organisation) == Some(name),
        _ => false,
    });
    let Some(line) = line else { return locale.t("c-freed-at-completion").to_string() };
    let consignment = anatomy.whole.consignment(line.consignment);
    match (consignment.and_then(|one| one.completed_at), consignment.and_then(|one| one.accept_until)) {
        (Some(at), _) => moment(visitor, at.plus_days(line.terms.payout_days)),
        (None, Some(until)) => moment(visitor, until.plus_days(line.terms.payout_days)),
        (None, None) => {
            let days = line.terms.acceptance_days + line.terms.payout_days;
            locale.fill("c-freed-after-delivery", &[("n", days.into())])
        }
    }
}

fn chart(
    visitor: &Visitor,
    anatomy: &Anatomy,
    names: &Names,
    parties: &BTreeMap<Party, Vec<&Share>>,
) -> Result<String> {
    let (locale, whole) = (&visitor.locale, &anatomy.whole);
    let lines: Vec<String> =
        whole.lines.iter().map(|line| format!("{} × {}", short(&line.title), line.quantity)).collect();
    let modes: Vec<String> = whole.lines.iter().map(|line| words::mode(locale, line.terms.mode)).collect();
    let called: Vec<String> = parties.keys().map(|party| party.name(visitor, names)).collect();
    let from: Vec<End> = lines.iter().zip(&modes).map(|(label, note)| End { label, note, series: 1 }).collect();
    let to: Vec<End> =
        parties.keys().zip(&called).map(|(party, label)| End { label, note: "", series: party.looks().1 }).collect();
    let mut amounts: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    for (end, shares) in parties.values().enumerate() {
        for share in shares {
            for (line, amount) in by_line(&whole.lines, share)? {
                *amounts.entry((line, end)).or_default() += amount;
            }
        }
    }
    let flows: Vec<Flow> = amounts.into_iter().map(|((from, to), amount)| Flow { from, to, amount }).collect();
    let currency: Currency = whole.order.currency;
    let title = locale.t("c-money-chart");
    let format = |minor: i64| locale.money(Money::new(minor, currency));
    Ok(sankey(&Sankey { title: &title, from: &from, to: &to, flows: &flows, format: &format }))
}

/// Titles are cut at a word near 24 letters: the picture has room for no more.
fn short(title: &str) -> String {
    if title.chars().count() <= 24 {
        return title.to_owned();
    }
    let cut: String = title.chars().take(23).collect();
    let at = cut.rfind(' ').filter(|at| *at > 10).unwrap_or(cut.len());
    format!("{}…", cut[..at].trim_end())
}

/// A share by the lines it comes from, without loss: its own line, or its consignment's by what each bears of that kind.
fn by_line(lines: &[Line], share: &Share) -> Result<Vec<(usize, i64)>> {
    if let Some(id) = share.line {
        return Ok(lines
            .iter()
            .position(|line| line.id == id)
            .map(|at| (at, share.amount.minor))
            .into_iter()
            .collect());
    }
    let of: Vec<(usize, &Line)> =
        lines.iter().enumerate().filter(|(_, line)| line.consignment == share.consignment).collect();
    let weight = |line: &Line| match share.what {
        "shipping" => line.sums.shipping.minor,
        "duty" => line.sums.duty.minor,
        "tax" => line.sums.tax.minor,
        "fees" => line.sums.fees.minor,
        _ => line.total.minor,
    };
    let weights: Vec<i64> = of.iter().map(|(_, line)| weight(line).max(0)).collect();
    let parts = share.amount.split(&weights)?;
    Ok(of.iter().zip(parts).map(|((at, _), part)| (*at, part.minor)).collect())
}

fn intent_view(visitor: &Visitor, intent: &payments::Intent) -> IntentView {
    let locale = &visitor.locale;
    IntentView {
        provider: intent.provider.clone(),
        method: intent.method.clone(),
        amount: locale.money(intent.amount),
        state: words::word(locale, "d-intent", intent.state.name()),
        at: moment(visitor, intent.created_at),
    }
}

fn refund_view(visitor: &Visitor, anatomy: &Anatomy, refund: &payments::Refund) -> RefundView {
    let locale = &visitor.locale;
    RefundView {
        id: refund.id.to_string(),
        stranded: anatomy.stranded.contains(refund),
        amount: locale.money(refund.amount),
        reason: words::word(locale, "d-reason", &refund.reason),
        state: words::word(locale, "d-refund", refund.state.name()),
        at: moment(visitor, refund.created_at),
    }
}

/// Transfers of money about the order, newest first; those of goods are the stock's.
fn postings(visitor: &Visitor, anatomy: &Anatomy) -> Vec<PostingView> {
    let locale = &visitor.locale;
    let money = anatomy.transfers.iter().filter_map(|row| Some((row, row.unit.parse::<Currency>().ok()?)));
    money
        .map(|(row, currency)| PostingView {
            at: moment(visitor, row.at),
            kind: words::word(locale, "d-posting", &row.kind),
            from: row.from.clone(),
            to: row.to.clone(),
            amount: locale.money(Money::new(row.amount, currency)),
            posting: row.posting.to_string(),
        })
        .collect()
}
