//! Proposing: what an order would come to, priced and held for some minutes.

use crate::agree::give_up;
use crate::amendment::{Amendment, Changed, PROPOSED_MINUTES, State, amendment, live};
use base::{Address, Error, Id, Result};
use checkout::{AskGoods, Choice, price_goods};
use door::{ConsignmentPrice, World};
use offers::{Offer, OfferFacts};
use orders::{Amended, Consignment, Line, Order, PlaceConsignment, PlaceLine, Whole};
use store::{Read, Tx, params};

/// What a buyer wants of an order instead.
#[derive(Clone, Debug)]
pub struct AskAmendment {
    /// The order.
    pub order: Id<Order>,
    /// How many pieces of a line there shall be; 0 leaves it out. Lines that are not named stay as they are.
    pub lines: Vec<(Id<Line>, i64)>,
    /// Offers that come in addition, with pieces.
    pub add: Vec<(Id<Offer>, i64)>,
    /// Another service for a consignment; where none is named, the one it has.
    pub services: Vec<Choice>,
    /// Another address in the same country; none: the one it has.
    pub address: Option<Address>,
}

/// Prices what an order would come to and holds what it wants more, for [`PROPOSED_MINUTES`]. What was bought keeps its price; what
/// comes in addition costs what it costs now; delivery, duty and tax of every consignment that changes are worked out anew. A
/// proposal before makes way. Errors: denied (its buyer, the operator and the house may), `order_unknown`, `nothing_to_amend`
/// (conflict: nothing waits to be packed), `amendment_waits` (conflict: one waits for its payment), `given_back_before` (conflict),
/// `not_in_order`, `out_of_range`, `other_destination`, `nothing_changed`, `nothing_left` (fields), `out_of_stock` (conflict), and
/// those of [`price_goods`].
pub fn propose(tx: &mut Tx, world: &World, ask: &AskAmendment) -> Result<Amendment> {
    let order = orders::lock(tx, ask.order)?;
    orders::may_decide(tx.actor(), &order)?;
    let whole = orders::whole(tx, ask.order)?;
    let open: Vec<Consignment> = orders::amendable(&whole).into_iter().cloned().collect();
    if open.is_empty() {
        let say = "Nothing of this order waits to be packed: what is packed cannot be changed any more.";
        return Err(Error::conflict("nothing_to_amend", say));
    }
    match live(tx, ask.order)? {
        Some(one) if one.state == State::Agreed => {
            let say = "A change of this order waits for its payment: pay it, or take it back first.";
            return Err(Error::conflict("amendment_waits", say));
        }
        Some(one) => drop(give_up(tx, &one, "replaced")?),
        None => {}
    }
    let (mut amended, _) = priced(tx, world, &whole, &open, ask)?;
    let moved = amended.address.region != whole.order.address.region;
    let replaces = set_apart(&whole, &open, &mut amended, moved);
    if replaces.is_empty() && amended.consignments.is_empty() {
        return Err(Error::invalid("nothing_changed", "This is the order as it is: change something first."));
    }
    let id = write(tx, &whole, replaces, amended)?;
    amendment(tx, id)
}

/// Every service for each consignment of what is not packed, as it is, lowest door price first. Who may see it was checked by the
/// caller. Errors: those of [`price_goods`]; nothing where nothing can be changed.
pub fn services(db: &mut Read, world: &World, order: Id<Order>) -> Result<Vec<ConsignmentPrice>> {
    let whole = orders::whole(db, order)?;
    let open: Vec<Consignment> = orders::amendable(&whole).into_iter().cloned().collect();
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let none = AskAmendment { order, lines: Vec::new(), add: Vec::new(), services: Vec::new(), address: None };
    priced(db, world, &whole, &open, &none).map(|(_, options)| options)
}

/// What is not packed, as it shall be, with every service for each of its consignments.
fn priced(
    db: &mut Read,
    world: &World,
    whole: &Whole,
    open: &[Consignment],
    ask: &AskAmendment,
) -> Result<(Amended, Vec<ConsignmentPrice>)> {
    let asked = AskGoods {
        address: address(whole, ask)?,
        goods: goods(db, world, whole, open, ask)?,
        language: whole.order.language.clone(),
        currency: whole.order.currency,
        choices: choices(open, ask),
    };
    price_goods(db, world, &asked)
}

fn write(tx: &mut Tx, whole: &Whole, replaces: Vec<Id<Consignment>>, amended: Amended) -> Result<Id<Amendment>> {
    let currency = whole.order.currency;
    let left = settlement::left_of(tx, whole, &replaces)?;
    let total = amended.total(currency)?.within_reason("total")?;
    let (id, now) = (tx.id::<Amendment>(), tx.now());
    let expires_at = now.plus_minutes(PROPOSED_MINUTES);
    let wants = amended.shelves(whole, &replaces).more;
    if !wants.is_empty() {
        stock::hold(tx, &wants, id.raw(), Some(expires_at))?;
    }
    let replaces = replaces.iter().map(|id| id.raw()).collect();
    let changed = Changed { replaces, holds: !wants.is_empty(), amended };
    let body = serde_json::to_string(&changed).map_err(Error::internal)?;
    let row = params![id, whole.order.id, State::Proposed, left.minor, total.minor, currency, body, expires_at, now,];
    if tx.run(INSERT, row)? == 0 {
        return Err(Error::conflict("amendment_waits", "This order is being changed elsewhere; look at it again."));
    }
    Ok(id)
}

