//! Legal forms of companies, of many countries, and how they fall away from a name.

use unicode_normalization::char::is_combining_mark;

use crate::folding::folded;
use std::sync::LazyLock;

/// Behind a word that was written as a legal form is written, where the same word may mean something else:
/// 'Day S.p.A.' is Day, 'Day Spa' is not.
pub(super) const MARK: char = '\u{E000}';

/// Forms after a name, as usually written; dots, case and accents don't count.
const BEHIND: &str = "inc|incorporated|llc|l l c|pllc|lllp|llp|lp|ltd|limited|private limited|unlimited|co|company|corp|corporation|\
    plc|pbc|dac|clg|cyf|pty|pte|pvt|private ltd|gmbh|mbh|ggmbh|ag|a g|kg|kgaa|ohg|ug|ug haftungsbeschränkt|gbr|partg|partg mbb|aör|se|sa|s a|sas|\
    s a s|sasu|eurl|snc|sarl|sa rl|s a r l|suarl|sagl|sca|sl|s l|slu|s l u|sau|s a u|srl|s r l|srls|bv|b v|bvba|sprl|nv|n v|vof|\
    ab|ab publ|publ|oy|oyj|oy ab|asa|aps|ivs|ehf|ou|oü|sp z oo|sp z o o|sp j|sp k|spółka akcyjna|spółka z ograniczoną odpowiedzialnością|\
    sro|s r o|spol sro|spol s r o|doo|d o o|kft|zrt|nyrt|uab|kk|k k|gk|\
    ltda|lda|s a de c v|sa de cv|sab de cv|s a b de c v|sapi de cv|s a p i de c v|sa p i de cv|sas de cv|sofom enr|s de rl de cv|\
    s de r l de c v|s de rl|s en c|sac|s a c|saa|eirl|eireli|sociedad anónima|\
    sdn bhd|bhd|berhad|tbk|persero|persero tbk|jsc|pjsc|ojsc|cjsc|wll|fze|fzco|fz llc|fzc|dmcc|psc|ltd şti|şti|şirketi|\
    eood|еоод|оод|ооо|пао|оао|зао|ао|тоо|тов|прат|пат|нао|χαε|επε|ике|ικε|μονοπρόσωπη|\
    株|有|주|유|jmb|pt persero|จำกัด|จำกัด มหาชน|มหาชน|מ בע|בע מ|בעמ|שמ|شمم|ش م م|شمل|ذمم|ذ م م|المحدودة|مساهمة عامة|and co|\
    aktiengesellschaft|gesellschaft mit beschränkter haftung|kommanditgesellschaft|offene handelsgesellschaft|societas europaea|\
    société anonyme|société par actions simplifiée|société à responsabilité limitée|sociedad limitada|sociedade anônima|\
    società per azioni|società a responsabilità limitata|aktiebolag|aktiebolaget|aktieselskab|anpartsselskab|aksjeselskap|\
    allmennaksjeselskap|osakeyhtiö|besloten vennootschap|naamloze vennootschap|public limited company|limited liability company|\
    limited liability partnership|kabushiki kaisha|godo kaisha|anonim şirketi|limited şirketi|akciová společnost|\
    společnost s ručením omezeným";

/// Forms after a name that stand for other words, too: they count only where written with dots, a stroke or their own capitals.
const BEHIND_IF_MARKED: &str = "spa|as|sia|pt|ae|dd|ad|ev|eg|ek|bt|hf|s p a|a s|a ş|t a ş|tas";

/// Forms before a name.
const BEFORE: &str = "the|aktiebolaget|ооо|пао|оао|зао|ао|тоо|тов|прат|пат|нао|uab|株|有|주|유|jsc|pjsc|ojsc|cjsc|บริษัท|شركة|công ty tnhh|công ty cổ phần|\
    công ty|ctcp";

/// As [`BEHIND_IF_MARKED`].
const BEFORE_IF_MARKED: &str = "pt|sia|as|ab";

/// Forms of scripts that put no space before or after them.
const JOINED: &str = "株式会社|有限会社|合同会社|合資会社|一般社団法人|股份有限公司|有限责任公司|有限責任公司|有限公司|주식회사|유한회사";

