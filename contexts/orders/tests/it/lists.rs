//! Lists, their filters, cursors and counts.

use super::fixture::*;
use base::{Actor, Id};
use logistics::EventKind;
use orders::*;

#[test]
fn pages_run_newest_first_without_gaps() {
    each(|shop| {
        let mut orders: Vec<Id<Order>> = (0..7).map(|cart| paid_order(shop, 10 * cart + 1).order).collect();
        let open = placed_by(shop, 999, shop.buyer).order;
        orders.push(open);
        orders.reverse();
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let page = shop.read(move |db| list(db, Filter::All, after, 3));
            seen.extend(page.rows.iter().map(|row| row.id));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, orders);
        let by = |filter| shop.read(move |db| list(db, filter, None, 50)).rows;
        assert_eq!(by(Filter::Payment(Payment::Pending)).iter().map(|row| row.id).collect::<Vec<_>>(), [open]);
        assert_eq!(by(Filter::Fulfilment(Fulfilment::ToPack)).len(), 7);
        assert_eq!(by(Filter::Customs(Customs::Pending)).len(), 8);
        assert_eq!(by(Filter::Customs(Customs::Held)).len(), 0);
        assert_eq!(by(Filter::Dispute(Dispute::Open)).len(), 0);
        assert_eq!(by(Filter::Settlement(Settlement::Escrow)).len(), 7);
        let first = &by(Filter::All)[0];
        assert_eq!((first.name.as_str(), first.title.as_str(), first.lines), ("Jana Köhler", "A lamp", 3));
        let jana = shop.buyer;
        let mut own = Vec::new();
        while own.len() % 3 == 0 {
            let after = own.last().copied();
            let page = shop.try_read(buyer(jana), move |db| of_buyer(db, jana, after, 3)).unwrap();
            own.extend(page.rows.iter().map(|row| row.id));
        }
        assert_eq!(own, orders, "what was bought as a guest with the account's address is the account's too");
        assert!(shop.try_read(Actor::Guest, move |db| of_buyer(db, jana, None, 10)).is_err());
        assert!(shop.try_read(buyer(jana), |db| list(db, Filter::All, None, 3)).is_err());
        let counts = shop.read(counts);
        assert_eq!((counts.waiting, counts.to_pack, counts.held), (1, 7, 0));
    });
}

#[test]
fn a_guests_order_is_shown_to_its_address_and_to_nobody_else() {
    each(|shop| {
        let placed = paid_order(shop, 1);
        let (order, number) = (placed.order, placed.number);
        let other = shop.store.write_blocking(|tx| {
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
        let opens = |actor| shop.try_read(actor, move |db| reach_own(db, order)).is_ok();
        assert!(opens(buyer(shop.buyer)) && !opens(buyer(other)) && !opens(Actor::Guest));
        assert!(!opens(staff(shop.loom.organisation)), "a key or a seller is not the buyer");
        let listed = |who| {
            let read = move |db: &mut store::Read| of_buyer(db, who, None, 10);
            shop.try_read(buyer(who), read).unwrap().rows.len()
        };
        assert_eq!((listed(shop.buyer), listed(other)), (1, 0));
        // Bought with another account, an order is that account's, whatever address its news go to.
        let theirs = placed_by(shop, 7, other).order;
        assert_eq!((listed(shop.buyer), listed(other)), (1, 1));
        let seen = shop.try_read(buyer(shop.buyer), move |db| reach_own(db, theirs)).unwrap_err();
        assert_eq!(seen.code, "order_unknown");

        let found = |number: &str, email: &'static str| {
            let number = number.to_lowercase();
            shop.read(move |db| by_number_and_email(db, &number, email)).map(|order| order.id)
        };
        assert_eq!(found(&number, " JANA@example.com"), Some(order));
        assert_eq!((found(&number, "jan@example.com"), found("EN-0000-0000", "jana@example.com")), (None, None));
    });
}

#[test]
fn a_seller_sees_own_consignments_by_their_clocks() {
    each(|shop| {
        let seller = shop.loom.organisation;
        let first = paid_order(shop, 1).order;
        shop.store.clock().advance_seconds(3600);
        let second = paid_order(shop, 2).order;
        let [one, two] = [first, second].map(|order| shop.whole(order).consignments[1].clone());
        let actor = staff(seller);
        let urgent = shop.try_read(actor, move |db| to_ship(db, seller, None, 1)).unwrap();
        assert_eq!(urgent.rows[0].id, one.id);
        let next = urgent.next;
        let rest = shop.try_read(actor, move |db| to_ship(db, seller, next, 5)).unwrap();
        assert_eq!(rest.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [two.id]);
        let row = &rest.rows[0];
        assert_eq!((row.buyer.as_str(), row.city.as_str(), row.lines, row.pieces), ("Jana K.", "Berlin", 2, 5));
        assert_eq!(row.payout, eur(7500 - 600 - 114));

        sent(shop, one.id);
        tell(shop, one.id, EventKind::Departed, 1).unwrap();
        let counts = shop.try_read(actor, move |db| seller_counts(db, seller)).unwrap();
        assert_eq!((counts.to_pack, counts.underway), (1, 1));
        let filter = SellerFilter::State(State::InTransit);
        let moving = shop.try_read(actor, move |db| of_organisation(db, seller, filter, None, 9)).unwrap();
        assert_eq!(moving.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [one.id]);
        let all = shop.try_read(actor, move |db| of_organisation(db, seller, SellerFilter::All, None, 9));
        assert_eq!(all.unwrap().rows.iter().map(|row| row.id).collect::<Vec<_>>(), [two.id, one.id]);

        let other = staff(shop.house.organisation);
        assert!(shop.try_read(other, move |db| seller_counts(db, seller)).is_err());
        assert!(shop.try_read(other, move |db| to_ship(db, seller, None, 1)).is_err());
        assert!(shop.try_read(other, move |db| of_organisation(db, seller, SellerFilter::All, None, 1)).is_err());

        shop.store.clock().advance_seconds(40 * 3600 + 1);
        let overdue = shop.read(|db| late(db, 10));
        let mut late: Vec<_> = overdue.iter().map(|row| row.id).collect();
        late.sort();
        let mut expected = vec![shop.whole(first).consignments[0].id, shop.whole(second).consignments[0].id, two.id];
        expected.sort();
        assert_eq!(late, expected);
    });
}

#[test]
fn orders_are_found_by_email_name_and_day() {
    each(|shop| {
        let old = paid_order(shop, 1).order;
        shop.pass(3);
        let new = paid_order(shop, 2).order;
        let today = shop.store.clock().now().date();
        let email = shop.read(move |db| find(db, new)).email;
        let found = |which: Which, from, to| {
            let asked = Search { which, from, to };
            let page = shop.read(move |db| search(db, &asked, None, 9));
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
        let denied = shop.try_read(Actor::Guest, move |db| search(db, &asked, None, 9));
        assert_eq!(denied.unwrap_err().kind, base::Kind::Unauthenticated);
    });
}
