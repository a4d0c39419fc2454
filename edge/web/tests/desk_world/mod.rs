//! People at the desks and a few orders, made through the functions that people use.

#![allow(dead_code, reason = "each test uses its own part of the world")]

pub mod calls;
pub mod traces;

use super::world::{self, Browser, PASSWORD, password_hash};
use base::{Actor, Address, Id, Role};
use checkout::{AskQuote, CartLine, NewCart, Place, Reach};
use frame::App;
use offers::Offer;
use parties::{Organisation, OrganisationKind, Register};
use payments::Provider;
use store::{Store, Tx};

/// The application, and ids that pages are made of.
pub struct Desks {
    pub store: Store,
    pub app: App,
    pub seller: Id<Organisation>,
    /// A consignment of the seller, paid and to be packed.
    pub consignment: String,
    /// An offer of the seller.
    pub offer: String,
    /// The order of that consignment.
    pub order: String,
    pub number: String,
    /// An order that nobody has paid.
    pub unpaid: String,
}

/// Runs `test` among people at their desks on every engine.
pub fn each(test: impl AsyncFn(Desks)) {
    world::each(async |store, app| {
        let desks = tokio::task::spawn_blocking(move || desks(store, app)).await.unwrap();
        test(desks).await;
    });
}

/// Two sellers with their people, staff of the operator, and three orders.
pub fn desks(store: Store, app: App) -> Desks {
    let hash = password_hash();
    let (seller, offer, others, invited) = store.write_blocking(move |tx| staff(tx, &hash)).unwrap();
    for (person, invitation, role) in invited {
        let actor = Actor::Person { person: person.raw(), organisation: 0, role: Role::Buyer };
        store.write_as_blocking(actor, move |tx| parties::accept_invitation(tx, invitation, role)).unwrap();
    }
    let (order, _) = buy(&store, &app, &[offer, others[0], others[1]], "4242424242424242");
    buy(&store, &app, &[offer], "4242424242424242");
    let (unpaid, _) = buy(&store, &app, &[offer], "4000000000000002");
    let whole = store.read_blocking(move |db| orders::whole(db, order)).unwrap();
    let own = whole.consignments.iter().find(|one| one.organisation == seller).unwrap();
    Desks {
        app,
        seller,
        consignment: own.id.to_string(),
        offer: offer.to_string(),
        order: order.to_string(),
        number: whole.order.number.clone(),
        unpaid: unpaid.to_string(),
        store,
    }
}

fn register(tx: &mut Tx, email: &str, name: &str, hash: &str) -> base::Result<Id<parties::Person>> {
    let register = Register {
        email: email.into(),
        password_hash: hash.into(),
        name: name.into(),
        language: "en".parse()?,
        country: "DE".parse()?,
    };
    parties::register(tx, &register)
}

/// Somebody who is to say yes to a role.
type Invited = (Id<parties::Person>, Id<parties::Invitation>, Role);

/// A seller, one of its offers, offers of others, and everybody who is invited.
type Staffed = (Id<Organisation>, Id<Offer>, Vec<Id<Offer>>, Vec<Invited>);

fn invite(tx: &mut Tx, email: &str, name: &str, hash: &str, of: Id<Organisation>, role: Role) -> base::Result<Invited> {
    let person = register(tx, email, name, hash)?;
    let new = parties::Invite { organisation: of, email: email.into(), role };
    Ok((person, parties::invite(tx, &new)?.id, role))
}

fn staff(tx: &mut Tx, hash: &str) -> base::Result<Staffed> {
    let platform = parties::platform(tx)?.unwrap();
    let mut invited = Vec::new();
    for (email, role) in [
        ("operations@example.com", Role::Operations),
        ("finance@example.com", Role::Finance),
        ("service@example.com", Role::Service),
    ] {
        invited.push(invite(tx, email, "Ilse Brandt", hash, platform.id, role)?);
    }
    let sellers = parties::organisations(tx, OrganisationKind::Seller, None, 10)?;
    let mut with_offers = Vec::new();
    for seller in &sellers {
        if let Some(row) =
            offers::offers_of_organisation(tx, seller.id, &offers::OfferFilter::default(), None, 1)?.first()
        {
            with_offers.push((seller.id, row.offer.id));
        }
    }
    let (seller, offer) = with_offers[0];
    for (email, organisation, role) in [
        ("owner@lantau.example", seller, Role::SellerOwner),
        ("staff@lantau.example", seller, Role::SellerStaff),
        ("owner@other.example", with_offers[1].0, Role::SellerOwner),
    ] {
        invited.push(invite(tx, email, "Lin Wei", hash, organisation, role)?);
    }
    let own = offers::offers_of_organisation(tx, platform.id, &offers::OfferFilter::default(), None, 1)?[0].offer.id;
    Ok((seller, offer, vec![with_offers[1].1, own], invited))
}

