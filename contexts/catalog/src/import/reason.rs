//! Why a row of a product file is wrong: a stable code with arguments, so that it can be said in any language.

use serde::{Deserialize, Serialize};

/// An argument of a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// As it stands in the file.
    Text(&'a str),
    /// A count, written as a language writes counts.
    Count(i64),
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Value::Text(text)
    }
}

impl From<&i64> for Value<'_> {
    fn from(count: &i64) -> Self {
        Value::Count(*count)
    }
}

/// Declares the reasons once: what each means, its arguments, its code.
macro_rules! reasons {
    ($($(#[doc = $doc:literal])+ $name:ident $(($($arg:ident: $kind:ty),+))? = $code:literal;)+) => {
        /// Why a row is wrong. Stored with the row, as its code and arguments.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "code")]
        pub enum Reason {
            $($(#[doc = $doc])+ #[serde(rename = $code)]
            $name $({ $(#[doc = concat!("`", stringify!($arg), "` of the sentence.")] $arg: $kind),+ })?,)+
        }

        impl Reason {
            /// Stable code.
            pub fn code(&self) -> &'static str {
                match self { $(Reason::$name $({ $($arg: _),+ })? => $code,)+ }
            }

            /// What its sentence names.
            pub fn args(&self) -> Vec<(&'static str, Value<'_>)> {
                match self {
                    $(Reason::$name $({ $($arg),+ })? => vec![$($((stringify!($arg), Value::from($arg))),+)?],)+
                }
            }

            /// One of each, for tests that walk through all of them.
            pub fn examples() -> Vec<Reason> {
                vec![$(Reason::$name $({ $($arg: <$kind>::default()),+ })?),+]
            }
        }
    };
}

reasons! {
    /// Some of the row is not in the file's encoding.
    NotDecoded(encoding: String) = "not_decoded";
    /// The row holds a byte of nought.
    NoughtByte = "nought_byte";
    /// A quote was opened here and never closed.
    OpenQuote = "open_quote";
    /// A row of more bytes than any product has, or a quote in it that nothing closes; what stands behind it is not looked at.
    RowEndless = "row_endless";
    /// A spreadsheet could not compute a cell: `#N/A`, `#REF!`.
    FormulaError(value: String) = "formula_error";
    /// The system that wrote the file means no goods by this row: a group of products, a link to another shop, a listing to end.
    NoGoods = "no_goods";
    /// More cells than the header has.
    RowTooLong(has: i64, wanted: i64) = "row_too_long";
    /// No handle.
    HandleMissing = "handle_missing";
    /// A gift card, which is no goods.
    GiftCard = "gift_card";
    /// Another row of the product has the same option values.
    VariantTwice = "variant_twice";
    /// No status of a product.
    StatusUnknown(value: String) = "status_unknown";
    /// No tag of a language.
    LanguageUnknown(value: String) = "language_unknown";
    /// Neither active nor paused.
    OfferStatusUnknown(value: String) = "offer_status_unknown";
    /// Nothing that an offer is supplied from.
    SupplyUnknown(value: String) = "supply_unknown";
    /// Days of making, a day to ship from or a capacity that cannot be; or none where one is needed.
    SupplyRange(value: String) = "supply_range";
    /// Another offer sells the same pieces.
    SupplyShared = "supply_shared";
    /// Neither yes nor no.
    NoYesOrNo(value: String) = "no_yes_or_no";
    /// No tariff code.
    HsFormat(value: String) = "hs_format";
    /// A tariff code that lost the nought before it.
    HsLostZero(value: String) = "hs_lost_zero";
    /// A tariff code that a spreadsheet has shortened.
    HsShortened(value: String) = "hs_shortened";
    /// A tariff code of no heading.
    HsNoHeading(value: String) = "hs_no_heading";
    /// A bar code whose check digit is wrong; the row is taken without it.
    BarcodeCheckDigit(value: String) = "barcode_check_digit";
    /// A bar code that a spreadsheet has shortened; the row is taken without it.
    BarcodeShortened(value: String) = "barcode_shortened";
    /// A bar code that lost the nought before it; the row is taken without it.
    BarcodeLostZero(value: String) = "barcode_lost_zero";
    /// The same SKU stands on an earlier line.
    SkuTwice(value: String, first: i64) = "sku_twice";
    /// No product of the seller has this SKU.
    SkuUnknown(value: String) = "sku_unknown";
    /// Several variants of the seller have this SKU.
    SkuOfSeveral(value: String) = "sku_of_several";
    /// A row that names neither options nor a SKU that the product has.
    VariantUnknown = "variant_unknown";
    /// It needs no shipping, and this shop sells what travels.
    NoShipping = "no_shipping";
    /// A word for what happens without stock that we do not know.
    StockPolicyUnknown(value: String) = "stock_policy_unknown";
    /// A number written otherwise than the file's others.
    NumberOtherWay(value: String, line: i64, sample: String) = "number_other_way";
    /// A number that can be read two ways, in a file that writes both.
    NumberTwoWays(value: String) = "number_two_ways";
    /// Another currency stands beside the price than the one meant.
    PriceCurrency(value: String, currency: String) = "price_currency";
    /// No country.
    UnknownCountry(value: String) = "unknown_country";
    /// No currency.
    UnknownCurrency(value: String) = "unknown_currency";
    /// No price.
    PriceFormat(value: String) = "price_format";
    /// No number of pieces.
    QuantityFormat(value: String) = "quantity_format";
    /// No weight.
    WeightFormat(value: String) = "weight_format";
    /// A weight that no parcel has.
    WeightTooHeavy(value: String) = "weight_too_heavy";
    /// A weight of which nothing says the unit.
    WeightUnitMissing(value: String) = "weight_unit_missing";
    /// No unit of weight.
    WeightUnit(unit: String) = "weight_unit";
    /// A new product without a title.
    TitleMissing = "title_missing";
    /// A new product without a usable variant.
    VariantsMissing = "variants_missing";
    /// More letters than the field takes.
    TooLong(most: i64) = "too_long";
    /// An address of a picture of this house that is not known.
    UnknownPicture = "unknown_picture";
    /// The product is being put by someone else.
    PutTwice = "product_put_twice";
    /// The seller named is not known.
    UnknownSeller(name: String) = "unknown_seller";
    /// The seller named is another than who sends the file.
    Denied = "denied";
    /// Nothing is agreed with the seller.
    NoAgreement = "no_agreement";
    /// No such warehouse.
    UnknownWarehouse(value: String) = "unknown_warehouse";
    /// The warehouse is another seller's.
    ForeignWarehouse = "foreign_warehouse";
    /// A variant that is not on sale yet, without a price.
    PriceMissing = "price_missing";
    /// The shop sells it and sets its price; a supplier's file counts pieces.
    PriceSetByShop = "price_set_by_shop";
    /// Nothing is agreed that its supplier is paid.
    NoSupplyPrice = "no_supply_price";
    /// A warehouse of another than who ships by the terms.
    WrongShipper = "wrong_shipper";
    /// More decimals than the currency knows.
    PriceDecimals(value: String, currency: String, decimals: i64) = "price_decimals";
    /// A price of nothing.
    PricePositive = "price_positive";
    /// A quantity that no warehouse has.
    QuantityRange(most: i64) = "quantity_range";
    /// Fewer pieces than are reserved for orders.
    StockHeld = "stock_held";
    /// Something that has no words of its own: the code and the English sentence of an error.
    Unforeseen(problem: String, said: String) = "unforeseen";
}
