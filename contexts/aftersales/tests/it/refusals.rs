//! Who may speak for whom, what is in which claim, and what lists begin with.

use super::fixture::*;
use aftersales::*;
use base::{Actor, Kind as ErrorKind, Role};
use orders::Dispute;
use settlement::What;
use shop_world::staff;

#[test]
fn a_piece_is_in_one_claim_and_in_none_after_it_was_given_back() {
    each(|shop| {
        let (order, consignment, lines) = delivered(shop);
        let first = opened(shop, &damaged(consignment, lines[0].id, 3)).unwrap();
        let more = opened(shop, &damaged(consignment, lines[0].id, 2)).unwrap_err();
        assert_eq!(more.code, "too_many_pieces");
        let one = What::Pieces { lines: vec![(lines[0].id, 1)], restock: false };
        shop.give_back(order, one, "x").unwrap();
        assert_eq!(opened(shop, &damaged(consignment, lines[0].id, 1)).unwrap_err().code, "too_many_pieces");
        shop.as_guest(move |tx| withdraw(tx, first)).unwrap();
        assert_eq!(now_is(shop, first), (State::Closed, Outcome::Withdrawn));
        for _ in 0..9 {
            let id = opened(shop, &damaged(consignment, lines[0].id, 3)).unwrap();
            shop.as_guest(move |tx| withdraw(tx, id)).unwrap();
        }
        let many = opened(shop, &damaged(consignment, lines[0].id, 1)).unwrap_err();
        assert_eq!(many.code, "too_many_claims");
        let twice =
            NewClaim { lines: vec![(lines[1].id, 1), (lines[1].id, 1)], ..damaged(consignment, lines[1].id, 1) };
        assert_eq!(opened(shop, &twice).unwrap_err().fields[0].code, "not_in_order");
        assert_eq!(dispute(shop, consignment), Dispute::Closed);
    });
}

#[test]
fn only_the_buyer_speaks_for_the_buyer() {
    each(|shop| {
        let (_, consignment, lines) = delivered(shop);
        let wish = damaged(consignment, lines[0].id, 1);
        let stranger = Actor::Person { person: 3, organisation: 0, role: Role::Buyer };
        for actor in [stranger, staff(shop.loom.organisation)] {
            let wish = wish.clone();
            let denied = shop.try_write(actor, move |tx| open(tx, &wish)).unwrap_err();
            assert_eq!(denied.kind, ErrorKind::Denied);
        }
        let id = opened(shop, &wish).unwrap();
        for actor in [stranger, staff(shop.loom.organisation)] {
            let denied = shop.try_write(actor, move |tx| withdraw(tx, id)).unwrap_err();
            assert_eq!(denied.kind, ErrorKind::Denied);
        }
        let long = NewClaim { words: "a".repeat(WORDS + 1), ..damaged(consignment, lines[1].id, 1) };
        assert_eq!(opened(shop, &long).unwrap_err().fields[0].code, "too_long");
        assert_eq!(now_is(shop, id).0, State::Open);
    });
}

/// Pictures come with the claim or after it, from the buyer only, six in all, and none when it is over.
#[test]
fn pictures_are_added_until_there_are_six_or_it_is_over() {
    each(|shop| {
        let (_, consignment, lines) = delivered(shop);
        let id = opened(shop, &damaged(consignment, lines[0].id, 1)).unwrap();
        let add = |actor: Actor, file: &str| {
            let picture =
                Picture { file: format!("private/{file}"), width: 640, height: 480, mime: "image/jpeg".into() };
            shop.try_write(actor, move |tx| aftersales::add_picture(tx, id, &picture).map(|id| id.raw()))
        };
        let first = add(Actor::Guest, "a").unwrap();
        assert_eq!(add(Actor::Guest, "a").unwrap(), first, "the same again is the same");
        let denied = add(staff(shop.loom.organisation), "b").unwrap_err();
        assert_eq!(denied.kind, ErrorKind::Denied);
        for file in ["b", "c", "d", "e", "f"] {
            add(Actor::Guest, file).unwrap();
        }
        assert_eq!(add(Actor::Guest, "g").unwrap_err().fields[0].code, "too_many_pictures");
        assert_eq!(shop.read(move |db| pictures(db, id)).len(), 6);

        let over = opened(shop, &damaged(consignment, lines[1].id, 1)).unwrap();
        shop.as_guest(move |tx| withdraw(tx, over)).unwrap();
        let picture = Picture { file: "private/h".into(), width: 1, height: 1, mime: "image/png".into() };
        let late = shop.as_guest(move |tx| add_picture(tx, over, &picture)).unwrap_err();
        assert_eq!(late.code, "wrong_step");
    });
}

#[test]
fn lists_begin_with_what_is_due_first() {
    each(|shop| {
        let (order, consignment, lines) = delivered(shop);
        let back = opened(shop, &withdrawal(consignment, vec![(lines[0].id, 1)])).unwrap();
        let open = opened(shop, &damaged(consignment, lines[1].id, 1)).unwrap();
        let seller = shop.loom.organisation;
        let due = shop.read(move |db| waiting_of(db, seller, None, 1));
        assert_eq!(due.rows.iter().map(|row| row.claim.id).collect::<Vec<_>>(), [open], "three days before fourteen");
        let next = due.next;
        let rest = shop.read(move |db| waiting(db, next, 10));
        assert_eq!(rest.rows.iter().map(|row| (row.claim.id, row.pieces)).collect::<Vec<_>>(), [(back, 1)]);
        assert_eq!(shop.read(move |db| open_of_organisation(db, seller)), 1);
        let all = shop.read(move |db| of_order(db, order));
        assert_eq!(all.iter().map(|one| one.id).collect::<Vec<_>>(), [back, open]);
        let platform = shop.house.organisation;
        assert_eq!(shop.read(move |db| of_organisation(db, Some(platform), None, 10)), []);
    });
}
