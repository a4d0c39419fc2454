//! The door price of one offer. A [`Desk`] prices many for the same buyer and keeps what they share: lanes, days, rates.

use crate::route::{Leg, Ready, item, legs};
use crate::unsold::{Unsold, Why};
use crate::world::{Ask, World};
use base::{Country, Date, Money};
use customs::{Certainty, Collected, Item, LandedCost, Totals};
use logistics::Service;
use offers::OfferFacts;
use std::slice::from_ref;

/// What a buyer pays at the door for some pieces of an offer. Every amount is in the buyer's currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoorPrice {
    /// goods + shipping + duty + tax + fees.
    pub total: Money,
    /// The pieces, without tax.
    pub goods: Money,
    /// Delivery, without tax.
    pub shipping: Money,
    /// Duty.
    pub duty: Money,
    /// VAT, GST, sales tax.
    pub tax: Money,
    /// Fees of authorities and carriers.
    pub fees: Money,
    /// One piece, without tax, as converted and rounded.
    pub unit_price: Money,
    /// Pieces.
    pub quantity: i64,
    /// First and last day of the arrival window.
    pub arrives: (Date, Date),
    /// How it travels.
    pub service: &'static Service,
    /// Promise or estimate.
    pub certainty: Certainty,
    /// Who takes duty and tax.
    pub collected: Collected,
    /// The whole explanation; only where it was asked for.
    pub landed: Option<Box<LandedCost>>,
}

/// One delivery service on a product page: its door price, or why it cannot be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The service.
    pub service: &'static Service,
    /// What it comes to.
    pub door: Result<DoorPrice, Unsold>,
}

/// The door price of `quantity` pieces by the service asked for, or by the one that makes it lowest (of equal ones the earlier).
pub fn price(world: &World, facts: &OfferFacts, ask: &Ask, quantity: i64) -> Result<DoorPrice, Unsold> {
    Desk::new(world, *ask).price(facts, quantity)
}

/// As [`price`], with the explanation.
pub fn explain(world: &World, facts: &OfferFacts, ask: &Ask, quantity: i64) -> Result<DoorPrice, Unsold> {
    Desk::new(world, *ask).explain(facts, quantity)
}

/// One piece each of many offers, in their order.
pub fn prices(world: &World, offers: &[&OfferFacts], ask: &Ask) -> Vec<Result<DoorPrice, Unsold>> {
    let mut desk = Desk::new(world, *ask);
    offers.iter().map(|facts| desk.price(facts, 1)).collect()
}

/// Every service that goes there, lowest door price first, then those that cannot be chosen. `ask.service` does not matter.
/// Errors: the offer cannot be sold there by any service (facts or the exchange rate are missing).
pub fn choices(world: &World, facts: &OfferFacts, ask: &Ask, quantity: i64) -> Result<Vec<Choice>, Unsold> {
    let mut desk = Desk::new(world, Ask { service: None, ..*ask });
    let goods = desk.goods(facts, quantity)?;
    let route = desk.route(facts);
    let mut all = Vec::new();
    for leg in &desk.routes[route].legs {
        let door = desk.fare(leg, &goods).and_then(|shipping| desk.landed(leg, &goods, shipping));
        let door = door.map(|totals| finish(&goods, leg, &totals));
        all.push(Choice { service: leg.service(), door });
    }
    all.sort_by_key(|choice| match &choice.door {
        Ok(door) => (false, door.total.minor, Some(door.arrives)),
        Err(_) => (true, 0, None),
    });
    Ok(all)
}

/// Prices many offers for one buyer.
pub struct Desk<'a> {
    world: &'a World,
    ask: Ask<'a>,
    routes: Vec<Route>,
}

/// The ways from one country, for goods that wait for the same.
struct Route {
    dispatch: Country,
    ready: Ready,
    legs: Vec<Leg>,
}

/// Pieces of an offer, ready to be priced.
struct Goods {
    item: Item,
    price: Money,
    grams: i64,
}

