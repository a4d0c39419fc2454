//! Who may what, what sellers agreed and what is offered at which price are told by the trail: it is read from its beginning,
//! and what it comes to is compared with the rows. So a role, a price or a commission that nobody changed by a deed is found.

use super::names;
use super::rule::{Walk, pages};
use super::split::parse;
use base::Result;
use serde_json::Value;
use std::collections::BTreeMap;
use store::{Read, params};

pub(super) const TRAIL: Walk = Walk {
    says: "roles, standings, terms, prices, rates and buyers are what the trail tells",
    reads: &[
        "event",
        "party_membership",
        "party_organisation",
        "party_setting",
        "terms_version",
        "offer",
        "offer_price",
        "stock_item",
        "offer_rate",
        "order_head",
        "order_line",
    ],
    breaches: |db, found| {
        let mut told = Told::default();
        pages(db, EVENTS, |db, row| {
            let (kind, subject): (String, i64) = (row.get(1)?, row.get(2)?);
            let body = parse(&row.get::<String>(3)?)?;
            if kind == "order.placed" {
                return placed(db, subject, &body, found);
            }
            told.hear(&kind, subject, row.get(4)?, &body);
            Ok(())
        })?;
        told.compare(db, found)
    },
};

/// What the trail comes to.
#[derive(Default)]
struct Told {
    /// Role by organisation and person.
    roles: BTreeMap<(i64, i64), String>,
    standings: BTreeMap<i64, String>,
    /// The currency an organisation keeps its books in.
    books: BTreeMap<i64, String>,
    /// Of an offer: currency, price, former price, status, and its prices in other currencies.
    offers: BTreeMap<i64, Value>,
    /// How many pieces of a variant, in a warehouse, may be sold before they lie there, and whether they are made as they leave.
    promises: BTreeMap<(i64, i64), (i64, bool)>,
    /// Of an agreement's version, with its end.
    terms: BTreeMap<(i64, i64), Terms>,
    /// Rate and source by pair and day.
    rates: BTreeMap<String, String>,
    /// Settings that are no secret.
    settings: BTreeMap<String, String>,
}

/// What was agreed, and until when.
#[derive(Clone, Debug, PartialEq)]
struct Terms {
    answers: Value,
    until: Option<i64>,
}

impl Terms {
    fn from(&self) -> i64 {
        self.answers["effective_from"].as_i64().unwrap_or_default()
    }

    /// Ends at `at`, or when it begins if that is later; unless it ended before.
    fn end(&mut self, at: i64) {
        let from = self.from();
        if self.until.is_none_or(|until| until > at && until > from) {
            self.until = Some(at.max(from));
        }
    }
}

impl Told {
    fn hear(&mut self, kind: &str, subject: i64, at: i64, body: &Value) {
        let word = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        let id = |name: &str| body[name].as_str().and_then(names::raw).unwrap_or_default();
        match kind {
            "party.member_added" => drop(self.roles.insert((subject, id("person")), word("role"))),
            "party.member_removed" => drop(self.roles.remove(&(subject, id("person")))),
            "party.organisation_created" => {
                self.standings.insert(subject, "active".into());
                self.books.insert(subject, word("currency"));
            }
            "party.organisation_changed" => drop(self.books.insert(subject, word("currency"))),
            "party.standing_changed" => drop(self.standings.insert(subject, word("standing"))),
            "party.setting_changed" if body["value"].is_string() => {
                drop(self.settings.insert(word("key"), word("value")))
            }
            "terms.agreed" => {
                let version = body["version"].as_i64().unwrap_or_default();
                let terms = Terms { answers: body["terms"].clone(), until: None };
                let from = terms.from();
                // The next version ends the one before, unless that has ended or never begins.
                if let Some(before) = self.terms.get_mut(&(subject, version - 1)).filter(|before| before.from() < from)
                {
                    before.end(from);
                }
                self.terms.insert((subject, version), terms);
            }
            "terms.ended" => {
                self.terms.range_mut((subject, 0)..=(subject, i64::MAX)).for_each(|(_, terms)| terms.end(at));
            }
            "offer.rates_put" => {
                let rates = body["rates"].as_object().into_iter().flatten();
                self.rates
                    .extend(rates.map(|(name, rate)| (name.clone(), rate.as_str().unwrap_or_default().to_owned())));
            }
            "stock.changed" => {
                if let Some(capacity) = body["capacity"].as_i64() {
                    let standing = self.promises.entry((subject, id("warehouse"))).or_default();
                    *standing = (capacity, body["made"].as_bool().unwrap_or(standing.1));
                }
            }
            "offer.changed" => drop(self.offers.insert(id("offer"), body.clone())),
            _ => {}
        }
    }

