//! Today's ticks, minutes and end; the week looked back on.

use inroad::ids::ContactId;
use jiff::SignedDuration;
use sqlx::AssertSqlSafe;

use crate::support::{App, Page, Person};

async fn today(person: &Person) -> Page {
    person.get("/").await.is(200).page()
}

fn lines(page: &Page) -> Vec<String> {
    page.texts("section:not([aria-labelledby=comments]) li[data-row] > div:first-child > a")
}

async fn set(app: &App, sql: String) {
    sqlx::query(AssertSqlSafe(sql)).execute(&app.db).await.unwrap();
}

async fn picked(person: &Person, name: &str) -> ContactId {
    let form = person.get("/contacts/new").await.is(200).page().form_to("/contacts");
    let to = form.fill("Name", name).tick("Pick for this week").submit(person).await.to();
    to.strip_prefix("/contacts/").unwrap().parse().unwrap()
}

#[tokio::test]
async fn lines_of_every_kind_are_put_off_together_and_come_back_together() {
    let app = App::start().await;
    picked(&app.alice, "Alan Turing").await;
    let of = app.fill(&app.alice).await;
    let agreed = "status = 'agreed', way = 'link', agreed_on = '2026-11-17', next_step = 'remind_to_make', next_due = '2026-11-24'";
    set(&app, format!("update referrals set {agreed} where id = '{}'", of.referral)).await;
    let theirs = app.fill(&app.charlie).await;
    let before = lines(&today(&app.alice).await);
    let keys = ["p", "r", "t"].map(|kind| match kind {
        "p" => format!("p{}", of.action_item),
        "r" => format!("r{}", of.referral),
        _ => format!("t{}", of.task),
    });
    let mut fields: Vec<(&str, &str)> = keys.iter().map(|key| ("line", key.as_str())).collect();
    let others = format!("p{}", theirs.action_item);
    fields.extend([("line", others.as_str()), ("line", "nonsense"), ("until", "2026-11-25")]);
    app.alice.post("/today/snoozes", &fields).await.to();
    let page = today(&app.alice).await;
    assert!(page.toast().contains("3 lines snoozed to tomorrow"), "{}", page.toast());
    assert_eq!(lines(&page).len(), before.len() - 3);
    page.undo().submit(&app.alice).await.to();
    assert_eq!(lines(&today(&app.alice).await), before);
    let form = today(&app.alice).await.form("#ticked");
    form.tick("All of today").press("Next week", &app.alice).await.to();
    let page = today(&app.alice).await;
    assert!(lines(&page).is_empty(), "{:?}", lines(&page));
    page.undo().submit(&app.alice).await.to();
    // Those whose day no line of their history explains have none after it is read anew.
    let back = lines(&today(&app.alice).await);
    assert_eq!(back, ["Grace Hopper", "Grace Hopper", "Grace Hopper", "Grace Hopper", "Alan Turing"]);
    let sql = "select due_on::text from action_items where id = $1";
    let due: String = sqlx::query_scalar(sql).bind(theirs.action_item).fetch_one(&app.db).await.unwrap();
    assert_eq!(due, "2026-11-24", "Charlie's promise was not Alice's to move");
}

#[tokio::test]
async fn without_ticks_or_a_day_the_page_says_what_is_missing_and_keeps_the_ticks() {
    let app = App::start().await;
    let id = picked(&app.alice, "Alan Turing").await;
    let page = app.alice.post("/today/snoozes", &[("until", "2026-11-25")]).await.is(422).page();
    assert!(page.says("Tick the lines to snooze first"));
    let line = format!("c{id}");
    let page = app.alice.post("/today/snoozes", &[("line", &line), ("day", "2026-11-24")]).await.is(422).page();
    assert_eq!(page.error_of("Another day"), "A day after today, within two years");
    assert!(page.has("input[name=line][checked]"));
    app.bob.post("/today/snoozes", &[("line", &line), ("until", "2026-11-25")]).await.is(403);
}

#[tokio::test]
async fn minutes_show_what_fits_and_fold_the_rest() {
    let app = App::start().await;
    for name in ["Alan Turing", "Barbara Liskov", "Claude Shannon"] {
        picked(&app.alice, name).await;
    }
    let page = app.alice.get("/?minutes=9").await.is(200).page();
    assert_eq!(page.texts("section.card > ul > li[data-row]").len(), 3);
    assert_eq!(page.texts("details li[data-row]").len(), 1);
    assert!(page.says("For another time: 1 line, about 4 minutes"));
    assert_eq!(page.link("Start the list"), "/run?minutes=9");
    let form = page.forms().into_iter().find(|form| form.action.ends_with("/touchpoints")).unwrap();
    assert_eq!(form.press("Done", &app.alice).await.to(), "/?minutes=9");
    for odd in ["0", "-1", "x", "99999999999"] {
        assert!(!app.alice.get(&format!("/?minutes={odd}")).await.is(200).page().has("details li[data-row]"));
    }
}

