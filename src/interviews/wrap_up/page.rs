//! After the talk: what was kept in mind at its end, how it went, what was learned and promised, who was named.

use askama::Template;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::filing_form::LineForm;
use crate::access::{Owner, Viewer};
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::InterviewId;
use crate::interviews::forms::Captures;
use crate::interviews::kinds::{Filing, ReferralTalk};
use crate::interviews::queries::changes::Afterwards;
use crate::interviews::queries::speaking::Shared;
use crate::interviews::queries::talks;
use crate::interviews::queries::talks::TalkDetail;
use crate::interviews::scheduling::when;
use crate::interviews::talk::Told;
use crate::interviews::view::View;
use crate::playbook::talk::Status;
use crate::web::form::Errors;
use crate::web::page::Page;
use crate::web::path::Id;
use crate::web::shell::{Nav, Shell};

/// The form as typed; an outcome alone has no `details`.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct WrapUpForm {
    pub status: String,
    pub version: i32,
    details: String,
    time_kept: String,
    thanked: String,
    summed_up: String,
    read_back: String,
    asked_who_else: String,
    referral_talk: String,
    how_it_went: String,
    their_share: String,
    confidence_before: String,
    confidence_after: String,
}

impl WrapUpForm {
    fn of(talk: &TalkDetail) -> Self {
        let tick = |ticked: Option<bool>| if ticked == Some(true) { "true".to_owned() } else { String::new() };
        let number = |number: Option<i16>| number.map(|n| n.to_string()).unwrap_or_default();
        Self {
            status: Status::Held.to_string(),
            version: talk.version,
            details: "true".into(),
            time_kept: tick(talk.time_kept),
            thanked: tick(talk.thanked),
            summed_up: tick(talk.summed_up),
            read_back: tick(talk.read_back),
            asked_who_else: tick(talk.asked_who_else),
            referral_talk: talk.referral_talk.map(|r| r.to_string()).unwrap_or_default(),
            how_it_went: number(talk.how_it_went),
            their_share: number(talk.their_share),
            confidence_before: number(talk.confidence_before),
            confidence_after: number(talk.confidence_after),
        }
    }

    /// With the share that was tapped during the talk, where none is written down.
    fn with_share(mut self, tapped: Option<i16>) -> Self {
        if let (true, Some(percent)) = (self.their_share.is_empty(), tapped) {
            self.their_share = percent.to_string();
        }
        self
    }

    /// How it went, if the form speaks of it.
    pub fn afterwards(&self) -> Option<Result<Afterwards, Errors>> {
        if self.details.is_empty() {
            return None;
        }
        let mut errors = Errors::default();
        let referral_talk = errors.optional("referral_talk", &self.referral_talk, |word| {
            word.parse().map_err(|_| "Choose one from the list")
        });
        let how_it_went = errors.optional("how_it_went", &self.how_it_went, |text| within(text, 1, 5));
        let their_share = errors.optional("their_share", &self.their_share, |text| within(text, 0, 100));
        let confidence_before =
            errors.optional("confidence_before", &self.confidence_before, |text| within(text, 1, 5));
        let confidence_after = errors.optional("confidence_after", &self.confidence_after, |text| within(text, 1, 5));
        if !errors.is_empty() {
            return Some(Err(errors));
        }
        Some(Ok(Afterwards {
            time_kept: !self.time_kept.is_empty(),
            thanked: !self.thanked.is_empty(),
            summed_up: !self.summed_up.is_empty(),
            read_back: !self.read_back.is_empty(),
            asked_who_else: !self.asked_who_else.is_empty(),
            referral_talk,
            how_it_went,
            their_share,
            confidence_before,
            confidence_after,
        }))
    }
}

fn within(text: &str, least: i16, most: i16) -> Result<i16, String> {
    let number = text.parse().ok().filter(|n| (least..=most).contains(n));
    number.ok_or_else(|| format!("A whole number from {least} to {most}"))
}

#[derive(Template)]
#[template(path = "interviews/wrap_up.html")]
pub struct WrapUpPage {
    shell: Shell,
    talk: TalkDetail,
    told: Told,
    form: WrapUpForm,
    errors: Errors,
    /// The page's other forms.
    captures: Captures,
    /// Someone saved meanwhile; what is stored stands here.
    theirs: Option<WrapUpForm>,
    /// What was caught, each with what it most probably is.
    lines: Vec<LineForm>,
}

