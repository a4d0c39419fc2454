//! Stripe's webhooks: `Stripe-Signature: t=…,v1=…`, HMAC-SHA256 over time and body; several `v1` while a secret is rolled.

use super::session::{Refund, RefundList, Session, own};
use base::{Error, Moment, Result, Unproven};
use hmac::{Hmac, KeyInit, Mac};
use payments::{Notice, Outcome, RefundOutcome, Told};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::Sha256;

/// How far a webhook's clock may be off.
const TOLERANCE_SECONDS: i64 = 300;

#[derive(Deserialize)]
struct Event {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: Value,
}

#[derive(Deserialize)]
struct Charge {
    refunds: Option<RefundList>,
}

/// Checks and reads a webhook. News that are not ours, or not of a kind we need, are no notices.
/// Errors: unproven without a signature, with a wrong one or an old time; invalid for a body that is no event.
pub(super) fn read(headers: &[(String, String)], body: &[u8], now: Moment, secret: &str) -> Result<Vec<Notice>> {
    let header = headers.iter().find(|(name, _)| name == "stripe-signature").ok_or_else(no_header)?;
    verify(&header.1, body, now, secret)?;
    let event: Event = parse(serde_json::from_slice(body).map_err(|_| unknown())?)?;
    let Event { id, kind, data: Data { object } } = event;
    let notices = told(&kind, object)?;
    if notices.is_empty() {
        tracing::info!(event = id, kind, "a webhook of Stripe that is not about anything of ours");
    }
    // A charge may tell of several refunds: each is news of its own.
    let many = notices.len() > 1;
    let named = |(at, told)| Notice { id: if many { format!("{id}:{at}") } else { id.clone() }, told };
    Ok(notices.into_iter().enumerate().map(named).collect())
}

fn verify(header: &str, body: &[u8], now: Moment, secret: &str) -> Result<()> {
    let parts = || header.split(',').filter_map(|part| part.trim().split_once('='));
    let time = parts().find(|(name, _)| *name == "t").map(|(_, value)| value).ok_or_else(no_header)?;
    let seconds: i64 = time.parse().map_err(|_| no_header())?;
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(secret.as_bytes()).map_err(Error::internal)?;
    mac.update(time.as_bytes());
    mac.update(b".");
    mac.update(body);
    let genuine = parts()
        .filter(|(name, _)| *name == "v1")
        .filter_map(|(_, value)| bytes(value))
        .any(|signature| mac.clone().verify_slice(&signature).is_ok());
    if !genuine {
        return Err(Error::unproven(Unproven::SignatureMismatch));
    }
    // After the signature: a wrong secret is the news, whatever the time says.
    if (now.micros() / 1_000_000).saturating_sub(seconds).saturating_abs() > TOLERANCE_SECONDS {
        return Err(Error::unproven(Unproven::TimestampTooOld));
    }
    Ok(())
}

fn no_header() -> Error {
    Error::unproven(Unproven::HeaderMissing)
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> =
        hex.chars().map(|letter| letter.to_digit(16).map(|digit| digit as u8)).collect::<Option<_>>()?;
    digits.len().is_multiple_of(2).then(|| digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

fn told(kind: &str, object: Value) -> Result<Vec<Told>> {
    match kind {
        "checkout.session.completed" | "checkout.session.async_payment_succeeded" | "checkout.session.expired" => {
            let session: Session = parse(object)?;
            payment(&session, Session::outcome)
        }
        "checkout.session.async_payment_failed" => {
            let session: Session = parse(object)?;
            payment(&session, |_| Ok(Outcome::Declined { code: "declined".into() }))
        }
        "refund.created" | "refund.updated" | "refund.failed" | "charge.refund.updated" => {
            Ok(refund(&parse(object)?).into_iter().collect())
        }
        "charge.refunded" => {
            let charge: Charge = parse(object)?;
            Ok(charge.refunds.iter().flat_map(|list| &list.data).filter_map(refund).collect())
        }
        _ => Ok(Vec::new()),
    }
}

/// What a session of ours says; one of somebody else on the same account is not even read.
fn payment(session: &Session, outcome: impl Fn(&Session) -> Result<Outcome>) -> Result<Vec<Told>> {
    match own(&session.metadata, "intent") {
        Some(intent) => Ok(vec![Told::Payment(intent, outcome(session)?)]),
        None => Ok(Vec::new()),
    }
}

fn refund(refund: &Refund) -> Option<Told> {
    let outcome = refund.outcome();
    let id = own(&refund.metadata, "refund").filter(|_| outcome != RefundOutcome::Pending)?;
    Some(Told::Refund(id, outcome))
}

fn parse<T: DeserializeOwned>(value: Value) -> Result<T> {
    serde_json::from_value(value).map_err(|_| unknown())
}

fn unknown() -> Error {
    Error::invalid("webhook_not_understood", "This is no event of Stripe.")
}
