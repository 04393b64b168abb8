//! What became of a talk, and the referral that was asked for in it, or is to be asked for after it.

use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::{Connection, PgConnection};

use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::contacts::contact::NewTouchpoint;
use crate::contacts::wording::on_day;
use crate::error::{Error, Result};
use crate::ids::{InterviewId, ReferralId, TouchpointId};
use crate::interviews::kinds::{Outcome, ReferralTalk};
use crate::interviews::queries::changes;
use crate::interviews::wrap_up::outcome::Said;
use crate::interviews::wrap_up::page::WrapUpForm;
use crate::interviews::wrap_up::{outcome, page as wrap_up};
use crate::links::with_query;
use crate::playbook::cadence::Cadence;
use crate::playbook::event::Kind;
use crate::playbook::name::first_name;
use crate::playbook::referral::Status;
use crate::referrals::queries::wrap_ups::spoken_of;
use crate::referrals::queries::{Which, Written};
use crate::referrals::record::Change;
use crate::referrals::state::{Move, State};
use crate::referrals::{queries, record};
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::path::Id;
use crate::web::words;

/// Business days after which a referral is asked for that the user means to ask for: thanks come first. Our choice.
const ASK_AFTER: u8 = 2;

/// `POST /interviews/{id}/outcomes`: the outcome alone, or with how it went and what was said of a referral.
pub async fn create(
    mut visit: Visit<Owner>,
    Id(id): Id<InterviewId>,
    Form(form): Form<WrapUpForm>,
) -> Result<Response> {
    let by = visit.by;
    let cadence = visit.person.preferences.cadence.clone();
    let said = match read(&form, &visit, &cadence)? {
        Ok(said) => said,
        Err(errors) => return wrap_up::again(visit, id, form, errors).await,
    };
    let mut transaction = visit.db().begin().await?;
    let Some(noted) = outcome::note(&mut transaction, by, id, &said).await? else {
        drop(transaction);
        return wrap_up::meanwhile(visit, id, form).await;
    };
    let spoken = said.afterwards.as_ref().and_then(|afterwards| afterwards.referral_talk);
    let made = match spoken.filter(|_| said.outcome == Outcome::Held) {
        Some(spoken) => make(&mut transaction, by, id, spoken, noted.on, &said).await?,
        None => None,
    };
    transaction.commit().await?;
    let (to, text) = outcome::answer(id, &said);
    let resource = if noted.is_news { "outcomes/undos" } else { "referrals/undos" };
    let undo = format!("/interviews/{id}/{resource}");
    let done = Done::to(to);
    Ok(match made {
        Some(made) => done.saying(format!("{text} {}", made.text)).undo(made.undoing.behind(&undo)),
        None if noted.is_news => done.saying(text).undo(undo),
        None => done.saying(text),
    }
    .into_response())
}

/// Understands the form, or tells what is wrong in it.
fn read<'a>(form: &WrapUpForm, visit: &Visit<Owner>, cadence: &'a Cadence) -> Result<Result<Said<'a>, Errors>> {
    let outcome =
        form.status.parse().map_err(|_| Error::Invalid("The outcome is held, cancelled or no show.".into()))?;
    Ok(form.afterwards().transpose().map(|afterwards| Said {
        outcome,
        afterwards,
        version: form.version,
        zone: visit.person.zone.clone(),
        today: visit.today(),
        now: visit.now,
        cadence,
    }))
}

/// What was made of what was said, and how it is taken back.
struct MadeOfIt {
    text: String,
    undoing: Undoing,
}

/// Which referral goes with what is taken back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Undoing {
    referral: Option<ReferralId>,
    /// The line that says it was asked for.
    line: Option<TouchpointId>,
    /// Not empty where there was no such referral before.
    added: String,
}

impl Undoing {
    fn behind(&self, path: &str) -> String {
        let word = |id: Option<String>| id.unwrap_or_default();
        let (referral, line) = (self.referral.map(|id| id.to_string()), self.line.map(|id| id.to_string()));
        with_query(path, &[("referral", &word(referral)), ("line", &word(line)), ("added", &self.added)])
    }
}

