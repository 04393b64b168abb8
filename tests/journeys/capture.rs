//! Capturing from elsewhere: shared to the installed app, with a network or without, and by the bookmark.

use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};

use crate::browser::{Browser, DevTools};
use crate::network::Network;
use crate::piped::Piped;
use crate::support::{App, Person};

const PROFILE: &str = "https://www.linkedin.com/in/grace-hopper";

async fn told(browser: &Browser, command: impl WebDriverCompatibleCommand + Send + 'static) -> Value {
    browser.client.issue_cmd(command).await.unwrap()
}

/// A browser that reaches the program by a network, with the worker in place, and a person signed in on it.
async fn online(app: &App, person: &Person) -> (Network, Browser) {
    let network = Network::to(app.address).await;
    let browser = Browser::start(network.base.clone()).await;
    sign_in(&browser, person).await;
    browser.listen_for_complaints().await;
    browser.open("/").await;
    met(&browser, person).await;
    (network, browser)
}

async fn sign_in(browser: &Browser, person: &Person) {
    browser.cookie("inroad", &person.token().unwrap()).await;
}

/// Waits until the worker has its shell and knows who is signed in.
async fn met(browser: &Browser, person: &Person) {
    let script = "return (async () => {
        const { active } = await navigator.serviceWorker.ready
        if (active.state !== 'activated') return false
        const db = await new Promise((done, fail) => {
            const asked = indexedDB.open('inroad', 1)
            asked.onupgradeneeded = () => asked.transaction.abort()
            asked.onsuccess = () => done(asked.result)
            asked.onerror = () => fail(asked.error)
        })
        const asked = db.transaction('account').objectStore('account').get('id')
        const id = await new Promise(done => { asked.onsuccess = () => done(asked.result) })
        db.close()
        return id === arguments[0]
    })()";
    assert!(browser.until(script, json!(person.id.to_string())).await, "the worker knows {}", person.name);
}

/// How many captures this person has on the server.
async fn kept(app: &App, person: &Person) -> i64 {
    let sql = "select count(*) from captures where user_id = $1";
    sqlx::query_scalar(sql).bind(person.id).fetch_one(&app.db).await.unwrap()
}

