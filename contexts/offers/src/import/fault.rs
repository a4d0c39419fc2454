//! Whose fault a failure is: the row's, which is told and left out, or ours, which ends the batch.

use base::{Error, Kind, Result};
use catalog::import::Reason;

/// What is wrong with a row: the field as the deed names it (it may be empty), and why.
pub(super) struct Fault {
    pub field: String,
    pub reason: Reason,
}

/// What a deed of an import came to. Errors: only what is not the file's fault.
pub(super) fn judged<T>(outcome: Result<T>) -> Result<Result<T, Fault>> {
    match outcome {
        Ok(value) => Ok(Ok(value)),
        Err(error) if matches!(error.kind, Kind::Internal | Kind::Unavailable) => Err(error),
        Err(error) => Ok(Err(fault(&error))),
    }
}

/// A field's fault, if the error names one: it says more than the whole.
fn fault(error: &Error) -> Fault {
    let (field, code, said) = match error.fields.first() {
        Some(field) => (field.name.as_str(), field.code, &field.message),
        None => ("", error.code, &error.message),
    };
    let reason = match (code, field) {
        ("required", "title") => Reason::TitleMissing,
        ("required", "variants") => Reason::VariantsMissing,
        ("too_long", "handle") => Reason::TooLong { most: catalog::plain::HANDLE_LETTERS as i64 },
        ("too_long", "title") => Reason::TooLong { most: catalog::plain::TITLE_LETTERS as i64 },
        ("too_long", _) => Reason::TooLong { most: catalog::plain::WORD_LETTERS as i64 },
        ("variant_twice", _) => Reason::VariantTwice,
        ("variant_unknown", _) => Reason::VariantUnknown,
        ("unknown_picture", _) => Reason::UnknownPicture,
        ("product_put_twice", _) => Reason::PutTwice,
        ("denied", _) => Reason::Denied,
        ("no_agreement", _) => Reason::NoAgreement,
        ("foreign_warehouse", _) => Reason::ForeignWarehouse,
        ("price_set_by_shop", _) => Reason::PriceSetByShop,
        ("no_supply_price", _) => Reason::NoSupplyPrice,
        ("wrong_shipper", _) => Reason::WrongShipper,
        ("price_positive", _) => Reason::PricePositive,
        ("out_of_range", "quantity") => Reason::QuantityRange { most: stock::QUANTITY_MOST },
        ("supply_shared", _) => Reason::SupplyShared,
        ("stock_held", _) => Reason::StockHeld,
        _ => Reason::Unforeseen { problem: code.to_owned(), said: said.clone() },
    };
    Fault { field: field.to_owned(), reason }
}
