//! Carts: reached by their token, sent anywhere, merged at sign-in.

use super::fixture::*;
use base::{Actor, Currency, Money};
use checkout::*;
use shop_world::Side;

fn contents(shop: &Shop, cart: &Reach) -> Vec<(base::Id<offers::Offer>, i64)> {
    let cart = cart.clone();
    let read = move |db: &mut store::Read| {
        let found = find(db, &cart)?;
        lines(db, found.id)
    };
    shop.read(read).into_iter().map(|line| (line.offer, line.quantity)).collect()
}

#[test]
fn lines_are_put_added_and_taken_out() {
    each(|shop| {
        let cart = shop.cart(vec![line(shop.shirt, 2)]);
        let write = |deed: fn(&mut store::Tx, &Reach, base::Id<offers::Offer>, i64) -> base::Result<Cart>,
                     thing: Thing,
                     quantity| {
            let cart = cart.clone();
            shop.store.write_blocking(move |tx| deed(tx, &cart, thing.offer, quantity))
        };
        write(put_line, shop.lamp, 3).unwrap();
        write(add_line, shop.lamp, 2).unwrap();
        write(put_line, shop.shirt, 7).unwrap();
        assert_eq!(contents(shop, &cart), [(shop.shirt.offer, 7), (shop.lamp.offer, 5)]);
        write(put_line, shop.shirt, 0).unwrap();
        assert_eq!(contents(shop, &cart), [(shop.lamp.offer, 5)]);
        let reach = cart.clone();
        assert_eq!(shop.read(move |db| pieces(db, &reach)), 5);
        for wrong in [-1, QUANTITY_MAX + 1] {
            assert_eq!(write(put_line, shop.lamp, wrong).unwrap_err().fields[0].code, "out_of_range");
        }
        write(add_line, shop.lamp, QUANTITY_MAX).unwrap();
        assert_eq!(contents(shop, &cart), [(shop.lamp.offer, QUANTITY_MAX)], "as many as fit");
        let nothing = Thing { offer: base::Id::from_raw(7), ..shop.lamp };
        assert_eq!(write(put_line, nothing, 1).unwrap_err().fields[0].code, "unknown_offer");
    });
}

#[test]
fn another_buyers_cart_cannot_be_reached() {
    each(|shop| {
        let cart = shop.cart(vec![line(shop.shirt, 2)]);
        let Reach::Token(token) = &cart else { unreachable!() };
        let (id, secret) = token.split_once('.').unwrap();
        let other = shop.cart(vec![]);
        let Reach::Token(other) = &other else { unreachable!() };
        let other_secret = other.split_once('.').unwrap().1;
        assert_ne!(secret, other_secret);
        for wrong in
            [format!("{id}.{other_secret}"), id.to_owned(), format!("{id}."), format!("crt_1.{secret}"), String::new()]
        {
            let reach = Reach::Token(wrong);
            let offer = shop.lamp.offer;
            let refused = shop.as_guest(move |tx| put_line(tx, &reach, offer, 1));
            assert_eq!(refused.unwrap_err().code, "cart_unknown");
        }
        assert_eq!(contents(shop, &cart).len(), 1);

        let own = shop.cart_of(buyer(shop.buyer), vec![line(shop.lamp, 1)]);
        for (actor, may) in [(Actor::Guest, false), (buyer(base::Id::from_raw(99)), false), (buyer(shop.buyer), true)] {
            let (token, person) = (own.clone(), Reach::Person(shop.buyer));
            assert_eq!(shop.try_read(actor, move |db| find(db, &token)).is_ok(), may, "{actor:?}");
            assert_eq!(shop.try_read(actor, move |db| find(db, &person)).is_ok(), may, "{actor:?}");
        }
        let stored = shop.read(|db| db.raw("SELECT secret_hash FROM cart", &[]));
        assert!(stored.iter().all(|row| !token.ends_with(&row.get::<String>(0).unwrap())));
    });
}

