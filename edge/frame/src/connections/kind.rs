//! The kinds of connections, their fields, and what each is made of them.

use super::given::Given;
use base::{Error, Result};
use connect::karrio::{self, Karrio};
use connect::stripe::{self, Stripe};
use connect::{Secret, Smtp};
use parties::{Connection, Words};

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Who takes the money: Stripe.
    Payments,
    /// Who carries parcels: a Karrio server.
    Carrier,
    /// Who takes letters to mailboxes: a mail server.
    Mail,
}

/// A field of a connection's form.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name, in the form, in the API and where it is kept.
    pub name: &'static str,
    /// It is kept encrypted and never shown.
    pub is_secret: bool,
    /// It may be left empty.
    pub is_optional: bool,
    /// What it may say, the first where nothing is said; anything when empty.
    pub choices: &'static [&'static str],
}

const fn plain(name: &'static str) -> Field {
    Field { name, is_secret: false, is_optional: false, choices: &[] }
}

const fn secret(name: &'static str) -> Field {
    Field { is_secret: true, ..plain(name) }
}

const fn optional(field: Field) -> Field {
    Field { is_optional: true, ..field }
}

const PAYMENTS: &[Field] = &[secret("key"), optional(secret("webhook_secret"))];
const CARRIER: &[Field] = &[plain("address"), secret("key"), optional(secret("webhook_secret"))];
const MAIL: &[Field] = &[
    plain("host"),
    Field { choices: &["starttls", "tls"], ..plain("security") },
    optional(plain("port")),
    optional(plain("user")),
    optional(secret("password")),
    plain("from"),
];

/// Letters of a field.
const LONGEST: usize = 500;

impl Kind {
    /// All of them, as a page lists them.
    pub const ALL: [Kind; 3] = [Kind::Payments, Kind::Carrier, Kind::Mail];

    /// As stored, and in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Payments => "payments",
            Kind::Carrier => "carrier",
            Kind::Mail => "mail",
        }
    }

    /// The kind with this name. Errors: not found.
    pub fn named(name: &str) -> Result<Kind> {
        let known = Kind::ALL.into_iter().find(|kind| kind.name() == name);
        known.ok_or_else(|| Error::not_found("unknown_connection", "There is no connection of this kind."))
    }

    /// What is asked of whoever sets one up.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Kind::Payments => PAYMENTS,
            Kind::Carrier => CARRIER,
            Kind::Mail => MAIL,
        }
    }

    /// Where the other side sends its news to, for the connection with this name.
    pub fn webhook(self, name: &str) -> Option<String> {
        match self {
            Kind::Payments => Some(format!("/webhooks/payments/{name}")),
            Kind::Carrier => Some(format!("/webhooks/carriers/{name}")),
            Kind::Mail => None,
        }
    }

    /// Its first connection's name.
    pub fn first_name(self) -> &'static str {
        match self {
            Kind::Payments => stripe::NAME,
            Kind::Carrier => karrio::NAME,
            Kind::Mail => "smtp",
        }
    }

    /// It goes on with what it began after it serves nothing new.
    pub(crate) fn stays(self) -> bool {
        self != Kind::Mail
    }

    /// What was typed, with the secrets that are kept where none was typed: settings and secrets. Errors: a field that is empty, too
    /// long, or none of its choices.
    pub(crate) fn read(self, typed: &Words, kept: &Words) -> Result<(Words, Words)> {
        let (mut settings, mut secrets, mut wrong) = (Words::new(), Words::new(), None::<Error>);
        for field in self.fields() {
            let name = field.name;
            let text = typed.get(name).map(|text| text.trim()).unwrap_or_default();
            let text = match (text, field.is_secret) {
                ("", true) => kept.get(name).map(String::as_str).unwrap_or_default(),
                ("", false) => field.choices.first().copied().unwrap_or_default(),
                (text, _) => text,
            };
            if let Some((code, say)) = fault(field, text) {
                wrong = Some(match wrong {
                    Some(error) => error.and_field(name, code, say),
                    None => Error::field(name, code, say),
                });
            }
            if !text.is_empty() {
                let to = if field.is_secret { &mut secrets } else { &mut settings };
                to.insert(name.to_owned(), text.to_owned());
            }
        }
        wrong.map_or(Ok((settings, secrets)), Err)
    }
}

