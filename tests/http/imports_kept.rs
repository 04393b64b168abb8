//! Taking an import back keeps whatever was touched since, whatever touched it: asked of the catalogue, so that a table or
//! a column that is added later is asked, too.

use inroad::ids::{CompanyId, ContactId};
use sqlx::{AssertSqlSafe, Row};
use uuid::Uuid;

use crate::imports::{HEADER, confirm, figure, previewed, undo};
use crate::support::{App, Person};

/// An import of one person and their employer, who is put on the list with them; its path, the person and the company.
async fn an_import(app: &App, person: &Person, nr: usize) -> (String, ContactId, CompanyId) {
    let file =
        format!("{HEADER}Ana,Number {nr},https://www.linkedin.com/in/ana-{nr},,Employer {nr},Analyst,01 Mar 2026\n");
    let path = previewed(person, &file).await;
    person.post(&format!("{path}/confirmations"), &[("companies", "0")]).await.to();
    let row = sqlx::query("select id, company_id from contacts where user_id = $1 and name = $2")
        .bind(person.id)
        .bind(format!("Ana Number {nr}"))
        .fetch_one(&app.db)
        .await
        .unwrap();
    (path, row.get(0), row.get(1))
}

async fn is_there(app: &App, table: &str, id: Uuid) -> bool {
    let sql = format!("select exists (select from {table} where id = $1 and deleted_at is null)");
    sqlx::query_scalar(AssertSqlSafe(sql)).bind(id).fetch_one(&app.db).await.unwrap()
}

#[tokio::test]
async fn whatever_refers_to_what_came_with_an_import_keeps_it() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    let confirmed = "update openings set confirmed_by = $2, confirmed_on = date '2026-11-20' where user_id = $1";
    sqlx::query(confirmed).bind(app.alice.id).bind(of.contact).execute(&app.db).await.unwrap();
    // A waiting file would give way to the next one, with what was noted of it.
    sqlx::query("update imports set status = 'done', content = null where user_id = $1")
        .bind(app.alice.id)
        .execute(&app.db)
        .await
        .unwrap();
    // That two are not one keeps neither of them.
    let keys = sqlx::query(
        "select confrelid::regclass::text, conrelid::regclass::text, a.attname::text
         from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[2]
         where c.contype = 'f' and c.confrelid in ('contacts'::regclass, 'companies'::regclass)
             and c.conrelid <> all(array['distinct_contacts', 'distinct_companies']::regclass[]) order by 1, 2, 3",
    )
    .fetch_all(&app.db)
    .await
    .unwrap();
    assert!(keys.len() >= 19, "{}", keys.len());
    for (nr, key) in keys.into_iter().enumerate() {
        let (to, table, column): (String, String, String) = (key.get(0), key.get(1), key.get(2));
        let (path, contact, company) = an_import(&app, &app.alice, nr).await;
        let id = if to == "contacts" { contact.0 } else { company.0 };
        // A row that speaks of someone else speaks of this one from now on.
        // A comment is about one thing.
        let others = ["company_id", "contact_id", "interview_id"].into_iter().filter(|other| *other != column);
        let let_go: String = others.map(|other| format!(", {other} = null")).collect();
        let let_go = if table == "comments" { let_go } else { String::new() };
        let sql = format!(
            "update {table} set {column} = $2{let_go} where user_id = $1 and id = (select id from {table}
                 where user_id = $1 and id not in ($3, $4) order by {column} is null, id limit 1)"
        );
        let moved = sqlx::query(AssertSqlSafe(sql)).bind(app.alice.id).bind(id).bind(contact).bind(company);
        let moved = moved.execute(&app.db).await.unwrap_or_else(|e| panic!("{table}.{column}: {e}"));
        assert_eq!(moved.rows_affected(), 1, "give everyone a row of {table} in tests/support/everything.rs");

        let name = if to == "contacts" { format!("Ana Number {nr}") } else { format!("Employer {nr}") };
        let before = app.alice.get(&path).await.is(200).page();
        assert!(before.text("#stays").contains(&name), "{table}.{column} is not said to keep a row of {to} beforehand");
        let report = undo(&app.alice, &path).await;
        assert!(is_there(&app, &to, id).await, "{table}.{column} speaks of a row of {to} that is gone");
        assert_eq!(figure(&report, "you did something with them since"), 1, "{table}.{column}");
        assert!(report.says(&name));
        if to == "companies" {
            keeps_one_of_a_list(&app, &table, &column, nr).await;
        }
    }
}

/// The same of a company that came with a pasted list.
async fn keeps_one_of_a_list(app: &App, table: &str, column: &str, nr: usize) {
    let added = app.alice.post("/companies", &[("companies", &format!("Pasted {nr}")), ("found_by", "own_idea")]).await;
    let company: CompanyId = added.to().trim_start_matches("/companies/").parse().unwrap();
    let sql = format!(
        "update {table} set {column} = $2 where user_id = $1 and id = (select id from {table}
             where user_id = $1 order by {column} is null, id limit 1)"
    );
    sqlx::query(AssertSqlSafe(sql)).bind(app.alice.id).bind(company).execute(&app.db).await.unwrap();
    app.alice.follow(&added).await.undo().submit(&app.alice).await.to();
    assert!(is_there(app, "companies", company.0).await, "{table}.{column} speaks of a company that is in the bin");
}

