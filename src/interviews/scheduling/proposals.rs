//! Up to three times proposed for a talk: kept with the contact until one is taken, with the words that offer them.

use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde::Deserialize;
use sqlx::Connection;

use super::appointment::{LENGTHS, date, minutes};
use super::clashes::{self, Other};
use super::when::{self, Reading, Unclear, Which};
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::contacts::proposal::{self, Clocks};
use crate::contacts::queries::edit as contacts;
use crate::error::{Error, Result};
use crate::ids::{ContactId, InterviewId};
use crate::playbook::name::first_name;
use crate::playbook::talk::Medium;
use crate::text::Line;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};

use crate::interviews::queries::listed::{Host, Partner};
use crate::interviews::queries::proposals::{Kept, Offer};
use crate::interviews::queries::{listed, proposals};
use told::{message, nights};

/// The form as typed; the times are those of the user's clock.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct ProposalForm {
    pub version: i32,
    pub first: String,
    pub second: String,
    pub third: String,
    /// Which one, where the clock shows the time twice.
    pub first_which: String,
    pub second_which: String,
    pub third_which: String,
    pub their_zone: String,
    pub length: String,
    pub minutes: String,
    pub way: String,
    pub place: String,
    /// Said once it was pointed out that it is night for them.
    pub at_night: String,
}

impl ProposalForm {
    fn parse(&self, mine: &TimeZone, now: Timestamp) -> Result<Offer, Errors> {
        let mut errors = Errors::default();
        let mut times = Vec::new();
        for (field, typed, which, chosen) in self.typed() {
            match optional_time(typed, chosen, mine, now) {
                Err(Wrong::Twice) => errors.add(which, Unclear::Twice),
                Err(Wrong::Time(problem)) => errors.add(field, problem),
                Ok(time) => times.extend(time),
            }
        }
        if times.is_empty() && errors.is_empty() {
            errors.add("first", "Propose at least one time");
        }
        times.sort();
        times.dedup();
        let theirs = errors.optional("their_zone", &self.their_zone, when::zone);
        let minutes = errors.take("minutes", minutes(&self.length, &self.minutes));
        let way = errors.choose::<Medium>("way", &self.way).filter(|way| {
            let has_hour = *way != Medium::InWriting;
            if !has_hour {
                errors.add("way", "In writing there is no hour to propose");
            }
            has_hour
        });
        let place = errors.take("place", Line::parse_optional(&self.place));
        errors.give(|| Some(Offer { times, minutes: minutes?, way: way?, place: place?, their_zone: theirs }))
    }

    /// The three times with their fields: the time, and which of two it is.
    fn typed(&self) -> [(&'static str, &str, &'static str, &str); 3] {
        [
            ("first", &self.first, "first_which", &self.first_which),
            ("second", &self.second, "second_which", &self.second_which),
            ("third", &self.third, "third_which", &self.third_which),
        ]
    }

    fn of(times: &[Timestamp], mine: &TimeZone) -> Self {
        let which = |nr: usize| times.get(nr).and_then(|at| when::which(*at, mine)).map(|which| which.to_string());
        let typed = |nr: usize| times.get(nr).map(|at| mine.to_datetime(*at).strftime("%Y-%m-%dT%H:%M").to_string());
        Self {
            first: typed(0).unwrap_or_default(),
            second: typed(1).unwrap_or_default(),
            third: typed(2).unwrap_or_default(),
            first_which: which(0).unwrap_or_default(),
            second_which: which(1).unwrap_or_default(),
            third_which: which(2).unwrap_or_default(),
            ..Self::default()
        }
    }

    fn lasting(mut self, minutes: &str) -> Self {
        let offered = LENGTHS.iter().any(|(value, _)| *value == minutes);
        self.length = if offered { minutes.into() } else { "other".into() };
        self.minutes = if offered { String::new() } else { minutes.into() };
        self
    }
}

/// Why a time cannot be kept.
enum Wrong {
    Twice,
    Time(String),
}

