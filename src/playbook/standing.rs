//! Where the user stands with one contact, read from its history: the stage, the one next step, and when it is due.
//!
//! History and settings are all that counts; today only decides how the standing is shown ([`Standing::on`]).
//! *bd* means business days. *D* is the event's date. Every due date is a business day, save three: a talk keeps its own day; a day
//! someone named (put off until, 'later': when) stands, though it be a weekend, unless it is a day off; and thanks, due the next
//! day, wait for no weekend.
//!
//! # What leads where
//!
//! | event | from | to | next step | due |
//! |---|---|---|---|---|
//! | (nothing), found | - | identified | send the request | when picked |
//! | picked | identified, connected | same | same | D |
//! | requested, introduction asked | any, while not in contact yet | requested | ask a second person; on the 7th bd try another way (3B7) | D + 3 bd; D + 7 bd |
//! | introduction declined | requested, while no request and no other plea waits | identified | send the request | D |
//! | second person asked; anybody else at the company asked in any way, from 7 bd before the request on | requested | requested | try another way (3B7) | D of the request + 7 bd |
//! | accepted, introduced, met, replied (late, too) | identified, requested, moved on | connected | ask for a talk | D |
//! | already connected | identified | connected | ask for a talk | when picked |
//! | asked | any but scheduled | asked | follow up | D + 3 bd |
//! | followed up | asked | asked | follow up again, offer it in writing | D + 5 bd |
//! | followed up again | asked | asked | send the moving-on note | D + 5 bd |
//! | met, replied (neither yes nor no) | asked | asked | follow up | D + 3 bd |
//! | answered: yes; scheduled without a date | any but scheduled | asked | agree on a time | D |
//! | followed up | asked, after a yes | asked | agree on a time | D + 3 bd |
//! | answered: later | any but spoke, in touch | connected | ask for a talk | the date named, else one rhythm on |
//! | answered: later | in touch | in touch | write | the date named, else one rhythm on |
//! | answered in writing, named someone else | any but scheduled | spoke | thank them | D + 1 day |
//! | scheduled, talk moved | any | scheduled | prepare; on the talk's day hold it | the bd before the talk, or its day; its day |
//! | scheduled in writing, or moved | any | scheduled | send the questions; on the day the answers are due read them | D; that day |
//! | prepared | scheduled | scheduled | hold it | the talk's day |
//! | cancelled, did not show up | scheduled | asked | agree on a time | D + 1 bd |
//! | cancelled, did not show up | scheduled, after having been in touch | in touch | write | D + 1 bd |
//! | cancelled, did not show up | the same, with thanks owed | spoke | thank | as owed |
//! | held | any | spoke | thank them | D + 1 day, weekends count; late after two bd |
//! | thanked | spoke | in touch | write | D + the contact's rhythm, or none |
//! | any touch | in touch | in touch | write | D + the contact's rhythm, or none |
//! | (a date of theirs comes first) | in touch | in touch | write | the date, or the last bd before it |
//! | moving-on note, moved on | any but declined | moved on | none | - |
//! | answered: no | any | declined | none | - |
//! | reopened | moved on, declined | connected, else identified | ask for a talk; send the request | D |
//! | put off | any | same | same | the date named, else D + 1 bd; preparing not beyond the talk, holding not before it |
//! | done in another way | any | as if the step had been done | | |
//! | dismissed | any | as if the step had been skipped: the one after it, or none on purpose | | |
//! | undone | any | as if the event it names had never been | | |
//!
//! - **Thanks come first.** Whoever asks for another talk, or fixes one, while thanks are owed moves on in stage, but
//!   the next step stays 'thank them' until that is done or dismissed. Thanks already owed keep their day.
//! - **Never back by a weaker event.** What is not in the table for a stage is history only: an acceptance read in from
//!   a file changes nothing for someone the user is in touch with. Asking for a second talk begins anew at *asked*.
//! - **Dates of theirs** (birthdays and the like) count while in touch, for the first time they come after the last touch.
//!   Whichever of rhythm and date is due first is the next step, a date before a rhythm of the same day. Where no bd lies
//!   between the last touch and the date, it is due on the first bd from then on. A touch on the day it is due, or later,
//!   is taken as written for it. Putting off or dismissing goes to the one shown: the rhythm never moves a date, nor a
//!   date the rhythm. 29 February is 28 February in other years; a date with a year does not come before that year.
//! - **None on purpose** is: moved on, declined, in touch without a rhythm and without dates, and after dismissing the request, another way
//!   in, the plea for a talk or the agreeing on a time. A talk that has a date cannot be dismissed.
//! - **While the user is away nothing is due**: the days are days off, so what would fall there is due on the first business
//!   day after.
//! - **Late means late by the user**: lateness is counted in business days, from the due day; for a first message from the day
//!   on which nothing at the company, and no ceiling, held it back ([`approach`](super::approach)); and after a day off, or a time
//!   away, it begins anew on the day of return ([`Next::days_late`]).
//! - **After the search** most steps rest without losing their place; which, says [`ending`](super::ending).
//!
//! # Where the numbers come from
//!
//! | number | source |
//! |---|---|
//! | second person 3 bd, another way 7 bd | 3B7, Dalton, *The 2-Hour Job Search*; Duke career centre's hand-out |
//! | first follow-up 3 bd | half of all mail is answered within an hour and 90 % within two days (USC, 16 billion mails) |
//! | second follow-up 5 bd, moving-on note 5 bd | a week of business days each; our choice |
//! | thank-you the next day, late after two bd | custom |
//! | rhythm 30 days | our choice |
//! | rhythm after the search: 90 days or the contact's own if that is longer; or none; or as before | our choice |
//!
//! All of them are settings ([`Cadence`]).

