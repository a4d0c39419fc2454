//! Who did what, when: every event, newest first, by actor, kind and subject.

use crate::page::show;
use axum::extract::State;
use base::{Id, Result, Tag};
use desk::time::moment;
use desk::words;
use frame::{Answer, App, Form, Visitor};
use parties::{Organisation, Person};
use serde::Serialize;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use store::{EventRow, Read, Trail};

#[derive(Serialize)]
struct View {
    rows: Vec<RowView>,
    actors: Vec<Choice>,
    kinds: Vec<Choice>,
    actor: String,
    kind: String,
    subject: String,
    filtered: bool,
    next: Option<String>,
    later: Option<String>,
}

#[derive(Serialize)]
struct Choice {
    code: String,
    name: String,
}

#[derive(Serialize)]
struct RowView {
    at: String,
    iso: String,
    who: String,
    who_href: String,
    what: String,
    kind: String,
    about: String,
    about_href: String,
    open: Option<String>,
    details: Vec<(String, String)>,
}

const ROWS: i64 = 50;

/// Whom and what the rows name.
#[derive(Default)]
struct Names {
    people: BTreeMap<i64, String>,
    organisations: BTreeMap<i64, String>,
}

/// GET /console/trail
pub async fn page(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let own = desk::own(&visitor)?;
    let (text, before) = (form.text("subject").to_owned(), form.maybe::<i64>("before"));
    let asked = (form.given("actor").map(String::from), form.given("kind").map(String::from));
    let read = move |db: &mut Read| {
        let subject = if text.is_empty() { None } else { Some(subject_of(db, &text)?) };
        let trail = Trail { actor: asked.0.clone(), kind: asked.1.clone(), subject };
        let rows = store::trail(db, &trail, before, ROWS)?;
        let names = names(db, &rows)?;
        Ok((rows, names, parties::members(db, own)?))
    };
    let (rows, names, members) = app.store.read_as(visitor.actor, read).await?;
    let locale = &visitor.locale;
    let full = rows.len() as i64 >= ROWS;
    let mut actors: Vec<Choice> =
        ["system", "guest"].map(|code| Choice { code: code.into(), name: words::word(locale, "d-actor", code) }).into();
    actors.extend(
        members.iter().map(|one| Choice { code: format!("person:{}", one.person.raw()), name: one.name.clone() }),
    );
    let actor = form.text("actor").to_owned();
    if !actor.is_empty() && actors.iter().all(|known| known.code != actor) {
        actors.push(Choice { code: actor.clone(), name: who(&visitor, &actor, &names) });
    }
    let view = View {
        kinds: hooks::events()
            .map(|one| Choice { code: one.kind.into(), name: words::word(locale, "d-trail", one.kind) })
            .collect(),
        actors,
        actor,
        kind: form.text("kind").to_owned(),
        subject: form.text("subject").to_owned(),
        filtered: ["actor", "kind", "subject"].iter().any(|name| form.given(name).is_some()),
        next: rows.last().filter(|_| full).map(|last| {
            format!("/console/trail?{}", form.encode_but(&["before"], &[("before", &last.seq.to_string())]))
        }),
        later: before.map(|_| format!("/console/trail?{}", form.encode_but(&["before"], &[]))),
        rows: rows.iter().map(|row| row_view(&visitor, row, &names)).collect(),
    };
    let title = locale.t("d-menu-trail");
    show(&app, &visitor, "console/trail.html", &title, &view).await
}

/// What a person types to name a thing: an order's number, an id with its letters, or the bare number of one.
fn subject_of(db: &mut Read, text: &str) -> Result<i64> {
    if let Some(order) = orders::by_number(db, text)? {
        return Ok(order.id.raw());
    }
    let known = [
        raw::<orders::Order>(text),
        raw::<orders::Consignment>(text),
        raw::<Organisation>(text),
        raw::<Person>(text),
        raw::<catalog::Product>(text),
        raw::<terms::Agreement>(text),
        raw::<onboarding::Application>(text),
    ];
    // What is none of these has no events.
    Ok(known.into_iter().flatten().next().or_else(|| text.parse().ok()).unwrap_or(-1))
}

