//! Notices on a device: asked for by a press, shown by the worker, and gone with the login.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::browser_of;
use crate::piped::Piped;
use crate::support::App;
use crate::support::push::{PushService, Subscriber};

const SETTINGS: &str = "/settings/reminders";

/// No browser here reaches its maker's service: what that would answer is put in its place, and what the person would.
async fn answer(browser: &Browser, permission: &str, endpoint: &str, keys: &Subscriber) {
    let [_, (_, p256dh), (_, auth)] = keys.fields(endpoint);
    let script = "const [permission, endpoint, p256dh, auth] = arguments
        Notification.requestPermission = async () => permission
        PushManager.prototype.subscribe = async asked => {
            if (!asked.userVisibleOnly || asked.applicationServerKey.length < 80) throw Error('asked wrongly')
            return { toJSON: () => ({ endpoint, expirationTime: null, keys: { p256dh, auth } }) }
        }";
    let arguments = [permission, endpoint, &p256dh, &auth].map(|text| json!(text));
    browser.client.execute(script, arguments.to_vec()).await.unwrap();
}

#[tokio::test]
async fn a_device_is_added_by_a_press_tried_and_stopped() {
    let service = PushService::start().await;
    let app = App::start_with(|settings| service.set_up(settings)).await;
    let browser = browser_of(&app, &app.alice).await;
    let keys = Subscriber::new("desk");
    browser.listen_for_complaints().await;
    browser.open(SETTINGS).await;
    answer(&browser, "denied", "", &keys).await;
    browser.press("Notify this device").await;
    browser.see("Your browser blocks notices from Inroad.").await;

    answer(&browser, "granted", &service.endpoint("desk"), &keys).await;
    browser.press("Notify this device").await;
    browser.see("This device shows your notices now.").await;
    browser.see("no notice yet").await;
    for scheme in ["light", "dark"] {
        browser.scheme(scheme).await;
        assert_eq!(browser.axe().await, Vec::<String>::new(), "{scheme}");
        browser.picture(&format!("notices-{scheme}")).await;
    }
    browser.size(320, 700).await;
    assert!(browser.overflow().await <= 0);
    browser.picture("notices-320").await;
    browser.size(1280, 900).await;
    browser.press("Send a test").await;
    browser.see("A test notice is on its way.").await;
    assert_eq!(app.send_notices().await, 1);
    assert_eq!(keys.read(&service.one()).unwrap()["title"], "A test notice");
    browser.press("Stop").await;
    browser.see("No more notices come to that device.").await;
    assert!(browser.complaints().await.is_empty(), "{:?}", browser.complaints().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_worker_shows_what_comes_and_nothing_is_left_after_logging_out() {
    let app = App::start().await;
    let (base, token) = (format!("http://{}", app.address), app.alice.token().unwrap());
    let walk = move || {
        let mut browser = Piped::start();
        let cookie = json!({ "name": "inroad", "value": token, "url": base, "httpOnly": true, "sameSite": "Lax" });
        browser.ask(None, "Storage.setCookies", &json!({ "cookies": [cookie] }));
        browser.ask(None, "Browser.grantPermissions", &json!({ "origin": base, "permissions": ["notifications"] }));
        let (_, watch) = browser.open("about:blank#");
        let (_, session) = browser.open(&format!("{base}{SETTINGS}"));
        browser.until(&session, "navigator.serviceWorker.ready.then(({ active }) => active.state === 'activated')");
        browser.ask(Some(&watch), "ServiceWorker.enable", &json!({}));
        let scope = format!("{base}/");
        let of_ours = |registration: &&Value| registration["scopeURL"] == scope.as_str();
        let find = |told: &Value| told["registrations"].as_array().unwrap().iter().find(of_ours).cloned();
        let told = browser.event("ServiceWorker.workerRegistrationUpdated", |told| find(told).is_some());
        let id = find(&told).unwrap()["registrationId"].clone();
        let shown = "navigator.serviceWorker.ready.then(worker => worker.getNotifications()).then(all =>
            all.map(({ title, data }) => `${title} ${data}`).sort().join('; '))";
        let is = |what: &str| format!("{shown}.then(shown => shown === '{what}')");
        // The second takes the place of the first. Each is shown before the next comes: a browser keeps no order of its own.
        for (title, tag, all) in [
            ("Today: 2 things to do", "digest", "Today: 2 things to do /review"),
            ("Today: 3 things to do", "digest", "Today: 3 things to do /review"),
            ("A talk at 14:00", "talk", "A talk at 14:00 /review; Today: 3 things to do /review"),
        ] {
            let data = json!({ "title": title, "body": "", "address": "/review", "tag": tag }).to_string();
            let pushed = json!({ "origin": base, "registrationId": id, "data": data });
            browser.ask(Some(&watch), "ServiceWorker.deliverPushMessage", &pushed);
            browser.until(&session, &is(all));
        }
        browser.evaluate(&session, "document.querySelector('[data-logout] button').click()");
        browser.until(&session, "location.pathname === '/login'");
        browser.until(&session, &is(""));
    };
    tokio::task::spawn_blocking(walk).await.unwrap();
}
