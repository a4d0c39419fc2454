//! The label: a printable page of 100 × 150 mm as SVG, with barcode and, across a border, the customs declaration.

use crate::parcel::{Content, Parcel};
use crate::s10;
use crate::service::{ServiceKind, service};
use barcoders::sym::code128::Code128;
use base::{Address, Country, Currency, Date, Error, Money, Result};
use std::fmt::Write;
use store::Read;

/// Which customs declaration a parcel carries (Universal Postal Convention, Regulations, article 20).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CustomsForm {
    /// None: no border is crossed.
    None,
    /// The small one: up to 2 kg and 300 SDR.
    Cn22,
    /// The full one.
    Cn23,
}

/// Everything a label says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelView {
    /// The number that it is tracked by: of the built-in carrier a UPU S10 number; the reference where there is none.
    pub tracking: String,
    /// The order's number, as the seller's reference.
    pub reference: String,
    /// Name of the service.
    pub service: String,
    /// Decides the big word at the top.
    pub kind: ServiceKind,
    /// Sender.
    pub from: Address,
    /// Receiver.
    pub to: Address,
    /// Names of the two countries, in a language the carriers read.
    pub countries: (String, String),
    /// Weight of the whole parcel.
    pub grams: i64,
    /// The declaration that is due.
    pub form: CustomsForm,
    /// What is in it.
    pub contents: Vec<Content>,
    /// Day of handing over.
    pub date: Date,
}

impl LabelView {
    /// The label of a parcel. `country_name` gives a country's English name. Errors: its service is unknown.
    pub fn of(
        db: &mut Read,
        parcel: &Parcel,
        reference: &str,
        country_name: impl Fn(Country) -> String,
    ) -> Result<LabelView> {
        let service = service(db, &parcel.service)?;
        let crosses = !parcel.from_country.same_customs_territory(parcel.to_country);
        Ok(LabelView {
            tracking: if parcel.tracking.is_empty() { reference.into() } else { parcel.tracking.clone() },
            reference: reference.into(),
            service: service.name.clone(),
            kind: service.kind,
            from: parcel.from.clone(),
            to: parcel.to.clone(),
            countries: (country_name(parcel.from_country), country_name(parcel.to_country)),
            grams: parcel.grams,
            form: if crosses { customs_form(&parcel.contents, parcel.grams)? } else { CustomsForm::None },
            contents: parcel.contents.clone(),
            date: parcel.handed_over_at.unwrap_or(parcel.labelled_at).date(),
        })
    }
}

/// 300 special drawing rights in whole units of common currencies, rounded down to a figure that holds through a year's swings
/// (International Monetary Fund, 2025 and 2026). Any other currency takes the full form, which is always allowed.
const SDR_300: [(&str, i64); 9] = [
    ("EUR", 340),
    ("USD", 390),
    ("GBP", 270),
    ("CNY", 2700),
    ("JPY", 55_000),
    ("CHF", 310),
    ("AUD", 580),
    ("CAD", 530),
    ("HKD", 3000),
];

/// The text of the barcode: of an S10 number set B for the letters, set C for the digits in pairs, the shortest code, so that the
/// bars are as wide as can be; of any other number set B.
fn bars(tracking: &str) -> Result<String> {
    if !s10::is_valid(tracking) {
        return Ok(format!("\u{0181}{tracking}"));
    }
    let (letters, rest) = tracking.split_at_checked(2).ok_or_else(|| Error::internal("no tracking number"))?;
    let (pairs, rest) = rest.split_at_checked(8).ok_or_else(|| Error::internal("no tracking number"))?;
    Ok(format!("\u{0181}{letters}\u{0106}{pairs}\u{0181}{rest}"))
}

/// The declaration due for goods that cross a border. Errors: a content's currency is unknown.
pub fn customs_form(contents: &[Content], grams: i64) -> Result<CustomsForm> {
    let Some(value) = total(contents)? else { return Ok(CustomsForm::Cn23) };
    let limit = SDR_300.iter().find(|(code, _)| *code == value.currency.code());
    let small = limit.is_some_and(|(_, units)| value.minor <= units * value.currency.scale());
    Ok(if small && grams <= 2000 { CustomsForm::Cn22 } else { CustomsForm::Cn23 })
}

/// The value of all contents, if they are in one currency.
fn total(contents: &[Content]) -> Result<Option<Money>> {
    let Some(first) = contents.first() else { return Ok(None) };
    let currency: Currency = first.currency.parse()?;
    if contents.iter().any(|content| content.currency != first.currency) {
        return Ok(None);
    }
    Money::sum(currency, contents.iter().map(|content| Money::new(content.value_minor, currency))).map(Some)
}

