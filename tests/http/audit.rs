//! The audit log: each deed is noted once, for its person and for administrators, with no secret in it.

use inroad::trash::purge;
use jiff::SignedDuration;

use crate::support::person::PASSWORD;
use crate::support::{App, Person};

const NEW: &str = "another long secret of mine";

/// What the log of somebody says, the latest first.
async fn log(person: &Person) -> Vec<String> {
    person.get("/settings/activity").await.is(200).page().texts("main li[data-row] > div")
}

async fn latest(person: &Person) -> String {
    log(person).await.into_iter().next().unwrap_or_default()
}

#[tokio::test]
async fn each_deed_is_noted_for_its_own_person_and_the_administrator() {
    let app = App::start().await;
    assert!(log(&app.alice).await.is_empty());
    let browser = app.another_browser(&app.alice).await;
    browser.post("/settings/sessions/ends", &[]).await.is(303);
    assert!(latest(&browser).await.starts_with("All other sessions ended"));
    browser.post("/settings/sessions/ends", &[]).await.is(303);
    assert_eq!(log(&browser).await.len(), 1, "nothing was ended");

    browser.post("/settings/password", &[("old_password", PASSWORD), ("new_password", NEW)]).await.is(303);
    assert!(latest(&browser).await.starts_with("Password changed"));
    let fields = [("email", app.alice.email.as_str()), ("password", NEW)];
    app.alice.post("/login", &fields).await.is(303);
    assert!(latest(&app.alice).await.starts_with("Logged in"));
    app.alice.post("/settings/calendar", &[("alarm", "30")]).await.is(200);
    assert!(latest(&app.alice).await.starts_with("Calendar address made"));
    app.alice.post("/settings/calendar/ends", &[]).await.is(303);
    assert!(latest(&app.alice).await.starts_with("Calendar address ended"));
    app.alice.post("/settings/calendar/ends", &[]).await.is(303);
    let person = app.fill(&app.alice).await.contact;
    sqlx::query("update contacts set name = 'Somebody Secret' where id = $1")
        .bind(person)
        .execute(&app.db)
        .await
        .unwrap();
    let mut deeds = log(&app.alice).await.len();
    for (path, about) in [
        ("/export/archive.zip", "everything"),
        ("/export/table.csv?of=contacts", "the table contacts"),
        ("/export/contacts.vcf", "the address book"),
        ("/export/talks.ics", "the talks"),
        ("/export/dossiers.zip", "the dossiers"),
        (&format!("/contacts/{person}/everything.json"), "everything about one person"),
    ] {
        app.alice.get(path).await.is(200);
        deeds += 1;
        let log = log(&app.alice).await;
        assert!(log.len() == deeds && log[0].starts_with(&format!("Exported: {about}")), "{path}: {log:?}");
    }
    let profile = app.alice.get("/settings/email").await.page();
    profile.form_to("/settings/email").fill("E-mail", "alice@example.com").submit(&app.alice).await.is(303);
    assert!(latest(&app.alice).await.starts_with("E-mail changed"));

    let all = app.dora.get("/admin/activity").await.is(200);
    let page = all.page();
    assert!(page.texts("main li[data-row]").iter().all(|line| line.contains("Alice Adams")), "{}", page.text("main"));
    for secret in [PASSWORD, NEW, "Somebody", &app.alice.token().unwrap()] {
        assert!(!all.body.contains(secret), "{secret}");
    }
    assert!(log(&app.charlie).await.is_empty());
    app.alice.get("/admin/activity").await.is(404);
    app.bob.get("/settings/activity").await.is(403);
}

