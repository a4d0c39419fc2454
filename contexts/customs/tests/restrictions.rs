//! What may not go where, and what is missing before goods may be sold abroad.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails is what an unwrap is for")]

mod common;

use base::Weight;
use common::{country, date, item, money};
use customs::{Restriction, Service, Tables, bars, describes, readiness, restrictions};

fn found(hs: &str, from: &str, to: &str, service: Service, day: &str) -> Vec<Restriction> {
    let goods = item(hs, from, 1, money("10.00EUR"));
    let all = restrictions(Tables::builtin(), &goods, country(from), country(to), service, date(day));
    let barred = bars(Tables::builtin(), &goods, country(from), country(to), service, date(day));
    assert!(all.iter().all(|one| !one.sentence.is_empty() && !one.source.is_empty()));
    assert_eq!(all.iter().filter(|one| one.barred).cloned().collect::<Vec<_>>(), barred);
    all
}

fn codes(found: &[Restriction], barred: bool) -> Vec<&str> {
    found.iter().filter(|one| one.barred == barred).map(|one| one.code.as_str()).collect()
}

#[test]
fn a_power_bank_goes_by_courier_not_by_post() {
    let day = "2026-10-01";
    assert_eq!(codes(&found("850760", "CN", "DE", Service::Postal, day), true), ["lithium_battery_postal"]);
    let courier = found("850760", "CN", "DE", Service::Express, day);
    assert_eq!(codes(&courier, true), Vec::<&str>::new());
    assert!(codes(&courier, false).contains(&"lithium_battery_papers"));
    // Dangerous by post within a country too, where no customs papers are asked for.
    let domestic = found("850760", "DE", "DE", Service::Postal, day);
    assert_eq!(codes(&domestic, true), ["lithium_battery_postal"]);
    assert!(!codes(&domestic, false).contains(&"ce_mark"));
}

#[test]
fn goods_are_barred_where_the_law_says_so() {
    let day = "2026-10-01";
    for (hs, to, code) in [
        ("300490", "US", "medicine"),
        ("240220", "GB", "tobacco"),
        ("220421", "SA", "alcohol"),
        ("020329", "SA", "pork"),
        ("040690", "FR", "animal_products"),
        ("854340", "SG", "vaping"),
        ("880622", "IN", "drone"),
        ("930400", "CH", "arms"),
        ("961310", "NO", "lighters"),
    ] {
        assert!(codes(&found(hs, "CN", to, Service::Express, day), true).contains(&code), "{hs} {to}");
    }
    assert!(codes(&found("880622", "CN", "DE", Service::Express, day), true).is_empty());
    assert!(codes(&found("040690", "DE", "FR", Service::Express, day), true).is_empty(), "no border");
    assert!(codes(&found("610910", "CN", "DE", Service::Postal, day), true).is_empty());
}

#[test]
fn papers_begin_on_their_day() {
    let on = |day: &str| codes(&found("610910", "CN", "DE", Service::Express, day), false).join(" ");
    assert_eq!(on("2024-12-12"), "");
    assert_eq!(on("2024-12-13"), "responsible_person");
    assert_eq!(on("2026-10-31"), "responsible_person");
    assert_eq!(on("2026-11-01"), "responsible_person product_identifiers");
    assert_eq!(codes(&found("610910", "CN", "KR", Service::Express, "2026-11-01"), false), ["buyer_identity"]);
}

#[test]
fn readiness_asks_for_what_customs_asks_for() {
    let codes = |hs: Option<&str>, origin: Option<&str>, description: &str, grams: Option<i64>, to: &str| {
        let hs = hs.map(|hs| hs.parse().unwrap());
        let missing = readiness(hs, origin.map(country), describes(description), grams.map(Weight::grams), country(to));
        assert!(missing.iter().all(|one| !one.message.is_empty()));
        missing.into_iter().map(|one| one.code).collect::<Vec<_>>()
    };
    assert!(codes(Some("610910"), Some("CN"), "Women’s cotton T-shirt", Some(200), "DE").is_empty());
    assert_eq!(codes(None, None, "", None, "DE"), ["hs_code", "origin", "description", "weight"]);
    assert_eq!(codes(Some("610910"), Some("CN"), "Gift", Some(0), "DE"), ["description", "weight"]);
    assert!(codes(Some("691200"), Some("CN"), "陶瓷马克杯", Some(300), "DE").is_empty(), "a language without spaces");
    assert!(codes(Some("851830"), Some("CN"), "Headphones", Some(200), "US").is_empty());
    for vague in ["-", "gifts", "Consumer goods", "Other parts (various)", "x 12"] {
        assert_eq!(codes(Some("610910"), Some("CN"), vague, Some(200), "US"), ["description"], "{vague}");
    }
}
