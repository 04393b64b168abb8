//! What a coach sees: everything there is, nothing that cannot be used, and always whose search it is.

use inroad::routes::{Verb, Who};
use serde::Deserialize;

use crate::browser_of;
use crate::support::App;
use crate::support::routes::{path_of, routes};

/// What is seen of a page, and what of it changes something.
#[derive(Debug, Deserialize)]
struct Seen {
    /// The addresses that visible buttons send forms to.
    forms: Vec<String>,
    /// The addresses that links lead to.
    links: Vec<String>,
    /// Whether it is said whose search it is, at the end of the page, too.
    banner: bool,
}

const LOOK: &str = "
    scrollTo(0, document.body.scrollHeight)
    const seen = item => item.checkVisibility() && item.getBoundingClientRect().height > 0
    const of = (marks, name) => [...document.querySelectorAll(marks)].filter(seen).map(item => item.getAttribute(name))
    const box = document.querySelector('.banner').getBoundingClientRect()
    return {
      forms: [...document.querySelectorAll('main form[method=post] button')].filter(seen)
        .map(button => button.getAttribute('formaction') || button.form.getAttribute('action')),
      links: of('main a[href]', 'href'),
      banner: box.top >= 0 && box.bottom <= innerHeight,
    }";

/// Whether an address is one of a route.
fn is_at(route: &str, address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap();
    let (wanted, found): (Vec<_>, Vec<_>) = (route.split('/').collect(), path.split('/').collect());
    let fits = |(wanted, found): (&&str, &&str)| wanted == found || (wanted.starts_with('{') && !found.contains("new"));
    wanted.len() == found.len() && wanted.iter().zip(found.iter()).all(fits)
}

#[tokio::test]
async fn a_coach_sees_whose_search_it_is_and_nothing_that_cannot_be_used() {
    let app = App::start().await;
    let ids = app.fill(&app.alice).await;
    let browser = browser_of(&app, &app.bob).await;
    browser.size(1280, 800).await;
    let owners: Vec<_> = routes(Verb::Get).filter(|route| route.who == Who::Owner).map(|route| route.path).collect();
    let mut wrong = Vec::new();
    let mut looked_at = 0;
    for route in routes(Verb::Get)
        .filter(|route| route.who == Who::Viewer && !route.path.contains('.') && !route.path.ends_with("/file"))
    {
        let path = path_of(route, &ids);
        browser.open(&path).await;
        let found = browser.client.execute(LOOK, vec![]).await;
        let Ok(found) = found.map(|seen| serde_json::from_value::<Seen>(seen).unwrap()) else { continue };
        looked_at += 1;
        let refused = found.links.iter().filter(|link| owners.iter().any(|owner| is_at(owner, link)));
        wrong.extend(found.forms.iter().chain(refused).map(|to| format!("{path} offers {to}")));
        if !found.banner {
            wrong.push(format!("{path} does not say whose search it is"));
        }
    }
    assert!(looked_at > 40, "{looked_at}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
