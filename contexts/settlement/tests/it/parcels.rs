//! A consignment in several parcels: what of its money goes back when one of them is lost, sent back or not sent.

use super::fixture::*;
use super::payable::assert_returns_are_the_books;
use base::{Actor, Currency, Id, Kind, Money};
use ledger::Account;
use logistics::EventKind;
use orders::{Consignment, Fulfilment, Line, Order, ParcelState, State};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use settlement::*;
use shop_world::Shop;
use shop_world::stated::{LOOMS, SHIRT};
use std::cell::RefCell;
use terms::Mode;

/// The seller's consignment, its four shirts and its mug.
fn theirs(shop: &Shop, order: Id<Order>) -> (Id<Consignment>, Line, Line) {
    let mut lines = shop.lines_of_loom(order);
    (shop.of_loom(order), lines.remove(0), lines.remove(0))
}

/// Everything that was not called off arrives and is accepted, and all money comes to rest.
fn ends_well(shop: &Shop, order: Id<Order>) {
    shop.deliver(order);
    shop.confirm(order);
    assert_at_rest(shop, order);
}

#[test]
fn a_lost_parcel_is_paid_back_and_the_seller_is_paid_for_the_others() {
    each(|shop| {
        let order = shop.sold();
        let (id, shirt, mug) = theirs(shop, order);
        let lost = shop.pack_some(id, &[(shirt.id, 2)]).unwrap();
        let rest = shop.pack_some(id, &[(shirt.id, 2), (mug.id, 1)]).unwrap();
        shop.send(lost, EventKind::Lost);
        shop.send(rest, EventKind::Delivered);
        assert_eq!(shop.whole(order).consignment(id).unwrap().state, State::Lost);
        assert_eq!(shop.give_up(lost).unwrap(), eur(2 * SHIRT), "its two shirts, and nothing of the delivery");
        assert_eq!(shop.give_up(lost).unwrap_err().code, "wrong_state", "once");
        assert_eq!(shop.whole(order).consignment(id).unwrap().state, State::Delivered);
        ends_well(shop, order);
        assert_eq!(shop.earned(EUR), 8_572 - (2_500 - 300 - 57));
        assert_eq!(shop.order(order).refunded, eur(2 * SHIRT));
    });
}

#[test]
fn when_nothing_of_a_consignment_arrives_its_delivery_goes_back_too() {
    each(|shop| {
        let order = shop.sold();
        let (id, shirt, mug) = theirs(shop, order);
        let lost = shop.pack_some(id, &[(shirt.id, 2)]).unwrap();
        let back = shop.pack_some(id, &[(shirt.id, 2), (mug.id, 1)]).unwrap();
        shop.send(lost, EventKind::Lost);
        shop.send(back, EventKind::Returned);
        assert_eq!(shop.give_up(lost).unwrap(), eur(2 * SHIRT));
        assert_eq!(shop.give_up(back).unwrap(), eur(LOOMS - 2 * SHIRT), "all that is left");
        let known = shop.whole(order);
        assert_eq!(
            (known.consignment(id).unwrap().state, known.order.fulfilment),
            (State::Cancelled, Fulfilment::ToPack)
        );
        // The money went back when it was given up, the goods lie on the shelf when somebody has them.
        assert_eq!(shop.free(shop.shirt), 996);
        shop.write(move |tx| orders::receive_back(tx, back, None).map(drop));
        assert_eq!((shop.free(shop.shirt), shop.free(shop.mug)), (998, 1000));
        ends_well(shop, order);
        assert_eq!(shop.earned(EUR), 0);

        // The other way round: one is lost, and the rest is taken out before it is packed.
        let order = shop.sold();
        let (id, shirt, mug) = theirs(shop, order);
        let lost = shop.pack_some(id, &[(shirt.id, 2)]).unwrap();
        shop.send(lost, EventKind::Lost);
        let away = less(shop, order, &[(shirt.id, 1)], "away").unwrap();
        assert_eq!((away.amount, away.ends.len()), (eur(SHIRT), 0));
        shop.give_up(lost).unwrap();
        let wish = [(shirt.id, 1), (mug.id, 1)];
        let seen = shop.try_read(Actor::Guest, move |db| foresee_take_out(db, order, &wish)).unwrap();
        let done = less(shop, order, &wish, "rest").unwrap();
        assert_eq!((&done, done.amount, &done.ends), (&seen, eur(LOOMS - 3 * SHIRT), &vec![id]), "with the delivery");
        let events = shop.read(move |db| store::events_of(db, id.raw(), 0, 100));
        assert!(events.iter().all(|event| event.kind != "consignment.cancelled"), "something of it had left");
        ends_well(shop, order);
    });
}

