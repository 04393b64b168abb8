//! A referral from the ask to being hired, in each of the four ways it works.

use jiff::SignedDuration;
use serde_json::json;

use crate::support::App;
use crate::{Browser, browser_of};

/// Waits until the message of the next step says so.
async fn message_says(browser: &Browser, words: &str) {
    let says = "return !!document.querySelector('#message')?.value.includes(arguments[0])";
    assert!(browser.until(says, json!(words)).await, "no message says {words:?}:\n{}", browser.text().await);
}

async fn no_findings(browser: &Browser, at: &str) {
    assert_eq!(browser.axe().await, Vec::<String>::new(), "{at}");
    browser.picture(&format!("referral-{at}")).await;
}

/// Ask, agreed in that way, both sides' tasks done, made, the opening moved to its end, and they hear of each move.
async fn from_ask_to_hired(way: &str, mine: &[&str], theirs: &str) {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    let company = rows.company("Acme").await;
    let grace = rows.contact("Grace Hopper", Some(company)).await;
    let opening = rows.opening(company, "Data analyst").await;
    let browser = browser_of(&app, &app.alice).await;
    browser.listen_for_complaints().await;

    browser.open(&format!("/referrals/new?contact={grace}&opening={opening}")).await;
    browser.press("Add, and see the message").await;
    browser.see("Why you fit").await;
    browser.fill("Why you fit, in three lines they can pass on", "- SQL: six years of it").await;
    browser.press("Put it into the message").await;
    message_says(&browser, "- SQL: six years of it").await;
    browser.fill("Message", "Would you refer me, or do you recommend I apply online?").await;
    browser.press("Mark as sent").await;
    browser.see("Remind them gently").await;
    let referral = browser.path().await;
    browser.press("They said yes").await;
    browser.tick(way).await;
    browser.press("They agreed").await;
    browser.see("Who does what by when").await;
    no_findings(&browser, "agreed").await;

    // A week on, all that was agreed is due.
    app.pass(SignedDuration::from_hours(7 * 24));
    browser.open("/").await;
    browser.see("Make it easy for").await;
    no_findings(&browser, "today").await;
    for task in mine.iter().chain([&theirs]) {
        let done = "const words = arguments[0] + '.', rows = [...document.querySelectorAll('li[data-row]')];
            const row = rows.find(row => row.querySelector('small')?.innerText === words);
            row?.querySelector('form[action$=\"/done-marks\"] button').click(); return !!row";
        assert!(browser.until(done, json!(task)).await, "{task:?} is not on Today:\n{}", browser.text().await);
        let gone = "return ![...document.querySelectorAll('li[data-row] small')].some(line => line.innerText === arguments[0] + '.')";
        assert!(browser.until(gone, json!(task)).await, "{task:?} stays on Today");
    }

    browser.open(&referral).await;
    browser.press("The referral is made").await;
    browser.see("What came of it?").await;
    tell_and_thank(&browser, &app, &referral, "Tell them and thank them").await;
    for (status, news) in [
        ("Applied", "My application is in."),
        ("Screening", "a first conversation is on its way"),
        ("Interviewing", "They have invited me to an interview."),
        ("Offer", "They have made me an offer."),
        ("Accepted", "They offered it to me, and I said yes."),
    ] {
        app.pass(SignedDuration::from_mins(1));
        browser.open(&format!("/openings/{opening}")).await;
        browser.press(status).await;
        browser.see("1 referrer is to hear it first").await;
        tell_and_thank(&browser, &app, &referral, news).await;
    }
    browser.open(&referral).await;
    let hired = "return document.querySelector('[aria-pressed=true]')?.textContent === arguments[0]";
    assert!(browser.until(hired, json!("Hired")).await, "{}", browser.text().await);
    browser.see("They know how it went.").await;
    no_findings(&browser, "hired").await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

/// The referrer is to be told and thanked on the next business day; it is done from the message, which says so.
async fn tell_and_thank(browser: &Browser, app: &App, referral: &str, words: &str) {
    browser.open(referral).await;
    browser.see("Tell them and thank them").await;
    if words != "Tell them and thank them" {
        message_says(browser, words).await;
    }
    app.pass(SignedDuration::from_mins(1));
    browser.press("Mark as sent").await;
    browser.see("Nothing to do now").await;
}

#[tokio::test]
async fn by_a_link() {
    let mine = [
        "Send the link to the role and the e-mail address to refer",
        "Apply through the referral link",
        "Tell them that the application is in",
    ];
    from_ask_to_hired("Referral link", &mine, "Send the referral link").await;
}

#[tokio::test]
async fn by_handing_in_the_resume() {
    let mine = [
        "Send the résumé and the role's link in one message",
        "Add three lines on why it fits, for them to pass on",
        "Ask whether to apply online as well",
    ];
    from_ask_to_hired("They hand in the résumé", &mine, "Hand in the résumé").await;
}

#[tokio::test]
async fn by_applying_while_they_speak_to_the_team() {
    let mine = ["Apply online", "Send them the role's link and the day of the application", "Ask how the team took it"];
    from_ask_to_hired("Apply online, and they speak to the team", &mine, "Speak to the team").await;
}

#[tokio::test]
async fn by_an_introduction_to_the_hiring_manager() {
    let mine = [
        "Send a short note on who I am that they can forward",
        "Answer the introduction the day it comes, and propose a time",
        "Tell them how the talk went",
    ];
    from_ask_to_hired("Introduction to the hiring manager", &mine, "Write the introduction to the hiring manager")
        .await;
}