/// The page. Tenths of a millimetre inside; black on white; no script, no style attribute, no outside reference.
/// Errors: the tracking number cannot be a barcode.
pub fn label_svg(view: &LabelView) -> Result<String> {
    let mut page = Page { svg: String::with_capacity(16_384) };
    page.raw("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100mm\" height=\"150mm\" viewBox=\"0 0 1000 1500\" ");
    page.raw("font-family=\"Arial, Helvetica, 'Noto Sans', 'Noto Sans CJK SC', sans-serif\" fill=\"#000\">");
    page.raw("<title>");
    page.escaped(&view.tracking);
    page.raw("</title><rect width=\"1000\" height=\"1500\" fill=\"#fff\"/>");
    page.frame(20, 20, 960, 1460);
    page.head(view);
    page.parties(view);
    page.barcode(view)?;
    match view.form {
        CustomsForm::None => page.inland(view),
        CustomsForm::Cn22 => page.customs(view, "CN 22", "May be opened officially")?,
        CustomsForm::Cn23 => page.customs(view, "CN 23", "May be opened officially")?,
    }
    page.raw("</svg>");
    Ok(page.svg)
}

struct Page {
    svg: String,
}

/// How a line of text stands.
#[derive(Clone, Copy)]
struct Type {
    size: i64,
    bold: bool,
    /// Pixels it may take; longer text is cut.
    width: i64,
    end: bool,
}

const fn plain(size: i64, width: i64) -> Type {
    Type { size, bold: false, width, end: false }
}

const fn bold(size: i64, width: i64) -> Type {
    Type { size, bold: true, width, end: false }
}

impl Page {
    fn raw(&mut self, text: &str) {
        self.svg.push_str(text);
    }

