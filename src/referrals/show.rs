//! A referral's page: where it stands, the message for its next step, and who does what by when.

use askama::Template;
use jiff::civil::Date;
use serde::Deserialize;

use super::drafting::{drafted, resume};
use super::fit;
use super::forms::MoveForm;
use super::message::Draft;
use super::queries::whole::{self, ReferralDetail};
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::contacts::mail_links::{Mail, MailLink, mail_links};
use crate::contacts::why::by;
use crate::contacts::wording::on_day;
use crate::documents::form::SentForm;
use crate::error::{Error, Result};
use crate::ids::{ReferralId, TouchpointId};
use crate::playbook::event::Kind;
use crate::playbook::message::channel::Channel;
use crate::playbook::message::gaps::gaps;
use crate::playbook::message::pieces::bracketed;
use crate::playbook::message::placeholder::Placeholder;
use crate::playbook::referral::{Mechanic, Outcome, ReferralStep, Status, Whose};
use crate::web::form::{Errors, Query};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// The page of one referral.
#[derive(Template)]
#[template(path = "referrals/show.html")]
pub struct ShowPage {
    shell: Shell,
    referral: ReferralDetail,
    today: Date,
    draft: Option<Draft>,
    mail: Vec<MailLink>,
    /// The id the next line of the history will have, so that a second press does nothing.
    line: TouchpointId,
    form: MoveForm,
    notes: String,
    /// Why the user fits: as written, or as proposed.
    fit: String,
    /// The notes were saved elsewhere meanwhile.
    is_conflict: bool,
    errors: Errors,
    /// Which document was sent, as it was typed.
    sent: SentForm,
    is_unfinished: bool,
    /// No link to a resume is set.
    has_no_resume: bool,
    /// The day a step is put off to unless another is chosen.
    later: Date,
}

impl ShowPage {
    /// The page as it is for this visit; `wording` is the key of a template, or empty.
    pub fn new<P>(visit: &Visit<P>, referral: ReferralDetail, wording: &str, errors: Errors) -> Self {
        let preferences = &visit.person.preferences;
        let today = visit.today();
        let draft = drafted(&referral, &visit.person, wording);
        let mail = match (&draft, &referral.email) {
            (Some(draft), Some(to)) => mail_links(&Mail { to, subject: &draft.subject, body: &draft.text }),
            _ => Vec::new(),
        };
        let proposed = || fit::proposal(referral.posting_text.as_deref(), &referral.told);
        Self {
            shell: visit.shell(Nav::Referrals),
            today,
            draft,
            mail,
            line: TouchpointId::new(),
            form: MoveForm::default(),
            notes: referral.details.clone().unwrap_or_default(),
            fit: referral.fit.clone().unwrap_or_else(proposed),
            is_conflict: false,
            sent: SentForm::new(today),
            errors,
            is_unfinished: false,
            has_no_resume: resume(&referral, preferences).is_none(),
            later: preferences.cadence.next_day(today),
            referral,
        }
    }

    /// With the document that was sent, as it was typed.
    pub fn with_sent(self, sent: SentForm) -> Self {
        Self { sent, ..self }
    }

    /// With a move as it was typed.
    pub fn typed(mut self, form: MoveForm) -> Self {
        if let Some(draft) = self.draft.as_mut().filter(|_| form.from != "else" && !form.body.is_empty()) {
            draft.text.clone_from(&form.body);
        }
        self.form = form;
        self
    }

    /// The message has gaps: it is sent as it is only when that is said.
    pub fn unfinished(mut self) -> Self {
        self.is_unfinished = true;
        self
    }

    fn all_gaps(&self) -> Vec<Placeholder> {
        self.draft.as_ref().map(|draft| gaps(&draft.text)).unwrap_or_default()
    }

    /// What is asked for beside the message; why the user fits has a form of its own, and is kept.
    fn gaps(&self) -> Vec<Placeholder> {
        self.all_gaps().into_iter().filter(|gap| *gap != Placeholder::WhyIFit || !self.is_to_fit()).collect()
    }

    fn missing(&self) -> Vec<String> {
        self.all_gaps().into_iter().map(bracketed).collect()
    }

    /// Whether the message waits for why the user fits.
    fn asks_for_fit(&self) -> bool {
        self.is_to_fit() && self.draft.is_some() && self.all_gaps().contains(&Placeholder::WhyIFit)
    }

