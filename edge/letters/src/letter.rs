//! A message written out.

use crate::sheet::{Desk, Facts};
use crate::{buyer, changes, claims, people};
use base::Result;
use frame::App;
use minijinja::value::{Serde, Value};
use notify::{Kind, Letter, Message};
use store::Read;

/// Writes a message out. `path` is where its button leads. Errors: what it is about is gone; a damaged template.
pub fn letter(app: &App, db: &mut Read, message: &Message, path: &str) -> Result<Letter> {
    let locale = app.languages.find(&message.language).unwrap_or(app.languages.english());
    let shop = app.name();
    let desk = Desk { locale, shop: &shop, message, facts: Facts::of(message)?, path };
    let sheet = match message.kind {
        Kind::OrderPaid => buyer::paid(&desk, db),
        Kind::OrderCancelled => buyer::cancelled(&desk, db),
        Kind::OrderReaddressed => buyer::readdressed(&desk, db),
        Kind::OrderAmended => buyer::amended(&desk, db),
        Kind::ChangeOffered => changes::offered(&desk, db),
        Kind::ChangeOver => changes::over(&desk, db),
        Kind::ChangeNotMade => changes::not_made(&desk, db),
        Kind::PiecesTakenOut => buyer::pieces_taken_out(&desk, db),
        Kind::OrderCompleted => buyer::completed(&desk, db),
        Kind::Refunded => buyer::refunded(&desk, db),
        Kind::HandedOver => buyer::handed_over(&desk, db),
        Kind::Held => buyer::held(&desk, db),
        Kind::Delivered => buyer::delivered(&desk, db),
        Kind::ToShip => people::to_ship(&desk, db),
        Kind::NotToSend => people::not_to_send(&desk, db),
        Kind::PaidOut => people::paid_out(&desk, db),
        Kind::PasswordReset => Ok(people::password_reset(&desk)),
        Kind::EmailChange => Ok(people::email_change(&desk)),
        Kind::SecurityChanged => Ok(people::security_changed(&desk)),
        Kind::Invited => people::invited(&desk, db),
        Kind::Registration => Ok(people::registration(&desk)),
        Kind::Applied => Ok(people::applied(&desk)),
        Kind::Declined => Ok(people::declined(&desk)),
        Kind::BankChanged => people::bank_changed(&desk, db),
        Kind::PaymentsChanged => Ok(people::payments_changed(&desk)),
        Kind::OrderLink => buyer::order_link(&desk, db),
        Kind::ClaimOpened | Kind::ClaimSent | Kind::ClaimEnded => claims::to_seller(&desk, db),
        Kind::ClaimReturn | Kind::ClaimReturnDue | Kind::ClaimRefused | Kind::ClaimEscalated | Kind::ClaimClosed => {
            claims::to_buyer(&desk, db)
        }
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
    let html = app.templates.render(locale.tag, "letters/letter.html", context.clone())?;
    let text = app.templates.render(locale.tag, "letters/letter.txt", context)?;
    // Sent again by hand it is another letter: mailboxes hide the second one of an id.
    let id = format!("{}.{}", message.id, message.queued_at.micros());
    Ok(Letter { id, to: message.recipient.clone(), subject: sheet.subject, text, html })
}
