//! What every surface stands in: the application that handlers share, the gate before them, the visitor, the page around a view.
//!
//! Owns: cookies, the languages and how they write figures, the frame of a page, static files, what a row of the table of routes
//! says. Promises: every page works without scripts, in every language, in both directions of writing; every form is checked
//! against forgery; an error becomes an answer in one place. Never: knows a surface, holds a business rule or a statement.

pub mod agent;
pub mod app;
pub mod assets;
pub mod brought;
pub mod charts;
pub mod connection_deed;
pub mod connections;
pub mod counters;
pub mod drain;
pub mod failure;
pub mod form;
pub mod format;
pub mod gate;
pub mod health;
pub mod host;
pub mod input;
pub mod language;
pub mod limit;
pub mod lists;
pub mod media;
pub mod metrics;
pub mod once;
pub mod own;
pub mod page;
pub mod parts;
pub mod preferences;
pub mod refusal;
pub mod route;
pub mod rule_names;
pub mod secrets;
pub mod style;
pub mod templates;
pub mod upload;
pub mod visitor;

pub use app::{App, Config, Setup};
pub use failure::{Answer, Failure};
pub use form::Form;
pub use language::{Arg, Locale};
pub use own::{BRINGS, SURFACE};
pub use page::{Head, redirect, render};
pub use route::{Keep, Route, Surface, Verb, Who};
pub use visitor::Visitor;
