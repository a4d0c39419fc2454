//! The texts of all languages agree with each other and with the templates that use them.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use frame::language::Languages;
use frame::templates::{Sources, Templates};
use std::collections::{BTreeMap, BTreeSet};

/// Files of the storefront: complete in every language. The rest, for people who work, is complete in English and Chinese.
const STOREFRONT: [&str; 8] = [
    "common.ftl",
    "parts.ftl",
    "shop.ftl",
    "security.ftl",
    "customs.ftl",
    "mail.ftl",
    "countries.ftl",
    "currencies.ftl",
];

/// Languages in which everything is there, so that the desks are offered in them.
const DESKS: [&str; 2] = ["en", "zh-CN"];

/// A file of texts, whichever crate brings it.
fn text(tag: &str, file: &str) -> String {
    web::brought().iter().find_map(|one| one.texts.text(&format!("{tag}/{file}"))).unwrap()
}

/// Every template's name and text.
fn templates() -> Vec<(String, String)> {
    let all = |one: &frame::brought::Brought| {
        let named = |name: std::borrow::Cow<'static, str>| (name.to_string(), one.templates.text(&name).unwrap());
        one.templates.names().into_iter().map(named).collect::<Vec<_>>()
    };
    web::brought().iter().flat_map(all).collect()
}

#[test]
fn every_language_says_the_same_things() {
    let languages = web::languages().unwrap();
    assert!(languages.whole().map(|locale| locale.tag).eq(DESKS));
    let english = languages.english().keys();
    for locale in languages.all() {
        for (file, keys) in english {
            if !DESKS.contains(&locale.tag) && !STOREFRONT.contains(&file.as_str()) {
                continue;
            }
            let own = locale.keys().get(file);
            let own = own.unwrap_or_else(|| panic!("languages/{}/{file} is missing", locale.tag));
            let missing: Vec<_> = keys.difference(own).collect();
            let extra: Vec<_> = own.difference(keys).collect();
            assert!(missing.is_empty() && extra.is_empty(), "{}/{file}: lacks {missing:?}, has {extra:?}", locale.tag);
        }
    }
}

/// The texts of a file by key, as they are written.
fn texts(tag: &str, file: &str) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut last = String::new();
    for line in text(tag, file).lines().filter(|line| !line.starts_with('#')) {
        match line.split_once('=').filter(|_| !line.starts_with(' ')) {
            Some((key, text)) => {
                last = key.trim().to_owned();
                found.insert(last.clone(), text.trim().to_owned());
            }
            None => found.entry(last.clone()).or_default().push_str(line),
        }
    }
    found
}

/// The words of a text that begin with `$`.
fn arguments(text: &str) -> BTreeSet<String> {
    let name = |rest: &str| rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
    text.split('$').skip(1).map(name).collect()
}

#[test]
fn every_language_fills_in_the_same_arguments() {
    for locale in web::languages().unwrap().all() {
        for file in locale.keys().keys() {
            let english = texts("en", file);
            for (key, own) in texts(locale.tag, file) {
                assert_eq!(arguments(&own), arguments(&english[&key]), "{}/{file}: {key}", locale.tag);
            }
        }
    }
}

/// What may be the same as in English: names, and words that a language shares with it.
const SHARED: &str = include_str!("texts/shared.txt");

#[test]
fn nothing_is_left_in_english() {
    let letters = |text: &str| {
        let outside = text.split('{').map(|part| part.rsplit('}').next().unwrap_or_default());
        outside.collect::<String>().chars().any(char::is_alphabetic)
    };
    let shared = |tag: &str, text: &str| SHARED.lines().any(|line| line.split_once(' ') == Some((tag, text)));
    let mut left = Vec::new();
    for locale in web::languages().unwrap().all().iter().filter(|locale| locale.tag != "en") {
        let named = ["countries.ftl", "currencies.ftl"];
        for file in STOREFRONT.iter().filter(|file| !named.contains(file)) {
            let english = texts("en", file);
            let same = texts(locale.tag, file).into_iter().filter(|(key, own)| letters(own) && english[key] == *own);
            left.extend(
                same.filter(|(_, own)| !shared(locale.tag, own))
                    .map(|(key, own)| format!("{} {key} = {own}", locale.tag)),
            );
        }
    }
    assert!(left.is_empty(), "translate these, or write `TAG TEXT` into texts/shared.txt: {left:#?}");
}

