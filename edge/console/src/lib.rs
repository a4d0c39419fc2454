//! The operator's console, a file a page: orders and their anatomy, sellers, products, rules, ledger, people, health.

mod applications;
mod categories;
mod claims;
mod connections;
mod fields;
mod health;
mod ledger_pages;
mod messages;
mod offer;
mod order;
mod orders;
mod overview;
mod page;
mod payables;
mod places;
mod rates;
mod rules;
mod security;
mod sellers;
mod settings;
mod setup;
mod trail;

use axum::routing::{get, post};
use base::Permission::{CatalogWrite, ConsoleRead, LedgerRead, MoneyWrite, OrdersWrite, SettingsWrite};
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

/// The console: its addresses, templates and texts.
pub const SURFACE: Surface = Surface { routes: ROUTES, brings: BRINGS };

const BRINGS: Brought = Brought { home: "console", templates: Folder::of::<Templates>(), texts: Folder::of::<Texts>() };

const READ: Who = Who::Console(ConsoleRead);
const MOVE: Who = Who::Console(OrdersWrite);
const PAY: Who = Who::Console(MoneyWrite);
const GOODS: Who = Who::Console(CatalogWrite);
const BOOKS: Who = Who::Console(LedgerRead);
const SET: Who = Who::Console(SettingsWrite);

