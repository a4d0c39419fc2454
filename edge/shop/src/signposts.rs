//! What browsers, search engines and researchers ask for by name: robots.txt, the map of the site, the icon, the manifest and
//! security.txt. Each says what is so, and is not there when there is nothing to say.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::Error;
use frame::App;
use frame::failure::{Answer, Failure};
use serde_json::json;
use std::fmt::Write;

/// Most addresses in one map (source: sitemaps.org).
const MAP_SIZE: usize = 50_000;
/// Pages that say the same to everybody, besides products and categories.
const PAGES: [&str; 9] =
    ["/", "/search", "/door-price", "/duty-guarantee", "/returns", "/selling", "/about", "/accessibility", "/privacy"];
/// Nothing for search engines: private, or never the same.
const PRIVATE: [&str; 11] = [
    "/account",
    "/api/",
    "/cart",
    "/checkout",
    "/claim",
    "/console",
    "/order/",
    "/pay/",
    "/reset-password",
    "/seller",
    "/setup",
];

fn kept(kind: &'static str, text: String) -> Response {
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=3600")];
    (headers, text).into_response()
}

fn nothing() -> Failure {
    Failure(Error::not_found("no_such_page", "There is no such page."))
}

/// GET /robots.txt: a shop that nobody owns yet, and a demonstration, are not for search engines.
pub async fn robots(State(app): State<App>) -> Response {
    let mut text = String::from("User-agent: *\n");
    if app.shop().is_none() || app.config.demo {
        text.push_str("Disallow: /\n");
        return kept("text/plain; charset=utf-8", text);
    }
    for path in PRIVATE {
        let _ = writeln!(text, "Disallow: {path}");
    }
    let _ = writeln!(text, "\nSitemap: {}/sitemap.xml", app.config.base_url);
    kept("text/plain; charset=utf-8", text)
}

/// GET /sitemap.xml: which maps there are. One of pages and categories, and one for every fifty thousand products.
pub async fn sitemap(State(app): State<App>) -> Response {
    let base = &app.config.base_url;
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.push_str("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for number in 0..=app.shelf.len().div_ceil(MAP_SIZE) {
        let _ = writeln!(xml, "<sitemap><loc>{base}/sitemaps/{number}.xml</loc></sitemap>");
    }
    xml.push_str("</sitemapindex>\n");
    kept("application/xml; charset=utf-8", xml)
}

/// GET /sitemaps/{file}: `0.xml` are pages and categories, `1.xml` the first products, and so on.
pub async fn map(State(app): State<App>, Path(file): Path<String>) -> Answer {
    let number: usize = file.strip_suffix(".xml").and_then(|number| number.parse().ok()).ok_or_else(nothing)?;
    let paths: Vec<String> = match number.checked_sub(1) {
        None => {
            let categories = app.store.read(catalog::categories).await?;
            let categories = categories.iter().map(|category| format!("/c/{}", category.slug));
            PAGES.iter().map(|path| (*path).to_owned()).chain(categories).collect()
        }
        Some(part) => app.shelf.slugs(part * MAP_SIZE, MAP_SIZE).iter().map(|slug| format!("/p/{slug}")).collect(),
    };
    if paths.is_empty() {
        return Err(nothing());
    }
    let base = &app.config.base_url;
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for path in paths {
        let _ = writeln!(xml, "<url><loc>{base}{}</loc></url>", frame::form::encoded(&path));
    }
    xml.push_str("</urlset>\n");
    Ok(kept("application/xml; charset=utf-8", xml))
}

/// GET /favicon.ico: where the icon is. Browsers take an SVG there as well.
pub async fn favicon(State(app): State<App>) -> Response {
    let place = HeaderValue::from_str(&app.assets.url("logo-mark.svg")).unwrap_or(HeaderValue::from_static("/"));
    let headers =
        [(header::LOCATION, place), (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"))];
    (StatusCode::FOUND, headers).into_response()
}

/// GET /site.webmanifest
pub async fn manifest(State(app): State<App>) -> Response {
    let home = app.home();
    let manifest = json!({
        "name": app.name(), "short_name": app.name(), "lang": home.language, "start_url": "/", "display": "browser",
        "icons": [{ "src": app.assets.url("logo-mark.svg"), "sizes": "any", "type": "image/svg+xml" }],
    });
    kept("application/manifest+json", manifest.to_string())
}

/// How long `security.txt` holds from the day it is asked for, in days: less than a year (RFC 9116, 2.5.5).
const EXPIRES_DAYS: i64 = 180;

/// GET /.well-known/security.txt (RFC 9116): the shop's own contact. Not there while the owner has named none.
pub async fn security(State(app): State<App>) -> Answer {
    let shop = app.shop();
    let email =
        shop.as_ref().as_ref().map(|shop| shop.email.clone()).filter(|email| !email.is_empty()).ok_or_else(nothing)?;
    let until = app.store.clock().now().plus_seconds(EXPIRES_DAYS * 86_400);
    let languages: Vec<&str> = app.languages.all().iter().map(|locale| locale.tag).collect();
    let text = format!(
        "Contact: mailto:{email}\nExpires: {until}\nPreferred-Languages: {}\nCanonical: {}/.well-known/security.txt\n",
        languages.join(", "),
        app.config.base_url
    );
    Ok(kept("text/plain; charset=utf-8", text))
}
