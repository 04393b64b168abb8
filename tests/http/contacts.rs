//! Contacts: the list, adding, sharing a profile, and who may see them.

use inroad::ids::{CompanyId, ContactId};

use crate::support::{App, Form, Page, Person};

/// The names on the list, in its order.
fn names(page: &Page) -> Vec<String> {
    page.texts("tbody tr th a")
}

async fn list(person: &Person, query: &str) -> Vec<String> {
    names(&person.get(&format!("/contacts{query}")).await.is(200).page())
}

async fn empty_form(person: &Person) -> Form {
    person.get("/contacts/new").await.is(200).page().form_to("/contacts")
}

fn id_in(address: &str) -> ContactId {
    address.strip_prefix("/contacts/").unwrap_or_else(|| panic!("{address}")).parse().unwrap()
}

/// Adds a contact through the form.
async fn add(person: &Person, name: &str, company: &str) -> ContactId {
    let form = empty_form(person).await.fill("Name", name).fill("Company", company);
    id_in(&form.submit(person).await.to())
}

async fn set(app: &App, id: ContactId, columns: &str) {
    let sql = format!("update contacts set {columns} where id = $1");
    sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).execute(&app.db).await.unwrap();
}

#[tokio::test]
async fn the_first_visit_says_what_to_do() {
    let app = App::start().await;
    let page = app.alice.get("/contacts").await.is(200).page();
    assert_eq!(page.text("h1"), "Contacts");
    assert!(page.says("a name is enough"));
    assert_eq!(page.link("Add a contact"), "/contacts/new");
}

#[tokio::test]
async fn a_name_is_enough() {
    let app = App::start().await;
    let answer = empty_form(&app.alice).await.fill("Name", " Katherine Johnson ").submit(&app.alice).await;
    let page = app.alice.follow(&answer).await;
    assert_eq!(page.text("h1"), "Katherine Johnson");
    assert_eq!(page.toast(), "Added Katherine Johnson.");
    assert_eq!(page.text("#next"), "Next: send a connection request");
    let undone = page.undo().submit(&app.alice).await;
    assert_eq!(app.alice.follow(&undone).await.toast(), "Katherine Johnson is in the bin.");
}

#[tokio::test]
async fn the_company_is_found_by_its_name_or_made_on_the_spot() {
    let app = App::start().await;
    let acme = app.alice.company("Acme").await;
    app.charlie.company("Globex").await;
    add(&app.alice, "Ada Byron", "ACME, Inc.").await;
    let grace = add(&app.alice, "Grace Hopper", "Globex").await;
    assert_eq!(list(&app.alice, &format!("?company={acme}")).await, ["Ada Byron"]);
    let page = app.alice.get(&format!("/contacts/{grace}")).await.page();
    let globex = page.link("Globex");
    assert!(app.alice.get(&globex).await.is(200).page().says("Found by: Someone I know works there"));
    assert_eq!(app.alice.get("/companies?show=all").await.page().texts("tbody tr th a").len(), 2);
}

#[tokio::test]
async fn somebody_known_at_an_employer_is_tied_when_it_becomes_a_target() {
    let app = App::start().await;
    let old = app.rows(&app.alice).contact("Ada Byron", None).await;
    set(&app, old, "employer = 'Acme', employer_key = 'acme', profile_url = null").await;
    let edit = format!("/contacts/{old}");
    let form = app.alice.get(&format!("{edit}/edit")).await.page().form_to(&edit);
    form.fill("Job title", "Analyst").submit(&app.alice).await.to();
    assert!(
        app.alice.get("/companies?show=all").await.page().texts("tbody tr").is_empty(),
        "editing makes no target of it"
    );
    add(&app.alice, "Grace Hopper", "Acme Inc").await;
    let page = app.alice.get(&edit).await.page();
    assert!(page.link("Acme Inc").starts_with("/companies/") && page.says("Grace Hopper"));
}

