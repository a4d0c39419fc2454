//! The seller centre, a file a page: orders with clocks, offers, stock, readiness, balance. A seller sees only what is its own.

mod balance;
mod bank;
mod claims;
mod offers;
mod order;
mod orders;
mod page;
mod settings;
mod stock;
mod today;

use axum::routing::{get, post};
use base::Permission::{SellerMoney, SellerRead, SellerWrite};
use desk::{
    booking, change, developer, goods, import, people, products, profile, readiness, supply, take_out, warehouse,
    webhook,
};
use frame::Surface;
use frame::brought::{Brought, Folder};
use frame::upload::PICTURES_BYTES;
use frame::{Route, Who};
use rust_embed::Embed;

#[derive(Embed)]
#[folder = "templates/"]
struct Templates;

#[derive(Embed)]
#[folder = "languages/"]
struct Texts;

/// The seller centre: its addresses, templates and texts.
pub const SURFACE: Surface = Surface { routes: ROUTES, brings: BRINGS };

const BRINGS: Brought = Brought { home: "seller", templates: Folder::of::<Templates>(), texts: Folder::of::<Texts>() };

const READ: Who = Who::Seller(SellerRead);
const WRITE: Who = Who::Seller(SellerWrite);
const MONEY: Who = Who::Seller(SellerMoney);

const ROUTES: &[Route] = &[
    Route::get("/seller", READ, || get(today::page)),
    Route::get("/seller/stock", READ, || get(stock::page)),
    Route::post("/seller/stock", WRITE, || post(stock::change)),
    Route::get("/seller/offers", READ, || get(offers::page)),
    Route::get("/seller/offers/{offer}", READ, || get(offers::one)),
    Route::post("/seller/offers/{offer}", WRITE, || post(offers::change)),
    Route::get("/seller/products", READ, || get(products::seller)),
    Route::get("/seller/products.csv", READ, || get(products::seller_file)),
    Route::get("/seller/products/import", WRITE, || get(import::seller_upload_page)),
    Route::post("/seller/products/import", WRITE, || post(import::seller_upload)).up_to(import::FILE_BYTES),
    Route::get("/seller/products/new", WRITE, || get(goods::seller_new)),
    Route::post("/seller/products/new", WRITE, || post(goods::seller_create)).up_to(PICTURES_BYTES),
    Route::get("/seller/products/{product}", READ, || get(goods::seller_page)),
    Route::post("/seller/products/{product}", WRITE, || post(goods::seller_change)),
    Route::post("/seller/products/{product}/pictures", WRITE, || post(goods::seller_send)).up_to(PICTURES_BYTES),
    Route::get("/seller/imports/{run}", WRITE, || get(import::seller_run)),
    Route::post("/seller/imports/{run}", WRITE, || post(import::seller_go_on)),
    Route::get("/seller/imports/{run}/errors.csv", WRITE, || get(import::errors)),
    Route::get("/seller/readiness", READ, || get(readiness::seller)),
    Route::post("/seller/readiness/{variant}", WRITE, || post(readiness::seller_set)),
    Route::get("/seller/balance", MONEY, || get(balance::page)),
    Route::get("/seller/statements", MONEY, || get(balance::statements)),
    Route::get("/seller/statements/{month}", MONEY, || get(balance::month_csv)),
    Route::get("/seller/people", MONEY, || get(people::seller)),
    Route::post("/seller/people", MONEY, || post(people::seller_change)),
    Route::get("/seller/settings", READ, || get(settings::page)),
    Route::get("/seller/settings/profile", MONEY, || get(profile::page)),
    Route::post("/seller/settings/profile", MONEY, || post(profile::save)),
    Route::get("/seller/settings/return-address", MONEY, || get(profile::return_page)),
    Route::post("/seller/settings/return-address", MONEY, || post(profile::return_save)),
    Route::get("/seller/settings/supply", READ, || get(supply::page)),
    Route::get("/seller/settings/supply/{variant}", READ, || get(supply::one)),
    Route::get("/seller/settings/bank", MONEY, || get(bank::page)),
    Route::post("/seller/settings/bank", MONEY, || post(bank::save)),
    Route::get("/seller/settings/warehouses/new", WRITE, || get(warehouse::page)),
    Route::post("/seller/settings/warehouses/new", WRITE, || post(warehouse::save)),
    Route::get("/seller/settings/warehouses/{warehouse}", WRITE, || get(warehouse::page)),
    Route::post("/seller/settings/warehouses/{warehouse}", WRITE, || post(warehouse::save)),
    Route::get("/seller/settings/api", MONEY, || get(developer::seller)),
    Route::post("/seller/settings/api", MONEY, || post(developer::seller_act)),
    Route::get("/seller/settings/api/{endpoint}", MONEY, || get(webhook::seller)),
    Route::post("/seller/settings/api/{endpoint}", MONEY, || post(webhook::seller_act)),
    Route::get("/seller/claims", READ, || get(claims::list)),
    Route::get("/seller/claims/{claim}", READ, || get(claims::page)),
    Route::post("/seller/claims/{claim}", WRITE, || post(claims::act)),
    Route::get("/seller/claims/{claim}/pictures/{picture}", READ, || get(claims::picture)),
    Route::get("/seller/orders", READ, || get(orders::page)),
    Route::post("/seller/orders", WRITE, || post(orders::deed)),
    Route::get("/seller/papers", READ, || get(orders::papers)),
    Route::get("/seller/orders/{consignment}", READ, || get(order::page)),
    Route::get("/seller/orders/{consignment}/documents/{category}", READ, || get(booking::seller)),
    Route::post("/seller/orders/{consignment}/pack", WRITE, || post(order::pack)),
    Route::get("/seller/orders/{consignment}/take-out", WRITE, || get(take_out::seller)),
    Route::post("/seller/orders/{consignment}/take-out", WRITE, || post(take_out::seller_take)),
    Route::get("/seller/orders/{consignment}/change", WRITE, || get(change::seller)),
    Route::post("/seller/orders/{consignment}/change", WRITE, || post(change::seller_act)),
    Route::post("/seller/orders/{consignment}/hand-over", WRITE, || post(order::hand_over)),
    Route::post("/seller/orders/{consignment}/number", WRITE, || post(order::number)),
    Route::post("/seller/orders/{consignment}/event", WRITE, || post(order::event)),
    Route::post("/seller/orders/{consignment}/take-back", WRITE, || post(order::take_back)),
    Route::post("/seller/orders/{consignment}/unpack", WRITE, || post(order::unpack)),
    Route::post("/seller/orders/{consignment}/receive-back", WRITE, || post(order::receive_back)),
];
