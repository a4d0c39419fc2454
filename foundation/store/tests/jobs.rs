//! Jobs: claimed once, tried again later, never lost; idempotency keys; requests that happen once.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may fail it")]

use base::Moment;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use store::testing::{START, again, each};
use store::{
    JOB_LOST, JobRow, Lane, Schema, Store, Work, claim, claim_lane, done, due_count, due_lanes, failed, failing,
    hand_back, params, renew, retry,
};

const SCHEMAS: &[Schema] = &[];

const fn work(kind: &'static str) -> Work {
    Work { kind, hands: 1, lease_seconds: 60, renews: false }
}

fn schedule(store: &Store, kind: &'static str, subject: i64, run_at: Moment) {
    store.write_blocking(move |tx| tx.schedule(&work(kind).job(subject, run_at))).unwrap();
}

fn claim_now(store: &Store) -> Vec<JobRow> {
    store
        .write_blocking(|tx| {
            let now = tx.now();
            claim(tx, now, 100, 60)
        })
        .unwrap()
}

fn subjects(jobs: &[JobRow]) -> Vec<i64> {
    jobs.iter().map(|job| job.subject).collect()
}

#[test]
fn due_jobs_come_earliest_first_and_once() {
    each(SCHEMAS, |store| {
        schedule(store, "a", 1, START.plus_seconds(10));
        schedule(store, "a", 2, START.plus_seconds(5));
        schedule(store, "a", 3, START.plus_seconds(5));
        schedule(store, "b", 4, START.plus_seconds(60));
        assert_eq!(claim_now(store), []);
        store.clock().advance_seconds(10);
        assert_eq!(store.read_blocking(due_count).unwrap(), 3);
        let jobs = claim_now(store);
        assert_eq!(subjects(&jobs), [2, 3, 1]);
        assert_eq!((jobs[0].kind.as_str(), jobs[0].attempts), ("a", 1));
        assert_eq!(claim_now(store), [], "claimed jobs are nobody else's");
        store.write_blocking(move |tx| jobs.iter().try_for_each(|job| done(tx, job))).unwrap();
        store.write_blocking(|tx| tx.unschedule(work("b"), 4)).unwrap();
        store.clock().advance_seconds(100_000);
        assert_eq!(claim_now(store), []);
    });
}

#[test]
fn a_job_whose_worker_died_is_given_out_again() {
    each(SCHEMAS, |store| {
        schedule(store, "a", 1, START);
        assert_eq!(claim_now(store)[0].attempts, 1);
        store.clock().advance_seconds(59);
        assert_eq!(claim_now(store), []);
        store.clock().advance_seconds(1);
        assert_eq!(claim_now(store)[0].attempts, 2);
    });
}

#[test]
fn every_kind_and_party_is_a_lane_of_its_own() {
    each(SCHEMAS, |store| {
        let silent = |subject| {
            let job = move |tx: &mut store::Tx| tx.schedule(&work("pay").job(subject, START).with("silent"));
            store.write_blocking(job).unwrap();
        };
        (10..40).for_each(silent);
        silent(10);
        let other = |tx: &mut store::Tx| tx.schedule(&work("pay").job(10, START).with("other"));
        store.write_blocking(other).unwrap();
        schedule(store, "pay", 50, START);
        schedule(store, "mail", 60, START.plus_seconds(1));
        let lane = |kind: &str, party: &str| Lane { kind: kind.into(), party: party.into() };
        let lanes = [lane("pay", ""), lane("pay", "other"), lane("pay", "silent")];
        assert_eq!(store.read_blocking(due_lanes).unwrap(), lanes);
        assert_eq!(store.read_blocking(due_count).unwrap(), 32);
        let take = |lane: Lane| store.write_blocking(move |tx| claim_lane(tx, &lane, START, 20, 60)).unwrap();
        let taken = take(lane("pay", "silent"));
        assert_eq!((taken.len(), taken[0].party.as_str()), (20, "silent"));
        assert_eq!(subjects(&take(lane("pay", "other"))), [10], "not behind the silent one");
        assert_eq!(take(lane("mail", "")), [], "not due");
        let rest = store.write_blocking(|tx| claim(tx, START, 5, 60)).unwrap();
        assert_eq!(subjects(&rest), [30, 31, 32, 33, 34, 50], "up to five of every lane, earliest first");
        assert_eq!(store.read_blocking(due_lanes).unwrap(), [lane("pay", "silent")]);
        store.write_blocking(|tx| tx.unschedule(work("pay"), 10)).unwrap();
        store.clock().advance_seconds(60);
        assert_eq!(claim_now(store).len(), 31, "both of subject 10 are off the list, and mail is due");
    });
}

