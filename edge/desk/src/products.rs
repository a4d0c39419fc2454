//! Products as rows: a seller's own, or everybody's for the operator.

use crate::import::may_upload;
use crate::page::show;
use crate::place::{Desk, PAGE, own};
use crate::words::{self, Badge};
use axum::extract::State;
use base::{Error, Id};
use catalog::{Filter, ProductRow, Status, Terms};
use frame::failure::Answer;
use frame::parts::catalogue_file::catalogue_file;
use frame::parts::csv;
use frame::{App, Form, Visitor};
use parties::{Organisation, OrganisationKind};
use serde::Serialize;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::iter;
use store::Read;

#[derive(Serialize)]
struct View {
    base: &'static str,
    tabs: Vec<Tab>,
    /// Where the whole catalogue is downloaded, and whose it is, at the console.
    file: String,
    file_of: String,
    rows: Vec<RowView>,
    next: Option<String>,
    later: Option<String>,
    can_write: bool,
    console: bool,
    sellers: Vec<SellerView>,
    query: String,
    status: String,
    filtered: bool,
}

#[derive(Serialize)]
struct SellerView {
    id: String,
    name: String,
    current: bool,
}

/// Sellers that the list can be narrowed to.
const SELLERS: i64 = 250;

fn sellers(db: &mut Read) -> base::Result<Vec<Organisation>> {
    let mut all: Vec<Organisation> = parties::platform(db)?.into_iter().collect();
    all.extend(parties::organisations(db, OrganisationKind::Seller, None, SELLERS)?);
    Ok(all)
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
    slug: String,
    title: String,
    vendor: String,
    owner: String,
    image: String,
    badge: Badge,
    active: bool,
    variants: i64,
    unready: i64,
}

fn base_of(desk: Desk) -> &'static str {
    match desk {
        Desk::Seller => "/seller/products",
        Desk::Console => "/console/products",
    }
}

async fn page(app: &App, visitor: &Visitor, desk: Desk, form: &Form) -> Answer {
    let organisation = match desk {
        Desk::Seller => Some(own(visitor)?.raw()),
        Desk::Console => None,
    };
    let word = form.text("status").to_owned();
    let (status, after, language) = (Status::named(&word), form.maybe::<i64>("after"), visitor.locale.tag);
    let (query, seller) = (form.text("q").to_owned(), form.text("seller").to_owned());
    let asked = (query.clone(), seller.parse::<base::Id<Organisation>>().ok());
    let read = move |db: &mut Read| {
        let sellers = if desk == Desk::Console { sellers(db)? } else { Vec::new() };
        // The name of a seller asks for that seller's products.
        let named = sellers.iter().find(|one| !asked.0.is_empty() && one.name.to_lowercase() == asked.0.to_lowercase());
        let owner = organisation.or(asked.1.map(base::Id::raw)).or(named.map(|one| one.id.raw()));
        let filter = Filter { organisation: owner, category: None, status };
        let page = match Terms::of(&asked.0).filter(|_| named.is_none()) {
            Some(terms) => catalog::find(db, &terms, &filter, language, after, PAGE)?,
            None => catalog::products(db, &filter, language, after, PAGE)?,
        };
        let mut owners = BTreeMap::new();
        for row in &page.rows {
            if let Entry::Vacant(owner) = owners.entry(row.organisation) {
                owner.insert(parties::organisation(db, base::Id::from_raw(row.organisation))?.name);
            }
        }
        Ok((page, owners, sellers))
    };
    let (page, owners, sellers) = app.store.read_as(visitor.actor, read).await?;
    let base = base_of(desk);
    let link = |more: &[(&str, &str)]| {
        let query = form.encode_but(&["status", "after"], more);
        if query.is_empty() { base.to_owned() } else { format!("{base}?{query}") }
    };
    // The whole catalogue of one seller: of the one that the list is narrowed to, else of the operator's own shop.
    let narrowed = sellers.iter().find(|one| one.id.to_string() == seller).or(sellers.first());
    let (file, file_of) = match narrowed {
        Some(one) => (format!("{base}.csv?seller={}", one.id), one.name.clone()),
        None => (format!("{base}.csv"), String::new()),
    };
    let view = View {
        base,
        tabs: tabs(visitor, status, &link),
        file,
        file_of,
        rows: page.rows.iter().map(|row| row_view(visitor, row, &owners)).collect(),
        next: page.next.map(|next| link(&[("status", word.as_str()), ("after", next.to_string().as_str())])),
        later: after.map(|_| link(&[("status", word.as_str())])),
        sellers: sellers
            .iter()
            .map(|one| SellerView {
                id: one.id.to_string(),
                name: one.name.clone(),
                current: one.id.to_string() == seller,
            })
            .collect(),
        filtered: !query.is_empty() || !seller.is_empty(),
        status: word.clone(),
        query,
        can_write: may_upload(visitor, desk),
        console: desk == Desk::Console,
    };
    let title = visitor.locale.t("d-menu-products");
    show(app, visitor, desk, "desk/products.html", Vec::new(), &title, &view).await
}

fn tabs(visitor: &Visitor, status: Option<Status>, link: &impl Fn(&[(&str, &str)]) -> String) -> Vec<Tab> {
    let all =
        Tab { href: link(&[]), name: visitor.locale.t("d-all").to_string(), count: None, current: status.is_none() };
    let known = Status::ALL.iter().map(|known| Tab {
        href: link(&[("status", known.name())]),
        name: words::word(&visitor.locale, "d-shown", known.name()),
        count: None,
        current: status == Some(*known),
    });
    iter::once(all).chain(known).collect()
}

fn row_view(visitor: &Visitor, row: &ProductRow, owners: &BTreeMap<i64, String>) -> RowView {
    RowView {
        id: row.id.to_string(),
        slug: row.slug.clone(),
        title: row.title.clone(),
        vendor: row.vendor.clone(),
        owner: owners.get(&row.organisation).cloned().unwrap_or_default(),
        image: row.image.clone(),
        badge: words::shown(&visitor.locale, row.status == Status::Active, row.status.name()),
        active: row.status == Status::Active,
        variants: row.variants,
        unready: row.unready,
    }
}

/// GET /seller/products.csv: the seller's whole catalogue.
pub async fn seller_file(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let own = own(&visitor)?;
    Ok(catalogue_file(&app, visitor.actor, own, csv::Reader::of(&form)).await?)
}

/// GET /console/products.csv: the whole catalogue of a seller, of the operator's own shop when none is named.
pub async fn console_file(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let organisation = match form.given("seller") {
        Some(text) => text.parse()?,
        None => app.store.read_as(visitor.actor, operator).await?,
    };
    Ok(catalogue_file(&app, visitor.actor, organisation, csv::Reader::of(&form)).await?)
}

fn operator(db: &mut Read) -> base::Result<Id<Organisation>> {
    let none = || Error::not_found("unknown_organisation", "This installation has no owner yet.");
    Ok(parties::platform(db)?.ok_or_else(none)?.id)
}

/// GET /seller/products
pub async fn seller(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    page(&app, &visitor, Desk::Seller, &form).await
}

/// GET /console/products
pub async fn console(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    page(&app, &visitor, Desk::Console, &form).await
}
