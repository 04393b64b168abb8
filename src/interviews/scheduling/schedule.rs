//! Setting a talk: with whom, when by which clock, how and where.

use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::appointment::{LENGTHS, When, said, set, told};
use super::clashes::{self, Other};
use super::form::ScheduleForm;
use super::when::{self, Which};
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{ContactId, InterviewId};
use crate::interviews::kinds::Clock;
use crate::interviews::queries::changes::Appointment;
use crate::interviews::queries::listed;
use crate::interviews::queries::listed::{Host, Partner};
use crate::playbook::name::first_name;
use crate::playbook::talk::Medium;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::list::typed;
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// A form for a talk: a new one, or one that is moved.
#[derive(Template)]
#[template(path = "interviews/form.html")]
pub struct FormPage {
    shell: Shell,
    partner: Partner,
    form: ScheduleForm,
    errors: Errors,
    /// The talk on both clocks, once it can be told.
    told: Option<String>,
    /// The clock shows the time twice.
    twice: bool,
    /// Other talks to come, and which of them lie too close.
    others: Vec<Other>,
    clashes: Vec<String>,
    zone: TimeZone,
    today: Date,
    my_zone: String,
    zones: Vec<String>,
    /// The address the form is sent to, and where 'Cancel' leads.
    action: String,
    back: String,
    /// What was saved elsewhere meanwhile, in words.
    pub theirs: Option<String>,
}

impl FormPage {
    /// The form for a talk with that person.
    pub fn new<P>(visit: &Visit<P>, host: Host, form: ScheduleForm, moved: Option<InterviewId>) -> Self {
        let Host { partner, others, .. } = host;
        let (action, back) = match moved {
            Some(id) => (format!("/interviews/{id}"), format!("/interviews/{id}")),
            None => ("/interviews".into(), format!("/contacts/{}", partner.id)),
        };
        Self {
            shell: visit.shell(Nav::Interviews),
            errors: Errors::default(),
            told: None,
            twice: form.is_shown_twice(&visit.person.zone),
            others,
            clashes: Vec::new(),
            zone: visit.person.zone.clone(),
            today: visit.today(),
            my_zone: visit.person.zone.iana_name().unwrap_or("UTC").to_owned(),
            zones: when::zone_names(),
            action,
            back,
            theirs: None,
            partner,
            form,
        }
    }

    /// Reads the form; what is wrong, or the time on both clocks, then stands on the page.
    pub fn read<P>(&mut self, visit: &Visit<P>) -> Option<Appointment> {
        match self.form.parse(&visit.person.zone, visit.today()) {
            Ok(new) => {
                self.tell(visit, &new);
                Some(new)
            }
            Err(errors) => {
                self.errors = errors;
                self.tell_time(visit);
                None
            }
        }
    }

    /// The clocks, though something else is wrong.
    fn tell_time<P>(&mut self, visit: &Visit<P>) {
        let whole = ScheduleForm {
            length: "15".into(),
            way: Medium::Video.to_string(),
            place: String::new(),
            ..self.form.clone()
        };
        if let Ok(new) = whole.parse(&visit.person.zone, visit.today()) {
            self.tell(visit, &new);
        }
    }

    /// The time on both clocks, and the talks it lies too close to.
    pub fn tell<P>(&mut self, visit: &Visit<P>, new: &Appointment) {
        self.told = Some(told(&visit.person.zone, visit.today(), new, &self.partner.name));
        let others: &[Other] = if new.way == Medium::InWriting { &[] } else { &self.others };
        self.clashes = clashes::clashes(new.starts_at, new.minutes, others, &self.zone, self.today);
    }

    /// What to point out, as it stands behind a sentence.
    pub fn warning(&self) -> String {
        self.clashes.iter().map(|clash| format!(" {clash}")).collect()
    }

    /// 'Thursday 3 December, 14:30'.
    fn moment(&self, other: &Other) -> String {
        words::moment(other.starts_at, &self.zone, self.today)
    }

    /// The next save answers to that version.
    pub fn set_version(&mut self, version: i32) {
        self.form.version = version;
    }

    fn is_new(&self) -> bool {
        self.action == "/interviews"
    }

    fn first_name(&self) -> &str {
        first_name(&self.partner.name)
    }

    fn clocks(&self) -> Vec<(&'static str, String)> {
        vec![
            (Clock::Mine.as_str(), format!("My time ({})", self.my_zone)),
            (Clock::Theirs.as_str(), format!("{}'s time", self.first_name())),
        ]
    }

    fn ways(&self) -> Vec<(&'static str, &'static str)> {
        Medium::choices()
    }

    fn both(&self) -> Vec<(&'static str, &'static str)> {
        Which::choices()
    }

    fn id(&self) -> String {
        self.form.id.map(|id| id.to_string()).unwrap_or_default()
    }
}

#[derive(Template)]
#[template(path = "interviews/choose.html")]
struct ChoosePage {
    shell: Shell,
    q: String,
    people: Vec<Partner>,
}

/// With whom; or words to find someone.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewQuery {
    contact: Option<ContactId>,
    q: String,
}

/// `GET /interviews/new`
pub async fn new(mut visit: Visit<Viewer>, Query(query): Query<NewQuery>) -> Result<Response> {
    let by = visit.by;
    let Some(contact) = query.contact else {
        let people = listed::partners(visit.db(), by, typed(&query.q)).await?;
        return Ok(Page::ok(ChoosePage { shell: visit.shell(Nav::Interviews), q: query.q, people }).into_response());
    };
    let host = listed::host(visit.db(), by, contact, None).await?.ok_or(Error::NotFound)?;
    let minutes = visit.person.preferences.talk_minutes.to_string();
    let offered = LENGTHS.iter().any(|(value, _)| *value == minutes);
    let form = ScheduleForm {
        id: Some(InterviewId::new()),
        contact: Some(contact),
        clock: Clock::Mine.to_string(),
        their_zone: host.partner.time_zone.clone().unwrap_or_default(),
        length: if offered { minutes.clone() } else { "other".into() },
        minutes: if offered { String::new() } else { minutes },
        way: Medium::Video.to_string(),
        ..ScheduleForm::default()
    };
    Ok(Page::ok(FormPage::new(&visit, host, form, None)).into_response())
}

/// `POST /interviews`
pub async fn create(mut visit: Visit<Owner>, Form(mut form): Form<ScheduleForm>) -> Result<Response> {
    use sqlx::Connection;
    let (by, now) = (visit.by, visit.now);
    let cadence = visit.person.preferences.cadence.clone();
    let contact = form.contact.ok_or_else(|| Error::Invalid("Choose who the talk is with.".into()))?;
    let host = listed::host(visit.db(), by, contact, form.id).await?.ok_or(Error::NotFound)?;
    let id = *form.id.get_or_insert_with(InterviewId::new);
    let mut page = FormPage::new(&visit, host, form, None);
    let Some(new) = page.read(&visit) else { return Ok(Page::unprocessable(page).into_response()) };
    if !page.form.preview.is_empty() {
        return Ok(Page::ok(page).into_response());
    }
    let text = said(&page.zone, page.today, &new, &page.partner.name, "The talk is set") + &page.warning();
    let mut transaction = visit.db().begin().await?;
    if set(&mut transaction, by, id, &page.partner, &new, When { now, zone: &page.zone, cadence: &cadence }).await? {
        transaction.commit().await?;
    }
    Ok(Done::to(format!("/interviews/{id}")).saying(text).into_response())
}
