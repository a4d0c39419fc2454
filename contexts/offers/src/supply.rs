//! Supply prices: what the platform pays a supplier for a piece that it sells, by the agreement between them.

use crate::event::SupplyAgreed;
use base::{Error, Id, Moment, Money, Permission, Result, Tag};
use catalog::{Product, Variant};
use parties::Organisation;
use store::{Read, Row, Tx, params};
use terms::Agreement;

/// A price that was agreed. It stands from `valid_from` until a later one takes over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplyPrice {
    /// Its id.
    pub id: Id<SupplyPrice>,
    /// For a piece.
    pub price: Money,
    /// From here on.
    pub valid_from: Moment,
    /// Who agreed it, as the trail tells people.
    pub agreed_by: String,
    /// When that was.
    pub at: Moment,
}

impl Tag for SupplyPrice {
    const PREFIX: &'static str = "sup";
}

/// A price to agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgreeSupply {
    /// Terms under which suppliers are paid a supply price.
    pub agreement: Id<Agreement>,
    /// A variant of the agreement's organisation.
    pub variant: Id<Variant>,
    /// For a piece, in the agreement's currency; more than nothing.
    pub price: Money,
    /// From here on; at once when not said.
    pub valid_from: Option<Moment>,
}

/// What of a supplier's goods costs what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplyRow {
    /// The variant.
    pub variant: Id<Variant>,
    /// Its product.
    pub product: Id<Product>,
    /// Title of the product, in its own language.
    pub title: String,
    /// `Red / Large`, or empty.
    pub label: String,
    /// Stock keeping unit; may be empty.
    pub sku: String,
    /// What a sale of now would owe; none until one is agreed.
    pub price: Option<SupplyPrice>,
    /// What comes after it, if something is agreed.
    pub next: Option<SupplyPrice>,
}

/// Agrees what a supplier is paid for a piece of a variant; says whether that is new. Prices already frozen in quotes and orders
/// stay. Emits `offer.supply_agreed` (subject: the agreement).
/// Errors: denied (the platform's people write it, the supplier does not); `unknown_agreement`, `unknown_variant`;
/// `not_supplied` (conflict) under terms that pay otherwise; `foreign_variant`, `price_positive`, `amount_too_large`,
/// `supply_currency`, `supply_in_the_past` (fields).
pub fn agree_supply(tx: &mut Tx, new: &AgreeSupply) -> Result<bool> {
    tx.actor().may(Permission::CatalogWrite)?;
    let terms = supplied(tx, new.agreement)?;
    check_variant(tx, new.variant, terms.organisation)?;
    if new.price.minor <= 0 {
        return Err(Error::field("price", "price_positive", "Write a price above zero."));
    }
    new.price.within_reason("price")?;
    if new.price.currency != terms.currency {
        let say = format!("Write the supply price in {}, the currency of these terms.", terms.currency);
        return Err(Error::field("price", "supply_currency", say));
    }
    let now = tx.now();
    let valid_from = new.valid_from.unwrap_or(now);
    if valid_from < now {
        let say = "A supply price begins now or later; what was sold keeps its own.";
        return Err(Error::field("valid_from", "supply_in_the_past", say));
    }
    let row = tx.maybe(LATEST, params![new.agreement, new.variant, valid_from])?;
    let latest = row.as_ref().map(|row| price(row, 0)).transpose()?.flatten();
    if latest.is_some_and(|latest| latest.price == new.price) {
        return Ok(false);
    }
    let (id, by) = (tx.id::<SupplyPrice>(), tx.actor().label());
    let (currency, minor) = (new.price.currency, new.price.minor);
    tx.send(INSERT, params![id, new.agreement, new.variant, currency, minor, valid_from, by, now])?;
    let agreed = SupplyAgreed {
        organisation: terms.organisation,
        variant: new.variant,
        price_minor: minor,
        currency,
        valid_from: valid_from.micros(),
    };
    tx.emit(new.agreement, &agreed)?;
    Ok(true)
}

/// An agreement in force under which a supply price is paid. Errors: `unknown_agreement`; `not_supplied` (conflict).
fn supplied(db: &mut Read, id: Id<Agreement>) -> Result<Agreement> {
    let terms = terms::agreement(db, id)?;
    if terms.paid == terms::Paid::SupplyPrice {
        return Ok(terms);
    }
    Err(Error::conflict("not_supplied", "Under these terms nobody is paid a supply price: name others."))
}

fn check_variant(db: &mut Read, variant: Id<Variant>, organisation: Id<Organisation>) -> Result<()> {
    let known = catalog::facts(db, &[variant])?;
    if known.iter().all(|facts| facts.organisation == organisation.raw()) {
        return Ok(());
    }
    Err(Error::field("variant", "foreign_variant", "This variant is not one of the supplier's."))
}

