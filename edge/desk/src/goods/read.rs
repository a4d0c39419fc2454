//! Reading what was typed about goods: every wrong field is told at once, beside itself.

use crate::form::{amount, pieces};
use base::{Currency, Error, Id, Mark, Money, Result, Weight};
use catalog::Category;
use frame::{App, Form, Visitor};
use parties::Organisation;
use serde::Serialize;
use std::str::FromStr;
use stock::Warehouse;
use store::Read;

/// Reads the fields of a form one after the other and gathers what is wrong with them.
pub struct Reading<'a> {
    form: &'a Form,
    mark: Mark,
    wrong: Error,
}

impl<'a> Reading<'a> {
    /// Begins with nothing wrong; `mark` is what the reader's language writes before decimals.
    pub fn of(form: &'a Form, mark: Mark) -> Reading<'a> {
        Reading { form, mark, wrong: Error::invalid("invalid", "Some fields need another look.") }
    }

    /// What the outcome holds; what is wrong with it is noted for the field `name`.
    pub fn take<T>(&mut self, name: &str, outcome: Result<T>) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(error) => {
                let (code, message) = match error.fields.into_iter().next() {
                    Some(field) => (field.code, field.message),
                    None => (error.code, error.message),
                };
                self.wrong.fields.push(base::Field { name: name.to_owned(), code, message });
                None
            }
        }
    }

    /// Notes faults that were found elsewhere, under their own names.
    pub fn note(&mut self, faults: Vec<Error>) {
        self.wrong.fields.extend(faults.into_iter().flat_map(|fault| fault.fields));
    }

    /// A text that must be there.
    pub fn needed(&mut self, name: &str) -> String {
        let text = self.form.text(name).to_owned();
        if text.is_empty() {
            self.take::<()>(name, Err(Error::field(name, "required", "This is needed.")));
        }
        text
    }

    /// A field as a `T`; nothing when it is blank or wrong.
    pub fn parsed<T: FromStr<Err = Error>>(&mut self, name: &str) -> Option<T> {
        let outcome = self.form.given(name)?.parse();
        self.take(name, outcome)
    }

    /// An amount; nothing when it is blank or wrong.
    pub fn amount(&mut self, name: &str, currency: Currency) -> Option<Money> {
        self.form.given(name)?;
        self.take(name, amount(self.form, name, currency, self.mark))
    }

    /// A number of pieces; nothing when it is blank or wrong.
    pub fn pieces(&mut self, name: &str) -> Option<i64> {
        self.form.given(name)?;
        self.take(name, pieces(self.form, name, self.mark))
    }

    /// A weight; nothing when it is blank or wrong.
    pub fn weight(&mut self, name: &str) -> Option<Weight> {
        let text = self.form.given(name)?;
        self.take(name, Weight::in_form(text, self.mark))
    }

    /// The value, if nothing was wrong.
    pub fn done<T>(self, value: T) -> Result<T> {
        if self.wrong.fields.is_empty() { Ok(value) } else { Err(self.wrong) }
    }
}

/// A choice of a list.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    /// What is sent.
    pub code: String,
    /// What is shown.
    pub name: String,
}

/// What both pages about goods offer to choose from.
#[derive(Debug, Serialize)]
pub struct Choices {
    categories: Vec<Choice>,
    countries: Vec<Choice>,
    warehouses: Vec<Choice>,
    /// A price can be said.
    priced: bool,
    /// It has to be.
    price_needed: bool,
}

/// Reads the choices of a seller.
pub async fn choices(app: &App, visitor: &Visitor, organisation: Id<Organisation>) -> Result<Choices> {
    let read = move |db: &mut Read| {
        let warehouses = crate::import::usable_warehouses(db, organisation)?;
        Ok((catalog::categories(db)?, warehouses, offers::pricing(db, organisation)?))
    };
    let (categories, warehouses, pricing) = app.store.read_as(visitor.actor, read).await?;
    let locale = &visitor.locale;
    let country = |one: base::Country| Choice { code: one.code().to_owned(), name: locale.country(one) };
    let mut countries: Vec<Choice> = base::Country::all().map(country).collect();
    countries.sort_by_key(|one| locale.rank(&one.code));
    let place = |one: &Warehouse| Choice { code: one.id.to_string(), name: format!("{}, {}", one.name, one.code) };
    Ok(Choices {
        categories: categories.iter().map(|one| shelf(&categories, one, locale.tag)).collect(),
        countries,
        warehouses: warehouses.iter().map(place).collect(),
        priced: pricing.may,
        price_needed: pricing.must,
    })
}

/// A category with the shelves that it stands in.
fn shelf(all: &[Category], one: &Category, tag: &str) -> Choice {
    let mut name = one.name(tag).to_owned();
    let mut above = one.parent;
    while let Some(parent) = above.and_then(|id| all.iter().find(|other| other.id == id)) {
        name = format!("{} › {name}", parent.name(tag));
        above = parent.parent;
    }
    Choice { code: one.id.to_string(), name }
}
