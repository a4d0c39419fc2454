//! The cart as a page shows it: consignments, every delivery option with its full landed cost, what cannot be sent and why.

use crate::cart::{Cart, CartLine, Reach, ahead, changed, find, find_open, lines, titles, without_quote};
use base::{Country, Currency, Id, Money, Result};
use door::{Ask, ConsignmentOption, ConsignmentPrice, Line, LineShare, Unsold, Why, World};
use offers::{Offer, OfferFacts};
use parties::Organisation;
use std::collections::BTreeMap;
use stock::Warehouse;
use store::{Read, Tx, params};

/// A cart with its prices of this moment.
#[derive(Clone, Debug)]
pub struct CartView {
    /// The cart.
    pub cart: Cart,
    /// What can be sent, by seller and warehouse.
    pub consignments: Vec<ConsignmentView>,
    /// What cannot.
    pub unsold: Vec<UnsoldView>,
    /// Sum of the consignments, each by its lowest option.
    pub total: Money,
    /// Pieces in all, with those that cannot be sent.
    pub pieces: i64,
}

/// One seller's part of it.
#[derive(Clone, Debug)]
pub struct ConsignmentView {
    /// Whose goods they are.
    pub organisation: Id<Organisation>,
    /// The name of who sells to the buyer.
    pub seller_name: String,
    /// From which warehouse.
    pub warehouse: Id<Warehouse>,
    /// In which country it is.
    pub dispatch: Country,
    /// Its lines, with amounts of the first option.
    pub lines: Vec<LineView>,
    /// Every delivery option, lowest door price first. `shares` are in the order of `lines`.
    pub options: Vec<ConsignmentOption>,
}

/// One line of it.
#[derive(Clone, Debug)]
pub struct LineView {
    /// Facts of the offer.
    pub facts: OfferFacts,
    /// Title in the cart's language.
    pub title: String,
    /// Pieces.
    pub quantity: i64,
    /// What the buyer pays for it by the first option.
    pub share: LineShare,
    /// More are wanted than can be sold now.
    pub short: bool,
}

/// A line that cannot be sent.
#[derive(Clone, Debug)]
pub struct UnsoldView {
    /// Facts of the offer.
    pub facts: OfferFacts,
    /// Title in the cart's language.
    pub title: String,
    /// Pieces.
    pub quantity: i64,
    /// Why; empty when it is not on sale at all.
    pub reasons: Vec<Why>,
}

/// What changed for one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The offer.
    pub offer: Id<Offer>,
    /// Title in the cart's language.
    pub title: String,
    /// Door price of the line before; none if it could not be sent.
    pub before: Option<Money>,
    /// Door price of the line now; none if it cannot be sent.
    pub after: Option<Money>,
    /// Why it cannot be sent now.
    pub reasons: Vec<Why>,
}

/// Where a cart is to go.
#[derive(Clone, Debug)]
pub struct SetDestination {
    /// The cart.
    pub cart: Reach,
    /// Country.
    pub destination: Country,
    /// State or province, or empty.
    pub region: String,
    /// What to show prices in; none: as before.
    pub currency: Option<Currency>,
    /// Tag of the language to name lines in; none: as before.
    pub language: Option<base::Language>,
}

/// The cart with its prices of this moment. Errors: `cart_unknown`.
pub fn view(db: &mut Read, world: &World, reach: &Reach) -> Result<CartView> {
    ahead(db, reach)?;
    let cart = find(db, reach)?;
    let lines = lines(db, cart.id)?;
    view_of(db, world, cart, &lines)
}

/// [`view`] of a cart that is known, such as one that was just made. Errors: the database's.
pub fn view_of(db: &mut Read, world: &World, cart: Cart, lines: &[CartLine]) -> Result<CartView> {
    let titles = titles(db, cart.id)?;
    let facts = facts(db, lines)?;
    let priced = priced(world, &cart, lines, &facts);
    let title = |facts: &OfferFacts| titles.get(&facts.product.raw()).unwrap_or(&facts.title).clone();
    let mut seen = CartView {
        total: Money::zero(cart.currency),
        pieces: lines.iter().map(|line| line.quantity).sum(),
        consignments: Vec::new(),
        unsold: Vec::new(),
        cart,
    };
    let wanted = wanted(lines, &facts);
    for one in priced {
        for unsold in &one.unsold {
            let (facts, quantity) = (facts[unsold.line].clone(), lines[unsold.line].quantity);
            let reasons = if facts.on_sale { unsold.unsold.reasons.clone() } else { Vec::new() };
            seen.unsold.push(UnsoldView { title: title(&facts), facts, quantity, reasons });
        }
        let Some(first) = one.options.first() else { continue };
        seen.total = seen.total.plus(first.landed.total)?;
        let line_view = |(index, share): (&usize, &LineShare)| {
            let (facts, quantity) = (facts[*index].clone(), lines[*index].quantity);
            let short =
                wanted.get(&(facts.warehouse.raw(), facts.variant.raw())).is_some_and(|sum| *sum > facts.available);
            LineView { title: title(&facts), quantity, share: *share, short, facts }
        };
        seen.consignments.push(ConsignmentView {
            organisation: one.organisation,
            seller_name: facts[one.lines[0]].seller_name.to_string(),
            warehouse: one.warehouse,
            dispatch: one.dispatch,
            lines: one.lines.iter().zip(&first.shares).map(line_view).collect(),
            options: one.options,
        });
    }
    Ok(seen)
}