/// Makes the referral that was spoken of: asked for in the talk of the day `on`, or to be asked for. Nothing where it is so
/// already, and where they work at no company of the list.
async fn make(
    db: &mut PgConnection,
    by: Owner,
    id: InterviewId,
    spoken: ReferralTalk,
    on: Date,
    said: &Said<'_>,
) -> Result<Option<MadeOfIt>> {
    let Said { today, now, cadence, .. } = *said;
    let Some(about) = spoken_of(&mut *db, by, id).await? else { return Ok(None) };
    let name = first_name(&about.name);
    let planned_on = match spoken {
        ReferralTalk::Asked => on,
        ReferralTalk::WillAsk => cadence.add_business_days(today, ASK_AFTER),
        ReferralTalk::NotNow => return Ok(None),
    };
    let (referral, added) = match (about.referral, about.company) {
        (Some(_), _) if spoken == ReferralTalk::WillAsk || about.status != Some(Status::ToAsk) => return Ok(None),
        (Some(referral), _) => (referral, String::new()),
        (None, None) => return Ok(None),
        (None, Some(company)) => {
            let state = State::to_ask(ReferralId::new(), about.contact, company, about.opening, planned_on);
            // Of two tabs one is first; the other leaves it at that.
            let mut alone = db.begin().await?;
            let written = queries::insert(&mut alone, by, &state, None, state.next(cadence), now).await?;
            if written != Written::Yes {
                alone.rollback().await?;
                return Ok(None);
            }
            alone.commit().await?;
            (state.id, "yes".to_owned())
        }
    };
    if spoken == ReferralTalk::WillAsk {
        let text = format!("Ask {name} for the referral {}: thanks come first.", on_day(planned_on, today));
        return Ok(Some(MadeOfIt { text, undoing: Undoing { referral: Some(referral), line: None, added } }));
    }
    let line = NewTouchpoint::new(Kind::ReferralAsked, on, now);
    let undoing = Undoing { referral: Some(referral), line: Some(line.id), added };
    let Change::Done(state) = record::take(db, by, referral, Move::Ask, line, cadence, now).await? else {
        return Ok(None);
    };
    let text = match state.next(cadence).and_then(|next| next.due) {
        Some(due) if due > today => {
            format!(
                "If you hear nothing from {name} about the referral by {}, remind them once.",
                words::day(due, today)
            )
        }
        _ => format!("The referral by {name} is among those you asked for."),
    };
    Ok(Some(MadeOfIt { text, undoing }))
}

/// `POST /interviews/{id}/outcomes/undos`: the talk is to come again.
pub async fn undo_outcome(
    visit: Visit<Owner>,
    Id(id): Id<InterviewId>,
    Query(undoing): Query<Undoing>,
) -> Result<Done> {
    withdraw(visit, id, undoing, true).await?;
    Ok(Done::to(format!("/interviews/{id}")).saying("Undone: the talk is scheduled again."))
}

/// `POST /interviews/{id}/referrals/undos`: what was said of a referral after the talk.
pub async fn undo_referral(
    visit: Visit<Owner>,
    Id(id): Id<InterviewId>,
    Query(undoing): Query<Undoing>,
) -> Result<Done> {
    withdraw(visit, id, undoing, false).await?;
    Ok(Done::to(format!("/interviews/{id}/wrap-up")).saying("Undone: nothing is said of a referral."))
}

async fn withdraw(mut visit: Visit<Owner>, id: InterviewId, undoing: Undoing, with_outcome: bool) -> Result<()> {
    let (by, now, today, cadence) = (visit.by, visit.now, visit.today(), visit.person.preferences.cadence.clone());
    let mut transaction = visit.db().begin().await?;
    changes::lock(&mut *transaction, by, id).await?.ok_or(Error::NotFound)?;
    if with_outcome {
        outcome::withdraw(&mut transaction, by, id, &cadence, today, now).await?;
    }
    if let Some(referral) = undoing.referral {
        take_back(&mut transaction, by, referral, &undoing, &cadence, today, now).await?;
        changes::forget_referral_talk(&mut *transaction, by, id).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Takes back that it was asked for; one that there was not before goes into the bin, unless something came of it meanwhile.
async fn take_back(
    db: &mut PgConnection,
    by: Owner,
    id: ReferralId,
    undoing: &Undoing,
    cadence: &Cadence,
    today: Date,
    now: Timestamp,
) -> Result<()> {
    if let Some(line) = undoing.line {
        record::take_back(&mut *db, by, id, line, cadence, today, now).await?;
    }
    let stands = queries::lock(&mut *db, by, Which::One(id)).await?.pop();
    if stands.is_some_and(|state| state.status == Status::ToAsk) && !undoing.added.is_empty() {
        queries::delete(&mut *db, by, id, now).await?;
    }
    Ok(())
}
