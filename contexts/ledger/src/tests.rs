//! The ledger through its public functions, on every engine.

mod covered;

use super::*;
use base::{Currency, Id, Moment};
use proptest::prelude::*;
use std::io::Write as _;
use std::process::{Command, Stdio};
use store::testing::{START, each};
use store::{Read, Store, Tx, params};

const SCHEMAS: &[store::Schema] = &[SCHEMA];
const EUR: Currency = Currency::EUR;

fn posting(key: &str, legs: Vec<Leg>) -> Posting {
    Posting { key: key.into(), kind: "test.moved", subject: 7, legs }
}

fn capture(key: &str, amount: i64) -> Posting {
    posting(key, vec![Leg::new(Account::provider("sandbox", EUR), Account::escrow(EUR), amount)])
}

fn balance_of(store: &Store, account: Account) -> i64 {
    store.read_blocking(move |db| balance(db, &account)).unwrap()
}

/// Per unit: the sum over all accounts, from the balances and from the transfers themselves. Must be zero.
fn sums(db: &mut Read) -> base::Result<Vec<(String, i64)>> {
    let mut units: std::collections::BTreeMap<String, i64> = Default::default();
    for family in FAMILIES {
        for row in accounts(db, family.name, "", 10_000)? {
            *units.entry(row.account.unit.clone()).or_default() += row.balance;
            let counted: i64 = db.raw(
                "SELECT CAST(COALESCE(SUM(CASE WHEN to_account = $1 THEN amount ELSE -amount END), 0) AS BIGINT)
                     FROM ledger_transfer WHERE to_account = $1 OR from_account = $1",
                params![row.id],
            )?[0]
                .get(0)?;
            assert_eq!(row.balance, counted, "{}", row.account.code);
            let held: i64 = db.raw(
                "SELECT CAST(COALESCE(SUM(remaining), 0) AS BIGINT) FROM ledger_hold
                     WHERE account = $1 AND state = 'pending'",
                params![row.id],
            )?[0]
                .get(0)?;
            assert_eq!(row.held, held, "{}", row.account.code);
            if row.account.guarded {
                assert!(row.held >= 0 && row.available() >= 0, "{row:?}");
            }
        }
    }
    Ok(units.into_iter().collect())
}

fn assert_sound(store: &Store) {
    for (unit, sum) in store.read_blocking(sums).unwrap() {
        assert_eq!(sum, 0, "{unit}");
    }
}

#[test]
fn an_amount_leaves_one_account_and_enters_another() {
    each(SCHEMAS, |store| {
        let posted = store.write_blocking(|tx| post(tx, &capture("a", 1599))).unwrap();
        assert!(posted.new);
        assert_eq!(balance_of(store, Account::escrow(EUR)), 1599);
        assert_eq!(balance_of(store, Account::provider("sandbox", EUR)), -1599);
        assert_eq!(store.read_blocking(|db| sum(db, &Account::escrow(EUR), 7)).unwrap(), 1599);
        assert_eq!(store.read_blocking(|db| sum(db, &Account::escrow(EUR), 8)).unwrap(), 0);
        let head = store.read_blocking(move |db| super::posting(db, posted.id)).unwrap();
        assert_eq!((head.key.as_str(), head.kind.as_str(), head.subject, head.at), ("a", "test.moved", 7, START));
        assert_sound(store);
    });
}

#[test]
fn the_same_key_posts_once() {
    each(SCHEMAS, |store| {
        let first = store.write_blocking(|tx| post(tx, &capture("a", 1599))).unwrap();
        let again = store.write_blocking(|tx| post(tx, &capture("a", 1599))).unwrap();
        assert_eq!((again.id, again.new), (first.id, false));
        assert_eq!(balance_of(store, Account::escrow(EUR)), 1599);
        let other = store.write_blocking(|tx| post(tx, &capture("a", 1600))).unwrap_err();
        assert_eq!(other.code, "idempotency_key_reused");
        let twice = store.write_blocking(|tx| {
            post(tx, &capture("b", 1))?;
            post(tx, &capture("b", 1))
        });
        assert!(!twice.unwrap().new);
        assert_eq!(balance_of(store, Account::escrow(EUR)), 1600);
    });
}

