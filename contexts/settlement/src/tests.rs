//! Settlement through its public functions, on every engine: whole orders from placing to the bank.

mod exchange;
mod made_up;
mod parcels;
mod parts;
mod payable;
mod refunds;
mod supply;
mod take_out;
mod world;

use crate::*;
use base::{Actor, Currency, Id, Money, Role};
use ledger::Account;
use orders::{Completed, Order};
use payments::Settlement;
use std::collections::BTreeMap;
use store::Store;
use store::testing::each;
use world::{SCHEMAS, World, wait, world};

const EUR: Currency = Currency::EUR;

fn eur(minor: i64) -> Money {
    Money::new(minor, EUR)
}

fn of(store: &Store, account: Account) -> i64 {
    store.read_blocking(move |db| ledger::balance(db, &account)).unwrap()
}

fn completed(store: &Store, order: Id<Order>) -> Completed {
    store.write_blocking(move |tx| complete_delivered(tx, order)).unwrap()
}

/// Gives up the newest parcel of a consignment.
fn give_up(store: &Store, of: Id<orders::Consignment>) -> base::Result<Money> {
    store.write_blocking(move |tx| {
        let order = orders::consignment(tx, of)?.order;
        let newest = orders::parcels(tx, order)?.into_iter().rfind(|one| one.consignment == of).unwrap();
        write_off(tx, newest.id)
    })
}

fn head(store: &Store, order: Id<Order>) -> Order {
    store.read_blocking(move |db| orders::find(db, order)).unwrap()
}

fn seller_balance(store: &Store, world: &World) -> (i64, i64, i64, i64) {
    let seller = world.seller;
    let balances = store.read_blocking(move |db| balance(db, seller)).unwrap();
    assert!(balances.len() <= 1);
    let minor = |money: fn(&Balance) -> Money| balances.first().map_or(0, |balance| money(balance).minor);
    (minor(|it| it.escrow), minor(|it| it.available), minor(|it| it.owed), minor(|it| it.paid_out))
}

/// What must hold after every step: the ledger sums to zero, the order's own sums are the ledger's, and a seller's entries
/// are what the ledger says is the seller's.
fn assert_sound(store: &Store, world: &World, orders: &[Id<Order>]) {
    let rows = store.read_blocking(ledger::trial_balance).unwrap();
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for row in rows {
        *sums.entry(row.unit).or_default() += row.debit - row.credit;
    }
    assert!(sums.values().all(|sum| *sum == 0), "{sums:?}");
    for id in orders.iter().copied() {
        let order = head(store, id);
        let escrow = Account::escrow(order.currency);
        let lying = store.read_blocking(move |db| ledger::sum(db, &escrow, id.raw())).unwrap();
        assert_eq!(order.escrow().minor, lying, "escrow of {}", order.number);
        let seller = world.seller;
        let day = store.clock().now().plus_days(1).date();
        let standing = store.read_blocking(move |db| opening(db, seller, day)).unwrap();
        let net = store
            .read_blocking(move |db| {
                let days = (base::time::parse_date("2026-01-01")?, day);
                statement(db, seller, days, 0, 1000)
            })
            .unwrap()
            .iter()
            .filter(|row| row.net.currency == order.currency)
            .map(|row| row.net.minor)
            .sum::<i64>();
        let ours = standing.iter().find(|money| money.currency == order.currency).map_or(0, |money| money.minor);
        assert_eq!(net, ours, "the entries are the ledger's");
    }
}

#[test]
fn escrow_is_split_by_the_frozen_terms() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        assert_eq!(of(store, Account::escrow(EUR)), 18_745);
        assert_eq!(seller_balance(store, &world), (8_572, 0, 0, 0));
        world.deliver(store, order);
        assert_eq!(completed(store, order), Completed::Now);
        assert_eq!(completed(store, order), Completed::Before);
        for (account, minor) in [
            (Account::escrow(EUR), 0),
            (Account::provider("sandbox", EUR), -18_745),
            (Account::income("sales", EUR), 3_000),
            (Account::seller(world.seller.raw(), EUR), 8_572),
            (Account::income("commission", EUR), 1_200),
            (Account::commission_tax("IE", EUR), 228),
            (Account::carrier("Meridian Express", EUR), 500 + 800 + 300),
            (Account::duty("EU", "import", EUR), 1_200),
            (Account::tax("DE", "IOSS", EUR), 665 + 2_280),
        ] {
            assert_eq!(of(store, account.clone()), minor, "{}", account.code);
        }
        assert_eq!(seller_balance(store, &world), (0, 8_572, 0, 0));
        let known = head(store, order);
        assert_eq!((known.settlement, known.released), (orders::Settlement::Split, eur(18_745)));
        assert_sound(store, &world, &[order]);
    });
}

