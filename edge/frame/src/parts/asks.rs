//! What the shop asks buyers besides goods and address, as a form has it, and what was said to it, as every page shows it.

use crate::form::Form;
use crate::language::Locale;
use crate::parts::address::Problem;
use base::{Error, Id};
use offers::Offer;
use orders::said::name;
use orders::{Field, FieldKind, Line, Said, Say, TICKED};
use serde::Serialize;

/// A field of the form.
#[derive(Serialize)]
pub struct AskView {
    name: String,
    label: String,
    kind: &'static str,
    choices: Vec<String>,
    most: i64,
    required: bool,
    value: String,
    error: Option<String>,
}

/// What was said, with what it was said to.
#[derive(Serialize)]
pub struct SaidView {
    label: String,
    /// The goods it is about; empty for the whole order.
    about: String,
    text: String,
}

/// What the reader's language calls a field.
pub fn label(locale: &Locale, field: &Field) -> String {
    let own = field.label(locale.tag).map(str::to_owned);
    own.or_else(|| own_word(locale, &field.key)).unwrap_or_else(|| field.key.clone())
}

/// What the platform calls a field of this key, if it has a word for it.
pub fn own_word(locale: &Locale, key: &str) -> Option<String> {
    let known = orders::PRESETS.iter().any(|preset| preset.key == key);
    known.then(|| locale.t(&format!("ask-{}", key.replace('_', "-"))).to_string())
}

/// What was typed into the fields of a form.
pub fn typed(form: &Form) -> Vec<Say> {
    let say = |(rest, text): (&str, &str)| {
        let (field, offer) = match rest.split_once('.') {
            Some((field, offer)) => (field, Some(offer.parse().ok()?)),
            None => (rest, None),
        };
        Some(Say { field: field.to_owned(), offer, text: text.to_owned() })
    };
    form.with_prefix("fields.").filter_map(say).collect()
}

/// The fields of the whole order (`of` none) or of one line, with what was typed and what is wrong.
pub fn views(
    locale: &Locale,
    asked: &[(Field, Option<Id<Offer>>)],
    of: Option<Id<Offer>>,
    says: &[Say],
    problems: &[Problem],
) -> Vec<AskView> {
    let own = asked.iter().filter(|(_, offer)| *offer == of);
    own.map(|(field, offer)| {
        let name = name(&field.key, *offer);
        let typed = says.iter().find(|say| (&say.field, say.offer) == (&field.key, *offer));
        AskView {
            label: label(locale, field),
            kind: field.kind.name(),
            choices: field.choices.clone(),
            most: field.most,
            required: field.required,
            value: typed.map(|say| say.text.clone()).unwrap_or_default(),
            error: problems.iter().find(|problem| problem.field == name).map(|problem| problem.text.clone()),
            name,
        }
    })
    .collect()
}

/// Whether an error is about what was said to the shop's fields.
pub fn is_about(error: &Error) -> bool {
    !error.fields.is_empty() && error.fields.iter().all(|wrong| wrong.name.starts_with("fields."))
}

/// What is wrong with what was said, in the reader's language.
pub fn problems(locale: &Locale, asked: &[(Field, Option<Id<Offer>>)], error: &Error) -> Vec<Problem> {
    let of = |wrong: &base::Field| {
        let found = asked.iter().find(|(field, offer)| name(&field.key, *offer) == wrong.name);
        let words = found.and_then(|(field, _)| {
            let args = [("label", label(locale, field).into()), ("most", field.most.into())];
            locale.maybe(&format!("ask-wrong-{}", wrong.code.replace('_', "-")), &args)
        });
        Problem::of(&wrong.name, words.unwrap_or_else(|| wrong.message.clone()))
    };
    error.fields.iter().map(of).collect()
}

/// What was said, for readers who know the goods of these lines.
pub fn said<'a>(locale: &Locale, lines: &[Line], said: impl IntoIterator<Item = &'a Said>) -> Vec<SaidView> {
    let view = |one: &Said| SaidView {
        label: label(locale, &one.field),
        about: one.offer.and_then(|offer| lines.iter().find(|line| line.offer == offer)).map(about).unwrap_or_default(),
        text: if one.field.kind == FieldKind::Tick && one.text == TICKED {
            locale.t("ask-ticked").to_string()
        } else {
            one.text.clone()
        },
    };
    said.into_iter().map(view).collect()
}

fn about(line: &Line) -> String {
    if line.options.is_empty() { line.title.clone() } else { format!("{}, {}", line.title, line.options) }
}
