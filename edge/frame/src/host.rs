//! Which names this server answers to (RFC 9112, 3.2): one Host, a valid one, and one of ours. What reaches the handlers is a
//! path and the host that was asked, however the request was written.

use crate::app::Config;
use axum::extract::{Request, State};
use axum::http::uri::{Authority, PathAndQuery};
use axum::http::{HeaderValue, StatusCode, Uri, Version, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;
use std::sync::Arc;

/// What balancers and monitors ask for by a number of the machine; nothing there holds a link.
const WATCHED: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// The names of an installation.
#[derive(Clone, Debug)]
pub struct Hosts(Arc<Names>);

#[derive(Debug)]
struct Names {
    /// In small letters, without a port.
    own: Vec<String>,
    /// Any number of this machine will do: nobody has said under which name it is reached.
    numbers: bool,
}

impl Hosts {
    /// The host of the public address, those that are named besides, and this machine's own.
    pub fn of(config: &Config) -> Hosts {
        let base = config.base_url.parse::<Uri>().ok().and_then(|base| base.host().map(small));
        let own = base.into_iter().chain(config.hosts.iter().map(|host| small(host))).collect();
        Hosts(Arc::new(Names { own, numbers: config.is_nameless }))
    }

    fn knows(&self, asked: &Authority) -> bool {
        let host = small(asked.host());
        let number = host.trim_matches(['[', ']']).parse::<IpAddr>().ok();
        host == "localhost"
            || number.is_some_and(|number| self.0.numbers || number.is_loopback())
            || self.0.own.contains(&host)
    }
}

fn small(host: &str) -> String {
    host.trim_end_matches('.').to_ascii_lowercase()
}

/// The layer before everything else.
pub async fn layer(State(hosts): State<Hosts>, mut request: Request, next: Next) -> Response {
    match asked(&request) {
        Ok(None) => next.run(request).await,
        Ok(Some(host)) if hosts.knows(&host) || WATCHED.contains(&request.uri().path()) => {
            if request.uri().authority().is_some() {
                let path = request.uri().path_and_query().cloned();
                *request.uri_mut() = Uri::from(path.unwrap_or(PathAndQuery::from_static("/")));
                let value = HeaderValue::from_str(host.as_str()).unwrap_or(HeaderValue::from_static("localhost"));
                request.headers_mut().insert(header::HOST, value);
            }
            next.run(request).await
        }
        Ok(Some(host)) => {
            let say = format!(
                "421 This server does not answer for {host}. Whoever runs it names its address with --base-url, and more of \
                 them with --host.\n"
            );
            (StatusCode::MISDIRECTED_REQUEST, [(header::CACHE_CONTROL, "no-store")], say).into_response()
        }
        Err(say) => {
            let headers = [(header::CACHE_CONTROL, "no-store"), (header::CONNECTION, "close")];
            (StatusCode::BAD_REQUEST, headers, format!("400 {say}\n")).into_response()
        }
    }
}

/// The host that is asked; none where HTTP/1.0 says none.
fn asked(request: &Request) -> Result<Option<Authority>, &'static str> {
    const INVALID: &str = "The Host header is not valid: send one name, with a port if need be.";
    let mut named = request.headers().get_all(header::HOST).iter();
    let host = match (named.next(), named.next()) {
        (None, _) if request.version() < Version::HTTP_11 => return Ok(request.uri().authority().cloned()),
        (None, _) => return Err("The Host header is missing."),
        (Some(_), Some(_)) => return Err("There is more than one Host header."),
        (Some(host), None) => host.to_str().ok().and_then(|host| host.parse::<Authority>().ok()),
    };
    let valid = |host: &Authority| !host.host().is_empty() && !host.as_str().contains('@');
    let host = host.filter(valid).ok_or(INVALID)?;
    // Of a request that names the whole address its own host counts.
    Ok(Some(request.uri().authority().filter(|asked| valid(asked)).cloned().unwrap_or(host)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::Body;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use tower::ServiceExt;

    fn config(base_url: &str, is_nameless: bool) -> Config {
        Config { base_url: base_url.into(), hosts: vec!["WWW.shop.example".into()], is_nameless, ..Config::default() }
    }

    async fn status(config: &Config, uri: &str, hosts: &[&str], version: Version) -> u16 {
        let seen = |request: Request| async move {
            assert!(request.uri().authority().is_none(), "handlers see a path");
            request
                .headers()
                .get(header::HOST)
                .cloned()
                .map(|host| host.to_str().unwrap().to_owned())
                .unwrap_or_default()
        };
        let router = Router::new()
            .route("/a", get(seen))
            .route("/healthz", get(seen))
            .layer(from_fn_with_state(Hosts::of(config), layer));
        let mut request = Request::get(uri).version(version);
        for host in hosts {
            request = request.header(header::HOST, *host);
        }
        router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap().status().as_u16()
    }

    #[tokio::test]
    async fn one_host_a_valid_one_and_one_of_ours() {
        let shop = config("https://shop.example", false);
        for (uri, hosts, wanted) in [
            ("/a", &["shop.example"][..], 200),
            ("/a", &["SHOP.example.:443"], 200),
            ("/a", &["www.shop.example"], 200),
            ("/a", &["127.0.0.1:8080"], 200),
            ("/a", &["[::1]:8080"], 200),
            ("/a", &["localhost"], 200),
            ("/a", &["evil.example"], 421),
            ("/a", &["shop.example.evil.example"], 421),
            ("/a", &["192.0.2.7"], 421),
            ("/healthz", &["192.0.2.7"], 200),
            ("/healthz", &[], 400),
            ("/a", &[], 400),
            ("/a", &[""], 400),
            ("/a", &["shop.example", "shop.example"], 400),
            ("/a", &["shop.example", "evil.example"], 400),
            ("/a", &["a b"], 400),
            ("/a", &["me@shop.example"], 400),
            ("/a", &["shop.example/x"], 400),
            ("http://shop.example/a", &["evil.example"], 200),
            ("http://evil.example/a", &["shop.example"], 421),
            ("http://shop.example/a", &[], 400),
        ] {
            assert_eq!(status(&shop, uri, hosts, Version::HTTP_11).await, wanted, "{uri} {hosts:?}");
        }
        assert_eq!(status(&shop, "/a", &[], Version::HTTP_10).await, 200, "HTTP/1.0 need not say");
        let nameless = config("http://0.0.0.0:8080", true);
        assert_eq!(status(&nameless, "/a", &["192.0.2.7:8080"], Version::HTTP_11).await, 200);
        assert_eq!(status(&nameless, "/a", &["evil.example"], Version::HTTP_11).await, 421, "a name is no number");
    }
}
