//! Fees: what authorities and carriers take for clearing a parcel.

use crate::cost::ChargeKind;
use crate::exchange::product;
use crate::reason::{Basis, Reason, Unit};
use crate::rows::{Condition, FeeRow};
use crate::work::{Entry, Work, channel, rounded};
use base::{Result, Rounding};
use rust_decimal::Decimal;

/// Enters every fee that applies; duty and tax have been entered before.
pub(crate) fn charge(work: &mut Work<'_>) -> Result<()> {
    let destination = work.destination;
    for fee in &destination.fees {
        if applies(work, fee)? {
            enter(work, fee)?;
        }
    }
    Ok(())
}

fn applies(work: &Work<'_>, fee: &FeeRow) -> Result<bool> {
    let [[_, duty], [_, tax], _] = work.sums;
    let wanted = match fee.condition {
        Condition::Always => true,
        Condition::DutyAtBorder => duty > 0,
        Condition::TaxAtBorder => tax > 0,
        Condition::AnyAtBorder => duty > 0 || tax > 0,
        Condition::Entry => work.entered,
    };
    let shipment = work.shipment;
    if !wanted
        || !fee.rule.in_force(shipment.date)
        || !channel(&fee.services, fee.route, shipment.service, shipment.tax_route)
    {
        return Ok(false);
    }
    let value = work.value_on(fee.basis.unwrap_or(Basis::Goods), None)?;
    work.within(value, fee.over.as_ref(), fee.at_most.as_ref())
}

fn enter(work: &mut Work<'_>, fee: &FeeRow) -> Result<()> {
    let members: Vec<usize> = (0..work.lines.len()).collect();
    let mut exact = match &fee.amount {
        Some(amount) => product(work.exchange.convert(amount)?, units(work, fee.unit))?,
        None => product(Decimal::from(work.goods), fee.rate.unwrap_or(base::Rate::ZERO).decimal())?,
    };
    if let Some(least) = &fee.min {
        exact = exact.max(work.exchange.convert(least)?);
    }
    if let Some(most) = &fee.max {
        exact = exact.min(work.exchange.convert(most)?);
    }
    let amount = rounded(exact, Rounding::HalfUp)?;
    let entry = Entry {
        kind: ChargeKind::Fee,
        members: &members,
        amount,
        base: work.goods,
        rate: fee.rate,
        rule: &fee.rule,
        under: None,
        scheme: None,
        jurisdiction: &work.destination.code,
        at_checkout: false,
    };
    let shown = fee.amount.map_or(work.money(amount), |amount| amount.money);
    let collector = std::sync::Arc::clone(&fee.collector);
    work.enter(&entry, || Reason::Handling { collector, amount: shown, unit: fee.unit })
}

fn units(work: &Work<'_>, unit: Unit) -> Decimal {
    let items = || work.lines.iter().map(|line| line.item);
    if unit != Unit::Line {
        return crate::work::units(items(), unit);
    }
    let mut seen: Vec<(&str, base::Country)> = items().map(|item| (item.hs.hs6(), item.origin)).collect();
    seen.sort_unstable();
    seen.dedup();
    Decimal::from(seen.len())
}
