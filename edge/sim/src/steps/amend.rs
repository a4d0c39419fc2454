//! Buyers, sellers and the operator change orders that are not packed: buyers propose, agree, pay, take it back or forget it; sellers and
//! the operator ask buyers, who say yes, no or nothing. Some of it happens at the same moment as the seller packs.

use crate::callers::Caller;
use crate::hands::Hands;
use crate::run::{Known, Sim};
use crate::watch::Glance;
use amendments::{Amendment, AskAmendment, State, ToBuyer};
use base::{Actor, Id, Kind, Result};
use checkout::{Choice, Retry};
use orders::{Consignment, Side, Whole};
use settlement::Why;

impl<H: Hands> Sim<'_, H> {
    /// The next step of a change of this order, whichever comes next.
    pub(crate) async fn amend(&mut self, known: &Known) -> Result<String> {
        let order = known.id;
        let live = self.process.store.read(move |db| amendments::live(db, order)).await?;
        let actor = if self.chance.one_in(6) { self.people.operator } else { known.buyer.actor };
        match live {
            Some(one) if one.state == State::Agreed => self.agreed(known, actor, &one).await,
            Some(one) if one.is_offered() => self.answered(known, &one).await,
            Some(one) if !self.chance.one_in(4) => match self.chance.below(6) {
                0 => self.withdraw(actor, one.id).await,
                _ => self.agree(actor, one.id).await,
            },
            _ if self.chance.one_in(3) => self.offer(known).await,
            _ => self.propose(known, actor).await,
        }
    }

    /// The buyer says yes or no to what was proposed, or nothing; or who proposed it thinks better of it.
    async fn answered(&mut self, known: &Known, one: &Amendment) -> Result<String> {
        match self.chance.below(8) {
            0 => self.withdraw(self.people.operator, one.id).await,
            1 => match one.organisation {
                Some(seller) => self.withdraw(self.staff_of(seller.raw())?, one.id).await,
                None => Ok("no answer yet".into()),
            },
            2 => self.withdraw(known.buyer.actor, one.id).await,
            3 => Ok("no answer yet".into()),
            _ => self.agree(known.buyer.actor, one.id).await,
        }
    }

    /// A seller of something in the order, or the operator, asks the buyer for another.
    async fn offer(&mut self, known: &Known) -> Result<String> {
        let order = known.id;
        let whole: Whole = self.process.store.read(move |db| orders::whole(db, order)).await?;
        let mut sellers: Vec<_> = whole.consignments.iter().map(|one| one.organisation).collect();
        sellers.retain(|seller| !amendments::amendable(&whole, Some(*seller)).is_empty());
        let seller = self.chance.pick(&sellers).copied().filter(|_| !self.chance.one_in(4));
        let actor = seller.map_or(Ok(self.people.operator), |seller| self.staff_of(seller.raw()))?;
        let (mut ask, world) = (self.wish(known).await?, self.rules.clone());
        if let Some(seller) = seller {
            let own = amendments::amendable(&whole, Some(seller));
            ask.services.retain(|one| one.organisation == seller);
            ask.lines.retain(|(line, _)| {
                let line = whole.lines.iter().find(|one| one.id == *line);
                line.is_some_and(|line| own.iter().any(|one| one.id == line.consignment))
            });
        }
        let reason = Why::of(Side::Seller)[self.chance.below(Why::of(Side::Seller).len())];
        ask.to_buyer = Some(ToBuyer { reason, words: String::new() });
        let done = self.process.store.write_as(actor, move |tx| amendments::propose(tx, &world, &ask)).await;
        match done {
            Ok(one) => {
                self.told("offered");
                Ok(format!("offered {} for {}", one.total, one.left))
            }
            // What was wished for is the order as it is, nothing, or another's goods.
            Err(error) if error.kind == Kind::Invalid => Ok(format!("refused, {}", error.code)),
            Err(error) => Err(error),
        }
    }

    async fn agreed(&mut self, known: &Known, actor: Actor, one: &Amendment) -> Result<String> {
        match self.chance.below(8) {
            0 => self.withdraw(actor, one.id).await,
            1 => Ok("left unpaid for now".into()),
            _ => {
                let (method, key) = (self.method()?, self.key("amendment"));
                let provider = self.process.providers.taking().name().into();
                let paying = self.paying_again(known, Retry { order: known.id, provider, method, key });
                let told = self.meet(vec![paying]).await?.told();
                self.remember_attempts(known.id).await?;
                Ok(told)
            }
        }
    }

    async fn propose(&mut self, known: &Known, actor: Actor) -> Result<String> {
        let ask = self.wish(known).await?;
        let (said, world) = (format!("{:?} {:?}", ask.lines, ask.add), self.rules.clone());
        let done = self.process.store.write_as(actor, move |tx| amendments::propose(tx, &world, &ask)).await;
        match done {
            Ok(one) => {
                self.told("proposed");
                Ok(format!("{said}: {} for {}", one.total, one.left))
            }
            // What was wished for is the order as it is, or nothing.
            Err(error) if error.kind == Kind::Invalid => Ok(format!("refused, {}", error.code)),
            Err(error) => Err(error),
        }
    }

    /// More or fewer of some lines, other goods in addition, another service.
    async fn wish(&mut self, known: &Known) -> Result<AskAmendment> {
        let (order, world) = (known.id, self.rules.clone());
        let read = move |db: &mut store::Read| {
            let services = amendments::services(db, &world, order, None).unwrap_or_default();
            Ok((orders::whole(db, order)?, services))
        };
        let (whole, priced): (Whole, _) = self.process.store.read(read).await?;
        let open: Vec<Consignment> = orders::amendable(&whole).into_iter().cloned().collect();
        let (mut lines, mut add, mut services) = (Vec::new(), Vec::new(), Vec::new());
        for line in whole.lines.iter().filter(|line| open.iter().any(|one| one.id == line.consignment)) {
            if line.to_send() > 0 && self.chance.one_in(2) {
                lines.push((line.id, self.chance.between(0, line.to_send() + 2)));
            }
        }
        if lines.is_empty() || self.chance.one_in(2) {
            let at = self.chance.below(self.people.things.len());
            add.push((self.people.things[at].offer, self.chance.between(1, 2)));
        }
        if self.chance.one_in(3)
            && let Some(price) = self.chance.pick(&priced)
            && let Some(option) = self.chance.pick(&price.options)
        {
            let (organisation, warehouse) = (price.organisation, price.warehouse);
            services.push(Choice { organisation, warehouse, service: option.service.code.clone() });
        }
        Ok(AskAmendment { order, lines, add, services, address: None, to_buyer: None })
    }

    async fn agree(&mut self, actor: Actor, id: Id<Amendment>) -> Result<String> {
        let provider = self.process.providers.taking().name();
        let done = self.process.store.write_as(actor, move |tx| amendments::agree(tx, id, provider)).await?;
        self.told(done.state.name());
        Ok(format!("{} more, {} back", done.more(), done.back()))
    }

    async fn withdraw(&mut self, actor: Actor, id: Id<Amendment>) -> Result<String> {
        self.process.store.write_as(actor, move |tx| amendments::withdraw(tx, id)).await?;
        self.told("withdrawn");
        Ok("withdrawn".into())
    }

    fn told(&mut self, what: &str) {
        *self.summary.counts.entry(format!("amendment: {what}")).or_default() += 1;
    }

    /// What was proposed is agreed to in two tabs, paid in two, taken back, and packed, all at once.
    pub(crate) async fn amenders(&mut self, known: &Known, glance: &Glance) -> Result<Vec<Caller>> {
        let order = known.id;
        let live = self.process.store.read(move |db| amendments::live(db, order)).await?;
        let Some(one) = live else { return Ok(Vec::new()) };
        let (id, buyer, provider) = (one.id, known.buyer.actor, self.process.providers.taking().name());
        let mut callers: Vec<Caller> = Vec::new();
        for _ in 0..self.chance.between(1, 3) {
            let store = self.process.store.clone();
            callers.push(Box::pin(async move {
                let done = store.write_as(buyer, move |tx| amendments::agree(tx, id, provider)).await;
                done.map(|done| format!("{:?}", done.state))
            }));
            let (method, key) = (self.method()?, self.key("amendment"));
            callers.push(self.paying_again(known, Retry { order, provider: provider.into(), method, key }));
        }
        if self.chance.one_in(3) {
            let store = self.process.store.clone();
            callers.push(Box::pin(async move {
                store.write_as(buyer, move |tx| amendments::withdraw(tx, id)).await.map(|()| "withdrawn".into())
            }));
        }
        if let Some(part) = self.chance.pick(&glance.consignments) {
            let (store, part, staff) =
                (self.process.store.clone(), Id::<Consignment>::from_raw(part.id), part.shipped_by);
            let staff = self.staff_of(staff)?;
            callers.push(Box::pin(async move {
                let done = store.write_as(staff, move |tx| orders::pack(tx, part)).await;
                done.map(|_| "packed".into())
            }));
        }
        Ok(callers)
    }
}
