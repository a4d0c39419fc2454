//! The refusals that an address can answer with, for the OpenAPI document: all are problem documents.

use std::collections::BTreeMap;
use utoipa::IntoResponses;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{ContentBuilder, Ref, RefOr};

const ALL: [(&str, &str); 10] = [
    ("401", "A key or token is missing or not known."),
    ("403", "The key's role does not allow it."),
    ("404", "There is no such thing, or it is not the caller's."),
    (
        "409",
        "The state of things does not allow it; `code` says which: out of stock, ordered already, a key used before.",
    ),
    ("410", "It is over: an expired quote."),
    ("413", "The body is larger than this address takes."),
    ("415", "The body has another media type than this address takes."),
    ("422", "The input is wrong; `errors` says where."),
    ("429", "The day's limit of invitations is reached; try again tomorrow."),
    ("503", "Something behind does not answer; try again."),
];

fn of(statuses: &[&str]) -> BTreeMap<String, RefOr<Response>> {
    let told = ALL.iter().filter(|(status, _)| statuses.contains(status));
    told.map(|(status, words)| {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        let response = ResponseBuilder::new().description(*words).content("application/problem+json", content);
        ((*status).to_owned(), RefOr::T(response.build()))
    })
    .collect()
}

/// Of an address that counts callers without a key.
pub struct Limited;

impl IntoResponses for Limited {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let words = "Too many carts, quotes, orders and payments from this address: `Retry-After` says when to try again. Callers with a key are \
            not counted.";
        let seconds = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).build();
        let wait = HeaderBuilder::new().schema(Some(seconds)).description(Some("Seconds to wait.")).build();
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        let response = ResponseBuilder::new()
            .description(words)
            .header("Retry-After", wait)
            .content("application/problem+json", content);
        BTreeMap::from([("429".to_owned(), RefOr::T(response.build()))])
    }
}

/// Of an address that invites people: counted for each organisation and each address.
pub struct Invites;

impl IntoResponses for Invites {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        of(&["429"])
    }
}

/// Of an address that reads without a key.
pub struct Reads;

impl IntoResponses for Reads {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        of(&["401", "404", "422", "503"])
    }
}

/// Of an address that reads with a key.
pub struct KeyReads;

impl IntoResponses for KeyReads {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        of(&["401", "403", "404", "422", "503"])
    }
}

/// Of an address that changes something.
pub struct Changes;

impl IntoResponses for Changes {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        of(&["401", "403", "404", "409", "410", "413", "415", "422", "503"])
    }
}
