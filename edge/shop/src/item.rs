//! A product in a list: picture, title, door price, arrival.

use base::Result;
use customs::Certainty;
use frame::App;
use frame::language::Locale;
use frame::parts::words;
use frame::visitor::Visitor;
use search::{Hit, Page, Query};
use serde::Serialize;

/// What a card shows.
#[derive(Clone, Debug, Serialize)]
pub struct ItemView {
    /// The product page.
    pub url: String,
    /// As readers of this language are shown it.
    pub title: String,
    /// The title's language, where it is not the reader's.
    pub lang: String,
    /// Source of the picture.
    pub picture: String,
    /// Door price.
    pub price: String,
    /// Arrival window.
    pub arrives: String,
    /// Country it is sent from.
    pub from: String,
    /// Who sells.
    pub seller: String,
    /// A typical rate is behind the price.
    pub estimate: bool,
    /// A word on the picture, or empty.
    pub tag: String,
}

/// A search for this visitor: their destination, currency and language.
pub fn query(visitor: &Visitor) -> Query {
    let wanted = &visitor.preferences;
    Query {
        language: visitor.locale.tag.into(),
        region: wanted.region.clone(),
        ..Query::to(wanted.destination, wanted.currency)
    }
}

/// Runs a search on the shelf.
pub fn run(app: &App, query: &Query) -> Result<Page> {
    search::search(&app.shelf, &app.world(), query)
}

/// A hit as a card.
pub fn view(visitor: &Visitor, hit: &Hit) -> ItemView {
    let locale = &visitor.locale;
    let (from, to) = hit.door.arrives;
    ItemView {
        url: format!("/p/{}", hit.slug),
        title: hit.title.clone(),
        lang: foreign(locale, &hit.language),
        picture: hit.image.clone(),
        price: locale.money(hit.door.total),
        arrives: locale.window(from, to, visitor.today()),
        from: locale.country(hit.dispatch),
        seller: hit.organisation_name.clone(),
        estimate: hit.door.certainty == Certainty::Estimate,
        tag: words::supplied_kind(locale, hit.supply),
    }
}

/// The language of a text, where it is not the reader's.
pub fn foreign(locale: &Locale, language: &str) -> String {
    if language == locale.tag { String::new() } else { language.to_owned() }
}

/// The hits of a page as cards.
pub fn views(visitor: &Visitor, page: &Page) -> Vec<ItemView> {
    page.hits.iter().map(|hit| view(visitor, hit)).collect()
}
