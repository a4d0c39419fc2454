//! The sandbox's payouts: once a day and currency it sends what was captured two days before, less that day's refunds and its
//! fee. Where nothing is left of that, it takes the rest from the house's bank account, as real providers do.

use crate::Settlement;
use base::{Currency, Date, Id, Moment, Money, Rate, Result, Rounding, Tag};
use std::collections::BTreeSet;
use store::{Row, Tx, params};

/// Days from a capture or a refund to the payout it is part of.
const AFTER_DAYS: i64 = 2;
/// Its fee for a charge: 1.4 % of it, and a quarter of the currency's unit. Both are rounded half up to the minor unit, so
/// that the quarter is nothing where there are no decimals.
const FEE_BASIS_POINTS: i64 = 140;
const FEE_FIXED_BASIS_POINTS: i64 = 2_500;
/// Payouts told at once.
const PAGE: i64 = 100;

/// A payout, for its reference.
struct Payout;

impl Tag for Payout {
    const PREFIX: &'static str = "spo";
}

/// What the sandbox keeps of a charge. Errors: overflow.
pub fn fee(amount: Money) -> Result<Money> {
    let quarter: Rate = Rate::basis_points(FEE_FIXED_BASIS_POINTS).shifted(i64::from(amount.currency.exponent()))?;
    let share = Rate::basis_points(FEE_BASIS_POINTS).of(amount.minor, Rounding::HalfUp)?;
    Ok(Money::new(share + quarter.of(1, Rounding::HalfUp)?, amount.currency))
}

/// Pays out every day that is due, then tells a page of what follows `after`. A real shop is paid nothing: what its test orders
/// brought goes back as they end.
pub(super) fn settlements(tx: &mut Tx, after: &str) -> Result<Vec<Settlement>> {
    let after: i64 = match after {
        "" => 0,
        reference => reference.parse::<Id<Payout>>()?.raw(),
    };
    if tx.is_rehearsal() {
        pay_out(tx)?;
    }
    tx.query(SELECT_PAYOUTS, params![after, PAGE])?.iter().map(read).collect()
}

fn pay_out(tx: &mut Tx) -> Result<()> {
    let end = midnight(tx.now().date()).plus_days(1 - AFTER_DAYS);
    let mut due: BTreeSet<(Date, Currency)> = BTreeSet::new();
    for statement in [SELECT_CHARGES, SELECT_REFUNDS] {
        for row in tx.query(statement, params![end])? {
            due.insert((row.get::<Moment>(0)?.date(), row.get(1)?));
        }
    }
    for (day, currency) in due {
        pay_day(tx, day, currency)?;
    }
    Ok(())
}

/// One day's movements in one currency, in one payout.
fn pay_day(tx: &mut Tx, day: Date, currency: Currency) -> Result<()> {
    let (id, from) = (tx.id::<Payout>(), midnight(day));
    let (mut gross, mut kept) = (0, 0);
    for row in tx.query(TAKE_CHARGES, params![currency, from, from.plus_days(1), id])? {
        let amount = Money::new(row.get(0)?, currency);
        gross += amount.minor;
        kept += fee(amount)?.minor;
    }
    for row in tx.query(TAKE_REFUNDS, params![currency, from, from.plus_days(1), id])? {
        gross -= row.get::<i64>(0)?;
    }
    tx.send(INSERT, params![id, currency, gross, kept, from.plus_days(AFTER_DAYS)])?;
    Ok(())
}

fn midnight(day: Date) -> Moment {
    Moment::at_midnight(day)
}

fn read(row: &Row) -> Result<Settlement> {
    let (id, currency): (Id<Payout>, Currency) = (row.get(0)?, row.get(1)?);
    Ok(Settlement {
        reference: id.to_string(),
        gross: Money::new(row.get(2)?, currency),
        fee: Money::new(row.get(3)?, currency),
        at: row.get(4)?,
    })
}

const SELECT_CHARGES: &str = "SELECT captured_at, currency FROM payment_sandbox_charge
    WHERE state = 'captured' AND payout IS NULL AND captured_at < $1";
const SELECT_REFUNDS: &str = "SELECT created_at, currency FROM payment_sandbox_refund
    WHERE state = 'succeeded' AND payout IS NULL AND created_at < $1";
const TAKE_CHARGES: &str = "UPDATE payment_sandbox_charge SET payout = $4 WHERE currency = $1 AND state = 'captured'
    AND payout IS NULL AND captured_at >= $2 AND captured_at < $3 RETURNING amount";
const TAKE_REFUNDS: &str = "UPDATE payment_sandbox_refund SET payout = $4 WHERE currency = $1 AND state = 'succeeded'
    AND payout IS NULL AND created_at >= $2 AND created_at < $3 RETURNING amount";
const INSERT: &str = "INSERT INTO payment_sandbox_payout (id, currency, gross, fee, at) VALUES ($1, $2, $3, $4, $5)";
const SELECT_PAYOUTS: &str =
    "SELECT id, currency, gross, fee, at FROM payment_sandbox_payout WHERE id > $1 ORDER BY id LIMIT $2";
