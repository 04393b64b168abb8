//! One contact of many is chosen with a few letters.

use serde_json::json;

use crate::support::App;
use crate::{Browser, browser_of};

/// Waits until the field offers these, in order.
async fn offers(browser: &Browser, field: &str, people: &[&str]) {
    let script =
        "return [...document.getElementById(arguments[0].field).list.options].map(option => option.value).join('|')
        === arguments[0].people";
    let wanted = json!({ "field": field, "people": people.join("|") });
    assert!(browser.until(script, wanted).await, "{field} does not offer {people:?}");
}

#[tokio::test]
async fn a_few_letters_find_one_of_four_hundred() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    let company = rows.company("Acme GmbH").await;
    for nr in 0..400 {
        rows.contact(&format!("Person {nr:03}"), None).await;
    }
    for name in ["Zoe Zuse", "Zoe Zuse", "Grace Hopper"] {
        rows.contact(name, Some(company)).await;
    }
    let browser = browser_of(&app, &app.alice).await;
    browser.listen_for_complaints().await;
    browser.size(390, 844).await;
    browser.open("/referrals/new").await;
    browser.fill("Who could refer you", "hop").await;
    offers(&browser, "f-contact", &["Grace Hopper, Acme GmbH"]).await;
    browser.fill("Who could refer you", "zuse").await;
    offers(&browser, "f-contact", &["Zoe Zuse, Acme GmbH", "Zoe Zuse, Acme GmbH"]).await;
    browser.press("Add, and see the message").await;
    browser.see("Several have that name: choose one").await;
    browser.picture("chooser-several").await;
    for scheme in ["light", "dark"] {
        browser.scheme(scheme).await;
        assert_eq!(browser.axe().await, Vec::<String>::new(), "{scheme}");
    }
    assert_eq!(browser.overflow().await, 0);
    browser.fill("Who could refer you", "grace").await;
    browser.press("Add, and see the message").await;
    browser.see("Talk with them first").await;
    browser.press("Add, and see the message").await;
    browser.see("Mark as sent").await;
    assert!(browser.text().await.contains("Grace Hopper"));
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}
