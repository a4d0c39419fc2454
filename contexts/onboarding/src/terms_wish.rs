//! Terms as somebody wishes them: what is not said is usual for the mode in this shop.

use base::{Currency, Id, Result};
use parties::Organisation;
use store::Tx;
use terms::{Agreement, Mode, NewAgreement};

/// Terms to agree; what is none is the usual of the mode, days to object those of the shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermsWish {
    /// Operating mode.
    pub mode: Mode,
    /// Currency of the fixed fee; that of the organisation's books when none.
    pub currency: Option<Currency>,
    /// Basis points of the goods' price.
    pub commission_bp: Option<i64>,
    /// Basis points of the commission; nought when none.
    pub commission_tax_bp: Option<i64>,
    /// Country that the tax on the commission is owed to.
    pub commission_tax_jurisdiction: String,
    /// Per order line, in minor units of the currency; nought when none.
    pub fixed_fee_minor: Option<i64>,
    /// Days after delivery in which the buyer may object.
    pub acceptance_days: Option<i64>,
    /// Days from completion to payout.
    pub payout_days: Option<i64>,
    /// Hours from payment to handing over.
    pub handling_hours: Option<i64>,
}

impl TermsWish {
    /// The usual terms of a mode.
    pub fn usual(mode: Mode) -> TermsWish {
        TermsWish {
            mode,
            currency: None,
            commission_bp: None,
            commission_tax_bp: None,
            commission_tax_jurisdiction: String::new(),
            fixed_fee_minor: None,
            acceptance_days: None,
            payout_days: None,
            handling_hours: None,
        }
    }
}

/// Agrees terms with an organisation, or the next version of them. Errors: no such organisation; those of [`terms::agree`].
pub fn agree(tx: &mut Tx, organisation: Id<Organisation>, wish: &TermsWish) -> Result<Id<Agreement>> {
    let currency = match wish.currency {
        Some(currency) => currency,
        None => parties::organisation(tx, organisation)?.currency,
    };
    let window = parties::shop(tx)?.and_then(|shop| shop.acceptance_days);
    let usual = NewAgreement::of(organisation, wish.mode, currency);
    let new = NewAgreement {
        commission_bp: wish.commission_bp.unwrap_or(usual.commission_bp),
        commission_tax_bp: wish.commission_tax_bp.unwrap_or(usual.commission_tax_bp),
        commission_tax_jurisdiction: wish.commission_tax_jurisdiction.trim().to_ascii_uppercase(),
        fixed_fee_minor: wish.fixed_fee_minor.unwrap_or(usual.fixed_fee_minor),
        acceptance_days: wish.acceptance_days.or(window).unwrap_or(usual.acceptance_days),
        payout_days: wish.payout_days.unwrap_or(usual.payout_days),
        handling_hours: wish.handling_hours.unwrap_or(usual.handling_hours),
        ..usual
    };
    terms::agree(tx, &new)
}
