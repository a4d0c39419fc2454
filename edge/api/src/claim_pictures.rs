//! Pictures of what a claim is about: sent by its buyer, seen by the parties to its order only.

use crate::claims::{ClaimAnswer, fresh, may_see};
use crate::input::{Part, header, media_type, whole};
use crate::orders::{decider, open};
use crate::refusals::{Changes, Limited, Reads};
use crate::seller_products::{PictureFile, of_the_body};
use aftersales::{Claim, Picture, PictureRow};
use axum::extract::{Path, Request, State};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use base::Id;
use frame::App;
use frame::failure::Answer;
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
    let headers = request.headers();
    let token = header(headers, "order-token").map(String::from);
    let media = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !media.starts_with("image/") && !media.starts_with("application/octet-stream") {
        let say = "Send the picture as image/jpeg, image/png, image/webp, image/gif or application/octet-stream.";
        return Err(media_type(say).into());
    }
    let (claim, actor) = (text.parse::<Id<Claim>>()?, decider(&visitor, token.as_deref()));
    // Nothing is kept for whoever may not show anything.
    let asked = token.clone();
    let ask = move |db: &mut Read| {
        let order = aftersales::claim(db, claim)?.order;
        open(db, order, asked.as_deref())?;
        aftersales::may_show(db, claim)
    };
    app.store.read_as(actor, ask).await.map_err(of_the_body)?;
    let (file, address) = app.media.take_private(whole(request, &app).await?).await.map_err(of_the_body)?;
    let picture =
        Picture { file, width: address.width, height: address.height, mime: address.coding.mime().to_owned() };
    let deed = move |tx: &mut Tx| {
        aftersales::add_picture(tx, claim, &picture)?;
        fresh(tx, claim)
    };
    let claim = app.store.write_as(actor, deed).await.map_err(of_the_body)?;
    Ok(axum::Json(claim).into_response())
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
    Path((claim, picture)): Path<(String, String)>,
) -> Answer {
    let (claim, picture) = (claim.parse::<Id<Claim>>()?, picture.parse::<Id<PictureRow>>()?);
    let read = {
        let (visitor, token) = (visitor.clone(), header(&headers, "order-token").map(String::from));
        move |db: &mut Read| {
            may_see(db, &visitor, claim, token.as_deref())?;
            aftersales::reach_picture(db, claim, picture)
        }
    };
    let found = app.store.read_as(visitor.actor, read).await?;
    Ok(frame::parts::claim::file(&app, &found).await?)
}
