//! Forgetting someone: everything that is held on them goes for good, and no way in brings them back but the user's own word.

use std::collections::BTreeMap;
use std::path::Path;

use inroad::ids::ContactId;
use sqlx::AssertSqlSafe;

use crate::imports::{HEADER, confirm, figure, import, previewed, upload};
use crate::linkedin_archives::{IN, MESSAGES, connection, message, send, take};
use crate::support::{App, Person};

/// Files that make contacts, how many times each does, and the test that someone forgotten does not come back by them.
const WAYS_IN: &[(&str, usize, &str)] = &[
    ("src/contacts/adding.rs", 1, "adding_by_hand_says_so_and_takes_the_users_word"),
    ("src/contacts/sent_on.rs", 1, "who_is_suggested_was_forgotten"),
    ("src/interviews/wrap_up/spoken_of.rs", 1, "who_is_named_in_a_talk_was_forgotten"),
    ("src/introductions/new.rs", 1, "who_is_to_be_met_was_forgotten"),
    ("src/transfer/writing.rs", 1, "no_file_brings_them_back"),
];

/// Statements that write contacts, and why none of them can bring someone back.
const STATEMENTS: &[(&str, &str)] = &[
    ("src/contacts/queries.rs", "called by record::add alone, which leaves out whoever was forgotten"),
    ("src/demo/queries.rs", "the people of the example are made up"),
    ("src/export/queries/tables.rs", "an archive comes into an empty account, with its own marks"),
];

fn sources(folder: &Path, found: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            sources(&entry, found);
        } else if entry.extension().is_some_and(|end| end == "rs") {
            let name = entry.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().display().to_string();
            found.insert(name, std::fs::read_to_string(&entry).unwrap());
        }
    }
}

