//! An order made smaller before it is packed, and a packed consignment that is refunded and stays here.

use super::payable::assert_returns_are_the_books;
use super::refunds::PIECE;
use super::world::{SCHEMAS, World, world};
use super::{EUR, assert_sound, completed, eur, head, of};
use crate::*;
use base::{Actor, Id, Kind, Role};
use ledger::Account;
use logistics::EventKind;
use orders::{Consignment, Fulfilment, Line, Order, State, Sums, Whole};
use parties::Organisation;
use store::Store;
use store::testing::each;

fn wish(order: Id<Order>, lines: &[(Id<Line>, i64)], why: Why, key: &str) -> TakeOut {
    TakeOut { order, lines: lines.to_vec(), why, key: key.into() }
}

fn take(store: &Store, actor: Actor, wish: &TakeOut) -> base::Result<TakenOut> {
    let wish = wish.clone();
    store.write_as_blocking(actor, move |tx| take_out(tx, &wish))
}

/// The buyer, a guest, takes pieces out.
fn less(store: &Store, order: Id<Order>, lines: &[(Id<Line>, i64)], key: &str) -> base::Result<TakenOut> {
    take(store, Actor::Guest, &wish(order, lines, Why::ChangedMind, key))
}

fn staff(organisation: Id<Organisation>) -> Actor {
    Actor::Person { person: 5, organisation: organisation.raw(), role: Role::SellerStaff }
}

fn whole(store: &Store, order: Id<Order>) -> Whole {
    store.read_blocking(move |db| orders::whole(db, order)).unwrap()
}

fn state(store: &Store, id: Id<Consignment>) -> State {
    store.read_blocking(move |db| orders::consignment(db, id)).unwrap().state
}

fn pack(store: &Store, id: Id<Consignment>) {
    store.write_blocking(move |tx| orders::pack(tx, id).map(drop)).unwrap();
}

fn hand_over(store: &Store, id: Id<Consignment>) -> base::Result<bool> {
    store.write_blocking(move |tx| orders::hand_over(tx, id))
}

fn events(store: &Store, subject: i64, kind: &str) -> Vec<serde_json::Value> {
    let all = store.read_blocking(move |db| store::events_of(db, subject, 0, 100)).unwrap();
    all.iter().filter(|event| event.kind == kind).map(|event| serde_json::from_str(&event.body).unwrap()).collect()
}

fn ends_well(store: &Store, world: &World, order: Id<Order>) {
    world.refund_all(store, order);
    assert_eq!(of(store, Account::escrow(EUR)), 0);
    assert_sound(store, world, &[order]);
    assert_returns_are_the_books(store);
}

#[test]
fn a_piece_less_is_paid_back_with_its_tax_and_not_sent() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let [shirt, coat] =
            [world.lines_of_seller(store, order)[0].clone(), world.lines_of_seller(store, order)[1].clone()];
        let seen =
            store.read_as_blocking(Actor::Guest, move |db| foresee_take_out(db, order, &[(shirt.id, 1)])).unwrap();
        assert_eq!(world.free(store, shirt.variant), 96, "to look changes nothing");
        let done = less(store, order, &[(shirt.id, 1)], "a").unwrap();
        assert_eq!(done, seen, "what was shown is what is done");
        let zero = Sums::zero(EUR);
        assert_eq!(done.parts, Sums { goods: eur(1_250), duty: eur(139), tax: eur(264), ..zero });
        assert_eq!((done.amount, done.before, done.ends.len()), (eur(PIECE), eur(0), 0));
        assert_eq!(world.free(store, shirt.variant), 97, "free again");

        let theirs = world.of_seller(store, order);
        let told = &events(store, theirs.raw(), "consignment.pieces_called_off")[0];
        assert_eq!((told["by"].as_str(), told["left"].as_i64()), (Some("buyer"), Some(4)));
        assert_eq!((told["reason"].as_str(), told["lines"][0]["pieces"].as_i64()), (Some("changed_mind"), Some(1)));
        let seller = world.seller;
        let rows = store.read_blocking(move |db| orders::to_ship(db, seller, None, 9)).unwrap().rows;
        assert_eq!((rows[0].pieces, rows[0].lines), (4, 2), "the pick list says what is left");
        let rows = store.read_blocking(move |db| after_refunds(db, rows.clone())).unwrap();
        assert_eq!(rows[0].payout, eur(8_572 - (1_250 - 150 - 29)), "and what it brings");
        let known = whole(store, order);
        let left = store.read_blocking(move |db| kept(db, &known)).unwrap();
        let expected = Kept { goods: 3_750, duty: 461, tax: 876, commission: 450, commission_tax: 85 };
        assert_eq!(left[&shirt.id], expected);

        less(store, order, &[(shirt.id, 3)], "b").unwrap();
        let rows = store.read_blocking(move |db| orders::to_ship(db, seller, None, 9)).unwrap().rows;
        assert_eq!((rows[0].pieces, rows[0].lines, rows[0].title.clone()), (1, 1, coat.title.clone()), "and what");
        pack(store, theirs);
        let parcel = whole(store, order).parcels_of(theirs).next().unwrap().label.unwrap();
        let parcel = store.read_blocking(move |db| logistics::parcel(db, parcel)).unwrap();
        assert_eq!((parcel.contents.len(), parcel.contents[0].quantity), (1, 1), "nor do the papers");
        world.deliver(store, order);
        completed(store, order);
        world.refund_all(store, order);
        assert_eq!(head(store, order).refunded, eur(5_000 + 556 + 1_056));
        assert_eq!(of(store, Account::seller(world.seller.raw(), EUR)), 5_000 - 600 - 114);
        assert_eq!(of(store, Account::income("commission", EUR)), 600);
        ends_well(store, &world, order);
    });
}

