//! Door prices on real tables: sums, choice of service, reasons, consignments.

use crate::*;
use base::{Country, Currency, Date, Id, Moment, Money};
use customs::{Tables, Typical};
use logistics::ServiceKind;
use offers::{Described, OfferFacts, RateRow, Rates};
use proptest::prelude::*;
use std::sync::Arc;
use terms::{Frozen, Mode};

/// Friday, 09:00 UTC.
const NOW: &str = "2026-11-20T09:00:00Z";

pub(crate) fn country(code: &str) -> Country {
    code.parse().unwrap()
}

pub(crate) fn world() -> World {
    let now: Moment = NOW.parse().unwrap();
    let row = |quote: &str, rate: &str| RateRow {
        base: Currency::EUR,
        quote: quote.parse().unwrap(),
        date: now.date(),
        rate: rate.parse().unwrap(),
        source: "test".into(),
    };
    let rates = "USD 1.10 CNY 7.80 GBP 0.85 JPY 160 BRL 6.00 SAR 4.12 KRW 1600 AUD 1.70 CHF 0.95 RON 5.00 CZK 25 HUF 400 PLN 4.30 \
        DKK 7.46 SEK 11 NOK 11.5 CAD 1.55 NZD 1.90 SGD 1.45 MXN 20 CLP 1050 AED 4.04 ILS 4.00 TRY 45 THB 38 VND 28000 IDR 18000 \
        MYR 4.80 PHP 64 INR 95 ZAR 20";
    let words: Vec<&str> = rates.split_whitespace().collect();
    let rows: Vec<RateRow> = words.chunks(2).map(|pair| row(pair[0], pair[1])).collect();
    World::new(Tables::builtin(), &Rates::of(now.date(), &rows).unwrap(), Typical::Accept, now).unwrap()
}

fn frozen() -> Frozen {
    let template = Mode::Marketplace.template();
    Frozen {
        agreement: Id::from_raw(1),
        version: 1,
        mode: Mode::Marketplace,
        merchant_of_record: template.merchant_of_record,
        price_set_by: template.price_set_by,
        stock_owned_by: template.stock_owned_by,
        ships: template.ships,
        returns_to: template.returns_to,
        paid: template.paid,
        commission_bp: 800,
        commission_tax_bp: 0,
        commission_tax_jurisdiction: String::new(),
        fixed_fee_minor: 0,
        currency: Currency::EUR,
        acceptance_days: 7,
        payout_days: 7,
        handling_hours: 40,
    }
}

/// A stoneware mug of 620 g, sent from `dispatch`.
pub(crate) fn mug(dispatch: &str, price: &str) -> OfferFacts {
    OfferFacts {
        offer: Id::from_raw(1),
        variant: Id::from_raw(2),
        product: Id::from_raw(3),
        slug: "mug".into(),
        title: "Reactive-glaze stoneware mug".into(),
        label: String::new(),
        sku: "MUG-1".into(),
        image: String::new(),
        organisation: Id::from_raw(4),
        sold_by: Id::from_raw(4),
        seller_name: Arc::from("Kiln No. 9"),
        terms: Arc::new(frozen()),
        warehouse: Id::from_raw(5),
        dispatch: country(dispatch),
        hs: Some("691200".parse().unwrap()),
        origin: Some(country("CN")),
        customs_description: Described::Words("Stoneware mug, glazed".into()),
        weight_grams: Some(620),
        tax_class: Arc::from("standard"),
        price: price.parse().unwrap(),
        compare_at: None,
        other_prices: Vec::new(),
        available: 10,
        on_sale: true,
        supply: offers::Supply::Stock,
    }
}

fn ask<'a>(destination: &str, currency: &str) -> Ask<'a> {
    Ask { destination: country(destination), region: "", currency: currency.parse().unwrap(), service: None }
}

fn sums(door: &DoorPrice) -> i64 {
    door.goods.minor + door.shipping.minor + door.duty.minor + door.tax.minor + door.fees.minor
}

