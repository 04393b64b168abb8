//! Light or dark: each person's own choice.

use crate::support::{App, Form, Person};

async fn profile(person: &Person) -> Form {
    person.get("/settings/profile").await.is(200).page().form_to("/settings/profile")
}

#[tokio::test]
async fn a_theme_is_its_persons_own() {
    let app = App::start().await;
    let is_shown = async |person: &Person, theme: &str, schemes: &str| {
        let page = person.get("/").await.is(200).page();
        let mark = format!("html[data-theme='{theme}']");
        assert!(page.has(&mark) && page.has(&format!("meta[name='color-scheme'][content='{schemes}']")), "{theme}");
    };
    is_shown(&app.alice, "system", "light dark").await;
    let chosen = profile(&app.alice).await;
    chosen.clone().set("theme", "dark").submit(&app.alice).await.to();
    is_shown(&app.alice, "dark", "dark").await;
    is_shown(&app.bob, "system", "light dark").await;
    let wrong = profile(&app.alice).await.set("theme", "pink").submit(&app.alice).await;
    assert_eq!(wrong.is(422).page().error_of("Theme"), "Choose one from the list");
    // Chosen in two tabs, both are shown.
    let page = chosen.set("theme", "light").submit(&app.alice).await.is(409).page();
    assert!(page.says("Dark") && page.says("Light"));
}
