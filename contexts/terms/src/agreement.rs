//! An agreement and its versions: agreeing, asking what is in force, and the copy an order line keeps.

use crate::mode::{Mode, Paid, Party};
use base::{Currency, Error, Id, Moment, Permission, Result, Tag};
use parties::Organisation;
use serde::{Deserialize, Serialize};
use store::{Event, Read, Row, Tx, params};

/// What was agreed with an organisation, in one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Stays the same from version to version.
    pub id: Id<Agreement>,
    /// With whom.
    pub organisation: Id<Organisation>,
    /// The mode whose answers it started from.
    pub mode: Mode,
    /// Who sells to the buyer in law and on the invoice.
    pub merchant_of_record: Party,
    /// Who sets the price.
    pub price_set_by: Party,
    /// Who owns the goods until they are sold.
    pub stock_owned_by: Party,
    /// Who packs and hands over.
    pub ships: Party,
    /// Where returned goods go.
    pub returns_to: Party,
    /// How the other side is paid.
    pub paid: Paid,
    /// Basis points of the goods' price.
    pub commission_bp: i64,
    /// Basis points of the commission: VAT or GST on the platform's service.
    pub commission_tax_bp: i64,
    /// Who that tax is owed to: a country code, or empty when none is due.
    pub commission_tax_jurisdiction: String,
    /// Per order line, in minor units of `currency`.
    pub fixed_fee_minor: i64,
    /// Currency of the fixed fee.
    pub currency: Currency,
    /// Days after delivery in which the buyer may object.
    pub acceptance_days: i64,
    /// Days from completion to payout.
    pub payout_days: i64,
    /// Hours from payment to handing over.
    pub handling_hours: i64,
    /// In force from here (inclusive).
    pub effective_from: Moment,
    /// In force until here (exclusive); none while no successor is agreed.
    pub effective_to: Option<Moment>,
    /// 1, 2, 3 …
    pub version: i64,
}

impl Tag for Agreement {
    const PREFIX: &'static str = "agr";
}

/// The terms as an order line keeps them. Field names are a promise: they are stored as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    /// The agreement.
    #[serde(with = "text")]
    pub agreement: Id<Agreement>,
    /// Its version at the time.
    pub version: i64,
    /// See [`Agreement::mode`].
    pub mode: Mode,
    /// See [`Agreement::merchant_of_record`].
    pub merchant_of_record: Party,
    /// See [`Agreement::price_set_by`].
    pub price_set_by: Party,
    /// See [`Agreement::stock_owned_by`].
    pub stock_owned_by: Party,
    /// See [`Agreement::ships`].
    pub ships: Party,
    /// See [`Agreement::returns_to`].
    pub returns_to: Party,
    /// See [`Agreement::paid`].
    pub paid: Paid,
    /// Basis points of the goods' price.
    pub commission_bp: i64,
    /// Basis points of the commission.
    pub commission_tax_bp: i64,
    /// Country code, or empty.
    pub commission_tax_jurisdiction: String,
    /// Per order line, in minor units of `currency`.
    pub fixed_fee_minor: i64,
    /// Currency of the fixed fee.
    #[serde(with = "text")]
    pub currency: Currency,
    /// Days after delivery in which the buyer may object.
    pub acceptance_days: i64,
    /// Days from completion to payout.
    pub payout_days: i64,
    /// Hours from payment to handing over.
    pub handling_hours: i64,
}

impl From<&Agreement> for Frozen {
    fn from(agreement: &Agreement) -> Frozen {
        Frozen {
            agreement: agreement.id,
            version: agreement.version,
            mode: agreement.mode,
            merchant_of_record: agreement.merchant_of_record,
            price_set_by: agreement.price_set_by,
            stock_owned_by: agreement.stock_owned_by,
            ships: agreement.ships,
            returns_to: agreement.returns_to,
            paid: agreement.paid,
            commission_bp: agreement.commission_bp,
            commission_tax_bp: agreement.commission_tax_bp,
            commission_tax_jurisdiction: agreement.commission_tax_jurisdiction.clone(),
            fixed_fee_minor: agreement.fixed_fee_minor,
            currency: agreement.currency,
            acceptance_days: agreement.acceptance_days,
            payout_days: agreement.payout_days,
            handling_hours: agreement.handling_hours,
        }
    }
}

