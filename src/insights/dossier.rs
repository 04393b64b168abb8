//! `/companies/{id}/dossier`: everything known of one company, open beside the application.

use askama::Template;
use axum::http::HeaderValue;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::forms::InsightForm;
use super::markdown;
use super::presses::{Back, weights};
use super::queries::{self, Gathered};
use super::summary::{Point, Summary, Voice, whole};
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{CompanyId, InsightId};
use crate::insights::sections::Section;
use crate::interviews::preparation::gaps::{Gap, gaps};
use crate::interviews::queries::talks::Heard;
use crate::playbook::topic::Topic;
use crate::web::download::{attachment, headers_of};
use crate::web::form::Errors;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

#[derive(Template)]
#[template(path = "insights/show.html")]
struct ShowPage {
    shell: Shell,
    id: CompanyId,
    back: String,
    company: Gathered,
    whole: Summary,
    gaps: Vec<Gap>,
    form: InsightForm,
    errors: Errors,
    today: Date,
    zone: TimeZone,
}

impl ShowPage {
    fn new<P>(visit: &Visit<P>, id: CompanyId, mut company: Gathered, form: InsightForm, errors: Errors) -> Self {
        let heard: Vec<Heard> = company
            .voices
            .iter()
            .filter(|voice| !voice.hidden)
            .filter_map(|voice| Some(Heard { topic: voice.topic, by: voice.contact? }))
            .collect();
        let asked = company.coming.as_ref().map_or(&[][..], |coming| coming.asked.as_slice());
        let gaps = gaps(&heard, &company.bank, |text| asked.iter().any(|known| known == text));
        let voices = std::mem::take(&mut company.voices.0);
        Self {
            shell: visit.shell(Nav::Companies),
            back: format!("/companies/{id}/dossier"),
            id,
            whole: whole(voices, &company.links, &visit.person.zone),
            gaps,
            form,
            errors,
            today: visit.today(),
            zone: visit.person.zone.clone(),
            company,
        }
    }

    fn about(&self) -> String {
        let parts = [&self.company.industry, &self.company.place];
        parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" · ")
    }

    /// Nothing was learned or found yet.
    fn is_empty(&self) -> bool {
        self.whole.parts.is_empty() && self.company.findings.is_empty() && self.whole.hidden.is_empty()
    }

    /// '12 lines from 5 people'.
    fn summary(&self) -> String {
        let lines = words::count(self.whole.lines() as i64, "line", "lines");
        match self.whole.people as i64 {
            0 => lines,
            people => format!("{lines} from {}", words::count(people, "person", "people")),
        }
    }

    fn day(&self, date: &Date) -> String {
        words::day(*date, self.today)
    }

    fn full_day(&self, date: &Date) -> String {
        words::full_day(*date, self.today)
    }

    fn day_of(&self, at: &Timestamp) -> String {
        words::day(self.zone.to_datetime(*at).date(), self.today)
    }

    /// 'on 3 December', 'on Thursday', 'tomorrow'.
    fn on_day(&self, at: &Timestamp) -> String {
        match self.day_of(at) {
            day if day == "today" || day == "tomorrow" => day,
            day => format!("on {day}"),
        }
    }

    /// The address that takes a contradiction away.
    fn untie(&self, point: &Point) -> String {
        Back { back: self.back.clone() }.undo("/insight-links/removals", &[("of", &point.untie())])
    }

    /// The sections shown: those with lines, and the two that openings and people stand in.
    fn sections(&self) -> Vec<Section> {
        let has = |section: &Section| {
            self.whole.part(*section).is_some()
                || (*section == Section::Openings && !self.company.openings.is_empty())
                || (*section == Section::People && !self.company.people.is_empty())
        };
        Section::ALL.iter().copied().filter(has).collect()
    }

    fn is(&self, section: &Section, word: &str) -> bool {
        section.as_str() == word
    }

    /// Whether a line tells its topic beside its section.
    fn tells_topic(&self, voice: &Voice) -> bool {
        Section::of(voice.row.topic).topics().count() > 1
    }

    fn is_requirement(&self, voice: &Voice) -> bool {
        voice.row.topic == Topic::Requirements
    }

    /// Every question the gaps propose.
    fn picks(&self) -> Vec<String> {
        self.gaps
            .iter()
            .flat_map(|gap| &gap.questions)
            .map(crate::interviews::preparation::gaps::Proposal::pick)
            .collect()
    }

    fn form_id(&self) -> InsightId {
        self.form.id.unwrap_or_else(InsightId::new)
    }

    fn topics(&self) -> Vec<(&'static str, &'static str)> {
        Topic::choices()
    }

    fn weights(&self) -> Vec<(&'static str, &'static str)> {
        weights()
    }
}

/// `GET /companies/{id}/dossier`
pub async fn show(mut visit: Visit<Viewer>, Id(id): Id<CompanyId>) -> Result<Page<impl Template>> {
    let (by, now) = (visit.by, visit.now);
    let company = queries::gather(visit.db(), by, id, now).await?.ok_or(Error::NotFound)?;
    Ok(Page::ok(ShowPage::new(&visit, id, company, InsightForm::default(), Errors::default())))
}

/// The page again, with what is wrong with a line to be added.
pub async fn again(mut visit: Visit<Owner>, id: CompanyId, form: InsightForm, errors: Errors) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    let company = queries::gather(visit.db(), by, id, now).await?.ok_or(Error::NotFound)?;
    Ok(Page::unprocessable(ShowPage::new(&visit, id, company, form, errors)).into_response())
}

/// `GET /companies/{id}/dossier.md`
pub async fn download(mut visit: Visit<Viewer>, Id(id): Id<CompanyId>) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    let mut company = queries::gather(visit.db(), by, id, now).await?.ok_or(Error::NotFound)?;
    let voices = std::mem::take(&mut company.voices.0);
    let whole = whole(voices, &company.links, &visit.person.zone);
    let text = markdown::render(&company, &whole, &visit.person.zone, visit.today());
    let kind = HeaderValue::from_static("text/markdown; charset=utf-8");
    Ok((headers_of(kind, attachment(&format!("dossier {}", company.name), "md")), text).into_response())
}
