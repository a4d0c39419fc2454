//! An order's life: whoever has something to do with it in its state may do it, some of them twice or at the wrong time.

use super::nobody;
use crate::hands::Hands;
use crate::run::{Known, Met, Sim};
use crate::watch::{self, Glance};
use base::{Error, Id, Result};
use checkout::{Retry, Settle};
use logistics::{EventKind, Fate, NewEvent};
use orders::{Consignment, Line, Pick};
use payments::Outcome;

/// What is done with an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    Pay,
    Prove,
    Retry,
    Cancel,
    Pack,
    Unpack,
    HandOver,
    ReceiveBack,
    News,
    Trace,
    Release,
    Dispute,
    Claim,
    RefundPart,
    RefundConsignment,
    CallOff,
    TakeOut,
    Amend,
    WriteOff,
    Confirm,
    File,
    Nothing,
}

fn acts(fulfilment: &str) -> &'static [(usize, Act)] {
    use Act::*;
    match fulfilment {
        "waiting" => &[(46, Pay), (26, Prove), (12, Retry), (3, Cancel), (1, Confirm), (1, Pack), (11, Nothing)],
        "to_pack" => &[
            (46, Pack),
            (3, Unpack),
            (18, HandOver),
            (2, ReceiveBack),
            (2, WriteOff),
            (3, News),
            (6, Cancel),
            (3, RefundPart),
            (2, CallOff),
            (7, TakeOut),
            (26, Amend),
            (1, Dispute),
            (2, Prove),
            (2, Pay),
        ],
        "packed" => &[
            (56, HandOver),
            (6, Pack),
            (4, Unpack),
            (4, Cancel),
            (1, CallOff),
            (2, TakeOut),
            (3, Amend),
            (2, RefundPart),
            (4, RefundConsignment),
            (3, Prove),
            (2, News),
        ],
        "underway" => &[
            (20, News),
            (1, Trace),
            (1, ReceiveBack),
            (8, Release),
            (2, HandOver),
            (1, RefundPart),
            (1, Dispute),
            (30, Nothing),
        ],
        "exception" => &[(40, WriteOff), (10, News), (5, ReceiveBack), (2, Cancel), (20, Nothing)],
        "delivered" => &[
            (24, Confirm),
            (4, ReceiveBack),
            (6, Dispute),
            (16, Claim),
            (3, RefundPart),
            (1, RefundConsignment),
            (4, News),
            (40, Nothing),
        ],
        "completed" => &[
            (3, RefundPart),
            (4, RefundConsignment),
            (1, Prove),
            (2, Confirm),
            (4, Dispute),
            (16, Claim),
            (4, ReceiveBack),
            (50, File),
        ],
        _ => &[(6, Prove), (4, Pay), (2, Retry), (2, Cancel), (4, ReceiveBack), (60, File)],
    }
}

