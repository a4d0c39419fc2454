//! The document and the table of routes say the same; the document changes only when someone means it to.

use crate::{ROUTES, openapi};
use frame::{Verb, Who};
use serde_json::Value;
use std::collections::BTreeSet;

fn document() -> Value {
    serde_json::from_str(&openapi::TEXT).unwrap()
}

fn documented() -> BTreeSet<String> {
    let document = document();
    let paths = document["paths"].as_object().unwrap();
    let calls = paths.iter().flat_map(|(path, methods)| {
        methods.as_object().unwrap().keys().map(move |method| format!("{} {path}", method.to_uppercase()))
    });
    calls.collect()
}

#[test]
fn every_route_is_documented_and_nothing_else() {
    let told = |route: &&frame::Route| route.who.is_api();
    let table: BTreeSet<String> =
        ROUTES.iter().filter(told).map(|route| format!("{} {}", route.verb.name(), route.path)).collect();
    assert_eq!(table, documented());
}

#[test]
fn every_call_says_what_it_is_and_how_it_refuses() {
    let document = document();
    for route in ROUTES.iter().filter(|route| route.who.is_api()) {
        let call = &document["paths"][route.path][route.verb.name().to_lowercase()];
        let name = format!("{} {}", route.verb.name(), route.path);
        assert!(call["summary"].as_str().is_some_and(|words| !words.is_empty()), "{name} has no summary");
        let answers = call["responses"].as_object().unwrap();
        assert!(answers.keys().any(|status| status.starts_with('2')), "{name}");
        for status in ["401", "404", "422", "503"] {
            let content = &answers[status]["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(content, "#/components/schemas/Problem", "{name} {status}");
        }
        if matches!(route.who, Who::ApiKey(_)) {
            assert!(answers.contains_key("403"), "{name} can be denied");
            assert_eq!(call["security"][0]["key"], Value::Array(Vec::new()), "{name} needs a key");
        }
        if route.verb != Verb::Get {
            assert!(answers.contains_key("409") && answers.contains_key("415"), "{name}");
        }
        for part in route.path.split('/').filter_map(|part| part.strip_prefix('{')) {
            let wanted = part.trim_end_matches('}');
            let parameters = call["parameters"].as_array().unwrap();
            assert!(parameters.iter().any(|one| one["name"] == wanted && one["in"] == "path"), "{name}: {wanted}");
        }
    }
}

#[test]
fn what_is_counted_by_address_says_how_long_to_wait() {
    let document = document();
    assert_eq!(ROUTES.iter().filter(|route| route.limited && route.who.is_api()).count(), 11);
    for route in ROUTES.iter().filter(|route| route.who.is_api()) {
        let call = &document["paths"][route.path][route.verb.name().to_lowercase()];
        let wait = &call["responses"]["429"]["headers"]["Retry-After"]["schema"]["type"];
        assert_eq!(wait == "integer", route.limited, "{} {}", route.verb.name(), route.path);
    }
}

#[test]
fn no_reference_leads_nowhere() {
    let text = &*openapi::TEXT;
    let document = document();
    for reference in text.split("\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(document["components"]["schemas"][name].is_object(), "{name}");
    }
}

/// `UPDATE=1 cargo test -p api` writes the document anew; the difference is what a reviewer looks at.
#[test]
fn the_document_is_what_it_was() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/openapi.json");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(file, &*openapi::TEXT).unwrap();
    }
    let kept = std::fs::read_to_string(file).unwrap_or_default();
    assert!(kept == *openapi::TEXT, "the API has changed; if it is meant, run UPDATE=1 cargo test -p api");
}
