//! Tax on import: VAT, GST, ICMS and their kin, at checkout where a scheme says so, else at the border.

use crate::cost::ChargeKind;
use crate::duty::free;
use crate::exchange::product;
use crate::reason::{Basis, Parts, Reason};
use crate::rows::{Effect, LowValue, Method, TaxRow};
use crate::shipment::TaxClass;
use crate::work::{Entry, Work, no_rate, too_large};
use base::{Country, Rate, Result};
use rust_decimal::Decimal;
use std::cmp::Ordering;
use std::sync::Arc;

/// Items taxed alike.
struct Group<'a> {
    rule: Option<&'a LowValue>,
    row: &'a TaxRow,
    members: Vec<usize>,
    rate: Rate,
    parts: Parts,
    base: Decimal,
    amount: i64,
}

/// Enters the tax of every item of a consignment that crosses the border.
pub(crate) fn charge(work: &mut Work<'_>) -> Result<()> {
    let area = work.area;
    let mut groups: Vec<Group<'_>> = Vec::with_capacity(2);
    for at in 0..work.lines.len() {
        let rule = work.first_rule(&area.tax_rules, &work.lines[at])?;
        let row = rate_row(work, at)?;
        join(&mut groups, work, rule, row, at);
    }
    for group in &mut groups {
        price(work, group)?;
    }
    let jurisdiction = jurisdiction(work);
    for group in &groups {
        enter(work, group, &groups, &jurisdiction)?;
    }
    Ok(())
}

/// Enters the domestic tax of goods that cross no customs border.
pub(crate) fn charge_domestic(work: &mut Work<'_>) -> Result<()> {
    let mut groups: Vec<Group<'_>> = Vec::with_capacity(2);
    for at in 0..work.lines.len() {
        let row = rate_row(work, at)?;
        join(&mut groups, work, None, row, at);
    }
    let jurisdiction = jurisdiction(work);
    let abroad = work.shipment.dispatch != work.shipment.destination;
    let scheme: Arc<str> = if abroad { "OSS".into() } else { "Domestic".into() };
    for group in &mut groups {
        group.parts = Parts { shipping: true, insurance: true, ..Parts::default() };
        price(work, group)?;
    }
    for group in &groups {
        let entry = Entry { scheme: Some(&scheme), at_checkout: true, ..taxed(work, group, &jurisdiction)? };
        let reason = why(work, group)?;
        work.enter(&entry, || reason)?;
    }
    Ok(())
}

/// The destination's standard rate, which some collectors add to their fee.
pub(crate) fn standard(work: &Work<'_>) -> Result<Rate> {
    let destination = work.destination;
    let row = destination.tax(TaxClass::Standard, region(work), work.shipment.date);
    row.map(|row| row.rate).ok_or_else(|| no_rate(&destination.code, work.shipment.date))
}

fn rate_row<'a>(work: &Work<'a>, at: usize) -> Result<&'a TaxRow> {
    let destination = work.destination;
    let class = work.lines[at].item.tax_class;
    let row = destination.tax(class, region(work), work.shipment.date);
    row.ok_or_else(|| no_rate(&destination.code, work.shipment.date))
}

/// The region without a country before it: `BR-SP` and `SP` are the same.
fn region<'a>(work: &Work<'a>) -> &'a str {
    let region = work.shipment.region.trim();
    region.split_once('-').map_or(region, |(_, after)| after)
}

fn jurisdiction(work: &Work<'_>) -> Arc<str> {
    let region = region(work);
    if region.is_empty() || !work.destination.has_regions {
        return Arc::clone(&work.destination.code);
    }
    format!("{}-{}", work.destination.code, region.to_ascii_uppercase()).into()
}

/// Puts an item with those that share its rule and rate.
fn join<'a>(groups: &mut Vec<Group<'a>>, work: &Work<'a>, rule: Option<&'a LowValue>, row: &'a TaxRow, at: usize) {
    // A rule with a rate of its own taxes every class alike.
    let own_rate = rule.is_some_and(|rule| rule.effect == Effect::Percent);
    let same = |group: &&mut Group<'a>| {
        (own_rate || std::ptr::eq(group.row, row))
            && match (group.rule, rule) {
                (Some(one), Some(other)) => std::ptr::eq(one, other),
                (None, None) => true,
                _ => false,
            }
    };
    if let Some(group) = groups.iter_mut().find(same) {
        group.members.push(at);
        return;
    }
    let parts = rule.and_then(|rule| rule.parts).unwrap_or(work.destination.tax_parts);
    groups.push(Group { rule, row, members: vec![at], rate: row.rate, parts, base: Decimal::ZERO, amount: 0 });
}

