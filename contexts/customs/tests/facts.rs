//! The tables against the collected facts they were made from, where those lie beside the project.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails is what an unwrap is for")]

mod common;

use std::collections::HashMap;
use std::path::PathBuf;

type Row = HashMap<String, String>;

/// The facts' folder, or nothing (said aloud) on a machine that has only the project.
fn facts(name: &str) -> Option<Vec<Row>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/trade-facts").join(name);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: {name} is not here");
        return None;
    };
    Some(rows(&text))
}

fn rows(text: &str) -> Vec<Row> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(|row| row.unwrap()).collect()
}

fn low(row: &Row) -> bool {
    row["confidence"] == "low"
}

#[test]
fn limits_and_dates_are_those_of_the_facts() {
    let Some(facts) = facts("low_value_import_regimes.csv") else { return };
    let ours = rows(include_str!("../tables/low_value_rules.csv"));
    let areas: Vec<&str> = ours.iter().map(|row| row["area"].as_str()).collect();
    // Gifts are no sales, a turnover is no limit of a parcel, identifiers are data: see restrict.rs for the last.
    let aside = |fact: &Row| {
        fact["regime"].contains("gift")
            || fact["threshold_basis"].contains("turnover")
            || fact["charge"] == "data duty"
            || fact["threshold_amount"].parse::<i64>().unwrap_or(0) < 1
    };
    let mut compared = 0;
    for fact in facts.iter().filter(|fact| areas.contains(&fact["country"].as_str()) && !low(fact) && !aside(fact)) {
        // The postal entry of 2026 is the tariff itself, without a rule of its own.
        if fact["regime"].contains("postal informal entry") {
            continue;
        }
        let of = |row: &&Row| {
            row["area"] == fact["country"]
                && [&row["at_most"], &row["over"]].contains(&&fact["threshold_amount"])
                && row["currency"] == fact["threshold_currency"]
                && (row["effective_from"] == fact["effective_from"] || fact["regime"].contains("OVR") || low(row))
        };
        assert!(ours.iter().any(|row| of(&row)), "{fact:?}");
        compared += 1;
    }
    assert!(compared >= 45, "{compared}");
}

#[test]
fn tax_rates_are_those_of_the_facts() {
    let Some(facts) = facts("vat_gst_rates.csv") else { return };
    let ours = rows(include_str!("../tables/tax_rates.csv"));
    let mut compared = 0;
    for fact in facts.iter().filter(|fact| ours.iter().any(|row| row["country"] == fact["country"])) {
        // Known differences: Indonesia's 12 on 11/12 is 11; Viet Nam's cut to 8 is its own row.
        // The United States have none at any time.
        if fact["country"] == "US" || (fact["country"] == "ID" && fact["effective_from"] == "2025-01-01") {
            continue;
        }
        let of = |row: &&Row| {
            row["country"] == fact["country"]
                && row["class"] == "standard"
                && row["region"].is_empty()
                && row["effective_from"] == fact["effective_from"]
                && row["rate_pct"] == fact["standard_rate_pct"]
                && (row["effective_to"] == fact["effective_to"] || fact["country"] == "VN")
        };
        assert!(ours.iter().any(|row| of(&row)), "{fact:?}");
        compared += 1;
    }
    assert!(compared >= 60, "{compared}");
}

#[test]
fn duty_rates_are_those_of_the_facts() {
    let Some(facts) = facts("duty_rate_samples.csv") else { return };
    let ours = rows(include_str!("../tables/duty_rates.csv"));
    let mut compared = 0;
    for fact in facts.iter().filter(|fact| !fact["hs6"].is_empty()) {
        let area = if fact["country"] == "EAEU" { "RU" } else { &fact["country"] };
        let of = |row: &&Row| {
            row["area"] == area
                && row["hs"].split_whitespace().any(|prefix| prefix == fact["hs6"])
                && row["rate_pct"] == fact["ad_valorem_pct"]
                && row["confidence"] == fact["confidence"]
        };
        assert!(ours.iter().any(|row| of(&row)), "{fact:?}");
        compared += 1;
    }
    assert_eq!(compared, 78);
}

#[test]
fn fees_are_those_of_the_facts() {
    let ours = rows(include_str!("../tables/fees.csv"));
    for name in ["import_collection_fees.csv", "eu_national_parcel_fees.csv"] {
        let Some(facts) = facts(name) else { return };
        for fact in facts.iter().filter(|fact| {
            !fact.get("notes").is_some_and(|notes| notes.starts_with("abandoned") || notes.starts_with("withdrawn"))
        }) {
            let amount: base::Rate = fact["fee"].parse().unwrap();
            let of = |row: &&Row| {
                row["country"] == fact["country"]
                    && row["currency"] == fact["currency"]
                    && row["amount"].parse::<base::Rate>().is_ok_and(|ours| ours == amount)
            };
            assert!(ours.iter().any(|row| of(&row)), "{fact:?}");
        }
    }
}

/// Goods of 1,000 dollars to the United States.
fn to_the_united_states(hs: &str, origin: &str, day: &str) -> customs::LandedCost {
    let items = [common::item(hs, origin, 1, common::money("1000USD"))];
    common::cost(&common::ask(origin, "US", day, &items, &common::NO_RATES))
}

/// The published list of lines without the surcharge of 2026, and both sides of its days.
#[test]
fn exempt_lines_pay_no_section_122() {
    let Some(exempt) = facts("../us-tariff-overlays-2026-05/s122_exempt_products.csv") else { return };
    let surcharged = |hs: &str, day: &str| {
        let lines = to_the_united_states(hs, "VN", day).lines;
        lines.iter().any(|line| line.rule.id.starts_with("us-122") && line.amount.minor > 0)
    };
    // Chapter 98 has no code of its own in the Harmonized System.
    let exempt: Vec<String> = exempt.iter().map(|row| row["hts8"].clone()).filter(|hs| hs.as_str() < "98").collect();
    let wrong: Vec<&String> = exempt.iter().filter(|hs| surcharged(hs, "2026-02-24")).collect();
    assert!(wrong.is_empty() && exempt.len() > 1_600, "{} of {}: {wrong:?}", wrong.len(), exempt.len());
    for (day, due) in [("2026-02-23", false), ("2026-02-24", true), ("2026-07-23", true), ("2026-07-24", false)] {
        assert_eq!(surcharged("610910", day), due, "{day}");
    }
}

#[test]
fn the_stack_examples_of_the_united_states_add_up() {
    let Some(facts) = facts("us_china_stack_examples.csv") else { return };
    for fact in facts {
        let cost = to_the_united_states(&fact["hts8"], "CN", "2026-09-01");
        let total: base::Rate = fact["total_pct_2026_09_01"].parse().unwrap();
        assert_eq!(cost.duty.minor, total.of(1000, base::Rounding::HalfUp).unwrap(), "{fact:?}");
        let estimate = cost.certainty == customs::Certainty::Estimate;
        assert_eq!(estimate, fact["confidence"] == "low", "{fact:?}");
    }
}