/// The address wanted, or the one the order has. Errors: `other_destination` (a field).
fn address(whole: &Whole, ask: &AskAmendment) -> Result<Address> {
    let known = &whole.order.address;
    let Some(wanted) = &ask.address else { return Ok(known.clone()) };
    if wanted.country != known.country {
        let say = "Another country is another order: call this one off and order again to have it sent there.";
        return Err(Error::field("country", "other_destination", say));
    }
    Ok(Address { email: known.email.clone(), ..wanted.clone() })
}

/// The services that consignments have, but for those that are to change.
fn choices(open: &[Consignment], ask: &AskAmendment) -> Vec<Choice> {
    let has = |one: &Consignment| Choice {
        organisation: one.organisation,
        warehouse: one.warehouse,
        service: one.service.clone(),
    };
    ask.services.iter().cloned().chain(open.iter().map(has)).collect()
}

/// Everything of what is not packed as it shall be. What was bought has the price it was bought for; what is more has today's.
fn goods(
    db: &mut Read,
    world: &World,
    whole: &Whole,
    open: &[Consignment],
    ask: &AskAmendment,
) -> Result<Vec<(OfferFacts, i64)>> {
    let lines: Vec<&Line> =
        open.iter().flat_map(|one| whole.lines_of(one.id)).filter(|one| one.to_send() > 0).collect();
    check(&lines, ask)?;
    let mut more: Vec<(Id<Offer>, i64)> = ask.add.clone();
    let mut goods: Vec<(OfferFacts, i64)> = Vec::new();
    for line in lines {
        let wanted = ask.lines.iter().find(|(id, _)| *id == line.id).map_or(line.to_send(), |(_, pieces)| *pieces);
        let kept = wanted.min(line.to_send());
        if wanted > kept {
            more.push((line.offer, wanted - kept));
        }
        if kept > 0 {
            let facts = offers::facts(db, &[line.offer])?.remove(0);
            goods.push((as_bought(facts, line), kept));
        }
    }
    for (offer, pieces) in more {
        let facts = offers::facts(db, &[offer])?.remove(0);
        match goods.iter_mut().find(|(known, _)| known.offer == offer && costs_the_same(world, known, &facts)) {
            Some((_, known)) => *known += pieces,
            None => goods.push((facts, pieces)),
        }
    }
    if goods.is_empty() {
        let say = "Nothing would be left of what is not packed: call it off instead.";
        return Err(Error::field("pieces", "nothing_left", say));
    }
    Ok(goods)
}

fn check(lines: &[&Line], ask: &AskAmendment) -> Result<()> {
    if ask.lines.iter().any(|(id, _)| !lines.iter().any(|line| line.id == *id)) {
        return Err(Error::field("lines", "not_in_order", "This line is not in what can still be changed."));
    }
    let most = checkout::QUANTITY_MAX;
    let out = |pieces: &i64, least| !(least..=most).contains(pieces);
    if ask.lines.iter().any(|(_, pieces)| out(pieces, 0)) || ask.add.iter().any(|(_, pieces)| out(pieces, 1)) {
        return Err(Error::field("pieces", "out_of_range", format!("Write a whole number of pieces, at most {most}.")));
    }
    if lines.len() + ask.add.len() > checkout::LINES_MAX {
        return Err(Error::field("add", "too_many_lines", "So many different goods do not fit into one order."));
    }
    Ok(())
}

/// What was bought has its price, whatever became of its offer since.
fn as_bought(facts: OfferFacts, line: &Line) -> OfferFacts {
    OfferFacts { price: line.unit_price, other_prices: Vec::new(), on_sale: true, ..facts }
}

fn costs_the_same(world: &World, bought: &OfferFacts, now: &OfferFacts) -> bool {
    let today = door::unit_price(world, bought.price.currency, now);
    now.on_sale && today == Some(bought.price)
}

/// Keeps of what was priced only what differs from the order, and gives the consignments that make way for it.
fn set_apart(whole: &Whole, open: &[Consignment], amended: &mut Amended, moved: bool) -> Vec<Id<Consignment>> {
    let mut replaces = Vec::new();
    for old in open {
        let same = |new: &PlaceConsignment| !moved && is_as_it_was(whole, old, new);
        match amended.consignments.iter().position(same) {
            Some(at) => drop(amended.consignments.remove(at)),
            None => replaces.push(old.id),
        }
    }
    replaces
}

fn is_as_it_was(whole: &Whole, old: &Consignment, new: &PlaceConsignment) -> bool {
    let mut had: Vec<_> = whole.lines_of(old.id).filter(|line| line.to_send() > 0).map(kept_line).collect();
    let mut has: Vec<_> = new.lines.iter().map(new_line).collect();
    had.sort_unstable();
    has.sort_unstable();
    let place = |organisation, warehouse, service: &str| (organisation, warehouse, service.to_owned());
    place(old.organisation, old.warehouse, &old.service) == place(new.organisation, new.warehouse, &new.service)
        && had == has
}

type Sold = (i64, i64, i64, i64);

fn kept_line(line: &Line) -> Sold {
    (line.offer.raw(), line.to_send(), line.unit_price.minor, line.terms.agreement.raw())
}

fn new_line(line: &PlaceLine) -> Sold {
    (line.offer.raw(), line.quantity, line.unit_price.minor, line.terms.agreement.raw())
}

const INSERT: &str =
    "INSERT INTO amendment (id, order_id, state, left_of, total, currency, due, body, why, expires_at, proposed_at)
    VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, '', $8, $9) ON CONFLICT DO NOTHING";