#[test]
fn a_lease_is_renewed_by_its_holder_only_and_given_back_at_once() {
    each(SCHEMAS, |store| {
        schedule(store, "a", 1, START);
        let renew = |job: &JobRow| {
            let job = job.clone();
            store.write_blocking(move |tx| renew(tx, &job, 60)).unwrap()
        };
        let first = claim_now(store).remove(0);
        store.clock().advance_seconds(59);
        assert!(renew(&first));
        store.clock().advance_seconds(59);
        assert_eq!(claim_now(store), [], "it was renewed");
        store.clock().advance_seconds(1);
        let second = claim_now(store).remove(0);
        assert!(!renew(&first), "it is another's now");
        let lost = first.clone();
        store.write_blocking(move |tx| hand_back(tx, &lost)).unwrap();
        assert_eq!(claim_now(store), [], "who lost it cannot give it back");
        assert!(renew(&second));
        let back = second.clone();
        store.write_blocking(move |tx| hand_back(tx, &back)).unwrap();
        assert!(!renew(&second), "nobody holds it");
        assert_eq!(claim_now(store).len(), 1, "at once");
    });
}

#[test]
fn who_has_lost_a_job_can_neither_end_nor_fail_it() {
    each(SCHEMAS, |store| {
        schedule(store, "a", 1, START);
        let first = claim_now(store).remove(0);
        store.clock().advance_seconds(60);
        let second = claim_now(store).remove(0);
        let late = first.clone();
        let ended = store.write_blocking(move |tx| {
            tx.schedule(&work("b").job(2, START))?;
            done(tx, &late)
        });
        assert_eq!(ended.unwrap_err().code, JOB_LOST);
        store.write_blocking(move |tx| failed(tx, &first, "too late")).unwrap();
        assert_eq!(store.read_blocking(|db| failing(db, 10)).unwrap(), [], "its failure is nobody's");
        store.write_blocking(move |tx| done(tx, &second)).unwrap();
        store.clock().advance_seconds(100_000);
        assert_eq!(claim_now(store), [], "what the late worker did is not there");
    });
}

#[test]
fn who_has_lost_a_job_cannot_end_its_next_round() {
    each(SCHEMAS, |store| {
        schedule(store, "a", 1, START);
        let first = claim_now(store).remove(0);
        store.clock().advance_seconds(60);
        let second = claim_now(store).remove(0);
        schedule(store, "a", 1, START.plus_seconds(100));
        store.write_blocking(move |tx| done(tx, &second)).unwrap();
        store.clock().advance_seconds(60);
        let third = claim_now(store).remove(0);
        assert_eq!((first.attempts, third.attempts), (1, 1), "counted anew");
        store.write_blocking(move |tx| done(tx, &first)).unwrap();
        store.clock().advance_seconds(60);
        assert_eq!(claim_now(store).len(), 1, "it is there still, for whoever comes after the third");
    });
}

#[test]
fn a_failed_job_waits_longer_each_time_and_says_why() {
    each(SCHEMAS, |store| {
        schedule(store, "a", 1, START);
        for (attempt, pause) in [
            (1, 10),
            (2, 20),
            (3, 40),
            (4, 80),
            (5, 160),
            (6, 320),
            (7, 640),
            (8, 1280),
            (9, 2560),
            (10, 3600),
            (11, 3600),
        ] {
            let jobs = claim_now(store);
            assert_eq!((jobs.len(), jobs[0].attempts), (1, attempt));
            store.write_blocking(move |tx| failed(tx, &jobs[0], "no answer")).unwrap();
            store.clock().advance_seconds(pause - 1);
            assert_eq!(claim_now(store), []);
            store.clock().advance_seconds(1);
        }
        let error =
            store.read_blocking(|db| db.one("SELECT last_error FROM job", params![])?.get::<String>(0)).unwrap();
        assert_eq!(error, "no answer");
    });
}

