//! The page of a desk around one view, and what the page after a deed says.

use crate::menu::{self, Section};
use crate::place::{Crumb, Desk};
use crate::{form, words};
use axum::response::Response;
use base::{Error, Kind};
use frame::failure::Answer;
use frame::gate::set_cookies;
use frame::language::Arg;
use frame::page::{Head, redirect, render};
use frame::parts::acting::{OneView, rows};
use frame::parts::sure::SureView;
use frame::{App, Visitor};
use serde::Serialize;

#[derive(Serialize)]
struct FrameView {
    home: &'static str,
    name: String,
    menu: Vec<Section>,
    crumbs: Vec<Crumb>,
    here: String,
    said: Option<String>,
    wrong: Option<String>,
    role: String,
    initial: String,
    search: Option<&'static str>,
    /// Everybody that the person may act for.
    acting: Vec<OneView>,
    /// That the exchange rates are old, to those who see all of the house.
    rates_old: Option<String>,
}

#[derive(Serialize)]
struct Framed<'a, V> {
    desk: FrameView,
    #[serde(flatten)]
    view: &'a V,
}

/// Renders a page of a desk: `crumbs` lead to it, `title` is its own name.
pub async fn show(
    app: &App,
    visitor: &Visitor,
    desk: Desk,
    template: &str,
    crumbs: Vec<Crumb>,
    title: &str,
    view: &impl Serialize,
) -> Answer {
    let (home, name, search) = match desk {
        Desk::Seller => ("/seller", "d-seller-centre", None),
        Desk::Console => ("/console", "d-console", Some("/console/orders")),
    };
    let role = visitor.session.as_ref().map_or("buyer", |session| session.role.name());
    let said = visitor.flash.as_deref().unwrap_or_default();
    let person = visitor.signed_in()?.person;
    let acting = app.store.read_as(visitor.actor, move |db: &mut store::Read| parties::memberships(db, person)).await?;
    let frame = FrameView {
        home,
        name: visitor.locale.t(name).to_string(),
        menu: menu::of(app, visitor, desk).await?,
        crumbs,
        here: title.to_owned(),
        said: said.strip_prefix("ok:").map(|said| spoken(visitor, said)),
        wrong: said.strip_prefix("no:").map(|said| spoken(visitor, said)),
        role: words::role(&visitor.locale, role),
        initial: visitor.session.iter().flat_map(|session| session.name.chars()).take(1).collect(),
        search,
        acting: rows(visitor, &acting),
        rates_old: match desk {
            Desk::Console => rates_old(app, visitor),
            Desk::Seller => None,
        },
    };
    let head = Head::titled(title).unlisted();
    render(app, visitor, template, head, &Framed { desk: frame, view })
}

/// How old the newest rates are, where that is more than a few banking days.
fn rates_old(app: &App, visitor: &Visitor) -> Option<String> {
    let world = app.world();
    let days = i64::try_from(world.rates_old()?).unwrap_or(i64::MAX);
    let date = visitor.locale.date(world.rates_day());
    Some(visitor.locale.fill("c-rates-old", &[("date", date.into()), ("days", days.into())]))
}

/// A flash is a key of the texts and its arguments: `d-said-packed&n=2`.
fn spoken(visitor: &Visitor, flash: &str) -> String {
    let (key, rest) = flash.split_once('&').unwrap_or((flash, ""));
    let args: Vec<(String, String)> = form_urlencoded::parse(rest.as_bytes()).into_owned().collect();
    let args: Vec<(&str, Arg<'_>)> = args
        .iter()
        .map(|(name, value)| (name.as_str(), value.parse::<i64>().map_or_else(|_| value.into(), Arg::Count)))
        .collect();
    visitor.locale.maybe(key, &args).unwrap_or_else(|| key.to_owned())
}

/// Asks before something that cannot be undone: a page of the desk with the question.
pub async fn ask(app: &App, visitor: &Visitor, desk: Desk, sure: SureView) -> Answer {
    let title = sure.title.clone();
    show(app, visitor, desk, "desk/sure.html", Vec::new(), &title, &sure).await
}

/// Done: to another page, which says so. `said` is a key with arguments.
pub fn done(visitor: &Visitor, to: &str, said: &str) -> Response {
    let mut response = redirect(to);
    set_cookies(&mut response, [visitor.flash_cookie(&format!("ok:{said}"))]);
    response
}

/// Not done, because the world does not allow it or the input was wrong: back to the page, which says why.
/// Any other error becomes an error page.
pub fn refused(visitor: &Visitor, to: &str, error: Error) -> Answer {
    if !matches!(error.kind, Kind::Conflict | Kind::Invalid | Kind::Gone) {
        return Err(error.into());
    }
    let mut response = redirect(to);
    let why = form::reason(&visitor.locale, &error);
    set_cookies(&mut response, [visitor.flash_cookie(&format!("no:{why}"))]);
    Ok(response)
}