impl WrapUpPage {
    /// What is next is the page's one loud button: the notes, and once they are saved the thank-you.
    fn tone(&self) -> &'static str {
        if self.lines.is_empty() { "go" } else { "" }
    }

    /// How many things are wrong in the lines.
    fn faults(&self) -> usize {
        self.lines.iter().map(|line| line.errors.len()).sum()
    }

    /// Whether something was typed into a form that is put away, and is wrong or to be looked over.
    fn is_adding(&self) -> bool {
        let Captures { action_errors, insight_errors, person_errors, opening_errors, person_is_read, .. } =
            &self.captures;
        *person_is_read || [action_errors, insight_errors, person_errors, opening_errors].iter().any(|e| !e.is_empty())
    }

    /// Asked, or to be asked: then the referral has a form of its own.
    fn leads_to_referral(&self) -> bool {
        matches!(self.talk.referral_talk, Some(ReferralTalk::Asked | ReferralTalk::WillAsk))
    }

    fn scale(&self) -> Vec<(&'static str, &'static str)> {
        vec![("", "Not rated"), ("1", "1, low"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5, high")]
    }

    fn referral_talks(&self) -> Vec<(&'static str, &'static str)> {
        std::iter::once(("", "Not decided")).chain(ReferralTalk::choices()).collect()
    }

    /// The fields in which what is stored differs from what was sent: label, stored, sent.
    fn differences(&self) -> Vec<(&'static str, &str, &str)> {
        let Some(theirs) = &self.theirs else { return Vec::new() };
        let mine = &self.form;
        let tick = |text: &str| if text.is_empty() { "no" } else { "yes" };
        [
            ("Time kept", tick(&theirs.time_kept), tick(&mine.time_kept)),
            ("Thanked", tick(&theirs.thanked), tick(&mine.thanked)),
            ("Summed up", tick(&theirs.summed_up), tick(&mine.summed_up)),
            ("Promises read back", tick(&theirs.read_back), tick(&mine.read_back)),
            ("Asked who else", tick(&theirs.asked_who_else), tick(&mine.asked_who_else)),
            ("Referral", &theirs.referral_talk, &mine.referral_talk),
            ("How it went", &theirs.how_it_went, &mine.how_it_went),
            ("Their share", &theirs.their_share, &mine.their_share),
            ("Confidence before", &theirs.confidence_before, &mine.confidence_before),
            ("Confidence after", &theirs.confidence_after, &mine.confidence_after),
        ]
        .into_iter()
        .filter(|(_, theirs, mine)| theirs != mine)
        .collect()
    }
}

/// The page as stored.
pub fn page<P>(visit: &Visit<P>, talk: TalkDetail, captures: Captures) -> WrapUpPage {
    // Whoever was left speaking is not taken to speak for hours.
    let until = when::ends(talk.started_at.unwrap_or(talk.starts_at).0, talk.minutes);
    WrapUpPage {
        shell: visit.shell(Nav::Interviews),
        told: Told::to(visit),
        form: WrapUpForm::of(&talk).with_share(Shared::of(&talk).percent(visit.now.min(until))),
        errors: Errors::default(),
        captures,
        theirs: None,
        lines: talk.lines.iter().map(|line| LineForm::guess(line, &talk, visit.today())).collect(),
        talk,
    }
}

/// `GET /interviews/{id}/wrap-up`
pub async fn show(mut visit: Visit<Viewer>, Id(id): Id<InterviewId>) -> Result<Page<impl Template>> {
    let by = visit.by;
    let talk = talks::find(visit.db(), by, id, false).await?.ok_or(Error::NotFound)?;
    Ok(Page::ok(page(&visit, talk, Captures::fresh(View::WrapUp))))
}

/// The form again, with what is wrong.
pub async fn again(mut visit: Visit<Owner>, id: InterviewId, form: WrapUpForm, errors: Errors) -> Result<Response> {
    let by = visit.by;
    let talk = talks::find(visit.db(), by, id, false).await?.ok_or(Error::NotFound)?;
    let page = WrapUpPage { form, errors, ..page(&visit, talk, Captures::fresh(View::WrapUp)) };
    Ok(Page::unprocessable(page).into_response())
}

/// The form again, beside what was saved meanwhile.
pub async fn meanwhile(mut visit: Visit<Owner>, id: InterviewId, form: WrapUpForm) -> Result<Response> {
    let by = visit.by;
    let talk = talks::find(visit.db(), by, id, false).await?.ok_or(Error::NotFound)?;
    let mut page = page(&visit, talk, Captures::fresh(View::WrapUp));
    let mine = WrapUpForm { version: page.form.version, ..form };
    page.theirs = Some(std::mem::replace(&mut page.form, mine));
    Ok(Page::conflict(page).into_response())
}

/// The page again, with what is wrong in its lines.
pub fn refused(visit: &Visit<Owner>, talk: TalkDetail, sent: Vec<LineForm>) -> Result<Response> {
    let mut page = page(visit, talk, Captures::fresh(View::WrapUp));
    for form in sent {
        if let Some(line) = page.lines.iter_mut().find(|line| line.id == form.id) {
            *line = form;
        }
    }
    Ok(Page::unprocessable(page).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_alone_says_nothing_of_how_it_went() {
        assert!(WrapUpForm { how_it_went: "9".into(), ..WrapUpForm::default() }.afterwards().is_none());
    }

    #[test]
    fn numbers_stay_in_their_range() {
        let form = WrapUpForm {
            details: "true".into(),
            how_it_went: "6".into(),
            their_share: "101".into(),
            confidence_before: "0".into(),
            confidence_after: "five".into(),
            referral_talk: "maybe".into(),
            ..WrapUpForm::default()
        };
        let errors = form.afterwards().unwrap().err().unwrap();
        let wrong: Vec<_> = errors.iter().map(|(field, _)| field).collect();
        assert_eq!(wrong, ["referral_talk", "how_it_went", "their_share", "confidence_before", "confidence_after"]);
        let fine = WrapUpForm {
            details: "true".into(),
            their_share: "0".into(),
            thanked: "true".into(),
            ..WrapUpForm::default()
        };
        let kept = fine.afterwards().unwrap().ok().unwrap();
        assert_eq!((kept.their_share, kept.thanked, kept.time_kept), (Some(0), true, false));
    }
}