    fn compare(mut self, db: &mut Read, found: &mut Vec<String>) -> Result<()> {
        let mut roles = BTreeMap::new();
        for row in db.query(ROLES, params![])? {
            roles.insert((row.get(0)?, row.get(1)?), row.get::<String>(2)?);
        }
        differ("person of organisation", &self.roles, &roles, found);
        let (mut standings, mut books) = (BTreeMap::new(), BTreeMap::new());
        for row in db.query(ORGANISATIONS, params![])? {
            standings.insert(row.get(0)?, row.get::<String>(1)?);
            books.insert(row.get(0)?, row.get::<String>(2)?);
        }
        differ("standing of organisation", &self.standings, &standings, found);
        differ("currency of organisation", &self.books, &books, found);
        for row in db.query(SETTINGS, params![])? {
            let (key, value): (String, String) = (row.get(0)?, row.get(1)?);
            if self.settings.remove(&key).is_some_and(|told| told != value) {
                found.push(format!("setting {key} is {value}"));
            }
        }
        found.extend(self.settings.keys().map(|key| format!("setting {key} is gone")));
        let mut rates = BTreeMap::new();
        for row in db.query(RATES, params![])? {
            rates.insert(row.get::<String>(0)?, row.get::<String>(1)?);
        }
        differ("rate", &self.rates, &rates, found);
        let mut promises = BTreeMap::new();
        for row in db.query(PROMISES, params![])? {
            promises.insert((row.get(0)?, row.get(1)?), (row.get(2)?, row.get::<i64>(3)? == 1));
        }
        self.promises.retain(|_, standing| *standing != (0, false));
        differ("capacity of variant in warehouse", &self.promises, &promises, found);
        self.terms(db, found)?;
        self.offers(db, found)
    }

    fn terms(&self, db: &mut Read, found: &mut Vec<String>) -> Result<()> {
        let mut versions = BTreeMap::new();
        for row in db.query(TERMS, params![])? {
            let columns: Vec<Value> = row.values()[3..].iter().map(json).collect();
            let named = TERM_NAMES.iter().map(|name| (*name).to_owned()).zip(columns);
            let terms = Terms { answers: Value::Object(named.collect()), until: row.get(2)? };
            versions.insert((row.get(0)?, row.get(1)?), terms);
        }
        differ("terms of agreement and version", &self.terms, &versions, found);
        Ok(())
    }

    fn offers(&mut self, db: &mut Read, found: &mut Vec<String>) -> Result<()> {
        pages(db, OFFERS, |db, row| {
            let id: i64 = row.get(0)?;
            let mut prices = serde_json::Map::new();
            for row in db.query(PRICES, params![id])? {
                prices.insert(row.get(0)?, json(&row.values()[1]));
            }
            let Some(told) = self.offers.remove(&id) else {
                found.push(format!("offer {id}: nobody has made it"));
                return Ok(());
            };
            for (column, name) in
                ["agreement", "currency", "price_minor", "compare_at_minor", "status", "supply"].iter().enumerate()
            {
                if !super::frozen::equal(&told[*name], row, column + 1)? {
                    found.push(format!(
                        "offer {id}: {name} is {:?}, the trail says {}",
                        row.values()[column + 1],
                        told[*name]
                    ));
                }
            }
            if told["prices"] != Value::Object(prices) {
                found.push(format!("offer {id}: prices in other currencies"));
            }
            Ok(())
        })?;
        found.extend(self.offers.keys().map(|id| format!("offer {id} is gone")));
        Ok(())
    }
}

