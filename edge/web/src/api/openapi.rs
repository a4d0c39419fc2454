//! The OpenAPI document, generated from the handlers, and a page to read it.

use super::{
    agreements, carts, console, hooks, landed, ledger, orders, payables, people, products, quotes, seller,
    seller_goods, seller_import, seller_money, seller_products, settings, view, webhooks,
};
use crate::failure::Answer;
use axum::http::header;
use axum::response::IntoResponse;
use serde_json::{Value, json};
use std::fmt::Write;
use std::sync::LazyLock;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

#[derive(OpenApi)]
#[openapi(
    info(title = "Entrepot API", version = "1", description = "Cross-border trade: door prices, checkout, orders, \
        the seller's work and the operator's books. Money is minor units with a currency; ids begin with what they are of; \
        lists go on with `after`; every refusal is a problem document whose `code` is stable. \
        Calls that move money or goods take an `Idempotency-Key`, your own word for one wish: sent again with the same body \
        it gets the first answer (`Idempotent-Replayed: true`), for 24 hours and also when fifty arrive at once; with another \
        body it is refused (`idempotency_key_reused`). A refusal changes nothing and is not kept: its key may be used again.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")),
    paths(
        products::list, products::show, products::categories, landed::landed_cost, landed::format, ledger::tariffs,
        ledger::rates, carts::create, carts::show, carts::change_cart, carts::put_line, quotes::quote, orders::place,
        orders::show, orders::pay_again, orders::cancel, orders::confirm, seller::orders, seller::pack,
        seller::hand_over, seller::label, seller::document, seller_goods::offers, seller_goods::put_offer, seller_goods::stock,
        seller_goods::move_stock, seller_goods::readiness, seller_goods::customs, seller_import::import,
        seller_import::show, seller_import::wish, seller_import::errors,
        seller_products::media, seller_products::put,
        seller_money::balance, seller_money::statements, console::list, console::anatomy, console::refund,
        console::organisations, agreements::list, agreements::agree, agreements::end,
        agreements::own_agreements, ledger::accounts, ledger::trial_balance, ledger::transfers,
        ledger::events, ledger::put_rates, payables::payables, payables::remit, payables::returns,
        payables::settlements,
        people::list, people::add, people::change, people::remove, people::invitations, people::send, people::withdraw,
        settings::show, settings::change,
        hooks::payment, hooks::carrier, webhooks::list, webhooks::create, webhooks::show,
        webhooks::change, webhooks::remove, webhooks::rotate, webhooks::test, webhooks::deliveries, webhooks::again
    ),
    components(schemas(view::Problem)),
    tags(
        (name = "Products", description = "What is on sale, at the price that a buyer pays at the door."),
        (name = "Checkout", description = "Cart, quote, order: three calls, no key."),
        (name = "Orders", description = "An order opens to whoever holds its token."),
        (name = "Seller", description = "With a seller's API key."),
        (name = "Operator", description = "With an operator's API key."),
        (name = "Ledger", description = "The books, with an operator's API key."),
        (name = "Developers", description = "With a key of an owner: its people, and where to be told what happens."),
        (name = "Webhooks", description = "Called by payment providers and carriers."),
    ),
    modifiers(&Keys)
)]
struct Document;

struct Keys;

impl Modify for Keys {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let words = "An API key: `Authorization: Bearer ek_…`.";
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(words)).build();
        if let Some(components) = document.components.as_mut() {
            components.add_security_scheme("key", SecurityScheme::Http(scheme));
        }
    }
}

/// The document as JSON text.
pub static TEXT: LazyLock<String> = LazyLock::new(|| {
    let text = Document::openapi().to_pretty_json().unwrap_or_default();
    let outgoing = serde_json::to_string_pretty(&outgoing()).unwrap_or_default().replace('\n', "\n  ");
    match text.trim_end().strip_suffix("\n}") {
        Some(begun) => format!("{begun},\n  \"webhooks\": {outgoing}\n}}"),
        None => text,
    }
});

/// What is sent to webhook endpoints: the section `webhooks` of OpenAPI 3.1.
fn outgoing() -> Value {
    let header = |name: &str, says: &str| json!({ "name": name, "in": "header", "required": true, "description": says, "schema": { "type": "string" } });
    let parameters = json!([
        header("webhook-id", "Id of the message, the same at every attempt: take it in once."),
        header("webhook-timestamp", "When this attempt was made, in seconds since 1970."),
        header(
            "webhook-signature",
            "`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; two of them for a day after a rotation."
        ),
    ]);
    let one = |kind: &::hooks::Kind| {
        let told = if kind.is_for_sellers() {
            "Told to the operator and to sellers whose it is."
        } else {
            "Told to the operator."
        };
        let body = json!({ "application/json": { "schema": { "type": "object" }, "example": ::hooks::example(kind) } });
        let call = json!({
            "summary": kind.says, "description": told, "tags": ["Outgoing"], "parameters": parameters,
            "requestBody": { "required": true, "content": body },
            "responses": {
                "2XX": { "description": "Taken in." },
                "410": { "description": "Nobody is here any more: the endpoint is switched off." },
                "default": { "description": "Not taken in: tried again, for three days." },
            },
        });
        (kind.name.to_owned(), json!({ "post": call }))
    };
    Value::Object(::hooks::KINDS.iter().map(one).collect())
}

static PAGE: LazyLock<String> = LazyLock::new(|| page(&serde_json::from_str(&TEXT).unwrap_or_default()));

/// GET /api/openapi.json
pub async fn document() -> Answer {
    Ok(([(header::CONTENT_TYPE, "application/json")], TEXT.as_str()).into_response())
}

