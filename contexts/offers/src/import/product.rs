//! One product of a file on its way in: whose it is, where it lies, what it costs, how many there are.

use super::effect::{Effect, Note};
use super::fault::{Fault, judged};
use super::sell::sell;
use super::{Done, ImportOptions};
use base::{Currency, Id, Result};
use catalog::import::{Column, Commerce, Reason, RowError, Sheet, SheetProduct, place};
use catalog::{Change, Put, PutProduct, Status};
use parties::Organisation;
use stock::Warehouse;
use store::{Store, Tx, params};
use terms::Agreement;

/// What every product of a file is put with.
pub(crate) struct Context {
    organisation: Id<Organisation>,
    agreement: Id<Agreement>,
    warehouse: Id<Warehouse>,
    pub(super) currency: Currency,
    new_status: Status,
    /// Of texts that are not in Latin letters, where the owner's country tells it.
    language: Option<&'static str>,
    /// Pieces for variants that nobody counts where the file comes from.
    pub(super) uncounted: Option<i64>,
    /// Makes the keys of this import's stock moves its own.
    pub(super) key: String,
    pub(super) price_column: String,
    pub(super) quantity_column: String,
    pub(super) warehouse_column: String,
    seller_column: String,
    title_column: String,
    handle_column: String,
    sku_column: String,
}

impl Context {
    /// Checks the options; `key` is this import's own. Errors: an owner without terms, an unknown warehouse or agreement.
    pub(crate) fn load<R: std::io::Read>(
        store: &Store,
        options: &ImportOptions,
        sheet: &Sheet<R>,
        key: String,
    ) -> Result<Context> {
        let ImportOptions { organisation, agreement, warehouse, currency, new_status, uncounted, .. } = *options;
        let (agreement, country) = store.read_blocking(move |db| {
            stock::warehouse(db, warehouse)?;
            let country = parties::organisation(db, organisation)?.country;
            Ok((terms::choose(db, organisation, agreement)?, country))
        })?;
        let spelling = |column: Column| sheet.spelling(column).to_owned();
        Ok(Context {
            organisation,
            agreement,
            warehouse,
            currency,
            new_status,
            language: (country.code() == "JP").then_some("ja"),
            uncounted,
            key,
            price_column: spelling(Column::Price),
            quantity_column: [Column::QuantityNew, Column::Quantity, Column::Available]
                .map(spelling)
                .into_iter()
                .find(|name| !name.is_empty())
                .unwrap_or_default(),
            warehouse_column: spelling(Column::Warehouse),
            seller_column: spelling(Column::Seller),
            title_column: spelling(Column::Title),
            handle_column: spelling(Column::Handle),
            sku_column: spelling(Column::Sku),
        })
    }
}

/// Whose product it is, and the terms and the place its offers have unless a row says otherwise.
pub(super) struct Owner {
    pub(super) organisation: Id<Organisation>,
    pub(super) agreement: Id<Agreement>,
    pub(super) warehouse: Id<Warehouse>,
}

/// A product as it is before the file.
struct Known {
    status: Status,
    title: String,
    /// It stands on a shelf of the shop.
    placed: bool,
}

/// Puts a batch. Errors: only what is not the file's fault.
pub(crate) fn put_all(tx: &mut Tx, context: &Context, batch: &[SheetProduct]) -> Result<Done> {
    let mut done = Done::default();
    for sheet in batch {
        let Err(fault) = put_one(tx, context, sheet, &mut done)? else { continue };
        if fault.reason == Reason::VariantsMissing && sheet.faulty {
            // Its rows were told to be wrong already, one by one.
            continue;
        }
        let row = sheet.commerce.first().map_or_else(Vec::new, |commerce| commerce.row.clone());
        let column = match fault.field.as_str() {
            "title" => context.title_column.clone(),
            "handle" => context.handle_column.clone(),
            "sku" => context.sku_column.clone(),
            field if field == context.seller_column => fault.field,
            _ => String::new(),
        };
        done.errors.push(RowError { line: sheet.line, column, reason: fault.reason, row });
    }
    Ok(done)
}

