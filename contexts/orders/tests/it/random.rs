//! Random sequences of deeds: whatever is tried, in whatever order, no order reaches a state that the tables do not know.

use super::fixture::*;
use base::{Id, Kind, Money};
use logistics::EventKind;
use orders::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::sync::atomic::{AtomicI64, Ordering};

#[derive(Clone, Debug)]
enum Try {
    Paid,
    Failed,
    Pack(usize),
    PackSome(usize, i64),
    HandOver(usize),
    HandOverOne(usize),
    Tell(usize, EventKind),
    CallOff(usize, i64),
    Keep(usize, i64),
    ReceiveBack(usize, i64),
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
        6 => (0usize..3, 1i64..4).prop_map(|(line, pieces)| Try::PackSome(line, pieces)),
        2 => (0usize..2).prop_map(Try::HandOver),
        5 => (0usize..6).prop_map(Try::HandOverOne),
        9 => (0usize..6, kind).prop_map(|(index, kind)| Try::Tell(index, kind)),
        2 => (0usize..3, 0i64..4).prop_map(|(line, pieces)| Try::CallOff(line, pieces)),
        2 => (0usize..3, 1i64..4).prop_map(|(line, pieces)| Try::Keep(line, pieces)),
        2 => (0usize..6, 0i64..4).prop_map(|(index, pieces)| Try::ReceiveBack(index, pieces)),
        1 => Just(Try::Cancel),
        1 => Just(Try::Lapse),
        2 => (0usize..6).prop_map(Try::WriteOff),
        2 => (0usize..2).prop_map(Try::Complete),
        1 => (0usize..2).prop_map(Try::Dispute),
        1 => (0usize..2).prop_map(Try::CloseDispute),
        1 => (-9000i64..20_000).prop_map(Try::Release),
        1 => (1i64..20_000).prop_map(Try::Refund),
    ];
    prop::collection::vec(one, 1..60)
}

fn attempt(shop: &Shop, whole: &Whole, number: i64, deed: &Try) -> base::Result<()> {
    let order = whole.order.id;
    let total = whole.order.sums.total()?;
    let at = |index: usize| whole.consignments[index].id;
    match *deed {
        Try::Paid => shop.store.write_blocking(move |tx| paid(tx, order, 0, total).map(|_| ())),
        Try::Failed => shop.store.write_blocking(move |tx| payment_failed(tx, order, "declined").map(|_| ())),
        Try::Pack(index) => {
            let id = at(index);
            shop.store.write_blocking(move |tx| pack(tx, id).map(|_| ()))
        }
        Try::HandOver(index) => {
            let id = at(index);
            shop.store.write_blocking(move |tx| hand_over(tx, id).map(|_| ()))
        }
        Try::PackSome(line, pieces) => {
            let (id, lines) = (whole.lines[line].consignment, vec![(whole.lines[line].id, pieces)]);
            let pick = Pick { lines, parcels: None };
            shop.store.write_blocking(move |tx| pack_some(tx, id, &pick).map(drop))
        }
        Try::CallOff(line, pieces) => {
            let line = &whole.lines[line];
            let (id, line) = (line.consignment, line.id);
            shop.store.write_blocking(move |tx| call_off_pieces(tx, id, &[(line, pieces)], "test"))
        }
        Try::Keep(line, pieces) => {
            let line = &whole.lines[line];
            let (id, line) = (line.consignment, line.id);
            shop.store.write_blocking(move |tx| keep(tx, id, &[(line, pieces)], "test"))
        }
        Try::HandOverOne(index) | Try::Tell(index, _) | Try::WriteOff(index) | Try::ReceiveBack(index, _) => {
            whole.parcels.get(index).map_or(Ok(()), |parcel| attempt_one(shop, parcel, number, deed))
        }
        Try::Cancel => shop.store.write_blocking(move |tx| cancel(tx, order, "test").map(|_| ())),
        Try::Lapse => shop.store.write_blocking(move |tx| lapse(tx, order).map(|_| ())),
        Try::Complete(index) => {
            let id = at(index);
            shop.store.write_blocking(move |tx| complete(tx, id, By::Buyer).map(|_| ()))
        }
        Try::Dispute(index) => {
            let id = at(index);
            shop.store.write_blocking(move |tx| open_dispute(tx, id, "test"))
        }
        Try::CloseDispute(index) => {
            let id = at(index);
            shop.store.write_blocking(move |tx| close_dispute(tx, id, "test"))
        }
        Try::Release(minor) => shop.store.write_blocking(move |tx| released(tx, order, eur(minor))),
        Try::Refund(minor) => shop.store.write_blocking(move |tx| refunded(tx, order, eur(minor))),
    }
}

fn attempt_one(shop: &Shop, parcel: &Parcel, number: i64, deed: &Try) -> base::Result<()> {
    let (id, line) = (parcel.id, parcel.lines[0].line);
    match *deed {
        Try::HandOverOne(_) => shop.store.write_blocking(move |tx| hand_over_parcel(tx, id).map(drop)),
        Try::Tell(_, kind) => tell_of(shop, parcel, kind, number).map(drop),
        Try::WriteOff(_) => shop.store.write_blocking(move |tx| write_off(tx, id).map(drop)),
        Try::ReceiveBack(_, pieces) => {
            let fit = (pieces > 0).then_some([(line, pieces)]);
            shop.store.write_blocking(move |tx| receive_back(tx, id, fit.as_ref().map(|fit| &fit[..])).map(drop))
        }
        _ => Ok(()),
    }
}

