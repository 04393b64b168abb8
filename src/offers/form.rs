//! `/openings/{id}/offer`: an offer written down, and how it does by what matters.

use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::Connection;

use super::offer::{Mark, Written};
use super::queries::{self, Criterion, OfferRow};
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{CriterionId, OpeningId};
use crate::openings::form::past_date;
use crate::text::{Line, Text};
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};

/// The form as typed. The three lists run side by side, an entry a criterion.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct OfferForm {
    version: i32,
    made_on: String,
    answer_by: String,
    salary: String,
    notes: String,
    criterion: Vec<String>,
    text: Vec<String>,
    mark: Vec<String>,
}

impl OfferForm {
    fn of(offer: &OfferRow) -> Self {
        let day = |day: Option<crate::database::Day>| day.map(|day| day.0.to_string()).unwrap_or_default();
        let of = |criterion: &Criterion| offer.marks.iter().find(|mark| mark.criterion == criterion.id);
        let criteria = offer.criteria.iter();
        Self {
            version: offer.version,
            made_on: day(offer.made_on.or(Some(offer.status_since))),
            answer_by: day(offer.answer_by),
            salary: offer.salary.clone().unwrap_or_default(),
            notes: offer.notes.clone().unwrap_or_default(),
            criterion: criteria.clone().map(|criterion| criterion.id.to_string()).collect(),
            text: criteria.clone().map(|c| of(c).and_then(|mark| mark.text.clone()).unwrap_or_default()).collect(),
            mark: criteria
                .map(|c| of(c).and_then(|mark| mark.mark).map(|m| m.to_string()).unwrap_or_default())
                .collect(),
        }
    }

    fn parse(&self, criteria: &[Criterion], today: Date) -> Result<Written, Errors> {
        let mut errors = Errors::default();
        let made_on = past_date(&mut errors, "made_on", &self.made_on, today).unwrap_or(today);
        let answer_by = errors.optional_date("answer_by", &self.answer_by);
        if answer_by.is_some_and(|by| by < made_on || by > made_on.saturating_add(1.years())) {
            errors.add("answer_by", "On the day of the offer or within a year after it");
        }
        let salary = errors.take("salary", Line::parse_optional(&self.salary));
        let notes = errors.take("notes", Text::parse_optional(&self.notes));
        let mut marks = Vec::new();
        for ((id, text), mark) in self.criterion.iter().zip(&self.text).zip(&self.mark) {
            let Some(criterion) = criteria.iter().find(|criterion| criterion.id.to_string() == *id) else { continue };
            let text = match Line::<500>::parse_optional(text) {
                Ok(text) => text.map(|text| text.as_str().to_owned()),
                Err(problem) => {
                    errors.add("text", format!("{}: {problem}", criterion.name));
                    continue;
                }
            };
            let mark = match mark.trim() {
                "" => None,
                mark => match mark.parse::<i16>().ok().filter(|mark| (1..=5).contains(mark)) {
                    Some(mark) => Some(mark),
                    None => {
                        errors.add("mark", format!("{}: a mark is a number from 1 to 5", criterion.name));
                        continue;
                    }
                },
            };
            marks.push(Mark { criterion: criterion.id, text, mark });
        }
        errors.give(|| Some(Written { made_on, answer_by, salary: salary?, notes: notes?, marks }))
    }
}

/// A line of the form for one criterion.
struct Entry {
    id: CriterionId,
    name: String,
    text: String,
    mark: String,
}

#[derive(Template)]
#[template(path = "offers/form.html")]
struct FormPage {
    shell: Shell,
    offer: OfferRow,
    form: OfferForm,
    errors: Errors,
    today: Date,
    lines: Vec<Entry>,
    /// What was saved meanwhile, beside what was typed: label, theirs, mine.
    differences: Vec<(&'static str, String, String)>,
}

impl FormPage {
    fn new<P>(visit: &Visit<P>, offer: OfferRow, form: OfferForm, errors: Errors) -> Self {
        let typed = |id: CriterionId, list: &[String]| {
            let at = form.criterion.iter().position(|typed| *typed == id.to_string());
            at.and_then(|at| list.get(at)).cloned().unwrap_or_default()
        };
        let line = |criterion: &Criterion| Entry {
            id: criterion.id,
            name: criterion.name.clone(),
            text: typed(criterion.id, &form.text),
            mark: typed(criterion.id, &form.mark),
        };
        Self {
            shell: visit.shell(Nav::Openings),
            today: visit.today(),
            lines: offer.criteria.iter().map(line).collect(),
            differences: Vec::new(),
            offer,
            form,
            errors,
        }
    }

    fn last_day(&self) -> String {
        self.today.to_string()
    }

