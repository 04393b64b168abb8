//! Undoing a join whatever was done since: both are on the list again, or the two stay joined and it is said why.

use inroad::ids::{CompanyId, ContactId};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::support::{App, Page};

async fn set(app: &App, table: &str, id: Uuid, sql: &str) {
    let sql = format!("update {table} set {sql} where id = $1");
    sqlx::query(AssertSqlSafe(sql)).bind(id).execute(&app.db).await.unwrap();
}

/// Joins two on the list, and reads where that leads.
async fn join(app: &App, table: &str, gone: Uuid, into: Uuid, chosen: &[&str]) -> Page {
    let page = app.alice.get(&format!("/{table}/{gone}/join?into={into}")).await.is(200).page();
    let mut form = page.form_to(&format!("/{table}/{gone}/joins"));
    form.fields.extend(chosen.iter().map(|field| ("chosen".to_owned(), (*field).to_owned())));
    let page = app.alice.follow(&form.submit(&app.alice).await).await;
    assert_eq!(page.toast(), "Joined: everything of both is here now.");
    page
}

async fn undo(app: &App, joined: &Page) -> Page {
    app.alice.follow(&joined.undo().submit(&app.alice).await).await
}

/// Name, profile, phone, notes, and lines of history.
type ContactRow = (String, Option<String>, Option<String>, Option<String>, i64);
/// Name, its key, motivation, status with its reason, notes, and people.
type CompanyRow = (String, String, i16, String, Option<String>, Option<String>, i64);
/// Motivation, posting, status, rhythm, notes.
type CompanyThoughts = (i16, i16, String, Option<i16>, Option<String>);
/// Closeness, warmth, rhythm, whether for good, time zone, introducer, notes.
type ContactThoughts = (String, String, Option<i16>, Option<bool>, Option<String>, Option<Uuid>, Option<String>);

/// Who is on the list.
async fn contacts(app: &App) -> Vec<ContactRow> {
    let sql =
        "select k.name, k.profile_key, k.phone, k.notes, (select count(*) from touchpoints t where t.contact_id = k.id)
        from contacts k where k.user_id = $1 and k.deleted_at is null order by k.id";
    sqlx::query_as(sql).bind(app.alice.id).fetch_all(&app.db).await.unwrap()
}

/// Which are on the list.
async fn companies(app: &App) -> Vec<CompanyRow> {
    let sql = "select c.name, c.name_key, c.motivation, c.status, c.status_reason, c.notes,
            (select count(*) from contacts k where k.company_id = c.id)
        from companies c where c.user_id = $1 and c.deleted_at is null order by c.id";
    sqlx::query_as(sql).bind(app.alice.id).fetch_all(&app.db).await.unwrap()
}

/// Two of one name, the first with a profile.
async fn twins(app: &App) -> (ContactId, ContactId) {
    let eon = app.alice.company("Eon").await;
    let rows = app.rows(&app.alice);
    let (one, other) = (rows.contact("Ada King", Some(eon)).await, rows.contact("Ada King", Some(eon)).await);
    let profile = "email = null, profile_key = '/in/ada-king', profile_url = 'https://www.linkedin.com/in/ada-king'";
    set(app, "contacts", one.0, &format!("{profile}, place = 'Essen'")).await;
    set(app, "contacts", other.0, "email = 'ada@eon.example', profile_url = null, profile_key = null").await;
    (one, other)
}

#[tokio::test]
async fn both_are_on_the_list_again_though_the_one_that_stayed_was_changed_since() {
    let app = App::start().await;
    let (gone, kept) = twins(&app).await;
    let joined = join(&app, "contacts", gone.0, kept.0, &[]).await;
    let path = format!("/contacts/{kept}");
    let form = app.alice.get(&format!("{path}/edit")).await.is(200).page().form_to(&path);
    assert_eq!(form.filled("Place"), "Essen");
    form.fill("Phone", "0170 1234567").submit(&app.alice).await.to();
    let undone = undo(&app, &joined).await;
    assert_eq!(undone.toast(), "Undone: both are on your list again.");
    let profile = Some("/in/ada-king".to_owned());
    let ada = |profile, phone| ("Ada King".to_owned(), profile, phone, None, 1);
    assert_eq!(contacts(&app).await, [ada(profile, None), ada(None, Some("0170 1234567".to_owned()))]);
    let form = app.alice.get(&format!("{path}/edit")).await.page().form_to(&path);
    assert_eq!(form.filled("Place"), "", "it came by the join");
    assert!(app.alice.get("/bin").await.is(200).page().says("The bin is empty"));
}

