//! What was typed, and for whom: sessions that end meanwhile, other accounts on the same browser, pages that cannot take it.

use jiff::SignedDuration;

use inroad::web::made_for::FIELD;

use crate::house::{House, filled, takes_text, with};
use crate::support::person::PASSWORD;
use crate::support::proxy::Proxy;
use crate::support::routes::crawl;
use crate::support::{Answer, App, Form, Page, Person};

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// The form for companies with something typed into it.
async fn typed(by: &Person, text: &str) -> Form {
    by.get("/companies/new").await.page().form_to("/companies").fill("Companies", text)
}

/// Logs in on this browser, from that page.
async fn log_in(browser: &Person, page: &Page, email: &str) -> Answer {
    page.form_to("/login").fill("E-mail", email).fill("Password", PASSWORD).submit(browser).await
}

/// Follows redirects, the ones that send a form again included.
async fn press_save(page: &Page, by: &Person) -> Answer {
    let form = page.form_with("Save it now").unwrap();
    let answer = form.clone().submit(by).await.is(307);
    let fields: Vec<_> = form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    by.post(answer.header("location"), &fields).await
}

async fn companies(app: &App) -> Vec<(String, String)> {
    sqlx::query_as("select u.name, c.name from companies c join users u on u.id = c.user_id order by c.name")
        .fetch_all(&app.db)
        .await
        .unwrap()
}

#[tokio::test]
async fn what_was_typed_into_an_ended_session_comes_back_after_logging_in() {
    let app = App::start().await;
    let form = typed(&app.alice, "Acme \"&\" <Sons> \u{1f600} %41+").await;
    app.pass(DAY * 15);
    let page = form.submit(&app.alice).await.is(401).page();
    assert!(page.says("what you typed comes back"));
    let wrong = page.form_to("/login").fill("E-mail", "alice@example.org").fill("Password", "wrong, wrong, wrong");
    let wrong = wrong.submit(&app.alice).await.is(422).page();
    let answer = log_in(&app.alice, &wrong, "alice@example.org").await;
    assert_eq!(answer.to(), "/kept");
    let page = app.alice.follow(&answer).await;
    assert!(page.says("Acme \"&\" <Sons> \u{1f600} %41+"), "{}", page.text("main"));
    press_save(&page, &app.alice).await.to();
    let saved = ("Alice Adams".to_owned(), "Acme \"&\" <Sons> \u{1f600} %41+".to_owned());
    assert_eq!(companies(&app).await, [saved]);
    assert_eq!(app.alice.get("/kept").await.to(), "/", "it is shown once");
}

#[tokio::test]
async fn another_account_that_signs_in_instead_gets_nothing_of_it() {
    let app = App::start().await;
    let form = typed(&app.alice, "Secret Orbit").await;
    app.pass(DAY * 15);
    let page = form.submit(&app.alice).await.is(401).page();
    let browser = &app.alice;
    let answer = log_in(browser, &page, "charlie@example.org").await;
    assert!(!answer.body.contains("Secret Orbit"));
    let next = answer.to();
    let kept = browser.get(&next).await;
    assert!(!kept.body.contains("Secret Orbit"));
    assert_eq!(kept.to(), "/", "nothing waits for Charlie");
    assert_eq!(companies(&app).await, []);
    // It waits for Alice, wherever she logs in next.
    let visitor = app.visitor();
    let answer = log_in(&visitor, &visitor.get("/login").await.page(), "alice@example.org").await;
    assert!(visitor.follow(&answer).await.says("Secret Orbit"));
}

