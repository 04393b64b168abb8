//! Bytes to text, for the files spreadsheets and archives save: UTF-8 and UTF-16, with and without marks, and what older programs
//! save in each part of the world.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::format::Format;
use crate::kinds::kinds;

/// A file's text, without its byte order mark.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// How it was stored. Where nothing says so it is told by the letters, which may err.
    pub encoding: &'static Encoding,
}

/// Why a file is not text, in words that say what to choose instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotText {
    /// Nothing in it.
    #[error("The file is empty")]
    Empty,
    /// An archive, a spreadsheet, a document or a picture.
    #[error("{}", .0.advice())]
    Format(Format),
    /// Bytes that do not belong into the encoding the rest of the file has.
    #[error("Line {line} is damaged: it does not fit the {encoding} of the rest of the file; download or save the file again", encoding = .encoding.name())]
    Damaged {
        /// The encoding.
        encoding: &'static Encoding,
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
    if let Some(format) = Format::of(bytes) {
        return Err(NotText::Format(format));
    }
    let decoded = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) if encoding == UTF_8 => utf_8(&bytes[mark..])?,
        Some((encoding, mark)) => utf_16(encoding, &bytes[mark..])?,
        None => match unmarked_utf_16(bytes) {
            Some(encoding) => utf_16(encoding, bytes)?,
            None => utf_8(bytes).or_else(|damaged| told_by_letters(bytes, damaged))?,
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
pub fn beginning(start: &[u8]) -> Result<(Cow<'_, str>, &'static Encoding), NotText> {
    if start.is_empty() {
        return Err(NotText::Empty);
    }
    if let Some(format) = Format::of(start) {
        return Err(NotText::Format(format));
    }
    let (encoding, mark) =
        Encoding::for_bom(start).or_else(|| unmarked_utf_16(start).map(|encoding| (encoding, 0))).unwrap_or((UTF_8, 0));
    let (text, _) = encoding.decode_without_bom_handling(&start[mark..]);
    if text.trim().is_empty() {
        return Err(NotText::Empty);
    }
    if is_mostly_control(&text) { Err(NotText::Binary) } else { Ok((text, encoding)) }
}

fn utf_8(bytes: &[u8]) -> Result<Decoded<'_>, NotText> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text: Cow::Borrowed(text), encoding: UTF_8 }),
        Err(error) => {
            let line = line_at(&bytes[..error.valid_up_to()], b'\n');
            Err(NotText::Damaged { encoding: UTF_8, line })
        }
    }
}

fn utf_16<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Result<Decoded<'a>, NotText> {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    if had_errors {
        let before = text.split('\u{FFFD}').next().unwrap_or_default();
        return Err(NotText::Damaged { encoding, line: line_at(before.as_bytes(), b'\n') });
    }
    Ok(Decoded { text, encoding })
}

/// Every second byte of a UTF-16 file's first columns is zero, as headers are written in Latin letters.
fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
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

/// What is no UTF-8, in the encoding its letters tell. Where there was UTF-8 beyond ASCII before the failure, one byte a letter
/// would make some text of any damage, so that only an encoding of several bytes a letter is believed then.
fn told_by_letters(bytes: &[u8], damaged: NotText) -> Result<Decoded<'_>, NotText> {
    if bytes.contains(&0) {
        return Err(NotText::Binary);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let begins = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    if had_errors || (!begins.is_ascii() && encoding.is_single_byte()) {
        return Err(damaged);
    }
    Ok(Decoded { text, encoding })
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
        /// `|`
        Bar = "bar", "Bar";
    }
}

