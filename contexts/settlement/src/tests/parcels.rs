//! A consignment in several parcels: what of its money goes back when one of them is lost, sent back or not sent.

use super::payable::assert_returns_are_the_books;
use super::refunds::PIECE;
use super::world::{DELIVERED, LOST, SCHEMAS, World, supplied, world};
use super::{EUR, assert_sound, completed, eur, head, of};
use crate::*;
use base::{Actor, Currency, Id, Kind, Money};
use ledger::Account;
use logistics::{EventKind, NewEvent};
use orders::{Consignment, Fulfilment, Line, Order, Parcel, ParcelState, Pick, State, Whole};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::cell::RefCell;
use store::Store;
use store::testing::each;
use terms::Mode;

/// Everything of the seller's consignment: its goods, and its delivery with tax and fees.
const ALL: i64 = 14_580;

fn whole(store: &Store, order: Id<Order>) -> Whole {
    store.read_blocking(move |db| orders::whole(db, order)).unwrap()
}

fn pack(store: &Store, of: Id<Consignment>, lines: &[(Id<Line>, i64)]) -> Id<Parcel> {
    let pick = Pick { lines: lines.to_vec(), parcels: None };
    store.write_blocking(move |tx| orders::pack_some(tx, of, &pick)).unwrap().packed().unwrap().id
}

/// Hands a parcel over, and lets the carrier tell of its end.
fn send(store: &Store, id: Id<Parcel>, kind: EventKind) {
    store.write_blocking(move |tx| orders::hand_over_parcel(tx, id)).unwrap();
    tell(store, id, kind).unwrap();
}

fn tell(store: &Store, id: Id<Parcel>, kind: EventKind) -> base::Result<()> {
    store.write_blocking(move |tx| {
        let Some(parcel) = orders::parcel(tx, id)?.label else { return Ok(()) };
        let (at, source_id) = (tx.now(), format!("{id}:{kind:?}"));
        let event = NewEvent { parcel, kind, at, place: "Berlin, DE".into(), source_id, detail: String::new() };
        orders::journey(tx, &event).map(drop)
    })
}

fn give_up(store: &Store, id: Id<Parcel>) -> base::Result<Money> {
    store.write_blocking(move |tx| write_off(tx, id))
}

fn give(store: &Store, order: Id<Order>, what: What, key: &str) -> base::Result<Money> {
    let wish = Refund { order, what, reason: "damaged".into(), key: key.into() };
    store.write_blocking(move |tx| refund(tx, &wish))
}

fn less(store: &Store, order: Id<Order>, lines: &[(Id<Line>, i64)], key: &str) -> base::Result<TakenOut> {
    let wish = TakeOut { order, lines: lines.to_vec(), why: Why::ChangedMind, key: key.into() };
    store.write_as_blocking(Actor::Guest, move |tx| take_out(tx, &wish))
}

/// The seller's consignment, its four shirts and its coat.
fn theirs(store: &Store, world: &World, order: Id<Order>) -> (Id<Consignment>, Line, Line) {
    let mut lines = world.lines_of_seller(store, order);
    (world.of_seller(store, order), lines.remove(0), lines.remove(0))
}

/// Everything that was not called off arrives and is accepted, and all money comes to rest.
fn ends_well(store: &Store, world: &World, order: Id<Order>) {
    world.deliver(store, order);
    completed(store, order);
    world.refund_all(store, order);
    assert_eq!(of(store, Account::escrow(EUR)), 0);
    assert_sound(store, world, &[order]);
    assert_returns_are_the_books(store);
}

#[test]
fn a_lost_parcel_is_paid_back_and_the_seller_is_paid_for_the_others() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let (id, shirt, coat) = theirs(store, &world, order);
        let lost = pack(store, id, &[(shirt.id, 2)]);
        let rest = pack(store, id, &[(shirt.id, 2), (coat.id, 1)]);
        send(store, lost, LOST);
        send(store, rest, DELIVERED);
        assert_eq!(whole(store, order).consignment(id).unwrap().state, State::Lost);
        assert_eq!(give_up(store, lost).unwrap(), eur(2 * PIECE), "its two shirts, and nothing of the delivery");
        assert_eq!(give_up(store, lost).unwrap_err().code, "wrong_state", "once");
        assert_eq!(whole(store, order).consignment(id).unwrap().state, State::Delivered);
        ends_well(store, &world, order);
        assert_eq!(of(store, Account::seller(world.seller.raw(), EUR)), 8_572 - (2_500 - 300 - 57));
        assert_eq!(head(store, order).refunded, eur(2 * PIECE));
    });
}

