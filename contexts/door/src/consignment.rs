//! The door price of a cart: its lines grouped into consignments, each with every service that takes it and a full landed cost.

use crate::route::{self, Leg, item, legs};
use crate::unsold::{Unsold, Why};
use crate::world::{Ask, World};
use base::{Country, Date, Id, Money, Result};
use customs::{Item, LandedCost, Unconfirmed};
use logistics::Service;
use offers::OfferFacts;
use parties::Organisation;
use stock::Warehouse;
use terms::Agreement;

/// Pieces of an offer in a cart.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// The offer.
    pub facts: &'a OfferFacts,
    /// Pieces, at least one.
    pub quantity: i64,
}

/// What one organisation's goods from one warehouse are, under one agreement.
#[derive(Clone, Debug)]
pub struct ConsignmentPrice {
    /// Whose goods they are.
    pub organisation: Id<Organisation>,
    /// From which warehouse.
    pub warehouse: Id<Warehouse>,
    /// In which country it is.
    pub dispatch: Country,
    /// Its lines that can be sent, as positions in the cart.
    pub lines: Vec<usize>,
    /// Every service that takes all of them, lowest door price first; empty only when `lines` is.
    pub options: Vec<ConsignmentOption>,
    /// Its lines that cannot be sent, and why.
    pub unsold: Vec<UnsoldLine>,
}

/// A consignment by one service.
#[derive(Clone, Debug)]
pub struct ConsignmentOption {
    /// The service.
    pub service: &'static Service,
    /// First and last day of the arrival window.
    pub arrives: (Date, Date),
    /// Everything it costs, with the rules behind it; to be frozen.
    pub landed: LandedCost,
    /// What of it belongs to each line, in the order of `lines`; they sum exactly to the landed cost.
    pub shares: Vec<LineShare>,
}

/// A line's part of its consignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineShare {
    /// One piece, without tax, as converted and rounded.
    pub unit_price: Money,
    /// The pieces.
    pub goods: Money,
    /// Its part of the delivery, by weight.
    pub shipping: Money,
    /// Its duty.
    pub duty: Money,
    /// Its tax.
    pub tax: Money,
    /// Its fees.
    pub fees: Money,
    /// The sum of these.
    pub total: Money,
}

/// A line that cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsoldLine {
    /// Its position in the cart.
    pub line: usize,
    /// Why.
    pub unsold: Unsold,
}

/// Groups the lines of a cart by whose goods they are, warehouse and agreement (so that a consignment has one seller in law and its
/// owner is paid in one way), in the order in which they first appear, and prices each group.
/// `ask.service` does not matter: a consignment's service is chosen among its options.
pub fn consignments(world: &World, lines: &[Line], ask: &Ask) -> Vec<ConsignmentPrice> {
    let ask = Ask { service: None, ..*ask };
    let mut groups: Vec<(Sender, Vec<usize>)> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let key = (line.facts.organisation, line.facts.warehouse, line.facts.terms.agreement);
        match groups.iter_mut().find(|group| group.0 == key) {
            Some(group) => group.1.push(index),
            None => groups.push((key, vec![index])),
        }
    }
    groups.into_iter().map(|(_, members)| consignment(world, &ask, lines, members)).collect()
}

/// Whose goods, from where, under which terms.
type Sender = (Id<Organisation>, Id<Warehouse>, Id<Agreement>);

/// A line that has passed: its goods for the customs engine.
struct Ready {
    line: usize,
    item: Item,
    grams: i64,
}

fn consignment(world: &World, ask: &Ask, lines: &[Line], members: Vec<usize>) -> ConsignmentPrice {
    let first = lines[members[0]].facts;
    let each = members.iter().map(|index| route::Ready::of(lines[*index].facts));
    let legs = legs(world, ask, first.dispatch, each.fold(route::Ready::default(), route::Ready::and));
    let (mut ready, mut unsold): (Vec<Ready>, Vec<UnsoldLine>) = (Vec::new(), Vec::new());
    for index in members {
        match admit(world, ask, &legs, &lines[index], index) {
            Ok(one) => ready.push(one),
            Err(why) => unsold.push(UnsoldLine { line: index, unsold: why }),
        }
    }
    let (mut options, mut refusals) = options(world, ask, &legs, &ready);
    while let Some(why) = unconfirmed(&options, &refusals) {
        set_aside(&mut ready, &mut unsold, why);
        (options, refusals) = self::options(world, ask, &legs, &ready);
    }
    if options.is_empty() {
        // What keeps every line back is the true reason; only where there is none do the lines stand in each other's way.
        refusals.retain(|why| !matches!(why, Why::Restricted(_) | Why::TooHeavy));
        let reasons = if refusals.is_empty() { vec![Why::NoCommonService] } else { refusals };
        let together = |one: &Ready| UnsoldLine { line: one.line, unsold: Unsold { reasons: reasons.clone() } };
        unsold.extend(ready.iter().map(together));
        unsold.sort_by_key(|one| one.line);
        ready.clear();
    }
    ConsignmentPrice {
        organisation: first.organisation,
        warehouse: first.warehouse,
        dispatch: first.dispatch,
        lines: ready.iter().map(|one| one.line).collect(),
        options,
        unsold,
    }
}

