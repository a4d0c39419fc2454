//! Which addresses the house speaks to. The operator's own peers (provider, storage) may live anywhere, over https; what a
//! stranger wrote (a webhook, a picture) must be a public host, so that nobody makes this server ask its neighbours.

use base::{Error, Result};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

/// An address that was checked.
pub type Address = Url;

/// Longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(5);
/// Longest wait for a whole answer.
const ANSWER: Duration = Duration::from_secs(20);

/// The rule by which addresses are checked and clients made.
#[derive(Clone, Copy, Debug)]
pub struct Peers {
    plain_loopback: bool,
    public_only: bool,
}

impl Peers {
    /// In test mode plain http to this machine itself is allowed too.
    pub fn new(test_mode: bool) -> Peers {
        // Fails only when a provider is installed already: then that one serves.
        drop(rustls::crypto::ring::default_provider().install_default());
        Peers { plain_loopback: test_mode, public_only: false }
    }

    /// The same rule for peers that were written down in the console: they are public hosts, too, so that whoever gets hold of an
    /// admin's session cannot look around in the network that the server stands in.
    pub fn public_only(self) -> Peers {
        Peers { public_only: true, ..self }
    }

    /// An address of one of the operator's own peers; `setting` names where it was written.
    /// Errors: not an address; neither https nor, in test mode, http to loopback.
    pub fn own(&self, setting: &str, text: &str) -> Result<Address> {
        if self.public_only { self.public(setting, text) } else { self.secure(setting, text) }
    }

    fn secure(&self, setting: &str, text: &str) -> Result<Address> {
        let url = parse(setting, text)?;
        if url.scheme() == "https" || (self.plain_loopback && url.scheme() == "http" && is_loopback(&url)) {
            return Ok(url);
        }
        let say = "Write an address that begins with https://; plain http is for loopback in test mode only.";
        Err(Error::field(setting, "url_not_https", say))
    }

    /// The operator's mail server: `smtps://`, or `smtp://` with STARTTLS; says also whether plain smtp will do, which is for
    /// loopback in test mode. The text holds a password, so no error repeats it. Errors: anything else.
    pub fn mail(&self, setting: &str, text: &str) -> Result<(Address, bool)> {
        let wrong = || {
            let say = "Write the mail server like smtps://user:password@mail.example:465 or smtp://user:password@mail.example:587; \
                characters such as @ and / in the password are percent-encoded.";
            Error::field(setting, "mail_url", say)
        };
        let url = Url::parse(text.trim()).map_err(|_| wrong())?;
        if !["smtp", "smtps"].contains(&url.scheme()) || url.host_str().is_none_or(str::is_empty) {
            return Err(wrong());
        }
        let plain = self.plain_loopback && url.scheme() == "smtp" && is_loopback(&url);
        Ok((url, plain))
    }

    /// An address that somebody else wrote. Errors: as [`Peers::own`]; a host that is no public one.
    pub fn public(&self, setting: &str, text: &str) -> Result<Address> {
        let url = self.secure(setting, text)?;
        let literal = url.host_str().and_then(|host| host.trim_matches(['[', ']']).parse::<IpAddr>().ok());
        let inside = literal.is_some_and(|ip| !self.may_reach(ip))
            || (!self.plain_loopback && url.host_str().is_some_and(|host| host == "localhost"));
        if inside {
            return Err(Error::field(setting, "url_not_public", "Write the address of a public host."));
        }
        Ok(url)
    }

    /// A client for the operator's own peers. Errors: internal, without a source of root certificates.
    pub fn client(&self) -> Result<Client> {
        if self.public_only {
            return self.public_client();
        }
        builder().build().map_err(Error::internal)
    }

    /// A client for addresses that others wrote: follows no redirect, connects to public hosts only.
    pub fn public_client(&self) -> Result<Client> {
        builder().redirect(Policy::none()).dns_resolver(Arc::new(PublicOnly(*self))).build().map_err(Error::internal)
    }

