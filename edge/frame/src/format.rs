//! How a language writes figures: money, counts, weights, days, windows of days. Western digits in every language.

use crate::language::Locale;
use crate::style::{Kind, MONTHS, SYMBOLS, WEEKDAYS, grouped};
use base::{Country, Currency, Date, Mark, Moment, Money, Rate};
use jiff::tz::TimeZone;

impl Locale {
    /// What stands before the decimals of a number that a reader of this language types.
    pub fn mark(&self) -> Mark {
        Mark::of_language(self.tag)
    }

    /// `€39.87`, `¥1,240`, `128.50 د.إ`: the currency's own decimals, U+2212 for minus.
    pub fn money(&self, money: Money) -> String {
        let exponent = money.currency.exponent() as usize;
        let digits = format!("{:0width$}", money.minor.unsigned_abs(), width = exponent + 1);
        let (major, minor) = digits.split_at(digits.len() - exponent);
        let point = if exponent == 0 { "" } else { "." };
        let number = format!("{}{point}{minor}", grouped(major));
        let sign = if money.minor < 0 { "\u{2212}" } else { "" };
        let symbol = self.symbol(money.currency);
        match self.style.kind {
            Kind::Arabic => format!("{sign}{number}\u{a0}{}", symbol.trim_end_matches('\u{a0}')),
            _ => format!("{sign}{symbol}{number}"),
        }
    }

    /// `€`, `US$`, or the code with a hard space.
    pub fn symbol(&self, currency: Currency) -> String {
        let known = SYMBOLS.iter().find(|(code, _)| *code == currency.code());
        known.map_or_else(|| format!("{currency}\u{a0}"), |(_, symbols)| symbols[self.style.index()].to_owned())
    }

    /// `12,345`
    pub fn count(&self, number: i64) -> String {
        let sign = if number < 0 { "\u{2212}" } else { "" };
        format!("{sign}{}", grouped(&number.unsigned_abs().to_string()))
    }

    /// `19 %`, `2.7 %`
    pub fn percent(&self, rate: Rate) -> String {
        let shown = rate.shifted(2).map_or_else(|_| rate.to_string(), |percent| percent.to_string());
        match self.style.kind {
            // Kept in one piece: in a line from right to left the sign would jump to the other side.
            Kind::Arabic => format!("\u{2066}{shown}\u{a0}%\u{2069}"),
            _ => format!("{shown}\u{a0}%"),
        }
    }

    /// `350 g`, `1.25 kg`
    pub fn weight(&self, grams: i64) -> String {
        let (gram, kilogram) = match self.style.kind {
            Kind::English => ("g", "kg"),
            Kind::Chinese => ("克", "千克"),
            Kind::Arabic => ("غ", "كغ"),
        };
        if grams < 1000 {
            return format!("{grams}\u{a0}{gram}");
        }
        let rest = format!("{:03}", grams % 1000);
        let rest = rest.trim_end_matches('0');
        let point = if rest.is_empty() { "" } else { "." };
        format!("{}{point}{rest}\u{a0}{kilogram}", grouped(&(grams / 1000).to_string()))
    }

    /// `Thu 26 Nov`; with the year if it is not that of `today`.
    pub fn day(&self, date: Date, today: Date) -> String {
        let (weekday, month) = (self.weekday(date), self.month(date));
        let year = (date.year() != today.year()).then_some(date.year());
        let (day, year) = (date.day(), year.map(|year| year.to_string()).unwrap_or_default());
        let text = match self.style.kind {
            Kind::English | Kind::Arabic => format!("{weekday} {day} {month} {year}"),
            Kind::Chinese if year.is_empty() => format!("{month}{day}日{weekday}"),
            Kind::Chinese => format!("{year}年{month}{day}日{weekday}"),
        };
        text.trim_end().to_owned()
    }

    /// `Thu 26`, where the month is clear; the day alone where the weekday's name is long.
    pub fn weekday_and_day(&self, date: Date) -> String {
        match self.style.kind {
            Kind::Chinese => format!("{}日", date.day()),
            Kind::Arabic => date.day().to_string(),
            Kind::English => format!("{} {}", self.weekday(date), date.day()),
        }
    }

    /// `26 Nov 2026`: a date in a table or a rule, always with its year.
    pub fn date(&self, date: Date) -> String {
        let (day, month, year) = (date.day(), self.month(date), date.year());
        match self.style.kind {
            Kind::Chinese => format!("{year}年{month}{day}日"),
            _ => format!("{day} {month} {year}"),
        }
    }

    /// `Thu 26 – Sat 28 Nov`, `Mon 30 Nov – Wed 2 Dec`; one day if both are the same.
    pub fn window(&self, from: Date, to: Date, today: Date) -> String {
        if from >= to {
            return self.day(from, today);
        }
        let same_month = (from.year(), from.month()) == (to.year(), to.month());
        match self.style.kind {
            Kind::English | Kind::Arabic if same_month => {
                format!("{} {} – {}", self.weekday(from), from.day(), self.day(to, today))
            }
            Kind::Chinese if same_month => {
                format!("{} – {}日{}", self.day(from, today), to.day(), self.weekday(to))
            }
            _ => format!("{} – {}", self.day(from, today), self.day(to, today)),
        }
    }

    /// `Wed 18 Nov, 02:41`, as the clocks at `place` show it.
    pub fn moment(&self, moment: Moment, place: Country, today: Date) -> String {
        let local = zoned(moment, place);
        let comma = match self.style.kind {
            Kind::English => ", ",
            Kind::Chinese => " ",
            Kind::Arabic => "، ",
        };
        format!("{}{comma}{:02}:{:02}", self.day(local.date(), today), local.hour(), local.minute())
    }

