//! Accounts: a code, a unit, and whether the balance is guarded. The id follows from the code, so nobody looks it up.

use base::{Currency, Error, Id, Result, Tag};
use sha2::{Digest, Sha256};
use store::{Tx, params};

/// What an account is. Made by the constructors below; opened in the database by the first posting that names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Account {
    /// Unique and readable: `escrow:EUR`, `seller:17:available:EUR`, `stock:3:99`.
    pub code: String,
    /// What it holds: a currency code, or `sku:<variant>`.
    pub unit: String,
    /// Whether the row keeps a running balance that may not fall below zero or below what is held.
    pub guarded: bool,
    /// Raw id of the organisation whose account it is, or 0.
    pub owner: i64,
}

impl Tag for Account {
    const PREFIX: &'static str = "acc";
}

/// On which side of the books an account normally stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What the house has: assets and expenses. Shown with the sign turned.
    Debit,
    /// What the house owes or has earned.
    Credit,
}

/// The accounts whose codes begin with one word, and where they stand in a book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Family {
    /// The first segment of the code.
    pub name: &'static str,
    /// Top of the account's name in plain-text books.
    pub book: &'static str,
    /// Normal side.
    pub side: Side,
}

const fn family(name: &'static str, book: &'static str, side: Side) -> Family {
    Family { name, book, side }
}

/// Accounts that hold money.
pub const MONEY_FAMILIES: [Family; 12] = [
    family("bank", "assets", Side::Debit),
    family("provider", "assets", Side::Debit),
    family("debt", "assets", Side::Debit),
    family("escrow", "liabilities", Side::Credit),
    family("suspense", "liabilities", Side::Credit),
    family("seller", "liabilities", Side::Credit),
    family("carrier", "liabilities", Side::Credit),
    family("tax", "liabilities", Side::Credit),
    family("duty", "liabilities", Side::Credit),
    family("fx", "equity", Side::Credit),
    family("income", "income", Side::Credit),
    family("expense", "expenses", Side::Debit),
];

/// Accounts that hold goods. Their normal side is what is on hand, so no sign is turned.
pub const GOODS_FAMILIES: [Family; 2] =
    [family("stock", "assets", Side::Credit), family("goods", "equity", Side::Credit)];

/// Every family.
pub const FAMILIES: [Family; 14] = {
    let (money, goods) = (MONEY_FAMILIES, GOODS_FAMILIES);
    let mut all = [goods[0]; 14];
    let mut index = 0;
    while index < money.len() {
        all[index] = money[index];
        index += 1;
    }
    all[12] = goods[0];
    all[13] = goods[1];
    all
};

impl Account {
    /// What a payment provider owes the house.
    pub fn provider(name: &str, currency: Currency) -> Account {
        Account::open(format!("provider:{name}:{currency}"), currency.code(), 0)
    }

    /// Buyers' money, kept until their orders complete; the subject of its transfers is the order.
    pub fn escrow(currency: Currency) -> Account {
        Account::open(format!("escrow:{currency}"), currency.code(), 0)
    }

    /// Money that came in and is nobody's yet: captured in another amount or currency than was asked for, until it goes back.
    pub fn suspense(currency: Currency) -> Account {
        Account::open(format!("suspense:{currency}"), currency.code(), 0)
    }

    /// What a seller can be paid out. Guarded.
    pub fn seller(organisation: i64, currency: Currency) -> Account {
        let code = format!("seller:{organisation}:available:{currency}");
        Account { code, unit: currency.code().into(), guarded: true, owner: organisation }
    }

    /// What a seller owes after a refund that its balance could not bear.
    pub fn debt(organisation: i64, currency: Currency) -> Account {
        Account::open(format!("debt:{organisation}:{currency}"), currency.code(), organisation)
    }

    /// What the house has earned: `sales`, `commission`, `shipping`, `fees` ….
    pub fn income(what: &str, currency: Currency) -> Account {
        Account::open(format!("income:{what}:{currency}"), currency.code(), 0)
    }

