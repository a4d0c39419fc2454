//! The texts of every language: Fluent files under each crate's `languages/<tag>/`, loaded once, shared by all threads.

use crate::brought::Brought;
use crate::rule_names::RuleNames;
use crate::style::{self, Style};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;
use unic_langid::LanguageIdentifier;

/// What a text is filled with.
#[derive(Clone, Debug)]
pub enum Arg<'a> {
    /// A count: chooses the plural form and is written with the language's grouping.
    Count(i64),
    /// Words.
    Text(Cow<'a, str>),
}

impl From<i64> for Arg<'_> {
    fn from(count: i64) -> Self {
        Arg::Count(count)
    }
}
impl From<i32> for Arg<'_> {
    fn from(count: i32) -> Self {
        Arg::Count(i64::from(count))
    }
}
impl From<usize> for Arg<'_> {
    fn from(count: usize) -> Self {
        Arg::Count(count as i64)
    }
}
impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Arg::Text(text.into())
    }
}
impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Arg::Text(text.as_str().into())
    }
}
impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Arg::Text(text.into())
    }
}

/// One language: its texts and how it writes numbers, money and dates. What it lacks is taken from English.
pub struct Locale {
    /// BCP 47 tag, the folder's name: `zh-CN`.
    pub tag: &'static str,
    /// `ltr` or `rtl`, for `<html dir>`.
    pub direction: &'static str,
    /// How it writes figures.
    pub(crate) style: &'static Style,
    /// Names of the customs tables' rules.
    pub rules: RuleNames,
    /// Whether it has every text there is, so that the desks can be read in it.
    pub is_whole: bool,
    keys: BTreeMap<String, BTreeSet<String>>,
    /// Texts without arguments, ready to use.
    plain: HashMap<String, Arc<str>>,
    bundle: FluentBundle<FluentResource>,
    fallback: Option<Arc<Locale>>,
}

impl Locale {
    /// The text `key`, without arguments.
    pub fn t(&self, key: &str) -> Arc<str> {
        match self.plain.get(key) {
            Some(text) => text.clone(),
            None => self.fill(key, &[]).into(),
        }
    }

    /// The text `key` filled with `args`. An unknown key is logged and shown as `⟦key⟧`.
    pub fn fill(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.maybe(key, args).unwrap_or_else(|| {
            tracing::error!(key, language = self.tag, "a text is missing");
            format!("⟦{key}⟧")
        })
    }

    /// The text `key` if this language or English has it.
    pub fn maybe(&self, key: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
        if args.is_empty()
            && let Some(text) = self.plain.get(key)
        {
            return Some(text.to_string());
        }
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return self.fallback.as_ref()?.maybe(key, args);
        };
        let mut filled = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            let value = match arg {
                Arg::Count(count) => FluentValue::from(*count),
                Arg::Text(text) => FluentValue::from(text.as_ref()),
            };
            filled.set(*name, value);
        }
        let mut problems = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&filled), &mut problems).into_owned();
        if !problems.is_empty() {
            tracing::error!(key, language = self.tag, ?problems, "a text could not be filled");
        }
        Some(text)
    }

    /// Every key of this language's own files, by file.
    pub fn keys(&self) -> &BTreeMap<String, BTreeSet<String>> {
        &self.keys
    }
}

/// All languages.
pub struct Languages {
    all: Vec<Arc<Locale>>,
}

impl Languages {
    /// Every language of what is `brought`; with `edge` on disk, its `<crate>/languages/<tag>/*.ftl` are read from there instead, new
    /// languages included. A language is one as soon as it says its own name. Errors: a file that is no Fluent, or that two crates
    /// bring.
    pub fn load(brought: &[Brought], edge: Option<&Path>) -> base::Result<Languages> {
        let mut files: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for one in brought {
            for path in one.texts.names() {
                if let (Some((tag, name)), Some(text)) = (path.split_once('/'), one.texts.text(&path))
                    && files.entry(tag.into()).or_default().insert(name.into(), text).is_some()
                {
                    return Err(base::Error::internal(format!("two crates bring languages/{path}")));
                }
            }
            for (tag, name, text) in edge.map(|edge| on_disk(&one.on_disk(edge, "languages"))).unwrap_or_default() {
                files.entry(tag).or_default().insert(name, text);
            }
        }
        let english = Arc::new(locale("en", files.remove("en").unwrap_or_default(), None)?);
        let mut all = vec![english.clone()];
        for (tag, texts) in files {
            let one = locale(&tag, texts, Some(english.clone()))?;
            if one.plain.contains_key("language-name") {
                all.push(Arc::new(one));
            }
        }
        Ok(Languages { all })
    }