fn put_one(tx: &mut Tx, context: &Context, sheet: &SheetProduct, done: &mut Done) -> Result<Result<(), Fault>> {
    let Some(product) = &sheet.product else { return Ok(Ok(())) };
    let owner = match owner(tx, context, sheet)? {
        Ok(owner) => owner,
        Err(fault) => return Ok(Err(fault)),
    };
    let mut product = PutProduct { organisation: owner.organisation.raw(), ..product.clone() };
    if let Err(fault) = find_by_sku(tx, &owner, &mut product)? {
        return Ok(Err(fault));
    }
    let known = known(tx, &owner, &product)?;
    let is_foreign = |title: &String| !title.is_ascii();
    if known.is_none() && product.language.is_none() && product.title.as_ref().is_some_and(is_foreign) {
        product.language = context.language.map(str::to_owned);
    }
    let status = sheet.status(known.as_ref().map(|known| known.status), context.new_status);
    product.status = Some(status);
    product.uncategorised = sheet.uncategorised;
    if !sheet.uncategorised && (!sheet.category_guessed || known.as_ref().is_none_or(|known| !known.placed)) {
        match judged(place(tx, &sheet.category, context.language.unwrap_or_default()))? {
            Ok(category) => product.category = category,
            Err(fault) => return Ok(Err(fault)),
        }
    }
    let mut commerce = sheet.commerce.clone();
    let put = match put_product(tx, &mut product, &mut commerce, done)? {
        Ok(put) => put,
        Err(fault) => return Ok(Err(fault)),
    };
    tell(sheet, &product, known.as_ref(), status, done);
    let mut changed = false;
    for (index, one) in commerce.iter().enumerate() {
        let again = commerce[..index].iter().any(|other| other.variant == one.variant);
        let (variant, sku) = (put.variants[one.variant], product.variants[one.variant].sku.as_deref());
        let what = sku.filter(|sku| !sku.is_empty()).unwrap_or(&product.handle);
        changed |= sell(tx, context, &owner, (variant, what, again), one, done)?;
    }
    let change = match put.change {
        Change::Unchanged if changed => Change::Updated,
        change => change,
    };
    done.products += 1;
    done.variants += put.variants.len() as u64;
    done.changes[change as usize] += 1;
    done.unready += u64::try_from(tx.one(UNREADY_OF, params![put.id])?.get::<i64>(0)?).unwrap_or(0);
    Ok(Ok(()))
}

/// A file without handles: the only variant's SKU leads to the product. A new one takes the SKU for its handle. So it does where the
/// file names goods by handles of its own, and nothing else of a product that is not known by it.
fn find_by_sku(tx: &mut Tx, owner: &Owner, product: &mut PutProduct) -> Result<Result<(), Fault>> {
    let fault = |field: &str, reason: Reason| Ok(Err(Fault { field: field.to_owned(), reason }));
    let named = !product.handle.is_empty();
    if named && (product.title.is_some() || product.variants.len() != 1 || known(tx, owner, product)?.is_some()) {
        return Ok(Ok(()));
    }
    let Some(variant) = product.variants.first_mut() else { return fault("variants", Reason::VariantsMissing) };
    let sku = variant.sku.clone().unwrap_or_default();
    let rows = tx.query(BY_SKU, params![owner.organisation, &sku])?;
    if named && (sku.is_empty() || rows.len() != 1) {
        return Ok(Ok(()));
    }
    match rows.as_slice() {
        [row] => {
            variant.id = Some(row.get(0)?);
            product.handle = row.get(1)?;
        }
        [] if product.title.is_some() => product.handle = sku,
        [] => return fault("sku", Reason::SkuUnknown { value: sku }),
        _ => return fault("sku", Reason::SkuOfSeveral { value: sku }),
    }
    Ok(Ok(()))
}

fn known(tx: &mut Tx, owner: &Owner, product: &PutProduct) -> Result<Option<Known>> {
    let row = tx.maybe(KNOWN, params![owner.organisation, product.handle.trim()])?;
    let known = row.map(|row| {
        let status: String = row.get(0)?;
        let placed = row.get::<Option<i64>>(2)?.is_some();
        Ok(Known { status: Status::named(&status).unwrap_or(Status::Draft), title: row.get(1)?, placed })
    });
    known.transpose()
}

