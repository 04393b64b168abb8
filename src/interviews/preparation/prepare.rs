//! Getting ready: seven sources with a box each, the questions, the opener, and everything known beside them.

use std::collections::HashMap;

use askama::Template;
use axum::response::{IntoResponse, Response};

use super::gaps::{Gap, gaps};
use super::opener;
use super::plan::{Suggested, pick, starters, suggested};
use super::question_forms::{OwnForm, Reword};
use super::writing::{Letter, letter};
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::companies::search_links::prepare::{Preparation, Source, prepare_links};
use crate::error::{Error, Result};
use crate::ids::InterviewId;
use crate::interviews::fields::once;
use crate::interviews::merge::{Base, Merged, Stored, merge};
use crate::interviews::queries::questions::Finding;
use crate::interviews::queries::talks::{Background, TalkDetail};
use crate::interviews::queries::{questions as kept, talks};
use crate::interviews::talk::Told;
use crate::links::Link;
use crate::playbook::readiness::Done as Readiness;
use crate::playbook::talk::Status;
use crate::playbook::topic::Topic;
use crate::text::Text;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// One source on the page: where to look, and what was found.
pub struct SourceBox {
    pub source: Source,
    pub links: Vec<Link>,
    pub text: String,
    pub checked: bool,
    pub version: i32,
    pub problem: Option<String>,
}

/// Questions to choose from under one topic.
struct Shelf {
    topic: Topic,
    questions: Vec<String>,
}

#[derive(Template)]
#[template(path = "interviews/prepare.html")]
pub struct PreparePage {
    shell: Shell,
    talk: TalkDetail,
    told: Told,
    background: Background,
    sources: Vec<SourceBox>,
    opener: String,
    /// The opener as it is stored, to notice what another tab saved.
    opener_was: String,
    errors: Errors,
    pub own: OwnForm,
    pub own_errors: Errors,
    pub reword: Option<Reword>,
    shelves: Vec<Shelf>,
    /// What the company's dossier lacks; nothing while it is empty, when the suggested ones do better.
    gaps: Vec<Gap>,
    /// What the playbook would add.
    suggested: Vec<Suggested>,
    /// The questions in one message, for a talk in writing.
    letter: Option<Letter>,
    no_errors: Errors,
}

impl PreparePage {
    /// The page as stored.
    fn new<P>(visit: &Visit<P>, mut talk: TalkDetail) -> Result<Self> {
        let background = talk.background.take().ok_or(Error::NotFound)?.0;
        let stored = talk.opener.clone().unwrap_or_default();
        let opener = if stored.is_empty() { opener::drafted(&visit.person.preferences, &talk) } else { stored.clone() };
        let told = Told::to(visit);
        Ok(Self {
            shell: visit.shell(Nav::Interviews),
            letter: letter(&talk, &told, &visit.person.name),
            told,
            suggested: suggested(&talk, &background),
            no_errors: Errors::default(),
            sources: sources(visit, &talk),
            shelves: shelves(&talk, &background),
            gaps: lacking(&talk, &background),
            opener,
            opener_was: stored,
            errors: Errors::default(),
            own: OwnForm::default(),
            own_errors: Errors::default(),
            reword: None,
            background,
            talk,
        })
    }

    fn checked(&self) -> usize {
        self.sources.iter().filter(|source| source.checked).count()
    }

    /// What enough means, and how far it is.
    fn readiness(&self) -> Readiness {
        let looked_at = |source: &&SourceBox| source.checked || !source.text.trim().is_empty();
        Readiness {
            sources: self.sources.iter().filter(looked_at).count(),
            questions: self.talk.questions.len(),
            opener: !self.opener_was.is_empty(),
        }
    }

