//! Writing referrals: planned, and what happens with the referrer.

use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

use super::nothing::Nothing;
use crate::accounts::programs::writer::Work;
use crate::api::answer::Undo;
use crate::api::deed::{Deed, Matching, Wrote};
use crate::api::fields::{fields, text, tick, word};
use crate::api::things::Thing;
use crate::database::Day;
use crate::ids::ReferralId;
use crate::kinds::kinds;
use crate::playbook::message::channel::Channel;
use crate::playbook::referral::Mechanic;
use crate::referrals::forms::{MoveForm, Read, understand};
use crate::referrals::planning::{ReferralForm, plan};
use crate::referrals::queries::{self, Saved, Written, whole};
use crate::referrals::record::{self, Change};
use crate::referrals::state::Move;
use crate::text::Text;
use crate::web::form::Errors;
use crate::web::problem::Problem;

fields! {
    /// A referral to be asked for.
    PlanReferral of ReferralForm {
        /// Who could refer the user.
        contact_id in contact ("text", "Option<Uuid>");
        /// For which opening; else for the company they work at.
        opening_id in opening ("text", "Option<Uuid>");
        /// When to ask; today where nothing is said.
        planned_on in planned_on ("text", "Option<Day>");
        /// What is noted about it.
        details in details ("text", "Option<String>");
        /// To ask although a talk comes first.
        anyway in cautioned ("tick", "bool");
    }
}

impl Deed for PlanReferral {
    type Of = ();

    async fn carry_out(self, (): (), work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let mut form = ReferralForm::default();
        self.put(&mut form);
        if !form.cautioned.is_empty() {
            form.cautioned = form.contact.clone();
        }
        match plan(&mut work.acting(), &form, Errors::default()).await? {
            Ok((id, _)) => Ok(Wrote::added(Thing::Referral, id.0, "The referral is on your list.")),
            Err(planned) => Err(Self::wrong(&planned.errors)),
        }
    }
}

/// What is noted of a referral.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct NoteReferral {
    /// The notes; null clears them.
    #[serde(deserialize_with = "text")]
    #[schemars(with = "Option<String>")]
    details: Option<String>,
}

impl Deed for NoteReferral {
    type Of = (Uuid, Matching);

    async fn carry_out(self, (id, matching): Self::Of, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let (by, referral) = (work.by, ReferralId(id));
        let kept = whole::find(work.db(), by, referral).await?.ok_or_else(Problem::not_found)?;
        matching.holds(work, Thing::Referral, id).await?;
        let before = kept.details.clone();
        let typed = self.details.unwrap_or_else(|| before.clone().unwrap_or_default());
        let details = Text::<4_000>::parse_optional(&typed);
        let details = details.map_err(|problem| Problem::of_field("details", problem.to_string()))?;
        match queries::set_details(work.db(), by, referral, kept.version, details.as_ref()).await? {
            Saved::Yes => {}
            Saved::Changed => return Err(Problem::changed_since()),
            Saved::Gone => return Err(Problem::not_found()),
        }
        let was = std::iter::once(("details".to_owned(), before.into())).collect();
        let undo = Undo::by("PATCH", Thing::Referral.path_of(id)).sending(was);
        Ok(Wrote::changed(Thing::Referral, id, "Saved.", Some(undo)))
    }
}

kinds! {
    /// What happens with the referrer.
    pub enum What {
        Ask = "ask", "You asked";
        Remind = "remind", "You reminded them";
        Agree = "agree", "They agreed";
        Make = "make", "They referred you";
        Decline = "decline", "They said no";
        Tell = "tell", "You told them, and thanked them";
    }
}

impl What {
    /// The move it is, with the way where one is said.
    fn read(self) -> Read {
        match self {
            Self::Ask => |_| Ok(Move::Ask),
            Self::Remind => |_| Ok(Move::Remind),
            Self::Agree => |way| way.map(Move::Agree).ok_or("Choose how it works there"),
            Self::Make => |way| Ok(Move::Make(way)),
            Self::Decline => |_| Ok(Move::Decline),
            Self::Tell => |_| Ok(Move::Tell),
        }
    }
}

