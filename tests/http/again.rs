//! A page shown again because something in one of its forms was wrong: it has all that it had before.

use std::collections::BTreeSet;

use crate::house::{House, filled, names, takes_text, with};
use crate::support::{Form, Page};

/// What helps with a page: its links, but for the way through the day, and its headings.
fn helps(page: &Page) -> BTreeSet<String> {
    let links = page.links().into_iter().filter(|(_, to)| !to.starts_with("/run"));
    let links = links.map(|(text, to)| format!("{text} -> {to}"));
    links.chain(page.texts("main h1")).chain(page.texts("main h2")).collect()
}

/// What a form offers: its labels, its choices, and its buttons.
fn offers(form: &Form) -> BTreeSet<String> {
    let controls = form.controls.iter().filter(|control| control.kind != "hidden");
    let said = controls.flat_map(|control| {
        // 'Choose one' goes once one is chosen.
        let choices = control
            .options
            .iter()
            .filter(|(value, _)| !value.is_empty())
            .map(|(_, words)| format!("{}: {words}", control.label));
        choices.chain([control.label.clone()]).collect::<Vec<_>>()
    });
    said.chain(form.buttons.iter().map(|button| button.label.clone())).collect()
}

#[tokio::test]
async fn a_page_shown_again_has_all_that_it_had() {
    let house = House::new().await;
    let typed = "x".repeat(30_000);
    let (mut tried, mut lost) = (0, Vec::new());
    for found in house.forms.iter().filter(|found| !found.form.multipart) {
        let form = house.again(found).await;
        let fields = filled(&form);
        for control in form.controls.iter().filter(|control| takes_text(control) && control.name != "username") {
            let answer = house.send(&form, &with(fields.clone(), &control.name, &typed)).await;
            if answer.status != 422 {
                continue;
            }
            tried += 1;
            let before = house.app.alice.get(&found.on).await.page();
            let page = answer.page();
            let mut gone = BTreeSet::new();
            // A form that stands on several pages is shown again on its own, in the words of that one.
            let is_same_page = page.text("h1") == before.text("h1");
            if is_same_page {
                gone.extend(helps(&before).difference(&helps(&page)).cloned());
            }
            // What was typed into a gap of a message stands in the message.
            let holds = |again: &Form| again.fields.iter().any(|(_, value)| value.contains(&typed));
            match page.forms().into_iter().find(|again| again.action == form.action && holds(again)) {
                Some(again) if is_same_page && names(&again) == names(&form) => {
                    gone.extend(offers(&form).difference(&offers(&again)).cloned());
                }
                Some(_) => {}
                None => drop(gone.insert("the form with what was typed".into())),
            }
            if !gone.is_empty() {
                lost.push(format!("{} on {}, wrong in {}: {gone:?}", found.route.path, found.on, control.name));
            }
            break;
        }
    }
    assert!(tried > 20, "{tried} pages were shown again");
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}
