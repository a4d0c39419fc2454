//! The cart: offers and quantities, wherever they are to be sent and in whatever currency they are looked at.

use base::{Actor, Country, Currency, Error, Id, Language, Moment, Result, Tag};
use offers::Offer;
use parties::Person;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use store::{Read, Row, Tx, params};

use crate::quote::{Quote, drop_quote};

/// Different offers in a cart at most.
pub const LINES_MAX: usize = 200;
/// Pieces of one offer at most.
pub const QUANTITY_MAX: i64 = 9_999;

/// A cart's head.
#[derive(Clone, Debug, PartialEq)]
pub struct Cart {
    /// Its id.
    pub id: Id<Cart>,
    /// Whose it is; none for a visitor.
    pub person: Option<Id<Person>>,
    /// Where it would go; can change at any time.
    pub destination: Country,
    /// State or province where the law differs (`SP`, `ON`); may be empty.
    pub region: String,
    /// What prices are shown in; can change at any time.
    pub currency: Currency,
    /// Tag of the language its lines will be named in.
    pub language: String,
    /// How it is.
    pub state: CartState,
    /// The quote that is open for it.
    pub quote: Option<Id<Quote>>,
    /// Since when it holds, or last held, stock,
    pub held_from: Moment,
    /// and until when: a new quote does not move it.
    pub held_until: Moment,
    /// Counts what was changed in it: what was read of it still holds while this does.
    pub(crate) revision: i64,
}

impl Tag for Cart {
    const PREFIX: &'static str = "crt";
}

/// How a cart is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CartState {
    /// Can be changed.
    Open,
    /// Has become an order: see `orders::by_cart`.
    Ordered,
    /// Its lines went into another cart of the same person.
    Merged,
}

impl CartState {
    /// Stable name, as stored.
    pub fn name(self) -> &'static str {
        match self {
            CartState::Open => "open",
            CartState::Ordered => "ordered",
            CartState::Merged => "merged",
        }
    }

    /// The state with this stored name.
    pub fn named(name: &str) -> Option<CartState> {
        [CartState::Open, CartState::Ordered, CartState::Merged].into_iter().find(|state| state.name() == name)
    }
}

/// How many of which offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CartLine {
    /// The offer.
    pub offer: Id<Offer>,
    /// Pieces, above zero.
    pub quantity: i64,
}

/// What shows that a cart is one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The token given when it was created. A cart that belongs to a person opens to that person only.
    Token(String),
    /// The open cart of a signed-in person, on any device.
    Person(Id<Person>),
}

/// A cart to be made.
#[derive(Clone, Debug)]
pub struct NewCart {
    /// Where it would go.
    pub destination: Country,
    /// State or province, or empty.
    pub region: String,
    /// What prices are shown in.
    pub currency: Currency,
    /// What its lines will be named in.
    pub language: Language,
    /// What is in it from the start; may be empty.
    pub lines: Vec<CartLine>,
}

/// What creating gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Created {
    /// The cart.
    pub cart: Cart,
    /// What is in it.
    pub lines: Vec<CartLine>,
    /// For the cookie or the API's client; shown never again.
    pub token: String,
}

pub(crate) fn hash(secret: &str) -> String {
    base::hex::digits(&Sha256::digest(secret.as_bytes()))
}

/// Makes a cart, of the signed-in person if there is one. Errors: those of [`put_line`].
pub fn create(tx: &mut Tx, new: &NewCart) -> Result<Created> {
    let (id, secret, now) = (tx.id::<Cart>(), tx.key(), tx.now());
    let person = tx.actor().person().unwrap_or_default();
    tx.send(
        INSERT_CART,
        params![id, hash(&secret), person, new.destination, new.region, new.currency, new.language.tag(), now],
    )?;
    if new.lines.len() > LINES_MAX {
        return Err(too_many());
    }
    let at = |index: usize, put: Result<()>| put.map_err(|error| error.at(&format!("lines[{index}]")));
    // What is named twice is one line.
    let mut lines: Vec<CartLine> = Vec::with_capacity(new.lines.len());
    for (index, line) in new.lines.iter().enumerate() {
        at(index, check_quantity("quantity", line.quantity))?;
        match lines.iter_mut().find(|known| known.offer == line.offer) {
            Some(known) => known.quantity = (known.quantity + line.quantity).min(QUANTITY_MAX),
            None => lines.push(*line),
        }
    }
    let row = |(index, line): (usize, &CartLine)| params![id, line.offer, line.quantity, index as i64].to_vec();
    let rows: Vec<_> = lines.iter().enumerate().map(row).collect();
    let mut written = BTreeSet::new();
    for row in tx.query_rows(FILL, &rows)? {
        written.insert(row.get::<Id<Offer>>(0)?);
    }
    for (index, line) in new.lines.iter().enumerate() {
        at(index, known(written.contains(&line.offer).into()))?;
    }
    let cart = Cart {
        id,
        person: (person != 0).then(|| Id::from_raw(person)),
        destination: new.destination,
        region: new.region.clone(),
        currency: new.currency,
        language: new.language.tag().to_owned(),
        state: CartState::Open,
        quote: None,
        held_from: Moment(0),
        held_until: Moment(0),
        revision: 0,
    };
    Ok(Created { cart, lines, token: format!("{id}.{secret}") })
}