    /// Whether something is wrong with how or when the message was sent.
    fn is_sending_told(&self) -> bool {
        ["channel", "on"].into_iter().any(|field| self.errors.get(field).is_some())
    }

    fn fit_button(&self) -> &'static str {
        if self.asks_for_fit() { "Put it into the message" } else { "Save the lines" }
    }

    /// What was typed as really sent; the words of the message stay there.
    fn sent_instead(&self) -> &str {
        if self.form.from == "else" { &self.form.body } else { "" }
    }

    /// What is wrong with the message, or with what was sent instead of it.
    fn faults_of(&self, from: &str) -> Errors {
        if self.form.from == from { self.errors.clone() } else { Errors::default() }
    }

    /// With notes as they were typed.
    pub fn noted(mut self, notes: String, is_conflict: bool) -> Self {
        (self.notes, self.is_conflict) = (notes, is_conflict);
        self
    }

    /// With the lines on why the user fits as they were typed.
    pub fn fitting(self, fit: String) -> Self {
        Self { fit, ..self }
    }

    /// Where the lines come from.
    fn fit_hint(&self) -> &'static str {
        match (&self.referral.fit, self.fit.is_empty()) {
            (Some(_), _) => "They are in the message to the referrer",
            (None, true) => "One per line: what they ask for, and what you have done",
            (None, false) => "Started from the posting and what people there told you. Finish each line",
        }
    }

    /// Whether the referrer still needs to know why the user fits.
    fn is_to_fit(&self) -> bool {
        matches!(self.referral.status, Status::ToAsk | Status::Asked | Status::Agreed) && !self.is_for_what_is_over()
    }

    /// Not made yet, and the opening is over.
    fn is_for_what_is_over(&self) -> bool {
        let is_to_come = matches!(self.referral.status, Status::ToAsk | Status::Asked | Status::Agreed);
        is_to_come && self.referral.opening_status.is_some_and(|status| !status.is_open())
    }

    /// Whether what the two have to do is still to be done.
    fn has_open_tasks(&self) -> bool {
        self.referral.status.has_open_tasks(self.referral.opening_status)
    }

    fn is_to_confirm(&self) -> bool {
        self.referral.next_step == Some(ReferralStep::ConfirmMade)
    }

    fn goal(&self) -> &str {
        self.referral.opening_title.as_deref().unwrap_or(&self.referral.company)
    }

    fn day(&self, date: &Date) -> String {
        words::day(*date, self.today)
    }

    fn full_day(&self, date: &Date) -> String {
        words::full_day(*date, self.today)
    }

    fn is_late(&self, due: &Date) -> bool {
        *due < self.today
    }

    fn due(&self) -> Option<Date> {
        self.referral.next_due.map(|day| day.0)
    }

    /// What happened on which day, in order.
    fn dates(&self) -> Vec<(&'static str, Date)> {
        let referral = &self.referral;
        [
            ("Asked", referral.asked_on),
            ("Reminded", referral.reminded_on),
            ("Agreed", referral.agreed_on),
            ("Made", referral.made_on),
            ("Told", referral.told_on),
            (if self.is_over() { referral.status.label() } else { "Outcome" }, referral.closed_on),
        ]
        .into_iter()
        .filter_map(|(label, day)| day.map(|day| (label, day.0)))
        .collect()
    }

    fn last_day(&self) -> String {
        self.today.to_string()
    }

    fn later_day(&self) -> String {
        self.later.to_string()
    }

    fn first_later_day(&self) -> String {
        self.today.tomorrow().unwrap_or(self.today).to_string()
    }

    fn path(&self, resource: &str) -> String {
        format!("/referrals/{}/{resource}", self.referral.id)
    }

    /// The resource that says the next step was done.
    fn step_path(&self) -> String {
        self.path(match self.referral.next_step {
            Some(ReferralStep::Ask) => "asks",
            Some(ReferralStep::Remind | ReferralStep::RemindToMake) => "reminders",
            Some(ReferralStep::ConfirmMade) => "makings",
            Some(ReferralStep::TellAndThank) | None => "tellings",
        })
    }

    fn draft_name(&self) -> String {
        let key = self.draft.as_ref().map_or("", |draft| &draft.template.key);
        format!("referral-{}-{}-{key}", self.referral.id, self.referral.next_step.map_or("", ReferralStep::as_str))
    }

    fn instead_name(&self) -> String {
        format!("referral-{}-instead", self.referral.id)
    }

    /// Why this step, in a sentence.
    fn why(&self) -> String {
        let asked = self.referral.asked_on.map(|day| format!(" {}", on_day(day.0, self.today))).unwrap_or_default();
        let waits = self.referral.next_due.map(|day| day.0).filter(|due| *due > self.today);
        let said = match self.referral.next_step {
            Some(ReferralStep::Ask) => {
                "Ask for advice rather than a favour, and leave a no easy: both answers help you."
            }
            Some(ReferralStep::Remind) => {
                return match waits {
                    Some(due) => {
                        format!("You asked{asked}. If you hear nothing by {}, remind them once.", by(due, self.today))
                    }
                    None => format!(
                        "You asked{asked}, and there is no answer yet. Remind them once, gently, then let it rest."
                    ),
                };
            }
            Some(ReferralStep::RemindToMake) => {
                "They agreed. Put the link, the resume and the role into one message, so that it takes them two minutes."
            }
            Some(ReferralStep::ConfirmMade) => {
                "All that was to be done for it is done. If it is not made yet, put this off, or add to the notes what they wait for."
            }
            Some(ReferralStep::TellAndThank) => {
                "They put their name beside yours. They should hear the news from you, and first."
            }
            None => "",
        };
        said.into()
    }

    fn rests(&self) -> &'static str {
        if self.is_for_what_is_over() {
            return "The opening is over, so there's no one to ask or remind. When another one comes up, ask them first.";
        }
        match (self.referral.status, self.referral.outcome) {
            (Status::Asked, _) => "You asked, and reminded them once. Now it's their turn.",
            (Status::Agreed, _) => "You sent them all they need. Let it rest: the next move is theirs.",
            (Status::Made, None) => {
                "They know what there is to know. When the opening moves, you are told to tell them."
            }
            (Status::Made, Some(_)) => "They know how it went.",
            (Status::Declined, _) => {
                "They said no, and that is fine. The relation stays as warm as it was: they stay a contact, and nothing more is asked for."
            }
            (Status::Withdrawn, _) => "You withdrew it. You owe no one anything.",
            (Status::ToAsk, _) => "Nothing is planned.",
        }
    }

    fn stages(&self) -> Vec<&'static str> {
        let last = self.referral.outcome.map_or("Outcome", Outcome::label);
        vec![Status::ToAsk.label(), Status::Asked.label(), Status::Agreed.label(), Status::Made.label(), last]
    }

    fn stage(&self) -> usize {
        match (self.referral.status, self.referral.outcome) {
            (Status::Made, Some(_)) => 4,
            (Status::Made, None) => 3,
            (Status::Agreed, _) => 2,
            (Status::Asked, _) => 1,
            _ => 0,
        }
    }

    fn is_over(&self) -> bool {
        matches!(self.referral.status, Status::Declined | Status::Withdrawn)
    }

    /// Whether their answer is still to come.
    fn is_open(&self) -> bool {
        matches!(self.referral.status, Status::ToAsk | Status::Asked)
    }

    fn channels(&self) -> Vec<(&'static str, &'static str)> {
        let fitting = Channel::ALL.iter().filter(|channel| !matches!(channel, Channel::LinkedinNote | Channel::Form));
        fitting.map(|channel| channel.choice()).collect()
    }

    fn ways(&self) -> Vec<(&'static str, &'static str)> {
        Mechanic::choices()
    }

    fn way(&self) -> &str {
        if self.form.way.is_empty() { self.referral.way.map_or("", Mechanic::as_str) } else { &self.form.way }
    }

    fn has_move_errors(&self) -> bool {
        !self.errors.is_empty() && self.errors.get("notes").is_none() && self.errors.get("fit").is_none()
    }

    fn label(&self, kind: &Kind) -> &'static str {
        // A message that belongs to a referral and neither asks nor tells is a reminder.
        if *kind == Kind::Wrote { "Reminded" } else { kind.label() }
    }
}

/// What the address may say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ShowQuery {
    wording: String,
}

/// `GET /referrals/{id}`
pub async fn show(
    mut visit: Visit<Viewer>,
    Id(id): Id<ReferralId>,
    Query(query): Query<ShowQuery>,
) -> Result<Page<impl Template>> {
    let by = visit.by;
    let referral = whole::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    Ok(Page::ok(ShowPage::new(&visit, referral, &query.wording, Errors::default())))
}
