//! A message while it is put together: what meets at the seam of words and facts reads as if one person had written it.

use super::about_me::AboutMe;
use super::phrase;
use super::placeholder::{Placeholder, Shape};
use crate::text::upper_first;

/// What stands last on the page.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Seam {
    /// Words of the template, or nothing yet.
    #[default]
    Words,
    Fact(Shape),
    /// A fact that is not known, and was left out.
    Hole,
}

/// The page.
#[derive(Debug, Default)]
pub(super) struct Page {
    text: String,
    missing: Vec<Placeholder>,
    seam: Seam,
    /// How much of the next words was taken out with a fact.
    skipped: usize,
    /// Whether everything that is not known stays as a gap.
    keeps_gaps: bool,
}

impl Page {
    /// A page on which nothing is left out.
    pub(super) fn with_every_gap() -> Self {
        Self { keeps_gaps: true, ..Self::default() }
    }

    /// The message.
    pub(super) fn filled(mut self) -> Filled {
        if self.seam == Seam::Hole {
            self.text.truncate(self.text.trim_end().len());
        }
        Filled { text: self.text, missing: self.missing }
    }

    /// Adds words of the template.
    pub(super) fn literal(&mut self, literal: &str) {
        let literal = literal.get(std::mem::take(&mut self.skipped)..).unwrap_or_default();
        match self.seam {
            Seam::Words => self.text.push_str(literal),
            Seam::Fact(shape) => self.after_fact(shape, literal),
            Seam::Hole => self.after_hole(literal),
        }
        self.seam = Seam::Words;
    }

    /// One mark ends a sentence, and no word stands twice.
    fn after_fact(&mut self, shape: Shape, literal: &str) {
        let mut literal = literal;
        if phrase::is_ended(&self.text) && literal.starts_with('.') && !literal.starts_with("..") {
            literal = &literal[1..];
        }
        if matches!(shape, Shape::Clause | Shape::Action)
            && self.text.ends_with(['!', '?'])
            && literal.starts_with([',', ';', ':', '!', '?'])
        {
            self.text.pop();
        }
        if matches!(shape, Shape::Role | Shape::Clause | Shape::Action)
            && let Some(rest) = literal.strip_prefix(' ')
        {
            let word = first_word(rest);
            if !word.is_empty() && same(word, last_word(&self.text)) {
                literal = &rest[word.len()..];
            }
        }
        self.text.push_str(literal);
    }

    /// Where something is left out, the words around it close up.
    fn after_hole(&mut self, literal: &str) {
        let is_open = self.text.is_empty() || self.text.ends_with('\n');
        let literal = match is_open {
            true => literal.trim_start(),
            false if self.text.ends_with(' ') => literal.trim_start_matches(' '),
            false => literal,
        };
        if literal.starts_with(['.', ',', '!', '?', ';', ':', '\n']) {
            self.text.truncate(self.text.trim_end_matches(' ').len());
        }
        self.text.push_str(literal);
    }

    /// Whether a sentence begins here.
    fn begins(&self) -> bool {
        let before = self.text.trim_end_matches(' ');
        before.is_empty() || before.ends_with('\n') || (before.len() < self.text.len() && phrase::is_ended(before))
    }

    /// Adds a fact, as its place asks for.
    pub(super) fn fact(&mut self, placeholder: Placeholder, fact: &str) {
        let shape = placeholder.shape();
        if placeholder == Placeholder::AboutMe {
            self.about_me(fact);
        } else {
            let worded = matches!(shape, Shape::Role | Shape::Clause | Shape::Action);
            let begins = self.begins();
            let fact = if worded && !begins { without_repetition(&self.text, fact, shape) } else { fact };
            match shape {
                Shape::Role | Shape::Clause | Shape::Action if begins => self.text.push_str(&phrase::beginning(fact)),
                Shape::Sentence if self.text.ends_with(", ") => {
                    let end = &fact[phrase::unended(fact).len()..];
                    let clause = phrase::inside(fact);
                    self.text.push_str(&clause);
                    if !phrase::is_ended(&clause) {
                        self.text.push_str(end);
                    }
                }
                _ => self.text.push_str(fact),
            }
        }
        self.seam = Seam::Fact(if placeholder == Placeholder::AboutMe { Shape::Clause } else { shape });
    }

    /// 'I am {about_me}' is a clause of the user's own, and becomes theirs, whichever subject it has.
    fn about_me(&mut self, written: &str) {
        let Some(about) = AboutMe::read(written) else { return };
        if let Some(before) = without_i_am(&self.text) {
            self.text.truncate(before);
            let clause = if self.begins() { upper_first(&about.clause()) } else { about.clause() };
            self.text.push_str(&clause);
        } else if self.begins() {
            self.text.push_str(&upper_first(&about.clause()));
        } else if let Some(fragment) = about.fragment() {
            self.text.push_str(fragment);
        } else if let Some(before) = self.text.strip_suffix(" is ") {
            // 'Ada Byron is I build' says nobody.
            self.text = format!("{before}: {}", about.clause());
        } else {
            self.text.push_str(&about.clause());
        }
    }

