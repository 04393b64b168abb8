//! A referral to ask for: of whom, for what, and when.

use askama::Template;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;

use super::planning::{Planned, ReferralForm, plan};
use super::queries::whole::{self, Choices, ContactChoice};
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::contacts::choosing::{self, Settled};
use crate::error::Result;
use crate::ids::ReferralId;
use crate::playbook::referral::may_be_asked;
use crate::web::chooser::{Choice, Chooser};
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::page::Page;
use crate::web::shell::{Nav, Shell};

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
    let (by, today) = (visit.by, visit.today());
    let mut errors = Errors::default();
    let words = (&mut form.contact, &mut form.contact_words, form.contact_seen.as_str());
    let settled = choosing::settle(visit.db(), by, words, None).await?;
    settled.note(&mut errors, "contact");
    let Planned { choices, errors, existing } = match plan(&mut visit.acting(), &form, errors).await? {
        Ok((id, is_new)) => {
            let done = Done::to(format!("/referrals/{id}"));
            return Ok(if is_new { done.saying("Here is what to write.") } else { done }.into_response());
        }
        Err(planned) => planned,
    };
    let page = NewPage { shell: visit.shell(Nav::Referrals), form, errors, today, choices, settled, existing };
    Ok(Page::unprocessable(page).into_response())
}