/// What the customs engine counts, compares and taxes has a word in every language.
#[test]
fn every_reason_of_customs_has_its_words() {
    let units = customs::Unit::ALL.iter().map(|unit| format!("unit-{}", unit.name()));
    let classes = customs::TaxClass::ALL.iter().map(|class| format!("class-{}", class.name().replace('_', "-")));
    let keys: Vec<String> = units.chain(classes).collect();
    let rate: base::Rate = "0.15".parse().unwrap();
    let base = base::Money::new(65_000, "ZAR".parse().unwrap());
    let parts = customs::Parts { uplift: true, duty: true, ..customs::Parts::default() };
    for locale in web::languages().unwrap().all() {
        for key in &keys {
            assert!(locale.keys()["customs.ftl"].contains(key), "{}: {key}", locale.tag);
        }
        // South Africa taxes a tenth more than the goods: the sentence must not say “goods and duty”.
        let plain = customs::Reason::Percent { rate, base, parts: customs::Parts { uplift: false, ..parts } };
        let raised = customs::Reason::Percent { rate, base, parts };
        let said = |reason| frame::parts::cost::sentence(locale, reason);
        assert_ne!(said(&plain), said(&raised), "{}", locale.tag);
        // The Philippines count the brokerage in.
        let cif = customs::Parts { shipping: true, uplift: false, ..parts };
        let plain = customs::Reason::Percent { rate, base, parts: cif };
        let cleared = customs::Reason::Percent { rate, base, parts: customs::Parts { brokerage: true, ..cif } };
        assert_ne!(said(&plain), said(&cleared), "{}", locale.tag);
    }
}

/// What can be wrong with a product file, by row or as a whole, is said in the language of the desk.
#[test]
fn every_fault_of_a_product_file_has_its_words() {
    use frame::parts::wrong_rows;
    let languages = web::languages().unwrap();
    let whole = ["file_empty", "column_missing", "file_encoding", "file_format", "unknown_warehouse", "no_agreement"];
    for tag in ["en", "zh-CN"] {
        let locale = languages.find(tag).unwrap();
        let own = &locale.keys()["imports.ftl"];
        for reason in catalog::import::Reason::examples() {
            let key = format!("d-row-{}", reason.code().replace('_', "-"));
            assert!(own.contains(&key), "{tag}: {key}");
            let said = wrong_rows::said(locale, &reason);
            assert!(said.len() > 10 && !said.contains(['$', '⟦']), "{tag}: {key} says {said}");
            assert_eq!(
                tag == "en",
                said.is_ascii() || !said.chars().any(|letter| letter > '\u{2e80}'),
                "{key}: {said}"
            );
        }
        for code in whole.iter().chain(&["denied", "internal"]) {
            assert_ne!(wrong_rows::of_file(locale, code, "said so"), "said so", "{tag}: {code}");
        }
    }
}

/// What stands between quotes after each `call` that is no part of another word.
fn quoted_after<'a>(text: &'a str, call: &'a str) -> impl Iterator<Item = &'a str> {
    let alone = |at: usize| !text[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '_');
    let calls = text.match_indices(call).filter(move |(at, _)| alone(*at));
    calls.map(move |(at, _)| text[at + call.len()..].split('"').next().unwrap_or_default())
}

/// Below which crates of pages one stands. A surface can be taken out without another noticing.
fn below(home: &str) -> &'static [&'static str] {
    match home {
        "frame" => &[],
        "seller" | "console" => &["frame", "desk"],
        _ => &["frame"],
    }
}

