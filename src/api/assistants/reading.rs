//! What assistants read: the day with its drafts, a person, a company, a talk.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::accounts::programs::caller::Caller;
use crate::api::today::{self, Due, Waiting};
use crate::contacts::draft::{Addressee, AskedFor, coming_talk, draft, way_out};
use crate::contacts::queries::show::{self, ContactDetail};
use crate::database::Day;
use crate::ids::{self, InterviewId, IntroductionId, ReferralId};
use crate::insights::summary::whole;
use crate::insights::{markdown, queries as insights};
use crate::interviews::preparation::{opener, plan};
use crate::interviews::queries::talks;
use crate::interviews::scheduling::when;
use crate::introductions::message;
use crate::introductions::queries::whole as introductions;
use crate::playbook::due::About;
use crate::playbook::event::Kind;
use crate::playbook::message::channel::Channel;
use crate::playbook::stage::Stage;
use crate::playbook::standing::Next;
use crate::playbook::step::Step;
use crate::referrals::drafting::drafted;
use crate::referrals::queries::whole as referrals;
use crate::web::problem::Problem;

/// Lines of a day that come with it.
const LINES: usize = 50;
/// Of them, how many come with their draft.
const DRAFTED: usize = 15;
/// Lines of a history that come with a contact.
const HISTORY: usize = 30;
/// Characters of a dossier that come with it.
const DOSSIER: usize = 60_000;

/// A message ready to be sent by the user.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Draft {
    /// By which way.
    pub channel: Channel,
    /// Its subject, in a mail.
    pub subject: Option<String>,
    /// The words; what stands in brackets is for the user to fill in.
    pub text: String,
    /// Where the user sends it.
    pub open: Option<String>,
    /// What to write down, as 'kind', once the user has sent it; null where they say so on the page of the line.
    pub then: Option<Kind>,
}

impl Draft {
    fn of(channel: Channel, subject: String, text: String, open: String, then: Option<Kind>) -> Self {
        Self { channel, subject: said(subject), text, open: said(open), then }
    }
}

/// A line of the day.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Line {
    /// What is due.
    pub due: Due,
    /// The message that goes with it.
    pub draft: Option<Draft>,
}

/// The day.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WhatsDue {
    /// Which day it is where the user is.
    pub date: Day,
    /// Whether the user is away or done for the day: then nothing of this is to be brought up.
    pub rests: bool,
    /// What is due, in the order in which it is worth doing.
    pub lines: Vec<Line>,
    /// How many more are due.
    pub more: usize,
    /// Whose first message is due, and is better not sent yet.
    pub waiting: Vec<Waiting>,
}

/// What has come due up to today, with the drafts of the first.
///
/// # Errors
/// Only the database's.
pub async fn whats_due(caller: &mut Caller) -> Result<WhatsDue, Problem> {
    let day = today::day(caller).await?;
    let more = day.due.len().saturating_sub(LINES);
    let (mut lines, mut drafted) = (Vec::new(), 0);
    for due in day.due.into_iter().take(LINES) {
        let draft = match due.id.filter(|_| drafted < DRAFTED) {
            Some(id) => draft_of(caller, due.about, id).await?,
            None => None,
        };
        drafted += usize::from(draft.is_some());
        lines.push(Line { due, draft });
    }
    Ok(WhatsDue { date: day.date, rests: day.rests, lines, more, waiting: day.waiting })
}

/// The message that goes with a line, if one does.
async fn draft_of(caller: &mut Caller, about: About, id: Uuid) -> sqlx::Result<Option<Draft>> {
    match about {
        About::Contact => Ok(find(caller, id).await?.and_then(|contact| drafted_for(caller, &contact))),
        About::Referral => drafted_for_referral(caller, ReferralId(id)).await,
        About::AskIntroduction | About::RemindIntroduction => {
            drafted_for_introduction(caller, IntroductionId(id)).await
        }
        _ => Ok(None),
    }
}

async fn find(caller: &mut Caller, id: Uuid) -> sqlx::Result<Option<ContactDetail>> {
    let (by, today, begins) = (caller.by, caller.today(), caller.pass.person.preferences.cadence.week_begins);
    show::find(caller.db(), by, ids::ContactId(id), begins, today).await
}

/// The step a contact stands at on that day.
fn step_of(contact: &ContactDetail, today: Date) -> Option<Next> {
    let next = contact.next_step.map(|step| Next { step, due: contact.next_due.map(|day| day.0) });
    next.map(|next| next.on(contact.next_turns_on.map(|day| day.0), today))
}

