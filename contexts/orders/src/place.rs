//! Placing: everything frozen by the quote becomes an order, once a source.

use crate::access::hash;
use crate::due;
use crate::event;
use crate::order::{Consignment, Exchange, Line, Order, Source, SourceKind};
use crate::said::{self, Say};
use crate::state::{Customs, Dispute, Fulfilment, Payment, Settlement, State};
use crate::whole::Sums;
use crate::wire::{days, raw, text, text_option};
use base::{Address, Country, Currency, Date, Error, HsCode, Id, Money, Result};
use catalog::{Product, Variant};
use customs::LandedCost;
use offers::{Offer, Supply};
use parties::{Organisation, Person};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use stock::Warehouse;
use store::{Tx, Work, params};

/// The job that calls an order off which nobody paid (`checkout::lapse`). It asks the provider about every attempt, the party it
/// waits for: three questions each, and what is left is asked with the next attempt.
pub const UNPAID: Work = Work { kind: "order.unpaid", hands: 8, lease_seconds: 300, renews: false };

/// What to place. Amounts are frozen already; sums are made here, from the lines.
#[derive(Clone, Debug)]
pub struct Place {
    /// What it is made of: placing that again finds the same order.
    pub source: Source,
    /// Raw id of the quote, if anything was quoted.
    pub quote: Option<i64>,
    /// Name of the payment provider that is asked for the money.
    pub provider: String,
    /// The signed-in buyer.
    pub buyer: Option<Id<Person>>,
    /// Where news go.
    pub email: String,
    /// Secret that opens the order to whoever knows it; kept hashed.
    pub secret: String,
    /// Tag of the language.
    pub language: String,
    /// Where the parcels go.
    pub address: Address,
    /// Currency of every amount.
    pub currency: Currency,
    /// Rates used.
    pub exchange: Vec<Exchange>,
    /// At least one, each with at least one line.
    pub consignments: Vec<PlaceConsignment>,
    /// What the buyer says to the shop's fields.
    pub said: Vec<Say>,
    /// After so many minutes it lapses if nobody has paid.
    pub pay_minutes: i64,
}

/// One consignment of it. Stored as JSON with the quote: field names are a promise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlaceConsignment {
    /// Whose goods they are.
    #[serde(with = "text")]
    pub organisation: Id<Organisation>,
    /// Where it leaves.
    #[serde(with = "text")]
    pub warehouse: Id<Warehouse>,
    /// Country of that warehouse.
    #[serde(with = "text")]
    pub dispatch: Country,
    /// Code of the service.
    pub service: String,
    /// Code of its carrier.
    pub carrier: String,
    /// Gross grams.
    pub grams: i64,
    /// Promised window.
    #[serde(with = "days")]
    pub arrives: (Date, Date),
    /// JSON of the `customs::LandedCost` behind the amounts of its lines.
    #[serde(with = "raw")]
    pub landed: String,
    /// What is in it.
    pub lines: Vec<PlaceLine>,
}

/// One line of it. Stored as JSON with the quote: field names are a promise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlaceLine {
    /// The offer taken.
    #[serde(with = "text")]
    pub offer: Id<Offer>,
    /// The variant.
    #[serde(with = "text")]
    pub variant: Id<Variant>,
    /// Its product.
    #[serde(with = "text")]
    pub product: Id<Product>,
    /// Name of who sells to the buyer.
    pub seller_name: String,
    /// Title in the buyer's language.
    pub title: String,
    /// SKU.
    pub sku: String,
    /// Address of the picture, or empty.
    pub image: String,
    /// Option values, or empty.
    pub options: String,
    /// Tariff code; none only where no border is crossed.
    #[serde(with = "text_option")]
    pub hs: Option<HsCode>,
    /// Country of origin; none only where no border is crossed.
    #[serde(with = "text_option")]
    pub origin: Option<Country>,
    /// Grams of one piece.
    pub grams: i64,
    /// What the papers call it.
    pub customs_description: String,
    /// Pieces.
    pub quantity: i64,
    /// Price of one piece in the order's currency.
    #[serde(with = "text")]
    pub unit_price: Money,
    /// What the buyer pays for the line.
    pub sums: Sums,
    /// Share and fixed fee, at sale.
    #[serde(with = "text")]
    pub commission: Money,
    /// Tax on it, at sale.
    #[serde(with = "text")]
    pub commission_tax: Money,
    /// The terms.
    pub terms: terms::Frozen,
    /// What its supplier is paid for a piece; none where nobody supplies it.
    #[serde(with = "text_option")]
    pub supply: Option<Money>,
    /// What the offer is supplied from.
    #[serde(with = "text")]
    pub supplied: Supply,
}

