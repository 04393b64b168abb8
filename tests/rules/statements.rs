//! Whose rows statements name, where they stand, and which room writes which table.

use std::collections::BTreeSet;

use crate::database::TestDatabase;
use crate::source::{Statement, queries, register, sources, statements, words, written};

/// The room that writes a table; every other one asks it to.
const OWNERS: &[(&str, &[&str])] = &[
    (
        "accounts",
        &[
            "users",
            "sessions",
            "invitations",
            "grants",
            "rate_limits",
            "settings",
            "kept_forms",
            "devices",
            "half_logins",
            "remembered_browsers",
            "passkeys",
            "push_devices",
            "ceremonies",
            "identities",
            "rails",
            "audit_events",
            "access_tokens",
            "oauth_clients",
            "oauth_codes",
            "idempotency_keys",
            "reminders",
            "reminders_told",
            "looks",
            "job_runs",
            "cohorts",
            "cohort_members",
        ],
    ),
    ("comments", &["comments"]),
    ("suggestions", &["suggestions"]),
    ("mail", &["mails"]),
    ("notices", &["notices"]),
    ("companies", &["companies", "company_lists", "distinct_companies"]),
    ("documents", &["documents", "document_versions", "sent_documents"]),
    (
        "contacts",
        &[
            "contacts",
            "touchpoints",
            "contact_changes",
            "contact_dates",
            "reasons",
            "distinct_contacts",
            "captures",
            "tags",
            "contact_tags",
            "bulk_changes",
            "forgotten",
        ],
    ),
    (
        "interviews",
        &[
            "informational_interviews",
            "questions",
            "interview_questions",
            "findings",
            "action_items",
            "talk_proposals",
            "captured_lines",
        ],
    ),
    ("insights", &["insights", "insight_links"]),
    ("offers", &["offers", "offer_criteria", "offer_marks"]),
    ("introductions", &["introductions"]),
    ("openings", &["openings", "opening_changes"]),
    ("follow_up", &["replans"]),
    ("referrals", &["referrals", "referral_tasks"]),
    ("library", &["templates", "template_versions"]),
    ("transfer", &["imports"]),
    ("trash", &["joins"]),
];

/// Rooms that write tables of others, and why.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("demo", "fills an empty account whole, with dates of the past, as a restore would, and empties it of that again"),
    ("export", "writes an empty account whole, as it was elsewhere"),
    (
        "trash",
        "empties the bin, and joins what lies in it with what is on the list: what hangs on the two is of every room",
    ),
];

/// Statements that name an owned table without `user_id` for each, by how they begin, and why.
const ACROSS_USERS: &[(&str, &str)] =
    &[("lock table contacts, touchpoints", "a migration holds the tables before it changes them")];

async fn owned_tables() -> BTreeSet<String> {
    let database = TestDatabase::new().await;
    let sql = "select table_name::text from information_schema.columns
        where table_schema = 'public' and column_name = 'user_id' and table_name <> 'sessions'";
    sqlx::query_scalar::<_, String>(sql).fetch_all(&database.pool()).await.unwrap().into_iter().collect()
}

/// The owned tables a statement names, once for each time, leaving out names of its own (`with x as`).
pub fn named<'a>(words: &[String], owned: &'a BTreeSet<String>) -> Vec<&'a str> {
    let own: BTreeSet<&String> = words.windows(3).filter(|w| w[1] == "as" && w[2] == "(").map(|w| &w[0]).collect();
    let mut named = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", |before| words[before].as_str());
        let starts = matches!(before, "from" | "join" | "into" | "update" | "using") || before == ",";
        // After a comma it is a column, unless it is followed by a name of its own.
        let column = before == ","
            && words.get(at + 1).is_none_or(|next| matches!(next.as_str(), "," | ")" | "=" | "from" | "order"));
        if starts && !column && !own.contains(word) {
            named.extend(owned.get(word).map(String::as_str));
        }
    }
    named
}

/// How a statement fails to say whose rows it means; nothing where it does.
fn forgets_the_owner(sql: &str, owned: &BTreeSet<String>) -> Option<String> {
    let words = words(sql);
    let tables = named(&words, owned);
    let said = words.iter().filter(|word| *word == "user_id" || word.ends_with(".user_id")).count();
    let excepted = ACROSS_USERS.iter().any(|(start, _)| sql.trim_start().starts_with(start));
    (said < tables.len() && !excepted).then(|| format!("names {tables:?} and user_id {said} times:\n{sql}"))
}

