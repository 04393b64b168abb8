//! Bringing people in: LinkedIn's archive up to the first message, a table nobody knows, and a large list while it is written.

use std::io::{Cursor, Write};
use std::path::PathBuf;

use inroad::transfer::running::TURNS;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::App;
use crate::{Browser, browser_of};

const CONNECTIONS: &str = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";
const POSITIONS: &str = "Company Name,Title,Description,Location,Started On,Finished On\nGlobex,Analyst,,,2019,2023\n";
const EDUCATION: &str =
    "School Name,Start Date,End Date,Notes,Degree Name,Activities\nUniversity of Oslo,2010,2014,,,\n";
const WANTED: &str = "Locations,Job Titles,Dream Companies\nOslo,Data analyst,Initech\n";
const SAVED: &str = "Saved Date,Job Url,Job Title,Company Name\n\
    \"1/8/26, 6:14 PM\",https://www.linkedin.com/jobs/view/4012345678,Lead analyst,Acme\n";

/// A file of this name and content that lies in a folder.
fn file(folder: &TempDir, name: &str, content: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    path
}

fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Sees that axe finds nothing and that nothing goes over the edge, and keeps a picture.
async fn look(browser: &Browser, name: &str) {
    for (scheme, width) in [("light", 1280), ("dark", 1280), ("light", 390)] {
        browser.scheme(scheme).await;
        browser.size(width, if width == 390 { 844 } else { 800 }).await;
        browser.picture(&format!("import-{name}-{scheme}-{width}")).await;
        assert_eq!(browser.axe().await, Vec::<String>::new(), "{name}, {scheme}, {width}");
        // Less than nothing while a page is put in place that has no bar for scrolling.
        let over = browser.overflow().await;
        assert!(over <= 0, "{name}, {width}: {over}");
    }
    browser.scheme("light").await;
    browser.size(1280, 800).await;
}

#[tokio::test]
async fn from_the_archive_to_the_first_message() {
    let app = App::start().await;
    let browser = browser_of(&app, &app.charlie).await;
    browser.listen_for_complaints().await;
    let folder = tempfile::tempdir().unwrap();
    let connections = format!(
        "{CONNECTIONS}Grace,Hopper,https://www.linkedin.com/in/grace,,Acme,Data analyst,01 Feb 2026\n\
         Hedy,Lamarr,https://www.linkedin.com/in/hedy,,Globex,Inventor,02 Feb 2026\n"
    );
    let archive = zipped(&[
        ("Connections.csv", &connections),
        ("Positions.csv", POSITIONS),
        ("Education.csv", EDUCATION),
        ("Jobs/Job Seeker Preferences.csv", WANTED),
        ("Jobs/Saved Jobs.csv", SAVED),
    ]);
    let archive = file(&folder, "Basic_LinkedInDataExport.zip", &archive);

    browser.open("/import").await;
    browser.upload("File", &archive).await;
    browser.press("Preview").await;
    browser.see("Nothing is imported yet").await;
    browser.see("Your 1 employer and 1 school, and 1 role you want.").await;
    look(&browser, "preview").await;
    browser.tick("Lead analyst").await;
    browser.tick("Globex").await;
    browser.press("Import 2 people").await;
    browser.see("Who to ask first").await;
    browser.see("Ask Grace").await;
    browser.see("1 opening added").await;
    look(&browser, "report").await;

    browser.press("Ask Grace").await;
    browser.see("Next: ask for a talk").await;
    browser.see("Does the work you want, going by their title.").await;
    browser.client.execute("window.open = () => null", vec![]).await.unwrap();
    browser.press("Copy").await;
    browser.see("Mark as sent").await;

    browser.open("/contacts?q=Hedy").await;
    browser.press("Hedy Lamarr").await;
    browser.see("You worked at Globex too: perhaps a former colleague.").await;
    look(&browser, "colleague").await;
    browser.press("That's right").await;
    browser.see("You share a former employer").await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_table_nobody_knows_is_told_once() {
    let app = App::start().await;
    let browser = browser_of(&app, &app.charlie).await;
    let folder = tempfile::tempdir().unwrap();
    let table = "Who;Works at;Where to write;Shoe size\nGrace Hopper;Acme;grace@example.org;38\nHedy Lamarr;Globex;;\n";
    let path = file(&folder, "people.csv", table.as_bytes());
    browser.open("/import").await;
    browser.upload("File", &path).await;
    browser.press("Preview").await;
    browser.see("What is in these columns?").await;
    browser.choose("What column 1 is", "Leave out").await;
    browser.press("Preview").await;
    browser.see("Say which column has the names").await;
    look(&browser, "columns").await;
    browser.choose("What column 1 is", "Whole name").await;
    browser.choose("What column 2 is", "Company").await;
    browser.press("Preview").await;
    browser.see("Nothing is imported yet").await;
    browser.press("Import 2 people").await;
    browser.see("Imported").await;

    browser.open("/import").await;
    browser.upload("File", &path).await;
    browser.press("Preview").await;
    browser.see("Nothing is imported yet").await;
    browser.see("See or change what the columns of").await;
}

#[tokio::test]
async fn a_large_list_shows_how_far_it_is() {
    let app = App::start().await;
    let browser = browser_of(&app, &app.charlie).await;
    let folder = tempfile::tempdir().unwrap();
    let mut list = CONNECTIONS.to_owned();
    for nr in 0..3_000 {
        list += &format!(
            "Person,Number {nr},https://www.linkedin.com/in/person-{nr},,Company {},Analyst,01 Feb 2026\n",
            nr % 50
        );
    }
    let path = file(&folder, "Connections.csv", list.as_bytes());
    browser.open("/import").await;
    browser.upload("File", &path).await;
    browser.press("Preview").await;
    browser.see("3000").await;
    // Others are being written: it waits for its turn, and says so.
    let turns = TURNS.acquire_many(2).await.unwrap();
    browser.press("Import 3000 people").await;
    browser.see("Waiting for its turn").await;
    look(&browser, "underway").await;
    drop(turns);
    browser.see("Who to ask first").await;
}
