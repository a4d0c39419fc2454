//! The REST API: the same functions with another face.
//!
//! Owns: what goes in and out under `/api`, as types of its own. Promises: every address is in the OpenAPI document, every
//! refusal is a problem document with a stable code, lists are read by cursors. Never: holds a rule or a statement.

pub mod agreements;
pub mod amendments;
pub mod carts;
pub mod categories;
mod claim_pictures;
mod claims;
pub mod company;
pub mod connections;
mod consignments;
pub mod console;
pub mod contract;
pub mod docs;
pub mod fields;
pub mod hooks;
pub mod input;
mod json;
pub mod landed;
pub mod ledger;
pub mod openapi;
pub mod orders;
pub mod payables;
pub mod people;
pub mod products;
pub mod quotes;
pub mod refunds;
pub mod refusals;
pub mod said;
pub mod seller;
pub mod seller_goods;
pub mod seller_import;
pub mod seller_money;
pub mod seller_parcels;
pub mod seller_products;
pub mod sellers;
pub mod settings;
mod shapes;
pub mod supply;
pub mod take_out;
pub mod view;
pub mod warehouses;
pub mod webhooks;

#[cfg(test)]
mod tests;

use axum::routing::{delete, get, patch, post, put};
use base::Permission::{
    CatalogWrite, ConsoleRead, DeveloperWrite, LedgerRead, MoneyWrite, OrdersWrite, SellerMoney, SellerRead,
    SellerWrite, SettingsWrite,
};
use catalog::picture::FILE_BYTES;
use frame::Surface;
use frame::brought::{Brought, Folder};
use frame::{Keep, Route, Verb, Who};
use rust_embed::Embed;
pub use shapes::SAYS;

#[derive(Embed)]
#[folder = "templates/"]
struct Templates;

#[derive(Embed)]
#[folder = "languages/"]
struct Texts;

/// The API and its documentation: addresses, templates and texts.
pub const SURFACE: Surface = Surface { routes: ROUTES, brings: BRINGS };

const BRINGS: Brought = Brought { home: "api", templates: Folder::of::<Templates>(), texts: Folder::of::<Texts>() };

const SELLER: Who = Who::ApiKey(SellerRead);
const SELLER_WRITE: Who = Who::ApiKey(SellerWrite);
const SELLER_MONEY: Who = Who::ApiKey(SellerMoney);
const CONSOLE: Who = Who::ApiKey(ConsoleRead);
const CATALOG: Who = Who::ApiKey(CatalogWrite);
const MONEY: Who = Who::ApiKey(MoneyWrite);
const LEDGER: Who = Who::ApiKey(LedgerRead);
const DEVELOPER: Who = Who::ApiKey(DeveloperWrite);
const SETTINGS: Who = Who::ApiKey(SettingsWrite);

