//! What a change makes of an order: what was and what would be, part by part, and the difference; for the buyer's page and both desks.

use crate::language::Locale;
use crate::parts::address::Problem;
use crate::parts::words;
use crate::visitor::Visitor;
use base::{Error, Id, Kind, Money, Result};
use orders::{Amended, Consignment, PlaceLine, Sums, Whole};
use serde::Serialize;

/// A part of a sum.
type Part = fn(&Sums) -> Money;

/// What is needed to show a change.
pub struct Change<'a> {
    /// The order as it is.
    pub whole: &'a Whole,
    /// The consignments that make way.
    pub replaces: &'a [Id<Consignment>],
    /// What is left of them, by part.
    pub parts: Sums,
    /// And in all.
    pub left: Money,
    /// What comes in their place.
    pub amended: &'a Amended,
}

/// A change as pages show it.
#[derive(Serialize)]
pub struct ChangeView {
    before: Vec<PiecesView>,
    parcels: Vec<ParcelView>,
    rows: Vec<PartView>,
    left: String,
    total: String,
    /// What the buyer pays more.
    pub more: Option<String>,
    /// What goes back.
    pub back: Option<String>,
}

#[derive(Serialize)]
struct ParcelView {
    from: String,
    service: String,
    arrives: String,
    lines: Vec<PiecesView>,
}

/// Pieces of something.
#[derive(Serialize)]
pub struct PiecesView {
    /// Its title.
    pub title: String,
    /// Option values, or empty.
    pub options: String,
    /// How many.
    pub n: i64,
}

/// A part of the price, before and after.
#[derive(Serialize)]
struct PartView {
    label: String,
    before: String,
    after: String,
}

/// In the reader's words.
pub fn view(visitor: &Visitor, change: &Change) -> Result<ChangeView> {
    let (locale, currency) = (&visitor.locale, change.left.currency);
    let mut parcels = Vec::new();
    for one in &change.amended.consignments {
        parcels.push(ParcelView {
            from: locale.country(one.dispatch),
            service: logistics::seen_service(&one.service)
                .map_or_else(|| one.service.clone(), |service| words::service(locale, service)),
            arrives: locale.window(one.arrives.0, one.arrives.1, visitor.today()),
            lines: one.lines.iter().map(new_piece).collect(),
        });
    }
    let sums = change.amended.consignments.iter().map(|one| one.sums(currency)).collect::<Result<Vec<_>>>()?;
    let after = |of: Part| Money::sum(currency, sums.iter().map(of));
    let total = change.amended.total(currency)?;
    let named: [(&str, Part); 5] = [
        ("take-out-goods", |sums| sums.goods),
        ("cost-delivery", |sums| sums.shipping),
        ("cost-duty", |sums| sums.duty),
        ("take-out-tax", |sums| sums.tax),
        ("cost-fee", |sums| sums.fees),
    ];
    let mut rows = Vec::new();
    for (label, of) in named {
        let (was, is) = (of(&change.parts), after(of)?);
        if was.minor != 0 || is.minor != 0 {
            let label = locale.t(label).to_string();
            rows.push(PartView { label, before: locale.money(was), after: locale.money(is) });
        }
    }
    let some = |minor: i64| (minor > 0).then(|| locale.money(Money::new(minor, currency)));
    Ok(ChangeView {
        before: before(change),
        parcels,
        rows,
        left: locale.money(change.left),
        total: locale.money(total),
        more: some(total.minor - change.left.minor),
        back: some(change.left.minor - total.minor),
    })
}

fn new_piece(line: &PlaceLine) -> PiecesView {
    PiecesView { title: line.title.clone(), options: line.options.clone(), n: line.quantity }
}

fn before(change: &Change) -> Vec<PiecesView> {
    let lines = change.replaces.iter().flat_map(|id| change.whole.lines_of(*id)).filter(|line| line.to_send() > 0);
    lines
        .map(|line| PiecesView { title: line.title.clone(), options: line.options.clone(), n: line.to_send() })
        .collect()
}

/// What is wrong with a wish for a change, in the reader's words. Errors: what no form can mend.
pub fn problems(locale: &Locale, error: Error) -> Result<Vec<Problem>> {
    if !matches!(error.kind, Kind::Invalid | Kind::Conflict | Kind::Gone) {
        return Err(error);
    }
    let say = |code: &str| locale.maybe(&format!("amend-error-{}", code.replace('_', "-")), &[]);
    if error.fields.is_empty() || error.code == "not_sendable" {
        return Ok(vec![Problem::general(say(error.code).unwrap_or(error.message))]);
    }
    let text = |field: &base::Field| say(field.code).unwrap_or_else(|| field.message.clone());
    let place = |field: &base::Field| if field.code == "out_of_stock" { String::new() } else { field.name.clone() };
    Ok(error.fields.iter().map(|field| Problem::of(&place(field), text(field))).collect())
}