    /// Says that a fact is not known: with a gap in brackets, or by leaving it out where the message does without it.
    pub(super) fn nothing(&mut self, placeholder: Placeholder, next: &str) {
        let line = self.text.rfind('\n').map_or(0, |at| at + 1);
        let names_only = self.text[line..].is_empty() || self.text[line..].ends_with(": ");
        let has_its_line = placeholder.has_its_line() && names_only && (next.is_empty() || next.starts_with('\n'));
        if !self.keeps_gaps && has_its_line {
            self.text.truncate(line);
            self.skipped = usize::from(next.starts_with('\n'));
            self.seam = Seam::Hole;
        } else if !self.keeps_gaps
            && (placeholder.is_optional() || placeholder == Placeholder::AboutMe && self.leave_out_about_me(next))
        {
            self.seam = Seam::Hole;
        } else {
            self.text.push('[');
            self.text.push_str(placeholder.label());
            self.text.push(']');
            if !self.missing.contains(&placeholder) {
                self.missing.push(placeholder);
            }
            self.seam = Seam::Words;
        }
    }

    /// 'I am {about_me}. I would' is 'I would' where nothing is known, and 'I am {about_me}, moving towards' is 'I am moving towards'.
    fn leave_out_about_me(&mut self, next: &str) -> bool {
        let Some(before) = without_i_am(&self.text) else { return false };
        let stands_alone = self.text[..before].ends_with(", ") || {
            let rest = self.text[..before].trim_end_matches(' ');
            rest.is_empty() || rest.ends_with('\n') || phrase::is_ended(rest)
        };
        if stands_alone && next.starts_with(['.', '!']) {
            self.text.truncate(before);
            self.skipped = 1;
            return true;
        }
        let joint = [", and ", " and ", ", "].into_iter().find(|joint| next.starts_with(joint));
        let Some(joint) = joint else { return false };
        let rest = &next[joint.len()..];
        let follows = first_word(rest);
        let is_doing = |word: &str| word.len() > 4 && word.ends_with("ing");
        let second = first_word(rest[follows.len()..].trim_start());
        if is_doing(follows)
            || ["now", "still", "currently"].contains(&follows) && is_doing(second)
            || rest.starts_with("on my way")
        {
            self.skipped = joint.len();
            return true;
        }
        if same(follows, "I") {
            self.text.truncate(before);
            self.skipped = joint.len();
            return true;
        }
        if ["would", "will", "hope", "want", "wish", "have", "like", "work"].contains(&follows) {
            self.text.truncate(before);
            self.text.push_str("I ");
            self.skipped = joint.len();
            return true;
        }
        false
    }
}

/// What a fact adds to the words before it: 'I will [I will send]' and 'offered to [to send]' say nothing twice.
fn without_repetition<'f>(text: &str, fact: &'f str, shape: Shape) -> &'f str {
    let before = last_word(text.trim_end());
    let mut rest = fact;
    if shape == Shape::Action && !before.is_empty() {
        rest = rest.strip_prefix("I ").unwrap_or(rest);
    }
    if same(first_word(rest), before) { rest[first_word(rest).len()..].trim_start() } else { rest }
}

/// Where 'I am ' at the end of a text begins.
fn without_i_am(text: &str) -> Option<usize> {
    let lower = text.to_ascii_lowercase();
    let end = ["i am ", "i'm ", "i’m "].into_iter().find(|end| lower.ends_with(end))?;
    let before = text.len() - end.len();
    (!text[..before].ends_with(char::is_alphanumeric)).then_some(before)
}

fn first_word(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len())]
}

fn last_word(text: &str) -> &str {
    let from = text.char_indices().rev().find(|(_, c)| !c.is_alphabetic()).map_or(0, |(at, c)| at + c.len_utf8());
    &text[from..]
}

fn same(one: &str, other: &str) -> bool {
    !one.is_empty() && one.to_lowercase() == other.to_lowercase()
}

/// A filled template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The message, with what is missing as `[target role]`.
    pub text: String,
    /// What is missing, each once, in order of appearance.
    pub missing: Vec<Placeholder>,
}

#[cfg(test)]
mod tests {
    use super::super::fill::{Facts, fill};
    use super::*;

    fn filled(template: &str, facts: &[(Placeholder, &str)]) -> String {
        fill(template, &facts.iter().fold(Facts::new(), |facts, (placeholder, fact)| facts.with(*placeholder, fact)))
            .text
    }

