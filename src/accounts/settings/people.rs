//! Who may look at this search: a coach is invited by a link, accepts, is let in, and can be turned away again.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::Connection;

use super::cohorts::{Membership, memberships};
use crate::access::{Owner, Scope};
use crate::accounts::audit::{Event, Kind};
use crate::accounts::coaches::queries::{self, Terms};
use crate::accounts::coaches::{HOLDS, INVITATION, shared_in_words};
use crate::accounts::confirm::Confirmed;
use crate::accounts::login::policy;
use crate::accounts::mailing;
use crate::accounts::queries::instance;
use crate::accounts::rate_limit::{self, LOOKS_BY_ACCOUNT, LOOKS_BY_RECIPIENT};
use crate::accounts::token::Token;
use crate::accounts::visit::Visit;
use crate::address::EmailAddress;
use crate::app::App;
use crate::config::SignUp;
use crate::database::{At, Day};
use crate::error::{Error, Result};
use crate::ids::GrantId;
use crate::mail::letter::Letter;
use crate::text::{Line, lower_first};
use crate::web::flash::Done;
use crate::web::form::{Errors, Form};
use crate::web::host;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};
use crate::web::words;

/// The form as typed.
#[derive(Debug, Deserialize)]
pub struct InviteForm {
    id: GrantId,
    #[serde(default)]
    label: String,
    /// Whom the link is sent to, too.
    #[serde(default)]
    email: String,
    #[serde(flatten)]
    terms: TermsForm,
}

/// What a coach is allowed, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TermsForm {
    scope: String,
    may_comment: String,
    ends_on: String,
}

impl TermsForm {
    /// What is proposed for a new coach.
    fn proposed() -> Self {
        Self { scope: Scope::Everything.to_string(), may_comment: "true".into(), ends_on: String::new() }
    }

    fn of(terms: Terms) -> Self {
        Self {
            scope: terms.scope.to_string(),
            may_comment: terms.may_comment.to_string(),
            ends_on: terms.ends_on.map(|day| day.to_string()).unwrap_or_default(),
        }
    }

    fn parse(&self, errors: &mut Errors, today: Date) -> Option<Terms> {
        let scope = errors.choose("scope", &self.scope);
        let ends_on = errors.optional_date("ends_on", &self.ends_on);
        if ends_on.is_some_and(|day| day < today) {
            errors.add("ends_on", "Choose today or a later day");
        }
        errors.is_empty().then_some(Terms { scope: scope?, may_comment: self.may_comment == "true", ends_on })
    }

    fn scopes() -> Vec<(&'static str, &'static str)> {
        Scope::ALL.iter().rev().map(|scope| scope.choice()).collect()
    }
}

/// Whoever accepted.
struct Account {
    name: String,
    email: String,
    made: String,
}

enum Standing {
    Active(Account),
    /// Its last day is past.
    Over(Account),
    Accepted(Account),
    Waiting,
    Expired,
}

struct PersonLine {
    id: GrantId,
    label: String,
    standing: Standing,
    since: String,
    /// What they are allowed, in words.
    shared: String,
    /// What they are allowed, to be changed.
    terms: TermsForm,
}

impl PersonLine {
    fn is_expired(&self) -> bool {
        matches!(self.standing, Standing::Expired)
    }
}

/// A link just made: it is known now and never again.
struct Made {
    link: String,
    /// Whom it was sent to, too.
    sent_to: Option<String>,
    /// Whether its holder can make an account, if they have none.
    sign_up: SignUp,
}

#[derive(Template)]
#[template(path = "accounts/settings/people.html")]
struct PeoplePage {
    shell: Shell,
    people: Vec<PersonLine>,
    form: InviteForm,
    made: Option<Made>,
    /// Links go out by mail, too.
    by_mail: bool,
    errors: Errors,
    /// Whose terms were sent with a fault, as typed, and what was wrong with them.
    wrong: Option<(GrantId, TermsForm, Errors)>,
    /// The first day that can be a last one.
    first_day: String,
    cohorts: Vec<Membership>,
}

impl PeoplePage {
    async fn load(app: &App, visit: &mut Visit<Owner>) -> Result<Self> {
        let (by, now, today) = (visit.by, visit.now, visit.today());
        let grants = queries::granted(visit.db(), by).await?;
        let cohorts = memberships(visit).await?;
        let zone = &visit.person.zone;
        let day = |at: At| words::day(crate::clock::date_in(zone, at.0), today);
        let line = |grant: queries::Granted| PersonLine {
            id: grant.id,
            since: day(grant.let_in_at.or(grant.accepted_at).unwrap_or(grant.created_at)),
            standing: match (grant.name, grant.email, grant.account_made_at) {
                (Some(name), Some(email), Some(made)) => {
                    let account = Account { name, email, made: day(made) };
                    match grant.ends_on {
                        Some(day) if day.0 < today => Standing::Over(account),
                        _ if grant.let_in_at.is_some() => Standing::Active(account),
                        _ => Standing::Accepted(account),
                    }
                }
                _ if grant.created_at.0 + HOLDS > now => Standing::Waiting,
                _ => Standing::Expired,
            },
            shared: shared_in_words(grant.scope, grant.may_comment, grant.ends_on, today),
            terms: TermsForm::of(Terms {
                scope: grant.scope,
                may_comment: grant.may_comment,
                ends_on: grant.ends_on.map(|day| day.0),
            }),
            label: grant.label,
        };
        Ok(Self {
            people: grants.into_iter().map(line).collect(),
            shell: visit.shell(Nav::Settings),
            form: InviteForm {
                id: GrantId::new(),
                label: String::new(),
                email: String::new(),
                terms: TermsForm::proposed(),
            },
            made: None,
            by_mail: app.outbox.is_on(),
            errors: Errors::default(),
            wrong: None,
            first_day: today.to_string(),
            cohorts,
        })
    }

