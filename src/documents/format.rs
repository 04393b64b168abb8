//! What a file is, told by what is in it, and what it is called when it is saved.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::kinds::kinds;

kinds! {
    /// What a file is.
    pub enum Format {
        Pdf = "pdf", "PDF";
        Docx = "docx", "Word";
        Odt = "odt", "OpenDocument";
        Text = "text", "Plain text";
    }
}

impl Format {
    /// As a header says it.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Text => "text/plain; charset=utf-8",
        }
    }

    /// How its files' names end, the usual way first.
    const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Docx => &["docx"],
            Self::Odt => &["odt"],
            Self::Text => &["txt", "md"],
        }
    }

    /// What a file of this format is called when it is saved: as it was, without folders, in letters every system takes, and
    /// with an ending that says what it is.
    pub fn file_name(self, sent: &str) -> String {
        let kept: String = base_name(sent).chars().map(|c| if is_kept(c) { c } else { ' ' }).collect();
        let spaced = kept.split_whitespace().collect::<Vec<_>>().join(" ");
        let (stem, ending) = match spaced.rsplit_once('.') {
            Some((stem, ending)) if self.endings().iter().any(|usual| ending.eq_ignore_ascii_case(usual)) => {
                (stem, ending)
            }
            _ => (spaced.as_str(), self.endings().first().copied().unwrap_or_default()),
        };
        let stem: String = stem.trim_matches(['.', ' ']).chars().take(STEM_MOST).collect();
        let stem = stem.trim_end_matches(['.', ' ']);
        format!("{}.{ending}", if stem.is_empty() { "document" } else { stem })
    }
}

/// Letters of a saved name before its ending: in any script it stays below what file systems take.
const STEM_MOST: usize = 80;

/// A name without the folders before it, of whatever system it came from.
pub fn base_name(sent: &str) -> &str {
    sent.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// Whether a letter may stand in the name of a file everywhere, and shows what it is.
fn is_kept(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '%')
        && !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Why a file is none that is kept, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unknown {
    /// There is nothing in it.
    #[error("The file is empty. Choose another")]
    Empty,
    /// A document that runs programs.
    #[error("There are macros in the file, and they run when someone opens it. Save it without them, or as PDF")]
    Macros,
    /// A page of the web.
    #[error("This is a web page. Save it as PDF")]
    WebPage,
    /// Word's way before 2007, or a document with a password.
    #[error("This is an old Word document, or one with a password. Save it as .docx or PDF")]
    OldWord,
    /// Something else.
    #[error("Choose a PDF, a Word document (.docx), an OpenDocument text (.odt) or plain text in UTF-8")]
    Other,
}

/// Entries of a zip that are looked at.
const ENTRIES_MOST: usize = 10_000;
/// Bytes of the file that names the types of a document's parts.
const TYPES_MOST: u64 = 1024 * 1024;
/// What a document of Word's calls its main part, in small letters.
const MAIN_PART: &str = "wordprocessingml.document.main+xml";

/// What a file is.
///
/// # Errors
/// [`Unknown`].
pub fn of(content: &[u8]) -> Result<Format, Unknown> {
    match content {
        [] => Err(Unknown::Empty),
        _ if is_pdf(content) => Ok(Format::Pdf),
        [b'P', b'K', 3, 4, ..] => packed(content),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(Unknown::OldWord),
        _ => text(content),
    }
}

/// Whether it begins as a PDF does. Programs that print put a line break or a mark of the encoding before that.
fn is_pdf(content: &[u8]) -> bool {
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    content.trim_ascii_start().starts_with(b"%PDF-")
}

/// Plain text, and none that another program would run or draw.
fn text(content: &[u8]) -> Result<Format, Unknown> {
    let text = std::str::from_utf8(content).map_err(|_| Unknown::Other)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}')) {
        return Err(Unknown::Other);
    }
    if text.trim().is_empty() {
        return Err(Unknown::Empty);
    }
    if ["#!", "{\\rtf", "%!PS"].iter().any(|start| text.starts_with(start)) {
        return Err(Unknown::Other);
    }
    if is_markup(text) { Err(Unknown::WebPage) } else { Ok(Format::Text) }
}

