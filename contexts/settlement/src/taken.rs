//! What refunds took back, as rows: written once with the refund, read to know what is left, and turned into who gives it back.

use crate::left::{Back, ChargeBack, LineBack, Part, Sum};
use base::{Currency, Error, Id, Result};
use ledger::Account;
use orders::{Consignment, Order, Payee, Whole};
use std::collections::BTreeMap;
use store::{Read, Row, Tx, params};

/// Writes what a refund takes back.
pub(crate) fn write(tx: &mut Tx, refund: i64, order: Id<Order>, back: &Back) -> Result<()> {
    for line in &back.lines {
        let sum = line.sum;
        let row = params![
            refund,
            line.line,
            line.part.name(),
            order,
            line.consignment,
            line.pieces,
            line.unsent,
            sum.net,
            sum.duty,
            sum.tax,
            sum.fees,
            line.commission,
            line.commission_tax,
            line.supply_pieces,
        ];
        tx.send(INSERT_LINE, row)?;
    }
    for charge in &back.charges {
        let row = params![refund, charge.consignment, charge.charge as i64, order, charge.base, charge.amount];
        tx.send(INSERT_CHARGE, row)?;
    }
    Ok(())
}

/// What all refunds of an order took back so far: one row a part of a line, and a charge.
pub(crate) fn earlier(db: &mut Read, order: Id<Order>) -> Result<Back> {
    read(db, SELECT_LINES, SELECT_CHARGES, order.raw())
}

/// Of one consignment, what is not booked yet, because its escrow is not split.
pub(crate) fn open(db: &mut Read, consignment: Id<Consignment>) -> Result<Back> {
    read(db, SELECT_OPEN_LINES, SELECT_OPEN_CHARGES, consignment.raw())
}

/// What one refund took back; its raw id.
pub(crate) fn of(db: &mut Read, refund: i64) -> Result<Back> {
    read(db, SELECT_OWN_LINES, SELECT_OWN_CHARGES, refund)
}

fn read(db: &mut Read, lines: &'static str, charges: &'static str, of: i64) -> Result<Back> {
    let lines = db.query(lines, params![of])?.iter().map(line).collect::<Result<_>>()?;
    let charges = db.query(charges, params![of])?.iter().map(charge).collect::<Result<_>>()?;
    Ok(Back { lines, charges })
}

// What `line` reads, in its order.
macro_rules! select_lines {
    ($from:literal) => {
        concat!(
            "SELECT l.line, l.consignment, l.part, CAST(SUM(l.pieces) AS BIGINT), CAST(SUM(l.unsent) AS BIGINT),
                CAST(SUM(l.net) AS BIGINT), CAST(SUM(l.duty) AS BIGINT), CAST(SUM(l.tax) AS BIGINT),
                CAST(SUM(l.fees) AS BIGINT), CAST(SUM(l.commission) AS BIGINT),
                CAST(SUM(l.commission_tax) AS BIGINT), CAST(SUM(l.supply_pieces) AS BIGINT) ",
            $from
        )
    };
}

fn line(row: &Row) -> Result<LineBack> {
    let part = if row.get::<String>(2)? == Part::Goods.name() { Part::Goods } else { Part::Delivery };
    Ok(LineBack {
        line: row.get(0)?,
        consignment: row.get(1)?,
        part,
        pieces: row.get(3)?,
        unsent: row.get(4)?,
        sum: Sum { net: row.get(5)?, duty: row.get(6)?, tax: row.get(7)?, fees: row.get(8)? },
        commission: row.get(9)?,
        commission_tax: row.get(10)?,
        supply_pieces: row.get(11)?,
    })
}

// What `charge` reads, in its order.
macro_rules! select_charges {
    ($from:literal) => {
        concat!("SELECT l.consignment, l.charge, CAST(SUM(l.base) AS BIGINT), CAST(SUM(l.amount) AS BIGINT) ", $from)
    };
}

