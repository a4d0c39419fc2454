//! GET and POST /console/orders/{order}/address: another door for an order of which nothing is packed, at the buyer's wish.

use crate::page::under;
use axum::extract::{Path, State};
use base::{Address, Result};
use desk::form::unaccepted;
use desk::{Crumb, done};
use frame::parts::address::{self, AddressView, Problem};
use frame::parts::field::problems_title;
use frame::{Answer, App, Form, Visitor};
use orders::Order;
use serde::Serialize;
use store::Read;

#[derive(Serialize)]
struct View {
    id: String,
    number: String,
    place: String,
    address: AddressView,
    problems: Vec<Problem>,
    problems_title: String,
}

async fn find(app: &App, visitor: &Visitor, text: &str) -> Result<Order> {
    let id = desk::id::<Order>(text)?;
    app.store.read_as(visitor.actor, move |db: &mut Read| orders::reach(db, id)).await
}

/// GET /console/orders/{order}/address
pub async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let order = find(&app, &visitor, &id).await?;
    shown(&app, &visitor, &order, &order.address, Vec::new()).await
}

/// POST /console/orders/{order}/address: the buyer is told by mail.
pub async fn save(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    let order = find(&app, &visitor, &id).await?;
    let (of, typed) = (order.id, address::typed(&form, order.destination));
    let wish = typed.clone();
    match app.store.write_as(visitor.actor, move |tx| orders::readdress(tx, of, &wish).map(drop)).await {
        Ok(()) => Ok(done(&visitor, &format!("/console/orders/{of}"), "c-said-readdressed")),
        Err(error) if !error.fields.is_empty() => {
            let problems = address::problems(&visitor.locale, order.destination, &error);
            unaccepted(shown(&app, &visitor, &order, &typed, problems).await)
        }
        Err(error) => Err(error.into()),
    }
}

async fn shown(app: &App, visitor: &Visitor, order: &Order, typed: &Address, problems: Vec<Problem>) -> Answer {
    let (locale, country) = (&visitor.locale, order.destination);
    let view = View {
        id: order.id.to_string(),
        number: order.number.clone(),
        place: locale.country(country),
        address: address::view(locale, country, typed, &problems),
        problems_title: problems_title(locale, &problems),
        problems,
    };
    let orders = Crumb::new("/console/orders", locale.t("d-menu-orders").to_string());
    let above = vec![orders, Crumb::new(format!("/console/orders/{}", order.id), order.number.clone())];
    let title = locale.t("c-order-address").to_string();
    under(app, visitor, "console/order_address.html", above, &title, &view).await
}
