//! One truth of what is due: the number in the rail, the lines of Today, and the day of the next thing.

use inroad::ids::{CompanyId, ContactId};
use inroad::web::words;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use sqlx::AssertSqlSafe;

use crate::support::{App, Page, Person};

/// A Thursday, nine days after every test begins.
pub const DAY: Date = date(2026, 12, 3);

/// The number in the rail, on whatever page.
pub fn rail(page: &Page) -> usize {
    let said = page.texts("a.nav[href='/'] .count").first().cloned().unwrap_or_else(|| "0".into());
    said.split_whitespace().next().unwrap().parse().unwrap()
}

/// The lines of Today.
pub fn lines(page: &Page) -> Vec<String> {
    page.texts("li[data-row][id^=line-] > div:first-child")
}

/// What coaches said that waits on Today.
pub fn comments(page: &Page) -> Vec<String> {
    page.texts("[aria-labelledby=comments] li[data-row]")
}

/// The day of the next thing, as Today says it once nothing is left.
pub fn next_due(page: &Page, today: Date) -> Option<Date> {
    let text = page.text("main");
    let (_, rest) = text.split_once("The next thing is due ")?;
    let said = rest.split('.').next().unwrap();
    let days = today.series(1.day()).skip(1).take(900);
    Some(days.into_iter().find(|day| words::day(*day, today) == said).unwrap_or_else(|| panic!("'{said}' is no day")))
}

/// Today, whose rail says as many as it has lines, with what coaches said; so does the rail of another page.
pub async fn today(person: &Person) -> Page {
    let page = person.get("/").await.is(200).page();
    let shown = [lines(&page), comments(&page)].concat();
    assert_eq!(rail(&page), shown.len(), "the rail beside {shown:#?}");
    let elsewhere = person.get("/guide").await.is(200).page();
    assert_eq!(rail(&elsewhere), rail(&page), "the rail of another page");
    page
}

pub fn set_day(app: &App, day: Date) {
    app.clock.set(day.at(9, 0, 0, 0).in_tz("UTC").unwrap().timestamp());
}

pub async fn run(app: &App, sql: impl Into<String>) {
    sqlx::raw_sql(AssertSqlSafe(sql.into())).execute(&app.db).await.unwrap();
}

/// Grace at Acme, whom Mary could introduce; nothing is due.
pub struct Scene {
    pub app: App,
    acme: CompanyId,
    grace: ContactId,
    mary: ContactId,
}

/// Something due on [`DAY`], and whether it still is once Grace, once Acme lies in the bin, and once Acme is ruled out.
pub struct Kind {
    pub name: &'static str,
    pub sql: String,
    without_grace: usize,
    without_acme: usize,
}

impl Scene {
    pub async fn set() -> Self {
        let app = App::start().await;
        for step in ["role", "companies", "import", "request"] {
            app.alice.post("/first-steps/skips", &[("step", step)]).await.to();
        }
        let rows = app.rows(&app.alice);
        let acme = rows.company("Acme").await;
        let mary = rows.contact("Mary Jackson", None).await;
        run(&app, "update contacts set profile_url = null, profile_key = null").await;
        let grace = rows.contact("Grace Hopper", Some(acme)).await;
        Self { app, acme, grace, mary }
    }

    /// Takes away whatever is due.
    pub async fn clear(&self) {
        for table in [
            "introductions",
            "referral_tasks",
            "referrals",
            "offers",
            "opening_changes",
            "openings",
            "action_items",
            "informational_interviews",
        ] {
            run(&self.app, format!("delete from {table}")).await;
        }
        run(
            &self.app,
            "update contacts set stage = 'identified', next_step = null, next_due = null, deleted_at = null",
        )
        .await;
        run(&self.app, "update companies set careers_rhythm_days = null, careers_checked_on = null, deleted_at = null, status = 'active'").await;
    }

