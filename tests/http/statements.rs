//! A page takes two round trips to the database at most: whose session it is, with what is kept for the frame, and what the
//! page shows. Right after a change two more count what is due, and keep it.

use inroad::routes::{Verb, Who};

use crate::support::App;
use crate::support::proxy::Proxy;
use crate::support::routes::{path_of, routes};

/// Statements a page may take.
const MOST: usize = 2;

/// Pages that may take more, how many, and why.
const EXCEPTIONS: &[(&str, usize, &str)] = &[
    ("/readyz", 4, "asks sqlx which migrations were applied, and is no page a person waits for"),
    ("/", 3, "while getting started is shown, who to ask first is looked for as the page of suggestions does"),
    (
        "/imports/{id}",
        4,
        "a file is held against every contact, which as one JSON value would be in memory twice; who to ask first as above",
    ),
    (
        "/settings/second-step",
        3,
        "where it is on: a cluster keeps the account and the browsers it remembers apart, and few come here",
    ),
    ("/admin", 3, "what documents take is asked of the page's accounts: a cluster keeps accounts and their rows apart"),
    ("/captures/{id}", 4, "what waits is read before anyone is looked for whose profile or mailbox is in it"),
    (
        "/companies/{id}/join",
        3,
        "what is on the list again leads there, and is looked for only where nothing can be joined",
    ),
    ("/contacts/{id}/join", 3, "as that of companies"),
    ("/export/archive.zip", 50, "reads each table by a statement of its own, as of one instant"),
    ("/export/dossiers.zip", 10, "one for each company that has a dossier"),
    ("/export/table.csv", 4, "exports are counted, and what is exported is noted in the audit log"),
    ("/export/contacts.vcf", 4, "as that of tables"),
    ("/export/talks.ics", 4, "as that of tables"),
    ("/contacts/{id}/everything.json", 3, "what is exported is noted in the audit log"),
    ("/settings/people", 3, "who can look, and the cohorts one is in: few have any, and few come here"),
    (
        "/admin/cohorts/{id}",
        5,
        "its people, its invitations, and from five seekers on what they did: a cluster keeps accounts and searches apart",
    ),
    ("/admin/installation", 6, "asks what /readyz asks, for an administrator"),
];

/// Lets in who waits for it: while anybody does, every page says so, and takes one more.
async fn let_everybody_in(app: &App) {
    let sql = "update grants set let_in_at = accepted_at, looked_at = accepted_at where accepted_at is not null";
    sqlx::query(sql).execute(&app.db).await.unwrap();
}

