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
    /// Until when they are kept; without a day, for good.
    Retain(Option<Date>),
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
    Warmth(Warmth),
    /// Until when they are kept.
    Retain(Option<Date>),
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
    pub warmth: Warmth,
    /// Until when they are kept.
    pub retain: Option<Date>,
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
pub fn changed_back(now: Vec<Fields>, to: &Value, was: Vec<(ContactId, Value)>) -> Vec<Fields> {
    let mut was: std::collections::HashMap<ContactId, Value> = was.into_iter().collect();
    let still = now.into_iter().filter(|fields| fields.get(to) == *to);
    still.filter_map(|fields| was.remove(&fields.id).map(|value| fields.with(value))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fields() -> impl Strategy<Value = Fields> {
        let closeness = proptest::sample::select(Closeness::ALL);
        let warmth = proptest::sample::select(Warmth::ALL);
        let days = proptest::option::of(0..3_i16);
        (closeness, warmth, days, proptest::option::of("[ab]")).prop_map(|(closeness, warmth, rhythm, employer)| {
            Fields { id: ContactId::new(), company: None, employer, rhythm, closeness, warmth, retain: None }
        })
    }

    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            proptest::option::of("[ab]").prop_map(|employer| Value::Workplace(None, employer)),
            proptest::option::of(0..3_i16).prop_map(Value::Rhythm),
            proptest::sample::select(Closeness::ALL).prop_map(Value::Closeness),
            proptest::sample::select(Warmth::ALL).prop_map(Value::Warmth),
            Just(Value::Retain(Some(jiff::civil::date(2027, 1, 1)))),
        ]
    }

    proptest! {
        #[test]
        fn what_is_changed_is_changed_back(before in proptest::collection::vec(fields(), 0..8), to in value()) {
            let (after, was) = changed(before.clone(), &to);
            prop_assert!(after.iter().all(|fields| fields.get(&to) == to));
            let touched: Vec<Fields> =
                before.iter().filter(|fields| was.iter().any(|(id, _)| *id == fields.id)).cloned().collect();
            prop_assert_eq!(touched.len(), before.iter().filter(|fields| fields.get(&to) != to).count());
            prop_assert_eq!(changed_back(after, &to, was), touched);
        }

        #[test]
        fn who_was_changed_again_stays_so(one in fields(), to in value()) {
            let (after, was) = changed(vec![one], &to);
            let again: Vec<Fields> = after.into_iter().map(|fields| match &to {
                Value::Rhythm(_) => fields.with(Value::Rhythm(Some(700))),
                _ => fields.with(Value::Retain(Some(jiff::civil::date(2030, 1, 1)))),
            }).collect();
            let is_other = again.iter().all(|fields| fields.get(&to) != to);
            let back = changed_back(again, &to, was);
            prop_assert!(back.is_empty() || !is_other);
        }

        #[test]
        fn what_is_kept_reads_back(to in value(), was in value()) {
            let changed = Changed::Field { to, was: vec![(ContactId::new(), was)] };
            let json = serde_json::to_string(&changed).unwrap();
            prop_assert_eq!(serde_json::from_str::<Changed>(&json).unwrap(), changed);
        }
    }
}