fn berlin() -> Address {
    Address {
        country: "DE".into(),
        name: "Jana Köhler".into(),
        street: "Torstraße 90".into(),
        postcode: "10119".into(),
        city: "Berlin".into(),
        phone: "+49 30 1234567".into(),
        ..Address::default()
    }
}

/// Buys two of each offer with this card, as a guest.
pub fn buy(store: &Store, app: &App, offers: &[Id<Offer>], card: &str) -> (Id<orders::Order>, Id<payments::Intent>) {
    buy_in(store, app, offers, card, "en")
}

/// [`buy`], by a guest who reads `language`.
pub fn buy_in(
    store: &Store,
    app: &App,
    offers: &[Id<Offer>],
    card: &str,
    language: &str,
) -> (Id<orders::Order>, Id<payments::Intent>) {
    let new = NewCart {
        destination: "DE".parse().unwrap(),
        region: String::new(),
        currency: "EUR".parse().unwrap(),
        language: language.parse().unwrap(),
        lines: offers.iter().map(|offer| CartLine { offer: *offer, quantity: 2 }).collect(),
    };
    let cart = store.write_as_blocking(Actor::Guest, move |tx| checkout::create(tx, &new)).unwrap();
    let reach = Reach::Token(cart.token);
    let (world, sandbox) = (app.world(), app.sandbox().clone().unwrap());
    let ask = AskQuote { cart: reach.clone(), address: berlin(), currency: None, choices: Vec::new(), from: None };
    let quote = store.write_as_blocking(Actor::Guest, move |tx| checkout::quote(tx, &world, &ask)).unwrap();
    let place = Place {
        cart: reach,
        quote: Some(quote.id),
        email: "jana@example.com".into(),
        provider: sandbox.name().into(),
        method: sandbox.tokenise(card).unwrap(),
        said: Vec::new(),
    };
    let placed = store.write_as_blocking(Actor::Guest, move |tx| checkout::place(tx, &place)).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let visit = checkout::Visit { label: placed.number, return_url: "https://shop.example/order".into() };
    runtime.block_on(checkout::pay(store, &app.providers(), placed.intent, &visit)).unwrap();
    (placed.order, placed.intent)
}

/// Two of an offer, paid by somebody who is signed in and gives this name and telephone; another two lie in their basket.
pub fn buy_as(
    store: &Store,
    app: &App,
    (person, offer): (Id<parties::Person>, Id<Offer>),
    (name, phone, email): (&str, &str, &str),
) -> Id<orders::Order> {
    let actor = Actor::Person { person: person.raw(), organisation: 0, role: Role::Buyer };
    let new = NewCart {
        destination: "DE".parse().unwrap(),
        region: String::new(),
        currency: "EUR".parse().unwrap(),
        language: "en".parse().unwrap(),
        lines: vec![CartLine { offer, quantity: 2 }],
    };
    let again = new.clone();
    store.write_as_blocking(actor, move |tx| checkout::create(tx, &new).map(drop)).unwrap();
    let (reach, world, sandbox) = (Reach::Person(person), app.world(), app.sandbox().clone().unwrap());
    let address = Address { name: name.into(), phone: phone.into(), ..berlin() };
    let ask = AskQuote { cart: reach.clone(), address, currency: None, choices: Vec::new(), from: None };
    let quote = store.write_as_blocking(actor, move |tx| checkout::quote(tx, &world, &ask)).unwrap();
    let place = Place {
        cart: reach,
        quote: Some(quote.id),
        email: email.into(),
        provider: sandbox.name().into(),
        method: sandbox.tokenise("4242424242424242").unwrap(),
        said: Vec::new(),
    };
    let placed = store.write_as_blocking(actor, move |tx| checkout::place(tx, &place)).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let visit = checkout::Visit { label: placed.number, return_url: "https://shop.example/order".into() };
    runtime.block_on(checkout::pay(store, &app.providers(), placed.intent, &visit)).unwrap();
    store.write_as_blocking(actor, move |tx| checkout::create(tx, &again).map(drop)).unwrap();
    placed.order
}

/// A browser that is signed in.
pub async fn sign_in(desks: &Desks, email: &str, language: &str) -> Browser {
    let mut browser = Browser::new(&desks.app, language);
    browser.get("/sign-in").await;
    let answer = browser.post("/sign-in", &[("email", email), ("password", PASSWORD)]).await;
    assert_eq!(answer.status, axum::http::StatusCode::SEE_OTHER, "{email} cannot sign in: {}", answer.html);
    browser
}
