//! The rows of an account beside its search: browsers, invitations, programs and what else leads to it.

use inroad::ids::UserId;

use super::everything::Everything;
use super::rows::{Rows, insert};

impl Rows<'_> {
    pub(super) async fn account_rows(&self, of: &Everything) {
        insert!(
            self,
            "insert into sessions (id, user_id, token_hash, created_at, seen_at, confirmed_at, user_agent, address)
             values ($2, $1, sha256(uuid_send($2)), $3, $3, $3, 'another browser', '127.0.0.1')",
            of.session,
            self.now
        );
        insert!(
            self,
            "insert into invitations (id, token_hash, created_by, created_at, expires_at)
             values ($2, sha256(uuid_send($2)), $1, $3, $3 + interval '7 days')",
            of.invitation,
            self.now
        );
        insert!(
            self,
            "insert into company_lists (user_id, id, found_by, created_at, added_at) values ($1, $2, 'own_idea', $3, $3)",
            of.company_list,
            self.now
        );
        insert!(
            self,
            "insert into access_tokens (id, owner_id, label, token_hash, created_at, expires_at, minute_began, calls)
             values ($2, $1, 'A program', sha256(uuid_send($2)), $3, $3 + interval '90 days', $3, 0)",
            of.access_token,
            self.now
        );
        insert!(
            self,
            "insert into idempotency_keys (user_id, id, request_hash, made_at) values ($1, $2, sha256(uuid_send($2)), $3)",
            of.access_token,
            self.now
        );
        // Someone who accepted to be a coach and has yet to be let in.
        let coach = UserId::new();
        insert!(
            self,
            "with coach as (
                 insert into users (id, name, email, password_hash, time_zone, created_at)
                 select $2, 'Erin Evans', $2 || '@example.org', password_hash, 'UTC', $3 from users where id = $1
             )
             insert into grants (id, owner_id, label, coach_id, created_at, accepted_at) values ($4, $1, 'My coach', $2, $3, $3)",
            coach,
            self.now,
            of.grant
        );
        self.cohort_rows(of).await;
    }

    /// A cohort, with a coach who was not let in.
    async fn cohort_rows(&self, of: &Everything) {
        insert!(
            self,
            "with cohort as (
                 insert into cohorts (id, name, name_folded, created_at) values ($2, 'Cohort ' || $2, 'cohort ' || $2, $3)),
             ended as (update cohort_members set left_at = $3 where member_id = $1 and left_at is null)
             select 1",
            of.cohort,
            self.now
        );
        insert!(
            self,
            "insert into cohort_members (id, cohort_id, member_id, role, joined_at, list_id) values ($2, $3, $1, 'seeker', $4, $5)",
            of.cohort_member,
            of.cohort,
            self.now,
            of.cohort_list
        );
        let coach = UserId::new();
        insert!(
            self,
            "insert into users (id, name, email, password_hash, time_zone, created_at)
             select $2, 'Fay Ford', $2 || '@example.org', password_hash, 'UTC', $3 from users where id = $1",
            coach,
            self.now
        );
        sqlx::query(
            "insert into cohort_members (id, cohort_id, member_id, role, joined_at) values ($1, $2, $3, 'coach', $4)",
        )
        .bind(of.cohort_coach)
        .bind(of.cohort)
        .bind(coach)
        .bind(self.now)
        .execute(self.db)
        .await
        .unwrap();
    }
}