/// What a piece costs the platform now, by these terms; none while nothing is agreed.
pub fn supply_price(db: &mut Read, agreement: Id<Agreement>, variant: Id<Variant>) -> Result<Option<Money>> {
    let now = db.now();
    let row = db.maybe(LATEST, params![agreement, variant, now])?;
    row.map(|row| Ok(Money::new(row.get(1)?, row.get(2)?))).transpose()
}

/// A page of the goods of an agreement's organisation by variant, after `after`, with their supply prices under it.
/// Errors: denied (the supplier's own people and the console's); `unknown_agreement`.
pub fn supply_prices(
    db: &mut Read,
    agreement: Id<Agreement>,
    after: Option<Id<Variant>>,
    limit: i64,
) -> Result<Vec<SupplyRow>> {
    let (now, of) = (db.now(), may_read(db, agreement)?);
    let rows = db.query(PAGE, params![agreement, of, after.map_or(0, Id::raw), now, limit])?;
    rows.iter().map(supply_row).collect()
}

/// Every supply price of a variant under an agreement, the one that begins last first.
/// Errors: denied (the supplier's own people and the console's); `unknown_agreement`.
pub fn supply_history(db: &mut Read, agreement: Id<Agreement>, variant: Id<Variant>) -> Result<Vec<SupplyPrice>> {
    may_read(db, agreement)?;
    let rows = db.query(HISTORY, params![agreement, variant])?;
    Ok(rows.iter().map(|row| price(row, 0)).collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
}

/// Whose agreement it is, also of one that has ended. Errors: as of [`supply_prices`].
fn may_read(db: &mut Read, agreement: Id<Agreement>) -> Result<Id<Organisation>> {
    let of = terms::history(db, agreement)?.first().map(|version| version.organisation);
    let unknown = || Error::not_found("unknown_agreement", format!("There is no agreement {agreement}."));
    let of = of.ok_or_else(unknown)?;
    db.actor().may_for(of.raw(), Permission::SellerRead, Permission::ConsoleRead)?;
    Ok(of)
}

fn supply_row(row: &Row) -> Result<SupplyRow> {
    let options: [String; 3] = [row.get(4)?, row.get(5)?, row.get(6)?];
    let shown: Vec<&str> = options.iter().map(String::as_str).filter(|value| !value.is_empty()).collect();
    Ok(SupplyRow {
        variant: row.get(0)?,
        product: row.get(1)?,
        title: row.get(2)?,
        sku: row.get(3)?,
        label: if shown == ["Default Title"] { String::new() } else { shown.join(" / ") },
        price: price(row, 7)?,
        next: price(row, 13)?,
    })
}

// What `price` reads, in its order, from the first column on.
macro_rules! select {
    ($from:literal) => {
        concat!("SELECT id, price_minor, currency, valid_from, agreed_by, at ", $from)
    };
}

/// Six columns from `first` on; none when they are empty.
fn price(row: &Row, first: usize) -> Result<Option<SupplyPrice>> {
    let Some(id) = row.get::<Option<Id<SupplyPrice>>>(first)? else { return Ok(None) };
    Ok(Some(SupplyPrice {
        id,
        price: Money::new(row.get(first + 1)?, row.get(first + 2)?),
        valid_from: row.get(first + 3)?,
        agreed_by: row.get(first + 4)?,
        at: row.get(first + 5)?,
    }))
}

const INSERT: &str =
    "INSERT INTO offer_supply (id, agreement, variant, currency, price_minor, valid_from, agreed_by, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const LATEST: &str = select!(
    "FROM offer_supply
    WHERE agreement = $1 AND variant = $2 AND valid_from <= $3 ORDER BY valid_from DESC, id DESC LIMIT 1"
);
const HISTORY: &str =
    select!("FROM offer_supply WHERE agreement = $1 AND variant = $2 ORDER BY valid_from DESC, id DESC LIMIT 200");
const PAGE: &str = "SELECT v.id, v.product, p.title, v.sku, v.option1, v.option2, v.option3,
    s.id, s.price_minor, s.currency, s.valid_from, s.agreed_by, s.at, n.id, n.price_minor, n.currency, n.valid_from, n.agreed_by, n.at
    FROM catalog_variant v JOIN catalog_product p ON p.id = v.product
    LEFT JOIN offer_supply s ON s.id = (SELECT x.id FROM offer_supply x WHERE x.agreement = $1 AND x.variant = v.id
        AND x.valid_from <= $4 ORDER BY x.valid_from DESC, x.id DESC LIMIT 1)
    LEFT JOIN offer_supply n ON n.id = (SELECT x.id FROM offer_supply x WHERE x.agreement = $1 AND x.variant = v.id
        AND x.valid_from > $4 ORDER BY x.valid_from, x.id DESC LIMIT 1)
    WHERE v.organisation = $2 AND v.id > $3 ORDER BY v.id LIMIT $5";
