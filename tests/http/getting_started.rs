//! The first ten minutes: each step is done where it is asked for, and leads back to Today.

use sqlx::AssertSqlSafe;

use crate::imports::{HEADER, import, previewed};
use crate::support::{App, Page, Person};

const TEN: &str =
    "Acme\nBridgepoint\nCedar Mutual\nFern & Field\nGlobex\nHarbour Analytics\nInitech\nKestrel\nNorthlight\nOrbital";

async fn today(person: &Person) -> Page {
    person.get("/").await.is(200).page()
}

/// The titles of the steps, those that are done with a word before.
fn steps(page: &Page) -> Vec<String> {
    page.texts(".first-steps > li > div:first-child, .first-steps > li > details > summary")
}

/// The title of the step whose form is in sight.
fn open(page: &Page) -> String {
    page.text(".first-steps details[open] > summary")
}

#[tokio::test]
async fn a_new_account_is_led_through_its_first_steps_and_may_skip_each() {
    let app = App::start().await;
    assert_eq!(today(&app.alice).await.text("h1"), "Welcome to Inroad");
    for step in ["role", "companies", "import", "request"] {
        app.alice.post("/first-steps/skips", &[("step", step)]).await.to();
    }
    let page = today(&app.alice).await;
    assert_eq!(page.text("h1"), "Nothing due today");
    assert!(page.says("Done for today") && steps(&page).is_empty());
    app.alice.post("/first-steps/skips", &[("step", "nonsense")]).await.is(400);
}

#[tokio::test]
async fn each_step_is_done_on_today_and_returns_there_ticked() {
    let app = App::start().await;
    let page = today(&app.alice).await;
    assert_eq!(open(&page), "Say what work you want");
    let role = page.form_to("/settings/search").fill("The role you want", "Data analyst");
    let answer = role.fill("One sentence about you", "I build dashboards").submit(&app.alice).await;
    assert_eq!(answer.to(), "/");
    let page = app.alice.follow(&answer).await;
    assert_eq!(steps(&page)[0], "Done: Say what work you want");
    assert_eq!(open(&page), "List ten companies");
    let settings = app.alice.get("/settings").await.page().form_to("/settings/search");
    assert_eq!(settings.filled("Target roles"), "Data analyst");
    assert_eq!(settings.filled("One sentence about you"), "I build dashboards");
    assert_eq!(settings.filled("Minutes a talk is asked for"), "15", "what is not asked for goes along as it is");

    let answer = page.form_to("/companies").fill("Companies", "Acme\nGlobex").submit(&app.alice).await;
    assert_eq!(answer.to(), "/");
    let page = app.alice.follow(&answer).await;
    assert_eq!(page.toast(), "2 companies added.");
    assert_eq!(open(&page), "Bring in the people you know", "a few are enough to go on");
    assert_eq!(steps(&page)[1], "List ten companies 2 of 10");
    assert_eq!(page.undo().submit(&app.alice).await.to(), "/");
    let answer = today(&app.alice).await.form_to("/companies").fill("Companies", TEN).submit(&app.alice).await;
    let page = app.alice.follow(&answer).await;
    assert_eq!(steps(&page)[1], "Done: List ten companies");
}

#[tokio::test]
async fn what_is_wrong_with_the_role_is_said_and_two_tabs_lose_nothing() {
    let app = App::start().await;
    let page = today(&app.alice).await;
    let wrong = page.form_to("/settings/search").set("target_roles", &"x".repeat(101));
    let settings = wrong.submit(&app.alice).await.is(422).page();
    assert!(settings.error_of("Target roles").starts_with("Line 1: "));
    let mended = settings.form_to("/settings/search").fill("Target roles", "Data analyst").submit(&app.alice).await;
    assert_eq!(mended.to(), "/", "it still leads back");
    let late = page.form_to("/settings/search").fill("The role you want", "Data engineer").submit(&app.alice).await;
    let both = late.is(409).page();
    assert!(both.says("Data analyst"), "{}", both.text("main"));
    assert_eq!(both.form_to("/settings/search").filled("Target roles"), "Data engineer");
}

