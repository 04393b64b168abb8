//! Going away, being back, and what a change of settings moved: named, and exact when it is taken back.

use inroad::ids::ContactId;
use jiff::SignedDuration;

use crate::support::{App, Page};

/// One contact asked for a talk today: a follow-up is due on Friday 27 November.
async fn asked(app: &App, name: &str) -> ContactId {
    let form = app.alice.get("/contacts/new").await.is(200).page().form_to("/contacts");
    let to = form.fill("Name", name).submit(&app.alice).await.to();
    let id: ContactId = to.strip_prefix("/contacts/").unwrap().parse().unwrap();
    app.alice.post(&format!("/contacts/{id}/touchpoints"), &[("kind", "asked")]).await.to();
    id
}

async fn go_away(app: &App, from: &str, to: &str) -> Page {
    let form = app.alice.get("/away").await.is(200).page().form_to("/away");
    let answer =
        form.fill("First day away", from).fill("Last day away", to).fill("Note", "Family").submit(&app.alice).await;
    assert_eq!(answer.to(), "/away");
    app.alice.follow(&answer).await
}

/// Everything that has a day.
async fn days(app: &App) -> Vec<(String, Option<String>)> {
    let sql = "select 'contact ' || name, next_due::text from contacts where user_id = $1
        union all select 'turns ' || name, next_turns_on::text from contacts where user_id = $1
        union all select 'referral', next_due::text from referrals where user_id = $1
        union all select 'promise', due_on::text from action_items where user_id = $1
        union all select 'task', due_on::text from referral_tasks where user_id = $1
        union all select 'days off', (preferences -> 'cadence' -> 'holidays')::text from users where id = $1 order by 1, 2";
    sqlx::query_as(sql).bind(app.alice.id).fetch_all(&app.db).await.unwrap()
}

async fn day_of(app: &App, what: &str) -> String {
    days(app).await.into_iter().find(|(name, _)| name == what).and_then(|(_, day)| day).unwrap()
}

#[tokio::test]
async fn a_changed_interval_names_what_moved_from_when_to_when() {
    let app = App::start().await;
    asked(&app, "Kate Novak").await;
    let form = app.alice.get("/settings/pace").await.is(200).page().form_to("/settings/pace");
    let answer = form.fill("Asked for a talk: first follow-up", "2").submit(&app.alice).await;
    assert_eq!(answer.to(), "/settings/changes");
    let page = app.alice.follow(&answer).await;
    assert_eq!(page.toast(), "Saved. 1 next step moved to other days.");
    assert_eq!(page.texts("li[data-row]"), ["Kate Novak: follow up from Friday to Thursday"]);
    assert!(app.bob.get("/settings/changes").await.is(200).page().says("Kate Novak"), "a coach sees it");
    assert!(app.charlie.get("/settings/changes").await.is(200).page().says("Nothing moved"));
    let form = app.alice.get("/settings/pace").await.page().form_to("/settings/pace");
    assert_eq!(form.fill("Talks a week", "4").submit(&app.alice).await.to(), "/settings/pace");
    assert!(app.alice.get("/settings/changes").await.page().says("Nothing moved"), "the last change is what is told");
}

#[tokio::test]
async fn what_a_step_turns_into_moves_too_and_more_than_ten_are_folded() {
    let app = App::start().await;
    for n in 0..12 {
        let form = app.alice.get("/contacts/new").await.is(200).page().form_to("/contacts");
        let to = form.fill("Name", &format!("Person {n}")).submit(&app.alice).await.to();
        app.alice.post(&format!("{to}/touchpoints"), &[("kind", "requested")]).await.to();
    }
    let form = app.alice.get("/settings/pace").await.page().form_to("/settings/pace");
    let answer = form.fill("Still none: try another way, or move on", "8").submit(&app.alice).await;
    let page = app.alice.follow(&answer).await;
    assert_eq!(page.text("details summary"), "2 more");
    let lines = page.texts("li[data-row]");
    assert_eq!(lines.len(), 12);
    assert_eq!(
        lines[0].split_once(": ").unwrap().1,
        "try another way, or move on from Thursday 3 December to Friday 4 December"
    );
    assert_eq!(day_of(&app, "turns Person 3").await, "2026-12-04");
}

