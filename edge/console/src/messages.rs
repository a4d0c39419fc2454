//! Messages to people: the delivery log, and one message as its reader sees it.

use crate::page::{show, under};
use desk::developer::{SecretView, not_kept};
use desk::people::link_view;
use desk::time::moment;
use desk::words::{Badge, word};
use desk::{Crumb, PAGE};

use axum::extract::{Path, State as Shared};
use base::{Error, Id, Permission, Result};
use frame::{Answer, App, Form, Visitor};
use notify::{Message, State};
use serde::Serialize;
use store::{Read, Tx};

#[derive(Serialize)]
struct View {
    tabs: Vec<Tab>,
    rows: Vec<RowView>,
    next: Option<String>,
    later: Option<String>,
    query: String,
    /// There is a mail server.
    on: bool,
}

#[derive(Serialize)]
struct Tab {
    href: String,
    name: String,
    count: Option<i64>,
    current: bool,
}

#[derive(Serialize)]
struct RowView {
    id: String,
    kind: String,
    recipient: String,
    state: Badge,
    at: String,
    ended: String,
    attempts: i64,
    error: String,
    language: String,
}

fn row(visitor: &Visitor, message: &Message) -> RowView {
    let locale = &visitor.locale;
    let tone = match message.state {
        State::Queued => "now",
        State::Sent => "ok",
        State::Failed => "bad",
        State::Skipped => "hollow",
    };
    let text = match message.state {
        State::Skipped => locale.t("c-mail-skipped-text").to_string(),
        state => word(locale, "c-mail", state.name()),
    };
    RowView {
        id: message.id.to_string(),
        kind: word(locale, "c-message", message.kind.name()),
        recipient: message.recipient.clone(),
        state: Badge { tone, text },
        at: moment(visitor, message.at),
        ended: message.ended_at.map(|at| moment(visitor, at)).unwrap_or_default(),
        attempts: message.attempts,
        error: message.error.clone(),
        language: message.language.clone(),
    }
}

/// GET /console/messages
pub async fn page(Shared(app): Shared<App>, visitor: Visitor, form: Form) -> Answer {
    let (word, query) = (form.text("state").to_owned(), form.text("q").to_owned());
    let state = State::named(&word);
    let after = desk::cursor::<Message>(&form, "after");
    let asked = query.clone();
    let read = move |db: &mut Read| match asked.as_str() {
        "" => notify::log(db, state, after, PAGE),
        number => of_order(db, number),
    };
    let found = app.store.read_as(visitor.actor, read).await?;
    let full = query.is_empty() && found.len() as i64 >= PAGE;
    let next = found.last().filter(|_| full).map(|last| {
        let after = last.id.raw().to_string();
        format!("/console/messages?{}", form.encode_but(&["after"], &[("after", &after)]))
    });
    let view = View {
        tabs: tabs(&visitor, state),
        rows: found.iter().map(|message| row(&visitor, message)).collect(),
        next,
        later: after.map(|_| format!("/console/messages?{}", form.encode_but(&["after"], &[]))),
        query,
        on: app.mail(),
    };
    let title = visitor.locale.t("d-menu-messages");
    show(&app, &visitor, "console/messages.html", &title, &view).await
}

fn tabs(visitor: &Visitor, chosen: Option<State>) -> Vec<Tab> {
    let all = [None].into_iter().chain(State::ALL.iter().copied().map(Some));
    let tab = |state: Option<State>| {
        let name = state.map_or("all", State::name);
        let href =
            state.map_or("/console/messages".into(), |state| format!("/console/messages?state={}", state.name()));
        Tab { href, name: word(&visitor.locale, "c-mail", name), count: None, current: state == chosen }
    };
    all.map(tab).collect()
}

/// Every message about an order, its parcels and its refunds, newest first.
fn of_order(db: &mut Read, number: &str) -> Result<Vec<Message>> {
    let Some(order) = orders::by_number(db, number)? else { return Ok(Vec::new()) };
    let mut subjects = vec![order.id.raw()];
    subjects.extend(orders::shippers(db, order.id)?.iter().map(|(consignment, _)| consignment.raw()));
    subjects.extend(payments::refunds(db, order.id.raw())?.iter().map(|refund| refund.id.raw()));
    let mut found = notify::about(db, &subjects)?;
    found.reverse();
    Ok(found)
}

#[derive(Serialize)]
struct OneView {
    message: RowView,
    subject: String,
    html: String,
    text: String,
    may_send: bool,
    /// An admin may hand its link over: there is no mail server.
    may_hand_over: bool,
    link: Option<SecretView>,
}

/// GET /console/messages/{message}
pub async fn one(Shared(app): Shared<App>, visitor: Visitor, Path(message): Path<String>) -> Answer {
    shown(&app, &visitor, desk::id(&message)?, None).await
}

async fn shown(app: &App, visitor: &Visitor, id: Id<Message>, link: Option<SecretView>) -> Answer {
    let written = app.clone();
    let read = move |db: &mut Read| {
        let message = notify::message(db, id)?;
        let path = letters::plain_link(db, &message)?;
        let letter = letters::letter(&written, db, &message, &path)?;
        Ok((message, letter))
    };
    let (message, letter) = app.store.read_as(visitor.actor, read).await?;
    let view = OneView {
        message: row(visitor, &message),
        subject: letter.subject,
        html: letter.html,
        text: letter.text,
        may_send: app.mail() && message.state != State::Queued && visitor.may(Permission::OrdersWrite),
        may_hand_over: !app.mail()
            && message.kind == notify::Kind::Registration
            && visitor.may(Permission::SettingsWrite),
        link,
    };
    let above = vec![Crumb::new("/console/messages", &*visitor.locale.t("d-menu-messages"))];
    let title = view.message.kind.clone();
    under(app, visitor, "console/message.html", above, &title, &view).await
}

/// POST /console/messages/{message}: sends it once more; or makes the link of a wish for an account, where no mail is sent.
pub async fn again(Shared(app): Shared<App>, visitor: Visitor, Path(message): Path<String>, form: Form) -> Answer {
    let id: Id<Message> = desk::id(&message)?;
    let (send, to) = (app.mail(), format!("/console/messages/{id}"));
    if form.text("deed") == "hand_over" {
        return match app.store.write_as(visitor.actor, move |tx: &mut Tx| hand_over(tx, id, send)).await {
            Ok(path) => not_kept(shown(&app, &visitor, id, Some(link_view(&app, &visitor, &path))).await),
            Err(error) => desk::refused(&visitor, &to, error),
        };
    }
    match app.store.write_as(visitor.actor, move |tx: &mut Tx| notify::again(tx, id, send)).await {
        Ok(true) => Ok(desk::done(&visitor, &to, "c-said-message-queued")),
        Ok(false) => Ok(desk::done(&visitor, &to, "c-said-message-waits")),
        Err(error) => desk::refused(&visitor, &to, error),
    }
}

fn hand_over(tx: &mut Tx, id: Id<Message>, mail: bool) -> Result<String> {
    let message = notify::message(tx, id)?;
    if mail || message.kind != notify::Kind::Registration {
        return Err(Error::conflict("sent_by_mail", "The link of this message goes by mail, to its recipient alone."));
    }
    letters::handed_over(tx, &message)
}
