//! How each text and number that goes into the API is written: taken from the types that read it, and put into the document, so
//! that what the document allows is what the code takes. A test finds every field that has no shape.

mod amounts;
mod value;

use amounts::{AMOUNTS, MOST_MINOR, bounded_amounts};
use base::Role;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use value::{
    Shape, after, country, currency, cursor, digits, email, email_or_nothing, events, hs, hs_or_nothing, id, language,
    one_of, region, several, shape, spoken, text, url, words,
};

pub use value::{CODE, SAYS};

/// Every code that a shape has.
pub const CODES: &[&str] = &[
    "currency_pair",
    "date_format",
    "email_format",
    "field_key_format",
    "hs_format",
    "key_format",
    "rate_format",
    "region_format",
    "required",
    "unknown_choice",
    "unknown_class",
    "unknown_country",
    "unknown_currency",
    "unknown_cursor",
    "unknown_event",
    "unknown_id",
    "unknown_language",
    "url_format",
    "url_not_https",
];

fn tax_classes() -> impl Iterator<Item = &'static str> {
    customs::TaxClass::ALL.iter().map(|class| class.name())
}

/// The shape of a field of what is said about claims, and of what is taken out or packed before.
fn of_claim(owner: &str, name: &str) -> Option<Shape> {
    match (owner, name) {
        ("ClaimBody", "consignment") => id::<orders::Consignment>(),
        ("ParcelBody" | "HandOverBody" | "ReceivedBody", "parcel") => id::<orders::Parcel>(),
        ("TakeOutBody", "reason") => one_of(settlement::Why::ALL.iter().map(|why| why.name())),
        ("ClaimBody", "kind") => one_of(aftersales::Kind::ALL.iter().map(|kind| kind.name())),
        ("ClaimBody", "wish") => one_of(aftersales::Wish::ALL.iter().map(|wish| wish.name())),
        ("ClaimBody" | "ClaimDeed" | "ClaimReply" | "DecisionBody", "words") => text(aftersales::WORDS),
        ("ClaimDeed", "deed") => one_of(["withdraw", "escalate", "send_back"]),
        ("ClaimDeed", "carrier" | "tracking") => text(60),
        ("ClaimReply", "answer") => one_of(["agree", "refuse", "received", "contest"]),
        ("DecisionBody", "decision") => one_of(["money_back", "return", "lower_price", "nothing"]),
        _ => None,
    }
}

/// The shape of the field `name` of the schema `owner`; `name[]` are the items of a list, `name{}` the names of an object's
/// fields and `name{}:` their values.
fn field(owner: &str, name: &str) -> Option<Shape> {
    onboarding_field(owner, name)
        .or_else(|| state(owner, name))
        .or_else(|| of_order(owner, name))
        .or_else(|| other_field(owner, name))
}

/// How goods and offers stand.
fn state(owner: &str, name: &str) -> Option<Shape> {
    match (owner, name) {
        ("SupplyView", "kind") => one_of(offers::Supply::KINDS),
        ("OfferBody", "status") => one_of(["active", "paused"]),
        ("ProductBody", "status") => one_of(catalog::Status::ALL.into_iter().map(catalog::Status::name)),
        _ => None,
    }
}

/// The same, of who comes to the shop and what they say of themselves.
fn onboarding_field(owner: &str, name: &str) -> Option<Shape> {
    match (owner, name) {
        ("SellerBody" | "ApplicationBody" | "TaxNumberBody" | "BankBody", "country") => country(),
        ("SellerBody" | "ApplicationBody" | "ProfileBody", "name") => words(80),
        ("AcceptBody", "name") => text(80),
        ("ApplicationBody" | "ProfileBody", "legal_name") => words(200),
        ("ProfileBody", "register") => text(200),
        ("TaxNumberBody", "number") => words(40),
        ("BankBody", "holder") => words(140),
        ("BankBody", "number") => words(60),
        ("BankBody", "bank_code") => text(20),
        ("OwnWarehouseBody" | "WarehouseBody", "code") => text(20),
        ("OwnWarehouseBody" | "WarehouseBody" | "WarehouseChange", "name") => text(200),
        ("ApplicationBody", "website") => text(300),
        ("ApplicationBody", "goods") => words(2000),
        ("DeclineBody", "reason") => words(1000),
        ("StandingBody", "standing") => one_of(["active", "suspended"]),
        _ => None,
    }
}

