//! The ways into an account that has no password: the last one stays.

use crate::issuer::{self, link};
use crate::passkeys::{self, add};
use crate::support::{App, Form};

/// Takes Alice's password away.
async fn no_password(app: &App) {
    let sql = "update users set password_hash = null where id = $1";
    sqlx::query(sql).bind(app.alice.id).execute(&app.db).await.unwrap();
}

/// The form that removes her passkey.
async fn removal(app: &App) -> Form {
    let page = app.alice.get("/settings/passkeys").await.is(200).page();
    page.forms().into_iter().find(|form| form.action.ends_with("/ends")).unwrap()
}

#[tokio::test]
async fn two_that_are_given_up_at_once_do_not_both_go() {
    let (app, issuer) = issuer::start(&[]).await;
    let origin = app.config.url.as_ref().unwrap().as_str().trim_end_matches('/').to_owned();
    link(&app.alice, &issuer).await;
    add(&app.alice, &origin, "Key").await;
    no_password(&app).await;
    let remove = removal(&app).await;
    let unlink = app.alice.get("/settings/identity").await.page().form_to("/settings/identity/ends");
    // Whatever has looked at what is left waits before it is done.
    let mut held = app.pool.begin().await.unwrap();
    sqlx::raw_sql("lock table audit_events in exclusive mode").execute(&mut *held).await.unwrap();
    let both_wait = async {
        let waiting =
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
        while sqlx::query_scalar::<_, i64>(waiting).fetch_one(&app.pool).await.unwrap() < 2 {
            tokio::task::yield_now().await;
        }
        held.commit().await.unwrap();
    };
    tokio::join!(remove.submit(&app.alice), unlink.submit(&app.alice), both_wait);
    let left = "select (select count(*) from passkeys where owner_id = $1) + (select count(*) from identities where owner_id = $1)";
    let left: i64 = sqlx::query_scalar(left).bind(app.alice.id).fetch_one(&app.db).await.unwrap();
    assert_eq!(left, 1, "one of them still logs her in");
}

#[tokio::test]
async fn an_issuer_that_is_not_set_up_any_more_is_no_way_in() {
    let (app, origin) = passkeys::start().await;
    add(&app.alice, &origin, "Key").await;
    no_password(&app).await;
    sqlx::query(
        "insert into identities (id, owner_id, issuer, subject, shown_as, created_at, used_at)
         values (gen_random_uuid(), $1, 'https://elsewhere.example', 'grace', 'Grace', now(), now())",
    )
    .bind(app.alice.id)
    .execute(&app.db)
    .await
    .unwrap();
    let toast = app.alice.follow(&removal(&app).await.submit(&app.alice).await).await.toast();
    assert_eq!(toast, "Nothing else logs you in. Set a password first, under Security.");
}
