//! Tax returns: what was charged for each jurisdiction under each collection scheme in a period, by rate, out of the landed
//! costs frozen in the orders, so that an accountant can file it.
//!
//! A sale counts on the day its payment was accepted, which is the tax point of distance sales under the schemes. What was
//! called off, given up or taken back afterwards is a correction on the day that happened. Commission, the operator's own
//! supply to sellers, counts on the day of completion, when it is earned.

use crate::filing::{Filed, filed};
use crate::statement::cell;
use base::{Currency, Date, Error, Moment, Money, Permission, Rate, Result};
use customs::{Charge, ChargeKind, Collected, LandedCost};
use std::collections::BTreeMap;
use std::io::Write;
use store::{Read, Row, params};

/// One line of a return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnRow {
    /// The collection scheme as account codes have it: `ioss`, `import`, `commission`.
    pub scheme: String,
    /// Whose money it is: `DE`, `US-CA`.
    pub jurisdiction: String,
    /// `tax`, `duty` or `fee`.
    pub kind: &'static str,
    /// Whether it takes back an earlier sale.
    pub correction: bool,
    /// The rate on the taxable amount; none for flat amounts.
    pub rate: Option<Rate>,
    /// What it was computed on; below zero in corrections.
    pub taxable: Money,
    /// What is due; below zero in corrections.
    pub amount: Money,
    /// Consignments in it, or refunds of their charges; lines of orders for commission.
    pub count: i64,
    /// The same in the currency the scheme is filed in; none where that, or its rate, is not known.
    pub filed: Option<Filed>,
}

