//! One cohort: its people, its invitations, and what its seekers did together.

use askama::Template;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::access::Admin;
use crate::accounts::admin::queries as accounts;
use crate::accounts::cohorts::queries::{self, Cohort, lists, members};
use crate::accounts::cohorts::role::Role;
use crate::accounts::visit::Visit;
use crate::clock::date_in;
use crate::database::At;
use crate::error::{Error, Result};
use crate::folding::pattern;
use crate::ids::{CohortId, CohortListId, CohortMemberId, InvitationId, UserId};
use crate::progress::cohort::queries::did;
use crate::progress::cohort::{self, FEWEST, Measure, Shown, Span, Spread, Stay, Week};
use crate::web::form::{Errors, Query};
use crate::web::list::typed;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// Accounts that a search offers.
const OFFERED: i64 = 10;

/// Who is looked for, to be added.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CohortQuery {
    q: String,
}

struct MemberLine {
    id: CohortMemberId,
    name: String,
    email: String,
    role: Role,
    disabled: bool,
    since: String,
}

struct WaitingLine {
    id: InvitationId,
    email: String,
    role: &'static str,
    until: String,
}

/// An account that can be added.
struct Offered {
    id: UserId,
    name: String,
    email: String,
}

/// One cohort, as its page shows it.
#[derive(Template)]
#[template(path = "accounts/admin/cohort.html")]
pub struct CohortPage {
    shell: Shell,
    id: CohortId,
    name: String,
    is_archived: bool,
    members: Vec<MemberLine>,
    seekers: usize,
    waiting: Vec<WaitingLine>,
    weeks: Vec<(String, Option<Shown>)>,
    q: String,
    offered: Vec<Offered>,
    /// What its next list is called.
    next_list: CohortListId,
    /// The name as typed, where it was refused.
    typed_name: String,
    errors: Errors,
}

impl CohortPage {
    /// Reads everything about one cohort, and looks for accounts with these words.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn load(visit: &mut Visit<Admin>, id: CohortId, q: String) -> Result<Self> {
        let (by, now, today) = (visit.by, visit.now, visit.today());
        let Cohort { name, archived_at, counted_since } =
            queries::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
        let span = Span::of(now);
        let stays = members::stays(visit.db(), by, id, span.began_at).await?;
        let waiting = lists::waiting(visit.db(), by, id, now).await?;
        let counted: Vec<Stay> = stays.iter().filter(|stay| stay.role == Role::Seeker).map(counted).collect();
        let weeks = if counted.len() < FEWEST {
            Vec::new()
        } else {
            let did = did(visit.db(), by, &counted, span).await?;
            cohort::weeks(&counted, &did, counted_since.map(|at| at.0), now)
        };
        let mut offered = Vec::new();
        if let Some(words) = typed(&q) {
            let found = accounts::accounts(visit.db(), by, Some(pattern(words)), None, OFFERED).await?;
            let is_in = |id: UserId| stays.iter().any(|stay| stay.member == id && stay.left_at.is_none());
            let others = found.into_iter().filter(|account| !is_in(account.id));
            offered.extend(others.map(|it| Offered { id: it.id, name: it.name, email: it.email }));
        }
        let zone = &visit.person.zone;
        let day = |at: At| words::day(date_in(zone, at.0), today);
        let members: Vec<MemberLine> = stays
            .into_iter()
            .filter(|stay| stay.left_at.is_none())
            .map(|stay| MemberLine {
                id: stay.id,
                since: day(stay.joined_at),
                name: stay.name,
                email: stay.email,
                role: stay.role,
                disabled: stay.disabled,
            })
            .collect();
        let waiting = waiting.into_iter().map(|it| WaitingLine {
            id: it.id,
            email: it.email.unwrap_or_default(),
            role: it.role.unwrap_or(Role::Seeker).label(),
            until: day(it.expires_at),
        });
        let week = |week: Week| (words::day(week.first, today), week.shown);
        Ok(Self {
            waiting: waiting.collect(),
            weeks: weeks.into_iter().map(week).collect(),
            shell: visit.shell(Nav::Admin),
            id,
            typed_name: name.clone(),
            name,
            is_archived: archived_at.is_some(),
            seekers: members.iter().filter(|line| line.role == Role::Seeker).count(),
            members,
            q,
            offered,
            next_list: CohortListId::new(),
            errors: Errors::default(),
        })
    }

    /// The same with a name that was refused.
    pub fn refusing(self, typed_name: String, errors: Errors) -> Self {
        Self { typed_name, errors, ..self }
    }

    fn address(&self) -> String {
        format!("/admin/cohorts/{}", self.id)
    }

    fn heading(&self) -> String {
        let coaches = self.members.len() - self.seekers;
        let count = |n: usize, one, many| words::count(i64::try_from(n).unwrap_or(i64::MAX), one, many);
        format!("{}, {}", count(self.seekers, "seeker", "seekers"), count(coaches, "coach", "coaches"))
    }

    fn measures(&self) -> &'static [Measure] {
        Measure::ALL
    }

    fn roles(&self) -> Vec<(&'static str, &'static str)> {
        Role::choices()
    }

    /// 'median 2, half of them 1 to 4'.
    fn middle(&self, spread: &Spread) -> String {
        format!("median {}, half of them {} to {}", spread.median, spread.low, spread.high)
    }

    /// What the other role is, for a button.
    fn other(&self, role: &Role) -> Role {
        match role {
            Role::Seeker => Role::Coach,
            Role::Coach => Role::Seeker,
        }
    }
}

fn counted(stay: &members::Stay) -> Stay {
    Stay { member: stay.member, joined_at: stay.joined_at.0, left_at: stay.left_at.map(|at| at.0) }
}

/// `GET /admin/cohorts/{id}`
pub async fn show(mut visit: Visit<Admin>, Id(id): Id<CohortId>, Query(query): Query<CohortQuery>) -> Result<Response> {
    Ok(Page::ok(CohortPage::load(&mut visit, id, query.q).await?).into_response())
}
