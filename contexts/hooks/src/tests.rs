//! Endpoints and deliveries through the public functions, on every engine. What follows from real orders is tested in `edge/works`.

use super::*;
use base::{Actor, Id, Role};
use parties::Organisation;
use std::sync::LazyLock;
use store::testing::each;
use store::{EventRow, Store, Tx};

static TABLES: LazyLock<Vec<store::Schema>> =
    LazyLock::new(|| shop_world::SCHEMAS.iter().copied().chain([SCHEMA]).collect());

struct World {
    operator: Actor,
    seller: Actor,
    other: Actor,
    staff: Actor,
}

fn world(store: &Store) -> World {
    let made = |tx: &mut Tx| {
        let house = shop_world::house(tx, "$argon2id$none")?.organisation.raw();
        let [one, two] = [shop_world::seller(tx, "Lantau", "CN")?, shop_world::seller(tx, "Other", "CN")?];
        Ok((house, one.organisation.raw(), two.organisation.raw()))
    };
    let (platform, one, two) = store.write_blocking(made).unwrap();
    let person = |organisation, role| Actor::Person { person: 1, organisation, role };
    World {
        operator: person(platform, Role::Admin),
        seller: person(one, Role::SellerOwner),
        other: person(two, Role::SellerOwner),
        staff: person(one, Role::SellerStaff),
    }
}

fn own(actor: Actor) -> Id<Organisation> {
    let Actor::Person { organisation, .. } = actor else { panic!("nobody") };
    Id::from_raw(organisation)
}

fn made(store: &Store, actor: Actor, kinds: &[&str]) -> base::Result<(Id<Endpoint>, String)> {
    let kinds = kinds.iter().map(|kind| (*kind).to_owned()).collect();
    let new = NewEndpoint { organisation: own(actor), url: "https://hooks.example/in".into(), kinds };
    store.write_as_blocking(actor, move |tx| create(tx, &new))
}

fn tried(store: &Store, actor: Actor, id: Id<Endpoint>) -> Id<Delivery> {
    store.write_as_blocking(actor, move |tx| test(tx, id)).unwrap()
}

fn claimed(store: &Store) -> Vec<Outgoing> {
    let all = |tx: &mut store::Tx| {
        let mut claimed = Vec::new();
        for (endpoint, _) in due(tx)? {
            claimed.extend(claim(tx, endpoint, 20, 60)?);
        }
        Ok(claimed)
    };
    store.write_blocking(all).unwrap()
}

fn answered(store: &Store, id: Id<Delivery>, status: u16) {
    let sent =
        Sent { status: Some(status).filter(|status| *status > 0), answer: "said\u{0}so".into(), retry_after: None };
    store.write_blocking(move |tx| record(tx, id, &sent)).unwrap();
}

fn seen(store: &Store, id: Id<Delivery>) -> Delivery {
    store.read_blocking(move |db| delivery(db, id)).unwrap()
}

fn standing(store: &Store, id: Id<Endpoint>) -> Standing {
    store.read_blocking(move |db| endpoint(db, id)).unwrap().standing
}

fn signed(secret: &str, message: &Outgoing) -> String {
    let seconds = message.headers[1].1.parse().unwrap();
    let reference = standardwebhooks::Webhook::new(secret).unwrap();
    reference.sign(&message.headers[0].1, seconds, message.body.as_bytes()).unwrap()
}

#[test]
fn a_message_is_signed_as_the_reference_library_signs() {
    each(&TABLES, |store| {
        let world = world(store);
        let (id, secret) = made(store, world.seller, &[]).unwrap();
        assert!(secret.starts_with("whsec_") && secret.len() > 40, "{secret}");
        let delivery = tried(store, world.seller, id);
        let sent = claimed(store);
        assert_eq!((sent.len(), sent[0].delivery, sent[0].headers[0].1.clone()), (1, delivery, delivery.to_string()));
        assert_eq!(sent[0].headers[2].1, signed(&secret, &sent[0]));
        assert!(claimed(store).is_empty(), "it is being sent");
        answered(store, delivery, 204);
        let known = seen(store, delivery);
        assert_eq!((known.state, known.attempts, known.status, &*known.answer), (State::Delivered, 1, 204, "saidso"));
    });
}