    fn scopes(&self) -> Vec<(&'static str, &'static str)> {
        TermsForm::scopes()
    }

    /// What is typed of someone's terms.
    fn terms_of<'a>(&'a self, person: &'a PersonLine) -> &'a TermsForm {
        self.wrong_of(person).map_or(&person.terms, |(terms, _)| terms)
    }

    fn errors_of(&self, person: &PersonLine) -> Errors {
        self.wrong_of(person).map(|(_, errors)| errors.clone()).unwrap_or_default()
    }

    fn wrong_of(&self, person: &PersonLine) -> Option<(&TermsForm, &Errors)> {
        self.wrong.as_ref().filter(|(id, ..)| *id == person.id).map(|(_, terms, errors)| (terms, errors))
    }
}

/// `GET /settings/people`
pub async fn show(State(app): State<App>, mut visit: Visit<Owner>) -> Result<Page<impl Template>> {
    Ok(Page::ok(PeoplePage::load(&app, &mut visit).await?))
}

/// `POST /settings/people`: makes a link and shows it once.
pub async fn invite(
    State(app): State<App>,
    headers: HeaderMap,
    Confirmed(mut visit): Confirmed<Owner>,
    Form(form): Form<InviteForm>,
) -> Result<Response> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let mut errors = Errors::default();
    let label = errors.take("label", Line::<100>::parse(&form.label));
    let email = errors.take("email", EmailAddress::parse_optional(&form.email));
    let terms = form.terms.parse(&mut errors, visit.today());
    let (Some(label), Some(email), Some(terms)) = (label, email, terms) else {
        let page = PeoplePage { form, errors, ..PeoplePage::load(&app, &mut visit).await? };
        return Ok(Page::unprocessable(page).into_response());
    };
    rate_limit::count(visit.db(), now, LOOKS_BY_ACCOUNT, &by.user_id().to_string()).await?;
    let token = Token::new()?;
    if !queries::invite(visit.db(), by, form.id, label.as_str(), terms, &token.hash(), now).await? {
        return Ok(Done::to("/settings/people")
            .saying(
                "This invitation was made already. Its link is shown once: if you missed it, withdraw it and make another.",
            )
            .into_response());
    }
    let event = Event::new(by.user_id(), Kind::CoachInvited, now).about(label.as_str());
    event.by_session(visit.db(), this).await?;
    let link = format!("{}{INVITATION}?token={}", host::base(&app.config, &headers), token.reveal());
    let sign_up = policy(&app, &instance(visit.db()).await?);
    let mut sent_to = None;
    if let Some(email) = email {
        let letter = Letter::Coaching { by: visit.person.name.clone(), link: link.clone() };
        if mailing::ask(&app, LOOKS_BY_RECIPIENT, &email, &letter, now).await? {
            sent_to = Some(email.into());
        }
    }
    let made = Made { link, sent_to, sign_up };
    let page = PeoplePage { made: Some(made), ..PeoplePage::load(&app, &mut visit).await? };
    Ok(Page::ok(page).into_response())
}

/// `POST /settings/people/{id}/entries`: whoever accepted may look from now on.
pub async fn let_in(Confirmed(mut visit): Confirmed<Owner>, Id(id): Id<GrantId>) -> Result<Done> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let name = queries::let_in(visit.db(), by, id, now).await?.ok_or(Error::NotFound)?;
    Event::new(by.user_id(), Kind::CoachLetIn, now).about(&name).by_session(visit.db(), this).await?;
    Ok(Done::to("/settings/people").saying(format!("{name} can look at your search now.")))
}

/// `POST /settings/people/{id}/terms`: what they may see and do, from their next request on.
pub async fn set_terms(
    State(app): State<App>,
    Confirmed(mut visit): Confirmed<Owner>,
    Id(id): Id<GrantId>,
    Form(form): Form<TermsForm>,
) -> Result<Response> {
    let (by, now, this, today) = (visit.by, visit.now, visit.session, visit.today());
    let mut errors = Errors::default();
    let Some(terms) = form.parse(&mut errors, today) else {
        let page = PeoplePage { wrong: Some((id, form, errors)), ..PeoplePage::load(&app, &mut visit).await? };
        return Ok(Page::unprocessable(page).into_response());
    };
    let label = queries::set_terms(visit.db(), by, id, terms).await?.ok_or(Error::NotFound)?;
    let shared = shared_in_words(terms.scope, terms.may_comment, terms.ends_on.map(Day), today);
    Event::new(by.user_id(), Kind::CoachChanged, now).about(&label).by_session(visit.db(), this).await?;
    Ok(Done::to("/settings/people").saying(format!("Saved for {label}: {}.", lower_first(&shared))).into_response())
}

/// `POST /settings/people/{id}/revocations`
pub async fn revoke(mut visit: Visit<Owner>, Id(id): Id<GrantId>) -> Result<Done> {
    let (by, now, this) = (visit.by, visit.now, visit.session);
    let mut transaction = visit.db().begin().await?;
    let label = queries::revoke(&mut transaction, by, id, now).await?.ok_or(Error::NotFound)?;
    Event::new(by.user_id(), Kind::CoachEnded, now).about(&label).by_session(&mut *transaction, this).await?;
    transaction.commit().await?;
    Ok(Done::to("/settings/people").saying(format!("Invitation for {label} withdrawn: no one can use it any more.")))
}
