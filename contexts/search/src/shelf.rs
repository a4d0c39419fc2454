//! The shelf: a large piece that stays, a small one with what changed since, and what of the large one that hides.

use crate::load::{Loader, products_of};
use crate::segment::Segment;
use base::{Id, Result};
use catalog::{Category, Product, Variant};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use store::Read;

/// When the small piece grows beyond this, both become a new large one.
const FRESH_MAX: usize = 2000;

/// Everything on sale, in memory; cheap to clone, clones are the same shelf. Searching never waits for a change: it goes on
/// with the view it began with.
#[derive(Clone)]
pub struct Shelf {
    view: Arc<RwLock<Arc<View>>>,
    /// One change at a time.
    change: Arc<Mutex<()>>,
}

/// The shelf at one moment.
pub(crate) struct View {
    pub stock: Arc<Segment>,
    pub fresh: Arc<Segment>,
    /// A bit for each slot of `stock` that is no longer true.
    hidden: Vec<u64>,
    hidden_count: usize,
    pub categories: Vec<Category>,
}

impl View {
    /// Whether a slot of the large piece still holds.
    pub fn holds(&self, slot: usize) -> bool {
        self.hidden.get(slot / 64).is_none_or(|bits| bits >> (slot % 64) & 1 == 0)
    }

    /// Both pieces, and whether a slot of it holds.
    pub fn pieces(&self) -> [(&Segment, bool); 2] {
        [(&self.stock, self.hidden_count > 0), (&self.fresh, false)]
    }

    fn len(&self) -> usize {
        self.stock.slots.len() - self.hidden_count + self.fresh.slots.len()
    }
}

impl Shelf {
    /// Reads everything that is on sale.
    pub fn load(db: &mut Read) -> Result<Shelf> {
        let view = Arc::new(load(db)?);
        Ok(Shelf { view: Arc::new(RwLock::new(view)), change: Arc::default() })
    }

    /// Reads everything anew: after changes that touch more than single products, such as new terms.
    pub fn reload(&self, db: &mut Read) -> Result<()> {
        let _one_at_a_time = self.change.lock().unwrap_or_else(PoisonError::into_inner);
        let view = Arc::new(load(db)?);
        *self.view.write().unwrap_or_else(PoisonError::into_inner) = view;
        Ok(())
    }

    /// Reads these products again: after `catalog.product_changed` and `offer.changed`. Doing it twice does no harm.
    pub fn apply(&self, db: &mut Read, products: &[Id<Product>]) -> Result<()> {
        let _one_at_a_time = self.change.lock().unwrap_or_else(PoisonError::into_inner);
        let mut loader = Loader::new(db)?;
        let news = loader.some(db, products)?;
        let old = self.view();
        let view = changed(&old, news, products, loader.into_categories());
        *self.view.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(view);
        Ok(())
    }

    /// Reads the products of these variants again: after `stock.changed`, whose subject is a variant.
    pub fn apply_variants(&self, db: &mut Read, variants: &[Id<Variant>]) -> Result<()> {
        let products = products_of(db, variants)?;
        self.apply(db, &products)
    }

    /// How many products are on it.
    pub fn len(&self) -> usize {
        self.view().len()
    }

    /// Whether nothing is on sale.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Names in addresses of the products on it, `count` of them after the first `skip`: for a map of the site.
    pub fn slugs(&self, skip: usize, count: usize) -> Vec<String> {
        let view = self.view();
        let kept = (0..view.stock.slots.len()).filter(|slot| view.holds(*slot)).map(|slot| view.stock.slug(slot));
        let all = kept.chain((0..view.fresh.slots.len()).map(|slot| view.fresh.slug(slot)));
        all.skip(skip).take(count).map(String::from).collect()
    }

    pub(crate) fn view(&self) -> Arc<View> {
        self.view.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn load(db: &mut Read) -> Result<View> {
    let mut loader = Loader::new(db)?;
    let stock = Arc::new(loader.all(db)?);
    let hidden = vec![0; stock.slots.len().div_ceil(64)];
    Ok(View { stock, fresh: Arc::default(), hidden, hidden_count: 0, categories: loader.into_categories() })
}

/// The view after `news` about `products`: a product that is not in the news is no longer on sale.
fn changed(old: &View, news: Segment, products: &[Id<Product>], categories: Vec<Category>) -> View {
    let mut hidden = old.hidden.clone();
    let mut hidden_count = old.hidden_count;
    let mut only_stock = Vec::new();
    let mut replaced = Vec::new();
    for product in products {
        let fresh = news.find(*product);
        if let (Some(slot), Some(at)) = (old.fresh.find(*product), fresh)
            && old.fresh.take_stock(slot, &news, at)
        {
            only_stock.push(at);
            continue;
        }
        if let Some(slot) = old.stock.find(*product).filter(|slot| old.holds(*slot)) {
            if fresh.is_some_and(|at| old.stock.take_stock(slot, &news, at)) {
                only_stock.extend(fresh);
                continue;
            }
            hidden[slot / 64] |= 1 << (slot % 64);
            hidden_count += 1;
        }
        replaced.extend(old.fresh.find(*product));
    }
    let is_new = |slot: usize| !only_stock.contains(&slot);
    if replaced.is_empty() && (0..news.slots.len()).all(|slot| !is_new(slot)) {
        return View { stock: old.stock.clone(), fresh: old.fresh.clone(), hidden, hidden_count, categories };
    }
    let fresh = Segment::merged((&old.fresh, &|slot| !replaced.contains(&slot)), (&news, &is_new));
    if fresh.slots.len() <= FRESH_MAX {
        return View { stock: old.stock.clone(), fresh: Arc::new(fresh), hidden, hidden_count, categories };
    }
    let holds = |slot: usize| hidden[slot / 64] >> (slot % 64) & 1 == 0;
    let stock = Segment::merged((&old.stock, &holds), (&fresh, &|_| true));
    let hidden = vec![0; stock.slots.len().div_ceil(64)];
    View { stock: Arc::new(stock), fresh: Arc::default(), hidden, hidden_count: 0, categories }
}