    fn escaped(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '<' => self.svg.push_str("&lt;"),
                '>' => self.svg.push_str("&gt;"),
                '&' => self.svg.push_str("&amp;"),
                '"' => self.svg.push_str("&quot;"),
                letter if letter.is_control() => self.svg.push(' '),
                letter => self.svg.push(letter),
            }
        }
    }

    fn frame(&mut self, x: i64, y: i64, width: i64, height: i64) {
        // Writing into a String cannot fail, here and below.
        let _ = write!(
            self.svg,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"none\" stroke=\"#000\" stroke-width=\"4\"/>"
        );
    }

    fn rule(&mut self, x1: i64, y1: i64, x2: i64, y2: i64) {
        let _ = write!(
            self.svg,
            "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke=\"#000\" stroke-width=\"3\"/>"
        );
    }

    fn text(&mut self, x: i64, y: i64, kind: Type, text: &str) {
        let weight = if kind.bold { " font-weight=\"700\"" } else { "" };
        let anchor = if kind.end { " text-anchor=\"end\"" } else { "" };
        let _ = write!(self.svg, "<text x=\"{x}\" y=\"{y}\" font-size=\"{}\"{weight}{anchor}>", kind.size);
        let cut = fitting(text.trim(), kind.size, kind.width);
        self.escaped(&cut);
        self.raw("</text>");
    }

    fn head(&mut self, view: &LabelView) {
        let class = match view.kind {
            ServiceKind::Express => "EXPRESS",
            ServiceKind::Line => "LINE",
            ServiceKind::Postal => "SMALL PACKET",
            ServiceKind::Domestic => "PARCEL",
        };
        self.text(45, 105, bold(72, 640), class);
        self.text(45, 150, plain(30, 640), &view.service);
        self.text(955, 85, Type { end: true, ..bold(40, 280) }, &kilograms(view.grams));
        self.text(955, 125, Type { end: true, ..plain(28, 280) }, &view.date.to_string());
        self.text(955, 158, Type { end: true, ..plain(24, 280) }, &view.reference);
        self.rule(20, 175, 980, 175);
    }

    fn parties(&mut self, view: &LabelView) {
        self.text(45, 210, plain(22, 200), "From");
        let mut y = 242;
        for line in compact(lines(&view.from, &view.countries.0), 5) {
            self.text(45, y, plain(26, 910), &line);
            y += 32;
        }
        self.rule(20, 405, 980, 405);
        self.text(45, 442, plain(22, 200), "To");
        let mut y = 492;
        let receiver = lines(&view.to, &view.countries.1);
        let last = receiver.len().saturating_sub(1);
        for (index, line) in receiver.iter().enumerate() {
            let kind = if index == 0 || index == last { bold(42, 910) } else { plain(38, 910) };
            self.text(45, y, kind, line);
            y += 46;
        }
        if !view.to.phone.trim().is_empty() {
            self.text(955, 442, Type { end: true, ..plain(26, 600) }, &format!("Tel. {}", view.to.phone));
        }
        self.rule(20, 800, 980, 800);
    }

    fn barcode(&mut self, view: &LabelView) -> Result<()> {
        let text = bars(&view.tracking)?;
        let modules = Code128::new(text).map_err(|error| Error::internal(format!("barcode: {error}")))?.encode();
        // A number so long that its bars were thinner than a scanner sees is only written.
        let unit = Some(880 / modules.len() as i64).filter(|unit| *unit > 1).unwrap_or_default();
        let left = (1000 - unit * modules.len() as i64) / 2;
        self.raw("<path d=\"");
        let mut at = 0;
        while at < modules.len() {
            let run = modules[at..].iter().take_while(|module| **module == modules[at]).count();
            if modules[at] == 1 && unit > 0 {
                let (x, width) = (left + unit * at as i64, unit * run as i64);
                let _ = write!(self.svg, "M{x} 825h{width}v150h-{width}z");
            }
            at += run;
        }
        self.raw("\"/>");
        let _ = write!(
            self.svg,
            "<text x=\"500\" y=\"1020\" font-size=\"40\" font-weight=\"700\" text-anchor=\"middle\" letter-spacing=\"2\">"
        );
        let is_s10 = s10::is_valid(&view.tracking);
        self.escaped(&if is_s10 { s10::spaced(&view.tracking) } else { view.tracking.clone() });
        self.raw("</text>");
        self.rule(20, 1045, 980, 1045);
        Ok(())
    }

    fn inland(&mut self, view: &LabelView) {
        self.text(45, 1090, bold(30, 910), "No customs declaration: goods in free circulation");
        let mut y = 1135;
        for content in view.contents.iter().take(8) {
            self.text(45, y, plain(26, 910), &format!("{} × {}", content.quantity, content.description));
            y += 36;
        }
        self.more(view.contents.len(), 8, y);
    }

    fn customs(&mut self, view: &LabelView, form: &str, note: &str) -> Result<()> {
        const ROWS: usize = 4;
        self.text(45, 1085, bold(34, 560), "CUSTOMS DECLARATION");
        self.text(955, 1085, Type { end: true, ..bold(34, 300) }, form);
        self.text(
            45,
            1118,
            plain(22, 900),
            &format!("{note} · [x] Sale of goods  [ ] Gift  [ ] Documents  [ ] Sample"),
        );
        self.rule(20, 1132, 980, 1132);
        let columns = [(45, "Quantity and description"), (495, "HS code"), (625, "Origin"), (695, "Weight")];
        for (x, head) in columns {
            self.text(x, 1158, plain(20, 460), head);
        }
        self.text(955, 1158, Type { end: true, ..plain(20, 160) }, "Value");
        let mut y = 1190;
        for content in view.contents.iter().take(ROWS) {
            let value = Money::new(content.value_minor, content.currency.parse()?);
            self.text(45, y, plain(22, 440), &format!("{} × {}", content.quantity, content.description));
            self.text(495, y, plain(24, 125), &content.hs);
            self.text(625, y, plain(24, 60), &content.origin);
            self.text(695, y, plain(24, 110), &kilograms(content.grams));
            self.text(955, y, Type { end: true, ..plain(24, 160) }, &value.to_string());
            y += 34;
        }
        self.more(view.contents.len(), ROWS, y);
        self.rule(20, 1350, 980, 1350);
        self.text(45, 1382, bold(26, 400), &format!("Total {}", kilograms(view.grams)));
        let value =
            total(&view.contents)?.map_or_else(|| "several currencies, see invoice".into(), |sum| sum.to_string());
        self.text(955, 1382, Type { end: true, ..bold(26, 500) }, &value);
        let words =
            "I certify that these particulars are correct and that the parcel holds nothing dangerous or prohibited.";
        self.text(45, 1415, plain(17, 910), words);
        self.text(45, 1455, plain(22, 600), &format!("Date and signature: {}", view.date));
        self.rule(420, 1460, 955, 1460);
        Ok(())
    }

    fn more(&mut self, all: usize, shown: usize, y: i64) {
        if all > shown {
            let text = format!("and {} more kinds of goods, listed in the invoice", all - shown);
            self.text(45, y, plain(22, 900), &text);
        }
    }
}

/// The address as written on a parcel, line by line; the country last.
fn lines(address: &Address, country: &str) -> Vec<String> {
    let city = [address.postcode.trim(), address.city.trim()].join(" ");
    let area = [address.district.trim(), address.region.trim()];
    let area: Vec<&str> = area.into_iter().filter(|part| !part.is_empty()).collect();
    let all = [
        address.name.trim().to_string(),
        address.organisation.trim().to_string(),
        address.street.trim().to_string(),
        address.street2.trim().to_string(),
        city.trim().to_string(),
        area.join(", "),
        country.to_uppercase(),
    ];
    all.into_iter().filter(|line| !line.is_empty()).collect()
}

/// At most `most` lines: those after the first are joined, so that the country stays a line of its own.
fn compact(mut lines: Vec<String>, most: usize) -> Vec<String> {
    while lines.len() > most.max(2) {
        let joined = lines.remove(2);
        lines[1] = format!("{}, {joined}", lines[1]);
    }
    lines
}

