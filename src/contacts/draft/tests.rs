use super::*;

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