/// Every service that takes all that is ready, lowest door price first, and why the others do not.
fn options(world: &World, ask: &Ask, legs: &[Leg], ready: &[Ready]) -> (Vec<ConsignmentOption>, Vec<Why>) {
    let mut options: Vec<ConsignmentOption> = Vec::new();
    let mut refusals: Vec<Why> = Vec::new();
    for leg in legs.iter().filter(|_| !ready.is_empty()) {
        match option(world, ask, leg, ready) {
            Ok(option) => options.push(option),
            Err(why) => refusals.extend(why.reasons),
        }
    }
    options.sort_by_key(|option| (option.landed.total.minor, option.arrives));
    (options, refusals)
}

/// Goods without a confirmed rate that are in everybody's way.
fn unconfirmed(options: &[ConsignmentOption], refusals: &[Why]) -> Option<Unconfirmed> {
    let named = |why: &Why| match why {
        Why::Unconfirmed(unconfirmed) => Some(unconfirmed.clone()),
        _ => None,
    };
    if options.is_empty() { refusals.iter().find_map(named) } else { None }
}

/// The lines that are charged by an unconfirmed rate stay behind, so that the others can be sent.
fn set_aside(ready: &mut Vec<Ready>, unsold: &mut Vec<UnsoldLine>, why: Unconfirmed) {
    let mut at = 0;
    ready.retain(|one| {
        let stays = !why.items.contains(&at);
        at += 1;
        if !stays {
            unsold.push(UnsoldLine { line: one.line, unsold: Why::Unconfirmed(why.clone()).into() });
        }
        stays
    });
    unsold.sort_by_key(|one| one.line);
}

/// Whether a line could be sent by itself.
fn admit(world: &World, ask: &Ask, legs: &[Leg], line: &Line, index: usize) -> Result<Ready, Unsold> {
    let item = item(world, ask, line.facts, line.quantity)?;
    let grams = item.unit_weight.grams.checked_mul(line.quantity).ok_or(Why::TooHeavy)?;
    let mut reasons = Vec::new();
    for leg in legs {
        let taken = leg.admits(world, ask, &item).and_then(|()| Ok(leg.fare(world, ask, grams)?));
        match taken {
            Ok(_) => return Ok(Ready { line: index, item, grams }),
            Err(unsold) => reasons.extend(unsold.reasons),
        }
    }
    reasons.dedup();
    if reasons.is_empty() {
        reasons.push(Why::NoService);
    }
    Err(Unsold { reasons })
}

fn option(world: &World, ask: &Ask, leg: &Leg, ready: &[Ready]) -> Result<ConsignmentOption, Unsold> {
    for one in ready {
        leg.admits(world, ask, &one.item)?;
    }
    let grams = ready.iter().try_fold(0_i64, |sum, one| sum.checked_add(one.grams)).ok_or(Why::TooHeavy)?;
    let shipping = leg.fare(world, ask, grams)?;
    let items: Vec<Item> = ready.iter().map(|one| one.item).collect();
    let landed = customs::landed_cost(world.tables, &leg.shipment(world, ask, &items, shipping))?;
    let shares = shares(ready, &landed)?;
    Ok(ConsignmentOption { service: leg.service(), arrives: leg.arrives, landed, shares })
}

fn shares(ready: &[Ready], landed: &LandedCost) -> Result<Vec<LineShare>> {
    let weights: Vec<i64> = ready.iter().map(|one| one.grams).collect();
    let shipping = landed.shipping.split(&weights)?;
    let mut shares = Vec::with_capacity(ready.len());
    for ((one, charged), shipping) in ready.iter().zip(&landed.per_item).zip(shipping) {
        let goods = one.item.unit_price.times(one.item.quantity)?;
        let parts = [goods, shipping, charged.duty, charged.tax, charged.fees];
        let total = Money::sum(landed.currency, parts)?;
        let [goods, shipping, duty, tax, fees] = parts;
        shares.push(LineShare { unit_price: one.item.unit_price, goods, shipping, duty, tax, fees, total });
    }
    Ok(shares)
}
