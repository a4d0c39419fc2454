//! Pictures that are kept: what is under an address never changes, so that it may be kept for ever.

use crate::app::App;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use catalog::PictureAddress;

/// GET /media/{hash}/{file}: one size of a picture.
pub async fn serve(State(app): State<App>, Path((hash, file)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let Ok(address) = format!("/media/{hash}/{file}").parse::<PictureAddress>() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known.is_some_and(|known| known.contains(&tag(&address))) {
        return kept(StatusCode::NOT_MODIFIED.into_response(), &address);
    }
    match app.media.get(&address.key()).await {
        Ok(Some(bytes)) => {
            let mut response = Response::new(Body::from(bytes));
            let mime = HeaderValue::from_static(address.coding.mime());
            response.headers_mut().insert(header::CONTENT_TYPE, mime);
            kept(response, &address)
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

fn kept(mut response: Response, address: &PictureAddress) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    if let Ok(tag) = HeaderValue::from_str(&tag(address)) {
        headers.insert(header::ETAG, tag);
    }
    response
}

fn tag(address: &PictureAddress) -> String {
    format!("\"{}-{}\"", &address.hash[..16], address.width)
}
