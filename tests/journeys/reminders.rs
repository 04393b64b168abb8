//! From the settings to the daily mail, and from its link to done, and undone on Today.

use crate::support::{App, Sink};
use crate::{browser_of, visitor};

#[tokio::test]
async fn a_line_of_the_daily_mail_is_done_with_one_press_and_undone_on_today() {
    let sink = Sink::start().await;
    let app = App::start_with(|settings| sink.set_up(settings)).await;
    app.confirm_address(&app.alice).await;
    let form = app.alice.get("/contacts/new").await.page().form_to("/contacts");
    form.fill("Name", "Grace Hopper").tick("Pick for this week").submit(&app.alice).await.to();

    let browser = browser_of(&app, &app.alice).await;
    browser.listen_for_complaints().await;
    browser.open("/settings/profile").await;
    browser.press("Reminders").await;
    browser.see("What comes, and when").await;
    assert!(browser.axe().await.is_empty(), "{:?}", browser.axe().await);
    browser.picture("reminders").await;
    browser.choose("What's due today", "At 08:00").await;
    browser.press("Save").await;
    browser.see("Saved.").await;

    app.clock.set("2026-11-25T08:00:00Z".parse().unwrap());
    assert_eq!(app.remind().await, 1);
    app.send_mail().await;
    let plain = sink.one().plain();
    let link = plain.lines().find_map(|line| line.trim().strip_prefix("Done: ")).unwrap();
    let path = link.split_once("/reminders/").map(|(_, rest)| format!("/reminders/{rest}")).unwrap();

    // On a phone on which nobody is logged in, it shows what it will do.
    let phone = visitor(&app).await;
    phone.size(390, 844).await;
    phone.open(&path).await;
    phone.see("This marks as done: Send a request to Grace Hopper.").await;
    assert!(phone.axe().await.is_empty(), "{:?}", phone.axe().await);
    assert!(phone.overflow().await <= 0);
    phone.picture("reminder-link-390").await;

    browser.open(&path).await;
    browser.press("Mark as done").await;
    browser.see("Done: Send a request to Grace Hopper.").await;
    assert_eq!(browser.path().await, "/");
    phone.press("Mark as done").await;
    phone.see("Nothing was changed").await;
    browser.press("Undo").await;
    browser.see("One thing today").await;
    assert!(browser.complaints().await.is_empty(), "{:?}", browser.complaints().await);
}