    /// Being ready is the user's to say; the button only says whether enough is done.
    fn ready_words(&self) -> &'static str {
        if self.readiness().is_enough() { "Ready" } else { "Mark as prepared" }
    }

    fn ready_tone(&self) -> &'static str {
        if self.readiness().is_enough() { "go" } else { "" }
    }

    fn nothing_missing(&self) -> &[String] {
        &[]
    }

    /// 'Start with six questions', 'Add two questions'.
    fn take_words(&self) -> String {
        let count = self.suggested.len();
        let number = words::heading_number(i64::try_from(count).unwrap_or_default()).to_lowercase();
        let verb = if self.talk.questions.is_empty() { "Start with" } else { "Add" };
        format!("{verb} {number} {}", if count == 1 { "question" } else { "questions" })
    }

    fn is_scheduled(&self) -> bool {
        self.talk.status == Status::Scheduled
    }

    fn topics(&self) -> Vec<(&'static str, &'static str)> {
        Topic::choices()
    }

    fn pick(&self, topic: &Topic, text: &str) -> String {
        pick(*topic, text)
    }

    /// What was typed into a question that could not be saved, and why.
    fn reworded(&self, id: &crate::ids::InterviewQuestionId) -> Option<&Reword> {
        self.reword.as_ref().filter(|reword| reword.id == *id)
    }
}

/// The starter bank and the user's own, without what is picked already.
fn shelves(talk: &TalkDetail, background: &Background) -> Vec<Shelf> {
    let is_picked = |text: &str| talk.questions.iter().any(|question| question.text == text);
    let is_hidden = |text: &str| background.bank.iter().any(|row| row.is_hidden && row.text == text);
    Topic::ALL
        .iter()
        .map(|&topic| {
            let own = background.bank.iter().filter(|own| own.topic == topic).map(|own| own.text.as_str());
            let starters = starters(topic).iter().copied();
            let mut questions: Vec<String> = Vec::new();
            for text in own.chain(starters).filter(|text| !is_picked(text) && !is_hidden(text)) {
                if !questions.iter().any(|known| known == text) {
                    questions.push(text.to_owned());
                }
            }
            Shelf { topic, questions }
        })
        .filter(|shelf| !shelf.questions.is_empty())
        .collect()
}

fn lacking(talk: &TalkDetail, background: &Background) -> Vec<Gap> {
    let is_picked = |text: &str| talk.questions.iter().any(|question| question.text == text);
    if background.heard.is_empty() { Vec::new() } else { gaps(&background.heard, &background.bank, is_picked) }
}

fn sources<P>(visit: &Visit<P>, talk: &TalkDetail) -> Vec<SourceBox> {
    let company = talk.company.as_ref();
    let linkedin = company.and_then(|company| company.linkedin_id.as_deref());
    let links = prepare_links(&Preparation {
        person: &talk.person.name,
        profile: talk.person.profile_url.as_deref(),
        company: company.map_or("", |company| company.name.as_str()),
        website: company.and_then(|company| company.website.as_deref()),
        linkedin_id: linkedin.and_then(|id| id.parse().ok()),
        role: visit.person.preferences.target_roles.first().map_or("", String::as_str),
    });
    links
        .into_iter()
        .map(|(source, links)| {
            let found = talk.findings.iter().find(|found| found.source == source);
            SourceBox {
                source,
                links,
                text: found.and_then(|found| found.text.clone()).unwrap_or_default(),
                checked: found.is_some_and(|found| found.checked),
                version: found.map_or(0, |found| found.version),
                problem: None,
            }
        })
        .collect()
}

/// `GET /interviews/{id}/prepare`
pub async fn show(mut visit: Visit<Viewer>, Id(id): Id<InterviewId>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let talk = talks::find(visit.db(), by, id, true).await?.ok_or(Error::NotFound)?;
    Ok(Page::ok(PreparePage::new(&visit, talk)?))
}

/// The page again, with something wrong that `change` puts in.
pub async fn again(
    mut visit: Visit<Owner>,
    id: InterviewId,
    change: impl FnOnce(&mut PreparePage),
) -> Result<Response> {
    let by = visit.by;
    let talk = talks::find(visit.db(), by, id, true).await?.ok_or(Error::NotFound)?;
    let mut page = PreparePage::new(&visit, talk)?;
    change(&mut page);
    Ok(Page::unprocessable(page).into_response())
}

/// The findings and the opener as typed. Each source has three fields, so they are read by name.
struct Sent(HashMap<String, String>);

impl Sent {
    fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    fn text(&self, source: Source) -> &str {
        self.get(&format!("text-{source}"))
    }

    fn is_checked(&self, source: Source) -> bool {
        !self.get(&format!("checked-{source}")).is_empty()
    }

    fn version(&self, source: Source) -> i32 {
        self.get(&format!("version-{source}")).parse().unwrap_or_default()
    }
}

