//! Uploaded files: streamed to a file that vanishes by itself, or piece by piece into the database; never whole in memory.

use crate::app::aside;
use crate::{App, Visitor};
use axum::extract::Multipart;
use base::{Error, Id, Result};
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
