//! The forms of what becomes of a referral.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

use super::state::Move;
use crate::contacts::contact::NewTouchpoint;
use crate::error::Result;
use crate::ids::TouchpointId;
use crate::openings::form::past_date;
use crate::playbook::message::channel::Channel;
use crate::playbook::message::gaps::Written;
use crate::playbook::referral::Mechanic;
use crate::text::Text;
use crate::web::form::Errors;

/// The form of a move; each move reads what it needs.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct MoveForm {
    /// Of the line in the history, made when the form is drawn, so that a second press does nothing.
    pub id: String,
    pub on: String,
    pub body: String,
    pub channel: String,
    pub template: String,
    /// Which wording of the template was drawn.
    pub wording: String,
    /// Which form it was: `message`, or `else` for what was sent instead of it.
    pub from: String,
    /// What was written in the fields for what the message left open.
    #[serde(flatten)]
    pub gaps: Written,
    /// Only to put what was written there into the text.
    pub fill: String,
    /// With its gaps: sent as it is.
    pub as_is: String,
    pub way: String,
    pub details: String,
    pub back: String,
}

/// The form, understood.
pub struct Understood {
    /// What happens.
    pub taken: Move,
    /// Its line in the contact's history.
    pub touchpoint: NewTouchpoint,
    /// What is noted of the referral.
    pub details: Option<Text<4_000>>,
}

/// Makes the move of the way chosen, or says what is missing.
pub type Read = fn(Option<Mechanic>) -> Result<Move, &'static str>;

/// Reads the form. Faults go to `errors`, and then there is nothing.
pub fn understand(read: Read, form: &MoveForm, errors: &mut Errors, today: Date, now: Timestamp) -> Option<Understood> {
    let id = errors.optional::<TouchpointId, _>("id", &form.id, |t| {
        t.parse().map_err(|_| "Load the page again, then press once more")
    });
    let on = past_date(errors, "on", &form.on, today).unwrap_or(today);
    let body = errors.take("body", Text::parse_optional(&form.body));
    let details = errors.take("details", Text::parse_optional(&form.details));
    let channel =
        errors.optional::<Channel, _>("channel", &form.channel, |t| t.parse().map_err(|_| "Choose one from the list"));
    let way = errors.optional::<Mechanic, _>("way", &form.way, |t| t.parse().map_err(|_| "Choose one from the list"));
    let taken = if errors.get("way").is_none() { errors.take("way", read(way)) } else { None };
    if !errors.is_empty() {
        return None;
    }
    let taken = taken?;
    let new = NewTouchpoint { id: id.unwrap_or_else(TouchpointId::new), ..NewTouchpoint::new(taken.kind(), on, now) };
    let touchpoint =
        if taken.kind().is_outgoing_message() { NewTouchpoint { channel, body: body?, ..new } } else { new };
    Some(Understood { taken, touchpoint, details: details? })
}
