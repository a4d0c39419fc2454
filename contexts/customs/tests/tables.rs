//! The tables themselves: valid, complete, and refused when they are not.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails is what an unwrap is for")]

use base::{Country, HsCode};
use customs::{Files, Tables, tables::BUILTIN};
use std::collections::BTreeSet;

#[test]
fn the_built_in_tables_are_valid_and_cover_every_destination() {
    let tables = Tables::parse(&BUILTIN).unwrap();
    let wanted = "GB US CA AU NZ JP KR SG CH NO BR MX CL AE SA IL TR TH VN ID MY PH IN ZA CN RU";
    let mut wanted: BTreeSet<Country> = wanted.split_whitespace().map(|code| code.parse().unwrap()).collect();
    wanted.extend(Country::eu());
    assert_eq!(tables.destinations().collect::<BTreeSet<_>>(), wanted);
    for row in tables.sources() {
        assert!(!row.id.is_empty() && !row.source.is_empty() && !row.country.is_empty(), "{row:?}");
        assert!(!row.what.is_empty(), "{row:?}");
    }
    assert!(tables.sources().count() > 700, "{}", tables.sources().count());
}

#[test]
fn any_goods_can_be_priced_to_any_destination() {
    let items_of = |hs: &str| -> HsCode { hs.parse().unwrap() };
    let mut rates: Vec<(base::Currency, base::Currency, base::Rate)> = Vec::new();
    for currency in base::Currency::all() {
        rates.push((currency, base::Currency::EUR, "0.05".parse().unwrap()));
    }
    for destination in Tables::builtin().destinations() {
        for hs in ["610910", "640411", "010121", "970121", "850760", "2204210000", "49019900"] {
            for quantity in [1, 500] {
                let items = [customs::Item {
                    hs: items_of(hs),
                    origin: "CN".parse().unwrap(),
                    quantity,
                    unit_price: base::Money::new(2_000, base::Currency::EUR),
                    unit_weight: base::Weight::grams(200),
                    tax_class: customs::TaxClass::Standard,
                }];
                for date in ["2024-07-01", "2026-11-22", "2031-01-01"] {
                    let shipment = customs::Shipment {
                        dispatch: "HK".parse().unwrap(),
                        destination,
                        region: "",
                        date: date.parse().unwrap(),
                        service: customs::Service::Line,
                        tax_route: customs::TaxRoute::Checkout,
                        typical: customs::Typical::Accept,
                        currency: base::Currency::EUR,
                        items: &items,
                        shipping: base::Money::new(500, base::Currency::EUR),
                        insurance: base::Money::zero(base::Currency::EUR),
                        rates: &rates,
                    };
                    let cost = customs::landed_cost(Tables::builtin(), &shipment);
                    let cost = cost.unwrap_or_else(|error| panic!("{destination} {hs} {date}: {error}"));
                    assert!(cost.lines.iter().any(|line| line.kind == customs::ChargeKind::Duty), "{destination}");
                    assert!(cost.lines.iter().any(|line| line.kind == customs::ChargeKind::Tax), "{destination}");
                }
            }
        }
    }
}

fn refused(change: impl FnOnce(&mut String, &mut String, &mut String)) -> String {
    let mut tax = BUILTIN.tax_rates.to_string();
    let mut duty = BUILTIN.duty_rates.to_string();
    let mut rules = BUILTIN.low_value_rules.to_string();
    change(&mut tax, &mut duty, &mut rules);
    let files = Files { tax_rates: &tax, duty_rates: &duty, low_value_rules: &rules, ..BUILTIN };
    let error = Tables::parse(&files).unwrap_err();
    format!("{} {}", error.code, error.message)
}

#[test]
fn wrong_tables_are_refused_and_the_row_is_named() {
    let found = refused(|tax, _, _| tax.push_str("x,DE,,standard,VAT,20,top,2022-01-01,,high,someone,\n"));
    assert!(found.starts_with("table_overlap") && found.contains("“x”"), "{found}");
    let found = refused(|tax, _, _| tax.push_str("x,DE,,standard,VAT,20,top,1999-01-01,1999-12-31,high,,\n"));
    assert!(found.starts_with("table_row") && found.contains("source"), "{found}");
    let found = refused(|tax, _, _| tax.push_str("x,DE,,standard,VAT,20,top,1999-01-01,1999-12-31,,someone,\n"));
    assert!(found.contains("confidence"), "{found}");
    let found = refused(|_, duty, _| duty.push_str("x,EU,610910,,T-shirts,10,,,,,,2026-01-01,,high,someone,\n"));
    assert!(found.starts_with("table_overlap"), "{found}");
    let found = refused(|_, duty, _| duty.push_str("eu-610910,EU,999999,,?,10,,,,,,,,high,someone,\n"));
    assert!(found.contains("used twice"), "{found}");
    let found = refused(|_, duty, _| *duty = duty.replace("gb-other,GB,*", "gb-other,GB,99"));
    assert!(found.starts_with("table_gap"), "{found}");
    let found = refused(|_, _, rules| {
        rules.push_str("x,EU,duty,name,,,,,,,goods,,10,EUR,flat,,,,,,border,,,high,someone,\n");
    });
    assert!(found.contains("“x”") && found.contains("effect"), "{found}");
}