/// The head of an order as its event tells it.
fn placed(db: &mut Read, order: i64, body: &Value, found: &mut Vec<String>) -> Result<()> {
    let Some(row) = db.maybe(HEAD, params![order])? else {
        found.push(format!("order {} is gone", body["number"]));
        return Ok(());
    };
    for (column, name) in ["number", "total", "currency", "destination", "buyer", "lines"].iter().enumerate() {
        if body[*name] != json(&row.values()[column]) {
            found.push(format!("order {}: {name} is {:?}", body["number"], row.values()[column]));
        }
    }
    Ok(())
}

fn differ<K: Ord + std::fmt::Debug, V: PartialEq + std::fmt::Debug>(
    what: &str,
    told: &BTreeMap<K, V>,
    stored: &BTreeMap<K, V>,
    found: &mut Vec<String>,
) {
    for (key, value) in told {
        if stored.get(key) != Some(value) {
            found.push(format!("{what} {key:?}: the trail says {value:?}, stored is {:?}", stored.get(key)));
        }
    }
    for (key, value) in stored.iter().filter(|(key, _)| !told.contains_key(*key)) {
        found.push(format!("{what} {key:?}: {value:?}, of which the trail says nothing"));
    }
}

fn json(value: &store::Value) -> Value {
    match value {
        store::Value::Int(number) => (*number).into(),
        store::Value::Text(text) => text.as_str().into(),
        store::Value::Null | store::Value::NullInt | store::Value::NullText => Value::Null,
    }
}

/// Columns of a version of terms, after agreement, version and end.
const TERM_NAMES: [&str; 16] = [
    "merchant_of_record",
    "price_set_by",
    "stock_owned_by",
    "ships",
    "returns_to",
    "paid",
    "commission_bp",
    "commission_tax_bp",
    "commission_tax_jurisdiction",
    "fixed_fee_minor",
    "currency",
    "acceptance_days",
    "payout_days",
    "handling_hours",
    "effective_from",
    "agreed_by",
];

const EVENTS: &str = "SELECT seq, kind, subject, body, at FROM event WHERE seq > $1 AND kind IN ('party.member_added',
    'party.member_removed', 'party.organisation_created', 'party.organisation_changed', 'party.standing_changed',
    'party.setting_changed', 'terms.agreed', 'terms.ended', 'offer.changed', 'offer.rates_put', 'order.placed',
    'stock.changed') ORDER BY seq LIMIT $2";
const ROLES: &str = "SELECT organisation, person, role FROM party_membership ORDER BY organisation, person";
const ORGANISATIONS: &str = "SELECT id, standing, currency FROM party_organisation ORDER BY id";
const SETTINGS: &str = "SELECT key, value FROM party_setting ORDER BY key";
const TERMS: &str = "SELECT agreement, version, effective_to, merchant_of_record, price_set_by, stock_owned_by, ships, returns_to,
    paid, commission_bp, commission_tax_bp, commission_tax_jurisdiction, fixed_fee_minor, currency, acceptance_days, payout_days,
    handling_hours, effective_from, agreed_by FROM terms_version ORDER BY agreement, version";
const PROMISES: &str = "SELECT variant, warehouse, capacity, renews FROM stock_item WHERE capacity > 0 OR renews = 1";
const RATES: &str =
    "SELECT base || '/' || quote || ' ' || date, rate || ' ' || source FROM offer_rate ORDER BY base, quote, date";
const OFFERS: &str =
    "SELECT id, agreement, currency, price_minor, compare_at_minor, status, supply FROM offer WHERE id > $1
    ORDER BY id LIMIT $2";
const PRICES: &str = "SELECT currency, price_minor FROM offer_price WHERE offer = $1 ORDER BY currency";
const HEAD: &str = "SELECT o.number, o.total, o.currency, o.destination, o.buyer,
    (SELECT COUNT(*) FROM order_line l JOIN order_consignment c ON c.id = l.consignment
        WHERE l.order_id = o.id AND c.amendment = 0) FROM order_head o WHERE o.id = $1";
