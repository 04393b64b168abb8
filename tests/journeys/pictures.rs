//! The pictures of README and of the guide: of the demo account, on its day, always the same. `bin/pictures` draws them anew.

use crate::demo;
use crate::support::App;

#[tokio::test]
async fn what_readme_shows_is_there_to_be_shown() {
    let app = App::start().await;
    let (ada, browser) = demo(&app).await;
    let tony: uuid::Uuid =
        sqlx::query_scalar("select id from contacts where user_id = $1 and name = 'Tony Hoare' and deleted_at is null")
            .bind(ada.id)
            .fetch_one(&app.db)
            .await
            .unwrap();
    browser.scheme("light").await;
    browser.size(1280, 800).await;
    for (name, path, shown) in
        [("readme-today", "/".to_owned(), "Due today"), ("readme-contact", format!("/contacts/{tony}"), "Mark as sent")]
    {
        browser.open(&path).await;
        browser.see(shown).await;
        browser.picture(name).await;
    }
}

#[tokio::test]
async fn what_the_guide_shows_is_there_to_be_shown_in_both_schemes() {
    let app = App::start().await;
    let (ada, browser) = demo(&app).await;
    let one = |sql: &'static str| sqlx::query_scalar::<_, uuid::Uuid>(sql).bind(ada.id).fetch_one(&app.db);
    let tony =
        one("select id from contacts where user_id = $1 and name = 'Tony Hoare' and deleted_at is null").await.unwrap();
    let talk = one("select id from informational_interviews where user_id = $1 and status = 'scheduled' and deleted_at is null order by starts_at limit 1")
        .await
        .unwrap();
    browser.size(1000, 900).await;
    for scheme in ["light", "dark"] {
        browser.scheme(scheme).await;
        for (name, path, css) in [
            ("contact", format!("/contacts/{tony}"), "main .card.next"),
            ("live", format!("/interviews/{talk}/live"), "main .card.catch"),
        ] {
            browser.open(&path).await;
            browser.picture_of(css, &format!("guide-{name}-{scheme}")).await;
        }
    }
    browser.open("/guide").await;
    browser.see("The method in five steps").await;
    let loaded = "const all = [...document.querySelectorAll('main picture img')];
        all.forEach(one => one.loading = 'eager');
        return Promise.all(all.map(one => one.decode().then(() => one.naturalWidth)))";
    let widths = browser.client.execute(loaded, vec![]).await.unwrap();
    let widths: Vec<f64> = serde_json::from_value(widths).unwrap();
    assert!(widths.len() == 2 && widths.iter().all(|width| *width > 300.0), "{widths:?}");
}
