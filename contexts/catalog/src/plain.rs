//! Plain texts about goods: how long they may be, and how their lines end.

use std::borrow::Cow;

/// Longest handle, in letters,
pub const HANDLE_LETTERS: usize = 255;
/// longest title,
pub const TITLE_LETTERS: usize = 500;
/// and longest word of its own that a product or a variant is known by: vendor, kind, option, SKU, barcode.
pub const WORD_LETTERS: usize = 255;

/// Lines that end in `\n`, whatever system wrote them.
pub(crate) fn line_ends(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { Cow::Borrowed(text) }
}

/// A text without blanks around it, its line ends alike.
pub(crate) fn text(text: &str) -> String {
    line_ends(text.trim()).into_owned()
}