    /// Where a host of the operator's own is reached; none to leave that to whoever connects, as the server's own settings may name
    /// any host. Errors: unavailable when the name is not known, or leads to no public host.
    pub(crate) async fn reached(&self, host: &str, port: u16) -> Result<Option<IpAddr>> {
        if !self.public_only {
            return Ok(None);
        }
        let unknown = |say: String| Error::unavailable("host_unknown", say);
        let found = tokio::net::lookup_host((host, port)).await;
        let found = found.map_err(|problem| unknown(format!("{host} is not known: {problem}.")))?;
        let public = found.map(|address| address.ip()).find(|ip| self.may_reach(*ip));
        public.map(Some).ok_or_else(|| unknown(format!("{host} is no public host.")))
    }

    fn may_reach(&self, ip: IpAddr) -> bool {
        is_public(ip) || (self.plain_loopback && ip.is_loopback())
    }
}

fn builder() -> reqwest::ClientBuilder {
    Client::builder()
        .connect_timeout(CONNECT)
        .timeout(ANSWER)
        .user_agent(concat!("Entrepot/", env!("CARGO_PKG_VERSION")))
}

fn parse(setting: &str, text: &str) -> Result<Url> {
    let wrong =
        || Error::field(setting, "url_format", format!("“{text}” is no address; write it like https://example.com."));
    let url = Url::parse(text.trim()).map_err(|_| wrong())?;
    if url.host_str().is_none_or(str::is_empty) { Err(wrong()) } else { Ok(url) }
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Reached over the internet: none of the ranges that the IANA registries of special-purpose addresses set apart.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => ip.to_ipv4_mapped().map_or_else(|| is_public_v6(ip), is_public_v4),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let protocol = a == 192 && b == 0 && c == 0;
    let benchmarking = a == 198 && (b == 18 || b == 19);
    let special =
        ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_documentation() || ip.is_multicast();
    !(special || a == 0 || shared || protocol || benchmarking || a >= 240)
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, ..] = ip.segments();
    let documentation = first == 0x2001 && second == 0x0db8;
    // 2000::/3 is all that is given out; 2002::/16 and 64:ff9b::/96 carry IPv4 addresses inside.
    first & 0xe000 == 0x2000 && !documentation && first != 0x2002
}

/// Names resolve to public addresses only; asked at every connection, so that a name cannot change its mind after a check.
struct PublicOnly(Peers);

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let peers = self.0;
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let public: Vec<SocketAddr> = found.into_iter().filter(|address| peers.may_reach(address.ip())).collect();
            if public.is_empty() {
                return Err(format!("{} is no public host", name.as_str()).into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(outcome: Result<Address>) -> &'static str {
        outcome.map_or_else(|error| error.fields[0].code, |_| "fine")
    }

    #[test]
    fn plain_http_is_for_loopback_in_test_mode_only() {
        let (real, test) = (Peers::new(false), Peers::new(true));
        for text in ["http://127.0.0.1:9", "http://[::1]:9/x", "http://localhost:9"] {
            assert_eq!(code(real.own("a", text)), "url_not_https", "{text}");
            assert_eq!(code(test.own("a", text)), "fine", "{text}");
        }
        assert_eq!(code(test.own("a", "http://example.com")), "url_not_https");
        assert_eq!(code(real.own("a", "https://10.0.0.5/pay")), "fine", "the operator's own peer may be a neighbour");
        for text in ["", "nonsense", "https://", "file:///etc/passwd"] {
            assert_ne!(code(test.own("a", text)), "fine", "{text}");
        }
    }

    #[test]
    fn a_stranger_cannot_point_into_the_house() {
        let real = Peers::new(false);
        let inside = [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "192.0.0.8",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "[::1]",
            "[::]",
            "[fe80::1]",
            "[fc00::1]",
            "[::ffff:10.0.0.1]",
            "[2002:a00:1::]",
            "[64:ff9b::a00:1]",
            "localhost",
            "2130706433",
            "0x7f.1",
        ];
        for host in inside {
            assert_eq!(code(real.public("a", &format!("https://{host}/"))), "url_not_public", "{host}");
        }
        for host in ["example.com", "93.184.216.34", "[2606:2800:220:1::1]"] {
            assert_eq!(code(real.public("a", &format!("https://{host}/"))), "fine", "{host}");
        }
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_not_connected_to() {
        let real = Peers::new(false);
        let refused = real.public_client().unwrap().get("https://localhost:1/").send().await.unwrap_err();
        assert!(format!("{refused:?}").contains("no public host"), "{refused:?}");
    }
}
