//! Placing: once a cart, whoever asks and however often.

use super::fixture::*;
use base::Actor;
use checkout::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

#[test]
fn a_guest_buys_and_opens_the_order_by_its_token() {
    each(|shop| {
        let cart = shop.cart(vec![line(shop.lamp, 1), line(shop.shirt, 2)]);
        let quote = shop.quote(&cart);
        let placed = shop.try_place(&cart, Some(quote.id), "4242 4242 4242 4242").unwrap();
        assert!(!placed.again);
        assert_eq!(placed.total, quote.total);
        let whole = shop.whole(placed.order);
        assert_eq!((whole.order.buyer, whole.order.email.as_str()), (None, "jana@example.com"));
        assert_eq!((whole.lines.len(), whole.consignments.len()), (2, 2));
        assert_eq!(whole.order.sums.total().unwrap(), quote.total);
        let token = placed.access.clone().unwrap();
        let opened = shop.try_read(Actor::Guest, move |db| orders::by_access_token(db, &token)).unwrap();
        assert_eq!(opened.id, placed.order);
        let Reach::Token(cart_token) = &cart else { unreachable!() };
        let secret = cart_token.split_once('.').unwrap().1;
        assert!(!placed.access.unwrap().contains(secret), "the link gives the cart's secret away to nobody");
        let (reach, offer) = (cart.clone(), shop.lamp.offer);
        let over = shop.store.write_blocking(move |tx| put_line(tx, &reach, offer, 1)).unwrap_err();
        assert_eq!(over.code, "cart_ordered");
        assert_eq!(shop.try_quote(&cart).unwrap_err().code, "cart_ordered");
    });
}

#[test]
fn a_second_click_finds_the_same_order() {
    each(|shop| {
        let cart = shop.cart(vec![line(shop.lamp, 1)]);
        let quote = shop.quote(&cart);
        let first = shop.try_place(&cart, Some(quote.id), "sandbox:ok").unwrap();
        let second = shop.try_place(&cart, Some(quote.id), "sandbox:decline").unwrap();
        assert_eq!(second, Placed { again: true, ..first.clone() });
        shop.pass(1);
        assert_eq!(shop.try_place(&cart, None, "sandbox:ok").unwrap().order, first.order, "days later too");
        assert_eq!(shop.stock(shop.lamp).1, 1);
    });
}

#[test]
fn many_clicks_at_once_are_one_order() {
    each(|shop| {
        let cart = shop.cart(vec![line(shop.lamp, 1)]);
        let quote = shop.quote(&cart);
        let fresh = Arc::new(AtomicUsize::new(0));
        let orders: Vec<_> = std::thread::scope(|scope| {
            let clicks: Vec<_> = (0..24)
                .map(|_| {
                    let (command, fresh) = (shop.place_command(&cart, Some(quote.id), "sandbox:ok"), fresh.clone());
                    scope.spawn(move || {
                        let placed = shop.write(move |tx| place(tx, &command));
                        fresh.fetch_add(usize::from(!placed.again), Ordering::Relaxed);
                        (placed.order, placed.intent, placed.access)
                    })
                })
                .collect();
            clicks.into_iter().map(|click| click.join().unwrap()).collect()
        });
        assert!(orders.iter().all(|one| *one == orders[0]));
        assert_eq!(fresh.load(Ordering::Relaxed), 1);
        assert_eq!(shop.stock(shop.lamp), (999, 1));
        let intents = shop.read(move |db| payments::by_subject(db, orders[0].0.raw()));
        assert_eq!(intents.len(), 1);
    });
}

#[test]
fn a_quote_asked_for_while_the_order_is_placed_holds_nothing_in_the_end() {
    each(|shop| {
        for _ in 0..10 {
            let cart = shop.cart(vec![line(shop.mug, 1)]);
            let quote = shop.quote(&cart);
            std::thread::scope(|scope| {
                let placing = scope.spawn(|| shop.try_place(&cart, Some(quote.id), "sandbox:ok"));
                let quoting = scope.spawn(|| shop.try_quote(&cart));
                let (placed, quoted) = (placing.join().unwrap(), quoting.join().unwrap());
                let codes =
                    (placed.as_ref().err().map(|error| error.code), quoted.as_ref().err().map(|error| error.code));
                match codes {
                    (None, Some("cart_ordered" | "cart_changed")) | (Some("quote_replaced"), None) => {}
                    other => panic!("{other:?}"),
                }
            });
        }
        assert_eq!(shop.stock(shop.mug), (990, 10), "one piece a cart, by quote or by order");
    });
}

#[test]
fn a_signed_in_buyer_needs_no_token() {
    each(|shop| {
        let cart = shop.cart_of(buyer(shop.buyer), vec![line(shop.lamp, 1)]);
        let (person, world) = (Reach::Person(shop.buyer), shop.world.clone());
        let actor = buyer(shop.buyer);
        let ask = AskQuote { cart: person.clone(), address: berlin(), currency: None, choices: vec![], from: None };
        let quote = shop.try_write(actor, move |tx| quote(tx, &world, &ask)).unwrap();
        let command = shop.place_command(&person, Some(quote.id), "sandbox:ok");
        let placed = shop.try_write(actor, move |tx| place(tx, &command)).unwrap();
        assert_eq!(placed.access, None);
        assert_eq!(shop.whole(placed.order).order.buyer, Some(shop.buyer));
        let order = placed.order;
        assert!(shop.try_read(actor, move |db| orders::reach(db, order)).is_ok());
        assert!(shop.try_read(Actor::Guest, move |db| find(db, &cart)).is_err());
    });
}

#[test]
fn news_need_an_address() {
    each(|shop| {
        let cart = shop.cart(vec![line(shop.lamp, 1)]);
        shop.quote(&cart);
        for wrong in ["", "jana", "jana@", "@example.com", "jana@example", "jana@example.", "ja na@example.com"] {
            let command = Place { email: wrong.into(), ..shop.place_command(&cart, None, "sandbox:ok") };
            let refused = shop.store.write_blocking(move |tx| place(tx, &command)).unwrap_err();
            assert_eq!(refused.fields[0].code, "email_format", "{wrong}");
        }
        assert_eq!(shop.stock(shop.lamp).1, 1, "the quote still holds");
        shop.try_place(&cart, None, "sandbox:ok").unwrap();
    });
}
