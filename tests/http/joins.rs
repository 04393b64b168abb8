//! Taking something out of the bin whose name or profile was taken again: the two are shown, joined on request, and parted again.

use inroad::ids::{CompanyId, ContactId};
use sqlx::{AssertSqlSafe, Row};
use uuid::Uuid;

use crate::support::sums::{Sums, sums_of};
use crate::support::{Answer, App, Page, Person};

/// Brings something back, and reads where that leads.
async fn bring_back(person: &Person, path: &str) -> Page {
    let bin = person.get("/bin").await.is(200).page();
    person.follow(&bin.form_to(&format!("{path}/restorations")).submit(person).await).await
}

async fn join(person: &Person, path: &str) -> Answer {
    bring_back(person, path).await.form_to(&format!("{path}/joins")).submit(person).await
}

async fn run(app: &App, sql: &str, ids: &[Uuid]) {
    let ids_of = ids.iter().fold(sqlx::query(AssertSqlSafe(sql.to_owned())), |query, id| query.bind(*id));
    ids_of.execute(&app.db).await.unwrap_or_else(|e| panic!("{sql}: {e}"));
}

/// How many rows speak of a row of `table`, by the column that does. That two are not one is said of neither.
async fn speaking_of(app: &App, table: &str, id: Uuid) -> Vec<(String, i64)> {
    let keys = sqlx::query(
        "select conrelid::regclass::text, a.attname::text
         from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[2]
         where c.contype = 'f' and c.confrelid = $1::regclass and c.conrelid <> all(array['distinct_contacts', 'distinct_companies']::regclass[]) order by 1, 2",
    )
    .bind(table)
    .fetch_all(&app.db)
    .await
    .unwrap();
    let mut found = Vec::new();
    for key in keys {
        let (table, column): (String, String) = (key.get(0), key.get(1));
        let sql = format!("select count(*) from {table} where {column} = $1");
        found.push((
            format!("{table}.{column}"),
            sqlx::query_scalar(AssertSqlSafe(sql)).bind(id).fetch_one(&app.db).await.unwrap(),
        ));
    }
    found
}

/// Every row of Alice's, but for how often contacts and companies were written.
async fn rows(app: &App) -> Sums {
    for table in ["contacts", "companies"] {
        run(app, &format!("update {table} set version = 1"), &[]).await;
    }
    sums_of(&app.db, app.alice.id).await
}

#[tokio::test]
async fn whatever_speaks_of_a_contact_or_a_company_moves_as_they_are_joined_and_goes_back() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    let third = app.rows(&app.alice).contact("Joan Clarke", None).await;
    for (sql, ids) in [
        ("update openings set confirmed_by = $2, confirmed_on = date '2026-11-20' where id = $1", vec![of.opening.0, of.contact.0]),
        ("update contacts set introduced_by = $2 where id = $1", vec![third.0, of.contact.0]),
        (
            "insert into comments (user_id, id, grant_id, by_coach, by_name, company_id, of_message, text, created_at)
             select user_id, gen_random_uuid(), grant_id, by_coach, by_name, $2, false, text, created_at from comments where id = $1",
            vec![of.comment.0, of.company.0],
        ),
        (
            "insert into introductions (user_id, id, introducer_id, introduced_id, status, created_at)
             select user_id, gen_random_uuid(), $2, $3, status, created_at from introductions where id = $1",
            vec![of.introduction.0, third.0, of.contact.0],
        ),
        (
            "insert into introductions (user_id, id, introducer_id, introduced_id, status, earlier_introducer_id, created_at)
             select user_id, gen_random_uuid(), $2, introduced_id, 'made', $3, created_at from introductions where id = $1",
            vec![of.introduction.0, third.0, of.contact.0],
        ),
    ] {
        run(&app, sql, &ids).await;
    }
    let company_key: String = sqlx::query_scalar("select name from companies where id = $1")
        .bind(of.company)
        .fetch_one(&app.db)
        .await
        .unwrap();
    for (table, id) in [("contacts", of.contact.0), ("companies", of.company.0)] {
        let mut spoken_of = speaking_of(&app, table, id).await;
        spoken_of.retain(|(_, count)| *count == 0);
        assert!(spoken_of.is_empty(), "give {table} a row of {spoken_of:?}, so that joining is asked for it");
    }
    let profile = "https://www.linkedin.com/in/grace-hopper";
    run(&app, "update contacts set profile_url = 'https://www.linkedin.com/in/grace-hopper', profile_key = '/in/grace-hopper' where id = $1", &[of.contact.0]).await;
    app.alice.post(&format!("/contacts/{}/deletions", of.contact), &[]).await.to();
    app.alice.post(&format!("/companies/{}/deletions", of.company), &[]).await.to();
    let form = app.alice.get("/contacts/new").await.page().form_to("/contacts");
    let to = form.fill("Name", "Grace B. Hopper").fill("Profile address", profile).submit(&app.alice).await.to();
    let contact: ContactId = to.trim_start_matches("/contacts/").parse().unwrap();
    let company: CompanyId = app.alice.company(&company_key).await;

    for (table, gone, kept) in [("contacts", of.contact.0, contact.0), ("companies", of.company.0, company.0)] {
        let before = rows(&app).await;
        let path = format!("/{table}/{gone}");
        let joined = join(&app.alice, &path).await;
        assert_eq!(joined.to(), format!("/{table}/{kept}"));
        let mut left = speaking_of(&app, table, gone).await;
        left.retain(|(_, count)| *count > 0);
        assert!(left.is_empty(), "stays with the one in the bin: {left:?}");
        let page = app.alice.follow(&joined).await;
        assert!(
            !app.alice.get("/bin").await.is(200).page().has(&format!("form[action='{path}/restorations']")),
            "it is joined"
        );
        let undone = page.undo().submit(&app.alice).await;
        assert!(app.alice.follow(&undone).await.toast().contains("is in the bin again"));
        assert_eq!(rows(&app).await, before, "{table}");
        app.alice.get("/bin").await.is(200).page().form_to(&format!("{path}/restorations"));
    }
}

