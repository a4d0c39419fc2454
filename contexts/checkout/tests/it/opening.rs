//! A shop that is taken for real: what it needs before it opens, who may order before, and what it refuses when something is gone.

use super::fixture::*;
use base::{Actor, Country, Error, Result, Role};
use checkout::*;
use orders::{Order, Payment};
use parties::Shop as Facts;

fn real(test: impl Fn(&Shop)) {
    each(|shop| {
        shop.store.clock().take_for_real();
        test(shop);
    });
}

fn admin(shop: &Shop) -> Actor {
    Actor::Person { person: 77, organisation: shop.house.organisation.raw(), role: Role::Admin }
}

/// A server to which everything is connected, and that sells where euros are paid with.
fn connected() -> Connected {
    let destinations = vec!["DE".parse::<Country>().unwrap()];
    Connected { payments: true, shipping: true, mail: true, destinations }
}

fn say_who_we_are(shop: &Shop) {
    shop.write(|tx| {
        let known = parties::shop(tx)?.unwrap();
        let legal = "Harbour Ltd\nul. Piotrkowska 143, Łódź".to_owned();
        parties::set_shop(tx, &Facts { email: "help@harbour.example".into(), legal, ..known })
    });
}

/// Rates of the day, as if they had just been published.
fn rates_of_today(shop: &Shop) {
    shop.write(|tx| {
        let date = tx.now().date();
        let fresh = |row: offers::RateRow| offers::RateRow { date, ..row };
        let rows: Vec<_> = offers::rate_rows(tx, date)?.into_iter().map(fresh).collect();
        offers::put_rates(tx, &rows)
    });
}

fn try_open(shop: &Shop, with: Connected) -> Result<()> {
    shop.try_write(admin(shop), move |tx| open(tx, &with))
}

fn missing(shop: &Shop, with: Connected) -> Vec<Need> {
    shop.try_read(admin(shop), move |db| opening(db, &with)).unwrap().missing
}

fn order_as(shop: &Shop, actor: Actor, provider: &str) -> Result<Placed> {
    let cart = shop.cart(vec![line(shop.lamp, 1)]);
    let quote = shop.quote(&cart);
    let command = Place { provider: provider.into(), ..shop.place_command(&cart, Some(quote.id), "sandbox:ok") };
    shop.try_write(actor, move |tx| place(tx, &command))
}

fn order_of(shop: &Shop, placed: &Placed) -> Order {
    shop.whole(placed.order).order
}

/// The operator's own order, paid by the sandbox and called off again.
fn try_out(shop: &Shop) -> Placed {
    let placed = order_as(shop, admin(shop), "sandbox").unwrap();
    shop.pay_intent(placed.intent);
    shop.call_off(placed.order);
    placed
}

fn code<T: std::fmt::Debug>(outcome: Result<T>) -> &'static str {
    let Error { code, .. } = outcome.unwrap_err();
    code
}

#[test]
fn nobody_buys_before_the_shop_is_open() {
    real(|shop| {
        assert_eq!(code(order_as(shop, Actor::Guest, "stripe")), "opening_soon");
        let seller = Actor::Person { person: 5, organisation: shop.loom.organisation.raw(), role: Role::SellerOwner };
        assert_eq!(code(order_as(shop, seller, "stripe")), "opening_soon");
        assert_eq!(count(shop, "SELECT COUNT(*) FROM order_head"), 0);
        assert_eq!(count(shop, "SELECT COUNT(*) FROM payment_intent"), 0);
        let ask = |actor| shop.try_read(actor, |db| selling(db, "stripe")).unwrap();
        assert_eq!((ask(Actor::Guest), ask(admin(shop))), (Selling::Soon, Selling::Test));
    });
}

#[test]
fn a_shop_opens_when_nothing_is_missing() {
    real(|shop| {
        assert_eq!(
            missing(shop, Connected { destinations: connected().destinations, ..Connected::default() }),
            Need::ALL
        );
        say_who_we_are(shop);
        rates_of_today(shop);
        assert_eq!(missing(shop, connected()), [Need::TestOrder]);
        assert_eq!(code(try_open(shop, connected())), "not_ready");
        let placed = order_as(shop, admin(shop), "sandbox").unwrap();
        assert!(order_of(shop, &placed).is_test());
        shop.pay_intent(placed.intent);
        assert_eq!(code(try_open(shop, connected())), "not_ready", "its money has not gone back");
        shop.call_off(placed.order);
        let order = order_of(shop, &placed);
        assert_eq!((order.payment, order.captured), (Payment::Refunded, order.refunded));
        let without = |with| code(try_open(shop, with));
        assert_eq!(without(Connected { payments: false, ..connected() }), "not_ready");
        assert_eq!(without(Connected { shipping: false, ..connected() }), "not_ready");
        assert_eq!(without(Connected { mail: false, ..connected() }), "not_ready");
        assert!(!shop.read(parties::is_open));
        try_open(shop, connected()).unwrap();
        try_open(shop, connected()).unwrap();
        assert!(shop.read(parties::is_open));
        assert!(missing(shop, connected()).is_empty());
    });
}

