//! What buyers are told of their orders.

use crate::sheet::{Desk, Line, Row, Sheet};
use base::{Id, Money, Result};
use frame::language::Arg;
use frame::parts::words;
use logistics::{EventKind, TellBy};
use orders::{Consignment, Order, Parcel, State, Whole};
use store::Read;

/// A sheet about an order with the texts `mail-<key>-subject`, `-title`, `-text`; `args` fill each of them.
pub(super) fn sheet(desk: &Desk, order: &Order, key: &str, args: &[(&str, Arg<'_>)]) -> Sheet {
    let number = Arg::from(order.number.clone());
    let mut all: Vec<(&str, Arg<'_>)> = vec![("number", number), ("shop", desk.shop.into())];
    all.extend(args.iter().cloned());
    let say = |part: &str| desk.locale.fill(&format!("mail-{key}-{part}"), &all);
    Sheet {
        subject: say("subject"),
        title: say("title"),
        paragraphs: vec![say("text")],
        button: desk.locale.t("mail-open-order").to_string(),
        hint: if order.buyer.is_none() { desk.locale.t("mail-link-hint").to_string() } else { String::new() },
        why: desk.locale.fill("mail-why-buyer", &all),
        rows: vec![Row::new(&*desk.locale.t("order-number-label"), &order.number)],
        ..Sheet::default()
    }
}

fn order_of(desk: &Desk, db: &mut Read) -> Result<Order> {
    orders::find(db, desk.facts.order(desk.message))
}

/// The consignment a message is about, with the order around it.
fn consignment_of(desk: &Desk, db: &mut Read) -> Result<(Whole, Consignment)> {
    let consignment = orders::consignment(db, Id::from_raw(desk.facts.consignment))?;
    Ok((orders::whole(db, consignment.order)?, consignment))
}

/// Paid and confirmed: what was bought, what it costs at the door, when it arrives.
pub(super) fn paid(desk: &Desk, db: &mut Read) -> Result<Sheet> {
    let whole = orders::whole(db, desk.facts.order(desk.message))?.as_placed();
    let (locale, order) = (desk.locale, &whole.order);
    let total = locale.money(order.sums.total()?);
    let mut sheet = sheet(desk, order, "order-paid", &[("amount", total.clone().into())]);
    let parcels = whole.consignments.len();
    for (index, consignment) in whole.consignments.iter().enumerate() {
        let parcel = locale.fill("parcel-n-of", &[("n", (index + 1).into()), ("total", parcels.into())]);
        sheet.rows.push(Row::new(parcel, arrival(desk, consignment)));
    }
    sheet.rows.push(Row::new(&*locale.t("mail-to"), parties::address_format::label_lines(&order.address).join(", ")));
    sheet.lines = whole.lines.iter().map(|line| sold(desk, line)).collect();
    sheet.costs = costs(desk, &whole);
    sheet.total = Some(Row::new(&*locale.t("at-your-door"), total));
    Ok(sheet)
}

fn arrival(desk: &Desk, consignment: &Consignment) -> String {
    let (from, to) = consignment.arrives;
    desk.locale.fill("mail-arrives", &[("window", desk.locale.window(from, to, desk.message.at.date()).into())])
}

fn sold(desk: &Desk, line: &orders::Line) -> Line {
    Line { amount: desk.locale.money(line.total), ..piece(desk, line, line.quantity) }
}

/// What is to be sent of a consignment.
pub(super) fn to_send(desk: &Desk, whole: &Whole, consignment: Id<Consignment>) -> Vec<Line> {
    let lines = whole.lines_of(consignment).filter(|line| line.to_send() > 0);
    lines.map(|line| piece(desk, line, line.to_send())).collect()
}

/// What is in the parcel that a message is about; all that arrived of the consignment where it is about none.
fn sent(desk: &Desk, whole: &Whole, consignment: Id<Consignment>) -> Vec<Line> {
    let is_meant = |one: &&Parcel| match desk.facts.parcel {
        0 => one.delivered_at.is_some(),
        parcel => one.id.raw() == parcel,
    };
    let meant: Vec<&Parcel> = whole.parcels_of(consignment).filter(is_meant).collect();
    let inside = |line: &orders::Line| meant.iter().map(|one| one.pieces_of(line.id)).sum::<i64>();
    let lines = whole.lines_of(consignment).map(|line| (line, inside(line))).filter(|(_, pieces)| *pieces > 0);
    lines.map(|(line, pieces)| piece(desk, line, pieces)).collect()
}

/// The pieces of which a message says that they are not sent; all of the consignment where it names none.
pub(super) fn unsent(desk: &Desk, whole: &Whole) -> Vec<Line> {
    let named = |line: &orders::Line| {
        let own = desk.facts.lines.iter().filter(|one| one.line == line.id.raw());
        own.map(|one| one.pieces).sum::<i64>()
    };
    let all = desk.facts.lines.is_empty();
    let lines = whole.lines_of(Id::from_raw(desk.facts.consignment));
    let counted = lines.map(|line| (line, if all { line.quantity } else { named(line) }));
    counted.filter(|(_, pieces)| *pieces > 0).map(|(line, pieces)| piece(desk, line, pieces)).collect()
}

/// Pieces of a line, without what they cost.
pub(super) fn piece(desk: &Desk, line: &orders::Line, pieces: i64) -> Line {
    let n = ("n", Arg::from(pieces));
    let detail = match line.options.as_str() {
        "" | "Default Title" => desk.locale.fill("pieces", &[n]),
        options => desk.locale.fill("quantity-times", &[n, ("options", options.into())]),
    };
    let supplied = words::supplied(desk.locale, line.supplied, desk.message.at.date());
    Line { title: line.title.clone(), detail: words::beside(&[&detail, &supplied]), amount: String::new() }
}

/// The parts of the door price that are not nothing.
fn costs(desk: &Desk, whole: &Whole) -> Vec<Row> {
    let locale = desk.locale;
    let pieces: i64 = whole.lines.iter().map(|line| line.quantity).sum();
    let delivery = match whole.consignments.len() {
        1 => locale.t("cost-delivery").to_string(),
        n => locale.fill("cost-deliveries", &[("n", n.into())]),
    };
    let sums = &whole.order.sums;
    let parts: [(String, Money); 5] = [
        (locale.fill("cost-goods", &[("n", pieces.into())]), sums.goods),
        (delivery, sums.shipping),
        (locale.t("cost-duty").to_string(), sums.duty),
        (locale.t("mail-tax").to_string(), sums.tax),
        (locale.t("cost-fee").to_string(), sums.fees),
    ];
    let due = parts.into_iter().filter(|(_, amount)| amount.minor != 0);
    due.map(|(label, amount)| Row::new(label, locale.money(amount))).collect()
}

/// Called off: why, and what becomes of the money.
pub(super) fn cancelled(desk: &Desk, db: &mut Read) -> Result<Sheet> {
    let order = order_of(desk, db)?;
    let paid = Money::new(desk.facts.escrow, order.currency);
    let key = match (desk.facts.reason.as_str(), paid.minor) {
        ("unpaid", 0) => "order-lapsed",
        (_, 0) => "order-cancelled",
        _ => "order-cancelled-paid",
    };
    Ok(sheet(desk, &order, key, &[("amount", desk.locale.money(paid).into())]))
}

/// To another door: where, so that who did not ask for it finds out.
pub(super) fn readdressed(desk: &Desk, db: &mut Read) -> Result<Sheet> {
    let order = order_of(desk, db)?;
    let lines = parties::address_format::label_lines(&order.address).join(", ");
    let mut sheet = sheet(desk, &order, "order-readdressed", &[]);
    sheet.rows.push(Row::new(&*desk.locale.t("mail-delivery-address"), &lines));
    Ok(sheet)
}

/// Changed: what is sent now, and what it costs at the door.
pub(super) fn amended(desk: &Desk, db: &mut Read) -> Result<Sheet> {
    let whole = orders::whole(db, desk.facts.order(desk.message))?;
    let (locale, order) = (desk.locale, &whole.order);
    let mut sheet = sheet(desk, order, "order-amended", &[]);
    let live: Vec<&Consignment> = whole.consignments.iter().filter(|one| one.state != State::Cancelled).collect();
    for (index, consignment) in live.iter().enumerate() {
        let parcel = locale.fill("parcel-n-of", &[("n", (index + 1).into()), ("total", live.len().into())]);
        sheet.rows.push(Row::new(parcel, arrival(desk, consignment)));
    }
    sheet.rows.push(Row::new(&*locale.t("mail-to"), parties::address_format::label_lines(&order.address).join(", ")));
    sheet.lines = live.iter().flat_map(|one| sent(desk, &whole, one.id)).collect();
    sheet.total = Some(Row::new(&*locale.t("at-your-door"), locale.money(order.total()?)));
    Ok(sheet)
}

/// Smaller than it was: which pieces are not sent, and why.
pub(super) fn pieces_taken_out(desk: &Desk, db: &mut Read) -> Result<Sheet> {
    let order = order_of(desk, db)?;
    let whole = orders::whole(db, order.id)?;
    let key = if desk.facts.by == "buyer" { "pieces-taken-out" } else { "pieces-not-sent" };
    let mut sheet = sheet(desk, &order, key, &[]);
    if desk.facts.left == 0 {
        sheet.paragraphs.push(desk.locale.t("mail-nothing-left").to_string());
    }
    let why = format!("take-out-why-{}", desk.facts.reason.replace('_', "-"));
    if let Some(why) = desk.locale.maybe(&why, &[]).filter(|_| desk.facts.by != "buyer") {
        sheet.rows.push(Row::new(&*desk.locale.t("mail-why-not-sent"), why));
    }
    sheet.lines = unsent(desk, &whole);
    Ok(sheet)
}

/// Complete.
pub(super) fn completed(desk: &Desk, db: &mut Read) -> Result<Sheet> {
    let order = order_of(desk, db)?;
    Ok(sheet(desk, &order, "order-completed", &[]))
}

/// Another link, for who lost theirs.
pub(super) fn order_link(desk: &Desk, db: &mut Read) -> Result<Sheet> {
    let order = order_of(desk, db)?;
    Ok(sheet(desk, &order, "order-link", &[]))
}

/// Money went back.
pub(super) fn refunded(desk: &Desk, db: &mut Read) -> Result<Sheet> {
    let order = order_of(desk, db)?;
    let amount = desk.locale.money(desk.facts.amount()?);
    let mut sheet = sheet(desk, &order, "refunded", &[("amount", amount.clone().into())]);
    sheet.rows.push(Row::new(&*desk.locale.t("refunded-amount"), amount));
    Ok(sheet)
}

/// With the carrier: its number, what is in it, the days on which it arrives, and what follows.
pub(super) fn handed_over(desk: &Desk, db: &mut Read) -> Result<Sheet> {
    let (whole, consignment) = consignment_of(desk, db)?;
    let label = orders::parcel(db, Id::from_raw(desk.facts.parcel))?.label;
    let parcel = label.map(|label| logistics::parcel(db, label)).transpose()?;
    let carrier = parcel.as_ref().map(|parcel| parcel.carried_by()).filter(|name| !name.is_empty());
    let carrier = carrier.unwrap_or(&consignment.carrier);
    let seller = whole.lines_of(consignment.id).next().map(|line| line.seller_name.as_str()).unwrap_or_default();
    let args = [("seller", seller.into()), ("carrier", Arg::from(carrier))];
    let mut sheet = sheet(desk, &whole.order, "handed-over", &args);
    if let Some(parcel) = parcel.as_ref().filter(|parcel| !parcel.tracking.is_empty()) {
        sheet.rows.push(Row::new(&*desk.locale.t("mail-tracking"), parcel.tracking.as_str()));
        if let Some(page) = parcel.page() {
            sheet.rows.push(Row::new(&*desk.locale.t("mail-tracking-page"), page));
        }
    }
    sheet.rows.push(Row::new(&*desk.locale.t("parcel-arrives"), arrival(desk, &consignment)));
    sheet.lines = sent(desk, &whole, consignment.id);
    if desk.facts.left > 0 {
        sheet.paragraphs.push(desk.locale.fill("mail-more-follows", &[("n", desk.facts.left.into())]));
    }
    Ok(sheet)
}

/// Held by customs.
pub(super) fn held(desk: &Desk, db: &mut Read) -> Result<Sheet> {
    let (whole, consignment) = consignment_of(desk, db)?;
    let country = desk.locale.country(whole.order.destination);
    let mut sheet = sheet(desk, &whole.order, "held", &[("country", country.into())]);
    sheet.lines = sent(desk, &whole, consignment.id);
    Ok(sheet)
}

/// Delivered: asks to confirm, as soon as nothing of the order is under way any more.
pub(super) fn delivered(desk: &Desk, db: &mut Read) -> Result<Sheet> {
    let (whole, consignment) = consignment_of(desk, db)?;
    let (locale, order) = (desk.locale, &whole.order);
    let there = |one: &Consignment| one.delivered_at.is_some() || matches!(one.state, State::Cancelled);
    let key = if whole.consignments.iter().all(there) { "delivered" } else { "delivered-part" };
    let until = whole.consignments.iter().filter_map(|one| one.accept_until).max();
    let until = until.map(|until| locale.moment(until, order.destination, desk.message.at.date())).unwrap_or_default();
    let mut sheet = sheet(desk, order, key, &[("until", until.into())]);
    sheet.lines = sent(desk, &whole, consignment.id);
    if told_by_seller(desk, db)? {
        sheet.paragraphs.push(locale.t("mail-told-by-seller").to_string());
    }
    Ok(sheet)
}

/// Whether only the word of who sent the parcel says that it arrived.
fn told_by_seller(desk: &Desk, db: &mut Read) -> Result<bool> {
    if desk.facts.parcel == 0 {
        return Ok(false);
    }
    let Some(label) = orders::parcel(db, Id::from_raw(desk.facts.parcel))?.label else { return Ok(false) };
    let events = logistics::journey(db, label)?.events;
    Ok(events.iter().any(|one| one.kind == EventKind::Delivered && one.told_by == TellBy::Seller))
}