const TOO_LONG_TOGETHER: &str = "Another tab saved a text meanwhile, and both are too long for one box: copy yours, open the page anew, and shorten it";

/// `POST /interviews/{id}/findings`
pub async fn save(
    mut visit: Visit<Owner>,
    Id(id): Id<InterviewId>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    use sqlx::Connection;
    let (by, now) = (visit.by, visit.now);
    let sent = Sent(once(fields)?);
    let mut errors = Errors::default();
    let mut problems = Vec::new();
    let opener = errors.take("opener", Text::<4_000>::parse_optional(sent.get("opener")));
    let mut texts = Vec::new();
    for &source in Source::ALL {
        match Text::<20_000>::parse_optional(sent.text(source)) {
            Ok(text) => texts.push((source, text.map(String::from).unwrap_or_default())),
            Err(problem) => problems.push((source, problem.to_string())),
        }
    }
    let (Some(opener), true) = (opener, problems.is_empty()) else {
        return again(visit, id, |page| page.take_back(&sent, errors, problems)).await;
    };

    let mut transaction = visit.db().begin().await?;
    kept::lock(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    let stored = kept::findings(&mut *transaction, by, id).await?;
    let mut both = false;
    let mut findings = Vec::new();
    for (source, text) in texts {
        let found = stored.iter().find(|found| found.source == source);
        let version = found.map_or(0, |found| found.version);
        let before = found.and_then(|found| found.text.clone()).unwrap_or_default();
        let (text, merged) = settle(text, sent.version(source) == version, before);
        both |= merged;
        if text.chars().count() > 20_000 {
            problems.push((source, TOO_LONG_TOGETHER.to_owned()));
        }
        findings.push(Finding { source, text: Some(text).filter(|t| !t.is_empty()), checked: sent.is_checked(source) });
    }
    let before = kept::opener(&mut *transaction, by, id).await?.unwrap_or_default();
    let seen =
        Text::<4_000>::parse_optional(sent.get("opener_was")).ok().flatten().map(String::from).unwrap_or_default();
    let (opener, merged) = settle(opener.map(String::from).unwrap_or_default(), seen == before, before);
    if opener.chars().count() > 4_000 {
        errors.add("opener", TOO_LONG_TOGETHER);
    }
    if !errors.is_empty() || !problems.is_empty() {
        transaction.rollback().await?;
        return again(visit, id, |page| page.take_back(&sent, errors, problems)).await;
    }
    kept::keep_findings(&mut *transaction, by, id, &findings, now).await?;
    kept::keep_opener(&mut *transaction, by, id, Some(opener.as_str()).filter(|o| !o.is_empty())).await?;
    transaction.commit().await?;
    let text = if both || merged { "Saved. Another tab had saved meanwhile: both texts are kept." } else { "Saved." };
    Ok(Done::to(format!("/interviews/{id}/prepare")).saying(text).into_response())
}

/// What is kept of a text, and whether it is two texts now.
fn settle(sent: String, knows: bool, stored: String) -> (String, bool) {
    let page = uuid::Uuid::nil();
    match merge(&sent, Base { version: i32::from(knows), page }, Stored { text: &stored, version: 1, page: None }) {
        Merged::Stored => (stored, false),
        Merged::Sent => (sent, false),
        Merged::Both(both) => (both, true),
    }
}

impl PreparePage {
    /// What was typed stays typed, with what is wrong beside it.
    fn take_back(&mut self, sent: &Sent, errors: Errors, problems: Vec<(Source, String)>) {
        self.opener = sent.get("opener").to_owned();
        self.opener_was = sent.get("opener_was").to_owned();
        self.errors = errors;
        for source in &mut self.sources {
            source.text = sent.text(source.source).to_owned();
            source.checked = sent.is_checked(source.source);
            source.version = sent.version(source.source);
            source.problem = problems.iter().find(|(of, _)| *of == source.source).map(|(_, problem)| problem.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_another_tab_saved_is_kept_beside() {
        let settled = |sent: &str, knows, stored: &str| settle(sent.into(), knows, stored.into());
        assert_eq!(settled("new", true, "old"), ("new".into(), false));
        assert_eq!(settled("", true, "old"), (String::new(), false));
        assert_eq!(settled("new", false, "old"), ("new\n\nFrom another tab:\nold".into(), true));
        assert_eq!(settled("", false, "old"), ("old".into(), false));
    }
}
