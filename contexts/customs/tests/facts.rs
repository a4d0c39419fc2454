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

/// Fails with every fact that no row of ours agrees with, not with the first; `least` of them must have been compared.
fn agree<'a>(facts: impl Iterator<Item = &'a Row>, least: usize, agrees: impl Fn(&Row) -> bool) {
    let facts: Vec<&Row> = facts.collect();
    let mut differ = Vec::new();
    for fact in facts.iter().filter(|fact| !agrees(fact)) {
        let cells: std::collections::BTreeMap<_, _> = fact.iter().filter(|(_, cell)| !cell.is_empty()).collect();
        differ.push(format!("{cells:?}"));
    }
    assert!(differ.is_empty(), "{} of {} differ:\n{}", differ.len(), facts.len(), differ.join("\n"));
    assert!(facts.len() >= least, "only {} were compared", facts.len());
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
    let wanted = facts.iter().filter(|fact| {
        // The postal entry of 2026 is the tariff itself, without a rule of its own.
        areas.contains(&fact["country"].as_str())
            && !low(fact)
            && !aside(fact)
            && !fact["regime"].contains("postal informal entry")
    });
    agree(wanted, 45, |fact| {
        let of = |row: &&Row| {
            row["area"] == fact["country"]
                && [&row["at_most"], &row["over"]].contains(&&fact["threshold_amount"])
                && row["currency"] == fact["threshold_currency"]
                && (row["effective_from"] == fact["effective_from"] || fact["regime"].contains("OVR") || low(row))
        };
        ours.iter().any(|row| of(&row))
    });
}

#[test]
fn tax_rates_are_those_of_the_facts() {
    let Some(facts) = facts("vat_gst_rates.csv") else { return };
    let ours = rows(include_str!("../tables/tax_rates.csv"));
    // Known differences: Indonesia's 12 on 11/12 is 11; Viet Nam's cut to 8 is its own row.
    // The United States have none at any time.
    let aside =
        |fact: &Row| fact["country"] == "US" || (fact["country"] == "ID" && fact["effective_from"] == "2025-01-01");
    let here = |fact: &Row| ours.iter().any(|row| row["country"] == fact["country"]);
    agree(facts.iter().filter(|fact| here(fact) && !aside(fact)), 60, |fact| {
        let of = |row: &&Row| {
            row["country"] == fact["country"]
                && row["class"] == "standard"
                && row["region"].is_empty()
                && row["effective_from"] == fact["effective_from"]
                && row["rate_pct"] == fact["standard_rate_pct"]
                && (row["effective_to"] == fact["effective_to"] || fact["country"] == "VN")
        };
        ours.iter().any(|row| of(&row))
    });
}

#[test]
fn duty_rates_are_those_of_the_facts() {
    let Some(facts) = facts("duty_rate_samples.csv") else { return };
    let ours = rows(include_str!("../tables/duty_rates.csv"));
    agree(facts.iter().filter(|fact| !fact["hs6"].is_empty()), 78, |fact| {
        let area = if fact["country"] == "EAEU" { "RU" } else { &fact["country"] };
        let of = |row: &&Row| {
            row["area"] == area
                && row["hs"].split_whitespace().any(|prefix| prefix == fact["hs6"])
                && row["rate_pct"] == fact["ad_valorem_pct"]
                && row["confidence"] == fact["confidence"]
        };
        ours.iter().any(|row| of(&row))
    });
}

#[test]
fn fees_are_those_of_the_facts() {
    let ours = rows(include_str!("../tables/fees.csv"));
    let files = ["import_collection_fees.csv", "eu_national_parcel_fees.csv"].map(facts);
    let [Some(collected), Some(national)] = files else { return };
    let gone = |fact: &Row| {
        fact.get("notes").is_some_and(|notes| notes.starts_with("abandoned") || notes.starts_with("withdrawn"))
    };
    agree(collected.iter().chain(&national).filter(|fact| !gone(fact)), 17, |fact| {
        let amount: base::Rate = fact["fee"].parse().unwrap();
        ours.iter().any(|row| {
            row["country"] == fact["country"]
                && row["currency"] == fact["currency"]
                && row["amount"].parse::<base::Rate>().is_ok_and(|ours| ours == amount)
        })
    });
}

/// Of each economy the way and height of the duty, how well it is known, and what it comes to.
#[test]
fn duties_on_forced_labour_are_those_of_the_facts() {
    let Some(facts) = facts("us_forced_labour_301.csv") else { return };
    let ours = rows(include_str!("../tables/additional_duties.csv"));
    let ours: Vec<&Row> = ours.iter().filter(|row| row["authority"].contains("forced labour")).collect();
    let listed = |row: &Row, origin: &str| row["origin"].split_whitespace().any(|one| one == origin);
    agree(facts.iter(), 60, |fact| {
        let mode = if fact["mode"] == "total_at_least" { "floor" } else { &fact["mode"] };
        let of = |row: &&&Row| {
            listed(row, &fact["origin"])
                && row["hs"] == "*"
                && row["mode"] == mode
                && ["rate_pct", "effective_from", "effective_to", "confidence"]
                    .iter()
                    .all(|cell| row[*cell] == fact[*cell])
        };
        ours.iter().filter(of).count() == 1
    });
    let known = |origin: &str| facts.iter().any(|fact| fact["origin"] == origin);
    let invented = |row: &&&Row| !row["origin"].split_whitespace().all(known) || row["origin"].is_empty();
    assert_eq!(ours.iter().filter(invented).map(|row| &row["id"]).collect::<Vec<_>>(), [""; 0], "origins nobody lists");
    // Coffee makers are 3.7 percent, T-shirts 16.5: what is lifted to 10 or 12.5 stays where it is above.
    let due = |hs: &str, origin: &str, day: &str| to_the_united_states(hs, origin, day).duty.minor;
    let mut differ = Vec::new();
    for fact in facts.iter().filter(|fact| fact["origin"] != "CN" && fact["origin"] != "BR") {
        let rate: base::Rate = fact["rate_pct"].parse().unwrap();
        let (high, low) = match fact["mode"].as_str() {
            "add" => (
                rate.of(1_000, base::Rounding::HalfUp).unwrap() + 16_500,
                rate.of(1_000, base::Rounding::HalfUp).unwrap() + 3_700,
            ),
            _ => (16_500, rate.of(1_000, base::Rounding::HalfUp).unwrap()),
        };
        let members: Vec<String> = match fact["origin"].as_str() {
            "EU" => base::Country::eu().map(|country| country.to_string()).collect(),
            one => vec![one.to_string()],
        };
        for origin in members {
            let found = [
                (due("610910", &origin, "2026-07-24"), high),
                (due("851671", &origin, "2026-07-24"), low),
                (due("610910", &origin, "2026-11-29"), high),
            ];
            differ.extend(found.iter().filter(|(found, due)| found != due).map(|pair| format!("{origin} {pair:?}")));
        }
    }
    assert!(differ.is_empty(), "{differ:#?}");
    assert_eq!((due("851671", "LA", "2026-07-24"), due("851671", "MM", "2026-07-24")), (3_700, 3_700), "not listed");
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
    agree(facts.iter(), 6, |fact| {
        let cost = to_the_united_states(&fact["hts8"], "CN", "2026-09-01");
        let total: base::Rate = fact["total_pct_2026_09_01"].parse().unwrap();
        let estimate = cost.certainty == customs::Certainty::Estimate;
        cost.duty.minor == total.of(1000, base::Rounding::HalfUp).unwrap() && estimate == low(fact)
    });
}
