//! Recovery codes, shown once.

use frame::App;
use frame::failure::Answer;
use frame::page::{self, Head};
use frame::visitor::Visitor;
use serde::Serialize;

#[derive(Serialize)]
struct CodesView {
    codes: Vec<String>,
}

/// The recovery codes, this once.
pub fn codes(app: &App, visitor: &Visitor, codes: Vec<String>) -> Answer {
    let head = Head::titled(&*visitor.locale.t("recovery-title")).unlisted();
    page::render(app, visitor, "shop/recovery_codes.html", head, &CodesView { codes })
}
