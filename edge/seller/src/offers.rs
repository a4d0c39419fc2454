//! A seller's offers: price, former price, prices of their own in further currencies, on sale or paused.

use crate::page::{show, under};
use axum::extract::{Path, State};
use base::{Currency, Error, Id, Mark, Money, Permission, Result};
use catalog::Terms;
use desk::form::{FormView, amount, unaccepted};
use desk::supplied::{self, SuppliedView};
use desk::words::{self, Badge};
use desk::{Crumb, PAGE};
use frame::{Answer, App, Form, Visitor};
use offers::{Offer, OfferFacts, OfferFilter, OfferRow, SetPrice, Status};
use parties::Organisation;
use serde::Serialize;
use store::{Read, Tx};

#[derive(Serialize)]
struct View {
    rows: Vec<RowView>,
    next: Option<String>,
    later: Option<String>,
    tabs: Vec<Tab>,
    query: String,
    status: String,
    filtered: bool,
}

#[derive(Serialize)]
struct Tab {
    href: String,
    name: String,
    count: Option<i64>,
    current: bool,
}

/// Every offer, those on sale, those paused.
fn tabs(visitor: &Visitor, form: &Form) -> Vec<Tab> {
    let tab = |status: Option<Status>| {
        let word = status.map_or("", Status::name);
        let more = status.map(|_| ("status", word));
        Tab {
            href: format!("/seller/offers?{}", form.encode_but(&["status", "after"], more.as_slice())),
            name: match status {
                Some(_) => words::word(&visitor.locale, "d-shown", word),
                None => visitor.locale.t("d-all").to_string(),
            },
            count: None,
            current: form.text("status") == word,
        }
    };
    [None, Some(Status::Active), Some(Status::Paused)].map(tab).into()
}

#[derive(Serialize)]
struct RowView {
    id: String,
    title: String,
    under: String,
    image: String,
    warehouse: String,
    available: i64,
    price: String,
    compare_at: Option<String>,
    badge: Badge,
    ready: bool,
}

/// GET /seller/offers
pub async fn page(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let (own, after) = (desk::own(&visitor)?, desk::cursor::<Offer>(&form, "after"));
    let (query, word) = (form.text("q").to_owned(), form.text("status").to_owned());
    let filter = OfferFilter { text: Terms::of(&query), status: Status::named(&word) };
    let read = move |db: &mut Read| offers::offers_of_organisation(db, own, &filter, after, PAGE);
    let rows = app.store.read_as(visitor.actor, read).await?;
    let full = rows.len() as i64 >= PAGE;
    let view = View {
        tabs: tabs(&visitor, &form),
        next: rows.last().filter(|_| full).map(|row| {
            format!("/seller/offers?{}", form.encode_but(&["after"], &[("after", &row.offer.id.raw().to_string())]))
        }),
        later: after.map(|_| format!("/seller/offers?{}", form.encode_but(&["after"], &[]))),
        filtered: !query.is_empty() || !word.is_empty(),
        query,
        status: word,
        rows: rows.iter().map(|row| row_view(&visitor, row)).collect(),
    };
    let title = visitor.locale.t("d-menu-offers");
    show(&app, &visitor, "seller/offers.html", &title, &view).await
}

fn row_view(visitor: &Visitor, row: &OfferRow) -> RowView {
    let locale = &visitor.locale;
    let active = row.offer.status == Status::Active;
    RowView {
        id: row.offer.id.to_string(),
        title: row.title.clone(),
        under: words::joined(
            &[row.label.as_str(), row.sku.as_str(), &frame::parts::words::supplied_kind(locale, row.supply)],
            " · ",
        ),
        image: row.image.clone(),
        warehouse: row.warehouse_code.clone(),
        available: row.available,
        price: locale.money(row.offer.price),
        compare_at: row.offer.compare_at.map(|price| locale.money(price)),
        badge: words::shown(locale, active, row.offer.status.name()),
        ready: row.ready,
    }
}

#[derive(Serialize)]
struct OneView {
    id: String,
    title: String,
    under: String,
    image: String,
    slug: String,
    badge: Badge,
    active: bool,
    currency: String,
    form: FormView,
    others: Vec<OtherPrice>,
    doors: Vec<DoorView>,
    supplied: SuppliedView,
    /// The seller sets the price.
    priced: bool,
    can_write: bool,
}

#[derive(Serialize)]
struct OtherPrice {
    currency: String,
    plain: String,
    shown: String,
}

/// What a buyer pays in one of the larger markets, or why nobody can buy there.
#[derive(Serialize)]
struct DoorView {
    place: String,
    price: Option<String>,
    arrives: String,
    reasons: Vec<String>,
}

/// Markets that a seller is shown its door prices in.
const SHOWN: [&str; 8] = ["DE", "FR", "GB", "US", "JP", "CN", "BR", "SA"];

/// The offer, if it is this seller's. Errors: not found for anybody else's.
fn reach(db: &mut Read, own: Id<Organisation>, id: Id<Offer>) -> Result<Offer> {
    let offer = offers::offer(db, id)?;
    if offer.organisation != own {
        return Err(Error::not_found("unknown_offer", "There is no such offer."));
    }
    Ok(offer)
}

