//! What a line of a signature is: a greeting, a name, a job, a company.

use super::read::Read;
use super::titles::{described, headline_of, in_order, is_a_door, is_credential, split_at_marks};
use crate::companies::name::is_legal_form;
use crate::folding::folded;

/// What ends a letter.
const CLOSINGS: [&str; 61] = [
    "best",
    "best regards",
    "kind regards",
    "warm regards",
    "regards",
    "with best regards",
    "with kind regards",
    "many thanks",
    "thanks",
    "thank you",
    "thanks and regards",
    "thanks and best regards",
    "best wishes",
    "all the best",
    "cheers",
    "sincerely",
    "sincerely yours",
    "yours sincerely",
    "yours faithfully",
    "yours truly",
    "warmly",
    "cordially",
    "talk soon",
    "viele grüße",
    "liebe grüße",
    "herzliche grüße",
    "beste grüße",
    "freundliche grüße",
    "schöne grüße",
    "mit freundlichen grüßen",
    "mit besten grüßen",
    "mit freundlichem gruß",
    "mfg",
    "lg",
    "vg",
    "vielen dank",
    "danke",
    "cordialement",
    "bien cordialement",
    "bien à vous",
    "merci",
    "sincères salutations",
    "meilleures salutations",
    "saludos",
    "un saludo",
    "saludos cordiales",
    "cordiali saluti",
    "atenciosamente",
    "с уважением",
    "с наилучшими пожеланиями",
    "met vriendelijke groet",
    "med vänlig hälsning",
    "z poważaniem",
    "谢谢",
    "此致",
    "敬礼",
    "祝好",
    "敬具",
    "草々",
    "ありがとう",
    "감사합니다",
];

/// Whether a line only ends a letter: 'Best Regards,'.
pub fn is_closing(line: &str) -> bool {
    let line = folded(line);
    let plain = line.trim_matches(|c: char| !c.is_alphanumeric());
    CLOSINGS.iter().any(|closing| folded(closing) == plain)
}

/// Whether a line begins a letter: 'Hi Tom'.
fn is_opening(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or_default().to_lowercase();
    let first = first.trim_end_matches(|c: char| !c.is_alphanumeric());
    [
        "hi",
        "hello",
        "hey",
        "dear",
        "hallo",
        "liebe",
        "lieber",
        "guten",
        "bonjour",
        "hola",
        "ciao",
        "你好",
        "您好",
        "안녕하세요",
    ]
    .contains(&first)
}

/// How near somebody is on LinkedIn, as it is copied along: '2nd', '3rd+ degree connection'.
pub fn is_degree(line: &str) -> bool {
    let plain = line.trim_matches(|c: char| c.is_whitespace() || "·•".contains(c)).to_lowercase();
    let plain = plain.strip_suffix("connection").unwrap_or(&plain).trim();
    let plain = plain.strip_suffix("degree").unwrap_or(plain).trim();
    ["1st", "2nd", "3rd", "3rd+"].contains(&plain)
}

/// Whether a line says how to speak of somebody: 'Pronouns: she/her', '(they/them)'.
pub fn is_pronouns(line: &str) -> bool {
    let plain = line.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let plain = plain.strip_prefix("pronouns").or_else(|| plain.strip_prefix("pronomen")).unwrap_or(&plain);
    let words: Vec<&str> = plain.split(['/', ' ', ':']).filter(|word| !word.is_empty()).collect();
    let known = [
        "she", "her", "hers", "he", "him", "his", "they", "them", "theirs", "sie", "ihr", "er", "ihm", "elle", "il",
        "ella", "el", "él", "xe", "xem", "ze", "any",
    ];
    words.len() > 1 && words.iter().all(|word| known.contains(word))
}

/// The name on a line, and what stands on it besides; nothing where it is no name.
pub fn name_on(line: &str, has_mailbox: bool) -> Option<Read> {
    if is_closing(line) || is_opening(line) || is_pronouns(line) {
        return None;
    }
    let (line, said) = without_pronouns(line);
    let named = |name: &str| Read { name: name.to_owned(), rest: said.to_owned(), ..Read::default() };
    let ordered = if has_mailbox { in_order(line) } else { line.to_owned() };
    let mut parts = ordered.split(',').map(str::trim);
    let first = parts.next().unwrap_or_default();
    let is_more = parts.next().is_some_and(|second| !second.is_empty() && !is_credential(second));
    if is_more
        && looks_like_a_name(first)
        && let Some(mut read) = described(&ordered, true)
    {
        read.rest = said.to_owned();
        return Some(read);
    }
    looks_like_a_name(&without_brackets(&ordered)).then(|| named(&ordered))
}

