//! The head of a pasted table.

use super::cells::{cells, plain};
use super::marks::unmarked;

/// The head of a table, which says in which column the names stand.
pub struct Head {
    pub separator: char,
    pub name: usize,
}

impl Head {
    /// Words that head a column of names, and words that head others.
    pub const NAMES: &[&str] = &[
        "company",
        "company name",
        "companies",
        "name",
        "employer",
        "organization",
        "organisation",
        "firm",
        "unternehmen",
        "firma",
        "arbeitgeber",
        "entreprise",
        "société",
        "empresa",
        "azienda",
        "bedrijf",
        "företag",
        "şirket",
        "công ty",
        "компания",
        "εταιρεία",
        "公司",
        "公司名称",
        "企业",
        "会社",
        "会社名",
        "企業名",
        "회사",
        "회사명",
        "شركة",
        "الشركة",
        "חברה",
        "कंपनी",
        "บริษัท",
    ];

    /// Reads a line that names a column as a usual word does.
    pub fn of(line: &str) -> Option<Self> {
        let line = unmarked(line);
        let separator =
            ['\t', '|', '｜', ';', ',', '，'].into_iter().find(|separator| line.contains(*separator)).unwrap_or('\t');
        let cells = cells(line, separator);
        let name =
            Self::NAMES.iter().find_map(|word| cells.iter().position(|cell| plain(cell).to_lowercase() == *word))?;
        Some(Self { separator, name })
    }
}
