//! Promises that came out of a talk: mine and theirs.

use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Deserialize;

use super::forms::{ActionForm, Captures};
use super::kinds::Whose;
use super::queries::learned::{self, Action, Was};
use super::show;
use super::view::View;
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{ActionItemId, InterviewId};
use crate::web::dates::shown;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::link::own_path_or;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// `POST /interviews/{id}/action-items`
pub async fn create(
    mut visit: Visit<Owner>,
    Id(talk): Id<InterviewId>,
    Form(form): Form<ActionForm>,
) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    let view = View::named(&form.view);
    let new = match form.parse() {
        Ok(new) => new,
        Err(action_errors) => {
            let captures = Captures { action: form, action_errors, ..Captures::fresh(view) };
            return show::again(visit, talk, captures).await;
        }
    };
    if !learned::is_there(visit.db(), by, talk).await? {
        return Err(Error::NotFound);
    }
    let id = form.id.unwrap_or_else(ActionItemId::new);
    let text = match new.whose {
        Whose::Mine => "Noted what you will do.",
        Whose::Theirs => "Noted what they will do.",
    };
    learned::add_actions(visit.db(), by, talk, &[(id, new)], now).await?;
    Ok(Done::to(view.address(talk)).saying(text).into_response())
}

#[derive(Template)]
#[template(path = "interviews/action_item.html")]
struct ActionPage {
    shell: Shell,
    id: ActionItemId,
    talk: InterviewId,
    name: String,
    form: ActionForm,
    errors: Errors,
    /// What someone else saved meanwhile.
    theirs: Option<ActionForm>,
}

impl ActionPage {
    /// The day by which it is to be done, if one is named.
    fn day(&self, form: &ActionForm) -> Option<String> {
        let day: Date = form.due_on.parse().ok()?;
        Some(shown().yearly(day, Some(day.year())))
    }

    fn new<P>(visit: &Visit<P>, id: ActionItemId, action: &Action, form: ActionForm) -> Self {
        Self {
            shell: visit.shell(Nav::Interviews),
            id,
            talk: action.interview_id,
            name: action.name.clone(),
            form,
            errors: Errors::default(),
            theirs: None,
        }
    }

    fn whose(&self) -> Vec<(&'static str, &'static str)> {
        Whose::choices()
    }
}

/// `GET /action-items/{id}/edit`
pub async fn edit(mut visit: Visit<Viewer>, Id(id): Id<ActionItemId>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let action = learned::find_action(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    Ok(Page::ok(ActionPage::new(&visit, id, &action, ActionForm::of(&action))))
}

/// `POST /action-items/{id}`
pub async fn update(
    mut visit: Visit<Owner>,
    Id(id): Id<ActionItemId>,
    Form(form): Form<ActionForm>,
) -> Result<Response> {
    let by = visit.by;
    let action = learned::find_action(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    let parsed = form.parse();
    let version = form.version;
    let mut page = ActionPage::new(&visit, id, &action, form);
    let new = match parsed {
        Ok(new) => new,
        Err(errors) => {
            page.errors = errors;
            return Ok(Page::unprocessable(page).into_response());
        }
    };
    match learned::update_action(visit.db(), by, id, version, &new).await? {
        Some(talk) => Ok(Done::to(format!("/interviews/{talk}")).saying("Saved.").into_response()),
        None => {
            page.form.version = action.version;
            page.theirs = Some(ActionForm::of(&action));
            Ok(Page::conflict(page).into_response())
        }
    }
}

/// What is sent with a press on a promise: where to return to, and what the press needs. An undo carries it in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Press {
    back: String,
    done: String,
    until: Option<String>,
}

impl Press {
    fn with(self, form: Self) -> Self {
        Self {
            back: if form.back.is_empty() { self.back } else { form.back },
            done: if form.done.is_empty() { self.done } else { form.done },
            until: form.until.or(self.until),
        }
    }

    fn back(&self, talk: InterviewId) -> String {
        own_path_or(&self.back, format!("/interviews/{talk}"))
    }

    /// The address of what takes a press back.
    fn undo(&self, id: ActionItemId, resource: &str, more: &[(&str, &str)]) -> String {
        let back = own_path_or(&self.back, "");
        let mut parameters = more.to_vec();
        parameters.push(("back", back.as_str()));
        crate::links::with_query(&format!("/action-items/{id}/{resource}"), &parameters)
    }
}

/// `POST /action-items/{id}/done-marks`: done, or with `done=false` open again.
pub async fn mark_done(
    mut visit: Visit<Owner>,
    Id(id): Id<ActionItemId>,
    Query(query): Query<Press>,
    Form(form): Form<Press>,
) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let press = query.with(form);
    let done = press.done != "false";
    let was = learned::set_done(visit.db(), by, id, done.then_some(now)).await?.ok_or(Error::NotFound)?;
    let to = Done::to(press.back(was.interview_id));
    Ok(match done {
        true => to.saying(format!("Done: {}", was.text)).undo(press.undo(id, "done-marks", &[("done", "false")])),
        false => to.saying(format!("Open again: {}", was.text)),
    })
}

