//! A line of a mail acted on with one press, on whatever device, without logging in. Programs that read mail follow its links: opening
//! one shows what it will do, and only the button does it.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::{Connection, PgConnection};

use super::account::Account;
use super::links::{ACTS, Act, ActLink};
use crate::accounts::session;
use crate::accounts::writing;
use crate::app::App;
use crate::clock::date_in;
use crate::error::Result;
use crate::today::day::{items, span};
use crate::today::items::Item;
use crate::today::press;
use crate::today::queries::day;
use crate::web::dates;
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::page::Page;
use crate::web::signed::Unproven;
use crate::web::words;

/// The secret of the link.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct LinkForm {
    link: String,
}

/// What a link comes to.
enum Shown {
    /// It can be pressed: what that does, in words, and what the button says.
    Ready { does: String, label: String },
    /// It was pressed.
    Acted(String),
    /// The line is at another step, or gone.
    Moved(String),
    /// It was for a while.
    Over,
    /// It is none of ours, or of an account that changed.
    Unknown,
}

#[derive(Template)]
#[template(path = "reminders/act.html")]
struct ActPage {
    shown: Shown,
    link: String,
    /// Whose line it is.
    name: String,
    /// Where the form is sent.
    acts: &'static str,
}

/// A link that was proven, and whose it is.
struct Proven {
    link: ActLink,
    account: Account,
}

/// Reads a link; nothing where it was not made here, or for another address or password.
async fn proven(app: &App, db: &mut PgConnection, text: &str) -> sqlx::Result<Option<Proven>> {
    let Some(sent) = Unproven::read(text) else { return Ok(None) };
    let Ok(link) = sent.text.parse::<ActLink>() else { return Ok(None) };
    let account = Account::find(db, link.account).await?;
    Ok(account.filter(|account| app.signatures.prove(&sent, &account.bound_to)).map(|account| Proven { link, account }))
}

/// The line a link is about, as it stands; or what became of it.
async fn found(
    db: &mut PgConnection,
    Proven { link, account }: &Proven,
    now: Timestamp,
) -> sqlx::Result<Result<Item, String>> {
    let (preferences, today) = (&account.preferences, date_in(&account.zone, now));
    let span = span(preferences, &account.zone, (now, today));
    let mut whole = day(db, account.viewer(), span, preferences.is_search_over()).await?;
    let (items, _) = items(&mut whole, preferences, (now, today));
    Ok(match items.into_iter().find(|item| item.key() == link.line) {
        Some(item) if press::state(&item) == link.state => Ok(item),
        Some(item) => {
            Err(format!("Something has happened since. Now it's this: {}.", item.said().trim_end_matches('.')))
        }
        None => Err("It was done, snoozed or changed since, so it isn't due today.".into()),
    })
}

fn ready(act: Act, item: &Item, today: Date, later: Date) -> Shown {
    let said = item.said().trim_end_matches('.').to_owned();
    match act {
        Act::Done => Shown::Ready { does: format!("This marks as done: {said}."), label: "Mark as done".into() },
        Act::Later => {
            let day = words::day(later, today);
            Shown::Ready { does: format!("This snoozes to {day}: {said}."), label: format!("Snooze to {day}") }
        }
    }
}

fn page(shown: Shown, link: String, name: String) -> Response {
    let status = match &shown {
        Shown::Ready { .. } | Shown::Acted(_) => StatusCode::OK,
        Shown::Moved(_) => StatusCode::CONFLICT,
        Shown::Over => StatusCode::GONE,
        Shown::Unknown => StatusCode::NOT_FOUND,
    };
    Page::with_status(status, ActPage { shown, link, name, acts: ACTS }).into_response()
}

/// `GET /reminders/acts`
pub async fn show(State(app): State<App>, Query(form): Query<LinkForm>) -> Result<Response> {
    let now = app.clock.now();
    let mut db = app.connection().await?;
    let Some(proven) = proven(&app, &mut db, &form.link).await? else {
        return Ok(page(Shown::Unknown, String::new(), String::new()));
    };
    let Proven { link, account } = &proven;
    dates::show_as(account.formats);
    if link.until < now {
        return Ok(page(Shown::Over, String::new(), account.name.clone()));
    }
    let shown = match found(&mut db, &proven, now).await? {
        Ok(item) => {
            let today = date_in(&account.zone, now);
            ready(link.act, &item, today, account.preferences.cadence.next_day(today))
        }
        Err(since) => Shown::Moved(since),
    };
    Ok(page(shown, form.link, proven.account.name))
}

/// `POST /reminders/acts`: does it, once. Whoever is logged in is led to Today, where it can be undone.
pub async fn create(State(app): State<App>, headers: HeaderMap, Form(form): Form<LinkForm>) -> Result<Response> {
    let now = app.clock.now();
    let mut db = app.connection().await?;
    let mut transaction = db.begin().await?;
    let Some(proven) = proven(&app, &mut transaction, &form.link).await? else {
        return Ok(page(Shown::Unknown, String::new(), String::new()));
    };
    let Proven { link, account } = &proven;
    dates::show_as(account.formats);
    if link.until < now {
        return Ok(page(Shown::Over, String::new(), account.name.clone()));
    }
    account.hold(&mut *transaction).await?;
    let item = match found(&mut transaction, &proven, now).await? {
        Ok(item) => item,
        Err(since) => return Ok(page(Shown::Moved(since), String::new(), account.name.clone())),
    };
    let mut acting = account.acting(&mut transaction, now);
    let (today, by) = (acting.today(), acting.by);
    let later = acting.cadence().next_day(today);
    let undo = match link.act {
        Act::Done => press::done(&mut acting, &item).await?,
        Act::Later => press::later(&mut acting, &item).await?,
    };
    let Some(undo) = undo else {
        transaction.rollback().await?;
        let since = "One press can't do it any more. Open it in Inroad.".to_owned();
        return Ok(page(Shown::Moved(since), String::new(), account.name.clone()));
    };
    writing::forget(&mut *transaction, by).await?;
    transaction.commit().await?;
    let said = item.said().trim_end_matches('.').to_owned();
    let said = match link.act {
        Act::Done => format!("Done: {said}."),
        Act::Later => format!("Snoozed to {}: {said}.", words::day(later, today)),
    };
    if session::is_open_for(&app, &mut db, &headers, account.id, now).await? {
        return Ok(Done::to("/").saying(said).undo(undo).into_response());
    }
    Ok(page(Shown::Acted(said), String::new(), account.name.clone()))
}
