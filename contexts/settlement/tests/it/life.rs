//! Whole orders: paid, split, paid out, called off, refunded; what the provider settles, who may see and move money.

use super::fixture::*;
use base::{Actor, Currency, Id, Money, Role};
use ledger::Account;
use logistics::EventKind;
use orders::{Completed, Order};
use payments::Settlement;
use settlement::*;
use shop_world::{Shop, wait};

fn seller_balance(shop: &Shop) -> (i64, i64, i64, i64) {
    let seller = shop.loom.organisation;
    let balances = shop.read(move |db| balance(db, seller));
    assert!(balances.len() <= 1);
    let minor = |money: fn(&Balance) -> Money| balances.first().map_or(0, |balance| money(balance).minor);
    (minor(|it| it.escrow), minor(|it| it.available), minor(|it| it.owed), minor(|it| it.paid_out))
}

#[test]
fn escrow_is_split_by_the_frozen_terms() {
    each(|shop| {
        let order = shop.sold();
        assert_eq!(shop.balance(Account::escrow(EUR)), 18_745);
        assert_eq!(seller_balance(shop), (8_572, 0, 0, 0));
        shop.deliver(order);
        assert_eq!(shop.confirm(order), Completed::Now);
        assert_eq!(shop.confirm(order), Completed::Before);
        assert_balances(
            shop,
            [
                (Account::escrow(EUR), 0),
                (Account::provider("sandbox", EUR), -18_745),
                (Account::income("sales", EUR), 3_000),
                (Account::seller(shop.loom.organisation.raw(), EUR), 8_572),
                (Account::income("commission", EUR), 1_200),
                (Account::commission_tax("IE", EUR), 228),
                (Account::carrier("Meridian Express", EUR), 500 + 800 + 300),
                (Account::duty("EU", "import", EUR), 1_200),
                (Account::tax("DE", "IOSS", EUR), 665 + 2_280),
            ],
        );
        assert_eq!(seller_balance(shop), (0, 8_572, 0, 0));
        let known = shop.order(order);
        assert_eq!((known.settlement, known.released), (orders::Settlement::Split, eur(18_745)));
        assert_sound(shop, &[order]);
    });
}

#[test]
fn a_seller_is_paid_out_when_the_terms_say() {
    each(|shop| {
        let order = shop.completed();
        let seller = shop.loom.organisation;
        assert_eq!(shop.pay_out(), vec![], "not before its day");
        shop.pass(7);
        let now = shop.store.clock().now();
        let jobs = shop.write(move |tx| store::claim(tx, now, 100, 60));
        assert!(jobs.iter().any(|job| job.kind == "payout.due" && job.subject == seller.raw()));
        assert_eq!(shop.pay_out(), vec![eur(8_572)]);
        assert_eq!(shop.pay_out(), vec![], "once");
        assert_eq!(shop.balance(Account::bank(EUR)), 8_572);
        assert_eq!(seller_balance(shop), (0, 0, 0, 8_572));
        assert_eq!(shop.order(order).settlement, orders::Settlement::PaidOut);
        let sent = shop.read(move |db| payouts(db, seller, None, 9));
        assert_eq!(sent.iter().map(|payout| payout.amount).collect::<Vec<_>>(), [eur(8_572)]);
        assert_sound(shop, &[order]);
    });
}

#[test]
fn calling_off_gives_everything_back_once() {
    each(|shop| {
        let order = shop.sold();
        let off = move |tx: &mut store::Tx| cancel(tx, order, "changed_mind");
        assert_eq!(shop.write(off), eur(18_745));
        assert_eq!(shop.write(off), eur(0));
        assert_eq!(shop.balance(Account::escrow(EUR)), 18_745, "asked for is not yet given");
        assert_eq!(shop.refund_all(order), 1);
        assert_eq!(shop.refund_all(order), 0);
        assert_eq!(shop.balance(Account::escrow(EUR)), 0);
        assert_eq!(shop.balance(Account::provider("sandbox", EUR)), 0);
        let known = shop.order(order);
        assert_eq!((known.payment, known.refunded), (orders::Payment::Refunded, eur(18_745)));
        assert_sound(shop, &[order]);
    });
}

fn part(order: Id<Order>, minor: i64, bearer: Bearer, key: &str) -> Refund {
    Refund { order, what: goodwill(minor, bearer), reason: "late".into(), key: key.into() }
}

