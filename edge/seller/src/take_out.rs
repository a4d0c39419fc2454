//! Taking pieces out of a consignment that the seller cannot send: what that gives back is shown before, the buyer is told why.

use crate::page::under;
use axum::extract::{Path, State};
use base::Error;
use desk::Crumb;
use desk::form::unaccepted;
use frame::parts::paper::reach_to_ship;
use frame::parts::take_out::{self, TakeOutView};
use frame::{Answer, App, Form, Visitor};
use orders::{Consignment, Side};
use serde::Serialize;
use store::{Read, Tx};

#[derive(Serialize)]
struct View {
    number: String,
    form: TakeOutView,
}

/// GET /seller/orders/{consignment}/take-out: what can be taken out; with a choice in the query, what that gives back.
pub async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    shown(&app, &visitor, &id, &form, None).await
}

async fn shown(app: &App, visitor: &Visitor, id: &str, form: &Form, error: Option<Error>) -> Answer {
    let (own, known, tag) = (desk::own(visitor)?, desk::id::<Consignment>(id)?, visitor.locale.tag);
    let (actor, asked) = (visitor.actor, form.clone());
    let read = move |db: &mut Read| {
        let order = reach_to_ship(db, own, known)?.order;
        take_out::see(db, actor, order, Some(known), &asked, Some(tag))
    };
    let seen = app.store.read_as(actor, read).await?;
    let back = format!("/seller/orders/{id}");
    let places = (format!("{back}/take-out"), back.clone());
    let side = (Side::Seller, app.secrets.next());
    let form = take_out::view(visitor, &seen, form, (&places.0, &places.1), side, error)?;
    let refused = form.is_refused();
    let number = seen.whole.order.number;
    let above = vec![
        Crumb::new("/seller/orders", visitor.locale.t("d-menu-orders").to_string()),
        Crumb::new(back, number.clone()),
    ];
    let title = visitor.locale.t("take-out-desk-title").to_string();
    let answer = under(app, visitor, "seller/take_out.html", above, &title, &View { number, form }).await;
    if refused { unaccepted(answer) } else { answer }
}

/// POST /seller/orders/{consignment}/take-out: does what was shown.
pub async fn take(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    let (own, known, asked) = (desk::own(&visitor)?, desk::id::<Consignment>(&id)?, form.clone());
    let deed = move |tx: &mut Tx| {
        let order = reach_to_ship(tx, own, known)?.order;
        let whole = orders::whole(tx, order)?;
        let wish = take_out::wish(&asked, &whole, Some(known), Side::Seller, "seller")?;
        settlement::take_out(tx, &wish).map(drop)
    };
    match app.store.write_as(visitor.actor, deed).await {
        Ok(()) => Ok(desk::done(&visitor, &format!("/seller/orders/{id}"), "d-said-taken-out")),
        Err(error) => shown(&app, &visitor, &id, &form, Some(error)).await,
    }
}