impl Frozen {
    /// Whether the other side supplies: it is paid an agreed price for every piece that was sold, and the platform sells.
    pub fn is_supplied(&self) -> bool {
        self.paid == Paid::SupplyPrice
    }
}

/// What to agree. Start from [`NewAgreement::of`] and change what was negotiated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAgreement {
    /// With whom.
    pub organisation: Id<Organisation>,
    /// Its template gives the five answers (who sells, prices, owns, ships, takes back).
    pub mode: Mode,
    /// Basis points of the goods' price, 0 to 10000.
    pub commission_bp: i64,
    /// Basis points of the commission, 0 to 10000.
    pub commission_tax_bp: i64,
    /// Country code, or empty when no tax is due on the commission.
    pub commission_tax_jurisdiction: String,
    /// Per order line, in minor units of `currency`.
    pub fixed_fee_minor: i64,
    /// Currency of the fixed fee.
    pub currency: Currency,
    /// 0 to 90.
    pub acceptance_days: i64,
    /// 0 to 120.
    pub payout_days: i64,
    /// 1 to 1440.
    pub handling_hours: i64,
    /// In force from here; `None` means at once.
    pub effective_from: Option<Moment>,
}

impl NewAgreement {
    /// The mode's usual terms, without tax on the commission, in force at once.
    pub fn of(organisation: Id<Organisation>, mode: Mode, currency: Currency) -> NewAgreement {
        let template = mode.template();
        NewAgreement {
            organisation,
            mode,
            commission_bp: template.commission_bp,
            commission_tax_bp: 0,
            commission_tax_jurisdiction: String::new(),
            fixed_fee_minor: 0,
            currency,
            acceptance_days: template.acceptance_days,
            payout_days: template.payout_days,
            handling_hours: template.handling_hours,
            effective_from: None,
        }
    }

    /// The same terms once more, to change one of them.
    pub fn again(known: &Agreement) -> NewAgreement {
        NewAgreement {
            organisation: known.organisation,
            mode: known.mode,
            commission_bp: known.commission_bp,
            commission_tax_bp: known.commission_tax_bp,
            commission_tax_jurisdiction: known.commission_tax_jurisdiction.clone(),
            fixed_fee_minor: known.fixed_fee_minor,
            currency: known.currency,
            acceptance_days: known.acceptance_days,
            payout_days: known.payout_days,
            handling_hours: known.handling_hours,
            effective_from: None,
        }
    }

    fn validate(&self) -> Result<()> {
        let mut error = Error::invalid("invalid", "Some terms need another look.");
        let ranges = [
            ("commission_bp", self.commission_bp, 0, 10_000),
            ("commission_tax_bp", self.commission_tax_bp, 0, 10_000),
            ("fixed_fee_minor", self.fixed_fee_minor, 0, 1_000_000_000),
            ("acceptance_days", self.acceptance_days, 0, 90),
            ("payout_days", self.payout_days, 0, 120),
            ("handling_hours", self.handling_hours, 1, 1440),
        ];
        for (name, value, least, most) in ranges {
            if !(least..=most).contains(&value) {
                error = error.and_field(name, "out_of_range", format!("Write a number from {least} to {most}."));
            }
        }
        let jurisdiction = &self.commission_tax_jurisdiction;
        let named = jurisdiction.parse::<base::Country>().is_ok();
        if !named && (self.commission_tax_bp > 0 || !jurisdiction.is_empty()) {
            error = error.and_field(
                "commission_tax_jurisdiction",
                "unknown_country",
                "Name the country that the tax on the commission is owed to, such as IE.",
            );
        }
        if self.mode.template().paid == Paid::SupplyPrice {
            let kept = [
                ("commission_bp", self.commission_bp),
                ("commission_tax_bp", self.commission_tax_bp),
                ("fixed_fee_minor", self.fixed_fee_minor),
            ];
            for (name, _) in kept.into_iter().filter(|(_, kept)| *kept != 0) {
                let say = "A supply price is paid as it is agreed: write 0, nothing is kept of it.";
                error = error.and_field(name, "kept_of_supply", say);
            }
        }
        if error.fields.is_empty() { Ok(()) } else { Err(error) }
    }
}