#[test]
fn with_its_last_piece_a_consignment_is_called_off_and_its_delivery_goes_back() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let theirs = world.of_seller(store, order);
        let all = whole(store, order);
        let lines: Vec<_> = all.lines_of(theirs).map(|line| (line.id, line.quantity)).collect();
        let done = less(store, order, &lines, "a").unwrap();
        assert_eq!((done.amount, done.ends), (eur(14_580), vec![theirs]));
        assert_eq!((done.parts.shipping, done.parts.fees), (eur(800), eur(300)), "nobody carries it");
        assert_eq!((state(store, theirs), head(store, order).fulfilment), (State::Cancelled, Fulfilment::ToPack));
        let own = all.lines.iter().find(|line| line.consignment != theirs).unwrap().id;
        let done = less(store, order, &[(own, 1)], "b").unwrap();
        assert_eq!((done.amount, done.ends.len()), (eur(4_165), 1));
        let known = head(store, order);
        assert_eq!(known.fulfilment, Fulfilment::Cancelled);
        assert!(known.cancelled_at.is_some());
        assert_eq!(less(store, order, &[(own, 1)], "c").unwrap_err().code, "too_many_pieces");
        let known = whole(store, order);
        let given = store.read_blocking(move |db| given_back(db, &known)).unwrap();
        assert_eq!(given.iter().map(|one| one.amount).collect::<Vec<_>>(), [eur(14_580), eur(4_165)]);
        assert_eq!((given[0].kind.as_str(), given[0].reason.as_str()), ("taken_out", "changed_mind"));
        assert_eq!(given[1].parts.goods, eur(3_000));
        ends_well(store, &world, order);
        assert_eq!(head(store, order).payment, orders::Payment::Refunded);
    });
}

#[test]
fn no_piece_is_taken_out_twice_and_none_once_it_is_packed() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let theirs = world.of_seller(store, order);
        let [shirt, coat] =
            [world.lines_of_seller(store, order)[0].clone(), world.lines_of_seller(store, order)[1].clone()];
        let first = less(store, order, &[(shirt.id, 2)], "a").unwrap();
        assert_eq!(less(store, order, &[(shirt.id, 2)], "a").unwrap(), first, "the same again");
        assert_eq!(world.free(store, shirt.variant), 98, "is done once");
        assert_eq!(less(store, order, &[(shirt.id, 1)], "a").unwrap_err().code, "idempotency_key_reused");
        assert_eq!(less(store, order, &[(shirt.id, 3)], "b").unwrap_err().code, "too_many_pieces");
        assert_eq!(less(store, order, &[(shirt.id, 1), (shirt.id, 2)], "b").unwrap_err().code, "too_many_pieces");
        for (lines, field) in
            [(vec![], "pieces"), (vec![(shirt.id, 0)], "pieces"), (vec![(Id::from_raw(7), 1)], "lines")]
        {
            assert_eq!(less(store, order, &lines, "b").unwrap_err().fields[0].name, field);
        }
        pack(store, theirs);
        let late = less(store, order, &[(coat.id, 1)], "c").unwrap_err();
        assert_eq!((late.kind, late.code), (Kind::Conflict, "already_packed"));
        let own = whole(store, order).lines[0].clone();
        let both = less(store, order, &[(own.id, 1), (coat.id, 1)], "c").unwrap_err();
        assert_eq!(both.code, "already_packed", "all or nothing");
        assert_eq!((world.free(store, coat.variant), state(store, own.consignment)), (99, State::ToPack));
        let direct = move |tx: &mut store::Tx| orders::call_off_pieces(tx, theirs, &[(coat.id, 1)], "changed_mind");
        assert_eq!(store.write_blocking(direct).unwrap_err().code, "wrong_state");
        assert_sound(store, &world, &[order]);
    });
}

