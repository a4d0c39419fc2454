//! Exchange rates: the newest of every pair, one by hand, or a file; those that wait for a word; currencies without any.

use crate::page::show;
use axum::extract::{Multipart, State};
use base::{EURO_RATES_SOURCE, Error, Permission, time::parse_date};
use desk::done;
use desk::form::{FormView, unaccepted};
use frame::upload::first_file;
use frame::{Answer, App, Form, Visitor};
use offers::RateRow;
use serde::Serialize;
use std::io::Read as _;
use store::{Read, Tx};

/// Largest file: the bank's whole history is a tenth of it.
pub const FILE_BYTES: usize = 16 * 1024 * 1024;

#[derive(Serialize)]
struct RatesView {
    rows: Vec<RateView>,
    held: Vec<HeldView>,
    percent: i64,
    /// Currencies that sellers price in and no rate is known of.
    missing: Option<String>,
    form: FormView,
    can_write: bool,
}

#[derive(Serialize)]
struct HeldView {
    row: RateView,
    day: String,
    why: String,
    known: String,
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
    let read = move |db: &mut Read| {
        Ok((offers::rate_rows(db, today)?, offers::held_rates(db)?, offers::currencies_without_rate(db, today)?))
    };
    let (rows, held, missing) = app.store.read_as(visitor.actor, read).await?;
    let rate = |row: &RateRow| RateView {
        base: row.base.code().to_owned(),
        quote: row.quote.code().to_owned(),
        name: visitor.locale.currency(row.quote),
        rate: row.rate.to_string(),
        date: visitor.locale.date(row.date),
        source: row.source.clone(),
    };
    let can_write = visitor.may(Permission::SettingsWrite);
    let waiting = |one: &offers::HeldRate| HeldView {
        row: rate(&one.row),
        day: one.row.date.to_string(),
        why: visitor.locale.t(&format!("c-doubt-{}", one.why.name().replace('_', "-"))).to_string(),
        known: one.known.map(|known| known.to_string()).unwrap_or_default(),
    };
    let codes: Vec<&str> = missing.iter().map(base::Currency::code).collect();
    let missing =
        (!codes.is_empty()).then(|| visitor.locale.fill("c-rates-none", &[("currencies", codes.join(", ").into())]));
    let view = RatesView {
        rows: rows.iter().map(rate).collect(),
        held: held.iter().map(waiting).collect(),
        percent: offers::MOST_CHANGE_PERCENT,
        missing,
        form,
        can_write,
    };
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
            rate: desk::form::number(&form, "rate", visitor.locale.mark())?,
            source: form
                .given("source")
                .map(str::to_owned)
                .ok_or_else(|| Error::field("source", "required", "Say who published it."))?,
        };
        let take = move |tx: &mut Tx| offers::take_rates(tx, std::slice::from_ref(&row), false);
        app.store.write_as(visitor.actor, take).await
    };
    match outcome.await {
        Ok(taken) if taken.held.is_empty() => Ok(desk::done(&visitor, "/console/rates", "d-said-saved")),
        Ok(_) => Ok(desk::done(&visitor, "/console/rates", "c-said-rate-held")),
        Err(error) => {
            let form = FormView::again(&visitor.locale, &form, error)?;
            unaccepted(rates_page(&app, &visitor, form).await)
        }
    }
}

/// POST /console/rates/held: a rate that waits is confirmed, or dropped.
pub async fn held(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let (base, quote, date) = (form.read("base")?, form.read("quote")?, parse_date(form.text("date"))?);
    let confirmed = form.text("word") == "confirm";
    let done = app
        .store
        .write_as(visitor.actor, move |tx: &mut Tx| match confirmed {
            true => offers::confirm_rate(tx, base, quote, date),
            false => offers::drop_rate(tx, base, quote, date),
        })
        .await;
    match done {
        Ok(()) if confirmed => Ok(desk::done(&visitor, "/console/rates", "d-said-saved")),
        Ok(()) => Ok(desk::done(&visitor, "/console/rates", "c-said-rate-dropped")),
        Err(error) => desk::refused(&visitor, "/console/rates", error),
    }
}

/// Currencies that a file names and nobody knows: so many are told.
const PASSED_TOLD: usize = 30;

/// POST /console/rates/import: every day of a file.
pub async fn import(State(app): State<App>, visitor: Visitor, parts: Multipart) -> Answer {
    let (store, actor) = (app.store.clone(), visitor.actor);
    let outcome = async {
        let mut file = first_file(parts).await?;
        let work = move || {
            let mut bytes = Vec::new();
            let unread = |_| Error::field("file", "rates_heading", "This file did not arrive whole: send it again.");
            file.read_to_end(&mut bytes).map_err(unread)?;
            let ask = offers::RatesFile { file: &bytes, source: EURO_RATES_SOURCE, since: None, confirmed: false };
            offers::import_rates(&store, actor, &ask)
        };
        frame::app::aside(work).await?
    };
    match outcome.await {
        Ok(report) => {
            let (n, days, held) = (report.rates, report.days, report.held.len());
            let passed = report.passed.iter().take(PASSED_TOLD).map(String::as_str).collect::<Vec<_>>().join(",");
            let said = match (held, passed.as_str()) {
                (0, "") => format!("c-said-rates&n={n}&days={days}"),
                (held, "") => format!("c-said-rates-held&n={n}&days={days}&held={held}"),
                (held, passed) => format!("c-said-rates-passed&n={n}&days={days}&held={held}&passed={passed}"),
            };
            Ok(done(&visitor, "/console/rates", &said))
        }
        Err(error) => {
            let form = FormView::again(&visitor.locale, &Form::default(), error)?;
            unaccepted(rates_page(&app, &visitor, form).await)
        }
    }
}