/// Agrees terms with an organisation: its first of this mode, or the next version of them. Terms equal to the latest version
/// change nothing; what was ended begins anew. Emits `terms.agreed`.
/// Errors: denied; wrong fields; `mode_not_open` (a field) for a mode that cannot be agreed with this organisation;
/// `terms_in_the_past` when they would begin before the latest version or before now; `supply_currency` (a field) for another
/// currency than the supply prices of these terms are agreed in.
pub fn agree(tx: &mut Tx, new: &NewAgreement) -> Result<Id<Agreement>> {
    tx.actor().may(Permission::SettingsWrite)?;
    let kind = parties::organisation(tx, new.organisation)?.kind;
    new.mode.may_be_agreed_with(kind)?;
    new.validate()?;
    let now = tx.now();
    let from = new.effective_from.unwrap_or(now);
    let fresh = tx.id::<Agreement>();
    tx.send(INSERT_AGREEMENT, params![fresh, new.organisation, new.mode.name(), now])?;
    let id: Id<Agreement> = tx.one(FIND, params![new.organisation, new.mode.name()])?.get(0)?;
    let latest = latest(tx, id)?;
    if let Some(latest) = &latest {
        if same_terms(latest, new) {
            return Ok(id);
        }
        if latest.paid == Paid::SupplyPrice && latest.currency != new.currency {
            let say = format!("Supply prices of these terms are agreed in {}; keep that currency.", latest.currency);
            return Err(Error::field("currency", "supply_currency", say));
        }
        if from < now || (from <= latest.effective_from && !latest.never_begins()) {
            return Err(Error::conflict(
                "terms_in_the_past",
                "New terms begin now or later, and after the ones before.",
            ));
        }
        tx.send(CLOSE, params![from, id, latest.version])?;
    }
    let version = latest.map_or(1, |latest| latest.version + 1);
    insert_version(tx, id, version, from, new)?;
    let body = serde_json::json!({
        "organisation": new.organisation.to_string(), "mode": new.mode.name(), "version": version,
        "terms": told(new, from, &tx.actor().label()),
    });
    tx.emit(&Event { kind: "terms.agreed", subject: id.raw(), body })?;
    Ok(id)
}

/// The version as its event tells it, column by column: what the auditor compares the row with.
fn told(new: &NewAgreement, from: Moment, by: &str) -> serde_json::Value {
    let answers = new.mode.template();
    serde_json::json!({
        "merchant_of_record": answers.merchant_of_record.name(), "price_set_by": answers.price_set_by.name(),
        "stock_owned_by": answers.stock_owned_by.name(), "ships": answers.ships.name(),
        "returns_to": answers.returns_to.name(), "paid": answers.paid.name(), "commission_bp": new.commission_bp,
        "commission_tax_bp": new.commission_tax_bp,
        "commission_tax_jurisdiction": new.commission_tax_jurisdiction.trim().to_ascii_uppercase(),
        "fixed_fee_minor": new.fixed_fee_minor, "currency": new.currency.code(),
        "acceptance_days": new.acceptance_days, "payout_days": new.payout_days, "handling_hours": new.handling_hours,
        "effective_from": from.micros(), "agreed_by": by,
    })
}

fn insert_version(tx: &mut Tx, id: Id<Agreement>, version: i64, from: Moment, new: &NewAgreement) -> Result<()> {
    let answers = new.mode.template();
    let (now, by) = (tx.now(), tx.actor().label());
    let inserted = tx.run(
        INSERT_VERSION,
        params![
            id,
            version,
            answers.merchant_of_record.name(),
            answers.price_set_by.name(),
            answers.stock_owned_by.name(),
            answers.ships.name(),
            answers.returns_to.name(),
            answers.paid.name(),
            new.commission_bp,
            new.commission_tax_bp,
            &new.commission_tax_jurisdiction.trim().to_ascii_uppercase(),
            new.fixed_fee_minor,
            new.currency,
            new.acceptance_days,
            new.payout_days,
            new.handling_hours,
            from,
            by,
            now,
        ],
    )?;
    if inserted == 1 { Ok(()) } else { Err(Error::conflict("terms_changed", "Someone agreed other terms just now.")) }
}

