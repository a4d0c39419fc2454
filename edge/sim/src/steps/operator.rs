//! The operator and the sellers: refunds, parcels given up, objections closed, prices, rates and stock.

use super::life::Act;
use super::nobody;
use crate::hands::Hands;
use crate::run::{Known, Sim, rules};
use crate::watch::{Glance, Part};
use base::{Error, Id, Kind, Money, Result};
use catalog::Variant;
use offers::{AgreeSupply, Offer, RateRow, SetPrice, SetSupply, Supply};
use orders::Consignment;
use settlement::{Bearer, Refund, Remit, What};
use stock::Move;
use terms::Agreement;

impl<H: Hands> Sim<'_, H> {
    pub(crate) async fn write_off(&mut self, glance: &Glance) -> Result<String> {
        let operator = self.people.operator;
        let mut parcels = glance.consignments.iter().flat_map(|one| &one.parcels);
        let gone = parcels.find(|one| matches!(one.state.as_str(), "lost" | "returned"));
        let Some(gone) = gone.map(|one| Id::<orders::Parcel>::from_raw(one.id)) else { return nobody() };
        let back = self.process.store.write_as(operator, move |tx| settlement::write_off(tx, gone)).await?;
        Ok(format!("{back} back for {gone}"))
    }

    pub(crate) async fn refund(&mut self, act: Act, known: &Known, glance: &Glance) -> Result<String> {
        let Some(one) = self.chance.pick(&glance.consignments).cloned() else { return nobody() };
        let what = match act {
            Act::RefundConsignment => What::Consignment(Id::from_raw(one.id)),
            _ => self.part(known, &one).await?,
        };
        let said = format!("{what:?}");
        let refund = Refund { order: known.id, what, reason: "arrived_damaged".into(), key: self.key("refund") };
        let times = if self.chance.one_in(6) { 2 } else { 1 };
        let mut back = Money::zero(known.total.currency);
        for time in 0..times {
            let refund = refund.clone();
            let given =
                self.process.store.write_as(self.people.operator, move |tx| settlement::refund(tx, &refund)).await?;
            if time > 0 && given != back {
                return Err(Error::internal(format!("the same refund gave {back}, then {given}")));
            }
            back = given;
        }
        Ok(format!("{back} back by {said}, asked {times} times"))
    }

    /// Pieces of a line, a delivery, a lower price, or goodwill.
    async fn part(&mut self, known: &Known, one: &Part) -> Result<What> {
        let (order, consignment) = (known.id, Id::<Consignment>::from_raw(one.id));
        let mut lines = self.process.store.read(move |db| orders::lines(db, order)).await?;
        lines.retain(|line| line.consignment == consignment);
        let Some(line) = self.chance.pick(&lines).cloned() else { return Ok(What::Delivery(consignment)) };
        let minor = self.chance.between(1, (known.total.minor / 3).max(1));
        let amount = Money::new(minor, known.total.currency);
        Ok(match self.chance.below(5) {
            0 => What::Delivery(consignment),
            1 => What::Reduction { amount, line: self.chance.one_in(2).then_some(line.id) },
            2 => {
                let sold = line.terms.merchant_of_record == terms::Party::Seller;
                let by_seller = sold && self.chance.one_in(2);
                let bearer = if by_seller { Bearer::Seller(Id::from_raw(one.organisation)) } else { Bearer::Platform };
                What::Goodwill { amount, bearer }
            }
            _ => {
                let pieces = self.chance.between(1, line.quantity);
                What::Pieces { lines: vec![(line.id, pieces)], restock: self.chance.one_in(2) }
            }
        })
    }

    /// Whoever ships cannot send what was sold.
    pub(crate) async fn call_off(&mut self, glance: &Glance) -> Result<String> {
        let Some(one) = self.chance.pick(&glance.consignments).cloned() else { return nobody() };
        let (id, operator) = (Id::<Consignment>::from_raw(one.id), self.people.operator);
        let shipper = self.people.sellers.iter().find(|seller| seller.organisation.raw() == one.shipped_by);
        let actor = shipper.map_or(operator, |shipper| shipper.staff);
        let deed = move |tx: &mut store::Tx| settlement::cancel_consignment(tx, id, "out_of_stock");
        let back = self.process.store.write_as(actor, deed).await?;
        Ok(format!("{back} back for {id}"))
    }

    pub(crate) async fn reprice(&mut self) -> Result<String> {
        if self.chance.one_in(6) {
            return self.new_rates().await;
        }
        let at = self.chance.below(self.people.things.len());
        let thing = self.people.things[at];
        let minor = thing.price.minor * self.chance.between(70, 140) / 100;
        let price = Money::new(minor.max(1), thing.price.currency);
        if let Some((agreement, price)) = thing.supply.filter(|_| self.chance.one_in(2)) {
            return self.agree_supply(agreement, thing.variant, price).await;
        }
        let set = SetPrice { offer: thing.offer, price, compare_at: None };
        self.process.store.write(move |tx| offers::set_price(tx, &set)).await?;
        Ok(format!("{} costs {price}", thing.offer))
    }

    /// Another supply price, now or in some days; a supplier cannot agree it with itself.
    async fn agree_supply(&mut self, agreement: Id<Agreement>, variant: Id<Variant>, first: Money) -> Result<String> {
        let price = Money::new(first.minor * self.chance.between(80, 130) / 100, first.currency);
        let days = self.chance.below(3) as i64;
        let valid_from = (days > 0).then(|| self.clock.now().plus_days(days));
        let new = AgreeSupply { agreement, variant, price, valid_from };
        for seller in &self.people.sellers[1..] {
            let tried = self.process.store.write_as(seller.staff, move |tx| offers::agree_supply(tx, &new)).await;
            if !tried.is_err_and(|error| error.kind == Kind::Denied) {
                return Err(Error::internal("a seller agreed a supply price"));
            }
        }
        let changed =
            self.process.store.write_as(self.people.operator, move |tx| offers::agree_supply(tx, &new)).await?;
        Ok(format!("{variant} is supplied at {price} in {days} days: {changed}"))
    }

    /// Pays some of what is owed to an authority or a carrier; sometimes more than that, sometimes twice.
    pub(crate) async fn remit(&mut self) -> Result<String> {
        let today = self.clock.now().date();
        let read = move |db: &mut store::Read| settlement::payables(db, (today, today));
        let mut rows = self.process.store.read(read).await?;
        rows.retain(|row| row.owed.minor > 0);
        let Some(row) = self.chance.pick(&rows).cloned() else { return nobody() };
        let too_much = self.chance.one_in(6);
        let minor = if too_much { row.owed.minor + 1 } else { self.chance.between(1, row.owed.minor) };
        let amount = Money::new(minor, row.owed.currency);
        let remit = Remit { account: row.account, amount, paid_on: today, reference: self.key("bank") };
        let times = if self.chance.one_in(6) { 2 } else { 1 };
        for time in 0..times {
            let remit = remit.clone();
            let paid = self.process.store.write_as(self.people.operator, move |tx| settlement::remit(tx, &remit)).await;
            match paid {
                Ok((_, new)) if !too_much && new == (time == 0) => {}
                Err(error) if too_much && error.kind == base::Kind::Invalid => {}
                other => return Err(Error::internal(format!("{amount} of {}: {other:?}", row.owed))),
            }
        }
        Ok(format!("{amount} of {} to {}, asked {times} times", row.owed, row.code))
    }

    /// The day's rates move by up to a twentieth.
    async fn new_rates(&mut self) -> Result<String> {
        let moves: Vec<i64> = (0..64).map(|_| self.chance.between(950, 1050)).collect();
        let write = move |tx: &mut store::Tx| {
            let date = tx.now().date();
            let mut rows = Vec::new();
            for (index, row) in offers::rate_rows(tx, date)?.into_iter().enumerate() {
                let permille = moves[index % moves.len()];
                let rate = row.rate.times(base::Rate::basis_points(permille * 10))?;
                rows.push(RateRow { rate, date, ..row });
            }
            offers::put_rates(tx, &rows).map(|()| rows.len())
        };
        let count = self.process.store.write(write).await?;
        self.worlds = self.process.store.read(rules).await?;
        Ok(format!("{count} rates move"))
    }

    pub(crate) async fn supply(&mut self) -> Result<String> {
        let at = self.chance.below(self.people.things.len());
        let thing = self.people.things[at];
        if self.chance.one_in(3) {
            return self.supply_anew(thing.offer).await;
        }
        let (warehouse, variant, key) = (thing.warehouse, thing.variant, self.key("stock"));
        let breaks = self.chance.one_in(8);
        let quantity = if breaks { -self.chance.between(1, 5) } else { self.chance.between(10, 80) };
        let reason = if breaks { "broken" } else { "first_leg" }.to_owned();
        let command = Move { warehouse, variant, quantity, key, reason };
        let again = self.chance.one_in(6);
        let change = move |tx: &mut store::Tx| {
            for _ in 0..if again { 2 } else { 1 } {
                if breaks { stock::adjust(tx, &command)? } else { stock::receive(tx, &command)? }
            }
            Ok(())
        };
        match self.process.store.write(change).await {
            Ok(()) => Ok(format!("{quantity} of {variant} at {warehouse}")),
            Err(error) => self.refused(error),
        }
    }

    /// A seller says anew what an offer is supplied from: little at a time, so that buyers meet its end.
    async fn supply_anew(&mut self, offer: Id<Offer>) -> Result<String> {
        let (days, most) = (self.chance.between(1, 9), self.chance.between(1, 8));
        let kinds = [(3, "made"), (2, "preorder"), (1, "stock")];
        let kind = self.chance.weighted(&kinds, "stock");
        let set = move |tx: &mut store::Tx| {
            let (supply, capacity) = match kind {
                "made" => (Supply::Made { lead_days: days }, Some(most)),
                "preorder" => (Supply::Preorder { ships_on: tx.now().plus_days(days).date() }, Some(most)),
                _ => (Supply::Stock, None),
            };
            offers::set_supply(tx, &SetSupply { offer, supply, capacity }).map(|_| supply)
        };
        match self.process.store.write(set).await {
            Ok(supply) => Ok(format!("{offer} is supplied from {supply}")),
            Err(error) => self.refused(error),
        }
    }
}
