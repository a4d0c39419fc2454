//! An order opened up: who does what, where the money goes, each parcel's way, customs, everything that happened.

pub mod address;
pub(super) mod customs;
pub mod deeds;
pub(super) mod money;
mod names;
pub mod refund;
pub(super) mod roles;
pub(super) mod trail;

use crate::page::under;
use axum::extract::{Path, State};
use base::{Permission, Result};
use desk::parcel::{self, ParcelsView, Place};
use desk::time::{Clock, clock, moment};
use desk::words::Badge;
use desk::{Crumb, papers, words};
use frame::parts::asks::{self, SaidView};
use frame::parts::take_out::GivenView;
use frame::{Answer, App, Visitor};
use names::{Names, see};
use orders::{Anatomy, Customs, Dispute, Fulfilment, Order, State as Stage, Stop, Whole};
use serde::Serialize;

#[derive(Serialize)]
struct View {
    id: String,
    number: String,
    lead: String,
    badges: Vec<Badge>,
    address: Vec<String>,
    email: String,
    account: bool,
    roles: roles::RolesView,
    money: money::MoneyView,
    consignments: Vec<ConsignmentView>,
    customs: Vec<customs::CustomsView>,
    trail: Vec<trail::TrailView>,
    may: May,
    given: Vec<GivenView>,
    said: Vec<SaidView>,
}

/// Which actions are open now to this visitor.
#[derive(Serialize)]
struct May {
    cancel: bool,
    take_out: bool,
    change: bool,
    readdress: bool,
    refund: bool,
    complete: bool,
    papers: bool,
}

#[derive(Serialize)]
struct ConsignmentView {
    id: String,
    title: String,
    under: String,
    seller: String,
    badge: Badge,
    clock: Option<Clock>,
    parcels: ParcelsView,
    call_off: bool,
}

/// GET /console/orders/{order}
pub async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let (id, tag) = (desk::id::<Order>(&id)?, visitor.locale.tag);
    let (anatomy, names) = app.store.read_as(visitor.actor, move |db| see(db, tag, id)).await?;
    let number = anatomy.whole.order.number.clone();
    let view = view(&app, &visitor, &anatomy, &names)?;
    let above = vec![Crumb::new("/console/orders", visitor.locale.t("d-menu-orders").to_string())];
    under(&app, &visitor, "console/order.html", above, &number, &view).await
}

fn view(app: &App, visitor: &Visitor, anatomy: &Anatomy, names: &Names) -> Result<View> {
    let locale = &visitor.locale;
    let whole = &anatomy.whole;
    let order = &whole.order;
    let total = order.sums.total()?;
    let place = match order.address.city.as_str() {
        "" => locale.country(order.destination),
        city => format!("{city}, {}", locale.country(order.destination)),
    };
    let lead = locale.fill(
        "c-order-lead",
        &[
            ("name", order.address.name.as_str().into()),
            ("place", place.into()),
            ("placed", moment(visitor, order.placed_at).into()),
            ("lines", whole.lines.len().into()),
            ("parcels", whole.consignments.len().into()),
            ("total", locale.money(total).into()),
        ],
    );
    Ok(View {
        id: order.id.to_string(),
        number: order.number.clone(),
        lead,
        badges: badges(visitor, order),
        address: papers::address_lines(visitor, &order.address),
        email: order.email.clone(),
        account: order.buyer.is_some(),
        roles: roles::view(visitor, anatomy, names)?,
        money: money::view(visitor, anatomy, names)?,
        consignments: consignments(app, visitor, anatomy, names)?,
        customs: customs::view(visitor, anatomy)?,
        trail: trail::view(visitor, anatomy, names)?,
        may: may(visitor, whole),
        given: frame::parts::take_out::given(visitor, whole, &names.given),
        said: asks::said(locale, &whole.lines, &names.said),
    })
}

fn badges(visitor: &Visitor, order: &Order) -> Vec<Badge> {
    let locale = &visitor.locale;
    let mut badges = vec![words::fulfilment(locale, order.fulfilment), words::payment(locale, order.payment)];
    if order.customs != Customs::None {
        badges.push(words::customs(locale, order.customs));
    }
    if order.dispute != Dispute::None {
        badges.push(words::dispute(locale, order.dispute));
    }
    if order.is_test() {
        badges.push(words::test(locale));
    }
    badges.push(words::settlement(locale, order.settlement));
    badges
}

fn may(visitor: &Visitor, whole: &Whole) -> May {
    let order = &whole.order;
    let moves = visitor.may(Permission::OrdersWrite);
    May {
        cancel: moves && whole.may_cancel(),
        take_out: moves && !orders::may_be_taken_out(visitor.actor, whole).is_empty(),
        change: moves && !amendments::amendable(whole, None).is_empty(),
        readdress: moves && orders::may_be_readdressed(whole),
        refund: visitor.may(Permission::MoneyWrite) && order.captured.minor > order.refunded.minor,
        complete: moves && order.fulfilment == Fulfilment::Delivered && order.dispute != Dispute::Open,
        papers: whole.parcels.iter().any(|one| one.has_label()),
    }
}

fn consignments(app: &App, visitor: &Visitor, anatomy: &Anatomy, names: &Names) -> Result<Vec<ConsignmentView>> {
    let mut views = Vec::new();
    for (index, stop) in anatomy.stops.iter().enumerate() {
        views.push(consignment(app, visitor, anatomy, names, stop, index)?);
    }
    Ok(views)
}

fn consignment(
    app: &App,
    visitor: &Visitor,
    anatomy: &Anatomy,
    names: &Names,
    stop: &Stop,
    index: usize,
) -> Result<ConsignmentView> {
    let (locale, one, count) = (&visitor.locale, &stop.consignment, anatomy.stops.len());
    let moves = visitor.may(Permission::OrdersWrite);
    let service = names.services[index];
    let (from, to) = one.arrives;
    let kind = words::service(locale, service);
    let warehouse = names.warehouses.get(&one.warehouse.raw()).cloned().unwrap_or_default();
    let mut under = vec![format!("{kind}, {}", service.carrier), warehouse, locale.weight(one.grams)];
    under.push(locale.fill("d-promised", &[("window", locale.window(from, to, visitor.today()).into())]));
    let (base, sheet) = (format!("/console/consignments/{}", one.id), format!("/console/orders/{}/papers?", one.order));
    let place =
        Place { visitor, base: &base, papers: Some(&sheet), may_ship: moves, decides: moves, test: app.config.demo };
    let (destination, lines) = (anatomy.whole.order.destination, &anatomy.whole.lines);
    Ok(ConsignmentView {
        id: one.id.to_string(),
        title: locale.fill("c-consignment-of", &[("n", (index + 1).into()), ("of", count.into())]),
        under: under.join(" · "),
        seller: names.organisations.get(&one.organisation).cloned().unwrap_or_default(),
        badge: words::state(locale, one.state, one.customs),
        clock: one
            .ship_by
            .filter(|_| matches!(one.state, Stage::ToPack | Stage::Packed))
            .map(|by| clock(visitor, by, one.handling_hours)),
        parcels: parcel::view(
            &place,
            one,
            service,
            destination,
            lines,
            names.parcels.get(index).map_or(&[][..], Vec::as_slice),
        ),
        call_off: moves && one.state == Stage::ToPack && count > 1,
    })
}
