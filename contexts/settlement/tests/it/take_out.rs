//! An order made smaller before it is packed, and a packed consignment that is refunded and stays here.

use super::fixture::*;
use base::{Actor, Id, Kind, Role};
use ledger::Account;
use logistics::EventKind;
use orders::{Consignment, Fulfilment, Line, Order, State, Sums};
use settlement::*;
use shop_world::stated::SHIRT;
use shop_world::{Shop, staff};

fn wish(order: Id<Order>, lines: &[(Id<Line>, i64)], why: Why, key: &str) -> TakeOut {
    TakeOut { order, lines: lines.to_vec(), why, key: key.into() }
}

fn take(shop: &Shop, actor: Actor, wish: &TakeOut) -> base::Result<TakenOut> {
    let wish = wish.clone();
    shop.try_write(actor, move |tx| take_out(tx, &wish))
}

fn events(shop: &Shop, subject: i64, kind: &str) -> Vec<serde_json::Value> {
    let all = shop.read(move |db| store::events_of(db, subject, 0, 100));
    all.iter().filter(|event| event.kind == kind).map(|event| serde_json::from_str(&event.body).unwrap()).collect()
}

#[test]
fn a_piece_less_is_paid_back_with_its_tax_and_not_sent() {
    each(|shop| {
        let order = shop.sold();
        let [shirt, mug] = <[Line; 2]>::try_from(shop.lines_of_loom(order)).unwrap();
        let seen = shop.try_read(Actor::Guest, move |db| foresee_take_out(db, order, &[(shirt.id, 1)])).unwrap();
        assert_eq!(shop.free(shop.shirt), 996, "to look changes nothing");
        let done = less(shop, order, &[(shirt.id, 1)], "a").unwrap();
        assert_eq!(done, seen, "what was shown is what is done");
        let zero = Sums::zero(EUR);
        assert_eq!(done.parts, Sums { goods: eur(1_250), duty: eur(139), tax: eur(264), ..zero });
        assert_eq!((done.amount, done.before, done.ends.len()), (eur(SHIRT), eur(0), 0));
        assert_eq!(shop.free(shop.shirt), 997, "free again");

        let theirs = shop.of_loom(order);
        let told = &events(shop, theirs.raw(), "consignment.pieces_called_off")[0];
        assert_eq!((told["by"].as_str(), told["left"].as_i64()), (Some("buyer"), Some(4)));
        assert_eq!((told["reason"].as_str(), told["lines"][0]["pieces"].as_i64()), (Some("changed_mind"), Some(1)));
        let seller = shop.loom.organisation;
        let rows = shop.read(move |db| orders::to_ship(db, seller, None, 9)).rows;
        assert_eq!((rows[0].pieces, rows[0].lines), (4, 2), "the pick list says what is left");
        let rows = shop.read(move |db| after_refunds(db, rows.clone()));
        assert_eq!(rows[0].payout, eur(8_572 - (1_250 - 150 - 29)), "and what it brings");
        let known = shop.whole(order);
        let left = shop.read(move |db| kept(db, &known));
        let expected = Kept { goods: 3_750, duty: 461, tax: 876, commission: 450, commission_tax: 85 };
        assert_eq!(left[&shirt.id], expected);

        less(shop, order, &[(shirt.id, 3)], "b").unwrap();
        let rows = shop.read(move |db| orders::to_ship(db, seller, None, 9)).rows;
        assert_eq!((rows[0].pieces, rows[0].lines, rows[0].title.clone()), (1, 1, mug.title.clone()), "and what");
        shop.pack(theirs).unwrap();
        let parcel = shop.whole(order).parcels_of(theirs).next().unwrap().label.unwrap();
        let parcel = shop.read(move |db| logistics::parcel(db, parcel));
        assert_eq!((parcel.contents.len(), parcel.contents[0].quantity), (1, 1), "nor do the papers");
        shop.deliver(order);
        shop.confirm(order);
        shop.refund_all(order);
        assert_eq!(shop.order(order).refunded, eur(5_000 + 556 + 1_056));
        assert_eq!(shop.earned(EUR), 5_000 - 600 - 114);
        assert_eq!(shop.balance(Account::income("commission", EUR)), 600);
        assert_at_rest(shop, order);
    });
}

