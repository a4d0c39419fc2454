//! A month of trade on fast-forward: buyers come hour by hour, sellers pack and hand over, carriers and clocks do the rest.

use crate::people::{Buyer, People};
use base::{Actor, Error, Id, Moment, Result, Role};
use checkout::{AskQuote, CartLine, NewCart, Place, Reach};
use door::{Ask, World};
use logistics::Fate;
use offers::OfferFacts;
use orders::{Consignment, Order, State};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::sync::Arc;
use works::House;
use works::worker;

/// Days of trade that the world has behind it.
pub(crate) const DAYS: i64 = 31;

/// Another seed is another month.
const SEED: u64 = 0x0041_5c0e;

/// Orders by hour of the day (UTC), in hundredths: nights are quiet, evenings in Europe and Asia are not.
const BY_HOUR: [u32; 24] =
    [20, 15, 12, 18, 25, 30, 38, 50, 62, 66, 70, 74, 76, 72, 68, 66, 70, 82, 96, 110, 104, 82, 55, 32];

/// The month as it is being traded.
struct Month<'a> {
    house: &'a House,
    people: &'a People,
    random: StdRng,
    shelf: Vec<OfferFacts>,
    world: Arc<World>,
    /// When the month ends: now.
    today: Moment,
    /// One parcel is to be held at customs, and one to be lost.
    fates: Vec<(i64, Fate)>,
}

/// Trades until `today`. `progress` hears the share done, in percent.
pub async fn month(house: &House, people: &People, today: Moment, progress: impl Fn(u64)) -> Result<()> {
    let shelf = house.store.read(all_offers).await?;
    let mut month = Month {
        house,
        people,
        random: StdRng::seed_from_u64(SEED),
        shelf,
        world: house.world().await?,
        today,
        // Days before today from which on a parcel that crosses a border in time meets its fate: early enough that even a postal
        // parcel has come to its border by today.
        fates: vec![(23, Fate::HeldForAction), (27, Fate::Lost)],
    };
    let hours = DAYS * 24;
    for hour in 0..hours {
        month.house.store.clock().set(today.plus_days(-DAYS).plus_hours(hour));
        month.hour(hour).await?;
        progress((hour * 100 / hours) as u64);
    }
    month.house.store.clock().set(today.plus_minutes(-20));
    month.leave_open().await?;
    worker::run_due(house).await?;
    // What the month told its people is told now, while there is no mail server yet: they are made up.
    works::reactions::react(house).await
}

fn all_offers(db: &mut store::Read) -> Result<Vec<OfferFacts>> {
    let mut all: Vec<OfferFacts> = Vec::new();
    loop {
        let after = all.last().map(|facts| facts.offer);
        let page = offers::facts_page(db, after, 500)?;
        if page.is_empty() {
            all.retain(|facts| facts.on_sale);
            return Ok(all);
        }
        all.extend(page);
    }
}