/// The buyer and the seller each want three of four pieces gone at the same moment, and the buyer from two tabs.
#[test]
fn buyer_and_seller_at_once_take_out_no_more_than_there_is() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let line = world.lines_of_seller(store, order)[0].clone();
        let lines = [(line.id, 3)];
        let wishes = [
            (Actor::Guest, wish(order, &lines, Why::ChangedMind, "tab 1")),
            (Actor::Guest, wish(order, &lines, Why::ChangedMind, "tab 2")),
            (staff(world.seller), wish(order, &lines, Why::OutOfStock, "desk")),
            (staff(world.seller), wish(order, &lines, Why::OutOfStock, "desk")),
        ];
        let done: Vec<_> = std::thread::scope(|scope| {
            let all: Vec<_> =
                wishes.iter().map(|(actor, wish)| scope.spawn(move || take(store, *actor, wish))).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let codes: Vec<_> = done.iter().filter_map(|one| one.as_ref().err().map(|error| error.code)).collect();
        assert!(codes.iter().all(|code| *code == "too_many_pieces"), "{codes:?}");
        assert!(codes.len() == 3 || codes.len() == 2, "one wish, or the desk's one twice: {done:?}");
        assert_eq!(world.free(store, line.variant), 99);
        assert_eq!(world.lines_of_seller(store, order)[0].called_off, 3);
        world.refund_all(store, order);
        assert_eq!(head(store, order).refunded, eur(3_750 + 417 + 792));
        assert_sound(store, &world, &[order]);
    });
}

#[test]
fn each_side_takes_out_what_is_its_own_for_its_own_reasons() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let theirs = world.lines_of_seller(store, order)[0].clone();
        let house = whole(store, order).lines.iter().find(|line| line.organisation != world.seller).unwrap().id;
        let seller = staff(world.seller);
        let stranger = Actor::Person { person: 9, organisation: 0, role: Role::Buyer };
        let service = Actor::Person { person: 6, organisation: world.platform.raw(), role: Role::Service };
        let denied = |actor, line, why| {
            let error = take(store, actor, &wish(order, &[(line, 1)], why, "x")).unwrap_err();
            assert_eq!(error.kind, Kind::Denied, "{actor:?}");
        };
        denied(stranger, theirs.id, Why::ChangedMind);
        denied(service, theirs.id, Why::OutOfStock);
        denied(seller, house, Why::OutOfStock);
        for (actor, why) in
            [(seller, Why::ChangedMind), (Actor::Guest, Why::OutOfStock), (Actor::System, Why::ChangedMind)]
        {
            let error = take(store, actor, &wish(order, &[(theirs.id, 1)], why, "x")).unwrap_err();
            assert_eq!((error.fields[0].name.as_str(), error.fields[0].code), ("reason", "unknown_choice"));
        }
        assert_eq!(world.free(store, theirs.variant), 96, "nothing was done");
        let of = |actor| {
            let all = whole(store, order);
            orders::may_be_taken_out(actor, &all).iter().map(|(line, left)| (line.id, *left)).collect::<Vec<_>>()
        };
        assert_eq!(of(seller).len(), 2);
        assert_eq!(of(Actor::Guest).len(), 3);
        assert_eq!(of(stranger).len(), 0);
        take(store, seller, &wish(order, &[(theirs.id, 1)], Why::OutOfStock, "a")).unwrap();
        take(store, Actor::System, &wish(order, &[(theirs.id, 1)], Why::BuyerAsked, "b")).unwrap();
        let told = events(store, theirs.consignment.raw(), "consignment.pieces_called_off");
        let by: Vec<_> = told.iter().map(|body| body["by"].as_str().unwrap()).collect();
        assert_eq!(by, ["seller", "operator"]);
        assert_eq!(of(seller)[0], (theirs.id, 2));
    });
}

