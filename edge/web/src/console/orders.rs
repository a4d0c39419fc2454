//! Every order: filtered by one of its states, or found by number, tracking number or the buyer's e-mail.

use super::show;
use crate::desk::time::moment;
use crate::desk::titles::retitle;
use crate::desk::words::{self, Badge};
use crate::desk::{self, PAGE};
use crate::{Answer, App, Form, Visitor, redirect};
use axum::extract::State;
use base::{Id, Result};
use orders::{Counts, Customs, Dispute, Filter, Fulfilment, Order, Payment, Settlement, Summary};
use serde::Serialize;
use store::Read;

#[derive(Serialize)]
struct View {
    tabs: Vec<Tab>,
    groups: Vec<Group>,
    rows: Vec<RowView>,
    next: Option<String>,
    later: Option<String>,
    query: String,
    filter: String,
}

#[derive(Serialize)]
struct Tab {
    href: String,
    name: String,
    count: Option<i64>,
    current: bool,
}

/// One of the five states, as a menu of its values.
#[derive(Serialize)]
struct Group {
    name: String,
    current: bool,
    choices: Vec<Choice>,
}

#[derive(Serialize)]
struct Choice {
    href: String,
    name: String,
    current: bool,
}

/// An order in a list of the console.
#[derive(Serialize)]
pub(super) struct RowView {
    id: String,
    number: String,
    item: String,
    image: String,
    more: i64,
    placed: String,
    buyer: String,
    email: String,
    destination: String,
    total: String,
    payment: Badge,
    fulfilment: Badge,
    customs: Option<Badge>,
    dispute: Option<Badge>,
    settlement: Badge,
}

/// A filter as it stands in the address: `payment.failed`.
fn filter_of(word: &str) -> Filter {
    let (kind, name) = word.split_once('.').unwrap_or(("", ""));
    let found = match kind {
        "payment" => Payment::named(name).map(Filter::Payment),
        "fulfilment" => Fulfilment::named(name).map(Filter::Fulfilment),
        "customs" => Customs::named(name).filter(|state| *state != Customs::None).map(Filter::Customs),
        "dispute" => Dispute::named(name).filter(|state| *state != Dispute::None).map(Filter::Dispute),
        "settlement" => Settlement::named(name).map(Filter::Settlement),
        _ => None,
    };
    found.unwrap_or(Filter::All)
}

/// GET /console/orders
pub async fn page(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let query = form.text("q").to_owned();
    if !query.is_empty() {
        return search(&app, &visitor, query).await;
    }
    let word = form.text("state").to_owned();
    let (filter, after) = (filter_of(&word), desk::cursor::<Order>(&form, "after"));
    let tag = visitor.locale.tag;
    let read = move |db: &mut Read| {
        let page = orders::list(db, filter, after, PAGE)?;
        Ok((page.next, retitle(db, tag, page.rows)?, orders::counts(db)?))
    };
    let (next, rows, counts) = app.store.read_as(visitor.actor, read).await?;
    let view = View {
        tabs: tabs(&visitor, &word, &counts),
        groups: groups(&visitor, &word),
        rows: rows.iter().map(|row| row_view(&visitor, row)).collect(),
        next: next.map(|id| format!("/console/orders?state={word}&after={}", id.raw())),
        later: after.map(|_| format!("/console/orders?state={word}")),
        query,
        filter: word,
    };
    let title = visitor.locale.t("d-menu-orders");
    show(&app, &visitor, "console/orders.html", &title, &view).await
}

/// One hit opens the order; a buyer's e-mail lists the orders of that account.
async fn search(app: &App, visitor: &Visitor, query: String) -> Answer {
    let (asked, tag) = (query.clone(), visitor.locale.tag);
    let read = move |db: &mut Read| {
        let rows = by_email(db, &asked)?;
        Ok((look_up(db, &asked)?, retitle(db, tag, rows)?, orders::counts(db)?))
    };
    let (hit, rows, counts) = app.store.read_as(visitor.actor, read).await?;
    if let Some(order) = hit {
        return Ok(redirect(&format!("/console/orders/{order}")));
    }
    let view = View {
        tabs: tabs(visitor, "search", &counts),
        groups: groups(visitor, ""),
        rows: rows.iter().map(|row| row_view(visitor, row)).collect(),
        next: None,
        later: None,
        query,
        filter: String::new(),
    };
    let title = visitor.locale.t("d-menu-orders");
    show(app, visitor, "console/orders.html", &title, &view).await
}