/// `POST /action-items/{id}/snoozes`: put off to a day; the next business day if none is named.
pub async fn snooze(
    mut visit: Visit<Owner>,
    Id(id): Id<ActionItemId>,
    Query(query): Query<Press>,
    Form(form): Form<Press>,
) -> Result<Done> {
    let (by, today) = (visit.by, visit.today());
    let press = query.with(form);
    let until = match press.until.as_deref().map(str::trim) {
        None | Some("") => Some(visit.person.preferences.cadence.next_day(today)),
        // An undo gives back that no day was set.
        Some("none") => None,
        Some(day) => {
            Some(day.parse().map_err(|_| Error::Invalid("Write the date as year-month-day, like 2026-11-24.".into()))?)
        }
    };
    let was = learned::put_off(visit.db(), by, id, until).await?.ok_or(Error::NotFound)?;
    let before = was.due_on.map_or("none".to_owned(), |day| day.0.to_string());
    let text = match until {
        Some(day) => format!("Snoozed to {}.", words::day(day, today)),
        None => "It has no day now.".to_owned(),
    };
    let undo = press.undo(id, "snoozes", &[("until", before.as_str())]);
    Ok(Done::to(press.back(was.interview_id)).saying(text).undo(undo))
}

/// `POST /action-items/{id}/dismissals`
pub async fn dismiss(
    mut visit: Visit<Owner>,
    Id(id): Id<ActionItemId>,
    Query(query): Query<Press>,
    Form(form): Form<Press>,
) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let press = query.with(form);
    let was = learned::dismiss(visit.db(), by, id, now).await?.ok_or(Error::NotFound)?;
    let undo = press.undo(id, "done-marks", &[("done", "false")]);
    Ok(Done::to(press.back(was.interview_id)).saying(format!("Let go: {}", was.text)).undo(undo))
}

/// `POST /action-items/{id}/deletions`
pub async fn delete(
    mut visit: Visit<Owner>,
    Id(id): Id<ActionItemId>,
    Query(query): Query<Press>,
    Form(form): Form<Press>,
) -> Result<Done> {
    let (by, now) = (visit.by, visit.now);
    let press = query.with(form);
    let was: Was = learned::bin_action(visit.db(), by, id, Some(now)).await?.ok_or(Error::NotFound)?;
    let undo = press.undo(id, "restorations", &[]);
    Ok(Done::to(press.back(was.interview_id)).saying(format!("In the bin: {}", was.text)).undo(undo))
}

/// `POST /action-items/{id}/restorations`
pub async fn restore(mut visit: Visit<Owner>, Id(id): Id<ActionItemId>, Query(press): Query<Press>) -> Result<Done> {
    let by = visit.by;
    let was = learned::bin_action(visit.db(), by, id, None).await?.ok_or(Error::NotFound)?;
    Ok(Done::to(press.back(was.interview_id)).saying(format!("Back: {}", was.text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_needs_words_and_somebody_who_gives_it() {
        let form = |whose: &str, text: &str, due_on: &str| ActionForm {
            whose: whose.into(),
            text: text.into(),
            due_on: due_on.into(),
            ..ActionForm::default()
        };
        let wrong = |form: ActionForm| form.parse().err().unwrap().iter().map(|(field, _)| field).collect::<Vec<_>>();
        assert_eq!(wrong(form("", "", "tomorrow")), ["whose", "text", "due_on"]);
        assert_eq!(wrong(form("mine", &"x".repeat(1001), "")), ["text"]);
        let kept = form("theirs", " introduce Tony Hoare ", "2026-12-01").parse().ok().unwrap();
        assert_eq!((kept.whose, kept.text.as_str()), (Whose::Theirs, "introduce Tony Hoare"));
        assert_eq!(kept.due_on, Some(jiff::civil::date(2026, 12, 1)));
    }
}
