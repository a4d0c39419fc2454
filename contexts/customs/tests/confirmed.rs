//! Whoever wants confirmed rates alone gets the same cost, or the row by name.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails is what an unwrap is for")]

mod common;

use base::{Currency, Money};
use common::{ask, country, item, money};
use customs::tables::BUILTIN;
use customs::{
    Certainty, ChargeKind, Confidence, Files, Item, LandedCost, Refusal, Service, Shipment, Tables, TaxRoute, Typical,
    Unconfirmed, landed_cost, landed_cost_total,
};
use proptest::prelude::*;

fn refusing(tables: &Tables, shipment: &Shipment<'_>) -> Result<LandedCost, Unconfirmed> {
    match landed_cost(tables, &Shipment { typical: Typical::Refuse, ..*shipment }) {
        Ok(cost) => Ok(cost),
        Err(Refusal::Unconfirmed(why)) => Err(why),
        Err(Refusal::Other(error)) => panic!("{error}"),
    }
}

/// Some goods of China by express, refused or not: the row that was in the way.
fn row(to: &str, day: &str, goods: &[(&str, &str)]) -> Option<String> {
    let items: Vec<Item> = goods.iter().map(|(hs, price)| item(hs, "CN", 1, money(price))).collect();
    let none = common::NO_RATES;
    refusing(Tables::builtin(), &ask("CN", to, day, &items, &none)).err().map(|why| why.rule.id.to_string())
}

#[test]
fn a_typical_rate_is_refused_by_name_and_only_where_it_is_needed() {
    let items = [item("610910", "CN", 1, money("60.00EUR")), item("870899", "CN", 2, money("90.00EUR"))];
    let none = common::NO_RATES;
    let why = refusing(Tables::builtin(), &ask("CN", "DE", "2026-10-01", &items, &none)).unwrap_err();
    assert_eq!((why.items.as_slice(), why.hs, why.origin), (&[1][..], items[1].hs, country("CN")));
    assert_eq!((why.destination, why.kind, &*why.rule.id), (country("DE"), ChargeKind::Duty, "eu-other"));
    assert_eq!(why.rule.confidence, Confidence::Low);
    let error = base::Error::from(Refusal::from(why));
    assert_eq!((error.code, error.fields[0].name.as_str()), ("rate_unconfirmed", "items[1].hs"));
    for word in ["870899", "DE", "eu-other"] {
        assert!(error.message.contains(word), "{error}");
    }
    assert_eq!(row("DE", "2026-10-01", &[("610910", "200.00EUR")]), None, "a rate that was looked up");
    assert_eq!(row("DE", "2026-10-01", &[("870899", "20.00EUR")]), None, "the flat duty asks no tariff");
    assert_eq!(row("DE", "2026-06-30", &[("870899", "150.00EUR")]), None, "below the relief");
    assert_eq!(row("DE", "2026-06-30", &[("870899", "150.01EUR")]).as_deref(), Some("eu-other"), "above it");
    assert_eq!(row("AU", "2026-10-01", &[("870899", "1000.00AUD")]), None);
    assert_eq!(row("AU", "2026-10-01", &[("870899", "1000.01AUD")]).as_deref(), Some("au-other"));
}

#[test]
fn within_a_customs_territory_no_tariff_is_asked() {
    let items = [item("870899", "CN", 1, money("900.00EUR"))];
    let none = common::NO_RATES;
    let home = Shipment { service: Service::Domestic, ..ask("PL", "DE", "2026-10-01", &items, &none) };
    assert!(refusing(Tables::builtin(), &home).is_ok());
}

/// Singapore is known to ask no duty on other goods; of vehicles and drinks a typical rate is known alone.
#[test]
fn a_well_known_row_for_other_goods_does_not_hide_a_chapter() {
    let tables = |row: &str| {
        let duty = format!("{}{row}\n", BUILTIN.duty_rates);
        Tables::parse(&Files { duty_rates: &duty, ..BUILTIN }).unwrap()
    };
    let items = [item("732393", "CN", 1, money("900.00SGD"))];
    let none = common::NO_RATES;
    let asked = ask("CN", "SG", "2026-10-01", &items, &none);
    assert!(refusing(Tables::builtin(), &asked).is_ok(), "nothing is narrower than other goods");
    let vehicles = row("SG", "2026-10-01", &[("870899", "900.00SGD")]);
    assert!(vehicles.is_some_and(|row| row != "sg-other"), "the chapter's own row");
    let chapter = tables("x,SG,73,,ironware,9,,,,,,,,low,someone,");
    assert_eq!(&*refusing(&chapter, &asked).unwrap_err().rule.id, "x");
    let narrower = tables("x,SG,73,,ironware,9,,,,,,,,low,someone,\ny,SG,7323,,kitchenware,5,,,,,,,,high,someone,");
    assert_eq!(
        refusing(&narrower, &asked).unwrap().duty,
        money("45.00SGD"),
        "the heading decides, the chapter is behind it"
    );
    let origin =
        tables("x,SG,7323,CN,kitchenware,9,,,,,,,,low,someone,\ny,SG,7323,,kitchenware,5,,,,,,,,high,someone,");
    assert_eq!(
        &*refusing(&origin, &asked).unwrap_err().rule.id,
        "x",
        "the row of an origin goes before the row of all"
    );
}

