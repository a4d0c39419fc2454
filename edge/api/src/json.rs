//! JSON as it is sent: read strictly, so that what was meant is what is taken. A field that is said twice, a text that no database
//! keeps and a number that is none are told with the place where they stand.

use base::{Error, Result};
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// Reads a whole body. Errors: `body_format` (invalid), saying where.
pub fn read(bytes: &[u8]) -> Result<Value> {
    if bytes.is_empty() {
        return Err(Error::invalid("body_format", "The body is empty; send JSON."));
    }
    let mut source = serde_json::Deserializer::from_slice(bytes);
    let read = Strict.deserialize(&mut source).and_then(|value| source.end().map(|()| value));
    read.map_err(|problem| Error::invalid("body_format", said(&problem)))
}

/// What serde_json says, without its own names for things.
fn said(problem: &serde_json::Error) -> String {
    let place = format!("line {}, column {}", problem.line(), problem.column());
    let text = problem.to_string();
    let words = text.split(" at line ").next().unwrap_or_default();
    match words {
        "recursion limit exceeded" => format!("The body is nested too deeply ({place})."),
        _ if problem.is_eof() => "The body ends in the middle; was it cut off?".into(),
        _ if problem.is_data() => format!("{words} ({place})."),
        _ => format!("The body is no JSON: {words} ({place})."),
    }
}

struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, source: D) -> std::result::Result<Value, D::Error> {
        source.deserialize_any(Strict)
    }
}

/// Larger whole numbers than these a float does not tell apart.
const WHOLE: f64 = 9_007_199_254_740_992.0;

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> std::result::Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> std::result::Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> std::result::Result<Value, E> {
        Ok(value.into())
    }

    /// `3121.0` is the whole number 3121, also to JSON Schema.
    fn visit_f64<E>(self, value: f64) -> std::result::Result<Value, E> {
        if value.fract() == 0.0 && value.abs() <= WHOLE { Ok((value as i64).into()) } else { Ok(value.into()) }
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> std::result::Result<Value, E> {
        match text.contains('\0') {
            true => Err(E::custom("A text must not contain the character U+0000")),
            false => Ok(text.into()),
        }
    }

    fn visit_unit<E>(self) -> std::result::Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> std::result::Result<Value, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = items.next_element_seed(Strict)? {
            all.push(item);
        }
        Ok(all.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> std::result::Result<Value, A::Error> {
        let mut all = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            if name.contains('\0') {
                return Err(A::Error::custom("A name must not contain the character U+0000"));
            }
            if all.contains_key(&name) {
                return Err(A::Error::custom(format!("The field “{name}” stands there twice")));
            }
            let value = fields.next_value_seed(Strict)?;
            all.insert(name, value);
        }
        Ok(all.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn reads_what_json_is() {
        let text = r#"{"a": [1, -2, 3121.0, 1e3, 1.5, "x", null, true], "b": {}}"#;
        assert_eq!(read(text.as_bytes()).unwrap(), json!({"a": [1, -2, 3121, 1000, 1.5, "x", null, true], "b": {}}));
    }

    #[test]
    fn says_where_and_why_in_words_for_everybody() {
        let deep = "[".repeat(200);
        for (text, words) in [
            ("", "empty"),
            ("{\"a\": ", "cut off"),
            ("{\"a\": NaN}", "line 1, column 7"),
            ("{'a': 1}", "line 1, column 2"),
            ("{} {}", "line 1, column 4"),
            ("{\"a\": 1e999}", "number"),
            (&deep, "nested too deeply"),
            ("{\"a\": 1,\n \"a\": 2}", "“a” stands there twice (line 2"),
            ("{\"a\": \"\\u0000\"}", "U+0000"),
            ("{\"\\u0000\": 1}", "U+0000"),
            ("\"\\ud800\"", "no JSON"),
        ] {
            let error = read(text.as_bytes()).unwrap_err();
            assert_eq!(error.code, "body_format");
            assert!(error.message.contains(words), "{text}: {}", error.message);
        }
        assert!(read(b"\"\xff\"").unwrap_err().message.contains("no JSON"));
    }
}
