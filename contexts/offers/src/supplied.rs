//! What an offer is supplied from: what lies in its warehouse, what is made when it is ordered, or what is still to come.
//!
//! How long that takes stands with the offer; how many pieces may be sold before they lie there is the stock row's, whose holds
//! are the same for all three ([`stock::promise`]).

use crate::offer::{Offer, offer};
use crate::put::{emit, own};
use base::time::parse_date;
use base::{Date, Error, Id, Moment, Result};
use std::fmt;
use std::str::FromStr;
use stock::Promise;
use store::{FromValue, Read, ToValue, Tx, Value, Work, params};

/// The job that ends a pre-order on the day from which it ships ([`ships_now`]).
pub const SHIPS: Work = Work { kind: "offer.ships", hands: 2, lease_seconds: 60, renews: false };

/// What an offer is supplied from. Its text (`stock`, `made:5`, `preorder:2027-01-12`) is what is stored and frozen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Supply {
    /// What lies in the warehouse.
    #[default]
    Stock,
    /// Made when it is ordered.
    Made {
        /// Working days in the country of dispatch, on top of the hours of handling.
        lead_days: i64,
    },
    /// Sold before it is there.
    Preorder {
        /// The day from which it ships; an ordinary offer from then on.
        ships_on: Date,
    },
}

impl Supply {
    /// Every kind by its stable name.
    pub const KINDS: [&'static str; 3] = ["stock", "made", "preorder"];

    /// Stable name of its kind.
    pub fn kind(self) -> &'static str {
        match self {
            Supply::Stock => "stock",
            Supply::Made { .. } => "made",
            Supply::Preorder { .. } => "preorder",
        }
    }

    /// Working days that making takes.
    pub fn lead_days(self) -> i64 {
        if let Supply::Made { lead_days } = self { lead_days } else { 0 }
    }

    /// The day before which it does not ship.
    pub fn ships_on(self) -> Option<Date> {
        if let Supply::Preorder { ships_on } = self { Some(ships_on) } else { None }
    }
}

impl fmt::Display for Supply {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Supply::Stock => to.write_str("stock"),
            Supply::Made { lead_days } => write!(to, "made:{lead_days}"),
            Supply::Preorder { ships_on } => write!(to, "preorder:{ships_on}"),
        }
    }
}

impl FromStr for Supply {
    type Err = Error;

    /// Errors: `supply_unknown`.
    fn from_str(text: &str) -> Result<Supply> {
        let known = match text.split_once(':') {
            None if text == "stock" => Some(Supply::Stock),
            Some(("made", days)) => days.trim().parse().ok().map(|lead_days| Supply::Made { lead_days }),
            Some(("preorder", day)) => parse_date(day.trim()).ok().map(|ships_on| Supply::Preorder { ships_on }),
            _ => None,
        };
        let say = "Write stock, made:5 (working days) or preorder:2027-01-12 (the day from which it ships).";
        known.ok_or_else(|| Error::field("supply", "supply_unknown", say))
    }
}

impl FromValue for Supply {
    fn from_value(value: &Value) -> Option<Supply> {
        String::from_value(value)?.parse().ok()
    }
}

impl ToValue for Supply {
    fn to_value(&self) -> Value {
        Value::Text(self.to_string())
    }

    fn null() -> Value {
        Value::NullText
    }
}

/// Longest time that making may take, in working days: a year.
pub const LEAD_DAYS_MOST: i64 = 260;
/// How far away the day of a pre-order may be, in days: two years.
pub const PREORDER_DAYS_MOST: i64 = 731;
/// Pieces of an offer that is made to order that may be open at once where nothing else is said: a buyer's whim is no ruin.
pub const MADE_AT_ONCE: i64 = 1_000;

/// A new answer to what an offer is supplied from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetSupply {
    /// Which offer.
    pub offer: Id<Offer>,
    /// From what.
    pub supply: Supply,
    /// Pieces that may be open at once, or that are to come. Not said: as before where it is supplied in the same way;
    /// [`MADE_AT_ONCE`] for what is made. A pre-order has to say it; what lies in stock has none.
    pub capacity: Option<i64>,
}