#[test]
fn a_seller_is_paid_out_when_the_terms_say() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.completed(store, 1);
        let seller = world.seller;
        let due = move |tx: &mut store::Tx| pay_out_due(tx, seller);
        assert_eq!(store.write_blocking(due).unwrap(), vec![], "not before its day");
        store.clock().advance_seconds(7 * 86_400);
        let now = store.clock().now();
        let jobs = store.write_blocking(move |tx| store::claim(tx, now, 100, 60)).unwrap();
        assert!(jobs.iter().any(|job| job.kind == "payout.due" && job.subject == seller.raw()));
        assert_eq!(store.write_blocking(due).unwrap(), vec![eur(8_572)]);
        assert_eq!(store.write_blocking(due).unwrap(), vec![], "once");
        assert_eq!(of(store, Account::bank(EUR)), 8_572);
        assert_eq!(seller_balance(store, &world), (0, 0, 0, 8_572));
        assert_eq!(head(store, order).settlement, orders::Settlement::PaidOut);
        let sent = store.read_blocking(move |db| payouts(db, seller, None, 9)).unwrap();
        assert_eq!(sent.iter().map(|payout| payout.amount).collect::<Vec<_>>(), [eur(8_572)]);
        assert_sound(store, &world, &[order]);
    });
}

#[test]
fn calling_off_gives_everything_back_once() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let off = move |tx: &mut store::Tx| cancel(tx, order, "changed_mind");
        assert_eq!(store.write_blocking(off).unwrap(), eur(18_745));
        assert_eq!(store.write_blocking(off).unwrap(), eur(0));
        assert_eq!(of(store, Account::escrow(EUR)), 18_745, "asked for is not yet given");
        assert_eq!(world.refund_all(store, order), 1);
        assert_eq!(world.refund_all(store, order), 0);
        assert_eq!(of(store, Account::escrow(EUR)), 0);
        assert_eq!(of(store, Account::provider("sandbox", EUR)), 0);
        let known = head(store, order);
        assert_eq!((known.payment, known.refunded), (orders::Payment::Refunded, eur(18_745)));
        assert_sound(store, &world, &[order]);
    });
}

fn part(order: Id<Order>, minor: i64, bearer: Bearer, key: &str) -> Refund {
    Refund { order, what: What::Goodwill { amount: eur(minor), bearer }, reason: "late".into(), key: key.into() }
}

fn refunding(store: &Store, wish: &Refund) -> base::Result<Money> {
    let wish = wish.clone();
    store.write_blocking(move |tx| refund(tx, &wish))
}

#[test]
fn refunds_before_completion_are_taken_from_their_bearers_at_the_split() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let seller = Bearer::Seller(world.seller);
        assert_eq!(refunding(store, &part(order, 1_000, seller, "a")).unwrap(), eur(1_000));
        assert_eq!(refunding(store, &part(order, 1_000, seller, "a")).unwrap(), eur(1_000));
        assert_eq!(refunding(store, &part(order, 999, seller, "a")).unwrap_err().code, "idempotency_key_reused");
        refunding(store, &part(order, 45, Bearer::Platform, "b")).unwrap();
        let much = part(order, 18_000, seller, "c");
        assert_eq!(refunding(store, &much).unwrap_err().code, "refund_exceeds_payment");
        assert_eq!(world.refund_all(store, order), 2);
        world.deliver(store, order);
        // A third one is still on its way when the escrow is split.
        refunding(store, &part(order, 100, Bearer::Platform, "d")).unwrap();
        completed(store, order);
        assert_eq!(of(store, Account::escrow(EUR)), 100);
        assert_eq!(world.refund_all(store, order), 1);
        assert_eq!(of(store, Account::escrow(EUR)), 0);
        // The house's parcel was first, and the seller had earned nothing yet.
        assert_eq!(of(store, Account::debt(world.seller.raw(), EUR)), -1_000);
        assert_eq!(of(store, Account::seller(world.seller.raw(), EUR)), 8_572);
        assert_eq!(of(store, Account::expense("goodwill", EUR)), -145);
        assert_eq!(of(store, Account::income("commission", EUR)), 1_200, "frozen at sale");
        assert_sound(store, &world, &[order]);
    });
}

