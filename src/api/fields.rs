//! The fields programs send, put into the form a page would send: so that both mean the same and are refused alike.

use std::fmt::Display;

use serde::{Deserialize, Deserializer};

/// A text; null clears it.
pub fn text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(Some(Option::<String>::deserialize(from)?.unwrap_or_default()))
}

/// A number, as a form holds it; null clears it.
pub fn number<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(Some(Option::<i32>::deserialize(from)?.map(|number| number.to_string()).unwrap_or_default()))
}

/// A yes or a no, as a form holds a ticked box.
pub fn tick<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(Some(if bool::deserialize(from)? { "true".into() } else { String::new() }))
}

/// One of a closed set of words, or nothing, as a form holds it.
pub fn word<T: Display>(chosen: Option<T>) -> String {
    chosen.map(|word| word.to_string()).unwrap_or_default()
}

/// Declares what programs send of a thing: each field with the field of the form it stands in, how it is read, and what it
/// is described as. What is left out stays as it is.
macro_rules! fields {
    ($(#[$meta:meta])* $name:ident of $form:ty {
        $($(#[$about:meta])* $field:ident in $place:ident ($read:literal, $schema:literal);)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Default, Clone, serde::Deserialize, schemars::JsonSchema)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name {
            $($(#[$about])* #[serde(deserialize_with = $read)] #[schemars(with = $schema)] pub $field: Option<String>,)+
        }

        impl $name {
            /// Puts what is said into the form. Tells what stood there before, by field.
            pub fn put(self, form: &mut $form) -> serde_json::Map<String, serde_json::Value> {
                let mut before = serde_json::Map::new();
                $(if let Some(said) = self.$field {
                    before.insert(stringify!($field).to_owned(), std::mem::replace(&mut form.$place, said).into());
                })+
                before
            }

            /// What is wrong with the form, by the names programs know.
            pub fn wrong(errors: &$crate::web::form::Errors) -> $crate::web::problem::Problem {
                let named = |place: &str| match place {
                    $(stringify!($place) => stringify!($field).to_owned(),)+
                    other => other.to_owned(),
                };
                $crate::web::problem::Problem::Invalid(
                    errors.iter().map(|(place, problem)| (named(place), problem.to_owned())).collect(),
                )
            }
        }
    };
}
pub(super) use fields;
