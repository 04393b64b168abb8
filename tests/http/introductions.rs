//! Introductions: noted, asked for, reminded of, made or declined, in both histories at once; ways to people, and the tree.

use inroad::ids::{CompanyId, ContactId};
use jiff::SignedDuration;
use sqlx::AssertSqlSafe;

use crate::support::{Answer, App, Page, Person};

/// Alice, Mary whom she is in touch with, and Kate whom she wants to meet.
struct Scene {
    app: App,
    company: CompanyId,
    mary: ContactId,
    kate: ContactId,
}

impl Scene {
    async fn set() -> Self {
        let app = App::start().await;
        let company = app.alice.company("Acme").await;
        let rows = app.rows(&app.alice);
        let mary = rows.contact("Mary Jackson", None).await;
        let kate = rows.contact("Kate Miller", Some(company)).await;
        rows.touchpoint(kate, "picked", "none").await;
        for kind in ["accepted", "held", "thanked"] {
            rows.touchpoint(mary, kind, "in").await;
        }
        let scene = Self { app, company, mary, kate };
        // Rewrites what the playbook makes of the rows.
        scene.alice().post(&format!("/contacts/{mary}/touchpoints"), &[("kind", "wrote")]).await.to();
        scene
    }

    fn alice(&self) -> &Person {
        &self.app.alice
    }

    async fn show(&self, path: &str) -> Page {
        self.alice().get(path).await.is(200).page()
    }

    /// Notes that Mary could introduce Kate; returns the introduction's path.
    async fn possible(&self) -> String {
        let page = self.show(&format!("/introductions/new?introducer={}&introduced={}", self.mary, self.kate)).await;
        page.form_to("/introductions").press("Add, and see the message", self.alice()).await.to()
    }

    /// Presses one of the page's buttons, a minute later.
    async fn press(&self, path: &str, resource: &str, button: &str) -> Answer {
        self.app.pass(SignedDuration::from_mins(1));
        self.show(path).await.form_to(&format!("{path}/{resource}")).press(button, self.alice()).await
    }

    async fn ask(&self, path: &str) -> Answer {
        self.press(path, "asks", "Mark as sent").await
    }

    /// Stage, next step and due date of a contact.
    async fn standing(&self, contact: ContactId) -> String {
        sqlx::query_scalar("select concat_ws(' ', stage, next_step, next_due) from contacts where id = $1")
            .bind(contact)
            .fetch_one(&self.app.db)
            .await
            .unwrap()
    }

    /// What belongs to introductions in a contact's history and still stands.
    async fn history(&self, contact: ContactId) -> Vec<String> {
        sqlx::query_scalar(
            "select t.kind from touchpoints t where t.contact_id = $1 and t.introduction_id is not null
                 and not exists (select from touchpoints u where u.undoes = t.id) order by t.created_at, t.id",
        )
        .bind(contact)
        .fetch_all(&self.app.db)
        .await
        .unwrap()
    }

    async fn introducer_of(&self, contact: ContactId) -> Option<ContactId> {
        sqlx::query_scalar("select introduced_by from contacts where id = $1")
            .bind(contact)
            .fetch_one(&self.app.db)
            .await
            .unwrap()
    }

    async fn introduced_by(&self, contact: ContactId, introducer: ContactId) {
        sqlx::query("update contacts set introduced_by = $2 where id = $1")
            .bind(contact)
            .bind(introducer)
            .execute(&self.app.db)
            .await
            .unwrap();
    }

    fn days(&self, days: i64) {
        self.app.pass(SignedDuration::from_hours(24 * days));
    }
}

#[tokio::test]
async fn the_first_visit_teaches() {
    let app = App::start().await;
    assert!(app.alice.get("/introductions").await.is(200).page().says("No introduction yet"));
    assert!(app.alice.get("/introductions/tree").await.is(200).page().says("No one has led you to anyone yet"));
    assert_eq!(app.alice.get("/contacts").await.page().link("Introductions"), "/introductions");
}

