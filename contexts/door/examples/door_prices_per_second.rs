//! How many door prices one core makes: `cargo run --release -p door --example door_prices_per_second`.
#![allow(clippy::unwrap_used, reason = "a measurement has nobody to answer to")]

use base::{Currency, Id, Moment, Money};
use door::{Ask, Desk, World};
use offers::{Described, OfferFacts, RateRow, Rates};
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;
use terms::{Frozen, Mode};

fn main() {
    let now: Moment = "2026-11-20T09:00:00Z".parse().unwrap();
    let rate = |quote: &str, rate: &str| RateRow {
        base: Currency::EUR,
        quote: quote.parse().unwrap(),
        date: now.date(),
        rate: rate.parse().unwrap(),
        source: "example".into(),
    };
    let rows = [rate("USD", "1.10"), rate("CNY", "7.80"), rate("GBP", "0.85"), rate("JPY", "160"), rate("BRL", "6")];
    let world =
        World::new(customs::Tables::builtin(), &Rates::of(now.date(), &rows).unwrap(), customs::Typical::Accept, now)
            .unwrap();
    let offers: Vec<OfferFacts> = (0..100_000).map(offer).collect();
    for (destination, currency) in [("DE", "EUR"), ("GB", "GBP"), ("US", "USD"), ("JP", "JPY"), ("BR", "BRL")] {
        let ask = Ask {
            destination: destination.parse().unwrap(),
            region: "",
            currency: currency.parse().unwrap(),
            service: None,
        };
        let begun = Instant::now();
        let mut desk = Desk::new(&world, ask);
        let sold = offers.iter().filter(|facts| black_box(desk.price(facts, 1)).is_ok()).count();
        let list = begun.elapsed();
        let begun = Instant::now();
        for facts in &offers[..20_000] {
            let _ = black_box(door::price(&world, facts, &ask, 1));
        }
        let single = begun.elapsed() / 20_000;
        println!(
            "{destination}: {sold} of 100000 sold; list {list:?}, {} ns each; one at a time {} ns",
            list.as_nanos() / 100_000,
            single.as_nanos()
        );
    }
}

fn offer(number: i64) -> OfferFacts {
    const HS: [&str; 8] = ["691200", "610910", "850760", "851830", "640411", "420222", "090210", "940520"];
    const FROM: [&str; 4] = ["CN", "PL", "US", "VN"];
    let pick = |list: &[&'static str], salt: i64| list[((number * 7 + salt) as usize) % list.len()];
    let template = Mode::Marketplace.template();
    OfferFacts {
        offer: Id::from_raw(number),
        variant: Id::from_raw(number),
        product: Id::from_raw(number),
        slug: String::new(),
        title: String::new(),
        label: String::new(),
        sku: String::new(),
        image: String::new(),
        organisation: Id::from_raw(1),
        sold_by: Id::from_raw(1),
        seller_name: Arc::from("Seller"),
        terms: Arc::new(Frozen {
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
        }),
        warehouse: Id::from_raw(1),
        dispatch: pick(&FROM, number / 8).parse().unwrap(),
        hs: Some(pick(&HS, 0).parse().unwrap()),
        origin: Some("CN".parse().unwrap()),
        customs_description: Described::Enough(true),
        weight_grams: Some(100 + number % 1500),
        tax_class: Arc::from("standard"),
        price: Money::new(500 + number % 20_000, Currency::CNY),
        compare_at: None,
        other_prices: Vec::new(),
        available: 10,
        on_sale: true,
        supply: offers::Supply::Stock,
    }
}
