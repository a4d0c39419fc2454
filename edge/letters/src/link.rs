//! Where a message's button leads.

use crate::sheet::Facts;
use base::{Id, Result};
use frame::gate::SECURITY;
use notify::{Kind, Message};
use parties::RegistrationLink;
use store::{Read, Tx};

/// The path a message's button leads to, made for this one sending: for a guest's order and for a forgotten password it holds a
/// secret of which only the hash is stored. None when there is nothing left to open.
pub fn link(tx: &mut Tx, message: &Message) -> Result<Option<String>> {
    let facts = Facts::of(message)?;
    Ok(match message.kind {
        Kind::ToShip
        | Kind::NotToSend
        | Kind::PaidOut
        | Kind::Applied
        | Kind::Declined
        | Kind::BankChanged
        | Kind::PaymentsChanged
        | Kind::ChangeNotMade
        | Kind::ClaimOpened
        | Kind::ClaimSent
        | Kind::ClaimEnded => Some(plain_link(tx, message)?),
        Kind::PasswordReset => parties::reset_token(tx, Id::from_raw(message.subject))?
            .map(|token| format!("/reset-password?token={token}")),
        Kind::EmailChange => parties::email_token(tx, Id::from_raw(message.subject))?
            .map(|token| format!("/confirm-email?token={token}")),
        Kind::SecurityChanged => Some(SECURITY.into()),
        Kind::Invited => parties::invitation_token(tx, Id::from_raw(message.subject))?
            .map(|token| format!("/invitation?token={token}")),
        Kind::Registration => match parties::registration_link(tx, Id::from_raw(message.subject))? {
            RegistrationLink::Open(token) => Some(opening(&token, &facts)),
            RegistrationLink::Known => Some(SIGN_IN.into()),
            RegistrationLink::Over => None,
        },
        kind => {
            let order = orders::find(tx, facts.order(message))?;
            let below = if kind == Kind::ChangeOffered { "/change" } else { "" };
            Some(match order.buyer {
                // Whoever is signed in goes straight through.
                Some(_) => format!("/sign-in?back={}", plain_link(tx, message)?),
                None => format!("/order/{}{below}", orders::mail_access(tx, order.id)?),
            })
        }
    })
}

/// Where the mail of a known address leads.
pub(crate) const SIGN_IN: &str = "/sign-in";

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
        Kind::NotToSend => {
            format!("/seller/orders/{}", Id::<orders::Consignment>::from_raw(Facts::of(message)?.consignment))
        }
        Kind::PaidOut => "/seller/balance".into(),
        Kind::Applied | Kind::Declined => "/selling".into(),
        Kind::BankChanged => "/seller/settings".into(),
        Kind::PaymentsChanged => "/console/settings/connections/payments".into(),
        Kind::ChangeNotMade => "/seller/orders".into(),
        Kind::ClaimOpened | Kind::ClaimSent | Kind::ClaimEnded => {
            format!("/seller/claims/{}", Id::<aftersales::Claim>::from_raw(message.subject))
        }
        Kind::PasswordReset => "/reset-password".into(),
        Kind::Invited => "/invitation".into(),
        Kind::Registration if parties::registration_known(db, &message.recipient)? => SIGN_IN.into(),
        Kind::Registration => "/register/confirm".into(),
        Kind::EmailChange => "/confirm-email".into(),
        Kind::SecurityChanged => SECURITY.into(),
        Kind::ChangeOffered => format!("/order/{}/change", Facts::of(message)?.order(message)),
        _ => format!("/order/{}", Facts::of(message)?.order(message)),
    })
}
