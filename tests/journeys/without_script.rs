//! Everything works without JavaScript.

use serde_json::json;

use crate::browser::DevTools;
use crate::browser_of;
use crate::support::App;

#[tokio::test]
async fn a_list_is_pasted_and_rated_without_a_script() {
    let app = App::start().await;
    let browser = browser_of(&app, &app.alice).await;
    browser.client.issue_cmd(DevTools("Emulation.setScriptExecutionDisabled", json!({ "value": true }))).await.unwrap();
    browser.open("/companies/new").await;
    browser.fill("Companies", "# Near home\nOrbital Works\nBridgepoint\norbital works").await;
    browser.press("Add").await;
    browser.see("2 of 3 will be added").await;
    browser.open("/companies").await;
    browser.open("/companies/new").await;
    browser.see("2 of 3 will be added").await;
    browser.press("Add 2 companies").await;
    browser.see("2 target companies").await;
    browser.press("3 of 5").await;
    browser.see("2 target companies").await;
    // The page before says the same: what was pressed may still be on its way.
    let rated = async || -> i16 {
        sqlx::query_scalar("select max(motivation) from companies").fetch_one(&app.db).await.unwrap()
    };
    for _ in 0..100 {
        if rated().await == 3 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("rated {}", rated().await);
}
