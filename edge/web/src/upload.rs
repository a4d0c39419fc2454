//! Uploaded files: product files are streamed to a file that vanishes by itself; pictures are read one at a time.

use crate::routes::FORM_BYTES;
use crate::{App, Form, Visitor};
use axum::extract::Multipart;
use axum::extract::multipart::Field;
use base::{Error, Result};
use bytes::{Bytes, BytesMut};
use catalog::PutMedium;
use catalog::picture::FILE_BYTES;
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

/// Largest form with pictures.
pub const PICTURES_BYTES: usize = 120 * 1024 * 1024;
/// Most pictures in a form.
const PICTURES: usize = 20;

/// A form with pictures among its fields.
pub struct Sent {
    /// What was written.
    pub form: Form,
    /// Addresses of the pictures, which are kept and known as the owner's now.
    pub pictures: Vec<String>,
    /// Why some are not.
    pub refused: Vec<Error>,
}

/// Takes in a form with pictures for `organisation`. A picture that is not taken is no error of the form. Errors: broken off;
/// larger than the route takes; the storage.
pub async fn pictures(app: &App, visitor: &Visitor, organisation: i64, mut parts: Multipart) -> Result<Sent> {
    let (mut fields, mut bytes) = (Vec::new(), 0);
    let mut sent = Sent { form: Form::default(), pictures: Vec::new(), refused: Vec::new() };
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            // A browser sends a file without a name when none was chosen.
            Some(file) if file.is_empty() => {}
            Some(_) if sent.pictures.len() >= PICTURES => {
                let say = "Send at most twenty pictures at once.";
                sent.refused.push(Error::field("pictures", "too_many_pictures", say));
            }
            Some(_) => match picture(part).await? {
                Some(file) => match keep(app, visitor, organisation, file).await {
                    Ok(address) => sent.pictures.push(address),
                    Err(error) if error.fields.is_empty() => return Err(error),
                    Err(error) => sent.refused.push(error),
                },
                None => sent.refused.push(too_large()),
            },
            None => {
                let text = part.text().await.map_err(broken)?.replace('\0', "");
                bytes += text.len();
                if bytes > FORM_BYTES {
                    return Err(Error::invalid("too_large", "The form is larger than this page takes."));
                }
                fields.push((name, text));
            }
        }
    }
    sent.form = Form::of(fields);
    Ok(sent)
}

/// Keeps a picture and notes it as its owner's; where it is. Errors: those of [`connect::Media::take`]; denied.
pub async fn keep(app: &App, visitor: &Visitor, organisation: i64, file: Bytes) -> Result<String> {
    let medium: PutMedium = app.media.take(organisation, file, "").await?;
    let address = medium.address.to_string();
    app.store.write_as(visitor.actor, move |tx| catalog::put_medium(tx, &medium)).await?;
    Ok(address)
}

fn broken(_: axum::extract::multipart::MultipartError) -> Error {
    Error::invalid("broken_off", "The form did not arrive whole, or it is larger than this page takes.")
}

fn too_large() -> Error {
    Error::field("pictures", "picture_too_large", "Choose a picture of at most 20 MB.")
}

/// The file of a part; nothing if it is too large. The rest of it is read over.
async fn picture(mut part: Field<'_>) -> Result<Option<Bytes>> {
    let (mut file, mut large) = (BytesMut::new(), false);
    while let Some(piece) = part.chunk().await.map_err(broken)? {
        large |= file.len() + piece.len() > FILE_BYTES;
        if !large {
            file.extend_from_slice(&piece);
        }
    }
    Ok((!large).then(|| file.freeze()))
}