async fn sent(app: &App, person: &Person, count: i64) {
    for _ in 0..200 {
        if kept(app, person).await == count {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{} of {count} captures came", kept(app, person).await);
}

/// What still waits in the browser, whoever's it is.
async fn left_in(browser: &Browser) -> i64 {
    let script = "const done = arguments[arguments.length - 1], asked = indexedDB.open('inroad', 1)
        asked.onsuccess = () => {
            const all = asked.result.transaction('captures').objectStore('captures').count()
            all.onsuccess = () => { asked.result.close(); done(all.result) }
        }";
    browser.client.execute_async(script, vec![]).await.unwrap().as_i64().unwrap()
}

fn shared(fields: &[(&str, &str)]) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    format!("/capture?{query}")
}

#[tokio::test]
async fn the_installed_app_takes_what_is_shared() {
    let app = App::start().await;
    let (_network, browser) = online(&app, &app.alice).await;
    browser.open("/guide/capture").await;
    let manifest = told(&browser, DevTools("Page.getAppManifest", json!({}))).await;
    assert_eq!(manifest["errors"], json!([]), "{manifest}");
    let target = &serde_json::from_str::<Value>(manifest["data"].as_str().unwrap()).unwrap()["share_target"];
    let installing = told(&browser, DevTools("Page.getInstallabilityErrors", json!({}))).await;
    let problems: Vec<&Value> = installing["installabilityErrors"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|problem| problem["errorId"] != "in-incognito")
        .collect();
    assert!(problems.is_empty(), "{problems:?}");
    // As the system does it: the address of the target, with what was shared under the names it gives. Android has no address.
    let name = |part: &str| target["params"][part].as_str().unwrap();
    let fields = [
        (name("title"), "Grace Hopper - Rear Admiral - US Navy | LinkedIn"),
        (name("text"), &*format!("Have a look {PROFILE}")),
    ];
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    browser.open(&format!("{}?{query}", target["action"].as_str().unwrap())).await;
    browser.see("This is what I read").await;
    assert_eq!(browser.axe().await, Vec::<String>::new());
    browser.press("Add").await;
    browser.see("Added Grace Hopper.").await;
    let row: (String, String, String) =
        sqlx::query_as("select job_title, employer, notes from contacts where profile_key = '/in/grace-hopper'")
            .fetch_one(&app.db)
            .await
            .unwrap();
    assert_eq!(row, ("Rear Admiral".into(), "US Navy".into(), "Have a look".into()));
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_captured_without_a_network_is_sent_when_there_is_one() {
    let app = App::start().await;
    let (network, browser) = online(&app, &app.alice).await;
    browser.open("/contacts").await;
    network.cut();
    browser.open(&shared(&[("title", "Grace Hopper | LinkedIn"), ("text", PROFILE)])).await;
    browser.see("Inroad cannot be reached").await;
    browser.see("Waits to be sent").await;
    browser.see("Grace Hopper | LinkedIn").await;
    browser.picture("capture-offline").await;
    for scheme in ["light", "dark"] {
        browser.scheme(scheme).await;
        assert_eq!(browser.axe().await, Vec::<String>::new());
    }
    browser.size(320, 700).await;
    assert!(browser.overflow().await <= 0);
    browser.fill("Who is it?", "Ada King, met at the fair").await;
    browser.press("Keep it").await;
    browser.see("Ada King, met at the fair").await;
    browser.client.refresh().await.unwrap();
    browser.see("Ada King, met at the fair").await;
    assert_eq!((left_in(&browser).await, kept(&app, &app.alice).await), (2, 0), "kept once each");
    // Thrown away, and taken back.
    browser.press("Throw away").await;
    browser.see("Thrown away.").await;
    assert_eq!(left_in(&browser).await, 1);
    browser.press("Undo").await;
    assert!(browser.until("return !document.body.innerText.includes('Thrown away.')", json!(null)).await);
    assert_eq!(left_in(&browser).await, 2);
    network.mend();
    browser.press("Open Inroad").await;
    sent(&app, &app.alice, 2).await;
    browser.open("/capture").await;
    browser.see("Captured earlier").await;
    browser.press("Ada King, met at the fair").await;
    browser.see("This is what I read").await;
    assert_eq!(left_in(&browser).await, 0);
    let in_caches = "const done = arguments[arguments.length - 1];
        (async () => {
            const names = []
            for (const name of await caches.keys())
                for (const { url } of await (await caches.open(name)).keys()) names.push(new URL(url).pathname)
            done(names.filter(name => name !== '/offline' && !name.startsWith('/static/')))
        })()";
    let stray = browser.client.execute_async(in_caches, vec![]).await.unwrap();
    assert_eq!(stray, json!([]), "no page with data is kept");
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_typed_while_the_network_goes_is_kept() {
    let app = App::start().await;
    let (network, browser) = online(&app, &app.alice).await;
    browser.open("/capture").await;
    browser.see("Paste what you have").await;
    assert_eq!(browser.axe().await, Vec::<String>::new());
    network.cut();
    browser.fill("Paste it here", "Grace Hopper, Rear Admiral at US Navy").await;
    browser.press("Read it").await;
    browser.see("Waits to be sent").await;
    assert_eq!(kept(&app, &app.alice).await, 0);
    network.mend();
    // The page sends it, and the next one lists it.
    browser.open("/capture").await;
    sent(&app, &app.alice, 1).await;
    browser.open("/capture").await;
    browser.see("Captured earlier").await;
    browser.fill("Paste it here", "Ada King, PhD, CTO at Acme").await;
    browser.press("Read it").await;
    browser.see("This is what I read").await;
    assert!(browser.path().await.starts_with("/captures/"));
    browser.open("/capture").await;
    browser.fill("Paste it here", &"x".repeat(20_001)).await;
    browser.press("Read it").await;
    browser.see("At most 20000 characters").await;
    assert_eq!(left_in(&browser).await, 0, "what the server says is wrong is corrected on the page");
}

#[tokio::test]
async fn what_waits_is_its_accounts_alone_and_goes_with_logging_out() {
    let app = App::start().await;
    let (network, browser) = online(&app, &app.alice).await;
    network.cut();
    browser.open(&shared(&[("text", "Grace Hopper")])).await;
    browser.see("Waits to be sent").await;
    // Somebody else on the same browser neither sees it nor gets it.
    sign_in(&browser, &app.charlie).await;
    network.mend();
    browser.open("/capture").await;
    met(&browser, &app.charlie).await;
    browser.open("/capture").await;
    assert!(!browser.text().await.contains("Grace Hopper"));
    assert_eq!((kept(&app, &app.charlie).await, kept(&app, &app.alice).await, left_in(&browser).await), (0, 0, 1));
    sign_in(&browser, &app.alice).await;
    browser.open("/capture").await;
    sent(&app, &app.alice, 1).await;
    // What the server does not take stays, with the reason, until its account logs out.
    let refused = "const done = arguments[arguments.length - 1], asked = indexedDB.open('inroad', 1)
        asked.onsuccess = () => {
            const all = asked.result.transaction('captures', 'readwrite').objectStore('captures')
            const one = { title: '', text: 'Too long', url: '', at: 1, refused: 'At most 20000 characters' }
            all.put({ ...one, id: 'a', account: arguments[0] })
            all.put({ ...one, id: 'b', account: arguments[1] }).onsuccess = () => { asked.result.close(); done() }
        }";
    let accounts = [&app.alice, &app.charlie].map(|person| json!(person.id.to_string()));
    browser.client.execute_async(refused, accounts.to_vec()).await.unwrap();
    browser.open("/capture").await;
    browser.see("Not sent: At most 20000 characters").await;
    assert_eq!(browser.axe().await, Vec::<String>::new());
    browser.press("Log out").await;
    browser.see("You are logged out").await;
    assert!(browser.until("return location.pathname === '/login'", json!(null)).await);
    assert_eq!(left_in(&browser).await, 1, "that of the other account");
    network.cut();
    browser.open(&shared(&[("text", "Nobody's")])).await;
    browser.see("Log in once while there is a network").await;
    assert_eq!(left_in(&browser).await, 1, "nothing is kept for nobody");
}

#[tokio::test]
async fn the_bookmark_opens_the_form_signed_in_from_another_site() {
    let app = App::start().await;
    let browser = crate::browser_of(&app, &app.alice).await;
    let page = app.alice.get("/guide/capture").await.page();
    let code = page.link("Add to Inroad").trim_start_matches("javascript:").to_owned();
    browser.open("/guide/capture").await;
    for scheme in ["light", "dark"] {
        browser.scheme(scheme).await;
        assert_eq!(browser.axe().await, Vec::<String>::new());
    }
    // Another site by its name, whose pages know nothing of the session.
    let elsewhere = format!("http://localhost:{}/login", app.address.port());
    browser.client.goto(&elsewhere).await.unwrap();
    let prepare = "document.title = 'Grace Hopper - Rear Admiral | LinkedIn'
        document.querySelector('h1').textContent = 'We met at the fair'
        getSelection().selectAllChildren(document.querySelector('h1'))";
    browser.client.execute(prepare, vec![]).await.unwrap();
    browser.client.execute(&code, vec![]).await.unwrap();
    for _ in 0..100 {
        for window in browser.client.windows().await.unwrap() {
            browser.client.switch_to_window(window).await.unwrap();
            if browser.path().await == "/capture" {
                browser.see("This is what I read").await;
                let read = "return ['name', 'job_title', 'notes', 'profile'].map(id => document.getElementById('f-' + id).value)";
                let read = browser.client.execute(read, vec![]).await.unwrap();
                assert_eq!(read, json!(["Grace Hopper", "Rear Admiral", "We met at the fair", elsewhere]));
                assert_eq!(kept(&app, &app.alice).await, 0, "opening it changes nothing");
                return;
            }
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("no window has the form");
}

/// With no page open: the browser wakes the worker once there is a network.
#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_sent_by_the_browser_itself_where_it_can() {
    let app = App::start().await;
    let network = Network::to(app.address).await;
    let (base, token, account) = (network.base.clone(), app.alice.token().unwrap(), app.alice.id.to_string());
    let walk = move || {
        let mut browser = Piped::start();
        let cookie = json!({ "name": "inroad", "value": token, "url": base, "httpOnly": true, "sameSite": "Lax" });
        browser.ask(None, "Storage.setCookies", &json!({ "cookies": [cookie] }));
        let (_, watch) = browser.open("about:blank#");
        let (page, session) = browser.open(&base);
        browser.until(&session, "navigator.serviceWorker.ready.then(({ active }) => active.state === 'activated')");
        let known = format!(
            "indexedDB.databases().then(all => all.length > 0 && new Promise(done => {{
                const asked = indexedDB.open('inroad', 1)
                asked.onsuccess = () => {{
                    const id = asked.result.transaction('account').objectStore('account').get('id')
                    id.onsuccess = () => {{ asked.result.close(); done(id.result === '{account}') }}
                }}
            }}))"
        );
        browser.until(&session, &known);
        network.cut();
        let go = json!({ "url": format!("{base}/capture?title=Grace+Hopper+%7C+LinkedIn") });
        browser.ask(Some(&session), "Page.navigate", &go);
        browser.until(&session, "document.body.innerText.includes('Waits to be sent')");
        browser.ask(None, "Target.closeTarget", &json!({ "targetId": page }));
        network.mend();
        browser.ask(Some(&watch), "ServiceWorker.enable", &json!({}));
        let scope = format!("{base}/");
        let of_ours = |registration: &&Value| registration["scopeURL"] == scope.as_str();
        let find = |told: &Value| told["registrations"].as_array().unwrap().iter().find(of_ours).cloned();
        let told = browser.event("ServiceWorker.workerRegistrationUpdated", |told| find(told).is_some());
        let id = find(&told).unwrap()["registrationId"].clone();
        let wake = json!({ "origin": base, "registrationId": id, "tag": "captures", "lastChance": false });
        browser.ask(Some(&watch), "ServiceWorker.dispatchSyncEvent", &wake);
        browser
    };
    let browser = tokio::task::spawn_blocking(walk).await.unwrap();
    sent(&app, &app.alice, 1).await;
    drop(browser);
}
