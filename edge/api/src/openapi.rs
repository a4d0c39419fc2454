//! The OpenAPI document: generated from the handlers, with the shape of everything that goes in.

use crate::{
    agreements, amendments, carts, categories, claim_pictures, claims, company, connections, console, fields, hooks,
    landed, ledger, orders, payables, people, products, quotes, refunds, seller, seller_goods, seller_import,
    seller_money, seller_parcels, seller_products, sellers, settings, shapes, supply, take_out, view, warehouses,
    webhooks,
};
use axum::http::header;
use axum::response::IntoResponse;
use frame::failure::Answer;
use serde_json::{Value, json};
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
        products::list, products::show, categories::list, categories::create, categories::change, landed::landed_cost, landed::format, ledger::tariffs,
        ledger::rates, carts::create, carts::show, carts::change_cart, carts::put_line, quotes::quote, orders::place,
        orders::show, orders::pay_again, orders::readdress, fields::say, fields::list, fields::declare, amendments::propose, amendments::agree, amendments::withdraw, amendments::of_order, amendments::of_seller, amendments::propose_to_buyer, amendments::take_back, orders::cancel, orders::confirm, orders::confirm_one, seller::orders, seller_parcels::show, seller_parcels::pack,
        seller_parcels::hand_over, seller_parcels::unpack, seller_parcels::receive_back, seller_parcels::label, seller_parcels::document, seller_goods::offers, seller_goods::put_offer, seller_goods::stock,
        seller_goods::move_stock, seller_goods::readiness, seller_goods::customs, seller_import::import,
        seller_import::show, seller_import::wish, seller_import::errors,
        seller_products::media, seller_products::put, seller_products::own_file, seller_products::any_file,
        seller_money::balance, seller_money::statements, console::list, console::anatomy, refunds::refund, refunds::call_off, take_out::of_order, take_out::of_consignment,
        claims::of_order, claims::create, claims::act, claims::show, claim_pictures::add, claim_pictures::show, claims::of_seller, claims::list, claims::reply, claims::decide,
        console::organisations, agreements::list, agreements::agree, agreements::end,
        agreements::own_agreements, supply::own, supply::list, supply::agree, supply::sell, ledger::accounts, ledger::trial_balance, ledger::transfers,
        ledger::events, ledger::put_rates, payables::payables, payables::remit, payables::returns,
        payables::settlements,
        people::list, people::add, people::change, people::remove, people::invitations, people::send, people::withdraw,
        sellers::add, sellers::stand, sellers::apply, sellers::applications, sellers::accept, sellers::decline,
        company::own_profile, company::put_own_profile, company::put_own_return, company::show_profile, company::set_profile,
        company::set_return, company::own_bank, company::put_own_bank, company::show_bank, company::reveal_bank,
        warehouses::own_list, warehouses::all, warehouses::add_own, warehouses::change_own, warehouses::add_any,
        warehouses::change_any,
        connections::list, connections::put, connections::end, connections::test, settings::show, settings::change,
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

/// The document, as handlers and shapes make it.
pub static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let mut document = serde_json::to_value(Document::openapi()).unwrap_or_default();
    document["webhooks"] = outgoing();
    shapes::apply(&mut document);
    document
});

/// The document as JSON text.
pub static TEXT: LazyLock<String> = LazyLock::new(|| serde_json::to_string_pretty(&*DOCUMENT).unwrap_or_default());

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

/// GET /api/openapi.json
pub async fn document() -> Answer {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, max-age=300")];
    Ok((headers, TEXT.as_str()).into_response())
}
