//! A shop for tests, and its orders in any state in one line: the house sells from Łódź, a marketplace seller from Shenzhen, buyers pay
//! with the sandbox. Everything is brought there by the deeds that pages and the API use.
//!
//! Owns: nothing. Never: part of the program.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod buy;
mod found;
mod money;
mod send;
pub mod stated;

pub use buy::{BAD_CARD, GOOD_CARD, berlin, line, visit};
pub use found::{house, seller, shop, supplied, thing, world};

use base::{Actor, Id, Money, Result, Role};
use catalog::{Product, Variant};
use offers::Offer;
use orders::{Consignment, Order, Whole};
use parties::{Organisation, Person};
use payments::Providers;
use payments::sandbox::Sandbox;
use std::future::Future;
use std::sync::Arc;
use stock::Warehouse;
use store::{Read, Schema, Store, Tx};
use terms::Agreement;

/// The tables of every context up to settlement.
pub const SCHEMAS: &[Schema] = &[
    parties::SCHEMA,
    catalog::SCHEMA,
    ledger::SCHEMA,
    terms::SCHEMA,
    stock::SCHEMA,
    payments::SCHEMA,
    notify::SCHEMA,
    onboarding::SCHEMA,
    offers::SCHEMA,
    logistics::SCHEMA,
    orders::SCHEMA,
    checkout::SCHEMA,
    settlement::SCHEMA,
];

/// Who sells from where.
#[derive(Clone, Copy, Debug)]
pub struct Side {
    /// The organisation.
    pub organisation: Id<Organisation>,
    /// Its agreement.
    pub agreement: Id<Agreement>,
    /// Its warehouse.
    pub warehouse: Id<Warehouse>,
    /// What the house pays it for a piece, if it supplies.
    pub supply: Option<Money>,
}

/// One thing on sale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thing {
    /// What it is.
    pub variant: Id<Variant>,
    /// Of which product.
    pub product: Id<Product>,
    /// How it is sold.
    pub offer: Id<Offer>,
    /// Whose shelf it lies on.
    pub warehouse: Id<Warehouse>,
}

/// Everything a test needs.
#[derive(Clone)]
pub struct Shop {
    /// The database.
    pub store: Store,
    /// Rates and rules of the day.
    pub world: Arc<door::World>,
    /// Who takes payments.
    pub sandbox: Sandbox,
    /// The operator.
    pub house: Side,
    /// A marketplace seller.
    pub loom: Side,
    /// The house's lamp at 40.00 EUR, from Łódź.
    pub lamp: Thing,
    /// The seller's shirt at 15.00 EUR, from Shenzhen.
    pub shirt: Thing,
    /// The seller's mug at 12.34 USD, from Shenzhen.
    pub mug: Thing,
    /// A registered buyer.
    pub buyer: Id<Person>,
}

impl Shop {
    /// Reads.
    pub fn read<T: Send + 'static>(&self, read: impl FnMut(&mut Read) -> Result<T> + Send + 'static) -> T {
        self.store.read_blocking(read).unwrap()
    }

    /// Reads as somebody, if they may.
    pub fn try_read<T: Send + 'static>(
        &self,
        actor: Actor,
        read: impl FnMut(&mut Read) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.store.read_as_blocking(actor, read)
    }

    /// Does something as the house.
    pub fn write<T: Send + 'static>(&self, deed: impl FnMut(&mut Tx) -> Result<T> + Send + 'static) -> T {
        self.try_write(Actor::System, deed).unwrap()
    }

    /// Does something as somebody, if it can be done.
    pub fn try_write<T: Send + 'static>(
        &self,
        actor: Actor,
        deed: impl FnMut(&mut Tx) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.store.write_as_blocking(actor, deed)
    }

    /// A buyer who has not signed in does something.
    pub fn as_guest<T: Send + 'static>(&self, deed: impl FnMut(&mut Tx) -> Result<T> + Send + 'static) -> Result<T> {
        self.try_write(Actor::Guest, deed)
    }

    /// Somebody of Loom's does something.
    pub fn as_loom<T: Send + 'static>(&self, deed: impl FnMut(&mut Tx) -> Result<T> + Send + 'static) -> Result<T> {
        self.try_write(staff(self.loom.organisation), deed)
    }

    /// Somebody of the house's operations does something.
    pub fn as_operator<T: Send + 'static>(&self, deed: impl FnMut(&mut Tx) -> Result<T> + Send + 'static) -> Result<T> {
        let organisation = self.house.organisation.raw();
        self.try_write(Actor::Person { person: 78, organisation, role: Role::Operations }, deed)
    }

    /// Lets days go by.
    pub fn pass(&self, days: i64) {
        self.store.clock().advance_seconds(days * 86_400);
    }

    /// Who takes payments.
    pub fn providers(&self) -> Providers {
        Providers::new(Arc::new(self.sandbox.clone()))
    }

    /// Everything of an order.
    pub fn whole(&self, order: Id<Order>) -> Whole {
        self.read(move |db| orders::whole(db, order))
    }

    /// The head of an order.
    pub fn order(&self, order: Id<Order>) -> Order {
        self.read(move |db| orders::find(db, order))
    }

    /// The consignments of an order that were not called off.
    pub fn live(&self, order: Id<Order>) -> Vec<Consignment> {
        let mut all = self.whole(order).consignments;
        all.retain(|one| one.state != orders::State::Cancelled);
        all
    }

    /// Available and held pieces.
    pub fn stock(&self, thing: Thing) -> (i64, i64) {
        let level = self.read(move |db| stock::levels(db, &[thing.variant])).remove(0);
        (level.available, level.held)
    }

    /// So many more of a thing lie on its shelf.
    pub fn receive(&self, thing: Thing, quantity: i64) {
        let Thing { warehouse, variant, .. } = thing;
        self.write(move |tx| {
            let (key, reason) = (format!("more:{}", tx.id::<Person>()), "more".to_owned());
            stock::receive(tx, &stock::Move { warehouse, variant, quantity, key, reason })
        });
    }

    /// So many of a thing lie on its shelf, by count.
    pub fn count(&self, thing: Thing, quantity: i64) {
        let Thing { warehouse, variant, .. } = thing;
        self.write(move |tx| {
            let (key, reason) = (format!("count:{}", tx.id::<Person>()), "count".to_owned());
            stock::set_on_hand(tx, &stock::Move { warehouse, variant, quantity, key, reason }).map(drop)
        });
    }

    /// Available pieces.
    pub fn free(&self, thing: Thing) -> i64 {
        self.stock(thing).0
    }
}

/// Somebody of an organisation who packs.
pub fn staff(organisation: Id<Organisation>) -> Actor {
    Actor::Person { person: 77, organisation: organisation.raw(), role: Role::SellerStaff }
}

/// A buyer who has signed in.
pub fn buyer(person: Id<Person>) -> Actor {
    Actor::Person { person: person.raw(), organisation: 0, role: Role::Buyer }
}

/// Waits for a future.
pub fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}
