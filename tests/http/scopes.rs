//! Coaches of each scope: what they are shown, what is kept from them, and what is noted of their looking.

use std::collections::BTreeMap;

use inroad::access::Scope;
use inroad::routes::{Route, Verb, Who};
use inroad::trash::purge;
use jiff::SignedDuration;

use crate::support::canary::{self, CANARY};
use crate::support::everything::Everything;
use crate::support::person::sign_in_again;
use crate::support::routes::{crawl, path_of, route_to, routes};
use crate::support::sums::sums_of;
use crate::support::{App, Page, Person};

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// What the seeker wrote down for themselves: the notes of docs/access.md.
const NOTES: &[(&str, &str)] = &[
    ("captured_lines", "text"),
    ("captures", "title"),
    ("captures", "words"),
    ("companies", "notes"),
    ("companies", "status_reason"),
    ("contacts", "notes"),
    ("contacts", "why"),
    ("findings", "text"),
    ("informational_interviews", "notes"),
    ("informational_interviews", "opener"),
    ("insights", "text"),
    ("interview_questions", "answer"),
    ("introductions", "note"),
    ("kept_forms", "fields"),
    ("offers", "decision_note"),
    ("offers", "notes"),
    ("opening_changes", "note"),
    ("openings", "notes"),
    ("openings", "posting_text"),
    ("reasons", "text"),
    ("template_versions", "body"),
    ("touchpoints", "body"),
    ("touchpoints", "note"),
];

/// Gives Bob, who looks at Alice's search, that scope.
async fn allow(app: &App, scope: Scope, may_comment: bool) {
    let sql = "update grants set scope = $1, may_comment = $2 where coach_id = $3";
    sqlx::query(sql).bind(scope.as_str()).bind(may_comment).bind(app.bob.id).execute(&app.db).await.unwrap();
}

fn shared() -> impl Iterator<Item = &'static Route> {
    routes(Verb::Get).filter(|route| route.who == Who::Viewer)
}

fn is_shown(route: &Route, scope: Scope) -> bool {
    route.scope.is_some_and(|needed| scope >= needed)
}

/// Asks every page, and every page those link to, for the canary.
async fn told(app: &App, person: &Person, ids: &Everything) -> Vec<String> {
    let mut told = Vec::new();
    for route in routes(Verb::Get).filter(|route| !route.path.starts_with("/static/")) {
        let answer = person.get(&path_of(route, ids)).await;
        if canary::told(&answer) {
            told.push(route.path.to_owned());
        }
    }
    for opened in crawl(app, person, ids).await {
        if opened.page.text("body").contains(CANARY) {
            told.push(opened.path);
        }
    }
    told
}

#[test]
fn a_page_without_a_word_is_refused_to_every_coach() {
    assert!(shared().all(|route| route.scope.is_some()), "say in src/routes what scope a page needs");
    for (scope, least, most) in
        [(Scope::Progress, 3, 3), (Scope::EverythingButNotes, 20, 50), (Scope::Everything, 60, 100)]
    {
        let shown = shared().filter(|route| is_shown(route, scope)).count();
        assert!((least..=most).contains(&shown), "{scope}: {shown}");
    }
    assert!(routes(Verb::Post).all(|route| route.scope.is_none()), "a scope lets no one change anything");
}

#[tokio::test]
async fn each_scope_is_shown_its_pages_and_refused_the_others() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    for scope in Scope::ALL.iter().copied() {
        allow(&app, scope, false).await;
        let mut wrong = Vec::new();
        for route in shared() {
            let path = path_of(route, &ids);
            let (hers, his) = (app.alice.get(&path).await.status, app.bob.get(&path).await);
            let as_it_should = match is_shown(route, scope) {
                true => his.status == hers,
                false if route.path == "/" => his.to() == "/progress",
                false => his.status == 403,
            };
            if !as_it_should {
                wrong.push(format!("{}: {} and not {hers}", route.path, his.gist()));
            }
        }
        assert!(wrong.is_empty(), "{scope}:\n{}", wrong.join("\n"));
    }
}

#[tokio::test]
async fn no_page_leads_a_coach_where_they_would_be_refused() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    for scope in Scope::ALL.iter().copied() {
        allow(&app, scope, true).await;
        let (mut followed, mut wrong) = (BTreeMap::new(), Vec::new());
        for route in shared().filter(|route| is_shown(route, scope)) {
            let answer = app.bob.get(&path_of(route, &ids)).await;
            if answer.status != 200 || !answer.header("content-type").starts_with("text/html") {
                continue;
            }
            for link in answer.page().all("a[href^='/']:not([hidden])") {
                let to = link.attr("href").unwrap();
                let Some(page) = route_to(Verb::Get, to) else { continue };
                if !followed.contains_key(page.path) {
                    followed.insert(page.path, app.bob.get(to).await.status);
                }
                if followed[page.path] == 403 {
                    wrong.push(format!("{} leads to {to}", route.path));
                }
            }
        }
        assert!(wrong.is_empty(), "{scope}:\n{}", wrong.join("\n"));
        assert!(followed.len() >= if scope == Scope::Progress { 1 } else { 15 }, "{scope}: {followed:?}");
    }
}

