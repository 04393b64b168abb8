//! The forms a person's name is written in: with and without titles, in another order, in another spelling, short. Pure.

/// What stands around a name and is none of it, as it is folded, without dots.
const AROUND: &str = "dr prof professor mr mrs ms mx sir herr frau dipl ing rer habil hc phd dphil md mba emba msc bsc meng beng llm llb \
    cpa cfa pmp esq jd rn mph frcs";

/// What tells a child from a parent of the same name.
const GENERATIONS: &str = "jr sr junior senior ii iii iv";

/// Degrees that are often written with dots.
const DOTTED: [&str; 11] = ["phd", "dphil", "md", "mba", "msc", "bsc", "meng", "beng", "llm", "jd", "hc"];

/// English names and their short forms.
const SHORT: &[(&str, &str)] = &[
    ("alexander", "alex sandy"),
    ("alexandra", "alexa"),
    ("andrew", "andy drew"),
    ("anthony", "tony"),
    ("benjamin", "ben benny"),
    ("catherine", "cathy katherine kate katie kathy katharine kathryn kitty"),
    ("charles", "charlie chuck"),
    ("christopher", "chris"),
    ("daniel", "dan danny"),
    ("david", "dave"),
    ("deborah", "deb debbie"),
    ("donald", "don"),
    ("douglas", "doug"),
    ("edward", "ed eddie ted"),
    ("elizabeth", "liz lizzie beth betty eliza elisabeth"),
    ("frederick", "fred freddie"),
    ("gregory", "greg"),
    ("jacob", "jake"),
    ("james", "jim jimmy"),
    ("jeffrey", "jeff geoffrey geoff"),
    ("jennifer", "jen jenny"),
    ("john", "jack johnny"),
    ("jonathan", "jon"),
    ("joseph", "joe joey"),
    ("joshua", "josh"),
    ("kenneth", "ken"),
    ("lawrence", "larry"),
    ("margaret", "maggie meg peggy"),
    ("matthew", "matt"),
    ("michael", "mike mick mikey"),
    ("nicholas", "nick"),
    ("pamela", "pam"),
    ("patricia", "patty trish"),
    ("patrick", "pat"),
    ("peter", "pete"),
    ("philip", "phil phillip"),
    ("rebecca", "becky"),
    ("richard", "rick dick rich ricky"),
    ("robert", "bob bobby rob robbie bert"),
    ("ronald", "ron"),
    ("samuel", "sam sammy"),
    ("stephen", "steve steven"),
    ("susan", "sue susie"),
    ("theodore", "theo"),
    ("thomas", "tom tommy"),
    ("timothy", "tim"),
    ("victoria", "vicky"),
    ("vincent", "vince"),
    ("william", "bill billy will willy"),
    ("zachary", "zach"),
];

/// A name, ever less as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forms {
    /// Its words as they are written.
    pub words: Vec<String>,
    /// Those without titles and the like, as long as anything is left, and the last name last.
    pub bare: Vec<String>,
    /// The same in the order of letters.
    pub sorted: Vec<String>,
    /// In one spelling, too: 'mueller' is 'muller'.
    pub spelled: Vec<String>,
    /// With the long forms of short names, too, each once.
    pub long: Vec<String>,
}

impl Forms {
    /// Of a name as it is folded.
    pub fn of(folded: &str) -> Self {
        let written = words(folded);
        let bare: Vec<String> = match folded.split_once(',') {
            // 'Lovelace, Grace', but not 'Anna Weber, PhD'.
            Some((last, first)) => [without_titles(&words(first)), without_titles(&words(last))].concat(),
            None => without_titles(&written),
        };
        let bare = if bare.is_empty() { written.clone() } else { bare };
        let mut sorted = bare.clone();
        sorted.sort();
        let mut spelled: Vec<String> = bare.iter().map(|word| in_one_spelling(word)).collect();
        let mut long: Vec<String> = bare.iter().map(|word| in_one_spelling(in_full(word))).collect();
        spelled.sort();
        long.sort();
        long.dedup();
        Self { words: written, bare, sorted, spelled, long }
    }

    /// Whether the two are parent and child: each says so, and otherwise than the other.
    pub fn is_of_another_generation(&self, other: &Self) -> bool {
        let of = |forms: &Self| GENERATIONS.split(' ').find(|word| forms.words.iter().any(|it| it == word));
        of(self).zip(of(other)).is_some_and(|(mine, theirs)| mine != theirs)
    }