    pub fn kinds(&self) -> Vec<Kind> {
        let Self { acme, grace, mary, .. } = self;
        let of = format!("'{}', gen_random_uuid()", self.app.alice.id);
        let step = |step: &str, stage: &str| {
            format!(
                "update contacts set stage = '{stage}', next_step = '{step}', next_due = '{DAY}' where id = '{grace}';"
            )
        };
        let talk = format!(
            "insert into informational_interviews (user_id, id, contact_id, status, starts_at, minutes, way, changed_at, created_at)
             values ({of}, '{grace}', 'held', '2026-11-23T10:00Z', 15, 'video', now(), now());"
        );
        let promise = |whose: &str, on: Date| {
            format!(
                "{talk} insert into action_items (user_id, id, interview_id, contact_id, whose, text, due_on, created_at)
                 select {of}, id, contact_id, '{whose}', 'Send the paper', '{on}', now() from informational_interviews;"
            )
        };
        let referral = |columns: &str, values: &str| {
            format!(
                "insert into referrals (user_id, id, contact_id, company_id, created_at, {columns})
                 values ({of}, '{grace}', '{acme}', now(), {values});"
            )
        };
        let opening = |columns: &str, values: &str| {
            format!(
                "insert into openings (user_id, id, company_id, title, source, status_since, seen_on, created_at, {columns})
                 values ({of}, '{acme}', 'Analyst', 'posted', '2026-11-20', '2026-11-20', now(), {values});"
            )
        };
        let introduction = |columns: &str, values: &str| {
            format!(
                "insert into introductions (user_id, id, introducer_id, introduced_id, created_at, {columns})
                 values ({of}, '{mary}', '{grace}', '2026-11-24T08:00Z', {values});"
            )
        };
        let kind = |name, sql, without_grace, without_acme| Kind { name, sql, without_grace, without_acme };
        vec![
            kind("a request", step("request", "identified"), 0, 0),
            kind("a follow-up", step("follow_up", "asked"), 0, 0),
            kind("thanks", step("thank", "spoke"), 0, 1),
            kind("writing", step("write", "in_touch"), 0, 1),
            kind("a promise of mine", promise("mine", DAY), 0, 1),
            kind("a promise of theirs", promise("theirs", DAY.yesterday().unwrap()), 0, 0),
            kind("a referral", referral("status, next_step, next_due", &format!("'asked', 'remind', '{DAY}'")), 0, 0),
            kind(
                "a task",
                referral("status, way", "'agreed', 'link'")
                    + &format!(
                        "insert into referral_tasks (user_id, id, referral_id, whose, text, due_on, position)
                         select {of}, id, 'mine', 'Send the link', '{DAY}', 1 from referrals;"
                    ),
                0,
                0,
            ),
            kind(
                "a step of an opening",
                opening("status, next_step, next_on", &format!("'watching', 'Apply', '{DAY}'")),
                1,
                0,
            ),
            kind(
                "a careers page",
                format!(
                    "update companies set careers_rhythm_days = 9, careers_checked_on = '2026-11-24' where id = '{acme}';"
                ),
                1,
                0,
            ),
            kind(
                "an offer",
                opening("status", "'offer'")
                    + &format!(
                        "insert into offers (user_id, id, opening_id, made_on, answer_by, created_at)
                         select {of}, id, '2026-11-20', '2026-12-06', now() from openings;"
                    ),
                1,
                0,
            ),
            kind(
                "an introduction to ask for",
                introduction("status, planned_on", &format!("'possible', '{DAY}'")),
                0,
                0,
            ),
            kind(
                "an introduction to remind of",
                introduction("status, asked_on", "'asked', '2026-11-30'")
                    + &format!("update contacts set stage = 'requested' where id = '{grace}';"),
                0,
                0,
            ),
        ]
    }
}

