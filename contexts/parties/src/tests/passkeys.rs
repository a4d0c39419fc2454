//! Passkeys against an authenticator written here: CBOR, flags and signatures as the standard has them (W3C WebAuthn, 6).

use super::*;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{DerSignature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const PRESENT: u8 = 1;
const VERIFIED: u8 = 4;
const ATTESTED: u8 = 0x40;

/// A device that keeps one key.
struct Device {
    key: SigningKey,
    id: Vec<u8>,
    user: String,
    origin: &'static str,
    flags: u8,
    count: u32,
}

impl Device {
    fn new(seed: u8) -> Device {
        let key = SigningKey::from_slice(&[seed; 32]).unwrap();
        Device {
            key,
            id: vec![seed; 32],
            user: String::new(),
            origin: "https://shop.example",
            flags: PRESENT | VERIFIED,
            count: 1,
        }
    }

    fn client_data(&self, kind: &str, options: &Value) -> String {
        let challenge = options["challenge"].as_str().unwrap();
        json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false }).to_string()
    }

    fn data(&self, flags: u8) -> Vec<u8> {
        let mut data = Sha256::digest(b"shop.example").to_vec();
        data.push(self.flags | flags);
        data.extend(self.count.to_be_bytes());
        data
    }

    /// Answers `navigator.credentials.create`.
    fn create(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        assert_eq!(options["rp"]["id"], "shop.example");
        assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
        self.user = options["user"]["id"].as_str().unwrap().to_owned();
        let point = self.key.verifying_key().to_encoded_point(false);
        let mut data = self.data(ATTESTED);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        data.extend([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 0x20]);
        data.extend(point.x().unwrap());
        data.extend([0x22, 0x58, 0x20]);
        data.extend(point.y().unwrap());
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(&data);
        let id = BASE64.encode(&self.id);
        json!({
            "id": id, "rawId": id, "type": "public-key", "authenticatorAttachment": "platform", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": BASE64.encode(self.client_data("webauthn.create", &options)),
                "attestationObject": BASE64.encode(object), "transports": ["internal"],
            },
        })
        .to_string()
    }

    /// Answers `navigator.credentials.get`.
    fn get(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        assert_eq!(options["rpId"], "shop.example");
        self.count += 1;
        let (client, data) = (self.client_data("webauthn.get", &options), self.data(0));
        let mut signed = data.clone();
        signed.extend(Sha256::digest(client.as_bytes()));
        let signature: DerSignature = self.key.sign(&signed);
        let id = BASE64.encode(&self.id);
        json!({
            "id": id, "rawId": id, "type": "public-key", "authenticatorAttachment": "platform", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": BASE64.encode(client), "authenticatorData": BASE64.encode(data),
                "signature": BASE64.encode(signature.as_bytes()), "userHandle": self.user,
            },
        })
        .to_string()
    }
}

fn site() -> Site {
    Site::of("https://shop.example/").unwrap()
}

fn signed_in(store: &Store, email: &str) -> (Id<Person>, Actor, String) {
    let who = person_of(store, email);
    let token = store.write_blocking(move |tx| sign_in(tx, who, &Entry::default())).unwrap().token;
    (who, session_of(store, &token).unwrap().actor, token)
}

fn add(store: &Store, actor: Actor, token: &str, device: &mut Device) -> Result<Vec<String>> {
    let options = store.write_as_blocking(actor, |tx| begin_passkey(tx, &site())).unwrap();
    let (answer, token) = (device.create(&options), token.to_owned());
    store.write_as_blocking(actor, move |tx| add_passkey(tx, &site(), &token, " Desk ", &answer))
}

fn ask(store: &Store) -> String {
    store.write_as_blocking(Actor::Guest, |tx| ask_passkey(tx, &site())).unwrap()
}

fn answer(store: &Store, answer: String) -> Result<Id<Person>> {
    store.write_as_blocking(Actor::Guest, move |tx| answer_passkey(tx, &site(), &answer))
}

