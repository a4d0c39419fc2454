//! Lists, their filters, cursors and counts.

use super::fixture::*;
use crate::*;
use base::{Actor, Id};
use logistics::EventKind;

#[test]
fn pages_run_newest_first_without_gaps() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let mut orders: Vec<Id<Order>> = (0..7).map(|cart| paid_order(store, world, 10 * cart + 1).order).collect();
        let open = store.write_blocking(move |tx| place_as(tx, &world, 999, Some(world.buyer))).unwrap().order;
        orders.push(open);
        orders.reverse();
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let page = store.read_blocking(move |db| list(db, Filter::All, after, 3)).unwrap();
            seen.extend(page.rows.iter().map(|row| row.id));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, orders);
        let by = |filter| store.read_blocking(move |db| list(db, filter, None, 50)).unwrap().rows;
        assert_eq!(by(Filter::Payment(Payment::Pending)).iter().map(|row| row.id).collect::<Vec<_>>(), [open]);
        assert_eq!(by(Filter::Fulfilment(Fulfilment::ToPack)).len(), 7);
        assert_eq!(by(Filter::Customs(Customs::Pending)).len(), 8);
        assert_eq!(by(Filter::Customs(Customs::Held)).len(), 0);
        assert_eq!(by(Filter::Dispute(Dispute::Open)).len(), 0);
        assert_eq!(by(Filter::Settlement(Settlement::Escrow)).len(), 7);
        let first = &by(Filter::All)[0];
        assert_eq!((first.name.as_str(), first.title.as_str(), first.lines), ("Jana Köhler", "T-shirt", 3));
        let buyer = world.buyer;
        let mut own = Vec::new();
        while own.len() % 3 == 0 {
            let after = own.last().copied();
            let page = store.read_as_blocking(buyer_of(buyer), move |db| of_buyer(db, buyer, after, 3)).unwrap();
            own.extend(page.rows.iter().map(|row| row.id));
        }
        assert_eq!(own, orders, "what was bought as a guest with the account's address is the account's too");
        assert!(store.read_as_blocking(Actor::Guest, move |db| of_buyer(db, buyer, None, 10)).is_err());
        assert!(store.read_as_blocking(buyer_of(buyer), |db| list(db, Filter::All, None, 3)).is_err());
        let counts = store.read_blocking(counts).unwrap();
        assert_eq!((counts.waiting, counts.to_pack, counts.held), (1, 7, 0));
    });
}

#[test]
fn a_guests_order_is_shown_to_its_address_and_to_nobody_else() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let placed = paid_order(store, world, 1);
        let (order, number) = (placed.order, placed.number);
        let other = store.write_blocking(|tx| {
            let new = parties::Register {
                email: "jan@example.com".into(),
                password_hash: "$argon2id$none".into(),
                name: "Jan".into(),
                language: "en".parse()?,
                country: "DE".parse()?,
            };
            parties::register(tx, &new)
        });
        let other = other.unwrap();
        let opens = |actor| store.read_as_blocking(actor, move |db| reach_own(db, order)).is_ok();
        assert!(opens(buyer_of(world.buyer)) && !opens(buyer_of(other)) && !opens(Actor::Guest));
        assert!(!opens(seller_of(world.seller.organisation)), "a key or a seller is not the buyer");
        let listed = |who| {
            let read = move |db: &mut store::Read| of_buyer(db, who, None, 10);
            store.read_as_blocking(buyer_of(who), read).unwrap().rows.len()
        };
        assert_eq!((listed(world.buyer), listed(other)), (1, 0));
        // Bought with another account, an order is that account's, whatever address its news go to.
        let theirs = store.write_blocking(move |tx| place_as(tx, &world, 7, Some(other))).unwrap().order;
        assert_eq!((listed(world.buyer), listed(other)), (1, 1));
        let seen = store.read_as_blocking(buyer_of(world.buyer), move |db| reach_own(db, theirs)).unwrap_err();
        assert_eq!(seen.code, "order_unknown");

        let found = |number: &str, email: &'static str| {
            let number = number.to_lowercase();
            store.read_blocking(move |db| by_number_and_email(db, &number, email)).unwrap().map(|order| order.id)
        };
        assert_eq!(found(&number, " JANA@example.com"), Some(order));
        assert_eq!((found(&number, "jan@example.com"), found("EN-0000-0000", "jana@example.com")), (None, None));
    });
}

