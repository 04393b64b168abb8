//! A contact's page: where things stand, the next step with its message, why this person, and the history.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::asking::{Asking, asking};
use super::contact::ReasonKind;
use super::draft::{AskedFor, Draft, coming_talk, digits, draft, remind};
use super::forms::touchpoint::{Faults, recordable};
use super::keeping::KeepingCard;
use super::next_card::{due_tag, outcomes, step_in_words, steps, why, why_nothing};
use super::queries::reasons::ReasonRow;
use super::queries::show::{self as queries, ContactDetail, HistoryRow, IntroductionRow, OpeningRow, TalkRow};
use super::wording::{on_day, outcome};
use crate::access::{Owner, Viewer};
use crate::accounts::visit::{Person, Visit};
use crate::comments::comment::{About, Comments};
use crate::companies::former::{shared_with, worked_at};
use crate::companies::queries::duplicates::joined_into;
use crate::error::{Error, Result};
use crate::ids::{ActionItemId, ContactId, InterviewId, IntroductionId, ReasonId, TemplateId, TouchpointId};
use crate::links::Link;
use crate::playbook::event::{Direction, Kind};
use crate::playbook::introduction;
use crate::playbook::message::built_in;
use crate::playbook::message::channel::Channel;
use crate::playbook::name::first_name;
use crate::playbook::path::{Ask, Way};
use crate::playbook::referral::may_be_asked;
use crate::playbook::stage::Stage;
use crate::playbook::standing::Next;
use crate::playbook::step::Step;
use crate::playbook::suggestion::{CONNECTED, closeness_in_words};
use crate::playbook::talk::Status;
use crate::playbook::title::Roles;
use crate::playbook::warmth::{Closeness, Warmth};
use crate::text::lower_first;
use crate::web::form::{Errors, Query};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

mod about;
mod answering;
mod composing;

/// How many others at the company the page names.
const COLLEAGUES: usize = 2;

/// Which template and channel to draft with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DraftQuery {
    template: String,
    channel: String,
    /// The reason to write with.
    reason: String,
    /// What they offered, to be reminded of.
    promise: String,
}

#[derive(Template)]
#[template(path = "contacts/show.html")]
struct ShowPage {
    shell: Shell,
    comments: Comments,
    contact: ContactDetail,
    today: Date,
    zone: TimeZone,
    next: Option<Next>,
    tag: (&'static str, String),
    why: String,
    draft: Option<Draft>,
    /// Whether the message is open though another thing comes first: it was chosen, or sent with a fault.
    is_message_asked_for: bool,
    /// The reminder that is asked for, of what they offered.
    reminder: Option<(ActionItemId, Draft)>,
    asking: Asking,
    stages: Vec<&'static str>,
    stage_at: usize,
    /// What time it is where they are.
    local_time: Option<String>,
    tomorrow: Date,
    /// A week from now; none where that is the same day.
    next_week: Option<Date>,
    /// How near their work is, and whether that goes by their title alone.
    closeness: (Closeness, bool),
    school: Option<String>,
    /// The employer the user shares with them, if they do.
    shared_employer: Option<String>,
    /// Where the user worked and they work, while nothing is said of how the two know each other.
    worked_there: Option<String>,
    keeping: KeepingCard,
    /// Who could introduce them, the best three.
    ways: Vec<Way>,
    /// Who is to be asked for an introduction, where that is the step to take.
    way_in: Option<Way>,
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
        match (self.next, &self.way_in) {
            (None, _) => "Nothing to do".into(),
            (Some(_), Some(way)) => format!("Next: ask {} to introduce you", way.name),
            (Some(next), None) => {
                let step = step_in_words(next.step, self.contact.talks_in_writing());
                format!("Next: {}", lower_first(step))
            }
        }
    }

    /// Where an introduction is asked for: its own page, or the one where it is noted.
    fn asks_at(&self, way: &Way) -> String {
        match way.ask {
            Ask::Listed(id) => format!("/introductions/{id}"),
            _ => format!("/introductions/new?introducer={}&introduced={}", way.id, self.contact.id),
        }
    }

    fn prepare_label(&self) -> &'static str {
        if self.contact.talks_in_writing() { "Choose the questions" } else { "Prepare the talk" }
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
        may_be_asked(self.contact.stage, self.contact.next_step) && self.contact.company_id.is_some()
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

    /// A talk to be.
    fn new_talk(&self) -> InterviewId {
        InterviewId::new()
    }

    fn is_chosen(&self, reason: &ReasonRow) -> bool {
        self.contact.keeping.chosen == Some(reason.id)
    }

    fn recordable(&self) -> Vec<(&'static str, &'static str)> {
        recordable(self.contact.stage).into_iter().map(|kind| kind.choice()).collect()
    }

