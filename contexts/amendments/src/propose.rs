//! Proposing: what an order would come to, priced and held for some minutes.

use crate::agree::{give_up, tell};
use crate::amendment::{Amendment, Changed, OFFERED_HOURS, PROPOSED_MINUTES, State, amendment, live};
use crate::event;
use base::{Actor, Address, Error, Id, Money, Permission, Result};
use checkout::{AskGoods, Choice, price_goods};
use door::{ConsignmentPrice, World};
use offers::{Offer, OfferFacts};
use orders::{Amended, Consignment, Line, Order, PlaceConsignment, PlaceLine, Side, Whole};
use parties::Organisation;
use settlement::Why;
use store::{Read, Tx, params};
use terms::Party;

/// What shall be sent of an order instead.
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
    /// The buyer is asked, with the reason; none: it is the buyer's own wish.
    pub to_buyer: Option<ToBuyer>,
}

/// Why the buyer is asked to say yes to another order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToBuyer {
    /// Why, as the buyer reads it in their language.
    pub reason: Why,
    /// And in words, at most [`WORDS`] characters; may be empty.
    pub words: String,
}

/// Most characters that are written to the buyer with a proposal.
pub const WORDS: usize = 500;

/// What a change would come to.
#[derive(Clone, Debug)]
pub struct Foreseen {
    /// What is left of the consignments that make way.
    pub left: Money,
    /// What would come in their place.
    pub total: Money,
    /// What it would make of the order.
    pub change: Changed,
}

/// Who proposes.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Proposer {
    side: Side,
    seller: Option<Id<Organisation>>,
}

/// Who wants this. Errors: denied; `order_unknown` to a seller who sells nothing of it.
fn proposer(db: &mut Read, whole: &Whole, ask: &AskAmendment) -> Result<Proposer> {
    let actor = db.actor();
    let Some(to_buyer) = &ask.to_buyer else {
        orders::may_decide(actor, &whole.order)?;
        return Ok(Proposer { side: Side::Buyer, seller: None });
    };
    let seller = match actor {
        Actor::Person { organisation, .. } if actor.may(Permission::OrdersWrite).is_err() => {
            actor.may(Permission::SellerWrite)?;
            Some(Id::from_raw(organisation))
        }
        _ => {
            actor.may(Permission::OrdersWrite)?;
            None
        }
    };
    if seller.is_some_and(|seller| !whole.consignments.iter().any(|one| is_sold_by(whole, one, seller))) {
        return Err(Error::not_found("order_unknown", "There is no such order."));
    }
    if !Why::of(Side::Seller).contains(&to_buyer.reason) {
        return Err(Error::field("reason", "unknown_choice", "This is no reason of yours: choose one from the list."));
    }
    if to_buyer.words.chars().count() > WORDS {
        return Err(Error::field("words", "too_long", format!("Write at most {WORDS} characters.")));
    }
    if seller.is_some() && ask.address.is_some() {
        let say = "Where an order goes is the buyer's to say: ask for it on the order's page.";
        return Err(Error::field("address", "buyers_address", say));
    }
    Ok(Proposer { side: if seller.is_some() { Side::Seller } else { Side::Operator }, seller })
}

fn is_sold_by(whole: &Whole, one: &Consignment, seller: Id<Organisation>) -> bool {
    let sells = |line: &Line| line.terms.merchant_of_record == Party::Seller;
    one.organisation == seller && whole.lines_of(one.id).all(sells)
}

/// Consignments of a paid order that can make way for others; of those only what `seller` sells, where one is named.
pub fn amendable(whole: &Whole, seller: Option<Id<Organisation>>) -> Vec<&Consignment> {
    let own = |one: &&Consignment| seller.is_none_or(|seller| is_sold_by(whole, one, seller));
    orders::amendable(whole).into_iter().filter(own).collect()
}

/// Prices what an order would come to and holds what it wants more. What was bought keeps its price; what comes in addition costs what
/// it costs now; delivery, duty and tax of every consignment that changes are worked out anew. The buyer's own wish is held for
/// [`PROPOSED_MINUTES`]; what a seller proposes of what it sells itself, or the operator, for [`OFFERED_HOURS`], and emits
/// `amendment.offered`. A proposal of the same side before makes way. Errors: denied (its buyer, its sellers, the operator and the
/// house may), `order_unknown`, `nothing_to_amend` (conflict: nothing waits to be packed), `amendment_waits` (conflict: one waits for
/// its payment), `amendment_open` (conflict: another waits for the buyer's answer), `given_back_before` (conflict), `not_in_order`,
/// `out_of_range`, `other_destination`, `nothing_changed`, `nothing_left`, `not_sold_by_you`, `buyers_address`, `unknown_choice`,
/// `too_long` (fields), `out_of_stock` (conflict), and those of [`price_goods`].
pub fn propose(tx: &mut Tx, world: &World, ask: &AskAmendment) -> Result<Amendment> {
    orders::lock(tx, ask.order)?;
    let whole = orders::whole(tx, ask.order)?;
    let by = proposer(tx, &whole, ask)?;
    let foreseen = work_out(tx, world, &whole, by, ask)?;
    make_room(tx, &whole, by)?;
    let id = write(tx, &whole, by, ask, foreseen)?;
    let known = amendment(tx, id)?;
    if known.is_offered() {
        tell(tx, id, event::Offered)?;
    }
    Ok(known)
}

