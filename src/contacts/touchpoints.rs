//! Adding to a contact's history by hand, and taking back.

use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::forms::touchpoint::TouchpointForm;
use super::record::Recorded;
use super::show;
use super::wording::{next_in_words, said};
use super::writing_down::{take_back, write_down};
use crate::access::Owner;
use crate::accounts::visit::Visit;
use crate::error::{Error, Result};
use crate::ids::{ContactId, TouchpointId};
use crate::links::with_query;
use crate::web::flash::Done;
use crate::web::form::{Form, Query};
use crate::web::link::own_path_or;
use crate::web::path::{Id, Ids};

/// The id a form carries; one without is taken as a new one.
pub fn touchpoint_id(typed: &str) -> Result<TouchpointId> {
    match typed {
        "" => Ok(TouchpointId::new()),
        id => id.parse().map_err(|_| Error::Invalid("This form is broken. Load the page again.".into())),
    }
}

/// Where to return to: the contact's page, unless the form says another.
pub(super) fn back_to(contact: ContactId, back: &str) -> String {
    own_path_or(back, format!("/contacts/{contact}"))
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
    let (now, today) = (visit.now, visit.today());
    let id = touchpoint_id(&form.id)?;
    let new = match form.clone().read(id, &visit.person.zone, now, today) {
        Ok(new) => new,
        Err(faults) => return show::again(&mut visit, contact, *faults).await,
    };
    let kind = new.kind;
    match write_down(&mut visit.acting(), contact, new, &form).await? {
        Recorded::Yes(standing) => {
            let text = format!("{} {}", said(kind), next_in_words(&standing, today));
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
    let done = Done::to(back_to(contact, &back));
    Ok(match take_back(&mut visit.acting(), contact, touchpoint).await? {
        Some(text) => done.saying(text),
        None => done,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contacts::contact::NewTouchpoint;
    use crate::contacts::forms::touchpoint::Faults;
    use crate::playbook::event::Kind;
    use crate::playbook::message::channel::Channel;
    use crate::playbook::message::gaps::Written;
    use crate::web::form::Errors;
    use jiff::civil::date;
    use jiff::tz::TimeZone;

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
