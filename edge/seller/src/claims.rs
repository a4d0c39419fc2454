//! Claims in the seller centre: what waits for an answer or a decision, and each with what can be done.

use axum::extract::{Path, State};
use desk::{Desk, claims};
use frame::{Answer, App, Form, Visitor};

/// GET /seller/claims
pub async fn list(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    claims::list(&app, &visitor, Desk::Seller, &form).await
}

/// GET /seller/claims/{claim}
pub async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    claims::page(&app, &visitor, Desk::Seller, &id, &form).await
}

/// POST /seller/claims/{claim}
pub async fn act(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    claims::act(&app, &visitor, Desk::Seller, &id, &form).await
}

/// GET /seller/claims/{claim}/pictures/{picture}
pub async fn picture(State(app): State<App>, visitor: Visitor, Path((id, picture)): Path<(String, String)>) -> Answer {
    claims::picture(&app, &visitor, Desk::Seller, &id, &picture).await
}
