//! A claim as its buyer sees it: how far it is, who has the next step, and what they can do.

use crate::claim_form::problems;
use crate::order::{decider, open};
use aftersales::{Claim, PictureRow, State as Step};
use axum::extract::{Path, State};
use base::{Error, Id, Result};
use frame::App;
use frame::failure::Answer;
use frame::form::Form;
use frame::page::{self, Head, redirect, unprocessable};
use frame::parts::address::Problem;
use frame::parts::claim::{self, ClaimView, Seen};
use frame::parts::field::problems_title;
use frame::visitor::Visitor;
use orders::Order;
use serde::Serialize;
use store::{Read, Tx};

#[derive(Serialize)]
struct View {
    url: String,
    here: String,
    claim: ClaimView,
    can_withdraw: bool,
    can_escalate: bool,
    can_send: bool,
    carrier: String,
    tracking: String,
    words: String,
    problems: Vec<Problem>,
    problems_title: String,
}

/// A claim of this order. Errors: `claim_unknown`, also for those of other orders.
fn own(db: &mut Read, order: Id<Order>, id: Id<Claim>) -> Result<Seen> {
    let seen = claim::see(db, id)?;
    match seen.claim.order == order {
        true => Ok(seen),
        false => Err(Error::not_found("claim_unknown", "There is no such claim.")),
    }
}

/// GET /order/{token}/claims/{claim}
pub async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path((token, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let order = open(&app, &visitor, &token).await?;
    shown(&app, &visitor, &token, &order, id.parse()?, &form, Vec::new()).await
}

async fn shown(
    app: &App,
    visitor: &Visitor,
    token: &str,
    order: &Order,
    id: Id<Claim>,
    form: &Form,
    problems: Vec<Problem>,
) -> Answer {
    let of = order.id;
    let seen = app.store.read(move |db| own(db, of, id)).await?;
    let here = format!("/order/{token}/claims/{id}");
    let (step, wrong) = (seen.claim.state, !problems.is_empty());
    let view = View {
        url: format!("/order/{token}"),
        claim: claim::view(visitor, &seen, "buyer", &here, order.destination),
        can_withdraw: !matches!(step, Step::Closed | Step::Settling),
        can_escalate: step == Step::Refused,
        can_send: step == Step::Returning,
        carrier: form.text("carrier").to_owned(),
        tracking: form.text("tracking").to_owned(),
        words: form.text("words").to_owned(),
        problems_title: problems_title(&visitor.locale, &problems),
        problems,
        here,
    };
    let title = visitor.locale.fill("claim-of-order", &[("number", order.number.as_str().into())]);
    let response = page::render(app, visitor, "shop/claim.html", Head::titled(title).unlisted(), &view)?;
    Ok(if wrong { unprocessable(response) } else { response })
}

/// POST /order/{token}/claims/{claim}: what the button says.
pub async fn act(
    State(app): State<App>,
    visitor: Visitor,
    Path((token, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let order = open(&app, &visitor, &token).await?;
    let (id, of) = (id.parse::<Id<Claim>>()?, order.id);
    let sent = form.clone();
    let deed = move |tx: &mut Tx| {
        own(tx, of, id)?;
        match sent.text("deed") {
            "withdraw" => aftersales::withdraw(tx, id),
            "escalate" => aftersales::escalate(tx, id, sent.text("words")),
            "send" => aftersales::send_back(tx, id, sent.text("carrier"), sent.text("tracking")),
            _ => Err(Error::not_found("no_such_page", "There is no such action.")),
        }
    };
    match app.store.write_as(decider(&visitor, &order), deed).await {
        Ok(()) => Ok(redirect(&format!("/order/{token}/claims/{id}"))),
        Err(error) => {
            let problems = problems(&visitor.locale, error)?;
            shown(&app, &visitor, &token, &order, id, &form, problems).await
        }
    }
}

/// GET /order/{token}/claims/{claim}/pictures/{picture}
pub async fn picture(
    State(app): State<App>,
    visitor: Visitor,
    Path((token, id, picture)): Path<(String, String, String)>,
) -> Answer {
    let order = open(&app, &visitor, &token).await?;
    let (of, id, picture) = (order.id, id.parse::<Id<Claim>>()?, picture.parse::<Id<PictureRow>>()?);
    let read = move |db: &mut Read| {
        own(db, of, id)?;
        aftersales::reach_picture(db, id, picture)
    };
    let row = app.store.read(read).await?;
    Ok(claim::file(&app, &row).await?)
}
