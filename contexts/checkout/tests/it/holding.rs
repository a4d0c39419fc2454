//! Scarce things before money: what may be held unpaid, by whom, for how long.

use super::fixture::*;
use base::{Actor, Result};
use checkout::*;
use std::sync::Mutex;

/// A quote for a cart, asked for from an address.
fn quote_from(shop: &Shop, actor: Actor, cart: &Reach, from: &str) -> Result<Quote> {
    let (world, from) = (shop.world.clone(), Some(from.to_owned()));
    let ask = AskQuote { cart: cart.clone(), address: berlin(), currency: None, choices: Vec::new(), from };
    shop.try_write(actor, move |tx| quote(tx, &world, &ask))
}

/// A new visitor at an address wants so many lamps.
fn visitor(shop: &Shop, quantity: i64, from: &str) -> Result<(Reach, Quote)> {
    let cart = shop.cart(vec![line(shop.lamp, quantity)]);
    quote_from(shop, Actor::Guest, &cart, from).map(|quote| (cart, quote))
}

fn minutes(shop: &Shop, quote: &Quote) -> i64 {
    quote.expires_at.seconds_since(shop.store.clock().now()) / 60
}

fn pass(shop: &Shop, minutes: i64) {
    shop.store.clock().advance_seconds(minutes * 60);
    shop.write(|tx| {
        expire(tx, tx.now(), 100)?;
        claim::forget(tx, 100).map(drop)
    });
}

fn put(shop: &Shop, cart: &Reach, quantity: i64) {
    let (cart, offer) = (cart.clone(), shop.lamp.offer);
    shop.write(move |tx| put_line(tx, &cart, offer, quantity).map(drop));
}

#[test]
fn a_hoarder_takes_a_quarter_and_honest_buyers_buy_the_rest() {
    each(|shop| {
        shop.count(shop.lamp, 208);
        let refused = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..7 {
                scope.spawn(|| {
                    for quantity in [9, 9, 5, 5, 1, 1] {
                        if let Err(error) = visitor(shop, quantity, "203.0.113.7") {
                            refused.lock().unwrap().push(error);
                        }
                    }
                });
            }
        });
        let (free, held) = shop.stock(shop.lamp);
        assert!((1..=52).contains(&held), "{held} of 208 held");
        for error in refused.into_inner().unwrap() {
            assert_eq!((error.kind, error.code), (base::Kind::Conflict, "hold_limit"), "{error:?}");
            assert_eq!(error.fields[0].name, shop.lamp.variant.to_string());
        }
        for number in 0..10 {
            let (cart, quote) = visitor(shop, 4, &format!("198.51.100.{number}")).unwrap();
            let placed = shop.try_place(&cart, Some(quote.id), "sandbox:ok").unwrap();
            assert!(matches!(shop.pay_intent(placed.intent), payments::Outcome::Captured { .. }));
        }
        assert_eq!(shop.stock(shop.lamp).0, free - 40);
    });
}

#[test]
fn whoever_pays_may_go_on_and_whoever_does_not_may_not() {
    each(|shop| {
        shop.count(shop.lamp, 40);
        for _ in 0..6 {
            // Five people behind one address, one after the other: what is paid is not counted.
            let (cart, quote) = visitor(shop, 5, "203.0.113.7").unwrap();
            let placed = shop.try_place(&cart, Some(quote.id), "sandbox:ok").unwrap();
            assert!(matches!(shop.pay_intent(placed.intent), payments::Outcome::Captured { .. }));
        }
        shop.count(shop.lamp, 70);
        let (cart, quote) = visitor(shop, 10, "203.0.113.7").unwrap();
        let unpaid = shop.try_place(&cart, Some(quote.id), "sandbox:decline").unwrap();
        shop.pay_intent(unpaid.intent);
        assert_eq!(visitor(shop, 1, "203.0.113.7").unwrap_err().code, "hold_limit", "an unpaid order is a hold");
        assert!(visitor(shop, 1, "203.0.113.8").is_ok());
        assert!(wait(lapse(&shop.store, &shop.providers(), unpaid.order)).unwrap());
        assert_eq!(visitor(shop, 1, "203.0.113.7").unwrap_err().code, "hold_limit", "others go first");
        pass(shop, 60);
        assert!(visitor(shop, 1, "203.0.113.7").is_ok());
    });
}

#[test]
fn the_last_piece_can_be_bought_and_of_two_one_stays_free() {
    each(|shop| {
        shop.count(shop.lamp, 2);
        assert_eq!(visitor(shop, 2, "203.0.113.7").unwrap_err().code, "hold_limit");
        assert_eq!(shop.stock(shop.lamp), (2, 0), "a refusal holds nothing");
        let (first, quote) = visitor(shop, 1, "203.0.113.7").unwrap();
        assert_eq!(minutes(shop, &quote), SCARCE_MINUTES);
        assert_eq!(visitor(shop, 1, "203.0.113.7").unwrap_err().code, "hold_limit");
        let (last, quote) = visitor(shop, 1, "198.51.100.1").unwrap();
        for (cart, quote) in [(first, None), (last, Some(quote.id))] {
            let placed = shop.try_place(&cart, quote, "sandbox:ok").unwrap();
            assert!(matches!(shop.pay_intent(placed.intent), payments::Outcome::Captured { .. }));
        }
        assert_eq!(shop.stock(shop.lamp).0, 0);
    });
}

