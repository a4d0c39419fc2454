//! The order page: the journey of each parcel, customs and papers, what was paid; cancelling and confirming.

use crate::after::{After, AfterView};
use crate::asked::{Asked, AskedView};
use crate::journey::{self, EventView, StopView};
use axum::extract::{Path, State};
use base::{Actor, Error, Id, Result};
use customs::{Charge, ChargeKind, LandedCost};
use frame::App;
use frame::failure::Answer;
use frame::language::Locale;
use frame::page::{self, Head};
use frame::parts::asks::{self, SaidView};
use frame::parts::cost::{self, CostView, LineView, Words};
use frame::parts::parcel::{PieceView, inside, waiting};
use frame::parts::take_out::{self, GivenView};
use frame::parts::words;
use frame::visitor::Visitor;
use orders::{Consignment, Customs, Dispute, Due, Fulfilment, Line, Order, ParcelState, Payment, Sent, Stop, Whole};
use payments::Intent;
use serde::Serialize;

/// The order behind a link: by its secret, or by its id for its buyer. Errors: `order_unknown`, whatever is wrong.
pub async fn open(app: &App, visitor: &Visitor, token: &str) -> Result<Order> {
    let token = token.to_owned();
    app.store
        .read_as(visitor.actor, move |db| {
            if token.contains('.') {
                return orders::by_access_token(db, &token);
            }
            let id: Id<Order> = token.parse().map_err(|_| lost())?;
            orders::reach_own(db, id)
        })
        .await
}

fn lost() -> Error {
    Error::not_found("order_unknown", "There is no such order.")
}

#[derive(Serialize)]
struct View {
    url: String,
    key: String,
    number: String,
    summary: String,
    state: String,
    state_class: &'static str,
    can_cancel: bool,
    can_confirm: bool,
    confirms_all: bool,
    can_readdress: bool,
    can_take_out: bool,
    can_change: bool,
    /// A seller or the shop proposes a change.
    asked: Option<AskedView>,
    notice: String,
    notice_text: String,
    notice_class: &'static str,
    notice_icon: &'static str,
    pay_again: bool,
    /// What is to be paid now.
    to_pay: String,
    /// It is for a change of the order, until this moment.
    change_until: Option<String>,
    hosted: bool,
    problem: String,
    parcels: Vec<ParcelView>,
    cost: CostView,
    paid: bool,
    refunded: Option<String>,
    given: Vec<GivenView>,
    said: Vec<SaidView>,
    can_say: bool,
    address: Vec<String>,
    email: String,
    /// A guest's order: what to know about its link.
    link: Option<&'static str>,
}

#[derive(Serialize)]
struct ParcelView {
    picture: String,
    title: String,
    /// Which of the order's it is.
    nth: String,
    when_label: String,
    when: String,
    sent: Vec<SentView>,
    /// What follows in another parcel, when something was packed.
    waiting: Vec<PieceView>,
    charges: Vec<LineView>,
    merchant: String,
    lines: Vec<LineRow>,
    after: AfterView,
}

/// A parcel of a consignment; the way ahead before there is one.
#[derive(Serialize)]
struct SentView {
    /// Which of several it is, or empty.
    title: String,
    tracking: String,
    /// What is in it, where that is not all.
    pieces: Vec<PieceView>,
    when_label: String,
    when: String,
    stops: Vec<StopView>,
    events: Vec<EventView>,
}

/// A line with its picture.
#[derive(Serialize)]
pub struct LineRow {
    picture: String,
    title: String,
    detail: String,
    total: String,
}

