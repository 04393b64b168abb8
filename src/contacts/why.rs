//! Why the next step is the next step, in sentences: the same on a contact's page and in the lines of Today. They say what happened,
//! and claim nothing else.

use jiff::civil::Date;

use super::wording::on_day;
use crate::playbook::event::Kind;
use crate::playbook::message::phrase::ended;
use crate::playbook::standing::Next;
use crate::playbook::step::Step;
use crate::web::words;

/// For how many days something is fresh.
const FRESH: i32 = 3;

/// What is known about a step.
#[derive(Debug, Clone)]
pub struct Why<'a> {
    /// The step as it is shown today.
    pub next: Next,
    /// What made it the next step, and when.
    pub after: Option<(Kind, Date)>,
    pub requested_on: Option<Date>,
    pub asked_on: Option<Date>,
    pub talk_on: Option<Date>,
    pub last_touch_on: Option<Date>,
    /// The talk it belongs to is held in writing.
    pub in_writing: bool,
    /// Where they work.
    pub there: Option<&'a str>,
    /// Who can introduce them.
    pub introducer: Option<&'a str>,
    /// The date of theirs it is for: 'Birthday on Thursday'.
    pub occasion: Option<String>,
}

impl Why<'_> {
    /// What happened, and what to do about it.
    pub fn in_full(&self, today: Date) -> String {
        [self.happened(today), Some(self.advice(today))].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// What happened, as one sentence; nothing where nothing has.
    pub fn happened(&self, today: Date) -> Option<String> {
        let day = |date: Option<Date>| date.map(|date| format!(" {}", on_day(date, today))).unwrap_or_default();
        let (kind, since) = self.after.unzip();
        let since = day(since);
        let silent = if self.waits(today) { "" } else { ", and there is no answer yet" };
        let said = match (self.next.step, kind) {
            (Step::Write, _) if self.occasion.is_some() => format!("{}.", self.occasion.as_deref().unwrap_or_default()),
            (Step::Request, Some(Kind::IntroductionDeclined)) => format!("The introduction was declined{since}."),
            (Step::Request | Step::AskForTalk, Some(Kind::Reopened)) => format!("You started again{since}."),
            (Step::Request, _) if self.introducer.is_some() => {
                format!("{} can introduce you.", self.introducer.unwrap_or_default())
            }
            (Step::Request, _) if self.next.due.is_none() => "You haven't contacted them yet.".into(),
            (Step::Request, _) => return None,
            (Step::AskSecondPerson | Step::TryAnotherWay, Some(Kind::IntroductionAsked)) => {
                format!("You asked for an introduction{}{silent}.", day(self.requested_on))
            }
            (Step::AskSecondPerson | Step::TryAnotherWay, _) => {
                format!("You sent a request{}{silent}.", day(self.requested_on))
            }
            (Step::AskForTalk, Some(Kind::Accepted)) => format!("They accepted{since}."),
            (Step::AskForTalk, Some(Kind::Introduced)) => format!("You were introduced{since}."),
            (Step::AskForTalk | Step::FollowUp, Some(Kind::Met)) => format!("You met{since}."),
            (Step::AskForTalk, Some(Kind::Replied)) => format!("They wrote to you{since}."),
            (Step::AskForTalk | Step::Write, Some(Kind::AnsweredLater)) => format!("They asked for some time{since}."),
            (Step::AskForTalk, _) => "You are connected.".into(),
            (Step::FollowUp, Some(Kind::Replied)) => format!("They wrote to you{since}, neither yes nor no."),
            (Step::FollowUp, Some(Kind::DoneOtherwise)) => format!("You proposed a time{since}{silent}."),
            (Step::FollowUpAgain, Some(Kind::FollowedUp)) => format!("You followed up{since}{silent}."),
            (Step::FollowUp | Step::FollowUpAgain | Step::SendMovingOnNote, _) => {
                format!("You asked for a talk{}{silent}.", day(self.asked_on))
            }
            (Step::SetTime | Step::Write, Some(Kind::Cancelled)) => format!("The talk was cancelled{since}."),
            (Step::SetTime | Step::Write, Some(Kind::NoShow)) => format!("They didn't come to the talk{since}."),
            (Step::SetTime, Some(Kind::FollowedUp)) => format!("You asked for a time{since}{silent}."),
            (Step::SetTime, Some(Kind::AnsweredYes)) => format!("They said yes{since}."),
            (Step::SetTime, _) => "You have no time for the talk yet.".into(),
            (Step::Prepare | Step::Hold, _) => self.talk(today)?,
            (Step::Thank, Some(Kind::Held)) => format!("You spoke{since}."),
            (Step::Thank, Some(Kind::AnsweredInWriting)) => format!("They answered you in writing{since}."),
            (Step::Thank, Some(Kind::SentOn)) => format!("They suggested someone else{since}."),
            (Step::Thank, _) => self.last_touch_on.map(|on| format!("They helped you {}.", on_day(on, today)))?,
            (Step::Write, _) => {
                self.last_touch_on.map(|on| format!("You were last in touch {}.", on_day(on, today)))?
            }
        };
        Some(said)
    }

    /// The talk that comes, or should have been.
    fn talk(&self, today: Date) -> Option<String> {
        let talk = self.talk_on?;
        let on = on_day(talk, today);
        Some(match (self.in_writing, words::days_between(today, talk)) {
            (false, 0..) => format!("You talk {on}."),
            (false, _) => format!("You were to talk {on}."),
            (true, 1..) => format!("They answer by {}.", words::day(talk, today)),
            (true, 0) => "Their answers are due today.".into(),
            (true, _) => format!("Their answers were due {on}."),
        })
    }

    /// What to do, now or on the day it is due.
    fn advice(&self, today: Date) -> String {
        let there = self.there.unwrap_or("their company");
        let kind = self.after.map(|(kind, _)| kind);
        let fresh = self.after.is_some_and(|(_, on)| words::days_between(on, today) < FRESH);
        let due = self.next.due.filter(|_| self.waits(today));
        let by = due.map(|due| by(due, today)).unwrap_or_default();
        let on = due.map(|due| on_the(due, today)).unwrap_or_default();
        let waits = due.is_some();
        match self.next.step {
            Step::Request if self.introducer.is_some() => "Ask for that first, or write to them yourself.".into(),
            Step::Request if self.next.due.is_none() => "Pick them for this week, or write right away.".into(),
            Step::Request => "Say in a line what connects you.".into(),
            Step::AskSecondPerson if waits => {
                ended(&format!("If you hear nothing by {by}, also ask someone else at {there}"))
            }
            Step::AskSecondPerson => ended(&format!("Also ask someone else at {there}")),
            Step::TryAnotherWay if waits => format!("If you hear nothing by {by}, try another way."),
            Step::TryAnotherWay if kind == Some(Kind::IntroductionAsked) => {
                "Write to them yourself, ask someone else, or move on.".into()
            }
            Step::TryAnotherWay => "Try an e-mail or an introduction, or move on.".into(),
            Step::AskForTalk if self.next.due.is_none() => "Pick them for this week, or ask right away.".into(),
            Step::AskForTalk if kind == Some(Kind::AnsweredLater) && waits => format!("Ask again {on}."),
            Step::AskForTalk if kind == Some(Kind::AnsweredLater) => "Now is the time to ask again.".into(),
            Step::AskForTalk if fresh && waits => format!("Ask while it's fresh, or {on}."),
            Step::AskForTalk if waits => format!("Ask for a talk {on}."),
            Step::AskForTalk if fresh => "Ask while it's fresh.".into(),
            Step::AskForTalk => "Ask for a talk.".into(),
            Step::FollowUp if waits => format!("If you hear nothing by {by}, follow up."),
            Step::FollowUp => "Offer a second time to choose from.".into(),
            Step::FollowUpAgain if waits => format!("If you hear nothing by {by}, offer to take it in writing."),
            Step::FollowUpAgain => "Offer to take it in writing.".into(),
            Step::SendMovingOnNote if waits => format!("If you hear nothing by {by}, send the moving-on note."),
            Step::SendMovingOnNote => "Close it kindly; the door stays open.".into(),
            Step::SetTime => match (kind, waits) {
                (Some(Kind::Cancelled | Kind::NoShow), true) => format!("Offer two new times now, or {on}."),
                (Some(Kind::Cancelled | Kind::NoShow), false) => "Offer two new times.".into(),
                (Some(Kind::FollowedUp), true) => format!("If you hear nothing by {by}, ask once more."),
                (Some(Kind::FollowedUp), false) => "Ask once more, with two times.".into(),
                (_, true) => format!("Suggest two times now, or {on}, then schedule the talk."),
                (_, false) => "Suggest two times, then schedule the talk.".into(),
            },
            Step::Prepare if self.in_writing => "Send your questions soon, so that they have time for them.".into(),
            Step::Prepare => "Take half an hour to read up.".into(),
            Step::Hold if self.in_writing && waits => "Write down what they say.".into(),
            Step::Hold if self.in_writing => "Write down what they say, or remind them kindly.".into(),
            Step::Hold if self.talk_on.is_some_and(|talk| talk < today) => "Say how it went.".into(),
            Step::Hold => "Say afterwards how it went.".into(),
            Step::Thank if fresh => "Thank them while it's fresh.".into(),
            Step::Thank => "Thank them: late is better than never.".into(),
            Step::Write if self.occasion.is_some() => "That is reason enough to write.".into(),
            Step::Write => match (kind, waits) {
                (Some(Kind::Cancelled | Kind::NoShow), _) => "Offer another time, or leave it for now.".into(),
                (Some(Kind::AnsweredLater), true) => format!("Write again {on}."),
                (Some(Kind::AnsweredLater), false) => "Now is the time to write again.".into(),
                _ => "Write with a reason: advice you followed, news, something you kept for them.".into(),
            },
        }
    }

    /// Whether its day is still to come.
    fn waits(&self, today: Date) -> bool {
        self.next.due.is_some_and(|due| due > today)
    }
}

/// 'tomorrow', 'Friday', 'Friday 11 December': after 'by'.
pub fn by(date: Date, today: Date) -> String {
    match words::days_between(today, date) {
        ..=6 => words::day(date, today),
        _ => words::full_day(date, today),
    }
}

/// 'tomorrow', 'on Friday', 'on Friday 11 December'.
fn on_the(date: Date, today: Date) -> String {
    match words::days_between(today, date) {
        ..=1 => by(date, today),
        _ => format!("on {}", by(date, today)),
    }
}

#[cfg(test)]
#[path = "why/tests.rs"]
mod tests;
