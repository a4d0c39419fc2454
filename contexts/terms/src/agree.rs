//! Agreeing terms, and ending them.

use crate::agreement::{Agreement, latest, unknown};
use crate::event::{Agreed, Answers, Ended};
use crate::mode::{Mode, Paid};
use base::{Currency, Error, Id, Moment, Permission, Result};
use parties::Organisation;
use store::{Tx, params};

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
    let agreed = Agreed {
        organisation: new.organisation,
        mode: new.mode.name().into(),
        version,
        terms: told(new, from, tx.actor().label()),
    };
    tx.emit(id, &agreed)?;
    Ok(id)
}

/// The version as its event tells it, column by column.
fn told(new: &NewAgreement, from: Moment, agreed_by: String) -> Answers {
    let answers = new.mode.template();
    Answers {
        merchant_of_record: answers.merchant_of_record.name().into(),
        price_set_by: answers.price_set_by.name().into(),
        stock_owned_by: answers.stock_owned_by.name().into(),
        ships: answers.ships.name().into(),
        returns_to: answers.returns_to.name().into(),
        paid: answers.paid.name().into(),
        commission_bp: new.commission_bp,
        commission_tax_bp: new.commission_tax_bp,
        commission_tax_jurisdiction: new.commission_tax_jurisdiction.trim().to_ascii_uppercase(),
        fixed_fee_minor: new.fixed_fee_minor,
        currency: new.currency,
        acceptance_days: new.acceptance_days,
        payout_days: new.payout_days,
        handling_hours: new.handling_hours,
        effective_from: from.micros(),
        agreed_by,
    }
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
    tx.emit(id, &Ended { organisation: known.organisation, mode: known.mode.name().into() })
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