#[test]
fn when_nothing_of_a_consignment_arrives_its_delivery_goes_back_too() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let (id, shirt, coat) = theirs(store, &world, order);
        let lost = pack(store, id, &[(shirt.id, 2)]);
        let back = pack(store, id, &[(shirt.id, 2), (coat.id, 1)]);
        send(store, lost, LOST);
        send(store, back, EventKind::Returned);
        assert_eq!(give_up(store, lost).unwrap(), eur(2 * PIECE));
        assert_eq!(give_up(store, back).unwrap(), eur(ALL - 2 * PIECE), "all that is left");
        let known = whole(store, order);
        assert_eq!(
            (known.consignment(id).unwrap().state, known.order.fulfilment),
            (State::Cancelled, Fulfilment::ToPack)
        );
        // The money went back when it was given up, the goods lie on the shelf when somebody has them.
        assert_eq!(world.free(store, shirt.variant), 96);
        store.write_blocking(move |tx| orders::receive_back(tx, back, None).map(drop)).unwrap();
        assert_eq!((world.free(store, shirt.variant), world.free(store, coat.variant)), (98, 100));
        ends_well(store, &world, order);
        assert_eq!(of(store, Account::seller(world.seller.raw(), EUR)), 0);

        // The other way round: one is lost, and the rest is taken out before it is packed.
        let order = world.sold(store, 2, EUR);
        let (id, shirt, coat) = theirs(store, &world, order);
        let lost = pack(store, id, &[(shirt.id, 2)]);
        send(store, lost, LOST);
        let away = less(store, order, &[(shirt.id, 1)], "away").unwrap();
        assert_eq!((away.amount, away.ends.len()), (eur(PIECE), 0));
        give_up(store, lost).unwrap();
        let wish = [(shirt.id, 1), (coat.id, 1)];
        let seen = store.read_as_blocking(Actor::Guest, move |db| foresee_take_out(db, order, &wish)).unwrap();
        let done = less(store, order, &wish, "rest").unwrap();
        assert_eq!((&done, done.amount, &done.ends), (&seen, eur(ALL - 3 * PIECE), &vec![id]), "with the delivery");
        let events = store.read_blocking(move |db| store::events_of(db, id.raw(), 0, 100)).unwrap();
        assert!(events.iter().all(|event| event.kind != "consignment.cancelled"), "something of it had left");
        ends_well(store, &world, order);
    });
}

#[test]
fn what_is_packed_of_a_consignment_is_not_taken_out_but_the_rest_is() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let (id, shirt, coat) = theirs(store, &world, order);
        let first = pack(store, id, &[(shirt.id, 3), (coat.id, 1)]);
        assert_eq!(less(store, order, &[(coat.id, 1)], "a").unwrap_err().code, "already_packed");
        assert_eq!(less(store, order, &[(shirt.id, 2)], "b").unwrap_err().code, "too_many_pieces");
        let known = whole(store, order);
        let open = orders::may_be_taken_out(Actor::Guest, &known);
        let open: Vec<_> =
            open.iter().filter(|(line, _)| line.consignment == id).map(|(line, n)| (line.id, *n)).collect();
        assert_eq!(open, [(shirt.id, 1)]);
        let done = less(store, order, &[(shirt.id, 1)], "c").unwrap();
        assert_eq!((done.amount, done.ends.len()), (eur(PIECE), 0));
        let known = whole(store, order);
        assert_eq!(known.consignment(id).unwrap().state, State::Packed, "nothing waits any more");
        assert_eq!(
            known.parcels_of(id).map(|one| (one.id, one.state)).collect::<Vec<_>>(),
            [(first, ParcelState::Packed)]
        );
        ends_well(store, &world, order);
    });
}

#[test]
fn a_refund_takes_first_what_has_not_left() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let (id, shirt, coat) = theirs(store, &world, order);
        let away = pack(store, id, &[(shirt.id, 2)]);
        send(store, away, EventKind::Departed);
        let here = pack(store, id, &[(shirt.id, 2), (coat.id, 1)]);
        let too_early = give(store, order, What::Consignment(id), "all").unwrap_err();
        assert_eq!((too_early.kind, too_early.code), (Kind::Conflict, "on_its_way"));
        let came_back = What::Pieces { lines: vec![(shirt.id, 3)], restock: true };
        assert_eq!(give(store, order, came_back, "r").unwrap_err().code, "not_handed_over", "two have left");
        let three = What::Pieces { lines: vec![(shirt.id, 3)], restock: false };
        assert_eq!(give(store, order, three, "a").unwrap(), eur(3 * PIECE));
        let known = whole(store, order);
        assert_eq!(
            known.parcels_of(id).map(|one| one.state).collect::<Vec<_>>(),
            [ParcelState::InTransit, ParcelState::Recalled]
        );
        let line = known.lines.iter().find(|line| line.id == shirt.id).unwrap();
        assert_eq!((line.called_off, line.packed, known.is_here(line)), (2, 2, 0));
        assert_eq!(known.consignment(id).unwrap().state, State::ToPack, "the coat is packed again");
        assert_eq!(world.free(store, shirt.variant), 98);
        let refused = store.write_blocking(move |tx| orders::hand_over_parcel(tx, here)).unwrap_err();
        assert_eq!(refused.code, "recalled");
        // Of the two that are away one is paid back already: so little is left to give back when they are lost.
        tell(store, away, LOST).unwrap();
        assert_eq!(give_up(store, away).unwrap(), eur(PIECE));
        ends_well(store, &world, order);
    });
}

