//! Who is behind a request: preferences, session, cart, language. Read from cookies once, before the handler.

use crate::app::App;
use crate::language::{Languages, Locale};
use crate::preferences::Preferences;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header::{self, HeaderMap};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Uri};
use base::{Actor, Date, Error, Moment, Permission};
use parties::Session;
use std::net::{IpAddr, SocketAddr};
use std::ops::Deref;
use std::sync::Arc;

use crate::failure::Failure;

/// Everything a page needs to know of the request. Cheap to clone.
#[derive(Clone)]
pub struct Visitor(Arc<Seen>);

/// What was read from the request.
#[derive(Clone)]
pub struct Seen {
    /// Destination, currency, language, theme.
    pub preferences: Preferences,
    /// The language's texts.
    pub locale: Arc<Locale>,
    /// Signed in, if so.
    pub session: Option<Session>,
    /// The session cookie's token.
    pub session_token: Option<String>,
    /// The cart cookie's token.
    pub cart: Option<String>,
    /// Pieces in the cart as of its last change, for the badge.
    pub cart_count: i64,
    /// What every form of this visitor carries.
    pub csrf: String,
    /// Who acts: the session's person, an API key's, or a guest.
    pub actor: Actor,
    /// Path and query of the request.
    pub uri: Uri,
    /// The client's address, for rate limits.
    pub address: String,
    /// The token of a device on which somebody signed in before.
    pub device: Option<String>,
    /// The token of a sign-in that waits for its second step.
    pub step: Option<String>,
    /// What the browser calls itself.
    pub agent: String,
    /// Id of the request, in logs and on error pages.
    pub request: String,
    /// The moment of the request, by the store's clock.
    pub now: Moment,
    /// What the page before left to say, as codes.
    pub flash: Option<String>,
    /// Cookies over TLS only.
    secure: bool,
    /// Cookies to set whatever the handler answers.
    pub(crate) fresh: Vec<HeaderValue>,
}

impl Deref for Visitor {
    type Target = Seen;
    fn deref(&self) -> &Seen {
        &self.0
    }
}

/// One year, in seconds.
const YEAR: i64 = 31_536_000;
const MONTH: i64 = 30 * 86_400;

impl Visitor {
    /// The calendar day of the request.
    pub fn today(&self) -> Date {
        self.now.date()
    }

    /// Whether the visitor's role allows `permission`.
    pub fn may(&self, permission: Permission) -> bool {
        self.actor.may(permission).is_ok()
    }

    /// The signed-in person's session. Errors: unauthenticated.
    pub fn signed_in(&self) -> base::Result<&Session> {
        self.session.as_ref().ok_or_else(Error::unauthenticated)
    }

    /// A `Set-Cookie` value: HttpOnly, SameSite=Lax, Secure behind TLS. `seconds` 0 removes it.
    pub fn cookie(&self, name: &str, value: &str, seconds: i64) -> HeaderValue {
        cookie(self.secure, name, value, seconds)
    }

    /// The cookie that keeps a session for thirty days.
    pub fn session_cookie(&self, token: &str) -> HeaderValue {
        self.cookie(SESSION, token, MONTH)
    }

    /// The cookies of a sign-in: the session's, the device's, and none for a second step any more.
    pub fn signed_in_cookies(&self, session: &str, device: &str) -> [HeaderValue; 3] {
        [self.session_cookie(session), self.device_cookie(device), self.cookie(STEP, "", 0)]
    }

    /// The cookie that makes this device known.
    pub fn device_cookie(&self, token: &str) -> HeaderValue {
        self.cookie(DEVICE, token, 6 * MONTH)
    }

    /// The cookie that keeps a sign-in until its second step.
    pub fn step_cookie(&self, token: &str) -> HeaderValue {
        self.cookie(STEP, token, 300)
    }

    /// The network of the client, for limits: whoever has one IPv6 address has the 2^64 around it.
    pub fn network(&self) -> String {
        crate::limit::neighbourhood(&self.address)
    }

    /// Who tries to sign in as whom.
    pub fn trial(&self, email: &str) -> parties::Trial {
        parties::Trial { email: email.to_owned(), network: self.network(), device: self.device.clone() }
    }

    /// How a session of this visitor begins.
    pub fn entry(&self, proof: parties::Proof) -> parties::Entry {
        parties::Entry { proof, agent: crate::agent::words(&self.agent), address: self.address.clone() }
    }

    /// The cookies that keep the cart and its badge.
    pub fn cart_cookies(&self, token: &str, count: i64) -> [HeaderValue; 2] {
        [self.cookie(CART, token, 2 * MONTH), self.cookie(COUNT, &count.to_string(), 2 * MONTH)]
    }

    /// Removes the cart cookies, after the order is placed.
    pub fn no_cart(&self) -> [HeaderValue; 2] {
        [self.cookie(CART, "", 0), self.cookie(COUNT, "", 0)]
    }

    /// Says something on the next page.
    pub fn flash_cookie(&self, text: &str) -> HeaderValue {
        let encoded: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
        self.cookie(FLASH, &encoded, 60)
    }