    /// `02:41`, as the clocks at `place` show it.
    pub fn clock_time(&self, moment: Moment, place: Country) -> String {
        let local = zoned(moment, place);
        format!("{:02}:{:02}", local.hour(), local.minute())
    }

    /// What stands between the names of a list.
    pub fn list_comma(&self) -> &'static str {
        match self.style.kind {
            Kind::English => ", ",
            Kind::Chinese => "、",
            Kind::Arabic => "، ",
        }
    }

    /// The name of a country, `Germany`.
    pub fn country(&self, country: Country) -> String {
        self.maybe(&format!("country-{country}"), &[]).unwrap_or_else(|| country.to_string())
    }

    /// The name of a currency, `Euro`.
    pub fn currency(&self, currency: Currency) -> String {
        self.maybe(&format!("currency-{currency}"), &[]).unwrap_or_else(|| currency.to_string())
    }

    fn weekday(&self, date: Date) -> &'static str {
        WEEKDAYS[self.style.index()][date.weekday().to_monday_zero_offset() as usize]
    }

    fn month(&self, date: Date) -> &'static str {
        MONTHS[self.style.index()][date.month() as usize - 1]
    }
}

/// The capital's or the most peopled zone of each destination; UTC elsewhere.
fn zone(country: Country) -> &'static str {
    match country.code() {
        "AT" => "Europe/Vienna",
        "BE" => "Europe/Brussels",
        "BG" => "Europe/Sofia",
        "CH" => "Europe/Zurich",
        "CY" => "Asia/Nicosia",
        "CZ" | "SK" => "Europe/Prague",
        "DE" => "Europe/Berlin",
        "DK" => "Europe/Copenhagen",
        "EE" => "Europe/Tallinn",
        "ES" => "Europe/Madrid",
        "FI" => "Europe/Helsinki",
        "FR" => "Europe/Paris",
        "GB" => "Europe/London",
        "GR" => "Europe/Athens",
        "HR" | "SI" => "Europe/Belgrade",
        "HU" => "Europe/Budapest",
        "IE" => "Europe/Dublin",
        "IT" | "MT" => "Europe/Rome",
        "LT" => "Europe/Vilnius",
        "LU" => "Europe/Luxembourg",
        "LV" => "Europe/Riga",
        "NL" => "Europe/Amsterdam",
        "NO" => "Europe/Oslo",
        "PL" => "Europe/Warsaw",
        "PT" => "Europe/Lisbon",
        "RO" => "Europe/Bucharest",
        "SE" => "Europe/Stockholm",
        "US" | "CA" => "America/New_York",
        "MX" => "America/Mexico_City",
        "BR" => "America/Sao_Paulo",
        "CL" => "America/Santiago",
        "AU" => "Australia/Sydney",
        "NZ" => "Pacific/Auckland",
        "CN" | "HK" | "MY" | "SG" | "PH" => "Asia/Shanghai",
        "JP" | "KR" => "Asia/Tokyo",
        "VN" | "TH" => "Asia/Bangkok",
        "ID" => "Asia/Jakarta",
        "IN" => "Asia/Kolkata",
        "AE" => "Asia/Dubai",
        "SA" => "Asia/Riyadh",
        "IL" => "Asia/Jerusalem",
        "TR" => "Europe/Istanbul",
        "ZA" => "Africa/Johannesburg",
        _ => "UTC",
    }
}

fn zoned(moment: Moment, place: Country) -> jiff::civil::DateTime {
    let stamp = jiff::Timestamp::from_microsecond(moment.micros()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    TimeZone::get(zone(place)).unwrap_or(TimeZone::UTC).to_datetime(stamp)
}

#[cfg(test)]
mod tests {
    use crate::language::Languages;
    use base::{Money, time::parse_date};

    #[test]
    fn each_language_writes_figures_its_own_way() {
        let languages = Languages::load(&[crate::BRINGS], None).unwrap();
        let say = |tag: &str, text: &str| languages.find(tag).unwrap().money(text.parse::<Money>().unwrap());
        assert_eq!(say("en", "39.87EUR"), "€39.87");
        assert_eq!(say("en", "-5EUR"), "\u{2212}€5.00");
        assert_eq!(say("en", "1240JPY"), "¥1,240");
        assert_eq!(say("zh-CN", "142CNY"), "¥142.00");
        assert_eq!(say("ar", "128.50AED"), "128.50\u{a0}د.إ");
        assert_eq!(say("en", "1.234KWD"), "KWD\u{a0}1.234");
        assert_eq!(languages.find("en").unwrap().weight(1250), "1.25\u{a0}kg");
    }

    #[test]
    fn windows_name_a_month_once() {
        let languages = Languages::load(&[crate::BRINGS], None).unwrap();
        let date = |text: &str| parse_date(text).unwrap();
        let today = date("2026-11-20");
        let window = |tag: &str, from: &str, to: &str| languages.find(tag).unwrap().window(date(from), date(to), today);
        assert_eq!(window("en", "2026-11-26", "2026-11-28"), "Thu 26 – Sat 28 Nov");
        assert_eq!(window("en", "2026-11-30", "2026-12-02"), "Mon 30 Nov – Wed 2 Dec");
        assert_eq!(window("en", "2026-12-30", "2027-01-02"), "Wed 30 Dec – Sat 2 Jan 2027");
        assert_eq!(window("en", "2026-11-26", "2026-11-26"), "Thu 26 Nov");
        assert_eq!(window("zh-CN", "2026-11-26", "2026-11-28"), "11月26日周四 – 28日周六");
        assert_eq!(window("ar", "2026-11-26", "2026-11-28"), "الخميس 26 – السبت 28 نوفمبر");
    }
}
