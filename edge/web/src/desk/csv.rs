//! Lists as CSV: written a page at a time while the browser reads, so that their length costs no memory.

use crate::App;
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use base::{Actor, Money, Result};
use futures::stream;
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

/// A file that the browser keeps under `name`: `head`, then what `page` writes from its cursor on, until it gives none.
pub fn streamed<C, F>(app: &App, actor: Actor, name: &str, head: String, first: C, page: F) -> Response
where
    C: Send + 'static,
    F: Fn(&mut Read, C) -> Result<(String, Option<C>)> + Clone + Send + Sync + 'static,
    C: Clone + Sync,
{
    let store = app.store.clone();
    let pages = stream::try_unfold((Some(head), Some(first)), move |(head, cursor)| {
        let (store, page) = (store.clone(), page.clone());
        async move {
            if let Some(head) = head {
                return Ok::<_, base::Error>(Some((head, (None, cursor))));
            }
            let Some(cursor) = cursor else { return Ok(None) };
            let (text, next) = store.read_as(actor, move |db| page(db, cursor.clone())).await?;
            Ok(Some((text, (None, next))))
        }
    });
    let mut response = Response::new(Body::from_stream(pages));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
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
