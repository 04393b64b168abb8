//! The form of a line of the history.

use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::keeping::Typed;
use crate::contacts::contact::NewTouchpoint;
use crate::contacts::wording::still_to_fill_in;
use crate::error::Result;
use crate::ids::TouchpointId;
use crate::playbook::event::Kind;
use crate::playbook::message::channel::Channel;
use crate::playbook::message::gaps::{Written, gaps};
use crate::playbook::stage::Stage;
use crate::text::Text;
use crate::web::form::Errors;
use crate::web::words;

/// Everything that may be recorded by hand, the likeliest for this stage first.
pub fn recordable(stage: Stage) -> Vec<Kind> {
    let mut kinds = Kind::offered(stage).to_vec();
    for kind in Kind::ALL {
        if !kinds.contains(kind) && is_recordable(*kind) {
            kinds.push(*kind);
        }
    }
    kinds
}

/// Whether a kind may be recorded by hand at some stage.
pub fn is_recordable(kind: Kind) -> bool {
    Stage::ALL.iter().any(|stage| Kind::offered(*stage).contains(&kind))
}

/// The form as typed. A press of one button sends little of it.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct TouchpointForm {
    /// The touchpoint to be: sent twice, the form adds it once.
    pub id: String,
    pub kind: String,
    /// The day it happened; empty for today.
    pub on: String,
    /// For 'they said later': when.
    pub until: String,
    pub channel: String,
    pub body: String,
    pub note: String,
    pub template: String,
    /// Which wording of the template was drawn.
    pub wording: String,
    /// What they offered, of which the message reminds them.
    pub promise: String,
    /// What was written in the fields for what the message left open.
    #[serde(flatten)]
    pub gaps: Written,
    /// Only to put what was written there into the text.
    pub fill: String,
    /// With its gaps: sent as it is.
    pub as_is: String,
    /// Without the words that stand in the composer.
    pub bare: String,
    /// The reason to write the message was made of.
    pub reason: String,
    /// Which form of the page it was: `message`, `reminder`, `else` (what was sent instead), `otherwise` or the history's.
    pub from: String,
    pub back: String,
}

impl TouchpointForm {
    /// Reads the form of a message or of an event. `Err` is the page to draw again.
    ///
    /// A composer's message that still has gaps is no touchpoint yet, unless it is to be sent as it is.
    pub fn read(
        mut self,
        id: TouchpointId,
        zone: &TimeZone,
        now: Timestamp,
        today: Date,
    ) -> Result<NewTouchpoint, Box<Faults>> {
        self.body = self.gaps.close(&self.body);
        if !self.fill.is_empty() {
            return Err(Box::new(Faults { typed: self, ..Faults::default() }));
        }
        let new = match self.parse(id, zone, now, today) {
            Ok(new) => new,
            Err(errors) => return Err(Box::new(self.faults(errors))),
        };
        let body = new.body.as_ref().map_or("", Text::as_str);
        if !(self.is_composed() && self.as_is.is_empty()) || gaps(body).is_empty() {
            return Ok(new);
        }
        let mut message = Errors::default();
        message.add("body", still_to_fill_in(body));
        Err(Box::new(Faults { message, is_unfinished: true, typed: self, ..Faults::default() }))
    }

    /// Whether it is one of the page's composers.
    pub fn is_composed(&self) -> bool {
        matches!(self.from.as_str(), "message" | "reminder")
    }

    pub fn parse(
        &self,
        id: TouchpointId,
        zone: &TimeZone,
        now: Timestamp,
        today: Date,
    ) -> Result<NewTouchpoint, Errors> {
        let mut errors = Errors::default();
        let kind = errors.choose::<Kind>("kind", &self.kind).filter(|kind| {
            let known = is_recordable(*kind) || *kind == Kind::DoneOtherwise;
            if !known {
                errors.add("kind", "Choose one from the list");
            }
            known
        });
        let on = errors.optional_date("on", &self.on).unwrap_or(today);
        if on > today {
            errors.add("on", "This day has not come yet");
        } else if words::days_between(on, today) > 3_660 {
            errors.add("on", "More than ten years ago is too long to matter");
        }
        let until = errors.optional_date("until", &self.until).filter(|_| kind.is_some_and(Kind::takes_date));
        if until.is_some_and(|until| until <= on || until > today.saturating_add(5.years())) {
            errors.add("until", "Later than the day they said it, and within five years");
        }
        let channel = errors.optional::<Channel, _>("channel", &self.channel, |word| {
            word.parse().map_err(|_| "Choose one from the list")
        });
        let body =
            if self.bare.is_empty() { errors.take("body", Text::parse_optional(&self.body)) } else { Some(None) };
        let note = errors.take("note", Text::parse_optional(&self.note));
        if kind == Some(Kind::DoneOtherwise) && note == Some(None) {
            errors.add("note", "Say how you did it");
        }
        errors.give(|| {
            let kind = kind?;
            let at = if on == today { Some(now) } else { zone.to_timestamp(on.at(12, 0, 0, 0)).ok() };
            Some(NewTouchpoint {
                id,
                until,
                channel: channel.filter(|_| kind.is_outgoing_message()),
                body: body?,
                note: note?,
                ..NewTouchpoint::new(kind, on, at.unwrap_or(now))
            })
        })
    }

    pub fn faults(self, errors: Errors) -> Faults {
        match self.from.as_str() {
            "message" | "reminder" => Faults { message: errors, typed: self, ..Faults::default() },
            "else" => Faults { instead: errors, typed: self, ..Faults::default() },
            "otherwise" => Faults { otherwise: errors, typed: self, ..Faults::default() },
            _ => Faults { history: errors, typed: self, ..Faults::default() },
        }
    }
}

/// What was wrong with a form of the page, and what was typed into it.
#[derive(Default)]
pub struct Faults {
    pub message: Errors,
    /// The message has gaps, and is sent as it is only when that is said.
    pub is_unfinished: bool,
    /// Of what was sent instead of the message.
    pub instead: Errors,
    pub otherwise: Errors,
    pub history: Errors,
    pub typed: TouchpointForm,
    pub snooze: Errors,
    pub snooze_until: String,
    pub dismissal: Errors,
    pub dismissal_note: String,
    pub keeping: Typed,
}
