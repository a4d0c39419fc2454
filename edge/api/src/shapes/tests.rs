//! Every field that goes in has a shape, and it is that of the type which reads it.

use super::*;
use crate::openapi::DOCUMENT;
use base::Id;

/// Texts without a shape, whole numbers without bounds.
fn loose(place: &str, schema: &Value, found: &mut Vec<String>) {
    let unlimited = ["pattern", "enum", "maxLength"].iter().all(|keyword| schema[*keyword].is_null());
    if is_text(schema) && unlimited && schema["format"] != "binary" {
        found.push(place.to_owned());
    }
    if is_whole(schema) && (schema["minimum"].is_null() || schema["maximum"].is_null()) {
        found.push(place.to_owned());
    }
    for part in ["items", "propertyNames", "additionalProperties"] {
        if schema[part].is_object() && schema[part]["$ref"].is_null() {
            loose(&format!("{place}.{part}"), &schema[part], found);
        }
    }
}

#[test]
fn everything_that_goes_in_has_a_shape() {
    let (document, mut found) = (&*DOCUMENT, Vec::new());
    for owner in going_in(document) {
        for (name, schema) in document["components"]["schemas"][&owner]["properties"].as_object().into_iter().flatten()
        {
            loose(&format!("{owner}.{name}"), schema, &mut found);
        }
    }
    for (name, call) in calls(document) {
        for one in call["parameters"].as_array().into_iter().flatten().filter(|one| one["in"] != "header") {
            loose(&format!("{name} {}", one["name"]), &one["schema"], &mut found);
        }
    }
    assert!(found.is_empty(), "give these a shape in shapes.rs:\n{}", found.join("\n"));
}

/// Indexing a value that may change makes what is missing null, which OpenAPI does not know.
#[test]
fn nothing_in_the_document_is_made_null() {
    for (name, call) in calls(&DOCUMENT) {
        assert!(call.get("parameters").is_none_or(Value::is_array), "{name}");
    }
    for owner in going_in(&DOCUMENT) {
        let properties = DOCUMENT["components"]["schemas"][&owner].get("properties");
        assert!(properties.is_none_or(Value::is_object), "{owner}");
    }
}

#[test]
fn amounts_that_go_in_are_bounded() {
    for owner in going_in(&DOCUMENT) {
        let text = DOCUMENT["components"]["schemas"][&owner].to_string();
        assert!(!text.contains("schemas/MoneyView"), "{owner}");
    }
}

/// Takes what a shape takes out of the document.
fn fits(schema: &Value, text: &str) -> bool {
    jsonschema::draft202012::options().should_validate_formats(true).build(schema).unwrap().is_valid(&json!(text))
}

fn rule(shape: Option<Shape>) -> Value {
    shape.unwrap().rule
}

#[test]
fn shapes_are_those_of_the_types_that_read_them() {
    let ids = rule(id::<orders::Order>());
    for raw in [0, 1, 31, 32, 1 << 40, i64::MAX] {
        let text = Id::<orders::Order>::from_raw(raw).to_string();
        assert!(fits(&ids, &text), "{text}");
    }
    for text in ["ord_", "ord_I", "ord_8000000000000", "ord_00000000000000", "prd_1", "ord_1 ", " ord_1", "x\nord_1"] {
        assert!(!fits(&ids, text), "{text}");
        assert!(text.contains(' ') || text.contains('\n') || text.parse::<Id<orders::Order>>().is_err(), "{text}");
    }
    for text in ["610910", "6109-10", "6109.10", "6109 10 00", "6109.10.00.00", "970190"] {
        assert!(fits(&rule(hs()), text) && text.parse::<base::HsCode>().is_ok(), "{text}");
    }
    for text in ["61091", "6109100", "000000", "980000", "6109.10.00.00.0", ""] {
        assert!(!fits(&rule(hs()), text) && text.parse::<base::HsCode>().is_err(), "{text}");
    }
    for text in ["1.1172", "0.5", "1000", "999999999.1234567890"] {
        assert!(fits(&rule(field("RateAnswer", "rate")), text) && text.parse::<base::Rate>().is_ok(), "{text}");
    }
    for text in ["0", "0.000", "-1", "1e5", "", "one"] {
        assert!(!fits(&rule(field("RateAnswer", "rate")), text), "{text}");
    }
    for text in ["en", "zh-CN", "zh-Hant-HK", "pt_BR", "fil"] {
        assert!(fits(&rule(language()), text) && text.parse::<base::Language>().is_ok(), "{text}");
    }
    assert!(fits(&rule(email()), "ü@x.example") && !fits(&rule(email()), "a@b") && !fits(&rule(email()), "a b@c.de"));
    assert!(!fits(&rule(words(10)), "  ") && fits(&rule(words(10)), " a ") && !fits(&rule(text(10)), "a\0b"));
}

#[test]
fn a_shop_speaks_the_languages_that_there_are() {
    let languages = frame::language::Languages::load(&[frame::BRINGS], None).unwrap();
    let mut tags: Vec<&str> = languages.all().iter().map(|locale| locale.tag).collect();
    tags.sort_unstable();
    assert_eq!(tags, super::value::SPOKEN);
}
