//! Keeping in touch, on a contact's page: how they answer, the rhythm, their dates, and reasons to write.

use jiff::civil::Date;

use super::answers::{Answers, thanks_for_no};
use super::contact::ReasonKind;
use super::forms::keeping::{DateForm, Typed};
use super::queries::dates::DateRow;
use super::queries::reasons::ReasonRow;
use super::queries::show::{ContactDetail, HistoryRow};
use super::wording::{day_in_words, months, named, on_day};
use crate::ids::{ContactDateId, ReasonId};
use crate::playbook::cadence::Cadence;
use crate::playbook::event::{Direction, Event};
use crate::playbook::name::first_name;
use crate::playbook::occasion::DateKind;
use crate::playbook::response::{Response, Responses};
use crate::playbook::standing::{Next, Rhythm};
use crate::playbook::step::Step;
use crate::web::form::Errors;
use crate::web::words;

/// The card, and what belongs to it beside the message.
pub struct KeepingCard {
    /// The kind of their answers.
    pub response: Option<Response>,
    /// How they answer, in words.
    pub responds: String,
    /// How often to write to them.
    pub rhythm: Rhythm,
    /// The rhythm of the settings, in days.
    pub usual: u16,
    /// How fresh the last word is, where the next one would come early.
    pub guard: Option<String>,
    /// What they may have answered, where an answer is awaited.
    pub answers: Option<Answers>,
    /// A line of thanks, after a no.
    pub thanks_for_no: Option<String>,
    /// What was typed into its forms, with faults.
    pub typed: Typed,
    today: Date,
}

impl KeepingCard {
    /// Of that contact on that day, its next step as shown.
    pub fn of(contact: &ContactDetail, next: Option<Next>, cadence: &Cadence, today: Date, typed: Typed) -> Self {
        let events: Vec<Event> = contact
            .history
            .iter()
            .filter(|line| !line.undone)
            .map(|line| Event {
                id: line.id.0,
                kind: line.kind,
                on: line.on,
                until: line.until,
                undoes: None,
                in_writing: false,
            })
            .collect();
        let responses = Responses::of(&events, cadence);
        let rhythm = Rhythm::try_from(contact.keeping.rhythm_days).unwrap_or_default();
        Self {
            response: responses.kind(cadence, today),
            responds: responds(&responses, cadence, today),
            rhythm,
            usual: cadence.rhythm_days.get(),
            guard: next.and_then(|next| guard(contact, next, rhythm, cadence, today)),
            answers: next.and_then(|next| Answers::at(next.step, cadence, today)),
            thanks_for_no: thanks_for_no(contact),
            typed,
            today,
        }
    }

    /// The tone of the tag that says how they answer.
    pub fn response_tone(&self) -> &'static str {
        if self.response == Some(Response::Fast) { "good" } else { "" }
    }

    /// Whether this is the rhythm now.
    pub fn is_rhythm(&self, word: &str) -> bool {
        let now = match self.rhythm {
            Rhythm::Default => "default",
            Rhythm::Days(_) => "own",
            Rhythm::Never => "never",
        };
        now == word
    }

    /// 'Every 30 days', 'Not at all'.
    pub fn rhythm_in_words(&self) -> String {
        match self.rhythm {
            Rhythm::Default => format!("Every {} days, as in the settings", self.usual),
            Rhythm::Days(days) => format!("Every {days} days"),
            Rhythm::Never => "Not at all".into(),
        }
    }

    /// The days in the field: what was typed, else the contact's own, else the settings'.
    pub fn rhythm_days(&self) -> String {
        match (self.typed.rhythm_form.rhythm_days.as_str(), self.rhythm) {
            ("", Rhythm::Days(days)) => days.to_string(),
            ("", _) => self.usual.to_string(),
            (typed, _) => typed.into(),
        }
    }

    /// What is left to fill in of the line of thanks: nothing.
    pub fn no_gaps(&self) -> &'static [String] {
        &[]
    }

    /// 'Birthday', or the user's own word.
    pub fn date_named(&self, row: &DateRow) -> String {
        named(row.kind, row.word.as_deref())
    }

    /// The day, and when it comes next.
    pub fn date_in_words(&self, row: &DateRow) -> String {
        day_in_words(row, self.today)
    }

    /// The form of a date: what was typed, or the date as it is.
    pub fn date_form(&self, row: &DateRow) -> DateForm {
        if self.is_typed(row) { self.typed.date_form.clone() } else { DateForm::of(row) }
    }

    /// What is wrong with the form of a date.
    pub fn date_errors(&self, row: &DateRow) -> Errors {
        if self.is_typed(row) { self.typed.date.clone() } else { Errors::default() }
    }

    /// Whether its form was sent with a fault.
    pub fn is_typed(&self, row: &DateRow) -> bool {
        self.typed.date_of == Some(row.id)
    }

    /// What is wrong with the form of a new date.
    pub fn new_date_errors(&self) -> Errors {
        if self.typed.date_of.is_none() { self.typed.date.clone() } else { Errors::default() }
    }

    /// The form of a new date as typed.
    pub fn new_date_form(&self) -> DateForm {
        if self.typed.date_of.is_none() { self.typed.date_form.clone() } else { DateForm::default() }
    }

    /// The id of a date to be.
    pub fn new_date(&self) -> ContactDateId {
        ContactDateId::new()
    }

    /// The id of a reason to be.
    pub fn new_reason(&self) -> ReasonId {
        ReasonId::new()
    }

    /// What a date may be, as a form lists it.
    pub fn date_kinds(&self) -> Vec<(&'static str, &'static str)> {
        DateKind::choices()
    }

    /// The months, as a form lists them.
    pub fn months(&self) -> Vec<(i8, &'static str)> {
        months()
    }

    /// What a reason may be, as a form lists it.
    pub fn reason_kinds(&self) -> Vec<(&'static str, &'static str)> {
        ReasonKind::choices()
    }

    /// What a reason is, before its words.
    pub fn reason_named(&self, reason: &ReasonRow) -> &'static str {
        if reason.advice { "Their advice, which you acted on" } else { reason.kind.label() }
    }
}

