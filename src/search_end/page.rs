//! `/ending`: the search is over; who helped, and who has been thanked.

use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::{Connection, PgConnection};

use super::queries::{self, HelperRow, OpeningRow};
use crate::access::{Owner, Viewer};
use crate::accounts::preferences::Preferences;
use crate::accounts::settings::queries as settings;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::follow_up;
use crate::follow_up::moves::Moved;
use crate::follow_up::replan::Cause;
use crate::ids::OpeningId;
use crate::links::with_query;
use crate::playbook::cadence::KeepUp;
use crate::text::Line;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

const HERE: &str = "/ending";

/// The form as typed.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct EndingForm {
    pub opening: String,
    pub news: String,
    pub keep_up: String,
    /// The day it ended, where an undo says it.
    on: String,
}

/// What the form means.
struct Ending {
    opening: Option<OpeningId>,
    news: String,
    keep_up: KeepUp,
}

impl EndingForm {
    fn parse(&self) -> Result<Ending, Errors> {
        let mut errors = Errors::default();
        let opening =
            errors.optional("opening", &self.opening, |id| id.parse().map_err(|_| "Choose one from the list"));
        let news = errors.take("news", Line::<500>::parse_optional(&self.news)).flatten();
        let keep_up = errors.choose("keep_up", &self.keep_up);
        errors.give(|| {
            let news = news.map(|news| news.as_str().to_owned()).unwrap_or_default();
            Some(Ending { opening, news, keep_up: keep_up? })
        })
    }
}

/// Which opening the page was come from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Origin {
    opening: String,
}

struct Helper {
    row: HelperRow,
    line: String,
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "search_end/index.html")]
struct EndingPage {
    shell: Shell,
    form: EndingForm,
    errors: Errors,
    ended: Option<String>,
    openings: Vec<OpeningRow>,
    waiting: Vec<Helper>,
    thanked: Vec<Helper>,
    skipped: Vec<Helper>,
}

impl EndingPage {
    fn openings(&self) -> Vec<(String, String)> {
        let none = ("".to_owned(), "Something else".to_owned());
        let named = self.openings.iter().map(|row| (row.id.to_string(), format!("{} at {}", row.title, row.company)));
        std::iter::once(none).chain(named).collect()
    }

    fn rhythms(&self) -> Vec<(&'static str, &'static str)> {
        KeepUp::choices()
    }

    fn to_thank(&self) -> usize {
        self.waiting.len() + self.thanked.len()
    }

    fn first(&self) -> Option<String> {
        self.waiting.first().map(|helper| format!("{HERE}/{}", helper.row.id))
    }
}

/// `GET /ending`
pub async fn show(visit: Visit<Viewer>, Query(from): Query<Origin>) -> Result<Response> {
    let preferences = &visit.person.preferences;
    let opening = preferences.search_ended_with.map(|id| id.to_string()).unwrap_or(from.opening);
    let keep_up = preferences.cadence.after_search.unwrap_or(KeepUp::Quarterly).to_string();
    let form = EndingForm { opening, news: preferences.search_news.clone(), keep_up, on: String::new() };
    Ok(Page::ok(page(visit, form, Errors::default()).await?).into_response())
}

async fn page<P: Copy + Into<Viewer>>(mut visit: Visit<P>, mut form: EndingForm, errors: Errors) -> Result<EndingPage> {
    let (by, today) = (visit.by, visit.today());
    let since = visit.person.preferences.search_ended_on;
    let whole = queries::whole(visit.db(), by, since, form.opening.parse().ok()).await?;
    let openings = whole.openings.0;
    if since.is_none() && errors.is_empty() && form.news.is_empty() {
        // One that was taken, or that the user came from, is what ended it; offers wait to be chosen.
        let named = openings.iter().find(|row| row.id.to_string() == form.opening);
        if let Some(row) = named {
            form.news = format!("I have taken a new role: {} at {}.", row.title, row.company);
        }
    }
    let mut helpers: Vec<HelperRow> = whole.helpers.0;
    helpers.sort_by(|a, b| b.help().weight().cmp(&a.help().weight()).then_with(|| a.name.cmp(&b.name)));
    let helpers = helpers.into_iter().map(|row| {
        let done = row.thanked_on.map(|on| words::day(on, today));
        Helper { line: row.help().in_words(), done, row }
    });
    let (thanked, open): (Vec<Helper>, Vec<Helper>) = helpers.partition(|helper| helper.done.is_some());
    let (skipped, waiting) = open.into_iter().partition(|helper| helper.row.skipped);
    let ended = since.map(|day| words::full_day(day, today));
    Ok(EndingPage { shell: visit.shell(Nav::Settings), form, errors, ended, openings, waiting, thanked, skipped })
}

