//! One import: before it is done what it would do, afterwards what it did.

use std::collections::HashMap;

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;

use super::before::Before;
use super::linkedin::{Connection, Connections};
use super::plan::histories::Line;
use super::plan::whom::Whom;
use super::plan::{self, Choice, Employer, Fate, OFFERED, Planned};
use super::queries::{self, CompanyRow, Found, JobRow, Status};
use super::report::{Counts, Report, Undone};
use super::running::{self, State};
use super::underway;
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::contacts::first_asks::{FirstAsks, first_asks};
use crate::contacts::imports::queries::{self as contacts, KnownPerson};
use crate::error::{Error, Result};
use crate::ids::{CompanyId, ContactId, ImportId};
use crate::playbook::event::Direction;
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
    why: String,
}

/// Someone the user asked to connect who is in no list; their place in the archive is sent.
struct Asked {
    place: usize,
    name: String,
    day: String,
}

/// Someone the user wrote with.
struct Written {
    name: String,
    days: String,
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

    /// What becomes of the people of address books, in words.
    fn of_books(&self) -> Option<&'static str> {
        (self.report.of_books > 0 && self.counts.created > 0)
            .then_some("People of an address book begin as found. No one of them is put on Today before you pick them.")
    }

    /// What the files say of people who are in no list, in words.
    fn beyond(&self) -> Vec<String> {
        let Report { strangers, received, .. } = self.report;
        let people = |n| words::count(n, "person who isn’t", "people who aren’t");
        let mut said = Vec::new();
        if strangers > 0 {
            said.push(format!("You also wrote with {} in your contacts.", people(strangers)));
        }
        if received > 0 {
            said.push(format!("{} in your contacts asked to connect with you.", people(received)));
        }
        said
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
    asked: Vec<Asked>,
    /// People asked beyond those shown.
    more_asked: usize,
    written: Vec<Written>,
    adds_to_histories: bool,
    /// The tables whose columns mean something, by their place.
    tables: Vec<(usize, String)>,
    /// Whether it was tried, and nothing was written.
    broke_off: bool,
    choice: Choice,
}

impl PreviewPage {
    fn writes(&self) -> i64 {
        i64::from(self.about.counts.created) + i64::from(self.about.counts.updated)
    }

    /// Whether pressing the button does something when nothing is ticked.
    fn has_news(&self) -> bool {
        self.writes() > 0 || self.adds_to_histories
    }

    fn do_it(&self) -> String {
        match self.writes() {
            0 if self.adds_to_histories => "Import what is new".into(),
            0 if self.asked.is_empty() => "Add the chosen companies".into(),
            0 => "Add what you chose".into(),
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
    // Until the planner knows of what was written, too: the pages that come next read it.
    let run = running::of(by.user_id()).filter(|(import, _)| *import == id).map(|(_, state)| state);
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
    let before = Before::files(visit.db(), by, found.kept).await?;
    // Reading a large file is work for a thread that nobody else waits for, and for no connection.
    drop(visit);
    let page =
        tokio::task::spawn_blocking(move || preview(shell, id, &found, day, text, &people, &before, today, choice));
    Ok(match page.await.map_err(anyhow::Error::from)?? {
        Some(page) => Page::ok(PreviewPage { broke_off: run == Some(State::Failed), ..page }).into_response(),
        None => Redirect::to(&format!("/imports/{id}/columns")).into_response(),
    })
}

#[expect(clippy::too_many_arguments, reason = "everything a preview is made of, handed to another thread")]
fn preview(
    shell: Shell,
    id: ImportId,
    found: &Found,
    day: String,
    content: String,
    people: &[KnownPerson],
    before: &Before,
    today: Date,
    choice: Choice,
) -> Result<Option<PreviewPage>> {
    let archive = &queries::archive_of(found.kept, content)?;
    if archive.unsettled().is_some() {
        return Ok(None);
    }
    let file = archive.people().map_err(anyhow::Error::from)?;
    let planned = Planned::of(archive, &file, people, before, today);
    let with_fate = || file.rows.iter().zip(&planned.fates);
    let fresh =
        with_fate().filter(|(_, fate)| matches!(fate, Fate::New)).map(|(row, _)| example(row)).take(EXAMPLES).collect();
    let changed = with_fate().filter_map(|(_, fate)| changed(fate, people)).take(EXAMPLES).collect();

    let listed: HashMap<&str, &CompanyRow> = found.companies.0.iter().map(|c| (c.name_key.as_str(), c)).collect();
    let mut targets = Vec::new();
    let mut offers = Vec::new();
    for (place, employer) in plan::employers(&file.rows, &archive.wishes).into_iter().enumerate() {
        match listed.get(employer.name.key().as_str()) {
            Some(company) => {
                if employer.people > 0 {
                    targets.push(Target { id: company.id, name: company.name.clone(), people: employer.people });
                }
            }
            None => offers.push(Offer { place, name: employer.name.as_str().into(), why: why(&employer) }),
        }
    }
    let more_offers = offers.len().saturating_sub(OFFERED);
    offers.truncate(OFFERED);
    let histories = &planned.histories;
    let asked: Vec<Asked> = histories
        .choices(archive)
        .take(OFFERED)
        .map(|(place, person, on)| Asked {
            place,
            name: person.name.to_string(),
            day: on.map(|on| words::day(on, today)).unwrap_or_default(),
        })
        .collect();
    let more_asked = histories.offered.len() - asked.len();
    let written = written(&histories.letters, people, &file, today);
    let adds_to_histories = !histories.is_empty();
    let about = About { id, file_name: found.file_name.clone(), day, counts: planned.counts, report: planned.report };
    let tables = archive.sheets.iter().enumerate().map(|(place, sheet)| (place, sheet.name.clone())).collect();
    Ok(Some(PreviewPage {
        shell,
        about,
        fresh,
        changed,
        targets,
        offers,
        more_offers,
        asked,
        more_asked,
        written,
        adds_to_histories,
        tables,
        broke_off: false,
        choice,
    }))
}

/// Why a company is offered.
fn why(employer: &Employer) -> String {
    let people = (employer.people > 0).then(|| words::count(employer.people, "person", "people"));
    let wish = employer.wish.map(|wish| wish.label().to_owned());
    wish.into_iter().chain(people).collect::<Vec<_>>().join(", ")
}

/// With whom messages were exchanged, the last of them first.
fn written(lines: &[Line], people: &[KnownPerson], file: &Connections, today: Date) -> Vec<Written> {
    let mut days: HashMap<Whom, (i64, i64)> = HashMap::new();
    for line in lines {
        let (sent, received) = days.entry(line.whom).or_default();
        *(if line.kind.direction() == Direction::Out { sent } else { received }) += 1;
    }
    let mut found = Vec::new();
    for line in lines.iter().rev() {
        if found.len() == EXAMPLES {
            break;
        }
        let Some((sent, received)) = days.remove(&line.whom) else { continue };
        let name = match line.whom {
            Whom::Known(at) => people[at].name.clone(),
            Whom::Row(at) => file.rows[at].name.to_string(),
        };
        let mut said = Vec::new();
        if sent > 0 {
            said.push(format!("you wrote on {}", words::count(sent, "day", "days")));
        }
        if received > 0 {
            said.push(format!("they wrote on {}", words::count(received, "day", "days")));
        }
        found.push(Written { name, days: format!("{}, last {}", words::list(&said), words::day(line.on, today)) });
    }
    found
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
        (news.phone.is_some(), "phone number"),
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
