//! One talk: when, how to connect, what is asked, learned and promised; and its calendar file.

use askama::Template;
use axum::http::HeaderValue;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;

use super::forms::Captures;
use super::kinds::Whose;
use super::preparation::writing::reminder;
use super::queries::talks::{self, ActionRow, TalkDetail};
use super::scheduling::calendar;
use super::talk::Told;
use super::view::View;
use super::wrap_up::page as wrap_up;
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::comments::comment::{About, Comments};
use crate::error::{Error, Result};
use crate::ids::InterviewId;
use crate::links::Link;
use crate::playbook::talk::{Medium, Status};
use crate::web::download::{attachment, headers_of};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};

#[derive(Template)]
#[template(path = "interviews/show.html")]
pub struct ShowPage {
    shell: Shell,
    comments: Comments,
    talk: TalkDetail,
    told: Told,
    calendars: Vec<Link>,
    /// It is over, and nobody said what became of it.
    is_past: bool,
    captures: Captures,
    /// What lies too close to it.
    clashes: Vec<String>,
    on: Date,
    today: Date,
    my_name: String,
}

impl ShowPage {
    /// 'Data analyst, Orbit'.
    fn about(&self) -> String {
        let parts = [self.talk.person.job_title.as_deref(), self.talk.company_name()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// A gentle reminder of what they promised, once its day is past.
    fn reminder(&self, item: &ActionRow) -> Option<String> {
        let is_due = item.whose == Whose::Theirs && !item.done && !item.dismissed && self.told.is_late(&item.due_on);
        is_due.then(|| {
            let in_writing = self.talk.way == Medium::InWriting;
            reminder(self.talk.first_name(), &item.text, self.on, self.today, in_writing, &self.my_name)
        })
    }

    /// Where a message to them is sent; empty where nothing is known.
    fn open(&self) -> String {
        let mail = self.talk.person.email.as_ref().map(|email| format!("mailto:{email}"));
        self.talk.person.profile_url.clone().or(mail).unwrap_or_default()
    }

    fn is_scheduled(&self) -> bool {
        self.talk.status == Status::Scheduled
    }
}

/// The page.
pub fn page<P>(visit: &Visit<P>, mut talk: TalkDetail, captures: Captures) -> ShowPage {
    let zone = visit.person.zone.iana_name().unwrap_or("UTC");
    let told = Told::to(visit);
    ShowPage {
        comments: Comments::of(std::mem::take(&mut talk.comments.0), About::Interview, talk.id.0, visit),
        shell: visit.shell(Nav::Interviews),
        clashes: told.clashes(&talk),
        told,
        on: visit.person.zone.to_datetime(talk.starts_at.0).date(),
        today: visit.today(),
        my_name: visit.person.name.clone(),
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
    let entry = talk.entry(&visit.person);
    let method = if entry.cancelled { "CANCEL" } else { "PUBLISH" };
    let kind = format!("text/calendar; charset=utf-8; method={method}");
    let kind = HeaderValue::try_from(kind).map_err(anyhow::Error::from)?;
    let name = attachment(&entry.file_name(), "ics");
    Ok((headers_of(kind, name), calendar::file(&entry)).into_response())
}

/// The page a form came from, with what was read from it.
pub fn shown(visit: Visit<Owner>, talk: TalkDetail, captures: Captures) -> Result<Response> {
    Ok(match captures.view {
        View::Show => Page::ok(page(&visit, talk, captures)).into_response(),
        View::Live | View::WrapUp => Page::ok(wrap_up::page(&visit, talk, captures)).into_response(),
    })
}

/// The page a form came from, with what is wrong.
pub async fn again(mut visit: Visit<Owner>, id: InterviewId, captures: Captures) -> Result<Response> {
    let by = visit.by;
    let talk: TalkDetail = talks::find(visit.db(), by, id, false).await?.ok_or(Error::NotFound)?;
    Ok(match captures.view {
        View::Show => Page::unprocessable(page(&visit, talk, captures)).into_response(),
        // The page of the talk itself has one box for all of it.
        View::Live | View::WrapUp => Page::unprocessable(wrap_up::page(&visit, talk, captures)).into_response(),
    })
}
