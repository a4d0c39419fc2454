//! Mail of a whole simulated world: who is told what, once; letters in every language; and a mail server that takes, puts off and
//! refuses.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use app::command::Cli;
use base::{Actor, Error, Id, Result, Role};
use clap::Parser;
use notify::{BoxFuture, Kind, Letter, Mailer, Message, Outcome, State};
use payments::sandbox::Sandbox;
use sim::{Plan, START, simulate};
use std::collections::BTreeMap;
use std::process::Command;
use std::sync::{Arc, Mutex};
use store::{Clock, Options, Store, Tx, Url, testing};
use tokio::runtime::Runtime;
use works::House;
use works::{reactions, worker};

/// A world in which some orders were bought, sent, lost, held and paid back; and a house over what is left of it.
fn world() -> (House, Runtime) {
    let options = Options { clock: Clock::manual(START), ..Options::new(Url::Memory, works::schemas()) };
    let store = Store::open(options).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let open = || testing::again(&store, works::schemas());
    runtime.block_on(simulate::<House>(Plan { seed: 9, orders: 150, open: &open, log: &mut |_| {} })).unwrap();
    (House::new(store).unwrap(), runtime)
}

/// One whole number.
fn number(store: &Store, sql: &str) -> i64 {
    let sql = sql.to_owned();
    store.read_blocking(move |db| db.raw(&sql, &[])?[0].get(0)).unwrap()
}

fn all(store: &Store) -> Vec<Message> {
    let mut found: Vec<Message> = Vec::new();
    loop {
        let before = found.last().map(|message| message.id);
        let page = store.read_blocking(move |db| notify::log(db, None, before, 100)).unwrap();
        if page.is_empty() {
            return found;
        }
        found.extend(page);
    }
}

fn by_kind(store: &Store) -> BTreeMap<&'static str, i64> {
    let mut counts = BTreeMap::new();
    for message in all(store) {
        *counts.entry(message.kind.name()).or_default() += 1;
    }
    counts
}

/// An owner for every seller of the simulated world, who reads Chinese; and every event is told again.
fn owned(store: &Store) {
    let (owner, invited) =
        store.write_blocking(|tx| owners(tx).and_then(|made| tx.set_cursor("reactions", 0).map(|()| made))).unwrap();
    let actor = Actor::Person { person: owner.raw(), organisation: 0, role: Role::Buyer };
    for id in invited {
        store.write_as_blocking(actor, move |tx| parties::accept_invitation(tx, id, Role::SellerOwner)).unwrap();
    }
}

fn owners(tx: &mut Tx) -> Result<(Id<parties::Person>, Vec<Id<parties::Invitation>>)> {
    let register = parties::Register {
        email: "owner@example.com".into(),
        password_hash: "$argon2id$none".into(),
        name: "Lin Wei".into(),
        language: "zh-CN".parse()?,
        country: "CN".parse()?,
    };
    let owner = parties::register(tx, &register)?;
    let mut invited = Vec::new();
    for seller in parties::organisations(tx, parties::OrganisationKind::Seller, None, 10)? {
        let (organisation, email) = (seller.id, "owner@example.com".to_owned());
        invited.push(parties::invite(tx, &parties::Invite { organisation, email, role: Role::SellerOwner })?.id);
    }
    Ok((owner, invited))
}

