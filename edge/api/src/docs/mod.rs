//! Pages for developers: what every code of an error means, and the API as people read it.

pub mod errors;
mod reference;
mod sample;

use axum::extract::State;
use frame::App;
use frame::failure::Answer;
use frame::page::{self, Head};
use frame::visitor::Visitor;
use std::sync::LazyLock;

/// GET /api/docs
pub async fn show(State(app): State<App>, visitor: Visitor) -> Answer {
    static VIEW: LazyLock<reference::View> = LazyLock::new(|| reference::View::of(&crate::openapi::DOCUMENT));
    let title = visitor.locale.t("docs-api-title");
    page::render(&app, &visitor, "docs/api.html", Head::titled(&*title), &*VIEW)
}
