//! SQL of reminders: what is wished for, when the job looks next, and what was told.
//!
//! One row is looked at by one program at a time: it is held while what is due of it is written down.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor};

use super::wishes::{Channels, Daily, Kind, Lead, Wish, Wishes};
use crate::access::Owner;
use crate::accounts::preferences::Preferences;
use crate::database::{At, Day};
use crate::ids::{PushDeviceId, SessionId, UserId};
use crate::web::dates::{DateFormat, TimeFormat};

/// A browser that shows an account's notices.
#[derive(Debug, Deserialize)]
pub struct Device {
    pub id: PushDeviceId,
    /// The login it was added in.
    pub session_id: SessionId,
    pub name: String,
    pub created_at: Timestamp,
    /// When a notice was taken for it last.
    pub told_at: Option<Timestamp>,
}

/// What an account wishes for, where its mail goes, and which browsers show its notices.
pub struct Standing {
    pub email: String,
    pub confirmed: bool,
    pub wishes: Wishes,
    pub devices: Vec<Device>,
}

/// What an account wishes for, where its mail goes, and which browsers show its notices.
pub async fn standing(db: impl PgExecutor<'_>, by: Owner) -> sqlx::Result<Standing> {
    let rows = sqlx::query!(
        r#"select u.email, u.email_confirmed_at is not null as "confirmed!", r.kind as "kind?: Kind", r.hour,
               coalesce(r.working_days, false) as "working_days!", r.lead as "lead: Lead",
               coalesce(r.by_mail, false) as "by_mail!", coalesce(r.by_notice, false) as "by_notice!",
               (select coalesce(json_agg(json_build_object('id', d.id, 'session_id', d.session_id, 'name', d.name,
                    'created_at', d.created_at, 'told_at', d.told_at) order by d.id), '[]')
                from push_devices d where d.owner_id = $1) as "devices!: Json<Vec<Device>>"
           from users u left join reminders r on r.account_id = u.id where u.id = $1"#,
        by.user_id() as _,
    )
    .fetch_all(db)
    .await?;
    let mut standing =
        Standing { email: String::new(), confirmed: false, wishes: Wishes::default(), devices: Vec::new() };
    for row in rows {
        (standing.email, standing.confirmed, standing.devices) = (row.email, row.confirmed, row.devices.0);
        let by = Channels { mail: row.by_mail, notice: row.by_notice };
        let working_days = row.working_days;
        match row.kind {
            Some(Kind::Digest) => {
                standing.wishes.digest = row.hour.map(|hour| Wish { what: Daily { hour, working_days }, by });
            }
            Some(Kind::Talk) => standing.wishes.talk = row.lead.map(|what| Wish { what, by }),
            Some(Kind::Review) => standing.wishes.review = row.hour.map(|what| Wish { what, by }),
            None => {}
        }
    }
    Ok(standing)
}

