//! What the document of the API says goes in, held against what comes: every wrong field is told at once, by its name and by its
//! JSON pointer, before a handler sees anything.

use crate::openapi;
use crate::shapes::{CODE, SAYS};
use base::{Error, Field, Result};
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{ValidationError, Validator};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

/// So many wrong fields are told at most.
const TOLD: usize = 50;

/// A schema without references, and its validator once it was asked for.
struct Rule {
    schema: Value,
    validator: OnceLock<Option<Validator>>,
}

impl Rule {
    fn new(schema: Value) -> Rule {
        Rule { schema, validator: OnceLock::new() }
    }

    fn check(&self, value: &Value, code: &'static str) -> Result<()> {
        let build = || jsonschema::draft202012::options().should_validate_formats(true).build(&self.schema).ok();
        let Some(validator) = self.validator.get_or_init(build) else {
            return Err(Error::internal("a schema of the API's document cannot be used"));
        };
        let mut fields = Vec::new();
        for problem in validator.iter_errors(value) {
            self.tell(&problem, &mut fields);
        }
        if fields.is_empty() {
            return Ok(());
        }
        // Of a field that is wrong in several ways its kind counts first.
        fields.sort_by(|a, b| (&a.name, a.code != "type").cmp(&(&b.name, b.code != "type")));
        fields.dedup_by(|later, first| later.name == first.name);
        fields.truncate(TOLD);
        Err(Error { fields, ..Error::invalid(code, "Some fields need another look; `errors` names them.") })
    }

    /// One problem as the fields it is about.
    fn tell(&self, problem: &ValidationError<'_>, fields: &mut Vec<Field>) {
        let place = problem.instance_path().as_str();
        let mut say = |pointer: String, code: &'static str, message: String| {
            fields.push(Field { name: name(&pointer), code, message });
        };
        match problem.kind() {
            Kind::Required { property } => {
                let missing = property.as_str().unwrap_or_default();
                say(format!("{place}/{missing}"), "required", "This field is needed.".into());
            }
            Kind::AdditionalProperties { unexpected } => {
                for one in unexpected {
                    say(format!("{place}/{one}"), "unknown_field", "There is no such field here.".into());
                }
            }
            Kind::PropertyNames { error } => {
                let node = self.node(error);
                let code = coded(node).unwrap_or("key_format");
                say(
                    place.to_owned(),
                    code,
                    said(node).unwrap_or("A name in it is not one that it may have.").to_owned(),
                );
            }
            // A thing or null: what is wrong with the thing is of interest.
            Kind::OneOfNotValid { context } | Kind::AnyOf { context } => match context.first() {
                Some(first) => {
                    for inner in first {
                        self.tell(inner, fields);
                    }
                }
                None => say(place.to_owned(), "format", "This is not what is asked for here.".into()),
            },
            kind => {
                let node = self.node(problem);
                let (code, message) = wording(kind, node);
                say(place.to_owned(), code, message);
            }
        }
    }

    /// The schema that was broken.
    fn node(&self, problem: &ValidationError<'_>) -> &Value {
        let path = problem.schema_path().as_str();
        let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
        self.schema.pointer(parent).unwrap_or(&Value::Null)
    }
}

fn said(node: &Value) -> Option<&str> {
    node[SAYS].as_str()
}

/// Codes are those of shapes, which are few and live as long as the program.
fn coded(node: &Value) -> Option<&'static str> {
    let code = node[CODE].as_str()?;
    crate::shapes::CODES.iter().copied().find(|known| *known == code)
}

fn wording(kind: &Kind, node: &Value) -> (&'static str, String) {
    let shaped =
        |code: &'static str, words: String| (coded(node).unwrap_or(code), said(node).map_or(words, String::from));
    match kind {
        Kind::Type { kind } => ("type", format!("Write {}.", a_kind(kind))),
        Kind::Enum { options } => shaped("unknown_choice", format!("Choose one of {}.", listed(options))),
        Kind::Minimum { .. } | Kind::Maximum { .. } | Kind::ExclusiveMinimum { .. } | Kind::ExclusiveMaximum { .. } => {
            (
                "out_of_range",
                match (&node["minimum"], &node["maximum"]) {
                    (Value::Number(least), Value::Number(most)) => {
                        format!("Write a whole number from {least} to {most}.")
                    }
                    (Value::Number(least), _) => format!("Write a whole number of {least} or more."),
                    (_, most) => format!("Write a whole number of {most} or less."),
                },
            )
        }
        Kind::MaxLength { limit } => ("too_long", format!("Write {limit} characters at most.")),
        Kind::MinLength { limit: 1 } => ("required", "This field must not be empty.".into()),
        Kind::MinLength { limit } => shaped("too_short", format!("Write {limit} characters or more.")),
        Kind::MaxItems { limit } => ("too_many", format!("Send {limit} at most.")),
        Kind::MinItems { limit } => ("too_few", format!("Send {limit} or more.")),
        Kind::MaxProperties { limit } => ("too_many", format!("Send {limit} at most.")),
        Kind::UniqueItems => ("twice", "Say each only once.".into()),
        _ => shaped("format", "This is not written as it is asked for here.".into()),
    }
}