/// GET /order/{token}
pub async fn show(State(app): State<App>, visitor: Visitor, Path(token): Path<String>) -> Answer {
    let order = open(&app, &visitor, &token).await?;
    let id = order.id;
    let (all, mut stops, paid, (after, asked), given, told) = app
        .store
        .read(move |db| {
            let (whole, stops) = (orders::whole(db, id)?, orders::stops(db, id)?);
            let after = (After::of(db, &whole)?, Asked::of(db, &whole)?);
            let given = settlement::given_back(db, &whole)?;
            let fields = orders::fields(db)?;
            let told = (orders::said_to(db, id, &fields)?, fields);
            Ok((whole, stops, (payments::by_subject(db, id.raw())?, orders::open_due(db, id)?), after, given, told))
        })
        .await?;
    stops.retain(|stop| stop.consignment.replaced_by.is_none());
    let given = take_out::given(&visitor, &all, &given);
    let whole = all.as_amended();
    let mut view = view(&app, &visitor, &token, (&whole, &stops), (&paid.0, paid.1))?;
    for (parcel, stop) in view.parcels.iter_mut().zip(&stops) {
        parcel.after = after.view(&visitor, &token, &whole, &stop.consignment)?;
    }
    view.given = given;
    view.asked = asked.map(|asked| asked.view(&app, &visitor, &whole));
    view.said = asks::said(&visitor.locale, &whole.lines, &told.0);
    view.can_say = view.can_readdress && !orders::asked(&told.1, &orders::goods(&whole.lines)).is_empty();
    view.can_take_out = !orders::may_be_taken_out(decider(&visitor, &whole.order), &whole).is_empty();
    let title = visitor.locale.fill("order-number", &[("number", whole.order.number.as_str().into())]);
    page::render(&app, &visitor, "shop/order.html", Head::titled(title).unlisted(), &view)
}

fn view(
    app: &App,
    visitor: &Visitor,
    token: &str,
    (whole, stops): (&Whole, &[Stop]),
    (intents, due): (&[Intent], Option<Due>),
) -> Result<View> {
    let (locale, order) = (&visitor.locale, &whole.order);
    let costs: Vec<LandedCost> = whole.consignments.iter().map(|one| one.landed_cost()).collect::<Result<_>>()?;
    let parcels = stops.iter().zip(&costs).map(|(stop, cost)| parcel(app, visitor, whole, stop, cost)).collect();
    let pieces = whole.lines.iter().map(|line| line.quantity).sum();
    let paid = !matches!(order.payment, Payment::Pending | Payment::Failed | Payment::Void);
    let waiting = order.payment == Payment::Failed
        || (order.payment == Payment::Pending && checkout::attempt::may_begin(intents, visitor.now));
    let notice = notice(locale, order, waiting);
    Ok(View {
        url: format!("/order/{token}"),
        key: intents.len().to_string(),
        number: order.number.clone(),
        summary: summary(visitor, order, whole.consignments.len()),
        state: state(locale, order.fulfilment),
        state_class: state_class(order.fulfilment),
        can_cancel: whole.may_cancel() && order.fulfilment != Fulfilment::Cancelled,
        can_confirm: !to_confirm(whole).is_empty(),
        confirms_all: order.fulfilment == Fulfilment::Delivered && order.dispute != Dispute::Open,
        can_readdress: orders::may_be_readdressed(whole),
        can_take_out: false,
        can_change: !orders::amendable(whole).is_empty(),
        asked: None,
        notice: notice.0,
        notice_text: notice.1,
        notice_class: notice.2,
        notice_icon: notice.3,
        pay_again: match due {
            Some(due) if due.position > 0 => checkout::attempt::may_begin(intents, visitor.now),
            _ => waiting && order.fulfilment == Fulfilment::Waiting,
        },
        to_pay: locale.money(due.map_or(order.total()?, |due| due.amount)),
        change_until: due
            .filter(|due| due.position > 0)
            .map(|due| locale.moment(due.pay_until, order.destination, visitor.today())),
        hosted: app.sandbox().is_none(),
        problem: problem(visitor, intents),
        parcels,
        cost: order_cost(visitor, whole, &costs, pieces),
        paid,
        given: Vec::new(),
        said: Vec::new(),
        can_say: false,
        refunded: (order.refunded.minor > 0).then(|| locale.money(order.refunded)),
        address: parties::address_format::label_lines(&order.address),
        email: order.email.clone(),
        link: order.buyer.is_none().then_some(if app.mail() { "order-link-hint" } else { "order-link-hint-no-mail" }),
    })
}

