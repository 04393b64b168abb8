//! Doing a previewed import: all of it in one transaction, once. A large one is written while pages show how far it is.

use axum::extract::State;
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::{Connection as _, PgConnection};

use super::chosen::Confirmation;
use super::queries::{self, waiting};
use super::report::{Counts, Report};
use super::running::{self, Run};
use super::writing::Writing;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::accounts::writing;
use crate::app::App;
use crate::database::large::{self, take_time};
use crate::error::{Error, Result};
use crate::ids::ImportId;
use crate::playbook::cadence::Cadence;
use crate::web::flash::Done;
use crate::web::form::Form;
use crate::web::path::Id;
use crate::web::words;

/// Bytes of what is kept up to which an import is written while the page waits: some thousand people.
const AT_ONCE: i32 = 128 * 1024;

/// `POST /imports/{id}/confirmations`
pub async fn create(
    mut visit: Visit<Owner>,
    State(app): State<App>,
    Id(id): Id<ImportId>,
    Form(chosen): Form<Confirmation>,
) -> Result<Done> {
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let page = format!("/imports/{id}");
    let Some(size) = waiting::size(visit.db(), by, id).await? else {
        return if queries::exists(visit.db(), by, id).await? { Ok(Done::to(page)) } else { Err(Error::NotFound) };
    };
    let Some(run) = Run::begin(by.user_id(), id) else {
        let is_this = running::of(by.user_id()).is_some_and(|(import, _)| import == id);
        return Ok(if is_this { Done::to(page) } else { Done::to(page).saying(running::WAIT) });
    };
    let cadence = visit.person.preferences.cadence.clone();
    let job = Job { by, id, cadence, today, now, chosen };
    if size <= AT_ONCE {
        let summary = job.write(visit.db(), &run).await?;
        run.finish();
        return Ok(match summary {
            Some(summary) => Done::to(&page).saying(summary).undo(format!("{page}/undos")),
            None => Done::to(page),
        });
    }
    drop(visit);
    tokio::spawn(async move {
        if let Err(error) = job.write_in_turn(&app, run).await {
            tracing::error!(%error, "an import broke off, and nothing of it was written");
        }
    });
    Ok(Done::to(page))
}

/// An import that was confirmed.
struct Job {
    by: Owner,
    id: ImportId,
    cadence: Cadence,
    today: Date,
    now: Timestamp,
    chosen: Confirmation,
}

impl Job {
    /// Writes it when it is its turn, with a connection of its own.
    async fn write_in_turn(&self, app: &App, run: Run) -> Result<()> {
        let _turn = running::TURNS.acquire().await.map_err(anyhow::Error::from)?;
        self.write(&mut *app.connection().await?, &run).await?;
        run.finish();
        Ok(())
    }

    /// Writes all of it in one transaction, and returns what was done; nothing if it was done before, or if nobody has said yet
    /// what its columns mean.
    async fn write(&self, db: &mut PgConnection, run: &Run) -> Result<Option<String>> {
        let Self { by, id, ref cadence, today, now, ref chosen } = *self;
        let mut transaction = db.begin().await?;
        take_time(&mut *transaction).await?;
        queries::hold(&mut *transaction, by).await?;
        let Some((kept, content)) = queries::claim(&mut *transaction, by, id, now).await? else { return Ok(None) };
        let read = tokio::task::spawn_blocking(move || -> anyhow::Result<_> {
            let archive = queries::archive_of(kept, content)?;
            Ok((archive.people()?, archive))
        });
        let (file, archive) = read.await.map_err(anyhow::Error::from)??;
        if archive.unsettled().is_some() {
            return Ok(None);
        }
        let all = Writing { by, import: id, kept, cadence, today, now, run };
        let (counts, report) = all.write(&mut transaction, archive, file, chosen).await?;
        queries::finish(&mut *transaction, by, id, counts, &report).await?;
        writing::forget(&mut *transaction, by).await?;
        let rows =
            u64::try_from(i64::from(counts.created) + i64::from(counts.updated) + report.letters).unwrap_or_default();
        large::commit(transaction, rows).await?;
        large::note_visibility(db, rows).await;
        Ok(Some(summary(counts, &report)))
    }
}

/// What was done, in one sentence.
fn summary(counts: Counts, report: &Report) -> String {
    let mut parts = Vec::new();
    if counts.created > 0 {
        parts.push(format!("{} added", words::count(counts.created.into(), "contact", "contacts")));
    }
    if counts.updated > 0 {
        parts.push(format!("{} updated", counts.updated));
    }
    if report.written_with > 0 {
        parts.push(format!("messages with {} added", words::count(report.written_with, "person", "people")));
    }
    if report.worded > 0 {
        parts.push(format!("the words of {} kept", words::count(report.worded, "day", "days")));
    }
    if report.companies > 0 {
        parts.push(format!("{} added", words::count(report.companies, "company", "companies")));
    }
    if report.openings > 0 {
        parts.push(format!("{} added", words::count(report.openings, "opening", "openings")));
    }
    if report.applied > 0 {
        parts.push(format!("{} marked as applied", words::count(report.applied, "opening", "openings")));
    }
    if !report.own.is_empty() {
        parts.push("your settings extended".into());
    }
    if parts.is_empty() { "Nothing was new.".into() } else { format!("{}.", words::list(&parts)) }
}
