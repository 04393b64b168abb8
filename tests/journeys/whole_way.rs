//! From an empty installation to a tracked referral, on real input: one person, the whole way.

use std::path::Path;

use jiff::SignedDuration;

use crate::support::App;
use crate::{Browser, visitor};

/// Sees that axe finds nothing on the page as it stands, and keeps a picture of it.
async fn look(browser: &Browser, name: &str) {
    browser.picture(&format!("way-{name}")).await;
    for scheme in ["light", "dark"] {
        browser.scheme(scheme).await;
        assert_eq!(browser.axe().await, Vec::<String>::new(), "{name}, {scheme}");
    }
    browser.scheme("light").await;
}

#[tokio::test]
async fn a_newcomer_walks_one_person_from_a_company_to_a_referral() {
    let app = App::empty().await;
    let browser = visitor(&app).await;
    browser.listen_for_complaints().await;

    sign_up(&browser).await;
    set_the_target_role(&browser).await;
    add_companies(&browser).await;
    import_connections(&browser).await;
    add_a_contact(&browser).await;
    request_and_ask(&browser).await;
    schedule_and_prepare(&browser).await;
    app.pass(SignedDuration::from_hours(30));
    hold_the_talk(&browser).await;
    thank(&browser).await;
    be_referred(&browser).await;

    // The referral is made: what was to be done for it is over, and thanks are for tomorrow.
    browser.open("/").await;
    browser.see("The next thing is due tomorrow").await;
    look(&browser, "today").await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

async fn sign_up(browser: &Browser) {
    browser.open("/").await;
    browser.see("This is the first account").await;
    browser.fill("Name", "Ada Byron").await;
    browser.fill("E-mail", "ada@example.org").await;
    browser.fill("Password", "glacier violin lantern moss").await;
    browser.press("Sign up").await;
    browser.see("Welcome to Inroad").await;
    look(browser, "welcome").await;
}

async fn set_the_target_role(browser: &Browser) {
    browser.fill("The role you want", "Data analyst").await;
    browser.press("Save").await;
    browser.see("Saved").await;
}

async fn add_companies(browser: &Browser) {
    browser.open("/companies/new").await;
    browser.fill("Companies", "Kestrel Instruments, kestrel.example\nBridgepoint\nacme inc\nAcme, Inc.").await;
    browser.press("Add").await;
    browser.see("3 target companies").await;
    look(browser, "list").await;
}

async fn import_connections(browser: &Browser) {
    browser.open("/import").await;
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/Connections.csv");
    browser.upload("File", &file).await;
    browser.press("Preview").await;
    browser.see("415").await;
    look(browser, "import").await;
    browser.press("Import 415").await;
    browser.see("Imported").await;
    browser.open("/companies").await;
    browser.press("acme inc").await;
    browser.see("Connected").await;
}

async fn add_a_contact(browser: &Browser) {
    browser.open("/companies").await;
    browser.press("Kestrel Instruments").await;
    browser.see("No one yet.").await;
    browser.press("Add a contact here").await;
    browser.fill("Name", "Katherine Johnson").await;
    browser.press("More").await;
    browser.fill("Job title", "Senior data analyst").await;
    browser.fill("Profile address", "linkedin.com/in/Katherine-Johnson-42/?trk=people").await;
    browser.choose("How close is their job to the one you want?", "In the role").await;
    browser.tick("Pick for this week").await;
    browser.press("Add").await;
    browser.see("Next: send a connection request").await;
    look(browser, "contact").await;
}

async fn request_and_ask(browser: &Browser) {
    browser.press("Mark as sent").await;
    browser.see("ask someone else").await;
    browser.press("They accepted").await;
    browser.see("Next: ask for a talk").await;
    browser.fill("Why them", "you moved from teaching into analysis").await;
    browser.press("Mark as sent").await;
    browser.see("Next: follow up").await;
    browser.press("They said yes").await;
    browser.see("Set the time").await;
    look(browser, "said-yes").await;
}

async fn schedule_and_prepare(browser: &Browser) {
    browser.press("Set the time").await;
    browser.fill("Date", "2026-11-25").await;
    browser.fill("Time", "15:00").await;
    browser.fill("Link, number or address", "https://meet.example/katherine").await;
    browser.press("Schedule the talk").await;
    browser.see("Wednesday 25 November, 15:00").await;
    look(browser, "talk").await;
    browser.press("Prepare").await;
    browser.press("Start with six questions").await;
    browser.see("Which two or three skills").await;
    look(browser, "prepare").await;
    browser.press("Mark as prepared").await;
}

async fn hold_the_talk(browser: &Browser) {
    browser.open("/interviews").await;
    browser.press("Katherine Johnson").await;
    browser.press("Start the talk").await;
    browser.fill("Anything else", "Half dashboards for the port teams, half one-off questions.").await;
    browser.see("Saved").await;
    look(browser, "live").await;
    browser.press("Wrap up").await;
    browser.press("Add").await;
    browser.press("An action item").await;
    browser.fill("What", "send the dashboard write-up").await;
    browser.press("Add action item").await;
    browser.see("send the dashboard write-up").await;
    browser.press("Add").await;
    browser.press("Something you learned").await;
    browser.fill("What you learned", "A second analyst is budgeted for January").await;
    browser.press("Add insight").await;
    browser.see("A second analyst is budgeted for January").await;
    browser.tick("Time kept").await;
    look(browser, "wrap-up").await;
    browser.press("Save: the talk took place").await;
    browser.see("Write the thank-you").await;
}

async fn thank(browser: &Browser) {
    browser.press("Write the thank-you").await;
    browser.see("Next: thank them").await;
    let drafted = "return document.querySelector('#message').value.includes(arguments[0])";
    assert!(
        browser.until(drafted, "second analyst is budgeted".into()).await,
        "the thank-you does not speak of the talk"
    );
    look(browser, "thank-you").await;
    browser.press("Mark as sent").await;
    browser.see("Next: write to keep in touch").await;
}

async fn be_referred(browser: &Browser) {
    browser.press("More").await;
    browser.press("Ask for a referral").await;
    browser.press("Add, and see the message").await;
    browser.see("Mark as sent").await;
    look(browser, "referral").await;
    browser.press("Mark as sent").await;
    browser.see("Remind them gently").await;
    browser.press("They said yes").await;
    browser.tick("They hand in the résumé").await;
    browser.press("They agreed").await;
    browser.see("Who does what by when").await;
    look(browser, "agreed").await;
    browser.press("The referral is made").await;
    browser.see("What came of it?").await;
    browser.press("Interview").await;
    browser.open("/referrals").await;
    browser.see("Katherine Johnson").await;
    look(browser, "referrals").await;
}
