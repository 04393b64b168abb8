//! `/export`: what can be taken along, and an archive of another Inroad brought in.

use askama::Template;

use super::queries::{self, Counts};
use super::sheets::Which;
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::web::form::Errors;
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// A table that can be taken along.
struct Table {
    which: Which,
    count: i64,
}

/// The page.
#[derive(Template)]
#[template(path = "export/index.html")]
pub struct ExportPage {
    shell: Shell,
    tables: Vec<Table>,
    counts: Counts,
    errors: Errors,
}

impl ExportPage {
    /// With what is wrong with an archive that was to come in.
    pub fn new(shell: Shell, counts: Counts, errors: Errors) -> Self {
        let tables = Which::ALL.iter().map(|which| Table { which: *which, count: which.count(&counts) }).collect();
        Self { shell, tables, counts, errors }
    }

    fn people(&self) -> String {
        words::count(self.counts.contacts, "contact", "contacts")
    }

    fn talks(&self) -> String {
        words::count(self.counts.talks, "talk", "talks")
    }

    /// Nothing was added yet.
    fn is_empty(&self) -> bool {
        self.tables.iter().all(|table| table.count == 0)
    }
}

/// `GET /export`
pub async fn show(mut visit: Visit<Owner>) -> Result<Page<impl Template>> {
    let shell = visit.shell(Nav::Settings);
    let counts = visit.cached("what can go out", async |db, by| queries::counts(db, by).await).await?;
    Ok(Page::ok(ExportPage::new(shell, counts, Errors::default())))
}
