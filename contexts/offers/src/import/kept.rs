//! An uploaded file while it is needed: in pieces in the database, where every node finds it and a backup takes it along.

use super::Import;
use base::{Error, Id, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use std::io::{self, Read, Write};
use store::{Store, params};

/// A piece holds this many bytes of the file at most: what a server needs in memory for an upload, however large.
pub const PIECE_BYTES: usize = 1 << 20;

/// A piece as it is kept: columns hold text, and product files shrink to a tenth. Errors: none but internal ones.
pub fn pack(bytes: &[u8]) -> Result<String> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).map_err(Error::internal)?;
    Ok(STANDARD.encode(packed.finish().map_err(Error::internal)?))
}

fn unpack(packed: &str) -> Result<Vec<u8>> {
    let packed = STANDARD.decode(packed).map_err(Error::internal)?;
    let mut bytes = Vec::new();
    GzDecoder::new(packed.as_slice()).read_to_end(&mut bytes).map_err(Error::internal)?;
    Ok(bytes)
}

/// Reads a kept file from its beginning, a piece at a time.
pub(super) struct KeptFile {
    store: Store,
    import: Id<Import>,
    number: i64,
    piece: Vec<u8>,
    at: usize,
}

impl KeptFile {
    pub(super) fn open(store: &Store, import: Id<Import>) -> KeptFile {
        KeptFile { store: store.clone(), import, number: 0, piece: Vec::new(), at: 0 }
    }

    fn next(&mut self) -> Result<Option<Vec<u8>>> {
        let (import, number) = (self.import, self.number);
        let row = self.store.read_blocking(move |db| db.maybe(PIECE, params![import, number]))?;
        row.map(|row| unpack(&row.get::<String>(0)?)).transpose()
    }
}

impl Read for KeptFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.piece.len() {
            let Some(piece) = self.next().map_err(|error| io::Error::other(error.message))? else { return Ok(0) };
            (self.piece, self.at, self.number) = (piece, 0, self.number + 1);
        }
        let read = (&self.piece[self.at..]).read(buffer)?;
        self.at += read;
        Ok(read)
    }
}

const PIECE: &str = "SELECT packed FROM offer_import_piece WHERE import = $1 AND number = $2";
