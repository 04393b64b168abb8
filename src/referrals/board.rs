//! All referrals: as a board by where they stand, and as a list.

use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;

use super::listing::{Filter, Sort};
use super::queries::list::{self, ListRow, PAGE};
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::database::Day;
use crate::error::Result;
use crate::ids::{ReferralId, TouchpointId};
use crate::playbook::referral::{Outcome, ReferralStep, Status};
use crate::web::form::Query;
use crate::web::list::{List, ListQuery, Listed, View, Wanted};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// The most cards the board takes; whoever has more uses the list.
const BOARD: i64 = 300;

/// The board of referrals, or the list of them.
pub struct Referrals;

impl List for Referrals {
    const PATH: &'static str = "/referrals";
    type Filter = Filter;
    type Sort = Sort;
    type Also = View;
}

/// One referral, on a card or in a line.
pub struct Card {
    id: ReferralId,
    name: String,
    /// The opening, or else the company.
    goal: String,
    /// The company, where the goal is an opening.
    at: Option<String>,
    status: Status,
    outcome: Option<Outcome>,
    step: Option<ReferralStep>,
    due: Option<Due>,
    /// The id of the line a press will add to the history: a second press does nothing.
    line: TouchpointId,
}

/// When the next step is due.
struct Due {
    on: Date,
    /// As people say it.
    said: String,
    is_late: bool,
}

impl Card {
    fn standing(&self) -> Filter {
        match (self.status, self.outcome) {
            (Status::Declined | Status::Withdrawn, _) => Filter::Ended,
            (_, Some(_)) => Filter::Outcome,
            (Status::ToAsk, None) => Filter::ToAsk,
            (Status::Asked, None) => Filter::Asked,
            (Status::Agreed, None) => Filter::Agreed,
            (Status::Made, None) => Filter::Made,
        }
    }

    fn path(&self, resource: &str) -> String {
        format!("/referrals/{}/{resource}", self.id)
    }

    fn menu(&self) -> String {
        format!("menu-{}", self.id)
    }

    fn menu_label(&self) -> String {
        format!("Move the referral by {}", self.name)
    }
}

/// One column of the board.
pub struct Column {
    standing: Filter,
    /// What an empty column says.
    hint: &'static str,
    cards: Vec<Card>,
}

#[derive(Template)]
#[template(path = "referrals/board.html")]
struct BoardPage {
    shell: Shell,
    /// The address of the board, to come back to after a move.
    here: &'static str,
    all: i64,
    columns: Vec<Column>,
    ended: Vec<Card>,
}

#[derive(Template)]
#[template(path = "referrals/list.html")]
struct ListPage {
    shell: Shell,
    list: Listed<Referrals>,
    rows: Vec<Card>,
    all: i64,
}

fn heading(all: i64) -> String {
    match all {
        0 => "Referrals".into(),
        n => words::count(n, "referral", "referrals"),
    }
}

impl BoardPage {
    fn heading(&self) -> String {
        heading(self.all)
    }
}

impl ListPage {
    fn heading(&self) -> String {
        heading(self.all)
    }
}

/// `GET /referrals`
pub async fn index(mut visit: Visit<Viewer>, Query(query): Query<ListQuery<Referrals>>) -> Result<Response> {
    let by = visit.by;
    if query.also.view != "list" {
        let listed = list::list(visit.db(), by, &Wanted::first(Filter::All, Sort::Due), BOARD).await?;
        return Ok(Page::ok(board(&visit, listed)).into_response());
    }
    let listed = list::list(visit.db(), by, &query.wanted(), PAGE).await?;
    Ok(Page::ok(page(&visit, query, listed)).into_response())
}

fn board(visit: &Visit<Viewer>, listed: Vec<ListRow>) -> BoardPage {
    let (all, today) = (listed.first().map_or(0, |row| row.all), visit.today());
    let mut cards: Vec<Card> = listed.into_iter().filter_map(|row| card(row, today)).collect();
    let mut take =
        |standing: Filter| -> Vec<Card> { cards.extract_if(.., |card| card.standing() == standing).collect() };
    let columns = [
        (Filter::ToAsk, "People you want to ask."),
        (Filter::Asked, "Asked, and no answer yet."),
        (Filter::Agreed, "They said yes: who does what by when."),
        (Filter::Made, "Your name is in. Tell them how it goes."),
        (Filter::Outcome, "What came of it."),
    ]
    .map(|(standing, hint)| Column { standing, hint, cards: take(standing) });
    let ended = take(Filter::Ended);
    BoardPage { shell: visit.shell(Nav::Referrals), here: "/referrals", all, columns: columns.into(), ended }
}

fn page(visit: &Visit<Viewer>, query: ListQuery<Referrals>, listed: Vec<ListRow>) -> ListPage {
    let today = visit.today();
    let all = listed.first().map_or(0, |row| row.all);
    let list = Listed::new(
        query,
        &listed,
        |row| (row.shown, row.rank, row.sort_key.as_deref()),
        |row, filter| match filter {
            Filter::All => row.all,
            Filter::ToAsk => row.to_ask,
            Filter::Asked => row.asked,
            Filter::Agreed => row.agreed,
            Filter::Made => row.made,
            Filter::Outcome => row.outcome_known,
            Filter::Ended => row.ended,
        },
    );
    ListPage {
        shell: visit.shell(Nav::Referrals),
        list,
        all,
        rows: listed.into_iter().filter_map(|row| card(row, today)).collect(),
    }
}

fn card(row: ListRow, today: Date) -> Option<Card> {
    let company = row.company?;
    let (goal, at) = match row.opening {
        Some(opening) => (opening, Some(company)),
        None => (company, None),
    };
    Some(Card {
        id: row.id?,
        name: row.name?,
        goal,
        at,
        status: row.status?,
        outcome: row.outcome,
        step: row.next_step,
        due: row.next_due.map(|Day(on)| Due { on, said: words::day(on, today), is_late: on < today }),
        line: TouchpointId::new(),
    })
}
