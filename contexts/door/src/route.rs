//! The ways from a warehouse to a buyer, with everything that does not depend on the goods.

use crate::unsold::{Unsold, Why};
use crate::world::{Ask, World};
use base::{Country, Currency, Date, HsCode, Money, Weight};
use customs::{Item, Missing, Service as Channel, Shipment, TaxClass, TaxRoute};
use logistics::{Lane, Service, ServiceKind, arrival, lanes};
use offers::{Described, OfferFacts};

/// One service from one country, for goods that are ready on one day.
pub(crate) struct Leg {
    lane: &'static Lane,
    dispatch: Country,
    channel: Channel,
    tax_route: TaxRoute,
    /// First and last day of the arrival window.
    pub(crate) arrives: (Date, Date),
}

/// What goods wait for before they leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ready {
    /// Hours of handling by the terms.
    handling_hours: i64,
    /// Working days in which they are made.
    lead_days: i64,
    /// The day before which they are not there.
    ships_on: Option<Date>,
}

impl Ready {
    /// When goods of this offer are ready.
    pub(crate) fn of(facts: &OfferFacts) -> Ready {
        Ready {
            handling_hours: facts.terms.handling_hours,
            lead_days: facts.supply.lead_days(),
            ships_on: facts.supply.ships_on(),
        }
    }

    /// When both are ready: one parcel leaves with the slowest of what is in it.
    pub(crate) fn and(self, other: Ready) -> Ready {
        Ready {
            handling_hours: self.handling_hours.max(other.handling_hours),
            lead_days: self.lead_days.max(other.lead_days),
            ships_on: self.ships_on.max(other.ships_on),
        }
    }
}

/// The legs from `dispatch` that the buyer would take, those with the cheaper delivery of a small parcel first.
pub(crate) fn legs(world: &World, ask: &Ask, dispatch: Country, ready: Ready) -> Vec<Leg> {
    let handled = world.now.plus_hours(ready.handling_hours).date();
    let ready = arrival::leaves(handled, ready.lead_days, ready.ships_on, dispatch);
    let inland = dispatch.same_customs_territory(ask.destination);
    let wanted = |lane: &&'static Lane| ask.service.is_none_or(|code| lane.service.code == code);
    let offered = lanes(dispatch, ask.destination, &world.offered);
    let mut lanes: Vec<&'static Lane> = offered.into_iter().filter(wanted).collect();
    lanes.sort_by_key(|lane| {
        let fare = lane.price(500).and_then(|fare| world.convert(fare, ask.currency));
        fare.map_or(i64::MAX, |fare| fare.minor)
    });
    let leg = |lane: &'static Lane| Leg {
        lane,
        dispatch,
        channel: if inland { Channel::Domestic } else { channel(lane.service.kind) },
        // Who cannot prepay duty and tax leaves both to the border.
        tax_route: if lane.service.ddp { world.tax_route } else { TaxRoute::Border },
        arrives: lane.arrives(ready, ask.destination),
    };
    lanes.into_iter().map(leg).collect()
}

fn channel(kind: ServiceKind) -> Channel {
    match kind {
        ServiceKind::Express => Channel::Express,
        ServiceKind::Line => Channel::Line,
        ServiceKind::Postal => Channel::Postal,
        ServiceKind::Domestic => Channel::Domestic,
    }
}

impl Leg {
    /// The service that runs here.
    pub(crate) fn service(&self) -> &'static Service {
        self.lane.service
    }

    /// What delivery costs the buyer, without tax.
    pub(crate) fn fare(&self, world: &World, ask: &Ask, grams: i64) -> Result<Money, Why> {
        let fare = self.lane.price(grams).ok_or(Why::TooHeavy)?;
        world.convert(fare, ask.currency).ok_or(Why::RateMissing)
    }

    /// Fails when the goods may not go this way.
    pub(crate) fn admits(&self, world: &World, ask: &Ask, item: &Item) -> Result<(), Unsold> {
        let found = customs::bars(world.tables, item, self.dispatch, ask.destination, self.channel, world.date);
        let barred: Vec<Why> = found.into_iter().map(Why::Restricted).collect();
        if barred.is_empty() { Ok(()) } else { Err(Unsold { reasons: barred }) }
    }

    /// The question for the customs engine.
    pub(crate) fn shipment<'s>(
        &self,
        world: &'s World,
        ask: &Ask<'s>,
        items: &'s [Item],
        shipping: Money,
    ) -> Shipment<'s> {
        Shipment {
            dispatch: self.dispatch,
            destination: ask.destination,
            region: ask.region,
            date: world.date,
            service: self.channel,
            tax_route: self.tax_route,
            typical: world.typical,
            currency: ask.currency,
            items,
            shipping,
            insurance: Money::zero(ask.currency),
            rates: world,
        }
    }
}

/// Within a customs territory no tariff code is asked for and the engine looks at the tax class alone; goods without a code take
/// this one there.
const INLAND_HS: &str = "961000";

/// The goods as the customs engine wants them. Fails when facts are missing that the border asks for, or the exchange rate.
/// Within a customs territory only the weight is asked for, because every service is paid by it.
pub(crate) fn item(world: &World, ask: &Ask, facts: &OfferFacts, quantity: i64) -> Result<Item, Unsold> {
    if quantity < 1 {
        return Err(Why::Failed("Order at least one piece.".into()).into());
    }
    let weight = facts.weight_grams.map(Weight::grams);
    if !facts.dispatch.same_customs_territory(ask.destination) {
        let described = match &facts.customs_description {
            Described::Words(words) => customs::describes(words),
            Described::Enough(enough) => *enough,
        };
        let missing = customs::readiness(facts.hs, facts.origin, described, weight, ask.destination);
        if !missing.is_empty() {
            return Err(Unsold { reasons: missing.into_iter().map(Why::NotReady).collect() });
        }
    }
    let weight = weight.filter(|weight| weight.grams > 0).ok_or_else(|| Why::NotReady(no_weight()))?;
    let hs = match facts.hs {
        Some(hs) => hs,
        None => INLAND_HS.parse::<HsCode>()?,
    };
    Ok(Item {
        hs,
        origin: facts.origin.unwrap_or(facts.dispatch),
        quantity,
        unit_price: unit_price(world, ask.currency, facts).ok_or(Why::RateMissing)?,
        unit_weight: weight,
        tax_class: facts.tax_class.parse().unwrap_or(TaxClass::Standard),
    })
}

/// What is missing of goods without a weight, within a customs territory too.
fn no_weight() -> Missing {
    let message = "Add the weight, or give the category a default one: delivery is paid by weight.";
    Missing { code: "weight".into(), message: message.into() }
}

/// The price of one piece in a buyer's currency, none without a rate: the offer's own price in it, or its price converted and rounded once.
pub fn unit_price(world: &World, currency: Currency, facts: &OfferFacts) -> Option<Money> {
    let own = facts.other_prices.iter().find(|price| price.currency == currency);
    match own {
        Some(own) if facts.price.currency != currency => Some(*own),
        _ => world.convert(facts.price, currency),
    }
}
