//! Which of a product's texts a reader is shown.

use crate::product::Product;
use base::language::nearest;
use base::{Id, Result};
use std::collections::BTreeMap;
use store::{Read, params};

/// In which language a reader of `wanted` is shown what has texts in its `own` language and in `others`: the nearest to theirs, else
/// English, else its own.
pub fn shown<'a>(own: &'a str, others: impl Iterator<Item = &'a str> + Clone, wanted: &str) -> &'a str {
    let tags = std::iter::once(own).chain(others);
    nearest(tags.clone(), wanted).or_else(|| nearest(tags, "en")).unwrap_or(own)
}

/// What a product is called for a reader of `wanted`; none where that is its own title.
pub fn title(db: &mut Read, product: Id<Product>, wanted: &str) -> Result<Option<String>> {
    let (mut own, mut titles) = (String::new(), BTreeMap::new());
    for row in db.query(TITLES, params![product])? {
        own = row.get(0)?;
        titles.insert(row.get::<String>(1)?, row.get::<String>(2)?);
    }
    let tag = shown(&own, titles.keys().map(String::as_str), wanted).to_owned();
    Ok(titles.remove(&tag))
}

const TITLES: &str = "SELECT p.language, t.language, t.title FROM catalog_product p
    JOIN catalog_text t ON t.product = p.id WHERE p.id = $1 AND t.title <> ''";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_is_shown_the_nearest_text() {
        let of = |own, wanted| shown(own, ["ar", "en", "zh-CN"].into_iter(), wanted);
        assert_eq!(of("ja", "ar-EG"), "ar");
        assert_eq!(of("ja", "zh-TW"), "zh-CN", "no English for who reads Chinese");
        assert_eq!(of("zh-CN", "de"), "en");
        assert_eq!(shown("en-GB", ["zh-CN"].into_iter(), "fr"), "en-GB");
        assert_eq!(shown("zh-CN", ["ja"].into_iter(), "de"), "zh-CN");
    }
}
