//! The API's document as a page shows it: calls by subject, each with what goes in, what comes out, an example and a command.

use super::sample::{self, resolved};
use serde::Serialize;
use serde_json::Value;
use std::fmt::Write;

/// The whole reference.
#[derive(Serialize)]
pub struct View {
    description: String,
    groups: Vec<Group>,
    outgoing: Vec<Outgoing>,
}

#[derive(Serialize)]
struct Group {
    id: String,
    name: String,
    description: String,
    calls: Vec<Call>,
}

#[derive(Serialize)]
struct Call {
    id: String,
    method: String,
    path: String,
    summary: String,
    texts: Vec<String>,
    /// `key`, `either` (a key does as well) or `none`.
    auth: &'static str,
    parameters: Vec<Field>,
    /// Media type of the body; empty without one.
    media: String,
    body: Vec<Field>,
    answers: Vec<Status>,
    /// The fields of the answer, and one as it may come.
    fields: Vec<Field>,
    example: String,
    curl: String,
}

#[derive(Serialize)]
struct Field {
    name: String,
    /// Where a parameter stands: `path`, `query` or `header`.
    place: String,
    required: bool,
    kind: String,
    limits: String,
    says: String,
}

#[derive(Serialize)]
struct Status {
    code: String,
    says: String,
}

#[derive(Serialize)]
struct Outgoing {
    name: String,
    says: String,
    told: String,
    example: String,
}

impl View {
    /// Of the document.
    pub fn of(document: &Value) -> View {
        let groups = document["tags"].as_array().into_iter().flatten().map(|tag| group(document, tag)).collect();
        let outgoing = entries(&document["webhooks"]).map(|(name, call)| Outgoing {
            name: name.clone(),
            says: text(&call["post"]["summary"]),
            told: text(&call["post"]["description"]),
            example: pretty(&call["post"]["requestBody"]["content"]["application/json"]["example"]),
        });
        View { description: text(&document["info"]["description"]), groups, outgoing: outgoing.collect() }
    }
}

fn group(document: &Value, tag: &Value) -> Group {
    let name = text(&tag["name"]);
    let mut calls = Vec::new();
    for (path, methods) in entries(&document["paths"]) {
        for (method, one) in entries(methods) {
            if one["tags"].as_array().into_iter().flatten().any(|own| *own == *name) {
                calls.push(call(document, path, &method.to_uppercase(), one));
            }
        }
    }
    Group { id: name.to_lowercase(), name, description: text(&tag["description"]), calls }
}

fn call(document: &Value, path: &str, method: &str, call: &Value) -> Call {
    let words = format!("{} {path}", method.to_lowercase());
    let id = words.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let (media, content) =
        entries(&call["requestBody"]["content"]).next().map(|(media, content)| (media.clone(), content)).unzip();
    let media = media.unwrap_or_default();
    let (mut body, mut fields) = (Vec::new(), Vec::new());
    if let Some(content) = content {
        flat(document, &content["schema"], "", &mut body);
    }
    let good = entries(&call["responses"]).find(|(status, _)| status.starts_with('2')).map(|(_, answer)| answer);
    let answer = good.map_or(&Value::Null, |answer| &answer["content"]["application/json"]["schema"]);
    let mut example = String::new();
    if !answer.is_null() {
        flat(document, answer, "", &mut fields);
        example = pretty(&sample::of(document, answer));
    }
    let auth = match call["security"].as_array().map(Vec::as_slice) {
        Some([one]) if one["key"].is_array() => "key",
        Some([_, ..]) => "either",
        _ => "none",
    };
    Call {
        id: id.collect::<Vec<_>>().join("-"),
        method: method.to_owned(),
        path: path.to_owned(),
        summary: text(&call["summary"]),
        texts: text(&call["description"]).split("\n\n").filter(|part| !part.is_empty()).map(String::from).collect(),
        auth,
        parameters: call["parameters"].as_array().into_iter().flatten().map(parameter).collect(),
        curl: curl(document, path, method, call, &media, auth),
        media,
        body,
        answers: entries(&call["responses"])
            .map(|(code, answer)| Status { code: code.clone(), says: text(&answer["description"]) })
            .collect(),
        fields,
        example,
    }
}

fn parameter(one: &Value) -> Field {
    Field {
        name: text(&one["name"]),
        place: text(&one["in"]),
        required: one["required"] == true,
        kind: kind(&one["schema"]),
        limits: limits(&one["schema"]),
        says: text(&one["description"]),
    }
}