#[test]
fn with_its_last_piece_a_consignment_is_called_off_and_its_delivery_goes_back() {
    each(|shop| {
        let order = shop.sold();
        let theirs = shop.of_loom(order);
        let all = shop.whole(order);
        let lines: Vec<_> = all.lines_of(theirs).map(|line| (line.id, line.quantity)).collect();
        let done = less(shop, order, &lines, "a").unwrap();
        assert_eq!((done.amount, done.ends), (eur(14_580), vec![theirs]));
        assert_eq!((done.parts.shipping, done.parts.fees), (eur(800), eur(300)), "nobody carries it");
        assert_eq!(
            (shop.consignment(theirs).state, shop.order(order).fulfilment),
            (State::Cancelled, Fulfilment::ToPack)
        );
        let own = all.lines.iter().find(|line| line.consignment != theirs).unwrap().id;
        let done = less(shop, order, &[(own, 1)], "b").unwrap();
        assert_eq!((done.amount, done.ends.len()), (eur(4_165), 1));
        let known = shop.order(order);
        assert_eq!(known.fulfilment, Fulfilment::Cancelled);
        assert!(known.cancelled_at.is_some());
        assert_eq!(less(shop, order, &[(own, 1)], "c").unwrap_err().code, "too_many_pieces");
        let known = shop.whole(order);
        let given = shop.read(move |db| given_back(db, &known));
        assert_eq!(given.iter().map(|one| one.amount).collect::<Vec<_>>(), [eur(14_580), eur(4_165)]);
        assert_eq!((given[0].kind.as_str(), given[0].reason.as_str()), ("taken_out", "changed_mind"));
        assert_eq!(given[1].parts.goods, eur(3_000));
        assert_at_rest(shop, order);
        assert_eq!(shop.order(order).payment, orders::Payment::Refunded);
    });
}

#[test]
fn no_piece_is_taken_out_twice_and_none_once_it_is_packed() {
    each(|shop| {
        let order = shop.sold();
        let theirs = shop.of_loom(order);
        let [shirt, mug] = <[Line; 2]>::try_from(shop.lines_of_loom(order)).unwrap();
        let first = less(shop, order, &[(shirt.id, 2)], "a").unwrap();
        assert_eq!(less(shop, order, &[(shirt.id, 2)], "a").unwrap(), first, "the same again");
        assert_eq!(shop.free(shop.shirt), 998, "is done once");
        assert_eq!(less(shop, order, &[(shirt.id, 1)], "a").unwrap_err().code, "idempotency_key_reused");
        assert_eq!(less(shop, order, &[(shirt.id, 3)], "b").unwrap_err().code, "too_many_pieces");
        assert_eq!(less(shop, order, &[(shirt.id, 1), (shirt.id, 2)], "b").unwrap_err().code, "too_many_pieces");
        for (lines, field) in
            [(vec![], "pieces"), (vec![(shirt.id, 0)], "pieces"), (vec![(Id::from_raw(7), 1)], "lines")]
        {
            assert_eq!(less(shop, order, &lines, "b").unwrap_err().fields[0].name, field);
        }
        shop.pack(theirs).unwrap();
        let late = less(shop, order, &[(mug.id, 1)], "c").unwrap_err();
        assert_eq!((late.kind, late.code), (Kind::Conflict, "already_packed"));
        let own = shop.whole(order).lines[0].clone();
        let both = less(shop, order, &[(own.id, 1), (mug.id, 1)], "c").unwrap_err();
        assert_eq!(both.code, "already_packed", "all or nothing");
        assert_eq!((shop.free(shop.mug), shop.consignment(own.consignment).state), (999, State::ToPack));
        let direct = move |tx: &mut store::Tx| orders::call_off_pieces(tx, theirs, &[(mug.id, 1)], "changed_mind");
        assert_eq!(shop.store.write_blocking(direct).unwrap_err().code, "wrong_state");
        assert_sound(shop, &[order]);
    });
}

