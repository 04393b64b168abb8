//! Dates of theirs that come back every year: a birthday, the day they began at their work, another.

use axum::response::{IntoResponse, Response};
use sqlx::Connection;

use super::forms::keeping::DateForm;
use super::forms::touchpoint::Faults;
use super::queries::dates::{self as queries, Before};
use super::record;
use super::show;
use super::wording::{named, next_in_words};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{ContactDateId, ContactId};
use crate::text::lower_first;
use crate::web::dates::shown;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::list::address;
use crate::web::path::Id;

/// `POST /contacts/{id}/dates`
pub async fn create(
    mut visit: Visit<Owner>,
    Id(contact): Id<ContactId>,
    Form(form): Form<DateForm>,
) -> Result<Response> {
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let id: ContactDateId = match form.id.as_str() {
        "" => ContactDateId::new(),
        id => id.parse().map_err(|_| Error::Invalid("This form is broken. Load the page again.".into()))?,
    };
    let filled = match form.parse() {
        Ok(filled) => filled,
        Err(errors) => return show::again(&mut visit, contact, faults(None, form, errors)).await,
    };
    let cadence = visit.person.preferences.cadence.clone();
    let mut transaction = visit.db().begin().await?;
    let added = queries::insert(&mut *transaction, by, contact, id, &filled, now).await?;
    let standing = record::replan(&mut transaction, by, contact, &cadence).await?.ok_or(Error::NotFound)?;
    transaction.commit().await?;
    let done = Done::to(format!("/contacts/{contact}"));
    if !added {
        return Ok(done.into_response());
    }
    let what = named(filled.kind, filled.word.as_ref().map(|word| word.as_str()));
    let text = format!("Added: {}. {}", lower_first(&what), next_in_words(&standing, today));
    Ok(done.saying(text).undo(format!("/contact-dates/{id}/deletions")).into_response())
}

fn faults(of: Option<ContactDateId>, form: DateForm, errors: Errors) -> Faults {
    Faults {
        keeping: super::forms::keeping::Typed { date: errors, date_of: of, date_form: form, ..Default::default() },
        ..Faults::default()
    }
}

impl Before {
    fn form(&self) -> DateForm {
        DateForm {
            id: String::new(),
            kind: self.kind.to_string(),
            word: self.word.clone().unwrap_or_default(),
            day: self.day.to_string(),
            month: self.month.to_string(),
            year: self.year.map(|year| year.to_string()).unwrap_or_default(),
            version: self.version,
        }
    }
}

