//! Buyers who take what they can: one holds as much as it gets and never pays, another pays one order in several tabs at once.

use super::nobody;
use crate::callers::Caller;
use crate::hands::Hands;
use crate::run::{Known, Sim};
use base::{Actor, Error, Language, Result};
use checkout::{AskQuote, CartLine, NewCart, Reach, Retry};
use store::{Read, params};

/// Where the hoarder sits.
const HOARDER: &str = "203.0.113.66";
/// Where somebody honest sits, who wants one piece of what is left.
const HONEST: &str = "198.51.100.7";

/// A stock row as the hoarder leaves it.
struct Shelf {
    balance: i64,
    free: i64,
    /// Pieces that count as the hoarder's,
    claimed: i64,
    /// and as the honest one's.
    honest: i64,
}

impl<H: Hands> Sim<'_, H> {
    /// Carts one after the other, of one thing, as many pieces as it gets; nothing is ever paid. Whatever it does, it stays within
    /// its share, and when two were free it leaves one that somebody else can be quoted.
    pub(crate) async fn hoard(&mut self) -> Result<String> {
        let thing = self.people.things[self.chance.below(self.people.things.len())];
        let row = format!("stock:{}:{}", thing.warehouse.raw(), thing.variant.raw());
        let (mut got, mut refused) = (0, 0);
        for _ in 0..self.chance.between(2, 8) {
            let before = self.shelf(&row).await?;
            let quantity = self.chance.between(1, before.free.clamp(1, 40));
            match self.quote_one(thing.offer, quantity, HOARDER).await {
                Ok(()) => got += quantity,
                Err(error) => {
                    refused += 1;
                    self.refused(error)?;
                    continue;
                }
            }
            let after = self.shelf(&row).await?;
            let most = (after.balance / 4).max(((after.balance + 1) / 2).min(10));
            if after.claimed > most || (before.free > 1 && after.free < 1) {
                let say = format!("a hoarder claims {} of {}, {} free", after.claimed, after.balance, after.free);
                return Err(Error::internal(say));
            }
        }
        let left = self.shelf(&row).await?;
        // Unless the honest one has its own share of it already.
        if left.free > 0
            && left.honest == 0
            && let Err(error) = self.quote_one(thing.offer, 1, HONEST).await
            && ["out_of_stock", "hold_limit"].contains(&error.code)
        {
            return Err(Error::internal(format!("{} are free and an honest buyer hears {}", left.free, error.code)));
        }
        Ok(format!("{got} of {} held for nothing, {refused} refused", thing.offer))
    }

    async fn shelf(&self, row: &str) -> Result<Shelf> {
        let row = row.to_owned();
        self.process.store.read(move |db| shelf(db, &row)).await
    }

    async fn quote_one(&mut self, offer: base::Id<offers::Offer>, quantity: i64, from: &str) -> Result<()> {
        let buyer = self.people.buyers[self.chance.below(self.people.buyers.len())].clone();
        let new = NewCart {
            destination: buyer.address.country.parse()?,
            region: buyer.address.region.clone(),
            currency: buyer.currency,
            language: Language::english(),
            lines: vec![CartLine { offer, quantity }],
        };
        let (rules, address, from) = (self.rules.clone(), buyer.address, Some(from.to_owned()));
        let quoting = move |tx: &mut store::Tx| {
            let cart = Reach::Token(checkout::create(tx, &new)?.token);
            let (address, from) = (address.clone(), from.clone());
            checkout::quote(tx, &rules, &AskQuote { cart, address, currency: None, choices: Vec::new(), from })
        };
        self.process.store.write_as(Actor::Guest, quoting).await.map(drop)
    }

    /// Several tabs with a card each want to pay one order; some are closed before the provider is asked.
    pub(crate) async fn pay_in_tabs(&mut self) -> Result<String> {
        let Some(known) = self.chance.pick(&self.orders).cloned() else { return nobody() };
        self.touched = Some(known.id);
        let mut tabs: Vec<Caller> = Vec::new();
        for _ in 0..self.chance.between(2, 4) {
            // Some are pages of before, sent again.
            let old = format!("sim:page:{}", self.chance.below(3));
            let (method, fresh) = (self.method()?, self.key("tab"));
            let key = if self.chance.one_in(3) { old } else { fresh };
            let provider = self.process.providers.taking().name().into();
            let command = Retry { order: known.id, provider, method, key };
            if self.chance.one_in(3) {
                let (store, actor) = (self.process.store.clone(), known.buyer.actor);
                tabs.push(Box::pin(async move {
                    let begun = store.write_as(actor, move |tx| checkout::retry(tx, &command)).await?;
                    Ok(format!("{begun:?} and closed"))
                }));
            } else {
                tabs.push(self.paying_again(&known, command));
            }
        }
        let told = self.meet(tabs).await?.told();
        self.remember_attempts(known.id).await?;
        Ok(told)
    }

    /// The buyer with another card, or the same once more.
    pub(crate) fn paying_again(&self, known: &Known, command: Retry) -> Caller {
        let (store, providers) = (self.process.store.clone(), self.process.providers.clone());
        let visit = checkout::Visit { label: known.id.to_string(), return_url: "https://shop.example/order".into() };
        let actor = known.buyer.actor;
        Box::pin(async move {
            let outcome = checkout::pay_again(&store, &providers, actor, &command, &visit).await?;
            Ok(format!("{outcome:?} with {}", command.method))
        })
    }
}

fn shelf(db: &mut Read, row: &str) -> Result<Shelf> {
    let Some(row) = db.maybe(SHELF, params![row])? else {
        return Ok(Shelf { balance: 0, free: 0, claimed: 0, honest: 0 });
    };
    let account: i64 = row.get(0)?;
    let (claimed, honest) = (claimed(db, account, HOARDER)?, claimed(db, account, HONEST)?);
    Ok(Shelf { balance: row.get(1)?, free: row.get(2)?, claimed, honest })
}

/// Pieces that count as a holder's: held, or held until less than twenty minutes ago, and not paid.
fn claimed(db: &mut Read, account: i64, holder: &str) -> Result<i64> {
    let rested = db.now().plus_minutes(-20);
    db.one(CLAIMED, params![account, holder, rested])?.get(0)
}

const SHELF: &str = "SELECT id, balance, balance - held FROM ledger_account WHERE code = $1";
const CLAIMED: &str = "SELECT CAST(COALESCE(SUM(pieces), 0) AS BIGINT) FROM checkout_claim
    WHERE account = $1 AND holder = $2 AND until > $3";
