//! Rows a test starts from. What has a form is made through it; the rest is written into its table.

use inroad::companies::name::CompanyName;
use inroad::database::{At, Day};
use inroad::folding::sorted_by;
use inroad::ids::{CompanyId, ContactId, ImportId, InterviewId, InvitationId, OpeningId, ReferralId, TouchpointId};
use jiff::civil::{Date, date};
use sqlx::PgPool;
use uuid::Uuid;

use super::app::App;
use super::person::Person;

/// The civil date every test begins on.
pub const TODAY: Date = date(2026, 11, 24);

impl Person {
    /// Puts a company on the list through its form.
    pub async fn company(&self, name: &str) -> CompanyId {
        let answer = self.post("/companies", &[("companies", name), ("found_by", "own_idea")]).await;
        let to = answer.to();
        let id = to.strip_prefix("/companies/").unwrap_or_else(|| panic!("{name} led to {to}"));
        id.parse().unwrap()
    }
}

/// Writes rows of one person.
pub struct Rows<'a> {
    pub(super) db: &'a PgPool,
    pub(super) user: Uuid,
    pub(super) now: At,
}

/// Runs an insert whose `$1` is the person.
macro_rules! insert {
    ($self:ident, $sql:literal $(, $value:expr)*) => {
        sqlx::query($sql).bind($self.user)$(.bind($value))*.execute($self.db).await.unwrap()
    };
}

pub(super) use insert;

impl App {
    /// Writes rows of this person.
    pub fn rows(&self, person: &Person) -> Rows<'_> {
        Rows { db: &self.db, user: person.id.0, now: At(self.now()) }
    }

    /// Makes an invitation by this person and returns its token.
    pub async fn invitation(&self, by: &Person, email: Option<&str>) -> (InvitationId, String) {
        let (id, token) = (InvitationId::new(), inroad::accounts::token::Token::new().unwrap());
        sqlx::query(
            "insert into invitations (id, token_hash, email, created_by, created_at, expires_at)
             values ($1, $2, $3, $4, $5, $5 + interval '7 days')",
        )
        .bind(id)
        .bind(token.hash())
        .bind(email)
        .bind(by.id)
        .bind(At(self.now()))
        .execute(&self.db)
        .await
        .unwrap();
        (id, token.reveal())
    }
}

impl Rows<'_> {
    /// A company on the list.
    pub async fn company(&self, name: &str) -> CompanyId {
        let id = CompanyId::new();
        insert!(
            self,
            "insert into companies (user_id, id, name, name_key, found_by, created_at)
             values ($1, $2, $3, $4, 'own_idea', $5)",
            id,
            name,
            CompanyName::parse(name).unwrap().key().as_str(),
            self.now
        );
        id
    }

    /// Someone who was found and not written to yet: stage 'identified', next step 'request', due today.
    pub async fn contact(&self, name: &str, company: Option<CompanyId>) -> ContactId {
        let id = ContactId::new();
        insert!(
            self,
            "insert into contacts (user_id, id, name, name_folded, company_id, employer, employer_key, job_title, job_title_folded, email, profile_url,
                 stage, next_step, next_due, created_at)
             select $1, $2, $3, $7, c.id, c.name, c.name_key, 'Engineer', 'engineer', 'someone@example.com',
                 'https://www.linkedin.com/in/someone', 'identified', 'request', $5, $6
             from (select 1) one left join companies c on c.user_id = $1 and c.id = $4",
            id,
            name,
            company,
            Day(TODAY),
            self.now,
            sorted_by(name)
        );
        self.touchpoint(id, "found", "none").await;
        id
    }

    /// A line of the history, of today.
    pub async fn touchpoint(&self, contact: ContactId, kind: &str, direction: &str) -> TouchpointId {
        let id = TouchpointId::new();
        insert!(
            self,
            "insert into touchpoints (user_id, id, contact_id, kind, direction, channel, happened_on, happened_at, created_at)
             values ($1, $2, $3, $4, $5, case when $5 = 'none' then null else 'linkedin_message' end, $6, $7, $7)",
            id,
            contact,
            kind,
            direction,
            Day(TODAY),
            self.now
        );
        id
    }

    /// A talk tomorrow at the same time, by video.
    pub async fn interview(&self, contact: ContactId, company: Option<CompanyId>) -> InterviewId {
        let id = InterviewId::new();
        insert!(
            self,
            "insert into informational_interviews (user_id, id, contact_id, company_id, status, starts_at, minutes, way, changed_at, created_at)
             values ($1, $2, $3, $4, 'scheduled', $5 + interval '1 day', 20, 'video', $5, $5)",
            id,
            contact,
            company,
            self.now
        );
        id
    }

    /// An opening that is watched.
    pub async fn opening(&self, company: CompanyId, title: &str) -> OpeningId {
        let id = OpeningId::new();
        insert!(
            self,
            "insert into openings (user_id, id, company_id, title, title_folded, source, status, status_since, seen_on, created_at)
             values ($1, $2, $3, $4, $7, 'posted', 'watching', $5, $5, $6)",
            id,
            company,
            title,
            Day(TODAY),
            self.now,
            sorted_by(title)
        );
        insert!(
            self,
            "insert into opening_changes (user_id, id, opening_id, status, happened_on, created_at)
             values ($1, $2, $3, 'watching', $4, $5)",
            Uuid::now_v7(),
            id,
            Day(TODAY),
            self.now
        );
        id
    }

    /// A referral that was asked for today.
    pub async fn referral(&self, contact: ContactId, company: CompanyId, opening: Option<OpeningId>) -> ReferralId {
        let id = ReferralId::new();
        insert!(
            self,
            "insert into referrals (user_id, id, contact_id, company_id, opening_id, status, asked_on, next_step, next_due, created_at)
             values ($1, $2, $3, $4, $5, 'asked', $6, 'remind', $6 + 3, $7)",
            id,
            contact,
            company,
            opening,
            Day(TODAY),
            self.now
        );
        id
    }

    /// A file that was looked at and not taken over.
    pub async fn import(&self) -> ImportId {
        let id = ImportId::new();
        let file = include_str!("../data/Connections.csv");
        insert!(
            self,
            "insert into imports (user_id, id, kind, file_name, status, content, created_at)
             values ($1, $2, 'linkedin_connections', 'Connections.csv', 'previewed', $3, $4)",
            id,
            file,
            self.now
        );
        id
    }
}
