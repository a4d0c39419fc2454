//! What every page has in common: the frame around one view struct, and how it becomes an answer.

use crate::app::App;
use crate::failure::Answer;
use crate::visitor::Visitor;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use base::Permission;
use minijinja::context;
use minijinja::value::{Serde, Value};
use serde::Serialize;

/// What stands in `<head>`.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// Of the page; the shop's name follows.
    pub title: String,
    /// For search engines.
    pub description: String,
    /// Not for search engines: private or never the same.
    pub unlisted: bool,
    /// Structured data about the page's subject.
    pub data: Option<serde_json::Value>,
    /// Address of a picture of the page's subject, for places that show links with one; empty without.
    pub picture: String,
}

impl Head {
    /// A page with this title.
    pub fn titled(title: impl Into<String>) -> Head {
        Head { title: title.into(), ..Head::default() }
    }

    /// With a description.
    pub fn describing(mut self, description: impl Into<String>) -> Head {
        self.description = description.into();
        self
    }

    /// Kept out of search engines.
    pub fn unlisted(mut self) -> Head {
        self.unlisted = true;
        self
    }
}

/// The common part of a page, `page` in templates.
#[derive(Serialize)]
struct Chrome<'a> {
    title: &'a str,
    description: &'a str,
    unlisted: bool,
    /// JSON-LD, safe to stand in a script element.
    data: Option<String>,
    picture: &'a str,
    shop: String,
    contact: ContactView,
    base: &'a str,
    lang: &'static str,
    dir: &'static str,
    theme: &'static str,
    csrf: &'a str,
    /// Path and query of this page, to come back to.
    here: &'a str,
    path: &'a str,
    to: &'a str,
    to_name: String,
    region: &'a str,
    currency: &'a str,
    cart_count: i64,
    person: Option<PersonView<'a>>,
    flash: Option<&'a str>,
    demo: bool,
}

#[derive(Serialize)]
struct PersonView<'a> {
    name: &'a str,
    email: &'a str,
    organisation: &'a str,
    role: &'static str,
    seller: bool,
    console: bool,
}

/// Renders `template` with the view's fields and `page` in the visitor's language.
pub fn render(app: &App, visitor: &Visitor, template: &str, head: Head, view: &impl Serialize) -> Answer {
    let chrome = chrome(app, visitor, &head);
    let lists = app.lists(visitor.locale.tag);
    let context = context! {
        page => Value::from(Serde(&chrome)),
        lists => lists,
        ..Value::from(Serde(view)),
    };
    let html = app.templates.render(visitor.locale.tag, template, context)?;
    Ok(html_response(html))
}

/// `text/html`; what may be kept of it stands in the table of routes.
pub fn html_response(html: String) -> Response {
    let mut response = Response::new(Body::from(html));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}

/// A page whose form was not accepted: 422.
pub fn unprocessable(mut response: Response) -> Response {
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}

/// `application/json` for a script of ours, kept by nobody.
pub fn json(text: String) -> Response {
    let mut response = Response::new(Body::from(text));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// 303: look there now. Only to a path of this site.
pub fn redirect(to: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let safe = local(to);
    let location = HeaderValue::from_str(&crate::form::encoded(safe)).unwrap_or(HeaderValue::from_static("/"));
    response.headers_mut().insert(header::LOCATION, location);
    response
}

/// A path of this site, or the home page.
pub fn local(to: &str) -> &str {
    let path = to.starts_with('/') && !to.starts_with("//") && !to.starts_with("/\\") && !to.contains(['\r', '\n']);
    if path { to } else { "/" }
}

/// How the shop is reached.
#[derive(Serialize)]
struct ContactView {
    name: String,
    email: String,
    phone: String,
    legal: bool,
}

fn contact(app: &App) -> ContactView {
    let known = app.shop();
    let text = |of: fn(&parties::Shop) -> &str| (*known).as_ref().map_or("", of).to_owned();
    ContactView {
        name: app.name(),
        email: text(|shop| &shop.email),
        phone: text(|shop| &shop.phone),
        legal: !text(|shop| &shop.legal).is_empty(),
    }
}

fn chrome<'a>(app: &'a App, visitor: &'a Visitor, head: &'a Head) -> Chrome<'a> {
    let preferences = &visitor.preferences;
    let shop = contact(app);
    Chrome {
        title: &head.title,
        description: &head.description,
        unlisted: head.unlisted,
        data: head.data.as_ref().map(|data| data.to_string().replace('<', "\\u003c")),
        picture: &head.picture,
        shop: shop.name.clone(),
        contact: shop,
        base: app.config.base_url.trim_end_matches('/'),
        lang: visitor.locale.tag,
        dir: visitor.locale.direction,
        theme: preferences.theme.name(),
        csrf: &visitor.csrf,
        here: visitor.uri.path_and_query().map_or("/", |path| path.as_str()),
        path: visitor.uri.path(),
        to: preferences.destination.code(),
        to_name: visitor.locale.country(preferences.destination),
        region: &preferences.region,
        currency: preferences.currency.code(),
        cart_count: visitor.cart_count,
        person: visitor.session.as_ref().map(|session| PersonView {
            name: &session.name,
            email: &session.email,
            organisation: &session.organisation_name,
            role: session.role.name(),
            seller: visitor.may(Permission::SellerRead),
            console: visitor.may(Permission::ConsoleRead),
        }),
        flash: visitor.flash.as_deref(),
        demo: app.config.demo,
    }
}
