//! Noting that someone could introduce the user to someone.

use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::{Connection, PgConnection};

use super::form::{Filled, IntroductionForm, Someone, Wanted};
use super::queries::whole::{self, Choices};
use super::queries::{self, Written};
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::companies::name::CompanyName;
use crate::contacts::choosing::{self, Settled};
use crate::contacts::contact::NewContact;
use crate::contacts::queries::{edit::holder, forgotten};
use crate::contacts::{employer, record};
use crate::error::{Error, Result};
use crate::ids::{CompanyId, ContactId, IntroductionId};
use crate::playbook::cadence::Cadence;
use crate::playbook::warmth::Warmth;
use crate::web::chooser::{Choice, Chooser};
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};

#[derive(Template)]
#[template(path = "introductions/new.html")]
struct NewPage {
    shell: Shell,
    form: IntroductionForm,
    errors: Errors,
    choices: Choices,
    /// What came of the words for the one who introduces, and for the other.
    settled: [Settled; 2],
    /// At which company the other is sought first.
    near: Option<CompanyId>,
    /// Something was read from what was pasted, and waits to be looked over.
    is_read: bool,
    /// The user asked to forget whoever is to be met.
    forgotten: bool,
}

impl NewPage {
    fn introducer(&self) -> Chooser {
        let (form, best) = (&self.form, self.choices.introducers.0.clone());
        Chooser::new("introducer", "Who could introduce you", &form.introducer, form.introducer_words.as_deref(), best)
            .finding(choosing::source(None, None))
            .asking(self.settled[0].matches.clone())
    }

    fn introduced(&self) -> Chooser {
        let (form, best) = (&self.form, self.choices.wanted.0.clone());
        let label = "Which contact would you meet?";
        Chooser::new("introduced", label, &form.introduced, form.introduced_words.as_deref(), best)
            .finding(choosing::source(self.near, None))
            .asking(self.settled[1].matches.clone())
    }

    fn is_somebody_new(&self) -> bool {
        self.form.introduced.is_empty() && !self.settled[1].is_open()
    }
}

/// What the address of an empty form says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewQuery {
    introducer: Option<ContactId>,
    introduced: Option<ContactId>,
    company: Option<CompanyId>,
}

/// `GET /introductions/new`
pub async fn new(mut visit: Visit<Viewer>, Query(query): Query<NewQuery>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let choices = whole::choices(visit.db(), by, query.introducer, query.introduced, query.company).await?;
    // Only who is on the list is chosen beforehand.
    let chosen = |asked_for: Option<ContactId>, offered: &[Choice]| {
        let found = offered.iter().find(|choice| asked_for.is_some_and(|id| choice.id == id.to_string()));
        found.map(|choice| choice.id.clone()).unwrap_or_default()
    };
    let form = IntroductionForm {
        id: IntroductionId::new().to_string(),
        introducer: chosen(query.introducer, &choices.introducers),
        introduced: chosen(query.introduced, &choices.wanted),
        company: choices.company.clone().unwrap_or_default(),
        ..IntroductionForm::default()
    };
    Ok(Page::ok(NewPage {
        shell: visit.shell(Nav::Contacts),
        form,
        errors: Errors::default(),
        choices,
        settled: Default::default(),
        near: query.company,
        is_read: false,
        forgotten: false,
    }))
}

/// `POST /introductions`
pub async fn create(mut visit: Visit<Owner>, Form(mut form): Form<IntroductionForm>) -> Result<Response> {
    let by = visit.by;
    let id: IntroductionId = match form.id.as_str() {
        "" => IntroductionId::new(),
        id => id.parse().map_err(|_| Error::Invalid("This form is broken. Load the page again.".into()))?,
    };
    let settled = form.settle(visit.db(), by).await?;
    let is_read = form.understand();
    let mut forgotten = false;
    let mut errors = match form.parse() {
        _ if is_read => Errors::default(),
        Ok(_) if settled.iter().any(Settled::is_open) => Errors::default(),
        Ok(filled) => match add(&mut visit, id, filled).await? {
            Added::Yes(done) => return Ok(done.into_response()),
            Added::No(errors) => errors,
            Added::Forgotten => {
                forgotten = true;
                Errors::default()
            }
        },
        Err(errors) => errors,
    };
    settled[0].note(&mut errors, "introducer");
    settled[1].note(&mut errors, "introduced");
    let (introducer, introduced) = (form.introducer.parse().ok(), form.introduced.parse().ok());
    let choices = whole::choices(visit.db(), by, introducer, introduced, None).await?;
    let shell = visit.shell(Nav::Contacts);
    let page = NewPage { shell, form, errors, choices, settled, near: None, is_read, forgotten };
    Ok(if is_read { Page::ok(page) } else { Page::unprocessable(page) }.into_response())
}

