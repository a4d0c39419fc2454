//! Random sequences of deeds: whatever is tried, in whatever order, no order reaches a state that the tables do not know.

use super::fixture::Side;
use super::fixture::*;
use crate::*;
use base::{Id, Kind, Money};
use logistics::EventKind;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::sync::atomic::{AtomicI64, Ordering};
use store::Store;

#[derive(Clone, Debug)]
enum Try {
    Paid,
    Failed,
    Pack(usize),
    HandOver(usize),
    Tell(usize, EventKind),
    Cancel,
    Lapse,
    WriteOff(usize),
    Complete(usize),
    Dispute(usize),
    CloseDispute(usize),
    Release(i64),
    Refund(i64),
}

fn deeds() -> impl Strategy<Value = Vec<Try>> {
    let kind = (0..EventKind::ALL.len()).prop_map(|index| EventKind::ALL[index]);
    let one = prop_oneof![
        3 => Just(Try::Paid),
        1 => Just(Try::Failed),
        4 => (0usize..2).prop_map(Try::Pack),
        4 => (0usize..2).prop_map(Try::HandOver),
        8 => (0usize..2, kind).prop_map(|(index, kind)| Try::Tell(index, kind)),
        1 => Just(Try::Cancel),
        1 => Just(Try::Lapse),
        1 => (0usize..2).prop_map(Try::WriteOff),
        2 => (0usize..2).prop_map(Try::Complete),
        1 => (0usize..2).prop_map(Try::Dispute),
        1 => (0usize..2).prop_map(Try::CloseDispute),
        1 => (-9000i64..20_000).prop_map(Try::Release),
        1 => (1i64..20_000).prop_map(Try::Refund),
    ];
    prop::collection::vec(one, 1..40)
}

fn attempt(store: &Store, whole: &Whole, number: i64, deed: &Try) -> base::Result<()> {
    let order = whole.order.id;
    let total = whole.order.sums.total()?;
    let at = |index: usize| whole.consignments[index].id;
    match *deed {
        Try::Paid => store.write_blocking(move |tx| paid(tx, order, 0, total).map(|_| ())),
        Try::Failed => store.write_blocking(move |tx| payment_failed(tx, order, "declined").map(|_| ())),
        Try::Pack(index) => {
            let id = at(index);
            store.write_blocking(move |tx| pack(tx, id).map(|_| ()))
        }
        Try::HandOver(index) => {
            let id = at(index);
            store.write_blocking(move |tx| hand_over(tx, id).map(|_| ()))
        }
        Try::Tell(index, kind) => match whole.consignments[index].parcel {
            Some(_) => tell(store, at(index), kind, number).map(|_| ()),
            None => Ok(()),
        },
        Try::Cancel => store.write_blocking(move |tx| cancel(tx, order, "test").map(|_| ())),
        Try::Lapse => store.write_blocking(move |tx| lapse(tx, order).map(|_| ())),
        Try::WriteOff(index) => {
            let id = at(index);
            store.write_blocking(move |tx| write_off(tx, id).map(|_| ()))
        }
        Try::Complete(index) => {
            let id = at(index);
            store.write_blocking(move |tx| complete(tx, id, By::Buyer).map(|_| ()))
        }
        Try::Dispute(index) => {
            let id = at(index);
            store.write_blocking(move |tx| open_dispute(tx, id, "test"))
        }
        Try::CloseDispute(index) => {
            let id = at(index);
            store.write_blocking(move |tx| close_dispute(tx, id, "test"))
        }
        Try::Release(minor) => store.write_blocking(move |tx| released(tx, order, eur(minor))),
        Try::Refund(minor) => store.write_blocking(move |tx| refunded(tx, order, eur(minor))),
    }
}

/// Whether the tables know a way from one state to another (an event may pass two of them at once).
fn reachable(from: State, to: State) -> bool {
    let step = |from: State| MOVES.iter().filter(move |(_, starts, _)| starts.contains(&from)).map(|(_, _, to)| *to);
    from == to || step(from).any(|middle| middle == to || step(middle).any(|end| end == to))
}

