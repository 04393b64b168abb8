//! Bytes to text, for the files spreadsheets and archives save: UTF-8, UTF-16 and Windows-1252, with and without marks.

use crate::kinds::kinds;
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

kinds! {
    /// How a file's text was stored.
    pub enum Encoding {
        /// What archives and current programs save.
        Utf8 = "utf_8", "UTF-8";
        /// What spreadsheets save as 'Unicode text'; either byte order.
        Utf16 = "utf_16", "UTF-16";
        /// What older spreadsheets save as CSV; taken where nothing else fits, so letters can be wrong.
        Windows1252 = "windows_1252", "Windows-1252";
    }
}

/// A file's text, without its byte order mark.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// How it was stored.
    pub encoding: Encoding,
}

/// Why a file is not text, in words that say what to choose instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotText {
    /// Nothing in it.
    #[error("The file is empty")]
    Empty,
    /// An archive.
    #[error("This is a {0} archive; unpack it and choose Connections.csv")]
    Archive(&'static str),
    /// A spreadsheet program's own format.
    #[error("This is {0}; open it and save the sheet as CSV")]
    Workbook(&'static str),
    /// A document or a picture.
    #[error("This is {0}; choose the CSV file instead")]
    Other(&'static str),
    /// Bytes that do not belong into the encoding the rest of the file has.
    #[error("Line {line} is damaged: it does not fit the {encoding} of the rest of the file; download or save the file again", encoding = .encoding.label())]
    Damaged {
        /// The encoding.
        encoding: Encoding,
        /// The first line that is damaged, counted from 1.
        line: usize,
    },
    /// Some other file.
    #[error("This is not a text file; choose the CSV file instead")]
    Binary,
}

/// Reads a file's bytes as text.
///
/// # Errors
/// [`NotText`], naming the kind of file where its first bytes tell.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>, NotText> {
    if bytes.is_empty() {
        return Err(NotText::Empty);
    }
    if let Some(known) = known_format(bytes) {
        return Err(known);
    }
    let decoded = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, mark)) if encoding == UTF_8 => utf_8(&bytes[mark..])?,
        Some((encoding, mark)) => utf_16(encoding, &bytes[mark..])?,
        None => match unmarked_utf_16(bytes) {
            Some(encoding) => utf_16(encoding, bytes)?,
            None => utf_8(bytes).or_else(|damaged| windows_1252(bytes, damaged))?,
        },
    };
    if decoded.text.trim().is_empty() {
        return Err(NotText::Empty);
    }
    if is_mostly_control(&decoded.text) { Err(NotText::Binary) } else { Ok(decoded) }
}

/// The text of a file's first bytes, however they end, and the encoding of the whole: UTF-8 or UTF-16.
///
/// # Errors
/// [`NotText`], where the bytes tell another kind of file.
pub fn beginning(start: &[u8]) -> Result<(Cow<'_, str>, &'static encoding_rs::Encoding), NotText> {
    if start.is_empty() {
        return Err(NotText::Empty);
    }
    if let Some(known) = known_format(start) {
        return Err(known);
    }
    let (encoding, mark) = encoding_rs::Encoding::for_bom(start)
        .or_else(|| unmarked_utf_16(start).map(|encoding| (encoding, 0)))
        .unwrap_or((UTF_8, 0));
    let (text, _) = encoding.decode_without_bom_handling(&start[mark..]);
    if text.trim().is_empty() {
        return Err(NotText::Empty);
    }
    if is_mostly_control(&text) { Err(NotText::Binary) } else { Ok((text, encoding)) }
}

/// Whether a file begins as a ZIP archive does that holds files of its owner's, and not the parts of a document.
pub fn is_zip(start: &[u8]) -> bool {
    known_format(start) == Some(NotText::Archive("ZIP"))
}

/// Whether a file begins as a spreadsheet of Excel or LibreOffice does.
pub fn is_workbook(start: &[u8]) -> bool {
    let workbooks = ["an Excel workbook", "an OpenDocument spreadsheet"].map(NotText::Workbook);
    known_format(start).is_some_and(|format| workbooks.contains(&format))
}

/// Formats told by their first bytes.
fn known_format(bytes: &[u8]) -> Option<NotText> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    Some(if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        zip_content(bytes)
    } else if starts(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        NotText::Workbook("an old Excel or Office file")
    } else if starts(b"%PDF-") {
        NotText::Other("a PDF document")
    } else if is_picture(bytes) {
        NotText::Other("a picture")
    } else if starts(b"\x1F\x8B") {
        NotText::Archive("gzip")
    } else if starts(b"7z\xBC\xAF\x27\x1C") {
        NotText::Archive("7z")
    } else if starts(b"Rar!\x1A\x07") {
        NotText::Archive("RAR")
    } else {
        return None;
    })
}

