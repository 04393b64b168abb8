//! Marks that only a list as a whole shows to be marks: '1 Google' and '2 Meta' are numbered, '7-Eleven' is a name.

use super::marks::unmarked;

/// How a number stands before a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// `1.google`
    Point,
    /// `1 - Google`, `1: Google`
    Apart,
    /// `1-Google`
    Dash,
    /// `1 Google`
    Space,
}

const JOINTS: [Joint; 4] = [Joint::Point, Joint::Apart, Joint::Dash, Joint::Space];

/// `A. Stripe`, `B. Adyen`; `i. Stripe`, `ii. Adyen`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letters {
    Alphabet,
    Roman,
}

impl Letters {
    /// Which of them a mark is, counted from 1.
    fn place(self, mark: &str) -> Option<usize> {
        const ROMAN: [&str; 20] = [
            "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi",
            "xvii", "xviii", "xix", "xx",
        ];
        let mark = mark.to_ascii_lowercase();
        match self {
            Self::Alphabet => {
                let [letter @ b'a'..=b'z'] = mark.as_bytes() else { return None };
                Some(usize::from(letter - b'a') + 1)
            }
            Self::Roman => ROMAN.iter().position(|roman| *roman == mark).map(|at| at + 1),
        }
    }

    /// Whether the marks go up from the first by one, or begin anew below a heading.
    fn count(self, marks: &[&str]) -> bool {
        let places: Option<Vec<usize>> = marks.iter().map(|mark| self.place(mark)).collect();
        places.is_some_and(|places| {
            let follows = |pair: &[usize]| pair[1] == pair[0] + 1 || pair[1] == 1;
            places.len() > 1 && places.first() == Some(&1) && places.windows(2).all(follows)
        })
    }
}

/// The letters with a point before a name, and the name.
fn lettered(line: &str) -> Option<(&str, &str)> {
    let (mark, name) = line.split_once('.')?;
    let is_mark = (1..=5).contains(&mark.len()) && mark.chars().all(|c| c.is_ascii_alphabetic());
    (is_mark && name.starts_with(char::is_whitespace) && !name.trim().is_empty()).then(|| (mark, name.trim_start()))
}

/// What the lines of a list have before their names.
#[derive(Debug, Default)]
pub struct Series {
    joints: Vec<Joint>,
    /// Every line is numbered alike, and there are enough to tell.
    is_sure: bool,
    /// Letters with a point before the names, and how they count.
    letters: Option<Letters>,
    /// There are enough of them to tell from the first letters of names.
    are_letters_sure: bool,
    /// A dash or the like right before the names of two lines or more.
    tight: Vec<char>,
}

impl Series {
    /// What these lines have in common.
    pub fn of(lines: &[&str]) -> Self {
        let mut series = Self::default();
        for mark in ['-', '–', '—', '*', '>'] {
            if lines.iter().filter(|line| tight(line, mark).is_some()).count() > 1 {
                series.tight.push(mark);
            }
        }
        let lettered: Vec<&str> =
            lines.iter().filter_map(|line| lettered(series.loose(line))).map(|(mark, _)| mark).collect();
        series.letters = [Letters::Alphabet, Letters::Roman].into_iter().find(|letters| letters.count(&lettered));
        series.are_letters_sure = lettered.len() > 2;
        for joint in JOINTS {
            let numbered = lines.iter().filter_map(|line| numbered(series.loose(line)));
            let numbers: Vec<u32> = numbered.filter(|(_, of, _)| *of == joint).map(|(number, ..)| number).collect();
            if is_rising(&numbers, joint) {
                series.is_sure |= numbers.len() == lines.len() && lines.len() > 2;
                series.joints.push(joint);
            }
        }
        series
    }

    /// The line without its marks, and a number before it that may belong to the name.
    pub fn unmarked<'l>(&self, line: &'l str) -> (&'l str, Option<&'l str>) {
        let line = self.loose(line);
        if let Some((mark, rest)) =
            lettered(line).filter(|(mark, _)| self.letters.is_some_and(|letters| letters.place(mark).is_some()))
        {
            return (unmarked(rest), (!self.are_letters_sure).then_some(mark));
        }
        let Some((_, joint, rest)) = numbered(line) else { return (line, None) };
        let is_one = self.joints.contains(&joint);
        // Before a dash between spaces a number is hardly a name.
        if !is_one && joint != Joint::Apart {
            return (line, None);
        }
        let is_clear = is_one && (joint == Joint::Point || joint == Joint::Apart || self.is_sure);
        let number = line[..line.len() - rest.len()].trim_end_matches([' ', '-', '–', '—', ':']);
        (unmarked(rest), (!is_clear).then_some(number))
    }

    fn loose<'l>(&self, line: &'l str) -> &'l str {
        let line = unmarked(line);
        unmarked(self.tight.iter().find_map(|mark| tight(line, *mark)).unwrap_or(line))
    }
}

/// What stands behind a mark without a space.
fn tight(line: &str, mark: char) -> Option<&str> {
    let line = unmarked(line);
    line.strip_prefix(mark).filter(|rest| rest.starts_with(char::is_alphanumeric) && !rest.ends_with(mark))
}

/// The number before a name, how it is joined to it, and the name.
fn numbered(line: &str) -> Option<(u32, Joint, &str)> {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &line[..line.len() - rest.len()];
    let number = (digits.len() <= 3).then(|| digits.parse().ok()).flatten()?;
    let behind = rest.trim_start();
    if let Some(name) = behind.strip_prefix(['-', '–', '—', ':'])
        && name.starts_with(char::is_whitespace)
        && !name.trim().is_empty()
    {
        return Some((number, Joint::Apart, name.trim_start()));
    }
    let begins_with_a_letter = |name: &str| name.starts_with(char::is_alphabetic);
    let (joint, name, is_name) = match rest.chars().next()? {
        '.' => (Joint::Point, &rest[1..], begins_with_a_letter(&rest[1..])),
        '-' => (Joint::Dash, &rest[1..], begins_with_a_letter(&rest[1..])),
        // '3 3M'
        ' ' => {
            (Joint::Space, behind, behind.chars().any(char::is_alphabetic) && behind.starts_with(char::is_alphanumeric))
        }
        _ => return None,
    };
    is_name.then_some((number, joint, name))
}

/// Whether numbers go up as those of a list do. Where they might belong to names, only one after the other.
fn is_rising(numbers: &[u32], joint: Joint) -> bool {
    let is_loose = matches!(joint, Joint::Point | Joint::Apart);
    // A list may begin anew below a heading.
    let follows = |pair: &[u32]| {
        (if is_loose { pair[1] > pair[0] } else { pair[1] == pair[0] + 1 }) || (pair[1] == 1 && pair[0] > 1)
    };
    let begins = is_loose || numbers.first() == Some(&1) || numbers.len() > 2;
    numbers.len() > 1 && begins && numbers.windows(2).all(follows)
}
