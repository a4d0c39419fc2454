//! Messages as letters: what `notify` keeps as a few facts, written out in the recipient's language as text and as HTML.

mod buyer;
mod people;

use base::{Currency, Error, Id, Money, Result};
use frame::App;
use frame::language::Locale;
use minijinja::value::{Serde, Value};
use notify::{Kind, Letter, Message};
use orders::Order;
use parties::RegistrationLink;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::{Read, Tx};

/// The facts of a message, as `app::reactions` keeps them: mostly the event's own body.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Facts {
    /// Raw id.
    order: i64,
    /// Raw id.
    organisation: i64,
    minor: i64,
    currency: String,
    /// What changed in how an account is opened, as a code.
    what: String,
    /// Why an order was called off, as a code.
    reason: String,
    /// What lay in escrow then, in minor units.
    escrow: i64,
    /// Which role is offered.
    role: String,
    /// The person who offers it, raw id, or 0.
    inviter: i64,
    /// Where somebody was going who wants an account.
    back: String,
}

impl Facts {
    fn of(message: &Message) -> Result<Facts> {
        serde_json::from_str(&message.facts)
            .map_err(|error| Error::internal(format!("facts of {} cannot be read: {error}", message.id)))
    }

    fn amount(&self) -> Result<Money> {
        Ok(Money::new(self.minor, self.currency.parse::<Currency>()?))
    }

    /// The order that a message to its buyer is about.
    fn order(&self, message: &Message) -> Id<Order> {
        Id::from_raw(if self.order == 0 { message.subject } else { self.order })
    }
}

/// Everything a letter says. The templates only lay it out.
#[derive(Debug, Default, Serialize)]
struct Sheet {
    subject: String,
    title: String,
    paragraphs: Vec<String>,
    /// What was bought or is to be shipped.
    lines: Vec<Line>,
    /// Labels and values.
    rows: Vec<Row>,
    /// The parts of a price, and their sum.
    costs: Vec<Row>,
    total: Option<Row>,
    button: String,
    /// Something to know about the link.
    hint: String,
    /// Why the reader gets this.
    why: String,
}

#[derive(Debug, Serialize)]
struct Line {
    title: String,
    detail: String,
    amount: String,
}

#[derive(Debug, Serialize)]
struct Row {
    label: String,
    value: String,
}

impl Row {
    fn new(label: impl Into<String>, value: impl Into<String>) -> Row {
        Row { label: label.into(), value: value.into() }
    }
}

/// What every letter is written with.
struct Desk<'a> {
    locale: &'a Arc<Locale>,
    shop: &'a str,
    message: &'a Message,
    facts: Facts,
    /// Where the button leads.
    path: &'a str,
}

/// The path a message's button leads to, made for this one sending: for a guest's order and for a forgotten password it holds a
/// secret of which only the hash is stored. None when there is nothing left to open.
pub fn link(tx: &mut Tx, message: &Message) -> Result<Option<String>> {
    let facts = Facts::of(message)?;
    Ok(match message.kind {
        Kind::ToShip | Kind::PaidOut => Some(plain_link(tx, message)?),
        Kind::PasswordReset => parties::reset_token(tx, Id::from_raw(message.subject))?
            .map(|token| format!("/reset-password?token={token}")),
        Kind::EmailChange => parties::email_token(tx, Id::from_raw(message.subject))?
            .map(|token| format!("/confirm-email?token={token}")),
        Kind::SecurityChanged => Some(frame::gate::SECURITY.into()),
        Kind::Invited => parties::invitation_token(tx, Id::from_raw(message.subject))?
            .map(|token| format!("/invitation?token={token}")),
        Kind::Registration => match parties::registration_link(tx, Id::from_raw(message.subject))? {
            RegistrationLink::Open(token) => Some(opening(&token, &facts)),
            RegistrationLink::Known => Some(SIGN_IN.into()),
            RegistrationLink::Over => None,
        },
        _ => {
            let order = orders::find(tx, facts.order(message))?;
            match order.buyer {
                // Whoever is signed in goes straight through.
                Some(_) => Some(format!("/sign-in?back={}", plain_link(tx, message)?)),
                None => Some(format!("/order/{}", orders::mail_access(tx, order.id)?)),
            }
        }
    })
}