fn summary(visitor: &Visitor, order: &Order, parcels: usize) -> String {
    let locale = &visitor.locale;
    let date = locale.day(order.placed_at.date(), visitor.today());
    let country = locale.country(order.destination);
    locale.fill("order-summary", &[("parcels", parcels.into()), ("date", date.into()), ("country", country.into())])
}

/// The state of an order in the reader's words.
pub fn state(locale: &Locale, state: Fulfilment) -> String {
    locale.t(&format!("order-state-{}", state.name().replace('_', "-"))).to_string()
}

/// The colour of a state; the words stand beside it.
pub fn state_class(state: Fulfilment) -> &'static str {
    match state {
        Fulfilment::Waiting | Fulfilment::ToPack => "warn",
        Fulfilment::Packed => "sea",
        Fulfilment::Underway => "now",
        Fulfilment::Exception => "bad",
        Fulfilment::Delivered | Fulfilment::Completed => "ok",
        Fulfilment::Cancelled => "hollow",
    }
}

/// What stands above everything: title, text, colour, icon.
fn notice(locale: &Locale, order: &Order, waiting: bool) -> (String, String, &'static str, &'static str) {
    let (key, class, icon) = match (order.payment, order.fulfilment, order.customs) {
        (_, Fulfilment::Cancelled, _) => ("cancelled", "warn", "info"),
        (Payment::Failed, _, _) => ("failed", "bad", "error"),
        (Payment::Pending, _, _) if waiting => ("unpaid", "warn", "clock"),
        (Payment::Pending, _, _) => ("pending", "", "clock"),
        (_, _, Customs::Held) => ("held", "warn", "customs"),
        (_, Fulfilment::Completed, _) => ("done", "ok", "check"),
        (_, Fulfilment::ToPack, _) => ("placed", "ok", "check"),
        _ => return (String::new(), String::new(), "", "info"),
    };
    let text = locale.maybe(&format!("notice-{key}-text"), &[]).unwrap_or_default();
    (locale.t(&format!("notice-{key}")).to_string(), text, class, icon)
}

/// Why the last attempt to pay failed.
fn problem(visitor: &Visitor, intents: &[Intent]) -> String {
    let locale = &visitor.locale;
    if let Some(said) = visitor.flash.as_deref().filter(|said| !said.is_empty()) {
        return said.to_owned();
    }
    let last = intents.iter().max_by_key(|intent| intent.id.raw());
    let code =
        last.filter(|intent| intent.state == payments::State::Declined).map(|intent| intent.decline_code.as_str());
    let differs = last.is_some_and(|intent| intent.state == payments::State::Differs);
    let code = if differs { Some(payments::AMOUNT_DIFFERS) } else { code };
    let key = match code {
        None => return String::new(),
        Some("insufficient_funds") => "payment-insufficient-funds",
        Some("authentication_failed" | "refused") => "payment-refused",
        Some("amount_too_small" | "amount_too_large" | "amount_not_chargeable" | "currency_not_supported") => {
            "payment-amount"
        }
        Some("provider_refused" | "unknown") => "payment-outage",
        Some(payments::AMOUNT_DIFFERS) => "payment-differs",
        Some(_) => "payment-declined",
    };
    locale.t(key).to_string()
}

