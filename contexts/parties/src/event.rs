//! What happens to people and organisations. No event says a name, an address or a secret of a person.

use crate::{ApiKey, Invitation, Organisation, Person};
use base::{Country, Currency, Id};
use serde::{Deserialize, Serialize};

store::events! {
    Private "party.registered" Registered: Id<Person>;
    Private "party.signed_in" SignedIn: Id<Person>;
    Private "party.switched" Switched: Id<Person>;
    Private "party.session_ended" SessionEnded: Id<Person>;
    Private "party.password_changed" PasswordChanged: Id<Person>;
    Private "party.email_changed" EmailChanged: Id<Person>;
    Private "party.totp_added" TotpAdded: Id<Person>;
    Private "party.totp_removed" TotpRemoved: Id<Person>;
    Private "party.passkey_added" PasskeyAdded: Id<Person>;
    Private "party.passkey_removed" PasskeyRemoved: Id<Person>;
    Private "party.recovery_renewed" RecoveryRenewed: Id<Person>;
    Private "party.recovery_used" RecoveryUsed: Id<Person>;
    Private "party.factors_reset" FactorsReset: Id<Person>;
    Private "party.exported" Exported: Id<Person>;
    Private "party.erased" Erased: Id<Person>;
    Private "party.invited" Invited: Id<Organisation>;
    Private "party.invitation_declined" InvitationDeclined: Id<Organisation>;
    Private "party.invitation_withdrawn" InvitationWithdrawn: Id<Organisation>;
    Private "party.link_handed_over" LinkHandedOver: i64;
    Public "party.member_added" MemberAdded: Id<Organisation>;
    Public "party.member_removed" MemberRemoved: Id<Organisation>;
    Private "party.organisation_created" OrganisationCreated: Id<Organisation>;
    Private "party.organisation_changed" OrganisationChanged: Id<Organisation>;
    Private "party.standing_changed" StandingChanged: Id<Organisation>;
    Private "party.setting_changed" SettingChanged: ();
    Private "party.connection_changed" ConnectionChanged: ();
    Private "party.key_created" KeyCreated: Id<ApiKey>;
    Private "party.key_revoked" KeyRevoked: Id<ApiKey>;
}

/// Somebody has an account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Registered {
    /// Where they live.
    pub country: Country,
    /// What they read.
    pub language: String,
}

/// Somebody signed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SignedIn {
    /// By what besides the password, if anything: `totp`.
    pub proof: String,
}

/// Somebody acts for another organisation, or for themselves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Switched {
    /// For which; none for themselves.
    pub organisation: Option<Id<Organisation>>,
}

/// Sessions of somebody ended before their time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SessionEnded {
    /// How many.
    pub sessions: u64,
}

/// An account has another password.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PasswordChanged {
    /// `mail`: by a link that came by mail; otherwise by the person, signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// An account has another address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EmailChanged {}

/// Sign-in asks for the code of an app.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TotpAdded {}

/// Sign-in asks for the code of an app no more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TotpRemoved {}

/// An account has a passkey more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PasskeyAdded {}

/// An account has a passkey less.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PasskeyRemoved {}

/// An account has new recovery codes; the old ones are void.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecoveryRenewed {}

/// A recovery code was used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecoveryUsed {
    /// Codes that are left.
    pub left: i64,
}

/// The operator took every second factor off an account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FactorsReset {}

/// Somebody took a copy of their own data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exported {}

/// An account was erased.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Erased {}

/// Somebody is offered a role.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Invited {
    /// Which offer.
    pub invitation: Id<Invitation>,
    /// As what.
    pub role: String,
}

/// Somebody does not want the role they were offered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InvitationDeclined {
    /// Which offer.
    pub invitation: Id<Invitation>,
    /// As what.
    pub role: String,
}

/// An offer of a role was taken back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InvitationWithdrawn {
    /// Which offer.
    pub invitation: Id<Invitation>,
    /// As what.
    pub role: String,
}

/// A link was shown to who hands it over, where no mail is sent: of a registration, or of an invitation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkHandedOver {}

/// Somebody acts for an organisation, or in another role.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MemberAdded {
    /// Who.
    pub person: Id<Person>,
    /// As what.
    pub role: String,
    /// As what before; none for who is new.
    pub was: Option<String>,
}

/// Somebody acts for an organisation no more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MemberRemoved {
    /// Who.
    pub person: Id<Person>,
    /// As what they did.
    pub role: String,
}

/// There is an organisation more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrganisationCreated {
    /// `platform` or `seller`.
    pub kind: String,
    /// Where it is.
    pub country: Country,
    /// In what its books are kept.
    pub currency: Currency,
}

/// An organisation has another name, currency or language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrganisationChanged {
    /// Its name now.
    pub name: String,
    /// In what its books are kept from now on.
    pub currency: Currency,
    /// What it reads.
    pub language: String,
}

/// An organisation was suspended, or is so no more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StandingChanged {
    /// `active` or `suspended`.
    pub standing: String,
}

/// A setting of the shop is another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SettingChanged {
    /// Which.
    pub key: String,
    /// What it says now.
    pub value: String,
}

/// The shop works with somebody outside in another way, or no more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConnectionChanged {
    /// As the house knows it: `stripe`.
    pub name: String,
    /// What it is for: `payments`.
    pub kind: String,
    /// Whether it serves what is new from now on.
    pub active: bool,
}

/// There is a key for programs more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeyCreated {
    /// Whose.
    pub organisation: Id<Organisation>,
    /// As what it acts.
    pub role: String,
}

/// A key for programs is void.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeyRevoked {}
