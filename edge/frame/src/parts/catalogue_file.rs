//! The file of a seller's whole catalogue, for the desks and the API: written while it is read.

use super::csv::{Download, Reader, streamed};
use crate::app::App;
use axum::response::Response;
use base::{Actor, Id, Result};
use parties::Organisation;
use std::sync::Arc;
use store::Read;

/// The catalogue of `organisation`, as the import reads it. Errors: denied; no such organisation.
pub async fn catalogue_file(
    app: &App,
    actor: Actor,
    organisation: Id<Organisation>,
    reader: Reader,
) -> Result<Response> {
    let base = app.config.base_url.clone();
    let catalogue = app.store.read_as(actor, move |db| offers::catalogue(db, organisation, &base)).await?;
    let catalogue = Arc::new(catalogue);
    let head = catalogue.head();
    let page = move |db: &mut Read, after: i64| catalogue.page(db, after);
    streamed(app, actor, Download::csv("products.csv", reader), head, 0, page).await
}
