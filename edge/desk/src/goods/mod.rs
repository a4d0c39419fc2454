//! One product at the desks: making it, and editing its words, pictures and variants. A seller's own, or any for the operator.

mod change;
mod new;
mod own;
pub mod read;
mod view;

use crate::place::Desk;
use axum::extract::{Multipart, Path, State};
use frame::failure::Answer;
use frame::{App, Form, Visitor};

/// GET /seller/products/new
pub async fn seller_new(State(app): State<App>, visitor: Visitor) -> Answer {
    new::page(&app, &visitor, Desk::Seller).await
}

/// POST /seller/products/new
pub async fn seller_create(State(app): State<App>, visitor: Visitor, parts: Multipart) -> Answer {
    new::create(&app, &visitor, Desk::Seller, parts).await
}

/// GET /seller/products/{product}
pub async fn seller_page(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    view::page(&app, &visitor, Desk::Seller, crate::place::id(&id)?).await
}

/// POST /seller/products/{product}
pub async fn seller_change(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    change::change(&app, &visitor, Desk::Seller, crate::place::id(&id)?, &form).await
}

/// POST /seller/products/{product}/pictures
pub async fn seller_send(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, parts: Multipart) -> Answer {
    change::send(&app, &visitor, Desk::Seller, crate::place::id(&id)?, parts).await
}

/// GET /console/products/new
pub async fn console_new(State(app): State<App>, visitor: Visitor) -> Answer {
    new::page(&app, &visitor, Desk::Console).await
}

/// POST /console/products/new
pub async fn console_create(State(app): State<App>, visitor: Visitor, parts: Multipart) -> Answer {
    new::create(&app, &visitor, Desk::Console, parts).await
}

/// GET /console/products/{product}
pub async fn console_page(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    view::page(&app, &visitor, Desk::Console, crate::place::id(&id)?).await
}

/// POST /console/products/{product}
pub async fn console_change(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    change::change(&app, &visitor, Desk::Console, crate::place::id(&id)?, &form).await
}

/// POST /console/products/{product}/pictures
pub async fn console_send(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    parts: Multipart,
) -> Answer {
    change::send(&app, &visitor, Desk::Console, crate::place::id(&id)?, parts).await
}
