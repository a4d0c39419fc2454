//! What comes in: bodies, query strings, headers and ids, each refused with the field that is wrong.

use crate::{contract, json};
use axum::body::HttpBody;
use axum::extract::{FromRequest, FromRequestParts, MatchedPath, Request};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, Method, header};
use base::{Error, Id, Kind, Result, Tag};
use frame::App;
use frame::failure::Failure;
pub use frame::input::{header, idempotency_key, whole};
use serde::de::DeserializeOwned;
use std::str::FromStr;

/// A JSON body. Refuses another media type (415), more than the route takes (413), and what does not fit the schema (422).
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Json<T> {
    type Rejection = Failure;
    async fn from_request(request: Request, app: &App) -> Result<Json<T>, Failure> {
        if !is_json(request.headers()) {
            return Err(Failure(media_type("Send the body as application/json.")));
        }
        let call = call(request.extensions(), request.method());
        let value = json::read(&whole(request, app).await?)?;
        contract::check_body(&call, &value)?;
        // What the document lets in is what the type takes; should they ever differ, the type has the last word.
        let misfit =
            |problem: serde_json::Error| Error::invalid("body_format", format!("The body does not fit: {problem}."));
        Ok(Json(serde_json::from_value(value).map_err(misfit)?))
    }
}

/// A JSON body that may be left out. Refuses what [`Json`] refuses.
pub struct Maybe<T>(pub Option<T>);

impl<T: DeserializeOwned> FromRequest<App> for Maybe<T> {
    type Rejection = Failure;
    async fn from_request(request: Request, app: &App) -> Result<Maybe<T>, Failure> {
        let is_empty = request.body().size_hint().exact() == Some(0);
        if is_empty {
            Ok(Maybe(None))
        } else {
            Json::from_request(request, app).await.map(|Json(body)| Maybe(Some(body)))
        }
    }
}

/// The call as the document names it: `POST /api/carts/{id}/quote`.
fn call(extensions: &Extensions, method: &Method) -> String {
    let path = extensions.get::<MatchedPath>().map(MatchedPath::as_str).unwrap_or_default();
    format!("{method} {path}")
}

/// Another media type than is taken (415).
pub fn media_type(say: &str) -> Error {
    Error::new(Kind::MediaType, "media_type", say)
}

fn is_json(headers: &HeaderMap) -> bool {
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media = media.split(';').next().unwrap_or_default().trim();
    media.eq_ignore_ascii_case("application/json") || media.ends_with("+json")
}

/// The query string. Refuses what does not fit (422).
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Query<T> {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Query<T>, Failure> {
        contract::check_query(&call(&parts.extensions, &parts.method), parts.uri.query().unwrap_or_default())?;
        match axum::extract::Query::<T>::try_from_uri(&parts.uri) {
            Ok(query) => Ok(Query(query.0)),
            Err(problem) => Err(Failure(Error::invalid("query_format", problem.body_text()))),
        }
    }
}

/// One part of the path.
pub struct Part(pub String);

impl FromRequestParts<App> for Part {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Part, Failure> {
        let unknown = || Failure(Error::not_found("unknown_id", "There is no such thing."));
        let found = axum::extract::Path::<String>::from_request_parts(parts, app).await.map_err(|_| unknown())?;
        if found.0.contains('\0') { Err(unknown()) } else { Ok(Part(found.0)) }
    }
}

/// A field of the input as a `T`. Errors: invalid, naming the field as the sender knows it.
pub fn field<T: FromStr<Err = Error>>(name: &str, text: &str) -> Result<T> {
    text.parse().map_err(|error: Error| {
        let first = error.fields.into_iter().next();
        let (code, message) = first.map_or((error.code, error.message), |field| (field.code, field.message));
        Error::field(name, code, message)
    })
}

/// A field that may be absent or empty.
pub fn maybe<T: FromStr<Err = Error>>(name: &str, text: Option<&str>) -> Result<Option<T>> {
    text.filter(|text| !text.is_empty()).map(|text| field(name, text)).transpose()
}

/// An id in a body or a query. Errors: invalid, naming the field.
pub fn id<T: Tag>(name: &str, text: &str) -> Result<Id<T>> {
    field(name, text)
}

/// Page size: 1 to 250, 50 when not said.
pub fn limit(asked: Option<i64>) -> Result<i64> {
    match asked.unwrap_or(50) {
        limit @ 1..=250 => Ok(limit),
        _ => Err(Error::field("limit", "out_of_range", "Ask for 1 to 250 at a time.")),
    }
}

/// A missing or wrong secret of a cart or an order.
pub fn secret_missing(name: &str) -> Error {
    Error::new(Kind::Unauthenticated, "token_missing", format!("Send the {name} header."))
}