impl<H: Hands> Sim<'_, H> {
    pub(crate) async fn live(&mut self) -> Result<String> {
        let Some(known) = self.chance.pick(&self.orders).cloned() else { return nobody() };
        let glance = self.glance(&known).await?;
        let act = self.chance.weighted(acts(&glance.fulfilment), Act::Nothing);
        self.act(act, &known, &glance).await
    }

    pub(crate) async fn afterwards(&mut self) -> Result<String> {
        let Some(known) = self.chance.pick(&self.finished).cloned() else { return nobody() };
        let glance = self.glance(&known).await?;
        let acts = [(3, Act::RefundPart), (3, Act::RefundConsignment), (3, Act::Prove), (2, Act::Pay), (1, Act::News)];
        let act = self.chance.weighted(&acts, Act::Nothing);
        self.act(act, &known, &glance).await
    }

    pub(crate) async fn glance(&mut self, known: &Known) -> Result<Glance> {
        let id = known.id;
        self.process.store.read(move |db| watch::glance(db, id)).await
    }

    pub(crate) async fn act(&mut self, act: Act, known: &Known, glance: &Glance) -> Result<String> {
        self.touched = Some(known.id);
        let done = match act {
            Act::Pay => self.pay(known).await,
            Act::Prove => self.prove(known).await,
            Act::Retry => self.retry(known).await,
            Act::Pack => self.pack(glance).await,
            Act::Unpack => self.unpack(glance).await,
            Act::HandOver => self.hand_over(glance).await,
            Act::ReceiveBack => self.receive_back(glance).await,
            Act::News => self.news(glance).await,
            Act::Trace => self.carrier_says(glance, EventKind::Lost, "traced_without_result").await,
            Act::Release if glance.customs == "held" => {
                self.carrier_says(glance, EventKind::ImportReleased, "papers_complete").await
            }
            Act::Cancel | Act::Confirm => self.buyer_decides(act, known).await,
            Act::Dispute => self.object(known, glance).await,
            Act::CallOff => self.call_off(glance).await,
            Act::TakeOut => self.take_out(known, glance).await,
            Act::Amend => self.amend(known).await,
            Act::Claim => self.go_on(known).await,
            Act::WriteOff => self.write_off(glance).await,
            Act::RefundPart | Act::RefundConsignment => self.refund(act, known, glance).await,
            // Whoever has something to decide about a claim has not put the order away.
            Act::File if glance.consignments.iter().any(|one| one.dispute == "open") => nobody(),
            Act::File => self.file(known),
            Act::Release | Act::Nothing => Ok("nothing".into()),
        };
        match done {
            Ok(said) => Ok(format!("{act:?} {} ({}): {said}", known.id, glance.fulfilment)),
            Err(error) => Ok(format!("{act:?} {} ({}): {}", known.id, glance.fulfilment, self.refused(error)?)),
        }
    }

    fn file(&mut self, known: &Known) -> Result<String> {
        self.orders.retain(|other| other.id != known.id);
        self.finished.push(known.clone());
        if self.finished.len() > 200 {
            self.finished.remove(0);
        }
        Ok("filed".into())
    }

    async fn pay(&mut self, known: &Known) -> Result<String> {
        let Some(intent) = self.chance.pick(&known.intents).copied() else { return nobody() };
        let (store, providers) = (self.process.store.clone(), self.process.providers.clone());
        let visit = checkout::Visit { label: known.id.to_string(), return_url: "https://shop.example/order".into() };
        let paying =
            async move { checkout::pay(&store, &providers, intent, &visit).await.map(|said| format!("{said:?}")) };
        self.meet(vec![Box::pin(paying)]).await.map(Met::told)
    }

    /// At the bank's page, on any attempt that asks, also an old one. The browser may come back, or only the webhook.
    async fn prove(&mut self, known: &Known) -> Result<String> {
        let Some(intent) = self.chance.pick(&known.intents).copied() else { return nobody() };
        let approve = self.chance.percent(85);
        let outcome = match self.process.sandbox.authenticate(intent, approve).await {
            Ok(outcome) => outcome,
            Err(error) if error.code == "unknown_payment" => return Ok("the bank was not asked yet".into()),
            Err(error) => return Err(error),
        };
        let said = format!("{outcome:?}");
        if matches!(outcome, Outcome::Pending) || self.chance.one_in(2) {
            return Ok(said);
        }
        let news = Settle { intent, outcome, notice: None };
        self.process.store.write(move |tx| checkout::settle(tx, &news).map(drop)).await?;
        Ok(format!("{said}, and the browser came back"))
    }

    async fn retry(&mut self, known: &Known) -> Result<String> {
        let (method, key) = (self.method()?, self.key("retry"));
        let command = Retry { order: known.id, provider: self.process.providers.taking().name().into(), method, key };
        let told = self.meet(vec![self.paying_again(known, command)]).await?.told();
        self.remember_attempts(known.id).await?;
        Ok(told)
    }

    /// The buyer knows every attempt by the addresses that it was led to.
    pub(crate) async fn remember_attempts(&mut self, order: Id<orders::Order>) -> Result<()> {
        let attempts = self.process.store.read(move |db| payments::by_subject(db, order.raw())).await?;
        if let Some(stored) = self.orders.iter_mut().find(|other| other.id == order) {
            stored.intents = attempts.iter().map(|attempt| attempt.id).collect();
        }
        Ok(())
    }

    async fn pack(&mut self, glance: &Glance) -> Result<String> {
        let Some(one) = self.chance.pick(&glance.consignments).cloned() else { return nobody() };
        let (id, actor) = (Id::<Consignment>::from_raw(one.id), self.staff_of(one.shipped_by)?);
        let packing = match self.some_of(&one).await? {
            Some(pick) => self.process.store.write_as(actor, move |tx| orders::pack_some(tx, id, &pick)).await?,
            None => self.process.store.write_as(actor, move |tx| orders::pack(tx, id)).await?,
        };
        let Some(packed) = packing.packed() else { return nobody() };
        let fates = [(92, None), (3, Some(Fate::HeldForAction)), (2, Some(Fate::Lost)), (2, Some(Fate::Returned))];
        let fate = self.chance.weighted(&fates, None).filter(|_| !packed.again && !self.calm);
        if let Some(fate) = fate.filter(|fate| *fate != Fate::HeldForAction || one.customs != "none") {
            self.process.store.write(move |tx| logistics::set_fate(tx, packed.parcel, fate)).await?;
        }
        Ok(format!("{} {fate:?}", packed.tracking))
    }

    /// Now and then only some pieces go into a parcel, sometimes more than there are; the rest waits.
    async fn some_of(&mut self, one: &watch::Part) -> Result<Option<Pick>> {
        if self.calm || !self.chance.one_in(3) {
            return Ok(None);
        }
        let id = Id::<Consignment>::from_raw(one.id);
        let lines = self.process.store.read(move |db| {
            let order = orders::consignment(db, id)?.order;
            orders::lines(db, order)
        });
        let mut lines: Vec<Line> = lines.await?;
        lines.retain(|line| line.consignment == id && line.to_send() > 0);
        let mut chosen: Vec<(Id<Line>, i64)> = Vec::new();
        for line in &lines {
            if chosen.is_empty() || self.chance.one_in(2) {
                let most = if self.chance.one_in(8) { line.quantity } else { line.to_pack().max(1) };
                chosen.push((line.id, self.chance.between(1, most)));
            }
        }
        let parcels = self.chance.one_in(4).then_some(one.parcels.len() as i64);
        *self.summary.counts.entry("packed in part".into()).or_default() += 1;
        Ok((!chosen.is_empty()).then_some(Pick { lines: chosen, parcels }))
    }

    /// Packed wrongly, or its carrier does not take it.
    async fn unpack(&mut self, glance: &Glance) -> Result<String> {
        let open = |sent: &&watch::Sent| matches!(sent.state.as_str(), "asked" | "packed");
        let Some((part, sent)) = self.any_parcel(glance, open) else { return nobody() };
        let (id, actor) = (Id::<orders::Parcel>::from_raw(sent.id), self.staff_of(part.shipped_by)?);
        let done = self.process.store.write_as(actor, move |tx| orders::unpack(tx, id)).await?;
        Ok(format!("{id} {done}"))
    }

    /// What came back is looked through: all of it can be sold again, or some.
    async fn receive_back(&mut self, glance: &Glance) -> Result<String> {
        let Some((part, sent)) = self.any_parcel(glance, |sent| sent.to_receive) else { return nobody() };
        let (id, actor) = (Id::<orders::Parcel>::from_raw(sent.id), self.staff_of(part.shipped_by)?);
        let inside = self.process.store.read(move |db| orders::parcel(db, id)).await?.lines;
        let fit: Option<Vec<(Id<Line>, i64)>> = self
            .chance
            .one_in(2)
            .then(|| inside.iter().map(|one| (one.line, self.chance.between(0, one.pieces))).collect());
        let times = if self.chance.one_in(4) { 2 } else { 1 };
        let mut done = Vec::new();
        for _ in 0..times {
            let fit = fit.clone();
            let received = move |tx: &mut store::Tx| orders::receive_back(tx, id, fit.as_deref());
            done.push(self.process.store.write_as(actor, received).await?);
        }
        *self.summary.counts.entry("received back".into()).or_default() += 1;
        Ok(format!("{id} {fit:?} {done:?}"))
    }

    fn any_parcel(
        &mut self,
        glance: &Glance,
        wanted: impl Fn(&&watch::Sent) -> bool,
    ) -> Option<(watch::Part, watch::Sent)> {
        let mut found = Vec::new();
        for part in &glance.consignments {
            found.extend(part.parcels.iter().filter(|sent| wanted(sent)).map(|sent| (part.clone(), sent.clone())));
        }
        self.chance.pick(&found).cloned()
    }

    async fn hand_over(&mut self, glance: &Glance) -> Result<String> {
        let Some(one) = self.chance.pick(&glance.consignments).cloned() else { return nobody() };
        let (id, actor) = (Id::<Consignment>::from_raw(one.id), self.staff_of(one.shipped_by)?);
        let mut news = Vec::new();
        if let Some(sent) = self.chance.pick(&one.parcels).cloned().filter(|_| self.chance.one_in(3)) {
            let parcel = Id::<orders::Parcel>::from_raw(sent.id);
            news.push(self.process.store.write_as(actor, move |tx| orders::hand_over_parcel(tx, parcel)).await?);
            return Ok(format!("{parcel} {news:?}"));
        }
        for _ in 0..if self.chance.one_in(8) { 2 } else { 1 } {
            match self.process.store.write_as(actor, move |tx| orders::hand_over(tx, id)).await {
                Err(error) if error.code == "not_arrived" => return self.goods_come(id, error).await,
                told => news.push(told?),
            }
        }
        Ok(format!("{id} {news:?}"))
    }

    /// What was sold before it was there comes, all of it or a part: it can leave another time.
    async fn goods_come(&mut self, id: Id<Consignment>, missing: base::Error) -> Result<String> {
        let variant = missing.fields.first().and_then(|field| field.name.parse().ok());
        let variant = variant.ok_or_else(|| Error::internal("nobody knows what has not come"))?;
        let (quantity, key, reason) = (self.chance.between(1, 12), self.key("come"), "first_leg".to_owned());
        let receive = move |tx: &mut store::Tx| {
            let warehouse = orders::consignment(tx, id)?.warehouse;
            let (key, reason) = (key.clone(), reason.clone());
            stock::receive(tx, &stock::Move { warehouse, variant, quantity, key, reason })
        };
        self.process.store.write(receive).await?;
        Ok(format!("{quantity} of {variant} have come; refused, {}", self.refused(missing)?))
    }

    pub(crate) fn staff_of(&self, organisation: i64) -> Result<base::Actor> {
        let seller = self.people.sellers.iter().find(|one| one.organisation.raw() == organisation);
        seller.map(|one| one.staff).ok_or_else(|| Error::internal(format!("nobody works for {organisation}")))
    }

    /// The carrier tells any of what has happened by now: first things last, last things twice.
    async fn news(&mut self, glance: &Glance) -> Result<String> {
        let Some((_, sent)) = self.any_parcel(glance, |sent| sent.label != 0) else { return nobody() };
        let parcel = Id::from_raw(sent.label);
        let told = self
            .process
            .store
            .read(move |db| {
                let journey = logistics::journey(db, parcel)?;
                let released = journey.events.iter().find(|event| event.kind == EventKind::ImportReleased);
                let released = released.map(|event| event.at);
                let now = db.now();
                let steps = logistics::plan(&journey.parcel, released)?;
                Ok(steps.into_iter().filter(|step| step.at <= now).collect::<Vec<_>>())
            })
            .await?;
        let Some(step) = self.chance.pick(&told).cloned() else { return Ok("no news yet".into()) };
        let kind = step.kind;
        let (at, place, source_id, detail) = (step.at, step.place, step.source_id, step.detail.to_owned());
        let event = NewEvent { parcel, kind, at, place, source_id, detail };
        let moved = self.process.store.write(move |tx| orders::journey(tx, &event)).await?;
        Ok(format!("{kind:?}, news: {}", moved.new))
    }

    /// Something that no plan knew: traced as lost, released by hand.
    pub(crate) async fn carrier_says(&mut self, glance: &Glance, kind: EventKind, detail: &str) -> Result<String> {
        let wanted = |one: &&watch::Sent| match kind {
            EventKind::ImportReleased => one.customs == "held",
            _ => matches!(one.state.as_str(), "handed_over" | "in_transit"),
        };
        let Some((_, sent)) = self.any_parcel(glance, wanted) else { return nobody() };
        let source_id = self.key("carrier");
        let (at, detail) = (self.clock.now(), detail.to_owned());
        let event = NewEvent { parcel: Id::from_raw(sent.label), kind, at, place: "PL".into(), source_id, detail };
        let actor = self.people.operator;
        let moved = self.process.store.write_as(actor, move |tx| orders::journey(tx, &event)).await?;
        Ok(format!("{kind:?}: {:?}", moved.state))
    }

    pub(crate) async fn buyer_decides(&mut self, act: Act, known: &Known) -> Result<String> {
        let (id, actor) = (known.id, known.buyer.actor);
        let store = &self.process.store;
        match act {
            Act::Cancel => {
                let back = store.write_as(actor, move |tx| settlement::cancel(tx, id, "changed_mind")).await?;
                Ok(format!("{back} back"))
            }
            _ => {
                let done = store.write_as(actor, move |tx| settlement::complete_delivered(tx, id)).await?;
                Ok(format!("{done:?}"))
            }
        }
    }
}
