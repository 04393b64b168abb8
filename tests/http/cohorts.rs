//! Cohorts: making them, who is in them, inviting a list, and what the seeker lets a coach see.

use inroad::ids::CohortListId;
use jiff::SignedDuration;
use scraper::Selector;

use crate::support::person::{PASSWORD, open_session};
use crate::support::{App, Page, Person, Sink};

/// Dora makes a cohort; the path of its page.
pub async fn make(app: &App, name: &str) -> String {
    let page = app.dora.get("/admin/cohorts").await.is(200).page();
    page.form_to("/admin/cohorts").fill("Name", name).submit(&app.dora).await.to()
}

async fn page(app: &App, path: &str) -> Page {
    app.dora.get(path).await.is(200).page()
}

/// Dora presses the button of these words on a page; what is said then.
async fn press(app: &App, path: &str, button: &str) -> String {
    let form = page(app, path).await.form_with(button).unwrap_or_else(|| panic!("{path} has no button '{button}'"));
    let answer = form.press(button, &app.dora).await;
    app.dora.follow(&answer).await.toast()
}

async fn add(app: &App, path: &str, person: &Person, role: &str) -> String {
    press(app, &format!("{path}?q={}", person.email), &format!("Add as {role}: {}", person.name)).await
}

/// The rows of a page's table, their filled cells apart by spaces.
pub fn rows(page: &Page) -> Vec<String> {
    let cell = Selector::parse("th, td").unwrap();
    let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    page.all("tbody tr")
        .into_iter()
        .map(|row| {
            let cells = row.select(&cell).map(|cell| words(cell.text().collect()));
            cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" ")
        })
        .collect()
}

async fn sharing(person: &Person) -> Page {
    person.get("/settings/people").await.is(200).page()
}

/// The kinds that the log of the administrator tells, the latest first.
async fn log(app: &App) -> Vec<String> {
    app.dora.get("/admin/activity").await.page().texts("main li[data-row]")
}

#[tokio::test]
async fn a_cohort_is_made_renamed_archived_and_opened_again() {
    let app = App::start().await;
    assert!(page(&app, "/admin/cohorts").await.says("None yet."));
    let spring = make(&app, "Spring 2026").await;
    let list = page(&app, "/admin/cohorts").await;
    let again = list.form_to("/admin/cohorts").fill("Name", "  SPRING 2026 ").submit(&app.dora).await.is(422).page();
    assert!(again.error_of("Name").contains("Another cohort has this name"));
    let long = list.form_to("/admin/cohorts").fill("Name", &"x".repeat(81)).submit(&app.dora).await.is(422).page();
    assert!(!long.error_of("Name").is_empty());
    let form = list.form_to("/admin/cohorts").fill("Name", "Autumn");
    assert_eq!(form.clone().submit(&app.dora).await.to(), form.submit(&app.dora).await.to(), "sent twice makes one");

    let rename = page(&app, &spring).await.form(&format!("form[action='{spring}'][method='post']"));
    let taken = rename.clone().fill("Name", "autumn").submit(&app.dora).await.is(422).page();
    assert!(taken.error_of("Name").contains("Another cohort has this name"));
    rename.clone().fill("Name", "Summer").submit(&app.dora).await.to();
    let late = rename.fill("Name", "Winter").submit(&app.dora).await.is(422).page();
    assert!(late.error_of("Name").contains("meanwhile"));

    add(&app, &spring, &app.alice, "seeker").await;
    let archive = page(&app, &spring).await.form_to(&format!("{spring}/archivings"));
    let done = archive.submit(&app.dora).await;
    let list = app.dora.follow(&done).await;
    assert!(list.toast().contains("Summer is archived"));
    assert!(!sharing(&app.alice).await.says("Summer"), "no one is in it");
    let undone = list.undo().submit(&app.dora).await;
    assert!(app.dora.follow(&undone).await.says("1 seeker, 0 coaches"));
    assert!(sharing(&app.alice).await.says("Summer"));

    press(&app, &spring, "Archive").await;
    make(&app, "Summer").await;
    let said = press(&app, "/admin/cohorts", "Open again: Summer").await;
    assert!(said.contains("Another cohort has its name"), "{said}");
    for kind in ["Cohort made", "Cohort changed", "Cohort archived", "Joined a cohort"] {
        assert!(log(&app).await.iter().any(|line| line.starts_with(kind)), "{kind}");
    }
}

