//! Whoever never answers holds up what waits for them and nothing else: payment providers, carriers, mail servers and receivers of
//! webhooks that take a question and keep it, beside a shop whose worker runs as it does in a server.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "../../web/tests/desk_world/mod.rs"]
mod desk_world;
#[path = "../../web/tests/world/mod.rs"]
mod world;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use base::{Actor, Address, Currency, Error, Id, Moment, Money, Result};
use checkout::{AskQuote, CartLine, NewCart, Place, Quote, QuoteState, Reach};
use connect::Peers;
use desk_world::{Desks, desks};
use hooks::NewEndpoint;
use logistics::carrier::Answer;
use logistics::{Booking, Bought, Carrier, News, Parcel, Report, Said};
use notify::{Letter, Mailer};
use offers::{Offer, SetPrice};
use orders::{Fulfilment, Order, Payment};
use payments::sandbox::Sandbox;
use payments::{Authorise, BoxFuture, Intent, Notice, Outcome, Provider, Providers, RefundOutcome, Refunding};
use search::Query;
use std::future::pending;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use store::{Store, testing};
use works::House;
use works::worker;

/// A provider, a carrier and a mail server that keep every question, until `says` is set.
#[derive(Default)]
struct Silent {
    asked: AtomicUsize,
    says: Mutex<Option<Result<Outcome>>>,
}

impl Silent {
    fn keep<'a, T: Send + 'a>(&'a self) -> BoxFuture<'a, T> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        Box::pin(pending())
    }

    fn answer(&self) -> BoxFuture<'_, Result<Outcome>> {
        match self.says.lock().unwrap().clone() {
            Some(said) => Box::pin(std::future::ready(said)),
            None => self.keep(),
        }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl Provider for Silent {
    fn name(&self) -> &'static str {
        "silent"
    }
    fn supports(&self, _: Currency) -> bool {
        true
    }
    fn tokenise(&self, input: &str) -> Result<String> {
        Ok(input.into())
    }
    fn authorise<'a>(&'a self, _: &'a Authorise) -> BoxFuture<'a, Result<Outcome>> {
        self.answer()
    }
    fn capture<'a>(&'a self, _: &'a Intent) -> BoxFuture<'a, Result<Outcome>> {
        self.answer()
    }
    fn void<'a>(&'a self, _: &'a Intent) -> BoxFuture<'a, Result<Outcome>> {
        self.answer()
    }
    fn status<'a>(&'a self, _: &'a Intent) -> BoxFuture<'a, Result<Outcome>> {
        self.answer()
    }
    fn refund<'a>(&'a self, _: &'a Refunding) -> BoxFuture<'a, Result<RefundOutcome>> {
        self.keep()
    }
    fn webhook(&self, _: &[(String, String)], _: &[u8], _: Moment) -> Result<Vec<Notice>> {
        Ok(Vec::new())
    }
}

impl Carrier for Silent {
    fn name(&self) -> &'static str {
        "karrio"
    }
    fn place(&self) -> String {
        "nowhere".into()
    }
    fn prepare<'a>(&'a self, _: &'a Booking) -> Answer<'a, Said<String>> {
        self.keep()
    }
    fn buy<'a>(&'a self, _: &'a Booking) -> Answer<'a, Said<Bought>> {
        self.keep()
    }
    fn void<'a>(&'a self, _: &'a Booking) -> Answer<'a, Said<()>> {
        self.keep()
    }
    fn track<'a>(&'a self, _: &'a Parcel, _: Moment) -> Answer<'a, Vec<Report>> {
        self.keep()
    }
    fn webhook(&self, _: &[(String, String)], _: &[u8], _: Moment) -> Result<Vec<News>> {
        Ok(Vec::new())
    }
}

impl Mailer for Silent {
    fn send<'a>(&'a self, _: &'a Letter) -> BoxFuture<'a, Result<notify::Outcome>> {
        self.keep()
    }
}

/// Takes every letter.
#[derive(Default)]
struct Mailbox(AtomicUsize);