impl Month<'_> {
    async fn hour(&mut self, hour: i64) -> Result<()> {
        if hour % 24 == 0 {
            self.world = self.house.world().await?;
        }
        worker::run_due(self.house).await?;
        if hour % 6 == 0 {
            worker::sweep(self.house).await?;
            works::reactions::react(self.house).await?;
            self.accept().await?;
        }
        for _ in 0..self.orders_this_hour(hour) {
            self.house.store.clock().advance_seconds(self.between(60, 900));
            self.buy().await?;
        }
        if hour % 3 == 0 { self.ship().await } else { Ok(()) }
    }

    /// A quiet beginning, a growing month, a peak on the eleventh of November and on weekends.
    fn orders_this_hour(&mut self, hour: i64) -> u32 {
        let now = self.house.now();
        let (day, of_day) = (hour / 24, (now.micros() / 3_600_000_000).rem_euclid(24) as usize);
        let mut rate = BY_HOUR[of_day] * (70 + day as u32 * 2) / 100;
        let date = now.date();
        if (date.month(), date.day()) == (11, 11) {
            rate *= 3;
        }
        if matches!(date.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday) {
            rate = rate * 13 / 10;
        }
        rate / 100 + u32::from(self.random.random_range(0..100) < rate % 100)
    }

    fn between(&mut self, least: i64, most: i64) -> i64 {
        self.random.random_range(least..=most)
    }

    fn one_in(&mut self, many: u32) -> bool {
        self.random.random_range(0..many) == 0
    }

    fn buyer(&mut self) -> Buyer {
        self.people.buyers[self.random.random_range(0..self.people.buyers.len())].clone()
    }

    /// One buyer fills a cart with what can be sent to them and buys it.
    async fn buy(&mut self) -> Result<()> {
        let buyer = self.buyer();
        let Some(placed) = self.place(&buyer).await? else { return Ok(()) };
        let method = placed.1;
        let outcome = self.pay(placed.0).await?;
        match outcome {
            payments::Outcome::ActionRequired { .. } => {
                let approve = !self.one_in(12);
                let outcome = self.house.sandbox.authenticate(placed.0, approve).await?;
                let news = checkout::Settle { intent: placed.0, outcome, notice: None };
                self.house.store.write(move |tx| checkout::settle(tx, &news).map(drop)).await?;
            }
            payments::Outcome::Captured { .. } if self.one_in(45) => self.change_mind(placed.2, &buyer).await?,
            _ => tracing::debug!(method, "paid or not"),
        }
        Ok(())
    }

    /// Cart, quote, order; nothing when what they wanted cannot be sent or is sold out.
    async fn place(&mut self, buyer: &Buyer) -> Result<Option<(Id<payments::Intent>, &'static str, Id<Order>)>> {
        let lines = self.choose(buyer);
        if lines.is_empty() {
            return Ok(None);
        }
        let method = match self.random.random_range(0..100) {
            0..4 => "sandbox:decline",
            4..16 => "sandbox:3ds",
            16..20 => "sandbox:late",
            _ => "sandbox:ok",
        };
        let destination = buyer.address.country.parse()?;
        let cart = NewCart {
            destination,
            region: buyer.address.region.clone(),
            currency: buyer.currency,
            language: buyer.language.clone(),
            lines,
        };
        let said = said(buyer);
        let (address, email, world) = (buyer.address.clone(), buyer.address.email.clone(), self.world.clone());
        let provider = payments::sandbox::NAME.to_owned();
        let placed = self
            .house
            .store
            .write_as(person(buyer), move |tx| {
                let created = checkout::create(tx, &cart)?;
                let reach = Reach::Token(created.token);
                let ask = AskQuote {
                    cart: reach.clone(),
                    address: address.clone(),
                    currency: None,
                    choices: Vec::new(),
                    from: None,
                };
                checkout::quote(tx, &world, &ask)?;
                let (provider, method) = (provider.clone(), method.to_owned());
                checkout::place(
                    tx,
                    &Place { cart: reach, quote: None, email: email.clone(), provider, method, said: said.clone() },
                )
            })
            .await;
        match placed {
            Ok(placed) => Ok(Some((placed.intent, method, placed.order))),
            Err(error) if error.kind == base::Kind::Conflict => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn pay(&self, intent: Id<payments::Intent>) -> Result<payments::Outcome> {
        let visit = checkout::Visit { label: "demo".into(), return_url: "/orders".into() };
        checkout::pay(&self.house.store, &self.house.providers(), intent, &visit).await
    }

    fn choose(&mut self, buyer: &Buyer) -> Vec<CartLine> {
        let Ok(destination) = buyer.address.country.parse() else { return Vec::new() };
        let world = self.world.clone();
        let ask = Ask { destination, region: &buyer.address.region, currency: buyer.currency, service: None };
        let wanted = match self.random.random_range(0..10) {
            0..5 => 1,
            5..8 => 2,
            _ => 3,
        };
        let mut lines: Vec<CartLine> = Vec::new();
        for _ in 0..wanted * 4 {
            // Two draws, the lower wins: the first products of the file sell more than the last.
            let most = self.shelf.len();
            let at = self.random.random_range(0..most).min(self.random.random_range(0..most));
            let facts = &self.shelf[at];
            let known = lines.iter().any(|line| line.offer == facts.offer);
            if !known && door::price(&world, facts, &ask, 1).is_ok() {
                let quantity = [1, 1, 1, 1, 2, 2, 3][self.random.random_range(0..7)];
                lines.push(CartLine { offer: facts.offer, quantity });
            }
            if lines.len() == wanted {
                break;
            }
        }
        lines
    }

    async fn change_mind(&self, order: Id<Order>, buyer: &Buyer) -> Result<()> {
        self.house
            .store
            .write_as(person(buyer), move |tx| settlement::cancel(tx, order, "changed_mind").map(drop))
            .await
    }

    /// Sellers pack what has waited a while, and hand over what is packed.
    async fn ship(&mut self) -> Result<()> {
        for trader in &self.people.traders {
            let organisation = trader.organisation;
            let rows = self.house.store.read(move |db| orders::to_ship(db, organisation, None, 200)).await?.rows;
            for row in rows {
                let waited = self.house.now().seconds_since(row.placed_at) / 3600;
                // Each consignment has its own pace, between five and thirty-eight hours.
                let pace = 5 + row.id.raw().rem_euclid(34);
                match row.state {
                    State::ToPack if waited >= pace => self.pack(row.id).await?,
                    State::Packed if waited >= pace + 3 => {
                        let id = row.id;
                        self.house.store.write(move |tx| orders::hand_over(tx, id).map(drop)).await?;
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    async fn pack(&mut self, id: Id<Consignment>) -> Result<()> {
        let days_left = self.today.seconds_since(self.house.now()) / 86_400;
        let due = self.fates.iter().position(|(days, _)| days_left <= *days);
        let fate = due.map(|at| self.fates[at].1);
        let today = self.today.date();
        let used = self
            .house
            .store
            .write(move |tx| {
                let consignment = orders::consignment(tx, id)?;
                let order = orders::find(tx, consignment.order)?;
                let Some(packed) = orders::pack(tx, id)?.packed() else { return Ok(false) };
                let crosses = !consignment.dispatch.same_customs_territory(order.destination);
                // By today even the slowest of its kind has reached the border.
                let is_there = consignment.arrives.1 <= today;
                match fate.filter(|_| crosses && is_there) {
                    Some(fate) => logistics::set_fate(tx, packed.parcel, fate).map(|()| true),
                    None => Ok(false),
                }
            })
            .await?;
        if let Some(at) = due.filter(|_| used) {
            self.fates.remove(at);
        }
        Ok(())
    }

    /// Some buyers say yes before their time is over; one sends everything back.
    async fn accept(&mut self) -> Result<()> {
        let delivered = orders::Filter::Fulfilment(orders::Fulfilment::Delivered);
        let page = self.house.store.read(move |db| orders::list(db, delivered, None, 50)).await?;
        for row in page.rows {
            if self.one_in(9) {
                let id = row.id;
                self.house.store.write(move |tx| settlement::complete_delivered(tx, id).map(drop)).await?;
            }
        }
        Ok(())
    }

    /// What a newcomer finds open: orders waiting for their payment, one refunded in full.
    async fn leave_open(&mut self) -> Result<()> {
        for _ in 0..3 {
            let buyer = self.buyer();
            self.place(&buyer).await?;
        }
        let completed = orders::Filter::Fulfilment(orders::Fulfilment::Completed);
        let page = self.house.store.read(move |db| orders::list(db, completed, None, 5)).await?;
        let Some(order) = page.rows.last().map(|row| row.id) else {
            return Err(Error::internal("the demo month left no order to refund"));
        };
        let refund = move |tx: &mut store::Tx| {
            let consignment = orders::consignments(tx, order)?.into_iter().next();
            let what = consignment.ok_or_else(|| Error::internal("an order without consignments"))?.id;
            let (what, key) = (settlement::What::Consignment(what), "demo:refund".to_owned());
            settlement::refund(tx, &settlement::Refund { order, what, reason: "arrived_damaged".into(), key }).map(drop)
        };
        self.house.store.write(refund).await
    }
}

fn person(buyer: &Buyer) -> Actor {
    Actor::Person { person: buyer.person.raw(), organisation: 0, role: Role::Buyer }
}

/// Some buyers send what they buy to somebody else, with a few words.
fn said(buyer: &Buyer) -> Vec<orders::Say> {
    let words = match (buyer.address.street.len() % 4, buyer.language.tag()) {
        (0, tag) if tag.starts_with("zh") => "生日快乐！一点小心意，希望你喜欢。",
        (0, tag) if tag.starts_with("de") => "Alles Gute zum Geburtstag!\nViel Freude damit.",
        (0, _) => "Happy birthday!\nA little something from far away.",
        _ => return Vec::new(),
    };
    vec![orders::Say { field: "gift_message".into(), offer: None, text: words.into() }]
}