#[test]
fn secrets_are_kept_encrypted_and_made_anew_when_their_key_is_lost() {
    each(&TABLES, |store| {
        let world = world(store);
        let (id, secret) = made(store, world.seller, &[]).unwrap();
        let (other, _) = made(store, world.seller, &[]).unwrap();
        let rotated = store.write_as_blocking(world.seller, move |tx| rotate(tx, other)).unwrap();
        let texts = |store: &Store| -> Vec<String> {
            let read = |db: &mut store::Read| db.raw("SELECT secret, old_secret FROM hook_endpoint ORDER BY id", &[]);
            let rows = store.read_blocking(read).unwrap();
            rows.iter().flat_map(|row| [row.get(0).unwrap(), row.get(1).unwrap()]).collect()
        };
        let kept = texts(store);
        assert!(kept.iter().all(|text| !text.contains(&secret[6..]) && !text.contains(&rotated[6..])), "{kept:?}");
        assert!(kept[0].starts_with("v1.") && kept[1].is_empty() && kept[3].starts_with("v1."), "{kept:?}");
        assert_eq!(store.write_blocking(renew_secrets).unwrap(), 2);
        let anew = texts(store);
        assert!(anew[0] != kept[0] && anew[2] != kept[2] && anew[3].is_empty(), "{anew:?}");
        tried(store, world.seller, id);
        let sent = claimed(store).remove(0);
        assert_ne!(sent.headers[2].1, signed(&secret, &sent), "nobody knows it until it is rotated");
    });
}

#[test]
fn the_old_secret_signs_for_a_day_after_a_rotation() {
    each(&TABLES, |store| {
        let world = world(store);
        let (id, old) = made(store, world.seller, &[]).unwrap();
        let new = store.write_as_blocking(world.seller, move |tx| rotate(tx, id)).unwrap();
        assert_ne!(new, old);
        tried(store, world.seller, id);
        let both = claimed(store).remove(0);
        assert_eq!(both.headers[2].1, format!("{} {}", signed(&new, &both), signed(&old, &both)));
        store.clock().advance_seconds(24 * 3600);
        let late = claimed(store).remove(0);
        assert_eq!(late.headers[0], both.headers[0], "the same message, given out again when its lease was over");
        assert_eq!(late.headers[2].1, signed(&new, &late));
    });
}

#[test]
fn what_fails_is_tried_again_for_three_days_and_then_switched_off() {
    each(&TABLES, |store| {
        let world = world(store);
        let (id, _) = made(store, world.seller, &[]).unwrap();
        let delivery = tried(store, world.seller, id);
        let begun = store.clock().now();
        let mut attempts = 0;
        while standing(store, id) == Standing::Active {
            let due = seen(store, delivery).next_at;
            store.clock().advance_seconds(due.seconds_since(store.clock().now()) - 1);
            assert!(attempts == 0 || claimed(store).is_empty(), "not before its time");
            store.clock().advance_seconds(1);
            assert_eq!(claimed(store).len(), 1, "attempt {attempts}");
            answered(store, delivery, if attempts % 2 == 0 { 500 } else { 0 });
            attempts += 1;
        }
        let hours = store.clock().now().seconds_since(begun) / 3600;
        assert!((9..=10).contains(&attempts) && (72..=84).contains(&hours), "{attempts} attempts in {hours} hours");
        assert_eq!((standing(store, id), seen(store, delivery).state), (Standing::Failing, State::Failed));
        let refused = store.write_as_blocking(world.seller, move |tx| again(tx, delivery)).unwrap_err();
        assert_eq!(refused.code, "endpoint_disabled");
        let on = Change { active: Some(true), ..Change::default() };
        store.write_as_blocking(world.seller, move |tx| change(tx, id, &on)).unwrap();
        store.write_as_blocking(world.seller, move |tx| again(tx, delivery)).unwrap();
        assert_eq!(claimed(store)[0].delivery, delivery);
        answered(store, delivery, 500);
        assert_eq!(standing(store, id), Standing::Active, "a second chance begins anew");
        answered(store, delivery, 200);
        assert_eq!(store.read_blocking(move |db| endpoint(db, id)).unwrap().failing_since, None);
    });
}

