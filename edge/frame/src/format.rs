//! How a language writes figures: money, counts, weights, days, windows of days. Western digits in every language.

use crate::language::Locale;
use base::{Country, Currency, Date, Mark, Moment, Money, Rate};
use jiff::tz::TimeZone;

const MINUS: &str = "\u{2212}";

impl Locale {
    /// What stands before the decimals of a number that a reader of this language types.
    pub fn mark(&self) -> Mark {
        Mark::of_language(self.tag)
    }

    /// `€39.87`, `1.240,50 €`, `128.50 د.إ.`: the currency's own decimals, U+2212 for minus.
    pub fn money(&self, money: Money) -> String {
        let exponent = money.currency.exponent() as usize;
        let digits = format!("{:0width$}", money.minor.unsigned_abs(), width = exponent + 1);
        let (major, minor) = digits.split_at(digits.len() - exponent);
        self.amount(money, &self.style.number(major, minor))
    }

    /// `€39`, `1.240 €`: whole units only, for scales.
    pub fn money_in_units(&self, money: Money) -> String {
        let units = money.minor / money.currency.scale();
        self.amount(money, &self.style.number(&units.unsigned_abs().to_string(), ""))
    }

    fn amount(&self, money: Money, number: &str) -> String {
        let (pattern, symbol) = (&self.style.money, self.symbol(money.currency));
        // A word before a number stands apart from it.
        let gap = if pattern == "{s}{n}" && symbol.ends_with(char::is_alphabetic) { "\u{a0}" } else { "" };
        let sign = if money.minor < 0 { MINUS } else { "" };
        format!("{sign}{}", pattern.replace("{n}", number).replace("{s}", &format!("{symbol}{gap}")))
    }

    /// `€`, `US$`, or the code.
    pub fn symbol(&self, currency: Currency) -> String {
        self.style.symbols.get(currency.code()).cloned().unwrap_or_else(|| currency.to_string())
    }

    /// `12,345`
    pub fn count(&self, number: i64) -> String {
        let sign = if number < 0 { MINUS } else { "" };
        format!("{sign}{}", self.style.number(&number.unsigned_abs().to_string(), ""))
    }

