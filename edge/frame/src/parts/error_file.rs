//! The wrong rows of an import as a file.

use crate::app::App;
use crate::failure::Answer;
use crate::language::Locale;
use crate::parts::csv::{Download, Reader};
use crate::parts::wrong_rows;
use crate::visitor::Visitor;
use base::Id;
use offers::import::{self, Import};
use parties::Organisation;
use std::sync::Arc;
use store::Read;

/// Wrong rows in a file, which has all that were kept.
const IN_FILE: i64 = 10_000;

/// The wrong rows as a file that can be mended and uploaded again, its reasons in the language of `locale`.
pub async fn error_file(
    app: &App,
    visitor: &Visitor,
    locale: &Arc<Locale>,
    organisation: Id<Organisation>,
    id: Id<Import>,
    reader: Reader,
) -> Answer {
    let locale = locale.clone();
    let read = move |db: &mut Read| {
        let import = import::find(db, organisation, id)?;
        let text = wrong_rows::file(&locale, &import.columns, &import::wrong_rows(db, id, IN_FILE)?)?;
        Ok((text, import.understood.encoding))
    };
    let (text, encoding) = app.store.read_as(visitor.actor, read).await?;
    // In UTF-8 a file says so itself; in any other encoding its reader knows which.
    let kind =
        if matches!(encoding.as_str(), "UTF-8" | "workbook" | "") { "text/csv; charset=utf-8" } else { "text/csv" };
    Ok(Download { kind, ..Download::csv("wrong-rows.csv", reader) }.answering(&text, &encoding))
}