/// All of them, folded as the words of a name are, the longest first.
struct Forms {
    behind: Vec<String>,
    before: Vec<String>,
    marked: Vec<String>,
    joined: Vec<String>,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let read = |forms: &str| forms.split('|').map(|form| words(form.trim())).collect::<Vec<_>>();
    let with_mark = |forms: Vec<String>| forms.into_iter().map(|form| format!("{form}{MARK}"));
    let longest_first = |mut forms: Vec<String>| {
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        forms
    };
    let (behind, before) = (read(BEHIND_IF_MARKED), read(BEFORE_IF_MARKED));
    Forms {
        behind: longest_first(
            read(BEHIND).into_iter().chain(with_mark([behind.clone(), before.clone()].concat())).collect(),
        ),
        before: longest_first(read(BEFORE).into_iter().chain(with_mark(before.clone())).collect()),
        marked: behind.into_iter().chain(before).collect(),
        joined: longest_first(read(JOINED)),
    }
});

/// The name with a [`MARK`] behind each word that is written as a legal form though it may be another word.
pub(super) fn marked(name: &str) -> String {
    let name = name.replace(MARK, "");
    let shouts = !name.chars().any(char::is_lowercase);
    let mut whole = String::with_capacity(name.len());
    for word in name.split_inclusive(|c: char| c.is_whitespace() || c == ',') {
        let bare = word.trim_end_matches(|c: char| c.is_whitespace() || c == ',');
        let plain = words(&bare.replace('/', ""));
        let is_one = FORMS.marked.iter().any(|form| *form == plain || form.replace(' ', "") == plain);
        let inside = bare.trim_end_matches('.');
        let is_dotted = inside.contains(['.', '/']);
        // 'DAY SPA' is written in capitals whole; 'DNB BANK AS' hardly means the word.
        let is_capital = bare.chars().all(|c| c.is_uppercase() || c == '.')
            && (!shouts || !["spa", "sia"].contains(&plain.as_str()));
        let is_mixed = ["SpA", "eV", "eG", "eK"].contains(&inside);
        if is_one && (is_dotted || is_capital || is_mixed) {
            whole.push_str(&plain);
            whole.push(MARK);
            whole.push_str(&word[bare.len()..]);
        } else {
            whole.push_str(word);
        }
    }
    // Written apart: 'S. p. A.'.
    whole.replace("S. p. A.", "spa\u{E000}").replace("a. s.", "as\u{E000}")
}

/// The words of a name without the forms around them; all of them where nothing else would be left.
pub(super) fn without_legal_forms(words: &str) -> &str {
    let mut name = words;
    loop {
        let shorter = behind(name).or_else(|| before(name)).or_else(|| joined(name));
        match shorter {
            Some(shorter) => name = shorter,
            None => return if is_only_article(name) { words } else { name },
        }
    }
}

fn is_only_article(name: &str) -> bool {
    name == "the"
}

fn behind(name: &str) -> Option<&str> {
    let shorter = FORMS.behind.iter().find_map(|form| name.strip_suffix(form.as_str())?.strip_suffix(' '))?;
    // 'Unity & Company' and 'Strategy &' are names; only '& Co.' falls away, which is a form by itself.
    (shorter != "and" && !shorter.ends_with(" and")).then_some(shorter)
}

fn before(name: &str) -> Option<&str> {
    FORMS.before.iter().find_map(|form| name.strip_prefix(form.as_str())?.strip_prefix(' '))
}

fn joined(name: &str) -> Option<&str> {
    FORMS.joined.iter().find_map(|form| {
        let shorter = name.strip_prefix(form.as_str()).or_else(|| name.strip_suffix(form.as_str()))?.trim();
        (!shorter.is_empty()).then_some(shorter)
    })
}

/// Whether a part of a line is nothing but legal forms: 'Co.Ltd', 'S.A.'.
pub fn is_legal_form(part: &str) -> bool {
    let is_form = |word: &str| FORMS.behind.iter().any(|form| form.trim_end_matches(MARK) == word);
    let plain = words(part);
    is_form(&plain)
        || plain.split(' ').all(is_form)
        || part.trim_end_matches('.').split('.').all(|word| is_form(&words(word)))
}

/// The words of a name, folded, with one space between them.
pub fn words(name: &str) -> String {
    let mut words = String::with_capacity(name.len());
    for c in folded(name).chars() {
        match c {
            '&' => words.push_str(" and "),
            '+' | MARK => words.push(c),
            // Abbreviations are one word: 'S.A.'.
            '.' => {}
            c if c.is_alphanumeric() || is_combining_mark(c) => words.push(c),
            _ => words.push(' '),
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
