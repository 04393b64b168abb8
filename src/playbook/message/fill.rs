//! Fills a template with what is known.

use std::collections::BTreeMap;

use super::placeholder::Placeholder;

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
        let mut text = String::new();
        let mut missing = Vec::new();
        for part in &self.parts {
            match part {
                Part::Literal(literal) => text.push_str(literal),
                Part::Placeholder(placeholder) => match facts.get(*placeholder) {
                    Some(fact) => text.push_str(fact),
                    None => {
                        text.push('[');
                        text.push_str(placeholder.label());
                        text.push(']');
                        if !missing.contains(placeholder) {
                            missing.push(*placeholder);
                        }
                    }
                },
            }
        }
        Filled { text, missing }
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
        Self(Placeholder::ALL.iter().map(|placeholder| (*placeholder, placeholder.example().to_owned())).collect())
    }

    /// Adds a fact; blank text is no fact.
    #[must_use]
    pub fn with(mut self, placeholder: Placeholder, fact: impl AsRef<str>) -> Self {
        let fact = fact.as_ref().trim();
        if !fact.is_empty() {
            let fact = if placeholder == Placeholder::TargetRole { in_a_sentence(fact) } else { fact.to_owned() };
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

    /// What stands for `placeholder`.
    pub fn get(&self, placeholder: Placeholder) -> Option<&str> {
        self.0.get(&placeholder).map(String::as_str)
    }
}

/// A title as it reads in the middle of a sentence: 'Data analyst' is 'data analyst' there, 'BI analyst' and 'iOS developer' stay.
fn in_a_sentence(title: &str) -> String {
    let mut letters = title.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(title.chars().skip(1)).collect()
        }
        _ => title.to_owned(),
    }
}

/// A filled template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The message, with what is missing as `[target role]`.
    pub text: String,
    /// What is missing, each once, in order of appearance.
    pub missing: Vec<Placeholder>,
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
    fn a_role_reads_as_in_the_middle_of_a_sentence() {
        for (title, reads) in [
            ("Data analyst", "data analyst"),
            ("BI analyst", "BI analyst"),
            ("iOS developer", "iOS developer"),
            ("QA", "QA"),
        ] {
            let facts = Facts::new().with(Placeholder::TargetRole, title);
            assert_eq!(facts.get(Placeholder::TargetRole), Some(reads));
        }
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
    fn blank_is_no_fact() {
        let facts = Facts::new().with(Placeholder::School, "  \n").with_some(Placeholder::Company, None::<&str>);
        assert_eq!(fill("{school} {company}", &facts).missing, [Placeholder::School, Placeholder::Company]);
    }

    #[test]
    fn every_placeholder_is_read_back_and_has_its_words() {
        for placeholder in Placeholder::ALL {
            let body = format!("{{{placeholder}}}");
            assert_eq!(Parsed::parse(&body).parts(), [Part::Placeholder(*placeholder)]);
            assert_eq!(fill(&body, &Facts::typical()).text, placeholder.example());
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
        fn a_fact_stands_in_the_text_whole(before in "[^{]*", fact in "\\S.*\\S", after in "[^{]*") {
            let facts = Facts::new().with(Placeholder::Question, &fact);
            let filled = fill(&format!("{before}{{question}}{after}"), &facts);
            prop_assert_eq!(filled.text, format!("{before}{}{after}", fact.trim()));
        }
    }
}
