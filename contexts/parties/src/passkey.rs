//! Passkeys (W3C WebAuthn): registering one, signing in with one, taking one away. The library makes challenges and checks answers
//! with the machine's own randomness and clock; what waits and what is kept lies in the database.

use crate::ceremony::{self, Kind};
use crate::event::{PasskeyAdded, PasskeyRemoved};
use crate::factor::{self, Proof};
use crate::person::{Person, acting, person};
use base::{Error, Id, Moment, Result, Tag};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use sha2::{Digest, Sha256};
use store::{Read, Tx, params};
use webauthn_rp::bin::{Decode, Encode};
use webauthn_rp::request::auth::AuthenticationVerificationOptions;
use webauthn_rp::request::register::{
    CredProtect, Nickname, PublicKeyCredentialUserEntity, RegistrationVerificationOptions, UserHandle16, Username,
};
use webauthn_rp::request::{AsciiDomain, ExtensionInfo, PublicKeyCredentialDescriptor, RpId, TimedCeremony};
use webauthn_rp::response::register::{CompressedPubKey, DynamicState, StaticState};
use webauthn_rp::response::{AuthTransports, CredentialId, SentChallenge};
use webauthn_rp::{
    AuthenticatedCredential, DiscoverableAuthentication16, DiscoverableAuthenticationServerState,
    DiscoverableCredentialRequestOptions, PublicKeyCredentialCreationOptions, Registration, RegistrationServerState,
};

/// A person has so many at most.
const MOST: usize = 20;
/// Letters of a name.
const NAME_MOST: usize = 60;

type StoredKey = StaticState<CompressedPubKey<[u8; 32], [u8; 32], [u8; 48], Vec<u8>>>;

/// Where the shop is: passkeys are bound to its domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// `shop.example`
    pub domain: String,
    /// `https://shop.example`
    pub origin: String,
}

impl Site {
    /// Of a public address. None when passkeys cannot work there: browsers take a domain behind TLS, or `localhost`.
    pub fn of(base_url: &str) -> Option<Site> {
        let origin = base_url.trim_end_matches('/');
        let (scheme, place) = origin.split_once("://")?;
        let domain = place.split(['/', ':']).next().unwrap_or_default().to_lowercase();
        let named = !domain.is_empty() && !domain.contains('[') && domain.parse::<std::net::IpAddr>().is_err();
        (named && (scheme == "https" || domain == "localhost"))
            .then(|| Site { domain, origin: origin.split('/').take(3).collect::<Vec<_>>().join("/") })
    }

    fn id(&self) -> Result<RpId> {
        AsciiDomain::try_from(self.domain.clone()).map(RpId::Domain).map_err(Error::internal)
    }
}

/// A passkey of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeyView {
    /// Its id.
    pub id: Id<PasskeyView>,
    /// As its holder named it.
    pub name: String,
    /// Since when.
    pub created_at: Moment,
    /// When it opened the account the last time.
    pub used_at: Option<Moment>,
}

impl Tag for PasskeyView {
    const PREFIX: &'static str = "psk";
}

