//! Single files for other programs, each read back.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use reqwest::Method;
use serde_json::Value;

use crate::support::{App, Person};

/// What there is a file of.
pub const TABLES: [&str; 8] =
    ["companies", "contacts", "history", "talks", "insights", "openings", "referrals", "introductions"];

/// The file of a table.
pub async fn table_as_sent(person: &Person, of: &str) -> String {
    let answer = person.get(&format!("/export/table.csv?of={of}")).await.is(200);
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    assert!(answer.header("content-disposition").starts_with(&format!("attachment; filename=\"inroad-{of}-")));
    answer.body
}

/// Its rows, the head first.
pub async fn table(person: &Person, of: &str) -> Vec<csv::StringRecord> {
    let sent = table_as_sent(person, of).await;
    let text = sent.strip_prefix('\u{feff}').unwrap();
    csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes()).records().map(Result::unwrap).collect()
}

#[tokio::test]
async fn each_table_is_a_file_with_a_row_for_each_of_them() {
    let app = App::start().await;
    app.fill(&app.alice).await;
    let page = app.alice.get("/export").await.is(200).page();
    for (nr, of) in TABLES.into_iter().enumerate() {
        let rows = table(&app.alice, of).await;
        assert!(rows.len() > 1, "{of}");
        assert!(page.links().iter().any(|(_, to)| *to == format!("/export/table.csv?of={of}")), "{of}");
        let shown: usize = page.texts("td[data-label='Rows']")[nr].parse().unwrap();
        assert_eq!(rows.len() - 1, shown, "{of}");
    }
    let contacts = table(&app.alice, "contacts").await;
    assert_eq!(&contacts[0][0], "Name");
    let grace = contacts.iter().find(|row| &row[0] == "Grace Hopper").unwrap();
    assert_eq!((&grace[2], &grace[3], &grace[5]), ("Engineer", "Identified", "2026-11-24"));
    let talks = table(&app.alice, "talks").await;
    assert_eq!((&talks[1][0], &talks[1][5]), ("2026-11-25 09:00", "Video"));
    app.alice.get("/export/table.csv?of=spells").await.is(400);
    assert_eq!(table(&app.charlie, "contacts").await.len(), 1, "a head alone");
}

#[tokio::test]
async fn no_cell_of_anyones_words_is_a_formula() {
    let app = App::start().await;
    for name in ["=1+1", "+1", "-1+1", "@x", "＝1", "＠x"] {
        app.rows(&app.alice).contact(name, None).await;
    }
    for row in table(&app.alice, "contacts").await.iter().skip(1) {
        assert!(row[0].starts_with('\''), "{row:?}");
    }
    let progress = app.alice.get("/progress/table.csv?of=funnel").await.is(200);
    assert!(progress.body.starts_with("\u{feff}Step,Count\r\n"));
}

#[tokio::test]
async fn an_address_book_has_a_card_for_each_and_a_single_card_tells_no_notes() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    sqlx::query("update contacts set notes = 'Shy; be kind' where id = $1")
        .bind(ids.contact)
        .execute(&app.db)
        .await
        .unwrap();
    for (version, said) in [("3.0", "VERSION:3.0"), ("4.0", "VERSION:4.0")] {
        let answer = app.alice.get(&format!("/export/contacts.vcf?version={version}")).await.is(200);
        assert_eq!(answer.header("content-type"), "text/vcard; charset=utf-8");
        assert_eq!(answer.body.matches("BEGIN:VCARD\r\n").count(), 2);
        assert_eq!(answer.body.matches(said).count(), 2);
        let unfolded = answer.body.replace("\r\n ", "");
        assert!(unfolded.contains("NOTE:Shy\\; be kind\r\n"), "{unfolded}");
        assert!(unfolded.contains(&format!("UID:urn:uuid:{}\r\n", ids.contact)));
        assert!(answer.body.split("\r\n").all(|line| line.len() <= 75));
    }
    let card = app.alice.get(&format!("/contacts/{}/card.vcf", ids.contact)).await.is(200);
    assert!(card.body.contains("FN:Grace Hopper\r\n") && !card.body.contains("NOTE"));
    app.bob.get(&format!("/contacts/{}/card.vcf", ids.contact)).await.is(200);
    app.bob.get("/export/contacts.vcf").await.is(403);
    app.alice.get("/export/contacts.vcf?version=2").await.is(400);
}

