//! The message ready for a referral's step. Pure.

use crate::playbook::message::about_me::work;
use crate::playbook::message::built_in::Moment;
use crate::playbook::message::channel::Channel;
use crate::playbook::message::fill::{Facts, fill};
use crate::playbook::message::placeholder::Placeholder;
use crate::playbook::message::template::{self, Template};
use crate::playbook::name::first_name;
use crate::playbook::opening;
use crate::playbook::referral::{Outcome, ReferralStep};
use crate::playbook::warmth::Warmth;

/// What is known when a message is drafted.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The referrer.
    pub name: &'a str,
    pub warmth: Warmth,
    pub has_email: bool,
    pub company: &'a str,
    /// Title and link of the opening, where the referral is for one.
    pub opening: Option<(&'a str, Option<&'a str>)>,
    /// What the company calls the opening, where that is known.
    pub role_number: Option<&'a str>,
    pub opening_status: Option<opening::Status>,
    pub outcome: Option<Outcome>,
    /// The user, as they sign.
    pub my_name: &'a str,
    pub target_role: Option<&'a str>,
    /// Why the user fits, as they wrote it for this referral.
    pub fit: Option<&'a str>,
    /// Where the resume can be read, or that it is attached; empty where there is none.
    pub resume: &'a str,
    /// Characters a note may have.
    pub note_limit: u16,
}

/// A message to look over and send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The template it came from.
    pub template: Template,
    pub channel: Channel,
    pub subject: String,
    pub text: String,
    /// Other wordings for the same step.
    pub others: Vec<Template>,
}

/// The moment a step's message is for; none where nothing is to be written.
const fn moment(step: ReferralStep) -> Option<Moment> {
    match step {
        ReferralStep::Ask => Some(Moment::ReferralAsk),
        ReferralStep::Remind => Some(Moment::ReferralRemind),
        ReferralStep::RemindToMake => Some(Moment::ReferralEase),
        ReferralStep::ConfirmMade => None,
        ReferralStep::TellAndThank => Some(Moment::ReferralTell),
    }
}

/// Drafts the message of a step, in the wording asked for or else in the one that fits best: one of the user's own, where
/// there is one.
pub fn draft(step: ReferralStep, about: &About<'_>, own: &[Template], wording: &str) -> Option<Draft> {
    let channel = if about.has_email { Channel::Email } else { Channel::LinkedinMessage };
    let fitting = template::for_moment(own, moment(step)?, about.warmth, channel, about.note_limit);
    let named = |key: &str| fitting.iter().find(|template| template.key == key);
    let own = fitting.first().filter(|first| first.is_own);
    let template = named(wording).or(own).or_else(|| named(best(step, about))).or(fitting.first())?.clone();
    let channel = if template.channels.contains(&channel) { channel } else { template.first_channel() };
    let facts = facts(about);
    Some(Draft {
        channel,
        subject: template.subject.as_deref().map(|subject| fill(subject, &facts).text).unwrap_or_default(),
        text: fill(&template.body, &facts).text,
        others: fitting.into_iter().filter(|other| other.key != template.key).collect(),
        template,
    })
}

