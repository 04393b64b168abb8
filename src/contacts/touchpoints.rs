//! Adding to a contact's history by hand, and taking back.

use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;
use sqlx::Connection;

use super::contact::NewTouchpoint;
use super::next_card::{is_recordable, outcome};
use super::queries::{before, reasons, templates};
use super::record::{self, Recorded};
use super::show::{self, Faults};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{ContactId, TouchpointId};
use crate::links::with_query;
use crate::playbook::event::Kind;
use crate::playbook::message::channel::Channel;
use crate::playbook::message::gaps::{Written, bracketed, gaps};
use crate::playbook::standing::{Next, Standing};
use crate::text::{Text, lower_first};
use crate::web::flash::Done;
use crate::web::form::{Errors, Form, Query};
use crate::web::link::own_path_or;
use crate::web::path::{Id, Ids};
use crate::web::words;

/// The form as typed. A press of one button sends little of it.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct TouchpointForm {
    /// The touchpoint to be: sent twice, the form adds it once.
    pub id: String,
    pub kind: String,
    /// The day it happened; empty for today.
    pub on: String,
    /// For 'they said later': when.
    pub until: String,
    pub channel: String,
    pub body: String,
    pub note: String,
    pub template: String,
    /// Which wording of the template was drawn.
    pub wording: String,
    /// What they offered, of which the message reminds them.
    pub promise: String,
    /// What was written in the fields for what the message left open.
    #[serde(flatten)]
    pub gaps: Written,
    /// Only to put what was written there into the text.
    pub fill: String,
    /// With its gaps: sent as it is.
    pub as_is: String,
    /// Without the words that stand in the composer.
    pub bare: String,
    /// The reason to write the message was made of.
    pub reason: String,
    /// Which form of the page it was: `message`, `reminder`, `else` (what was sent instead), `otherwise` or the history's.
    pub from: String,
    pub back: String,
}

impl TouchpointForm {
    /// Reads the form of a message or of an event. `Err` is the page to draw again.
    ///
    /// A composer's message that still has gaps is no touchpoint yet, unless it is to be sent as it is.
    pub fn read(
        mut self,
        id: TouchpointId,
        zone: &TimeZone,
        now: Timestamp,
        today: Date,
    ) -> Result<NewTouchpoint, Box<Faults>> {
        self.body = self.gaps.close(&self.body);
        if !self.fill.is_empty() {
            return Err(Box::new(Faults { typed: self, ..Faults::default() }));
        }
        let new = match self.parse(id, zone, now, today) {
            Ok(new) => new,
            Err(errors) => return Err(Box::new(self.faults(errors))),
        };
        let body = new.body.as_ref().map_or("", Text::as_str);
        if !(self.is_composed() && self.as_is.is_empty()) || gaps(body).is_empty() {
            return Ok(new);
        }
        let mut message = Errors::default();
        message.add("body", still_to_fill_in(body));
        Err(Box::new(Faults { message, is_unfinished: true, typed: self, ..Faults::default() }))
    }

    /// Whether it is one of the page's composers.
    pub fn is_composed(&self) -> bool {
        matches!(self.from.as_str(), "message" | "reminder")
    }

