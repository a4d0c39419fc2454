//! Names that follow from what they name: an account's id from its code, a posting's key from what was posted, the sandbox's
//! references, the words an order is found by.

use super::rule::{Walk, pages};
use base::{Currency, Id, Money, Rate, Result, Rounding, Tag};
use sha2::{Digest, Sha256};
use store::{Read, params};

pub(super) const NAMES: Walk = Walk {
    says: "what is named after something bears its name",
    reads: &[
        "order_head",
        "ledger_account",
        "ledger_posting",
        "ledger_transfer",
        "payment_intent",
        "payment_refund",
        "settlement_payout",
    ],
    breaches: |db, found| {
        accounts(db, found)?;
        sandbox(db, found)?;
        payouts(db, found)?;
        found_by(db, found)
    },
};

struct Pay;
impl Tag for Pay {
    const PREFIX: &'static str = "pay";
}
struct Rfd;
impl Tag for Rfd {
    const PREFIX: &'static str = "rfd";
}
struct Pot;
impl Tag for Pot {
    const PREFIX: &'static str = "pot";
}

/// The raw number of an id as text, whatever it names: `ofr_2x8k…`.
pub(super) fn raw(text: &str) -> Option<i64> {
    let (_, digits) = text.split_once('_')?;
    digits.bytes().try_fold(0_i64, |number, digit| {
        let place = b"0123456789abcdefghjkmnpqrstvwxyz".iter().position(|known| *known == digit)?;
        number.checked_mul(32)?.checked_add(place as i64)
    })
}

/// 62 bits of the code's SHA-256, the lowest telling guarded accounts apart.
fn accounts(db: &mut Read, found: &mut Vec<String>) -> Result<()> {
    pages(db, ACCOUNTS, |_, row| {
        let (id, code, guarded): (i64, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let digest = Sha256::digest(code.as_bytes());
        let bytes = <[u8; 8]>::try_from(&digest[..8]).unwrap_or_default();
        if id != i64::from_be_bytes(bytes) & (i64::MAX - 1) | guarded {
            found.push(format!("account {code}"));
        }
        Ok(())
    })
}

fn sandbox(db: &mut Read, found: &mut Vec<String>) -> Result<()> {
    pages(db, PAYMENTS, |_, row| {
        let (id, reference): (i64, String) = (row.get(0)?, row.get(1)?);
        if reference != format!("sbx_{}", Id::<Pay>::from_raw(id)) {
            found.push(format!("payment {id} is called {reference}"));
        }
        Ok(())
    })?;
    pages(db, REFUNDS, |_, row| {
        let (id, reference): (i64, String) = (row.get(0)?, row.get(1)?);
        if reference != format!("sbx_{}", Id::<Rfd>::from_raw(id)) {
            found.push(format!("refund {id} is called {reference}"));
        }
        Ok(())
    })
}

/// Each payout has its posting, out of its seller's balance; an exchanged one at its rate, to half a minor unit.
fn payouts(db: &mut Read, found: &mut Vec<String>) -> Result<()> {
    pages(db, PAYOUTS, |db, row| {
        let id: i64 = row.get(0)?;
        let (amount, currency): (i64, Currency) = (row.get(1)?, row.get(2)?);
        let key = format!("payout:{}", Id::<Pot>::from_raw(id));
        let left = db.one(LEFT_BALANCE, params![key, row.get::<i64>(3)?, currency])?;
        let (from_balance, posting): (i64, i64) = (left.get(0)?, left.get(1)?);
        if from_balance != amount || row.get::<Option<i64>>(4)?.is_some_and(|named| named != posting) {
            found.push(format!("payout {id} is not what was posted for it"));
        }
        let exchanged: Option<(Rate, Currency, i64)> = match row.get(5)? {
            Some(rate) => Some((rate, row.get(6)?, row.get(7)?)),
            None => None,
        };
        if let Some((rate, to, paid)) = exchanged {
            let comes_to = Money::new(amount, currency).convert(rate, to, Rounding::HalfUp)?.minor.max(1);
            if comes_to != paid {
                found.push(format!("payout {id} paid {paid} {to}, its rate comes to {comes_to}"));
            }
        }
        Ok(())
    })
}

/// An order is found by its e-mail and the name on its address, in lower case with single spaces.
fn found_by(db: &mut Read, found: &mut Vec<String>) -> Result<()> {
    let key = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    pages(db, FOUND_BY, |_, row| {
        let address = super::split::parse(&row.get::<String>(4)?)?;
        let name = address["name"].as_str().unwrap_or_default();
        if row.get::<String>(2)? != key(&row.get::<String>(1)?) || row.get::<String>(3)? != key(name) {
            found.push(format!("order {}", row.get::<i64>(0)?));
        }
        Ok(())
    })
}

const ACCOUNTS: &str = "SELECT id, code, guarded FROM ledger_account WHERE id > $1 ORDER BY id LIMIT $2";
const PAYMENTS: &str = "SELECT id, reference FROM payment_intent
    WHERE id > $1 AND provider = 'sandbox' AND state = 'captured' ORDER BY id LIMIT $2";
const REFUNDS: &str = "SELECT r.id, r.reference FROM payment_refund r JOIN payment_intent p ON p.id = r.intent
    WHERE r.id > $1 AND p.provider = 'sandbox' AND r.state = 'succeeded' ORDER BY r.id LIMIT $2";
const PAYOUTS: &str =
    "SELECT id, amount, currency, organisation, posting, rate, paid_currency, paid_amount FROM settlement_payout
    WHERE id > $1 ORDER BY id LIMIT $2";
const LEFT_BALANCE: &str = "SELECT CAST(COALESCE(SUM(t.amount), 0) AS BIGINT), CAST(COALESCE(MAX(p.id), 0) AS BIGINT)
    FROM ledger_posting p JOIN ledger_transfer t ON t.posting = p.id
    JOIN ledger_account s ON s.id = t.from_account AND s.family = 'seller' AND s.owner = $2 AND s.unit = $3
    JOIN ledger_account o ON o.id = t.to_account AND o.family IN ('bank', 'fx') WHERE p.key = $1";
const FOUND_BY: &str =
    "SELECT id, email, email_key, name_key, address FROM order_head WHERE id > $1 ORDER BY id LIMIT $2";