fn a_kind(kind: &TypeKind) -> String {
    let word = |kind: &jsonschema::JsonType| match kind {
        jsonschema::JsonType::Array => "a list",
        jsonschema::JsonType::Boolean => "true or false",
        jsonschema::JsonType::Integer => "a whole number",
        jsonschema::JsonType::Null => "null",
        jsonschema::JsonType::Number => "a number",
        jsonschema::JsonType::Object => "an object",
        jsonschema::JsonType::String => "a text",
    };
    match kind {
        TypeKind::Single(one) => word(one).to_owned(),
        TypeKind::Multiple(many) => many.iter().map(|one| word(&one)).collect::<Vec<_>>().join(" or "),
    }
}

fn listed(options: &Value) -> String {
    let all: Vec<&str> = options.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    match all.len() {
        0..=20 => all.join(", "),
        _ => format!("{}, …", all[..20].join(", ")),
    }
}

/// `/lines/2/quantity` as people write it: `lines[2].quantity`.
fn name(pointer: &str) -> String {
    let mut name = String::new();
    for part in pointer.split('/').skip(1) {
        let part = part.replace("~1", "/").replace("~0", "~");
        match part.parse::<usize>() {
            Ok(number) => name.push_str(&format!("[{number}]")),
            Err(_) if name.is_empty() => name.push_str(&part),
            Err(_) => name.push_str(&format!(".{part}")),
        }
    }
    name
}

/// What may go into one call.
struct Call {
    body: Option<Rule>,
    query: Option<Rule>,
    /// Types of the parameters of the query string.
    types: HashMap<String, String>,
}

static CALLS: LazyLock<HashMap<String, Call>> = LazyLock::new(|| {
    let document = &*openapi::DOCUMENT;
    let mut calls = HashMap::new();
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for (method, call) in methods.as_object().into_iter().flatten() {
            calls.insert(format!("{} {path}", method.to_uppercase()), read(document, call));
        }
    }
    calls
});

fn read(document: &Value, call: &Value) -> Call {
    let body = &call["requestBody"]["content"]["application/json"]["schema"];
    let body = (body["type"] != "string" && !body.is_null()).then(|| Rule::new(whole(document, body)));
    let (mut properties, mut required, mut types) = (Map::new(), Vec::new(), HashMap::new());
    for parameter in call["parameters"].as_array().into_iter().flatten().filter(|one| one["in"] == "query") {
        let name = parameter["name"].as_str().unwrap_or_default().to_owned();
        if parameter["required"] == true {
            required.push(name.clone());
        }
        types.insert(name.clone(), parameter["schema"]["type"].as_str().unwrap_or("string").to_owned());
        properties.insert(name, parameter["schema"].clone());
    }
    let schema = json!({
        "type": "object", "properties": properties, "required": required, "additionalProperties": false
    });
    Call { body, query: (!types.is_empty()).then(|| Rule::new(schema)), types }
}

/// The schema with everything in its place that it refers to. Nothing that goes in refers to itself.
pub(super) fn whole(document: &Value, schema: &Value) -> Value {
    match schema {
        Value::Object(fields) => match fields.get("$ref").and_then(Value::as_str) {
            Some(place) => whole(document, document.pointer(place.trim_start_matches('#')).unwrap_or(&Value::Null)),
            None => {
                fields.iter().map(|(name, value)| (name.clone(), whole(document, value))).collect::<Map<_, _>>().into()
            }
        },
        Value::Array(all) => all.iter().map(|one| whole(document, one)).collect::<Vec<_>>().into(),
        other => other.clone(),
    }
}