fn parcel(app: &App, visitor: &Visitor, whole: &Whole, stop: &Stop, cost: &LandedCost) -> ParcelView {
    let (locale, order, consignment) = (&visitor.locale, &whole.order, &stop.consignment);
    let lines: Vec<&Line> = whole.lines_of(consignment.id).collect();
    let (label, when) = when(visitor, order, stop);
    let from = locale.country(consignment.dispatch);
    let first = lines.first();
    let product = first.map(|line| line.title.as_str()).unwrap_or_default();
    let title = match lines.len() {
        0 | 1 => locale.fill("parcel-from", &[("product", product.into()), ("country", from.into())]),
        n => {
            locale.fill("parcel-more", &[("product", product.into()), ("n", (n - 1).into()), ("country", from.into())])
        }
    };
    let merchant = match first.map(|line| line.terms.merchant_of_record) {
        Some(terms::Party::Platform) => app.name(),
        _ => first.map(|line| line.seller_name.clone()).unwrap_or_default(),
    };
    let live: Vec<&Sent> = stop.sent().collect();
    let waiting = if live.is_empty() { Vec::new() } else { waiting(lines.iter().copied()) };
    ParcelView {
        picture: first.map(|line| line.image.clone()).unwrap_or_default(),
        title,
        nth: nth(visitor, whole, consignment, live.len()),
        when_label: label,
        when,
        sent: sent(visitor, whole, consignment, &live, !waiting.is_empty()),
        waiting,
        charges: charges(locale, cost),
        merchant,
        lines: lines.into_iter().map(|line| row(visitor, line, consignment.state)).collect(),
        after: AfterView::default(),
    }
}

fn nth(visitor: &Visitor, whole: &Whole, consignment: &Consignment, parcels: usize) -> String {
    let shown = || whole.consignments.iter().filter(|one| one.replaced_by.is_none());
    let before = shown().filter(|one| one.position < consignment.position).count();
    let args = [("n", (before + 1).into()), ("total", shown().count().into()), ("parcels", parcels.into())];
    visitor.locale.fill(if parcels > 1 { "shipment-n-of" } else { "parcel-n-of" }, &args)
}

/// The parcels of a consignment. The only one, if it is all, needs no name of its own.
fn sent(visitor: &Visitor, whole: &Whole, consignment: &Consignment, live: &[&Sent], more: bool) -> Vec<SentView> {
    let (locale, order) = (&visitor.locale, &whole.order);
    let apart = more || live.len() > 1;
    let view = |at: usize, one: Option<&Sent>| {
        let (when_label, when) = match one.filter(|_| apart) {
            Some(one) => when_of(visitor, order, consignment, &one.parcel),
            None => Default::default(),
        };
        let args = [("n", (at + 1).into()), ("total", live.len().into())];
        SentView {
            title: if apart { locale.fill("parcel-n-of", &args) } else { String::new() },
            tracking: one.and_then(Sent::tracking).unwrap_or_default().to_owned(),
            pieces: one.filter(|_| apart).map(|one| inside(&whole.lines, &one.parcel)).unwrap_or_default(),
            when_label,
            when,
            stops: journey::stops(visitor, order, consignment, one),
            events: journey::events(visitor, order, one),
        }
    };
    match live {
        [] => vec![view(0, None)],
        _ => live.iter().enumerate().map(|(at, one)| view(at, Some(one))).collect(),
    }
}

fn when_of(visitor: &Visitor, order: &Order, consignment: &Consignment, parcel: &orders::Parcel) -> (String, String) {
    let locale = &visitor.locale;
    let (from, to) = consignment.arrives;
    let word = |key: &str| (locale.t(key).to_string(), "–".to_owned());
    match (parcel.state, parcel.delivered_at) {
        (_, Some(at)) => {
            (locale.t("parcel-arrived").to_string(), locale.moment(at, order.destination, visitor.today()))
        }
        (ParcelState::Returned, _) => word("parcel-returned"),
        (ParcelState::WrittenOff, _) if parcel.returned_at.is_some() => word("parcel-returned"),
        (ParcelState::Lost | ParcelState::WrittenOff, _) => word("parcel-lost"),
        _ => (locale.t("parcel-arrives").to_string(), locale.window(from, to, visitor.today())),
    }
}

fn charges(locale: &Locale, cost: &LandedCost) -> Vec<LineView> {
    let kind = |kind: ChargeKind| {
        let of: Vec<&Charge> = cost.lines.iter().filter(|charge| charge.kind == kind).collect();
        cost::charge_lines(locale, &of, cost.currency, "")
    };
    [ChargeKind::Duty, ChargeKind::Tax, ChargeKind::Fee].into_iter().flat_map(kind).collect()
}

