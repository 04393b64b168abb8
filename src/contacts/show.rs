//! A contact's page: where things stand, the next step with its message, why this person, and the history.

use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::draft::{Draft, coming_talk, digits, draft, first_name};
use super::keeping::{KeepingCard, Typed};
use super::next_card::{due_tag, lower_first, outcome, outcomes, recordable, steps, why, why_nothing};
use super::queries::reasons::ReasonRow;
use super::queries::show::{self as queries, HistoryRow, TalkRow, Whole};
use super::record::is_undoable;
use super::touchpoints::TouchpointForm;
use crate::access::{Owner, Viewer};
use crate::accounts::visit::{Person, Visit};
use crate::error::{Error, Result};
use crate::ids::{ContactId, TouchpointId};
use crate::links::Link;
use crate::playbook::event::{Direction, Kind};
use crate::playbook::message::built_in;
use crate::playbook::message::channel::Channel;
use crate::playbook::stage::Stage;
use crate::playbook::standing::Next;
use crate::playbook::talk::Status;
use crate::playbook::warmth::{Closeness, Warmth};
use crate::web::form::{Errors, Query};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// What was wrong with a form of the page, and what was typed into it.
#[derive(Default)]
pub struct Faults {
    pub message: Errors,
    pub otherwise: Errors,
    pub history: Errors,
    pub typed: TouchpointForm,
    pub snooze: Errors,
    pub snooze_until: String,
    pub dismissal: Errors,
    pub dismissal_note: String,
    pub keeping: Typed,
}

/// Which template and channel to draft with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DraftQuery {
    template: String,
    channel: String,
    /// The reason to write with.
    reason: String,
}

#[derive(Template)]
#[template(path = "contacts/show.html")]
struct ShowPage {
    shell: Shell,
    contact: Whole,
    today: Date,
    zone: TimeZone,
    next: Option<Next>,
    tag: (&'static str, String),
    why: String,
    draft: Option<Draft>,
    stages: Vec<&'static str>,
    stage_at: usize,
    /// What time it is where they are.
    local_time: Option<String>,
    tomorrow: Date,
    next_week: Date,
    schools: Vec<String>,
    former_employers: Vec<String>,
    keeping: KeepingCard,
    faults: Faults,
}

impl ShowPage {
    fn touchpoint(&self) -> TouchpointId {
        TouchpointId::new()
    }

    fn first_name(&self) -> &str {
        first_name(&self.contact.name)
    }

    fn heading(&self) -> String {
        self.next.map_or_else(|| "Nothing to do".into(), |next| format!("Next: {}", lower_first(next.step.label())))
    }

    fn is_at(&self, step: &str) -> bool {
        self.next.is_some_and(|next| next.step.as_str() == step)
    }

    fn is_dismissable(&self) -> bool {
        self.next.is_some_and(|next| next.step.is_dismissable())
    }

    fn can_pick(&self) -> bool {
        let waits = self.next.is_none_or(|next| next.due.is_none_or(|due| due > self.today));
        waits && matches!(self.contact.stage, Stage::Identified | Stage::Connected)
    }

    fn can_ask_for_referral(&self) -> bool {
        matches!(self.contact.stage, Stage::Spoke | Stage::InTouch) && self.contact.company_id.is_some()
    }

    fn may_set_talk(&self) -> bool {
        !self.contact.stage.is_resting()
            && coming_talk(&self.contact).is_none()
            && !matches!(self.contact.stage, Stage::Identified)
    }

    /// The page of the talk to come, or the one where it is set.
    fn talk_address(&self) -> String {
        match coming_talk(&self.contact) {
            Some(talk) => format!("/interviews/{}", talk.id),
            None => self.set_talk_address(),
        }
    }

    fn set_talk_address(&self) -> String {
        format!("/interviews/new?contact={}", self.contact.id)
    }

    fn outcomes(&self) -> Vec<(Kind, &'static str)> {
        let shown = outcomes(self.contact.stage, self.next.map(|next| next.step));
        shown.into_iter().map(|kind| (kind, outcome(kind))).collect()
    }

    fn can_answer_later(&self) -> bool {
        Kind::offered(self.contact.stage).contains(&Kind::AnsweredLater)
    }

    fn can_name_somebody(&self) -> bool {
        self.keeping.answers.is_none() && Kind::offered(self.contact.stage).contains(&Kind::SentOn)
    }

    fn is_chosen(&self, reason: &ReasonRow) -> bool {
        self.contact.keeping.chosen == Some(reason.id)
    }

    fn ways_open(&self) -> bool {
        !(self.faults.otherwise.is_empty() && self.faults.snooze.is_empty() && self.faults.dismissal.is_empty())
    }

