//! A lost link to an order: its number and its e-mail address are asked for, and if they belong together another link goes to that
//! address. What is answered is always the same: numbers and addresses are no secrets.

use axum::extract::State;
use axum::http::StatusCode;
use base::{Error, Id, Result};
use frame::App;
use frame::failure::Answer;
use frame::form::Form;
use frame::limit::alike;
use frame::page::{self, Head, redirect};
use frame::parts::address::Problem;
use frame::parts::field::{FieldView, field_problems, problems_title};
use frame::visitor::Visitor;
use notify::Tell;
use orders::Order;
use serde::Serialize;
use store::Tx;

/// Tries of one client in a quarter of an hour: somebody looks for the right number among their mails.
const TRIES: i64 = 30;
const WINDOW_SECONDS: i64 = 900;
/// Letters about one order in an hour; the links that came stay good.
const LETTERS: i64 = 5;
const HOUR_SECONDS: i64 = 3600;

#[derive(Serialize)]
struct View {
    /// The form was sent; whether there is such an order is not told.
    sent: bool,
    /// There is a mail server.
    mail: bool,
    fields: Vec<FieldView>,
    problems: Vec<Problem>,
    problems_title: String,
}

/// GET /orders/find
pub async fn show(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    find_form(&app, &visitor, &form, false, Vec::new())
}

fn find_form(app: &App, visitor: &Visitor, form: &Form, sent: bool, problems: Vec<Problem>) -> Answer {
    let (locale, wrong) = (&visitor.locale, !problems.is_empty());
    let field = |what| FieldView::new(locale, what, form, &problems);
    let view = View {
        sent,
        mail: app.mail(),
        fields: vec![
            field(("number", "order-number-label", "text", "off")).hinted(locale, "order-number-hint"),
            field(("email", "email", "email", "email")),
        ],
        problems_title: problems_title(locale, &problems),
        problems,
    };
    let title = if sent { "forgot-sent-title" } else { "track-an-order" };
    let mut response = page::render(app, visitor, "shop/find_order.html", Head::titled(&*locale.t(title)), &view)?;
    if wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// POST /orders/find: a signed-in buyer's own order at once; any other by mail.
pub async fn find(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    match alike(looked_for(&app, &visitor, &form)).await {
        Ok(Some(own)) => Ok(redirect(&format!("/order/{own}"))),
        Ok(None) => find_form(&app, &visitor, &form, true, Vec::new()),
        Err(error) => {
            let problems = field_problems(&visitor.locale, error)?;
            find_form(&app, &visitor, &form, false, problems)
        }
    }
}

/// The order, when it is the visitor's own and they are signed in. Errors: a field that is empty.
async fn looked_for(app: &App, visitor: &Visitor, form: &Form) -> Result<Option<Id<Order>>> {
    let (number, email) = (form.text("number").to_owned(), form.text("email").to_owned());
    let (from_here, send, signed_in) =
        (format!("find_order:{}", visitor.network()), app.mail(), visitor.session.is_some());
    if number.is_empty() {
        return Err(Error::field("number", "required", "Write the number of the order."));
    }
    let asked = number.clone();
    let find = move |tx: &mut Tx| {
        parties::attempt(tx, &from_here, TRIES, WINDOW_SECONDS)?;
        orders::by_number(tx, &asked)
    };
    if let Some(order) = app.store.write(find).await?.filter(|_| signed_in) {
        let own = app.store.read_as(visitor.actor, move |db| Ok(orders::reach_own(db, order.id).is_ok())).await?;
        if own {
            return Ok(Some(order.id));
        }
    }
    if !email.contains('@') {
        return Err(Error::field("email", "email_format", "Write the e-mail address of the order."));
    }
    app.store.write(move |tx: &mut Tx| mail_link(tx, &number, &email, send)).await.map(|()| None)
}

fn mail_link(tx: &mut Tx, number: &str, email: &str, send: bool) -> Result<()> {
    let Some(order) = orders::by_number_and_email(tx, number, email)? else { return Ok(()) };
    if parties::attempt(tx, &format!("order_link:{}", order.id), LETTERS, HOUR_SECONDS).is_err() {
        return Ok(());
    }
    let (subject, language) = (order.id.raw(), order.language.as_str());
    let kind = notify::Kind::OrderLink;
    notify::tell_anew(tx, &Tell { kind, subject, recipient: &order.email, language, facts: "{}", send })
}
