//! The first ten minutes: from signing up to a first message that is marked as sent, an import of LinkedIn's file among it.

use std::path::Path;

use crate::support::App;
use crate::{Browser, visitor};

/// The most presses it may take. A press is a click, or Enter; typing is none.
const MOST: u32 = 10;

const COMPANIES: &str = "Acme, Inc.\nBridgepoint\nCedar Mutual\nFern & Field\nHarbour Analytics\nKestrel Instruments\n\
                         Northlight Labs GmbH\nOrbital Works\nTessellate\nSociété Générale";

/// A person at the browser, whose presses are counted.
struct Hand<'b> {
    browser: &'b Browser,
    presses: u32,
}

impl Hand<'_> {
    async fn press(&mut self, words: &str) {
        self.presses += 1;
        self.browser.press(words).await;
    }

    /// One press opens the choice of a file.
    async fn choose(&mut self, label: &str, file: &Path) {
        self.presses += 1;
        self.browser.upload(label, file).await;
    }
}

/// Sees that axe finds nothing, that nothing goes over the edge, and keeps a picture.
async fn look(browser: &Browser, name: &str) {
    for (scheme, width) in [("light", 1280), ("dark", 1280), ("light", 390)] {
        browser.scheme(scheme).await;
        browser.size(width, if width == 390 { 844 } else { 800 }).await;
        browser.picture(&format!("first-{name}-{scheme}-{width}")).await;
        assert_eq!(browser.axe().await, Vec::<String>::new(), "{name}, {scheme}, {width}");
        assert_eq!(browser.overflow().await, 0, "{name}, {width}");
    }
    browser.scheme("light").await;
    browser.size(1280, 800).await;
}

#[tokio::test]
async fn a_first_message_is_sent_within_ten_presses() {
    let app = App::empty().await;
    let browser = visitor(&app).await;
    browser.listen_for_complaints().await;
    let mut hand = Hand { browser: &browser, presses: 0 };

    browser.open("/").await;
    browser.fill("Name", "Ada Byron").await;
    browser.fill("E-mail", "ada@example.org").await;
    browser.fill("Password", "glacier violin lantern moss").await;
    hand.press("Sign up").await;
    browser.see("Say what work you want").await;
    look(&browser, "welcome").await;

    browser.fill("The role you want", "Data analyst").await;
    browser.fill("One sentence about you", "I build dashboards for hospitals").await;
    browser.see("Hello Katherine, I build dashboards for hospitals.").await;
    hand.press("Save").await;
    browser.see("Where would you like to work?").await;
    look(&browser, "companies").await;

    browser.fill("Companies", COMPANIES).await;
    hand.press("Add companies").await;
    browser.see("10 companies added").await;
    look(&browser, "import").await;

    hand.choose("File", &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/Connections.csv")).await;
    hand.press("Preview").await;
    browser.see("415").await;
    hand.press("Import 415").await;
    browser.see("These three do the work you want:").await;
    look(&browser, "report").await;
    let asked = browser.text().await;
    assert!(asked.contains("You know ") && asked.contains(" of your companies."), "{asked}");

    hand.press("Ask ").await;
    browser.see("Next: ask for a talk").await;
    browser.fill("Why them", "you have done this work for years").await;
    // Where the message goes is another site.
    browser.client.execute("window.open = () => null", vec![]).await.unwrap();
    hand.press("Copy").await;
    hand.press("Mark as sent").await;
    browser.see("Next: follow up").await;
    assert!(hand.presses <= MOST, "{} presses", hand.presses);

    browser.open("/").await;
    browser.see("Today: 1 message").await;
    assert!(!browser.text().await.contains("Getting started"), "every step is done");
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

/// How far below the top of the window a button ends, in CSS pixels.
async fn bottom_of(browser: &Browser, words: &str) -> i64 {
    let script =
        "const it = [...document.querySelectorAll('main button')].find(b => b.textContent.trim() === arguments[0]);
        return Math.round(it.getBoundingClientRect().bottom)";
    browser.client.execute(script, vec![words.into()]).await.unwrap().as_i64().unwrap()
}

#[tokio::test]
async fn on_a_phone_a_contact_is_added_within_the_first_screen() {
    let app = App::start().await;
    let browser = crate::browser_of(&app, &app.alice).await;
    browser.size(390, 844).await;
    browser.open("/contacts/new").await;
    let add = bottom_of(&browser, "Add").await;
    assert!(add <= 700, "Add ends at {add}");
    look(&browser, "add").await;
    browser.size(390, 844).await;
    browser.fill("Name", "Rosa Vidal").await;
    browser.press("Add").await;
    browser.see("Added Rosa Vidal").await;
    browser.open("/contacts/new").await;
    browser.press("More").await;
    browser.see("How close is their job to the one you want?").await;
}

#[tokio::test]
async fn an_example_says_so_and_goes_with_one_press() {
    let app = App::start().await;
    let browser = crate::browser_of(&app, &app.charlie).await;
    browser.open("/").await;
    browser.press("Show me an example search").await;
    browser.see("This is an example.").await;
    browser.press("Remove it").await;
    browser.see("Getting started").await;
    assert!(!browser.text().await.contains("This is an example."));
}