#[test]
fn of_unique_jobs_the_earliest_stays() {
    each(SCHEMAS, |store| {
        schedule(store, "a", 1, START.plus_seconds(20));
        schedule(store, "a", 1, START.plus_seconds(10));
        schedule(store, "a", 1, START.plus_seconds(30));
        schedule(store, "a", 2, START.plus_seconds(10));
        schedule(store, "b", 1, START.plus_seconds(10));
        store.clock().advance_seconds(10);
        assert_eq!(subjects(&claim_now(store)), [1, 2, 1]);
        store.clock().advance_seconds(49);
        assert_eq!(claim_now(store), []);
    });
}

#[test]
fn a_unique_job_scheduled_while_it_runs_runs_once_more() {
    each(SCHEMAS, |store| {
        schedule(store, "a", 1, START);
        let running = claim_now(store).remove(0);
        schedule(store, "a", 1, START.plus_seconds(9));
        schedule(store, "a", 1, START.plus_seconds(5));
        store.write_blocking(move |tx| done(tx, &running)).unwrap();
        assert_eq!(claim_now(store), []);
        store.clock().advance_seconds(5);
        let again = claim_now(store);
        assert_eq!((again.len(), again[0].attempts), (1, 1));
        store.write_blocking(move |tx| done(tx, &again[0])).unwrap();
        store.clock().advance_seconds(100_000);
        assert_eq!(claim_now(store), []);
    });
}

#[test]
fn two_processes_share_the_jobs() {
    each(SCHEMAS, |store| {
        let filled =
            store.write_blocking(|tx| (0..300).try_for_each(|subject| tx.schedule(&work("a").job(subject, START))));
        filled.unwrap();
        let workers = [store.clone(), store.clone(), again(store, SCHEMAS).unwrap()].map(|store| {
            thread::spawn(move || {
                let mut done_here = vec![];
                loop {
                    let jobs = store.write_blocking(|tx| claim(tx, START, 7, 60)).unwrap();
                    let left = store.read_blocking(due_count).unwrap();
                    if jobs.is_empty() && left == 0 {
                        return done_here;
                    }
                    done_here.extend(subjects(&jobs));
                    store.write_blocking(move |tx| jobs.iter().try_for_each(|job| done(tx, job))).unwrap();
                }
            })
        });
        let mut all: Vec<i64> = workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect();
        all.sort_unstable();
        assert_eq!(all, (0..300).collect::<Vec<_>>());
    });
}

#[test]
fn a_key_makes_a_command_happen_once() {
    each(SCHEMAS, |store| {
        let runs = Arc::new(AtomicUsize::new(0));
        let once = |key: &'static str, input: &'static str, fails: bool| {
            let runs = runs.clone();
            store.write_blocking(move |tx| {
                tx.once(key, input, |_| {
                    let run = runs.fetch_add(1, Ordering::SeqCst) + 1;
                    if fails { Err(base::Error::conflict("failed", "failed")) } else { Ok(format!("answer {run}")) }
                })
            })
        };
        assert_eq!(once("k", "{1}", true).unwrap_err().code, "failed");
        assert_eq!(once("k", "{1}", false).unwrap(), "answer 2");
        assert_eq!(once("k", "{1}", false).unwrap(), "answer 2");
        assert_eq!(once("k", "{1}", true).unwrap(), "answer 2");
        assert_eq!(once("k", "{2}", false).unwrap_err().code, "idempotency_key_reused");
        assert_eq!(once("other", "{2}", false).unwrap(), "answer 3");
        assert_eq!(runs.load(Ordering::SeqCst), 3);
        store.clock().advance_seconds(60);
        assert_eq!(once("late", "", false).unwrap(), "answer 4");
        assert_eq!(store.write_blocking(|tx| tx.forget_keys(START.plus_seconds(1), 10)).unwrap(), 2);
        assert_eq!(once("k", "{2}", false).unwrap(), "answer 5");
    });
}

#[test]
fn a_command_that_swallows_its_failure_does_not_burn_the_key() {
    each(SCHEMAS, |store| {
        let swallowed = store.write_blocking(|tx| {
            let _ = tx.once("k", "", |_| Err(base::Error::conflict("failed", "failed")));
            Ok(())
        });
        swallowed.unwrap();
        let answer = store.write_blocking(|tx| tx.once("k", "", |_| Ok("now".into())));
        assert_eq!(answer.unwrap(), "now");
    });
}

