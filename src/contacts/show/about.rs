//! What a contact's page tells of the person, the talks and the history.

use super::*;

impl ShowPage {
    pub(super) fn sub_line(&self) -> String {
        [&self.contact.job_title, &self.contact.company].into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
    }

    pub(super) fn phone_address(&self) -> Option<String> {
        self.contact
            .phone
            .as_deref()
            .map(digits)
            .filter(|digits| !digits.is_empty())
            .map(|digits| format!("tel:{digits}"))
    }

    /// What their title makes of them, while the user has said nothing else.
    pub(super) fn guessed(&self) -> Option<(Closeness, &'static str)> {
        let (closeness, is_guess) = self.closeness;
        closeness_in_words(closeness).filter(|_| is_guess).map(|near| (closeness, near))
    }

    /// What it may be instead, each with its word.
    pub(super) fn other_closenesses(&self) -> impl Iterator<Item = (Closeness, &'static str)> {
        let guess = self.closeness.0;
        Closeness::ALL.iter().filter(move |it| **it != guess && **it != Closeness::Other).map(|it| (*it, it.label()))
    }

    /// Whether nothing says, or lets guess, why this person.
    pub(super) fn has_no_reason(&self) -> bool {
        self.reasons().is_empty() && self.guessed().is_none() && self.worked_there.is_none()
    }

    /// What may tie them to the user instead of an employer they share, each with its word.
    pub(super) fn other_warmths(&self) -> impl Iterator<Item = (Warmth, &'static str)> {
        Warmth::ALL.iter().filter(|it| **it != Warmth::SameEmployer).map(|it| (*it, it.label()))
    }

    /// Why this person, in words, each with a line below.
    pub(super) fn reasons(&self) -> Vec<(String, String)> {
        let contact = &self.contact;
        let title = contact.job_title.clone().unwrap_or_default();
        let mut reasons = Vec::new();
        if let Some(reason) = closeness_in_words(contact.closeness) {
            reasons.push((reason.into(), title));
        }
        match contact.warmth {
            Warmth::KnowsMe => reasons.push(("You know each other".into(), String::new())),
            Warmth::CanBeIntroduced => match &contact.introducer {
                Some(name) => reasons.push((format!("{name} can introduce you"), String::new())),
                None => reasons.push(("Someone can introduce you".into(), "Say who under Edit".into())),
            },
            Warmth::SameSchool => reasons.push(("You share a school".into(), self.school.clone().unwrap_or_default())),
            Warmth::SameEmployer => {
                reasons.push(("You share a former employer".into(), self.shared_employer.clone().unwrap_or_default()));
            }
            Warmth::Stranger => {}
        }
        if contact.warmth == Warmth::Stranger && contact.stage == Stage::Connected {
            reasons.push((CONNECTED.into(), String::new()));
        }
        if contact.live_profile {
            reasons.push(("A live profile".into(), "Photo, summary or posts: they read their messages".into()));
        }
        if let Some(why) = &contact.why {
            reasons.push((why.clone(), String::new()));
        }
        reasons
    }

    /// What is behind 'More about Grace', counted.
    pub(super) fn about_line(&self) -> String {
        let keeping = &self.contact.keeping;
        let introductions = self.contact.introductions.len();
        let count = |count: usize, one, many| (count > 0).then(|| words::count(count as i64, one, many));
        let mut parts: Vec<String> = self.keeping.response.iter().map(|response| response.label().to_owned()).collect();
        parts.push("how often to write".into());
        parts.extend(count(self.contact.promises.len(), "promise of theirs", "promises of theirs"));
        parts.extend(count(keeping.dates.len(), "date", "dates"));
        parts.extend(count(keeping.reasons.len(), "reason to write", "reasons to write"));
        parts.extend(count(introductions, "introduction", "introductions"));
        parts.join(" · ")
    }