#[test]
fn what_was_done_is_told_again_as_it_was_also_where_nothing_is_paid_for_delivery() {
    each(|shop| {
        let order = shop.sold_as(EUR, |wish| {
            let one = &mut wish.consignments[1];
            for line in &mut one.lines {
                (line.sums.goods, line.sums.shipping) = (line.sums.goods.plus(line.sums.shipping).unwrap(), eur(0));
            }
            let sums = one.sums(EUR).unwrap();
            one.landed = serde_json::to_string(&shop_world::stated::landed(sums, EUR)).unwrap();
        });
        let theirs = shop.of_loom(order);
        let [shirt, mug] = <[Line; 2]>::try_from(shop.lines_of_loom(order)).unwrap();
        let some = less(shop, order, &[(shirt.id, 1)], "a").unwrap();
        let rest = less(shop, order, &[(shirt.id, 3), (mug.id, 1)], "b").unwrap();
        assert_eq!((some.ends.as_slice(), rest.ends.as_slice()), (&[][..], &[theirs][..]));
        assert_eq!(less(shop, order, &[(shirt.id, 1)], "a").unwrap(), some);
        assert_eq!(less(shop, order, &[(shirt.id, 3), (mug.id, 1)], "b").unwrap(), rest);
        assert_sound(shop, &[order]);
    });
}