#[tokio::test]
async fn all_talks_are_one_calendar() {
    let app = App::start().await;
    let ada = app.demo().await;
    let answer = ada.get("/export/talks.ics").await.is(200);
    let read: icalendar::Calendar = answer.body.parse().unwrap();
    let talks: i64 = sqlx::query_scalar(
        "select count(*) from informational_interviews i join contacts k on k.user_id = i.user_id and k.id = i.contact_id
         where i.user_id = $1 and i.deleted_at is null and k.deleted_at is null",
    )
    .bind(ada.id)
    .fetch_one(&app.db)
    .await
    .unwrap();
    assert_eq!(read.events().count() as i64, talks);
    assert!(talks > 5 && !answer.body.contains("ATTENDEE"));
}

#[tokio::test]
async fn dossiers_are_one_file_each_whatever_a_company_is_called() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    for name in ["Acme & Sons", "Acme, Sons", "../../etc/passwd", "株式会社", "CON"] {
        let company = rows.company(name).await;
        rows.opening(company, "Engineer").await;
    }
    rows.company("Nothing known").await;
    let answer = app.alice.request(Method::GET, "/export/dossiers.zip").send().await.unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(answer.bytes().await.unwrap())).unwrap();
    let mut names = BTreeSet::new();
    for nr in 0..zip.len() {
        let mut file = zip.by_index(nr).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        assert!(text.starts_with("# ") && text.contains("Engineer"), "{text}");
        names.insert(file.name().unwrap().into_owned());
    }
    let expected = [
        "dossier-acme-sons.md",
        "dossier-acme-sons-2.md",
        "dossier-etc-passwd.md",
        "dossier-株式会社.md",
        "dossier-con.md",
    ];
    assert_eq!(names, expected.map(str::to_owned).into());
}

/// Tables whose rows name a contact for another's sake: what is told of them there is told elsewhere.
const NOT_OF_THEM: &[(&str, &str)] = &[("contacts", "who introduced whom is told by name")];

#[tokio::test]
async fn everything_about_one_person_is_every_row_that_names_them() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    let path = format!("/contacts/{}/everything.json", ids.contact);
    let answer = app.alice.get(&path).await.is(200);
    assert!(answer.header("content-disposition").contains("everything-about-grace-hopper.json"));
    let told: Value = serde_json::from_str(&answer.body).unwrap();
    let naming: Vec<String> = sqlx::query_scalar(
        "select distinct c.relname::text from pg_constraint f join pg_class c on c.oid = f.conrelid
         where f.contype = 'f' and f.confrelid in ('contacts'::regclass, 'informational_interviews'::regclass, 'referrals'::regclass)",
    )
    .fetch_all(&app.db)
    .await
    .unwrap();
    assert!(naming.len() > 10);
    for table in naming.iter().filter(|table| NOT_OF_THEM.iter().all(|(not, _)| not != table)) {
        let rows = told[table].as_array().unwrap_or_else(|| panic!("nothing is told of {table}"));
        // An opening names whoever confirmed it; this one nobody did.
        assert!(!rows.is_empty() || table == "openings", "{table}");
    }
    assert_eq!(told["contacts"][0]["name"], "Grace Hopper");
    assert!(!answer.body.contains("user_id"));
    app.bob.get(&path).await.is(403);
    app.charlie.get(&path).await.is(404);
}

#[tokio::test]
async fn one_account_takes_out_sixty_files_in_an_hour() {
    let app = App::start().await;
    app.alice.company("Acme").await;
    for _ in 0..60 {
        app.alice.get("/export/table.csv?of=companies").await.is(200);
    }
    let refused = app.alice.get("/export/table.csv?of=companies").await.is(429);
    assert_eq!(refused.header("retry-after"), "3600");
    app.charlie.get("/export/table.csv?of=companies").await.is(200);
    app.pass(jiff::SignedDuration::from_mins(61));
    app.alice.get("/export/table.csv?of=companies").await.is(200);
}
