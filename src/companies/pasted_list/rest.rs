//! What of a list is more than one list may have.

use super::head::Head;
use super::{LIST_MAX, ListLine, ListProblem, Listed, is_blank, json};

/// The end of a list, which waits until what stands before it is added.
#[derive(Debug, PartialEq, Eq)]
pub struct Rest {
    /// A list of its own, with the head of the table it is of.
    pub text: String,
    /// How many lines or entries it has.
    pub lines: usize,
}

/// What was not read of a list; nothing where it was read to its end.
pub fn rest(text: &str, lines: &[ListLine]) -> Option<Rest> {
    let from = lines.iter().find(|line| line.content == Listed::Problem(ListProblem::TooMany))?.number;
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    if let Some((text, lines)) = json::after(&text, LIST_MAX) {
        return Some(Rest { text, lines });
    }
    let filled = || text.split('\n').filter(|line| !is_blank(line));
    let head = filled().next().filter(|line| Head::of(line).is_some());
    let left: Vec<&str> = text.split('\n').skip(from - 1).filter(|line| !is_blank(line)).collect();
    let lines = left.len();
    let text = head.into_iter().chain(left).collect::<Vec<_>>().join("\n");
    Some(Rest { text, lines })
}
