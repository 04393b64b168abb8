//! Kinds: closed sets of words that stand as `text` with a `CHECK` in the database, as a value in forms, and as a label on pages.
//!
//! One declaration gives all three, so that a word is written once.

/// A word that belongs to no member of the kind it was read as.
#[derive(Debug, Clone, thiserror::Error)]
#[error("'{word}' is not a {kind}")]
pub struct UnknownKind {
    /// What was read.
    pub word: String,
    /// The enum it was read as.
    pub kind: &'static str,
}

/// What holds of every kind, for what is made of any of them.
pub trait Kind: Copy + PartialEq + std::fmt::Display + std::str::FromStr + 'static {
    /// Every member, in order of declaration.
    const ALL: &'static [Self];

    /// The word that is stored and sent by forms.
    fn as_str(self) -> &'static str;

    /// The words a person reads.
    fn label(self) -> &'static str;

    /// The words of all members as a field of a form offers them: what is sent, and what is read.
    fn choices() -> Vec<(&'static str, &'static str)> {
        Self::ALL.iter().map(|member| (member.as_str(), member.label())).collect()
    }

    /// The member of this word; the first where there is none.
    fn or_first(word: &str) -> Self {
        word.parse().unwrap_or(Self::ALL[0])
    }
}

/// Declares an enum whose members each have a stored word and a label.
///
/// Gives `ALL`, `as_str`, `label`, `FromStr`, `Display` (the stored word), serde and PostgreSQL `text`.
macro_rules! kinds {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$member_meta:meta])* $member:ident = $word:literal, $label:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $vis enum $name { $($(#[$member_meta])* $member,)+ }

        impl $name {
            /// Every member, in order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$member),+];

            /// The word that is stored and sent by forms.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$member => $word),+ }
            }

            /// The words a person reads.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$member => $label),+ }
            }

            /// Its words as a field of a form offers them: what is sent, and what is read.
            #[allow(dead_code, reason = "not every kind is offered by a form")]
            pub const fn choice(self) -> (&'static str, &'static str) {
                (self.as_str(), self.label())
            }

            /// Those of all members.
            #[allow(dead_code, reason = "not every kind is offered by a form")]
            pub fn choices() -> Vec<(&'static str, &'static str)> {
                <Self as $crate::kinds::Kind>::choices()
            }
        }

        impl $crate::kinds::Kind for $name {
            const ALL: &'static [Self] = Self::ALL;

            fn as_str(self) -> &'static str {
                self.as_str()
            }

            fn label(self) -> &'static str {
                self.label()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::kinds::UnknownKind;
            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => Ok(Self::$member),)+
                    _ => Err($crate::kinds::UnknownKind { word: word.into(), kind: stringify!($name) }),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str>>::deserialize(from)?;
                word.parse().map_err(serde::de::Error::custom)
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                concat!(module_path!(), "::", stringify!($name)).replace("::", ".").replacen("inroad.", "", 1).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "enum": [$($word),+] })
            }
        }

        impl sqlx::Type<sqlx::Postgres> for $name {
            fn type_info() -> sqlx::postgres::PgTypeInfo {
                <str as sqlx::Type<sqlx::Postgres>>::type_info()
            }
            fn compatible(ty: &sqlx::postgres::PgTypeInfo) -> bool {
                <str as sqlx::Type<sqlx::Postgres>>::compatible(ty)
            }
        }

        impl<'q> sqlx::Encode<'q, sqlx::Postgres> for $name {
            fn encode_by_ref(
                &self,
                buf: &mut sqlx::postgres::PgArgumentBuffer,
            ) -> Result<sqlx::encode::IsNull, sqlx::error::BoxDynError> {
                <&str as sqlx::Encode<'q, sqlx::Postgres>>::encode(self.as_str(), buf)
            }
        }

        impl<'r> sqlx::Decode<'r, sqlx::Postgres> for $name {
            fn decode(value: sqlx::postgres::PgValueRef<'r>) -> Result<Self, sqlx::error::BoxDynError> {
                Ok(<&str as sqlx::Decode<'r, sqlx::Postgres>>::decode(value)?.parse()?)
            }
        }

        impl sqlx::postgres::PgHasArrayType for $name {
            fn array_type_info() -> sqlx::postgres::PgTypeInfo {
                <String as sqlx::postgres::PgHasArrayType>::array_type_info()
            }
        }
    };
}
pub(crate) use kinds;
