//! Writing talks: set, moved, and what became of them.

use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::nothing::Nothing;
use crate::accounts::programs::writer::Work;
use crate::api::answer::Undo;
use crate::api::deed::{Deed, Matching, Wrote};
use crate::api::fields::{fields, number, text, word};
use crate::api::things::Thing;
use crate::database::Day;
use crate::ids::{ContactId, InterviewId};
use crate::interviews::kinds::{Clock, Outcome};
use crate::interviews::queries::{changes, listed};
use crate::interviews::scheduling::appointment::{When, said, set};
use crate::interviews::scheduling::binning;
use crate::interviews::scheduling::clashes;
use crate::interviews::scheduling::form::{Kept, ScheduleForm, as_kept};
use crate::interviews::scheduling::moving::{Moved, move_to};
use crate::interviews::scheduling::when::Which;
use crate::interviews::wrap_up::outcome::{self, Said};
use crate::playbook::talk::Medium;
use crate::web::problem::Problem;

/// A talk to be set.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScheduleTalk {
    /// With whom.
    contact_id: ContactId,
    /// On which day.
    date: Day,
    /// At what time, like 14:30; in writing, until when answers are awaited.
    #[serde(default)]
    time: Option<String>,
    /// By whose clock; the user's where nothing is said.
    #[serde(default)]
    clock: Option<Clock>,
    /// Which one, where the clock shows the time twice.
    #[serde(default)]
    which: Option<Which>,
    /// Where they are, in time: a name like Europe/Paris.
    #[serde(default)]
    their_time_zone: Option<String>,
    /// How many minutes it takes; as the settings have it where nothing is said.
    #[serde(default)]
    #[schemars(range(min = 5, max = 240))]
    minutes: Option<i32>,
    /// How they talk; by video where nothing is said.
    #[serde(default)]
    way: Option<Medium>,
    /// The address of the call, the number, or the place.
    #[serde(default)]
    place: Option<String>,
}

impl Deed for ScheduleTalk {
    type Of = ();

    async fn carry_out(self, (): (), work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let by = work.by;
        let host = listed::host(work.db(), by, self.contact_id, None).await?;
        let host = host.ok_or_else(|| Problem::of_field("contact_id", "There is no such contact"))?;
        let usual = i32::from(work.person().preferences.talk_minutes);
        let form = ScheduleForm {
            date: self.date.0.to_string(),
            time: self.time.unwrap_or_default(),
            clock: self.clock.unwrap_or(Clock::Mine).to_string(),
            which: word(self.which),
            their_zone: self.their_time_zone.or_else(|| host.partner.time_zone.clone()).unwrap_or_default(),
            length: "other".into(),
            minutes: self.minutes.unwrap_or(usual).to_string(),
            way: self.way.unwrap_or(Medium::Video).to_string(),
            place: self.place.unwrap_or_default(),
            ..ScheduleForm::default()
        };
        let (now, id) = (work.now(), InterviewId::new());
        let acting = work.acting();
        let (today, zone, cadence) = (acting.today(), acting.zone, acting.cadence());
        let new = form.parse(zone, today).map_err(|errors| TalkFields::wrong(&errors))?;
        set(&mut *acting.db, by, id, &host.partner, &new, When { now, zone, cadence }).await?;
        let mut text = said(zone, today, &new, &host.partner.name, "The talk is set");
        if new.way != Medium::InWriting {
            let clashes = clashes::clashes(new.starts_at, new.minutes, &host.others, zone, today);
            text.extend(clashes.iter().map(|clash| format!(" {clash}")));
        }
        Ok(Wrote::added(Thing::Interview, id.0, text))
    }
}

fields! {
    /// What is agreed on for a talk.
    TalkFields of ScheduleForm {
        /// On which day.
        date in date ("text", "Option<Day>");
        /// At what time, like 14:30; in writing, until when answers are awaited.
        time in time ("text", "Option<String>");
        /// By whose clock; the user's where nothing is said.
        clock in clock ("text", "Option<Clock>");
        /// Which one, where the clock shows the time twice.
        which in which ("text", "Option<Which>");
        /// Where they are, in time: a name like Europe/Paris.
        their_time_zone in their_zone ("text", "Option<String>");
        /// How many minutes it takes.
        minutes in minutes ("number", "Option<i32>");
        /// How they talk.
        way in way ("text", "Option<Medium>");
        /// The address of the call, the number, or the place.
        place in place ("text", "Option<String>");
    }
}

