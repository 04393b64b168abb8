//! Text a person wrote, checked once: what holds a [`Line`] or a [`Text`] can be stored and shown as it is.
//!
//! Refused are control characters: nobody means to write them, PostgreSQL cannot keep U+0000, and dropping them unseen
//! would change what was written. Taken out without a word are the invisible marks that come along with copied text and
//! that nobody could find to delete: embeddings, overrides and isolates of writing direction (which can make a name read
//! as another), zero-width spaces, word joiners and byte order marks. Marks that writing needs stay: joiners and the
//! left-to-right and right-to-left marks. Letters are composed (NFC), since some systems copy `é` as two characters and
//! everyone means one. Lone surrogates cannot occur in a Rust string.

use unicode_normalization::UnicodeNormalization;

/// Why a text cannot be kept, in the words a page shows beside the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Nothing that could be seen was written.
    #[error("Enter something here")]
    Empty,
    /// More characters (Unicode code points) than fit.
    #[error("At most {most} characters, this has {has}")]
    TooLong {
        /// The limit.
        most: usize,
        /// What was written, after cleaning.
        has: usize,
    },
    /// A control character.
    #[error("Contains a character that cannot be kept (U+{:04X})", u32::from(*.0))]
    Unkeepable(char),
}

/// One line of 1 to `MAX` characters (Unicode code points), trimmed; tabs and line breaks in it became spaces.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Line<const MAX: usize>(String);

/// One or more lines of together 1 to `MAX` characters (Unicode code points), without white space at the end; line breaks are LF.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Text<const MAX: usize>(String);

impl<const MAX: usize> Line<MAX> {
    /// Reads what was typed.
    ///
    /// # Errors
    /// [`Problem`], in words for the field.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let visible: String = typed.chars().filter(|c| !is_taken_out(*c)).map(one_line).nfc().collect();
        checked(visible.trim(), MAX, |_| false).map(Self)
    }

    /// Reads a field that may be left empty.
    ///
    /// # Errors
    /// [`Problem`], but never [`Problem::Empty`].
    pub fn parse_optional(typed: &str) -> Result<Option<Self>, Problem> {
        optional(Self::parse(typed))
    }

    /// Reads a cell of a file nobody can correct: control characters become spaces, and what does not fit is cut, with
    /// an ellipsis as its last character. `None` where nothing is left.
    pub fn fit(cell: &str) -> Option<Fitted<Self>> {
        let spaced: String = cell
            .chars()
            .filter(|c| !is_taken_out(*c))
            .map(|c| if c.is_control() { ' ' } else { one_line(c) })
            .nfc()
            .collect();
        let whole = spaced.trim();
        match Self::parse(whole) {
            Ok(line) => Some(Fitted { value: line, cut: false }),
            Err(Problem::TooLong { .. }) => {
                let start: String = whole.chars().take(MAX.saturating_sub(1)).collect();
                let line = Self::parse(&format!("{}…", start.trim_end())).ok()?;
                Some(Fitted { value: line, cut: true })
            }
            Err(_) => None,
        }
    }
}

/// A value read from a file, and whether it had to be shortened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fitted<T> {
    /// What is kept.
    pub value: T,
    /// Whether something was cut off its end.
    pub cut: bool,
}

impl<T> Fitted<T> {
    /// The same, with the value in another type.
    pub fn map<U>(self, into: impl FnOnce(T) -> U) -> Fitted<U> {
        Fitted { value: into(self.value), cut: self.cut }
    }
}

impl<const MAX: usize> Text<MAX> {
    /// Reads what was typed.
    ///
    /// # Errors
    /// [`Problem`], in words for the field.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let visible: String = typed.chars().filter(|c| !is_taken_out(*c)).nfc().collect();
        let lines: String =
            visible.replace("\r\n", "\n").chars().map(|c| if is_line_break(c) { '\n' } else { c }).collect();
        checked(lines.trim_end(), MAX, |c| matches!(c, '\n' | '\t')).map(Self)
    }

    /// Reads a field that may be left empty.
    ///
    /// # Errors
    /// [`Problem`], but never [`Problem::Empty`].
    pub fn parse_optional(typed: &str) -> Result<Option<Self>, Problem> {
        optional(Self::parse(typed))
    }
}

