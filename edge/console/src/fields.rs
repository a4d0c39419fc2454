//! What buyers are asked besides goods and address: the shop's fields, and one of them.

use crate::page::under;
use axum::extract::{Path, State};
use base::{Error, Permission, Result};
use desk::Crumb;
use desk::form::{Choice, FormView, unaccepted};
use frame::parts::asks::label;
use frame::{Answer, App, Form, Locale, Visitor};
use orders::{Field, FieldKind, PRESETS, Preset, Scope};
use serde::Serialize;
use store::Tx;

const LIST: &str = "/console/settings/fields";

#[derive(Serialize)]
struct View {
    rows: Vec<RowView>,
    presets: Vec<Choice>,
    can_write: bool,
}

#[derive(Serialize)]
struct RowView {
    key: String,
    label: String,
    scope: String,
    kind: String,
    seen_by: String,
    required: bool,
    asked: bool,
}

/// GET /console/settings/fields
pub async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let all = app.store.read_as(visitor.actor, orders::fields).await?;
    let locale = &visitor.locale;
    let free = |preset: &&Preset| all.iter().all(|field| field.key != preset.key);
    let preset = |one: &Preset| Choice { code: one.key.into(), name: label(locale, &one.field()) };
    let view = View {
        presets: PRESETS.iter().filter(free).map(preset).collect(),
        rows: all.iter().map(|field| row(locale, field)).collect(),
        can_write: visitor.may(Permission::SettingsWrite),
    };
    let above = vec![Crumb::new("/console/settings", locale.t("d-menu-settings").to_string())];
    under(&app, &visitor, "console/fields.html", above, &locale.t("c-fields"), &view).await
}

fn row(locale: &Locale, field: &Field) -> RowView {
    let seen: Vec<String> = [(field.to_seller, "c-field-to-seller"), (field.printed, "c-field-printed")]
        .into_iter()
        .filter(|(on, _)| *on)
        .map(|(_, key)| locale.t(key).to_string())
        .collect();
    RowView {
        key: field.key.clone(),
        label: label(locale, field),
        scope: scope(locale, field.scope),
        kind: kind(locale, field.kind),
        seen_by: locale.list(&seen),
        required: field.required,
        asked: field.asked,
    }
}

fn scope(locale: &Locale, scope: Scope) -> String {
    locale.t(&format!("c-field-scope-{}", scope.name())).to_string()
}

fn kind(locale: &Locale, kind: FieldKind) -> String {
    locale.t(&format!("c-field-kind-{}", kind.name())).to_string()
}

#[derive(Serialize)]
struct OneView {
    here: String,
    form: FormView,
    /// Its key and what cannot be changed any more, of one that is there.
    known: Option<RowView>,
    /// The platform has words for it.
    named: bool,
    labels: Vec<(String, String)>,
    scopes: Vec<Choice>,
    kinds: Vec<Choice>,
    can_write: bool,
}

/// GET /console/settings/fields/{key}: one that is there, one that shops often have, or `new`.
pub async fn one(State(app): State<App>, visitor: Visitor, Path(key): Path<String>) -> Answer {
    let field = found(&app, &visitor, &key).await?;
    let begin = field.clone().unwrap_or_else(|| fresh(&key));
    let form = values(&app, &begin);
    shown(&app, &visitor, &key, field, form).await
}

async fn found(app: &App, visitor: &Visitor, key: &str) -> Result<Option<Field>> {
    let wanted = key.to_owned();
    let known = app.store.read_as(visitor.actor, move |db| orders::field(db, &wanted)).await?;
    if known.is_none() && key != "new" && PRESETS.iter().all(|preset| preset.key != key) {
        return Err(Error::not_found("field_unknown", "There is no such field."));
    }
    Ok(known)
}

/// What a field of this key begins with.
fn fresh(key: &str) -> Field {
    PRESETS.iter().find(|preset| preset.key == key).map_or_else(|| Field::new(""), Preset::field)
}

fn values(app: &App, field: &Field) -> FormView {
    let tick = |on: bool| if on { "1".to_owned() } else { String::new() };
    let mut form = FormView::of([
        ("key", field.key.clone()),
        ("scope", field.scope.name().to_owned()),
        ("kind", field.kind.name().to_owned()),
        ("choices", field.choices.join("\n")),
        ("most", field.most.to_string()),
        ("position", field.position.to_string()),
        ("required", tick(field.required)),
        ("asked", tick(field.asked)),
        ("to_seller", tick(field.to_seller)),
        ("printed", tick(field.printed)),
    ]);
    for language in app.languages.all() {
        let label = field.labels.get(language.tag).cloned().unwrap_or_default();
        form.values.insert(label_field(language.tag), label);
    }
    form
}

