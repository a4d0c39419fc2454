//! `/docs/errors`: what each code means and what to do. The texts are those of `languages/*/errors.ftl`; a test compares them with
//! every code in the source.

use axum::extract::{Path, State};
use base::Error;
use frame::failure::{Answer, Failure};
use frame::language::Locale;
use frame::page::{self, Head};
use frame::visitor::Visitor;
use frame::{App, language};
use serde::Serialize;
use std::sync::Arc;

/// Where the texts stand.
const FILE: &str = "errors.ftl";

#[derive(Serialize)]
struct CodeView {
    code: String,
    meaning: String,
    /// Empty where nothing is left to do.
    remedy: String,
}

#[derive(Serialize)]
struct ListView {
    codes: Vec<CodeView>,
}

fn view(locale: &Arc<Locale>, code: &str) -> Option<CodeView> {
    let key = code.replace('_', "-");
    let meaning = locale.maybe(&format!("code-{key}"), &[])?;
    Some(CodeView {
        code: code.to_owned(),
        meaning,
        remedy: locale.maybe(&format!("remedy-{key}"), &[]).unwrap_or_default(),
    })
}

/// Every code that is explained, in alphabetical order.
pub fn codes(languages: &language::Languages) -> Vec<String> {
    let keys = languages.english().keys().get(FILE).into_iter().flatten();
    keys.filter_map(|key| key.strip_prefix("code-")).map(|key| key.replace('-', "_")).collect()
}

/// GET /docs/errors
pub async fn list(State(app): State<App>, visitor: Visitor) -> Answer {
    let locale = &visitor.locale;
    let view = ListView { codes: codes(&app.languages).iter().filter_map(|code| view(locale, code)).collect() };
    let head = Head::titled(&*locale.t("docs-errors-title")).describing(&*locale.t("docs-errors-lead"));
    page::render(&app, &visitor, "docs/errors.html", head, &view)
}

/// GET /docs/errors/{code}
pub async fn show(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Answer {
    let unknown = || Failure(Error::not_found("no_such_page", "There is no such page."));
    let known = codes(&app.languages).contains(&code);
    let view = known.then(|| view(&visitor.locale, &code)).flatten().ok_or_else(unknown)?;
    let head = Head::titled(view.code.clone()).describing(view.meaning.clone());
    page::render(&app, &visitor, "docs/error.html", head, &view)
}
