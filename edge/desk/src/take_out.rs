//! Taking out what cannot be sent, at both desks: the operator of a whole order, a seller of what it packs itself. What that gives back is
//! shown before, and the buyer is told why.

use crate::form::unaccepted;
use crate::page::{done, show};
use crate::place::{Crumb, Desk, id, own};
use axum::extract::{Path, State};
use base::{Error, Id, Result};
use frame::parts::paper::reach_to_ship;
use frame::parts::take_out::{self, TakeOutView};
use frame::{Answer, App, Form, Visitor};
use orders::{Consignment, Order, Side};
use parties::Organisation;
use serde::Serialize;
use store::{Read, Tx};

#[derive(Serialize)]
struct View {
    number: String,
    form: TakeOutView,
}

/// What the address of a page names.
#[derive(Clone, Copy)]
enum Of {
    /// An order, at the console.
    Order(Id<Order>),
    /// A consignment, of the seller who packs it.
    Consignment(Id<Organisation>, Id<Consignment>),
}

impl Of {
    fn named(visitor: &Visitor, desk: Desk, text: &str) -> Result<Of> {
        match desk {
            Desk::Console => Ok(Of::Order(id(text)?)),
            Desk::Seller => Ok(Of::Consignment(own(visitor)?, id(text)?)),
        }
    }

    /// The order, and the consignment to which it is narrowed. Errors: it is not the seller's.
    fn reach(self, db: &mut Read) -> Result<(Id<Order>, Option<Id<Consignment>>)> {
        match self {
            Of::Order(order) => Ok((order, None)),
            Of::Consignment(own, known) => Ok((reach_to_ship(db, own, known)?.order, Some(known))),
        }
    }
}

/// The side on which a desk acts, where its orders stand, and by what its forms are told apart.
fn of_desk(desk: Desk) -> (Side, &'static str, &'static str) {
    match desk {
        Desk::Console => (Side::Operator, "/console/orders", "console"),
        Desk::Seller => (Side::Seller, "/seller/orders", "seller"),
    }
}

async fn page(app: &App, visitor: &Visitor, desk: Desk, id: &str, form: &Form, error: Option<Error>) -> Answer {
    let (of, tag) = (Of::named(visitor, desk, id)?, visitor.locale.tag);
    let (actor, asked) = (visitor.actor, form.clone());
    let read = move |db: &mut Read| {
        let (order, narrowed) = of.reach(db)?;
        take_out::see(db, actor, order, narrowed, &asked, Some(tag))
    };
    let seen = app.store.read_as(actor, read).await?;
    let (side, list, _) = of_desk(desk);
    let back = format!("{list}/{id}");
    let action = format!("{back}/take-out");
    let form = take_out::view(visitor, &seen, form, (&action, &back), (side, app.secrets.next()), error)?;
    let (refused, number) = (form.is_refused(), seen.whole.order.number);
    let above = vec![Crumb::new(list, visitor.locale.t("d-menu-orders").to_string()), Crumb::new(back, number.clone())];
    let title = visitor.locale.t("take-out-desk-title").to_string();
    let answer = show(app, visitor, desk, "desk/take_out.html", above, &title, &View { number, form }).await;
    if refused { unaccepted(answer) } else { answer }
}

async fn take(app: &App, visitor: &Visitor, desk: Desk, id: &str, form: &Form) -> Answer {
    let (of, asked, (side, list, place)) = (Of::named(visitor, desk, id)?, form.clone(), of_desk(desk));
    let deed = move |tx: &mut Tx| {
        let (order, narrowed) = of.reach(tx)?;
        let whole = orders::whole(tx, order)?;
        let wish = take_out::wish(&asked, &whole, narrowed, side, place)?;
        settlement::take_out(tx, &wish).map(drop)
    };
    match app.store.write_as(visitor.actor, deed).await {
        Ok(()) => Ok(done(visitor, &format!("{list}/{id}"), "d-said-taken-out")),
        Err(error) => page(app, visitor, desk, id, form, Some(error)).await,
    }
}

/// GET /console/orders/{order}/take-out: what can be taken out; with a choice in the query, what that gives back.
pub async fn console(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    page(&app, &visitor, Desk::Console, &id, &form, None).await
}

/// POST /console/orders/{order}/take-out: does what was shown.
pub async fn console_take(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    take(&app, &visitor, Desk::Console, &id, &form).await
}

/// GET /seller/orders/{consignment}/take-out: what can be taken out; with a choice in the query, what that gives back.
pub async fn seller(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    page(&app, &visitor, Desk::Seller, &id, &form, None).await
}

/// POST /seller/orders/{consignment}/take-out: does what was shown.
pub async fn seller_take(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    take(&app, &visitor, Desk::Seller, &id, &form).await
}