/// What [`propose`] would come to; nothing is held and nobody is told. Errors: those of [`propose`].
pub fn foresee(db: &mut Read, world: &World, ask: &AskAmendment) -> Result<Foreseen> {
    let whole = orders::whole(db, ask.order)?;
    let by = proposer(db, &whole, ask)?;
    work_out(db, world, &whole, by, ask)
}

fn work_out(db: &mut Read, world: &World, whole: &Whole, by: Proposer, ask: &AskAmendment) -> Result<Foreseen> {
    let open: Vec<Consignment> = amendable(whole, by.seller).into_iter().cloned().collect();
    if open.is_empty() {
        let say = "Nothing of this order waits to be packed: what is packed cannot be changed any more.";
        return Err(Error::conflict("nothing_to_amend", say));
    }
    let (mut amended, _) = priced(db, world, whole, &open, by.seller, ask)?;
    let moved = amended.address.region != whole.order.address.region;
    let replaces = set_apart(whole, &open, &mut amended, moved);
    if replaces.is_empty() && amended.consignments.is_empty() {
        return Err(Error::invalid("nothing_changed", "This is the order as it is: change something first."));
    }
    let left = settlement::left_of(db, whole, &replaces)?;
    let total = amended.total(whole.order.currency)?.within_reason("total")?;
    let holds = !amended.shelves(whole, &replaces).more.is_empty();
    let replaces = replaces.iter().map(|id| id.raw()).collect();
    let change = Changed { replaces, holds, moves: ask.address.is_some(), amended };
    Ok(Foreseen { left, total, change })
}

/// An order has one amendment at a time: one of the same side makes way, any other stays until it is answered.
fn make_room(tx: &mut Tx, whole: &Whole, by: Proposer) -> Result<()> {
    let Some(one) = live(tx, whole.order.id)? else { return Ok(()) };
    if one.state == State::Agreed {
        let say = "A change of this order waits for its payment: pay it, or take it back first.";
        return Err(Error::conflict("amendment_waits", say));
    }
    let why = match one.expires_at <= tx.now() {
        true => "expired",
        false if (Proposer { side: one.side, seller: one.organisation }) == by => "replaced",
        false => {
            let say = format!("Another change of this order waits for the buyer's answer until {}.", one.expires_at);
            return Err(Error::conflict("amendment_open", say));
        }
    };
    give_up(tx, &one, why).map(drop)
}

/// Every service for each consignment of what is not packed, as it is, lowest door price first; of those only what `seller` sells, where
/// one is named. Who may see it was checked by the caller. Errors: those of [`price_goods`]; nothing where nothing can be changed.
pub fn services(
    db: &mut Read,
    world: &World,
    order: Id<Order>,
    seller: Option<Id<Organisation>>,
) -> Result<Vec<ConsignmentPrice>> {
    let whole = orders::whole(db, order)?;
    let open: Vec<Consignment> = amendable(&whole, seller).into_iter().cloned().collect();
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let (lines, add, services) = (Vec::new(), Vec::new(), Vec::new());
    let none = AskAmendment { order, lines, add, services, address: None, to_buyer: None };
    priced(db, world, &whole, &open, seller, &none).map(|(_, options)| options)
}

/// What is not packed, as it shall be, with every service for each of its consignments.
fn priced(
    db: &mut Read,
    world: &World,
    whole: &Whole,
    open: &[Consignment],
    seller: Option<Id<Organisation>>,
    ask: &AskAmendment,
) -> Result<(Amended, Vec<ConsignmentPrice>)> {
    let asked = AskGoods {
        address: address(whole, ask)?,
        goods: goods(db, world, whole, open, ask)?,
        language: whole.order.language.clone(),
        currency: whole.order.currency,
        choices: choices(open, ask),
    };
    let is_own = |(facts, _): &(OfferFacts, i64)| seller.is_none_or(|seller| facts.sold_by == seller);
    if !asked.goods.iter().all(is_own) {
        return Err(Error::field("add", "not_sold_by_you", "Only goods that you sell yourself can be proposed."));
    }
    price_goods(db, world, &asked)
}

fn write(tx: &mut Tx, whole: &Whole, by: Proposer, ask: &AskAmendment, foreseen: Foreseen) -> Result<Id<Amendment>> {
    let Foreseen { left, total, change } = foreseen;
    let (id, now) = (tx.id::<Amendment>(), tx.now());
    let expires_at =
        if by.side == Side::Buyer { now.plus_minutes(PROPOSED_MINUTES) } else { now.plus_hours(OFFERED_HOURS) };
    let wants = change.amended.shelves(whole, &change.replaces()).more;
    if !wants.is_empty() {
        stock::hold(tx, &wants, id.raw(), Some(expires_at))?;
    }
    let body = serde_json::to_string(&change).map_err(Error::internal)?;
    let (reason, words) =
        ask.to_buyer.as_ref().map_or(("", ""), |to_buyer| (to_buyer.reason.name(), to_buyer.words.trim()));
    let (seller, currency) = (by.seller.map_or(0, Id::raw), whole.order.currency);
    let row = params![
        id,
        whole.order.id,
        State::Proposed,
        left.minor,
        total.minor,
        currency,
        body,
        expires_at,
        now,
        by.side,
        seller,
        reason,
        words
    ];
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
    "INSERT INTO amendment (id, order_id, state, left_of, total, currency, due, body, why, expires_at, proposed_at,
    side, organisation, reason, words)
    VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, '', $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING";