#[test]
fn gone_is_believed_at_once_and_a_busy_receiver_is_waited_for() {
    each(&TABLES, |store| {
        let world = world(store);
        let (id, _) = made(store, world.operator, &[]).unwrap();
        let (first, second) = (tried(store, world.operator, id), tried(store, world.operator, id));
        assert_eq!(claimed(store).len(), 2);
        let busy = Sent { status: Some(429), answer: String::new(), retry_after: Some(7200) };
        store.write_blocking(move |tx| record(tx, first, &busy)).unwrap();
        assert_eq!(seen(store, first).next_at.seconds_since(store.clock().now()), 7200);
        answered(store, second, 410);
        assert_eq!(standing(store, id), Standing::Gone);
        assert_eq!((seen(store, first).state, seen(store, second).state), (State::Failed, State::Failed));
        store.clock().advance_seconds(8000);
        assert!(claimed(store).is_empty());
        assert_eq!(
            store.write_as_blocking(world.operator, move |tx| test(tx, id)).unwrap_err().code,
            "endpoint_disabled"
        );
    });
}

#[test]
fn an_endpoint_is_its_owners_alone() {
    each(&TABLES, |store| {
        let world = world(store);
        let (id, _) = made(store, world.seller, &["order.paid"]).unwrap();
        let delivery_id = tried(store, world.seller, id);
        assert_eq!(made(store, world.staff, &[]).unwrap_err().kind, base::Kind::Denied);
        let new =
            NewEndpoint { organisation: own(world.seller), url: "https://hooks.example".into(), kinds: Vec::new() };
        let guest = store.write_as_blocking(Actor::Guest, move |tx| create(tx, &new));
        assert_eq!(guest.unwrap_err().kind, base::Kind::Denied);
        for stranger in [world.other, world.operator] {
            let codes = [
                store.read_as_blocking(stranger, move |db| endpoint(db, id).map(drop)),
                store.read_as_blocking(stranger, move |db| delivery(db, delivery_id).map(drop)),
                store.write_as_blocking(stranger, move |tx| rotate(tx, id).map(drop)),
                store.write_as_blocking(stranger, move |tx| remove(tx, id)),
                store.write_as_blocking(stranger, move |tx| test(tx, id).map(drop)),
                store.write_as_blocking(stranger, move |tx| again(tx, delivery_id)),
            ];
            assert!(codes.iter().all(|one| one.as_ref().unwrap_err().kind == base::Kind::NotFound), "{codes:?}");
        }
        assert_eq!(made(store, world.seller, &["order.placed"]).unwrap_err().fields[0].code, "unknown_event");
        assert_eq!(made(store, world.operator, &["order.eaten"]).unwrap_err().fields[0].code, "unknown_event");
        for _ in 1..10 {
            made(store, world.seller, &[]).unwrap();
        }
        assert_eq!(made(store, world.seller, &[]).unwrap_err().code, "too_many_endpoints");
        store.write_as_blocking(world.seller, move |tx| remove(tx, id)).unwrap();
        let left = store.read_as_blocking(world.seller, move |db| endpoints(db, own(world.seller))).unwrap();
        assert_eq!(left.len(), 9);
        assert!(store.read_blocking(move |db| delivery(db, delivery_id)).is_err(), "its messages went with it");
    });
}