/// Whether the table knows a way from one state to another (an event may pass two of them at once).
fn reachable(from: ParcelState, to: ParcelState) -> bool {
    let step = |from| MOVES.iter().filter(move |(_, starts, _)| starts.contains(&from)).map(|(_, _, to)| *to);
    from == to || step(from).any(|middle| middle == to || step(middle).any(|end| end == to))
}

fn check(before: &Whole, after: &Whole, held: i64) -> Result<(), TestCaseError> {
    let (head, sums) = (&after.order, &after.order.sums);
    let lines = Money::sum(EUR, after.lines.iter().map(|line| line.total)).unwrap();
    prop_assert_eq!(lines, sums.total().unwrap(), "a total is the sum of its lines");
    let frozen = |whole: &Whole| -> Vec<Line> {
        whole.lines.iter().cloned().map(|line| Line { called_off: 0, packed: 0, ..line }).collect()
    };
    prop_assert_eq!(frozen(before), frozen(after), "what was frozen stays");
    check_pieces(after, held)?;
    check_states(before, after)?;
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

/// Whatever is packed, called off, lost and returned in whatever order: the pieces add up, and what has not left is held.
fn check_pieces(after: &Whole, held: i64) -> Result<(), TestCaseError> {
    for line in &after.lines {
        let live = after.parcels_of(line.consignment).filter(|one| one.recalled_at.is_none());
        prop_assert_eq!(
            line.packed,
            live.map(|one| one.pieces_of(line.id)).sum::<i64>(),
            "packed is what parcels hold"
        );
        prop_assert!(line.called_off >= 0 && line.to_pack() >= 0, "{:?}", line);
        prop_assert!(after.has_left(line) + after.is_here(line) + line.called_off == line.quantity);
    }
    for parcel in &after.parcels {
        prop_assert!(parcel.lines.iter().all(|inside| (0..=inside.pieces).contains(&inside.received)), "{:?}", parcel);
        prop_assert!(parcel.lines.iter().all(|inside| inside.received == 0 || parcel.received_at.is_some()));
        prop_assert!(
            parcel.received_at.is_none() || parcel.returned_at.is_some(),
            "only what was sent back is received"
        );
    }
    prop_assert_eq!(held, after.lines.iter().map(|line| after.is_here(line)).sum::<i64>(), "what has not left is held");
    Ok(())
}

fn check_states(before: &Whole, after: &Whole) -> Result<(), TestCaseError> {
    let head = &after.order;
    let states: Vec<State> = after.consignments.iter().map(|one| one.state).collect();
    let customs: Vec<Customs> = after.consignments.iter().map(|one| one.customs).collect();
    prop_assert_eq!(head.fulfilment, Fulfilment::of(&states));
    prop_assert_eq!(head.customs, Customs::of(&customs));
    let disputes: Vec<Dispute> = after.consignments.iter().map(|one| one.dispute).collect();
    prop_assert_eq!(head.dispute, Dispute::of(&disputes));
    for old in &before.parcels {
        let new = after.parcels.iter().find(|new| new.id == old.id).unwrap();
        prop_assert!(reachable(old.state, new.state), "{:?} to {:?}", old.state, new.state);
        prop_assert!(old.label.is_none() || old.label == new.label, "a label is not another's");
    }
    for one in &after.consignments {
        let parcels: Vec<ParcelState> = after.parcels_of(one.id).map(|parcel| parcel.state).collect();
        let waiting: i64 = after.lines_of(one.id).map(Line::to_pack).sum();
        let derived = State::of(&parcels, waiting);
        let fits = match one.state {
            State::Waiting => head.paid_at.is_none() && parcels.is_empty(),
            State::Completed => derived == State::Delivered && one.completed_at.is_some(),
            state => state == derived,
        };
        prop_assert!(fits, "{:?} of {:?} and {} to pack", one.state, parcels, waiting);
        let first = after.parcels_of(one.id).filter_map(|parcel| parcel.handed_over_at).min();
        prop_assert_eq!(one.handed_over_at, first);
        let there = matches!(one.state, State::Delivered | State::Completed);
        prop_assert_eq!(one.delivered_at.is_some(), there);
        let last = after.parcels_of(one.id).filter_map(|parcel| parcel.delivered_at).max();
        prop_assert!(!there || one.delivered_at >= last, "the window begins with the last parcel");
    }
    Ok(())
}

#[test]
fn no_sequence_of_deeds_leads_astray() {
    for (engine, store) in store::testing::stores(shop_world::SCHEMAS) {
        println!("on {engine}");
        let shop = &shop_world::shop(&store);
        shop.receive(shop.lamp, 1_000_000);
        shop.receive(shop.shirt, 1_000_000);
        let cart = AtomicI64::new(1);
        let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(64) });
        let run = |deeds: Vec<Try>| {
            let cart = cart.fetch_add(10, Ordering::Relaxed);
            let order: Id<Order> = placed(shop, cart).order;
            let mut before = shop.whole(order);
            for (number, deed) in deeds.iter().enumerate() {
                if let Err(error) = attempt(shop, &before, number as i64, deed) {
                    prop_assert_ne!(error.kind, Kind::Internal, "{:?}: {}", deed, error);
                }
                let after = shop.whole(order);
                let holds = shop.read(move |db| ledger::holds(db, order.raw()));
                check(&before, &after, holds.iter().map(|hold| hold.remaining).sum())?;
                before = after;
            }
            Ok(())
        };
        if let Err(failure) = runner.run(&deeds(), run) {
            panic!("on {engine}: {failure}");
        }
    }
}