/// Says what an offer is supplied from; says whether that is new. Quotes and orders keep theirs. Emits `offer.changed` (subject: the
/// product) and what [`stock::promise`] emits; schedules `offer.ships` for a pre-order.
/// Errors: denied; `unknown_offer`; `out_of_range` (fields `lead_days`, `ships_on`, `capacity`), `required` (field `capacity`);
/// `supply_shared` (conflict) where others sell the same pieces.
pub fn set_supply(tx: &mut Tx, set: &SetSupply) -> Result<bool> {
    let before = own(tx, set.offer)?;
    check(set, tx.now())?;
    let row = tx.one(SELECT, params![set.offer])?;
    let was: Supply = row.get(0)?;
    if set.supply == Supply::Stock && was == Supply::Stock {
        return Ok(false);
    }
    if row.get::<i64>(2)? == 1 {
        let say = "Another offer sells the same pieces of the same warehouse: these are sold as they lie there.";
        return Err(Error::conflict("supply_shared", say));
    }
    let kept = Some(row.get(1)?).filter(|kept| *kept > 0 && was.kind() == set.supply.kind());
    let promise = match (set.supply, set.capacity.or(kept)) {
        (Supply::Stock, _) => Promise::None,
        (Supply::Made { .. }, capacity) => Promise::Made(capacity.unwrap_or(MADE_AT_ONCE)),
        (Supply::Preorder { .. }, Some(capacity)) => Promise::Coming(capacity),
        // Everything has come, and nothing is said: it stays so.
        (Supply::Preorder { .. }, None) if was.kind() == "preorder" => Promise::None,
        (Supply::Preorder { .. }, None) => {
            return Err(Error::field(
                "capacity",
                "required",
                "Write how many pieces may be ordered before they are here.",
            ));
        }
    };
    let mut changed = stock::promise(tx, before.warehouse, before.variant, promise)?;
    if was != set.supply {
        put(tx, &before, set.supply)?;
        changed = true;
    }
    if let Supply::Preorder { ships_on } = set.supply {
        tx.schedule(&SHIPS.job(set.offer.raw(), Moment::at_midnight(ships_on)))?;
    }
    Ok(changed)
}

fn check(set: &SetSupply, now: Moment) -> Result<()> {
    let wrong = |field: &'static str, say: String| Err(Error::field(field, "out_of_range", say));
    match set.supply {
        Supply::Made { lead_days } if !(1..=LEAD_DAYS_MOST).contains(&lead_days) => {
            wrong("lead_days", format!("Write how many working days making takes, from 1 to {LEAD_DAYS_MOST}."))
        }
        Supply::Preorder { ships_on }
            if ships_on <= now.date() || ships_on > now.plus_days(PREORDER_DAYS_MOST).date() =>
        {
            wrong("ships_on", "Write a day to come, within two years.".to_owned())
        }
        Supply::Stock if set.capacity.is_some() => {
            wrong("capacity", "What lies in stock is counted there: leave this empty.".to_owned())
        }
        _ => Ok(()),
    }
}

fn put(tx: &mut Tx, before: &Offer, supply: Supply) -> Result<()> {
    let now = tx.now();
    tx.send(SET, params![before.id, supply, now])?;
    emit(tx, before.id, before.product)
}

/// The job `offer.ships`: from its day on a pre-order is an ordinary offer. What is open still waits for the goods that come; what
/// nobody has ordered is sold when it is here. Emits as [`set_supply`].
pub fn ships_now(tx: &mut Tx, id: Id<Offer>) -> Result<()> {
    let before = offer(tx, id)?;
    let was: Supply = tx.one(SELECT, params![id])?.get(0)?;
    match was.ships_on() {
        Some(day) if day <= tx.now().date() => {
            stock::promise(tx, before.warehouse, before.variant, Promise::None)?;
            put(tx, &before, Supply::Stock)
        }
        // The day was put off meanwhile.
        Some(day) => tx.schedule(&SHIPS.job(id.raw(), Moment::at_midnight(day))),
        None => Ok(()),
    }
}

/// What an offer is supplied from, and how many pieces may be open, or are to come, besides what lies there. Errors: `unknown_offer`.
pub fn supply_of(db: &mut Read, id: Id<Offer>) -> Result<(Supply, i64)> {
    let row = db.maybe(SELECT, params![id])?;
    let row = row.ok_or_else(|| Error::not_found("unknown_offer", format!("There is no offer {id}.")))?;
    Ok((row.get(0)?, row.get(1)?))
}

const SELECT: &str = "SELECT o.supply, COALESCE((SELECT i.capacity FROM stock_item i
        WHERE i.warehouse = o.warehouse AND i.variant = o.variant), 0),
    CASE WHEN EXISTS (SELECT 1 FROM offer x WHERE x.variant = o.variant AND x.warehouse = o.warehouse AND x.id <> o.id)
        THEN 1 ELSE 0 END FROM offer o WHERE o.id = $1";
const SET: &str = "UPDATE offer SET supply = $2, changed_at = $3 WHERE id = $1";
