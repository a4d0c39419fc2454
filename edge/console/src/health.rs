//! Whether everything runs: jobs due and failing, the newest event, the database and the newest seal of what it keeps.

use crate::connections::{StateView, states};
use crate::page::show;

use axum::extract::State;
use desk::time::moment;
use frame::{Answer, App, Form, Visitor};
use serde::Serialize;
use store::{FailingJob, Read, Tx};

/// For so long money that came without being owed is told.
const UNOWED_DAYS: i64 = 30;

#[derive(Serialize)]
struct View {
    due: i64,
    failing: Vec<JobView>,
    newest: String,
    engine: &'static str,
    bytes: String,
    /// What is wrong with the database, in the words of the log.
    ailments: Vec<String>,
    /// This server has not the key of the secrets that it keeps.
    locked: bool,
    /// Number and hash of the newest seal, as `entrepot check --expect-head` takes them.
    head: Option<String>,
    sealed_at: String,
    waiting: Option<String>,
    provider: &'static str,
    carrier: &'static str,
    carrier_place: Option<String>,
    labels_waiting: i64,
    labels_refused: i64,
    connections: Vec<StateView>,
    refusals: Vec<RefusalView>,
    /// What to say of money that came without being owed; nothing when none did.
    unowed: Option<String>,
    version: &'static str,
    now: String,
    movable: bool,
    destinations: usize,
    offers: usize,
    can_write: bool,
}

/// Messages of a provider or carrier that do not prove themselves.
#[derive(Serialize)]
struct RefusalView {
    source: String,
    reason: String,
    times: i64,
    since: String,
    last: String,
    money: bool,
}

#[derive(Serialize)]
struct JobView {
    id: i64,
    kind: String,
    subject: i64,
    attempts: i64,
    again: String,
    error: String,
}

/// GET /console/health
pub async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let read = |db: &mut Read| {
        let cursor = store::cursor(db, "reactions")?;
        let waiting = store::events_after(db, cursor, 1)?.first().map(|event| event.at);
        let newest = store::newest_moment(db)?;
        let labels = logistics::booking_counts(db)?;
        let refused = hooks::refusals(db)?;
        let unowed = payments::unowed(db, db.now().plus_days(-UNOWED_DAYS))?;
        let (due, failing) = (store::due_count(db)?, store::failing(db, 50)?);
        let seen = (newest, waiting, store::seal_head(db)?, parties::connections(db)?);
        Ok((due, failing, seen, store::size(db)?, labels, refused, unowed))
    };
    let (due, failing, (newest, waiting, head, connections), bytes, labels, refused, unowed) =
        app.store.read_as(visitor.actor, read).await?;
    let job = |job: &FailingJob| JobView {
        id: job.id,
        kind: job.kind.clone(),
        subject: job.subject,
        attempts: job.attempts,
        again: moment(&visitor, job.run_at),
        error: job.error.clone(),
    };
    let refusal = |one: &hooks::Refused| RefusalView {
        source: one.source.clone(),
        reason: visitor.locale.t(&format!("c-unproven-{}", one.code.replace('_', "-"))).to_string(),
        times: one.times,
        since: moment(&visitor, one.first_at),
        last: moment(&visitor, one.last_at),
        money: one.source.starts_with("payments/"),
    };
    let view = View {
        refusals: refused.iter().map(refusal).collect(),
        due,
        failing: failing.iter().map(job).collect(),
        newest: newest.map(|at| moment(&visitor, at)).unwrap_or_default(),
        engine: match app.store.engine() {
            store::Engine::Sqlite => "SQLite",
            store::Engine::Postgres => "PostgreSQL",
        },
        bytes: size(&visitor, bytes),
        ailments: app.store.ailments().await.into_iter().map(|ailment| ailment.says).collect(),
        locked: app.store.is_locked(),
        sealed_at: head.as_ref().map(|head| moment(&visitor, head.at)).unwrap_or_default(),
        head: head.map(|head| format!("{}:{}", head.number, head.hash)),
        waiting: waiting.map(|at| moment(&visitor, at)),
        provider: app.providers().taking().name(),
        carrier: app.carriers().booking(),
        carrier_place: app.carriers().outside().map(logistics::Carrier::place),
        connections: states(&app, &visitor, &connections),
        labels_waiting: labels.0,
        labels_refused: labels.1,
        unowed: (unowed != (0, 0)).then(|| {
            let (extra, differing) = (visitor.locale.count(unowed.0), visitor.locale.count(unowed.1));
            visitor.locale.fill("c-money-unowed", &[("extra", extra.into()), ("differing", differing.into())])
        }),
        version: env!("CARGO_PKG_VERSION"),
        now: moment(&visitor, visitor.now),
        movable: app.store.clock().is_movable(),
        destinations: app.world().tables.destinations().count(),
        offers: app.shelf.len(),
        can_write: visitor.may(base::Permission::OrdersWrite),
    };
    let title = visitor.locale.t("d-menu-health");
    show(&app, &visitor, "console/health.html", &title, &view).await
}

/// `12.3 MB`, in the language's own figures.
fn size(visitor: &Visitor, bytes: i64) -> String {
    let (unit, name) = if bytes < 1_000_000_000 { (1_000_000, "MB") } else { (1_000_000_000, "GB") };
    let tenths = bytes * 10 / unit;
    format!("{}.{}\u{a0}{name}", visitor.locale.count(tenths / 10), tenths % 10)
}

/// POST /console/health: tries a failed job again at once.
pub async fn retry(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let id: i64 = form.read("job")?;
    app.store.write_as(visitor.actor, move |tx: &mut Tx| store::retry(tx, id)).await?;
    Ok(desk::done(&visitor, "/console/health", "c-said-retried"))
}