    /// `1,234.5`, with all its decimals.
    pub fn number(&self, rate: Rate) -> String {
        let digits = rate.to_string();
        let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |rest| (MINUS, rest));
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        format!("{sign}{}", self.style.number(whole, decimals))
    }

    /// `19%`, `2,7 %`
    pub fn percent(&self, rate: Rate) -> String {
        let shown = self.style.percent.replace("{n}", &self.number(rate.shifted(2).unwrap_or(rate)));
        match self.direction {
            // Kept in one piece: in a line from right to left the sign would jump to the other side.
            "rtl" => format!("\u{2066}{shown}\u{2069}"),
            _ => shown,
        }
    }

    /// `350 g`, `1.25 kg`
    pub fn weight(&self, grams: i64) -> String {
        if grams < 1000 {
            return self.style.gram.replace("{n}", &self.count(grams));
        }
        let rest = format!("{:03}", grams % 1000);
        let number = self.style.number(&(grams / 1000).to_string(), rest.trim_end_matches('0'));
        self.style.kilogram.replace("{n}", &number)
    }

    /// `Thu 26 Nov`; with the year if it is not that of `today`.
    pub fn day(&self, date: Date, today: Date) -> String {
        let pattern = if date.year() == today.year() { &self.style.day } else { &self.style.day_year };
        self.style.dates(pattern, date, date)
    }

    /// `Thu 26`, where the month is clear; the day alone where the weekday's name is long.
    pub fn weekday_and_day(&self, date: Date) -> String {
        self.style.dates(&self.style.weekday_day, date, date)
    }

    /// `26 Nov 2026`: a date in a table or a rule, always with its year.
    pub fn date(&self, date: Date) -> String {
        self.style.dates(&self.style.date, date, date)
    }

    /// `26 Nov`: a date in a row of days.
    pub fn day_and_month(&self, date: Date) -> String {
        self.style.dates(&self.style.day_month, date, date)
    }

    /// `Thu 26 – Sat 28 Nov`, `Mon 30 Nov – Wed 2 Dec`; one day if both are the same.
    pub fn window(&self, from: Date, to: Date, today: Date) -> String {
        if from >= to {
            return self.day(from, today);
        }
        let style = self.style;
        let pattern = match (from.month() == to.month(), to.year() == today.year()) {
            _ if from.year() != to.year() => &style.window_years,
            (true, true) => &style.window_days,
            (true, false) => &style.window_days_year,
            (false, true) => &style.window_months,
            (false, false) => &style.window_months_year,
        };
        style.dates(pattern, from, to)
    }

    /// `Wed 18 Nov, 02:41`, as the clocks at `place` show it.
    pub fn moment(&self, moment: Moment, place: Country, today: Date) -> String {
        let local = zoned(moment, place);
        let time = format!("{:02}:{:02}", local.hour(), local.minute());
        self.style.moment.replace("{day}", &self.day(local.date(), today)).replace("{time}", &time)
    }

    /// `02:41`, as the clocks at `place` show it.
    pub fn clock_time(&self, moment: Moment, place: Country) -> String {
        let local = zoned(moment, place);
        format!("{:02}:{:02}", local.hour(), local.minute())
    }

    /// `A, B and C`
    pub fn list<T: AsRef<str>>(&self, names: &[T]) -> String {
        let mut out = String::new();
        for (at, name) in names.iter().map(AsRef::as_ref).enumerate() {
            out.push_str(match at {
                0 => "",
                _ if at + 1 < names.len() => &self.style.list_comma,
                _ if begins_with_i(name) => &self.style.list_last_before_i,
                _ => &self.style.list_last,
            });
            out.push_str(name);
        }
        out
    }

    /// Where a country stands in a list that is sorted as readers of this language look names up.
    pub fn rank(&self, country: &str) -> usize {
        self.style.countries.find(country).unwrap_or(usize::MAX)
    }

    /// The name of a country, `Germany`.
    pub fn country(&self, country: Country) -> String {
        self.maybe(&format!("country-{country}"), &[]).unwrap_or_else(|| country.to_string())
    }

    /// The name of a currency, `Euro`.
    pub fn currency(&self, currency: Currency) -> String {
        self.maybe(&format!("currency-{currency}"), &[]).unwrap_or_else(|| currency.to_string())
    }
}

