//! GET and POST /order/{token}/fields: what is said to the shop's fields, anew, until something is packed.

use crate::order::{decider, open};
use axum::extract::{Path, State};
use base::Id;
use frame::App;
use frame::failure::Answer;
use frame::form::Form;
use frame::page::{self, Head, redirect, unprocessable};
use frame::parts::address::Problem;
use frame::parts::asks::{self, AskView};
use frame::parts::field::problems_title;
use frame::visitor::Visitor;
use offers::Offer;
use orders::{Field, Order, Say};
use serde::Serialize;
use store::Read;

#[derive(Serialize)]
struct View {
    url: String,
    number: String,
    asks: Vec<AskView>,
    lines: Vec<LineView>,
    problems: Vec<Problem>,
    problems_title: String,
}

#[derive(Serialize)]
struct LineView {
    title: String,
    options: String,
    picture: String,
    asks: Vec<AskView>,
}

/// What is asked of an order, and of which of its goods.
struct Seen {
    order: Order,
    lines: Vec<orders::Line>,
    asked: Vec<(Field, Option<Id<Offer>>)>,
}

/// GET /order/{token}/fields
pub async fn page(State(app): State<App>, visitor: Visitor, Path(token): Path<String>) -> Answer {
    let order = open(&app, &visitor, &token).await?;
    let id = order.id;
    let said = app.store.read(move |db| orders::said(db, id)).await?;
    let says: Vec<Say> =
        said.into_iter().map(|said| Say { field: said.field.key, offer: said.offer, text: said.text }).collect();
    let seen = see(&app, order).await?;
    show(&app, &visitor, &token, &seen, &says, Vec::new())
}

async fn see(app: &App, order: Order) -> base::Result<Seen> {
    let id = order.id;
    let read = move |db: &mut Read| Ok((orders::whole(db, id)?.as_amended().lines, orders::fields(db)?));
    let (lines, fields) = app.store.read(read).await?;
    let asked = orders::asked(&fields, &orders::goods(&lines));
    Ok(Seen { order, lines, asked })
}

/// POST /order/{token}/fields
pub async fn save(State(app): State<App>, visitor: Visitor, Path(token): Path<String>, form: Form) -> Answer {
    let order = open(&app, &visitor, &token).await?;
    let (id, says) = (order.id, asks::typed(&form));
    let wish = says.clone();
    let done = app.store.write_as(decider(&visitor, &order), move |tx| orders::say(tx, id, &wish)).await;
    match done {
        Ok(()) => Ok(redirect(&format!("/order/{token}"))),
        Err(error) if asks::is_about(&error) => {
            let seen = see(&app, order).await?;
            let problems = asks::problems(&visitor.locale, &seen.asked, &error);
            Ok(unprocessable(show(&app, &visitor, &token, &seen, &says, problems)?))
        }
        Err(error) => Err(error.into()),
    }
}

fn show(app: &App, visitor: &Visitor, token: &str, seen: &Seen, says: &[Say], problems: Vec<Problem>) -> Answer {
    let locale = &visitor.locale;
    let line = |line: &orders::Line| LineView {
        title: line.title.clone(),
        options: line.options.clone(),
        picture: line.image.clone(),
        asks: asks::views(locale, &seen.asked, Some(line.offer), says, &problems),
    };
    let view = View {
        url: format!("/order/{token}"),
        number: seen.order.number.clone(),
        asks: asks::views(locale, &seen.asked, None, says, &problems),
        lines: seen.lines.iter().map(line).filter(|line| !line.asks.is_empty()).collect(),
        problems_title: problems_title(locale, &problems),
        problems,
    };
    let head = Head::titled(&*locale.t("ask-title")).unlisted();
    page::render(app, visitor, "shop/order_fields.html", head, &view)
}
