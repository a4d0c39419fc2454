//! Where the money lies, what is given back of it, and when all of it has come to rest.

use crate::{Shop, wait};
use base::{Currency, Id, Money, Result};
use ledger::Account;
use orders::{Completed, Order, Parcel};
use settlement::{Refund, What};

impl Shop {
    /// What lies on an account.
    pub fn balance(&self, account: Account) -> i64 {
        self.read(move |db| ledger::balance(db, &account))
    }

    /// What Loom has earned and was not paid out.
    pub fn earned(&self, currency: Currency) -> i64 {
        self.balance(Account::seller(self.loom.organisation.raw(), currency))
    }

    /// What Loom owes the house.
    pub fn debt(&self, currency: Currency) -> i64 {
        -self.balance(Account::debt(self.loom.organisation.raw(), currency))
    }

    /// The buyer has received everything that arrived.
    pub fn confirm(&self, order: Id<Order>) -> Completed {
        self.write(move |tx| settlement::complete_delivered(tx, order))
    }

    /// Gives some of an order back, if it can be given.
    pub fn give_back(&self, order: Id<Order>, what: What, key: &str) -> Result<Money> {
        self.refund(&Refund { order, what, reason: "damaged".into(), key: key.into() })
    }

    /// The same, said whole.
    pub fn refund(&self, wish: &Refund) -> Result<Money> {
        let wish = wish.clone();
        self.store.write_blocking(move |tx| settlement::refund(tx, &wish))
    }

    /// Gives up a parcel that is lost or came back.
    pub fn give_up(&self, parcel: Id<Parcel>) -> Result<Money> {
        self.store.write_blocking(move |tx| settlement::write_off(tx, parcel))
    }

    /// Sends every refund of an order to the sandbox; says how many came to an end by it.
    pub fn refund_all(&self, order: Id<Order>) -> usize {
        let providers = self.providers();
        let refunds = self.read(move |db| payments::refunds(db, order.raw()));
        let sent = refunds
            .iter()
            .filter_map(|refund| wait(settlement::send_refund(&providers, &self.store, refund.id)).unwrap());
        sent.filter(|recorded| recorded.changed).count()
    }

    /// An order of which nothing is packed is called off, and its money goes back.
    pub fn call_off(&self, order: Id<Order>) {
        self.write(move |tx| settlement::cancel(tx, order, "changed_mind"));
        self.refund_all(order);
    }

    /// Pays Loom what is due to it.
    pub fn pay_out(&self) -> Vec<Money> {
        let loom = self.loom.organisation;
        self.write(move |tx| settlement::pay_out_due(tx, loom))
    }
}
