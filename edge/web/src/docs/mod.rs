//! Pages for developers: what every code of an error means, and the API as people read it.

pub mod errors;
mod reference;
mod sample;

use crate::api;
use axum::extract::State;
use axum::routing::get;
use frame::App;
use frame::failure::Answer;
use frame::page::{self, Head};
use frame::visitor::Visitor;
use frame::{Keep, Route, Who};
use std::sync::LazyLock;

const ROUTES: &[Route] = &[
    Route::get("/api/docs", Who::Public, || get(show)).keep(Keep::Guests),
    Route::get("/docs/errors", Who::Public, || get(errors::list)).keep(Keep::Guests),
    Route::get("/docs/errors/{code}", Who::Public, || get(errors::show)).keep(Keep::Guests),
];

/// The rows of the table for developers' pages.
pub fn routes() -> Vec<Route> {
    ROUTES.to_vec()
}

/// GET /api/docs
pub async fn show(State(app): State<App>, visitor: Visitor) -> Answer {
    static VIEW: LazyLock<reference::View> = LazyLock::new(|| reference::View::of(&api::openapi::DOCUMENT));
    let title = visitor.locale.t("docs-api-title");
    page::render(&app, &visitor, "docs/api.html", Head::titled(&*title), &*VIEW)
}
