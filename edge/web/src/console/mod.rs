//! The operator's console, a file a page: orders and their anatomy, sellers, products, rules, ledger, people, health.

mod health;
mod ledger_pages;
mod order;
mod orders;
mod overview;
mod people;
mod rules;
mod sellers;

use crate::desk::{Crumb, goods, import, products, readiness};
use crate::routes::{Route, Who};
use crate::upload::PICTURES_BYTES;
use crate::{Answer, App, Visitor};
use axum::routing::{get, post};
use base::Permission::{CatalogWrite, ConsoleRead, LedgerRead, MoneyWrite, OrdersWrite, SettingsWrite};
use serde::Serialize;

const READ: Who = Who::Console(ConsoleRead);
const MOVE: Who = Who::Console(OrdersWrite);
const PAY: Who = Who::Console(MoneyWrite);
const GOODS: Who = Who::Console(CatalogWrite);
const BOOKS: Who = Who::Console(LedgerRead);
const SET: Who = Who::Console(SettingsWrite);

/// The console's rows of the table.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/console", READ, || get(overview::page)),
        Route::post("/console/clock", MOVE, || post(overview::next_day)),
        Route::get("/console/products", READ, || get(products::console)),
        Route::get("/console/products/import", GOODS, || get(import::console_upload_page)),
        Route::post("/console/products/import", GOODS, || post(import::console_upload)).up_to(import::FILE_BYTES),
        Route::get("/console/products/new", GOODS, || get(goods::console_new)),
        Route::post("/console/products/new", GOODS, || post(goods::console_create)).up_to(PICTURES_BYTES),
        Route::get("/console/products/{product}", READ, || get(goods::console_page)),
        Route::post("/console/products/{product}", GOODS, || post(goods::console_change)),
        Route::post("/console/products/{product}/pictures", GOODS, || post(goods::console_send)).up_to(PICTURES_BYTES),
        Route::get("/console/imports/{run}", GOODS, || get(import::console_run)),
        Route::post("/console/imports/{run}", GOODS, || post(import::console_go_on)),
        Route::get("/console/imports/{run}/errors.csv", GOODS, || get(import::errors)),
        Route::get("/console/readiness", READ, || get(readiness::console)),
        Route::post("/console/readiness/{variant}", GOODS, || post(readiness::console_set)),
        Route::get("/console/tariffs", READ, || get(rules::tariffs)),
        Route::get("/console/calculator", READ, || get(rules::calculator)),
        Route::get("/console/rates", READ, || get(rules::rates)),
        Route::post("/console/rates", SET, || post(rules::put_rate)),
        Route::get("/console/ledger", BOOKS, || get(ledger_pages::page)),
        Route::get("/console/ledger/accounts/{account}", BOOKS, || get(ledger_pages::account)),
        Route::get("/console/ledger/postings/{posting}", BOOKS, || get(ledger_pages::posting)),
        Route::get("/console/ledger/journal", BOOKS, || get(ledger_pages::journal)),
        Route::get("/console/sellers", READ, || get(sellers::page)),
        Route::post("/console/sellers", SET, || post(sellers::create)),
        Route::get("/console/sellers/new", SET, || get(sellers::new)),
        Route::get("/console/sellers/{seller}", READ, || get(sellers::one)),
        Route::post("/console/sellers/{seller}", SET, || post(sellers::change)),
        Route::get("/console/people", SET, || get(people::page)),
        Route::post("/console/people", SET, || post(people::change)),
        Route::get("/console/settings", SET, || get(people::settings)),
        Route::get("/console/health", READ, || get(health::page)),
        Route::post("/console/health", MOVE, || post(health::retry)),
        Route::get("/console/orders", READ, || get(orders::page)),
        Route::get("/console/orders/{order}", READ, || get(order::page)),
        Route::get("/console/orders/{order}/papers", READ, || get(order::deeds::papers)),
        Route::post("/console/orders/{order}/cancel", MOVE, || post(order::deeds::cancel)),
        Route::post("/console/orders/{order}/refund", PAY, || post(order::deeds::refund)),
        Route::post("/console/orders/{order}/complete", MOVE, || post(order::deeds::complete)),
        Route::post("/console/orders/{order}/dispute", MOVE, || post(order::deeds::close_dispute)),
        Route::post("/console/consignments/{consignment}", MOVE, || post(order::deeds::consignment)),
    ]
}

/// A page of the console below its first.
async fn show(app: &App, visitor: &Visitor, template: &str, title: &str, view: &impl Serialize) -> Answer {
    under(app, visitor, template, Vec::new(), title, view).await
}

/// A page below others: `above` are the steps between the first page and it.
async fn under(
    app: &App,
    visitor: &Visitor,
    template: &str,
    above: Vec<Crumb>,
    title: &str,
    view: &impl Serialize,
) -> Answer {
    crate::desk::show(app, visitor, crate::desk::Desk::Console, template, above, title, view).await
}