impl PlaceConsignment {
    /// The landed cost behind the amounts of its lines. Errors (internal): the stored form is damaged.
    pub fn landed_cost(&self) -> Result<LandedCost> {
        serde_json::from_str(&self.landed)
            .map_err(|error| Error::internal(format!("a frozen landed cost cannot be read: {error}")))
    }

    /// Sums of its lines. Errors: overflow, currencies that differ.
    pub fn sums(&self, currency: Currency) -> Result<Sums> {
        self.lines.iter().try_fold(Sums::zero(currency), |sum, line| sum.plus(line.sums))
    }
}

/// What came of placing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The order.
    pub order: Id<Order>,
    /// Its number.
    pub number: String,
    /// What the buyer owes.
    pub total: Money,
    /// It had been placed before; nothing was changed.
    pub again: bool,
}

/// Writes the order with its lines and consignments. The caller keeps the stock for it (`stock::confirm`).
/// Emits `order.placed`, schedules `order.unpaid`. Errors: `empty_order` (invalid), `unknown_field` and what a field says is wrong
/// with what was said to it.
pub fn place(tx: &mut Tx, place: &Place) -> Result<Placed> {
    let lines = place.consignments.iter().flat_map(|consignment| &consignment.lines);
    let sums = lines.clone().try_fold(Sums::zero(place.currency), |sum, line| sum.plus(line.sums))?;
    if place.consignments.is_empty() || place.consignments.iter().any(|consignment| consignment.lines.is_empty()) {
        return Err(Error::invalid("empty_order", "An order needs at least one line."));
    }
    let total = sums.total()?;
    let order = tx.id::<Order>();
    let Some(number) = write_head(tx, order, place, &sums, total)? else {
        return placed_before(tx, place.source);
    };
    let written = Written {
        order,
        currency: place.currency,
        destination: place.address.country.parse()?,
        amendment: 0,
        first: 0,
        first_line: 0,
    };
    write_parts(tx, &written, &place.consignments)?;
    let goods: Vec<_> = lines.clone().map(|line| (line.offer, line.supplied)).collect();
    said::write(tx, order, &goods, &place.said)?;
    let pay_until = tx.now().plus_minutes(place.pay_minutes);
    due::first(tx, order, total, pay_until)?;
    let placed = event::Placed {
        number: number.clone(),
        total: total.minor,
        currency: place.currency,
        lines: lines.count(),
        destination: place.address.country.clone(),
        buyer: place.buyer.map_or(0, Id::raw),
        test: place.source.kind == SourceKind::Test,
    };
    tx.emit(order, &placed)?;
    tx.schedule(&UNPAID.job(order.raw(), pay_until).with(&place.provider))?;
    Ok(Placed { order, number, total, again: false })
}

/// To which order consignments are written, and behind what of it.
pub(crate) struct Written {
    pub(crate) order: Id<Order>,
    pub(crate) currency: Currency,
    pub(crate) destination: Country,
    /// Raw id of the amendment that brings them; 0 for what is placed.
    pub(crate) amendment: i64,
    /// Position of the first of them.
    pub(crate) first: i64,
    /// And of its first line.
    pub(crate) first_line: i64,
}