#[test]
fn an_additional_duty_that_is_not_sure_is_not_left_out() {
    assert_eq!(row("US", "2026-10-01", &[("610910", "20.00USD")]), None, "tariff and both additional duties are known");
    // The tariff rate of toys is known; whether the duty on top is due was not looked up.
    let toys = row("US", "2026-10-01", &[("950300", "20.00USD")]);
    assert_eq!(toys.as_deref(), Some("us-forced-labour-unsure-12.5"));
    // Known of, listed, charged to nobody: the cost could be short of it.
    let additional =
        format!("{}x,US,Section 999,listed,VN,610910,,50,none,2026-09-29,,low,someone,\n", BUILTIN.additional_duties);
    let tables = Tables::parse(&Files { additional_duties: &additional, ..BUILTIN }).unwrap();
    let items = [item("610910", "VN", 1, money("20.00USD"))];
    let none = common::NO_RATES;
    let asked = ask("VN", "US", "2026-10-01", &items, &none);
    assert!(refusing(Tables::builtin(), &asked).is_ok());
    assert_eq!(&*refusing(&tables, &asked).unwrap_err().rule.id, "x");
    assert_eq!(landed_cost(&tables, &asked).unwrap().certainty, Certainty::Estimate);
}

#[test]
fn a_tax_rate_that_is_not_sure_is_refused_too() {
    let items = [item("610910", "CN", 1, money("100.00BRL"))];
    let rates = common::fx(&[("USD", "BRL", "5.00")]);
    let mut asked = ask("CN", "BR", "2023-07-31", &items, &rates);
    asked.tax_route = TaxRoute::Checkout;
    let home = Shipment { dispatch: country("BR"), service: Service::Domestic, ..asked };
    let why = refusing(Tables::builtin(), &home).unwrap_err();
    assert_eq!((why.kind, &*why.rule.id), (ChargeKind::Tax, "br-icms-standard-2018-01-01"));
    let later = Shipment { date: common::date("2023-08-01"), ..home };
    assert!(refusing(Tables::builtin(), &later).is_ok(), "since the convention it is known");
}

fn any_shipment() -> impl Strategy<Value = (Vec<Item>, &'static str, &'static str, &'static str, Service, TaxRoute)> {
    let codes: Vec<&'static str> =
        Tables::builtin().destinations().map(|country| &*String::leak(country.to_string())).collect();
    let hs = prop::sample::select(vec!["610910", "640411", "950300", "420292", "330499", "851713", "490199", "870899"]);
    let origin = prop::sample::select(vec!["CN", "VN", "US", "DE", "CA"]);
    let goods = (hs, origin, 1i64..5, 1i64..60_000)
        .prop_map(|(hs, origin, quantity, price)| item(hs, origin, quantity, Money::new(price, Currency::EUR)));
    let day = prop::sample::select(vec!["2021-07-01", "2023-07-31", "2025-05-02", "2026-06-30", "2026-11-22"]);
    (
        prop::collection::vec(goods, 1..5),
        prop::sample::select(vec!["CN", "US", "DE"]),
        prop::sample::select(codes),
        day,
        prop::sample::select(Service::ALL.to_vec()),
        prop::sample::select(TaxRoute::ALL.to_vec()),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, failure_persistence: None, ..ProptestConfig::default() })]

    /// Refused exactly where the other answer is an estimate, and the same to the cent where it is a promise.
    #[test]
    fn what_is_promised_is_the_same_and_what_is_estimated_is_refused((items, from, to, day, service, route) in any_shipment()) {
        let rates: common::Fx = Currency::all().map(|one| (one, Currency::EUR, "0.37".parse().unwrap())).collect();
        let mut shipment = ask(from, to, day, &items, &rates);
        (shipment.service, shipment.tax_route, shipment.shipping) = (service, route, Money::new(700, Currency::EUR));
        let accepted = landed_cost(Tables::builtin(), &shipment).unwrap();
        let refusing_too = Shipment { typical: Typical::Refuse, ..shipment };
        let total = landed_cost_total(Tables::builtin(), &refusing_too);
        match refusing(Tables::builtin(), &shipment) {
            Ok(cost) => {
                prop_assert_eq!(cost.certainty, Certainty::Guaranteed);
                prop_assert!(cost.lines.iter().all(|line| line.rule.confidence > Confidence::Low));
                prop_assert_eq!(total.unwrap().total, cost.total);
                prop_assert_eq!(cost, accepted);
            }
            Err(why) => {
                prop_assert_eq!(accepted.certainty, Certainty::Estimate);
                prop_assert_eq!(why.rule.confidence, Confidence::Low);
                prop_assert!(why.items.iter().all(|at| *at < items.len()) && !why.items.is_empty());
                prop_assert_eq!((why.hs, why.origin), (items[why.items[0]].hs, items[why.items[0]].origin));
                prop_assert!(matches!(total, Err(Refusal::Unconfirmed(same)) if same == why));
            }
        }
    }
}