#[test]
fn a_seller_sees_own_consignments_by_their_clocks() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let seller = world.seller.organisation;
        let first = paid_order(store, world, 1).order;
        store.clock().advance_seconds(3600);
        let second = paid_order(store, world, 2).order;
        let [one, two] = [first, second].map(|order| whole_of(store, order).consignments[1].clone());
        let actor = seller_of(seller);
        let urgent = store.read_as_blocking(actor, move |db| to_ship(db, seller, None, 1)).unwrap();
        assert_eq!(urgent.rows[0].id, one.id);
        let next = urgent.next;
        let rest = store.read_as_blocking(actor, move |db| to_ship(db, seller, next, 5)).unwrap();
        assert_eq!(rest.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [two.id]);
        let row = &rest.rows[0];
        assert_eq!((row.buyer.as_str(), row.city.as_str(), row.lines, row.pieces), ("Jana K.", "Berlin", 2, 5));
        assert_eq!(row.payout, eur(7500 - 600 - 114));

        store.write_blocking(move |tx| pack(tx, one.id).and_then(|_| hand_over(tx, one.id))).unwrap();
        tell(store, one.id, EventKind::Departed, 1).unwrap();
        let counts = store.read_as_blocking(actor, move |db| seller_counts(db, seller)).unwrap();
        assert_eq!((counts.to_pack, counts.underway), (1, 1));
        let filter = SellerFilter::State(State::InTransit);
        let moving = store.read_as_blocking(actor, move |db| of_organisation(db, seller, filter, None, 9)).unwrap();
        assert_eq!(moving.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [one.id]);
        let all = store.read_as_blocking(actor, move |db| of_organisation(db, seller, SellerFilter::All, None, 9));
        assert_eq!(all.unwrap().rows.iter().map(|row| row.id).collect::<Vec<_>>(), [two.id, one.id]);

        let other = seller_of(world.house.organisation);
        assert!(store.read_as_blocking(other, move |db| seller_counts(db, seller)).is_err());
        assert!(store.read_as_blocking(other, move |db| to_ship(db, seller, None, 1)).is_err());
        assert!(
            store.read_as_blocking(other, move |db| of_organisation(db, seller, SellerFilter::All, None, 1)).is_err()
        );

        store.clock().advance_seconds(40 * 3600 + 1);
        let overdue = store.read_blocking(|db| late(db, 10)).unwrap();
        let mut late: Vec<_> = overdue.iter().map(|row| row.id).collect();
        late.sort();
        let mut expected =
            vec![whole_of(store, first).consignments[0].id, whole_of(store, second).consignments[0].id, two.id];
        expected.sort();
        assert_eq!(late, expected);
    });
}

#[test]
fn orders_are_found_by_email_name_and_day() {
    store::testing::each(schemas(), |store| {
        let world = world(store);
        let old = paid_order(store, world, 1).order;
        store.clock().advance_seconds(3 * 86_400);
        let new = paid_order(store, world, 2).order;
        let today = store.clock().now().date();
        let email = store.read_blocking(move |db| find(db, new)).unwrap().email;
        let found = |which: Which, from, to| {
            let asked = Search { which, from, to };
            let page = store.read_blocking(move |db| search(db, &asked, None, 9)).unwrap();
            page.rows.iter().map(|row| row.id).collect::<Vec<_>>()
        };
        assert_eq!(found(Which::Email(format!(" {} ", email.to_uppercase()), None), None, None), [new, old]);
        assert_eq!(found(Which::Email("nobody@example.com".into(), None), None, None), []);
        assert_eq!(found(Which::Name("jana  KÖHLER".into()), None, None), [new, old]);
        assert_eq!(found(Which::Name("jana".into()), None, None), []);
        assert_eq!(found(Which::In(Filter::All), Some(today), None), [new]);
        let yesterday = today.yesterday().unwrap();
        assert_eq!(found(Which::In(Filter::Payment(Payment::Paid)), None, Some(yesterday)), [old]);
        assert_eq!(found(Which::Email(email, None), Some(today), Some(today)), [new]);
        let asked = Search { which: Which::In(Filter::All), from: None, to: None };
        let denied = store.read_as_blocking(Actor::Guest, move |db| search(db, &asked, None, 9));
        assert_eq!(denied.unwrap_err().kind, base::Kind::Unauthenticated);
    });
}
