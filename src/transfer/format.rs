//! Formats of files that are no text, told by what they begin with.

/// A format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A ZIP archive of its owner's files.
    Zip,
    /// `.xlsx`
    Excel,
    /// `.ods`
    OpenDocument,
    /// What Office saved before 2007.
    OldOffice,
    /// A document of Office whose first bytes do not tell which.
    Office,
    /// Apple's spreadsheet.
    Numbers,
    /// `.docx`
    Word,
    /// PDF.
    Pdf,
    /// PNG, JPEG, GIF or WebP.
    Picture,
    /// gzip.
    Gzip,
    /// 7z.
    SevenZip,
    /// RAR.
    Rar,
}

impl Format {
    /// The format of a file that begins like this; nothing if it may be text.
    pub fn of(start: &[u8]) -> Option<Self> {
        let starts = |magic: &[u8]| start.starts_with(magic);
        Some(if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
            Self::packed(start)
        } else if starts(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
            Self::OldOffice
        } else if starts(b"%PDF-") {
            Self::Pdf
        } else if is_picture(start) {
            Self::Picture
        } else if starts(b"\x1F\x8B") {
            Self::Gzip
        } else if starts(b"7z\xBC\xAF\x27\x1C") {
            Self::SevenZip
        } else if starts(b"Rar!\x1A\x07") {
            Self::Rar
        } else {
            return None;
        })
    }

    /// Workbooks and documents are ZIP archives too, told by the names of their first entries.
    fn packed(start: &[u8]) -> Self {
        let start = &start[..start.len().min(4096)];
        let has = |name: &[u8]| start.windows(name.len()).any(|window| window == name);
        if has(b"xl/wor") {
            Self::Excel
        } else if has(b"word/") {
            Self::Word
        } else if has(b"application/vnd.oasis.opendocument.spreadsheet") {
            Self::OpenDocument
        } else if has(b"[Content_Types].xml") {
            Self::Office
        } else if has(b"Index/Document.iwa") || has(b"Index/Tables") {
            Self::Numbers
        } else {
            Self::Zip
        }
    }

    /// What it is, and what to choose instead where a text is wanted.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::Zip => "This is a ZIP archive; unpack it and choose the list of contacts in it",
            Self::Gzip => "This is a gzip archive; unpack it and choose the list of contacts in it",
            Self::SevenZip => "This is a 7z archive; unpack it and choose the list of contacts in it",
            Self::Rar => "This is a RAR archive; unpack it and choose the list of contacts in it",
            Self::Excel => "This is an Excel workbook; open it and save the sheet as CSV",
            Self::OpenDocument => "This is an OpenDocument spreadsheet; open it and save the sheet as CSV",
            Self::OldOffice => "This is an old Excel or Office file; open it and save the sheet as CSV",
            Self::Office => "This is an Office file; open it and save the sheet as CSV",
            Self::Numbers => "This is a Numbers spreadsheet; open it and save the sheet as CSV",
            Self::Word => "This is a Word document; choose the CSV file instead",
            Self::Pdf => "This is a PDF document; choose the CSV file instead",
            Self::Picture => "This is a picture; choose the CSV file instead",
        }
    }
}

fn is_picture(start: &[u8]) -> bool {
    let magic: [&[u8]; 4] = [b"\x89PNG\r\n\x1a\n", b"\xFF\xD8\xFF", b"GIF87a", b"GIF89a"];
    magic.iter().any(|magic| start.starts_with(magic))
        || (start.starts_with(b"RIFF") && start.get(8..12) == Some(b"WEBP"))
}