#[test]
fn what_was_given_as_goodwill_is_not_given_again() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let kind = What::Goodwill { amount: eur(18_000), bearer: Bearer::Platform };
        let given = Refund { order, what: kind, reason: "late".into(), key: "kind".into() };
        store.write_blocking(move |tx| refund(tx, &given)).unwrap();
        let line = world.lines_of_seller(store, order)[0].id;
        let seen = store.read_as_blocking(Actor::Guest, move |db| foresee_take_out(db, order, &[(line, 1)])).unwrap();
        let done = less(store, order, &[(line, 1)], "a").unwrap();
        assert_eq!((done.amount, done.before), (eur(745), eur(PIECE - 745)), "no more than was paid");
        assert_eq!(done, seen);
        assert_eq!(head(store, order).fulfilment, Fulfilment::Cancelled, "what nobody pays for is not packed");
        ends_well(store, &world, order);
        assert_eq!(of(store, Account::expense("goodwill", EUR)), 0);
        let all = "SELECT CAST(SUM(absorbed) AS BIGINT) FROM settlement_refund";
        let absorbed: i64 = store.read_blocking(move |db| db.raw(all, &[])).unwrap()[0].get(0).unwrap();
        assert_eq!(absorbed, 18_000, "all of it was owed in the end");
    });
}

/// What follows of a wish follows whoever had it: others' parcels, too, are not for nothing.
#[test]
fn what_nobody_pays_for_any_more_stays_also_when_a_guest_or_a_seller_brought_it_about() {
    each(SCHEMAS, |store| {
        let world = world(store);
        for (cart, actor, why) in [(1, Actor::Guest, Why::ChangedMind), (2, staff(world.seller), Why::OutOfStock)] {
            let order = world.sold(store, cart, EUR);
            let line = world.lines_of_seller(store, order)[0].clone();
            let own = whole(store, order).consignments.iter().find(|one| one.id != line.consignment).unwrap().id;
            pack(store, own);
            let what = What::Goodwill { amount: eur(18_000), bearer: Bearer::Platform };
            give(store, order, what, &format!("kind {cart}")).unwrap();
            take(store, actor, &wish(order, &[(line.id, 1)], why, &format!("a {cart}"))).unwrap();
            assert_eq!((state(store, own), state(store, line.consignment)), (State::Cancelled, State::Cancelled));
            assert_eq!(hand_over(store, own).unwrap_err().code, "recalled");
            ends_well(store, &world, order);
        }
    });
}

#[test]
fn an_unpaid_order_is_called_off_not_made_smaller() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.placed(store, 1);
        let line = world.lines_of_seller(store, order)[0].id;
        assert_eq!(less(store, order, &[(line, 1)], "a").unwrap_err().code, "not_paid");
        assert!(orders::may_be_taken_out(Actor::Guest, &whole(store, order)).is_empty());
    });
}

fn all_pieces(store: &Store, of: Id<Consignment>, order: Id<Order>) -> What {
    let lines = whole(store, order).lines_of(of).map(|line| (line.id, line.quantity)).collect();
    What::Pieces { lines, restock: false }
}

fn give(store: &Store, order: Id<Order>, what: What, key: &str) -> base::Result<base::Money> {
    let wish = Refund { order, what, reason: "damaged".into(), key: key.into() };
    store.write_blocking(move |tx| refund(tx, &wish))
}

#[test]
fn what_is_packed_and_wholly_refunded_is_called_back() {
    each(SCHEMAS, |store| {
        let world = world(store);
        for (cart, by_pieces) in [(1, true), (2, false)] {
            let order = world.sold(store, cart, EUR);
            let theirs = world.of_seller(store, order);
            let shirt = world.lines_of_seller(store, order)[0].variant;
            pack(store, theirs);
            assert_eq!(world.free(store, shirt), 96);
            let what = if by_pieces { all_pieces(store, theirs, order) } else { What::Consignment(theirs) };
            let key = format!("all {cart}");
            assert_eq!(give(store, order, what.clone(), &key).unwrap(), eur(14_580), "with its delivery");
            assert_eq!(give(store, order, what, &key).unwrap(), eur(14_580), "once");
            assert_eq!(world.free(store, shirt), 100, "its goods are free again");
            let late = hand_over(store, theirs).unwrap_err();
            assert_eq!((late.kind, late.code), (Kind::Conflict, "recalled"));
            let again = store.write_blocking(move |tx| orders::pack(tx, theirs).map(drop)).unwrap_err();
            assert_eq!(again.code, "recalled", "its label is void");
            assert_eq!((state(store, theirs), head(store, order).fulfilment), (State::Cancelled, Fulfilment::ToPack));
            assert_eq!(events(store, theirs.raw(), "consignment.recalled").len(), 1);
            assert_eq!(events(store, theirs.raw(), "consignment.pieces_called_off")[0]["packed"], true);
            world.deliver(store, order);
            completed(store, order);
            ends_well(store, &world, order);
            assert_eq!(of(store, Account::seller(world.seller.raw(), EUR)), 0);
        }
    });
}

