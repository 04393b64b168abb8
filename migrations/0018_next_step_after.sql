-- What made the next step the next step, and when: the sentences beside it agree with what happened.
alter table contacts add column step_after text constraint contacts_step_after_length check (char_length(step_after) between 1 and 40);
alter table contacts add column step_after_on date;
alter table contacts add constraint contacts_step_after_with_day check ((step_after is null) = (step_after_on is null));
