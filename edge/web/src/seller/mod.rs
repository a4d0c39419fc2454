//! The seller centre, a file a page: orders with clocks, offers, stock, readiness, balance. A seller sees only what is its own.

mod order;
mod orders;

use crate::desk::Crumb;
use crate::routes::{Route, Who};
use crate::{Answer, App, Visitor};
use axum::routing::{get, post};
use base::Permission::{SellerRead, SellerWrite};
use serde::Serialize;

const READ: Who = Who::Seller(SellerRead);
const WRITE: Who = Who::Seller(SellerWrite);

/// The seller centre's rows of the table.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/seller/orders", READ, || get(orders::page)),
        Route::post("/seller/orders", WRITE, || post(orders::deed)),
        Route::get("/seller/papers", READ, || get(orders::papers)),
        Route::get("/seller/orders/{consignment}", READ, || get(order::page)),
        Route::post("/seller/orders/{consignment}/pack", WRITE, || post(order::pack)),
        Route::post("/seller/orders/{consignment}/hand-over", WRITE, || post(order::hand_over)),
    ]
}

/// A page of the seller centre below its first.
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
    crate::desk::show(app, visitor, crate::desk::Desk::Seller, template, above, title, view).await
}