/// Errors: `invalid`, with every field of the body that is not as the document says.
pub fn check_body(call: &str, value: &Value) -> Result<()> {
    match CALLS.get(call).and_then(|call| call.body.as_ref()) {
        Some(rule) => rule.check(value, "invalid"),
        None => Ok(()),
    }
}

/// Errors: `invalid`, with every parameter that is not as the document says, is said twice or is none.
pub fn check_query(call: &str, query: &str) -> Result<()> {
    let Some(call) = CALLS.get(call) else { return Ok(()) };
    let Some(rule) = &call.query else { return Ok(()) };
    let mut said = Map::new();
    for (name, text) in form_urlencoded::parse(query.as_bytes()) {
        if text.contains('\0') {
            return Err(Error::field(name, "format", "A text must not contain the character U+0000."));
        }
        let value = match call.types.get(&*name).map(String::as_str) {
            Some("integer") => text.parse::<i64>().map_or_else(|_| Value::from(&*text), Value::from),
            Some("boolean") => text.parse::<bool>().map_or_else(|_| Value::from(&*text), Value::from),
            _ => Value::from(&*text),
        };
        if said.insert(name.clone().into_owned(), value).is_some() {
            return Err(Error::field(name, "twice", "Say each only once."));
        }
    }
    rule.check(&said.into(), "invalid")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(outcome: Result<()>) -> Vec<(String, &'static str)> {
        outcome
            .err()
            .map(|error| error.fields.into_iter().map(|field| (field.name, field.code)).collect())
            .unwrap_or_default()
    }

    #[test]
    fn every_wrong_field_is_told_at_once_by_its_place() {
        let body = json!({
            "destination": "XX", "currency": 5, "lines": [{"offer": "ofr_1"}, {"offer": "prd_1", "quantity": 0, "colour": "red"}]
        });
        let mut wrong = told(check_body("POST /api/carts", &body));
        wrong.sort();
        let wanted = [
            ("currency", "type"),
            ("destination", "unknown_country"),
            ("lines[0].quantity", "required"),
            ("lines[1].colour", "unknown_field"),
            ("lines[1].offer", "unknown_id"),
            ("lines[1].quantity", "out_of_range"),
        ];
        assert_eq!(wrong, wanted.map(|(name, code)| (name.to_owned(), code)));
        assert_eq!(told(check_body("POST /api/carts", &json!([]))), [(String::new(), "type")]);
        let good = json!({"destination": "DE", "currency": "EUR", "lines": [{"offer": "ofr_1", "quantity": 1}]});
        assert_eq!(told(check_body("POST /api/carts", &good)), []);
    }

    #[test]
    fn a_thing_or_null_tells_what_is_wrong_with_the_thing() {
        let offer = |compare: Value| json!({"variant": "var_1", "warehouse": "w", "price": {"minor": 1, "currency": "EUR"}, "compare_at": compare});
        let check = |compare| told(check_body("PUT /api/seller/offers", &offer(compare)));
        assert_eq!(check(Value::Null), []);
        assert_eq!(check(json!({"minor": 1, "currency": "EUR"})), []);
        assert_eq!(check(json!({"minor": -1, "currency": "EUR"})), [("compare_at.minor".to_owned(), "out_of_range")]);
        assert_eq!(check(json!({"minor": 1})), [("compare_at.currency".to_owned(), "required")]);
    }

    #[test]
    fn query_strings_are_read_by_their_types() {
        let check = |query: &str| told(check_query("GET /api/orders", query));
        assert_eq!(check(""), []);
        assert_eq!(check("limit=10&from=2026-11-01&to=2026-11-30&email=a%40b.cd"), []);
        for (query, name, code) in [
            ("to=", "to", "date_format"),
            ("to=2026-02-30", "to", "date_format"),
            ("to=yesterday", "to", "date_format"),
            ("limit=0", "limit", "out_of_range"),
            ("limit=ten", "limit", "type"),
            ("limit=1&limit=2", "limit", "twice"),
            ("fulfilment=lost", "fulfilment", "unknown_choice"),
            ("stat=paid", "stat", "unknown_field"),
            ("q=%00", "q", "format"),
        ] {
            assert_eq!(check(query), [(name.to_owned(), code)], "{query}");
        }
        assert_eq!(told(check_query("GET /api/ledger/payables", "to=x")).len(), 2, "one is missing, one is wrong");
    }
}