impl Mailer for Mailbox {
    fn send<'a>(&'a self, _: &'a Letter) -> BoxFuture<'a, Result<notify::Outcome>> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(std::future::ready(Ok(notify::Outcome::Accepted)))
    }
}

/// What arrived at `/well`, and how often `/silent` was asked, which keeps every question.
#[derive(Clone, Default)]
struct Receiver(Arc<(AtomicUsize, AtomicUsize)>);

impl Receiver {
    async fn start() -> (Receiver, String) {
        let receiver = Receiver::default();
        let well = async |State(to): State<Receiver>| {
            to.0.0.fetch_add(1, Ordering::SeqCst);
            StatusCode::NO_CONTENT
        };
        let silent = async |State(to): State<Receiver>| {
            to.0.1.fetch_add(1, Ordering::SeqCst);
            pending::<StatusCode>().await
        };
        let router = Router::new().route("/well", post(well)).route("/silent", post(silent));
        let router = router.with_state(receiver.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        (receiver, address)
    }

    fn well(&self) -> usize {
        self.0.0.load(Ordering::SeqCst)
    }

    fn silent(&self) -> usize {
        self.0.1.load(Ordering::SeqCst)
    }
}

struct Shop {
    house: House,
    desks: Desks,
    provider: Arc<Silent>,
    carrier: Arc<Silent>,
    receiver: Receiver,
}

/// Runs `test` on every engine, over a shop that trades through the sandbox, has orders at a silent provider and parcels at a
/// silent carrier, and tells one receiver that takes everything and one that never answers.
fn each(mailer: impl Fn() -> Arc<dyn Mailer>, test: impl AsyncFn(Shop)) {
    for (engine, store) in testing::stores(works::schemas()) {
        println!("on {engine}");
        let (provider, carrier, mailer) = (Arc::new(Silent::default()), Arc::new(Silent::default()), mailer());
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let (receiver, address) = Receiver::start().await;
            let (asked, booking) = (provider.clone(), carrier.clone());
            let make = move || {
                world::furnish(&store);
                ["silent", "well"].iter().for_each(|at| endpoint(&store, &format!("{address}/{at}")));
                let sandbox = Arc::new(Sandbox::new(&store).unwrap());
                let providers = Providers::new(sandbox.clone()).with(asked);
                let house = House::with_providers(store.clone(), providers, sandbox).unwrap();
                let house = house.with_mailer(Some(mailer)).booking_through(Some(booking));
                let house = house.speaking_to(Peers::new(true)).unwrap();
                let app = house.pages(&web::SURFACES, frame::Config::default()).unwrap();
                (house, desks(store, app))
            };
            let (house, desks) = tokio::task::spawn_blocking(make).await.unwrap();
            test(Shop { house, desks, provider, carrier, receiver }).await;
        });
        // What never answers is not waited for.
        runtime.shutdown_background();
    }
}

fn endpoint(store: &Store, url: &str) {
    let url = url.to_owned();
    let create = move |tx: &mut store::Tx| {
        let organisation = parties::platform(tx)?.unwrap().id;
        let new = NewEndpoint { organisation, url: url.clone(), kinds: vec!["order.placed".into()] };
        hooks::create(tx, &new).map(drop)
    };
    store.write_blocking(create).unwrap();
}

/// Waits until it is so. The time limit only fails the test; nothing depends on how long it takes.
async fn until(what: &str, so: impl AsyncFn() -> bool) {
    let waiting = async {
        while !so().await {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(120), waiting).await.is_ok(), "waited in vain: {what}");
}

impl Shop {
    fn offer(&self) -> Id<Offer> {
        self.desks.offer.parse().unwrap()
    }

    fn store(&self) -> &Store {
        &self.house.store
    }