fn raw<T: Tag>(text: &str) -> Option<i64> {
    text.parse::<Id<T>>().ok().map(Id::raw)
}

fn person_of(actor: &str) -> Option<i64> {
    actor.strip_prefix("person:")?.parse().ok()
}

/// Whether an event's subject is a person, an organisation or an order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum About {
    Person,
    Organisation,
    Order,
    Other,
}

fn about(kind: &str) -> About {
    // What is paid for here are orders; `payments` does not know.
    if payments::EVENTS.iter().any(|one| one.kind == kind) {
        return About::Order;
    }
    let letters = hooks::events().find(|one| one.kind == kind).and_then(|one| one.about);
    match letters {
        Some(Person::PREFIX) => About::Person,
        Some(Organisation::PREFIX) => About::Organisation,
        Some(orders::Order::PREFIX) => About::Order,
        _ => About::Other,
    }
}

fn names(db: &mut Read, rows: &[EventRow]) -> Result<Names> {
    let mut names = Names::default();
    for row in rows {
        let subject = Some(row.subject).filter(|_| about(&row.kind) == About::Person);
        for person in person_of(&row.actor).into_iter().chain(subject) {
            if let Entry::Vacant(name) = names.people.entry(person) {
                let known = parties::person(db, Id::from_raw(person)).map(|person| person.name);
                name.insert(known.unwrap_or_default());
            }
        }
        if about(&row.kind) == About::Organisation
            && let Entry::Vacant(name) = names.organisations.entry(row.subject)
        {
            let known = parties::organisation(db, Id::from_raw(row.subject)).map(|organisation| organisation.name);
            name.insert(known.unwrap_or_default());
        }
    }
    Ok(names)
}

fn who(visitor: &Visitor, actor: &str, names: &Names) -> String {
    match person_of(actor).and_then(|person| names.people.get(&person)).filter(|name| !name.is_empty()) {
        Some(name) => name.clone(),
        None => words::word(&visitor.locale, "d-actor", actor),
    }
}

fn row_view(visitor: &Visitor, row: &EventRow, names: &Names) -> RowView {
    let link = |name: &str, value: &str| {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish();
        format!("/console/trail?{query}")
    };
    let named = match about(&row.kind) {
        About::Person => names.people.get(&row.subject).cloned(),
        About::Organisation => names.organisations.get(&row.subject).cloned(),
        About::Order => Some(Id::<orders::Order>::from_raw(row.subject).to_string()),
        About::Other => None,
    };
    let open = match about(&row.kind) {
        About::Order => Some(format!("/console/orders/{}", Id::<orders::Order>::from_raw(row.subject))),
        _ => None,
    };
    RowView {
        at: moment(visitor, row.at),
        iso: row.at.to_string(),
        who: who(visitor, &row.actor, names),
        who_href: link("actor", &row.actor),
        what: words::word(&visitor.locale, "d-trail", &row.kind),
        kind: row.kind.clone(),
        about: match named.filter(|name| !name.is_empty()) {
            Some(name) => name,
            None if row.subject == 0 => String::new(),
            None => row.subject.to_string(),
        },
        about_href: link("subject", &row.subject.to_string()),
        open,
        details: details(row),
    }
}

/// The fields of the body that are words or numbers, as they were stored.
fn details(row: &EventRow) -> Vec<(String, String)> {
    let body: serde_json::Value = serde_json::from_str(&row.body).unwrap_or_default();
    let Some(fields) = body.as_object() else { return Vec::new() };
    let shown = fields.iter().filter_map(|(name, value)| match value {
        serde_json::Value::String(text) if !text.is_empty() => Some((name.clone(), text.clone())),
        serde_json::Value::Number(_) | serde_json::Value::Bool(_) => Some((name.clone(), value.to_string())),
        _ => None,
    });
    shown.take(6).collect()
}