impl<'a> Desk<'a> {
    /// A desk for one buyer.
    pub fn new(world: &'a World, ask: Ask<'a>) -> Desk<'a> {
        Desk { world, ask, routes: Vec::new() }
    }

    /// See [`price`].
    pub fn price(&mut self, facts: &OfferFacts, quantity: i64) -> Result<DoorPrice, Unsold> {
        let goods = self.goods(facts, quantity)?;
        let route = self.route(facts);
        let (leg, totals) = self.best(&self.routes[route].legs, &goods)?;
        Ok(finish(&goods, leg, &totals))
    }

    /// See [`explain`].
    pub fn explain(&mut self, facts: &OfferFacts, quantity: i64) -> Result<DoorPrice, Unsold> {
        let goods = self.goods(facts, quantity)?;
        let route = self.route(facts);
        let (leg, totals) = self.best(&self.routes[route].legs, &goods)?;
        let shipment = leg.shipment(self.world, &self.ask, from_ref(&goods.item), totals.shipping);
        let landed = customs::landed_cost(self.world.tables, &shipment)?;
        Ok(DoorPrice { landed: Some(Box::new(landed)), ..finish(&goods, leg, &totals) })
    }

    fn goods(&self, facts: &OfferFacts, quantity: i64) -> Result<Goods, Unsold> {
        let item = item(self.world, &self.ask, facts, quantity)?;
        let price = item.unit_price.times(quantity)?;
        let grams = item.unit_weight.grams.checked_mul(quantity).ok_or(Why::TooHeavy)?;
        Ok(Goods { item, price, grams })
    }

    /// Where the route of this offer stands; lists have few warehouses, so it is found among a few.
    fn route(&mut self, facts: &OfferFacts) -> usize {
        let (dispatch, ready) = (facts.dispatch, Ready::of(facts));
        let same = |route: &Route| route.dispatch == dispatch && route.ready == ready;
        if let Some(known) = self.routes.iter().position(same) {
            return known;
        }
        let legs = legs(self.world, &self.ask, dispatch, ready);
        self.routes.push(Route { dispatch, ready, legs });
        self.routes.len() - 1
    }

    /// The leg with the lowest door price. A leg whose goods and delivery alone come to more than the best so far cannot win,
    /// since duty, tax and fees are never negative: it is passed over without asking the customs engine.
    fn best<'s>(&self, legs: &'s [Leg], goods: &Goods) -> Result<(&'s Leg, Totals), Unsold> {
        let mut best: Option<(&Leg, Totals)> = None;
        let mut reasons: Vec<Why> = Vec::new();
        for leg in legs {
            let fare = self.fare(leg, goods);
            let least = fare.as_ref().map_or(0, |shipping| goods.price.minor + shipping.minor);
            if best.as_ref().is_some_and(|(_, known)| least > known.total.minor) {
                continue;
            }
            match fare.and_then(|shipping| self.landed(leg, goods, shipping)) {
                Ok(totals) => {
                    let rank = (totals.total.minor, leg.arrives);
                    if best.as_ref().is_none_or(|(other, known)| rank < (known.total.minor, other.arrives)) {
                        best = Some((leg, totals));
                    }
                }
                Err(unsold) => reasons.extend(unsold.reasons),
            }
        }
        if let Some(best) = best {
            return Ok(best);
        }
        reasons.dedup();
        if reasons.is_empty() {
            reasons.push(Why::NoService);
        }
        Err(Unsold { reasons })
    }

    fn fare(&self, leg: &Leg, goods: &Goods) -> Result<Money, Unsold> {
        Ok(leg.fare(self.world, &self.ask, goods.grams)?)
    }

    fn landed(&self, leg: &Leg, goods: &Goods, shipping: Money) -> Result<Totals, Unsold> {
        leg.admits(self.world, &self.ask, &goods.item)?;
        let shipment = leg.shipment(self.world, &self.ask, from_ref(&goods.item), shipping);
        Ok(customs::landed_cost_total(self.world.tables, &shipment)?)
    }
}

fn finish(goods: &Goods, leg: &Leg, totals: &Totals) -> DoorPrice {
    DoorPrice {
        total: totals.total,
        goods: totals.goods,
        shipping: totals.shipping,
        duty: totals.duty,
        tax: totals.tax,
        fees: totals.fees,
        unit_price: goods.item.unit_price,
        quantity: goods.item.quantity,
        arrives: leg.arrives,
        service: leg.service(),
        certainty: totals.certainty,
        collected: totals.collected,
        landed: None,
    }
}