#[tokio::test]
async fn people_are_added_changed_and_removed() {
    let app = App::start().await;
    let (spring, autumn) = (make(&app, "Spring").await, make(&app, "Autumn").await);
    assert_eq!(
        add(&app, &spring, &app.alice, "seeker").await,
        "Alice Adams is in Spring now. You see nothing of their search by it."
    );
    assert!(page(&app, &format!("{spring}?q=alice")).await.says("No other account matches"));
    assert!(add(&app, &autumn, &app.alice, "seeker").await.contains("is a seeker in another cohort"));
    add(&app, &autumn, &app.alice, "coach").await;
    assert!(press(&app, &autumn, "Make a seeker: Alice Adams").await.contains("is a seeker in another cohort"));
    add(&app, &spring, &app.charlie, "seeker").await;
    assert!(press(&app, &spring, "Make a coach: Charlie Clark").await.contains("is a coach in Spring now"));
    let list = page(&app, "/admin/cohorts").await;
    assert_eq!(rows(&list), ["Autumn 0 1 0", "Spring 1 1 0"]);

    let form = page(&app, &spring).await.form_with("Remove: Alice Adams").unwrap();
    let done = form.clone().submit(&app.dora).await;
    let shown = app.dora.follow(&done).await;
    assert!(shown.says("0 seekers, 1 coach") && !sharing(&app.alice).await.says("Spring"));
    form.submit(&app.dora).await.is(404);
    let undo = shown.undo();
    undo.clone().submit(&app.dora).await.to();
    assert!(page(&app, &spring).await.says("1 seeker, 1 coach"));
    press(&app, &spring, "Remove: Alice Adams").await;
    press(&app, &autumn, "Make a seeker: Alice Adams").await;
    let refused = undo.clone().submit(&app.dora).await;
    assert!(app.dora.follow(&refused).await.toast().contains("is a seeker in another cohort"));
    press(&app, &autumn, "Remove: Alice Adams").await;
    app.pass(SignedDuration::from_hours(24 * 8));
    open_session(&app, &app.dora, None).await;
    undo.submit(&app.dora).await.is(404);
    add(&app, &spring, &app.alice, "seeker").await;
}

/// The list of the table test, pasted as it is.
const LIST: &str = "Name\tE-mail\nAnn Example\tann@example.org\n\"Example, Bea\" <bea@example.org>\n\nalice@example.org\nCharlie; CHARLIE@example.org\nann@example.org\nnobody at all\n";

async fn preview(app: &App, cohort: &str, list: &str) -> crate::support::Form {
    let form = page(app, cohort).await.form_to(&format!("{cohort}/lists")).fill("People", list);
    form.press("Preview", &app.dora).await.is(200).page().form_to(&format!("{cohort}/lists"))
}

