//! What holds for every consignment to everywhere, on any day.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails is what an unwrap is for")]

mod common;

use base::{Currency, Money, Weight};
use common::{ask, fx, item, money};
use customs::{
    Certainty, Charge, ChargeKind, Collected, Item, LandedCost, Rates, Service, Tables, TaxClass, TaxRoute,
    landed_cost, landed_cost_total,
};
use proptest::prelude::*;

const GOODS: [&str; 12] = [
    "610910",
    "640411",
    "950300",
    "420292",
    "910211",
    "330499",
    "851713",
    "850760",
    "490199",
    "210690",
    "870899",
    "6109100010",
];
const DAYS: [&str; 9] = [
    "2021-07-01",
    "2024-03-01",
    "2025-05-02",
    "2025-09-01",
    "2026-02-24",
    "2026-06-30",
    "2026-07-01",
    "2026-11-22",
    "2030-01-01",
];

fn rates() -> common::Fx {
    Currency::all().map(|currency| (currency, Currency::EUR, "0.37".parse().unwrap())).collect()
}

fn any_item() -> impl Strategy<Value = Item> {
    let origin = prop::sample::select(vec!["CN", "VN", "US", "DE", "BR"]);
    let class = prop::sample::select(TaxClass::ALL.to_vec());
    (prop::sample::select(GOODS.to_vec()), origin, 1i64..6, 0i64..40_000, 1i64..5_000, class).prop_map(
        |(hs, origin, quantity, price, grams, class)| {
            let mut goods = item(hs, origin, quantity, Money::new(price, Currency::EUR));
            (goods.unit_weight, goods.tax_class) = (Weight::grams(grams), class);
            goods
        },
    )
}

#[derive(Clone, Debug)]
struct Trip {
    to: &'static str,
    from: &'static str,
    day: &'static str,
    service: Service,
    route: TaxRoute,
    shipping: i64,
    insurance: i64,
}

fn any_trip() -> impl Strategy<Value = Trip> {
    let codes: Vec<&'static str> =
        Tables::builtin().destinations().map(|country| &*String::leak(country.to_string())).collect();
    let from = prop::sample::select(vec!["CN", "US", "DE", "GB"]);
    let service = prop::sample::select(Service::ALL.to_vec());
    let route = prop::sample::select(TaxRoute::ALL.to_vec());
    let day = prop::sample::select(DAYS.to_vec());
    (prop::sample::select(codes), from, day, service, route, 0i64..5_000, 0i64..900).prop_map(
        |(to, from, day, service, route, shipping, insurance)| Trip {
            to,
            from,
            day,
            service,
            route,
            shipping,
            insurance,
        },
    )
}

fn land(trip: &Trip, items: &[Item], rates: &dyn Rates) -> LandedCost {
    let mut shipment = ask(trip.from, trip.to, trip.day, items, rates);
    (shipment.service, shipment.tax_route) = (trip.service, trip.route);
    shipment.shipping = Money::new(trip.shipping, Currency::EUR);
    shipment.insurance = Money::new(trip.insurance, Currency::EUR);
    let cost = landed_cost(Tables::builtin(), &shipment).unwrap();
    let totals = landed_cost_total(Tables::builtin(), &shipment).unwrap();
    let known = (cost.goods, cost.shipping, cost.duty, cost.tax, cost.fees, cost.total, cost.certainty, cost.collected);
    let same = (
        totals.goods,
        totals.shipping,
        totals.duty,
        totals.tax,
        totals.fees,
        totals.total,
        totals.certainty,
        totals.collected,
    );
    assert_eq!(known, same);
    assert_eq!(landed_cost(Tables::builtin(), &shipment).unwrap(), cost, "the same question has one answer");
    cost
}

fn sum(amounts: impl Iterator<Item = Money>) -> Money {
    Money::sum(Currency::EUR, amounts).unwrap()
}

fn lines_of(cost: &LandedCost, kind: ChargeKind) -> impl Iterator<Item = &Charge> {
    cost.lines.iter().filter(move |line| line.kind == kind)
}

