//! GET and POST /order/{token}/address: another door for an order of which nothing is packed, in the same place for prices.

use crate::order::{decider, open};
use axum::extract::{Path, State};
use base::Address;
use frame::App;
use frame::failure::Answer;
use frame::form::Form;
use frame::page::{self, Head, redirect, unprocessable};
use frame::parts::address::{self, AddressView, Problem};
use frame::parts::field::problems_title;
use frame::visitor::Visitor;
use orders::Order;
use serde::Serialize;

#[derive(Serialize)]
struct View {
    url: String,
    number: String,
    place: String,
    address: AddressView,
    problems: Vec<Problem>,
    problems_title: String,
}

/// GET /order/{token}/address
pub async fn page(State(app): State<App>, visitor: Visitor, Path(token): Path<String>) -> Answer {
    let order = open(&app, &visitor, &token).await?;
    form_page(&app, &visitor, &token, &order, &order.address, Vec::new())
}

/// POST /order/{token}/address
pub async fn save(State(app): State<App>, visitor: Visitor, Path(token): Path<String>, form: Form) -> Answer {
    let order = open(&app, &visitor, &token).await?;
    let (id, typed) = (order.id, address::typed(&form, order.destination));
    let wish = typed.clone();
    let done =
        app.store.write_as(decider(&visitor, &order), move |tx| orders::readdress(tx, id, &wish).map(drop)).await;
    match done {
        Ok(()) => Ok(redirect(&format!("/order/{token}"))),
        Err(error) if !error.fields.is_empty() => {
            let problems = address::problems(&visitor.locale, order.destination, &error);
            Ok(unprocessable(form_page(&app, &visitor, &token, &order, &typed, problems)?))
        }
        Err(error) => Err(error.into()),
    }
}

fn form_page(
    app: &App,
    visitor: &Visitor,
    token: &str,
    order: &Order,
    typed: &Address,
    problems: Vec<Problem>,
) -> Answer {
    let (locale, country) = (&visitor.locale, order.destination);
    let view = View {
        url: format!("/order/{token}"),
        number: order.number.clone(),
        place: locale.country(country),
        address: address::view(locale, country, typed, &problems),
        problems_title: problems_title(locale, &problems),
        problems,
    };
    let head = Head::titled(&*locale.t("order-address-title")).unlisted();
    page::render(app, visitor, "shop/order_address.html", head, &view)
}
