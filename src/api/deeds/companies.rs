//! Writing companies.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::nothing::Nothing;
use crate::accounts::programs::writer::Work;
use crate::api::answer::Undo;
use crate::api::deed::{Deed, Matching, Wrote};
use crate::api::fields::{fields, number, text};
use crate::api::things::Thing;
use crate::companies::company::{FoundBy, Motivation, Posting, Status, posting_words};
use crate::companies::form::CompanyForm;
use crate::companies::queries::{self, Before, NewCompany, Saved};
use crate::contacts;
use crate::database::Restored;
use crate::ids::CompanyId;
use crate::text::Line;
use crate::web::form::Errors;
use crate::web::problem::Problem;

fields! {
    /// What is known of a company.
    CompanyFields of CompanyForm {
        /// Its name.
        name in name ("text", "Option<String>");
        /// Its website.
        website in website ("text", "Option<String>");
        /// Its careers page.
        careers_url in careers_url ("text", "Option<String>");
        /// Its address or number at LinkedIn.
        linkedin in linkedin ("text", "Option<String>");
        /// What it does.
        industry in industry ("text", "Option<String>");
        /// Where it is.
        place in place ("text", "Option<String>");
        /// What was noted about it.
        notes in notes ("text", "Option<String>");
        /// How it came onto the list; an own idea where nothing is said.
        found_by in found_by ("text", "Option<FoundBy>");
    }
}

/// A company to be added.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct AddCompany(CompanyFields);

impl Deed for AddCompany {
    type Of = ();

    async fn carry_out(self, (): (), work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let mut form = CompanyForm { found_by: FoundBy::OwnIdea.to_string(), ..CompanyForm::default() };
        self.0.put(&mut form);
        let meant = form.parse().map_err(|errors| CompanyFields::wrong(&errors))?;
        let (by, now, id) = (work.by, work.now(), CompanyId::new());
        let new = NewCompany { id, name: meant.name.clone(), website: meant.website.clone(), found_by: meant.found_by };
        if queries::insert(work.db(), by, &[new], now).await?.is_empty() {
            return Err(Problem::conflict(format!("{} is on the list already.", meant.name.as_str())));
        }
        let version = queries::fields(work.db(), by, id).await?.ok_or_else(Problem::not_found)?.version;
        queries::update(work.db(), by, id, version, &meant).await?;
        contacts::queries::match_employers(work.db(), by).await?;
        Ok(Wrote::added(Thing::Company, id.0, format!("Added {}.", meant.name.as_str())))
    }
}

/// What is changed of a company.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct ChangeCompany(CompanyFields);

impl Deed for ChangeCompany {
    type Of = (Uuid, Matching);

    async fn carry_out(self, (id, matching): Self::Of, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let (by, company) = (work.by, CompanyId(id));
        let kept = queries::fields(work.db(), by, company).await?.ok_or_else(Problem::not_found)?;
        matching.holds(work, Thing::Company, id).await?;
        let mut form = CompanyForm::of(kept);
        let before = self.0.put(&mut form);
        let meant = form.parse().map_err(|errors| CompanyFields::wrong(&errors))?;
        match queries::update(work.db(), by, company, form.version, &meant).await? {
            Saved::Yes => {}
            Saved::NameTaken => {
                return Err(Errors::of("name", "Another company on your list has this name").into());
            }
            Saved::Changed => return Err(Problem::changed_since()),
            Saved::Gone => return Err(Problem::not_found()),
        }
        let undo = Undo::by("PATCH", Thing::Company.path_of(id)).sending(before);
        Ok(Wrote::changed(Thing::Company, id, "Saved.", Some(undo)))
    }
}

/// How much one wants to work there, and how well what it posts fits; what is left out stays.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RateCompany {
    /// From 0 (not said) to 5.
    #[serde(deserialize_with = "number")]
    #[schemars(with = "Option<i32>", range(min = 0, max = 5))]
    motivation: Option<String>,
    /// From 0 (not said) to 3.
    #[serde(deserialize_with = "number")]
    #[schemars(with = "Option<i32>", range(min = 0, max = 3))]
    posting: Option<String>,
}

