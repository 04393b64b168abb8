//! Several lines put off with one press, of whatever kind, and taken back with one.

use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

use super::day::items;
use super::forms::{BulkForm, back};
use super::lines::{Sorted, TodayLine};
use super::page;
use super::putting_off::{put_off, take_back, undo_of};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::words;

/// `POST /today/snoozes`
pub async fn create(mut visit: Visit<Owner>, Form(form): Form<BulkForm>) -> Result<Response> {
    let (now, today) = (visit.now, visit.today());
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
    let count = put_off(&mut visit.acting(), &lines, until).await?;
    let to = Done::to(back(&form.back));
    if count == 0 {
        return Ok(to.saying("Nothing to snooze: none of them is due yet.").into_response());
    }
    let undo = undo_of(now, until, &form.back);
    let said = format!("{} snoozed to {}.", words::count(count as i64, "line", "lines"), words::day(until, today));
    Ok(to.saying(said).undo(undo).into_response())
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
    let at = Timestamp::from_microsecond(taken.at).map_err(|_| Error::NotFound)?;
    let count = take_back(&mut visit.acting(), at, taken.until).await?;
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