fn fault(field: &Field, text: &str) -> Option<(&'static str, &'static str)> {
    match text {
        "" if !field.is_optional => Some(("required", "Fill this in.")),
        text if text.chars().count() > LONGEST => Some(("too_long", "Write 500 characters or less.")),
        text if text.chars().any(char::is_control) => Some(("format", "Write it in one line.")),
        text if !field.choices.is_empty() && !field.choices.contains(&text) => {
            Some(("unknown_choice", "Choose one of the list."))
        }
        _ => None,
    }
}

fn word<'a>(words: &'a Words, name: &str) -> &'a str {
    words.get(name).map(String::as_str).unwrap_or_default()
}

fn hidden(words: &Words, name: &str) -> Option<Secret> {
    words.get(name).map(|text| text.parse().unwrap_or_else(|never: std::convert::Infallible| match never {}))
}

fn needed(words: &Words, name: &str) -> Result<Secret> {
    hidden(words, name).ok_or_else(|| Error::field(name, "required", "Fill this in."))
}

/// The field of ours that an error of a client is about.
fn renamed(mut error: Error, names: &[(&str, &str)]) -> Error {
    for field in &mut error.fields {
        if let Some((_, ours)) = names.iter().find(|(theirs, _)| field.name == *theirs) {
            field.name = (*ours).to_owned();
        }
    }
    error
}

/// The account at Stripe. Errors: a key that is none.
pub(crate) fn stripe(given: &Given, known: &Connection, secrets: &Words) -> Result<Stripe> {
    let name = stripe::NAMES.into_iter().find(|name| *name == known.name).unwrap_or(stripe::NAME);
    Ok(stripe_with(given, secrets)?.named(name))
}

pub(crate) fn stripe_with(given: &Given, secrets: &Words) -> Result<Stripe> {
    let (key, webhook_secret) = (needed(secrets, "key")?, hidden(secrets, "webhook_secret"));
    let settings = stripe::Settings { key, webhook_secret, address: given.stripe.clone() };
    // Its address is the server's own setting.
    Stripe::new(&given.peers, settings).map_err(|error| renamed(error, &[("stripe-key", "key")]))
}

/// The Karrio server. Errors: an address that may not be spoken to.
pub(crate) fn karrio(given: &Given, settings: &Words, secrets: &Words) -> Result<Karrio> {
    let (key, webhook_secret) = (needed(secrets, "key")?, hidden(secrets, "webhook_secret"));
    let settings = karrio::Settings { address: word(settings, "address").to_owned(), key, webhook_secret };
    Karrio::new(&given.peers.public_only(), settings).map_err(|error| renamed(error, &[("carrier", "address")]))
}

/// The mail server. Errors: no host, a port that is none, no address to send from.
pub(crate) fn smtp(given: &Given, settings: &Words, secrets: &Words) -> Result<Smtp> {
    let secure = word(settings, "security") == "tls";
    let port = match word(settings, "port") {
        "" => {
            if secure {
                465
            } else {
                587
            }
        }
        text => text.parse::<u16>().ok().filter(|port| *port > 0).ok_or_else(|| {
            Error::field("port", "out_of_range", "Write a number from 1 to 65535, or nothing for the usual one.")
        })?,
    };
    let host = word(settings, "host");
    if !host.chars().all(|letter| letter.is_ascii_alphanumeric() || ".-".contains(letter)) {
        return Err(Error::field(
            "host",
            "host_format",
            "Write the name of the mail server alone, such as smtp.example.com.",
        ));
    }
    let part = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20");
    let login = match (word(settings, "user"), hidden(secrets, "password")) {
        ("", _) => String::new(),
        (user, password) => format!("{}:{}@", part(user), part(password.as_ref().map_or("", Secret::reveal))),
    };
    let url = format!("{}://{login}{host}:{port}", if secure { "smtps" } else { "smtp" });
    let made = Smtp::new(&given.peers.public_only(), &url, word(settings, "from"));
    made.map_err(|error| renamed(error, &[("mail-url", "host"), ("mail-from", "from")]))
}