#[tokio::test]
async fn everything_typed_is_kept_and_shown() {
    let app = App::start().await;
    let mary = add(&app.alice, "Mary Jackson", "Orbital Works").await;
    let form = app.alice.get(&format!("/contacts/new?introduced_by={mary}")).await.page().form_to("/contacts");
    assert_eq!(form.filled("How do you know them?"), "can_be_introduced");
    let answer = form
        .fill("Name", "Katherine Johnson")
        .fill("Company", "Orbital Works")
        .fill("Job title", "Data analyst")
        .fill("Profile address", "linkedin.com/in/Katherine-Johnson-1a2b?trk=x")
        .fill("E-mail", "Kate@Orbital.example")
        .fill("How close is their job to the one you want?", "In the role")
        .fill("Why this person", "you moved from teaching into analysis")
        .tick("We are already connected")
        .tick("Pick for this week")
        .submit(&app.alice)
        .await;
    let page = app.alice.follow(&answer).await;
    for said in [
        "Data analyst, Orbital Works",
        "Does the work you want",
        "Mary Jackson can introduce you",
        "you moved from teaching into analysis",
        "Picked for this week",
        "Already connected",
    ] {
        assert!(page.says(said), "{said}");
    }
    assert_eq!(page.text("#next"), "Next: ask for a talk");
    assert_eq!(page.text(".next .tag"), "today");
    assert!(page.links().iter().any(|(_, to)| to == "https://www.linkedin.com/in/katherine-johnson-1a2b"));
    assert!(app.alice.get(&format!("/contacts/{mary}")).await.page().says("through Mary"));
}

#[tokio::test]
async fn wrong_fields_are_said_and_what_was_typed_stays() {
    let app = App::start().await;
    let long = "x".repeat(201);
    let page = empty_form(&app.alice)
        .await
        .fill("Company", &long)
        .fill("Job title", "Kept <script>")
        .fill("Profile address", "javascript:alert(1)")
        .fill("E-mail", "nobody")
        .submit(&app.alice)
        .await
        .is(422)
        .page();
    for label in ["Name", "Company", "Profile address", "E-mail"] {
        assert!(!page.error_of(label).is_empty(), "{label}");
    }
    assert_eq!(page.form_to("/contacts").filled("Job title"), "Kept <script>");
    let nobody = ContactId::new().to_string();
    for (field, value) in [("closeness", "near"), ("warmth", "hot"), ("introduced_by", "x"), ("introduced_by", &nobody)]
    {
        app.alice.post("/contacts", &[("name", "Ada"), (field, value)]).await.is(422);
    }
    let hers = add(&app.charlie, "Not hers", "").await.to_string();
    app.alice.post("/contacts", &[("name", "Ada"), ("introduced_by", &hers)]).await.is(422);
    app.alice.post("/contacts", &[("name", "Ada"), ("id", "x")]).await.is(400);
    app.alice.post("/contacts", &[("name", "Ada\u{0}")]).await.is(422);
    assert_eq!(list(&app.alice, "").await, [""; 0]);
}

#[tokio::test]
async fn a_profile_alone_gives_the_name() {
    let app = App::start().await;
    let form =
        empty_form(&app.alice).await.fill("Profile address", "https://www.linkedin.com/in/katherine-johnson-1a2b");
    let page = form.submit(&app.alice).await.is(200).page();
    assert!(page.says("what I read from what you pasted"));
    let form = page.form_to("/contacts");
    assert_eq!(form.filled("Name"), "Katherine Johnson");
    form.submit(&app.alice).await.to();
    let page = app.alice.get("/contacts/new?profile=https://www.linkedin.com/in/ada-byron").await.page();
    assert_eq!(page.form_to("/contacts").filled("Name"), "Ada Byron");
}

#[tokio::test]
async fn a_shared_page_fills_the_form() {
    let app = App::start().await;
    let shared =
        "/capture?title=(2)%20Katherine%20Johnson%20%7C%20LinkedIn&text=Look%20https://www.linkedin.com/in/kjohnson.";
    let form = app.alice.get(shared).await.is(200).page().form_to("/contacts");
    assert_eq!(form.filled("Name"), "Katherine Johnson");
    assert_eq!(form.filled("Profile address"), "https://www.linkedin.com/in/kjohnson");
    assert_eq!(list(&app.alice, "").await, [""; 0], "nothing is added by sharing");
}

#[tokio::test]
async fn the_same_profile_is_one_person() {
    let app = App::start().await;
    let profile = "https://www.linkedin.com/in/kjohnson";
    let form = empty_form(&app.alice).await.fill("Name", "Katherine Johnson").fill("Profile address", profile);
    let first = id_in(&form.submit(&app.alice).await.to());
    let form = empty_form(&app.alice)
        .await
        .fill("Name", "Kate")
        .fill("Company", "Made for her")
        .fill("Profile address", "de.linkedin.com/in/KJohnson/");
    let page = form.submit(&app.alice).await.is(422).page();
    assert!(page.error_of("Profile address").contains("Katherine Johnson"));
    assert_eq!(page.link("Katherine Johnson"), format!("/contacts/{first}"));
    assert!(
        app.alice.get("/companies?show=all").await.page().texts("tbody tr").is_empty(),
        "no company is left behind"
    );
    let form = empty_form(&app.charlie).await.fill("Name", "Kate").fill("Profile address", profile);
    form.submit(&app.charlie).await.to();
}

