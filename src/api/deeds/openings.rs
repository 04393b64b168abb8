//! Writing openings, and how far one is with them.

use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::nothing::Nothing;
use crate::accounts::programs::writer::Work;
use crate::api::answer::Undo;
use crate::api::deed::{Deed, Matching, Wrote};
use crate::api::fields::{fields, text, word};
use crate::api::things::Thing;
use crate::companies::company::FoundBy;
use crate::companies::name::CompanyName;
use crate::database::Day;
use crate::ids::{OpeningChangeId, OpeningId};
use crate::openings::form::{MovedForm, OpeningForm, StatusForm};
use crate::openings::opening::Source;
use crate::openings::queries::{self, Saved};
use crate::openings::record::find_or_add;
use crate::playbook::opening::Status;
use crate::referrals::opening_changes::{self, Moved};
use crate::web::form::Errors;
use crate::web::problem::Problem;

fields! {
    /// What is known of an opening.
    OpeningFields of OpeningForm {
        /// At which company, by its name; only when it is added. One that is not on the list is put there.
        company in company ("text", "Option<String>");
        /// What it is called.
        title in title ("text", "Option<String>");
        /// How one knows of it; posted where nothing is said.
        source in source ("text", "Option<Source>");
        /// Where it is posted.
        url in url ("text", "Option<String>");
        /// What the company calls it.
        role_number in role_number ("text", "Option<String>");
        /// Where the work is.
        place in place ("text", "Option<String>");
        /// What is paid, as it was given.
        salary in salary ("text", "Option<String>");
        /// The posting as it stood.
        posting_text in posting_text ("text", "Option<String>");
        /// Since when one knows of it; today where nothing is said.
        seen_on in seen_on ("text", "Option<Day>");
        /// What was noted about it.
        notes in notes ("text", "Option<String>");
        /// When one applied.
        applied_on in applied_on ("text", "Option<Day>");
        /// How.
        applied_how in applied_how ("text", "Option<String>");
    }
}

/// An opening to be added.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct AddOpening(OpeningFields);

impl Deed for AddOpening {
    type Of = ();

    async fn carry_out(self, (): (), work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let mut form = OpeningForm { source: Source::Posted.to_string(), ..OpeningForm::default() };
        self.0.put(&mut form);
        let (by, now, today, id) = (work.by, work.now(), work.acting().today(), OpeningId::new());
        let mut errors = Errors::default();
        let name = errors.take("company", CompanyName::parse(&form.company));
        let described = form.parse(&mut errors, today);
        let (name, described) =
            errors.give(|| Some((name?, described?))).map_err(|errors| OpeningFields::wrong(&errors))?;
        let found_by = match described.source {
            Source::Posted => FoundBy::JobBoard,
            Source::Inside => FoundBy::Contacts,
        };
        let company = find_or_add(work.db(), by, name, found_by, now).await?;
        queries::insert(work.db(), by, id, company, &described, now).await?;
        Ok(Wrote::added(Thing::Opening, id.0, format!("Added {}.", described.title.as_str())))
    }
}

/// What is changed of an opening.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct ChangeOpening(OpeningFields);

impl Deed for ChangeOpening {
    type Of = (Uuid, Matching);

    async fn carry_out(self, (id, matching): Self::Of, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        if self.0.company.is_some() {
            return Err(Problem::of_field("company", "An opening stays at its company"));
        }
        let (by, opening, today) = (work.by, OpeningId(id), work.acting().today());
        let kept = queries::show::find(work.db(), by, opening).await?.ok_or_else(Problem::not_found)?;
        matching.holds(work, Thing::Opening, id).await?;
        let mut form = OpeningForm::of(&kept);
        let before = self.0.put(&mut form);
        let mut errors = Errors::default();
        let described = form.parse(&mut errors, today);
        let described = errors.give(|| described).map_err(|errors| OpeningFields::wrong(&errors))?;
        match queries::update(work.db(), by, opening, form.version, &described).await? {
            Saved::Yes => {}
            Saved::Changed => return Err(Problem::changed_since()),
            Saved::Gone => return Err(Problem::not_found()),
        }
        let undo = Undo::by("PATCH", Thing::Opening.path_of(id)).sending(before);
        Ok(Wrote::changed(Thing::Opening, id, "Saved.", Some(undo)))
    }
}

/// How far one is with an opening.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveOpening {
    /// The status.
    status: Status,
    /// Since when; today where nothing is said.
    #[serde(default)]
    on: Option<Day>,
    /// What to remember of it.
    #[serde(default)]
    note: Option<String>,
    /// How one applied.
    #[serde(default)]
    how: Option<String>,
}

impl Deed for MoveOpening {
    type Of = OpeningId;

    async fn carry_out(self, id: OpeningId, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let moved = MovedForm {
            on: word(self.on.map(|day| day.0)),
            note: self.note.unwrap_or_default(),
            how: self.how.unwrap_or_default(),
        };
        let form = StatusForm { status: self.status.to_string(), moved, ..StatusForm::default() };
        let by = work.by;
        let acting = work.acting();
        let (now, cadence) = (acting.now, acting.cadence());
        let (change, how) = form.parse(acting.today())?;
        let moved = opening_changes::change(&mut *acting.db, by, id, &change, how.as_ref(), cadence, now).await?;
        match moved {
            Moved::Gone => Err(Problem::not_found()),
            Moved::Not(title) => {
                let said = format!("{title} is at '{}' already.", change.status.label());
                Ok(Wrote::changed(Thing::Opening, id.0, said, None))
            }
            Moved::Yes { title, .. } => {
                let said = format!("{title} is at '{}'.", change.status.label());
                let undo = format!("{}/changes/{}/undos", Thing::Opening.path_of(id), change.id);
                Ok(Wrote::changed(Thing::Opening, id.0, said, Some(Undo::by("POST", undo))))
            }
        }
    }
}

/// The latest change of an opening is taken back.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct MoveBack(#[allow(dead_code, reason = "it has nothing to say")] Nothing);

impl Deed for MoveBack {
    type Of = (Uuid, Uuid);

    async fn carry_out(self, (id, change): Self::Of, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let by = work.by;
        let acting = work.acting();
        let cadence = acting.cadence();
        queries::lock(&mut *acting.db, by, OpeningId(id)).await?.ok_or_else(Problem::not_found)?;
        let back =
            opening_changes::change_back(&mut *acting.db, by, OpeningId(id), OpeningChangeId(change), cadence).await?;
        let (title, status) = back.ok_or_else(|| Problem::conflict("That is not the latest change any more."))?;
        Ok(Wrote::changed(Thing::Opening, id, format!("{title} is back at '{}'.", status.label()), None))
    }
}

/// Into the bin.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct BinOpening(#[allow(dead_code, reason = "it has nothing to say")] Nothing);

impl Deed for BinOpening {
    type Of = OpeningId;

    async fn carry_out(self, id: OpeningId, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let (by, now) = (work.by, work.now());
        let title = queries::delete(work.db(), by, id, now).await?.ok_or_else(Problem::not_found)?;
        Ok(Wrote::binned(Thing::Opening, id.0, format!("{title} is in the bin.")))
    }
}

/// Out of the bin.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct RestoreOpening(#[allow(dead_code, reason = "it has nothing to say")] Nothing);

impl Deed for RestoreOpening {
    type Of = OpeningId;

    async fn carry_out(self, id: OpeningId, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let by = work.by;
        let title = queries::restore(work.db(), by, id).await?.ok_or_else(Problem::not_found)?;
        Ok(Wrote::restored(Thing::Opening, id.0, format!("{title} is back.")))
    }
}
