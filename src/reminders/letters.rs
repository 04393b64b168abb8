//! What the letters say that tell of a search. They are put into words when they leave, so that none says what has changed since.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::account::Account;
use super::digest::{self, Links, talk_line};
use super::links::{ENDS, EndLink};
use super::queries;
use crate::accounts::mailing::{Told, base};
use crate::accounts::reminding::wishes::Kind;
use crate::app::App;
use crate::clock::date_in;
use crate::error::Result;
use crate::ids::{InterviewId, UserId};
use crate::mail::letter::Letter;
use crate::mail::wording::{List, Words};
use crate::today::day::{items, span};
use crate::today::queries::day;
use crate::today::weeks::{review_is_due, week_in_words, week_to_review};
use crate::web::dates;
use crate::web::words;

/// Hours ahead whose talks the daily mail names.
const AHEAD: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What a letter says by now; nothing where there is nothing to tell any more.
pub fn tell(app: App, account: UserId, letter: Letter, now: Timestamp) -> Told {
    Box::pin(dates::writing(async move {
        let Some(account) = Account::find(&mut *app.connection().await?, account).await? else { return Ok(None) };
        dates::show_as(account.formats);
        match letter {
            Letter::Digest => daily(&app, &account, now).await,
            Letter::Talk { id, starts_at } => talk(&app, &account, id, starts_at, now).await,
            Letter::Review => Ok(review(&app, &account, now)),
            _ => Ok(None),
        }
    }))
}

/// The end of mails of a kind, as it stands at their foot.
fn end(app: &App, account: &Account, kind: Kind) -> (&'static str, String) {
    let label = match kind {
        Kind::Digest => "Stop the daily mail",
        Kind::Talk => "Stop mails before talks",
        Kind::Review => "Stop the weekly mail",
    };
    let said = EndLink { account: account.id, kind }.to_string();
    (label, format!("{}{ENDS}?link={}", base(app), app.signatures.sign(&said, "")))
}

/// What is due today, and the talks that come.
async fn daily(app: &App, account: &Account, now: Timestamp) -> Result<Option<Words>> {
    let today = date_in(&account.zone, now);
    if account.rests_on(today) {
        return Ok(None);
    }
    let (by, preferences) = (account.viewer(), &account.preferences);
    let mut db = app.connection().await?;
    let span = span(preferences, &account.zone, (now, today));
    let mut whole = day(&mut *db, by, span, preferences.is_search_over()).await?;
    let talks = queries::coming(&mut *db, by, now, now + AHEAD).await?;
    drop(db);
    let (items, _) = items(&mut whole, preferences, (now, today));
    let links = Links { base: &base(app), signatures: &app.signatures, account, now };
    let words = digest::words(&items, &talks, &links, today);
    Ok(words.map(|words| Words { end: Some(end(app, account, Kind::Digest)), ..words }))
}

/// A talk that comes; nothing where it was moved, cancelled or has begun.
async fn talk(
    app: &App,
    account: &Account,
    id: InterviewId,
    starts_at: Timestamp,
    now: Timestamp,
) -> Result<Option<Words>> {
    let until = starts_at + SignedDuration::from_secs(1);
    let talks = queries::coming(&mut *app.connection().await?, account.viewer(), now, until).await?;
    let Some(talk) = talks.into_iter().find(|talk| talk.id == id && talk.starts_at.0 == starts_at) else {
        return Ok(None);
    };
    let base = base(app);
    Ok(Some(Words {
        subject: format!("A talk {}", from_now(talk.starts_at.0, &account.zone, now)).into(),
        lists: vec![List {
            title: words::full_day(date_in(&account.zone, starts_at), date_in(&account.zone, now)),
            lines: vec![talk_line(&talk, &account.zone, &base)],
        }],
        button: Some(("Open the talk", format!("{base}/interviews/{id}"))),
        end: Some(end(app, account, Kind::Talk)),
        ..Words::default()
    }))
}

/// 'at 14:30' today, 'tomorrow at 14:30'.
fn from_now(starts: Timestamp, zone: &TimeZone, now: Timestamp) -> String {
    let (day, today) = (date_in(zone, starts), date_in(zone, now));
    let time = words::time(starts, zone);
    if day == today { format!("at {time}") } else { format!("{} at {time}", words::day(day, today)) }
}

/// The week waits to be looked back on; nothing where that is done.
fn review(app: &App, account: &Account, now: Timestamp) -> Option<Words> {
    let today = date_in(&account.zone, now);
    let (reviewed, begins) = (account.preferences.week_reviewed, account.preferences.cadence.week_begins);
    if account.rests_on(today) || account.preferences.is_search_over() || !review_is_due(reviewed, begins, today) {
        return None;
    }
    let first = begins.week_of(week_to_review(reviewed, begins, today));
    Some(Words {
        subject: "Look back on your week".into(),
        paragraphs: vec![format!(
            "Take a few minutes for the week from {}: what moved, what is stuck, and what comes next.",
            week_in_words(first)
        )],
        button: Some(("Look back", format!("{}/review", base(app)))),
        end: Some(end(app, account, Kind::Review)),
        ..Words::default()
    })
}
