//! How small values are written into facts that last: as the text that names them. An id also by its number, where a fact says so.

use crate::{Country, Currency, Id, Moment, Tag};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! as_text {
    ($($type:ty),+) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
            }
        }
    )+};
}

as_text!(Country, Currency, Moment);

impl<T: Tag> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, T: Tag> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// An id as its number: `#[serde(with = "base::written::raw")]`.
pub mod raw {
    use crate::Id;
    use serde::{Deserialize, Deserializer, Serializer};

    /// Writes the number. Errors: the serializer's.
    pub fn serialize<T, S: Serializer>(id: &Id<T>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(id.raw())
    }

    /// Reads it. Errors: what is no number.
    pub fn deserialize<'de, T, D: Deserializer<'de>>(deserializer: D) -> Result<Id<T>, D::Error> {
        i64::deserialize(deserializer).map(Id::from_raw)
    }
}
