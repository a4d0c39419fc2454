//! Several callers at once, at the same thing: a cart placed from every tab, a payment pressed five times, a refund asked for by two
//! people, an order called off, or made smaller, while it is packed and handed over, accepted while it is objected to; two nodes at the same jobs, two
//! payouts to one seller, a product file beside a change of price.

use super::{claims, nobody};
use crate::callers::Caller;
use crate::hands::Hands;
use crate::run::{Known, Met, Sim};
use crate::watch::{Glance, Sent};
use base::{Actor, Error, Id, Money, Result};
use checkout::{Place, Placed, Reach, Retry};
use offers::SetPrice;
use orders::{Consignment, Order};
use payments::Intent;
use settlement::{Bearer, Refund, What};
use std::sync::{Arc, Mutex, PoisonError};
use store::{Store, Tx};

/// What callers found, for whoever let them call.
#[derive(Clone)]
struct Found<T>(Arc<Mutex<Vec<T>>>);

impl<T> Found<T> {
    fn new() -> Found<T> {
        Found(Arc::new(Mutex::new(Vec::new())))
    }

    fn add(&self, one: T) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(one);
    }

    fn all(&self) -> Vec<T> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Somebody who does one thing in one transaction.
fn deed<T: Send + 'static>(
    store: &Store,
    actor: Actor,
    name: &'static str,
    work: impl FnMut(&mut Tx) -> Result<T> + Send + 'static,
) -> Caller {
    let store = store.clone();
    Box::pin(async move { store.write_as(actor, work).await.map(|_| name.to_owned()) })
}