fn when(visitor: &Visitor, order: &Order, stop: &Stop) -> (String, String) {
    let locale = &visitor.locale;
    let consignment = &stop.consignment;
    let (from, to) = consignment.arrives;
    match (consignment.state, consignment.delivered_at) {
        (orders::State::Cancelled, _) => (locale.t("parcel-cancelled").to_string(), "–".into()),
        (orders::State::Lost, _) => (locale.t("parcel-lost").to_string(), "–".into()),
        (orders::State::Returned, _) => (locale.t("parcel-returned").to_string(), "–".into()),
        (_, Some(at)) => {
            (locale.t("parcel-arrived").to_string(), locale.moment(at, order.destination, visitor.today()))
        }
        _ => (locale.t("parcel-arrives").to_string(), locale.window(from, to, visitor.today())),
    }
}

/// A line as it was bought, and what of it is not sent.
pub fn row(visitor: &Visitor, line: &Line, state: orders::State) -> LineRow {
    let locale = &visitor.locale;
    let count = [("n", line.quantity.into()), ("options", line.options.as_str().into())];
    let bought = match line.options.is_empty() {
        true => locale.fill("pieces", &[("n", line.quantity.into())]),
        false => locale.fill("quantity-times", &count),
    };
    let some_out = line.called_off > 0 && state != orders::State::Cancelled;
    let out = some_out.then(|| locale.fill("take-out-taken", &[("n", line.called_off.into())]));
    LineRow {
        picture: line.image.clone(),
        title: line.title.clone(),
        detail: words::beside(&[
            &bought,
            &words::supplied(locale, line.supplied, visitor.today()),
            out.as_deref().unwrap_or_default(),
        ]),
        total: locale.money(line.total),
    }
}

fn order_cost(visitor: &Visitor, whole: &Whole, costs: &[LandedCost], pieces: i64) -> CostView {
    let locale = &visitor.locale;
    let order = &whole.order;
    let all: Vec<&LandedCost> = costs.iter().collect();
    let exchange = order.exchange.iter().filter(|one| one.from != one.to);
    let rate = |one: &orders::Exchange| {
        let date = base::time::parse_date(&one.date).map_or_else(|_| one.date.clone(), |date| locale.date(date));
        locale.fill(
            "why-rate-used",
            &[
                ("from", one.from.as_str().into()),
                ("to", one.to.as_str().into()),
                ("rate", short_rate(locale, &one.rate).into()),
                ("date", date.into()),
            ],
        )
    };
    let delivery = match costs.len() {
        1 => locale.t("cost-delivery").to_string(),
        n => locale.fill("cost-deliveries", &[("n", n.into())]),
    };
    let words = Words {
        goods: locale.fill("cost-goods", &[("n", pieces.into())]),
        goods_why: exchange.map(rate).collect(),
        delivery,
        delivery_why: Vec::new(),
    };
    cost::breakdown(locale, &all, order.currency, words)
}

/// A rate to six places: what was applied is exact, what is shown is to be read.
fn short_rate(locale: &Locale, exact: &str) -> String {
    let rate = exact.parse::<base::Rate>().map(|rate| rate.decimal().round_dp(6).normalize());
    rate.map_or_else(|_| exact.to_owned(), |rate| locale.number(rate.into()))
}

/// Who decides about an order: its buyer when signed in, else whoever holds the link.
pub fn decider(visitor: &Visitor, order: &Order) -> Actor {
    if order.buyer.is_some() { visitor.actor } else { Actor::Guest }
}

/// The consignments whose arrival can be confirmed: all of them is there, and nothing of it is objected to.
pub fn to_confirm(whole: &Whole) -> Vec<Id<Consignment>> {
    let fits = |one: &&Consignment| one.state == orders::State::Delivered && one.dispute != Dispute::Open;
    whole.consignments.iter().filter(fits).map(|one| one.id).collect()
}