/// Demand by stock row, added up as the hold will do it: two lines of one SKU are one demand.
fn wanted(lines: &[CartLine], facts: &[OfferFacts]) -> BTreeMap<(i64, i64), i64> {
    let mut sums = BTreeMap::new();
    for (line, facts) in lines.iter().zip(facts) {
        *sums.entry((facts.warehouse.raw(), facts.variant.raw())).or_default() += line.quantity;
    }
    sums
}

fn facts(db: &mut Read, lines: &[CartLine]) -> Result<Vec<OfferFacts>> {
    let ids: Vec<Id<Offer>> = lines.iter().map(|line| line.offer).collect();
    offers::facts(db, &ids)
}

/// Prices for where the cart is to go. What is not on sale cannot be sent anywhere.
fn priced(world: &World, cart: &Cart, lines: &[CartLine], facts: &[OfferFacts]) -> Vec<ConsignmentPrice> {
    let ask = Ask { destination: cart.destination, region: &cart.region, currency: cart.currency, service: None };
    let on_sale: Vec<usize> = (0..lines.len()).filter(|index| facts[*index].on_sale).collect();
    let asked: Vec<Line> =
        on_sale.iter().map(|index| Line { facts: &facts[*index], quantity: lines[*index].quantity }).collect();
    let mut priced = door::consignments(world, &asked, &ask);
    for one in &mut priced {
        one.lines.iter_mut().for_each(|index| *index = on_sale[*index]);
        one.unsold.iter_mut().for_each(|unsold| unsold.line = on_sale[unsold.line]);
    }
    let gone = (0..lines.len()).filter(|index| !facts[*index].on_sale).map(|line| ConsignmentPrice {
        organisation: facts[line].organisation,
        warehouse: facts[line].warehouse,
        dispatch: facts[line].dispatch,
        lines: Vec::new(),
        options: Vec::new(),
        unsold: vec![door::UnsoldLine { line, unsold: Unsold { reasons: Vec::new() } }],
    });
    priced.extend(gone.collect::<Vec<_>>());
    priced
}

/// Sends the cart elsewhere, or prices it in another currency: nothing is emptied, everything is priced anew, and what
/// changed is told line by line. An open quote is dropped. Errors: `cart_unknown`, `cart_ordered`.
pub fn set_destination(tx: &mut Tx, world: &World, set: &SetDestination) -> Result<(Cart, Vec<Change>)> {
    let before = find_open(tx, &set.cart)?;
    let mut after = without_quote(tx, before.clone())?;
    after.destination = set.destination;
    after.region = set.region.trim().to_owned();
    after.currency = set.currency.unwrap_or(before.currency);
    after.language = set.language.as_ref().map_or_else(|| before.language.clone(), |one| one.tag().to_owned());
    let row = params![after.id, after.destination, after.region, after.currency, after.language];
    if tx.run(SET, row)? == 0 {
        return Err(changed());
    }
    let lines = lines(tx, after.id)?;
    let facts = facts(tx, &lines)?;
    let titles = titles(tx, after.id)?;
    let old = by_line(lines.len(), &priced(world, &before, &lines, &facts));
    let new = by_line(lines.len(), &priced(world, &after, &lines, &facts));
    let mut changes = Vec::new();
    for (index, (before, after)) in old.into_iter().zip(new).enumerate() {
        if before.0 != after.0 {
            let (offer, facts) = (lines[index].offer, &facts[index]);
            let title = titles.get(&facts.product.raw()).unwrap_or(&facts.title).clone();
            changes.push(Change { offer, title, before: before.0, after: after.0, reasons: after.1 });
        }
    }
    Ok((after, changes))
}

/// Door price of each line by the lowest option of its consignment, or why there is none.
fn by_line(count: usize, priced: &[ConsignmentPrice]) -> Vec<(Option<Money>, Vec<Why>)> {
    let mut lines = vec![(None, Vec::new()); count];
    for one in priced {
        for unsold in &one.unsold {
            lines[unsold.line].1 = unsold.unsold.reasons.clone();
        }
        if let Some(option) = one.options.first() {
            for (index, share) in one.lines.iter().zip(&option.shares) {
                lines[*index].0 = Some(share.total);
            }
        }
    }
    lines
}

const SET: &str = "UPDATE cart SET destination = $2, region = $3, currency = $4, language = $5, revision = revision + 1
    WHERE id = $1 AND state = 'open'";
