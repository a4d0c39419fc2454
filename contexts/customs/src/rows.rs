//! The rows of the tables as the engine reads them, and the scopes in which they apply.

use crate::cost::RuleRef;
use crate::reason::{Basis, Parts, Unit};
use crate::shipment::{Service, TaxClass, TaxRoute, named};
use base::{Country, Currency, Date, Error, HsCode, Money, Rate, Result, Rounding};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// Countries a row is limited to. Empty: all.
#[derive(Debug, Default)]
pub(crate) struct Countries {
    pub only: Vec<Country>,
    pub never: Vec<Country>,
}

impl Countries {
    pub fn contain(&self, country: Country) -> bool {
        (self.only.is_empty() || self.only.contains(&country)) && !self.never.contains(&country)
    }
}

/// Tariff codes a row is limited to, by leading digits, in order. Empty: all.
#[derive(Debug, Default)]
pub(crate) struct Codes {
    pub only: Vec<Box<str>>,
    pub never: Vec<Box<str>>,
}

impl Codes {
    pub fn contain(&self, hs: &HsCode) -> bool {
        (self.only.is_empty() || starts_with_one(hs, &self.only)) && !starts_with_one(hs, &self.never)
    }
}

/// A list of products has a thousand prefixes: they are searched by halving, once for each length there is.
fn starts_with_one(hs: &HsCode, sorted: &[Box<str>]) -> bool {
    let known = |prefix: &str| sorted.binary_search_by(|one| one.as_ref().cmp(prefix)).is_ok();
    !sorted.is_empty() && (2..=10).filter_map(|length| hs.digits().get(..length)).any(known)
}

/// A limit in its own currency, with that currency's decimals at hand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Amount {
    pub money: Money,
    pub exponent: u32,
}

/// A destination and how it values goods.
#[derive(Debug)]
pub(crate) struct Destination {
    pub country: Country,
    pub code: Arc<str>,
    pub area: usize,
    pub currency: Currency,
    pub duty_on_cif: bool,
    pub tax_parts: Parts,
    pub rounding: Rounding,
    pub rule: RuleRef,
    pub taxes: Vec<TaxRow>,
    pub has_regions: bool,
    pub fees: Vec<FeeRow>,
    /// What is counted into the tax base for clearing, and is no charge of its own.
    pub brokerage: Vec<FeeRow>,
}

/// A customs territory: one tariff, one set of low-value rules.
#[derive(Debug)]
pub(crate) struct Area {
    pub code: Arc<str>,
    pub duty_rules: Vec<LowValue>,
    pub tax_rules: Vec<LowValue>,
    /// Sorted by prefix; several rows of one prefix differ in origin or date.
    pub duties: Vec<(Box<str>, DutyRow)>,
    pub additional: Vec<Additional>,
    /// Additional duties that are known of and not charged.
    pub uncharged: Vec<Additional>,
}

/// What a low-value rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Nothing is due.
    Free,
    /// Contained in another charge.
    Included,
    /// A rate instead of the tariff, with an optional minimum by unit.
    Percent,
    /// A rate less a deduction.
    PercentLess,
    /// A rate of what exceeds the limit, with an optional minimum by unit.
    OfExcess,
    /// A flat amount for each unit.
    Flat,
    /// The additional duties under IEEPA alone.
    Overlay,
    /// The destination's tax at its own rates.
    Standard,
}
named!(Effect, "effect", Free => "free", Included => "included", Percent => "percent", PercentLess => "percent_less",
    OfExcess => "of_excess", Flat => "flat", Overlay => "overlay", Standard => "standard");

/// A low-value rule: when it applies, and what it does.
#[derive(Debug)]
pub(crate) struct LowValue {
    pub rule: RuleRef,
    pub scheme: Option<Arc<str>>,
    pub origin: Countries,
    pub dispatch: Countries,
    pub services: Vec<Service>,
    pub route: Option<TaxRoute>,
    pub codes: Codes,
    pub basis: Option<Basis>,
    pub over: Option<Amount>,
    pub at_most: Option<Amount>,
    pub effect: Effect,
    pub rate: Option<Rate>,
    pub amount: Option<Amount>,
    pub unit: Option<Unit>,
    pub parts: Option<Parts>,
    pub at_checkout: bool,
}

