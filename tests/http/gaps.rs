//! What is seen of the program while its database is silent, away, mistaken for something else, or full.

use std::time::{Duration, Instant};

use reqwest::{Method, StatusCode};
use tokio::time::sleep;

use crate::support::proxy::Proxy;
use crate::support::{Answer, App};

/// How soon it is good again, and how long nothing may take: ten seconds, and half as much again on a busy machine.
const SOON: Duration = Duration::from_secs(15);

async fn behind(proxy: &Proxy, sslmode: &str) -> App {
    App::start_with(|s| s.database_url = s.database_url.as_deref().map(|url| proxy.url_with(url, sslmode))).await
}

/// A 503 as a person and a program can read it.
fn is_busy_page(answer: Answer) {
    let page = answer.is(503);
    assert!(!page.header("retry-after").is_empty());
    assert!(page.body.contains("Try again"), "{}", page.body);
}

async fn until_good(app: &App) {
    let began = Instant::now();
    loop {
        let answer = app.alice.get("/companies").await;
        if answer.status == 200 {
            return;
        }
        is_busy_page(answer);
        assert!(began.elapsed() < SOON, "it is good again soon after");
        sleep(Duration::from_millis(50)).await;
    }
}

/// As many requests at once as there are connections, and some more.
async fn crowd(app: &App) -> Vec<reqwest::Response> {
    let mut crowd = tokio::task::JoinSet::new();
    for _ in 0..14 {
        crowd.spawn(app.alice.request(Method::GET, "/companies").send());
    }
    crowd.join_all().await.into_iter().map(Result::unwrap).collect()
}

#[tokio::test]
async fn silent_connections_are_given_up_and_their_places_are_free_again() {
    let proxy = Proxy::start().await;
    let mut app = behind(&proxy, "disable").await;
    for rested in [false, true] {
        for answer in crowd(&app).await {
            assert_eq!(answer.status(), 200);
        }
        if rested {
            // Connections that have rested are asked before they are used.
            sleep(Duration::from_millis(1200)).await;
        }
        proxy.swallow();
        let began = Instant::now();
        for answer in crowd(&app).await {
            let (status, waited) = (answer.status(), answer.headers().contains_key("retry-after"));
            assert!(status == 200 || (status == 503 && waited), "{status}");
            assert!(answer.text().await.unwrap().contains("</html>"), "a page, whatever happened");
        }
        assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
        until_good(&app).await;
        let mut all = Vec::new();
        for nr in 0..app.pool.options().get_max_connections() {
            let free = app.pool.acquire().await;
            assert!(free.is_ok(), "every place is free, but number {nr} (rested: {rested}): {free:?}, {:?}", app.pool);
            all.extend(free);
        }
    }
    proxy.swallow();
    app.stop();
    tokio::time::timeout(SOON, app.stopped()).await.expect("silent connections do not delay the end");
}

#[tokio::test]
async fn whatever_answers_in_the_databases_place_the_pages_say_busy_and_come_back() {
    for sslmode in ["disable", "prefer"] {
        for break_it in [Proxy::cut, Proxy::babble] {
            let proxy = Proxy::start().await;
            let app = behind(&proxy, sslmode).await;
            break_it(&proxy);
            let began = Instant::now();
            is_busy_page(app.alice.get("/companies").await);
            is_busy_page(app.visitor().get("/login").await);
            let ready = app.visitor().get("/readyz").await.is(503);
            assert!(ready.body.starts_with("not ready: ") && ready.body.contains("database"), "{}", ready.body);
            assert!(!ready.body.contains("127.0.0.1"), "{}", ready.body);
            assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
            proxy.mend();
            until_good(&app).await;
        }
    }
}