/// `POST /contact-dates/{id}`
pub async fn update(
    mut visit: Visit<Owner>,
    Id(id): Id<ContactDateId>,
    Form(form): Form<DateForm>,
) -> Result<Response> {
    let (by, today) = (visit.by, visit.today());
    let cadence = visit.person.preferences.cadence.clone();
    let mut transaction = visit.db().begin().await?;
    let before = queries::before(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    let filled = match form.parse() {
        Ok(filled) if before.version == form.version => filled,
        Ok(_) => {
            transaction.rollback().await?;
            let errors = Errors::of(
                "day",
                format!("Changed elsewhere meanwhile, to {}. Save again to keep yours", said(&before)),
            );
            let form = DateForm { version: before.version, ..form };
            return show::changed(&mut visit, before.contact, faults(Some(id), form, errors)).await;
        }
        Err(errors) => {
            transaction.rollback().await?;
            return show::again(&mut visit, before.contact, faults(Some(id), form, errors)).await;
        }
    };
    queries::update(&mut *transaction, by, id, &filled).await?;
    let standing = record::replan(&mut transaction, by, before.contact, &cadence).await?.ok_or(Error::NotFound)?;
    transaction.commit().await?;
    let undo = address(&format!("/contact-dates/{id}/undos"), &before.form());
    let text = format!("Saved. {}", next_in_words(&standing, today));
    Ok(Done::to(format!("/contacts/{}", before.contact)).saying(text).undo(undo).into_response())
}

fn said(before: &Before) -> String {
    let stored = queries::StoredDay { month: before.month, day: before.day, year: before.year };
    let day = stored.yearly().and_then(|day| day.in_year(2000).or_else(|| day.in_year(2400)));
    let day = day.map(|day| shown().yearly(day, None)).unwrap_or_default();
    format!("{}, {day}", named(before.kind, before.word.as_deref()))
}

/// `POST /contact-dates/{id}/undos`: the date as it was before it was changed; the address says how.
pub async fn undo(mut visit: Visit<Owner>, Id(id): Id<ContactDateId>, Query(form): Query<DateForm>) -> Result<Done> {
    let (by, today) = (visit.by, visit.today());
    let filled = form.parse().map_err(|_| Error::Invalid("The address does not say how the date was.".into()));
    let cadence = visit.person.preferences.cadence.clone();
    let mut transaction = visit.db().begin().await?;
    let before = queries::before(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    queries::update(&mut *transaction, by, id, &filled?).await?;
    let standing = record::replan(&mut transaction, by, before.contact, &cadence).await?.ok_or(Error::NotFound)?;
    transaction.commit().await?;
    Ok(Done::to(format!("/contacts/{}", before.contact))
        .saying(format!("As before. {}", next_in_words(&standing, today))))
}

/// `POST /contact-dates/{id}/deletions`
pub async fn delete(mut visit: Visit<Owner>, Id(id): Id<ContactDateId>) -> Result<Done> {
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let cadence = visit.person.preferences.cadence.clone();
    let mut transaction = visit.db().begin().await?;
    let contact = queries::delete(&mut *transaction, by, id, now).await?.ok_or(Error::NotFound)?;
    let standing = record::replan(&mut transaction, by, contact, &cadence).await?.ok_or(Error::NotFound)?;
    transaction.commit().await?;
    let text = format!("Removed. {}", next_in_words(&standing, today));
    Ok(Done::to(format!("/contacts/{contact}")).saying(text).undo(format!("/contact-dates/{id}/restorations")))
}

/// `POST /contact-dates/{id}/restorations`
pub async fn restore(mut visit: Visit<Owner>, Id(id): Id<ContactDateId>) -> Result<Done> {
    let (by, today) = (visit.by, visit.today());
    let cadence = visit.person.preferences.cadence.clone();
    let mut transaction = visit.db().begin().await?;
    let contact = queries::restore(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    let standing = record::replan(&mut transaction, by, contact, &cadence).await?.ok_or(Error::NotFound)?;
    transaction.commit().await?;
    Ok(Done::to(format!("/contacts/{contact}")).saying(format!("It is back. {}", next_in_words(&standing, today))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contacts::queries::dates::DateRow;
    use crate::contacts::wording::{day_in_words, occasion_in_words};
    use crate::playbook::occasion::DateKind;
    use jiff::civil::date;

    fn form(kind: &str, word: &str, day: &str, month: &str, year: &str) -> DateForm {
        let text = str::to_owned;
        DateForm {
            kind: text(kind),
            word: text(word),
            day: text(day),
            month: text(month),
            year: text(year),
            ..DateForm::default()
        }
    }

    fn faults(form: &DateForm) -> Vec<&'static str> {
        form.parse().err().unwrap().iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn a_day_and_a_month_are_enough() {
        let filled = form("birthday", "left over", " 29", "2", "").parse().ok().unwrap();
        assert_eq!((filled.kind, filled.word, filled.day.since()), (DateKind::Birthday, None, None));
        assert!(form("other", "Her book came out", "4", "5", "2024").parse().is_ok());
        assert_eq!(faults(&form("other", " ", "4", "5", "")), ["word"]);
        assert_eq!(faults(&form("birthday", "", "31", "4", "")), ["day"]);
        assert_eq!(faults(&form("birthday", "", "", "", "")), ["month", "day"]);
        assert_eq!(faults(&form("birthday", "", "3", "13", "84")), ["year", "month"]);
        assert_eq!(faults(&form("feast", "", "3", "3", "")), ["kind"]);
    }

    fn row(kind: DateKind, month: i16, day: i16, year: Option<i16>) -> DateRow {
        DateRow {
            id: ContactDateId::new(),
            kind,
            word: None,
            stored: queries::StoredDay { month, day, year },
            version: 1,
        }
    }

    #[test]
    fn a_date_says_when_it_comes_next() {
        let today = date(2026, 11, 24);
        let said = |kind, month, day, year| day_in_words(&row(kind, month, day, year), today);
        assert_eq!(said(DateKind::Birthday, 11, 26, Some(1984)), "26 November 1984, turns 42 on Thursday");
        assert_eq!(said(DateKind::Birthday, 11, 24, None), "24 November, today");
        assert_eq!(said(DateKind::WorkAnniversary, 1, 2, Some(2026)), "2 January 2026, 1 year");
        assert_eq!(said(DateKind::Birthday, 6, 30, None), "30 June");
        assert_eq!(said(DateKind::Birthday, 2, 29, None), "29 February, in other years the 28th");
        assert_eq!(occasion_in_words(DateKind::Birthday, None, date(2026, 11, 26), today), "Birthday on Thursday");
        assert_eq!(occasion_in_words(DateKind::Other, Some("Wedding day"), today, today), "Wedding day today");
    }
}