#[test]
fn a_passkey_is_made_signs_in_and_is_taken_away() {
    testing::each(&SCHEMAS, |store| {
        let (mei, actor, token) = signed_in(store, "mei@example.com");
        let elsewhere = store.write_blocking(move |tx| sign_in(tx, mei, &Entry::default())).unwrap().token;
        let (mut desk, mut phone) = (Device::new(7), Device::new(9));
        assert_eq!(add(store, actor, &token, &mut desk).unwrap().len(), 10, "recovery codes with the first factor");
        assert!(add(store, actor, &token, &mut phone).unwrap().is_empty());
        assert_eq!(session_of(store, &elsewhere), None);
        assert_eq!(session_of(store, &token).unwrap().proof, Proof::Passkey);
        let given = desk.get(&ask(store));
        assert_eq!(answer(store, given.clone()).unwrap(), mei);
        assert_eq!(answer(store, given).unwrap_err().code, "ceremony_over", "an answer is good once");
        let known = store.read_blocking(move |db| passkeys(db, mei)).unwrap();
        assert_eq!((known.len(), known[0].name.as_str(), known[0].used_at.is_some()), (2, "Desk", true));
        let asked = store.write_blocking(move |tx| second_step(tx, mei)).unwrap();
        assert!(asked.is_some(), "asked after a password too");

        let (li, foreign, _) = signed_in(store, "li@example.com");
        let id = known[0].id;
        assert_eq!(
            store.write_as_blocking(foreign, move |tx| remove_passkey(tx, id)).unwrap_err().code,
            "unknown_passkey"
        );
        store.write_as_blocking(actor, move |tx| remove_passkey(tx, id)).unwrap();
        let gone = desk.get(&ask(store));
        assert_eq!(answer(store, gone).unwrap_err().fields[0].code, "passkey_wrong");
        assert_eq!(store.read_blocking(move |db| factors(db, li)).unwrap(), Factors::default());
    });
}

#[test]
fn what_is_not_the_holder_here_and_now_opens_nothing() {
    testing::each(&SCHEMAS, |store| {
        let (mei, actor, token) = signed_in(store, "mei@example.com");
        let mut device = Device::new(7);
        add(store, actor, &token, &mut device).unwrap();
        let refused = |answered: Result<Id<Person>>| answered.unwrap_err().fields.first().map(|field| field.code);
        let wrong = Some("passkey_wrong");
        device.origin = "https://shop.example.evil.example";
        assert_eq!(refused(answer(store, device.get(&ask(store)))), wrong, "another site");
        device.origin = "https://shop.example";
        device.flags = PRESENT;
        assert_eq!(refused(answer(store, device.get(&ask(store)))), wrong, "no finger, face or PIN");
        device.flags = PRESENT | VERIFIED;
        let mut thief =
            Device { key: SigningKey::from_slice(&[8; 32]).unwrap(), user: device.user.clone(), ..Device::new(7) };
        thief.count = 50;
        assert_eq!(refused(answer(store, thief.get(&ask(store)))), wrong, "another key");
        device.count = 0;
        assert_eq!(refused(answer(store, device.get(&ask(store)))), wrong, "a copy whose counter is behind");
        device.count = 60;
        let own = std::mem::replace(&mut device.user, BASE64.encode([1; 16]));
        assert_eq!(refused(answer(store, device.get(&ask(store)))), wrong, "for somebody else");
        device.user = own;
        for nonsense in ["", "{}", "[1]", "null"] {
            assert_eq!(refused(answer(store, nonsense.into())), wrong, "{nonsense}");
        }
        let late = ask(store);
        store.clock().advance_seconds(300);
        assert_eq!(answer(store, device.get(&late)).unwrap_err().code, "ceremony_over");
        assert_eq!(answer(store, device.get(&ask(store))).unwrap(), mei, "and the right one still does");
    });
}

#[test]
fn a_passkey_is_made_by_whom_it_was_begun() {
    testing::each(&SCHEMAS, |store| {
        let (_, mei, _) = signed_in(store, "mei@example.com");
        let (li, thief, token) = signed_in(store, "li@example.com");
        let options = store.write_as_blocking(mei, |tx| begin_passkey(tx, &site())).unwrap();
        let given = Device::new(7).create(&options);
        let stolen =
            store.write_as_blocking(thief, move |tx| add_passkey(tx, &site(), &token, "mine", &given)).unwrap_err();
        assert_eq!(stolen.fields[0].code, "passkey_wrong");
        assert!(store.read_blocking(move |db| passkeys(db, li)).unwrap().is_empty());
        let refused = store.write_as_blocking(mei, |tx| add_passkey(tx, &site(), "", " ", "{}")).unwrap_err();
        assert_eq!((refused.fields[0].name.as_str(), refused.fields[0].code), ("name", "required"));
    });
}

#[test]
fn passkeys_need_a_name_behind_tls() {
    let at = |url: &str| Site::of(url).map(|site| (site.domain, site.origin));
    let pair = |domain: &str, origin: &str| Some((domain.to_owned(), origin.to_owned()));
    assert_eq!(at("https://Shop.example/"), pair("shop.example", "https://Shop.example"));
    assert_eq!(at("http://localhost:8080"), pair("localhost", "http://localhost:8080"));
    for none in ["http://shop.example", "https://192.0.2.1", "https://[::1]:8080", "shop.example", ""] {
        assert_eq!(at(none), None, "{none}");
    }
}