#[tokio::test]
async fn a_gap_shorter_than_the_wait_for_a_connection_is_a_wait() {
    let proxy = Proxy::start().await;
    let app = behind(&proxy, "prefer").await;
    proxy.cut();
    // The connections that broke are noticed first.
    while app.pool.size() > 0 {
        let _ = app.alice.get("/companies").await;
    }
    let (page, login) = (app.alice.request(Method::GET, "/companies"), app.visitor().request(Method::GET, "/login"));
    let mend = async {
        sleep(Duration::from_millis(700)).await;
        proxy.mend();
    };
    let (page, login, ()) = tokio::join!(page.send(), login.send(), mend);
    assert_eq!((page.unwrap().status(), login.unwrap().status()), (StatusCode::OK, StatusCode::OK));
}

/// Has every writing to companies fail with this code, as the server would.
async fn fail_with(app: &App, code: &str) {
    let function = format!(
        "create or replace function fail() returns trigger language plpgsql as
         $$ begin raise exception 'as asked' using errcode = '{code}'; end $$"
    );
    let trigger = "create or replace trigger fail before insert on companies for each row execute function fail()";
    for sql in [function.as_str(), trigger] {
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&app.db).await.unwrap();
    }
}

async fn add_company(app: &App) -> Answer {
    let page = app.alice.get("/companies/new").await.page();
    page.form_to("/companies").fill("Companies", "Acme").submit(&app.alice).await
}

#[tokio::test]
async fn what_passes_is_busy_and_what_does_not_is_an_error() {
    let app = App::start().await;
    for code in ["08006", "25006", "25P03", "40001", "40P01", "53200", "53300", "55P03", "57014", "57P01", "58030"] {
        fail_with(&app, code).await;
        is_busy_page(add_company(&app).await);
    }
    for code in ["22012", "42P01", "XX001"] {
        fail_with(&app, code).await;
        assert_eq!(add_company(&app).await.status, 500, "{code}");
    }
}

#[tokio::test]
async fn what_may_have_been_saved_is_not_said_to_be_lost() {
    let proxy = Proxy::start().await;
    let app = behind(&proxy, "disable").await;
    sqlx::raw_sql(
        "create function wait() returns trigger language plpgsql as $$ begin perform pg_sleep(5); return new; end $$;
         create trigger wait before insert on companies for each row execute function wait()",
    )
    .execute(&app.db)
    .await
    .unwrap();
    let form = app.alice.get("/companies/new").await.page().form_to("/companies").fill("Companies", "Acme");
    let cut = async {
        let sleeps = "select exists (select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep')";
        while !sqlx::query_scalar::<_, bool>(sleeps).fetch_one(&app.db).await.unwrap() {
            sleep(Duration::from_millis(10)).await;
        }
        proxy.cut();
    };
    let (answer, ()) = tokio::join!(form.clone().submit(&app.alice), cut);
    let page = answer.is(503).page();
    assert!(page.says("look first whether it is there") && !page.says("Nothing was saved"), "{}", page.text("main"));
    // One that was used a moment ago is used unasked: it would be a connection that something was asked on.
    sleep(Duration::from_millis(1200)).await;
    let page = form.submit(&app.alice).await.is(503).page();
    assert!(page.says("Nothing was saved"), "nothing was asked of a database that is away: {}", page.text("main"));
}

#[tokio::test]
async fn a_full_disk_is_said_and_reading_goes_on() {
    let app = App::start().await;
    fail_with(&app, "53100").await;
    let page = add_company(&app).await.is(503);
    assert!(page.body.contains("The disk of the database is full"), "{}", page.body);
    assert!(!page.header("retry-after").is_empty());
    app.alice.get("/companies").await.is(200);
}

#[tokio::test]
async fn while_it_stops_each_answer_is_the_last_of_its_connection() {
    let app = App::start().await;
    let before = app.visitor().get("/login").await;
    assert_ne!(before.header("connection"), "close");
    app.draining();
    let ready = app.visitor().get("/readyz").await;
    assert_eq!(ready.is(503).body, "not ready: the program is stopping\n");
    for path in ["/login", "/healthz", "/nowhere"] {
        assert_eq!(app.visitor().get(path).await.header("connection"), "close", "{path}");
    }
}