fn label_field(tag: &str) -> String {
    format!("label_{tag}")
}

async fn shown(app: &App, visitor: &Visitor, key: &str, known: Option<Field>, form: FormView) -> Answer {
    let locale = &visitor.locale;
    let named = PRESETS.iter().find(|preset| preset.key == key);
    let title = match (&known, named) {
        (Some(field), _) => label(locale, field),
        (None, Some(preset)) => label(locale, &preset.field()),
        (None, None) => locale.t("c-field-new").to_string(),
    };
    let choice = |code: &str, name: String| Choice { code: code.to_owned(), name };
    let view = OneView {
        here: format!("{LIST}/{key}"),
        form,
        known: known.as_ref().map(|field| row(locale, field)),
        named: named.is_some(),
        labels: app
            .languages
            .all()
            .iter()
            .map(|one| (label_field(one.tag), one.t("language-name").to_string()))
            .collect(),
        scopes: Scope::ALL.iter().map(|one| choice(one.name(), scope(locale, *one))).collect(),
        kinds: FieldKind::ALL.iter().map(|one| choice(one.name(), kind(locale, *one))).collect(),
        can_write: visitor.may(Permission::SettingsWrite),
    };
    let above = vec![
        Crumb::new("/console/settings", locale.t("d-menu-settings").to_string()),
        Crumb::new(LIST, locale.t("c-fields").to_string()),
    ];
    under(app, visitor, "console/field.html", above, &title, &view).await
}

/// POST /console/settings/fields/{key}
pub async fn save(State(app): State<App>, visitor: Visitor, Path(key): Path<String>, form: Form) -> Answer {
    let known = found(&app, &visitor, &key).await?;
    let outcome = async {
        let field = wished(&app, &form, known.clone().unwrap_or_else(|| fresh(&key)), known.is_some())?;
        let is_new = known.is_none();
        let write = move |tx: &mut Tx| {
            if is_new && orders::field(tx, &field.key)?.is_some() {
                return Err(Error::field("key", "field_taken", "There is such a field already; change that one."));
            }
            orders::put_field(tx, &field)
        };
        app.store.write_as(visitor.actor, write).await.map_err(at_label)
    };
    match outcome.await {
        Ok(()) => Ok(desk::done(&visitor, LIST, "d-said-saved")),
        Err(error) => {
            let again = FormView::again(&visitor.locale, &form, error)?;
            unaccepted(shown(&app, &visitor, &key, known, again).await)
        }
    }
}

/// The field as the form wishes it; of one that is there, what is fixed stays.
fn wished(app: &App, form: &Form, was: Field, is_known: bool) -> Result<Field> {
    let unknown = |name: &str| Error::field(name, "unknown_choice", "Choose one of the list.");
    let (scope, kind, key) = match is_known {
        true => (was.scope, was.kind, was.key),
        false => (
            Scope::named(form.text("scope")).ok_or_else(|| unknown("scope"))?,
            FieldKind::named(form.text("kind")).ok_or_else(|| unknown("kind"))?,
            if was.key.is_empty() { form.text("key").to_owned() } else { was.key },
        ),
    };
    let label = |tag: &str| Some((tag.to_owned(), form.given(&label_field(tag))?.to_owned()));
    let lines = form.text("choices").lines().map(str::trim).filter(|line| !line.is_empty());
    let number = |name: &str, usual: i64| form.given(name).map_or(Ok(usual), |_| form.read(name));
    Ok(Field {
        scope,
        kind,
        key,
        labels: app.languages.all().iter().filter_map(|one| label(one.tag)).collect(),
        choices: if kind == FieldKind::Choice { lines.map(str::to_owned).collect() } else { Vec::new() },
        most: number("most", was.most)?,
        position: number("position", was.position)?,
        required: form.ticked("required"),
        asked: form.ticked("asked"),
        to_seller: form.ticked("to_seller"),
        printed: form.ticked("printed"),
    })
}

/// What is wrong with the labels stands beside the first of them.
fn at_label(mut error: Error) -> Error {
    error.fields.iter_mut().filter(|field| field.name == "labels").for_each(|field| field.name = label_field("en"));
    error
}
