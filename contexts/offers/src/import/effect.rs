//! What an import does to what is there already, told before anything is written: what goes on sale or off it, gets another name
//! or a very different price, or is sold out.

use catalog::import::{Reason, RowError};
use serde::{Deserialize, Serialize};

/// How often what happens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Effects {
    /// Known products and offers that go on sale.
    pub published: u64,
    /// Known products and offers that go off sale.
    pub unpublished: u64,
    /// Known products with another title.
    pub renamed: u64,
    /// Offers with another price.
    pub repriced: u64,
    /// Of these, by more than half, or in another currency.
    pub repriced_much: u64,
    /// Variants whose stock at a place goes to nought.
    pub emptied: u64,
    /// New products that are on sale at once.
    pub new_active: u64,
    /// New products that nobody sees yet.
    pub new_drafts: u64,
    /// Variants whose pieces nobody counts where the file comes from.
    pub uncounted: u64,
    /// Variants without pieces that the shop of the file sells all the same.
    pub oversold: u64,
    /// Variants without a price here, in a file that has no column for it.
    pub unpriced: u64,
    /// Rows of gift cards and of what needs no shipping, which are left out.
    pub no_goods: u64,
    /// Cells that were left out while the rest of their row is taken.
    pub left_out: u64,
}

impl Effects {
    /// Adds what another part of the file does.
    pub fn add(&mut self, other: &Effects) {
        let Effects { published, unpublished, renamed, repriced, repriced_much, emptied, .. } = other;
        let Effects { new_active, new_drafts, uncounted, oversold, unpriced, no_goods, left_out, .. } = other;
        for (sum, more) in [
            (&mut self.published, published),
            (&mut self.unpublished, unpublished),
            (&mut self.renamed, renamed),
            (&mut self.repriced, repriced),
            (&mut self.repriced_much, repriced_much),
            (&mut self.emptied, emptied),
            (&mut self.new_active, new_active),
            (&mut self.new_drafts, new_drafts),
            (&mut self.uncounted, uncounted),
            (&mut self.oversold, oversold),
            (&mut self.unpriced, unpriced),
            (&mut self.no_goods, no_goods),
            (&mut self.left_out, left_out),
        ] {
            *sum += more;
        }
    }

    /// Whether somebody must say once more that it is meant: it changes what buyers see of known goods.
    pub fn are_grave(&self) -> bool {
        self.published + self.unpublished + self.repriced_much + self.emptied > 0
    }

    /// Takes note of the rows that are no goods.
    pub(super) fn note(&mut self, errors: &[RowError]) {
        let none = |error: &&RowError| matches!(error.reason, Reason::GiftCard | Reason::NoShipping);
        self.no_goods += errors.iter().filter(none).count() as u64;
    }
}

/// One thing that happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Line of the file.
    pub line: u64,
    /// To which product or variant: its handle or SKU.
    pub what: String,
    /// What happens.
    pub effect: Effect,
}

/// What happens to a product or a variant. Stored as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Effect {
    /// It goes on sale.
    Published,
    /// It goes off sale.
    Unpublished,
    /// It gets another title.
    Renamed {
        /// The present one.
        before: String,
        /// The one of the file.
        after: String,
    },
    /// Its price changes by more than half, or to another currency.
    Repriced {
        /// The present price: `15.00 EUR`.
        before: String,
        /// The one of the file.
        after: String,
    },
    /// Its stock at a place goes to nought.
    Emptied {
        /// Pieces that were there.
        before: i64,
    },
    /// A cell of its row is left out.
    LeftOut {
        /// The column's name as the file spells it.
        column: String,
        /// Why.
        reason: Reason,
    },
}

impl Effect {
    /// Stable name.
    pub fn name(&self) -> &'static str {
        match self {
            Effect::Published => "published",
            Effect::Unpublished => "unpublished",
            Effect::Renamed { .. } => "renamed",
            Effect::Repriced { .. } => "repriced",
            Effect::Emptied { .. } => "emptied",
            Effect::LeftOut { .. } => "left_out",
        }
    }
}