#[tokio::test]
async fn asked_and_made_leads_both_on_and_is_taken_back_together() {
    let scene = Scene::set().await;
    let before = (scene.standing(scene.mary).await, scene.standing(scene.kate).await);
    assert!(before.0.starts_with("in_touch write"), "{}", before.0);
    let path = scene.possible().await;
    let page = scene.show(&path).await;
    assert!(page.text("textarea#message").starts_with("Hello Mary, I saw that you know Kate Miller at Acme."));
    assert!(page.says("[target role]"), "what is missing is marked");

    let page = scene.alice().follow(&scene.ask(&path).await).await;
    let undo_asking = page.undo();
    assert_eq!(
        (scene.history(scene.kate).await, scene.history(scene.mary).await),
        (vec!["introduction_asked".into()], vec!["wrote".into()])
    );
    assert_eq!(scene.standing(scene.kate).await, "requested ask_second_person 2026-11-27");
    assert!(page.says("Mary was asked") && page.says("If there is no answer by Friday 27 November, remind them once."));
    for contact in [scene.mary, scene.kate] {
        let page = scene.show(&format!("/contacts/{contact}")).await;
        assert!(page.says("asked today, no answer yet"), "{}", page.text("aside"));
        assert_eq!(page.link("The introduction"), path);
    }

    let made = scene.press(&path, "makings", "They introduced us").await;
    let undo_making = scene.alice().follow(&made).await.undo();
    assert_eq!(scene.standing(scene.kate).await, "connected ask_for_talk 2026-11-24");
    assert_eq!(scene.standing(scene.mary).await, "spoke thank 2026-11-25");
    assert_eq!(scene.introducer_of(scene.kate).await, Some(scene.mary));
    let mary = scene.show(&format!("/contacts/{}", scene.mary)).await;
    assert!(mary.text("textarea#message").contains("Thank you for the introduction"));
    assert!(mary.says("Introduced you to Kate Miller"));

    undo_making.clone().submit(scene.alice()).await.to();
    assert_eq!(scene.standing(scene.kate).await, "requested ask_second_person 2026-11-27");
    assert_eq!(scene.introducer_of(scene.kate).await, None);
    undo_making.submit(scene.alice()).await.to();
    undo_asking.submit(scene.alice()).await.to();
    assert_eq!((scene.standing(scene.mary).await, scene.standing(scene.kate).await), before);
    assert!(scene.history(scene.mary).await.is_empty() && scene.history(scene.kate).await.is_empty());
    assert!(scene.show(&path).await.says("Ask Mary for the introduction"));
}

#[tokio::test]
async fn who_was_noted_before_comes_back_with_the_undo() {
    let scene = Scene::set().await;
    let other = scene.app.rows(scene.alice()).contact("Ann Other", None).await;
    scene.introduced_by(scene.kate, other).await;
    let path = scene.possible().await;
    let made = scene.press(&path, "makings", "They introduced us").await;
    assert_eq!(scene.introducer_of(scene.kate).await, Some(scene.mary), "also where nobody was asked");
    let undo = scene.alice().follow(&made).await.undo();
    undo.submit(scene.alice()).await.to();
    assert_eq!(scene.introducer_of(scene.kate).await, Some(other));
}

#[tokio::test]
async fn no_answer_gets_one_reminder_and_then_rests() {
    let scene = Scene::set().await;
    let path = scene.possible().await;
    scene.ask(&path).await.to();
    assert!(!scene.show(&path).await.has("textarea#message"), "too early to remind");
    scene.days(3);
    let page = scene.show(&path).await;
    assert!(page.says("Remind Mary, once") && page.text("textarea#message").contains("the only one"));
    assert!(scene.show("/introductions").await.text("tbody tr").contains("Remind them once"));
    scene.press(&path, "reminders", "Mark as sent").await.to();
    assert_eq!(scene.history(scene.mary).await, ["wrote", "wrote"]);
    let page = scene.show(&path).await;
    assert!(page.says("Now it's their turn.") && !page.has("textarea#message"));
    let texts = page.texts(".timeline b");
    assert_eq!(texts, ["Reminded", "Introduction asked for"]);
    let refused = scene.alice().post(&format!("{path}/reminders"), &[]).await;
    assert!(scene.alice().follow(&refused).await.toast().starts_with("Nothing was changed"));
    assert_eq!(scene.history(scene.mary).await.len(), 2);
}

