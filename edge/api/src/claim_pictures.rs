//! Pictures of what a claim is about: sent by its buyer, seen by the parties to its order only.

use crate::claims::{ClaimAnswer, fresh, may_see};
use crate::input::{Part, header, whole};
use crate::orders::{decider, open};
use crate::refusals::{Changes, Limited, Reads};
use crate::seller_products::{PictureFile, is_picture, of_the_body};
use aftersales::{Claim, PictureRow};
use axum::extract::{Path, Request, State};
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use base::Id;
use frame::App;
use frame::failure::Answer;
use frame::parts::claim;
use frame::visitor::Visitor;
use store::{Read, Tx};

/// Add a picture to a claim
///
/// Send a JPEG, PNG, WebP or GIF as the body, 20 MB and 60 million pixels at most; its own media type (`image/png`) does as well. It is
/// turned upright and freed of place and camera. Six at most, while the claim is not over; the same file again is the same picture.
#[utoipa::path(post, path = "/api/claims/{id}/pictures", tag = "Orders",
    request_body(content = PictureFile, content_type = "application/octet-stream"),
    params(("id" = String, Path, description = "The claim."),
        ("Order-Token" = Option<String>, Header, description = "The order's token; not needed with an operator's key.")),
    responses((status = 200, description = "The claim with its pictures.", body = ClaimAnswer), Changes, Limited),
    security((), ("key" = [])))]
pub async fn add(State(app): State<App>, visitor: Visitor, Part(text): Part, request: Request) -> Answer {
    is_picture(request.headers())?;
    let token = header(request.headers(), "order-token").map(String::from);
    let (id, actor) = (text.parse::<Id<Claim>>()?, decider(&visitor, token.as_deref()));
    // Nothing is kept for whoever may not show anything.
    let asked = token.clone();
    let ask = move |db: &mut Read| {
        let order = aftersales::claim(db, id)?.order;
        open(db, order, asked.as_deref())?;
        aftersales::may_show(db, id)
    };
    app.store.read_as(actor, ask).await.map_err(of_the_body)?;
    let picture = claim::keep(&app, whole(request, &app).await?).await.map_err(of_the_body)?;
    let deed = move |tx: &mut Tx| {
        aftersales::add_picture(tx, id, &picture)?;
        fresh(tx, id)
    };
    let answer = app.store.write_as(actor, deed).await.map_err(of_the_body)?;
    Ok(axum::Json(answer).into_response())
}

/// See a picture of a claim
#[utoipa::path(get, path = "/api/claims/{id}/pictures/{picture}", tag = "Orders",
    params(("id" = String, Path, description = "The claim."), ("picture" = String, Path, description = "The picture."),
        ("Order-Token" = Option<String>, Header, description = "The order's token; not needed with a key of its seller or the operator.")),
    responses((status = 200, description = "A JPEG or PNG.", body = PictureFile, content_type = "image/jpeg"), Reads),
    security((), ("key" = [])))]
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Path((id, picture)): Path<(String, String)>,
) -> Answer {
    let (id, picture) = (id.parse::<Id<Claim>>()?, picture.parse::<Id<PictureRow>>()?);
    let read = {
        let (visitor, token) = (visitor.clone(), header(&headers, "order-token").map(String::from));
        move |db: &mut Read| {
            may_see(db, &visitor, id, token.as_deref())?;
            aftersales::reach_picture(db, id, picture)
        }
    };
    let found = app.store.read_as(visitor.actor, read).await?;
    Ok(claim::file(&app, &found).await?)
}
