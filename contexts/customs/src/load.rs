//! Reading the tables from CSV: every cell is checked, every row must name its source and confidence.

use crate::cost::{Confidence, Rule, RuleRef};
use crate::reason::{Parts, Unit};
use crate::rows::{
    Additional, Amount, Area, Codes, Condition, Countries, Destination, DutyRow, Effect, FeeRow, LowValue,
    RestrictionRow, TaxRow,
};
use crate::tables::{Files, TableRow, Tables};
use base::{Country, Currency, Date, Error, Rate, Result, Rounding};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Display;
use std::str::FromStr;
use std::sync::Arc;

/// One line of a table, by column name.
struct Row<'a> {
    table: &'static str,
    columns: &'a HashMap<String, usize>,
    cells: csv::StringRecord,
}

impl Row<'_> {
    fn text(&self, column: &str) -> &str {
        self.columns.get(column).and_then(|at| self.cells.get(*at)).unwrap_or("").trim()
    }

    fn wrong(&self, column: &str, why: impl Display) -> Error {
        let message = format!("{}: row “{}”, column {column}: {why}", self.table, self.text("id"));
        Error::invalid("table_row", message)
    }

    fn required<T: FromStr<Err: Display>>(&self, column: &str) -> Result<T> {
        self.text(column).parse().map_err(|error| self.wrong(column, error))
    }

    fn optional<T: FromStr<Err: Display>>(&self, column: &str) -> Result<Option<T>> {
        if self.text(column).is_empty() { Ok(None) } else { self.required(column).map(Some) }
    }

    fn list<T: FromStr<Err: Display>>(&self, column: &str) -> Result<Vec<T>> {
        self.text(column).split_whitespace().map(|word| word.parse().map_err(|e| self.wrong(column, e))).collect()
    }

    fn percent(&self, column: &str) -> Result<Option<Rate>> {
        self.optional::<Rate>(column)?.map(Rate::percent).transpose()
    }

    fn amount(&self, column: &str, currency: &str) -> Result<Option<Amount>> {
        if self.text(column).is_empty() {
            return Ok(None);
        }
        let text = format!("{}{}", self.text(column), self.text(currency));
        let money: base::Money = text.parse().map_err(|error| self.wrong(column, error))?;
        Ok(Some(Amount { money, exponent: money.currency.exponent() }))
    }

    fn countries(&self, column: &str) -> Result<Countries> {
        let mut found = Countries::default();
        for word in self.text(column).split_whitespace() {
            let (list, name) = match word.strip_prefix('!') {
                Some(name) => (&mut found.never, name),
                None => (&mut found.only, word),
            };
            match name {
                "EU" => list.extend(Country::eu()),
                _ => list.push(name.parse().map_err(|error| self.wrong(column, error))?),
            }
        }
        Ok(found)
    }

    fn codes(&self, column: &str) -> Result<Codes> {
        let mut found = Codes::default();
        for word in self.text(column).split_whitespace().filter(|word| *word != "*") {
            let (list, prefix) = match word.strip_prefix('!') {
                Some(prefix) => (&mut found.never, prefix),
                None => (&mut found.only, word),
            };
            if !(2..=10).contains(&prefix.len()) || !prefix.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(self.wrong(column, format!("“{prefix}” is no tariff prefix")));
            }
            list.push(prefix.into());
        }
        found.only.sort_unstable();
        found.never.sort_unstable();
        Ok(found)
    }

    fn parts(&self, column: &str) -> Result<Option<Parts>> {
        let mut parts = Parts::default();
        for word in self.text(column).split_whitespace() {
            match word {
                "shipping" => parts.shipping = true,
                "insurance" => parts.insurance = true,
                "duty" => parts.duty = true,
                "uplift" => parts.uplift = true,
                "brokerage" => parts.brokerage = true,
                "-" => {}
                _ => return Err(self.wrong(column, format!("“{word}” is no part of a base"))),
            }
        }
        Ok((!self.text(column).is_empty()).then_some(parts))
    }

    fn rule(&self, name: String) -> Result<RuleRef> {
        let rule = Rule {
            id: self.text("id").into(),
            name: name.into(),
            effective_from: self.optional::<Date>("effective_from")?,
            effective_to: self.optional::<Date>("effective_to")?,
            source: self.text("source").into(),
            confidence: self.required("confidence")?,
        };
        if rule.id.is_empty() || rule.source.is_empty() {
            return Err(self.wrong("source", "a row needs an id and a source"));
        }
        if let (Some(from), Some(to)) = (rule.effective_from, rule.effective_to)
            && from > to
        {
            return Err(self.wrong("effective_to", "ends before it begins"));
        }
        Ok(Arc::new(rule))
    }
}

