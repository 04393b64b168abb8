//! Many people changed at once: ticked with the mouse and Shift, or all of a page, and taken back with one press.

use serde_json::json;

use crate::browser_of;
use crate::support::App;

/// How many boxes of the list are ticked.
const TICKED: &str = "return document.querySelectorAll('td.tick input:checked').length === arguments[0]";

/// Presses the box of that row with Shift held.
const WITH_SHIFT: &str = "document.querySelectorAll('td.tick input')[arguments[0]]
    .dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey: true }))";

#[tokio::test]
async fn several_are_ticked_with_shift_tagged_and_taken_back() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    for n in 0..12 {
        rows.contact(&format!("Person {n:02}"), None).await;
    }
    let browser = browser_of(&app, &app.alice).await;
    browser.open("/contacts?sort=name").await;
    browser.tick("Tick Person 02").await;
    browser.client.execute(WITH_SHIFT, vec![json!(6)]).await.unwrap();
    assert!(browser.until(TICKED, json!(5)).await);
    browser.client.execute(WITH_SHIFT, vec![json!(4)]).await.unwrap();
    assert!(browser.until(TICKED, json!(2)).await, "what is taken out of the middle takes all after it along");
    browser.tick("Tick everyone on this page").await;
    assert!(browser.until(TICKED, json!(12)).await);

    browser.press("Change…").await;
    browser.see("Change 12 people").await;
    assert!(browser.axe().await.is_empty(), "{:?}", browser.axe().await);
    browser.fill("Add a tag", "Fair in May").await;
    browser.press("Add").await;
    browser.see("Changed for 12 people.").await;
    browser.press("Tags").await;
    browser.press("Fair in May").await;
    browser.see("12 contacts with the tag Fair in May").await;
    assert!(browser.axe().await.is_empty(), "{:?}", browser.axe().await);
    browser.open("/contacts?sort=name").await;
    browser.open("/tags").await;
    browser.see("12 people").await;
    assert!(browser.complaints().await.is_empty());
}