#[test]
fn only_admins_open_and_close() {
    real(|shop| {
        assert_eq!(code(shop.as_operator(|tx| open(tx, &connected()))), "denied");
        assert_eq!(code(shop.as_loom(|tx| open(tx, &connected()))), "denied");
        assert_eq!(code(shop.as_operator(close)), "denied");
        assert_eq!(code(shop.as_guest(close)), "unauthenticated");
        assert_eq!(code(shop.try_read(Actor::Guest, |db| opening(db, &connected()))), "unauthenticated");
    });
}

#[test]
fn an_open_shop_sells_what_it_is_paid_for_and_can_send() {
    real(|shop| {
        shop.write(|tx| parties::set_open(tx, true));
        assert_eq!(code(order_as(shop, Actor::Guest, "sandbox")), "payments_missing", "the sandbox takes nothing");
        assert_eq!(code(order_as(shop, admin(shop), "sandbox")), "payments_missing", "nor of its own people");
        assert_eq!(code(order_as(shop, Actor::Guest, "stripe")), "carrier_missing", "the built-in carrier plays one");
        shop.try_write(admin(shop), close).unwrap();
        assert_eq!(code(order_as(shop, Actor::Guest, "stripe")), "opening_soon");
    });
}

#[test]
fn the_sandbox_pays_no_order_but_a_test() {
    each(|shop| {
        let placed = shop.placed_with("sandbox:decline", &[(shop.lamp, 1)]);
        shop.pay_intent(placed.intent);
        shop.store.clock().take_for_real();
        let again = shop.retry_of(placed.order, "sandbox:ok", "second");
        assert_eq!(code(shop.as_guest(move |tx| retry(tx, &again))), "payments_missing");
        let test = order_as(shop, admin(shop), "sandbox").unwrap();
        let again = shop.retry_of(test.order, "sandbox:ok", "second");
        shop.try_write(admin(shop), move |tx| retry(tx, &again)).unwrap();
    });
}

#[test]
fn a_test_order_leaves_nothing_in_the_books() {
    real(|shop| {
        let (placed, again) = (try_out(shop), try_out(shop));
        assert_ne!(placed.order, again.order);
        shop.pass(9);
        let told = wait(payments::Provider::settlements(&shop.sandbox, "")).unwrap();
        assert_eq!(told, [], "the sandbox pays nothing to a real bank");
        let left = "SELECT COUNT(*) FROM ledger_account WHERE code LIKE 'provider%' AND balance <> 0";
        assert_eq!(count(shop, left), 0);
        assert_eq!(shop.stock(shop.lamp).1, 0, "and holds no goods");
    });
}

#[test]
fn no_number_is_invented_for_a_parcel_that_travels() {
    each(|shop| {
        let order = shop.paid(&[(shop.lamp, 1)]);
        shop.store.clock().take_for_real();
        let consignment = shop.whole(order).consignments[0].id;
        let packed = shop.as_operator(move |tx| orders::pack(tx, consignment));
        assert_eq!(code(packed), "carrier_missing");
        assert_eq!(count(shop, "SELECT COUNT(*) FROM logistics_parcel"), 0);
    });
}

#[test]
fn a_test_that_is_placed_while_the_shop_opens_is_placed_before_or_not_at_all() {
    real(|shop| {
        say_who_we_are(shop);
        rates_of_today(shop);
        try_out(shop);
        let cart = shop.cart(vec![line(shop.lamp, 1)]);
        let quote = shop.quote(&cart);
        let command = shop.place_command(&cart, Some(quote.id), "sandbox:ok");
        let (opened, placed) = std::thread::scope(|scope| {
            let opened = scope.spawn(|| try_open(shop, connected()));
            let placed = scope.spawn(|| shop.try_write(admin(shop), move |tx| place(tx, &command)));
            (opened.join().unwrap(), placed.join().unwrap())
        });
        assert!(opened.is_ok() != placed.is_ok(), "{opened:?} {placed:?}");
        assert_eq!(shop.read(parties::is_open), opened.is_ok());
    });
}