fn plain(money: Money) -> String {
    money.to_string().split(' ').next().unwrap_or_default().to_owned()
}

/// GET /seller/offers/{offer}
pub async fn one(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let (own, id) = (desk::own(&visitor)?, desk::id::<Offer>(&id)?);
    let offer = app.store.read_as(visitor.actor, move |db| reach(db, own, id)).await?;
    shown(&app, &visitor, offer.id, FormView::default()).await
}

async fn shown(app: &App, visitor: &Visitor, id: Id<Offer>, mut form: FormView) -> Answer {
    let own = desk::own(visitor)?;
    let read = move |db: &mut Read| Ok((reach(db, own, id)?, offers::facts(db, &[id])?, offers::supply_of(db, id)?));
    let (offer, facts, now) = app.store.read_as(visitor.actor, read).await?;
    let former = offer.compare_at.map(plain).unwrap_or_default();
    for (name, value) in [("price", plain(offer.price)), ("compare_at", former)] {
        form.values.entry(name.to_owned()).or_insert(value);
    }
    supplied::fill(&mut form, now);
    let facts = facts.into_iter().next().ok_or_else(|| Error::not_found("unknown_offer", "There is no such offer."))?;
    let locale = &visitor.locale;
    let others = facts.other_prices.iter().map(|price| OtherPrice {
        currency: price.currency.code().to_owned(),
        plain: plain(*price),
        shown: locale.money(*price),
    });
    let view = OneView {
        id: id.to_string(),
        title: facts.title.clone(),
        under: facts.label.clone(),
        image: facts.image.clone(),
        slug: facts.slug.clone(),
        badge: words::shown(locale, offer.status == Status::Active, offer.status.name()),
        active: offer.status == Status::Active,
        currency: offer.price.currency.code().to_owned(),
        form,
        others: others.collect(),
        doors: doors(app, visitor, &facts),
        supplied: SuppliedView::new(locale, format!("/seller/offers/{id}"), visitor.may(Permission::SellerWrite)),
        priced: facts.terms.price_set_by != terms::Party::Platform,
        can_write: visitor.may(Permission::SellerWrite),
    };
    let above = vec![Crumb::new("/seller/offers", locale.t("d-menu-offers").to_string())];
    under(app, visitor, "seller/offer.html", above, &facts.title, &view).await
}

fn doors(app: &App, visitor: &Visitor, facts: &OfferFacts) -> Vec<DoorView> {
    let (world, locale) = (app.world(), &visitor.locale);
    let destinations = SHOWN.iter().filter_map(|code| code.parse::<base::Country>().ok());
    destinations
        .map(|destination| {
            let currency = door::market(destination).currency;
            let ask = door::Ask { destination, region: "", currency, service: None };
            match door::price(&world, facts, &ask, 1) {
                Ok(price) => DoorView {
                    place: locale.country(destination),
                    price: Some(locale.money(price.total)),
                    arrives: locale.window(price.arrives.0, price.arrives.1, visitor.today()),
                    reasons: Vec::new(),
                },
                Err(unsold) => DoorView {
                    place: locale.country(destination),
                    price: None,
                    arrives: String::new(),
                    reasons: unsold.reasons.iter().map(|why| frame::parts::words::unsold(locale, why)).collect(),
                },
            }
        })
        .collect()
}

/// POST /seller/offers/{offer}: a new price, a price in another currency, what it is supplied from, pausing, resuming.
pub async fn change(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    let (own, known) = (desk::own(&visitor)?, desk::id::<Offer>(&id)?);
    let (sent, mark) = (form.clone(), visitor.locale.mark());
    let write = move |tx: &mut Tx| {
        let offer = reach(tx, own, known)?;
        deed(tx, &offer, &sent, mark)
    };
    match app.store.write_as(visitor.actor, write).await {
        Ok(()) => Ok(desk::done(&visitor, &format!("/seller/offers/{id}"), "d-said-saved")),
        Err(error) => {
            let view = FormView::again(&visitor.locale, &form, error)?;
            unaccepted(shown(&app, &visitor, known, view).await)
        }
    }
}

fn deed(tx: &mut Tx, offer: &Offer, form: &Form, mark: Mark) -> Result<()> {
    match form.text("deed") {
        "pause" => offers::set_status(tx, offer.id, Status::Paused),
        "supply" => supplied::set(tx, offer.id, form, mark),
        "resume" => offers::set_status(tx, offer.id, Status::Active),
        "in" => {
            let currency: Currency = form.read("other_currency")?;
            offers::set_price_in(tx, offer.id, amount(form, "other_price", currency, mark)?, true)
        }
        "not-in" => {
            let currency: Currency = form.read("other_currency")?;
            offers::set_price_in(tx, offer.id, Money::zero(currency), false)
        }
        _ => {
            let currency = offer.price.currency;
            let compare_at =
                form.given("compare_at").map(|_| amount(form, "compare_at", currency, mark)).transpose()?;
            let set = SetPrice { offer: offer.id, price: amount(form, "price", currency, mark)?, compare_at };
            offers::set_price(tx, &set)
        }
    }
}
