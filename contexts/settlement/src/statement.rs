//! Statements: a seller's entries in words, a page at a time or as a CSV file.

use crate::exchange::Exchange;
use crate::left::{Back, Part};
use base::{Currency, Date, Error, Id, Moment, Money, Permission, Result, Tag};
use orders::{Line, Order, Whole};
use parties::Organisation;
use std::collections::BTreeMap;
use store::{Read, Tx, params};
use terms::Party;

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A line of a completed order.
    Sale,
    /// A refund that the seller bears.
    Refund,
    /// Money sent to the seller.
    Payout,
    /// Pieces of a line that the organisation supplied and the operator sold.
    Supply,
    /// Their price, given back.
    SupplyReturned,
}

impl Kind {
    const ALL: [Kind; 5] = [Kind::Sale, Kind::Refund, Kind::Payout, Kind::Supply, Kind::SupplyReturned];

    /// As stored and as translated.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Sale => "sale",
            Kind::Refund => "refund",
            Kind::Payout => "payout",
            Kind::Supply => "supply",
            Kind::SupplyReturned => "supply_returned",
        }
    }

    /// The kind with this stored name.
    pub fn named(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// An entry as a statement shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its id, ordered by time: the cursor.
    pub id: i64,
    /// When.
    pub at: Moment,
    /// What it is.
    pub kind: Kind,
    /// The order's number; empty for a payout.
    pub order: String,
    /// Title of the line sold as its buyer read it, or empty.
    pub title: String,
    /// Raw id of the product sold; 0 where it is no sale.
    pub product: i64,
    /// Price of the goods; below zero for what leaves.
    pub gross: Money,
    /// What the platform keeps of it.
    pub commission: Money,
    /// Tax on that.
    pub commission_tax: Money,
    /// What remains: gross − commission − its tax.
    pub net: Money,
    /// When it is, or was, to be paid out.
    pub due_at: Moment,
    /// Whether it has gone into a payout.
    pub paid_out: bool,
    /// Of a payout in the seller's own currency: what was sent, and the rate.
    pub exchanged: Option<(Money, Exchange)>,
}

impl Tag for Row {
    const PREFIX: &'static str = "ent";
}

/// An entry to write.
pub(crate) struct Entry {
    pub(crate) organisation: i64,
    pub(crate) order: Id<Order>,
    pub(crate) line: i64,
    pub(crate) kind: Kind,
    pub(crate) currency: Currency,
    pub(crate) gross: i64,
    pub(crate) commission: i64,
    pub(crate) commission_tax: i64,
    pub(crate) due_at: Option<Moment>,
    pub(crate) payout: Option<i64>,
}

impl Entry {
    /// `amount` of goodwill that the seller bears, or gets back below zero; due at once, with the next payout.
    pub(crate) fn goodwill(organisation: i64, order: Id<Order>, amount: Money) -> Entry {
        Entry {
            organisation,
            order,
            line: 0,
            kind: Kind::Refund,
            currency: amount.currency,
            gross: -amount.minor,
            commission: 0,
            commission_tax: 0,
            due_at: None,
            payout: None,
        }
    }
}

impl Entry {
    /// `amount` for pieces of a line, owed to its supplier, or given back below zero.
    pub(crate) fn supply(line: &Line, order: Id<Order>, amount: Money, due_at: Option<Moment>) -> Entry {
        Entry {
            organisation: line.organisation.raw(),
            order,
            line: line.id.raw(),
            kind: if amount.minor < 0 { Kind::SupplyReturned } else { Kind::Supply },
            currency: amount.currency,
            gross: amount.minor,
            commission: 0,
            commission_tax: 0,
            due_at,
            payout: None,
        }
    }

    /// What refunds took back of lines that were sold for sellers: below zero, with the commission that goes back. One entry a
    /// line, due at once.
    pub(crate) fn backs<'a>(whole: &'a Whole, back: &'a Back) -> impl Iterator<Item = Entry> + 'a {
        let goods = back.lines.iter().filter(|taken| taken.part == Part::Goods && taken.sum.net != 0);
        goods.filter_map(|taken| {
            let sold = whole.lines.iter().find(|line| line.id == taken.line)?;
            (sold.terms.merchant_of_record == Party::Seller).then(|| Entry {
                organisation: sold.organisation.raw(),
                order: whole.order.id,
                line: sold.id.raw(),
                kind: Kind::Refund,
                currency: whole.order.currency,
                gross: -taken.sum.net,
                commission: -taken.commission,
                commission_tax: -taken.commission_tax,
                due_at: None,
                payout: None,
            })
        })
    }
}

pub(crate) fn write_entry(tx: &mut Tx, entry: &Entry) -> Result<()> {
    let (id, now) = (tx.id::<Row>(), tx.now());
    let net = entry.gross - entry.commission - entry.commission_tax;
    tx.send(
        INSERT,
        params![
            id,
            entry.organisation,
            entry.order,
            entry.line,
            entry.kind.name(),
            entry.currency,
            entry.gross,
            entry.commission,
            entry.commission_tax,
            net,
            entry.due_at.unwrap_or(now),
            entry.payout,
            now,
        ],
    )?;
    Ok(())
}

