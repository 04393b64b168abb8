//! What was done on a day, in words: the day has an end.

use super::queries::Happened;
use crate::playbook::event::Kind;
use crate::web::words;

/// '4 messages and 1 talk'; nothing where nothing was done. `kept` counts promises and tasks.
pub fn done_in_words(happened: &[Happened], kept: i64) -> Option<String> {
    let times = |of: fn(Kind) -> bool| happened.iter().filter(|row| of(row.kind)).map(|row| row.times).sum::<i64>();
    let counts = [
        (times(|kind| kind.is_outgoing_message() || kind == Kind::SecondPersonAsked), "message", "messages"),
        (times(|kind| matches!(kind, Kind::Held | Kind::AnsweredInWriting)), "talk", "talks"),
        (times(is_answer), "answer", "answers"),
        (times(|kind| kind == Kind::Scheduled), "talk set", "talks set"),
        (times(|kind| kind == Kind::Prepared), "talk prepared", "talks prepared"),
        (times(|kind| kind == Kind::Introduced), "introduction", "introductions"),
        (times(|kind| kind == Kind::Met), "person met", "people met"),
        (kept, "promise kept", "promises kept"),
    ];
    let said: Vec<String> =
        counts.into_iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| words::count(n, one, many)).collect();
    (!said.is_empty()).then(|| words::list(&said))
}

/// Whether they answered, whatever they said.
pub fn is_answer(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Accepted
            | Kind::AnsweredYes
            | Kind::AnsweredLater
            | Kind::AnsweredNo
            | Kind::SentOn
            | Kind::Replied
            | Kind::ReferralAgreed
            | Kind::ReferralMade
            | Kind::ReferralDeclined
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_said_in_one_line() {
        let happened = |kind, times| Happened { kind, times };
        let day = [
            happened(Kind::Asked, 3),
            happened(Kind::Thanked, 1),
            happened(Kind::Held, 1),
            happened(Kind::Accepted, 2),
        ];
        assert_eq!(done_in_words(&day, 1).unwrap(), "4 messages, 1 talk, 2 answers and 1 promise kept");
        assert_eq!(done_in_words(&[], 0), None);
    }
}