fn check(before: &Whole, after: &Whole) -> Result<(), TestCaseError> {
    let (head, sums) = (&after.order, &after.order.sums);
    let lines = Money::sum(EUR, after.lines.iter().map(|line| line.total)).unwrap();
    prop_assert_eq!(lines, sums.total().unwrap(), "a total is the sum of its lines");
    let frozen = |whole: &Whole| -> Vec<Line> {
        whole.lines.iter().cloned().map(|line| Line { called_off: 0, ..line }).collect()
    };
    prop_assert_eq!(frozen(before), frozen(after), "what was frozen stays");
    for line in &after.lines {
        let of = after.consignments.iter().find(|one| one.id == line.consignment).unwrap();
        let called_off = of.state == State::Cancelled && of.packed_at.is_none();
        prop_assert_eq!(line.called_off, if called_off { line.quantity } else { 0 }, "what is called off is not sent");
    }
    let states: Vec<State> = after.consignments.iter().map(|one| one.state).collect();
    let customs: Vec<Customs> = after.consignments.iter().map(|one| one.customs).collect();
    prop_assert_eq!(head.fulfilment, Fulfilment::of(&states));
    prop_assert_eq!(head.customs, Customs::of(&customs));
    let disputes: Vec<Dispute> = after.consignments.iter().map(|one| one.dispute).collect();
    prop_assert_eq!(head.dispute, Dispute::of(&disputes));
    for (old, new) in before.consignments.iter().zip(&after.consignments) {
        prop_assert!(reachable(old.state, new.state), "{:?} to {:?}", old.state, new.state);
        let gone = new.handed_over_at.is_some();
        prop_assert_eq!(gone, new.state > State::Packed && (new.state != State::Cancelled || gone), "{:?}", new.state);
    }
    prop_assert!(head.escrow().minor >= 0 && head.refunded.minor >= 0);
    prop_assert_eq!(head.captured.minor > 0, head.settlement != Settlement::None);
    prop_assert_eq!(head.fulfilment == Fulfilment::Completed, head.completed_at.is_some());
    let moving = head.paid_at.is_some() || matches!(head.fulfilment, Fulfilment::Waiting | Fulfilment::Cancelled);
    prop_assert!(moving, "goods move only when they are paid");
    let shared = split(after).unwrap();
    let open = after.consignments.iter().filter(|one| one.state != State::Cancelled).map(|one| one.total);
    prop_assert_eq!(Money::sum(EUR, shared.iter().map(|share| share.amount)).unwrap(), Money::sum(EUR, open).unwrap());
    Ok(())
}

#[test]
fn no_sequence_of_deeds_leads_astray() {
    for (engine, store) in store::testing::stores(schemas()) {
        println!("on {engine}");
        let world = world(&store);
        let more = |side: Side| {
            let Side { warehouse, variant, .. } = side;
            let (quantity, key, reason) = (1_000_000, format!("more:{variant}"), "more".to_owned());
            let all = stock::Move { warehouse, variant, quantity, key, reason };
            store.write_blocking(move |tx| stock::receive(tx, &all).map(|_| ())).unwrap();
        };
        more(world.house);
        more(world.seller);
        let cart = AtomicI64::new(1);
        let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(64) });
        let run = |deeds: Vec<Try>| {
            let cart = cart.fetch_add(10, Ordering::Relaxed);
            let order: Id<Order> = store.write_blocking(move |tx| place_as(tx, &world, cart, None)).unwrap().order;
            let mut before = whole_of(&store, order);
            for (number, deed) in deeds.iter().enumerate() {
                if let Err(error) = attempt(&store, &before, number as i64, deed) {
                    prop_assert_ne!(error.kind, Kind::Internal, "{:?}: {}", deed, error);
                }
                let after = whole_of(&store, order);
                check(&before, &after)?;
                before = after;
            }
            Ok(())
        };
        if let Err(failure) = runner.run(&deeds(), run) {
            panic!("on {engine}: {failure}");
        }
    }
}