#[test]
fn a_posting_that_cannot_be_moves_nothing() {
    each(SCHEMAS, |store| {
        let (escrow, bank) = (Account::escrow(EUR), Account::bank(EUR));
        for legs in [
            vec![],
            vec![Leg::new(bank.clone(), escrow.clone(), 0)],
            vec![Leg::new(bank.clone(), escrow.clone(), -5)],
            vec![Leg::new(bank.clone(), Account::escrow(Currency::USD), 5)],
            vec![Leg::new(bank.clone(), bank.clone(), 5)],
            vec![Leg::new(bank.clone(), escrow.clone(), 5).drawing(Id::from_raw(1))],
        ] {
            let outcome = store.write_blocking(move |tx| post(tx, &posting("x", legs.clone())));
            assert_eq!(outcome.unwrap_err().code, "internal");
        }
        assert_eq!(balance_of(store, escrow), 0);
        assert!(!store.read_blocking(|db| posted(db, "x")).unwrap());
    });
}

#[test]
fn a_guarded_account_gives_only_what_it_has() {
    each(SCHEMAS, |store| {
        let seller = Account::seller(17, EUR);
        let pay = |amount| {
            posting(&format!("pay{amount}"), vec![Leg::new(Account::seller(17, EUR), Account::bank(EUR), amount)])
        };
        assert_eq!(store.write_blocking(move |tx| post(tx, &pay(1))).unwrap_err().code, "insufficient");
        let earn = posting("earn", vec![Leg::new(Account::escrow(EUR), seller.clone(), 100)]);
        store.write_blocking(move |tx| post(tx, &earn)).unwrap();
        assert_eq!(store.write_blocking(move |tx| post(tx, &pay(101))).unwrap_err().code, "insufficient");
        store.write_blocking(move |tx| post(tx, &pay(100))).unwrap();
        assert_eq!(balance_of(store, seller.clone()), 0);
        // In and out in one posting: the net is what counts.
        let through = posting(
            "through",
            vec![Leg::new(Account::escrow(EUR), seller.clone(), 50), Leg::new(seller, Account::bank(EUR), 50)],
        );
        store.write_blocking(move |tx| post(tx, &through)).unwrap();
        assert_eq!(balance_of(store, Account::bank(EUR)), 150);
        assert_sound(store);
    });
}

fn stocked(store: &Store, pieces: i64) {
    let legs = vec![Leg::new(Account::goods("received", 9), Account::stock(3, 9), pieces)];
    store.write_blocking(move |tx| post(tx, &posting("in", legs.clone()))).unwrap();
}

fn shelf(db: &mut Read) -> base::Result<(i64, i64)> {
    let row = account(db, Account::stock(3, 9).id())?;
    Ok((row.balance, row.held))
}

#[test]
fn what_is_held_cannot_be_taken_and_leaves_once() {
    each(SCHEMAS, |store| {
        stocked(store, 10);
        let id = store.write_blocking(|tx| hold(tx, &Account::stock(3, 9), 7, 70, None)).unwrap();
        assert_eq!(store.read_blocking(shelf).unwrap(), (10, 7));
        assert_eq!(
            store.write_blocking(|tx| hold(tx, &Account::stock(3, 9), 4, 71, None)).unwrap_err().code,
            "insufficient"
        );
        let out = |amount| Leg::new(Account::stock(3, 9), Account::goods("shipped", 9), amount);
        let free = store.write_blocking(move |tx| post(tx, &posting("free", vec![out(4)])));
        assert_eq!(free.unwrap_err().code, "insufficient");
        let part = posting("part", vec![out(5).drawing(id)]);
        store.write_blocking(move |tx| post(tx, &part)).unwrap();
        assert_eq!(store.read_blocking(shelf).unwrap(), (5, 2));
        let more = posting("more", vec![out(3).drawing(id)]);
        assert_eq!(store.write_blocking(move |tx| post(tx, &more)).unwrap_err().code, "hold_over");
        let rest = posting("rest", vec![out(2).drawing(id)]);
        store.write_blocking(move |tx| post(tx, &rest)).unwrap();
        assert_eq!(store.read_blocking(shelf).unwrap(), (3, 0));
        assert_eq!(store.read_blocking(|db| holds(db, 70)).unwrap(), vec![]);
        assert_eq!(store.write_blocking(|tx| void_holds(tx, 70)).unwrap(), 0);
        assert_sound(store);
    });
}