/// Something that happened with the referrer. Nothing is sent to anyone.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveReferral {
    /// What happened.
    what: What,
    /// How it works there; who agreed has said so.
    #[serde(default)]
    way: Option<Mechanic>,
    /// On which day; today where nothing is said.
    #[serde(default)]
    on: Option<Day>,
    /// By which way the message went.
    #[serde(default)]
    channel: Option<Channel>,
    /// Its words.
    #[serde(default)]
    body: Option<String>,
    /// What is noted of the referral.
    #[serde(default)]
    details: Option<String>,
}

impl Deed for MoveReferral {
    type Of = ReferralId;

    async fn carry_out(self, id: ReferralId, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let form = MoveForm {
            on: word(self.on.map(|day| day.0)),
            body: self.body.unwrap_or_default(),
            channel: word(self.channel),
            way: word(self.way),
            details: self.details.unwrap_or_default(),
            ..MoveForm::default()
        };
        let by = work.by;
        let acting = work.acting();
        let (now, today, cadence) = (acting.now, acting.today(), acting.cadence());
        let mut errors = Errors::default();
        let understood = understand(self.what.read(), &form, &mut errors, today, now);
        let understood = errors.give(|| understood)?;
        let (taken, line) = (understood.taken, understood.touchpoint.id);
        let said = match record::take(&mut *acting.db, by, id, taken, understood.touchpoint, cadence, now).await? {
            Change::Done(_) => taken.said(),
            Change::WayChanged(_) => {
                let said = "Changed. What is not done yet follows the new way.";
                return Ok(Wrote::changed(Thing::Referral, id.0, said, None));
            }
            Change::Again => return Ok(Wrote::changed(Thing::Referral, id.0, "It was so already.", None)),
            Change::NoWay => return Err(Problem::of_field("way", "Choose how they referred you")),
            Change::Refused(status) => {
                return Err(Problem::conflict(format!("This referral is at '{}' by now.", status.label())));
            }
            Change::Taken(_) => {
                return Err(Problem::conflict("They already have this referral for the same opening."));
            }
            Change::Gone => return Err(Problem::not_found()),
        };
        if understood.details.is_some() {
            queries::put_details(&mut *acting.db, by, id, understood.details.as_ref()).await?;
        }
        let undo = Undo::by("POST", format!("{}/undos", Thing::Touchpoint.path_of(line)));
        Ok(Wrote::changed(Thing::Referral, id.0, said, Some(undo)))
    }
}

/// Into the bin.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct BinReferral(#[allow(dead_code, reason = "it has nothing to say")] Nothing);

impl Deed for BinReferral {
    type Of = ReferralId;

    async fn carry_out(self, id: ReferralId, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let (by, now) = (work.by, work.now());
        if !queries::delete(work.db(), by, id, now).await? {
            return Err(Problem::not_found());
        }
        let said = "The referral is in the bin. What happened stays in the contact's history.";
        Ok(Wrote::binned(Thing::Referral, id.0, said))
    }
}

/// Out of the bin.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct RestoreReferral(#[allow(dead_code, reason = "it has nothing to say")] Nothing);

impl Deed for RestoreReferral {
    type Of = ReferralId;

    async fn carry_out(self, id: ReferralId, work: &mut Work<'_>) -> Result<Wrote, Problem> {
        let by = work.by;
        match queries::restore(work.db(), by, id).await? {
            Some(Written::Yes | Written::Again) => Ok(Wrote::restored(Thing::Referral, id.0, "The referral is back.")),
            Some(Written::Taken) => {
                Err(Problem::conflict("It stays in the bin: they have another referral for the same by now."))
            }
            None => Err(Problem::not_found()),
        }
    }
}
