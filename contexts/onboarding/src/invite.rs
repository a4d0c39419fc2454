//! Invitations, by mail or as a link that is handed over.

use base::{Id, Result};
use notify::{Kind, Tell};
use parties::{Invitation, Invite};
use serde_json::json;
use store::Tx;

/// An invitation that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// The invitation.
    pub offer: Invitation,
    /// Only where no mail is sent: the path of the link to hand over.
    pub path: Option<String>,
}

/// Invites somebody: by mail (`mail`: there is a server for it), else with a link to hand over. The answer is the same whether the
/// address has an account. Errors: those of [`parties::invite`].
pub fn invite(tx: &mut Tx, new: &Invite, mail: bool) -> Result<Invited> {
    let offer = parties::invite(tx, new)?;
    sent(tx, offer, mail, None)
}

/// The same invitation once more, for another week. Errors: those of [`parties::renew_invitation`].
pub fn invite_again(tx: &mut Tx, id: Id<Invitation>, mail: bool) -> Result<Invited> {
    let offer = parties::renew_invitation(tx, id)?;
    sent(tx, offer, mail, None)
}

/// Sends an invitation in the language that its reader asked for, else in the one it was made in. `application` says of which
/// application it is the answer.
pub(crate) fn sent(tx: &mut Tx, offer: Invitation, mail: bool, application: Option<(i64, &str)>) -> Result<Invited> {
    let (role, inviter) = (offer.role.name(), tx.actor().person().unwrap_or(0));
    let mut facts = json!({ "organisation": offer.organisation.raw(), "role": role, "inviter": inviter });
    let mut language = offer.language.tag();
    if let Some((id, asked)) = application {
        facts["application"] = id.into();
        language = asked;
    }
    let (subject, facts) = (offer.id.raw(), facts.to_string());
    notify::tell(
        tx,
        &Tell { kind: Kind::Invited, subject, recipient: &offer.email, language, facts: &facts, send: mail },
    )?;
    let path = match mail {
        true => None,
        false => Some(format!("/invitation?token={}", parties::hand_over_invitation(tx, offer.id)?)),
    };
    Ok(Invited { offer, path })
}
