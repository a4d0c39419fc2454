//! What buyers and sellers are told of claims.

use crate::buyer::piece;
use crate::sheet::{Desk, Row, Sheet};
use crate::{buyer, people};
use aftersales::{Claim, Outcome};
use base::{Country, Id, Moment, Result};
use frame::language::Arg;
use notify::Kind;
use orders::Whole;
use store::Read;

struct Seen {
    claim: Claim,
    whole: Whole,
    lines: Vec<crate::sheet::Line>,
}

fn see(desk: &Desk, db: &mut Read) -> Result<Seen> {
    let claim = aftersales::claim(db, Id::from_raw(desk.message.subject))?;
    let whole = orders::whole(db, claim.order)?;
    let mut lines = Vec::new();
    for claimed in aftersales::lines(db, claim.id)? {
        if let Some(line) = whole.lines.iter().find(|line| line.id == claimed.line) {
            lines.push(piece(desk, line, claimed.pieces));
        }
    }
    Ok(Seen { claim, whole, lines })
}

/// Until when the next step was due when the message was told.
fn due(desk: &Desk, place: Country) -> String {
    let due = desk.facts.due_at.as_deref().and_then(|text| text.parse::<Moment>().ok());
    due.map(|due| desk.locale.moment(due, place, desk.message.at.date())).unwrap_or_default()
}

fn about(desk: &Desk, kind: &str) -> String {
    desk.locale.t(&format!("claim-kind-{}", kind.replace('_', "-"))).to_string()
}

/// The text of a claim that is over: by what became of it.
fn ended(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::None | Outcome::Withdrawn => "claim-closed-withdrawn",
        Outcome::Refunded | Outcome::Reduced => "claim-closed-paid",
        Outcome::Refused | Outcome::Dismissed => "claim-closed-dismissed",
        Outcome::NotReturned => "claim-closed-not-returned",
    }
}

/// To the buyer.
pub(super) fn to_buyer(desk: &Desk, db: &mut Read) -> Result<Sheet> {
    let Seen { claim, whole, lines } = see(desk, db)?;
    let key = match desk.message.kind {
        Kind::ClaimReturn => "claim-return",
        Kind::ClaimReturnDue => "claim-return-due",
        Kind::ClaimRefused => "claim-refused",
        Kind::ClaimEscalated => "claim-escalated",
        _ => ended(claim.outcome),
    };
    let until = due(desk, whole.order.destination);
    let amount = desk.locale.money(claim.refunded);
    let args = [("until", Arg::from(until)), ("amount", amount.into())];
    let mut sheet = buyer::sheet(desk, &whole.order, key, &args);
    sheet.rows.push(Row::new(&*desk.locale.t("claim-about"), about(desk, claim.kind.name())));
    if let (Kind::ClaimReturn | Kind::ClaimReturnDue, Some(address)) = (desk.message.kind, &claim.return_to) {
        let address = parties::address_format::label_lines(address).join(", ");
        sheet.rows.push(Row::new(&*desk.locale.t("claim-return-to"), address));
    }
    sheet.lines = lines;
    Ok(sheet)
}

/// To its seller's owners.
pub(super) fn to_seller(desk: &Desk, db: &mut Read) -> Result<Sheet> {
    let Seen { claim, whole, lines } = see(desk, db)?;
    let seller = parties::organisation(db, claim.organisation)?;
    let key = match (desk.message.kind, desk.facts.state.as_str()) {
        (Kind::ClaimOpened, "returning") => "claim-withdrawn-goods",
        (Kind::ClaimOpened, _) => "claim-opened",
        (Kind::ClaimSent, _) => "claim-sent",
        _ => "claim-ended",
    };
    let args = [
        ("number", Arg::from(whole.order.number.as_str())),
        ("until", due(desk, seller.country).into()),
        ("amount", desk.locale.money(claim.refunded).into()),
        ("name", seller.name.as_str().into()),
    ];
    let mut sheet = people::sheet(desk, key, "mail-why-seller", &args);
    sheet.rows = vec![
        Row::new(&*desk.locale.t("order-number-label"), &whole.order.number),
        Row::new(&*desk.locale.t("claim-about"), about(desk, claim.kind.name())),
    ];
    if !claim.tracking.is_empty() {
        sheet.rows.push(Row::new(&*desk.locale.t("mail-tracking"), format!("{} {}", claim.carrier, claim.tracking)));
    }
    sheet.lines = lines;
    Ok(sheet)
}
