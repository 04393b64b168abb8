//! What is still open in a message that was filled, and closing it by hand.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::fill::{Facts, Parsed};
use super::pieces::split;
use super::placeholder::Placeholder;

/// The placeholders whose brackets still stand in `text`, each once, in order of appearance.
pub fn gaps(text: &str) -> Vec<Placeholder> {
    let mut found = Vec::new();
    for (placeholder, _) in split(text) {
        if let Some(placeholder) = placeholder
            && !found.contains(&placeholder)
        {
            found.push(placeholder);
        }
    }
    found
}

/// What a person wrote for the gaps of a message; read from a form's fields `gap_why_you` and so on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written(BTreeMap<Placeholder, String>);

impl Written {
    /// The name of the field in which a gap is filled.
    pub fn field(placeholder: Placeholder) -> String {
        format!("gap_{placeholder}")
    }

    /// The text with what was written in the places of its gaps, as facts stand there; what was left blank stays open.
    pub fn close(&self, text: &str) -> String {
        let facts = self.0.iter().fold(Facts::new(), |facts, (placeholder, written)| facts.with(*placeholder, written));
        Parsed::of_gaps(text).fill_gaps(&facts).text
    }
}

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Written;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the fields of a form")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut fields: M) -> Result<Written, M::Error> {
                let mut written = BTreeMap::new();
                while let Some(name) = fields.next_key::<String>()? {
                    match name.strip_prefix("gap_").and_then(|word| word.parse().ok()) {
                        Some(placeholder) => {
                            let value: String = fields.next_value()?;
                            if !value.trim().is_empty() {
                                written.insert(placeholder, value.trim().to_owned());
                            }
                        }
                        None => {
                            fields.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(Written(written))
            }
        }
        from.deserialize_map(Fields)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::playbook::message::fill::fill;

    fn written(fields: &[(&str, &str)]) -> Written {
        let fields: serde_json::Map<String, serde_json::Value> =
            fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
        serde_json::from_value(fields.into()).unwrap()
    }

    #[test]
    fn what_a_template_left_open_is_found_again() {
        let filled = fill("Hello {first_name}, {why_you}. {question} {why_you}", &Facts::new());
        assert_eq!(gaps(&filled.text), filled.missing);
        assert_eq!(gaps("An [aside], and a list[0]"), []);
        assert_eq!(gaps("[[why them] [company"), [Placeholder::WhyYou]);
    }

    #[test]
    fn what_was_written_closes_its_gaps_and_no_others() {
        let written = written(&[("gap_why_you", " you wrote [a question] "), ("gap_question", " "), ("body", "x")]);
        let closed = written.close("Because [why them]: [a question] And [why them].");
        assert_eq!(closed, "Because you wrote [a question]: [a question] And you wrote [a question].");
        assert_eq!(Written::field(Placeholder::WhyYou), "gap_why_you");
    }

    #[test]
    fn labels_are_told_apart() {
        let labels: std::collections::HashSet<_> = Placeholder::ALL.iter().map(|p| p.label()).collect();
        assert_eq!(labels.len(), Placeholder::ALL.len());
    }

    proptest! {
        #[test]
        fn the_pieces_put_together_are_the_text(text in "(.|\\[why them\\]|\\[company\\])*") {
            let again: String = split(&text).into_iter().map(|(_, piece)| piece).collect();
            prop_assert_eq!(Written::default().close(&text), text.clone());
            prop_assert_eq!(again, text);
        }
    }
}
