//! SQL of the live session of a request.

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::rail::Counts;
use crate::access::Scope;
use crate::accounts::preferences::Preferences;
use crate::database::{At, Day};
use crate::ids::{GrantId, SessionId, UserId};
use crate::web::dates::{DateFormat, TimeFormat};
use crate::web::theme::Theme;

/// A session with whom it is and whose data it shows, in one row.
pub struct SessionRow {
    pub session: SessionId,
    pub me: UserId,
    pub my_name: String,
    pub admin: bool,
    /// Who accepted an invitation to look, and waits to be let in.
    pub accepted_by: Option<String>,
    /// Whose search can be looked at since, and was not yet.
    pub let_in_by: Option<String>,
    pub seen_at: At,
    pub confirmed_at: At,
    /// Since when whoever is signed in has their account.
    pub me_since: At,
    /// The colours they chose.
    pub my_theme: Theme,
    /// How they write dates and times.
    pub my_dates: DateFormat,
    pub my_times: TimeFormat,
    /// They have a password.
    pub has_password: bool,
    /// Their second step can be a code of an app.
    pub has_app: bool,
    /// Since when they are asked for a second step.
    pub second_step_since: Option<At>,
    pub owner: UserId,
    pub owner_name: String,
    pub owner_email: String,
    pub owner_zone: String,
    pub owner_preferences: Json<Preferences>,
    pub owner_version: i32,
    pub owner_documents_mb: Option<i16>,
    /// An example search is shown.
    pub example: bool,
    pub looking: bool,
    /// Grants may have something to say.
    pub has_grants: bool,
    /// By which grant, where someone else's search is shown, with what it allows.
    pub grant: Option<GrantId>,
    pub scope: Option<Scope>,
    pub may_comment: Option<bool>,
    /// What the owner's frame says is kept under this stamp; nothing where none is.
    pub stamp: Option<Uuid>,
    /// Something of it is being changed.
    pub writing: bool,
    pub due: Option<i32>,
    pub late: Option<i32>,
    pub thanks_late: Option<i32>,
    pub comments: Option<i32>,
    pub due_on: Option<Day>,
    pub due_on_utc: Option<Day>,
    /// How many contacts there are by stage.
    pub by_stage: Option<Vec<i32>>,
}

impl SessionRow {
    /// What is due on that day where the owner is, and in UTC, if that is kept.
    pub fn kept_counts(&self, days: (Date, Date)) -> Option<Counts> {
        let numbers = [self.due, self.late, self.thanks_late, self.comments];
        Counts::kept(numbers, [self.due_on, self.due_on_utc], days).filter(|_| !self.writing)
    }
}

/// A checked statement of a live session: `owner` says whose data it shows, `grants` what grants have to say, and `from` where
/// both are found beside the session `s` and its account `me`.
macro_rules! live_session {
    (owner = $owner:tt, grants = $grants:tt, from = $from:tt, $($args:tt)*) => {
        sqlx::query_as!(
            SessionRow,
            r#"select s.id as "session: SessionId", me.id as "me: UserId", me.name as my_name, me.is_admin as admin,
                   s.seen_at as "seen_at: At", s.confirmed_at as "confirmed_at: At",
                   me.created_at as "me_since: At", me.theme as "my_theme: Theme",
                   me.date_format as "my_dates: DateFormat", me.time_format as "my_times: TimeFormat",
                   me.second_step_since as "second_step_since: At",
                   me.password_hash is not null as "has_password!", me.totp_secret is not null as "has_app!",
                   "# + $owner + r#".id as "owner: UserId", "# + $owner + r#".name as owner_name, "# + $owner + r#".email as owner_email,
                   "# + $owner + r#".time_zone as owner_zone, "# + $owner + r#".preferences as "owner_preferences: Json<Preferences>",
                   "# + $owner + r#".version as owner_version, "# + $owner + r#".documents_mb as owner_documents_mb,
                   "# + $owner + r#".example_since is not null as "example!", "# + $grants + r#",
                   r.stamp as "stamp?", coalesce(r.writers > 0 and r.writing_until > $4, false) as "writing!",
                   r.due, r.late, r.thanks_late, r.comments, r.due_on as "due_on: Day", r.due_on_utc as "due_on_utc: Day", r.by_stage
               from sessions s
               join users me on me.id = s.user_id and me.disabled_at is null "# + $from + r#"
               left join rails r on r.owner_id = "# + $owner + r#".id
               where s.token_hash = $1 and s.seen_at > $2 and s.created_at > $3"#,
            $($args)*
        )
    };
}

/// The live session of a token, with the account whose data it shows.
///
/// Most people neither look at another's search nor have anything to hear about sharing: what grants say is read where one
/// may say something.
pub async fn live_session(
    db: &mut PgConnection,
    token_hash: &[u8],
    seen_since: Timestamp,
    created_since: Timestamp,
    now: Timestamp,
) -> sqlx::Result<Option<SessionRow>> {
    let own = live_session!(
        owner = "me",
        grants = r#"null as "accepted_by?", null as "let_in_by?", false as "looking!", null::uuid as "grant?: GrantId",
            null as "scope?: Scope", null::boolean as "may_comment?",
            s.looking_at is not null
                or exists (select from grants w where w.owner_id = me.id and w.coach_id is not null and w.let_in_at is null
                    and w.revoked_at is null)
                or exists (select from grants w where w.coach_id = me.id and w.let_in_at is not null and w.looked_at is null
                    and w.revoked_at is null) as "has_grants!""#,
        from = "",
        token_hash,
        At(seen_since) as _,
        At(created_since) as _,
        At(now) as _,
    );
    let own = own.fetch_optional(&mut *db).await?;
    if !own.as_ref().is_some_and(|row| row.has_grants) {
        return Ok(own);
    }
    let granted = live_session!(
        owner = "owner",
        grants = r#"
            (select coach.name from grants w join users coach on coach.id = w.coach_id and coach.disabled_at is null
                where w.owner_id = me.id and w.let_in_at is null and w.revoked_at is null order by w.accepted_at limit 1) as "accepted_by?",
            (select o.name from grants w join users o on o.id = w.owner_id and o.disabled_at is null
                where w.coach_id = me.id and w.let_in_at is not null and w.looked_at is null and w.revoked_at is null
                    and (w.ends_on is null or w.ends_on >= ($4 at time zone o.time_zone)::date)
                order by w.let_in_at limit 1) as "let_in_by?",
            owner.id <> me.id as "looking!", g.id as "grant?: GrantId", g.scope as "scope?: Scope", g.may_comment as "may_comment?",
            true as "has_grants!""#,
        from = "left join grants g on g.owner_id = s.looking_at and g.coach_id = s.user_id
                and g.let_in_at is not null and g.revoked_at is null
            left join users seeker on seeker.id = g.owner_id and seeker.disabled_at is null
                and (g.ends_on is null or g.ends_on >= ($4 at time zone seeker.time_zone)::date)
            join users owner on owner.id = coalesce(seeker.id, me.id)",
        token_hash,
        At(seen_since) as _,
        At(created_since) as _,
        At(now) as _,
    );
    granted.fetch_optional(db).await
}