    #[test]
    fn one_mark_ends_a_sentence() {
        for (company, said) in [
            ("Acme", "I would like to work at Acme. And you at Acme? Acme, that is."),
            ("Acme, Inc.", "I would like to work at Acme, Inc. And you at Acme, Inc.? Acme, Inc., that is."),
            ("Yahoo!", "I would like to work at Yahoo. And you at Yahoo? Yahoo, that is."),
            ("Who?", "I would like to work at Who. And you at Who? Who, that is."),
        ] {
            let template = "I would like to work at {company}. And you at {company}? {company}, that is.";
            assert_eq!(filled(template, &[(Placeholder::Company, company)]), said);
        }
        let why = |fact| filled("Because {why_you}. So {why_you}, and on.", &[(Placeholder::WhyYou, fact)]);
        assert_eq!(why("You moved."), "Because you moved. So you moved, and on.");
        assert_eq!(why("You asked: why?"), "Because you asked: why? So you asked: why, and on.");
        assert_eq!(why("you moved ..."), "Because you moved. So you moved, and on.");
        let news = |fact| filled("{my_news} Thank you.", &[(Placeholder::MyNews, fact)]);
        assert_eq!(
            (news("I start in May"), news("I start!")),
            ("I start in May. Thank you.".into(), "I start! Thank you.".into())
        );
        assert_eq!(
            filled("One thing: {question}", &[(Placeholder::Question, "Which skill first")]),
            "One thing: Which skill first?"
        );
    }

    #[test]
    fn no_word_stands_twice() {
        assert_eq!(
            filled("In {target_role} work now.", &[(Placeholder::TargetRole, "Social Work")]),
            "In social work now."
        );
        for promise in ["introduce me", "to introduce me", "Introduce me."] {
            assert_eq!(
                filled("You offered to {their_promise}.", &[(Placeholder::TheirPromise, promise)]),
                "You offered to introduce me."
            );
        }
        for doing in ["send it", "I will send it", "Will send it", "Send it."] {
            assert_eq!(filled("I will {what_i_will_do}.", &[(Placeholder::WhatIWillDo, doing)]), "I will send it.");
        }
        assert_eq!(
            filled("I followed it and {what_i_did}.", &[(Placeholder::WhatIDid, "I rebuilt it")]),
            "I followed it and rebuilt it."
        );
        assert_eq!(
            filled("It is because {why_you}.", &[(Placeholder::WhyYou, "Because you moved")]),
            "It is because you moved."
        );
        assert_eq!(filled("{target_role} work", &[(Placeholder::TargetRole, "Data Analyst")]), "Data analyst work");
    }

    #[test]
    fn an_own_i_am_reads_well_with_every_sentence() {
        let template =
            "Hello, I am {about_me}, moving on, and I ask. I'm {about_me}. {about_me}. As {about_me}, I say so.";
        let with = |about| filled(template, &[(Placeholder::AboutMe, about)]);
        assert_eq!(
            with("nurse of six years."),
            "Hello, I am a nurse of six years, moving on, and I ask. I am a nurse of six years. I am a nurse of six years. \
             As a nurse of six years, I say so."
        );
        assert_eq!(
            with("I build dashboards."),
            "Hello, I build dashboards, moving on, and I ask. I build dashboards. I build dashboards. As I build dashboards, I say so."
        );
        assert_eq!(with("My work is care").split(", ").nth(1), Some("my work is care"));
        let named = |about| filled("Ada is {about_me}, she says.", &[(Placeholder::AboutMe, about)]);
        assert_eq!(
            (named("a nurse"), named("I build")),
            ("Ada is a nurse, she says.".into(), "Ada: I build, she says.".into())
        );
    }

    #[test]
    fn with_nothing_known_the_sentence_about_oneself_goes() {
        for (template, said) in [
            ("Hello. I am {about_me}. I would like to.", "Hello. I would like to."),
            ("Hello, I am {about_me}. I would like to.", "Hello, I would like to."),
            ("I am {about_me}, moving towards it.", "I am moving towards it."),
            ("I am {about_me} and moving towards it.", "I am moving towards it."),
            ("I am {about_me}, now moving towards it.", "I am now moving towards it."),
            ("I am {about_me}, on my way.", "I am on my way."),
            ("I am {about_me}, and I ask.", "I ask."),
            ("I am {about_me} and would like to ask.", "I would like to ask."),
            ("Hello.\n\n{who_i_am}\n\nMay I?", "Hello.\n\nMay I?"),
            ("Hello, {who_i_am} May I?", "Hello, May I?"),
            ("Thank you {when_we_spoke}. So.", "Thank you. So."),
            ("Thank you.\n\n{something_for_them}\n\nAda", "Thank you.\n\nAda"),
            ("Opening: x\nNumber: {role_number}\nAddress: {opening_link}\nWhy", "Opening: x\nWhy"),
            ("The number {role_number} it is.", "The number [number of the role] it is."),
            ("I think I am {about_me} at heart.", "I think I am [about you] at heart."),
        ] {
            assert_eq!(filled(template, &[]), said);
        }
    }

    #[test]
    fn an_address_is_no_name() {
        for name in ["https://www.linkedin.com/in/rosa-vidal-0/", "rosa@example.org", "linkedin.com/in/rosa"] {
            assert_eq!(filled("Hello {first_name}", &[(Placeholder::FirstName, name)]), "Hello [first name]");
        }
    }
}
