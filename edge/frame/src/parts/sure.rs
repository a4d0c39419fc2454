//! What cannot be undone is asked about first: the form comes back as a page that says what would happen, with all that was sent and
//! the way back. Works without JavaScript, and for every form.

use crate::form::Form;
use crate::language::{Arg, Locale};
use serde::Serialize;

/// What the form says once it was asked about.
const SURE: &str = "sure";

/// The question, as `parts/sure.html` shows it. The form goes to the address from which it came.
#[derive(Serialize)]
pub struct SureView {
    /// The question.
    pub title: String,
    text: String,
    yes: String,
    back: String,
    fields: Vec<(String, String)>,
}

/// The question to ask before what `form` wants is done, in the texts `{key}-title`, `{key}-text` and `{key}-yes`; none when it has
/// been asked. `back` is where nothing happens.
pub fn ask(locale: &Locale, form: &Form, key: &str, args: &[(&str, Arg<'_>)], back: &str) -> Option<SureView> {
    if form.given(SURE).is_some() {
        return None;
    }
    let sent = form.fields().iter().filter(|(name, _)| name != "csrf").cloned();
    let said = |part: &str| locale.fill(&format!("{key}-{part}"), args);
    Some(SureView {
        title: said("title"),
        text: said("text"),
        yes: said("yes"),
        back: back.to_owned(),
        fields: sent.chain([(SURE.to_owned(), "yes".to_owned())]).collect(),
    })
}