/// The message of a referral's next step, if there is one.
async fn drafted_for_referral(caller: &mut Caller, id: ReferralId) -> sqlx::Result<Option<Draft>> {
    let by = caller.by;
    let Some(referral) = referrals::find(caller.db(), by, id).await? else { return Ok(None) };
    let Some(draft) = drafted(&referral, &caller.pass.person, "") else { return Ok(None) };
    let to = Addressee {
        name: &referral.name,
        company: Some(&referral.company),
        profile: referral.profile_url.as_deref(),
        email: referral.email.as_deref(),
        phone: None,
    };
    let (_, open, _) = way_out(draft.channel, &to, &draft.subject, &draft.text);
    Ok(Some(Draft::of(draft.channel, draft.subject, draft.text, open, None)))
}

/// The message to whoever can introduce, if one is to be written.
async fn drafted_for_introduction(caller: &mut Caller, id: IntroductionId) -> sqlx::Result<Option<Draft>> {
    let by = caller.by;
    let Some(introduction) = introductions::find(caller.db(), by, id).await? else { return Ok(None) };
    let draft = message::drafted(&introduction, &caller.pass.person, "", "");
    Ok(draft.map(|draft| Draft::of(draft.channel, draft.subject, draft.text, draft.open, None)))
}

/// A text, unless it is empty.
fn said(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// The message of a contact's next step, if there is one.
fn drafted_for(caller: &Caller, contact: &ContactDetail) -> Option<Draft> {
    let step = step_of(contact, caller.today())?.step;
    let draft = draft(step, contact, &caller.pass.person, caller.pass.now, AskedFor::default())?;
    Some(Draft::of(draft.channel, draft.subject, draft.text, draft.open, Some(draft.kind)))
}

/// Whom.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactId {
    /// Their id.
    contact_id: Uuid,
}

/// Something that happened with them.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Happened {
    /// When.
    pub on: Day,
    /// What.
    pub kind: Kind,
    /// The words.
    pub body: Option<String>,
    /// What was noted.
    pub note: Option<String>,
    /// The program that wrote it down.
    pub program: Option<String>,
    /// It was undone.
    pub undone: bool,
}

/// Someone the user knows, or wants to.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Person {
    /// Their id.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// What they do.
    pub job_title: Option<String>,
    /// Where.
    pub company: Option<String>,
    /// Its id, where it is a target.
    pub company_id: Option<Uuid>,
    /// How far the user is with them.
    pub stage: Stage,
    /// What to do next.
    pub next_step: Option<Step>,
    /// When.
    pub next_due: Option<Day>,
    /// The message that goes with it.
    pub draft: Option<Draft>,
    /// Why them.
    pub why: Option<String>,
    /// What was noted about them.
    pub notes: Option<String>,
    /// What they offered, still to come.
    pub promises: Vec<String>,
    /// The talk to come.
    pub talk: Option<Uuid>,
    /// What happened, the latest first.
    pub history: Vec<Happened>,
}

/// What is known of a contact.
///
/// # Errors
/// Where there is no such contact, and the database's.
pub async fn contact(caller: &mut Caller, which: &ContactId) -> Result<Person, Problem> {
    let contact = find(caller, which.contact_id).await?.ok_or_else(Problem::not_found)?;
    let next = step_of(&contact, caller.today());
    let draft = drafted_for(caller, &contact);
    let talk = coming_talk(&contact).map(|talk| talk.id.0);
    let happened = |line: show::HistoryRow| Happened {
        on: Day(line.on),
        kind: line.kind,
        body: line.body,
        note: line.note,
        program: line.program,
        undone: line.undone,
    };
    Ok(Person {
        id: contact.id.0,
        name: contact.name,
        job_title: contact.job_title,
        company: contact.company,
        company_id: contact.company_id.map(|id| id.0),
        stage: contact.stage,
        next_step: next.map(|next| next.step),
        next_due: next.and_then(|next| next.due).map(Day),
        draft,
        why: contact.why,
        notes: contact.notes,
        promises: contact.promises.0.into_iter().map(|promise| promise.text).collect(),
        talk,
        history: contact.history.0.into_iter().take(HISTORY).map(happened).collect(),
    })
}

/// Which company.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompanyId {
    /// Its id.
    company_id: Uuid,
}