#[test]
fn holds_end_and_pass_on() {
    each(SCHEMAS, |store| {
        stocked(store, 10);
        let soon = START.plus_minutes(30);
        let keep =
            |subject: i64, ends: Option<Moment>| move |tx: &mut Tx| hold(tx, &Account::stock(3, 9), 2, subject, ends);
        for (subject, ends) in [(1, Some(soon)), (2, Some(soon)), (3, None)] {
            store.write_blocking(keep(subject, ends)).unwrap();
        }
        assert_eq!(store.write_blocking(|tx| rekey_holds(tx, 1, 100, None)).unwrap(), 1);
        assert_eq!(store.write_blocking(|tx| rekey_holds(tx, 1, 100, None)).unwrap(), 0);
        assert_eq!(store.write_blocking(|tx| void_holds(tx, 2)).unwrap(), 1);
        assert_eq!(store.write_blocking(|tx| rekey_holds(tx, 2, 100, None)).unwrap(), 0);
        assert_eq!(store.read_blocking(shelf).unwrap(), (10, 4));
        assert_eq!(store.write_blocking(|tx| void_holds(tx, 100)).unwrap(), 1);
        assert_eq!(store.write_blocking(|tx| void_holds(tx, 3)).unwrap(), 1);
        assert_eq!(store.read_blocking(shelf).unwrap(), (10, 0));
        assert_sound(store);
    });
}

#[test]
fn folding_changes_no_balance() {
    each(SCHEMAS, |store| {
        for index in 0..20 {
            store.write_blocking(move |tx| post(tx, &capture(&format!("k{index}"), index + 1))).unwrap();
        }
        stocked(store, 10);
        assert_eq!(store.write_blocking(fold).unwrap(), 0, "nothing is a minute old");
        store.clock().advance_seconds(61);
        store.write_blocking(|tx| post(tx, &capture("young", 1000))).unwrap();
        assert_eq!(store.write_blocking(fold).unwrap(), 0, "nor was anything the last time");
        assert_eq!(store.write_blocking(fold).unwrap(), 21);
        assert_eq!(store.write_blocking(fold).unwrap(), 0);
        let stored = store
            .read_blocking(|db| {
                db.raw("SELECT balance FROM ledger_account WHERE code = 'escrow:EUR'", params![])?[0].get::<i64>(0)
            })
            .unwrap();
        assert_eq!(stored, 210);
        assert_eq!(balance_of(store, Account::escrow(EUR)), 1210);
        assert_eq!(balance_of(store, Account::stock(3, 9)), 10);
        assert_sound(store);
    });
}

#[test]
fn accounts_are_told_apart() {
    let guarded = Account::stock(1, 2);
    assert_eq!(guarded.id().raw() % 2, 1);
    assert_eq!(Account::escrow(EUR).id().raw() % 2, 0);
    assert_eq!(Account::tax("BR-SP", "Remessa Conforme", EUR).code, "tax:BR-SP:remessa-conforme:EUR");
    assert_eq!(Account::fx(Currency::USD, EUR, EUR).code, "fx:EUR:USD:EUR");
    assert_eq!(Account::fx(EUR, Currency::USD, EUR).id(), Account::fx(Currency::USD, EUR, EUR).id());
    assert_eq!(Account::debt(5, EUR).owner, 5);
    for family in FAMILIES {
        assert!(["assets", "liabilities", "equity", "income", "expenses"].contains(&family.book));
    }
}

#[test]
fn lists_page_by_key() {
    each(SCHEMAS, |store| {
        for index in 0..5 {
            let legs = vec![Leg::new(Account::escrow(EUR), Account::seller(index, EUR), 10)];
            let posting = Posting { subject: index, ..posting(&format!("s{index}"), legs) };
            store.write_blocking(move |tx| post(tx, &posting)).unwrap();
        }
        let read = |of, before, limit| store.read_blocking(move |db| transfers(db, of, before, limit)).unwrap();
        let first = read(Of::Everything, None, 3);
        let rest = read(Of::Everything, Some(first[2].id), 3);
        let subjects: Vec<i64> = first.iter().chain(&rest).map(|row| row.subject).collect();
        assert_eq!(subjects, [4, 3, 2, 1, 0]);
        assert_eq!(read(Of::Account(Account::escrow(EUR).id()), Some(first[0].id), 2).len(), 2);
        assert_eq!(read(Of::Account(Account::seller(2, EUR).id()), None, 9)[0].to, "seller:2:available:EUR");
        assert_eq!(read(Of::Subject(3), None, 9).len(), 1);
        let (escrow, seller) = (Account::escrow(EUR).id(), Account::seller(2, EUR).id());
        for subject in [1, 2, 3] {
            for account in [escrow, seller] {
                let mut both = read(Of::Account(account), None, 99);
                both.retain(|row| row.subject == subject);
                assert_eq!(read(Of::SubjectOn(subject, account), None, 99), both, "{subject}");
            }
        }
        assert_eq!(read(Of::Posting(first[1].posting), None, 9), first[1..2]);
        let codes = |after: &'static str| {
            let rows = store.read_blocking(move |db| accounts(db, "seller", after, 2)).unwrap();
            rows.into_iter().map(|row| row.account.code).collect::<Vec<_>>()
        };
        assert_eq!(codes(""), ["seller:0:available:EUR", "seller:1:available:EUR"]);
        assert_eq!(codes("seller:3:available:EUR"), ["seller:4:available:EUR"]);
        let owned = store.read_blocking(|db| accounts_of(db, 4)).unwrap();
        assert_eq!((owned.len(), owned[0].balance, owned[0].account.guarded), (1, 10, true));
    });
}

