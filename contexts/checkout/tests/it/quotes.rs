//! Quotes: what they freeze, what they hold, how they end.

use super::fixture::*;
use base::{Currency, Money};
use checkout::*;
use offers::SetPrice;

#[test]
fn what_was_quoted_is_what_is_charged() {
    each(|shop| {
        let cart = shop.cart(vec![line(shop.lamp, 1), line(shop.mug, 2)]);
        let quote = shop.quote(&cart);
        let mug = &quote.frozen.consignments[1].lines[0];
        let rate: base::Rate = quote.frozen.exchange[0].rate.parse().unwrap();
        assert_eq!((quote.frozen.exchange[0].from.as_str(), quote.frozen.exchange[0].to.as_str()), ("USD", "EUR"));
        let unit = Money::new(1234, Currency::USD).convert(rate, EUR, base::Rounding::HalfUp).unwrap();
        assert_eq!(mug.unit_price, unit);

        // Prices, rates, terms and the day's rules all change between quote and order.
        shop.store.clock().advance_seconds(60);
        let (offers, agreement) = ([shop.lamp.offer, shop.mug.offer], shop.loom);
        shop.write(move |tx| {
            for offer in offers {
                offers::set_price(tx, &SetPrice { offer, price: Money::new(99_900, EUR), compare_at: None })?;
            }
            let dearer = terms::NewAgreement {
                commission_bp: 5000,
                ..terms::NewAgreement::of(agreement.organisation, terms::Mode::Marketplace, EUR)
            };
            terms::agree(tx, &dearer).map(|_| ())
        });
        double_rates(shop);
        let placed = shop.try_place(&cart, Some(quote.id), "sandbox:ok").unwrap();
        assert_eq!(placed.total, quote.total);
        shop.pay_intent(placed.intent);
        let whole = shop.whole(placed.order);
        assert_eq!(whole.order.captured, quote.total);
        assert_eq!(whole.order.exchange, quote.frozen.exchange);
        for (sold, frozen) in whole.consignments.iter().zip(&quote.frozen.consignments) {
            assert_eq!(sold.landed_cost().unwrap(), frozen.landed_cost().unwrap());
            assert_eq!(sold.arrives, frozen.arrives);
        }
        let sold = &whole.lines[1];
        assert_eq!((sold.unit_price, sold.sums), (mug.unit_price, mug.sums));
        assert_eq!((sold.commission, sold.commission_tax), (mug.commission, mug.commission_tax));
        assert_eq!(sold.terms.commission_bp, 800);
        // 8 % of the goods and the fixed 0.30 of the line; 19 % on both.
        let share = mug.sums.goods.at(base::Rate::basis_points(800), base::Rounding::HalfUp).unwrap().minor + 30;
        assert_eq!(sold.commission.minor, share);
        let other = shop.cart(vec![line(shop.lamp, 1), line(shop.mug, 2)]);
        assert!(shop.quote(&other).total.minor > 2 * quote.total.minor, "who asks now is told the new price");
    });
}

#[test]
fn a_quote_holds_stock_until_its_time_is_over() {
    each(|shop| {
        let cart = shop.cart(vec![line(shop.lamp, 3)]);
        let quote = shop.quote(&cart);
        assert_eq!(shop.stock(shop.lamp), (997, 3));
        assert_eq!(quote.expires_at, shop.store.clock().now().plus_minutes(30));
        shop.store.clock().set(quote.expires_at);
        let late = shop.try_place(&cart, Some(quote.id), "sandbox:ok").unwrap_err();
        assert_eq!((late.kind, late.code), (base::Kind::Gone, "quote_expired"));
        let ended = shop.store.write_blocking(|tx| {
            let now = tx.now();
            Ok((expire(tx, now, 10)?, expire(tx, now, 10)?))
        });
        assert_eq!(ended.unwrap(), (1, 0));
        assert_eq!(shop.stock(shop.lamp), (1000, 0));
        let late = shop.try_place(&cart, Some(quote.id), "sandbox:ok").unwrap_err();
        assert_eq!(late.code, "quote_expired");
        let id = quote.id;
        let state = shop.read(move |db| quoted(db, id)).state;
        assert_eq!(state, QuoteState::Expired);
        let fresh = shop.quote(&cart);
        shop.store.clock().set(base::Moment(fresh.expires_at.0 - 1));
        shop.try_place(&cart, Some(fresh.id), "sandbox:ok").unwrap();
        assert_eq!(shop.stock(shop.lamp), (997, 3), "the quote's hold is the order's");
    });
}