enum Added {
    Yes(Done),
    No(Errors),
    /// The user asked to forget whoever is to be met.
    Forgotten,
}

async fn add(visit: &mut Visit<Owner>, id: IntroductionId, filled: Filled) -> Result<Added> {
    let (by, now) = (visit.by, visit.now);
    let there = format!("/introductions/{id}");
    if queries::is_there(visit.db(), by, id).await? {
        return Ok(Added::Yes(Done::to(there)));
    }
    let wanted = match &filled.wanted {
        Wanted::Contact(id) => Some(*id),
        Wanted::New(..) => None,
    };
    let (introducer_is_there, wanted_is_there) = whole::are_there(visit.db(), by, filled.introducer, wanted).await?;
    let mut errors = Errors::default();
    if !introducer_is_there {
        errors.add("introducer", "They're no longer in your contacts");
    }
    if wanted.is_some() && !wanted_is_there {
        errors.add("introduced", "They're no longer in your contacts");
    }
    if !errors.is_empty() {
        return Ok(Added::No(errors));
    }
    let (cadence, today) = (visit.person.preferences.cadence.clone(), visit.today());
    let mut transaction = visit.db().begin().await?;
    let introduced = match filled.wanted {
        Wanted::Contact(id) => id,
        Wanted::New(new) => {
            let how = (by, &cadence, today, now);
            match someone(&mut transaction, how, filled.introducer, *new).await? {
                Some(id) => id,
                None => return Ok(Added::Forgotten),
            }
        }
    };
    if introduced == filled.introducer {
        errors.add("name", "They can't introduce you to themselves: enter another name");
        return Ok(Added::No(errors));
    }
    let pair = (filled.introducer, introduced);
    match queries::insert(&mut transaction, by, id, pair, filled.note.as_ref(), now).await? {
        Written::Yes => {
            transaction.commit().await?;
            let done = Done::to(&there).saying("On the list. Here is what to write.");
            Ok(Added::Yes(done.undo(format!("{there}/deletions"))))
        }
        Written::Again => Ok(Added::Yes(Done::to(there))),
        Written::Taken => {
            transaction.rollback().await?;
            let known = queries::between(visit.db(), by, pair.0, pair.1).await?;
            let there = known.map_or_else(|| "/introductions".into(), |known| format!("/introductions/{known}"));
            Ok(Added::Yes(Done::to(there).saying("This one is on your list already.")))
        }
    }
}

/// The contact of that name, or a new one whom the introducer named; nobody where the user asked to forget them.
async fn someone(
    db: &mut PgConnection,
    (by, cadence, today, now): (Owner, &Cadence, Date, Timestamp),
    introducer: ContactId,
    new: Someone,
) -> Result<Option<ContactId>> {
    let key = new.company.as_ref().map(CompanyName::key);
    if let Some(known) = queries::named(&mut *db, by, new.name.as_str(), key.as_ref()).await? {
        return Ok(Some(known));
    }
    let (company_id, employer) = match &new.company {
        Some(company) => {
            let (id, name) = employer::company_named(&mut *db, by, company, now).await?;
            (id, Some(name))
        }
        None => (None, None),
    };
    let contact = NewContact {
        company_id,
        employer,
        job_title: new.job_title,
        profile: new.profile,
        email: new.email,
        warmth: Warmth::CanBeIntroduced,
        introduced_by: Some(introducer),
        ..NewContact::named(ContactId::new(), new.name, today)
    };
    let marks = forgotten::left_by(&mut *db, by, &contact).await?;
    if !marks.is_empty() && !new.anyway {
        return Ok(None);
    }
    forgotten::lift(&mut *db, by, &marks).await?;
    let added = record::add(&mut *db, by, std::slice::from_ref(&contact), cadence, now).await?;
    // Whose profile it is already is who is meant.
    let holder = match &contact.profile {
        Some(profile) if added.is_empty() => holder(db, by, profile.key()).await?,
        _ => None,
    };
    Ok(Some(holder.map_or(contact.id, |holder| holder.id)))
}