#[tokio::test]
async fn a_pasted_list_is_looked_at_and_invited_by_one_press_with_links_to_hand_over() {
    let app = App::start().await;
    let spring = make(&app, "Spring").await;
    add(&app, &spring, &app.charlie, "seeker").await;
    let form = page(&app, &spring).await.form_to(&format!("{spring}/lists")).fill("People", LIST);
    let shown = form.press("Preview", &app.dora).await.is(200).page();
    assert_eq!(
        rows(&shown),
        [
            "1 Name E-mail left out names the columns",
            "2 ann@example.org Ann Example invited",
            "3 bea@example.org Example, Bea invited",
            "5 alice@example.org added has an account, as Alice Adams",
            "6 charlie@example.org Charlie in it already",
            "7 ann@example.org twice on line 2, too",
            "8 nobody at all left out There's no e-mail address on this line",
        ]
    );
    let nothing: i64 = sqlx::query_scalar("select count(*) from invitations").fetch_one(&app.db).await.unwrap();
    assert_eq!(nothing, 0, "looking invites no one");

    let form = shown.form_to(&format!("{spring}/lists"));
    let made = form.clone().press("Invite 2 and add 1", &app.dora).await.is(200).page();
    let links: Vec<String> =
        made.all("input[id^='link-']").iter().map(|link| link.attr("value").unwrap().to_owned()).collect();
    assert_eq!(links.len(), 2);
    assert!(made.text("#links-table").contains(&format!("Ann Example,ann@example.org,{}", links[0])));
    let saved = made.link("Save as a file");
    assert!(saved.starts_with("data:text/csv;charset=utf-8,Name%2CE%2Dmail%2CLink"), "{saved}");
    let again = form.press("Invite 2 and add 1", &app.dora).await;
    let twice = app.dora.follow(&again).await;
    assert!(twice.toast().contains("invited already") && !twice.has("#link-0"));
    assert_eq!(twice.texts("ul.rows li").iter().filter(|line| line.contains("Invited")).count(), 2);
    assert!(twice.says("2 seekers, 0 coaches"));

    let path = |link: &str| link.strip_prefix(&format!("http://{}", app.address)).unwrap().to_owned();
    let ann = Person::new(app.address, "Ann", "ann@example.org");
    let sign_up = ann.get(&path(&links[0])).await.is(200).page().form_to("/signup");
    let sign_up = sign_up.fill("Name", "Ann").fill("E-mail", "ann@example.org").fill("Password", PASSWORD);
    assert_eq!(sign_up.submit(&ann).await.to(), "/");
    assert!(sharing(&ann).await.says("Spring"));
    assert!(page(&app, &spring).await.says("3 seekers, 0 coaches"));

    twice.undo().submit(&app.dora).await.to();
    let shown = page(&app, &spring).await;
    assert!(shown.says("2 seekers, 0 coaches"), "who accepted stays");
    assert!(!shown.says("bea@example.org"));
    let bea = Person::new(app.address, "Bea", "bea@example.org");
    let policy = app.dora.get("/admin/installation").await.page().form_to("/admin/installation");
    policy.set("sign_up", "invite").submit(&app.dora).await.to();
    let sign_up = bea.get(&path(&links[1])).await.is(200).page().form_to("/signup");
    let sign_up = sign_up.fill("Name", "Bea").fill("E-mail", "bea@example.org").fill("Password", PASSWORD);
    sign_up.submit(&bea).await.is(422);
    let undo = twice.undo();
    undo.submit(&app.dora).await.is(404);
}

#[tokio::test]
async fn with_a_mail_server_each_gets_a_mail() {
    let sink = Sink::start().await;
    let app = App::start_with(|settings| sink.set_up(settings)).await;
    let spring = make(&app, "Spring").await;
    let form = preview(&app, &spring, "ann@example.org, bea@example.org\ncid@example.org").await;
    let done = form.clone().press("Invite 3 people", &app.dora).await;
    let shown = app.dora.follow(&done).await;
    assert_eq!(shown.toast(), "3 people are invited to Spring.");
    form.press("Invite 3 people", &app.dora).await.to();
    assert_eq!(app.send_mail().await, 3);
    let again = page(&app, &spring).await.form_to(&format!("{spring}/lists")).fill("People", "ann@example.org");
    let again = again.press("Preview", &app.dora).await.is(200).page();
    assert!(again.says("invited already") && again.form_with("Invite 1 person").is_none());
    let undone = shown.undo().submit(&app.dora).await;
    assert!(app.dora.follow(&undone).await.toast().starts_with("3 invitations are revoked"));
}

