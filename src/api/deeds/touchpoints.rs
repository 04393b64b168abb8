//! Writing down what happened with a contact, and taking it back.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::nothing::Nothing;
use crate::accounts::programs::writer::Work;
use crate::api::answer::Undo;
use crate::api::deed::{Deed, Wrote};
use crate::api::fields::word;
use crate::api::queries::{Resource, Touchpoint};
use crate::api::things::Thing;
use crate::contacts::contact::NewTouchpoint;
use crate::contacts::forms::touchpoint::{TouchpointForm, is_recordable};
use crate::contacts::record::Recorded;
use crate::contacts::wording::{next_in_words, said};
use crate::contacts::writing_down::{take_back, write_down};
use crate::database::Day;
use crate::ids::{ContactId, TouchpointId};
use crate::playbook::event::Kind;
use crate::playbook::message::channel::Channel;
use crate::referrals::record::{self as referrals, Change};
use crate::web::problem::Problem;

/// What happened with a contact. Nothing is sent to anyone: it says what the user did, or what they did.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WriteDown {
    /// With whom.
    pub contact_id: ContactId,
    /// What.
    #[schemars(schema_with = "recordable")]
    pub kind: Kind,
    /// On which day, where the user was; today where nothing is said.
    #[serde(default)]
    pub on: Option<Day>,
    /// For 'answered_later': from when on.
    #[serde(default)]
    pub until: Option<Day>,
    /// By which way a message went.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// The words of a message that the user sent, or of what they wrote.
    #[serde(default)]
    #[schemars(length(max = 20_000))]
    pub body: Option<String>,
    /// What to remember of it; for 'done_otherwise', how it was done.
    #[serde(default)]
    #[schemars(length(max = 2_000))]
    pub note: Option<String>,
}

/// What can be written down by hand.
fn recordable(_: &mut SchemaGenerator) -> Schema {
    let kinds: Vec<&str> = Kind::ALL
        .iter()
        .filter(|kind| is_recordable(**kind) || **kind == Kind::DoneOtherwise)
        .map(|kind| kind.as_str())
        .collect();
    json_schema!({ "type": "string", "enum": kinds })
}

/// A line of a history that is there now.
pub fn written(id: TouchpointId, said: String) -> Wrote {
    let undo = Undo::by("POST", format!("{}/undos", Thing::Touchpoint.path_of(id)));
    Wrote { of: Some((Thing::Touchpoint, id.0)), is_new: true, said, undo: Some(undo) }
}

impl Deed for WriteDown {
    type Of = ();

    async fn carry_out(self, (): (), work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let id = TouchpointId::new();
        let form = TouchpointForm {
            kind: self.kind.to_string(),
            on: word(self.on.map(|day| day.0)),
            until: word(self.until.map(|day| day.0)),
            channel: word(self.channel),
            body: self.body.unwrap_or_default(),
            note: self.note.unwrap_or_default(),
            ..TouchpointForm::default()
        };
        let mut acting = work.acting();
        let today = acting.today();
        let new: NewTouchpoint = form.parse(id, acting.zone, acting.now, today)?;
        match write_down(&mut acting, self.contact_id, new, &form).await? {
            Recorded::Yes(standing) => {
                Ok(written(id, format!("{} {}", said(self.kind), next_in_words(&standing, today))))
            }
            Recorded::Again | Recorded::NothingToUndo => Err(Problem::conflict("This was written down before.")),
            Recorded::NoContact => Err(Problem::of_field("contact_id", "There is no such contact")),
        }
    }
}

/// A line is taken back.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct TakeBack(#[allow(dead_code, reason = "it has nothing to say")] Nothing);

impl Deed for TakeBack {
    type Of = TouchpointId;

    async fn carry_out(self, id: TouchpointId, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let by = work.by;
        let line = Touchpoint::one(work.db(), by.into(), id.0).await?.ok_or_else(Problem::not_found)?;
        let mut acting = work.acting();
        let said = match line.referral_id {
            None => take_back(&mut acting, line.contact_id, id).await?,
            Some(referral) => {
                let (now, today, cadence) = (acting.now, acting.today(), acting.cadence());
                match referrals::take_back(&mut *acting.db, by, referral, id, cadence, today, now).await? {
                    Change::Done(_) => Some("Undone.".to_owned()),
                    Change::Gone => return Err(Problem::not_found()),
                    Change::Taken(_) => {
                        return Err(Problem::conflict("They already have this referral for the same opening."));
                    }
                    _ => None,
                }
            }
        };
        let said = said.unwrap_or_else(|| "It was undone before.".into());
        Ok(Wrote::changed(Thing::Touchpoint, id.0, said, None))
    }
}
