//! Files to download: written a page at a time while the browser reads, so that their length costs no memory.

use crate::app::App;
use crate::form::Form;
use crate::parts::titles::retitle;
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use base::{Actor, Date, Id, Money, Result};
use futures::stream::{self, StreamExt};
use parties::Organisation;
use store::Read;

/// An amount in major units, without its currency.
pub fn number(money: Money) -> String {
    money.to_string().split(' ').next().unwrap_or_default().to_owned()
}

/// For whom a file is: its address says so, `?for=machine`. People's spreadsheets need a mark in front (BOM) to read UTF-8, which
/// stands in the way of machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Begins with the mark.
    Person,
    /// Begins with the heading.
    Machine,
}

impl Reader {
    /// As the address says.
    pub fn of(form: &Form) -> Reader {
        if form.text("for") == "machine" { Reader::Machine } else { Reader::Person }
    }

    fn mark(self) -> &'static str {
        match self {
            Reader::Person => base::csv::BOM,
            Reader::Machine => "",
        }
    }
}

/// A file that the browser keeps: its name and its kind.
#[derive(Clone, Copy, Debug)]
pub struct Download<'a> {
    /// Under which name.
    pub name: &'a str,
    /// `Content-Type`.
    pub kind: &'static str,
    /// For whom.
    pub reader: Reader,
}

impl<'a> Download<'a> {
    /// A CSV file.
    pub fn csv(name: &'a str, reader: Reader) -> Download<'a> {
        Download { name, kind: "text/csv; charset=utf-8", reader }
    }

    /// The whole file at once.
    pub fn whole(self, text: &str) -> Response {
        self.holding(format!("{}{text}", self.reader.mark()).into_bytes())
    }

    /// The whole file at once, for a person in the encoding in which another one came; machines get UTF-8.
    pub fn answering(self, text: &str, encoding: &str) -> Response {
        match self.reader {
            Reader::Person => self.holding(catalog::import::encoded(text, encoding)),
            Reader::Machine => self.whole(text),
        }
    }

    fn holding(self, bytes: Vec<u8>) -> Response {
        let mut response = Response::new(Body::from(bytes));
        self.named(&mut response);
        response
    }

    fn named(self, response: &mut Response) {
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
        if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{}\"", self.name)) {
            headers.insert(header::CONTENT_DISPOSITION, value);
        }
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
    let begin = stream::iter([Ok(format!("{}{head}{text}", file.reader.mark()))]);
    let mut response = Response::new(Body::from_stream(begin.chain(rest)));
    file.named(&mut response);
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
    file: Download<'_>,
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
    streamed(app, actor, file, settlement::STATEMENT_HEAD.to_owned(), 0, page).await
}
