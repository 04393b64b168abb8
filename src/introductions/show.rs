//! An introduction's page: where it stands, the message that asks for it, and what they said.

use askama::Template;
use jiff::civil::Date;
use serde::Deserialize;

use super::form::MoveForm;
use super::message::{Draft, drafted};
use super::queries::whole::{self, HappenedRow, IntroductionDetail, Side};
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::contacts::wording::on_day;
use crate::error::{Error, Result};
use crate::ids::{IntroductionId, TouchpointId};
use crate::playbook::event::Kind;
use crate::playbook::introduction::Status;
use crate::playbook::name::first_name;
use crate::playbook::stage::Stage;
use crate::web::form::{Errors, Query};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// The page of one introduction.
#[derive(Template)]
#[template(path = "introductions/show.html")]
pub struct ShowPage {
    shell: Shell,
    introduction: IntroductionDetail,
    today: Date,
    /// When to remind them, while that is to come or due.
    remind_on: Option<Date>,
    draft: Option<Draft>,
    form: MoveForm,
    note: String,
    /// The note was saved elsewhere meanwhile.
    is_conflict: bool,
    errors: Errors,
}

/// Which wording and channel to draft with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ShowQuery {
    pub wording: String,
    pub channel: String,
}

impl ShowPage {
    /// The page as it is for this visit.
    pub fn new<P>(visit: &Visit<P>, introduction: IntroductionDetail, query: &ShowQuery, errors: Errors) -> Self {
        let remind_on = introduction.standing().remind_on(&visit.person.preferences.cadence);
        let draft = drafted(&introduction, &visit.person, &query.wording, &query.channel);
        Self {
            shell: visit.shell(Nav::Contacts),
            today: visit.today(),
            remind_on,
            draft,
            form: MoveForm::default(),
            note: introduction.note.clone().unwrap_or_default(),
            is_conflict: false,
            errors,
            introduction,
        }
    }

    /// With a move as it was typed.
    pub fn typed(mut self, form: MoveForm) -> Self {
        if let Some(draft) = self.draft.as_mut().filter(|_| !form.body.is_empty()) {
            draft.text.clone_from(&form.body);
            draft.missing.clear();
        }
        self.form = form;
        self
    }

    /// With a note as it was typed.
    pub fn noted(mut self, note: String, is_conflict: bool) -> Self {
        (self.note, self.is_conflict) = (note, is_conflict);
        self
    }

    /// The id the next line of the history will have, so that a second press does nothing.
    fn line(&self) -> TouchpointId {
        TouchpointId::new()
    }

    fn introducer(&self) -> &Side {
        &self.introduction.introducer
    }

    fn introduced(&self) -> &Side {
        &self.introduction.introduced
    }

    fn sides(&self) -> [(&'static str, &Side); 2] {
        [("Introduces you", self.introducer()), ("To be introduced", self.introduced())]
    }

    fn first_name<'s>(&self, side: &'s Side) -> &'s str {
        first_name(&side.name)
    }

    fn about(&self, side: &Side) -> String {
        [&side.job_title, &side.company].into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
    }

    fn path(&self, resource: &str) -> String {
        format!("/introductions/{}/{resource}", self.introduction.id)
    }

    fn stages(&self) -> Vec<&'static str> {
        let last = if self.introduction.status == Status::Declined { Status::Declined } else { Status::Made };
        vec![Status::Possible.label(), Status::Asked.label(), last.label()]
    }

    fn stage(&self) -> usize {
        match self.introduction.status {
            Status::Possible => 0,
            Status::Asked => 1,
            Status::Made | Status::Declined => 2,
        }
    }

    fn is_open(&self) -> bool {
        matches!(self.introduction.status, Status::Possible | Status::Asked)
    }

    /// Whether the message, if there is one, is to be sent now.
    fn is_due(&self) -> bool {
        self.introduction.status == Status::Possible || self.remind_on.is_some_and(|day| day <= self.today)
    }

    fn heading(&self) -> String {
        let name = self.first_name(self.introducer());
        match self.introduction.status {
            Status::Possible => format!("Ask {name} for the introduction"),
            Status::Asked if self.is_due() => format!("Remind {name}, once"),
            Status::Asked => format!("{name} was asked"),
            Status::Made => format!("{name} introduced you"),
            Status::Declined => format!("{name} said no"),
        }
    }

    fn why(&self) -> String {
        let introduced = &self.introduced().name;
        let said = |day: Option<crate::database::Day>| day.map(|day| on_day(day.0, self.today)).unwrap_or_default();
        let asked = said(self.introduction.asked_on);
        match (self.introduction.status, self.remind_on) {
            (Status::Possible, _) => "Make both yes and no easy: two lines they can pass on are enough.".into(),
            (Status::Asked, Some(day)) if day > self.today => {
                format!(
                    "You asked {asked}. If there is no answer by {}, remind them once.",
                    words::full_day(day, self.today)
                )
            }
            (Status::Asked, Some(_)) => {
                format!("You asked {asked}, and they haven't answered. Remind them once, gently, then let it rest.")
            }
            (Status::Asked, None) => {
                let reminded = said(self.introduction.reminded_on);
                format!("You asked {asked} and reminded them {reminded}. Now it's their turn.")
            }
            (Status::Made, _) => {
                let made = said(self.introduction.made_on);
                format!(
                    "You were introduced to {introduced} {made}. Thank them, and write to {introduced} while it is fresh."
                )
            }
            (Status::Declined, _) => {
                format!("They said no to this, not to you. See who else knows {introduced}.")
            }
        }
    }

    fn is_requestable(&self) -> bool {
        matches!(self.introduced().stage, Stage::Identified | Stage::Requested)
    }

    /// The resource that says the message was sent.
    fn step_path(&self) -> String {
        self.path(if self.introduction.status == Status::Asked { "reminders" } else { "asks" })
    }

    fn draft_name(&self) -> String {
        format!("introduction-{}-{}", self.introduction.id, self.introduction.status)
    }

    fn missing<'s>(&self, draft: &'s Draft) -> &'s [String] {
        &draft.missing
    }

    fn channels(&self, draft: &Draft) -> Vec<(&'static str, &'static str)> {
        draft.channels.iter().map(|channel| channel.choice()).collect()
    }

    fn typed_day(&self) -> String {
        if self.form.on.is_empty() { self.today.to_string() } else { self.form.on.clone() }
    }

    fn latest_day(&self) -> String {
        self.today.to_string()
    }

    fn has_move_errors(&self) -> bool {
        !self.errors.is_empty() && self.errors.get("note").is_none()
    }

    fn day(&self, date: &Date) -> String {
        words::day(*date, self.today)
    }

    fn full_day(&self, date: &Date) -> String {
        words::full_day(*date, self.today)
    }

    fn last_touch(&self, side: &Side) -> String {
        side.last_touch.map_or_else(
            || side.stage.label().to_owned(),
            |day| format!("{}, last in contact {}", side.stage.label(), on_day(day, self.today)),
        )
    }

    fn label(&self, line: &HappenedRow) -> &'static str {
        if line.kind == Kind::Wrote { "Reminded" } else { line.kind.label() }
    }
}

/// `GET /introductions/{id}`
pub async fn show(
    mut visit: Visit<Viewer>,
    Id(id): Id<IntroductionId>,
    Query(query): Query<ShowQuery>,
) -> Result<Page<impl Template>> {
    let by = visit.by;
    let introduction = whole::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    Ok(Page::ok(ShowPage::new(&visit, introduction, &query, Errors::default())))
}
