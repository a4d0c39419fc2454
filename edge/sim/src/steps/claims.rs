//! Claims: buyers object and give back, sellers answer or never do, the operator decides.

use super::nobody;
use crate::hands::Hands;
use crate::run::{Known, Sim};
use crate::watch::Glance;
use aftersales::{Claim, Decision, Kind, NewClaim, State, Wish};
use base::{Id, Money, Result};
use orders::{Consignment, Line};
use store::Tx;

/// A claim about pieces that came broken.
pub(crate) fn damaged(consignment: Id<Consignment>, lines: Vec<(Id<Line>, i64)>) -> NewClaim {
    NewClaim {
        consignment,
        lines,
        kind: Kind::Damaged,
        wish: Wish::MoneyBack,
        amount: None,
        words: "It is broken.".into(),
        pictures: Vec::new(),
    }
}

impl<H: Hands> Sim<'_, H> {
    /// The buyer objects to pieces of a line, or gives them back; sometimes to more than there are, sometimes twice.
    pub(crate) async fn object(&mut self, known: &Known, glance: &Glance) -> Result<String> {
        let Some(one) = self.chance.pick(&glance.consignments).cloned() else { return nobody() };
        let (order, id) = (known.id, Id::<Consignment>::from_raw(one.id));
        let mut lines = self.process.store.read(move |db| orders::lines(db, order)).await?;
        lines.retain(|line| line.consignment == id);
        let Some(line) = self.chance.pick(&lines).cloned() else { return nobody() };
        let kinds = [Kind::Damaged, Kind::Withdrawal, Kind::NotArrived, Kind::MissingPieces];
        let kind = kinds[self.chance.below(kinds.len())];
        let pieces = self.chance.between(1, line.quantity);
        let mut new = NewClaim { kind, ..damaged(id, vec![(line.id, pieces)]) };
        if kind == Kind::Damaged && self.chance.one_in(3) {
            let minor = self.chance.between(1, (line.total.minor / line.quantity).max(1));
            (new.wish, new.amount) = (Wish::LowerPrice, Some(Money::new(minor, line.total.currency)));
        }
        let times = if self.chance.one_in(6) { 2 } else { 1 };
        let mut told = Vec::new();
        for _ in 0..times {
            let new = new.clone();
            let opened = self.process.store.write_as(known.buyer.actor, move |tx| aftersales::open(tx, &new)).await;
            match opened {
                Ok(claim) => told.push(claim.to_string()),
                Err(error) if told.is_empty() => return Err(error),
                Err(error) => told.push(self.refused(error)?),
            }
        }
        Ok(format!("{kind:?} of {pieces}: {told:?}"))
    }

    async fn claims(&mut self, known: &Known) -> Result<Vec<Claim>> {
        let order = known.id;
        let mut claims = self.process.store.read(move |db| aftersales::of_order(db, order)).await?;
        claims.retain(Claim::is_open);
        Ok(claims)
    }

    /// Whoever has the next step of a claim takes it, in one way or another, or leaves it to the clock; sometimes somebody takes a
    /// step that is not theirs.
    pub(crate) async fn go_on(&mut self, known: &Known) -> Result<String> {
        let claims = self.claims(known).await?;
        let Some(claim) = self.chance.pick(&claims).cloned() else { return nobody() };
        let (id, state) = (claim.id, claim.state);
        let way = self.chance.below(5);
        let step = if self.chance.one_in(10) { self.chance.below(5) } else { of(state) };
        let (seller, buyer) = (self.staff_of(claim.organisation.raw())?, known.buyer.actor);
        let actor = match step {
            0 | 4 => seller,
            1 | 3 => buyer,
            _ => self.people.operator,
        };
        let lower = Money::new(self.chance.between(1, 400), claim.amount.currency);
        let deed = move |tx: &mut Tx| match (step, way) {
            (0, 0 | 1) => aftersales::agree(tx, id, way == 1, "So be it."),
            (0, 2) => aftersales::refuse(tx, id, "It was whole."),
            (1, 0) => aftersales::withdraw(tx, id),
            (1, 1 | 2) => aftersales::escalate(tx, id, "Look again."),
            (2, 0) => aftersales::decide(tx, id, Decision::MoneyBack { send_back: false }, "It is so."),
            (2, 1) => aftersales::decide(tx, id, Decision::MoneyBack { send_back: true }, "Send it back."),
            (2, 2) => aftersales::decide(tx, id, Decision::LowerPrice(lower), "A little."),
            (2, 3) => aftersales::decide(tx, id, Decision::Nothing, "It is whole."),
            (3, 0..=2) => aftersales::send_back(tx, id, "Post", "RR1"),
            (4, 0 | 1) => {
                let lines = aftersales::lines(tx, id)?;
                let shelf: Vec<_> = lines.iter().filter(|_| way == 0).map(|one| (one.line, one.pieces)).collect();
                aftersales::receive(tx, id, &shelf, "")
            }
            (4, 2) => aftersales::contest(tx, id, "Another thing came."),
            _ => Ok(()),
        };
        self.process.store.write_as(actor, deed).await?;
        Ok(format!("{id} ({}): step {step}, way {way}", state.name()))
    }

    /// At the end the operator decides whatever is open, and does not wait for anybody.
    pub(crate) async fn judge(&mut self, known: &Known) -> Result<()> {
        for claim in self.claims(known).await? {
            if claim.state == State::Settling {
                continue;
            }
            let id = claim.id;
            let decision = match self.chance.one_in(2) {
                true => Decision::Nothing,
                false => Decision::MoneyBack { send_back: false },
            };
            let decide = move |tx: &mut Tx| aftersales::decide(tx, id, decision, "It is the end.");
            self.process.store.write_as(self.people.operator, decide).await?;
        }
        Ok(())
    }
}

/// Whose step a state asks for: the seller's answer, the buyer's question, the operator's decision, the way back, its receipt.
fn of(state: State) -> usize {
    match state {
        State::Open => 0,
        State::Refused => 1,
        State::Escalated | State::Settling | State::Closed => 2,
        State::Returning => 3,
        State::Sent => 4,
    }
}