#[test]
fn every_way_in_is_listed_with_its_test() {
    let mut files = BTreeMap::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    // By whatever name the room of contacts goes there.
    let calls = |text: &str| {
        let by_alias = text.contains("record as contacts").then(|| text.matches("contacts::add(").count());
        text.matches("record::add(").count() + by_alias.unwrap_or_default()
    };
    let found: Vec<(String, usize)> =
        files.iter().map(|(name, text)| (name.clone(), calls(text))).filter(|(_, calls)| *calls > 0).collect();
    let listed: Vec<(String, usize)> = WAYS_IN.iter().map(|(name, calls, _)| ((*name).to_owned(), *calls)).collect();
    assert_eq!(found, listed, "a way to new contacts: test that someone forgotten does not come back by it");
    let tests = include_str!("forgotten.rs");
    for (name, _, test) in WAYS_IN {
        assert!(tests.contains(&format!("async fn {test}(")), "{name}: {test}");
    }
    let writes = |text: &str| text.contains("insert into contacts ") || text.contains("\"insert into \" + $name");
    let writing: Vec<&str> = files.iter().filter(|(_, text)| writes(text)).map(|(name, _)| name.as_str()).collect();
    assert_eq!(writing, STATEMENTS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
}

/// Imports someone, and forgets them.
async fn forgotten(app: &App, person: &Person, slug: &str) -> ContactId {
    import(person, &format!("{HEADER}{}", connection(slug, "Acme,Analyst"))).await;
    let sql = "select id from contacts where user_id = $1 and profile_key = $2";
    let id: ContactId =
        sqlx::query_scalar(sql).bind(person.id).bind(format!("/in/{slug}")).fetch_one(&app.db).await.unwrap();
    forget(person, id).await;
    id
}

async fn forget(person: &Person, id: ContactId) {
    let page = person.get(&format!("/contacts/{id}/forget")).await.is(200).page();
    let answer = page.form_to(&format!("/contacts/{id}/forgettings")).submit(person).await;
    assert_eq!(answer.to(), "/contacts");
    assert!(person.follow(&answer).await.toast().starts_with("They are forgotten."));
}

async fn people(app: &App, person: &Person) -> Vec<String> {
    let sql = "select name from contacts where user_id = $1 order by name";
    sqlx::query_scalar(sql).bind(person.id).fetch_all(&app.db).await.unwrap()
}

async fn marks(app: &App, person: &Person) -> i64 {
    let sql = "select count(*) from forgotten where user_id = $1";
    sqlx::query_scalar(sql).bind(person.id).fetch_one(&app.db).await.unwrap()
}

/// Tables with a row in which this word stands.
async fn saying(app: &App, word: &str) -> Vec<String> {
    let sql = "select table_name::text from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
        and table_name <> '_sqlx_migrations' order by 1";
    let tables: Vec<String> = sqlx::query_scalar(sql).fetch_all(&app.db).await.unwrap();
    let mut found = Vec::new();
    for table in tables {
        let sql = format!("select exists (select from {table} t where position($1 in to_jsonb(t)::text) > 0)");
        if sqlx::query_scalar::<_, bool>(AssertSqlSafe(sql)).bind(word).fetch_one(&app.db).await.unwrap() {
            found.push(table);
        }
    }
    found
}

#[tokio::test]
async fn nothing_of_them_stays_but_a_mark() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    let hers = app.fill(&app.charlie).await;
    // Waiting forms, captures and reports speak of them, too.
    for sql in [
        "update contacts set name = 'Zaphira Quill', name_folded = 'zaphira quill', email = 'zaphira@example.net',
             profile_url = 'https://www.linkedin.com/in/zaphira', profile_key = '/in/zaphira', notes = 'Zaphira Quill likes tea'
         where id = $1",
        "update kept_forms set fields = 'name=Zaphira+Quill' where user_id = (select user_id from contacts where id = $1)",
        "update captures set words = 'Met zaphira quill' where user_id = (select user_id from contacts where id = $1)",
        "update imports set report = '{\"left_out\": [{\"line\": 4, \"text\": \"Zaphira Quill is in your bin\"}]}', status = 'done',
             content = null where user_id = (select user_id from contacts where id = $1)",
    ] {
        sqlx::query(sql).bind(of.contact).execute(&app.db).await.unwrap();
    }
    let strangers = crate::support::sums::sums_of(&app.db, app.charlie.id).await;
    assert_eq!(saying(&app, "Zaphira").await, ["contacts", "imports", "kept_forms"]);
    let page = app.alice.get(&format!("/contacts/{}/forget", of.contact)).await.is(200).page();
    for line in ["Your notes on them", "1 talk with", "1 referral", "1 action item", "Captures and forms"] {
        assert!(page.says(line), "{line}: {}", page.text("main"));
    }
    forget(&app.alice, of.contact).await;
    assert_eq!(saying(&app, "Zaphira").await, Vec::<String>::new());
    assert_eq!(saying(&app, "zaphira").await, Vec::<String>::new());
    assert_eq!(
        saying(&app, &of.contact.to_string()).await,
        ["looks", "replans"],
        "an id of nobody, as long as looks are kept, and until the next change of plans"
    );
    assert_eq!(marks(&app, &app.alice).await, 2, "beside the one that was there");
    assert_eq!(people(&app, &app.alice).await, ["Katherine Johnson"]);
    assert!(app.alice.get("/bin").await.is(200).page().says("The bin is empty"));
    app.alice.get(&format!("/contacts/{}", of.contact)).await.is(404);
    app.alice.post(&format!("/contacts/{}/forgettings", of.contact), &[]).await.is(404);
    assert_eq!(crate::support::sums::sums_of(&app.db, app.charlie.id).await, strangers);
    app.alice.get(&format!("/contacts/{}/forget", hers.contact)).await.is(404);
    app.alice.post(&format!("/contacts/{}/forgettings", hers.contact), &[]).await.is(404);
}