impl Separator {
    /// The byte it is.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Bar => b'|',
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
        [Self::Bar, Self::Tab, Self::Semicolon, Self::Comma]
            .into_iter()
            .max_by_key(|separator| count(*separator))
            .unwrap_or(Self::Comma)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{
        BIG5, EUC_JP, EUC_KR, GBK, ISO_8859_2, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253,
        WINDOWS_1254, WINDOWS_1255, WINDOWS_1256,
    };
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
            (TEXT.as_bytes().to_vec(), UTF_8),
            ([b"\xEF\xBB\xBF", TEXT.as_bytes()].concat(), UTF_8),
            ([b"\xFF\xFE", &le[..]].concat(), UTF_16LE),
            ([b"\xFE\xFF", &be[..]].concat(), UTF_16BE),
            (le, UTF_16LE),
            (be, UTF_16BE),
            (ansi.into_owned(), WINDOWS_1252),
        ] {
            assert_eq!(decode(&bytes), Ok(Decoded { text: TEXT.into(), encoding }));
        }
    }

    /// A line or two of names is enough.
    #[test]
    fn what_older_programs_save_is_told_by_its_letters() {
        for (encoding, text) in [
            (WINDOWS_1252, "Vorname;Nachname\nJürgen;Müller\n"),
            (WINDOWS_1252, "Name\nZoë\n"),
            (WINDOWS_1252, "Name,Company\nRenée,Crédit Agricole\n"),
            (WINDOWS_1252, "a\nÅse Ødegård\n"),
            (WINDOWS_1252, "Nome\nJoão Conceição\n"),
            (WINDOWS_1250, "Jméno;Příjmení\nŘehoř;Dvořák\nŽofie;Šťastná\n"),
            (WINDOWS_1250, "Imię;Nazwisko\nŁukasz;Wójcik\n"),
            (ISO_8859_2, "Jméno;Příjmení\nŽofie;Šťastná\n"),
            (WINDOWS_1251, "Имя;Фамилия\nИван;Петров\n"),
            (WINDOWS_1253, "Όνομα;Εταιρεία\nΓιώργος;Αθήνα\n"),
            (WINDOWS_1254, "Ad;Soyad\nAyşe;Yılmaz\nİbrahim;Çağlar\n"),
            (WINDOWS_1255, "שם;חברה\nדוד;כהן\n"),
            (WINDOWS_1256, "الاسم;الشركة\nمحمد;علي\n"),
            (SHIFT_JIS, "氏名,会社名\n山田 太郎,株式会社トヨタ\n"),
            (EUC_JP, "氏名,会社名\n山田 太郎,株式会社\n"),
            (GBK, "姓名,公司\n王小明,华为\n"),
            // These begin as UTF-8 would.
            (GBK, "Name,公司\n小明,华为\n小红,腾讯\n"),
            (EUC_KR, "이름,회사\n김철수,삼성\n"),
            (BIG5, "姓名,公司\n王小明,華為\n"),
        ] {
            let (bytes, _, _) = encoding.encode(text);
            let decoded = decode(&bytes).unwrap();
            assert_eq!((&*decoded.text, decoded.encoding.name()), (text, encoding.name()));
        }
    }

    #[test]
    fn what_is_not_text_is_named() {
        for (bytes, words) in [
            (&b""[..], "The file is empty"),
            (b"\xEF\xBB\xBF \r\n", "The file is empty"),
            (
                b"PK\x03\x04\x14\0\0\0Connections.csv",
                "This is a ZIP archive; unpack it and choose the list of contacts in it",
            ),
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
            (b"\x1F\x8B\x08", "This is a gzip archive; unpack it and choose the list of contacts in it"),
            (b"7z\xBC\xAF\x27\x1C", "This is a 7z archive; unpack it and choose the list of contacts in it"),
            (b"Rar!\x1A\x07\x00", "This is a RAR archive; unpack it and choose the list of contacts in it"),
            (b"\x7FELF\x02\x01\x01\0\0\0\0\0", "This is not a text file; choose the CSV file instead"),
            (b"\xCA\xFE\xBA\xBE\0\0\0\x34", "This is not a text file; choose the CSV file instead"),
            (
                b"a\nBj\xC3\xB6rn\nJos\xE9\n",
                "Line 3 is damaged: it does not fit the UTF-8 of the rest of the file; download or save the file again",
            ),
            (
                b"\xFE\xFF\0a\0\n\xD8\0\0b",
                "Line 2 is damaged: it does not fit the UTF-16BE of the rest of the file; download or save the file again",
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
        assert_eq!(Separator::detect("Name|Company, if any|Title"), Separator::Bar);
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