/// Keeps what an account wishes for. What was wished for before keeps the instant since when; the job looks at once.
pub async fn keep(db: &mut PgConnection, by: Owner, wishes: &Wishes, now: Timestamp) -> sqlx::Result<()> {
    let hours = [
        (Kind::Digest, wishes.digest.map(|Wish { what, by }| (Some(what.hour), what.working_days, None, by))),
        (Kind::Talk, wishes.talk.map(|Wish { what, by }| (None, false, Some(what), by))),
        (Kind::Review, wishes.review.map(|Wish { what, by }| (Some(what), false, None, by))),
    ];
    for (kind, wish) in hours {
        let Some((hour, working_days, lead, channels)) = wish else {
            end(&mut *db, by, kind).await?;
            continue;
        };
        sqlx::query!(
            "insert into reminders (account_id, kind, hour, working_days, lead, by_mail, by_notice, since, next_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
             on conflict (account_id, kind) do update set hour = excluded.hour, working_days = excluded.working_days,
                 lead = excluded.lead, by_mail = excluded.by_mail, by_notice = excluded.by_notice, next_at = excluded.next_at",
            by.user_id() as _,
            kind as _,
            hour,
            working_days,
            lead as _,
            channels.mail,
            channels.notice,
            At(now) as _,
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// Ends the mails of a kind; what comes as a notice, too, goes on.
pub async fn end_mails(db: &mut PgConnection, by: Owner, kind: Kind) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from reminders where account_id = $1 and kind = $2 and not by_notice",
        by.user_id() as _,
        kind as _,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update reminders set by_mail = false where account_id = $1 and kind = $2 and by_notice",
        by.user_id() as _,
        kind as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Ends one wish. False where there was none.
async fn end(db: impl PgExecutor<'_>, by: Owner, kind: Kind) -> sqlx::Result<bool> {
    let done = sqlx::query!("delete from reminders where account_id = $1 and kind = $2", by.user_id() as _, kind as _,)
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Has the job look at all of an account's wishes, or those of a kind, at once.
pub async fn look_again(db: impl PgExecutor<'_>, by: Owner, kind: Option<Kind>, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update reminders set next_at = $3 where account_id = $1 and ($2::text is null or kind = $2) and next_at > $3",
        by.user_id() as _,
        kind as _,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Some of those to be looked at by `now`, the longest due first.
pub async fn to_look_at(db: impl PgExecutor<'_>, now: Timestamp, most: i64) -> sqlx::Result<Vec<(UserId, Kind)>> {
    let rows = sqlx::query!(
        r#"select account_id as "account: UserId", kind as "kind: Kind" from reminders
           where next_at <= $1 order by next_at, account_id, kind limit $2"#,
        At(now) as _,
        most,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.account, row.kind)).collect())
}

/// A wish with what decides when it is told.
pub struct Held {
    pub hour: Option<i16>,
    pub working_days: bool,
    pub lead: Option<Lead>,
    pub by_mail: bool,
    pub by_notice: bool,
    pub since: At,
    pub zone: String,
    pub preferences: Json<Preferences>,
    /// The last day that was told, of those that were told by now: a clock that ran ahead keeps nothing back.
    pub last: Option<Day>,
}

/// Holds a wish that is to be looked at by `now` until the transaction ends; nothing where another program holds it, or looked.
pub async fn hold(db: impl PgExecutor<'_>, account: UserId, kind: Kind, now: Timestamp) -> sqlx::Result<Option<Held>> {
    sqlx::query_as!(
        Held,
        r#"select r.hour, r.working_days, r.lead as "lead: Lead", r.by_mail, r.by_notice, r.since as "since: At", u.time_zone as zone,
               u.preferences as "preferences: Json<Preferences>",
               (select max(t.day) from reminders_told t where t.account_id = $1 and t.kind = $2 and t.told_at <= $3) as "last: Day"
           from reminders r join users u on u.id = r.account_id
           where r.account_id = $1 and r.kind = $2 and r.next_at <= $3
           for update of r skip locked"#,
        account as _,
        kind as _,
        At(now) as _,
    )
    .fetch_optional(db)
    .await
}

/// Writes down that something is told. False where it was before.
pub async fn told(
    db: impl PgExecutor<'_>,
    account: UserId,
    kind: Kind,
    day: Date,
    about: &str,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into reminders_told (account_id, kind, day, about, told_at) values ($1, $2, $3, $4, $5) on conflict do nothing",
        account as _,
        kind as _,
        Day(day) as _,
        about,
        At(now) as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Sets when a wish is looked at next.
pub async fn look_at(db: impl PgExecutor<'_>, account: UserId, kind: Kind, next: Timestamp) -> sqlx::Result<()> {
    sqlx::query!(
        "update reminders set next_at = $3 where account_id = $1 and kind = $2",
        account as _,
        kind as _,
        At(next) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets what was told before then.
pub async fn forget_told(db: impl PgExecutor<'_>, before: Timestamp) -> sqlx::Result<()> {
    sqlx::query!("delete from reminders_told where told_at < $1", At(before) as _).execute(db).await?;
    Ok(())
}

/// An account that a mail is written for, or that a link of one is of.
pub struct Account {
    pub name: String,
    pub email: String,
    pub zone: String,
    pub preferences: Json<Preferences>,
    pub dates: DateFormat,
    pub times: TimeFormat,
    /// What a link is bound to beside its words: another password or address ends it.
    pub password_hash: String,
}

/// The account, if it may log in.
pub async fn account(db: impl PgExecutor<'_>, id: UserId) -> sqlx::Result<Option<Account>> {
    sqlx::query_as!(
        Account,
        r#"select name, email, time_zone as zone, preferences as "preferences: Json<Preferences>",
               date_format as "dates: DateFormat", time_format as "times: TimeFormat",
               coalesce(password_hash, '') as "password_hash!"
           from users where id = $1 and disabled_at is null"#,
        id as _,
    )
    .fetch_optional(db)
    .await
}

/// Holds an account until the transaction ends: two presses of one link do not meet.
pub async fn hold_account(db: impl PgExecutor<'_>, id: UserId) -> sqlx::Result<()> {
    sqlx::query!("select id from users where id = $1 for no key update", id as _).fetch_optional(db).await?;
    Ok(())
}
