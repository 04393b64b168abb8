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
        "שם החברה",
        "שם חברה",
        "कंपनी",
        "บริษัท",
    ];

    /// Words that head other columns.
    const OTHERS: &[&str] = &[
        "industry",
        "sector",
        "branche",
        "city",
        "town",
        "country",
        "location",
        "place",
        "stadt",
        "ort",
        "land",
        "ville",
        "pays",
        "ciudad",
        "país",
        "notes",
        "note",
        "notizen",
        "comment",
        "comments",
        "status",
        "role",
        "position",
        "size",
        "employees",
        "priority",
        "tier",
        "contact",
        "город",
        "страна",
        "отрасль",
    ];
    /// Words that head a column of addresses.
    const SITES: &[&str] = &[
        "website",
        "web site",
        "site",
        "url",
        "web",
        "homepage",
        "link",
        "domain",
        "webseite",
        "internetseite",
        "careers",
        "careers page",
        "sitio web",
        "site web",
        "сайт",
        "אתר",
        "网站",
        "網站",
        "官网",
        "ウェブサイト",
        "홈페이지",
        "웹사이트",
        "الموقع",
    ];

    /// Reads a line that names a column as a usual word does.
    pub fn of(line: &str) -> Option<Self> {
        let line = unmarked(line);
        let separator =
            ['\t', '|', '｜', ';', ',', '，'].into_iter().find(|separator| line.contains(*separator)).unwrap_or('\t');
        let cells: Vec<String> =
            cells(line, separator).iter().map(|cell| plain(cell).trim_matches('*').to_lowercase()).collect();
        let is_of = |words: &[&str], cell: &str| words.contains(&cell);
        let names = |cell: &str| cell.split(|c: char| !c.is_alphanumeric()).any(|word| Self::NAMES.contains(&word));
        let exact = Self::NAMES.iter().find_map(|word| cells.iter().position(|cell| cell == word));
        let name = exact.or_else(|| {
            // 'Target company' heads a column where what stands beside it does.
            let are_others = cells.iter().any(|cell| is_of(Self::OTHERS, cell) || is_of(Self::SITES, cell));
            cells.iter().position(|cell| names(cell)).filter(|_| are_others)
        });
        let name = name.or_else(|| {
            let has_sites = cells.iter().any(|cell| is_of(Self::SITES, cell));
            let is_rank = |cell: &str| cell.is_empty() || ["#", "no", "no.", "nr", "nr.", "rank", "id"].contains(&cell);
            let is_other = |cell: &str| is_rank(cell) || is_of(Self::OTHERS, cell) || is_of(Self::SITES, cell);
            cells.iter().position(|cell| !is_other(cell) && !cell.contains('.')).filter(|_| has_sites)
        })?;
        Some(Self { separator, name })
    }
}