#[test]
fn every_destination_has_a_tax_rate_on_every_day_since_2018() {
    let none = customs::NoRates;
    for destination in Tables::builtin().destinations() {
        let items = [customs::Item {
            hs: "950300".parse().unwrap(),
            origin: destination,
            quantity: 1,
            unit_price: base::Money::new(2_000, base::Currency::EUR),
            unit_weight: base::Weight::grams(200),
            tax_class: customs::TaxClass::Standard,
        }];
        let mut date: base::Date = "2018-01-01".parse().unwrap();
        for _ in 0..20 * 365 {
            let shipment = customs::Shipment {
                dispatch: destination,
                destination,
                region: "",
                date,
                service: customs::Service::Domestic,
                tax_route: customs::TaxRoute::Checkout,
                typical: customs::Typical::Accept,
                currency: base::Currency::EUR,
                items: &items,
                shipping: base::Money::zero(base::Currency::EUR),
                insurance: base::Money::zero(base::Currency::EUR),
                rates: &none,
            };
            let known = customs::landed_cost_total(Tables::builtin(), &shipment);
            assert!(known.is_ok(), "{destination} {date}: {known:?}");
            date = date.tomorrow().unwrap();
        }
    }
}

/// One quote to Germany of two pieces of 100.00 EUR and 400 g each under a duty row of our own.
fn under(row: &str) -> (i64, &'static str) {
    let duty = format!("{}{row}\n", BUILTIN.duty_rates);
    let tables = Tables::parse(&Files { duty_rates: &duty, ..BUILTIN }).unwrap();
    let items = [customs::Item {
        hs: "870899".parse().unwrap(),
        origin: "CN".parse().unwrap(),
        quantity: 2,
        unit_price: base::Money::new(10_000, base::Currency::EUR),
        unit_weight: base::Weight::grams(400),
        tax_class: customs::TaxClass::Standard,
    }];
    let shipment = customs::Shipment {
        dispatch: "CN".parse().unwrap(),
        destination: "DE".parse().unwrap(),
        region: "",
        date: "2026-10-01".parse().unwrap(),
        service: customs::Service::Express,
        tax_route: customs::TaxRoute::Border,
        typical: customs::Typical::Accept,
        currency: base::Currency::EUR,
        items: &items,
        shipping: base::Money::zero(base::Currency::EUR),
        insurance: base::Money::zero(base::Currency::EUR),
        rates: &vec![(base::Currency::USD, base::Currency::EUR, "0.5".parse().unwrap())],
    };
    let cost = customs::landed_cost(&tables, &shipment).unwrap();
    (cost.duty.minor, cost.lines[0].reason.code())
}

#[test]
fn every_form_of_duty_is_computed() {
    // rate_pct, amount, min, max, currency, unit
    for (cells, duty, reason) in [
        ("10,,,,,", 2_000, "percent"),
        (",3.00,,,EUR,kg", 240, "specific"),
        (",3.00,,,EUR,piece", 600, "specific"),
        (",3.00,,,USD,piece", 300, "specific"),
        (",50.00,,,EUR,100kg", 40, "specific"),
        ("10,3.00,,,EUR,piece", 2_600, "compound"),
        ("10,3.00,,,EUR,kg", 2_240, "compound"),
        ("10,,12.00,,EUR,piece", 2_400, "at_least"),
        ("10,,9.00,,EUR,piece", 2_000, "percent"),
        ("10,,,8.00,EUR,piece", 1_600, "at_most"),
        ("10,,1.00,11.00,EUR,piece", 2_000, "percent"),
        ("0,,,,,", 0, "percent"),
    ] {
        let row = format!("x,EU,870899,,parts,{cells},,,high,someone,");
        assert_eq!(under(&row), (duty, reason), "{cells}");
    }
    // A rate of an origin stands beside the one of all others.
    assert_eq!(under("x,EU,870899,CN,parts,50,,,,,,,,high,someone,").0, 10_000);
    assert_eq!(under("x,EU,870899,VN,parts,50,,,,,,,,high,someone,").0, 540, "the typical rate of other goods");
}