/// Where the mail of a known address leads.
const SIGN_IN: &str = "/sign-in";

fn opening(token: &str, facts: &Facts) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("token", token);
    if !facts.back.is_empty() {
        query.append_pair("back", &facts.back);
    }
    format!("/register/confirm?{}", query.finish())
}

/// The link of a wish for an account, for an admin who hands it over where no mail is sent. Errors: denied; `registration_over`.
pub fn handed_over(tx: &mut Tx, message: &Message) -> Result<String> {
    let token = parties::hand_over_registration(tx, Id::from_raw(message.subject))?;
    Ok(opening(&token, &Facts::of(message)?))
}

/// The same path without a secret: what the console shows. Errors: denied.
pub fn plain_link(db: &mut Read, message: &Message) -> Result<String> {
    Ok(match message.kind {
        Kind::ToShip => format!("/seller/orders/{}", Id::<orders::Consignment>::from_raw(message.subject)),
        Kind::PaidOut => "/seller/balance".into(),
        Kind::PasswordReset => "/reset-password".into(),
        Kind::Invited => "/invitation".into(),
        Kind::Registration if parties::registration_known(db, &message.recipient)? => SIGN_IN.into(),
        Kind::Registration => "/register/confirm".into(),
        Kind::EmailChange => "/confirm-email".into(),
        Kind::SecurityChanged => frame::gate::SECURITY.into(),
        _ => format!("/order/{}", Facts::of(message)?.order(message)),
    })
}

/// Writes a message out. `path` is where its button leads. Errors: what it is about is gone; a damaged template.
pub fn letter(app: &App, db: &mut Read, message: &Message, path: &str) -> Result<Letter> {
    let locale = app.languages.find(&message.language).unwrap_or(app.languages.english());
    let shop = app.name();
    let desk = Desk { locale, shop: &shop, message, facts: Facts::of(message)?, path };
    let sheet = match message.kind {
        Kind::OrderPaid => buyer::paid(&desk, db),
        Kind::OrderCancelled => buyer::cancelled(&desk, db),
        Kind::OrderCompleted => buyer::completed(&desk, db),
        Kind::Refunded => buyer::refunded(&desk, db),
        Kind::HandedOver => buyer::handed_over(&desk, db),
        Kind::Held => buyer::held(&desk, db),
        Kind::Delivered => buyer::delivered(&desk, db),
        Kind::ToShip => people::to_ship(&desk, db),
        Kind::PaidOut => people::paid_out(&desk, db),
        Kind::PasswordReset => Ok(people::password_reset(&desk)),
        Kind::EmailChange => Ok(people::email_change(&desk)),
        Kind::SecurityChanged => Ok(people::security_changed(&desk)),
        Kind::Invited => people::invited(&desk, db),
        Kind::Registration => Ok(people::registration(&desk)),
        Kind::OrderLink => buyer::order_link(&desk, db),
    }?;
    let base = app.config.base_url.trim_end_matches('/');
    let context = minijinja::context! {
        lang => locale.tag,
        dir => locale.direction,
        shop => desk.shop,
        base => base,
        link => format!("{base}{path}"),
        ..Value::from(Serde(&sheet)),
    };
    let html = app.templates.render(locale.tag, "mail/letter.html", context.clone())?;
    let text = app.templates.render(locale.tag, "mail/letter.txt", context)?;
    // Sent again by hand it is another letter: mailboxes hide the second one of an id.
    let id = format!("{}.{}", message.id, message.queued_at.micros());
    Ok(Letter { id, to: message.recipient.clone(), subject: sheet.subject, text, html })
}
