//! Each date boundary of the tables: the day before and the day of, with amounts worked out by hand.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails is what an unwrap is for")]

mod common;

use base::{Currency, Money};
use common::{Fx, ask, cost, item, money};
use customs::{Confidence, LandedCost, Tables};
use std::collections::BTreeSet;

/// `day from>to[-region] service route items… +delivery [fx…] = duty tax fees`, amounts in major units of the items' currency.
const CASES: &str = include_str!("boundaries.txt");

struct Case {
    text: String,
    cost: LandedCost,
    expected: [Money; 3],
}

fn read(line: &str) -> Case {
    let (asked, expected) = line.split_once(" = ").unwrap();
    let words: Vec<&str> = asked.split_whitespace().collect();
    let [day, way, service, route, rest @ ..] = words.as_slice() else { panic!("{line}") };
    let (from, to) = way.split_once('>').unwrap();
    let (to, region) = to.split_once('-').unwrap_or((to, ""));
    let (mut items, mut delivery, mut rates) = (Vec::new(), None, Fx::new());
    for word in rest {
        if let Some((pair, rate)) = word.split_once('=') {
            let (one, other) = pair.split_once('/').unwrap();
            rates.push((one.parse().unwrap(), other.parse().unwrap(), rate.parse().unwrap()));
        } else if let Some(amount) = word.strip_prefix('+') {
            delivery = Some(amount.to_string());
        } else {
            let parts: Vec<&str> = word.split(':').collect();
            let mut goods = item(parts[0], from, parts[1].parse().unwrap(), money(parts[2]));
            if let Some(class) = parts.get(3).filter(|class| !class.is_empty()) {
                goods.tax_class = class.parse().unwrap();
            }
            if let Some(origin) = parts.get(4) {
                goods.origin = common::country(origin);
            }
            items.push(goods);
        }
    }
    let currency: Currency = items[0].unit_price.currency;
    let mut shipment = ask(from, to, day, &items, &rates);
    shipment.region = region;
    shipment.service = service.parse().unwrap();
    shipment.tax_route = route.parse().unwrap();
    shipment.shipping = delivery.map_or(Money::zero(currency), |amount| money(&format!("{amount}{currency}")));
    let amounts: Vec<Money> = expected.split_whitespace().map(|amount| money(&format!("{amount}{currency}"))).collect();
    let cost = customs::landed_cost(Tables::builtin(), &shipment).unwrap_or_else(|error| panic!("{line}: {error}"));
    Case { text: line.to_string(), cost, expected: amounts.try_into().unwrap() }
}

fn cases() -> Vec<Case> {
    CASES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(read).collect()
}