#[test]
fn signing_in_merges_carts_and_keeps_the_browsers_token() {
    each(|shop| {
        let at_home = shop.cart_of(buyer(shop.buyer), vec![line(shop.lamp, 1), line(shop.shirt, 2)]);
        let here = shop.cart(vec![line(shop.shirt, 3), line(shop.mug, 1)]);
        let (guest, person) = (here.clone(), shop.buyer);
        let stranger = buyer(base::Id::from_raw(99));
        let denied = guest.clone();
        let denied = shop.try_write(stranger, move |tx| merge(tx, &denied, person));
        assert_eq!(denied.unwrap_err().code, "cart_unknown");
        shop.try_write(buyer(person), move |tx| merge(tx, &guest, person)).unwrap();
        let mut merged = contents(shop, &here);
        merged.sort();
        let mut expected = vec![(shop.lamp.offer, 1), (shop.shirt.offer, 5), (shop.mug.offer, 1)];
        expected.sort();
        assert_eq!(merged, expected);
        let (reach, offer) = (at_home.clone(), shop.lamp.offer);
        let gone = shop.try_write(buyer(person), move |tx| put_line(tx, &reach, offer, 9));
        assert_eq!(gone.unwrap_err().code, "cart_unknown", "its lines are here now");
        let again = here.clone();
        shop.try_write(buyer(person), move |tx| merge(tx, &again, person)).unwrap();
        assert_eq!(contents(shop, &here).len(), 3, "signing in twice doubles nothing");
        let phone = Reach::Person(person);
        let found = shop.try_read(buyer(person), move |db| find(db, &phone)).unwrap();
        let token = here.clone();
        assert_eq!(shop.try_read(buyer(person), move |db| find(db, &token)).unwrap(), found);
    });
}

fn send(shop: &Shop, cart: &Reach, destination: &str, currency: &str) -> Vec<Change> {
    let set = SetDestination {
        cart: cart.clone(),
        destination: destination.parse().unwrap(),
        region: String::new(),
        currency: Some(currency.parse().unwrap()),
        language: None,
    };
    let world = shop.world.clone();
    shop.write(move |tx| set_destination(tx, &world, &set)).1
}

fn seen(shop: &Shop, cart: &Reach) -> CartView {
    let (cart, world) = (cart.clone(), shop.world.clone());
    shop.read(move |db| view(db, &world, &cart))
}

#[test]
fn a_cart_is_never_locked_to_a_country_or_currency() {
    each(|shop| {
        let cart = shop.cart(vec![line(shop.lamp, 1), line(shop.shirt, 2), line(shop.mug, 1)]);
        let home = seen(shop, &cart);
        assert_eq!((home.consignments.len(), home.unsold.len(), home.pieces), (2, 0, 4));
        assert_eq!(home.total.currency, Currency::EUR);
        for (destination, currency) in
            [("JP", "JPY"), ("SA", "SAR"), ("US", "USD"), ("BR", "BRL"), ("GB", "GBP"), ("DE", "EUR")]
        {
            let changes = send(shop, &cart, destination, currency);
            assert_eq!(changes.len(), 3, "{destination}: every line has another price");
            let there = seen(shop, &cart);
            assert_eq!(there.total.currency.code(), currency);
            let sum = |index: usize| there.consignments[index].options[0].landed.total;
            assert_eq!(there.total, sum(0).plus(sum(1)).unwrap());
            for change in &changes {
                let line =
                    there.consignments.iter().flat_map(|one| &one.lines).find(|line| line.facts.offer == change.offer);
                assert_eq!(change.after, line.map(|line| line.share.total));
            }
        }
        assert_eq!(seen(shop, &cart).total, home.total, "back home nothing has changed");
        assert!(send(shop, &cart, "DE", "EUR").is_empty());
    });
}