const ROUTES: &[Route] = &[
    Route::get("/claim", Who::Public, || get(setup::claim_page)),
    Route::post("/claim", Who::Public, || post(setup::claim)),
    Route::get("/setup", SET, || get(setup::show)),
    Route::post("/setup/warehouse", SET, || post(setup::warehouse)),
    Route::post("/setup/catalogue", SET, || post(setup::catalogue)).up_to(setup::FILE_BYTES),
    Route::get("/console", READ, || get(overview::page)),
    Route::post("/console/clock", MOVE, || post(overview::next_day)),
    Route::get("/console/offers/{offer}", READ, || get(offer::page)),
    Route::post("/console/offers/{offer}", GOODS, || post(offer::change)),
    Route::get("/console/products", READ, || get(products::console)),
    Route::get("/console/products.csv", READ, || get(products::console_file)),
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
    Route::get("/console/categories", READ, || get(categories::page)),
    Route::get("/console/categories/new", GOODS, || get(categories::new)),
    Route::post("/console/categories/new", GOODS, || post(categories::create)),
    Route::post("/console/categories/{category}", GOODS, || post(categories::change)),
    Route::get("/console/tariffs", READ, || get(rules::tariffs)),
    Route::get("/console/calculator", READ, || get(rules::calculator)),
    Route::get("/console/rates", READ, || get(rates::rates)),
    Route::post("/console/rates", SET, || post(rates::put_rate)),
    Route::post("/console/rates/held", SET, || post(rates::held)),
    Route::post("/console/rates/import", SET, || post(rates::import)).up_to(rates::FILE_BYTES),
    Route::get("/console/ledger", BOOKS, || get(ledger_pages::page)),
    Route::get("/console/ledger/accounts/{account}", BOOKS, || get(ledger_pages::account)),
    Route::get("/console/ledger/postings/{posting}", BOOKS, || get(ledger_pages::posting)),
    Route::get("/console/ledger/journal", BOOKS, || get(ledger_pages::journal)),
    Route::get("/console/payables", BOOKS, || get(payables::page)),
    Route::post("/console/payables", PAY, || post(payables::record)),
    Route::get("/console/payables/return.csv", BOOKS, || get(payables::csv)),
    Route::get("/console/settlements", BOOKS, || get(payables::settlements)),
    Route::get("/console/sellers", READ, || get(sellers::page)),
    Route::post("/console/sellers", SET, || post(sellers::create)),
    Route::get("/console/sellers/new", SET, || get(sellers::new)),
    Route::get("/console/sellers/{seller}", READ, || get(sellers::one)),
    Route::post("/console/sellers/{seller}", SET, || post(sellers::change)),
    Route::get("/console/sellers/{seller}/profile", SET, || get(profile::page)),
    Route::post("/console/sellers/{seller}/profile", SET, || post(profile::save)),
    Route::get("/console/sellers/{seller}/return-address", SET, || get(profile::return_page)),
    Route::post("/console/sellers/{seller}/return-address", SET, || post(profile::return_save)),
    Route::get("/console/sellers/{seller}/warehouses/new", SET, || get(warehouse::page)),
    Route::post("/console/sellers/{seller}/warehouses/new", SET, || post(warehouse::save)),
    Route::get("/console/sellers/{seller}/warehouses/{warehouse}", SET, || get(warehouse::page)),
    Route::post("/console/sellers/{seller}/warehouses/{warehouse}", SET, || post(warehouse::save)),
    Route::get("/console/sellers/{seller}/supply", READ, || get(supply::page)),
    Route::get("/console/sellers/{seller}/supply/{variant}", READ, || get(supply::one)),
    Route::post("/console/sellers/{seller}/supply/{variant}", GOODS, || post(supply::change)),
    Route::post("/console/sellers/{seller}/bank", PAY, || post(sellers::reveal)),
    Route::get("/console/applications", READ, || get(applications::page)),
    Route::get("/console/applications/{application}", READ, || get(applications::one)),
    Route::post("/console/applications/{application}", SET, || post(applications::decide)),
    Route::get("/console/messages", READ, || get(messages::page)),
    Route::get("/console/messages/{message}", READ, || get(messages::one)),
    Route::post("/console/messages/{message}", MOVE, || post(messages::again)),
    Route::get("/console/people", SET, || get(people::console)),
    Route::post("/console/people", SET, || post(people::console_change)),
    Route::get("/console/trail", SET, || get(trail::page)),
    Route::get("/console/settings", SET, || get(settings::page)),
    Route::post("/console/settings", SET, || post(settings::save)),
    Route::get("/console/settings/connections", SET, || get(connections::page)),
    Route::get("/console/settings/connections/{kind}", SET, || get(connections::one)),
    Route::post("/console/settings/connections/{kind}", SET, || post(connections::act)),
    Route::get("/console/settings/fields", SET, || get(fields::page)),
    Route::get("/console/settings/fields/{key}", SET, || get(fields::one)),
    Route::post("/console/settings/fields/{key}", SET, || post(fields::save)),
    Route::get("/console/settings/profile", SET, || get(profile::page)),
    Route::post("/console/settings/profile", SET, || post(profile::save)),
    Route::get("/console/settings/return-address", SET, || get(profile::return_page)),
    Route::post("/console/settings/return-address", SET, || post(profile::return_save)),
    Route::get("/console/settings/warehouses/new", SET, || get(warehouse::page)),
    Route::post("/console/settings/warehouses/new", SET, || post(warehouse::save)),
    Route::get("/console/settings/warehouses/{warehouse}", SET, || get(warehouse::page)),
    Route::post("/console/settings/warehouses/{warehouse}", SET, || post(warehouse::save)),
    Route::get("/console/settings/sign-in", SET, || get(security::page)),
    Route::post("/console/settings/sign-in", SET, || post(security::save)),
    Route::post("/console/settings/sign-in/help", SET, || post(security::help)),
    Route::get("/console/settings/api", SET, || get(developer::console)),
    Route::post("/console/settings/api", SET, || post(developer::console_act)),
    Route::get("/console/settings/api/{endpoint}", SET, || get(webhook::console)),
    Route::post("/console/settings/api/{endpoint}", SET, || post(webhook::console_act)),
    Route::get("/console/health", READ, || get(health::page)),
    Route::post("/console/health", MOVE, || post(health::retry)),
    Route::get("/console/orders", READ, || get(orders::page)),
    Route::get("/console/orders.csv", READ, || get(orders::csv)),
    Route::get("/console/orders/{order}", READ, || get(order::page)),
    Route::get("/console/orders/{order}/papers", READ, || get(order::deeds::papers)),
    Route::post("/console/orders/{order}/cancel", MOVE, || post(order::deeds::cancel)),
    Route::get("/console/orders/{order}/refund", PAY, || get(order::refund::page)),
    Route::post("/console/orders/{order}/refund", PAY, || post(order::refund::give)),
    Route::get("/console/orders/{order}/change", MOVE, || get(change::console)),
    Route::post("/console/orders/{order}/change", MOVE, || post(change::console_act)),
    Route::get("/console/orders/{order}/address", MOVE, || get(order::address::page)),
    Route::post("/console/orders/{order}/address", MOVE, || post(order::address::save)),
    Route::get("/console/orders/{order}/take-out", MOVE, || get(take_out::console)),
    Route::post("/console/orders/{order}/take-out", MOVE, || post(take_out::console_take)),
    Route::post("/console/orders/{order}/refund-again", PAY, || post(order::deeds::refund_again)),
    Route::post("/console/orders/{order}/complete", MOVE, || post(order::deeds::complete)),
    Route::get("/console/claims", READ, || get(claims::list)),
    Route::get("/console/claims/{claim}", READ, || get(claims::page)),
    Route::post("/console/claims/{claim}", MOVE, || post(claims::act)),
    Route::get("/console/claims/{claim}/pictures/{picture}", READ, || get(claims::picture)),
    Route::get("/console/consignments/{consignment}/documents/{category}", READ, || get(booking::console)),
    Route::post("/console/consignments/{consignment}", MOVE, || post(order::deeds::consignment)),
];