/// What an import writes itself, or what follows from it and from the history.
const WRITTEN: [&str; 34] = [
    "said_name",
    "said_employer",
    "said_job_title",
    "said_email",
    "leaves_on",
    "user_id",
    "id",
    "name",
    "name_folded",
    "name_key",
    "company_id",
    "employer",
    "employer_key",
    "job_title",
    "job_title_folded",
    "profile_url",
    "profile_key",
    "email",
    "phone",
    "connected_on",
    "stage",
    "next_step",
    "next_due",
    "next_turns_on",
    "occasion_on",
    "requested_on",
    "asked_on",
    "talk_on",
    "last_touch_on",
    "step_after",
    "step_after_on",
    "import_id",
    "created_at",
    "deleted_at",
];

#[tokio::test]
async fn whatever_column_was_filled_since_keeps_the_row() {
    let app = App::start().await;
    let columns = sqlx::query(
        "select table_name::text, column_name::text, data_type::text from information_schema.columns
         where table_schema = 'public' and table_name in ('contacts', 'companies') order by 1, 2",
    )
    .fetch_all(&app.db)
    .await
    .unwrap();
    let columns =
        columns.into_iter().map(|row| (row.get::<String, _>(0), row.get::<String, _>(1), row.get::<String, _>(2)));
    app.alice.company("Of a list").await;
    app.rows(&app.alice).contact("Someone Else", None).await;
    let mut asked = 0;
    for (nr, (table, column, kind)) in columns.filter(|(_, column, _)| !WRITTEN.contains(&column.as_str())).enumerate()
    {
        let (path, contact, company) = an_import(&app, &app.alice, nr).await;
        let id = if table == "contacts" { contact.0 } else { company.0 };
        let values: &[&str] = match kind.as_str() {
            "text" => &["'paused'", "'other_role'", "'adjacent'", "'same_school'", "'area'", "'Europe/Oslo'"],
            "boolean" => &["true", "false"],
            "date" => &["date '2026-11-20'"],
            "timestamp with time zone" => &["timestamptz '2026-11-20 10:00+00'"],
            "uuid" => &[
                "(select o.id from contacts o where o.name = 'Someone Else')",
                "(select l.id from company_lists l limit 1)",
            ],
            _ => &["2"],
        };
        let mut written = false;
        for value in values {
            let sql =
                format!("update {table} set {column} = {value} where id = $1 and {column} is distinct from {value}");
            written |= sqlx::query(AssertSqlSafe(sql))
                .bind(id)
                .execute(&app.db)
                .await
                .is_ok_and(|done| done.rows_affected() == 1);
            if written {
                break;
            }
        }
        assert!(written, "no value for {table}.{column}");
        undo(&app.alice, &path).await;
        assert!(is_there(&app, &table, id).await, "{table}.{column} was filled since, and its row is gone");
        asked += 1;
    }
    assert!(asked > 20, "{asked} columns");
}

#[tokio::test]
async fn who_lies_in_the_bin_is_named_and_does_not_come_back_without_a_word() {
    let app = App::start().await;
    let rows = ["Ana,One", "Ben,Two", "Cleo,Three"];
    let file = rows.iter().fold(HEADER.to_owned(), |file, name| {
        let (first, _) = name.split_once(',').unwrap();
        format!("{file}{name},https://www.linkedin.com/in/{first},,Acme,Analyst,01 Mar 2026\n")
    });
    let path = previewed(&app.alice, &file).await;
    confirm(&app.alice, &path).await;
    let id = async |name: &str| -> ContactId {
        sqlx::query_scalar("select id from contacts where name = $1").bind(name).fetch_one(&app.db).await.unwrap()
    };
    let (ana, ben) = (id("Ana One").await, id("Ben Two").await);
    app.alice.post(&format!("/contacts/{ana}/deletions"), &[]).await.to();
    let fields = [("kind", "other"), ("word", "Name day"), ("month", "4"), ("day", "3")];
    app.alice.post(&format!("/contacts/{ben}/dates"), &fields).await.to();

    let before = app.alice.get(&path).await.page();
    let stays = before.text("#stays");
    assert!(stays.contains("Ben Two") && stays.contains("In your bin: 1") && stays.contains("Ana One"), "{stays}");
    assert!(!stays.contains("Cleo"), "{stays}");
    let report = undo(&app.alice, &path).await;
    assert_eq!((figure(&report, "contact gone again"), figure(&report, "stays"), figure(&report, "bin")), (1, 1, 1));
    let back = app.alice.post(&format!("/contacts/{ana}/restorations"), &[]).await;
    let page = app.alice.follow(&back).await;
    assert_eq!(page.toast(), "Ana One is back. They came with an import that you took back since.");
}
