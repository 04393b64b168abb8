//! Makes the demo account from the story.

mod ahead;
mod documents;
mod dossiers;
mod introductions;
mod keeping;
mod referrals;

use std::collections::HashMap;

use anyhow::{Context, bail};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use sqlx::{PgConnection, PgPool};

use super::queries::applications::{self, OpeningDays};
use super::queries::{self, From, Happened};
use super::story::{self, SEEKER};
use crate::access::Owner;
use crate::accounts::password::{Hashing, NewPassword};
use crate::accounts::preferences::{Goals, Preferences};
use crate::accounts::queries::{self as accounts, Created, NewUser};
use crate::clock::date_in;
use crate::contacts::record as contacts;
use crate::ids::{CompanyId, ContactId, InterviewId, IntroductionId, OpeningId, ReferralId, TouchpointId, UserId};
use crate::playbook::cadence::Cadence;
use crate::playbook::event::{Event, Kind};
use crate::playbook::message::channel::Channel;
use crate::playbook::opening;
use crate::playbook::replay::replay;
use crate::playbook::standing::Beside;

/// How the demo account is entered.
#[derive(Debug)]
pub struct Made {
    /// Its e-mail address.
    pub email: &'static str,
    /// Its password, shown this once.
    pub password: String,
}

/// Makes the account and fills it; it administers where nobody has an account yet.
///
/// # Errors
/// When there is a demo account already, or the database refuses.
pub async fn load(db: &PgPool, now: Timestamp) -> anyhow::Result<Made> {
    let password = fresh_password()?;
    let new = NewPassword::parse(&password, SEEKER.name, SEEKER.email).context("a fresh password is good enough")?;
    let password_hash = Hashing::new()?.hash(new).await?;
    let mut transaction = db.begin().await?;
    let admin = !accounts::lock_instance(&mut transaction).await?.has_users;
    let id = UserId::new();
    let user = NewUser {
        id,
        name: SEEKER.name,
        email: SEEKER.email,
        password_hash: Some(&password_hash),
        time_zone: SEEKER.zone,
        admin,
    };
    if accounts::insert_user(&mut *transaction, user, now).await? == Created::EmailTaken {
        bail!(
            "There is a demo account already: {}. Give it a new password with `inroad user set-password {}`, \
             or log in and delete it under Settings, Data",
            SEEKER.email,
            SEEKER.email
        );
    }
    fill(&mut transaction, Owner::granted(id), Preferences::default(), TimeZone::get(SEEKER.zone)?, now).await?;
    transaction.commit().await?;
    Ok(Made { email: SEEKER.email, password })
}

/// Fills an empty account with the story; what the seeker did not set stays as it is. Run it inside a transaction.
///
/// # Errors
/// When the story does not hold together, or the database refuses.
pub async fn fill(
    db: &mut PgConnection,
    by: Owner,
    before: Preferences,
    zone: TimeZone,
    now: Timestamp,
) -> anyhow::Result<()> {
    Story::new(by, preferences(before), zone, now).fill(db).await
}

/// What the seeker set, over what was set before.
pub fn preferences(before: Preferences) -> Preferences {
    let texts = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
    Preferences {
        target_roles: texts(SEEKER.target_roles),
        places: texts(SEEKER.places),
        industries: texts(SEEKER.industries),
        schools: texts(SEEKER.schools),
        former_employers: texts(SEEKER.former_employers),
        about_me: SEEKER.about.into(),
        resume_url: SEEKER.resume.into(),
        goals: Goals {
            companies: SEEKER.company_goal,
            requests_a_week: SEEKER.weekly_requests,
            talks_a_week: SEEKER.weekly_talks,
        },
        ..before
    }
}

/// Four groups of letters and digits: 80 bits.
fn fresh_password() -> anyhow::Result<String> {
    let mut bytes = [0; 10];
    getrandom::fill(&mut bytes).map_err(|e| anyhow::anyhow!("no randomness: {e}"))?;
    let text = data_encoding::BASE32_NOPAD.encode(&bytes).to_lowercase();
    let groups: Vec<String> =
        text.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
    Ok(groups.join("-"))
}

/// Late lines the seeker wakes up to; of the others she put each off to one of the next days.
const LEFT_LATE: usize = 3;

/// A line of a history: as the playbook reads it, and as the story tells it.
type Line = (Event, story::Event);

