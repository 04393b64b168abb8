//! One change of many contacts: what it means, and what is kept of it so that one press takes it back.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::tag::TagName;
use crate::companies::name::CompanyName;
use crate::ids::{CompanyId, ContactId, TagId};
use crate::playbook::standing::Rhythm;
use crate::playbook::warmth::{Closeness, Warmth};

/// What is to become of all of them.
#[derive(Debug)]
pub enum Change {
    /// They get a tag.
    Tag(TagName),
    /// A tag is taken off them.
    Untag(TagId),
    /// Where they work.
    Company(CompanyName),
    /// How often to write to them.
    Rhythm(Rhythm),
    /// How near their work is to the role.
    Closeness(Closeness),
    /// How the user knows them.
    Warmth(Warmth),
    /// Until when they are kept.
    Retain(Retention),
}

/// Until when someone is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "RetentionAsKept")]
pub struct Retention {
    /// The day; without one, as the settings say.
    pub until: Option<Date>,
    /// For good, whatever they say.
    pub for_good: bool,
}

/// How the user knows someone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "KnownAsKept")]
pub struct Known {
    /// How.
    pub warmth: Warmth,
    /// The user said so: nothing else is guessed.
    pub said: bool,
}

/// Changes kept before the second field was one are read as if it had been unset.
#[derive(Deserialize)]
#[serde(untagged)]
enum RetentionAsKept {
    Whole { until: Option<Date>, for_good: bool },
    Day(Option<Date>),
}

impl From<RetentionAsKept> for Retention {
    fn from(kept: RetentionAsKept) -> Self {
        match kept {
            RetentionAsKept::Whole { until, for_good } => Self { until, for_good },
            RetentionAsKept::Day(until) => Self { until, for_good: false },
        }
    }
}

/// As that of [`Retention`].
#[derive(Deserialize)]
#[serde(untagged)]
enum KnownAsKept {
    Whole { warmth: Warmth, said: bool },
    Warmth(Warmth),
}

impl From<KnownAsKept> for Known {
    fn from(kept: KnownAsKept) -> Self {
        match kept {
            KnownAsKept::Whole { warmth, said } => Self { warmth, said },
            KnownAsKept::Warmth(warmth) => Self { warmth, said: false },
        }
    }
}

/// One of the fields that are changed of many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Where they work: the target company if it is one, and the employer's name.
    Workplace(Option<CompanyId>, Option<String>),
    /// How often to write, in days.
    Rhythm(Option<i16>),
    /// How near their work is.
    Closeness(Closeness),
    /// How the user knows them.
    Warmth(Known),
    /// Until when they are kept.
    Retain(Retention),
}

/// These fields of a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fields {
    /// Whose.
    pub id: ContactId,
    /// The target company.
    pub company: Option<CompanyId>,
    /// The employer's name.
    pub employer: Option<String>,
    /// How often to write, in days.
    pub rhythm: Option<i16>,
    /// How near their work is.
    pub closeness: Closeness,
    /// How the user knows them.
    pub warmth: Known,
    /// Until when they are kept.
    pub retain: Retention,
}

impl Fields {
    /// The field that `like` is a value of.
    pub fn get(&self, like: &Value) -> Value {
        match like {
            Value::Workplace(..) => Value::Workplace(self.company, self.employer.clone()),
            Value::Rhythm(_) => Value::Rhythm(self.rhythm),
            Value::Closeness(_) => Value::Closeness(self.closeness),
            Value::Warmth(_) => Value::Warmth(self.warmth),
            Value::Retain(_) => Value::Retain(self.retain),
        }
    }

    /// The same with that value.
    pub fn with(self, value: Value) -> Self {
        match value {
            Value::Workplace(company, employer) => Self { company, employer, ..self },
            Value::Rhythm(rhythm) => Self { rhythm, ..self },
            Value::Closeness(closeness) => Self { closeness, ..self },
            Value::Warmth(warmth) => Self { warmth, ..self },
            Value::Retain(retain) => Self { retain, ..self },
        }
    }
}

/// What was changed, as it is kept.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Changed {
    /// They got a tag they had not.
    Tagged {
        /// Which.
        tag: TagId,
        /// It was made for them.
        #[serde(default)]
        is_new: bool,
        /// Who.
        contacts: Vec<ContactId>,
    },
    /// A tag was taken off them, or removed altogether.
    Untagged {
        /// Which.
        tag: TagId,
        /// What it is called.
        name: String,
        /// Who.
        contacts: Vec<ContactId>,
    },
    /// A field became another.
    Field {
        /// What it became.
        to: Value,
        /// What it was.
        was: Vec<(ContactId, Value)>,
        /// The company that was put on the list for it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        made: Option<CompanyId>,
    },
}