/// 'Jane Doe (she/her)': the name, and the pronouns.
fn without_pronouns(line: &str) -> (&str, &str) {
    match line.split_once('(') {
        Some((name, said)) if is_pronouns(said) => (name.trim(), said.trim().trim_end_matches(')')),
        _ => (line, ""),
    }
}

fn without_brackets(line: &str) -> String {
    let (from, to) = (line.find(['(', '（']), line.rfind([')', '）']));
    match (from, to.and_then(|to| Some((to, line[to..].chars().next()?.len_utf8())))) {
        (Some(from), Some((to, width))) if from < to => format!("{}{}", &line[..from], &line[to + width..]),
        _ => line.to_owned(),
    }
}

/// Whether a word is written as names are in China, Japan and Korea: two to four letters without a space.
fn is_unspaced_name(word: &str) -> bool {
    let is_letter = |c: char| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}');
    (2..=4).contains(&word.chars().count()) && word.chars().all(is_letter)
}

pub fn looks_like_a_name(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let is_plain = line.chars().all(|c| {
        c.is_alphabetic()
            || c.is_whitespace()
            || unicode_normalization::char::is_combining_mark(c)
            || ".,'’-".contains(c)
    });
    ((2..=5).contains(&words) || is_unspaced_name(line.trim()))
        && is_plain
        && line.chars().count() <= 80
        && !ends_in_a_form(line)
        && !holds_a_form(line)
        && !is_a_door(line)
        && line.split_whitespace().all(|word| !word.starts_with(char::is_lowercase) || word.len() <= 3)
}

/// Whether the last word is a legal form that can hardly be somebody's name.
fn ends_in_a_form(line: &str) -> bool {
    let last = line.split_whitespace().last().unwrap_or_default();
    ["Inc.", "Inc", "LLC", "GmbH", "Ltd.", "Ltd", "Limited", "AG", "KG", "plc", "Corp.", "Corporation", "S.A.", "B.V."]
        .contains(&last)
}

/// Whether a line names a company the way they are named in China, Japan and Korea: with the form in front or behind.
fn holds_a_form(line: &str) -> bool {
    let line = line.replace('（', "(").replace('）', ")");
    let forms =
        ["株式会社", "有限会社", "合同会社", "(株)", "(有)", "㈱", "公司", "주식회사", "유한회사", "(주)", "㈜"];
    forms.iter().any(|form| line.starts_with(form) || line.split_whitespace().any(|word| word.ends_with(form)))
}

/// The company of a line that names it so, and the part of it where somebody works: '株式会社フー データ部'.
pub fn with_its_part(line: &str) -> (&str, &str) {
    match line.trim().split_once([' ', '\u{3000}']) {
        Some((company, part)) if holds_a_form(company) && company.chars().count() > 4 => (company, part.trim()),
        _ => (line, ""),
    }
}

/// What is known of where somebody works before the lines are read: the domain of their mail.
pub struct Employer {
    domain: String,
}

impl Employer {
    /// Of a mailbox, but not of those that are anybody's.
    pub fn of(mailbox: Option<&str>) -> Self {
        let host = mailbox.and_then(|mailbox| mailbox.rsplit_once('@')).map(|(_, host)| host).unwrap_or_default();
        let labels: Vec<&str> = host.split('.').collect();
        // 'acme' of mail.acme.co.uk.
        let ends = ["co", "com", "org", "ac", "gov", "net"];
        let mut rest = labels.iter().rev().skip(1).skip_while(|label| ends.contains(label));
        let domain = rest.next().copied().unwrap_or_default().to_lowercase();
        let anybodys = [
            "gmail",
            "googlemail",
            "gmx",
            "web",
            "outlook",
            "hotmail",
            "yahoo",
            "icloud",
            "me",
            "live",
            "aol",
            "proton",
            "protonmail",
            "mail",
            "posteo",
            "t-online",
            "yandex",
            "fastmail",
            "qq",
            "163",
            "msn",
        ];
        let is_anybodys = anybodys.contains(&domain.as_str());
        Self {
            domain: if is_anybodys { String::new() } else { domain.chars().filter(|c| c.is_alphanumeric()).collect() },
        }
    }