/// What a field of an order names.
fn of_order(owner: &str, name: &str) -> Option<Shape> {
    match (owner, name) {
        ("RefundBody", "delivery" | "consignment") => id::<orders::Consignment>(),
        ("RefundBody" | "PiecesBody" | "ClaimPieces" | "AmendedLineBody", "line") => id::<orders::Line>(),
        ("OrderBody", "quote") => id::<checkout::Quote>(),
        ("SayBody", "offer") => id::<offers::Offer>(),
        ("SayBody", "field") => words(40),
        ("SayBody", "text") => text(orders::field::LETTERS_MOST as usize),
        ("FieldBody", "scope") => one_of(orders::Scope::ALL.iter().map(|scope| scope.name())),
        ("FieldBody", "kind") => one_of(orders::FieldKind::ALL.iter().map(|kind| kind.name())),
        ("FieldBody", "labels{}") => language(),
        ("FieldBody", "labels{}:" | "choices[]") => words(80),
        _ => None,
    }
}

fn other_field(owner: &str, name: &str) -> Option<Shape> {
    match (owner, name) {
        ("AddressBody", "country") => country(),
        ("AddressBody", "email") => email_or_nothing(),
        ("AddressBody", "name" | "street") => words(part(name)?),
        ("AddressBody", _) => text(part(name)?),
        ("LandedBody" | "CartBody" | "CartChangeBody", "region") => text(80),
        ("LandedBody", "from" | "to") | (_, "destination" | "origin" | "markets[]") => country(),
        ("LandedBody", "service") => one_of(customs::Service::ALL.iter().map(|service| service.name())),
        ("LandedBody", "tax") => one_of(customs::TaxRoute::ALL.iter().map(|route| route.name())),
        ("LandedItem", "tax_class") => one_of(tax_classes()),
        ("RateAnswer", "base" | "quote") | (_, "currency") => currency(),
        ("RateAnswer", "rate") => {
            let rule = json!({ "pattern": "^(?=.*[1-9])[0-9]{1,9}(\\.[0-9]{1,10})?$" });
            shape("rate_format", "Write an exact decimal above zero, such as 1.1172.", rule)
        }
        ("RateAnswer", "source") | ("RemitBody", "reference") | ("SettingsBody", "name") => words(80),
        ("SettingsBody", "language") => spoken(),
        ("SettingsBody", "legal") => text(1000),
        ("SettingsBody" | "ApplicationBody", "phone") => text(40),
        ("SettingsBody" | "OrderBody" | "PersonBody" | "SellerBody" | "ApplicationBody", "email") => email(),
        ("AgreementBody" | "TermsBody", "mode") => one_of(terms::Mode::all().map(terms::Mode::name)),
        ("AgreementBody" | "TermsBody", "commission_tax_jurisdiction") => country(),
        ("CategoryBody", "tax_class") => one_of(tax_classes()),
        ("CategoryChange", "tax_class") => one_of([""].into_iter().chain(tax_classes())),
        ("CategoryChange", "hs") => hs_or_nothing(),
        ("CategoryBody" | "CategoryChange", "names{}") => language(),
        ("CategoryBody", "names{}:") => words(catalog::plain::WORD_LETTERS),
        ("CategoryChange", "names{}:") => text(catalog::plain::WORD_LETTERS),
        ("CategoryBody" | "CategoryChange", "slug" | "parent") => text(80),
        ("CartLineBody", "offer") => id::<offers::Offer>(),
        ("AgreementBody" | "WarehouseBody", "organisation") | ("RefundBody", "seller") => id::<parties::Organisation>(),
        (
            "ClaimBody" | "ClaimDeed" | "ClaimReply" | "DecisionBody" | "TakeOutBody" | "ParcelBody" | "HandOverBody"
            | "ReceivedBody",
            _,
        ) => of_claim(owner, name),
        ("RemitBody", "account") => id::<ledger::Account>(),
        (_, "agreement") => id::<terms::Agreement>(),
        (_, "variant") => id::<catalog::Variant>(),
        ("ImportWish", "decimal") => one_of(["point", "comma"]),
        ("ImportWish", "wish") => one_of(["import", "answer", "columns", "pause", "go_on", "stop"]),
        ("ImportWish", "columns{}" | "columns{}:") => text(255),
        ("StockBody", "deed") => one_of(["receive", "adjust", "count"]),
        ("PersonBody" | "RoleBody", "role") => one_of(Role::ALL.into_iter().map(Role::name)),
        ("PersonBody", "name") => text(100),
        ("PersonBody", "password") => text(200),
        ("EndpointBody" | "EndpointChange", "events[]") => events(),
        ("EndpointBody" | "EndpointChange", "url") => url(),
        ("QuoteBody" | "AmendmentBody", "services{}") => {
            let pattern = format!("^{}\\.{}$", digits::<parties::Organisation>(), digits::<stock::Warehouse>());
            shape("key_format", "Names are the keys of the cart's consignments.", json!({ "pattern": pattern }))
        }
        ("ProductBody", "texts{}") | (_, "language") => language(),
        ("ProductBody", "handle") => words(catalog::plain::HANDLE_LETTERS),
        (_, "title") => text(catalog::plain::TITLE_LETTERS),
        (_, "description_html") => text(100_000),
        (_, "description") => text(300),
        (_, "hs") => hs(),
        (_, "region") => region(),
        (_, "reason") => words(60),
        (_, "url" | "image") => words(2000),
        (
            _,
            "alt" | "vendor" | "sku" | "category" | "warehouse" | "method" | "barcode" | "options[]" | "tags[]"
            | "services{}:",
        ) => text(255),
        _ => None,
    }
}

