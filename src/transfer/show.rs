//! One import: before it is done what it would do, afterwards what it did.

use std::collections::HashMap;

use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;

use super::linkedin::{Connection, Connections};
use super::plan::{self, Choice, Fate, OFFERED, Planned};
use super::queries::{self, CompanyRow, Found, JobRow, Status};
use super::report::{Counts, Report, Undone};
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::contacts::first_asks::{FirstAsks, first_asks};
use crate::contacts::imports::queries::{self as contacts, KnownPerson};
use crate::error::{Error, Result};
use crate::ids::{CompanyId, ContactId, ImportId};
use crate::web::form::Query;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// People shown as examples of each kind.
const EXAMPLES: usize = 8;

/// A person of the file, as an example.
struct Example {
    name: String,
    about: String,
}

/// A known contact with something new.
struct Changed {
    id: ContactId,
    name: String,
    news: String,
}

/// A target company with people of the file.
struct Target {
    id: CompanyId,
    name: String,
    people: i64,
}

/// An employer offered as a target company; its place among the file's employers is sent.
struct Offer {
    place: usize,
    name: String,
    people: i64,
}

/// What both pages of an import show.
struct About {
    id: ImportId,
    file_name: String,
    day: String,
    counts: Counts,
    report: Report,
}

impl About {
    /// How many rows were left out beyond those named.
    fn more_left_out(&self) -> usize {
        usize::try_from(self.counts.left_out).unwrap_or_default().saturating_sub(self.report.left_out.len())
    }

    /// Which columns were read, and which not, in words; nothing of an import from before that was noted.
    fn columns(&self) -> Vec<String> {
        let Report { columns_read: read, columns_missing: missing, columns_unread: unread, .. } = &self.report;
        let sentence =
            |start: &str, names: &[String]| (!names.is_empty()).then(|| format!("{start}{}.", words::list(names)));
        [
            sentence("Columns that were read: ", read),
            sentence("Columns of LinkedIn that this file does not have: ", missing),
            sentence("Columns that hold something and were not read: ", unread),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn more_remarks(&self) -> usize {
        usize::try_from(self.report.remark_count).unwrap_or_default().saturating_sub(self.report.remarks.len())
    }
}

#[derive(Template)]
#[template(path = "transfer/preview.html")]
struct PreviewPage {
    shell: Shell,
    about: About,
    fresh: Vec<Example>,
    changed: Vec<Changed>,
    targets: Vec<Target>,
    offers: Vec<Offer>,
    /// Employers beyond those offered.
    more_offers: usize,
    ticked: bool,
}

impl PreviewPage {
    fn writes(&self) -> i64 {
        i64::from(self.about.counts.created) + i64::from(self.about.counts.updated)
    }

    fn do_it(&self) -> String {
        match self.writes() {
            0 => "Add the chosen companies".into(),
            n => format!("Import {}", words::count(n, "person", "people")),
        }
    }
}

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

/// `GET /imports/{id}`
pub async fn show(mut visit: Visit<Viewer>, Id(id): Id<ImportId>, Query(choice): Query<Choice>) -> Result<Response> {
    let (by, today) = (visit.by, visit.today());
    let mut found = queries::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    let shell = visit.shell(Nav::Import);
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
        let written = if undone { Vec::new() } else { queries::written(visit.db(), by, id, true).await? };
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
    // Reading a large file is work for a thread that nobody else waits for, and for no connection.
    drop(visit);
    let page = tokio::task::spawn_blocking(move || preview(shell, id, &found, day, text, &people, today, &choice));
    Ok(Page::ok(page.await.map_err(anyhow::Error::from)??).into_response())
}

#[expect(clippy::too_many_arguments, reason = "everything a preview is made of, handed to another thread")]
fn preview(
    shell: Shell,
    id: ImportId,
    found: &Found,
    day: String,
    text: String,
    people: &[KnownPerson],
    today: Date,
    choice: &Choice,
) -> Result<PreviewPage> {
    let file = Connections::parse(&text).map_err(anyhow::Error::from)?;
    drop(text);
    let planned = Planned::of(&file, people, today);
    let with_fate = || file.rows.iter().zip(&planned.fates);
    let fresh =
        with_fate().filter(|(_, fate)| matches!(fate, Fate::New)).map(|(row, _)| example(row)).take(EXAMPLES).collect();
    let changed = with_fate().filter_map(|(_, fate)| changed(fate, people)).take(EXAMPLES).collect();

    let listed: HashMap<&str, &CompanyRow> = found.companies.0.iter().map(|c| (c.name_key.as_str(), c)).collect();
    let mut targets = Vec::new();
    let mut offers = Vec::new();
    for (place, employer) in plan::employers(&file.rows).into_iter().enumerate() {
        match listed.get(employer.name.key().as_str()) {
            Some(company) => {
                targets.push(Target { id: company.id, name: company.name.clone(), people: employer.people })
            }
            None => offers.push(Offer { place, name: employer.name.as_str().into(), people: employer.people }),
        }
    }
    let more_offers = offers.len().saturating_sub(OFFERED);
    offers.truncate(OFFERED);
    let about = About { id, file_name: found.file_name.clone(), day, counts: planned.counts, report: planned.report };
    Ok(PreviewPage { shell, about, fresh, changed, targets, offers, more_offers, ticked: choice.choose == "all" })
}

fn example(row: &Connection) -> Example {
    let job = job(row.job_title.as_ref().map(|t| t.as_str()), row.employer.as_ref().map(|e| e.as_str()));
    Example { name: row.name.as_str().into(), about: job }
}

/// 'Engineer at Acme', or as much of it as is known.
fn job(title: Option<&str>, employer: Option<&str>) -> String {
    match (title, employer) {
        (Some(title), Some(employer)) => format!("{title} at {employer}"),
        (Some(one), None) | (None, Some(one)) => one.into(),
        (None, None) => String::new(),
    }
}

fn changed(fate: &Fate, people: &[KnownPerson]) -> Option<Changed> {
    let Fate::Changed { known, news, accepted_on } = fate else { return None };
    let person = people.get(*known)?;
    let (title, employer) = (person.job_title.as_deref(), person.employer.as_deref());
    let mut said = Vec::new();
    if accepted_on.is_some() {
        said.push("accepted your request".into());
    }
    if news.employer.is_some() || news.job_title.is_some() {
        let new_title = news.job_title.as_ref().map_or(title, |t| Some(t.as_str()));
        let new = job(new_title, news.employer.as_ref().map_or(employer, |e| Some(e.as_str())));
        said.push(match job(title, employer) {
            old if old.is_empty() => new,
            old => format!("{old} → {new}"),
        });
    }
    let small = [
        (news.email.is_some(), "e-mail address"),
        (news.profile.is_some(), "profile"),
        (news.connected_on.is_some() && accepted_on.is_none(), "date of connecting"),
    ];
    said.extend(small.into_iter().filter(|(new, _)| *new).map(|(_, what)| what.to_owned()));
    Some(Changed { id: person.id, name: person.name.clone(), news: said.join("; ") })
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