#[tokio::test]
async fn what_was_filled_in_and_changed_since_stays_as_it_is() {
    let app = App::start().await;
    let (gone, kept) = twins(&app).await;
    let joined = join(&app, "contacts", gone.0, kept.0, &[]).await;
    set(&app, "contacts", kept.0, "place = 'Bonn', version = version + 1").await;
    let undone = undo(&app, &joined).await;
    assert_eq!(undone.toast(), "Undone: both are on your list again. What you changed since stays as it is.");
    let places: Vec<String> = sqlx::query_scalar("select place from contacts where user_id = $1 order by id")
        .bind(app.alice.id)
        .fetch_all(&app.db)
        .await
        .unwrap();
    assert_eq!(places, ["Essen", "Bonn"]);
}

#[tokio::test]
async fn three_that_were_joined_are_three_again_and_only_the_last_join_first() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    let mut ids = Vec::new();
    for name in ["Ada Byron", "Ada King", "Ada Lovelace"] {
        let id = rows.contact(name, None).await;
        set(&app, "contacts", id.0, "profile_url = null, email = null").await;
        ids.push(id.0);
    }
    set(
        &app,
        "contacts",
        ids[0],
        "profile_key = '/in/ada', profile_url = 'https://www.linkedin.com/in/ada', phone = '1'",
    )
    .await;
    let before = contacts(&app).await;
    let first = join(&app, "contacts", ids[0], ids[1], &["name"]).await;
    let second = join(&app, "contacts", ids[1], ids[2], &["name"]).await;
    assert_eq!(contacts(&app).await.len(), 1);
    // The address of the first leads to where it is now.
    let there = app.alice.get(&format!("/contacts/{}", ids[0])).await;
    assert_eq!(there.to(), format!("/contacts/{}", ids[1]));
    assert_eq!(app.alice.get(&format!("/contacts/{}", ids[1])).await.to(), format!("/contacts/{}", ids[2]));

    let joined = contacts(&app).await;
    let refused = first.undo().submit(&app.alice).await;
    let refused = app.alice.follow(&app.alice.get(&refused.to()).await).await;
    assert!(refused.toast().starts_with("Undo the later join first"), "{}", refused.toast());
    assert_eq!(contacts(&app).await, joined);
    assert_eq!(undo(&app, &second).await.toast(), "Undone: both are on your list again.");
    assert_eq!(undo(&app, &first).await.toast(), "Undone: both are on your list again.");
    assert_eq!(contacts(&app).await, before);
}

#[tokio::test]
async fn three_companies_that_were_joined_are_three_again() {
    let app = App::start().await;
    let mut ids = Vec::new();
    for name in ["Acme", "Acme Robotics", "Acme Works"] {
        let id = app.alice.company(name).await;
        app.rows(&app.alice).contact("Ada Lovelace", Some(id)).await;
        ids.push(id.0);
    }
    let before = companies(&app).await;
    let first = join(&app, "companies", ids[0], ids[1], &["name"]).await;
    let second = join(&app, "companies", ids[1], ids[2], &["name"]).await;
    assert_eq!(companies(&app).await[0].0, "Acme");
    assert_eq!(app.alice.get(&format!("/companies/{}", ids[0])).await.to(), format!("/companies/{}", ids[1]));
    first.undo().submit(&app.alice).await.to();
    assert_eq!(companies(&app).await.len(), 1, "the later join is undone first");
    set(&app, "companies", ids[2], "motivation = 3, version = version + 1").await;
    assert_eq!(undo(&app, &second).await.toast(), "Undone: both are on your list again.");
    set(&app, "companies", ids[2], "motivation = 0").await;
    assert_eq!(undo(&app, &first).await.toast(), "Undone: both are on your list again.");
    assert_eq!(companies(&app).await, before);
}

#[tokio::test]
async fn the_two_stay_joined_while_somebody_else_has_the_profile() {
    let app = App::start().await;
    let (gone, kept) = twins(&app).await;
    let joined = join(&app, "contacts", gone.0, kept.0, &[]).await;
    set(&app, "contacts", kept.0, "profile_key = null, profile_url = null").await;
    let third = app.rows(&app.alice).contact("Ada King", None).await;
    set(&app, "contacts", third.0, "profile_key = '/in/ada-king'").await;
    let there = contacts(&app).await;
    let refused = undo(&app, &joined).await;
    assert!(
        refused.toast().starts_with("The two stay joined: another one on your list has a profile"),
        "{}",
        refused.toast()
    );
    assert_eq!(contacts(&app).await, there, "nothing moved");
    set(&app, "contacts", third.0, "profile_key = null").await;
    assert!(undo(&app, &refused).await.toast().starts_with("Undone: both are on your list again."));
    assert_eq!(contacts(&app).await.len(), 3);
}

