//! People of address books and tables: known by what is in a file, with its columns told once, and due to nobody.

use crate::imports::{HEADER, confirm, figure, import, previewed, undo, upload};
use crate::linkedin_archives::{history, take};
use crate::support::sums::{Sums, sums_of};
use crate::support::{Answer, App, Person};
use inroad::ids::UserId;
use reqwest::Method;
use reqwest::multipart::Form;

const GOOGLE: &str = "First Name,Middle Name,Last Name,Phonetic First Name,Organization Name,Organization Title,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value\n\
Grace,,Hopper,,Navy,Rear Admiral,Compilers,* myContacts,* Work,grace@navy.example,Mobile,+1 555 0100\n\
Ada,,Lovelace,,,,,* myContacts,,ada@example.org,,\n\
,,,,Acme,,,* myContacts,,info@acme.example,,\n";
const OUTLOOK: &str = "First Name,Last Name,Title,E-mail Address,Mobile Phone,Company,Job Title,Categories\r\n\
Alan,Turing,Dr.,alan@example.org,+44 1 23,Bletchley,Mathematician,\r\n";
const CARDS: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Emmy Noether\r\nN:Noether;Emmy;;;\r\nORG:Erlangen;Algebra\r\nEMAIL:emmy@example.org\r\n\
item1.URL:https://www.linkedin.com/in/emmy\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:4.0\r\nKIND:org\r\nFN:Acme\r\nEND:VCARD\r\n";

async fn paste(person: &Person, rows: &str) -> Answer {
    let form = Form::new().text("pasted", rows.to_owned());
    let request = person.request(Method::POST, "/imports").header("sec-fetch-site", "same-origin");
    person.send(request.multipart(form)).await
}

async fn people(app: &App, user: UserId) -> Vec<String> {
    sqlx::query_scalar(
        "select concat_ws('|', name, employer, job_title, email, phone, profile_key, notes, stage, next_due) from contacts
         where user_id = $1 and deleted_at is null order by name",
    )
    .bind(user)
    .fetch_all(&app.db)
    .await
    .unwrap()
}

async fn other_tables(app: &App, user: UserId) -> Sums {
    let mut sums = sums_of(&app.db, user).await;
    sums.retain(|table, _| table != "imports" && table != "sessions");
    sums
}

#[tokio::test]
async fn contacts_of_google_outlook_and_phones_come_in_without_a_question() {
    let app = App::start().await;
    let before = other_tables(&app, app.alice.id).await;
    let mut paths = Vec::new();
    for (name, content, new, left_out) in
        [("a.txt", GOOGLE, 2, 1), ("contacts", OUTLOOK, 1, 0), ("export.csv", CARDS, 1, 1)]
    {
        let path = upload(&app.alice, name, content).await.to();
        let preview = app.alice.get(&path).await.is(200).page();
        assert_eq!((figure(&preview, "new"), figure(&preview, "left out")), (new, left_out), "{name}");
        assert!(preview.says("No one of them is put on Today before you pick them"));
        assert_eq!(figure(&confirm(&app.alice, &path).await, "new"), new, "{name}");
        paths.push(path);
    }
    assert_eq!(
        people(&app, app.alice.id).await,
        [
            "Ada Lovelace|ada@example.org|identified",
            "Alan Turing|Bletchley|Mathematician|alan@example.org|+44 1 23|identified",
            "Emmy Noether|Erlangen|emmy@example.org|/in/emmy|Department: Algebra|identified",
            "Grace Hopper|Navy|Rear Admiral|grace@navy.example|+1 555 0100|Compilers|identified",
        ]
    );
    let after = other_tables(&app, app.alice.id).await;
    for content in [GOOGLE, OUTLOOK, CARDS] {
        let path = upload(&app.alice, "again.csv", content).await.to();
        let report = confirm(&app.alice, &path).await;
        assert_eq!((figure(&report, "new"), figure(&report, "updated")), (0, 0));
    }
    assert_eq!(other_tables(&app, app.alice.id).await, after, "the same again is nothing new");
    for path in paths {
        undo(&app.alice, &path).await;
    }
    assert_eq!(other_tables(&app, app.alice.id).await, before, "all of it is gone again");
}

