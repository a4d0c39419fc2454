//! What the desks share: the page with its menu, words for states, clocks, forms, papers; goods, imports, people and webhooks, which
//! every desk has in its own way.
//!
//! Owns: the pages that more than one desk shows. Promises: each says whose things it opens. Never: knows a desk's other pages, holds
//! a rule or a statement.

pub mod booking;
pub mod change;
pub mod claims;
pub mod company;
pub mod developer;
pub mod form;
pub mod goods;
pub mod import;
pub mod import_columns;
pub mod journey;
pub mod menu;
pub mod page;
pub mod papers;
pub mod parcel;
pub mod people;
pub mod place;
pub mod products;
pub mod profile;
pub mod readiness;
pub mod sales;
pub mod supplied;
pub mod supply;
pub mod take_out;
pub mod terms;
pub mod time;
pub mod unconfirmed;
pub mod warehouse;
pub mod webhook;
pub mod whose;
pub mod words;

pub use page::{ask, done, refused, show};
pub use place::{Crumb, Desk, PAGE, cursor, id, own};

use axum::routing::get;
use frame::brought::{Brought, Folder};
use frame::{Route, Surface, Who};
use rust_embed::Embed;

#[derive(Embed)]
#[folder = "templates/"]
struct Templates;

#[derive(Embed)]
#[folder = "languages/"]
struct Texts;

/// What every desk has, and the page that describes product files.
pub const SURFACE: Surface = Surface { routes: ROUTES, brings: BRINGS };

const BRINGS: Brought = Brought { home: "desk", templates: Folder::of::<Templates>(), texts: Folder::of::<Texts>() };

const ROUTES: &[Route] = &[Route::get("/docs/product-file", Who::Bare, || get(import_columns::format))];
