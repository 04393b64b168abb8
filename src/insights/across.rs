//! `/insights`: what the role asks for, across companies.

use std::collections::BTreeMap;

use askama::Template;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::queries;
use super::summary::{InsightLine, Voice, lines, propose};
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::folding::folded;
use crate::ids::CompanyId;
use crate::insights::ties::Groups;
use crate::playbook::topic::{Topic, Weight};
use crate::web::form::{Errors, Query};
use crate::web::list::{Pager, SortKey, address, place, typed};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// Rows of a page.
const PAGE: usize = 30;

/// What the address of the list says.
#[derive(Debug, Default, Clone, Deserialize, Serialize)]
#[serde(default)]
pub struct ListQuery {
    q: String,
    topic: String,
    weight: String,
    company: String,
    #[serde(deserialize_with = "place", skip_serializing_if = "Option::is_none")]
    after: Option<SortKey>,
    #[serde(deserialize_with = "place", skip_serializing_if = "Option::is_none")]
    before: Option<SortKey>,
}

/// What of the lines is asked for.
#[derive(Debug, Default)]
struct Filter {
    words: Vec<String>,
    topic: Option<Topic>,
    weight: Option<Weight>,
    company: Option<CompanyId>,
}

impl Filter {
    fn of(query: &ListQuery) -> Self {
        let words = typed(&query.q).map(|text| folded(text).split(' ').map(str::to_owned).collect());
        Self {
            words: words.unwrap_or_default(),
            topic: query.topic.parse().ok(),
            weight: query.weight.parse().ok(),
            company: query.company.parse().ok(),
        }
    }

    /// A line is asked for where the weight is its own, and one of its voices has all the rest; it is then shown whole.
    fn wants(&self, line: &InsightLine) -> bool {
        let has = |voice: &Voice| {
            let row = &voice.row;
            self.topic.is_none_or(|topic| row.topic == topic)
                && self.company.is_none_or(|company| row.company == Some(company))
                && (self.words.is_empty() || {
                    let text = folded(&format!("{} {}", row.text, voice.who()));
                    self.words.iter().all(|word| text.contains(word))
                })
        };
        self.weight.is_none_or(|weight| line.weight == Some(weight)) && line.voices().any(has)
    }
}

#[derive(Template)]
#[template(path = "insights/insights.html")]
struct IndexPage {
    shell: Shell,
    query: ListQuery,
    back: String,
    errors: Errors,
    rows: Vec<InsightLine>,
    companies: Vec<(String, String)>,
    pager: Pager,
    /// Lines there are altogether.
    all: i64,
    today: Date,
}

impl IndexPage {
    fn topics(&self) -> Vec<(&'static str, &'static str)> {
        [("", "Every topic")].into_iter().chain(Topic::choices()).collect()
    }

    fn weights(&self) -> Vec<(&'static str, &'static str)> {
        let weights = Weight::choices();
        [("", "Any weight")].into_iter().chain(weights).collect()
    }

    fn counts(&self, line: &InsightLine) -> String {
        counts(line)
    }

    /// '4 voices'.
    fn voices(&self, line: &InsightLine) -> String {
        words::count(line.others.len() as i64 + 1, "voice", "voices")
    }

    /// The address of all lines of its topic.
    fn of_topic(&self, line: &InsightLine) -> String {
        let topic = line.first.row.topic.to_string();
        address("/insights", &ListQuery { topic, after: None, before: None, ..self.query.clone() })
    }

    fn day(&self, date: &Date) -> String {
        words::day(*date, self.today)
    }

    fn full_day(&self, date: &Date) -> String {
        words::full_day(*date, self.today)
    }

    fn is_requirement(&self, voice: &Voice) -> bool {
        voice.row.topic == Topic::Requirements
    }

    /// Older lines are left out of the count.
    fn is_cut(&self) -> bool {
        self.all > queries::MOST
    }
}

/// '7 people at 4 companies. Essential for 5, nice to have for 1.'
fn counts(line: &InsightLine) -> String {
    let count = line.count;
    let of = |n: usize, one, many| words::count(n as i64, one, many);
    let mut text = match (count.people, count.companies) {
        (0, _) => "Own research".to_owned(),
        (people, 0 | 1) => of(people, "person", "people"),
        (people, companies) => {
            format!("{} at {}", of(people, "person", "people"), of(companies, "company", "companies"))
        }
    };
    match (count.essential, count.nice) {
        (0, 0) => {}
        (essential, 0) => text += &format!(". Essential for {essential}"),
        (0, nice) => text += &format!(". Nice to have for {nice}"),
        (essential, nice) => text += &format!(". Essential for {essential}, nice to have for {nice}"),
    }
    text
}