/// Longest value of a part of an address.
fn part(name: &str) -> Option<usize> {
    parties::address_format::Part::named(name).map(parties::address_format::Part::longest)
}

/// The shape of a parameter of the query string of a call.
fn parameter(call: &str, name: &str) -> Option<Shape> {
    match (call, name) {
        ("GET /api/products", "ships_from") => several("unknown_country", "[A-Z]{2}"),
        ("GET /api/products", "seller") => several("unknown_id", &digits::<parties::Organisation>()),
        (_, "destination") => country(),
        (_, "currency") => currency(),
        (_, "language") => language(),
        (_, "region") => region(),
        ("POST /api/seller/imports", "decimal") => one_of(["point", "comma"]),
        ("POST /api/seller/imports", "new") => one_of(["active", "draft"]),
        ("POST /api/seller/imports", "encoding") => text(40),
        ("GET /api/products", "sort") => one_of(search::Sort::ALL.into_iter().map(search::Sort::name)),
        ("GET /api/products", "after") => cursor("^-?[0-9]{1,18}_-?[0-9]{1,18}_-?[0-9]{1,18}$"),
        ("GET /api/tariffs", "country") => {
            shape("unknown_country", "Write a country by its two letters, or EU.", json!({ "pattern": "^[A-Z]{2}$" }))
        }
        ("GET /api/orders", "fulfilment") => one_of(orders::Fulfilment::ALL.iter().map(|state| state.name())),
        ("GET /api/orders", "email") => email(),
        ("GET /api/claims" | "GET /api/seller/claims", "after") => after::<aftersales::Claim>(),
        ("GET /api/orders", "after") => after::<orders::Order>(),
        (_, "parcel") => id::<orders::Parcel>(),
        (_, "organisation") => id::<parties::Organisation>(),
        (_, "agreement") => id::<terms::Agreement>(),
        ("GET /api/supply-prices" | "GET /api/seller/supply-prices", "after") => after::<catalog::Variant>(),
        ("GET /api/applications", "state") => one_of(::onboarding::ApplicationState::ALL.map(|state| state.name())),
        ("GET /api/applications", "after") => after::<::onboarding::Application>(),
        ("GET /api/organisations", "after") => after::<parties::Organisation>(),
        ("GET /api/seller/orders", "state") => one_of(orders::State::ALL.iter().map(|state| state.name())),
        ("GET /api/seller/orders", "after") => after::<orders::Consignment>(),
        ("GET /api/seller/offers", "status") => one_of(["active", "paused"]),
        ("GET /api/seller/offers", "after") => after::<offers::Offer>(),
        ("GET /api/seller/readiness", "after") => after::<catalog::Variant>(),
        ("GET /api/seller/stock", "after") => {
            cursor(&format!("^{}\\.{}$", digits::<catalog::Variant>(), digits::<stock::Warehouse>()))
        }
        ("GET /api/ledger/transfers", "account") => id::<ledger::Account>(),
        ("GET /api/ledger/transfers", "order") => id::<orders::Order>(),
        ("GET /api/ledger/transfers", "after") => after::<ledger::TransferRow>(),
        ("GET /api/ledger/settlements", "after") => after::<settlement::ProviderSettlement>(),
        ("GET /api/events", "after") => cursor("^[0-9]{1,18}$"),
        ("GET /api/webhook-endpoints/{id}/deliveries", "after") => after::<::hooks::Delivery>(),
        (_, "after" | "q" | "category" | "family" | "scheme" | "warehouse") => text(255),
        _ => None,
    }
}

