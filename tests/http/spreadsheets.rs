//! Tables as LibreOffice opens and saves them.

use std::path::Path;
use std::process::Command;

use crate::exports::{TABLES, table, table_as_sent};
use crate::imports::{figure, upload};
use crate::support::App;
use crate::support::readers::said;

/// Commas, quotes and UTF-8, as the dialog offers them for our files.
const COMMAS: &str = "44,34,76,1";

/// Whether LibreOffice could not be brought, as `bin/test` has said.
fn is_left_out() -> bool {
    std::env::var_os("INROAD_TEST_WITHOUT").is_some_and(|what| what == "libreoffice")
}

/// What LibreOffice saves a table of ours as.
fn saved(folder: &Path, table: &str, kind: &str) -> Vec<u8> {
    let file = folder.join("table.csv");
    std::fs::write(&file, table).unwrap();
    let out = folder.join("saved");
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let read = format!("--infilter=CSV:{COMMAS}");
    let mut office = Command::new("soffice");
    office.args([&profile, "--headless", &read, "--convert-to", kind, "--outdir"]).arg(&out).arg(&file);
    said(&mut office, b"");
    let extension = kind.split(':').next().unwrap();
    std::fs::read(out.join(format!("table.{extension}"))).unwrap()
}

/// A cell as it was: one that is read as a day and a time is saved with seconds.
fn without_seconds(cell: &str) -> &str {
    let is_time = cell.len() == 19 && cell.ends_with(":00") && cell.starts_with("20");
    if is_time { &cell[..16] } else { cell }
}

#[tokio::test]
async fn libreoffice_reads_every_cell_of_every_table() {
    if is_left_out() {
        return;
    }
    let app = App::start().await;
    app.fill(&app.alice).await;
    for name in ["=1+1", "Zoë \"Zo\" O’Neil, PhD", "李小明 🚀", "+49 30"] {
        app.rows(&app.alice).contact(name, None).await;
    }
    let folder = tempfile::tempdir().unwrap();
    for of in TABLES {
        let sent = table_as_sent(&app.alice, of).await;
        let read = saved(folder.path(), &sent, &format!("csv:Text - txt - csv (StarCalc):{COMMAS},,0,false,true"));
        let read = csv::ReaderBuilder::new().has_headers(false).from_reader(&read[..]).into_records();
        let read: Vec<_> = read.map(Result::unwrap).collect();
        let ours = table(&app.alice, of).await;
        assert_eq!(read.len(), ours.len(), "{of}");
        for (read, ours) in read.iter().zip(&ours).skip(1) {
            let cells: Vec<&str> = read.iter().map(without_seconds).collect();
            assert_eq!(cells, ours.iter().collect::<Vec<_>>(), "{of}");
        }
    }
}

#[tokio::test]
async fn what_libreoffice_saves_of_a_table_comes_in_as_the_table_does() {
    if is_left_out() {
        return;
    }
    let app = App::start().await;
    let ada = app.demo().await;
    let sent = table_as_sent(&ada, "contacts").await;
    let folder = tempfile::tempdir().unwrap();
    let mut seen = Vec::new();
    for (name, content) in [
        ("table.csv", sent.clone().into_bytes()),
        ("table.xlsx", saved(folder.path(), &sent, "xlsx")),
        ("table.ods", saved(folder.path(), &sent, "ods")),
    ] {
        let path = upload(&app.charlie, name, content).await.to();
        let columns = app.charlie.get(&path).await;
        if columns.status != 200 {
            let page = app.charlie.follow(&columns).await;
            page.form_to(&format!("{path}/columns")).submit(&app.charlie).await.to();
        }
        let preview = app.charlie.get(&path).await.is(200).page();
        assert!(figure(&preview, "new") > 20, "{name}: {}", preview.text("main"));
        seen.push((figure(&preview, "new"), figure(&preview, "left out"), preview.texts("tbody td")));
    }
    assert_eq!(seen[0], seen[1], "as a workbook of Excel");
    assert_eq!(seen[0], seen[2], "as an open document");
}
