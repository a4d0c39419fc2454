//! One webhook endpoint on both desks: what it is told, how the messages went, and what can be done about it.

use crate::developer::{KindView, SecretView, above, base_of, kinds, not_kept, state_of, ticked};
use crate::form::{FormView, unaccepted};
use crate::page::{ask, done, refused, show};
use crate::place::{Crumb, Desk, PAGE, cursor};
use crate::time::moment;
use axum::extract::{Path, State};
use base::{Id, Result};
use frame::failure::Answer;
use frame::parts::sure;
use frame::{App, Form, Visitor};
use hooks::{Change, Delivery, Endpoint, Standing};
use serde::Serialize;
use store::{Read, Tx};

#[derive(Serialize)]
struct View {
    path: String,
    url: String,
    state: &'static str,
    state_class: &'static str,
    active: bool,
    trouble: Option<&'static str>,
    failing: Option<String>,
    old_until: Option<String>,
    kinds: Vec<KindView>,
    deliveries: Vec<Row>,
    next: Option<String>,
    later: Option<String>,
    secret: Option<SecretView>,
    form: FormView,
}

#[derive(Serialize)]
struct Row {
    id: String,
    kind: String,
    at: String,
    iso: String,
    state: &'static str,
    state_class: &'static str,
    attempts: i64,
    status: String,
    answer: String,
    next: Option<String>,
    body: String,
}

/// What a page shows beside the endpoint itself.
#[derive(Default)]
struct Shown {
    form: Option<FormView>,
    secret: Option<SecretView>,
    before: Option<Id<Delivery>>,
}

async fn page(app: &App, visitor: &Visitor, desk: Desk, id: Id<Endpoint>, shown: Shown) -> Answer {
    let before = shown.before;
    let read = move |db: &mut Read| Ok((hooks::endpoint(db, id)?, hooks::deliveries(db, id, before, PAGE)?));
    let (endpoint, deliveries) = app.store.read_as(visitor.actor, read).await?;
    let (state, state_class) = state_of(endpoint.standing);
    let locale = &visitor.locale;
    let path = format!("{}/{id}", base_of(desk));
    let last = deliveries.last().filter(|_| deliveries.len() as i64 == PAGE);
    let view = View {
        next: last.map(|last| format!("{path}?after={}", last.id.raw())),
        later: before.map(|_| path.clone()),
        url: endpoint.url.clone(),
        state,
        state_class,
        active: endpoint.standing == Standing::Active,
        trouble: match endpoint.standing {
            Standing::Gone => Some("d-hook-gone-text"),
            Standing::Failing => Some("d-hook-failing-text"),
            Standing::Active | Standing::Paused => None,
        },
        failing: endpoint.failing_since.map(|at| moment(visitor, at)),
        old_until: endpoint.old_until.filter(|until| *until > visitor.now).map(|until| moment(visitor, until)),
        kinds: kinds(visitor, desk, &|name| endpoint.kinds.iter().any(|known| known == name)),
        deliveries: deliveries.iter().map(|one| row(visitor, one)).collect(),
        secret: shown.secret,
        form: shown.form.unwrap_or_else(|| FormView::of([("url", endpoint.url.clone())])),
        path,
    };
    let mut crumbs = above(visitor, desk);
    crumbs.push(Crumb::new(base_of(desk), &*locale.t("d-developer")));
    let title = locale.t("d-hook-title");
    show(app, visitor, desk, "desk/webhook.html", crumbs, &title, &view).await
}

fn row(visitor: &Visitor, one: &Delivery) -> Row {
    let (state, state_class) = match one.state {
        hooks::State::Waiting => ("d-hook-waiting", "warn"),
        hooks::State::Delivered => ("d-hook-delivered", "ok"),
        hooks::State::Failed => ("d-hook-failed", "bad"),
    };
    let waits = one.state == hooks::State::Waiting && one.attempts > 0;
    Row {
        id: one.id.to_string(),
        kind: one.kind.clone(),
        at: moment(visitor, one.created_at),
        iso: one.created_at.to_string(),
        state,
        state_class,
        attempts: one.attempts,
        status: if one.status > 0 { one.status.to_string() } else { "–".into() },
        answer: one.answer.chars().take(120).collect(),
        next: waits.then(|| moment(visitor, one.next_at)),
        body: one.body.clone(),
    }
}

async fn act(app: &App, visitor: &Visitor, desk: Desk, id: Id<Endpoint>, form: Form) -> Answer {
    let path = format!("{}/{id}", base_of(desk));
    let deed = form.text("deed");
    if deed == "rotate" {
        let secret = app.store.write_as(visitor.actor, move |tx| hooks::rotate(tx, id)).await?;
        let secret = Some(SecretView { title: visitor.locale.t("d-hook-rotated").to_string(), value: secret });
        return not_kept(page(app, visitor, desk, id, Shown { secret, ..Shown::default() }).await);
    }
    if deed == "remove" {
        if let Some(sure) = sure::ask(&visitor.locale, &form, "d-ask-remove-hook", &[], &path) {
            return ask(app, visitor, desk, sure).await;
        }
        app.store.write_as(visitor.actor, move |tx| hooks::remove(tx, id)).await?;
        return Ok(done(visitor, base_of(desk), "d-said-hook-removed"));
    }
    let (outcome, said) = match deed {
        "test" => (written(app, visitor, move |tx| hooks::test(tx, id).map(drop)).await, "d-said-hook-sent"),
        "again" => {
            let delivery = crate::place::id(form.text("id"))?;
            (written(app, visitor, move |tx| hooks::again(tx, delivery)).await, "d-said-hook-sent")
        }
        "on" | "off" => {
            let change = Change { active: Some(deed == "on"), ..Change::default() };
            (written(app, visitor, move |tx| hooks::change(tx, id, &change)).await, "d-said-saved")
        }
        _ => {
            let changed = async {
                let url = app.peers.public("url", form.text("url"))?.to_string();
                let change = Change { url: Some(url), kinds: Some(ticked(&form)), active: None };
                written(app, visitor, move |tx| hooks::change(tx, id, &change)).await
            };
            match changed.await {
                Ok(()) => return Ok(done(visitor, &path, "d-said-saved")),
                Err(error) => {
                    let form = Some(FormView::again(&visitor.locale, &form, error)?);
                    return unaccepted(page(app, visitor, desk, id, Shown { form, ..Shown::default() }).await);
                }
            }
        }
    };
    match outcome {
        Ok(()) => Ok(done(visitor, &path, said)),
        Err(error) => refused(visitor, &path, error),
    }
}

async fn written(
    app: &App,
    visitor: &Visitor,
    write: impl FnMut(&mut Tx) -> Result<()> + Send + 'static,
) -> Result<()> {
    app.store.write_as(visitor.actor, write).await
}

/// GET /seller/settings/api/{endpoint}
pub async fn seller(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    let shown = Shown { before: cursor(&form, "after"), ..Shown::default() };
    page(&app, &visitor, Desk::Seller, crate::place::id(&id)?, shown).await
}

/// POST /seller/settings/api/{endpoint}
pub async fn seller_act(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    act(&app, &visitor, Desk::Seller, crate::place::id(&id)?, form).await
}

/// GET /console/settings/api/{endpoint}
pub async fn console(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    let shown = Shown { before: cursor(&form, "after"), ..Shown::default() };
    page(&app, &visitor, Desk::Console, crate::place::id(&id)?, shown).await
}

/// POST /console/settings/api/{endpoint}
pub async fn console_act(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    act(&app, &visitor, Desk::Console, crate::place::id(&id)?, form).await
}
