//! The sixteen worked cases, to the cent.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails is what an unwrap is for")]

mod common;

use base::{Currency, Money};
use common::{ask, fx};
use customs::{Refusal, Service, Shipment, Tables, TaxRoute, Typical, landed_cost, landed_cost_total};

const CASES: &str = include_str!("landed_cost_cases.csv");

fn service(channel: &str) -> Service {
    match channel {
        "postal" => Service::Postal,
        "Remessa Conforme" | "air" | "courier" | "express" => Service::Express,
        other => panic!("{other}"),
    }
}

fn route(text: &str) -> TaxRoute {
    let registered = ["IOSS", "VAT at point of sale", "GST by registered seller", "LVG sales tax by registered seller"];
    if registered.contains(&text) || text.starts_with("ICMS") { TaxRoute::Checkout } else { TaxRoute::Border }
}

#[test]
fn every_worked_case_to_the_cent() {
    let mut reader = csv::Reader::from_reader(CASES.as_bytes());
    let (mut seen, mut estimates) = (0, Vec::new());
    for record in reader.deserialize() {
        let case: std::collections::HashMap<String, String> = record.unwrap();
        let text = |column: &str| case[column].as_str();
        let currency: Currency = text("currency").parse().unwrap();
        let money = |number: &str| -> Money { format!("{number}{currency}").parse().unwrap() };
        let items: serde_json::Value = serde_json::from_str(text("items_json")).unwrap();
        let items: Vec<_> = items
            .as_array()
            .unwrap()
            .iter()
            .map(|item| {
                let price = item["unit_price"].as_str().map_or_else(|| item["unit_price"].to_string(), str::to_string);
                common::item(
                    item["hs6"].as_str().unwrap(),
                    text("origin"),
                    item["qty"].as_i64().unwrap(),
                    money(&price),
                )
            })
            .collect();
        let rates = fx(&[("USD", "BRL", "5.00")]);
        let mut shipment = ask(text("origin"), text("destination"), text("order_date"), &items, &rates);
        shipment.service = service(text("channel"));
        shipment.tax_route = route(text("tax_route"));
        shipment.shipping = money(text("shipping"));
        let cost = landed_cost(Tables::builtin(), &shipment).unwrap_or_else(|e| panic!("{}: {e}", text("case_id")));
        let found = [cost.duty, cost.tax, cost.fees, cost.total];
        let expected = ["expected_duty", "expected_tax", "expected_collection_fee", "expected_total"];
        assert_eq!(found, expected.map(|column| money(text(column))), "{}: {:#?}", text("case_id"), cost.lines);
        let totals = landed_cost_total(Tables::builtin(), &shipment).unwrap();
        assert_eq!((totals.total, totals.duty, totals.certainty), (cost.total, cost.duty, cost.certainty));
        match landed_cost(Tables::builtin(), &Shipment { typical: Typical::Refuse, ..shipment }) {
            Ok(confirmed) => assert_eq!(confirmed, cost),
            Err(Refusal::Unconfirmed(why)) => estimates.push(format!("{} {}", text("case_id"), why.rule.id)),
            Err(other) => panic!("{}: {other}", text("case_id")),
        }
        seen += 1;
    }
    assert_eq!(seen, 16);
    assert_eq!(estimates, [""; 0], "the cases that rest on a typical rate");
}