#[test]
fn a_refund_that_came_back_is_sent_again_and_borne_once() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.completed(store, 1);
        let first = part(order, 1_000, Bearer::Seller(world.seller), "a");
        refunding(store, &first).unwrap();
        assert_eq!(world.refund_all(store, order), 1);
        let failed = store.read_blocking(move |db| payments::refunds(db, order.raw())).unwrap()[0].id;
        let outcome = payments::RefundOutcome::Failed { code: "account_closed".into() };
        let news = payments::RecordRefund { refund: failed, outcome, notice: Some("n1".into()) };
        store.write_blocking(move |tx| orders::money::record_refund(tx, &news).map(drop)).unwrap();
        assert_eq!(of(store, Account::escrow(EUR)), 1_000);
        let second = part(order, 1_000, Bearer::Seller(world.seller), "b");
        assert_eq!(refunding(store, &second).unwrap_err().code, "refund_stranded");
        assert_eq!(refunding(store, &first).unwrap(), eur(1_000), "the first is what it was");
        for _ in 0..2 {
            store.write_blocking(move |tx| refund_again(tx, order, failed)).unwrap();
        }
        assert_eq!(world.refund_all(store, order), 1);
        assert_eq!(of(store, Account::escrow(EUR)), 0);
        assert_eq!(of(store, Account::seller(world.seller.raw(), EUR)), 8_572 - 1_000, "it paid once");
        assert_eq!(refunding(store, &second).unwrap(), eur(1_000), "now another one may go");
    });
}

#[test]
fn a_refund_after_completion_is_a_new_posting() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.completed(store, 1);
        let consignment = world.of_seller(store, order);
        let wish = Refund { order, what: What::Consignment(consignment), reason: "returned".into(), key: "r".into() };
        assert_eq!(refunding(store, &wish).unwrap(), eur(14_580));
        assert_eq!(refunding(store, &wish).unwrap(), eur(14_580));
        let again = Refund { key: "s".into(), ..wish };
        assert_eq!(refunding(store, &again).unwrap_err().code, "already_refunded");
        assert_eq!(world.refund_all(store, order), 1);
        for (account, minor) in [
            (Account::escrow(EUR), 0),
            (Account::seller(world.seller.raw(), EUR), 0),
            (Account::income("commission", EUR), 0),
            (Account::commission_tax("IE", EUR), 0),
            (Account::duty("EU", "import", EUR), 0),
            (Account::tax("DE", "IOSS", EUR), 665),
            (Account::income("sales", EUR), 3_000),
            (Account::carrier("Meridian Express", EUR), 1_600),
            (Account::expense("returns", EUR), -1_100),
            (Account::provider("sandbox", EUR), -4_165),
        ] {
            assert_eq!(of(store, account.clone()), minor, "{}", account.code);
        }
        let kinds = store.read_blocking(move |db| ledger::transfers(db, ledger::Of::Subject(order.raw()), None, 99));
        assert!(kinds.unwrap().iter().any(|row| row.kind == "order.refund"), "nothing was rewritten");
        assert_sound(store, &world, &[order]);
    });
}

#[test]
fn what_a_seller_cannot_bear_is_owed_and_paid_first() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let first = world.completed(store, 1);
        store.clock().advance_seconds(7 * 86_400);
        let seller = world.seller;
        store.write_blocking(move |tx| pay_out_due(tx, seller)).unwrap();
        refunding(store, &part(first, 2_000, Bearer::Seller(seller), "a")).unwrap();
        world.refund_all(store, first);
        assert_eq!(seller_balance(store, &world), (0, 0, 2_000, 8_572));
        assert_eq!(store.write_blocking(move |tx| pay_out_due(tx, seller)).unwrap(), vec![]);
        let second = world.completed(store, 2);
        store.clock().advance_seconds(7 * 86_400);
        assert_eq!(store.write_blocking(move |tx| pay_out_due(tx, seller)).unwrap(), vec![eur(6_572)]);
        assert_eq!(seller_balance(store, &world), (0, 0, 0, 15_144));
        assert_eq!(of(store, Account::debt(seller.raw(), EUR)), 0);
        assert_sound(store, &world, &[first, second]);
    });
}

