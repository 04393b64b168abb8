//! One import: before it is done what it would do, afterwards what it did.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};

use super::about::{About, job};
use super::before::Before;
use super::chosen::Choice;
use super::preview::{self, Known};
use super::queries::{self, CompanyRow, JobRow, Status};
use super::report::{Counts, Undone};
use super::running::{self, State};
use super::underway;
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::contacts::first_asks::{FirstAsks, first_asks};
use crate::contacts::imports::queries as contacts;
use crate::error::{Error, Result};
use crate::ids::ImportId;
use crate::text::Line;
use crate::web::form::Query;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

#[derive(Template)]
#[template(path = "transfer/report.html")]
struct ReportPage {
    shell: Shell,
    about: About,
    undone: bool,
    /// What would stay if it were taken back now.
    stays: Undone,
    companies: Vec<CompanyRow>,
    jobs: Vec<JobRow>,
    /// Who to ask now.
    asks: FirstAsks,
}

impl ReportPage {
    /// What was added to the settings, by list, in words.
    fn own_lists(&self) -> [(&'static str, String); 3] {
        let said = |lines: &[Line<100>]| words::list(&lines.iter().map(Line::to_string).collect::<Vec<_>>());
        let own = &self.about.report.own;
        [
            ("Where you worked", said(&own.employers)),
            ("Your schools", said(&own.schools)),
            ("Roles you want", said(&own.roles)),
        ]
    }
}

/// `GET /imports/{id}`
pub async fn show(mut visit: Visit<Viewer>, Id(id): Id<ImportId>, Query(choice): Query<Choice>) -> Result<Response> {
    let (by, today) = (visit.by, visit.today());
    // Asked before the import is read: one that ended meanwhile is read as done, and not previewed against what it wrote itself.
    // It lasts until the planner knows of what was written, too: the pages that come next read it.
    let run = running::of(by.user_id()).filter(|(import, _)| *import == id).map(|(_, state)| state);
    let mut found = queries::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    let shell = visit.shell(Nav::Import);
    if let Some(State::Writing { written, of }) = run {
        return Ok(underway::page(shell, id, found.file_name, written, of));
    }
    let day = words::day(crate::clock::date_in(&visit.person.zone, found.created_at.0), today);
    let Some(text) = found.content.take() else {
        let counts = Counts {
            created: found.created,
            updated: found.updated,
            same: found.same,
            left_out: found.left_out,
            closed: found.closed,
        };
        let about = About { id, file_name: found.file_name, day, counts, report: found.report.0 };
        let undone = found.status == Status::Undone;
        let written = if undone { Vec::new() } else { queries::written::written(visit.db(), by, id, true).await? };
        let stays = Undone::leaving(written.iter());
        let (companies, jobs) = (found.companies.0, found.jobs.0);
        let preferences = visit.person.preferences.clone();
        let asks = match undone {
            true => FirstAsks::default(),
            false => first_asks(visit.db(), by, &preferences, today).await?,
        };
        return Ok(Page::ok(ReportPage { shell, about, undone, stays, companies, jobs, asks }).into_response());
    };
    let people = contacts::known_people(visit.db(), by).await?;
    let before = Before::files(visit.db(), by, found.kept).await?;
    let known = Known { people, before, preferences: visit.person.preferences.clone(), today };
    // Reading a large file is work for a thread that nobody else waits for, and for no connection.
    drop(visit);
    let broke_off = run == Some(State::Failed);
    let page = tokio::task::spawn_blocking(move || {
        let page = preview::page(shell, &found, About::before(id, found.file_name.clone(), day), text, &known, choice);
        page.map(|page| page.map(|page| page.after(broke_off)))
    });
    Ok(match page.await.map_err(anyhow::Error::from)?? {
        Some(page) => Page::ok(page).into_response(),
        None => Redirect::to(&format!("/imports/{id}/columns")).into_response(),
    })
}

impl JobRow {
    /// The job before.
    fn before(&self) -> String {
        job(self.old_title.as_deref(), self.old_employer.as_deref())
    }

    /// The job now.
    fn after(&self) -> String {
        job(self.new_title.as_deref(), self.new_employer.as_deref())
    }
}
