//! The way of an order, from placing to its end.

use super::fixture::*;
use base::{Actor, Money};
use logistics::EventKind;
use orders::*;
use store::events_of;

fn kinds(shop: &Shop, subject: i64) -> Vec<String> {
    let events = shop.read(move |db| events_of(db, subject, 0, 100));
    events.into_iter().map(|event| event.kind).collect()
}

#[test]
fn an_order_goes_its_whole_way() {
    each(|shop| {
        let placed = paid_order(shop, 500);
        let order = placed.order;
        let whole = shop.whole(order);
        assert_eq!((whole.order.payment, whole.order.fulfilment), (Payment::Paid, Fulfilment::ToPack));
        assert_eq!((whole.order.settlement, whole.order.customs), (Settlement::Escrow, Customs::Pending));
        assert_eq!(whole.order.escrow(), placed.total);
        let [house, loom] = [whole.consignments[0].clone(), whole.consignments[1].clone()];
        assert_eq!((house.customs, loom.customs), (Customs::None, Customs::Pending));
        assert_eq!(loom.ship_by, Some(whole.order.paid_at.unwrap().plus_hours(40)));

        let packed = shop.try_write(staff(loom.organisation), move |tx| pack(tx, loom.id)).unwrap().packed().unwrap();
        assert!(packed.tracking.ends_with("CN") && !packed.again, "{}", packed.tracking);
        let again = shop.write(move |tx| pack(tx, loom.id)).packed().unwrap();
        assert_eq!((again.parcel, again.again), (packed.parcel, true));
        assert_eq!(shop.whole(order).order.fulfilment, Fulfilment::ToPack, "the slowest counts");
        shop.pack(house.id).unwrap();
        assert_eq!(shop.whole(order).order.fulfilment, Fulfilment::Packed);

        assert!(shop.try_write(staff(loom.organisation), move |tx| hand_over(tx, loom.id)).unwrap());
        assert!(!shop.write(move |tx| hand_over(tx, loom.id)), "twice is once");
        shop.write(move |tx| hand_over(tx, house.id));
        assert_eq!(shelf(shop), (995, 0), "five shirts have left the shelf and nothing is held");

        for (number, kind) in [EventKind::Accepted, EventKind::ExportReleased, EventKind::ImportHeld].iter().enumerate()
        {
            tell(shop, loom.id, *kind, number as i64).unwrap();
        }
        let held = shop.whole(order);
        assert_eq!((held.order.customs, held.consignments[1].state), (Customs::Held, State::InTransit));
        tell(shop, loom.id, EventKind::ImportReleased, 4).unwrap();
        tell(shop, loom.id, EventKind::Delivered, 5).unwrap();
        assert_eq!(shop.whole(order).order.fulfilment, Fulfilment::Underway, "one of two is delivered");
        let moved = tell(shop, house.id, EventKind::Delivered, 60).unwrap();
        assert_eq!(moved.fulfilment, Fulfilment::Delivered);
        let delivered = shop.whole(order);
        let until = delivered.consignments[0].accept_until.unwrap();
        assert_eq!(until, shop.store.clock().now().plus_minutes(60).plus_days(7));
        assert_eq!(delivered.order.customs, Customs::Released);

        let by_window = |id| shop.write(move |tx| complete(tx, id, By::Window));
        assert_eq!(by_window(house.id), Completed::NotYet);
        let first = delivered.consignments[1].accept_until.unwrap();
        assert!(first < until, "each has its own window");
        shop.store.clock().set(first);
        assert_eq!((by_window(house.id), by_window(loom.id)), (Completed::NotYet, Completed::Now));
        let half = shop.whole(order);
        assert_eq!((half.order.fulfilment, half.order.completed_at), (Fulfilment::Delivered, None));
        assert_eq!(half.consignments[1].completed_at, Some(first), "the fast seller does not wait for the slow one");
        shop.store.clock().set(until);
        assert_eq!((by_window(house.id), by_window(house.id)), (Completed::Now, Completed::Before));
        assert_eq!(by_window(loom.id), Completed::Before);
        let done = shop.whole(order);
        assert_eq!((done.order.fulfilment, done.order.completed_at), (Fulfilment::Completed, Some(until)));
        assert!(done.consignments.iter().all(|one| one.state == State::Completed));
        assert_eq!(kinds(shop, order.raw()), ["order.placed", "order.paid", "order.completed"]);
        let of_loom = kinds(shop, loom.id.raw());
        assert_eq!(of_loom[..2], ["consignment.packed", "consignment.handed_over"]);
        assert_eq!(of_loom.iter().filter(|kind| *kind == "consignment.held").count(), 1);
        assert_eq!(of_loom.iter().filter(|kind| *kind == "consignment.delivered").count(), 1);
    });
}

