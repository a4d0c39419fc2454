//! Messages through the public functions, on every engine.

use crate::*;
use base::{Actor, Error, Id, Kind as ErrorKind, Result, Role};
use store::{Schema, Store, testing};

static SCHEMAS: [Schema; 1] = [SCHEMA];

const STAFF: Actor = Actor::Person { person: 1, organisation: 1, role: Role::Operations };
const FINANCE: Actor = Actor::Person { person: 2, organisation: 1, role: Role::Finance };

/// Whether it was news.
fn put(store: &Store, kind: Kind, subject: i64, recipient: &'static str, send: bool) -> bool {
    let write =
        move |tx: &mut store::Tx| tell(tx, &Tell { kind, subject, recipient, language: "en", facts: "{}", send });
    let before = all(store).len();
    store.write_blocking(write).unwrap();
    all(store).len() > before
}

fn all(store: &Store) -> Vec<Message> {
    store.read_as_blocking(STAFF, |db| log(db, None, None, 100)).unwrap()
}

fn jobs(store: &Store) -> Vec<store::JobRow> {
    store.write_blocking(|tx| store::claim(tx, tx.now(), 10, 60)).unwrap()
}

fn said(store: &Store, id: Id<Message>, said: Result<Outcome>) -> State {
    store.write_blocking(move |tx| record(tx, id, &said)).unwrap()
}

#[test]
fn told_twice_is_one_message() {
    testing::each(&SCHEMAS, |store| {
        assert!(put(store, Kind::OrderPaid, 7, "jana@example.com", true));
        assert!(!put(store, Kind::OrderPaid, 7, "jana@example.com", true), "again is no news");
        assert!(put(store, Kind::OrderPaid, 7, "lin@example.com", true), "another reader");
        assert!(put(store, Kind::OrderCancelled, 7, "jana@example.com", true), "about something else");
        assert!(put(store, Kind::OrderPaid, 8, "jana@example.com", true), "another order");
        assert!(put(store, Kind::OrderPaid, 9, "jana@example.com", false), "kept, and not sent");
        assert!(!put(store, Kind::OrderPaid, 9, "jana@example.com", false));
        assert_eq!(all(store).len(), 5);
        let due = jobs(store);
        assert_eq!(due.len(), 4, "one job a message");
        assert!(due.iter().all(|job| job.kind == SEND.kind));
        let of_seven = store.read_as_blocking(STAFF, |db| about(db, &[7])).unwrap();
        assert_eq!(of_seven.len(), 3);
    });
}

#[test]
fn a_link_that_is_asked_for_again_is_one_message_that_is_sent_again() {
    testing::each(&SCHEMAS, |store| {
        let ask = |send| {
            let tell = Tell {
                kind: Kind::OrderLink,
                subject: 7,
                recipient: "jana@example.com",
                language: "en",
                facts: "{}",
                send,
            };
            store.write_blocking(move |tx| tell_anew(tx, &tell)).unwrap();
        };
        ask(true);
        ask(true);
        let due = jobs(store);
        assert_eq!((all(store).len(), due.len()), (1, 1), "it waits already");
        let id = all(store)[0].id;
        assert_eq!(said(store, id, Ok(Outcome::Accepted)), State::Sent);
        store.write_blocking(move |tx| store::done(tx, &due[0])).unwrap();
        ask(true);
        assert_eq!((all(store).len(), all(store)[0].state, jobs(store).len()), (1, State::Queued, 1));
        said(store, id, Ok(Outcome::Accepted));
        ask(false);
        assert_eq!(all(store)[0].state, State::Skipped, "the mail server is gone");
    });
}

#[test]
fn without_a_mail_server_a_message_is_kept_and_nothing_is_due() {
    testing::each(&SCHEMAS, |store| {
        put(store, Kind::Delivered, 7, "jana@example.com", false);
        let kept = all(store).remove(0);
        assert_eq!((kept.state, kept.attempts, kept.ended_at), (State::Skipped, 0, Some(testing::START)));
        assert_eq!(jobs(store).len(), 0);
        let id = kept.id;
        let refused = store.write_as_blocking(STAFF, move |tx| again(tx, id, false)).unwrap_err();
        assert_eq!(refused.code, "no_mail_server");
        assert!(store.write_as_blocking(STAFF, move |tx| again(tx, id, true)).unwrap(), "there is one now");
        assert_eq!(all(store)[0].state, State::Queued);
        assert_eq!(jobs(store)[0].subject, id.raw());
    });
}

