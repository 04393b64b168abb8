//! Fills a template with what is known.

use std::collections::BTreeMap;

use super::about_me::AboutMe;
use super::page::{Filled, Page};
use super::phrase;
use super::pieces::split;
use super::placeholder::{Placeholder, Shape};
use crate::playbook::name::in_a_letter;
use crate::text::upper_first;

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part<'t> {
    /// Text that stays as typed, unknown words in braces included.
    Literal(&'t str),
    /// A hole for a fact.
    Placeholder(Placeholder),
}

/// A template's text, taken apart once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed<'t> {
    parts: Vec<Part<'t>>,
}

impl<'t> Parsed<'t> {
    /// Reads `body`. Every text is a template: what is no known placeholder is kept as typed.
    pub fn parse(body: &'t str) -> Self {
        let mut parts = Vec::new();
        let mut literal_from = 0;
        let mut at = 0;
        while let Some(open) = body[at..].find('{').map(|found| at + found) {
            let Some(close) = body[open..].find('}').map(|found| open + found) else { break };
            match body[open + 1..close].parse() {
                Ok(placeholder) => {
                    if literal_from < open {
                        parts.push(Part::Literal(&body[literal_from..open]));
                    }
                    parts.push(Part::Placeholder(placeholder));
                    literal_from = close + 1;
                    at = close + 1;
                }
                // Only the brace is stepped over: '{{company}' holds a placeholder one brace on.
                Err(_) => at = open + 1,
            }
        }
        if literal_from < body.len() {
            parts.push(Part::Literal(&body[literal_from..]));
        }
        Self { parts }
    }

    /// Takes a message apart where it has gaps, so that they can be filled as the template was.
    pub(super) fn of_gaps(text: &'t str) -> Self {
        let part = |(gap, piece): (Option<Placeholder>, &'t str)| gap.map_or(Part::Literal(piece), Part::Placeholder);
        Self { parts: split(text).into_iter().map(part).collect() }
    }

    /// The pieces, in order.
    pub fn parts(&self) -> &[Part<'t>] {
        &self.parts
    }

    /// The placeholders, each once, in order of appearance.
    pub fn placeholders(&self) -> Vec<Placeholder> {
        let mut seen = Vec::new();
        for part in &self.parts {
            if let Part::Placeholder(placeholder) = part
                && !seen.contains(placeholder)
            {
                seen.push(*placeholder);
            }
        }
        seen
    }

    /// The text with the facts in their places. A fact is put in as it is: braces in it are not read again.
    pub fn fill(&self, facts: &Facts) -> Filled {
        self.fill_on(Page::default(), facts)
    }

    /// The same, with a gap for everything that is not known.
    pub(super) fn fill_gaps(&self, facts: &Facts) -> Filled {
        self.fill_on(Page::with_every_gap(), facts)
    }

    fn fill_on(&self, mut page: Page, facts: &Facts) -> Filled {
        for (at, part) in self.parts.iter().enumerate() {
            let next = match self.parts.get(at + 1) {
                Some(Part::Literal(literal)) => literal,
                _ => "",
            };
            match part {
                Part::Literal(literal) => page.literal(literal),
                Part::Placeholder(placeholder) => match facts.get(*placeholder) {
                    Some(fact) => page.fact(*placeholder, fact),
                    None => page.nothing(*placeholder, next),
                },
            }
        }
        page.filled()
    }
}

/// What is known about the two people and their talk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts(BTreeMap<Placeholder, String>);

impl Facts {
    /// Nothing known yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A typical value for every placeholder, for previews.
    pub fn typical() -> Self {
        Placeholder::ALL.iter().fold(Self::new(), |facts, placeholder| facts.with(*placeholder, placeholder.example()))
    }

    /// Adds a fact in the shape its place asks for; blank text is no fact, and an address is no name.
    #[must_use]
    pub fn with(mut self, placeholder: Placeholder, fact: impl AsRef<str>) -> Self {
        if let Some(fact) = shaped(placeholder, fact.as_ref().trim()) {
            self.0.insert(placeholder, fact);
        }
        self
    }

    /// Adds a fact where there is one.
    #[must_use]
    pub fn with_some(self, placeholder: Placeholder, fact: Option<impl AsRef<str>>) -> Self {
        match fact {
            Some(fact) => self.with(placeholder, fact),
            None => self,
        }
    }