/// Calls `each` with every line of a table.
fn rows(table: &'static str, text: &str, mut each: impl FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
    let broken = |error: csv::Error| Error::invalid("table_row", format!("{table}: {error}"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().map_err(broken)?.clone();
    let columns = header.iter().enumerate().map(|(at, name)| (name.to_string(), at)).collect();
    for cells in reader.into_records() {
        each(&Row { table, columns: &columns, cells: cells.map_err(broken)? })?;
    }
    Ok(())
}

/// Parses, checks and indexes all tables.
pub(crate) fn load(files: &Files<'_>) -> Result<Tables> {
    let mut load = Load::default();
    rows("destinations", files.destinations, |row| load.destination(row))?;
    rows("tax_rates", files.tax_rates, |row| load.tax_rate(row))?;
    rows("low_value_rules", files.low_value_rules, |row| load.low_value(row))?;
    rows("duty_rates", files.duty_rates, |row| load.duty_rate(row))?;
    rows("additional_duties", files.additional_duties, |row| load.additional(row))?;
    rows("fees", files.fees, |row| load.fee(row))?;
    rows("restrictions", files.restrictions, |row| load.restriction(row))?;
    load.finish()
}

#[derive(Default)]
struct Load {
    destinations: Vec<Destination>,
    areas: Vec<Area>,
    sources: Vec<TableRow>,
    restrictions: Vec<RestrictionRow>,
    ids: HashSet<String>,
}

impl Load {
    /// Registers the row for the console and makes its rule.
    fn note(&mut self, row: &Row<'_>, country: &str, name: String, value: String) -> Result<RuleRef> {
        let rule = row.rule(name)?;
        if !self.ids.insert(rule.id.to_string()) {
            return Err(row.wrong("id", "is used twice"));
        }
        self.sources.push(TableRow {
            table: row.table,
            id: rule.id.to_string(),
            country: country.to_string(),
            what: rule.name.to_string(),
            value,
            from: rule.effective_from,
            to: rule.effective_to,
            confidence: rule.confidence,
            source: rule.source.to_string(),
        });
        Ok(rule)
    }

    fn area(&mut self, code: &str) -> usize {
        if let Some(at) = self.areas.iter().position(|area| area.code.as_ref() == code) {
            return at;
        }
        self.areas.push(Area {
            code: code.into(),
            duty_rules: Vec::new(),
            tax_rules: Vec::new(),
            duties: Vec::new(),
            additional: Vec::new(),
            uncharged: Vec::new(),
        });
        self.areas.len() - 1
    }

    fn known_area(&mut self, row: &Row<'_>) -> Result<&mut Area> {
        let code = row.text("area").to_string();
        let known = self.areas.iter_mut().find(|area| area.code.as_ref() == code);
        known.ok_or_else(|| row.wrong("area", format!("“{code}” is no customs territory of these tables")))
    }

    fn known_destination(&mut self, row: &Row<'_>) -> Result<&mut Destination> {
        let country: Country = row.required("country")?;
        let known = self.destinations.iter_mut().find(|destination| destination.country == country);
        known.ok_or_else(|| row.wrong("country", format!("“{country}” is no destination of these tables")))
    }

    fn destination(&mut self, row: &Row<'_>) -> Result<()> {
        let country: Country = row.required("country")?;
        let value = format!("duty on {}, tax on goods + {}", row.text("duty_base"), row.text("tax_parts"));
        let rule = self.note(row, country.code(), "Customs value and tax base".to_owned(), value)?;
        let area = self.area(row.text("area"));
        self.destinations.push(Destination {
            country,
            code: country.code().into(),
            area,
            currency: row.required::<Currency>("currency")?,
            duty_on_cif: row.text("duty_base") == "cif",
            tax_parts: row.parts("tax_parts")?.unwrap_or_default(),
            rounding: match row.text("rounding") {
                "half_up" => Rounding::HalfUp,
                "half_even" => Rounding::HalfEven,
                "down" => Rounding::Down,
                "up" => Rounding::Up,
                other => return Err(row.wrong("rounding", format!("“{other}” is unknown"))),
            },
            rule,
            taxes: Vec::new(),
            has_regions: false,
            fees: Vec::new(),
            brokerage: Vec::new(),
        });
        Ok(())
    }

    fn tax_rate(&mut self, row: &Row<'_>) -> Result<()> {
        let regions: Vec<Box<str>> = row.list::<String>("region")?.into_iter().map(String::into_boxed_str).collect();
        let name = format!("{} {}, {}", row.text("country"), row.text("name"), row.text("class").replace('_', " "));
        let rule = self.note(row, row.text("country"), name, format!("{} %", row.text("rate_pct")))?;
        let tax = TaxRow {
            rule,
            class: row.required("class")?,
            rate: row.percent("rate_pct")?.ok_or_else(|| row.wrong("rate_pct", "is empty"))?,
            method: row.required("method")?,
            regions,
        };
        let destination = self.known_destination(row)?;
        destination.has_regions |= !tax.regions.is_empty();
        destination.taxes.push(tax);
        Ok(())
    }

    fn low_value(&mut self, row: &Row<'_>) -> Result<()> {
        let is_duty = match row.text("charge") {
            "duty" => true,
            "tax" => false,
            other => return Err(row.wrong("charge", format!("“{other}” is neither duty nor tax"))),
        };
        let value =
            [row.text("effect"), row.text("rate_pct"), row.text("amount"), row.text("at_most"), row.text("currency")];
        let value = value.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        let rule = self.note(row, row.text("area"), row.text("name").to_string(), value)?;
        let low_value = LowValue {
            scheme: Some(row.text("scheme")).filter(|scheme| !scheme.is_empty()).map(Arc::from),
            origin: row.countries("origin")?,
            dispatch: row.countries("dispatch")?,
            services: row.list("service")?,
            route: row.optional("route")?,
            codes: row.codes("hs")?,
            basis: row.optional("basis")?,
            over: row.amount("over", "currency")?,
            at_most: row.amount("at_most", "currency")?,
            effect: row.required::<Effect>("effect")?,
            rate: row.percent("rate_pct")?,
            amount: row.amount("amount", "amount_currency")?,
            unit: row.optional("unit")?,
            parts: row.parts("parts")?,
            at_checkout: row.text("collected") == "checkout",
            rule,
        };
        check_effect(row, &low_value, is_duty)?;
        let drives = low_value.rule.confidence > Confidence::Low;
        let area = self.known_area(row)?;
        if drives {
            if is_duty { area.duty_rules.push(low_value) } else { area.tax_rules.push(low_value) }
        }
        Ok(())
    }

    fn duty_rate(&mut self, row: &Row<'_>) -> Result<()> {
        let parts =
            [("rate_pct", " %"), ("amount", ""), ("min", " min"), ("max", " max"), ("currency", ""), ("unit", "")];
        let shown = parts.iter().filter(|(column, _)| !row.text(column).is_empty());
        let value: Vec<String> = shown.map(|(column, after)| format!("{}{after}", row.text(column))).collect();
        let what = format!("{}: {}", row.text("hs"), row.text("description"));
        let rule = self.note(row, row.text("area"), what, value.join(" "))?;
        let duty = DutyRow {
            rule,
            origin: Arc::new(row.countries("origin")?),
            rate: row.percent("rate_pct")?,
            amount: row.amount("amount", "currency")?,
            min: row.amount("min", "currency")?,
            max: row.amount("max", "currency")?,
            unit: row.optional("unit")?,
        };
        if duty.rate.is_none() && duty.amount.is_none() {
            return Err(row.wrong("rate_pct", "a duty needs a rate or an amount"));
        }
        let needs_unit = duty.amount.is_some() || duty.min.is_some() || duty.max.is_some();
        if needs_unit && duty.unit.is_none() {
            return Err(row.wrong("unit", "an amount needs its unit"));
        }
        let mut prefixes = row.codes("hs")?.only;
        if row.text("hs") == "*" {
            prefixes.push("".into());
        }
        let area = self.known_area(row)?;
        area.duties.extend(prefixes.into_iter().map(|prefix| (prefix, duty.clone())));
        Ok(())
    }

    fn additional(&mut self, row: &Row<'_>) -> Result<()> {
        let name = format!("{}: {}", row.text("authority"), row.text("name"));
        let rule = self.note(row, row.text("area"), name, format!("{} %", row.text("rate_pct")))?;
        let additional = Additional {
            rule,
            authority: row.text("authority").into(),
            origin: row.countries("origin")?,
            codes: row.codes("hs")?,
            services: row.list("service")?,
            rate: row.percent("rate_pct")?.ok_or_else(|| row.wrong("rate_pct", "is empty"))?,
            floor: row.text("mode") == "floor",
        };
        let area = self.known_area(row)?;
        if row.text("mode") == "none" {
            area.uncharged.push(additional)
        } else {
            area.additional.push(additional)
        }
        Ok(())
    }

    fn fee(&mut self, row: &Row<'_>) -> Result<()> {
        let shown = |column: &str, after: &str| match row.text(column) {
            "" => None,
            text => Some(format!("{text} {after}")),
        };
        let parts = [shown("amount", row.text("currency")), shown("rate_pct", "%")];
        let value = parts.into_iter().flatten().collect::<Vec<_>>().join(" + ");
        let value = match row.text("charged") {
            "" => value,
            "tax_base" => format!("{value}, only in the tax base"),
            "none" => format!("{value}, listed, not charged"),
            other => return Err(row.wrong("charged", format!("“{other}” is neither tax_base nor none"))),
        };
        let rule = self.note(row, row.text("country"), row.text("collector").to_string(), value)?;
        let fee = FeeRow {
            collector: row.text("collector").into(),
            services: row.list("service")?,
            dispatch: row.countries("dispatch")?,
            route: row.optional("route")?,
            condition: row.required::<Condition>("condition")?,
            basis: row.optional("basis")?,
            over: row.amount("over", "limit_currency")?,
            at_most: row.amount("at_most", "limit_currency")?,
            amount: row.amount("amount", "currency")?,
            rate: row.percent("rate_pct")?,
            min: row.amount("min", "currency")?,
            max: row.amount("max", "currency")?,
            unit: row.optional("unit")?.unwrap_or(Unit::Parcel),
            plus_tax: row.text("plus_tax") == "yes",
            rule,
        };
        if fee.amount.is_none() && fee.rate.is_none() {
            return Err(row.wrong("amount", "a fee needs an amount or a rate"));
        }
        let drives = fee.rule.confidence > Confidence::Low;
        let destination = self.known_destination(row)?;
        match row.text("charged") {
            "" if drives => destination.fees.push(fee),
            "tax_base" if drives => destination.brokerage.push(fee),
            _ => {}
        }
        Ok(())
    }

    fn restriction(&mut self, row: &Row<'_>) -> Result<()> {
        let barred = row.text("barred") == "yes";
        let value = if barred { "barred" } else { "papers" };
        let place = if row.text("destination").is_empty() { "all" } else { row.text("destination") };
        let rule = self.note(row, place, row.text("sentence").to_string(), value.to_string())?;
        if row.text("code").is_empty() || row.text("sentence").is_empty() {
            return Err(row.wrong("code", "a restriction needs a code and a sentence"));
        }
        self.restrictions.push(RestrictionRow {
            rule,
            code: row.text("code").into(),
            sentence: row.text("sentence").into(),
            barred,
            border_only: row.text("border_only") == "yes",
            destinations: row.countries("destination")?,
            services: row.list("service")?,
            codes: row.codes("hs")?,
        });
        Ok(())
    }

    fn finish(mut self) -> Result<Tables> {
        for area in &mut self.areas {
            // Of one prefix, the rows of an origin come before the row of all others.
            area.duties.sort_by(|one, other| {
                (&one.0, one.1.origin.only.is_empty()).cmp(&(&other.0, other.1.origin.only.is_empty()))
            });
            if !area.duties.iter().any(|(prefix, _)| prefix.is_empty()) {
                return Err(Error::invalid("table_gap", format!("{}: no duty rate for other goods (*)", area.code)));
            }
            no_duty_overlap(area)?;
        }
        for destination in &self.destinations {
            no_tax_overlap(destination)?;
        }
        let index = self.destinations.iter().enumerate().map(|(at, destination)| (destination.country, at));
        let index: BTreeMap<Country, usize> = index.collect();
        Tables::indexed(self.destinations, self.areas, self.restrictions, self.sources, &index)
    }
}

/// An effect must have what it computes with.
fn check_effect(row: &Row<'_>, rule: &LowValue, is_duty: bool) -> Result<()> {
    let complete = match rule.effect {
        Effect::Free | Effect::Included | Effect::Overlay => true,
        Effect::Percent => rule.rate.is_some() && (rule.amount.is_none() || rule.unit.is_some()),
        Effect::PercentLess => rule.rate.is_some() && rule.amount.is_some(),
        Effect::OfExcess => rule.rate.is_some() && rule.over.is_some(),
        Effect::Flat => rule.amount.is_some() && rule.unit.is_some(),
        Effect::Standard => !is_duty,
    };
    let limited = rule.over.is_some() || rule.at_most.is_some();
    if !complete || limited != rule.basis.is_some() {
        return Err(row.wrong("effect", "the row lacks a cell that its effect needs"));
    }
    Ok(())
}

fn overlap(one: &Rule, other: &Rule) -> bool {
    let starts_before_end = |a: &Rule, b: &Rule| match (a.effective_from, b.effective_to) {
        (Some(from), Some(to)) => from <= to,
        _ => true,
    };
    starts_before_end(one, other) && starts_before_end(other, one)
}

fn overlapping(one: &Rule, other: &Rule) -> Error {
    Error::invalid("table_overlap", format!("rows “{}” and “{}” overlap in time", one.id, other.id))
}

fn no_duty_overlap(area: &Area) -> Result<()> {
    for same_prefix in area.duties.chunk_by(|one, other| one.0 == other.0) {
        for (at, (_, one)) in same_prefix.iter().enumerate() {
            let clash = same_prefix[at + 1..].iter().map(|(_, other)| other).find(|other| {
                let shared = one.origin.only.iter().any(|country| other.origin.only.contains(country));
                let both_open = one.origin.only.is_empty() && other.origin.only.is_empty();
                (shared || both_open) && overlap(&one.rule, &other.rule)
            });
            if let Some(other) = clash {
                return Err(overlapping(&one.rule, &other.rule));
            }
        }
    }
    Ok(())
}

fn no_tax_overlap(destination: &Destination) -> Result<()> {
    for (at, one) in destination.taxes.iter().enumerate() {
        for other in &destination.taxes[at + 1..] {
            let shared = one.regions.iter().any(|region| other.regions.contains(region));
            let same_place = shared || (one.regions.is_empty() && other.regions.is_empty());
            if one.class == other.class && same_place && overlap(&one.rule, &other.rule) {
                return Err(overlapping(&one.rule, &other.rule));
            }
        }
    }
    if destination.taxes.is_empty() {
        return Err(Error::invalid("table_gap", format!("{}: no tax rate", destination.country)));
    }
    Ok(())
}