/// GET /api/docs
pub async fn docs() -> Answer {
    Ok(([(header::CONTENT_TYPE, "text/html; charset=utf-8")], PAGE.as_str()).into_response())
}

/// The document for people: everything a page, no script.
fn page(document: &Value) -> String {
    let mut out = String::from(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Entrepot API</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <link rel=\"stylesheet\" href=\"/static/entrepot.css\"></head><body><main class=\"wrap\"><h1>Entrepot API</h1>",
    );
    let _ = write!(out, "<p>{}</p>", text(&document["info"]["description"]));
    out.push_str(
        "<p>The same as a machine reads it: <a href=\"/api/openapi.json\">openapi.json</a> (OpenAPI 3.1).</p>",
    );
    for tag in list(&document["tags"]) {
        let name = tag["name"].as_str().unwrap_or_default();
        let _ = write!(out, "<section><h2>{}</h2><p>{}</p>", text(&tag["name"]), text(&tag["description"]));
        for (path, methods) in entries(&document["paths"]) {
            for (method, call) in entries(methods) {
                if list(&call["tags"]).iter().any(|tag| tag == name) {
                    operation(&mut out, document, path, method, call);
                }
            }
        }
        out.push_str("</section>");
    }
    out.push_str(
        "<section><h2>Outgoing</h2><p>Sent to webhook endpoints as <a href=\"https://www.standardwebhooks.com\">Standard \
         Webhooks</a>: verify the signature, take each <code>webhook-id</code> in once, answer 2xx within 15 seconds.</p>",
    );
    for (name, call) in entries(&document["webhooks"]) {
        let call = &call["post"];
        let example = &call["requestBody"]["content"]["application/json"]["example"];
        let example = serde_json::to_string_pretty(example).unwrap_or_default();
        let (name, says, told) = (escape(name), text(&call["summary"]), text(&call["description"]));
        let _ = write!(out, "<details><summary><code>{name}</code> {says}</summary><p>{told}</p>");
        let _ = write!(out, "<pre><code>{}</code></pre></details>", escape(&example));
    }
    out.push_str("</section></main></body></html>");
    out
}

fn operation(out: &mut String, document: &Value, path: &str, method: &str, call: &Value) {
    let method = method.to_uppercase();
    let _ =
        write!(out, "<details><summary><code>{method} {}</code> {}</summary>", escape(path), text(&call["summary"]));
    if !call["description"].is_null() {
        let _ = write!(out, "<p>{}</p>", text(&call["description"]));
    }
    let parameters = list(&call["parameters"]);
    if !parameters.is_empty() {
        out.push_str("<table><thead><tr><th>Parameter</th><th>In</th><th>Meaning</th></tr></thead><tbody>");
        for parameter in parameters {
            let needed = if parameter["required"] == true { ", required" } else { "" };
            let (name, place) = (text(&parameter["name"]), text(&parameter["in"]));
            let meaning = text(&parameter["description"]);
            let _ = write!(out, "<tr><td><code>{name}</code></td><td>{place}{needed}</td><td>{meaning}</td></tr>");
        }
        out.push_str("</tbody></table>");
    }
    for (media, content) in entries(&call["requestBody"]["content"]) {
        let _ = write!(out, "<h3>Body, {}</h3>", escape(media));
        schema(out, document, &content["schema"]);
    }
    out.push_str("<h3>Answers</h3><table><tbody>");
    for (status, answer) in entries(&call["responses"]) {
        let _ =
            write!(out, "<tr><td><code>{}</code></td><td>{}</td></tr>", escape(status), text(&answer["description"]));
    }
    out.push_str("</tbody></table>");
    for (status, answer) in entries(&call["responses"]).filter(|(status, _)| status.starts_with('2')) {
        for (_, content) in entries(&answer["content"]) {
            let _ = write!(out, "<h3>{}</h3>", escape(status));
            schema(out, document, &content["schema"]);
        }
    }
    out.push_str("</details>");
}

/// The fields of a schema, one level deep, and those of what it is made of.
fn schema(out: &mut String, document: &Value, schema: &Value) {
    let schema = resolved(document, schema);
    if !schema["example"].is_null() {
        let example = serde_json::to_string_pretty(&schema["example"]).unwrap_or_default();
        let _ = write!(out, "<pre><code>{}</code></pre>", escape(&example));
    }
    out.push_str("<table><tbody>");
    let mut parts = vec![schema];
    parts.extend(list(&schema["allOf"]).iter().map(|part| resolved(document, part)));
    for part in parts {
        for (name, field) in entries(&part["properties"]) {
            let kind = kind(field);
            let words = text(&field["description"]);
            let _ = write!(out, "<tr><td><code>{}</code></td><td>{kind}</td><td>{words}</td></tr>", escape(name));
        }
    }
    out.push_str("</tbody></table>");
}

fn kind(field: &Value) -> String {
    if let Some(name) = field["$ref"].as_str() {
        return escape(name.rsplit('/').next().unwrap_or_default());
    }
    if let Some(one) = list(&field["oneOf"]).iter().find(|one| one["type"] != "null") {
        return kind(one);
    }
    match &field["type"] {
        Value::String(name) if name == "array" => format!("list of {}", kind(&field["items"])),
        Value::String(name) => escape(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => "object".into(),
    }
}

fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let name = schema["$ref"].as_str().and_then(|name| name.rsplit('/').next());
    name.map_or(schema, |name| &document["components"]["schemas"][name])
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(value: &Value) -> String {
    escape(value.as_str().unwrap_or_default())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
