//! Placing: a quoted cart becomes an order, once; double clicks, retries and races find the same order.

use crate::cart::{Cart, CartState, Reach, changed, find, hash};
use crate::claim;
use crate::opening;
use crate::quote::{Quote, QuoteState, SELECT, expired, quote_from, quoted, unknown};
use base::{Actor, Error, Id, Money, Result};
use orders::{Order, Say, Source};
use payments::{Intent, Open};
use std::sync::Arc;
use store::{Engine, Read, Store, Tx, params};

/// A wish to buy what was quoted.
#[derive(Clone, Debug)]
pub struct Place {
    /// The cart.
    pub cart: Reach,
    /// The quote the buyer saw; none: the one that is open.
    pub quote: Option<Id<Quote>>,
    /// Where news go.
    pub email: String,
    /// Name of the payment provider.
    pub provider: String,
    /// What `Provider::tokenise` made of the buyer's input.
    pub method: String,
    /// What the buyer says to the shop's fields.
    pub said: Vec<Say>,
}

/// What placing gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The order.
    pub order: Id<Order>,
    /// Its number.
    pub number: String,
    /// The payment to be made now; its last attempt, if placed before.
    pub intent: Id<Intent>,
    /// What the buyer pays: what was quoted.
    pub total: Money,
    /// Opens the order to a guest. The same every time, and none for a cart reached without its token.
    pub access: Option<String>,
    /// It had been placed before; nothing was changed.
    pub again: bool,
}

/// Turns the quote into an order: its stock holds become the order's, a payment intent is opened. Keyed by the cart: placing it
/// again gives the same order, whatever the quote has become since.
/// Errors: `opening_soon`, `payments_missing`, `carrier_missing` (conflict), `cart_unknown`, `cart_changed` (conflict), `quote_missing` (conflict), `quote_expired` (gone), `quote_replaced` (conflict), `email_format`,
/// what is wrong with what was said to the shop's fields.
pub fn place(tx: &mut Tx, place: &Place) -> Result<Placed> {
    place_for(tx, place).map(|(placed, _)| placed)
}

/// [`place`], with the payment to be made as it is.
fn place_for(tx: &mut Tx, place: &Place) -> Result<(Placed, Intent)> {
    let cart = find(tx, &place.cart)?;
    turn(tx, place, &cart, None)
}

/// [`place`] for a server. Where there is one writer, cart and quote are read beside it, and what is written then holds that the cart
/// has not changed meanwhile; if it has, they are read again. Gives the payment to be made, too, as it is.
/// Errors: those of [`place`].
pub async fn place_beside(store: &Store, actor: Actor, wish: Place) -> Result<(Placed, Intent)> {
    let wish = Arc::new(wish);
    if store.engine() == Engine::Postgres {
        return store.write_as(actor, move |tx| place_for(tx, &wish)).await;
    }
    let asked = wish.clone();
    let read = move |db: &mut Read| {
        let cart = find(db, &asked.cart)?;
        let id = asked.quote.or(cart.quote).filter(|_| cart.state == CartState::Open);
        let row = id.map(|id| db.maybe(SELECT, params![id])).transpose()?.flatten();
        Ok((cart, row.as_ref().map(quote_from).transpose()?))
    };
    let (cart, known) = store.read_as(actor, read).await?;
    let write = move |tx: &mut Tx| match turn(tx, &wish, &cart, known.as_ref()) {
        Err(error) if error.code == changed().code => place_for(tx, &wish),
        told => told,
    };
    store.write_as(actor, write).await
}

/// The cart that was read becomes an order; by the quote that was read, whose content never changes, if there is one.
pub(crate) fn turn(tx: &mut Tx, place: &Place, cart: &Cart, known: Option<&Quote>) -> Result<(Placed, Intent)> {
    let secret = order_secret(tx, &place.cart);
    if cart.state == CartState::Ordered {
        return placed_before(tx, cart, &secret, &place.cart);
    }
    let source = opening::admit(tx, cart.id, &place.provider)?;
    let email = email(&place.email)?;
    orders::fields_ahead(tx)?;
    // The cart's row lock comes first, here as in `quote`: of two at once, the second finds the order of the first.
    if tx.run(ORDERED, params![cart.id, cart.revision])? == 0 {
        return placed_before(tx, cart, &secret, &place.cart);
    }
    let id = place
        .quote
        .or(cart.quote)
        .ok_or_else(|| Error::conflict("quote_missing", "Ask for a quote first: prices and stock are not held."))?;
    let now = tx.now();
    let quote = match known {
        Some(known) if tx.run(PLACE_KNOWN, params![id, cart.id, now])? == 1 => Some(known.clone()),
        Some(_) => None,
        None => tx.maybe(PLACE_QUOTE, params![id, cart.id, now])?.as_ref().map(quote_from).transpose()?,
    };
    let Some(quote) = quote else { return Err(over(&quoted(tx, id)?, cart)) };
    write(tx, place, cart, quote, (source, email), &secret)
}

