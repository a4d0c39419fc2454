//! One variant of a file at one place: what it costs there, and how many pieces there are.

use super::effect::{Effect, Note};
use super::fault::judged;
use super::product::{Context, Owner};
use super::{Done, PLACES_MOST};
use crate::offer::{Offer, Status};
use crate::put::{PutOffer, put_offer, set_status};
use crate::supplied::{SetSupply, Supply, set_supply};
use base::{Currency, Id, Money, Rate, Result};
use catalog::Variant;
use catalog::import::{Commerce, Reason, RowError, StockSaid};
use stock::{Move, Warehouse};
use store::{Tx, params};

/// Puts the offer and counts the stock of one variant, which people know as `what`; `again` when an earlier row did so at another
/// place. Says whether anything changed. What is wrong is noted, not fatal.
pub(super) fn sell(
    tx: &mut Tx,
    context: &Context,
    owner: &Owner,
    (variant, what, again): (Id<Variant>, &str, bool),
    commerce: &Commerce,
    done: &mut Done,
) -> Result<bool> {
    let wrong = |column: &str, reason: Reason| RowError {
        line: commerce.line,
        column: column.to_owned(),
        reason,
        row: commerce.row.clone(),
    };
    let Some(warehouse) = place(tx, owner, commerce)? else {
        let reason = Reason::UnknownWarehouse { value: commerce.warehouse.clone().unwrap_or_default() };
        done.errors.push(wrong(&context.warehouse_column, reason));
        return Ok(false);
    };
    let present = present(tx, owner, (variant, warehouse))?;
    let mut changed = false;
    let mut note = Told { line: commerce.line, what, again, done };
    match offer(tx, context, owner, (variant, warehouse), (commerce, present.as_ref()), &mut note)? {
        Ok(offer_changed) => changed |= offer_changed,
        Err(reason) => done.errors.push(wrong(&context.price_column, reason)),
    }
    if let Some(on_sale) = commerce.on_sale {
        let mut note = Told { line: commerce.line, what, again, done };
        changed |= stand(tx, owner, (variant, warehouse), on_sale, (present.is_some(), &mut note))?;
    }
    if let Some(quantity) = pieces(tx, context, (variant, warehouse), commerce.stock, done)? {
        let told = Told { line: commerce.line, what, again, done };
        match count(tx, context, (variant, warehouse), quantity, told)? {
            Ok(counted) => changed |= counted,
            Err(reason) => done.errors.push(wrong(&context.quantity_column, reason)),
        }
    }
    // Behind the count, so that what is counted is not taken for what was to come.
    if let Some(said) = &commerce.supply {
        match supply(tx, owner, (variant, warehouse), (said, commerce.capacity))? {
            Ok(supplied) => changed |= supplied,
            Err(reason) => done.errors.push(wrong("Supply", reason)),
        }
    }
    Ok(changed)
}

/// Counts the pieces there; says whether that changed anything.
fn count(
    tx: &mut Tx,
    context: &Context,
    (variant, warehouse): (Id<Variant>, Id<Warehouse>),
    quantity: i64,
    mut told: Told<'_>,
) -> Result<Result<bool, Reason>> {
    // A row may count pieces at several places.
    let key = format!("import:{}:{}:{}", context.key, told.line, warehouse.raw());
    let count = Move { warehouse, variant, quantity, key, reason: "import".to_owned() };
    let difference = match judged(stock::set_on_hand(tx, &count))? {
        Ok(difference) => difference,
        Err(fault) => return Ok(Err(fault.reason)),
    };
    if quantity == 0 && difference < 0 {
        told.done.effects.emptied += 1;
        told.note(Effect::Emptied { before: -difference });
    }
    Ok(Ok(difference != 0))
}

/// Where a note goes, and of what it speaks.
struct Told<'a> {
    line: u64,
    what: &'a str,
    again: bool,
    done: &'a mut Done,
}

impl Told<'_> {
    fn note(&mut self, effect: Effect) {
        self.done.notes.push(Note { line: self.line, what: self.what.to_owned(), effect });
    }
}

