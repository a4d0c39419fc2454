//! “API & webhooks” of both desks: an organisation's API keys and webhook endpoints. A secret is shown on the page that answers
//! its making, and nowhere else.

use crate::form::{FormView, unaccepted};
use crate::page::{ask, done, refused, show};
use crate::place::{Crumb, Desk, own};
use crate::words;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use base::{Error, Id, Permission, Result, Role};
use frame::failure::Answer;
use frame::parts::sure;
use frame::{App, Form, Visitor};
use hooks::{Endpoint, KINDS, NewEndpoint, Standing};
use parties::{KeyView, NewApiKey};
use serde::Serialize;
use store::{Read, Tx};

#[derive(Serialize)]
struct View {
    base: &'static str,
    keys: Vec<KeyRow>,
    roles: Vec<Choice>,
    endpoints: Vec<EndpointRow>,
    kinds: Vec<KindView>,
    secret: Option<SecretView>,
    form: FormView,
}

#[derive(Serialize)]
struct KeyRow {
    id: String,
    label: String,
    hint: String,
    role: String,
    made: String,
    revoked: Option<String>,
}

#[derive(Serialize)]
struct Choice {
    code: &'static str,
    name: String,
}

#[derive(Serialize)]
struct EndpointRow {
    id: String,
    url: String,
    events: String,
    state: &'static str,
    state_class: &'static str,
    failing: Option<String>,
}

/// One public event to choose.
#[derive(Serialize)]
pub(super) struct KindView {
    name: &'static str,
    says: String,
    on: bool,
}

/// A secret just made.
#[derive(Serialize)]
pub struct SecretView {
    pub title: String,
    pub value: String,
}

/// Where the page of a desk is.
pub(super) fn base_of(desk: Desk) -> &'static str {
    match desk {
        Desk::Seller => "/seller/settings/api",
        Desk::Console => "/console/settings/api",
    }
}

/// The step above every page of this kind.
pub(super) fn above(visitor: &Visitor, desk: Desk) -> Vec<Crumb> {
    let settings = match desk {
        Desk::Seller => "/seller/settings",
        Desk::Console => "/console/settings",
    };
    vec![Crumb::new(settings, &*visitor.locale.t("d-menu-settings"))]
}

/// The events that a desk's organisation can ask for.
pub(super) fn kinds(visitor: &Visitor, desk: Desk, chosen: &dyn Fn(&str) -> bool) -> Vec<KindView> {
    let offered = KINDS.iter().filter(|kind| desk == Desk::Console || kind.is_for_sellers());
    let says = |name: &str| visitor.locale.t(&format!("d-event-{}", name.replace(['.', '_'], "-"))).to_string();
    offered.map(|kind| KindView { name: kind.name, says: says(kind.name), on: chosen(kind.name) }).collect()
}

/// Its state in a word of the texts, and its colour.
pub(super) fn state_of(standing: Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::Active => ("d-hook-active", "ok"),
        Standing::Paused => ("d-hook-paused", "hollow"),
        Standing::Gone => ("d-hook-gone", "bad"),
        Standing::Failing => ("d-hook-failing", "bad"),
    }
}

/// A page with a secret is kept by nobody.
pub fn not_kept(answer: Answer) -> Answer {
    let mut response: Response = answer?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn roles(desk: Desk) -> &'static [Role] {
    match desk {
        Desk::Seller => &[Role::SellerOwner, Role::SellerStaff],
        Desk::Console => &[Role::Admin, Role::Operations, Role::Finance, Role::Service],
    }
}

async fn page(app: &App, visitor: &Visitor, desk: Desk, form: FormView, secret: Option<SecretView>) -> Answer {
    visitor.actor.may(Permission::DeveloperWrite)?;
    let own = own(visitor)?;
    let read = move |db: &mut Read| Ok((parties::api_keys(db, own)?, hooks::endpoints(db, own)?));
    let (keys, endpoints) = app.store.read_as(visitor.actor, read).await?;
    let locale = &visitor.locale;
    let chosen = |name: &str| form.values.contains_key(&format!("event-{name}"));
    let view = View {
        base: base_of(desk),
        keys: keys.iter().rev().map(|key| key_row(visitor, key)).collect(),
        roles: roles(desk)
            .iter()
            .map(|role| Choice { code: role.name(), name: words::role(locale, role.name()) })
            .collect(),
        endpoints: endpoints.iter().map(|one| endpoint_row(visitor, one)).collect(),
        kinds: kinds(visitor, desk, &chosen),
        secret,
        form,
    };
    let title = locale.t("d-developer");
    show(app, visitor, desk, "desk/developer.html", above(visitor, desk), &title, &view).await
}

