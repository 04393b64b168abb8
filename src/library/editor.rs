//! Writing a template: its words, what they come to for a real contact, and its earlier wordings.

use askama::Template;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sqlx::Connection;

use super::form::TemplateForm;
use super::pages::counted;
use super::preview::{Preview, preview};
use super::queries::{self, Saved, TemplateDetail, VersionRow};
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::contacts;
use crate::error::{Error, Result};
use crate::folding::pattern;
use crate::ids::{ContactId, TemplateId};
use crate::playbook::message::built_in::{self, BuiltIn, Moment};
use crate::playbook::message::channel::Channel;
use crate::playbook::message::fill::Facts;
use crate::playbook::message::placeholder::Placeholder;
use crate::playbook::warmth::Warmth;
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::list::typed;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

#[derive(Template)]
#[template(path = "library/editor.html")]
struct EditorPage {
    shell: Shell,
    /// The template that is changed; none while it is new.
    template: Option<TemplateDetail>,
    /// What comes with Inroad that a new one begins with.
    from: Option<&'static BuiltIn>,
    form: TemplateForm,
    errors: Errors,
    preview: Preview,
    /// What someone else saved meanwhile.
    theirs: Option<TemplateForm>,
    today: jiff::civil::Date,
    zone: jiff::tz::TimeZone,
}

impl EditorPage {
    fn new<P>(visit: &Visit<P>, template: Option<TemplateDetail>, form: TemplateForm, errors: Errors) -> Self {
        Self {
            shell: visit.shell(Nav::Library),
            from: built_in::find(&form.from),
            preview: preview(&form, &Facts::typical(), &visit.person.preferences),
            template,
            form,
            errors,
            theirs: None,
            today: visit.today(),
            zone: visit.person.zone.clone(),
        }
    }

    fn heading(&self) -> &str {
        match (&self.template, self.from) {
            (Some(template), _) => &template.name,
            (None, Some(from)) => from.name,
            (None, None) => "Write a template",
        }
    }

    /// What the button says that saves.
    fn saves(&self) -> &'static str {
        match (&self.template, self.from) {
            (Some(_), _) => "Save",
            (None, Some(_)) => "Make it mine",
            (None, None) => "Save the template",
        }
    }

    /// Where the form goes.
    fn address(&self) -> String {
        self.template.as_ref().map_or("/templates".into(), |template| format!("/templates/{}", template.id))
    }

    /// Under which name the browser keeps what is typed.
    fn draft_name(&self) -> String {
        match (&self.template, self.from) {
            (Some(template), _) => format!("template-{}", template.id),
            (None, Some(from)) => format!("template-from-{}", from.key),
            (None, None) => format!("template-new-{}", self.form.moment),
        }
    }

    fn moments(&self) -> Vec<(&'static str, &'static str)> {
        let choose = self.form.moment.is_empty().then_some(("", "Choose one"));
        choose.into_iter().chain(Moment::choices()).collect()
    }

    /// The ways to send it: word, label, whether it is chosen.
    fn channels(&self) -> Vec<(&'static str, &'static str, bool)> {
        let chosen = |word: &str| self.form.channels.iter().any(|channel| channel == word);
        Channel::ALL.iter().map(|channel| (channel.as_str(), channel.label(), chosen(channel.as_str()))).collect()
    }

    fn warmths(&self) -> Vec<(&'static str, &'static str, bool)> {
        let chosen = |word: &str| self.form.warmths.iter().any(|warmth| warmth == word);
        Warmth::ALL.iter().map(|warmth| (warmth.as_str(), warmth.label(), chosen(warmth.as_str()))).collect()
    }

    fn placeholders(&self) -> &'static [Placeholder] {
        Placeholder::ALL
    }

    fn versions(&self) -> &[VersionRow] {
        self.template.as_ref().map_or(&[], |template| &template.versions)
    }

    fn day(&self, version: &VersionRow) -> String {
        words::day(crate::clock::date_in(&self.zone, version.created_at), self.today)
    }

    fn counted(&self, version: &VersionRow) -> String {
        match counted(version.count) {
            none if none.is_empty() => "Not sent yet".into(),
            counted => counted,
        }
    }

    /// Whether changed words will make the next wording.
    fn is_sent(&self) -> bool {
        self.versions().first().is_some_and(|latest| latest.count.sent > 0)
    }

    /// The fields in which the two texts differ: label, what was saved, what was typed.
    fn differences(&self) -> Vec<(&'static str, String, String)> {
        let Some(theirs) = &self.theirs else { return Vec::new() };
        let mine = &self.form;
        let list = |words: &[String]| words.join(", ");
        [
            ("Name", theirs.name.clone(), mine.name.clone()),
            ("For", theirs.moment.clone(), mine.moment.clone()),
            ("Sent by", list(&theirs.channels), list(&mine.channels)),
            ("Fits", list(&theirs.warmths), list(&mine.warmths)),
            ("Subject", theirs.subject.clone(), mine.subject.clone()),
            ("Text", theirs.body.clone(), mine.body.replace("\r\n", "\n")),
        ]
        .into_iter()
        .filter(|(_, theirs, mine)| theirs != mine)
        .collect()
    }
}

/// What the address may say.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewQuery {
    from: String,
    moment: String,
}