#[tokio::test]
async fn pressed_twice_a_contact_is_added_once() {
    let app = App::start().await;
    let form = || async { empty_form(&app.alice).await.fill("Name", "Ada Byron").fill("Company", "Acme") };
    let one = form().await;
    let again = one.clone();
    let (first, second) = (one.submit(&app.alice).await.to(), again.submit(&app.alice).await.to());
    assert_eq!(first, second);
    let one = form().await;
    let again = one.clone();
    let (first, second) = tokio::join!(one.submit(&app.alice), again.submit(&app.alice));
    assert_eq!(first.to(), second.to());
    assert_eq!(list(&app.alice, "").await.len(), 2);
}

#[tokio::test]
async fn the_list_is_filtered_searched_and_counted() {
    let app = App::start().await;
    let acme = app.alice.company("Acme").await;
    let rows = app.rows(&app.alice);
    let found = rows.contact("Found", Some(acme)).await;
    let (later, friend, gone, deleted) = (
        rows.contact("Later", None).await,
        rows.contact("Friend", None).await,
        rows.contact("Gone", None).await,
        rows.contact("Deleted", Some(acme)).await,
    );
    set(
        &app,
        found,
        "next_due = '2026-11-18', job_title = '100% analyst', job_title_folded = '100% analyst', email = 'f@x.example'",
    )
    .await;
    set(
        &app,
        later,
        "stage = 'asked', next_step = 'follow_up', next_due = '2026-12-01', job_title = '1000 things', email = null",
    )
    .await;
    set(&app, friend, "stage = 'spoke', next_step = 'thank', next_due = '2026-11-19', employer = 'Under_score', employer_key = 'under score', job_title = null, email = null").await;
    set(&app, gone, "stage = 'declined', next_step = null, next_due = null, job_title = null, email = null").await;
    set(&app, deleted, "deleted_at = now()").await;
    app.rows(&app.charlie).contact("Hers", None).await;
    for (query, expected) in [
        ("", &["Found", "Friend", "Later", "Gone"][..]),
        ("?sort=name", &["Found", "Friend", "Gone", "Later"]),
        ("?sort=company&show=everyone", &["Found", "Friend", "Gone", "Later"]),
        ("?show=due", &["Found", "Friend"]),
        ("?show=identified", &["Found"]),
        ("?show=asked", &["Later"]),
        ("?show=in_touch", &["Friend"]),
        ("?show=resting", &["Gone"]),
        ("?show=scheduled", &[]),
        ("?q=100%25", &["Found"]),
        ("?q=under_", &["Friend"]),
        ("?q=acme", &["Found"]),
        ("?q=F@X", &["Found"]),
        ("?q=%5C", &[]),
        ("?show=nonsense&sort=nonsense", &["Found", "Friend", "Later", "Gone"]),
    ] {
        assert_eq!(list(&app.alice, query).await, expected, "{query}");
    }
    let page = app.alice.get("/contacts").await.page();
    assert_eq!(page.texts("nav.filters .count"), ["4", "2", "1", "0", "0", "1", "0", "1", "1"]);
    assert_eq!(page.text("h1"), "4 contacts");
    assert_eq!(page.texts("td .late").len(), 1, "the thanks; what held a first message back is not known here");
    let page = app.alice.get(&format!("/contacts?company={acme}")).await.page();
    assert_eq!((page.text("h1"), names(&page)), ("1 contact at Acme".into(), vec!["Found".into()]));
    assert_eq!(list(&app.alice, &format!("?company={}", CompanyId::new())).await, [""; 0]);
    app.alice.get("/contacts?company=x").await.is(400);
}

#[tokio::test]
async fn it_is_sorted_by_the_last_time_in_contact() {
    let app = App::start().await;
    for (name, touch) in [("Old", "'2026-01-01'"), ("New", "'2026-11-20'"), ("Never", "null")] {
        let id = app.rows(&app.alice).contact(name, None).await;
        set(&app, id, &format!("last_touch_on = {touch}")).await;
    }
    assert_eq!(list(&app.alice, "?sort=touch").await, ["New", "Old", "Never"]);
}