/// The shape of a part of a path: what does not fit is found nowhere.
fn place(path: &str, name: &str) -> Option<Shape> {
    match (path.trim_start_matches("/api").split('/').nth(1).unwrap_or_default(), name) {
        (_, "code") => country(),
        ("fields", "key") => {
            let say = "Write small letters, digits and _, beginning with a letter, such as gift_message.";
            shape("field_key_format", say, json!({ "pattern": "^[a-z][a-z0-9_]{0,39}$" }))
        }
        (_, "offer") => id::<offers::Offer>(),
        (_, "consignment") => id::<orders::Consignment>(),
        ("seller", "order") => id::<orders::Order>(),
        (_, "picture") => id::<aftersales::PictureRow>(),
        (_, "amendment") => id::<::amendments::Amendment>(),
        ("agreements", "id") => id::<terms::Agreement>(),
        ("applications", "id") => id::<::onboarding::Application>(),
        ("organisations", "id") => id::<parties::Organisation>(),
        ("warehouses", "id") => id::<stock::Warehouse>(),
        ("carts", "id") => id::<checkout::Cart>(),
        ("orders", "id") => id::<orders::Order>(),
        ("invitations", "id") => id::<parties::Invitation>(),
        ("people", "id") => id::<parties::Person>(),
        ("webhook-endpoints", "id") => id::<::hooks::Endpoint>(),
        ("webhook-deliveries", "id") => id::<::hooks::Delivery>(),
        ("claims", "id") => id::<aftersales::Claim>(),
        ("seller", "id") if path.contains("/claims/") => id::<aftersales::Claim>(),
        ("seller", "id") if path.contains("/consignments/") => id::<orders::Consignment>(),
        ("seller", "id") if path.contains("/warehouses/") => id::<stock::Warehouse>(),
        ("seller", "id") if path.contains("/imports/") => id::<offers::import::Import>(),
        ("seller", "id") if path.contains("/variants/") => id::<catalog::Variant>(),
        (_, "product" | "category" | "provider" | "carrier") | ("settings", "kind") => {
            shape("format", "Write its name.", json!({ "minLength": 1, "maxLength": 255 }))
        }
        _ => None,
    }
}

/// Gives a schema its shape, within what it already says.
fn refine(schema: &mut Value, shape: Option<Shape>) {
    let (Some(shape), Some(fields)) = (shape, schema.as_object_mut()) else { return };
    let nullable =
        fields.get("type").and_then(Value::as_array).is_some_and(|kinds| kinds.iter().any(|kind| kind == "null"));
    for (keyword, value) in shape.rule.as_object().into_iter().flatten() {
        let mut value = value.clone();
        if let (true, "enum", Some(all)) = (nullable, keyword.as_str(), value.as_array_mut()) {
            all.push(Value::Null);
        }
        fields.insert(keyword.clone(), value);
    }
    // A pattern of ours says all that a loose format does.
    fields.retain(|keyword, value| keyword != "format" || value == "date");
    fields.insert(CODE.into(), shape.code.into());
    fields.insert(SAYS.into(), shape.says.into());
}