#[test]
fn a_mug_from_china_to_berlin() {
    let world = world();
    let door = explain(&world, &mug("CN", "142.00CNY"), &ask("DE", "EUR"), 1).unwrap();
    assert_eq!(door.goods, Money::new(1821, Currency::EUR), "142.00 / 7.80, rounded once");
    // Small packet: 11.50 and six further steps of 2.60, in yuan.
    assert_eq!((door.service.code.as_str(), door.shipping.minor), ("cn-post", 347));
    assert_eq!(door.duty.minor, 300, "flat per tariff line since 1 July 2026");
    assert_eq!(door.tax.minor, 412, "19 % of 18.21 + 3.47: under IOSS the duty is no part of the base");
    assert_eq!((door.fees.minor, door.total.minor), (0, 2880));
    let landed = door.landed.unwrap();
    assert_eq!((landed.total, landed.duty, landed.tax), (door.total, door.duty, door.tax));
    // Ready on Monday 23 (40 hours, moved off the weekend), 15 to 30 days by post.
    assert_eq!(door.arrives, ("2026-12-08".parse().unwrap(), "2026-12-23".parse().unwrap()));
}

#[test]
fn inside_the_union_there_is_no_duty_and_only_the_weight_is_asked() {
    let world = world();
    let bare = OfferFacts {
        hs: None,
        origin: None,
        customs_description: Described::Words(String::new()),
        ..mug("PL", "18.21EUR")
    };
    let door = price(&world, &bare, &ask("DE", "EUR"), 1).unwrap();
    assert_eq!((door.service.code.as_str(), door.shipping.minor, door.duty.minor), ("eu-parcel", 599, 0));
    assert_eq!((door.tax.minor, door.total.minor), (460, 2880), "19 % of 24.20");
    let bare = OfferFacts { weight_grams: None, ..bare };
    let unweighed = price(&world, &bare, &ask("DE", "EUR"), 1).unwrap_err();
    let [Why::NotReady(missing)] = unweighed.reasons.as_slice() else { panic!("{unweighed:?}") };
    assert_eq!(missing.code, "weight", "no service carries what it cannot price");
    let abroad = price(&world, &bare, &ask("GB", "GBP"), 1).unwrap_err();
    assert!(abroad.reasons.iter().all(|why| why.code() == "not_customs_ready"), "{abroad:?}");
    assert_eq!(abroad.reasons.len(), 4, "code, origin, description, weight");
    assert!(abroad.reasons[0].english().contains("HS code"));
}

#[test]
fn an_own_price_in_the_buyers_currency_wins() {
    let world = world();
    let facts = OfferFacts { other_prices: vec!["17.00EUR".parse().unwrap()], ..mug("PL", "142.00CNY") };
    assert_eq!(price(&world, &facts, &ask("DE", "EUR"), 3).unwrap().goods.minor, 5100);
    assert_eq!(price(&world, &facts, &ask("DE", "USD"), 1).unwrap().goods.minor, 2003, "converted from yuan");
    let yen = price(&world, &facts, &ask("JP", "JPY"), 2).unwrap();
    assert_eq!((yen.unit_price.minor, yen.goods.minor), (2913, 5826), "one piece is rounded, then counted");
}

#[test]
fn the_choices_are_the_services_and_the_price_is_the_lowest() {
    let world = world();
    let (facts, ask) = (mug("CN", "142.00CNY"), ask("DE", "EUR"));
    let choices = choices(&world, &facts, &ask, 1).unwrap();
    let codes: Vec<&str> = choices.iter().map(|choice| choice.service.code.as_str()).collect();
    assert_eq!(codes, ["cn-post", "cn-line", "cn-express"]);
    let lowest = choices[0].door.clone().unwrap();
    assert_eq!(price(&world, &facts, &ask, 1).unwrap(), lowest);
    let express = price(&world, &facts, &Ask { service: Some("cn-express"), ..ask }, 1).unwrap();
    assert_eq!(choices[2].door, Ok(express));
    let heavy = super::choices(&world, &facts, &ask, 20).unwrap();
    let post = heavy.iter().find(|choice| choice.service.kind == ServiceKind::Postal).unwrap();
    assert_eq!(post.door.as_ref().unwrap_err().reasons, [Why::TooHeavy]);
    assert_eq!(heavy.last().unwrap().service.kind, ServiceKind::Postal, "what cannot be chosen stands last");
}

