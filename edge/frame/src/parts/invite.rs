//! Invitations, by mail or as a link that is handed over.

use crate::app::App;
use base::{Id, Result};
use notify::{Kind, Tell};
use parties::{Invitation, Invite};
use store::Tx;

/// A path of this house as it is reached from outside.
pub fn absolute(app: &App, path: &str) -> String {
    format!("{}{path}", app.config.base_url.trim_end_matches('/'))
}

/// Invites somebody by mail, or, without a mail server, gives the path of the link to hand over. The answer is the same whether the
/// address has an account. Errors: those of `parties`.
pub fn invite(tx: &mut Tx, new: &Invite, mail: bool) -> Result<(Invitation, Option<String>)> {
    let offer = parties::invite(tx, new)?;
    sent(tx, offer, mail)
}

/// The same invitation once more, for another week. Errors: those of `parties`.
pub fn invite_again(tx: &mut Tx, id: Id<Invitation>, mail: bool) -> Result<(Invitation, Option<String>)> {
    let offer = parties::renew_invitation(tx, id)?;
    sent(tx, offer, mail)
}

fn sent(tx: &mut Tx, offer: Invitation, mail: bool) -> Result<(Invitation, Option<String>)> {
    let (role, inviter) = (offer.role.name(), tx.actor().person().unwrap_or(0));
    let facts = serde_json::json!({ "organisation": offer.organisation.raw(), "role": role, "inviter": inviter });
    let tell = Tell {
        kind: Kind::Invited,
        subject: offer.id.raw(),
        recipient: &offer.email,
        language: offer.language.tag(),
        facts: &facts.to_string(),
        send: mail,
    };
    notify::tell(tx, &tell)?;
    let link = match mail {
        true => None,
        false => Some(format!("/invitation?token={}", parties::hand_over_invitation(tx, offer.id)?)),
    };
    Ok((offer, link))
}