/// PNG, JPEG, GIF and WebP.
fn is_picture(bytes: &[u8]) -> bool {
    let magic: [&[u8]; 4] = [b"\x89PNG\r\n\x1a\n", b"\xFF\xD8\xFF", b"GIF87a", b"GIF89a"];
    magic.iter().any(|magic| bytes.starts_with(magic))
        || (bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"))
}

/// Workbooks and documents are ZIP archives too, told by the names of their first entries.
fn zip_content(bytes: &[u8]) -> NotText {
    let start = &bytes[..bytes.len().min(4096)];
    let has = |name: &[u8]| start.windows(name.len()).any(|window| window == name);
    if has(b"xl/wor") {
        NotText::Workbook("an Excel workbook")
    } else if has(b"word/") {
        NotText::Other("a Word document")
    } else if has(b"application/vnd.oasis.opendocument.spreadsheet") {
        NotText::Workbook("an OpenDocument spreadsheet")
    } else if has(b"[Content_Types].xml") {
        NotText::Workbook("an Office file")
    } else if has(b"Index/Document.iwa") || has(b"Index/Tables") {
        NotText::Workbook("a Numbers spreadsheet")
    } else {
        NotText::Archive("ZIP")
    }
}

fn utf_8(bytes: &[u8]) -> Result<Decoded<'_>, NotText> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text: Cow::Borrowed(text), encoding: Encoding::Utf8 }),
        Err(error) => {
            let line = line_at(&bytes[..error.valid_up_to()], b'\n');
            Err(NotText::Damaged { encoding: Encoding::Utf8, line })
        }
    }
}

fn utf_16<'a>(encoding: &'static encoding_rs::Encoding, bytes: &'a [u8]) -> Result<Decoded<'a>, NotText> {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    if had_errors {
        let before = text.split('\u{FFFD}').next().unwrap_or_default();
        return Err(NotText::Damaged { encoding: Encoding::Utf16, line: line_at(before.as_bytes(), b'\n') });
    }
    Ok(Decoded { text, encoding: Encoding::Utf16 })
}

/// Every second byte of a UTF-16 file's first columns is zero, as headers are written in Latin letters.
fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let start = &bytes[..bytes.len().min(256) / 2 * 2];
    let zeros = |offset: usize| start.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), start.len() / 2);
    let mostly = |count: usize| pairs > 1 && count * 10 > pairs * 7;
    match (mostly(even), mostly(odd)) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// What fails as UTF-8 is Windows-1252, unless there was UTF-8 beyond ASCII before the failure: nobody writes that by chance.
fn windows_1252(bytes: &[u8], damaged: NotText) -> Result<Decoded<'_>, NotText> {
    if bytes.contains(&0) {
        return Err(NotText::Binary);
    }
    let valid = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    if !valid.is_ascii() {
        return Err(damaged);
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    Ok(Decoded { text, encoding: Encoding::Windows1252 })
}

fn line_at(before: &[u8], line_break: u8) -> usize {
    1 + before.iter().filter(|byte| **byte == line_break).count()
}