#[test]
fn every_reason_not_to_sell_is_told() {
    let world = world();
    let codes = |facts: &OfferFacts, ask: &Ask, quantity| {
        let unsold = price(&world, facts, ask, quantity).unwrap_err();
        unsold.reasons.iter().map(|why| why.code().to_string()).collect::<Vec<_>>()
    };
    let mug = mug("CN", "142.00CNY");
    assert_eq!(codes(&mug, &ask("DE", "KWD"), 1), ["rate_missing"]);
    assert_eq!(codes(&mug, &Ask { service: Some("eu-parcel"), ..ask("DE", "EUR") }, 1), ["no_service"]);
    assert_eq!(codes(&mug, &ask("DE", "EUR"), 100), ["too_heavy"]);
    assert_eq!(codes(&mug, &ask("DE", "EUR"), 0), ["not_priced"]);
    assert_eq!(codes(&mug, &ask("DE", "EUR"), i64::MAX), ["not_priced"]);
    assert_eq!(codes(&mug, &ask("AQ", "EUR"), 1), ["no_rules"]);
}

#[test]
fn a_service_that_bars_the_goods_is_shown_but_not_chosen() {
    let world = world();
    let bank = OfferFacts {
        hs: Some("850760".parse().unwrap()),
        customs_description: Described::Words("Power bank, lithium-ion, 20 000 mAh".into()),
        weight_grams: Some(398),
        ..mug("CN", "188.00CNY")
    };
    let ask = ask("DE", "EUR");
    let all = choices(&world, &bank, &ask, 1).unwrap();
    let post = all.last().unwrap();
    assert_eq!(post.service.code, "cn-post");
    assert_eq!(post.door.as_ref().unwrap_err().reasons[0].code(), "restricted");
    assert_ne!(price(&world, &bank, &ask, 1).unwrap().service.kind, ServiceKind::Postal);
    let only_post = price(&world, &bank, &Ask { service: Some("cn-post"), ..ask }, 1).unwrap_err();
    assert_eq!(only_post.reasons[0].code(), "restricted");
    // One battery bars its whole consignment from the post.
    let cup = mug("CN", "142.00CNY");
    let lines = [Line { facts: &cup, quantity: 1 }, Line { facts: &bank, quantity: 1 }];
    let cart = consignments(&world, &lines, &ask);
    assert_eq!(cart[0].lines, [0, 1]);
    assert!(cart[0].options.iter().all(|option| option.service.kind != ServiceKind::Postal));
    assert!(!cart[0].options.is_empty());
}

#[test]
fn a_cart_falls_into_consignments() {
    let world = world();
    let (china, poland) = (mug("CN", "142.00CNY"), mug("PL", "18.21EUR"));
    let from_poland = OfferFacts { organisation: Id::from_raw(9), warehouse: Id::from_raw(8), ..poland };
    let bare = OfferFacts { hs: None, ..china.clone() };
    let line = |facts, quantity| Line { facts, quantity };
    let lines = [line(&china, 2), line(&from_poland, 1), line(&bare, 1), line(&china, 1)];
    let found = consignments(&world, &lines, &ask("DE", "EUR"));
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].lines.as_slice(), found[1].lines.as_slice()), (&[0, 3][..], &[1][..]));
    assert_eq!(found[0].unsold.len(), 1);
    assert_eq!((found[0].unsold[0].line, found[0].unsold[0].unsold.reasons[0].code()), (2, "not_customs_ready"));
    let post = &found[0].options[0];
    assert_eq!((post.service.code.as_str(), post.landed.goods.minor), ("cn-post", 3 * 1821));
    assert_eq!(post.landed.duty.minor, 300, "the same tariff line twice pays the flat duty once");
    assert_eq!(post.shares[0].goods.minor, 3642);
    let alone = price(&world, &from_poland, &ask("DE", "EUR"), 1).unwrap();
    assert_eq!(found[1].options[0].landed.total, alone.total, "list and cart agree");
}

#[test]
fn what_no_service_takes_together_says_so() {
    let world = world();
    let heavy = OfferFacts { weight_grams: Some(20_000), ..mug("CN", "142.00CNY") };
    let lines = [Line { facts: &heavy, quantity: 1 }, Line { facts: &heavy, quantity: 1 }];
    let found = consignments(&world, &lines, &ask("DE", "EUR"));
    assert!(found[0].lines.is_empty() && found[0].options.is_empty());
    let codes: Vec<_> = found[0].unsold.iter().map(|one| (one.line, one.unsold.reasons[0].code())).collect();
    assert_eq!(codes, [(0, "no_common_service"), (1, "no_common_service")]);
}

