//! What is said beside the next step: why to wait with a first message, whom to ask instead, and what is left of the ceilings.

use jiff::civil::Date;

use super::ceilings::Ceilings;
use super::draft::Draft;
use super::queries::show::ContactDetail;
use crate::accounts::preferences::Preferences;
use crate::companies::whom_to_ask::{Suggested, second, shared, wait};
use crate::playbook::approach::{free_on, held_back};
use crate::playbook::event::Kind;
use crate::playbook::message::channel::Channel;
use crate::playbook::standing::Next;
use crate::playbook::step::Step;
use crate::playbook::suggestion::Suggestion;

/// What is said beside the next step.
#[derive(Debug, Default)]
pub struct Asking {
    /// The first day on which nothing held the step back; none where nothing ever did.
    pub free_on: Option<Date>,
    /// Why to wait with the first message.
    pub wait: Option<String>,
    /// The best second person there.
    pub second: Option<Suggested>,
    /// Why nobody else there should be asked now.
    pub second_waits: Option<String>,
    /// Whether it is time to ask a second person.
    pub second_is_due: bool,
    /// What is left of this week's requests and this month's notes.
    pub left: Vec<String>,
    /// No request is left, or no note where the message would be one.
    pub is_used_up: bool,
    /// No note is left, and the message would be one.
    pub notes_are_used_up: bool,
    /// The template with which the request could go by e-mail.
    pub by_email: Option<String>,
}

/// Says it for the step shown.
pub fn asking(
    next: Option<Next>,
    contact: &ContactDetail,
    draft: Option<&Draft>,
    preferences: &Preferences,
    today: Date,
) -> Asking {
    let cadence = &preferences.cadence;
    let (people, step) = (&contact.there.0, next.map(|next| next.step));
    let mut asking = Asking::default();
    if let Some(who) = people.iter().find(|person| person.id == contact.id) {
        asking.wait = held_back(who, people, cadence, today).map(|hold| wait(&hold, today));
        asking.free_on = free_on(who, people, cadence, today);
    }
    if step == Some(Step::AskSecondPerson) {
        let person = second(contact.id, people, cadence, today);
        asking.second = person.map(|person| Suggested::of(&Suggestion { person, company: None }, shared(preferences)));
        asking.second_is_due = next.and_then(|next| next.due).is_some_and(|due| due <= today);
        if person.is_none() {
            let others = || people.iter().filter(|other| other.id != contact.id);
            let hold = others().find_map(|other| held_back(other, others(), cadence, today));
            asking.second_waits = hold.map(|hold| wait(&hold, today));
        }
    }
    if step == Some(Step::Request) {
        let ceilings = Ceilings::new(preferences, contact.requests_this_week, contact.notes_this_month, today);
        let week = ceilings.requests.free_since(contact.requests_last_week, cadence.week_of(today), cadence);
        asking.free_on = asking.free_on.max(week);
    }
    let is_request = draft.is_some_and(|draft| matches!(draft.kind, Kind::Requested | Kind::IntroductionAsked));
    if let Some(draft) = draft.filter(|_| is_request) {
        let ceilings = Ceilings::new(preferences, contact.requests_this_week, contact.notes_this_month, today);
        asking.left.extend(ceilings.requests_line(cadence, today));
        asking.is_used_up = ceilings.requests.is_reached();
        if draft.channel == Channel::LinkedinNote {
            asking.left.extend(ceilings.notes_line(cadence, today));
            asking.notes_are_used_up = ceilings.notes.is_reached();
            asking.is_used_up |= asking.notes_are_used_up;
        }
        let by_email = draft.others.iter().find(|other| other.channels.contains(&Channel::Email));
        asking.by_email = by_email.filter(|_| contact.email.is_some()).map(|template| template.key.clone());
    }
    asking
}
