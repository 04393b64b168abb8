//! How someone is spoken of to someone else.

/// The pronouns a sentence can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pronouns {
    /// 'she/her'
    She,
    /// 'he/him'
    He,
    /// 'they/them'
    They,
}

const FORMS: [(Pronouns, &[&str]); 3] = [
    (Pronouns::She, &["she", "her", "hers", "herself"]),
    (Pronouns::He, &["he", "him", "his", "himself"]),
    (Pronouns::They, &["they", "them", "their", "theirs", "themself", "themselves"]),
];

impl Pronouns {
    /// What people write of themselves: 'she/her', 'He, him, his'. Nothing where several are said, or others: then a sentence
    /// does without, and names the person.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.to_lowercase();
        let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).peekable();
        words.peek()?;
        let is_all = |forms: &[&str]| words.clone().all(|word| forms.contains(&word));
        FORMS.iter().find(|(_, forms)| is_all(forms)).map(|(pronouns, _)| *pronouns)
    }

    /// As in 'I would like to ask her'.
    pub const fn object(self) -> &'static str {
        match self {
            Self::She => "her",
            Self::He => "him",
            Self::They => "them",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_of_themselves_is_understood() {
        for (text, object) in [
            ("she/her", "her"),
            ("She/Her/Hers", "her"),
            ("her", "her"),
            (" he / him ", "him"),
            ("(HE, HIM, HIS)", "him"),
            ("they/them", "them"),
            ("They · Their", "them"),
        ] {
            assert_eq!(Pronouns::read(text).map(Pronouns::object), Some(object), "{text}");
        }
    }

    #[test]
    fn where_several_or_others_are_said_nothing_is_guessed() {
        for text in
            ["", " / ", "she/they", "he/she", "any", "ask me", "xe/xem", "elle", "sie/ihr", "Sheila", "she/her?他"]
        {
            assert_eq!(Pronouns::read(text), None, "{text}");
        }
    }
}
