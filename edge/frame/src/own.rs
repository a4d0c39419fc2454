//! The addresses that belong to no surface: static files, pictures, and what machines watch.

use crate::app::App;
use crate::brought::{Brought, Folder};
use crate::route::{Keep, Route, Surface, Who};
use crate::{counters, health, media};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use rust_embed::Embed;

#[derive(Embed)]
#[folder = "templates/"]
struct Templates;

#[derive(Embed)]
#[folder = "languages/"]
struct Texts;

/// Templates and texts that every surface may use.
pub const BRINGS: Brought =
    Brought { home: "frame", templates: Folder::of::<Templates>(), texts: Folder::of::<Texts>() };

/// The frame's own rows of the table.
pub const SURFACE: Surface = Surface { routes: ROUTES, brings: BRINGS };

const ROUTES: &[Route] = &[
    Route::get("/static/{*path}", Who::Bare, || get(file)).keep(Keep::Public),
    Route::get("/media/{hash}/{file}", Who::Bare, || get(media::serve)).keep(Keep::Public),
    Route::get("/healthz", Who::Bare, || get(health::alive)),
    Route::get("/readyz", Who::Bare, || get(health::ready)),
    Route::get("/metrics", Who::Bare, || get(counters::serve)),
];

/// GET /static/{path}
async fn file(State(app): State<App>, Path(path): Path<String>, headers: HeaderMap) -> Response {
    app.assets.answer(&path, &headers)
}