#[test]
fn a_template_takes_texts_and_templates_from_its_own_crate_and_those_below_it() {
    let all = web::brought();
    for one in &all {
        let seen: Vec<_> =
            all.iter().filter(|other| other.home == one.home || below(one.home).contains(&other.home)).collect();
        let texts = Languages::load(&seen.iter().map(|one| **one).collect::<Vec<_>>(), None).unwrap();
        for name in one.templates.names() {
            let text = one.templates.text(&name).unwrap();
            for key in quoted_after(&text, "t(\"").chain(quoted_after(&text, "th(\"")) {
                let computed = key.ends_with('-') || key.is_empty();
                assert!(
                    computed || texts.english().maybe(key, &[]).is_some(),
                    "{}: {name}: no text {key} here",
                    one.home
                );
            }
            for other in ["extends \"", "include \"", "from \""].iter().flat_map(|word| quoted_after(&text, word)) {
                let known = seen.iter().any(|one| one.templates.text(other).is_some());
                assert!(known, "{}: {name} takes from {other}, which is another surface's", one.home);
            }
            if name.starts_with("shop/") {
                assert!(!text.contains("style=\"--gap"), "{name}: take a class for gaps");
            }
        }
    }
}

#[test]
fn every_customs_rule_has_a_name_in_every_language() {
    let languages = web::languages().unwrap();
    let tariff_line =
        |part: &str| part.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, ' ' | '!' | '*'));
    for locale in languages.all().iter().filter(|locale| locale.tag != "en") {
        for row in customs::Tables::builtin().sources() {
            let shown = locale.rules.translate(&row.what);
            // A sentence is translated as a whole; a name by its parts, each of which must be.
            let is_sentence = row.what.ends_with('.') && shown != row.what;
            let mut parts = row.what.split(": ").filter(|part| !is_sentence && !tariff_line(part));
            let kept = parts.find(|part| shown.split(": ").any(|own| own == *part));
            assert_eq!(kept, None, "languages/{}/rules.csv lacks a name for {}", locale.tag, row.what);
        }
    }
}

#[test]
fn every_icon_that_a_template_names_is_drawn() {
    let drawn = include_str!("../../frame/static/icons.svg");
    let mut missing = BTreeSet::new();
    for (name, text) in templates() {
        for icon in quoted_after(&text, "icon(\"") {
            if !drawn.contains(&format!("id=\"i-{icon}\"")) {
                missing.insert(format!("{name}: {icon}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_template_compiles() {
    let languages = web::languages().unwrap();
    let assets = std::sync::Arc::new(frame::assets::Assets::load(None));
    let sources = Sources { brought: web::brought(), ..Sources::default() };
    let made = Templates::load(&sources, &languages, &assets);
    for (name, _) in templates() {
        made.compile("en", &name).unwrap();
    }
}

/// Whoever reads the trail, or chooses what an endpoint is told, reads words and no names of events.
#[test]
fn every_event_has_words() {
    for tag in ["en", "zh-CN"] {
        let desk = text(tag, "desk.ftl");
        let says = |prefix: &str, name: &str| {
            let key = format!("{prefix}-{} = ", name.replace(['.', '_'], "-"));
            assert!(desk.lines().any(|line| line.starts_with(&key)), "languages/{tag}/desk.ftl lacks {key}");
        };
        hooks::events().for_each(|one| says("d-trail", one.kind));
        hooks::KINDS.iter().for_each(|kind| says("d-event", kind.name));
        let known: BTreeSet<String> =
            hooks::events().map(|one| format!("d-trail-{}", one.kind.replace(['.', '_'], "-"))).collect();
        let keys = desk.lines().filter_map(|line| line.split_once(" = ").map(|(key, _)| key));
        let over: Vec<&str> = keys.filter(|key| key.starts_with("d-trail-") && !known.contains(*key)).collect();
        assert!(over.is_empty(), "no event has these words any more: {over:?}");
    }
}
