//! An agreement and its versions: agreeing, asking what is in force, and the copy an order line keeps.

use crate::mode::{Mode, Paid, Party};
use base::{Currency, Error, Id, Moment, Result, Tag};
use parties::Organisation;
use serde::{Deserialize, Serialize};
use store::{Read, Row, params};

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

impl Agreement {
    /// It was ended before it had begun.
    pub(crate) fn never_begins(&self) -> bool {
        self.effective_to == Some(self.effective_from)
    }
}

pub(crate) fn latest(db: &mut Read, id: Id<Agreement>) -> Result<Option<Agreement>> {
    db.maybe(LATEST, params![id])?.map(|row| read(&row)).transpose()
}

/// The version in force now. Errors: no such agreement, or none of its versions has begun.
pub fn agreement(db: &mut Read, id: Id<Agreement>) -> Result<Agreement> {
    let now = db.now();
    db.maybe(IN_FORCE, params![id, now])?.map_or_else(|| Err(unknown(id)), |row| read(&row))
}

pub(crate) fn unknown(id: Id<Agreement>) -> Error {
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

// What `read` reads, in its order.
macro_rules! select {
    ($from:literal) => {
        concat!(
            "SELECT a.id, a.organisation, a.mode, v.merchant_of_record, v.price_set_by, v.stock_owned_by, v.ships,
                v.returns_to, v.commission_bp, v.commission_tax_bp, v.commission_tax_jurisdiction, v.fixed_fee_minor,
                v.currency, v.acceptance_days, v.payout_days, v.handling_hours, v.effective_from, v.effective_to,
                v.version, v.paid ",
            $from
        )
    };
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

const IN_FORCE: &str = select!(
    "FROM terms_agreement a JOIN terms_version v ON v.agreement = a.id
    WHERE a.id = $1 AND v.effective_from <= $2 AND (v.effective_to IS NULL OR v.effective_to > $2)"
);
const LATEST: &str = select!(
    "FROM terms_agreement a JOIN terms_version v ON v.agreement = a.id
    WHERE a.id = $1 ORDER BY v.version DESC LIMIT 1"
);
const HISTORY: &str = select!(
    "FROM terms_agreement a JOIN terms_version v ON v.agreement = a.id
    WHERE a.id = $1 ORDER BY v.version DESC"
);
const WITH: &str = select!(
    "FROM terms_agreement a JOIN terms_version v ON v.agreement = a.id
    WHERE a.organisation = $1 ORDER BY a.id, v.version DESC LIMIT 200"
);
const LAST_BEGUN: &str = select!(
    "FROM terms_agreement a JOIN terms_version v ON v.agreement = a.id
    WHERE a.id = $1 AND v.effective_from <= $2
    ORDER BY CASE WHEN v.effective_to = v.effective_from THEN 1 ELSE 0 END, v.version DESC LIMIT 1"
);
const OF_ORGANISATION: &str = select!("FROM terms_agreement a JOIN terms_version v ON v.agreement = a.id
    WHERE a.organisation = $1 AND v.effective_from <= $2 AND (v.effective_to IS NULL OR v.effective_to > $2) ORDER BY a.id");
const PAGE: &str = select!("FROM terms_agreement a JOIN terms_version v ON v.agreement = a.id
    WHERE a.id > $1 AND v.effective_from <= $2 AND (v.effective_to IS NULL OR v.effective_to > $2) ORDER BY a.id LIMIT $3");
