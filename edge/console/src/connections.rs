//! Whom the shop works with outside: who takes its money, carries its parcels, sends its mail; one page each to set it up and try it.

use crate::page::under;
use axum::extract::{Path, State};
use base::{Error, Result};
use desk::Crumb;
use desk::form::{Choice, FormView, unaccepted};
use desk::time::moment;
use frame::connection_deed;
use frame::connections::{Field, Kind};
use frame::{Answer, App, Form, Locale, Visitor};
use parties::{Connection, Words};
use serde::Serialize;

const LIST: &str = "/console/settings/connections";

#[derive(Serialize)]
struct View {
    rows: Vec<StateView>,
}

/// How a connection stands.
#[derive(Serialize)]
pub struct StateView {
    code: &'static str,
    name: String,
    text: String,
    /// `given`, `on`, `ended` or `none`.
    state: &'static str,
    says: String,
    tried: Option<TriedView>,
}

/// What came of the last test.
#[derive(Serialize)]
struct TriedView {
    ok: bool,
    says: String,
    why: String,
}

#[derive(Serialize)]
struct OneView {
    here: String,
    kind: StateView,
    form: FormView,
    fields: Vec<FieldView>,
    /// Where the other side sends its news to.
    webhook: Option<String>,
    webhook_text: String,
}

#[derive(Serialize)]
struct FieldView {
    name: &'static str,
    label: String,
    hint: String,
    secret: bool,
    required: bool,
    choices: Vec<Choice>,
}

/// How each of them stands, for those who watch.
pub fn states(app: &App, visitor: &Visitor, all: &[Connection]) -> Vec<StateView> {
    Kind::ALL.into_iter().map(|kind| state(app, visitor, kind, newest(kind, all))).collect()
}

fn newest(kind: Kind, all: &[Connection]) -> Option<&Connection> {
    all.iter().find(|one| one.kind == kind.name())
}

fn state(app: &App, visitor: &Visitor, kind: Kind, known: Option<&Connection>) -> StateView {
    let (locale, code) = (&visitor.locale, kind.name());
    let given = app.connections.is_given(kind);
    let state = match known {
        _ if given => "given",
        Some(one) if one.active => "on",
        Some(_) => "ended",
        None => "none",
    };
    let says = match state {
        "given" | "on" => locale.t(&format!("c-connection-{state}")),
        state => locale.t(&format!("c-connection-{code}-{state}")),
    };
    let tried = known.filter(|one| one.active && !given).and_then(|one| one.tried.as_ref()).map(|tried| {
        let key = if tried.fault.is_empty() { "c-connection-well" } else { "c-connection-unwell" };
        let words = || desk::form::words(locale, &tried.fault, &tried.says);
        TriedView {
            ok: tried.fault.is_empty(),
            says: locale.fill(key, &[("at", moment(visitor, tried.at).into())]),
            why: if tried.fault.is_empty() { String::new() } else { words() },
        }
    });
    let word = |part: &str| locale.t(&format!("c-connection-{code}{part}")).to_string();
    StateView { code, name: word(""), text: word("-text"), state, says: says.to_string(), tried }
}

/// GET /console/settings/connections
pub async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let all = app.store.read_as(visitor.actor, parties::connections).await?;
    let view = View { rows: states(&app, &visitor, &all) };
    let title = visitor.locale.t("c-connections");
    under(&app, &visitor, "console/connections.html", vec![settings(&visitor)], &title, &view).await
}

fn settings(visitor: &Visitor) -> Crumb {
    Crumb::new("/console/settings", visitor.locale.t("d-menu-settings").to_string())
}

/// GET /console/settings/connections/{kind}
pub async fn one(State(app): State<App>, visitor: Visitor, Path(kind): Path<String>) -> Answer {
    shown(&app, &visitor, Kind::named(&kind)?, None).await
}

async fn shown(app: &App, visitor: &Visitor, kind: Kind, sent: Option<FormView>) -> Answer {
    let all = app.store.read_as(visitor.actor, parties::connections).await?;
    let (locale, known) = (&visitor.locale, newest(kind, &all));
    let form = sent.unwrap_or_else(|| FormView {
        values: known.map(|one| one.settings.clone()).unwrap_or_default(),
        ..FormView::default()
    });
    let base = app.config.base_url.trim_end_matches('/');
    let webhook = kind.webhook(known.map_or(kind.first_name(), |one| &one.name));
    let view = OneView {
        here: format!("{LIST}/{}", kind.name()),
        kind: state(app, visitor, kind, known),
        form,
        fields: kind.fields().iter().map(|field| field_view(locale, kind, field, known)).collect(),
        webhook_text: match &webhook {
            Some(_) => locale.t(&format!("c-connection-{}-webhook", kind.name())).to_string(),
            None => String::new(),
        },
        webhook: webhook.map(|path| format!("{base}{path}")),
    };
    let above = vec![settings(visitor), Crumb::new(LIST, locale.t("c-connections").to_string())];
    let title = view.kind.name.clone();
    under(app, visitor, "console/connection.html", above, &title, &view).await
}

fn field_view(locale: &Locale, kind: Kind, field: &Field, known: Option<&Connection>) -> FieldView {
    let word = |part: &str| format!("c-connection-{}-{}{part}", kind.name(), field.name.replace('_', "-"));
    let kept = known.and_then(|one| one.hints.get(field.name)).filter(|_| field.is_secret);
    let hint = locale.t(&word("-text")).to_string();
    let hint = match kept.map(String::as_str) {
        Some("") => format!("{} {hint}", locale.t("c-connection-kept")),
        Some(end) => format!("{} {hint}", locale.fill("c-connection-kept-end", &[("end", end.into())])),
        None => hint,
    };
    let choice = |one: &&str| Choice { code: (*one).to_owned(), name: locale.t(&word(&format!("-{one}"))).to_string() };
    FieldView {
        name: field.name,
        label: locale.t(&word("")).to_string(),
        hint,
        secret: field.is_secret,
        required: !field.is_optional && kept.is_none(),
        choices: field.choices.iter().map(choice).collect(),
    }
}

/// POST /console/settings/connections/{kind}: sets it up, tries it or ends it.
pub async fn act(State(app): State<App>, visitor: Visitor, Path(kind): Path<String>, form: Form) -> Answer {
    let kind = Kind::named(&kind)?;
    let here = format!("{LIST}/{}", kind.name());
    match done(&app, &visitor, kind, &form).await {
        Ok(said) => Ok(desk::done(&visitor, &here, said)),
        Err(error) => {
            let mut again = FormView::again(&visitor.locale, &form, error)?;
            // A secret goes in one direction.
            kind.fields()
                .iter()
                .filter(|field| field.is_secret)
                .for_each(|field| drop(again.values.remove(field.name)));
            unaccepted(shown(&app, &visitor, kind, Some(again)).await)
        }
    }
}

async fn done(app: &App, visitor: &Visitor, kind: Kind, form: &Form) -> Result<&'static str> {
    match form.text("do") {
        "save" => {
            let typed = kind.fields().iter().map(|field| (field.name.to_owned(), form.text(field.name).to_owned()));
            connection_deed::save(app, visitor.actor, kind, &typed.collect::<Words>()).await?;
            Ok("d-said-saved")
        }
        "test" => Ok(match connection_deed::test(app, visitor.actor, kind).await? {
            None => "c-said-connection-well",
            Some(_) => "c-said-connection-unwell",
        }),
        "end" => {
            connection_deed::end(app, visitor.actor, kind).await?;
            Ok("c-said-connection-ended")
        }
        _ => Err(Error::field("do", "unknown_choice", "Choose what to do.")),
    }
}
