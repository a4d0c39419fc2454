//! Which PostgreSQL server, and how privately it is spoken to: `sslmode` and its companions as libpq has them.
//!
//! The driver knows three of the six modes and no files of certificates, so those parameters are taken out of the address
//! here, and the rest is the driver's.

use crate::trust;
use base::{Error, Result};
use std::path::PathBuf;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Config};
use tokio_postgres_rustls::MakeRustlsConnect;

const CONNECT: Duration = Duration::from_secs(10);

/// What libpq calls `sslmode`, from nothing to everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mode {
    /// Never TLS.
    Disable,
    /// TLS when the server lets nobody in without.
    Allow,
    /// TLS when the server has it.
    Prefer,
    /// TLS, with whoever answers; with a root named, as `VerifyCa`.
    Require,
    /// TLS with a certificate that a known root has signed.
    VerifyCa,
    /// The same, and the certificate is for the host that was asked.
    VerifyFull,
}

impl Mode {
    fn read(text: &str) -> Result<Mode> {
        Ok(match text {
            "disable" => Mode::Disable,
            "allow" => Mode::Allow,
            "prefer" => Mode::Prefer,
            "require" => Mode::Require,
            "verify-ca" => Mode::VerifyCa,
            "verify-full" => Mode::VerifyFull,
            other => {
                let say =
                    format!("sslmode is disable, allow, prefer, require, verify-ca or verify-full, not “{other}”.");
                return Err(wrong(say));
            }
        })
    }

    /// How the driver is to try, one after the other.
    fn attempts(self) -> &'static [SslMode] {
        match self {
            Mode::Disable => &[SslMode::Disable],
            Mode::Allow => &[SslMode::Disable, SslMode::Require],
            Mode::Prefer => &[SslMode::Prefer, SslMode::Disable],
            Mode::Require | Mode::VerifyCa | Mode::VerifyFull => &[SslMode::Require],
        }
    }
}

/// The parameters of TLS in a connection string.
#[derive(Debug, Default)]
pub(crate) struct Parameters {
    pub(crate) mode: Option<Mode>,
    /// `sslrootcert`: a file of PEM certificates, or `system`.
    pub(crate) root: Option<String>,
    pub(crate) certificate: Option<PathBuf>,
    pub(crate) key: Option<PathBuf>,
}

/// A server, ready to be connected to. Clones share the certificates.
#[derive(Clone)]
pub(crate) struct Server {
    config: Config,
    mode: Mode,
    tls: MakeRustlsConnect,
}

impl Server {
    /// The same server, asked to change nothing.
    pub(crate) fn only_reading(&self) -> Server {
        let mut server = self.clone();
        let given = server.config.get_options().unwrap_or_default().to_owned();
        server.config.options(format!("{given} -c default_transaction_read_only=on").trim_start());
        server
    }

    /// Reads `postgres://…`, and the files it names. Errors: `database_url` (invalid), saying what to write instead.
    pub(crate) fn read(url: &str) -> Result<Server> {
        let (plain, parameters) = taken_apart(url)?;
        let mut config: Config = plain.parse().map_err(|error| {
            wrong(format!("The address of the database cannot be read: {}.", crate::postgres::words(error)))
        })?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT);
        }
        if config.get_application_name().is_none() {
            config.application_name("entrepot");
        }
        let socket = config.get_hosts().iter().all(|host| matches!(host, Host::Unix(_)));
        let mode = mode(&parameters, socket && config.get_hostaddrs().is_empty())?;
        Ok(Server { config, mode, tls: trust::connector(mode, &parameters)? })
    }

    /// The same server, another database.
    pub(crate) fn database(&self, name: &str) -> Server {
        let mut other = self.clone();
        other.config.dbname(name);
        other
    }

    /// Connects on `runtime`, which drives the connection from then on. Errors: in words, what to do about TLS included.
    pub(crate) fn connect(&self, runtime: &Runtime) -> std::result::Result<Client, String> {
        let mut attempts = self.mode.attempts().iter().peekable();
        while let Some(attempt) = attempts.next() {
            let mut config = self.config.clone();
            config.ssl_mode(*attempt);
            match runtime.block_on(config.connect(self.tls.clone())) {
                Ok((client, connection)) => {
                    runtime.spawn(async move {
                        if let Err(problem) = connection.await {
                            tracing::debug!(%problem, "a connection to PostgreSQL ended");
                        }
                    });
                    return Ok(client);
                }
                Err(error) if attempts.peek().is_some() && may_do_otherwise(&error) => {}
                Err(error) => return Err(self.advice(error)),
            }
        }
        Err("no way to connect was tried".into())
    }

    /// What went wrong, and which parameter of the address mends it.
    fn advice(&self, error: tokio_postgres::Error) -> String {
        let refused = trust::refused(&error).map(trust::Refused::advice);
        let words = crate::postgres::words(error);
        match refused {
            Some(advice) => format!("{words}. {advice}"),
            None if words.contains("server does not support TLS") => format!(
                "{words}. Turn ssl on there; or, on a network that nobody else is on, put sslmode=prefer or sslmode=disable \
                 into the address"
            ),
            None => words,
        }
    }
}

