//! Claims through the context's public functions, on every engine: from the objection to the bank.

#[allow(dead_code, reason = "the world of settlement's tests, of which not everything is needed here")]
#[path = "../../settlement/src/tests/world.rs"]
mod world;

use crate::*;
use base::{Actor, Currency, Id, Kind as ErrorKind, Money, Role};
use orders::{By, Consignment, Dispute, Line, Order};
use store::testing::each;
use store::{Schema, Store};
use world::{World, wait, world};

const EUR: Currency = Currency::EUR;

/// One piece of the seller's first line: goods 12.50 with their duty and tax.
const PIECE: i64 = 1_250 + 139 + 264;

const SCHEMAS: &[Schema] = &[
    parties::SCHEMA,
    catalog::SCHEMA,
    ledger::SCHEMA,
    terms::SCHEMA,
    stock::SCHEMA,
    payments::SCHEMA,
    offers::SCHEMA,
    logistics::SCHEMA,
    orders::SCHEMA,
    settlement::SCHEMA,
    SCHEMA,
];

fn eur(minor: i64) -> Money {
    Money::new(minor, EUR)
}

/// What the settlement's world calls when the buyer confirms.
fn completed(store: &Store, order: Id<Order>) {
    store.write_blocking(move |tx| settlement::complete_delivered(tx, order)).unwrap();
}

fn staff(organisation: Id<parties::Organisation>) -> Actor {
    Actor::Person { person: 7, organisation: organisation.raw(), role: Role::SellerStaff }
}

fn operator() -> Actor {
    Actor::Person { person: 9, organisation: 1, role: Role::Operations }
}

/// A delivered order, its seller's consignment and lines.
fn delivered(store: &Store, world: &World) -> (Id<Order>, Id<Consignment>, Vec<Line>) {
    let order = world.sold(store, 1, EUR);
    world.deliver(store, order);
    (order, world.of_seller(store, order), world.lines_of_seller(store, order))
}

fn damaged(consignment: Id<Consignment>, line: Id<Line>, pieces: i64) -> NewClaim {
    NewClaim {
        consignment,
        lines: vec![(line, pieces)],
        kind: Kind::Damaged,
        wish: Wish::MoneyBack,
        amount: None,
        words: "It came in two halves.".into(),
        pictures: Vec::new(),
    }
}

fn withdrawal(consignment: Id<Consignment>, lines: Vec<(Id<Line>, i64)>) -> NewClaim {
    let words = String::new();
    NewClaim { kind: Kind::Withdrawal, lines, words, ..damaged(consignment, Id::from_raw(0), 1) }
}

fn opened(store: &Store, new: &NewClaim) -> base::Result<Id<Claim>> {
    let new = new.clone();
    store.write_as_blocking(Actor::Guest, move |tx| open(tx, &new))
}

fn now_is(store: &Store, id: Id<Claim>) -> (State, Outcome) {
    let known = store.read_blocking(move |db| claim(db, id)).unwrap();
    (known.state, known.outcome)
}

fn dispute(store: &Store, consignment: Id<Consignment>) -> Dispute {
    store.read_blocking(move |db| orders::consignment(db, consignment)).unwrap().dispute
}

fn pass(store: &Store, days: i64) {
    store.clock().advance_seconds(days * 86_400);
}

/// Runs the clock of a claim if its job is due.
fn clock(store: &Store, id: Id<Claim>) {
    store.write_blocking(move |tx| tick(tx, id)).unwrap();
}

fn told(store: &Store, kind: &str) -> usize {
    let kind = vec![store::Value::Text(kind.into())];
    store.read_blocking(move |db| db.raw("SELECT seq FROM event WHERE kind = $1", &kind)).unwrap().len()
}

