//! What sellers' owners and people with an account are told.

use crate::buyer::{to_send, unsent};
use crate::sheet::{Desk, Row, Sheet};
use base::{Id, Result};
use frame::language::Arg;
use store::Read;

pub(super) fn sheet(desk: &Desk, key: &str, why: &str, args: &[(&str, Arg<'_>)]) -> Sheet {
    let mut all: Vec<(&str, Arg<'_>)> = vec![("shop", desk.shop.into())];
    all.extend(args.iter().cloned());
    let say = |part: &str| desk.locale.fill(&format!("mail-{key}-{part}"), &all);
    Sheet {
        subject: say("subject"),
        title: say("title"),
        paragraphs: vec![say("text")],
        button: say("button"),
        why: desk.locale.fill(why, &all),
        ..Sheet::default()
    }
}

/// A consignment to hand over, and until when.
pub(super) fn to_ship(desk: &Desk, db: &mut Read) -> Result<Sheet> {
    let consignment = orders::consignment(db, Id::from_raw(desk.message.subject))?;
    let whole = orders::whole(db, consignment.order)?;
    let seller = parties::organisation(db, consignment.organisation)?;
    let (locale, order) = (desk.locale, &whole.order);
    let today = desk.message.at.date();
    let until = consignment.ship_by.map(|until| locale.moment(until, seller.country, today)).unwrap_or_default();
    let country = locale.country(order.destination);
    let args = [
        ("number", Arg::from(order.number.as_str())),
        ("until", until.clone().into()),
        ("country", country.clone().into()),
        ("name", seller.name.as_str().into()),
    ];
    let mut sheet = sheet(desk, "to-ship", "mail-why-seller", &args);
    sheet.rows = vec![
        Row::new(&*locale.t("order-number-label"), &order.number),
        Row::new(&*locale.t("mail-hand-over-by"), until),
        Row::new(&*locale.t("mail-to"), country),
    ];
    sheet.lines = to_send(desk, &whole, consignment.id);
    Ok(sheet)
}

/// What is not to be sent any more: pieces of a consignment, all of it, or a parcel that is packed.
pub(super) fn not_to_send(desk: &Desk, db: &mut Read) -> Result<Sheet> {
    let consignment = orders::consignment(db, Id::from_raw(desk.facts.consignment))?;
    let whole = orders::whole(db, consignment.order)?;
    let seller = parties::organisation(db, consignment.organisation)?;
    let order = &whole.order;
    let args = [("number", Arg::from(order.number.as_str())), ("name", seller.name.as_str().into())];
    let key = match (desk.facts.packed, desk.facts.left) {
        (true, 0) => "not-to-hand-over",
        (true, _) => "not-to-hand-over-part",
        (false, 0) => "nothing-to-send",
        _ => "not-to-send",
    };
    let mut sheet = sheet(desk, key, "mail-why-seller", &args);
    sheet.rows = vec![Row::new(&*desk.locale.t("order-number-label"), &order.number)];
    sheet.lines = unsent(desk, &whole);
    Ok(sheet)
}

/// Money that was sent to a seller.
pub(super) fn paid_out(desk: &Desk, db: &mut Read) -> Result<Sheet> {
    let seller = parties::organisation(db, Id::from_raw(desk.facts.organisation))?;
    let amount = desk.locale.money(desk.facts.amount()?);
    let args = [("amount", Arg::from(amount.as_str())), ("name", seller.name.as_str().into())];
    let mut sheet = sheet(desk, "paid-out", "mail-why-seller", &args);
    let account = onboarding::bank_account_at(db, seller.id, desk.message.at)?;
    let to = account.map_or(seller.name.clone(), |account| format!("{}, {}", seller.name, account.masked()));
    sheet.rows = vec![
        Row::new(&*desk.locale.t("mail-paid-out-amount"), &amount),
        Row::new(&*desk.locale.t("mail-paid-out-to"), to),
    ];
    Ok(sheet)
}

/// The link to choose a new password.
pub(super) fn password_reset(desk: &Desk) -> Sheet {
    let args = [("email", Arg::from(desk.message.recipient.as_str()))];
    sheet(desk, "password-reset", "mail-why-person", &args)
}

/// The link that confirms another e-mail, to that address.
pub(super) fn email_change(desk: &Desk) -> Sheet {
    let args = [("email", Arg::from(desk.message.recipient.as_str()))];
    sheet(desk, "email-change", "mail-why-email-change", &args)
}

/// Something changed in how the account is opened: its holder must know, in case it was somebody else.
pub(super) fn security_changed(desk: &Desk) -> Sheet {
    let what = desk.locale.t(&format!("mail-security-{}", desk.facts.what.replace('_', "-"))).to_string();
    let args = [("email", Arg::from(desk.message.recipient.as_str())), ("what", what.into())];
    sheet(desk, "security-changed", "mail-why-person", &args)
}

/// Who offers which role to this address.
pub(super) fn invited(desk: &Desk, db: &mut Read) -> Result<Sheet> {
    let organisation = parties::organisation(db, Id::from_raw(desk.facts.organisation))?;
    let by = match desk.facts.inviter {
        0 => organisation.name.clone(),
        person => parties::person(db, Id::from_raw(person)).map_or(organisation.name.clone(), |person| person.name),
    };
    let role = desk.locale.t(&format!("role-{}", desk.facts.role.replace('_', "-"))).to_string();
    let args = [
        ("email", Arg::from(desk.message.recipient.as_str())),
        ("name", organisation.name.as_str().into()),
        ("by", by.as_str().into()),
    ];
    let key = if desk.facts.application == 0 { "invited" } else { "accepted" };
    let mut sheet = sheet(desk, key, "mail-why-person", &args);
    sheet.rows = vec![Row::new(&*desk.locale.t("invitation-as"), role), Row::new(&*desk.locale.t("invitation-by"), by)];
    Ok(sheet)
}

/// An application to sell here is in.
pub(super) fn applied(desk: &Desk) -> Sheet {
    sheet(desk, "applied", "mail-why-person", &[("name", desk.facts.name.as_str().into())])
}

/// Why somebody cannot sell here.
pub(super) fn declined(desk: &Desk) -> Sheet {
    let mut sheet = sheet(desk, "declined", "mail-why-person", &[("name", desk.facts.name.as_str().into())]);
    sheet.paragraphs.extend(desk.facts.reason.lines().filter(|line| !line.trim().is_empty()).map(String::from));
    sheet
}

/// Money goes to another account from now on: an owner must know, in case it was somebody else.
pub(super) fn bank_changed(desk: &Desk, db: &mut Read) -> Result<Sheet> {
    let seller = parties::organisation(db, Id::from_raw(desk.facts.organisation))?;
    let account = format!("…{}", desk.facts.hint);
    let args = [("name", Arg::from(seller.name.as_str())), ("account", account.into())];
    Ok(sheet(desk, "bank-changed", "mail-why-seller", &args))
}

/// The shop's money is taken by somebody else from now on: its admins must know, in case it was none of them.
pub(super) fn payments_changed(desk: &Desk) -> Sheet {
    let key = if desk.facts.active { "payments-set" } else { "payments-ended" };
    sheet(desk, key, "mail-why-admin", &[])
}

/// The link to open an account with, or the word that there is one.
pub(super) fn registration(desk: &Desk) -> Sheet {
    let args = [("email", Arg::from(desk.message.recipient.as_str()))];
    let key = if desk.path.starts_with(crate::link::SIGN_IN) { "registration-known" } else { "registration" };
    sheet(desk, key, "mail-why-person", &args)
}
