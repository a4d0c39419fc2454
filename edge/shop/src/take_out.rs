//! GET and POST /order/{token}/take-out: fewer pieces of an order, or a line less, before it is packed.

use crate::order::{decider, open};
use axum::extract::{Path, State};
use base::Error;
use frame::App;
use frame::failure::Answer;
use frame::form::Form;
use frame::page::{self, Head, redirect, unprocessable};
use frame::parts::take_out::{self, TakeOutView};
use frame::visitor::Visitor;
use orders::{Order, Side};
use serde::Serialize;
use store::{Read, Tx};

#[derive(Serialize)]
struct View {
    url: String,
    number: String,
    form: TakeOutView,
}

/// GET /order/{token}/take-out: what can be taken out; with a choice in the query, what that gives back.
pub async fn page(State(app): State<App>, visitor: Visitor, Path(token): Path<String>, form: Form) -> Answer {
    let order = open(&app, &visitor, &token).await?;
    shown(&app, &visitor, &token, &order, &form, None).await
}

async fn shown(app: &App, visitor: &Visitor, token: &str, order: &Order, form: &Form, error: Option<Error>) -> Answer {
    let (id, actor, asked) = (order.id, decider(visitor, order), form.clone());
    let read = move |db: &mut Read| take_out::see(db, actor, id, None, &asked, None);
    let seen = app.store.read_as(actor, read).await?;
    let url = format!("/order/{token}");
    let places = (format!("{url}/take-out"), url.clone());
    let side = (Side::Buyer, app.secrets.next());
    let form = take_out::view(visitor, &seen, form, (&places.0, &places.1), side, error)?;
    let refused = form.is_refused();
    let view = View { url, number: order.number.clone(), form };
    let head = Head::titled(&*visitor.locale.t("take-out-title")).unlisted();
    let response = page::render(app, visitor, "shop/order_take_out.html", head, &view)?;
    Ok(if refused { unprocessable(response) } else { response })
}

/// POST /order/{token}/take-out: does what was shown.
pub async fn take(State(app): State<App>, visitor: Visitor, Path(token): Path<String>, form: Form) -> Answer {
    let order = open(&app, &visitor, &token).await?;
    let (id, asked) = (order.id, form.clone());
    let deed = move |tx: &mut Tx| {
        let whole = orders::whole(tx, id)?;
        let wish = take_out::wish(&asked, &whole, None, Side::Buyer, "shop")?;
        settlement::take_out(tx, &wish).map(drop)
    };
    match app.store.write_as(decider(&visitor, &order), deed).await {
        Ok(()) => Ok(redirect(&format!("/order/{token}#given-back"))),
        Err(error) => shown(&app, &visitor, &token, &order, &form, Some(error)).await,
    }
}