/// Ends an agreement now, versions that have not begun included. What was sold under it goes on as it was frozen; its offers
/// are not on sale any more. Emits `terms.ended`.
/// Errors: denied; no such agreement; `terms_ended` (conflict) when nothing of it is in force or to come.
pub fn end(tx: &mut Tx, id: Id<Agreement>) -> Result<()> {
    tx.actor().may(Permission::SettingsWrite)?;
    let known = latest(tx, id)?.ok_or_else(|| unknown(id))?;
    let now = tx.now();
    if tx.run(END, params![id, now])? == 0 {
        return Err(Error::conflict("terms_ended", "These terms have ended already."));
    }
    let body = serde_json::json!({ "organisation": known.organisation.to_string(), "mode": known.mode.name() });
    tx.emit(&Event { kind: "terms.ended", subject: id.raw(), body })
}

impl Agreement {
    /// It was ended before it had begun.
    fn never_begins(&self) -> bool {
        self.effective_to == Some(self.effective_from)
    }
}

fn same_terms(latest: &Agreement, new: &NewAgreement) -> bool {
    latest.effective_to.is_none()
        && latest.mode == new.mode
        && latest.commission_bp == new.commission_bp
        && latest.commission_tax_bp == new.commission_tax_bp
        && latest.commission_tax_jurisdiction == new.commission_tax_jurisdiction.trim().to_ascii_uppercase()
        && latest.fixed_fee_minor == new.fixed_fee_minor
        && latest.currency == new.currency
        && latest.acceptance_days == new.acceptance_days
        && latest.payout_days == new.payout_days
        && latest.handling_hours == new.handling_hours
}

fn latest(db: &mut Read, id: Id<Agreement>) -> Result<Option<Agreement>> {
    db.maybe(LATEST, params![id])?.map(|row| read(&row)).transpose()
}

/// The version in force now. Errors: no such agreement, or none of its versions has begun.
pub fn agreement(db: &mut Read, id: Id<Agreement>) -> Result<Agreement> {
    let now = db.now();
    db.maybe(IN_FORCE, params![id, now])?.map_or_else(|| Err(unknown(id)), |row| read(&row))
}

fn unknown(id: Id<Agreement>) -> Error {
    Error::not_found("unknown_agreement", format!("No agreement {id} is in force."))
}

/// The agreement that an offer of `organisation` stands under: the one it names, or the only one in force, or the only one of several
/// under which it sells itself and is not paid a supply price.
/// Errors: `unknown_agreement`, `foreign_agreement` for a named one that is not in force or not the organisation's (fields);
/// `no_agreement`, `agreement_unclear` (conflicts) when none or several are in force and none is named.
pub fn choose(db: &mut Read, organisation: Id<Organisation>, named: Option<Id<Agreement>>) -> Result<Id<Agreement>> {
    let now = db.now();
    if let Some(id) = named {
        let row = db.maybe(IN_FORCE, params![id, now])?;
        let wrong = |code, words: &str| Err(Error::field("agreement", code, words));
        return match row.map(|row| read(&row)).transpose()? {
            Some(found) if found.organisation == organisation => Ok(found.id),
            Some(_) => wrong("foreign_agreement", "This agreement is another organisation's."),
            None => wrong("unknown_agreement", "This agreement is not in force."),
        };
    }
    let all = current(db, organisation, now)?;
    let own: Vec<&Agreement> = all.iter().filter(|one| one.paid != Paid::SupplyPrice).collect();
    match (all.as_slice(), own.as_slice()) {
        ([Agreement { id, .. }], _) | (_, [Agreement { id, .. }]) => Ok(*id),
        ([], _) => Err(Error::conflict("no_agreement", "Nothing is agreed with this seller yet: agree terms first.")),
        _ => Err(Error::conflict("agreement_unclear", "Several agreements are in force: name one.")),
    }
}

/// The terms as a sale would freeze them, and whether they are in force; of an agreement that has ended, its last ones.
/// Errors: an agreement that never began.
pub fn standing(db: &mut Read, id: Id<Agreement>) -> Result<(Frozen, bool)> {
    let now = db.now();
    let row = db.maybe(LAST_BEGUN, params![id, now])?.ok_or_else(|| unknown(id))?;
    let last = read(&row)?;
    let in_force = last.effective_to.is_none_or(|to| to > now);
    Ok((Frozen::from(&last), in_force))
}

