//! The REST API: the same functions with another face.
//!
//! Owns: what goes in and out under `/api`, as types of its own. Promises: every address is in the OpenAPI document, every
//! refusal is a problem document with a stable code, lists are read by cursors. Never: holds a rule or a statement.

pub mod carts;
pub mod input;
pub mod orders;
pub mod products;
pub mod quotes;
pub mod refusals;
pub mod view;

use crate::routes::{Route, Verb, Who};
use axum::routing::{get, patch, post, put};

const ROUTES: &[Route] = &[
    Route::get("/api/products", Who::Api, || get(products::list)),
    Route::get("/api/products/{product}", Who::Api, || get(products::show)),
    Route::get("/api/categories", Who::Api, || get(products::categories)),
    Route::post("/api/carts", Who::Api, || post(carts::create)),
    Route::get("/api/carts/{id}", Who::Api, || get(carts::show)),
    Route::new(Verb::Patch, "/api/carts/{id}", Who::Api, || patch(carts::change_cart)),
    Route::new(Verb::Put, "/api/carts/{id}/lines/{offer}", Who::Api, || put(carts::put_line)),
    Route::post("/api/carts/{id}/quote", Who::Api, || post(quotes::quote)),
    Route::post("/api/carts/{id}/order", Who::Api, || post(orders::place)),
    Route::get("/api/orders/{id}", Who::Api, || get(orders::show)),
    Route::post("/api/orders/{id}/pay", Who::Api, || post(orders::pay_again)),
    Route::post("/api/orders/{id}/cancel", Who::Api, || post(orders::cancel)),
    Route::post("/api/orders/{id}/confirm", Who::Api, || post(orders::confirm)),
];

/// The API's rows of the table.
pub fn routes() -> Vec<Route> {
    ROUTES.to_vec()
}
