//! Whole ways through, in a real browser.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test's helpers fail with the test")]
#![expect(clippy::disallowed_methods, reason = "tests look at the database with statements of their own")]

#[path = "../support/mod.rs"]
mod support;

mod amount;
mod boards;
mod browser;
mod capture;
mod choosers;
mod coach;
mod coaching;
mod company;
mod documents;
mod every_page;
mod extension;
mod first_minutes;
mod imports;
mod issuer;
mod kept;
mod keyboard;
mod lists;
mod mail;
mod network;
mod notices;
mod palette;
mod passkeys;
mod pictures;
mod piped;
mod referrals;
mod reminders;
mod safety;
mod second_step;
mod settings;
mod suggesting;
mod talk;
mod ticking;
mod today;
mod weight;
mod whole_way;
mod without_script;

use browser::Browser;
use support::{App, Person};

/// A browser on which nobody is signed in.
async fn visitor(app: &App) -> Browser {
    Browser::start(format!("http://{}", app.address)).await
}

/// A browser on which a person is signed in.
async fn browser_of(app: &App, person: &Person) -> Browser {
    let browser = visitor(app).await;
    browser.cookie("inroad", &person.token().expect("signed in")).await;
    browser
}

/// The demo account, and a browser on which it is signed in.
async fn demo(app: &App) -> (Person, Browser) {
    let ada = app.demo().await;
    let browser = browser_of(app, &ada).await;
    (ada, browser)
}