#[tokio::test]
async fn an_address_book_fills_gaps_and_changes_nothing_that_is_known() {
    let app = App::start().await;
    import(&app.alice, &format!("{HEADER}Grace,Hopper,https://www.linkedin.com/in/grace,grace@navy.example,US Navy,Admiral,01 Feb 2020\nAda,Lovelace,https://www.linkedin.com/in/ada,,Analytical,,01 Feb 2020\n")).await;
    let before = people(&app, app.alice.id).await;
    let path = upload(&app.alice, "contacts.csv", GOOGLE).await.to();
    let preview = app.alice.get(&path).await.page();
    assert_eq!((figure(&preview, "new"), figure(&preview, "updated")), (1, 1));
    assert!(preview.text("#alike").contains("1 new person has the name of someone you know"));
    let report = confirm(&app.alice, &path).await;
    assert_eq!(report.link("who may be listed twice"), "/contacts/duplicates");
    let known = people(&app, app.alice.id).await;
    assert!(
        known.contains(
            &"Grace Hopper|US Navy|Admiral|grace@navy.example|+1 555 0100|/in/grace|Compilers|connected".into()
        ),
        "{known:?}"
    );
    assert!(app.alice.get("/contacts/duplicates").await.is(200).page().says("Ada Lovelace"));
    undo(&app.alice, &path).await;
    assert_eq!(people(&app, app.alice.id).await, before);
}

#[tokio::test]
async fn a_table_is_asked_about_once_and_known_the_next_time() {
    let app = App::start().await;
    let table =
        "Who;Works at;Where to write;Shoe size\nAda Lovelace;Analytical;ada@example.org;38\nGrace Hopper;Navy;;\n";
    let path = upload(&app.alice, "people.csv", table).await.to();
    let answer = app.alice.get(&path).await;
    assert_eq!(answer.to(), format!("{path}/columns"));
    let page = app.alice.follow(&answer).await;
    assert!(page.says("Works at") && page.says("Analytical") && page.says("Column") && !page.says("Imported"));
    app.alice.post(&format!("{path}/confirmations"), &[]).await.to();
    assert!(people(&app, app.alice.id).await.is_empty(), "nothing is imported before it is said who is who");

    let columns = format!("{path}/columns");
    let said = |name: &'static str| {
        [
            ("sheet", "0"),
            ("heading", "yes"),
            ("column", name),
            ("column", "company"),
            ("column", "email"),
            ("column", "nothing"),
        ]
    };
    let wrong = app.alice.post(&columns, &said("nothing")).await.is(422).page();
    assert!(wrong.says("Say which column has the names") && wrong.says("Fix one thing"));
    assert_eq!(app.alice.post(&columns, &said("name")).await.to(), path);
    let preview = app.alice.get(&path).await.is(200).page();
    assert_eq!(figure(&preview, "new"), 2);
    assert!(preview.says("Columns that hold something and were not read: Shoe size"));
    app.alice.get(&preview.link("See or change what the columns of people.csv are")).await.is(200);
    confirm(&app.alice, &path).await;
    assert_eq!(
        people(&app, app.alice.id).await,
        ["Ada Lovelace|Analytical|ada@example.org|identified", "Grace Hopper|Navy|identified"]
    );
    assert_eq!(app.alice.get(&columns).await.to(), path, "what is imported has no columns to choose any more");

    let again = upload(&app.alice, "other.csv", table.replace("Grace", "Rear Admiral Grace")).await.to();
    assert_eq!(figure(&app.alice.get(&again).await.is(200).page(), "new"), 1);
    let hers = upload(&app.dora, "people.csv", table).await.to();
    assert_eq!(app.dora.get(&hers).await.to(), format!("{hers}/columns"), "what one said is nobody else's");
}

#[tokio::test]
async fn rows_are_pasted_with_or_without_a_heading() {
    let app = App::start().await;
    let path =
        paste(&app.alice, "Ada Lovelace\tada@example.org\t01/02/2020\r\nGrace Hopper\tgrace@navy.example\t13/02/2020")
            .await
            .to();
    let page = app.alice.get(&format!("{path}/columns")).await.is(200).page();
    assert!(page.says("Pasted rows") && page.says("grace@navy.example"));
    let fields = [("sheet", "0"), ("column", "name"), ("column", "email"), ("column", "connected_on")];
    app.alice.post(&format!("{path}/columns"), &fields).await.to();
    confirm(&app.alice, &path).await;
    assert_eq!(
        people(&app, app.alice.id).await,
        ["Ada Lovelace|ada@example.org|connected", "Grace Hopper|grace@navy.example|connected"]
    );
    let names = paste(&app.alice, "Emmy Noether\nAlan Turing\n").await.to();
    app.alice.post(&format!("{names}/columns"), &[("sheet", "0"), ("column", "name")]).await.to();
    assert_eq!(figure(&app.alice.get(&names).await.page(), "new"), 2);

    assert!(
        paste(&app.alice, "").await.is(422).page().error_of("Rows of a spreadsheet").contains("Paste some rows first")
    );
    let broken = paste(&app.alice, "Name,E-mail\nAda,\"a").await.is(422).page();
    assert!(broken.error_of("Rows of a spreadsheet").contains("line 2 is never closed"));
    assert!(broken.text("#f-pasted").contains("Name,E-mail"), "what was pasted is there to be corrected");
}

