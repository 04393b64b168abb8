//! A thousand daily mails are due, and the program is killed in the middle of them: each account gets its own, once.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use sqlx::PgPool;
use tokio::time::sleep;

use crate::program::{Program, free_address};
use crate::support::Sink;
use crate::support::database::TestDatabase;

const PEOPLE: usize = 1_000;
const PATIENCE: Duration = Duration::from_secs(240);

/// Accounts to whom a contact is due, and whose daily mail was to come at an hour that is just over.
async fn due(db: &PgPool) {
    let statements = [
        "insert into users (id, name, email, password_hash, time_zone, created_at, email_confirmed_at)
         select md5('u' || n)::uuid, 'P', 'p' || n || '@example.org', 'x', 'UTC', now(), now() from generate_series(1, 1000) n",
        "insert into contacts (user_id, id, name, name_folded, stage, next_step, next_due, created_at)
         select id, id, 'Grace Hopper', 'grace hopper', 'identified', 'request', current_date - 7, now() from users",
        "insert into touchpoints (user_id, id, contact_id, kind, direction, happened_on, happened_at, created_at)
         select id, id, id, 'found', 'none', current_date - 7, now() - interval '7 days', now() from users",
        "insert into reminders (account_id, kind, hour, working_days, since, next_at)
         select id, 'digest', extract(hour from now() at time zone 'UTC')::smallint, false, now() - interval '2 days',
             now() - interval '1 minute' from users",
    ];
    for statement in statements {
        sqlx::query(statement).execute(db).await.unwrap();
    }
}

async fn count(db: &PgPool, sql: &'static str) -> usize {
    let count: i64 = sqlx::query_scalar(sql).fetch_one(db).await.unwrap();
    usize::try_from(count).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_daily_mails_come_once_each_though_a_program_is_killed_among_them() {
    let own = TestDatabase::new().await;
    let db = PgPool::connect(&own.url).await.unwrap();
    due(&db).await;
    let sink = Sink::start().await;
    let smtp = format!("smtp://{}", sink.address);
    let start = |address: std::net::SocketAddr| {
        let url = format!("http://{address}");
        let settings = [
            ("INROAD_URL", url.as_str()),
            ("INROAD_SMTP_URL", smtp.as_str()),
            ("INROAD_MAIL_FROM", "Inroad <inroad@inroad.example>"),
        ];
        Program::start(&own.url, address, &settings)
    };
    let (one, mut other) = (start(free_address()), start(free_address()));
    let begun = Instant::now();
    let mut taken = Vec::new();
    while taken.len() < PEOPLE / 4 {
        assert!(begun.elapsed() < PATIENCE, "{} mails came:\n{}", taken.len(), one.said());
        taken.extend(sink.take());
        sleep(Duration::from_millis(20)).await;
    }
    assert!(count(&db, "select count(*) from reminders_told").await > 0);
    // Killed as by SIGKILL, whatever it was writing or sending.
    drop(one);
    other.ready().await;
    // What the killed one held in its hand, a mail at most, the other takes over after five minutes; here, as soon as it is alone.
    let left = "select count(*) from mails";
    while count(&db, "select count(*) from reminders_told").await < PEOPLE || count(&db, left).await > 1 {
        assert!(begun.elapsed() < PATIENCE, "{}", other.said());
        sleep(Duration::from_millis(50)).await;
    }
    sleep(Duration::from_secs(2)).await;
    sqlx::query("update mails set due_at = now()").execute(&db).await.unwrap();
    while count(&db, left).await > 0 {
        assert!(begun.elapsed() < PATIENCE, "{}", other.said());
        sleep(Duration::from_millis(50)).await;
    }
    taken.extend(sink.take());
    assert_eq!(count(&db, "select count(*) from reminders_told").await, PEOPLE);
    let mut by_recipient: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for mail in &taken {
        by_recipient.entry(mail.to[0].clone()).or_default().push(mail.id());
    }
    assert_eq!(by_recipient.len(), PEOPLE, "nobody was left out");
    // Whoever was being written to when the program was killed may have the same mail twice, under the same id.
    let again: Vec<_> = by_recipient.values().filter(|ids| ids.len() > 1).collect();
    assert!(again.len() <= 1 && again.iter().all(|ids| ids.iter().all(|id| *id == ids[0])), "{again:?}");
    drop(other);
}