#[test]
fn nothing_is_written_without_a_listener() {
    each(&TABLES, |store| {
        let world = world(store);
        let event = EventRow {
            seq: 7,
            at: store.clock().now(),
            actor: "system".into(),
            kind: "order.paid".into(),
            subject: 1,
            body: r#"{"number":"EN-7Q4K-2219","amount":3569,"currency":"EUR"}"#.into(),
        };
        let told = event.clone();
        store.write_blocking(move |tx| take(tx, std::slice::from_ref(&told))).unwrap();
        let (id, _) = made(store, world.operator, &["order.cancelled"]).unwrap();
        let body = r#"{"number":"EN-7Q4K-2219","reason":"buyer_request","escrow":0}"#.into();
        let unknown = EventRow { kind: "order.cancelled".into(), body, ..event.clone() };
        store.write_blocking(move |tx| take(tx, &[event.clone(), unknown.clone()])).unwrap();
        let written = store.read_blocking(move |db| deliveries(db, id, None, 10)).unwrap();
        assert!(written.is_empty(), "neither what was not asked for nor an order that is not there: {written:?}");
        assert_eq!(store.read_blocking(due).unwrap(), []);
    });
}

#[test]
fn old_deliveries_are_forgotten() {
    each(&TABLES, |store| {
        let world = world(store);
        let (id, _) = made(store, world.seller, &[]).unwrap();
        tried(store, world.seller, id);
        assert_eq!(store.write_blocking(|tx| sweep(tx, 100)).unwrap(), 0);
        store.clock().advance_seconds(31 * 86_400);
        let kept = tried(store, world.seller, id);
        assert_eq!(store.write_blocking(|tx| sweep(tx, 100)).unwrap(), 1);
        let left = store.read_blocking(move |db| deliveries(db, id, None, 10)).unwrap();
        assert_eq!(left.iter().map(|one| one.id).collect::<Vec<_>>(), [kept]);
    });
}

#[test]
fn every_public_event_has_an_example_and_one_name() {
    let mut names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), KINDS.len());
    let told = include_str!("../../../docs/webhooks.md");
    for kind in &KINDS {
        let whom = if kind.is_for_sellers() { "operator, " } else { "operator |" };
        let line = format!("| `{}` | {} | {whom}", kind.name, kind.says);
        assert!(told.contains(&line), "docs/webhooks.md lacks {line}");
        let example = example(kind);
        assert_eq!(example["type"], kind.name);
        assert!(example["data"]["api"].as_str().is_some_and(|api| api.starts_with("/api/")), "{}", kind.name);
        assert!(kind.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'.' || byte == b'_'));
    }
}

/// Each kind has something to say: of an order or an offer that is not there nothing, of all else what its event holds.
#[test]
fn every_public_event_is_told() {
    let examples: serde_json::Value = serde_json::from_str(include_str!("../tests/events.json")).unwrap();
    each(&TABLES, |store| {
        let world = world(store);
        let (id, _) = made(store, world.operator, &[]).unwrap();
        let at = store.clock().now();
        let row = |(place, kind): (usize, &Kind)| EventRow {
            seq: place as i64 + 1,
            at,
            actor: "system".into(),
            kind: kind.event.into(),
            subject: 1,
            body: examples[kind.event].to_string(),
        };
        let rows: Vec<EventRow> = KINDS.iter().enumerate().map(row).collect();
        store.write_blocking(move |tx| take(tx, &rows)).unwrap();
        let stands_elsewhere = |kind: &&Kind| {
            matches!(kind.subject, Subject::Order | Subject::OperatorsOrder | Subject::Consignment | Subject::Offer)
        };
        let mut told: Vec<&str> = KINDS.iter().filter(|kind| !stands_elsewhere(kind)).map(|kind| kind.name).collect();
        let written = store.read_blocking(move |db| deliveries(db, id, None, 100)).unwrap();
        let mut written: Vec<&str> = written.iter().map(|one| one.kind.as_str()).collect();
        told.sort_unstable();
        written.sort_unstable();
        assert_eq!(written, told);
    });
}

