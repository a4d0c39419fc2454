//! Duty: the low-value rule that applies to each item, else the tariff and what comes on top of it.

use crate::cost::{ChargeKind, RuleRef};
use crate::exchange::product;
use crate::reason::{Basis, Parts, Reason, Unit};
use crate::rows::{Additional, Amount, DutyRow, Effect, LowValue};
use crate::shipment::Item;
use crate::work::{Entry, Work, channel, too_large};
use base::{Error, Rate, Result};
use rust_decimal::Decimal;

/// What decides an item's duty.
#[derive(Clone, Copy)]
enum Way<'a> {
    Rule(&'a LowValue),
    Tariff(&'a DutyRow),
}

/// Enters the duty of every item.
pub(crate) fn charge(work: &mut Work<'_>) -> Result<()> {
    let ways = ways(work)?;
    let mut members = Vec::with_capacity(ways.len());
    let mut done = vec![false; ways.len()];
    for first in 0..ways.len() {
        if done[first] {
            continue;
        }
        members.clear();
        members.extend((first..ways.len()).filter(|at| !done[*at] && together(work, &ways, first, *at)));
        members.iter().for_each(|at| done[*at] = true);
        match ways[first] {
            Way::Rule(rule) => by_rule(work, rule, &members)?,
            Way::Tariff(row) => by_tariff(work, row, &members)?,
        }
    }
    Ok(())
}

fn ways<'a>(work: &mut Work<'a>) -> Result<Vec<Way<'a>>> {
    let area = work.area;
    let mut ways = Vec::with_capacity(work.lines.len());
    for line in &work.lines {
        let way = match work.first_rule(&area.duty_rules, line)? {
            Some(rule) => Way::Rule(rule),
            None => {
                let row = area.duty(&line.item.hs, line.item.origin, work.shipment.date);
                Way::Tariff(
                    row.ok_or_else(|| Error::invalid("duty_unknown", format!("No duty rate for {}.", line.item.hs)))?,
                )
            }
        };
        ways.push(way);
    }
    work.entered = ways.iter().any(|way| matches!(way, Way::Tariff(_)));
    Ok(ways)
}

/// Items that are declared as one: under a rule all of it, or by its unit; under the tariff one code and origin.
fn together(work: &Work<'_>, ways: &[Way<'_>], one: usize, other: usize) -> bool {
    let (first, second) = (work.lines[one].item, work.lines[other].item);
    match (ways[one], ways[other]) {
        (Way::Rule(rule), Way::Rule(same)) if std::ptr::eq(rule, same) => match (rule.effect, rule.unit) {
            (Effect::Flat, Some(Unit::Line)) => first.hs.hs6() == second.hs.hs6() && first.origin == second.origin,
            // Additional duties depend on code and origin.
            (Effect::Overlay, _) => first.hs == second.hs && first.origin == second.origin,
            _ => true,
        },
        (Way::Tariff(row), Way::Tariff(same)) => {
            std::ptr::eq(row, same) && first.hs == second.hs && first.origin == second.origin
        }
        _ => false,
    }
}

fn by_rule(work: &mut Work<'_>, rule: &LowValue, members: &[usize]) -> Result<()> {
    let parts = rule.parts.unwrap_or_else(|| work.duty_parts());
    let base = work.base(members, parts);
    let rate = rule.rate.unwrap_or(Rate::ZERO);
    let (exact, reason) = match rule.effect {
        Effect::Free | Effect::Included | Effect::Standard => (Decimal::ZERO, free(work, rule, members)?),
        Effect::Percent => percent_or_minimum(work, rule, members, rate, base, parts)?,
        Effect::PercentLess => {
            let less = rule.amount.as_ref().ok_or_else(too_large)?;
            let exact = product(base, rate.decimal())? - work.exchange.convert(less)?;
            (exact, Reason::PercentLess { rate, base: work.money(work.rounded(base)?), less: less.money })
        }
        Effect::OfExcess => of_excess(work, rule, members, rate)?,
        Effect::Flat => {
            let amount = rule.amount.as_ref().ok_or_else(too_large)?;
            let unit = rule.unit.unwrap_or(Unit::Parcel);
            let units =
                if unit == Unit::Line || unit == Unit::Parcel { Decimal::ONE } else { units(work, members, unit)? };
            (product(work.exchange.convert(amount)?, units)?, Reason::Flat { amount: amount.money, unit })
        }
        Effect::Overlay => return overlay(work, rule, members),
    };
    let entry = Entry {
        kind: ChargeKind::Duty,
        members,
        amount: work.rounded(exact)?,
        base: work.rounded(base)?,
        rate: rule.rate,
        rule: &rule.rule,
        under: None,
        scheme: rule.scheme.as_ref(),
        jurisdiction: &work.area.code,
        at_checkout: rule.at_checkout,
    };
    work.enter(&entry, || reason)
}

