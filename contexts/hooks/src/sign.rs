//! Standard Webhooks: secrets `whsec_…`, and HMAC-SHA256 over `id.timestamp.body`.

use base::{Error, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use store::Tx;

const PREFIX: &str = "whsec_";

/// A new secret of 256 bits.
pub(crate) fn secret(tx: &Tx) -> String {
    let bytes = Sha256::new().chain_update(tx.key()).chain_update(tx.key()).finalize();
    format!("{PREFIX}{}", STANDARD.encode(bytes))
}

/// One signature of the header `webhook-signature`. Errors (internal): a secret that is none.
pub(crate) fn sign(secret: &str, id: &str, seconds: i64, body: &str) -> Result<String> {
    let key = STANDARD.decode(secret.strip_prefix(PREFIX).unwrap_or(secret)).map_err(Error::internal)?;
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&key).map_err(Error::internal)?;
    mac.update(format!("{id}.{seconds}.{body}").as_bytes());
    Ok(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::sign;

    #[test]
    fn signs_as_the_reference_library_does() {
        let (secret, id, body) =
            ("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk", "{\"é\":1}");
        let reference = standardwebhooks::Webhook::new(secret).unwrap();
        assert_eq!(
            sign(secret, id, 1_649_367_553, body).unwrap(),
            reference.sign(id, 1_649_367_553, body.as_bytes()).unwrap()
        );
        // The specification's own vector.
        let body = "{\"email\":\"test@example.com\",\"username\":\"test_user\"}";
        assert_eq!(sign(secret, id, 1_649_367_553, body).unwrap(), "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=");
    }
}
