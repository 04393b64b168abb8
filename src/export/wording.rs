//! What is due, in words.

use super::queries::feed::StepRow;
use crate::interviews::kinds::Whose;
use crate::playbook::due::About;
use crate::playbook::referral::ReferralStep;
use crate::playbook::step::Step;
use crate::text::lower_first;

/// 'Grace Hopper: thank them'.
pub fn said(row: &StepRow) -> String {
    let (name, what) = (&row.name, row.what.as_deref().unwrap_or_default());
    let label = |label: Option<&str>| lower_first(label.unwrap_or(what));
    match (row.about, row.whose) {
        (About::Contact, _) => format!("{name}: {}", label(what.parse().ok().map(Step::label))),
        (About::Referral, _) => format!("Referral by {name}: {}", label(what.parse().ok().map(ReferralStep::label))),
        (About::Promise, Some(Whose::Theirs)) => format!("{name} promised: {what}"),
        (About::Promise, _) => format!("You promised {name}: {what}"),
        (About::Task, _) => format!("For the referral by {name}: {what}"),
        _ => format!("{name}: {what}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    fn row(about: About, what: &str, whose: Option<Whose>) -> StepRow {
        let (id, due) = (Uuid::nil(), date(2026, 11, 20));
        StepRow { about, id, due, name: "Grace Hopper".into(), what: Some(what.into()), whose }
    }

    #[test]
    fn what_is_due_reads_as_a_person_would_say_it() {
        for (about, what, whose, words) in [
            (About::Contact, "thank", None, "Grace Hopper: thank them"),
            (About::Contact, "ask_for_talk", None, "Grace Hopper: ask for a talk"),
            (About::Referral, "remind", None, "Referral by Grace Hopper: remind them gently"),
            (About::Promise, "send the paper", Some(Whose::Mine), "You promised Grace Hopper: send the paper"),
            (About::Promise, "ask Ada", Some(Whose::Theirs), "Grace Hopper promised: ask Ada"),
            (About::Task, "send the resume", None, "For the referral by Grace Hopper: send the resume"),
            (About::Opening, "call", None, "Grace Hopper: call"),
        ] {
            assert_eq!(said(&row(about, what, whose)), words);
        }
    }
}
