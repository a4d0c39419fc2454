//! Codes of the contexts in the reader's language: services, reasons, states.

use crate::language::Locale;
use crate::parts::cost::Words;
use base::Date;
use door::{Why, World};
use logistics::Service;
use offers::Supply;

fn key(prefix: &str, code: &str) -> String {
    format!("{prefix}-{}", code.replace('_', "-"))
}

/// `Express`, `Dedicated line`: how a service travels, and who carries.
pub fn service(locale: &Locale, service: &Service) -> String {
    format!("{}, {}", service_kind(locale, service), service.carrier)
}

/// How a service travels, without its carrier; one of the shop's own by the name that it has in the reader's language.
pub fn service_kind(locale: &Locale, service: &Service) -> String {
    if let Some(name) = service.names.get(locale.tag).or_else(|| service.names.get("en")) {
        return name.clone();
    }
    if !service.names.is_empty() {
        return service.name.clone();
    }
    locale.t(&key("service", service.kind.name())).to_string()
}

/// What an offer is supplied from, as far as it does not lie there: how long it is made, or when it ships. Empty for stock.
pub fn supplied(locale: &Locale, supply: Supply, today: Date) -> String {
    match supply {
        Supply::Stock => String::new(),
        Supply::Made { lead_days } => locale.fill("supply-made", &[("n", lead_days.into())]),
        Supply::Preorder { ships_on } => locale.fill("supply-preorder", &[("day", locale.day(ships_on, today).into())]),
    }
}

/// The same in a word; empty for stock.
pub fn supplied_kind(locale: &Locale, supply: Supply) -> String {
    if supply == Supply::Stock { String::new() } else { locale.t(&key("supply-kind", supply.kind())).to_string() }
}

/// Parts of a line, without those that are empty.
pub fn beside(parts: &[&str]) -> String {
    let said: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    said.join(" · ")
}

/// Why something is not sold there.
pub fn unsold(locale: &Locale, why: &Why) -> String {
    if let Why::Restricted(restriction) = why {
        let text = locale.maybe(&key("restriction", &restriction.code), &[]);
        return text.unwrap_or_else(|| locale.rules.translate(&restriction.sentence));
    }
    if let Why::Unconfirmed(of) = why {
        let what =
            if of.kind == customs::ChargeKind::Tax { "unsold-tax-unconfirmed" } else { "unsold-rate-unconfirmed" };
        let place = locale.country(of.destination);
        return locale.fill(what, &[("hs", of.hs.digits().into()), ("country", place.into())]);
    }
    locale.maybe(&key("unsold", why.code()), &[]).unwrap_or_else(|| why.english())
}

/// The words of a breakdown over several consignments; `rates_of` is the day of the oldest rate used, none where nothing is converted.
pub fn of_groups(locale: &Locale, pieces: i64, parcels: usize, rates_of: Option<Date>, world: &World) -> Words {
    let mut goods_why = match rates_of {
        Some(day) => vec![locale.fill("why-goods-many", &[("date", locale.date(day).into())])],
        None => vec![locale.t("why-goods-unconverted").to_string()],
    };
    goods_why.extend(crate::parts::cost::rates_old(locale, world).filter(|_| rates_of.is_some()));
    let delivery = match parcels {
        1 => locale.t("cost-delivery").to_string(),
        _ => locale.fill("cost-deliveries", &[("n", parcels.into())]),
    };
    Words { goods: locale.fill("cost-goods", &[("n", pieces.into())]), goods_why, delivery, delivery_why: Vec::new() }
}

/// What a carrier added to an event, if it is a code that people need to read.
pub fn detail(locale: &Locale, detail: &str) -> String {
    if detail.is_empty() {
        return String::new();
    }
    locale.maybe(&key("detail", detail), &[]).unwrap_or_default()
}