/// The version in force now, as a sale freezes it. Errors: as [`agreement`].
pub fn frozen(db: &mut Read, id: Id<Agreement>) -> Result<Frozen> {
    Ok(Frozen::from(&agreement(db, id)?))
}

/// Every version of an agreement, newest first.
pub fn history(db: &mut Read, id: Id<Agreement>) -> Result<Vec<Agreement>> {
    db.query(HISTORY, params![id])?.iter().map(read).collect()
}

/// Every version agreed with an organisation, ended ones too: by agreement, the newest first.
pub fn with(db: &mut Read, organisation: Id<Organisation>) -> Result<Vec<Agreement>> {
    db.query(WITH, params![organisation])?.iter().map(read).collect()
}

/// What was in force with an organisation at a moment, one per mode, oldest agreement first.
pub fn current(db: &mut Read, organisation: Id<Organisation>, at: Moment) -> Result<Vec<Agreement>> {
    db.query(OF_ORGANISATION, params![organisation, at])?.iter().map(read).collect()
}

/// A page of the agreements in force now, by id, after `after`.
pub fn agreements(db: &mut Read, after: Option<Id<Agreement>>, limit: i64) -> Result<Vec<Agreement>> {
    let now = db.now();
    db.query(PAGE, params![after.map_or(0, Id::raw), now, limit])?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Agreement> {
    let party = |index: usize| -> Result<Party> {
        let name: String = row.get(index)?;
        Party::named(&name).ok_or_else(|| Error::internal(format!("unknown party {name}")))
    };
    let (mode, paid): (String, String) = (row.get(2)?, row.get(19)?);
    Ok(Agreement {
        id: row.get(0)?,
        organisation: row.get(1)?,
        mode: Mode::named(&mode).ok_or_else(|| Error::internal(format!("unknown mode {mode}")))?,
        merchant_of_record: party(3)?,
        price_set_by: party(4)?,
        stock_owned_by: party(5)?,
        ships: party(6)?,
        returns_to: party(7)?,
        paid: Paid::named(&paid).ok_or_else(|| Error::internal(format!("nobody is paid by {paid}")))?,
        commission_bp: row.get(8)?,
        commission_tax_bp: row.get(9)?,
        commission_tax_jurisdiction: row.get(10)?,
        fixed_fee_minor: row.get(11)?,
        currency: row.get(12)?,
        acceptance_days: row.get(13)?,
        payout_days: row.get(14)?,
        handling_hours: row.get(15)?,
        effective_from: row.get(16)?,
        effective_to: row.get(17)?,
        version: row.get(18)?,
    })
}

/// Values that write and read themselves as text.
mod text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use std::fmt::Display;
    use std::str::FromStr;

    pub fn serialize<T: Display, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    pub fn deserialize<'de, T: FromStr<Err: Display>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

const INSERT_AGREEMENT: &str =
    "INSERT INTO terms_agreement (id, organisation, mode, created_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (organisation, mode) DO NOTHING";
const FIND: &str = "SELECT id FROM terms_agreement WHERE organisation = $1 AND mode = $2";
const CLOSE: &str = "UPDATE terms_version SET effective_to = $1 WHERE agreement = $2 AND version = $3
    AND effective_from < $1 AND (effective_to IS NULL OR effective_to > $1)";
const END: &str =
    "UPDATE terms_version SET effective_to = CASE WHEN effective_from > $2 THEN effective_from ELSE $2 END
    WHERE agreement = $1 AND (effective_to IS NULL OR (effective_to > $2 AND effective_to > effective_from))";
const INSERT_VERSION: &str = "INSERT INTO terms_version (agreement, version, merchant_of_record, price_set_by, stock_owned_by,
    ships, returns_to, paid, commission_bp, commission_tax_bp, commission_tax_jurisdiction, fixed_fee_minor, currency, acceptance_days,
    payout_days, handling_hours, effective_from, effective_to, agreed_by, agreed_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, NULL, $18, $19)
    ON CONFLICT (agreement, version) DO NOTHING";
