//! Who puts her forward, on their way into the database.

use sqlx::PgConnection;

use super::Story;
use crate::demo::queries::applications::{self, Referred};
use crate::demo::story;
use crate::ids::{ContactId, ReferralId};
use crate::playbook::event::Kind;
use crate::playbook::referral::{self, Dates, Status};
use crate::referrals::record;

impl Story {
    /// The referral an event of a contact's history is about.
    pub(super) fn referral_of(&self, told: &story::Event, contact: ContactId) -> Option<ReferralId> {
        use Kind::{ReferralAgreed, ReferralAsked, ReferralDeclined, ReferralMade, ReferralTold};
        let (id, it) = self.referrals.get(&contact)?;
        let is_reminder = told.kind == Kind::Wrote && it.reminded == Some(told.days_ago);
        match told.kind {
            ReferralAsked | ReferralAgreed | ReferralMade | ReferralDeclined | ReferralTold => Some(*id),
            _ => is_reminder.then_some(*id),
        }
    }

    pub(super) async fn referral(&mut self, db: &mut PgConnection, it: &'static story::Referral) -> anyhow::Result<()> {
        let (contact, company) = self.known(it.contact)?;
        let opening = it.opening.and_then(|title| self.openings.get(&(title, company)).copied());
        let asked_on = it.asked.map(|days_ago| self.day(days_ago));
        let to_ask = it.status == Status::ToAsk;
        let made_on = it.made.map(|days_ago| self.day(days_ago));
        let dates = Dates {
            planned_on: asked_on.filter(|_| to_ask),
            asked_on: asked_on.filter(|_| !to_ask),
            agreed_on: it.agreed.map(|days_ago| self.day(days_ago)),
            tasks_done_on: made_on,
            reminded_on: it.reminded.map(|days_ago| self.day(days_ago)),
            made_on,
            opening_changed_on: opening.map(|(_, changed, _)| changed),
            told_on: it.told.map(|days_ago| self.day(days_ago)),
            opening: opening.map(|(.., status)| status),
        };
        let id = ReferralId::new();
        self.referrals.insert(contact, (id, it));
        let to = Referred {
            contact,
            company,
            opening: opening.map(|(id, ..)| id),
            dates: &dates,
            next: referral::next(it.status, &dates, self.cadence()),
            closed_on: it.closed.map(|days_ago| self.day(days_ago)).or(it.outcome.and(dates.opening_changed_on)),
            created_at: self.morning(dates.asked_on.or(dates.agreed_on).unwrap_or(self.today)),
        };
        applications::referral(db, self.by, id, it, &to).await?;
        let Some((way, agreed_on)) = it.way.zip(dates.agreed_on) else { return Ok(()) };
        for (position, task) in (0..).zip(way.tasks()) {
            let due = task.due(agreed_on, self.cadence());
            // She did at once what was to be done at once; the next word is theirs.
            let done = (made_on.is_some() || task.after_business_days == 0).then(|| self.morning(due.min(self.today)));
            applications::referral_task(db, self.by, id, position, task, due, done).await?;
        }
        Ok(())
    }

    /// Reads what is next of each as for anyone's: whether its news was told yet follows from the whole history.
    pub(super) async fn replan_referrals(&self, db: &mut PgConnection) -> anyhow::Result<()> {
        for (id, _) in self.referrals.values() {
            record::change(&mut *db, self.by, *id, self.cadence(), |_| {}).await?;
        }
        Ok(())
    }
}