/// Who acts for an organisation is told to it and to the operator, with who did it, and to no other seller.
#[test]
fn a_membership_is_told_to_its_organisation_and_the_operator() {
    each(&TABLES, |store| {
        let world = world(store);
        store.clock().advance_seconds(1);
        for actor in [world.operator, world.seller, world.other] {
            made(store, actor, &["member.added", "member.removed"]).unwrap();
        }
        let lantau = own(world.seller);
        let (person, invited) = store
            .write_blocking(move |tx| {
                let new = parties::Register {
                    email: "lin@lantau.example".into(),
                    password_hash: "$argon2id$none".into(),
                    name: "Lin Wei".into(),
                    language: "en".parse()?,
                    country: "CN".parse()?,
                };
                let person = parties::register(tx, &new)?;
                let role = Role::SellerStaff;
                let new = parties::Invite { organisation: lantau, email: "lin@lantau.example".into(), role };
                Ok((person, parties::invite(tx, &new)?.id))
            })
            .unwrap();
        let lin = Actor::Person { person: person.raw(), organisation: 0, role: Role::Buyer };
        store.write_as_blocking(lin, move |tx| parties::accept_invitation(tx, invited, Role::SellerStaff)).unwrap();
        store::testing::settle(store);
        let events = store.read_blocking(|db| store::events_after(db, 0, 100)).unwrap();
        store.write_blocking(move |tx| take(tx, &events)).unwrap();
        let sent = claimed(store);
        assert_eq!(sent.len(), 2, "the operator and the organisation");
        for message in sent {
            let told: serde_json::Value = serde_json::from_str(&message.body).unwrap();
            let data = &told["data"];
            assert_eq!((told["type"].as_str(), data["role"].as_str()), (Some("member.added"), Some("seller_staff")));
            assert_eq!(
                (data["person"].clone(), data["by"].clone()),
                (person.to_string().into(), person.to_string().into())
            );
            assert!(!message.body.contains("Lin Wei") && !message.body.contains("lin@"), "no personal data");
        }
    });
}

fn wait<T>(work: impl Future<Output = T>) -> T {
    let mut work = std::pin::pin!(work);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(done) = work.as_mut().poll(&mut context) {
            return done;
        }
        std::thread::yield_now();
    }
}

/// A sender whose messages are refused is told of until one proves itself; a flood of forgeries is one row, written once a minute.
#[test]
fn messages_that_do_not_prove_themselves_are_told_until_one_does() {
    each(&TABLES, |store| {
        let told = || store.read_blocking(refusals).unwrap();
        let refuse = |code| wait(refused(store, "payments/stripe".into(), code)).unwrap();
        wait(taken(store, "payments/stripe".into())).unwrap();
        assert_eq!(told(), []);
        for _ in 0..50 {
            refuse("signature_mismatch");
        }
        let first = store.clock().now();
        let one = Refused {
            source: "payments/stripe".into(),
            code: "signature_mismatch".into(),
            times: 1,
            first_at: first,
            last_at: first,
        };
        assert_eq!(told(), [one]);
        store.clock().advance_seconds(61);
        refuse("signature_mismatch");
        refuse("timestamp_too_old");
        wait(refused(store, "carriers/karrio".into(), "header_missing")).unwrap();
        let now = told();
        assert_eq!(now.len(), 2);
        assert_eq!((now[1].times, now[1].code.as_str(), now[1].first_at), (3, "timestamp_too_old", first));
        assert_eq!(now[1].last_at, store.clock().now());
        wait(taken(store, "payments/stripe".into())).unwrap();
        assert_eq!(told().iter().map(|one| one.source.as_str()).collect::<Vec<_>>(), ["carriers/karrio"]);
    });
}
