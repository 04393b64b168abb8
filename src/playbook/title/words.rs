//! The words of job titles: which say what the work is, which lead, which look for people, and which say nothing.

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use crate::folding::folded;

/// Words that are looked up.
type Set = LazyLock<HashSet<&'static str>>;

macro_rules! set {
    ($words:literal) => {
        LazyLock::new(|| $words.split_whitespace().collect())
    };
}

/// Between the words of a title.
static BETWEEN: Set = set!(
    "a an and at for from in of on or the to with \
    de del della delle di da do dos das du des d la le les l el los las en em e y et o und fur im am an vom von van der die das \
    den dem des zu zur zum bei a au aux chez pour por para per con com och i av i w we na do dla и в по на для c с"
);

/// Words of two letters that say what the work is.
static SHORT: Set = set!("hr it qa ux ui pr ai bi pm 3d rh ki ml");

/// Words of those who lead, whatever the language. Compounds end in them: 'Teamleiterin'.
static LEADS: Set = set!(
    "manager head lead leader director vp svp evp president chief cto cdo cpo cmo cfo coo cio cro \
    leiter leiterin leitung leitende leitender chef cheffe chefin directeur directrice responsable dirigente jefe jefa gerente \
    director directora diretor diretora direttore direttrice capo responsabile hoofd \
    руководитель начальник директор глава kierownik kierowniczka dyrektor mudur"
);

/// How words end of those who lead, in languages that write words together.
const LEADS_END: &[&str] = &["leiter", "leiterin", "leitung", "chef", "chefin"];

/// What leads in scripts without spaces.
const LEADS_WITHIN: &[&str] =
    &["总监", "经理", "负责人", "主管", "部长", "部長", "課長", "责任者", "責任者", "マネージャー", "リーダー"];

/// What those lead who have a title of three letters, by stems.
const LEADS_OF: &[(&str, &[&str])] = &[
    ("cto", &["engineer", "software", "develop", "data", "technolog", "it"]),
    ("cdo", &["data"]),
    ("cpo", &["product", "design", "ux"]),
    ("cmo", &["market", "communicat", "brand"]),
    ("cfo", &["financ", "account", "control"]),
    ("cio", &["it", "informat"]),
    ("cro", &["sale", "revenue"]),
    ("coo", &["operation"]),
];

/// How words begin of those who look for people.
const RECRUITS: &[&str] = &[
    "recruit",
    "recrut",
    "reclut",
    "рекрут",
    "rekrut",
    "headhunt",
    "sourcer",
    "personalberat",
    "personalvermittl",
    "personalreferent",
    "personalgewinn",
];

/// What stands beside 'talent' where people are looked for.
const BEHIND_TALENT: &[&str] = &[
    "acquisition",
    "attraction",
    "partner",
    "manager",
    "management",
    "sourcer",
    "sourcing",
    "scout",
    "specialist",
    "lead",
    "director",
];
const BEFORE_TALENT: &[&str] = &["head", "director", "vp", "chief", "lead"];

/// Those whose work is people: whom they look for is told by what else stands there.
const PERSONNEL: &[&str] = &["hr", "rh"];
const PERSONNEL_PAIRS: &[&str] =
    &["human resource", "ressource humaine", "recurso humano", "risorse umane", "chasseur tete"];

/// Levels, which are in titles of every kind of work.
static LEVELS: Set = set!("senior sr junior jr intern trainee graduate entry level mid");

/// What says a level where it stands in front, and is a part of the work where it does not: 'Chief of staff'.
static RANKS: Set = set!("principal staff associate assistant vice executive");

/// What is in titles of every kind of work, and makes nobody a neighbour.
static VAGUE: Set = set!(
    "officer specialist expert professional team global international regional national group \
    member referent spezialist freelance freelancer remote"
);

/// Behind these stands what somebody is no longer, or not yet.
const NOT_NOW: &[&str] = &[
    "aspiring",
    "former",
    "formerly",
    "previously",
    "seeking",
    "looking for",
    "open to",
    "future",
    "retired",
    "ehemals",
    "ehemalige",
    "ehemaliger",
    "angehende",
    "angehender",
    "ancien",
    "ancienne",
    "futur",
    "aspirante",
    "бывший",
    "ex",
];