#[test]
fn neither_a_new_quote_nor_a_changed_cart_renews_the_time() {
    each(|shop| {
        let cart = shop.cart(vec![line(shop.lamp, 3)]);
        let first = quote_from(shop, Actor::Guest, &cart, "203.0.113.7").unwrap();
        assert_eq!(minutes(shop, &first), QUOTE_MINUTES);
        pass(shop, 20);
        let second = quote_from(shop, Actor::Guest, &cart, "203.0.113.7").unwrap();
        assert_eq!(second.expires_at, first.expires_at);
        put(shop, &cart, 0);
        put(shop, &cart, 2);
        let third = quote_from(shop, Actor::Guest, &cart, "203.0.113.7").unwrap();
        assert_eq!(third.expires_at, first.expires_at);
        // Scarce things bring the end nearer, and it does not move away again.
        shop.count(shop.lamp, 10);
        pass(shop, 1);
        put(shop, &cart, 3);
        pass(shop, 1);
        assert_eq!(quote_from(shop, Actor::Guest, &cart, "203.0.113.7").unwrap().expires_at, first.expires_at);
        pass(shop, 8);
        assert_eq!(shop.stock(shop.lamp), (10, 0), "it is over");
        let again = quote_from(shop, Actor::Guest, &cart, "203.0.113.7").unwrap_err();
        assert_eq!(again.code, "hold_limit", "three held and not paid, three more wanted, of ten");
        put(shop, &cart, 2);
        let anew = quote_from(shop, Actor::Guest, &cart, "203.0.113.7").unwrap();
        assert_eq!(minutes(shop, &anew), SCARCE_MINUTES, "then it begins anew");
    });
}

#[test]
fn an_order_of_scarce_things_is_paid_soon_or_lapses() {
    each(|shop| {
        shop.count(shop.lamp, 4);
        let (cart, quote) = visitor(shop, 2, "203.0.113.7").unwrap();
        let placed = shop.try_place(&cart, Some(quote.id), "sandbox:decline").unwrap();
        let many = shop.placed_with("sandbox:decline", &[(shop.shirt, 1)]);
        let due = |after: i64| -> Vec<i64> {
            let at = shop.store.clock().now().plus_seconds(after);
            let due = "SELECT subject FROM job WHERE kind = 'order.unpaid' AND run_at <= $1 ORDER BY subject";
            let rows = shop.read(move |db| db.raw(due, store::params![at]));
            rows.iter().map(|row| row.get(0).unwrap()).collect()
        };
        assert!(due(SCARCE_MINUTES * 60 - 1).is_empty());
        assert_eq!(due(SCARCE_MINUTES * 60), [placed.order.raw()]);
        assert_eq!(due(QUOTE_MINUTES * 60), [placed.order.raw(), many.order.raw()]);
    });
}

#[test]
fn a_person_is_counted_wherever_they_are_until_they_have_paid_once() {
    each(|shop| {
        shop.count(shop.lamp, 8);
        let jana = buyer(shop.buyer);
        let wish = |quantity: i64, from: &str| {
            let cart = shop.cart_of(jana, vec![line(shop.lamp, quantity)]);
            quote_from(shop, jana, &cart, from).map(|quote| (cart, quote))
        };
        let (cart, quote) = wish(4, "203.0.113.1").unwrap();
        assert_eq!(wish(1, "203.0.113.2").unwrap_err().code, "hold_limit", "another address, the same person");
        let command = shop.place_command(&cart, Some(quote.id), "sandbox:ok");
        let placed = shop.try_write(jana, move |tx| place(tx, &command)).unwrap();
        shop.pay_intent(placed.intent);
        assert!(wish(4, "203.0.113.2").is_ok(), "a customer takes what is left");
    });
}

#[test]
fn whoever_answers_by_a_key_is_not_counted() {
    each(|shop| {
        shop.count(shop.lamp, 8);
        for _ in 0..2 {
            shop.quote(&shop.cart(vec![line(shop.lamp, 4)]));
        }
        assert_eq!(shop.stock(shop.lamp), (0, 8));
        assert_eq!(count(shop, "SELECT COUNT(*) FROM checkout_claim"), 0);
    });
}

#[test]
fn claims_are_forgotten() {
    each(|shop| {
        visitor(shop, 1, "203.0.113.7").unwrap();
        let left = |shop: &Shop| count(shop, "SELECT COUNT(*) FROM checkout_claim");
        pass(shop, QUOTE_MINUTES + REST_MINUTES - 1);
        assert_eq!(left(shop), 1);
        pass(shop, 1);
        assert_eq!(left(shop), 0, "an address is kept for as long as it counts");
    });
}
