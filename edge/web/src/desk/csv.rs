//! Files to download: written a page at a time while the browser reads, so that their length costs no memory.

use super::titles::retitle;
use crate::App;
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use base::{Actor, Date, Id, Money, Result};
use futures::stream::{self, StreamExt};
use parties::Organisation;
use store::Read;

/// A text as a cell; a leading sign that spreadsheets would take for a formula is shown as text.
pub fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if guard.is_empty() && !text.contains([',', '"', '\n', '\r']) {
        return text.to_owned();
    }
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

/// An amount in major units, without its currency.
pub fn number(money: Money) -> String {
    money.to_string().split(' ').next().unwrap_or_default().to_owned()
}

/// A line of cells that are safe already.
pub fn line(cells: &[String]) -> String {
    format!("{}\r\n", cells.join(","))
}

/// A file that the browser keeps: its name and its kind.
#[derive(Clone, Copy, Debug)]
pub struct Download<'a> {
    /// Under which name.
    pub name: &'a str,
    /// `Content-Type`.
    pub kind: &'static str,
}

impl<'a> Download<'a> {
    /// A CSV file.
    pub fn csv(name: &'a str) -> Download<'a> {
        Download { name, kind: "text/csv; charset=utf-8" }
    }
}

/// The file: `head`, then what `page` writes from its cursor on, until it gives none. The first page is read before anything
/// is answered, so that whoever may not have it is told so. Errors: those of the first page.
pub async fn streamed<C, F>(
    app: &App,
    actor: Actor,
    file: Download<'_>,
    head: String,
    first: C,
    page: F,
) -> Result<Response>
where
    C: Clone + Send + Sync + 'static,
    F: Fn(&mut Read, C) -> Result<(String, Option<C>)> + Clone + Send + Sync + 'static,
{
    let (store, from) = (app.store.clone(), page.clone());
    let (text, next) = store.read_as(actor, move |db| from(db, first.clone())).await?;
    let rest = stream::try_unfold(next, move |cursor| {
        let (store, page) = (store.clone(), page.clone());
        async move {
            let Some(cursor) = cursor else { return Ok::<_, base::Error>(None) };
            Ok(Some(store.read_as(actor, move |db| page(db, cursor.clone())).await?))
        }
    });
    let begin = stream::iter([Ok(head + &text)]);
    let mut response = Response::new(Body::from_stream(begin.chain(rest)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.kind));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{}\"", file.name)) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// Entries of a statement read at once.
const STATEMENT_PAGE: i64 = 500;

/// A statement of a seller's entries in a span of days, with titles in the language `tag`, or as the buyers read them.
/// Errors: denied.
pub async fn statement(
    app: &App,
    actor: Actor,
    tag: Option<&'static str>,
    name: &str,
    organisation: Id<Organisation>,
    days: (Date, Date),
) -> Result<Response> {
    let page = move |db: &mut Read, after: i64| {
        let rows = settlement::statement(db, organisation, days, after, STATEMENT_PAGE)?;
        let next = rows.last().map(|last| last.id);
        let rows = match tag {
            Some(tag) => retitle(db, tag, rows)?,
            None => rows,
        };
        Ok((rows.iter().map(settlement::statement_line).collect::<String>(), next))
    };
    streamed(app, actor, Download::csv(name), settlement::STATEMENT_HEAD.to_owned(), 0, page).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        for (text, safe) in [
            ("Jana Köhler", "Jana Köhler"),
            ("Köhler, Jana", "\"Köhler, Jana\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("=HYPERLINK(1)", "\"'=HYPERLINK(1)\""),
            ("-1", "\"'-1\""),
        ] {
            assert_eq!(cell(text), safe);
        }
    }
}