#[tokio::test]
async fn a_title_whose_page_is_refused_stays_to_be_read() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    let sql = "select title from openings where id = $1";
    let title: String = sqlx::query_scalar(sql).bind(ids.opening).fetch_one(&app.db).await.unwrap();
    let path = format!("/openings/{}", ids.opening);
    let hers = app.alice.get("/openings").await.is(200).page();
    assert!(hers.has(&format!("main a[href='{path}']")), "she is led to it");
    allow(&app, Scope::EverythingButNotes, false).await;
    let his = app.bob.get("/openings").await.is(200).page();
    assert!(his.texts("main a:not([href])").iter().any(|text| text.contains(&title)), "{}", his.text("main"));
    assert!(!his.has(&format!("a[href='{path}']:not([hidden])")));
}

#[tokio::test]
async fn without_notes_none_is_told_on_any_page_list_or_file() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    let planted = canary::plant_in(&app.db, app.alice.id, NOTES).await;
    assert!(planted >= 12, "only {planted} notes hold the canary");
    allow(&app, Scope::Everything, false).await;
    let all = told(&app, &app.bob, &ids).await;
    assert!(all.len() >= 10, "what is looked for is there to be found: {all:?}");
    for may_comment in [false, true] {
        allow(&app, Scope::EverythingButNotes, may_comment).await;
        let leaks = told(&app, &app.bob, &ids).await;
        assert!(leaks.is_empty(), "{leaks:#?}");
        for (list, id) in [
            ("companies?", ids.company.0),
            ("contacts?", ids.contact.0),
            ("introductions?", ids.introduction.0),
            // The board shows all of them, whatever is looked for.
            ("referrals?view=list&", ids.referral.0),
        ] {
            let found = app.bob.get(&format!("/{list}q={CANARY}")).await.is(200);
            assert!(!found.body.contains(&id.to_string()), "{list} are found by what a note says");
        }
        app.bob.get(&format!("/search?q={CANARY}")).await.is(403);
    }
}

#[tokio::test]
async fn whoever_sees_progress_sees_numbers_and_no_word_of_hers() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    assert!(canary::plant(&app.db, app.alice.id).await >= 50);
    allow(&app, Scope::Progress, true).await;
    let leaks = told(&app, &app.bob, &ids).await;
    assert!(leaks.is_empty(), "{leaks:#?}");
    let page = app.bob.get("/progress").await.is(200);
    assert!(page.page().text("aside.banner").contains("They share how it goes"));
    for name in ["Grace Hopper", "Orbital Works"] {
        assert!(!page.body.contains(name), "{name}");
    }
    let comment = [("id", "019b0000-0000-7000-8000-000000000001"), ("about", "contact"), ("text", "Hello")];
    app.bob.post("/comments", &comment).await.is(403);
}

#[tokio::test]
async fn a_coach_who_may_comment_changes_no_other_row() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    allow(&app, Scope::Everything, true).await;
    let before = sums_of(&app.db, app.alice.id).await;
    let own = [("id", "019b0000-0000-7000-8000-000000000001"), ("version", "1"), ("text", "Mine now")];
    let (contact, about) = (ids.contact.to_string(), [("about", "contact")]);
    let of_people = |route: &&Route| matches!(route.who, Who::Viewer | Who::Owner | Who::Commenter | Who::Admin);
    for route in routes(Verb::Post).filter(of_people) {
        sign_in_again(&app, &app.bob).await;
        let fields: Vec<_> = own.iter().chain(&about).copied().chain([("of", contact.as_str())]).collect();
        let answer = app.bob.post(&path_of(route, &ids), &fields).await;
        let refused = match route.path {
            "/comments" => answer.status == 303,
            // That form says of no kind.
            "/suggestions" => answer.status == 400,
            // What another coach said.
            _ if route.who == Who::Commenter => answer.status == 404,
            _ => matches!(answer.status.as_u16(), 403 | 404),
        };
        assert!(refused, "{}: {}", route.path, answer.gist());
    }
    let mut after = sums_of(&app.db, app.alice.id).await;
    assert_ne!(after["comments"], before["comments"], "he may comment");
    after.insert("comments".into(), before["comments"].clone());
    assert_eq!(after, before);
}

