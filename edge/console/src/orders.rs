//! Every order: by one of its states and by days, or found by number, tracking number, e-mail or name; and the same as CSV.

use crate::page::show;
use axum::extract::State;
use base::{Date, Id, Result, time::parse_date};
use desk::PAGE;
use desk::time::moment;
use desk::words::{self, Badge};
use frame::parts::csv;
use frame::parts::titles::retitle;
use frame::{Answer, App, Form, Visitor, redirect};
use orders::{Counts, Customs, Dispute, Filter, Fulfilment, Order, Payment, Search, Settlement, Summary, Which};
use serde::Serialize;
use store::Read;

#[derive(Serialize)]
struct View {
    tabs: Vec<Tab>,
    groups: Vec<Group>,
    rows: Vec<RowView>,
    next: Option<String>,
    later: Option<String>,
    csv: String,
    from: String,
    to: String,
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

/// What the address asks for: a text, or a state; and days.
#[derive(Clone)]
struct Asked {
    query: String,
    word: String,
    from: Option<Date>,
    to: Option<Date>,
}

impl Asked {
    fn of(form: &Form) -> Asked {
        let day = |name: &str| form.given(name).and_then(|text| parse_date(text).ok());
        Asked {
            query: form.text("q").to_owned(),
            word: form.text("state").to_owned(),
            from: day("from"),
            to: day("to"),
        }
    }

    fn search(&self) -> Search {
        let which = match self.query.as_str() {
            "" => Which::In(filter_of(&self.word)),
            query if query.contains('@') => Which::Email(query.to_owned(), None),
            query => Which::Name(query.to_owned()),
        };
        Search { which, from: self.from, to: self.to }
    }

    /// The same as a query string, with another state or more at the end.
    fn link(&self, path: &str, word: &str, more: &[(&str, &str)]) -> String {
        let day = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
        let (from, to) = (day(self.from), day(self.to));
        let fields = [("q", self.query.as_str()), ("state", word), ("from", from.as_str()), ("to", to.as_str())];
        let fields = fields.into_iter().chain(more.iter().copied()).filter(|(_, value)| !value.is_empty());
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
}

/// GET /console/orders: by state and days; or by number, tracking number, e-mail or name. One hit by number opens the order.
pub async fn page(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let (asked, after) = (Asked::of(&form), desk::cursor::<Order>(&form, "after"));
    let (search, query, tag) = (asked.search(), asked.query.clone(), visitor.locale.tag);
    let read = move |db: &mut Read| {
        let hit = if query.is_empty() { None } else { look_up(db, &query)? };
        let page = orders::search(db, &search, after, PAGE)?;
        Ok((hit, page.next, retitle(db, tag, page.rows)?, orders::counts(db)?))
    };
    let (hit, next, rows, counts) = app.store.read_as(visitor.actor, read).await?;
    if let Some(order) = hit {
        return Ok(redirect(&format!("/console/orders/{order}")));
    }
    let here = |more: &[(&str, &str)]| asked.link("/console/orders", &asked.word, more);
    let current = if asked.query.is_empty() { asked.word.as_str() } else { "search" };
    let day = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
    // A state and a text are not asked for together: a state's link keeps the days only.
    let plain = Asked { query: String::new(), ..asked.clone() };
    let view = View {
        tabs: tabs(&visitor, current, &plain, &counts),
        groups: groups(&visitor, current, &plain),
        rows: rows.iter().map(|row| row_view(&visitor, row)).collect(),
        next: next.map(|id| here(&[("after", &id.raw().to_string())])),
        later: after.map(|_| here(&[])),
        csv: asked.link("/console/orders.csv", &asked.word, &[]),
        from: day(asked.from),
        to: day(asked.to),
        query: asked.query.clone(),
        filter: asked.word.clone(),
    };
    let title = visitor.locale.t("d-menu-orders");
    show(&app, &visitor, "console/orders.html", &title, &view).await
}

/// Rows of the CSV read at once.
const CSV_PAGE: i64 = 200;

const COLUMNS: &str =
    "number,placed,name,email,destination,currency,total,payment,fulfilment,customs,dispute,settlement,lines\r\n";

/// GET /console/orders.csv: the same orders, all of them, newest first.
pub async fn csv(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let search = Asked::of(&form).search();
    let page = move |db: &mut Read, after: Option<Id<Order>>| {
        let page = orders::search(db, &search, after, CSV_PAGE)?;
        let text: String = page.rows.iter().map(csv_line).collect();
        Ok((text, page.next.map(Some)))
    };
    let file = csv::Download::csv("orders.csv", csv::Reader::of(&form));
    Ok(csv::streamed(&app, visitor.actor, file, COLUMNS.to_owned(), None, page).await?)
}

fn csv_line(row: &Summary) -> String {
    base::csv::line(&[
        row.number.clone(),
        row.placed_at.to_string(),
        base::csv::cell(&row.name),
        base::csv::cell(&row.email),
        row.destination.to_string(),
        row.total.currency.to_string(),
        csv::number(row.total),
        row.payment.name().to_owned(),
        row.fulfilment.name().to_owned(),
        row.customs.name().to_owned(),
        row.dispute.name().to_owned(),
        row.settlement.name().to_owned(),
        row.lines.to_string(),
    ])
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
    let told = logistics::by_told_number(db, None, query)?.into_iter().next();
    let found = logistics::by_tracking(db, query)?.or(told);
    Ok(found.map(|parcel| Id::from_raw(parcel.order)))
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

fn tabs(visitor: &Visitor, current: &str, asked: &Asked, counts: &Counts) -> Vec<Tab> {
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
        href: asked.link("/console/orders", word, &[]),
        name: visitor.locale.t(&key).to_string(),
        count,
        current: word == current,
    };
    all.into_iter().map(tab).collect()
}

fn groups(visitor: &Visitor, current: &str, asked: &Asked) -> Vec<Group> {
    let locale = &visitor.locale;
    let group = |kind: &str, names: Vec<&'static str>| Group {
        name: locale.t(&format!("c-by-{kind}")).to_string(),
        current: current.starts_with(kind),
        choices: names
            .into_iter()
            .map(|name| Choice {
                href: asked.link("/console/orders", &format!("{kind}.{name}"), &[]),
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