#[tokio::test]
async fn each_kind_alone_is_the_next_thing_and_then_a_line_but_not_of_what_is_gone() {
    let scene = Scene::set().await;
    let (app, alice) = (&scene.app, &scene.app.alice);
    for Kind { name, sql, without_grace, without_acme } in scene.kinds() {
        scene.clear().await;
        run(app, sql).await;
        let begins = date(2026, 11, 24);
        set_day(app, begins);
        let page = today(alice).await;
        assert_eq!(lines(&page), [""; 0], "{name}");
        assert_eq!(next_due(&page, begins), Some(DAY), "{name}: {}", page.text("main"));
        set_day(app, DAY.yesterday().unwrap());
        assert_eq!(lines(&today(alice).await), [""; 0], "{name}, the day before");
        set_day(app, DAY);
        assert_eq!(lines(&today(alice).await).len(), 1, "{name}, on its day");
        for (gone, back, left) in [
            (
                "update contacts set deleted_at = now() where name = 'Grace Hopper'",
                "update contacts set deleted_at = null",
                without_grace,
            ),
            ("update companies set deleted_at = now()", "update companies set deleted_at = null", without_acme),
            (
                "update companies set status = 'ruled_out', status_reason = 'Far away'",
                "update companies set status = 'active', status_reason = null",
                without_acme,
            ),
        ] {
            run(app, gone).await;
            assert_eq!(lines(&today(alice).await).len(), left, "{name} after '{gone}'");
            run(app, back).await;
        }
        assert_eq!(lines(&today(alice).await).len(), 1, "{name}, all back");
        for table in ["introductions", "referrals", "openings", "informational_interviews"] {
            run(app, format!("update {table} set deleted_at = now()")).await;
        }
        let of_the_person = matches!(name, "a request" | "a follow-up" | "thanks" | "writing" | "a careers page");
        assert_eq!(lines(&today(alice).await).len(), usize::from(of_the_person), "{name}, itself in the bin");
    }
}

#[tokio::test]
async fn a_promise_of_theirs_that_is_due_today_and_a_promise_to_somebody_in_the_bin_are_not_counted() {
    let scene = Scene::set().await;
    scene.clear().await;
    let theirs = scene.kinds().into_iter().find(|kind| kind.name == "a promise of theirs").unwrap();
    run(&scene.app, theirs.sql).await;
    set_day(&scene.app, DAY.yesterday().unwrap());
    assert_eq!(rail(&today(&scene.app.alice).await), 0, "theirs is reminded of the day after");
}

#[tokio::test]
async fn introductions_are_done_put_off_and_taken_back_from_their_lines() {
    let scene = Scene::set().await;
    let (app, alice) = (&scene.app, &scene.app.alice);
    scene.clear().await;
    set_day(app, DAY);
    let ask = scene.kinds().into_iter().find(|kind| kind.name == "an introduction to ask for").unwrap();
    run(app, ask.sql).await;
    // The request to the same person makes room for it.
    run(app, format!("update contacts set next_step = 'request', next_due = '{DAY}' where id = '{}'", scene.grace))
        .await;
    let page = today(alice).await;
    let [line] = lines(&page).try_into().unwrap();
    assert_eq!(line, "Ask for an introduction: Mary JacksonTo Grace Hopper at Acme.");
    let form = |page: &Page, ending: &str| page.form(&format!("li[data-row] form[action$='{ending}']"));
    let answer = form(&page, "/today/snoozes").press("Snooze: tomorrow", alice).await;
    let page = alice.follow(&answer).await;
    assert!(page.toast().starts_with("1 line snoozed"), "{}", page.toast());
    assert!(lines(&today(alice).await).is_empty());
    page.undo().submit(alice).await.to();
    let page = today(alice).await;
    assert_eq!(form(&page, "/asks").submit(alice).await.to(), "/");
    assert!(lines(&today(alice).await).is_empty());
    // Three business days later she is reminded, once.
    set_day(app, date(2026, 12, 8));
    let page = today(alice).await;
    assert!(
        lines(&page).iter().any(|line| line.starts_with("Remind once, gently: Mary JacksonYou asked")),
        "{:?}",
        lines(&page)
    );
    form(&page, "/reminders").submit(alice).await.to();
    assert!(!lines(&today(alice).await).iter().any(|line| line.starts_with("Remind")));
}

