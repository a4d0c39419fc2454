//! Languages people read the shop in: a BCP 47 tag, and the direction it is written in.

use crate::{Error, Result};
use std::fmt;
use std::str::FromStr;

/// A language tag such as `en`, `zh-CN`, `ar`; lower-case language, upper-case region.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(String);

impl Language {
    /// English, which everything falls back to.
    pub fn english() -> Language {
        Language("en".into())
    }

    /// The tag.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The primary language: `zh` of `zh-CN`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or("en")
    }

    /// Written from right to left.
    pub fn is_right_to_left(&self) -> bool {
        matches!(self.primary(), "ar" | "he" | "fa" | "ur")
    }
}

impl FromStr for Language {
    type Err = Error;
    fn from_str(text: &str) -> Result<Language> {
        let mut parts = text.trim().split(['-', '_']);
        let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
        let well_formed = (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_lowercase());
        let region = parts.next().filter(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
        if !well_formed {
            return Err(Error::field(
                "language",
                "unknown_language",
                format!("“{text}” is no language tag; write it like en or zh-CN."),
            ));
        }
        Ok(Language(match region {
            Some(region) => format!("{primary}-{}", region.to_ascii_uppercase()),
            None => primary,
        }))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
