//! The browser's extension, pressed on a page as a person would.

use std::path::PathBuf;

use serde_json::json;

use crate::piped::Piped;
use crate::support::App;

#[tokio::test(flavor = "multi_thread")]
async fn pressed_on_a_page_the_extension_opens_the_form_with_its_address_and_title() {
    let app = App::start().await;
    let base = format!("http://{}", app.address);
    // A page of another site, which grants nobody anything.
    let elsewhere = format!("http://localhost:{}/login", app.address.port());
    let token = app.alice.token().unwrap();
    let walk = move || {
        let mut browser = Piped::start();
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("extension");
        let extension = browser.ask(None, "Extensions.loadUnpacked", &json!({ "path": folder }))["id"].clone();
        let extension = extension.as_str().unwrap();
        let cookie = json!({ "name": "inroad", "value": token, "url": base, "httpOnly": true, "sameSite": "Lax" });
        browser.ask(None, "Storage.setCookies", &json!({ "cookies": [cookie] }));
        let (page, session) = browser.open(&elsewhere);
        browser.evaluate(&session, "document.title = 'Grace Hopper - Rear Admiral - US Navy | LinkedIn'");

        // The first press asks where Inroad is.
        browser.press(extension, &elsewhere);
        let (_, options) = browser.page(&format!("chrome-extension://{extension}/options.html"));
        let attach = json!({ "targetId": options, "flatten": true });
        let options = browser.ask(None, "Target.attachToTarget", &attach)["sessionId"].as_str().unwrap().to_owned();
        browser.until(&options, "document.readyState === 'complete' && document.getElementById('address') !== null");
        let type_in = |text: &str| {
            let text = json!(text);
            format!(
                "document.getElementById('address').value = {text}; document.querySelector('button').click(); said.textContent"
            )
        };
        assert_eq!(
            browser.evaluate(&options, &type_in("javascript:alert(1)")),
            "Enter an address like https://inroad.example"
        );
        assert_eq!(browser.evaluate(&options, &type_in(&format!("{base}/contacts"))), "Saved.");

        browser.ask(None, "Target.activateTarget", &json!({ "targetId": page }));
        browser.press(extension, &elsewhere);
        let (_, form) = browser.page(&format!("{base}/capture?"));
        let attach = json!({ "targetId": form, "flatten": true });
        let form = browser.ask(None, "Target.attachToTarget", &attach)["sessionId"].as_str().unwrap().to_owned();
        browser.until(&form, "document.getElementById('f-name') !== null");
        let read = "['name', 'job_title', 'company', 'profile'].map(id => document.getElementById('f-' + id).value)";
        assert_eq!(browser.evaluate(&form, read), json!(["Grace Hopper", "Rear Admiral", "US Navy", elsewhere]));
    };
    tokio::task::spawn_blocking(walk).await.unwrap();
}