#[tokio::test]
async fn a_day_ends_and_the_rest_keeps_its_dates_until_tomorrow() {
    let app = App::start().await;
    picked(&app.alice, "Alan Turing").await;
    picked(&app.alice, "Barbara Liskov").await;
    let page = today(&app.alice).await;
    let form = page.forms().into_iter().find(|form| form.action.ends_with("/touchpoints")).unwrap();
    form.press("Done", &app.alice).await.to();
    today(&app.alice).await.form_to("/today/ends").submit(&app.alice).await.to();
    let page = today(&app.alice).await;
    assert_eq!(page.text("h1"), "Done for today");
    assert!(page.says("Today: 1 message.") && page.says("One line waits until tomorrow"), "{}", page.text("main"));
    assert!(lines(&page).is_empty() && !page.has("#rail .count"));
    page.form_to("/today/ends/undos").submit(&app.alice).await.to();
    assert_eq!(lines(&today(&app.alice).await).len(), 1);
    today(&app.alice).await.form_to("/today/ends").submit(&app.alice).await.to();
    app.pass(SignedDuration::from_hours(24));
    assert_eq!(lines(&today(&app.alice).await).len(), 1, "a new day");
}

#[tokio::test]
async fn telling_a_referrer_is_let_go_and_asked_again_by_the_next_change() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    let made = "status = 'made', way = 'link', made_on = '2026-11-23', asked_on = '2026-11-20', next_step = 'tell_and_thank', next_due = '2026-11-24'";
    set(&app, format!("update referrals set {made} where id = '{}'", of.referral)).await;
    set(&app, "update opening_changes set happened_on = '2026-11-01'".into()).await;
    let path = format!("/referrals/{}/dismissals", of.referral);
    let next = async || {
        let sql = "select coalesce(next_step, 'none') from referrals where id = $1";
        sqlx::query_scalar::<_, String>(sql).bind(of.referral).fetch_one(&app.db).await.unwrap()
    };
    assert_eq!(today(&app.alice).await.form_to(&path).submit(&app.alice).await.to(), "/");
    assert_eq!(next().await, "none");
    today(&app.alice).await.undo().submit(&app.alice).await.to();
    assert_eq!(next().await, "tell_and_thank");
    app.alice.post(&path, &[]).await.to();
    assert_eq!(next().await, "none");
    app.pass(SignedDuration::from_hours(1));
    app.alice.post(&format!("/openings/{}/statuses", of.opening), &[("status", "interviewing")]).await.to();
    assert_eq!(next().await, "tell_and_thank", "there is news again");
    app.charlie.post(&path, &[]).await.is(404);
}

#[tokio::test]
async fn the_week_shows_what_moved_and_what_is_stuck_and_lets_go() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    let silent =
        "stage = 'requested', next_step = 'try_another_way', next_due = '2026-11-23', requested_on = '2026-11-12'";
    set(&app, format!("update contacts set {silent} where id = '{}'", of.contact)).await;
    set(&app, format!("update contacts set next_due = '2026-11-02' where id = '{}'", of.other_contact)).await;
    set(&app, "update openings set status_since = '2026-10-01'".into()).await;
    set(&app, "update informational_interviews set starts_at = '2026-11-20T10:00:00Z'".into()).await;
    let page = app.alice.get("/review").await.is(200).page();
    for heading in [
        "No answer, and every step taken",
        "Due for more than a week",
        "Talks not wrapped up",
        "Openings watched for weeks",
    ] {
        assert!(page.says(heading), "{heading}");
    }
    assert!(page.says("Request sent 12 November, no answer."), "{}", page.text("main"));
    let form = page.form_to(&format!("/openings/{}/statuses", of.opening));
    assert_eq!(form.press("Let it go: Flight engineer", &app.alice).await.to(), "/review");
    let both = [("contact", of.contact.to_string()), ("contact", of.other_contact.to_string())];
    let both: Vec<(&str, &str)> = both.iter().map(|(name, value)| (*name, value.as_str())).collect();
    app.alice.post("/review/move-ons", &both).await.to();
    let page = app.alice.get("/review").await.page();
    assert!(page.toast().contains("Moved on from 2 people"), "{}", page.toast());
    assert!(!page.says("Due for more than a week"));
    page.undo().submit(&app.alice).await.to();
    let sql = "select count(*) from contacts where stage = 'moved_on'";
    assert_eq!(sqlx::query_scalar::<_, i64>(sql).fetch_one(&app.db).await.unwrap(), 0);
    app.bob.post("/review/move-ons", &both).await.is(403);
    assert!(!app.charlie.get("/review").await.is(200).page().says("Grace Hopper"));
}

#[tokio::test]
async fn the_week_is_proposed_from_friday_on_until_it_was_looked_back_on() {
    let app = App::start().await;
    app.fill(&app.alice).await;
    app.alice.post("/review/ends", &[("week", "2026-11-16"), ("pick", "0")]).await.to();
    assert!(!today(&app.alice).await.says("Review your week"));
    app.pass(SignedDuration::from_hours(72));
    assert!(today(&app.alice).await.says("Review your week"), "Friday");
    let form = app.alice.get("/review").await.page().form_to("/review/ends");
    assert_eq!(form.press("Pick 5", &app.alice).await.to(), "/contacts/suggestions?count=5");
    assert!(!today(&app.alice).await.says("Review your week"));
}
