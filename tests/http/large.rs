//! A whole network in one account: right after its import, with statistics that nothing but the import renews, no page reads
//! more than a page's worth of it.

use std::collections::BTreeMap;

use inroad::routes::{Verb, Who};
use serde_json::Value;

use crate::imports::HEADER;
use crate::support::App;
use crate::support::proxy::Proxy;
use crate::support::routes::{path_of, routes};

/// People in the file, and those of them at one company.
const PEOPLE: usize = 6_000;
const COLLEAGUES: usize = 1_803;
/// Rows that one step of a plan may read: the people of one company and some of the others'.
const MOST: f64 = 3_500.0;
/// Pages that may read more, and why.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("/imports/{id}", "a file is held against every contact, and what came of it against what happened since"),
    ("/progress", "adds up the whole search"),
    ("/progress/picture.svg", "as above"),
    ("/progress/table.csv", "as above"),
];
/// What has the server tell how each statement ran, and know at once that what was saved is seen by all. A table that holds one account alone is best read from end to end; with
/// everybody's in it, it never is.
const EXPLAINED: &str = "&options=-c%20session_preload_libraries%3Dauto_explain%20-c%20auto_explain.log_min_duration%3D0\
    %20-c%20auto_explain.log_analyze%3Don%20-c%20auto_explain.log_timing%3Doff%20-c%20auto_explain.log_format%3Djson\
    %20-c%20synchronous_commit%3Don%20-c%20enable_seqscan%3Doff%20-c%20auto_explain.log_level%3Dnotice%20-c%20client_min_messages%3Dnotice";

/// The steps of a plan that read too much, but for counts from an index alone.
fn reads_too_much(plan: &Value, found: &mut Vec<String>) {
    let number = |key: &str| plan[key].as_f64().unwrap_or_default();
    let kind = plan["Node Type"].as_str().unwrap_or_default();
    let rows = (number("Actual Rows") + number("Rows Removed by Filter") + number("Rows Removed by Join Filter"))
        * number("Actual Loops");
    let from = plan["Relation Name"].as_str();
    if let Some(table) = from.filter(|_| rows > MOST && kind != "Index Only Scan") {
        found.push(format!("{kind} of {table} by {}: {rows} rows", plan["Index Name"].as_str().unwrap_or("nothing")));
    }
    for part in plan["Plans"].as_array().into_iter().flatten() {
        reads_too_much(part, found);
    }
}

fn read(notices: Vec<String>) -> Vec<String> {
    let mut found = Vec::new();
    for notice in notices {
        let Some(at) = notice.find('{') else { continue };
        let told: Value = serde_json::from_str(&notice[at..]).unwrap();
        let mut steps = Vec::new();
        reads_too_much(&told["Plan"], &mut steps);
        let text = told["Query Text"].as_str().unwrap_or_default();
        let start = text.split_whitespace().take(12).collect::<Vec<_>>().join(" ");
        found.extend(steps.into_iter().map(|step| format!("{step}, in {start}")));
    }
    found
}

#[tokio::test]
async fn no_page_reads_a_whole_network() {
    let proxy = Proxy::start().await;
    let app = App::start_with(|settings| {
        settings.database_url = settings.database_url.as_deref().map(|url| proxy.url(url) + EXPLAINED);
    })
    .await;
    for table in ["contacts", "touchpoints", "companies", "contact_changes"] {
        let off = format!("alter table {table} set (autovacuum_enabled = off)");
        sqlx::raw_sql(sqlx::AssertSqlSafe(off)).execute(&app.db).await.unwrap();
    }
    let mut ids = app.fill(&app.alice).await;
    sqlx::query(
        "insert into companies (user_id, id, name, name_key, found_by, motivation, posting, created_at)
         select $1, gen_random_uuid(), 'Company ' || n, 'company ' || n, 'own_idea', n % 6, n % 4, now() from generate_series(0, 299) n",
    )
    .bind(app.alice.id)
    .execute(&app.db)
    .await
    .unwrap();
    let mut file = HEADER.to_owned();
    for n in 0..PEOPLE {
        let company = if n < COLLEAGUES { 0 } else { n % 1_000 };
        file += &format!("Ana,Number {n},https://www.linkedin.com/in/ana-{n},,Company {company},Analyst,01 Mar 2026\n");
    }
    let path = crate::imports::previewed(&app.alice, &file).await;
    crate::imports::confirm(&app.alice, &path).await;
    // Which pages are seen by all is noted right after the import, which says that it is done before that.
    for _ in 0..600 {
        let noted: bool = sqlx::query_scalar(
            "select bool_and(relallvisible * 10 >= relpages * 9) from pg_class where oid in ('contacts'::regclass, 'touchpoints'::regclass)",
        )
        .fetch_one(&app.db)
        .await
        .unwrap();
        if noted {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    ids.company = sqlx::query_scalar("select id from companies where user_id = $1 and name = 'Company 0'")
        .bind(app.alice.id)
        .fetch_one(&app.db)
        .await
        .unwrap();
    let there: i64 = sqlx::query_scalar("select count(*) from contacts where company_id = $1")
        .bind(ids.company)
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert!(there >= COLLEAGUES as i64, "{there} at the company");

    let mut wrong = BTreeMap::new();
    let mut told = 0;
    for route in routes(Verb::Get).filter(|route| route.who == Who::Viewer) {
        let path = path_of(route, &ids);
        // What is counted once after a change, and kept, is not asked for the second time.
        app.alice.get(&path).await;
        proxy.take_notices();
        app.alice.get(&path).await;
        let notices = proxy.take_notices();
        told += notices.len();
        let found = read(notices);
        if !found.is_empty() && !EXCEPTIONS.iter().any(|(path, _)| *path == route.path) {
            wrong.insert(route.path, found);
        }
    }
    assert!(told > 100, "only {told} statements said how they ran");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
