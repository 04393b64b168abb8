//! A referral to ask for: of whom, for what, and when.

use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Deserialize;

use super::queries::whole::{Choices, ContactChoice};
use super::queries::{self, Written, whole};
use super::state::State;
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::contacts::choosing::{self, Settled};
use crate::error::Result;
use crate::ids::{ContactId, OpeningId, ReferralId};
use crate::playbook::referral::may_be_asked;
use crate::text::Text;
use crate::web::chooser::{Choice, Chooser};
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// The form as typed; the address of the empty one may carry contact and opening.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReferralForm {
    /// Made when the form is drawn, so that a second press adds nothing.
    id: String,
    contact: String,
    contact_words: Option<String>,
    contact_seen: String,
    opening: String,
    planned_on: String,
    details: String,
    /// Of whom the page said that a talk comes first.
    cautioned: String,
}

#[derive(Template)]
#[template(path = "referrals/new.html")]
struct NewPage {
    shell: Shell,
    form: ReferralForm,
    errors: Errors,
    today: Date,
    choices: Choices,
    /// What came of the words for whom to ask.
    settled: Settled,
    /// The referral there is already.
    existing: Option<ReferralId>,
}

impl NewPage {
    /// Who is chosen, where a talk with them comes first.
    fn to_talk_with(&self) -> Option<&ContactChoice> {
        let chosen = self.choices.contacts.iter().find(|choice| choice.id.to_string() == self.form.contact);
        chosen.filter(|choice| !may_be_asked(choice.stage, choice.next_step))
    }

    fn contact(&self) -> Chooser {
        let best = self.choices.contacts.iter();
        let best = best
            .map(|contact| Choice { id: contact.id.to_string(), label: contact.label.clone(), about: None })
            .collect();
        let (form, near) = (&self.form, self.choices.openings.iter().find(|o| o.id.to_string() == self.form.opening));
        Chooser::new("contact", "Who could refer you", &form.contact, form.contact_words.as_deref(), best)
            .finding(choosing::source(near.map(|opening| opening.company_id), None))
            .asking(self.settled.matches.clone())
    }

    fn openings(&self) -> Vec<(String, String)> {
        let openings = self.choices.openings.iter().map(|o| (o.id.to_string(), format!("{}, {}", o.title, o.company)));
        std::iter::once((String::new(), "No opening yet: for the company they work at".to_owned()))
            .chain(openings)
            .collect()
    }

    fn first_day(&self) -> String {
        self.today.to_string()
    }
}

/// `GET /referrals/new`
pub async fn new(mut visit: Visit<Viewer>, Query(mut form): Query<ReferralForm>) -> Result<Page<impl Template>> {
    let (by, today) = (visit.by, visit.today());
    let choices = whole::choices(visit.db(), by, form.contact.parse().ok(), form.opening.parse().ok()).await?;
    form.id = ReferralId::new().to_string();
    if form.planned_on.is_empty() {
        form.planned_on = today.to_string();
    }
    Ok(Page::ok(NewPage {
        shell: visit.shell(Nav::Referrals),
        form,
        errors: Errors::default(),
        today,
        choices,
        settled: Settled::default(),
        existing: None,
    }))
}

/// `POST /referrals`
pub async fn create(mut visit: Visit<Owner>, Form(mut form): Form<ReferralForm>) -> Result<Response> {
    let (by, now, today, cadence) = (visit.by, visit.now, visit.today(), visit.person.preferences.cadence.clone());
    let mut errors = Errors::default();
    let words = (&mut form.contact, &mut form.contact_words, form.contact_seen.as_str());
    let settled = choosing::settle(visit.db(), by, words, None).await?;
    let contact = errors.take("contact", form.contact.parse::<ContactId>().map_err(|_| "Choose who could refer you"));
    let opening = errors
        .optional::<OpeningId, _>("opening", &form.opening, |t| t.parse().map_err(|_| "Choose one from the list"));
    let planned_on = errors.optional_date("planned_on", &form.planned_on).unwrap_or(today);
    if !(-365..=730).contains(&words::days_between(today, planned_on)) {
        errors.add("planned_on", "Choose a day within the next two years");
    }
    settled.note(&mut errors, "contact");
    let details = errors.take("details", Text::<4_000>::parse_optional(&form.details));
    let choices = whole::choices(visit.db(), by, contact, opening).await?;
    let contact = contact.and_then(|id| {
        let chosen = choices.contacts.iter().find(|choice| choice.id == id);
        errors.take("contact", chosen.ok_or("They're no longer in your contacts"))
    });
    let opening = opening.and_then(|id| {
        let chosen = choices.openings.iter().find(|choice| choice.id == id);
        errors.take("opening", chosen.ok_or("Choose an opening of the list"))
    });
    let company = opening.map(|opening| opening.company_id).or_else(|| contact.and_then(|contact| contact.company_id));
    if contact.is_some() && errors.is_empty() && company.is_none() {
        errors.add("opening", "Choose an opening: they work at no company of your list");
    }
    let is_warned = |contact: &ContactChoice| form.cautioned == contact.id.to_string();
    if let Some(contact) = contact
        && !may_be_asked(contact.stage, contact.next_step)
        && !is_warned(contact)
    {
        errors.add("contact", "Talk with them first, or press once more to ask all the same");
    }
    let id = form.id.parse().unwrap_or_else(|_| ReferralId::new());
    let to_ask = errors.give(|| {
        let state = State::to_ask(id, contact?.id, company?, opening.map(|opening| opening.id), planned_on);
        Some((state, details?))
    });
    let mut existing = None;
    let errors = match to_ask {
        Ok((state, details)) => {
            let written = queries::insert(visit.db(), by, &state, details.as_ref(), state.next(&cadence), now).await?;
            let done = Done::to(format!("/referrals/{id}"));
            match written {
                Written::Yes => return Ok(done.saying("Here is what to write.").into_response()),
                Written::Again => return Ok(done.into_response()),
                Written::Taken => {}
            }
            existing = queries::live(visit.db(), by, state.contact, state.company, state.opening).await?;
            Errors::of("contact", "There is a referral of theirs for this already")
        }
        Err(errors) => errors,
    };
    let page = NewPage { shell: visit.shell(Nav::Referrals), form, errors, today, choices, settled, existing };
    Ok(Page::unprocessable(page).into_response())
}