    fn all_channels(&self) -> Vec<(&'static str, &'static str)> {
        std::iter::once(("", "Not said")).chain(Channel::choices()).collect()
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
}

/// `GET /contacts/{id}`
pub async fn show(
    mut visit: Visit<Viewer>,
    Id(id): Id<ContactId>,
    Query(query): Query<DraftQuery>,
) -> Result<Response> {
    let (by, today, begins) = (visit.by, visit.today(), visit.person.preferences.cadence.week_begins);
    let Some(contact) = queries::find(visit.db(), by, id, begins, today).await? else {
        let kept = joined_into(visit.db(), by, id.0).await?.ok_or(Error::NotFound)?;
        return Ok(Redirect::to(&format!("/contacts/{kept}")).into_response());
    };
    Ok(Page::ok(page(&visit, contact, &query, Faults::default())).into_response())
}

/// The page again, with what was wrong with one of its forms.
pub async fn again(visit: &mut Visit<Owner>, id: ContactId, faults: Faults) -> Result<Response> {
    Ok(Page::unprocessable(redrawn(visit, id, faults).await?).into_response())
}

/// The page again, where something was saved elsewhere meanwhile.
pub(super) async fn changed(visit: &mut Visit<Owner>, id: ContactId, faults: Faults) -> Result<Response> {
    Ok(Page::conflict(redrawn(visit, id, faults).await?).into_response())
}

async fn redrawn(visit: &mut Visit<Owner>, id: ContactId, faults: Faults) -> Result<ShowPage> {
    let (by, today, begins) = (visit.by, visit.today(), visit.person.preferences.cadence.week_begins);
    let contact = queries::find(visit.db(), by, id, begins, today).await?.ok_or(Error::NotFound)?;
    let typed = &faults.typed;
    let query = DraftQuery {
        template: typed.template.clone(),
        channel: typed.channel.clone(),
        reason: typed.reason.clone(),
        promise: typed.promise.clone(),
    };
    Ok(page(visit, contact, &query, faults))
}

fn page<P>(visit: &Visit<P>, mut contact: ContactDetail, query: &DraftQuery, mut faults: Faults) -> ShowPage {
    let (today, person) = (visit.today(), &visit.person);
    let preferences = &person.preferences;
    let cadence = &preferences.cadence;
    let next = contact.next_step.map(|step| {
        Next { step, due: contact.next_due.map(|day| day.0) }.on(contact.next_turns_on.map(|day| day.0), today)
    });
    contact.keeping.chosen = match query.reason.as_str() {
        "" => reason_for(next, &contact),
        asked_for => asked_for.parse().ok(),
    };
    let asked_for = AskedFor { template: &query.template, channel: &query.channel };
    let shell = visit.shell(Nav::Contacts);
    // A message is made of what the user wrote about themselves, and of what they keep to write.
    let drafts = shell.shows_notes();
    let draft = next.filter(|_| drafts).and_then(|next| draft(next.step, &contact, person, visit.now, asked_for));
    let promise = contact.promises.iter().find(|promise| drafts && promise.id.to_string() == query.promise);
    let reminder =
        promise.and_then(|promise| Some((promise.id, remind(promise, &contact, person, visit.now, asked_for)?)));
    let asking = asking(next, &contact, draft.as_ref(), preferences, today);
    let way_in = contact.way_in().filter(|_| next.is_some_and(|next| next.step == Step::Request));
    let (stages, stage_at) = steps(contact.stage);
    let (tomorrow, next_week) = (cadence.next_day(today), cadence.next_week(today));
    let has_composer = match faults.typed.from.as_str() {
        "message" => draft.is_some(),
        "reminder" => reminder.is_some(),
        _ => true,
    };
    if !has_composer {
        // Written on another page: the form of the history takes the words.
        faults.history = std::mem::take(&mut faults.message);
    }
    let typed = std::mem::take(&mut faults.keeping);
    ShowPage {
        comments: Comments::of(std::mem::take(&mut contact.comments.0), About::Contact, contact.id.0, visit),
        keeping: KeepingCard::of(&contact, next, cadence, today, typed),
        shell,
        today,
        zone: person.zone.clone(),
        tag: next.map(|next| due_tag(next, asking.free_on, cadence, today)).unwrap_or_default(),
        why: next.map_or_else(|| why_nothing(contact.stage).into(), |next| why(next, &contact, way_in.as_ref(), today)),
        next,
        asking,
        draft,
        is_message_asked_for: !query.template.is_empty() || faults.typed.from == "message",
        reminder,
        stages,
        stage_at,
        local_time: contact.time_zone.as_deref().and_then(|zone| local_time(zone, person, visit.now)),
        tomorrow,
        next_week: Some(next_week).filter(|day| *day != tomorrow),
        closeness: Roles::of(&preferences.target_roles).near(contact.closeness, contact.job_title.as_deref()),
        school: preferences.only_school().map(str::to_owned),
        shared_employer: shared_with(preferences, contact.company.as_deref(), contact.notes.as_deref())
            .map(str::to_owned),
        worked_there: contact
            .company
            .as_deref()
            .filter(|_| contact.warmth == Warmth::Stranger && contact.warmth_said.is_none())
            .and_then(|company| worked_at(preferences, company))
            .map(str::to_owned),
        ways: contact.best_ways(),
        way_in,
        faults,
        contact,
    }
}

/// The reason to write that the message is made of before another is chosen; with thanks goes what was kept for them to read.
fn reason_for(next: Option<Next>, contact: &ContactDetail) -> Option<ReasonId> {
    let mut reasons = contact.keeping.reasons.iter();
    let reason = match next?.step {
        Step::Write if contact.keeping.occasion_on.is_none() => reasons.next(),
        Step::Thank => reasons.find(|reason| reason.kind == ReasonKind::Article),
        _ => None,
    };
    reason.map(|reason| reason.id)
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
