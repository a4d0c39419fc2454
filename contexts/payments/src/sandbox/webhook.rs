//! The sandbox's webhooks: signed as Standard Webhooks has it (id, timestamp and body under HMAC-SHA256), read back only
//! when the signature is right and fresh.

use super::charge::{self, Charge};
use crate::{Intent, Notice, Outcome, Refund, RefundOutcome, Told};
use base::{Error, Id, Moment, Money, Result, Unproven};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use store::Tx;

/// How far a webhook's clock may be off.
const TOLERANCE_SECONDS: i64 = 300;

/// A webhook to be sent: headers and body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// `webhook-id`, `webhook-timestamp`, `webhook-signature`, `content-type`.
    pub headers: Vec<(String, String)>,
    /// JSON.
    pub body: Vec<u8>,
}

/// The signature header of a message: `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`.
/// Errors (internal): none in practice; HMAC takes keys of any length.
pub fn sign(secret: &str, id: &str, timestamp: i64, body: &[u8]) -> Result<String> {
    Ok(format!("v1,{}", STANDARD.encode(mac(secret, id, timestamp, body)?.finalize().into_bytes())))
}

fn mac(secret: &str, id: &str, timestamp: i64, body: &[u8]) -> Result<Hmac<Sha256>> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(secret.as_bytes()).map_err(Error::internal)?;
    mac.update(format!("{id}.{timestamp}.").as_bytes());
    mac.update(body);
    Ok(mac)
}

/// What is to be told about payments and refunds (raw ids) just now. Nothing while the sandbox itself does not know.
pub(super) fn deliver(tx: &mut Tx, subjects: &[i64], secret: &str) -> Result<Vec<Delivery>> {
    let charges = charge::current_of(tx, subjects)?;
    let mut deliveries = Vec::with_capacity(subjects.len());
    for subject in subjects {
        let news = match charges.get(subject) {
            Some(charge) => of_payment(charge, Id::from_raw(*subject))?,
            None => of_refund(tx, *subject)?,
        };
        let Some(news) = news else { continue };
        // Providers deliver at least once: some come twice, the same ones on every run.
        let times = if subject.count_ones().is_multiple_of(4) { 2 } else { 1 };
        deliveries.extend(vec![signed(tx, &news, secret)?; times]);
    }
    Ok(deliveries)
}

fn signed(tx: &Tx, news: &Value, secret: &str) -> Result<Delivery> {
    let timestamp = tx.now().micros() / 1_000_000;
    let id = news.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    let body = news.to_string().into_bytes();
    let signature = sign(secret, &id, timestamp, &body)?;
    let headers = [
        ("webhook-id", id),
        ("webhook-timestamp", timestamp.to_string()),
        ("webhook-signature", signature),
        ("content-type", "application/json".into()),
    ];
    let headers = headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Ok(Delivery { headers, body })
}

fn of_payment(charge: &Charge, intent: Id<Intent>) -> Result<Option<Value>> {
    let (kind, reference, code) = match charge.outcome()? {
        Outcome::Captured { reference, amount } => return Ok(Some(captured(intent, &reference, amount))),
        Outcome::Authorised { reference } => ("payment.authorised", reference, String::new()),
        Outcome::Declined { code } => ("payment.declined", String::new(), code),
        Outcome::Voided => ("payment.voided", String::new(), String::new()),
        Outcome::Pending | Outcome::ActionRequired { .. } => return Ok(None),
    };
    let id = format!("ntc_{intent}_{kind}");
    Ok(Some(json!({ "id": id, "type": kind, "payment": intent.to_string(), "reference": reference, "code": code })))
}

fn of_refund(tx: &mut Tx, subject: i64) -> Result<Option<Value>> {
    let refund: Id<Refund> = Id::from_raw(subject);
    let (kind, reference, code) = match charge::refund_outcome(tx, subject)? {
        Some(RefundOutcome::Succeeded { reference }) => ("refund.succeeded", reference, String::new()),
        Some(RefundOutcome::Failed { code }) => ("refund.failed", String::new(), code),
        Some(RefundOutcome::Pending) | None => return Ok(None),
    };
    let id = format!("ntc_{refund}_{kind}");
    Ok(Some(json!({ "id": id, "type": kind, "refund": refund.to_string(), "reference": reference, "code": code })))
}

fn captured(intent: Id<Intent>, reference: &str, amount: Money) -> Value {
    json!({
        "id": format!("ntc_{intent}_payment.captured"), "type": "payment.captured", "payment": intent.to_string(),
        "reference": reference, "code": "", "amount": amount.minor, "currency": amount.currency.code(),
    })
}

/// Checks and reads a webhook.
pub(super) fn read(headers: &[(String, String)], body: &[u8], now: Moment, secret: &str) -> Result<Vec<Notice>> {
    let header = |name: &str| {
        headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).ok_or_else(no_header)
    };
    let (id, timestamp) = (header("webhook-id")?, header("webhook-timestamp")?);
    let seconds: i64 = timestamp.parse().map_err(|_| no_header())?;
    let genuine =
        header("webhook-signature")?.split(' ').filter_map(|part| part.strip_prefix("v1,")).any(|signature| {
            let Ok(signature) = STANDARD.decode(signature) else { return false };
            mac(secret, id, seconds, body).is_ok_and(|mac| mac.verify_slice(&signature).is_ok())
        });
    if !genuine {
        return Err(Error::unproven(Unproven::SignatureMismatch));
    }
    if (now.micros() / 1_000_000).saturating_sub(seconds).saturating_abs() > TOLERANCE_SECONDS {
        return Err(Error::unproven(Unproven::TimestampTooOld));
    }
    let news: Value = serde_json::from_slice(body).map_err(|_| unknown())?;
    let told = told(&news)?;
    Ok(vec![Notice { id: id.to_owned(), told }])
}

fn no_header() -> Error {
    Error::unproven(Unproven::HeaderMissing)
}

fn told(news: &Value) -> Result<Told> {
    let text = |name: &str| news.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (reference, code) = (text("reference"), text("code"));
    let payment = |outcome: Outcome| Ok(Told::Payment(text("payment").parse()?, outcome));
    let refund = |outcome: RefundOutcome| Ok(Told::Refund(text("refund").parse()?, outcome));
    match text("type").as_str() {
        "payment.captured" => {
            let minor = news.get("amount").and_then(Value::as_i64).ok_or_else(unknown)?;
            let amount = Money::new(minor, text("currency").parse().map_err(|_| unknown())?);
            payment(Outcome::Captured { reference, amount })
        }
        "payment.authorised" => payment(Outcome::Authorised { reference }),
        "payment.declined" => payment(Outcome::Declined { code }),
        "payment.voided" => payment(Outcome::Voided),
        "refund.succeeded" => refund(RefundOutcome::Succeeded { reference }),
        "refund.failed" => refund(RefundOutcome::Failed { code }),
        _ => Err(unknown()),
    }
}

fn unknown() -> Error {
    Error::invalid("webhook_not_understood", "This is no message of the sandbox.")
}
