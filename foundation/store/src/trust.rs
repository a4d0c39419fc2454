//! Which certificates of a database server are believed, and whose we show it.

use crate::server::{Mode, Parameters, wrong};
use base::Result;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use std::error::Error as StdError;
use std::io;
use std::path::Path;
use std::sync::Arc;
use tokio_postgres_rustls::MakeRustlsConnect;

/// The value of `sslrootcert` that stands for the roots of the operating system.
pub(crate) const SYSTEM: &str = "system";

/// What speaks TLS as `mode` asks. Errors: a file that is missing or holds no certificate or key.
pub(crate) fn connector(mode: Mode, parameters: &Parameters) -> Result<MakeRustlsConnect> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = Verifier::new(mode, parameters, &provider)?;
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = builder.map_err(base::Error::internal)?;
    let builder = builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier));
    let config = match (&parameters.certificate, &parameters.key) {
        (None, None) => builder.with_no_client_auth(),
        (Some(certificate), Some(key)) => {
            let chain = certificates("sslcert", certificate)?;
            let read = PrivateKeyDer::from_pem_file(key);
            let key = read.map_err(|problem| wrong(format!("Cannot read sslkey {}: {problem}.", key.display())))?;
            let shown = builder.with_client_auth_cert(chain, key);
            shown.map_err(|problem| wrong(format!("sslcert and sslkey do not go together: {problem}.")))?
        }
        _ => return Err(wrong("sslcert and sslkey go together: name the certificate and its key.".into())),
    };
    Ok(MakeRustlsConnect::new(config))
}

fn certificates(name: &str, file: &Path) -> Result<Vec<CertificateDer<'static>>> {
    let read = CertificateDer::pem_file_iter(file).and_then(Iterator::collect::<std::result::Result<Vec<_>, _>>);
    match read {
        Ok(all) if all.is_empty() => Err(wrong(format!("{name} {} holds no PEM certificate.", file.display()))),
        read => read.map_err(|problem| wrong(format!("Cannot read {name} {}: {problem}.", file.display()))),
    }
}

/// Believes as `sslmode` says.
#[derive(Debug)]
struct Verifier {
    mode: Mode,
    /// Checks chain, time and name; none when anybody is believed.
    strict: Option<Arc<WebPkiServerVerifier>>,
    /// Certificates named as roots. A server that shows one of them itself is believed: many sign their own.
    named: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
}

impl Verifier {
    fn new(mode: Mode, parameters: &Parameters, provider: &Arc<CryptoProvider>) -> Result<Verifier> {
        let mut verifier = Verifier { mode, strict: None, named: Vec::new(), provider: provider.clone() };
        if mode < Mode::VerifyCa {
            return Ok(verifier);
        }
        let mut roots = RootCertStore::empty();
        match parameters.root.as_deref().filter(|root| *root != SYSTEM) {
            Some(file) => {
                verifier.named = certificates("sslrootcert", Path::new(file))?;
                roots.add_parsable_certificates(verifier.named.iter().cloned());
            }
            None => drop(roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs)),
        }
        if roots.is_empty() {
            return Err(wrong("No root certificate is known on this machine: name one with sslrootcert=FILE.".into()));
        }
        let strict = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone()).build();
        verifier.strict = Some(strict.map_err(base::Error::internal)?);
        Ok(verifier)
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        shown: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> std::result::Result<ServerCertVerified, rustls::Error> {
        let Some(strict) = &self.strict else { return Ok(ServerCertVerified::assertion()) };
        if self.named.iter().any(|named| named.as_ref() == shown.as_ref()) {
            if self.mode == Mode::VerifyFull {
                rustls::client::verify_server_name(&ParsedCertificate::try_from(shown)?, name)?;
            }
            return Ok(ServerCertVerified::assertion());
        }
        match strict.verify_server_cert(shown, between, name, ocsp, now) {
            // The name is looked at last, after the chain has held.
            Err(rustls::Error::InvalidCertificate(error)) if self.mode == Mode::VerifyCa && is_name(&error) => {
                Ok(ServerCertVerified::assertion())
            }
            outcome => outcome,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls12_signature(
            message,
            certificate,
            signed,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls13_signature(
            message,
            certificate,
            signed,
            &self.provider.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

fn is_name(error: &CertificateError) -> bool {
    matches!(error, CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. })
}

/// Why a handshake came to nothing.
#[derive(Clone, Copy)]
pub(crate) enum Refused {
    /// The certificate is for another name.
    Name,
    /// The certificate is not believed.
    Certificate,
    /// The server and we do not understand each other, or it does not take our certificate.
    Handshake,
}

/// Why the handshake failed, if it was that which failed.
pub(crate) fn refused(error: &tokio_postgres::Error) -> Option<Refused> {
    let broken = error.source()?.downcast_ref::<io::Error>()?;
    Some(match broken.get_ref()?.downcast_ref::<rustls::Error>()? {
        rustls::Error::InvalidCertificate(error) if is_name(error) => Refused::Name,
        rustls::Error::InvalidCertificate(_) => Refused::Certificate,
        _ => Refused::Handshake,
    })
}

impl Refused {
    /// What to change in the address.
    pub(crate) fn advice(self) -> &'static str {
        match self {
            Refused::Name => {
                "The certificate is for another host: write the host as the certificate has it (its subjectAltName), or put \
                 sslmode=verify-ca in place of verify-full"
            }
            Refused::Certificate => {
                "The server's certificate is not believed: name the certificate of the authority that signed it with \
                 sslrootcert=FILE, or put sslmode=require to encrypt without knowing who answers"
            }
            Refused::Handshake => {
                "Look at the server's log; if it asks for a certificate of ours, name it with sslcert=FILE and sslkey=FILE"
            }
        }
    }
}
