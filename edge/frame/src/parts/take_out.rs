//! Taking pieces out of an order before it is packed: what can be taken out, what that would give back, and what was given back before;
//! for the buyer's page and for both desks.

use crate::form::Form;
use crate::language::Locale;
use crate::parts::address::Problem;
use crate::parts::field::problems_title;
use crate::parts::titles::retitle;
use crate::visitor::Visitor;
use base::{Actor, Error, Id, Kind, Money, Result};
use orders::{Consignment, Line, Order, Side, Sums, Whole};
use serde::Serialize;
use settlement::{Given, TakeOut, TakenOut, Why};
use store::Read;

/// What the page is made from.
pub struct Seen {
    /// The order, its titles as the reader knows them.
    pub whole: Whole,
    lines: Vec<(Id<Line>, i64)>,
    foreseen: Option<Result<TakenOut>>,
}

/// Reads what `actor` may take out of an order (of one consignment, where one is named), and what the form asks for would give back.
/// `tag`: the desk's language; a buyer reads the titles of the order. Errors: those of the order.
pub fn see(
    db: &mut Read,
    actor: Actor,
    order: Id<Order>,
    of: Option<Id<Consignment>>,
    form: &Form,
    tag: Option<&str>,
) -> Result<Seen> {
    let mut whole = orders::whole(db, order)?;
    if let Some(tag) = tag {
        whole.lines = retitle(db, tag, whole.lines)?;
    }
    let open = orders::may_be_taken_out(actor, &whole).into_iter();
    let own = open.filter(|(line, _)| of.is_none_or(|of| of == line.consignment));
    let lines: Vec<(Id<Line>, i64)> = own.map(|(line, left)| (line.id, left)).collect();
    let foreseen = match wanted(form, &whole, of) {
        _ if form.given("look").is_none() => None,
        Ok(lines) => Some(settlement::foresee_take_out(db, order, &lines)),
        Err(error) => Some(Err(error)),
    };
    Ok(Seen { whole, lines, foreseen })
}

/// The pieces that a form asks for. Errors: `pieces` (a field) is no whole number.
fn wanted(form: &Form, whole: &Whole, of: Option<Id<Consignment>>) -> Result<Vec<(Id<Line>, i64)>> {
    let mut lines = Vec::new();
    for line in whole.lines.iter().filter(|line| of.is_none_or(|of| of == line.consignment)) {
        let Some(text) = form.given(&field(line.id)) else { continue };
        let wrong = || Error::field("pieces", "whole_number", "Write a whole number of pieces.");
        let pieces: i64 = text.parse().map_err(|_| wrong())?;
        lines.extend((pieces != 0).then_some((line.id, pieces)));
    }
    Ok(lines)
}

fn field(line: Id<Line>) -> String {
    format!("pieces-{line}")
}

/// What a form that was confirmed asks for. `place` tells the forms of different pages apart. Errors: as the fields have them.
pub fn wish(form: &Form, whole: &Whole, of: Option<Id<Consignment>>, side: Side, place: &str) -> Result<TakeOut> {
    let why = match side {
        Side::Buyer => Why::ChangedMind,
        _ => Why::named(form.text("reason"))
            .ok_or_else(|| Error::field("reason", "required", "Choose why: the buyer is told."))?,
    };
    let order = whole.order.id;
    // The form's own key: sent twice, it is done once.
    let key = format!("take-out:{place}:{}:{}", order.raw(), form.text("key"));
    Ok(TakeOut { order, lines: wanted(form, whole, of)?, why, key })
}

/// The page: lines to choose from, or what the choice would give back.
#[derive(Serialize)]
pub struct TakeOutView {
    action: String,
    back: String,
    lines: Vec<LineView>,
    reasons: Vec<ReasonView>,
    does: Option<DoesView>,
    key: String,
    problems: Vec<Problem>,
    problems_title: String,
}

#[derive(Serialize)]
struct LineView {
    id: String,
    title: String,
    options: String,
    picture: String,
    left: i64,
    value: String,
}

#[derive(Serialize)]
struct ReasonView {
    code: &'static str,
    name: String,
    chosen: bool,
}

#[derive(Serialize)]
struct DoesView {
    pieces: Vec<PiecesView>,
    parts: PartsView,
    /// Consignments that are called off by it.
    ends: usize,
    reason: String,
    /// Fields to send again, so that what was shown is what is done.
    fields: Vec<(String, String)>,
}

#[derive(Serialize)]
struct PiecesView {
    title: String,
    options: String,
    n: i64,
}

/// Money by part, and their sum.
#[derive(Serialize)]
pub struct PartsView {
    rows: Vec<(String, String)>,
    total: String,
}

/// The page at `action` of a `side`; `back` is the order's page. `error`: why the last try was not accepted.
pub fn view(
    visitor: &Visitor,
    seen: &Seen,
    form: &Form,
    (action, back): (&str, &str),
    (side, key): (Side, String),
    error: Option<Error>,
) -> Result<TakeOutView> {
    let locale = &visitor.locale;
    let (does, refused) = match (&seen.foreseen, error) {
        (_, Some(error)) => (None, Some(error)),
        (Some(Ok(taken)), None) => (Some(does(locale, seen, form, side, taken)), None),
        (Some(Err(error)), None) => (None, Some(error.clone())),
        (None, None) => (None, None),
    };
    let problems = refused.map(|error| problems(locale, error)).transpose()?.unwrap_or_default();
    let chosen = form.text("reason");
    let reason =
        |why: &Why| ReasonView { code: why.name(), name: why_word(locale, *why), chosen: why.name() == chosen };
    Ok(TakeOutView {
        action: action.to_owned(),
        back: back.to_owned(),
        lines: seen.lines.iter().filter_map(|(id, left)| line(seen, form, *id, *left)).collect(),
        reasons: if side == Side::Buyer { Vec::new() } else { Why::of(side).iter().map(reason).collect() },
        does,
        key,
        problems_title: problems_title(locale, &problems),
        problems,
    })
}