/// A little world with money of two, zero and three decimals, an exchange and goods.
fn busy(tx: &mut Tx) -> base::Result<()> {
    let (jpy, kwd) = (Currency::JPY, "KWD".parse()?);
    post(tx, &capture("eur", 123_456))?;
    for (index, currency) in [jpy, kwd].into_iter().enumerate() {
        let legs = vec![Leg::new(Account::provider("sandbox", currency), Account::escrow(currency), 98_765)];
        post(tx, &posting(&format!("more{index}"), legs))?;
    }
    let split = vec![
        Leg::new(Account::escrow(EUR), Account::seller(17, EUR), 100_000),
        Leg::new(Account::escrow(EUR), Account::income("commission", EUR), 10_001),
        Leg::new(Account::escrow(EUR), Account::tax("FR", "IOSS", EUR), 9_999),
        Leg::new(Account::escrow(EUR), Account::carrier("EN Post", EUR), 3_456),
    ];
    post(tx, &posting("split", split))?;
    let exchange = vec![
        Leg::new(Account::fx(EUR, jpy, EUR), Account::bank(EUR), 5),
        Leg::new(Account::bank(jpy), Account::fx(EUR, jpy, jpy), 817),
    ];
    post(tx, &posting("exchange", exchange))?;
    let fee = vec![Leg::new(Account::provider("sandbox", EUR), Account::expense("provider_fees", EUR), 30)];
    post(tx, &posting("fee", fee))?;
    let goods = vec![
        Leg::new(Account::goods("received", 9), Account::stock(3, 9), 100),
        Leg::new(Account::stock(3, 9), Account::goods("shipped", 9), 3),
    ];
    post(tx, &posting("goods", goods))?;
    Ok(())
}

fn journal(store: &Store) -> String {
    let text = store
        .read_blocking(|db| {
            let mut text = Vec::new();
            export_hledger(db, &mut text)?;
            Ok(text)
        })
        .unwrap();
    String::from_utf8(text).unwrap()
}

#[test]
fn a_journal_reads_the_same_in_pages_of_any_size() {
    each(SCHEMAS, |store| {
        store.write_blocking(busy).unwrap();
        for limit in [1, 2, 3, JOURNAL_PAGE] {
            let whole = journal(store);
            // Each page is a read of its own, as a download has it; what is posted meanwhile belongs to the next journal.
            let (mut text, mut at) = store.read_blocking(begin_hledger).unwrap();
            let late = capture(&format!("late-{limit}"), 1);
            store.write_blocking(move |tx| post(tx, &late)).unwrap();
            while let Some(page) = {
                let (page, next) = store.read_blocking(move |db| Ok((next_hledger(db, &mut at, limit)?, at))).unwrap();
                at = next;
                page
            } {
                text.push_str(&page);
            }
            assert_eq!(text, whole, "pages of {limit}");
            assert_eq!(at.postings, whole.matches("subject:").count() as u64);
        }
    });
}