/// What is known of a company.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DossierOf {
    /// Its name.
    pub company: String,
    /// What was learned, and who is there, as Markdown.
    pub dossier: String,
}

/// A company's dossier.
///
/// # Errors
/// Where there is no such company, and the database's.
pub async fn dossier(caller: &mut Caller, which: &CompanyId) -> Result<DossierOf, Problem> {
    let (by, now, today) = (caller.by, caller.pass.now, caller.today());
    let found = insights::gather(caller.db(), by, ids::CompanyId(which.company_id), now).await?;
    let mut company = found.ok_or_else(Problem::not_found)?;
    let zone = &caller.pass.person.zone;
    let voices = std::mem::take(&mut company.voices.0);
    let summary = whole(voices, &company.links, zone);
    let dossier = markdown::render(&company, &summary, zone, today).chars().take(DOSSIER).collect();
    Ok(DossierOf { company: company.name, dossier })
}

/// Which talk: by its own id, or the one to come with a contact.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct WhichTalk {
    /// The talk's id.
    interview_id: Option<Uuid>,
    /// The contact's id.
    contact_id: Option<Uuid>,
}

/// A question to ask.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Question {
    /// The words.
    pub text: String,
    /// Why this one, where it is suggested.
    pub reason: Option<String>,
}

/// A talk, as one gets ready for it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Talk {
    /// Its id.
    pub interview_id: Uuid,
    /// The contact's id.
    pub contact_id: Uuid,
    /// With whom.
    pub with: String,
    /// What they do.
    pub job_title: Option<String>,
    /// About which company.
    pub company: Option<String>,
    /// Its id, where it is a target.
    pub company_id: Option<Uuid>,
    /// When, in words, on both clocks.
    pub when: String,
    /// How many minutes it takes.
    pub minutes: i16,
    /// The address of the call, the number, or the place.
    pub place: Option<String>,
    /// The first sentences, as they were written or are drafted.
    pub opener: String,
    /// Questions that are picked.
    pub picked: Vec<Question>,
    /// Questions that are suggested besides.
    pub suggested: Vec<Question>,
    /// What was found out before.
    pub findings: Vec<String>,
    /// What was promised, and is not done.
    pub promises: Vec<String>,
    /// What was noted.
    pub notes: Option<String>,
}

/// What to know before a talk.
///
/// # Errors
/// Where there is no such talk, and the database's.
pub async fn talk(caller: &mut Caller, which: &WhichTalk) -> Result<Talk, Problem> {
    let id = match (which.interview_id, which.contact_id) {
        (Some(id), _) => InterviewId(id),
        (None, Some(contact)) => {
            let contact = find(caller, contact).await?.ok_or_else(Problem::not_found)?;
            let coming = coming_talk(&contact).map(|talk| talk.id);
            coming.ok_or_else(|| Problem::conflict(format!("There is no talk to come with {}.", contact.name)))?
        }
        (None, None) => return Err(Problem::of_field("interview_id", "Say which talk, or who it's with")),
    };
    let (by, today) = (caller.by, caller.today());
    let talk = talks::find(caller.db(), by, id, true).await?.ok_or_else(Problem::not_found)?;
    let person = &caller.pass.person;
    let suggested = talk.background.as_ref().map(|background| plan::suggested(&talk, background)).unwrap_or_default();
    let opener = talk.opener.clone().filter(|opener| !opener.is_empty());
    Ok(Talk {
        interview_id: talk.id.0,
        contact_id: talk.contact_id.0,
        when: when::told(talk.starts_at.0, &person.zone, talk.their_time_zone.as_deref(), &talk.person.name, today),
        opener: opener.unwrap_or_else(|| opener::drafted(&person.preferences, &talk)),
        company: talk.company_name().map(str::to_owned),
        company_id: talk.company_id.map(|id| id.0),
        with: talk.person.0.name,
        job_title: talk.person.0.job_title,
        minutes: talk.minutes,
        place: talk.place,
        picked: talk.questions.0.into_iter().map(|question| Question { text: question.text, reason: None }).collect(),
        suggested: suggested.into_iter().map(|it| Question { text: it.text, reason: Some(it.reason) }).collect(),
        findings: talk
            .findings
            .0
            .into_iter()
            .filter_map(|finding| finding.text)
            .filter(|text| !text.is_empty())
            .collect(),
        promises: talk.actions.0.into_iter().filter(|it| !it.done && !it.dismissed).map(|it| it.text).collect(),
        notes: talk.notes,
    })
}