/// Scheme, jurisdiction, kind, whether a correction, rate, currency.
type Key = (String, String, &'static str, bool, String, Currency);

#[derive(Default)]
struct Sums {
    taxable: i64,
    amount: i64,
    count: i64,
}

/// What happened in a period that a return must tell.
struct Period {
    from: Moment,
    until: Moment,
    scheme: String,
    sums: BTreeMap<Key, Sums>,
}

/// Rows read at once.
const PAGE: i64 = 200;
const NO_SCHEME: &str = "import";
const COMMISSION: &str = "commission";

/// The return of a scheme (every scheme if empty) from the first to the last day, both included (UTC). In memory there are
/// only its lines, however many orders there were. Errors: denied.
pub fn returns(db: &mut Read, scheme: &str, (from, to): (Date, Date)) -> Result<Vec<ReturnRow>> {
    db.actor().may(Permission::LedgerRead)?;
    let (from, until) = (Moment::at_midnight(from), Moment::at_midnight(to).plus_days(1));
    let mut period = Period { from, until, scheme: segment(scheme), sums: BTreeMap::new() };
    if period.scheme != COMMISSION {
        read_all(db, &mut period, PAID, Period::add_charges)?;
        read_all(db, &mut period, AMENDED, Period::add_charges)?;
        read_all(db, &mut period, GIVEN_BACK, Period::add_corrections)?;
    }
    if period.scheme.is_empty() || period.scheme == COMMISSION {
        read_all(db, &mut period, EARNED, Period::add_commission)?;
    }
    let mut rows = period.sums.into_iter().map(row_of).collect::<Result<Vec<_>>>()?;
    for row in &mut rows {
        row.filed = filed(db, row, to)?;
    }
    Ok(rows)
}

/// Reads a statement's rows (moment and id first) by keyset.
fn read_all(
    db: &mut Read,
    period: &mut Period,
    statement: &'static str,
    add: impl Fn(&mut Period, &Row) -> Result<()>,
) -> Result<()> {
    let (mut at, mut id) = (period.from, 0_i64);
    loop {
        let rows = db.query(statement, params![at, id, period.until, PAGE])?;
        let Some(last) = rows.last() else { return Ok(()) };
        (at, id) = (last.get(0)?, last.get(1)?);
        rows.iter().try_for_each(|row| add(period, row))?;
    }
}

impl Period {
    /// The charges of one consignment: moment, id, frozen landed cost; that is none where an amendment only left something out.
    fn add_charges(&mut self, row: &Row) -> Result<()> {
        let Some(landed) = row.get::<Option<String>>(2)? else { return Ok(()) };
        let landed: LandedCost = serde_json::from_str(&landed).map_err(Error::internal)?;
        let mut own: BTreeMap<Key, Sums> = BTreeMap::new();
        for charge in landed.lines.iter().filter(|charge| charge.amount.minor != 0) {
            if let Some(key) = self.key(charge, landed.currency, false) {
                let sums = own.entry(key).or_default();
                sums.taxable += charge.base.minor;
                sums.amount += charge.amount.minor;
            }
        }
        for (key, part) in own {
            self.add(key, part.taxable, part.amount);
        }
        Ok(())
    }

    /// What a refund took back of one charge: moment, id, frozen landed cost, the charge's place in it, base, amount; none of
    /// these but moment and id where nothing was charged.
    fn add_corrections(&mut self, row: &Row) -> Result<()> {
        let Some(landed) = row.get::<Option<String>>(2)? else { return Ok(()) };
        let landed: LandedCost = serde_json::from_str(&landed).map_err(Error::internal)?;
        let place = usize::try_from(row.get::<i64>(3)?).map_err(Error::internal)?;
        let charge =
            landed.lines.get(place).ok_or_else(|| Error::internal("a charge that is not there was given back"))?;
        if let Some(key) = self.key(charge, landed.currency, true) {
            self.add(key, -row.get::<i64>(4)?, -row.get::<i64>(5)?);
        }
        Ok(())
    }

    /// Where a charge is told; none for what carriers take, and for other schemes than are asked for.
    fn key(&self, charge: &Charge, currency: Currency, correction: bool) -> Option<Key> {
        let kind = match charge.kind {
            ChargeKind::Fee if charge.collected_at == Collected::AtBorder => return None,
            ChargeKind::Duty => "duty",
            ChargeKind::Tax => "tax",
            ChargeKind::Fee => "fee",
        };
        let scheme = segment(charge.scheme.as_deref().unwrap_or(NO_SCHEME));
        let rate = charge.rate.map_or(String::new(), |rate| rate.to_string());
        self.wants(&scheme).then(|| (scheme, charge.jurisdiction.to_string(), kind, correction, rate, currency))
    }

    /// The commission of an entry: moment, id, currency, commission, its tax, the line's frozen terms. Below zero it went back.
    fn add_commission(&mut self, row: &Row) -> Result<()> {
        let terms: terms::Frozen = serde_json::from_str(&row.get::<String>(5)?).map_err(Error::internal)?;
        let (taxable, amount): (i64, i64) = (row.get(3)?, row.get(4)?);
        if amount != 0 {
            let rate = Rate::basis_points(terms.commission_tax_bp).to_string();
            let jurisdiction = terms.commission_tax_jurisdiction;
            let key = (COMMISSION.to_owned(), jurisdiction, "tax", amount < 0, rate, row.get(2)?);
            self.add(key, taxable, amount);
        }
        Ok(())
    }

    fn wants(&self, scheme: &str) -> bool {
        self.scheme.is_empty() || self.scheme == scheme
    }

    fn add(&mut self, key: Key, taxable: i64, amount: i64) {
        let sums = self.sums.entry(key).or_default();
        sums.taxable += taxable;
        sums.amount += amount;
        sums.count += 1;
    }
}

/// A scheme's name as account codes have it: `Remessa Conforme` is `remessa-conforme`.
fn segment(scheme: &str) -> String {
    let plain = |letter: char| if letter.is_alphanumeric() { letter } else { '-' };
    scheme.trim().chars().map(plain).collect::<String>().to_lowercase()
}

fn row_of((key, sums): (Key, Sums)) -> Result<ReturnRow> {
    let (scheme, jurisdiction, kind, correction, rate, currency) = key;
    Ok(ReturnRow {
        scheme,
        jurisdiction,
        kind,
        correction,
        rate: if rate.is_empty() { None } else { Some(rate.parse()?) },
        taxable: Money::new(sums.taxable, currency),
        amount: Money::new(sums.amount, currency),
        count: sums.count,
        filed: None,
    })
}

/// The same as CSV: amounts in major units, rates in percent. Errors: denied; the writer's.
pub fn returns_csv(db: &mut Read, scheme: &str, days: (Date, Date), out: &mut dyn Write) -> Result<()> {
    let rows = returns(db, scheme, days)?;
    let mut put = |line: String| {
        out.write_all(line.as_bytes())
            .map_err(|error| Error::unavailable("write_failed", format!("The return could not be written: {error}")))
    };
    put("from,to,scheme,jurisdiction,kind,entry,rate_percent,currency,taxable,amount,consignments,\
         filing_currency,filing_taxable,filing_amount,rate_per_filing_unit,rate_date,rate_source\r\n"
        .into())?;
    for row in rows {
        let number = |money: Money| money.to_string().split(' ').next().unwrap_or_default().to_owned();
        let cells = [
            days.0.to_string(),
            days.1.to_string(),
            base::csv::cell(&row.scheme),
            base::csv::cell(&row.jurisdiction),
            row.kind.to_owned(),
            if row.correction { "correction" } else { "sale" }.to_owned(),
            row.rate.map_or(Ok(String::new()), |rate| rate.shifted(2).map(|percent| percent.to_string()))?,
            row.amount.currency.to_string(),
            number(row.taxable),
            number(row.amount),
            row.count.to_string(),
            row.filed.as_ref().map_or_else(
                || ",,,,,".to_owned(),
                |filed| {
                    let Filed { taxable, amount, rate, date, source } = filed;
                    let (taxable, due) = (number(*taxable), number(*amount));
                    format!("{},{taxable},{due},{rate},{date},{}", amount.currency, cell(source))
                },
            ),
        ];
        put(base::csv::line(&cells))?;
    }
    Ok(())
}

/// The schemes under which something is or was owed, by name.
pub fn schemes(payables: &[crate::Payable]) -> Vec<String> {
    let mut names: Vec<String> =
        payables.iter().map(|one| one.scheme.clone()).filter(|scheme| !scheme.is_empty()).collect();
    names.sort();
    names.dedup();
    names
}

const PAID: &str = "SELECT o.paid_at, o.id, c.landed_cost FROM
        (SELECT id, paid_at FROM order_head WHERE paid_at IS NOT NULL AND (paid_at, id) > ($1, $2) AND paid_at < $3
         ORDER BY paid_at, id LIMIT $4) o
    JOIN order_consignment c ON c.order_id = o.id AND c.amendment = 0 ORDER BY o.paid_at, o.id, c.position";
/// What amendments brought into orders, on the day they were carried out.
const AMENDED: &str = "SELECT r.at, r.id, c.landed_cost FROM
        (SELECT id, at, order_id, amendment FROM settlement_refund WHERE kind = 'amended' AND (at, id) > ($1, $2) AND at < $3
         ORDER BY at, id LIMIT $4) r
    LEFT JOIN order_consignment c ON c.order_id = r.order_id AND c.amendment = r.amendment ORDER BY r.at, r.id, c.position";
const GIVEN_BACK: &str = "SELECT r.at, r.id, c.landed_cost, b.charge, b.base, b.amount FROM
        (SELECT id, at FROM settlement_refund WHERE kind <> 'goodwill' AND (at, id) > ($1, $2) AND at < $3
         ORDER BY at, id LIMIT $4) r
    LEFT JOIN settlement_refund_charge b ON b.refund = r.id LEFT JOIN order_consignment c ON c.id = b.consignment
    ORDER BY r.at, r.id, b.consignment, b.charge";
const EARNED: &str = "SELECT e.at, e.id, e.currency, e.commission, e.commission_tax, l.terms FROM
        (SELECT id, at, currency, commission, commission_tax, line FROM settlement_entry
         WHERE line <> 0 AND kind IN ('sale', 'refund') AND (at, id) > ($1, $2) AND at < $3 ORDER BY at, id LIMIT $4) e
    JOIN order_line l ON l.id = e.line ORDER BY e.at, e.id";
