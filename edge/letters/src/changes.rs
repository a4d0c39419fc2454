//! What buyers and sellers are told of changes that a seller or the shop proposes.

use crate::buyer;
use crate::people;
use crate::sheet::{Desk, Line, Row, Sheet};
use amendments::Amendment;
use base::{Country, Id, Moment, Money, Result};
use frame::language::Arg;
use frame::parts::take_out::why_word;
use frame::parts::words;
use orders::Order;
use store::Read;

fn see(desk: &Desk, db: &mut Read) -> Result<(Amendment, Order)> {
    let known = amendments::amendment(db, Id::from_raw(desk.message.subject))?;
    let order = orders::find(db, known.order)?;
    Ok((known, order))
}

fn who(desk: &Desk, db: &mut Read, known: &Amendment) -> Result<String> {
    let seller = known.organisation.map(|seller| parties::organisation(db, seller)).transpose()?;
    Ok(seller.map_or_else(|| desk.shop.to_owned(), |seller| seller.name))
}

fn until(desk: &Desk, place: Country) -> String {
    let until = desk.facts.expires_at.as_deref().and_then(|text| text.parse::<Moment>().ok());
    until.map(|until| desk.locale.moment(until, place, desk.message.at.date())).unwrap_or_default()
}

fn reason(desk: &Desk, known: &Amendment) -> Option<Row> {
    let why = why_word(desk.locale, known.reason?);
    Some(Row::new(&*desk.locale.t("mail-change-reason"), why))
}

/// To the buyer: what would be sent, what it costs, and until when to answer.
pub(super) fn offered(desk: &Desk, db: &mut Read) -> Result<Sheet> {
    let (known, order) = see(desk, db)?;
    let (locale, who) = (desk.locale, who(desk, db, &known)?);
    let args = [("who", Arg::from(who)), ("until", until(desk, order.destination).into())];
    let mut sheet = buyer::sheet(desk, &order, "change-offered", &args);
    sheet.rows.extend(reason(desk, &known));
    sheet.rows.push(Row::new(&*locale.t("amend-before"), locale.money(known.left)));
    sheet.rows.push(Row::new(&*locale.t("amend-after"), locale.money(known.total)));
    let difference =
        |key: &str, money: Money| (money.minor > 0).then(|| Row::new(&*locale.t(key), locale.money(money)));
    sheet.total = difference("amend-more", known.more()).or_else(|| difference("mail-change-back", known.back()));
    if !known.words.is_empty() {
        sheet.paragraphs.push(known.words.clone());
    }
    let lines = known.change.iter().flat_map(|change| &change.amended.consignments).flat_map(|one| &one.lines);
    sheet.lines = lines
        .map(|line| Line {
            title: line.title.clone(),
            detail: words::beside(&[&locale.fill("pieces", &[("n", line.quantity.into())]), &line.options]),
            amount: String::new(),
        })
        .collect();
    Ok(sheet)
}

/// To the buyer: it came to nothing, and the order stays.
pub(super) fn over(desk: &Desk, db: &mut Read) -> Result<Sheet> {
    let (known, order) = see(desk, db)?;
    let args = [("who", Arg::from(who(desk, db, &known)?))];
    let mut sheet = buyer::sheet(desk, &order, "change-over", &args);
    sheet.rows.extend(reason(desk, &known));
    Ok(sheet)
}

/// To the owners of the seller who proposed it.
pub(super) fn not_made(desk: &Desk, db: &mut Read) -> Result<Sheet> {
    let (known, order) = see(desk, db)?;
    let args = [("number", Arg::from(order.number.as_str())), ("name", who(desk, db, &known)?.into())];
    let key = if desk.facts.why == "declined" { "change-declined" } else { "change-not-made" };
    let mut sheet = people::sheet(desk, key, "mail-why-seller", &args);
    sheet.rows = vec![Row::new(&*desk.locale.t("order-number-label"), &order.number)];
    sheet.rows.extend(reason(desk, &known));
    Ok(sheet)
}