#[test]
fn refunds_before_completion_are_taken_from_their_bearers_at_the_split() {
    each(|shop| {
        let order = shop.sold();
        let seller = Bearer::Seller(shop.loom.organisation);
        assert_eq!(shop.refund(&part(order, 1_000, seller, "a")).unwrap(), eur(1_000));
        assert_eq!(shop.refund(&part(order, 1_000, seller, "a")).unwrap(), eur(1_000));
        assert_eq!(shop.refund(&part(order, 999, seller, "a")).unwrap_err().code, "idempotency_key_reused");
        shop.refund(&part(order, 45, Bearer::Platform, "b")).unwrap();
        let much = part(order, 18_000, seller, "c");
        assert_eq!(shop.refund(&much).unwrap_err().code, "refund_exceeds_payment");
        assert_eq!(shop.refund_all(order), 2);
        shop.deliver(order);
        // A third one is still on its way when the escrow is split.
        shop.refund(&part(order, 100, Bearer::Platform, "d")).unwrap();
        shop.confirm(order);
        assert_eq!(shop.balance(Account::escrow(EUR)), 100);
        assert_eq!(shop.refund_all(order), 1);
        assert_eq!(shop.balance(Account::escrow(EUR)), 0);
        // The house's parcel was first, and the seller had earned nothing yet.
        assert_eq!(shop.debt(EUR), 1_000);
        assert_eq!(shop.earned(EUR), 8_572);
        assert_eq!(shop.balance(Account::expense("goodwill", EUR)), -145);
        assert_eq!(shop.balance(Account::income("commission", EUR)), 1_200, "frozen at sale");
        assert_sound(shop, &[order]);
    });
}

#[test]
fn a_refund_that_came_back_is_sent_again_and_borne_once() {
    each(|shop| {
        let order = shop.completed();
        let first = part(order, 1_000, Bearer::Seller(shop.loom.organisation), "a");
        shop.refund(&first).unwrap();
        assert_eq!(shop.refund_all(order), 1);
        let failed = shop.read(move |db| payments::refunds(db, order.raw()))[0].id;
        let outcome = payments::RefundOutcome::Failed { code: "account_closed".into() };
        let news = payments::RecordRefund { refund: failed, outcome, notice: Some("n1".into()) };
        shop.write(move |tx| orders::money::record_refund(tx, &news).map(drop));
        assert_eq!(shop.balance(Account::escrow(EUR)), 1_000);
        let second = part(order, 1_000, Bearer::Seller(shop.loom.organisation), "b");
        assert_eq!(shop.refund(&second).unwrap_err().code, "refund_stranded");
        assert_eq!(shop.refund(&first).unwrap(), eur(1_000), "the first is what it was");
        for _ in 0..2 {
            shop.write(move |tx| refund_again(tx, order, failed));
        }
        assert_eq!(shop.refund_all(order), 1);
        assert_eq!(shop.balance(Account::escrow(EUR)), 0);
        assert_eq!(shop.earned(EUR), 8_572 - 1_000, "it paid once");
        assert_eq!(shop.refund(&second).unwrap(), eur(1_000), "now another one may go");
    });
}

#[test]
fn a_refund_after_completion_is_a_new_posting() {
    each(|shop| {
        let order = shop.completed();
        let consignment = shop.of_loom(order);
        let wish = Refund { order, what: What::Consignment(consignment), reason: "returned".into(), key: "r".into() };
        assert_eq!(shop.refund(&wish).unwrap(), eur(14_580));
        assert_eq!(shop.refund(&wish).unwrap(), eur(14_580));
        let again = Refund { key: "s".into(), ..wish };
        assert_eq!(shop.refund(&again).unwrap_err().code, "already_refunded");
        assert_eq!(shop.refund_all(order), 1);
        assert_balances(
            shop,
            [
                (Account::escrow(EUR), 0),
                (Account::seller(shop.loom.organisation.raw(), EUR), 0),
                (Account::income("commission", EUR), 0),
                (Account::commission_tax("IE", EUR), 0),
                (Account::duty("EU", "import", EUR), 0),
                (Account::tax("DE", "IOSS", EUR), 665),
                (Account::income("sales", EUR), 3_000),
                (Account::carrier("Meridian Express", EUR), 1_600),
                (Account::expense("returns", EUR), -1_100),
                (Account::provider("sandbox", EUR), -4_165),
            ],
        );
        let kinds = shop.read(move |db| ledger::transfers(db, ledger::Of::Subject(order.raw()), None, 99));
        assert!(kinds.iter().any(|row| row.kind == "order.refund"), "nothing was rewritten");
        assert_sound(shop, &[order]);
    });
}

