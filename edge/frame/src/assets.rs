//! Static files: embedded, named by their content for caching for ever, compressed once.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use rust_embed::Embed;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

#[derive(Embed)]
#[folder = "static/"]
struct Files;

struct Asset {
    bytes: Bytes,
    /// Eight hex digits of the content's SHA-256.
    hash: String,
    zipped: OnceLock<Option<Bytes>>,
}

/// Every static file by its path.
pub struct Assets {
    files: HashMap<String, Asset>,
    /// In development files are read from here at every request.
    folder: Option<PathBuf>,
}

impl Assets {
    /// All embedded files; with `folder` they are read from disk instead and never cached.
    pub fn load(folder: Option<PathBuf>) -> Assets {
        let mut files = HashMap::new();
        for path in Files::iter() {
            if let Some(file) = Files::get(&path) {
                files.insert(path.into_owned(), asset(Bytes::from(file.data.into_owned())));
            }
        }
        Assets { files, folder }
    }

    /// Where a page finds `path`: `/static/~1a2b3c4d/entrepot.css`.
    pub fn url(&self, path: &str) -> String {
        match self.files.get(path) {
            Some(asset) if self.folder.is_none() => format!("/static/~{}/{path}", asset.hash),
            _ => format!("/static/{path}"),
        }
    }

    /// Where a page finds a picture: a static file or one that is kept. One that lies on another machine is not shown until
    /// it was fetched.
    pub fn picture(&self, source: &str) -> String {
        match source {
            "" => self.url("no-picture.svg"),
            _ if source.starts_with("https://") || source.starts_with("http://") => self.url("no-picture.svg"),
            _ if source.starts_with('/') => source.to_owned(),
            _ => self.url(source),
        }
    }

    /// The answer to a request for `path`: with the content's hash in the path it may be kept for ever, without it must be asked for again.
    pub fn answer(&self, path: &str, headers: &HeaderMap) -> Response {
        let (hash, path) = match path.strip_prefix('~').and_then(|rest| rest.split_once('/')) {
            Some((hash, path)) => (Some(hash), path),
            None => (None, path),
        };
        if let Some(bytes) = self.on_disk(path) {
            return answer(path, bytes, false, "no-cache");
        }
        let Some(asset) = self.files.get(path) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        let caching = match hash {
            Some(hash) if hash == asset.hash => "public, max-age=31536000, immutable",
            _ => "public, max-age=300",
        };
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if text(header::IF_NONE_MATCH).contains(&asset.hash) {
            return StatusCode::NOT_MODIFIED.into_response();
        }
        let zipped = asset.zipped.get_or_init(|| gzip(&asset.bytes));
        let mut response = match zipped {
            Some(zipped) if text(header::ACCEPT_ENCODING).contains("gzip") => {
                answer(path, zipped.clone(), true, caching)
            }
            _ => answer(path, asset.bytes.clone(), false, caching),
        };
        if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", asset.hash)) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response
    }

    fn on_disk(&self, path: &str) -> Option<Bytes> {
        let folder = self.folder.as_ref()?;
        let safe = Path::new(path).components().all(|part| matches!(part, std::path::Component::Normal(_)));
        safe.then(|| std::fs::read(folder.join(path)).ok().map(Bytes::from))?
    }
}

fn asset(bytes: Bytes) -> Asset {
    let hash = base::hex::digits(&Sha256::digest(&bytes)[..4]);
    Asset { bytes, hash, zipped: OnceLock::new() }
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml; charset=utf-8",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("webmanifest" | "json") => "application/json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn gzip(bytes: &Bytes) -> Option<Bytes> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).ok()?;
    let zipped = encoder.finish().ok()?;
    (zipped.len() < bytes.len()).then(|| Bytes::from(zipped))
}

fn answer(path: &str, bytes: Bytes, zipped: bool, caching: &'static str) -> Response {
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(path)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if zipped {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}