/// The buyer and the seller each want three of four pieces gone at the same moment, and the buyer from two tabs.
#[test]
fn buyer_and_seller_at_once_take_out_no_more_than_there_is() {
    each(|shop| {
        let order = shop.sold();
        let line = shop.lines_of_loom(order)[0].clone();
        let lines = [(line.id, 3)];
        let wishes = [
            (Actor::Guest, wish(order, &lines, Why::ChangedMind, "tab 1")),
            (Actor::Guest, wish(order, &lines, Why::ChangedMind, "tab 2")),
            (staff(shop.loom.organisation), wish(order, &lines, Why::OutOfStock, "desk")),
            (staff(shop.loom.organisation), wish(order, &lines, Why::OutOfStock, "desk")),
        ];
        let done: Vec<_> = std::thread::scope(|scope| {
            let all: Vec<_> =
                wishes.iter().map(|(actor, wish)| scope.spawn(move || take(shop, *actor, wish))).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let codes: Vec<_> = done.iter().filter_map(|one| one.as_ref().err().map(|error| error.code)).collect();
        assert!(codes.iter().all(|code| *code == "too_many_pieces"), "{codes:?}");
        assert!(codes.len() == 3 || codes.len() == 2, "one wish, or the desk's one twice: {done:?}");
        assert_eq!(shop.free(shop.shirt), 999);
        assert_eq!(shop.lines_of_loom(order)[0].called_off, 3);
        shop.refund_all(order);
        assert_eq!(shop.order(order).refunded, eur(3_750 + 417 + 792));
        assert_sound(shop, &[order]);
    });
}

#[test]
fn each_side_takes_out_what_is_its_own_for_its_own_reasons() {
    each(|shop| {
        let order = shop.sold();
        let theirs = shop.lines_of_loom(order)[0].clone();
        let house = shop.whole(order).lines[0].id;
        let seller = staff(shop.loom.organisation);
        let stranger = Actor::Person { person: 9, organisation: 0, role: Role::Buyer };
        let service = Actor::Person { person: 6, organisation: shop.house.organisation.raw(), role: Role::Service };
        let denied = |actor, line, why| {
            let error = take(shop, actor, &wish(order, &[(line, 1)], why, "x")).unwrap_err();
            assert_eq!(error.kind, Kind::Denied, "{actor:?}");
        };
        denied(stranger, theirs.id, Why::ChangedMind);
        denied(service, theirs.id, Why::OutOfStock);
        denied(seller, house, Why::OutOfStock);
        for (actor, why) in
            [(seller, Why::ChangedMind), (Actor::Guest, Why::OutOfStock), (Actor::System, Why::ChangedMind)]
        {
            let error = take(shop, actor, &wish(order, &[(theirs.id, 1)], why, "x")).unwrap_err();
            assert_eq!((error.fields[0].name.as_str(), error.fields[0].code), ("reason", "unknown_choice"));
        }
        assert_eq!(shop.free(shop.shirt), 996, "nothing was done");
        let of = |actor| {
            let all = shop.whole(order);
            orders::may_be_taken_out(actor, &all).iter().map(|(line, left)| (line.id, *left)).collect::<Vec<_>>()
        };
        assert_eq!(of(seller).len(), 2);
        assert_eq!(of(Actor::Guest).len(), 3);
        assert_eq!(of(stranger).len(), 0);
        take(shop, seller, &wish(order, &[(theirs.id, 1)], Why::OutOfStock, "a")).unwrap();
        take(shop, Actor::System, &wish(order, &[(theirs.id, 1)], Why::BuyerAsked, "b")).unwrap();
        let told = events(shop, theirs.consignment.raw(), "consignment.pieces_called_off");
        let by: Vec<_> = told.iter().map(|body| body["by"].as_str().unwrap()).collect();
        assert_eq!(by, ["seller", "operator"]);
        assert_eq!(of(seller)[0], (theirs.id, 2));
    });
}

#[test]
fn what_was_given_as_goodwill_is_not_given_again() {
    each(|shop| {
        let order = shop.sold();
        shop.give_back(order, goodwill(18_000, Bearer::Platform), "kind").unwrap();
        let line = shop.lines_of_loom(order)[0].id;
        let seen = shop.try_read(Actor::Guest, move |db| foresee_take_out(db, order, &[(line, 1)])).unwrap();
        let done = less(shop, order, &[(line, 1)], "a").unwrap();
        assert_eq!((done.amount, done.before), (eur(745), eur(SHIRT - 745)), "no more than was paid");
        assert_eq!(done, seen);
        assert_eq!(shop.order(order).fulfilment, Fulfilment::Cancelled, "what nobody pays for is not packed");
        assert_at_rest(shop, order);
        assert_eq!(shop.balance(Account::expense("goodwill", EUR)), 0);
        let all = "SELECT CAST(SUM(absorbed) AS BIGINT) FROM settlement_refund";
        let absorbed: i64 = shop.read(move |db| db.raw(all, &[]))[0].get(0).unwrap();
        assert_eq!(absorbed, 18_000, "all of it was owed in the end");
    });
}

/// What follows of a wish follows whoever had it: others' parcels, too, are not for nothing.
#[test]
fn what_nobody_pays_for_any_more_stays_also_when_a_guest_or_a_seller_brought_it_about() {
    each(|shop| {
        for (cart, actor, why) in
            [(1, Actor::Guest, Why::ChangedMind), (2, staff(shop.loom.organisation), Why::OutOfStock)]
        {
            let order = shop.sold();
            let line = shop.lines_of_loom(order)[0].clone();
            let own = shop.of_house(order);
            shop.pack(own).unwrap();
            shop.give_back(order, goodwill(18_000, Bearer::Platform), &format!("kind {cart}")).unwrap();
            take(shop, actor, &wish(order, &[(line.id, 1)], why, &format!("a {cart}"))).unwrap();
            assert_eq!(
                (shop.consignment(own).state, shop.consignment(line.consignment).state),
                (State::Cancelled, State::Cancelled)
            );
            assert_eq!(shop.hand_over(own).unwrap_err().code, "recalled");
            assert_at_rest(shop, order);
        }
    });
}

#[test]
fn an_unpaid_order_is_called_off_not_made_smaller() {
    each(|shop| {
        let order = shop.stated();
        let line = shop.lines_of_loom(order)[0].id;
        assert_eq!(less(shop, order, &[(line, 1)], "a").unwrap_err().code, "not_paid");
        assert!(orders::may_be_taken_out(Actor::Guest, &shop.whole(order)).is_empty());
    });
}

fn all_pieces(shop: &Shop, of: Id<Consignment>, order: Id<Order>) -> What {
    let lines = shop.whole(order).lines_of(of).map(|line| (line.id, line.quantity)).collect();
    What::Pieces { lines, restock: false }
}

#[test]
fn what_is_packed_and_wholly_refunded_is_called_back() {
    each(|shop| {
        for (cart, by_pieces) in [(1, true), (2, false)] {
            let order = shop.sold();
            let theirs = shop.of_loom(order);
            shop.pack(theirs).unwrap();
            assert_eq!(shop.free(shop.shirt), 996);
            let what = if by_pieces { all_pieces(shop, theirs, order) } else { What::Consignment(theirs) };
            let key = format!("all {cart}");
            assert_eq!(shop.give_back(order, what.clone(), &key).unwrap(), eur(14_580), "with its delivery");
            assert_eq!(shop.give_back(order, what, &key).unwrap(), eur(14_580), "once");
            assert_eq!(shop.free(shop.shirt), 1000, "its goods are free again");
            let late = shop.hand_over(theirs).unwrap_err();
            assert_eq!((late.kind, late.code), (Kind::Conflict, "recalled"));
            let again = shop.pack(theirs).unwrap_err();
            assert_eq!(again.code, "recalled", "its label is void");
            assert_eq!(
                (shop.consignment(theirs).state, shop.order(order).fulfilment),
                (State::Cancelled, Fulfilment::ToPack)
            );
            assert_eq!(events(shop, theirs.raw(), "consignment.recalled").len(), 1);
            assert_eq!(events(shop, theirs.raw(), "consignment.pieces_called_off")[0]["packed"], true);
            shop.deliver(order);
            shop.confirm(order);
            assert_at_rest(shop, order);
            assert_eq!(shop.earned(EUR), 0);
        }
    });
}

/// Refunded while it was packed: none of it leaves.
#[test]
fn pieces_that_are_refunded_in_a_packed_parcel_stay_and_so_does_it() {
    each(|shop| {
        let order = shop.sold();
        let theirs = shop.of_loom(order);
        let lines = shop.lines_of_loom(order);
        shop.pack(theirs).unwrap();
        shop.give_back(order, pieces(&lines[0], 4), "a").unwrap();
        assert_eq!((shop.free(shop.shirt), shop.consignment(theirs).state), (1000, State::ToPack), "to be packed anew");
        assert_eq!(events(shop, theirs.raw(), "consignment.recalled").len(), 1);
        shop.give_back(order, pieces(&lines[1], 1), "b").unwrap();
        assert_eq!((shop.free(shop.shirt), shop.consignment(theirs).state), (1000, State::Cancelled));
        let all = "SELECT CAST(SUM(pieces) AS BIGINT), CAST(SUM(unsent) AS BIGINT) FROM settlement_refund_line";
        let row = shop.read(move |db| db.raw(all, &[])).remove(0);
        assert_eq!((row.get::<i64>(0).unwrap(), row.get::<i64>(1).unwrap()), (5, 5));
        assert_eq!(shop.order(order).fulfilment, Fulfilment::ToPack);
        shop.refund_all(order);
        assert_eq!(shop.order(order).refunded, eur(14_580), "with delivery and fees");
        assert_sound(shop, &[order]);
    });
}

#[test]
fn what_is_packed_and_refunded_in_part_is_packed_again_without_it() {
    each(|shop| {
        let order = shop.sold();
        let theirs = shop.of_loom(order);
        let shirts = shop.lines_of_loom(order)[0].clone();
        let line = shirts.id;
        shop.pack(theirs).unwrap();
        shop.give_back(order, pieces(&shirts, 4), "a").unwrap();
        assert_eq!(shop.consignment(theirs).state, State::ToPack);
        assert_eq!(shop.hand_over(theirs).unwrap_err().code, "wrong_state", "its label is void");
        shop.pack(theirs).unwrap();
        assert!(shop.hand_over(theirs).unwrap());
        let sent = shop.whole(order).parcels_of(theirs).last().unwrap().pieces();
        assert_eq!(sent, 1, "what was given back stays here");
        let gone = shop.give_back(order, What::Consignment(theirs), "b").unwrap_err();
        assert_eq!(gone.code, "on_its_way", "and then it is too late");
        let direct = move |tx: &mut store::Tx| orders::keep(tx, theirs, &[(line, 1)], "damaged");
        assert_eq!(shop.store.write_blocking(direct).unwrap_err().code, "wrong_state");
        assert_sound(shop, &[order]);
    });
}

#[test]
fn when_all_of_an_order_is_refunded_what_is_packed_stays() {
    each(|shop| {
        let order = shop.sold();
        let theirs = shop.of_loom(order);
        let own = shop.of_house(order);
        shop.pack(theirs).unwrap();
        shop.give_back(order, goodwill(18_745, Bearer::Platform), "all").unwrap();
        assert_eq!((shop.consignment(theirs).state, shop.consignment(own).state), (State::Cancelled, State::Cancelled));
        assert_eq!(shop.hand_over(theirs).unwrap_err().code, "recalled");
        assert_eq!(shop.order(order).fulfilment, Fulfilment::Cancelled);
        assert_at_rest(shop, order);
        assert_eq!(shop.order(order).refunded, eur(18_745));
        // Somebody gave it to the carrier all the same: its journey is written down, and changes nothing that is settled.
        let moved = shop.tell(shop.parcels_of(theirs)[0].id, EventKind::Departed);
        assert_eq!(moved.unwrap().state, State::Cancelled);
        assert_sound(shop, &[order]);
    });
}
