//! What a coach suggests: written, changed, withdrawn, taken over with one press or not, and seen by the two alone.

use inroad::ids::SuggestionId;

use crate::comments::{may_comment, second_coach};
use crate::support::sums::sums_of;
use crate::support::{Answer, App, Form, Page, Person};

async fn page_of(person: &Person, path: &str) -> Page {
    person.get(path).await.is(200).page()
}

async fn company_form(coach: &Person, name: &str) -> Form {
    let page = page_of(coach, "/suggestions/new?kind=company").await;
    page.form_to("/suggestions").fill("Company", name)
}

async fn suggest_company(coach: &Person, name: &str) -> SuggestionId {
    let form =
        company_form(coach, name).await.fill("Website", "orbital.example").fill("Why this one?", "They train people.");
    let id = form.value("id").parse().unwrap();
    assert_eq!(form.submit(coach).await.to(), "/suggestions");
    id
}

async fn suggest_template(coach: &Person, name: &str) -> SuggestionId {
    let form = page_of(coach, "/suggestions/new?kind=template").await.form_to("/suggestions");
    let form = form.fill("Name", name).fill("For", "Thank-you").fill("Text", "Thank you, {first_name}.");
    let id = form.value("id").parse().unwrap();
    assert_eq!(form.submit(coach).await.to(), "/suggestions");
    id
}

/// The form of a page that sends to this end of an address.
fn press(page: &Page, end: &str) -> Option<Form> {
    page.forms().into_iter().find(|form| form.action.ends_with(end))
}

/// Alice takes over what stands first on a page.
async fn take(app: &App, path: &str) -> Answer {
    press(&page_of(&app.alice, path).await, "/acceptances").unwrap().submit(&app.alice).await
}

/// What became of Bob's suggestions, in his words.
async fn fates(app: &App) -> Vec<String> {
    page_of(&app.bob, "/suggestions").await.texts("main li[data-row] .tag")
}

async fn companies(app: &App) -> Vec<(String, String, Option<String>, Option<String>)> {
    let sql =
        "select name, found_by, website, notes from companies where user_id = $1 and deleted_at is null order by name";
    sqlx::query_as(sql).bind(app.alice.id).fetch_all(&app.db).await.unwrap()
}

#[tokio::test]
async fn a_company_is_taken_over_with_one_press_and_undone() {
    let app = App::start().await;
    may_comment(&app).await;
    assert_eq!(page_of(&app.bob, "/companies").await.link("Suggest a company"), "/suggestions/new?kind=company");
    suggest_company(&app.bob, "Orbital Works").await;
    assert_eq!(fates(&app).await, ["Waiting"]);
    for path in ["/", "/companies", "/suggestions"] {
        let page = page_of(&app.alice, path).await;
        assert!(page.says("Bob Brown suggests a company") && page.says("They train people."), "{path}");
        assert!(!page_of(&app.bob, path).await.says("Bob Brown suggests"), "{path} asks her");
        assert_eq!(press(&page, "/acceptances").unwrap().value("back"), path);
    }
    let taken = take(&app, "/companies").await;
    assert_eq!(taken.to(), "/companies");
    let page = app.alice.follow(&taken).await;
    assert_eq!(page.toast(), "Added Orbital Works.");
    assert!(!page.says("suggests a company"));
    let (name, found_by) = ("Orbital Works".to_owned(), "coach".to_owned());
    let (site, notes) = ("https://orbital.example".to_owned(), "Bob Brown: They train people.".to_owned());
    assert_eq!(companies(&app).await, [(name, found_by, Some(site), Some(notes))]);
    assert_eq!(fates(&app).await, ["Added"]);
    assert!(page_of(&app.bob, "/looking").await.says("Suggested 1: 1 added"));

    assert_eq!(page.undo().submit(&app.alice).await.to(), "/companies");
    assert!(companies(&app).await.is_empty() && fates(&app).await == ["Waiting"]);
    assert_eq!(take(&app, "/").await.to(), "/");
    assert_eq!(companies(&app).await.len(), 1, "out of the bin again");
}

#[tokio::test]
async fn a_company_that_is_on_the_list_is_found_there() {
    let app = App::start().await;
    may_comment(&app).await;
    app.rows(&app.alice).company("Acme, Inc.").await;
    suggest_company(&app.bob, "ACME").await;
    let taken = take(&app, "/").await;
    let page = app.alice.follow(&taken).await;
    assert_eq!(page.toast(), "Acme, Inc. is on your list already.");
    assert_eq!(companies(&app).await.len(), 1);
    page.undo().submit(&app.alice).await.to();
    assert_eq!(companies(&app).await.len(), 1, "what was there before stays");
    assert!(page_of(&app.alice, "/").await.says("suggests a company"));
}