fn key_row(visitor: &Visitor, key: &KeyView) -> KeyRow {
    let locale = &visitor.locale;
    KeyRow {
        id: key.id.to_string(),
        label: key.label.clone(),
        hint: key.hint.clone(),
        role: words::role(locale, key.role.name()),
        made: locale.date(key.created_at.date()),
        revoked: key.revoked_at.map(|at| locale.date(at.date())),
    }
}

fn endpoint_row(visitor: &Visitor, one: &Endpoint) -> EndpointRow {
    let (state, state_class) = state_of(one.standing);
    let locale = &visitor.locale;
    EndpointRow {
        id: one.id.to_string(),
        url: one.url.clone(),
        events: match one.kinds.len() {
            0 => locale.t("d-hook-all").to_string(),
            _ => one.kinds.join(", "),
        },
        state,
        state_class,
        failing: one.failing_since.map(|at| locale.date(at.date())),
    }
}

/// The events ticked in a form.
pub(super) fn ticked(form: &Form) -> Vec<String> {
    form.with_prefix("event-").map(|(name, _)| name.to_owned()).collect()
}

async fn act(app: &App, visitor: &Visitor, desk: Desk, form: Form) -> Answer {
    visitor.actor.may(Permission::DeveloperWrite)?;
    if form.text("deed") == "revoke" {
        if let Some(sure) = sure::ask(&visitor.locale, &form, "d-ask-revoke", &[], base_of(desk)) {
            return ask(app, visitor, desk, sure).await;
        }
        let key = crate::place::id(form.text("id"))?;
        let own = own(visitor)?;
        let write = move |tx: &mut Tx| {
            // The operator may revoke a seller's key elsewhere; here it is the own ones.
            if !parties::api_keys(tx, own)?.iter().any(|one| one.id == key) {
                return Err(Error::not_found("unknown_key", "There is no such key."));
            }
            parties::revoke_api_key(tx, key)
        };
        return match app.store.write_as(visitor.actor, write).await {
            Ok(()) => Ok(done(visitor, base_of(desk), "d-said-key-revoked")),
            Err(error) => refused(visitor, base_of(desk), error),
        };
    }
    let made = match form.text("deed") {
        "key" => new_key(app, visitor, desk, &form).await,
        _ => new_endpoint(app, visitor, &form).await,
    };
    match made {
        Ok(secret) => not_kept(page(app, visitor, desk, FormView::default(), Some(secret)).await),
        Err(error) => {
            let form = FormView::again(&visitor.locale, &form, error)?;
            unaccepted(page(app, visitor, desk, form, None).await)
        }
    }
}

async fn new_key(app: &App, visitor: &Visitor, desk: Desk, form: &Form) -> Result<SecretView> {
    let role = Role::named(form.text("role")).filter(|role| roles(desk).contains(role));
    let role = role.ok_or_else(|| Error::field("role", "format", "Choose a role."))?;
    let new = NewApiKey { organisation: own(visitor)?, role, label: form.text("label").to_owned() };
    let (_, value) = app.store.write_as(visitor.actor, move |tx| parties::create_api_key(tx, &new)).await?;
    Ok(SecretView { title: visitor.locale.t("d-key-made").to_string(), value })
}

async fn new_endpoint(app: &App, visitor: &Visitor, form: &Form) -> Result<SecretView> {
    let url = app.peers.public("url", form.text("url"))?.to_string();
    let new = NewEndpoint { organisation: own(visitor)?, url, kinds: ticked(form) };
    let made: (Id<Endpoint>, String) = app.store.write_as(visitor.actor, move |tx| hooks::create(tx, &new)).await?;
    Ok(SecretView { title: visitor.locale.t("d-hook-made").to_string(), value: made.1 })
}

/// GET /seller/settings/api
pub async fn seller(State(app): State<App>, visitor: Visitor) -> Answer {
    page(&app, &visitor, Desk::Seller, FormView::default(), None).await
}

/// POST /seller/settings/api
pub async fn seller_act(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    act(&app, &visitor, Desk::Seller, form).await
}

/// GET /console/settings/api
pub async fn console(State(app): State<App>, visitor: Visitor) -> Answer {
    page(&app, &visitor, Desk::Console, FormView::default(), None).await
}

/// POST /console/settings/api
pub async fn console_act(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    act(&app, &visitor, Desk::Console, form).await
}
