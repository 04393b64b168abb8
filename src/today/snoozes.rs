//! Several lines put off with one press, of whatever kind, and taken back with one.

use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::{Connection, PgConnection};

use super::forms::{BulkForm, back};
use super::lines::{Sorted, TodayLine};
use super::page::{self, items};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::contacts::bulk;
use crate::error::{Error, Result};
use crate::interviews::queries::put_off as promises;
use crate::introductions::queries::put_off as introductions;
use crate::links::with_query;
use crate::openings::queries::next as openings;
use crate::playbook::cadence::Cadence;
use crate::playbook::event::Kind;
use crate::referrals::put_off as referrals;
use crate::referrals::queries::put_off as tasks;
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::words;

/// `POST /today/snoozes`
pub async fn create(mut visit: Visit<Owner>, Form(form): Form<BulkForm>) -> Result<Response> {
    let (by, now, today, cadence) = (visit.by, visit.now, visit.today(), visit.person.preferences.cadence.clone());
    let until = match form.parse(today) {
        Ok(until) => until,
        Err(errors) => return page::again(visit, form, errors).await,
    };
    let lines: Sorted = if form.all.is_empty() {
        form.line.iter().filter_map(|name| name.parse::<TodayLine>().ok()).collect()
    } else {
        let mut day = page::day(&mut visit).await?;
        let (items, _) = items(&mut day, &visit.person.preferences, (visit.now, today));
        items.iter().filter_map(|item| item.key().parse::<TodayLine>().ok()).collect()
    };
    let mut transaction = visit.db().begin().await?;
    let count = put_off(&mut transaction, by, &lines, until, &cadence, today, now).await?;
    transaction.commit().await?;
    let to = Done::to(back(&form.back));
    if count == 0 {
        return Ok(to.saying("Nothing to snooze: none of them is due yet.").into_response());
    }
    let (at, day) = (now.as_microsecond().to_string(), until.to_string());
    let undo = with_query("/today/snoozes/undos", &[("at", &at), ("until", &day), ("back", &form.back)]);
    let said = format!("{} snoozed to {}.", words::count(count as i64, "line", "lines"), words::day(until, today));
    Ok(to.saying(said).undo(undo).into_response())
}

/// Each kind of line through its own room. Returns how many were put off.
async fn put_off(
    db: &mut PgConnection,
    by: Owner,
    lines: &Sorted,
    until: Date,
    cadence: &Cadence,
    today: Date,
    now: Timestamp,
) -> sqlx::Result<u64> {
    let contacts = bulk::put_off(&mut *db, by, &lines.contacts, until, cadence, today, now).await?;
    let asked = referrals::put_off(&mut *db, by, &lines.referrals, until, cadence, today, now).await?;
    let promised = promises::put_off(&mut *db, by, &lines.promises, until, today, now).await?;
    let agreed = tasks::put_off_tasks(&mut *db, by, &lines.tasks, until, today, now).await?;
    let opened = openings::put_off(&mut *db, by, &lines.openings, until, today, now).await?;
    let introduced = introductions::put_off(db, by, &lines.introductions, until, today, now).await?;
    Ok(contacts as u64 + asked as u64 + promised + agreed + opened + introduced)
}

/// The press that is taken back: its instant, in microseconds since 1970, and the day it named.
#[derive(Debug, Deserialize)]
pub struct Taken {
    at: i64,
    until: Date,
    #[serde(default)]
    back: String,
}

/// `POST /today/snoozes/undos`
pub async fn undo(mut visit: Visit<Owner>, Query(taken): Query<Taken>) -> Result<Done> {
    let (by, now, today, cadence) = (visit.by, visit.now, visit.today(), visit.person.preferences.cadence.clone());
    let at = Timestamp::from_microsecond(taken.at).map_err(|_| Error::NotFound)?;
    let mut transaction = visit.db().begin().await?;
    let contacts = bulk::take_back(&mut transaction, by, Kind::Snoozed, at, &cadence, today, now).await?;
    let asked = referrals::take_back(&mut transaction, by, at, taken.until, &cadence).await?;
    let promised = promises::take_back(&mut *transaction, by, at, taken.until).await?;
    let agreed = tasks::take_back_tasks(&mut *transaction, by, at, taken.until).await?;
    let opened = openings::take_back(&mut *transaction, by, at, taken.until).await?;
    let introduced = introductions::take_back(&mut *transaction, by, at, taken.until).await?;
    transaction.commit().await?;
    let count = contacts as u64 + asked as u64 + promised + agreed + opened + introduced;
    let to = Done::to(back(&taken.back));
    Ok(if count == 0 { to } else { to.saying(format!("{} back.", words::count(count as i64, "line is", "lines are"))) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_press_needs_lines_and_a_day_to_come() {
        let today = date(2026, 11, 24);
        let faults =
            |form: BulkForm| form.parse(today).err().unwrap().iter().map(|(field, _)| field).collect::<Vec<_>>();
        let ticked = BulkForm { line: vec!["c1".into()], ..BulkForm::default() };
        assert_eq!(faults(BulkForm::default()), ["line", "day"]);
        assert_eq!(faults(BulkForm { until: "2026-11-24".into(), ..ticked.clone() }), ["day"]);
        assert_eq!(faults(BulkForm { day: "soon".into(), ..ticked.clone() }), ["day"]);
        assert_eq!(BulkForm { day: "2026-12-01".into(), ..ticked }.parse(today).ok(), Some(date(2026, 12, 1)));
        let all = BulkForm { all: "yes".into(), until: "2026-11-25".into(), ..BulkForm::default() };
        assert_eq!(all.parse(today).ok(), Some(date(2026, 11, 25)));
    }
}
