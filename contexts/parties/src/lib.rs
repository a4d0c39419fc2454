//! People and organisations: who they are, how they sign in, what they may do, where they live.
//!
//! Owns: tables `party_*`, the address formats of the world's countries. Promises: passwords are kept as argon2id, tokens and keys
//! only as SHA-256; a role takes effect, and is lost, with the next request; there is one operator per installation; nobody has an
//! account whose address was not proved, and nobody a role that they did not accept.
//! Never: tells who has an account, hashes a password inside a transaction, hands a platform role to a seller's people, stores a secret in plain but the one from
//! which the codes of an authenticator app are computed.

pub mod address;
pub mod address_format;
pub mod api_key;
pub mod attempt;
pub mod ceremony;
pub mod claim;
pub mod connection;
pub mod email_change;
pub mod erase;
pub mod event;
pub mod factor;
pub mod guard;
pub mod invitation;
pub mod member;
pub mod organisation;
pub mod passkey;
pub mod password;
pub mod person;
mod recovery;
pub mod registration;
pub mod reset;
mod secret;
pub mod session;
pub mod setting;
pub mod shop;
pub mod totp;

pub use address::{SaveAddress, SavedAddress, addresses, forget_address, save_address};
pub use api_key::{ApiKey, KeyView, NewApiKey, api_key, api_keys, create_api_key, revoke_api_key};
pub use attempt::{attempt, sweep};
pub use ceremony::{confirm_factor, finish_second_step, in_second_step, second_step};
pub use claim::{Claim, Claimed, claim, claim_token, claim_valid};
pub use connection::{
    Connection, PutConnection, Tried, Words, connection_secrets, connections, end_connection, forget_connections,
    put_connection, record_test,
};
pub use email_change::{EmailChange, EmailChanged, ask_email, confirm_email, email_token, email_wished};
pub use erase::erase;
pub use event::{EVENTS, Event};
pub use factor::{Factors, Proof, Required, factors, renew_recovery, required, reset_factors, set_required};
pub use guard::{Trial, know_device};
pub use invitation::{
    Invitation, Invite, accept_invitation, decline_by_token, decline_invitation, hand_over_invitation, invitation,
    invitation_by_token, invitation_token, invitations, invitations_to_me, invite, register_invited, renew_invitation,
    withdraw_invitation,
};
pub use member::{Member, Membership, leave, members, memberships, must_choose, remove_member, set_role};
pub use organisation::{
    NewOrganisation, Organisation, OrganisationKind, Standing, create_organisation, organisation, organisation_named,
    organisations, platform, rename, set_standing,
};
pub use passkey::{
    PasskeyView, Site, add_passkey, answer_passkey, ask_passkey, begin_passkey, passkeys, remove_passkey,
};
pub use password::{check_password, hash_password, hash_published, verify_password};
pub use person::{
    NewPerson, Person, Register, UpdatePerson, credentials, normal_email, own_password, person, register, set_password,
    update_person,
};
pub use registration::{
    Registration, RegistrationLink, ask_registration, confirm_registration, hand_over_registration, registration_email,
    registration_known, registration_link,
};
pub use reset::{Reset, ask_reset, reset_of, reset_password, reset_token};
pub use session::{
    Entry, Session, SessionToken, SessionView, end_session, seen, session, sessions, sign_in, sign_out,
    sign_out_others, switch,
};
pub use setting::setting;
pub use shop::{Shop, set_shop, shop, sold_to, sold_to_ahead, typical_rates};
pub use totp::{Enrolment, begin_totp, confirm_totp, enrolment, remove_totp};

/// What nothing changes once it is written.
const SEALED: &[store::Sealed] = &[
    store::Sealed {
        table: "party_organisation",
        rows: "SELECT id, kind, country, created_at FROM party_organisation WHERE id > $1 AND id <= $2 ORDER BY id \
            LIMIT $3",
    },
    store::Sealed {
        table: "party_api_key",
        rows: "SELECT id, secret_hash, organisation, person, role, created_at FROM party_api_key WHERE id > $1 AND \
            id <= $2 ORDER BY id LIMIT $3",
    },
];

/// The tables of this context.
pub const SCHEMA: store::Schema =
    store::Schema { name: "parties", sealed: SEALED, migrations: &[include_str!("../schema.sql")] };

#[cfg(test)]
mod tests;
