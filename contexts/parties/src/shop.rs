//! The shop's own facts, as its owner sets them: name, how to reach it, who answers for it in law, where it sells, its defaults.

use crate::organisation::{self, Organisation};
use crate::person::normal_email;
use crate::setting::{put, setting, setting_ahead};
use base::{Country, Currency, Error, Language, Permission, Result};
use store::{Read, Tx, params};

/// What the owner says about the shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shop {
    /// As shown to buyers; unique among organisations.
    pub name: String,
    /// For first visitors of whom nothing is known.
    pub language: Language,
    /// The books', and what is shown where a market's own currency is not on offer.
    pub currency: Currency,
    /// Where buyers write to; may be empty.
    pub email: String,
    /// Where buyers call; may be empty.
    pub phone: String,
    /// Name, address and register of whoever answers for the shop in law, as lines; may be empty.
    pub legal: String,
    /// Countries that are sold to; empty for every country whose landed cost is known.
    pub markets: Vec<Country>,
    /// Days after delivery in which a buyer may object, 0 to 90, in new terms; none for each mode's usual ones.
    pub acceptance_days: Option<i64>,
    /// Whether it sells where only a typical rate of duty or tax is known; it bears the difference to what is really due.
    pub typical_rates: bool,
    /// Whether anybody may apply to sell here, on the page "Open a shop".
    pub applications: bool,
}

impl Shop {
    /// Whether the shop sells to this country.
    pub fn sells_to(&self, country: Country) -> bool {
        self.markets.is_empty() || self.markets.contains(&country)
    }
}

const EMAIL: &str = "shop.email";
const PHONE: &str = "shop.phone";
const LEGAL: &str = "shop.legal";
const MARKETS: &str = "shop.markets";
const ACCEPTANCE: &str = "shop.acceptance_days";
const TYPICAL: &str = "shop.typical_rates";
const APPLICATIONS: &str = "shop.applications";
const OPEN: &str = "shop.open";
const YES: &str = "yes";
const NO: &str = "no";

/// The shop's facts; none before the installation is claimed.
pub fn shop(db: &mut Read) -> Result<Option<Shop>> {
    let Some(Organisation { name, language, currency, .. }) = organisation::platform(db)? else { return Ok(None) };
    let mut text = |key: &str| setting(db, key).map(Option::unwrap_or_default);
    Ok(Some(Shop {
        name,
        language,
        currency,
        email: text(EMAIL)?,
        phone: text(PHONE)?,
        legal: text(LEGAL)?,
        markets: text(MARKETS)?.split_whitespace().filter_map(|code| code.parse().ok()).collect(),
        acceptance_days: text(ACCEPTANCE)?.parse().ok(),
        typical_rates: text(TYPICAL)? == YES,
        applications: text(APPLICATIONS)? != NO,
    }))
}

/// Whether the shop sells to this country. Errors: `not_sold_there` (conflict).
pub fn sold_to(db: &mut Read, country: Country) -> Result<()> {
    let markets = setting(db, MARKETS)?.unwrap_or_default();
    let mut codes = markets.split_whitespace().peekable();
    if codes.peek().is_none() || codes.any(|code| code == country.code()) {
        return Ok(());
    }
    Err(Error::conflict("not_sold_there", "The shop does not sell to this country; choose another destination."))
}

/// Says that [`sold_to`] will be asked soon.
pub fn sold_to_ahead(db: &mut Read) -> Result<()> {
    setting_ahead(db, MARKETS)
}

/// Whether the shop sells where only a typical rate of duty or tax is known. No, until somebody says so.
pub fn typical_rates(db: &mut Read) -> Result<bool> {
    Ok(setting(db, TYPICAL)?.is_some_and(|text| text == YES))
}

/// Writes down what was ticked on the first day. A new shop is not open yet.
pub(crate) fn begin(tx: &mut Tx, typical_rates: bool) -> Result<()> {
    put(tx, TYPICAL, yes(typical_rates))?;
    put(tx, OPEN, NO)
}

/// Whether somebody has opened the shop. One that is older than this question is open.
pub fn is_open(db: &mut Read) -> Result<bool> {
    Ok(setting(db, OPEN)?.is_none_or(|text| text != NO))
}

/// Whether the shop is not open, and stays so until this transaction ends: who opens it meanwhile waits.
pub fn stays_closed(tx: &mut Tx) -> Result<bool> {
    Ok(tx.run(STAYS_CLOSED, params![OPEN])? == 1)
}

/// Opens the shop, or closes it for now; whether it can sell is asked by who calls (`checkout::open`). Emits
/// `party.setting_changed` when it differs. Errors: denied.
pub fn set_open(tx: &mut Tx, open: bool) -> Result<()> {
    tx.actor().may(Permission::SettingsWrite)?;
    put(tx, OPEN, yes(open))
}

fn yes(ticked: bool) -> &'static str {
    if ticked { YES } else { NO }
}

/// Changes what differs. Emits `party.organisation_changed` and `party.setting_changed`.
/// Errors: denied; `not_claimed` (conflict); a name that is empty, too long or taken; fields that cannot be.
pub fn set_shop(tx: &mut Tx, shop: &Shop) -> Result<()> {
    tx.actor().may(Permission::SettingsWrite)?;
    let email = if shop.email.trim().is_empty() { String::new() } else { normal_email(&shop.email)? };
    check(shop)?;
    organisation::change_platform(tx, &shop.name, shop.currency, &shop.language)?;
    let mut codes: Vec<&str> = shop.markets.iter().map(Country::code).collect();
    codes.sort_unstable();
    codes.dedup();
    let days = shop.acceptance_days.map_or(String::new(), |days| days.to_string());
    let legal = shop.legal.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    for (key, value) in [
        (EMAIL, email.as_str()),
        (PHONE, shop.phone.trim()),
        (LEGAL, legal.trim()),
        (MARKETS, codes.join(" ").as_str()),
        (ACCEPTANCE, days.as_str()),
        (TYPICAL, yes(shop.typical_rates)),
        (APPLICATIONS, yes(shop.applications)),
    ] {
        put(tx, key, value)?;
    }
    Ok(())
}

fn check(shop: &Shop) -> Result<()> {
    let phone = shop.phone.trim();
    if phone.len() > 40 || phone.chars().any(|letter| !(letter.is_ascii_digit() || "+-() ./".contains(letter))) {
        return Err(Error::field("phone", "phone_format", "Write a telephone number such as +49 30 1234567."));
    }
    if shop.legal.chars().count() > 1_000 {
        return Err(Error::field("legal", "too_long", "Write 1000 characters or less."));
    }
    if shop.acceptance_days.is_some_and(|days| !(0..=90).contains(&days)) {
        return Err(Error::field("acceptance_days", "out_of_range", "Write a number from 0 to 90."));
    }
    Ok(())
}

const STAYS_CLOSED: &str = "UPDATE party_setting SET changed_at = changed_at WHERE key = $1 AND value = 'no'";
