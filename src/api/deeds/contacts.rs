//! Writing contacts.

use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::nothing::Nothing;
use crate::accounts::programs::writer::Work;
use crate::api::answer::Undo;
use crate::api::deed::{Deed, Matching, Wrote};
use crate::api::fields::{fields, number, text, tick};
use crate::api::things::Thing;
use crate::contacts::adding::{self, Added};
use crate::contacts::binning;
use crate::contacts::form::ContactForm;
use crate::contacts::queries::edit as queries;
use crate::contacts::saving::{self, Outcome};
use crate::contacts::setting_aside;
use crate::database::Restored;
use crate::ids::{ContactId, TouchpointId};
use crate::playbook::warmth::{Closeness, Warmth};
use crate::text::Text;
use crate::web::problem::Problem;

fields! {
    /// What is known of a person.
    ContactFields of ContactForm {
        /// Their name.
        name in name ("text", "Option<String>");
        /// Where they work; a company that is not on the list is put there.
        company in company ("text", "Option<String>");
        /// What they do there.
        job_title in job_title ("text", "Option<String>");
        /// Their profile on a network.
        profile_url in profile ("text", "Option<String>");
        /// Their e-mail address.
        email in email ("text", "Option<String>");
        /// Their pronouns.
        pronouns in pronouns ("text", "Option<String>");
        /// Their telephone number.
        phone in phone ("text", "Option<String>");
        /// Where they live.
        place in place ("text", "Option<String>");
        /// Where they live, in time: a name like Europe/Paris.
        time_zone in time_zone ("text", "Option<String>");
        /// How one knows them.
        warmth in warmth ("text", "Option<Warmth>");
        /// How near their work is to the role that is looked for.
        closeness in closeness ("text", "Option<Closeness>");
        /// Why them.
        why in why ("text", "Option<String>");
        /// The id of who introduced them, or can.
        introduced_by in introduced_by ("text", "Option<Uuid>");
        /// What was noted about them.
        notes in notes ("text", "Option<String>");
        /// Whether their profile was looked at, and is in use.
        live_profile in live_profile ("tick", "bool");
        /// Whether one writes to them as the settings have it (default), never, or after days of their own.
        rhythm in rhythm ("text", "Option<String>");
        /// After how many days, where they have their own.
        rhythm_days in rhythm_days ("number", "Option<i32>");
        /// Until when they are kept.
        retain_until in retain_until ("text", "Option<crate::database::Day>");
        /// Whether one is connected with them already; only when they are added.
        connected in connected ("tick", "bool");
        /// Whether they are picked for this week; only when they are added.
        pick in pick ("tick", "bool");
        /// Added although the user asked to forget them; only when they are added.
        anyway in anyway ("tick", "bool");
    }
}

/// A contact to be added: a name is enough.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct AddContact(ContactFields);

impl Deed for AddContact {
    type Of = ();

    async fn carry_out(self, (): (), work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let (id, mut form) = (ContactId::new(), ContactForm::empty());
        self.0.put(&mut form);
        let meant = form.parse().map_err(|errors| ContactFields::wrong(&errors))?;
        match adding::add(&mut work.acting(), id, &meant, &form).await? {
            Added::Yes | Added::Before => {
                Ok(Wrote::added(Thing::Contact, id.0, format!("Added {}.", meant.name.as_str())))
            }
            Added::No(errors, _) => Err(ContactFields::wrong(&errors)),
            Added::Forgotten => {
                Err(Problem::conflict("You asked to forget them. Send 'anyway' to add them all the same."))
            }
        }
    }
}

/// What is changed of a contact.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct ChangeContact(ContactFields);

impl Deed for ChangeContact {
    type Of = (Uuid, Matching);

    async fn carry_out(self, (id, matching): Self::Of, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let (by, contact) = (work.by, ContactId(id));
        let kept = queries::find(work.db(), by, contact).await?.ok_or_else(Problem::not_found)?;
        matching.holds(work, Thing::Contact, id).await?;
        let mut form = ContactForm::of(kept);
        let before = self.0.put(&mut form);
        let meant = form.parse().map_err(|errors| ContactFields::wrong(&errors))?;
        match saving::save(&mut work.acting(), contact, form.version, &meant).await? {
            Outcome::Saved => {}
            Outcome::Changed => return Err(Problem::changed_since()),
            Outcome::Gone => return Err(Problem::not_found()),
            Outcome::Refused(errors, _) => return Err(ContactFields::wrong(&errors)),
        }
        let undo = Undo::by("PATCH", Thing::Contact.path_of(id)).sending(as_sent(before));
        Ok(Wrote::changed(Thing::Contact, id, "Saved.", Some(undo)))
    }
}

/// What stood in the form, as it would be sent: ticks and numbers are no texts.
fn as_sent(mut before: serde_json::Map<String, serde_json::Value>) -> serde_json::Map<String, serde_json::Value> {
    for (field, value) in &mut before {
        let text = value.as_str().unwrap_or_default();
        match field.as_str() {
            "live_profile" | "connected" | "pick" | "anyway" => *value = (!text.is_empty()).into(),
            "rhythm_days" => *value = text.parse::<i32>().ok().into(),
            "introduced_by" | "retain_until" if text.is_empty() => *value = serde_json::Value::Null,
            _ => {}
        }
    }
    before
}

/// Into the bin.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct BinContact(#[allow(dead_code, reason = "it has nothing to say")] Nothing);

impl Deed for BinContact {
    type Of = ContactId;

    async fn carry_out(self, id: ContactId, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let name = binning::delete(&mut work.acting(), id).await?.ok_or_else(Problem::not_found)?;
        Ok(Wrote::binned(Thing::Contact, id.0, format!("{name} is in the bin.")))
    }
}

/// Out of the bin.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct RestoreContact(#[allow(dead_code, reason = "it has nothing to say")] Nothing);

impl Deed for RestoreContact {
    type Of = ContactId;

    async fn carry_out(self, id: ContactId, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        match binning::restore(&mut work.acting(), id).await? {
            Restored::Yes(back) => Ok(Wrote::restored(Thing::Contact, id.0, format!("{} is back.", back.name))),
            Restored::Taken => {
                Err(Problem::conflict("Someone with their profile was added since. Join the two in Inroad."))
            }
            Restored::Gone => Err(Problem::not_found()),
        }
    }
}

/// The next step is skipped.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SkipStep {
    /// Why.
    note: String,
}

impl Deed for SkipStep {
    type Of = ContactId;

    async fn carry_out(self, contact: ContactId, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let note = Text::parse(&self.note).map_err(|problem| Problem::of_field("note", problem.to_string()))?;
        let id = TouchpointId::new();
        let said = setting_aside::skip(&mut work.acting(), contact, id, note).await?.unwrap_or_default();
        Ok(super::touchpoints::written(id, said))
    }
}
