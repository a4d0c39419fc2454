//! Uploaded files: streamed to a file that vanishes by itself, never held in memory.

use axum::extract::Multipart;
use base::{Error, Result};
use std::fs::File;
use std::io::{Seek, Write};

/// The first file of a form, from its beginning. Errors: no file; broken off; larger than the route takes.
pub async fn first_file(mut parts: Multipart) -> Result<File> {
    let broken =
        |_| Error::invalid("broken_off", "The file did not arrive whole, or it is larger than this page takes.");
    while let Some(mut part) = parts.next_field().await.map_err(broken)? {
        if part.file_name().is_none_or(str::is_empty) {
            continue;
        }
        let mut file = tempfile::tempfile().map_err(Error::internal)?;
        while let Some(piece) = part.chunk().await.map_err(broken)? {
            file.write_all(&piece).map_err(Error::internal)?;
        }
        file.rewind().map_err(Error::internal)?;
        return Ok(file);
    }
    Err(Error::field("file", "required", "Choose a file."))
}