/// `POST /ending`: the search is over; or, once it is, what ended it and how often to write, said anew.
pub async fn update(mut visit: Visit<Owner>, Form(form): Form<EndingForm>) -> Result<Response> {
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let ending = match form.parse() {
        Ok(ending) => ending,
        Err(errors) => return Ok(Page::unprocessable(page(visit, form, errors).await?).into_response()),
    };
    let (was_over, moved) = end(visit.db(), by, ending, today, now).await?;
    let text = if was_over { "Saved." } else { "Your search is over. The network stays." };
    let done = Done::to(HERE).saying(moved.said(text));
    Ok(if was_over { done } else { done.undo(format!("{HERE}/reopenings")) }.into_response())
}

/// `POST /ending/restorations`: over after all, as it was before it was taken up again.
pub async fn restore(mut visit: Visit<Owner>, Query(form): Query<EndingForm>) -> Result<Done> {
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let Ok(ending) = form.parse() else { return Ok(Done::to(HERE)) };
    let on = form.on.parse().ok().filter(|on| *on <= today).unwrap_or(today);
    let (_, moved) = end(visit.db(), by, ending, on, now).await?;
    Ok(Done::to(HERE).saying(moved.said("Your search is over again.")))
}

/// `POST /ending/reopenings`: the search is taken up again; every step stands where it stood.
pub async fn reopen(mut visit: Visit<Owner>) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let mut before = None;
    let moved = change(visit.db(), by, now, |preferences| {
        before = Some(preferences.clone());
        preferences.search_ended_on = None;
        preferences.search_ended_with = None;
        preferences.search_news = String::new();
        preferences.cadence.after_search = None;
    })
    .await?;
    let Some((on, before)) = before.and_then(|before| Some((before.search_ended_on?, before))) else {
        return Ok(Done::to("/"));
    };
    let opening = before.search_ended_with.map(|id| id.to_string()).unwrap_or_default();
    let keep_up = before.cadence.after_search.unwrap_or(KeepUp::Quarterly);
    let undo = with_query(
        &format!("{HERE}/restorations"),
        &[("on", &on.to_string()), ("opening", &opening), ("news", &before.search_news), ("keep_up", keep_up.as_str())],
    );
    Ok(Done::to("/").saying(moved.said("Your search goes on.")).undo(undo))
}

/// Writes that it is over, keeping the day if it was so already. Tells whether it was.
async fn end(db: &mut PgConnection, by: Owner, ending: Ending, on: Date, now: Timestamp) -> Result<(bool, Moved)> {
    let mut was_over = false;
    let moved = change(db, by, now, |preferences| {
        was_over = preferences.is_search_over();
        preferences.search_ended_on = preferences.search_ended_on.or(Some(on));
        preferences.search_ended_with = ending.opening;
        preferences.search_news = ending.news;
        preferences.cadence.after_search = Some(ending.keep_up);
    })
    .await?;
    Ok((was_over, moved))
}

async fn change(
    db: &mut PgConnection,
    by: Owner,
    now: Timestamp,
    edit: impl FnOnce(&mut Preferences),
) -> Result<Moved> {
    let mut transaction = db.begin().await?;
    let stored = settings::lock(&mut *transaction, by).await?;
    let mut preferences = stored.preferences.0.clone();
    edit(&mut preferences);
    let change = (Cause::Ending, Vec::new());
    let moved = follow_up::store(&mut transaction, by, &stored.preferences.cadence, &preferences, change, now).await?;
    transaction.commit().await?;
    Ok(moved)
}
