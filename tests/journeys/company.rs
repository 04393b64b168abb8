//! A company's page says each thing once, however many people are there.

use serde_json::json;

use crate::browser_of;
use crate::support::App;

#[tokio::test]
async fn sixty_four_people_stand_on_the_page_once_each_ten_at_a_time() {
    let app = App::start().await;
    app.alice.post("/settings/search", &[("target_roles", "Data analyst"), ("schools", "University of London")]).await;
    let company = app.alice.company("Orbit").await;
    let rows = app.rows(&app.alice);
    let elsewhere = rows.contact("Grace Hopper", None).await;
    let mut there = Vec::new();
    for n in 0..64 {
        there.push(rows.contact(&format!("Person {n:02}"), Some(company)).await);
    }
    for introducer in [elsewhere, there[1]] {
        let fields = [("introducer", introducer.to_string()), ("introduced", there[0].to_string())];
        let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
        app.alice.post("/introductions", &fields).await.to();
    }
    let browser = browser_of(&app, &app.alice).await;
    browser.size(1280, 800).await;
    browser.open(&format!("/companies/{company}")).await;
    browser.see("All 64").await;
    browser.picture("company").await;
    let told = "
        const links = [...document.querySelectorAll('main .rows a[href^=\"/contacts/\"] b')].map(name => name.textContent);
        const bottom = column => Math.max(0, ...[...column.children].map(card => card.getBoundingClientRect().bottom));
        const [left, right] = [...document.querySelector('.cols').children].map(bottom);
        return {
            people: document.querySelectorAll('#people > li').length,
            twice: links.filter((name, at) => links.indexOf(name) !== at),
            first: Math.round(document.querySelector('#people > li').getBoundingClientRect().bottom),
            buttons: Math.max(...[...document.querySelectorAll('#people > li')].map(row => row.querySelectorAll('.btn').length)),
            strays: [...document.querySelectorAll('main a[target=_blank]')]
                .filter(link => /linkedin|google|bing|duckduckgo/.test(link.host) && !link.closest('table')).length,
            searches: document.querySelectorAll('.searches a').length,
            longer: Math.round(right - left),
        }";
    let told = browser.client.execute(told, vec![]).await.unwrap();
    let number = |name: &str| told[name].as_i64().unwrap();
    assert_eq!((number("people"), number("buttons"), number("strays")), (10, 1, 0), "{told}");
    assert_eq!(told["twice"], json!([]), "{told}");
    assert!(number("first") <= 400 && number("searches") >= 4 && number("longer") <= 100, "{told}");
    // What the company is worth is changed where it stands.
    let choose = "const posting = document.querySelector('#f-posting'); posting.value = '2';
        posting.dispatchEvent(new Event('change', { bubbles: true }))";
    browser.client.execute(choose, vec![]).await.unwrap();
    // The page is drawn anew once it is kept; what is pressed before is gone with the old one.
    browser.see("Orbit: ").await;
    let kept: i16 = sqlx::query_scalar("select posting from companies where id = $1")
        .bind(company)
        .fetch_one(&app.db)
        .await
        .unwrap();
    assert_eq!(kept, 2_i16);
    browser.press("Active").await;
    browser.choose("Status", "Paused").await;
    browser.press("Save").await;
    browser.see("Orbit is paused now").await;
    browser.size(390, 844).await;
    assert_eq!(browser.overflow().await, 0);
    assert_eq!(browser.axe().await, Vec::<String>::new());
}