/// Puts a product; a variant that is wrong is told and left out, the others go on.
fn put_product(
    tx: &mut Tx,
    product: &mut PutProduct,
    commerce: &mut Vec<Commerce>,
    done: &mut Done,
) -> Result<Result<Put, Fault>> {
    loop {
        let fault = match judged(catalog::put_product(tx, product))? {
            Ok(put) => return Ok(Ok(put)),
            Err(fault) => fault,
        };
        let Some(wrong) = variant_of(&fault.field).filter(|_| product.variants.len() > 1) else {
            return Ok(Err(fault));
        };
        product.variants.remove(wrong);
        let (out, mut rest): (Vec<Commerce>, Vec<Commerce>) =
            std::mem::take(commerce).into_iter().partition(|one| one.variant == wrong);
        rest.iter_mut().filter(|one| one.variant > wrong).for_each(|one| one.variant -= 1);
        *commerce = rest;
        let told = out.into_iter().map(|one| RowError {
            line: one.line,
            column: String::new(),
            reason: fault.reason.clone(),
            row: one.row,
        });
        done.errors.extend(told);
    }
}

/// `variants[3].options` is of the fourth variant.
fn variant_of(field: &str) -> Option<usize> {
    field.strip_prefix("variants[")?.split(']').next()?.parse().ok()
}

/// Notes what happens to a product that buyers may know.
fn tell(sheet: &SheetProduct, product: &PutProduct, known: Option<&Known>, status: Status, done: &mut Done) {
    let active = status == Status::Active;
    done.effects.left_out += sheet.notes.len() as u64;
    for error in &sheet.notes {
        let effect = Effect::LeftOut { column: error.column.clone(), reason: error.reason.clone() };
        done.notes.push(Note { line: error.line, what: product.handle.clone(), effect });
    }
    let Some(known) = known else {
        let count = if active { &mut done.effects.new_active } else { &mut done.effects.new_drafts };
        *count += 1;
        return;
    };
    let mut note = |effect| done.notes.push(Note { line: sheet.line, what: product.handle.clone(), effect });
    match (known.status == Status::Active, active) {
        (false, true) => {
            done.effects.published += 1;
            note(Effect::Published);
        }
        (true, false) => {
            done.effects.unpublished += 1;
            note(Effect::Unpublished);
        }
        _ => {}
    }
    let title = product.title.as_deref().map(str::trim);
    if let Some(title) = title.filter(|title| *title != known.title) {
        done.effects.renamed += 1;
        note(Effect::Renamed { before: known.title.clone(), after: title.to_owned() });
    }
}

fn owner(tx: &mut Tx, context: &Context, sheet: &SheetProduct) -> Result<Result<Owner, Fault>> {
    let usual =
        Owner { organisation: context.organisation, agreement: context.agreement, warehouse: context.warehouse };
    let Some(name) = &sheet.seller else { return Ok(Ok(usual)) };
    let Some(seller) = parties::organisation_named(tx, name)? else {
        let reason = Reason::UnknownSeller { name: name.clone() };
        return Ok(Err(Fault { field: context.seller_column.clone(), reason }));
    };
    if seller.id == context.organisation {
        return Ok(Ok(usual));
    }
    let own = stock::warehouses(tx, Some(seller.id.raw()), "", 1)?;
    let warehouse = own.first().map_or(context.warehouse, |warehouse| warehouse.id);
    let agreement = judged(terms::choose(tx, seller.id, None))?;
    Ok(agreement.map(|agreement| Owner { organisation: seller.id, agreement, warehouse }))
}

const KNOWN: &str = "SELECT status, title, category FROM catalog_product WHERE organisation = $1 AND handle = $2";
const BY_SKU: &str = "SELECT v.id, p.handle FROM catalog_variant v JOIN catalog_product p ON p.id = v.product
    WHERE v.organisation = $1 AND v.sku = $2 ORDER BY v.id LIMIT 2";
const UNREADY_OF: &str = "SELECT COUNT(*) FROM catalog_variant WHERE product = $1 AND ready = 0";