#[test]
fn what_a_seller_cannot_bear_is_owed_and_paid_first() {
    each(|shop| {
        let first = shop.completed();
        shop.pass(7);
        shop.pay_out();
        shop.refund(&part(first, 2_000, Bearer::Seller(shop.loom.organisation), "a")).unwrap();
        shop.refund_all(first);
        assert_eq!(seller_balance(shop), (0, 0, 2_000, 8_572));
        assert_eq!(shop.pay_out(), vec![]);
        let second = shop.completed();
        shop.pass(7);
        assert_eq!(shop.pay_out(), vec![eur(6_572)]);
        assert_eq!(seller_balance(shop), (0, 0, 0, 15_144));
        assert_eq!(shop.debt(EUR), 0);
        assert_sound(shop, &[first, second]);
    });
}

#[test]
fn a_lost_parcel_is_paid_back_and_nobody_earns_by_it() {
    each(|shop| {
        let order = shop.sold();
        let lost = shop.of_loom(order);
        shop.report(order, |id| if id == lost { EventKind::Lost } else { EventKind::Delivered });
        assert_eq!(give_up(shop, lost).unwrap(), eur(14_580));
        assert_eq!(shop.confirm(order), Completed::Now);
        assert_eq!(shop.refund_all(order), 1);
        assert_eq!(shop.balance(Account::escrow(EUR)), 0);
        assert_eq!(shop.earned(EUR), 0);
        assert_eq!(shop.balance(Account::income("sales", EUR)), 3_000);
        assert_eq!(shop.order(order).settlement, orders::Settlement::PaidOut);
        assert_sound(shop, &[order]);
    });
}

#[test]
fn the_provider_settles_once_and_its_fee_stands_apart() {
    each(|shop| {
        let order = shop.sold();
        let line = |gross, fee, reference: &str| Settlement {
            reference: reference.into(),
            gross: eur(gross),
            fee: eur(fee),
            at: shop.store.clock().now(),
        };
        let book = |line: Settlement| shop.store.write_blocking(move |tx| provider_settled(tx, "sandbox", &line));
        assert!(book(line(18_745, 300, "p1")).unwrap());
        assert!(!book(line(18_745, 300, "p1")).unwrap());
        assert_eq!(book(line(18_745, 299, "p1")).unwrap_err().code, "idempotency_key_reused");
        for wrong in [line(10, -1, "p2"), line(10, 1, " ")] {
            assert_eq!(book(wrong).unwrap_err().code, "invalid");
        }
        assert_eq!(shop.balance(Account::provider("sandbox", EUR)), 0);
        assert_eq!(shop.balance(Account::bank(EUR)), -18_445);
        assert_eq!(shop.balance(Account::expense("provider_fees", EUR)), -300);
        // A day of refunds only: the provider takes them, and a fee, from the bank.
        assert!(book(line(-1_000, 25, "p2")).unwrap());
        assert!(book(line(0, 0, "p3")).unwrap());
        assert_eq!(shop.balance(Account::provider("sandbox", EUR)), -1_000, "it took what was never refunded");
        assert_eq!(shop.balance(Account::bank(EUR)), -17_420);
        assert_eq!(shop.balance(Account::expense("provider_fees", EUR)), -325);
        let booked = shop.read(|db| provider_settlements(db, None, 10));
        let references: Vec<&str> = booked.iter().map(|one| one.told.reference.as_str()).collect();
        assert_eq!(references, ["p3", "p2", "p1"]);
        assert_sound(shop, &[order]);
    });
}

#[test]
fn the_receivable_reaches_the_bank_two_days_later_and_the_job_rests_after_a_quiet_month() {
    each(|shop| {
        let order = shop.sold();
        let sandbox = payments::sandbox::Sandbox::new(&shop.store).unwrap();
        let settle = || wait(settle_provider(&sandbox, &shop.store)).unwrap();
        let jobs = || {
            let claimed = shop.write(|tx| store::claim(tx, tx.now().plus_days(2), 99, 1));
            claimed.iter().filter(|job| job.kind == SETTLE.kind).count()
        };
        assert_eq!(settle(), 0);
        assert_eq!(jobs(), 1, "the provider keeps something: ask again tomorrow");
        shop.write(|tx| tx.unschedule(SETTLE, 0));
        shop.pass(2);
        assert_eq!((settle(), settle()), (1, 0));
        assert_eq!(jobs(), 1, "what came and went on one day costs a fee that is told later");
        shop.write(|tx| tx.unschedule(SETTLE, 0));
        shop.pass(32);
        assert_eq!((settle(), jobs()), (0, 0));
        let fee = payments::sandbox::fee(eur(18_745)).unwrap().minor;
        assert_eq!(shop.balance(Account::provider("sandbox", EUR)), 0);
        assert_eq!(shop.balance(Account::bank(EUR)), fee - 18_745);
        assert_eq!(shop.balance(Account::expense("provider_fees", EUR)), -fee);
        assert_sound(shop, &[order]);
    });
}