/// What the authenticator knows a person by: nothing about them can be read from it.
fn handle(person: i64) -> Result<UserHandle16> {
    let digest = Sha256::digest(format!("passkey of {person}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    UserHandle16::decode(bytes).map_err(Error::internal)
}

/// What a challenge is kept under; it comes back with the answer.
fn key(sent: &SentChallenge) -> String {
    format!("passkey {:032x}", sent.0)
}

/// Begins a passkey for the acting person: the options for the browser's `navigator.credentials.create`, as JSON.
/// Errors: nobody signed in; `too_many_passkeys` (conflict).
pub fn begin_passkey(tx: &mut Tx, site: &Site) -> Result<String> {
    let who = acting(tx)?;
    let known = tx.query(CREDENTIALS, params![who])?;
    if known.len() >= MOST {
        return Err(Error::conflict("too_many_passkeys", format!("At most {MOST} passkeys; remove one first.")));
    }
    // How a passkey is reached is not kept: the browser asks all it knows.
    let transports = AuthTransports::decode(0).map_err(Error::internal)?;
    let mut exclude = Vec::new();
    for row in &known {
        let id = CredentialId::decode(decoded(&row.get::<String>(0)?)?).map_err(Error::internal)?;
        exclude.push(PublicKeyCredentialDescriptor { id, transports });
    }
    let (person, id, site) = (person(tx, who)?, handle(who.raw())?, site.id()?);
    let user = PublicKeyCredentialUserEntity {
        name: Username::try_from(person.email.as_str()).map_err(Error::internal)?,
        id: &id,
        // A name that the standard's rules for nicknames do not take is left out.
        display_name: Nickname::try_from(person.name.as_str()).ok(),
    };
    let mut options = PublicKeyCredentialCreationOptions::passkey(&site, user, exclude);
    // Wished for, not insisted on: most platforms' own authenticators do not know this extension and would refuse.
    options.extensions.cred_protect = CredProtect::UserVerificationRequired(ExtensionInfo::AllowDontEnforceValue);
    let (server, client) = options.start_ceremony().map_err(Error::internal)?;
    let state = BASE64.encode(server.encode().map_err(Error::internal)?);
    ceremony::begin(tx, Kind::PasskeyNew, &key(&server.sent_challenge()), who.raw(), &state)?;
    serde_json::to_string(&client).map_err(Error::internal)
}

/// Keeps the passkey that the browser made, under a name. `token` is this session's: it has shown the passkey, other sessions end.
/// Gives recovery codes with the first factor, to be shown once. Emits `party.passkey_added`.
/// Errors: nobody signed in; `name` empty or too long; `ceremony_over` (gone); `passkey_wrong` in `passkey`.
pub fn add_passkey(tx: &mut Tx, site: &Site, token: &str, name: &str, answer: &str) -> Result<Vec<String>> {
    let (who, name) = (acting(tx)?, name.trim());
    if name.is_empty() {
        return Err(Error::field("name", "required", "Give the passkey a name, such as the device it is on."));
    }
    if name.chars().count() > NAME_MOST {
        return Err(Error::field("name", "too_long", format!("Write {NAME_MOST} characters or less.")));
    }
    let answer = Registration::from_json_relaxed(answer.as_bytes()).map_err(|_| wrong())?;
    let sent = answer.challenge_relaxed().map_err(|_| wrong())?;
    let (whose, state) = ceremony::take(tx, Kind::PasskeyNew, &key(&sent))?;
    if whose != who.raw() {
        return Err(wrong());
    }
    let server = RegistrationServerState::<16>::decode(&decoded(&state)?).map_err(Error::internal)?;
    let origins = [site.origin.as_str()];
    let options = RegistrationVerificationOptions::<&str, &str> { allowed_origins: &origins, ..Default::default() };
    let made = server.verify(&site.id()?, &answer, &options).map_err(|_| wrong())?;
    let Ok(public_key) = made.static_state().encode();
    let Ok(counter) = made.dynamic_state().encode();
    let (id, now) = (tx.id::<PasskeyView>(), tx.now());
    let credential = BASE64.encode(made.id().as_ref());
    let (public_key, counter) = (BASE64.encode(public_key), BASE64.encode(counter));
    if tx.run(INSERT, params![id, who, name, credential, public_key, counter, now])? == 0 {
        return Err(wrong());
    }
    tx.emit(who, &PasskeyAdded {})?;
    factor::gained(tx, who, token, Proof::Passkey)
}

fn wrong() -> Error {
    Error::field("passkey", "passkey_wrong", "This passkey was not accepted; try again, or sign in another way.")
}

fn decoded(text: &str) -> Result<Vec<u8>> {
    BASE64.decode(text).map_err(Error::internal)
}

/// Begins a sign-in by passkey: the options for the browser's `navigator.credentials.get`, as JSON. Anybody may.
pub fn ask_passkey(tx: &mut Tx, site: &Site) -> Result<String> {
    let site = site.id()?;
    let (server, client) =
        DiscoverableCredentialRequestOptions::passkey(&site).start_ceremony().map_err(Error::internal)?;
    let state = BASE64.encode(server.encode().map_err(Error::internal)?);
    ceremony::begin(tx, Kind::PasskeySignIn, &key(&server.sent_challenge()), 0, &state)?;
    serde_json::to_string(&client).map_err(Error::internal)
}

/// Whose passkey answered. The authenticator has asked for a finger, a face or a PIN: it is the password and the second factor in
/// one. Errors: `ceremony_over` (gone); `passkey_wrong` in `passkey`.
pub fn answer_passkey(tx: &mut Tx, site: &Site, answer: &str) -> Result<Id<Person>> {
    let answer = DiscoverableAuthentication16::from_json_relaxed(answer.as_bytes()).map_err(|_| wrong())?;
    let sent = answer.challenge_relaxed().map_err(|_| wrong())?;
    let (_, state) = ceremony::take(tx, Kind::PasskeySignIn, &key(&sent))?;
    let credential = BASE64.encode(answer.raw_id().as_ref());
    let row = tx.maybe(FIND, params![credential])?.ok_or_else(wrong)?;
    let who: Id<Person> = row.get(0)?;
    let handle = handle(who.raw())?;
    if answer.response().user_handle() != &handle {
        return Err(wrong());
    }
    let public_key = StoredKey::decode(&decoded(&row.get::<String>(1)?)?).map_err(Error::internal)?;
    let counter: [u8; 7] = decoded(&row.get::<String>(2)?)?
        .try_into()
        .map_err(|_| Error::internal("a passkey's counter has seven bytes"))?;
    let counter = DynamicState::decode(counter).map_err(Error::internal)?;
    let mut known =
        AuthenticatedCredential::new(answer.raw_id(), &handle, public_key, counter).map_err(Error::internal)?;
    let server = DiscoverableAuthenticationServerState::decode(&decoded(&state)?).map_err(Error::internal)?;
    let origins = [site.origin.as_str()];
    let options = AuthenticationVerificationOptions::<&str, &str> { allowed_origins: &origins, ..Default::default() };
    server.verify(&site.id()?, &answer, &mut known, &options).map_err(|_| wrong())?;
    let Ok(counter) = known.dynamic_state().encode();
    let now = tx.now();
    tx.send(USED, params![credential, BASE64.encode(counter), now])?;
    Ok(who)
}

/// A person's passkeys, oldest first.
pub fn passkeys(db: &mut Read, person: Id<Person>) -> Result<Vec<PasskeyView>> {
    let rows = db.query(LIST, params![person])?;
    let read = |row: &store::Row| {
        Ok(PasskeyView { id: row.get(0)?, name: row.get(1)?, created_at: row.get(2)?, used_at: row.get(3)? })
    };
    rows.iter().map(read).collect()
}

/// Takes a passkey of the acting person away. Emits `party.passkey_removed`. Errors: nobody signed in; `unknown_passkey`.
pub fn remove_passkey(tx: &mut Tx, id: Id<PasskeyView>) -> Result<()> {
    let who = acting(tx)?;
    if tx.run(REMOVE, params![id, who])? == 0 {
        return Err(Error::not_found("unknown_passkey", "There is no such passkey."));
    }
    tx.emit(who, &PasskeyRemoved {})?;
    factor::lost(tx, who)
}

pub(crate) fn forget(tx: &mut Tx, person: Id<Person>) -> Result<()> {
    tx.send(FORGET, params![person])
}

const CREDENTIALS: &str = "SELECT credential FROM party_passkey WHERE person = $1 ORDER BY id";
const INSERT: &str =
    "INSERT INTO party_passkey (id, person, name, credential, public_key, counter, created_at, used_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, NULL) ON CONFLICT (credential) DO NOTHING";
const FIND: &str = "SELECT person, public_key, counter FROM party_passkey WHERE credential = $1";
const USED: &str = "UPDATE party_passkey SET counter = $2, used_at = $3 WHERE credential = $1";
const LIST: &str = "SELECT id, name, created_at, used_at FROM party_passkey WHERE person = $1 ORDER BY id";
const REMOVE: &str = "DELETE FROM party_passkey WHERE id = $1 AND person = $2";
const FORGET: &str = "DELETE FROM party_passkey WHERE person = $1";