fn checked(text: &str, most: usize, keeps: impl Fn(char) -> bool) -> Result<String, Problem> {
    if let Some(control) = text.chars().find(|c| c.is_control() && !keeps(*c)) {
        return Err(Problem::Unkeepable(control));
    }
    if text.chars().all(|c| c.is_whitespace() || is_unseen_alone(c)) {
        return Err(Problem::Empty);
    }
    let has = text.chars().count();
    if has > most { Err(Problem::TooLong { most, has }) } else { Ok(text.to_owned()) }
}

fn optional<T>(parsed: Result<T, Problem>) -> Result<Option<T>, Problem> {
    match parsed {
        Ok(value) => Ok(Some(value)),
        Err(Problem::Empty) => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// The line breaks of Unicode (annex 14), among them U+000B, with which word processors break a line inside a paragraph.
fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn one_line(c: char) -> char {
    if c == '\t' || is_line_break(c) { ' ' } else { c }
}

/// Marks that show nothing, and hide or turn round what stands beside them: nothing that is kept holds them.
pub fn is_taken_out(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Joiners, direction marks, soft hyphens and variation selectors say how their neighbours look, and show nothing by themselves.
fn is_unseen_alone(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200C}'..='\u{200F}' | '\u{FE00}'..='\u{FE0F}')
}

/// Gives a type with `parse(&str)` and `as_str` what it needs to stand in forms, on pages and in `text` columns.
///
/// What comes from the database is parsed again: a value that breaks the type's promise is an error there, never a value.
macro_rules! text_column {
    ($name:ty $(, $($generic:tt)+)?) => {
        impl $(<$($generic)+>)? std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $(<$($generic)+>)? AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl $(<$($generic)+>)? From<$name> for String {
            fn from(value: $name) -> Self {
                value.as_str().to_owned()
            }
        }

        impl $(<$($generic)+>)? serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl<'de $(, $($generic)+)?> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }

        impl $(<$($generic)+>)? sqlx::Type<sqlx::Postgres> for $name {
            fn type_info() -> sqlx::postgres::PgTypeInfo {
                <str as sqlx::Type<sqlx::Postgres>>::type_info()
            }
            fn compatible(ty: &sqlx::postgres::PgTypeInfo) -> bool {
                <str as sqlx::Type<sqlx::Postgres>>::compatible(ty)
            }
        }

        impl<'q $(, $($generic)+)?> sqlx::Encode<'q, sqlx::Postgres> for $name {
            fn encode_by_ref(
                &self,
                buf: &mut sqlx::postgres::PgArgumentBuffer,
            ) -> Result<sqlx::encode::IsNull, sqlx::error::BoxDynError> {
                <&str as sqlx::Encode<'_, sqlx::Postgres>>::encode(self.as_str(), buf)
            }
        }

        impl<'r $(, $($generic)+)?> sqlx::Decode<'r, sqlx::Postgres> for $name {
            fn decode(value: sqlx::postgres::PgValueRef<'r>) -> Result<Self, sqlx::error::BoxDynError> {
                Ok(Self::parse(<&str as sqlx::Decode<'r, sqlx::Postgres>>::decode(value)?)?)
            }
        }

        impl $(<$($generic)+>)? sqlx::postgres::PgHasArrayType for $name {
            fn array_type_info() -> sqlx::postgres::PgTypeInfo {
                <String as sqlx::postgres::PgHasArrayType>::array_type_info()
            }
        }
    };
}
pub(crate) use text_column;

impl<const MAX: usize> Line<MAX> {
    /// The line.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> Text<MAX> {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

text_column!(Line<MAX>, const MAX: usize);
text_column!(Text<MAX>, const MAX: usize);

/// How long a text is, in the words a page counts with while one types (`lengthInWords` in `static/app/placeholders.js`).
pub fn length_in_words(text: impl AsRef<str>, limit: usize) -> String {
    let text = text.as_ref().replace("\r\n", "\n");
    let length = text.chars().count();
    match length.checked_sub(limit) {
        _ if limit == 0 => format!("{length} characters, {} words", text.split_whitespace().count()),
        Some(over @ 1..) => format!("{length} of {limit} characters: {over} too many"),
        _ => format!("{length} of {limit} characters"),
    }
}

/// The first letter in upper case, for the beginning of a sentence.
pub fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The first letter in lower case, for the middle of a sentence.
pub fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_is_trimmed_and_has_no_breaks() {
        assert_eq!(Line::<20>::parse("  Ada \t King\r\n ").unwrap().as_str(), "Ada   King");
        assert_eq!(Line::<20>::parse("a\u{b}b\u{2028}c").unwrap().as_str(), "a b c");
    }

    #[test]
    fn a_text_keeps_its_lines() {
        assert_eq!(Text::<20>::parse("a\r\n\tb\rc\n\n ").unwrap().as_str(), "a\n\tb\nc");
    }

    #[test]
    fn problems_read_as_they_are_shown() {
        assert_eq!(Line::<200>::parse(" \t ").unwrap_err().to_string(), "Enter something here");
        assert_eq!(
            Line::<200>::parse(&"é".repeat(231)).unwrap_err().to_string(),
            "At most 200 characters, this has 231"
        );
        assert_eq!(
            Text::<9>::parse("a\0").unwrap_err().to_string(),
            "Contains a character that cannot be kept (U+0000)"
        );
        assert_eq!(Line::<9>::parse("\u{1b}[1m").unwrap_err(), Problem::Unkeepable('\u{1b}'));
    }

    #[test]
    fn marks_that_turn_text_round_are_taken_out() {
        assert_eq!(Line::<20>::parse("\u{FEFF}Ada\u{202E}gnik\u{2069}").unwrap().as_str(), "Adagnik");
        assert_eq!(Line::<20>::parse("می\u{200C}خواهم").unwrap().as_str(), "می\u{200C}خواهم");
        assert_eq!(Line::<20>::parse("\u{200B}\u{200D}"), Err(Problem::Empty));
    }

    #[test]
    fn an_optional_field_may_be_empty_but_not_wrong() {
        assert_eq!(Line::<3>::parse_optional("  "), Ok(None));
        assert_eq!(Text::<3>::parse_optional("abcd"), Err(Problem::TooLong { most: 3, has: 4 }));
    }

    #[test]
    fn a_cell_is_cut_to_fit() {
        let cut = Line::<5>::fit("abcd efgh").unwrap();
        assert_eq!((cut.value.as_str(), cut.cut), ("abcd…", true));
        assert_eq!(Line::<9>::fit("a\0b").unwrap().value.as_str(), "a b");
        assert_eq!(Line::<9>::fit(" \0 "), None);
    }

    #[test]
    fn json_is_checked_too() {
        assert_eq!(serde_json::from_str::<Line<3>>("\" ab \"").unwrap().as_str(), "ab");
        assert!(serde_json::from_str::<Line<3>>("\"abcd\"").is_err());
        assert_eq!(serde_json::to_string(&Text::<9>::parse("a\nb").unwrap()).unwrap(), "\"a\\nb\"");
    }

    /// Any string, with the characters that make trouble more often than chance would bring them.
    fn typed() -> impl Strategy<Value = String> {
        prop_oneof!["\\PC{0,40}", "[a\u{0}\u{7}\t\n\r\u{b}\u{85}\u{200B}\u{202E}\u{2067}\u{FEFF}é ]{0,40}"]
    }

    proptest! {
        #[test]
        fn a_parsed_line_parses_to_itself(typed in typed()) {
            if let Ok(line) = Line::<20>::parse(&typed) {
                prop_assert_eq!(Line::<20>::parse(line.as_str()).unwrap(), line.clone());
                prop_assert!(!line.as_str().chars().any(char::is_control));
                prop_assert!((1..=20).contains(&line.as_str().chars().count()));
            }
        }

        #[test]
        fn a_parsed_text_parses_to_itself(typed in typed()) {
            if let Ok(text) = Text::<20>::parse(&typed) {
                prop_assert_eq!(Text::<20>::parse(text.as_str()).unwrap(), text.clone());
                prop_assert!(!text.as_str().chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')));
                prop_assert!((1..=20).contains(&text.as_str().chars().count()));
            }
        }

        #[test]
        fn a_fitted_cell_is_a_line(cell in typed()) {
            if let Some(fitted) = Line::<7>::fit(&cell) {
                prop_assert_eq!(Line::<7>::parse(fitted.value.as_str()).unwrap(), fitted.value);
            } else {
                prop_assert!(Line::<7>::parse(&cell).is_err());
            }
        }
    }

    #[test]
    fn a_length_is_said_as_the_script_says_it() {
        assert_eq!(length_in_words("two  words 🙂", 0), "12 characters, 3 words");
        assert_eq!(length_in_words("🙂🙂", 3), "2 of 3 characters");
        assert_eq!(length_in_words("a\r\nc", 3), "3 of 3 characters");
        assert_eq!(length_in_words("abcde", 3), "5 of 3 characters: 2 too many");
    }
}