#[test]
fn currencies_without_decimals_and_with_three_settle_alike() {
    each(|shop| {
        for code in ["JPY", "KWD"] {
            let currency: Currency = code.parse().unwrap();
            shop.completed_in(currency);
            assert_eq!(shop.balance(Account::escrow(currency)), 0);
            assert_eq!(shop.earned(currency), 8_572);
        }
        assert_eq!(shop.balance(Account::escrow(EUR)), 0);
    });
}

#[test]
fn the_statement_adds_up_and_is_a_spreadsheet() {
    each(|shop| {
        let order = shop.sold_as(EUR, |wish| {
            for line in &mut wish.consignments[1].lines {
                line.title = "=Shirt, \"Blue\"".into();
            }
        });
        shop.deliver(order);
        shop.confirm(order);
        shop.pass(7);
        let seller = shop.loom.organisation;
        shop.pay_out();
        let today = shop.store.clock().now().date();
        let start = base::time::parse_date("2026-11-01").unwrap();
        let rows = shop.read(move |db| statement(db, seller, (start, today), 0, 99));
        let nets: Vec<i64> = rows.iter().map(|row| row.net.minor).collect();
        assert_eq!(nets, [4_286, 4_286, -8_572]);
        assert!(rows.iter().all(|row| row.paid_out));
        let early = shop.read(move |db| statement(db, seller, (start, start), 0, 99));
        let ever = ["2020-01-01", "2100-12-31"].map(|day| base::time::parse_date(day).unwrap());
        let all = shop.read(move |db| statement(db, seller, ever.into(), 3168, 99));
        assert_eq!(all, rows, "days before the first id and after the last are days like any other");
        assert_eq!(early, vec![]);
        let paged = shop.read(move |db| statement(db, seller, (start, today), rows[0].id, 1));
        assert_eq!(paged.len(), 1);
        let whole = |limit: i64| {
            let (mut csv, mut after) = (STATEMENT_HEAD.to_owned(), 0);
            loop {
                let read = move |db: &mut store::Read| statement(db, seller, (start, today), after, limit);
                let rows = shop.read(read);
                csv.extend(rows.iter().map(statement_line));
                let Some(last) = rows.last() else { return csv };
                after = last.id;
            }
        };
        let csv = whole(500);
        assert!((1..4).all(|limit| whole(limit) == csv), "pages of any size make the same file");
        let lines: Vec<&str> = csv.split("\r\n").collect();
        assert_eq!(lines.len(), 5);
        assert!(lines[1].contains("\"'=Shirt, \"\"Blue\"\"\",EUR,50.00,6.00,1.14,42.86,"), "{}", lines[1]);
        assert!(lines[3].contains("payout,,\"\",EUR,-85.72,0.00,0.00,-85.72,"), "{}", lines[3]);
    });
}

#[test]
fn only_those_who_may_see_and_move_money_do() {
    each(|shop| {
        let order = shop.sold();
        let (seller, platform) = (shop.loom.organisation, shop.house.organisation);
        let person = |organisation: i64, role| Actor::Person { person: 5, organisation, role };
        let wish = part(order, 100, Bearer::Platform, "a");
        for role in [Role::Operations, Role::Service, Role::SellerOwner] {
            let wish = wish.clone();
            let outcome = shop.try_write(person(platform.raw(), role), move |tx| refund(tx, &wish));
            assert_eq!(outcome.unwrap_err().code, "denied");
            let outcome = shop.try_write(person(platform.raw(), role), move |tx| payout(tx, seller, EUR));
            assert_eq!(outcome.unwrap_err().code, "denied");
        }
        let finance = person(platform.raw(), Role::Finance);
        assert_eq!(shop.try_write(finance, move |tx| refund(tx, &wish)).unwrap(), eur(100));
        let read = |actor| shop.try_read(actor, move |db| balance(db, seller)).map(drop);
        assert!(read(person(seller.raw(), Role::SellerOwner)).is_ok());
        assert!(read(finance).is_ok());
        assert_eq!(read(person(seller.raw(), Role::SellerStaff)).unwrap_err().code, "denied");
        assert_eq!(read(person(99, Role::SellerOwner)).unwrap_err().code, "denied");
        let stranger = part(order, 100, Bearer::Seller(Id::from_raw(9)), "b");
        assert_eq!(shop.refund(&stranger).unwrap_err().fields[0].code, "not_in_order");
    });
}