#[tokio::test]
async fn every_page_takes_two_statements_at_most() {
    let proxy = Proxy::start().await;
    let app =
        App::start_with(|settings| settings.database_url = settings.database_url.as_deref().map(|url| proxy.url(url)))
            .await;
    let mine = app.fill(&app.alice).await;
    let hers = app.fill(&app.dora).await;
    let_everybody_in(&app).await;
    let mut wrong = Vec::new();
    for route in routes(Verb::Get) {
        let (person, ids) = if route.who == Who::Admin { (&app.dora, &hers) } else { (&app.alice, &mine) };
        let path = path_of(route, ids);
        // The first visits teach the connection its statements and types.
        for _ in 0..3 {
            person.get(&path).await;
        }
        proxy.take_statements();
        let answer = person.get(&path).await;
        // What the driver asks about types, and the limits, are once for each connection.
        let statements = proxy
            .take_statements()
            .into_iter()
            .filter(|sql| !sql.starts_with("SELECT pg_type") && !sql.starts_with("select set_config(s.name"));
        let statements: Vec<String> = statements.collect();
        let most = EXCEPTIONS.iter().find(|(path, ..)| *path == route.path).map_or(MOST, |(_, most, _)| *most);
        if statements.len() > most {
            let lines: Vec<_> =
                statements.iter().map(|sql| sql.split_whitespace().take(12).collect::<Vec<_>>().join(" ")).collect();
            wrong.push(format!(
                "{} ({}) took {}:\n    {}",
                route.path,
                answer.status,
                statements.len(),
                lines.join("\n    ")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The palette asks as one types: what fits, what nearly fits, and what can be done are found at once, with their numbers.
#[tokio::test]
async fn the_palette_takes_two_whatever_is_typed() {
    let proxy = Proxy::start().await;
    let app =
        App::start_with(|settings| settings.database_url = settings.database_url.as_deref().map(|url| proxy.url(url)))
            .await;
    app.fill(&app.alice).await;
    let_everybody_in(&app).await;
    for typed in ["", "g", "grace", "garce hoper", "schedule a talk with grace", "nobody of this name"] {
        let path = format!("/search?q={}", inroad::links::encode(typed));
        let ask = async || {
            let request = app.alice.request(reqwest::Method::GET, &path).header("hx-request", "true");
            app.alice.send(request).await.is(200)
        };
        for _ in 0..3 {
            ask().await;
        }
        proxy.take_statements();
        ask().await;
        let mut seen = proxy.take_statements();
        seen.retain(|sql| !sql.starts_with("SELECT pg_type") && !sql.starts_with("select set_config(s.name"));
        assert!(seen.len() <= MOST, "{typed:?}: {seen:#?}");
    }
}

/// A coach's page takes two more: what they may see is read by itself, and what they look at is noted.
#[tokio::test]
async fn a_page_a_coach_looks_at_takes_four() {
    let proxy = Proxy::start().await;
    let app =
        App::start_with(|settings| settings.database_url = settings.database_url.as_deref().map(|url| proxy.url(url)))
            .await;
    let ids = app.fill(&app.alice).await;
    for path in ["/companies".to_owned(), format!("/contacts/{}", ids.contact), "/progress".into()] {
        for _ in 0..3 {
            app.bob.get(&path).await.is(200);
        }
        proxy.take_statements();
        app.bob.get(&path).await.is(200);
        let mut seen = proxy.take_statements();
        seen.retain(|sql| !sql.starts_with("SELECT pg_type") && !sql.starts_with("select set_config(s.name"));
        assert_eq!(seen.len(), MOST + 2, "{path}: {seen:#?}");
    }
}

/// Some of them were not looked at yet, which is read by itself. Grants and searches are kept apart on a cluster: the overview
/// asks for each at once, however many there are. That its numbers were seen is noted once a day. What is due is kept with each search: one that changed since is counted, and kept with all
/// others that were.
#[tokio::test]
async fn a_coachs_overview_takes_four_however_many_share() {
    let proxy = Proxy::start().await;
    let app =
        App::start_with(|settings| settings.database_url = settings.database_url.as_deref().map(|url| proxy.url(url)))
            .await;
    app.fill(&app.alice).await;
    sqlx::query(
        "with seekers as (
             insert into users (id, name, email, password_hash, time_zone, created_at)
             select gen_random_uuid(), 'Seeker ' || n, 'seeker' || n || '@example.org', 'x', 'UTC', now() from generate_series(1, 60) n
             returning id
         )
         insert into grants (id, owner_id, label, coach_id, created_at, accepted_at, let_in_at)
         select gen_random_uuid(), id, 'Bob', $1, now(), now(), now() from seekers",
    )
    .bind(app.bob.id)
    .execute(&app.db)
    .await
    .unwrap();
    for _ in 0..3 {
        let page = app.bob.get("/looking").await.is(200).page();
        assert_eq!(page.all("main tbody tr").len(), 61);
    }
    for (changed, wanted) in [(0_i64, 4), (1, 6), (2, 7)] {
        sqlx::query("delete from rails where owner_id in (select owner_id from rails where owner_id <> $1 limit $2)")
            .bind(app.alice.id)
            .bind(changed)
            .execute(&app.pool)
            .await
            .unwrap();
        proxy.take_statements();
        app.bob.get("/looking").await.is(200);
        let mut seen = proxy.take_statements();
        seen.retain(|sql| !sql.starts_with("SELECT pg_type") && !sql.starts_with("select set_config(s.name"));
        assert_eq!(seen.len(), wanted, "{changed} changed: {seen:#?}");
    }
}

#[tokio::test]
async fn the_wire_sees_what_is_asked() {
    let proxy = Proxy::start().await;
    let app =
        App::start_with(|settings| settings.database_url = settings.database_url.as_deref().map(|url| proxy.url(url)))
            .await;
    for _ in 0..3 {
        app.alice.get("/companies").await.is(200);
    }
    proxy.take_statements();
    app.alice.get("/companies").await.is(200);
    // A connection may be new, which begins with its limits.
    let mut seen = proxy.take_statements();
    seen.retain(|sql| !sql.starts_with("select set_config(s.name"));
    assert_eq!(seen.len(), 2, "{seen:#?}");
    assert!(seen[0].contains("from sessions") && seen[1].contains("from companies"), "{seen:#?}");
    app.alice.post("/today/snoozes", &[]).await;
    proxy.take_statements();
    app.alice.get("/companies").await.is(200);
    let seen = proxy.take_statements();
    assert!(seen.iter().any(|sql| sql.contains("due_as_json")), "after a change: {seen:#?}");
    app.alice.get("/healthz").await.is(200);
    let mut seen = proxy.take_statements();
    // On a busy machine a change says its end only now, and a connection that is opened beside begins with its limits.
    let besides = ["update rails set writers", "select set_config(s.name", "SELECT pg_type"];
    seen.retain(|sql| !besides.iter().any(|beside| sql.starts_with(beside)));
    assert_eq!(seen, [""; 0], "whether the program lives is never asked of the database");
}
