//! Taking pieces out of an order that wait to be packed: what that gives back is shown before, the buyer and the seller are told.

use crate::page::under;
use axum::extract::{Path, State};
use base::{Error, Id};
use desk::Crumb;
use desk::form::unaccepted;
use frame::parts::take_out::{self, TakeOutView};
use frame::{Answer, App, Form, Visitor};
use orders::{Order, Side};
use serde::Serialize;
use store::{Read, Tx};

#[derive(Serialize)]
struct View {
    number: String,
    form: TakeOutView,
}

/// GET /console/orders/{order}/take-out: what can be taken out; with a choice in the query, what that gives back.
pub async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    shown(&app, &visitor, &id, &form, None).await
}

async fn shown(app: &App, visitor: &Visitor, id: &str, form: &Form, error: Option<Error>) -> Answer {
    let (order, tag, actor, asked): (Id<Order>, _, _, _) =
        (desk::id(id)?, visitor.locale.tag, visitor.actor, form.clone());
    let read = move |db: &mut Read| take_out::see(db, actor, order, None, &asked, Some(tag));
    let seen = app.store.read_as(actor, read).await?;
    let back = format!("/console/orders/{id}");
    let places = (format!("{back}/take-out"), back.clone());
    let side = (Side::Operator, app.secrets.next());
    let form = take_out::view(visitor, &seen, form, (&places.0, &places.1), side, error)?;
    let refused = form.is_refused();
    let number = seen.whole.order.number;
    let above = vec![
        Crumb::new("/console/orders", visitor.locale.t("d-menu-orders").to_string()),
        Crumb::new(back, number.clone()),
    ];
    let title = visitor.locale.t("take-out-desk-title").to_string();
    let answer = under(app, visitor, "console/take_out.html", above, &title, &View { number, form }).await;
    if refused { unaccepted(answer) } else { answer }
}

/// POST /console/orders/{order}/take-out: does what was shown.
pub async fn take(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    let (order, asked) = (desk::id::<Order>(&id)?, form.clone());
    let deed = move |tx: &mut Tx| {
        let whole = orders::whole(tx, order)?;
        let wish = take_out::wish(&asked, &whole, None, Side::Operator, "console")?;
        settlement::take_out(tx, &wish).map(drop)
    };
    match app.store.write_as(visitor.actor, deed).await {
        Ok(()) => Ok(desk::done(&visitor, &format!("/console/orders/{id}"), "d-said-taken-out")),
        Err(error) => shown(&app, &visitor, &id, &form, Some(error)).await,
    }
}
