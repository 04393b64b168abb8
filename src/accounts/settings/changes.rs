//! The page that names what a change of settings moved.

use askama::Template;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::follow_up::moves::Told;
use crate::follow_up::queries;
use crate::follow_up::replan::Cause;
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};

#[derive(Template)]
#[template(path = "follow_up/changes.html")]
struct ChangesPage {
    shell: Shell,
    today: Date,
    cause: Option<Cause>,
    told: Told,
}

impl ChangesPage {
    /// The page the change was made on.
    fn back(&self) -> (&'static str, &'static str) {
        match self.cause {
            Some(Cause::Pace) | None => ("/settings/pace", "Goals and pace"),
            Some(Cause::Holidays) => ("/settings/holidays", "Holidays"),
            Some(Cause::Away) => ("/away", "Your time away"),
            Some(Cause::Ending) => ("/ending", "End of the search"),
        }
    }
}

/// `GET /settings/changes`: what the last change moved.
pub async fn show(mut visit: Visit<Viewer>) -> Result<Page<impl Template>> {
    let (by, today) = (visit.by, visit.today());
    let nothing = (Timestamp::UNIX_EPOCH, Timestamp::UNIX_EPOCH);
    let around = queries::around(visit.db(), by, nothing, (today, today.yesterday().unwrap_or(today))).await?;
    let told = Told::new(around.moves.0, around.moved.unwrap_or_default().into());
    Ok(Page::ok(ChangesPage { shell: visit.shell(Nav::Settings), today, cause: around.cause, told }))
}