#[tokio::test]
async fn a_time_away_moves_what_is_due_and_undo_moves_it_back() {
    let app = App::start().await;
    asked(&app, "Kate Novak").await;
    let of = app.fill(&app.alice).await;
    for (table, id) in [("action_items", of.action_item.0), ("referral_tasks", of.task)] {
        let sql = format!("update {table} set due_on = '2026-11-28' where id = '{id}'");
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&app.db).await.unwrap();
    }
    let form = app.alice.get("/settings/pace").await.page().form_to("/settings/pace");
    form.fill("Referral asked or promised: reminder", "4").submit(&app.alice).await.to();
    // What is to be done for a referral lasts from their yes until it is made.
    let sql =
        "update referrals set status = 'agreed', way = 'link', agreed_on = '2026-11-24', next_step = 'remind_to_make',
        next_due = '2026-11-30' where user_id = $1";
    sqlx::query(sql).bind(app.alice.id).execute(&app.db).await.unwrap();
    let before = days(&app).await;
    let page = go_away(&app, "2026-11-26", "2026-12-04").await;
    assert!(
        page.toast().starts_with("You are away from Thursday 26 November to Friday 4 December."),
        "{}",
        page.toast()
    );
    assert!(page.says("Family. 9 days. What falls into them is due on Monday 7 December."));
    assert!(page.says("Kate Novak: follow up from Friday 27 November to Tuesday 8 December"));
    assert!(page.says("you promised: Send the paper from Saturday 28 November to Monday 7 December"));
    assert!(page.says("for the referral: Send the CV from Saturday 28 November to Monday 7 December"));
    assert!(page.says("make it easy for them"), "a referral's reminder moved");
    assert_eq!(day_of(&app, "promise").await, "2026-12-07");
    assert!(!app.alice.get("/settings/holidays").await.page().says("26 November to Friday 4"), "it stands with itself");
    page.undo().submit(&app.alice).await.to();
    assert_eq!(days(&app).await, before);
    let page = app.alice.get("/away").await.page();
    assert_eq!(page.texts("section.card.next"), [""; 0]);
}

#[tokio::test]
async fn talks_in_it_are_pointed_out_and_what_comes_before_is_named() {
    let app = App::start().await;
    let (inside, after) = (asked(&app, "Ada Byron").await, asked(&app, "Alan Turing").await);
    for (contact, day) in [(inside, "2026-12-01"), (after, "2026-12-07")] {
        let form =
            app.alice.get(&format!("/interviews/new?contact={contact}")).await.is(200).page().form_to("/interviews");
        form.fill("Date", day).fill("Time", "10:00").submit(&app.alice).await.to();
    }
    let page = go_away(&app, "2026-11-27", "2026-12-06").await;
    assert!(
        page.says("Talks on these days") && page.says("Ada Byron Tuesday 1 December, 10:00"),
        "{}",
        page.text("main")
    );
    let links = page.links();
    assert!(links.iter().any(|(words, to)| words == "Move it: Ada Byron" && to.ends_with("/edit")));
    assert!(page.says("Before you leave"));
    assert!(page.says("Prepare the talk on Monday 7 December, right after you are back. By Thursday 26 November."));
    assert_eq!(
        day_of(&app, "contact Ada Byron").await,
        "2026-11-26",
        "the talk keeps its day; its eve is before leaving"
    );
}

