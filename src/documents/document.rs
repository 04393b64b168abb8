//! What a document is, and what is shown of the versions that were sent.

use jiff::civil::Date;
use serde::Deserialize;

use super::format::Format;
use crate::ids::{DocumentVersionId, SentDocumentId};
use crate::kinds::kinds;
use crate::text::Line;

kinds! {
    /// What a document is for.
    pub enum Kind {
        Resume = "resume", "Resume";
        Letter = "letter", "Letter";
        Other = "other", "Other";
    }
}

/// A file to be kept.
pub struct NewVersion {
    pub id: DocumentVersionId,
    pub file_name: Line<200>,
    pub format: Format,
    pub content: Vec<u8>,
}

/// A version that was sent, as the page of where it went shows it.
#[derive(Debug, Clone, Deserialize)]
pub struct SentRow {
    pub id: SentDocumentId,
    pub name: String,
    pub kind: Kind,
    pub version_id: DocumentVersionId,
    pub number: i32,
    pub file_name: String,
    pub format: Format,
    /// A newer version is there since.
    pub is_older: bool,
    pub sent_on: Date,
}

impl SentRow {
    /// 'Resume, version 3'.
    pub fn named(&self) -> String {
        named(&self.name, self.number)
    }
}

/// How a message says that a resume comes with it: the one that was sent last, of these.
pub fn attached(sent: &[SentRow]) -> Option<String> {
    let resume = sent.iter().find(|row| row.kind == Kind::Resume)?;
    Some(format!("attached ({})", resume.format.file_name(&resume.file_name)))
}

/// A version that can be chosen as sent.
#[derive(Debug, Clone, Deserialize)]
pub struct ChoiceRow {
    pub id: DocumentVersionId,
    pub name: String,
    pub number: i32,
}

impl ChoiceRow {
    /// 'Resume, version 3'.
    pub fn named(&self) -> String {
        named(&self.name, self.number)
    }
}

/// 'Resume, version 3'.
pub fn named(name: &str, number: i32) -> String {
    format!("{name}, version {number}")
}

/// 'Resume 2026' from 'Resume_2026.pdf'.
pub fn name_of_file(file_name: &str) -> String {
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let spaced: String = stem.chars().map(|c| if c == '_' { ' ' } else { c }).collect();
    let spaced = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    Line::<200>::fit(&spaced).map_or_else(|| "Document".into(), |fitted| fitted.value.into())
}

/// Bytes as people say them.
pub fn size_in_words(bytes: i64) -> String {
    const KB: i64 = 1024;
    const MB: i64 = 1024 * KB;
    match bytes {
        0..KB => format!("{bytes} bytes"),
        KB..MB => format!("{} KB", bytes / KB),
        _ if bytes % MB * 10 / MB == 0 => format!("{} MB", bytes / MB),
        _ => format!("{}.{} MB", bytes / MB, bytes % MB * 10 / MB),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_document_is_called_as_its_file_is() {
        for (file, name) in [
            ("Resume_2026.pdf", "Resume 2026"),
            ("letter", "letter"),
            (".pdf", "Document"),
            ("__.docx", "Document"),
            ("a.b.c.txt", "a.b.c"),
            ("\u{202e}fdp.txt", "fdp"),
        ] {
            assert_eq!(name_of_file(file), name);
        }
    }

    #[test]
    fn a_size_is_said_in_one_unit() {
        let said = [0, 1023, 1024, 1_048_576, 5_242_880, 5_767_168].map(size_in_words);
        assert_eq!(said, ["0 bytes", "1023 bytes", "1 KB", "1 MB", "5 MB", "5.5 MB"]);
    }

    proptest! {
        #[test]
        fn whatever_a_file_is_called_its_document_has_a_name(file in any::<String>()) {
            let name = name_of_file(&file);
            prop_assert_eq!(Line::<200>::parse(&name).map(String::from), Ok(name));
        }
    }
}