/// `GET /library/new`: an empty template, or what comes with Inroad, to be looked at and made one's own.
pub async fn new(visit: Visit<Viewer>, Query(query): Query<NewQuery>) -> Result<Page<impl Template>> {
    let form = match query.from.as_str() {
        "" => TemplateForm::new(query.moment.parse().ok()),
        key => TemplateForm::from_built_in(built_in::find(key).ok_or(Error::NotFound)?),
    };
    Ok(Page::ok(EditorPage::new(&visit, None, form, Errors::default())))
}

/// `GET /templates/{id}`
pub async fn show(mut visit: Visit<Viewer>, Id(id): Id<TemplateId>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let template = queries::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    let form = TemplateForm::of(&template);
    Ok(Page::ok(EditorPage::new(&visit, Some(template), form, Errors::default())))
}

/// The page with the template filled for the contact that is asked for.
async fn tried(mut visit: Visit<Owner>, template: Option<TemplateDetail>, form: TemplateForm) -> Result<Response> {
    let (by, today) = (visit.by, visit.today());
    let begins = visit.person.preferences.cadence.week_begins;
    let chosen: Option<ContactId> = form.contact.parse().ok();
    let people = match typed(&form.who) {
        Some(who) => queries::people(visit.db(), by, pattern(who)).await?,
        None => Vec::new(),
    };
    let of_name = people.iter().find(|person| Some(person.id) == chosen).or(people.first()).map(|person| person.id);
    let contact = match of_name.or(chosen.filter(|_| form.who.trim().is_empty())) {
        Some(id) => contacts::queries::show::find(visit.db(), by, id, begins, today).await?,
        None => None,
    };
    let mut errors = Errors::default();
    if !form.who.trim().is_empty() && contact.is_none() {
        errors.add("who", "No contact of this name");
    }
    let mut page = EditorPage::new(&visit, template, form, errors);
    if let Some(contact) = contact {
        let moment = page.form.moment.parse().unwrap_or(Moment::KeepInTouch);
        let facts = contacts::draft::facts(&contact, &visit.person, visit.now, moment, &page.form.body);
        page.preview = preview(&page.form, &facts, &visit.person.preferences);
        page.form.contact = contact.id.to_string();
        page.preview.on = Some(queries::PersonRow { id: contact.id, name: contact.name, employer: contact.company });
    }
    page.preview.others = people;
    Ok(if page.errors.is_empty() { Page::ok(page) } else { Page::unprocessable(page) }.into_response())
}

/// `POST /templates`
pub async fn create(mut visit: Visit<Owner>, Form(form): Form<TemplateForm>) -> Result<Response> {
    if !form.preview.is_empty() {
        return tried(visit, None, form).await;
    }
    let (by, now) = (visit.by, visit.now);
    let mut errors = Errors::default();
    let Some(described) = form.parse(&mut errors) else {
        return Ok(Page::unprocessable(EditorPage::new(&visit, None, form, errors)).into_response());
    };
    let id = form.id.parse().unwrap_or_else(|_| TemplateId::new());
    let mut transaction = visit.db().begin().await?;
    let saved = queries::insert(&mut transaction, by, id, &described, now).await?;
    if saved == Saved::NameTaken {
        transaction.rollback().await?;
        errors.add("name", "You already have one with this name for this moment");
        return Ok(Page::unprocessable(EditorPage::new(&visit, None, form, errors)).into_response());
    }
    transaction.commit().await?;
    let done = Done::to(format!("/templates/{id}"));
    Ok(match saved {
        Saved::As(_) => done.saying("Saved. It's offered first from now on.").into_response(),
        _ => done.into_response(),
    })
}

/// `POST /templates/{id}`
pub async fn update(
    mut visit: Visit<Owner>,
    Id(id): Id<TemplateId>,
    Form(form): Form<TemplateForm>,
) -> Result<Response> {
    let (by, now) = (visit.by, visit.now);
    if !form.preview.is_empty() {
        let template = queries::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
        return tried(visit, Some(template), form).await;
    }
    let mut errors = Errors::default();
    let described = form.parse(&mut errors);
    let mut is_conflict = false;
    if let Some(described) = &described {
        let mut transaction = visit.db().begin().await?;
        match queries::update(&mut transaction, by, id, form.version, described, now).await? {
            Saved::As(wording) => {
                transaction.commit().await?;
                let text = match wording {
                    1 => "Saved.".to_owned(),
                    wording => format!("Saved as wording {wording}. Earlier wordings keep their own count."),
                };
                return Ok(Done::to(format!("/templates/{id}")).saying(text).into_response());
            }
            Saved::NameTaken => errors.add("name", "You already have one with this name for this moment"),
            Saved::Changed => is_conflict = true,
            Saved::Again | Saved::Gone => return Err(Error::NotFound),
        }
        transaction.rollback().await?;
    }
    let template = queries::find(visit.db(), by, id).await?.ok_or(Error::NotFound)?;
    let (theirs, version) = (TemplateForm::of(&template), template.version);
    let mut page = EditorPage::new(&visit, Some(template), form, errors);
    if !is_conflict {
        return Ok(Page::unprocessable(page).into_response());
    }
    page.form.version = version;
    page.theirs = Some(theirs);
    Ok(Page::conflict(page).into_response())
}