/// The rules that applied, without the amounts.
fn rules(cost: &LandedCost) -> Vec<String> {
    let under = |line: &Charge| line.under.as_ref().map_or(String::new(), |rule| rule.id.to_string());
    let named = |line: &Charge| format!("{} {} {}", line.rule.id, under(line), line.reason.code());
    let mut ids: Vec<String> = cost.lines.iter().map(named).collect();
    ids.sort();
    ids
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn everything_sums_up(trip in any_trip(), items in prop::collection::vec(any_item(), 1..6)) {
        let cost = land(&trip, &items, &rates());
        let goods = sum(items.iter().map(|item| item.unit_price.times(item.quantity).unwrap()));
        prop_assert_eq!(cost.goods, goods);
        prop_assert_eq!(cost.shipping.minor, trip.shipping + trip.insurance);
        for (kind, total) in [(ChargeKind::Duty, cost.duty), (ChargeKind::Tax, cost.tax), (ChargeKind::Fee, cost.fees)] {
            prop_assert_eq!(sum(lines_of(&cost, kind).map(|line| line.amount)), total);
        }
        prop_assert_eq!(sum([cost.goods, cost.shipping, cost.duty, cost.tax, cost.fees].into_iter()), cost.total);
        prop_assert_eq!(cost.per_item.len(), items.len());
        prop_assert_eq!(sum(cost.per_item.iter().map(|share| share.duty)), cost.duty);
        prop_assert_eq!(sum(cost.per_item.iter().map(|share| share.tax)), cost.tax);
        prop_assert_eq!(sum(cost.per_item.iter().map(|share| share.fees)), cost.fees);
        for line in &cost.lines {
            prop_assert!(line.amount.minor >= 0 && line.base.minor >= 0, "{:?}", line);
            prop_assert!(line.collected_at != Collected::Mixed);
            prop_assert!(line.rule.in_force(cost.date), "{:?}", line.rule);
            prop_assert!(!line.reason.english().is_empty());
        }
        for share in &cost.per_item {
            prop_assert!(share.duty.minor >= 0 && share.tax.minor >= 0 && share.fees.minor >= 0);
        }
    }

    #[test]
    fn frozen_and_read_again_it_is_the_same(trip in any_trip(), items in prop::collection::vec(any_item(), 1..4)) {
        let cost = land(&trip, &items, &rates());
        let frozen = serde_json::to_string(&cost).unwrap();
        prop_assert_eq!(serde_json::from_str::<LandedCost>(&frozen).unwrap(), cost);
    }

    #[test]
    fn more_pieces_never_cost_less_under_the_same_rules(trip in any_trip(), goods in any_item(), more in 1i64..4) {
        let fewer = land(&trip, &[goods], &rates());
        let larger = land(&trip, &[Item { quantity: goods.quantity + more, ..goods }], &rates());
        if rules(&fewer) == rules(&larger) {
            prop_assert!(larger.duty.minor >= fewer.duty.minor);
            prop_assert!(larger.tax.minor >= fewer.tax.minor);
            prop_assert!(larger.total.minor >= fewer.total.minor);
        }
    }

    #[test]
    fn splitting_a_line_changes_nothing(trip in any_trip(), goods in any_item(), split in 1i64..5) {
        prop_assume!(split < goods.quantity);
        let whole = land(&trip, &[goods], &rates());
        let one = Item { quantity: split, ..goods };
        let other = Item { quantity: goods.quantity - split, ..goods };
        let parts = land(&trip, &[one, other], &rates());
        // A limit on one piece with its delivery sees the delivery spread in whole cents.
        prop_assume!(rules(&whole) == rules(&parts));
        prop_assert_eq!((whole.duty, whole.tax, whole.fees), (parts.duty, parts.tax, parts.fees));
    }

    #[test]
    fn a_higher_price_never_costs_less_under_the_same_rules(trip in any_trip(), goods in any_item(), more in 1i64..9_000) {
        let cheaper = land(&trip, &[goods], &rates());
        let price = Money::new(goods.unit_price.minor + more, Currency::EUR);
        let dearer = land(&trip, &[Item { unit_price: price, ..goods }], &rates());
        if rules(&cheaper) == rules(&dearer) {
            prop_assert!(dearer.duty.minor >= cheaper.duty.minor);
            prop_assert!(dearer.tax.minor >= cheaper.tax.minor);
            prop_assert!(dearer.fees.minor >= cheaper.fees.minor);
        }
    }

    #[test]
    fn the_order_of_items_does_not_matter(
        mut trip in any_trip(),
        to in prop::sample::select(vec!["US", "DE", "FR", "ID", "BR", "TR", "JP", "ZA"]),
        items in prop::collection::vec(any_item(), 2..6),
        turn in 1usize..5,
    ) {
        // Without delivery there is no cent whose place depends on the order.
        (trip.to, trip.shipping, trip.insurance) = (to, 0, 0);
        let mut turned = items.clone();
        turned.rotate_left(turn % items.len());
        let (one, other) = (land(&trip, &items, &rates()), land(&trip, &turned, &rates()));
        prop_assert_eq!(rules(&one), rules(&other));
        prop_assert_eq!((one.duty, one.fees), (other.duty, other.fees));
        // A cent of shared duty may fall to an item of another tax class.
        prop_assert!((one.tax.minor - other.tax.minor).abs() <= items.len() as i64);
    }

    #[test]
    fn the_flat_duty_counts_headings_not_pieces(quantities in prop::collection::vec(1i64..4, 1..8)) {
        let codes = ["610910", "6109100010", "640411", "950300"];
        let item_of = |(at, quantity): (usize, &i64)| item(codes[at % 4], "CN", *quantity, money("1.00EUR"));
        let items: Vec<Item> = quantities.iter().enumerate().map(item_of).collect();
        let cost = common::cost(&ask("CN", "DE", "2026-07-15", &items, &common::NO_RATES));
        let headings = [0, 1, 1, 2, 3][quantities.len().min(4)];
        prop_assert_eq!(cost.duty.minor, 300 * headings);
    }
}

