//! Setting a talk: with whom, when by which clock, how and where.

use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::appointment::{END_OF_DAY, LENGTHS, When, date, minutes, said, set, told};
use super::clashes::{self, Other};
use super::when::{self, Reading, Unclear, Which};
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
use crate::text::Line;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::list::typed;
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// The form as typed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct ScheduleForm {
    pub id: Option<InterviewId>,
    pub contact: Option<ContactId>,
    pub version: i32,
    pub date: String,
    pub time: String,
    pub clock: String,
    /// Which one, where the clock shows the time twice.
    pub which: String,
    /// The instant that is changed; it stays while date and time show the same.
    pub was: String,
    pub their_zone: String,
    pub length: String,
    pub minutes: String,
    pub way: String,
    pub place: String,
    /// Only to look at both clocks.
    pub preview: String,
}

impl ScheduleForm {
    /// Reads the form. `mine` is the user's zone, `today` the day there.
    pub fn parse(&self, mine: &TimeZone, today: Date) -> Result<Appointment, Errors> {
        let mut errors = Errors::default();
        let way = errors.choose::<Medium>("way", &self.way);
        let date = errors.take("date", date(&self.date, today));
        let time = match (self.time.trim().is_empty(), way) {
            (true, Some(Medium::InWriting)) => Some(END_OF_DAY),
            _ => errors.take(
                "time",
                self.time.trim().parse::<Time>().map_err(|_| "Write the time as hours and minutes, like 14:30"),
            ),
        };
        let clock = errors.choose::<Clock>("clock", &self.clock);
        let theirs = errors.optional("their_zone", &self.their_zone, when::zone);
        if clock == Some(Clock::Theirs) && theirs.is_none() && errors.get("their_zone").is_none() {
            errors.add("their_zone", "To read the time from their clock, say where they are");
        }
        let minutes = errors.take("minutes", self.minutes());
        let place = errors.take("place", Line::parse_optional(&self.place));
        let zone = if clock == Some(Clock::Theirs) { theirs.as_ref().map(|(_, zone)| zone) } else { Some(mine) };
        let starts = match (date, time, zone) {
            (Some(date), Some(time), Some(zone)) => {
                let meant = when::meant(date, time, zone, self.which.parse().ok(), self.was.parse().ok());
                let field = if meant == Err(Unclear::Twice) { "which" } else { "time" };
                errors.take(field, meant)
            }
            _ => None,
        };
        errors.give(|| {
            Some(Appointment {
                starts_at: starts?,
                minutes: minutes?,
                way: way?,
                place: place?,
                their_time_zone: theirs.map(|(name, _)| name),
            })
        })
    }

    /// Whether the clock shows that time twice, so that it has to be said which one is meant.
    fn is_shown_twice(&self, mine: &TimeZone) -> bool {
        let theirs = when::zone(&self.their_zone).ok().map(|(_, zone)| zone);
        let zone = if self.clock == Clock::Theirs.as_str() { theirs.as_ref() } else { Some(mine) };
        match (self.date.trim().parse(), self.time.trim().parse(), zone) {
            (Ok(date), Ok(time), Some(zone)) => matches!(when::read(date, time, zone), Ok(Reading::Twice(..))),
            _ => false,
        }
    }