impl Deed for TalkFields {
    type Of = (Uuid, Matching);

    async fn carry_out(self, (id, matching): Self::Of, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let (by, talk) = (work.by, InterviewId(id));
        let kept = changes::lock(work.db(), by, talk).await?.ok_or_else(Problem::not_found)?;
        matching.holds(work, Thing::Interview, id).await?;
        let mut acting = work.acting();
        let (zone, today) = (acting.zone, acting.today());
        let as_it_is = Kept {
            starts_at: kept.starts_at,
            minutes: kept.minutes,
            way: kept.way,
            place: kept.place.as_deref(),
            their_time_zone: kept.their_time_zone.as_deref(),
            version: kept.version,
        };
        let mut form = as_kept(&as_it_is, zone);
        form.length = "other".into();
        form.minutes = kept.minutes.to_string();
        let mut before = self.put(&mut form);
        if before.contains_key("minutes") {
            before.insert("minutes".into(), kept.minutes.into());
        }
        let new = form.parse(zone, today).map_err(|errors| Self::wrong(&errors))?;
        match move_to(&mut acting, talk, kept.version, &new).await? {
            Moved::Yes { name, is_moved } => {
                let what = if is_moved { "The talk is moved" } else { "Saved" };
                let undo = Undo::by("PATCH", Thing::Interview.path_of(id)).sending(before);
                Ok(Wrote::changed(Thing::Interview, id, said(zone, today, &new, &name, what), Some(undo)))
            }
            Moved::Changed(_) => Err(Problem::changed_since()),
            Moved::Gone => Err(Problem::not_found()),
        }
    }
}

/// What became of a talk.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteOutcome {
    /// It was held, was cancelled, or did not take place.
    pub outcome: Outcome,
}

impl Deed for NoteOutcome {
    type Of = InterviewId;

    async fn carry_out(self, id: InterviewId, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let by = work.by;
        let acting = work.acting();
        let said = Said {
            outcome: self.outcome,
            afterwards: None,
            version: 0,
            zone: acting.zone.clone(),
            today: acting.today(),
            now: acting.now,
            cadence: acting.cadence(),
        };
        let noted = outcome::note(&mut *acting.db, by, id, &said).await?;
        let (_, text) = outcome::answer(id, &said);
        let is_news = noted.is_some_and(|noted| noted.is_news);
        let undo = is_news.then(|| Undo::by("POST", format!("{}/outcomes/undos", Thing::Interview.path_of(id))));
        Ok(Wrote::changed(Thing::Interview, id.0, text, undo))
    }
}

/// What was said of a talk is taken back: it is to come again.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct TakeBackOutcome(#[allow(dead_code, reason = "it has nothing to say")] Nothing);

impl Deed for TakeBackOutcome {
    type Of = InterviewId;

    async fn carry_out(self, id: InterviewId, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let by = work.by;
        let acting = work.acting();
        let (now, today, cadence) = (acting.now, acting.today(), acting.cadence());
        outcome::withdraw(&mut *acting.db, by, id, cadence, today, now).await?;
        Ok(Wrote::changed(Thing::Interview, id.0, "Undone: the talk is to come.", None))
    }
}

/// Into the bin.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct BinTalk(#[allow(dead_code, reason = "it has nothing to say")] Nothing);

impl Deed for BinTalk {
    type Of = InterviewId;

    async fn carry_out(self, id: InterviewId, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let name = binning::delete(&mut work.acting(), id).await?;
        Ok(Wrote::binned(Thing::Interview, id.0, format!("The talk with {name} is in the bin.")))
    }
}

/// Out of the bin.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct RestoreTalk(#[allow(dead_code, reason = "it has nothing to say")] Nothing);

impl Deed for RestoreTalk {
    type Of = InterviewId;

    async fn carry_out(self, id: InterviewId, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let name = binning::restore(&mut work.acting(), id).await?;
        Ok(Wrote::restored(Thing::Interview, id.0, format!("The talk with {name} is back.")))
    }
}
