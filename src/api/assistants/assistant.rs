//! One request of an assistant, and what it may do.

use crate::accounts::programs::caller::{Caller, Pass};
use crate::accounts::programs::writer::Writer;
use crate::accounts::writing::Writing;
use crate::app::App;
use crate::error::Result;
use crate::web::problem::Problem;

/// One request of an assistant.
#[derive(Clone)]
pub struct Assistant {
    /// What the program asks of itself.
    pub app: App,
    /// What the token says.
    pub pass: Pass,
    /// Where the end of a change is noted.
    pub writing: Option<Writing>,
}

impl Assistant {
    /// A call that reads.
    ///
    /// # Errors
    /// When there is no connection in time.
    pub async fn caller(&self) -> Result<Caller> {
        Caller::again(&self.app, self.pass.clone()).await
    }

    /// A call that writes.
    ///
    /// # Errors
    /// Where the token only reads, and the database's.
    pub async fn writer(&self) -> Result<Writer, Problem> {
        Writer::of(self.caller().await?, self.writing.as_ref()).await
    }

    /// Whether the token is for writing.
    pub fn may_write(&self) -> bool {
        self.pass.owner().is_some()
    }
}
