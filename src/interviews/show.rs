//! One talk: when, how to connect, what is asked, learned and promised; and its calendar file.

use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::calendar;
use super::captures::{Captures, View};
use super::queries::talks::{self, Whole};
use super::talk::Told;
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::InterviewId;
use crate::links::Link;
use crate::playbook::talk::{Status, Way};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};

#[derive(Template)]
#[template(path = "interviews/show.html")]
pub struct ShowPage {
    shell: Shell,
    talk: Whole,
    told: Told,
    calendars: Vec<Link>,
    /// It is over, and nobody said what became of it.
    is_past: bool,
    captures: Captures,
}

impl ShowPage {
    /// 'Data analyst, Orbit'.
    fn about(&self) -> String {
        let parts = [self.talk.person.job_title.as_deref(), self.talk.company_name()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    fn is_scheduled(&self) -> bool {
        self.talk.status == Status::Scheduled
    }
}

/// The page.
pub fn page<P>(visit: &Visit<P>, talk: Whole, captures: Captures) -> ShowPage {
    let zone = visit.person.zone.iana_name().unwrap_or("UTC");
    ShowPage {
        shell: visit.shell(Nav::Interviews),
        told: Told::to(visit),
        calendars: calendar::add_links(&talk.entry(&visit.person), zone),
        is_past: talk.status == Status::Scheduled && talk.ends() <= visit.now,
        captures,
        talk,
    }
}

/// `GET /interviews/{id}`
pub async fn show(mut visit: Visit<Viewer>, Id(id): Id<InterviewId>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let talk = talks::find(visit.db(), by, id, false).await?.ok_or(Error::NotFound)?;
    Ok(Page::ok(page(&visit, talk, Captures::fresh(View::Show))))
}

/// `GET /interviews/{id}/calendar.ics`
pub async fn calendar_file(mut visit: Visit<Viewer>, Id(id): Id<InterviewId>) -> Result<Response> {
    let by = visit.by;
    let talk = talks::find(visit.db(), by, id, false).await?.ok_or(Error::NotFound)?;
    let file = calendar::file(&talk.entry(&visit.person));
    Ok((
        [
            (header::CONTENT_TYPE, "text/calendar; charset=utf-8; method=PUBLISH"),
            (header::CONTENT_DISPOSITION, "attachment; filename=\"talk.ics\""),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::CONTENT_SECURITY_POLICY, "sandbox"),
            (header::CACHE_CONTROL, "no-store"),
        ],
        file,
    )
        .into_response())
}