    fn minutes(&self) -> Result<i16, &'static str> {
        minutes(&self.length, &self.minutes)
    }
}

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
        self.told = Some(told(visit, new, &self.partner.name));
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
            (Clock::Theirs.as_str(), format!("{}’s time", self.first_name())),
        ]
    }

    fn ways(&self) -> Vec<(&'static str, &'static str)> {
        Medium::ALL.iter().map(|way| (way.as_str(), way.label())).collect()
    }

    fn both(&self) -> Vec<(&'static str, &'static str)> {
        Which::ALL.iter().map(|which| (which.as_str(), which.label())).collect()
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
    let text = said(&visit, &new, &page.partner.name, "The talk is set") + &page.warning();
    let mut transaction = visit.db().begin().await?;
    if set(&mut transaction, by, id, &page.partner, &new, When { now, zone: &page.zone, cadence: &cadence }).await? {
        transaction.commit().await?;
    }
    Ok(Done::to(format!("/interviews/{id}")).saying(text).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> ScheduleForm {
        ScheduleForm {
            date: "2026-12-03".into(),
            time: "14:30".into(),
            clock: "mine".into(),
            their_zone: "America/New_York".into(),
            length: "20".into(),
            way: "video".into(),
            place: " https://meet.example/ada ".into(),
            ..ScheduleForm::default()
        }
    }

    fn parse(form: &ScheduleForm) -> Result<Appointment, Errors> {
        form.parse(&TimeZone::get("Europe/Berlin").unwrap(), jiff::civil::date(2026, 11, 24))
    }

    fn wrong(form: ScheduleForm) -> Vec<&'static str> {
        parse(&form).unwrap_err().iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn the_same_words_mean_another_instant_on_the_other_clock() {
        let mine = parse(&form()).unwrap();
        assert_eq!(mine.starts_at.to_string(), "2026-12-03T13:30:00Z");
        assert_eq!(mine.place.unwrap().as_str(), "https://meet.example/ada");
        let theirs = parse(&ScheduleForm { clock: "theirs".into(), ..form() }).unwrap();
        assert_eq!(theirs.starts_at.to_string(), "2026-12-03T19:30:00Z");
        assert_eq!(theirs.their_time_zone.as_deref(), Some("America/New_York"));
    }

    #[test]
    fn each_fault_is_told_at_its_field() {
        assert_eq!(wrong(ScheduleForm { date: "3 December".into(), ..form() }), ["date"]);
        assert_eq!(wrong(ScheduleForm { date: "2062-12-03".into(), ..form() }), ["date"]);
        assert_eq!(wrong(ScheduleForm { time: "half two".into(), ..form() }), ["time"]);
        assert_eq!(wrong(ScheduleForm { time: String::new(), ..form() }), ["time"]);
        assert_eq!(wrong(ScheduleForm { clock: "sun".into(), ..form() }), ["clock"]);
        assert_eq!(wrong(ScheduleForm { their_zone: "Mars".into(), ..form() }), ["their_zone"]);
        assert_eq!(wrong(ScheduleForm { clock: "theirs".into(), their_zone: String::new(), ..form() }), ["their_zone"]);
        assert_eq!(wrong(ScheduleForm { length: "other".into(), minutes: "4".into(), ..form() }), ["minutes"]);
        assert_eq!(wrong(ScheduleForm { length: "other".into(), minutes: "241".into(), ..form() }), ["minutes"]);
        assert_eq!(wrong(ScheduleForm { way: "pigeon".into(), ..form() }), ["way"]);
        assert_eq!(wrong(ScheduleForm { place: "x".repeat(1001), ..form() }), ["place"]);
        assert_eq!(wrong(ScheduleForm { date: "2026-03-29".into(), time: "02:30".into(), ..form() }), ["time"]);
    }

    #[test]
    fn of_what_the_clock_says_twice_one_has_to_be_chosen() {
        let twice = ScheduleForm { date: "2026-10-25".into(), time: "02:30".into(), ..form() };
        assert_eq!(wrong(twice.clone()), ["which"]);
        assert!(twice.is_shown_twice(&TimeZone::get("Europe/Berlin").unwrap()));
        for (which, instant) in [("first", "2026-10-25T00:30:00Z"), ("second", "2026-10-25T01:30:00Z")] {
            let chosen = ScheduleForm { which: which.into(), ..twice.clone() };
            assert_eq!(parse(&chosen).unwrap().starts_at.to_string(), instant);
        }
        let theirs = ScheduleForm { date: "2026-11-01".into(), time: "01:30".into(), clock: "theirs".into(), ..form() };
        assert_eq!(wrong(theirs), ["which"]);
    }

    #[test]
    fn answers_in_writing_need_a_day_only() {
        let new = parse(&ScheduleForm { way: "in_writing".into(), time: String::new(), ..form() }).unwrap();
        assert_eq!(new.starts_at.to_string(), "2026-12-03T16:00:00Z");
    }
}
