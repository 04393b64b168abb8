//! All referrals: as a board by where they stand, and as a list.

use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::listing::{Filter, Sort};
use super::queries::list::{self, ListRow, PAGE};
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::database::Day;
use crate::error::Result;
use crate::ids::{ReferralId, TouchpointId};
use crate::playbook::referral::{Outcome, ReferralStep, Status};
use crate::web::form::Query;
use crate::web::list::{Chip, Pager, SortKey, address, place, typed};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// The most cards the board takes; whoever has more uses the list.
const BOARD: i64 = 300;

/// What the address says.
#[derive(Debug, Default, Clone, Deserialize, Serialize)]
#[serde(default)]
pub struct ListQuery {
    view: String,
    q: String,
    show: String,
    sort: String,
    #[serde(deserialize_with = "place", skip_serializing_if = "Option::is_none")]
    after: Option<SortKey>,
    #[serde(deserialize_with = "place", skip_serializing_if = "Option::is_none")]
    before: Option<SortKey>,
}

impl ListQuery {
    fn is_list(&self) -> bool {
        self.view == "list"
    }

    fn filter(&self) -> Filter {
        self.show.parse().unwrap_or(Filter::All)
    }

    fn sort(&self) -> Sort {
        self.sort.parse().unwrap_or(Sort::Due)
    }

    /// The address of the same list with something changed.
    fn address(&self, change: impl FnOnce(&mut Self)) -> String {
        let mut query = Self { after: None, before: None, ..self.clone() };
        change(&mut query);
        address("/referrals", &query)
    }
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
    query: ListQuery,
    /// The address of this very list, to come back to after a change.
    here: String,
    sort: Sort,
    chips: Vec<Chip>,
    rows: Vec<Card>,
    all: i64,
    pager: Pager,
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

    fn sorted(&self, sort: &str) -> String {
        self.query.address(|q| q.sort = sort.into())
    }
}

/// `GET /referrals`
pub async fn index(mut visit: Visit<Viewer>, Query(query): Query<ListQuery>) -> Result<Response> {
    let by = visit.by;
    if !query.is_list() {
        let listed = list::list(visit.db(), by, Filter::All, None, Sort::Due, None, None, BOARD).await?;
        return Ok(Page::ok(board(&visit, listed)).into_response());
    }
    let search = typed(&query.q);
    let (filter, sort) = (query.filter(), query.sort());
    let listed =
        list::list(visit.db(), by, filter, search, sort, query.after.as_ref(), query.before.as_ref(), PAGE).await?;
    Ok(Page::ok(page(&visit, query, filter, sort, listed)).into_response())
}

fn board(visit: &Visit<Viewer>, listed: Vec<ListRow>) -> BoardPage {
    let (all, today) = (listed.first().map_or(0, |row| row.all), visit.today());
    let mut cards: Vec<Card> = listed.into_iter().filter_map(|row| card(row, today)).collect();
    let mut take =
        |standing: Filter| -> Vec<Card> { cards.extract_if(.., |card| card.standing() == standing).collect() };
    let columns = [
        (Filter::ToAsk, "Whom you mean to ask stands here."),
        (Filter::Asked, "Asked, and no answer yet."),
        (Filter::Agreed, "They said yes: who does what by when."),
        (Filter::Made, "Your name is in. Tell them how it goes."),
        (Filter::Outcome, "What came of it."),
    ]
    .map(|(standing, hint)| Column { standing, hint, cards: take(standing) });
    let ended = take(Filter::Ended);
    BoardPage { shell: visit.shell(Nav::Referrals), here: "/referrals", all, columns: columns.into(), ended }
}

fn page(visit: &Visit<Viewer>, query: ListQuery, filter: Filter, sort: Sort, listed: Vec<ListRow>) -> ListPage {
    let today = visit.today();
    let first = listed.first();
    let count = |of: fn(&ListRow) -> i64| first.map_or(0, of);
    let (all, shown) = (count(|r| r.all), count(|r| r.shown));
    let end = |row: &ListRow| row.rank.zip(SortKey::of(row.sort_key.as_deref()));
    let pager = Pager::new(first.and_then(end), listed.last().and_then(end), shown, |after, before| {
        query.address(|q| (q.after, q.before) = (after, before))
    });
    let chips = Filter::ALL
        .iter()
        .map(|&chip| Chip {
            href: query.address(|q| q.show = chip.as_str().into()),
            label: chip.label(),
            count: count(match chip {
                Filter::All => |r| r.all,
                Filter::ToAsk => |r| r.to_ask,
                Filter::Asked => |r| r.asked,
                Filter::Agreed => |r| r.agreed,
                Filter::Made => |r| r.made,
                Filter::Outcome => |r| r.outcome_known,
                Filter::Ended => |r| r.ended,
            })
            .to_string(),
            current: chip == filter,
        })
        .collect();
    ListPage {
        shell: visit.shell(Nav::Referrals),
        here: query.address(|q| (q.after, q.before) = (query.after.clone(), query.before.clone())),
        sort,
        chips,
        all,
        pager,
        rows: listed.into_iter().filter_map(|row| card(row, today)).collect(),
        query,
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
