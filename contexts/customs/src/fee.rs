//! Fees: what authorities and carriers take for clearing a parcel.

use crate::cost::ChargeKind;
use crate::exchange::product;
use crate::reason::{Basis, Reason, Unit};
use crate::rows::{Condition, FeeRow};
use crate::tax;
use crate::work::{Entry, Work, channel, rounded, spread};
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

/// Spreads over the items what the destination counts into its tax base for clearing; duty has been entered before.
pub(crate) fn brokerage(work: &mut Work<'_>) -> Result<()> {
    let destination = work.destination;
    let members: Vec<usize> = (0..work.lines.len()).collect();
    for fee in &destination.brokerage {
        if applies(work, fee)? {
            let amount = work.money(amount(work, fee)?);
            spread(&mut work.lines, &members, amount, |line, share| line.brokerage += share)?;
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
        Condition::DutiableEntry => work.entered && duty > 0,
    };
    let shipment = work.shipment;
    if !wanted
        || !fee.rule.in_force(shipment.date)
        || !channel(&fee.services, fee.route, shipment.service, shipment.tax_route)
        || !fee.dispatch.contain(shipment.dispatch)
    {
        return Ok(false);
    }
    work.within(value(work, fee)?, fee.over.as_ref(), fee.at_most.as_ref())
}

fn value(work: &Work<'_>, fee: &FeeRow) -> Result<Decimal> {
    work.value_on(fee.basis.unwrap_or(Basis::Goods), None)
}

/// In minor units: the amount and the share of the value, within the row's bounds, with tax where the collector adds it.
fn amount(work: &Work<'_>, fee: &FeeRow) -> Result<i64> {
    let mut exact = match &fee.amount {
        Some(amount) => product(work.exchange.convert(amount)?, units(work, fee.unit))?,
        None => Decimal::ZERO,
    };
    if let Some(rate) = fee.rate {
        exact += product(value(work, fee)?, rate.decimal())?;
    }
    if let Some(least) = &fee.min {
        exact = exact.max(work.exchange.convert(least)?);
    }
    if let Some(most) = &fee.max {
        exact = exact.min(work.exchange.convert(most)?);
    }
    if fee.plus_tax {
        exact += product(exact, tax::standard(work)?.decimal())?;
    }
    rounded(exact, Rounding::HalfUp)
}

fn enter(work: &mut Work<'_>, fee: &FeeRow) -> Result<()> {
    let members: Vec<usize> = (0..work.lines.len()).collect();
    let amount = amount(work, fee)?;
    let entry = Entry {
        kind: ChargeKind::Fee,
        members: &members,
        amount,
        base: work.goods,
        rate: fee.rate.filter(|_| fee.amount.is_none()),
        rule: &fee.rule,
        under: None,
        scheme: None,
        jurisdiction: &work.destination.code,
        at_checkout: false,
    };
    // An amount that is one figure is shown in its own currency.
    let plain = fee.amount.filter(|_| fee.rate.is_none() && !fee.plus_tax);
    let shown = plain.map_or(work.money(amount), |amount| amount.money);
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