#[test]
fn the_money_waits_until_the_seller_agrees_and_goes_back_once() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let (order, consignment, lines) = delivered(store, &world);
        let id = opened(store, &damaged(consignment, lines[0].id, 1)).unwrap();
        assert_eq!((now_is(store, id), dispute(store, consignment)), ((State::Open, Outcome::None), Dispute::Open));
        let early = store.write_as_blocking(Actor::Guest, move |tx| settlement::complete(tx, consignment, By::Buyer));
        assert_eq!(early.unwrap_err().code, "disputed");
        let stranger = staff(world.platform);
        let denied = store.write_as_blocking(stranger, move |tx| agree(tx, id, false, "")).unwrap_err();
        assert_eq!(denied.kind, ErrorKind::Denied);
        let denied = store.write_as_blocking(Actor::Guest, move |tx| agree(tx, id, false, "")).unwrap_err();
        assert_eq!(denied.kind, ErrorKind::Unauthenticated);
        let seller = staff(world.seller);
        store.write_as_blocking(seller, move |tx| agree(tx, id, false, "Sorry.")).unwrap();
        let twice = store.write_as_blocking(seller, move |tx| agree(tx, id, true, "Or not.")).unwrap_err();
        assert_eq!(twice.code, "wrong_step");
        assert_eq!(now_is(store, id), (State::Settling, Outcome::None));
        wait(settle(store, id)).unwrap();
        wait(settle(store, id)).unwrap();
        let known = store.read_blocking(move |db| claim(db, id)).unwrap();
        assert_eq!((known.state, known.outcome, known.refunded), (State::Closed, Outcome::Refunded, eur(PIECE)));
        assert_eq!(dispute(store, consignment), Dispute::Closed);
        assert_eq!((told(store, "settlement.refund"), told(store, "claim.closed")), (1, 1));
        completed(store, order);
        world.refund_all(store, order);
        let story = store.read_blocking(move |db| words(db, id)).unwrap();
        let deeds: Vec<(&str, &str)> = story.iter().map(|one| (one.author.as_str(), one.deed.as_str())).collect();
        assert_eq!(deeds, [("buyer", "opened"), ("seller", "agreed")]);
    });
}

#[test]
fn a_seller_that_never_answers_leaves_it_to_the_operator() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let (_, consignment, lines) = delivered(store, &world);
        let id = opened(store, &damaged(consignment, lines[1].id, 1)).unwrap();
        clock(store, id);
        assert_eq!(now_is(store, id).0, State::Open, "not before its time");
        pass(store, 3);
        clock(store, id);
        assert_eq!(now_is(store, id).0, State::Escalated);
        assert_eq!(store.read_blocking(late).unwrap(), 0);
        pass(store, 4);
        clock(store, id);
        assert_eq!(
            (now_is(store, id).0, store.read_blocking(late).unwrap()),
            (State::Escalated, 1),
            "late, and still there"
        );
        let denied = store.write_as_blocking(staff(world.seller), move |tx| decide(tx, id, Decision::Nothing, "No."));
        assert_eq!(denied.unwrap_err().kind, ErrorKind::Denied);
        let seen = store.read_blocking(move |db| foresee(db, id, Decision::LowerPrice(eur(1_000)))).unwrap();
        assert_eq!(seen.iter().map(|one| one.amount).collect::<Vec<_>>(), [eur(1_000)]);
        let less = Decision::LowerPrice(eur(1_000));
        let silent = store.write_as_blocking(operator(), move |tx| decide(tx, id, less, " ")).unwrap_err();
        assert_eq!(silent.fields[0].code, "required");
        store.write_as_blocking(operator(), move |tx| decide(tx, id, less, "A scratch.")).unwrap();
        wait(settle(store, id)).unwrap();
        let known = store.read_blocking(move |db| claim(db, id)).unwrap();
        assert_eq!((known.outcome, known.refunded), (Outcome::Reduced, eur(1_000)));
    });
}

#[test]
fn what_is_withdrawn_comes_back_with_its_delivery_and_lies_on_the_shelf() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let (order, consignment, lines) = delivered(store, &world);
        let all = vec![(lines[0].id, 4), (lines[1].id, 1)];
        let id = opened(store, &withdrawal(consignment, all)).unwrap();
        let known = store.read_blocking(move |db| claim(db, id)).unwrap();
        assert_eq!((known.state, known.rule.as_str()), (State::Returning, "eu-withdrawal-2014"));
        assert_eq!(known.return_to.unwrap().city, "Shenzhen");
        let before = world.free(store, lines[0].variant);
        let blank = store.write_as_blocking(Actor::Guest, move |tx| send_back(tx, id, "Post", " ")).unwrap_err();
        assert_eq!(blank.fields[0].name, "tracking");
        for _ in 0..2 {
            store.write_as_blocking(Actor::Guest, move |tx| send_back(tx, id, "Post", "RR1")).unwrap();
        }
        assert_eq!(told(store, "claim.sent"), 1);
        let seller = staff(world.seller);
        let much = vec![(lines[0].id, 5)];
        let refused = store.write_as_blocking(seller, move |tx| receive(tx, id, &much, "")).unwrap_err();
        assert_eq!(refused.code, "too_many_pieces");
        let shelf = vec![(lines[0].id, 3)];
        store.write_as_blocking(seller, move |tx| receive(tx, id, &shelf, "One is torn.")).unwrap();
        wait(settle(store, id)).unwrap();
        let known = store.read_blocking(move |db| claim(db, id)).unwrap();
        // All of it but the fees at the border.
        assert_eq!((known.outcome, known.refunded), (Outcome::Refunded, eur(14_580 - 300)));
        assert_eq!(world.free(store, lines[0].variant), before + 3);
        completed(store, order);
        world.refund_all(store, order);
    });
}