#[test]
fn a_lost_parcel_is_paid_back_and_nobody_earns_by_it() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let lost = world.of_seller(store, order);
        world.report(store, order, |id| if id == lost { world::LOST } else { world::DELIVERED });
        assert_eq!(give_up(store, lost).unwrap(), eur(14_580));
        assert_eq!(completed(store, order), Completed::Now);
        assert_eq!(world.refund_all(store, order), 1);
        assert_eq!(of(store, Account::escrow(EUR)), 0);
        assert_eq!(of(store, Account::seller(world.seller.raw(), EUR)), 0);
        assert_eq!(of(store, Account::income("sales", EUR)), 3_000);
        assert_eq!(head(store, order).settlement, orders::Settlement::PaidOut);
        assert_sound(store, &world, &[order]);
    });
}

#[test]
fn the_provider_settles_once_and_its_fee_stands_apart() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let line = |gross, fee, reference: &str| Settlement {
            reference: reference.into(),
            gross: eur(gross),
            fee: eur(fee),
            at: store.clock().now(),
        };
        let book = |line: Settlement| store.write_blocking(move |tx| provider_settled(tx, "sandbox", &line));
        assert!(book(line(18_745, 300, "p1")).unwrap());
        assert!(!book(line(18_745, 300, "p1")).unwrap());
        assert_eq!(book(line(18_745, 299, "p1")).unwrap_err().code, "idempotency_key_reused");
        for wrong in [line(10, -1, "p2"), line(10, 1, " ")] {
            assert_eq!(book(wrong).unwrap_err().code, "invalid");
        }
        assert_eq!(of(store, Account::provider("sandbox", EUR)), 0);
        assert_eq!(of(store, Account::bank(EUR)), -18_445);
        assert_eq!(of(store, Account::expense("provider_fees", EUR)), -300);
        // A day of refunds only: the provider takes them, and a fee, from the bank.
        assert!(book(line(-1_000, 25, "p2")).unwrap());
        assert!(book(line(0, 0, "p3")).unwrap());
        assert_eq!(of(store, Account::provider("sandbox", EUR)), -1_000, "it took what was never refunded");
        assert_eq!(of(store, Account::bank(EUR)), -17_420);
        assert_eq!(of(store, Account::expense("provider_fees", EUR)), -325);
        let booked = store.read_blocking(|db| provider_settlements(db, None, 10)).unwrap();
        let references: Vec<&str> = booked.iter().map(|one| one.told.reference.as_str()).collect();
        assert_eq!(references, ["p3", "p2", "p1"]);
        assert_sound(store, &world, &[order]);
    });
}

#[test]
fn the_receivable_reaches_the_bank_two_days_later_and_the_job_rests_after_a_quiet_month() {
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let sandbox = payments::sandbox::Sandbox::new(store).unwrap();
        let settle = || wait(settle_provider(&sandbox, store)).unwrap();
        let jobs = || {
            let claimed = store.write_blocking(|tx| store::claim(tx, tx.now().plus_days(2), 99, 1)).unwrap();
            claimed.iter().filter(|job| job.kind == SETTLE.kind).count()
        };
        assert_eq!(settle(), 0);
        assert_eq!(jobs(), 1, "the provider keeps something: ask again tomorrow");
        store.write_blocking(|tx| tx.unschedule(SETTLE, 0)).unwrap();
        store.clock().advance_seconds(2 * 86_400);
        assert_eq!((settle(), settle()), (1, 0));
        assert_eq!(jobs(), 1, "what came and went on one day costs a fee that is told later");
        store.write_blocking(|tx| tx.unschedule(SETTLE, 0)).unwrap();
        store.clock().advance_seconds(32 * 86_400);
        assert_eq!((settle(), jobs()), (0, 0));
        let fee = payments::sandbox::fee(eur(18_745)).unwrap().minor;
        assert_eq!(of(store, Account::provider("sandbox", EUR)), 0);
        assert_eq!(of(store, Account::bank(EUR)), fee - 18_745);
        assert_eq!(of(store, Account::expense("provider_fees", EUR)), -fee);
        assert_sound(store, &world, &[order]);
    });
}

