//! Two storeys a room: what it knows and does below (types, queries, record, forms, wording), what answers requests above.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{files, sources};
use crate::uses::{Uses, uses};

/// A row of the route table.
struct Row {
    method: String,
    path: String,
    /// The file that answers, as a module.
    file: String,
}

/// The files that answer requests, as the route table names them.
pub struct Handlers {
    rows: Vec<Row>,
}

impl Handlers {
    pub fn read() -> Self {
        let tables = files("src", &["/routes/accounts.rs", "/routes/pages.rs"]);
        let rows =
            tables.iter().flat_map(|table| table.text.lines()).filter_map(|line| Self::row(line.trim())).collect();
        Self { rows }
    }

    /// `Post "/contacts/{id}" Owner contacts::edit::update;`
    fn row(line: &str) -> Option<Row> {
        let (method, rest) =
            line.split_once(' ').filter(|(method, _)| ["Get", "Post", "Patch", "Delete"].contains(method))?;
        let (path, rest) = rest.trim().strip_prefix('"')?.split_once('"')?;
        let (_, handler) = rest.trim().split_once(' ')?;
        let (file, _) = handler.trim_end_matches(';').rsplit_once("::")?;
        Some(Row { method: method.to_owned(), path: path.to_owned(), file: file.to_owned() })
    }

    fn answers(&self, file: &str) -> bool {
        self.rows.iter().any(|row| row.file == file)
    }

    /// Whether a file answers requests, or is a part of one that does.
    pub fn is_upper(&self, file: &str) -> bool {
        self.answers(file)
            || self.rows.iter().any(|row| file.strip_prefix(&row.file).is_some_and(|rest| rest.starts_with("::")))
    }

    fn only_changes(&self, file: &str) -> bool {
        self.answers(file) && self.rows.iter().all(|row| row.file != file || row.method == "Post")
    }

    fn only_shows(&self, file: &str) -> bool {
        self.answers(file) && self.rows.iter().all(|row| row.file != file || row.method == "Get")
    }
}

fn room(file: &str) -> &str {
    file.split("::").next().unwrap()
}

/// Who uses whom though it answers requests, and nobody but the route table may: 'a uses b'.
fn breaches(uses: &Uses, handlers: &Handlers) -> Vec<String> {
    let mut wrong = Vec::new();
    for (file, used) in uses {
        if ["routes", "server"].contains(&room(file)) {
            continue;
        }
        for other in used.keys().filter(|other| handlers.answers(other)) {
            let is_part = file.strip_prefix(other.as_str()).is_some_and(|rest| rest.starts_with("::"));
            let allowed = if handlers.is_upper(file) {
                room(file) == room(other) && !(handlers.only_shows(file) && handlers.only_changes(other))
            } else {
                false
            };
            if !is_part && !allowed {
                wrong.push(format!("{file} uses {other}"));
            }
        }
    }
    wrong
}

#[test]
fn what_answers_requests_is_used_by_its_own_room_and_a_page_needs_no_button() {
    let handlers = Handlers::read();
    assert_eq!(handlers.rows.len(), inroad::routes::TABLE.len());
    let wrong = breaches(&uses(&sources()), &handlers);
    assert!(wrong.is_empty(), "move what both need below: {wrong:#?}");
}

#[test]
fn a_breach_of_the_storeys_is_found() {
    let row = |line: &str| Handlers::row(line).unwrap();
    let handlers = Handlers {
        rows: vec![
            row("Get  \"/a\" Viewer a::show::show;"),
            row("Post \"/a\" Owner a::moves::create;"),
            row("Get  \"/b\" Viewer b::pages::index;"),
        ],
    };
    let uses = |from: &str, to: &str| {
        let used = BTreeMap::from([(to.to_owned(), BTreeSet::from(["X".to_owned()]))]);
        breaches(&Uses::from([(from.to_owned(), used)]), &handlers)
    };
    for (from, to) in
        [("a::form", "a::show"), ("b::pages", "a::show"), ("a::show", "a::moves"), ("commands", "b::pages")]
    {
        assert_eq!(uses(from, to), [format!("{from} uses {to}")]);
    }
    for (from, to) in
        [("a::moves", "a::show"), ("a::show::about", "a::show"), ("routes", "a::moves"), ("b::pages", "a::form")]
    {
        assert_eq!(uses(from, to), [""; 0], "{from} uses {to}");
    }
}

