//! A seller's orders: what is to be handed over first, by state, and packing several at once.

use crate::page::show;
use axum::extract::State;
use base::{Country, Error, Id, Moment, Result};
use desk::journey::{MiniStop, mini};
use desk::time::{Clock, clock, moment};
use desk::words::Badge;
use desk::{PAGE, papers as paper, words};
use frame::parts::titles::retitle;
use frame::{Answer, App, Form, Visitor};
use orders::{Consignment, SellerCounts, SellerFilter, SellerRow, State as Stage};
use parties::Organisation;
use serde::Serialize;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use stock::Warehouse;
use store::Read;

#[derive(Serialize)]
struct View {
    tabs: Vec<Tab>,
    rows: Vec<RowView>,
    next: Option<String>,
    later: bool,
    filter: String,
    to_ship: i64,
    late: usize,
    can_write: bool,
}

#[derive(Serialize)]
struct Tab {
    href: String,
    name: String,
    count: Option<i64>,
    current: bool,
}

/// One row of the table.
#[derive(Serialize)]
pub(super) struct RowView {
    id: String,
    number: String,
    item: String,
    image: String,
    more: i64,
    pieces: i64,
    buyer: String,
    place: String,
    from: String,
    clock: Option<Clock>,
    shipped: Option<String>,
    badge: Badge,
    stops: Vec<MiniStop>,
    payout: String,
    open: bool,
}

/// Filters by their word in the address.
const FILTERS: [&str; 8] = ["to_ship", "to_pack", "packed", "in_transit", "delivered", "completed", "cancelled", "all"];

fn filter_of(form: &Form) -> &'static str {
    let word = form.text("state");
    FILTERS.into_iter().find(|known| *known == word).unwrap_or("to_ship")
}

type Found = (Vec<SellerRow>, Option<String>, SellerCounts, BTreeMap<Id<Warehouse>, (String, Country)>);

/// GET /seller/orders
pub async fn page(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let organisation = desk::own(&visitor)?;
    let filter = filter_of(&form);
    let (asked, clock) = (desk::cursor::<Consignment>(&form, "after"), form.maybe::<i64>("clock").map(Moment));
    let tag = visitor.locale.tag;
    let read = move |db: &mut Read| find(db, tag, organisation, filter, asked, clock);
    let (rows, next, counts, warehouses) = app.store.read_as(visitor.actor, read).await?;
    let views: Vec<RowView> = rows.iter().map(|row| row_view(&visitor, row, &warehouses)).collect();
    let view = View {
        tabs: tabs(&visitor, filter, &counts),
        late: rows.iter().filter(|row| is_open(row) && row.ship_by.is_some_and(|by| by < visitor.now)).count(),
        rows: views,
        next: next.map(|next| format!("/seller/orders?state={filter}&{next}")),
        later: asked.is_some(),
        filter: filter.into(),
        to_ship: counts.to_pack + counts.packed,
        can_write: visitor.may(base::Permission::SellerWrite),
    };
    let title = visitor.locale.t("d-menu-orders");
    show(&app, &visitor, "seller/orders.html", &title, &view).await
}

fn find(
    db: &mut Read,
    tag: &str,
    organisation: Id<Organisation>,
    filter: &str,
    after: Option<Id<Consignment>>,
    clock: Option<Moment>,
) -> Result<Found> {
    let (rows, next) = if filter == "to_ship" {
        let page = orders::to_ship(db, organisation, clock.zip(after), PAGE)?;
        (page.rows, page.next.map(|(at, id)| format!("clock={}&after={}", at.micros(), id.raw())))
    } else {
        let state = Stage::named(filter).map_or(SellerFilter::All, SellerFilter::State);
        let page = orders::of_organisation(db, organisation, state, after, PAGE)?;
        (page.rows, page.next.map(|id| format!("after={}", id.raw())))
    };
    let rows = retitle(db, tag, rows)?;
    let rows = settlement::after_refunds(db, rows)?;
    let warehouses = warehouses_of(db, &rows)?;
    Ok((rows, next, orders::seller_counts(db, organisation)?, warehouses))
}

/// Name and country of every warehouse in these rows.
pub(super) fn warehouses_of(db: &mut Read, rows: &[SellerRow]) -> Result<BTreeMap<Id<Warehouse>, (String, Country)>> {
    let mut found = BTreeMap::new();
    for row in rows {
        if let Entry::Vacant(place) = found.entry(row.warehouse) {
            let warehouse = stock::warehouse(db, row.warehouse)?;
            place.insert((warehouse.name, warehouse.country));
        }
    }
    Ok(found)
}

fn is_open(row: &SellerRow) -> bool {
    matches!(row.state, Stage::ToPack | Stage::Packed)
}

