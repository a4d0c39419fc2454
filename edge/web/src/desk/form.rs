//! Forms that are shown again when something in them is wrong: what was typed, and what is wrong beside each field.

use crate::{Answer, Form, Locale};
use axum::http::StatusCode;
use base::{Currency, Error, Kind, Money, Rate};
use serde::Serialize;
use std::collections::BTreeMap;

/// A form as its page shows it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FormView {
    /// What stands in each field.
    pub values: BTreeMap<String, String>,
    /// What is wrong with a field.
    pub errors: BTreeMap<String, String>,
    /// What is wrong in all, for the summary at the top.
    pub problems: Vec<Problem>,
}

/// One line of the summary.
#[derive(Clone, Debug, Serialize)]
pub struct Problem {
    field: String,
    text: String,
}

impl FormView {
    /// A form with these values to begin with.
    pub fn of<const N: usize>(values: [(&str, String); N]) -> FormView {
        let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        FormView { values, ..FormView::default() }
    }

    /// The form as it was sent, with what is wrong. Errors: those that no field can mend.
    pub fn again(locale: &Locale, form: &Form, error: Error) -> base::Result<FormView> {
        if !matches!(error.kind, Kind::Invalid | Kind::Conflict) {
            return Err(error);
        }
        let values = form.fields().iter().filter(|(name, _)| name != "csrf" && name != "password").cloned().collect();
        let mut view = FormView { values, ..FormView::default() };
        for field in &error.fields {
            let text = field_text(locale, field);
            view.errors.insert(field.name.clone(), text.clone());
            view.problems.push(Problem { field: field.name.clone(), text });
        }
        if error.fields.is_empty() {
            view.problems.push(Problem { field: String::new(), text: reason(locale, &error) });
        }
        Ok(view)
    }
}

fn field_text(locale: &Locale, field: &base::Field) -> String {
    let key = format!("d-field-{}", field.code.replace('_', "-"));
    locale.maybe(&key, &[]).unwrap_or_else(|| field.message.clone())
}

/// Why something was not done: by its code, its first field, or the English sentence.
pub fn reason(locale: &Locale, error: &Error) -> String {
    if let Some(field) = error.fields.first() {
        return field_text(locale, field);
    }
    let key = format!("d-error-{}", error.code.replace('_', "-"));
    locale.maybe(&key, &[]).unwrap_or_else(|| error.message.clone())
}

/// An amount in major units as a form has it: `12.50`. Errors: no amount, more decimals than the currency has, more than
/// `Money::most`.
pub fn amount(form: &Form, name: &str, currency: Currency) -> base::Result<Money> {
    let wrong = || Error::field(name, "amount_format", "Write an amount like 12.50.");
    let rate: Rate = form.text(name).replace(',', ".").parse().map_err(|_| wrong())?;
    let minor = rate.shifted(i64::from(currency.exponent()))?.whole().ok_or_else(wrong)?;
    Money::new(minor, currency).within_reason(name)
}

/// The page of a form that was not accepted: 422.
pub fn unaccepted(answer: Answer) -> Answer {
    let mut response = answer?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}