fn too_many() -> Error {
    Error::invalid("too_many_lines", format!("A cart takes {LINES_MAX} different offers; order the rest apart."))
}

fn check_quantity(field: &str, quantity: i64) -> Result<()> {
    if (1..=QUANTITY_MAX).contains(&quantity) {
        return Ok(());
    }
    Err(Error::field(field, "out_of_range", format!("Write a quantity from 1 to {QUANTITY_MAX}.")))
}

/// A line is written only together with its offer. Errors: `unknown_offer`.
fn known(rows: u64) -> Result<()> {
    match rows {
        0 => Err(Error::field("offer", "unknown_offer", "There is no such offer.")),
        _ => Ok(()),
    }
}

/// The cart that `reach` opens. Errors: `cart_unknown`, whatever is wrong, so that nobody learns which carts exist.
pub fn find(db: &mut Read, reach: &Reach) -> Result<Cart> {
    let actor = db.actor();
    match reach {
        Reach::Token(token) => {
            let (id, secret) = token.split_once('.').ok_or_else(unknown)?;
            let id: Id<Cart> = id.parse().map_err(|_| unknown())?;
            let row = db.maybe(SELECT, params![id])?.ok_or_else(unknown)?;
            let cart = cart_from(&row)?;
            if row.get::<String>(11)? != hash(secret) {
                return Err(unknown());
            }
            own(actor, cart.person)?;
            Ok(cart)
        }
        Reach::Person(person) => {
            own(actor, Some(*person))?;
            let row = db.maybe(SELECT_OF_PERSON, params![person])?.ok_or_else(unknown)?;
            cart_from(&row)
        }
    }
}

fn own(actor: Actor, person: Option<Id<Person>>) -> Result<()> {
    match person {
        None => Ok(()),
        Some(_) if actor == Actor::System => Ok(()),
        Some(person) if actor.person() == Some(person.raw()) => Ok(()),
        Some(_) => Err(unknown()),
    }
}

pub(crate) fn unknown() -> Error {
    Error::not_found("cart_unknown", "There is no such cart.")
}

/// The cart, if it can still be changed. Errors: `cart_unknown`, `cart_ordered` (conflict).
pub(crate) fn find_open(db: &mut Read, reach: &Reach) -> Result<Cart> {
    let cart = find(db, reach)?;
    match cart.state {
        CartState::Open => Ok(cart),
        CartState::Ordered => Err(Error::conflict("cart_ordered", "This cart has become an order; begin another.")),
        CartState::Merged => Err(unknown()),
    }
}

/// Says that what is in the cart and how that is called will be asked soon, by [`lines`] and [`titles`]; before [`find`], so that all
/// three travel together.
pub(crate) fn ahead(db: &mut Read, reach: &Reach) -> Result<()> {
    let Reach::Token(token) = reach else { return Ok(()) };
    let id = token.split_once('.').and_then(|(id, _)| id.parse::<Id<Cart>>().ok());
    let Some(id) = id else { return Ok(()) };
    db.ahead(LINES, params![id])?;
    db.ahead(TITLES, params![id])
}

/// Titles as readers of the cart's language are shown them, by raw id of the product; none where that is the product's own.
pub(crate) fn titles(db: &mut Read, cart: Id<Cart>) -> Result<BTreeMap<i64, String>> {
    let mut texts: BTreeMap<i64, Texts> = BTreeMap::new();
    for row in db.query(TITLES, params![cart])? {
        let (own, wanted): (String, String) = (row.get(1)?, row.get(2)?);
        let of = texts.entry(row.get(0)?).or_insert_with(|| Texts { own, wanted, titles: BTreeMap::new() });
        of.titles.insert(row.get(3)?, row.get(4)?);
    }
    Ok(texts.into_iter().filter_map(|(product, of)| Some((product, of.title()?))).collect())
}

/// What a product is called besides in its own language.
struct Texts {
    own: String,
    wanted: String,
    titles: BTreeMap<String, String>,
}

