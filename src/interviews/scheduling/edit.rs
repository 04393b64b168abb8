//! Moving a talk, or changing how and where it is held.

use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::tz::TimeZone;

use super::appointment::{LENGTHS, said};
use super::schedule::{FormPage, ScheduleForm};
use super::when;
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::contacts::contact::NewTouchpoint;
use crate::contacts::record::{self, Recorded};
use crate::database::At;
use crate::error::{Error, Result};
use crate::ids::InterviewId;
use crate::interviews::kinds::Clock;
use crate::interviews::queries::changes::Before;
use crate::interviews::queries::listed::{Host, Partner};
use crate::interviews::queries::{changes, listed, talks};
use crate::playbook::event::Kind;
use crate::playbook::talk::{Medium, Status};
use crate::web::flash::Done;
use crate::web::form::Form;
use crate::web::page::Page;
use crate::web::path::Id;

/// What is stored, as the form shows it.
struct Kept<'a> {
    starts_at: At,
    minutes: i16,
    way: Medium,
    place: Option<&'a str>,
    their_time_zone: Option<&'a str>,
    version: i32,
}

fn form(kept: &Kept<'_>, zone: &TimeZone) -> ScheduleForm {
    let local = zone.to_datetime(kept.starts_at.0);
    let minutes = kept.minutes.to_string();
    let offered = LENGTHS.iter().any(|(value, _)| *value == minutes);
    ScheduleForm {
        version: kept.version,
        date: local.date().to_string(),
        time: local.strftime("%H:%M").to_string(),
        clock: Clock::Mine.to_string(),
        which: when::which(kept.starts_at.0, zone).map(|which| which.to_string()).unwrap_or_default(),
        was: kept.starts_at.0.to_string(),
        their_zone: kept.their_time_zone.unwrap_or_default().to_owned(),
        length: if offered { minutes.clone() } else { "other".into() },
        minutes: if offered { String::new() } else { minutes },
        way: kept.way.to_string(),
        place: kept.place.unwrap_or_default().to_owned(),
        ..ScheduleForm::default()
    }
}

/// `GET /interviews/{id}/edit`
pub async fn edit(mut visit: Visit<Viewer>, Id(id): Id<InterviewId>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let talk = talks::find(visit.db(), by, id, false).await?.ok_or(Error::NotFound)?;
    let kept = Kept {
        starts_at: talk.starts_at,
        minutes: talk.minutes,
        way: talk.way,
        place: talk.place.as_deref(),
        their_time_zone: talk.their_time_zone.as_deref().or(talk.person.time_zone.as_deref()),
        version: talk.version,
    };
    let form = form(&kept, &visit.person.zone);
    let partner = Partner {
        id: talk.contact_id,
        name: talk.person.0.name.clone(),
        job_title: talk.person.0.job_title.clone(),
        company_id: talk.company_id,
        company: talk.company_name().map(str::to_owned),
        time_zone: talk.person.0.time_zone.clone(),
        stage: talk.person.0.stage,
    };
    let host = Host { partner, others: talk.others.0, kept: None };
    let mut page = FormPage::new(&visit, host, form, Some(id));
    page.read(&visit);
    Ok(Page::ok(page))
}

/// `POST /interviews/{id}`
pub async fn update(
    mut visit: Visit<Owner>,
    Id(id): Id<InterviewId>,
    Form(sent): Form<ScheduleForm>,
) -> Result<Response> {
    use sqlx::Connection;
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let zone = visit.person.zone.clone();
    let contact = changes::contact_of(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    let host = listed::host(visit.db(), by, contact, Some(id)).await?.ok_or(Error::NotFound)?;
    let version = sent.version;
    let preview = !sent.preview.is_empty();
    let mut page = FormPage::new(&visit, host, sent, Some(id));
    let Some(new) = page.read(&visit) else { return Ok(Page::unprocessable(page).into_response()) };
    if preview {
        return Ok(Page::ok(page).into_response());
    }

    let cadence = visit.person.preferences.cadence.clone();
    let until = zone.to_datetime(new.starts_at).date();
    let mut transaction = visit.db().begin().await?;
    let before = changes::lock(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    if before.version != version {
        drop(transaction);
        page.theirs = Some(in_words(&visit, &before));
        page.set_version(before.version);
        return Ok(Page::conflict(page).into_response());
    }
    changes::move_to(&mut *transaction, by, id, &new, now).await?;
    let moved = before.starts_at.0 != new.starts_at;
    if moved && before.status == Status::Scheduled {
        let touchpoint = NewTouchpoint {
            until: Some(until),
            interview: Some(id),
            ..NewTouchpoint::new(Kind::Rescheduled, today, now)
        };
        let contact = before.contact_id;
        if let Recorded::NoContact = record::record(&mut transaction, by, contact, &touchpoint, &cadence, now).await? {
            return Err(Error::NotFound);
        }
    } else if (before.way == Medium::InWriting) != (new.way == Medium::InWriting) {
        // Questions are sent at once, a talk is prepared on its eve.
        record::replan(&mut transaction, by, before.contact_id, &cadence).await?;
    }
    transaction.commit().await?;
    let what = if moved { "The talk is moved" } else { "Saved" };
    let text = said(&visit, &new, &before.name, what) + &page.warning();
    Ok(Done::to(format!("/interviews/{id}")).saying(text).into_response())
}

/// What was saved elsewhere.
fn in_words<P>(visit: &Visit<P>, saved: &Before) -> String {
    let when =
        when::told(saved.starts_at.0, &visit.person.zone, saved.their_time_zone.as_deref(), &saved.name, visit.today());
    let place = saved.place.as_deref().map(|place| format!(", {place}")).unwrap_or_default();
    format!("{when}, {} minutes, {}{place}", saved.minutes, saved.way.label().to_lowercase())
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::*;

    #[test]
    fn to_change_nothing_changes_nothing_whatever_the_clocks_do() {
        let from: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        let mut asked = 0;
        for name in when::zone_names() {
            let zone = when::zone(&name).unwrap().1;
            for change in zone.following(from).take(6) {
                for minutes in (-150..=150).step_by(15) {
                    let at = change.timestamp() + SignedDuration::from_secs(minutes * 60 + 7);
                    let today = zone.to_datetime(at).date();
                    for (way, minutes) in [(Medium::Video, 20), (Medium::InWriting, 45)] {
                        let kept = Kept {
                            starts_at: At(at),
                            minutes,
                            way,
                            place: None,
                            their_time_zone: Some("Asia/Kolkata"),
                            version: 3,
                        };
                        let again = form(&kept, &zone).parse(&zone, today);
                        let again = again.unwrap_or_else(|errors| panic!("{name} at {at}: {errors:?}"));
                        assert_eq!((again.starts_at, again.minutes, again.way), (at, minutes, way), "{name}");
                        asked += 1;
                    }
                }
            }
        }
        assert!(asked > 5_000, "{asked}");
    }
}
