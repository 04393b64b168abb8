//! Documents: kept with their versions, told by what is in them, sent, saved, and taken along.

use std::io::{Cursor, Write};

use inroad::trash::purge::purge;
use jiff::SignedDuration;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::archives::{archive_of, bring};
use crate::support::{Answer, App, Page, Person};

pub const MIB: usize = 1024 * 1024;
pub const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<< /Encrypt true >>\nendobj\n%%EOF\n";

fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn docx() -> Vec<u8> {
    let types = "<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    zipped(&[("[Content_Types].xml", types), ("word/document.xml", "<w:document/>")])
}

fn odt() -> Vec<u8> {
    zipped(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<office/>")])
}

pub async fn send(person: &Person, path: &str, name: &str, content: &[u8]) -> Answer {
    let form =
        Form::new().text("kind", "resume").part("file", Part::bytes(content.to_vec()).file_name(name.to_owned()));
    person.send(person.request(Method::POST, path).header("sec-fetch-site", "same-origin").multipart(form)).await
}

async fn add(person: &Person, name: &str, content: &[u8]) {
    assert_eq!(send(person, "/documents", name, content).await.to(), "/documents", "{name}");
}

/// Where files can be saved from on a page.
fn files(page: &Page) -> Vec<String> {
    page.links().into_iter().map(|(_, to)| to).filter(|to| to.ends_with("/file")).collect()
}

/// The address of the first document of the list.
async fn document(person: &Person) -> String {
    let page = person.get("/documents").await.is(200).page();
    page.links().into_iter().map(|(_, to)| to).find(|to| to.starts_with("/documents/")).unwrap()
}

async fn saved(person: &Person, path: &str) -> Vec<u8> {
    let url = person.url(path);
    let request = reqwest::Client::new().get(url).header("cookie", person.cookies());
    request.send().await.unwrap().bytes().await.unwrap().to_vec()
}

#[tokio::test]
async fn each_kind_of_file_is_kept_and_saved_byte_for_byte() {
    let app = App::start().await;
    let text = "Grace Hopper\r\nCompilers\n".as_bytes();
    let mut large = PDF.to_vec();
    large.extend((0..3 * MIB).map(|n| (n % 251) as u8));
    let all: [(&str, Vec<u8>, &str); 5] = [
        ("Resume 2026.pdf", PDF.to_vec(), "application/pdf"),
        ("Résumé.docx", docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("Resume.odt", odt(), "application/vnd.oasis.opendocument.text"),
        ("Resume.txt", text.to_vec(), "text/plain; charset=utf-8"),
        ("Portfolio.pdf", large, "application/pdf"),
    ];
    for (name, content, media_type) in all {
        add(&app.alice, name, &content).await;
        let sql = "select id::text from document_versions where user_id = $1 and file_name = $2";
        let id: String = sqlx::query_scalar(sql).bind(app.alice.id).bind(name).fetch_one(&app.db).await.unwrap();
        let path = format!("/document-versions/{id}/file");
        assert!(saved(&app.alice, &path).await == content, "{name}");
        let answer = app.alice.get(&path).await.is(200);
        assert_eq!(answer.header("content-type"), media_type);
        let (disposition, plain) = (answer.header("content-disposition"), name.replace('é', "e"));
        assert!(
            disposition.starts_with(&format!("attachment; filename=\"{plain}\"; filename*=UTF-8''")),
            "{disposition}"
        );
        assert_eq!(answer.header("content-security-policy"), "sandbox; default-src 'none'");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        assert_eq!(answer.header("cache-control"), "no-store");
        // Nobody else's; a coach saves it, and changes nothing.
        app.charlie.get(&path).await.is(404);
        app.bob.get(&path).await.is(200);
    }
    assert_eq!(send(&app.bob, "/documents", "x.pdf", PDF).await.status, 403);
    assert_eq!(files(&app.alice.get("/documents").await.page()).len(), 5);
    assert!(app.charlie.get("/documents").await.page().says("No documents yet"));
    let theirs = document(&app.alice).await;
    app.charlie.get(&theirs).await.is(404);
    assert_eq!(send(&app.charlie, &format!("{theirs}/versions"), "x.pdf", PDF).await.status, 404);
    assert_eq!(send(&app.bob, &format!("{theirs}/versions"), "x.pdf", PDF).await.status, 403);
    app.bob.get(&theirs).await.is(200);
}

#[tokio::test]
async fn what_is_no_document_is_refused_in_words_and_nothing_is_kept() {
    let app = App::start().await;
    let macros = zipped(&[("[Content_Types].xml", "x"), ("word/document.xml", "x"), ("word/vbaProject.bin", "x")]);
    let enabled = "application/vnd.ms-word.document.macroEnabled.main+xml";
    let enabled = zipped(&[("[Content_Types].xml", enabled), ("word/document.xml", "x")]);
    let basic = zipped(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("Basic/Standard/Module.xml", "x")]);
    let tries: [(&str, Vec<u8>, &str); 12] = [
        ("resume.docm", macros, "macros"),
        ("resume.docx", enabled, "macros"),
        ("resume.odt", basic, "macros"),
        ("resume.pdf", b"<!doctype html><script>alert(1)</script>".to_vec(), "web page"),
        ("resume.txt", b"<svg onload=alert(1)>".to_vec(), "web page"),
        ("resume.exe", b"MZ\x90\x00\x03".to_vec(), "Choose a PDF"),
        ("resume.sh", b"#!/bin/sh\n".to_vec(), "Choose a PDF"),
        ("resume.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "old Word document"),
        ("resume.zip", zipped(&[("a.txt", "a")]), "Choose a PDF"),
        ("resume.xlsx", zipped(&[("xl/workbook.xml", "a")]), "Choose a PDF"),
        ("resume.txt", b"a\x00b".to_vec(), "Choose a PDF"),
        ("resume.pdf", Vec::new(), "empty"),
    ];
    for (name, content, said) in tries {
        let page = send(&app.alice, "/documents", name, &content).await.is(422).page();
        assert!(page.error_of("File").contains(said), "{name}: {}", page.error_of("File"));
    }
    let nothing = Form::new().text("kind", "resume").text("name", "My resume");
    let request = app.alice.request(Method::POST, "/documents").header("sec-fetch-site", "same-origin");
    let page = app.alice.send(request.multipart(nothing)).await.is(422).page();
    assert!(page.says("Choose a file"));
    assert_eq!(page.form_to("/documents").value("name"), "My resume", "what was typed stays");
    let there: i64 = sqlx::query_scalar("select count(*) from documents").fetch_one(&app.db).await.unwrap();
    assert_eq!(there, 0);
    // A version is held to the same, and says so on its document's page.
    add(&app.alice, "resume.pdf", PDF).await;
    let versions = format!("{}/versions", document(&app.alice).await);
    let page = send(&app.alice, &versions, "resume.html", b"<html>").await.is(422).page();
    assert!(page.error_of("File").contains("web page"));
}

#[tokio::test]
async fn a_document_and_an_account_have_their_size() {
    let app = App::start_with(|settings| {
        settings.document_mb = Some("1".into());
        settings.documents_mb = Some("2".into());
    })
    .await;
    let mut large = PDF.to_vec();
    large.resize(MIB, b' ');
    add(&app.alice, "just.pdf", &large).await;
    let much = vec![b' '; 5 * MIB];
    for more in [&[&large[..], b" "].concat(), &much] {
        let page = send(&app.alice, "/documents", "more.pdf", more).await.is(422).page();
        assert_eq!(page.error_of("File"), "The file is larger than 1 MB");
    }
    // Two at once, and room for one of them.
    let both = tokio::join!(
        send(&app.alice, "/documents", "again.pdf", &large),
        send(&app.alice, "/documents", "and.pdf", &large)
    );
    let mut answers = [both.0, both.1];
    answers.sort_by_key(|answer| answer.status);
    assert_eq!(answers.each_ref().map(|answer| answer.status.as_u16()), [303, 422]);
    assert!(answers[1].page().error_of("File").starts_with("There's no room: your documents may have 2 MB together"));
    let page = send(&app.alice, "/documents", "small.pdf", PDF).await.is(422).page();
    assert!(page.says("2 MB of 2 MB used"));
    add(&app.charlie, "small.pdf", PDF).await;
    // What is in the bin counts until it goes.
    let form = app.alice.get(&document(&app.alice).await).await.page();
    let form = form.forms().into_iter().find(|form| form.action.ends_with("/deletions")).unwrap();
    form.submit(&app.alice).await;
    assert!(send(&app.alice, "/documents", "small.pdf", PDF).await.is(422).page().says("2 MB of 2 MB used"));
    purge(&app.pool, app.now() + SignedDuration::from_hours(31 * 24)).await.unwrap();
    add(&app.alice, "small.pdf", PDF).await;
}

#[tokio::test]
async fn a_form_sent_twice_makes_one_document() {
    let app = App::start().await;
    let id = app.alice.get("/documents").await.page().form_to("/documents").value("id").to_owned();
    for _ in 0..2 {
        let file = Part::bytes(PDF).file_name("resume.pdf");
        let form = Form::new().text("id", id.clone()).text("kind", "letter").text("name", "").part("file", file);
        let request = app.alice.request(Method::POST, "/documents").header("sec-fetch-site", "same-origin");
        assert_eq!(app.alice.send(request.multipart(form)).await.to(), "/documents");
    }
    let sql = "select count(*) from document_versions";
    assert_eq!(sqlx::query_scalar::<_, i64>(sql).fetch_one(&app.db).await.unwrap(), 1);
    let page = app.alice.get(&format!("/documents/{id}")).await.page();
    let version = page.form_to(&format!("/documents/{id}/versions")).value("version_id").to_owned();
    for _ in 0..2 {
        let form = Form::new().text("version_id", version.clone()).part("file", Part::bytes(PDF).file_name("new.pdf"));
        let path = format!("/documents/{id}/versions");
        let request = app.alice.request(Method::POST, &path).header("sec-fetch-site", "same-origin");
        assert_eq!(app.alice.send(request.multipart(form)).await.to(), format!("/documents/{id}"));
    }
    assert_eq!(sqlx::query_scalar::<_, i64>(sql).fetch_one(&app.db).await.unwrap(), 2);
}

#[tokio::test]
async fn what_was_sent_is_remembered_when_there_is_a_newer_version() {
    let app = App::start().await;
    add(&app.alice, "Resume.pdf", PDF).await;
    let company = app.rows(&app.alice).company("Acme").await;
    let opening = app.rows(&app.alice).opening(company, "Engineer").await;
    let contact = app.rows(&app.alice).contact("Grace Hopper", Some(company)).await;
    let referral = app.rows(&app.alice).referral(contact, company, Some(opening)).await;
    for path in [format!("/openings/{opening}"), format!("/referrals/{referral}")] {
        let form = app.alice.get(&path).await.is(200).page().form_to(&format!("{path}/documents"));
        let page = app.alice.follow(&form.set("sent_on", "2026-11-20").submit(&app.alice).await).await;
        assert_eq!(page.toast(), "Noted: you sent Resume, version 1.");
        assert!(page.says("Resume, version 1"));
        assert_eq!(files(&page).len(), 1);
        // Undone, and undone again.
        let page = app.alice.follow(&page.undo().submit(&app.alice).await).await;
        assert_eq!(files(&page).len(), 0);
        let page = app.alice.follow(&page.undo().submit(&app.alice).await).await;
        assert_eq!((page.toast().as_str(), files(&page).len()), ("It is back.", 1));
    }
    let document = document(&app.alice).await;
    let versions = format!("{document}/versions");
    let answer = send(&app.alice, &versions, "Resume-new.pdf", b"%PDF-2.0 newer").await;
    let page = app.alice.follow(&answer).await;
    assert!(page.says("Version 2") && page.says("Engineer at Acme") && page.says("Referral by Grace Hopper"));
    let page = app.alice.get(&format!("/openings/{opening}")).await.page();
    assert!(page.says("Resume, version 1") && page.says("There's a newer version"));
    assert_eq!(saved(&app.alice, &files(&page)[0]).await, PDF, "what was sent, and not what came later");
    let list = app.alice.get("/documents").await.page();
    assert!(list.says("Version 2") && list.says("and 1 more"));
    // A version that was sent stays; one that was sent nowhere is undone, and its number is free again.
    let undo = |path: &str| path.replace("/file", "/undos");
    let kept = app.alice.post(&undo(&files(&page)[0]), &[]).await;
    assert_eq!(app.alice.follow(&kept).await.toast(), "This version was sent somewhere since, so it stays.");
    let newest = files(&list).remove(0);
    let to = app.alice.post(&undo(&newest), &[]).await.to();
    assert_eq!(to, document);
    app.alice.get(&newest).await.is(404);
    let only = files(&app.alice.get(&document).await.page());
    assert_eq!(only.len(), 1);
    // In the bin it is remembered all the same.
    app.alice.post(&format!("{document}/deletions"), &[]).await;
    let page = app.alice.get(&format!("/openings/{opening}")).await.page();
    assert!(page.says("Resume, version 1"));
    assert_eq!(saved(&app.alice, &files(&page)[0]).await, PDF);
    // With its document it goes for good.
    purge(&app.pool, app.now() + SignedDuration::from_hours(31 * 24)).await.unwrap();
    assert!(!app.alice.get(&format!("/openings/{opening}")).await.page().says("Resume, version 1"));
}

#[tokio::test]
async fn what_is_said_of_a_sent_document_is_held_to_what_can_be() {
    let app = App::start().await;
    add(&app.alice, "Resume.pdf", PDF).await;
    let version = files(&app.alice.get("/documents").await.page())[0].split('/').nth(2).unwrap().to_owned();
    let company = app.rows(&app.alice).company("Acme").await;
    let opening = app.rows(&app.alice).opening(company, "Engineer").await;
    let contact = app.rows(&app.alice).contact("Grace Hopper", Some(company)).await;
    let referral = app.rows(&app.alice).referral(contact, company, Some(opening)).await;
    for path in [format!("/openings/{opening}/documents"), format!("/referrals/{referral}/documents")] {
        let page = app.alice.post(&path, &[("document", &version), ("sent_on", "2030-01-01")]).await.is(422).page();
        assert_eq!(page.error_of("Sent on"), "This day is still to come");
        assert_eq!(page.form_to(&path).value("sent_on"), "2030-01-01", "what was typed stays");
        for document in ["", "x", &uuid::Uuid::now_v7().to_string()] {
            let page = app.alice.post(&path, &[("document", document)]).await.is(422).page();
            assert_eq!(page.error_of("Document"), "Choose one from the list");
        }
        app.bob.post(&path, &[("document", &version)]).await.is(403);
        app.charlie.post(&path, &[("document", &version)]).await.is(404);
    }
    // Nothing of another account.
    let theirs = app.rows(&app.charlie).company("Bell").await;
    let theirs = app.rows(&app.charlie).opening(theirs, "Engineer").await;
    app.charlie.post(&format!("/openings/{theirs}/documents"), &[("document", &version)]).await.is(422);
    let there: i64 = sqlx::query_scalar("select count(*) from sent_documents").fetch_one(&app.db).await.unwrap();
    assert_eq!(there, 0);
}

#[tokio::test]
async fn a_referrer_reads_that_the_resume_is_attached() {
    let app = App::start().await;
    add(&app.alice, "Ada_Resume.pdf", PDF).await;
    let company = app.rows(&app.alice).company("Acme").await;
    let opening = app.rows(&app.alice).opening(company, "Engineer").await;
    let contact = app.rows(&app.alice).contact("Grace Hopper", Some(company)).await;
    let path = format!("/referrals/{}", app.rows(&app.alice).referral(contact, company, Some(opening)).await);
    let sql = "update referrals set next_step = 'remind_to_make'";
    sqlx::query(sql).execute(&app.db).await.unwrap();
    assert!(!app.alice.get(&path).await.page().text("#message").contains("My resume"));
    let form = app.alice.get(&path).await.page().form_to(&format!("{path}/documents"));
    let page = app.alice.follow(&form.submit(&app.alice).await).await;
    assert!(page.text("#message").contains("My resume: attached (Ada_Resume.pdf)"), "{}", page.text("#message"));
}

#[tokio::test]
async fn a_document_is_renamed_binned_and_brought_back() {
    let app = App::start().await;
    add(&app.alice, "My_resume.pdf", PDF).await;
    let path = document(&app.alice).await;
    let page = app.alice.get(&path).await.page();
    assert!(page.says("My resume"));
    let form = page.form_to(&path);
    let stale = form.clone();
    let answer = form.set("name", "Resume").submit(&app.alice).await;
    assert_eq!(app.alice.follow(&answer).await.toast(), "Saved.");
    let again = stale.set("name", "Other").submit(&app.alice).await.is(409).page();
    assert!(again.says("Another tab saved 'Resume' (Resume) meanwhile"));
    let answer = again.form_to(&path).submit(&app.alice).await;
    assert!(app.alice.follow(&answer).await.says("Other"));
    let empty = app.alice.get(&path).await.page().form_to(&path).set("name", " ").submit(&app.alice).await;
    assert_eq!(empty.is(422).page().error_of("Name"), "Enter something here");
    let delete = app.alice.get(&path).await.page().form_to(&format!("{path}/deletions"));
    let page = app.alice.follow(&delete.submit(&app.alice).await).await;
    assert!(page.says("No documents yet"));
    app.alice.get(&path).await.is(404);
    assert!(app.alice.get("/bin").await.page().says("Other"));
    let page = app.alice.follow(&page.undo().submit(&app.alice).await).await;
    assert_eq!(page.toast(), "Other is back.");
}

#[tokio::test]
async fn documents_move_with_an_archive_where_there_is_room_for_them() {
    let (here, there) =
        (App::start().await, App::start_with(|settings| settings.documents_mb = Some("1".into())).await);
    let mut pdf = PDF.to_vec();
    pdf.extend((0..MIB).map(|n| (n % 253) as u8));
    for (name, content) in [("Resume.docx", docx()), ("Resume.odt", odt()), ("Portfolio.pdf", pdf.clone())] {
        add(&here.alice, name, &content).await;
    }
    let archive = archive_of(&here.alice).await;
    bring(&here.charlie, archive.clone()).await.to();
    let moved = files(&here.charlie.get("/documents").await.page());
    assert_eq!(moved.len(), 3);
    let mut contents = Vec::new();
    for path in &moved {
        contents.push(saved(&here.charlie, path).await);
    }
    for content in [docx(), odt(), pdf] {
        assert!(contents.contains(&content));
    }
    let refused = bring(&there.alice, archive).await.is(422).page();
    let said =
        "It holds documents of 2 MB, and one of 2 MB; here they may have 1 MB together, 5 MB each, and 500 files";
    assert!(refused.text(".error").contains(said), "{}", refused.text(".error"));
    assert!(there.alice.get("/documents").await.page().says("No documents yet"));
}
