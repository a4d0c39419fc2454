//! What ends an order for its buyer: calling it off, and confirming what has arrived. Both ask first.

use crate::order::{LineRow, decider, open, row, to_confirm};
use axum::extract::{Path, State};
use frame::App;
use frame::failure::Answer;
use frame::form::Form;
use frame::page::{self, Head, redirect};
use frame::parts::sure;
use frame::visitor::Visitor;
use serde::Serialize;

/// POST /order/{token}/cancel: asks first.
pub async fn cancel(State(app): State<App>, visitor: Visitor, Path(token): Path<String>, form: Form) -> Answer {
    let order = open(&app, &visitor, &token).await?;
    let (id, back) = (order.id, format!("/order/{token}"));
    let paid = visitor.locale.money(order.captured.minus(order.refunded)?);
    if let Some(sure) = sure::ask(&visitor.locale, &form, "ask-cancel", &[("amount", paid.into())], &back) {
        let head = Head::titled(sure.title.clone()).unlisted();
        return page::render(&app, &visitor, "shop/sure.html", head, &sure);
    }
    let cancel = move |tx: &mut store::Tx| settlement::cancel(tx, id, "buyer_changed_mind");
    app.store.write_as(decider(&visitor, &order), cancel).await?;
    Ok(redirect(&back))
}

/// POST /order/{token}/confirm: everything has arrived; the money is passed on.
pub async fn confirm(State(app): State<App>, visitor: Visitor, Path(token): Path<String>) -> Answer {
    let order = open(&app, &visitor, &token).await?;
    let id = order.id;
    app.store.write_as(decider(&visitor, &order), move |tx| settlement::complete_delivered(tx, id)).await?;
    Ok(redirect(&format!("/order/{token}")))
}

#[derive(Serialize)]
struct ConfirmView {
    url: String,
    number: String,
    total: String,
    lines: Vec<LineRow>,
}

/// GET /order/{token}/confirm: asks first. Nothing to confirm: back to the order.
pub async fn confirm_page(State(app): State<App>, visitor: Visitor, Path(token): Path<String>) -> Answer {
    let order = open(&app, &visitor, &token).await?;
    let id = order.id;
    let read = move |db: &mut store::Read| {
        let whole = orders::whole(db, id)?;
        let there = to_confirm(&whole);
        let held = settlement::left_parts(db, &whole, &there)?.total()?;
        Ok((whole, there, held))
    };
    let (whole, there, held) = app.store.read(read).await?;
    if there.is_empty() {
        return Ok(redirect(&format!("/order/{token}")));
    }
    let sent = there.iter().flat_map(|id| whole.lines_of(*id)).filter(|line| line.to_send() > 0);
    let view = ConfirmView {
        url: format!("/order/{token}"),
        number: order.number.clone(),
        total: visitor.locale.money(held),
        lines: sent.map(|line| row(&visitor, line, orders::State::Delivered)).collect(),
    };
    let head = Head::titled(&*visitor.locale.t("confirm-ask-title")).unlisted();
    page::render(&app, &visitor, "shop/confirm_received.html", head, &view)
}