    fn parse(&self, id: TouchpointId, zone: &TimeZone, now: Timestamp, today: Date) -> Result<NewTouchpoint, Errors> {
        let mut errors = Errors::default();
        let kind = errors.choose::<Kind>("kind", &self.kind).filter(|kind| {
            let known = is_recordable(*kind) || *kind == Kind::DoneOtherwise;
            if !known {
                errors.add("kind", "Choose one of the list");
            }
            known
        });
        let on = errors.optional_date("on", &self.on).unwrap_or(today);
        if on > today {
            errors.add("on", "This day has not come yet");
        } else if words::days_between(on, today) > 3_660 {
            errors.add("on", "More than ten years ago is too long to matter");
        }
        let until = errors.optional_date("until", &self.until).filter(|_| kind.is_some_and(Kind::takes_date));
        if until.is_some_and(|until| until <= on || until > today.saturating_add(5.years())) {
            errors.add("until", "Later than the day they said it, and within five years");
        }
        let channel = errors.optional::<Channel, _>("channel", &self.channel, |word| {
            word.parse().map_err(|_| "Choose one of the list")
        });
        let body =
            if self.bare.is_empty() { errors.take("body", Text::parse_optional(&self.body)) } else { Some(None) };
        let note = errors.take("note", Text::parse_optional(&self.note));
        if kind == Some(Kind::DoneOtherwise) && note == Some(None) {
            errors.add("note", "A word on how you did it");
        }
        match (errors.is_empty(), kind, body, note) {
            (true, Some(kind), Some(body), Some(note)) => {
                let is_message = kind.is_outgoing_message();
                let at = if on == today { Some(now) } else { zone.to_timestamp(on.at(12, 0, 0, 0)).ok() };
                Ok(NewTouchpoint {
                    id,
                    until,
                    channel: channel.filter(|_| is_message),
                    body,
                    note,
                    ..NewTouchpoint::new(kind, on, at.unwrap_or(now))
                })
            }
            _ => Err(errors),
        }
    }

    fn faults(self, errors: Errors) -> Faults {
        match self.from.as_str() {
            "message" | "reminder" => Faults { message: errors, typed: self, ..Faults::default() },
            "else" => Faults { instead: errors, typed: self, ..Faults::default() },
            "otherwise" => Faults { otherwise: errors, typed: self, ..Faults::default() },
            _ => Faults { history: errors, typed: self, ..Faults::default() },
        }
    }
}

/// What a message lacks, in a sentence for its field.
pub fn still_to_fill_in(body: &str) -> String {
    let missing: Vec<String> = gaps(body).into_iter().map(bracketed).collect();
    format!("Still to fill in: {}. Fill it in, or send it as it is.", words::list(&missing))
}

/// The id a form carries; one without is taken as a new one.
pub fn touchpoint_id(typed: &str) -> Result<TouchpointId> {
    match typed {
        "" => Ok(TouchpointId::new()),
        id => id.parse().map_err(|_| Error::Invalid("The form is not in order: its id is none.".into())),
    }
}

/// Where to return to: the contact's page, unless the form says another.
pub(super) fn back_to(contact: ContactId, back: &str) -> String {
    own_path_or(back, format!("/contacts/{contact}"))
}

/// 'Next: follow up on Friday 27 November.'
pub fn next_in_words(standing: &Standing, today: Date) -> String {
    match standing.on(today) {
        None => "There is no next step.".into(),
        Some(Next { step, due }) => {
            let what = lower_first(step.label());
            match due {
                None => format!("Next, when you pick them: {what}."),
                Some(due) if due <= today => format!("Next: {what}, today."),
                Some(due) => format!("Next: {what}, on {}.", words::full_day(due, today)),
            }
        }
    }
}

/// What was recorded, as one sentence.
fn said(kind: Kind) -> String {
    match kind {
        kind if kind.is_outgoing_message() => "Marked as sent.".into(),
        Kind::Picked => "Picked for this week.".into(),
        Kind::MovedOn => "Moved on, with the door open.".into(),
        Kind::Reopened => "Taken up again.".into(),
        Kind::DoneOtherwise => "Done in another way.".into(),
        Kind::AnsweredNo => "Noted: they said no. A short line of thanks stands ready on their page.".into(),
        Kind::SecondPersonAsked => "Noted: a second person there was asked.".into(),
        kind => format!("Noted: {}.", lower_first(outcome(kind))),
    }
}

/// The redirect after something was added, with the way to take it back.
pub fn done(contact: ContactId, touchpoint: TouchpointId, back: &str, text: String) -> Done {
    let undo = format!("/contacts/{contact}/touchpoints/{touchpoint}/undos");
    Done::to(back_to(contact, back)).saying(text).undo(with_query(&undo, &[("back", back)]))
}