/// Whether a browser that guesses would take it for a page, or for a picture with a script in it.
fn is_markup(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(1024).flat_map(char::to_lowercase).collect();
    let tags = [
        "<!doctype",
        "<html",
        "<head",
        "<body",
        "<script",
        "<svg",
        "<?xml",
        "<iframe",
        "<!--",
        "<style",
        "<title",
        "<meta",
        "<link",
        "<base",
        "<object",
        "<embed",
        "<img",
    ];
    tags.iter().any(|tag| start.starts_with(tag)) || start.contains("<script") || start.contains("<html")
}

/// A zip: a document of Word's or an OpenDocument text, by what it says it is.
fn packed(content: &[u8]) -> Result<Format, Unknown> {
    let mut zip = ZipArchive::new(Cursor::new(content)).map_err(|_| Unknown::Other)?;
    if zip.len() > ENTRIES_MOST {
        return Err(Unknown::Other);
    }
    let runs = |name: &str| {
        let name = name.to_lowercase();
        name.ends_with("vbaproject.bin") || name.starts_with("basic/") || name.starts_with("scripts/")
    };
    if zip.file_names().any(|name| name.is_ok_and(|name| runs(&name))) {
        return Err(Unknown::Macros);
    }
    // The types say which part is the main one: not every program calls it word/document.xml.
    if let Some(types) = read(&mut zip, "[Content_Types].xml", TYPES_MOST) {
        let types = types.to_lowercase();
        return match () {
            () if types.contains("macroenabled") => Err(Unknown::Macros),
            () if types.contains(MAIN_PART) => Ok(Format::Docx),
            () => Err(Unknown::Other),
        };
    }
    match read(&mut zip, "mimetype", 200).as_deref().map(str::trim) {
        Some("application/vnd.oasis.opendocument.text") => Ok(Format::Odt),
        _ => Err(Unknown::Other),
    }
}