/// Why nothing is due under a rule.
pub(crate) fn free(work: &Work<'_>, rule: &LowValue, members: &[usize]) -> Result<Reason> {
    if rule.effect == Effect::Included {
        return Ok(Reason::Included);
    }
    let (Some(basis), Some(limit)) = (rule.basis, rule.at_most) else {
        return Ok(Reason::Exempt);
    };
    // Of several items, the dearest piece shows that the limit is kept.
    let dearest = members.iter().map(|at| &work.lines[*at]).max_by_key(|line| line.item.unit_price.minor);
    let value = work.money(work.rounded(work.value_on(basis, dearest)?)?);
    Ok(Reason::BelowLimit { basis, value, limit: limit.money })
}

fn percent_or_minimum(
    work: &Work<'_>,
    rule: &LowValue,
    members: &[usize],
    rate: Rate,
    base: Decimal,
    parts: Parts,
) -> Result<(Decimal, Reason)> {
    let exact = product(base, rate.decimal())?;
    if let (Some(minimum), Some(unit)) = (&rule.amount, rule.unit) {
        let least = product(work.exchange.convert(minimum)?, units(work, members, unit)?)?;
        if least > exact {
            return Ok((least, Reason::AtLeast { rate, amount: minimum.money, unit }));
        }
    }
    Ok((exact, Reason::Percent { rate, base: work.money(work.rounded(base)?), parts }))
}

fn of_excess(work: &Work<'_>, rule: &LowValue, members: &[usize], rate: Rate) -> Result<(Decimal, Reason)> {
    let limit = rule.over.as_ref().ok_or_else(too_large)?;
    let value = work.value_on(rule.basis.unwrap_or(Basis::Goods), members.first().map(|at| &work.lines[*at]))?;
    let excess = value - work.exchange.convert(limit)?;
    let exact = product(excess, rate.decimal())?;
    if let (Some(minimum), Some(unit)) = (&rule.amount, rule.unit) {
        let least = product(work.exchange.convert(minimum)?, units(work, members, unit)?)?;
        if least > exact {
            return Ok((least, Reason::AtLeast { rate, amount: minimum.money, unit }));
        }
    }
    Ok((exact, Reason::OfExcess { rate, limit: limit.money }))
}

/// Errors: `weight_missing`, where duty goes by weight and an item has none.
fn units(work: &Work<'_>, members: &[usize], unit: Unit) -> Result<Decimal> {
    let weightless = |at: &&usize| work.lines[**at].item.unit_weight.grams == 0;
    if matches!(unit, Unit::Kg | Unit::HundredKg)
        && let Some(at) = members.iter().find(weightless)
    {
        let message = "Duty on these goods goes by weight: give the weight of one piece.";
        return Err(Error::field(format!("items[{at}].unit_weight"), "weight_missing", message));
    }
    Ok(crate::work::units(members.iter().map(|at| work.lines[*at].item), unit))
}

fn by_tariff(work: &mut Work<'_>, row: &DutyRow, members: &[usize]) -> Result<()> {
    let parts = work.duty_parts();
    let base = work.base(members, parts);
    let (exact, reason) = tariff(work, row, members, base, parts)?;
    let entry = Entry {
        kind: ChargeKind::Duty,
        members,
        amount: work.rounded(exact)?,
        base: work.rounded(base)?,
        rate: row.rate,
        rule: &row.rule,
        under: None,
        scheme: None,
        jurisdiction: &work.area.code,
        at_checkout: false,
    };
    work.enter(&entry, || reason)?;
    for additional in on_top(work, members, |_| true) {
        let rate = above(additional, row.rate.unwrap_or(Rate::ZERO))?;
        add(work, None, additional, rate, base, members)?;
    }
    left_out(work, members);
    Ok(())
}