#[tokio::test]
async fn a_template_is_taken_over_as_the_librarys_own() {
    let app = App::start().await;
    may_comment(&app).await;
    assert_eq!(page_of(&app.bob, "/library").await.link("Suggest a template"), "/suggestions/new?kind=template");
    suggest_template(&app.bob, "Short thanks").await;
    let page = page_of(&app.alice, "/library").await;
    assert!(page.says("Bob Brown suggests a template: Thank-you") && page.says("Thank you, {first_name}."));
    assert!(!page_of(&app.alice, "/companies").await.says("suggests"));
    let taken = take(&app, "/library").await;
    let page = app.alice.follow(&taken).await;
    assert!(page.says("Short thanks") && page.says("yours"), "{}", page.text("main"));
    let address = page.link("Short thanks");
    assert!(page_of(&app.alice, &address).await.says("Thank you, {first_name}."));
    page.undo().submit(&app.alice).await.to();
    app.alice.get(&address).await.is(404);
    take(&app, "/library").await.to();
    app.alice.get(&address).await.is(200);
    // One of the same name and moment is there already.
    suggest_template(&app.bob, "Short thanks").await;
    let again = take(&app, "/library").await;
    assert!(app.alice.follow(&again).await.toast().contains("You already have a template called Short thanks"));
}

#[tokio::test]
async fn what_is_not_for_her_is_off_and_can_come_back() {
    let app = App::start().await;
    may_comment(&app).await;
    let id = suggest_company(&app.bob, "Orbital Works").await;
    let form = press(&page_of(&app.alice, "/").await, "/dismissals").unwrap();
    let answer = form.clone().submit(&app.alice).await;
    assert_eq!(answer.to(), "/");
    let page = app.alice.follow(&answer).await;
    assert!(!page.says("suggests a company"));
    assert_eq!(fates(&app).await, ["Not added"]);
    form.submit(&app.alice).await.to();
    page.undo().submit(&app.alice).await.to();
    assert!(page_of(&app.alice, "/").await.says("suggests a company"));
    app.alice.post(&format!("/suggestions/{id}/dismissals"), &[]).await.to();
    take(&app, "/suggestions").await.to();
    assert_eq!(companies(&app).await.len(), 1, "she may change her mind");
}

#[tokio::test]
async fn a_coach_changes_and_withdraws_what_waits_and_nothing_else() {
    let app = App::start().await;
    may_comment(&app).await;
    let id = suggest_company(&app.bob, "Orbitl Works").await;
    let (edit, to) = (format!("/suggestions/{id}/edit"), format!("/suggestions/{id}"));
    let (one, other) = (page_of(&app.bob, &edit).await, page_of(&app.bob, &edit).await);
    one.form_to(&to).fill("Company", "Orbital Works").submit(&app.bob).await.to();
    let both = other.form_to(&to).fill("Company", "Orbital").submit(&app.bob).await.is(409).page();
    assert!(both.says("changed elsewhere"));
    both.form_to(&to).submit(&app.bob).await.to();
    assert!(page_of(&app.alice, "/").await.says("Orbital"));
    for (label, wrong) in [
        ("Company", ""),
        ("Company", &*"x".repeat(201)),
        ("Website", "not a site"),
        ("Why this one?", &*"x".repeat(1001)),
    ] {
        let page = page_of(&app.bob, &edit).await.form_to(&to).fill(label, wrong).submit(&app.bob).await.is(422).page();
        assert!(!page.error_of(label).is_empty(), "{label}");
    }
    let withdrawn = press(&page_of(&app.bob, "/suggestions").await, "/withdrawals").unwrap().submit(&app.bob).await;
    assert!(!page_of(&app.alice, "/").await.says("Orbital"));
    app.alice.post(&format!("{to}/acceptances"), &[]).await.is(404);
    app.bob.follow(&withdrawn).await.undo().submit(&app.bob).await.to();
    take(&app, "/").await.to();
    for answer in [
        app.bob.get(&edit).await,
        app.bob.post(&to, &[("version", "9")]).await,
        app.bob.post(&format!("{to}/withdrawals"), &[]).await,
    ] {
        assert_eq!(answer.to(), "/suggestions", "{}", answer.path);
    }
    assert_eq!((fates(&app).await, companies(&app).await.len()), (vec!["Added".to_owned()], 1));
}