/// A seller's entries from the first to the last day, both included (UTC), oldest first, after the entry `after`.
/// Errors: denied unless it is the seller's owner or the operator's finance who asks.
pub fn statement(
    db: &mut Read,
    organisation: Id<Organisation>,
    (from, to): (Date, Date),
    after: i64,
    limit: i64,
) -> Result<Vec<Row>> {
    db.actor().may_for(organisation.raw(), Permission::SellerMoney, Permission::LedgerRead)?;
    // Ids are ordered by time, so the days are a range of ids.
    let first = store::first_id_at(Moment::at_midnight(from)).max(after.saturating_add(1));
    let last = store::first_id_at(Moment::at_midnight(to).plus_days(1));
    let rows = db.query(SELECT, params![organisation, first, last, limit])?;
    rows.iter().map(read).collect()
}

/// What stood in a seller's account at the beginning of a day (UTC), by currency: available less owed.
/// Errors: denied unless it is the seller's owner or the operator's finance who asks.
pub fn opening(db: &mut Read, organisation: Id<Organisation>, day: Date) -> Result<Vec<Money>> {
    db.actor().may_for(organisation.raw(), Permission::SellerMoney, Permission::LedgerRead)?;
    let mut sums: BTreeMap<Currency, i64> = BTreeMap::new();
    for row in ledger::accounts_of(db, organisation.raw())? {
        *sums.entry(row.account.unit.parse()?).or_default() += row.balance;
    }
    let first = store::first_id_at(Moment::at_midnight(day));
    for row in db.query(SELECT_SINCE, params![organisation, first])? {
        *sums.entry(row.get(0)?).or_default() -= row.get::<i64>(1)?;
    }
    Ok(sums.into_iter().map(|(currency, minor)| Money::new(minor, currency)).collect())
}

/// The first line of a statement as CSV.
pub const STATEMENT_HEAD: &str = "date,kind,order,title,currency,gross,commission,commission_tax,net,due,paid_out,\
     paid_currency,paid_amount,rate,rate_date,rate_source\r\n";

/// An entry as a line of CSV, amounts in major units.
pub fn statement_line(row: &Row) -> String {
    let number = |money: Money| money.to_string().split(' ').next().unwrap_or_default().to_owned();
    let cells = [
        row.at.date().to_string(),
        row.kind.name().to_owned(),
        row.order.clone(),
        cell(&row.title),
        row.gross.currency.to_string(),
        number(row.gross),
        number(row.commission),
        number(row.commission_tax),
        number(row.net),
        row.due_at.date().to_string(),
        if row.paid_out { "yes" } else { "no" }.to_owned(),
    ];
    let exchanged = match &row.exchanged {
        Some((paid, Exchange { rate, date, source })) => {
            format!("{},{},{rate},{date},{}", paid.currency, number(*paid), cell(source))
        }
        None => ",,,,".to_owned(),
    };
    base::csv::line(&[cells.join(","), exchanged])
}

/// A text as a CSV cell; a leading sign that spreadsheets would take for a formula is shown as text.
pub(crate) fn cell(text: &str) -> String {
    base::csv::quoted(&base::csv::guarded(text))
}

fn read(row: &store::Row) -> Result<Row> {
    let currency: Currency = row.get(5)?;
    let money = |index: usize| Ok::<_, Error>(Money::new(row.get(index)?, currency));
    let kind: String = row.get(2)?;
    Ok(Row {
        id: row.get(0)?,
        at: row.get(1)?,
        kind: Kind::named(&kind).ok_or_else(|| Error::internal(format!("no entry is a {kind}")))?,
        order: row.get(3)?,
        title: row.get(4)?,
        gross: money(6)?,
        commission: money(7)?,
        commission_tax: money(8)?,
        net: money(9)?,
        due_at: row.get(10)?,
        paid_out: row.get(11)?,
        product: row.get(12)?,
        exchanged: match Exchange::read(row, 15)? {
            Some(exchange) => Some((Money::new(row.get(14)?, row.get(13)?), exchange)),
            None => None,
        },
    })
}

const INSERT: &str =
    "INSERT INTO settlement_entry (id, organisation, order_id, line, kind, currency, gross, commission,
        commission_tax, net, due_at, payout, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
const SELECT: &str = "SELECT e.id, e.at, e.kind, COALESCE(o.number, ''), COALESCE(l.title, ''), e.currency, e.gross,
        e.commission, e.commission_tax, e.net, e.due_at, CASE WHEN e.payout IS NULL THEN 0 ELSE 1 END,
        CASE WHEN e.kind IN ('sale', 'supply') THEN COALESCE(l.product, 0) ELSE 0 END, p.paid_currency, p.paid_amount, p.rate, p.rate_date, p.rate_source
    FROM settlement_entry e LEFT JOIN settlement_payout p ON p.id = e.payout AND e.kind = 'payout'
    LEFT JOIN order_head o ON o.id = e.order_id LEFT JOIN order_line l ON l.id = e.line
    WHERE e.organisation = $1 AND e.id >= $2 AND e.id < $3 ORDER BY e.id LIMIT $4";
const SELECT_SINCE: &str = "SELECT currency, CAST(SUM(net) AS BIGINT) FROM settlement_entry
    WHERE organisation = $1 AND id >= $2 GROUP BY currency";
