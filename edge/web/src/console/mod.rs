//! The operator's console, a file a page: orders and their anatomy, sellers, products, rules, ledger, people, health.

mod order;
mod orders;

use crate::desk::Crumb;
use crate::routes::{Route, Who};
use crate::{Answer, App, Visitor};
use axum::routing::{get, post};
use base::Permission::{ConsoleRead, MoneyWrite, OrdersWrite};
use serde::Serialize;

const READ: Who = Who::Console(ConsoleRead);
const MOVE: Who = Who::Console(OrdersWrite);
const PAY: Who = Who::Console(MoneyWrite);

/// The console's rows of the table.
pub fn routes() -> Vec<Route> {
    vec![
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