/// Computes base, rate and amount of a group.
fn price(work: &Work<'_>, group: &mut Group<'_>) -> Result<()> {
    group.base = work.base(&group.members, group.parts);
    let mut inside = group.row.method == Method::Inside;
    match group.rule.map(|rule| (rule.effect, rule.rate)) {
        Some((Effect::Free | Effect::Included, _)) => group.rate = Rate::ZERO,
        Some((Effect::Percent, Some(rate))) => (group.rate, inside) = (rate, false),
        // A share of the rate: 70 percent of 13 is 9.1.
        Some((Effect::Standard, Some(share))) => group.rate = group.row.rate.times(share)?,
        _ => {}
    }
    let rate = group.rate.decimal();
    let exact = if inside {
        let whole = group.base.checked_div(Decimal::ONE - rate).ok_or_else(too_large)?;
        product(whole, rate)?
    } else {
        product(group.base, rate)?
    };
    group.amount = work.rounded(exact)?;
    Ok(())
}

fn taxed<'b>(work: &Work<'_>, group: &'b Group<'_>, jurisdiction: &'b Arc<str>) -> Result<Entry<'b>> {
    Ok(Entry {
        kind: ChargeKind::Tax,
        members: &group.members,
        amount: group.amount,
        base: work.rounded(group.base)?,
        rate: Some(group.rate),
        rule: &group.row.rule,
        under: group.rule.map(|rule| &rule.rule),
        scheme: group.rule.and_then(|rule| rule.scheme.as_ref()),
        jurisdiction,
        at_checkout: group.rule.is_some_and(|rule| rule.at_checkout),
    })
}

fn enter(work: &mut Work<'_>, group: &Group<'_>, all: &[Group<'_>], jurisdiction: &Arc<str>) -> Result<()> {
    let mut entry = taxed(work, group, jurisdiction)?;
    let Some(rule) = group.rule else {
        let reason = why(work, group)?;
        return work.enter(&entry, || reason);
    };
    work.used(&rule.rule, ChargeKind::Tax, &group.members);
    match rule.effect {
        Effect::Free | Effect::Included => {
            (entry.rule, entry.under, entry.rate) = (&rule.rule, None, None);
            let reason = free(work, rule, &group.members)?;
            work.enter(&entry, || reason)
        }
        Effect::Percent => {
            (entry.rule, entry.under) = (&rule.rule, None);
            let (rate, parts, base) = (group.rate, group.parts, work.money(entry.base));
            work.enter(&entry, || Reason::Percent { rate, base, parts })
        }
        _ if too_small(work, rule, all)? => {
            let whole = due_under(rule, all);
            // The rate says that it is so little.
            work.used(&group.row.rule, ChargeKind::Tax, &group.members);
            (entry.rule, entry.under, entry.amount) = (&rule.rule, None, 0);
            let limit = rule.at_most.map_or(work.money(0), |limit| limit.money);
            let tax = work.money(whole);
            work.enter(&entry, || Reason::TooSmall { tax, limit })
        }
        _ => {
            let reason = why(work, group)?;
            work.enter(&entry, || reason)
        }
    }
}

/// Whether all the tax under a rule is so small that it is not collected.
fn too_small(work: &Work<'_>, rule: &LowValue, all: &[Group<'_>]) -> Result<bool> {
    match (rule.basis, &rule.at_most) {
        (Some(Basis::TaxDue), Some(limit)) => {
            Ok(work.exchange.compare(Decimal::from(due_under(rule, all)), limit)? != Ordering::Greater)
        }
        _ => Ok(false),
    }
}

fn due_under(rule: &LowValue, all: &[Group<'_>]) -> i64 {
    all.iter().filter(|group| group.rule.is_some_and(|other| std::ptr::eq(other, rule))).map(|group| group.amount).sum()
}

fn why(work: &Work<'_>, group: &Group<'_>) -> Result<Reason> {
    let (rate, parts) = (group.rate, group.parts);
    let base = work.money(work.rounded(group.base)?);
    let country: Country = work.destination.country;
    Ok(match group.row.class {
        _ if group.row.method == Method::None => Reason::NoTax { country },
        _ if group.row.method == Method::Inside && group.rate == group.row.rate => Reason::Inside { rate, base },
        TaxClass::Standard => Reason::Percent { rate, base, parts },
        class => Reason::Reduced { class, rate, base, parts },
    })
}