/// The warehouse a row names by its code, or by its name if it is the owner's or the operator's; the owner's usual one when it names
/// none.
fn place(tx: &mut Tx, owner: &Owner, commerce: &Commerce) -> Result<Option<Id<Warehouse>>> {
    let Some(named) = &commerce.warehouse else { return Ok(Some(owner.warehouse)) };
    if let Some(warehouse) = stock::warehouse_by_code(tx, named)? {
        return Ok(Some(warehouse.id));
    }
    let operator = parties::platform(tx)?.map(|operator| operator.id);
    for organisation in [Some(owner.organisation), operator].into_iter().flatten() {
        let all = stock::warehouses(tx, Some(organisation.raw()), "", PLACES_MOST)?;
        let name = named.to_lowercase();
        if let Some(warehouse) = all.iter().find(|warehouse| warehouse.name.to_lowercase() == name) {
            return Ok(Some(warehouse.id));
        }
    }
    Ok(None)
}

/// How many pieces are to lie there; none when the row says nothing of it.
fn pieces(
    tx: &mut Tx,
    context: &Context,
    (variant, warehouse): (Id<Variant>, Id<Warehouse>),
    said: StockSaid,
    done: &mut Done,
) -> Result<Option<i64>> {
    Ok(match said {
        StockSaid::Nothing => None,
        StockSaid::OnHand(pieces) => {
            let levels = stock::levels(tx, &[variant])?;
            // What is so already needs no word: the place may be another's.
            let is_so = levels.iter().any(|level| level.warehouse == warehouse && level.on_hand == pieces);
            Some(pieces).filter(|_| !is_so)
        }
        StockSaid::Available(pieces) => {
            let levels = stock::levels(tx, &[variant])?;
            let here = levels.iter().find(|level| level.warehouse == warehouse);
            // What is held of promised pieces does not lie there.
            let held = here.map_or(0, |level| (level.held - level.promised).max(0));
            Some(pieces.saturating_add(held))
        }
        StockSaid::Uncounted => {
            done.effects.uncounted += 1;
            context.uncounted
        }
        StockSaid::Oversold => {
            done.effects.oversold += 1;
            context.uncounted
        }
    })
}

/// An offer as it is before the file.
struct Present {
    id: Id<Offer>,
    price: Money,
    former: Option<Money>,
    status: String,
}

fn present(tx: &mut Tx, owner: &Owner, (variant, warehouse): (Id<Variant>, Id<Warehouse>)) -> Result<Option<Present>> {
    let row = tx.maybe(PRESENT, params![variant, owner.organisation, warehouse])?;
    row.map(|row| {
        let currency: Currency = row.get(1)?;
        let former = row.get::<Option<i64>>(3)?.map(|minor| Money::new(minor, currency));
        let price = Money::new(row.get(2)?, currency);
        Ok(Present { id: row.get(0)?, price, former, status: row.get(4)? })
    })
    .transpose()
}

fn offer(
    tx: &mut Tx,
    context: &Context,
    owner: &Owner,
    (variant, warehouse): (Id<Variant>, Id<Warehouse>),
    (commerce, present): (&Commerce, Option<&Present>),
    told: &mut Told<'_>,
) -> Result<Result<bool, Reason>> {
    let currency = commerce.currency.unwrap_or(context.currency);
    let Some(price) = commerce.price else {
        return Ok(match (present, context.price_column.as_str()) {
            (Some(_), _) => Ok(false),
            // A place of stock only, of a variant that is sold from elsewhere.
            (None, _) if sold_elsewhere(tx, owner, variant)? => Ok(false),
            (None, column) if column.is_empty() || commerce.unpriced => {
                told.done.effects.unpriced += u64::from(!told.again);
                Ok(false)
            }
            (None, _) => Err(Reason::PriceMissing),
        });
    };
    let former = commerce.compare_at.map(|former| money(former, currency)).transpose();
    let (price, former) = match (money(price, currency), former) {
        (Ok(price), Ok(former)) => (price, former),
        (Err(reason), _) | (_, Err(reason)) => return Ok(Err(reason)),
    };
    let kept = present.and_then(|present| present.former).filter(|_| commerce.keeps_compare_at);
    let put = PutOffer {
        variant,
        organisation: owner.organisation,
        agreement: owner.agreement,
        warehouse,
        price,
        compare_at: former.or(kept).filter(|former| former.currency == currency),
    };
    let put = judged(put_offer(tx, &put))?;
    if let (Ok(_), Some(Present { price: before, .. })) = (&put, present)
        && *before != price
    {
        told.done.effects.repriced += 1;
        if by_more_than_half(*before, price) {
            told.done.effects.repriced_much += 1;
            told.note(Effect::Repriced { before: before.to_string(), after: price.to_string() });
        }
    }
    Ok(put.map(|(_, changed)| changed).map_err(|fault| fault.reason))
}

