//! What every request passes: who may, CSRF, size, panics, security headers, request ids, log and metrics.

use crate::app::App;
use crate::failure::Failure;
use crate::form::Form;
use crate::once;
use crate::route::{FORM_BYTES, Keep, Route, Who};
use crate::secrets::same_token;
use crate::visitor::{self, Visitor};
use crate::{page, refusal};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use base::{Actor, Error, Kind};
use futures::FutureExt;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

/// The gate before one route.
#[derive(Clone)]
pub struct Gate {
    /// The application.
    pub app: App,
    /// The row of the table; none for the page that says that there is no such page.
    pub route: Option<&'static Route>,
}

/// Which row of the table answered; for the metrics.
#[derive(Clone, Copy)]
struct Answered(&'static Route);

/// The request's id, from the outermost layer.
#[derive(Clone)]
struct RequestId(String);

/// Lets a request through to its handler, or answers in its stead.
pub async fn pass(State(gate): State<Gate>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    // Who asks in vain is answered in the form of what was asked for.
    let lost = if is_of_machines(path) { Who::Api } else { Who::Public };
    let who = gate.route.map_or(lost, |route| route.who);
    let mut response = if who == Who::Bare {
        next.run(request).await
    } else {
        let id = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
        let (parts, body) = std::mem::take(&mut request).into_parts();
        let seen = match who.is_api() {
            true => visitor::of_api(&gate.app, &parts, id.clone()).await,
            false => visitor::of_page(&gate.app, &parts, id.clone()).await,
        };
        let request = Request::from_parts(parts, body);
        match seen {
            Ok(visitor) if who.is_desk() => {
                admitted(&gate, who, visitor.at_desk(&gate.app.languages), request, next).await
            }
            Ok(visitor) => admitted(&gate, who, visitor, request, next).await,
            Err(error) => {
                let (parts, _) = request.into_parts();
                refusal::answer(&gate.app, &visitor::stranger(&gate.app, &parts, id), &error, who.is_api())
            }
        }
    };
    if let Some(route) = gate.route {
        response.extensions_mut().insert(Answered(route));
    }
    response
}

fn is_of_machines(path: &str) -> bool {
    ["/api", "/webhooks"]
        .iter()
        .any(|root| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

async fn admitted(gate: &Gate, who: Who, visitor: Visitor, request: Request, next: Next) -> Response {
    let api = who.is_api();
    // A key says who calls; a session does not keep anybody from having many.
    let counted = |route: &Route| route.limited && (visitor.actor == Actor::Guest || !api);
    if let Some(route) = gate.route.filter(|route| counted(route))
        && let Err((error, seconds)) = gate.app.limits.take(&visitor.address, visitor.now)
    {
        let mut response = refusal::answer(&gate.app, &visitor, &error, route.who.is_api());
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        return response;
    }
    let outcome = match allowed(who, &visitor) {
        Ok(()) => handled(gate, who, &visitor, request, next).await,
        Err(error) => Err(error),
    };
    let mut response = match outcome {
        Ok(response) => response,
        Err(error) if error.code == MUST_ENROL => page::redirect(SECURITY),
        Err(error) => refusal::answer(&gate.app, &visitor, &error, api),
    };
    if let Some(Failure(error)) = response.extensions_mut().remove::<Failure>() {
        let cookies: Vec<HeaderValue> = response.headers().get_all(header::SET_COOKIE).iter().cloned().collect();
        response = refusal::answer(&gate.app, &visitor, &error, api);
        set_cookies(&mut response, cookies);
    }
    set_cookies(&mut response, visitor.fresh.iter().cloned());
    keep(gate, &visitor, &mut response);
    response
}

/// What may be kept of an answer, as the table says.
fn keep(gate: &Gate, visitor: &Visitor, response: &mut Response) {
    let keep = match gate.route.map_or(Keep::Nothing, |route| route.keep) {
        Keep::Public => return,
        Keep::Guests if visitor.session.is_none() => "private, no-cache",
        Keep::Guests | Keep::Nothing => NO_STORE,
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
}

const NO_STORE: &str = "no-store";

/// Appends `Set-Cookie` headers.
pub fn set_cookies(response: &mut Response, cookies: impl IntoIterator<Item = HeaderValue>) {
    for cookie in cookies {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// Where one adds what shows who one is.
pub const SECURITY: &str = "/account/security";

/// The desk stays shut until the person has a second factor: they are led to where they add one.
const MUST_ENROL: &str = "second_factor_needed";

/// Whether this visitor may use a route of this kind.
fn allowed(who: Who, visitor: &Visitor) -> base::Result<()> {
    match who {
        Who::Bare | Who::Public | Who::Api | Who::Signed => Ok(()),
        Who::Buyer => visitor.signed_in().map(|_| ()),
        Who::Seller(permission) | Who::Console(permission) => {
            let session = visitor.signed_in()?;
            visitor.actor.may(permission)?;
            match session.must_enrol {
                true => Err(Error::denied(MUST_ENROL, "Add a second factor to your account first.")),
                false => Ok(()),
            }
        }
        Who::ApiKey(permission) => visitor.actor.may(permission),
    }
}

/// Runs the handler with the visitor and, for a form, its checked fields in the request's extensions.
async fn handled(gate: &Gate, who: Who, visitor: &Visitor, mut request: Request, next: Next) -> base::Result<Response> {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads && !who.is_api() && gate.route.is_some() {
        same_origin(&gate.app, request.headers())?;
        let form = match is_multipart(request.headers()) {
            // A file is streamed by its handler; its form carries the token in the address.
            true => Form::parse(request.uri().query().unwrap_or_default().as_bytes()),
            false => {
                let limit = gate.route.map_or(FORM_BYTES, |route| route.body_bytes);
                let (parts, body) = request.into_parts();
                let form = Form::parse(&whole(body, limit).await?);
                request = Request::from_parts(parts, Body::empty());
                form
            }
        };
        if !same_token(form.text("csrf"), &visitor.csrf) {
            let message = "This form is out of date. Go back, reload the page and send it again.";
            return Err(Error::denied("form_expired", message));
        }
        request.extensions_mut().insert(form);
    }
    request.extensions_mut().insert(visitor.clone());
    match AssertUnwindSafe(once::run(&gate.app, gate.route, request, next)).catch_unwind().await {
        Ok(response) => response,
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
            Err(Error::internal(format!("a handler panicked: {text}")))
        }
    }
}

async fn whole(body: Body, limit: usize) -> base::Result<bytes::Bytes> {
    let collected = Limited::new(body, limit).collect().await;
    collected.map(|body| body.to_bytes()).map_err(|error| match error.downcast_ref::<LengthLimitError>() {
        Some(_) => Error::too_large("too_large", "The form is larger than this page takes."),
        None => Error::new(Kind::Slow, "broken_off", "The form did not arrive whole. Send it again."),
    })
}

fn is_multipart(headers: &HeaderMap) -> bool {
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    media.is_some_and(|media| media.starts_with("multipart/form-data"))
}

/// A product file sent to the API.
fn is_csv(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"text/csv"))
}

/// A form of another site is refused: by the browser's word (`Sec-Fetch-Site`), or by the `Origin` it sends.
fn same_origin(app: &App, headers: &HeaderMap) -> base::Result<()> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (site, origin, host) = (text("sec-fetch-site"), text("origin"), text("host"));
    let from_here = origin.is_empty()
        || origin.split_once("://").is_some_and(|(_, place)| place == host)
        || app.config.base_url.trim_end_matches('/') == origin;
    if from_here && matches!(site, "" | "same-origin" | "none") {
        return Ok(());
    }
    Err(Error::denied("foreign_form", "This form came from another site and was not accepted."))
}

/// No such page.
pub async fn not_found() -> Failure {
    Failure(Error::not_found("no_such_page", "There is no such page."))
}

/// The path exists, the method does not; which it answers to stands in `Allow`.
pub async fn wrong_method() -> Failure {
    Failure(Error::new(Kind::WrongMethod, "wrong_method", "This address does not answer to this method."))
}

/// How long an answer may take, and an upload with its answer.
const PATIENCE: Duration = Duration::from_secs(30);
const UPLOAD_PATIENCE: Duration = Duration::from_secs(30 * 60);

/// The outermost layer: request id, time limit, access log, metrics.
pub async fn observe(State(gate): State<Gate>, mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let given = request.headers().get("x-request-id").and_then(|value| value.to_str().ok());
    let sane =
        |id: &&str| (8..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let id = given.filter(sane).map_or_else(|| gate.app.secrets.request_id(), String::from);
    request.extensions_mut().insert(RequestId(id.clone()));
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let is_upload = is_multipart(request.headers()) || is_csv(request.headers());
    let patience = if is_upload { UPLOAD_PATIENCE } else { PATIENCE };
    let secure = visitor::is_secure(&gate.app, request.headers());
    let mut response = match tokio::time::timeout(patience, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            let error =
                Error::unavailable("took_too_long", "This took too long and was given up; look whether it happened.");
            refusal::bare(&gate.app, &error, is_of_machines(&path), &id)
        }
    };
    let (took, status) = (begun.elapsed(), response.status().as_u16());
    let route = response.extensions().get::<Answered>().map(|answered| answered.0);
    gate.app.metrics.count(route.map(|route| (route.path, route.verb.name())), status, took);
    // A path may hold the token that opens an order: then the log gets the route's pattern instead.
    let pattern = route.map(|route| route.path);
    let path = pattern.filter(|pattern| pattern.contains("{token}")).unwrap_or(&path);
    tracing::info!(target: "access", request = id, %method, %path, status, micros = took.as_micros() as u64);
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    if secure {
        let always = HeaderValue::from_static("max-age=31536000");
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, always);
    }
    response
}

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; \
    base-uri 'none'; manifest-src 'self'";

/// Security headers on every answer; nobody keeps what nobody said may be kept.
pub async fn harden(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (header::CACHE_CONTROL, NO_STORE),
    ];
    for (name, value) in fixed {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    let more = [
        ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=()"),
        ("cross-origin-opener-policy", "same-origin"),
    ];
    for (name, value) in more {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

impl axum::extract::FromRequestParts<App> for Form {
    type Rejection = Failure;
    /// The checked form of a POST; the query string of a GET.
    async fn from_request_parts(parts: &mut axum::http::request::Parts, _: &App) -> Result<Form, Failure> {
        let posted = parts.extensions.get::<Form>().cloned();
        Ok(posted.unwrap_or_else(|| Form::parse(parts.uri.query().unwrap_or_default().as_bytes())))
    }
}
