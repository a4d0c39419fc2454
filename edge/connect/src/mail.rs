//! Mail by SMTP: one connection a letter, over TLS, and the server's answer as the house understands it.

use crate::peers::Peers;
use base::{Error, Result};
use lettre::message::{Mailbox, Message, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use notify::{BoxFuture, Letter, Mailer, Outcome};
use std::time::Duration;

/// Longest wait for one answer of the mail server.
const ANSWER: Duration = Duration::from_secs(10);
/// Longest wait for a letter to be taken, all answers together.
const LETTER: Duration = Duration::from_secs(20);

/// A mail server.
pub struct Smtp {
    peers: Peers,
    host: String,
    port: u16,
    tls: Tls,
    login: Option<Credentials>,
    from: Mailbox,
}

impl Smtp {
    /// The server at `url` (see [`Peers::mail`]), for letters from `from`: `Shop <orders@shop.example>`.
    /// Errors: an address that is none; internal, without a source of root certificates.
    pub fn new(peers: &Peers, url: &str, from: &str) -> Result<Smtp> {
        let (url, plain) = peers.mail("mail-url", url)?;
        let from: Mailbox = from.trim().parse().map_err(|_| {
            Error::field("mail-from", "email_format", "Write who letters are from, like Shop <orders@shop.example>.")
        })?;
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        let parameters = || TlsParameters::new(host.clone()).map_err(Error::internal);
        let (tls, port) = match url.scheme() {
            "smtps" => (Tls::Wrapper(parameters()?), 465),
            _ if plain => (Tls::None, 25),
            _ => (Tls::Required(parameters()?), 587),
        };
        let login = (!url.username().is_empty()).then(|| {
            let password = decoded(url.password().unwrap_or_default());
            Credentials::new(decoded(url.username()), password)
        });
        Ok(Smtp { peers: *peers, host, port: url.port().unwrap_or(port), tls, login, from })
    }

    /// One connection's transport. Errors: unavailable when the server's name leads nowhere.
    async fn transport(&self) -> Result<AsyncSmtpTransport<Tokio1Executor>> {
        // The certificate is still asked for the name.
        let reached = self.peers.reached(&self.host, self.port).await?.map(|ip| ip.to_string());
        let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(reached.as_deref().unwrap_or(&self.host));
        let builder = builder
            .port(self.port)
            .tls(self.tls.clone())
            .hello_name(ClientId::Domain(self.from.email.domain().to_owned()))
            .timeout(Some(ANSWER));
        Ok(match &self.login {
            Some(login) => builder.credentials(login.clone()).build(),
            None => builder.build(),
        })
    }

    /// Whether the mail server lets the house in. Errors: unavailable, with why not.
    pub async fn check(&self) -> Result<()> {
        let transport = self.transport().await?;
        match tokio::time::timeout(LETTER, transport.test_connection()).await {
            Err(_) => Err(later("The mail server did not answer in time.".into())),
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) => Err(later("The mail server closed the connection.".into())),
            Ok(Err(problem)) => Err(later(told(&problem))),
        }
    }

    /// The letter as it travels. Errors: an address that no mail can go to.
    fn message(&self, letter: &Letter) -> std::result::Result<Message, String> {
        let to: Mailbox = letter.to.parse().map_err(|problem| format!("{}: {problem}", letter.to))?;
        Message::builder()
            .from(self.from.clone())
            .to(to)
            .message_id(Some(format!("<{}@{}>", letter.id, self.from.email.domain())))
            .subject(&letter.subject)
            .multipart(MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone()))
            .map_err(|problem| problem.to_string())
    }
}

/// `%40` is `@`.
fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Answers that are about this house's own account at the mail server (RFC 4954), not about the letter: it can be sent when
/// somebody has put the password right.
const ABOUT_US: [u16; 4] = [530, 534, 535, 538];

fn is_about_the_letter(problem: &lettre::transport::smtp::Error) -> bool {
    problem.is_permanent() && problem.status().is_some_and(|code| !ABOUT_US.contains(&u16::from(code)))
}

impl Mailer for Smtp {
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<Outcome>> {
        Box::pin(async move {
            let message = match self.message(letter) {
                Ok(message) => message,
                Err(problem) => return Ok(Outcome::Refused(problem)),
            };
            let transport = self.transport().await?;
            match tokio::time::timeout(LETTER, transport.send(message)).await {
                Err(_) => Err(later("The mail server did not answer in time.".into())),
                Ok(Ok(_)) => Ok(Outcome::Accepted),
                Ok(Err(problem)) => match is_about_the_letter(&problem) {
                    true => Ok(Outcome::Refused(told(&problem))),
                    false => Err(later(told(&problem))),
                },
            }
        })
    }
}

fn later(say: String) -> Error {
    Error::unavailable("mail_server", say)
}

/// The whole chain of causes in a line.
fn told(problem: &lettre::transport::smtp::Error) -> String {
    let mut text = problem.to_string();
    let mut cause = std::error::Error::source(problem);
    while let Some(problem) = cause {
        let own = problem.to_string();
        if !text.contains(&own) {
            text.push_str(&format!(": {own}"));
        }
        cause = problem.source();
    }
    text
}