/// What the offer there is supplied from, as the file says; what is not offered there is supplied from nothing.
fn supply(
    tx: &mut Tx,
    owner: &Owner,
    place: (Id<Variant>, Id<Warehouse>),
    (said, capacity): (&str, Option<i64>),
) -> Result<Result<bool, Reason>> {
    let value = || said.to_owned();
    let Ok(supply) = said.parse::<Supply>() else { return Ok(Err(Reason::SupplyUnknown { value: value() })) };
    let Some(offer) = present(tx, owner, place)? else { return Ok(Ok(false)) };
    let set = set_supply(tx, &SetSupply { offer: offer.id, supply, capacity });
    Ok(judged(set)?.map_err(|fault| match fault.reason {
        Reason::Unforeseen { problem, .. } if problem == "out_of_range" || problem == "required" => {
            Reason::SupplyRange { value: value() }
        }
        reason => reason,
    }))
}

/// Puts an offer on sale or takes it off, as the file says; `known` when buyers may have seen it before.
fn stand(
    tx: &mut Tx,
    owner: &Owner,
    place: (Id<Variant>, Id<Warehouse>),
    on_sale: bool,
    (known, told): (bool, &mut Told<'_>),
) -> Result<bool> {
    let status = if on_sale { Status::Active } else { Status::Paused };
    let Some(offer) = present(tx, owner, place)?.filter(|offer| offer.status != status.name()) else {
        return Ok(false);
    };
    set_status(tx, offer.id, status)?;
    if known {
        let effects = &mut told.done.effects;
        *(if on_sale { &mut effects.published } else { &mut effects.unpublished }) += 1;
        told.note(if on_sale { Effect::Published } else { Effect::Unpublished });
    }
    Ok(true)
}

fn sold_elsewhere(tx: &mut Tx, owner: &Owner, variant: Id<Variant>) -> Result<bool> {
    Ok(tx.maybe(ANYWHERE, params![variant, owner.organisation])?.is_some())
}

/// Up or down. Prices in two currencies are too far apart to be compared.
fn by_more_than_half(before: Money, after: Money) -> bool {
    let difference = (i128::from(after.minor) - i128::from(before.minor)).abs();
    before.currency != after.currency || difference * 2 > i128::from(before.minor)
}

fn money(amount: Rate, currency: Currency) -> Result<Money, Reason> {
    let value = amount.to_string();
    let Ok(minor) = amount.shifted(i64::from(currency.exponent())) else { return Err(Reason::PriceFormat { value }) };
    let decimals = i64::from(currency.exponent());
    let minor = minor.whole().ok_or_else(|| Reason::PriceDecimals { value, currency: currency.to_string(), decimals });
    minor.map(|minor| Money::new(minor, currency))
}

const PRESENT: &str = "SELECT id, currency, price_minor, compare_at_minor, status FROM offer
    WHERE variant = $1 AND organisation = $2 AND warehouse = $3";
const ANYWHERE: &str = "SELECT id FROM offer WHERE variant = $1 AND organisation = $2 ORDER BY id LIMIT 1";
