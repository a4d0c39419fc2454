//! What was quoted, line by line, is what was sold; and the parts of each line are those of the landed cost.

use super::rule::{Walk, pages};
use super::split::parse;
use base::{Country, Currency, Money, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use store::{Read, Row, params};

pub(super) const QUOTED: Walk = Walk {
    says: "an order's consignments and lines are those of its quote",
    reads: &["order_head", "order_consignment", "order_line", "checkout_quote"],
    breaches: |db, found| {
        pages(db, ORDERS, |db, row| {
            let (order, number, currency): (i64, String, Currency) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let quote = parse(&row.get::<String>(4)?)?;
            if row.get::<i64>(5)? != total(&quote, currency) {
                found.push(format!("{number}: the quote's parts do not come to its total"));
            }
            if quote["language"] != row.get::<String>(6)?.as_str() {
                found.push(format!("{number}: the language"));
            }
            if quote["address"]["country"] != row.get::<String>(7)?.as_str() {
                found.push(format!("{number}: the destination"));
            }
            if quote["exchange"] != parse(&row.get::<String>(3)?)? {
                found.push(format!("{number}: the rates"));
            }
            consignments(db, order, &number, currency, &quote, found)
        })
    },
};

pub(super) const OPEN: Walk = Walk {
    says: "an open quote comes to the sum of its parts, and holds what it offers",
    reads: &["checkout_quote", "ledger_hold", "stock_item", "cart"],
    breaches: |db, found| {
        pages(db, OPEN_QUOTES, |db, row| {
            let (id, currency): (i64, Currency) = (row.get(0)?, row.get(1)?);
            let quote = parse(&row.get::<String>(3)?)?;
            if row.get::<i64>(2)? != total(&quote, currency) {
                found.push(format!("quote {id}: its parts do not come to its total"));
            }
            let mut offered: BTreeMap<(i64, i64), i64> = BTreeMap::new();
            for consignment in quote["consignments"].as_array().into_iter().flatten() {
                let raw = |value: &Value| value.as_str().and_then(super::names::raw).unwrap_or_default();
                for line in consignment["lines"].as_array().into_iter().flatten() {
                    let place = (raw(&consignment["warehouse"]), raw(&line["variant"]));
                    *offered.entry(place).or_default() += line["quantity"].as_i64().unwrap_or_default();
                }
            }
            let mut held: BTreeMap<(i64, i64), i64> = BTreeMap::new();
            for row in db.query(HELD, params![id])? {
                held.insert((row.get(0)?, row.get(1)?), row.get(2)?);
            }
            if held != offered {
                found.push(format!("quote {id} holds {held:?}, offers {offered:?}"));
            }
            Ok(())
        })
    },
};

pub(super) const LANDED: Walk = Walk {
    says: "duty, tax and fees of a consignment's lines are those of its landed cost, and it meets customs where it crosses a border",
    reads: &["order_head", "order_consignment", "order_line"],
    breaches: |db, found| {
        pages(db, LANDED_COSTS, |_, row| {
            let id: i64 = row.get(0)?;
            let landed = parse(&row.get::<String>(1)?)?;
            let stored: Vec<i64> = (2..7).map(|column| row.get(column)).collect::<Result<_>>()?;
            let minor = |name: &str| landed[name]["minor"].as_i64();
            let told: Vec<i64> =
                ["goods", "shipping", "duty", "tax", "fees"].iter().filter_map(|name| minor(name)).collect();
            if told != stored {
                found.push(format!("consignment {id}: {told:?} landed, {stored:?} sold"));
            }
            let mut kinds: BTreeMap<&str, i64> = BTreeMap::new();
            for charge in landed["lines"].as_array().into_iter().flatten() {
                *kinds.entry(charge["kind"].as_str().unwrap_or_default()).or_default() +=
                    charge["amount"]["minor"].as_i64().unwrap_or_default();
            }
            let charged = ["duty", "tax", "fee"].map(|kind| kinds.get(kind).copied().unwrap_or_default());
            if charged[..] != stored[2..] || landed["currency"] != row.get::<String>(7)?.as_str() {
                found.push(format!("consignment {id}: charges of {charged:?} in {}", landed["currency"]));
            }
            let (dispatch, destination): (Country, Country) = (row.get(8)?, row.get(9)?);
            if (row.get::<String>(10)? == "none") != dispatch.same_customs_territory(destination) {
                found.push(format!(
                    "consignment {id}: {dispatch} to {destination}, and customs is {}",
                    row.get::<String>(10)?
                ));
            }
            Ok(())
        })
    },
};

/// A consignment's columns as the quote names them; the landed cost apart.
const OF_CONSIGNMENT: [&str; 6] = ["organisation", "warehouse", "dispatch", "service", "carrier", "grams"];
/// A line's columns as the quote names them.
const OF_LINE: [&str; 13] = [
    "offer",
    "variant",
    "product",
    "seller_name",
    "title",
    "sku",
    "image",
    "options",
    "hs",
    "origin",
    "grams",
    "customs_description",
    "quantity",
];
/// And those of money.
const AMOUNTS: [&str; 3] = ["unit_price", "commission", "commission_tax"];
const SUMS: [&str; 5] = ["goods", "shipping", "duty", "tax", "fees"];

fn consignments(
    db: &mut Read,
    order: i64,
    number: &str,
    currency: Currency,
    quote: &Value,
    found: &mut Vec<String>,
) -> Result<()> {
    let none = Vec::new();
    let quoted = quote["consignments"].as_array().unwrap_or(&none);
    let sold = db.query(CONSIGNMENTS, params![order])?;
    let lines = db.query(LINES, params![order])?;
    let mut rest = lines.iter();
    if quoted.len() != sold.len() {
        found.push(format!("{number}: {} consignments quoted, {} sold", quoted.len(), sold.len()));
    }
    for (at, (quoted, sold)) in quoted.iter().zip(&sold).enumerate() {
        let name = format!("{number} consignment {at}");
        if sold.get::<i64>(0)? != at as i64 {
            found.push(format!("{name}: its position"));
        }
        for (column, part) in OF_CONSIGNMENT.iter().enumerate() {
            if !equal(&quoted[*part], sold, column + 1)? {
                found.push(format!("{name}: {part}"));
            }
        }
        if quoted["landed"] != parse(&sold.get::<String>(7)?)? {
            found.push(format!("{name}: landed cost"));
        }
        let arrives = [sold.get::<String>(8)?, sold.get::<String>(9)?];
        if quoted["arrives"] != serde_json::json!(arrives) {
            found.push(format!("{name}: arrival"));
        }
        let quoted_lines = quoted["lines"].as_array().unwrap_or(&none);
        let most = |name: &str| quoted_lines.iter().filter_map(|line| line["terms"][name].as_i64()).max().unwrap_or(0);
        if most("handling_hours") != sold.get::<i64>(10)? || most("acceptance_days") != sold.get::<i64>(11)? {
            found.push(format!("{name}: hours to hand over or days to object"));
        }
        for quoted in quoted_lines {
            match rest.next() {
                Some(sold) => line(number, currency, quoted, sold, found)?,
                None => found.push(format!("{number}: a line is missing")),
            }
        }
    }
    if rest.next().is_some() {
        found.push(format!("{number}: a line that was not quoted"));
    }
    Ok(())
}

fn line(number: &str, currency: Currency, quoted: &Value, sold: &Row, found: &mut Vec<String>) -> Result<()> {
    let name = format!("{number} line {}", sold.get::<i64>(0)?);
    let mut column = 1;
    for part in OF_LINE {
        if !equal(&quoted[part], sold, column)? {
            found.push(format!("{name}: {part}"));
        }
        column += 1;
    }
    let amounts = AMOUNTS.map(|part| (part, &quoted[part])).into_iter();
    for (part, told) in amounts.chain(SUMS.map(|part| (part, &quoted["sums"][part]))) {
        if told != Money::new(sold.get(column)?, currency).to_string().as_str() {
            found.push(format!("{name}: {part}"));
        }
        column += 1;
    }
    if quoted["terms"] != parse(&sold.get::<String>(column)?)? {
        found.push(format!("{name}: terms"));
    }
    let supply = match sold.get::<Option<i64>>(column + 1)? {
        Some(minor) => Value::String(Money::new(minor, sold.get(column + 2)?).to_string()),
        None => Value::Null,
    };
    if quoted["supply"] != supply {
        found.push(format!("{name}: supply price"));
    }
    if quoted["supplied"] != sold.get::<String>(column + 3)?.as_str() {
        found.push(format!("{name}: what it is supplied from"));
    }
    Ok(())
}

/// Whether a column holds what the quote tells: a number, a text, nothing, or the raw number of an id (`ofr_2x8k…`).
pub(super) fn equal(told: &Value, row: &Row, column: usize) -> Result<bool> {
    Ok(match (told, &row.values()[column]) {
        (Value::Number(number), store::Value::Int(stored)) => number.as_i64() == Some(*stored),
        (Value::String(id), store::Value::Int(stored)) => super::names::raw(id) == Some(*stored),
        (Value::String(text), store::Value::Text(stored)) => text == stored,
        (Value::Null, stored) => matches!(stored, store::Value::Null | store::Value::NullText),
        _ => false,
    })
}

/// What the parts of a quote's lines come to.
fn total(quote: &Value, currency: Currency) -> i64 {
    let lines = quote["consignments"].as_array().into_iter().flatten().flat_map(|one| one["lines"].as_array());
    let parts = lines.flatten().flat_map(|line| SUMS.map(|part| line["sums"][part].as_str().unwrap_or_default()));
    parts
        .filter_map(|text| text.parse::<Money>().ok().filter(|money| money.currency == currency))
        .map(|money| money.minor)
        .sum()
}

const ORDERS: &str = "SELECT o.id, o.number, o.currency, o.exchange, q.body, q.total, o.language, o.destination
    FROM order_head o JOIN checkout_quote q ON q.id = o.quote WHERE o.id > $1 ORDER BY o.id LIMIT $2";
const OPEN_QUOTES: &str = "SELECT id, currency, total, body FROM checkout_quote WHERE id > $1 AND state = 'open'
    ORDER BY id LIMIT $2";
const HELD: &str = "SELECT i.warehouse, i.variant, CAST(SUM(h.remaining) AS BIGINT) FROM ledger_hold h
    JOIN stock_item i ON i.account = h.account WHERE h.subject = $1 AND h.state = 'pending' GROUP BY i.warehouse, i.variant";
const CONSIGNMENTS: &str = "SELECT position, organisation, warehouse, dispatch, service, carrier, grams, landed_cost,
    arrives_from, arrives_to, handling_hours, acceptance_days FROM order_consignment WHERE order_id = $1 AND amendment = 0 ORDER BY position";
const LINES: &str =
    "SELECT l.position, l.offer, l.variant, l.product, l.seller_name, l.title, l.sku, l.image, l.options, l.hs, l.origin, l.grams,
    l.customs_description, l.quantity, l.unit_price, l.commission, l.commission_tax, l.goods, l.shipping, l.duty, l.tax, l.fees,
    l.terms, l.supply_minor, l.supply_currency, l.supplied FROM order_line l JOIN order_consignment c ON c.id = l.consignment
    WHERE l.order_id = $1 AND c.amendment = 0 ORDER BY l.position";
const LANDED_COSTS: &str = "SELECT c.id, c.landed_cost, CAST(SUM(l.goods) AS BIGINT), CAST(SUM(l.shipping) AS BIGINT),
    CAST(SUM(l.duty) AS BIGINT), CAST(SUM(l.tax) AS BIGINT), CAST(SUM(l.fees) AS BIGINT), o.currency, c.dispatch, o.destination, c.customs
    FROM order_consignment c JOIN order_head o ON o.id = c.order_id
    JOIN order_line l ON l.order_id = c.order_id AND l.consignment = c.id
    WHERE c.id > $1 GROUP BY c.id, c.landed_cost, o.currency, c.dispatch, o.destination, c.customs ORDER BY c.id LIMIT $2";
