//! Uploaded files: streamed to a file that vanishes by itself, or piece by piece into the database, never whole in memory;
//! pictures are read one at a time.

use crate::app::App;
use crate::app::aside;
use crate::form::Form;
use crate::route::FORM_BYTES;
use crate::visitor::Visitor;
use axum::extract::Multipart;
use axum::extract::multipart::Field;
use base::{Error, Id, Result};
use bytes::{Bytes, BytesMut};
use catalog::PutMedium;
use catalog::picture::FILE_BYTES;
use offers::import::{self, Import, NewImport, PIECE_BYTES, Ready};
use parties::Organisation;
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

/// A product file on its way into the database. One that is dropped half way is swept up after a day.
pub struct Incoming {
    app: App,
    visitor: Visitor,
    id: Id<Import>,
    piece: Vec<u8>,
    number: i64,
    /// Bytes that have come so far.
    pub bytes: usize,
}

impl Incoming {
    /// Begins with an empty file called `name`. Errors: denied.
    pub async fn begin(app: &App, visitor: &Visitor, organisation: Id<Organisation>, name: &str) -> Result<Incoming> {
        let new = NewImport { organisation, name: name.to_owned() };
        let id = app.store.write_as(visitor.actor, move |tx| import::begin(tx, &new)).await?;
        Ok(Incoming { app: app.clone(), visitor: visitor.clone(), id, piece: Vec::new(), number: 0, bytes: 0 })
    }

    /// Takes in what has just come.
    pub async fn add(&mut self, mut bytes: &[u8]) -> Result<()> {
        self.bytes += bytes.len();
        while !bytes.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(PIECE_BYTES - self.piece.len()));
            self.piece.extend_from_slice(now);
            bytes = later;
            if self.piece.len() == PIECE_BYTES {
                self.keep().await?;
            }
        }
        Ok(())
    }

    async fn keep(&mut self) -> Result<()> {
        let (id, number, piece) = (self.id, self.number, std::mem::take(&mut self.piece));
        let packed = aside(move || import::pack(&piece)).await??;
        self.number += 1;
        self.app.store.write_as(self.visitor.actor, move |tx| import::add_piece(tx, id, number, &packed)).await
    }

    /// The file is whole: its import waits to be run.
    pub async fn ready(mut self, ready: Ready) -> Result<Id<Import>> {
        if !self.piece.is_empty() {
            self.keep().await?;
        }
        let id = self.id;
        self.app.store.write_as(self.visitor.actor, move |tx| import::ready(tx, id, &ready)).await?;
        Ok(id)
    }

    /// The file is not wanted after all.
    pub async fn abandon(self) -> Result<()> {
        let id = self.id;
        self.app.store.write_as(self.visitor.actor, move |tx| import::abandon(tx, id)).await
    }
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

/// A form with pictures that are not kept yet.
pub struct Carried {
    /// What was written.
    pub form: Form,
    /// The files as they came, at most as many as were asked for.
    pub files: Vec<Bytes>,
    /// Why some were not taken.
    pub refused: Vec<Error>,
}

/// Takes in a form with at most `most` pictures, for a page that looks at the form before it keeps anything. Errors: broken off;
/// larger than the route takes.
pub async fn carried(parts: Multipart, most: usize) -> Result<Carried> {
    let mut reading = Reading::of(parts);
    let mut carried = Carried { form: Form::default(), files: Vec::new(), refused: Vec::new() };
    while let Some(came) = reading.next(carried.files.len() < most).await? {
        match came {
            Came::Picture(file) => carried.files.push(file),
            Came::TooLarge => carried.refused.push(too_large()),
            Came::TooMany => carried.refused.push(too_many(format!("Send at most {most} pictures."))),
        }
    }
    carried.form = Form::of(reading.fields);
    Ok(carried)
}

/// Takes in a form with pictures for `organisation`. A picture that is not taken is no error of the form. Errors: broken off;
/// larger than the route takes; the storage.
pub async fn pictures(app: &App, visitor: &Visitor, organisation: i64, parts: Multipart) -> Result<Sent> {
    let mut reading = Reading::of(parts);
    let mut sent = Sent { form: Form::default(), pictures: Vec::new(), refused: Vec::new() };
    while let Some(came) = reading.next(sent.pictures.len() < PICTURES).await? {
        match came {
            Came::Picture(file) => match keep(app, visitor, organisation, file).await {
                Ok(address) => sent.pictures.push(address),
                Err(error) if error.fields.is_empty() => return Err(error),
                Err(error) => sent.refused.push(error),
            },
            Came::TooLarge => sent.refused.push(too_large()),
            Came::TooMany => sent.refused.push(too_many("Send at most twenty pictures at once.".into())),
        }
    }
    sent.form = Form::of(reading.fields);
    Ok(sent)
}

/// A form with pictures, read from its beginning to its end: one picture at a time, what is written between them beside it.
struct Reading {
    parts: Multipart,
    fields: Vec<(String, String)>,
    /// Of what was written.
    bytes: usize,
}

/// What came as a file.
enum Came {
    Picture(Bytes),
    TooLarge,
    TooMany,
}

impl Reading {
    fn of(parts: Multipart) -> Reading {
        Reading { parts, fields: Vec::new(), bytes: 0 }
    }

    /// The next file, read if there is room for it; nothing at the end of the form.
    async fn next(&mut self, room: bool) -> Result<Option<Came>> {
        while let Some(part) = self.parts.next_field().await.map_err(broken)? {
            let name = part.name().unwrap_or_default().to_owned();
            match part.file_name() {
                // A browser sends a file without a name when none was chosen.
                Some("") => {}
                Some(_) if !room => return Ok(Some(Came::TooMany)),
                Some(_) => return Ok(Some(picture(part).await?.map_or(Came::TooLarge, Came::Picture))),
                None => {
                    let text = part.text().await.map_err(broken)?.replace('\0', "");
                    self.bytes += text.len();
                    if self.bytes > FORM_BYTES {
                        return Err(Error::too_large("too_large", "The form is larger than this page takes."));
                    }
                    self.fields.push((name, text));
                }
            }
        }
        Ok(None)
    }
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

fn too_many(say: String) -> Error {
    Error::field("pictures", "too_many_pictures", say)
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
