//! Buyers, sellers and the operator take pieces out of orders, some of them at the same moment, twice, too many, or too late.

use super::nobody;
use crate::callers::Caller;
use crate::hands::Hands;
use crate::run::{Known, Sim};
use crate::watch::Glance;
use base::{Actor, Error, Id, Result};
use orders::{Line, Side};
use settlement::{TakeOut, Why};

impl<H: Hands> Sim<'_, H> {
    /// Somebody takes pieces of a line or two out, now and then twice.
    pub(crate) async fn take_out(&mut self, known: &Known, glance: &Glance) -> Result<String> {
        let Some((actor, wish)) = self.smaller(known, glance).await? else { return nobody() };
        let said = format!("{:?} {}", wish.lines, wish.why.name());
        let times = if self.chance.one_in(5) { 2 } else { 1 };
        let mut first = None;
        for _ in 0..times {
            let wish = wish.clone();
            let done = self.process.store.write_as(actor, move |tx| settlement::take_out(tx, &wish)).await?;
            if first.as_ref().is_some_and(|first| *first != done) {
                return Err(Error::internal(format!("the same pieces gave {first:?}, then {done:?}")));
            }
            first = Some(done);
        }
        let back = first.map(|done| done.amount);
        self.count_out(&wish);
        Ok(format!("{back:?} back for {said}, asked {times} times"))
    }

    fn count_out(&mut self, wish: &TakeOut) {
        let side = if wish.why == Why::ChangedMind { "buyer" } else { "seller" };
        *self.summary.counts.entry(format!("taken out: {side}")).or_default() += 1;
    }

    /// Buyer and desk want the same order smaller, each in two tabs.
    pub(crate) async fn takers(&mut self, known: &Known, glance: &Glance) -> Result<Vec<Caller>> {
        let mut callers: Vec<Caller> = Vec::new();
        for _ in 0..self.chance.between(2, 4) {
            let Some((actor, wish)) = self.smaller(known, glance).await? else { continue };
            for _ in 0..self.chance.between(1, 2) {
                let (store, wish) = (self.process.store.clone(), wish.clone());
                callers.push(Box::pin(async move {
                    let done = store.write_as(actor, move |tx| settlement::take_out(tx, &wish)).await;
                    done.map(|done| format!("{} taken out", done.amount))
                }));
            }
        }
        // Meanwhile the buyer thinks of other words.
        let (store, order, actor) = (self.process.store.clone(), known.id, known.buyer.actor);
        callers.push(Box::pin(async move {
            let done = store.write_as(actor, move |tx| orders::say(tx, order, &super::buyer::says(3))).await;
            done.map(|()| "other words".into())
        }));
        Ok(callers)
    }

    /// Who wants which pieces out, and why. Sometimes more than there are.
    async fn smaller(&mut self, known: &Known, glance: &Glance) -> Result<Option<(Actor, TakeOut)>> {
        let Some(one) = self.chance.pick(&glance.consignments).cloned() else { return Ok(None) };
        let order = known.id;
        let mut lines: Vec<Line> = self.process.store.read(move |db| orders::lines(db, order)).await?;
        let (side, actor) = match self.chance.below(3) {
            0 => (Side::Buyer, known.buyer.actor),
            1 => (Side::Seller, self.staff_of(one.shipped_by)?),
            _ => (Side::Operator, self.people.operator),
        };
        lines.retain(|line| side != Side::Seller || line.consignment.raw() == one.id);
        let mut wanted: Vec<(Id<Line>, i64)> = Vec::new();
        for _ in 0..self.chance.between(1, 2) {
            let Some(line) = self.chance.pick(&lines).cloned() else { continue };
            let most = if self.chance.one_in(8) { line.quantity } else { line.to_send().max(1) };
            if wanted.iter().all(|(id, _)| *id != line.id) {
                wanted.push((line.id, self.chance.between(1, most)));
            }
        }
        let why = match side {
            Side::Buyer => Why::ChangedMind,
            _ => self.chance.pick(Why::of(side)).copied().unwrap_or(Why::OutOfStock),
        };
        let key = self.key("take-out");
        Ok((!wanted.is_empty()).then_some((actor, TakeOut { order, lines: wanted, why, key })))
    }
}