/// Duty on mugs rests on a typical row in the United States and Brazil, and on one that was looked up in the Union.
#[test]
fn a_shop_that_wants_confirmed_rates_does_not_sell_by_typical_ones() {
    let (accepts, refuses) = (world(), world().with_typical(Typical::Refuse));
    let facts = mug("CN", "142.00CNY");
    let shirt = OfferFacts { offer: Id::from_raw(8), hs: Some("610910".parse().unwrap()), ..facts.clone() };
    let to = ask("US", "USD");
    assert!(price(&accepts, &facts, &to, 1).is_ok());
    let unsold = price(&refuses, &facts, &to, 1).unwrap_err();
    assert_eq!(unsold.reasons.iter().map(Why::code).collect::<Vec<_>>(), ["rate_unconfirmed"]);
    let why = unsold.reasons[0].english();
    assert!(why.contains("691200") && why.contains("US") && why.contains("us-301"), "{why}");
    let sold = price(&refuses, &facts, &ask("DE", "EUR"), 1).unwrap();
    assert_eq!(Ok(sold), price(&accepts, &facts, &ask("DE", "EUR"), 1), "the flat duty asks no tariff");
    let home = OfferFacts { dispatch: country("US"), ..facts.clone() };
    assert!(price(&refuses, &home, &to, 1).is_ok(), "nothing crosses a border");
    // In a basket the goods without a rate stay behind and the others go, at the price they have alone.
    let lines = [Line { facts: &facts, quantity: 1 }, Line { facts: &shirt, quantity: 2 }];
    let cart = consignments(&refuses, &lines, &to);
    assert_eq!((cart[0].lines.as_slice(), cart[0].unsold.len(), cart[0].unsold[0].line), (&[1][..], 1, 0));
    assert_eq!(cart[0].unsold[0].unsold.reasons[0].code(), "rate_unconfirmed");
    let alone = consignments(&refuses, &lines[1..], &to);
    assert_eq!(cart[0].options[0].landed, alone[0].options[0].landed);
    assert_eq!(consignments(&accepts, &lines, &to)[0].lines, [0, 1]);
    assert!(consignments(&refuses, &lines[..1], &to)[0].options.is_empty());
}

#[test]
fn lists_pages_and_carts_agree_for_every_destination() {
    let world = world();
    for destination in Tables::builtin().destinations() {
        let ask = Ask { destination, ..ask("DE", "EUR") };
        for facts in [mug("CN", "142.00CNY"), mug("PL", "18.21EUR"), mug("US", "19.00USD"), mug("VN", "16.00USD")] {
            let one = price(&world, &facts, &ask, 1).unwrap_or_else(|why| panic!("{destination}: {why:?}"));
            assert_eq!(prices(&world, &[&facts, &facts], &ask), [Ok(one.clone()), Ok(one.clone())]);
            let cart = consignments(&world, &[Line { facts: &facts, quantity: 1 }], &ask);
            assert_eq!(cart[0].options[0].landed.total, one.total, "{destination}");
            assert_eq!(cart[0].options[0].service.code, one.service.code);
            assert_eq!(sums(&one), one.total.minor);
        }
    }
}

