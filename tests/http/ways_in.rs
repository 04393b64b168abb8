//! The next step where someone can introduce the user: on the card and on Today.

use crate::support::App;

#[tokio::test]
async fn a_noted_introduction_is_the_step_on_the_card_until_they_would_rather_not() {
    let app = App::start().await;
    let company = app.alice.company("Acme").await;
    let rows = app.rows(&app.alice);
    let (mary, annie) = (rows.contact("Mary Jackson", None).await, rows.contact("Annie Easley", None).await);
    let kate = rows.contact("Kate Miller", Some(company)).await;
    let card = format!("/contacts/{kate}");
    app.alice.post(&format!("{card}/touchpoints"), &[("kind", "picked")]).await.to();
    let show = async |path: &str| app.alice.get(path).await.is(200).page();
    assert_eq!(show(&card).await.text("#next"), "Next: send a connection request");

    let form = show(&format!("/introductions/new?introducer={mary}&introduced={kate}")).await.form_to("/introductions");
    let path = form.press("Add, and see the message", &app.alice).await.to();
    let page = show(&card).await;
    assert_eq!(page.text("#next"), "Next: ask Mary Jackson to introduce you");
    assert_eq!(page.link("Ask Mary Jackson"), path, "where the message is");
    assert!(page.says("Mary Jackson can introduce you. Ask for that first, or write to them yourself."));
    assert!(page.has("textarea#message"), "the other way is to write to them");
    assert!(show("/").await.says("Ask for an introduction: Mary Jackson"));

    let introduced_by = async |by| {
        sqlx::query("update contacts set introduced_by = $2 where id = $1")
            .bind(kate)
            .bind(by)
            .execute(&app.db)
            .await
            .unwrap();
    };
    introduced_by(annie).await;
    assert_eq!(show(&card).await.link("Ask Mary Jackson"), path, "what is on the list comes before what is only known");
    let form = show(&path).await.form_to(&format!("{path}/declines"));
    form.press("They said no", &app.alice).await.to();
    app.alice.post(&format!("{card}/touchpoints"), &[("kind", "picked")]).await.to();
    assert_eq!(show(&card).await.text("#next"), "Next: ask Annie Easley to introduce you");
    introduced_by(mary).await;
    assert_eq!(
        show(&card).await.text("#next"),
        "Next: send a connection request",
        "whoever would rather not is asked no more"
    );
    let today = show("/").await;
    assert!(today.says("Send a request to Kate Miller"), "{}", today.text("main"));
}
