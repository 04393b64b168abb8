//! The pictures of README and of docs: of the demo account, on its day, always the same. `bin/pictures` draws them anew.

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