#[test]
fn a_placed_order_outlives_the_quotes_end() {
    each(|shop| {
        let placed = shop.placed_with("sandbox:ok", &[(shop.lamp, 3)]);
        shop.store.clock().advance_seconds(31 * 60);
        let ended = shop.store.write_blocking(|tx| {
            let now = tx.now();
            expire(tx, now, 10)
        });
        assert_eq!(ended.unwrap(), 0);
        assert_eq!(shop.stock(shop.lamp), (997, 3));
        assert_eq!(
            shop.pay_intent(placed.intent),
            payments::Outcome::Captured { reference: reference(shop, placed.intent), amount: placed.total }
        );
    });
}

fn reference(shop: &Shop, intent: base::Id<payments::Intent>) -> String {
    shop.read(move |db| payments::intent(db, intent)).reference
}

#[test]
fn a_new_quote_or_a_changed_cart_ends_the_old_one() {
    each(|shop| {
        let cart = shop.cart(vec![line(shop.lamp, 3)]);
        let first = shop.quote(&cart);
        let second = shop.quote(&cart);
        assert_eq!(shop.stock(shop.lamp), (997, 3), "held once");
        let stale = shop.try_place(&cart, Some(first.id), "sandbox:ok").unwrap_err();
        assert_eq!(stale.code, "quote_replaced");
        let (reach, offer) = (cart.clone(), shop.lamp.offer);
        shop.write(move |tx| put_line(tx, &reach, offer, 1));
        assert_eq!(shop.stock(shop.lamp), (1000, 0));
        let stale = shop.try_place(&cart, Some(second.id), "sandbox:ok").unwrap_err();
        assert_eq!(stale.code, "quote_replaced");
        assert_eq!(shop.try_place(&cart, None, "sandbox:ok").unwrap_err().code, "quote_missing");
        let third = shop.quote(&cart);
        let other = shop.cart(vec![line(shop.shirt, 1)]);
        let foreign = shop.try_place(&other, Some(third.id), "sandbox:ok").unwrap_err();
        assert_eq!(foreign.code, "quote_unknown", "another cart's quote");
        shop.try_place(&cart, None, "sandbox:ok").unwrap();
    });
}

#[test]
fn demand_for_one_stock_row_is_added_up_before_it_is_asked_for() {
    each(|shop| {
        // The seller offers the house's lamp too, out of the same shelf.
        let (loom, house, lamp) = (shop.loom, shop.house, shop.lamp);
        let theirs = shop.write(move |tx| {
            let put = offers::PutOffer {
                variant: lamp.variant,
                organisation: loom.organisation,
                agreement: loom.agreement,
                warehouse: house.warehouse,
                price: Money::new(3900, EUR),
                compare_at: None,
            };
            let on_hand = stock::Move {
                warehouse: house.warehouse,
                variant: lamp.variant,
                quantity: 5,
                key: "count".into(),
                reason: "count".into(),
            };
            stock::set_on_hand(tx, &on_hand)?;
            Ok(Thing { offer: offers::put_offer(tx, &put)?.0, ..lamp })
        });
        let cart = shop.cart(vec![line(shop.lamp, 3), line(theirs, 3)]);
        let (reach, world) = (cart.clone(), shop.world.clone());
        let seen = shop.read(move |db| view(db, &world, &reach));
        assert!(
            seen.consignments.iter().flat_map(|one| &one.lines).all(|line| line.short),
            "availability asks the same"
        );
        let refused = shop.try_quote(&cart).unwrap_err();
        assert_eq!((refused.code, refused.fields[0].name.clone()), ("out_of_stock", shop.lamp.variant.to_string()));
        assert_eq!(shop.stock(shop.lamp), (5, 0));
        let (reach, offer) = (cart.clone(), theirs.offer);
        shop.write(move |tx| put_line(tx, &reach, offer, 2));
        shop.quote(&cart);
        assert_eq!(shop.stock(shop.lamp), (0, 5));
        let placed = shop.try_place(&cart, None, "sandbox:ok").unwrap();
        assert_eq!(shop.whole(placed.order).consignments.len(), 2);
    });
}

