//! What buyers say to the fields of the shop: at the checkout, and anew until something is packed.

use crate::cancel::may_decide;
use crate::event;
use crate::field::{Field, Scope, fields};
use crate::order::{Line, Order, lock};
use base::{Error, Id, Result};
use offers::{Offer, Supply};
use std::collections::BTreeMap;
use store::{Read, Tx, params};

/// What a buyer says to a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Say {
    /// Key of the field.
    pub field: String,
    /// The offer of the line it is about; none: the whole order.
    pub offer: Option<Id<Offer>>,
    /// As typed.
    pub text: String,
}

/// What a buyer said to a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The field as it is declared now.
    pub field: Field,
    /// The offer of the line it is about; none: the whole order.
    pub offer: Option<Id<Offer>>,
    /// What was said; never empty.
    pub text: String,
}

impl Said {
    /// Whether whoever sells or ships these lines sees it.
    pub fn is_for<'a>(&self, lines: impl IntoIterator<Item = &'a Line>) -> bool {
        let own = |offer: Id<Offer>| lines.into_iter().any(|line| line.offer == offer);
        self.field.to_seller && self.offer.is_none_or(own)
    }

    /// Whether the slip of a parcel with these lines prints it.
    pub fn is_printed<'a>(&self, lines: impl IntoIterator<Item = &'a Line>) -> bool {
        let inside = |offer: Id<Offer>| lines.into_iter().any(|line| line.offer == offer);
        self.field.printed && self.offer.is_none_or(inside)
    }
}

/// What is asked of an order with these goods: each field, and of which line. In the order of the fields.
pub fn asked(fields: &[Field], goods: &[(Id<Offer>, Supply)]) -> Vec<(Field, Option<Id<Offer>>)> {
    let mut all = Vec::new();
    for field in fields.iter().filter(|field| field.asked) {
        let of = |wanted: fn(&Supply) -> bool| {
            let own = goods.iter().enumerate().filter(move |(at, (offer, supply))| {
                wanted(supply) && goods[..*at].iter().all(|(before, _)| before != offer)
            });
            own.map(|(_, (offer, _))| (field.clone(), Some(*offer)))
        };
        match field.scope {
            Scope::Order => all.push((field.clone(), None)),
            Scope::Line => all.extend(of(|_| true)),
            Scope::Made => all.extend(of(|supply| matches!(supply, Supply::Made { .. }))),
        }
    }
    all
}

/// Name of a field of a form and of a body, as errors tell it: `fields.gift_message`, `fields.engraving.off_1f8k2m`.
pub fn name(field: &str, offer: Option<Id<Offer>>) -> String {
    offer.map_or_else(|| format!("fields.{field}"), |offer| format!("fields.{field}.{offer}"))
}

/// What is said, by the offer of the line, or none, and the key of the field.
type Words = BTreeMap<(Option<Id<Offer>>, String), String>;