#[tokio::test]
async fn a_no_is_taken_kindly_and_leads_to_another_way() {
    let scene = Scene::set().await;
    let path = scene.possible().await;
    scene.ask(&path).await.to();
    let declined = scene.press(&path, "declines", "They said no").await;
    let page = scene.alice().follow(&declined).await;
    assert!(page.toast().contains("They said no to this, not to you"));
    assert_eq!(scene.standing(scene.kate).await, "identified request 2026-11-24");
    assert!(scene.standing(scene.mary).await.starts_with("in_touch write"));
    let ways = page.link("Other ways in");
    assert!(scene.show(&ways).await.says("No way known yet"), "Mary is not proposed again");
    page.undo().submit(scene.alice()).await.to();
    assert_eq!(scene.standing(scene.kate).await, "requested ask_second_person 2026-11-27");
}

#[tokio::test]
async fn a_line_of_an_introduction_is_put_right_there() {
    let scene = Scene::set().await;
    let path = scene.possible().await;
    scene.ask(&path).await.to();
    let line: uuid::Uuid = sqlx::query_scalar("select id from touchpoints where kind = 'introduction_asked'")
        .fetch_one(&scene.app.db)
        .await
        .unwrap();
    scene.alice().post(&format!("/contacts/{}/touchpoints/{line}/undos", scene.kate), &[]).await.is(400);
    let page = scene.show(&path).await;
    page.form_to(&format!("{path}/touchpoints/{line}/undos")).submit(scene.alice()).await.to();
    assert_eq!(scene.history(scene.mary).await, Vec::<String>::new());
}

#[tokio::test]
async fn faults_are_shown_with_what_was_typed() {
    let scene = Scene::set().await;
    let path = scene.possible().await;
    let long = "x".repeat(20_001);
    let page =
        scene.alice().post(&format!("{path}/asks"), &[("body", &long), ("on", "2026-12-01")]).await.is(422).page();
    assert!(page.text("textarea#message").starts_with("xxx"));
    assert!(page.text(".summary").contains("A day up to today"));
    assert!(scene.history(scene.kate).await.is_empty());
    let page = scene.alice().post("/introductions", &[("name", "Kate")]).await.is(422).page();
    assert_eq!(page.error_of("Who could introduce you"), "Choose who could introduce you");
    let mary = scene.mary.to_string();
    let page =
        scene.alice().post("/introductions", &[("introducer", &mary), ("introduced", &mary)]).await.is(422).page();
    assert!(page.error_of("Which contact would you meet?").starts_with("They can't introduce you to themselves"));
    let page =
        scene.alice().post("/introductions", &[("introducer", &mary), ("name", "mary jackson")]).await.is(422).page();
    assert!(page.error_of("Their name").starts_with("They can't introduce you to themselves"));
    let theirs = scene.app.rows(&scene.app.charlie).contact("Not hers", None).await.to_string();
    for (field, other) in [("introducer", "introduced"), ("introduced", "introducer")] {
        scene.alice().post("/introductions", &[(field, &theirs), (other, &mary)]).await.is(422);
    }
}