#[test]
fn the_delivery_that_was_chosen_is_the_one_that_is_charged() {
    each(|shop| {
        let cart = shop.cart(vec![line(shop.shirt, 1)]);
        let (reach, world) = (cart.clone(), shop.world.clone());
        let seen = shop.read(move |db| view(db, &world, &reach));
        let options = &seen.consignments[0].options;
        assert!(options.len() >= 2, "{options:?}");
        let wanted = options.last().unwrap();
        let ask = |service: &str| AskQuote {
            cart: cart.clone(),
            address: berlin(),
            currency: None,
            from: None,
            choices: vec![Choice {
                organisation: shop.loom.organisation,
                warehouse: shop.loom.warehouse,
                service: service.into(),
            }],
        };
        let (world, chosen) = (shop.world.clone(), ask(&wanted.service.code));
        let quoted = shop.write(move |tx| quote(tx, &world, &chosen));
        assert_eq!(quoted.total, wanted.landed.total);
        assert!(quoted.total.minor > options[0].landed.total.minor);
        assert_eq!(quoted.frozen.consignments[0].service, wanted.service.code);
        let (world, unknown) = (shop.world.clone(), ask("pigeon"));
        let refused = shop.store.write_blocking(move |tx| quote(tx, &world, &unknown)).unwrap_err();
        assert_eq!(refused.fields[0].code, "unknown_service");
    });
}

#[test]
fn a_wrong_address_or_an_empty_cart_is_no_quote() {
    each(|shop| {
        let cart = shop.cart(vec![line(shop.shirt, 1)]);
        let wrong = base::Address { postcode: "1011".into(), ..berlin() };
        let refused = shop.quote_to(&cart, wrong, None).unwrap_err();
        assert_eq!((refused.fields[0].name.as_str(), refused.fields[0].code), ("postcode", "postcode_format"));
        assert_eq!(shop.try_quote(&shop.cart(vec![])).unwrap_err().code, "cart_empty");
    });
}

#[test]
fn what_nobody_comes_back_for_is_forgotten() {
    each(|shop| {
        let left = shop.cart(vec![line(shop.lamp, 1)]);
        let quote = shop.quote(&left);
        let bought = shop.placed_with("sandbox:ok", &[(shop.mug, 1)]);
        let forget = || shop.write(|tx| forget(tx, 10));
        shop.store.clock().advance_seconds(3600);
        shop.write(|tx| expire(tx, tx.now(), 10).map(drop));
        assert_eq!(forget(), 0, "not yet");
        shop.pass(8);
        assert_eq!(forget(), 1, "the quote");
        let over = shop.try_place(&left, Some(quote.id), "sandbox:ok").unwrap_err();
        assert_eq!((over.kind, over.code), (base::Kind::Gone, "quote_expired"), "it existed once");
        let never = base::Id::from_raw(store::first_id_at(shop.store.clock().now()));
        assert_eq!(shop.try_place(&left, Some(never), "sandbox:ok").unwrap_err().code, "quote_unknown");
        shop.pass(90);
        assert_eq!(forget(), 1, "the cart");
        assert_eq!(forget(), 0);
        let order = bought.order;
        assert_eq!(shop.read(move |db| orders::find(db, order)).id, order);
        assert_eq!(count(shop, "SELECT COUNT(*) FROM checkout_quote"), 1, "the bought one's stays");
    });
}