#[test]
fn what_arrived_and_what_waits_of_a_consignment_can_be_refunded_together() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let (id, shirt, coat) = theirs(store, &world, order);
        let there = pack(store, id, &[(shirt.id, 2)]);
        send(store, there, DELIVERED);
        assert_eq!(give(store, order, What::Consignment(id), "all").unwrap(), eur(ALL));
        let known = whole(store, order);
        let unsent: i64 = known.lines_of(id).map(|line| line.called_off).sum();
        assert_eq!((unsent, known.consignment(id).unwrap().state), (3, State::Delivered));
        assert_eq!((world.free(store, shirt.variant), world.free(store, coat.variant)), (98, 100));
        ends_well(store, &world, order);
        assert_eq!(of(store, Account::seller(world.seller.raw(), EUR)), 0);
    });
}

#[test]
fn a_supplier_is_paid_for_the_pieces_that_left_and_did_not_come_back() {
    const PRICE: i64 = 700;
    for (mode, end, paid) in [
        (Mode::FullyManaged, LOST, 5),
        (Mode::FullyManaged, EventKind::Returned, 3),
        (Mode::Dropship, LOST, 3),
        (Mode::Dropship, EventKind::Returned, 3),
    ] {
        each(SCHEMAS, |store| {
            let world = supplied(store, mode, Money::new(PRICE, Currency::USD));
            let order = world.sold(store, 1, EUR);
            let (id, shirt, coat) = theirs(store, &world, order);
            let gone = pack(store, id, &[(shirt.id, 2)]);
            let rest = pack(store, id, &[(shirt.id, 2), (coat.id, 1)]);
            send(store, gone, end);
            send(store, rest, DELIVERED);
            give_up(store, gone).unwrap();
            ends_well(store, &world, order);
            assert_eq!(of(store, Account::seller(world.seller.raw(), Currency::USD)), paid * PRICE, "{mode:?} {end:?}");
        });
    }
    // Lost, and the rest called off: what left is paid when nothing is left to wait for.
    each(SCHEMAS, |store| {
        let world = supplied(store, Mode::FullyManaged, Money::new(PRICE, Currency::USD));
        let order = world.sold(store, 1, EUR);
        let (id, shirt, _) = theirs(store, &world, order);
        let gone = pack(store, id, &[(shirt.id, 2)]);
        send(store, gone, LOST);
        give_up(store, gone).unwrap();
        assert_eq!(of(store, Account::seller(world.seller.raw(), Currency::USD)), 0);
        store.write_blocking(move |tx| cancel_consignment(tx, id, "out_of_stock")).unwrap();
        assert_eq!(of(store, Account::seller(world.seller.raw(), Currency::USD)), 2 * PRICE);
        ends_well(store, &world, order);
        assert_eq!(of(store, Account::seller(world.seller.raw(), Currency::USD)), 2 * PRICE, "once");
    });
}

#[derive(Clone, Debug)]
enum Try {
    Pack(usize, i64),
    Send(usize, usize),
    GiveUp(usize),
    ReceiveBack(usize),
    TakeOut(usize, i64),
    Pieces(usize, i64, bool),
    Everything,
    CallOff,
    Delivery,
    Goodwill(i64),
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let one = prop_oneof![
        8 => (0usize..2, 1i64..4).prop_map(|(line, pieces)| Try::Pack(line, pieces)),
        8 => (0usize..4, 0usize..4).prop_map(|(parcel, end)| Try::Send(parcel, end)),
        5 => (0usize..4).prop_map(Try::GiveUp),
        2 => (0usize..4).prop_map(Try::ReceiveBack),
        3 => (0usize..2, 1i64..3).prop_map(|(line, pieces)| Try::TakeOut(line, pieces)),
        3 => (0usize..2, 1i64..4, any::<bool>()).prop_map(|(line, pieces, restock)| Try::Pieces(line, pieces, restock)),
        1 => Just(Try::Everything),
        1 => Just(Try::CallOff),
        1 => Just(Try::Delivery),
        1 => (1i64..3_000).prop_map(Try::Goodwill),
    ];
    prop::collection::vec(one, 1..24)
}