/// A duty rate of a tariff prefix.
#[derive(Debug, Clone)]
pub(crate) struct DutyRow {
    pub rule: RuleRef,
    pub origin: Arc<Countries>,
    pub rate: Option<Rate>,
    pub amount: Option<Amount>,
    pub min: Option<Amount>,
    pub max: Option<Amount>,
    pub unit: Option<Unit>,
}

/// An additional duty on goods of some origin.
#[derive(Debug)]
pub(crate) struct Additional {
    pub rule: RuleRef,
    pub authority: Arc<str>,
    pub origin: Countries,
    pub codes: Codes,
    pub services: Vec<Service>,
    pub rate: Rate,
    pub floor: bool,
}

/// How a tax relates to its base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    /// On top of the base.
    Top,
    /// Part of its own base.
    Inside,
    /// The country has no such tax.
    None,
}
named!(Method, "method", Top => "top", Inside => "inside", None => "none");

/// A tax rate of a country or some of its regions.
#[derive(Debug)]
pub(crate) struct TaxRow {
    pub rule: RuleRef,
    pub regions: Vec<Box<str>>,
    pub class: TaxClass,
    pub rate: Rate,
    pub method: Method,
}

/// When a fee is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Condition {
    /// For every import.
    Always,
    /// If duty is taken at the border.
    DutyAtBorder,
    /// If tax is taken at the border.
    TaxAtBorder,
    /// If anything is taken at the border.
    AnyAtBorder,
    /// If at least one item is entered under the tariff.
    Entry,
    /// If at least one item is entered under the tariff and duty is due.
    DutiableEntry,
}
named!(Condition, "condition", Always => "always", DutyAtBorder => "duty_at_border", TaxAtBorder => "tax_at_border",
    AnyAtBorder => "any_at_border", Entry => "entry", DutiableEntry => "dutiable_entry");

/// A handling fee.
#[derive(Debug)]
pub(crate) struct FeeRow {
    pub rule: RuleRef,
    pub collector: Arc<str>,
    pub services: Vec<Service>,
    pub dispatch: Countries,
    pub route: Option<TaxRoute>,
    pub condition: Condition,
    pub basis: Option<Basis>,
    pub over: Option<Amount>,
    pub at_most: Option<Amount>,
    /// With a rate: both together.
    pub amount: Option<Amount>,
    /// Of the value on `basis`.
    pub rate: Option<Rate>,
    pub min: Option<Amount>,
    pub max: Option<Amount>,
    pub unit: Unit,
    /// The collector adds the tax of the country.
    pub plus_tax: bool,
}

/// Something that bars goods, or asks for papers.
#[derive(Debug)]
pub(crate) struct RestrictionRow {
    pub rule: RuleRef,
    pub code: Box<str>,
    pub sentence: Box<str>,
    pub barred: bool,
    pub border_only: bool,
    pub destinations: Countries,
    pub services: Vec<Service>,
    pub codes: Codes,
}

impl Area {
    /// The duty row of the longest matching prefix in force.
    pub fn duty(&self, hs: &HsCode, origin: Country, date: Date) -> Option<&DutyRow> {
        let digits = hs.digits();
        [10, 9, 8, 7, 6, 4, 2, 0].into_iter().filter_map(|length| digits.get(..length)).find_map(|prefix| {
            let start = self.duties.partition_point(|(key, _)| key.as_ref() < prefix);
            let same = self.duties[start..].iter().take_while(|(key, _)| key.as_ref() == prefix);
            same.map(|(_, row)| row).find(|row| row.rule.in_force(date) && row.origin.contain(origin))
        })
    }
}

impl Destination {
    /// The tax rate of a class in a region; falls back to the whole country, then to the standard class.
    pub fn tax(&self, class: TaxClass, region: &str, date: Date) -> Option<&TaxRow> {
        self.tax_of(class, region, date).or_else(|| self.tax_of(TaxClass::Standard, region, date))
    }

    fn tax_of(&self, class: TaxClass, region: &str, date: Date) -> Option<&TaxRow> {
        let rows = || self.taxes.iter().filter(move |row| row.class == class && row.rule.in_force(date));
        let here = |row: &&TaxRow| row.regions.iter().any(|known| known.eq_ignore_ascii_case(region));
        let regional = if region.is_empty() { None } else { rows().find(here) };
        regional.or_else(|| rows().find(|row| row.regions.is_empty()))
    }
}
