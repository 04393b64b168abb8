//! The page for going away: from when to when, what to do before, which talks lie in it, and being back.

use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;

use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::follow_up::form::AwayForm;
use crate::follow_up::leaving::End;
use crate::follow_up::moves::Told;
use crate::follow_up::queries::{DueRow, TalkRow};
use crate::follow_up::replan::Cause;
use crate::follow_up::{leaving, queries};
use crate::links::with_query;
use crate::playbook::away::Away;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

const HERE: &str = "/away";

/// A talk that lies in a stretch.
struct Talk {
    href: String,
    name: String,
    when: String,
}

/// What is to be done before a stretch.
struct ToDo {
    href: String,
    name: String,
    what: String,
    by: String,
}

/// One stretch as the page shows it.
struct Card {
    away: Away,
    heading: String,
    line: String,
    begun: bool,
    talks: Vec<Talk>,
    before: Vec<ToDo>,
}

#[derive(Template)]
#[template(path = "follow_up/away.html")]
struct AwayPage {
    shell: Shell,
    today: Date,
    away: AwayForm,
    away_errors: Errors,
    cards: Vec<Card>,
    told: Told,
}

impl AwayPage {
    /// The loudest button is the one that goes away, until someone is.
    fn away_tone(&self) -> &'static str {
        if self.cards.iter().any(|card| card.begun) { "" } else { "go" }
    }
}

/// `GET /away`
pub async fn show(visit: Visit<Viewer>) -> Result<Response> {
    let form = AwayForm::fresh(visit.today());
    Ok(Page::ok(page(visit, form, Errors::default()).await?).into_response())
}

async fn page<P: Copy + Into<Viewer>>(mut visit: Visit<P>, away: AwayForm, away_errors: Errors) -> Result<AwayPage> {
    let (by, today, zone) = (visit.by, visit.today(), visit.person.zone.clone());
    let aways: Vec<Away> = visit.person.preferences.aways.iter().filter(|away| !away.is_over(today)).cloned().collect();
    let start = aways.first().map(|away| away.from);
    let last = aways.last().map(|away| away.to);
    let instant = |day: Option<Date>| day.and_then(|day| zone.to_timestamp(day.at(0, 0, 0, 0)).ok());
    let talks = (
        instant(start).unwrap_or(Timestamp::UNIX_EPOCH),
        instant(last.and_then(|day| day.tomorrow().ok())).unwrap_or(Timestamp::UNIX_EPOCH),
    );
    let around = queries::around(visit.db(), by, talks, (today, last.unwrap_or(today))).await?;
    let cards = aways.into_iter().map(|away| card(away, &around.talks, &around.dues, &zone, today)).collect();
    let told = match around.cause {
        Some(Cause::Away) => Told::new(around.moves.0, around.moved.unwrap_or_default().into()),
        _ => Told::default(),
    };
    Ok(AwayPage { shell: visit.shell(Nav::Today), today, away, away_errors, cards, told })
}

fn card(away: Away, talks: &[TalkRow], dues: &[DueRow], zone: &TimeZone, today: Date) -> Card {
    let begun = away.contains(today);
    let talks = talks
        .iter()
        .filter(|talk| away.contains(crate::clock::date_in(zone, talk.starts_at)))
        .map(|talk| Talk {
            href: format!("/interviews/{}/edit", talk.id),
            name: talk.name.clone(),
            when: words::moment(talk.starts_at, zone, today),
        })
        .collect();
    let before = dues.iter().filter(|due| !begun && due.due < away.from).filter_map(|due| to_do(due, &away, today));
    let days = words::count(i64::from(words::days_between(away.from, away.to)) + 1, "day", "days");
    let word = if away.word.is_empty() { String::new() } else { format!("{}. ", away.word.trim_end_matches('.')) };
    Card {
        heading: said(&away, today),
        line: format!("{word}{days}. What falls into them is due on {}.", words::full_day(away.back, today)),
        begun,
        talks,
        before: before.collect(),
        away,
    }
}