/// Hours that a clock bar stands for when the terms' own are not in the list.
const USUAL_HOURS: i64 = 40;

/// A row as the table shows it.
pub(super) fn row_view(
    visitor: &Visitor,
    row: &SellerRow,
    warehouses: &BTreeMap<Id<Warehouse>, (String, Country)>,
) -> RowView {
    let locale = &visitor.locale;
    let (from, country) = warehouses.get(&row.warehouse).cloned().unwrap_or_else(|| (String::new(), row.destination));
    let item = match row.options.as_str() {
        "" => row.title.clone(),
        options => format!("{}, {options}", row.title),
    };
    RowView {
        id: row.id.to_string(),
        number: row.number.clone(),
        item,
        image: row.image.clone(),
        more: row.lines - 1,
        pieces: row.pieces,
        buyer: row.buyer.clone(),
        place: format!("{}, {}", row.city, row.destination),
        from,
        clock: row.ship_by.filter(|_| is_open(row)).map(|until| clock(visitor, until, USUAL_HOURS)),
        shipped: row.handed_over_at.map(|at| locale.fill("d-shipped-at", &[("at", moment(visitor, at).into())])),
        badge: words::state(locale, row.state, row.customs),
        stops: mini(visitor, country, row.destination, row.state, row.customs),
        payout: locale.money(row.payout),
        open: is_open(row),
    }
}

fn tabs(visitor: &Visitor, current: &str, counts: &SellerCounts) -> Vec<Tab> {
    let tab = |name: &'static str| Tab {
        href: format!("/seller/orders?state={name}"),
        name: visitor.locale.t(&format!("s-tab-{}", name.replace('_', "-"))).to_string(),
        count: match name {
            "to_ship" => Some(counts.to_pack + counts.packed),
            "to_pack" => Some(counts.to_pack),
            "packed" => Some(counts.packed),
            "in_transit" => Some(counts.underway),
            "delivered" => Some(counts.delivered),
            _ => None,
        },
        current: name == current,
    };
    FILTERS.into_iter().map(tab).collect()
}

/// Consignments that are packed or handed over in one go.
const MOST_AT_ONCE: usize = 50;

fn chosen(form: &Form) -> Result<Vec<Id<Consignment>>> {
    let ids: Vec<Id<Consignment>> = form.all("id").map(desk::id).collect::<Result<_>>()?;
    if ids.is_empty() {
        return Err(Error::invalid("nothing_chosen", "Choose at least one order first."));
    }
    if ids.len() > MOST_AT_ONCE {
        return Err(Error::invalid("too_many_chosen", "Choose 50 orders at most."));
    }
    Ok(ids)
}

/// POST /seller/orders: packs or hands over what was chosen, or opens the papers of it.
pub async fn deed(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let back = format!("/seller/orders?state={}", filter_of(&form));
    let ids = match chosen(&form) {
        Ok(ids) => ids,
        Err(error) => return desk::refused(&visitor, &back, error),
    };
    let (count, deed) = (ids.len(), form.text("deed").to_owned());
    if deed == "papers" {
        let query: Vec<String> = ids.iter().map(|id| format!("id={id}")).collect();
        return Ok(frame::redirect(&format!("/seller/papers?{}", query.join("&"))));
    }
    let own = desk::own(&visitor)?;
    let pack = deed == "pack";
    let write = move |tx: &mut store::Tx| {
        let mut said = "d-said-handed-over";
        for id in &ids {
            frame::parts::paper::reach(tx, own, *id)?;
            if pack {
                said = desk::booking::said(&orders::pack(tx, *id)?);
            } else {
                orders::hand_over(tx, *id)?;
            }
        }
        Ok(said)
    };
    match app.store.write_as(visitor.actor, write).await {
        Ok(said) => Ok(desk::done(&visitor, &back, &format!("{said}&n={count}"))),
        Err(error) => desk::refused(&visitor, &back, error),
    }
}

/// GET /seller/papers: labels and packing slips of the chosen consignments.
pub async fn papers(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let own = desk::own(&visitor)?;
    let ids = chosen(&form)?;
    let read = move |db: &mut Read| {
        let mut papers = Vec::new();
        for id in &ids {
            let consignment = frame::parts::paper::reach_to_ship(db, own, *id)?;
            papers.extend(paper::read(db, &consignment, form.given("parcel"))?);
        }
        Ok(papers)
    };
    let papers = app.store.read_as(visitor.actor, read).await?;
    if papers.is_empty() {
        return Err(Error::conflict("not_packed", "There are no papers before the parcel is packed.").into());
    }
    paper::page(&app, &visitor, "/seller/orders", papers)
}