#[tokio::test]
async fn a_form_says_what_is_wrong_and_sent_twice_makes_one() {
    let app = App::start().await;
    may_comment(&app).await;
    let page = company_form(&app.bob, " ").await.submit(&app.bob).await.is(422).page();
    assert!(!page.error_of("Company").is_empty());
    let form = page_of(&app.bob, "/suggestions/new?kind=template").await.form_to("/suggestions");
    let page = form.fill("Text", "Hello {firstname}").submit(&app.bob).await.is(422).page();
    for label in ["Name", "For", "Text"] {
        assert!(!page.error_of(label).is_empty(), "{label}");
    }
    let form = company_form(&app.bob, "Orbital Works").await;
    form.clone().submit(&app.bob).await.to();
    form.clone().submit(&app.bob).await.to();
    assert_eq!(fates(&app).await.len(), 1);
    form.clone().set("kind", "castle").submit(&app.bob).await.is(400);
    form.clone().set("id", "1").submit(&app.bob).await.is(400);
    // Nothing that is hers already can be given another meaning.
    let hers = app.rows(&app.alice).company("Hers").await;
    form.clone().set("id", &hers.to_string()).submit(&app.bob).await.is(422);
    sqlx::query(
        "insert into suggestions (user_id, id, grant_id, by_name, kind, name, created_at)
         select user_id, gen_random_uuid(), grant_id, by_name, 'company', 'Company ' || n, created_at
         from suggestions, generate_series(1, 49) n",
    )
    .execute(&app.db)
    .await
    .unwrap();
    let full = company_form(&app.bob, "One more").await.submit(&app.bob).await.is(422).page();
    assert!(full.error_of("Company").contains("50 of your suggestions wait"));
}

#[tokio::test]
async fn only_the_two_see_a_suggestion_and_the_seeker_keeps_it() {
    let app = App::start().await;
    may_comment(&app).await;
    let erin = second_coach(&app).await;
    let id = suggest_company(&app.bob, "From Bob").await;
    suggest_company(&erin, "From Erin").await;
    let seen = page_of(&erin, "/suggestions").await;
    assert!(seen.says("From Erin") && !seen.says("From Bob"));
    for path in ["/", "/companies", "/library"] {
        assert!(!page_of(&erin, path).await.says("From Bob"), "{path}");
    }
    assert!(page_of(&app.alice, "/").await.says("From Bob") && page_of(&app.alice, "/").await.says("From Erin"));

    let before = sums_of(&app.db, app.alice.id).await;
    let to = format!("/suggestions/{id}");
    let name = [("version", "1"), ("name", "Not yours")];
    for other in [&app.charlie, &app.dora, &erin, &app.alice] {
        other.get(&format!("{to}/edit")).await.is(404);
        for end in ["", "/withdrawals", "/restorations"] {
            other.post(&format!("{to}{end}"), &name).await.is(404);
        }
    }
    for end in ["/acceptances", "/dismissals", "/undos"] {
        app.charlie.post(&format!("{to}{end}"), &[]).await.is(404);
        app.bob.post(&format!("{to}{end}"), &[]).await.is(403);
        erin.post(&format!("{to}{end}"), &[]).await.is(403);
    }
    app.alice
        .post("/suggestions", &[("id", &SuggestionId::new().to_string()), ("kind", "company"), ("name", "Mine")])
        .await
        .is(404);
    assert_eq!(app.alice.get("/suggestions/new?kind=template").await.to(), "/library/new");
    assert_eq!(sums_of(&app.db, app.alice.id).await, before);

    sqlx::query("delete from grants where coach_id = $1").bind(app.bob.id).execute(&app.db).await.unwrap();
    app.bob.get(&format!("{to}/edit")).await.is(404);
    assert!(page_of(&app.alice, "/").await.says("From Bob"), "she keeps it");
}

#[tokio::test]
async fn a_coach_suggests_within_what_they_may() {
    let app = App::start().await;
    let form = [("kind", "company"), ("name", "Orbital Works"), ("id", "019b0000-0000-7000-8000-000000000001")];
    let before = sums_of(&app.db, app.alice.id).await;
    for terms in ["may_comment = false", "may_comment = true, scope = 'progress'"] {
        let sql = format!("update grants set {terms} where coach_id = $1");
        sqlx::query(sqlx::AssertSqlSafe(sql)).bind(app.bob.id).execute(&app.db).await.unwrap();
        for path in ["/suggestions", "/suggestions/new"] {
            app.bob.get(path).await.is(403);
        }
        app.bob.post("/suggestions", &form).await.is(403);
    }
    let mut after = sums_of(&app.db, app.alice.id).await;
    after.insert("grants".into(), before["grants"].clone());
    assert_eq!(after, before);
    sqlx::query("update grants set scope = 'everything_but_notes' where coach_id = $1")
        .bind(app.bob.id)
        .execute(&app.db)
        .await
        .unwrap();
    app.bob.get("/library").await.is(403);
    suggest_template(&app.bob, "Short thanks").await;
    assert_eq!(fates(&app).await, ["Waiting"]);
    assert!(page_of(&app.alice, "/library").await.says("Short thanks"));
}