#[tokio::test]
async fn every_statement_says_whose_rows_it_means_for_each_table_it_names() {
    let owned = owned_tables().await;
    assert!(owned.len() > 10, "{owned:?}");
    let mut checked = 0;
    let mut wrong = Vec::new();
    let written = statements().into_iter().map(|Statement { path, sql, .. }| (path, sql));
    let registered = register().into_iter().map(|(sql, _)| (".sqlx".to_owned(), sql));
    for (path, sql) in written.chain(registered) {
        checked += usize::from(!named(&words(&sql), &owned).is_empty());
        wrong.extend(forgets_the_owner(&sql, &owned).map(|problem| format!("{path} {problem}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(checked > 20, "{checked}");
}

#[test]
fn a_statement_that_forgets_the_owner_is_noticed() {
    let owned: BTreeSet<String> = ["contacts", "companies"].map(str::to_owned).into();
    for sql in [
        "select * from contacts where id = $1",
        "select * from contacts c join companies k on k.id = c.company_id where c.user_id = $1",
        "select (select count(*) from companies) from contacts where user_id = $1",
        "update contacts set name = $2 where id = $1",
        "delete from contacts c using companies k where c.user_id = $1 and k.id = c.company_id",
        "select * from (select 1) x, contacts c where c.id = $1",
        "insert into contacts (id) values ($1)",
    ] {
        assert!(forgets_the_owner(sql, &owned).is_some(), "{sql}");
    }
    for sql in [
        "select * from contacts where user_id = $1",
        "select companies, contacts from x",
        "with contacts as (select 1) select * from contacts",
        "insert into contacts (user_id, id) values ($1, $2)",
    ] {
        assert!(forgets_the_owner(sql, &owned).is_none(), "{sql}");
    }
}

#[test]
fn user_id_is_never_updated() {
    for Statement { path, sql, .. } in statements() {
        let words = words(&sql);
        let Some(set) = words.iter().position(|word| word == "set") else { continue };
        let end =
            words[set..].iter().position(|word| word == "where" || word == "from").map_or(words.len(), |end| set + end);
        assert!(!words[set..end].windows(2).any(|w| w[0] == "user_id" && w[1] == "="), "{path}:\n{sql}");
    }
}

/// The macros whose SQL is checked and stands in the register.
const CHECKED: &[&str] = &["query!(", "query_as!(", "query_scalar!("];

/// Every other way to hand SQL to the database: functions, macros without a check, and a connection's own methods, for
/// which `sqlx::Executor` must be named.
const UNCHECKED: &[&str] = &[
    "sqlx::query(",
    "sqlx::query_as(",
    "sqlx::query_scalar(",
    "query::<",
    "query_as::<",
    "query_scalar::<",
    "query_with(",
    "query_as_with(",
    "query_scalar_with(",
    "query_file",
    "_unchecked!",
    "raw_sql(",
    "QueryBuilder",
    "AssertSqlSafe",
    "SqlSafeStr",
    "Executor",
    ".execute(\"",
    "copy_in_raw",
    "copy_out_raw",
];

/// The first of the marks that stands in `code`, not as the end of a longer word: `PgExecutor` is not `Executor`.
fn mark_in(code: &str, marks: &[&'static str]) -> Option<&'static str> {
    let ends_a_word = |mark: &str, at: usize| {
        let begins_as_word = mark.starts_with(|c: char| c.is_ascii_uppercase());
        begins_as_word && code[..at].ends_with(|c: char| c.is_alphanumeric())
    };
    marks.iter().copied().find(|mark| code.match_indices(mark).any(|(at, _)| !ends_a_word(mark, at)))
}

#[test]
fn sql_stands_in_queries_and_nowhere_else() {
    let queries: BTreeSet<String> = queries().into_iter().map(|source| source.path).collect();
    assert!(
        queries.iter().any(|path| path.contains("/queries/"))
            && queries.iter().any(|path| path.ends_with("/queries.rs"))
    );
    // The database's own house asks what no feature would.
    for source in sources().iter().filter(|source| source.room() != "database") {
        let code = source.code();
        let unchecked = mark_in(&code, UNCHECKED);
        assert!(unchecked.is_none(), "{} holds {}", source.path, unchecked.unwrap_or_default());
        let checked = mark_in(&code, CHECKED);
        let may = queries.contains(&source.path);
        assert!(checked.is_none() || may, "{} holds {}", source.path, checked.unwrap_or_default());
    }
}

#[test]
fn queries_know_no_pages() {
    for source in queries() {
        let code = source.code();
        let page = mark_in(&code, &["axum", "askama"]);
        assert!(page.is_none(), "{} holds {}", source.path, page.unwrap_or_default());
    }
}

#[test]
fn sql_handed_to_a_connection_is_noticed() {
    for code in [
        "use sqlx::Executor;",
        "use sqlx::{Executor, PgConnection};",
        "use sqlx::{Connection, Executor};",
        "visit.db().execute(\"delete from contacts\")",
        "sqlx::Executor::execute(db, sql)",
        "sqlx::query_with(sql, arguments)",
        "query_as_unchecked!(Row, sql)",
        "query_file_as!(Row, \"x.sql\")",
        "db.copy_in_raw(sql)",
    ] {
        assert!(mark_in(code, UNCHECKED).is_some(), "{code}");
    }
    for code in ["db: impl PgExecutor<'_>", "use sqlx::{PgConnection, PgExecutor};", ".execute(db)"] {
        assert!(mark_in(code, UNCHECKED).is_none(), "{code}");
    }
}

#[test]
fn a_table_is_written_by_the_room_that_owns_it() {
    let mut wrong = Vec::new();
    for Statement { path, room, sql } in statements() {
        if EXCEPTIONS.iter().any(|(excepted, _)| *excepted == room) {
            continue;
        }
        for table in written(&sql) {
            let owner = OWNERS.iter().find(|(_, tables)| tables.contains(&table.as_str()));
            if owner.is_none_or(|(owner, _)| *owner != room) {
                wrong.push(format!("{path} writes {table}, which is {}'s", owner.map_or("nobody", |(owner, _)| owner)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Of two equal forms sent at once the second may meet any of a table's unique indexes first, not only the one of the id.
#[test]
fn a_statement_that_may_add_nothing_names_no_index() {
    let does_nothing = ["do", "nothing"];
    let any = ["on", "conflict", "do", "nothing"];
    let mut wrong = Vec::new();
    for Statement { path, sql, .. } in statements() {
        let words = words(&sql);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let times = |sought: &[&str]| words.windows(sought.len()).filter(|found| *found == sought).count();
        if times(&does_nothing) > times(&any) {
            wrong.push(format!("{path}: {sql}"));
        }
    }
    assert!(wrong.is_empty(), "say 'on conflict do nothing', and look which row was in the way:\n{}", wrong.join("\n"));
}

/// Names are found, put in order and compared in the one folded form.
#[test]
fn no_statement_folds_names_in_a_way_of_its_own() {
    let folds = |sql: &str| {
        let words = words(sql);
        words.windows(2).any(|two| ["lower", "upper", "initcap"].contains(&two[0].as_str()) && two[1] == "(")
            || words.iter().any(|word| word == "ilike")
    };
    assert!(folds("select 1 where lower(name) = $1") && folds("select 1 where name ilike $1"));
    let wrong: Vec<_> =
        statements().into_iter().filter(|s| folds(&s.sql)).map(|s| format!("{}: {}", s.path, s.sql)).collect();
    assert!(wrong.is_empty(), "see src/folding.rs:\n{}", wrong.join("\n"));
}

/// Columns that are kept folded beside what was written, by table.
const FOLDED: &[(&str, &str, &str)] = &[
    ("contacts", "name", "name_folded"),
    ("contacts", "job_title", "job_title_folded"),
    ("openings", "title", "title_folded"),
];

/// What a statement writes into a column without writing its folded form.
fn unfolded(sql: &str) -> Option<String> {
    let words = words(sql);
    FOLDED.iter().find_map(|(table, column, folded)| {
        let target = |verb: &[&str]| words.windows(verb.len()).any(|found| found.iter().eq(verb));
        let writes = |column: &str| {
            target(&["insert", "into", table]) && words.iter().any(|word| word == column)
                || target(&["update", table]) && words.windows(2).any(|two| two[0] == column && two[1] == "=")
        };
        (writes(column) && !writes(folded)).then(|| format!("{table}.{column} without {folded}"))
    })
}

#[test]
fn who_writes_a_name_or_a_title_writes_its_folded_form() {
    assert!(unfolded("update contacts k set job_title = $1 where user_id = $2").is_some());
    assert!(unfolded("insert into openings (user_id, id, title) values ($1, $2, $3)").is_some());
    assert_eq!(unfolded("update contacts set name = $1, name_folded = $2 where user_id = $3"), None);
    let wrong: Vec<_> =
        register().into_iter().filter_map(|(sql, _)| Some(format!("{}:\n{sql}", unfolded(&sql)?))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[tokio::test]
async fn every_table_has_a_room() {
    let database = TestDatabase::new().await;
    let sql = "select table_name::text from information_schema.tables where table_schema = 'public' and table_name <> '_sqlx_migrations'";
    let tables: BTreeSet<String> =
        sqlx::query_scalar(sql).fetch_all(&database.pool()).await.unwrap().into_iter().collect();
    let owned: BTreeSet<String> =
        OWNERS.iter().flat_map(|(_, tables)| tables.iter().map(|table| (*table).to_owned())).collect();
    assert_eq!(tables, owned);
}

/// Who may use the pool itself, and why.
const POOL: [(&str, &str); 4] = [
    ("src/health.rs", "says at once that there is no connection"),
    ("src/accounts/admin/installation.rs", "asks the same question as health"),
    ("src/trash/purge.rs", "tries again by itself"),
    ("src/commands/serve.rs", "ends the start"),
];

#[test]
fn a_request_takes_its_connection_in_the_one_way_that_waits_through_a_gap() {
    let uses: BTreeSet<String> = sources()
        .into_iter()
        .filter(|source| source.path != "src/app.rs" && source.code().contains("app.db"))
        .map(|source| source.path)
        .collect();
    let may: BTreeSet<String> = POOL.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(uses, may, "take it with App::connection");
}