#[tokio::test]
async fn a_list_that_cannot_be_meant_says_why() {
    let app = App::start().await;
    let spring = make(&app, "Spring").await;
    let form = page(&app, &spring).await.form_to(&format!("{spring}/lists"));
    let many: String = (0..201).map(|n| format!("person{n}@example.org\n")).collect();
    for (list, why) in [("  ", "Enter something here"), (many.as_str(), "at most 200 people")] {
        let wrong = form.clone().fill("People", list).submit(&app.dora).await.is(422).page();
        assert!(wrong.error_of("People").contains(why), "{why}");
    }
    let id = CohortListId::new().to_string();
    let fields = [("id", id.as_str()), ("people", "ann@example.org"), ("role", "boss"), ("confirmed", "yes")];
    app.dora.post(&format!("{spring}/lists"), &fields).await.is(422);
    app.charlie.post(&format!("{spring}/lists"), &fields).await.is(404);
}

#[tokio::test]
async fn being_in_a_cohort_shows_nothing_until_the_seeker_lets_a_coach_in() {
    let app = App::start().await;
    app.alice.company("Orbital Works").await;
    let spring = make(&app, "Spring").await;
    add(&app, &spring, &app.alice, "seeker").await;
    add(&app, &spring, &app.charlie, "coach").await;
    let looking = app.charlie.get("/looking").await.is(200).page();
    assert!(!looking.says("Alice Adams"));
    assert!(!sharing(&app.charlie).await.says("Alice Adams"), "a coach learns of no seeker");

    let shown = sharing(&app.alice).await;
    assert!(shown.says("Coach: Charlie Clark") && shown.says("They see nothing of yours"));
    let form = shown.form_with("Let them look: Charlie Clark").unwrap();
    assert_eq!(form.value("scope"), "progress");
    assert_eq!(app.dora.post(&form.action, &[("scope", "everything")]).await.status.as_u16(), 404, "in no cohort");
    let done = form.clone().submit(&app.alice).await;
    let shown = app.alice.follow(&done).await;
    assert_eq!(shown.toast(), "Charlie Clark can look at your search now: progress, in numbers.");
    assert!(shown.says("invited as Coach of Spring") && shown.form_with("Let them look: Charlie Clark").is_none());
    let again = form.submit(&app.alice).await;
    assert!(app.alice.follow(&again).await.toast().contains("in your list already"));

    let look =
        app.charlie.get("/looking").await.page().forms().into_iter().find(|form| form.action.ends_with("/looks"));
    assert_eq!(look.unwrap().submit(&app.charlie).await.to(), "/progress");
    app.charlie.get("/progress").await.is(200);
    assert!(!app.charlie.get("/companies").await.body.contains("Orbital Works"));

    let leave = sharing(&app.alice).await.form_with("Leave: Spring").unwrap();
    assert_eq!(app.dora.post(&leave.action, &[]).await.status.as_u16(), 404);
    let done = leave.submit(&app.alice).await;
    let shown = app.alice.follow(&done).await;
    assert!(!shown.says("Coach: Charlie Clark") && shown.says("May look"), "who was let in is for her to stop");
    shown.undo().submit(&app.alice).await.to();
    assert!(sharing(&app.alice).await.says("Coach: Charlie Clark"));
}

#[tokio::test]
async fn cohorts_take_the_password_of_the_last_minutes() {
    let app = App::start().await;
    let spring = make(&app, "Spring").await;
    app.pass(SignedDuration::from_mins(11));
    let (archive, members) = (format!("{spring}/archivings"), format!("{spring}/members"));
    for path in ["/admin/cohorts", spring.as_str(), archive.as_str(), members.as_str()] {
        let asked = app.dora.post(path, &[("name", "x")]).await.is(422).page();
        assert_eq!(asked.text("h1"), "Your password, once more", "{path}");
    }
}