#[tokio::test]
async fn a_list_that_needs_a_look_waits_and_today_leads_to_it() {
    let app = App::start().await;
    app.alice.post("/first-steps/skips", &[("step", "role")]).await.to();
    let form = today(&app.alice).await.form_to("/companies").fill("Companies", "# Tier 1\nAcme\nGlobex\nOne, Of, Them");
    let preview = form.submit(&app.alice).await.is(200).page();
    assert_eq!(preview.text("h1"), "Preview");
    let page = today(&app.alice).await;
    assert_eq!(page.link("Look at the list you pasted"), "/companies/new");
    let added = preview.form_to("/companies").press("Add 5 companies", &app.alice).await;
    assert_eq!(added.to(), "/", "it leads back to where it was pasted");
    let path = previewed(&app.alice, &format!("{HEADER}Ana,One,,,Acme,Analyst,01 Mar 2026\n")).await;
    assert_eq!(today(&app.alice).await.link("Preview the file you chose"), path);
}

/// A file with three who do the work, two who lead or hire, and someone elsewhere.
fn file() -> String {
    let people = [
        ("Kristen,Vale", "Acme", "Senior Data Analyst"),
        ("Ravi,Menon", "Acme", "Data Analyst"),
        ("Rosa,Vidal", "Globex", "Data analyst, claims"),
        ("Head,Hunter", "Acme", "Recruiter"),
        ("Max,Lead", "Globex", "Head of Data"),
        ("Zoe,Zuse", "Elsewhere", "Data Analyst"),
    ];
    let line = |(name, employer, title): &(&str, &str, &str)| {
        let slug = name.to_lowercase().replace(',', "-");
        format!("{name},https://www.linkedin.com/in/{slug},,{employer},\"{title}\",01 Mar 2026\n")
    };
    HEADER.to_owned() + &people.iter().map(line).collect::<String>()
}

#[tokio::test]
async fn after_an_import_those_who_do_the_work_are_named_and_today_says_so_too() {
    let app = App::start().await;
    app.alice.post("/companies", &[("companies", TEN), ("found_by", "own_idea")]).await.to();
    let page = today(&app.alice).await;
    assert!(steps(&page).contains(&"Find one person".to_owned()), "{:?}", steps(&page));
    let role = page.form_to("/settings/search").fill("The role you want", "Data analyst");
    role.submit(&app.alice).await.to();
    let report = import(&app.alice, &file()).await;
    let said = "You know 5 people at 2 of your companies. These three do the work you want:";
    for page in [&report, &today(&app.alice).await] {
        assert!(page.says(said), "{}", page.text("main"));
        let asks: Vec<String> = page.texts("li[data-row] a.btn");
        assert_eq!(asks, ["Ask Kristen", "Ask Ravi", "Ask Rosa"]);
        assert_eq!(page.texts("a.btn.go"), ["Ask Kristen"], "one button is the loudest");
        assert!(page.says("Does the work you want, going by their title"), "{}", page.text("main"));
    }
    let page = today(&app.alice).await;
    assert_eq!(open(&page), "Ask someone you already know");
    let contact = page.link("Ask Kristen");
    app.alice.post(&format!("{contact}/touchpoints"), &[("kind", "asked")]).await.to();
    assert!(steps(&today(&app.alice).await).is_empty(), "the first message is sent: all four are done");
    // Whom the user says more of is not guessed at.
    let sql = "update contacts set closeness = 'recruiter' where name = 'Ravi Menon'";
    sqlx::query(AssertSqlSafe(sql)).execute(&app.db).await.unwrap();
    let company: String =
        sqlx::query_scalar("select id::text from companies where name = 'Globex'").fetch_one(&app.db).await.unwrap();
    let globex = app.alice.get(&format!("/companies/{company}")).await.page();
    assert!(globex.says("Does the work you want, going by their title"), "{}", globex.text("main"));
}

#[tokio::test]
async fn adding_a_contact_needs_two_fields_and_the_rest_unfolds_where_it_says_something() {
    let app = App::start().await;
    let page = app.alice.get("/contacts/new").await.page();
    assert!(page.has("form details") && !page.has("form details[open]"));
    let read = page.form_to("/contacts").fill("Name", "https://www.linkedin.com/in/rosa-vidal-0/");
    let read = read.submit(&app.alice).await.is(200).page();
    assert!(read.has("form details[open]"), "what was read is in sight");
    assert_eq!(read.form_to("/contacts").filled("Name"), "Rosa Vidal");
    let wrong = page.form_to("/contacts").fill("Name", "Rosa Vidal").fill("E-mail", "nobody");
    assert!(wrong.submit(&app.alice).await.is(422).page().has("form details[open]"));
    let wrong = page.form_to("/contacts").fill("Company", "Acme").submit(&app.alice).await.is(422).page();
    assert!(!wrong.has("form details[open]"), "the fault is above");
}