    fn recordable(&self) -> Vec<(&'static str, &'static str)> {
        recordable(self.contact.stage).into_iter().map(|kind| (kind.as_str(), kind.label())).collect()
    }

    fn channels(&self, draft: &Draft) -> Vec<(&'static str, &'static str)> {
        draft.template.channels.iter().map(|channel| (channel.as_str(), channel.label())).collect()
    }

    fn all_channels(&self) -> Vec<(&'static str, &'static str)> {
        std::iter::once(("", "Not said")).chain(Channel::ALL.iter().map(|c| (c.as_str(), c.label()))).collect()
    }

    fn limit(&self, draft: &Draft) -> usize {
        draft.limit
    }

    fn missing<'s>(&self, draft: &'s Draft) -> &'s [String] {
        &draft.missing
    }

    fn body<'s>(&'s self, draft: &'s Draft) -> &'s str {
        if self.faults.message.is_empty() { &draft.text } else { &self.faults.typed.body }
    }

    /// The day in the history's form: today until another was typed.
    fn typed_day(&self) -> String {
        match self.faults.typed.on.as_str() {
            "" => self.today.to_string(),
            typed => typed.into(),
        }
    }

    fn latest_day(&self) -> String {
        self.today.to_string()
    }

    /// What was typed into the history's form; the words of another form stay there.
    fn typed_history(&self) -> &str {
        if self.faults.history.is_empty() { "" } else { &self.faults.typed.body }
    }

    fn draft_name(&self, draft: &Draft) -> String {
        let reason = self.contact.keeping.chosen().map(|reason| format!("-{}", reason.id)).unwrap_or_default();
        format!("contact-{}-{}{reason}", self.contact.id, draft.template.key)
    }

    fn sub_line(&self) -> String {
        [&self.contact.job_title, &self.contact.company].into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
    }

    fn phone_address(&self) -> Option<String> {
        self.contact
            .phone
            .as_deref()
            .map(digits)
            .filter(|digits| !digits.is_empty())
            .map(|digits| format!("tel:{digits}"))
    }

    /// Why this person, in words, each with a line below.
    fn reasons(&self) -> Vec<(String, String)> {
        let contact = &self.contact;
        let title = contact.job_title.clone().unwrap_or_default();
        let mut reasons = Vec::new();
        match contact.closeness {
            Closeness::SameRole => reasons.push(("Does the work you aim at".into(), title)),
            Closeness::Adjacent => reasons.push(("Works next to the role you aim at".into(), title)),
            Closeness::HiringManager => reasons.push(("May lead the team you would join".into(), title)),
            Closeness::Recruiter => reasons.push(("Looks for people there".into(), title)),
            Closeness::Other => {}
        }
        let first = |values: &[String]| values.first().cloned().unwrap_or_default();
        match contact.warmth {
            Warmth::KnowsMe => reasons.push(("You know each other".into(), String::new())),
            Warmth::CanBeIntroduced => match &contact.introducer {
                Some(name) => reasons.push((format!("{name} can introduce you"), String::new())),
                None => reasons.push(("Somebody can introduce you".into(), "Say who, on the edit page".into())),
            },
            Warmth::SameSchool => reasons.push(("You share a school".into(), first(&self.schools))),
            Warmth::SameEmployer => reasons.push(("You share a former employer".into(), first(&self.former_employers))),
            Warmth::Stranger => {}
        }
        if contact.live_profile {
            reasons.push(("A live profile".into(), "Photo, summary or posts: they look at their messages".into()));
        }
        if let Some(why) = &contact.why {
            reasons.push((why.clone(), String::new()));
        }
        reasons
    }

    fn day(&self, date: &Date) -> String {
        words::day(*date, self.today)
    }

    fn full_day(&self, date: &Date) -> String {
        words::full_day(*date, self.today)
    }

    fn talk_line(&self, talk: &TalkRow) -> String {
        let how = talk.way.label().to_lowercase();
        match talk.status {
            Status::Scheduled => format!("{} minutes, {how}", talk.minutes),
            status => format!("{}, {how}", status.label()),
        }
    }

    fn talk_time(&self, talk: &TalkRow) -> String {
        words::moment(talk.starts_at, &self.zone, self.today)
    }

    /// Who acted, by which way, with which template.
    fn about(&self, line: &HistoryRow) -> String {
        let mut parts = Vec::new();
        if let Some(channel) = line.channel {
            parts.push(channel.label().to_owned());
        }
        if let Some(template) = line.template.as_deref().and_then(built_in::find) {
            parts.push(format!("template '{}'", template.name));
        }
        if let Some(until) = line.until {
            let word = if matches!(line.kind, Kind::Scheduled | Kind::Rescheduled) { "for" } else { "until" };
            parts.push(format!("{word} {}", words::day(until, self.today)));
        }
        parts.join(", ")
    }

    fn said_by(&self, line: &HistoryRow) -> &'static str {
        match line.kind.direction() {
            Direction::Out => "What you wrote",
            Direction::In => "What they said",
            Direction::None => "Words to it",
        }
    }

    fn can_undo(&self, line: &HistoryRow) -> bool {
        !line.undone && line.interview.is_none() && line.referral.is_none() && is_undoable(line.kind)
    }

    /// Where a line that belongs to a talk or a referral is put right.
    fn elsewhere(&self, line: &HistoryRow) -> Option<Link> {
        let talk = line.interview.map(|id| Link::new("The talk", format!("/interviews/{id}")));
        talk.or_else(|| line.referral.map(|id| Link::new("The referral", format!("/referrals/{id}"))))
    }

    /// Putting an employer on the list of targets is one press.
    fn employer_to_target(&self) -> Option<&str> {
        self.contact.company.as_deref().filter(|_| self.contact.company_id.is_none())
    }
}