/// More than one control character in ten, line breaks and tabs apart, is no text.
fn is_mostly_control(text: &str) -> bool {
    let start = || text.chars().take(4096);
    let control = start().filter(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')).count();
    control * 10 > start().count()
}

kinds! {
    /// What stands between the cells of a row.
    pub enum Separator {
        /// `,`
        Comma = "comma", "Comma";
        /// `;`, which spreadsheets write where the comma is the decimal sign.
        Semicolon = "semicolon", "Semicolon";
        /// A tab.
        Tab = "tab", "Tab";
    }
}

impl Separator {
    /// The byte it is.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }

    /// The one that stands most often outside quotes in a line, best a header; the comma where none does.
    pub fn detect(line: &str) -> Self {
        let count = |separator: Self| {
            let mut quoted = false;
            line.bytes()
                .filter(|byte| {
                    quoted ^= *byte == b'"';
                    !quoted && *byte == separator.byte()
                })
                .count()
        };
        // Of equal counts `max_by_key` takes the last, so the comma comes last.
        [Self::Tab, Self::Semicolon, Self::Comma]
            .into_iter()
            .max_by_key(|separator| count(*separator))
            .unwrap_or(Self::Comma)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "First Name,Last Name\nBjörn,Wirth – “x”\n";

    fn utf_16_bytes(text: &str, to: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to).collect()
    }

    #[test]
    fn each_encoding_is_told() {
        let le = utf_16_bytes(TEXT, u16::to_le_bytes);
        let be = utf_16_bytes(TEXT, u16::to_be_bytes);
        let (ansi, _, _) = WINDOWS_1252.encode(TEXT);
        for (bytes, encoding) in [
            (TEXT.as_bytes().to_vec(), Encoding::Utf8),
            ([b"\xEF\xBB\xBF", TEXT.as_bytes()].concat(), Encoding::Utf8),
            ([b"\xFF\xFE", &le[..]].concat(), Encoding::Utf16),
            ([b"\xFE\xFF", &be[..]].concat(), Encoding::Utf16),
            (le, Encoding::Utf16),
            (be, Encoding::Utf16),
            (ansi.into_owned(), Encoding::Windows1252),
        ] {
            assert_eq!(decode(&bytes), Ok(Decoded { text: TEXT.into(), encoding }));
        }
    }

    #[test]
    fn what_is_not_text_is_named() {
        for (bytes, words) in [
            (&b""[..], "The file is empty"),
            (b"\xEF\xBB\xBF \r\n", "The file is empty"),
            (b"PK\x03\x04\x14\0\0\0Connections.csv", "This is a ZIP archive; unpack it and choose Connections.csv"),
            (
                b"PK\x03\x04..[Content_Types].xml..xl/workbook",
                "This is an Excel workbook; open it and save the sheet as CSV",
            ),
            (b"PK\x03\x04..[Content_Types].xml..word/doc", "This is a Word document; choose the CSV file instead"),
            (
                b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
                "This is an OpenDocument spreadsheet; open it and save the sheet as CSV",
            ),
            (
                b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
                "This is an old Excel or Office file; open it and save the sheet as CSV",
            ),
            (b"%PDF-1.7", "This is a PDF document; choose the CSV file instead"),
            (b"\x89PNG\r\n\x1a\n", "This is a picture; choose the CSV file instead"),
            (b"\xFF\xD8\xFF\xE0", "This is a picture; choose the CSV file instead"),
            (b"GIF89a", "This is a picture; choose the CSV file instead"),
            (b"RIFF\x01\x02\x03\x04WEBPVP8", "This is a picture; choose the CSV file instead"),
            (b"\x1F\x8B\x08", "This is a gzip archive; unpack it and choose Connections.csv"),
            (b"7z\xBC\xAF\x27\x1C", "This is a 7z archive; unpack it and choose Connections.csv"),
            (b"Rar!\x1A\x07\x00", "This is a RAR archive; unpack it and choose Connections.csv"),
            (b"\x7FELF\x02\x01\x01\0\0\0\0\0", "This is not a text file; choose the CSV file instead"),
            (b"\xCA\xFE\xBA\xBE\0\0\0\x34", "This is not a text file; choose the CSV file instead"),
            (
                b"a\nBj\xC3\xB6rn\nJos\xE9\n",
                "Line 3 is damaged: it does not fit the UTF-8 of the rest of the file; download or save the file again",
            ),
            (
                b"\xFE\xFF\0a\0\n\xD8\0\0b",
                "Line 2 is damaged: it does not fit the UTF-16 of the rest of the file; download or save the file again",
            ),
        ] {
            assert_eq!(decode(bytes).map_err(|error| error.to_string()), Err(words.to_owned()), "{bytes:?}");
        }
    }

    #[test]
    fn the_separator_is_the_most_frequent_outside_quotes() {
        assert_eq!(Separator::detect("First Name,Last Name"), Separator::Comma);
        assert_eq!(Separator::detect("\"a,b,c\";d;e"), Separator::Semicolon);
        assert_eq!(Separator::detect("a\tb, c\td"), Separator::Tab);
        assert_eq!(Separator::detect("a"), Separator::Comma);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = decode(&bytes);
        }

        #[test]
        fn text_comes_back_whole(text in "[a-z]{3}\\PC{0,40}") {
            prop_assert_eq!(decode(text.as_bytes()).map(|decoded| decoded.text.into_owned()), Ok(text.clone()));
            let marked = [b"\xFF\xFE", &utf_16_bytes(&text, u16::to_le_bytes)[..]].concat();
            prop_assert_eq!(decode(&marked).map(|decoded| decoded.text.into_owned()), Ok(text));
        }
    }
}
