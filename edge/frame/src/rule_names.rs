//! Names of customs rules in the reader's language: `languages/<tag>/rules.csv`, by the English of the tables.

use base::{Error, Result};
use std::collections::HashMap;

/// Translations by English text; empty for English itself.
#[derive(Debug, Default)]
pub struct RuleNames(HashMap<String, String>);

impl RuleNames {
    /// Reads `name,translation` rows. Errors: internal, for a row that has not both.
    pub fn read(csv: &str) -> Result<RuleNames> {
        let mut rows = csv::Reader::from_reader(csv.as_bytes());
        let pairs = rows.deserialize::<(String, String)>().collect::<std::result::Result<_, _>>();
        pairs.map(RuleNames).map_err(Error::internal)
    }

    /// A rule's name as the tables write it, or a restriction's sentence. A name is made of parts, which are translated one
    /// by one: `610910: cotton T-shirts`, `Section 301 (China): list 1`, `DE VAT, standard`. A part without translation stays.
    pub fn translate(&self, name: &str) -> String {
        if self.0.is_empty() {
            return name.to_owned();
        }
        self.whole(name).or_else(|| self.tax(name)).unwrap_or_else(|| match name.split_once(": ") {
            Some((head, tail)) => {
                let part = |text: &str| self.whole(text).unwrap_or_else(|| text.to_owned());
                format!("{}: {}", part(head), part(tail))
            }
            None => name.to_owned(),
        })
    }

    fn whole(&self, text: &str) -> Option<String> {
        self.0.get(text).cloned()
    }

    /// `DE VAT, standard`: a country's code, its tax, the class of goods.
    fn tax(&self, name: &str) -> Option<String> {
        let (head, class) = name.rsplit_once(", ")?;
        let (country, tax) = head.split_once(' ').filter(|(country, _)| country.len() == 2)?;
        Some(format!("{country} {}, {}", self.whole(tax)?, self.whole(class)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_translated_one_by_one() {
        let names = RuleNames::read("name,translation\nVAT,增值税\nstandard,标准税率\nlist 1,清单 1\n\"a, b: c\",甲\n")
            .unwrap();
        assert_eq!(names.translate("DE VAT, standard"), "DE 增值税, 标准税率");
        assert_eq!(names.translate("Section 301: list 1"), "Section 301: 清单 1");
        assert_eq!(names.translate("a, b: c"), "甲");
        assert_eq!(names.translate("unknown, thing"), "unknown, thing");
        assert_eq!(RuleNames::default().translate("DE VAT, standard"), "DE VAT, standard");
        assert!(RuleNames::read("name,translation\nalone\n").is_err());
    }
}