    /// A quote for one piece, open until its time is over.
    async fn quote(&self) -> (Reach, Quote) {
        let new = NewCart {
            destination: "DE".parse().unwrap(),
            region: String::new(),
            currency: Currency::EUR,
            language: "en".parse().unwrap(),
            lines: vec![CartLine { offer: self.offer(), quantity: 1 }],
        };
        let cart = self.store().write_as(Actor::Guest, move |tx| checkout::create(tx, &new)).await.unwrap();
        let reach = Reach::Token(cart.token);
        let address = Address {
            country: "DE".into(),
            name: "Jana Köhler".into(),
            street: "Torstraße 90".into(),
            postcode: "10119".into(),
            city: "Berlin".into(),
            phone: "+49 30 1234567".into(),
            ..Address::default()
        };
        let ask = AskQuote { cart: reach.clone(), address, currency: None, choices: Vec::new(), from: None };
        let rules = self.desks.app.world();
        let quoted = self.store().write_as(Actor::Guest, move |tx| checkout::quote(tx, &rules, &ask));
        (reach, quoted.await.unwrap())
    }

    /// An order whose money is to come through `provider`, which was not asked yet.
    async fn unpaid(&self, provider: &'static str) -> Id<Order> {
        let (cart, quote) = self.quote().await;
        let place = Place {
            cart,
            quote: Some(quote.id),
            email: "jana@example.com".into(),
            provider: provider.into(),
            method: "sandbox:ok".into(),
            said: Vec::new(),
        };
        self.store().write_as(Actor::Guest, move |tx| checkout::place(tx, &place)).await.unwrap().order
    }

    async fn order(&self, id: Id<Order>) -> Order {
        self.store().read(move |db| orders::find(db, id)).await.unwrap()
    }

    async fn is_called_off(&self, id: Id<Order>) -> bool {
        self.order(id).await.fulfilment == Fulfilment::Cancelled
    }

    /// Offers on the list, and the sellers' prices.
    fn listed(&self) -> Vec<(Id<Offer>, Money)> {
        let app = &self.desks.app;
        let all = Query { limit: 250, ..Query::to("DE".parse().unwrap(), Currency::EUR) };
        let page = search::search(&app.shelf, &app.world(), &all).unwrap();
        page.hits.iter().map(|hit| (hit.offer, hit.price)).collect()
    }

    /// Something becomes cheaper; it stays on the list.
    async fn reprice(&self) -> (Id<Offer>, Money) {
        let (offer, before) = self.listed()[0];
        let price = Money::new(before.minor - 1, before.currency);
        let set = SetPrice { offer, price, compare_at: None };
        self.store().write(move |tx| offers::set_price(tx, &set)).await.unwrap();
        (offer, price)
    }

    async fn placed(&self) -> usize {
        let count = "SELECT COUNT(*) FROM order_head";
        self.store().read(move |db| db.raw(count, &[])?[0].get::<i64>(0)).await.unwrap() as usize
    }

    async fn audit(&self) {
        let report = self.store().read(sim::audit).await.unwrap();
        assert!(report.findings.is_empty(), "{:?}", report.findings);
    }
}

/// More than there are hands for one party.
const ORDERS: usize = 12;

#[test]
fn a_provider_a_carrier_and_a_receiver_that_never_answer_hold_up_only_what_waits_for_them() {
    let mailbox = Arc::new(Mailbox::default());
    each(
        || mailbox.clone(),
        async |shop| {
            mailbox.0.store(0, Ordering::SeqCst);
            let mut stuck = Vec::new();
            for _ in 0..ORDERS {
                stuck.push(shop.unpaid("silent").await);
            }
            let other = shop.unpaid("sandbox").await;
            let (_, quote) = shop.quote().await;
            let consignment = shop.desks.consignment.parse().unwrap();
            shop.store().write(move |tx| orders::pack(tx, consignment)).await.unwrap();
            shop.store().clock().advance_seconds(31 * 60);
            let worker = tokio::spawn(worker::work(shop.house.clone()));
            until("the provider is asked by all hands", async || shop.provider.asked() == orders::UNPAID.hands).await;
            until("the carrier is asked", async || shop.carrier.asked() > 0).await;
            until("the silent receiver has its share", async || shop.receiver.silent() == 4).await;

            let price = shop.reprice().await;
            until("the list has the new price", async || shop.listed().contains(&price)).await;
            until("mail goes out", async || mailbox.0.load(Ordering::SeqCst) >= 2).await;
            let placed = shop.placed().await;
            until("the other receiver is told of every order", async || shop.receiver.well() == placed).await;
            let over = async || {
                let state = shop.store().read(move |db| checkout::quoted(db, quote.id)).await.unwrap().state;
                state == QuoteState::Expired
            };
            until("the quote's hold is over", over).await;
            until("the other provider's order is called off", async || shop.is_called_off(other).await).await;

            for order in stuck {
                let order = shop.order(order).await;
                assert_eq!(
                    (order.fulfilment, order.payment),
                    (Fulfilment::Waiting, Payment::Pending),
                    "nobody knows yet"
                );
            }
            assert_eq!(shop.receiver.silent(), 4, "no more than its share");
            shop.audit().await;
            worker.abort();
        },
    );
}