/// Alice's contact of that profile, which she adds through the form.
async fn add(app: &App, fields: &[(&str, &str)]) -> String {
    let form = app.alice.get("/contacts/new").await.page().form_to("/contacts");
    let form = form.fill("Profile address", "https://www.linkedin.com/in/ada");
    fields.iter().fold(form, |form, (label, value)| form.fill(label, value)).submit(&app.alice).await.to()
}

async fn edit(app: &App, path: &str, label: &str, value: &str) {
    let form = app.alice.get(&format!("{path}/edit")).await.is(200).page().form_to(path);
    form.fill(label, value).submit(&app.alice).await.to();
}

/// What may be empty of a contact and is none of its facts: what the two share, what is joined by another rule, and what the
/// playbook makes of the history.
const NO_FACTS: [&str; 16] = [
    "profile_url",
    "profile_key",
    "company_id",
    "introduced_by",
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
    "ending_skipped_at",
    "leaves_on",
];

#[tokio::test]
async fn every_fact_of_the_one_in_the_bin_fills_what_is_empty_and_goes_again() {
    let app = App::start().await;
    let old = add(&app, &[("Name", "Ada King")]).await;
    let id = |path: &str| path.trim_start_matches("/contacts/").parse::<Uuid>().unwrap();
    let columns = sqlx::query(
        "select column_name::text, data_type::text from information_schema.columns where table_schema = 'public'
             and table_name = 'contacts' and is_nullable = 'YES' and column_name not in ('import_id', 'deleted_at')",
    )
    .fetch_all(&app.db)
    .await
    .unwrap();
    let columns = columns.iter().map(|row| (row.get::<String, _>(0), row.get::<String, _>(1)));
    let facts: Vec<_> = columns.filter(|(column, _)| !NO_FACTS.contains(&column.as_str())).collect();
    assert!(facts.len() > 10, "{facts:?}");
    for (column, kind) in &facts {
        let value = match kind.as_str() {
            "date" => "date '2026-11-20'",
            "text" => "'europe/oslo'",
            "boolean" => "true",
            _ => "2",
        };
        run(&app, &format!("update contacts set {column} = {value} where id = $1"), &[id(&old)]).await;
    }
    app.alice.post(&format!("{old}/deletions"), &[]).await.to();
    let new = add(&app, &[("Name", "Ada Lovelace")]).await;
    let known = async || {
        let row = "select to_jsonb(k) - '{user_id,id,name}'::text[] from contacts k where id = $1";
        let row: serde_json::Value = sqlx::query_scalar(row).bind(id(&new)).fetch_one(&app.db).await.unwrap();
        facts
            .iter()
            .filter(|(column, _)| !row[column.as_str()].is_null())
            .map(|(column, _)| column.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(known().await, Vec::<String>::new());
    let joined = join(&app.alice, &old).await;
    assert_eq!(known().await, facts.iter().map(|(column, _)| column.clone()).collect::<Vec<_>>());
    app.alice.follow(&joined).await.undo().submit(&app.alice).await.to();
    assert_eq!(known().await, Vec::<String>::new());
}

#[tokio::test]
async fn the_two_are_shown_and_the_one_on_the_list_has_everything_of_both() {
    let app = App::start().await;
    let old = add(&app, &[("Name", "Ada King"), ("E-mail", "ada@old.example"), ("Job title", "Analyst")]).await;
    edit(&app, &old, "Notes", "Met at the fair.").await;
    edit(&app, &old, "Pronouns", "she/her").await;
    edit(&app, &old, "Phone", "0170 1234567").await;
    edit(&app, &old, "Why this person", "they moved from teaching").await;
    app.alice
        .post(&format!("{old}/touchpoints"), &[("kind", "requested"), ("id", &Uuid::now_v7().to_string())])
        .await
        .to();
    app.alice.post(&format!("{old}/deletions"), &[]).await.to();
    let new = add(&app, &[("Name", "Ada Lovelace"), ("E-mail", "ada@new.example")]).await;
    edit(&app, &new, "Notes", "Likes engines.").await;

    let page = bring_back(&app.alice, &old).await;
    for said in ["Ada King", "Ada Lovelace", "ada@old.example", "ada@new.example", "Analyst", "Keep it in the bin"] {
        assert!(page.says(said), "{said}: {}", page.text("main"));
    }
    let fields = app.alice.get(&format!("{new}/edit")).await.page().form_to(&new);
    let known = page.texts("tbody th").into_iter().take_while(|what| what != "Lines of history").collect::<Vec<_>>();
    assert_eq!(known, ["Name", "Job title", "E-mail", "Pronouns", "Phone", "Why this person"]);
    // Each by the name it has in the form.
    known.iter().for_each(|what| drop(fields.filled(what).to_owned()));
    let form = page.form_to(&format!("{old}/joins"));
    assert_eq!(form.clone().submit(&app.alice).await.to(), new);
    assert_eq!(form.submit(&app.alice).await.to(), new, "sent twice, joined once");
    let form = app.alice.get(&format!("{new}/edit")).await.page().form_to(&new);
    assert_eq!(
        ["Name", "E-mail", "Job title"].map(|label| form.filled(label)),
        ["Ada Lovelace", "ada@new.example", "Analyst"]
    );
    let notes = form.filled("Notes");
    for said in ["Likes engines.", "Met at the fair.", "Name: Ada King", "E-mail: ada@old.example"] {
        assert_eq!(notes.matches(said).count(), 1, "{said}: {notes}");
    }
    let stage: String = sqlx::query_scalar("select stage from contacts where deleted_at is null and user_id = $1")
        .bind(app.alice.id)
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert_eq!(stage, "requested", "the histories are read as one");
}

#[tokio::test]
async fn several_brought_back_together_lead_to_joining_whoever_was_added_again() {
    let app = App::start().await;
    let profiles = ["ada", "bea", "cay"].map(|name| format!("https://www.linkedin.com/in/{name}"));
    let add = async |profile: &str| {
        let form = app.alice.get("/contacts/new").await.page().form_to("/contacts");
        form.fill("Name", profile.rsplit('/').next().unwrap())
            .fill("Profile address", profile)
            .submit(&app.alice)
            .await
            .to()
    };
    let mut paths = Vec::new();
    for profile in &profiles {
        paths.push(add(profile).await);
    }
    let gone = async || {
        let ids: Vec<_> = paths.iter().map(|path| ("id", path.trim_start_matches("/contacts/"))).collect();
        app.alice.follow(&app.alice.post("/contacts/deletions", &ids).await).await.undo()
    };
    let undo = gone().await;
    let again = add(&profiles[0]).await;
    let answer = undo.clone().submit(&app.alice).await;
    assert_eq!(answer.to(), format!("{}/join", paths[0]), "as when it is brought back alone");
    let page = app.alice.follow(&answer).await;
    assert_eq!(page.toast(), "2 contacts are back.");
    assert_eq!(page.form_to(&format!("{}/joins", paths[0])).submit(&app.alice).await.to(), again);

    app.alice.post(&format!("{again}/deletions"), &[]).await.to();
    app.pass(jiff::SignedDuration::from_mins(1));
    let undo = gone().await;
    for profile in &profiles[1..] {
        add(profile).await;
    }
    let page = app.alice.follow(&undo.submit(&app.alice).await).await;
    assert_eq!(page.toast(), "2 people were added again meanwhile: bring each of them back, to join the two.");
    for path in &paths[1..] {
        let page = app.alice.follow(&page.form_to(&format!("{path}/restorations")).submit(&app.alice).await).await;
        page.form_to(&format!("{path}/joins")).submit(&app.alice).await.to();
    }
}

#[tokio::test]
async fn undoing_a_join_keeps_what_was_changed_and_added_since() {
    let app = App::start().await;
    let old = add(&app, &[("Name", "Ada King"), ("Job title", "Analyst")]).await;
    app.alice.post(&format!("{old}/deletions"), &[]).await.to();
    let new = add(&app, &[("Name", "Ada Lovelace")]).await;
    let joined = app.alice.follow(&join(&app.alice, &old).await).await;
    edit(&app, &new, "Place", "London").await;
    let requested = app
        .alice
        .post(&format!("{new}/touchpoints"), &[("kind", "requested"), ("id", &Uuid::now_v7().to_string())])
        .await;
    requested.to();
    let undone = joined.undo().submit(&app.alice).await;
    assert_eq!(app.alice.follow(&undone).await.toast(), "Undone: Ada King is in the bin again.");
    let form = app.alice.get(&format!("{new}/edit")).await.page().form_to(&new);
    assert_eq!(["Place", "Job title"].map(|label| form.filled(label)), ["London", ""]);
    let kinds = |path: &str| {
        let id: ContactId = path.trim_start_matches("/contacts/").parse().unwrap();
        sqlx::query_scalar::<_, String>("select kind from touchpoints where contact_id = $1 order by id")
            .bind(id)
            .fetch_all(&app.db)
    };
    assert_eq!(kinds(&old).await.unwrap(), ["found"]);
    assert_eq!(kinds(&new).await.unwrap(), ["found", "requested"]);
    joined.undo().submit(&app.alice).await.is(404);
}

#[tokio::test]
async fn what_only_one_can_have_waits_in_the_bin_and_comes_back_with_the_undo() {
    let app = App::start().await;
    let old = add(&app, &[("Name", "Ada King")]).await;
    app.alice.post(&format!("{old}/deletions"), &[]).await.to();
    let new = add(&app, &[("Name", "Ada Lovelace")]).await;
    let [gone, kept] = [&old, &new].map(|path| path.trim_start_matches("/contacts/").parse::<ContactId>().unwrap());
    let company = app.alice.company("Acme").await;
    let rows_of = app.rows(&app.alice);
    for contact in [gone, kept] {
        rows_of.referral(contact, company, None).await;
    }
    let before = rows(&app).await;
    let joined = app.alice.follow(&join(&app.alice, &old).await).await;
    let bin = app.alice.get("/bin").await.is(200).page();
    assert!(bin.says("Referral by Ada Lovelace"), "{}", bin.text("main"));
    joined.undo().submit(&app.alice).await.to();
    assert_eq!(rows(&app).await, before);
}

#[tokio::test]
async fn notes_that_are_too_long_together_are_said_and_nothing_is_joined() {
    let app = App::start().await;
    let old = add(&app, &[("Name", "Ada King")]).await;
    edit(&app, &old, "Notes", &"a".repeat(12_000)).await;
    app.alice.post(&format!("{old}/deletions"), &[]).await.to();
    let new = add(&app, &[("Name", "Ada King")]).await;
    edit(&app, &new, "Notes", &"b".repeat(12_000)).await;
    let before = rows(&app).await;
    let refused = join(&app.alice, &old).await.is(422).page();
    assert!(refused.says("too long together"));
    assert_eq!(rows(&app).await, before);
    edit(&app, &new, "Notes", "b").await;
    assert_eq!(join(&app.alice, &old).await.to(), new);
}

#[tokio::test]
async fn only_the_owner_joins_and_only_what_lies_in_the_bin() {
    let app = App::start().await;
    let old = add(&app, &[("Name", "Ada King")]).await;
    assert_eq!(app.alice.get(&format!("{old}/join")).await.to(), old, "it is on the list");
    app.alice.post(&format!("{old}/deletions"), &[]).await.to();
    app.alice.get(&format!("{old}/join")).await.is(404);
    add(&app, &[("Name", "Ada King")]).await;
    app.alice.get(&format!("{old}/join")).await.is(200);
    app.charlie.get(&format!("{old}/join")).await.is(404);
    app.charlie.post(&format!("{old}/joins"), &[("id", &Uuid::now_v7().to_string())]).await.is(404);
    app.bob.post(&format!("{old}/joins"), &[("id", &Uuid::now_v7().to_string())]).await.is(403);
}
