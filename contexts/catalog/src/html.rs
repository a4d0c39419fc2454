//! Text from outside made safe: descriptions keep a small set of tags, names of products become addresses.

use ammonia::Builder;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use unicode_normalization::UnicodeNormalization;

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(cleaner);

fn cleaner() -> Builder<'static> {
    let tags: HashSet<&str> = [
        "a",
        "b",
        "blockquote",
        "br",
        "caption",
        "em",
        "h2",
        "h3",
        "h4",
        "hr",
        "i",
        "img",
        "li",
        "ol",
        "p",
        "s",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
    ]
    .into();
    let mut cleaner = Builder::empty();
    cleaner
        .tags(tags)
        .clean_content_tags(["script", "style", "title", "noscript", "template", "iframe", "object"].into())
        .tag_attributes(
            [
                ("a", ["href"].into()),
                ("img", ["src", "alt", "width", "height"].into()),
                ("td", ["colspan", "rowspan"].into()),
                ("th", ["colspan", "rowspan", "scope"].into()),
            ]
            .into(),
        )
        .url_schemes(["https", "http", "mailto"].into())
        .link_rel(Some("noopener nofollow ugc"));
    cleaner
}

/// `html` with nothing left that could act: no script, style, form, frame, class, event or foreign scheme. Cleaning what is
/// clean changes nothing.
pub fn clean(html: &str) -> String {
    crate::plain::line_ends(CLEANER.clean(html).to_string().trim()).into_owned()
}

/// A description as a person types it: HTML if it has a tag, else paragraphs parted by empty lines.
pub fn typed(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    if text.contains("</") || text.contains("<br") || text.contains("<img") {
        return clean(&text);
    }
    let paragraphs = text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    let html = |paragraph: &str| {
        let lines: Vec<String> = paragraph.lines().map(ammonia::clean_text).collect();
        format!("<p>{}</p>", lines.join("<br>"))
    };
    clean(&paragraphs.map(html).collect::<String>())
}