#[test]
fn what_cannot_be_sent_is_told_and_stays_in_the_cart() {
    each(|shop| {
        let cart = shop.cart(vec![line(shop.lamp, 1), line(shop.shirt, 1)]);
        let bare = catalog::PutProduct {
            organisation: shop.house.organisation.raw(),
            handle: "bare".into(),
            title: Some("Bare lamp".into()),
            status: Some(catalog::Status::Active),
            variants: vec![catalog::PutVariant {
                sku: Some("BARE".into()),
                weight: Some(base::Weight::grams(300)),
                ..Default::default()
            }],
            ..Default::default()
        };
        let variant = shop.write(move |tx| Ok(catalog::put_product(tx, &bare)?.variants[0]));
        let (side, reach) = (shop.house, cart.clone());
        let offer = shop.write(move |tx| {
            let Side { organisation, agreement, warehouse, .. } = side;
            let price = Money::new(900, EUR);
            let put = offers::PutOffer { variant, organisation, agreement, warehouse, price, compare_at: None };
            let (offer, _) = offers::put_offer(tx, &put)?;
            put_line(tx, &reach, offer, 1)?;
            Ok(offer)
        });
        assert!(seen(shop, &cart).unsold.is_empty(), "within the EU no customs facts are asked for");
        let changes = send(shop, &cart, "US", "USD");
        let change = changes.iter().find(|change| change.offer == offer).unwrap();
        assert!(change.before.is_some() && change.after.is_none());
        assert_eq!(change.reasons[0].code(), "not_customs_ready");
        let there = seen(shop, &cart);
        assert_eq!((there.unsold.len(), there.unsold[0].facts.offer, there.pieces), (1, offer, 3));
        let refused = shop.quote_to(&cart, new_york(), None).unwrap_err();
        assert_eq!((refused.code, refused.fields.len()), ("not_sendable", 1));
        assert_eq!(refused.fields[0].name, offer.to_string());
        assert_eq!(shop.stock(shop.shirt).1, 0, "a refused quote holds nothing");

        send(shop, &cart, "DE", "EUR");
        shop.write(move |tx| offers::set_status(tx, offer, offers::Status::Paused));
        let paused = seen(shop, &cart);
        assert_eq!((paused.unsold.len(), paused.unsold[0].reasons.len()), (1, 0));
        assert_eq!(shop.try_quote(&cart).unwrap_err().fields[0].code, "not_on_sale");
    });
}

pub fn new_york() -> base::Address {
    base::Address {
        country: "US".into(),
        name: "Ann Lee".into(),
        street: "5 Main St".into(),
        city: "New York".into(),
        region: "NY".into(),
        postcode: "10001".into(),
        phone: "+1 212 555 0100".into(),
        ..base::Address::default()
    }
}

#[test]
fn a_full_cart_says_so_and_names_lines_in_the_buyers_language() {
    each(|shop| {
        let offers: Vec<_> = (0..=LINES_MAX)
            .collect::<Vec<_>>()
            .chunks(50)
            .flat_map(|chunk| {
                let (side, chunk) = (shop.loom, chunk.to_vec());
                let make = move |tx: &mut store::Tx| {
                    let price = Money::new(500, EUR);
                    chunk.iter().map(|index| thing(tx, &side, &format!("cup-{index}"), "691200", 50, price)).collect()
                };
                shop.store.write_blocking::<base::Result<Vec<Thing>>, _>(move |tx| Ok(make(tx))).unwrap().unwrap()
            })
            .collect();
        let cart = shop.cart(offers[..LINES_MAX].iter().map(|thing| line(*thing, 1)).collect());
        let (reach, one_more) = (cart.clone(), offers[LINES_MAX].offer);
        let full = shop.store.write_blocking(move |tx| put_line(tx, &reach, one_more, 1)).unwrap_err();
        assert_eq!(full.code, "too_many_lines");
        let quote = shop.quote(&cart);
        assert_eq!(quote.frozen.consignments[0].lines.len(), LINES_MAX);

        let chinese = shop.cart(vec![line(shop.lamp, 1)]);
        let set = SetDestination {
            cart: chinese.clone(),
            destination: "DE".parse().unwrap(),
            region: String::new(),
            currency: None,
            language: Some("zh-CN".parse().unwrap()),
        };
        let world = shop.world.clone();
        shop.write(move |tx| set_destination(tx, &world, &set));
        assert_eq!(seen(shop, &chinese).consignments[0].lines[0].title, "lamp 中文");
        assert_eq!(shop.quote(&chinese).frozen.consignments[0].lines[0].title, "lamp 中文");
    });
}
