//! Fields of short forms, and what was wrong with what was typed into them.

use crate::form::Form;
use crate::language::Locale;
use crate::parts::address::Problem;
use base::{Error, Kind, Result};
use serde::Serialize;

/// One field of a short form.
#[derive(Serialize)]
pub struct FieldView {
    name: &'static str,
    label: String,
    kind: &'static str,
    autocomplete: &'static str,
    value: String,
    hint: Option<String>,
    error: Option<String>,
}

impl FieldView {
    /// A field with what was typed and what was wrong with it.
    pub fn new(
        locale: &Locale,
        (name, label, kind, autocomplete): (&'static str, &str, &'static str, &'static str),
        form: &Form,
        problems: &[Problem],
    ) -> FieldView {
        let value = if kind == "password" { String::new() } else { form.text(name).to_owned() };
        let error = problems.iter().find(|problem| problem.field == name).map(|problem| problem.text.clone());
        let hint = (autocomplete == "new-password").then(|| locale.t("password-hint").to_string());
        FieldView { name, label: locale.t(label).to_string(), kind, autocomplete, value, hint, error }
    }

    /// With a word of help.
    pub fn hinted(self, locale: &Locale, key: &str) -> FieldView {
        FieldView { hint: Some(locale.t(key).to_string()), ..self }
    }
}

/// How many things there are to put right.
pub fn problems_title(locale: &Locale, problems: &[Problem]) -> String {
    locale.fill("problems-form", &[("n", problems.len().into())])
}

/// The wrong fields of an error in the reader's language. Errors: those that are not about fields.
pub fn field_problems(locale: &Locale, error: Error) -> Result<Vec<Problem>> {
    if error.kind != Kind::Invalid || error.fields.is_empty() {
        return Err(error);
    }
    let text = |field: &base::Field| {
        let key = match (field.name.as_str(), field.code) {
            (_, "email_known") => "email-known".to_owned(),
            (_, "email_format") => "email-format".to_owned(),
            (_, code) => format!("field-{}", code.replace('_', "-")),
        };
        locale.maybe(&key, &[]).unwrap_or_else(|| field.message.clone())
    };
    Ok(error.fields.iter().map(|field| Problem::of(&field.name, text(field))).collect())
}