    /// Whether a form behind it was sent with a fault.
    pub(super) fn about_open(&self) -> bool {
        let typed = &self.keeping.typed;
        !(typed.rhythm.is_empty() && typed.date.is_empty() && typed.reason.is_empty())
    }

    /// An opening at their company that no referral of theirs tells of.
    pub(super) fn opening_there(&self) -> Option<&OpeningRow> {
        let told = |title: &str| self.contact.referrals.iter().any(|referral| referral.what == title);
        self.contact.openings.iter().find(|opening| !told(&opening.title))
    }

    pub(super) fn introduction_line(&self, row: &IntroductionRow) -> String {
        match (row.status, row.asked_on, row.reminded_on) {
            (introduction::Status::Asked, Some(asked), None) => {
                format!("asked {}, no answer yet", on_day(asked, self.today))
            }
            (introduction::Status::Asked, _, Some(reminded)) => {
                format!("reminded {}, no answer yet", on_day(reminded, self.today))
            }
            (status, ..) => lower_first(status.label()),
        }
    }

    pub(super) fn new_introduction(&self) -> IntroductionId {
        IntroductionId::new()
    }

    pub(super) fn is_wanted(&self) -> bool {
        matches!(self.contact.stage, Stage::Identified | Stage::Requested)
    }

    pub(super) fn day(&self, date: &Date) -> String {
        words::day(*date, self.today)
    }

    pub(super) fn full_day(&self, date: &Date) -> String {
        words::full_day(*date, self.today)
    }

    pub(super) fn talk_line(&self, talk: &TalkRow) -> String {
        let how = talk.way.label().to_lowercase();
        match talk.status {
            Status::Scheduled => format!("{} minutes, {how}", talk.minutes),
            status => format!("{}, {how}", status.label()),
        }
    }

    pub(super) fn talk_time(&self, talk: &TalkRow) -> String {
        words::moment(talk.starts_at, &self.zone, self.today)
    }

    /// Who acted, by which way, with which template.
    pub(super) fn about(&self, line: &HistoryRow) -> String {
        let mut parts = Vec::new();
        if let Some(channel) = line.channel {
            parts.push(channel.label().to_owned());
        }
        if let Some(template) = line.template.as_deref() {
            // What is no key is the name of a template of the user's own; its id is all that is left once it is gone.
            match built_in::find(template) {
                Some(built_in) => parts.push(format!("template '{}'", built_in.name)),
                None if template.parse::<TemplateId>().is_err() => parts.push(format!("template '{template}'")),
                None => {}
            }
        }
        if let Some(until) = line.until {
            let word = if matches!(line.kind, Kind::Scheduled | Kind::Rescheduled) { "for" } else { "until" };
            parts.push(format!("{word} {}", words::day(until, self.today)));
        }
        parts.join(", ")
    }

    pub(super) fn said_by(&self, line: &HistoryRow) -> &'static str {
        match line.kind.direction() {
            Direction::Out => "What you wrote",
            Direction::In => "What they said",
            Direction::None => "Words to it",
        }
    }

    pub(super) fn can_undo(&self, line: &HistoryRow) -> bool {
        let elsewhere = line.interview.is_some() || line.referral.is_some() || line.introduction.is_some();
        !line.undone && !elsewhere && line.kind.is_undoable()
    }

    /// Where a line that belongs to a talk, a referral or an introduction is put right.
    pub(super) fn elsewhere(&self, line: &HistoryRow) -> Option<Link> {
        let talk = line.interview.map(|id| Link::new("The talk", format!("/interviews/{id}")));
        let referral = || line.referral.map(|id| Link::new("The referral", format!("/referrals/{id}")));
        let introduction = || line.introduction.map(|id| Link::new("The introduction", format!("/introductions/{id}")));
        talk.or_else(referral).or_else(introduction)
    }

    /// Putting an employer on the list of targets is one press.
    pub(super) fn employer_to_target(&self) -> Option<&str> {
        self.contact.company.as_deref().filter(|_| self.contact.company_id.is_none())
    }
}
