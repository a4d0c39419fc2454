//! One product at the desks: making it, and editing its words, pictures and variants. A seller's own, or any for the operator.

mod change;
mod new;
pub mod read;
mod view;

use crate::place::{Crumb, Desk, own};
use axum::extract::{Multipart, Path, State};
use base::{Error, Id, Result};
use catalog::{Product, ProductPage};
use frame::failure::Answer;
use frame::{App, Form, Visitor};
use store::Read;

fn base_of(desk: Desk) -> &'static str {
    match desk {
        Desk::Seller => "/seller/products",
        Desk::Console => "/console/products",
    }
}

fn above(visitor: &Visitor, desk: Desk) -> Vec<Crumb> {
    vec![Crumb::new(base_of(desk), visitor.locale.t("d-menu-products").to_string())]
}

/// Whose products this desk may open: one seller's, or everybody's.
fn owner(visitor: &Visitor, desk: Desk) -> Result<Option<i64>> {
    match desk {
        Desk::Seller => Ok(Some(own(visitor)?.raw())),
        Desk::Console => Ok(None),
    }
}

/// The product as its owner wrote it. Errors: not found, also for another seller's.
fn reach(db: &mut Read, owner: Option<i64>, id: Id<Product>) -> Result<ProductPage> {
    let page = catalog::product_as_written(db, id)?;
    match owner {
        Some(own) if own != page.organisation => Err(Error::not_found("unknown_product", "There is no such product.")),
        _ => Ok(page),
    }
}

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
