//! What is done with the lines of a day: put off, done, and taken back.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::accounts::programs::writer::Work;
use crate::api::answer::Undo;
use crate::api::deed::{Deed, Wrote};
use crate::database::Day;
use crate::ids::{ActionItemId, ContactId, IntroductionId, OpeningChangeId, OpeningId, ReferralId, ReferralTaskId};
use crate::interviews::queries::learned;
use crate::kinds::kinds;
use crate::openings::opening::Next;
use crate::openings::record::{step_done, step_not_done};
use crate::referrals::record::set_task_done;
use crate::text::Line;
use crate::today::forms::BulkForm;
use crate::today::lines::{Sorted, TodayLine};
use crate::today::putting_off::{put_off, take_back};
use crate::web::problem::Problem;
use crate::web::words;

kinds! {
    /// What a line that can be put off is about, as it is read.
    pub enum Snoozable {
        Contact = "contact", "A next step";
        Promise = "promise", "A promise";
        Referral = "referral", "A referral";
        Task = "task", "A task of a referral";
        Opening = "opening", "An opening";
        AskIntroduction = "ask_introduction", "An introduction to ask for";
        RemindIntroduction = "remind_introduction", "An introduction to remind of";
    }
}

impl Snoozable {
    fn of(self, id: Uuid) -> TodayLine {
        match self {
            Self::Contact => TodayLine::Contact(ContactId(id)),
            Self::Promise => TodayLine::Promise(ActionItemId(id)),
            Self::Referral => TodayLine::Referral(ReferralId(id)),
            Self::Task => TodayLine::Task(ReferralTaskId(id)),
            Self::Opening => TodayLine::Opening(OpeningId(id)),
            Self::AskIntroduction | Self::RemindIntroduction => TodayLine::Introduction(IntroductionId(id)),
        }
    }
}

/// A line of a day is put off.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Snooze {
    /// What it is about.
    about: Snoozable,
    /// Which.
    id: Uuid,
    /// Until when: a day after today, within two years.
    until: Day,
}

impl Deed for Snooze {
    type Of = ();

    async fn carry_out(self, (): (), work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let mut acting = work.acting();
        let (now, today, line) = (acting.now, acting.today(), self.about.of(self.id));
        let form = BulkForm { line: vec![line.to_string()], until: self.until.0.to_string(), ..BulkForm::default() };
        let until = form
            .parse(today)
            .map_err(|errors| Problem::of_field("until", errors.get("day").unwrap_or("Choose a day")))?;
        let lines: Sorted = std::iter::once(line).collect();
        if put_off(&mut acting, &lines, until).await? == 0 {
            return Err(Problem::conflict("There is nothing to snooze: it is not due yet."));
        }
        let said = format!("Snoozed to {}.", words::day(until, today));
        let taken = [("at", json!(now.as_microsecond())), ("until", json!(until.to_string()))];
        let undo = Undo::by("POST", "/api/v1/today/snoozes/undos").sending(map(taken));
        Ok(Wrote { of: None, is_new: false, said, undo: Some(undo) })
    }
}

/// A press that put lines off is taken back.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeBackSnooze {
    /// When it was, in microseconds since 1970.
    at: i64,
    /// The day it named.
    until: Day,
}

impl Deed for TakeBackSnooze {
    type Of = ();

    async fn carry_out(self, (): (), work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let at = Timestamp::from_microsecond(self.at);
        let at = at.map_err(|_| Problem::of_field("at", "The instant as the answer to the snooze said it"))?;
        let count = take_back(&mut work.acting(), at, self.until.0).await?;
        let said = if count == 0 { "There is nothing to undo." } else { "It's due as before." };
        Ok(Wrote { of: None, is_new: false, said: said.into(), undo: None })
    }
}

kinds! {
    /// What a line that is done with one word is about. A contact's next step is done by what happened with them.
    pub enum Task {
        Promise = "promise", "A promise";
        Task = "task", "A task of a referral";
        Opening = "opening", "An opening's next step";
    }
}

/// A promise, a task or an opening's next step is done.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkDone {
    /// What it is about.
    about: Task,
    /// Which.
    id: Uuid,
}

impl Deed for MarkDone {
    type Of = ();

    async fn carry_out(self, (): (), work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let mut undo = map([("about", json!(self.about)), ("id", json!(self.id))]);
        let said = match self.about {
            Task::Opening => {
                let line = OpeningChangeId::new();
                let done = step_done(&mut work.acting(), OpeningId(self.id), line).await?;
                let done = done.ok_or_else(|| Problem::conflict("There is no next step."))?;
                undo.extend(map([("line", json!(line)), ("step", json!(done.step)), ("on", json!(done.on.map(Day)))]));
                done.step
            }
            other => set_done(work, other, self.id, true).await?,
        };
        let undo = Undo::by("POST", "/api/v1/today/done-marks/undos").sending(undo);
        Ok(Wrote { of: None, is_new: false, said: format!("Done: {said}."), undo: Some(undo) })
    }
}

/// What was done is to be done again.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkNotDone {
    /// What it is about.
    about: Task,
    /// Which.
    id: Uuid,
    /// The line in an opening's history.
    #[serde(default)]
    line: Option<OpeningChangeId>,
    /// An opening's next step.
    #[serde(default)]
    step: Option<String>,
    /// The day it was due on.
    #[serde(default)]
    on: Option<Day>,
}

impl Deed for MarkNotDone {
    type Of = ();

    async fn carry_out(self, (): (), work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let said = match self.about {
            Task::Opening => {
                let line = self.line.ok_or_else(|| Problem::of_field("line", "The line as the answer said it"))?;
                let step = Line::parse(self.step.as_deref().unwrap_or_default());
                let step = step.map_err(|problem| Problem::of_field("step", problem.to_string()))?;
                let next = Next { step, on: self.on.map(|day| day.0) };
                if !step_not_done(&mut work.acting(), OpeningId(self.id), line, &next).await? {
                    return Err(Problem::conflict("Something else has happened since."));
                }
                next.step.as_str().to_owned()
            }
            other => set_done(work, other, self.id, false).await?,
        };
        Ok(Wrote { of: None, is_new: false, said: format!("To do again: {said}."), undo: None })
    }
}

/// Marks a promise or a task. Returns what it is.
async fn set_done(work: &mut Work<'_>, about: Task, id: Uuid, is_done: bool) -> Result<String, Problem> {
    if about == Task::Promise {
        let (by, at) = (work.by, is_done.then_some(work.now()));
        let was = learned::set_done(work.db(), by, ActionItemId(id), at).await?.ok_or_else(Problem::not_found)?;
        return Ok(was.text);
    }
    let set = set_task_done(&mut work.acting(), ReferralTaskId(id), is_done).await?;
    let (_, text) = set.ok_or_else(Problem::not_found)?;
    Ok(text)
}

fn map<const N: usize>(fields: [(&str, Value); N]) -> Map<String, Value> {
    fields.into_iter().map(|(field, value)| (field.to_owned(), value)).collect()
}