/// The fields of a schema and of what it is made of, each by its whole name: `lines[].offer`.
fn flat(document: &Value, schema: &Value, within: &str, fields: &mut Vec<Field>) {
    let schema = resolved(document, schema);
    for part in schema["allOf"].as_array().into_iter().flatten() {
        flat(document, part, within, fields);
    }
    if within.matches(['.', '[']).count() > 3 {
        return;
    }
    for (name, field) in entries(&schema["properties"]) {
        let name = if within.is_empty() { name.clone() } else { format!("{within}.{name}") };
        let required =
            schema["required"].as_array().into_iter().flatten().any(|one| name.ends_with(one.as_str().unwrap_or("\0")));
        let says = text(if field["description"].is_null() {
            &resolved(document, field)["description"]
        } else {
            &field["description"]
        });
        fields.push(Field {
            name: name.clone(),
            place: String::new(),
            required,
            kind: kind(field),
            limits: limits(field),
            says,
        });
        let inner = field["oneOf"].as_array().into_iter().flatten().find(|one| one["type"] != "null").unwrap_or(field);
        match inner["type"] == "array" {
            true => flat(document, &inner["items"], &format!("{name}[]"), fields),
            false => flat(document, inner, &name, fields),
        }
    }
}

fn kind(field: &Value) -> String {
    if let Some(name) = field["$ref"].as_str() {
        return name
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .trim_end_matches("Body")
            .trim_end_matches("View")
            .to_lowercase();
    }
    if let Some(one) = field["oneOf"].as_array().into_iter().flatten().find(|one| one["type"] != "null") {
        return kind(one);
    }
    match &field["type"] {
        Value::String(name) if name == "array" => format!("list of {}", kind(&field["items"])),
        Value::String(name) => name.clone(),
        Value::Array(names) => {
            names.iter().filter_map(Value::as_str).filter(|name| *name != "null").collect::<Vec<_>>().join(" or ")
        }
        _ => "object".into(),
    }
}

/// What a value is held to, in few words.
fn limits(schema: &Value) -> String {
    if let Some(all) = schema["enum"].as_array() {
        let names: Vec<&str> = all.iter().filter_map(Value::as_str).collect();
        return match names.len() {
            0..=12 => names.join(", "),
            _ => text(&schema[crate::shapes::SAYS]),
        };
    }
    match (&schema["minimum"], &schema["maximum"], &schema["maxLength"]) {
        (Value::Number(least), Value::Number(most), _) if most.as_i64() != Some(i64::MAX) => {
            format!("{least} – {most}")
        }
        (_, _, Value::Number(most)) => format!("≤ {most}"),
        _ => text(&schema["format"]),
    }
}

/// A command that can be run as it stands, but for the key and the ids.
fn curl(document: &Value, path: &str, method: &str, call: &Value, media: &str, auth: &str) -> String {
    let mut address = path.to_owned();
    let mut headers = String::new();
    let mut query = Vec::new();
    for one in call["parameters"].as_array().into_iter().flatten() {
        let name = text(&one["name"]);
        let example =
            if one["example"].is_null() { sample::of(document, &one["schema"]) } else { one["example"].clone() };
        let value = example.as_str().map_or_else(|| example.to_string(), String::from);
        match (one["in"].as_str(), one["required"] == true) {
            (Some("path"), _) => address = address.replace(&format!("{{{name}}}"), &value),
            (Some("query"), true) => query.push(format!("{name}={value}")),
            (Some("header"), true) => drop(write!(headers, " \\\n  -H '{name}: {value}'")),
            _ => {}
        }
    }
    if !query.is_empty() {
        let _ = write!(address, "?{}", query.join("&"));
    }
    if auth == "key" {
        headers.push_str(" \\\n  -H \"Authorization: Bearer $KEY\"");
    }
    let verb = if method == "GET" { String::new() } else { format!(" -X {method}") };
    let mut command = format!("curl{verb} \"$SHOP{address}\"{headers}");
    match media {
        "" => {}
        "application/json" => {
            let body = sample::of(document, &call["requestBody"]["content"][media]["schema"]);
            let _ = write!(command, " \\\n  -H 'Content-Type: {media}' \\\n  -d '{}'", pretty(&body));
        }
        _ => {
            let _ = write!(command, " \\\n  -H 'Content-Type: {media}' \\\n  --data-binary @file");
        }
    }
    command
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}
