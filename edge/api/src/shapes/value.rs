//! What a single value has to look like: a code, a sentence, and the keywords of JSON Schema.

use base::{Country, Currency, Id, Tag};
use serde_json::{Value, json};

/// Beside a schema: the stable code of a value that does not fit it.
pub const CODE: &str = "x-code";
/// Beside a schema: the sentence that says what to write.
pub const SAYS: &str = "x-says";

/// What a value has to look like.
pub(super) struct Shape {
    pub(super) code: &'static str,
    pub(super) says: String,
    /// Keywords of JSON Schema.
    pub(super) rule: Value,
}

pub(super) fn shape(code: &'static str, says: impl Into<String>, rule: Value) -> Option<Shape> {
    Some(Shape { code, says: says.into(), rule })
}

pub(super) fn country() -> Option<Shape> {
    let all: Vec<String> = Country::all().map(|country| country.to_string()).collect();
    shape("unknown_country", "Write a country by its two letters (ISO 3166-1), such as DE.", json!({ "enum": all }))
}

pub(super) fn currency() -> Option<Shape> {
    let all: Vec<String> = Currency::all().map(|currency| currency.to_string()).collect();
    shape("unknown_currency", "Write a currency by its three letters (ISO 4217), such as EUR.", json!({ "enum": all }))
}

pub(super) fn language() -> Option<Shape> {
    let rule = json!({ "pattern": "^[A-Za-z]{2,3}([-_][A-Za-z]{4})?([-_][A-Za-z]{2})?$" });
    shape("unknown_language", "Write a language tag, such as en or zh-CN.", rule)
}

/// What the shop can be read in.
pub(super) const SPOKEN: [&str; 9] = ["ar", "de", "en", "es", "fr", "ja", "pt-BR", "ru", "zh-CN"];

pub(super) fn spoken() -> Option<Shape> {
    one_of(SPOKEN)
}

pub(super) fn region() -> Option<Shape> {
    let say = "Write a state or province by its one to three letters or digits (ISO 3166-2), such as SP.";
    shape("region_format", say, json!({ "pattern": "^[A-Za-z0-9]{0,3}$" }))
}

/// 63 bits to the base of 32: thirteen digits at most, of which the first holds three bits.
pub(super) fn digits<T: Tag>() -> String {
    let digit = "[0-9a-hjkmnp-tv-z]";
    format!("{}_({digit}{{1,12}}|[0-7]{digit}{{12}})", T::PREFIX)
}

pub(super) fn id<T: Tag>() -> Option<Shape> {
    let say = format!("Write an id; ids of this kind look like {}.", Id::<T>::from_raw(1 << 40));
    shape("unknown_id", say, json!({ "pattern": format!("^{}$", digits::<T>()) }))
}

pub(super) fn cursor(pattern: &str) -> Option<Shape> {
    shape("unknown_cursor", "Send the `next` of the answer before.", json!({ "pattern": pattern }))
}

/// Values with commas between them.
pub(super) fn several(code: &'static str, one: &str) -> Option<Shape> {
    let say = "Write one value, or up to fifty with commas between them.";
    shape(code, say, json!({ "pattern": format!("^{one}(,{one}){{0,49}}$") }))
}

pub(super) fn after<T: Tag>() -> Option<Shape> {
    cursor(&format!("^{}$", digits::<T>()))
}

pub(super) fn one_of<'a>(all: impl IntoIterator<Item = &'a str>) -> Option<Shape> {
    let all: Vec<&str> = all.into_iter().collect();
    shape("unknown_choice", format!("Choose one of {}.", all.join(", ")), json!({ "enum": all }))
}

/// Any text of so many characters; no database keeps U+0000.
pub(super) fn text(most: usize) -> Option<Shape> {
    let say = format!("Write {most} characters at most.");
    shape("format", say, json!({ "maxLength": most, "pattern": "^[^\\x00]*$" }))
}

/// The same, and something that is seen.
pub(super) fn words(most: usize) -> Option<Shape> {
    let rule = json!({ "minLength": 1, "maxLength": most, "pattern": "^[^\\x00]*[^\\s\\x00][^\\x00]*$" });
    shape("required", format!("Write 1 to {most} characters."), rule)
}

const EMAIL: &str = "[^\\s@,;<>\\x00]+@[^\\s@.,;<>\\x00]+(\\.[^\\s@.,;<>\\x00]+)+";

pub(super) fn email() -> Option<Shape> {
    let rule = json!({ "maxLength": 254, "pattern": format!("^{EMAIL}$") });
    shape("email_format", "Write an e-mail address, such as mei@example.com.", rule)
}

pub(super) fn email_or_nothing() -> Option<Shape> {
    let rule = json!({ "maxLength": 254, "pattern": format!("^({EMAIL})?$") });
    shape("email_format", "Write an e-mail address, such as mei@example.com.", rule)
}

pub(super) fn hs() -> Option<Shape> {
    let rule = json!({ "pattern": "^(0[1-9]|[1-8][0-9]|9[0-7])([. -]?[0-9]){4}(([. -]?[0-9]){2}){0,2}$" });
    shape("hs_format", "Write an HS code: 6, 8 or 10 digits, such as 6109.10.", rule)
}

pub(super) fn hs_or_nothing() -> Option<Shape> {
    let mut shape = hs()?;
    let own = shape.rule["pattern"].as_str().unwrap_or_default().trim_matches(['^', '$']).to_owned();
    shape.rule = json!({ "pattern": format!("^({own})?$") });
    Some(shape)
}

pub(super) fn url() -> Option<Shape> {
    // Plain http is for this machine itself, in test mode.
    let local = r"http://(localhost|127\.[0-9.]+|\[::1\])(:[0-9]+)?([/?#]|$)";
    let https = "Write an address that begins with https://; plain http is for loopback in test mode only.";
    let rule = json!({
        "maxLength": 2000, "pattern": r"^https?://[^\s/?#\x00]+[^\s\x00]*$",
        "allOf": [{ "pattern": format!("^(?!http:)|^{local}"), CODE: "url_not_https", SAYS: https }],
    });
    shape("url_format", "Write an address, such as https://example.com/hook.", rule)
}

pub(super) fn events() -> Option<Shape> {
    let all: Vec<&str> = ::hooks::KINDS.iter().map(|kind| kind.name).collect();
    shape("unknown_event", format!("Choose of {}.", all.join(", ")), json!({ "enum": all }))
}
