//! One consignment of a seller: what to pack, where it goes, by when, its papers, its way, what it brings.

use crate::page::under;
use axum::extract::{Path, State};
use base::{Id, Money, Permission, Result};
use desk::parcel::{self, Carried, ParcelsView, Place};
use desk::time::{Clock, clock, moment};
use desk::words::Badge;
use desk::{Crumb, papers, words};
use frame::parts::asks::{self, SaidView};
use frame::parts::paper::reach;
use frame::parts::titles::retitle;
use frame::{Answer, App, Form, Visitor};
use logistics::Service;
use orders::{Consignment, Line, Order, Said, State as Stage, Stop};
use parties::Organisation;
use serde::Serialize;
use settlement::{Kept, Supplied};
use std::collections::BTreeMap;
use stock::Warehouse;
use store::{Read, Tx};

#[derive(Serialize)]
struct View {
    id: String,
    number: String,
    placed: String,
    badge: Badge,
    /// Something waits that has no label.
    to_pack: bool,
    /// Some parcel can be handed over.
    packed: bool,
    clock: Option<Clock>,
    parcels: ParcelsView,
    address: Vec<String>,
    phone: String,
    service: String,
    carrier: String,
    weight: i64,
    warehouse: String,
    arrives: String,
    destination: String,
    lines: Vec<LineView>,
    said: Vec<SaidView>,
    goods: String,
    commission: String,
    commission_tax: String,
    /// The shop sells it: what is paid for each line.
    supplied: Option<Vec<String>>,
    payout: String,
    accept_until: Option<String>,
    /// It can still be changed, when the buyer says yes.
    can_propose: bool,
    /// Leaves an own warehouse.
    ships: bool,
    can_write: bool,
}

#[derive(Serialize)]
struct LineView {
    title: String,
    options: String,
    sku: String,
    image: String,
    quantity: i64,
    /// Pieces that are not sent.
    taken_out: Option<String>,
    hs: String,
    origin: String,
    described: String,
    weight: i64,
    price: String,
    goods: String,
    duty: String,
    tax: String,
}

struct Seen {
    own: Id<Organisation>,
    order: Order,
    consignment: Consignment,
    lines: Vec<Line>,
    warehouse: Warehouse,
    parcels: Vec<Carried>,
    supplied: Vec<Supplied>,
    kept: BTreeMap<Id<Line>, Kept>,
    amendable: bool,
    said: Vec<Said>,
    service: &'static Service,
}

fn see(db: &mut Read, tag: &str, own: Id<Organisation>, id: Id<Consignment>) -> Result<Seen> {
    let consignment = reach(db, own, id)?;
    let whole = orders::whole(db, consignment.order)?;
    let mut supplied = settlement::supplied(db, &whole)?;
    let kept = settlement::kept(db, &whole)?;
    let amendable = amendments::amendable(&whole, Some(own)).iter().any(|one| one.id == id);
    let order = whole.order;
    let lines: Vec<Line> = whole.lines.into_iter().filter(|line| line.consignment == id).collect();
    let mut said = orders::said(db, order.id)?;
    said.retain(|one| one.is_for(&lines));
    supplied.retain(|one| lines.iter().any(|line| line.id == one.line));
    let lines = retitle(db, tag, lines)?;
    let warehouse = stock::warehouse(db, consignment.warehouse)?;
    let stop = orders::stops(db, order.id)?.into_iter().find(|stop: &Stop| stop.consignment.id == id);
    let parcels = stop.map(|stop| parcel::see(db, &stop)).transpose()?.unwrap_or_default();
    let service = logistics::service(db, &consignment.service)?;
    Ok(Seen { own, order, consignment, lines, warehouse, parcels, supplied, kept, amendable, said, service })
}

/// GET /seller/orders/{consignment}
pub async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let (own, id, tag) = (desk::own(&visitor)?, desk::id::<Consignment>(&id)?, visitor.locale.tag);
    let seen = app.store.read_as(visitor.actor, move |db| see(db, tag, own, id)).await?;
    let number = seen.order.number.clone();
    let view = view(&visitor, seen)?;
    let above = vec![Crumb::new("/seller/orders", visitor.locale.t("d-menu-orders").to_string())];
    under(&app, &visitor, "seller/order.html", above, &number, &view).await
}

