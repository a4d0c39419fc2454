//! One table of surfaces, and the router over all that they bring.
//!
//! Owns: which surfaces there are. Promises: every address stands in a surface's rows with who may use it. Never: answers anything
//! itself.

use axum::Router;
use axum::handler::Handler;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing;
use base::Result;
use frame::brought::Brought;
use frame::gate::{self, Gate};
use frame::language::Languages;
use frame::{App, Route, Setup, Surface, drain, host};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

/// Every surface there is; `frame` and `desk` bring what several of them show.
pub static SURFACES: [Surface; 7] =
    [frame::SURFACE, desk::SURFACE, shop::SURFACE, seller::SURFACE, console::SURFACE, api::SURFACE, letters::SURFACE];

/// What the surfaces bring: templates and texts.
pub fn brought() -> Vec<Brought> {
    SURFACES.iter().map(|surface| surface.brings).collect()
}

/// Every language, with the texts of all surfaces. Errors: a broken language file.
pub fn languages() -> Result<Languages> {
    Languages::load(&brought(), None)
}

/// The application with all surfaces. Errors: a broken language file; the database.
pub fn open(setup: Setup) -> Result<App> {
    App::new(setup, &brought())
}

/// Every row of the table.
pub fn routes() -> impl Iterator<Item = &'static Route> {
    SURFACES.iter().flat_map(|surface| surface.routes)
}

/// The router, built from [`routes`]: each handler behind the [`gate`] with its row of the table.
pub fn router(app: App) -> Router {
    let mut router = Router::new();
    for route in routes() {
        let gate = Gate { app: app.clone(), route: Some(route) };
        let limit = axum::extract::DefaultBodyLimit::max(route.body_bytes);
        let guarded = (route.build)().route_layer(from_fn_with_state(gate, gate::pass)).route_layer(limit);
        router = router.route(route.path, guarded);
    }
    let gate = Gate { app: app.clone(), route: None };
    let lost = routing::any(gate::not_found).layer(from_fn_with_state(gate.clone(), gate::pass));
    let wrong = gate::wrong_method.layer(from_fn_with_state(gate.clone(), gate::pass));
    let compressed = DefaultPredicate::new().and(NotForContentType::new("image/"));
    router
        .fallback(lost)
        .method_not_allowed_fallback(wrong)
        .layer(CompressionLayer::new().compress_when(compressed))
        .layer(from_fn_with_state(gate, gate::observe))
        .layer(from_fn(gate::harden))
        .layer(from_fn(drain::layer))
        .with_state(app)
}

/// The router as it is served: only under the installation's own names.
pub fn front(app: App) -> Router {
    let hosts = host::Hosts::of(&app.config);
    router(app).layer(from_fn_with_state(hosts, host::layer))
}
