//! One product of a file on its way in: whose it is, where it lies, what it costs, how many there are.

use super::fault::{Fault, judged};
use super::{Done, ImportOptions};
use crate::put::{PutOffer, put_offer};
use base::{Currency, Id, Money, Rate, Result};
use catalog::import::{Column, Commerce, Reason, RowError, Sheet, SheetProduct, place};
use catalog::{Change, Variant};
use parties::Organisation;
use stock::{Move, Warehouse};
use store::{Store, Tx, params};
use terms::Agreement;

/// What every product of a file is put with.
pub(crate) struct Context {
    organisation: Id<Organisation>,
    agreement: Id<Agreement>,
    warehouse: Id<Warehouse>,
    currency: Currency,
    /// Makes the keys of this import's stock moves its own.
    key: String,
    price_column: String,
    quantity_column: String,
    warehouse_column: String,
    seller_column: String,
    title_column: String,
    handle_column: String,
}

impl Context {
    /// Checks the options; `key` is this import's own. Errors: an owner without terms, an unknown warehouse or agreement.
    pub(crate) fn load<R: std::io::Read>(
        store: &Store,
        options: &ImportOptions,
        sheet: &Sheet<R>,
        key: String,
    ) -> Result<Context> {
        let ImportOptions { organisation, agreement, warehouse, currency, .. } = *options;
        let agreement = store.read_blocking(move |db| {
            stock::warehouse(db, warehouse)?;
            terms::choose(db, organisation, agreement)
        })?;
        let spelling = |column: Column| sheet.spelling(column).to_owned();
        Ok(Context {
            organisation,
            agreement,
            warehouse,
            currency,
            key,
            price_column: spelling(Column::Price),
            quantity_column: spelling(Column::Quantity),
            warehouse_column: spelling(Column::Warehouse),
            seller_column: spelling(Column::Seller),
            title_column: spelling(Column::Title),
            handle_column: spelling(Column::Handle),
        })
    }
}

/// Whose product it is, and the terms and the place its offers have unless a row says otherwise.
struct Owner {
    organisation: Id<Organisation>,
    agreement: Id<Agreement>,
    warehouse: Id<Warehouse>,
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
    let mut product = product.clone();
    product.organisation = owner.organisation.raw();
    product.category = place(tx, &sheet.category)?;
    let put = match judged(catalog::put_product(tx, &product))? {
        Ok(put) => put,
        Err(fault) => return Ok(Err(fault)),
    };
    let mut changed = false;
    for (variant, commerce) in put.variants.iter().zip(&sheet.commerce) {
        changed |= sell(tx, context, &owner, *variant, commerce, done)?;
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

/// Puts the offer and counts the stock of one variant. Says whether anything changed. What is wrong is noted, not fatal.
fn sell(
    tx: &mut Tx,
    context: &Context,
    owner: &Owner,
    variant: Id<Variant>,
    commerce: &Commerce,
    done: &mut Done,
) -> Result<bool> {
    let mut changed = false;
    let wrong = |column: &str, reason: Reason| RowError {
        line: commerce.line,
        column: column.to_owned(),
        reason,
        row: commerce.row.clone(),
    };
    let warehouse = match &commerce.warehouse {
        None => owner.warehouse,
        Some(code) => match stock::warehouse_by_code(tx, code)? {
            Some(warehouse) => warehouse.id,
            None => {
                let reason = Reason::UnknownWarehouse { value: code.clone() };
                done.errors.push(wrong(&context.warehouse_column, reason));
                return Ok(false);
            }
        },
    };
    match offer(tx, context, owner, variant, warehouse, commerce)? {
        Ok(offer_changed) => changed |= offer_changed,
        Err(reason) => done.errors.push(wrong(&context.price_column, reason)),
    }
    let Some(quantity) = commerce.quantity else { return Ok(changed) };
    let count = Move {
        warehouse,
        variant,
        quantity,
        key: format!("import:{}:{}", context.key, commerce.line),
        reason: "import".to_owned(),
    };
    match judged(stock::set_on_hand(tx, &count))? {
        Ok(difference) => changed |= difference != 0,
        Err(fault) => done.errors.push(wrong(&context.quantity_column, fault.reason)),
    }
    Ok(changed)
}

fn offer(
    tx: &mut Tx,
    context: &Context,
    owner: &Owner,
    variant: Id<Variant>,
    warehouse: Id<Warehouse>,
    commerce: &Commerce,
) -> Result<Result<bool, Reason>> {
    let currency = commerce.currency.unwrap_or(context.currency);
    let Some(price) = commerce.price else {
        let known = tx.maybe(HAS_OFFER, params![variant, owner.organisation, warehouse])?.is_some();
        return Ok(if known { Ok(false) } else { Err(Reason::PriceMissing) });
    };
    let former = commerce.compare_at.map(|former| money(former, currency)).transpose();
    let (price, former) = match (money(price, currency), former) {
        (Ok(price), Ok(former)) => (price, former),
        (Err(reason), _) | (_, Err(reason)) => return Ok(Err(reason)),
    };
    let put = PutOffer {
        variant,
        organisation: owner.organisation,
        agreement: owner.agreement,
        warehouse,
        price,
        // A former price that is not above the present one is no former price; shops leave such numbers standing.
        compare_at: former.filter(|former| former.minor > price.minor),
    };
    let put = judged(put_offer(tx, &put))?;
    Ok(put.map(|(_, changed)| changed).map_err(|fault| fault.reason))
}

fn money(amount: Rate, currency: Currency) -> Result<Money, Reason> {
    let value = amount.to_string();
    let Ok(minor) = amount.shifted(i64::from(currency.exponent())) else { return Err(Reason::PriceFormat { value }) };
    let decimals = i64::from(currency.exponent());
    let minor = minor.whole().ok_or_else(|| Reason::PriceDecimals { value, currency: currency.to_string(), decimals });
    minor.map(|minor| Money::new(minor, currency))
}

const HAS_OFFER: &str = "SELECT id FROM offer WHERE variant = $1 AND organisation = $2 AND warehouse = $3";
const UNREADY_OF: &str = "SELECT COUNT(*) FROM catalog_variant WHERE product = $1 AND ready = 0";
