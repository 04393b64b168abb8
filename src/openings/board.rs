//! The openings as a board: a column a status, the furthest to the right.

use askama::Template;
use jiff::civil::Date;

use super::opening::moves;
use super::queries::list::{ListRow, Row, row};
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::ids::OpeningChangeId;
use crate::playbook::opening::Status;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// The most cards the board takes; whoever has more uses the list.
pub const MOST: i64 = 300;

/// The columns, and what an empty one says.
const COLUMNS: [(Status, &str); 5] = [
    (Status::Watching, "Seen, and nothing sent yet. Who there could refer you?"),
    (Status::Applied, "Sent. Most answers take a week or two."),
    (Status::Screening, "They want to know more."),
    (Status::Interviewing, "Job interviews."),
    (Status::Offer, "They offered the job."),
];

struct Column {
    status: Status,
    hint: &'static str,
    cards: Vec<Row>,
}

#[derive(Template)]
#[template(path = "openings/board.html")]
pub struct BoardPage {
    shell: Shell,
    today: Date,
    all: i64,
    columns: Vec<Column>,
    over: Vec<Row>,
}

impl BoardPage {
    /// The board of all openings.
    pub fn new(visit: &Visit<Viewer>, listed: Vec<ListRow>) -> Self {
        let all = listed.first().map_or(0, |row| row.all);
        let mut rows: Vec<Row> = listed.into_iter().filter_map(row).collect();
        let columns = COLUMNS.map(|(status, hint)| Column {
            status,
            hint,
            cards: rows.extract_if(.., |row| row.status == status).collect(),
        });
        Self { shell: visit.shell(Nav::Openings), today: visit.today(), all, columns: columns.into(), over: rows }
    }

    fn heading(&self) -> String {
        match self.all {
            0 => "Openings".into(),
            n => words::count(n, "opening", "openings"),
        }
    }

    fn day(&self, date: &Date) -> String {
        words::day(*date, self.today)
    }

    fn moves(&self, row: &Row) -> Vec<Status> {
        moves(row.status)
    }

    /// The id the next change will have, so that a second press changes nothing.
    fn change(&self) -> OpeningChangeId {
        OpeningChangeId::new()
    }

    fn is_late(&self, due: &Date) -> bool {
        *due < self.today
    }

    fn menu(&self, row: &Row) -> String {
        format!("menu-{}", row.id)
    }

    fn menu_label(&self, row: &Row) -> String {
        format!("Move {}", row.title)
    }
}