#[test]
fn totals_are_the_sums_of_stored_lines_and_the_split_is_exact() {
    each(|shop| {
        let placed = paid_order(shop, 500);
        let whole = shop.whole(placed.order);
        let lines = Money::sum(EUR, whole.lines.iter().map(|line| line.total)).unwrap();
        let consignments = Money::sum(EUR, whole.consignments.iter().map(|one| one.total)).unwrap();
        assert_eq!((lines, consignments), (placed.total, placed.total));
        for one in &whole.consignments {
            assert_eq!(one.landed_cost().unwrap().total, one.total);
        }
        let shares = split(&whole).unwrap();
        assert_eq!(Money::sum(EUR, shares.iter().map(|share| share.amount)).unwrap(), placed.total);
        let sum = |what: &str| -> i64 {
            shares.iter().filter(|share| share.what == what).map(|share| share.amount.minor).sum()
        };
        // 2 and 3 shirts at 15.00: 8 % is 2.40 and 3.60, 19 % on that 0.46 and 0.68.
        assert_eq!((sum("sales"), sum("commission"), sum("commission_tax")), (4000, 600, 114));
        assert_eq!(sum("goods"), 7500 - 600 - 114);
        assert_eq!(sum("shipping"), 2 * 701);
        assert_eq!(sum("duty"), 300, "the EU's flat 3 EUR a tariff line since 2026-07-01");
        let tax = shares.iter().find(|share| share.what == "tax" && share.scheme.contains("IOSS")).unwrap();
        assert_eq!(tax.payee, Payee::Authority("DE".into()));
        assert!(tax.account.code.starts_with("tax:DE:"), "{}", tax.account.code);
    });
}

#[test]
fn the_anatomy_shows_roles_forecast_and_trail() {
    each(|shop| {
        let order = paid_order(shop, 500).order;
        let seen = shop.read(move |db| anatomy(db, order));
        assert!(seen.forecast);
        assert_eq!(seen.roles.len(), 3);
        assert_eq!(seen.roles[0].merchant_of_record, terms::Party::Platform);
        assert_eq!(seen.roles[0].importer_of_record, None, "Łódź to Berlin crosses no border");
        assert_eq!(seen.roles[1].merchant_of_record, terms::Party::Seller);
        assert_eq!(seen.roles[1].importer_of_record, Some(terms::Party::Platform));
        assert_eq!(seen.landed.len(), 2);
        let kinds: Vec<&str> = seen.events.iter().map(|event| event.kind.as_str()).collect();
        assert_eq!(kinds, ["order.placed", "order.paid"]);
        let stranger = shop.try_read(Actor::Guest, move |db| anatomy(db, order).map(|_| ()));
        assert_eq!(stranger.unwrap_err().kind, base::Kind::Unauthenticated);
    });
}