#[test]
fn the_right_ends_with_its_days() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let (_, consignment, lines) = delivered(store, &world);
        pass(store, 14);
        let whole = vec![(lines[0].id, 1)];
        let wish = withdrawal(consignment, whole);
        let asked = wish.clone();
        store.read_blocking(move |db| check(db, &asked)).unwrap();
        pass(store, 2);
        assert_eq!(opened(store, &wish).unwrap_err().code, "claim_window_over");
        opened(store, &damaged(consignment, lines[0].id, 1)).unwrap();
        pass(store, 730);
        assert_eq!(opened(store, &damaged(consignment, lines[1].id, 1)).unwrap_err().code, "claim_window_over");
    });
}

#[test]
fn what_is_not_sent_back_ends_the_claim_after_a_reminder() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let (_, consignment, lines) = delivered(store, &world);
        let id = opened(store, &withdrawal(consignment, vec![(lines[0].id, 1)])).unwrap();
        for (days, reminders) in [(0, 0), (11, 1), (1, 1)] {
            pass(store, days);
            clock(store, id);
            assert_eq!((now_is(store, id).0, told(store, "claim.return_due")), (State::Returning, reminders));
        }
        pass(store, 2);
        clock(store, id);
        assert_eq!(now_is(store, id), (State::Closed, Outcome::NotReturned));
        assert_eq!((dispute(store, consignment), told(store, "settlement.refund")), (Dispute::Closed, 0));
        let late = store.write_as_blocking(Actor::Guest, move |tx| send_back(tx, id, "Post", "RR1")).unwrap_err();
        assert_eq!(late.code, "wrong_step");
    });
}

/// Each step's days, as pages show them: three for the seller and three for the operator, seven to ask the operator, fourteen to send
/// back, and fourteen until what was sent is taken for received.
#[test]
fn each_step_has_its_days() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let (_, consignment, lines) = delivered(store, &world);
        let seller = staff(world.seller);
        let [one, other] = [0, 1].map(|at| opened(store, &damaged(consignment, lines[at].id, 1)).unwrap());
        let in_days = |id: Id<Claim>, days: i64| {
            let known = store.read_blocking(move |db| claim(db, id)).unwrap();
            assert_eq!(known.due_at, Some(store.clock().now().plus_days(days)), "{:?}", known.state);
        };
        in_days(one, 3);
        pass(store, 1);
        store.write_as_blocking(seller, move |tx| refuse(tx, one, "It was whole.")).unwrap();
        in_days(one, 7);
        pass(store, 1);
        store.write_as_blocking(Actor::Guest, move |tx| escalate(tx, one, "Look at the picture.")).unwrap();
        in_days(one, 3);
        store.write_as_blocking(seller, move |tx| agree(tx, other, true, "Send it back.")).unwrap();
        in_days(other, 14);
        pass(store, 5);
        store.write_as_blocking(Actor::Guest, move |tx| send_back(tx, other, "Post", "RR2")).unwrap();
        in_days(other, 14);
    });
}

#[test]
fn what_was_sent_and_never_confirmed_is_paid_by_the_clock() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let (_, consignment, lines) = delivered(store, &world);
        let id = opened(store, &withdrawal(consignment, vec![(lines[0].id, 1)])).unwrap();
        pass(store, 5);
        store.write_as_blocking(Actor::Guest, move |tx| send_back(tx, id, "Post", "RR1")).unwrap();
        clock(store, id);
        assert_eq!(now_is(store, id).0, State::Sent);
        // Fourteen days from the buyer's word, not from the parcel.
        pass(store, 9);
        clock(store, id);
        wait(settle(store, id)).unwrap();
        assert_eq!(now_is(store, id), (State::Closed, Outcome::Refunded));
    });
}

