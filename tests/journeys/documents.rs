//! A resume is kept, said to have been sent for an opening, replaced by a newer one, and saved again as it was.

use serde_json::json;

use crate::support::App;
use crate::{Browser, browser_of};

async fn no_findings(browser: &Browser, at: &str) {
    assert_eq!(browser.axe().await, Vec::<String>::new(), "{at}");
    assert_eq!(browser.overflow().await, 0, "{at}");
    browser.picture(&format!("documents-{at}")).await;
}

/// What a link leads to when it is followed here, as text.
const SAVED: &str = "const link = document.querySelector('a[download][href$=\"/file\"]');
    if (!link) return null;
    window.saved ??= fetch(link.href).then(r => r.text()).then(text => { window.text = text });
    return window.text === arguments[0]";

#[tokio::test]
async fn a_resume_is_sent_for_an_opening_and_remembered() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    let company = rows.company("Acme").await;
    let opening = format!("/openings/{}", rows.opening(company, "Data analyst").await);
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let browser = browser_of(&app, &app.alice).await;
    browser.listen_for_complaints().await;

    browser.open(&opening).await;
    browser.see("Keep your resume under").await;
    browser.open("/library").await;
    browser.press("Documents").await;
    browser.see("No documents yet").await;
    no_findings(&browser, "empty").await;

    browser.upload("File", &file("page.html", "<!doctype html><p>Ada")).await;
    browser.press("Add it").await;
    browser.see("This is a web page. Save it as PDF").await;
    no_findings(&browser, "refused").await;
    browser.upload("File", &file("Ada_Byron.pdf", "%PDF-1.7 first")).await;
    browser.fill("Name", "Resume").await;
    browser.press("Add it").await;
    browser.see("Added Resume.").await;
    no_findings(&browser, "one").await;

    browser.open(&opening).await;
    browser.press("Add what you sent").await;
    browser.press("Add it").await;
    browser.see("Noted: you sent Resume, version 1.").await;
    browser.see("Sent today").await;
    no_findings(&browser, "sent").await;
    browser.press("Undo").await;
    browser.see("Removed.").await;
    browser.press("Undo").await;
    browser.see("Sent today").await;

    browser.open("/documents").await;
    browser.press("Resume").await;
    browser.see("Data analyst at Acme").await;
    browser.upload("File", &file("Ada_Byron_2.pdf", "%PDF-1.7 second")).await;
    browser.press("Add the version").await;
    browser.see("Added the new version. Earlier ones stay.").await;
    browser.see("Version 2").await;
    no_findings(&browser, "versions").await;
    assert!(browser.until(SAVED, json!("%PDF-1.7 second")).await, "the newest is not saved first");

    browser.open(&opening).await;
    browser.see("There's a newer version").await;
    assert!(browser.until(SAVED, json!("%PDF-1.7 first")).await, "what was sent is not what is saved");
    no_findings(&browser, "older").await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}