/// A title or a role, as its words.
#[derive(Debug, Default, Clone)]
pub struct Words {
    /// In their order, folded, without those between.
    pub all: Vec<String>,
    /// Their stems, with those of two neighbours written together: 'front-end' is 'frontend'.
    pub stems: BTreeSet<String>,
    /// Everything without spaces, for scripts that have none.
    pub run: String,
}

impl Words {
    /// Of a role, or of a title with what somebody is now.
    pub fn of(text: &str) -> Self {
        let now = now(text);
        let all = split(&now);
        let pairs = all.windows(2).map(|pair| stem(&pair.concat()));
        let stems = all.iter().map(|word| stem(word)).chain(pairs).collect();
        let run = folded(&now).chars().filter(|c| c.is_alphanumeric()).collect();
        Self { all, stems, run }
    }

    /// Without the levels, and a rank in front of at least two words.
    pub fn without_level(mut self) -> Self {
        self.all.retain(|word| !LEVELS.contains(word.as_str()));
        if self.all.len() > 2 && self.all.first().is_some_and(|first| RANKS.contains(first.as_str())) {
            self.all.remove(0);
        }
        self.stems = self.all.iter().map(|word| stem(word)).collect();
        self
    }

    /// The stems that say what the work is.
    pub fn telling(&self) -> impl Iterator<Item = String> {
        let all = self.all.iter().filter(|word| is_telling(word));
        all.map(|word| stem(word))
    }

    /// Whether all words of a role are among these; two that are written together there may be so here.
    pub fn has_all_of(&self, role: &Self) -> bool {
        let has = |some: &[String]| self.stems.contains(&stem(&some.concat()));
        (0..role.all.len()).all(|at| {
            let pair = |from: usize| role.all.get(from..from + 2).is_some_and(has);
            has(&role.all[at..=at]) || pair(at) || at.checked_sub(1).is_some_and(pair)
        })
    }

    /// The stems of those of its words that lead.
    pub fn leads(&self) -> impl Iterator<Item = String> {
        self.all.iter().filter(|word| is_lead(word)).map(|word| stem(word))
    }

    /// The stems of what is led by whoever has a title of three letters.
    pub fn led(&self) -> impl Iterator<Item = &'static str> {
        let of = LEADS_OF.iter().filter(|(title, _)| self.all.iter().any(|word| word == title));
        of.flat_map(|(_, led)| led.iter().copied())
    }

    /// Whether they look for people.
    pub fn recruits(&self) -> bool {
        let begins = |word: &String| RECRUITS.iter().any(|start| word.starts_with(start));
        let talent = |pair: &[String]| match pair {
            [talent, behind] if talent == "talent" => BEHIND_TALENT.contains(&behind.as_str()),
            [before, talent] if talent == "talent" => BEFORE_TALENT.contains(&before.as_str()),
            _ => false,
        };
        self.all.iter().any(begins) || self.all.windows(2).any(talent)
    }

    /// Whether their work is the people of a company.
    pub fn is_personnel(&self) -> bool {
        let is_pair = |pair: &[String]| PERSONNEL_PAIRS.contains(&pair.join(" ").as_str());
        self.all.iter().any(|word| PERSONNEL.contains(&word.as_str())) || self.all.windows(2).any(is_pair)
    }

    /// Whether it is written without spaces between its words.
    pub fn is_unspaced(&self) -> bool {
        self.run.chars().any(is_unspaced)
    }

    /// Whether it leads, in a script without spaces, beyond the words of a role.
    pub fn leads_beyond(&self, role: &str) -> bool {
        let rest = || self.run.replacen(role, " ", 1);
        self.is_unspaced() && LEADS_WITHIN.iter().any(|lead| rest().contains(lead))
    }
}

/// The stems of a role's words that tell what the work is: how such words begin in titles.
pub fn telling_stems(role: &str) -> Vec<String> {
    Words::of(role).without_level().telling().collect()
}