#[test]
fn everything_is_told_once_to_whom_it_concerns() {
    let (house, runtime) = world();
    let store = &house.store;
    let told = by_kind(store);
    for (kind, facts) in [
        ("order_paid", "SELECT COUNT(*) FROM order_head WHERE paid_at IS NOT NULL"),
        ("order_cancelled", "SELECT COUNT(*) FROM order_head WHERE cancelled_at IS NOT NULL"),
        ("order_completed", "SELECT COUNT(*) FROM order_head WHERE completed_at IS NOT NULL"),
        ("refunded", "SELECT COUNT(*) FROM payment_refund WHERE state = 'succeeded'"),
        ("handed_over", "SELECT COUNT(*) FROM order_parcel WHERE handed_over_at IS NOT NULL"),
        // Each parcel, and a consignment of which the last that was missing is not sent or given up.
        (
            "delivered",
            "SELECT (SELECT COUNT(*) FROM order_parcel WHERE delivered_at IS NOT NULL) + (SELECT COUNT(*) FROM order_consignment c
             WHERE c.delivered_at > (SELECT MAX(p.delivered_at) FROM order_parcel p WHERE p.consignment = c.id))",
        ),
    ] {
        let happened = number(store, facts);
        assert!(happened > 0, "a world without {kind} proves nothing");
        assert_eq!(told.get(kind), Some(&happened), "{kind}");
    }
    assert_eq!(told.get("to_ship"), None, "these sellers have no owner with an address");
    let strangers =
        "SELECT COUNT(*) FROM notify_message m JOIN order_head o ON o.id = m.subject WHERE m.recipient <> o.email";
    assert_eq!(number(store, strangers), 0, "an order's news go to its buyer");
    assert!(all(store).iter().all(|message| message.state == State::Skipped), "there is no mail server");
    assert_eq!(number(store, "SELECT COUNT(*) FROM job"), 0, "and so nothing is due");

    // Every event is told again, now that the sellers have owners: only what is new becomes a message.
    owned(store);
    runtime.block_on(reactions::react(&house)).unwrap();
    let again = by_kind(store);
    for (kind, count) in &told {
        assert_eq!(again.get(kind), Some(count), "{kind} was told twice");
    }
    let of_sellers = "SELECT COUNT(*) FROM order_consignment c JOIN order_head o ON o.id = c.order_id
        JOIN party_organisation p ON p.id = c.shipped_by WHERE o.paid_at IS NOT NULL AND p.kind = 'seller'";
    assert_eq!(again.get("to_ship"), Some(&number(store, of_sellers)));
    let payouts = "SELECT COUNT(*) FROM settlement_payout s JOIN party_organisation p ON p.id = s.organisation
        WHERE p.kind = 'seller'";
    assert_eq!(again.get("paid_out"), Some(&number(store, payouts)));
    let owned = all(store).into_iter().filter(|message| [Kind::ToShip, Kind::PaidOut].contains(&message.kind));
    assert!(
        owned.into_iter().all(|one| (one.recipient.as_str(), one.language.as_str()) == ("owner@example.com", "zh-CN"))
    );
}

/// What buyers and sellers are told of a claim.
const CLAIM_NEWS: [Kind; 8] = [
    Kind::ClaimOpened,
    Kind::ClaimSent,
    Kind::ClaimEnded,
    Kind::ClaimReturn,
    Kind::ClaimReturnDue,
    Kind::ClaimRefused,
    Kind::ClaimEscalated,
    Kind::ClaimClosed,
];

/// A claim of the simulated world.
fn a_claim(tx: &mut store::Tx) -> base::Result<base::Id<aftersales::Claim>> {
    tx.one("SELECT id FROM claim ORDER BY id DESC LIMIT 1", &[])?.get(0)
}