/// `GET /contacts/{id}`
pub async fn show(
    mut visit: Visit<Viewer>,
    Id(id): Id<ContactId>,
    Query(query): Query<DraftQuery>,
) -> Result<Page<impl Template>> {
    let by = visit.by;
    let contact = queries::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    Ok(Page::ok(page(&visit, contact, &query, Faults::default())))
}

/// The page again, with what was wrong with one of its forms.
pub(super) async fn again(visit: &mut Visit<Owner>, id: ContactId, faults: Faults) -> Result<Response> {
    Ok(Page::unprocessable(redrawn(visit, id, faults).await?).into_response())
}

/// The page again, where something was saved elsewhere meanwhile.
pub(super) async fn changed(visit: &mut Visit<Owner>, id: ContactId, faults: Faults) -> Result<Response> {
    Ok(Page::conflict(redrawn(visit, id, faults).await?).into_response())
}

async fn redrawn(visit: &mut Visit<Owner>, id: ContactId, faults: Faults) -> Result<ShowPage> {
    let by = visit.by;
    let contact = queries::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    let typed = &faults.typed;
    let (template, channel, reason) = (typed.template.clone(), typed.channel.clone(), typed.reason.clone());
    let query = DraftQuery { template, channel, reason };
    Ok(page(visit, contact, &query, faults))
}

fn page<P>(visit: &Visit<P>, mut contact: Whole, query: &DraftQuery, mut faults: Faults) -> ShowPage {
    contact.keeping.chosen = query.reason.parse().ok();
    let (today, person) = (visit.today(), &visit.person);
    let preferences = &person.preferences;
    let cadence = &preferences.cadence;
    let next = contact.next_step.map(|step| {
        Next { step, due: contact.next_due.map(|day| day.0) }.on(contact.next_turns_on.map(|day| day.0), today)
    });
    let draft = next.and_then(|next| draft(next.step, &contact, person, visit.now, &query.template, &query.channel));
    let (stages, stage_at) = steps(contact.stage);
    let tomorrow = cadence.on_or_after(today.saturating_add(1.day()));
    let typed = std::mem::take(&mut faults.keeping);
    ShowPage {
        keeping: KeepingCard::of(&contact, next, cadence, today, typed),
        shell: visit.shell(Nav::Contacts),
        today,
        zone: person.zone.clone(),
        tag: next.map(|next| due_tag(next, cadence, today)).unwrap_or_default(),
        why: next.map_or_else(|| why_nothing(contact.stage).into(), |next| why(next, &contact, today)),
        next,
        draft,
        stages,
        stage_at,
        local_time: contact.time_zone.as_deref().and_then(|zone| local_time(zone, person, visit.now)),
        tomorrow,
        next_week: cadence.on_or_after(today.saturating_add(7.days())),
        schools: preferences.schools.clone(),
        former_employers: preferences.former_employers.clone(),
        faults,
        contact,
    }
}

/// '09:12 there, 6 hours behind you'; nothing where the clock is the same.
fn local_time(zone: &str, person: &Person, now: jiff::Timestamp) -> Option<String> {
    let zone = TimeZone::get(zone).ok()?;
    let minutes = (zone.to_offset(now).seconds() - person.zone.to_offset(now).seconds()) / 60;
    if minutes == 0 {
        return None;
    }
    let way = if minutes < 0 { "behind" } else { "ahead of" };
    let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
    let hours =
        if rest == 0 { words::count(hours.into(), "hour", "hours") } else { format!("{hours}:{rest:02} hours") };
    Some(format!("{} there, {hours} {way} you", words::time(now, &zone)))
}
