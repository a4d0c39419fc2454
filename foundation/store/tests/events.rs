//! Events reach followers in order, and none is skipped, whatever order transactions commit in.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may fail it")]

use base::{Actor, Currency, Id, Role};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use store::testing::{START, again, each, postgres, settle};
use store::{EventRow, Listed, Reach, Schema, Store, Trail, Tx, cursor, events_after, events_of, trail};

const SCHEMAS: &[Schema] = &[];

pub struct Thing;
impl base::Tag for Thing {
    const PREFIX: &'static str = "thg";
}

store::events! {
    Public "thing.made" Made: i64;
    Private "thing.changed" Changed: Id<Thing>;
}

/// Its fields stand in another order than that of their names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Made {
    n: i64,
    currency: Currency,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Changed {
    thing: Id<Thing>,
    #[serde(with = "base::written::raw")]
    raw: Id<Thing>,
    #[serde(default)]
    note: Option<String>,
}

fn made(tx: &mut Tx, subject: i64) -> base::Result<()> {
    tx.emit(subject, &Made { n: subject, currency: Currency::EUR })
}

fn changed(tx: &mut Tx, subject: i64) -> base::Result<()> {
    let thing = Id::from_raw(subject);
    tx.emit(thing, &Changed { thing, raw: thing, note: None })
}

fn after(store: &Store, seq: i64) -> Vec<EventRow> {
    store.read_blocking(move |db| events_after(db, seq, 1000)).unwrap()
}