#[tokio::test]
async fn several_files_are_one_import_and_each_is_said_to_be_what_it_is() {
    let app = App::start().await;
    let part = |name: &str, content: &str| {
        reqwest::multipart::Part::bytes(content.as_bytes().to_vec()).file_name(name.to_owned())
    };
    let utf_16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(OUTLOOK.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let form = Form::new()
        .part("file", part("phone.vcf", CARDS))
        .part("file", reqwest::multipart::Part::bytes(utf_16).file_name("outlook.csv"))
        .part("file", part("Connections.csv", &format!("{HEADER}Ada,Lovelace,,,,,01 Feb 2020\n")));
    let request = app.alice.request(Method::POST, "/imports").header("sec-fetch-site", "same-origin");
    let path = app.alice.send(request.multipart(form)).await.to();
    let preview = app.alice.get(&path).await.is(200).page();
    assert_eq!((figure(&preview, "new"), figure(&preview, "left out")), (3, 1));
    assert!(
        preview.text("#files").contains("phone.vcf vCards, 1 row")
            && preview.text("#files").contains("Outlook contacts, 1 row")
    );
    assert!(preview.says("phone.vcf: This is a company or a group"), "with several files a line says of which");
    confirm(&app.alice, &path).await;
    assert_eq!(people(&app, app.alice.id).await.len(), 3);
}

#[tokio::test]
async fn spreadsheets_of_excel_and_libreoffice_are_read_whatever_they_are_called() {
    let app = App::start().await;
    let excel = include_bytes!("../../fuzz/seeds/workbook/people.xlsx");
    let open = include_bytes!("../../fuzz/seeds/workbook/people.ods");
    for (name, content, company, date, new) in [
        ("people.xlsx", &excel[..], "Analytical Engines", "2024-05-17", 3),
        ("people.zip", &open[..], "Langley", "2020-02-29", 1),
    ] {
        let path = upload(&app.alice, name, content).await.to();
        let page = app.alice.follow(&app.alice.get(&path).await).await;
        assert!(page.says(company) && page.says(date), "{name}: {}", page.text("main"));
        let form = page.form_to(&format!("{path}/columns"));
        assert_eq!(form.submit(&app.alice).await.to(), path, "{name}: what was guessed is right");
        let preview = app.alice.get(&path).await.is(200).page();
        assert_eq!(figure(&preview, "new"), new, "{name}");
        if name == "people.xlsx" {
            assert!(preview.text("#files").contains("3 rows; sheet 'People', the other one was not read"));
        }
        confirm(&app.alice, &path).await;
    }
    assert_eq!(people(&app, app.alice.id).await.len(), 4, "Ada Lovelace is in both, and once on the list");
    let cut = upload(&app.alice, "people.xlsx", &excel[..3_000]).await.is(422).page();
    assert!(cut.error_of("File").contains("damaged"), "{}", cut.error_of("File"));
}

#[tokio::test]
async fn whom_nobody_asked_is_connected_since_their_day_and_not_put_on_today() {
    let app = App::start().await;
    let path = upload(&app.alice, "phone.vcf", CARDS).await.to();
    confirm(&app.alice, &path).await;
    let list = format!("{HEADER}Emmy,Noether,https://www.linkedin.com/in/emmy,,Erlangen,,08 Feb 2019\n");
    let path = previewed(&app.alice, &list).await;
    let preview = app.alice.get(&path).await.is(200).page();
    assert_eq!(figure(&preview, "updated"), 1);
    assert!(preview.says("connected") && !preview.says("accepted your request"), "{}", preview.text("main"));
    confirm(&app.alice, &path).await;
    let emmy = "Emmy Noether|Erlangen|emmy@example.org|/in/emmy|Department: Algebra";
    assert_eq!(people(&app, app.alice.id).await, [format!("{emmy}|connected")], "nothing is due");
    let id = sqlx::query_scalar("select id from contacts where user_id = $1").bind(app.alice.id);
    let id = id.fetch_one(&app.db).await.unwrap();
    assert_eq!(history(&app, id).await, ["already_connected 2019-02-08", "found 2026-11-24"]);
    let again = confirm(&app.alice, &previewed(&app.alice, &list).await).await;
    assert_eq!((figure(&again, "updated"), figure(&again, "the same")), (0, 1));
    undo(&app.alice, &path).await;
    assert_eq!(people(&app, app.alice.id).await, [format!("{emmy}|identified")]);
}

#[tokio::test]
async fn whoever_is_known_by_a_second_address_is_no_one_new() {
    let app = App::start().await;
    let card = |name: &str, emails: &[&str]| {
        let emails: String = emails.iter().map(|email| format!("EMAIL:{email}\r\n")).collect();
        format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\n{emails}END:VCARD\r\n")
    };
    let path = upload(&app.alice, "a.vcf", card("Cid Vale", &["cid@home.example"])).await.to();
    confirm(&app.alice, &path).await;
    let both = card("Cid Vale", &["cid@work.example", "cid@home.example"]);
    let path = upload(&app.alice, "b.vcf", both).await.to();
    let preview = app.alice.get(&path).await.is(200).page();
    assert_eq!(figure(&preview, "new"), 0, "{}", preview.text("main"));
    confirm(&app.alice, &path).await;
    assert_eq!(
        people(&app, app.alice.id).await,
        ["Cid Vale|cid@home.example|Also: cid@work.example|identified"],
        "no address is lost"
    );
    // In two files of one upload they are one, too, with what each of them says.
    let list = format!("{HEADER}Cid,Vale,https://www.linkedin.com/in/cid,,Acme,Analyst,01 Feb 2020\n");
    let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Cid Vale\r\nORG:Acme\r\nTEL:+1 555 0100\r\nEMAIL:cid@home.example\r\nEND:VCARD\r\n";
    let files: [(&str, &[u8]); 2] = [("Connections.csv", list.as_bytes()), ("phone.vcf", card.as_bytes())];
    let (_, report) = take(&app.charlie, &files).await;
    assert_eq!((figure(&report, "new"), figure(&report, "named twice")), (1, 1));
    assert_eq!(
        people(&app, app.charlie.id).await,
        ["Cid Vale|Acme|Analyst|cid@home.example|+1 555 0100|/in/cid|connected"]
    );
}

#[tokio::test]
async fn the_own_table_of_contacts_comes_in_again_without_a_change() {
    let app = App::start().await;
    let form = app.alice.get("/contacts/new").await.page().form_to("/contacts");
    let there = form.fill("Name", "Grace Hopper").fill("Job title", "=SUM(A1)").submit(&app.alice).await.to();
    sqlx::query("update contacts set phone = '+1 (555) 0100'").execute(&app.db).await.unwrap();
    app.alice.post(&format!("{there}/tags"), &[("name", "Keen")]).await;
    let sent = crate::exports::table_as_sent(&app.alice, "contacts").await;
    assert!(sent.contains("'=SUM(A1)") && sent.contains("'+1 (555) 0100"), "{sent}");
    let before = people(&app, app.alice.id).await;
    let path = upload(&app.alice, "contacts.csv", sent).await.to();
    let page = app.alice.get(&format!("{path}/columns")).await.is(200).page();
    page.form_to(&format!("{path}/columns")).submit(&app.alice).await.to();
    let preview = app.alice.get(&path).await.is(200).page();
    assert_eq!((figure(&preview, "new"), figure(&preview, "updated"), figure(&preview, "the same")), (0, 0, 1));
    assert!(!preview.says("with a new note"), "{}", preview.text("main"));
    confirm(&app.alice, &path).await;
    assert_eq!(people(&app, app.alice.id).await, before);
}

#[tokio::test]
async fn a_file_of_one_column_is_a_list_of_people() {
    let app = App::start().await;
    let path = upload(&app.alice, "people.csv", "Name\nGrace Hopper\nEmmy Noether\n").await.to();
    let page = app.alice.get(&format!("{path}/columns")).await.is(200).page();
    page.form_to(&format!("{path}/columns")).submit(&app.alice).await.to();
    assert_eq!(figure(&confirm(&app.alice, &path).await, "new"), 2);
}

#[tokio::test]
async fn new_people_of_a_list_with_the_name_of_someone_known_are_told() {
    let app = App::start().await;
    let path = upload(&app.alice, "google.csv", GOOGLE).await.to();
    confirm(&app.alice, &path).await;
    let list = format!("{HEADER}Grace,Hopper,https://www.linkedin.com/in/grace,,Elsewhere,,01 Feb 2020\n");
    let preview = app.alice.get(&previewed(&app.alice, &list).await).await.page();
    assert_eq!(figure(&preview, "new"), 1);
    assert!(preview.text("#alike").contains("1 new person has the name of someone you know"));
    assert!(!preview.says("people who hide"), "nobody does");
}