#[test]
fn what_is_packed_of_a_consignment_is_not_taken_out_but_the_rest_is() {
    each(|shop| {
        let order = shop.sold();
        let (id, shirt, mug) = theirs(shop, order);
        let first = shop.pack_some(id, &[(shirt.id, 3), (mug.id, 1)]).unwrap();
        assert_eq!(less(shop, order, &[(mug.id, 1)], "a").unwrap_err().code, "already_packed");
        assert_eq!(less(shop, order, &[(shirt.id, 2)], "b").unwrap_err().code, "too_many_pieces");
        let known = shop.whole(order);
        let open = orders::may_be_taken_out(Actor::Guest, &known);
        let open: Vec<_> =
            open.iter().filter(|(line, _)| line.consignment == id).map(|(line, n)| (line.id, *n)).collect();
        assert_eq!(open, [(shirt.id, 1)]);
        let done = less(shop, order, &[(shirt.id, 1)], "c").unwrap();
        assert_eq!((done.amount, done.ends.len()), (eur(SHIRT), 0));
        let known = shop.whole(order);
        assert_eq!(known.consignment(id).unwrap().state, State::Packed, "nothing waits any more");
        assert_eq!(
            known.parcels_of(id).map(|one| (one.id, one.state)).collect::<Vec<_>>(),
            [(first, ParcelState::Packed)]
        );
        ends_well(shop, order);
    });
}

#[test]
fn a_refund_takes_first_what_has_not_left() {
    each(|shop| {
        let order = shop.sold();
        let (id, shirt, mug) = theirs(shop, order);
        let away = shop.pack_some(id, &[(shirt.id, 2)]).unwrap();
        shop.send(away, EventKind::Departed);
        let here = shop.pack_some(id, &[(shirt.id, 2), (mug.id, 1)]).unwrap();
        let too_early = shop.give_back(order, What::Consignment(id), "all").unwrap_err();
        assert_eq!((too_early.kind, too_early.code), (Kind::Conflict, "on_its_way"));
        assert_eq!(
            shop.give_back(order, returned(&shirt, 3), "r").unwrap_err().code,
            "not_handed_over",
            "two have left"
        );
        assert_eq!(shop.give_back(order, pieces(&shirt, 3), "a").unwrap(), eur(3 * SHIRT));
        let known = shop.whole(order);
        assert_eq!(
            known.parcels_of(id).map(|one| one.state).collect::<Vec<_>>(),
            [ParcelState::InTransit, ParcelState::Recalled]
        );
        let line = known.lines.iter().find(|line| line.id == shirt.id).unwrap();
        assert_eq!((line.called_off, line.packed, known.is_here(line)), (2, 2, 0));
        assert_eq!(known.consignment(id).unwrap().state, State::ToPack, "the mug is packed again");
        assert_eq!(shop.free(shop.shirt), 998);
        let refused = shop.store.write_blocking(move |tx| orders::hand_over_parcel(tx, here)).unwrap_err();
        assert_eq!(refused.code, "recalled");
        // Of the two that are away one is paid back already: so little is left to give back when they are lost.
        shop.tell(away, EventKind::Lost).unwrap();
        assert_eq!(shop.give_up(away).unwrap(), eur(SHIRT));
        ends_well(shop, order);
    });
}

#[test]
fn what_arrived_and_what_waits_of_a_consignment_can_be_refunded_together() {
    each(|shop| {
        let order = shop.sold();
        let (id, shirt, _) = theirs(shop, order);
        let there = shop.pack_some(id, &[(shirt.id, 2)]).unwrap();
        shop.send(there, EventKind::Delivered);
        assert_eq!(shop.give_back(order, What::Consignment(id), "all").unwrap(), eur(LOOMS));
        let known = shop.whole(order);
        let unsent: i64 = known.lines_of(id).map(|line| line.called_off).sum();
        assert_eq!((unsent, known.consignment(id).unwrap().state), (3, State::Delivered));
        assert_eq!((shop.free(shop.shirt), shop.free(shop.mug)), (998, 1000));
        ends_well(shop, order);
        assert_eq!(shop.earned(EUR), 0);
    });
}