fn read(zip: &mut ZipArchive<Cursor<&[u8]>>, name: &str, most: u64) -> Option<String> {
    let mut text = String::new();
    zip.by_name(name).ok()?.take(most).read_to_string(&mut text).ok()?;
    Some(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::web::download::attachment_named;

    #[test]
    fn text_is_text_in_any_script_and_nothing_another_program_would_run() {
        for text in ["Grace Hopper", "\u{feff}履歴書\r\n\t技術者", "a < b, and <b>bold</b>", "%PD", "# Grace\n- SQL"]
        {
            assert_eq!(of(text.as_bytes()), Ok(Format::Text), "{text}");
        }
        for page in ["<!DOCTYPE html>", "  \n<HTML>", "<?xml version='1.0'?><svg/>", "hello <SCRIPT>", "\u{feff}<svg>"]
        {
            assert_eq!(of(page.as_bytes()), Err(Unknown::WebPage), "{page}");
        }
        for (content, why) in [
            (&b""[..], Unknown::Empty),
            (b" \n", Unknown::Empty),
            (b"\xef\xbb\xbf\n", Unknown::Empty),
            (b"\x7fELF\x02", Unknown::Other),
            (b"MZ\x90", Unknown::Other),
            (b"#!/bin/sh\n", Unknown::Other),
            (b"{\\rtf1 Grace}", Unknown::Other),
            (b"\xff\xfea\0", Unknown::Other),
            (b"caf\xe9", Unknown::Other),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Unknown::OldWord),
            (b"PK\x03\x04 and nothing that was packed", Unknown::Other),
        ] {
            assert_eq!(of(content), Err(why), "{content:?}");
        }
    }

    #[test]
    fn a_pdf_may_have_blanks_and_a_mark_before_its_own() {
        for content in
            [&b"%PDF-1.7"[..], b"\n%PDF-1.4", b"\r\n  %PDF-1.4", b"\xef\xbb\xbf%PDF-1.7", b"\xef\xbb\xbf\n%PDF-1.7"]
        {
            assert_eq!(of(content), Ok(Format::Pdf), "{content:?}");
        }
        assert_eq!(of(b"Save it as %PDF-1.7"), Ok(Format::Text));
    }

    #[test]
    fn a_word_document_is_told_by_its_types_whatever_its_parts_are_called() {
        let packed = |part: &str, kind: &str| {
            let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
            let types = format!("<Types><Override PartName=\"/{part}\" ContentType=\"application/{kind}\"/></Types>");
            for (name, text) in [("[Content_Types].xml", types.as_str()), (part, "<w:document/>")] {
                zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
                std::io::Write::write_all(&mut zip, text.as_bytes()).unwrap();
            }
            zip.finish().unwrap().into_inner()
        };
        let main = "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
        for part in ["word/document.xml", "word/document2.xml", "office/main.xml"] {
            assert_eq!(of(&packed(part, main)), Ok(Format::Docx), "{part}");
        }
        let macros = "vnd.ms-word.document.macroEnabled.main+xml";
        assert_eq!(of(&packed("word/document.xml", macros)), Err(Unknown::Macros));
        assert_eq!(
            of(&packed("xl/workbook.xml", "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")),
            Err(Unknown::Other)
        );
    }

    #[test]
    fn a_file_is_saved_under_its_own_name() {
        for (format, sent, saved) in [
            (Format::Pdf, "Ada_Byron Resume.pdf", "Ada_Byron Resume.pdf"),
            (Format::Pdf, "RESUME.PDF", "RESUME.PDF"),
            (Format::Pdf, "Resume v2.1", "Resume v2.1.pdf"),
            (Format::Text, "notes.md", "notes.md"),
            (Format::Text, "run.sh", "run.sh.txt"),
            (Format::Odt, "履歴書.odt", "履歴書.odt"),
            (Format::Docx, "C:\\Users\\Ada\\Resume.docx", "Resume.docx"),
            (Format::Docx, "../../etc/passwd", "passwd.docx"),
            (Format::Pdf, "a\r\nSet-Cookie: b\";.pdf", "a Set-Cookie b ;.pdf"),
            (Format::Pdf, "Resume\u{202e}fdp.exe", "Resume fdp.exe.pdf"),
            (Format::Pdf, "..", "document.pdf"),
            (Format::Pdf, "", "document.pdf"),
            (Format::Pdf, ".pdf", "document.pdf"),
        ] {
            assert_eq!(format.file_name(sent), saved);
        }
    }

    proptest! {
        #[test]
        fn anything_is_something_or_refused(content in any::<Vec<u8>>()) {
            if of(&content) == Ok(Format::Text) {
                let text = std::str::from_utf8(&content).unwrap();
                prop_assert!(!text.contains('\0') && !text.trim().is_empty());
                prop_assert!(!text.trim_start().to_lowercase().starts_with("<script"));
            }
        }

        #[test]
        fn whatever_a_file_is_called_it_can_be_saved_everywhere(sent in any::<String>()) {
            for format in Format::ALL {
                let name = format.file_name(&sent);
                prop_assert!(!name.contains(['/', '\\', '"', ':']) && !name.contains(char::is_control), "{}", name);
                prop_assert!(!name.starts_with(['.', ' ']) && name.chars().count() <= STEM_MOST + 5);
                let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
                prop_assert!(format.endings().contains(&&*ending), "{}", name);
                prop_assert_eq!(format.file_name(&name), name.clone(), "its own name");
                let header = attachment_named(&name);
                let header = header.to_str().unwrap();
                prop_assert!(header.starts_with("attachment; filename=\"") && header.matches('"').count() == 2);
            }
        }
    }
}
