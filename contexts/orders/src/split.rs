//! Where an order's money goes, by the terms and the landed cost frozen at sale. Pure: a forecast before completion, and the
//! very shares that `settlement` posts at completion.

use crate::order::{Consignment, Line};
use crate::state::State;
use crate::whole::Whole;
use base::{Error, Id, Money, Result};
use customs::{Charge, ChargeKind, Collected};
use ledger::Account;
use parties::Organisation;
use std::collections::BTreeMap;
use terms::Party;

/// Who receives a share.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Payee {
    /// The operator.
    Platform,
    /// A seller.
    Seller(Id<Organisation>),
    /// A carrier, by code.
    Carrier(String),
    /// A tax or customs authority: `DE`, `BR-SP`.
    Authority(String),
}

/// One part of the money.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// Who receives it.
    pub payee: Payee,
    /// The ledger account it goes to from escrow.
    pub account: Account,
    /// For what: `goods`, `sales`, `commission`, `commission_tax`, `shipping`, `duty`, `tax`, `fees`.
    pub what: &'static str,
    /// The consignment it comes from.
    pub consignment: Id<Consignment>,
    /// The line, if it is exactly one's.
    pub line: Option<Id<Line>>,
    /// Collection scheme of a duty or tax; empty otherwise.
    pub scheme: String,
    /// Above zero.
    pub amount: Money,
}

/// Where charges are owed that no collection scheme covers.
const NO_SCHEME: &str = "import";

/// Every share of every consignment that was not called off; together exactly their total.
/// Errors (internal): the frozen landed cost and the lines do not agree.
pub fn split(whole: &Whole) -> Result<Vec<Share>> {
    let live = whole.consignments.iter().filter(|one| one.state != State::Cancelled);
    Ok(live.map(|one| split_of(whole, one)).collect::<Result<Vec<_>>>()?.concat())
}

/// Every share of one consignment; together exactly its total. Errors: those of [`split`].
pub fn split_of(whole: &Whole, consignment: &Consignment) -> Result<Vec<Share>> {
    let mut shares = Vec::new();
    for line in whole.lines_of(consignment.id) {
        goods(&mut shares, line)?;
    }
    let share = Share {
        payee: Payee::Carrier(consignment.carrier.clone()),
        account: Account::carrier(&consignment.carrier, whole.order.currency),
        what: "shipping",
        consignment: consignment.id,
        line: None,
        scheme: String::new(),
        amount: consignment.shipping,
    };
    add(&mut shares, share);
    charges(&mut shares, consignment)?;
    let sum = Money::sum(whole.order.currency, shares.iter().map(|share| share.amount))?;
    if sum != consignment.total {
        return Err(Error::internal(format!("{} splits into {sum}, not {}", consignment.id, consignment.total)));
    }
    Ok(shares)
}

fn add(shares: &mut Vec<Share>, share: Share) {
    if share.amount.minor != 0 {
        shares.push(share);
    }
}

fn goods(shares: &mut Vec<Share>, line: &Line) -> Result<()> {
    let [goods, commission, tax] = [line.sums.goods, line.commission, line.commission_tax].map(|money| money.minor);
    for share in shares_of_goods(line, goods, commission, tax) {
        if share.amount.minor < 0 {
            return Err(Error::internal(format!("the commission of {} is more than its goods", line.id)));
        }
        add(shares, share);
    }
    Ok(())
}

/// Who gets so much of a line's goods, with so much commission and tax on it, by its terms: the operator where it sells itself,
/// else the seller what the commission leaves. In minor units; what a refund takes back is shared alike.
pub fn shares_of_goods(line: &Line, goods: i64, commission: i64, commission_tax: i64) -> Vec<Share> {
    let currency = line.total.currency;
    let share = |payee, account, what, minor| Share {
        payee,
        account,
        what,
        consignment: line.consignment,
        line: Some(line.id),
        scheme: String::new(),
        amount: Money::new(minor, currency),
    };
    if line.terms.merchant_of_record != Party::Seller {
        return vec![share(Payee::Platform, Account::income("sales", currency), "sales", goods)];
    }
    let seller = Account::seller(line.organisation.raw(), currency);
    let jurisdiction = line.terms.commission_tax_jurisdiction.clone();
    let tax = Account::commission_tax(&jurisdiction, currency);
    vec![
        share(Payee::Seller(line.organisation), seller, "goods", goods - commission - commission_tax),
        share(Payee::Platform, Account::income("commission", currency), "commission", commission),
        share(Payee::Authority(jurisdiction), tax, "commission_tax", commission_tax),
    ]
}

/// Duty and tax by jurisdiction and scheme; fees to whoever takes them: the carrier at the border, the authority before.
fn charges(shares: &mut Vec<Share>, consignment: &Consignment) -> Result<()> {
    let landed = consignment.landed_cost()?;
    let mut sums: BTreeMap<(ChargeKind, Payee, String), Share> = BTreeMap::new();
    for charge in landed.lines.iter().filter(|charge| charge.amount.minor != 0) {
        let (payee, account, scheme) = receiver(consignment, charge);
        let share = sums.entry((charge.kind, payee.clone(), scheme.clone())).or_insert_with(|| Share {
            payee,
            account,
            what: what(charge.kind),
            consignment: consignment.id,
            line: None,
            scheme,
            amount: Money::zero(landed.currency),
        });
        share.amount = share.amount.plus(charge.amount)?;
    }
    sums.into_values().for_each(|share| add(shares, share));
    Ok(())
}

/// Who receives a charge of a consignment, the account it goes to, and its scheme's name.
pub fn receiver(consignment: &Consignment, charge: &Charge) -> (Payee, Account, String) {
    let (currency, jurisdiction, scheme) = (charge.amount.currency, charge.jurisdiction.to_string(), scheme(charge));
    let account = match charge.kind {
        ChargeKind::Fee if charge.collected_at == Collected::AtBorder => {
            let carrier = &consignment.carrier;
            return (Payee::Carrier(carrier.clone()), Account::carrier(carrier, currency), scheme);
        }
        ChargeKind::Fee | ChargeKind::Duty => Account::duty(&jurisdiction, &scheme, currency),
        ChargeKind::Tax => Account::tax(&jurisdiction, &scheme, currency),
    };
    (Payee::Authority(jurisdiction), account, scheme)
}

fn what(kind: ChargeKind) -> &'static str {
    match kind {
        ChargeKind::Duty => "duty",
        ChargeKind::Tax => "tax",
        ChargeKind::Fee => "fees",
    }
}

fn scheme(charge: &Charge) -> String {
    charge.scheme.as_deref().unwrap_or(NO_SCHEME).to_owned()
}