/// As much of `text` as fits, by the average width of letters; wide scripts take a whole square a letter.
fn fitting(text: &str, size: i64, width: i64) -> String {
    let mut used = 0;
    let mut cut = String::new();
    for letter in text.chars() {
        used += if (letter as u32) < 0x2e80 { size / 2 } else { size };
        if used > width {
            cut.push('…');
            break;
        }
        cut.push(letter);
    }
    cut
}

fn kilograms(grams: i64) -> String {
    format!("{}.{:03} kg", grams / 1000, grams % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(value_minor: i64, currency: &str) -> Content {
        Content {
            description: "Stoneware mug <glazed>".into(),
            hs: "691200".into(),
            origin: "CN".into(),
            quantity: 2,
            value_minor,
            currency: currency.into(),
            grams: 900,
        }
    }

    fn view(form: CustomsForm) -> LabelView {
        let address = |name: &str, city: &str, country: &str| Address {
            country: country.into(),
            name: name.into(),
            street: "12 Zhushan Rd".into(),
            city: city.into(),
            postcode: "10115".into(),
            phone: "+49 30 1234567".into(),
            ..Address::default()
        };
        LabelView {
            tracking: "CA618033990CN".into(),
            reference: "EN-7Q4K-2219".into(),
            service: "Dedicated line from China".into(),
            kind: ServiceKind::Line,
            from: address("Kiln No. 9", "Jingdezhen", "CN"),
            to: address("Anna \"Köhler\" & Söhne", "Berlin", "DE"),
            countries: ("China".into(), "Germany".into()),
            grams: 940,
            form,
            contents: vec![content(3420, "EUR")],
            date: "2026-11-20".parse().unwrap(),
        }
    }

    #[test]
    fn the_small_form_has_two_limits() {
        let form = |value, currency: &str, grams| customs_form(&[content(value, currency)], grams).unwrap();
        assert_eq!(form(34_000, "EUR", 2000), CustomsForm::Cn22);
        assert_eq!(form(34_001, "EUR", 2000), CustomsForm::Cn23);
        assert_eq!(form(34_000, "EUR", 2001), CustomsForm::Cn23);
        assert_eq!(form(55_000, "JPY", 100), CustomsForm::Cn22);
        assert_eq!(form(1, "BRL", 100), CustomsForm::Cn23, "an unlisted currency takes the full form");
        assert_eq!(customs_form(&[content(1, "EUR"), content(1, "USD")], 1).unwrap(), CustomsForm::Cn23);
    }

    #[test]
    fn a_long_address_keeps_its_first_and_last_line() {
        let address = Address {
            name: "Mei".into(),
            organisation: "Kiln No. 9".into(),
            street: "1 Road".into(),
            street2: "Floor 2".into(),
            city: "Jingdezhen".into(),
            region: "Jiangxi".into(),
            ..Address::default()
        };
        let lines = compact(lines(&address, "China"), 5);
        assert_eq!(lines, ["Mei", "Kiln No. 9, 1 Road, Floor 2", "Jingdezhen", "Jiangxi", "CHINA"]);
    }

    #[test]
    fn says_what_is_due_and_escapes_it() {
        let svg = label_svg(&view(CustomsForm::Cn22)).unwrap();
        for part in [
            "CN 22",
            "691200",
            "34.20 EUR",
            "CA 618 033 990 CN",
            "GERMANY",
            "2 × Stoneware mug &lt;glazed&gt;",
            "0.940 kg",
        ] {
            assert!(svg.contains(part), "{part}");
        }
        assert!(svg.contains("Anna &quot;Köhler&quot; &amp; Söhne"));
        assert!(!svg.contains("style=") && !svg.contains("<script"));
        let inland = label_svg(&view(CustomsForm::None)).unwrap();
        assert!(!inland.contains("CUSTOMS DECLARATION"));
        assert!(inland.contains("No customs declaration"));
    }

    #[test]
    fn the_barcode_is_code_128_of_the_number() {
        // Start B, C, A, to C, 61 80 33 99, to B, 4, C, N, checksum, stop: 13 symbols of 11 modules and a stop of 13.
        let svg = label_svg(&view(CustomsForm::Cn22)).unwrap();
        let path = svg.split("<path d=\"").nth(1).unwrap().split('"').next().unwrap();
        let mut modules = 0;
        for bar in path.split('M').filter(|bar| !bar.is_empty()) {
            let width: i64 = bar.split(['h', 'v']).nth(1).unwrap().parse().unwrap();
            modules += width;
        }
        assert_eq!(path.matches('M').count(), 13 * 3 + 4, "three bars a symbol, four in the stop");
        assert!(modules > 0);
    }
}
