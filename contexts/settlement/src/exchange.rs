//! The exchange of a payout: a seller's balance in another currency than its own is sold for its own at the rate of the day.

use base::{Currency, Date, Error, Id, Moment, Money, Permission, Rate, Result, Rounding};
use ledger::{Account, Leg};
use parties::Organisation;
use store::{Read, Row, Tx, params};

/// At which rate a payout was exchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// Units of the currency paid for one of the balance's, both in major units.
    pub rate: Rate,
    /// The day the rate was published.
    pub date: Date,
    /// Who published it.
    pub source: String,
}

impl Exchange {
    /// The newest rate published on or before `date`; none when either currency was never published. No spread is taken: the
    /// terms have none.
    pub(crate) fn at(db: &mut Read, from: Currency, to: Currency, date: Date) -> Result<Option<Exchange>> {
        let quoted = offers::quoted(db, from, to, date)?;
        Ok(quoted.map(|quoted| Exchange { rate: quoted.rate, date: quoted.date, source: quoted.source }))
    }

    /// From a row that has the three columns from `index` on; none where the payout was not exchanged.
    pub(crate) fn read(row: &Row, index: usize) -> Result<Option<Exchange>> {
        let Some(rate) = row.get::<Option<Rate>>(index)? else { return Ok(None) };
        Ok(Some(Exchange { rate, date: row.get(index + 1)?, source: row.get(index + 2)? }))
    }

    /// What `money` (above zero) comes to, rounded half up to the minor unit, and at least one: the one point where an exchange is
    /// rounded.
    pub(crate) fn of(&self, money: Money, to: Currency) -> Result<Money> {
        let paid = money.convert(self.rate, to, Rounding::HalfUp)?;
        Ok(Money::new(paid.minor.max(1), to))
    }
}

/// The legs that pay `paid` to the bank for `amount` of a seller's balance: as it is, or through both sides of the liquidity
/// between the two currencies. Each currency balances by itself; what rounding leaves is part of that liquidity's position.
pub(crate) fn legs(seller: &Account, amount: Money, paid: Money) -> Vec<Leg> {
    if amount.currency == paid.currency {
        return vec![Leg::new(seller.clone(), Account::bank(amount.currency), amount.minor)];
    }
    let side = |unit: Currency| Account::fx(amount.currency, paid.currency, unit);
    vec![
        Leg::new(seller.clone(), side(amount.currency), amount.minor),
        Leg::new(side(paid.currency), Account::bank(paid.currency), paid.minor),
    ]
}

/// A payout that is due and waits for an exchange rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Whose.
    pub organisation: Id<Organisation>,
    /// What is to be exchanged.
    pub from: Currency,
    /// Into what: the seller's own currency.
    pub to: Currency,
    /// Since when.
    pub since: Moment,
}

pub(crate) fn wait(tx: &mut Tx, organisation: Id<Organisation>, from: Currency, to: Currency) -> Result<()> {
    let now = tx.now();
    tx.send(WAIT, params![organisation, from, to, now])
}

pub(crate) fn waits_no_more(tx: &mut Tx, organisation: Id<Organisation>, from: Currency) -> Result<()> {
    tx.send(WAIT_NO_MORE, params![organisation, from])
}

/// Payouts that wait for an exchange rate, by seller. Errors: denied.
pub fn waiting(db: &mut Read, limit: i64) -> Result<Vec<Waiting>> {
    db.actor().may(Permission::LedgerRead)?;
    let rows = db.query(SELECT_WAITING, params![limit])?;
    rows.iter()
        .map(|row| Ok(Waiting { organisation: row.get(0)?, from: row.get(1)?, to: row.get(2)?, since: row.get(3)? }))
        .collect::<Result<_, Error>>()
}

const WAIT: &str = "INSERT INTO settlement_waiting (organisation, currency, wanted, since) VALUES ($1, $2, $3, $4)
    ON CONFLICT (organisation, currency) DO NOTHING";
const WAIT_NO_MORE: &str = "DELETE FROM settlement_waiting WHERE organisation = $1 AND currency = $2";
const SELECT_WAITING: &str =
    "SELECT organisation, currency, wanted, since FROM settlement_waiting ORDER BY organisation, currency LIMIT $1";