    /// The cookie that keeps preferences.
    pub fn preferences_cookie(&self, preferences: &Preferences) -> HeaderValue {
        self.cookie(PREFERENCES, &preferences.encode(), YEAR)
    }

    /// The same visitor with other preferences, for a page that is rendered at once.
    pub fn preferring(&self, preferences: Preferences, languages: &Languages) -> Visitor {
        let locale = languages.find(preferences.language).unwrap_or(languages.english()).clone();
        Visitor(Arc::new(Seen { preferences, locale, ..(*self.0).clone() }))
    }

    /// The same visitor at a desk.
    pub fn at_desk(self, languages: &Languages) -> Visitor {
        let locale = self.preferences.at_desk(languages);
        match locale.tag == self.locale.tag {
            true => self,
            false => Visitor(Arc::new(Seen { locale: locale.clone(), ..(*self.0).clone() })),
        }
    }

    /// The same visitor after the account is gone, for a page that is rendered at once.
    pub fn signed_out(&self) -> Visitor {
        Visitor(Arc::new(Seen {
            session: None,
            session_token: None,
            cart_count: 0,
            actor: Actor::Guest,
            ..(*self.0).clone()
        }))
    }

    /// Removes every cookie that says who this is.
    pub fn forgotten(&self) -> [HeaderValue; 5] {
        [SESSION, DEVICE, STEP, CART, COUNT].map(|name| self.cookie(name, "", 0))
    }
}

/// The cookie of a session.
pub const SESSION: &str = "session";
const DEVICE: &str = "device";
const STEP: &str = "step";
const CART: &str = "cart";
const COUNT: &str = "pieces";
const CSRF: &str = "csrf";
const FLASH: &str = "flash";
const PREFERENCES: &str = "prefs";

fn cookie(secure: bool, name: &str, value: &str, seconds: i64) -> HeaderValue {
    let (prefix, flag) = if secure { ("__Host-", "; Secure") } else { ("", "") };
    let text = format!("{prefix}{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{flag}");
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("invalid=; Max-Age=0"))
}

/// The value of a cookie.
fn cookie_of<'a>(headers: &'a HeaderMap, secure: bool, name: &str) -> Option<&'a str> {
    let prefix = if secure { "__Host-" } else { "" };
    let pairs = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    pairs.flat_map(|text| text.split(';')).find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key.strip_prefix(prefix)? == name && !value.is_empty()).then_some(value)
    })
}

fn header_text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Whether the request came over TLS: the public address says so, or a trusted proxy.
pub(crate) fn is_secure(app: &App, headers: &HeaderMap) -> bool {
    app.config.is_secure() || (app.config.behind_proxy && told_last(headers, "x-forwarded-proto") == "https")
}

/// What the proxy before us said: the last word of the last such header. Some proxies add to the header that came in, others
/// write one more after it, and all that stands before is the client's own word.
fn told_last<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    let last = headers.get_all(name).iter().next_back().and_then(|value| value.to_str().ok());
    last.and_then(|value| value.rsplit(',').next()).unwrap_or_default().trim()
}

/// The client's address: the last hop a trusted proxy reports, or the connection's.
fn address(app: &App, parts: &Parts) -> String {
    let told = if app.config.behind_proxy { told_last(&parts.headers, "x-forwarded-for") } else { "" };
    match told {
        "" => parts.extensions.get::<ConnectInfo<SocketAddr>>().map_or("local".into(), |info| plain(info.0.ip())),
        told => told_address(told),
    }
}

/// One address in one writing, whether or not the proxy tells its port, in brackets or not.
fn told_address(told: &str) -> String {
    let bare = told.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(told);
    let with_port = || told.parse::<SocketAddr>().ok().map(|socket| socket.ip());
    bare.parse().ok().or_else(with_port).map_or_else(|| told.to_owned(), plain)
}

fn plain(address: IpAddr) -> String {
    address.to_canonical().to_string()
}

/// Reads everything from the request's cookies; no database.
fn see(app: &App, parts: &Parts, request: String) -> Seen {
    let (headers, secure) = (&parts.headers, is_secure(app, &parts.headers));
    let own = |name| cookie_of(headers, secure, name);
    let home = app.home();
    let kept =
        own(PREFERENCES).and_then(|text| Preferences::decode(text, &app.languages)).map(|kept| kept.served(&home));
    let mut fresh = Vec::new();
    let preferences = kept.unwrap_or_else(|| {
        let guessed = Preferences::guess(header_text(headers, "accept-language"), &app.languages, &home);
        fresh.push(cookie(secure, PREFERENCES, &guessed.encode(), YEAR));
        guessed
    });
    let preferences = in_asked_language(app, parts, preferences, &mut fresh);
    let locale = app.languages.find(preferences.language).unwrap_or(app.languages.english()).clone();
    let csrf = own(CSRF).filter(|token| token.len() == 32).map(String::from).unwrap_or_else(|| {
        let token = app.secrets.next();
        fresh.push(cookie(secure, CSRF, &token, YEAR));
        token
    });
    let flash = own(FLASH).map(|text| {
        fresh.push(cookie(secure, FLASH, "", 0));
        form_urlencoded::parse(text.as_bytes()).next().map(|(key, _)| key.into_owned()).unwrap_or_default()
    });
    Seen {
        locale,
        session: None,
        session_token: own(SESSION).map(String::from),
        cart: own(CART).map(String::from),
        cart_count: own(COUNT).and_then(|text| text.parse().ok()).unwrap_or(0),
        csrf,
        actor: Actor::Guest,
        uri: parts.uri.clone(),
        address: address(app, parts),
        device: own(DEVICE).map(String::from),
        step: own(STEP).map(String::from),
        agent: header_text(headers, "user-agent").to_owned(),
        request,
        now: app.store.clock().now(),
        flash,
        secure,
        fresh,
        preferences,
    }
}

