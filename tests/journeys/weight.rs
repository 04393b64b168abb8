//! How much a visit weighs over the wire (quality.md: 120 kB and 6 requests at first, then 15 kB and one).

use serde_json::Value;

use crate::browser_of;
use crate::support::App;

/// Bytes and requests of the page that is open.
async fn weight(browser: &crate::Browser) -> (i64, i64) {
    let script =
        "const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
        const fetched = all.filter(e => e.transferSize > 0);
        return [fetched.reduce((sum, e) => sum + e.transferSize, 0), fetched.length]";
    let both = browser.client.execute(script, vec![]).await.unwrap();
    let number = |i: usize| both.get(i).and_then(Value::as_i64).unwrap();
    (number(0), number(1))
}

#[tokio::test]
async fn a_first_visit_is_light_and_the_next_page_lighter() {
    let app = App::start().await;
    for name in ["Orbital Works", "Bridgepoint", "Northlight Labs", "Harbour Analytics", "Fern & Field"] {
        app.alice.company(name).await;
    }
    let browser = browser_of(&app, &app.alice).await;
    browser.open("/").await;
    browser.see("This week").await;
    let (bytes, requests) = weight(&browser).await;
    assert!(bytes > 20_000 && bytes <= 120_000 && requests <= 6, "first visit: {bytes} bytes in {requests} requests");
    browser.press("Companies").await;
    browser.see("5 target companies").await;
    let (bytes, requests) = weight(&browser).await;
    assert!(bytes > 500 && bytes <= 15_000 && requests <= 1, "next page: {bytes} bytes in {requests} requests");
}