    fn at(&self, line: &Entry) -> String {
        format!("{}-", line.id)
    }
}

async fn one<P: Copy + Into<Viewer>>(visit: &mut Visit<P>, id: OpeningId) -> Result<OfferRow> {
    let by = visit.by;
    queries::offers(visit.db(), by, Some(id)).await?.pop().ok_or(Error::NotFound)
}

/// `GET /openings/{id}/offer`
pub async fn show(mut visit: Visit<Viewer>, Id(id): Id<OpeningId>) -> Result<Page<impl Template>> {
    let offer = one(&mut visit, id).await?;
    let form = OfferForm::of(&offer);
    Ok(Page::ok(FormPage::new(&visit, offer, form, Errors::default())))
}

/// `POST /openings/{id}/offer`
pub async fn save(mut visit: Visit<Owner>, Id(id): Id<OpeningId>, Form(form): Form<OfferForm>) -> Result<Response> {
    let (by, now, today) = (visit.by, visit.now, visit.today());
    if form.criterion.len() != form.text.len() || form.criterion.len() != form.mark.len() {
        return Err(Error::Invalid("This form has a criterion twice. Load the page again.".into()));
    }
    let offer = one(&mut visit, id).await?;
    let written = match form.parse(&offer.criteria, today) {
        Ok(written) => written,
        Err(errors) => return Ok(Page::unprocessable(FormPage::new(&visit, offer, form, errors)).into_response()),
    };
    let mut transaction = visit.db().begin().await?;
    let saved = queries::save(&mut transaction, by, id, form.version, &written, now).await?;
    transaction.commit().await?;
    if saved {
        return Ok(Done::to("/offers").saying("Saved.").into_response());
    }
    let offer = one(&mut visit, id).await?;
    let theirs = OfferForm::of(&offer);
    let form = OfferForm { version: offer.version, ..form };
    let mut page = FormPage::new(&visit, offer, form, Errors::default());
    page.differences = differences(&theirs, &page.form);
    Ok(Page::conflict(page).into_response())
}

fn differences(theirs: &OfferForm, mine: &OfferForm) -> Vec<(&'static str, String, String)> {
    let joined = |list: &[String]| list.join(" / ");
    [
        ("Offered on", theirs.made_on.clone(), mine.made_on.clone()),
        ("Answer by", theirs.answer_by.clone(), mine.answer_by.clone()),
        ("Salary", theirs.salary.clone(), mine.salary.clone()),
        ("Notes", theirs.notes.replace("\r\n", "\n"), mine.notes.replace("\r\n", "\n")),
        ("Words on what matters", joined(&theirs.text), joined(&mine.text)),
        ("Marks", joined(&theirs.mark), joined(&mine.mark)),
    ]
    .into_iter()
    .filter(|(_, theirs, mine)| theirs != mine)
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 24);

    fn criteria() -> Vec<Criterion> {
        vec![
            Criterion { id: CriterionId::new(), name: "Pay".into(), weight: 3 },
            Criterion { id: CriterionId::new(), name: "People".into(), weight: 5 },
        ]
    }

    fn form(criteria: &[Criterion]) -> OfferForm {
        OfferForm {
            made_on: "2026-11-20".into(),
            criterion: criteria.iter().map(|criterion| criterion.id.to_string()).collect(),
            text: vec!["52,000".into(), String::new()],
            mark: vec!["4".into(), String::new()],
            ..OfferForm::default()
        }
    }

    #[test]
    fn what_is_left_open_is_not_marked() {
        let criteria = criteria();
        let written = form(&criteria).parse(&criteria, TODAY).ok().unwrap();
        assert_eq!(written.made_on, date(2026, 11, 20));
        assert_eq!(written.marks.iter().map(|mark| mark.mark).collect::<Vec<_>>(), [Some(4), None]);
        assert_eq!(written.marks[0].text.as_deref(), Some("52,000"));
    }

    #[test]
    fn every_fault_names_its_field() {
        let criteria = criteria();
        let faults =
            |form: OfferForm| form.parse(&criteria, TODAY).err().unwrap().iter().map(|(f, _)| f).collect::<Vec<_>>();
        let wrong = OfferForm {
            made_on: "2026-11-25".into(),
            answer_by: "soon".into(),
            salary: "x".repeat(201),
            text: vec!["x".repeat(501), String::new()],
            mark: vec!["1".into(), "6".into()],
            ..form(&criteria)
        };
        assert_eq!(faults(wrong), ["made_on", "answer_by", "salary", "text", "mark"]);
        assert_eq!(faults(OfferForm { answer_by: "2026-11-19".into(), ..form(&criteria) }), ["answer_by"]);
    }

    #[test]
    fn a_criterion_that_is_gone_is_passed_over() {
        let known = criteria();
        let written = form(&criteria()).parse(&known, TODAY).ok().unwrap();
        assert!(written.marks.is_empty());
    }
}
