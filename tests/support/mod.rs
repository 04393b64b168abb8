//! What the tests share: a server on a database of its own, the cast, pages as a reader sees them, and rows to look at.
//!
//! A test reads:
//!
//! ```ignore
//! let app = App::start().await;
//! let page = app.alice.get("/companies/new").await.page();
//! let answer = page.form_to("/companies").fill("Companies", "Acme").submit(&app.alice).await;
//! assert_eq!(answer.to(), format!("/companies/{id}"));
//! ```

#![allow(dead_code, unused_imports, reason = "each test binary uses the part it needs")]

pub mod account_rows;
pub mod app;
pub mod authenticator;
pub mod beside;
pub mod canary;
pub mod database;
pub mod everything;
pub mod issuer;
pub mod page;
pub mod person;
pub mod programs;
pub mod proxy;
pub mod push;
pub mod readers;
pub mod routes;
pub mod rows;
pub mod sink;
pub mod sums;
pub mod words;

pub use app::App;
pub use page::{Form, Page};
pub use person::{Answer, Person};
pub use sink::Sink;