/// `POST /contacts/{id}/touchpoints`
pub async fn create(
    mut visit: Visit<Owner>,
    Id(contact): Id<ContactId>,
    Form(form): Form<TouchpointForm>,
) -> Result<Response> {
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let id = touchpoint_id(&form.id)?;
    let mut new = match form.clone().read(id, &visit.person.zone, now, today) {
        Ok(new) => new,
        Err(faults) => return show::again(&mut visit, contact, *faults).await,
    };
    new.template = templates::sent_with(visit.db(), by, &new, &form.template, &form.wording).await?;
    let cadence = visit.person.preferences.cadence.clone();
    let mut transaction = visit.db().begin().await?;
    let recorded = record::record(&mut transaction, by, contact, &new, &cadence, now).await?;
    if let (Recorded::Yes(_), Ok(reason)) = (&recorded, form.reason.parse()) {
        reasons::mark_used(&mut *transaction, by, contact, reason, id).await?;
    }
    transaction.commit().await?;
    match recorded {
        Recorded::Yes(standing) => {
            let text = format!("{} {}", said(new.kind), next_in_words(&standing, today));
            Ok(done(contact, id, &form.back, text).into_response())
        }
        Recorded::Again => Ok(Done::to(back_to(contact, &form.back)).into_response()),
        Recorded::NoContact | Recorded::NothingToUndo => Err(Error::NotFound),
    }
}

/// Where to return to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Back {
    back: String,
}