#[test]
fn estimates_are_called_so() {
    let certainty = |hs: &str, to: &str, price: &str| {
        let items = [item(hs, "CN", 1, money(price))];
        common::cost(&ask("CN", to, "2026-10-01", &items, &common::NO_RATES)).certainty
    };
    assert_eq!(certainty("640411", "DE", "200.00EUR"), Certainty::Guaranteed);
    assert_eq!(certainty("870899", "DE", "200.00EUR"), Certainty::Estimate, "a typical rate");
    assert_eq!(certainty("870899", "DE", "20.00EUR"), Certainty::Guaranteed, "flat duty does not need the tariff");
    assert_eq!(certainty("610910", "IL", "200.00ILS"), Certainty::Estimate, "no collected duty rates");
    assert_eq!(certainty("950300", "US", "20.00USD"), Certainty::Estimate, "exemption not checked");
    assert_eq!(certainty("610910", "US", "20.00USD"), Certainty::Guaranteed);
}

#[test]
fn wrong_questions_get_clear_answers() {
    let none = common::NO_RATES;
    let good = [item("610910", "CN", 1, money("10.00EUR"))];
    let ask_with = |items: &[Item], to: &str| {
        landed_cost(Tables::builtin(), &ask("CN", to, "2026-10-01", items, &none)).map_err(base::Error::from)
    };
    assert_eq!(ask_with(&good, "AQ").unwrap_err().code, "destination_unknown");
    assert_eq!(ask_with(&good, "GB").unwrap_err().code, "exchange_rate_missing");
    let empty = [item("610910", "CN", 0, money("10.00EUR"))];
    assert_eq!(ask_with(&empty, "DE").unwrap_err().fields[0].name, "items[0].quantity");
    let negative = [item("610910", "CN", 1, money("-10.00EUR"))];
    assert_eq!(ask_with(&negative, "DE").unwrap_err().fields[0].name, "items[0].unit_price");
    let mixed = [good[0], item("610910", "CN", 1, money("10.00USD"))];
    assert_eq!(ask_with(&mixed, "DE").unwrap_err().fields[0].name, "items[1].unit_price");
    let huge = [item("610910", "CN", i64::MAX, money("10.00EUR"))];
    assert_eq!(ask_with(&huge, "DE").unwrap_err().code, "amount_too_large");
    let unweighed = [Item { unit_weight: Weight::default(), ..good[0] }];
    assert_eq!(ask_with(&unweighed, "DE").unwrap().duty, money("3.00EUR"), "this duty goes by no weight");
    let russia = ask("CN", "RU", "2024-01-01", &unweighed, &none);
    let error = base::Error::from(landed_cost(Tables::builtin(), &russia).unwrap_err());
    assert_eq!((error.fields[0].code, error.fields[0].name.as_str()), ("weight_missing", "items[0].unit_weight"));
    let mut no_items = ask("CN", "DE", "2026-10-01", &good, &none);
    no_items.items = &[];
    assert_eq!(base::Error::from(landed_cost(Tables::builtin(), &no_items).unwrap_err()).fields[0].name, "items");
    let early = ask("CN", "DE", "1999-01-01", &good, &none);
    assert_eq!(base::Error::from(landed_cost(Tables::builtin(), &early).unwrap_err()).code, "date_unknown");
}

#[test]
fn a_limit_in_another_currency_is_exact_in_both_directions() {
    // 150 EUR at 1 EUR = 1.3 USD is 195 USD; the inverse has no end in decimals.
    for rates in [fx(&[("EUR", "USD", "1.3")]), fx(&[("USD", "EUR", "0.76923076923076923076923077")])] {
        let at = |price: &str| {
            let items = [item("610910", "CN", 1, money(price))];
            common::cost(&ask("CN", "DE", "2026-06-30", &items, &rates)).duty
        };
        assert_eq!(at("195.01USD"), money("23.40USD"));
        assert_eq!(at("194.99USD"), money("0USD"));
    }
    let items = [item("610910", "CN", 1, money("195.00USD"))];
    let rates = fx(&[("EUR", "USD", "1.3")]);
    assert_eq!(common::cost(&ask("CN", "DE", "2026-06-30", &items, &rates)).duty, money("0USD"));
    assert_eq!(common::cost(&ask("CN", "DE", "2026-07-01", &items, &rates)).duty, money("3.90USD"));
}
