//! An opening's page: what it is, how far it is, who there could put the user forward.

use askama::Template;
use jiff::civil::Date;

use super::form::{ConfirmationForm, MovedForm, NextForm};
use super::opening::{moves, tone};
use super::posting::{Requirement, Wanted, requirements};
use super::queries;
use super::queries::show::{OpeningDetail, PersonRow, ToldRow};
use super::role_number;
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::contacts::choosing::{self, Settled};
use crate::documents::form::SentForm;
use crate::error::{Error, Result};
use crate::ids::{ContactId, OpeningChangeId, OpeningId};
use crate::playbook::{opening::Status, referral};
use crate::web::chooser::{Choice, Chooser};
use crate::web::form::Errors;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

impl PersonRow {
    fn may_be_asked_to_refer(&self) -> bool {
        referral::may_be_asked(self.stage, self.next_step)
    }
}

/// The page of one opening; other rooms show it again with what was wrong in a form of theirs on it.
#[derive(Template)]
#[template(path = "openings/show.html")]
pub struct ShowPage {
    shell: Shell,
    opening: OpeningDetail,
    today: Date,
    errors: Errors,
    /// Which document was sent, as it was typed.
    sent: SentForm,
    /// The id the next change will have, so that a second press changes nothing.
    change: OpeningChangeId,
    next: NextForm,
    /// What was typed beside the status.
    moved: MovedForm,
    /// Who confirmed it, and when, as it was typed or as it is.
    confirmation: ConfirmationForm,
    /// What came of the words for who confirmed it.
    settled: Settled,
    asked: Vec<Requirement>,
}

impl ShowPage {
    /// The page as it is for this visit.
    pub fn new<P>(visit: &Visit<P>, opening: OpeningDetail, errors: Errors) -> Self {
        Self {
            shell: visit.shell(Nav::Openings),
            today: visit.today(),
            next: NextForm {
                version: opening.version,
                next_step: opening.next_step.clone().unwrap_or_default(),
                next_on: opening.next_on.map(|day| day.0.to_string()).unwrap_or_default(),
            },
            moved: MovedForm { on: visit.today().to_string(), ..MovedForm::default() },
            confirmation: ConfirmationForm {
                contact: opening.confirmed_by.map(|id| id.to_string()).unwrap_or_default(),
                confirmed_on: opening.confirmed_on.map_or(visit.today(), |day| day.0).to_string(),
                ..ConfirmationForm::default()
            },
            settled: Settled::default(),
            asked: opening.posting_text.as_deref().map(requirements).unwrap_or_default(),
            sent: SentForm::new(visit.today()),
            opening,
            errors,
            change: OpeningChangeId::new(),
        }
    }

    /// With the next step as it was typed.
    pub fn with_next(self, next: NextForm) -> Self {
        Self { next, ..self }
    }

    /// With who was chosen as having confirmed it, and when.
    pub fn with_confirmation(self, confirmation: ConfirmationForm, settled: Settled) -> Self {
        Self { confirmation, settled, ..self }
    }

    /// With the document that was sent, as it was typed.
    pub fn with_sent(self, sent: SentForm) -> Self {
        Self { sent, ..self }
    }

    /// With what was typed beside the status.
    pub fn with_moved(self, moved: MovedForm) -> Self {
        Self { moved, ..self }
    }

    /// What the company calls it: as written down, or as the link shows it.
    fn role_number(&self) -> Option<String> {
        role_number::of(self.opening.role_number.as_deref(), self.opening.url.as_deref())
    }

    fn is_welcome(&self, requirement: &Requirement) -> bool {
        requirement.wanted == Wanted::Welcome
    }

    fn is_nice(&self, told: &ToldRow) -> bool {
        told.weight.as_deref() == Some("nice_to_have")
    }

    fn is_next_late(&self) -> bool {
        self.opening.next_on.is_some_and(|day| day.0 < self.today)
    }

    fn day(&self, date: &Date) -> String {
        words::day(*date, self.today)
    }

    fn full_day(&self, date: &Date) -> String {
        words::full_day(*date, self.today)
    }

    fn is_late(&self, due: &Option<Date>) -> bool {
        due.is_some_and(|due| due < self.today)
    }

    fn last_day(&self) -> String {
        self.today.to_string()
    }

    fn about(&self) -> String {
        let parts = [&self.opening.place, &self.opening.salary];
        parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" · ")
    }

    fn tone(&self) -> &'static str {
        tone(self.opening.status)
    }

    fn moves(&self) -> Vec<Status> {
        moves(self.opening.status)
    }

    /// Whether something is wrong with the change of its status.
    fn has_move_errors(&self) -> bool {
        ["status", "on", "note", "how"].into_iter().any(|field| self.errors.get(field).is_some())
    }

    /// Whether more is said about the change than that it happened today.
    fn is_move_told(&self) -> bool {
        self.has_move_errors() || !self.moved.note.is_empty() || !self.moved.how.is_empty()
    }

    /// Whether the form of the next step is shown without being asked for.
    fn is_next_open(&self) -> bool {
        self.opening.next_step.is_none()
            || ["next_step", "next_on"].into_iter().any(|field| self.errors.get(field).is_some())
    }

    /// Whether a line of the history can be taken back: only the latest, and only if one is left.
    fn can_undo(&self, place: &usize) -> bool {
        *place == 0 && self.opening.changes.len() > 1
    }

    fn has_more_people(&self) -> bool {
        self.opening.people_there > self.opening.people.len() as i64
    }

    fn confirmer(&self) -> Chooser {
        let best = self.opening.confirmers.iter();
        let best = best.map(|person| Choice { id: person.id.to_string(), label: person.name.clone(), about: None });
        let form = &self.confirmation;
        Chooser::new("contact", "Confirmed by", &form.contact, form.contact_words.as_deref(), best.collect())
            .finding(choosing::source(Some(self.opening.company_id), None))
            .asking(self.settled.matches.clone())
    }

    fn ask_address(&self, contact: &ContactId) -> String {
        format!("/referrals/new?contact={contact}&opening={}", self.opening.id)
    }
}

/// `GET /openings/{id}`
pub async fn show(mut visit: Visit<Viewer>, Id(id): Id<OpeningId>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let roles = visit.person.preferences.target_roles.clone();
    let opening = queries::show::find_for(visit.db(), by, id, &roles).await?.ok_or(Error::NotFound)?;
    Ok(Page::ok(ShowPage::new(&visit, opening, Errors::default())))
}
