//! Whether everything runs: jobs due and failing, the newest event, the database.

use super::show;
use crate::desk;
use crate::desk::time::moment;
use crate::{Answer, App, Form, Visitor};
use axum::extract::State;
use serde::Serialize;
use store::{FailingJob, Read, Tx};

#[derive(Serialize)]
struct View {
    due: i64,
    failing: Vec<JobView>,
    newest: i64,
    engine: String,
    version: &'static str,
    now: String,
    movable: bool,
    destinations: usize,
    offers: usize,
    can_write: bool,
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
    let read = |db: &mut Read| Ok((store::due_count(db)?, store::failing(db, 50)?, store::newest_event(db)?));
    let (due, failing, newest) = app.store.read_as(visitor.actor, read).await?;
    let job = |job: &FailingJob| JobView {
        id: job.id,
        kind: job.kind.clone(),
        subject: job.subject,
        attempts: job.attempts,
        again: moment(&visitor, job.run_at),
        error: job.error.clone(),
    };
    let view = View {
        due,
        failing: failing.iter().map(job).collect(),
        newest,
        engine: format!("{:?}", app.store.engine()),
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

/// POST /console/health: tries a failed job again at once.
pub async fn retry(State(app): State<App>, visitor: Visitor, form: Form) -> Answer {
    let id: i64 = form.read("job")?;
    app.store.write_as(visitor.actor, move |tx: &mut Tx| store::retry(tx, id)).await?;
    Ok(desk::done(&visitor, "/console/health", "c-said-retried"))
}
