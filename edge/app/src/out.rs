//! What commands say. A reader that has gone (`entrepot … | head`) ends no command and is no error: what is left to say is dropped,
//! the work goes on. A disk that is full is told at the end.

use std::fmt::Arguments;
use std::io::{ErrorKind, Write};
use std::sync::atomic::{AtomicBool, Ordering};

static LOST: AtomicBool = AtomicBool::new(false);

/// A line to standard output; `println!` would panic without a reader.
#[macro_export]
macro_rules! say {
    () => { $crate::out::line(&mut std::io::stdout(), format_args!("")) };
    ($($arg:tt)*) => { $crate::out::line(&mut std::io::stdout(), format_args!($($arg)*)) };
}

/// A line to standard error.
#[macro_export]
macro_rules! note {
    ($($arg:tt)*) => { $crate::out::line(&mut std::io::stderr(), format_args!($($arg)*)) };
}

/// Writes a line, with its end in the same piece.
pub fn line(to: &mut dyn Write, text: Arguments<'_>) {
    let mut to = Patient(to);
    if to.write_all(format!("{text}\n").as_bytes()).and_then(|()| to.flush()).is_err() {
        LOST.store(true, Ordering::Relaxed);
    }
}

/// Whether something could not be said that somebody waits for.
pub fn lost() -> bool {
    LOST.load(Ordering::Relaxed)
}

/// A writer whose reader may go: what is written then is dropped.
pub struct Patient<W>(pub W);

impl<W: Write> Write for Patient<W> {
    fn write(&mut self, text: &[u8]) -> std::io::Result<usize> {
        match self.0.write(text) {
            Err(problem) if problem.kind() == ErrorKind::BrokenPipe => Ok(text.len()),
            other => other,
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self.0.flush() {
            Err(problem) if problem.kind() == ErrorKind::BrokenPipe => Ok(()),
            other => other,
        }
    }
}
