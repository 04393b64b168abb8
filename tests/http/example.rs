//! An example search in one's own account: offered while it is empty, marked on every page, gone without a trace.

use inroad::accounts::preferences::Preferences;
use jiff::SignedDuration;
use sqlx::types::Json;

use crate::support::sums::{Sums, sums_of};
use crate::support::{App, Person};

/// Everything but the account's row, whose version tells that something was set, and the sessions.
async fn owned(app: &App, person: &Person) -> Sums {
    let mut sums = sums_of(&app.db, person.id).await;
    sums.retain(|table, _| table != "users" && table != "sessions");
    sums
}

async fn preferences(app: &App, person: &Person) -> Preferences {
    let sql = "select preferences from users where id = $1";
    sqlx::query_scalar::<_, Json<Preferences>>(sql).bind(person.id).fetch_one(&app.db).await.unwrap().0
}

async fn shown(app: &App, person: &Person) {
    let page = person.get("/").await.page();
    assert_eq!(page.form_to("/examples").press("Show me an example search", person).await.to(), "/");
    app.pass(SignedDuration::from_secs(5));
}

#[tokio::test]
async fn it_fills_an_empty_account_is_marked_on_every_page_and_leaves_no_trace() {
    let app = App::start().await;
    let alice = &app.alice;
    alice.post("/first-steps/skips", &[("step", "import")]).await.to();
    let (before, set) = (owned(&app, alice).await, preferences(&app, alice).await);
    assert!(!alice.get("/").await.page().has(".banner"));
    shown(&app, alice).await;
    for path in
        ["/", "/companies", "/contacts", "/interviews", "/openings", "/referrals", "/progress", "/settings/data"]
    {
        let page = alice.get(path).await.is(200).page();
        assert!(page.text(".banner").contains("This is an example."), "{path}");
        assert!(!page.says("Nothing here"), "{path}");
    }
    assert_eq!(alice.post("/examples", &[]).await.to(), "/", "there is one already");
    assert!(!app.charlie.get("/").await.page().has(".banner"), "nobody else sees it");
    // Whatever is tried with it goes with it.
    let form = alice.get("/").await.page();
    form.forms().into_iter().find(|form| form.action.ends_with("/touchpoints")).unwrap().submit(alice).await.to();
    let banner = alice.get("/contacts").await.page().form_to("/examples/removals");
    assert_eq!(banner.press("Remove it", alice).await.to(), "/");
    assert_eq!(owned(&app, alice).await, before);
    assert_eq!(preferences(&app, alice).await, set);
    assert!(!alice.get("/").await.page().has(".banner"));
    alice.post("/examples/removals", &[]).await.to();
    assert_eq!(owned(&app, alice).await, before, "once is enough");
    // Settings offer it, too.
    alice.get("/settings/data").await.page().form_to("/examples").submit(alice).await.to();
    assert!(alice.get("/").await.page().has(".banner"));
}

#[tokio::test]
async fn what_the_user_adds_meanwhile_stays() {
    let app = App::start().await;
    let alice = &app.alice;
    shown(&app, alice).await;
    let bridge: String = sqlx::query_scalar("select name from companies where user_id = $1 order by name limit 1")
        .bind(alice.id)
        .fetch_one(&app.db)
        .await
        .unwrap();
    let form = alice.get("/contacts/new").await.page().form_to("/contacts").fill("Name", "Rosa Vidal");
    form.fill("Company", &bridge).submit(alice).await.to();
    alice.post("/companies", &[("companies", "My own GmbH"), ("found_by", "own_idea")]).await.to();
    let settings = alice.get("/settings").await.page().form_to("/settings/search");
    settings.fill("Places", "Kiel").submit(alice).await.to();
    alice.post("/examples/removals", &[]).await.to();
    let names = |table: &str| {
        let sql = format!("select name from {table} where user_id = $1 and deleted_at is null order by name");
        let (db, id) = (app.db.clone(), alice.id);
        async move { sqlx::query_scalar::<_, String>(sqlx::AssertSqlSafe(sql)).bind(id).fetch_all(&db).await.unwrap() }
    };
    assert_eq!(names("contacts").await, ["Rosa Vidal"]);
    let mut companies = vec![bridge, "My own GmbH".to_owned()];
    companies.sort();
    assert_eq!(names("companies").await, companies, "the company of someone of her own is hers now");
    let settings = alice.get("/settings").await.page().form_to("/settings/search");
    assert_eq!((settings.filled("Places"), settings.filled("Target roles")), ("Kiel", ""));
    assert!(alice.get("/bin").await.page().says("empty") || !alice.get("/bin").await.page().has("tbody tr"));
}

#[tokio::test]
async fn it_is_offered_to_an_empty_account_alone() {
    let app = App::start().await;
    app.alice.company("Acme").await;
    assert!(!app.alice.get("/").await.body.contains("/examples"));
    assert!(!app.alice.get("/settings/data").await.body.contains("/examples"));
    let before = owned(&app, &app.alice).await;
    let answer = app.alice.post("/examples", &[]).await;
    assert!(app.alice.follow(&answer).await.toast().contains("isn\u{2019}t empty"));
    assert_eq!(owned(&app, &app.alice).await, before);
    app.bob.post("/examples", &[]).await.is(403);
}
