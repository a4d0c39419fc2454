//! Every refusal that any test sees is held against the document: the field that it names stands in what may go into the call.

use serde_json::Value;
use std::sync::LazyLock;

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../api/tests/openapi.json")).unwrap());

/// Panics when a refusal of `method path` names a field that its caller cannot have sent.
pub fn exist(method: &str, path: &str, answer: &[u8]) {
    let Ok(answer) = serde_json::from_slice::<Value>(answer) else { return };
    let Some(call) = call(method, path) else { return };
    for error in answer["errors"].as_array().into_iter().flatten() {
        let (pointer, code) = (error["pointer"].as_str().unwrap_or_default(), &error["code"]);
        let parts: Vec<&str> = pointer.split('/').skip(1).collect();
        let sent = || {
            let content = call["requestBody"]["content"].as_object().into_iter().flatten();
            content.map(|(_, media)| &media["schema"]).any(|schema| has(schema, &parts))
        };
        let asked = || {
            let all = call["parameters"].as_array().into_iter().flatten();
            all.map(resolved).any(|one| one["name"].as_str() == parts.first().copied())
        };
        // What there is no place for is told as such, by its name.
        let is_told = ["unknown_field", "twice"].iter().any(|known| code == known);
        assert!(is_told || sent() || asked(), "{method} {path} names “{pointer}”, which nobody can send: {error}");
    }
}

/// The call as the document has it; a part in braces stands for anything.
fn call(method: &str, path: &str) -> Option<&'static Value> {
    let fits = |pattern: &str| {
        let (pattern, path) = (pattern.split('/'), path.split('/'));
        pattern.clone().count() == path.clone().count()
            && pattern.zip(path).all(|(wanted, part)| wanted.starts_with('{') || wanted == part)
    };
    let paths = DOCUMENT["paths"].as_object()?;
    let method = method.to_lowercase();
    paths.iter().filter(|(pattern, _)| fits(pattern)).find_map(|(_, calls)| calls.get(&method))
}

fn resolved(schema: &'static Value) -> &'static Value {
    match schema["$ref"].as_str() {
        Some(place) => DOCUMENT.pointer(place.trim_start_matches('#')).map_or(&Value::Null, resolved),
        None => schema,
    }
}

fn has(schema: &'static Value, parts: &[&str]) -> bool {
    let schema = resolved(schema);
    let Some((first, rest)) = parts.split_first() else { return true };
    let choices = ["oneOf", "anyOf", "allOf"].iter().flat_map(|many| schema[*many].as_array().into_iter().flatten());
    if choices.into_iter().any(|choice| has(choice, parts)) {
        return true;
    }
    if let Some(property) = schema["properties"].get(*first) {
        return has(property, rest);
    }
    match first.parse::<usize>() {
        Ok(_) if schema["items"].is_object() => has(&schema["items"], rest),
        // A table of names that the caller makes up.
        _ => schema["additionalProperties"].is_object() && has(&schema["additionalProperties"], rest),
    }
}