fn charge(row: &Row) -> Result<ChargeBack> {
    let charge = usize::try_from(row.get::<i64>(1)?).map_err(Error::internal)?;
    Ok(ChargeBack { consignment: row.get(0)?, charge, base: row.get(2)?, amount: row.get(3)? })
}

/// Who gives back what was taken back, by account: whoever got it, except the carrier, whom the operator pays.
pub(crate) fn givers(whole: &Whole, back: &Back) -> Result<BTreeMap<Account, i64>> {
    let currency = whole.order.currency;
    let mut sums: BTreeMap<Account, i64> = BTreeMap::new();
    let mut add = |account, amount| *sums.entry(account).or_default() += amount;
    for taken in &back.lines {
        let line = whole.lines.iter().find(|line| line.id == taken.line).ok_or_else(|| gone(taken.line))?;
        match taken.part {
            Part::Delivery => add(returns(currency), taken.sum.net),
            Part::Goods => {
                for share in orders::shares_of_goods(line, taken.sum.net, taken.commission, taken.commission_tax) {
                    add(share.account, share.amount.minor);
                }
            }
        }
    }
    for consignment in &whole.consignments {
        let mut own = back.charges.iter().filter(|taken| taken.consignment == consignment.id).peekable();
        if own.peek().is_none() {
            continue;
        }
        let landed = consignment.landed_cost()?;
        for taken in own {
            let charge = landed.lines.get(taken.charge).ok_or_else(|| gone(taken.consignment))?;
            match orders::receiver(consignment, charge) {
                (Payee::Carrier(_), ..) => add(returns(currency), taken.amount),
                (_, account, _) => add(account, taken.amount),
            }
        }
    }
    sums.retain(|_, amount| *amount != 0);
    Ok(sums)
}

/// The operator's cost of what came back.
fn returns(currency: Currency) -> Account {
    Account::expense("returns", currency)
}

fn gone(what: impl std::fmt::Display) -> Error {
    Error::internal(format!("{what} was taken back and is not in its order"))
}

const INSERT_LINE: &str =
    "INSERT INTO settlement_refund_line (refund, line, part, order_id, consignment, pieces, unsent, net,
    duty, tax, fees, commission, commission_tax, supply_pieces)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
const INSERT_CHARGE: &str = "INSERT INTO settlement_refund_charge (refund, consignment, charge, order_id, base, amount)
    VALUES ($1, $2, $3, $4, $5, $6)";
const SELECT_LINES: &str = select_lines!(
    "FROM settlement_refund_line l WHERE l.order_id = $1 GROUP BY l.line, l.consignment, l.part ORDER BY l.line, l.part"
);
const SELECT_CHARGES: &str = select_charges!(
    "FROM settlement_refund_charge l WHERE l.order_id = $1
    GROUP BY l.consignment, l.charge ORDER BY l.consignment, l.charge"
);
const SELECT_OWN_LINES: &str = select_lines!(
    "FROM settlement_refund_line l WHERE l.refund = $1 GROUP BY l.line, l.consignment, l.part ORDER BY l.line, l.part"
);
const SELECT_OWN_CHARGES: &str = select_charges!(
    "FROM settlement_refund_charge l WHERE l.refund = $1
    GROUP BY l.consignment, l.charge ORDER BY l.consignment, l.charge"
);
const SELECT_OPEN_LINES: &str = select_lines!(
    "FROM order_consignment c JOIN settlement_refund_booking b ON b.order_id = c.order_id AND b.booked = 'open'
        AND b.consignment = c.id JOIN settlement_refund_line l ON l.refund = b.refund AND l.consignment = c.id
    WHERE c.id = $1 GROUP BY l.line, l.consignment, l.part ORDER BY l.line, l.part"
);
const SELECT_OPEN_CHARGES: &str = select_charges!(
    "FROM order_consignment c JOIN settlement_refund_booking b ON b.order_id = c.order_id AND b.booked = 'open'
        AND b.consignment = c.id JOIN settlement_refund_charge l ON l.refund = b.refund AND l.consignment = c.id
    WHERE c.id = $1 GROUP BY l.consignment, l.charge ORDER BY l.consignment, l.charge"
);
