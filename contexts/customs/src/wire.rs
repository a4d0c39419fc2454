//! How base types stand in a frozen landed cost: text for codes, rates and dates; `{minor, currency}` for money.

/// Any type that writes and reads itself as text (`Currency`, `Country`, `Rate`, `Date`).
pub mod text {
    use serde::{Deserialize, Deserializer, Serializer, de};
    use std::fmt::Display;
    use std::str::FromStr;

    /// As its `Display` text.
    pub fn serialize<T: Display, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(value)
    }

    /// From its text.
    pub fn deserialize<'de, T: FromStr<Err: Display>, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(from)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// The same, where the value may be absent.
pub mod text_option {
    use serde::{Deserialize, Deserializer, Serializer, de};
    use std::fmt::Display;
    use std::str::FromStr;

    /// Text or null.
    pub fn serialize<T: Display, S: Serializer>(value: &Option<T>, to: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => to.collect_str(value),
            None => to.serialize_none(),
        }
    }

    /// From text or null.
    pub fn deserialize<'de, T: FromStr<Err: Display>, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        text.map(|text| text.parse().map_err(de::Error::custom)).transpose()
    }
}

/// `{"minor": 1599, "currency": "EUR"}`.
pub mod money {
    use base::{Currency, Money};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Wire {
        minor: i64,
        #[serde(with = "super::text")]
        currency: Currency,
    }

    /// As an object.
    pub fn serialize<S: Serializer>(value: &Money, to: S) -> Result<S::Ok, S::Error> {
        Wire { minor: value.minor, currency: value.currency }.serialize(to)
    }

    /// From an object.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Money, D::Error> {
        let wire = Wire::deserialize(from)?;
        Ok(Money::new(wire.minor, wire.currency))
    }
}