use jiff::{ToSpan, civil::Date};
use uuid::Uuid;

use super::{
    business_days::{NotACadence, RhythmDays},
    cadence::Cadence,
    event::Kind,
    occasion::YearlyDay,
    stage::Stage,
    step::Step,
};

/// How often to write to one contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rhythm {
    /// As often as the settings say.
    #[default]
    Default,
    /// As often as this.
    Days(RhythmDays),
    /// Not at all.
    Never,
}

impl Rhythm {
    /// The days from one touch to the next reason to write; `None` for never.
    pub fn days(self, cadence: &Cadence) -> Option<RhythmDays> {
        let own = self.while_searching(cadence)?;
        cadence.after_search.map_or(Some(own), |keep_up| keep_up.rhythm(own))
    }

    /// The same, whether or not the search is over.
    pub fn while_searching(self, cadence: &Cadence) -> Option<RhythmDays> {
        match self {
            Self::Default => Some(cadence.rhythm_days),
            Self::Days(days) => Some(days),
            Self::Never => None,
        }
    }

    /// As it is kept with a contact: nothing for the settings' own, 0 for never, else the days.
    pub fn kept(self) -> Option<i16> {
        match self {
            Self::Default => None,
            Self::Days(days) => i16::try_from(days.get()).ok(),
            Self::Never => Some(0),
        }
    }
}

/// Someone else at the contact's company was asked: when, and by which touchpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct AskedThere {
    /// The civil date of it.
    pub on: Date,
    /// The touchpoint; among events of one day the smaller one came first.
    pub id: Uuid,
}

/// What counts beside the contact's own history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Beside<'d> {
    /// How often to write once in touch.
    pub rhythm: Rhythm,
    /// Dates of theirs, which no rhythm moves.
    pub dates: &'d [YearlyDay],
    /// When others at their company were asked to connect, to be introduced or for a talk.
    pub asked_there: &'d [AskedThere],
}

/// The rhythm alone.
impl From<Rhythm> for Beside<'_> {
    fn from(rhythm: Rhythm) -> Self {
        Self { rhythm, ..Self::default() }
    }
}

/// Reads what [`Rhythm::kept`] wrote.
impl TryFrom<Option<i16>> for Rhythm {
    type Error = NotACadence;
    fn try_from(kept: Option<i16>) -> Result<Self, Self::Error> {
        match kept {
            None => Ok(Self::Default),
            Some(0) => Ok(Self::Never),
            Some(days) => Ok(Self::Days(u16::try_from(days).map_err(|_| NotACadence::RhythmDays)?.try_into()?)),
        }
    }
}

/// The one thing to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Next {
    /// What to do.
    pub step: Step,
    /// When, as a civil date in the user's zone; `None` until the contact is picked for a week.
    pub due: Option<Date>,
}

impl Next {
    /// The step as it is shown on `today`: what [turns](Step::turns_into) into another has turned once `turns_on` has come.
    pub fn on(self, turns_on: Option<Date>, today: Date) -> Self {
        match (self.step.turns_into(), turns_on) {
            (Some(step), Some(day)) if day <= today => Self { step, due: Some(day) },
            _ => self,
        }
    }

    /// The last day on which the step is not late: its due date; for a thank-you two business days from the day before it.
    pub fn in_time_until(self, cadence: &Cadence) -> Option<Date> {
        let due = self.due?;
        Some(if self.step == Step::Thank { cadence.add_business_days(due.saturating_sub(1.day()), 2) } else { due })
    }

    /// For how many business days the user could have done it, and did not. `free_on` is the day on which the product let it go,
    /// where it held it back.
    pub fn days_late(self, free_on: Option<Date>, cadence: &Cadence, today: Date) -> i32 {
        let last = self.in_time_until(cadence).map(|last| free_on.map_or(last, |free| free.max(last)));
        last.map_or(0, |last| days_late(last, cadence, today))
    }

    /// Whether the step is late on `today`, by its own dates.
    pub fn is_late(self, cadence: &Cadence, today: Date) -> bool {
        self.days_late(None, cadence, today) > 0
    }
}

/// How many business days something that was in time until `last` is late on `today`. After days off it begins anew on the day of
/// return: the first day on which it is not late.
pub fn days_late(last: Date, cadence: &Cadence, today: Date) -> i32 {
    let back = cadence.back_between(last, today);
    cadence.business_days_between(back.unwrap_or(last), today).max(0)
}

/// Where the user stands with one contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The stage.
    pub stage: Stage,
    /// The one next step; `None` on purpose (see the module's table).
    pub next: Option<Next>,
    /// The date of theirs `next` is for, if it is to write for one.
    pub occasion: Option<Date>,
    /// The day on which `next` becomes by itself [what follows it](Step::turns_into), if it does.
    pub turns_on: Option<Date>,
    /// The day of the talk that is scheduled.
    pub talk_on: Option<Date>,
    /// The last time the two were really in contact.
    pub last_touch: Option<Date>,
    /// When the last connection request or plea for an introduction was sent.
    pub requested_on: Option<Date>,
    /// When a talk was last asked for.
    pub asked_on: Option<Date>,
    /// What made `next` the next step, and when.
    pub after: Option<(Kind, Date)>,
}

impl Standing {
    /// The next step as it is shown on `today`.
    pub fn on(&self, today: Date) -> Option<Next> {
        self.next.map(|next| next.on(self.turns_on, today))
    }
}
