//! An error on its way from a handler to the gate.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::{Error, Kind};

/// What a handler returns.
pub type Answer = Result<Response, Failure>;

/// An error on its way to the edge, where [`crate::refusal`] renders it.
#[derive(Clone, Debug)]
pub struct Failure(pub Error);

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = status(self.0.kind).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The HTTP status of a kind of error.
pub fn status(kind: Kind) -> StatusCode {
    StatusCode::from_u16(kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