fn is_text(schema: &Value) -> bool {
    let kind = &schema["type"];
    kind == "string" || kind.as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind == "string"))
}

fn is_whole(schema: &Value) -> bool {
    let kind = &schema["type"];
    kind == "integer" || kind.as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind == "integer"))
}

/// A day, a whole number between bounds, or a text of the shape that `find` knows.
fn value(schema: &mut Value, find: &dyn Fn(&str) -> Option<Shape>, name: &str) {
    if is_text(schema) && schema["format"] == "date" {
        refine(
            schema,
            shape(
                "date_format",
                "Write a day, such as 2026-11-30.",
                json!({ "pattern": "^(199[0-9]|20[0-9]{2})-[0-9]{2}-[0-9]{2}$" }),
            ),
        );
    } else if is_text(schema) && schema["enum"].is_null() {
        refine(schema, find(name));
    } else if is_whole(schema) {
        let bounds = [("minimum", i64::MIN), ("maximum", i64::MAX)];
        for (keyword, bound) in bounds {
            if schema[keyword].is_null() {
                schema[keyword] = bound.into();
            }
        }
    }
    for (part, within) in [
        ("items", format!("{name}[]")),
        ("propertyNames", format!("{name}{{}}")),
        ("additionalProperties", format!("{name}{{}}:")),
    ] {
        if let Some(inner) = schema.get_mut(part).filter(|inner| inner.is_object()) {
            value(inner, find, &within);
        }
    }
}

/// Names of the schemas that bodies of requests are made of.
pub(super) fn going_in(document: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for call in calls(document) {
        refer(document, &call.1["requestBody"], &mut found);
    }
    found
}

fn refer(document: &Value, schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(fields) => {
            let name = fields.get("$ref").and_then(Value::as_str).and_then(|place| place.rsplit('/').next());
            if let Some(name) = name.filter(|name| found.insert((*name).to_owned())) {
                refer(document, &document["components"]["schemas"][name], found);
            }
            fields.values().for_each(|inner| refer(document, inner, found));
        }
        Value::Array(all) => all.iter().for_each(|inner| refer(document, inner, found)),
        _ => {}
    }
}

/// Every call of the document, by `GET /path`.
pub(super) fn calls(document: &Value) -> Vec<(String, Value)> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let calls = paths.flat_map(|(path, methods)| {
        let methods = methods.as_object().into_iter().flatten();
        methods.map(move |(method, call)| (format!("{} {path}", method.to_uppercase()), call.clone()))
    });
    calls.collect()
}

/// Puts every shape into the document.
pub(super) fn apply(document: &mut Value) {
    let names = going_in(document);
    for (name, least) in AMOUNTS {
        let mut amount = document["components"]["schemas"]["MoneyView"].clone();
        amount["title"] = name.into();
        amount["properties"]["minor"]["minimum"] = least.into();
        amount["properties"]["minor"]["maximum"] = MOST_MINOR.into();
        document["components"]["schemas"][name] = amount;
    }
    for owner in names.iter().map(String::as_str).chain(AMOUNTS.map(|(name, _)| name)) {
        let schema = &mut document["components"]["schemas"][owner];
        for (name, inner) in schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
            value(inner, &|name| field(owner, name), name);
            bounded_amounts(owner, inner);
        }
    }
    for (path, methods) in document["paths"].as_object_mut().into_iter().flatten() {
        for (method, call) in methods.as_object_mut().into_iter().flatten() {
            let name = format!("{} {path}", method.to_uppercase());
            parameters(&name, path, call);
        }
    }
}

fn parameters(call: &str, path: &str, document: &mut Value) {
    for one in document.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
        let name = one["name"].as_str().unwrap_or_default().to_owned();
        let within = one["in"].as_str().unwrap_or_default().to_owned();
        let schema = &mut one["schema"];
        match within.as_str() {
            "query" => value(schema, &|name| parameter(call, name), &name),
            "path" => value(schema, &|name| place(path, name), &name),
            _ if name == "Idempotency-Key" => {
                let rule = json!({ "minLength": 1, "maxLength": 200, "pattern": "^[!-~]([ -~]*[!-~])?$" });
                refine(schema, shape("required", "Send a key of 1 to 200 characters.", rule));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
