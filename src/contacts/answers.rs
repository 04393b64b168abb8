//! What they may have answered: one press each, wherever an answer is awaited.

use jiff::ToSpan;
use jiff::civil::Date;

use super::queries::show::{ContactDetail, HistoryRow};
use super::wording::outcome;
use crate::links::with_query;
use crate::playbook::cadence::Cadence;
use crate::playbook::event::Kind;
use crate::playbook::name::first_name;
use crate::playbook::stage::Stage;
use crate::playbook::step::Step;
use crate::web::words;

/// The answers to offer. Besides these presses there is always 'later', which names a day, and 'named someone else', which
/// has a form of its own.
#[derive(Debug)]
pub struct Answers {
    /// What one press says, the likeliest first; the first has the key `y`.
    pub presses: Vec<(Kind, &'static str)>,
    /// Whether they may have answered in writing: that is a talk, and has a form of its own.
    pub in_writing: bool,
    /// Days to choose for 'later', with their words.
    pub later: [(Date, String); 3],
}

/// The answers a step waits for; none where nobody was asked.
///
/// 'Later' and 'named someone else' are among them, so that no other list offers them a second time.
pub const fn awaited(step: Step) -> &'static [Kind] {
    match step {
        Step::AskSecondPerson | Step::TryAnotherWay => {
            &[Kind::Accepted, Kind::AnsweredYes, Kind::AnsweredNo, Kind::AnsweredLater, Kind::SentOn]
        }
        Step::FollowUp | Step::FollowUpAgain | Step::SendMovingOnNote => {
            &[Kind::AnsweredYes, Kind::AnsweredInWriting, Kind::AnsweredNo, Kind::AnsweredLater, Kind::SentOn]
        }
        Step::SetTime => &[Kind::AnsweredInWriting, Kind::AnsweredNo, Kind::AnsweredLater, Kind::SentOn],
        _ => &[],
    }
}

impl Answers {
    /// What to offer at a step on that day; nothing where no answer is awaited.
    pub fn at(step: Step, cadence: &Cadence, today: Date) -> Option<Self> {
        let own_form = |kind: &Kind| matches!(kind, Kind::AnsweredLater | Kind::AnsweredInWriting | Kind::SentOn);
        let in_writing = awaited(step).contains(&Kind::AnsweredInWriting);
        let presses: Vec<_> =
            awaited(step).iter().filter(|kind| !own_form(kind)).map(|kind| (*kind, outcome(*kind))).collect();
        (!presses.is_empty()).then(|| Self { presses, in_writing, later: later(cadence, today) })
    }

    /// Where the one they named is written down; `back` is the page to return to, empty for the contact's.
    pub fn naming(&self, contact: impl std::fmt::Display, back: impl AsRef<str>) -> String {
        let address = format!("/contacts/{contact}/sent-on");
        match back.as_ref() {
            "" => address,
            back => with_query(&address, &[("back", back)]),
        }
    }

    /// The key of a press, where it has one.
    pub fn key(&self, kind: &Kind) -> &'static str {
        let likely = matches!(kind, Kind::Accepted | Kind::AnsweredYes);
        if likely && self.presses.first().is_some_and(|(first, _)| first == kind) { "y" } else { "" }
    }
}

/// Two weeks, a month and three months ahead, each on a business day.
fn later(cadence: &Cadence, today: Date) -> [(Date, String); 3] {
    [("In two weeks", 14.days()), ("Next month", 1.months()), ("In three months", 3.months())].map(|(said, ahead)| {
        let day = cadence.on_or_after(today.saturating_add(ahead));
        (day, format!("{said}, {}", words::day(day, today)))
    })
}

/// A line of thanks to someone who said no, until one was sent since.
pub fn thanks_for_no(contact: &ContactDetail) -> Option<String> {
    let since_no = |line: &&HistoryRow| line.kind != Kind::AnsweredNo;
    let thanked =
        contact.history.iter().filter(|line| !line.undone).take_while(since_no).any(|line| line.kind == Kind::Thanked);
    (contact.stage == Stage::Declined && !thanked).then(|| {
        let name = first_name(&contact.name);
        format!("Thank you for telling me, {name}. I understand, and I wish you all the best.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn answers_stand_where_somebody_was_asked() {
        let at = |step| Answers::at(step, &Cadence::default(), date(2026, 11, 24));
        for step in Step::ALL {
            assert_eq!(at(*step).is_some(), !awaited(*step).is_empty(), "{step}");
        }
        let asked = at(Step::FollowUp).unwrap();
        assert_eq!(asked.presses[0], (Kind::AnsweredYes, "They said yes"));
        assert_eq!((asked.key(&Kind::AnsweredYes), asked.key(&Kind::AnsweredNo)), ("y", ""));
        assert_eq!(at(Step::SetTime).unwrap().key(&Kind::AnsweredInWriting), "");
        assert!(at(Step::Write).is_none() && at(Step::Request).is_none());
    }

    #[test]
    fn every_answer_may_be_recorded_at_the_stage_its_step_belongs_to() {
        for (stage, steps) in [
            (Stage::Requested, [Step::AskSecondPerson, Step::TryAnotherWay, Step::TryAnotherWay]),
            (Stage::Asked, [Step::FollowUp, Step::SendMovingOnNote, Step::SetTime]),
        ] {
            for step in steps {
                assert!(awaited(step).iter().all(|kind| Kind::offered(stage).contains(kind)), "{step}");
            }
        }
    }

    #[test]
    fn later_is_three_business_days_to_choose_from() {
        let days = later(&Cadence::default(), date(2026, 11, 24)).map(|(day, said)| (day, said));
        assert_eq!(days[0], (date(2026, 12, 8), "In two weeks, 8 December".into()));
        assert_eq!(days[1], (date(2026, 12, 24), "Next month, 24 December".into()));
        assert_eq!(days[2], (date(2027, 2, 24), "In three months, 24 February 2027".into()));
        assert_eq!(later(&Cadence::default(), date(2026, 11, 28))[0].0, date(2026, 12, 14));
    }
}