/// Whether the other attempt of `allow` and `prefer` may go better: the handshake failed, or the server lets nobody in this way.
fn may_do_otherwise(error: &tokio_postgres::Error) -> bool {
    trust::refused(error).is_some() || error.code() == Some(&SqlState::INVALID_AUTHORIZATION_SPECIFICATION)
}

fn mode(parameters: &Parameters, socket: bool) -> Result<Mode> {
    let system = parameters.root.as_deref() == Some(trust::SYSTEM);
    match parameters.mode {
        // Nobody listens in on a socket of the same machine; PostgreSQL has no TLS there.
        _ if socket => Ok(Mode::Disable),
        None if system => Ok(Mode::VerifyFull),
        None => Ok(Mode::Prefer),
        Some(mode) if system && mode != Mode::VerifyFull => Err(wrong(
            "sslrootcert=system needs sslmode=verify-full: anybody gets a certificate from one of the system's roots."
                .into(),
        )),
        Some(Mode::Require) if parameters.root.is_some() => Ok(Mode::VerifyCa),
        Some(mode) => Ok(mode),
    }
}

/// The address without the parameters that are read here, and these. Errors: a mode that is none, a value that is not UTF-8.
fn taken_apart(url: &str) -> Result<(String, Parameters)> {
    let mut parameters = Parameters::default();
    // A password may hold a question mark; it ends at the first @.
    let from = url.find('@').unwrap_or(0);
    let Some(mark) = url[from..].find('?').map(|mark| from + mark) else { return Ok((url.to_owned(), parameters)) };
    let mut kept = Vec::new();
    for pair in url[mark + 1..].split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = percent_encoding::percent_decode_str(value).decode_utf8();
        let value = value.map_err(|_| wrong(format!("{name} in the address of the database is not UTF-8.")))?;
        match name {
            "sslmode" => parameters.mode = Some(Mode::read(&value)?),
            "sslrootcert" => parameters.root = Some(value.into_owned()),
            "sslcert" => parameters.certificate = Some(value.into_owned().into()),
            "sslkey" => parameters.key = Some(value.into_owned().into()),
            _ => kept.push(pair),
        }
    }
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    Ok((format!("{}{query}", &url[..mark]), parameters))
}

#[track_caller]
pub(crate) fn wrong(say: String) -> Error {
    Error::invalid("database_url", say)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> Result<(String, Mode)> {
        let (plain, parameters) = taken_apart(url)?;
        Ok((plain, mode(&parameters, url.contains("host=/"))?))
    }

    #[test]
    fn the_parameters_of_tls_are_taken_out() {
        let (plain, parameters) = taken_apart(
            "postgres://me:p?w@db.example/shop?sslmode=verify-ca&channel_binding=require&sslrootcert=/etc/a%20b.crt&sslcert=c&sslkey=k",
        )
        .unwrap();
        assert_eq!(plain, "postgres://me:p?w@db.example/shop?channel_binding=require");
        assert_eq!(parameters.mode, Some(Mode::VerifyCa));
        assert_eq!(parameters.root.as_deref(), Some("/etc/a b.crt"));
        assert_eq!((parameters.certificate, parameters.key), (Some("c".into()), Some("k".into())));
        assert_eq!(taken_apart("postgres://h/d?sslmode=allow").unwrap().0, "postgres://h/d");
    }

    #[test]
    fn modes_mean_what_libpq_says() {
        for (url, wanted) in [
            ("postgres://h/d", Mode::Prefer),
            ("postgres://h/d?sslmode=disable", Mode::Disable),
            ("postgres://h/d?sslmode=allow", Mode::Allow),
            ("postgres://h/d?sslmode=require", Mode::Require),
            ("postgres://h/d?sslmode=require&sslrootcert=ca.crt", Mode::VerifyCa),
            ("postgres://h/d?sslmode=verify-full", Mode::VerifyFull),
            ("postgres://h/d?sslrootcert=system", Mode::VerifyFull),
            ("postgres:///d?host=/var/run/postgresql&sslmode=verify-full", Mode::Disable),
        ] {
            assert_eq!(read(url).unwrap().1, wanted, "{url}");
        }
        for url in [
            "postgres://h/d?sslmode=on",
            "postgres://h/d?sslmode=",
            "postgres://h/d?sslmode=require&sslrootcert=system",
        ] {
            let error = read(url).unwrap_err();
            assert_eq!(error.code, "database_url", "{url}");
            assert!(error.message.contains("sslmode"), "{error}");
        }
    }

    #[test]
    fn files_that_are_not_there_are_named() {
        for (parameter, name) in
            [("sslrootcert=/nowhere/root.crt", "/nowhere/root.crt"), ("sslcert=/nowhere/me.crt", "sslkey")]
        {
            let error = Server::read(&format!("postgres://h/d?sslmode=verify-full&{parameter}")).err().unwrap();
            assert_eq!(error.code, "database_url");
            assert!(error.message.contains(name), "{error}");
        }
    }
}