#[test]
fn a_message_is_tried_until_it_is_sent_or_no_longer_worth_it() {
    testing::each(&SCHEMAS, |store| {
        for subject in 1..=3 {
            put(store, Kind::Held, subject, "jana@example.com", true);
        }
        put(store, Kind::PasswordReset, 4, "jana@example.com", true);
        let ids: Vec<Id<Message>> = all(store).iter().rev().map(|message| message.id).collect();
        let busy = || Err(Error::unavailable("mail_server", "451 come back later"));
        assert_eq!(said(store, ids[0], busy()), State::Queued);
        let waiting = all(store).pop().unwrap();
        assert_eq!((waiting.attempts, waiting.error.as_str(), waiting.ended_at), (1, "451 come back later", None));
        assert_eq!(said(store, ids[0], Ok(Outcome::Accepted)), State::Sent);
        let sent = all(store).pop().unwrap();
        assert_eq!((sent.attempts, sent.error.as_str(), sent.ended_at), (2, "", Some(testing::START)));
        assert_eq!(said(store, ids[1], Ok(Outcome::Refused("550 nobody here".into()))), State::Failed);
        assert!(
            store
                .write_blocking({
                    let id = ids[1];
                    move |tx| begin(tx, id)
                })
                .unwrap()
                .is_none(),
            "it is over"
        );

        store.clock().advance_seconds(3600);
        assert_eq!(said(store, ids[3], busy()), State::Failed, "nobody waits for a link that long");
        assert_eq!(said(store, ids[2], busy()), State::Queued);
        store.clock().advance_seconds(119 * 3600);
        assert_eq!(said(store, ids[2], busy()), State::Failed, "five days are over");
        let failed = store.read_as_blocking(STAFF, |db| log(db, Some(State::Failed), None, 10)).unwrap();
        assert_eq!(failed.iter().map(|message| message.id).collect::<Vec<_>>(), [ids[3], ids[2], ids[1]]);

        // A straggler's outcome changes nothing that is over.
        assert_eq!(said(store, ids[1], Ok(Outcome::Accepted)), State::Failed);
        assert_eq!(all(store).iter().filter(|message| message.state == State::Failed).count(), 3);
        // Sent again, it is given its whole patience anew.
        let id = ids[2];
        assert!(store.write_as_blocking(STAFF, move |tx| again(tx, id, true)).unwrap());
        assert!(!store.write_as_blocking(STAFF, move |tx| again(tx, id, true)).unwrap(), "it waits already");
        assert_eq!(said(store, id, busy()), State::Queued);
    });
}

#[test]
fn the_log_is_the_operators_and_turns_its_pages() {
    testing::each(&SCHEMAS, |store| {
        for subject in 0..5 {
            put(store, Kind::OrderPaid, subject, "jana@example.com", false);
        }
        put(store, Kind::PaidOut, 9, "owner@example.com", false);
        let page =
            |before| store.read_as_blocking(FINANCE, move |db| log(db, Some(State::Skipped), before, 4)).unwrap();
        let first = page(None);
        let second = page(Some(first[3].id));
        assert_eq!((first.len(), second.len(), page(Some(second[1].id)).len()), (4, 2, 0));
        assert!(first[0].id > first[3].id && first[3].id > second[0].id, "newest first");
        let payout = first[0].id;
        let seen = |actor| store.read_as_blocking(actor, move |db| message(db, payout)).map_err(|error| error.kind);
        assert_eq!(seen(FINANCE).unwrap().kind, Kind::PaidOut);
        assert_eq!(seen(STAFF).unwrap_err(), ErrorKind::Denied, "money is finance's");
        let order = first[1].id;
        for actor in [Actor::Guest, Actor::Person { person: 3, organisation: 5, role: Role::SellerOwner }] {
            assert!(store.read_as_blocking(actor, move |db| message(db, order)).is_err());
            assert!(store.read_as_blocking(actor, |db| log(db, None, None, 10)).is_err());
            assert!(store.read_as_blocking(actor, |db| about(db, &[1])).is_err());
            assert!(store.write_as_blocking(actor, move |tx| again(tx, order, true)).is_err());
        }
        assert_eq!(
            store.write_as_blocking(FINANCE, move |tx| again(tx, order, true)).unwrap_err().kind,
            ErrorKind::Denied
        );
        let nobody: Id<Message> = Id::from_raw(5);
        assert_eq!(
            store.write_as_blocking(STAFF, move |tx| again(tx, nobody, true)).unwrap_err().code,
            "message_unknown"
        );
    });
}

#[test]
fn old_messages_are_forgotten_unless_they_wait() {
    testing::each(&SCHEMAS, |store| {
        let (old, waits) = (
            put(store, Kind::OrderPaid, 1, "jana@example.com", false),
            put(store, Kind::OrderPaid, 2, "jana@example.com", true),
        );
        store.clock().advance_seconds((KEPT_DAYS - 1) * 86_400);
        let young = put(store, Kind::OrderPaid, 3, "jana@example.com", false);
        let swept = || store.write_blocking(|tx| sweep(tx, 10)).unwrap();
        assert_eq!((old, waits, young, swept()), (true, true, true, 0));
        store.clock().advance_seconds(2 * 86_400);
        assert_eq!((swept(), swept()), (1, 0));
        let kept: Vec<i64> = all(store).iter().map(|message| message.subject).collect();
        assert_eq!(kept, [3, 2]);
    });
}

#[test]
fn names_read_back() {
    for kind in Kind::ALL {
        assert_eq!(Kind::named(kind.name()), Some(*kind));
    }
    for state in State::ALL {
        assert_eq!(State::named(state.name()), Some(*state));
    }
}
