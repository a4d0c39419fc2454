//! The provider pays what it captured to the bank and keeps its fee: the receivable shrinks, the fee becomes an expense.

use base::{Error, Money, Permission, Result};
use ledger::{Account, Leg, Posting};
use store::{Event, Tx};

/// A line of a provider's own settlement report, or of the bank's statement about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderSettlement {
    /// Name of the provider, as stored with its payments.
    pub provider: String,
    /// The provider's reference of the settlement; the same one again changes nothing.
    pub reference: String,
    /// What it settles, fee included; above zero.
    pub gross: Money,
    /// What it keeps of that.
    pub fee: Money,
}

/// Books a provider's settlement: receivable → bank and fee. Emits `settlement.provider_settled`. Says whether it was new.
/// Errors: denied; amounts that cannot be; `exceeds_receivable` (conflict) when the provider does not owe as much;
/// `idempotency_key_reused` (conflict) for other amounts under an old reference.
pub fn provider_settled(tx: &mut Tx, settled: &ProviderSettlement) -> Result<bool> {
    tx.actor().may(Permission::MoneyWrite)?;
    let ProviderSettlement { provider, reference, gross, fee } = settled;
    let currency = gross.currency;
    let net = gross.minus(*fee)?;
    if gross.minor <= 0 || fee.minor < 0 || net.minor < 0 || reference.trim().is_empty() {
        let say = "Write the reference, an amount above zero, and a fee that is no more than it.";
        return Err(Error::field("gross", "amount_format", say));
    }
    let receivable = Account::provider(provider, currency);
    let key = format!("provider:{provider}:{}", reference.trim());
    let owed = Money::new(-ledger::balance(tx, &receivable)?, currency);
    if gross.minor > owed.minor && !ledger::posted(tx, &key)? {
        return Err(Error::conflict("exceeds_receivable", format!("{provider} owes {owed}, not {gross}.")));
    }
    let mut legs = Vec::new();
    for (from, amount) in [(Account::bank(currency), net), (Account::expense("provider_fees", currency), *fee)] {
        if amount.minor > 0 {
            legs.push(Leg::new(from, receivable.clone(), amount.minor));
        }
    }
    let posted = ledger::post(tx, &Posting { key, kind: "provider.settled", subject: 0, legs })?;
    if posted.new {
        let body = serde_json::json!({
            "provider": provider, "reference": reference, "gross": gross.minor, "fee": fee.minor, "currency": currency.code(),
        });
        tx.emit(&Event { kind: "settlement.provider_settled", subject: posted.id.raw(), body })?;
    }
    Ok(posted.new)
}