#[tokio::test]
async fn today_says_so_folds_the_list_and_one_press_ends_it() {
    let app = App::start().await;
    asked(&app, "Kate Novak").await;
    assert_eq!(app.alice.get("/").await.page().link("Time off"), "/away");
    go_away(&app, "2026-11-25", "2026-12-06").await;
    assert!(!app.alice.get("/").await.page().says("You are away"), "not yet");
    app.pass(SignedDuration::from_hours(24 * 3));
    let page = app.alice.get("/").await.is(200).page();
    assert!(page.says("You are away until Monday 7 December: nothing is due. Enjoy it."));
    assert!(!page.has("li[data-row]"));
    let answer = page.form_to("/away/returns").submit(&app.alice).await;
    assert_eq!(answer.to(), "/");
    let page = app.alice.follow(&answer).await;
    assert!(page.toast().starts_with("Welcome back."));
    assert!(!page.says("You are away"));
    // The two working days that are over stay off: Friday and the weekend are ahead.
    assert_eq!(day_of(&app, "days off").await, r#"["2026-11-25", "2026-11-26"]"#);
    assert_eq!(day_of(&app, "contact Kate Novak").await, "2026-12-01");
    page.undo().submit(&app.alice).await.to();
    assert_eq!(day_of(&app, "contact Kate Novak").await, "2026-12-09");
}

#[tokio::test]
async fn what_waits_from_before_is_folded_while_away() {
    let app = App::start().await;
    let id = asked(&app, "Kate Novak").await;
    app.alice.post(&format!("/contacts/{id}/touchpoints"), &[("kind", "answered_yes")]).await.to();
    go_away(&app, "2026-11-25", "2026-12-06").await;
    app.pass(SignedDuration::from_hours(24));
    let page = app.alice.get("/").await.is(200).page();
    assert_eq!(page.text("details.fold > summary"), "What waits for you");
    assert!(page.has("details.fold li[data-row]"));
    assert_eq!(page.text("h1"), "Nothing is due");
}

#[tokio::test]
async fn a_stretch_that_cannot_be_says_why() {
    let app = App::start().await;
    let form = app.alice.get("/away").await.page().form_to("/away");
    let page = form.clone().fill("First day away", "").submit(&app.alice).await.is(422).page();
    assert_eq!(page.error_of("First day away"), "Choose your first day away");
    assert_eq!(page.error_of("Last day away"), "Choose your last day away");
    let typed = form.clone().fill("First day away", "2026-11-30").fill("Last day away", "2026-11-29");
    let page = typed.submit(&app.alice).await.is(422).page();
    assert!(page.error_of("Last day away").starts_with("Not before the first day"));
    assert_eq!(page.form_to("/away").filled("Last day away"), "2026-11-29");
    let page = form.clone().fill("First day away", "2026-11-20").submit(&app.alice).await.is(422).page();
    assert!(page.error_of("First day away").starts_with("A day from today on"));
    go_away(&app, "2026-11-26", "2026-12-04").await;
    let again = form.clone().fill("First day away", "2026-11-26").fill("Last day away", "2026-12-04");
    assert_eq!(again.submit(&app.alice).await.to(), "/away", "sent twice, it is one");
    let over = form.fill("First day away", "2026-12-04").fill("Last day away", "2026-12-09");
    let page = over.submit(&app.alice).await.is(422).page();
    assert!(page.error_of("First day away").starts_with("You're already away then"));
    app.bob.post("/away", &[("from", "2027-01-01"), ("to", "2027-01-02")]).await.is(403);
}

#[tokio::test]
async fn holidays_of_before_and_those_added_meanwhile_outlive_a_time_away() {
    let app = App::start().await;
    let add = async |days: &str| {
        let form = app.alice.get("/settings/holidays").await.page().form_to("/settings/holidays");
        form.fill("Dates", days).submit(&app.alice).await.to()
    };
    add("2026-12-25").await;
    go_away(&app, "2026-12-21", "2026-12-30").await;
    add("2026-12-28").await;
    // Whoever removes days of it leaves them off: the stretch ends as a whole.
    app.alice.post("/settings/holidays/removals", &[("from", "2026-12-25"), ("to", "2026-12-29")]).await.to();
    let page = app.alice.get("/away").await.page();
    page.form_to("/away/cancellations").submit(&app.alice).await.to();
    assert_eq!(day_of(&app, "days off").await, r#"["2026-12-25", "2026-12-28"]"#);
}