/// The story on its way into the database.
struct Story {
    by: Owner,
    now: Timestamp,
    today: Date,
    zone: TimeZone,
    preferences: Preferences,
    companies: HashMap<&'static str, CompanyId>,
    contacts: HashMap<&'static str, (ContactId, CompanyId)>,
    /// By the name of the person someone leads her to.
    introductions: HashMap<&'static str, IntroductionId>,
    talks: Vec<(InterviewId, &'static story::Talk)>,
    histories: Vec<(&'static story::Contact, Vec<Line>)>,
    openings: HashMap<(&'static str, CompanyId), (OpeningId, Date, opening::Status)>,
    referrals: HashMap<ContactId, (ReferralId, &'static story::Referral)>,
}

impl Story {
    fn new(by: Owner, preferences: Preferences, zone: TimeZone, now: Timestamp) -> Self {
        let mut story = Self {
            by,
            now,
            today: date_in(&zone, now),
            zone,
            preferences,
            companies: HashMap::new(),
            contacts: HashMap::new(),
            introductions: HashMap::new(),
            talks: story::talks().map(|talk| (InterviewId::new(), talk)).collect(),
            histories: Vec::new(),
            openings: HashMap::new(),
            referrals: HashMap::new(),
        };
        story.histories = story.histories();
        story
    }

    fn histories(&self) -> Vec<(&'static story::Contact, Vec<Line>)> {
        let mut late = 0;
        let mut histories = Vec::new();
        for it in story::contacts() {
            let mut lines: Vec<Line> = it.history.iter().map(|told| (self.event(told), *told)).collect();
            let events: Vec<Event> = lines.iter().map(|(event, _)| *event).collect();
            let beside = Beside { dates: &self.dates_of(it.name), ..Beside::default() };
            let next = replay(&events, self.cadence(), beside).on(self.today);
            if next.is_some_and(|next| next.is_late(self.cadence(), self.today)) {
                late += 1;
                if late > LEFT_LATE {
                    let days_ahead = i16::try_from(late % 7).unwrap_or_default();
                    let told = story::Event { days_ago: 0, kind: Kind::Snoozed, text: "", until: Some(-days_ahead) };
                    lines.push((self.event(&told), told));
                }
            }
            histories.push((it, lines));
        }
        histories
    }

    fn event(&self, told: &story::Event) -> Event {
        Event {
            id: TouchpointId::new().0,
            kind: told.kind,
            on: self.day(told.days_ago),
            until: told.until.map(|days_ago| self.day(days_ago)),
            undoes: None,
            in_writing: false,
        }
    }

    fn cadence(&self) -> &Cadence {
        &self.preferences.cadence
    }

    /// The day so many days ago, or, where that is a weekend, the working day before it (after it, for days to come).
    fn day(&self, days_ago: i16) -> Date {
        let day = self.today.saturating_sub(i64::from(days_ago).days());
        match days_ago {
            0 => day,
            _ if self.cadence().is_business_day(day) => day,
            1.. => self.cadence().before(day),
            _ => self.cadence().on_or_after(day),
        }
    }

    fn instant(&self, day: Date, (hour, minute): (i8, i8)) -> Timestamp {
        self.zone.to_timestamp(day.at(hour, minute, 0, 0)).unwrap_or(self.now)
    }

    /// Something of that day's morning, but never of the future.
    fn morning(&self, day: Date) -> Timestamp {
        self.instant(day, (9, 12)).min(self.now)
    }

    async fn fill(mut self, db: &mut PgConnection) -> anyhow::Result<()> {
        queries::set_preferences(db, self.by, &self.preferences).await?;
        for it in story::COMPANIES {
            let id = CompanyId::new();
            self.companies.insert(it.name, id);
            queries::company(db, self.by, id, it, self.morning(self.day(it.days_ago))).await?;
        }
        let histories = std::mem::take(&mut self.histories);
        for (it, lines) in &histories {
            self.contact(db, it, lines).await?;
        }
        for it in story::contacts() {
            if let Some(introducer) = it.introduced_by {
                queries::introduced(db, self.by, self.known(it.name)?.0, self.known(introducer)?.0).await?;
            }
        }
        self.introductions(db).await?;
        for (id, it) in &self.talks {
            self.talk(db, *id, it).await?;
        }
        for it in story::templates::TEMPLATES {
            queries::library::template(db, self.by, it, self.now).await?;
        }
        for (topic, text) in story::OWN_QUESTIONS {
            queries::question(db, self.by, *topic, text, self.now).await?;
        }
        for it in story::OPENINGS {
            self.opening(db, it).await?;
        }
        for it in story::REFERRALS {
            self.referral(db, it).await?;
        }
        for (it, lines) in &histories {
            self.history(db, it, lines).await?;
        }
        self.keeping(db).await?;
        self.ahead(db).await?;
        self.dossiers(db).await?;
        self.documents(db).await?;
        // What follows from one another is read as for anyone else: who was asked besides, and which news is not told yet.
        contacts::replan_all(&mut *db, self.by, self.cadence()).await?;
        self.replan_referrals(db).await
    }

    fn known(&self, name: &str) -> anyhow::Result<(ContactId, CompanyId)> {
        self.contacts.get(name).copied().with_context(|| format!("the story knows nobody named {name}"))
    }

    async fn contact(
        &mut self,
        db: &mut PgConnection,
        it: &'static story::Contact,
        lines: &[Line],
    ) -> anyhow::Result<()> {
        let company = *self.companies.get(it.company).with_context(|| format!("no company {}", it.company))?;
        let id = ContactId::new();
        self.contacts.insert(it.name, (id, company));
        let events: Vec<Event> = lines.iter().map(|(event, _)| *event).collect();
        let dates = self.dates_of(it.name);
        let standing = replay(&events, self.cadence(), Beside { dates: &dates, ..Beside::default() });
        let created = events.first().map_or(self.now, |first| self.morning(first.on));
        queries::contact(db, self.by, id, company, it, &standing, created).await?;
        Ok(())
    }

    async fn history(&self, db: &mut PgConnection, it: &'static story::Contact, lines: &[Line]) -> anyhow::Result<()> {
        let (contact, _) = self.known(it.name)?;
        for (event, told) in lines {
            let happened = Happened {
                id: TouchpointId(event.id),
                on: event.on,
                at: self.morning(event.on),
                until: event.until,
                channel: channel(event.kind, it.email.is_some()),
                interview: self.talk_of(it.name, event.kind, told.days_ago),
                introduction: self.introduction_of(it.name, event.kind),
                referral: self.referral_of(told, contact),
            };
            queries::touchpoint(db, self.by, contact, told, &happened).await?;
        }
        Ok(())
    }

    /// The talk an event of a history is about: the first on or after the day.
    fn talk_of(&self, name: &str, kind: Kind, days_ago: i16) -> Option<InterviewId> {
        use Kind::{AnsweredInWriting, Cancelled, Held, NoShow, Prepared, Rescheduled, Scheduled};
        if !matches!(kind, Scheduled | Rescheduled | Prepared | Held | AnsweredInWriting | Cancelled | NoShow) {
            return None;
        }
        let with_them = || self.talks.iter().filter(|(_, talk)| talk.contact == name);
        let from_then_on =
            with_them().filter(|(_, talk)| talk.days_ago <= days_ago).max_by_key(|(_, talk)| talk.days_ago);
        from_then_on.or_else(|| with_them().next_back()).map(|(id, _)| *id)
    }

    async fn talk(&self, db: &mut PgConnection, id: InterviewId, it: &story::Talk) -> anyhow::Result<()> {
        let (contact, company) = self.known(it.contact)?;
        let day = self.day(it.days_ago);
        let starts_at = self.instant(day, it.at);
        let set_at = self.morning(self.day(it.days_ago + 5));
        queries::talk(db, self.by, id, (contact, company), it, starts_at, set_at.min(self.now)).await?;
        for (position, question) in (0..).zip(it.questions) {
            queries::asked(db, self.by, id, position, question).await?;
        }
        let from = From { interview: id, contact, company, at: starts_at.min(self.now) };
        for insight in it.insights.iter().chain(story::dossier::more_of(it)) {
            queries::insight(db, self.by, from, insight).await?;
        }
        for (days_ahead, action) in (1..).zip(it.actions) {
            let due = self.day(action.due);
            // What is open after its day was given a new one.
            let due = if action.done || due >= self.today { due } else { self.day(-days_ahead) };
            queries::action_item(db, self.by, from, action, due).await?;
        }
        Ok(())
    }

    async fn opening(&mut self, db: &mut PgConnection, it: &'static story::Opening) -> anyhow::Result<()> {
        let company =
            *self.companies.get(it.company).with_context(|| format!("the story has no company {}", it.company))?;
        let id = OpeningId::new();
        let changed_on = self.day(it.changed);
        self.openings.insert((it.title, company), (id, changed_on, it.status));
        let confirmed = match it.confirmed {
            Some((name, days_ago)) => Some((self.known(name)?.0, self.day(days_ago))),
            None => None,
        };
        let seen_on = self.day(it.days_ago);
        // Before whatever she wrote to anyone about it on that day.
        let changed_at = self.instant(changed_on, (8, 12)).min(self.now);
        let days = OpeningDays { seen_on, changed_on, confirmed, created_at: self.morning(seen_on), changed_at };
        applications::opening(db, self.by, id, company, it, &days).await?;
        Ok(())
    }
}

/// How such a thing is said, as a rule.
fn channel(kind: Kind, has_email: bool) -> Option<Channel> {
    match kind {
        Kind::Requested => Some(Channel::LinkedinNote),
        Kind::Met => Some(Channel::InPerson),
        kind if kind.is_outgoing_message() || kind.direction() == crate::playbook::event::Direction::In => {
            Some(if has_email { Channel::Email } else { Channel::LinkedinMessage })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_is_accepted_and_never_the_same() {
        let (a, b) = (fresh_password().unwrap(), fresh_password().unwrap());
        assert_ne!(a, b);
        assert!(NewPassword::parse(&a, SEEKER.name, SEEKER.email).is_ok(), "{a}");
    }
}
