//! What people and programs make of addresses: values left empty, said twice, or broken.

use crate::support::App;

#[tokio::test]
async fn what_is_empty_or_said_twice_in_an_address_is_taken_as_meant() {
    let app = App::start().await;
    app.fill(&app.alice).await;
    for path in [
        "/contacts?company=&after=&before=&q=&show=&sort=",
        "/contacts?q=a&q=b",
        "/contacts/new?company=",
        "/companies?after=&before=",
        "/companies?after=nonsense",
        "/contacts?before=nonsense",
        "/interviews?after=",
        "/interviews/new?contact=",
        "/openings?after=",
        "/openings/new?company=",
        "/referrals?after=",
        "/referrals/new?contact=",
        "/introductions?after=&before=nonsense",
        "/introductions/new?contact=",
        "/contacts/in-touch?after=",
        "/insights?after=",
        "/library?q=",
        "/progress?from=&to=",
    ] {
        let answer = app.alice.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
    }
    let refused = app.alice.get("/contacts?company=Acme").await.is(400);
    assert!(refused.body.contains("Something in this address cannot be read") && !refused.body.contains("UUID"));
}

#[tokio::test]
async fn a_form_from_before_an_update_is_led_on_with_what_it_says() {
    let app = App::start().await;
    app.alice.post("/review/ends", &[]).await.to();
    let before = app.alice.post("/review/reopenings?back=%2F", &[]).await.is(308);
    assert_eq!(before.header("location"), "/review/ends/undos?back=%2F");
    app.alice.post(before.header("location"), &[]).await.to();
    app.alice.post("/review/beginnings", &[]).await.is(404);
}