impl Deed for RateCompany {
    type Of = CompanyId;

    async fn carry_out(self, id: CompanyId, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let mut errors = Errors::default();
        let motivation = self
            .motivation
            .as_deref()
            .and_then(|text| errors.take("motivation", Motivation::parse(text).ok_or("A number from 0 to 5")));
        let posting = self
            .posting
            .as_deref()
            .and_then(|text| errors.take("posting", Posting::parse(text).ok_or("A number from 0 to 3")));
        if motivation.is_none() && posting.is_none() && errors.is_empty() {
            errors.add("motivation", "Send a motivation, or a posting");
        }
        errors.give(|| Some(()))?;
        let by = work.by;
        let before = queries::rate(work.db(), by, id, motivation, posting).await?.ok_or_else(Problem::not_found)?;
        let set = match (motivation, posting) {
            (Some(motivation), _) => format!("motivation {} of 5", motivation.get()),
            (None, posting) => format!("posting {}", posting.map_or("", |posting| posting_words(posting.get()))),
        };
        let was = [("motivation", json!(before.motivation)), ("posting", json!(before.posting))];
        let undo = Undo::by("POST", format!("{}/ratings", Thing::Company.path_of(id))).sending(map(was));
        Ok(Wrote::changed(Thing::Company, id.0, format!("{}: {set}.", before.name), Some(undo)))
    }
}

/// Whether it is still a target, and why not.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetStatus {
    /// The status.
    status: Status,
    /// Why it is paused or ruled out; whoever rules one out says why.
    #[serde(default)]
    reason: Option<String>,
}

impl Deed for SetStatus {
    type Of = CompanyId;

    async fn carry_out(self, id: CompanyId, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let reason = Line::<500>::parse_optional(self.reason.as_deref().unwrap_or_default());
        let reason = reason.map_err(|problem| Problem::of_field("reason", problem.to_string()))?;
        if self.status == Status::RuledOut && reason.is_none() {
            return Err(Problem::of_field("reason", "Say why you're ruling it out: you'll be glad to know later"));
        }
        let (by, reason) = (work.by, reason.as_ref().filter(|_| self.status != Status::Active).map(Line::as_str));
        let before: Before =
            queries::set_status(work.db(), by, id, self.status, reason).await?.ok_or_else(Problem::not_found)?;
        let was = [("status", json!(before.status)), ("reason", json!(before.status_reason))];
        let undo = Undo::by("POST", format!("{}/statuses", Thing::Company.path_of(id))).sending(map(was));
        let said = format!("{} is {} now.", before.name, self.status.label().to_lowercase());
        Ok(Wrote::changed(Thing::Company, id.0, said, Some(undo)))
    }
}

fn map<const N: usize>(fields: [(&str, Value); N]) -> Map<String, Value> {
    fields.into_iter().map(|(field, value)| (field.to_owned(), value)).collect()
}

/// Into the bin.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct BinCompany(#[allow(dead_code, reason = "it has nothing to say")] Nothing);

impl Deed for BinCompany {
    type Of = CompanyId;

    async fn carry_out(self, id: CompanyId, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let (by, now) = (work.by, work.now());
        let name = queries::delete(work.db(), by, id, now).await?.ok_or_else(Problem::not_found)?;
        Ok(Wrote::binned(Thing::Company, id.0, format!("{name} is in the bin.")))
    }
}

/// Out of the bin.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct RestoreCompany(#[allow(dead_code, reason = "it has nothing to say")] Nothing);

impl Deed for RestoreCompany {
    type Of = CompanyId;

    async fn carry_out(self, id: CompanyId, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let by = work.by;
        match queries::restore(work.db(), by, id).await? {
            Restored::Yes(back) => Ok(Wrote::restored(Thing::Company, id.0, format!("{} is back.", back.name))),
            Restored::Taken => Err(Problem::conflict("Another company has its name by now. Join the two in Inroad.")),
            Restored::Gone => Err(Problem::not_found()),
        }
    }
}
