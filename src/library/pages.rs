//! The list of templates, by the moment they are for.

use std::collections::HashMap;

use askama::Template as Page_;
use serde::Deserialize;

use super::queries::{self, Count};
use crate::access::Viewer;
use crate::accounts::visit::Visit;
use crate::error::Result;
use crate::folding::folded;
use crate::playbook::message::built_in::{self, Moment};
use crate::playbook::message::channel::Channel;
use crate::playbook::message::template::Template;
use crate::playbook::warmth::Warmth;
use crate::suggestions::suggestion::Waiting;
use crate::web::form::Query;
use crate::web::list::typed;
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// Sent less often than this, a share of answers says nothing (product.md, Progress).
const ENOUGH_FOR_A_RATE: i64 = 5;

/// What the address of the list says.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    q: String,
    moment: String,
    channel: String,
    warmth: String,
}

impl ListQuery {
    fn is_empty(&self) -> bool {
        [&self.q, &self.moment, &self.channel, &self.warmth].into_iter().all(String::is_empty)
    }

    /// Whether a template is among what is asked for; a word that is no kind asks for nothing.
    fn fits(&self, template: &Template) -> bool {
        let is = |word: &str, kinds: &[&str]| word.is_empty() || kinds.contains(&word);
        let channels: Vec<&str> = template.channels.iter().map(|channel| channel.as_str()).collect();
        let warmths: Vec<&str> = template.warmths.iter().map(|warmth| warmth.as_str()).collect();
        let searched = typed(&self.q).map(folded).unwrap_or_default();
        let text = folded(&format!("{} {} {}", template.name, template.moment.label(), template.body));
        is(&self.moment, &[template.moment.as_str()])
            && is(&self.channel, &channels)
            && is(&self.warmth, &warmths)
            && searched.split_whitespace().all(|word| text.contains(word))
    }
}

struct Row {
    template: Template,
    count: Count,
}

impl Row {
    /// The page where it is read and changed, or made one's own.
    fn address(&self) -> String {
        if self.template.is_own {
            format!("/templates/{}", self.template.key)
        } else {
            format!("/library/new?from={}", self.template.key)
        }
    }

    fn whom(&self) -> String {
        whom(&self.template.warmths)
    }

    fn how(&self) -> String {
        self.template.channels.iter().map(|channel| channel.label()).collect::<Vec<_>>().join(", ")
    }

    fn counted(&self) -> String {
        counted(self.count)
    }
}

/// Whom a template fits, in words.
fn whom(warmths: &[Warmth]) -> String {
    if warmths.len() == Warmth::ALL.len() {
        return "Anyone".into();
    }
    warmths.iter().map(|warmth| warmth.label()).collect::<Vec<_>>().join(", ")
}

/// 'Sent 8, 3 answered (38 %)'; no share while there are too few, nothing where it was never sent.
pub(super) fn counted(count: Count) -> String {
    match count {
        Count { sent: 0, .. } => String::new(),
        Count { sent, answered } if sent < ENOUGH_FOR_A_RATE => format!("Sent {sent}, {answered} answered"),
        Count { sent, answered } => {
            format!("Sent {sent}, {answered} answered ({} %)", (answered * 100 + sent / 2) / sent)
        }
    }
}

/// The templates of one moment, the user's own first.
struct Group {
    moment: Moment,
    rows: Vec<Row>,
}

#[derive(Page_)]
#[template(path = "library/index.html")]
struct IndexPage {
    shell: Shell,
    query: ListQuery,
    groups: Vec<Group>,
    /// What coaches suggest that waits.
    suggested: Vec<Waiting>,
    own: usize,
    all: usize,
}

impl IndexPage {
    fn heading(&self) -> String {
        format!(
            "{}, {} of them yours",
            words::count(i64::try_from(self.all).unwrap_or_default(), "template", "templates"),
            if self.own == 0 { "none".to_owned() } else { self.own.to_string() }
        )
    }

    /// The filters: name, label, what is chosen, and the choices.
    fn filters(&self) -> [(&'static str, &'static str, &str, Choices); 3] {
        let query = &self.query;
        [
            ("moment", "Moment", &query.moment, choices("Every moment", Moment::choices())),
            ("channel", "Sent by", &query.channel, choices("Every way", Channel::choices())),
            ("warmth", "Fits", &query.warmth, choices("Anyone", Warmth::choices())),
        ]
    }
}

/// The choices of a filter: word and label.
type Choices = Vec<(&'static str, &'static str)>;

fn choices(all: &'static str, kinds: Choices) -> Choices {
    std::iter::once(("", all)).chain(kinds).collect()
}

/// `GET /library`
pub async fn index(mut visit: Visit<Viewer>, Query(query): Query<ListQuery>) -> Result<Page<impl Page_>> {
    let by = visit.by;
    let mut listed = queries::list(visit.db(), by).await?;
    listed.own.0.sort_by_cached_key(|template| folded(&template.name));
    let counts: HashMap<String, Count> =
        listed.counts.0.into_iter().map(|counted| (counted.template, counted.count)).collect();
    let own = listed.own.0.len();
    let templates: Vec<Template> = listed.own.0.into_iter().chain(built_in::all().map(Template::from)).collect();
    let all = templates.len();
    let mut rows: Vec<Row> = templates
        .into_iter()
        .filter(|template| query.fits(template))
        .map(|template| Row { count: counts.get(&template.key).copied().unwrap_or_default(), template })
        .collect();
    let groups = Moment::ALL
        .iter()
        .map(|&moment| Group { moment, rows: rows.extract_if(.., |row| row.template.moment == moment).collect() })
        .filter(|group| !group.rows.is_empty())
        .collect();
    let suggested = if visit.looking.is_some() { Vec::new() } else { listed.suggested.0 };
    Ok(Page::ok(IndexPage { shell: visit.shell(Nav::Library), query, groups, suggested, own, all }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(q: &str, moment: &str, channel: &str, warmth: &str) -> ListQuery {
        ListQuery { q: q.into(), moment: moment.into(), channel: channel.into(), warmth: warmth.into() }
    }

    #[test]
    fn a_list_is_what_was_asked_for() {
        let template = |key| Template::from(built_in::find(key).unwrap());
        let (note, thanks) = (template("note_school"), template("thank_you"));
        assert!(query("", "", "", "").fits(&note) && query("", "", "", "").is_empty());
        assert!(query("SCHOOL profile note", "", "", "").fits(&note) != query("school came", "", "", "").fits(&note));
        assert!(query("", "request", "linkedin_note", "same_school").fits(&note));
        assert!(!query("", "", "", "stranger").fits(&note) && query("", "", "", "stranger").fits(&thanks));
        assert!(!query("", "thank", "", "").fits(&note) && !query("", "lunch", "", "").fits(&note));
        assert!(!query("", "", "linkedin_note", "").fits(&thanks));
    }

    #[test]
    fn few_are_counted_and_no_share_is_made_of_them() {
        let of = |sent, answered| counted(Count { sent, answered });
        assert_eq!(of(0, 0), "");
        assert_eq!(of(4, 2), "Sent 4, 2 answered");
        assert_eq!(of(8, 3), "Sent 8, 3 answered (38 %)");
    }

    #[test]
    fn whom_it_fits_is_said_in_words() {
        assert_eq!(whom(Warmth::ALL), "Anyone");
        assert_eq!(whom(&[Warmth::KnowsMe, Warmth::Stranger]), "Knows you, Stranger");
    }
}