#[tokio::test]
async fn what_was_refused_is_noted_too_whoever_it_claimed_to_be() {
    let app = App::start().await;
    let guess = async |email: &str| {
        app.visitor().post("/login", &[("email", email), ("password", "a guess that is wrong")]).await.is(422);
    };
    guess(&app.alice.email).await;
    assert!(latest(&app.alice).await.starts_with("Login refused: wrong password"));
    app.alice.post("/confirm", &[("password", "not mine at all, really")]).await.is(422);
    assert!(latest(&app.alice).await.starts_with("Not let change the account: wrong password"));
    let fields = [("old_password", "not mine either, no"), ("new_password", NEW)];
    app.alice.post("/settings/password", &fields).await.is(422);
    assert_eq!(log(&app.alice).await.len(), 3);

    // An address that no account has leaves a line for the administrator, without the address, and goes sooner.
    guess("nobody.at.all@example.org").await;
    let all = app.dora.get("/admin/activity").await.is(200);
    let line = all.page().texts("main li[data-row] > div").remove(0);
    assert!(line.starts_with("Login refused: wrong password") && line.contains("an unknown address"), "{line}");
    assert!(!all.body.contains("nobody.at.all"));
    purge::clean(&app.db, app.now() + SignedDuration::from_hours(24 * 31)).await.unwrap();
    let left: Vec<bool> =
        sqlx::query_scalar("select owner_id is null from audit_events").fetch_all(&app.db).await.unwrap();
    assert_eq!(left, [false; 3]);
}

#[tokio::test]
async fn what_others_do_to_an_account_names_them() {
    let app = App::start().await;
    app.bob.post("/looking/end", &[]).await.is(303);
    let looks = app.bob.get("/looking").await.page().forms().into_iter().find(|form| form.action.ends_with("/looks"));
    looks.unwrap().submit(&app.bob).await.is(303);
    let seen = latest(&app.alice).await;
    assert!(seen.starts_with("Search looked at by Bob"), "{seen}");
    let of = format!("/admin/accounts/{}", app.alice.id);
    app.dora.post(&format!("{of}/password-links"), &[]).await.is(200);
    for change in ["promote", "demote", "disable", "disable", "enable"] {
        app.dora.post(&of, &[("change", change)]).await.is(303);
    }
    let log = app.dora.get("/admin/activity").await.page().texts("main li[data-row] > div");
    let starts = [
        "Account enabled by Dora Dean",
        "Account disabled by Dora Dean",
        "Account disabled by Dora Dean",
        "No longer an administrator by Dora Dean",
        "Made an administrator by Dora Dean",
        "Password link made by Dora Dean",
        "Search looked at by Bob",
    ];
    for (line, start) in log.iter().zip(starts) {
        assert!(line.starts_with(start), "{line} and not {start}");
    }
    assert_eq!(log.len(), starts.len());
    app.dora.post(&format!("/admin/accounts/{}", app.dora.id), &[("change", "demote")]).await.is(303);
    let after = app.dora.get("/admin/activity").await.page().texts("main li[data-row]").len();
    assert_eq!(after, starts.len(), "what was refused is no deed");
}

#[tokio::test]
async fn the_log_comes_in_pages_and_is_kept_four_hundred_days() {
    let app = App::start().await;
    let sql = "insert into audit_events (id, owner_id, happened_at, kind, address, user_agent)
         select ('019b0000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, $1, $2::timestamptz + make_interval(mins => n), 'signed_in',
             '192.0.2.' || n % 250, '' from generate_series(1, 120) n";
    sqlx::query(sql).bind(app.alice.id).bind(inroad::database::At(app.now())).execute(&app.db).await.unwrap();
    for (person, start) in [(&app.alice, "/settings/activity"), (&app.dora, "/admin/activity")] {
        let (mut path, mut seen) = (start.to_owned(), Vec::new());
        loop {
            let page = person.get(&path).await.is(200).page();
            seen.extend(page.texts("main li[data-row]"));
            let earlier = page.all("main footer a").into_iter().find(|link| link.text().any(|text| text == "Earlier"));
            let Some(link) = earlier else { break };
            path = link.attr("href").unwrap().to_owned();
        }
        assert_eq!(seen.len(), 120);
        assert!(seen[0].contains("from 192.0.2.120") && seen[119].contains("from 192.0.2.1"), "{seen:?}");
    }
    let nonsense = app.alice.get("/settings/activity?before=nonsense").await.is(200).page();
    assert_eq!(nonsense.texts("main li[data-row]").len(), 50);

    for (days, expected) in [(399, 120), (401, 0)] {
        purge::clean(&app.db, app.now() + SignedDuration::from_hours(24 * days)).await.unwrap();
        let left: i64 = sqlx::query_scalar("select count(*) from audit_events").fetch_one(&app.db).await.unwrap();
        assert_eq!(left, expected, "after {days} days");
    }
}
