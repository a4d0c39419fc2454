//! A flash sale: many buyers, few pieces, all at once.

use super::fixture::*;
use checkout::*;
use std::sync::{Barrier, Mutex};

#[test]
fn a_thousand_buyers_for_a_hundred_pieces_buy_exactly_a_hundred() {
    each(|shop| {
        shop.count(shop.lamp, 100);
        let (sold, refused) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
        std::thread::scope(|scope| {
            for _ in 0..16 {
                scope.spawn(|| {
                    for _ in 0..63 {
                        match buy(shop) {
                            Ok(placed) => sold.lock().unwrap().push(placed.order),
                            Err(error) => refused.lock().unwrap().push(error.code),
                        }
                    }
                });
            }
        });
        let (sold, refused) = (sold.into_inner().unwrap(), refused.into_inner().unwrap());
        assert_eq!(sold.len(), 100);
        assert_eq!(refused.len(), 16 * 63 - 100);
        assert!(refused.iter().all(|code| *code == "out_of_stock"), "{refused:?}");
        assert_eq!(shop.stock(shop.lamp), (0, 100));
        assert_eq!(count(shop, "SELECT COUNT(*) FROM order_head"), 100);
    });
}

#[test]
fn four_hundred_at_the_same_moment_for_a_hundred_pieces_buy_exactly_a_hundred() {
    each(|shop| {
        shop.count(shop.lamp, 100);
        // Everyone has filled a cart and waits for the sale to begin; whoever was quoted pays, or comes back for the answer.
        let begin = Barrier::new(400);
        let buyer = || {
            let cart = shop.cart(vec![line(shop.lamp, 1)]);
            begin.wait();
            let quote = shop.try_quote(&cart)?;
            let placed = shop.try_place(&cart, Some(quote.id), "sandbox:ok")?;
            assert!(matches!(shop.pay_intent(placed.intent), payments::Outcome::Captured { .. }));
            let again = shop.try_place(&cart, Some(quote.id), "sandbox:ok")?;
            assert_eq!((again.order, again.again), (placed.order, true));
            Ok(placed)
        };
        let outcomes: Vec<base::Result<Placed>> = std::thread::scope(|scope| {
            let buyers: Vec<_> = (0..400).map(|_| scope.spawn(buyer)).collect();
            buyers.into_iter().map(|buyer| buyer.join().unwrap()).collect()
        });
        let (sold, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
        assert_eq!((sold.len(), refused.len()), (100, 300));
        assert!(refused.iter().all(|refused| refused.as_ref().unwrap_err().code == "out_of_stock"), "{refused:?}");
        assert_eq!(shop.stock(shop.lamp), (0, 100));
        assert_eq!(count(shop, "SELECT COUNT(*) FROM order_head WHERE payment = 'paid'"), 100);
        let taken: i64 = sold.iter().map(|placed| placed.as_ref().unwrap().total.minor).sum();
        assert_eq!(shop.balance(ledger::Account::escrow(EUR)), taken, "the money of a hundred orders and no more");
    });
}

fn buy(shop: &Shop) -> base::Result<Placed> {
    let cart = shop.cart(vec![line(shop.lamp, 1)]);
    let quote = shop.try_quote(&cart)?;
    let command = shop.place_command(&cart, Some(quote.id), "sandbox:ok");
    shop.as_guest(move |tx| place(tx, &command))
}
