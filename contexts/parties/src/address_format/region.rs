//! Regions by what people call them: code, name, local name, everyday name, in any script, width, case and with or without
//! the word for what they are (`Tokyo-to`, `廣東省`, `Province of Milan`).

use super::Region;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization as _;

/// A region's number by one writing of its names; none where two regions share it.
type Names = HashMap<String, Option<usize>>;

/// The names of a country's regions, from the strictest writing to the loosest.
#[derive(Clone, Debug, Default)]
pub(super) struct Index([Names; 5]);

/// How a name is written for each of the five: as a code, plainly, without the word for what it is, in Latin letters, and both.
fn writings(name: &str) -> [String; 4] {
    let plain = fold(name);
    let latin =
        any_ascii::any_ascii(&plain).to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    [plain.clone(), bare(&plain), latin.clone(), bare(&latin)]
}

impl Index {
    /// Of the regions, each with its further names.
    pub(super) fn of<'a>(regions: impl Iterator<Item = (&'a Region, &'a [String])>) -> Index {
        let mut index = Index::default();
        for (at, (region, further)) in regions.enumerate() {
            add(&mut index.0[0], fold(&region.code), at);
            let names = [&region.name, &region.local_name].into_iter().chain(further).filter(|name| !name.is_empty());
            for [plain, bare, latin, latin_bare] in names.map(|name| writings(name)) {
                // Kyoto-fu without its last word is Kyoto, and not what is left of Kyoto without "to".
                for (level, writing) in
                    [(1, &plain), (2, &plain), (2, &bare), (3, &latin), (4, &latin), (4, &latin_bare)]
                {
                    add(&mut index.0[level], writing.clone(), at);
                }
            }
        }
        index
    }

    /// The region meant; none where nothing or more than one thing can be meant.
    pub(super) fn find(&self, text: &str) -> Option<usize> {
        let code = fold(text);
        let written = writings(text);
        let asked = [&code].into_iter().chain(&written);
        self.0.iter().zip(asked).find_map(|(names, text)| names.get(text).copied()).flatten()
    }
}

fn add(names: &mut Names, text: String, at: usize) {
    if !text.is_empty() {
        names.entry(text).and_modify(|known| *known = known.filter(|one| *one == at)).or_insert(Some(at));
    }
}

/// For comparing names: width, case, spaces, dots, hyphens and apostrophes do not matter.
pub(super) fn fold(text: &str) -> String {
    text.nfkc().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Words for what a region is, behind its name; longest first where one ends another.
const BEHIND: [&str; 42] = [
    "维吾尔自治区",
    "維吾爾自治區",
    "壮族自治区",
    "壯族自治區",
    "回族自治区",
    "回族自治區",
    "自治区",
    "自治區",
    "特別行政区",
    "특별자치시",
    "특별자치도",
    "특별시",
    "광역시",
    "省",
    "市",
    "都",
    "府",
    "県",
    "縣",
    "县",
    "道",
    "도",
    "시",
    "zhuangzuzizhiqu",
    "huizuzizhiqu",
    "weiwuerzizhiqu",
    "zizhiqu",
    "autonomousregion",
    "metropolis",
    "municipality",
    "prefecture",
    "province",
    "emirate",
    "county",
    "region",
    "state",
    "sheng",
    "shi",
    "ken",
    "fu",
    "to",
    "do",
];

/// The same before it.
const BEFORE: [&str; 20] = [
    "provinceof",
    "provinciade",
    "provinciadi",
    "provinciadel",
    "stateof",
    "estadode",
    "estadodo",
    "estadoda",
    "emirateof",
    "countyof",
    "county",
    "regionof",
    "regionde",
    "prefectureof",
    "changwat",
    "จังหวัด",
    "إمارة",
    "provincia",
    "estado",
    "co",
];

/// A folded name without the word for what it is.
fn bare(folded: &str) -> String {
    let before = BEFORE.iter().find_map(|word| folded.strip_prefix(word)).filter(|rest| rest.chars().count() > 2);
    let text = before.unwrap_or(folded);
    let behind = BEHIND.iter().find_map(|word| text.strip_suffix(word)).filter(|rest| rest.chars().count() > 1);
    behind.unwrap_or(text).to_owned()
}
