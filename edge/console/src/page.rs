//! The pages of the console in the page of the desk.

use desk::Crumb;
use frame::{Answer, App, Visitor};
use serde::Serialize;

/// A page of the console below its first.
pub async fn show(app: &App, visitor: &Visitor, template: &str, title: &str, view: &impl Serialize) -> Answer {
    under(app, visitor, template, Vec::new(), title, view).await
}

/// A page below others: `above` are the steps between the first page and it.
pub async fn under(
    app: &App,
    visitor: &Visitor,
    template: &str,
    above: Vec<Crumb>,
    title: &str,
    view: &impl Serialize,
) -> Answer {
    desk::show(app, visitor, desk::Desk::Console, template, above, title, view).await
}
