//! The form of a change: what is sent from each place, how many pieces of it there shall be, and how they travel; for the buyer's page
//! and both desks.

use crate::form::Form;
use crate::parts::words;
use crate::visitor::Visitor;
use base::{Error, Id, Result};
use door::{ConsignmentOption, ConsignmentPrice};
use orders::{Consignment, Line, Whole};
use serde::Serialize;

/// What is sent from one place.
#[derive(Serialize)]
pub struct GroupView {
    key: String,
    from: String,
    lines: Vec<LineView>,
    services: Vec<ServiceView>,
}

#[derive(Serialize)]
struct LineView {
    id: String,
    title: String,
    options: String,
    picture: String,
    now: i64,
    value: String,
}

#[derive(Serialize)]
struct ServiceView {
    code: String,
    name: String,
    arrives: String,
    price: String,
    on: bool,
}

/// A consignment that can be changed, with what was typed.
pub fn group(
    visitor: &Visitor,
    whole: &Whole,
    prices: &[ConsignmentPrice],
    one: &Consignment,
    form: &Form,
) -> GroupView {
    let locale = &visitor.locale;
    let priced = prices.iter().find(|price| (price.organisation, price.warehouse) == (one.organisation, one.warehouse));
    let wanted = service(form, one).unwrap_or(&one.service);
    let option = |option: &ConsignmentOption| ServiceView {
        code: option.service.code.clone(),
        name: words::service(locale, option.service),
        arrives: locale.window(option.arrives.0, option.arrives.1, visitor.today()),
        price: locale.money(option.landed.shipping),
        on: option.service.code == wanted,
    };
    let line = |line: &Line| LineView {
        id: line.id.to_string(),
        title: line.title.clone(),
        options: line.options.clone(),
        picture: line.image.clone(),
        now: line.to_send(),
        value: form.given(&field(line.id)).map_or_else(|| line.to_send().to_string(), str::to_owned),
    };
    GroupView {
        key: key(one),
        from: locale.country(one.dispatch),
        lines: whole.lines_of(one.id).filter(|line| line.to_send() > 0).map(line).collect(),
        services: priced.map(|price| price.options.iter().map(option).collect()).unwrap_or_default(),
    }
}

fn key(one: &Consignment) -> String {
    format!("{}-{}", one.organisation, one.warehouse)
}

fn field(line: Id<Line>) -> String {
    format!("pieces-{line}")
}

/// How many pieces of these lines there shall be, of those that the form names. Errors: `pieces` (a field) is no whole number.
pub fn pieces<'a>(form: &Form, lines: impl IntoIterator<Item = &'a Line>) -> Result<Vec<(Id<Line>, i64)>> {
    let named = lines.into_iter().filter_map(|line| Some((line.id, form.given(&field(line.id))?)));
    named.map(|(line, text)| Ok((line, whole_number(text)?))).collect()
}

/// A number of pieces. Errors: `pieces` (a field) is no whole number.
pub fn whole_number(text: &str) -> Result<i64> {
    text.parse().map_err(|_| Error::field("pieces", "whole_number", "Write a whole number of pieces."))
}

/// The code of the service that the form wants for a consignment, if it says.
pub fn service<'a>(form: &'a Form, one: &Consignment) -> Option<&'a str> {
    form.given(&format!("service-{}", key(one)))
}
