//! One landed cost in the making: the shipment with its values spread over items, and what has been charged so far.

use crate::cost::{Certainty, Charge, ChargeKind, Collected, Confidence, ItemShare, RuleRef};
use crate::exchange::Exchange;
use crate::reason::{Basis, Parts, Reason, Unit};
use crate::refusal::Unconfirmed;
use crate::rows::{Amount, Area, Destination, LowValue};
use crate::shipment::{Item, Service, Shipment, TaxRoute, Typical};
use base::{Date, Error, Money, Rate, Result, Rounding};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use std::cmp::Ordering;
use std::sync::Arc;

/// An item with its share of everything, in minor units.
pub(crate) struct Line<'a> {
    pub item: &'a Item,
    pub value: i64,
    pub shipping: i64,
    pub insurance: i64,
    pub brokerage: i64,
    pub duty: i64,
    pub tax: i64,
    pub fees: i64,
}

/// Everything the rules ask about, and the charges so far.
pub(crate) struct Work<'a> {
    pub shipment: &'a Shipment<'a>,
    pub destination: &'a Destination,
    pub area: &'a Area,
    pub exchange: Exchange<'a>,
    pub rounding: Rounding,
    pub goods: i64,
    pub cif: i64,
    pub lines: Vec<Line<'a>>,
    /// Whether any item is entered under the tariff.
    pub entered: bool,
    /// The breakdown; `None` if only totals are asked for.
    pub charges: Option<Vec<Charge>>,
    /// Sums: duty, tax, fees; at checkout and at the border.
    pub sums: [[i64; 2]; 3],
    pub certainty: Certainty,
    /// The first row of low confidence, where none is wanted.
    pub unconfirmed: Option<Unconfirmed>,
}

/// A charge to be entered.
pub(crate) struct Entry<'b> {
    pub kind: ChargeKind,
    pub members: &'b [usize],
    pub amount: i64,
    pub base: i64,
    pub rate: Option<Rate>,
    pub rule: &'b RuleRef,
    pub under: Option<&'b RuleRef>,
    pub scheme: Option<&'b Arc<str>>,
    pub jurisdiction: &'b Arc<str>,
    pub at_checkout: bool,
}

impl<'a> Work<'a> {
    /// Checks the shipment and spreads delivery and insurance over the items by value.
    pub fn new(
        shipment: &'a Shipment<'a>,
        destination: &'a Destination,
        area: &'a Area,
        explain: bool,
    ) -> Result<Self> {
        let exponent = shipment.currency.exponent();
        let mut lines = Vec::with_capacity(shipment.items.len());
        let mut goods = 0_i64;
        for (index, item) in shipment.items.iter().enumerate() {
            let value = item_value(shipment, index, item)?;
            goods = goods.checked_add(value).ok_or_else(too_large)?;
            lines.push(Line { item, value, shipping: 0, insurance: 0, brokerage: 0, duty: 0, tax: 0, fees: 0 });
        }
        if lines.is_empty() {
            return Err(Error::field("items", "required", "Add at least one item."));
        }
        let extras = [("shipping", shipment.shipping), ("insurance", shipment.insurance)];
        if let Some((name, _)) = extras.iter().find(|(_, money)| money.minor < 0 || money.currency != shipment.currency)
        {
            let message = format!("This must be an amount in {}, not negative.", shipment.currency);
            return Err(Error::field(*name, "amount_wrong", message));
        }
        let rest = shipment.shipping.minor.checked_add(shipment.insurance.minor).ok_or_else(too_large)?;
        let cif = goods.checked_add(rest).filter(|cif| *cif < i64::MAX / 1_000).ok_or_else(too_large)?;
        let all: Vec<usize> = (0..lines.len()).collect();
        spread(&mut lines, &all, shipment.shipping, |line, share| line.shipping = share)?;
        spread(&mut lines, &all, shipment.insurance, |line, share| line.insurance = share)?;
        Ok(Work {
            shipment,
            destination,
            area,
            exchange: Exchange { currency: shipment.currency, exponent, rates: shipment.rates },
            // A destination's own rounding is about its own currency.
            rounding: if shipment.currency == destination.currency { destination.rounding } else { Rounding::HalfUp },
            goods,
            cif,
            lines,
            entered: false,
            charges: explain.then(|| Vec::with_capacity(8)),
            sums: [[0; 2]; 3],
            certainty: Certainty::Guaranteed,
            unconfirmed: None,
        })
    }

