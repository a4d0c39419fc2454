//! What is wrong with a product file, in the reader's language: its rows, or all of it.

use crate::language::{Arg, Locale};
use base::Result;
use catalog::import::{Reason, RowError, Value, error_file};

/// Why a row is wrong and what to do.
pub fn said(locale: &Locale, reason: &Reason) -> String {
    let args = reason.args().into_iter().map(|(name, value)| match value {
        Value::Text(text) => (name, Arg::from(text)),
        Value::Count(count) => (name, Arg::from(count)),
    });
    locale.fill(&format!("d-row-{}", reason.code().replace('_', "-")), &args.collect::<Vec<_>>())
}

/// Why a file could not be taken in at all: by its code, or the English sentence.
pub fn of_file(locale: &Locale, code: &str, message: &str) -> String {
    let code = code.replace('_', "-");
    let text = |prefix: &str| locale.maybe(&format!("{prefix}-{code}"), &[]);
    text("d-no-import").or_else(|| text("d-error")).unwrap_or_else(|| message.to_owned())
}

/// The wrong rows as a file that can be mended and sent again. Errors: none but internal ones.
pub fn file(locale: &Locale, columns: &[String], errors: &[RowError]) -> Result<String> {
    let extra = ["line", "column", "code", "reason"].map(|what| locale.t(&format!("d-wrong-{what}")));
    error_file(columns, extra.each_ref().map(|name| &**name), errors, |reason| said(locale, reason))
}
