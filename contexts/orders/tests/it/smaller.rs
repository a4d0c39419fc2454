//! Pieces taken out of an order, and parcels that are called back: goods, papers and states.

use super::fixture::*;
use base::{Actor, Id, Kind};
use orders::*;

fn free(shop: &Shop) -> i64 {
    let variant = shop.shirt.variant;
    shop.read(move |db| stock::levels(db, &[variant]))[0].available
}

fn call_off(shop: &Shop, actor: Actor, of: Id<Consignment>, line: Id<Line>, pieces: i64) -> base::Result<()> {
    shop.try_write(actor, move |tx| call_off_pieces(tx, of, &[(line, pieces)], "changed_mind"))
}

/// The seller's consignment and its two lines, of two and three pieces.
fn own(shop: &Shop, order: Id<Order>) -> (Consignment, Vec<Line>) {
    let whole = shop.whole(order);
    let known = whole.consignments.iter().find(|one| one.organisation == shop.loom.organisation).unwrap().clone();
    let lines = whole.lines_of(known.id).cloned().collect();
    (known, lines)
}

#[test]
fn no_more_leaves_an_order_than_is_in_it() {
    each(|shop| {
        let order = paid_order(shop, 9).order;
        let before = free(shop);
        let (known, lines) = own(shop, order);
        let line = lines[0].id;
        for pieces in [3, -1] {
            let error = call_off(shop, Actor::Guest, known.id, line, pieces).unwrap_err();
            assert_eq!((error.kind, error.code), (Kind::Conflict, "too_many_pieces"), "{pieces}");
        }
        assert_eq!(free(shop), before, "nothing was done");
        call_off(shop, Actor::Guest, known.id, line, 1).unwrap();
        assert_eq!(call_off(shop, Actor::Guest, known.id, line, 2).unwrap_err().code, "too_many_pieces");
        let seller = staff(shop.loom.organisation);
        assert_eq!(call_off(shop, staff(shop.house.organisation), known.id, line, 1).unwrap_err().kind, Kind::Denied);
        call_off(shop, seller, known.id, line, 1).unwrap();
        assert_eq!(free(shop), before + 2);
        let (known, lines) = own(shop, order);
        assert_eq!((known.state, lines[0].to_send(), lines[1].to_send()), (State::ToPack, 0, 3));
        call_off(shop, Actor::Guest, known.id, lines[1].id, 3).unwrap();
        let (known, _) = own(shop, order);
        assert_eq!((known.state, free(shop)), (State::Cancelled, before + 5));
        assert_eq!(shop.whole(order).order.fulfilment, Fulfilment::ToPack, "the house's part goes on");
    });
}

#[test]
fn what_is_packed_or_not_paid_is_not_made_smaller() {
    each(|shop| {
        let order = placed(shop, 9).order;
        let (known, lines) = own(shop, order);
        assert_eq!(call_off(shop, Actor::Guest, known.id, lines[0].id, 1).unwrap_err().code, "wrong_state");
        let order = paid_order(shop, 19).order;
        let (known, lines) = own(shop, order);
        let id = known.id;
        shop.pack(id).unwrap();
        assert_eq!(call_off(shop, Actor::System, id, lines[0].id, 1).unwrap_err().code, "wrong_state");
        assert_eq!(own(shop, order).1[0].called_off, 0);
    });
}

#[test]
fn a_parcel_that_is_called_back_stays_and_its_goods_are_free() {
    each(|shop| {
        let order = paid_order(shop, 9).order;
        let before = free(shop);
        let id = own(shop, order).0.id;
        shop.pack(id).unwrap();
        let all: Vec<_> = own(shop, order).1.iter().map(|line| (line.id, line.quantity)).collect();
        let kept = move || {
            let all = all.clone();
            shop.store.write_blocking(move |tx| keep(tx, id, &all, "refunded"))
        };
        kept().unwrap();
        let (known, lines) = own(shop, order);
        assert_eq!((known.state, known.handed_over_at), (State::Cancelled, None));
        assert_eq!(shop.parcels_of(id)[0].state, ParcelState::Recalled);
        assert!(lines.iter().all(|line| line.to_send() == 0));
        assert_eq!(free(shop), before + 5);
        for refused in [shop.store.write_blocking(move |tx| hand_over(tx, id).map(drop)), shop.pack(id)] {
            assert_eq!(refused.unwrap_err().code, "recalled");
        }
        assert_eq!(kept().unwrap_err().code, "wrong_state", "once");
        // What a carrier tells of it all the same is kept, and moves nothing.
        let moved = tell(shop, id, logistics::EventKind::Departed, 1).unwrap();
        assert_eq!((moved.new, moved.state), (true, State::Cancelled));
        assert_eq!(free(shop), before + 5);
    });
}
