//! An example of what a schema describes: the one it gives, or one made of its fields.

use serde_json::{Map, Value, json};

/// Deeper than any schema of the document.
const DEEP: usize = 8;

/// An example of `schema`.
pub fn of(document: &Value, schema: &Value) -> Value {
    made(document, schema, DEEP)
}

fn made(document: &Value, schema: &Value, left: usize) -> Value {
    if !schema["example"].is_null() {
        return schema["example"].clone();
    }
    let schema = resolved(document, schema);
    if !schema["example"].is_null() {
        return schema["example"].clone();
    }
    if left == 0 {
        return Value::Null;
    }
    for several in ["oneOf", "anyOf"] {
        if let Some(one) = schema[several].as_array().into_iter().flatten().find(|one| one["type"] != "null") {
            return made(document, one, left - 1);
        }
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let mut all = Map::new();
        for part in parts {
            if let Value::Object(fields) = made(document, part, left - 1) {
                all.extend(fields);
            }
        }
        return all.into();
    }
    if let Some(first) = schema["enum"].as_array().and_then(|all| all.first()) {
        return first.clone();
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or("object");
    match kind {
        "array" => json!([made(document, &schema["items"], left - 1)]),
        "integer" | "number" => schema["minimum"].as_i64().filter(|least| *least > 0).unwrap_or(1).into(),
        "boolean" => true.into(),
        "string" => text(schema).into(),
        _ => {
            let fields = schema["properties"].as_object().into_iter().flatten();
            fields.map(|(name, field)| (name.clone(), made(document, field, left - 1))).collect::<Map<_, _>>().into()
        }
    }
}

fn text(schema: &Value) -> String {
    let pattern = schema["pattern"].as_str().unwrap_or_default();
    let prefix = pattern.strip_prefix('^').and_then(|rest| rest.split_once("_(")).map(|(prefix, _)| prefix);
    match (schema["format"].as_str(), prefix) {
        (Some("date"), _) => "2026-11-30".into(),
        (Some("date-time"), _) => "2026-11-30T09:00:00Z".into(),
        (_, Some(prefix)) if prefix.len() == 3 => format!("{prefix}_1f8k2m"),
        _ => "text".into(),
    }
}

/// What a schema refers to, or itself.
pub(super) fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let name = schema["$ref"].as_str().and_then(|name| name.rsplit('/').next());
    name.map_or(schema, |name| &document["components"]["schemas"][name])
}