#[tokio::test]
async fn what_is_thought_of_two_companies_is_shown_chosen_and_kept() {
    let app = App::start().await;
    let (bmw, group) = (app.alice.company("BMW").await, app.alice.company("BMW Group").await);
    let thought = "motivation = 5, posting = 3, status = 'ruled_out', status_reason = 'They froze hiring until 2028', careers_rhythm_days = 7";
    set(&app, "companies", bmw.0, thought).await;
    set(&app, "companies", group.0, "motivation = 2, posting = 1, careers_rhythm_days = 30").await;
    let page = app.alice.get(&format!("/companies/{bmw}/join?into={group}")).await.is(200).page();
    for said in [
        "5 of 5",
        "2 of 5",
        "right now",
        "adjacent",
        "Ruled out: They froze hiring until 2028",
        "Active",
        "Every 7 days",
    ] {
        assert!(page.says(said), "{said}: {}", page.text("main"));
    }
    let chosen = page.all("input[name=chosen]").len();
    assert_eq!(chosen, 5, "name, motivation, posting, status, careers page");
    let thoughts = async |id: CompanyId| -> CompanyThoughts {
        let sql = "select motivation, posting, status, careers_rhythm_days, notes from companies where id = $1";
        sqlx::query_as(sql).bind(id).fetch_one(&app.db).await.unwrap()
    };
    let before = thoughts(group).await;
    let joined = join(&app, "companies", bmw.0, group.0, &["motivation", "status"]).await;
    let (motivation, posting, status, rhythm, notes) = thoughts(group).await;
    assert_eq!((motivation, posting, status.as_str(), rhythm), (5, 1, "ruled_out", Some(30)));
    let notes = notes.unwrap();
    for said in ["Motivation: 2 of 5", "Posting: right now", "Status: Active", "Look at the careers page: Every 7 days"]
    {
        assert!(notes.contains(said), "{said}: {notes}");
    }
    undo(&app, &joined).await;
    assert_eq!(thoughts(group).await, before);
}

#[tokio::test]
async fn what_is_thought_of_two_people_is_shown_chosen_and_kept() {
    let app = App::start().await;
    let (gone, kept) = twins(&app).await;
    let introducer = app.rows(&app.alice).contact("Grace Hopper", None).await;
    let thought = "closeness = 'same_role', warmth = 'knows_me', rhythm_days = 30, retain_until = '2027-06-01', time_zone = 'Europe/Oslo'";
    set(&app, "contacts", gone.0, &format!("{thought}, introduced_by = '{introducer}'")).await;
    let other = "closeness = 'recruiter', warmth = 'same_school', rhythm_days = 0, kept_for_good = true, time_zone = 'Europe/Berlin'";
    set(&app, "contacts", kept.0, other).await;
    let page = app.alice.get(&format!("/contacts/{gone}/join?into={kept}")).await.is(200).page();
    for said in
        ["In the role", "Recruiter", "Knows you", "Same school", "Every 30 days", "Never", "For good", "Grace Hopper"]
    {
        assert!(page.says(said), "{said}: {}", page.text("main"));
    }
    let thoughts = async || -> ContactThoughts {
        let sql = "select closeness, warmth, rhythm_days, kept_for_good, time_zone, introduced_by, notes from contacts where id = $1";
        sqlx::query_as(sql).bind(kept).fetch_one(&app.db).await.unwrap()
    };
    let before = thoughts().await;
    let joined = join(&app, "contacts", gone.0, kept.0, &["closeness", "retention"]).await;
    let (closeness, warmth, rhythm, for_good, zone, by, notes) = thoughts().await;
    assert_eq!((closeness.as_str(), warmth.as_str(), rhythm, for_good), ("same_role", "same_school", Some(0), None));
    assert_eq!((zone.as_deref(), by), (Some("Europe/Berlin"), Some(introducer.0)));
    let notes = notes.unwrap();
    for said in [
        "Their job: Recruiter",
        "How you know them: Knows you",
        "How often to write: Every 30 days",
        "Keep until: For good",
    ] {
        assert!(notes.contains(said), "{said}: {notes}");
    }
    undo(&app, &joined).await;
    assert_eq!(thoughts().await, before);
}
