//! Reading and pricing beside the writer: what was read still holds when it is written, or it is read again.

use super::fixture::*;
use crate::place::turn;
use crate::quote::{hold, price};
use crate::*;
use base::{Actor, Kind};

fn ask(cart: &Reach) -> AskQuote {
    AskQuote { cart: cart.clone(), address: berlin(), currency: None, choices: Vec::new(), from: None }
}

/// Prices a cart, lets `meanwhile` happen, and then holds what was priced.
fn held_after(shop: &Shop, cart: &Reach, meanwhile: impl FnOnce()) -> base::Result<Quote> {
    let (world, asked) = (shop.world.clone(), ask(cart));
    let priced = shop.store.read_as_blocking(Actor::Guest, move |db| price(db, &world, &asked)).unwrap();
    meanwhile();
    shop.store.write_as_blocking(Actor::Guest, move |tx| hold(tx, &priced, None))
}

#[test]
fn a_cart_that_changed_after_it_was_priced_is_not_held_by_the_old_price() {
    each(|shop| {
        let cart = shop.cart(vec![line(shop.lamp, 1)]);
        let before = shop.stock(shop.lamp);
        let put = |quantity: i64| {
            let (cart, offer) = (cart.clone(), shop.lamp.offer);
            shop.store.write_as_blocking(Actor::Guest, move |tx| put_line(tx, &cart, offer, quantity)).unwrap();
        };
        let error = held_after(shop, &cart, || put(2)).unwrap_err();
        assert_eq!((error.kind, error.code), (Kind::Conflict, "cart_changed"));
        assert_eq!(shop.stock(shop.lamp), before, "nothing is held");
        // Quoted by somebody else meanwhile: theirs stays.
        let mut other = None;
        let error = held_after(shop, &cart, || other = Some(shop.quote(&cart))).unwrap_err();
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
        let cart = shop.cart(vec![line(shop.lamp, 1)]);
        let quote = shop.quote(&cart);
        let wish = shop.place_command(&cart, Some(quote.id), "sandbox:ok");
        let (reach, old) = (cart.clone(), quote.clone());
        let read = shop.store.read_as_blocking(Actor::Guest, move |db| find(db, &reach)).unwrap();
        let (changed, offer) = (cart.clone(), shop.lamp.offer);
        shop.store.write_as_blocking(Actor::Guest, move |tx| put_line(tx, &changed, offer, 3)).unwrap();
        let (command, stale) = (wish.clone(), read.clone());
        let write = move |tx: &mut store::Tx| turn(tx, &command, &stale, Some(&old));
        assert_eq!(shop.store.write_as_blocking(Actor::Guest, write).unwrap_err().code, "cart_changed");
        assert_eq!(wait(place_beside(&shop.store, Actor::Guest, wish)).unwrap_err().code, "quote_replaced");
        let quote = shop.quote(&cart);
        let wish = shop.place_command(&cart, Some(quote.id), "sandbox:ok");
        let (placed, intent) = wait(place_beside(&shop.store, Actor::Guest, wish.clone())).unwrap();
        assert_eq!((intent.id, intent.state, intent.amount), (placed.intent, payments::State::Created, quote.total));
        assert_eq!((placed.total, placed.again), (quote.total, false));
        let (again, _) = wait(place_beside(&shop.store, Actor::Guest, wish)).unwrap();
        assert_eq!(again, Placed { again: true, ..placed.clone() });
        assert_eq!(shop.whole(placed.order).lines[0].quantity, 3);
    });
}