impl TakeOutView {
    /// Whether it is shown again because something was wrong.
    pub fn is_refused(&self) -> bool {
        !self.problems.is_empty()
    }
}

fn line(seen: &Seen, form: &Form, id: Id<Line>, left: i64) -> Option<LineView> {
    let line = seen.whole.lines.iter().find(|line| line.id == id)?;
    Some(LineView {
        id: id.to_string(),
        title: line.title.clone(),
        options: line.options.clone(),
        picture: line.image.clone(),
        left,
        value: form.text(&field(id)).to_owned(),
    })
}

fn does(locale: &Locale, seen: &Seen, form: &Form, side: Side, taken: &TakenOut) -> DoesView {
    let asked = |line: &Line| {
        let n = form.maybe::<i64>(&field(line.id)).filter(|n| *n > 0)?;
        Some(PiecesView { title: line.title.clone(), options: line.options.clone(), n })
    };
    let why = if side == Side::Buyer { None } else { Why::named(form.text("reason")) };
    let kept = form.fields().iter().filter(|(name, _)| name.starts_with("pieces-") || name == "reason");
    DoesView {
        pieces: seen.whole.lines.iter().filter_map(asked).collect(),
        parts: parts_view(locale, &taken.parts, ("take-out-before", taken.before), taken.amount),
        ends: taken.ends.len(),
        reason: why.map(|why| why_word(locale, why)).unwrap_or_default(),
        fields: kept.cloned().collect(),
    }
}

/// The parts that are not nothing, what was given before, and what goes back.
fn parts_view(locale: &Locale, parts: &Sums, (why, before): (&str, Money), amount: Money) -> PartsView {
    let named = [
        ("take-out-goods", parts.goods),
        ("cost-delivery", parts.shipping),
        ("cost-duty", parts.duty),
        ("take-out-tax", parts.tax),
        ("cost-fee", parts.fees),
        (why, Money::new(-before.minor, before.currency)),
    ];
    let due = named.into_iter().filter(|(_, money)| money.minor != 0);
    PartsView {
        rows: due.map(|(key, money)| (locale.t(key).to_string(), locale.money(money))).collect(),
        total: locale.money(amount),
    }
}

/// Why pieces are taken out, in the reader's words.
pub fn why_word(locale: &Locale, why: Why) -> String {
    locale.t(&format!("take-out-why-{}", why.name().replace('_', "-"))).to_string()
}

/// What is wrong, in the reader's words. Errors: what no form can mend.
fn problems(locale: &Locale, error: Error) -> Result<Vec<Problem>> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict) {
        return Err(error);
    }
    let say = |code: &str| locale.maybe(&format!("take-out-error-{}", code.replace('_', "-")), &[]);
    if error.fields.is_empty() {
        return Ok(vec![Problem::general(say(error.code).unwrap_or(error.message))]);
    }
    let text = |field: &base::Field| say(field.code).unwrap_or_else(|| field.message.clone());
    Ok(error.fields.iter().map(|field| Problem::of(&field.name, text(field))).collect())
}

/// A refund as the order's page shows it.
#[derive(Serialize)]
pub struct GivenView {
    at: String,
    iso: String,
    /// What it is: pieces taken out, a consignment called off, a lower price …
    what: String,
    why: String,
    pieces: Vec<PiecesView>,
    parts: PartsView,
}

/// The refunds of an order, oldest first.
pub fn given(visitor: &Visitor, whole: &Whole, given: &[Given]) -> Vec<GivenView> {
    let locale = &visitor.locale;
    let pieces = |one: &Given| {
        let line = |(id, n): &(Id<Line>, i64)| {
            let line = whole.lines.iter().find(|line| line.id == *id)?;
            Some(PiecesView { title: line.title.clone(), options: line.options.clone(), n: *n })
        };
        one.pieces.iter().filter_map(line).collect()
    };
    let view = |one: &Given| GivenView {
        at: locale.moment(one.at, whole.order.destination, visitor.today()),
        iso: one.at.to_string(),
        what: locale.t(&format!("given-back-{}", one.kind.replace('_', "-"))).to_string(),
        why: Why::named(&one.reason)
            .filter(|_| one.kind == "taken_out")
            .map_or(String::new(), |why| why_word(locale, why)),
        pieces: pieces(one),
        parts: parts_view(locale, &one.parts, before(one), one.amount),
    };
    given.iter().map(view).collect()
}

/// What of it does not go back, and why: the buyer had it before, or it counts for what came in its place. Of goodwill, which takes
/// nothing back, nothing.
fn before(one: &Given) -> (&'static str, Money) {
    let why = if one.credited.minor > 0 { "take-out-credited" } else { "take-out-before" };
    let owed = one.parts.total().map_or(0, |total| total.minor);
    (why, Money::new((owed - one.amount.minor).max(0), one.amount.currency))
}
