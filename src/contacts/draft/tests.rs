use super::*;

#[test]
fn a_message_greets_with_the_first_name() {
    for (name, first) in [
        ("Katherine Johnson", "Katherine"),
        ("Dr. Grace Hopper", "Grace"),
        ("Prof. Dr. Emmy Noether", "Emmy"),
        ("Ada", "Ada"),
        ("Dr.", "Dr."),
        ("محمد الخوارزمي", "محمد"),
    ] {
        assert_eq!(first_name(name), first, "{name}");
    }
}

#[test]
fn notes_become_clauses() {
    assert_eq!(clause("The team works in pairs."), "the team works in pairs");
    assert_eq!(clause("SQL matters most."), "SQL matters most");
    assert_eq!(clause("Python is used everywhere"), "Python is used everywhere");
    assert_eq!(clause("I should learn dbt."), "I should learn dbt");
    assert_eq!(joined(&["Send my portfolio.".into(), "Read the book".into()]), "send my portfolio and read the book");
    assert_eq!(joined(&[]), "");
}

#[test]
fn every_message_is_recorded_as_something_that_moves_its_step() {
    use crate::playbook::message::built_in::Moment;
    for step in Step::ALL {
        for moment in Moment::of_step(*step) {
            let kind = recorded_as(*step, *moment);
            assert!(kind.is_outgoing_message(), "{step} {moment}");
            if let (Some(done), Some(likeliest)) = (step.done_as(), Moment::of_step(*step).first())
                && likeliest == moment
                && !matches!(step, Step::AskSecondPerson | Step::Prepare)
            {
                assert_eq!(kind, done, "{step}");
            }
        }
    }
}

#[test]
fn only_what_dials_is_kept_of_a_number() {
    assert_eq!(digits("+44 (0)20 7946-0958"), "+4402079460958");
    assert_eq!(digits("ask me"), "");
}