/// `html`, cleaned, with another source for each of its pictures; a picture for which there is none loses it.
pub fn with_sources(html: &str, source: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> String {
    if !html.contains("<img") {
        return html.to_owned();
    }
    let mut cleaner = cleaner();
    cleaner.attribute_filter(move |element, attribute, value| match (element, attribute) {
        ("img", "src") => source(value).map(Cow::Owned),
        _ => Some(value.into()),
    });
    cleaner.clean(html).to_string()
}

/// [`with_sources`], those in `known` replaced and the others left.
pub(crate) fn with_known_sources(html: &str, known: &BTreeMap<String, String>) -> String {
    let known = known.clone();
    with_sources(html, move |source| Some(known.get(source).map_or(source, String::as_str).to_owned()))
}

/// Where the pictures of `html` lie, in their order.
pub fn sources(html: &str) -> Vec<String> {
    let found: Arc<Mutex<Vec<String>>> = Arc::default();
    let seen = found.clone();
    with_sources(html, move |source| {
        seen.lock().unwrap_or_else(PoisonError::into_inner).push(source.to_owned());
        None
    });
    std::mem::take(&mut *found.lock().unwrap_or_else(PoisonError::into_inner))
}

/// A name for addresses: small letters and digits with single hyphens, at most 80 bytes; empty when none is left.
///
/// Names in other scripts are written in Latin letters (茶具 is `cha-ju`, чай is `chay`) instead of being kept as they are: what
/// people copy into a message is then still short and readable, and not `%E8%8C%B6%E5%85%B7`. Only Japanese names keep their letters
/// (お茶セット): nobody can tell how their kanji are read, the Chinese reading is wrong, and kana are not spelled letter by letter. A name
/// with kana (in what fits) is Japanese; of one without, [`slug_in`] is told.
pub fn slug(name: &str) -> String {
    slug_in(name, "")
}

/// [`slug`] of a name that is in `language`, as far as that is known.
pub fn slug_in(name: &str, language: &str) -> String {
    let is_japanese = language.split('-').next() == Some("ja");
    let slug = written(name, is_japanese || name.chars().any(is_kana));
    if is_japanese || slug.chars().any(is_kana) { slug } else { written(name, false) }
}

/// A name in Latin letters, or one that `keeps` its Japanese ones.
fn written(name: &str, keeps: bool) -> String {
    let mut slug = String::new();
    for letter in name.nfc() {
        if slug.len() >= SLUG_BYTES {
            break;
        }
        if keeps && (is_han(letter) || is_kana(letter)) {
            slug.push(letter);
            continue;
        }
        let latin = any_ascii::any_ascii_char(letter);
        // Every character of Han is a word; a mark over a letter belongs to it.
        let word = is_han(letter);
        if word {
            separate(&mut slug);
        }
        for letter in latin.chars().filter(|letter| *letter != '\'') {
            match letter.is_ascii_alphanumeric() {
                true => slug.push(letter.to_ascii_lowercase()),
                false => separate(&mut slug),
            }
        }
        if word {
            separate(&mut slug);
        }
    }
    slug.truncate(slug.floor_char_boundary(SLUG_BYTES));
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Longest name in addresses.
const SLUG_BYTES: usize = 80;

fn separate(slug: &mut String) {
    if !slug.is_empty() && !slug.ends_with('-') {
        slug.push('-');
    }
}

/// Hiragana and katakana, and the mark that makes their vowels long.
fn is_kana(letter: char) -> bool {
    matches!(letter, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}')
}

fn is_han(letter: char) -> bool {
    matches!(letter, '々' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The words of a description without its tags, for searching and for short texts.
pub fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => {
                inside = true;
                text.push(' ');
            }
            '>' if inside => inside = false,
            _ if inside => {}
            letter => text.push(letter),
        }
    }
    let text = text.replace("&nbsp;", " ").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_that_acts_is_let_in() {
        for (dirty, cleaned) in [
            ("<p onclick=\"x()\">Hi<script>alert(1)</script></p>", "<p>Hi</p>"),
            ("<a href=\"javascript:alert(1)\">x</a>", "<a rel=\"noopener nofollow ugc\">x</a>"),
            ("<img src=x onerror=alert(1)>", "<img src=\"x\">"),
            ("<div style=\"color:red\"><p>kept</p></div>", "<p>kept</p>"),
            ("<meta charset=\"utf-8\"><p>a</p><iframe src=\"//evil\">b</iframe>", "<p>a</p>"),
            ("<svg><script>1</script></svg>5 < 6", "5 &lt; 6"),
        ] {
            assert_eq!(clean(dirty), cleaned, "{dirty}");
        }
    }

    #[test]
    fn slugs_are_plain() {
        assert_eq!(slug("Women's Lingerie & more"), "womens-lingerie-more");
        assert_eq!(slug("  --Été 2024-- "), "ete-2024");
        let mut differ = Vec::new();
        for (name, address) in [
            ("红茶杯", "hong-cha-bei"),
            ("茶具", "cha-ju"),
            ("Tee 茶具 Set", "tee-cha-ju-set"),
            ("чайный набор", "chaynyy-nabor"),
            ("Τσάι", "tsai"),
            ("شاي-أخضر", "shy-khdr"),
            ("お茶セット", "お茶セット"),
            ("Tea お茶 Set", "tea-お茶-set"),
            ("カップ", "カップ"),
            ("抹茶茶碗", "mo-cha-cha-wan"),
            ("녹차", "nogcha"),
            ("Straße Œuvre Łódź", "strasse-oeuvre-lodz"),
            ("l’été", "lete"),
            ("ชา", "cha"),
            ("תה ירוק", "th-yrvk"),
            ("---", ""),
            ("\u{200b}", ""),
        ] {
            if slug(name) != address {
                differ.push((name, slug(name)));
            }
        }
        assert!(differ.is_empty(), "{differ:?}");
        assert_eq!((slug_in("抹茶茶碗", "ja"), slug_in("佐々木", "ja-JP")), ("抹茶茶碗".into(), "佐々木".into()));
        assert_eq!((slug_in("茶具", "zh-CN"), slug_in("Cup", "ja")), ("cha-ju".into(), "cup".into()));
        let cut = format!("茶{}ぁ", " tea".repeat(40));
        assert_eq!(slug(&slug(&cut)), slug(&cut), "what was cut off is not looked at");
        let long = "お茶".repeat(40);
        assert!(slug(&long).len() <= 80 && long.starts_with(&slug(&long)));
        assert_eq!(plain("<p>A &amp; B</p><br>c"), "A & B c");
    }

    #[test]
    fn typed_text_becomes_paragraphs() {
        assert_eq!(
            typed("Soft & light.\r\nFor a < b.\r\n\r\nWash cold."),
            "<p>Soft &amp; light.<br>For a &lt; b.</p><p>Wash cold.</p>"
        );
        assert_eq!(typed("<p>Soft</p><script>x</script>"), "<p>Soft</p>");
        assert_eq!(typed(" "), "");
        assert_eq!(typed(&typed("a\n\nb")), "<p>a</p><p>b</p>");
    }

    #[test]
    fn pictures_get_another_source_and_nothing_else_changes() {
        let html = "<p>A <img src=\"https://x.example/a.jpg?v=1&amp;w=2\" alt=\"a\"> <img src=\"/b.png\"></p>";
        assert_eq!(sources(html), ["https://x.example/a.jpg?v=1&w=2", "/b.png"]);
        let changed = with_sources(html, |source| source.starts_with('/').then(|| format!("/c{source}")));
        assert_eq!(changed, "<p>A <img alt=\"a\"> <img src=\"/c/b.png\"></p>");
        assert_eq!(with_sources(html, |source| Some(source.to_owned())), html);
        assert_eq!(with_sources("<p>no picture</p>", |_| None), "<p>no picture</p>");
    }

    proptest! {
        #[test]
        fn clean_is_stable(html in "[<>a-z/\"'= &;!-]{0,80}") {
            let once = clean(&html);
            prop_assert_eq!(clean(&once), once.clone());
            prop_assert!(!once.to_lowercase().contains("<script"));
        }

        #[test]
        fn slugs_are_stable(name in ".{0,120}") {
            let once = slug(&name);
            prop_assert_eq!(slug(&once), once.clone());
            prop_assert!(once.len() <= 80);
        }
    }
}