/// A time that is still to come, by the user's clock; none where nothing is typed.
fn optional_time(typed: &str, which: &str, mine: &TimeZone, now: Timestamp) -> Result<Option<Timestamp>, Wrong> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let typed: DateTime = typed.trim().parse().map_err(|_| Wrong::Time("Write it like 2026-11-26T16:00".into()))?;
    let day = date(&typed.date().to_string(), mine.to_datetime(now).date()).map_err(Wrong::Time)?;
    let at = when::meant(day, typed.time(), mine, which.parse().ok(), None).map_err(|unclear| match unclear {
        Unclear::Twice => Wrong::Twice,
        Unclear::None(problem) => Wrong::Time(problem.to_string()),
    })?;
    if at > now { Ok(Some(at)) } else { Err(Wrong::Time("This time is past".into())) }
}

/// One time of the offer that waits.
struct TimeRow {
    /// 1 to 3.
    nr: usize,
    at: Timestamp,
    /// 'Thursday 3 December, 14:30 (08:30 for Katherine)'.
    told: String,
    clashes: Vec<String>,
    is_past: bool,
    /// The hour there, where it is night.
    night: Option<String>,
}

/// A field for one of the times.
struct TimeField<'f> {
    name: &'static str,
    label: &'static str,
    value: &'f str,
    which_name: &'static str,
    which: &'f str,
    is_twice: bool,
}

#[derive(Template)]
#[template(path = "interviews/proposals.html")]
struct ProposalsPage {
    shell: Shell,
    partner: Partner,
    form: ProposalForm,
    errors: Errors,
    /// Which times of the form are at night for them; kept only when that is said.
    nights: Vec<String>,
    /// The offer that waits for an answer.
    waiting: Vec<TimeRow>,
    message: String,
    /// What was saved elsewhere meanwhile.
    theirs: Option<String>,
    zone: TimeZone,
    my_zone: String,
    zones: Vec<String>,
    /// The talk to be, should a time be taken.
    talk: InterviewId,
}

impl ProposalsPage {
    fn new<P>(visit: &Visit<P>, host: Host, form: Option<ProposalForm>) -> Self {
        let person = &visit.person;
        let (mine, today) = (&person.zone, visit.today());
        let Host { partner, others, kept } = host;
        let zone = partner.time_zone.clone();
        let theirs = zone.as_deref().and_then(|zone| TimeZone::get(zone).ok());
        let open = kept.as_ref().filter(|kept| kept.is_open());
        let form = form.unwrap_or_else(|| {
            let times = match open {
                Some(kept) => kept.times(),
                None => proposal::instants(&person.preferences.cadence, today, mine, theirs.as_ref()),
            };
            let minutes = open.map_or(person.preferences.talk_minutes.to_string(), |kept| kept.minutes.to_string());
            ProposalForm {
                version: kept.as_ref().map_or(0, |kept| kept.version),
                their_zone: zone.clone().unwrap_or_default(),
                way: kept.as_ref().map_or(Medium::Video, |kept| kept.way).to_string(),
                place: kept.as_ref().and_then(|kept| kept.place.clone()).unwrap_or_default(),
                ..ProposalForm::of(&times, mine).lasting(&minutes)
            }
        });
        Self {
            shell: visit.shell(Nav::Interviews),
            errors: Errors::default(),
            nights: Vec::new(),
            waiting: open.map(|kept| rows(kept, &partner, &others, mine, today, visit.now)).unwrap_or_default(),
            message: open.map(|kept| message(kept, &partner, mine, today, visit.now)).unwrap_or_default(),
            theirs: None,
            zone: mine.clone(),
            my_zone: mine.iana_name().unwrap_or("UTC").to_owned(),
            zones: when::zone_names(),
            talk: InterviewId::new(),
            partner,
            form,
        }
    }

    /// The times as fields: name, label, value; and which of two, where the clock shows it twice.
    fn times(&self) -> Vec<TimeField<'_>> {
        let mine = &self.zone;
        let is_twice = |typed: &str| {
            let typed = typed.trim().parse::<DateTime>();
            typed.is_ok_and(|at| matches!(when::read(at.date(), at.time(), mine), Ok(Reading::Twice(..))))
        };
        let labels = ["First", "Second", "Third"];
        let fields = self.form.typed().into_iter().zip(labels);
        fields
            .map(|((name, value, which_name, which), label)| TimeField {
                name,
                label,
                value,
                which_name,
                which,
                is_twice: is_twice(value),
            })
            .collect()
    }

    fn both(&self) -> Vec<(&'static str, &'static str)> {
        Which::choices()
    }

    fn first_name(&self) -> &str {
        first_name(&self.partner.name)
    }

    fn ways(&self) -> Vec<(&'static str, &'static str)> {
        Medium::ALL.iter().filter(|way| **way != Medium::InWriting).map(|way| way.choice()).collect()
    }
}