const IN_FORCE: &str =
    "SELECT a.id, a.organisation, a.mode, v.merchant_of_record, v.price_set_by, v.stock_owned_by, v.ships,
    v.returns_to, v.commission_bp, v.commission_tax_bp, v.commission_tax_jurisdiction, v.fixed_fee_minor, v.currency,
    v.acceptance_days, v.payout_days, v.handling_hours, v.effective_from, v.effective_to, v.version, v.paid
    FROM terms_agreement a JOIN terms_version v ON v.agreement = a.id
    WHERE a.id = $1 AND v.effective_from <= $2 AND (v.effective_to IS NULL OR v.effective_to > $2)";
const LATEST: &str =
    "SELECT a.id, a.organisation, a.mode, v.merchant_of_record, v.price_set_by, v.stock_owned_by, v.ships,
    v.returns_to, v.commission_bp, v.commission_tax_bp, v.commission_tax_jurisdiction, v.fixed_fee_minor, v.currency,
    v.acceptance_days, v.payout_days, v.handling_hours, v.effective_from, v.effective_to, v.version, v.paid
    FROM terms_agreement a JOIN terms_version v ON v.agreement = a.id
    WHERE a.id = $1 ORDER BY v.version DESC LIMIT 1";
const HISTORY: &str =
    "SELECT a.id, a.organisation, a.mode, v.merchant_of_record, v.price_set_by, v.stock_owned_by, v.ships,
    v.returns_to, v.commission_bp, v.commission_tax_bp, v.commission_tax_jurisdiction, v.fixed_fee_minor, v.currency,
    v.acceptance_days, v.payout_days, v.handling_hours, v.effective_from, v.effective_to, v.version, v.paid
    FROM terms_agreement a JOIN terms_version v ON v.agreement = a.id
    WHERE a.id = $1 ORDER BY v.version DESC";
const WITH: &str =
    "SELECT a.id, a.organisation, a.mode, v.merchant_of_record, v.price_set_by, v.stock_owned_by, v.ships,
    v.returns_to, v.commission_bp, v.commission_tax_bp, v.commission_tax_jurisdiction, v.fixed_fee_minor, v.currency,
    v.acceptance_days, v.payout_days, v.handling_hours, v.effective_from, v.effective_to, v.version, v.paid
    FROM terms_agreement a JOIN terms_version v ON v.agreement = a.id
    WHERE a.organisation = $1 ORDER BY a.id, v.version DESC LIMIT 200";
const LAST_BEGUN: &str =
    "SELECT a.id, a.organisation, a.mode, v.merchant_of_record, v.price_set_by, v.stock_owned_by, v.ships,
    v.returns_to, v.commission_bp, v.commission_tax_bp, v.commission_tax_jurisdiction, v.fixed_fee_minor, v.currency,
    v.acceptance_days, v.payout_days, v.handling_hours, v.effective_from, v.effective_to, v.version, v.paid
    FROM terms_agreement a JOIN terms_version v ON v.agreement = a.id
    WHERE a.id = $1 AND v.effective_from <= $2
    ORDER BY CASE WHEN v.effective_to = v.effective_from THEN 1 ELSE 0 END, v.version DESC LIMIT 1";
const OF_ORGANISATION: &str = "SELECT a.id, a.organisation, a.mode, v.merchant_of_record, v.price_set_by, v.stock_owned_by,
    v.ships, v.returns_to, v.commission_bp, v.commission_tax_bp, v.commission_tax_jurisdiction, v.fixed_fee_minor, v.currency,
    v.acceptance_days, v.payout_days, v.handling_hours, v.effective_from, v.effective_to, v.version, v.paid
    FROM terms_agreement a JOIN terms_version v ON v.agreement = a.id
    WHERE a.organisation = $1 AND v.effective_from <= $2 AND (v.effective_to IS NULL OR v.effective_to > $2) ORDER BY a.id";
const PAGE: &str = "SELECT a.id, a.organisation, a.mode, v.merchant_of_record, v.price_set_by, v.stock_owned_by, v.ships,
    v.returns_to, v.commission_bp, v.commission_tax_bp, v.commission_tax_jurisdiction, v.fixed_fee_minor, v.currency,
    v.acceptance_days, v.payout_days, v.handling_hours, v.effective_from, v.effective_to, v.version, v.paid
    FROM terms_agreement a JOIN terms_version v ON v.agreement = a.id
    WHERE a.id > $1 AND v.effective_from <= $2 AND (v.effective_to IS NULL OR v.effective_to > $2) ORDER BY a.id LIMIT $3";