    /// English first, then by tag.
    pub fn all(&self) -> &[Arc<Locale>] {
        &self.all
    }

    /// English, which is always there.
    pub fn english(&self) -> &Arc<Locale> {
        &self.all[0]
    }

    /// The language with this tag, else the one nearest to it: `de-AT` finds `de`, `pt` finds `pt-BR`, and `zh-HK` finds `zh-CN` where
    /// there is none in its own script.
    pub fn find(&self, tag: &str) -> Option<&Arc<Locale>> {
        let shown = base::language::nearest(self.all.iter().map(|locale| locale.tag), tag)?;
        self.all.iter().find(|locale| locale.tag == shown)
    }

    /// Those in which the desks can be read.
    pub fn whole(&self) -> impl Iterator<Item = &Arc<Locale>> {
        self.all.iter().filter(|locale| locale.is_whole)
    }
}

/// Translated names of customs rules.
const RULES: &str = "rules.csv";

fn on_disk(folder: &Path) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    let entries = |path: &Path| std::fs::read_dir(path).into_iter().flatten().flatten();
    for language in entries(folder) {
        for file in entries(&language.path()) {
            let name = file.file_name().to_string_lossy().into_owned();
            let known = name.ends_with(".ftl") || name == RULES;
            if let (true, Ok(text)) = (known, std::fs::read_to_string(file.path())) {
                found.push((language.file_name().to_string_lossy().into_owned(), name, text));
            }
        }
    }
    found
}

fn locale(tag: &str, mut files: BTreeMap<String, String>, fallback: Option<Arc<Locale>>) -> base::Result<Locale> {
    let problem = |text: String| base::Error::internal(format!("languages/{tag}: {text}"));
    let language: LanguageIdentifier = tag.parse().map_err(|_| problem("no language tag".into()))?;
    let right_to_left = tag.parse::<base::Language>()?.is_right_to_left();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(right_to_left);
    bundle.set_formatter(Some(style::count));
    let rules = files.remove(RULES).map_or_else(|| Ok(RuleNames::default()), |csv| RuleNames::read(&csv))?;
    let mut keys = BTreeMap::new();
    for (name, text) in files {
        keys.insert(name.clone(), text.lines().filter_map(key_of).map(String::from).collect::<BTreeSet<_>>());
        let resource =
            FluentResource::try_new(text).map_err(|(_, problems)| problem(format!("{name}: {problems:?}")))?;
        bundle.add_resource(resource).map_err(|problems| problem(format!("{name}: {problems:?}")))?;
    }
    let mut plain = HashMap::new();
    for key in keys.values().flatten() {
        let mut problems = Vec::new();
        if let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) {
            let text = bundle.format_pattern(pattern, None, &mut problems);
            if problems.is_empty() {
                plain.insert(key.clone(), Arc::from(text.as_ref()));
            }
        }
    }
    let has = |file: &String, all: &BTreeSet<String>| keys.get(file).is_some_and(|own| own.is_superset(all));
    let is_whole = fallback.as_ref().is_none_or(|english| english.keys.iter().all(|(file, all)| has(file, all)));
    // A handful of languages for the life of the process: their tags may live as long.
    let tag: &'static str = Box::leak(tag.to_owned().into_boxed_str());
    let direction = if right_to_left { "rtl" } else { "ltr" };
    Ok(Locale { tag, direction, style: Style::of(tag), rules, is_whole, keys, plain, bundle, fallback })
}

/// A language without texts.
#[cfg(test)]
pub(crate) fn bare(tag: &str) -> Locale {
    #[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
    locale(tag, BTreeMap::new(), None).unwrap()
}

/// The key a line of a Fluent file begins, if it does.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    let is_key = key.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    is_key.then_some(key)
}