#[test]
fn currencies_without_decimals_and_with_three_settle_alike() {
    each(SCHEMAS, |store| {
        let world = world(store);
        for (cart, code) in [(1, "JPY"), (2, "KWD")] {
            let currency: Currency = code.parse().unwrap();
            let order = world.sold(store, cart, currency);
            world.deliver(store, order);
            completed(store, order);
            assert_eq!(of(store, Account::escrow(currency)), 0);
            assert_eq!(of(store, Account::seller(world.seller.raw(), currency)), 8_572);
        }
        assert_eq!(of(store, Account::escrow(EUR)), 0);
    });
}

#[test]
fn the_statement_adds_up_and_is_a_spreadsheet() {
    each(SCHEMAS, |store| {
        let world = world(store);
        world.completed(store, 1);
        store.clock().advance_seconds(7 * 86_400);
        let seller = world.seller;
        store.write_blocking(move |tx| pay_out_due(tx, seller)).unwrap();
        let today = store.clock().now().date();
        let start = base::time::parse_date("2026-11-01").unwrap();
        let rows = store.read_blocking(move |db| statement(db, seller, (start, today), 0, 99)).unwrap();
        let nets: Vec<i64> = rows.iter().map(|row| row.net.minor).collect();
        assert_eq!(nets, [4_286, 4_286, -8_572]);
        assert!(rows.iter().all(|row| row.paid_out));
        let early = store.read_blocking(move |db| statement(db, seller, (start, start), 0, 99)).unwrap();
        let ever = ["2020-01-01", "2100-12-31"].map(|day| base::time::parse_date(day).unwrap());
        let all = store.read_blocking(move |db| statement(db, seller, ever.into(), 3168, 99)).unwrap();
        assert_eq!(all, rows, "days before the first id and after the last are days like any other");
        assert_eq!(early, vec![]);
        let paged = store.read_blocking(move |db| statement(db, seller, (start, today), rows[0].id, 1)).unwrap();
        assert_eq!(paged.len(), 1);
        let whole = |limit: i64| {
            let (mut csv, mut after) = (STATEMENT_HEAD.to_owned(), 0);
            loop {
                let read = move |db: &mut store::Read| statement(db, seller, (start, today), after, limit);
                let rows = store.read_blocking(read).unwrap();
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
    each(SCHEMAS, |store| {
        let world = world(store);
        let order = world.sold(store, 1, EUR);
        let (seller, platform) = (world.seller, world.platform);
        let person = |organisation: i64, role| Actor::Person { person: 5, organisation, role };
        let wish = part(order, 100, Bearer::Platform, "a");
        for role in [Role::Operations, Role::Service, Role::SellerOwner] {
            let wish = wish.clone();
            let outcome = store.write_as_blocking(person(platform.raw(), role), move |tx| refund(tx, &wish));
            assert_eq!(outcome.unwrap_err().code, "denied");
            let outcome = store.write_as_blocking(person(platform.raw(), role), move |tx| payout(tx, seller, EUR));
            assert_eq!(outcome.unwrap_err().code, "denied");
        }
        let finance = person(platform.raw(), Role::Finance);
        assert_eq!(store.write_as_blocking(finance, move |tx| refund(tx, &wish)).unwrap(), eur(100));
        let read = |actor| store.read_as_blocking(actor, move |db| balance(db, seller)).map(drop);
        assert!(read(person(seller.raw(), Role::SellerOwner)).is_ok());
        assert!(read(finance).is_ok());
        assert_eq!(read(person(seller.raw(), Role::SellerStaff)).unwrap_err().code, "denied");
        assert_eq!(read(person(99, Role::SellerOwner)).unwrap_err().code, "denied");
        let stranger = part(order, 100, Bearer::Seller(Id::from_raw(9)), "b");
        assert_eq!(refunding(store, &stranger).unwrap_err().fields[0].code, "not_in_order");
    });
}
