//! What the composers of a contact's page show.

use super::*;
use crate::playbook::message::built_in::Moment;
use crate::playbook::message::gaps::gaps;
use crate::playbook::message::pieces::bracketed;
use crate::playbook::message::placeholder::Placeholder;
use crate::playbook::message::template::Template;
use crate::web::list::address;

impl ShowPage {
    pub(super) fn channels(&self, draft: &Draft) -> Vec<(&'static str, &'static str)> {
        draft.template.channels.iter().map(|channel| channel.choice()).collect()
    }

    /// Whether the form that was sent is this composer's.
    fn was_sent(&self, from: &str) -> bool {
        self.faults.typed.from == from
    }

    /// The words in a composer: as they were typed, or as they were drafted.
    pub(super) fn body<'s>(&'s self, draft: &'s Draft, from: &str) -> &'s str {
        if self.was_sent(from) { &self.faults.typed.body } else { &draft.text }
    }

    /// Whether the message may be made of a reason that was kept.
    pub(super) fn offers_reasons(&self, from: &str) -> bool {
        from == "message" && self.is_at("write") && !self.contact.keeping.reasons.is_empty()
    }

    /// What was wrong with a composer's form.
    pub(super) fn faults_of(&self, from: &str) -> Errors {
        if self.was_sent(from) { self.faults.message.clone() } else { Errors::default() }
    }

    pub(super) fn is_unfinished(&self, from: &str) -> bool {
        self.was_sent(from) && self.faults.is_unfinished
    }

    /// What is still open in a composer, each with a field of its own.
    pub(super) fn gaps(&self, draft: &Draft, from: &str) -> Vec<Placeholder> {
        gaps(self.body(draft, from))
    }

    /// The same as it stands in the text.
    pub(super) fn missing(&self, draft: &Draft, from: &str) -> Vec<String> {
        self.gaps(draft, from).into_iter().map(bracketed).collect()
    }

    pub(super) fn limit(&self, draft: &Draft) -> usize {
        draft.limit
    }

    pub(super) fn touchpoints_address(&self) -> String {
        format!("/contacts/{}/touchpoints", self.contact.id)
    }

    /// What they offered, where the composer is the one that reminds them.
    pub(super) fn promise_of(&self, from: &str) -> Option<ActionItemId> {
        self.reminder.as_ref().filter(|_| from == "reminder").map(|(promise, _)| *promise)
    }

    /// The reason to write that the message was made of; other words leave it for another time.
    pub(super) fn reason_of(&self, from: &str) -> Option<&ReasonRow> {
        let tells = |reason: &&ReasonRow| self.draft.as_ref().is_some_and(|draft| draft.tells(reason));
        self.contact.keeping.chosen().filter(|_| from == "message").filter(tells)
    }

    /// Under which name the browser keeps what is typed: one for each template and what it is about, as each has its own words.
    pub(super) fn draft_name(&self, draft: &Draft) -> String {
        let (contact, key) = (self.contact.id, &draft.template.key);
        let promise = self.reminder.as_ref().filter(|_| draft.template.moment == Moment::RemindPromise);
        let about = promise.map(|(id, _)| id.0).or(self.contact.keeping.chosen().map(|reason| reason.id.0));
        about.map_or_else(|| format!("contact-{contact}-{key}"), |id| format!("contact-{contact}-{key}-{id}"))
    }

    /// The page with another wording, or for another way of sending it.
    pub(super) fn drafted(&self, template: &str, channel: &str) -> String {
        let mut query = Vec::new();
        if let Some((promise, _)) = &self.reminder {
            query.push(("promise", promise.to_string()));
        }
        if let Some(reason) = self.contact.keeping.chosen() {
            query.push(("reason", reason.id.to_string()));
        }
        let words = [("template", template), ("channel", channel)];
        query
            .extend(words.into_iter().filter(|(_, word)| !word.is_empty()).map(|(name, word)| (name, word.to_owned())));
        address(&format!("/contacts/{}", self.contact.id), &query)
    }

    /// The page with another template; a plea for an introduction has a page of its own.
    pub(super) fn other(&self, other: &Template) -> String {
        if other.moment != Moment::AskForIntroduction {
            return self.drafted(&other.key, "");
        }
        let mut query = vec![("introduced", self.contact.id.to_string())];
        query.extend(self.contact.introducer_id.map(|introducer| ("introducer", introducer.to_string())));
        address("/introductions/new", &query)
    }

    /// What was typed as really sent; the words of another form stay there.
    pub(super) fn sent_instead(&self) -> &str {
        if self.was_sent("else") { &self.faults.typed.body } else { "" }
    }

    /// Under which name the browser keeps what was really sent.
    pub(super) fn instead_name(&self) -> String {
        format!("contact-{}-instead", self.contact.id)
    }

    /// What they offered.
    pub(super) fn promised(&self, id: &ActionItemId) -> &str {
        let promise = self.contact.promises.iter().find(|promise| promise.id == *id);
        promise.map_or("", |promise| &promise.text)
    }
}