#[test]
fn an_event_keeps_what_it_was_told() {
    each(SCHEMAS, |store| {
        let buyer = Actor::Person { person: 7, organisation: 0, role: Role::Buyer };
        let told = store.write_as_blocking(buyer, |tx| {
            made(tx, 1)?;
            changed(tx, 1)?;
            made(tx, 2)
        });
        told.unwrap();
        settle(store);
        let events = after(store, 0);
        assert_eq!(events.len(), 3);
        let first = &events[0];
        assert_eq!(
            (first.kind.as_str(), first.subject, first.actor.as_str(), first.at),
            ("thing.made", 1, "person:7", START)
        );
        assert_eq!(first.body, r#"{"currency":"EUR","n":1}"#);
        assert_eq!(first.json().unwrap(), json!({ "n": 1, "currency": "EUR" }));
        assert_eq!(first.read::<Made>().unwrap(), Made { n: 1, currency: Currency::EUR });
        assert!(first.read::<Changed>().is_err(), "it is another event");
        assert_eq!(events[1].body, r#"{"note":null,"raw":1,"thing":"thg_1"}"#);
        assert_eq!(events[1].about::<Changed>(), Id::from_raw(1));
        assert!(events.is_sorted_by(|a, b| a.seq < b.seq));
        assert_eq!(after(store, events[1].seq), events[2..]);
        let of_one = store.read_blocking(|db| events_of(db, 1, 0, 10)).unwrap();
        assert_eq!(of_one, events[..2]);
    });
}

#[test]
fn a_rolled_back_event_never_was() {
    each(SCHEMAS, |store| {
        let failed = store.write_blocking(|tx| {
            made(tx, 1)?;
            Err::<(), _>(base::Error::conflict("no", "no"))
        });
        assert!(failed.is_err());
        store.write_blocking(|tx| made(tx, 2)).unwrap();
        settle(store);
        let subjects: Vec<i64> = after(store, 0).iter().map(|event| event.subject).collect();
        assert_eq!(subjects, [2]);
    });
}

#[test]
fn a_follower_keeps_its_place() {
    each(SCHEMAS, |store| {
        store.write_blocking(|tx| (1..=5).try_for_each(|subject| made(tx, subject))).unwrap();
        settle(store);
        let seen = Arc::new(Mutex::new(vec![]));
        let follow = |batch| {
            let seen = seen.clone();
            store.follow_blocking("search", batch, move |_, events| {
                seen.lock().unwrap().extend(events.iter().map(|event| event.subject));
                Ok(())
            })
        };
        assert_eq!(follow(2).unwrap(), 2);
        assert_eq!(follow(10).unwrap(), 3);
        assert_eq!(follow(10).unwrap(), 0);
        assert_eq!(*seen.lock().unwrap(), [1, 2, 3, 4, 5]);
        let place = store.read_blocking(|db| cursor(db, "search")).unwrap();
        assert_eq!(place, after(store, 0)[4].seq);
        // A follower that fails sees the same events again; from zero it sees all again.
        store.write_blocking(|tx| tx.set_cursor("search", 0)).unwrap();
        let failed = store.follow_blocking("search", 3, |_, _| Err(base::Error::unavailable("away", "away")));
        assert!(failed.is_err());
        assert_eq!(store.read_blocking(|db| cursor(db, "search")).unwrap(), 0);
        assert_eq!(follow(10).unwrap(), 5);
    });
}

#[test]
fn two_followers_of_one_name_do_not_see_an_event_twice() {
    each(SCHEMAS, |store| {
        store.write_blocking(|tx| (1..=200).try_for_each(|subject| made(tx, subject))).unwrap();
        settle(store);
        let other = again(store, SCHEMAS).unwrap();
        let followers = [store.clone(), other].map(|store| {
            thread::spawn(move || {
                let seen = Arc::new(Mutex::new(vec![]));
                loop {
                    let collected = seen.clone();
                    // Only the last run of a closure counts, so it says what it saw through its event.
                    let count = store.follow_blocking("mail", 7, move |_, events| {
                        collected.lock().unwrap().push(events.iter().map(|event| event.subject).collect::<Vec<_>>());
                        Ok(())
                    });
                    if count.unwrap() == 0 && store.read_blocking(|db| cursor(db, "mail")).unwrap() > 0 {
                        return Arc::try_unwrap(seen).unwrap().into_inner().unwrap().concat();
                    }
                }
            })
        });
        let mut seen: Vec<i64> = followers.into_iter().flat_map(|follower| follower.join().unwrap()).collect();
        seen.sort_unstable();
        assert_eq!(seen, (1..=200).collect::<Vec<_>>());
    });
}

/// A transaction that stays open: it emits one event whenever told to, and commits when told no more.
fn open(store: &Store, subject: i64) -> (Sender<()>, Receiver<()>, thread::JoinHandle<()>) {
    let (tell, told) = channel::<()>();
    let (say, said) = channel::<()>();
    let store = store.clone();
    let life = thread::spawn(move || {
        let body = move |tx: &mut Tx| {
            tx.raw("SELECT pg_current_xact_id()::TEXT", &[])?;
            say.send(()).unwrap();
            while told.recv().is_ok() {
                made(tx, subject)?;
                say.send(()).unwrap();
            }
            Ok(())
        };
        store.write_blocking(body).unwrap();
    });
    said.recv().unwrap();
    (tell, said, life)
}

#[test]
fn interleaved_transactions_are_not_skipped() {
    let Some(store) = postgres(SCHEMAS) else { return println!("no PostgreSQL to test with") };
    // Every order in which two transactions can begin, emit and commit.
    for (number, (second_emits_first, second_commits_first)) in
        [(false, false), (false, true), (true, false), (true, true)].into_iter().enumerate()
    {
        let place = after(&store, 0).last().map_or(0, |event| event.seq);
        let subject = number as i64 * 10;
        let (first, second) = (open(&store, subject), open(&store, subject + 1));
        let order = if second_emits_first { [&second, &first] } else { [&first, &second] };
        for (tell, said, _) in order {
            tell.send(()).unwrap();
            said.recv().unwrap();
        }
        let commit = |(tell, _, life): (Sender<()>, Receiver<()>, thread::JoinHandle<()>)| {
            drop(tell);
            life.join().unwrap();
        };
        let (one, other) = if second_commits_first { (second, first) } else { (first, second) };
        commit(one);
        // What a follower sees now it will not see again.
        let early = after(&store, place);
        let place = early.last().map_or(place, |event| event.seq);
        if second_commits_first {
            assert_eq!(early, [], "the transaction that began first may still emit");
        }
        commit(other);
        settle(&store);
        let mut subjects: Vec<i64> = early.iter().chain(&after(&store, place)).map(|event| event.subject).collect();
        subjects.sort_unstable();
        assert_eq!(subjects, [subject, subject + 1]);
    }
}

#[test]
fn a_busy_follower_misses_nothing() {
    each(SCHEMAS, |store| {
        let stop = Arc::new(AtomicBool::new(false));
        let follower = {
            let (store, stop) = (store.clone(), stop.clone());
            thread::spawn(move || {
                let (mut seen, mut place) = (vec![], 0);
                loop {
                    let last_round = stop.load(Ordering::SeqCst);
                    let events = after(&store, place);
                    place = events.last().map_or(place, |event| event.seq);
                    seen.extend(events.iter().map(|event| event.subject));
                    if last_round && events.is_empty() {
                        return seen;
                    }
                }
            })
        };
        let writers: Vec<_> = (0..6_i64)
            .map(|writer| {
                let store = store.clone();
                thread::spawn(move || {
                    for number in 0..40 {
                        let subject = writer * 1000 + number * 10;
                        let told = store.write_blocking(move |tx| {
                            made(tx, subject)?;
                            std::thread::yield_now();
                            made(tx, subject + 1)
                        });
                        told.unwrap();
                    }
                })
            })
            .collect();
        writers.into_iter().for_each(|writer| writer.join().unwrap());
        settle(store);
        stop.store(true, Ordering::SeqCst);
        let seen = follower.join().unwrap();
        assert_eq!(seen.len(), 480);
        for writer in 0..6 {
            let of_writer: Vec<i64> = seen.iter().copied().filter(|subject| subject / 1000 == writer).collect();
            assert!(of_writer.is_sorted(), "each writer's events arrive in its order");
            assert_eq!(of_writer.len(), 80);
        }
    });
}

#[test]
fn events_restored_into_a_younger_server_stay_in_front() {
    let Some(store) = postgres(SCHEMAS) else { return println!("no PostgreSQL to test with") };
    let old = store.write_blocking(|tx| {
        tx.raw(
            "INSERT INTO event (seq, at, actor, kind, subject, body) VALUES (1 << 20, 0, 'system', 'old', 1, '{}')",
            &[],
        )?;
        tx.raw(
            "INSERT INTO event (seq, at, actor, kind, subject, body) \
             SELECT (pg_current_xact_id()::TEXT::BIGINT + 5000000) * 1048576 + 3, 0, 'system', 'old', 2, '{}'",
            &[],
        )
    });
    old.unwrap();
    // Opening finds that the stored events are from another server's future.
    let store = again(&store, SCHEMAS).unwrap();
    store.write_blocking(|tx| made(tx, 3)).unwrap();
    settle(&store);
    let subjects: Vec<i64> = after(&store, 0).iter().map(|event| event.subject).collect();
    assert_eq!(subjects, [1, 2, 3]);
    // Once is enough.
    let store = again(&store, SCHEMAS).unwrap();
    store.write_blocking(|tx| made(tx, 4)).unwrap();
    settle(&store);
    assert_eq!(after(&store, 0).last().unwrap().subject, 4);
}

#[test]
fn the_trail_is_read_backwards_by_actor_kind_and_subject() {
    each(SCHEMAS, |store| {
        let person = Actor::Person { person: 9, organisation: 0, role: base::Role::Admin };
        for (actor, emit, subject) in [
            (Actor::System, made as fn(&mut Tx, i64) -> base::Result<()>, 1),
            (person, changed, 1),
            (person, made, 2),
            (Actor::Guest, changed, 2),
        ] {
            store.write_as_blocking(actor, move |tx| emit(tx, subject)).unwrap();
        }
        let found = |actor: &str, kind: &str, subject, before, limit| {
            let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
            let asked = Trail { actor: text(actor), kind: text(kind), subject };
            store.read_blocking(move |db| trail(db, &asked, before, limit)).unwrap()
        };
        let told = |rows: &[EventRow]| rows.iter().map(|row| (row.kind.clone(), row.subject)).collect::<Vec<_>>();
        let (made, changed) = ("thing.made".to_owned(), "thing.changed".to_owned());
        let all = found("", "", None, None, 9);
        assert_eq!(told(&all), [(changed.clone(), 2), (made.clone(), 2), (changed.clone(), 1), (made.clone(), 1)]);
        assert_eq!(told(&found("", "", None, Some(all[1].seq), 1)), [(changed.clone(), 1)]);
        assert_eq!(told(&found("person:9", "", None, None, 9)), [(made.clone(), 2), (changed.clone(), 1)]);
        assert_eq!(told(&found("person:9", "thing.made", None, None, 9)), [(made.clone(), 2)]);
        assert_eq!(told(&found("", "thing.made", None, None, 9)), [(made.clone(), 2), (made.clone(), 1)]);
        assert_eq!(told(&found("", "", Some(1), None, 9)), [(changed.clone(), 1), (made.clone(), 1)]);
        assert_eq!(told(&found("system", "", Some(1), None, 9)), [(made, 1)]);
        assert_eq!(told(&found("guest", "thing.made", Some(2), None, 9)), []);
    });
}

/// What a follower matches: an event of the list with its body, none for another context's; a body that lacks a field is an error.
#[test]
fn an_event_is_read_as_what_it_was_emitted() {
    let row = |kind: &str, body: &str| EventRow {
        seq: 1,
        at: START,
        actor: "system".into(),
        kind: kind.into(),
        subject: 5,
        body: body.into(),
    };
    let thing: Id<Thing> = Id::from_raw(5);
    let older = Event::of(&row("thing.changed", r#"{"thing":"thg_5","raw":5}"#)).unwrap();
    assert_eq!(older, Some(Event::Changed(thing, Changed { thing, raw: thing, note: None })));
    let newer = Event::of(&row("thing.made", r#"{"n":5,"currency":"PLN","later":true}"#)).unwrap();
    assert_eq!(newer, Some(Event::Made(5, Made { n: 5, currency: "PLN".parse().unwrap() })));
    assert_eq!(Event::of(&row("thing.unheard_of", "{}")).unwrap(), None);
    for body in [r#"{"n":5}"#, r#"{"n":5,"currency":"euro"}"#, r#"{"n":"5","currency":"EUR"}"#, "", "null"] {
        assert_eq!(Event::of(&row("thing.made", body)).unwrap_err().kind, base::Kind::Internal, "{body}");
    }
    let listed = |one: &Listed| (one.kind, one.reach, one.about);
    assert_eq!(
        EVENTS.iter().map(listed).collect::<Vec<_>>(),
        [("thing.made", Reach::Public, None), ("thing.changed", Reach::Private, Some("thg"))]
    );
    assert_eq!(EVENTS[0].again(r#"{ "n": 5, "currency": "EUR" }"#).unwrap(), r#"{"currency":"EUR","n":5}"#);
    assert!(EVENTS[1].again(r#"{ "thing": "ord_5", "raw": 5 }"#).is_err(), "the id of another thing");
}
