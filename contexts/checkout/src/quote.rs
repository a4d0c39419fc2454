//! A quote: prices, rates, rules and terms frozen and stock held for half an hour at most. What it says is what is charged.

use crate::cart::{Cart, Reach, ahead, changed, find_open, lines, titles};
use crate::claim::{self, Window};
use crate::expire::QUOTE_DAYS;
use crate::freeze::freeze;
use base::{Actor, Address, Country, Currency, Error, Field, Id, Moment, Money, Result, Tag};
use door::{Ask, ConsignmentPrice, Line, World};
use offers::OfferFacts;
use orders::{Exchange, PlaceConsignment, Sums};
use parties::Organisation;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use stock::{Want, Warehouse};
use store::{Engine, Read, Row, Store, Tx, params};

/// How long a quote is held, of things of which there are many, and how long its order may stay unpaid then.
pub const QUOTE_MINUTES: i64 = 30;

/// What a buyer asks to be quoted.
#[derive(Clone, Debug)]
pub struct AskQuote {
    /// The cart.
    pub cart: Reach,
    /// Where everything goes; checked by its country's form.
    pub address: Address,
    /// What to pay in; none: the cart's.
    pub currency: Option<Currency>,
    /// The service of each consignment; where none is named the one with the lowest door price.
    pub choices: Vec<Choice>,
    /// Network address of the buyer, by whose measure unpaid holds are counted together (an IPv6 address by its first 64 bits);
    /// none for a caller who is known by an API key and answers for what is held.
    pub from: Option<String>,
}

/// The service for one consignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Who sends.
    pub organisation: Id<Organisation>,
    /// From where.
    pub warehouse: Id<Warehouse>,
    /// Code of the service.
    pub service: String,
}

/// A quote.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// Its id.
    pub id: Id<Quote>,
    /// The cart it was made for.
    pub cart: Id<Cart>,
    /// How it is.
    pub state: QuoteState,
    /// Until when it can be placed (not at this moment any more).
    pub expires_at: Moment,
    /// How long the order may stay unpaid, in minutes: less when little is left of something.
    pub pay_minutes: i64,
    /// What the buyer will pay: the sum of all lines.
    pub total: Money,
    /// What was frozen.
    pub frozen: Frozen,
}

impl Tag for Quote {
    const PREFIX: &'static str = "quo";
}

impl Quote {
    /// Sums of all lines. Errors: overflow.
    pub fn sums(&self) -> Result<Sums> {
        self.frozen.sums(self.total.currency)
    }
}

/// What a quote freezes. Stored as JSON: field names are a promise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frozen {
    /// Tag of the language.
    pub language: String,
    /// Where everything goes.
    pub address: Address,
    /// Rates that prices were converted with.
    pub exchange: Vec<Exchange>,
    /// Consignments with their lines, services, landed costs and terms.
    pub consignments: Vec<PlaceConsignment>,
}

impl Frozen {
    fn sums(&self, currency: Currency) -> Result<Sums> {
        let lines = self.consignments.iter().flat_map(|one| &one.lines);
        lines.into_iter().try_fold(Sums::zero(currency), |sum, line| sum.plus(line.sums))
    }
}

/// How a quote is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuoteState {
    /// Can be placed until it expires.
    Open,
    /// Has become an order.
    Placed,
    /// Its time is over, its stock is free.
    Expired,
    /// Another quote, or a change of the cart, came after it; its stock is free.
    Replaced,
}

impl QuoteState {
    /// Every state.
    pub const ALL: [QuoteState; 4] = [QuoteState::Open, QuoteState::Placed, QuoteState::Expired, QuoteState::Replaced];

