//! The storefront, a file a page.

pub mod account;
mod after;
pub mod apply;
mod asked;
pub mod authenticator;
pub mod cart;
pub mod change;
mod checkout_page;
pub mod checkout_view;
pub mod claim;
pub mod claim_form;
pub mod deed;
mod ended;
pub mod find_order;
pub mod home;
pub mod info;
pub mod invitation;
pub mod item;
pub mod journey;
pub mod order;
pub mod organisations;
pub mod own_data;
pub mod password;
pub mod pay;
pub mod preferences;
pub mod product;
pub mod product_facts;
mod readdress;
pub mod recovery;
pub mod register;
pub mod say;
mod search;
pub mod second_step;
pub mod security;
pub mod session;
pub mod sign;
pub mod signposts;
mod take_out;

use axum::routing::{get, post};
use frame::Surface;
use frame::brought::{Brought, Folder};
use frame::upload::PICTURES_BYTES;
use frame::{Keep, Route, Who};
use rust_embed::Embed;

#[derive(Embed)]
#[folder = "templates/"]
struct Templates;

#[derive(Embed)]
#[folder = "languages/"]
struct Texts;

/// The storefront: its addresses, templates and texts.
pub const SURFACE: Surface = Surface { routes: ROUTES, brings: BRINGS };

const BRINGS: Brought = Brought { home: "shop", templates: Folder::of::<Templates>(), texts: Folder::of::<Texts>() };