    /// What the house has spent: `provider_fees`, `goodwill`, `refunds` ….
    pub fn expense(what: &str, currency: Currency) -> Account {
        Account::open(format!("expense:{what}:{currency}"), currency.code(), 0)
    }

    /// VAT, GST or sales tax owed to a jurisdiction under a collection scheme.
    pub fn tax(jurisdiction: &str, scheme: &str, currency: Currency) -> Account {
        Account::open(format!("tax:{jurisdiction}:{}:{currency}", segment(scheme)), currency.code(), 0)
    }

    /// Customs duty owed to a jurisdiction under a collection scheme.
    pub fn duty(jurisdiction: &str, scheme: &str, currency: Currency) -> Account {
        Account::open(format!("duty:{jurisdiction}:{}:{currency}", segment(scheme)), currency.code(), 0)
    }

    /// Tax on the house's own commission.
    pub fn commission_tax(jurisdiction: &str, currency: Currency) -> Account {
        Account::tax(jurisdiction, "commission", currency)
    }

    /// What a carrier is owed.
    pub fn carrier(code: &str, currency: Currency) -> Account {
        Account::open(format!("carrier:{}:{currency}", segment(code)), currency.code(), 0)
    }

    /// The house's bank account.
    pub fn bank(currency: Currency) -> Account {
        Account::open(format!("bank:{currency}"), currency.code(), 0)
    }

    /// The side that holds `unit` of the liquidity between two currencies; an exchange is two legs through both sides.
    pub fn fx(one: Currency, other: Currency, unit: Currency) -> Account {
        let (first, second) = if one.code() <= other.code() { (one, other) } else { (other, one) };
        Account::open(format!("fx:{first}:{second}:{unit}"), unit.code(), 0)
    }

    /// Pieces of a variant in a warehouse. Guarded: what is not there cannot leave.
    pub fn stock(warehouse: i64, variant: i64) -> Account {
        Account {
            code: format!("stock:{warehouse}:{variant}"),
            unit: format!("sku:{variant}"),
            guarded: true,
            owner: 0,
        }
    }

    /// Where pieces come from or go to: `received`, `shipped`, `adjusted`, `returned`.
    pub fn goods(what: &str, variant: i64) -> Account {
        Account { code: format!("goods:{what}:{variant}"), unit: format!("sku:{variant}"), guarded: false, owner: 0 }
    }

    fn open(code: String, unit: &str, owner: i64) -> Account {
        Account { code, unit: unit.into(), guarded: false, owner }
    }

    /// The account's id: 62 bits of the code's SHA-256, the lowest bit telling guarded accounts apart.
    pub fn id(&self) -> Id<Account> {
        let digest = Sha256::digest(self.code.as_bytes());
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&digest[..8]);
        Id::from_raw(i64::from_be_bytes(bytes) & (i64::MAX - 1) | i64::from(self.guarded))
    }

    /// The first segment of the code.
    pub fn family(&self) -> &str {
        self.code.split(':').next().unwrap_or_default()
    }
}

/// A scheme's or carrier's name as a segment of a code: `Remessa Conforme` is `remessa-conforme`.
fn segment(name: &str) -> String {
    let plain: String = name.trim().chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect();
    plain.to_lowercase()
}

/// Makes the row of an account that has none yet.
/// Errors (internal): another account has the same id or code, which only a wrong code can bring about.
pub(crate) fn ensure(tx: &mut Tx, account: &Account) -> Result<()> {
    let now = tx.now();
    tx.send(
        INSERT_ACCOUNT,
        params![account.id(), account.code, account.family(), account.unit, account.guarded, account.owner, now],
    )?;
    let row = tx.one(SELECT_CODE, params![account.id()])?;
    if row.get::<String>(0)? == account.code && row.get::<String>(1)? == account.unit {
        return Ok(());
    }
    Err(Error::internal(format!("account {} is taken by {}", account.code, row.get::<String>(0)?)))
}

const INSERT_ACCOUNT: &str = "INSERT INTO ledger_account (id, code, family, unit, guarded, owner, opened_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
const SELECT_CODE: &str = "SELECT code, unit FROM ledger_account WHERE id = $1";