#[tokio::test]
async fn somebody_new_becomes_a_contact_and_somebody_known_is_found() {
    let scene = Scene::set().await;
    let form = scene.show(&format!("/introductions/new?introducer={}&company={}", scene.mary, scene.company)).await;
    let form = form.form_to("/introductions");
    assert_eq!(form.filled("Company"), "Acme");
    let new = form.clone().fill("Their name", "Joan Clarke").fill("Note", "They sat beside each other");
    let path = new.clone().submit(scene.alice()).await.to();
    assert_eq!(new.submit(scene.alice()).await.to(), path, "pressed twice");
    let joan: (ContactId, String, Option<ContactId>, Option<CompanyId>) =
        sqlx::query_as("select id, warmth, introduced_by, company_id from contacts where name = 'Joan Clarke'")
            .fetch_one(&scene.app.db)
            .await
            .unwrap();
    assert_eq!((joan.1.as_str(), joan.2, joan.3), ("can_be_introduced", Some(scene.mary), Some(scene.company)));
    assert!(scene.show(&path).await.text("textarea#f-note").contains("They sat beside each other"));

    let mary = scene.mary.to_string();
    let fields = [("introducer", mary.as_str()), ("name", "kate miller"), ("company", "ACME")];
    let known = scene.alice().post("/introductions", &fields).await.to();
    assert!(scene.show(&known).await.text("h1").contains("Kate Miller"));
    let again = scene.alice().post("/introductions", &fields).await;
    assert_eq!(again.to(), known, "the same two are listed once");
    assert!(scene.alice().follow(&again).await.toast().contains("on your list already"));
    let contacts: i64 = sqlx::query_scalar("select count(*) from contacts where lower(name) = 'kate miller'")
        .fetch_one(&scene.app.db)
        .await
        .unwrap();
    assert_eq!(contacts, 1);
}

#[tokio::test]
async fn a_note_is_edited_and_two_tabs_lose_nothing() {
    let scene = Scene::set().await;
    let path = scene.possible().await;
    let form = scene.show(&path).await.form_to(&path);
    let saved = form.clone().set("note", "Old friends").submit(scene.alice()).await;
    assert_eq!(scene.alice().follow(&saved).await.toast(), "Saved.");
    let page = form.set("note", "Colleagues").submit(scene.alice()).await.is(409).page();
    assert!(page.says("Old friends") && page.text("textarea#f-note").contains("Colleagues"));
    let page = scene.alice().post(&path, &[("version", "2"), ("note", &"x".repeat(2_001))]).await.is(422).page();
    assert!(!page.has("[role=alert] .said"));
}

#[tokio::test]
async fn deleted_it_waits_in_the_bin_and_comes_back_unless_it_was_noted_anew() {
    let scene = Scene::set().await;
    let path = scene.possible().await;
    let deleted = scene.press(&path, "deletions", "Delete: Kate Miller").await;
    let page = scene.alice().follow(&deleted).await;
    scene.alice().get(&path).await.is(404);
    assert!(scene.show("/bin").await.says("Introduction to Kate Miller"));
    let undo = page.undo();
    undo.clone().submit(scene.alice()).await.to();
    scene.show(&path).await;
    scene.alice().post(&format!("{path}/deletions"), &[]).await.to();
    scene.possible().await;
    let stays = undo.submit(scene.alice()).await;
    assert!(scene.alice().follow(&stays).await.toast().starts_with("It stays in the bin"));
}

#[tokio::test]
async fn the_list_filters_and_finds() {
    let scene = Scene::set().await;
    let path = scene.possible().await;
    let page = scene.show("/introductions").await;
    assert_eq!(page.text("h1"), "1 open introduction");
    assert!(page.text("tbody tr").contains("Ask for it"));
    scene.ask(&path).await.to();
    for (query, rows) in [
        ("?show=asked", 1),
        ("?show=made", 0),
        ("?show=all", 1),
        ("?q=acme", 1),
        ("?q=nobody", 0),
        ("?show=declined", 0),
    ] {
        assert_eq!(scene.show(&format!("/introductions{query}")).await.texts("tbody tr").len(), rows, "{query}");
    }
    assert!(scene.app.charlie.get("/introductions").await.page().says("No introduction yet"));
}