#[test]
fn letters_are_whole_in_every_language() {
    let (house, runtime) = world();
    let store = &house.store;
    owned(store);
    runtime.block_on(reactions::react(&house)).unwrap();
    store
        .write_blocking(|tx| {
            let reset = parties::ask_reset(tx, "owner@example.com")?.unwrap();
            tell_reset(tx, &reset, false)?;
            let seller = parties::organisations(tx, parties::OrganisationKind::Seller, None, 1)?[0].id;
            let facts = format!("{{\"organisation\":{},\"role\":\"seller_staff\",\"inviter\":0}}", seller.raw());
            let order = number_of_an_order(tx)?;
            let wish = parties::ask_registration(tx, "new@example.com")?;
            let claim = a_claim(tx)?;
            for kind in CLAIM_NEWS {
                let facts = r#"{"state":"open","due_at":"2026-12-02T10:00:00Z"}"#;
                let facts = facts.replace('{', &format!("{{\"order\":{},", aftersales::claim(tx, claim)?.order.raw()));
                let (subject, recipient) = (claim.raw(), reset.email.as_str());
                let tell = notify::Tell { kind, subject, recipient, language: "en", facts: &facts, send: false };
                notify::tell(tx, &tell)?;
            }
            let of_order = format!("{{\"order\":{order}}}");
            tell_smaller(tx, order, reset.email.as_str())?;
            tell_proposal(tx, reset.email.as_str())?;
            for (kind, subject, recipient, facts) in [
                (Kind::OrderReaddressed, 1, reset.email.as_str(), of_order.as_str()),
                (Kind::OrderAmended, 1, reset.email.as_str(), of_order.as_str()),
                (Kind::Invited, reset.id.raw(), reset.email.as_str(), facts.as_str()),
                (Kind::Registration, wish.id.raw(), "new@example.com", "{}"),
                (Kind::Registration, wish.id.raw(), reset.email.as_str(), "{}"),
                (Kind::OrderLink, order, reset.email.as_str(), "{}"),
                (Kind::EmailChange, reset.id.raw(), "new@example.com", "{}"),
                (Kind::SecurityChanged, reset.id.raw(), reset.email.as_str(), r#"{"what":"email_changed"}"#),
            ] {
                let language = reset.language.tag();
                notify::tell(tx, &notify::Tell { kind, subject, recipient, language, facts, send: false })?;
            }
            Ok(())
        })
        .unwrap();
    let config = frame::Config { base_url: "https://shop.example".into(), ..frame::Config::default() };
    let pages = house.pages(&web::SURFACES, config).unwrap();
    let messages = all(store);
    for kind in Kind::ALL {
        assert!(messages.iter().any(|message| message.kind == *kind), "no {} to look at", kind.name());
    }
    for message in messages {
        for language in ["en", "zh-CN", "ar", "de", "fr", "es", "sv"] {
            let (pages, message) = (pages.clone(), Message { language: language.into(), ..message.clone() });
            let told = format!("{} in {language}", message.kind.name());
            let letter = store
                .read_blocking(move |db| {
                    let path = letters::plain_link(db, &message)?;
                    letters::letter(&pages, db, &message, &path)
                })
                .unwrap_or_else(|error| panic!("{told}: {error}"));
            let whole = format!("{}\n{}\n{}", letter.subject, letter.text, letter.html);
            assert!(!whole.contains('⟦') && !letter.subject.is_empty(), "{told}: {whole}");
            // The shop writes, not the program.
            assert!(whole.contains("House") && !whole.contains("Entrepot"), "{told}: {whole}");
            assert!(
                letter.text.contains("https://shop.example/") && !letter.text.contains('<'),
                "{told}: {}",
                letter.text
            );
            assert!(!letter.subject.contains(['\n', '\r']), "{told}");
            let direction = if language == "ar" { "dir=\"rtl\"" } else { "dir=\"ltr\"" };
            assert!(letter.html.contains(direction) && !letter.html.contains("<script"), "{told}");
        }
    }
}

/// News of pieces that are taken out, by each side and with each end.
fn tell_smaller(tx: &mut Tx, order: i64, recipient: &str) -> Result<()> {
    let cases = [(2, "buyer", 1, false), (3, "seller", 0, false), (4, "operator", 0, true)];
    for (subject, by, left, packed) in cases {
        let facts = smaller(tx, order, by, left, packed)?;
        for kind in [Kind::PiecesTakenOut, Kind::NotToSend] {
            let tell = notify::Tell { kind, subject, recipient, language: "en", facts: &facts, send: false };
            notify::tell(tx, &tell)?;
        }
    }
    Ok(())
}

/// News of a change that is proposed to a buyer, and of how it came to nothing.
fn tell_proposal(tx: &mut Tx, recipient: &str) -> Result<()> {
    let change = tx.one("SELECT id FROM amendment ORDER BY id DESC LIMIT 1", &[])?.get::<i64>(0)?;
    let order = amendments::amendment(tx, base::Id::from_raw(change))?.order.raw();
    for (kind, why) in [(Kind::ChangeOffered, ""), (Kind::ChangeOver, "expired"), (Kind::ChangeNotMade, "declined")] {
        let facts = serde_json::json!({ "order": order, "why": why, "expires_at": "2026-12-02T10:00:00Z" }).to_string();
        let tell = notify::Tell { kind, subject: change, recipient, language: "en", facts: &facts, send: false };
        notify::tell(tx, &tell)?;
    }
    Ok(())
}

/// What is told of pieces that are taken out of an order.
fn smaller(tx: &mut Tx, order: i64, by: &str, left: i64, packed: bool) -> Result<String> {
    let line = orders::lines(tx, base::Id::from_raw(order))?.remove(0);
    let lines = serde_json::json!([{ "line": line.id.raw(), "pieces": 1 }]);
    let facts = serde_json::json!({
        "order": order, "consignment": line.consignment.raw(), "lines": lines, "left": left, "by": by,
        "reason": "out_of_stock", "packed": packed,
    });
    Ok(facts.to_string())
}

/// Raw id of an order.
fn number_of_an_order(tx: &mut Tx) -> Result<i64> {
    tx.raw("SELECT MIN(id) FROM order_head", &[])?[0].get(0)
}

fn tell_reset(tx: &mut Tx, reset: &parties::Reset, send: bool) -> Result<()> {
    let tell = notify::Tell {
        kind: Kind::PasswordReset,
        subject: reset.id.raw(),
        recipient: &reset.email,
        language: reset.language.tag(),
        facts: "{}",
        send,
    };
    notify::tell(tx, &tell)
}

/// A mailbox that keeps what it is given and answers as it is told to.
#[derive(Default)]
struct Mailbox {
    letters: Mutex<Vec<Letter>>,
    answers: Mutex<Vec<Result<Outcome>>>,
}

impl Mailer for Mailbox {
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<Outcome>> {
        let answer = self.answers.lock().unwrap().pop().unwrap_or(Ok(Outcome::Accepted));
        if matches!(answer, Ok(Outcome::Accepted)) {
            self.letters.lock().unwrap().push(letter.clone());
        }
        Box::pin(async move { answer })
    }
}

/// The path of the link in a letter.
fn link(letter: &Letter) -> String {
    let start = letter.text.find("https://shop.example/").unwrap() + "https://shop.example".len();
    letter.text[start..].split_whitespace().next().unwrap().to_owned()
}

#[test]
fn a_letter_is_sent_put_off_or_refused_and_its_link_opens_what_it_is_about() {
    let (house, runtime) = world();
    let mailbox = Arc::new(Mailbox::default());
    let sandbox = Arc::new(Sandbox::new(&house.store).unwrap());
    let house = House::with_providers(house.store.clone(), payments::Providers::new(sandbox.clone()), sandbox).unwrap();
    let house = house.with_mailer(Some(mailbox.clone()));
    let store = &house.store;
    house
        .pages(&web::SURFACES, frame::Config { base_url: "https://shop.example".into(), ..frame::Config::default() })
        .unwrap();
    let guests = |message: &Message| {
        let order: Id<orders::Order> = Id::from_raw(message.subject);
        message.kind == Kind::OrderPaid
            && store.read_blocking(move |db| orders::find(db, order)).unwrap().buyer.is_none()
    };
    let message = all(store).into_iter().find(guests).unwrap();
    let (id, order) = (message.id, message.subject);
    let state = || {
        let one = store.read_blocking(move |db| notify::message(db, id)).unwrap();
        (one.state, one.attempts)
    };
    store.write_blocking(move |tx| notify::again(tx, id, true)).unwrap();
    mailbox.answers.lock().unwrap().push(Err(Error::unavailable("mail_server", "451 come back")));
    assert_eq!(runtime.block_on(worker::run_due(&house)).unwrap(), 1);
    assert_eq!(state(), (State::Queued, 1));
    assert_eq!(runtime.block_on(worker::run_due(&house)).unwrap(), 0, "not before its pause is over");
    store.clock().advance_seconds(10);
    assert_eq!(runtime.block_on(worker::run_due(&house)).unwrap(), 1);
    assert_eq!(state(), (State::Sent, 2));
    assert_eq!(number(store, "SELECT COUNT(*) FROM job"), 0);

    let letter = mailbox.letters.lock().unwrap().pop().unwrap();
    assert_eq!(letter.to, message.recipient);
    assert!(letter.id.starts_with(&format!("{id}.")), "{}", letter.id);
    let token = link(&letter).strip_prefix("/order/").unwrap().to_owned();
    let opened = store.read_as_blocking(Actor::Guest, move |db| orders::by_access_token(db, &token)).unwrap();
    assert_eq!(opened.id.raw(), order, "the guest's link opens the order");
    assert!(
        all(store).iter().all(|one| !one.facts.contains(link(&letter).split_once('.').unwrap().1)),
        "no secret is kept"
    );

    store.write_blocking(move |tx| notify::again(tx, id, true)).unwrap();
    mailbox.answers.lock().unwrap().push(Ok(Outcome::Refused("550 nobody here".into())));
    runtime.block_on(worker::run_due(&house)).unwrap();
    assert_eq!(state(), (State::Failed, 3));
    assert_eq!(number(store, "SELECT COUNT(*) FROM job"), 0, "a refusal is for good");
}

#[test]
fn a_link_to_a_new_password_goes_by_mail_once() {
    let options = Options { clock: Clock::manual(START), ..Options::new(Url::Memory, works::schemas()) };
    let store = Store::open(options).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mailbox = Arc::new(Mailbox::default());
    let house = House::new(store.clone()).unwrap().with_mailer(Some(mailbox.clone()));
    house
        .pages(&web::SURFACES, frame::Config { base_url: "https://shop.example".into(), ..frame::Config::default() })
        .unwrap();
    let ask = |tx: &mut Tx| {
        owners(tx).map(drop)?;
        let reset = parties::ask_reset(tx, "owner@example.com")?.unwrap();
        tell_reset(tx, &reset, true)
    };
    store.write_blocking(ask).unwrap();
    runtime.block_on(worker::run_due(&house)).unwrap();
    let letter = mailbox.letters.lock().unwrap().pop().unwrap();
    let token = link(&letter).strip_prefix("/reset-password?token=").unwrap().to_owned();
    let used = token.clone();
    store.write_as_blocking(Actor::Guest, move |tx| parties::reset_password(tx, &used, "$argon2id$new")).unwrap();
    // Sent again by hand, there is no link to make any more.
    let id = all(&store)[0].id;
    store.write_blocking(move |tx| notify::again(tx, id, true)).unwrap();
    runtime.block_on(worker::run_due(&house)).unwrap();
    assert!(mailbox.letters.lock().unwrap().is_empty());
    assert_eq!(all(&store)[0].state, State::Failed);
}

#[test]
fn the_mail_servers_password_is_shown_nowhere() {
    let url = "smtps://shop:hunter2@mail.example";
    let from = "Haven <orders@haven.example>";
    let Ok(cli) = Cli::try_parse_from(["entrepot", "serve", "--mail-url", url, "--mail-from", from]) else {
        panic!("refused")
    };
    assert!(!format!("{cli:?}").contains("hunter2"));
    let alone = Cli::try_parse_from(["entrepot", "serve", "--mail-url", url]).unwrap_err().to_string();
    assert!(alone.contains("--mail-from") && !alone.contains("hunter2"), "{alone}");
    let help = Command::new(env!("CARGO_BIN_EXE_entrepot"))
        .args(["serve", "--help"])
        .env("ENTREPOT_MAIL_URL", url)
        .output()
        .unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    assert!(help.contains("ENTREPOT_MAIL_URL") && !help.contains("hunter2"), "{help}");
    let plain =
        ["serve", "--mail-url", "http://shop:hunter2@mail.example", "--mail-from", from, "--listen", "127.0.0.1:0"];
    let refused = Command::new(env!("CARGO_BIN_EXE_entrepot")).args(plain).output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&refused.stdout), String::from_utf8_lossy(&refused.stderr));
    assert!(!refused.status.success() && said.contains("smtps://") && !said.contains("hunter2"), "{said}");
}
