//! What the operator can do with an order: pack, hand over, call off, complete, record what customs did.

use axum::extract::{Path, State};
use base::{Error, Id, Result};
use desk::papers as paper;
use frame::{Answer, App, Form, Visitor};
use logistics::{EventKind, NewEvent};
use orders::{Consignment, Order};
use store::{Read, Tx};

/// POST /console/orders/{order}/cancel
pub async fn cancel(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let order = desk::id::<Order>(&id)?;
    let deed = move |tx: &mut Tx| settlement::cancel(tx, order, "operator").map(drop);
    change(&app, &visitor, &format!("/console/orders/{id}"), "c-said-cancelled", deed).await
}

/// POST /console/orders/{order}/complete: accepts for the buyer, who has said so elsewhere.
pub async fn complete(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let order = desk::id::<Order>(&id)?;
    let deed = move |tx: &mut Tx| settlement::complete_delivered(tx, order).map(drop);
    change(&app, &visitor, &format!("/console/orders/{id}"), "c-said-completed", deed).await
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
    let outside = logistics::service(&known.service)?.booked_through != logistics::BUILT_IN;
    let (deed, key) = (form.text("deed").to_owned(), app.secrets.next());
    let said = match deed.as_str() {
        "pack" if outside => "d-said-label-asked&n=1",
        "pack" => "d-said-packed&n=1",
        "hand-over" => "d-said-handed-over&n=1",
        "hold" => "c-said-held",
        "release" => "c-said-released",
        "write-off" => "c-said-written-off",
        "call-off" => "c-said-called-off",
        _ => return Err(Error::invalid("unknown_deed", "There is no such action.").into()),
    };
    if deed == "hold" && !app.config.demo {
        return Err(Error::denied("not_in_test_mode", "Customs events are made by hand in test mode only.").into());
    }
    let run = move |tx: &mut Tx| match deed.as_str() {
        "pack" => orders::pack(tx, id).map(drop),
        "hand-over" => orders::hand_over(tx, id).map(drop),
        "write-off" => settlement::write_off(tx, id).map(drop),
        "call-off" => settlement::cancel_consignment(tx, id, "operator").map(drop),
        "hold" => record(tx, id, EventKind::ImportHeld, &key),
        _ => record(tx, id, EventKind::ImportReleased, &key),
    };
    change(&app, &visitor, &format!("/console/orders/{}", known.order), said, run).await
}

fn record(tx: &mut Tx, id: Id<Consignment>, kind: EventKind, key: &str) -> Result<()> {
    let consignment = orders::consignment(tx, id)?;
    let parcel = consignment.parcel.ok_or_else(|| Error::conflict("not_packed", "There is no parcel yet."))?;
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

/// GET /console/orders/{order}/papers: labels and slips of every packed parcel.
pub async fn papers(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let order = desk::id::<Order>(&id)?;
    let read = move |db: &mut Read| {
        let mut papers = Vec::new();
        for consignment in orders::consignments(db, order)? {
            papers.extend(paper::read(db, consignment)?);
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