    /// What stands for `placeholder`. Whose pronouns are not known is named.
    pub fn get(&self, placeholder: Placeholder) -> Option<&str> {
        let fact = |placeholder| self.0.get(&placeholder).map(String::as_str);
        match placeholder {
            Placeholder::Them => fact(placeholder).or_else(|| fact(Placeholder::FirstName)),
            _ => fact(placeholder),
        }
    }
}

fn shaped(placeholder: Placeholder, fact: &str) -> Option<String> {
    if placeholder == Placeholder::AboutMe {
        return AboutMe::read(fact).map(|about| about.sentence());
    }
    let is_address = fact.contains("://") || fact.contains('@') || fact.contains("/in/");
    let is_personal = matches!(placeholder, Placeholder::FirstName | Placeholder::FullName | Placeholder::IntroducedBy);
    if fact.is_empty() || is_personal && is_address {
        return None;
    }
    Some(match placeholder.shape() {
        Shape::Name if is_personal => in_a_letter(phrase::unended(fact)),
        Shape::Name => phrase::unended(fact).to_owned(),
        Shape::Role => phrase::role(fact),
        Shape::Clause => phrase::inside(fact),
        Shape::Action => phrase::action(fact),
        Shape::Sentence if placeholder == Placeholder::Question && !phrase::is_ended(fact) => format!("{fact}?"),
        Shape::Sentence => upper_first(&phrase::ended(fact)),
        Shape::Verbatim => fact.to_owned(),
    })
}

/// Reads and fills a template in one go.
pub fn fill(template: &str, facts: &Facts) -> Filled {
    Parsed::parse(template).fill(facts)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn facts() -> Facts {
        Facts::new().with(Placeholder::FirstName, "Katherine").with(Placeholder::Company, "Acme")
    }

    #[test]
    fn facts_take_their_places() {
        let filled = fill("Hello {first_name} of {company}, {first_name}!", &facts());
        assert_eq!(filled.text, "Hello Katherine of Acme, Katherine!");
        assert_eq!(filled.missing, []);
    }

    #[test]
    fn what_is_missing_is_seen_and_listed_once() {
        let filled = fill("{target_role}, {first_name}, {target_role}: {why_you}", &facts());
        assert_eq!(filled.text, "[target role], Katherine, [target role]: [why them]");
        assert_eq!(filled.missing, [Placeholder::TargetRole, Placeholder::WhyYou]);
    }

    #[test]
    fn unknown_words_and_lone_braces_stay_as_typed() {
        for text in ["{", "}", "{}", "{ company }", "{Company}", "{salary}", "a } b { c", "{{", "{company", "{\u{301}}"]
        {
            assert_eq!(fill(text, &facts()).text, text);
        }
        assert_eq!(fill("{{company}}", &facts()).text, "{Acme}");
        assert_eq!(fill("{salary {company}", &facts()).text, "{salary Acme");
    }

    #[test]
    fn a_fact_is_not_read_as_a_template() {
        let facts = facts().with(Placeholder::WhyYou, "{company} and {why_you}");
        assert_eq!(fill("{why_you}", &facts).text, "{company} and {why_you}");
    }

    #[test]
    fn who_has_pronouns_is_not_named_again() {
        let ask = |facts: Facts| fill("You know {full_name}. May I ask {them}?", &facts).text;
        let facts = facts().with(Placeholder::FullName, "Katherine Johnson");
        assert_eq!(ask(facts.clone()), "You know Katherine Johnson. May I ask Katherine?");
        assert_eq!(ask(facts.with(Placeholder::Them, "her")), "You know Katherine Johnson. May I ask her?");
        assert_eq!(fill("Ask {them}.", &Facts::new()).missing, [Placeholder::Them]);
    }

    #[test]
    fn blank_is_no_fact() {
        let facts = Facts::new().with(Placeholder::School, "  \n").with_some(Placeholder::Company, None::<&str>);
        assert_eq!(fill("{school} {company}", &facts).missing, [Placeholder::School, Placeholder::Company]);
    }

    #[test]
    fn every_placeholder_is_read_back_and_has_its_words() {
        for placeholder in Placeholder::ALL {
            let body = format!("{{{placeholder}}}");
            assert_eq!(Parsed::parse(&body).parts(), [Part::Placeholder(*placeholder)]);
            let text = fill(&format!("So: {body}"), &Facts::typical()).text;
            let example = placeholder.example();
            assert_eq!(text.to_lowercase(), format!("so: {example}").to_lowercase(), "{placeholder}");
            assert!(!placeholder.hint().is_empty() && !placeholder.label().contains(['[', ']', '{', '}']));
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_template(body in ".*") {
            let filled = fill(&body, &Facts::typical());
            prop_assert!(filled.missing.is_empty());
        }

        #[test]
        fn text_without_an_opening_brace_is_kept(body in "[^{]*") {
            prop_assert_eq!(fill(&body, &Facts::new()).text, body);
        }

        #[test]
        fn the_parts_put_together_are_the_template(pieces in prop::collection::vec(
            prop_oneof![".*".prop_map(String::from), prop::sample::select(Placeholder::ALL).prop_map(|p| format!("{{{p}}}"))], 0..8,
        )) {
            let body = pieces.concat();
            let again: String = Parsed::parse(&body).parts().iter().map(|part| match part {
                Part::Literal(literal) => (*literal).to_owned(),
                Part::Placeholder(placeholder) => format!("{{{placeholder}}}"),
            }).collect();
            prop_assert_eq!(again, body);
        }

        #[test]
        fn a_fact_stands_in_the_text_whole(before in "[^{]*", fact in "[^\\s.!?…'\"’”)](.*[^\\s.!?…'\"’”)])?", after in "[^{]*") {
            let facts = Facts::new().with(Placeholder::WhyIFit, &fact);
            let filled = fill(&format!("{before}{{why_i_fit}}{after}"), &facts);
            prop_assert_eq!(filled.text, format!("{before}{}{after}", fact.trim()));
        }
    }
}