fn attempt(store: &Store, order: Id<Order>, id: Id<Consignment>, number: usize, deed: &Try) -> base::Result<()> {
    let known = whole(store, order);
    let line = |at: usize| known.lines_of(id).nth(at).unwrap().id;
    let parcel = |at: usize| known.parcels_of(id).nth(at).map(|one| one.id);
    let key = format!("{order}:{number}");
    match *deed {
        Try::Pack(at, pieces) => {
            let pick = Pick { lines: vec![(line(at), pieces)], parcels: None };
            store.write_blocking(move |tx| orders::pack_some(tx, id, &pick).map(drop))
        }
        Try::Send(at, end) => parcel(at).map_or(Ok(()), |one| {
            store.write_blocking(move |tx| orders::hand_over_parcel(tx, one).map(drop))?;
            tell(store, one, [DELIVERED, LOST, EventKind::Returned, EventKind::Departed][end])
        }),
        Try::GiveUp(at) => parcel(at).map_or(Ok(()), |one| give_up(store, one).map(drop)),
        Try::ReceiveBack(at) => parcel(at)
            .map_or(Ok(()), |one| store.write_blocking(move |tx| orders::receive_back(tx, one, None).map(drop))),
        Try::TakeOut(at, pieces) => less(store, order, &[(line(at), pieces)], &key).map(drop),
        Try::Pieces(at, pieces, restock) => {
            give(store, order, What::Pieces { lines: vec![(line(at), pieces)], restock }, &key).map(drop)
        }
        Try::Everything => give(store, order, What::Consignment(id), &key).map(drop),
        Try::CallOff => store.write_blocking(move |tx| cancel_consignment(tx, id, "out_of_stock").map(drop)),
        Try::Delivery => give(store, order, What::Delivery(id), &key).map(drop),
        Try::Goodwill(minor) => {
            give(store, order, What::Goodwill { amount: eur(minor), bearer: Bearer::Platform }, &key).map(drop)
        }
    }
}

/// What is still on its way arrives, what nobody has is given up, the rest is sent; all is accepted.
fn finish(store: &Store, world: &World, order: Id<Order>, id: Id<Consignment>) {
    for parcel in whole(store, order).parcels_of(id) {
        match parcel.state {
            ParcelState::Lost | ParcelState::Returned => give_up(store, parcel.id).map(drop).unwrap(),
            ParcelState::Packed => send(store, parcel.id, DELIVERED),
            ParcelState::HandedOver | ParcelState::InTransit => tell(store, parcel.id, DELIVERED).unwrap(),
            _ => {}
        }
    }
    world.deliver(store, order);
    if whole(store, order).order.fulfilment == Fulfilment::Delivered {
        completed(store, order);
    }
    world.refund_all(store, order);
}

/// Whatever is packed, called off, lost, sent back and refunded, in whatever order: pieces add up and money adds up.
#[test]
fn pieces_and_money_add_up_whatever_becomes_of_the_parcels() {
    for (engine, store) in store::testing::stores(SCHEMAS) {
        let world = world(&store);
        world.stock_up(&store);
        let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(40) });
        let all: RefCell<Vec<Id<Order>>> = RefCell::default();
        let run = |deeds: Vec<Try>| {
            let cart = all.borrow().len() as i64 + 1;
            let order = world.sold(&store, cart, EUR);
            all.borrow_mut().push(order);
            let id = world.of_seller(&store, order);
            for (number, deed) in deeds.iter().enumerate() {
                if let Err(error) = attempt(&store, order, id, number, deed) {
                    prop_assert_ne!(error.kind, Kind::Internal, "{:?}: {}", deed, error);
                }
                let known = whole(&store, order);
                let held = store.read_blocking(move |db| ledger::holds(db, order.raw())).unwrap();
                let here: i64 = known.lines.iter().map(|line| known.is_here(line)).sum();
                prop_assert_eq!(held.iter().map(|hold| hold.remaining).sum::<i64>(), here, "{:?}", deed);
            }
            finish(&store, &world, order, id);
            prop_assert_eq!(of(&store, Account::escrow(EUR)), 0, "all of it went somewhere");
            prop_assert!(head(&store, order).refunded.minor <= head(&store, order).captured.minor);
            Ok(())
        };
        if let Err(failure) = runner.run(&tries(), run) {
            panic!("on {engine}: {failure}");
        }
        assert_sound(&store, &world, &all.borrow());
        assert_returns_are_the_books(&store);
    }
}