/// `POST /contacts/{id}/touchpoints/{touchpoint}/undos`
pub async fn undo(
    mut visit: Visit<Owner>,
    Ids(contact, touchpoint): Ids<ContactId, TouchpointId>,
    Query(Back { back }): Query<Back>,
) -> Result<Done> {
    let (by, now, today) = (visit.by, visit.now, visit.today());
    let cadence = visit.person.preferences.cadence.clone();
    let mut transaction = visit.db().begin().await?;
    let line = before::to_undo(&mut *transaction, by, contact, touchpoint).await?.ok_or(Error::NotFound)?;
    if line.elsewhere {
        return Err(Error::Invalid(
            "This belongs to a talk, a referral or an introduction. Take it back there, so that both agree.".into(),
        ));
    }
    if !record::is_undoable(line.kind) {
        return Err(Error::Invalid("This is where the history begins; it cannot be taken back.".into()));
    }
    if line.undone {
        return Ok(Done::to(back_to(contact, &back)));
    }
    let new = NewTouchpoint::undoing(touchpoint, today, now);
    let recorded = record::record(&mut transaction, by, contact, &new, &cadence, now).await?;
    transaction.commit().await?;
    match recorded {
        Recorded::Yes(standing) => {
            let text = format!("Taken back: {}. {}", lower_first(line.kind.label()), next_in_words(&standing, today));
            Ok(Done::to(back_to(contact, &back)).saying(text))
        }
        Recorded::Again | Recorded::NothingToUndo => Ok(Done::to(back_to(contact, &back))),
        Recorded::NoContact => Err(Error::NotFound),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn parse(form: TouchpointForm) -> Result<NewTouchpoint, Errors> {
        let now = "2026-11-24T09:30:00Z".parse().unwrap();
        form.parse(TouchpointId::new(), &TimeZone::UTC, now, date(2026, 11, 24))
    }

    fn faults(form: TouchpointForm) -> Vec<&'static str> {
        parse(form).err().unwrap().iter().map(|(field, _)| field).collect()
    }

    fn of(kind: &str) -> TouchpointForm {
        TouchpointForm { kind: kind.into(), ..TouchpointForm::default() }
    }

    #[test]
    fn one_word_is_a_touchpoint_of_today() {
        let new = parse(of("accepted")).ok().unwrap();
        assert_eq!(
            (new.kind, new.on, new.at.to_string().as_str()),
            (Kind::Accepted, date(2026, 11, 24), "2026-11-24T09:30:00Z")
        );
    }

    #[test]
    fn the_past_may_be_told_and_the_future_not() {
        let new = parse(TouchpointForm { on: "2026-11-20".into(), ..of("met") }).ok().unwrap();
        assert_eq!((new.on, new.at.to_string().as_str()), (date(2026, 11, 20), "2026-11-20T12:00:00Z"));
        assert_eq!(faults(TouchpointForm { on: "2026-11-25".into(), ..of("met") }), ["on"]);
        assert_eq!(faults(TouchpointForm { on: "1990-01-01".into(), ..of("met") }), ["on"]);
        assert_eq!(faults(TouchpointForm { on: "soon".into(), ..of("met") }), ["on"]);
    }

    #[test]
    fn later_means_later() {
        let with = |until: &str| TouchpointForm { until: until.into(), ..of("answered_later") };
        assert_eq!(parse(with("2026-12-10")).ok().unwrap().until, Some(date(2026, 12, 10)));
        assert_eq!(faults(with("2026-11-24")), ["until"]);
        assert_eq!(faults(with("2099-01-01")), ["until"]);
        assert_eq!(parse(TouchpointForm { until: "2026-12-10".into(), ..of("met") }).ok().unwrap().until, None);
    }

    #[test]
    fn what_has_its_own_form_is_refused() {
        for kind in ["found", "held", "snoozed", "undone", "referral_made", "", "x"] {
            assert_eq!(faults(of(kind)), ["kind"], "{kind}");
        }
    }

    #[test]
    fn another_way_needs_a_word() {
        assert_eq!(faults(of("done_otherwise")), ["note"]);
        assert!(parse(TouchpointForm { note: "At a meetup".into(), ..of("done_otherwise") }).is_ok());
    }

    #[test]
    fn words_keep_their_channel_and_can_be_left_out() {
        let form = TouchpointForm {
            body: "Hello Kate".into(),
            channel: "linkedin_note".into(),
            template: "note_stranger".into(),
            ..of("requested")
        };
        let sent = parse(form.clone()).ok().unwrap();
        assert_eq!((sent.channel, sent.body.is_some()), (Some(Channel::LinkedinNote), true));
        let bare = parse(TouchpointForm { bare: "yes".into(), ..form.clone() }).ok().unwrap();
        assert!(bare.body.is_none() && bare.channel.is_some());
        assert_eq!(
            faults(TouchpointForm { body: "x".repeat(20_001), channel: "owl".into(), ..form }),
            ["channel", "body"]
        );
    }
    fn read(form: TouchpointForm) -> Result<NewTouchpoint, Box<Faults>> {
        let now = "2026-11-24T09:30:00Z".parse().unwrap();
        form.read(TouchpointId::new(), &TimeZone::UTC, now, date(2026, 11, 24))
    }

    #[test]
    fn a_message_with_gaps_is_sent_only_when_that_is_said() {
        let form = TouchpointForm { body: "Because [why them].".into(), from: "message".into(), ..of("asked") };
        let faults = read(form.clone()).err().unwrap();
        assert!(faults.is_unfinished);
        assert_eq!(faults.message.get("body"), Some("Still to fill in: [why them]. Fill it in, or send it as it is."));
        assert!(read(TouchpointForm { as_is: "yes".into(), ..form.clone() }).is_ok());
        assert!(read(TouchpointForm { bare: "yes".into(), ..form.clone() }).is_ok());
        assert!(read(TouchpointForm { from: "else".into(), ..form.clone() }).is_ok(), "what was sent was sent");
        let gaps: Written = serde_json::from_str(r#"{"gap_why_you": "you teach"}"#).unwrap();
        let sent = read(TouchpointForm { gaps: gaps.clone(), ..form.clone() }).ok().unwrap();
        assert_eq!(sent.body.unwrap().as_str(), "Because you teach.");
        let filled = read(TouchpointForm { gaps, fill: "yes".into(), ..form }).err().unwrap();
        assert_eq!((filled.typed.body.as_str(), filled.message.is_empty()), ("Because you teach.", true));
    }
}