fn look_up(db: &mut Read, query: &str) -> Result<Option<Id<Order>>> {
    if let Some(order) = orders::by_number(db, query)? {
        return Ok(Some(order.id));
    }
    if let Ok(id) = query.parse::<Id<Order>>()
        && orders::find(db, id).is_ok()
    {
        return Ok(Some(id));
    }
    Ok(logistics::by_tracking(db, query)?.map(|parcel| Id::from_raw(parcel.order)))
}

fn by_email(db: &mut Read, query: &str) -> Result<Vec<Summary>> {
    if !query.contains('@') {
        return Ok(Vec::new());
    }
    match parties::credentials(db, query)? {
        Some((person, _)) => Ok(orders::of_buyer(db, person, None, PAGE)?.rows),
        None => Ok(Vec::new()),
    }
}

/// An order as a row.
pub(super) fn row_view(visitor: &Visitor, row: &Summary) -> RowView {
    let locale = &visitor.locale;
    RowView {
        id: row.id.to_string(),
        number: row.number.clone(),
        item: row.title.clone(),
        image: row.image.clone(),
        more: row.lines - 1,
        placed: moment(visitor, row.placed_at),
        buyer: row.name.clone(),
        email: row.email.clone(),
        destination: locale.country(row.destination),
        total: locale.money(row.total),
        payment: words::payment(locale, row.payment),
        fulfilment: words::fulfilment(locale, row.fulfilment),
        customs: (row.customs == Customs::Held).then(|| words::customs(locale, row.customs)),
        dispute: (row.dispute == Dispute::Open).then(|| words::dispute(locale, row.dispute)),
        settlement: words::settlement(locale, row.settlement),
    }
}

fn tabs(visitor: &Visitor, current: &str, counts: &Counts) -> Vec<Tab> {
    let all = [
        ("", "c-all-orders".to_owned(), None),
        ("fulfilment.waiting", "d-fulfilment-waiting".into(), Some(counts.waiting)),
        ("fulfilment.to_pack", "d-fulfilment-to-pack".into(), Some(counts.to_pack)),
        ("fulfilment.packed", "d-fulfilment-packed".into(), Some(counts.packed)),
        ("fulfilment.underway", "d-fulfilment-underway".into(), Some(counts.underway)),
        ("customs.held", "d-customs-held".into(), Some(counts.held)),
        ("fulfilment.exception", "d-fulfilment-exception".into(), Some(counts.exception)),
        ("fulfilment.delivered", "d-fulfilment-delivered".into(), Some(counts.delivered)),
        ("dispute.open", "d-dispute-open".into(), Some(counts.disputed)),
    ];
    let tab = |(word, key, count): (&str, String, Option<i64>)| Tab {
        href: if word.is_empty() { "/console/orders".into() } else { format!("/console/orders?state={word}") },
        name: visitor.locale.t(&key).to_string(),
        count,
        current: word == current,
    };
    all.into_iter().map(tab).collect()
}

fn groups(visitor: &Visitor, current: &str) -> Vec<Group> {
    let locale = &visitor.locale;
    let group = |kind: &str, names: Vec<&'static str>| Group {
        name: locale.t(&format!("c-by-{kind}")).to_string(),
        current: current.starts_with(kind),
        choices: names
            .into_iter()
            .map(|name| Choice {
                href: format!("/console/orders?state={kind}.{name}"),
                name: words::word(locale, &format!("d-{kind}"), name),
                current: current == format!("{kind}.{name}"),
            })
            .collect(),
    };
    vec![
        group("payment", Payment::ALL.iter().map(|state| state.name()).collect()),
        group("fulfilment", Fulfilment::ALL.iter().map(|state| state.name()).collect()),
        group("customs", Customs::ALL.iter().map(|state| state.name()).filter(|name| *name != "none").collect()),
        group("dispute", Dispute::ALL.iter().map(|state| state.name()).filter(|name| *name != "none").collect()),
        group("settlement", Settlement::ALL.iter().map(|state| state.name()).collect()),
    ]
}
