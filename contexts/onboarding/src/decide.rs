//! The operator's word on an application: a seller with its terms comes of it, or a reason why not. Once.

use crate::apply::{Application, ApplicationState, application};
use crate::event::{Accepted, Declined};
use crate::profile::words;
use crate::seller::{Added, NewSeller, add};
use crate::terms_wish::TermsWish;
use base::{Error, Id, Permission, Result};
use notify::{Kind, Tell};
use serde_json::json;
use store::{Tx, params};

/// How an application is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accept {
    /// Another name than was applied for, where that one is taken or does not suit; empty for the same.
    pub name: String,
    /// Under which terms.
    pub terms: TermsWish,
}

/// Makes a seller of an application; its applicant is invited to own it, in their language. Emits `onboarding.accepted`.
/// Errors: denied; `unknown_application`; `application_decided` (conflict); those of [`crate::add_seller`].
pub fn accept(tx: &mut Tx, id: Id<Application>, how: &Accept, mail: bool) -> Result<Added> {
    tx.actor().may(Permission::SettingsWrite)?;
    let known = application(tx, id)?;
    if known.state != ApplicationState::Open {
        return Err(decided());
    }
    let new = NewSeller {
        name: if how.name.trim().is_empty() { known.name.clone() } else { how.name.clone() },
        country: known.country,
        currency: known.currency,
        language: known.language.clone(),
        terms: how.terms.clone(),
        email: known.email.clone(),
    };
    let added = add(tx, &new, mail, Some((id.raw(), known.language.tag())))?;
    let (now, by) = (tx.now(), tx.actor().label());
    if tx.run(ACCEPT, params![id, added.organisation, by, now])? == 0 {
        return Err(decided());
    }
    tx.emit(id, &Accepted { organisation: added.organisation })?;
    Ok(added)
}

/// Says no to an application; its applicant hears why. Emits `onboarding.declined`.
/// Errors: denied; `unknown_application`; `application_decided` (conflict); `reason` (a field).
pub fn decline(tx: &mut Tx, id: Id<Application>, reason: &str, mail: bool) -> Result<()> {
    tx.actor().may(Permission::SettingsWrite)?;
    let reason = words("reason", reason, 1_000)?;
    let known = application(tx, id)?;
    let (now, by) = (tx.now(), tx.actor().label());
    if tx.run(DECLINE, params![id, reason, by, now])? == 0 {
        return Err(decided());
    }
    tx.emit(id, &Declined {})?;
    let facts = json!({ "name": known.name, "reason": reason }).to_string();
    let tell = Tell {
        kind: Kind::Declined,
        subject: id.raw(),
        recipient: &known.email,
        language: known.language.tag(),
        facts: &facts,
        send: mail,
    };
    notify::tell(tx, &tell)
}

fn decided() -> Error {
    Error::conflict("application_decided", "This application was decided already; look at it again.")
}

const ACCEPT: &str =
    "UPDATE onboarding_application SET state = 'accepted', organisation = $2, decided_by = $3, decided_at = $4
    WHERE id = $1 AND state = 'open'";
const DECLINE: &str =
    "UPDATE onboarding_application SET state = 'declined', reason = $2, decided_by = $3, decided_at = $4
    WHERE id = $1 AND state = 'open'";