impl Texts {
    fn title(mut self) -> Option<String> {
        let shown = catalog::shown(&self.own, self.titles.keys().map(String::as_str), &self.wanted).to_owned();
        self.titles.remove(&shown)
    }
}

/// What is in it, in the order it was put there.
pub fn lines(db: &mut Read, cart: Id<Cart>) -> Result<Vec<CartLine>> {
    let rows = db.query(LINES, params![cart])?;
    rows.iter().map(|row| Ok(CartLine { offer: row.get(0)?, quantity: row.get(1)? })).collect()
}

/// How many pieces are in it: for the badge on every page.
pub fn pieces(db: &mut Read, reach: &Reach) -> Result<i64> {
    let cart = find(db, reach)?;
    if cart.state != CartState::Open {
        return Ok(0);
    }
    db.one(PIECES, params![cart.id])?.get(0)
}

/// Puts so many pieces of an offer into the cart; 0 takes it out. An open quote is dropped, its stock is free again.
/// Errors: `cart_unknown`, `cart_ordered`, `unknown_offer`, `out_of_range`, `too_many_lines`.
pub fn put_line(tx: &mut Tx, reach: &Reach, offer: Id<Offer>, quantity: i64) -> Result<Cart> {
    let cart = change(tx, reach)?;
    if quantity == 0 {
        tx.send(REMOVE_LINE, params![cart.id, offer])?;
    } else {
        check_quantity("quantity", quantity)?;
        let now = tx.now();
        known(tx.run(PUT_LINE, params![cart.id, offer, quantity, now])?)?;
        room(tx, cart.id)?;
    }
    without_quote(tx, cart)
}

/// Adds pieces to what is in the cart already. Errors: as [`put_line`].
pub fn add_line(tx: &mut Tx, reach: &Reach, offer: Id<Offer>, quantity: i64) -> Result<Cart> {
    let cart = change(tx, reach)?;
    check_quantity("quantity", quantity)?;
    let now = tx.now();
    known(tx.run(ADD_LINE, params![cart.id, offer, quantity, now, QUANTITY_MAX])?)?;
    room(tx, cart.id)?;
    without_quote(tx, cart)
}

/// The cart, about to be changed: whoever has read it meanwhile finds that out, and nobody orders it at the same time.
/// Errors: those of [`find_open`]; `cart_changed` (conflict).
fn change(tx: &mut Tx, reach: &Reach) -> Result<Cart> {
    let cart = find_open(tx, reach)?;
    if tx.run(TOUCH, params![cart.id])? == 1 { Ok(cart) } else { Err(changed()) }
}

/// Somebody was faster.
pub(crate) fn changed() -> Error {
    Error::conflict("cart_changed", "The cart has just changed; look again.")
}

fn room(db: &mut Read, cart: Id<Cart>) -> Result<()> {
    let lines: i64 = db.one(COUNT, params![cart])?.get(0)?;
    if lines > LINES_MAX as i64 { Err(too_many()) } else { Ok(()) }
}

pub(crate) fn without_quote(tx: &mut Tx, mut cart: Cart) -> Result<Cart> {
    if let Some(quote) = cart.quote.take() {
        drop_quote(tx, quote)?;
        tx.send(FORGET_QUOTE, params![cart.id, quote])?;
    }
    Ok(cart)
}

/// At sign-in the visitor's cart becomes the person's: what was in the person's own open cart is added to it, so that the
/// browser's token stays good. Without a visitor's cart nothing happens. Gives the person's cart.
/// Errors: `cart_unknown` (another person's cart).
pub fn merge(tx: &mut Tx, guest: &Reach, person: Id<Person>) -> Result<Cart> {
    own(tx.actor(), Some(person))?;
    let cart = find_open(tx, guest)?;
    let mut cart = without_quote(tx, cart)?;
    let older = tx.maybe(SELECT_OF_PERSON, params![person])?.as_ref().map(cart_from).transpose()?;
    if let Some(older) = older.filter(|older| older.id != cart.id) {
        let older = without_quote(tx, older)?;
        tx.send(MERGE_LINES, params![cart.id, older.id, QUANTITY_MAX])?;
        tx.send(MERGED, params![older.id])?;
        trim(tx, cart.id)?;
    }
    tx.send(GIVE, params![cart.id, person])?;
    cart.person = Some(person);
    Ok(cart)
}

/// Two full carts do not fit into one: what was put there last stays out.
fn trim(tx: &mut Tx, cart: Id<Cart>) -> Result<()> {
    for line in lines(tx, cart)?.into_iter().skip(LINES_MAX) {
        tx.send(REMOVE_LINE, params![cart, line.offer])?;
    }
    Ok(())
}