    /// Stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            QuoteState::Open => "open",
            QuoteState::Placed => "placed",
            QuoteState::Expired => "expired",
            QuoteState::Replaced => "replaced",
        }
    }

    /// The state with this stored name.
    pub fn named(name: &str) -> Option<QuoteState> {
        QuoteState::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// Prices the cart for an address, freezes the result and holds its stock for [`QUOTE_MINUTES`], or for less (see
/// [`crate::claim`]): when little is left, and when the cart has held stock already, whose end stays. A quote that was open for
/// the cart is dropped. The cart's destination and currency follow.
/// Errors: `amount_too_large`, `hold_limit` (conflict: too much unpaid from one address or of one person, a field per variant), `cart_unknown`, `cart_ordered`, `cart_empty`, wrong address fields, `not_sold_there` (conflict), `not_sendable` (conflict, a field per offer),
/// `unknown_service` (invalid), `out_of_stock` (conflict), `cart_changed` (conflict: asked twice at once).
pub fn quote(tx: &mut Tx, world: &World, ask: &AskQuote) -> Result<Quote> {
    let priced = price(tx, world, ask)?;
    hold(tx, &priced, ask.from.as_deref())
}

/// So often a cart that changes while it is priced is priced anew.
const ROUNDS: usize = 3;

/// [`quote`] for a server. Where there is one writer, the cart is read and priced beside it, and what is written then holds that it
/// has not changed meanwhile; PostgreSQL has many, and takes less time for one transaction than for two. Errors: those of [`quote`].
pub async fn quote_beside(store: &Store, actor: Actor, world: &Arc<World>, ask: AskQuote) -> Result<Quote> {
    let (from, ask) = (ask.from.clone(), Arc::new(ask));
    if store.engine() == Engine::Postgres {
        let world = world.clone();
        return store.write_as(actor, move |tx| quote(tx, &world, &ask)).await;
    }
    for _ in 0..ROUNDS {
        let (world, ask, from) = (world.clone(), ask.clone(), from.clone());
        let priced = store.read_as(actor, move |db| price(db, &world, &ask)).await?;
        match store.write_as(actor, move |tx| hold(tx, &priced, from.as_deref())).await {
            Err(error) if error.code == changed().code => {}
            told => return told,
        }
    }
    Err(changed())
}

/// A cart with what it comes to, frozen; nothing is held yet.
pub(crate) struct Priced {
    cart: Cart,
    destination: Country,
    total: Money,
    frozen: Frozen,
    /// `frozen` as it is stored.
    body: String,
}

pub(crate) fn price(db: &mut Read, world: &World, ask: &AskQuote) -> Result<Priced> {
    ahead(db, &ask.cart)?;
    parties::sold_to_ahead(db)?;
    let cart = find_open(db, &ask.cart)?;
    let address = parties::address_format::validate(&ask.address)?;
    let destination: Country = address.country.parse()?;
    parties::sold_to(db, destination)?;
    let currency = ask.currency.unwrap_or(cart.currency);
    let lines = lines(db, cart.id)?;
    if lines.is_empty() {
        return Err(Error::invalid("cart_empty", "There is nothing in the cart."));
    }
    let ids: Vec<_> = lines.iter().map(|line| line.offer).collect();
    let facts = offers::facts(db, &ids)?;
    let door_lines: Vec<Line> =
        facts.iter().zip(&lines).map(|(facts, line)| Line { facts, quantity: line.quantity }).collect();
    let door_ask = Ask { destination, region: &address.region, currency, service: None };
    let priced = door::consignments(world, &door_lines, &door_ask);
    sendable(&facts, &priced)?;
    let titles = titles(db, cart.id)?;
    let consignments = freeze(db, world, &titles, &facts, &door_lines, &priced, &ask.choices)?;
    let exchange = exchange(world, &facts, currency);
    let frozen = Frozen { language: cart.language.clone(), address, exchange, consignments };
    let total = frozen.sums(currency)?.total()?.within_reason("total")?;
    let body = serde_json::to_string(&frozen).map_err(Error::internal)?;
    Ok(Priced { cart, destination, total, frozen, body })
}

/// Everything in the cart is on sale and can be sent. Errors: `not_sendable`, a field per offer.
pub(crate) fn sendable(facts: &[OfferFacts], priced: &[ConsignmentPrice]) -> Result<()> {
    let mut error = Error::conflict("not_sendable", "Something in the cart cannot be sent there; take it out first.");
    let off_sale = facts.iter().filter(|facts| !facts.on_sale);
    error.fields.extend(off_sale.map(|facts| Field {
        name: facts.offer.to_string(),
        code: "not_on_sale",
        message: format!("{} is not on sale any more.", facts.title),
    }));
    for unsold in priced.iter().flat_map(|consignment| &consignment.unsold) {
        let reasons: Vec<String> = unsold.unsold.reasons.iter().map(door::Why::english).collect();
        let name = facts[unsold.line].offer.to_string();
        error.fields.push(Field { name, code: "not_sold_there", message: reasons.join(" ") });
    }
    if error.fields.is_empty() { Ok(()) } else { Err(error) }
}

/// The rates that were used, one for each currency of an offer.
pub(crate) fn exchange(world: &World, facts: &[OfferFacts], to: Currency) -> Vec<Exchange> {
    let mut from: Vec<Currency> = facts.iter().map(|facts| facts.price.currency).filter(|from| *from != to).collect();
    from.sort_unstable();
    from.dedup();
    let rate = |from: Currency| {
        let rate = customs::Rates::rate(world, from, to)?;
        let date = world.published(from, to).unwrap_or(world.date).to_string();
        Some(Exchange { from: from.code().into(), to: to.code().into(), rate: rate.to_string(), date })
    };
    from.into_iter().filter_map(rate).collect()
}

/// Holds what was priced, unless the cart has changed since.
pub(crate) fn hold(tx: &mut Tx, priced: &Priced, from: Option<&str>) -> Result<Quote> {
    let Priced { cart, destination, total, frozen, body } = priced;
    let (id, now) = (tx.id::<Quote>(), tx.now());
    // The row lock on the cart comes first: of two questions at once, one wins and the other is told.
    let (old, region) = (cart.quote.map_or(0, Id::raw), &frozen.address.region);
    if tx.run(TAKE_CART, params![cart.id, old, id, destination, region, total.currency, cart.revision])? == 0 {
        return Err(changed());
    }
    if let Some(old) = cart.quote {
        drop_quote(tx, old)?;
    }
    let taken = stock::take(tx, &wants(frozen))?;
    let window = claim::window(cart, &taken, now);
    let Window { until: expires_at, pay_minutes, .. } = window;
    if let Some(from) = from {
        claim::claim(tx, cart, from, &taken, &window)?;
    }
    stock::keep(tx, &taken, id.raw(), Some(expires_at))?;
    tx.send(HELD, params![cart.id, window.from, expires_at])?;
    tx.send(INSERT, params![id, cart.id, expires_at, total.minor, total.currency, body, now, pay_minutes])?;
    let frozen = frozen.clone();
    Ok(Quote { id, cart: cart.id, state: QuoteState::Open, expires_at, pay_minutes, total: *total, frozen })
}

fn wants(frozen: &Frozen) -> Vec<Want> {
    let lines = frozen.consignments.iter().flat_map(|one| one.lines.iter().map(|line| (one.warehouse, line)));
    lines.map(|(warehouse, line)| Want { warehouse, variant: line.variant, quantity: line.quantity }).collect()
}

/// The quote, whatever its state. Errors: `quote_unknown`; `quote_expired` (gone) when it is old enough to be forgotten.
pub fn quoted(db: &mut Read, id: Id<Quote>) -> Result<Quote> {
    if let Some(row) = db.maybe(SELECT, params![id])? {
        return quote_from(&row);
    }
    // Nothing of it is left but the time in its id.
    let forgotten = store::moment_of(id.raw()).plus_days(QUOTE_DAYS) <= db.now();
    Err(if forgotten { expired() } else { unknown() })
}

pub(crate) fn expired() -> Error {
    Error::gone("quote_expired", "The quote is over; ask for a new one.")
}

pub(crate) fn unknown() -> Error {
    Error::not_found("quote_unknown", "There is no such quote.")
}

pub(crate) fn quote_from(row: &Row) -> Result<Quote> {
    let id: Id<Quote> = row.get(0)?;
    let state: String = row.get(2)?;
    let body: String = row.get(6)?;
    Ok(Quote {
        id,
        cart: row.get(1)?,
        state: QuoteState::named(&state).ok_or_else(|| Error::internal(format!("unknown quote state {state}")))?,
        expires_at: row.get(3)?,
        total: Money::new(row.get(4)?, row.get(5)?),
        pay_minutes: row.get(7)?,
        frozen: serde_json::from_str(&body)
            .map_err(|error| Error::internal(format!("quote {id} cannot be read: {error}")))?,
    })
}

/// Ends an open quote and frees its stock. Any other is left alone.
pub(crate) fn drop_quote(tx: &mut Tx, id: Id<Quote>) -> Result<()> {
    if tx.run(REPLACE, params![id])? == 1 {
        stock::release(tx, id.raw())?;
    }
    Ok(())
}

const TAKE_CART: &str = "UPDATE cart SET quote = $3, destination = $4, region = $5, currency = $6
    WHERE id = $1 AND state = 'open' AND quote = $2 AND revision = $7";
const HELD: &str = "UPDATE cart SET held_from = $2, held_until = $3 WHERE id = $1";
const INSERT: &str =
    "INSERT INTO checkout_quote (id, cart, state, expires_at, total, currency, body, created_at, pay_minutes)
    VALUES ($1, $2, 'open', $3, $4, $5, $6, $7, $8)";
pub(crate) const SELECT: &str =
    "SELECT id, cart, state, expires_at, total, currency, body, pay_minutes FROM checkout_quote WHERE id = $1";
const REPLACE: &str = "UPDATE checkout_quote SET state = 'replaced' WHERE id = $1 AND state = 'open'";
