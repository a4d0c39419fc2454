//! Forms and query strings: names with any number of values, as browsers send them.

use base::{Error, Result};
use std::str::FromStr;

/// The fields of a form or a query string, in the order they were sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    fields: Vec<(String, String)>,
}

impl Form {
    /// Reads `a=1&b=2&a=3`.
    pub fn parse(encoded: &[u8]) -> Form {
        Form { fields: form_urlencoded::parse(encoded).into_owned().collect() }
    }

    /// Fields that came another way.
    pub fn of(fields: Vec<(String, String)>) -> Form {
        Form { fields }
    }

    /// The first value of `name`, trimmed; empty if it is absent.
    pub fn text(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }

    /// The first value of `name` exactly as it was typed, for passwords.
    pub fn raw(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// The first value of `name` unless it is absent or blank.
    pub fn given(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// Every value of `name`, trimmed.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.trim())
    }

    /// Every field whose name starts with `prefix`: the rest of the name, and the value.
    pub fn with_prefix<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.fields.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.trim())))
    }

    /// All fields.
    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// `name` as a `T`. Errors: invalid, naming the field, when it is absent or no `T`.
    pub fn read<T: FromStr>(&self, name: &str) -> Result<T> {
        let text = self.given(name).ok_or_else(|| Error::field(name, "required", "This field is needed."))?;
        text.parse().map_err(|_| Error::field(name, "format", format!("“{text}” cannot be read.")))
    }

    /// `name` as a `T`, or nothing when it is blank or no `T`.
    pub fn maybe<T: FromStr>(&self, name: &str) -> Option<T> {
        self.given(name)?.parse().ok()
    }

    /// Whether a box was ticked.
    pub fn ticked(&self, name: &str) -> bool {
        self.given(name).is_some()
    }

    /// The same fields as a query string, without those in `but`, with `and` at the end.
    pub fn encode_but(&self, but: &[&str], and: &[(&str, &str)]) -> String {
        let kept = self.fields.iter().filter(|(name, value)| !but.contains(&name.as_str()) && !value.is_empty());
        let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
        form_urlencoded::Serializer::new(String::new()).extend_pairs(kept.chain(and.iter().copied())).finish()
    }

    /// The same fields without one pair, for a link that takes a filter off.
    pub fn encode_without(&self, name: &str, value: &str) -> String {
        let kept = self.fields.iter().filter(|(field, text)| !(field == name && text == value) && field != "after");
        form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish()
    }
}

/// A path or address of this site as addresses are written: what is not ASCII is percent-encoded.
pub fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'!'..=b'~' => out.push(byte as char),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_repeated_and_foreign_fields() {
        let form = Form::parse("from=CN&from=PL&q=%E8%8C%B6+tin&n=3&blank=+".as_bytes());
        assert_eq!(form.all("from").collect::<Vec<_>>(), ["CN", "PL"]);
        assert_eq!(form.text("q"), "茶 tin");
        assert_eq!(form.read::<i64>("n").unwrap(), 3);
        assert_eq!(form.given("blank"), None);
        assert_eq!(form.read::<i64>("q").unwrap_err().fields[0].code, "format");
        assert_eq!(form.encode_without("from", "CN"), "from=PL&q=%E8%8C%B6+tin&n=3&blank=+");
        assert_eq!(form.encode_but(&["from", "q", "blank"], &[("after", "x y")]), "n=3&after=x+y");
    }
}
