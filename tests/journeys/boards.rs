//! Both boards, moved on in all three ways: by dragging, by < and >, and by buttons.

use serde_json::json;

use crate::support::App;
use crate::{Browser, browser_of};

/// Drags a card over a column and lets it go there. Whether the column would have it.
const DRAG: &str = "const [card, column] = arguments[0].map(css => document.querySelector(css));
    const data = new DataTransfer();
    const fire = (at, type) => at.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
    fire(card, 'dragstart');
    const taken = card.draggable && !fire(column, 'dragover') && 'over' in column.dataset;
    fire(column, 'drop');
    fire(card, 'dragend');
    return taken && !('over' in column.dataset)";

async fn drag(browser: &Browser, card: &str, column: &str) -> bool {
    let at = json!([format!("#{card}"), format!("[data-column={column}]")]);
    browser.client.execute(DRAG, vec![at]).await.unwrap() == json!(true)
}

/// Waits until the card stands in that column, with the keyboard still on it, and sees that axe finds nothing.
async fn stands(browser: &Browser, card: &str, column: &str) {
    let there = "const [card, column] = arguments[0];
        return !!document.querySelector(`[data-column=${column}] #${card}`)";
    assert!(browser.until(there, json!([card, column])).await, "{card} does not come to {column}");
    let kept = "return !!document.activeElement.closest('#' + arguments[0])";
    assert!(browser.until(kept, json!(card)).await, "the keyboard lost the card on its way to {column}");
    assert_eq!(browser.axe().await, Vec::<String>::new(), "{column}");
}

/// Presses a key where the keyboard is.
async fn key(browser: &Browser, key: &str) {
    browser.client.active_element().await.unwrap().send_keys(key).await.unwrap();
}

#[tokio::test]
async fn openings_move_by_dragging_by_keys_and_by_buttons() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    let company = rows.company("Acme").await;
    let card = format!("card-{}", rows.opening(company, "Data analyst").await);
    rows.opening(company, "Data engineer").await;
    let browser = browser_of(&app, &app.alice).await;
    browser.listen_for_complaints().await;
    browser.open("/openings?view=board").await;
    browser.see("Data engineer").await;

    assert!(drag(&browser, &card, "applied").await);
    stands(&browser, &card, "applied").await;
    key(&browser, ">").await;
    stands(&browser, &card, "screening").await;
    key(&browser, "<").await;
    stands(&browser, &card, "applied").await;
    browser.press("Move Data analyst").await;
    browser.press("Interviewing").await;
    stands(&browser, &card, "interviewing").await;
    browser.picture("board-openings").await;
    assert!(!drag(&browser, &card, "interviewing").await, "it is there already");
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn referrals_move_by_dragging_by_keys_and_by_buttons() {
    let app = App::start().await;
    let rows = app.rows(&app.alice);
    let company = rows.company("Acme").await;
    let opening = rows.opening(company, "Data analyst").await;
    let mut cards = Vec::new();
    for name in ["Grace Hopper", "Alan Turing"] {
        let contact = rows.contact(name, Some(company)).await;
        let page = app.alice.get(&format!("/referrals/new?contact={contact}&opening={opening}")).await.page();
        let to = page.form_to("/referrals").submit(&app.alice).await.to();
        cards.push(format!("card-{}", to.trim_start_matches("/referrals/")));
    }
    let [grace, alan] = [&cards[0], &cards[1]];
    let browser = browser_of(&app, &app.alice).await;
    browser.listen_for_complaints().await;
    browser.open("/referrals").await;
    browser.see("Grace Hopper").await;

    assert!(drag(&browser, grace, "asked").await);
    stands(&browser, grace, "asked").await;
    assert!(!drag(&browser, grace, "made").await, "nobody refers before they agreed");
    // Four ways lead on: the menu opens, with the keyboard on the first of them.
    key(&browser, ">").await;
    let opened = "return document.activeElement.textContent === arguments[0]";
    assert!(browser.until(opened, json!("Agreed: Referral link")).await);
    assert_eq!(browser.axe().await, Vec::<String>::new(), "with the menu open");
    key(&browser, "\u{e007}").await;
    stands(&browser, grace, "agreed").await;
    browser.press("Made: Grace Hopper").await;
    stands(&browser, grace, "made").await;
    browser.press("Move the referral by Grace Hopper").await;
    browser.press("Outcome: Interview").await;
    stands(&browser, grace, "outcome").await;
    key(&browser, "<").await;
    stands(&browser, grace, "made").await;
    assert!(drag(&browser, alan, "asked").await, "the other card moves as well");
    stands(&browser, alan, "asked").await;
    browser.picture("board-referrals").await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}