    /// Whether a page is one of theirs.
    pub fn is_at(&self, host: &str) -> bool {
        let host: String = host.to_lowercase().chars().filter(|c| c.is_alphanumeric() || *c == '.').collect();
        self.domain.len() > 1 && host.split('.').any(|label| label == self.domain)
    }

    /// Whether a line is surely a company: by its legal form, or as the mail's domain names it.
    pub fn is_named_by(&self, line: &str) -> bool {
        let last = line.trim_end_matches(',').rsplit_once([' ', ',']).map(|(_, last)| last).unwrap_or_default();
        let has_form = !last.is_empty() && is_legal_form(last) && !last.chars().all(char::is_lowercase);
        let letters: String = folded(line).chars().filter(|c| c.is_alphanumeric()).collect();
        let first: String = folded(line)
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect();
        let is_domain = self.domain.len() > 1
            && (letters == self.domain
                || (first.len() > 2 && (self.domain == first || letters.starts_with(&self.domain))));
        (has_form || is_domain || holds_a_form(line)) && line.chars().count() <= 80
    }
}

/// Whether a line may be a company behind a job: short, and written as names are.
pub fn may_be_a_company(line: &str) -> bool {
    let small = ["and", "und", "et", "of", "the", "for", "für", "de", "du", "der", "la", "le", "y", "e", "i", "и", "&"];
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_written = |word: &&str| !word.starts_with(char::is_lowercase) || small.contains(word);
    (1..=6).contains(&words.len())
        && line.chars().count() <= 60
        && words.iter().all(is_written)
        && line.chars().any(char::is_alphabetic)
        && !line.contains([':', '@', '!', '?'])
        && !line.ends_with('.')
        && !is_closing(line)
        // An address of a house.
        && words.iter().filter(|word| word.chars().any(|c| c.is_ascii_digit())).count() < words.len().min(2)
        && ![words.first(), words.last()].into_iter().flatten().any(|word| word.chars().all(|c| c.is_ascii_digit()))
        && !words.iter().any(|word| word.len() > 3 && word.chars().all(|c| c.is_ascii_digit()))
}

/// 'VP Engineering, Foo, Inc.', 'Rear Admiral at US Navy'; with a company on the next line, the whole line is the job.
pub fn job_in(line: &str, next: Option<&str>, employer: &Employer) -> Read {
    let read = headline_of(line);
    if !read.company.is_empty() {
        return read;
    }
    let parts = split_at_marks(line);
    if let [title @ .., company] = parts.as_slice()
        && !title.is_empty()
        && employer.is_named_by(company)
        && !title.iter().any(|part| employer.is_named_by(part))
    {
        return Read { job_title: title.join(", "), company: (*company).into(), ..Read::default() };
    }
    match line.split_once(',') {
        Some((title, company)) if !next.is_some_and(|next| is_next(company, next, employer)) => {
            Read { job_title: title.trim().into(), company: company.trim().into(), ..Read::default() }
        }
        _ => read,
    }
}

/// Whether the next line is the company, and not what stands behind the comma.
fn is_next(behind: &str, next: &str, employer: &Employer) -> bool {
    let parts = [
        "strategy",
        "operations",
        "marketing",
        "sales",
        "engineering",
        "product",
        "finance",
        "data",
        "hr",
        "people",
        "legal",
        "design",
        "research",
        "development",
        "technology",
        "it",
        "emea",
        "apac",
        "dach",
        "europe",
        "global",
        "growth",
        "analytics",
        "partnerships",
        "security",
        "communications",
        "vertrieb",
        "entwicklung",
        "einkauf",
        "personal",
    ];
    let is_a_part = folded(behind).split(|c: char| !c.is_alphanumeric()).any(|word| parts.contains(&word));
    !employer.is_named_by(behind.trim()) && (employer.is_named_by(next) || (is_a_part && may_be_a_company(next)))
}