fn view(visitor: &Visitor, seen: Seen) -> Result<View> {
    let locale = &visitor.locale;
    let Seen { own, order, consignment, lines, warehouse, parcels, supplied, kept, amendable, said, service } = seen;
    let is_supplied = lines.iter().any(|line| line.supply.is_some());
    // Whoever neither sells nor ships it needs not know where the buyer lives.
    let (ships, near) = (consignment.shipped_by == own, consignment.shipped_by == own || !is_supplied);
    let own = || lines.iter().filter_map(|line| kept.get(&line.id));
    let sum = |part: fn(&Kept) -> i64| Money::new(own().map(part).sum(), order.currency);
    let (goods, commission, tax) =
        (sum(|kept| kept.goods), sum(|kept| kept.commission), sum(|kept| kept.commission_tax));
    let open = matches!(consignment.state, Stage::ToPack | Stage::Packed);
    let can_write = visitor.may(Permission::SellerWrite) && ships;
    let (base, sheet) =
        (format!("/seller/orders/{}", consignment.id), format!("/seller/papers?id={}&", consignment.id));
    let papers = ships.then_some(sheet.as_str());
    let place = Place { visitor, base: &base, papers, may_ship: can_write, decides: false, test: false };
    Ok(View {
        id: consignment.id.to_string(),
        placed: moment(visitor, order.placed_at),
        badge: words::state(locale, consignment.state, consignment.customs),
        to_pack: consignment.state == Stage::ToPack,
        packed: parcel::is_packed(&parcels),
        parcels: parcel::view(&place, &consignment, service, order.destination, &lines, &parcels),
        clock: consignment.ship_by.filter(|_| open).map(|by| clock(visitor, by, consignment.handling_hours)),
        address: if near { papers::address_lines(visitor, &order.address) } else { Vec::new() },
        phone: if near { order.address.phone.clone() } else { String::new() },
        service: desk::words::service(locale, service),
        carrier: service.carrier.clone(),
        weight: consignment.grams - lines.iter().map(|line| line.grams * line.called_off).sum::<i64>(),
        warehouse: warehouse.name,
        arrives: locale.window(consignment.arrives.0, consignment.arrives.1, visitor.today()),
        destination: locale.country(order.destination),
        said: if near { asks::said(locale, &lines, &said) } else { Vec::new() },
        goods: locale.money(goods),
        commission: locale.money(Money::new(-commission.minor, order.currency)),
        commission_tax: locale.money(Money::new(-tax.minor, order.currency)),
        payout: match supplied.first() {
            Some(first) => locale.money(Money::sum(first.amount.currency, supplied.iter().map(|one| one.amount))?),
            None if is_supplied => "–".into(),
            None => locale.money(goods.minus(commission)?.minus(tax)?),
        },
        supplied: is_supplied.then(|| supplied.iter().map(|one| supplied_view(visitor, one)).collect()),
        can_propose: amendable && visitor.may(Permission::SellerWrite),
        ships,
        accept_until: consignment.accept_until.map(|until| moment(visitor, until)),
        lines: lines.iter().map(|line| line_view(visitor, line, kept.get(&line.id))).collect(),
        can_write,
        number: order.number,
    })
}

fn supplied_view(visitor: &Visitor, one: &Supplied) -> String {
    let args = [("n", one.pieces.into()), ("price", visitor.locale.money(one.price).into())];
    visitor.locale.fill("s-supplied", &args)
}

/// A line as it is sent: without what was taken out, and what it costs and brings after what went back.
fn line_view(visitor: &Visitor, line: &Line, kept: Option<&Kept>) -> LineView {
    let locale = &visitor.locale;
    let money = |of: fn(&Kept) -> i64| locale.money(Money::new(kept.map_or(0, of), line.total.currency));
    let out = [("n", line.called_off.into())];
    LineView {
        title: line.title.clone(),
        options: frame::parts::words::beside(&[
            &line.options,
            &frame::parts::words::supplied(&visitor.locale, line.supplied, visitor.today()),
        ]),
        sku: line.sku.clone(),
        image: line.image.clone(),
        quantity: line.to_send(),
        taken_out: (line.called_off > 0).then(|| locale.fill("take-out-taken", &out)),
        hs: line.hs.map(|hs| hs.digits().to_owned()).unwrap_or_default(),
        origin: line.origin.map(|origin| locale.country(origin)).unwrap_or_default(),
        described: line.customs_description.clone(),
        weight: line.grams * line.to_send(),
        price: locale.money(line.unit_price),
        goods: money(|kept| kept.goods),
        duty: money(|kept| kept.duty),
        tax: money(|kept| kept.tax),
    }
}

/// POST /seller/orders/{consignment}/pack: what the form names, or all that waits.
pub async fn pack(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    change(&app, &visitor, &id, form, parcel::pack).await
}

/// POST /seller/orders/{consignment}/hand-over: one parcel, or all that are packed.
pub async fn hand_over(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    change(&app, &visitor, &id, form, parcel::hand_over).await
}

/// POST /seller/orders/{consignment}/unpack
pub async fn unpack(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    change(&app, &visitor, &id, form, parcel::unpack).await
}

/// POST /seller/orders/{consignment}/receive-back: what of a parcel that came back is fit for the shelf.
pub async fn receive_back(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    change(&app, &visitor, &id, form, parcel::receive).await
}

/// POST /seller/orders/{consignment}/number: who carries a parcel of own shipping, under which number.
pub async fn number(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    change(&app, &visitor, &id, form, parcel::number).await
}

/// POST /seller/orders/{consignment}/event: what happened to a parcel of own shipping.
pub async fn event(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    let place = desk::time::place(&visitor);
    change(&app, &visitor, &id, form, move |tx, id, form| parcel::tell(tx, id, form, place)).await
}

/// POST /seller/orders/{consignment}/take-back: what was told by hand and was wrong.
pub async fn take_back(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Form) -> Answer {
    change(&app, &visitor, &id, form, parcel::take_back).await
}

async fn change(
    app: &App,
    visitor: &Visitor,
    id: &str,
    form: Form,
    deed: impl Fn(&mut Tx, Id<Consignment>, &Form) -> Result<&'static str> + Send + 'static,
) -> Answer {
    let (own, known) = (desk::own(visitor)?, desk::id::<Consignment>(id)?);
    let back = format!("/seller/orders/{id}");
    let write = move |tx: &mut Tx| {
        reach(tx, own, known)?;
        deed(tx, known, &form)
    };
    match app.store.write_as(visitor.actor, write).await {
        Ok(said) => Ok(desk::done(visitor, &back, &format!("{said}&n=1"))),
        Err(error) => desk::refused(visitor, &back, error),
    }
}
