//! Who an organisation is, where its goods lie and come back to, where it is paid: as both desks show it.

use crate::whose::Whose;
use base::{Address, Permission, Result};
use frame::Visitor;
use frame::language::Locale;
use onboarding::{BankAccount, Profile};
use parties::address_format::label_lines;
use serde::Serialize;
use stock::Warehouse;
use store::Read;

/// What is known of an organisation.
pub struct Company {
    profile: Profile,
    returns: Option<Address>,
    warehouses: Vec<Warehouse>,
    /// None for who may not see where it is paid; inner none while nobody has said it.
    bank: Option<Option<BankAccount>>,
}

impl Company {
    /// Reads it. Errors: denied.
    pub fn read(db: &mut Read, whose: &Whose) -> Result<Company> {
        let of = whose.organisation;
        let may_see_bank = db.actor().may_for(of.raw(), Permission::SellerMoney, Permission::LedgerRead).is_ok();
        Ok(Company {
            profile: onboarding::profile(db, of)?,
            returns: onboarding::return_address(db, of)?,
            warehouses: stock::warehouses(db, Some(of.raw()), "", onboarding::WAREHOUSES_MOST)?,
            bank: if may_see_bank { Some(onboarding::bank_account(db, of)?) } else { None },
        })
    }

    /// In the reader's words.
    pub fn view(&self, visitor: &Visitor, whose: &Whose) -> CompanyView {
        let (locale, of) = (&visitor.locale, whose.organisation.raw());
        let may = |own, wide| visitor.actor.may_for(of, own, wide).is_ok();
        let number = |one: &onboarding::TaxNumber| NumberView {
            country: locale.country(one.country),
            number: one.number.clone(),
        };
        let lines = |address: &Address| address_lines(locale, address);
        CompanyView {
            home: whose.home.clone(),
            legal_name: self.profile.legal_name.clone(),
            register: self.profile.register.clone(),
            address: self.profile.address.as_ref().map(lines).unwrap_or_default(),
            tax_numbers: self.profile.tax_numbers.iter().map(number).collect(),
            returns: self.returns.as_ref().map(lines).unwrap_or_default(),
            returns_to_warehouse: self.profile.return_address.is_none(),
            warehouses: self.warehouses.iter().map(|one| warehouse(locale, one)).collect(),
            bank_shown: self.bank.is_some() && whose.home != "/console/settings",
            bank: self.bank.iter().flatten().next().map(|account| bank_view(visitor, account)),
            may_write: may(Permission::SellerMoney, Permission::SettingsWrite),
            may_place: may(Permission::SellerWrite, Permission::SettingsWrite),
        }
    }
}

/// As it is written on a letter there, with the country by its name.
fn address_lines(locale: &Locale, address: &Address) -> Vec<String> {
    let mut lines = label_lines(address);
    if let (Some(last), Some(country)) = (lines.last_mut(), address.country()) {
        *last = locale.country(country);
    }
    lines
}

/// What is known of an organisation, in the reader's words.
#[derive(Serialize)]
pub struct CompanyView {
    home: String,
    legal_name: String,
    register: String,
    address: Vec<String>,
    tax_numbers: Vec<NumberView>,
    returns: Vec<String>,
    returns_to_warehouse: bool,
    warehouses: Vec<WarehouseView>,
    bank_shown: bool,
    bank: Option<BankView>,
    /// May write who the organisation is.
    may_write: bool,
    /// May say where its goods lie.
    may_place: bool,
}

#[derive(Serialize)]
struct NumberView {
    country: String,
    number: String,
}

#[derive(Serialize)]
struct WarehouseView {
    id: String,
    code: String,
    name: String,
    place: String,
}

fn warehouse(locale: &Locale, one: &Warehouse) -> WarehouseView {
    WarehouseView {
        id: one.id.to_string(),
        code: one.code.clone(),
        name: one.name.clone(),
        place: format!("{}, {}", one.address.city, locale.country(one.country)),
    }
}

/// An account as it may be shown.
#[derive(Serialize)]
pub struct BankView {
    holder: String,
    country: String,
    masked: String,
    bank_code: String,
    since: String,
}

/// An account as it may be shown.
pub fn bank_view(visitor: &Visitor, account: &BankAccount) -> BankView {
    BankView {
        holder: account.holder.clone(),
        country: visitor.locale.country(account.country),
        masked: account.masked(),
        bank_code: account.bank_code.clone(),
        since: visitor.locale.date(account.added_at.date()),
    }
}
