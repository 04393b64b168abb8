//! What was suggested and what came of it, and the form of a suggestion.

pub mod form;

use askama::Template;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use self::form::SuggestionForm;
use super::queries::{self, Listed};
use super::suggestion::{Fate, Kind, Waiting};
use crate::access::Commenter;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::SuggestionId;
use crate::playbook::message::built_in::Moment;
use crate::web::flash::Done;
use crate::web::form::{Errors, Query};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// Where they are listed.
pub const HERE: &str = "/suggestions";

struct Line {
    row: Waiting,
    fate: Fate,
    /// When it was suggested, or decided on.
    when: String,
}

#[derive(Template)]
#[template(path = "suggestions/index.html")]
struct IndexPage {
    shell: Shell,
    /// The coach looks, and not the seeker.
    is_coach: bool,
    /// The seeker's name.
    seeker: String,
    waiting: Vec<Waiting>,
    /// Those that wait, for the coach to change; and those that were decided on.
    lines: Vec<Line>,
}

/// `GET /suggestions`
pub async fn index(mut visit: Visit<Commenter>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let is_coach = by.grant().is_some();
    let listed = queries::all(visit.db(), by).await?;
    let (zone, today) = (visit.person.zone.clone(), visit.today());
    let line = |row: Listed| Line {
        fate: row.fate(),
        when: {
            let at = row.taken_at.or(row.dismissed_at).unwrap_or(row.created_at);
            words::day(crate::clock::date_in(&zone, at.0), today)
        },
        row: row.row.0,
    };
    let lines = listed.into_iter().map(line);
    let (waiting, lines): (Vec<Line>, Vec<Line>) = lines.partition(|line| !is_coach && line.fate == Fate::Waits);
    let shell = Shell { read_only: false, ..visit.shell(Nav::Elsewhere) };
    Ok(Page::ok(IndexPage {
        shell,
        is_coach,
        seeker: visit.person.name.clone(),
        waiting: waiting.into_iter().map(|line| line.row).collect(),
        lines,
    }))
}

/// The form, new, to be changed, or with its faults.
#[derive(Template)]
#[template(path = "suggestions/form.html")]
pub(super) struct FormPage {
    pub(super) shell: Shell,
    /// The seeker's name.
    pub(super) seeker: String,
    pub(super) kind: Kind,
    pub(super) form: SuggestionForm,
    pub(super) errors: Errors,
    /// Where it is sent.
    pub(super) to: String,
    /// It was saved elsewhere meanwhile.
    pub(super) is_changed: bool,
}

impl FormPage {
    pub(super) fn of(visit: &Visit<Commenter>, kind: Kind, form: SuggestionForm, to: String) -> Self {
        let shell = Shell { read_only: false, ..visit.shell(Nav::Elsewhere) };
        Self { shell, seeker: visit.person.name.clone(), kind, form, errors: Errors::default(), to, is_changed: false }
    }

    fn is_new(&self) -> bool {
        !self.form.id.is_empty()
    }

    fn heading(&self) -> &'static str {
        match (self.is_new(), self.kind) {
            (true, Kind::Company) => "Suggest a company",
            (true, Kind::Template) => "Suggest a template",
            (false, _) => "Change your suggestion",
        }
    }

    fn moments(&self) -> Vec<(&'static str, &'static str)> {
        let choose = self.form.moment.is_empty().then_some(("", "Choose one"));
        choose.into_iter().chain(Moment::choices()).collect()
    }
}

/// What the address of the form says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewQuery {
    kind: String,
}

/// `GET /suggestions/new`: whoever has a search of their own adds to it instead.
pub async fn new(visit: Visit<Commenter>, Query(query): Query<NewQuery>) -> Result<Response> {
    let kind = query.kind.parse().unwrap_or(Kind::Company);
    if visit.by.grant().is_none() {
        return Ok(Done::to(format!("{}/new", kind.place())).into_response());
    }
    let form =
        SuggestionForm { id: SuggestionId::new().to_string(), kind: kind.to_string(), ..SuggestionForm::default() };
    Ok(Page::ok(FormPage::of(&visit, kind, form, HERE.into())).into_response())
}

/// Said where the seeker was faster.
pub(super) fn decided() -> Done {
    Done::to(HERE).saying("They decided on it meanwhile, so it stays as it is.")
}

/// `GET /suggestions/{id}/edit`
pub async fn edit(mut visit: Visit<Commenter>, Id(id): Id<SuggestionId>) -> Result<Response> {
    let by = visit.by;
    let written = queries::find(visit.db(), by, id, false).await?.ok_or(Error::NotFound)?;
    if !written.waits {
        return Ok(decided().into_response());
    }
    let (kind, form) = (written.kind, SuggestionForm::of(written));
    Ok(Page::ok(FormPage::of(&visit, kind, form, format!("{HERE}/{id}"))).into_response())
}
