//! Buying: a cart, a quote, an order, a payment, by the deeds of the checkout.

use crate::{Shop, Thing, wait};
use base::{Actor, Address, Currency, Id, Language, Result};
use checkout::{AskQuote, CartLine, NewCart, Place, Placed, Quote, Reach, Retry, Visit};
use orders::Order;
use payments::{Intent, Outcome, Provider};

/// What pays at once.
pub const GOOD_CARD: &str = "4242 4242 4242 4242";
/// A card that is declined.
pub const BAD_CARD: &str = "4000 0000 0000 0002";

/// Where buyers live.
pub fn berlin() -> Address {
    Address {
        country: "DE".into(),
        name: "Jana Köhler".into(),
        street: "Torstraße 90".into(),
        postcode: "10119".into(),
        city: "Berlin".into(),
        phone: "+49 30 1234567".into(),
        ..Address::default()
    }
}

/// A line of a cart.
pub fn line(thing: Thing, quantity: i64) -> CartLine {
    CartLine { offer: thing.offer, quantity }
}

/// Where a buyer goes to pay, and comes back to.
pub fn visit() -> Visit {
    Visit { label: "EN-1".into(), return_url: "https://shop.example/order".into() }
}

impl Shop {
    /// A guest's cart, to Berlin and in euro.
    pub fn cart(&self, lines: Vec<CartLine>) -> Reach {
        self.cart_of(Actor::Guest, lines)
    }

    /// Somebody's cart.
    pub fn cart_of(&self, actor: Actor, lines: Vec<CartLine>) -> Reach {
        let new = NewCart {
            destination: "DE".parse().unwrap(),
            region: String::new(),
            currency: Currency::EUR,
            language: Language::english(),
            lines,
        };
        Reach::Token(self.try_write(actor, move |tx| checkout::create(tx, &new)).unwrap().token)
    }

    /// What a cart costs at a door, if it can go there.
    pub fn quote_to(&self, cart: &Reach, address: Address, currency: Option<Currency>) -> Result<Quote> {
        let world = self.world.clone();
        let ask = AskQuote { cart: cart.clone(), address, currency, choices: Vec::new(), from: None };
        self.try_write(Actor::Guest, move |tx| checkout::quote(tx, &world, &ask))
    }

    /// The same to Berlin.
    pub fn try_quote(&self, cart: &Reach) -> Result<Quote> {
        self.quote_to(cart, berlin(), None)
    }

    /// What a cart costs in Berlin.
    pub fn quote(&self, cart: &Reach) -> Quote {
        self.try_quote(cart).unwrap()
    }

    /// The wish to buy what was quoted, with a card.
    pub fn place_command(&self, cart: &Reach, quote: Option<Id<Quote>>, card: &str) -> Place {
        Place {
            cart: cart.clone(),
            quote,
            email: " jana@example.com ".into(),
            provider: self.sandbox.name().into(),
            method: self.sandbox.tokenise(card).unwrap(),
            said: Vec::new(),
        }
    }

    /// A guest orders, if it can be done.
    pub fn try_place(&self, cart: &Reach, quote: Option<Id<Quote>>, card: &str) -> Result<Placed> {
        let command = self.place_command(cart, quote, card);
        self.try_write(Actor::Guest, move |tx| checkout::place(tx, &command))
    }

    /// A guest's order of these things, placed with this card and not paid.
    pub fn placed_with(&self, card: &str, things: &[(Thing, i64)]) -> Placed {
        let cart = self.cart(things.iter().map(|(thing, quantity)| line(*thing, *quantity)).collect());
        let quote = self.quote(&cart);
        self.try_place(&cart, Some(quote.id), card).unwrap()
    }

    /// The same with a good card.
    pub fn placed(&self, things: &[(Thing, i64)]) -> Placed {
        self.placed_with(GOOD_CARD, things)
    }

    /// A guest's order of these things, paid.
    pub fn paid(&self, things: &[(Thing, i64)]) -> Id<Order> {
        let placed = self.placed(things);
        self.pay_intent(placed.intent);
        placed.order
    }

    /// Asks the sandbox for the money of one attempt.
    pub fn pay_intent(&self, intent: Id<Intent>) -> Outcome {
        wait(checkout::pay(&self.store, &self.providers(), intent, &visit())).unwrap()
    }

    /// The wish to pay an order once more.
    pub fn retry_of(&self, order: Id<Order>, card: &str, key: &str) -> Retry {
        let method = self.sandbox.tokenise(card).unwrap();
        Retry { order, provider: self.sandbox.name().into(), method, key: key.into() }
    }

    /// A guest pays an order again, as the page and the API do.
    pub fn pay_again(&self, retry: &Retry) -> Result<Outcome> {
        wait(checkout::pay_again(&self.store, &self.providers(), Actor::Guest, retry, &visit()))
    }

    /// A guest pays what an order owes with a card.
    pub fn pay(&self, order: Id<Order>, card: &str) -> Result<Outcome> {
        let attempts = self.read(move |db| payments::by_subject(db, order.raw())).len();
        self.pay_again(&self.retry_of(order, card, &attempts.to_string()))
    }
}