    pub fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.shipment.currency)
    }

    /// To whole minor units by the destination's rounding; never below zero.
    pub fn rounded(&self, exact: Decimal) -> Result<i64> {
        rounded(exact, self.rounding)
    }

    /// Takes note that a rule was used to charge the members.
    pub fn used(&mut self, rule: &RuleRef, kind: ChargeKind, members: &[usize]) {
        if rule.confidence > Confidence::Low {
            return;
        }
        self.certainty = Certainty::Estimate;
        let first = members.first().map(|at| self.lines[*at].item);
        if let (Typical::Refuse, None, Some(first)) = (self.shipment.typical, &self.unconfirmed, first) {
            self.unconfirmed = Some(Unconfirmed {
                items: members.to_vec(),
                hs: first.hs,
                origin: first.origin,
                destination: self.shipment.destination,
                kind,
                rule: Arc::clone(rule),
            });
        }
    }

    /// Enters a charge: sums, shares of its items, and its line of the breakdown.
    pub fn enter(&mut self, entry: &Entry<'_>, reason: impl FnOnce() -> Reason) -> Result<()> {
        self.used(entry.rule, entry.kind, entry.members);
        let kind = match entry.kind {
            ChargeKind::Duty => 0,
            ChargeKind::Tax => 1,
            ChargeKind::Fee => 2,
        };
        let sum = &mut self.sums[kind][usize::from(!entry.at_checkout)];
        *sum = sum.checked_add(entry.amount).ok_or_else(too_large)?;
        let amount = self.money(entry.amount);
        if entry.amount != 0 {
            spread(&mut self.lines, entry.members, amount, |line, share| match entry.kind {
                ChargeKind::Duty => line.duty += share,
                ChargeKind::Tax => line.tax += share,
                ChargeKind::Fee => line.fees += share,
            })?;
        }
        let base = self.money(entry.base);
        if let Some(charges) = &mut self.charges {
            charges.push(Charge {
                kind: entry.kind,
                item: if let [only] = entry.members { Some(*only) } else { None },
                members: if (2..self.lines.len()).contains(&entry.members.len()) {
                    entry.members.to_vec()
                } else {
                    Vec::new()
                },
                amount,
                base,
                rate: entry.rate,
                rule: Arc::clone(entry.rule),
                under: entry.under.cloned(),
                scheme: entry.scheme.cloned(),
                jurisdiction: Arc::clone(entry.jurisdiction),
                reason: reason(),
                collected_at: if entry.at_checkout { Collected::AtCheckout } else { Collected::AtBorder },
            });
        }
        Ok(())
    }

    /// The first rule of `rules` that applies to an item.
    pub fn first_rule(&self, rules: &'a [LowValue], line: &Line<'_>) -> Result<Option<&'a LowValue>> {
        for rule in rules {
            if self.applies(rule, line)? {
                return Ok(Some(rule));
            }
        }
        Ok(None)
    }

    fn applies(&self, rule: &LowValue, line: &Line<'_>) -> Result<bool> {
        let shipment = self.shipment;
        if !rule.rule.in_force(shipment.date)
            || !channel(&rule.services, rule.route, shipment.service, shipment.tax_route)
            || !rule.dispatch.contain(shipment.dispatch)
            || !rule.origin.contain(line.item.origin)
            || !rule.codes.contain(&line.item.hs)
        {
            return Ok(false);
        }
        match rule.basis {
            // Compared when the tax is known.
            None | Some(Basis::TaxDue) => Ok(true),
            Some(basis) => self.within(self.value_on(basis, Some(line))?, rule.over.as_ref(), rule.at_most.as_ref()),
        }
    }

    /// Above `over` and not above `at_most`.
    pub fn within(&self, value: Decimal, over: Option<&Amount>, at_most: Option<&Amount>) -> Result<bool> {
        if let Some(limit) = over
            && self.exchange.compare(value, limit)? != Ordering::Greater
        {
            return Ok(false);
        }
        match at_most {
            Some(limit) => Ok(self.exchange.compare(value, limit)? != Ordering::Greater),
            None => Ok(true),
        }
    }

    /// What a limit is compared with, in minor units. Without an item, a value by piece is the consignment's.
    pub fn value_on(&self, basis: Basis, line: Option<&Line<'_>>) -> Result<Decimal> {
        Ok(match (basis, line) {
            (Basis::Cif, _) => Decimal::from(self.cif),
            (Basis::Piece, Some(line)) => Decimal::from(line.item.unit_price.minor),
            (Basis::PieceCif, Some(line)) => {
                let whole = Decimal::from(line.value + line.shipping + line.insurance);
                whole.checked_div(Decimal::from(line.item.quantity)).ok_or_else(too_large)?
            }
            _ => Decimal::from(self.goods),
        })
    }

    /// Sum of the members' value and what else belongs to a base, exact (an uplift has decimals).
    pub fn base(&self, members: &[usize], parts: Parts) -> Decimal {
        let mut base = 0_i64;
        let mut goods = 0_i64;
        for line in members.iter().map(|index| &self.lines[*index]) {
            goods += line.value;
            base += line.value
                + if parts.shipping { line.shipping } else { 0 }
                + if parts.insurance { line.insurance } else { 0 }
                + if parts.duty { line.duty } else { 0 }
                + if parts.brokerage { line.brokerage } else { 0 };
        }
        let uplift = if parts.uplift { Decimal::new(goods, 1) } else { Decimal::ZERO };
        Decimal::from(base) + uplift
    }

    /// The parts duty is computed on: CIF or FOB.
    pub fn duty_parts(&self) -> Parts {
        let cif = self.destination.duty_on_cif;
        Parts { shipping: cif, insurance: cif, ..Parts::default() }
    }
}