#[tokio::test]
async fn ways_are_shown_with_reasons_and_one_press_begins() {
    let scene = Scene::set().await;
    let rows = scene.app.rows(scene.alice());
    let joan = rows.contact("Joan Clarke", Some(scene.company)).await;
    scene.introduced_by(joan, scene.mary).await;
    for path in [format!("/companies/{}", scene.company), format!("/companies/{}/paths", scene.company)] {
        let page = scene.show(&path).await;
        assert!(
            page.says("Led you to Joan Clarke at Acme before") && page.says("In touch, last in contact today"),
            "{path}"
        );
    }
    let page = scene.show(&format!("/contacts/{}", scene.kate)).await;
    assert!(page.says("Led you to Joan Clarke at Acme before"));
    let form = page.form_to("/introductions");
    let path = form.submit(scene.alice()).await.to();
    assert!(scene.show(&path).await.text("h1").contains("Mary Jackson to Kate Miller"));
    let page = scene.show(&format!("/contacts/{}/paths", scene.kate)).await;
    assert!(page.says("Could introduce you to Kate Miller, as you noted"));
    assert_eq!(page.link("Ask for an introduction: Mary Jackson"), path);
    scene.ask(&path).await.to();
    assert!(scene.show(&format!("/contacts/{}", scene.kate)).await.says("Asked, waiting"));
    scene.app.charlie.get(&format!("/contacts/{}/paths", scene.kate)).await.is(404);
    scene.app.charlie.get(&format!("/companies/{}/paths", scene.company)).await.is(404);
}

#[tokio::test]
async fn the_tree_shows_who_led_to_whom_and_the_best_branch() {
    let scene = Scene::set().await;
    let rows = scene.app.rows(scene.alice());
    let joan = rows.contact("Joan Clarke", Some(scene.company)).await;
    scene.introduced_by(scene.kate, scene.mary).await;
    scene.introduced_by(joan, scene.kate).await;
    let talk = rows.interview(joan, Some(scene.company)).await;
    let sql = format!("update informational_interviews set status = 'held' where id = '{talk}'");
    sqlx::query(AssertSqlSafe(sql)).execute(&scene.app.db).await.unwrap();
    let page = scene.show("/introductions/tree").await;
    assert_eq!(page.text("h1"), "2 people through someone");
    assert!(
        page.says("Your best branch begins with Mary Jackson: 2 people and 1 talk."),
        "{}",
        page.text("header.head")
    );
    assert_eq!(page.all("svg.tree rect").len(), 3);
    assert_eq!(page.all("svg.tree path").len(), 2);
    assert_eq!(page.texts(".tree-list ul ul ul a"), ["Joan Clarke"]);
    let full = page.all("svg.tree")[0].attr("width").unwrap().parse::<usize>().unwrap();
    let half = scene.show("/introductions/tree?zoom=50").await;
    assert_eq!(half.all("svg.tree")[0].attr("width").unwrap(), (full / 2).to_string());
    let branch = scene.show(&format!("/introductions/tree?from={}", scene.kate)).await;
    assert_eq!(branch.all("svg.tree rect").len(), 2);
    let circle = format!("update contacts set introduced_by = '{joan}' where id = '{}'", scene.mary);
    sqlx::query(AssertSqlSafe(circle)).execute(&scene.app.db).await.unwrap();
    assert_eq!(scene.show("/introductions/tree").await.all("svg.tree rect").len(), 3, "a circle ends");
    assert!(scene.app.charlie.get("/introductions/tree").await.page().says("No one has led you to anyone yet"));
}

#[tokio::test]
async fn a_coach_reads_and_changes_nothing() {
    let scene = Scene::set().await;
    let path = scene.possible().await;
    for page in ["/introductions", "/introductions/new", "/introductions/tree", path.as_str()] {
        scene.app.bob.get(page).await.is(200);
    }
    for resource in ["asks", "reminders", "makings", "declines", "deletions"] {
        scene.app.bob.post(&format!("{path}/{resource}"), &[]).await.is(403);
    }
    assert!(scene.history(scene.kate).await.is_empty());
}
