//! The landed cost of a consignment: duty, then tax, then fees; one computation, explained or not.

use crate::cost::{ChargeKind, Collected, LandedCost, Totals};
use crate::reason::{Parts, Reason};
use crate::refusal::Refusal;
use crate::shipment::Shipment;
use crate::tables::Tables;
use crate::work::{Entry, Work, shares, too_large};
use crate::{duty, fee, tax};
use base::{Error, Result};

/// What the consignment costs at the door, line by line.
///
/// Errors: no items or a wrong one (`invalid`), `destination_unknown`, `date_unknown` (before the tables begin),
/// `exchange_rate_missing`, `amount_too_large`; [`Refusal::Unconfirmed`] if typical rates are to be refused and one is needed.
pub fn landed_cost(tables: &Tables, shipment: &Shipment<'_>) -> Result<LandedCost, Refusal> {
    let mut work = computed(tables, shipment, true)?;
    let Totals { goods, shipping, duty, tax, fees, total, certainty, collected } = totals(&work)?;
    let per_item = shares(&work);
    let lines = work.charges.take().unwrap_or_default();
    let (currency, date) = (shipment.currency, shipment.date);
    Ok(LandedCost { currency, date, goods, shipping, duty, tax, fees, total, certainty, collected, lines, per_item })
}

/// The sums alone: same computation, without the explanation. Errors: as [`landed_cost`].
pub fn landed_cost_total(tables: &Tables, shipment: &Shipment<'_>) -> Result<Totals, Refusal> {
    Ok(totals(&computed(tables, shipment, false)?)?)
}

fn computed<'a>(tables: &'a Tables, shipment: &'a Shipment<'a>, explain: bool) -> Result<Work<'a>, Refusal> {
    let destination = tables.destination(shipment.destination).ok_or_else(|| {
        let message = format!("No customs rules are known for {}.", shipment.destination);
        Error::invalid("destination_unknown", message).and_field(
            "destination",
            "destination_unknown",
            "Choose another.",
        )
    })?;
    let mut work = Work::new(shipment, destination, tables.area(destination), explain)?;
    if shipment.dispatch.same_customs_territory(shipment.destination) {
        no_border(&mut work)?;
        tax::charge_domestic(&mut work)?;
    } else {
        duty::charge(&mut work)?;
        fee::brokerage(&mut work)?;
        tax::charge(&mut work)?;
        fee::charge(&mut work)?;
    }
    match work.unconfirmed.take() {
        Some(unconfirmed) => Err(unconfirmed.into()),
        None => Ok(work),
    }
}

fn no_border(work: &mut Work<'_>) -> Result<()> {
    let members: Vec<usize> = (0..work.lines.len()).collect();
    let destination = work.destination;
    let base = work.rounded(work.base(&members, Parts::default()))?;
    let entry = Entry {
        kind: ChargeKind::Duty,
        members: &members,
        amount: 0,
        base,
        rate: None,
        rule: &destination.rule,
        under: None,
        scheme: None,
        jurisdiction: &work.area.code,
        at_checkout: true,
    };
    let (from, to) = (work.shipment.dispatch, work.shipment.destination);
    work.enter(&entry, || Reason::SameTerritory { from, to })
}

fn totals(work: &Work<'_>) -> Result<Totals> {
    let [duty, tax, fees] = work.sums.map(|[checkout, border]| checkout + border);
    let at_checkout = work.sums.iter().any(|[checkout, _]| *checkout > 0);
    let at_border = work.sums.iter().any(|[_, border]| *border > 0);
    let collected = match (at_checkout, at_border) {
        (_, false) => Collected::AtCheckout,
        (false, true) => Collected::AtBorder,
        (true, true) => Collected::Mixed,
    };
    let total = [duty, tax, fees].into_iter().try_fold(work.cif, i64::checked_add).ok_or_else(too_large)?;
    Ok(Totals {
        goods: work.money(work.goods),
        shipping: work.money(work.cif - work.goods),
        duty: work.money(duty),
        tax: work.money(tax),
        fees: work.money(fees),
        total: work.money(total),
        certainty: work.certainty,
        collected,
    })
}