/// Where addresses lead whose first word is not the name of their room. The longest beginning that fits counts.
const ADDRESSES: &[(&str, &str)] = &[
    ("/", "today"),
    ("/.well-known", "accounts"),
    ("/action-items", "interviews"),
    ("/action-items/{id}/reminders", "contacts"),
    ("/admin", "accounts"),
    ("/archives", "export"),
    ("/away", "accounts"),
    ("/bin", "trash"),
    ("/bulk-changes", "contacts"),
    ("/calendar", "export"),
    ("/capture", "contacts"),
    ("/captures", "contacts"),
    ("/companies/{id}/dossier", "insights"),
    ("/companies/{id}/insights", "insights"),
    ("/companies/{id}/join", "trash"),
    ("/companies/{id}/joins", "trash"),
    ("/companies/{id}/paths", "introductions"),
    ("/company-lists", "companies"),
    ("/confirm", "accounts"),
    ("/contact-dates", "contacts"),
    ("/contacts/{id}/card", "export"),
    ("/contacts/{id}/everything", "export"),
    ("/contacts/{id}/forget", "trash"),
    ("/contacts/{id}/forgettings", "trash"),
    ("/contacts/{id}/join", "trash"),
    ("/contacts/{id}/joins", "trash"),
    ("/contacts/{id}/paths", "introductions"),
    ("/contacts/{id}/proposals", "interviews"),
    ("/contacts/{id}/written-answers", "interviews"),
    ("/document-versions", "documents"),
    ("/ending", "search_end"),
    ("/examples", "demo"),
    ("/first-steps", "today"),
    ("/guide", "today"),
    ("/healthz", "health"),
    ("/import", "transfer"),
    ("/imports", "transfer"),
    ("/insight-links", "insights"),
    ("/interview-questions", "interviews"),
    ("/joins", "trash"),
    ("/kept", "accounts"),
    ("/library/questions", "interviews"),
    ("/list-views", "accounts"),
    ("/login", "accounts"),
    ("/logout", "accounts"),
    ("/looking", "accounts"),
    ("/mcp", "api"),
    ("/offer-criteria", "offers"),
    ("/oauth", "accounts"),
    ("/offline", "web"),
    ("/openings/{id}/offer", "offers"),
    ("/password", "accounts"),
    ("/password-links", "accounts"),
    ("/questions", "interviews"),
    ("/readyz", "health"),
    ("/reasons", "contacts"),
    ("/referral-tasks", "referrals"),
    ("/review", "today"),
    ("/run", "today"),
    ("/sent-documents", "documents"),
    ("/settings", "accounts"),
    ("/settings/retention", "contacts"),
    ("/signup", "accounts"),
    ("/static", "web"),
    ("/tags", "contacts"),
    ("/templates", "library"),
    ("/worker", "web"),
];

/// The room an address belongs to.
fn room_of(address: &str) -> &str {
    let fits =
        |start: &str| address.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.']));
    let listed = ADDRESSES.iter().filter(|(start, _)| fits(start)).max_by_key(|(start, _)| start.len());
    listed.map_or_else(|| address.split(['/', '.']).nth(1).unwrap(), |(_, room)| room)
}

#[test]
fn a_handler_lives_in_the_room_of_its_address() {
    let handlers = Handlers::read();
    let wrong: Vec<String> = handlers
        .rows
        .iter()
        .filter(|row| room(&row.file) != room_of(&row.path))
        .map(|row| format!("{} is answered by {}, not in {}", row.path, row.file, room_of(&row.path)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(
        (room_of("/contacts/{id}/edit"), room_of("/"), room_of("/progress.csv")),
        ("contacts", "today", "progress")
    );
}

/// What a query file names of its own room outside `queries` is a type, of a file that has no statements and no pages.
fn not_types(uses: &Uses, handlers: &Handlers) -> Vec<String> {
    let is_queries = |file: &str| file.split("::").any(|part| part == "queries");
    let mut wrong = Vec::new();
    for (file, used) in uses.iter().filter(|(file, _)| is_queries(file)) {
        for (other, names) in used.iter().filter(|(other, _)| room(other) == room(file) && !is_queries(other)) {
            let asks = |file: &str| uses.get(file).is_some_and(|used| used.keys().any(|used| is_queries(used)));
            let layer = other.split("::").last().unwrap();
            if handlers.is_upper(other) || asks(other) || ["record", "form", "forms", "wording"].contains(&layer) {
                wrong.push(format!("{file} uses {other}"));
            }
            let is_type = |name: &str| name.starts_with(|c: char| c.is_uppercase());
            wrong.extend(names.iter().filter(|name| !is_type(name)).map(|name| format!("{file} uses {other}::{name}")));
        }
    }
    wrong
}

#[test]
fn queries_know_types_alone() {
    let wrong = not_types(&uses(&sources()), &Handlers::read());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_query_that_knows_more_is_found() {
    let handlers = Handlers { rows: vec![Handlers::row("Get \"/a\" Viewer a::show::show;").unwrap()] };
    let uses = |to: &str, name: &str| {
        let used = BTreeMap::from([(to.to_owned(), BTreeSet::from([name.to_owned()]))]);
        let writes = BTreeMap::from([("a::queries".to_owned(), BTreeSet::from(["insert".to_owned()]))]);
        not_types(&Uses::from([("a::queries::list".to_owned(), used), ("a::moves".to_owned(), writes)]), &handlers)
    };
    for (to, name) in [("a::show", "Row"), ("a::form", "Form"), ("a::moves", "Moved"), ("a::kinds", "label")] {
        assert_eq!(uses(to, name).len(), 1, "{to}::{name}");
    }
    assert_eq!(uses("a::kinds", "Kind"), [""; 0]);
    assert_eq!(uses("a::queries", "fetch"), [""; 0]);
}