/// Runs the real hledger over a journal; nothing when it is not installed.
fn hledger(journal: &str, arguments: &[&str]) -> Option<String> {
    let child = Command::new("hledger")
        .args(["-f", "-"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        println!("skipped: hledger is not installed");
        return None;
    };
    child.stdin.take().unwrap().write_all(journal.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaint}\n{journal}");
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn hledger_agrees_to_the_minor_unit() {
    each(SCHEMAS, |store| {
        store.write_blocking(busy).unwrap();
        let text = journal(store);
        if hledger(&text, &["check"]).is_none() {
            return;
        }
        let csv = hledger(&text, &["bal", "--flat", "--no-total", "-O", "csv", "--layout", "bare"]).unwrap();
        let mut theirs: Vec<(String, String, String)> = Vec::new();
        for line in csv.lines().skip(1) {
            let cells: Vec<&str> = line.trim_matches('"').split("\",\"").collect();
            if !cells[1].contains("sku:") {
                theirs.push((cells[0].into(), cells[1].into(), cells[2].into()));
            }
        }
        let rows = store.read_blocking(trial_balance).unwrap();
        let mut ours: Vec<(String, String, String)> = rows
            .into_iter()
            .map(|row| {
                let minor = row.debit - row.credit;
                let money = base::Money::new(minor, row.unit.parse().unwrap()).to_string();
                let family = MONEY_FAMILIES.into_iter().find(|family| row.code.starts_with(family.name)).unwrap();
                let number = money.split(' ').next().unwrap().to_owned();
                (format!("{}:{}", family.book, row.code), row.unit, number)
            })
            .collect();
        theirs.sort();
        ours.sort();
        assert_eq!(ours, theirs);
        assert_eq!(ours.len(), 14);
        let stock = hledger(&text, &["bal", "--flat", "--no-total", "assets:stock"]).unwrap();
        assert_eq!(stock.trim(), "97 \"sku:9\"  assets:stock:3:9");
    });
}

#[test]
fn debits_equal_credits_in_every_currency() {
    each(SCHEMAS, |store| {
        store.write_blocking(busy).unwrap();
        let rows = store.read_blocking(trial_balance).unwrap();
        for unit in ["EUR", "JPY", "KWD"] {
            let of = |pick: fn(&TrialRow) -> i64| rows.iter().filter(|row| row.unit == unit).map(pick).sum::<i64>();
            assert_eq!(of(|row| row.debit), of(|row| row.credit), "{unit}");
            assert!(of(|row| row.debit) > 0);
        }
        let provider = rows.iter().find(|row| row.code == "provider:sandbox:EUR").unwrap();
        assert_eq!((provider.debit, provider.credit, provider.side), (123_486, 0, Side::Debit));
        assert_sound(store);
    });
}

/// One step of a random history over three stock accounts.
#[derive(Clone, Debug)]
enum Step {
    Receive(i64, i64),
    Take(i64, i64),
    Hold(i64, i64, i64),
    Settle(i64, i64),
    Void(i64),
    Rekey(i64, i64),
    Fold,
}

fn step() -> impl Strategy<Value = Step> {
    let (variant, subject, amount) = (0..3i64, 0..4i64, 1..30i64);
    prop_oneof![
        3 => (variant.clone(), amount.clone()).prop_map(|(v, a)| Step::Receive(v, a)),
        1 => (variant.clone(), amount.clone()).prop_map(|(v, a)| Step::Take(v, a)),
        4 => (variant, amount.clone(), subject.clone()).prop_map(|(v, a, s)| Step::Hold(v, a, s)),
        3 => (subject.clone(), amount).prop_map(|(s, a)| Step::Settle(s, a)),
        1 => subject.clone().prop_map(Step::Void),
        1 => (subject.clone(), subject).prop_map(|(a, b)| Step::Rekey(a, b)),
        1 => Just(Step::Fold),
    ]
}

fn run(tx: &mut Tx, step: &Step, index: usize) -> base::Result<()> {
    let out = |variant, amount| Leg::new(Account::stock(1, variant), Account::goods("shipped", variant), amount);
    match *step {
        Step::Receive(variant, amount) => {
            let leg = Leg::new(Account::goods("received", variant), Account::stock(1, variant), amount);
            post(tx, &posting(&format!("{index}"), vec![leg])).map(drop)
        }
        Step::Take(variant, amount) => post(tx, &posting(&format!("{index}"), vec![out(variant, amount)])).map(drop),
        Step::Hold(variant, amount, subject) => {
            let ends = (subject != 0).then(|| tx.now().plus_minutes(amount));
            hold(tx, &Account::stock(1, variant), amount, subject, ends).map(drop)
        }
        Step::Settle(subject, amount) => {
            let mut legs = Vec::new();
            for held in holds(tx, subject)? {
                let variant = (0..3).find(|variant| Account::stock(1, *variant).id() == held.account).unwrap_or(0);
                legs.push(out(variant, held.remaining.min(amount)).drawing(held.id));
            }
            if legs.is_empty() { Ok(()) } else { post(tx, &posting(&format!("{index}"), legs)).map(drop) }
        }
        Step::Void(subject) => void_holds(tx, subject).map(drop),
        Step::Rekey(old, new) => rekey_holds(tx, old, new, None).map(drop),
        Step::Fold => fold(tx).map(drop),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn no_history_breaks_the_books(steps in prop::collection::vec(step(), 1..40)) {
        each(SCHEMAS, |store| {
            for (index, step) in steps.iter().cloned().enumerate() {
                let outcome = store.write_blocking(move |tx| run(tx, &step, index));
                if let Err(error) = outcome {
                    assert!(["insufficient", "hold_over", "hold_expired"].contains(&error.code), "{error}");
                }
                store.clock().advance_seconds(40);
            }
            assert_sound(store);
        });
    }
}