#[tokio::test]
async fn a_form_made_for_one_account_is_never_saved_for_another() {
    let app = App::start().await;
    let form = typed(&app.alice, "Secret Orbit").await;
    // Charlie signs in on the same browser, in another tab; then the first tab sends.
    let page = form.submit(&app.charlie).await.is(401).page();
    assert!(page.says("Someone else is logged in here now") && !page.says("Secret Orbit"));
    assert_eq!(companies(&app).await, []);
    assert_eq!(app.charlie.get("/kept").await.to(), "/");
    let answer = log_in(&app.charlie, &page, "alice@example.org").await;
    let page = app.charlie.follow(&answer).await;
    assert!(page.says("Secret Orbit"));
    press_save(&page, &app.charlie).await.to();
    assert_eq!(companies(&app).await, [("Alice Adams".to_owned(), "Secret Orbit".to_owned())]);
}

#[tokio::test]
async fn a_page_that_keeps_its_words_itself_logs_in_only_their_owner() {
    let app = App::start().await;
    let form = typed(&app.alice, "Secret Orbit").await;
    app.pass(DAY * 15);
    let fields: Vec<_> = form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let request = app.alice.request(reqwest::Method::POST, "/companies").header("sec-fetch-site", "same-origin");
    let page = app.alice.send(request.header("hx-request", "true").form(&fields)).await.is(401).page();
    let login = page.form_to("/login").set("only", &app.alice.id.to_string());
    let theirs = login.clone().fill("E-mail", "charlie@example.org").fill("Password", PASSWORD);
    let refused = theirs.submit(&app.alice).await.is(422).page();
    assert!(refused.error_of("E-mail").contains("belongs to another account"), "{}", refused.text("main"));
    assert_ne!(app.alice.get("/companies").await.status, 200, "nobody was logged in");
    let own = login.fill("E-mail", "alice@example.org").fill("Password", PASSWORD);
    assert_eq!(own.submit(&app.alice).await.to(), "/", "nothing else is kept of it");
}

#[tokio::test]
async fn a_mark_nobody_gave_keeps_nothing_and_the_words_are_shown_to_be_copied() {
    let app = App::start().await;
    let visitor = app.visitor();
    let forged = format!("{}{}", "A".repeat(44), app.alice.id);
    for mark in [forged.as_str(), "", "nonsense"] {
        let answer = visitor.post("/companies", &[(FIELD, mark), ("companies", "Bridge & Point")]).await.is(401);
        assert!(answer.page().says("Bridge & Point"), "{}", answer.gist());
    }
    let kept: i64 = sqlx::query_scalar("select count(*) from kept_forms").fetch_one(&app.db).await.unwrap();
    assert_eq!(kept, 0);
}

#[tokio::test]
async fn passwords_are_neither_kept_nor_shown() {
    let app = App::start().await;
    let form = typed(&app.alice, "Acme").await;
    let fields = [("current_password", "secret words of mine"), ("companies", "Acme"), (FIELD, form.value(FIELD))];
    let answer = app.visitor().post("/companies", &fields).await.is(401);
    assert!(!answer.body.contains("secret"), "{}", answer.body);
    let unmarked = app.visitor().post("/companies", &fields[..2]).await.is(401);
    assert!(!unmarked.body.contains("secret") && unmarked.page().says("Acme"));
    let kept: Vec<String> = sqlx::query_scalar("select fields from kept_forms").fetch_all(&app.db).await.unwrap();
    assert_eq!(kept, ["companies=Acme"]);
}

#[tokio::test]
async fn of_one_account_twenty_are_kept_each_once_and_thrown_away_when_asked() {
    let app = App::start().await;
    let mark = typed(&app.alice, "Acme").await.value(FIELD).to_owned();
    for n in 0..25 {
        for _ in 0..2 {
            let text = format!("Company {n}");
            app.visitor().post("/companies", &[(FIELD, &mark), ("companies", &text)]).await.is(401);
        }
        app.pass(SignedDuration::from_mins(1));
    }
    let kept: Vec<String> =
        sqlx::query_scalar("select fields from kept_forms order by kept_at").fetch_all(&app.db).await.unwrap();
    assert_eq!((kept.len(), kept[0].as_str(), kept[19].as_str()), (20, "companies=Company+5", "companies=Company+24"));
    let page = app.alice.get("/kept").await.is(200).page();
    page.form_with("Throw it away").unwrap().submit(&app.alice).await.to();
    assert!(!app.alice.get("/kept").await.page().says("Company 24"));
    app.pass(DAY * 31);
    inroad::trash::purge::purge(&app.db, app.now()).await.unwrap();
    let left: i64 = sqlx::query_scalar("select count(*) from kept_forms").fetch_one(&app.db).await.unwrap();
    assert_eq!(left, 0, "after a month nobody asked for them");
}