#[test]
fn every_boundary_by_hand() {
    let mut wrong = Vec::new();
    for case in cases() {
        let found = [case.cost.duty, case.cost.tax, case.cost.fees];
        if found != case.expected {
            wrong.push(format!("{}\n  found {found:?}", case.text));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// A rule nobody tries could be wrong unseen.
#[test]
fn every_rule_is_tried() {
    let mut tried = BTreeSet::new();
    for case in cases() {
        for line in &case.cost.lines {
            tried.insert(line.rule.id.to_string());
            tried.extend(line.under.as_ref().map(|rule| rule.id.to_string()));
        }
    }
    let tables = ["low_value_rules", "additional_duties", "fees"];
    let untried: Vec<String> = Tables::builtin()
        .sources()
        .filter(|row| tables.contains(&row.table) && row.confidence > Confidence::Low && !tried.contains(&row.id))
        // What has no line of its own: amounts alone show that it is kept out, or in the tax base.
        .filter(|row| !row.value.ends_with("not charged") && !row.value.ends_with("in the tax base"))
        .map(|row| row.id)
        .collect();
    assert!(untried.is_empty(), "no case tries {untried:?}");
}

/// Both sides of every day on which a low-value rule begins or ends stand among the cases.
#[test]
fn both_sides_of_every_boundary_are_tried() {
    let mut missing = Vec::new();
    let days: BTreeSet<String> = CASES
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let mut words = line.split_whitespace();
            let day = words.next().unwrap();
            let to = words.next().unwrap().split_once('>').unwrap().1;
            let country = common::country(to.split_once('-').map_or(to, |(country, _)| country));
            format!("{} {day}", if country.is_eu() { "EU".to_string() } else { country.to_string() })
        })
        .collect();
    let first = common::date("2018-01-01");
    for row in
        Tables::builtin().sources().filter(|row| row.table == "low_value_rules" && row.confidence > Confidence::Low)
    {
        let begins = row.from.filter(|from| *from > first).map(|from| (from.yesterday().unwrap(), from));
        let ends = row.to.filter(|to| *to > first).map(|to| (to, to.tomorrow().unwrap()));
        for day in [begins, ends].into_iter().flatten().flat_map(|(before, after)| [before, after]) {
            if !days.contains(&format!("{} {day}", row.country)) {
                missing.push(format!("{} {} {day}", row.id, row.country));
            }
        }
    }
    assert!(missing.is_empty(), "not tried:\n{}", missing.join("\n"));
}

/// The days around a change of tax rate give the two rates.
#[test]
fn tax_rates_change_on_their_day() {
    for (to, days) in [
        ("EE", "2023-12-31 20 2024-01-01 22 2025-06-30 22 2025-07-01 24"),
        ("FI", "2024-08-31 24 2024-09-01 25.5"),
        ("RO", "2025-07-31 19 2025-08-01 21"),
        ("SK", "2024-12-31 20 2025-01-01 23"),
        ("LU", "2022-12-31 17 2023-01-01 16 2023-12-31 16 2024-01-01 17"),
        ("DE", "2020-06-30 19 2020-07-01 16 2020-12-31 16 2021-01-01 19"),
        ("CH", "2023-12-31 7.7 2024-01-01 8.1"),
        ("RU", "2025-12-31 20 2026-01-01 22"),
        ("SG", "2022-12-31 7 2023-01-01 8 2023-12-31 8 2024-01-01 9"),
        ("SA", "2020-06-30 5 2020-07-01 15"),
        ("IL", "2024-12-31 17 2025-01-01 18"),
        ("ID", "2024-12-31 11 2025-01-01 11"),
        ("VN", "2025-06-30 10 2025-07-01 8 2026-12-31 8 2027-01-01 10"),
    ] {
        let words: Vec<&str> = days.split_whitespace().collect();
        for pair in words.chunks(2) {
            let items = [item("950300", to, 1, money("100.00EUR"))];
            // Within the country nothing but the tax rate matters.
            let cost = cost(&ask(to, to, pair[0], &items, &common::NO_RATES));
            assert_eq!(cost.tax, money(&format!("{}EUR", pair[1])), "{to} {}", pair[0]);
        }
    }
}

/// Pages translate by code and arguments: both must be what JSON says, and every sentence must end.
#[test]
fn reasons_say_in_code_and_words_what_they_freeze() {
    let mut codes = BTreeSet::new();
    for case in cases() {
        for line in &case.cost.lines {
            let frozen = serde_json::to_value(&line.reason).unwrap();
            assert_eq!(frozen["code"], line.reason.code());
            let names: BTreeSet<String> = line.reason.args().into_iter().map(|(name, _)| name.to_string()).collect();
            let fields = frozen.as_object().unwrap().keys().filter(|key| *key != "code").cloned().collect();
            assert_eq!(names, fields, "{}", line.reason.code());
            let sentence = line.reason.english();
            assert!(sentence.ends_with('.') && !sentence.contains('{'), "{sentence}");
            codes.insert(line.reason.code());
        }
    }
    let known = "additional at_least at_most below_limit exempt flat floor handling included inside no_tax of_excess percent \
        percent_less reduced same_territory specific too_small";
    let known: BTreeSet<&str> = known.split_whitespace().collect();
    assert!(codes.is_subset(&known), "{codes:?}");
    let untried: Vec<_> = known.difference(&codes).collect();
    assert!(untried.len() <= 1, "{untried:?}");
}

#[test]
fn sentences_read_well() {
    let said = |line: &str| -> Vec<String> { read(line).cost.lines.iter().map(|line| line.reason.english()).collect() };
    assert_eq!(
        said("2026-07-15 CN>DE express border 610910:2:15.00EUR +5 = 3.00 7.22 0"),
        [
            "Flat 3.00 EUR for each tariff line (six digits and origin), whatever the quantity.",
            "19 % of 38.00 EUR (goods + delivery + insurance + duty).",
        ]
    );
    assert_eq!(
        said("2026-10-01 CN>GB express checkout 490199:1:20.00GBP:book = 0 0 0"),
        [
            "Nothing is due: the value of the goods is 20.00 GBP, within the limit of 135.00 GBP.",
            "Reduced rate for books: 0 % of 20.00 GBP (goods + delivery + insurance).",
        ]
    );
    // Malaysia's rate for low value goods is its own: no class of goods lowers it.
    assert_eq!(
        said("2024-01-01 CN>MY express checkout 210690:1:100.00MYR:food 950300:1:0.05MYR +9 = 0 10.01 0")[1..],
        ["10 % of 100.05 MYR (goods)."]
    );
    assert_eq!(
        said("2026-03-01 CN>CH postal border 420292:1:50.00CHF +10 = 0 0 0"),
        [
            "0 % of 60.00 CHF (goods + delivery + insurance).",
            "The tax would be 4.86 CHF; up to 5.00 CHF it is not collected."
        ]
    );
}