/// Whether Spanish says “e” before it: not before “hielo”, which begins with another sound.
fn begins_with_i(name: &str) -> bool {
    let name = name.to_lowercase();
    let sound = name.strip_prefix('h').unwrap_or(&name);
    sound.starts_with(['i', 'í']) && !["ia", "ie", "io"].iter().any(|glide| sound.starts_with(glide))
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

/// A moment as a form has it, in a place's zone: `2026-11-20T14:05`.
pub fn local_text(moment: Moment, place: Country) -> String {
    zoned(moment, place).strftime("%Y-%m-%dT%H:%M").to_string()
}

/// The moment that a form says, in a place's zone; none when it is no time.
pub fn local_moment(text: &str, place: Country) -> Option<Moment> {
    let local: jiff::civil::DateTime = text.trim().parse().ok()?;
    let stamp = TimeZone::get(zone(place)).unwrap_or(TimeZone::UTC).to_timestamp(local).ok()?;
    Some(Moment(stamp.as_microsecond()))
}

fn zoned(moment: Moment, place: Country) -> jiff::civil::DateTime {
    let stamp = jiff::Timestamp::from_microsecond(moment.micros()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    TimeZone::get(zone(place)).unwrap_or(TimeZone::UTC).to_datetime(stamp)
}

#[cfg(test)]
mod tests {
    use crate::language::bare;
    use base::number::Numeral;
    use base::{Money, Rate, time::parse_date};

    /// What Intl of Node writes (`scripts/cldr`); the signs are ours.
    #[test]
    fn figures_are_those_of_the_cldr() {
        let mut rows = 0;
        for row in csv::Reader::from_reader(include_str!("../tables/intl.csv").as_bytes()).records() {
            let row = row.unwrap();
            let [tag, what, given, says] = [0, 1, 2, 3].map(|at| row[at].to_owned());
            let locale = bare(&tag);
            let today = parse_date("2026-11-20").unwrap();
            let words: Vec<&str> = given.split(' ').collect();
            let said = match what.as_str() {
                "money" => locale.money(given.parse::<Money>().unwrap()),
                "count" => locale.count(given.parse().unwrap()),
                "percent" => locale.percent(given.parse().unwrap()).replace(['\u{2066}', '\u{2069}'], ""),
                "weight" => locale.weight(given.parse().unwrap()),
                "list" => locale.list(&words),
                "day" => locale.day(parse_date(&given).unwrap(), today),
                "date" => locale.date(parse_date(&given).unwrap()),
                _ => locale.window(parse_date(words[0]).unwrap(), parse_date(words[1]).unwrap(), today),
            };
            assert_eq!(said, says, "{tag}: {what} {given}");
            rows += 1;
        }
        assert!(rows > 300, "{rows} rows");
    }

    /// What a form shows is read as the same number again, and so is what a page shows.
    #[test]
    fn numbers_are_read_as_they_are_written() {
        for locale in ["ar", "de", "en", "es", "fr", "ja", "pt-BR", "ru", "zh-CN"].map(bare) {
            for text in ["1234.5", "0.75", "1234567.89"] {
                let rate: Rate = text.parse().unwrap();
                for written in [base::number::written(rate, locale.mark()), locale.number(rate)] {
                    let read = Numeral::read(&written).unwrap().in_form(locale.mark(), Some(2));
                    assert_eq!(read, Ok(rate), "{}: {written}", locale.tag);
                }
            }
        }
    }

    #[test]
    fn signs_and_marks_are_ours() {
        let say = |tag: &str, text: &str| bare(tag).money(text.parse::<Money>().unwrap());
        assert_eq!(say("en", "-5EUR"), "\u{2212}€5.00");
        assert_eq!(say("en", "1240JPY"), "¥1,240");
        assert_eq!(say("fr", "1234567.89EUR"), "1\u{202f}234\u{202f}567,89\u{a0}€");
        assert_eq!(say("es", "1234.50EUR"), "1234,50\u{a0}€");
        assert_eq!(say("pt-BR", "12345.60BRL"), "R$\u{a0}12.345,60");
        assert_eq!(say("de-AT", "1234.50EUR"), "1.234,50\u{a0}€", "as its primary language");
        assert_eq!(say("eo", "1234.50EUR"), "€1,234.50", "as English");
        assert_eq!(bare("ar").percent("0.05".parse().unwrap()), "\u{2066}5%\u{2069}");
        assert_eq!(bare("es").list(&["agua", "hielo"]), "agua y hielo");
        assert_eq!(bare("de").money_in_units("-1234.99EUR".parse().unwrap()), "\u{2212}1.234\u{a0}€");
    }

    #[test]
    fn countries_are_sorted_as_their_readers_look_them_up() {
        let sorted = |tag: &str, codes: &str| {
            let mut codes: Vec<&str> = codes.split(' ').collect();
            codes.sort_by_key(|code| bare(tag).rank(code));
            codes.join(" ")
        };
        assert_eq!(sorted("de", "PL AT NL OM"), "NL OM AT PL", "Österreich after Oman, before Polen");
        assert_eq!(sorted("es", "OM ES SK EC"), "EC SK ES OM");
        assert_eq!(sorted("zh-CN", "CN DE FR JP"), "DE FR JP CN", "déguó, fǎguó, rìběn, zhōngguó");
    }

    #[test]
    fn windows_name_a_month_once() {
        let date = |text: &str| parse_date(text).unwrap();
        let today = date("2026-11-20");
        let window = |tag: &str, from: &str, to: &str| bare(tag).window(date(from), date(to), today);
        assert_eq!(window("en", "2026-11-26", "2026-11-28"), "Thu 26 – Sat 28 Nov");
        assert_eq!(window("en", "2026-11-30", "2026-12-02"), "Mon 30 Nov – Wed 2 Dec");
        assert_eq!(window("en", "2026-12-30", "2027-01-02"), "Wed 30 Dec 2026 – Sat 2 Jan 2027");
        assert_eq!(window("en", "2026-11-26", "2026-11-26"), "Thu 26 Nov");
        assert_eq!(window("de", "2026-11-26", "2026-11-28"), "Do., 26.\u{2009}–\u{2009}Sa., 28. Nov.");
    }
}