#[tokio::test]
async fn every_form_of_every_page_says_whose_it_is() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    let mut seen = 0;
    for opened in crawl(&app, &app.alice, &ids).await {
        if !opened.page.has("meta[name=account]") {
            continue;
        }
        for form in opened.page.forms().iter().filter(|form| form.method == "post" && form.action != "/logout") {
            assert_eq!(
                form.fields.iter().filter(|(name, _)| name == FIELD).count(),
                1,
                "{} {}",
                opened.path,
                form.action
            );
            seen += 1;
        }
    }
    assert!(seen > 150, "{seen}");
}

#[tokio::test]
async fn every_form_made_for_another_account_is_refused_before_anything_else() {
    let house = House::new().await;
    for found in house.forms.iter().filter(|found| !found.form.multipart) {
        let fields = filled(&found.form);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let answer = house.app.charlie.post(&found.form.action, &fields).await;
        assert_eq!(answer.status, 401, "{}: {}", found.route.path, answer.gist());
    }
}

#[tokio::test]
async fn what_was_typed_into_something_deleted_meanwhile_is_shown_with_the_way_to_the_bin() {
    let house = House::new().await;
    let gone = uuid::Uuid::now_v7().to_string();
    let mut shown = 0;
    for found in &house.forms {
        let Some(id) = found.form.action.split('/').find(|part| uuid::Uuid::try_parse(part).is_ok()) else { continue };
        let mut form = found.form.clone();
        form.action = form.action.replace(id, &gone);
        for control in found.form.controls.iter().filter(|control| takes_text(control)) {
            let answer = house.send(&form, &with(filled(&form), &control.name, "Words <nobody> may lose")).await;
            if answer.status != 404 {
                continue;
            }
            assert!(answer.page().says("Words <nobody> may lose"), "{} {}", found.route.path, control.name);
            assert_eq!(answer.page().link("Look in the bin"), "/bin");
            shown += 1;
        }
    }
    assert!(shown > 30, "{shown} fields led to something that is gone");
}

#[tokio::test]
async fn while_the_database_is_away_what_was_typed_is_shown_and_can_be_sent_again() {
    let wire = Proxy::start().await;
    let app =
        App::start_with(|settings| settings.database_url = settings.database_url.as_deref().map(|url| wire.url(url)))
            .await;
    let form = typed(&app.alice, "Acme & Sons").await;
    wire.cut();
    let page = form.submit(&app.alice).await.is(503).page();
    assert!(page.says("Acme & Sons"), "{}", page.text("main"));
    wire.mend();
    let again = page.form_with("Send it again").unwrap();
    let mut answer = again.clone().submit(&app.alice).await;
    for _ in 0..100 {
        if answer.status != 503 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        answer = again.clone().submit(&app.alice).await;
    }
    answer.to();
    assert_eq!(companies(&app).await, [("Alice Adams".to_owned(), "Acme & Sons".to_owned())]);
}

#[tokio::test]
async fn a_limit_on_attempts_says_how_long_to_wait_and_shows_what_was_typed() {
    let app = App::start().await;
    let form = app.alice.get("/settings/people").await.page().form_to("/settings/people");
    let mut answer = form.clone().set("label", "Coach 0").submit(&app.alice).await;
    for n in 1..40 {
        if answer.status == 429 {
            break;
        }
        answer = form.clone().set("label", &format!("Coach {n}")).submit(&app.alice).await;
    }
    let page = answer.is(429).page();
    assert!(page.says("Wait 60 minutes") && page.says("Coach 20"), "{}", page.text("main"));
}