/// The key of the wording that fits what is known.
fn best(step: ReferralStep, about: &About<'_>) -> &'static str {
    let ended = about.outcome == Some(Outcome::Rejected)
        || matches!(
            about.opening_status,
            Some(opening::Status::Rejected | opening::Status::Closed | opening::Status::Withdrawn)
        );
    match step {
        ReferralStep::Ask if about.opening.is_none() => "referral_ask_no_opening",
        ReferralStep::Ask => "referral_ask",
        ReferralStep::Remind => "referral_remind",
        ReferralStep::RemindToMake | ReferralStep::ConfirmMade => "referral_ease",
        ReferralStep::TellAndThank if ended => "referral_tell_no",
        ReferralStep::TellAndThank => "referral_tell",
    }
}

fn facts(about: &About<'_>) -> Facts {
    let opening = match (about.opening, about.target_role) {
        (Some((title, _)), _) => Some(title.to_owned()),
        // Where nothing is posted, the kind of work stands for the opening.
        (None, Some(role)) => Some(work(role)),
        (None, None) => None,
    };
    Facts::new()
        .with(Placeholder::FirstName, first_name(about.name))
        .with(Placeholder::FullName, about.name)
        .with(Placeholder::Company, about.company)
        .with(Placeholder::MyName, about.my_name)
        .with_some(Placeholder::TargetRole, about.target_role)
        .with_some(Placeholder::Opening, opening)
        .with_some(Placeholder::OpeningLink, about.opening.and_then(|(_, link)| link))
        .with_some(Placeholder::RoleNumber, about.role_number)
        .with(Placeholder::ResumeLink, about.resume)
        .with_some(Placeholder::WhyIFit, about.fit)
        .with_some(Placeholder::MyNews, news(about))
}

/// A sentence on where the application stands.
fn news(about: &About<'_>) -> Option<&'static str> {
    let of_opening = about.opening_status.and_then(|status| match status {
        opening::Status::Applied => Some("My application is in."),
        opening::Status::Screening => Some("They have called, and a first conversation is on its way."),
        opening::Status::Interviewing => Some("They have invited me to an interview."),
        opening::Status::Offer => Some("They have made me an offer."),
        opening::Status::Accepted => Some("They offered it to me, and I said yes."),
        opening::Status::Watching
        | opening::Status::Rejected
        | opening::Status::Withdrawn
        | opening::Status::Closed => None,
    });
    of_opening.or(match about.outcome {
        Some(Outcome::Interview) => Some("They have invited me to an interview."),
        Some(Outcome::Offer) => Some("They have made me an offer."),
        Some(Outcome::Hired) => Some("They offered it to me, and I said yes."),
        Some(Outcome::NoNews) | None => Some("I have not heard from them yet."),
        Some(Outcome::Rejected) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::message::built_in;
    use crate::playbook::message::gaps::gaps;

    const ABOUT: About<'static> = About {
        name: "Grace Hopper",
        warmth: Warmth::Stranger,
        has_email: true,
        company: "Analytical Engines",
        opening: Some(("Data analyst", Some("https://analytical-engines.example/214"))),
        role_number: None,
        opening_status: Some(opening::Status::Watching),
        outcome: None,
        my_name: "Ada Byron",
        target_role: Some("data analyst"),
        fit: None,
        resume: "",
        note_limit: 200,
    };

    #[test]
    fn asking_names_the_opening_and_makes_no_easy() {
        let draft = draft(ReferralStep::Ask, &ABOUT, &[], "").unwrap();
        assert_eq!((draft.template.key.as_str(), draft.channel), ("referral_ask", Channel::Email));
        for words in
            ["Hello Grace,", "Data analyst\nhttps://analytical-engines.example/214", "do you recommend I apply online?"]
        {
            assert!(draft.text.contains(words), "{words}: {}", draft.text);
        }
        assert_eq!(gaps(&draft.text), [Placeholder::WhyIFit]);
    }

    #[test]
    fn without_an_opening_the_kind_of_work_is_asked_about() {
        let about = About { opening: None, opening_status: None, has_email: false, ..ABOUT };
        let draft = draft(ReferralStep::Ask, &about, &[], "").unwrap();
        assert_eq!((draft.template.key.as_str(), draft.channel), ("referral_ask_no_opening", Channel::LinkedinMessage));
        assert!(gaps(&draft.text).is_empty(), "{}", draft.text);
        assert_eq!(draft.others.iter().map(|other| other.key.as_str()).collect::<Vec<_>>(), ["referral_ask"]);
    }

    #[test]
    fn making_it_easy_puts_everything_into_one_message() {
        let about = About {
            role_number: Some("R-214"),
            fit: Some("- SQL: six years\n- Clear writing: I taught it"),
            resume: "https://ada.example/resume",
            ..ABOUT
        };
        let draft = draft(ReferralStep::RemindToMake, &about, &[], "").unwrap();
        for words in [
            "Opening: Data analyst\n",
            "Reference: R-214\n",
            "Address: https://analytical-engines.example/214\n",
            "My resume: https://ada.example/resume\n",
            "Why I fit:\n- SQL: six years\n- Clear writing: I taught it\n",
        ] {
            assert!(draft.text.contains(words), "{words}: {}", draft.text);
        }
        assert!(gaps(&draft.text).is_empty());
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let draft = draft(ReferralStep::RemindToMake, &ABOUT, &[], "").unwrap();
        assert!(!draft.text.contains("resume") && !draft.text.contains("Reference"), "{}", draft.text);
        assert!(
            draft.text.contains("Opening: Data analyst\nAddress: https://analytical-engines.example/214\nWhy I fit:")
        );
        assert_eq!(gaps(&draft.text), [Placeholder::WhyIFit]);
    }

    #[test]
    fn telling_carries_the_news_of_the_opening() {
        let told = |status| {
            draft(ReferralStep::TellAndThank, &About { opening_status: Some(status), ..ABOUT }, &[], "").unwrap()
        };
        assert!(told(opening::Status::Interviewing).text.contains("invited me to an interview"));
        assert_eq!(told(opening::Status::Rejected).template.key, "referral_tell_no");
        for status in opening::Status::ALL {
            assert!(gaps(&told(*status).text).is_empty(), "{status}");
        }
    }

    #[test]
    fn a_wording_asked_for_is_used_if_it_is_of_the_step() {
        assert_eq!(
            draft(ReferralStep::TellAndThank, &ABOUT, &[], "referral_tell_no").unwrap().template.key,
            "referral_tell_no"
        );
        assert_eq!(draft(ReferralStep::Ask, &ABOUT, &[], "referral_tell_no").unwrap().template.key, "referral_ask");
    }

    #[test]
    fn ones_own_wording_comes_first() {
        let ask = Template::from(built_in::find("referral_ask").unwrap());
        let own = [Template { key: "mine".into(), is_own: true, body: "{first_name}?".into(), ..ask }];
        let mine = draft(ReferralStep::Ask, &ABOUT, &own, "").unwrap();
        assert_eq!((mine.template.key.as_str(), mine.text.as_str()), ("mine", "Grace?"));
        assert_eq!(draft(ReferralStep::Ask, &ABOUT, &own, "referral_ask").unwrap().template.key, "referral_ask");
        assert_eq!(draft(ReferralStep::Remind, &ABOUT, &own, "").unwrap().template.key, "referral_remind");
    }
}