/// 'Answers within a day, as a rule', 'Hasn't answered yet: 12 business days'; empty while nothing was asked.
pub fn responds(responses: &Responses, cadence: &Cadence, today: Date) -> String {
    let days = |n: i32| words::count(n.into(), "business day", "business days");
    let usual = responses.usual_days.map(|usual| match usual {
        0 => "Usually answers the same day.".to_owned(),
        1 => "Usually answers within a day.".to_owned(),
        usual => format!("Usually answers within {}.", days(usual)),
    });
    let open = responses.waiting_days(cadence, today).map(|waited| match (waited, responses.answered) {
        (0, _) => "Asked today.".to_owned(),
        (waited, 0) => format!("Hasn't answered yet: {}.", days(waited)),
        (waited, _) => format!("Your last message has waited {}.", days(waited)),
    });
    [usual, open].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// How fresh the last word is, where the message at hand would come before its day, or sooner than the rhythm allows.
fn guard(contact: &ContactDetail, next: Next, rhythm: Rhythm, cadence: &Cadence, today: Date) -> Option<String> {
    // An acceptance is a word of theirs, too.
    let is_word = |line: &&HistoryRow| !line.undone && (line.kind.is_touch() || line.kind.direction() == Direction::In);
    let word = contact.history.iter().find(is_word)?;
    let (last, mine) = (word.on, word.kind.direction() == Direction::Out);
    let ago = words::days_between(last, today);
    let early = next.due.filter(|due| *due > today);
    let fresh = match next.step {
        Step::Write => {
            let rhythm = rhythm.days(cadence).unwrap_or(cadence.rhythm_days);
            early.is_some() || (contact.keeping.occasion_on.is_some() && ago < i32::from(rhythm.get()))
        }
        // After a word of theirs it is the user's turn; where an answer is awaited, the step itself says since when.
        Step::AskForTalk => mine && early.is_some(),
        _ => false,
    };
    if !fresh {
        return None;
    }
    let name = first_name(&contact.name);
    let happened = match mine {
        true => format!("You wrote to {name} {}.", on_day(last, today)),
        false => format!("You and {name} were in touch {}.", on_day(last, today)),
    };
    let then = match (next.step, early) {
        (Step::Write, Some(due)) => {
            format!(" Unless you have a good reason, wait until {}.", words::day(due, today))
        }
        (Step::Write, None) => " For this occasion that's fine; keep it short.".into(),
        (_, Some(due)) => format!(" It's their turn until {}.", words::full_day(due, today)),
        (_, None) => String::new(),
    };
    Some(format!("{happened}{then}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn how_they_answer_is_said_in_words() {
        let said = |answered, usual_days, waiting_since| {
            let responses = Responses { answered, usual_days, helped: true, waiting_since };
            responds(&responses, &Cadence::default(), date(2026, 11, 24))
        };
        assert_eq!(said(0, None, None), "");
        assert_eq!(said(2, Some(1), None), "Usually answers within a day.");
        assert_eq!(said(2, Some(0), None), "Usually answers the same day.");
        assert_eq!(said(0, None, Some(date(2026, 11, 6))), "Hasn't answered yet: 12 business days.");
        assert_eq!(
            said(1, Some(6), Some(date(2026, 11, 23))),
            "Usually answers within 6 business days. Your last message has waited 1 business day."
        );
    }
}