#[tokio::test]
async fn a_talk_that_is_over_is_asked_about_at_once_and_comes_no_more() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    let grace = rows.contact("Grace Hopper", None).await;
    rows.touchpoint(grace, "accepted", "in").await;
    let form = app.alice.get(&format!("/interviews/new?contact={grace}")).await.is(200).page().form_to("/interviews");
    form.set("date", "2026-11-24").set("time", "15:00").submit(&app.alice).await.to();
    let at = |time: &str| app.clock.set(format!("2026-11-24T{time}Z").parse().unwrap());
    at("15:10");
    let page = today(&app.alice).await;
    assert!(
        lines(&page)[0].starts_with("Talk with Grace Hopper") && page.says("1 talk coming"),
        "{}",
        page.text("main")
    );
    at("15:30");
    let page = today(&app.alice).await;
    assert!(lines(&page)[0].starts_with("How did it go with Grace Hopper"), "{:?}", lines(&page));
    assert!(!page.says("talk coming") && page.says("None yet."), "{}", page.text("main"));
}

#[tokio::test]
async fn goals_agree_on_every_page() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    for name in ["Acme", "Globex", "Initech"] {
        rows.company(name).await;
    }
    run(&app, "update companies set status = 'ruled_out', status_reason = 'Far away' where name = 'Initech'").await;
    let (grace, kate) = (rows.contact("Grace Hopper", None).await, rows.contact("Kate Miller", None).await);
    rows.touchpoint(grace, "requested", "out").await;
    rows.touchpoint(kate, "introduction_asked", "out").await;
    let page = app.alice.get("/").await.is(200).page();
    let meters = page.texts(".meter");
    assert!(meters.iter().any(|meter| meter.starts_with("Requests sent1 of")), "{meters:?}");
    assert!(meters.iter().any(|meter| meter.starts_with("Companies on the list2 of")), "{meters:?}");
    assert!(page.says("And 1 introduction asked for."));
    // The week before is looked back on first.
    app.alice.post("/review/ends", &[("week", "2026-11-16"), ("pick", "0")]).await.to();
    let review = app.alice.get("/review").await.is(200).page();
    assert!(review.texts(".meter").iter().any(|meter| meter.starts_with("Companies on the list2 of")));
    let figures = review.texts("aside table tbody tr");
    assert!(figures.iter().any(|row| row.starts_with("Requests sent 1 ")), "{figures:?}");
    assert!(figures.iter().any(|row| row.starts_with("Introductions asked for 1")), "{figures:?}");
    assert_eq!(app.alice.get("/companies").await.is(200).page().text("h1"), "2 target companies");
    let progress = app.alice.get("/progress/table.csv?of=funnel").await.is(200);
    assert!(progress.body.contains("Companies on the list,2"), "{}", progress.body);
    let weeks = app.alice.get("/progress/table.csv?of=weeks").await.is(200);
    assert!(weeks.body.trim().ends_with("2026-11-23,1,1,0"), "{}", weeks.body);
}

#[tokio::test]
async fn the_demo_account_agrees_with_itself_day_by_day() {
    let app = App::start().await;
    let ada = app.demo().await;
    let begins = date(2026, 11, 24);
    // Sessions end after two weeks without a visit, and there is one a day.
    for day in begins.series(1.day()).take(45) {
        set_day(&app, day);
        today(&ada).await;
    }
    // Whatever can wait is put off for a while; then nothing comes before the day that is named, and something on it.
    run(&app, "update companies set careers_rhythm_days = null; update offers set answer_by = null").await;
    let mut day = begins;
    for round in 0..12 {
        set_day(&app, day);
        let page = today(&ada).await;
        if !lines(&page).is_empty() {
            let until = day.saturating_add((20 + round).days()).to_string();
            ada.post("/today/snoozes", &[("all", "yes"), ("until", &until)]).await.to();
        }
        let page = today(&ada).await;
        assert!(lines(&page).is_empty(), "{day}: {:?}", lines(&page));
        let Some(next) = next_due(&page, day) else { panic!("{day}: {}", page.text("main")) };
        for between in day.series(1.day()).skip(1).take_while(|day| *day < next) {
            set_day(&app, between);
            let page = today(&ada).await;
            assert!(lines(&page).is_empty(), "{between}, before {next}: {:?}", lines(&page));
        }
        set_day(&app, next);
        assert!(!lines(&today(&ada).await).is_empty(), "{next} was said on {day}");
        day = next;
    }
}