// What `cart_from` reads, in its order; more may follow.
macro_rules! select {
    ($from:literal) => {
        concat!(
            "SELECT id, person, destination, region, currency, language, state, quote, held_from, held_until, revision ",
            $from
        )
    };
}

pub(crate) fn cart_from(row: &Row) -> Result<Cart> {
    let (person, quote): (i64, i64) = (row.get(1)?, row.get(7)?);
    let state: String = row.get(6)?;
    Ok(Cart {
        id: row.get(0)?,
        person: (person != 0).then(|| Id::from_raw(person)),
        destination: row.get(2)?,
        region: row.get(3)?,
        currency: row.get(4)?,
        language: row.get(5)?,
        state: CartState::named(&state).ok_or_else(|| Error::internal(format!("unknown cart state {state}")))?,
        quote: (quote != 0).then(|| Id::from_raw(quote)),
        held_from: row.get(8)?,
        held_until: row.get(9)?,
        revision: row.get(10)?,
    })
}

/// When the cart was begun.
pub fn created_at(db: &mut Read, cart: Id<Cart>) -> Result<Moment> {
    db.one(CREATED_AT, params![cart])?.get(0)
}

const INSERT_CART: &str =
    "INSERT INTO cart (id, secret_hash, person, destination, region, currency, language, state, quote,
    held_from, held_until, revision, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', 0, 0, 0, 0, $8)";
const SELECT: &str = select!(", secret_hash FROM cart WHERE id = $1");
const SELECT_OF_PERSON: &str =
    select!("FROM cart WHERE person = $1 AND person <> 0 AND state = 'open' ORDER BY id DESC LIMIT 1");
const LINES: &str = "SELECT offer, quantity FROM cart_line WHERE cart = $1 ORDER BY added, offer";
const TITLES: &str =
    "SELECT t.product, p.language, c.language, t.language, t.title FROM cart c JOIN cart_line l ON l.cart = c.id
    JOIN offer o ON o.id = l.offer JOIN catalog_product p ON p.id = o.product JOIN catalog_text t ON t.product = p.id
    WHERE c.id = $1 AND t.title <> ''";
const PIECES: &str = "SELECT CAST(COALESCE(SUM(quantity), 0) AS BIGINT) FROM cart_line WHERE cart = $1";
const COUNT: &str = "SELECT COUNT(*) FROM cart_line WHERE cart = $1";
const FILL: &str = "INSERT INTO cart_line (cart, offer, quantity, added)
    SELECT given.column1, offer.id, given.column3, given.column4
    FROM (VALUES (CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS BIGINT))) AS given
    JOIN offer ON offer.id = given.column2 RETURNING offer";
const ADD_LINE: &str = "INSERT INTO cart_line (cart, offer, quantity, added)
    SELECT CAST($1 AS BIGINT), id, CAST($3 AS BIGINT), CAST($4 AS BIGINT) FROM offer WHERE id = $2
    ON CONFLICT (cart, offer) DO UPDATE SET quantity =
    CASE WHEN cart_line.quantity + excluded.quantity > $5 THEN $5 ELSE cart_line.quantity + excluded.quantity END";
const PUT_LINE: &str = "INSERT INTO cart_line (cart, offer, quantity, added)
    SELECT CAST($1 AS BIGINT), id, CAST($3 AS BIGINT), CAST($4 AS BIGINT) FROM offer WHERE id = $2
    ON CONFLICT (cart, offer) DO UPDATE SET quantity = excluded.quantity";
const REMOVE_LINE: &str = "DELETE FROM cart_line WHERE cart = $1 AND offer = $2";
const FORGET_QUOTE: &str = "UPDATE cart SET quote = 0 WHERE id = $1 AND quote = $2";
const MERGE_LINES: &str = "INSERT INTO cart_line (cart, offer, quantity, added)
    SELECT CAST($1 AS BIGINT), offer, quantity, added FROM cart_line WHERE cart = $2
    ON CONFLICT (cart, offer) DO UPDATE SET quantity =
    CASE WHEN cart_line.quantity + excluded.quantity > $3 THEN $3 ELSE cart_line.quantity + excluded.quantity END";
const MERGED: &str = "UPDATE cart SET state = 'merged' WHERE id = $1";
const GIVE: &str = "UPDATE cart SET person = $2, revision = revision + 1 WHERE id = $1";
const TOUCH: &str = "UPDATE cart SET revision = revision + 1 WHERE id = $1 AND state = 'open'";
const CREATED_AT: &str = "SELECT created_at FROM cart WHERE id = $1";
