//! When a talk began, and who spoke how long.

use jiff::Timestamp;
use sqlx::PgExecutor;

use super::talks::TalkDetail;
use crate::access::Owner;
use crate::database::At;
use crate::ids::InterviewId;
use crate::interviews::kinds::Speaker;

/// Says when a talk began. False if there is no such talk.
pub async fn start(db: impl PgExecutor<'_>, by: Owner, id: InterviewId, at: Timestamp) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update informational_interviews t set started_at = $3
         where t.user_id = $1 and t.id = $2 and t.deleted_at is null
             and exists (select from contacts k where k.user_id = $1 and k.id = t.contact_id and k.deleted_at is null)",
        by.user_id() as _,
        id as _,
        At(at) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Holds a talk until the transaction ends, and tells how its time was shared.
pub async fn lock(db: impl PgExecutor<'_>, by: Owner, id: InterviewId) -> sqlx::Result<Option<Shared>> {
    let row = sqlx::query!(
        r#"select t.speaker as "speaker: Speaker", t.speaking_since as "since: At", t.my_seconds, t.their_seconds
           from informational_interviews t
           join contacts k on k.user_id = t.user_id and k.id = t.contact_id and k.deleted_at is null
           where t.user_id = $1 and k.user_id = $1 and t.id = $2 and t.deleted_at is null
           for update of t"#,
        by.user_id() as _,
        id as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Shared {
        speaking: row.speaker.zip(row.since.map(|since| since.0)),
        mine: row.my_seconds,
        theirs: row.their_seconds,
    }))
}

/// Sets how the time was shared; the talk is held by [`lock`].
pub async fn set(db: impl PgExecutor<'_>, by: Owner, id: InterviewId, shared: Shared) -> sqlx::Result<()> {
    let (speaker, since) = shared.speaking.unzip();
    sqlx::query!(
        "update informational_interviews set speaker = $3, speaking_since = $4, my_seconds = $5, their_seconds = $6
         where user_id = $1 and id = $2",
        by.user_id() as _,
        id as _,
        speaker as _,
        since.map(At) as _,
        shared.mine,
        shared.theirs,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// How the talk's time was shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shared {
    /// Who speaks, and since when.
    pub speaking: Option<(Speaker, Timestamp)>,
    /// Seconds the user spoke before that.
    pub mine: i32,
    /// Seconds the other spoke before that.
    pub theirs: i32,
}

impl Shared {
    /// As it is stored.
    pub fn of(talk: &TalkDetail) -> Self {
        let speaking = talk.speaker.zip(talk.speaking_since.map(|since| since.0));
        Self { speaking, mine: talk.my_seconds, theirs: talk.their_seconds }
    }

    /// The share after someone else begins to speak, or nobody. What comes late and out of order counts nothing twice.
    pub fn then(self, speaker: Option<Speaker>, at: Timestamp) -> Self {
        let Some((now, since)) = self.speaking else { return Self { speaking: speaker.map(|who| (who, at)), ..self } };
        if Some(now) == speaker {
            return self;
        }
        let at = at.max(since);
        let seconds = i32::try_from(since.duration_until(at).as_secs()).unwrap_or(MOST);
        let more = |before: i32| before.saturating_add(seconds).min(MOST);
        let (mine, theirs) = match now {
            Speaker::Me => (more(self.mine), self.theirs),
            Speaker::Them => (self.mine, more(self.theirs)),
        };
        Self { speaking: speaker.map(|who| (who, at)), mine, theirs }
    }

    /// How much of the time the other spoke, in percent, up to an instant. Nothing under a minute: that says nothing.
    pub fn percent(self, until: Timestamp) -> Option<i16> {
        let whole = self.then(None, until);
        let all = i64::from(whole.mine) + i64::from(whole.theirs);
        if all < 60 { None } else { i16::try_from((i64::from(whole.theirs) * 100 + all / 2) / all).ok() }
    }
}

/// The longest one side may have spoken, in seconds; what the table takes.
pub const MOST: i32 = 100_000;