/// What has its day before the user goes: thanks, promises, and preparing a talk held right after.
fn to_do(due: &DueRow, away: &Away, today: Date) -> Option<ToDo> {
    let contact = format!("/contacts/{}", due.contact);
    let (href, what) = match (due.what.as_str(), due.talk_on) {
        // Before a talk that is held before the user goes, there is nothing special about preparing it.
        ("prepare", Some(talk)) if talk > away.to => (
            due.interview.map_or(contact, |id| format!("/interviews/{id}/prepare")),
            format!("Prepare the talk on {}, right after you are back", words::full_day(talk, today)),
        ),
        ("thank", _) => (contact, "Thank them".to_owned()),
        ("promise", _) => (contact, format!("You promised: {}", due.text.as_deref().unwrap_or_default())),
        _ => return None,
    };
    Some(ToDo { href, name: due.name.clone(), what, by: words::full_day(due.due, today) })
}

/// 'Thursday 26 November to Sunday 6 December'.
fn said(away: &Away, today: Date) -> String {
    match away.from == away.to {
        true => words::full_day(away.from, today),
        false => format!("{} to {}", words::full_day(away.from, today), words::full_day(away.to, today)),
    }
}

/// The address of something that is done to a stretch.
fn address(resource: &str, away: &Away) -> String {
    let (from, to) = (away.from.to_string(), away.to.to_string());
    with_query(&format!("{HERE}/{resource}"), &[("from", &from), ("to", &to), ("word", &away.word)])
}

/// `POST /away`
pub async fn create(mut visit: Visit<Owner>, Form(form): Form<AwayForm>) -> Result<Response> {
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let stretch = match form.parse(today) {
        Ok(stretch) => stretch,
        Err(errors) => return Ok(Page::unprocessable(page(visit, form, errors).await?).into_response()),
    };
    match leaving::begin(visit.db(), by, stretch, today, now).await? {
        Ok((away, moved)) => {
            let text = moved.said(&format!("You are away from {}.", said(&away, today)));
            Ok(Done::to(HERE).saying(text).undo(address("cancellations", &away)).into_response())
        }
        Err(refused) => {
            let errors = Errors::of("from", refused);
            Ok(Page::unprocessable(page(visit, form, errors).await?).into_response())
        }
    }
}

/// `POST /away/restorations`: away again, after that was ended.
pub async fn restore(mut visit: Visit<Owner>, Query(form): Query<AwayForm>) -> Result<Done> {
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let long_ago = today.saturating_sub(2.years());
    let stretch = form.parse(long_ago).map_err(|_| Error::Invalid("These days cannot be read.".into()))?;
    match leaving::begin(visit.db(), by, stretch, today, now).await? {
        Ok((away, moved)) => {
            Ok(Done::to(HERE).saying(moved.said("You are away again.")).undo(address("cancellations", &away)))
        }
        Err(refused) => Err(Error::Invalid(format!("{refused}."))),
    }
}

/// Which stretch: the one that begins on that day.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    from: String,
    back: String,
}

/// `POST /away/returns`: back early.
pub async fn come_back(visit: Visit<Owner>, Form(which): Form<Which>) -> Result<Done> {
    end(visit, which, End::Back).await
}

/// `POST /away/cancellations`: not going after all; undoing that one goes comes here as well.
pub async fn cancel(visit: Visit<Owner>, Query(query): Query<Which>, Form(form): Form<Which>) -> Result<Done> {
    let which = if form.from.is_empty() { query } else { form };
    end(visit, which, End::Cancelled).await
}

async fn end(mut visit: Visit<Owner>, which: Which, how: End) -> Result<Done> {
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let from: Date = which.from.parse().map_err(|_| Error::Invalid("That day cannot be read.".into()))?;
    let to = if which.back == "/" { "/" } else { HERE };
    match leaving::end(visit.db(), by, from, how, today, now).await? {
        Some((away, moved)) => {
            let text = match how {
                End::Back => "Welcome back.",
                End::Cancelled => "You are not away then.",
            };
            Ok(Done::to(to).saying(moved.said(text)).undo(address("restorations", &away)))
        }
        // Pressed twice, or ended elsewhere.
        None => Ok(Done::to(to)),
    }
}
