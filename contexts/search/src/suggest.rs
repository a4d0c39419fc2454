//! What someone who has begun to type may mean.

use crate::pick::{TITLE_SCORE, Wanted};
use crate::shelf::Shelf;
use base::Id;
use catalog::{Category, Product};

/// One thing that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Suggestion {
    /// A shelf of the shop.
    Category {
        /// Which.
        category: Id<Category>,
        /// Its name in addresses.
        slug: String,
        /// Its name in the asked language.
        name: String,
    },
    /// A product.
    Product {
        /// Which.
        product: Id<Product>,
        /// Its name in addresses.
        slug: String,
        /// Its title in the asked language.
        title: String,
        /// Its picture; may be empty.
        image: String,
    },
}

/// Up to `limit` suggestions: categories whose name has a word that begins so, then the products that fit best.
pub fn suggest(shelf: &Shelf, text: &str, language: &str, limit: usize) -> Vec<Suggestion> {
    let Some(wanted) = Wanted::of(text) else { return Vec::new() };
    let view = shelf.view();
    let start = catalog::words::words(text).pop().unwrap_or_default();
    let mut suggestions = Vec::new();
    let mut categories: Vec<&Category> = view.categories.iter().collect();
    categories.sort_by_key(|category| (category.position, category.id));
    for category in categories {
        let name = category.name(language);
        if catalog::words::words(name).iter().any(|word| word.starts_with(&start)) {
            let (slug, name) = (category.slug.clone(), name.to_owned());
            suggestions.push(Suggestion::Category { category: category.id, slug, name });
        }
    }
    suggestions.truncate(limit.div_ceil(3));
    let mut best: Vec<(u32, i64, usize, usize)> = Vec::new();
    let found = wanted.find([&view.stock, &view.fresh]);
    for (piece, (segment, _)) in view.pieces().into_iter().enumerate() {
        let living = found[piece].iter().filter(|(slot, _)| piece > 0 || view.holds(*slot as usize));
        let fitting = living.filter(|(_, score)| *score >= TITLE_SCORE);
        best.extend(fitting.map(|(slot, score)| {
            let slot = *slot as usize;
            (*score, segment.slots[slot].product, piece, slot)
        }));
    }
    let room = limit - suggestions.len().min(limit);
    if best.len() > room && room > 0 {
        best.select_nth_unstable_by(room - 1, |one, other| other.cmp(one));
    }
    best.truncate(room);
    best.sort_unstable_by(|one, other| other.cmp(one));
    for (_, product, piece, slot) in best {
        let (segment, _) = view.pieces()[piece];
        suggestions.push(Suggestion::Product {
            product: Id::from_raw(product),
            slug: segment.slug(slot).to_owned(),
            title: segment.title(slot, language).1.to_owned(),
            image: segment.image(slot).to_owned(),
        });
    }
    suggestions
}