#[test]
fn callers_with_the_same_key_at_once_get_one_answer() {
    each(SCHEMAS, |store| {
        let runs = Arc::new(AtomicUsize::new(0));
        let callers: Vec<_> = (0..16)
            .map(|_| {
                let (store, runs) = (store.clone(), runs.clone());
                thread::spawn(move || {
                    store.write_blocking(move |tx| {
                        tx.once("same", "input", |_| Ok(runs.fetch_add(1, Ordering::SeqCst).to_string()))
                    })
                })
            })
            .collect();
        let answers: Vec<String> = callers.into_iter().map(|caller| caller.join().unwrap().unwrap()).collect();
        assert_eq!(answers, vec!["0"; 16]);
    });
}

#[test]
fn failing_jobs_are_listed_and_tried_again_when_told() {
    each(SCHEMAS, |store| {
        schedule(store, "a", 1, START);
        schedule(store, "a", 2, START);
        assert_eq!(store.read_blocking(|db| failing(db, 10)).unwrap(), [], "what has not failed is not listed");
        let job = claim_now(store).remove(0);
        let id = job.id;
        store.write_blocking(move |tx| failed(tx, &job, "the carrier is asleep")).unwrap();
        let list = store.read_blocking(|db| failing(db, 10)).unwrap();
        assert_eq!((list.len(), list[0].subject, list[0].attempts), (1, 1, 1));
        assert_eq!(list[0].error, "the carrier is asleep");
        assert_eq!(claim_now(store), [], "it waits for its next attempt");
        assert!(store.write_blocking(move |tx| retry(tx, id)).unwrap());
        let again = claim_now(store);
        assert_eq!((again.len(), again[0].id, again[0].attempts), (1, id, 2));
        assert!(!store.write_blocking(move |tx| retry(tx, id)).unwrap(), "what is being worked on is left alone");
    });
}

#[test]
fn a_request_is_worked_on_by_one_and_its_answer_given_to_all() {
    use store::request::{self, KEPT_HOURS, Known};
    each(SCHEMAS, |store| {
        let take = |input: &'static str| store.write_blocking(move |tx| request::take(tx, "key", input, 60)).unwrap();
        let many: Vec<Known> = thread::scope(|scope| {
            let callers: Vec<_> = (0..16).map(|_| scope.spawn(|| take("a"))).collect();
            callers.into_iter().map(|caller| caller.join().unwrap()).collect()
        });
        let mine: Vec<_> = many.iter().filter(|known| matches!(known, Known::Mine(_))).collect();
        assert_eq!(mine.len(), 1, "{many:?}");
        assert!(many.iter().all(|known| matches!(known, Known::Mine(_) | Known::UnderWay)));
        assert_eq!(take("b"), Known::Other);
        // Its process died: after the lease whoever asks for the same takes it over, and the dead one's answer is not kept.
        let Known::Mine(dead) = *mine[0] else { unreachable!() };
        store.clock().advance_seconds(60);
        assert_eq!(take("b"), Known::Other);
        let Known::Mine(until) = take("a") else { panic!("the lease is over") };
        store.write_blocking(move |tx| request::answered(tx, "key", dead, "late")).unwrap();
        assert_eq!(take("a"), Known::UnderWay);
        store.write_blocking(move |tx| request::answered(tx, "key", until, "done")).unwrap();
        store.write_blocking(move |tx| request::let_go(tx, "key", until)).unwrap();
        assert_eq!(take("a"), Known::Answered("done".into()), "an answer is not let go");
        assert_eq!(take("b"), Known::Other);
        store.clock().advance_seconds(KEPT_HOURS * 3600 - 60);
        assert_eq!(store.write_blocking(|tx| request::forget(tx, 10)).unwrap(), 0);
        assert_eq!(take("a"), Known::Answered("done".into()));
        store.clock().advance_seconds(60);
        let Known::Mine(until) = take("b") else { panic!("the key is free again") };
        store.write_blocking(move |tx| request::let_go(tx, "key", until)).unwrap();
        assert!(matches!(take("c"), Known::Mine(_)), "what was let go is free at once");
        store.clock().advance_seconds(KEPT_HOURS * 3600);
        assert_eq!(store.write_blocking(|tx| request::forget(tx, 10)).unwrap(), 1);
    });
}