async fn people(app: &App) -> Page {
    app.alice.get("/settings/people").await.is(200).page()
}

/// The form with what Bob is allowed.
async fn terms(app: &App) -> crate::support::Form {
    let page = people(app).await;
    page.forms().into_iter().find(|form| form.action.ends_with("/terms")).unwrap()
}

#[tokio::test]
async fn the_seeker_changes_what_is_seen_at_once_and_the_log_says_so() {
    let app = App::start().await;
    assert!(people(&app).await.says("Everything"));
    terms(&app).await.set("scope", "progress").set("may_comment", "false").submit(&app.alice).await.to();
    app.bob.get("/companies").await.is(403);
    assert_eq!(app.bob.get("/").await.to(), "/progress");
    assert!(people(&app).await.says("Progress, in numbers"));
    let log = app.alice.get("/settings/activity").await.page().texts("main li[data-row] > div");
    assert!(log[0].starts_with("Coach's access changed"), "{log:?}");
    let looking = app.bob.get("/looking").await.is(200).page();
    assert!(looking.says("Progress, in numbers"), "{}", looking.text("main"));

    for (field, value) in [("scope", "all of it"), ("scope", ""), ("ends_on", "soon"), ("ends_on", "2020-01-01")] {
        let page = terms(&app).await.set(field, value).submit(&app.alice).await.is(422).page();
        assert!(page.has("form[action$='/terms'] .summary"), "{field} {value}");
    }
    for other in [&app.charlie, &app.dora] {
        other.post(&terms(&app).await.action, &[("scope", "everything")]).await.is(404);
    }
    app.pass(SignedDuration::from_mins(11));
    let asked = terms(&app).await.submit(&app.alice).await.is(422).page();
    assert_eq!(asked.text("h1"), "Your password, once more");
}

#[tokio::test]
async fn access_is_over_after_its_last_day_though_the_coach_is_reading() {
    let app = App::start().await;
    let company = app.alice.company("Orbital Works").await;
    let page = format!("/companies/{company}");
    let today = jiff::tz::TimeZone::UTC.to_datetime(app.now()).date();
    terms(&app).await.set("ends_on", &today.to_string()).submit(&app.alice).await.to();
    app.bob.get(&page).await.is(200);
    app.pass(DAY);
    app.bob.get(&page).await.is(404);
    assert!(!app.bob.get("/companies").await.is(200).page().has("aside.banner"), "he is back with his own");
    assert!(app.bob.get("/looking").await.is(200).page().says("Nothing yet"));
    assert!(people(&app).await.says("Over"));
    // The seeker may go on.
    app.alice.post("/confirm", &[("password", crate::support::person::PASSWORD)]).await.to();
    terms(&app).await.set("ends_on", "").submit(&app.alice).await.to();
    app.bob.get(&page).await.is(200);
}

/// What Alice is told that was looked at, the latest first.
async fn looks(app: &App) -> Vec<String> {
    app.alice.get("/settings/people/looks").await.is(200).page().texts("main li[data-row] > div")
}

#[tokio::test]
async fn the_seeker_is_told_what_was_looked_at_once_an_hour() {
    let app = App::start().await;
    let company = app.alice.company("Orbital Works").await;
    assert!(looks(&app).await.is_empty());
    let page = format!("/companies/{company}");
    for _ in 0..3 {
        app.bob.get(&format!("{page}?show=secret")).await.is(200);
    }
    let seen = looks(&app).await;
    assert!(seen.len() == 1 && seen[0].contains("Companies: Orbital Works") && seen[0].contains("Bob"), "{seen:?}");
    app.alice.get(&page).await.is(200);
    assert_eq!(looks(&app).await.len(), 1, "her own looking is nobody's business");
    app.pass(SignedDuration::from_hours(1));
    app.bob.get(&page).await.is(200);
    assert_eq!(looks(&app).await.len(), 2);
    allow(&app, Scope::Progress, false).await;
    app.bob.get(&page).await.is(403);
    assert_eq!(looks(&app).await.len(), 2, "what was refused was not looked at");
    assert!(app.charlie.get("/settings/people/looks").await.is(200).page().says("No one looked yet"));
    app.bob.get("/settings/people/looks").await.is(403);

    sqlx::query("delete from grants where coach_id = $1").bind(app.bob.id).execute(&app.db).await.unwrap();
    assert!(looks(&app).await[0].contains("Bob"), "also of a coach who left");
    for (days, left) in [(399, 2), (401, 0)] {
        purge::clean(&app.db, app.now() + DAY * days).await.unwrap();
        let rows: i64 = sqlx::query_scalar("select count(*) from looks").fetch_one(&app.db).await.unwrap();
        assert_eq!(rows, left, "after {days} days");
    }
}
