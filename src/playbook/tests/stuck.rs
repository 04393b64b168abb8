//! Where a search is stuck: row by row, and that what is said is so.

use jiff::ToSpan;
use jiff::civil::Date;
use proptest::option::of as maybe;
use proptest::prelude::*;

use super::{many, march};
use crate::playbook::stuck::{Figures, Stuck, stuck};

const TODAY: Date = march(30);

fn begun() -> Figures {
    Figures {
        companies: 12,
        asked: 14,
        first_asked_on: Some(march(2)),
        last_asked_on: Some(march(27)),
        ..Figures::default()
    }
}

fn connected() -> Figures {
    Figures { connected: 6, last_answer_on: Some(march(25)), ..begun() }
}

fn talked(talks: i64) -> Figures {
    Figures { talks_asked: talks, last_talk_asked_on: Some(march(9)), talks, referrals_asked: 1, ..connected() }
}

#[test]
fn each_step_has_its_word() {
    let none = Figures::default();
    for (figures, said) in [
        (none.clone(), Some(Stuck::NoCompanies)),
        (Figures { companies: 12, ..none }, Some(Stuck::NoOneAsked { companies: 12 })),
        (begun(), Some(Stuck::NoAnswer { asked: 14, days: 28 })),
        (Figures { first_asked_on: Some(march(17)), ..begun() }, None),
        (Figures { last_answer_on: Some(march(20)), ..begun() }, None),
        (connected(), Some(Stuck::NoTalkAsked { connected: 6 })),
        (Figures { last_answer_on: Some(march(28)), ..connected() }, None),
        (Figures { talks: 0, ..talked(3) }, Some(Stuck::NoTalkHeld { asked: 3, days: 21 })),
        (Figures { talks: 0, last_talk_asked_on: Some(march(20)), ..talked(3) }, None),
        (talked(5), None),
        (Figures { thanks_late: 2, ..talked(5) }, Some(Stuck::ThanksLate { talks: 5 })),
        (Figures { referrals_asked: 0, ..talked(4) }, None),
        (Figures { referrals_asked: 0, ..talked(5) }, Some(Stuck::NoReferralAsked { talks: 5 })),
        (Figures { last_answer_on: Some(march(16)), ..talked(5) }, Some(Stuck::Silence { days: 14 })),
        (Figures { last_answer_on: Some(march(17)), ..talked(5) }, None),
        (Figures { last_answer_on: Some(march(9)), last_asked_on: Some(march(9)), ..talked(5) }, None),
    ] {
        assert_eq!(stuck(&figures, TODAY), said, "{figures:?}");
    }
}

fn day() -> impl Strategy<Value = Option<Date>> {
    maybe((0..90_i64).prop_map(|ago| TODAY.saturating_sub(ago.days())))
}

fn figures() -> impl Strategy<Value = Figures> {
    let counts = prop::array::uniform7(0..9_i64);
    (counts, day(), day(), day(), day()).prop_map(|(counts, first, last, answer, talk)| {
        let [companies, asked, connected, talks_asked, talks, thanks_late, referrals_asked] = counts;
        Figures {
            companies,
            asked,
            first_asked_on: first.min(last).or(first),
            last_asked_on: last,
            connected,
            last_answer_on: answer,
            talks_asked,
            last_talk_asked_on: talk,
            talks,
            thanks_late,
            referrals_asked,
        }
    })
}

proptest! {
    #![proptest_config(many(500))]

    /// Whatever is said is so.
    #[test]
    fn what_is_said_is_so(of in figures()) {
        match stuck(&of, TODAY) {
            Some(Stuck::ThanksLate { talks }) => prop_assert!(talks == of.talks && talks > 0 && of.thanks_late > 0),
            Some(Stuck::NoCompanies) => prop_assert_eq!((of.companies, of.asked, of.talks), (0, 0, 0)),
            Some(Stuck::NoOneAsked { companies }) => {
                prop_assert!(companies == of.companies && companies > 0 && of.asked == 0 && of.connected == 0);
            }
            Some(Stuck::NoAnswer { asked, days }) => {
                prop_assert!(asked == of.asked && asked > 0 && days >= 14 && of.connected == 0);
            }
            Some(Stuck::NoTalkAsked { connected }) => {
                prop_assert!(connected == of.connected && connected > 0 && of.talks_asked == 0 && of.talks == 0);
            }
            Some(Stuck::NoTalkHeld { asked, days }) => {
                prop_assert!(asked == of.talks_asked && asked > 0 && days >= 14 && of.talks == 0);
            }
            Some(Stuck::NoReferralAsked { talks }) => {
                prop_assert!(talks == of.talks && talks >= 5 && of.referrals_asked == 0);
            }
            Some(Stuck::Silence { days }) => {
                prop_assert!(days >= 14 && of.talks > 0 && of.last_asked_on > of.last_answer_on);
            }
            None => prop_assert!(of.asked > 0 || of.connected > 0 || of.talks > 0, "nothing begun is never on the way"),
        }
    }

    /// Whoever was answered today hears of no silence, and whoever thanked is told of no late thanks.
    #[test]
    fn what_is_done_is_not_asked_for(of in figures()) {
        let answered = Figures { connected: of.connected + 1, last_answer_on: Some(TODAY), ..of.clone() };
        let said = stuck(&answered, TODAY);
        let is_silent = matches!(said, Some(Stuck::NoAnswer { .. } | Stuck::Silence { .. } | Stuck::NoOneAsked { .. }));
        prop_assert!(!is_silent, "{said:?}");
        let thanked = Figures { thanks_late: 0, ..of.clone() };
        let said = stuck(&thanked, TODAY);
        prop_assert!(!matches!(said, Some(Stuck::ThanksLate { .. })), "{said:?}");
        let asked = Figures { referrals_asked: of.referrals_asked + 1, ..of };
        let said = stuck(&asked, TODAY);
        prop_assert!(!matches!(said, Some(Stuck::NoReferralAsked { .. })), "{said:?}");
    }
}
