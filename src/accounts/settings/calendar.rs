//! The settings of the calendar feed: its secret address, shown once; what it gives; and its end.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::access::Owner;
use crate::accounts::audit::{Event, Kind};
use crate::accounts::confirm::Confirmed;
use crate::accounts::queries::feed::{self as queries, Contents, Feed};
use crate::accounts::token::Token;
use crate::accounts::visit::Visit;
use crate::app::App;
use crate::database::At;
use crate::error::Result;
use crate::mail::letter::{Change, Letter};
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::host;
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

const HERE: &str = "/settings/calendar";
/// Where feeds are.
const FEEDS: &str = "/calendar";

/// Minutes before a talk, and their words; none is written as 0.
const ALARMS: [(i16, &str); 5] = [
    (0, "No reminder"),
    (10, "10 minutes before"),
    (30, "30 minutes before"),
    (60, "1 hour before"),
    (1440, "1 day before"),
];

/// The form as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct FeedForm {
    steps: String,
    alarm: String,
}

impl FeedForm {
    fn parse(&self) -> Result<Contents, Errors> {
        let mut errors = Errors::default();
        let known = |text: &str| text.parse().ok().filter(|minutes| ALARMS.iter().any(|(known, _)| known == minutes));
        let alarm = errors.take("alarm", known(&self.alarm).ok_or("Choose when to be reminded"));
        errors.give(|| Some(Contents { steps: self.steps == "true", alarm: alarm.filter(|minutes| *minutes > 0) }))
    }
}

#[derive(Template)]
#[template(path = "accounts/settings/calendar.html")]
struct FeedPage {
    shell: Shell,
    /// The feed there is, and since when and until when.
    feed: Option<Feed>,
    made: String,
    read: Option<String>,
    /// Its address, known only now.
    address: Option<String>,
    contents: Contents,
    errors: Errors,
}

impl FeedPage {
    async fn load(visit: &mut Visit<Owner>) -> Result<Self> {
        let (by, today) = (visit.by, visit.today());
        let feed = queries::feed(visit.db(), by).await?;
        let zone = visit.person.zone.clone();
        let day = |at: At| words::moment(at.0, &zone, today);
        let contents = feed.as_ref().map(|feed| Contents { steps: feed.steps, alarm: feed.alarm });
        Ok(Self {
            shell: visit.shell(Nav::Settings),
            made: feed.as_ref().map(|feed| day(feed.made_at)).unwrap_or_default(),
            read: feed.as_ref().and_then(|feed| feed.read_at).map(day),
            feed,
            address: None,
            contents: contents.unwrap_or_default(),
            errors: Errors::default(),
        })
    }

    fn alarms(&self) -> Vec<(String, &'static str)> {
        ALARMS.iter().map(|(minutes, words)| (minutes.to_string(), *words)).collect()
    }

    fn alarm(&self) -> String {
        self.contents.alarm.unwrap_or_default().to_string()
    }

    /// The address as calendars that subscribe at a press take it.
    fn webcal(&self) -> Option<String> {
        let (_, rest) = self.address.as_ref()?.split_once("://")?;
        Some(format!("webcal://{rest}"))
    }
}

/// `GET /settings/calendar`
pub async fn show(mut visit: Visit<Owner>) -> Result<Page<impl Template>> {
    Ok(Page::ok(FeedPage::load(&mut visit).await?))
}

/// `POST /settings/calendar`: a new address, shown once. The one before is over.
pub async fn create(
    State(app): State<App>,
    headers: HeaderMap,
    Confirmed(mut visit): Confirmed<Owner>,
    Form(form): Form<FeedForm>,
) -> Result<Response> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let contents = match form.parse() {
        Ok(contents) => contents,
        Err(errors) => {
            let page = FeedPage { errors, ..FeedPage::load(&mut visit).await? };
            return Ok(Page::unprocessable(page).into_response());
        }
    };
    let token = Token::new()?;
    queries::make(visit.db(), by, &token.hash(), contents, now).await?;
    Event::new(by.user_id(), Kind::CalendarMade, now).by_session(visit.db(), this).await?;
    app.outbox.tell(visit.db(), by.user_id(), &Letter::Change { what: Change::Calendar }, now).await?;
    app.outbox.hurry();
    let address = format!("{}{FEEDS}/{}.ics", host::base(&app.config, &headers), token.reveal());
    let page = FeedPage { address: Some(address), ..FeedPage::load(&mut visit).await? };
    Ok(Page::ok(page).into_response())
}

/// `POST /settings/calendar/contents`: what the feed gives from now on.
pub async fn update(mut visit: Visit<Owner>, Form(form): Form<FeedForm>) -> Result<Response> {
    let by = visit.by;
    let contents = match form.parse() {
        Ok(contents) => contents,
        Err(errors) => {
            let page = FeedPage { errors, ..FeedPage::load(&mut visit).await? };
            return Ok(Page::unprocessable(page).into_response());
        }
    };
    let done = Done::to(HERE);
    let is_set = queries::set(visit.db(), by, contents).await?;
    Ok(if is_set { done.saying("Saved. Your calendar shows it when it asks next.") } else { done }.into_response())
}

/// `POST /settings/calendar/ends`: the address is over.
pub async fn end(mut visit: Visit<Owner>) -> Result<Done> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let ended = queries::end(visit.db(), by).await?;
    if ended {
        Event::new(by.user_id(), Kind::CalendarEnded, now).by_session(visit.db(), this).await?;
    }
    let done = Done::to(HERE);
    Ok(if ended { done.saying("The address is over. Remove the calendar where you added it.") } else { done })
}
