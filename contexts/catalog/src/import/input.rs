//! The text of a product file on its way to the rows: its bytes counted, line ends made alike, and a row without end cut short, so
//! that one open quote cannot swallow the memory.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// A row longer than this is no product's.
const ROW_BYTES_MAX: u64 = 8 * 1024 * 1024;
/// Stands alone in a row behind the last one. Found inside a cell it says that a quote was never closed.
pub(crate) const END: &str = "\u{1}end of the file\u{1}";

/// Counts the bytes that are read.
pub(crate) struct Counted<R> {
    input: R,
    bytes: Rc<Cell<u64>>,
}

impl<R: Read> Counted<R> {
    /// Counts into `bytes`.
    pub(crate) fn new(input: R, bytes: Rc<Cell<u64>>) -> Counted<R> {
        Counted { input, bytes }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.bytes.set(self.bytes.get() + read as u64);
        Ok(read)
    }
}

/// A text whose lines all end in `\n`, with [`END`] as its last row.
pub(crate) struct Lines<R> {
    text: R,
    /// Bytes given out, and where the present row began, as near as the reader's buffer allows.
    given: u64,
    row_began: Rc<Cell<u64>>,
    /// The last byte was a carriage return: a line feed behind it belongs to it.
    returned: bool,
    /// What is left of [`END`] when the text is over, or cut.
    tail: Option<&'static [u8]>,
    cut: Rc<Cell<bool>>,
}

/// What the table asks of its [`Lines`] while the CSV reader has them.
#[derive(Clone, Default)]
pub(crate) struct Watch {
    row_began: Rc<Cell<u64>>,
    cut: Rc<Cell<bool>>,
}

impl Watch {
    /// A new row begins, after so many bytes of text.
    pub(crate) fn begin_row(&self, at: u64) {
        self.row_began.set(at);
    }

    /// A row had no end: the text was cut there.
    pub(crate) fn is_cut(&self) -> bool {
        self.cut.get()
    }
}

const TAIL: &[u8] = "\n\u{1}end of the file\u{1}\n".as_bytes();

impl<R: Read> Lines<R> {
    /// Watched by `watch`.
    pub(crate) fn new(text: R, watch: &Watch) -> Lines<R> {
        let (row_began, cut) = (watch.row_began.clone(), watch.cut.clone());
        Lines { text, given: 0, row_began, returned: false, tail: None, cut }
    }

    fn end(&mut self, buffer: &mut [u8]) -> usize {
        let tail = self.tail.get_or_insert(TAIL);
        let length = tail.len().min(buffer.len());
        buffer[..length].copy_from_slice(&tail[..length]);
        *tail = &tail[length..];
        length
    }

    /// Makes line ends alike in place; how many bytes stay.
    fn straighten(&mut self, bytes: &mut [u8]) -> usize {
        let mut kept = 0;
        for index in 0..bytes.len() {
            let byte = bytes[index];
            let second = byte == b'\n' && self.returned;
            self.returned = byte == b'\r';
            if !second {
                bytes[kept] = if byte == b'\r' { b'\n' } else { byte };
                kept += 1;
            }
        }
        kept
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.tail.is_none() && self.given - self.row_began.get().min(self.given) > ROW_BYTES_MAX {
            self.cut.set(true);
            return Ok(self.end(buffer));
        }
        while self.tail.is_none() {
            let read = self.text.read(buffer)?;
            if read == 0 {
                break;
            }
            let kept = self.straighten(&mut buffer[..read]);
            self.given += kept as u64;
            if kept > 0 {
                return Ok(kept);
            }
        }
        Ok(self.end(buffer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a byte at a time.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
            buffer[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    #[test]
    fn line_ends_of_every_system_are_alike() {
        for text in ["a\nb\n\nc", "a\r\nb\r\n\r\nc", "a\rb\r\rc"] {
            for slow in [false, true] {
                let watch = Watch::default();
                let mut read = String::new();
                match slow {
                    true => Lines::new(Slow(text.as_bytes()), &watch).read_to_string(&mut read).unwrap(),
                    false => Lines::new(text.as_bytes(), &watch).read_to_string(&mut read).unwrap(),
                };
                assert_eq!(read, format!("a\nb\n\nc\n{END}\n"), "{text:?}");
                assert!(!watch.is_cut());
            }
        }
    }

    #[test]
    fn a_row_without_end_is_cut() {
        let watch = Watch::default();
        let mut lines = Lines::new(io::repeat(b'x').take(3 * ROW_BYTES_MAX), &watch);
        let read = io::copy(&mut lines, &mut io::sink()).unwrap();
        assert!(watch.is_cut() && read < 2 * ROW_BYTES_MAX, "{read}");
    }
}
