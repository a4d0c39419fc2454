//! Languages people read the shop in: a BCP 47 tag, and the direction it is written in.

use crate::{Error, Result};
use std::fmt;
use std::str::FromStr;

/// A language tag such as `en`, `zh-CN`, `zh-Hant-HK`, `ar`; lower-case language, capitalised script, upper-case region.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(String);

/// Where Chinese is written in traditional characters (source: CLDR, likely subtags).
const TRADITIONAL: [&str; 3] = ["TW", "HK", "MO"];

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

    /// The script, where it is said or a Chinese region tells it: `Hant` of `zh-TW`; else empty.
    pub fn script(&self) -> &str {
        let parts = || self.0.split('-').skip(1);
        match parts().find(|part| part.len() == 4) {
            Some(script) => script,
            None if self.primary() == "zh" && parts().any(|part| TRADITIONAL.contains(&part)) => "Hant",
            None if self.primary() == "zh" => "Hans",
            None => "",
        }
    }

    /// Written from right to left.
    pub fn is_right_to_left(&self) -> bool {
        matches!(self.primary(), "ar" | "he" | "fa" | "ur")
    }
}

impl FromStr for Language {
    type Err = Error;
    fn from_str(text: &str) -> Result<Language> {
        let is =
            |part: &&str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_alphabetic());
        let mut parts = text.trim().split(['-', '_']).peekable();
        let primary = parts.next().filter(|part| is(part, 2) || is(part, 3)).ok_or_else(|| {
            let message = format!("“{text}” is no language tag; write it like en or zh-CN.");
            Error::field("language", "unknown_language", message)
        })?;
        let mut tag = primary.to_ascii_lowercase();
        if let Some(script) = parts.next_if(|part| is(part, 4)) {
            tag = format!("{tag}-{}{}", script[..1].to_ascii_uppercase(), script[1..].to_ascii_lowercase());
        }
        if let Some(region) = parts.next().filter(|part| is(part, 2)) {
            tag = format!("{tag}-{}", region.to_ascii_uppercase());
        }
        Ok(Language(tag))
    }
}

/// Which of `tags` a reader of `wanted` is shown: itself, else one of the same primary language and script (`zh-TW` for `zh-HK`), else
/// of the same primary language (`de` for `de-AT`, `zh-CN` for `zh-TW`).
pub fn nearest<'a>(tags: impl Iterator<Item = &'a str> + Clone, wanted: &str) -> Option<&'a str> {
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let script = |tag: &str| tag.parse::<Language>().map(|language| language.script().to_owned()).ok();
    let exact = tags.clone().find(|tag| tag.eq_ignore_ascii_case(wanted));
    let own = primary(wanted);
    let near = || tags.clone().filter(|tag| primary(tag) == own);
    exact.or_else(|| near().find(|tag| script(tag) == script(wanted))).or_else(|| near().next())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_has_one_writing() {
        let read = |text: &str| text.parse::<Language>().map(|language| language.tag().to_owned()).ok();
        for (text, tag) in [
            ("en", "en"),
            ("EN_us", "en-US"),
            ("zh-hant-hk", "zh-Hant-HK"),
            ("zh-Hant", "zh-Hant"),
            ("es-419", "es"),
            ("sr-Latn-RS-x-private", "sr-Latn-RS"),
            ("fil", "fil"),
        ] {
            assert_eq!(read(text).as_deref(), Some(tag), "{text}");
        }
        for text in ["", "e", "engl", "1n", "日本", "-"] {
            assert_eq!(read(text), None, "{text}");
        }
        let shown = |wanted| nearest(["en", "zh-CN", "zh-TW", "pt-BR"].into_iter(), wanted);
        assert_eq!(
            ["zh", "zh-SG", "zh-HK", "zh-Hant-MO", "pt", "pt-PT", "EN-gb", "ja"].map(shown),
            [
                Some("zh-CN"),
                Some("zh-CN"),
                Some("zh-TW"),
                Some("zh-TW"),
                Some("pt-BR"),
                Some("pt-BR"),
                Some("en"),
                None
            ]
        );
        let script = |tag: &str| tag.parse::<Language>().unwrap().script().to_owned();
        assert_eq!(
            ["zh", "zh-CN", "zh-TW", "zh-Hant", "zh-Hans-HK", "de"].map(script),
            ["Hans", "Hans", "Hant", "Hant", "Hans", ""]
        );
    }
}
