//! Lists are shown as they were looked at last, in this browser and for this account alone.

use reqwest::Method;

use crate::support::{App, Page, Person};

/// Opens the list by a press in it.
async fn press(person: &Person, path: &str) -> Page {
    let list = path.split('?').next().unwrap();
    let request = person.request(Method::GET, path).header("referer", person.url(list).as_str());
    person.send(request).await.is(200).page()
}

/// What the browser remembers of lists.
fn remembered(person: &Person) -> Option<String> {
    person.cookies().split("; ").find(|pair| pair.starts_with("lists=")).map(str::to_owned)
}

async fn shown(person: &Person, path: &str) -> String {
    person.get(path).await.is(200).page().text(".filters [aria-current]")
}

async fn with_lists() -> App {
    let app = App::start().await;
    app.fill(&app.alice).await;
    app.rows(&app.charlie).contact("Joan Clarke", None).await;
    app
}

#[tokio::test]
async fn a_plain_visit_shows_a_list_as_it_was_pressed_last() {
    let app = App::start().await;
    let ada = app.demo().await;
    for (list, asked, filter) in [
        ("/companies", "show=posting&sort=name", "Posting now"),
        ("/contacts", "show=due&sort=name", "Due now"),
        ("/contacts/in-touch", "show=reasons", "With a reason kept"),
        ("/openings", "show=all&sort=title", "All"),
    ] {
        let before = ada.get(list).await.is(200).page();
        assert!(!before.text(".toolbar").contains("Clear"), "{list}: nothing is chosen");
        press(&ada, &format!("{list}?{asked}&q=zzz")).await;
        let plain = ada.get(list).await.is(200).page();
        assert!(plain.text(".filters [aria-current]").starts_with(filter), "{list}: {}", plain.text(".filters"));
        assert!(
            plain.all("main input[name=q]").iter().all(|q| q.attr("value") == Some("")),
            "{list}: a search is over"
        );
        // One press leads to the whole list, and it stays whole.
        let whole = press(&ada, &plain.link("Clear")).await;
        assert!(!whole.text(".toolbar").contains("Clear"), "{list}");
        assert_eq!(shown(&ada, list).await, before.text(".filters [aria-current]"));
    }
    // Each list has its own, columns and order among it.
    press(&ada, "/contacts?sort=name&cols=due").await;
    assert_eq!(ada.get("/contacts").await.page().texts("thead th").len(), 3);
    assert!(!ada.get("/companies").await.page().text(".toolbar").contains("Clear"));
}

#[tokio::test]
async fn links_from_elsewhere_parts_of_a_list_and_named_views_change_nothing_of_it() {
    let app = with_lists().await;
    let everyone = shown(&app.alice, "/contacts").await;
    let company = app.alice.company("Part").await;
    app.alice.get("/contacts?show=due").await.is(200);
    press(&app.alice, &format!("/contacts?company={company}&show=due")).await;
    press(&app.alice, "/contacts?q=grace").await;
    assert_eq!(shown(&app.alice, "/contacts").await, everyone);
    press(&app.alice, "/contacts?show=due").await;
    let view = [("list", "/contacts"), ("query", "show=asked"), ("name", "Asked"), ("usual", "true")];
    app.alice.post("/list-views", &view).await.to();
    assert!(shown(&app.alice, "/contacts").await.starts_with("Asked"), "the named view is shown first");
    assert!(shown(&app.alice, "/contacts?show=resting").await.starts_with("Resting"), "an address says what it says");
}

#[tokio::test]
async fn what_one_account_pressed_is_nothing_to_another() {
    let app = with_lists().await;
    press(&app.charlie, "/contacts?show=asked").await;
    assert!(shown(&app.charlie, "/contacts").await.starts_with("Asked"));
    let theirs = remembered(&app.charlie).unwrap();
    // Even the cookie itself, in another's browser, or where a coach looks at somebody else's lists.
    for other in [&app.alice, &app.bob] {
        other.keep_cookie(&theirs);
        assert!(shown(other, "/contacts").await.starts_with("Everyone"));
    }
    // Whoever logs out leaves nothing of it behind.
    app.charlie.post("/logout", &[]).await.to();
    assert_eq!(remembered(&app.charlie), None);
}