impl Changed {
    /// How many contacts are otherwise than before.
    pub fn count(&self) -> usize {
        match self {
            Self::Tagged { contacts, .. } | Self::Untagged { contacts, .. } => contacts.len(),
            Self::Field { was, .. } => was.len(),
        }
    }
}

/// Those of the contacts whose field is not `to` yet: as they are then, and what each was.
pub fn changed(now: Vec<Fields>, to: &Value) -> (Vec<Fields>, Vec<(ContactId, Value)>) {
    let others = now.into_iter().filter(|fields| fields.get(to) != *to);
    others.map(|fields| (fields.clone().with(to.clone()), (fields.id, fields.get(to)))).unzip()
}

/// Those of the contacts whose field is still as it was set, as they were before: whoever was changed again stays so.
pub fn changed_back(now: Vec<Fields>, to: &Value, was: &[(ContactId, Value)]) -> Vec<Fields> {
    let was: std::collections::HashMap<ContactId, &Value> = was.iter().map(|(id, value)| (*id, value)).collect();
    let still = now.into_iter().filter(|fields| fields.get(to) == *to);
    still.filter_map(|fields| was.get(&fields.id).map(|value| fields.with((*value).clone()))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fields() -> impl Strategy<Value = Fields> {
        let closeness = proptest::sample::select(Closeness::ALL);
        let warmth = proptest::sample::select(Warmth::ALL);
        let days = proptest::option::of(0..3_i16);
        let said = proptest::bool::ANY;
        (closeness, warmth, said, days, proptest::option::of("[ab]")).prop_map(
            |(closeness, warmth, said, rhythm, employer)| Fields {
                id: ContactId::new(),
                company: None,
                employer,
                rhythm,
                closeness,
                warmth: Known { warmth, said },
                retain: Retention::default(),
            },
        )
    }

    fn until(day: Date) -> Value {
        Value::Retain(Retention { until: Some(day), for_good: false })
    }

    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            proptest::option::of("[ab]").prop_map(|employer| Value::Workplace(None, employer)),
            proptest::option::of(0..3_i16).prop_map(Value::Rhythm),
            proptest::sample::select(Closeness::ALL).prop_map(Value::Closeness),
            proptest::sample::select(Warmth::ALL).prop_map(|warmth| Value::Warmth(Known { warmth, said: true })),
            Just(until(jiff::civil::date(2027, 1, 1))),
            Just(Value::Retain(Retention { until: None, for_good: true })),
        ]
    }

    #[test]
    fn changes_kept_by_an_older_version_are_read() {
        let read = |json: &str| serde_json::from_str::<Value>(json).unwrap();
        assert_eq!(read(r#"{"retain": null}"#), Value::Retain(Retention::default()));
        assert_eq!(read(r#"{"retain": "2027-01-01"}"#), until(jiff::civil::date(2027, 1, 1)));
        assert_eq!(read(r#"{"warmth": "stranger"}"#), Value::Warmth(Known { warmth: Warmth::Stranger, said: false }));
    }

    proptest! {
        #[test]
        fn what_is_changed_is_changed_back(before in proptest::collection::vec(fields(), 0..8), to in value()) {
            let (after, was) = changed(before.clone(), &to);
            prop_assert!(after.iter().all(|fields| fields.get(&to) == to));
            let touched: Vec<Fields> =
                before.iter().filter(|fields| was.iter().any(|(id, _)| *id == fields.id)).cloned().collect();
            prop_assert_eq!(touched.len(), before.iter().filter(|fields| fields.get(&to) != to).count());
            prop_assert_eq!(changed_back(after, &to, &was), touched);
        }

        #[test]
        fn who_was_changed_again_stays_so(one in fields(), to in value()) {
            let (after, was) = changed(vec![one], &to);
            let again: Vec<Fields> = after.into_iter().map(|fields| match &to {
                Value::Rhythm(_) => fields.with(Value::Rhythm(Some(700))),
                _ => fields.with(until(jiff::civil::date(2030, 1, 1))),
            }).collect();
            let is_other = again.iter().all(|fields| fields.get(&to) != to);
            let back = changed_back(again, &to, &was);
            prop_assert!(back.is_empty() || !is_other);
        }

        #[test]
        fn what_is_kept_reads_back(to in value(), was in value()) {
            let changed = Changed::Field { to, was: vec![(ContactId::new(), was)], made: None };
            let json = serde_json::to_string(&changed).unwrap();
            prop_assert_eq!(serde_json::from_str::<Changed>(&json).unwrap(), changed);
        }
    }
}