/// Whether a word says what the work is.
pub fn is_telling(word: &str) -> bool {
    !is_lead(word) && ![&LEVELS, &RANKS, &VAGUE].iter().any(|words| words.contains(word))
}

fn is_lead(word: &str) -> bool {
    LEADS.contains(word) || LEADS_END.iter().any(|end| word.len() > end.len() + 2 && word.ends_with(end))
}

fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

/// What is left of a title without what somebody was, or would be. All of it where a bracket says no more than that.
fn now(text: &str) -> String {
    let mut kept = Vec::new();
    for part in
        text.split(['|', ',', ';', '/', '•', '·', '(', ')', '[', ']', '–', '—']).flat_map(|part| part.split(" - "))
    {
        let plain = folded(part);
        let words: Vec<&str> = plain.split_whitespace().collect();
        let marks = |at: usize| {
            NOT_NOW.iter().any(|mark| {
                let mut mark = mark.split(' ');
                words[at..].iter().take(2).zip(mark.by_ref()).all(|(word, mark)| word.trim_end_matches(':') == mark)
                    && mark.next().is_none()
            })
        };
        match (0..words.len()).find(|at| marks(*at)) {
            Some(0) if words.len() == 1 => return String::new(),
            Some(at) => kept.push(part.split_whitespace().take(at).collect::<Vec<_>>().join(" ")),
            None => kept.push(part.to_owned()),
        }
    }
    kept.join(" ")
}

/// The words of a text. What a hyphen joins are its parts; 'C++' and 'C#' are words; 'ex-Acme' is none.
fn split(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for token in text.split(|c: char| c.is_whitespace() || matches!(c, '.' | '&' | ':' | '"' | '!' | '?' | '_')) {
        if folded(token).starts_with("ex-") {
            continue;
        }
        for word in token.split(|c: char| !c.is_alphanumeric() && !matches!(c, '+' | '#' | '\'' | '’')) {
            let is_capital = word.chars().count() <= 2 && word.chars().all(char::is_uppercase);
            let plain = singular(folded(word));
            let is_word = match plain.chars().count() {
                0 => false,
                1 => is_capital || plain.chars().all(|c| c.is_numeric() || is_unspaced(c)),
                2 => is_capital || SHORT.contains(plain.as_str()) || !plain.is_ascii() || plain.contains(['+', '#']),
                _ => true,
            };
            if is_word && plain.chars().any(char::is_alphanumeric) && !BETWEEN.contains(plain.as_str()) {
                all.push(plain);
            }
        }
    }
    all
}

fn singular(word: String) -> String {
    match word.strip_suffix('s') {
        Some(stem) if stem.chars().count() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word,
    }
}

/// How words of one kind of work begin, where their ends differ most.
const BEGINNINGS: &[(&str, &str)] = &[
    ("analy", "analy"),
    ("anali", "analy"),
    ("engineer", "engineer"),
    ("ingenie", "ingenie"),
    ("chef", "chef"),
    ("scien", "scien"),
    ("develop", "develop"),
    ("manag", "manag"),
    ("financ", "financ"),
    ("communicat", "communicat"),
    ("technolog", "technolog"),
    ("аналит", "аналит"),
];

/// How words end that mean the same work, or who does it.
const ENDS: &[&str] = &[
    "erinnen", "erin", "euse", "rice", "eur", "ung", "ing", "er", "or", "ora", "ant", "ist", "ista", "iste", "in", "e",
    "o", "a",
];

/// What a word has in common with those of the same work: 'designer' and 'design', 'Entwicklerin' and 'Entwicklung'.
fn stem(word: &str) -> String {
    if let Some((_, stem)) = BEGINNINGS.iter().find(|(start, _)| word.starts_with(start)) {
        return (*stem).to_owned();
    }
    let rest = ENDS.iter().find_map(|end| word.strip_suffix(end).filter(|rest| rest.chars().count() >= 5));
    rest.unwrap_or(word).to_owned()
}
