//! Writing down what was learned.

use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::nothing::Nothing;
use crate::accounts::programs::writer::Work;
use crate::api::answer::Undo;
use crate::api::deed::{Deed, Matching, Wrote};
use crate::api::fields::{fields, text, word};
use crate::api::things::Thing;
use crate::companies::queries::name_of;
use crate::ids::{CompanyId, InsightId, InterviewId};
use crate::insights::forms::InsightForm;
use crate::insights::insight::About;
use crate::insights::keeping::{keep_of_company, keep_of_talk};
use crate::insights::queries::lines;
use crate::interviews::queries::learned;
use crate::playbook::topic::{Topic, Weight};
use crate::web::problem::Problem;

/// Something that was learned: in a talk, or about a company.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeepInsight {
    /// In which talk; else it is the user's own research about a company.
    #[serde(default)]
    pub interview_id: Option<InterviewId>,
    /// About which company, where it is of no talk.
    #[serde(default)]
    pub company_id: Option<CompanyId>,
    /// What about.
    pub topic: Topic,
    /// How much it weighs, where it is something the role needs.
    #[serde(default)]
    pub weight: Option<Weight>,
    /// In a talk: whether it holds for the company, or for the role anywhere.
    #[serde(default)]
    pub about: Option<About>,
    /// The words.
    #[schemars(length(max = 2_000))]
    pub text: String,
}

impl Deed for KeepInsight {
    type Of = ();

    async fn carry_out(self, (): (), work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let form = InsightForm {
            topic: self.topic.to_string(),
            weight: word(self.weight),
            about: word(self.about),
            insight: self.text,
            ..InsightForm::default()
        };
        let meant = form.parse().map_err(|errors| InsightFields::wrong(&errors))?;
        let (by, now, id) = (work.by, work.now(), InsightId::new());
        let said = format!("Kept under: {}.", meant.topic.label());
        match (self.interview_id, self.company_id) {
            (Some(talk), None) => {
                if !learned::is_there(work.db(), by, talk).await? {
                    return Err(Problem::of_field("interview_id", "There is no such talk"));
                }
                keep_of_talk(work.db(), by, talk, &[(id, meant)], now).await?;
            }
            (None, Some(company)) => {
                let there = name_of(work.db(), by, company).await?;
                there.ok_or_else(|| Problem::of_field("company_id", "There is no such company"))?;
                keep_of_company(work.db(), by, company, id, &meant, now).await?;
            }
            _ => {
                return Err(Problem::of_field(
                    "interview_id",
                    "Say in which talk it was learned, or about which company",
                ));
            }
        }
        Ok(Wrote::added(Thing::Insight, id.0, said))
    }
}

fields! {
    /// What is changed of an insight.
    InsightFields of InsightForm {
        /// What about.
        topic in topic ("text", "Option<Topic>");
        /// How much it weighs, where it is something the role needs.
        weight in weight ("text", "Option<Weight>");
        /// The words.
        text in insight ("text", "Option<String>");
    }
}

impl Deed for InsightFields {
    type Of = (Uuid, Matching);

    async fn carry_out(self, (id, matching): Self::Of, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let (by, insight) = (work.by, InsightId(id));
        let kept = lines::find(work.db(), by, insight).await?.ok_or_else(Problem::not_found)?;
        matching.holds(work, Thing::Insight, id).await?;
        let mut form = InsightForm {
            topic: kept.topic.to_string(),
            weight: word(kept.weight),
            insight: kept.text,
            ..InsightForm::default()
        };
        self.put(&mut form);
        let meant = form.parse().map_err(|errors| Self::wrong(&errors))?;
        if !lines::update(work.db(), by, insight, kept.version, &meant).await? {
            return Err(Problem::changed_since());
        }
        let undo = Undo::by("POST", format!("{}/undos", Thing::Insight.path_of(id)));
        Ok(Wrote::changed(Thing::Insight, id, "Saved.", Some(undo)))
    }
}

/// It says again what it said before its last change.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct RevertInsight(#[allow(dead_code, reason = "it has nothing to say")] Nothing);

impl Deed for RevertInsight {
    type Of = InsightId;

    async fn carry_out(self, id: InsightId, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let by = work.by;
        if !lines::revert(work.db(), by, id).await? {
            return Err(Problem::conflict("There is nothing to undo."));
        }
        Ok(Wrote::changed(Thing::Insight, id.0, "As before.", None))
    }
}

/// Into the bin.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct BinInsight(#[allow(dead_code, reason = "it has nothing to say")] Nothing);

impl Deed for BinInsight {
    type Of = InsightId;

    async fn carry_out(self, id: InsightId, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let (by, now) = (work.by, work.now());
        lines::bin_insight(work.db(), by, id, Some(now)).await?.ok_or_else(Problem::not_found)?;
        Ok(Wrote::binned(Thing::Insight, id.0, "The insight is in the bin."))
    }
}

/// Out of the bin.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct RestoreInsight(#[allow(dead_code, reason = "it has nothing to say")] Nothing);

impl Deed for RestoreInsight {
    type Of = InsightId;

    async fn carry_out(self, id: InsightId, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let by = work.by;
        lines::bin_insight(work.db(), by, id, None).await?.ok_or_else(Problem::not_found)?;
        Ok(Wrote::restored(Thing::Insight, id.0, "The insight is back."))
    }
}