#[test]
fn a_lost_parcel_is_written_off_and_the_rest_completes() {
    each(|shop| {
        let order = paid_order(shop, 500).order;
        let whole = shop.whole(order);
        let [house, loom] = [whole.consignments[0].id, whole.consignments[1].id];
        for id in [house, loom] {
            sent(shop, id);
        }
        tell(shop, house, EventKind::Delivered, 1).unwrap();
        tell(shop, loom, EventKind::Lost, 2).unwrap();
        assert_eq!(shop.whole(order).order.fulfilment, Fulfilment::Exception);
        let lost = shop.parcels_of(loom).remove(0).id;
        let done = shop.write(move |tx| write_off(tx, lost));
        assert_eq!((done.parcel.id, done.parcel.pieces(), done.over), (lost, 5, true));
        let rest = shop.whole(order);
        assert_eq!(rest.order.fulfilment, Fulfilment::Delivered);
        let shares = split(&rest).unwrap();
        let sum = Money::sum(EUR, shares.iter().map(|share| share.amount)).unwrap();
        assert_eq!(sum, whole.consignments[0].total, "what was written off is shared out to nobody");
        shop.write(move |tx| complete(tx, house, By::Buyer));
        assert_eq!(shop.whole(order).order.fulfilment, Fulfilment::Completed);
    });
}

#[test]
fn what_is_given_up_last_ends_an_order_that_is_accepted() {
    each(|shop| {
        let order = paid_order(shop, 500).order;
        let [house, loom] = [0, 1].map(|at| shop.whole(order).consignments[at].id);
        for id in [house, loom] {
            sent(shop, id);
        }
        let none = shop.store.write_blocking(move |tx| delivered(tx, order)).unwrap_err();
        assert_eq!(none.code, "not_delivered");
        tell(shop, house, EventKind::Delivered, 1).unwrap();
        assert_eq!(shop.write(move |tx| delivered(tx, order)), [house]);
        shop.write(move |tx| complete(tx, house, By::Buyer));
        let half = shop.whole(order).order;
        assert_eq!((half.fulfilment, half.completed_at), (Fulfilment::Underway, None));
        assert_eq!(half.settlement, Settlement::Escrow);
        tell(shop, loom, EventKind::Lost, 2).unwrap();
        let lost = shop.parcels_of(loom).remove(0).id;
        shop.write(move |tx| write_off(tx, lost).map(drop));
        let done = shop.whole(order).order;
        assert_eq!((done.fulfilment, done.completed_at), (Fulfilment::Completed, Some(shop.store.clock().now())));
        assert_eq!(done.settlement, Settlement::Split);
        assert_eq!(kinds(shop, order.raw()), ["order.placed", "order.paid", "order.completed"]);
    });
}

#[test]
fn the_carrier_may_know_before_we_do() {
    each(|shop| {
        let order = paid_order(shop, 500).order;
        let loom = shop.whole(order).consignments[1].id;
        shop.pack(loom).unwrap();
        tell(shop, loom, EventKind::Departed, 1).unwrap();
        let whole = shop.whole(order);
        assert_eq!(whole.consignments[1].state, State::InTransit);
        assert!(whole.consignments[1].handed_over_at.is_some());
        assert_eq!(shelf(shop), (995, 0));
    });
}

#[test]
fn an_order_of_the_built_in_carrier_arrives_by_its_jobs_alone() {
    each(|shop| {
        let order = paid_order(shop, 500).order;
        for one in shop.whole(order).consignments {
            shop.write(move |tx| {
                let packed = pack(tx, one.id)?.packed().unwrap();
                logistics::set_fate(tx, packed.parcel, logistics::Fate::Smooth)?;
                hand_over(tx, one.id)
            });
        }
        for _ in 0..60 {
            shop.pass(1);
            shop.write(|tx| {
                let now = tx.now();
                for job in store::claim(tx, now, 100, 60)? {
                    if job.kind == logistics::carrier::MOVE.kind {
                        let parcel = base::Id::from_raw(job.subject);
                        logistics::move_on(tx, parcel, |tx, event| journey(tx, event).map(|_| ()))?;
                    }
                    store::done(tx, &job)?;
                }
                Ok(())
            });
        }
        let arrived = shop.whole(order);
        assert!(arrived.consignments.iter().all(|one| one.state == State::Delivered), "{:?}", arrived.consignments);
        assert_eq!(arrived.order.customs, Customs::Released);
    });
}
