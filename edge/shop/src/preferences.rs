//! POST /preferences: destination, currency, language, theme. The cart is re-priced and says what changed.

use crate::cart;
use axum::extract::State;
use base::{Country, Currency};
use frame::failure::Answer;
use frame::form::Form;
use frame::gate::set_cookies;
use frame::page::redirect;
use frame::preferences::{Preferences, Theme, is_region};
use frame::visitor::Visitor;
use frame::{App, lists};

/// What the form chooses, on top of what was chosen before. A new destination brings its own currency unless one is chosen too.
pub fn chosen(app: &App, before: &Preferences, form: &Form) -> Preferences {
    let served = |country: &Country| app.serves(*country);
    let mut after = before.clone();
    if let Some(destination) = form.maybe::<Country>("to").filter(served) {
        if destination != before.destination {
            after.region.clear();
        }
        after.destination = destination;
    }
    let known = |currency: &Currency| lists::currencies().any(|known| known == *currency);
    if let Some(currency) = form.maybe::<Currency>("currency").filter(known) {
        after.currency = currency;
    }
    let untouched = after.currency == before.currency && after.destination != before.destination;
    let usual = door::market(after.destination).currency;
    if untouched && door::market(before.destination).currency == before.currency && known(&usual) {
        after.currency = usual;
    }
    if let Some(region) = form.given("region").filter(|region| is_region(region)) {
        after.region = region.to_ascii_uppercase();
    }
    if let Some(locale) = form.given("language").and_then(|tag| app.languages.find(tag)) {
        after.language = locale.tag;
    }
    if let Some(locale) = form.given("desk_language").and_then(|tag| app.languages.find(tag)) {
        after.desk = Some(locale.tag);
    }
    if let Some(theme) = form.given("theme") {
        after.theme = Theme::named(theme);
    }
    after
}

/// Keeps the choice and goes back to where it was made.
pub async fn save(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let after = chosen(&app, &visitor.preferences, &form);
    let mut response = redirect(form.text("back"));
    set_cookies(&mut response, [visitor.preferences_cookie(&after)]);
    let moved = (after.destination, &after.region, after.currency, after.language)
        != (
            visitor.preferences.destination,
            &visitor.preferences.region,
            visitor.preferences.currency,
            visitor.preferences.language,
        );
    if moved && let Some(changes) = cart::follow(&app, &visitor, &after).await? {
        let destination = after.destination != visitor.preferences.destination;
        if destination && !changes.is_empty() {
            response = redirect("/cart");
            set_cookies(&mut response, [visitor.preferences_cookie(&after)]);
            set_cookies(&mut response, [visitor.flash_cookie(&changes)]);
        }
    }
    Ok(response)
}