#[tokio::test]
async fn a_long_list_is_turned_page_by_page() {
    let app = App::start().await;
    let mut expected = Vec::new();
    for n in 0..120 {
        let name = format!("Person {n:03}");
        app.rows(&app.alice).contact(&name, None).await;
        expected.push(name);
    }
    for sort in ["due", "name", "company", "touch"] {
        let (mut address, mut seen, mut sizes) = (format!("/contacts?sort={sort}"), Vec::new(), Vec::new());
        loop {
            let page = app.alice.get(&address).await.is(200).page();
            sizes.push(names(&page).len());
            seen.extend(names(&page));
            match page.all("a[rel=next]").first().and_then(|a| a.attr("href")) {
                Some(next) => address = next.to_owned(),
                None => break,
            }
        }
        assert_eq!((seen, sizes), (expected.clone(), vec![50, 50, 20]), "{sort}");
        let last = app.alice.get(&address).await.page();
        assert!(last.says("101 to 120 of 120"));
        let before = last.all("a[rel=prev]").first().and_then(|a| a.attr("href")).unwrap().to_owned();
        assert_eq!(list(&app.alice, &before["/contacts".len()..]).await, expected[50..100]);
    }
}

#[tokio::test]
async fn several_are_picked_or_deleted_at_once() {
    let app = App::start().await;
    let (one, two) = (add(&app.alice, "One", "").await, add(&app.alice, "Two", "").await);
    let hers = add(&app.charlie, "Hers", "").await;
    let ids = [one, two, hers].map(|id| id.to_string());
    let fields: Vec<(&str, &str)> =
        ids.iter().map(|id| ("id", id.as_str())).chain([("back", "/contacts?show=due")]).collect();
    let answer = app.alice.post("/contacts/picks", &fields).await;
    assert_eq!(answer.to(), "/contacts?show=due");
    let page = app.alice.follow(&answer).await;
    assert_eq!(
        (page.toast(), names(&page)),
        ("2 people picked for this week.".into(), vec!["One".into(), "Two".into()])
    );
    let again = app.alice.post("/contacts/picks", &fields).await;
    assert!(app.alice.follow(&again).await.toast().starts_with("No one to pick"));
    assert_eq!(list(&app.charlie, "?show=due").await, [""; 0]);

    let page = app.alice.follow(&app.alice.post("/contacts/deletions", &fields).await).await;
    assert_eq!((page.toast(), names(&page).len()), ("2 contacts are in the bin.".into(), 0));
    let undone = page.undo();
    app.charlie.post(&undone.action, &[]).await.is(404);
    let page = app.alice.follow(&undone.submit(&app.alice).await).await;
    assert_eq!((page.toast(), names(&page).len()), ("2 contacts are back.".into(), 2));
    assert_eq!(list(&app.charlie, "").await, ["Hers"]);
    let none = app.alice.post("/contacts/picks", &[]).await;
    assert_eq!(app.alice.follow(&none).await.toast(), "Tick the people first.");
    app.alice.post("/contacts/restorations?at=x", &[]).await.is(400);
    app.alice.post("/contacts/restorations?at=5", &[]).await.is(404);
}

#[tokio::test]
async fn a_stranger_gets_404_and_a_coach_may_not_touch() {
    let app = App::start().await;
    let id = add(&app.alice, "Kate", "Acme").await;
    for path in ["", "/edit"] {
        app.charlie.get(&format!("/contacts/{id}{path}")).await.is(404);
        app.bob.get(&format!("/contacts/{id}{path}")).await.is(200);
    }
    for (path, fields) in [
        ("", &[("name", "Mine"), ("version", "1")][..]),
        ("/touchpoints", &[("kind", "met")]),
        ("/snoozes", &[("until", "2026-12-01")]),
        ("/dismissals", &[("note", "No")]),
        ("/deletions", &[]),
        ("/restorations", &[]),
    ] {
        app.charlie.post(&format!("/contacts/{id}{path}"), fields).await.is(404);
        app.bob.post(&format!("/contacts/{id}{path}"), fields).await.is(403);
    }
    assert_eq!(list(&app.bob, "").await, ["Kate"]);
    assert_eq!(list(&app.charlie, "").await, [""; 0]);
    assert_eq!(app.alice.get(&format!("/contacts/{id}")).await.page().texts(".timeline li").len(), 1);
}
