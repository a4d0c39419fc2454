//! An order with everything in it, and sums of its parts.

use crate::order::{Consignment, Line, Order, consignments, find, lines};
use crate::parcel::{Parcel, parcels};
use crate::state::Fulfilment;
use crate::wire::text;
use base::{Currency, Id, Money, Result};
use serde::{Deserialize, Serialize};
use store::Read;

/// The parts of an amount; the total is their sum, always.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// Goods, without destination tax.
    #[serde(with = "text")]
    pub goods: Money,
    /// Delivery.
    #[serde(with = "text")]
    pub shipping: Money,
    /// Duty.
    #[serde(with = "text")]
    pub duty: Money,
    /// Tax.
    #[serde(with = "text")]
    pub tax: Money,
    /// Fees.
    #[serde(with = "text")]
    pub fees: Money,
}

impl Sums {
    /// Nothing, in `currency`.
    pub fn zero(currency: Currency) -> Sums {
        let zero = Money::zero(currency);
        Sums { goods: zero, shipping: zero, duty: zero, tax: zero, fees: zero }
    }

    /// goods + shipping + duty + tax + fees. Errors: overflow.
    pub fn total(&self) -> Result<Money> {
        Money::sum(self.goods.currency, [self.goods, self.shipping, self.duty, self.tax, self.fees])
    }

    /// Part by part. Errors: another currency, overflow.
    pub fn plus(self, other: Sums) -> Result<Sums> {
        Ok(Sums {
            goods: self.goods.plus(other.goods)?,
            shipping: self.shipping.plus(other.shipping)?,
            duty: self.duty.plus(other.duty)?,
            tax: self.tax.plus(other.tax)?,
            fees: self.fees.plus(other.fees)?,
        })
    }
}

/// An order with everything in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Whole {
    /// The order.
    pub order: Order,
    /// By position.
    pub lines: Vec<Line>,
    /// By position.
    pub consignments: Vec<Consignment>,
    /// By consignment and position, also those that were unpacked again.
    pub parcels: Vec<Parcel>,
}

impl Whole {
    /// One of its consignments.
    pub fn consignment(&self, id: Id<Consignment>) -> Option<&Consignment> {
        self.consignments.iter().find(|one| one.id == id)
    }

    /// What was placed: without what amendments brought since.
    pub fn as_placed(self) -> Whole {
        self.only(|one| one.amendment.is_none())
    }

    /// The order as it is after its amendments: without what they put others in the place of.
    pub fn as_amended(self) -> Whole {
        self.only(|one| one.replaced_by.is_none())
    }

    fn only(mut self, keeps: fn(&Consignment) -> bool) -> Whole {
        self.consignments.retain(keeps);
        let Whole { lines, consignments, parcels, .. } = &mut self;
        lines.retain(|line| consignments.iter().any(|one| one.id == line.consignment));
        parcels.retain(|parcel| consignments.iter().any(|one| one.id == parcel.consignment));
        self
    }

    /// Sums of its lines. Errors: overflow.
    pub fn sums(&self) -> Result<Sums> {
        self.lines.iter().try_fold(Sums::zero(self.order.currency), |sum, line| sum.plus(line.sums))
    }

    /// The lines of one consignment.
    pub fn lines_of(&self, consignment: Id<Consignment>) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.consignment == consignment)
    }
}

/// The order with its lines and consignments. Errors: `order_unknown`.
pub fn whole(db: &mut Read, id: Id<Order>) -> Result<Whole> {
    let order = find(db, id)?;
    // Nothing is packed before it is paid: half the reads of a checkout.
    let parcels = if order.fulfilment == Fulfilment::Waiting { Vec::new() } else { parcels(db, id)? };
    Ok(Whole { order, lines: lines(db, id)?, consignments: consignments(db, id)?, parcels })
}