fn rows(
    kept: &Kept,
    partner: &Partner,
    others: &[Other],
    mine: &TimeZone,
    today: Date,
    now: Timestamp,
) -> Vec<TimeRow> {
    let zone = partner.time_zone.as_deref();
    let theirs = zone.and_then(|zone| TimeZone::get(zone).ok());
    let clocks = Clocks { mine, theirs: theirs.as_ref() };
    let row = |(nr, at): (usize, Timestamp)| TimeRow {
        nr: nr + 1,
        at,
        told: when::told(at, mine, zone, &partner.name, today),
        clashes: clashes::clashes(at, kept.minutes, others, mine, today),
        is_past: at <= now,
        night: clocks.night(at),
    };
    kept.times().into_iter().enumerate().map(row).collect()
}

/// `GET /contacts/{id}/proposals`
pub async fn show(mut visit: Visit<Viewer>, Id(contact): Id<ContactId>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let host = listed::host(visit.db(), by, contact, None).await?.ok_or(Error::NotFound)?;
    Ok(Page::ok(ProposalsPage::new(&visit, host, None)))
}

/// `POST /contacts/{id}/proposals`
pub async fn create(
    mut visit: Visit<Owner>,
    Id(contact): Id<ContactId>,
    Form(form): Form<ProposalForm>,
) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    let zone = visit.person.zone.clone();
    let host = listed::host(visit.db(), by, contact, None).await?.ok_or(Error::NotFound)?;
    let offer = match form.parse(&zone, now) {
        Ok(offer) => offer,
        Err(errors) => {
            let page = ProposalsPage { errors, ..ProposalsPage::new(&visit, host, Some(form)) };
            return Ok(Page::unprocessable(page).into_response());
        }
    };
    let nights = nights(&offer, &zone, &host.partner.name, visit.today());
    if form.at_night.is_empty() && !nights.is_empty() {
        let page = ProposalsPage { nights, ..ProposalsPage::new(&visit, host, Some(form)) };
        return Ok(Page::unprocessable(page).into_response());
    }
    let done = Done::to(format!("/contacts/{contact}/proposals"));
    let mut transaction = visit.db().begin().await?;
    let is_kept = proposals::keep(&mut *transaction, by, contact, form.version, &offer, now).await?;
    if let Some((zone, _)) = offer.their_zone.as_ref().filter(|_| is_kept) {
        contacts::set_time_zone(&mut *transaction, by, contact, zone).await?;
    }
    transaction.commit().await?;
    if is_kept {
        let words = if offer.times.len() == 1 { "The time is" } else { "The times are" };
        return Ok(done
            .saying(format!("{words} kept until there is an answer. Copy the words and send them."))
            .into_response());
    }
    let host = listed::host(visit.db(), by, contact, None).await?.ok_or(Error::NotFound)?;
    match &host.kept {
        // The same form pressed twice.
        Some(kept) if is_same(kept, &offer) => Ok(done.into_response()),
        Some(kept) => {
            let (version, told) = (kept.version, in_words(&visit, kept, &host.partner));
            let form = ProposalForm { version, ..form };
            let page = ProposalsPage { theirs: Some(told), ..ProposalsPage::new(&visit, host, Some(form)) };
            Ok(Page::conflict(page).into_response())
        }
        None => Err(Error::NotFound),
    }
}

fn is_same(kept: &Kept, offer: &Offer) -> bool {
    kept.is_open()
        && kept.times() == offer.times
        && (kept.minutes, kept.way) == (offer.minutes, offer.way)
        && kept.place.as_deref() == offer.place.as_ref().map(Line::as_str)
}

fn in_words<P>(visit: &Visit<P>, kept: &Kept, partner: &Partner) -> String {
    let (zone, name) = (partner.time_zone.as_deref(), &partner.name);
    let times: Vec<String> =
        kept.times().into_iter().map(|at| when::told(at, &visit.person.zone, zone, name, visit.today())).collect();
    let place = kept.place.as_deref().map(|place| format!(", {place}")).unwrap_or_default();
    format!("{}; {} minutes, {}{place}", times.join("; "), kept.minutes, kept.way.label().to_lowercase())
}

mod told;

#[cfg(test)]
mod tests;