/// Refunded while it was packed: none of it leaves.
#[test]
fn pieces_that_are_refunded_in_a_packed_parcel_stay_and_so_does_it() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let theirs = world.of_seller(store, order);
        let lines = world.lines_of_seller(store, order);
        pack(store, theirs);
        give(store, order, What::Pieces { lines: vec![(lines[0].id, 4)], restock: false }, "a").unwrap();
        assert_eq!(
            (world.free(store, lines[0].variant), state(store, theirs)),
            (100, State::ToPack),
            "to be packed anew"
        );
        assert_eq!(events(store, theirs.raw(), "consignment.recalled").len(), 1);
        give(store, order, What::Pieces { lines: vec![(lines[1].id, 1)], restock: false }, "b").unwrap();
        assert_eq!((world.free(store, lines[0].variant), state(store, theirs)), (100, State::Cancelled));
        let all = "SELECT CAST(SUM(pieces) AS BIGINT), CAST(SUM(unsent) AS BIGINT) FROM settlement_refund_line";
        let row = store.read_blocking(move |db| db.raw(all, &[])).unwrap().remove(0);
        assert_eq!((row.get::<i64>(0).unwrap(), row.get::<i64>(1).unwrap()), (5, 5));
        assert_eq!(head(store, order).fulfilment, Fulfilment::ToPack);
        world.refund_all(store, order);
        assert_eq!(head(store, order).refunded, eur(14_580), "with delivery and fees");
        assert_sound(store, &world, &[order]);
    });
}

#[test]
fn what_is_packed_and_refunded_in_part_is_packed_again_without_it() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let theirs = world.of_seller(store, order);
        let line = world.lines_of_seller(store, order)[0].id;
        pack(store, theirs);
        give(store, order, What::Pieces { lines: vec![(line, 4)], restock: false }, "a").unwrap();
        assert_eq!(state(store, theirs), State::ToPack);
        assert_eq!(hand_over(store, theirs).unwrap_err().code, "wrong_state", "its label is void");
        pack(store, theirs);
        assert!(hand_over(store, theirs).unwrap());
        let sent = whole(store, order).parcels_of(theirs).last().unwrap().pieces();
        assert_eq!(sent, 1, "what was given back stays here");
        let gone = give(store, order, What::Consignment(theirs), "b").unwrap_err();
        assert_eq!(gone.code, "on_its_way", "and then it is too late");
        let direct = move |tx: &mut store::Tx| orders::keep(tx, theirs, &[(line, 1)], "damaged");
        assert_eq!(store.write_blocking(direct).unwrap_err().code, "wrong_state");
        assert_sound(store, &world, &[order]);
    });
}

#[test]
fn when_all_of_an_order_is_refunded_what_is_packed_stays() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let theirs = world.of_seller(store, order);
        let own = whole(store, order).consignments.iter().find(|one| one.id != theirs).unwrap().id;
        pack(store, theirs);
        let goodwill = What::Goodwill { amount: eur(18_745), bearer: Bearer::Platform };
        give(store, order, goodwill, "all").unwrap();
        assert_eq!((state(store, theirs), state(store, own)), (State::Cancelled, State::Cancelled));
        assert_eq!(hand_over(store, theirs).unwrap_err().code, "recalled");
        assert_eq!(head(store, order).fulfilment, Fulfilment::Cancelled);
        ends_well(store, &world, order);
        assert_eq!(head(store, order).refunded, eur(18_745));
        // Somebody gave it to the carrier all the same: its journey is written down, and changes nothing that is settled.
        let moved = store.write_blocking(move |tx| {
            let parcel =
                orders::parcels(tx, order)?.into_iter().find(|one| one.consignment == theirs).unwrap().label.unwrap();
            let (at, place) = (tx.now(), "Berlin, DE".to_owned());
            let kind = EventKind::Departed;
            let event = logistics::NewEvent { parcel, kind, at, place, source_id: "x".into(), detail: String::new() };
            orders::journey(tx, &event)
        });
        assert_eq!(moved.unwrap().state, State::Cancelled);
        assert_sound(store, &world, &[order]);
    });
}
