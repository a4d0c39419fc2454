//! The bytes of a product file: counted, and bounded per row so that one open quote cannot swallow the memory.

use base::{Error, Result};
use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};

/// A row longer than this is no product's.
const ROW_BYTES_MAX: u64 = 8 * 1024 * 1024;

/// A reader that counts, and stops a row without end.
pub(crate) struct Guarded<R: Read> {
    input: BufReader<R>,
    bytes: u64,
    /// Where the present row began, as near as the reader's buffer allows.
    row_began: Cell<u64>,
}

impl<R: Read> Guarded<R> {
    /// Looks at the beginning to find out what stands between the cells. Errors: unreadable.
    pub(crate) fn open(input: R) -> Result<(Guarded<R>, u8)> {
        let mut input = BufReader::with_capacity(64 * 1024, input);
        let start = input
            .fill_buf()
            .map_err(|error| Error::unavailable("file_unreadable", format!("The file cannot be read: {error}")))?;
        let header = start.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
        let count = |delimiter: u8| header.iter().filter(|byte| **byte == delimiter).count();
        let delimiter = [b',', b';', b'\t'].into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',');
        Ok((Guarded { input, bytes: 0, row_began: Cell::new(0) }, delimiter))
    }

    /// Bytes read so far.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// A new row begins.
    pub(crate) fn begin_record(&self) {
        self.row_began.set(self.bytes);
    }
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.bytes - self.row_began.get() > ROW_BYTES_MAX {
            let message = "A row is longer than 8 MB; most likely a quote was opened and never closed.";
            return Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        let read = self.input.read(buffer)?;
        self.bytes += read as u64;
        Ok(read)
    }
}