/// Ad valorem, specific, compound, with minimum and maximum.
fn tariff(work: &Work<'_>, row: &DutyRow, members: &[usize], base: Decimal, parts: Parts) -> Result<(Decimal, Reason)> {
    let rate = row.rate.unwrap_or(Rate::ZERO);
    let by_value = product(base, rate.decimal())?;
    let shown = work.money(work.rounded(base)?);
    let unit = row.unit.unwrap_or(Unit::Piece);
    let by_unit = |amount: &Amount| product(work.exchange.convert(amount)?, units(work, members, unit)?);
    let (mut exact, mut reason) = match (&row.amount, row.rate) {
        (None, _) => (by_value, Reason::Percent { rate, base: shown, parts }),
        (Some(amount), None) => {
            let count = Rate::from(units(work, members, unit)?.normalize());
            (by_unit(amount)?, Reason::Specific { amount: amount.money, units: count, unit })
        }
        (Some(amount), Some(rate)) => {
            let reason = Reason::Compound { rate, base: shown, amount: amount.money, unit };
            (by_value + by_unit(amount)?, reason)
        }
    };
    if let Some(minimum) = &row.min {
        let least = by_unit(minimum)?;
        if exact < least {
            (exact, reason) = (least, Reason::AtLeast { rate, amount: minimum.money, unit });
        }
    }
    if let Some(maximum) = &row.max {
        let most = by_unit(maximum)?;
        if exact > most {
            (exact, reason) = (most, Reason::AtMost { rate, amount: maximum.money, unit });
        }
    }
    Ok((exact, reason))
}

/// The additional duties on the members (which share code and origin): of each authority the first row that matches.
fn on_top<'a>(work: &Work<'a>, members: &[usize], wanted: impl Fn(&Additional) -> bool) -> Vec<&'a Additional> {
    let mut found: Vec<&Additional> = Vec::new();
    let Some(item) = members.first().map(|at| work.lines[*at].item) else {
        return found;
    };
    for row in &work.area.additional {
        let first = wanted(row) && !found.iter().any(|other| other.authority == row.authority);
        if first && concerns(work, row, item) {
            found.push(row);
        }
    }
    found
}

fn concerns(work: &Work<'_>, row: &Additional, item: &Item) -> bool {
    row.rule.in_force(work.shipment.date)
        && channel(&row.services, None, work.shipment.service, work.shipment.tax_route)
        && row.origin.contain(item.origin)
        && row.codes.contain(&item.hs)
}

/// A duty that may be due and is not charged makes the cost an estimate, as one that is charged by guess does.
fn left_out(work: &mut Work<'_>, members: &[usize]) {
    let area = work.area;
    let Some(item) = members.first().map(|at| work.lines[*at].item) else { return };
    for row in &area.uncharged {
        if concerns(work, row, item) {
            work.used(&row.rule, ChargeKind::Duty, members);
        }
    }
}

/// What a row adds to the tariff rate.
fn above(additional: &Additional, tariff: Rate) -> Result<Rate> {
    if !additional.floor {
        return Ok(additional.rate);
    }
    additional.rate.minus(tariff).map(|rate| rate.max(Rate::ZERO))
}

fn add(
    work: &mut Work<'_>,
    under: Option<&RuleRef>,
    additional: &Additional,
    rate: Rate,
    base: Decimal,
    members: &[usize],
) -> Result<()> {
    let entry = Entry {
        kind: ChargeKind::Duty,
        members,
        amount: work.rounded(product(base, rate.decimal())?)?,
        base: work.rounded(base)?,
        rate: Some(rate),
        rule: &additional.rule,
        under,
        scheme: None,
        jurisdiction: &work.area.code,
        at_checkout: false,
    };
    let authority = std::sync::Arc::clone(&additional.authority);
    let origin = members.first().map_or(work.shipment.dispatch, |at| work.lines[*at].item.origin);
    work.enter(&entry, || match additional.floor && under.is_none() {
        true => Reason::Floor { authority, floor: additional.rate, lifted: rate },
        false => Reason::Additional { authority, rate, origin },
    })
}

/// Additional duties under IEEPA alone, without the tariff (postal parcels to the United States in 2025 and 2026).
fn overlay(work: &mut Work<'_>, rule: &LowValue, members: &[usize]) -> Result<()> {
    let base = work.base(members, work.duty_parts());
    let found = on_top(work, members, |row| row.authority.starts_with("IEEPA"));
    work.used(&rule.rule, ChargeKind::Duty, members);
    // The postal method takes a country's rate as it is, not net of the tariff.
    for additional in &found {
        add(work, Some(&rule.rule), additional, additional.rate, base, members)?;
    }
    if !found.is_empty() {
        return Ok(());
    }
    let entry = Entry {
        kind: ChargeKind::Duty,
        members,
        amount: 0,
        base: work.rounded(base)?,
        rate: None,
        rule: &rule.rule,
        under: None,
        scheme: None,
        jurisdiction: &work.area.code,
        at_checkout: false,
    };
    work.enter(&entry, || Reason::Exempt)
}
