//! What a new shop still needs before it opens, on the console's first page; the deed that opens it, and the one that closes it for
//! now.

use axum::extract::State;
use base::{Permission, Result};
use checkout::{Connected, Need, Opening};
use frame::{Answer, App, Form, Visitor};
use serde::Serialize;
use store::Tx;

/// The list, while the shop is not open.
#[derive(Serialize)]
pub struct ListView {
    needed: Vec<ItemView>,
    wise: Vec<ItemView>,
    done: usize,
    all: usize,
    /// Nothing that is needed is missing.
    ready: bool,
    /// This person may open it.
    may_open: bool,
}

/// One thing to do.
#[derive(Serialize)]
struct ItemView {
    name: String,
    /// Why it matters, in a sentence.
    why: String,
    /// How it stands, where there is more to say than done or not.
    state: String,
    done: bool,
    href: String,
    link: String,
}

/// Where each thing is done.
fn place(need: Need, opening: &Opening) -> String {
    match need {
        Need::Payments | Need::Shipping | Need::Mail => "/console/health".into(),
        Need::Imprint | Need::Contact => "/console/settings#legal".into(),
        Need::Rates => "/console/rates".into(),
        Need::TestOrder => match &opening.tests.unended {
            Some((order, _)) => format!("/console/orders/{order}"),
            None => "/".into(),
        },
    }
}

/// The list as a visitor sees it; none when the shop is open.
pub fn list(app: &App, visitor: &Visitor, opening: &Opening) -> Option<ListView> {
    if opening.is_open {
        return None;
    }
    let needed: Vec<ItemView> = Need::ALL.iter().map(|need| needed(visitor, opening, *need)).collect();
    Some(ListView {
        done: needed.iter().filter(|item| item.done).count(),
        all: needed.len(),
        ready: opening.missing.is_empty(),
        may_open: visitor.may(Permission::SettingsWrite),
        wise: wise(app, visitor),
        needed,
    })
}

fn needed(visitor: &Visitor, opening: &Opening, need: Need) -> ItemView {
    let locale = &visitor.locale;
    let state = match need {
        Need::Rates if !opening.old_rates.is_empty() => {
            let codes: Vec<String> = opening.old_rates.iter().map(ToString::to_string).collect();
            locale.fill("c-live-old-rates", &[("currencies", locale.list(&codes).into())])
        }
        Need::TestOrder => opening.tests.unended.as_ref().map_or(String::new(), |(_, number)| {
            locale.fill("c-live-test-open", &[("number", number.as_str().into())])
        }),
        _ => String::new(),
    };
    let done = !opening.missing.contains(&need);
    item(visitor, need.name(), done, (place(need, opening), state))
}

/// What a shop can open without and is better off with.
fn wise(app: &App, visitor: &Visitor) -> Vec<ItemView> {
    let there = |href: &str| (href.to_owned(), String::new());
    vec![
        item(visitor, "goods", !app.shelf.is_empty(), there("/console/products/new")),
        item(visitor, "address", app.config.is_secure(), there("/console/settings")),
    ]
}

fn item(visitor: &Visitor, name: &str, done: bool, (href, state): (String, String)) -> ItemView {
    let key = name.replace('_', "-");
    let text = |what: &str| visitor.locale.t(&format!("c-live-{key}{what}")).to_string();
    ItemView { name: text(""), why: text("-why"), link: text("-link"), state, done, href }
}

/// What a shop that is open has come to lack, for Health: a sentence each.
pub fn lacks(visitor: &Visitor, opening: &Opening) -> Vec<String> {
    if !opening.is_open {
        return Vec::new();
    }
    let say = |need: &Need| visitor.locale.t(&format!("c-lacks-{}", need.name().replace('_', "-"))).to_string();
    opening.missing.iter().map(say).collect()
}

/// POST /console/opening: opens the shop, or closes it for now.
pub async fn act(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let (connected, opens) = (app.connected(), form.text("do") == "open");
    let deed = move |tx: &mut Tx| set(tx, &connected, opens);
    match app.store.write_as(visitor.actor, deed).await {
        Ok(()) => Ok(desk::done(&visitor, "/console", if opens { "c-said-opened" } else { "c-said-closed" })),
        Err(error) => desk::refused(&visitor, "/console", error),
    }
}

fn set(tx: &mut Tx, connected: &Connected, opens: bool) -> Result<()> {
    if opens { checkout::open(tx, connected) } else { checkout::close(tx) }
}