/// What is to be kept of what was said. Errors: all that is wrong at once, each beside its [`name`]; `unknown_field` for what is not asked.
fn checked(asked: &[(Field, Option<Id<Offer>>)], says: &[Say]) -> Result<Words> {
    let mut wrong: Vec<(String, &'static str, String)> = Vec::new();
    for say in says {
        if !asked.iter().any(|(field, offer)| (&field.key, *offer) == (&say.field, say.offer)) {
            let text = format!("The shop does not ask for “{}” here; `GET /api/fields` says what it asks.", say.field);
            wrong.push((name(&say.field, say.offer), "unknown_field", text));
        }
    }
    let mut kept = BTreeMap::new();
    for (field, offer) in asked {
        let mut of = says.iter().filter(|say| (&say.field, say.offer) == (&field.key, *offer));
        let typed = of.next().map(|say| say.text.as_str()).unwrap_or_default();
        match field.read(typed) {
            _ if of.next().is_some() => {
                wrong.push((name(&field.key, *offer), "twice", "This field is said twice; say it once.".into()));
            }
            Ok(text) if text.is_empty() => {}
            Ok(text) => drop(kept.insert((*offer, field.key.clone()), text)),
            Err((code, text)) => wrong.push((name(&field.key, *offer), code, text)),
        }
    }
    let mut wrong = wrong.into_iter();
    let Some((at, code, text)) = wrong.next() else { return Ok(kept) };
    let first = Error::field(at, code, text);
    Err(wrong.fold(first, |error, (at, code, text)| error.and_field(at, code, text)))
}

/// Writes down what was said at the checkout. Errors: as [`say`].
pub(crate) fn write(tx: &mut Tx, order: Id<Order>, goods: &[(Id<Offer>, Supply)], says: &[Say]) -> Result<()> {
    let fields = fields(tx)?;
    if fields.is_empty() && says.is_empty() {
        return Ok(());
    }
    for ((offer, field), text) in checked(&asked(&fields, goods), says)? {
        tx.send(PUT, params![order, offer.map_or(0, Id::raw), field, text])?;
    }
    Ok(())
}

/// Says all of it anew, while nothing of the order is packed: what is left out is not said any more. What was said to a field that
/// is not asked any more stays. Emits `order.fields_changed` with their keys when something differs.
/// Errors: denied (its buyer, the operator and the house may), `order_unknown`, `unknown_field` and what a field says is wrong
/// (fields), `fields_fixed` (conflict) when something is packed or it is over.
pub fn say(tx: &mut Tx, id: Id<Order>, says: &[Say]) -> Result<()> {
    let order = lock(tx, id)?;
    may_decide(tx.actor(), &order)?;
    let fields = fields(tx)?;
    let asked = asked(&fields, &goods(&crate::order::lines(tx, id)?));
    let next = checked(&asked, says)?;
    let before: Words = said_to(tx, id, &fields)?
        .into_iter()
        .filter(|said| asked.iter().any(|(field, offer)| (&field.key, *offer) == (&said.field.key, said.offer)))
        .map(|said| ((said.offer, said.field.key), said.text))
        .collect();
    if before == next {
        return Ok(());
    }
    if tx.maybe(OPEN, params![id])?.is_none() {
        let say = "Something of this order is packed, or it is over: what was said to it cannot be changed any more.";
        return Err(Error::conflict("fields_fixed", say));
    }
    for (offer, field) in before.keys().filter(|key| !next.contains_key(key)) {
        tx.run(DROP, params![id, offer.map_or(0, Id::raw), field])?;
    }
    for ((offer, field), text) in &next {
        tx.run(PUT, params![id, offer.map_or(0, Id::raw), field, text])?;
    }
    let differs = |key: &&(Option<Id<Offer>>, String)| before.get(*key) != next.get(*key);
    let mut fields: Vec<String> =
        before.keys().chain(next.keys()).filter(differs).map(|(_, field)| field.clone()).collect();
    fields.sort_unstable();
    fields.dedup();
    tx.emit(id, &event::FieldsChanged { number: order.number, fields })
}

/// The goods of these lines that are sent.
pub fn goods(lines: &[Line]) -> Vec<(Id<Offer>, Supply)> {
    lines.iter().filter(|line| line.to_send() > 0).map(|line| (line.offer, line.supplied)).collect()
}

/// What was said to an order, in the order of the fields.
pub fn said(db: &mut Read, order: Id<Order>) -> Result<Vec<Said>> {
    let fields = fields(db)?;
    said_to(db, order, &fields)
}

/// The same, by the fields of the shop as they were read already.
pub fn said_to(db: &mut Read, order: Id<Order>, fields: &[Field]) -> Result<Vec<Said>> {
    let rows = db.query(SAID, params![order])?;
    let mut all = Vec::new();
    for field in fields {
        for row in &rows {
            let (key, offer): (String, i64) = (row.get(0)?, row.get(1)?);
            if key == field.key {
                let offer = (offer != 0).then(|| Id::from_raw(offer));
                all.push(Said { field: field.clone(), offer, text: row.get(2)? });
            }
        }
    }
    Ok(all)
}

const SAID: &str = "SELECT field, offer, said FROM order_said WHERE order_id = $1 ORDER BY offer";
const PUT: &str = "INSERT INTO order_said (order_id, offer, field, said) VALUES ($1, $2, $3, $4)
    ON CONFLICT (order_id, offer, field) DO UPDATE SET said = excluded.said";
const DROP: &str = "DELETE FROM order_said WHERE order_id = $1 AND offer = $2 AND field = $3";
const OPEN: &str = "SELECT 1 FROM order_head WHERE id = $1 AND fulfilment IN ('waiting', 'to_pack') AND NOT EXISTS (
        SELECT 1 FROM order_parcel p WHERE p.order_id = $1 AND p.state NOT IN ('asked', 'recalled'))";
