//! Typed ids: 63-bit and time-ordered inside, `ord_2x8k…` outside.

use crate::{Error, Result};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

/// What an id is of. Implemented by the types a context names its rows with.
pub trait Tag {
    /// Three or four letters before the underscore: `ord`.
    const PREFIX: &'static str;
}

/// The id of a `T`.
pub struct Id<T> {
    raw: i64,
    of: PhantomData<fn() -> T>,
}

/// Crockford's base 32: no i, l, o, u.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

impl<T> Id<T> {
    /// The id whose stored form is `raw`.
    pub fn from_raw(raw: i64) -> Id<T> {
        Id { raw, of: PhantomData }
    }

    /// The stored form.
    pub fn raw(self) -> i64 {
        self.raw
    }
}

impl<T: Tag> FromStr for Id<T> {
    type Err = Error;
    fn from_str(text: &str) -> Result<Id<T>> {
        let wrong = || Error::not_found("unknown_id", format!("“{text}” is no id; ids look like {}_2x8k….", T::PREFIX));
        let digits = text.strip_prefix(T::PREFIX).and_then(|rest| rest.strip_prefix('_')).ok_or_else(wrong)?;
        if digits.is_empty() || digits.len() > 13 {
            return Err(wrong());
        }
        let mut raw: i64 = 0;
        for byte in digits.bytes() {
            let digit = DIGITS.iter().position(|known| *known == byte).ok_or_else(wrong)?;
            raw = raw.checked_mul(32).and_then(|raw| raw.checked_add(digit as i64)).ok_or_else(wrong)?;
        }
        Ok(Id::from_raw(raw))
    }
}

impl<T: Tag> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = [b'0'; 13];
        let mut rest = self.raw as u64;
        let mut at = digits.len();
        while rest > 0 {
            at -= 1;
            digits[at] = DIGITS[(rest % 32) as usize];
            rest /= 32;
        }
        let shown = std::str::from_utf8(&digits[at.min(12)..]).unwrap_or("0");
        write!(f, "{}_{shown}", T::PREFIX)
    }
}

impl<T: Tag> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.raw == other.raw
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.raw.cmp(&other.raw)
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.raw.hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct Thing;
    impl Tag for Thing {
        const PREFIX: &'static str = "thg";
    }

    proptest! {
        #[test]
        fn text_and_back(raw in 0i64..=i64::MAX) {
            let id: Id<Thing> = Id::from_raw(raw);
            prop_assert_eq!(id.to_string().parse::<Id<Thing>>().unwrap(), id);
        }
    }

    #[test]
    fn refuses_what_is_no_id() {
        for wrong in ["", "thg", "thg_", "ord_1", "thg_u", "thg_zzzzzzzzzzzzz", "thg_00000000000001"] {
            assert!(wrong.parse::<Id<Thing>>().is_err(), "{wrong}");
        }
        assert_eq!(Id::<Thing>::from_raw(0).to_string(), "thg_0");
    }
}
