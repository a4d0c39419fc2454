//! A seller's money at a glance: what is expected from orders under way, what is available, what is owed, what was paid.

use base::{Currency, Error, Id, Money, Permission, Result};
use parties::Organisation;
use std::collections::{BTreeMap, BTreeSet};
use store::{Read, params};
use terms::Party;

/// A seller's money in one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Balance {
    /// Its share of orders that are paid and not yet complete.
    pub escrow: Money,
    /// Earned and not yet paid out.
    pub available: Money,
    /// Owed for refunds that the balance could not bear; the next payout pays it first.
    pub owed: Money,
    /// Paid out so far.
    pub paid_out: Money,
}

/// A seller's money per currency, by currency. Errors: denied unless it is the seller's owner or the operator's finance
/// who asks.
pub fn balance(db: &mut Read, organisation: Id<Organisation>) -> Result<Vec<Balance>> {
    db.actor().may_for(organisation.raw(), Permission::SellerMoney, Permission::LedgerRead)?;
    let escrow = expected_by_currency(db, organisation)?;
    let (mut available, mut owed) = (BTreeMap::new(), BTreeMap::new());
    for row in ledger::accounts_of(db, organisation.raw())? {
        let currency: Currency = row.account.unit.parse()?;
        match row.account.guarded {
            true => available.insert(currency, row.balance),
            false => owed.insert(currency, -row.balance),
        };
    }
    let all: BTreeSet<Currency> = escrow.keys().chain(available.keys()).chain(owed.keys()).copied().collect();
    let mut balances = Vec::new();
    for currency in all {
        let of =
            |sums: &BTreeMap<Currency, i64>| Money::new(sums.get(&currency).copied().unwrap_or_default(), currency);
        let paid_out = db.one(SELECT_PAID_OUT, params![organisation, currency])?.get(0)?;
        balances.push(Balance {
            escrow: of(&escrow),
            available: of(&available),
            owed: of(&owed),
            paid_out: Money::new(paid_out, currency),
        });
    }
    Ok(balances)
}

/// What a seller will get for orders that are paid and not yet complete, by currency.
/// Errors: denied unless it is the seller's owner or the operator's finance who asks.
pub fn expected(db: &mut Read, organisation: Id<Organisation>) -> Result<Vec<Money>> {
    db.actor().may_for(organisation.raw(), Permission::SellerMoney, Permission::LedgerRead)?;
    let sums = expected_by_currency(db, organisation)?;
    Ok(sums.into_iter().map(|(currency, minor)| Money::new(minor, currency)).collect())
}

/// Reads the open consignments only: they are as many as the work at hand, not as the history.
fn expected_by_currency(db: &mut Read, organisation: Id<Organisation>) -> Result<BTreeMap<Currency, i64>> {
    let mut sums = BTreeMap::new();
    for row in db.query(SELECT_OPEN, params![organisation])? {
        let terms: terms::Frozen = serde_json::from_str(&row.get::<String>(1)?).map_err(Error::internal)?;
        if terms.merchant_of_record == Party::Seller {
            *sums.entry(row.get(0)?).or_default() += row.get::<i64>(2)?;
        }
    }
    for row in db.query(SELECT_TAKEN_BACK, params![organisation])? {
        let terms: terms::Frozen = serde_json::from_str(&row.get::<String>(1)?).map_err(Error::internal)?;
        if terms.merchant_of_record == Party::Seller {
            *sums.entry(row.get(0)?).or_default() -= row.get::<i64>(2)?;
        }
    }
    for row in db.query(SELECT_SUPPLY, params![organisation])? {
        *sums.entry(row.get(0)?).or_default() += row.get::<i64>(1)?;
    }
    Ok(sums)
}

/// The currencies in which an organisation has ever had an account.
pub(crate) fn currencies(db: &mut Read, organisation: Id<Organisation>) -> Result<BTreeSet<Currency>> {
    ledger::accounts_of(db, organisation.raw())?.iter().map(|row| row.account.unit.parse()).collect()
}

// A seller's lines share a handful of terms, so the sums come in a handful of rows.
const SELECT_OPEN: &str = "SELECT o.currency, l.terms, CAST(SUM(l.goods - l.commission - l.commission_tax) AS BIGINT)
    FROM order_consignment c JOIN order_head o ON o.id = c.order_id
    JOIN order_line l ON l.order_id = c.order_id AND l.consignment = c.id
    WHERE c.organisation = $1 AND c.state IN ('to_pack', 'packed', 'handed_over', 'in_transit', 'delivered', 'lost', 'returned')
    GROUP BY o.currency, l.terms";
// What refunds took back of those before the split.
const SELECT_TAKEN_BACK: &str = "SELECT o.currency, l.terms, CAST(SUM(b.net - b.commission - b.commission_tax) AS BIGINT)
    FROM order_consignment c JOIN order_head o ON o.id = c.order_id
    JOIN order_line l ON l.order_id = c.order_id AND l.consignment = c.id
    JOIN settlement_refund_line b ON b.order_id = c.order_id AND b.line = l.id AND b.part = 'goods'
    WHERE c.organisation = $1 AND c.state IN ('to_pack', 'packed', 'handed_over', 'in_transit', 'delivered', 'lost', 'returned')
    GROUP BY o.currency, l.terms";
// What is owed for pieces that it supplies: those that are sent, less those it bears that were given back.
const SELECT_SUPPLY: &str = "SELECT l.supply_currency, CAST(SUM(l.supply_minor * (l.quantity - l.called_off
        - (SELECT COALESCE(SUM(b.supply_pieces), 0) FROM settlement_refund_line b
            WHERE b.order_id = l.order_id AND b.line = l.id AND b.part = 'goods'))) AS BIGINT)
    FROM order_consignment c JOIN order_line l ON l.order_id = c.order_id AND l.consignment = c.id
    WHERE c.organisation = $1 AND c.state IN ('to_pack', 'packed', 'handed_over', 'in_transit', 'delivered', 'lost', 'returned')
    AND l.supply_minor IS NOT NULL GROUP BY l.supply_currency";
const SELECT_PAID_OUT: &str = "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM settlement_payout
    WHERE organisation = $1 AND currency = $2";
