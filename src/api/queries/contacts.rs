//! SQL of what programs read: a person.

use schemars::JsonSchema;
use serde::Serialize;

use super::resource::resource;
use crate::database::{At, Day};
use crate::ids::{CompanyId, ContactId};
use crate::playbook::stage::Stage;
use crate::playbook::step::Step;
use crate::playbook::warmth::{Closeness, Warmth};

/// A person.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Contact {
    /// Which.
    pub id: ContactId,
    /// Their name.
    pub name: String,
    /// Their pronouns.
    pub pronouns: Option<String>,
    /// The target company they work at.
    pub company_id: Option<CompanyId>,
    /// Where they work, as it was given.
    pub employer: Option<String>,
    /// What they do there.
    pub job_title: Option<String>,
    /// Their profile on a network.
    pub profile_url: Option<String>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Their telephone number.
    pub phone: Option<String>,
    /// Where they live.
    pub place: Option<String>,
    /// Where they live, in time.
    pub time_zone: Option<String>,
    /// Whether their profile was looked at, and is in use.
    pub live_profile: bool,
    /// How one knows them.
    pub warmth: Warmth,
    /// How near their work is to the role that is looked for.
    pub closeness: Closeness,
    /// Why them.
    pub why: Option<String>,
    /// Who introduced them.
    pub introduced_by: Option<ContactId>,
    /// What was noted about them.
    pub notes: Option<String>,
    /// After how many days to write to them: null as the settings have it, 0 never.
    pub rhythm_days: Option<i16>,
    /// Until when they are kept, where a day was chosen.
    pub retain_until: Option<Day>,
    /// Since when one is connected with them.
    pub connected_on: Option<Day>,
    /// How far one is with them.
    pub stage: Stage,
    /// What to do next.
    pub next_step: Option<Step>,
    /// When.
    pub next_due: Option<Day>,
    /// When one was last in touch.
    pub last_touch_on: Option<Day>,
    /// When they were added.
    pub created_at: At,
}

resource!(
    Contact,
    from = "contacts",
    select = r#"select t.id as "id: ContactId", t.name, t.pronouns, t.company_id as "company_id: CompanyId", t.employer,
        t.job_title, t.profile_url, t.email, t.phone, t.place, t.time_zone, t.live_profile, t.warmth as "warmth: Warmth",
        t.closeness as "closeness: Closeness", t.why, t.introduced_by as "introduced_by: ContactId", t.notes,
        t.rhythm_days, t.retain_until as "retain_until: Day", t.connected_on as "connected_on: Day", t.stage as "stage: Stage", t.next_step as "next_step: Step",
        t.next_due as "next_due: Day", t.last_touch_on as "last_touch_on: Day", t.created_at as "created_at: At""#,
    alive = " and t.deleted_at is null"
);
