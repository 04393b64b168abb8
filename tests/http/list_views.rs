//! Ways to look at a list: its columns, and what is kept under a name.

use crate::support::{App, Page};

/// The headings of the columns.
fn columns(page: &Page) -> Vec<String> {
    page.texts("thead th").into_iter().filter(|heading| !heading.is_empty()).collect()
}

async fn with_contacts() -> App {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    let company = rows.company("Acme").await;
    rows.contact("Grace Hopper", Some(company)).await;
    app
}

#[tokio::test]
async fn columns_are_chosen_and_the_name_stays() {
    let app = with_contacts().await;
    let page = app.alice.get("/contacts").await.page();
    assert_eq!(columns(&page), ["Name", "Company", "Stage", "Next step", "Due", "Last contact"]);
    let chosen = [("list", "/contacts"), ("query", "show=everyone"), ("columns", "company.stage"), ("column", "due")];
    let to = app.alice.post("/list-views", &chosen).await.to();
    assert_eq!(to, "/contacts?show=everyone&cols=due");
    let page = app.alice.get(&to).await.page();
    assert_eq!(columns(&page), ["Name", "Due"]);
    assert_eq!(page.texts("tbody tr").len(), 1);
    assert!(page.link("Connected 0").contains("cols=due"), "filters keep the columns");
    let none = app.alice.post("/list-views", &chosen[..3]).await.to();
    assert_eq!(columns(&app.alice.get(&none).await.page()), ["Name"]);
    // As its page draws it, with the usual columns ticked, the form changes nothing.
    let same = page.form("#views form").submit(&app.alice).await.to();
    assert_eq!(same, to);
    let seen = app.alice.get("/openings?cols=seen").await.is(200);
    assert!(seen.page().has("#main"), "a column that is mostly left out");
}

#[tokio::test]
async fn a_view_is_kept_under_a_name_shown_first_renamed_removed_and_brought_back() {
    let app = with_contacts().await;
    let form = app.alice.get("/contacts?show=connected&sort=name").await.page().form("#views form");
    let form = form.fill("Save this view as", "Those I know").tick("Show it first");
    let saved = form.press("Save", &app.alice).await;
    assert_eq!(saved.to(), "/contacts?show=connected&sort=name");
    let page = app.alice.follow(&saved).await;
    assert_eq!(page.toast(), "Saved Those I know");
    assert_eq!(page.text("button.views"), "Those I know");

    let plain = app.alice.get("/contacts").await.page();
    assert!(plain.text(".filters [aria-current]").starts_with("Connected"), "it is shown first");
    let reset = app.alice.get(&plain.link("Reset")).await.page();
    assert!(reset.text(".filters [aria-current]").starts_with("Everyone"), "until it is reset");
    let asked = app.alice.get("/contacts?show=asked").await.page();
    assert!(asked.text(".filters [aria-current]").starts_with("Asked"), "an address shows what it says");
    assert!(app.alice.get("/companies").await.page().text("button.views") == "View", "other lists have their own");
    assert_eq!(app.charlie.get("/contacts").await.page().texts("#views a").len(), 0, "and other people theirs");

    let rename = plain.form("#views form + hr + form").fill("Rename this view", "In contact");
    let renamed = rename.press("Save the change", &app.alice).await;
    let page = app.alice.follow(&renamed).await;
    assert_eq!(page.toast(), "Saved In contact");
    let removed = page.form("#views form + hr + form").press("Remove this view", &app.alice).await;
    let page = app.alice.follow(&removed).await;
    assert_eq!(page.toast(), "Removed In contact");
    assert!(page.text(".filters [aria-current]").starts_with("Everyone"));
    let undo = page.undo();
    app.bob.post(&undo.action, &[]).await.is(403);
    let undone = undo.submit(&app.alice).await;
    assert_eq!(app.alice.follow(&undone).await.text("button.views"), "In contact");
    let plain = app.alice.get("/contacts").await.page();
    assert!(plain.text(".filters [aria-current]").starts_with("Connected"), "and is shown first again");
}

#[tokio::test]
async fn two_views_of_a_list_have_two_names_and_one_is_shown_first() {
    let app = with_contacts().await;
    let save = async |name: &str, query: &str, was: &str| {
        let fields = [("list", "/contacts"), ("query", query), ("name", name), ("was", was), ("usual", "true")];
        app.alice.post("/list-views", &fields).await
    };
    save("One", "show=asked", "").await.to();
    save("Two", "show=due", "").await.to();
    let kept = "select jsonb_path_query_array(preferences, '$.views[*] ? (@.usual == true).name')::text from users where id = $1";
    let usual = async || sqlx::query_scalar::<_, String>(kept).bind(app.alice.id).fetch_one(&app.db).await.unwrap();
    assert_eq!(usual().await, r#"["Two"]"#);
    assert!(save("Two", "show=asked", "One").await.is(400).page().says("You have a view called Two already."));
    // Saved again under its name it is another view, and what it was comes back.
    let again = save("Two", "show=resting", "").await;
    let page = app.alice.follow(&again).await;
    let undone = page.undo().submit(&app.alice).await;
    assert_eq!(undone.to(), "/contacts?show=due");
    assert_eq!(usual().await, r#"["Two"]"#);
}

#[tokio::test]
async fn what_is_no_view_is_refused_with_what_would_be_one() {
    let app = with_contacts().await;
    let post = async |list: &str, name: &str, query: &str| {
        app.alice.post("/list-views", &[("list", list), ("name", name), ("query", query)]).await
    };
    post("/settings", "x", "").await.is(400);
    post("//example.org", "", "").await.is(400);
    post("/contacts", &"x".repeat(61), "").await.is(400);
    post("/contacts", "x", &"q=".repeat(2_000)).await.is(400);
    app.alice.post("/list-views", &[("list", "/contacts"), ("was", "x")]).await.is(400);
    for n in 0..20 {
        post("/contacts", &format!("View {n}"), "show=due").await.to();
    }
    assert!(post("/contacts", "One more", "").await.is(400).page().says("Remove one first."));
    post("/companies", "Of another list", "").await.to();
    app.alice.post("/list-views/deletions?list=/contacts&name=Nonesuch", &[]).await.is(404);
    app.bob.post("/list-views", &[("list", "/contacts")]).await.is(403);
}

#[tokio::test]
async fn a_view_changes_nothing_of_the_settings_open_elsewhere() {
    let app = with_contacts().await;
    for (section, action, label) in [
        ("", "/settings/search", "Places"),
        ("/pace", "/settings/pace", "Requests a week"),
        ("/profile", "/settings/profile", "Name"),
    ] {
        let open = app.alice.get(&format!("/settings{section}")).await.is(200).page().form_to(action);
        let saved =
            app.alice.post("/list-views", &[("list", "/contacts"), ("query", "show=due"), ("name", "Mine")]).await;
        let undo = app.alice.follow(&saved).await.undo();
        undo.submit(&app.alice).await.to();
        app.alice.post("/list-views", &[("list", "/contacts"), ("query", "show=asked"), ("name", section)]).await;
        open.fill(label, "12").submit(&app.alice).await.to();
    }
    // Nor do the settings change anything of the views.
    assert_eq!(app.alice.get("/contacts").await.page().texts("#views > a bdi"), ["/pace", "/profile"]);
}