const ROUTES: &[Route] = &[
    Route::get("/", Who::Public, || get(home::show)).keep(Keep::Guests),
    Route::get("/robots.txt", Who::Bare, || get(signposts::robots)).keep(Keep::Public),
    Route::get("/sitemap.xml", Who::Bare, || get(signposts::sitemap)).keep(Keep::Public),
    Route::get("/sitemaps/{file}", Who::Bare, || get(signposts::map)).keep(Keep::Public),
    Route::get("/favicon.ico", Who::Bare, || get(signposts::favicon)).keep(Keep::Public),
    Route::get("/site.webmanifest", Who::Bare, || get(signposts::manifest)).keep(Keep::Public),
    Route::get("/.well-known/security.txt", Who::Bare, || get(signposts::security)).keep(Keep::Public),
    Route::get("/search", Who::Public, || get(search::show)).keep(Keep::Guests),
    Route::get("/suggest", Who::Public, || get(search::suggest)).keep(Keep::Guests),
    Route::get("/c/{category}", Who::Public, || get(search::category)).keep(Keep::Guests),
    Route::get("/p/{slug}", Who::Public, || get(product::show)).keep(Keep::Guests),
    Route::get("/cart", Who::Public, || get(cart::show)),
    Route::post("/cart/lines", Who::Public, || post(cart::put)).limited(),
    Route::get("/checkout", Who::Public, || get(checkout_page::show)),
    Route::post("/checkout", Who::Public, || post(checkout_page::act)).limited(),
    Route::get("/pay/sandbox/{intent}", Who::Public, || get(pay::ask)),
    Route::post("/pay/sandbox/{intent}", Who::Public, || post(pay::answer)).limited(),
    Route::get("/order/{token}", Who::Public, || get(order::show)),
    Route::post("/order/{token}/pay", Who::Public, || post(pay::again)).limited(),
    Route::get("/order/{token}/away", Who::Public, || get(pay::away)),
    Route::get("/order/{token}/paid", Who::Public, || get(pay::back)),
    Route::post("/order/{token}/cancel", Who::Public, || post(ended::cancel)),
    Route::get("/order/{token}/fields", Who::Public, || get(say::page)),
    Route::post("/order/{token}/fields", Who::Public, || post(say::save)).limited(),
    Route::get("/order/{token}/address", Who::Public, || get(readdress::page)),
    Route::post("/order/{token}/address", Who::Public, || post(readdress::save)).limited(),
    Route::get("/order/{token}/change", Who::Public, || get(change::page)),
    Route::post("/order/{token}/change", Who::Public, || post(change::save)).limited(),
    Route::get("/order/{token}/take-out", Who::Public, || get(take_out::page)),
    Route::post("/order/{token}/take-out", Who::Public, || post(take_out::take)).limited(),
    Route::get("/order/{token}/confirm", Who::Public, || get(ended::confirm_page)),
    Route::post("/order/{token}/confirm", Who::Public, || post(ended::confirm)),
    Route::get("/order/{token}/claims/new", Who::Public, || get(claim_form::page)),
    Route::post("/order/{token}/claims/new", Who::Public, || post(claim_form::send)).limited().up_to(PICTURES_BYTES),
    Route::get("/order/{token}/claims/{claim}", Who::Public, || get(claim::page)),
    Route::post("/order/{token}/claims/{claim}", Who::Public, || post(claim::act)).limited(),
    Route::get("/order/{token}/claims/{claim}/pictures/{picture}", Who::Public, || get(claim::picture)),
    Route::get("/orders/find", Who::Public, || get(find_order::show)),
    Route::post("/orders/find", Who::Public, || post(find_order::find)).limited(),
    Route::post("/preferences", Who::Public, || post(preferences::save)),
    Route::get("/sign-in", Who::Public, || get(sign::sign_in_page)),
    Route::post("/sign-in", Who::Public, || post(sign::sign_in)).limited(),
    Route::get("/sign-in/second", Who::Public, || get(second_step::page)),
    Route::post("/sign-in/second", Who::Public, || post(second_step::answer)).limited(),
    Route::post("/sign-in/passkey/options", Who::Public, || post(second_step::options)).limited(),
    Route::post("/sign-in/passkey", Who::Public, || post(second_step::passkey)).limited(),
    Route::post("/sign-out", Who::Public, || post(sign::sign_out)),
    Route::get("/register", Who::Public, || get(register::ask_page)),
    Route::post("/register", Who::Public, || post(register::ask)).limited(),
    Route::get("/register/confirm", Who::Public, || get(register::confirm_page)),
    Route::post("/register/confirm", Who::Public, || post(register::confirm)).limited(),
    Route::get("/invitation", Who::Public, || get(invitation::show)),
    Route::post("/invitation", Who::Public, || post(invitation::answer)).limited(),
    Route::get("/forgot-password", Who::Public, || get(password::forgot_page)),
    Route::post("/forgot-password", Who::Public, || post(password::forgot)).limited(),
    Route::get("/reset-password", Who::Public, || get(password::reset_page)),
    Route::post("/reset-password", Who::Public, || post(password::reset)).limited(),
    Route::get("/account", Who::Buyer, || get(account::show)),
    Route::post("/account", Who::Buyer, || post(account::save)),
    Route::get("/account/organisations", Who::Buyer, || get(organisations::show)),
    Route::post("/account/organisations", Who::Buyer, || post(organisations::choose)),
    Route::get("/account/organisations/{organisation}/leave", Who::Buyer, || get(organisations::leave_page)),
    Route::post("/account/organisations/{organisation}/leave", Who::Buyer, || post(organisations::leave)),
    Route::post("/account/invitations", Who::Buyer, || post(organisations::answer)),
    Route::get("/account/addresses/new", Who::Buyer, || get(account::address_page)),
    Route::post("/account/addresses", Who::Buyer, || post(account::save_address)),
    Route::post("/account/addresses/forget", Who::Buyer, || post(account::forget_address)),
    Route::get("/account/security", Who::Buyer, || get(security::show)),
    Route::post("/account/sessions", Who::Buyer, || post(security::end_sessions)),
    Route::get("/account/authenticator", Who::Buyer, || get(authenticator::page)),
    Route::post("/account/authenticator", Who::Buyer, || post(authenticator::confirm)).limited(),
    Route::post("/account/passkey-options", Who::Buyer, || post(deed::passkey_options)).limited(),
    Route::get("/account/security/{deed}", Who::Buyer, || get(deed::page)),
    Route::post("/account/security/{deed}", Who::Buyer, || post(deed::act)).limited(),
    Route::get("/confirm-email", Who::Public, || get(deed::email_page)),
    Route::post("/confirm-email", Who::Public, || post(deed::email_confirmed)).limited(),
    Route::get("/door-price", Who::Public, || get(info::show)).keep(Keep::Guests),
    Route::get("/duty-guarantee", Who::Public, || get(info::show)).keep(Keep::Guests),
    Route::get("/returns", Who::Public, || get(info::show)).keep(Keep::Guests),
    Route::get("/selling", Who::Public, || get(info::show)).keep(Keep::Guests),
    Route::get("/selling/apply", Who::Public, || get(apply::page)),
    Route::post("/selling/apply", Who::Public, || post(apply::send)).limited(),
    Route::get("/about", Who::Public, || get(info::show)).keep(Keep::Guests),
    Route::get("/accessibility", Who::Public, || get(info::show)).keep(Keep::Guests),
    Route::get("/privacy", Who::Public, || get(info::show)).keep(Keep::Guests),
    Route::get("/imprint", Who::Public, || get(info::imprint)).keep(Keep::Guests),
    Route::get("/tariffs", Who::Public, || get(info::tariffs)).keep(Keep::Guests),
];