#[test]
fn a_no_goes_to_the_operator_when_the_buyer_asks_and_stands_when_not() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let (_, consignment, lines) = delivered(store, &world);
        let seller = staff(world.seller);
        let [one, other] = [0, 1].map(|at| opened(store, &damaged(consignment, lines[at].id, 1)).unwrap());
        for id in [one, other] {
            let silent = store.write_as_blocking(seller, move |tx| refuse(tx, id, "")).unwrap_err();
            assert_eq!(silent.fields[0].code, "required");
            store.write_as_blocking(seller, move |tx| refuse(tx, id, "It was whole.")).unwrap();
        }
        store.write_as_blocking(Actor::Guest, move |tx| escalate(tx, one, "Look at the picture.")).unwrap();
        store.write_as_blocking(operator(), move |tx| decide(tx, one, Decision::Nothing, "It is whole.")).unwrap();
        assert_eq!(now_is(store, one), (State::Closed, Outcome::Dismissed));
        assert_eq!(dispute(store, consignment), Dispute::Open, "the other one is open");
        pass(store, 7);
        clock(store, other);
        assert_eq!(now_is(store, other), (State::Closed, Outcome::Refused));
        assert_eq!((dispute(store, consignment), told(store, "settlement.refund")), (Dispute::Closed, 0));
    });
}

#[test]
fn a_piece_is_in_one_claim_and_in_none_after_it_was_given_back() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let (order, consignment, lines) = delivered(store, &world);
        let first = opened(store, &damaged(consignment, lines[0].id, 3)).unwrap();
        let more = opened(store, &damaged(consignment, lines[0].id, 2)).unwrap_err();
        assert_eq!(more.code, "too_many_pieces");
        let what = settlement::What::Pieces { lines: vec![(lines[0].id, 1)], restock: false };
        let given = settlement::Refund { order, what, reason: "x".into(), key: "x".into() };
        store.write_blocking(move |tx| settlement::refund(tx, &given)).unwrap();
        assert_eq!(opened(store, &damaged(consignment, lines[0].id, 1)).unwrap_err().code, "too_many_pieces");
        store.write_as_blocking(Actor::Guest, move |tx| withdraw(tx, first)).unwrap();
        assert_eq!(now_is(store, first), (State::Closed, Outcome::Withdrawn));
        for _ in 0..9 {
            let id = opened(store, &damaged(consignment, lines[0].id, 3)).unwrap();
            store.write_as_blocking(Actor::Guest, move |tx| withdraw(tx, id)).unwrap();
        }
        let many = opened(store, &damaged(consignment, lines[0].id, 1)).unwrap_err();
        assert_eq!(many.code, "too_many_claims");
        let twice =
            NewClaim { lines: vec![(lines[1].id, 1), (lines[1].id, 1)], ..damaged(consignment, lines[1].id, 1) };
        assert_eq!(opened(store, &twice).unwrap_err().fields[0].code, "not_in_order");
        assert_eq!(dispute(store, consignment), Dispute::Closed);
    });
}

#[test]
fn only_the_buyer_speaks_for_the_buyer() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let (_, consignment, lines) = delivered(store, &world);
        let wish = damaged(consignment, lines[0].id, 1);
        let stranger = Actor::Person { person: 3, organisation: 0, role: Role::Buyer };
        for actor in [stranger, staff(world.seller)] {
            let wish = wish.clone();
            let denied = store.write_as_blocking(actor, move |tx| open(tx, &wish)).unwrap_err();
            assert_eq!(denied.kind, ErrorKind::Denied);
        }
        let id = opened(store, &wish).unwrap();
        for actor in [stranger, staff(world.seller)] {
            let denied = store.write_as_blocking(actor, move |tx| withdraw(tx, id)).unwrap_err();
            assert_eq!(denied.kind, ErrorKind::Denied);
        }
        let long = NewClaim { words: "a".repeat(WORDS + 1), ..damaged(consignment, lines[1].id, 1) };
        assert_eq!(opened(store, &long).unwrap_err().fields[0].code, "too_long");
        assert_eq!(now_is(store, id).0, State::Open);
    });
}

