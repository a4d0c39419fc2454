//! One product of a file on its way in: whose it is, where it lies, what it costs, how many there are.

use super::{Done, ImportOptions};
use crate::goods::terms_of;
use crate::put::{PutOffer, put_offer};
use base::{Currency, Error, Id, Kind, Money, Rate, Result};
use catalog::import::{Column, Commerce, RowError, Sheet, SheetProduct, place};
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
            match agreement {
                Some(agreement) => Ok(terms::agreement(db, agreement)?.id),
                None => terms_of(db, organisation),
            }
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
        match put_one(tx, context, sheet, &mut done) {
            Ok(()) => {}
            Err(error) if matches!(error.kind, Kind::Internal | Kind::Unavailable) => return Err(error),
            Err(error) => {
                let row = sheet.commerce.first().map_or_else(Vec::new, |commerce| commerce.row.clone());
                let (column, code, message) = told(error);
                done.errors.push(RowError { line: sheet.line, column, code: code.into(), message, row });
            }
        }
    }
    Ok(done)
}

/// A field's fault, if the error names one: it says more than the whole.
fn told(error: Error) -> (String, &'static str, String) {
    match error.fields.into_iter().next() {
        Some(field) => (field.name, field.code, field.message),
        None => (String::new(), error.code, error.message),
    }
}

fn put_one(tx: &mut Tx, context: &Context, sheet: &SheetProduct, done: &mut Done) -> Result<()> {
    let Some(product) = &sheet.product else { return Ok(()) };
    let owner = owner(tx, context, sheet)?;
    let mut product = product.clone();
    product.organisation = owner.organisation.raw();
    product.category = place(tx, &sheet.category)?;
    let put = catalog::put_product(tx, &product)?;
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
    Ok(())
}

fn owner(tx: &mut Tx, context: &Context, sheet: &SheetProduct) -> Result<Owner> {
    let usual =
        Owner { organisation: context.organisation, agreement: context.agreement, warehouse: context.warehouse };
    let Some(name) = &sheet.seller else { return Ok(usual) };
    let unknown = || Error::field(&context.seller_column, "unknown_seller", format!("There is no seller “{name}”."));
    let seller = parties::organisation_named(tx, name)?.ok_or_else(unknown)?;
    if seller.id == context.organisation {
        return Ok(usual);
    }
    let own = stock::warehouses(tx, Some(seller.id.raw()), "", 1)?;
    Ok(Owner {
        organisation: seller.id,
        agreement: terms_of(tx, seller.id)?,
        warehouse: own.first().map_or(context.warehouse, |warehouse| warehouse.id),
    })
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
    let wrong = |column: &str, code: &'static str, message: String| RowError {
        line: commerce.line,
        column: column.to_owned(),
        code: code.into(),
        message,
        row: commerce.row.clone(),
    };
    let warehouse = match &commerce.warehouse {
        None => owner.warehouse,
        Some(code) => match stock::warehouse_by_code(tx, code)? {
            Some(warehouse) => warehouse.id,
            None => {
                let message = format!("There is no warehouse “{code}”.");
                done.errors.push(wrong(&context.warehouse_column, "unknown_warehouse", message));
                return Ok(false);
            }
        },
    };
    match offer(tx, context, owner, variant, warehouse, commerce) {
        Ok(offer_changed) => changed |= offer_changed,
        Err(error) if matches!(error.kind, Kind::Internal | Kind::Unavailable) => return Err(error),
        Err(error) => {
            let (_, code, message) = told(error);
            done.errors.push(wrong(&context.price_column, code, message));
        }
    }
    let Some(quantity) = commerce.quantity else { return Ok(changed) };
    let count = Move {
        warehouse,
        variant,
        quantity,
        key: format!("import:{}:{}", context.key, commerce.line),
        reason: "import".to_owned(),
    };
    match stock::set_on_hand(tx, &count) {
        Ok(difference) => changed |= difference != 0,
        Err(error) if matches!(error.kind, Kind::Internal | Kind::Unavailable) => return Err(error),
        Err(error) => {
            let (_, code, message) = told(error);
            done.errors.push(wrong(&context.quantity_column, code, message));
        }
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
) -> Result<bool> {
    let currency = commerce.currency.unwrap_or(context.currency);
    let Some(price) = commerce.price else {
        let known = tx.maybe(HAS_OFFER, params![variant, owner.organisation, warehouse])?.is_some();
        let message = "A variant that is not on sale yet needs a price.";
        return if known { Ok(false) } else { Err(Error::field("price", "price_missing", message)) };
    };
    let price = money(price, currency)?;
    // A former price that is not above the present one is no former price; shops leave such numbers standing.
    let compare_at = commerce.compare_at.map(|former| money(former, currency)).transpose()?;
    let put = PutOffer {
        variant,
        organisation: owner.organisation,
        agreement: owner.agreement,
        warehouse,
        price,
        compare_at: compare_at.filter(|former| former.minor > price.minor),
    };
    let (_, changed) = put_offer(tx, &put)?;
    Ok(changed)
}

fn money(amount: Rate, currency: Currency) -> Result<Money> {
    let minor = amount.shifted(i64::from(currency.exponent()))?.whole();
    let minor = minor.ok_or_else(|| {
        let message = format!("{amount} has more decimals than {currency} knows ({}).", currency.exponent());
        Error::field("price", "price_decimals", message)
    })?;
    Ok(Money::new(minor, currency))
}

const HAS_OFFER: &str = "SELECT id FROM offer WHERE variant = $1 AND organisation = $2 AND warehouse = $3";
const UNREADY_OF: &str = "SELECT COUNT(*) FROM catalog_variant WHERE product = $1 AND ready = 0";