impl<H: Hands> Sim<'_, H> {
    pub(crate) async fn crowd(&mut self) -> Result<String> {
        let (name, told) = match self.chance.below(20) {
            0..4 => ("place", self.place_at_once().await?),
            4..6 => ("two nodes", self.two_nodes().await?),
            6 => ("pay out", self.pay_out_at_once().await?),
            7 => ("import", self.import_beside_a_price().await?),
            _ => return self.order_at_once().await,
        };
        self.count(name);
        Ok(format!("{name}: {told}"))
    }

    fn count(&mut self, name: &str) {
        *self.summary.counts.entry(format!("at once: {name}")).or_default() += 1;
    }

    /// One cart from several tabs, with cards of their own: one order.
    async fn place_at_once(&mut self) -> Result<String> {
        let open: Vec<usize> = (0..self.baskets.len())
            .filter(|at| self.baskets[*at].order.is_none() && !self.baskets[*at].quotes.is_empty())
            .collect();
        let Some(at) = self.chance.pick(&open).copied() else { return nobody() };
        let basket = self.baskets[at].clone();
        let (found, mut callers) = (Found::<Placed>::new(), Vec::<Caller>::new());
        for _ in 0..self.chance.between(2, 5) {
            let command = Place {
                cart: Reach::Token(basket.token.clone()),
                quote: self.chance.pick(&basket.quotes).map(|(id, _)| *id),
                email: basket.buyer.address.email.clone(),
                provider: self.process.providers.taking().name().into(),
                method: self.method()?,
                said: Vec::new(),
            };
            let (store, found, actor) = (self.process.store.clone(), found.clone(), basket.buyer.actor);
            callers.push(Box::pin(async move {
                let placed = store.write_as(actor, move |tx| checkout::place(tx, &command)).await?;
                found.add(placed.clone());
                Ok(placed.order.to_string())
            }));
        }
        let told = match self.meet(callers).await? {
            Met::Said(told) => told,
            // Nobody knows what became of it; an order that nobody pays is called off by itself.
            Met::Died(told) => {
                self.baskets.remove(at);
                return Ok(told);
            }
        };
        let placed = found.all();
        let Some(first) = placed.iter().find(|one| !one.again).cloned() else { return Ok(told) };
        let new = placed.iter().filter(|one| !one.again).count();
        if new != 1 || placed.iter().any(|one| one.order != first.order || one.total != first.total) {
            return Err(Error::internal(format!("one cart, placed at once: {placed:?}")));
        }
        if !basket.quotes.iter().any(|(_, told)| *told == first.total) {
            return Err(Error::internal(format!("quoted {:?}, placed {}", basket.quotes, first.total)));
        }
        self.touched = Some(first.order);
        self.baskets[at].order = Some(first.order);
        self.summary.orders += 1;
        let intents = vec![first.intent];
        self.orders.push(Known { id: first.order, buyer: basket.buyer, total: first.total, intents });
        Ok(told)
    }

    /// Whatever several people can want of one order at the same moment.
    async fn order_at_once(&mut self) -> Result<String> {
        let Some(known) = self.chance.pick(&self.orders).cloned() else { return nobody() };
        let glance = self.glance(&known).await?;
        self.touched = Some(known.id);
        let (name, callers) = match glance.fulfilment.as_str() {
            "waiting" => ("pay", self.payers(&known)?),
            "to_pack" if self.chance.one_in(3) => ("agree, pay, pack", self.amenders(&known, &glance).await?),
            "to_pack" if self.chance.one_in(3) => ("take out", self.takers(&known, &glance).await?),
            "to_pack" | "packed" => ("pack, hand over, call off", self.packers(&known, &glance).await?),
            "exception" => ("write off, call off", self.writers_off(&known, &glance)),
            "delivered" => ("accept, object", self.deciders(&known, &glance)),
            "completed" => ("refund", self.refunders(&known, &glance)),
            _ => return nobody(),
        };
        self.count(name);
        let told = self.meet(callers).await?.told();
        self.remember_attempts(known.id).await?;
        Ok(format!("{name} {}: {told}", known.id))
    }

    /// The button pressed several times, other cards tried in other tabs, and somebody who calls it off.
    fn payers(&mut self, known: &Known) -> Result<Vec<Caller>> {
        let mut callers = Vec::new();
        for _ in 0..self.chance.between(2, 4) {
            if let Some(intent) = self.chance.pick(&known.intents).copied() {
                callers.push(self.payer(known.id, intent));
            }
        }
        for _ in 0..self.chance.between(0, 2) {
            let (method, key) = (self.method()?, self.key("retry"));
            let provider = self.process.providers.taking().name().into();
            let retry = Retry { order: known.id, provider, method, key };
            callers.push(self.paying_again(known, retry));
        }
        if self.chance.one_in(4) {
            callers.push(self.canceller(known));
        }
        Ok(callers)
    }

    fn payer(&self, order: Id<Order>, intent: Id<Intent>) -> Caller {
        let (store, providers) = (self.process.store.clone(), self.process.providers.clone());
        let visit = checkout::Visit { label: order.to_string(), return_url: "https://shop.example/order".into() };
        Box::pin(async move {
            checkout::pay(&store, &providers, intent, &visit).await.map(|outcome| format!("{outcome:?}"))
        })
    }

    fn canceller(&self, known: &Known) -> Caller {
        let id = known.id;
        deed(&self.process.store, known.buyer.actor, "called off", move |tx| settlement::cancel(tx, id, "changed_mind"))
    }

    /// Every consignment packed and handed over by two people each, while the buyer thinks better of it or gets something back.
    async fn packers(&mut self, known: &Known, glance: &Glance) -> Result<Vec<Caller>> {
        let store = self.process.store.clone();
        let mut callers = Vec::new();
        for part in &glance.consignments {
            let (id, actor) = (Id::<Consignment>::from_raw(part.id), self.staff_of(part.shipped_by)?);
            for _ in 0..self.chance.between(1, 2) {
                callers.push(deed(&store, actor, "packed", move |tx| orders::pack(tx, id)));
                callers.push(deed(&store, actor, "handed over", move |tx| orders::hand_over(tx, id)));
            }
        }
        if self.chance.one_in(3) {
            callers.push(self.canceller(known));
            callers.push(self.canceller(known));
        }
        if self.chance.one_in(3) {
            callers.extend(self.refunders(known, glance));
        }
        if self.chance.one_in(3) {
            callers.extend(self.takers(known, glance).await?);
        }
        Ok(callers)
    }

    /// What is lost is given up by two people, while the buyer calls the order off.
    fn writers_off(&self, known: &Known, glance: &Glance) -> Vec<Caller> {
        let (store, operator) = (&self.process.store, self.people.operator);
        let gone = |one: &&Sent| matches!(one.state.as_str(), "lost" | "returned");
        let mut callers = vec![self.canceller(known)];
        for sent in glance.consignments.iter().flat_map(|part| &part.parcels).filter(gone) {
            let id = Id::<orders::Parcel>::from_raw(sent.id);
            for _ in 0..2 {
                callers.push(deed(store, operator, "written off", move |tx| settlement::write_off(tx, id)));
            }
        }
        callers
    }

    /// The buyer accepts in one tab and objects in another, while the operator closes the objection.
    fn deciders(&mut self, known: &Known, glance: &Glance) -> Vec<Caller> {
        let (store, id, buyer) = (self.process.store.clone(), known.id, known.buyer.actor);
        let accept = || deed(&store, buyer, "accepted", move |tx| settlement::complete_delivered(tx, id));
        let mut callers = vec![accept(), accept()];
        let Some(one) = self.chance.pick(&glance.consignments) else { return callers };
        let one = Id::<Consignment>::from_raw(one.id);
        let object = move |tx: &mut Tx| {
            let lines = orders::lines(tx, id)?.into_iter().filter(|line| line.consignment == one);
            let lines = lines.take(1).map(|line| (line.id, 1)).collect();
            aftersales::open(tx, &claims::damaged(one, lines))
        };
        callers.insert(1, deed(&store, buyer, "objected", object));
        if self.chance.one_in(2) {
            let close = move |tx: &mut Tx| {
                let open = aftersales::of_order(tx, id)?.into_iter().filter(aftersales::Claim::is_open);
                open.map(|claim| claim.id)
                    .collect::<Vec<_>>()
                    .into_iter()
                    .try_for_each(|claim| aftersales::decide(tx, claim, aftersales::Decision::Nothing, "It is whole."))
            };
            callers.push(deed(&store, self.people.operator, "closed", close));
        }
        callers
    }

    /// One refund asked for twice, and others beside it that together may be more than was paid.
    fn refunders(&mut self, known: &Known, glance: &Glance) -> Vec<Caller> {
        let store = self.process.store.clone();
        let operator = self.people.operator;
        let mut callers = Vec::new();
        for _ in 0..self.chance.between(1, 3) {
            let part = self.chance.pick(&glance.consignments).map(|part| Id::from_raw(part.id));
            let what = match part.filter(|_| self.chance.one_in(2)) {
                Some(consignment) => What::Consignment(consignment),
                None => {
                    let minor = self.chance.between(1, (known.total.minor / 2).max(1));
                    let amount = Money::new(minor, known.total.currency);
                    match self.chance.one_in(2) {
                        true => What::Goodwill { amount, bearer: Bearer::Platform },
                        false => What::Reduction { amount, line: None },
                    }
                }
            };
            let refund = Refund { order: known.id, what, reason: "arrived_damaged".into(), key: self.key("refund") };
            for _ in 0..self.chance.between(1, 2) {
                let refund = refund.clone();
                callers.push(deed(&store, operator, "refunded", move |tx| settlement::refund(tx, &refund)));
            }
        }
        callers
    }

    async fn two_nodes(&mut self) -> Result<String> {
        let nodes = vec![self.working_node(), self.working_node()];
        Ok(self.meet(nodes).await?.told())
    }

    async fn pay_out_at_once(&mut self) -> Result<String> {
        let Some(seller) = self.chance.pick(&self.people.sellers).map(|seller| seller.organisation) else {
            return nobody();
        };
        let store = self.process.store.clone();
        let pay = || deed(&store, Actor::System, "paid out", move |tx| settlement::pay_out_due(tx, seller));
        Ok(self.meet(vec![pay(), pay(), pay()]).await?.told())
    }

    /// The price is one of the two afterwards.
    async fn import_beside_a_price(&mut self) -> Result<String> {
        let at = self.chance.below(self.people.goods());
        let minor = self.chance.between(500, 9_000);
        let (file, options, offer) = self.people.file_of(at, minor)?;
        let price = Money::new(minor + 1, offer.price.currency);
        let (store, id) = (self.process.store.clone(), offer.offer);
        let importing: Caller = Box::pin(async move {
            let import = move || offers::import(&store, || Ok(file.as_bytes()), &options, |_| true);
            let report = tokio::task::spawn_blocking(import).await.map_err(Error::internal)??;
            match report.errors.first() {
                None => Ok(format!("{} products in", report.products)),
                Some(wrong) => Err(Error::internal(format!("the file is refused: {wrong:?}"))),
            }
        });
        let set = SetPrice { offer: id, price, compare_at: None };
        let pricing = deed(&self.process.store, Actor::System, "priced", move |tx| offers::set_price(tx, &set));
        let told = match self.meet(vec![importing, pricing]).await? {
            Met::Said(told) => told,
            Met::Died(told) => return Ok(told),
        };
        let now = self.process.store.read(move |db| offers::offer(db, id)).await?.price;
        if now != price && now.minor != minor {
            return Err(Error::internal(format!("imported at {minor}, priced {price}, and now it is {now}")));
        }
        Ok(told)
    }
}