const ROUTES: &[Route] = &[
    Route::get("/api/docs", Who::Public, || get(docs::show)).keep(Keep::Guests),
    Route::get("/docs/errors", Who::Public, || get(docs::errors::list)).keep(Keep::Guests),
    Route::get("/docs/errors/{code}", Who::Public, || get(docs::errors::show)).keep(Keep::Guests),
    Route::get("/api/openapi.json", Who::Bare, || get(openapi::document)).keep(Keep::Public),
    Route::get("/api/products", Who::Api, || get(products::list)),
    Route::get("/api/products/{product}", Who::Api, || get(products::show)),
    Route::get("/api/categories", Who::Api, || get(categories::list)),
    Route::post("/api/categories", CATALOG, || post(categories::create)),
    Route::new(Verb::Patch, "/api/categories/{category}", CATALOG, || patch(categories::change)),
    Route::get("/api/tariffs", Who::Api, || get(ledger::tariffs)),
    Route::get("/api/rates", Who::Api, || get(ledger::rates)),
    Route::get("/api/countries/{code}/address-format", Who::Api, || get(landed::format)),
    Route::post("/api/landed-cost", Who::Api, || post(landed::landed_cost)),
    Route::post("/api/carts", Who::Api, || post(carts::create)).limited(),
    Route::get("/api/carts/{id}", Who::Api, || get(carts::show)),
    Route::new(Verb::Patch, "/api/carts/{id}", Who::Api, || patch(carts::change_cart)),
    Route::new(Verb::Put, "/api/carts/{id}/lines/{offer}", Who::Api, || put(carts::put_line)),
    Route::post("/api/carts/{id}/quote", Who::Api, || post(quotes::quote)).limited().once(),
    Route::post("/api/carts/{id}/order", Who::Api, || post(orders::place)).limited().once(),
    Route::get("/api/orders/{id}", Who::Api, || get(orders::show)),
    Route::post("/api/orders/{id}/pay", Who::Api, || post(orders::pay_again)).limited().keyed(),
    Route::new(Verb::Put, "/api/orders/{id}/fields", Who::Api, || put(fields::say)).limited(),
    Route::new(Verb::Put, "/api/orders/{id}/address", Who::Api, || put(orders::readdress)).limited(),
    Route::post("/api/orders/{id}/take-out", Who::Api, || post(take_out::of_order)).limited().keyed(),
    Route::get("/api/orders/{id}/amendments", Who::Api, || get(amendments::of_order)),
    Route::post("/api/orders/{id}/amendments", Who::Api, || post(amendments::propose)).limited(),
    Route::post("/api/orders/{id}/amendments/{amendment}/agree", Who::Api, || post(amendments::agree)).once(),
    Route::new(Verb::Delete, "/api/orders/{id}/amendments/{amendment}", Who::Api, || delete(amendments::withdraw)),
    Route::post("/api/orders/{id}/cancel", Who::Api, || post(orders::cancel)).once(),
    Route::post("/api/orders/{id}/confirm", Who::Api, || post(orders::confirm)).once(),
    Route::post("/api/orders/{id}/consignments/{consignment}/confirm", Who::Api, || post(orders::confirm_one)).once(),
    Route::get("/api/orders/{id}/claims", Who::Api, || get(claims::of_order)),
    Route::post("/api/orders/{id}/claims", Who::Api, || post(claims::create)).limited().once(),
    Route::get("/api/claims", CONSOLE, || get(claims::list)),
    Route::get("/api/claims/{id}", Who::Api, || get(claims::show)),
    Route::post("/api/claims/{id}", Who::Api, || post(claims::act)).once(),
    Route::post("/api/claims/{id}/pictures", Who::Api, || post(claim_pictures::add)).limited().up_to(FILE_BYTES),
    Route::get("/api/claims/{id}/pictures/{picture}", Who::Api, || get(claim_pictures::show)),
    Route::post("/api/claims/{id}/decision", Who::ApiKey(OrdersWrite), || post(claims::decide)).once(),
    Route::get("/api/seller/claims", SELLER, || get(claims::of_seller)),
    Route::post("/api/seller/claims/{id}", SELLER_WRITE, || post(claims::reply)).once(),
    Route::get("/api/seller/orders", SELLER, || get(seller::orders)),
    Route::get("/api/seller/consignments/{id}", SELLER, || get(seller_parcels::show)),
    Route::post("/api/seller/consignments/{id}/pack", SELLER_WRITE, || post(seller_parcels::pack)).once(),
    Route::post("/api/seller/consignments/{id}/hand-over", SELLER_WRITE, || post(seller_parcels::hand_over)).once(),
    Route::post("/api/seller/consignments/{id}/unpack", SELLER_WRITE, || post(seller_parcels::unpack)).once(),
    Route::post("/api/seller/consignments/{id}/receive-back", SELLER_WRITE, || post(seller_parcels::receive_back))
        .once(),
    Route::post("/api/seller/consignments/{id}/cancel", SELLER_WRITE, || post(refunds::call_off)).keyed(),
    Route::post("/api/seller/consignments/{id}/take-out", SELLER_WRITE, || post(take_out::of_consignment)).keyed(),
    Route::get("/api/seller/orders/{order}/amendments", SELLER, || get(amendments::of_seller)),
    Route::post("/api/seller/orders/{order}/amendments", SELLER_WRITE, || post(amendments::propose_to_buyer)).once(),
    Route::new(Verb::Delete, "/api/seller/orders/{order}/amendments/{amendment}", SELLER_WRITE, || {
        delete(amendments::take_back)
    }),
    Route::get("/api/seller/consignments/{id}/label.svg", SELLER, || get(seller_parcels::label)),
    Route::get("/api/seller/consignments/{id}/documents/{category}", SELLER, || get(seller_parcels::document)),
    Route::get("/api/seller/agreements", SELLER, || get(agreements::own_agreements)),
    Route::get("/api/seller/supply-prices", SELLER, || get(supply::own)),
    Route::get("/api/seller/offers", SELLER, || get(seller_goods::offers)),
    Route::new(Verb::Put, "/api/seller/offers", SELLER_WRITE, || put(seller_goods::put_offer)),
    Route::get("/api/seller/stock", SELLER, || get(seller_goods::stock)),
    Route::post("/api/seller/stock", SELLER_WRITE, || post(seller_goods::move_stock)).keyed(),
    Route::get("/api/seller/readiness", SELLER, || get(seller_goods::readiness)),
    Route::new(Verb::Put, "/api/seller/variants/{id}/customs", SELLER_WRITE, || put(seller_goods::customs)),
    Route::post("/api/seller/imports", SELLER_WRITE, || post(seller_import::import)).up_to(seller_import::FILE_BYTES),
    Route::get("/api/seller/imports/{id}", SELLER, || get(seller_import::show)),
    Route::post("/api/seller/imports/{id}", SELLER_WRITE, || post(seller_import::wish)),
    Route::get("/api/seller/imports/{id}/errors.csv", SELLER, || get(seller_import::errors)),
    Route::post("/api/seller/media", SELLER_WRITE, || post(seller_products::media)).up_to(FILE_BYTES),
    Route::get("/api/seller/products.csv", SELLER, || get(seller_products::own_file)),
    Route::new(Verb::Put, "/api/seller/products", SELLER_WRITE, || put(seller_products::put)),
    Route::get("/api/seller/profile", SELLER, || get(company::own_profile)),
    Route::new(Verb::Put, "/api/seller/profile", SELLER_MONEY, || put(company::put_own_profile)),
    Route::new(Verb::Put, "/api/seller/return-address", SELLER_MONEY, || put(company::put_own_return)),
    Route::get("/api/seller/bank-account", SELLER_MONEY, || get(company::own_bank)),
    Route::new(Verb::Put, "/api/seller/bank-account", SELLER_MONEY, || put(company::put_own_bank)),
    Route::get("/api/seller/warehouses", SELLER, || get(warehouses::own_list)),
    Route::post("/api/seller/warehouses", SELLER_WRITE, || post(warehouses::add_own)).once(),
    Route::new(Verb::Patch, "/api/seller/warehouses/{id}", SELLER_WRITE, || patch(warehouses::change_own)),
    Route::get("/api/seller/balance", SELLER_MONEY, || get(seller_money::balance)),
    Route::get("/api/seller/statements", SELLER_MONEY, || get(seller_money::statements)),
    Route::get("/api/orders", CONSOLE, || get(console::list)),
    Route::get("/api/orders/{id}/anatomy", CONSOLE, || get(console::anatomy)),
    Route::post("/api/orders/{id}/refund", Who::ApiKey(MoneyWrite), || post(refunds::refund)).keyed(),
    Route::get("/api/organisations", CONSOLE, || get(console::organisations)),
    Route::post("/api/organisations", SETTINGS, || post(sellers::add)).once(),
    Route::new(Verb::Patch, "/api/organisations/{id}", SETTINGS, || patch(sellers::stand)),
    Route::get("/api/organisations/{id}/products.csv", CONSOLE, || get(seller_products::any_file)),
    Route::get("/api/organisations/{id}/profile", CONSOLE, || get(company::show_profile)),
    Route::new(Verb::Put, "/api/organisations/{id}/profile", SETTINGS, || put(company::set_profile)),
    Route::new(Verb::Put, "/api/organisations/{id}/return-address", SETTINGS, || put(company::set_return)),
    Route::get("/api/organisations/{id}/bank-account", CONSOLE, || get(company::show_bank)),
    Route::post("/api/organisations/{id}/bank-account/reveal", MONEY, || post(company::reveal_bank)),
    Route::get("/api/warehouses", CONSOLE, || get(warehouses::all)),
    Route::post("/api/warehouses", SETTINGS, || post(warehouses::add_any)).once(),
    Route::new(Verb::Patch, "/api/warehouses/{id}", SETTINGS, || patch(warehouses::change_any)),
    Route::get("/api/applications", CONSOLE, || get(sellers::applications)),
    Route::post("/api/applications", Who::Api, || post(sellers::apply)).limited(),
    Route::post("/api/applications/{id}/accept", SETTINGS, || post(sellers::accept)).once(),
    Route::post("/api/applications/{id}/decline", SETTINGS, || post(sellers::decline)).once(),
    Route::get("/api/agreements", CONSOLE, || get(agreements::list)),
    Route::post("/api/agreements", SETTINGS, || post(agreements::agree)),
    Route::post("/api/agreements/{id}/end", SETTINGS, || post(agreements::end)),
    Route::get("/api/supply-prices", CONSOLE, || get(supply::list)),
    Route::new(Verb::Put, "/api/supply-prices", Who::ApiKey(CatalogWrite), || put(supply::agree)),
    Route::new(Verb::Put, "/api/supply-offers", Who::ApiKey(CatalogWrite), || put(supply::sell)),
    Route::get("/api/ledger/accounts", LEDGER, || get(ledger::accounts)),
    Route::get("/api/ledger/trial-balance", LEDGER, || get(ledger::trial_balance)),
    Route::get("/api/ledger/transfers", LEDGER, || get(ledger::transfers)),
    Route::get("/api/ledger/payables", LEDGER, || get(payables::payables)),
    Route::post("/api/ledger/payables/payments", Who::ApiKey(MoneyWrite), || post(payables::remit)).once(),
    Route::get("/api/ledger/returns", LEDGER, || get(payables::returns)),
    Route::get("/api/ledger/settlements", LEDGER, || get(payables::settlements)),
    Route::get("/api/events", CONSOLE, || get(ledger::events)),
    Route::new(Verb::Put, "/api/rates", SETTINGS, || put(ledger::put_rates)),
    Route::get("/api/people", DEVELOPER, || get(people::list)),
    Route::post("/api/people", DEVELOPER, || post(people::add)),
    Route::new(Verb::Patch, "/api/people/{id}", DEVELOPER, || patch(people::change)),
    Route::new(Verb::Delete, "/api/people/{id}", DEVELOPER, || delete(people::remove)),
    Route::get("/api/invitations", DEVELOPER, || get(people::invitations)),
    Route::post("/api/invitations/{id}/send", DEVELOPER, || post(people::send)),
    Route::new(Verb::Delete, "/api/invitations/{id}", DEVELOPER, || delete(people::withdraw)),
    Route::get("/api/fields", Who::Api, || get(fields::list)),
    Route::new(Verb::Put, "/api/fields/{key}", SETTINGS, || put(fields::declare)),
    Route::get("/api/settings/connections", SETTINGS, || get(connections::list)),
    Route::new(Verb::Put, "/api/settings/connections/{kind}", SETTINGS, || put(connections::put)),
    Route::new(Verb::Delete, "/api/settings/connections/{kind}", SETTINGS, || delete(connections::end)),
    Route::post("/api/settings/connections/{kind}/test", SETTINGS, || post(connections::test)),
    Route::get("/api/settings", SETTINGS, || get(settings::show)),
    Route::new(Verb::Patch, "/api/settings", SETTINGS, || patch(settings::change)),
    Route::get("/api/webhook-endpoints", DEVELOPER, || get(webhooks::list)),
    Route::post("/api/webhook-endpoints", DEVELOPER, || post(webhooks::create)),
    Route::get("/api/webhook-endpoints/{id}", DEVELOPER, || get(webhooks::show)),
    Route::new(Verb::Patch, "/api/webhook-endpoints/{id}", DEVELOPER, || patch(webhooks::change)),
    Route::new(Verb::Delete, "/api/webhook-endpoints/{id}", DEVELOPER, || delete(webhooks::remove)),
    Route::post("/api/webhook-endpoints/{id}/secret", DEVELOPER, || post(webhooks::rotate)),
    Route::post("/api/webhook-endpoints/{id}/test", DEVELOPER, || post(webhooks::test)),
    Route::get("/api/webhook-endpoints/{id}/deliveries", DEVELOPER, || get(webhooks::deliveries)),
    Route::post("/api/webhook-deliveries/{id}/send", DEVELOPER, || post(webhooks::again)),
    Route::post("/webhooks/payments/{provider}", Who::Signed, || post(hooks::payment)),
    Route::post("/webhooks/carriers/{carrier}", Who::Signed, || post(hooks::carrier)).up_to(hooks::NEWS_BYTES),
];
