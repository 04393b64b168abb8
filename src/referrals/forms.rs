//! The forms of what becomes of a referral.

use serde::Deserialize;

use crate::playbook::message::gaps::Written;

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