/// `?hl=zh-CN`, where search engines and other pages link to a language: it is kept as if it had been chosen.
fn in_asked_language(app: &App, parts: &Parts, kept: Preferences, fresh: &mut Vec<HeaderValue>) -> Preferences {
    let query = parts.uri.query().filter(|query| query.contains("hl="));
    let asked = query.and_then(|query| form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "hl"));
    let Some(locale) = asked.and_then(|(_, tag)| app.languages.find(&tag)) else { return kept };
    let preferences = Preferences { language: locale.tag, ..kept };
    fresh.push(cookie(is_secure(app, &parts.headers), PREFERENCES, &preferences.encode(), YEAR));
    preferences
}

/// The visitor of a page; one read when a session cookie is there.
pub(crate) async fn of_page(app: &App, parts: &Parts, request: String) -> base::Result<Visitor> {
    let mut seen = see(app, parts, request);
    if let Some(token) = seen.session_token.clone() {
        let asked = token.clone();
        seen.session = app.store.read(move |db| parties::session(db, &asked)).await?;
        if seen.session.as_ref().is_some_and(|session| session.unseen) {
            app.store.write(move |tx| parties::seen(tx, &token)).await?;
        }
    }
    match &seen.session {
        Some(session) => {
            seen.actor = session.actor;
            seen.csrf.clone_from(&session.csrf);
        }
        None => seen.session_token = None,
    }
    Ok(Visitor(Arc::new(seen)))
}

/// The caller of the API: an API key in `Authorization: Bearer …`, or nobody. Cookies are not looked at.
pub(crate) async fn of_api(app: &App, parts: &Parts, request: String) -> base::Result<Visitor> {
    let key = header_text(&parts.headers, "authorization").strip_prefix("Bearer ").map(|key| key.trim().to_owned());
    let language = header_text(&parts.headers, "accept-language");
    let preferences = Preferences::guess(language, &app.languages, &app.home());
    let actor = match key {
        None => Actor::Guest,
        Some(key) => {
            let found = app.store.read(move |db| parties::api_key(db, &key)).await?;
            found.ok_or_else(|| Error::new(base::Kind::Unauthenticated, "unknown_key", "This API key is not known."))?
        }
    };
    Ok(Visitor(Arc::new(Seen {
        locale: app.languages.find(preferences.language).unwrap_or(app.languages.english()).clone(),
        preferences,
        session: None,
        session_token: None,
        cart: None,
        cart_count: 0,
        csrf: String::new(),
        actor,
        uri: parts.uri.clone(),
        address: address(app, parts),
        device: None,
        step: None,
        agent: String::new(),
        request,
        now: app.store.clock().now(),
        flash: None,
        secure: is_secure(app, &parts.headers),
        fresh: Vec::new(),
    })))
}

/// A stranger: for the page that says that the visitor could not be read.
pub(crate) fn stranger(app: &App, parts: &Parts, request: String) -> Visitor {
    Visitor(Arc::new(see(app, parts, request)))
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Visitor, Failure> {
        let seen = parts.extensions.get::<Visitor>().cloned();
        seen.ok_or_else(|| Failure(Error::internal("a handler outside the route table asked for a visitor")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_writing() {
        let same = [
            ("192.0.2.7", "192.0.2.7"),
            ("192.0.2.7:4711", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("[::ffff:192.0.2.7]:443", "192.0.2.7"),
            ("2001:DB8:0:0::1", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("[2001:db8::1]:50000", "2001:db8::1"),
            ("unknown", "unknown"),
        ];
        for (told, address) in same {
            assert_eq!(told_address(told), address);
        }
    }

    #[test]
    fn only_the_last_word_is_the_proxys() {
        let headers = |lines: &[&'static str]| {
            let mut all = HeaderMap::new();
            for line in lines {
                all.append("x-forwarded-for", HeaderValue::from_static(line));
            }
            all
        };
        for lines in
            [&["198.51.100.1, 192.0.2.7"][..], &["198.51.100.1", "192.0.2.7"], &["1.1.1.1,2.2.2.2", " 192.0.2.7 "]]
        {
            assert_eq!(told_last(&headers(lines), "x-forwarded-for"), "192.0.2.7", "{lines:?}");
        }
        assert_eq!(told_last(&headers(&[]), "x-forwarded-for"), "");
    }
}
