//! The only crate that serves HTTP: the storefront, the seller centre, the console and the API.
//!
//! Owns: templates, texts, static files, cookies, the table of routes. Promises: every route stands in [`routes::routes`] with
//! who may use it; every page works without scripts, in every language, in both directions of writing; every form is
//! checked against forgery. Never: holds a business rule, a statement, a clock or a price of its own.

pub mod api;
pub mod app;
pub mod assets;
pub mod charts;
pub mod console;
pub mod desk;
pub mod docs;
pub mod drain;
pub mod failure;
pub mod form;
pub mod format;
pub mod gate;
pub mod health;
pub mod host;
pub mod language;
pub mod limit;
pub mod lists;
pub mod mail;
pub mod media;
pub mod metrics;
pub mod once;
pub mod page;
pub mod preferences;
pub mod routes;
pub mod rule_names;
pub mod seller;
pub mod shop;
pub mod templates;
pub mod upload;
pub mod visitor;

pub use app::{App, Config, Setup};
pub use failure::{Answer, Failure};
pub use form::Form;
pub use language::{Arg, Locale};
pub use page::{Head, redirect, render};
pub use routes::{Keep, Route, Verb, Who, front, router, routes};
pub use visitor::Visitor;
