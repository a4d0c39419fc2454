//! Exchange rates: the newest of every pair, one by hand, or a file as the European Central Bank publishes it.

use super::show;
use crate::desk::form::{FormView, unaccepted};
use crate::desk::{self, done};
use crate::upload::first_file;
use crate::{Answer, App, Form, Visitor};
use axum::extract::{Multipart, State};
use base::{EURO_RATES_SOURCE, Error, Permission, time::parse_date};
use offers::RateRow;
use serde::Serialize;
use std::io::Read as _;
use store::{Read, Tx};

/// Largest file: the bank's whole history is a tenth of it.
pub const FILE_BYTES: usize = 16 * 1024 * 1024;

#[derive(Serialize)]
struct RatesView {
    rows: Vec<RateView>,
    form: FormView,
    can_write: bool,
}

#[derive(Serialize)]
struct RateView {
    base: String,
    quote: String,
    name: String,
    rate: String,
    date: String,
    source: String,
}

/// GET /console/rates
pub async fn rates(State(app): State<App>, visitor: Visitor) -> Answer {
    let today = visitor.today().to_string();
    rates_page(&app, &visitor, FormView::of([("date", today), ("base", "EUR".into()), ("quote", "USD".into())])).await
}

async fn rates_page(app: &App, visitor: &Visitor, form: FormView) -> Answer {
    let today = visitor.today();
    let rows = app.store.read_as(visitor.actor, move |db: &mut Read| offers::rate_rows(db, today)).await?;
    let rate = |row: &RateRow| RateView {
        base: row.base.code().to_owned(),
        quote: row.quote.code().to_owned(),
        name: visitor.locale.currency(row.quote),
        rate: row.rate.to_string(),
        date: visitor.locale.date(row.date),
        source: row.source.clone(),
    };
    let can_write = visitor.may(Permission::SettingsWrite);
    let view = RatesView { rows: rows.iter().map(rate).collect(), form, can_write };
    let title = visitor.locale.t("d-menu-rates");
    show(app, visitor, "console/rates.html", &title, &view).await
}

/// POST /console/rates: one more dated rate.
pub async fn put_rate(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let outcome = async {
        let row = RateRow {
            base: form.read("base")?,
            quote: form.read("quote")?,
            date: parse_date(form.text("date"))?,
            rate: form.text("rate").replace(',', ".").parse()?,
            source: form
                .given("source")
                .map(str::to_owned)
                .ok_or_else(|| Error::field("source", "required", "Say who published it."))?,
        };
        app.store.write_as(visitor.actor, move |tx: &mut Tx| offers::put_rates(tx, std::slice::from_ref(&row))).await
    };
    match outcome.await {
        Ok(()) => Ok(desk::done(&visitor, "/console/rates", "d-said-saved")),
        Err(error) => {
            let form = FormView::again(&visitor.locale, &form, error)?;
            unaccepted(rates_page(&app, &visitor, form).await)
        }
    }
}

/// POST /console/rates/import: every day of a file.
pub async fn import(State(app): State<App>, visitor: Visitor, parts: Multipart) -> Answer {
    let (store, actor) = (app.store.clone(), visitor.actor);
    let outcome = async {
        let mut file = first_file(parts).await?;
        let work = move || {
            let mut text = String::new();
            let unread = |_| Error::field("file", "rates_heading", "This file is no text in UTF-8.");
            file.read_to_string(&mut text).map_err(unread)?;
            offers::import_rates(&store, actor, &text, EURO_RATES_SOURCE, None)
        };
        crate::app::aside(work).await?
    };
    match outcome.await {
        Ok(report) => {
            Ok(done(&visitor, "/console/rates", &format!("c-said-rates&n={}&days={}", report.rates, report.days)))
        }
        Err(error) => {
            let form = FormView::again(&visitor.locale, &Form::default(), error)?;
            unaccepted(rates_page(&app, &visitor, form).await)
        }
    }
}