/// How many units the items are: kilograms, pieces; one line or parcel.
pub(crate) fn units<'i>(items: impl Iterator<Item = &'i Item>, unit: Unit) -> Decimal {
    let grams = |item: &Item| i128::from(item.unit_weight.grams) * i128::from(item.quantity);
    let scaled = |grams: i128, scale| Decimal::try_from_i128_with_scale(grams, scale).unwrap_or(Decimal::MAX);
    match unit {
        Unit::Kg => scaled(items.map(grams).sum(), 3),
        Unit::HundredKg => scaled(items.map(grams).sum(), 5),
        Unit::Piece => Decimal::from(items.map(|item| i128::from(item.quantity)).sum::<i128>()),
        Unit::Line | Unit::Parcel => Decimal::ONE,
    }
}

/// Whether a row for some services and routes is for this one.
pub(crate) fn channel(services: &[Service], only: Option<TaxRoute>, service: Service, route: TaxRoute) -> bool {
    (services.is_empty() || services.contains(&service)) && only.is_none_or(|only| only == route)
}

fn item_value(shipment: &Shipment<'_>, index: usize, item: &Item) -> Result<i64> {
    let field = |name: &str| format!("items[{index}].{name}");
    if item.quantity < 1 {
        return Err(Error::field(field("quantity"), "too_small", "At least one piece."));
    }
    if item.unit_price.currency != shipment.currency || item.unit_price.minor < 0 {
        let message = format!("The price must be an amount in {}, not negative.", shipment.currency);
        return Err(Error::field(field("unit_price"), "amount_wrong", message));
    }
    if item.unit_weight.grams < 0 {
        return Err(Error::field(field("unit_weight"), "too_small", "A weight is not negative."));
    }
    item.unit_price.minor.checked_mul(item.quantity).filter(|value| *value < i64::MAX / 1_000).ok_or_else(too_large)
}

/// Splits `whole` over the members by value, without loss.
pub(crate) fn spread(
    lines: &mut [Line<'_>],
    members: &[usize],
    whole: Money,
    mut give: impl FnMut(&mut Line<'_>, i64),
) -> Result<()> {
    if let [only] = members {
        give(&mut lines[*only], whole.minor);
        return Ok(());
    }
    if whole.minor == 0 {
        return Ok(());
    }
    let weights: Vec<i64> = members.iter().map(|index| lines[*index].value).collect();
    for (index, share) in members.iter().zip(whole.split(&weights)?) {
        give(&mut lines[*index], share.minor);
    }
    Ok(())
}

pub(crate) fn rounded(exact: Decimal, rounding: Rounding) -> Result<i64> {
    let strategy = match rounding {
        Rounding::HalfUp => RoundingStrategy::MidpointAwayFromZero,
        Rounding::HalfEven => RoundingStrategy::MidpointNearestEven,
        Rounding::Down => RoundingStrategy::ToZero,
        Rounding::Up => RoundingStrategy::AwayFromZero,
    };
    let whole = exact.max(Decimal::ZERO).round_dp_with_strategy(0, strategy).to_i64();
    whole.filter(|minor| *minor < i64::MAX / 1_000).ok_or_else(too_large)
}

#[track_caller]
pub(crate) fn too_large() -> Error {
    Error::invalid("amount_too_large", "An amount is too large to compute with: ask for fewer pieces or a lower price.")
}

/// The shares, in the shipment's order.
pub(crate) fn shares(work: &Work<'_>) -> Vec<ItemShare> {
    let share = |line: &Line<'_>| ItemShare {
        duty: work.money(line.duty),
        tax: work.money(line.tax),
        fees: work.money(line.fees),
    };
    work.lines.iter().map(share).collect()
}

/// The day of a shipment as the tables know it.
pub(crate) fn no_rate(country: &str, date: Date) -> Error {
    Error::invalid("date_unknown", format!("No tax rate of {country} is known for {date}: choose a later day."))
}