/// `GET /insights`
pub async fn index(mut visit: Visit<Viewer>, Query(query): Query<ListQuery>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let learned = queries::learned(visit.db(), by).await?;
    let groups = Groups::new(&learned.links);
    let companies: BTreeMap<(String, CompanyId), ()> =
        learned.voices.iter().filter_map(|voice| Some(((voice.company_name.clone()?, voice.company?), ()))).collect();
    let all = lines(learned.voices.0, &groups, &visit.person.zone);
    let filter = Filter::of(&query);
    let mut wanted: Vec<&InsightLine> = all.iter().filter(|line| filter.wants(line)).collect();
    wanted.sort_by_cached_key(|line| sort_key(line));
    let (first, mut rows) = page_of(wanted.as_slice(), query.after.as_ref(), query.before.as_ref());
    let key = |line: &InsightLine| SortKey::of(Some(&sort_key(line)));
    let pager = Pager::new(
        rows.first().and_then(key).map(|key| (first as i64 + 1, key)),
        rows.last().and_then(key).map(|key| ((first + rows.len()) as i64, key)),
        wanted.len() as i64,
        |after, before| address("/insights", &ListQuery { after, before, ..query.clone() }),
    );
    propose(&mut rows, &all, &groups);
    let companies = companies.into_keys().map(|(name, id)| (id.to_string(), name));
    Ok(Page::ok(IndexPage {
        shell: visit.shell(Nav::Interviews),
        back: address("/insights", &query),
        companies: [(String::new(), "Every company".to_owned())].into_iter().chain(companies).collect(),
        errors: Errors::default(),
        rows,
        pager,
        all: learned.all,
        today: visit.today(),
        query,
    }))
}

/// What most people say first, then what is said at most companies, then the newest.
fn sort_key(line: &InsightLine) -> String {
    let (people, companies) = (99_999_999 - line.count.people, 99_999_999 - line.count.companies);
    // The digits of the id turned round: the newest comes first.
    let id = uuid::Uuid::from_u128(!line.first.row.id.0.as_u128());
    format!("{people:08}{companies:08}\u{1f}{id}")
}

/// The page after one place, or before another, and how many lines stand before it.
fn page_of(lines: &[&InsightLine], after: Option<&SortKey>, before: Option<&SortKey>) -> (usize, Vec<InsightLine>) {
    let start = match (after, before) {
        (Some(after), _) => lines.iter().take_while(|line| sort_key(line).as_str() <= after.as_str()).count(),
        (None, Some(before)) => {
            lines.iter().take_while(|line| sort_key(line).as_str() < before.as_str()).count().saturating_sub(PAGE)
        }
        (None, None) => 0,
    };
    let start = if start < lines.len() { start } else { lines.len().saturating_sub(PAGE) };
    (start, lines.iter().skip(start).take(PAGE).copied().cloned().collect())
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::insights::summary::VoiceRow;
    use crate::insights::summary::tests::{link, row};
    use crate::insights::ties::Tie;

    fn all() -> Vec<InsightLine> {
        let weighed =
            |nr, by, text: &str| VoiceRow { weight: Some(Weight::Essential), ..row(nr, by, Topic::Requirements, text) };
        let rows = vec![weighed(1, 1, "SQL"), weighed(2, 2, "Queries"), row(3, 3, Topic::Culture, "Calm")];
        lines(rows, &Groups::new(&[link(1, 2, Tie::Same)]), &TimeZone::UTC)
    }

    fn found(q: &str, topic: &str, weight: &str) -> Vec<String> {
        let query = ListQuery { q: q.into(), topic: topic.into(), weight: weight.into(), ..ListQuery::default() };
        let filter = Filter::of(&query);
        all().iter().filter(|line| filter.wants(line)).map(|line| line.first.row.text.clone()).collect()
    }

    #[test]
    fn a_line_is_found_by_any_of_its_voices_and_shown_whole() {
        assert_eq!(found("QUERIES", "", ""), ["SQL"]);
        assert_eq!(found("person 3", "", ""), ["Calm"]);
        assert_eq!(found("", "culture", ""), ["Calm"]);
        assert_eq!(found("", "", "essential"), ["SQL"]);
        assert_eq!(found("queries", "culture", ""), [""; 0]);
        assert_eq!(found("", "weather", "").len(), 2, "a topic there is none of is no filter");
    }

    #[test]
    fn counts_read_as_a_sentence() {
        assert_eq!(counts(&all()[0]), "2 people. Essential for 2");
        let own = lines(vec![row(1, 0, Topic::Team, "Seven")], &Groups::default(), &TimeZone::UTC);
        assert_eq!(counts(&own[0]), "Own research");
    }

    #[test]
    fn pages_go_on_from_a_place() {
        let rows = (1..=70_u8).map(|nr| row(nr, nr, Topic::Team, "Word"));
        let lines = lines(rows, &Groups::default(), &TimeZone::UTC);
        let mut all: Vec<&InsightLine> = lines.iter().collect();
        all.sort_by_cached_key(|line| sort_key(line));
        let key = |at: usize| SortKey::of(Some(&sort_key(all[at])));
        let id = |at: usize| all[at].first.row.id;
        let (start, page) = page_of(&all, key(29).as_ref(), None);
        assert_eq!((start, page.len(), page[0].first.row.id), (30, 30, id(30)));
        assert_eq!(page_of(&all, None, key(30).as_ref()).0, 0);
        assert_eq!(page_of(&all, key(59).as_ref(), None).1.len(), 10);
        let without: Vec<&InsightLine> =
            all.iter().enumerate().filter(|(at, _)| *at != 29).map(|(_, line)| *line).collect();
        assert_eq!(
            page_of(&without, key(29).as_ref(), None).1[0].first.row.id,
            id(30),
            "the line of that place is gone"
        );
        assert_eq!(page_of(&all[..30], key(69).as_ref(), None).0, 0, "everything after it is gone");
    }
}
