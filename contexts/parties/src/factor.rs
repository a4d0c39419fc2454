//! The second factor of a person as a whole: which they have, who must have one, and an admin's help for somebody who lost theirs.

use crate::event::{FactorsReset, RecoveryRenewed};
use crate::passkey::{PasskeyView, passkeys};
use crate::person::{Person, acting, person};
use crate::setting::{put, setting};
use crate::{passkey, recovery, session, totp};
use base::{Error, Id, Permission, Result, Role};
use store::{FromValue, Read, ToValue, Tx, Value, params};

/// How somebody showed at sign-in who they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Proof {
    /// By the password alone.
    #[default]
    Password,
    /// And a code of the authenticator app.
    Totp,
    /// And a recovery code.
    Recovery,
    /// By a passkey, which asks for a finger, a face or a PIN.
    Passkey,
}

impl Proof {
    const ALL: [Proof; 4] = [Proof::Password, Proof::Totp, Proof::Recovery, Proof::Passkey];

    /// Stable name, as stored and as translated.
    pub fn name(self) -> &'static str {
        match self {
            Proof::Password => "password",
            Proof::Totp => "totp",
            Proof::Recovery => "recovery",
            Proof::Passkey => "passkey",
        }
    }

    /// More than a password was shown.
    pub fn is_second(self) -> bool {
        self != Proof::Password
    }
}

impl FromValue for Proof {
    fn from_value(value: &Value) -> Option<Proof> {
        let Value::Text(name) = value else { return None };
        Proof::ALL.into_iter().find(|proof| proof.name() == name)
    }
}

impl ToValue for Proof {
    fn to_value(&self) -> Value {
        Value::Text(self.name().into())
    }

    fn null() -> Value {
        Value::NullText
    }
}

/// Who must have a second factor before a desk opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Required {
    /// Nobody must; everybody may.
    #[default]
    Nobody,
    /// The operator's people.
    Operators,
    /// The operator's people and the sellers'.
    Desks,
}

impl Required {
    /// Every one.
    pub const ALL: [Required; 3] = [Required::Nobody, Required::Operators, Required::Desks];

    /// Stable name, as stored and as translated.
    pub fn name(self) -> &'static str {
        match self {
            Required::Nobody => "nobody",
            Required::Operators => "operators",
            Required::Desks => "desks",
        }
    }

    /// The one with this stored name.
    pub fn named(name: &str) -> Option<Required> {
        Required::ALL.into_iter().find(|one| one.name() == name)
    }

    /// Whether it is asked of somebody who acts in this role.
    pub fn of(self, role: Role) -> bool {
        match role {
            Role::Admin | Role::Operations | Role::Finance | Role::Service => self != Required::Nobody,
            Role::SellerOwner | Role::SellerStaff => self == Required::Desks,
            _ => false,
        }
    }
}

pub(crate) const REQUIRED: &str = "security.second_factor";

/// Who must have a second factor; nobody, until an admin says so.
pub fn required(db: &mut Read) -> Result<Required> {
    Ok(setting(db, REQUIRED)?.and_then(|name| Required::named(&name)).unwrap_or_default())
}

/// Says who must have a second factor, from the next request on. Emits `party.setting_changed`. Errors: denied.
pub fn set_required(tx: &mut Tx, required: Required) -> Result<()> {
    tx.actor().may(Permission::SettingsWrite)?;
    put(tx, REQUIRED, required.name())
}

/// What a person has beside the password.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Factors {
    /// An authenticator app.
    pub totp: bool,
    /// Passkeys, oldest first.
    pub passkeys: Vec<PasskeyView>,
    /// Recovery codes that were not used.
    pub recovery_left: i64,
}

impl Factors {
    /// Sign-in asks for one of them.
    pub fn any(&self) -> bool {
        self.totp || !self.passkeys.is_empty()
    }
}

/// What a person has beside the password.
pub fn factors(db: &mut Read, person: Id<Person>) -> Result<Factors> {
    let (totp, recovery_left) = (totp::has_totp(db, person)?, recovery::left(db, person)?);
    Ok(Factors { totp, passkeys: passkeys(db, person)?, recovery_left })
}

/// The acting person has another factor now: this session has shown it, every other one has not and ends. Gives recovery codes with the first
/// factor, to be shown once.
pub(crate) fn gained(tx: &mut Tx, who: Id<Person>, token: &str, proof: Proof) -> Result<Vec<String>> {
    session::end_others(tx, who, token)?;
    session::prove(tx, token, proof)?;
    match recovery::left(tx, who)? {
        0 => recovery::renew(tx, who),
        _ => Ok(Vec::new()),
    }
}

/// A factor went: with the last one recovery codes go too, which alone would prove nothing.
pub(crate) fn lost(tx: &mut Tx, who: Id<Person>) -> Result<()> {
    if !factors(tx, who)?.any() {
        recovery::forget(tx, who)?;
    }
    Ok(())
}

/// Makes new recovery codes for the acting person, to be shown once; the old ones are void. Emits `party.recovery_renewed`.
/// Errors: nobody signed in; `no_factor` (conflict).
pub fn renew_recovery(tx: &mut Tx) -> Result<Vec<String>> {
    let who = acting(tx)?;
    if !factors(tx, who)?.any() {
        return Err(Error::conflict("no_factor", "Add an authenticator app or a passkey first."));
    }
    let codes = recovery::renew(tx, who)?;
    tx.emit(who, &RecoveryRenewed {})?;
    Ok(codes)
}

/// Takes everything beside the password away from somebody who lost it, and ends their sessions. The operator's admins do it, for
/// others, after they have made sure who asks. Emits `party.factors_reset`. Errors: denied; `unknown_person`; `own_factors` (conflict).
pub fn reset_factors(tx: &mut Tx, who: Id<Person>) -> Result<()> {
    tx.actor().may(Permission::SettingsWrite)?;
    if acting(tx)? == who {
        return Err(Error::conflict("own_factors", "Remove your own second factor under Sign-in & security."));
    }
    person(tx, who)?;
    forget_all(tx, who)?;
    session::end_all(tx, who)?;
    tx.emit(who, &FactorsReset {})
}

pub(crate) fn forget_all(tx: &mut Tx, who: Id<Person>) -> Result<()> {
    totp::forget(tx, who)?;
    passkey::forget(tx, who)?;
    recovery::forget(tx, who)?;
    tx.send(FORGET_CEREMONIES, params![who])
}

const FORGET_CEREMONIES: &str = "DELETE FROM party_ceremony WHERE person = $1";