#[test]
fn a_supplier_is_paid_for_the_pieces_that_left_and_did_not_come_back() {
    const PRICE: i64 = 700;
    for (mode, end, paid) in [
        (Mode::FullyManaged, EventKind::Lost, 5),
        (Mode::FullyManaged, EventKind::Returned, 3),
        (Mode::Dropship, EventKind::Lost, 3),
        (Mode::Dropship, EventKind::Returned, 3),
    ] {
        each_supplied(mode, Money::new(PRICE, Currency::USD), |shop| {
            let order = shop.sold();
            let (id, shirt, mug) = theirs(shop, order);
            let gone = shop.pack_some(id, &[(shirt.id, 2)]).unwrap();
            let rest = shop.pack_some(id, &[(shirt.id, 2), (mug.id, 1)]).unwrap();
            shop.send(gone, end);
            shop.send(rest, EventKind::Delivered);
            shop.give_up(gone).unwrap();
            ends_well(shop, order);
            assert_eq!(shop.earned(Currency::USD), paid * PRICE, "{mode:?} {end:?}");
        });
    }
    // Lost, and the rest called off: what left is paid when nothing is left to wait for.
    each_supplied(Mode::FullyManaged, Money::new(PRICE, Currency::USD), |shop| {
        let order = shop.sold();
        let (id, shirt, _) = theirs(shop, order);
        let gone = shop.pack_some(id, &[(shirt.id, 2)]).unwrap();
        shop.send(gone, EventKind::Lost);
        shop.give_up(gone).unwrap();
        assert_eq!(shop.earned(Currency::USD), 0);
        shop.write(move |tx| cancel_consignment(tx, id, "out_of_stock"));
        assert_eq!(shop.earned(Currency::USD), 2 * PRICE);
        ends_well(shop, order);
        assert_eq!(shop.earned(Currency::USD), 2 * PRICE, "once");
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

fn attempt(shop: &Shop, order: Id<Order>, id: Id<Consignment>, number: usize, deed: &Try) -> base::Result<()> {
    let known = shop.whole(order);
    let line = |at: usize| known.lines_of(id).nth(at).unwrap().id;
    let parcel = |at: usize| known.parcels_of(id).nth(at).map(|one| one.id);
    let key = format!("{order}:{number}");
    match *deed {
        Try::Pack(at, pieces) => shop.pack_some(id, &[(line(at), pieces)]).map(drop),
        Try::Send(at, end) => parcel(at).map_or(Ok(()), |one| {
            shop.store.write_blocking(move |tx| orders::hand_over_parcel(tx, one).map(drop))?;
            shop.tell(one, [EventKind::Delivered, EventKind::Lost, EventKind::Returned, EventKind::Departed][end])
                .map(drop)
        }),
        Try::GiveUp(at) => parcel(at).map_or(Ok(()), |one| shop.give_up(one).map(drop)),
        Try::ReceiveBack(at) => parcel(at)
            .map_or(Ok(()), |one| shop.store.write_blocking(move |tx| orders::receive_back(tx, one, None).map(drop))),
        Try::TakeOut(at, pieces) => less(shop, order, &[(line(at), pieces)], &key).map(drop),
        Try::Pieces(at, pieces, restock) => {
            shop.give_back(order, What::Pieces { lines: vec![(line(at), pieces)], restock }, &key).map(drop)
        }
        Try::Everything => shop.give_back(order, What::Consignment(id), &key).map(drop),
        Try::CallOff => shop.store.write_blocking(move |tx| cancel_consignment(tx, id, "out_of_stock").map(drop)),
        Try::Delivery => shop.give_back(order, What::Delivery(id), &key).map(drop),
        Try::Goodwill(minor) => shop.give_back(order, goodwill(minor, Bearer::Platform), &key).map(drop),
    }
}

/// What is still on its way arrives, what nobody has is given up, the rest is sent; all is accepted.
fn finish(shop: &Shop, order: Id<Order>, id: Id<Consignment>) {
    for parcel in shop.whole(order).parcels_of(id) {
        match parcel.state {
            ParcelState::Lost | ParcelState::Returned => shop.give_up(parcel.id).map(drop).unwrap(),
            ParcelState::Packed => shop.send(parcel.id, EventKind::Delivered),
            ParcelState::HandedOver | ParcelState::InTransit => {
                shop.tell(parcel.id, EventKind::Delivered).unwrap();
            }
            _ => {}
        }
    }
    shop.deliver(order);
    if shop.whole(order).order.fulfilment == Fulfilment::Delivered {
        shop.confirm(order);
    }
    shop.refund_all(order);
}

/// Whatever is packed, called off, lost, sent back and refunded, in whatever order: pieces add up and money adds up.
#[test]
fn pieces_and_money_add_up_whatever_becomes_of_the_parcels() {
    for (engine, store) in store::testing::stores(shop_world::SCHEMAS) {
        let shop = &shop_world::shop(&store);
        shop.receive(shop.lamp, 10_000);
        shop.receive(shop.shirt, 10_000);
        shop.receive(shop.mug, 10_000);
        let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(40) });
        let all: RefCell<Vec<Id<Order>>> = RefCell::default();
        let run = |deeds: Vec<Try>| {
            let order = shop.sold();
            all.borrow_mut().push(order);
            let id = shop.of_loom(order);
            for (number, deed) in deeds.iter().enumerate() {
                if let Err(error) = attempt(shop, order, id, number, deed) {
                    prop_assert_ne!(error.kind, Kind::Internal, "{:?}: {}", deed, error);
                }
                let known = shop.whole(order);
                let held = shop.read(move |db| ledger::holds(db, order.raw()));
                let here: i64 = known.lines.iter().map(|line| known.is_here(line)).sum();
                prop_assert_eq!(held.iter().map(|hold| hold.remaining).sum::<i64>(), here, "{:?}", deed);
            }
            finish(shop, order, id);
            prop_assert_eq!(shop.balance(Account::escrow(EUR)), 0, "all of it went somewhere");
            prop_assert!(shop.order(order).refunded.minor <= shop.order(order).captured.minor);
            Ok(())
        };
        if let Err(failure) = runner.run(&tries(), run) {
            panic!("on {engine}: {failure}");
        }
        assert_sound(shop, &all.borrow());
        assert_returns_are_the_books(shop);
    }
}