/// Consignments, then their lines; gives the consignments.
pub(crate) fn write_parts<'a>(
    tx: &mut Tx,
    to: &Written,
    consignments: &'a [PlaceConsignment],
) -> Result<Vec<(Id<Consignment>, &'a PlaceConsignment)>> {
    let (mut written, mut lines) = (Vec::new(), Vec::new());
    for (position, consignment) in (to.first..).zip(consignments) {
        let ids: Vec<Id<Line>> = consignment.lines.iter().map(|_| tx.id()).collect();
        let id = write_consignment(tx, to, position, consignment, ids[0])?;
        written.push((id, consignment));
        lines.extend(ids.into_iter().zip(&consignment.lines).map(|(line, of)| (id, line, consignment, of)));
    }
    for (position, (consignment, id, of, line)) in (to.first_line..).zip(&lines) {
        write_line(tx, to.order, *consignment, *id, position, of, line)?;
    }
    Ok(written)
}

fn placed_before(tx: &mut Tx, source: Source) -> Result<Placed> {
    let row = tx.one(PLACED, params![source.key, source.kind])?;
    Ok(Placed { order: row.get(0)?, number: row.get(1)?, total: Money::new(row.get(2)?, row.get(3)?), again: true })
}

/// A name or an e-mail as it is looked for: lower case, single spaces.
pub(crate) fn key_of(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Two numbers of one minute clash once in a million pairs; then another is drawn.
const DRAWS: usize = 16;

/// The number, or none when there is an order of this source already.
fn write_head(tx: &mut Tx, order: Id<Order>, place: &Place, sums: &Sums, total: Money) -> Result<Option<String>> {
    let address = serde_json::to_string(&place.address).map_err(Error::internal)?;
    let exchange = serde_json::to_string(&place.exchange).map_err(Error::internal)?;
    let country: Country = place.address.country.parse()?;
    let crosses = place.consignments.iter().any(|one| !one.dispatch.same_customs_territory(country));
    let (customs, token_hash, now) =
        (if crosses { Customs::Pending } else { Customs::None }, hash(&place.secret), tx.now());
    for _ in 0..DRAWS {
        let number = draw_number(tx);
        let written = tx.run(
            INSERT_HEAD,
            params![
                order,
                number,
                place.source.key,
                place.quote,
                place.buyer.map_or(0, Id::raw),
                place.email,
                token_hash,
                place.language,
                country,
                address,
                place.currency,
                sums.goods.minor,
                sums.shipping.minor,
                sums.duty.minor,
                sums.tax.minor,
                sums.fees.minor,
                total.minor,
                exchange,
                Payment::Pending,
                Fulfilment::Waiting,
                customs,
                Dispute::None,
                Settlement::None,
                now,
                key_of(&place.email),
                key_of(&place.address.name),
                place.source.kind,
            ],
        )?;
        if written == 1 {
            return Ok(Some(number));
        }
        if tx.maybe(PLACED, params![place.source.key, place.source.kind])?.is_some() {
            return Ok(None);
        }
    }
    Err(Error::internal("no free order number was found"))
}

/// `EN-` and eight of Crockford's digits: four that follow the minute (so that neighbours in time are neighbours in the
/// index), four by chance (so that nobody counts the shop's orders).
fn draw_number(tx: &Tx) -> String {
    let minutes = tx.now().micros() / 60_000_000;
    let mixed = Sha256::digest(tx.key().as_bytes());
    let chance = i64::from(mixed[0]) << 16 | i64::from(mixed[1]) << 8 | i64::from(mixed[2]);
    format!("EN-{}-{}", four_digits(minutes), four_digits(chance))
}

fn four_digits(number: i64) -> String {
    let digit = |place: u32| char::from(b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"[(number >> (5 * place) & 31) as usize]);
    [3, 2, 1, 0].into_iter().map(digit).collect()
}

fn write_consignment(
    tx: &mut Tx,
    to: &Written,
    position: i64,
    consignment: &PlaceConsignment,
    first_line: Id<Line>,
) -> Result<Id<Consignment>> {
    let id = tx.id::<Consignment>();
    let lines = &consignment.lines;
    let sums = consignment.sums(to.currency)?;
    let handling_hours = lines.iter().map(|line| line.terms.handling_hours).max().unwrap_or_default();
    let acceptance_days = lines.iter().map(|line| line.terms.acceptance_days).max().unwrap_or_default();
    let payout = payout(lines, to.currency)?;
    let pieces: i64 = lines.iter().map(|line| line.quantity).sum();
    let crosses = !consignment.dispatch.same_customs_territory(to.destination);
    let customs = if crosses { Customs::Pending } else { Customs::None };
    tx.send(
        INSERT_CONSIGNMENT,
        params![
            id,
            to.order,
            position,
            consignment.organisation,
            consignment.warehouse,
            consignment.dispatch,
            consignment.service,
            consignment.carrier,
            consignment.grams,
            sums.shipping.minor,
            sums.total()?.minor,
            consignment.landed,
            consignment.arrives.0,
            consignment.arrives.1,
            handling_hours,
            acceptance_days,
            first_line,
            lines.len() as i64,
            pieces,
            payout.minor,
            State::Waiting,
            customs,
            payout.currency,
            to.amendment,
        ],
    )?;
    Ok(id)
}

/// What the organisation gets for these lines, which are sold under one agreement: its part of the goods, or their supply price.
fn payout(lines: &[PlaceLine], currency: Currency) -> Result<Money> {
    if let Some(price) = lines.iter().find_map(|line| line.supply) {
        let owed = lines.iter().filter_map(|line| Some(line.supply?.times(line.quantity)));
        return Money::sum(price.currency, owed.collect::<Result<Vec<_>>>()?);
    }
    let kept = |line: &PlaceLine| line.sums.goods.minor - line.commission.minor - line.commission_tax.minor;
    Ok(Money::new(lines.iter().map(kept).sum(), currency))
}

fn write_line(
    tx: &mut Tx,
    order: Id<Order>,
    consignment: Id<Consignment>,
    id: Id<Line>,
    position: i64,
    of: &PlaceConsignment,
    line: &PlaceLine,
) -> Result<()> {
    let terms = serde_json::to_string(&line.terms).map_err(Error::internal)?;
    let sums = &line.sums;
    tx.send(
        INSERT_LINE,
        params![
            id,
            order,
            consignment,
            position,
            line.offer,
            line.variant,
            line.product,
            of.organisation,
            line.seller_name,
            line.title,
            line.sku,
            line.image,
            line.options,
            line.hs,
            line.origin,
            line.grams,
            line.customs_description,
            line.quantity,
            line.unit_price.minor,
            sums.goods.minor,
            sums.shipping.minor,
            sums.duty.minor,
            sums.tax.minor,
            sums.fees.minor,
            sums.total()?.minor,
            line.commission.minor,
            line.commission_tax.minor,
            terms,
            line.supply.map(|price| price.currency),
            line.supply.map(|price| price.minor),
            line.supplied,
        ],
    )?;
    Ok(())
}

const PLACED: &str = "SELECT id, number, total, currency FROM order_head WHERE source_key = $1 AND source = $2";
const INSERT_HEAD: &str = "INSERT INTO order_head (id, number, source_key, quote, buyer, email, token_hash, language, destination,
    address, currency, goods, shipping, duty, tax, fees, total, exchange, payment, fulfilment, customs, dispute, settlement,
    captured, released, refunded, revision, placed_at, email_key, name_key, source)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
    0, 0, 0, 0, $24, $25, $26, $27) ON CONFLICT DO NOTHING";
const INSERT_CONSIGNMENT: &str =
    "INSERT INTO order_consignment (id, order_id, position, organisation, warehouse, dispatch,
    service, carrier, grams, shipping, total, landed_cost, arrives_from, arrives_to, handling_hours, acceptance_days,
    first_line, lines, pieces, payout, state, customs, payout_currency, amendment, shipped_by)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
    (SELECT w.organisation FROM stock_warehouse w WHERE w.id = $5))";
const INSERT_LINE: &str = "INSERT INTO order_line (id, order_id, consignment, position, offer, variant, product, organisation,
    seller_name, title, sku, image, options, hs, origin, grams, customs_description, quantity, unit_price, goods, shipping,
    duty, tax, fees, total, commission, commission_tax, terms, supply_currency, supply_minor, supplied)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
    $25, $26, $27, $28, $29, $30, $31)";