/// As the database writes a report, quotation marks have others before them.
#[tokio::test]
async fn reports_of_imports_name_someone_forgotten_no_more_and_others_as_before() {
    let app = App::start().await;
    let of = app.fill(&app.alice).await;
    for (name, said, left) in [
        ("Max \"Mx\" Neil", r#"Max \"Mx\" Neil is in your bin"#, "Someone you asked to forget is in your bin"),
        ("Jo", "John Jones and Jo are in your bin", "John Jones and Someone you asked to forget are in your bin"),
    ] {
        let contact = app.rows(&app.alice).contact(name, None).await;
        let sql = "update imports set report = jsonb_build_object('text', $2::text), status = 'done', content = null where id = $1";
        sqlx::query(sql).bind(of.import).bind(said.replace('\\', "")).execute(&app.db).await.unwrap();
        forget(&app.alice, contact).await;
        let sql = "select report->>'text' from imports where id = $1";
        let report: String = sqlx::query_scalar(sql).bind(of.import).fetch_one(&app.db).await.unwrap();
        assert_eq!(report, left, "{name}");
    }
}

#[tokio::test]
async fn no_file_brings_them_back() {
    let app = App::start().await;
    forgotten(&app, &app.alice, "ana").await;
    let both = format!("{HEADER}{}{}", connection("ana", "Acme,Director"), connection("bea", "Acme,Analyst"));
    // The preview counts them without a name, and so does the report.
    let path = previewed(&app.alice, &both).await;
    let page = app.alice.get(&path).await.is(200).page();
    assert_eq!((figure(&page, "new"), figure(&page, "you asked to forget")), (1, 1));
    assert!(page.says("Someone you asked to forget"));
    let report = import(&app.alice, &both).await;
    assert_eq!(figure(&report, "you asked to forget"), 1);
    assert!(!report.text("main").contains("ana"), "{}", report.text("main"));
    assert_eq!(people(&app, &app.alice).await, ["bea Person"]);
    // Nor do the archive's other files: messages, requests, notes.
    let messages = format!("{MESSAGES}{}", message("ana", "alice", "2026-02-10"));
    let requests = format!(
        "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n\
         Alice Person,ana Person,\"2/1/26, 9:05 AM\",Hello,OUTGOING,{IN}alice,{IN}ana\n"
    );
    let files: [(&str, &[u8]); 3] = [
        ("Connections.csv", both.as_bytes()),
        ("messages.csv", messages.as_bytes()),
        ("Invitations.csv", requests.as_bytes()),
    ];
    let waiting = app.alice.follow(&send(&app.alice, &files).await).await;
    assert!(waiting.all("input[name=people]").is_empty(), "they are not offered");
    let (path, _) = take(&app.alice, &files).await;
    app.alice.post(&format!("{path}/confirmations"), &[("people", "0")]).await;
    assert_eq!(people(&app, &app.alice).await, ["bea Person"]);
    // Another account forgot nobody.
    import(&app.charlie, &both).await;
    assert_eq!(people(&app, &app.charlie).await.len(), 2);
}

#[tokio::test]
async fn adding_by_hand_says_so_and_takes_the_users_word() {
    let app = App::start().await;
    forgotten(&app, &app.alice, "ana").await;
    // Captured or typed: the same form.
    let form =
        app.alice.get(&format!("/capture?url={IN}ana&title=ana+Person")).await.is(200).page().form_to("/contacts");
    let page = form.submit(&app.alice).await.is(422).page();
    assert!(page.says("You asked Inroad to forget this person"));
    assert_eq!(people(&app, &app.alice).await, Vec::<String>::new());
    assert_eq!(marks(&app, &app.alice).await, 1);
    let answer = page.form_to("/contacts").press("Add anyway", &app.alice).await;
    assert!(app.alice.follow(&answer).await.toast().starts_with("Added "));
    assert_eq!((people(&app, &app.alice).await.len(), marks(&app, &app.alice).await), (1, 0));
}

#[tokio::test]
async fn who_is_suggested_was_forgotten() {
    let app = App::start().await;
    forgotten(&app, &app.alice, "ana").await;
    let by = app.rows(&app.alice).contact("Grace Hopper", None).await;
    let path = format!("/contacts/{by}/sent-on");
    let form = app.alice.get(&path).await.is(200).page().form_to(&path).fill("Name", "ana Person");
    let page = form.fill("Profile address", &format!("{IN}ana")).submit(&app.alice).await.is(422).page();
    assert!(page.says("You asked Inroad to forget this person"));
    assert_eq!(people(&app, &app.alice).await, ["Grace Hopper"]);
    page.form_to(&path).press("Add anyway", &app.alice).await.to();
    assert_eq!((people(&app, &app.alice).await.len(), marks(&app, &app.alice).await), (2, 0));
}

#[tokio::test]
async fn who_is_to_be_met_was_forgotten() {
    let app = App::start().await;
    let vic = app.rows(&app.alice).contact("Vic Tim", None).await;
    app.alice.post(&format!("/contacts/{vic}"), &[("name", "Vic Tim"), ("company", "Vico"), ("version", "1")]).await;
    forget(&app.alice, vic).await;
    let by = app.rows(&app.alice).contact("Grace Hopper", None).await;
    let path = format!("/introductions/new?introducer={by}");
    let form = app.alice.get(&path).await.is(200).page().form_to("/introductions");
    let form = form.fill("Their name", "Vic Tim").fill("Company", "Vico");
    let page = form.submit(&app.alice).await.is(422).page();
    assert!(page.says("You asked Inroad to forget this person"), "{}", page.text("main"));
    assert_eq!(people(&app, &app.alice).await, ["Grace Hopper"]);
    page.form_to("/introductions").press("Add anyway", &app.alice).await.to();
    assert_eq!((people(&app, &app.alice).await.len(), marks(&app, &app.alice).await), (2, 0));
}

#[tokio::test]
async fn who_is_named_in_a_talk_was_forgotten() {
    let app = App::start().await;
    forgotten(&app, &app.alice, "ana").await;
    let by = app.rows(&app.alice).contact("Grace Hopper", None).await;
    let talk = app.rows(&app.alice).interview(by, None).await;
    let fields = [("name", "ana Person"), ("profile", &*format!("{IN}ana"))];
    let answer = app.alice.post(&format!("/interviews/{talk}/people"), &fields).await;
    let toast = app.alice.follow(&answer).await.toast();
    assert!(toast.starts_with("You asked Inroad to forget ana Person"), "{toast}");
    assert_eq!(people(&app, &app.alice).await, ["Grace Hopper"]);
}

#[tokio::test]
async fn joined_twins_and_copies_in_the_bin_are_the_same_person() {
    let app = App::start().await;
    let line = format!("{HEADER}{}", connection("ana", "Acme,Analyst"));
    import(&app.alice, &line).await;
    let sql = "update contacts set deleted_at = now() where user_id = $1";
    sqlx::query(sql).bind(app.alice.id).execute(&app.db).await.unwrap();
    let form = app.alice.get("/contacts/new").await.page().form_to("/contacts").fill("Name", "Ana Person");
    let there = form.fill("Profile address", &format!("{IN}ana")).submit(&app.alice).await.to();
    let page = app.alice.get(&format!("{there}/forget")).await.is(200).page();
    assert!(page.says("1 copy of them in the bin"));
    page.form_to(&format!("{there}/forgettings")).submit(&app.alice).await.to();
    assert_eq!(people(&app, &app.alice).await, Vec::<String>::new());
}

#[tokio::test]
async fn copies_in_the_bin_are_known_by_mailbox_by_name_and_work_and_by_how_they_were_joined() {
    let app = App::start().await;
    let rays = app.alice.company("Rays").await;
    let rows = app.rows(&app.alice);
    let mut ids = Vec::new();
    for (name, company, email) in [
        ("Dee Ray", Some(rays), Some("dee@x.example")),
        ("Dee R.", None, Some("dee@x.example")),
        ("Dee Ray", Some(rays), None),
        ("Dee Ray", None, Some("another@x.example")),
        ("Dorothea", None, None),
        ("Dodo", None, None),
    ] {
        let id = rows.contact(name, company).await;
        let sql = "update contacts set email = $2, profile_url = null, deleted_at = case when $3 then now() end where id = $1";
        sqlx::query(sql).bind(id).bind(email).bind(!ids.is_empty()).execute(&app.db).await.unwrap();
        ids.push(id);
    }
    for (gone, kept) in [(ids[4], ids[0]), (ids[5], ids[4])] {
        let sql = "insert into joins (user_id, id, kept, created_at)
            values ($1, gen_random_uuid(), jsonb_build_object('gone', $2::uuid, 'kept', $3::uuid), now())";
        sqlx::query(sql).bind(app.alice.id).bind(gone).bind(kept).execute(&app.db).await.unwrap();
    }
    let page = app.alice.get(&format!("/contacts/{}/forget", ids[0])).await.is(200).page();
    assert!(page.says("4 copies of them in the bin"), "{}", page.text("main"));
    forget(&app.alice, ids[0]).await;
    let left: Vec<ContactId> = sqlx::query_scalar("select id from contacts where user_id = $1")
        .bind(app.alice.id)
        .fetch_all(&app.db)
        .await
        .unwrap();
    assert_eq!(left, [ids[3]], "of the same name, but who knows");
}

#[tokio::test]
async fn marks_are_counted_and_can_be_let_go_of() {
    let app = App::start().await;
    forgotten(&app, &app.alice, "ana").await;
    let page = app.alice.get("/settings/retention").await.is(200).page();
    assert!(page.says("1 mark keeps someone from coming back"));
    let answer = page.form_to("/contacts/forgotten/removals").submit(&app.alice).await;
    assert_eq!(app.alice.follow(&answer).await.toast(), "The marks are gone.");
    import(&app.alice, &format!("{HEADER}{}", connection("ana", "Acme,Analyst"))).await;
    assert_eq!(people(&app, &app.alice).await, ["ana Person"]);
}

#[tokio::test]
async fn a_second_address_is_theirs_too_and_everyone_is_counted_once() {
    let app = App::start().await;
    let card = |emails: &str| format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Cid Vale\r\n{emails}END:VCARD\r\n");
    let path = upload(&app.alice, "a.vcf", card("EMAIL:cid@home.example\r\n")).await.to();
    confirm(&app.alice, &path).await;
    let sql = "select id from contacts where user_id = $1";
    let cid: ContactId = sqlx::query_scalar(sql).bind(app.alice.id).fetch_one(&app.db).await.unwrap();
    forget(&app.alice, cid).await;
    let both = card("ORG:Other\r\nEMAIL:cid@work.example\r\nEMAIL:cid@home.example\r\n");
    let path = upload(&app.alice, "b.vcf", both).await.to();
    let preview = app.alice.get(&path).await.is(200).page();
    assert_eq!((figure(&preview, "new"), figure(&preview, "you asked to forget was left out")), (0, 1));
    confirm(&app.alice, &path).await;
    assert_eq!(people(&app, &app.alice).await, Vec::<String>::new());

    forgotten(&app, &app.alice, "ana").await;
    let list = format!("{HEADER}{}", connection("ana", "Acme,Director"));
    let requests = format!(
        "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n\
         Alice Person,ana Person,\"2/1/26, 9:05 AM\",Hello,OUTGOING,{IN}alice,{IN}ana\n"
    );
    let files: [(&str, &[u8]); 2] = [("Connections.csv", list.as_bytes()), ("Invitations.csv", requests.as_bytes())];
    let preview = app.alice.follow(&send(&app.alice, &files).await).await;
    assert_eq!(figure(&preview, "you asked to forget"), 1, "in two files, but one person");
    assert!(!preview.text("main").contains("Acme"), "{}", preview.text("main"));
}
