//! What the operator can do with an order: pack, hand over, call off, complete, record what customs did.

use axum::extract::{Path, State};
use base::{Country, Error, Id, Result};
use desk::{Desk, papers as paper, parcel};
use frame::parts::sure::ask;
use frame::{Answer, App, Form, Visitor};
use logistics::{EventKind, NewEvent};
use orders::{Consignment, Order};
use store::{Read, Tx};

/// POST /console/orders/{order}/cancel: asks first.
pub async fn cancel(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    let order = desk::id::<Order>(&id)?;
    let deed = move |tx: &mut Tx| settlement::cancel(tx, order, "operator").map(drop);
    asked(&app, &visitor, order, &form, "c-ask-cancel", "c-said-cancelled", deed).await
}

/// POST /console/orders/{order}/complete: accepts for the buyer, who has said so elsewhere. Asks first.
pub async fn complete(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    let order = desk::id::<Order>(&id)?;
    let deed = move |tx: &mut Tx| settlement::complete_delivered(tx, order).map(drop);
    asked(&app, &visitor, order, &form, "c-ask-complete", "c-said-completed", deed).await
}

/// Does what concerns a whole order and cannot be undone, once the question `key` was answered.
async fn asked(
    app: &App,
    visitor: &Visitor,
    order: Id<Order>,
    form: &Form,
    key: &str,
    said: &str,
    deed: impl FnMut(&mut Tx) -> Result<()> + Send + 'static,
) -> Answer {
    let known = app.store.read_as(visitor.actor, move |db| orders::reach(db, order)).await?;
    let back = format!("/console/orders/{order}");
    match ask(&visitor.locale, form, key, &[("number", known.number.as_str().into())], &back) {
        Some(sure) => desk::ask(app, visitor, Desk::Console, sure).await,
        None => change(app, visitor, &back, said, deed).await,
    }
}

/// POST /console/orders/{order}/refund-again: sends a refund that has failed once more.
pub async fn refund_again(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    let (order, back) = (desk::id::<Order>(&id)?, format!("/console/orders/{id}"));
    let refund = desk::id::<payments::Refund>(form.text("refund"))?;
    let deed = move |tx: &mut Tx| settlement::refund_again(tx, order, refund).map(drop);
    change(&app, &visitor, &back, "c-said-refunded", deed).await
}

/// POST /console/consignments/{consignment}: what the button says.
pub async fn consignment(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    let id = desk::id::<Consignment>(&id)?;
    let known = app.store.read_as(visitor.actor, move |db| orders::consignment(db, id)).await?;
    let (deed, key) = (form.text("deed").to_owned(), app.secrets.next());
    if deed == "hold" && !app.config.demo {
        return Err(Error::denied("not_in_test_mode", "Customs events are made by hand in test mode only.").into());
    }
    let place = desk::time::place(&visitor);
    let back = format!("/console/orders/{}", known.order);
    if matches!(&*deed, "call-off" | "write-off")
        && let Some(sure) = ask(&visitor.locale, &form, &format!("c-ask-{deed}"), &[], &back)
    {
        return desk::ask(&app, &visitor, Desk::Console, sure).await;
    }
    let run = move |tx: &mut Tx| done(tx, id, &deed, &form, &key, place);
    match app.store.write_as(visitor.actor, run).await {
        Ok(said) => Ok(desk::done(&visitor, &back, &format!("{said}&n=1"))),
        Err(error) => desk::refused(&visitor, &back, error),
    }
}

/// Does what the button says; gives what is to be said of it.
fn done(tx: &mut Tx, id: Id<Consignment>, deed: &str, form: &Form, key: &str, place: Country) -> Result<&'static str> {
    match deed {
        "pack" => parcel::pack(tx, id, form),
        "hand-over" => parcel::hand_over(tx, id, form),
        "unpack" => parcel::unpack(tx, id, form),
        "number" => parcel::number(tx, id, form),
        "event" => parcel::tell(tx, id, form, place),
        "take-back" => parcel::take_back(tx, id, form),
        "receive-back" => parcel::receive(tx, id, form),
        "call-off" => settlement::cancel_consignment(tx, id, "operator").map(|_| "c-said-called-off"),
        "write-off" => {
            let parcel = parcel::required(tx, id, form)?;
            settlement::write_off(tx, parcel).map(|_| "c-said-written-off")
        }
        "hold" => record(tx, id, form, EventKind::ImportHeld, key).map(|()| "c-said-held"),
        "release" => record(tx, id, form, EventKind::ImportReleased, key).map(|()| "c-said-released"),
        _ => Err(Error::invalid("unknown_deed", "There is no such action.")),
    }
}

fn record(tx: &mut Tx, id: Id<Consignment>, form: &Form, kind: EventKind, key: &str) -> Result<()> {
    let known = parcel::required(tx, id, form)?;
    let label = orders::parcel(tx, known)?.label;
    let parcel = label.ok_or_else(|| Error::conflict("not_packed", "This parcel has no label yet."))?;
    let place = logistics::parcel(tx, parcel)?.to_country.to_string();
    let event = NewEvent {
        parcel,
        kind,
        at: tx.now(),
        place,
        source_id: format!("console:{key}"),
        detail: "recorded_by_operator".into(),
    };
    orders::journey(tx, &event).map(drop)
}

/// GET /console/orders/{order}/papers: labels and slips of every packed parcel, or of the one that is named.
pub async fn papers(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    let order = desk::id::<Order>(&id)?;
    let read = move |db: &mut Read| {
        let mut papers = Vec::new();
        for consignment in orders::consignments(db, order)? {
            papers.extend(paper::read(db, &consignment, form.given("parcel"))?);
        }
        Ok(papers)
    };
    let papers = app.store.read_as(visitor.actor, read).await?;
    if papers.is_empty() {
        return Err(Error::conflict("not_packed", "There are no papers before a parcel is packed.").into());
    }
    paper::page(&app, &visitor, "/console/consignments", papers)
}

async fn change(
    app: &App,
    visitor: &Visitor,
    back: &str,
    said: &str,
    deed: impl FnMut(&mut Tx) -> Result<()> + Send + 'static,
) -> Answer {
    match app.store.write_as(visitor.actor, deed).await {
        Ok(()) => Ok(desk::done(visitor, back, said)),
        Err(error) => desk::refused(visitor, back, error),
    }
}
