//! What the columns of a product file mean: shown, and said by whoever knows.

use crate::form::Choice;
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use catalog::import::Column;
use frame::{Form, Locale};
use offers::import::{self, Import, Stage};
use serde::Serialize;

/// A column of the file, for whoever says what it means.
#[derive(Serialize)]
pub(super) struct ColumnView {
    name: String,
    sample: String,
    meaning: String,
}

/// The columns, as long as something can still be said of them.
pub(super) fn columns(import: &Import) -> Vec<ColumnView> {
    if !matches!(import.stage, Stage::Asked | Stage::Checked) {
        return Vec::new();
    }
    let view = |seen: &import::ColumnSeen| ColumnView {
        name: seen.name.clone(),
        sample: seen.sample.clone(),
        meaning: seen.meaning.clone(),
    };
    import.understood.columns.iter().map(view).collect()
}

/// What a column can be said to mean, in the reader's words.
pub(super) fn meanings(locale: &Locale) -> Vec<Choice> {
    let choice = |(name, _): &(&'static str, Column)| Choice {
        code: (*name).to_owned(),
        name: locale.t(&format!("d-means-{}", name.to_lowercase().replace(' ', "-"))).to_string(),
    };
    Column::NAMED.iter().map(choice).collect()
}

/// What was said of the columns: `column.N` names one, `means.N` says what it means.
pub(super) fn said_of_columns(form: &Form) -> Vec<(String, String)> {
    let name = |number: usize| form.given(&format!("column.{number}")).map(str::to_owned);
    let word = |number: usize| name(number).map(|name| (name, form.text(&format!("means.{number}")).to_owned()));
    (0..COLUMNS_MAX).map_while(word).filter(|(_, meaning)| meaning != AS_KNOWN).collect()
}

/// Columns of a file that can be spoken of,
const COLUMNS_MAX: usize = 200;
/// and what a form sends for one that nothing is said of.
const AS_KNOWN: &str = "?";

/// GET /docs/product-file: what a product file may hold, as it stands in the repository.
pub async fn format() -> Response {
    let mut response = Response::new(Body::from(include_str!("../../../docs/product-file.md")));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}