proptest! {
    #[test]
    fn a_door_price_is_the_sum_of_its_parts(
        minor in 1i64..1_000_000,
        grams in 1i64..3000,
        quantity in 1i64..10,
        from in 0usize..5,
        to in 0usize..10,
        currency in 0usize..6,
    ) {
        let world = world();
        let dispatch = ["CN", "PL", "US", "VN", "TR"][from];
        let destination = ["DE", "FR", "GB", "US", "JP", "CN", "BR", "SA", "AU", "CH"][to];
        let currency = ["EUR", "USD", "GBP", "JPY", "CNY", "BRL"][currency];
        let facts = OfferFacts {
            price: Money::new(minor, Currency::CNY),
            weight_grams: Some(grams),
            ..mug(dispatch, "1.00CNY")
        };
        let ask = ask(destination, currency);
        let all = choices(&world, &facts, &ask, quantity).unwrap();
        let sold: Vec<_> = all.iter().filter_map(|choice| choice.door.as_ref().ok()).collect();
        for door in &sold {
            prop_assert_eq!(sums(door), door.total.minor);
            prop_assert!(door.duty.minor >= 0 && door.tax.minor >= 0 && door.fees.minor >= 0);
            prop_assert!(door.arrives.0 <= door.arrives.1);
        }
        let sure = price(&world.with_typical(Typical::Refuse), &facts, &ask, quantity);
        prop_assert!(sure.as_ref().is_err() || sold.contains(&sure.as_ref().unwrap()), "it is one of the choices");
        prop_assert!(sure.is_err() || sure.unwrap().certainty == customs::Certainty::Guaranteed);
        match price(&world, &facts, &ask, quantity) {
            Ok(door) => prop_assert_eq!(&&door, &sold[0], "the price is the lowest choice"),
            Err(_) => prop_assert!(sold.is_empty()),
        }
    }

    #[test]
    fn shares_sum_to_their_consignment(weights in prop::collection::vec((1i64..2000, 1i64..20_000, 1i64..4), 1..5), to in 0usize..5) {
        let world = world();
        let facts: Vec<OfferFacts> = weights
            .iter()
            .map(|(grams, minor, _)| OfferFacts {
                weight_grams: Some(*grams),
                price: Money::new(*minor, Currency::EUR),
                ..mug("CN", "1.00EUR")
            })
            .collect();
        let lines: Vec<Line> =
            facts.iter().zip(&weights).map(|(facts, weight)| Line { facts, quantity: weight.2 }).collect();
        let ask = ask(["DE", "GB", "US", "BR", "JP"][to], ["EUR", "GBP", "USD", "BRL", "JPY"][to]);
        for consignment in consignments(&world, &lines, &ask) {
            for option in &consignment.options {
                let sum = |part: fn(&LineShare) -> Money| option.shares.iter().map(|share| part(share).minor).sum::<i64>();
                prop_assert_eq!(sum(|share| share.goods), option.landed.goods.minor);
                prop_assert_eq!(sum(|share| share.shipping), option.landed.shipping.minor);
                prop_assert_eq!(sum(|share| share.duty), option.landed.duty.minor);
                prop_assert_eq!(sum(|share| share.tax), option.landed.tax.minor);
                prop_assert_eq!(sum(|share| share.fees), option.landed.fees.minor);
                prop_assert_eq!(sum(|share| share.total), option.landed.total.minor);
            }
        }
    }
}

/// Everything a buyer is told of days counts from the day on which the goods are there.
#[test]
fn goods_that_are_made_or_come_later_arrive_later() {
    let world = world();
    let (ask, plain) = (ask("DE", "EUR"), mug("CN", "142.00CNY"));
    let arrives = |facts: &OfferFacts| price(&world, facts, &ask, 1).unwrap().arrives.0;
    let handled = world.now.plus_hours(plain.terms.handling_hours).date();
    let made = OfferFacts { supply: offers::Supply::Made { lead_days: 10 }, ..plain.clone() };
    let ships_on = world.now.plus_days(60).date();
    let preorder = OfferFacts { supply: offers::Supply::Preorder { ships_on }, ..plain.clone() };
    let days = |from: Date, to: Date| from.until(to).unwrap().get_days();
    assert!(days(arrives(&plain), arrives(&made)) >= 12, "ten working days are two weeks");
    assert!(days(arrives(&plain), arrives(&made)) <= 18);
    assert!(arrives(&preorder) > ships_on && days(handled, ships_on) - days(arrives(&plain), arrives(&preorder)) < 4);
    let soon = OfferFacts { supply: offers::Supply::Preorder { ships_on: world.now.date() }, ..plain.clone() };
    assert_eq!(arrives(&soon), arrives(&plain), "a day that is over delays nothing");
    // A parcel leaves with the slowest of what is in it, and the list says what the cart says.
    let lines = [Line { facts: &plain, quantity: 1 }, Line { facts: &preorder, quantity: 1 }];
    let together = consignments(&world, &lines, &ask);
    assert_eq!(together.len(), 1);
    let alone = consignments(&world, &lines[1..], &ask);
    let by = |one: &ConsignmentPrice| one.options.iter().map(|option| option.arrives.0).min();
    assert_eq!(by(&together[0]), by(&alone[0]));
    assert_eq!(prices(&world, &[&plain, &preorder], &ask)[1].as_ref().unwrap().arrives.0, arrives(&preorder));
}