#[test]
fn after_completion_the_payout_waits_and_the_seller_gives_the_money() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.completed(store, 1);
        let (consignment, lines) = (world.of_seller(store, order), world.lines_of_seller(store, order));
        let id = opened(store, &damaged(consignment, lines[0].id, 1)).unwrap();
        pass(store, 8);
        let seller = world.seller;
        let paid = store.write_blocking(move |tx| settlement::pay_out_due(tx, seller)).unwrap();
        assert_eq!(paid, [], "what is objected to is not paid out");
        store.write_as_blocking(staff(seller), move |tx| agree(tx, id, false, "")).unwrap();
        wait(settle(store, id)).unwrap();
        pass(store, 1);
        let paid = store.write_blocking(move |tx| settlement::pay_out_due(tx, seller)).unwrap();
        assert_eq!(paid, [eur(8_572 - (1_250 - 150 - 29))]);
    });
}

#[test]
fn what_was_given_back_meanwhile_goes_to_the_operator() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let (order, consignment, lines) = delivered(store, &world);
        let id = opened(store, &damaged(consignment, lines[1].id, 1)).unwrap();
        store.write_as_blocking(staff(world.seller), move |tx| agree(tx, id, false, "")).unwrap();
        let all = settlement::Refund {
            order,
            what: settlement::What::Consignment(consignment),
            reason: "x".into(),
            key: "x".into(),
        };
        store.write_blocking(move |tx| settlement::refund(tx, &all)).unwrap();
        wait(settle(store, id)).unwrap();
        assert_eq!(now_is(store, id), (State::Escalated, Outcome::None));
        let story = store.read_blocking(move |db| words(db, id)).unwrap();
        assert_eq!(story.last().map(|one| one.deed.as_str()), Some("cannot_be_paid"));
        store.write_as_blocking(operator(), move |tx| decide(tx, id, Decision::Nothing, "Paid already.")).unwrap();
        assert_eq!(now_is(store, id), (State::Closed, Outcome::Dismissed));
    });
}

#[test]
fn a_late_parcel_can_be_missed_after_its_last_day() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let (consignment, lines) = (world.of_seller(store, order), world.lines_of_seller(store, order));
        let missing = NewClaim { kind: Kind::NotArrived, ..damaged(consignment, lines[0].id, 4) };
        assert_eq!(opened(store, &missing).unwrap_err().code, "not_delivered", "it has not left");
        world.report(store, order, |_| logistics::EventKind::Departed);
        assert_eq!(opened(store, &damaged(consignment, lines[0].id, 4)).unwrap_err().code, "not_delivered");
        let early = store.clock().now().date() <= world::day("2026-11-30");
        if early {
            assert_eq!(opened(store, &missing).unwrap_err().code, "not_arrived_yet");
            pass(store, 40);
        }
        let id = opened(store, &missing).unwrap();
        let back = store.write_as_blocking(staff(world.seller), move |tx| agree(tx, id, true, "")).unwrap_err();
        assert_eq!(back.code, "nothing_to_send_back");
        assert_eq!(now_is(store, id).0, State::Open);
    });
}

#[test]
fn lists_begin_with_what_is_due_first() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let (order, consignment, lines) = delivered(store, &world);
        let back = opened(store, &withdrawal(consignment, vec![(lines[0].id, 1)])).unwrap();
        let open = opened(store, &damaged(consignment, lines[1].id, 1)).unwrap();
        let seller = world.seller;
        let due = store.read_blocking(move |db| waiting_of(db, seller, None, 1)).unwrap();
        assert_eq!(due.rows.iter().map(|row| row.claim.id).collect::<Vec<_>>(), [open], "three days before fourteen");
        let next = due.next;
        let rest = store.read_blocking(move |db| waiting(db, next, 10)).unwrap();
        assert_eq!(rest.rows.iter().map(|row| (row.claim.id, row.pieces)).collect::<Vec<_>>(), [(back, 1)]);
        assert_eq!(store.read_blocking(move |db| open_of_organisation(db, seller)).unwrap(), 1);
        let all = store.read_blocking(move |db| of_order(db, order)).unwrap();
        assert_eq!(all.iter().map(|one| one.id).collect::<Vec<_>>(), [back, open]);
        let platform = world.platform;
        assert_eq!(store.read_blocking(move |db| of_organisation(db, Some(platform), None, 10)).unwrap(), []);
    });
}