    /// Whether one may be a shorter way to write the other: 'A. Lovelace' or 'Ada King Lovelace' for 'Ada Lovelace', and
    /// 'Maria Garcia' for 'Maria Garcia Lopez'. One word is no whole name.
    pub fn is_alike(&self, other: &Self) -> bool {
        let ([first, .., last], [their_first, .., their_last]) = (self.bare.as_slice(), other.bare.as_slice()) else {
            return false;
        };
        let begins = first.starts_with(their_first.as_str()) || their_first.starts_with(first.as_str());
        let (fewer, more) = if self.long.len() < other.long.len() { (self, other) } else { (other, self) };
        (last == their_last && begins)
            || (fewer.long.len() > 1
                && in_one_spelling(first) == in_one_spelling(their_first)
                && fewer.long.iter().all(|word| more.long.contains(word)))
    }
}

/// The words of a folded name. What is shortened with dots is one word: 'Ph.D.'.
fn words(folded: &str) -> Vec<String> {
    let parts = folded.split(|c: char| c.is_whitespace() || c == ',');
    parts
        .flat_map(|part| {
            let undotted = part.replace('.', "");
            if DOTTED.contains(&undotted.as_str()) {
                return vec![undotted];
            }
            let words = part.split(|c: char| !c.is_alphanumeric() && !is_mark(c));
            words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
        })
        .collect()
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

fn without_titles(words: &[String]) -> Vec<String> {
    let is_around = |word: &String| AROUND.split(' ').chain(GENERATIONS.split(' ')).any(|around| around == word);
    words.iter().filter(|word| !is_around(word)).cloned().collect()
}

/// 'Mueller' and 'Müller', 'Bjoern' and 'Bjørn', 'Haakon' and 'Håkon' are folded to different letters, and are one here.
pub fn in_one_spelling(word: &str) -> String {
    word.replace("ae", "a").replace("oe", "o").replace("ue", "u").replace("aa", "a")
}

/// The long form of a short name; the word itself otherwise.
fn in_full(word: &str) -> &str {
    let long = SHORT.iter().find(|(_, short)| short.split(' ').any(|short| short == word));
    long.map_or(word, |(long, _)| long)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folding::folded;

    fn forms(name: &str) -> Forms {
        Forms::of(&folded(name))
    }

    #[test]
    fn titles_and_what_stands_behind_a_name_are_none_of_it() {
        for name in [
            "Dr. Anna Weber",
            "Anna Weber, PhD",
            "Anna Weber Ph.D.",
            "Prof. Dr.Anna Weber",
            "Weber, Anna",
            "Weber, Dr. Anna",
        ] {
            assert_eq!(forms(name).bare, ["anna", "weber"], "{name}");
        }
        assert_eq!(forms("Tom Ford Jr.").bare, ["tom", "ford"]);
        assert_eq!(forms("Dr.").bare, ["dr"], "nothing else is left");
        assert_eq!(forms("J.R. Smith").bare, ["j", "r", "smith"]);
        assert!(forms("Tom Ford Jr.").is_of_another_generation(&forms("Tom Ford Sr.")));
        assert!(!forms("Tom Ford Jr.").is_of_another_generation(&forms("Tom Ford")));
    }

    #[test]
    fn spellings_and_short_forms_are_one() {
        for (one, other) in
            [("Hans Müller", "Hans Mueller"), ("Bjørn Dahl", "Bjoern Dahl"), ("Håkon Lie", "Lie Haakon")]
        {
            assert_eq!(forms(one).spelled, forms(other).spelled, "{one}");
        }
        for (one, other) in [
            ("Bob Smith", "Robert Smith"),
            ("Mike Lee", "Michael Lee"),
            ("Kate Lee", "Katherine Lee"),
            ("Robert (Bob) Smith", "Smith, Robert"),
        ] {
            assert_eq!(forms(one).long, forms(other).long, "{one}");
        }
    }

    #[test]
    fn shorter_ways_to_write_a_name_are_alike() {
        for (one, other) in [
            ("A. Lovelace", "Ada Lovelace"),
            ("Ada King Lovelace", "Ada Lovelace"),
            ("Maria Garcia", "María García López"),
        ] {
            assert!(forms(one).is_alike(&forms(other)) && forms(other).is_alike(&forms(one)), "{one}");
        }
        for (one, other) in
            [("Alan Lovelace", "Ada Lovelace"), ("Maria Garcia", "Maria Lopez"), ("Ada", "Ada Lovelace")]
        {
            assert!(!forms(one).is_alike(&forms(other)), "{one}");
        }
    }
}