#[test]
fn a_mail_server_that_never_answers_holds_up_only_the_mail() {
    let silent = Arc::new(Silent::default());
    each(
        || silent.clone(),
        async |shop| {
            let asked = silent.asked();
            let mut unpaid = Vec::new();
            for _ in 0..ORDERS {
                unpaid.push(shop.unpaid("sandbox").await);
            }
            shop.store().clock().advance_seconds(31 * 60);
            let worker = tokio::spawn(worker::work(shop.house.clone()));
            until("the mail server is asked", async || silent.asked() > asked).await;
            let price = shop.reprice().await;
            until("the list has the new price", async || shop.listed().contains(&price)).await;
            let placed = shop.placed().await;
            until("the receiver is told of every order", async || shop.receiver.well() == placed).await;
            for order in unpaid {
                until("nobody paid: called off", async || shop.is_called_off(order).await).await;
            }
            let sent = "SELECT COUNT(*) FROM notify_message WHERE state <> 'queued'";
            let sent: i64 = shop.store().read(move |db| db.raw(sent, &[])?[0].get(0)).await.unwrap();
            assert_eq!(sent, 0, "what nobody took is not called sent");
            shop.audit().await;
            worker.abort();
        },
    );
}

#[test]
fn an_order_whose_provider_does_not_answer_waits_longer_each_time_and_loses_no_money() {
    each(
        || Arc::new(Mailbox::default()),
        async |shop| {
            let order = shop.unpaid("silent").await;
            let held = async || {
                let holds =
                    "SELECT COALESCE(SUM(remaining), 0) FROM ledger_hold WHERE state = 'pending' AND subject = $1";
                shop.store().read(move |db| db.raw(holds, store::params![order])?[0].get::<i64>(0)).await.unwrap()
            };
            let say = |said| *shop.provider.says.lock().unwrap() = Some(said);
            say(Err(Error::unavailable("provider_silent", "The provider does not answer.")));
            shop.store().clock().advance_seconds(31 * 60);
            for (attempt, pause) in [(1, 10), (2, 20), (3, 40), (4, 80)] {
                worker::run_due(&shop.house).await.unwrap();
                let failing = shop.store().read(|db| store::failing(db, 10)).await.unwrap();
                let job = failing.iter().find(|job| job.subject == order.raw()).expect("told among the failing jobs");
                assert_eq!((job.kind.as_str(), job.party.as_str(), job.attempts), ("order.unpaid", "silent", attempt));
                assert_eq!(job.run_at, shop.store().clock().now().plus_seconds(pause));
                assert!(job.error.contains("does not answer"), "{}", job.error);
                assert_eq!((shop.order(order).await.fulfilment, held().await), (Fulfilment::Waiting, 1));
                shop.store().clock().advance_seconds(pause);
            }
            let amount = shop.order(order).await.sums.total().unwrap();
            say(Ok(Outcome::Captured { reference: "late".into(), amount }));
            worker::run_due(&shop.house).await.unwrap();
            let paid = shop.order(order).await;
            assert_eq!((paid.payment, paid.fulfilment), (Payment::Paid, Fulfilment::ToPack));
            assert_eq!((paid.captured, held().await), (paid.sums.total().unwrap(), 1));
            let left = shop.store().read(|db| store::failing(db, 10)).await.unwrap();
            assert!(left.iter().all(|job| job.subject != order.raw()), "{left:?}");
        },
    );
}