fn write(
    tx: &mut Tx,
    place: &Place,
    cart: &Cart,
    quote: Quote,
    (source, email): (Source, String),
    secret: &str,
) -> Result<(Placed, Intent)> {
    opening::may_send(tx, source, quote.frozen.consignments.iter().map(|one| one.service.as_str()))?;
    let (id, pay_until) = (quote.id, tx.now().plus_minutes(quote.pay_minutes));
    let placed = orders::place(tx, &order(cart, quote, place, (source, email), secret))?;
    if placed.again {
        return Err(Error::internal(format!("{} was placed with two quotes", cart.id)));
    }
    stock::confirm(tx, id.raw(), placed.order.raw())?;
    claim::until_paid(tx, cart.id, pay_until)?;
    let open = Open {
        subject: placed.order.raw(),
        due: 0,
        amount: placed.total,
        provider: place.provider.clone(),
        method: place.method.clone(),
        key: format!("order:{}", placed.order),
    };
    let intent = payments::open(tx, &open)?;
    let placed = Placed {
        order: placed.order,
        number: placed.number,
        intent: intent.id,
        total: placed.total,
        access: access(placed.order, secret, &place.cart),
        again: false,
    };
    Ok((placed, intent))
}

/// The order's secret follows from the cart's, so that a second click is given the same link without it being stored.
fn order_secret(tx: &Tx, reach: &Reach) -> String {
    match reach {
        Reach::Token(token) => hash(&format!("order of {token}"))[..40].to_owned(),
        Reach::Person(_) => tx.key(),
    }
}

fn access(order: Id<Order>, secret: &str, reach: &Reach) -> Option<String> {
    matches!(reach, Reach::Token(_)).then(|| orders::access_token(order, secret))
}

fn email(text: &str) -> Result<String> {
    let text = text.trim();
    let fits = text.len() <= 254
        && !text.contains(char::is_whitespace)
        && text
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.ends_with('.'));
    if fits {
        return Ok(text.to_owned());
    }
    Err(Error::field("email", "email_format", "An e-mail address looks like name@example.com."))
}

fn order(cart: &Cart, quote: Quote, place: &Place, (source, email): (Source, String), secret: &str) -> orders::Place {
    let frozen = quote.frozen;
    orders::Place {
        source,
        quote: Some(quote.id.raw()),
        provider: place.provider.clone(),
        buyer: cart.person,
        email,
        secret: secret.to_owned(),
        language: frozen.language,
        address: frozen.address,
        currency: quote.total.currency,
        exchange: frozen.exchange,
        consignments: frozen.consignments,
        said: place.said.clone(),
        pay_minutes: quote.pay_minutes,
    }
}

fn placed_before(db: &mut Read, cart: &Cart, secret: &str, reach: &Reach) -> Result<(Placed, Intent)> {
    let known = match orders::by_source(db, Source::cart(cart.id.raw()))? {
        None => orders::by_source(db, Source::test(cart.id.raw()))?,
        known => known,
    };
    let order = known.ok_or_else(|| match cart.state {
        CartState::Ordered => Error::internal(format!("{} is ordered without an order", cart.id)),
        _ => changed(),
    })?;
    let mut intents = payments::by_subject(db, order.id.raw())?;
    let last = intents.pop().ok_or_else(|| Error::internal(format!("{} has no payment", order.id)))?;
    let placed = Placed {
        order: order.id,
        number: order.number.clone(),
        intent: last.id,
        total: order.sums.total()?,
        access: access(order.id, secret, reach),
        again: true,
    };
    Ok((placed, last))
}

/// Why a quote cannot be placed any more.
fn over(quote: &Quote, cart: &Cart) -> Error {
    match quote.state {
        _ if quote.cart != cart.id => unknown(),
        QuoteState::Replaced | QuoteState::Placed => {
            Error::conflict("quote_replaced", "The cart has changed since it was quoted; look at the new price.")
        }
        QuoteState::Open | QuoteState::Expired => expired(),
    }
}

const PLACE_QUOTE: &str = "UPDATE checkout_quote SET state = 'placed'
    WHERE id = $1 AND cart = $2 AND state = 'open' AND expires_at > $3
    RETURNING id, cart, state, expires_at, total, currency, body, pay_minutes";
const PLACE_KNOWN: &str = "UPDATE checkout_quote SET state = 'placed'
    WHERE id = $1 AND cart = $2 AND state = 'open' AND expires_at > $3";
const ORDERED: &str = "UPDATE cart SET state = 'ordered' WHERE id = $1 AND state = 'open' AND revision = $2";
