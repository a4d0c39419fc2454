//! What differs between languages when figures are written: names of days and months, symbols of currencies.

use fluent_bundle::FluentValue;
use intl_memoizer::concurrent::IntlLangMemoizer;

/// What differs between languages when figures are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    pub(crate) kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    English,
    Chinese,
    Arabic,
}

pub(crate) const WEEKDAYS: [[&str; 7]; 3] = [
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
    ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"],
];
pub(crate) const MONTHS: [[&str; 12]; 3] = [
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
    ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"],
];
/// Code, symbol in English, in Chinese, in Arabic (source: CLDR's common forms).
pub(crate) const SYMBOLS: [(&str, [&str; 3]); 24] = [
    ("EUR", ["€", "€", "€"]),
    ("USD", ["$", "US$", "US$"]),
    ("GBP", ["£", "£", "£"]),
    ("JPY", ["¥", "JP¥", "JP¥"]),
    ("CNY", ["CN¥", "¥", "CN¥"]),
    ("BRL", ["R$", "R$", "R$"]),
    ("SAR", ["SAR\u{a0}", "SAR\u{a0}", "ر.س"]),
    ("AED", ["AED\u{a0}", "AED\u{a0}", "د.إ"]),
    ("CAD", ["CA$", "CA$", "CA$"]),
    ("AUD", ["A$", "A$", "A$"]),
    ("NZD", ["NZ$", "NZ$", "NZ$"]),
    ("HKD", ["HK$", "HK$", "HK$"]),
    ("SGD", ["S$", "S$", "S$"]),
    ("MXN", ["MX$", "MX$", "MX$"]),
    ("KRW", ["₩", "₩", "₩"]),
    ("INR", ["₹", "₹", "₹"]),
    ("VND", ["₫", "₫", "₫"]),
    ("ILS", ["₪", "₪", "₪"]),
    ("PHP", ["₱", "₱", "₱"]),
    ("TRY", ["₺", "₺", "₺"]),
    ("PLN", ["zł\u{a0}", "zł\u{a0}", "zł"]),
    ("THB", ["฿", "฿", "฿"]),
    ("KWD", ["KWD\u{a0}", "KWD\u{a0}", "د.ك"]),
    ("ZAR", ["R\u{a0}", "R\u{a0}", "R"]),
];

impl Style {
    /// The style of a language; English for those without one of their own.
    pub fn of(tag: &str) -> Style {
        let kind = match tag.split('-').next() {
            Some("zh") => Kind::Chinese,
            Some("ar") => Kind::Arabic,
            _ => Kind::English,
        };
        Style { kind }
    }

    pub(crate) fn index(self) -> usize {
        self.kind as usize
    }

    /// For Fluent: counts inside sentences are grouped as elsewhere.
    pub(crate) fn count_formatter(self) -> fn(&FluentValue<'_>, &IntlLangMemoizer) -> Option<String> {
        |value, _| match value {
            FluentValue::Number(number) => Some(grouped(&(number.value as i64).unsigned_abs().to_string())),
            _ => None,
        }
    }
}

/// `12345` as `12,345`.
pub(crate) fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
