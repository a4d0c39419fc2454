//! Reading and pricing beside the writer: what was read still holds when it is written, or it is read again. These two look between
//! the halves; everything over the public face is in `tests/it`.

use crate::place::turn;
use crate::quote::{hold, price};
use crate::*;
use base::{Actor, Currency, Kind, Language};
use offers::Offer;
use shop_world::{Shop, berlin, wait};

fn each(test: impl Fn(&Shop)) {
    store::testing::each(shop_world::SCHEMAS, |store| test(&shop_world::shop(store)));
}

/// A guest's cart with one lamp. The shop's own carts are of the crate that it was built with, not of the one under test.
fn a_lamp(shop: &Shop) -> Reach {
    let new = NewCart {
        destination: "DE".parse().unwrap(),
        region: String::new(),
        currency: Currency::EUR,
        language: Language::english(),
        lines: vec![CartLine { offer: shop.lamp.offer, quantity: 1 }],
    };
    Reach::Token(shop.as_guest(move |tx| create(tx, &new)).unwrap().token)
}

fn put(shop: &Shop, cart: &Reach, offer: base::Id<Offer>, quantity: i64) {
    let cart = cart.clone();
    shop.as_guest(move |tx| put_line(tx, &cart, offer, quantity).map(drop)).unwrap();
}

fn quoted_now(shop: &Shop, cart: &Reach) -> Quote {
    let (world, asked) = (shop.world.clone(), ask(cart));
    shop.as_guest(move |tx| quote(tx, &world, &asked)).unwrap()
}

fn wish(cart: &Reach, quote: &Quote) -> Place {
    Place {
        cart: cart.clone(),
        quote: Some(quote.id),
        email: "jana@example.com".into(),
        provider: payments::sandbox::NAME.into(),
        method: "sandbox:ok".into(),
        said: Vec::new(),
    }
}

fn ask(cart: &Reach) -> AskQuote {
    AskQuote { cart: cart.clone(), address: berlin(), currency: None, choices: Vec::new(), from: None }
}

/// Prices a cart, lets `meanwhile` happen, and then holds what was priced.
fn held_after(shop: &Shop, cart: &Reach, meanwhile: impl FnOnce()) -> base::Result<Quote> {
    let (world, asked) = (shop.world.clone(), ask(cart));
    let priced = shop.try_read(Actor::Guest, move |db| price(db, &world, &asked)).unwrap();
    meanwhile();
    shop.as_guest(move |tx| hold(tx, &priced, None))
}

#[test]
fn a_cart_that_changed_after_it_was_priced_is_not_held_by_the_old_price() {
    each(|shop| {
        let cart = a_lamp(shop);
        let before = shop.stock(shop.lamp);
        let error = held_after(shop, &cart, || put(shop, &cart, shop.lamp.offer, 2)).unwrap_err();
        assert_eq!((error.kind, error.code), (Kind::Conflict, "cart_changed"));
        assert_eq!(shop.stock(shop.lamp), before, "nothing is held");
        // Quoted by somebody else meanwhile: theirs stays.
        let mut other = None;
        let error = held_after(shop, &cart, || other = Some(quoted_now(shop, &cart))).unwrap_err();
        assert_eq!(error.code, "cart_changed");
        assert_eq!(shop.stock(shop.lamp).1, before.1 + 2);
        let (world, asked) = (shop.world.clone(), ask(&cart));
        let quote = wait(quote_beside(&shop.store, Actor::Guest, &world, asked)).unwrap();
        assert_eq!(quote.total, other.unwrap().total, "what a server quotes is what one transaction quotes");
        assert_eq!(shop.stock(shop.lamp).1, before.1 + 2, "two pieces are held, once");
    });
}

#[test]
fn an_order_is_placed_once_by_what_was_read_before_and_not_by_what_changed() {
    each(|shop| {
        let cart = a_lamp(shop);
        let quote = quoted_now(shop, &cart);
        let wanted = wish(&cart, &quote);
        let (reach, old) = (cart.clone(), quote.clone());
        let read = shop.try_read(Actor::Guest, move |db| find(db, &reach)).unwrap();
        put(shop, &cart, shop.lamp.offer, 3);
        let (command, stale) = (wanted.clone(), read.clone());
        let write = move |tx: &mut store::Tx| turn(tx, &command, &stale, Some(&old));
        assert_eq!(shop.as_guest(write).unwrap_err().code, "cart_changed");
        assert_eq!(wait(place_beside(&shop.store, Actor::Guest, wanted)).unwrap_err().code, "quote_replaced");
        let quote = quoted_now(shop, &cart);
        let wanted = wish(&cart, &quote);
        let (placed, intent) = wait(place_beside(&shop.store, Actor::Guest, wanted.clone())).unwrap();
        assert_eq!((intent.id, intent.state, intent.amount), (placed.intent, payments::State::Created, quote.total));
        assert_eq!((placed.total, placed.again), (quote.total, false));
        let (again, _) = wait(place_beside(&shop.store, Actor::Guest, wanted)).unwrap();
        assert_eq!(again, Placed { again: true, ..placed.clone() });
        assert_eq!(shop.whole(placed.order).lines[0].quantity, 3);
    });
}
