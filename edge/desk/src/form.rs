//! Forms that are shown again when something in them is wrong: what was typed, and what is wrong beside each field.

use axum::http::StatusCode;
use base::amount::{Amount, NoMoney};
use base::number::{Numeral, Unclear};
use base::{Currency, Error, Kind, Mark, Money, Rate};
use frame::{Answer, Form, Locale};
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

#[derive(Serialize)]
pub struct Choice {
    pub code: String,
    pub name: String,
}

impl FormView {
    /// A form with these values to begin with.
    pub fn of<const N: usize>(values: [(&str, String); N]) -> FormView {
        let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        FormView { values, ..FormView::default() }
    }

    /// The form as it was sent, to be gone on with.
    pub fn typed(form: &Form) -> FormView {
        let values = form.fields().iter().filter(|(name, _)| name != "csrf" && name != "password").cloned().collect();
        FormView { values, ..FormView::default() }
    }

    /// The form as it was sent, with what is wrong; of the parts of an address in the words of its country. Errors: those that no field
    /// can mend.
    pub fn address(
        locale: &Locale,
        form: &Form,
        error: Error,
        problems: &[frame::parts::address::Problem],
    ) -> base::Result<FormView> {
        let mut view = FormView::again(locale, form, error)?;
        let parts = problems.iter().filter(|one| parties::address_format::Part::named(&one.field).is_some());
        parts.for_each(|one| view.say(&one.field, &one.text));
        Ok(view)
    }

    /// Other words about what is wrong with a field.
    fn say(&mut self, field: &str, text: &str) {
        self.errors.insert(field.to_owned(), text.to_owned());
        self.problems
            .iter_mut()
            .filter(|problem| problem.field == field)
            .for_each(|problem| problem.text = text.into());
    }

    /// The form as it was sent, with what is wrong. Errors: those that no field can mend.
    pub fn again(locale: &Locale, form: &Form, error: Error) -> base::Result<FormView> {
        if !matches!(error.kind, Kind::Invalid | Kind::Conflict) {
            return Err(error);
        }
        let mut view = FormView::typed(form);
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
    words(locale, field.code, &field.message)
}

/// What is wrong with a field, by its code, or the English sentence.
pub fn words(locale: &Locale, code: &str, message: &str) -> String {
    let key = format!("d-field-{}", code.replace('_', "-"));
    locale.maybe(&key, &[]).unwrap_or_else(|| message.to_owned())
}

/// A line of a list that is a form of its own and was not accepted: which one, and what is wrong.
#[derive(Clone, Debug, Serialize)]
pub struct WrongRow {
    /// What the line is about, for the summary at the top.
    pub name: String,
    /// Where the line stands on the page.
    pub anchor: String,
    /// The form as it was sent.
    pub form: FormView,
}

/// Why something was not done: by its code, its first field, or the English sentence.
pub fn reason(locale: &Locale, error: &Error) -> String {
    if let Some(field) = error.fields.first() {
        return field_text(locale, field);
    }
    let key = format!("d-error-{}", error.code.replace('_', "-"));
    locale.maybe(&key, &[]).unwrap_or_else(|| error.message.clone())
}

/// An amount in major units as a form has it, in a language that writes `mark` before the decimals: `12.50`, `€1,500`. Errors: no
/// amount, one that can be read two ways, another currency, more decimals than the currency has, more than
/// `Money::most`.
pub fn amount(form: &Form, name: &str, currency: Currency, mark: Mark) -> base::Result<Money> {
    let text = form.text(name);
    let read = Amount::in_form(text, mark, currency).map_err(|why| match why {
        NoMoney::TwoWays(less, more) => two_ways(name, text, less, more),
        NoMoney::OtherCurrency => {
            Error::field(name, "other_currency", format!("“{text}” names another currency than {currency}."))
        }
        NoMoney::NoNumber | NoMoney::Decimals => Error::field(name, "amount_format", "Write an amount like 12.50."),
    });
    read?.within_reason(name)
}

/// Any number as a form has it: a rate, a percentage. Errors: no number, one that can be read two ways.
pub fn number(form: &Form, name: &str, mark: Mark) -> base::Result<Rate> {
    counted(form, name, mark, None)
}

/// A number of pieces as a form has it: `12`, `1,500`. Errors: no whole number.
pub fn pieces(form: &Form, name: &str, mark: Mark) -> base::Result<i64> {
    let wrong = || Error::field(name, "whole_number", "Write a whole number.");
    let rate = counted(form, name, mark, Some(0)).map_err(|_| wrong())?;
    rate.whole().ok_or_else(wrong)
}

fn counted(form: &Form, name: &str, mark: Mark, places: Option<u32>) -> base::Result<Rate> {
    let text = form.given(name).ok_or_else(|| Error::field(name, "required", "This field is needed."))?;
    let wrong = || Error::field(name, "rate_format", format!("“{text}” is no number; write it like 7.85."));
    Numeral::read(text).ok_or_else(wrong)?.in_form(mark, places).map_err(|unclear| match unclear {
        Unclear::NoNumber => wrong(),
        Unclear::TwoWays(less, more) => two_ways(name, text, less, more),
    })
}

fn two_ways(name: &str, text: &str, less: Rate, more: Rate) -> Error {
    let say = format!("“{text}” can be read as {less} or {more}; write it without a mark between thousands.");
    Error::field(name, "two_ways", say)
}

/// The page of a form that was not accepted: 422.
pub fn unaccepted(answer: Answer) -> Answer {
    let mut response = answer?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}
