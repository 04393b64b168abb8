//! How much a visit weighs over the wire (quality.md: 120 kB and 6 requests at first, then 15 kB and one).

use serde_json::Value;

use crate::Browser;
use crate::network::Network;
use crate::support::App;

/// Requests of the page that is open.
async fn requests(browser: &Browser) -> i64 {
    let script =
        "const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
        const fetched = all.filter(e => e.transferSize > 0);
        return fetched.length";
    browser.client.execute(script, vec![]).await.unwrap().as_i64().unwrap()
}

#[tokio::test]
async fn a_first_visit_is_light_and_the_next_page_lighter() {
    let app = App::start().await;
    for name in ["Orbital Works", "Bridgepoint", "Northlight Labs", "Harbour Analytics", "Fern & Field"] {
        app.alice.company(name).await;
    }
    // Counted on the way: what a page gets by its worker, it takes for larger than it was.
    let network = Network::to(app.address).await;
    let browser = Browser::start(network.base.clone()).await;
    browser.cookie("inroad", &app.alice.token().unwrap()).await;
    browser.open("/").await;
    browser.see("This week").await;
    let is_installed = "return navigator.serviceWorker.ready.then(({ active }) => active.state === 'activated')";
    assert!(browser.until(is_installed, Value::Null).await);
    let (bytes, count) = (network.carried(), requests(&browser).await);
    assert!(bytes > 20_000 && bytes <= 120_000 && count <= 6, "first visit: {bytes} bytes in {count} requests");
    browser.press("Companies").await;
    browser.see("5 target companies").await;
    let (bytes, count) = (network.carried() - bytes, requests(&browser).await);
    assert!(bytes > 500 && bytes <= 15_000 && count <= 1, "next page: {bytes} bytes in {count} requests");
}
