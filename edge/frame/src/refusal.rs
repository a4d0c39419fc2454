//! Where every error becomes an answer: a page in the reader's language, or problem+json for the API.

use crate::app::App;
use crate::failure::{Failure, status};
use crate::page;
use crate::visitor::Visitor;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::{Error, Kind};
use serde::Serialize;
use serde_json::json;

#[derive(Serialize)]
struct ErrorView {
    status: u16,
    title: String,
    text: String,
    code: &'static str,
    request: String,
    sign_in: bool,
}

/// Logs an internal error once, with its place, and answers: problem+json if `api`, a page otherwise.
pub fn answer(app: &App, visitor: &Visitor, error: &Error, api: bool) -> Response {
    if error.kind == Kind::Internal {
        tracing::error!(request = visitor.request, place = %error.place, "{}", error.message);
    }
    if api { problem(app, &visitor.request, error) } else { html(app, visitor, error) }
}

/// An answer where there is no visitor yet, or no more: problem+json if `api`, a sentence otherwise.
pub fn bare(app: &App, error: &Error, api: bool, request: &str) -> Response {
    match api {
        true => problem(app, request, error),
        false => (status(error.kind), format!("{} {}\n", error.kind.status(), shown(error))).into_response(),
    }
}

fn problem(app: &App, request: &str, error: &Error) -> Response {
    let shown = shown(error);
    let fields: Vec<_> = error
        .fields
        .iter()
        .map(|field| {
            json!({
                "field": field.name, "pointer": pointer(&field.name), "code": field.code, "message": field.message
            })
        })
        .collect();
    let body = json!({
        "type": explained(app, error.code),
        "title": shown,
        "status": error.kind.status(),
        "code": error.code,
        "detail": shown,
        "errors": fields,
        "request_id": request,
    });
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status(error.kind);
    tell_when(&mut response, error);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response
}

/// Where a code is explained: the `type` of a problem document. Absolute, as RFC 9457 advises.
fn explained(app: &App, code: &str) -> String {
    format!("{}/docs/errors/{code}", app.config.base_url)
}

/// `lines[2].quantity` as a JSON pointer (RFC 6901): `/lines/2/quantity`.
fn pointer(name: &str) -> String {
    let parts = name.split(['.', '[']).map(|part| part.trim_end_matches(']')).filter(|part| !part.is_empty());
    parts.fold(String::new(), |whole, part| format!("{whole}/{}", part.replace('~', "~0").replace('/', "~1")))
}

/// What may be told to the outside.
fn shown(error: &Error) -> &str {
    match error.kind {
        Kind::Internal => "Something went wrong on our side. It has been logged.",
        _ => &error.message,
    }
}

fn html(app: &App, visitor: &Visitor, error: &Error) -> Response {
    let locale = &visitor.locale;
    let kind = kind_name(error.kind);
    let minutes = error.retry_seconds.map_or(1, |seconds| (seconds + 59) / 60);
    let by_code = locale.maybe(&format!("error-{}", error.code.replace('_', "-")), &[("minutes", minutes.into())]);
    let view = ErrorView {
        status: error.kind.status(),
        title: locale.t(&format!("error-title-{kind}")).to_string(),
        text: by_code.unwrap_or_else(|| locale.t(&format!("error-text-{kind}")).to_string()),
        code: error.code,
        request: visitor.request.clone(),
        sign_in: error.kind == Kind::Unauthenticated,
    };
    let head = page::Head::titled(view.title.clone()).unlisted();
    let mut response = match page::render(app, visitor, "error.html", head, &view) {
        Ok(response) => response,
        Err(Failure(second)) => {
            tracing::error!(place = %second.place, "the error page failed: {}", second.message);
            (StatusCode::INTERNAL_SERVER_ERROR, "500").into_response()
        }
    };
    *response.status_mut() = status(error.kind);
    tell_when(&mut response, error);
    response
}

/// When it is worth trying again, for machines.
fn tell_when(response: &mut Response, error: &Error) {
    if let Some(seconds) = error.retry_seconds {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Invalid => "invalid",
        Kind::Unauthenticated => "unauthenticated",
        Kind::Denied => "denied",
        Kind::NotFound => "not-found",
        Kind::Conflict => "conflict",
        Kind::WrongMethod => "wrong-method",
        Kind::Slow => "slow",
        Kind::TooLarge => "too-large",
        Kind::MediaType => "invalid",
        Kind::Gone => "gone",
        Kind::TooMany => "too-many",
        Kind::Unavailable => "unavailable",
        Kind::Internal => "internal",
    }
}
